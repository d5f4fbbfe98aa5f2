//! Which characters the fonts can print.
//!
//! What enters: a font book and text. What leaves: the characters that no font has, with what stands in for them. A
//! missing character is never left to print as an empty box.

use std::collections::BTreeMap;
use typst::text::FontBook;
use unicode_script::{Script, UnicodeScript};

/// The characters that at least one font covers.
#[derive(Debug, Clone)]
pub struct Coverage {
    bits: Vec<u64>,
}

impl Coverage {
    /// Gathers what the fonts of a book cover.
    pub fn of(book: &FontBook) -> Self {
        let mut bits = vec![0_u64; 0x11_0000 / 64];
        let families: Vec<String> = book.families().map(|(family, _)| family.to_lowercase()).collect();
        for family in families {
            for index in book.select_family(&family) {
                let Some(info) = book.info(index) else { continue };
                for code in info.coverage.iter() {
                    bits[code as usize / 64] |= 1 << (code % 64);
                }
            }
        }
        Self { bits }
    }

    /// Whether a character can be printed, or needs no glyph.
    pub fn has(&self, character: char) -> bool {
        let code = u32::from(character);
        self.bits[code as usize / 64] & (1 << (code % 64)) != 0 || is_ignorable(character)
    }
}

/// Whether a character is white space, a control or invisible by default (Unicode's Default_Ignorable_Code_Point).
fn is_ignorable(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Names a character as its substitute does: `U+1F600 grinning face`.
pub fn name(character: char) -> String {
    let code = u32::from(character);
    let name = unicode_names2::name(character).map(|name| name.to_string().to_lowercase());
    match name {
        // The name of an ideograph is its code once more.
        Some(name) if !name.ends_with(&format!("-{code:x}")) => format!("U+{code:04X} {name}"),
        _ => format!("U+{code:04X}"),
    }
}

/// Names a free font that has a character's script.
pub fn font_for(character: char) -> &'static str {
    match character.script() {
        Script::Arabic => "Noto Naskh Arabic (Urdu: Noto Nastaliq Urdu)",
        Script::Devanagari => "Noto Serif Devanagari",
        Script::Bengali => "Noto Serif Bengali",
        Script::Tamil => "Noto Serif Tamil",
        Script::Telugu => "Noto Serif Telugu",
        Script::Gujarati => "Noto Serif Gujarati",
        Script::Gurmukhi => "Noto Serif Gurmukhi",
        Script::Thai => "Noto Serif Thai",
        Script::Han => "Noto Serif CJK SC (Japanese: Noto Serif CJK JP)",
        Script::Hiragana | Script::Katakana => "Noto Serif CJK JP",
        Script::Hangul => "Noto Serif CJK KR",
        Script::Hebrew => "Noto Serif Hebrew",
        Script::Armenian => "Noto Serif Armenian",
        Script::Georgian => "Noto Serif Georgian",
        Script::Ethiopic => "Noto Serif Ethiopic",
        Script::Khmer => "Noto Serif Khmer",
        Script::Myanmar => "Noto Serif Myanmar",
        Script::Sinhala => "Noto Serif Sinhala",
        Script::Common | Script::Inherited if u32::from(character) >= 0x1_f000 => "Noto Emoji",
        Script::Common | Script::Inherited => "Noto Sans Symbols 2",
        _ => "the Noto family",
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

/// Replaces the characters of a plain string that no font has.
pub fn fit(text: &str, coverage: &Coverage) -> String {
    if text.chars().all(|character| coverage.has(character)) {
        return text.to_owned();
    }
    let mut fitted = String::with_capacity(text.len());
    for character in text.chars() {
        if coverage.has(character) {
            fitted.push(character);
        } else {
            fitted.push('[');
            fitted.push_str(&name(character));
            fitted.push(']');
        }
    }
    fitted
}
