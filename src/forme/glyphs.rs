//! Which characters the fonts can print.
//!
//! What enters: a font book and text. What leaves: the characters that no font has, with what stands in for them. A
//! missing character is never left to print as an empty box.

use crate::document::bidi;
use crate::text::is_ignorable;
use std::collections::{BTreeMap, BTreeSet};
use typst::text::{Coverage as FontCoverage, FontBook};
use unicode_normalization::char::{compose, is_combining_mark};

/// The family in which the layouts set text; Typst falls back from it.
const TEXT_FAMILY: &str = "libertinus serif";

/// The characters that at least one font covers.
#[derive(Debug, Clone)]
pub struct Coverage {
    bits: Vec<u64>,
    /// The same of the family of the text.
    text: Vec<u64>,
    /// What each font says of itself.
    fonts: Vec<FontCoverage>,
    /// The names of the families, in lower case.
    families: BTreeSet<String>,
    /// Characters that were set without a glyph, whatever the fonts say.
    withheld: BTreeSet<char>,
    /// What is done with characters for private use.
    private: Private,
}

/// What is done with characters for private use, to which some font or other gives a meaning of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Private {
    /// They are printed where a font has them.
    #[default]
    Printed,
    /// Their names stand in for them: PDF/A-2a and 3a take none (ISO 19005-2, 6.2.11.7.3).
    Named,
}

/// Whether a character is one for private use.
pub fn is_private(character: char) -> bool {
    matches!(u32::from(character), 0xe000..=0xf8ff | 0xf_0000..=0xf_fffd | 0x10_0000..=0x10_fffd)
}

impl Coverage {
    /// Gathers what the fonts of a book cover.
    pub fn of(book: &FontBook) -> Self {
        let none = || vec![0_u64; 0x11_0000 / 64];
        let (mut bits, mut text, mut fonts) = (none(), none(), Vec::new());
        let families: BTreeSet<String> = book.families().map(|(family, _)| family.to_lowercase()).collect();
        for family in &families {
            for index in book.select_family(family) {
                let Some(info) = book.info(index) else { continue };
                for code in info.coverage.iter() {
                    bits[code as usize / 64] |= 1 << (code % 64);
                    if family == TEXT_FAMILY {
                        text[code as usize / 64] |= 1 << (code % 64);
                    }
                }
                fonts.push(info.coverage.clone());
            }
        }
        Self { bits, text, fonts, families, withheld: BTreeSet::new(), private: Private::default() }
    }

    /// Says what is done with characters for private use.
    pub fn with_private(self, private: Private) -> Self {
        Self { private, ..self }
    }

    /// Whether characters for private use are kept out of print.
    pub fn names_private(&self) -> bool {
        self.private == Private::Named
    }

    fn is_withheld(&self, character: char) -> bool {
        self.withheld.contains(&character) || self.names_private() && is_private(character)
    }

    /// Names the families that are at hand, in lower case.
    pub fn families(&self) -> &BTreeSet<String> {
        &self.families
    }

    /// Whether one font has every character of a text that needs a glyph, and none of them failed in print.
    pub fn has_together(&self, text: &str) -> bool {
        let needed = || text.chars().filter(|character| !is_ignorable(*character));
        !needed().any(|character| self.is_withheld(character))
            && self.fonts.iter().any(|font| needed().all(|character| font.contains(character.into())))
    }

    /// Takes what was set without a glyph out of what can be printed: of a letter with marks, the marks; of several
    /// characters, those that the font of the text does not have.
    pub fn withhold(&mut self, cluster: &str) {
        let marks: Vec<char> = cluster.chars().filter(|character| is_combining_mark(*character)).collect();
        let strange: Vec<char> = cluster.chars().filter(|character| !is_in(&self.text, *character)).collect();
        self.withheld.extend(match (marks.is_empty(), strange.is_empty()) {
            (false, _) => marks,
            (true, false) => strange,
            (true, true) => cluster.chars().collect(),
        });
    }

    /// Whether a character can be printed, or needs no glyph.
    pub fn has(&self, character: char) -> bool {
        is_in(&self.bits, character) && !self.is_withheld(character) || is_silent(character)
    }
}

fn is_in(bits: &[u64], character: char) -> bool {
    let code = u32::from(character);
    bits[code as usize / 64] & (1 << (code % 64)) != 0
}

/// Tells, character after character of one text, which can be printed. Typst shapes a combining mark together with what
/// it stands on, first in the text's font and then in one other that has the letter: a mark that is in neither would turn
/// both into boxes.
pub struct Fitting<'a> {
    coverage: &'a Coverage,
    /// The letter that a mark would stand on, and the marks that it has already.
    cluster: Vec<char>,
}

impl<'a> Fitting<'a> {
    /// Begins a text.
    pub fn new(coverage: &'a Coverage) -> Self {
        Self { coverage, cluster: Vec::new() }
    }

    /// Whether the next character can be printed.
    pub fn takes(&mut self, character: char) -> bool {
        if is_silent(character) && !character.is_whitespace() {
            return true;
        }
        let is_mark = is_combining_mark(character) && !self.cluster.is_empty();
        if !is_mark {
            self.cluster.clear();
        }
        let fits = self.coverage.has(character) && (!is_mark || self.joins(character));
        if fits {
            self.cluster.push(character);
        } else {
            // What stands in for the character ends so, and the next mark would stand on it.
            self.cluster = vec![']'];
        }
        fits
    }

    /// Whether a font has a mark and what it stands on, or the two as one character: the text's, where it has the letter.
    fn joins(&self, mark: char) -> bool {
        let Coverage { text, fonts, withheld, .. } = self.coverage;
        let cluster: Vec<char> = self.cluster.iter().copied().filter(|character| !character.is_whitespace()).collect();
        let composed = match cluster[..] {
            [base] => compose(base, mark).filter(|both| !withheld.contains(both)),
            _ => None,
        };
        let has_all = |has: &dyn Fn(char) -> bool| {
            composed.is_some_and(has) || has(mark) && cluster.iter().all(|character| has(*character))
        };
        match cluster.first() {
            Some(base) if is_in(text, *base) => has_all(&|character| is_in(text, character)),
            _ => fonts.iter().any(|font| has_all(&|character| font.contains(character.into()))),
        }
    }
}

/// Whether a character needs no glyph: white space, a control or invisible by default.
fn is_silent(character: char) -> bool {
    character.is_whitespace() || character.is_control() || is_ignorable(character)
}

/// Names a character as its substitute does: `U+10380 ugaritic letter alpa`.
pub fn name(character: char) -> String {
    let code = u32::from(character);
    let name = unicode_names2::name(character).map(|name| name.to_string().to_lowercase());
    match name {
        // The name of an ideograph is its code once more.
        Some(name) if !name.ends_with(&format!("-{code:x}")) => format!("U+{code:04X} {name}"),
        _ => format!("U+{code:04X}"),
    }
}

/// The characters of one text that no font has: how often each stands in it, and where first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missing {
    /// Count and first source offset, by character.
    pub characters: BTreeMap<char, (usize, usize)>,
}

impl Missing {
    /// Notes a character that stands at an offset of the source.
    pub fn note(&mut self, character: char, offset: usize) {
        let entry = self.characters.entry(character).or_insert((0, offset));
        entry.0 += 1;
        entry.1 = entry.1.min(offset);
    }
}

/// Whether most letters of a text have no font, so that setting it would print substitutes only.
pub fn is_unprintable<'a>(texts: impl IntoIterator<Item = &'a str>, coverage: &Coverage) -> Option<char> {
    let mut missing: BTreeMap<char, usize> = BTreeMap::new();
    let (mut letters, mut without) = (0_usize, 0_usize);
    for character in texts.into_iter().flat_map(str::chars).filter(|character| character.is_alphabetic()) {
        letters += 1;
        if !coverage.has(character) {
            without += 1;
            *missing.entry(character).or_default() += 1;
        }
    }
    if without * 2 <= letters {
        return None;
    }
    missing.into_iter().max_by_key(|(_, count)| *count).map(|(character, _)| character)
}

/// Replaces the characters of a plain string that no font has, and closes the directions that it leaves open.
pub fn fit(text: &str, coverage: &Coverage) -> String {
    let text = &*bidi::closed(text);
    let mut fitting = Fitting::new(coverage);
    if text.chars().all(|character| fitting.takes(character)) {
        return text.to_owned();
    }
    let mut fitting = Fitting::new(coverage);
    let mut fitted = String::with_capacity(text.len());
    for character in text.chars() {
        if fitting.takes(character) {
            fitted.push(character);
        } else {
            fitted.push('[');
            fitted.push_str(&name(character));
            fitted.push(']');
        }
    }
    fitted
}
