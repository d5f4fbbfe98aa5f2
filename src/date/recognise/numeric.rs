//! Matches dates that are written in figures alone.
//!
//! What enters: tokens and a place among them. What leaves: every reading that a calendar allows, day first before
//! month first. It refuses figures that belong to a longer row (telephone numbers, versions, sums).

use super::scanner::{Match, Scanner, century};
use super::{Form, Partial};

impl Scanner<'_> {
    /// Matches `2014-12-24`, `24/12/2014`, `24. 12. 2014`, `24.12.14`, `2/III/1998`, `1998. III. 2.`, `20141224`.
    pub(super) fn numeric(self, at: usize) -> Option<Match> {
        let (first, first_digits) = self.number(at)?;
        if first_digits == 8 {
            return self.compact(at, first);
        }
        let (mark, second_at) = self.separator(at + 1)?;
        if let Some(month) = self.word(second_at).and_then(|word| word.roman) {
            let (again, third_at) = self.separator(second_at + 1)?;
            let (third, digits) = self.number(third_at)?;
            // "1998. III. 2."
            if first_digits == 4 {
                let fits = again == mark && digits <= 2 && (1500..=2199).contains(&first);
                let reading = Partial::new(i32::try_from(first).ok(), Some(u32::from(month)), Some(third))?;
                return fits.then(|| Match::one(reading, Form::Roman, self.past_mark(third_at + 1, ".")));
            }
            let year = third;
            let fits = again == mark && digits == 4 && (1000..=2199).contains(&year) && first_digits <= 2;
            let reading = Partial::new(i32::try_from(year).ok(), Some(u32::from(month)), Some(first))?;
            return fits.then(|| Match::one(reading, Form::Roman, third_at + 1));
        }
        let (second, second_digits) = self.number(second_at)?;
        let (again, third_at) = self.separator(second_at + 1)?;
        let (third, third_digits) = self.number(third_at)?;
        if again != mark || second_digits > 2 || self.is_row_running_on(third_at + 1) {
            return None;
        }
        let next = third_at + 1;
        if first_digits == 4 && (1250..1500).contains(&first) && third_digits <= 2 {
            return self.other_figures(at, first, second, third, next);
        }
        if third_digits == 4 && (1250..1500).contains(&third) && first_digits <= 2 {
            return self.other_figures(at, third, second, first, next);
        }
        if first_digits == 4 {
            let fits = third_digits <= 2 && (1500..=2199).contains(&first);
            let reading = Partial::new(i32::try_from(first).ok(), Some(second), Some(third))?;
            return fits.then(|| Match::one(reading, Form::YearFirst, next));
        }
        let (year, is_short) = match third_digits {
            4 if (1000..=2199).contains(&third) => (i32::try_from(third).ok()?, false),
            2 => (century(third), true),
            _ => return None,
        };
        // Short figures in a row are more often a version, a score or a section than a date.
        let padded = first_digits == 2 && second_digits == 2;
        if first_digits > 2 || is_short && mark != '/' && !padded {
            return None;
        }
        let mut readings = Vec::new();
        for (day, month) in [(first, second), (second, first)] {
            let reading = Partial::new(Some(year), Some(month), Some(day));
            readings.extend(reading.filter(|reading| !readings.contains(reading)));
        }
        let form = match mark {
            '/' => Form::Slash,
            '.' => Form::Dot,
            _ => Form::Dash,
        };
        let reading = *readings.first()?;
        Some(Match { readings, ..Match::one(reading, form, next) })
    }

    /// Reads the mark between two figures; a full stop may be escaped, and may be followed by a space.
    fn separator(self, at: usize) -> Option<(char, usize)> {
        let at = self.past_mark(at, "\\");
        let mark = self.slice(at).chars().next()?;
        match mark {
            '/' | '-' => Some((mark, at + 1)),
            '.' => Some((mark, self.past_gap(at + 1))),
            '‐' | '‑' | '–' | '−' => Some(('-', at + 1)),
            _ => None,
        }
    }

    /// Tells whether a row of figures goes on.
    fn is_row_running_on(self, at: usize) -> bool {
        self.is_mark(at, "%") || self.is_mark(at, "-/.") && self.number(at + 1).is_some()
    }

    /// Matches `20141224`.
    fn compact(self, at: usize, value: u32) -> Option<Match> {
        let year = i32::try_from(value / 10_000).ok().filter(|year| (1900..=2099).contains(year))?;
        let reading = Partial::new(Some(year), Some(value / 100 % 100), Some(value % 100))?;
        let joined = self.is_row_running_on(at + 1) || self.is_mark(at + 1, "-/_");
        (!joined).then(|| Match::one(reading, Form::Compact, at + 1))
    }
}
