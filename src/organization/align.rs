//! Aligning an acronym with the words before it.
//!
//! What enters: an acronym's letters and the words that may spell it out. What leaves: the word at which the long form
//! starts, and what the alignment costs. Schwartz and Hearst (2003) look for the letters anywhere; here the initials of
//! words come first, letters inside words cost, and words that give no letter cost by their weight.

use super::lexicon::is_connective;
use super::token::{Line, Shape, fold};

/// A word that may be part of a long form.
#[derive(Debug, Clone)]
pub struct Word {
    /// The token.
    pub at: usize,
    letters: Vec<char>,
    weight: f32,
    is_capital: bool,
}

impl Word {
    /// Takes the word at a token.
    pub fn new(line: &Line<'_>, at: usize) -> Self {
        let folded = fold(line.word(at));
        let shape = line.shape(at).unwrap_or(Shape::Lower);
        let glued = !line.tokens[at].spaced && at > 0 && matches!(line.mark(at - 1), Some('-' | '\'' | '’' | '/'));
        let possessive = glued && folded == "s";
        let weight = if possessive {
            0.0
        } else if folded == "the" {
            0.15
        } else if is_connective(&folded) || is_company_form(&folded) {
            0.05
        } else if glued {
            0.3
        } else if matches!(shape, Shape::Lower | Shape::Digit) {
            0.8
        } else {
            1.0
        };
        let letters = if possessive { Vec::new() } else { folded.chars().take(40).collect() };
        Self { at, letters, weight, is_capital: !matches!(shape, Shape::Lower | Shape::Digit) }
    }
}

/// Tells whether a word is the short form of a company's law, which acronyms leave out: `AG`, `Ltd`, `Limited`.
fn is_company_form(word: &str) -> bool {
    matches!(word, "ag" | "gmbh" | "inc" | "ltd" | "limited" | "llc" | "plc" | "corp" | "pvt" | "pty" | "bv" | "nv")
}

/// Where a long form starts, and how well it fits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// The index of its first word.
    pub start: usize,
    /// The cost; 0 for a perfect run of initials.
    pub cost: f32,
}

const NEVER: f32 = 1.0e6;

/// Aligns an acronym's folded letters with the last of some words, as late a start as fits best.
pub fn align(letters: &[char], words: &[Word]) -> Option<Fit> {
    let table = Table::new(letters, words);
    let most = 0.38f32.mul_add(letters.len() as f32, 0.3);
    let mut best: Option<Fit> = None;
    for start in (0..words.len()).rev() {
        let cost = table.opening(start) + 0.01 * (words.len() - start) as f32;
        if cost <= most && best.is_none_or(|fit| cost + 0.1 < fit.cost) {
            best = Some(Fit { start, cost });
        }
    }
    best
}

/// Aligns an acronym with all of some words, from the first of them.
pub fn align_all(letters: &[char], words: &[Word]) -> Option<Fit> {
    if words.is_empty() {
        return None;
    }
    let cost = Table::new(letters, words).opening(0);
    (cost <= 0.45f32.mul_add(letters.len() as f32, 0.3)).then_some(Fit { start: 0, cost })
}

/// The cheapest ways to spell the letters from each on with the words from each on.
struct Table<'a> {
    letters: &'a [char],
    words: &'a [Word],
    cost: Vec<f32>,
}

impl<'a> Table<'a> {
    fn new(letters: &'a [char], words: &'a [Word]) -> Self {
        let width = letters.len() + 1;
        let mut table = Self { letters, words, cost: vec![NEVER; (words.len() + 1) * width] };
        table.cost[words.len() * width + letters.len()] = 0.0;
        for word in (0..words.len()).rev() {
            for letter in 0..=letters.len() {
                let trailing = if letter == letters.len() { 1.15 } else { 1.0 };
                let skipped = table.at(word + 1, letter) + words[word].weight * trailing;
                table.cost[word * width + letter] = skipped.min(table.spelling(word, letter, Opening::Later));
            }
        }
        table
    }

    fn at(&self, word: usize, letter: usize) -> f32 {
        self.cost[word * (self.letters.len() + 1) + letter]
    }

    /// The cost of starting the long form with a word, whose first letter must be the acronym's.
    fn opening(&self, word: usize) -> f32 {
        self.spelling(word, 0, Opening::First)
    }

    /// The cost of taking the next letters from a word.
    fn spelling(&self, at: usize, letter: usize, opening: Opening) -> f32 {
        let word = &self.words[at];
        let Some(wanted) = self.letters.get(letter) else { return NEVER };
        if spells_digit(*wanted, &word.letters) {
            return self.at(at + 1, letter + 1);
        }
        let Some(mut place) = word.letters.iter().position(|c| c == wanted) else { return NEVER };
        if place > 0 && opening == Opening::First {
            return NEVER;
        }
        // A small word that gives a letter is a little less likely than one that gives none.
        let mut spent = match (place, word.weight < 0.2) {
            (0, true) if opening == Opening::First => 0.5,
            (0, true) => 0.2,
            (0, false) => 0.0,
            (_, true) => 2.0,
            (_, false) => word.weight.mul_add(0.3, 1.0),
        };
        let mut best = NEVER;
        let mut next = letter + 1;
        loop {
            best = best.min(spent + self.at(at + 1, next));
            let Some(wanted) = self.letters.get(next) else { break };
            let Some(step) = word.letters[place + 1..].iter().position(|c| c == wanted) else { break };
            spent += match (step, word.is_capital) {
                (0, _) => 0.2,
                (_, true) => 0.75,
                (_, false) => 0.45,
            };
            place += step + 1;
            next += 1;
        }
        best
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Opening {
    First,
    Later,
}

/// Tells whether a word says a digit: `5` in `L5I` for "Fifth".
fn spells_digit(digit: char, word: &[char]) -> bool {
    const SPELLED: [(char, [&str; 2]); 9] = [
        ('1', ["one", "first"]),
        ('2', ["two", "second"]),
        ('3', ["three", "third"]),
        ('4', ["four", "fourth"]),
        ('5', ["five", "fifth"]),
        ('6', ["six", "sixth"]),
        ('7', ["seven", "seventh"]),
        ('8', ["eight", "eighth"]),
        ('9', ["nine", "ninth"]),
    ];
    SPELLED
        .iter()
        .any(|(spelled, words)| *spelled == digit && words.iter().any(|one| one.chars().eq(word.iter().copied())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long_form(acronym: &str, text: &str) -> Option<String> {
        let line = Line::new(text);
        let words: Vec<Word> =
            (0..line.tokens.len()).filter(|at| line.tokens[*at].is_word()).map(|at| Word::new(&line, at)).collect();
        let letters: Vec<char> = super::super::form::acronym_letters(acronym).chars().collect();
        align(&letters, &words).map(|fit| line.form(&(words[fit.start].at..line.tokens.len())))
    }

    #[test]
    fn initials_lead() {
        let long = |acronym, text| long_form(acronym, text).unwrap_or_default();
        assert_eq!(long("KPC", "was held at the Keswick Press Club"), "Keswick Press Club");
        assert_eq!(
            long("L5I", "a paper of the League for the Fifth International"),
            "League for the Fifth International"
        );
        assert_eq!(long("PCBs", "None of the Polychlorinated biphenyls"), "Polychlorinated biphenyls");
        assert_eq!(long("HURIST", "joint Human Rights Strengthening"), "Human Rights Strengthening");
        assert_eq!(long("EU", "he said"), "");
    }
}
