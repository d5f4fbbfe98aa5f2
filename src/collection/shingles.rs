//! The words of a text as numbers, for comparing texts.
//!
//! What enters: a document. What leaves: a hash for each of its words, whatever its case, and for each five words in a
//! row (Broder 1997). The hashes are the same on every machine.

use super::Document;
use crate::document::passage::{self, Beside};

/// How many words a shingle has.
pub const WORDS: usize = 5;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'t> {
    /// As it stands.
    pub text: &'t str,
    /// The source offset of the run of text that it stands in.
    pub start: usize,
    /// The line ends between that offset and the word.
    pub lines: usize,
}

impl Word<'_> {
    /// Gives the hash of the word, whatever its case.
    pub fn hash(&self) -> u64 {
        hash(self.text.chars().flat_map(char::to_lowercase))
    }

    /// Whether it has a digit.
    pub fn is_figure(&self) -> bool {
        self.text.contains(char::is_numeric)
    }
}

/// Gives the words of a document's text, in order; what stands in its head is none of them.
pub fn words(document: &Document) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    each_word(document, |word| words.push(word));
    words
}

/// Calls `with` on each of the same words, without holding them.
pub fn each_word<'d>(document: &'d Document, mut with: impl FnMut(Word<'d>)) {
    for run in &document.passages.runs {
        split(&run.text, run.start, &mut with);
    }
    for blocks in document.tree.footnotes.values().chain([&document.tree.blocks]) {
        passage::beside(blocks, &mut |what, leaf| {
            if what == Beside::Code {
                split(&leaf.text, leaf.span.start, &mut with);
            }
        });
    }
}

/// Splits a text into words; a character of a script without spaces is a word.
fn split<'t>(text: &'t str, start: usize, with: &mut impl FnMut(Word<'t>)) {
    let mut lines = 0;
    let mut open: Option<usize> = None;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_word = character.is_alphanumeric();
        if let Some(from) = open.filter(|_| !is_word || is_whole(character)) {
            with(Word { text: &text[from..at], start, lines });
            open = None;
        }
        if is_whole(character) && is_word {
            with(Word { text: &text[at..at + character.len_utf8()], start, lines });
        } else if is_word {
            open.get_or_insert(at);
        }
        lines += usize::from(character == '\n');
    }
}

/// Whether a character belongs to a script that is written without spaces: those of East and South-East Asia.
fn is_whole(character: char) -> bool {
    matches!(u32::from(character), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x2e80..=0xa4cf | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// Gives the hashes of all runs of five words; of a shorter text the hash of it all.
pub fn shingles(words: &[u64]) -> impl Iterator<Item = u64> {
    let whole = (!words.is_empty() && words.len() < WORDS).then_some(words);
    words.windows(WORDS).chain(whole).map(|words| words.iter().fold(OFFSET, |hash, word| mixed(hash ^ word)))
}

/// Where a hash begins, and what it is multiplied by (FNV-1a, 64 bits).
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// Hashes characters (FNV-1a).
fn hash(characters: impl Iterator<Item = char>) -> u64 {
    characters.fold(OFFSET, |hash, character| (hash ^ u64::from(character)).wrapping_mul(PRIME))
}

/// Spreads the bits of a hash.
pub fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    (hash ^ (hash >> 29)).wrapping_mul(PRIME)
}
