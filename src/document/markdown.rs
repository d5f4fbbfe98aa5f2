//! Markdown as a tree.
//!
//! What enters: a text and the span of its body. What leaves: a [`Tree`] whose leaves know their places in the text.
//! CommonMark with the usual extensions is read; the source's own characters stay (no smart punctuation). Parsing never
//! fails, visible text never vanishes, and nesting that no reader could follow is opened up instead of kept.

mod events;
mod frame;
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
use html::Piece;
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
        for piece in html::pieces(chunks) {
            match piece {
                // Where surplus marks were taken out of a line, its places are those of the whole.
                Piece::Text(leaf) => {
                    self.stack.push(Inline::Text(words::leaf(self.source, &leaf.text, leaf.span)));
                }
                Piece::LineEnd => self.stack.push(Inline::SoftBreak),
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
                Piece::Block => {
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
                        let program = self.stack.top().inlines.split_off(inlines);
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
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<Block> {
        parse(text, 0..text.len()).blocks
    }

    /// Gathers the text of inlines, links as `words<address>`.
    fn text(inlines: &[Inline]) -> String {
        inlines
            .iter()
            .map(|inline| match inline {
                Inline::Text(leaf) | Inline::Code(leaf) | Inline::Math { leaf, .. } => leaf.text.clone(),
                Inline::SoftBreak | Inline::HardBreak => "\n".to_owned(),
                Inline::Emphasis(content) | Inline::Strong(content) | Inline::Subscript(content) => text(content),
                Inline::Link { url, content } => format!("{}<{url}>", text(content)),
                Inline::FootnoteMark { label, .. } => format!("[^{label}]"),
                _ => String::new(),
            })
            .collect()
    }

    fn paragraph(source: &str) -> String {
        match blocks(source).as_slice() {
            [Block::Paragraph(inlines)] => text(inlines),
            other => panic!("one paragraph was expected, not {other:?}"),
        }
    }

    #[test]
    fn leaves_know_their_places_in_the_whole_text() {
        let source = "title: x\n\nAn *old* `b&c` &amp; caf\u{e9}\n";
        let tree = parse(source, 10..source.len());
        let [Block::Paragraph(inlines)] = tree.blocks.as_slice() else { panic!("{tree:?}") };
        let Inline::Code(code) = &inlines[3] else { panic!("{inlines:?}") };
        assert_eq!((&source[code.span.clone()], code.text.as_str()), ("b&c", "b&c"));
        let Inline::Text(entity) = &inlines[5] else { panic!("{inlines:?}") };
        assert_eq!((&source[entity.span.clone()], entity.text.as_str()), ("&amp;", "&"));
    }

    #[test]
    fn bare_addresses_become_links_outside_of_links() {
        assert_eq!(
            paragraph("See https://a.example/x_y\\_z."),
            "See https://a.example/x_y_z<https://a.example/x_y_z>."
        );
        assert_eq!(paragraph("[www.a.example](http://b.example)"), "www.a.example<http://b.example>");
    }

    #[test]
    fn the_source_s_characters_stay() {
        assert_eq!(paragraph("\"He\" -- it's $5 and $6-$7..."), "\"He\" -- it's $5 and $6-$7...");
        assert_eq!(paragraph("See[^9] and [x]"), "See[^9] and [x]");
    }

    #[test]
    fn single_tildes_lower_behind_a_bracket_and_strike_out_elsewhere() {
        let kinds = |source: &str| match blocks(source).as_slice() {
            [Block::Paragraph(inlines)] => {
                let lowered = inlines.iter().filter(|inline| matches!(inline, Inline::Subscript(_))).count();
                let struck = inlines.iter().filter(|inline| matches!(inline, Inline::Strikethrough(_))).count();
                (lowered, struck)
            }
            other => panic!("one paragraph was expected, not {other:?}"),
        };
        assert_eq!(kinds("f(x)~1~ is not ~that~, \"~nor this~\"; H~2~O stays"), (1, 2));
    }

    #[test]
    fn amounts_of_money_are_no_formulas() {
        let formulas = |source: &str| match blocks(source).as_slice() {
            [Block::Paragraph(inlines)] => {
                inlines.iter().filter(|inline| matches!(inline, Inline::Math { .. })).count()
            }
            other => panic!("one paragraph was expected, not {other:?}"),
        };
        assert_eq!(formulas("It cost $5 or more like US$6, $1,200m to the state, US$7bn in all."), 0);
        assert_eq!(formulas("It is $5x + 2 = 17$, and $2$ is prime."), 2);
    }

    #[test]
    fn raw_html_keeps_its_text_and_loses_scripts() {
        assert_eq!(paragraph("a <b>c</b> <span>d</span><!-- e --> <script>f()</script>g"), "a c d g");
        assert_eq!(
            paragraph("<div>One <a href='http://a.example'>two</a><br>three &eacute;</div>"),
            "One two<http://a.example>\nthree \u{e9}"
        );
        assert!(matches!(blocks("<h2 id=x>Head</h2>\n").as_slice(), [Block::Heading { level: 1, .. }]));
    }

    #[test]
    fn headings_start_at_the_first_level() {
        let levels: Vec<u8> = blocks("## A\n\n#### B\n\n## C\n")
            .iter()
            .filter_map(|block| if let Block::Heading { level, .. } = block { Some(*level) } else { None })
            .collect();
        assert_eq!(levels, [1, 2, 1]);
    }

    #[test]
    fn lists_tell_tight_from_loose() {
        assert!(matches!(blocks("1. a\n2. b\n").as_slice(), [Block::List { start: Some(1), tight: true, .. }]));
        assert!(matches!(blocks("- a\n\n- b\n").as_slice(), [Block::List { start: None, tight: false, .. }]));
    }

    #[test]
    fn labelled_questions_are_questions() {
        let found = blocks("Question. 1 Why *now*?\nA: So.\n\n**Q2:** And then?\n\nWe go on.\n");
        let [
            Block::Question { label: Some(first), content },
            Block::Paragraph(answer),
            Block::Question { label: Some(second), .. },
            Block::Paragraph(_),
        ] = found.as_slice()
        else {
            panic!("{found:?}")
        };
        assert_eq!((first.text.as_str(), text(content).as_str()), ("Question. 1", "Why now?"));
        assert_eq!((second.text.as_str(), text(answer).as_str()), ("Q2:", "A: So."));
    }

    #[test]
    fn footnotes_are_kept_by_label() {
        let source = "A[^n].\n\n[^n]: Note.\n";
        let tree = parse(source, 0..source.len());
        assert_eq!(tree.footnotes.keys().collect::<Vec<_>>(), ["n"]);
    }

    #[test]
    fn nesting_beyond_reading_is_opened_up_and_its_text_stays() {
        for (mark, end) in [("> ", ""), ("- ", ""), ("*a **b ", "c** d*"), ("[", "]"), ("<b>", "</b>")] {
            let source = format!("{}word{}", mark.repeat(10_000), end.repeat(10_000));
            assert!(format!("{:?}", parse(&source, 0..source.len())).contains("word"), "{mark}");
        }
    }
}
