//! Words and marks of a passage.
//!
//! What enters: a passage's text. What leaves: its tokens with byte ranges and letter shapes. Words are unbroken runs
//! of letters and digits; every other visible character is a mark of its own, so that `UN-Women's` is five tokens.

use super::lexicon::is_opener;
use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The letter shape of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A word in small letters.
    Lower,
    /// A word with one capital at its start.
    Capital,
    /// A word in capitals, digits allowed (`KPC`, `L5I`).
    Upper,
    /// A word with capitals inside (`MoU`, `GitHub`, `NGOs`).
    Mixed,
    /// A number.
    Digit,
    /// A word of a script without letter case.
    Caseless,
    /// A mark.
    Mark(char),
}

/// A word or a mark.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// The byte at which it starts.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// Its letter shape.
    pub shape: Shape,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// Whether it is the first of its line.
    pub opens_line: bool,
    /// Whether the line before it ends short, so that no name runs on into its line.
    pub after_short_line: bool,
    /// Whether it stands in a line that is all capitals.
    pub shouted: bool,
    /// Whether it is part of a web or mail address.
    pub in_address: bool,
}

impl Token {
    /// Tells whether it is a word.
    pub fn is_word(&self) -> bool {
        !matches!(self.shape, Shape::Mark(_))
    }

    /// Tells whether it starts with a capital, or could be part of a name in a script without case.
    pub fn is_name_like(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper | Shape::Mixed)
    }
}

/// How the language of a passage writes the later words of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// With capitals.
    Capitals,
    /// Adjectives small, nouns with capitals, as Spanish and Portuguese do.
    SmallAdjectives,
    /// All of them small, as French and Italian do.
    SmallNouns,
}

impl Manner {
    /// Tells the manner of a language by its BCP 47 tag.
    fn of(language: &str) -> Self {
        match language.split(['-', '_']).next() {
            Some("fr" | "it") => Self::SmallNouns,
            Some("es" | "pt" | "ca" | "gl") => Self::SmallAdjectives,
            _ => Self::Capitals,
        }
    }
}

/// A passage's text with its tokens.
#[derive(Debug)]
pub struct Line<'a> {
    /// The text.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// How its language writes names.
    pub manner: Manner,
}

impl<'a> Line<'a> {
    /// Cuts a text into tokens.
    pub fn new(text: &'a str) -> Self {
        Self { text, tokens: tokens(text), manner: Manner::Capitals }
    }

    /// Cuts a text in a known language (BCP 47) into tokens.
    pub fn in_language(text: &'a str, language: &str) -> Self {
        Self { manner: Manner::of(language), ..Self::new(text) }
    }

    /// Gives the characters of a token; empty past the end.
    pub fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| &self.text[token.start..token.end])
    }

    /// Gives the mark at a place, if a mark stands there.
    pub fn mark(&self, at: usize) -> Option<char> {
        match self.tokens.get(at)?.shape {
            Shape::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    /// Gives the shape of a token, if there is one.
    pub fn shape(&self, at: usize) -> Option<Shape> {
        self.tokens.get(at).map(|token| token.shape)
    }

    /// Gives the bytes that a run of tokens covers.
    pub fn bytes(&self, run: &Range<usize>) -> Range<usize> {
        match (self.tokens.get(run.start), run.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if first.start <= last.end => first.start..last.end,
            _ => 0..0,
        }
    }

    /// Gives the characters that a run of tokens covers, white space squeezed.
    pub fn form(&self, run: &Range<usize>) -> String {
        crate::text::squeeze(&self.text[self.bytes(run)])
    }
}

/// Tells whether a character is part of a word.
pub fn is_word_character(character: char) -> bool {
    character.is_alphanumeric() || (!character.is_ascii() && is_combining_mark(character))
}

/// Tells whether a character is part of a word or a mark.
pub fn is_visible(character: char) -> bool {
    !(character.is_whitespace() || character.is_control() || character == '\u{feff}')
}

/// The characters from which on a line counts as a full one, whose last word may go on in the next.
const FULL_LINE: usize = 40;

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut start = 0;
    let mut after_short_line = false;
    for line in text.split('\n') {
        let shouted = is_shouted(line);
        let first = tokens.len();
        line_tokens(line, start, shouted, &mut tokens);
        if let Some(token) = tokens.get_mut(first) {
            token.opens_line = true;
            token.spaced = first > 0;
            token.after_short_line = after_short_line;
            after_short_line = line.trim().chars().nth(FULL_LINE).is_none();
        }
        start += line.len() + 1;
    }
    mark_shouted_runs(text, &mut tokens);
    tokens
}

/// Marks headings in capitals that stand inside a line: three or more capital words, an ordinary small one among them.
fn mark_shouted_runs(text: &str, tokens: &mut [Token]) {
    let mut start = 0;
    while start < tokens.len() {
        let is_capitals = |token: &Token| {
            let one_letter = token.shape == Shape::Capital && token.end - token.start == 1;
            token.shape == Shape::Upper || one_letter
        };
        let length = tokens[start..].iter().take_while(|token| is_capitals(token)).count();
        let run = &mut tokens[start..start + length];
        let small = |token: &Token| {
            let word = &text[token.start..token.end];
            (2..=4).contains(&word.len()) && is_opener(&word.to_ascii_lowercase())
        };
        if length > 2 && run.iter().any(small) {
            run.iter_mut().for_each(|token| token.shouted = true);
        }
        start += length.max(1);
    }
}

fn line_tokens(line: &str, offset: usize, shouted: bool, tokens: &mut Vec<Token>) {
    let mut spaced = false;
    let mut in_address = false;
    let mut characters = line.char_indices().peekable();
    let mut chunk_start = true;
    while let Some((start, character)) = characters.next() {
        if !is_visible(character) {
            spaced = true;
            chunk_start |= character.is_whitespace();
            continue;
        }
        if std::mem::take(&mut chunk_start) {
            let chunk = line[start..].split(char::is_whitespace).next().unwrap_or_default();
            let may_be = chunk.bytes().any(|byte| matches!(byte, b':' | b'.' | b'@'));
            in_address = may_be && (chunk.contains("://") || chunk.contains("www.") || chunk.contains('@'));
        }
        let mut end = start + character.len_utf8();
        let shape = if is_word_character(character) {
            while let Some((at, next)) = characters.next_if(|(_, next)| is_word_character(*next)) {
                end = at + next.len_utf8();
            }
            shape(&line[start..end])
        } else {
            Shape::Mark(character)
        };
        let (start, end) = (offset + start, offset + end);
        let (opens_line, after_short_line) = (false, false);
        tokens.push(Token { start, end, shape, spaced, opens_line, after_short_line, shouted, in_address });
        spaced = false;
    }
}

/// Tells whether a line is all capitals, and long enough for that to be a manner of setting it.
fn is_shouted(line: &str) -> bool {
    let mut capitals = 0;
    for character in line.chars() {
        if character.is_lowercase() {
            return false;
        }
        capitals += usize::from(character.is_uppercase());
    }
    capitals >= 8 && line.split_whitespace().nth(1).is_some()
}

/// Tells the letter shape of a word.
pub fn shape(word: &str) -> Shape {
    let (mut upper, mut lower, mut other, mut letters, mut leading) = (0, 0, 0, 0, false);
    for character in word.chars() {
        if character.is_uppercase() {
            leading |= letters == 0;
            (upper, letters) = (upper + 1, letters + 1);
        } else if character.is_lowercase() {
            (lower, letters) = (lower + 1, letters + 1);
        } else if character.is_alphabetic() {
            (other, letters) = (other + 1, letters + 1);
        }
    }
    match (upper, lower) {
        _ if letters == 0 => Shape::Digit,
        _ if other > 0 && upper == 0 => Shape::Caseless,
        (0, _) => Shape::Lower,
        (1, 0) if letters == 1 && word.chars().count() == 1 => Shape::Capital,
        (_, 0) => Shape::Upper,
        (1, _) if leading => Shape::Capital,
        _ => Shape::Mixed,
    }
}

/// Folds a word for comparison: small letters, no diacritics.
pub fn fold(word: &str) -> String {
    folded(word).into_owned()
}

/// Does the same, and makes nothing of a word that is folded already.
pub fn folded(word: &str) -> Cow<'_, str> {
    if !word.is_ascii() {
        return word.nfkd().filter(|character| !is_combining_mark(*character)).flat_map(char::to_lowercase).collect();
    }
    let is_small = !word.bytes().any(|byte| byte.is_ascii_uppercase());
    if is_small { Cow::Borrowed(word) } else { Cow::Owned(word.to_ascii_lowercase()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_apart_and_shapes_are_told() {
        let line = Line::new("UN-Women's  L5I\nMoU Ñandú 12");
        let words: Vec<&str> = (0..line.tokens.len()).map(|at| line.word(at)).collect();
        assert_eq!(words, ["UN", "-", "Women", "'", "s", "L5I", "MoU", "Ñandú", "12"]);
        assert_eq!(line.shape(5), Some(Shape::Upper));
        assert_eq!(line.shape(6), Some(Shape::Mixed));
        assert!(line.tokens[6].opens_line);
        assert_eq!(fold("Ñandú"), "nandu");
    }
}
