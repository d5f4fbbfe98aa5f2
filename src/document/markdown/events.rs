//! Markdown as the events of its parser.
//!
//! What enters: a text and the span of its body. What leaves: each event with its place in the text, and what the parser
//! knows besides or leaves out.

use super::guard;
use crate::text::Span;
use pulldown_cmark::{Event, Options, Parser};
use unicase::UniCase;

/// The extensions of CommonMark that are read.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_MATH)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_SUPERSCRIPT)
    .union(Options::ENABLE_SUBSCRIPT);

/// Hands each event of the Markdown in `text[body]` to `take`, with its place in the text.
pub fn walk(text: &str, body: Span, mut take: impl FnMut(Event<'_>, Span)) {
    let (start, guarded) = guarded(text, &body);
    for (event, range) in Parser::new_ext(&guarded.text, OPTIONS).into_offset_iter() {
        take(event, start + guarded.source(range.start)..start + guarded.source(range.end));
    }
}

/// Gives the places of the link reference definitions of the Markdown in `text[body]`, in order. Of several with one
/// label only the first is one.
pub fn reference_definitions(text: &str, body: Span) -> Vec<Span> {
    let (start, guarded) = guarded(text, &body);
    let parser = Parser::new_ext(&guarded.text, OPTIONS);
    let spans = parser.reference_definitions().iter().map(|(_, definition)| &definition.span);
    let mut found: Vec<Span> =
        spans.map(|span| start + guarded.source(span.start)..start + guarded.source(span.end)).collect();
    found.sort_by_key(|span| (span.start, span.end));
    found
}

/// Finds the cells in what follows the last column of a table's row.
pub(super) fn surplus_cells(text: &str, rest: Span) -> Vec<Span> {
    let source = text.get(rest.clone()).unwrap_or_default();
    let mut cells = Vec::new();
    let mut at = rest.start;
    for piece in source.split('|') {
        let blanks = piece.len() - piece.trim_start().len();
        if !piece.trim().is_empty() {
            cells.push(at + blanks..at + blanks + piece.trim().len());
        }
        at += piece.len() + 1;
    }
    cells
}

/// Folds the case of a footnote's label: a mark and its note may differ in it.
pub(super) fn fold(label: &str) -> String {
    UniCase::new(label).to_folded_case()
}

/// Gives where a body starts, and its text without nesting that no page shows.
fn guarded<'t>(text: &'t str, body: &Span) -> (usize, guard::Flattened<'t>) {
    let start = text.floor_char_boundary(body.start.min(text.len()));
    let end = text.ceil_char_boundary(body.end.clamp(start, text.len()));
    (start, guard::flattened(&text[start..end]))
}
