//! Printed numbers: whole ones, and those of late finds, which stand between them.
//!
//! What enters: numbers as they are printed. What leaves: [`Number`]s in the order in which a book has them, and room for
//! a number between any two. A late find behind 12 is 12a, then 12b; before 1 it is 0a. Between 12 and 12a stands 12za
//! and between 12a and 12b stands 12aa, as in statutes (Office of the Parliamentary Counsel, *Drafting Guidance*): a `z`
//! comes before all other letters, and no number ends in one.

use std::cmp::Ordering;
use std::fmt;

/// The last letter that a number can end in.
const LAST: u8 = b'y';

/// The printed number of a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Number {
    whole: u32,
    letters: String,
}

impl Number {
    /// The number before the first.
    pub const ZERO: Self = Self { whole: 0, letters: String::new() };

    /// Gives a whole number.
    pub fn whole(whole: u32) -> Self {
        Self { whole, letters: String::new() }
    }

    /// Reads a number as it is printed; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
        let (whole, letters) = text.split_at(end);
        let is_plain = !whole.is_empty() && (whole == "0" || !whole.starts_with('0'));
        let is_lettered = letters.bytes().all(|letter| letter.is_ascii_lowercase()) && !letters.ends_with('z');
        let whole = whole.parse().ok().filter(|_| is_plain && is_lettered)?;
        (whole > 0 || !letters.is_empty()).then(|| Self { whole, letters: letters.to_owned() })
    }

    /// Gives the whole number behind it.
    pub fn following(&self) -> Self {
        Self::whole(self.whole + 1)
    }

    /// Gives the last whole number before it; 0 before 1.
    pub fn floor(&self) -> Self {
        Self::whole(if self.letters.is_empty() { self.whole.saturating_sub(1) } else { self.whole })
    }

    /// Gives a number behind this one and before another.
    pub fn before(&self, next: &Self) -> Self {
        let with = |letters: String| Self { whole: self.whole, letters };
        let beside = self.letters.as_bytes().last().filter(|last| **last < LAST).map(|last| {
            let stem = &self.letters[..self.letters.len() - 1];
            with(format!("{stem}{}", char::from(last + 1)))
        });
        let below = (0..).map(|deep| with(format!("{}{}a", self.letters, "z".repeat(deep))));
        let mut room = beside.into_iter().chain(below).filter(|number| self < number && number < next);
        room.next().expect("there is a number between any two, since none ends in `z`")
    }

    /// The letters, the first of them first.
    fn ranks(&self) -> impl Iterator<Item = u8> {
        self.letters.bytes().map(|letter| if letter == b'z' { 0 } else { letter })
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.whole.cmp(&other.whole).then_with(|| self.ranks().cmp(other.ranks()))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.whole, self.letters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(text: &str) -> Number {
        if text == "0" { Number::ZERO } else { Number::parse(text).expect("the test gives a number") }
    }

    #[test]
    fn a_late_find_stands_between_its_neighbours() {
        let cases = [
            ("12", "13", "12a"),
            ("12a", "13", "12b"),
            ("12y", "13", "12ya"),
            ("12", "12a", "12za"),
            ("12", "12za", "12zza"),
            ("12a", "12b", "12aa"),
            ("12a", "12aa", "12aza"),
            ("0", "1", "0a"),
            ("0", "0a", "0za"),
        ];
        for (before, behind, wanted) in cases {
            assert_eq!(number(before).before(&number(behind)).to_string(), wanted, "{before} and {behind}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_read_as_one() {
        for text in ["", "0", "a", "01", "12A", "12z", "12 a", "12.1", "-1", "99999999999"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn there_is_room_between_any_two(whole in 0u32..3, steps in proptest::collection::vec(any::<bool>(), 0..40)) {
            let (mut low, mut high) = (Number::whole(whole), Number::whole(whole + 1));
            for is_low in steps {
                let middle = low.before(&high);
                prop_assert!(low < middle && middle < high, "{low} {middle} {high}");
                prop_assert_eq!(Number::parse(&middle.to_string()), Some(middle.clone()));
                if is_low { low = middle } else { high = middle }
            }
        }
    }
}
