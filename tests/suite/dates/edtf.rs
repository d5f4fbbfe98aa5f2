//! The laws of the EDTF type, and the examples of its specification.
//!
//! The examples are those of the Library of Congress's page on the format, levels 0 to 2; what the program refuses of
//! them stands in a table of its own, with what it says.

use chrono::{Datelike, NaiveDate};
use dossier::date::Edtf;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Runs a law on values that are the same in every run.
fn holds<S: Strategy>(values: S, law: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config { cases: 3000, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    runner.run(&values, law).unwrap_or_else(|error| panic!("{error}"));
}

/// One date as a string, of any precision, with digits left out and doubts of its parts.
fn date() -> BoxedStrategy<String> {
    let mark = || prop_oneof![6 => Just(""), 1 => Just("?"), 1 => Just("~"), 1 => Just("%")];
    let year = "[0-2X][0-9X][0-9X][0-9X]";
    let month = prop_oneof![4 => "0[1-9]|1[0-2]", 1 => "X[0-9]|[01]X|XX", 1 => "2[1-9]|3[0-9]|4[01]"];
    let day = prop_oneof![4 => "0[1-9]|1[0-9]|2[0-9]|3[01]", 1 => "X[0-9]|[0-3]X|XX"];
    let part = move |digits: BoxedStrategy<String>| (mark(), digits, mark()).prop_map(|(a, b, c)| format!("{a}{b}{c}"));
    let (year, month, day) = (part(year.boxed()), part(month.boxed()), part(day.boxed()));
    prop_oneof![
        1 => year.clone(),
        1 => (year.clone(), month.clone()).prop_map(|(year, month)| format!("{year}-{month}")),
        2 => (year, month, day).prop_map(|(year, month, day)| format!("{year}-{month}-{day}")),
    ]
    .boxed()
}

/// A value of any shape.
fn value() -> BoxedStrategy<Edtf> {
    let end = || prop_oneof![6 => date(), 1 => Just("..".to_owned()), 1 => Just(String::new())];
    let member = || {
        let open = || prop_oneof![4 => date(), 1 => Just(String::new())];
        prop_oneof![3 => date(), 1 => (open(), open()).prop_map(|(from, to)| format!("{from}..{to}"))]
    };
    let zone = prop_oneof![Just(""), Just("Z"), Just("+05"), Just("-04:30")];
    let timed = (1..=28u32, 1..=12u32, 0..24u32, 0..60u32, zone).prop_map(|(day, month, hour, minute, zone)| {
        format!("2014-{month:02}-{day:02}T{hour:02}:{minute:02}:59{zone}")
    });
    prop_oneof![
        6 => date(),
        2 => (end(), end()).prop_map(|(from, to)| format!("{from}/{to}")),
        1 => vec(member(), 1..4).prop_map(|members| format!("[{}]", members.join(","))),
        1 => vec(member(), 1..4).prop_map(|members| format!("{{{}}}", members.join(","))),
        1 => timed,
    ]
    .prop_filter_map("no date", |text| Edtf::parse(&text).ok())
    .boxed()
}

#[test]
fn what_is_written_is_read_as_the_same_value() {
    holds(value(), |value| {
        let text = value.to_string();
        prop_assert_eq!(Edtf::parse(&text), Ok(value.clone()), "{}", text);
        prop_assert!(!value.display().is_empty());
        Ok(())
    });
}

#[test]
fn the_first_day_is_not_after_the_last() {
    holds(value(), |value| {
        if let (Some(first), Some(last)) = (value.earliest(), value.latest()) {
            prop_assert!(first <= last, "{}: {} {}", value, first, last);
        }
        prop_assert!(value.exact_day().is_none_or(|day| value.earliest() == Some(day)));
        Ok(())
    });
}

#[test]
fn the_bounds_of_a_date_contain_every_day_that_it_can_mean() {
    let day = (1..=3_652_059i32).prop_filter_map("no day", NaiveDate::from_num_days_from_ce_opt);
    holds((day, any::<[bool; 8]>(), 0..3usize), |(day, hidden, length)| {
        // A day becomes an imprecise date by hiding digits and leaving off parts; it is still one of its days.
        let parts = [format!("{:04}", day.year()), format!("{:02}", day.month()), format!("{:02}", day.day())];
        let mut hidden = hidden.iter();
        let masked: Vec<String> = parts[..=length]
            .iter()
            .map(|part| part.chars().map(|c| if hidden.next() == Some(&true) { 'X' } else { c }).collect())
            .collect();
        let Ok(value) = Edtf::parse(&masked.join("-")) else {
            // Only a date of which nothing is known is refused.
            prop_assert!(masked[0] == "XXXX" && masked.get(1).is_none_or(|month| month == "XX"), "{:?}", masked);
            return Ok(());
        };
        prop_assert!(value.earliest().is_none_or(|first| first <= day), "{} and {}", value, day);
        prop_assert!(value.latest().is_none_or(|last| day <= last), "{} and {}", value, day);
        prop_assert_eq!(value.has_year(), masked[0] != "XXXX");
        Ok(())
    });
}

#[test]
fn the_order_is_total_and_does_not_depend_on_the_input() {
    holds((vec(value(), 1..12), any::<u64>()), |(values, seed)| {
        let sorted = |mut values: Vec<Edtf>| {
            values.sort_by_key(Edtf::filing_key);
            values
        };
        let mut shuffled = values.clone();
        super::Chance::new(seed).shuffle(&mut shuffled);
        let sorted_values = sorted(values);
        prop_assert_eq!(&sorted_values, &sorted(shuffled));
        for pair in sorted_values.windows(2) {
            let is_same = pair[0].filing_key() == pair[1].filing_key();
            prop_assert_eq!(is_same, pair[0] == pair[1], "{} and {}", pair[0], pair[1]);
        }
        Ok(())
    });
}

#[test]
fn no_string_is_read_as_something_else_than_it_writes() {
    let pieces = proptest::sample::select(vec![
        "2014", "-", "12", "24", "X", "XX", "XXXX", "/", "..", "[", "]", "{", "}", ",", "?", "~", "%", "T", "Z", "+",
        ":", "0", "Y", "S", "E", " ", "é", "٢", "\u{0}",
    ]);
    holds(vec(pieces, 0..12), |pieces| {
        if let Ok(value) = Edtf::parse(&pieces.concat()) {
            prop_assert_eq!(Edtf::parse(&value.to_string()), Ok(value));
        }
        Ok(())
    });
}

#[test]
fn the_examples_of_the_specification_are_read() {
    // The string, its first and last day, its words.
    let examples: &[(&str, &str, &str, &str)] = &[
        // Level 0: date, date and time, interval.
        ("1985-04-12", "1985-04-12", "1985-04-12", "12 April 1985"),
        ("1985-04", "1985-04-01", "1985-04-30", "April 1985"),
        ("1985", "1985-01-01", "1985-12-31", "1985"),
        ("1985-04-12T23:20:30", "1985-04-12", "1985-04-12", "12 April 1985, 23:20:30"),
        ("1985-04-12T23:20:30Z", "1985-04-12", "1985-04-12", "12 April 1985, 23:20:30 UTC"),
        ("1985-04-12T23:20:30-04", "1985-04-12", "1985-04-12", "12 April 1985, 23:20:30 UTC−4:00"),
        ("1985-04-12T23:20:30+04:30", "1985-04-12", "1985-04-12", "12 April 1985, 23:20:30 UTC+4:30"),
        ("1964/2008", "1964-01-01", "2008-12-31", "between 1964 and 2008"),
        ("2004-06/2006-08", "2004-06-01", "2006-08-31", "between June 2004 and August 2006"),
        ("2004-02-01/2005-02-08", "2004-02-01", "2005-02-08", "between 1 February 2004 and 8 February 2005"),
        ("2004-02-01/2005-02", "2004-02-01", "2005-02-28", "between 1 February 2004 and February 2005"),
        ("2004-02-01/2005", "2004-02-01", "2005-12-31", "between 1 February 2004 and 2005"),
        ("2005/2006-02", "2005-01-01", "2006-02-28", "between 2005 and February 2006"),
        // Level 1: seasons, qualification, unspecified digits, open and unknown ends.
        ("2001-21", "2001-03-01", "2001-05-31", "spring 2001"),
        ("2001-24", "2001-12-01", "2002-02-28", "winter 2001"),
        ("1984?", "1984-01-01", "1984-12-31", "1984?"),
        ("2004-06~", "2004-06-01", "2004-06-30", "ca. June 2004"),
        ("2004-06-11%", "2004-06-11", "2004-06-11", "ca. 11 June 2004?"),
        ("201X", "2010-01-01", "2019-12-31", "2010s"),
        ("20XX", "2000-01-01", "2099-12-31", "between 2000 and 2099"),
        ("2004-XX", "2004-01-01", "2004-12-31", "2004, month not stated"),
        ("1985-04-XX", "1985-04-01", "1985-04-30", "April 1985, day not stated"),
        ("1985-XX-XX", "1985-01-01", "1985-12-31", "1985, month and day not stated"),
        ("1985-04-12/..", "1985-04-12", "", "not before 12 April 1985"),
        ("1985-04/..", "1985-04-01", "", "not before April 1985"),
        ("1985/..", "1985-01-01", "", "not before 1985"),
        ("../1985-04-12", "", "1985-04-12", "not after 12 April 1985"),
        ("1985-04-12/", "1985-04-12", "", "not before 12 April 1985"),
        ("/1985", "", "1985-12-31", "not after 1985"),
        ("1984~/2004-06", "1984-01-01", "2004-06-30", "between ca. 1984 and June 2004"),
        ("1984?/2004%", "1984-01-01", "2004-12-31", "between 1984? and ca. 2004?"),
        // Level 2: parts of a year, sets, qualified parts, digits in any place, intervals.
        ("2001-34", "2001-04-01", "2001-06-30", "second quarter of 2001"),
        ("2001-29", "2001-09-01", "2001-11-30", "southern spring 2001"),
        ("2001-30", "2001-12-01", "2002-02-28", "southern summer 2001"),
        ("2001-37", "2001-01-01", "2001-04-30", "first third of 2001"),
        ("2001-41", "2001-07-01", "2001-12-31", "second half of 2001"),
        ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31", "1667, 1668 or between 1670 and 1672"),
        ("[..1760-12-03]", "", "1760-12-03", "3 December 1760 or earlier"),
        ("[1760-12..]", "1760-12-01", "", "December 1760 or later"),
        ("[1760-01,1760-02,1760-12..]", "1760-01-01", "", "January 1760, February 1760 or December 1760 or later"),
        ("[1667,1760-12]", "1667-01-01", "1760-12-31", "1667 or December 1760"),
        ("[..1984]", "", "1984-12-31", "1984 or earlier"),
        ("{1667,1668,1670..1672}", "1667-01-01", "1672-12-31", "1667, 1668 and between 1670 and 1672"),
        ("{1960,1961-12}", "1960-01-01", "1961-12-31", "1960 and December 1961"),
        ("{..1984}", "", "1984-12-31", "1984 or earlier"),
        ("2004-06-11%", "2004-06-11", "2004-06-11", "ca. 11 June 2004?"),
        ("2004-06~-11", "2004-06-11", "2004-06-11", "11 June 2004 (year and month approximate)"),
        ("2004?-06-11", "2004-06-11", "2004-06-11", "11 June 2004 (year uncertain)"),
        ("?2004-06-~11", "2004-06-11", "2004-06-11", "11 June 2004 (year uncertain, day approximate)"),
        ("2004-%06-11", "2004-06-11", "2004-06-11", "11 June 2004 (month uncertain and approximate)"),
        ("156X-12-25", "1560-12-25", "1569-12-25", "25 December in the 1560s"),
        ("15XX-12-25", "1500-12-25", "1599-12-25", "25 December of a year between 1500 and 1599"),
        ("XXXX-12-XX", "", "", "December, year and day not stated"),
        ("1XXX-XX", "1000-01-01", "1999-12-31", "1XXX-XX"),
        ("1XXX-12", "1000-12-01", "1999-12-31", "December of a year 1XXX"),
        ("1984-1X", "1984-10-01", "1984-12-31", "1984-1X"),
        (
            "2004-06-~01/2004-06-~20",
            "2004-06-01",
            "2004-06-20",
            "between 1 June 2004 (day approximate) and 20 June 2004 (day approximate)",
        ),
        ("2004-06-XX/2004-07-03", "2004-06-01", "2004-07-03", "between June 2004, day not stated and 3 July 2004"),
    ];
    let shown = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    for (text, first, last, words) in examples {
        let value = Edtf::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(value.to_string(), *text);
        assert_eq!(
            (shown(value.earliest()), shown(value.latest())),
            ((*first).to_owned(), (*last).to_owned()),
            "{text}"
        );
        assert_eq!(value.display(), *words, "{text}");
    }
}

#[test]
fn the_examples_that_are_refused_say_what_was_wanted() {
    for (text, wanted) in [
        ("Y170000002", "a year from 0001 to 9999"),
        ("Y-170000002", "a year from 0001 to 9999"),
        ("Y-17E7", "a year from 0001 to 9999"),
        ("-1985", "a year from 0001 to 9999"),
        ("0000", "a year from 0001 to 9999"),
        ("10000", "a date such as"),
        ("1950S2", "`X` for the digits"),
        ("Y171010000S3", "a year from 0001 to 9999"),
        ("2004-02-30", "a day that its month has"),
        ("2004-13", "a month from 01 to 12"),
        ("2004-01-01/2003", "first date is not after"),
    ] {
        let error = Edtf::parse(text).expect_err(text).to_string();
        assert!(error.starts_with("found `") && error.contains(wanted), "{text}: {error}");
    }
}
