//! Matches dates that are written out in English words, as instruments, deeds and proclamations write them.
//!
//! What enters: tokens and a place among them. What leaves: a match, or the year that a month's name is followed by. A day
//! needs "of" between it and its month; "second" alone counts nothing.

use super::super::lexicon::Particle;
use super::scanner::{Match, Scanner};
use super::{Form, Partial};

/// The ordinal numbers below twenty, from "first".
const ORDINALS: [&str; 19] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];

/// The cardinal numbers below twenty, from "one".
const CARDINALS: [&str; 19] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// The tens, from "twenty".
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// So many words may stand between a month and "in the year of our Lord"; more are a sentence.
const OF_OUR_LORD: [&str; 6] = ["in", "the", "year", "of", "our", "lord"];

impl Scanner<'_> {
    /// Matches `third of May, two thousand and four`, `twenty-first day of June, 1998`.
    pub(super) fn spelled(self, at: usize) -> Option<Match> {
        let (day, next) = self.spelled_day(at)?;
        // "thirty-second" is a number by itself.
        if at.checked_sub(2).is_some_and(|tens| place(&TENS, self.slice(tens)).is_some()) {
            return None;
        }
        let mut word = self.past_gap(next);
        let mut is_joined = false;
        for _ in 0..2 {
            match self.word(word).and_then(|word| word.particle) {
                Some(Particle::Joint | Particle::Day) => (is_joined, word) = (true, self.past_gap(word + 1)),
                _ => break,
            }
        }
        let (month, after) = self.month(word).filter(|_| is_joined)?;
        let year = self.year_after(after).or_else(|| self.spelled_year(after));
        if year.is_none() && self.is_weak(word, month) {
            return None;
        }
        let reading = Partial::new(year.map(|(year, _)| year), Some(u32::from(month.number)), Some(day))?;
        let form = if year.is_some() { Form::Words } else { Form::DayMonth };
        Some(Match::one(reading, form, year.map_or(after, |(_, next)| next)))
    }

    /// Reads a day of the month as a word, `third`, `twenty-first`, and gives the token after it.
    pub(super) fn spelled_day(self, at: usize) -> Option<(u32, usize)> {
        let word = self.slice(at);
        if !word.ends_with(['t', 'T', 'd', 'D', 'h', 'H', 'y', 'Y']) {
            return None;
        }
        if let Some(day) = place(&ORDINALS, word) {
            return Some((day + 1, at + 1));
        }
        for (whole, tens, value) in [("twentieth", "twenty", 20), ("thirtieth", "thirty", 30)] {
            if word.eq_ignore_ascii_case(whole) {
                return Some((value, at + 1));
            }
            if word.eq_ignore_ascii_case(tens) {
                let unit = self.past_hyphen(at + 1);
                let day = value + place(&ORDINALS[..9], self.slice(unit))? + 1;
                return (day <= 31).then_some((day, unit + 1));
            }
        }
        None
    }

    /// Reads a year in words after a day or a month: `two thousand and four`, `nineteen eighty-four`, `in the year of our
    /// Lord one thousand nine hundred and three`.
    pub(super) fn spelled_year(self, at: usize) -> Option<(i32, usize)> {
        let mut next = self.past_gap(self.past_mark(at, ",."));
        if self.slice(next).eq_ignore_ascii_case(OF_OUR_LORD[0]) {
            for word in OF_OUR_LORD {
                if self.slice(next).eq_ignore_ascii_case(word) {
                    next = self.past_gap(self.past_mark(next + 1, ","));
                }
            }
            if let Some(year) = self.year(next) {
                return Some(year);
            }
        }
        let (first, after) = self.cardinal(next)?;
        let word = self.past_hyphen(after);
        let is = |at: usize, word: &str| self.slice(at).eq_ignore_ascii_case(word);
        let (year, next) = if is(word, "thousand") && first <= 2 {
            let (hundreds, after) = match self.cardinal(self.past_gap(word + 1)) {
                Some((hundreds, after)) if is(self.past_gap(after), "hundred") => (hundreds, self.past_gap(after) + 1),
                _ => (0, word + 1),
            };
            self.and_the_rest(first * 1000 + hundreds * 100, after)
        } else if is(word, "hundred") && (10..=21).contains(&first) {
            self.and_the_rest(first * 100, word + 1)
        } else if (10..=21).contains(&first) {
            let is_nought = is(word, "oh") || is(word, "nought");
            let unit = if is_nought { self.past_hyphen(word + 1) } else { word };
            let (rest, next) = self.cardinal(unit).filter(|(rest, _)| is_nought == (*rest < 10))?;
            (first * 100 + rest, next)
        } else {
            return None;
        };
        (1000..=2199).contains(&year).then_some((i32::try_from(year).ok()?, next))
    }

    /// Adds what follows hundreds or thousands: `and four`, `ninety-eight`, nothing.
    fn and_the_rest(self, value: u32, at: usize) -> (u32, usize) {
        let next = self.past_hyphen(at);
        let is_and = self.slice(next).eq_ignore_ascii_case("and");
        let rest = self.cardinal(if is_and { self.past_gap(next + 1) } else { next });
        rest.map_or((value, at), |(rest, next)| (value + rest, next))
    }

    /// Reads a number below a hundred in words.
    fn cardinal(self, at: usize) -> Option<(u32, usize)> {
        if let Some(number) = place(&CARDINALS, self.slice(at)) {
            return Some((number + 1, at + 1));
        }
        let tens = (place(&TENS, self.slice(at))? + 2) * 10;
        let unit = self.past_hyphen(at + 1);
        Some(match place(&CARDINALS[..9], self.slice(unit)) {
            Some(number) => (tens + number + 1, unit + 1),
            None => (tens, at + 1),
        })
    }

    /// Steps past a hyphen or a space between two words of a number.
    fn past_hyphen(self, at: usize) -> usize {
        let next = self.past_mark(at, "-‐‑–");
        self.past_gap(next)
    }
}

/// Gives a word's place in a list, whatever its case.
fn place(list: &[&str], word: &str) -> Option<u32> {
    list.iter().position(|listed| listed.eq_ignore_ascii_case(word)).and_then(|at| u32::try_from(at).ok())
}

#[cfg(test)]
mod tests {
    use super::super::recognise;

    #[test]
    fn dates_in_words_are_read() {
        for (text, wanted) in [
            ("the third of May, two thousand and four", "2004-05-03"),
            ("this twenty-first day of June, nineteen hundred and ninety-eight", "1998-06-21"),
            ("this Fourth day of July, in the year of our Lord two thousand four, and", "2004-07-04"),
            ("the thirtieth of August one thousand nine hundred and eighty-three", "1983-08-30"),
            ("THE TWENTY SECOND DAY OF NOVEMBER, NINETEEN SIXTY-THREE", "1963-11-22"),
            ("May the third, nineteen eighty-four", "1984-05-03"),
            ("on March thirty-first, twenty eleven", "2011-03-31"),
            ("the first of January, nineteen oh four", "1904-01-01"),
            ("the 3rd of May, two thousand and four", "2004-05-03"),
            ("on the seventh day of March, in the year 1996", "1996-03-07"),
            ("the first of May 2011", "2011-05-01"),
            ("Wednesday, the third of March nineteen ninety-three", "1993-03-03"),
        ] {
            let found = recognise(text);
            let [date] = found.as_slice() else { panic!("{text}: {found:?}") };
            let day = date.single().and_then(super::Partial::date).map(|day| day.to_string());
            assert_eq!(day.as_deref(), Some(wanted), "{text}");
        }
        for text in [
            "the second of the two thousand and four who marched",
            "the third May who came",
            "thirty-second of May",
            "twenty thousand people",
            "the fifth column of nineteen eighty-four",
        ] {
            assert!(recognise(text).is_empty(), "{text}: {:?}", recognise(text));
        }
    }
}
