//! Matches dates written short: by an era's letter, and by a cable's date-time group.
//!
//! What enters: tokens and a place among them. What leaves: a match. An era's letter counts only in Japanese text and
//! only for years that the era had; six figures are a time group only with their zone's letter and a month.

use super::super::tokens::Kind;
use super::scanner::{Match, Scanner, century};
use super::{Calendar, Form, Partial};

/// The letters of Japan's eras since 1868: what is added to a year of the era, and the last year it had.
const LETTERS: &[(&str, i32, u32)] =
    &[("R", 2018, 50), ("H", 1988, 31), ("S", 1925, 64), ("T", 1911, 15), ("M", 1867, 45)];

impl Scanner<'_> {
    /// Reads the letter of an era right before figures, as in `R6.6.5`; gives what is added to its years.
    pub(super) fn era_letter(self, at: usize) -> Option<i32> {
        let (_, offset, last) = LETTERS.iter().find(|(letter, ..)| *letter == self.slice(at))?;
        let (year, _) = self.number(at + 1)?;
        (self.is_japanese && self.is_free_before(at) && (1..=*last).contains(&year)).then_some(*offset)
    }

    /// Matches the figures after an era's name or letter: `6.6.5`, `103/3/18`.
    pub(super) fn era_figures(self, at: usize, offset: i32) -> Option<Match> {
        let (year, _) = self.number(at).filter(|(year, digits)| *digits <= 3 && (1..=200).contains(year))?;
        let mark = self.slice(at + 1);
        let ((month, _), (day, _)) = (self.number(at + 2)?, self.number(at + 4)?);
        if !matches!(mark, "." | "/" | "-") || self.slice(at + 3) != mark || self.is_number_running_on(at + 5) {
            return None;
        }
        let reading = Partial::new(Some(i32::try_from(year).ok()? + offset), Some(month), Some(day))?;
        Some(Match { calendar: Calendar::Era, ..Match::one(reading, Form::Signs, at + 5) })
    }

    /// Matches the date-time group of a cable: `121430Z SEP 73`, day, hour and minute before the month.
    pub(super) fn time_group(self, at: usize) -> Option<Match> {
        let (group, digits) = self.number(at)?;
        let zone = self.slice(at + 1);
        let is_zone = zone.len() == 1 && zone.bytes().all(|byte| byte.is_ascii_uppercase());
        if digits != 6 || !is_zone || group / 100 % 100 > 23 || group % 100 > 59 {
            return None;
        }
        let word = self.past_gap(at + 2);
        let month = self.word(word)?.month.filter(|month| month.number > 0)?;
        let year = self.past_gap(word + 1);
        let year_number = match self.number(year)? {
            (year, 2) => century(year),
            (year, 4) => i32::try_from(year).ok()?,
            _ => return None,
        };
        let reading = Partial::new(Some(year_number), Some(u32::from(month.number)), Some(group / 10_000))?;
        let is_free = !matches!(self.tokens.get(year + 1).map(|token| token.kind), Some(Kind::Word(_)));
        is_free.then(|| Match::one(reading, Form::TimeGroup, year + 1))
    }
}

/// Tells whether a text is Japanese: it holds kana.
pub(super) fn is_japanese(text: &str) -> bool {
    text.chars().any(|c| ('\u{3041}'..='\u{30fe}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::super::{Calendar, recognise};

    #[test]
    fn short_dates_are_read_where_their_text_allows() {
        for (text, wanted) in [
            ("お知らせ R6.6.5", "2024-06-05"),
            ("発行 H30.4.1 から", "2018-04-01"),
            ("令和6.6.5", "2024-06-05"),
            ("民國103/03/18", "2014-03-18"),
            ("R 121430Z SEP 73", "1973-09-12"),
        ] {
            let found = recognise(text);
            let [date] = found.as_slice() else { panic!("{text}: {found:?}") };
            assert_eq!(
                date.single().and_then(super::Partial::date).map(|day| day.to_string()).as_deref(),
                Some(wanted),
                "{text}"
            );
        }
        assert_eq!(recognise("お知らせ R6.6.5")[0].calendar, Calendar::Era);
        for text in ["see section S4.6.2", "R6.6.5", "version H3.4.1", "H40.4.1 の", "121430 SEP 73"] {
            assert!(recognise(text).is_empty(), "{text}");
        }
    }
}
