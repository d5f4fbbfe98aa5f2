//! The days that a date can mean.
//!
//! What enters: a date whose digits may be unspecified. What leaves: its first and last day. Seasons without a
//! hemisphere (21–24) are read as the north's, as the editions that this program serves do; a winter ends in the
//! year after. Qualifiers do not widen the bounds: how far off a date may be, nobody has said.

use super::{Digits, Part};
use chrono::NaiveDate;

impl<const N: usize> Digits<N> {
    /// Takes the last `N` digits of a number.
    pub(super) fn of(number: u32) -> Self {
        let mut digits = [None; N];
        let mut rest = number;
        for slot in digits.iter_mut().rev() {
            *slot = u8::try_from(rest % 10).ok();
            rest /= 10;
        }
        Self(digits)
    }

    /// Gives the number, if every digit is specified.
    pub(super) fn exact(self) -> Option<u32> {
        self.0.iter().try_fold(0, |number, digit| digit.map(|digit| number * 10 + u32::from(digit)))
    }

    /// Tells whether no digit is specified.
    pub(super) fn is_unknown(self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// Tells whether the digits allow a number.
    pub(super) fn allows(self, number: u32) -> bool {
        Self::of(number).0.iter().zip(self.0).all(|(digit, mask)| mask.is_none() || *digit == mask)
    }

    /// Gives the smallest and the largest number within `from..=to` that the digits allow.
    pub(super) fn range(self, from: u32, to: u32) -> Option<(u32, u32)> {
        if let Some(exact) = self.exact() {
            return (from..=to).contains(&exact).then_some((exact, exact));
        }
        Some(((from..=to).find(|number| self.allows(*number))?, (from..=to).rev().find(|number| self.allows(*number))?))
    }
}

/// A month, or the months of a season or quarter, and how many years ahead the last of them lies.
type Months = (u32, u32, u32);

/// Gives the months of a season, quarter or other part of a year, as ISO 8601-2 numbers them.
fn period(number: u32) -> Option<Months> {
    Some(match number {
        // Without a hemisphere, and in the northern one.
        21..=23 => ((number - 20) * 3, (number - 20) * 3 + 2, 0),
        25..=27 => ((number - 24) * 3, (number - 24) * 3 + 2, 0),
        24 | 28 => (12, 2, 1),
        // Spring, summer, autumn and winter in the southern hemisphere.
        29 => (9, 11, 0),
        30 => (12, 2, 1),
        31 => (3, 5, 0),
        32 => (6, 8, 0),
        33..=36 => ((number - 33) * 3 + 1, (number - 32) * 3, 0),
        37..=39 => ((number - 37) * 4 + 1, (number - 36) * 4, 0),
        40 => (1, 6, 0),
        41 => (7, 12, 0),
        _ => return None,
    })
}

impl Part {
    /// Gives the first and last month that a month's two digits can mean, and how many years the last lies ahead.
    pub(super) fn months(month: Option<Digits<2>>) -> Option<Months> {
        let Some(month) = month else { return Some((1, 12, 0)) };
        match month.exact().and_then(period) {
            Some(period) => Some(period),
            None => month.range(1, 12).map(|(first, last)| (first, last, 0)),
        }
    }

    /// Tells whether a month number is one that the month's digits allow; those of a season allow every month of it.
    fn has_month(&self, number: u32) -> bool {
        self.month.is_none_or(|month| month.exact().is_some() || month.allows(number))
    }

    /// Gives the first day that the date can mean.
    pub(super) fn earliest(&self) -> Option<NaiveDate> {
        if self.year.is_unknown() {
            return None;
        }
        let (first, last) = self.year.range(1, 9999)?;
        let (low, high, _) = Self::months(self.month)?;
        // Unspecified digits can need a later month or year than the first: 29 February, the 31st.
        (first..=last).filter(|year| self.year.allows(*year)).find_map(|year| {
            (low..=high.max(low)).filter(|month| self.has_month(*month)).find_map(|month| match self.day {
                None => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, 1),
                Some(day) => {
                    let (day, _) = day.range(1, days_in(year, month)?)?;
                    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
                }
            })
        })
    }

    /// Gives the last day that the date can mean.
    pub(super) fn latest(&self) -> Option<NaiveDate> {
        if self.year.is_unknown() {
            return None;
        }
        let (first, last) = self.year.range(1, 9999)?;
        let (low, high, ahead) = Self::months(self.month)?;
        let low = if ahead > 0 { high } else { low };
        (first..=last).rev().filter(|year| self.year.allows(*year)).find_map(|year| {
            (low..=high).rev().filter(|month| self.has_month(*month)).find_map(|month| {
                let year = year + ahead;
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
pub(super) fn days_in(year: u32, month: u32) -> Option<u32> {
    let year = i32::try_from(year).ok()?;
    (28..=31).rev().find(|day| NaiveDate::from_ymd_opt(year, month, *day).is_some())
}
