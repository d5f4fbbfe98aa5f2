//! What no page holds: tables, links, notes and paragraphs beyond all measure.
//!
//! What enters: a [`Tree`]. What leaves: the same words in a form that can be set in reasonable time and read, and each
//! place where a limit was met. No limit ever takes a word away.

use super::{Alignment, Block, Inline, Leaf, Tree, passage};
use std::collections::BTreeMap;

/// The deepest nesting of blocks or inlines that is kept; deeper containers are opened up and their text is kept.
/// Typst gives up on a whole book where about fifteen quotations stand inside one another.
pub const DEEPEST_NESTING: usize = 16;
/// The widest table that is set as one, in characters: the longest words of its columns, and two for the blank between
/// two columns. A page turned on its side holds some 130; such a table is scaled to little more than half.
pub const WIDEST_TABLE: usize = 220;
/// The longest address that becomes a link, in bytes. Typst refuses more than 8,000.
pub const LONGEST_ADDRESS: usize = 2_000;
/// The most lines and other pieces that stand in one paragraph. Typst takes quadratic time over them.
pub const LONGEST_PARAGRAPH: usize = 2_000;
/// The deepest nesting of footnotes in footnotes; deeper ones stand below the text.
pub const DEEPEST_NOTES: usize = 4;

/// A limit that a text met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// Deeper than [`DEEPEST_NESTING`].
    Nesting,
    /// A table wider than [`WIDEST_TABLE`], with so many columns.
    Table(usize),
    /// An address longer than [`LONGEST_ADDRESS`], in bytes.
    Address(usize),
    /// A paragraph of more pieces than [`LONGEST_PARAGRAPH`].
    Paragraph(usize),
    /// Footnotes in footnotes deeper than [`DEEPEST_NOTES`].
    Notes,
}

impl Limit {
    /// The permanent name of its diagnostic.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Nesting => "deep-nesting",
            Self::Table(_) => "wide-table",
            Self::Address(_) => "long-address",
            Self::Paragraph(_) => "long-paragraph",
            Self::Notes => "deep-notes",
        }
    }

    /// Says what was found and what became of it.
    pub fn message(self) -> String {
        match self {
            Self::Nesting => format!(
                "quotations, lists or marks nest more than {DEEPEST_NESTING} deep here; the deeper ones are opened up \
                 and their text is set"
            ),
            Self::Table(columns) => {
                format!("this table of {columns} columns is too wide for a page; each row is set as a paragraph")
            }
            Self::Address(bytes) => format!(
                "this address has {bytes} bytes, more than the {LONGEST_ADDRESS} of a link; it is printed and leads \
                 nowhere"
            ),
            Self::Paragraph(pieces) => format!(
                "this paragraph has {pieces} pieces, more than the {LONGEST_PARAGRAPH} that are set as one; it is set \
                 as several"
            ),
            Self::Notes => format!(
                "footnotes stand more than {DEEPEST_NOTES} deep in footnotes here; the deeper ones are set below the text"
            ),
        }
    }

    /// Names an edit that mends it.
    pub fn help(self) -> &'static str {
        match self {
            Self::Nesting => "take away marks (`>`, `-`, `*`) that the capture should not have",
            Self::Table(_) => "split the table, or leave out columns that say nothing",
            Self::Address(_) => "shorten the address; what follows its `?` can often go",
            Self::Paragraph(_) => "put blank lines where paragraphs end",
            Self::Notes => "move the inner notes into the text",
        }
    }
}

/// Fits a tree to the limits.
pub fn fit(tree: &mut Tree) {
    let mut met = std::mem::take(&mut tree.limits);
    tree.footnotes.values_mut().chain([&mut tree.blocks]).for_each(|blocks| fit_blocks(blocks, &mut met));
    let mut cutter = Cutter { unset: std::mem::take(&mut tree.footnotes), set: BTreeMap::new(), met: &mut met };
    cutter.blocks(&mut tree.blocks, 0);
    while let Some((label, mut blocks)) = cutter.unset.pop_first() {
        cutter.blocks(&mut blocks, 0);
        cutter.set.insert(label, blocks);
    }
    tree.footnotes = cutter.set;
    met.sort_unstable_by_key(|(limit, at)| (*at, *limit));
    met.dedup();
    tree.limits = met;
}

type Met = Vec<(Limit, usize)>;

fn fit_blocks(blocks: &mut Vec<Block>, met: &mut Met) {
    if blocks.iter().any(is_beyond) {
        let mut fitted = Vec::with_capacity(blocks.len());
        for block in blocks.drain(..) {
            match block {
                Block::Paragraph(content) if content.len() > LONGEST_PARAGRAPH => cut(content, &mut fitted, met),
                Block::Table { alignments, head, rows } if width(&head, &rows) > WIDEST_TABLE => {
                    records(&alignments, head, rows, &mut fitted, met);
                }
                other => fitted.push(other),
            }
        }
        *blocks = fitted;
    }
    for block in blocks {
        match block {
            Block::Quote { blocks, .. } => fit_blocks(blocks, met),
            Block::List { items, .. } => items.iter_mut().for_each(|item| fit_blocks(item, met)),
            Block::Definitions(definitions) => {
                for definition in definitions {
                    fit_inlines(&mut definition.term, met);
                    definition.meanings.iter_mut().for_each(|meaning| fit_blocks(meaning, met));
                }
            }
            other => runs(other).into_iter().for_each(|content| fit_inlines(content, met)),
        }
    }
}

fn is_beyond(block: &Block) -> bool {
    match block {
        Block::Paragraph(content) => content.len() > LONGEST_PARAGRAPH,
        Block::Table { head, rows, .. } => width(head, rows) > WIDEST_TABLE,
        _ => false,
    }
}

/// The runs of inlines that stand in a block itself, not in blocks inside it.
fn runs(block: &mut Block) -> Vec<&mut Vec<Inline>> {
    match block {
        Block::Paragraph(content) | Block::Heading { content, .. } | Block::Question { content, .. } => vec![content],
        Block::Lines(lines) => lines.iter_mut().collect(),
        Block::Table { head, rows, .. } => head.iter_mut().chain(rows.iter_mut().flatten()).collect(),
        Block::Quote { .. } | Block::List { .. } | Block::Definitions(_) | Block::Code { .. } | Block::Rule => {
            Vec::new()
        }
    }
}

/// Cuts a paragraph at the ends of lines, where it has any.
fn cut(content: Vec<Inline>, into: &mut Vec<Block>, met: &mut Met) {
    let mut part = Vec::new();
    let pieces = content.len();
    let start = passage::start(&content).unwrap_or(0);
    let before = into.len();
    for inline in content {
        if part.len() >= LONGEST_PARAGRAPH && matches!(inline, Inline::SoftBreak | Inline::HardBreak) {
            into.push(Block::Paragraph(std::mem::take(&mut part)));
        } else {
            part.push(inline);
        }
    }
    into.push(Block::Paragraph(part));
    if into.len() > before + 1 {
        met.push((Limit::Paragraph(pieces), start));
    }
}

/// Measures the narrowest form of a table, in characters.
fn width(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> usize {
    let mut widest: Vec<usize> = Vec::new();
    for row in rows.iter().map(Vec::as_slice).chain([head]) {
        widest.resize(widest.len().max(row.len()), 0);
        for (column, cell) in widest.iter_mut().zip(row) {
            let text = passage::text(cell);
            let longest = text.split_whitespace().map(|word| word.chars().count()).max();
            *column = (*column).max(longest.unwrap_or(0));
        }
    }
    widest.iter().map(|column| column + 2).sum()
}

/// Sets a table as paragraphs: its head, then each row with the head of a column before each cell.
fn records(
    alignments: &[Alignment],
    head: Vec<Vec<Inline>>,
    rows: Vec<Vec<Vec<Inline>>>,
    into: &mut Vec<Block>,
    met: &mut Met,
) {
    let columns = rows.iter().map(Vec::len).chain([head.len(), alignments.len()]).max().unwrap_or(0);
    let cells = || head.iter().chain(rows.iter().flatten());
    met.push((Limit::Table(columns), cells().find_map(|cell| passage::start(cell)).unwrap_or(0)));
    let names: Vec<String> = head.iter().map(|cell| crate::text::squeeze(&passage::text(cell))).collect();
    let joined = |cells: Vec<Vec<Inline>>, names: &[String]| {
        let mut content = Vec::new();
        for (column, cell) in cells.into_iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let at = passage::start(&cell).unwrap_or(0);
            let mark = |text: &str| Inline::Text(Leaf { text: text.to_owned(), span: at..at });
            if !content.is_empty() {
                content.push(mark("; "));
            }
            if let Some(name) = names.get(column).filter(|name| !name.is_empty()) {
                content.push(Inline::Emphasis(vec![mark(&format!("{name}:"))]));
                content.push(mark(" "));
            }
            content.extend(cell);
        }
        content
    };
    let head = joined(head, &[]);
    if !head.is_empty() {
        into.push(Block::Paragraph(vec![Inline::Strong(head)]));
    }
    let rows = rows.into_iter().map(|row| joined(row, &names)).filter(|content| !content.is_empty());
    into.extend(rows.map(Block::Paragraph));
}

/// Takes links off addresses that are too long; an address that the text does not show is set behind its words.
fn fit_inlines(content: &mut Vec<Inline>, met: &mut Met) {
    let is_long = |inline: &Inline| matches!(inline, Inline::Link { url, .. } if url.len() > LONGEST_ADDRESS);
    if content.iter().any(is_long) {
        let mut fitted = Vec::with_capacity(content.len());
        for inline in content.drain(..) {
            match inline {
                Inline::Link { url, content } if url.len() > LONGEST_ADDRESS => {
                    let end = passage::end(&content).unwrap_or(0);
                    met.push((Limit::Address(url.len()), passage::start(&content).unwrap_or(end)));
                    let is_shown = url.contains(passage::text(&content).trim()) && !content.is_empty();
                    fitted.extend(content);
                    if !is_shown {
                        fitted.push(Inline::Text(Leaf { text: format!(" ({url})"), span: end..end }));
                    }
                }
                other => fitted.push(other),
            }
        }
        *content = fitted;
    }
    for inline in content {
        if let Some(inner) = inline.content_mut() {
            fit_inlines(inner, met);
        }
    }
}

/// Takes away the marks of footnotes that stand too deep in others, in the order in which notes are set; a note without
/// a mark is set below the text.
struct Cutter<'t> {
    unset: BTreeMap<String, Vec<Block>>,
    set: BTreeMap<String, Vec<Block>>,
    met: &'t mut Met,
}

impl Cutter<'_> {
    fn blocks(&mut self, blocks: &mut [Block], depth: usize) {
        for block in blocks {
            match block {
                Block::Quote { blocks, .. } => self.blocks(blocks, depth),
                Block::List { items, .. } => items.iter_mut().for_each(|item| self.blocks(item, depth)),
                Block::Definitions(definitions) => {
                    for definition in definitions {
                        self.inlines(&mut definition.term, depth);
                        definition.meanings.iter_mut().for_each(|meaning| self.blocks(meaning, depth));
                    }
                }
                other => runs(other).into_iter().for_each(|content| self.inlines(content, depth)),
            }
        }
    }

    fn inlines(&mut self, content: &mut Vec<Inline>, depth: usize) {
        content.retain_mut(|inline| match inline {
            Inline::FootnoteMark { label, span } => self.keeps(label, span.start, depth),
            other => {
                if let Some(content) = other.content_mut() {
                    self.inlines(content, depth);
                }
                true
            }
        });
    }

    /// Follows a mark to its note; tells whether the mark stays.
    fn keeps(&mut self, label: &str, at: usize, depth: usize) -> bool {
        if depth == DEEPEST_NOTES && self.unset.contains_key(label) {
            if !self.met.iter().any(|(limit, _)| *limit == Limit::Notes) {
                self.met.push((Limit::Notes, at));
            }
            return false;
        }
        if let Some((label, mut blocks)) = self.unset.remove_entry(label) {
            self.blocks(&mut blocks, depth + 1);
            self.set.insert(label, blocks);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::markdown;

    fn fitted(text: &str) -> (Tree, Vec<Limit>) {
        let mut tree = markdown::parse(text, 0..text.len());
        fit(&mut tree);
        let met = tree.limits.iter().map(|(limit, _)| *limit).collect();
        (tree, met)
    }

    fn words(tree: &Tree) -> Vec<String> {
        passage::passages(tree).runs.into_iter().map(|run| run.text).collect()
    }

    #[test]
    fn a_table_beyond_the_page_becomes_paragraphs_that_keep_every_cell() {
        let row = |word: &str| format!("|{}|\n", (0..60).map(|at| format!("{word}{at}")).collect::<Vec<_>>().join("|"));
        let (tree, met) = fitted(&format!("{}|{}\n{}", row("head"), "-|".repeat(60), row("cell")));
        assert_eq!(met, [Limit::Table(60)]);
        let [head, row] = words(&tree).try_into().expect("a paragraph for the head and one for the row");
        assert!(head.starts_with("head0; head1; ") && head.ends_with("head59"), "{head}");
        assert!(row.starts_with("head0: cell0; ") && row.ends_with("head59: cell59"), "{row}");
        assert_eq!(fitted("|a|b|\n|-|-|\n|c|d|\n").1, []);
    }

    #[test]
    fn an_address_beyond_a_link_is_printed_once() {
        let url = format!("http://a.example/{}", "x".repeat(LONGEST_ADDRESS));
        let (tree, met) = fitted(&format!("See [the page]({url}) and {url} too.\n"));
        assert_eq!(met.len(), 2);
        assert_eq!(words(&tree), [format!("See the page ({url}) and {url} too.")]);
    }

    #[test]
    fn notes_in_notes_end_at_a_depth_and_none_is_lost() {
        let notes: String = (0..100).map(|at| format!("[^{at}]: note {at}[^{}]\n\n", at + 1)).collect();
        let (tree, met) = fitted(&format!("Text[^0]\n\n{notes}"));
        assert_eq!(tree.footnotes.len(), 100);
        assert!(met.contains(&Limit::Notes));
    }

    #[test]
    fn a_paragraph_beyond_measure_is_cut_between_lines() {
        let text = "line\n".repeat(3 * LONGEST_PARAGRAPH);
        let (tree, met) = fitted(&text);
        assert!(matches!(met[..], [Limit::Paragraph(_)]), "{met:?}");
        assert!(tree.blocks.len() > 2);
        assert_eq!(words(&tree).concat().matches("line").count(), 3 * LONGEST_PARAGRAPH);
    }
}
