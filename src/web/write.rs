//! A page's main text as Markdown.
//!
//! What enters: a page and what of it is left out. What leaves: Markdown with the line of the file for each of its
//! lines, and everything left out, in order, so that both together are the words of the page. Boxes that only lay a page
//! out are opened up; what cannot be printed (a film, a frame) is named in square brackets.

use super::address::Base;
use super::dom::{Dom, Element, Kind};
use super::inline::{Inline, Line, Mark, Place, shown};
use super::main_text::MainText;
use super::table;
use crate::document::clutter::Omission;
use crate::text::squeeze;

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

/// Text left out that is not yet recorded.
#[derive(Default)]
struct Omitted {
    text: String,
    rule: &'static str,
    line: usize,
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
            "dd" if is_shallow && matches!(self.last, Last::Term | Last::Meaning) => {
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
                    if self.last == Last::Block && self.out.text.len() > self.term {
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

    /// Opens a list.
    fn list(&mut self, element: &Element) {
        let next = (element.name == "ol")
            .then(|| element.value("start").and_then(|start| start.parse().ok()).unwrap_or(1))
            .map(|start: u64| start.min(999_999_999));
        // Two lists that follow one another must not become one.
        let signs = if next.is_some() { ['.', ')'] } else { ['-', '+'] };
        let sign = if self.ended == Some((self.containers.len(), signs[0])) { signs[1] } else { signs[0] };
        self.lists.push(List { next, sign });
    }

    /// Opens an item of a list.
    fn item(&mut self, element: &Element) {
        let value = element.value("value").and_then(|value| value.parse::<u64>().ok());
        let marker = match self.lists.last_mut() {
            Some(List { next: Some(next), sign, .. }) => {
                *next = value.unwrap_or(*next).min(999_999_999);
                let marker = format!("{next}{sign} ");
                *next += 1;
                marker
            }
            Some(List { sign, .. }) => format!("{sign} "),
            None => "- ".to_owned(),
        };
        let other = " ".repeat(marker.len());
        self.contain(marker, other);
    }

    fn contain(&mut self, first: String, other: String) {
        self.next += 1;
        self.containers.push(Container { number: self.next, first, other, is_begun: false });
    }

    /// Writes the block of text that was read.
    fn flush(&mut self) {
        if self.inline == Inline::default() {
            return;
        }
        let place = if self.heading.is_some() { Place::Heading } else { Place::Paragraph };
        let lines = self.inline.finish(place);
        if lines.iter().all(|line| line.text.trim().is_empty()) {
            self.place_omitted(&lines.into_iter().flat_map(|line| line.omitted).collect::<Vec<_>>(), None);
            return;
        }
        let mark = self.heading.map(|level| format!("{} ", "#".repeat(level.into()))).unwrap_or_default();
        for paragraph in lines.split_inclusive(|line| line.ends_paragraph) {
            self.separate();
            let last = paragraph.len() - 1;
            for (index, Line { text, line, omitted, .. }) in paragraph.iter().enumerate() {
                let prefix = self.prefix();
                let start = self.out.text.len() + prefix.len() + mark.len();
                let end = if index < last { "\\" } else { "" };
                self.line(&format!("{prefix}{mark}{text}{end}"), *line);
                self.place_omitted(omitted, Some(start));
            }
            self.last = Last::Block;
        }
    }

    /// Sets a block off from the one before it, unless it is the next item of a list.
    fn separate(&mut self) {
        let numbers: Vec<usize> = self.containers.iter().map(|container| container.number).collect();
        let shared = numbers.iter().zip(&self.written).take_while(|(now, before)| now == before).count();
        let begins = self.containers.iter().position(|container| !container.is_begun);
        let is_next = match (self.last, begins) {
            (Last::Nothing, _) => true,
            (Last::Term, Some(at)) => at == shared && self.containers[at].first == ": ",
            (Last::Meaning, Some(at)) => at == shared && self.containers[at].first == ": ",
            (Last::Item, Some(at)) => at == shared && self.containers[at].first != "> ",
            // A list in an item follows the item's own words.
            (Last::Block, Some(at)) => {
                at > 0 && at == shared && self.lists.len() > 1 && self.containers[at].first != "> "
            }
            _ => false,
        };
        if !is_next {
            let prefix: String = self.containers[..shared].iter().map(|container| container.other.as_str()).collect();
            self.line(prefix.trim_end(), 0);
        }
        self.written = numbers;
        self.ended = None;
    }

    /// Gives what a line begins with.
    fn prefix(&mut self) -> String {
        let mut prefix = String::new();
        for container in &mut self.containers {
            prefix.push_str(if container.is_begun { &container.other } else { &container.first });
            container.is_begun = true;
        }
        prefix
    }

    /// Writes a line.
    fn line(&mut self, text: &str, line: usize) {
        self.out.text.push_str(text);
        self.out.text.push('\n');
        let line = if line == 0 { self.out.lines.last().copied().unwrap_or(1) } else { line };
        self.out.lines.push(line);
    }

    fn rule(&mut self) {
        if self.out.text.is_empty() {
            return;
        }
        self.separate();
        let prefix = self.prefix();
        self.line(&format!("{prefix}***"), 0);
        self.last = Last::Block;
    }

    /// Reads lines that are kept as they stand.
    fn preformatted(&mut self, at: usize) {
        self.block_end();
        let dom = self.dom;
        let (mut text, mut line) = (String::new(), dom.nodes[at].line);
        for (index, node) in dom.nodes.iter().enumerate().take(dom.nodes[at].end).skip(at) {
            match (&node.kind, self.main.left_out[index]) {
                (Kind::Text(content), Some(rule)) => {
                    self.code(&std::mem::take(&mut text), line);
                    self.omit(content, rule, node.line);
                }
                (Kind::Text(content), None) => {
                    if text.is_empty() {
                        line = node.line;
                    }
                    text.push_str(content);
                }
                (Kind::Element(element), None) if element.name == "br" => text.push('\n'),
                (Kind::Element(_), _) => {}
            }
        }
        self.code(&text, line);
    }

    /// Writes lines that are kept as they stand.
    fn code(&mut self, text: &str, line: usize) {
        let text: String = text.chars().map(shown).collect();
        let text = text.trim_matches('\n').trim_end();
        if text.trim().is_empty() {
            return;
        }
        self.settle_omitted();
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        self.separate();
        for (index, row) in std::iter::once(fence.as_str()).chain(text.lines()).chain([fence.as_str()]).enumerate() {
            let prefix = self.prefix();
            self.line(format!("{prefix}{row}").trim_end(), line + index.saturating_sub(1));
        }
        self.last = Last::Block;
    }

    /// Writes a table.
    fn table(&mut self, at: usize) {
        self.block_end();
        let rows = table::read(self, at);
        for caption in &rows.captions {
            self.separate();
            let prefix = self.prefix();
            self.line(&format!("{prefix}{}", caption.text), caption.line);
            self.last = Last::Block;
        }
        for (index, row) in rows.lines().into_iter().enumerate() {
            if index == 0 {
                self.separate();
            }
            let prefix = self.prefix();
            let start = self.out.text.len() + prefix.len();
            self.line(&format!("{prefix}{}", row.text), row.line);
            self.place_omitted(&row.omitted, Some(start));
        }
        self.last = Last::Block;
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

    /// Leaves an element out; what a reader would see there is named.
    pub(super) fn leave_out(&mut self, at: usize, element: &Element, rule: &'static str) {
        let dom = self.dom;
        let is_seen = self.main.stretch.contains(&at) && matches!(rule, "html-embedded" | "html-drawing");
        if is_seen && let Some(words) = self.named(at, element) {
            self.inline.text(" ", 0);
            self.inline.text(&words, dom.nodes[at].line);
            self.inline.text(" ", 0);
        }
        for index in at..dom.nodes[at].end {
            match &dom.nodes[index].kind {
                Kind::Text(text) => self.omit(text, rule, dom.nodes[index].line),
                Kind::Element(element) if is_block(&element.name) || element.name == "br" => {
                    if !self.omitted.text.is_empty() && !self.omitted.text.ends_with('\n') {
                        self.omitted.text.push('\n');
                    }
                }
                Kind::Element(_) => {}
            }
        }
        if is_block(&element.name) || matches!(rule, "html-script" | "html-style") {
            self.settle_omitted();
        }
    }

    /// Names what cannot be printed: its kind, its title and where it is.
    fn named(&self, at: usize, element: &Element) -> Option<String> {
        let kind = match element.name.as_str() {
            "svg" => "drawing",
            "iframe" => "embedded page",
            "video" => "video",
            "audio" => "audio",
            "object" => "embedded object",
            _ => return None,
        };
        let title = ["title", "aria-label"].into_iter().find_map(|name| element.value(name));
        let end = self.dom.nodes[at].end;
        let source = || {
            let inner = (at..end).filter_map(|index| self.dom.element(index)?.value("src"));
            element.value("src").or(element.value("data")).into_iter().chain(inner).next()
        };
        let address = source().and_then(|src| self.base.link(src)).unwrap_or_default();
        match (title, address.is_empty() || kind == "drawing") {
            (None, true) => None,
            (Some(title), true) => Some(format!("[{kind}: {}]", squeeze(title))),
            (None, false) => Some(format!("[{kind}: {address} ]")),
            (Some(title), false) => Some(format!("[{kind}: {}, {address} ]", squeeze(title))),
        }
    }

    /// Keeps a text that is left out.
    fn omit(&mut self, text: &str, rule: &'static str, line: usize) {
        if self.omitted.rule != rule {
            self.settle_omitted();
        }
        if self.omitted.text.is_empty() {
            if text.trim().is_empty() {
                return;
            }
            self.omitted.rule = rule;
            let blank = text.len() - text.trim_start().len();
            self.omitted.line = line + text[..blank].matches('\n').count();
        }
        self.omitted.text.push_str(text);
    }

    /// Records what was left out, line by line.
    pub(super) fn settle_omitted(&mut self) {
        let Omitted { text, rule, line } = std::mem::take(&mut self.omitted);
        if text.trim().is_empty() {
            return;
        }
        let text = squeeze(&text);
        let at = self.out.text.len();
        if self.is_in_cell || self.inline != Inline::default() {
            self.inline.omitted(self.out.dropped.len());
        }
        self.out.dropped.push(Omission { line, text, rule, span: at..at });
    }

    /// Gives what was left out in a line its place in the rendition; without a line, that is its end.
    fn place_omitted(&mut self, omitted: &[(usize, usize)], start: Option<usize>) {
        let end = self.out.text.len();
        for (number, before) in omitted {
            let at = start.map_or(end, |start| (start + before).min(end.saturating_sub(1)));
            let at = self.out.text.floor_char_boundary(at);
            self.out.dropped[*number].span = at..at;
        }
    }
}
