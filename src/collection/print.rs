//! What is compared of a text, made once for each.
//!
//! What enters: a document. What leaves: its [`Print`].

use super::Document;
use super::shingles::{self, mixed};
use std::collections::BTreeSet;

/// How many keys a text has, and of how many least shingles each is made. Two texts of which four shingles in five are
/// shared miss one another once in a hundred thousand times.
pub const KEYS: usize = 16;
const LEAST: usize = 3;

/// The words of a text as numbers, and what stands for all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Print {
    /// The hash of each word, in order.
    pub words: Vec<u64>,
    /// Which of them have digits.
    pub figures: Vec<bool>,
    /// Those that begin with a digit.
    pub numbers: BTreeSet<String>,
    /// Keys made of its least shingles; texts that are alike share some (Broder 1997).
    pub keys: [u64; KEYS],
}

impl Print {
    /// Makes the print of a document's text.
    pub fn of(document: &Document) -> Self {
        let (mut words, mut figures) = (Vec::with_capacity(document.words), Vec::with_capacity(document.words));
        let mut numbers = BTreeSet::new();
        shingles::each_word(document, |word| {
            words.push(word.hash());
            figures.push(word.is_figure());
            if word.text.starts_with(|character: char| character.is_ascii_digit()) {
                numbers.insert(word.text.to_owned());
            }
        });
        let mut least = [u64::MAX; KEYS * LEAST];
        for shingle in shingles::shingles(&words) {
            for (seed, least) in (1_u64..).zip(&mut least) {
                *least = (*least).min(mixed(shingle ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
            }
        }
        let mut keys = [0; KEYS];
        for (key, least) in keys.iter_mut().zip(least.chunks(LEAST)) {
            *key = least.iter().fold(0, |key, least| mixed(key ^ least));
        }
        Self { words, figures, numbers, keys }
    }
}
