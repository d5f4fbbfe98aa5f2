//! The words of a plain line: text and links.
//!
//! What enters: a text and the span of a line in it. What leaves: its inlines, every character in one of them.

use crate::document::plain::address;
use crate::document::{Inline, Leaf};
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

/// A link in Markdown's form, as captures keep it: the words may hold one pair of brackets.
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\[((?:[^\[\]\n]|\[[^\[\]\n]*\])+)\]\(((?:(?:https?://|www\.|mailto:|tel:|#|/)[^\s()]*(?:\([^\s()]*\)[^\s()]*)?)?)\)")
        .expect("the pattern is fixed")
});

/// Makes a leaf of `text` that `source[span]` says; a span as long as the text always holds the text itself.
pub fn leaf(source: &str, text: &str, span: Span) -> Leaf {
    // Where something was taken out of the text before it was read, a place can lie inside a character.
    let start = source.floor_char_boundary(span.start);
    let span = start..source.ceil_char_boundary(span.end).max(start);
    let said = source.get(span.clone()).unwrap_or_default();
    let length = if said.len() == text.len() && said != text {
        // Made from its source, yet as long: the span gives way, so that the lengths tell them apart.
        said.char_indices().next_back().map_or(0, |(last, _)| last)
    } else {
        span.len()
    };
    Leaf { text: text.to_owned(), span: span.start..span.start + length }
}

/// Reads the inlines of `text[span]`, which has no line end.
pub fn inlines(text: &str, span: Span) -> Vec<Inline> {
    let leaf = |range: Span| Inline::Text(Leaf { text: text[range.clone()].to_owned(), span: range });
    let mut found = Vec::new();
    let mut at = span.start;
    for link in LINK.captures_iter(&text[span.clone()]) {
        let whole = link.get_match().range();
        let content = link.get(1).map_or(0..0, |content| content.range());
        if at < span.start + whole.start {
            found.push(leaf(at..span.start + whole.start));
        }
        let url = link.get(2).map_or("", |url| url.as_str()).to_owned();
        found.push(Inline::Link { url, content: vec![leaf(span.start + content.start..span.start + content.end)] });
        at = span.start + whole.end;
    }
    if at < span.end {
        found.push(leaf(at..span.end));
    }
    address::linked(found)
}

/// Finds the destinations of the links in a line.
pub fn destinations(line: &str) -> Vec<Span> {
    LINK.captures_iter(line).filter_map(|link| link.get(2)).map(|destination| destination.range()).collect()
}
