//! Directions that a text opens and does not close.
//!
//! What enters: a [`Tree`] or a line of text. What leaves: the same with every embedding, override and isolate closed
//! (Unicode Standard Annex 9), so that none reaches the next paragraph, a running head or a bookmark.

use super::{Block, Inline, Leaf, Tree, passage};
use std::borrow::Cow;

/// Ends the innermost embedding or override.
const POP_FORMATTING: char = '\u{202c}';
/// Ends the innermost isolate.
const POP_ISOLATE: char = '\u{2069}';

/// Gives what closes the directions that a text leaves open, the innermost first.
fn closing(text: &str) -> String {
    let mut open: Vec<char> = Vec::new();
    for character in text.chars() {
        match character {
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => open.push(POP_FORMATTING),
            '\u{2066}'..='\u{2068}' => open.push(POP_ISOLATE),
            POP_FORMATTING if open.last() == Some(&POP_FORMATTING) => drop(open.pop()),
            // The end of an isolate ends all that was opened in it (rule X6a).
            POP_ISOLATE => {
                if let Some(at) = open.iter().rposition(|end| *end == POP_ISOLATE) {
                    open.truncate(at);
                }
            }
            _ => {}
        }
    }
    open.into_iter().rev().collect()
}

/// Closes what a line leaves open.
pub fn closed(text: &str) -> Cow<'_, str> {
    let closing = closing(text);
    if closing.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(format!("{text}{closing}")) }
}

/// Closes what each paragraph of a tree leaves open.
pub fn close(tree: &mut Tree) {
    tree.footnotes.values_mut().chain([&mut tree.blocks]).for_each(|blocks| close_blocks(blocks));
}

fn close_blocks(blocks: &mut [Block]) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Heading { content, .. } | Block::Question { content, .. } => {
                close_run(content);
            }
            Block::Lines(lines) => lines.iter_mut().for_each(close_run),
            Block::Table { head, rows, .. } => head.iter_mut().chain(rows.iter_mut().flatten()).for_each(close_run),
            Block::Quote { blocks, .. } => close_blocks(blocks),
            Block::List { items, .. } => items.iter_mut().for_each(|item| close_blocks(item)),
            Block::Definitions(definitions) => {
                for definition in definitions {
                    close_run(&mut definition.term);
                    definition.meanings.iter_mut().for_each(|meaning| close_blocks(meaning));
                }
            }
            // Each line of a listing is a paragraph of its own to Typst.
            Block::Code { .. } | Block::Rule => {}
        }
    }
}

fn close_run(content: &mut Vec<Inline>) {
    let text = closing(&passage::text(content));
    if !text.is_empty() {
        let end = passage::end(content).unwrap_or(0);
        content.push(Inline::Text(Leaf { text, span: end..end }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::markdown;

    #[test]
    fn what_is_open_is_closed_in_order_and_what_is_closed_stays() {
        assert_eq!(closed("a \u{202b}b \u{2067}c"), "a \u{202b}b \u{2067}c\u{2069}\u{202c}");
        for whole in ["plain", "\u{202e}x\u{202c}", "\u{2067}\u{202e}x\u{2069}", "\u{2069}\u{202c}"] {
            assert_eq!(closed(whole), whole);
        }
    }

    #[test]
    fn each_paragraph_is_closed_across_its_pieces() {
        let text = "One \u{202e}*two* three\n\n- \u{2067}item **a\u{2069}**\n";
        let mut tree = markdown::parse(text, 0..text.len());
        close(&mut tree);
        let runs: Vec<String> = passage::passages(&tree).runs.into_iter().map(|run| run.text).collect();
        assert_eq!(runs, ["One \u{202e}two three\u{202c}", "\u{2067}item a\u{2069}"]);
    }
}
