//! Markdown of any bytes: its leaves stand where they say, and no letter of its text is lost.

#![no_main]

use dossier::document::{Format, markdown};
use dossier_fuzz::{capture, counts, leaves, leaves_know_their_places};
use libfuzzer_sys::fuzz_target;
use pulldown_cmark::{Event, Parser};

/// The marks of containers in one line beyond which a reader may take some out.
const MANY_MARKS: usize = 64;

fuzz_target!(|bytes: &[u8]| {
    let source = capture("a.md", Format::Markdown, bytes);
    let body = source.front.span.end..source.text.len();
    let tree = markdown::parse(&source.text, body.clone());
    leaves_know_their_places(&source.text, &tree);
    let text = &source.text[body];
    let lower = text.to_ascii_lowercase();
    let is_flattened = |line: &str| line.matches(['>', '-', '+', '*', '.', ')']).count() >= MANY_MARKS;
    if lower.contains("<script") || lower.contains("<style") || text.lines().any(is_flattened) {
        return;
    }
    let wanted: String = Parser::new_ext(text, markdown::OPTIONS)
        .map(|event| match event {
            Event::Text(said) | Event::Code(said) | Event::InlineMath(said) | Event::DisplayMath(said) => {
                said.into_string()
            }
            _ => String::new(),
        })
        .collect();
    let found = counts(leaves(&tree).into_iter().map(|leaf| leaf.text.as_str()));
    for (character, count) in counts([wanted.as_str()]) {
        let found = found.get(&character).copied().unwrap_or_default();
        assert!(found >= count, "{character:?} stands {count} times in the text and {found} times in the tree");
    }
});
