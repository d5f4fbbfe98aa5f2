//! Markdown as a tree.
//!
//! What enters: a text and the span of its body. What leaves: a [`Tree`] whose leaves know their places in the text.
//! CommonMark with the usual extensions is read; the source's own characters stay (no smart punctuation). Parsing never
//! fails, visible text never vanishes, and nesting that no reader could follow is opened up instead of kept.

mod events;
mod frame;
mod grid;
mod guard;
mod html;
mod interview;
mod levels;

use crate::document::limits::Limit;
use crate::document::plain::words;
use crate::document::{Alignment, Block, Inline, Leaf, Tree};
use crate::text::Span;
pub use events::{OPTIONS, reference_definitions, walk};
use events::{fold, surplus_cells};
use frame::{Frame, Kind, Stack};
use grid::{Part, Step};
use html::{GridTag, Piece};
pub use html::{Shown, shown};
use pulldown_cmark::{Alignment as ColumnAlignment, BlockQuoteKind, CodeBlockKind, Event, LinkType, Tag, TagEnd};
use regex::Regex;
use std::sync::LazyLock;

/// An amount of money behind its dollar sign.
static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\d[\d.,]*(?:k|m|mn|bn?|t|tn)?(?:[^\p{L}\p{N}]|$)").expect("the pattern is fixed")
});

/// Reads the Markdown in `text[body]`.
pub fn parse(text: &str, body: Span) -> Tree {
    let mut builder = Builder { source: text, ..Builder::default() };
    walk(text, body, |event, span| {
        let at = span.start;
        builder.event(event, span);
        if builder.stack.is_too_deep {
            builder.deepest.get_or_insert(at);
        }
    });
    builder.finish()
}

/// Where hidden HTML (a script) began: the number of open frames and of inlines in the innermost.
type Hidden = (usize, usize);

/// The tree under construction.
#[derive(Debug, Default)]
struct Builder<'t> {
    source: &'t str,
    stack: Stack,
    code: Option<CodeBlock>,
    html: Option<Vec<(String, usize)>>,
    hidden: Option<Hidden>,
    /// Where nesting first went too deep.
    deepest: Option<usize>,
    programs: Vec<Leaf>,
    /// Where the last cell of a table ended.
    cell_end: usize,
}

/// A code block under construction.
#[derive(Debug)]
struct CodeBlock {
    language: Option<String>,
    text: String,
    span: Option<Span>,
}

impl Builder<'_> {
    /// Takes one event with its place in the source.
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, &span),
            Event::Text(text) => self.text(&text, span),
            Event::Code(code) => self.inline_code(&code, span),
            Event::InlineMath(math) => self.math(&math, span, MathStyle::Inline),
            Event::DisplayMath(math) => self.math(&math, span, MathStyle::Display),
            Event::Html(html) => match &mut self.html {
                Some(chunks) => chunks.push((html.into_string(), span.start)),
                None => self.html(&[(&html, span.start)]),
            },
            Event::InlineHtml(html) => self.html(&[(&html, span.start)]),
            Event::FootnoteReference(label) => {
                self.stack.push(Inline::FootnoteMark { label: fold(&label), span });
            }
            Event::SoftBreak => self.stack.push(Inline::SoftBreak),
            Event::HardBreak => self.stack.push(Inline::HardBreak),
            Event::Rule => self.stack.block(Block::Rule),
            Event::TaskListMarker(checked) => self.stack.push(Inline::Checkbox(checked)),
        }
    }

    /// Starts a Markdown element.
    fn start(&mut self, tag: Tag<'_>, span: Span) {
        if !is_inline(&tag) {
            // No script reaches from one block into the next.
            self.hidden = None;
            self.stack.settle();
        }
        match tag {
            Tag::Paragraph => {
                // Only the items of a loose list hold paragraphs.
                if let [.., Frame { kind: Kind::List { tight, .. }, .. }, Frame { kind: Kind::Item, .. }] =
                    self.stack.frames.as_mut_slice()
                {
                    *tight = false;
                }
                self.stack.open(Kind::Paragraph);
            }
            Tag::Heading { level, .. } => self.stack.open(Kind::Heading(level as u8)),
            Tag::BlockQuote(kind) => self.stack.open(Kind::Quote(kind.map(|kind| alert(kind).to_owned()))),
            Tag::CodeBlock(kind) => {
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().map(str::to_owned),
                    CodeBlockKind::Indented => None,
                };
                self.code = Some(CodeBlock { language, text: String::new(), span: None });
                self.stack.marks.push(false);
            }
            Tag::HtmlBlock => {
                self.html = Some(Vec::new());
                self.stack.marks.push(false);
            }
            Tag::List(start) => self.stack.open(Kind::List { start, tight: true, items: Vec::new() }),
            Tag::Item => self.stack.open(Kind::Item),
            Tag::FootnoteDefinition(label) => self.stack.open(Kind::Footnote(fold(&label))),
            Tag::DefinitionList => self.stack.open(Kind::Definitions(Vec::new())),
            Tag::DefinitionListTitle => self.stack.open(Kind::Term),
            Tag::DefinitionListDefinition => self.stack.open(Kind::Meaning),
            Tag::Table(alignments) => {
                let alignments = alignments.into_iter().map(column).collect();
                self.stack.open(Kind::Table { alignments, head: Vec::new(), rows: Vec::new() });
            }
            Tag::TableHead => self.stack.open(Kind::Head(Vec::new())),
            Tag::TableRow => self.stack.open(Kind::Row(Vec::new())),
            Tag::TableCell => self.stack.open(Kind::Cell),
            Tag::Emphasis => self.stack.open(Kind::Emphasis),
            Tag::Strong => self.stack.open(Kind::Strong),
            Tag::Strikethrough => self.stack.open(Kind::Strikethrough),
            Tag::Superscript => self.stack.open(Kind::Superscript),
            Tag::Subscript if self.stands_behind_bracket(&span) => self.stack.open(Kind::Subscript),
            // GitHub strikes out between single tildes too, and nothing can be lowered that stands alone.
            Tag::Subscript => self.stack.open(Kind::Strikethrough),
            Tag::Link { link_type, dest_url, .. } => {
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                self.stack.open(Kind::Link(format!("{scheme}{dest_url}")));
            }
            Tag::Image { dest_url, title, .. } => {
                let caption = self.caption(&title, &span);
                self.stack.open(Kind::Image(dest_url.into_string(), caption, span));
            }
            Tag::MetadataBlock(_) => self.stack.marks.push(false),
        }
    }

    /// Whether a closing bracket stands right before a place; behind a letter the parser takes no tilde for a mark.
    fn stands_behind_bracket(&self, span: &Span) -> bool {
        self.source.get(..span.start).is_some_and(|before| before.ends_with([')', ']', '}']))
    }

    /// Ends a Markdown element.
    fn end(&mut self, tag: TagEnd, span: &Span) {
        match tag {
            TagEnd::TableCell => self.cell_end = span.end,
            TagEnd::TableRow => self.surplus_cells(span.end),
            _ => {}
        }
        let has_frame = self.stack.marks.pop().unwrap_or(false);
        match tag {
            TagEnd::CodeBlock => {
                if let Some(CodeBlock { language, text, span: Some(span) }) = self.code.take() {
                    let text = text.strip_suffix('\n').unwrap_or(&text);
                    let end = self.source[..span.end].trim_end_matches(['\n', '\r']).len().max(span.start);
                    let leaf = words::leaf(self.source, text, span.start..end);
                    self.stack.block(Block::Code { leaf, language });
                }
            }
            TagEnd::HtmlBlock => {
                let chunks = self.html.take().unwrap_or_default();
                let chunks: Vec<(&str, usize)> = chunks.iter().map(|(text, at)| (text.as_str(), *at)).collect();
                self.html(&chunks);
                self.stack.settle();
                self.stack.heading = None;
            }
            _ if has_frame => {
                self.stack.close_html();
                if self.stack.top().kind.holds_blocks() {
                    self.stack.settle();
                }
                self.stack.close();
            }
            // An element that was opened up: what it held stays apart from what follows.
            TagEnd::TableCell => self.stack.push(Inline::SoftBreak),
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => self.stack.settle(),
            _ => {}
        }
    }

    /// Keeps the cells of a row that the head of its table has no column for; no parser of tables shows them.
    fn surplus_cells(&mut self, end: usize) {
        for cell in surplus_cells(self.source, self.cell_end..end) {
            self.stack.open(Kind::Cell);
            let leaf = words::leaf(self.source, &self.source[cell.clone()], cell);
            self.stack.push(Inline::Text(leaf));
            self.end(TagEnd::TableCell, &(end..end));
        }
    }

    /// Adds text.
    fn text(&mut self, text: &str, span: Span) {
        if let Some(code) = &mut self.code {
            code.text.push_str(text);
            let start = code.span.as_ref().map_or(span.start, |before| before.start);
            code.span = Some(start..span.end);
            return;
        }
        let leaf = words::leaf(self.source, text, span);
        self.stack.push(Inline::Text(leaf));
    }

    /// Makes a leaf of text that stands inside marks.
    fn inner(&self, text: &str, span: Span) -> Leaf {
        let inside = self.source.get(span.clone()).and_then(|source| source.find(text));
        let span = inside.map_or(span.clone(), |at| span.start + at..span.start + at + text.len());
        words::leaf(self.source, text, span)
    }

    /// Makes a leaf of the words that stand under a picture, if there are any.
    fn caption(&self, title: &str, span: &Span) -> Option<Leaf> {
        let title = title.trim();
        (!title.is_empty()).then(|| self.inner(title, span.clone()))
    }

    /// Adds inline code.
    fn inline_code(&mut self, code: &str, span: Span) {
        let leaf = self.inner(code, span);
        self.stack.push(Inline::Code(leaf));
    }

    /// Adds a formula with its dollar signs; an amount of money between two dollar signs is none.
    fn math(&mut self, math: &str, span: Span, style: MathStyle) {
        let after = self.source.get(span.end..).and_then(|rest| rest.chars().next());
        let is_money = style == MathStyle::Inline
            && AMOUNT.is_match(math)
            && (after.is_some_and(|c| c.is_ascii_digit()) || math.split_whitespace().count() > 2);
        let dollars = if style == MathStyle::Inline { "$" } else { "$$" };
        let leaf = words::leaf(self.source, &format!("{dollars}{math}{dollars}"), span);
        self.stack.push(match style {
            _ if is_money => Inline::Text(leaf),
            MathStyle::Inline => Inline::Math { leaf, display: false },
            MathStyle::Display => Inline::Math { leaf, display: true },
        });
    }

    /// Adds raw HTML.
    fn html(&mut self, chunks: &[(&str, usize)]) {
        for step in grid::fitted(html::pieces(chunks)) {
            let piece = match step {
                Step::Piece(piece) => piece,
                Step::Start(part) => {
                    self.stack.settle();
                    self.stack.open(match part {
                        Part::Table { columns } => Kind::Table {
                            alignments: vec![Alignment::Natural; columns],
                            head: Vec::new(),
                            rows: Vec::new(),
                        },
                        Part::Head => Kind::Head(Vec::new()),
                        Part::Row => Kind::Row(Vec::new()),
                        Part::Cell => Kind::Cell,
                    });
                    continue;
                }
                Step::End => {
                    self.stack.close_html();
                    if self.stack.marks.pop().unwrap_or(false) {
                        self.stack.close();
                    } else {
                        self.stack.leave_block();
                    }
                    continue;
                }
            };
            match piece {
                // Where surplus marks were taken out of a line, its places are those of the whole.
                Piece::Text(leaf) => {
                    self.stack.push(Inline::Text(words::leaf(self.source, &leaf.text, leaf.span)));
                }
                Piece::LineEnd | Piece::Grid(GridTag::Cell { .. } | GridTag::EndCell) => {
                    self.stack.push(Inline::SoftBreak)
                }
                Piece::Break => self.stack.push(Inline::HardBreak),
                Piece::Open(tag) => self.stack.open_html(tag),
                Piece::Close(tag) => self.stack.close_html_element(&tag),
                Piece::Image { url, alternative, caption, span } => {
                    let caption = self.caption(&caption, &span);
                    let alternative = if alternative.is_empty() {
                        Vec::new()
                    } else {
                        vec![Inline::Text(self.inner(&alternative, span.clone()))]
                    };
                    self.stack.push(Inline::Image { url, alternative, caption, span });
                }
                Piece::Block | Piece::Grid(_) => {
                    self.stack.leave_block();
                    self.stack.heading = None;
                }
                Piece::Heading(level) => {
                    self.stack.leave_block();
                    self.stack.heading = Some(level);
                }
                Piece::Rule if self.stack.top().kind.holds_blocks() => self.stack.block(Block::Rule),
                Piece::Rule => self.stack.push(Inline::HardBreak),
                Piece::Program(leaf) => self.programs.push(leaf),
                Piece::Hidden => self.hidden = Some((self.stack.frames.len(), self.stack.top().inlines.len())),
                Piece::Shown => {
                    if let Some((frames, inlines)) = self.hidden.take()
                        && frames == self.stack.frames.len()
                    {
                        let top = &mut self.stack.top().inlines;
                        let program = top.split_off(inlines.min(top.len()));
                        self.programs.extend(program.into_iter().filter_map(words_of));
                    }
                }
            }
        }
    }

    /// Closes what is open and fits the levels of the headings.
    fn finish(mut self) -> Tree {
        while !self.stack.frames.is_empty() {
            self.stack.settle();
            self.stack.close();
        }
        self.stack.settle();
        let mut tree = Tree {
            blocks: interview::questions(self.source, self.stack.root.blocks),
            footnotes: self.stack.footnotes,
            limits: self.deepest.map(|at| (Limit::Nesting, at)).into_iter().collect(),
            programs: self.programs,
        };
        levels::fit_headings(&mut tree);
        tree
    }
}

/// Gives the characters of a piece of a line, where it is nothing else.
fn words_of(inline: Inline) -> Option<Leaf> {
    match inline {
        Inline::Text(leaf) | Inline::Code(leaf) | Inline::Math { leaf, .. } => Some(leaf),
        _ => None,
    }
}

/// Whether a formula stands in the line or on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MathStyle {
    Inline,
    Display,
}

/// Whether an element is part of a line.
pub fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// The word that labels an alert.
fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "NOTE",
        BlockQuoteKind::Tip => "TIP",
        BlockQuoteKind::Important => "IMPORTANT",
        BlockQuoteKind::Warning => "WARNING",
        BlockQuoteKind::Caution => "CAUTION",
    }
}

/// The alignment of a column.
fn column(alignment: ColumnAlignment) -> Alignment {
    match alignment {
        ColumnAlignment::None => Alignment::Natural,
        ColumnAlignment::Left => Alignment::Left,
        ColumnAlignment::Center => Alignment::Centre,
        ColumnAlignment::Right => Alignment::Right,
    }
}

#[cfg(test)]
mod tests;
