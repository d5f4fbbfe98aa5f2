//! Matches seasons and quarters with their year.
//!
//! What enters: tokens and a place among them. What leaves: an expression whose period is the EDTF value of the season
//! or quarter. A season without a year says nothing, and neither does a year's half or "the first weeks".

use super::super::Edtf;
use super::super::lexicon::fold;
use super::super::tokens::{Kind, Token};
use super::scanner::Scanner;
use super::{Calendar, Expression, Form, Partial};

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

/// Words for a quarter, and for its number.
const QUARTERS: &[&str] = &["quarter", "trimestre", "quartal", "квартал", "квартала"];
const NUMBERS: &[&[&str]] = &[
    &["first", "premier", "erstes", "ersten", "primer", "primeiro", "primo", "первыи"],
    &["second", "deuxieme", "zweites", "zweiten", "segundo", "secondo", "второи"],
    &["third", "troisieme", "drittes", "dritten", "tercer", "terceiro", "terzo", "третии"],
    &["fourth", "quatrieme", "viertes", "vierten", "cuarto", "quarto", "четвертыи"],
];

/// So many tokens after a season or a quarter its year stands at most.
const NEAR: usize = 9;

/// The longest word that is looked up, in bytes.
const LONGEST: usize = 24;

impl Scanner<'_> {
    /// Matches `Spring 2020`, `été 2019`, `Q3 2020`, `third quarter of 2020`.
    pub(super) fn period(self, at: usize) -> Option<(Expression, usize)> {
        let Token { kind: Kind::Word(_), start, end } = *self.tokens.get(at)? else { return None };
        let is_before_year = (at + 1..at + NEAR).any(|near| self.number(near).is_some_and(|(_, digits)| digits == 4));
        if end - start > LONGEST || !is_before_year || !self.is_free_before(at) {
            return None;
        }
        let word = fold(self.slice(at));
        let (number, next) = match SEASONS.iter().find(|(_, names)| names.contains(&word.as_str())) {
            // "Fall 2020" is a season; "the prices fall 2020 times" is not.
            Some((number, _)) if self.slice(at).starts_with(char::is_uppercase) || !matches!(*number, 23) => {
                (*number, at + 1)
            }
            Some(_) => return None,
            None => self.quarter(at, &word)?,
        };
        let start = self.past_gap(self.past_mark(self.past_gap(next), ","));
        let joint = self.past_joint(start);
        let (year, next) = self.year(if joint > start { self.past_gap(joint) } else { start })?;
        let period = Edtf::parse(&format!("{year:04}-{number}")).ok()?;
        let expression = Expression {
            span: self.tokens[at].start..self.tokens[next - 1].end,
            readings: vec![Partial::new(Some(year), None, None)?],
            period: Some(period),
            until: None,
            weekday: None,
            clock: None,
            calendar: Calendar::Gregorian,
            form: Form::Season,
            is_month_first: false,
        };
        Some((expression, next))
    }

    /// Matches a quarter by its letter or by its words; gives its number in EDTF.
    fn quarter(self, at: usize, word: &str) -> Option<(u32, usize)> {
        if word == "q" {
            let (number, digits) = self.number(at + 1)?;
            return (digits == 1 && (1..=4).contains(&number)).then_some((32 + number, at + 2));
        }
        let number = NUMBERS.iter().zip(33..).find(|(names, _)| names.contains(&word)).map(|(_, number)| number)?;
        let next = self.past_gap(at + 1);
        let is_quarter = matches!(self.tokens.get(next), Some(Token { kind: Kind::Word(_), .. }))
            && QUARTERS.contains(&fold(self.slice(next)).as_str());
        is_quarter.then_some((number, next + 1))
    }
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
            ("зимой 2014", "2014-24"),
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
