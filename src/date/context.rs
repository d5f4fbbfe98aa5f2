//! Where things stand, and the words round them.
//!
//! What enters: places in a document's body. What leaves: evidence with lines and spans of the whole decoded text.

use super::{Evidence, EvidenceKind, Role};
use crate::text::{Span, squeeze};

/// Where a document's body starts in its decoded text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    /// The bytes before it.
    pub(super) offset: usize,
    /// The line ends before it.
    pub(super) lines: usize,
}

impl Origin {
    /// Makes evidence of a span in the body that starts in the line counted from 0.
    pub(super) fn evidence(self, body: &str, span: &Span, line: usize, role: Role) -> Evidence {
        Evidence {
            kind: EvidenceKind::Text,
            line: Some(self.lines + line + 1),
            span: Some(self.offset + span.start..self.offset + span.end),
            text: around(body, span),
            role,
        }
    }
}

/// The most characters that evidence quotes before and after the date itself.
const BEFORE: usize = 60;

/// Quotes a span with a little of what stands round it, cut at white space, with white space folded.
pub(super) fn around(body: &str, span: &Span) -> String {
    let far = body.floor_char_boundary(span.start.saturating_sub(BEFORE));
    let before = &body[far..span.start];
    let before = before.rsplit_once("\n\n").map_or(before, |(_, near)| near);
    let before = match before.find(char::is_whitespace) {
        Some(at) if far > 0 && before.len() + far == span.start && span.start - far >= BEFORE - 4 => &before[at..],
        _ => before,
    };
    let far = body.floor_char_boundary((span.end + BEFORE / 2).min(body.len()));
    let after = &body[span.end..far];
    let after = after.split_once("\n\n").map_or(after, |(near, _)| near);
    let after = match after.rfind(char::is_whitespace) {
        Some(at) if far < body.len() => &after[..at],
        _ => after,
    };
    unescaped(&squeeze(&format!("{before}{}{after}", &body[span.clone()])))
}

/// Takes the backslashes away with which Markdown keeps a sign from being markup.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match rest.next_if(|next| c == '\\' && next.is_ascii_punctuation()) {
            Some(escaped) => out.push(escaped),
            None => out.push(c),
        }
    }
    out
}
