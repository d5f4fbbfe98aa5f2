//! Positions in a text: spans and lines.
//!
//! Every stage refers to its source by byte spans into one decoded text; people refer to it by lines.
//! This module turns the one into the other and does nothing else.

use std::ops::Range;

/// A byte range of a source's decoded text.
pub type Span = Range<usize>;

/// The starts of a text's lines, for turning byte offsets into what an editor shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Indexes `text`, whose lines end with `\n`.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1));
        Self { starts }
    }

    /// Gives the line that holds `offset`, counted from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// Gives the span of a line counted from 1, its line end included.
    pub fn span(&self, line: usize, text: &str) -> Span {
        let start = self.starts.get(line.wrapping_sub(1)).copied().unwrap_or(text.len());
        start..self.starts.get(line).copied().unwrap_or(text.len())
    }

    /// Counts the lines.
    pub fn count(&self) -> usize {
        self.starts.len()
    }
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
