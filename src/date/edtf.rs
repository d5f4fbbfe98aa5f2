//! Date values in EDTF (ISO 8601-2:2019, as the Library of Congress profiles it).
//!
//! What enters: an EDTF string, or a calendar day, month or year. What leaves: an [`Edtf`] that knows its canonical
//! string, the earliest and latest day it can mean, its words in English, and where it files. Levels 0 and 1 are read
//! whole, of level 2 sets, `X` in any place, all seasons and quarters, and the qualification of single parts. It
//! refuses years outside 1–9999 (`0000`, `-0044`, `Y170000002`, `Y17E7`) and significant digits (`1950S2`), and says
//! so: no document that this program sets is so old, and chrono's calendar ends before the longest of them.
//! It never guesses. The `edtf` crate reads levels 0 and 1 only, so that the type is our own.

mod bounds;
mod parse;
mod words;
mod write;

use bounds::days_in;
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
    /// A day with a time of it: `2014-12-24T10:00:00Z`.
    Timed(Part, Clock),
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
    /// How sure year, month and day are; a part that is not there is certain.
    sureness: [Qualifier; 3],
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Clock {
    /// Hour, minute and second; the hour can be 24 where the rest is 0.
    time: [u8; 3],
    zone: Zone,
}

/// What a time of day is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Zone {
    /// Local time: nothing is written.
    Local,
    /// `Z`
    Utc,
    /// Hours, and minutes where they are written, east of Greenwich, or west of it.
    Shift { is_west: bool, hours: u8, minutes: Option<u8> },
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

impl Qualifier {
    /// Joins two: what is uncertain by one and approximate by the other is both.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Certain, one) | (one, Self::Certain) => one,
            (one, other) if one == other => one,
            _ => Self::Both,
        }
    }
}

impl Part {
    /// Tells whether every part of the date is sure.
    fn is_certain(&self) -> bool {
        self.sureness == [Qualifier::Certain; 3]
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
        let part =
            Part { year, month: month.map(Digits::of), day: day.map(Digits::of), sureness: [Qualifier::Certain; 3] };
        (known && fits).then_some(Self(Shape::Single(part)))
    }

    /// Makes the set of which one member is meant; one value alone stays as it is, members stand in order, and three
    /// days or more that follow on one another become a run. Times of day are left off.
    ///
    /// `None` where there is no value, or where a value is itself an interval or a set.
    pub fn one_of(values: &[Self]) -> Option<Self> {
        let mut parts = Vec::new();
        for value in values {
            match &value.0 {
                Shape::Single(part) | Shape::Timed(part, _) => parts.push(*part),
                Shape::Interval(..) | Shape::Set(..) => return None,
            }
        }
        parts.sort_by_key(|part| (part.earliest(), part.to_string()));
        parts.dedup();
        match parts.as_slice() {
            [] => None,
            [part] => Some(Self(Shape::Single(*part))),
            [first, .., last] if are_consecutive(&parts) => {
                Some(Self(Shape::Set(Choice::One, vec![Member::Run(Some(*first), Some(*last))])))
            }
            _ => Some(Self(Shape::Set(Choice::One, parts.into_iter().map(Member::Single).collect()))),
        }
    }

    /// Gives the first day that the value can mean; `None` where nothing bounds it.
    ///
    /// A doubtful or approximate date has the bounds of its digits: how far off it may be, nobody has said.
    pub fn earliest(&self) -> Option<NaiveDate> {
        match &self.0 {
            Shape::Single(part) | Shape::Timed(part, _) => part.earliest(),
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
            Shape::Single(part) | Shape::Timed(part, _) => part.latest(),
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
            Shape::Single(part) | Shape::Timed(part, _) if part.is_certain() => {
                let day = part.earliest()?;
                (part.day.is_some() && part.latest() == Some(day)).then_some(day)
            }
            Shape::Single(_) | Shape::Timed(..) | Shape::Interval(..) | Shape::Set(..) => None,
        }
    }

    /// Gives the value without a time of day.
    pub fn without_time(self) -> Self {
        match self.0 {
            Shape::Timed(part, _) => Self(Shape::Single(part)),
            other => Self(other),
        }
    }

    /// Makes the value of a document that came into being between two days, either of which may be open.
    ///
    /// `None` where both are open or stand in the wrong order.
    pub fn between(earliest: Option<NaiveDate>, latest: Option<NaiveDate>) -> Option<Self> {
        let end = |day: Option<NaiveDate>| match day {
            None => Some(Limit::Open),
            Some(day) => match Self::day(day)?.0 {
                Shape::Single(part) => Some(Limit::At(part)),
                Shape::Timed(..) | Shape::Interval(..) | Shape::Set(..) => None,
            },
        };
        if earliest.or(latest).is_none() || earliest.zip(latest).is_some_and(|(first, last)| first > last) {
            return None;
        }
        Some(Self(Shape::Interval(end(earliest)?, end(latest)?)))
    }

    /// Makes the same value with whole months and years at its ends where they say the same: `2011-01-01/..` is `2011/..`.
    ///
    /// `None` where both days are open or stand in the wrong order.
    pub fn bounded(earliest: Option<NaiveDate>, latest: Option<NaiveDate>) -> Option<Self> {
        let days = Self::between(earliest, latest)?;
        let first = earliest.map_or_else(
            || "..".to_owned(),
            |day| match (day.month(), day.day()) {
                (1, 1) => day.format("%Y").to_string(),
                (_, 1) => day.format("%Y-%m").to_string(),
                _ => day.to_string(),
            },
        );
        let last = latest.map_or_else(
            || "..".to_owned(),
            |day| match (day.month(), day.succ_opt().map(|next| next.day())) {
                (12, Some(1)) => day.format("%Y").to_string(),
                (_, Some(1)) => day.format("%Y-%m").to_string(),
                _ => day.to_string(),
            },
        );
        let whole = Self::parse(&format!("{first}/{last}")).ok();
        whole.filter(|whole| (whole.earliest(), whole.latest()) == (days.earliest(), days.latest())).or(Some(days))
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

/// Tells whether dates are at least three days that follow on one another.
fn are_consecutive(parts: &[Part]) -> bool {
    let day = |part: &Part| part.earliest().filter(|day| part.is_certain() && part.latest() == Some(*day));
    parts.len() >= 3
        && parts.windows(2).all(|pair| match (day(&pair[0]), day(&pair[1])) {
            (Some(first), Some(second)) => first.succ_opt() == Some(second),
            _ => false,
        })
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
