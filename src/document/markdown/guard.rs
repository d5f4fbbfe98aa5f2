//! Nesting that would cost a reader of Markdown more than it says.
//!
//! What enters: a text. What leaves: the same text without the container marks (`>`, `-`, `*`, `+`, `1.`) beyond a
//! depth that no page shows, and the means to find each place of it in the source again. Words are never taken.

use std::borrow::Cow;

/// The most container marks that are kept at the start of a line.
const MOST_MARKS: usize = 64;

/// A text without excessive container marks.
#[derive(Debug)]
pub struct Flattened<'t> {
    /// The text to be read.
    pub text: Cow<'t, str>,
    /// Places in the flattened text where something was taken out, with all that was taken out up to there.
    cuts: Vec<(usize, usize)>,
}

impl Flattened<'_> {
    /// Finds a place of the flattened text in the source.
    pub fn source(&self, offset: usize) -> usize {
        let cut = self.cuts.partition_point(|(at, _)| *at <= offset);
        offset + cut.checked_sub(1).map_or(0, |index| self.cuts[index].1)
    }
}

/// Takes excessive container marks out of `text`.
pub fn flattened(text: &str) -> Flattened<'_> {
    let mut out = String::new();
    let mut cuts = Vec::new();
    let (mut copied, mut at, mut removed) = (0, 0, 0);
    for line in text.split_inclusive('\n') {
        if let Some((from, to)) = excess(line) {
            out.push_str(&text[copied..at + from]);
            removed += to - from;
            cuts.push((out.len(), removed));
            copied = at + to;
        }
        at += line.len();
    }
    if cuts.is_empty() {
        return Flattened { text: Cow::Borrowed(text), cuts };
    }
    out.push_str(&text[copied..]);
    Flattened { text: Cow::Owned(out), cuts }
}

/// The bytes of a line's container marks beyond those that are kept.
fn excess(line: &str) -> Option<(usize, usize)> {
    let bytes = line.as_bytes();
    let (mut at, mut marks, mut kept) = (0, 0, 0);
    loop {
        let blanks = bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let start = at + blanks;
        let digits = bytes[start..].iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
        let (length, needs_blank) = match bytes.get(start + digits) {
            Some(b'>') if digits == 0 => (1, false),
            Some(b'-' | b'+' | b'*') if digits == 0 => (1, true),
            Some(b'.' | b')') if digits > 0 => (digits + 1, true),
            _ => break,
        };
        if needs_blank && !matches!(bytes.get(start + length), Some(b' ' | b'\t')) {
            break;
        }
        at = start + length;
        marks += 1;
        if marks == MOST_MARKS {
            kept = at;
        }
    }
    (marks > MOST_MARKS).then_some((kept, at))
}
