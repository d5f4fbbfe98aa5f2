//! A small collection of any bytes, all the way: Typst parses what is written for it, the literals say what the trees say,
//! and now and then the pages are set.

#![no_main]

use dossier::annotation::annotate;
use dossier::collection::{Capture, collect};
use dossier::document::Format;
use dossier::edition::{Imprint, edit, glossary};
use dossier::forme;
use dossier::forme::glyphs::Coverage;
use dossier::layout::{DEFAULT, Layout, load};
use dossier::organization::Authority;
use dossier::press::{self, FontSources, Shop, gather_fonts};
use dossier::settings::Settings;
use dossier_fuzz::leaves;
use libfuzzer_sys::fuzz_target;
use std::cell::RefCell;
use std::collections::BTreeMap;
use typst::syntax::{SyntaxKind, SyntaxNode, ast, parse};

/// How many collections are written for one whose pages are set.
const SETTING: usize = 256;

/// What is the same for every collection.
struct Workshop {
    shop: Shop,
    coverage: Coverage,
    authority: Authority,
    layout: Layout,
}

thread_local! {
    static WORKSHOP: RefCell<Workshop> = {
        let shop = Shop::new(gather_fonts(&FontSources::default()));
        let coverage = shop.coverage();
        let layout = load(DEFAULT, &BTreeMap::new()).0.expect("the layout is embedded");
        RefCell::new(Workshop { shop, coverage, authority: Authority::embedded(), layout })
    };
}

/// The strings of a syntax tree, in order.
fn strings(node: &SyntaxNode, out: &mut String) {
    if node.kind() == SyntaxKind::Str {
        out.push_str(&node.cast::<ast::Str>().expect("a string").get());
    }
    node.children().for_each(|child| strings(child, out));
}

/// How often each letter and digit stands in a text, of those that every text face has.
fn counted(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for character in text.chars().filter(|character| character.is_alphanumeric() && *character < '\u{180}') {
        *counts.entry(character).or_default() += 1;
    }
    counts
}

/// Takes bytes for up to four captures, Markdown and plain text by turns.
fn captures(bytes: &[u8]) -> Vec<Capture> {
    let kinds = [("md", Format::Markdown), ("txt", Format::Plain)];
    let parts = bytes.split(|byte| *byte == 0).take(4).enumerate();
    let capture = |(index, bytes): (usize, &[u8])| {
        let (extension, format) = kinds[index % kinds.len()];
        Capture { path: format!("{index}.{extension}"), bytes: bytes.to_vec(), format, withheld: None }
    };
    parts.map(capture).collect()
}

fuzz_target!(|bytes: &[u8]| {
    let settings = Settings { mask: bytes.len() % 2 == 0, ..Settings::default() };
    let (collection, _) = collect(captures(bytes), &settings, &BTreeMap::new());
    WORKSHOP.with_borrow_mut(|Workshop { shop, coverage, authority, layout }| {
        let annotated = annotate(collection, authority, |_, _| true);
        let imprint = Imprint { folder: "papers".to_owned(), ..Imprint::default() };
        let edition =
            edit(annotated, &settings, &imprint, layout).unwrap_or_else(|problem| panic!("{}", problem.message));
        let documents = forme::set_documents(&edition, coverage);
        for (document, set) in edition.annotated.collection.documents.iter().zip(&documents) {
            if set.unprintable.is_some() {
                continue;
            }
            let mut said = String::new();
            strings(&parse(&set.code), &mut said);
            let found = counted(&said);
            let text: String = leaves(&document.tree).into_iter().map(|leaf| leaf.text.as_str()).collect();
            for (character, count) in counted(&text) {
                let found = found.get(&character).copied().unwrap_or_default();
                assert!(found >= count, "{character:?}: {count} times in the tree, {found} times in the code");
            }
        }
        let glossary = glossary::compile(&edition, None).unwrap_or_else(|problem| panic!("{}", problem.message));
        let forme = forme::lock_up(&edition, &documents, &glossary, layout, coverage, None);
        for (path, code) in &forme.files {
            let (errors, _) = parse(code).errors_and_warnings();
            assert!(errors.is_empty(), "{path}: {:?}\n{code}", errors.first().map(|error| &error.message));
        }
        let is_set = bytes.iter().map(|byte| usize::from(*byte)).sum::<usize>() % SETTING == 0;
        if is_set && let Err(unset) = press::set(&edition, layout, shop, &mut |_| {}) {
            panic!("{:?}", unset.diagnostics.iter().map(|problem| &problem.message).collect::<Vec<_>>());
        }
    });
});
