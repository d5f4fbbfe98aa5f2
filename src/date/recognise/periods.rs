//! Matches parts of a year or a month: seasons, quarters, halves, weeks, beginnings and ends.
//!
//! What enters: tokens and a place among them. What leaves: an expression whose period is the EDTF value of the part: the
//! numbers 21–41 of ISO 8601-2 for parts of a year, one day of a run for parts of a month. A part without a year says
//! nothing, and neither do "the first weeks".

use super::super::Edtf;
use super::super::lexicon::{Particle, fold};
use super::super::tokens::{Kind, Token};
use super::scanner::Scanner;
use super::{Calendar, Expression, Form, Partial};
use chrono::Datelike;

/// The seasons' names, folded, with their numbers in EDTF.
const SEASONS: &[(u32, &[&str])] = &[
    (21, &["spring", "printemps", "fruhling", "fruhjahr", "primavera", "весна", "веснои", "весны", "ilkbahar"]),
    (22, &["summer", "ete", "sommer", "verano", "verao", "estate", "лето", "летом", "лета", "yaz"]),
    (
        23,
        &["autumn", "fall", "automne", "herbst", "otono", "outono", "autunno", "осень", "осенью", "осени", "sonbahar"],
    ),
    (24, &["winter", "hiver", "invierno", "inverno", "зима", "зимои", "зимы", "kis"]),
];

/// A part of a year or a month that an ordinal counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Quarter,
    Half,
    Week,
}

/// The units' names, folded.
const UNITS: &[(Unit, &[&str])] = &[
    (Unit::Quarter, &["quarter", "trimestre", "quartal", "квартал", "квартала", "квартале", "kwartaal"]),
    (Unit::Half, &["half", "semestre", "semester", "halbjahr", "halfte", "moitie", "полугодие", "полугодии", "mitad"]),
    (Unit::Week, &["week", "semaine", "woche", "semana", "settimana", "неделе", "неделя", "неделю", "недели"]),
];

/// Ordinals from first to fourth, and the last.
const ORDINALS: &[&[&str]] = &[
    &[
        "first",
        "premier",
        "premiere",
        "erste",
        "erstes",
        "ersten",
        "primer",
        "primera",
        "primeiro",
        "primeira",
        "primo",
        "prima",
        "первыи",
        "первом",
        "первое",
        "первои",
        "первую",
        "первая",
        "eerste",
    ],
    &[
        "second",
        "deuxieme",
        "seconde",
        "zweite",
        "zweites",
        "zweiten",
        "segundo",
        "segunda",
        "secondo",
        "seconda",
        "второи",
        "втором",
        "второе",
        "вторую",
        "вторая",
        "tweede",
    ],
    &[
        "third",
        "troisieme",
        "dritte",
        "drittes",
        "dritten",
        "tercer",
        "tercera",
        "terceiro",
        "terceira",
        "terzo",
        "terza",
        "третии",
        "третьем",
        "третьеи",
        "третью",
        "derde",
    ],
    &[
        "fourth",
        "quatrieme",
        "vierte",
        "viertes",
        "vierten",
        "cuarto",
        "cuarta",
        "quarto",
        "quarta",
        "четвертыи",
        "четвертом",
        "четвертои",
        "vierde",
    ],
    &[
        "last",
        "final",
        "derniere",
        "dernier",
        "letzte",
        "letzten",
        "letztes",
        "ultima",
        "ultimo",
        "последнеи",
        "последнюю",
    ],
];

/// Words for the beginning, the middle and the end of a month: its days to the 10th, to the 20th, and the rest.
const STAGES: &[&[&str]] = &[
    &[
        "early",
        "beginning",
        "start",
        "debut",
        "anfang",
        "principios",
        "comienzos",
        "inicios",
        "inicio",
        "comeco",
        "inizio",
        "inizi",
        "начале",
        "начало",
        "awal",
        "begin",
    ],
    &["mid", "middle", "mi", "mitte", "mediados", "meados", "meta", "середине", "середина", "pertengahan", "medio"],
    &["late", "end", "fin", "ende", "finales", "fines", "fins", "final", "fine", "конце", "конец", "akhir", "eind"],
];

/// The same in Chinese and Japanese.
const TENTHS: &[&str] = &["上旬", "中旬", "下旬"];

/// So many tokens after a season or a quarter its year stands at most.
const NEAR: usize = 13;

/// The longest word that is looked up, in bytes.
const LONGEST: usize = 24;

impl Scanner<'_> {
    /// Matches `Spring 2020`, `Q3 2020`, `second half of 2020`, `first week of July 2011`, `late March 2019`.
    pub(super) fn period(self, at: usize) -> Option<(Expression, usize)> {
        let Token { kind, start, end } = *self.tokens.get(at)?;
        let is_ordinal = matches!(kind, Kind::Number(1..=4, 1))
            && self.word(at + 1).is_some_and(|word| word.particle == Some(Particle::Ordinal));
        if !is_ordinal && !matches!(kind, Kind::Word(_)) {
            return None;
        }
        let is_before_year = (at + 1..at + NEAR).any(|near| self.number(near).is_some_and(|(_, digits)| digits == 4));
        if end - start > LONGEST || !is_before_year || !self.is_free_before(at) {
            return None;
        }
        let word = fold(self.slice(at));
        let (reading, value, next) = match SEASONS.iter().find(|(_, names)| names.contains(&word.as_str())) {
            // "Fall 2020" is a season; "the prices fall 2020 times" is not.
            Some((number, _)) if self.slice(at).starts_with(char::is_uppercase) || *number != 23 => {
                self.part_of_year(at + 1, *number)?
            }
            Some(_) => return None,
            None if is_ordinal => self.unit(at + 2, self.number(at)?.0)?,
            None => self.counted(at, &word).or_else(|| self.staged(at, &word))?,
        };
        let expression = Expression {
            span: self.tokens[at].start..self.tokens[next - 1].end,
            readings: vec![reading],
            period: Some(value),
            until: None,
            weekday: None,
            clock: None,
            calendar: Calendar::Gregorian,
            form: Form::Season,
            is_month_first: false,
        };
        Some((expression, next))
    }

    /// Reads the year of a season, quarter or half, whose number EDTF gives.
    fn part_of_year(self, at: usize, number: u32) -> Option<(Partial, Edtf, usize)> {
        let start = self.past_gap(self.past_mark(self.past_gap(at), ","));
        let joint = self.past_joint(start);
        let (year, next) = self.year(if joint > start { self.past_gap(joint) } else { start })?;
        let value = Edtf::parse(&format!("{year:04}-{number}")).ok()?;
        Some((Partial::new(Some(year), None, None)?, value, next))
    }

    /// Matches a part that a letter or an ordinal counts: `Q3 2020`, `H1 2020`, `third quarter of 2020`, `3rd quarter of 2020`.
    fn counted(self, at: usize, word: &str) -> Option<(Partial, Edtf, usize)> {
        if let "q" | "h" = word {
            let (number, digits) = self.number(at + 1)?;
            let (most, offset) = if word == "q" { (4, 32) } else { (2, 39) };
            return (digits == 1 && (1..=most).contains(&number))
                .then(|| self.part_of_year(at + 2, offset + number))
                .flatten();
        }
        let number = (1..).zip(ORDINALS).find(|(_, names)| names.contains(&word)).map(|(number, _)| number)?;
        self.unit(at + 1, number)
    }

    /// Matches the quarter, half or week that an ordinal counts.
    fn unit(self, at: usize, number: u32) -> Option<(Partial, Edtf, usize)> {
        let name = self.past_gap(at);
        let Token { kind: Kind::Word(_), .. } = self.tokens.get(name)? else { return None };
        let word = fold(self.slice(name));
        let (unit, _) = UNITS.iter().find(|(_, names)| names.contains(&word.as_str()))?;
        match (unit, number) {
            (Unit::Quarter, 1..=4) => self.part_of_year(name + 1, 32 + number),
            (Unit::Half, 1 | 2) => self.part_of_year(name + 1, 39 + number).or_else(|| {
                let days = if number == 1 { (1, 15) } else { (16, 31) };
                self.part_of_month(name + 1, |length| (days.0, length.min(days.1)))
            }),
            (Unit::Week, 1..=4) => self.part_of_month(name + 1, |_| (number * 7 - 6, number * 7)),
            (Unit::Week, _) => self.part_of_month(name + 1, |length| (length - 6, length)),
            _ => None,
        }
    }

    /// Matches the beginning, middle or end of a month: `mid-March 2019`, `fin mars 2019`, `a finales de marzo de 2019`.
    fn staged(self, at: usize, word: &str) -> Option<(Partial, Edtf, usize)> {
        let stage = (0..).zip(STAGES).find(|(_, names)| names.contains(&word)).map(|(stage, _)| stage)?;
        self.part_of_month(self.past_mark(at + 1, "-"), |length| third(stage, length))
    }

    /// Reads month and year, and gives the days of the month that are meant, as one of which the value says.
    fn part_of_month(self, at: usize, days: impl Fn(u32) -> (u32, u32)) -> Option<(Partial, Edtf, usize)> {
        let mut start = self.past_gap(at);
        for _ in 0..2 {
            let joint = self.past_joint(start);
            start = if joint > start { self.past_gap(joint) } else { start };
        }
        let (month, after) = self.month(start)?;
        let (year, next) = self.year_after(after)?;
        let (reading, value) = days_of(year, u32::from(month.number), days)?;
        Some((reading, value, next))
    }

    /// Narrows a month by the third that is named right after it: `2019年3月上旬`.
    pub(super) fn narrowed(self, mut found: Expression, next: usize) -> (Expression, usize) {
        let name = TENTHS.iter().zip(0..).find(|(name, _)| self.slice(next).starts_with(**name));
        if let (Form::MonthYear, Some((_, stage)), [Partial { year: Some(year), month: Some(month), .. }]) =
            (found.form, name, found.readings.as_slice())
            && let Some((_, value)) = days_of(*year, *month, |length| third(stage, length))
        {
            found.form = Form::Season;
            found.period = Some(value);
            found.span.end = self.tokens[next].start + TENTHS[0].len();
            return (found, next + 1);
        }
        (found, next)
    }
}

/// Gives the days of a month's first, second or last third.
fn third(stage: u32, length: u32) -> (u32, u32) {
    (stage * 10 + 1, if stage == 2 { length } else { stage * 10 + 10 })
}

/// Gives the value of one day among some days of a month.
fn days_of(year: i32, month: u32, days: impl Fn(u32) -> (u32, u32)) -> Option<(Partial, Edtf)> {
    let reading = Partial::new(Some(year), Some(month), None)?;
    let length = Edtf::partial(Some(year), Some(month), None)?.latest()?.day();
    let (first, last) = days(length);
    let value = Edtf::parse(&format!("[{year:04}-{month:02}-{first:02}..{year:04}-{month:02}-{last:02}]")).ok()?;
    Some((reading, value))
}

#[cfg(test)]
mod tests {
    use super::super::recognise;

    #[test]
    fn seasons_and_quarters_are_read_with_their_year() {
        for (text, value) in [
            ("Spring 2020", "2020-21"),
            ("in the summer of 2019", "2019-22"),
            ("l'été 2019", "2019-22"),
            ("Herbst 2018", "2018-23"),
            ("Winter, 1999", "1999-24"),
            ("Q3 2020", "2020-35"),
            ("the third quarter of 2020", "2020-35"),
            ("3rd quarter of 2020", "2020-35"),
            ("the 1st week of July 2011", "[2011-07-01..2011-07-07]"),
            ("зимой 2014", "2014-24"),
            ("the second half of 2020", "2020-41"),
            ("H1 2020", "2020-40"),
            ("im ersten Halbjahr 2019", "2019-40"),
            ("au second semestre 2019", "2019-41"),
            ("the first week of July 2011", "[2011-07-01..2011-07-07]"),
            ("the last week of February 2012", "[2012-02-23..2012-02-29]"),
            ("en la primera semana de julio de 2011", "[2011-07-01..2011-07-07]"),
            ("early March 2019", "[2019-03-01..2019-03-10]"),
            ("mid-March 2019", "[2019-03-11..2019-03-20]"),
            ("at the end of April 2019", "[2019-04-21..2019-04-30]"),
            ("Anfang März 2019", "[2019-03-01..2019-03-10]"),
            ("à la mi-mars 2019", "[2019-03-11..2019-03-20]"),
            ("a finales de marzo de 2019", "[2019-03-21..2019-03-31]"),
            ("в конце марта 2019 года", "[2019-03-21..2019-03-31]"),
            ("2019年3月上旬", "[2019-03-01..2019-03-10]"),
            ("the first half of March 2019", "[2019-03-01..2019-03-15]"),
        ] {
            let found: Vec<String> =
                recognise(text).iter().filter_map(|date| date.period.as_ref()).map(ToString::to_string).collect();
            assert_eq!(found, [value], "{text}");
        }
        for text in ["spring and 2020", "prices fall 2020 times", "Q5 2020", "summer", "first of 2020"] {
            assert!(recognise(text).is_empty(), "{text}");
        }
    }
}
