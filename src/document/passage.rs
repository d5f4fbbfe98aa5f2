//! The passages of a tree: its runs of text, in one fixed order.
//!
//! What enters: a [`Tree`]. What leaves: each paragraph-like run of inlines as one string, numbered in the order in
//! which this module visits them. Whoever annotates passages and whoever sets them count the same way.

use super::{Block, Inline, Leaf, Tree};
use std::collections::BTreeMap;

/// A run of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its characters; every line end in it is `\n`.
    pub text: String,
    /// The source offset of its first character.
    pub start: usize,
    /// What kind of block it is set in.
    pub setting: Setting,
}

/// The kind of block that a run of text is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// A paragraph, an item, a cell.
    Running,
    /// A heading.
    Heading,
    /// A line that is kept as it is broken.
    Line,
}

/// The passages of a tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passages {
    /// The runs of text, in order.
    pub runs: Vec<Run>,
    /// The number of the first passage of each footnote, by label.
    pub footnotes: BTreeMap<String, usize>,
}

/// Gathers the passages of a tree: those of the body, then those of the footnotes by label.
pub fn passages(tree: &Tree) -> Passages {
    let mut runs = Vec::new();
    visit(&tree.blocks, &mut |content, setting| runs.push(run(content, setting)));
    let mut footnotes = BTreeMap::new();
    for (label, blocks) in &tree.footnotes {
        footnotes.insert(label.clone(), runs.len());
        visit(blocks, &mut |content, setting| runs.push(run(content, setting)));
    }
    Passages { runs, footnotes }
}

/// Gives the addresses of the pictures that a tree refers to, in order.
pub fn pictures(tree: &Tree) -> Vec<&str> {
    fn gather<'t>(content: &'t [Inline], found: &mut Vec<&'t str>) {
        for inline in content {
            match inline {
                Inline::Image { url, .. } => found.push(url),
                other => gather(other.content(), found),
            }
        }
    }
    let mut found = Vec::new();
    visit(&tree.blocks, &mut |content, _| gather(content, &mut found));
    tree.footnotes.values().for_each(|blocks| visit(blocks, &mut |content, _| gather(content, &mut found)));
    found
}

fn run(content: &[Inline], setting: Setting) -> Run {
    Run { text: text(content), start: start(content).unwrap_or(0), setting }
}

/// Calls `passage` with every run of inlines, in the order in which passages are numbered.
pub fn visit<'t>(blocks: &'t [Block], passage: &mut dyn FnMut(&'t [Inline], Setting)) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Question { content, .. } => passage(content, Setting::Running),
            Block::Heading { content, .. } => passage(content, Setting::Heading),
            Block::List { items, .. } => items.iter().for_each(|item| visit(item, passage)),
            Block::Quote { blocks, .. } => visit(blocks, passage),
            Block::Lines(lines) => lines.iter().for_each(|line| passage(line, Setting::Line)),
            Block::Table { head, rows, .. } => {
                head.iter().chain(rows.iter().flatten()).for_each(|cell| passage(cell, Setting::Running));
            }
            Block::Definitions(definitions) => {
                for definition in definitions {
                    passage(&definition.term, Setting::Running);
                    definition.meanings.iter().for_each(|meaning| visit(meaning, passage));
                }
            }
            Block::Code { .. } | Block::Rule => {}
        }
    }
}

/// What is set and stands in no passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// Lines in a fixed-width face.
    Code,
    /// Who asks a question.
    Label,
}

/// Calls `found` with all that is set and stands in no passage, in order.
pub fn beside<'t>(blocks: &'t [Block], found: &mut dyn FnMut(Beside, &'t Leaf)) {
    for block in blocks {
        match block {
            Block::Code { leaf, .. } => found(Beside::Code, leaf),
            Block::Question { label: Some(leaf), .. } => found(Beside::Label, leaf),
            Block::List { items, .. } => items.iter().for_each(|item| beside(item, found)),
            Block::Quote { blocks, .. } => beside(blocks, found),
            Block::Definitions(definitions) => {
                definitions.iter().flat_map(|definition| &definition.meanings).for_each(|blocks| beside(blocks, found));
            }
            Block::Question { label: None, .. }
            | Block::Paragraph(_)
            | Block::Heading { .. }
            | Block::Lines(_)
            | Block::Table { .. }
            | Block::Rule => {}
        }
    }
}

/// Gives the characters of a run of inlines; every line end in it is `\n`.
pub fn text(content: &[Inline]) -> String {
    let mut text = String::new();
    write(content, &mut text);
    text
}

fn write(content: &[Inline], text: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(leaf) | Inline::Code(leaf) | Inline::Math { leaf, .. } => text.push_str(&leaf.text),
            Inline::SoftBreak | Inline::HardBreak => text.push('\n'),
            other => write(other.content(), text),
        }
    }
}

/// Gives the source offset of the first character of a run of inlines.
pub fn start(content: &[Inline]) -> Option<usize> {
    content.iter().find_map(|inline| match inline {
        Inline::Text(Leaf { span, .. })
        | Inline::Code(Leaf { span, .. })
        | Inline::Math { leaf: Leaf { span, .. }, .. }
        | Inline::Image { span, .. }
        | Inline::FootnoteMark { span, .. } => Some(span.start),
        other => start(other.content()),
    })
}

/// Gives the source offset behind the last character of a run of inlines.
pub fn end(content: &[Inline]) -> Option<usize> {
    content.iter().rev().find_map(|inline| match inline {
        Inline::Text(Leaf { span, .. })
        | Inline::Code(Leaf { span, .. })
        | Inline::Math { leaf: Leaf { span, .. }, .. }
        | Inline::Image { span, .. }
        | Inline::FootnoteMark { span, .. } => Some(span.end),
        other => end(other.content()),
    })
}
