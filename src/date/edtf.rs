//! Date values in EDTF (ISO 8601-2:2019, as the Library of Congress profiles it).
//!
//! What enters: an EDTF string, or a calendar day, month or year. What leaves: an [`Edtf`] that knows its canonical
//! string, the earliest and latest day it can mean, its words in English, and where it files. It refuses times of
//! day, years outside 1–9999 and level 2 forms that dating does not need, and says so; it never guesses.

mod parse;
mod words;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A date as an editor can know it: exact, partial, doubtful, one of several, or between two others.
///
/// `parse` and `to_string` are inverse to each other.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Edtf(Shape);

/// The outer form of a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Shape {
    /// One date.
    Single(Part),
    /// A span of time, `A/B`.
    Interval(Limit, Limit),
    /// Members of which one is meant, `[…]`, or all, `{…}`.
    Set(Choice, Vec<Member>),
}

/// How many members of a set are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Choice {
    /// One of them: `[…]`.
    One,
    /// All of them: `{…}`.
    All,
}

/// An end of an interval.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Limit {
    /// No end: `..`.
    Open,
    /// An end that nobody knows: nothing is written.
    Unknown,
    /// A date.
    At(Part),
}

/// A member of a set.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Member {
    /// One date.
    Single(Part),
    /// Every date from the first to the second: `A..B`, `..B`, `A..`.
    Run(Option<Part>, Option<Part>),
}

/// One date, whose digits may be unspecified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Part {
    year: Digits<4>,
    month: Option<Digits<2>>,
    day: Option<Digits<2>>,
    qualifier: Qualifier,
}

/// Digits of a number, `None` for `X`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Digits<const N: usize>([Option<u8>; N]);

/// How sure a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Qualifier {
    /// Sure.
    Certain,
    /// `?`
    Uncertain,
    /// `~`
    Approximate,
    /// `%`
    Both,
}

/// Why a string is no date value: what was found, then what was wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EdtfError {
    /// The piece of the string that could not be read.
    pub found: String,
    /// What could have stood there.
    pub wanted: &'static str,
}

impl fmt::Display for EdtfError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "found `{}`, wanted {}", self.found, self.wanted)
    }
}

impl std::error::Error for EdtfError {}

/// The place of a value in chronological order.
///
/// A value files at the last day that it can mean, so that an imprecise date stands after the dated items of its own
/// period; where two end on one day, the more precise stands first. A value with one open end files at the other;
/// values without a year stand last. No two different values have equal keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FilingKey {
    day: i32,
    breadth: i32,
    canonical: String,
}

impl<const N: usize> Digits<N> {
    /// Takes the last `N` digits of a number.
    fn of(number: u32) -> Self {
        let mut digits = [None; N];
        let mut rest = number;
        for slot in digits.iter_mut().rev() {
            *slot = u8::try_from(rest % 10).ok();
            rest /= 10;
        }
        Self(digits)
    }

    /// Gives the number, if every digit is specified.
    fn exact(self) -> Option<u32> {
        self.0.iter().try_fold(0, |number, digit| digit.map(|digit| number * 10 + u32::from(digit)))
    }

    /// Tells whether no digit is specified.
    fn is_unknown(self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// Gives the smallest and the largest number within `from..=to` that the digits allow.
    fn range(self, from: u32, to: u32) -> Option<(u32, u32)> {
        if let Some(exact) = self.exact() {
            return (from..=to).contains(&exact).then_some((exact, exact));
        }
        let allowed =
            |number: &u32| Self::of(*number).0.iter().zip(self.0).all(|(digit, mask)| mask.is_none() || *digit == mask);
        Some(((from..=to).find(allowed)?, (from..=to).rev().find(allowed)?))
    }
}

impl<const N: usize> fmt::Display for Digits<N> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|digit| match digit {
            Some(digit) => write!(out, "{digit}"),
            None => out.write_str("X"),
        })
    }
}

impl Part {
    /// Gives the first and last month that a month's two digits can mean, and how many years the last lies ahead.
    fn months(month: Option<Digits<2>>) -> Option<(u32, u32, i32)> {
        match month.map(|month| (month.exact(), month)) {
            None => Some((1, 12, 0)),
            Some((Some(season @ 21..=23), _)) => Some(((season - 20) * 3, (season - 20) * 3 + 2, 0)),
            Some((Some(24), _)) => Some((12, 2, 1)),
            Some((Some(quarter @ 33..=36), _)) => Some(((quarter - 33) * 3 + 1, (quarter - 32) * 3, 0)),
            Some((_, digits)) => digits.range(1, 12).map(|(first, last)| (first, last, 0)),
        }
    }

    /// Gives the first day that the date can mean.
    fn earliest(&self) -> Option<NaiveDate> {
        if self.year.is_unknown() {
            return None;
        }
        let (first, last) = self.year.range(1, 9999)?;
        let (low, high, _) = Self::months(self.month)?;
        // Unspecified digits can need a later month or year than the first: 29 February, the 31st.
        (first..=last.min(first + 8)).find_map(|year| {
            (low..=high.max(low)).find_map(|month| match self.day {
                None => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, 1),
                Some(day) => {
                    let length = days_in(year, month)?;
                    let (day, _) = day.range(1, length)?;
                    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
                }
            })
        })
    }

    /// Gives the last day that the date can mean.
    fn latest(&self) -> Option<NaiveDate> {
        if self.year.is_unknown() {
            return None;
        }
        let (first, last) = self.year.range(1, 9999)?;
        let (low, high, ahead) = Self::months(self.month)?;
        let low = if ahead > 0 { high } else { low };
        (first.max(last.saturating_sub(8))..=last).rev().find_map(|year| {
            (low..=high).rev().find_map(|month| {
                let year = year + u32::try_from(ahead).ok()?;
                let length = days_in(year, month)?;
                let day = match self.day {
                    None => length,
                    Some(day) => day.range(1, length)?.1,
                };
                NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
            })
        })
    }
}

/// Counts the days of a month.
fn days_in(year: u32, month: u32) -> Option<u32> {
    let year = i32::try_from(year).ok()?;
    (28..=31).rev().find(|day| NaiveDate::from_ymd_opt(year, month, *day).is_some())
}

impl fmt::Display for Part {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.year)?;
        if let Some(month) = self.month {
            write!(out, "-{month}")?;
        }
        if let Some(day) = self.day {
            write!(out, "-{day}")?;
        }
        out.write_str(match self.qualifier {
            Qualifier::Certain => "",
            Qualifier::Uncertain => "?",
            Qualifier::Approximate => "~",
            Qualifier::Both => "%",
        })
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => out.write_str(".."),
            Self::Unknown => Ok(()),
            Self::At(part) => write!(out, "{part}"),
        }
    }
}

impl fmt::Display for Member {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Single(part) => write!(out, "{part}"),
            Self::Run(from, to) => {
                from.iter().try_for_each(|part| write!(out, "{part}"))?;
                out.write_str("..")?;
                to.iter().try_for_each(|part| write!(out, "{part}"))
            }
        }
    }
}

impl fmt::Display for Edtf {
    /// Writes the canonical EDTF string.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Shape::Single(part) => write!(out, "{part}"),
            Shape::Interval(from, to) => write!(out, "{from}/{to}"),
            Shape::Set(choice, members) => {
                let (open, close) = match choice {
                    Choice::One => ('[', ']'),
                    Choice::All => ('{', '}'),
                };
                write!(out, "{open}")?;
                for (at, member) in members.iter().enumerate() {
                    write!(out, "{}{member}", if at == 0 { "" } else { "," })?;
                }
                write!(out, "{close}")
            }
        }
    }
}

impl Edtf {
    /// Makes the value of a calendar day; `None` outside the years 1–9999.
    pub fn day(date: NaiveDate) -> Option<Self> {
        Self::partial(Some(date.year()), Some(date.month()), Some(date.day()))
    }

    /// Makes a value from what is known of year, month and day; `None` where they name no day, month or year.
    ///
    /// A year that is not known is written `XXXX`; a day then needs a month.
    pub fn partial(year: Option<i32>, month: Option<u32>, day: Option<u32>) -> Option<Self> {
        let length = match (year, month) {
            (Some(year), Some(month)) => days_in(u32::try_from(year).ok()?, month)?,
            (None, Some(month)) => days_in(2000, month)?,
            (Some(_), None) if day.is_none() => 31,
            _ => return None,
        };
        let known = year.is_none_or(|year| (1..=9999).contains(&year));
        let fits = day.is_none_or(|day| (1..=length).contains(&day));
        let year = match year {
            Some(year) => Digits::of(u32::try_from(year).ok()?),
            None => Digits([None; 4]),
        };
        let part = Part { year, month: month.map(Digits::of), day: day.map(Digits::of), qualifier: Qualifier::Certain };
        (known && fits).then_some(Self(Shape::Single(part)))
    }

    /// Makes the set of which one member is meant; one value alone stays as it is, members stand in order.
    ///
    /// `None` where there is no value, or where a value is itself an interval or a set.
    pub fn one_of(values: &[Self]) -> Option<Self> {
        let mut parts = Vec::new();
        for value in values {
            match &value.0 {
                Shape::Single(part) => parts.push(*part),
                Shape::Interval(..) | Shape::Set(..) => return None,
            }
        }
        parts.sort_by_key(|part| (part.earliest(), part.to_string()));
        parts.dedup();
        match parts.as_slice() {
            [] => None,
            [part] => Some(Self(Shape::Single(*part))),
            _ => Some(Self(Shape::Set(Choice::One, parts.into_iter().map(Member::Single).collect()))),
        }
    }

    /// Gives the first day that the value can mean; `None` where nothing bounds it.
    ///
    /// A doubtful or approximate date has the bounds of its digits: how far off it may be, nobody has said.
    pub fn earliest(&self) -> Option<NaiveDate> {
        match &self.0 {
            Shape::Single(part) => part.earliest(),
            Shape::Interval(from, _) => match from {
                Limit::At(part) => part.earliest(),
                Limit::Open | Limit::Unknown => None,
            },
            Shape::Set(_, members) => members
                .iter()
                .map(|member| match member {
                    Member::Single(part) => part.earliest(),
                    Member::Run(from, _) => from.as_ref().and_then(Part::earliest),
                })
                .min()?,
        }
    }

    /// Gives the last day that the value can mean; `None` where nothing bounds it.
    pub fn latest(&self) -> Option<NaiveDate> {
        match &self.0 {
            Shape::Single(part) => part.latest(),
            Shape::Interval(_, to) => match to {
                Limit::At(part) => part.latest(),
                Limit::Open | Limit::Unknown => None,
            },
            Shape::Set(_, members) => members
                .iter()
                .map(|member| match member {
                    Member::Single(part) => part.latest(),
                    Member::Run(_, to) => to.as_ref().and_then(Part::latest),
                })
                .try_fold(NaiveDate::MIN, |last, day| day.map(|day| last.max(day))),
        }
    }

    /// Tells whether the value says which year it means, or at least bounds it.
    ///
    /// `XXXX-03-24` does not: it orders nothing, and a document filed by it counts as undated.
    pub fn has_year(&self) -> bool {
        self.earliest().is_some() || self.latest().is_some()
    }

    /// Gives the one calendar day that is meant; `None` where the value is less precise or in doubt.
    pub fn exact_day(&self) -> Option<NaiveDate> {
        match &self.0 {
            Shape::Single(part) if part.qualifier == Qualifier::Certain => {
                let day = part.earliest()?;
                (part.day.is_some() && part.latest() == Some(day)).then_some(day)
            }
            Shape::Single(_) | Shape::Interval(..) | Shape::Set(..) => None,
        }
    }

    /// Gives the place in chronological order.
    pub fn filing_key(&self) -> FilingKey {
        let (earliest, latest) = (self.earliest(), self.latest());
        let day = latest.or(earliest).map_or(i32::MAX, |day| day.num_days_from_ce());
        let breadth = match (earliest, latest) {
            (Some(from), Some(to)) => to.num_days_from_ce() - from.num_days_from_ce(),
            _ => i32::MAX,
        };
        FilingKey { day, breadth, canonical: self.to_string() }
    }

    /// Says the value in English words: "24 December 2014", "ca. August 2011", "2013 or 2014".
    ///
    /// The square brackets of a date that an editor supplies are not part of it.
    pub fn display(&self) -> String {
        words::say(self)
    }
}

impl TryFrom<String> for Edtf {
    type Error = EdtfError;

    fn try_from(text: String) -> Result<Self, EdtfError> {
        Self::parse(&text)
    }
}

impl From<Edtf> for String {
    fn from(value: Edtf) -> Self {
        value.to_string()
    }
}

impl std::str::FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Self, EdtfError> {
        Self::parse(text)
    }
}
