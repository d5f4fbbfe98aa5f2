//! Lists in plain text.

use crate::document::plain::marker::{self, Marker};
use crate::document::plain::{Reader, words};
use crate::document::{Block, Inline};

/// The deepest list in a list that plain text shows.
const DEEPEST_LIST: usize = 6;

impl Reader<'_> {
    /// Reads the list that starts at a line, if at least two items follow one another; gives the line after it.
    pub(super) fn list(&self, at: usize) -> Option<(Block, usize)> {
        self.list_within(at, 0)
    }

    /// Reads a list inside `depth` others.
    fn list_within(&self, at: usize, depth: usize) -> Option<(Block, usize)> {
        let (first, _) = marker::item(self.content(at))?;
        let indent = self.lines[at].indent;
        let mut items = Vec::new();
        let mut tight = true;
        let (mut line, mut marker) = (at, first);
        loop {
            let (item, end) = self.item(line, depth);
            items.push(item);
            let next = self.after_blanks(end);
            let found = marker::item(self.content(next)).map(|(marker, _)| marker);
            match found {
                Some(found) if marker.precedes(found) && self.lines[next].indent.abs_diff(indent) <= 1 => {
                    tight &= next == end;
                    (line, marker) = (next, found);
                }
                _ => {
                    let start = match first {
                        Marker::Number(number, _) => Some(number),
                        Marker::Bullet(_) => None,
                    };
                    return (items.len() >= 2).then_some((Block::List { start, tight, items }, end));
                }
            }
        }
    }

    /// Reads one item: its first paragraph, and what is indented below it; gives the line after it.
    fn item(&self, at: usize, depth: usize) -> (Vec<Block>, usize) {
        let (own, length) = marker::item(self.content(at)).unwrap_or((Marker::Bullet('-'), 0));
        let first = &self.lines[at];
        let mut inlines = words::inlines(self.text, first.span.start + length..first.span.end);
        let mut end = at + 1;
        while !self.is_blank(end) && self.continues_item(end, own, first.indent) {
            inlines.push(Inline::SoftBreak);
            inlines.extend(words::inlines(self.text, self.lines[end].span.clone()));
            end += 1;
        }
        let mut blocks = vec![Block::Paragraph(inlines)];
        loop {
            let next = self.after_blanks(end);
            let Some(line) = self.lines.get(next).filter(|line| line.indent >= first.indent + 2) else { break };
            if marker::item(self.content(next)).is_some() {
                if depth >= DEEPEST_LIST {
                    break;
                }
                let Some((list, after)) = self.list_within(next, depth + 1) else { break };
                blocks.push(list);
                end = after;
            } else if next > end
                && !self.is_question(next)
                && !self.columns.contains_key(&next)
                && line.indent < first.indent + 12
            {
                let mut after = next + 1;
                while !self.is_blank(after) && self.continues_item(after, own, first.indent) {
                    after += 1;
                }
                blocks.push(Block::Paragraph(self.inlines(next, after)));
                end = after;
            } else {
                break;
            }
        }
        (blocks, end)
    }

    /// Whether a line goes on with the paragraph of an item.
    fn continues_item(&self, line: usize, own: Marker, indent: usize) -> bool {
        let content = self.content(line);
        let this = &self.lines[line];
        if self.is_question(line) || self.columns.contains_key(&line) || marker::is_rule(content) {
            return false;
        }
        if let Some((marker, _)) = marker::item(content)
            && (marker.is_like(own) || this.indent > indent + 1 || self.can_start_list(line))
        {
            return false;
        }
        this.indent > indent + 1 || self.layout.runs_on(self.text, &self.lines[line - 1], this)
    }
}
