//! Positions in a text: spans and lines.
//!
//! Every stage refers to its source by byte spans into one decoded text; people refer to it by lines.
//! This module turns the one into the other and says what a word is; it does nothing else.

use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// A byte range of a source's decoded text.
pub type Span = Range<usize>;

/// The starts of a text's lines, for turning byte offsets into what an editor shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// For each line of a rendition, the line of the file that it stands for; empty where the text is the file's own.
    shown: Vec<usize>,
}

impl LineIndex {
    /// Indexes `text`, whose lines end with `\n`.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1));
        Self { starts, shown: Vec::new() }
    }

    /// Indexes a rendition of a file, whose lines stand for these lines of the file.
    pub fn of_rendition(text: &str, shown: Vec<usize>) -> Self {
        Self { shown, ..Self::new(text) }
    }

    /// Gives the line of the file that holds `offset`, counted from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.of_file(self.row(offset))
    }

    /// Gives the line of the file that a line of the text stands for; both are counted from 1.
    pub fn of_file(&self, row: usize) -> usize {
        match self.shown.get(row.saturating_sub(1)) {
            Some(line) => *line,
            None if self.shown.is_empty() => row,
            None => self.shown.last().copied().unwrap_or(row),
        }
    }

    /// Gives the line of the text that holds `offset`, counted from 1.
    fn row(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// Gives the span of the line that holds `offset`, its line end included.
    pub fn around(&self, offset: usize, text: &str) -> Span {
        self.span(self.row(offset), text)
    }

    /// Gives the span of what stands for a line of the file, counted from 1.
    pub fn in_file(&self, line: usize, text: &str) -> Span {
        if self.shown.is_empty() {
            return self.span(line, text);
        }
        let first = self.shown.iter().position(|shown| *shown == line).unwrap_or(0);
        let rows = self.shown[first..].iter().take_while(|shown| **shown == line).count().max(1);
        self.span(first + 1, text).start..self.span(first + rows, text).end
    }

    /// Gives the span of a line of the text counted from 1, its line end included.
    pub fn span(&self, line: usize, text: &str) -> Span {
        let start = self.starts.get(line.wrapping_sub(1)).copied().unwrap_or(text.len());
        start..self.starts.get(line).copied().unwrap_or(text.len())
    }

    /// Counts the lines.
    pub fn count(&self) -> usize {
        self.starts.len()
    }
}

/// Whether all of a span stands within another.
pub fn encloses(outer: &Span, inner: &Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Folds every run of white space into one space and takes it off both ends.
pub fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}

/// Gives the places of the words of a text: the longest runs of letters, marks and digits (Unicode's general categories
/// L, M and N).
pub fn words(text: &str) -> Vec<Span> {
    let mut words: Vec<Span> = Vec::new();
    for (at, character) in text.char_indices().filter(|(_, character)| is_of_word(*character)) {
        let end = at + character.len_utf8();
        match words.last_mut() {
            Some(last) if last.end == at => last.end = end,
            _ => words.push(at..end),
        }
    }
    words
}

/// Whether a character is a letter, a mark or a digit, and can be seen.
pub fn is_of_word(character: char) -> bool {
    (character.is_alphanumeric() || is_combining_mark(character)) && !is_ignorable(character)
}

/// Gives the letters, marks and digits of a text, capitals as small letters: what two texts that say the same share.
pub fn letters(text: &str) -> String {
    text.chars().filter(|character| is_of_word(*character)).flat_map(char::to_lowercase).collect()
}

/// Whether a character is invisible by default (Unicode's Default_Ignorable_Code_Point).
pub fn is_ignorable(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Writes letters with their marks as single characters (NFC), as one system names files and another does not.
pub fn composed(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().collect()
}

/// Shows the start of a text on one line.
pub fn short(text: &str) -> String {
    const SHOWN: usize = 60;
    let mut shown: String = text.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_become_lines_counted_from_one() {
        let text = "first\nsecond\n\nfourth";
        let lines = LineIndex::new(text);
        assert_eq!([0, 5, 6, 13, 14].map(|offset| lines.line(offset)), [1, 1, 2, 3, 4]);
        assert_eq!(&text[lines.span(2, text)], "second\n");
        assert_eq!(&text[lines.span(4, text)], "fourth");
        assert_eq!(lines.count(), 4);
    }
}
