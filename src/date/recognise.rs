//! Finds the date expressions of a running text.
//!
//! What enters: a text. What leaves: every expression that can be a date, with all its readings, the weekday and the
//! clock time written with it, and its place. It refuses what only looks like a date (telephone numbers, versions,
//! prices, scores, laws) and decides nothing: `03/04/1998` keeps both readings.

mod beside;
mod calendars;
mod elsewhere;
mod eras;
mod hebrew;
mod numeric;
mod periods;
mod scanner;
mod spelled;

use super::tokens::{self, Token};
use crate::text::Span;
use chrono::{Datelike, NaiveDate, NaiveTime};
use scanner::Scanner;

/// How an expression is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Day, month by name, year.
    Words,
    /// Month by name and year.
    MonthYear,
    /// A part of a year or a month, with its year: a season, a quarter, a half, a week, an end.
    Season,
    /// Day and month by name, no year.
    DayMonth,
    /// `2014-12-24`, `2014/12/24`, `2014.12.24`.
    YearFirst,
    /// `20141224`.
    Compact,
    /// `24/12/2014`, `12/24/2014`.
    Slash,
    /// `24.12.2014`.
    Dot,
    /// `24-12-2014`.
    Dash,
    /// `2/III/1998`.
    Roman,
    /// `2014年12月24日` and its like.
    Signs,
    /// `2/4/26, 2:58 PM`: what a browser prints in the margin and a site puts above a post.
    Stamp,
    /// `121430Z SEP 73`: the date-time group that heads a cable.
    TimeGroup,
    /// Part of a web address.
    Address,
}

/// The calendar that an expression counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Calendar {
    /// The Gregorian calendar.
    Gregorian,
    /// Years counted from an era's first: Minguo, Reiwa, the Buddhist era; the readings are converted.
    Era,
    /// Solar Hijri, as in Iran and Afghanistan; the readings are converted.
    SolarHijri,
    /// Lunar Hijri; it depends on sightings, so that the readings are three days.
    Hijri,
    /// Vikram, whose readings are months, Bengali, whose readings are three days, or Saka.
    Indian,
    /// Ethiopian; the readings are converted.
    Ethiopian,
    /// Hebrew; the readings are converted.
    Hebrew,
}

/// What a date expression says of year, month and day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Partial {
    /// The Gregorian year.
    pub year: Option<i32>,
    /// The month, 1 to 12.
    pub month: Option<u32>,
    /// The day of the month.
    pub day: Option<u32>,
}

impl Partial {
    /// Takes year, month and day where they can stand in one calendar.
    pub fn new(year: Option<i32>, month: Option<u32>, day: Option<u32>) -> Option<Self> {
        super::Edtf::partial(year, month, day).map(|_| Self { year, month, day })
    }

    /// Gives the calendar day, where all three are known.
    pub fn date(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year?, self.month?, self.day?)
    }

    /// Tells whether two dates can be the same, one perhaps saying more than the other.
    pub fn agrees(self, other: Self) -> bool {
        let same = |a: Option<u32>, b: Option<u32>| a.is_none() || b.is_none() || a == b;
        (self.year.is_none() || other.year.is_none() || self.year == other.year)
            && same(self.month, other.month)
            && same(self.day, other.day)
    }
}

/// A date as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// Its place, with weekday and clock time.
    pub span: Span,
    /// What it can mean, day-first readings first; empty where its calendar cannot be converted.
    pub readings: Vec<Partial>,
    /// The part of a year or month that it names; the readings then give that year or month alone.
    pub period: Option<super::Edtf>,
    /// The last day of a range such as "12–14 May 2019".
    pub until: Option<Partial>,
    /// The weekday written with it: 1 Monday to 7 Sunday.
    pub weekday: Option<u8>,
    /// The clock time written with it.
    pub clock: Option<NaiveTime>,
    /// The calendar that it counts in.
    pub calendar: Calendar,
    /// How it is written.
    pub form: Form,
    /// Whether its only reading puts the month before the day, in figures.
    pub is_month_first: bool,
}

impl Expression {
    /// Gives the reading, where there is just one.
    pub fn single(&self) -> Option<Partial> {
        match self.readings.as_slice() {
            [reading] => Some(*reading),
            _ => None,
        }
    }
}

/// Finds the date expressions of a text, in order.
pub fn recognise(text: &str) -> Vec<Expression> {
    in_tokens(text, &tokens::tokenise(text))
}

/// Finds the date expressions of a text that is cut into tokens.
pub(super) fn in_tokens(text: &str, tokens: &[Token]) -> Vec<Expression> {
    let addresses = addresses(text);
    let mut address = addresses.iter().peekable();
    let scanner =
        Scanner { text, tokens, is_persian: elsewhere::is_persian(text), is_japanese: eras::is_japanese(text) };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some((expression, next)) = scanner.expression(at).or_else(|| scanner.period(at)) else {
            at += 1;
            continue;
        };
        let (mut expression, next) = scanner.narrowed(expression, next);
        while address.next_if(|span| span.end <= expression.span.start).is_some() {}
        if address.peek().is_some_and(|span| span.start < expression.span.end) {
            expression.form = Form::Address;
        }
        if let Some(weekday) = expression.weekday
            && expression.readings.len() > 1
        {
            let fits = |day: NaiveDate| day.weekday().number_from_monday() == u32::from(weekday);
            if expression.readings.iter().any(|reading| reading.date().is_some_and(fits)) {
                expression.readings.retain(|reading| reading.date().is_some_and(fits));
            }
        }
        found.push(expression);
        at = next.max(at + 1);
    }
    elsewhere::yield_to_equivalents(&mut found);
    found
}

/// Finds the web addresses and link targets of a text, in order.
fn addresses(text: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let stops = |c: char| c.is_whitespace() || matches!(c, ')' | '>' | '"' | '<' | ']' | '|');
    for (mark, back) in [("://", true), ("www.", false), ("](", false)] {
        let mut until = 0;
        for (at, _) in text.match_indices(mark) {
            // What stands inside an address is part of it.
            if at < until {
                continue;
            }
            let before =
                if back { text[..at].bytes().rev().take(8).take_while(u8::is_ascii_alphabetic).count() } else { 0 };
            let start = at + mark.len();
            let end =
                text[start..].char_indices().take(4096).find(|(_, c)| stops(*c)).map(|(length, _)| start + length);
            let end = end.unwrap_or_else(|| text.floor_char_boundary((start + 4096).min(text.len())));
            until = end;
            spans.push(at - before..end);
        }
    }
    spans.sort_by_key(|span| (span.start, span.end));
    spans
}

#[cfg(test)]
mod tests {
    use super::{Calendar, recognise};

    /// Shows each expression's readings in ISO order.
    fn read(text: &str) -> Vec<String> {
        let show = |number: Option<u32>| number.map_or("??".to_owned(), |number| format!("{number:02}"));
        recognise(text)
            .iter()
            .map(|found| {
                let readings: Vec<String> = found
                    .readings
                    .iter()
                    .map(|date| {
                        let year = date.year.map_or("????".to_owned(), |year| year.to_string());
                        format!("{year}-{}-{}", show(date.month), show(date.day))
                    })
                    .collect();
                readings.join("|")
            })
            .collect()
    }

    #[test]
    fn dates_are_read_in_the_languages_of_the_collections() {
        for (text, wanted) in [
            ("on the 2nd of March 2007", "2007-03-02"),
            ("March 2, 2007", "2007-03-02"),
            ("12. Mai 2021", "2021-05-12"),
            ("le 4 mars 2023", "2023-03-04"),
            ("publié le 1er novembre 2023 à 16h28", "2023-11-01"),
            ("24 de diciembre de 2014", "2014-12-24"),
            ("3 декабря 2020, 18:47", "2020-12-03"),
            ("5 Aralık 2019 Perşembe", "2019-12-05"),
            ("17 دسمبر2018ء", "2018-12-17"),
            ("١١ أغسطس ٢٠١٥", "2015-08-11"),
            ("25 تشرين الأول 2019", "2019-10-25"),
            ("१५ अगस्त २०२३", "2023-08-15"),
            ("১৬ ডিসেম্বর ২০২১", "2021-12-16"),
            ("2018年3月28日", "2018-03-28"),
            ("二〇一八年三月二十八日", "2018-03-28"),
            ("2018년 3월 28일", "2018-03-28"),
            ("民國107年3月28日", "2018-03-28"),
            ("令和5年3月1日", "2023-03-01"),
            ("ngày 28 tháng 3 năm 2018", "2018-03-28"),
            ("28 Desember 2018", "2018-12-28"),
            ("2/III/1998", "1998-03-02"),
            ("2014-12-24T10:00:00Z", "2014-12-24"),
            ("dated 22Jun2004", "2004-06-22"),
            ("1-MAR-1987 03:09:07.13", "1987-03-01"),
            ("2023/10/19", "2023-10-19"),
            ("03/04/1998", "1998-04-03|1998-03-04"),
            ("03/14/1998", "1998-03-14"),
            ("27.01.22", "2022-01-27"),
            ("28. 5. 2009", "2009-05-28"),
            ("August 2011", "2011-08-??"),
            ("QUETTA, March 18 -", "????-03-18"),
            ("this 5th day of March, 2007", "2007-03-05"),
            ("May 12-14, 2019", "2019-05-12"),
            ("2/4/26, 2:58 PM", "2026-02-04"),
            ("۱۴ آبان ۱۳۹۹", "2020-11-04"),
            ("Wednesday 3/4/1998", "1998-03-04"),
        ] {
            assert_eq!(read(text), [wanted], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_date_is_left_alone() {
        for text in [
            "Tel. 202.224.7627",
            "+92-22-2670231",
            "version 1.2.10",
            "10.1.1.12.151",
            "Law 34/2002",
            "CVE-2013-4073",
            "$ 12.10.2005,00",
            "a score of 3-2",
            "pp. 12-14",
            "3:09:07",
            "they may 5 times",
            "31/02/2010",
            "30 February 2011",
            "1987/88",
            "24年6月",
            "sec. 512(g)(3)",
            "",
            "12/",
            "May",
            "13/13/2013",
        ] {
            assert_eq!(read(text), [] as [String; 0], "{text}");
        }
    }

    #[test]
    fn other_calendars_are_named_and_their_equivalent_stands_beside_them() {
        let found = recognise("صنعاء 26 شوال 1436 هـ الموافق 11 اغسطس 2015 م واس");
        assert_eq!(found.iter().map(|date| date.calendar).collect::<Vec<_>>(), [Calendar::Hijri, Calendar::Gregorian]);
        assert!(found[0].readings.is_empty());
    }
}
