//! A page's main text as Markdown.
//!
//! What enters: a page and what of it is left out. What leaves: Markdown with the line of the file for each of its
//! lines, and everything left out, in order, so that both together are the words of the page. Boxes that only lay a page
//! out are opened up; what cannot be printed (a film, a frame) is named in square brackets.

mod lines;
mod omission;

use super::address::Base;
use super::dom::{Dom, Element, Kind};
use super::inline::{Inline, Mark};
use super::main_text::MainText;
use super::table;
use crate::document::clutter::Omission;
use omission::Omitted;

/// The deepest nesting of lists and quotations that is kept; what lies deeper is opened up.
const DEEPEST: usize = 12;

/// What a page's main text becomes.
#[derive(Debug, Clone, Default)]
pub struct Rendition {
    /// The Markdown.
    pub text: String,
    /// For each of its lines, the line of the file.
    pub lines: Vec<usize>,
    /// What was left out, in the order of the page; lines are those of the file, places those of the rendition.
    pub dropped: Vec<Omission>,
}

/// Writes the main text of a page.
pub fn write(dom: &Dom, main: &MainText, base: &Base) -> Rendition {
    let mut writer = Writer {
        dom,
        main,
        base,
        out: Rendition::default(),
        inline: Inline::default(),
        containers: Vec::new(),
        written: Vec::new(),
        lists: Vec::new(),
        heading: None,
        open: Vec::new(),
        next: 0,
        last: Last::Nothing,
        ended: None,
        term: 0,
        is_in_cell: false,
        omitted: Omitted::default(),
    };
    writer.write();
    writer.out
}

/// A list or quotation that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Container {
    number: usize,
    /// What its first line begins with, and every other.
    first: String,
    other: String,
    /// Whether its first line has been written.
    is_begun: bool,
}

/// A list that is open.
struct List {
    next: Option<u64>,
    sign: char,
}

/// What was written last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Block,
    Paragraph,
    /// The term of a definition.
    Term,
    /// What is said of a term.
    Meaning,
    /// An item of a list.
    Item,
}

/// What is to be done at the end of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Close {
    Mark,
    Block,
    Container,
    List,
    Heading,
    Term,
}

pub(super) struct Writer<'w> {
    pub(super) dom: &'w Dom,
    main: &'w MainText,
    base: &'w Base,
    out: Rendition,
    pub(super) inline: Inline,
    containers: Vec<Container>,
    /// The containers round the block that was written last.
    written: Vec<usize>,
    lists: Vec<List>,
    heading: Option<u8>,
    /// The elements that are open, with the index after each.
    open: Vec<(usize, Close)>,
    /// The number of the next container.
    next: usize,
    last: Last,
    /// The list that ended last, if nothing was written since: how many containers it stood in, and its sign.
    ended: Option<(usize, char)>,
    /// Where the term began that is being read.
    term: usize,
    /// Whether a cell of a table is being read.
    pub(super) is_in_cell: bool,
    omitted: Omitted,
}

/// Elements that begin and end a block.
const BLOCKS: [&str; 41] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "header",
    "hgroup",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Whether an element begins and ends a block.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.binary_search(&name).is_ok()
        || heading_level(name).is_some()
        || matches!(name, "pre" | "hr" | "listing" | "xmp")
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

impl Writer<'_> {
    fn write(&mut self) {
        let mut at = 0;
        while at < self.dom.nodes.len() {
            self.close(at);
            at = self.node(at);
        }
        self.close(at);
        self.flush();
        self.settle_omitted();
    }

    /// Reads one node; gives the index of the next one to read.
    fn node(&mut self, at: usize) -> usize {
        let dom = self.dom;
        let node = &dom.nodes[at];
        match &node.kind {
            Kind::Text(text) => {
                self.leaf(at, text);
                at + 1
            }
            Kind::Element(element) => {
                if let Some(rule) = self.main.left_out[at] {
                    self.leave_out(at, element, rule);
                    return node.end;
                }
                match element.name.as_str() {
                    "pre" | "listing" | "xmp" => {
                        self.preformatted(at);
                        node.end
                    }
                    "table" if self.is_set(at) && table::is_data(dom, at, &self.main.left_out) => {
                        self.table(at);
                        node.end
                    }
                    _ => {
                        self.element(at, element);
                        at + 1
                    }
                }
            }
        }
    }

    /// Reads a text node.
    pub(super) fn leaf(&mut self, at: usize, text: &str) {
        match self.main.left_out[at] {
            Some(rule) => self.omit(text, rule, self.dom.nodes[at].line),
            None => {
                if !text.trim().is_empty() {
                    self.settle_omitted();
                }
                self.inline.text(text, self.dom.nodes[at].line);
            }
        }
    }

    /// Whether some of a node is set.
    fn is_set(&self, at: usize) -> bool {
        let stretch = &self.main.stretch;
        at < stretch.end && self.dom.nodes[at].end > stretch.start
    }

    /// Starts an element.
    fn element(&mut self, at: usize, element: &Element) {
        let name = element.name.as_str();
        let end = self.dom.nodes[at].end;
        if is_block(name) {
            self.block_end();
        }
        if !self.is_set(at) {
            if is_block(name) {
                self.open.push((end, Close::Block));
            }
            return;
        }
        if self.inline_element(at, element) {
            return;
        }
        let is_shallow = self.containers.len() < DEEPEST;
        let close = match name {
            "hr" => {
                self.rule();
                return;
            }
            "blockquote" if is_shallow => {
                self.contain("> ".to_owned(), "> ".to_owned());
                Close::Container
            }
            "ul" | "ol" | "menu" | "dir" => {
                self.list(element);
                Close::List
            }
            "li" if is_shallow => {
                self.item(element);
                Close::Container
            }
            "dd" if is_shallow && self.follows_term() => {
                self.contain(": ".to_owned(), "  ".to_owned());
                Close::Container
            }
            "dt" => {
                self.term = self.out.text.len();
                Close::Term
            }
            _ if heading_level(name).is_some() => {
                self.heading = heading_level(name);
                Close::Heading
            }
            _ if is_block(name) => Close::Block,
            _ => return,
        };
        self.open.push((end, close));
    }

    /// Whether what stands here can be said of a term: Markdown defines nothing but a paragraph, right behind it or behind
    /// another of its meanings, in the same lists and quotations. Any other `dd` is opened up.
    fn follows_term(&self) -> bool {
        let round = match self.last {
            Last::Term => self.written.as_slice(),
            Last::Meaning => &self.written[..self.containers.len().min(self.written.len())],
            _ => return false,
        };
        round.iter().eq(self.containers.iter().map(|container| &container.number))
    }

    /// Starts an element of the line; tells whether it is one.
    pub(super) fn inline_element(&mut self, at: usize, element: &Element) -> bool {
        let end = self.dom.nodes[at].end;
        let mark = match element.name.as_str() {
            "b" | "strong" => Mark::Strong,
            "i" | "em" | "cite" | "dfn" | "var" => Mark::Emphasis,
            "sup" => Mark::Superscript,
            "sub" => Mark::Subscript,
            "s" | "del" | "strike" => Mark::Strikethrough,
            "q" => Mark::Quotation,
            "a" => match element.value("href").and_then(|href| self.base.link(href)) {
                Some(url) => Mark::Link(url),
                None => return true,
            },
            "br" => {
                self.inline.line_end();
                return true;
            }
            "img" => {
                self.picture(at, element);
                return true;
            }
            _ => return false,
        };
        self.inline.open(mark);
        self.open.push((end, Close::Mark));
        true
    }

    /// Ends the elements that end before a node.
    pub(super) fn close(&mut self, at: usize) {
        while let Some((_, close)) = self.open.pop_if(|(end, _)| *end <= at) {
            if close == Close::Mark {
                self.inline.close();
                continue;
            }
            self.block_end();
            match close {
                Close::Heading => self.heading = None,
                Close::Container => {
                    if let Some(container) = self.containers.pop().filter(|container| container.is_begun) {
                        self.last = match container.first.as_str() {
                            "> " => Last::Block,
                            ": " => Last::Meaning,
                            _ => Last::Item,
                        };
                    }
                }
                Close::List => {
                    self.ended = self.lists.pop().map(|list| (self.containers.len(), list.sign));
                    if self.lists.is_empty() {
                        self.last = Last::Block;
                    }
                }
                Close::Term => {
                    let is_here = self.written.iter().eq(self.containers.iter().map(|container| &container.number));
                    if self.last == Last::Paragraph && is_here && self.out.text.len() > self.term {
                        self.last = Last::Term;
                    }
                }
                Close::Block | Close::Mark => {}
            }
        }
    }

    /// Ends the elements of the line that end before a node.
    pub(super) fn close_inline(&mut self, at: usize) {
        while self.open.pop_if(|(end, close)| *end <= at && *close == Close::Mark).is_some() {
            self.inline.close();
        }
    }

    /// Ends a block of text, and a line of what is left out.
    fn block_end(&mut self) {
        self.flush();
        if !self.omitted.text.is_empty() && !self.omitted.text.ends_with('\n') {
            self.omitted.text.push('\n');
        }
    }

    /// Adds a picture; one that says of itself that it is mere ornament has no place in print.
    fn picture(&mut self, at: usize, element: &Element) {
        let words = element.attribute("alt");
        let is_dot = ["width", "height"].iter().any(|side| matches!(element.value(side), Some("0" | "1" | "1px")));
        if words.is_some_and(|words| words.trim().is_empty()) || is_dot || self.main.left_out[at].is_some() {
            return;
        }
        let source = ["src", "data-src", "data-lazy-src", "data-original"];
        let mut sources = source.iter().filter_map(|name| element.value(name)).filter(|src| !src.starts_with("data:"));
        let url = self.base.picture(sources.next().unwrap_or_default());
        if url.is_empty() && words.is_none() {
            return;
        }
        self.settle_omitted();
        self.inline.picture(words.unwrap_or_default(), url, self.dom.nodes[at].line);
    }
}
