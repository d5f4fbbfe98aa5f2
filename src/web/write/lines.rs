//! The lines of blocks.
//!
//! What enters: the text of a block that was read, and the lists and quotations that are open round it. What leaves:
//! lines of Markdown, each with the line of the file, set off from the block before as Markdown needs it.

use super::super::dom::{Element, Kind};
use super::super::inline::{Inline, Line, Place, shown};
use super::super::table;
use super::{Container, Last, List, Writer};

impl Writer<'_> {
    /// Opens a list.
    pub(super) fn list(&mut self, element: &Element) {
        let next = (element.name == "ol")
            .then(|| element.value("start").and_then(|start| start.parse().ok()).unwrap_or(1))
            .map(|start: u64| start.min(999_999_999));
        // Two lists that follow one another must not become one.
        let signs = if next.is_some() { ['.', ')'] } else { ['-', '+'] };
        let sign = if self.ended == Some((self.containers.len(), signs[0])) { signs[1] } else { signs[0] };
        self.lists.push(List { next, sign });
    }

    /// Opens an item of a list.
    pub(super) fn item(&mut self, element: &Element) {
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

    pub(super) fn contain(&mut self, first: String, other: String) {
        self.next += 1;
        self.containers.push(Container { number: self.next, first, other, is_begun: false });
    }

    /// Writes the block of text that was read.
    pub(super) fn flush(&mut self) {
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
            self.last = if self.heading.is_some() { Last::Block } else { Last::Paragraph };
        }
    }

    /// Sets a block off from the one before it, unless it is the next item of a list.
    fn separate(&mut self) {
        let numbers: Vec<usize> = self.containers.iter().map(|container| container.number).collect();
        let shared = numbers.iter().zip(&self.written).take_while(|(now, before)| now == before).count();
        let begins = self.containers.iter().position(|container| !container.is_begun);
        let is_next = match (self.last, begins) {
            (Last::Nothing, _) => true,
            (Last::Term | Last::Meaning, Some(at)) => at == shared && self.containers[at].first == ": ",
            (Last::Item, Some(at)) => at == shared && self.containers[at].first != "> ",
            // A list in an item follows the item's own words; one that counts from another number than 1 would be read as
            // words too (CommonMark, 5.3).
            (Last::Block | Last::Paragraph, Some(at)) => {
                let is_read = matches!(self.containers[at].first.as_str(), "- " | "+ " | "1. " | "1) ");
                at > 0 && at == shared && self.lists.len() > 1 && is_read
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

    pub(super) fn rule(&mut self) {
        if self.out.text.is_empty() {
            return;
        }
        self.separate();
        let prefix = self.prefix();
        self.line(&format!("{prefix}***"), 0);
        self.last = Last::Block;
    }

    /// Reads lines that are kept as they stand.
    pub(super) fn preformatted(&mut self, at: usize) {
        self.block_end();
        // The elements that go on in the next block have no part in what is left out here.
        let inline = std::mem::take(&mut self.inline);
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
        self.inline = inline;
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
    pub(super) fn table(&mut self, at: usize) {
        self.block_end();
        let rows = table::read(self, at);
        for caption in &rows.captions {
            self.separate();
            let prefix = self.prefix();
            let start = self.out.text.len() + prefix.len();
            self.line(&format!("{prefix}{}", caption.text), caption.line);
            self.place_omitted(&caption.omitted, Some(start));
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
}
