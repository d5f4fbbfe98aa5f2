//! Matches dates that count in other calendars.
//!
//! What enters: tokens and the place after a day, a month or a row of figures. What leaves: a match whose readings are
//! converted. Where the calendar's name, its month or its era is missing, or words stand between that are not known, it
//! converts nothing: the match then has no reading and can only hint.

use super::super::lexicon::{Pair, Particle, fold};
use super::super::tokens::{Kind, Token};
use super::scanner::{Match, Scanner};
use super::{Calendar, Form, calendars};

/// So many words may stand between a month and its year.
const BETWEEN: usize = 4;

/// Words between a month and its year that say no more than "year" or name the calendar.
const YEAR_WORDS: &[&str] = &[
    "سنه",
    "عام",
    "لسنه",
    "هجريه",
    "هجري",
    "al",
    "ul",
    "of",
    "वि",
    "सं",
    "संवत्",
    "विक्रम",
    "साल",
    "सन",
    "सन्",
    "वर्ष",
    "বঙ্গাব্দ",
    "সাল",
    "शक",
    "शके",
    "संवत",
    "saka",
    "સંવત",
    "વિક્રમ",
];

/// Beginnings of the second word of a Hijri month's name, folded: of the first and of the second month of a pair.
const FIRST: &[&str] = &["الاول", "اول", "awwal", "awal", "ula", "ول"];
const SECOND: &[&str] = &["الثان", "ثان", "الاخر", "اخر", "thani", "akhir", "sani", "thania"];
const QADA: &[&str] = &["القعد", "قعد", "qa", "qi", "kad"];
const HIJJA: &[&str] = &["الحج", "حج", "hij", "haj"];

/// A year after a month of another calendar.
struct Year {
    /// The month, where its name is whole.
    month: Option<u32>,
    /// The year.
    year: u32,
    /// Whether nothing but the name and words for "year" stands before it.
    is_plain: bool,
    /// The token after it.
    next: usize,
}

impl Scanner<'_> {
    /// Matches what follows a day in a calendar other than the Gregorian.
    pub(super) fn other_calendar(self, day: u32, at: usize) -> Option<Match> {
        let (calendar, found, readings) = match self.word(at)?.particle? {
            Particle::HijriMonth(month) => {
                let found = self.year_of(at, Some(u32::from(month)), None)?;
                let fits = found.is_plain && (1250..=1500).contains(&found.year);
                (
                    Calendar::Hijri,
                    found.next,
                    found.month.filter(|_| fits).and_then(|month| calendars::hijri(found.year, month, day)),
                )
            }
            Particle::HijriPair(pair) => {
                let found = self.year_of(at, None, Some(pair))?;
                let fits = found.is_plain && (1250..=1500).contains(&found.year);
                (
                    Calendar::Hijri,
                    found.next,
                    found.month.filter(|_| fits).and_then(|month| calendars::hijri(found.year, month, day)),
                )
            }
            Particle::IndianMonth(month) => {
                let found = self.year_of(at, Some(u32::from(month)), None)?;
                let script = |first, last| self.slice(at).starts_with(|c| (first..=last).contains(&c));
                let is_bengali = script('\u{980}', '\u{9ff}');
                let readings = match (is_bengali, found.year) {
                    (true, 1250..=1550) => calendars::bengali(found.year, u32::from(month), day),
                    (false, 1800..=1979) if self.is_saka(found.next) => {
                        calendars::saka(found.year, u32::from(month), day).map(|day| vec![day])
                    }
                    (false, 1980..=2150) if script('\u{a80}', '\u{aff}') => {
                        calendars::gujarati(found.year, u32::from(month))
                    }
                    (false, 1980..=2150) => calendars::vikram(found.year, u32::from(month)),
                    _ => None,
                };
                (Calendar::Indian, found.next, readings.filter(|_| found.is_plain))
            }
            Particle::SolarMonth(month) => {
                let (year, digits) = self.number(self.past_gap(at + 1))?;
                if digits != 4 || !(1200..=1500).contains(&year) {
                    return None;
                }
                let reading = calendars::solar(year, u32::from(month), day)?;
                (Calendar::SolarHijri, self.past_gap(at + 1) + 1, Some(vec![reading]))
            }
            _ => return None,
        };
        let mark = self.past_gap(found);
        let is_marked = self.word(mark).is_some_and(|word| word.particle == Some(Particle::HijriYear));
        let next = if is_marked && calendar == Calendar::Hijri { self.past_mark(mark + 1, ".") } else { found };
        Some(Match { readings: readings.unwrap_or_default(), until: None, form: Form::Words, calendar, next })
    }

    /// Tells whether the Saka era is named beside a year.
    fn is_saka(self, next: usize) -> bool {
        (next.saturating_sub(8)..next + 4).any(|at| {
            let word = self.slice(at).to_lowercase();
            word.starts_with("शक") || word == "saka" || word.starts_with("શક")
        })
    }

    /// Reads the rest of a month's name and the year after it.
    fn year_of(self, at: usize, month: Option<u32>, pair: Option<Pair>) -> Option<Year> {
        let (mut month, mut is_plain) = (month, true);
        let mut next = at + 1;
        for _ in 0..BETWEEN {
            next = self.past_gap(self.past_mark(self.past_gap(self.past_mark(next, ".'’")), "-,،'’"));
            if !matches!(self.tokens.get(next), Some(Token { kind: Kind::Word(_), .. })) {
                break;
            }
            let word = fold(self.slice(next));
            match pair.filter(|_| month.is_none()).and_then(|pair| completed(pair, &word)) {
                Some(whole) => month = Some(whole),
                None => is_plain &= YEAR_WORDS.contains(&word.as_str()),
            }
            next += 1;
        }
        next = self.past_gap(self.past_mark(next, ".,،"));
        let (year, digits) = self.number(next)?;
        (digits == 4 && (1200..=2200).contains(&year)).then_some(Year { month, year, is_plain, next: next + 1 })
    }

    /// Matches a date whose month stands first: `Rabi-us-Sani 25, 1428`, `Ramazan 12, 1440 AH`, `ጥር 12 ቀን 2010 ዓ.ም.`
    pub(super) fn other_month_first(self, at: usize) -> Option<Match> {
        let (mut month, pair) = match self.word(at)?.particle? {
            Particle::HijriMonth(month) => (Some(u32::from(month)), None),
            Particle::HijriPair(pair) => (None, Some(pair)),
            Particle::EthiopianMonth(month) => return self.ethiopian(at, u32::from(month)),
            _ => return None,
        };
        let mut next = self.past_gap(self.past_mark(at + 1, "-'’"));
        for _ in 0..BETWEEN {
            if !matches!(self.tokens.get(next), Some(Token { kind: Kind::Word(_), .. })) {
                break;
            }
            if let Some(pair) = pair.filter(|_| month.is_none()) {
                month = completed(pair, &fold(self.slice(next)));
            }
            next = self.past_gap(self.past_mark(self.past_mark(next + 1, "'’"), "-"));
        }
        let day = self.day(next)?;
        let year_at = self.past_gap(self.past_mark(next + 1, ",،"));
        let (year, digits) = self.number(year_at)?;
        if digits != 4 || !(1250..=1500).contains(&year) {
            return None;
        }
        let readings = calendars::hijri(year, month?, day)?;
        let mark = self.past_gap(year_at + 1);
        let is_marked = self.word(mark).is_some_and(|word| word.particle == Some(Particle::HijriYear));
        let next = if is_marked { self.past_mark(mark + 1, ".") } else { year_at + 1 };
        Some(Match { readings, until: None, form: Form::Words, calendar: Calendar::Hijri, next })
    }

    /// Matches the day and year after an Ethiopian month, unless the text counts that year in the European era.
    fn ethiopian(self, at: usize, month: u32) -> Option<Match> {
        let day_at = self.past_gap(at + 1);
        let day = self.day(day_at)?;
        let mut next = self.past_gap(self.past_mark(day_at + 1, "፣,"));
        for _ in 0..2 {
            if matches!(self.slice(next), "ቀን" | "ዓመት" | "ዓ") {
                next = self.past_gap(next + 1);
            }
        }
        let (year, digits) = self.number(next)?;
        if digits != 4 || !(1850..=2100).contains(&year) {
            return None;
        }
        let after = self.past_gap(next + 1);
        let is_european = self.slice(after) == "እ" || self.slice(after) == "እኤአ";
        let (readings, next) = match (is_european, self.slice(after)) {
            (true, _) => (Vec::new(), next + 1),
            // "ዓ.ም.", in the year of mercy
            (false, "ዓ") if self.slice(after + 2).starts_with('ም') => {
                (vec![calendars::ethiopian(year, month, day)?], self.past_mark(after + 3, "."))
            }
            (false, "ዓም") => (vec![calendars::ethiopian(year, month, day)?], after + 1),
            _ => (vec![calendars::ethiopian(year, month, day)?], next + 1),
        };
        Some(Match { readings, until: None, form: Form::Words, calendar: Calendar::Ethiopian, next })
    }

    /// Matches a date of the Vikram era whose year stands first: `२०७५ साल असोज ३ गते`.
    pub(super) fn other_year_first(self, at: usize) -> Option<Match> {
        let (year, digits) = self.number(at)?;
        if digits != 4 || !(1980..=2150).contains(&year) {
            return None;
        }
        let mut word = self.past_gap(at + 1);
        if YEAR_WORDS.contains(&fold(self.slice(word)).as_str()) {
            word = self.past_gap(word + 1);
        }
        let Particle::IndianMonth(month) = self.word(word)?.particle? else { return None };
        let day = self.past_gap(word + 1);
        self.day(day)?;
        let next = if self.slice(self.past_gap(day + 1)) == "गते" { self.past_gap(day + 1) + 1 } else { day + 1 };
        let readings = calendars::vikram(year, u32::from(month))?;
        Some(Match { readings, until: None, form: Form::Words, calendar: Calendar::Indian, next })
    }

    /// Matches figures that count in another calendar: `1436/10/26 هـ`, and `1399/08/14` in Persian text.
    pub(super) fn other_figures(self, at: usize, year: u32, month: u32, day: u32, next: usize) -> Option<Match> {
        let mark = self.past_gap(next);
        if self.word(mark).is_some_and(|word| word.particle == Some(Particle::HijriYear)) {
            let readings = calendars::hijri(year, month, day)?;
            let next = self.past_mark(mark + 1, ".");
            return Some(Match { readings, until: None, form: Form::YearFirst, calendar: Calendar::Hijri, next });
        }
        // Urdu and Arabic text counts in the lunar calendar, whose years of our time are greater than these.
        let is_persian = self.is_persian || self.slice(at).starts_with(|c| ('\u{6f0}'..='\u{6f9}').contains(&c));
        if !is_persian || !(1290..=1415).contains(&year) {
            return None;
        }
        let reading = calendars::solar(year, month, day)?;
        Some(Match { calendar: Calendar::SolarHijri, ..Match::one(reading, Form::YearFirst, next) })
    }

    /// Reads a year of the Buddhist era after a month: `มกราคม พ.ศ. 2566`, `มกราคม 2566`, `January 2566 B.E.`
    pub(super) fn buddhist_year(self, month: usize, at: usize) -> Option<(i32, usize)> {
        let is_era = |at: usize| {
            let parted = |first: &str, second: &str| {
                self.slice(at).eq_ignore_ascii_case(first)
                    && self.is_mark(at + 1, ".")
                    && self.slice(at + 2).eq_ignore_ascii_case(second)
            };
            match () {
                () if parted("พ", "ศ") || parted("b", "e") => Some(self.past_mark(at + 3, ".")),
                () if self.slice(at) == "BE" || self.slice(at) == "พศ" => Some(at + 1),
                () => None,
            }
        };
        let start = self.past_gap(self.past_mark(at, ".,"));
        let named = is_era(start);
        let number = self.past_gap(named.unwrap_or(start));
        let (year, digits) = self.number(number)?;
        if digits != 4 || !(2400..=2650).contains(&year) {
            return None;
        }
        let follows = is_era(self.past_gap(number + 1));
        let is_thai = self.slice(month).starts_with(|c| ('\u{e00}'..='\u{e7f}').contains(&c));
        (named.is_some() || follows.is_some() || is_thai)
            .then_some((i32::try_from(year).ok()? - 543, follows.unwrap_or(number + 1)))
    }
}

/// Gives the month of a pair that a second word names.
fn completed(pair: Pair, word: &str) -> Option<u32> {
    let starts = |beginnings: &[&str]| beginnings.iter().any(|beginning| word.starts_with(beginning));
    let (first, second, month) = match pair {
        Pair::Rabi => (starts(FIRST) || word == "i", starts(SECOND) || word == "ii", 3),
        Pair::Jumada => (starts(FIRST) || word == "i", starts(SECOND) || word == "ii", 5),
        Pair::Dhu => (starts(QADA), starts(HIJJA), 11),
    };
    match (first, second) {
        (true, false) => Some(month),
        (false, true) => Some(month + 1),
        _ => None,
    }
}

/// Tells whether a text's letters are those of Persian: some that Arabic lacks, and none that only Urdu has.
pub(super) fn is_persian(text: &str) -> bool {
    ["گ", "پ", "چ", "ژ"].iter().any(|letter| text.contains(letter))
        && !["ٹ", "ڈ", "ڑ", "ے"].iter().any(|letter| text.contains(letter))
}

/// Takes the readings off a date in another calendar that has its Gregorian equivalent beside it: that one wins.
pub(super) fn yield_to_equivalents(found: &mut [super::Expression]) {
    for at in 0..found.len() {
        if !matches!(found[at].calendar, Calendar::Hijri | Calendar::Indian | Calendar::Ethiopian | Calendar::Hebrew)
            || found[at].readings.is_empty()
        {
            continue;
        }
        let is_beside = |other: &super::Expression, gap: usize| {
            other.calendar == Calendar::Gregorian && other.form != Form::Address && gap <= BESIDE
        };
        let before = at.checked_sub(1).map(|before| &found[before]);
        let after = found.get(at + 1);
        let span = &found[at].span;
        let has_equivalent = before.is_some_and(|other| is_beside(other, span.start.saturating_sub(other.span.end)))
            || after.is_some_and(|other| is_beside(other, other.span.start.saturating_sub(span.end)));
        if has_equivalent {
            found[at].readings.clear();
        }
    }
}

/// So many bytes may stand between a date and its equivalent in another calendar.
const BESIDE: usize = 60;

#[cfg(test)]
mod tests {
    use super::super::{Calendar, recognise};
    use crate::date::Edtf;

    #[test]
    fn dates_of_other_calendars_are_converted_with_their_uncertainty() {
        for (text, calendar, wanted) in [
            ("26 شوال 1436 هـ", Calendar::Hijri, "[2015-08-11..2015-08-13]"),
            ("الثلاثاء 26 شوال 1436 هـ", Calendar::Hijri, "2015-08-11"),
            ("10 ذو الحجة 1442 هـ", Calendar::Hijri, "[2021-07-19..2021-07-21]"),
            ("12 Rabi al-Awwal 1445 AH", Calendar::Hijri, "[2023-09-26..2023-09-28]"),
            ("1436/10/26هـ", Calendar::Hijri, "[2015-08-11..2015-08-13]"),
            ("26/10/1436 هـ", Calendar::Hijri, "[2015-08-11..2015-08-13]"),
            ("تاریخ: ۱۳۹۹/۰۸/۱۴", Calendar::SolarHijri, "2020-11-04"),
            ("گزارش 1399/08/14", Calendar::SolarHijri, "2020-11-04"),
            ("15 มกราคม พ.ศ. 2566", Calendar::Era, "2023-01-15"),
            ("๑๕ มกราคม ๒๕๖๖", Calendar::Era, "2023-01-15"),
            ("มกราคม 2566", Calendar::Era, "2023-01"),
            ("15 January 2566 B.E.", Calendar::Era, "2023-01-15"),
            ("१५ श्रावण २०७८", Calendar::Indian, "[2021-07,2021-08]"),
            ("१५ श्रावण वि.सं. २०७८", Calendar::Indian, "[2021-07,2021-08]"),
            ("२०७५ साल असोज ३ गते", Calendar::Indian, "[2018-09,2018-10]"),
            ("२५ आश्विन शक १९४५", Calendar::Indian, "2023-10-17"),
            ("૫ કારતક ૨૦૭૫", Calendar::Indian, "[2018-10,2018-11]"),
            ("Rabi-us-Sani 25, 1428", Calendar::Hijri, "[2007-05-12..2007-05-14]"),
            ("Ramazan 12, 1440 AH", Calendar::Hijri, "[2019-05-16..2019-05-18]"),
            ("ጥር 12 ቀን 2010 ዓ.ም.", Calendar::Ethiopian, "2018-01-20"),
            ("መስከረም 1, 2010", Calendar::Ethiopian, "2017-09-11"),
            ("১ বৈশাখ ১৪২৮", Calendar::Indian, "[2021-04-13..2021-04-15]"),
        ] {
            let found = recognise(text);
            let [date] = found.as_slice() else { panic!("{text}: {found:?}") };
            let values: Vec<Edtf> =
                date.readings.iter().filter_map(|date| Edtf::partial(date.year, date.month, date.day)).collect();
            let value = Edtf::one_of(&values).map(|value| value.to_string());
            assert_eq!((date.calendar, value.as_deref()), (calendar, Some(wanted)), "{text}");
        }
    }

    #[test]
    fn figures_of_our_own_years_and_other_texts_are_not_converted() {
        for text in ["1399/08/14", "12/08/1399", "room 1405/3/2", "۱۴۴۲/۱۰/۰۵"] {
            assert_eq!(recognise(text), [], "{text}");
        }
        assert!(recognise("12 Ramadan packets for 1500 people").iter().all(|date| date.readings.is_empty()));
    }
}
