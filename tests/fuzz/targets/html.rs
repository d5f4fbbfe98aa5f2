//! Saved pages of any bytes: what is set and what is left out are the text of the page, once and in order, and what is
//! masked shows no detail that masking finds.

#![no_main]

use dossier::collection::{Capture, collect};
use dossier::document::clutter;
use dossier::document::mask::mask;
use dossier::document::{Format, markdown};
use dossier::settings::Settings;
use dossier::source::{Masking, Source};
use dossier::web::dom::{self, Kind};
use dossier::web::{self, Page};
use dossier_fuzz::{capture, leaves, leaves_know_their_places};
use libfuzzer_sys::fuzz_target;
use std::collections::BTreeMap;

/// What a page's text gains: the words for a picture and the names of what cannot be printed.
const ADDING: [&str; 6] = ["alt", "<iframe", "<video", "<audio", "<object", "<svg"];

/// The letters and digits of a text.
fn bare(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}

/// Fails unless the letters that are set and left out are those of the page, in its order.
fn conserves(html: &str) {
    let Page { text, lines, dropped, .. } = web::read(html);
    assert_eq!(text.matches('\n').count(), lines.len(), "every line knows its place in the file");
    let tree = markdown::parse(&text, 0..text.len());
    leaves_know_their_places(&text, &tree);
    let lower = html.to_lowercase();
    if ADDING.iter().any(|adding| lower.contains(adding)) {
        return;
    }
    // What is left out can stand in the middle of a leaf.
    let mut pieces: Vec<(usize, usize, String)> = leaves(&tree)
        .into_iter()
        .flat_map(|leaf| leaf.text.char_indices().map(|(at, sign)| (leaf.span.start + at, 1, sign.to_string())))
        .collect();
    pieces.extend(dropped.iter().map(|omission| (omission.span.start, 0, omission.text.clone())));
    pieces.sort_by_key(|(at, rank, _)| (*at, *rank));
    let kept: String = pieces.iter().map(|(_, _, text)| bare(text)).collect();
    let (dom, _) = dom::parse(html);
    let wanted = dom.nodes.iter().map(|node| match &node.kind {
        Kind::Text(text) => bare(text),
        Kind::Element(_) => String::new(),
    });
    assert_eq!(kept, wanted.collect::<String>(), "{html:?}\n{text}");
}

/// Fails where masking finds a detail in what it masked.
fn is_masked(source: &Source) {
    let title = source.front.title.as_ref().map(|title| title.value.as_str());
    let texts = source.dropped.iter().map(|omission| omission.text.as_str()).chain(title);
    for text in texts.chain([source.text.as_ref()]) {
        let again = mask(text, &[]);
        assert!(again.masks.is_empty(), "masked once: {text:?}\nmasked again: {:?}", again.text);
    }
}

fuzz_target!(|bytes: &[u8]| {
    conserves(&capture("a.txt", Format::Plain, bytes).text);
    is_masked(&Source::read("a.html", Format::Html, bytes, &Masking::On { keep: Vec::new() }).0);
    let settings = Settings { mask: bytes.len() % 2 == 0, ..Settings::default() };
    let page = Capture { path: "a.html".to_owned(), bytes: bytes.to_vec(), format: Format::Html, withheld: None };
    let (collection, problems) = collect(vec![page], &settings, &BTreeMap::new());
    assert!(problems.iter().all(|problem| !problem.message.is_empty()));
    for document in collection.captures() {
        // The tree is read from what is not left out.
        leaves_know_their_places(&clutter::blank(&document.source.text, &document.omissions), &document.tree);
    }
});
