//! The containers that are open while Markdown is read.
//!
//! What enters: blocks and inlines in the order of the text. What leaves: each container's content, given to the
//! container around it when it closes. A container beyond the deepest nesting is never opened; what it would hold goes
//! to the one around it.

use super::html::Tag as HtmlTag;
use crate::document::limits::DEEPEST_NESTING;
use crate::document::plain::address;
use crate::document::{Alignment, Block, Definition, Inline, Leaf};
use crate::text::Span;
use std::collections::BTreeMap;

/// What an open frame will become.
#[derive(Debug, Default)]
pub(super) enum Kind {
    #[default]
    Root,
    Paragraph,
    Heading(u8),
    Quote(Option<String>),
    List {
        start: Option<u64>,
        tight: bool,
        items: Vec<Vec<Block>>,
    },
    Item,
    Footnote(String),
    Definitions(Vec<Definition>),
    Term,
    Meaning,
    Table {
        alignments: Vec<Alignment>,
        head: Vec<Vec<Inline>>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Head(Vec<Vec<Inline>>),
    Row(Vec<Vec<Inline>>),
    Cell,
    Emphasis,
    Strong,
    Strikethrough,
    Superscript,
    Subscript,
    Link(String),
    Image(String, Option<Leaf>, Span),
}

impl Kind {
    /// Whether it holds blocks, so that loose text in it becomes a paragraph.
    pub(super) fn holds_blocks(&self) -> bool {
        matches!(self, Self::Root | Self::Quote(_) | Self::Item | Self::Footnote(_) | Self::Meaning)
    }
}

/// A container that is being filled.
#[derive(Debug, Default)]
pub(super) struct Frame {
    pub(super) kind: Kind,
    /// The HTML element that opened it, where none of Markdown's own marks did.
    pub(super) html: Option<HtmlTag>,
    pub(super) blocks: Vec<Block>,
    pub(super) inlines: Vec<Inline>,
}

/// The open containers.
#[derive(Debug, Default)]
pub(super) struct Stack {
    /// The last is the innermost.
    pub(super) frames: Vec<Frame>,
    /// What stands in no container.
    pub(super) root: Frame,
    /// For each open Markdown element whether it has a frame (or was opened up).
    pub(super) marks: Vec<bool>,
    /// The footnotes that are closed.
    pub(super) footnotes: BTreeMap<String, Vec<Block>>,
    /// The open links and pictures, inside which no address becomes a link.
    links: usize,
    /// The level of the heading that the next loose text is, where HTML opened one.
    pub(super) heading: Option<u8>,
    /// Whether a container was opened up because it stands too deep.
    pub(super) is_too_deep: bool,
}

impl Stack {
    /// The innermost container.
    pub(super) fn top(&mut self) -> &mut Frame {
        self.frames.last_mut().unwrap_or(&mut self.root)
    }

    /// Adds a piece of a line.
    pub(super) fn push(&mut self, inline: Inline) {
        self.top().inlines.push(inline);
    }

    /// Adds a block, after the loose text before it.
    pub(super) fn block(&mut self, block: Block) {
        self.settle();
        self.top().blocks.push(block);
    }

    /// Makes a paragraph of the loose text in the innermost container of blocks.
    pub(super) fn settle(&mut self) {
        self.close_html();
        if !self.top().kind.holds_blocks() {
            return;
        }
        let inlines = std::mem::take(&mut self.top().inlines);
        let inlines = self.finished(inlines);
        if inlines.is_empty() {
            return;
        }
        let block = match self.heading.take() {
            Some(level) => Block::Heading { level, content: inlines },
            None => Block::Paragraph(inlines),
        };
        self.top().blocks.push(block);
    }

    /// Joins text, finds bare addresses and takes blank ends off.
    fn finished(&self, inlines: Vec<Inline>) -> Vec<Inline> {
        let mut inlines = if self.links > 0 { address::joined(inlines) } else { address::linked(inlines) };
        let is_blank = |inline: &Inline| match inline {
            Inline::SoftBreak | Inline::HardBreak => true,
            Inline::Text(leaf) => leaf.text.trim().is_empty(),
            _ => false,
        };
        while inlines.last().is_some_and(is_blank) {
            inlines.pop();
        }
        let blank = inlines.iter().take_while(|inline| is_blank(inline)).count();
        inlines.drain(..blank);
        inlines
    }

    /// Whether so many containers more can stand here; notes where they cannot. A list and its item are one.
    fn has_room(&mut self, further: usize) -> bool {
        let depth = self.frames.iter().filter(|frame| !matches!(frame.kind, Kind::Item)).count();
        let has_room = depth + further < DEEPEST_NESTING;
        self.is_too_deep |= !has_room;
        has_room
    }

    /// Opens a container, or notes that it is opened up.
    pub(super) fn open(&mut self, kind: Kind) {
        let is_part = match &kind {
            Kind::Item => matches!(self.top().kind, Kind::List { .. }),
            Kind::Term | Kind::Meaning => matches!(self.top().kind, Kind::Definitions(_)),
            Kind::Head(_) | Kind::Row(_) => matches!(self.top().kind, Kind::Table { .. }),
            Kind::Cell => matches!(self.top().kind, Kind::Head(_) | Kind::Row(_)),
            Kind::Paragraph | Kind::Heading(_) => self.top().kind.holds_blocks(),
            // Room is left for the parts of a list or table and for the text in them.
            Kind::List { .. } | Kind::Table { .. } | Kind::Definitions(_) | Kind::Quote(_) | Kind::Footnote(_) => {
                self.top().kind.holds_blocks() && self.has_room(4)
            }
            _ => self.has_room(0),
        };
        if is_part {
            self.links += usize::from(matches!(kind, Kind::Link(_) | Kind::Image(..)));
            self.frames.push(Frame { kind, ..Frame::default() });
        }
        self.marks.push(is_part);
    }

    /// Closes the innermost frame and gives what it became to the one around it.
    pub(super) fn close(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        let Frame { kind, mut blocks, inlines, .. } = frame;
        let ends_link = matches!(kind, Kind::Link(_) | Kind::Image(..));
        let inlines = if kind.holds_blocks() { inlines } else { self.finished_part(&kind, inlines) };
        self.links -= usize::from(ends_link);
        match kind {
            Kind::Root => {}
            Kind::Paragraph if inlines.is_empty() => {}
            Kind::Paragraph => self.top().blocks.push(Block::Paragraph(inlines)),
            Kind::Heading(level) => self.top().blocks.push(Block::Heading { level, content: inlines }),
            Kind::Quote(label) => self.top().blocks.push(Block::Quote { label, blocks }),
            Kind::List { start, tight, items } => self.top().blocks.push(Block::List { start, tight, items }),
            Kind::Item => {
                if let Kind::List { items, .. } = &mut self.top().kind {
                    items.push(blocks);
                }
            }
            Kind::Footnote(label) => self.footnotes.entry(label).or_default().append(&mut blocks),
            Kind::Definitions(definitions) => self.top().blocks.push(Block::Definitions(definitions)),
            Kind::Term => {
                if let Kind::Definitions(definitions) = &mut self.top().kind {
                    definitions.push(Definition { term: inlines, meanings: Vec::new() });
                }
            }
            Kind::Meaning => {
                if let Kind::Definitions(definitions) = &mut self.top().kind {
                    if definitions.is_empty() {
                        definitions.push(Definition { term: Vec::new(), meanings: Vec::new() });
                    }
                    definitions.iter_mut().last().expect("there is one now").meanings.push(blocks);
                }
            }
            Kind::Table { alignments, head, rows } => {
                self.top().blocks.push(Block::Table { alignments, head, rows });
            }
            Kind::Head(cells) => {
                if let Kind::Table { head, .. } = &mut self.top().kind {
                    *head = cells;
                }
            }
            Kind::Row(cells) => {
                if let Kind::Table { rows, .. } = &mut self.top().kind {
                    rows.push(cells);
                }
            }
            Kind::Cell => {
                if let Kind::Head(cells) | Kind::Row(cells) = &mut self.top().kind {
                    cells.push(inlines);
                }
            }
            Kind::Emphasis => self.wrap(inlines, Inline::Emphasis),
            Kind::Strong => self.wrap(inlines, Inline::Strong),
            Kind::Strikethrough => self.wrap(inlines, Inline::Strikethrough),
            Kind::Superscript => self.wrap(inlines, Inline::Superscript),
            Kind::Subscript => self.wrap(inlines, Inline::Subscript),
            Kind::Link(url) => self.wrap(inlines, |content| Inline::Link { url, content }),
            Kind::Image(url, caption, span) => self.push(Inline::Image { url, alternative: inlines, caption, span }),
        }
    }

    /// Finishes the inlines of a frame; inside a line blank ends are part of the text.
    fn finished_part(&self, kind: &Kind, inlines: Vec<Inline>) -> Vec<Inline> {
        match kind {
            Kind::Paragraph | Kind::Heading(_) | Kind::Cell | Kind::Term => self.finished(inlines),
            _ if self.links > 0 => address::joined(inlines),
            _ => address::linked(inlines),
        }
    }

    /// Wraps inlines, unless there are none.
    fn wrap(&mut self, inlines: Vec<Inline>, with: impl FnOnce(Vec<Inline>) -> Inline) {
        if !inlines.is_empty() {
            self.push(with(inlines));
        }
    }

    /// Ends a paragraph, or a line where only a line can end.
    pub(super) fn leave_block(&mut self) {
        self.close_html();
        if self.top().kind.holds_blocks() {
            self.settle();
        } else if !self.top().inlines.is_empty() {
            self.push(Inline::HardBreak);
        }
    }

    /// Opens an inline HTML element.
    pub(super) fn open_html(&mut self, tag: HtmlTag) {
        if !self.has_room(0) {
            return;
        }
        let kind = match &tag {
            HtmlTag::Strong => Kind::Strong,
            HtmlTag::Emphasis => Kind::Emphasis,
            HtmlTag::Superscript => Kind::Superscript,
            HtmlTag::Subscript => Kind::Subscript,
            HtmlTag::Strikethrough => Kind::Strikethrough,
            HtmlTag::Anchor(url) => Kind::Link(url.clone()),
        };
        self.links += usize::from(matches!(kind, Kind::Link(_)));
        self.frames.push(Frame { kind, html: Some(tag), ..Frame::default() });
    }

    /// Closes the innermost HTML element of this kind, if Markdown's own elements leave it open to us.
    pub(super) fn close_html_element(&mut self, tag: &HtmlTag) {
        let is_it = |open: &HtmlTag| std::mem::discriminant(open) == std::mem::discriminant(tag);
        let open = self.frames.iter().rev().map_while(|frame| frame.html.as_ref());
        if let Some(depth) = open.into_iter().position(is_it) {
            for _ in 0..=depth {
                self.close();
            }
        }
    }

    /// Closes the HTML elements that were left open.
    pub(super) fn close_html(&mut self) {
        while self.frames.last().is_some_and(|frame| frame.html.is_some()) {
            self.close();
        }
    }
}
