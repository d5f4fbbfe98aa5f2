//! Converts dates of other calendars to the Gregorian.
//!
//! What enters: year, month and day of the Hijri, Solar Hijri, Vikram or Bengali calendar. What leaves: every Gregorian
//! reading that they can have. Where a calendar follows sightings, regions or the moon, it gives several: three days for
//! a Hijri date (the tabular calendar, a day either way), two months for a Vikram one. It claims no more than that.

use super::Partial;
use chrono::{Datelike, Days, NaiveDate};

/// The Julian day number of the day before the first of Muharram 1 AH, in the civil reckoning of the tabular calendar.
const HIJRI_EPOCH: i64 = 1_948_439;

/// What is added to chrono's count of days from the Common Era to give the Julian day number.
const JULIAN_DAY: i64 = 1_721_425;

/// Makes a reading of a calendar day.
fn reading(date: NaiveDate) -> Option<Partial> {
    Partial::new(Some(date.year()), Some(date.month()), Some(date.day()))
}

/// Gives a day and its neighbours.
fn within_a_day(date: NaiveDate) -> Vec<Partial> {
    [date.pred_opt(), Some(date), date.succ_opt()].into_iter().flatten().filter_map(reading).collect()
}

/// Converts a Hijri day by the tabular calendar: the day itself and one either way, since months follow sightings.
pub(super) fn hijri(year: u32, month: u32, day: u32) -> Option<Vec<Partial>> {
    if !(1..=1600).contains(&year) || !(1..=12).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    // Months have 30 and 29 days in turn; eleven years in thirty have a day more.
    let months = (59 * (month - 1) + 1) / 2;
    let julian_day = day + months + (year - 1) * 354 + (3 + 11 * year) / 30 + HIJRI_EPOCH;
    let days = i32::try_from(julian_day - JULIAN_DAY).ok()?;
    Some(within_a_day(NaiveDate::from_num_days_from_ce_opt(days)?))
}

/// Converts a Solar Hijri day by the 33-year cycle, which holds for the years 1178–1633.
pub(super) fn solar(year: u32, month: u32, day: u32) -> Option<Partial> {
    let length = if month <= 6 { 31 } else { 30 };
    if !(1178..=1633).contains(&year) || !(1..=12).contains(&month) || !(1..=length).contains(&day) {
        return None;
    }
    let years = year - 979;
    let months = if month <= 7 { (month - 1) * 31 } else { 186 + (month - 7) * 30 };
    let days = 365 * years + years / 33 * 8 + (years % 33).div_ceil(4) + months + day - 1 + 79;
    reading(NaiveDate::from_ymd_opt(1600, 1, 1)?.checked_add_days(Days::new(u64::from(days)))?)
}

/// Converts a month of the Vikram era, counted from Chaitra: the months of the Gregorian year that it can overlap.
///
/// Nepal's months are solar, from the middle of one month to that of the next; India's are lunar and stray a little
/// from them. Chaitra ends Nepal's year and opens northern India's, so that its year is doubtful.
pub(super) fn vikram(year: u32, month: u32) -> Option<Vec<Partial>> {
    let year = i32::try_from(year).ok().filter(|year| (1900..=2200).contains(year))?;
    // Vaishakh runs from the middle of April; a month's first half lies in the Gregorian month of this number.
    let overlaps = |first: u32, year: i32| {
        let (second, next) = if first == 12 { (1, year + 1) } else { (first + 1, year) };
        [Partial::new(Some(year), Some(first), None), Partial::new(Some(next), Some(second), None)]
    };
    let readings: Vec<Partial> = match month {
        1 => overlaps(3, year - 57).into_iter().chain(overlaps(3, year - 56)).flatten().collect(),
        2..=10 => overlaps(month + 2, year - 57).into_iter().flatten().collect(),
        11 | 12 => overlaps(month - 10, year - 56).into_iter().flatten().collect(),
        _ => return None,
    };
    Some(readings)
}

/// Converts a month of the Vikram era as Gujarat counts it: lunar months, the year beginning with Kartik in autumn.
pub(super) fn gujarati(year: u32, month: u32) -> Option<Vec<Partial>> {
    let year = i32::try_from(year).ok().filter(|year| (1900..=2200).contains(year))?;
    let readings = match month {
        1..=7 => [(year - 56, month + 2), (year - 56, month + 3)],
        8..=9 => [(year - 57, month + 2), (year - 57, month + 3)],
        10 => [(year - 57, 12), (year - 56, 1)],
        11 | 12 => [(year - 56, month - 10), (year - 56, month - 9)],
        _ => return None,
    };
    Some(readings.into_iter().filter_map(|(year, month)| Partial::new(Some(year), Some(month), None)).collect())
}

/// Converts a day of India's national calendar, the reformed Saka era, with months counted from Chaitra.
pub(super) fn saka(year: u32, month: u32, day: u32) -> Option<Partial> {
    let is_sound = (1..=12).contains(&month) && (1..=31).contains(&day);
    let gregorian = i32::try_from(year).ok().filter(|year| is_sound && (1800..=2100).contains(year))? + 78;
    let is_leap = NaiveDate::from_ymd_opt(gregorian, 2, 29).is_some();
    // Chaitra has 30 days, 31 in a leap year, when it begins a day earlier; the next five have 31.
    let start = NaiveDate::from_ymd_opt(gregorian, 3, if is_leap { 21 } else { 22 })?;
    let length = |month: u32| match month {
        1 => 30 + u32::from(is_leap),
        2..=6 => 31,
        _ => 30,
    };
    if day > length(month) {
        return None;
    }
    let days: u32 = (1..month).map(length).sum::<u32>() + day - 1;
    reading(start.checked_add_days(Days::new(u64::from(days)))?)
}

/// The Julian day number of the first day of the Ethiopian calendar.
const ETHIOPIAN_EPOCH: i64 = 1_724_221;

/// Converts an Ethiopian day: twelve months of 30 days and a last one of five or six.
pub(super) fn ethiopian(year: u32, month: u32, day: u32) -> Option<Partial> {
    let longest = if month == 13 { 6 } else { 30 };
    if !(1..=13).contains(&month) || !(1..=longest).contains(&day) {
        return None;
    }
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    let julian_day = ETHIOPIAN_EPOCH + 365 * (year - 1) + year / 4 + 30 * (month - 1) + day - 1;
    reading(NaiveDate::from_num_days_from_ce_opt(i32::try_from(julian_day - JULIAN_DAY).ok()?)?)
}

/// Converts a Bengali day, with months counted from Chaitra: a day either way, since Bangladesh and India differ.
pub(super) fn bengali(year: u32, month: u32, day: u32) -> Option<Vec<Partial>> {
    let is_sound = (1200..=1600).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let year = i32::try_from(year).ok().filter(|_| is_sound)?;
    // The year begins with Boishakh on 14 April; five months have 31 days, the others 30.
    let since = (month + 10) % 12;
    let days = since * 30 + since.min(5) + day - 1;
    let start = NaiveDate::from_ymd_opt(year + 593, 4, 14)?;
    Some(within_a_day(start.checked_add_days(Days::new(u64::from(days)))?))
}

#[cfg(test)]
mod tests {
    use super::{bengali, hijri, solar, vikram};
    use crate::date::Edtf;

    fn said(readings: &[super::Partial]) -> String {
        let values: Vec<Edtf> =
            readings.iter().filter_map(|date| Edtf::partial(date.year, date.month, date.day)).collect();
        Edtf::one_of(&values).expect("a value").to_string()
    }

    #[test]
    fn hijri_days_are_within_a_day_of_the_tabular_calendar() {
        for ((year, month, day), middle) in [
            ((1, 1, 1), "0622-07-19"),
            ((1436, 10, 26), "2015-08-11"),
            ((1445, 9, 1), "2024-03-11"),
            ((1400, 1, 1), "1979-11-20"),
            ((1442, 12, 10), "2021-07-20"),
        ] {
            let days = hijri(year, month, day).expect("a day");
            let days: Vec<String> = days.iter().filter_map(|day| day.date()).map(|day| day.to_string()).collect();
            assert!(days.contains(&middle.to_owned()), "{year}-{month}-{day}: {days:?}");
        }
        assert_eq!(hijri(1436, 13, 1), None);
    }

    #[test]
    fn other_calendars_agree_with_the_days_that_are_known() {
        assert_eq!(said(&[solar(1399, 8, 14).expect("a day")]), "2020-11-04");
        assert_eq!(said(&[solar(1403, 1, 1).expect("a day")]), "2024-03-20");
        assert_eq!(said(&bengali(1428, 2, 1).expect("days")), "[2021-04-13..2021-04-15]");
        assert_eq!(said(&bengali(1378, 10, 1).expect("days")), "[1971-12-14..1971-12-16]");
        assert_eq!(said(&vikram(2078, 5).expect("months")), "[2021-07,2021-08]");
        assert_eq!(said(&vikram(2078, 10).expect("months")), "[2021-12,2022-01]");
    }
}
