//! Says EDTF values in English.
//!
//! What enters: a value. What leaves: the words that an edition prints. No square brackets are added.

use super::{Choice, Clock, Digits, Edtf, Limit, Member, Part, Qualifier, Shape, Zone};

/// The months' names.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Says a value.
pub(super) fn say(value: &Edtf) -> String {
    match &value.0 {
        Shape::Single(date) => part(date),
        Shape::Timed(date, time) => format!("{}, {}", part(date), clock(time)),
        Shape::Interval(Limit::At(from), Limit::At(to)) => between(from, to),
        Shape::Interval(Limit::At(from), _) => format!("not before {}", part(from)),
        Shape::Interval(_, Limit::At(to)) => format!("not after {}", part(to)),
        Shape::Interval(..) => value.to_string(),
        Shape::Set(choice, members) => {
            let words: Vec<String> = members.iter().map(member).collect();
            let conjunction = match choice {
                Choice::One => "or",
                Choice::All => "and",
            };
            match words.split_last() {
                None => String::new(),
                Some((last, [])) => last.clone(),
                Some((last, rest)) => format!("{} {conjunction} {last}", rest.join(", ")),
            }
        }
    }
}

/// Says a member of a set.
fn member(member: &Member) -> String {
    match member {
        Member::Single(date) => part(date),
        Member::Run(Some(from), Some(to)) => between(from, to),
        Member::Run(Some(from), None) => format!("{} or later", part(from)),
        Member::Run(None, Some(to)) => format!("{} or earlier", part(to)),
        Member::Run(None, None) => String::new(),
    }
}

/// Says two ends, naming the year and the month that they share once.
fn between(from: &Part, to: &Part) -> String {
    let sure = from.is_certain() && to.is_certain();
    let numbered = |part: &Part| part.year.exact().is_some() && month_name(part.month).is_some();
    if !sure || from.year != to.year || !numbered(from) || !numbered(to) {
        return format!("between {} and {}", part(from), part(to));
    }
    let (Some(month), to_words) = (month_name(from.month), part(to)) else {
        return format!("between {} and {}", part(from), part(to));
    };
    match from.day.and_then(Digits::exact) {
        Some(day) if from.month == to.month && to.day.is_some() => format!("between {day} and {to_words}"),
        Some(day) => format!("between {day} {month} and {to_words}"),
        None if from.day.is_none() => format!("between {month} and {to_words}"),
        None => format!("between {} and {to_words}", part(from)),
    }
}

/// Says a time of day.
fn clock(clock: &Clock) -> String {
    let [hour, minute, second] = clock.time;
    let seconds = if second == 0 { String::new() } else { format!(":{second:02}") };
    let zone = match clock.zone {
        Zone::Local => String::new(),
        Zone::Utc => " UTC".to_owned(),
        Zone::Shift { is_west, hours, minutes } => {
            format!(" UTC{}{hours}:{:02}", if is_west { '−' } else { '+' }, minutes.unwrap_or_default())
        }
    };
    format!("{hour:02}:{minute:02}{seconds}{zone}")
}

/// Says one date.
fn part(date: &Part) -> String {
    let words = bare(date);
    let parts = &date.sureness[..date.length()];
    if parts.iter().all(|part| *part == parts[0]) {
        return match parts[0] {
            Qualifier::Certain => words,
            Qualifier::Uncertain => format!("{words}?"),
            Qualifier::Approximate => format!("ca. {words}"),
            Qualifier::Both => format!("ca. {words}?"),
        };
    }
    let mut doubts: Vec<String> = Vec::new();
    for (qualifier, word) in [
        (Qualifier::Uncertain, "uncertain"),
        (Qualifier::Approximate, "approximate"),
        (Qualifier::Both, "uncertain and approximate"),
    ] {
        let names: Vec<&str> = parts
            .iter()
            .zip(["year", "month", "day"])
            .filter(|(part, _)| **part == qualifier)
            .map(|(_, name)| name)
            .collect();
        if !names.is_empty() {
            doubts.push(format!("{} {word}", names.join(" and ")));
        }
    }
    format!("{words} ({})", doubts.join(", "))
}

/// Says a date without what is doubtful in it.
fn bare(date: &Part) -> String {
    let Some(year) = year(date.year) else {
        return without_year(date);
    };
    let Some(month) = date.month else {
        return year;
    };
    let of_year = match date.year.exact() {
        Some(_) => year.clone(),
        None if year.starts_with("between") || year.contains('X') => format!("of a year {year}"),
        None => format!("in the {year}"),
    };
    let Some(name) = period_name(month) else {
        return match date.day {
            _ if date.year.exact().is_none() => date.to_string(),
            None if month.is_unknown() => format!("{year}, month not stated"),
            Some(day) if month.is_unknown() && day.is_unknown() => format!("{year}, month and day not stated"),
            _ => date.to_string(),
        };
    };
    match date.day {
        None => format!("{name} {of_year}"),
        Some(day) => match day.exact() {
            Some(day) => format!("{day} {name} {of_year}"),
            None if day.is_unknown() => format!("{name} {of_year}, day not stated"),
            None => date.to_string(),
        },
    }
}

/// Says a date whose year nobody states.
fn without_year(date: &Part) -> String {
    match (month_name(date.month), date.day.map(Digits::exact)) {
        (Some(month), Some(Some(day))) => format!("{day} {month}, year not stated"),
        (Some(month), None) => format!("{month}, year not stated"),
        (Some(month), Some(None)) if date.day.is_some_and(Digits::is_unknown) => {
            format!("{month}, year and day not stated")
        }
        _ => date.to_string(),
    }
}

/// Says a year, a decade or a century; `None` for a year of which nothing is known.
fn year(year: Digits<4>) -> Option<String> {
    match (year.exact(), year.0) {
        (Some(year), _) => Some(year.to_string()),
        (None, [Some(a), Some(b), Some(c), None]) => {
            Some(format!("{}0s", u32::from(a) * 100 + u32::from(b) * 10 + u32::from(c)))
        }
        (None, [Some(a), Some(b), None, None]) => {
            let century = u32::from(a) * 10 + u32::from(b);
            Some(format!("between {} and {}", (century * 100).max(1), century * 100 + 99))
        }
        _ if year.is_unknown() => None,
        _ => Some(year.to_string()),
    }
}

/// Names a month.
fn month_name(month: Option<Digits<2>>) -> Option<&'static str> {
    let month = usize::try_from(month?.exact()?).ok()?;
    MONTHS.get(month.checked_sub(1)?).copied()
}

/// Names a month, a season or a quarter.
fn period_name(month: Digits<2>) -> Option<&'static str> {
    match month.exact()? {
        21 | 25 => Some("spring"),
        22 | 26 => Some("summer"),
        23 | 27 => Some("autumn"),
        24 | 28 => Some("winter"),
        29 => Some("southern spring"),
        30 => Some("southern summer"),
        31 => Some("southern autumn"),
        32 => Some("southern winter"),
        37 => Some("first third of"),
        38 => Some("second third of"),
        39 => Some("last third of"),
        40 => Some("first half of"),
        41 => Some("second half of"),
        33 => Some("first quarter of"),
        34 => Some("second quarter of"),
        35 => Some("third quarter of"),
        36 => Some("fourth quarter of"),
        _ => month_name(Some(month)),
    }
}

#[cfg(test)]
mod tests {
    use super::Edtf;

    #[test]
    fn values_are_said_as_an_edition_prints_them() {
        for (text, words) in [
            ("2014-12-24", "24 December 2014"),
            ("2011-08", "August 2011"),
            ("2011-08~", "ca. August 2011"),
            ("[2013,2014]", "2013 or 2014"),
            ("2020-03/2020-11", "between March and November 2020"),
            ("[2020-03..2020-11-13]", "between March and 13 November 2020"),
            ("1984?", "1984?"),
            ("XXXX-03-24", "24 March, year not stated"),
            ("201X", "2010s"),
            ("2020-21", "spring 2020"),
            ("2020-34", "second quarter of 2020"),
            ("2020-03-02/2020-03-09", "between 2 and 9 March 2020"),
            ("2019-12-30/2020-01-02", "between 30 December 2019 and 2 January 2020"),
            ("2020/..", "not before 2020"),
            ("../2020-11-13", "not after 13 November 2020"),
            ("2004-06~-11", "11 June 2004 (year and month approximate)"),
            ("?2004-06-~11", "11 June 2004 (year uncertain, day approximate)"),
            ("156X-12-25", "25 December in the 1560s"),
            ("15XX-12-XX", "December of a year between 1500 and 1599, day not stated"),
            ("1985-XX-XX", "1985, month and day not stated"),
            ("2004-06-11%", "ca. 11 June 2004?"),
            ("2001-31", "southern autumn 2001"),
            ("2001-38", "second third of 2001"),
            ("1985-04-12T23:20:30-04", "12 April 1985, 23:20:30 UTC−4:00"),
            ("1985-04-12T23:20:00", "12 April 1985, 23:20"),
            ("[..2020-11-13]", "13 November 2020 or earlier"),
            ("2004-XX", "2004, month not stated"),
            ("2004-06-XX", "June 2004, day not stated"),
            ("{1667,1668-12}", "1667 and December 1668"),
            ("[1998-03-04,1998-04-03]", "4 March 1998 or 3 April 1998"),
        ] {
            assert_eq!(Edtf::parse(text).expect(text).display(), words, "{text}");
        }
    }
}
