//! The questions of an interview written in Markdown.
//!
//! What enters: the blocks of a body. What leaves: the same blocks, with the paragraphs that a question's label opens
//! made questions. One labelled paragraph alone makes no interview.

use crate::document::plain::{marker, words};
use crate::document::{Block, Inline, Leaf};
use crate::text::squeeze;

/// Makes questions of the paragraphs that a question's label opens.
pub(super) fn questions(source: &str, blocks: Vec<Block>) -> Vec<Block> {
    let labelled = blocks.iter().filter(|block| label(block).is_some()).count();
    let answered = blocks.iter().any(|block| first_text(block).is_some_and(marker::is_answer));
    if labelled < 2 && !(labelled == 1 && answered) {
        return blocks;
    }
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        match (label(&block), block) {
            (Some(length), Block::Paragraph(inlines)) => split(source, inlines, length, &mut out),
            (_, block) => out.push(block),
        }
    }
    out
}

/// The text that opens a paragraph, inside of bold type too.
fn first_text(block: &Block) -> Option<&str> {
    let Block::Paragraph(inlines) = block else { return None };
    match inlines.first()? {
        Inline::Text(leaf) => Some(&leaf.text),
        Inline::Strong(content) => match content.as_slice() {
            [Inline::Text(leaf)] => Some(&leaf.text),
            _ => None,
        },
        _ => None,
    }
}

/// The length of the label that opens a paragraph.
fn label(block: &Block) -> Option<usize> {
    let length = marker::question(first_text(block)?)?;
    let Block::Paragraph(inlines) = block else { return None };
    // Bold type that says more than the label is the question's own.
    let is_whole = |content: &[Inline]| matches!(content, [Inline::Text(leaf)] if leaf.text.trim_end().len() <= length);
    match inlines.first() {
        Some(Inline::Strong(content)) if !is_whole(content) => None,
        _ => Some(length),
    }
}

/// Splits a paragraph into its question and, where an answer's label opens a line of it, the answer.
fn split(source: &str, inlines: Vec<Inline>, length: usize, out: &mut Vec<Block>) {
    let mut inlines = inlines.into_iter();
    let opening = match inlines.next() {
        Some(Inline::Strong(mut content)) => content.pop(),
        other => other,
    };
    let Some(Inline::Text(opening)) = opening else { return };
    let (said, rest) = opening.text.split_at(length.min(opening.text.len()));
    let is_verbatim = opening.text.len() == opening.span.len();
    let start = opening.span.start;
    let place = |from: usize, to: usize| if is_verbatim { start + from..start + to } else { opening.span.clone() };
    let label = words::leaf(source, &squeeze(said), place(0, said.trim_end().len()));
    let mut content: Vec<Inline> = Vec::new();
    if !rest.is_empty() {
        let span = place(said.len(), opening.text.len());
        content.push(Inline::Text(Leaf { text: rest.to_owned(), span }));
    }
    let mut answer: Option<Vec<Inline>> = None;
    for inline in inlines {
        let opens_answer = matches!(&inline, Inline::Text(leaf) if marker::is_answer(&leaf.text));
        let is_at_line_start = matches!(content.last(), Some(Inline::SoftBreak | Inline::HardBreak));
        match &mut answer {
            Some(answer) => answer.push(inline),
            None if opens_answer && is_at_line_start => {
                content.pop();
                answer = Some(vec![inline]);
            }
            None => content.push(inline),
        }
    }
    if let Some(Inline::Text(leaf)) = content.first_mut() {
        let blanks = leaf.text.len() - leaf.text.trim_start().len();
        if blanks > 0 && leaf.text.len() == leaf.span.len() {
            leaf.text.drain(..blanks);
            leaf.span.start += blanks;
        }
    }
    out.push(Block::Question { label: Some(label), content });
    out.extend(answer.map(Block::Paragraph));
}
