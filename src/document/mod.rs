//! A document's text as a tree.
//!
//! What enters: the decoded (and, where asked, masked) text of one capture. What leaves: a [`Tree`] of blocks and
//! inlines whose leaves know where in the source they stand. Nothing here decides what a document *is* (its title,
//! kind or date), and nothing here knows about Typst.

pub mod bidi;
pub mod clutter;
pub mod limits;
pub mod markdown;
pub mod mask;
pub mod passage;
pub mod plain;

use crate::text::Span;
use limits::Limit;
use std::collections::BTreeMap;

/// How a capture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Markdown (CommonMark with the usual extensions).
    Markdown,
    /// Plain text.
    Plain,
    /// A saved web page, whose main text is read as Markdown.
    Html,
}

impl Format {
    /// Tells the format from a file name; `None` when it is no document that can be read.
    pub fn of(path: &str) -> Option<Self> {
        let (_, extension) = path.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "txt" => Some(Self::Plain),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            _ => None,
        }
    }

    /// Whether its text is Markdown, as written or as rendered.
    pub fn is_markdown(self) -> bool {
        self != Self::Plain
    }
}

/// One document's text: its blocks in order, and its footnotes by label.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tree {
    /// The blocks of the body, in reading order.
    pub blocks: Vec<Block>,
    /// The bodies of the footnotes that the text defines, by their label in this document.
    pub footnotes: BTreeMap<String, Vec<Block>>,
    /// The limits that the text met, and where in the source.
    pub limits: Vec<(Limit, usize)>,
    /// The programs and styles in raw HTML, which are never set.
    pub programs: Vec<Leaf>,
}

/// A run of characters and where it stands in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// The characters to be set.
    pub text: String,
    /// Their place in the source. Where `text` has as many bytes as the span, it is the source verbatim;
    /// otherwise (an entity, say) the span is what it was made from.
    pub span: Span,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Ordinary text.
    Text(Leaf),
    /// Text in a fixed-width face.
    Code(Leaf),
    /// A formula, shown as its source says it.
    Math {
        /// The formula's source.
        leaf: Leaf,
        /// Whether it stands on a line of its own.
        display: bool,
    },
    /// A line end in the source that is a mere space in print.
    SoftBreak,
    /// A line end that is kept.
    HardBreak,
    /// Emphasis, usually italic.
    Emphasis(Vec<Inline>),
    /// Strong emphasis, usually bold.
    Strong(Vec<Inline>),
    /// Text struck out.
    Strikethrough(Vec<Inline>),
    /// Raised text.
    Superscript(Vec<Inline>),
    /// Lowered text.
    Subscript(Vec<Inline>),
    /// A link.
    Link {
        /// Where it leads, as the source has it; empty or `#` where it leads nowhere.
        url: String,
        /// What is printed.
        content: Vec<Inline>,
    },
    /// A picture referred to by the text.
    Image {
        /// Where the picture is, as the source has it.
        url: String,
        /// The words that stand for it.
        alternative: Vec<Inline>,
        /// The words under it, where the source has some apart from these.
        caption: Option<Leaf>,
        /// Its place in the source.
        span: Span,
    },
    /// The mark of a footnote.
    FootnoteMark {
        /// The label of the footnote in this document.
        label: String,
        /// Its place in the source.
        span: Span,
    },
    /// The box of a task-list item.
    Checkbox(bool),
}

impl Inline {
    /// Gives what stands inside it, the words of a picture among that; nothing where nothing can stand inside.
    pub fn content(&self) -> &[Self] {
        match self {
            Self::Emphasis(content)
            | Self::Strong(content)
            | Self::Strikethrough(content)
            | Self::Superscript(content)
            | Self::Subscript(content)
            | Self::Link { content, .. }
            | Self::Image { alternative: content, .. } => content,
            Self::Text(_)
            | Self::Code(_)
            | Self::Math { .. }
            | Self::SoftBreak
            | Self::HardBreak
            | Self::FootnoteMark { .. }
            | Self::Checkbox(_) => &[],
        }
    }

    /// The same, for changing it; `None` where nothing can stand inside.
    pub fn content_mut(&mut self) -> Option<&mut Vec<Self>> {
        match self {
            Self::Emphasis(content)
            | Self::Strong(content)
            | Self::Strikethrough(content)
            | Self::Superscript(content)
            | Self::Subscript(content)
            | Self::Link { content, .. }
            | Self::Image { alternative: content, .. } => Some(content),
            Self::Text(_)
            | Self::Code(_)
            | Self::Math { .. }
            | Self::SoftBreak
            | Self::HardBreak
            | Self::FootnoteMark { .. }
            | Self::Checkbox(_) => None,
        }
    }
}

/// A block of text.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading inside the document.
    Heading {
        /// 1 for the highest level that the source uses, then 2, 3 …
        level: u8,
        /// What is printed.
        content: Vec<Inline>,
    },
    /// A list.
    List {
        /// The number of the first item of a numbered list.
        start: Option<u64>,
        /// Whether the items follow one another without space.
        tight: bool,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// A quotation set off from the text.
    Quote {
        /// The label of an alert (`NOTE`, `TIP` …), where it is one.
        label: Option<String>,
        /// What is quoted.
        blocks: Vec<Block>,
    },
    /// Lines in a fixed-width face, kept as they stand.
    Code {
        /// The lines.
        leaf: Leaf,
        /// The language that the source names.
        language: Option<String>,
    },
    /// Lines kept as they are broken: an address, a signature, a verse.
    Lines(Vec<Vec<Inline>>),
    /// A question of an interview; what follows up to the next question answers it.
    Question {
        /// The words that mark it ("Question. 2"), where the source has them apart.
        label: Option<Leaf>,
        /// The question.
        content: Vec<Inline>,
    },
    /// A table.
    Table {
        /// How each column is aligned.
        alignments: Vec<Alignment>,
        /// The cells of the head.
        head: Vec<Vec<Inline>>,
        /// The cells of each row.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// Terms and what is said of them.
    Definitions(Vec<Definition>),
    /// A break of thought.
    Rule,
}

/// A term and its definitions.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// The term.
    pub term: Vec<Inline>,
    /// What is said of it.
    pub meanings: Vec<Vec<Block>>,
}

/// The alignment of a table's column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// As the language has it.
    Natural,
    /// To the left.
    Left,
    /// Centred.
    Centre,
    /// To the right.
    Right,
}
