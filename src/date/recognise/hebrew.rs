//! Matches dates of the Hebrew calendar: `14 Nisan 5764`, `י״ד בניסן תשס״ד`.
//!
//! What enters: tokens and a place among them. What leaves: a match whose reading is converted by the fixed calendar of
//! Hillel II (Reingold and Dershowitz, Calendrical Calculations, chapter 8): the day on which most of the Hebrew day
//! falls, which begins at sunset of the day before. Adar of a leap year without a number keeps both months.

use super::super::lexicon::Particle;
use super::super::tokens::Kind;
use super::scanner::{Match, Scanner};
use super::{Calendar, Form, Partial};
use chrono::{Datelike, NaiveDate};

/// The months' numbers, counted from Nisan.
const MARHESHVAN: u32 = 8;
const KISLEV: u32 = 9;
const ADAR: u32 = 12;

/// The years that are read: those of print.
const YEARS: std::ops::RangeInclusive<u32> = 5200..=5999;

impl Scanner<'_> {
    /// Matches what follows a day of the month: `Nisan 5764`, `of Adar II, 5764`.
    pub(super) fn hebrew_after_day(self, day: u32, at: usize) -> Option<Match> {
        let (month, after) = self.hebrew_month(at)?;
        let (year, next) = self.hebrew_year(self.past_gap(self.past_mark(after, ",.،")))?;
        matched(year, month, day, next)
    }

    /// Matches `Nisan 14, 5764`, and in Hebrew letters `י״ד בניסן תשס״ד`.
    pub(super) fn hebrew(self, at: usize) -> Option<Match> {
        if let Some((month, after)) = self.hebrew_month(at) {
            let number = self.past_gap(after);
            let day = self.day(number)?;
            let (year, next) = self.hebrew_year(self.past_gap(self.past_mark(number + 1, ",")))?;
            return matched(year, month, day, next);
        }
        let (day, next) = self.hebrew_number(at).filter(|_| self.is_free_before(at))?;
        if !(1..=30).contains(&day) {
            return None;
        }
        self.hebrew_after_day(day, self.past_gap(next))
    }

    /// Reads a month's name, with the number that Adar has in a leap year.
    fn hebrew_month(self, at: usize) -> Option<(Month, usize)> {
        let Particle::HebrewMonth(number) = self.word(at)?.particle? else { return None };
        let number = u32::from(number);
        let second = self.past_gap(at + 1);
        let is_bare = self.past_mark(second + 1, "'׳");
        match self.slice(second) {
            "I" | "Rishon" | "Alef" | "א" | "ראשון" if number == ADAR => {
                Some((Month { number, is_sure: true }, is_bare))
            }
            "II" | "Sheni" | "Bet" | "ב" | "שני" if number == ADAR => {
                Some((Month { number: number + 1, is_sure: true }, is_bare))
            }
            _ => Some((Month { number, is_sure: number != ADAR }, at + 1)),
        }
    }

    /// Reads a year in figures or in letters; the thousands are often left out.
    fn hebrew_year(self, at: usize) -> Option<(u32, usize)> {
        if let Some((year, digits)) = self.number(at) {
            return (digits == 4 && YEARS.contains(&year)).then_some((year, at + 1));
        }
        // "ה'תשס"ד": the five thousands stand before an apostrophe.
        let thousands = self.slice(at) == "ה" && self.is_mark(at + 1, "'׳’");
        let (year, next) = self.hebrew_number(if thousands { at + 2 } else { at })?;
        let year = year % 1000 + 5000;
        YEARS.contains(&year).then_some((year, next))
    }

    /// Reads a number in Hebrew letters, which marks before the last letter or behind a single one tell from a word.
    fn hebrew_number(self, at: usize) -> Option<(u32, usize)> {
        let first = self.slice(at);
        if !first.starts_with(is_letter) || !matches!(self.tokens.get(at)?.kind, Kind::Word(_)) {
            return None;
        }
        let value = |text: &str| text.chars().map(letter_value).sum::<Option<u32>>();
        let last = self.slice(at + 2);
        if self.is_mark(at + 1, "\"״”") && last.starts_with(is_letter) && last.chars().count() == 1 {
            // In "התשס"ד" the first letter stands for five thousand.
            let thousands = first.strip_prefix('ה').filter(|rest| rest.starts_with('ת'));
            return Some((value(thousands.unwrap_or(first))? + value(last)?, at + 3));
        }
        (first.chars().count() == 1 && self.is_mark(at + 1, "'׳’")).then_some((value(first)?, at + 2))
    }
}

/// A month of the Hebrew year.
#[derive(Clone, Copy)]
struct Month {
    /// Its number, counted from Nisan; 13 is the second Adar.
    number: u32,
    /// Whether a leap year has no other of this name.
    is_sure: bool,
}

/// Converts a day into a match.
fn matched(year: u32, month: Month, day: u32, next: usize) -> Option<Match> {
    let is_double = !month.is_sure && is_leap(i64::from(year));
    let months = if is_double { vec![ADAR, ADAR + 1] } else { vec![month.number] };
    let readings: Vec<Partial> = months.into_iter().filter_map(|month| gregorian(year, month, day)).collect();
    (!readings.is_empty()).then_some(Match {
        readings,
        until: None,
        form: Form::Words,
        calendar: Calendar::Hebrew,
        next,
    })
}

fn is_letter(c: char) -> bool {
    ('\u{5d0}'..='\u{5ea}').contains(&c)
}

/// Gives what a letter counts.
fn letter_value(c: char) -> Option<u32> {
    const ORDER: &str = "אבגדהוזחטיכלמנסעפצקרשת";
    let plain = match c {
        'ך' => 'כ',
        'ם' => 'מ',
        'ן' => 'נ',
        'ף' => 'פ',
        'ץ' => 'צ',
        c => c,
    };
    let at = u32::try_from(ORDER.chars().position(|letter| letter == plain)?).ok()?;
    Some(match at {
        0..=8 => at + 1,
        9..=17 => (at - 8) * 10,
        _ => (at - 17) * 100,
    })
}

fn is_leap(year: i64) -> bool {
    (7 * year + 1).rem_euclid(19) < 7
}

/// Counts the days from the epoch to the mean new moon of a year, put off so that no fast falls beside a Sabbath.
fn elapsed(year: i64) -> i64 {
    let months = (235 * year - 234).div_euclid(19);
    let parts = 12_084 + 13_753 * months;
    let day = 29 * months + parts.div_euclid(25_920);
    if (3 * (day + 1)).rem_euclid(7) < 3 { day + 1 } else { day }
}

/// Gives the first day of a year, counted from the Common Era.
fn new_year(year: i64) -> i64 {
    const EPOCH: i64 = -1_373_427;
    let (before, this, after) = (elapsed(year - 1), elapsed(year), elapsed(year + 1));
    let put_off = match () {
        () if after - this == 356 => 2,
        () if this - before == 382 => 1,
        () => 0,
    };
    EPOCH + this + put_off
}

/// Converts a day.
fn gregorian(year: u32, month: u32, day: u32) -> Option<Partial> {
    let year = i64::from(year);
    let days = new_year(year + 1) - new_year(year);
    let length = |month: u32| match month {
        MARHESHVAN => 29 + u32::from(days % 10 == 5),
        KISLEV => 30 - u32::from(days % 10 == 3),
        ADAR => 29 + u32::from(is_leap(year)),
        // Iyar, Tammuz, Elul, Tevet, the second Adar.
        2 | 4 | 6 | 10 | 13 => 29,
        _ => 30,
    };
    if !(1..=length(month)).contains(&day) {
        return None;
    }
    let last = if is_leap(year) { 13 } else { 12 };
    let before: u32 = (7..=last).chain(1..=6).take_while(|other| *other != month).map(length).sum();
    let days = new_year(year) + i64::from(before + day - 1);
    let date = NaiveDate::from_num_days_from_ce_opt(i32::try_from(days).ok()?)?;
    Partial::new(Some(date.year()), Some(date.month()), Some(date.day()))
}

#[cfg(test)]
mod tests {
    use super::super::{Calendar, Partial, recognise};

    #[test]
    fn hebrew_days_are_converted() {
        for (text, wanted) in [
            ("14 Nisan 5764", "2004-04-05"),
            ("the 5th of Iyar, 5708", "1948-05-14"),
            ("Tishri 1, 5784", "2023-09-16"),
            ("י״ד בניסן תשס״ד", "2004-04-05"),
            ("ירושלים, ה' באייר התש\"ח", "1948-05-14"),
            ("א' בתשרי ה'תשפ\"ד", "2023-09-16"),
            ("29 Elul 5783", "2023-09-15"),
            ("1 Adar II 5784", "2024-03-11"),
            ("30 Kislev 5785", "2024-12-31"),
            ("7 Cheshvan 5756", "1995-10-31"),
        ] {
            let found = recognise(text);
            let [date] = found.as_slice() else { panic!("{text}: {found:?}") };
            let day = date.single().and_then(Partial::date).map(|day| day.to_string());
            assert_eq!((day.as_deref(), date.calendar), (Some(wanted), Calendar::Hebrew), "{text}");
        }
        assert_eq!(recognise("10 Adar 5784")[0].readings.len(), 2);
        for text in ["30 Iyar 5764", "31 Nisan 5764", "14 Tammuz", "צה״ל תשס״ד"] {
            assert!(recognise(text).iter().all(|date| date.calendar != Calendar::Hebrew), "{text}");
        }
    }

    #[test]
    fn the_gregorian_day_beside_it_wins() {
        let found = recognise("Jerusalem, 14 Nisan 5764 (5 April 2004)");
        assert!(found[0].readings.is_empty());
        assert_eq!(found[1].single().and_then(Partial::date).map(|day| day.to_string()).as_deref(), Some("2004-04-05"));
    }
}
