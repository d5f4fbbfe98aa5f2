//! The laws that the targets hold whatever they are given.

use dossier::document::{Block, Format, Inline, Leaf, Tree};
use dossier::source::{Masking, Source};
use std::collections::BTreeMap;

/// Reads bytes as a capture, as it stands.
pub fn capture(path: &str, format: Format, bytes: &[u8]) -> Source {
    let (source, diagnostics) = Source::read(path, format, bytes, &Masking::Off);
    for diagnostic in &diagnostics {
        assert!(!diagnostic.message.is_empty(), "a problem without a word: {diagnostic:?}");
    }
    assert!(source.text.is_char_boundary(source.front.span.end), "the front matter ends inside a character");
    source
}

/// The leaves of a tree, body first.
pub fn leaves(tree: &Tree) -> Vec<&Leaf> {
    let mut leaves = Vec::new();
    blocks(&tree.blocks, &mut leaves);
    tree.footnotes.values().for_each(|note| blocks(note, &mut leaves));
    leaves
}

fn blocks<'t>(content: &'t [Block], leaves: &mut Vec<&'t Leaf>) {
    for block in content {
        match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => inlines(content, leaves),
            Block::Question { label, content } => {
                leaves.extend(label);
                inlines(content, leaves);
            }
            Block::List { items, .. } => items.iter().for_each(|item| blocks(item, leaves)),
            Block::Quote { blocks: content, .. } => blocks(content, leaves),
            Block::Code { leaf, .. } => leaves.push(leaf),
            Block::Lines(lines) => lines.iter().for_each(|line| inlines(line, leaves)),
            Block::Table { head, rows, .. } => {
                head.iter().chain(rows.iter().flatten()).for_each(|cell| inlines(cell, leaves));
            }
            Block::Definitions(definitions) => {
                for definition in definitions {
                    inlines(&definition.term, leaves);
                    definition.meanings.iter().for_each(|meaning| blocks(meaning, leaves));
                }
            }
            Block::Rule => {}
        }
    }
}

fn inlines<'t>(content: &'t [Inline], leaves: &mut Vec<&'t Leaf>) {
    for inline in content {
        match inline {
            Inline::Text(leaf) | Inline::Code(leaf) | Inline::Math { leaf, .. } => leaves.push(leaf),
            other => inlines(other.content(), leaves),
        }
    }
}

/// Fails unless every leaf stands in the text, and one as long as its place holds the text itself.
pub fn leaves_know_their_places(text: &str, tree: &Tree) {
    for leaf in leaves(tree) {
        let said = text.get(leaf.span.clone());
        let said = said.unwrap_or_else(|| panic!("{leaf:?} stands outside of the text"));
        if leaf.text.len() == leaf.span.len() {
            assert_eq!(said, leaf.text, "a leaf as long as its place");
        }
    }
}

/// The letters of a tree, in order.
pub fn letters(tree: &Tree) -> String {
    let text = leaves(tree).into_iter().flat_map(|leaf| leaf.text.chars());
    text.filter(|character| character.is_alphabetic()).collect()
}

/// How often each letter and digit stands in texts.
pub fn counts<'t>(texts: impl IntoIterator<Item = &'t str>) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for character in texts.into_iter().flat_map(str::chars).filter(|character| character.is_alphanumeric()) {
        *counts.entry(character).or_default() += 1;
    }
    counts
}
