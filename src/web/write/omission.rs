//! What of a page is left out.
//!
//! What enters: elements and texts that are not set, each with its rule. What leaves: omissions in the order of the
//! page, each with its place in the rendition. What a reader would see there and print cannot show is named.

use super::super::dom::{Element, Kind};
use super::super::inline::Inline;
use super::{Writer, is_block};
use crate::document::clutter::Omission;
use crate::text::squeeze;

/// Text left out that is not yet recorded.
#[derive(Default)]
pub(super) struct Omitted {
    pub(super) text: String,
    rule: &'static str,
    line: usize,
}

impl Writer<'_> {
    /// Leaves an element out; what a reader would see there is named.
    pub(in crate::web) fn leave_out(&mut self, at: usize, element: &Element, rule: &'static str) {
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
    pub(super) fn omit(&mut self, text: &str, rule: &'static str, line: usize) {
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
    pub(in crate::web) fn settle_omitted(&mut self) {
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
    pub(super) fn place_omitted(&mut self, omitted: &[(usize, usize)], start: Option<usize>) {
        let end = self.out.text.len();
        for (number, before) in omitted {
            let at = start.map_or(end, |start| (start + before).min(end.saturating_sub(1)));
            let at = self.out.text.floor_char_boundary(at);
            self.out.dropped[*number].span = at..at;
        }
    }
}
