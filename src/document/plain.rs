//! Plain text as a tree.
//!
//! What enters: a text and the span of its body. What leaves: a [`Tree`] of the paragraphs, headings, lists, questions
//! and blocks of lines that the layout of the text shows. Every character that is not blank stands in the tree once and
//! in order, but for the marks of list items and the destinations of links. Markdown's marks mean nothing here.

pub(in crate::document) mod address;
mod line;
mod list;
pub(in crate::document) mod marker;
mod shape;
mod verse;
pub(in crate::document) mod words;

use crate::document::{Block, Inline, Leaf, Tree};
use crate::text::{Span, squeeze};
use line::{Layout, Line};
use std::collections::BTreeMap;

/// Reads the plain text in `text[body]`.
pub fn parse(text: &str, body: Span) -> Tree {
    let start = text.floor_char_boundary(body.start.min(text.len()));
    let end = text.ceil_char_boundary(body.end.clamp(start, text.len()));
    let lines = line::lines(text, start..end);
    let verses = verse::runs(text, &lines);
    let reader = Reader {
        text,
        layout: Layout::of(text, &lines, &verses),
        columns: shape::column_runs(text, &lines),
        verses,
        leads: Vec::new(),
        lines,
    };
    Tree { blocks: reader.with_leads().blocks(), ..Tree::default() }
}

/// Gives the marks of a line that mean something and need not be printed as they stand: the mark of a list item, and the
/// destinations of links.
pub fn marks(line: &str) -> Vec<(Span, Mark)> {
    let indent = line.len() - line.trim_start().len();
    let item = marker::item(&line[indent..]).map(|(_, length)| (indent..indent + length, Mark::Item));
    let links = words::destinations(line).into_iter().map(|span| (span, Mark::Destination));
    item.into_iter().chain(links).collect()
}

/// What a mark of a line means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A list item begins.
    Item,
    /// A link leads there.
    Destination,
}

/// A text that is being read.
struct Reader<'t> {
    text: &'t str,
    lines: Vec<Line>,
    layout: Layout,
    /// The runs of lines that are set in columns, by their first line.
    columns: BTreeMap<usize, usize>,
    /// The runs of lines that are verse, by their first line.
    verses: BTreeMap<usize, usize>,
    /// For each line how many titles stand from here down to the text that they lead to; 0 where there is none.
    leads: Vec<u8>,
}

/// The most titles that can stand above one another.
const MOST_TITLES: u8 = 3;

/// The most short lines (a date, a byline) that can stand between a title and its text.
const MOST_BETWEEN: u8 = 2;

/// How many lines are looked at to see how a paragraph is indented.
const LONGEST_LOOK: usize = 40;

/// The widest line of an address, a signature or a verse, in characters.
const WIDEST_SHORT_LINE: usize = 90;

impl Reader<'_> {
    /// The characters of a line.
    fn content(&self, line: usize) -> &str {
        self.lines.get(line).map_or("", |line| &self.text[line.span.clone()])
    }

    /// Whether nothing stands in a line, or there is none.
    fn is_blank(&self, line: usize) -> bool {
        self.lines.get(line).is_none_or(Line::is_blank)
    }

    /// The next line that is not blank, from `line` on.
    fn after_blanks(&self, line: usize) -> usize {
        (line..self.lines.len()).find(|line| !self.is_blank(*line)).unwrap_or(self.lines.len())
    }

    /// Whether a line is a question's first.
    fn is_question(&self, line: usize) -> bool {
        self.layout.has_questions && marker::question(self.content(line)).is_some()
    }

    /// Whether a line stands alone between blank lines (or is a paragraph as every line is).
    fn is_alone(&self, line: usize) -> bool {
        self.layout.is_by_line || ((line == 0 || self.is_blank(line - 1)) && self.is_blank(line + 1))
    }

    /// Finds from the end of the text which titles lead to text.
    fn with_leads(mut self) -> Self {
        let mut leads = vec![0; self.lines.len()];
        let (mut titles, mut between, mut leads_on) = (0_u8, 0_u8, false);
        let mut end = self.lines.len();
        while end > 0 {
            if self.is_blank(end - 1) {
                end -= 1;
                continue;
            }
            let is_each_alone = self.layout.is_by_line;
            let start = (0..end).rev().take_while(|line| !self.is_blank(*line) && (!is_each_alone || line + 1 == end));
            let start = start.last().unwrap_or(end - 1);
            let characters: usize = self.lines[start..end].iter().map(|line| line.width).sum();
            let content = self.content(start);
            let is_single = end - start == 1;
            if is_single
                && (shape::is_title(content) || shape::is_in_capitals(content))
                && marker::item(content).is_none()
            {
                titles = if leads_on { titles.saturating_add(1) } else { 0 };
                leads[start] = titles;
            } else if characters >= 80 || marker::item(content).is_some() || self.is_question(start) {
                (titles, between, leads_on) = (0, 0, true);
            } else {
                between = between.saturating_add(1);
                leads_on &= between <= MOST_BETWEEN;
            }
            end = start;
        }
        self.leads = leads;
        self
    }

    /// Reads all blocks.
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut at = self.after_blanks(0);
        while at < self.lines.len() {
            at = self.block(at, &mut blocks);
            at = self.after_blanks(at);
        }
        blocks
    }

    /// Reads the block (or the paragraphs up to the next blank line) that starts at a line; gives the line after it.
    fn block(&self, at: usize, blocks: &mut Vec<Block>) -> usize {
        if let Some(end) = self.columns.get(&at) {
            blocks.push(self.code(at, *end));
            return *end;
        }
        if marker::is_rule(self.content(at)) {
            blocks.push(Block::Rule);
            return at + 1;
        }
        if self.is_question(at) {
            return self.question(at, blocks);
        }
        if let Some(end) = self.verses.get(&at) {
            blocks.push(self.verse(at, *end));
            return *end;
        }
        if let Some((list, end)) = self.list(at) {
            blocks.push(list);
            return end;
        }
        if let Some((heading, end)) = self.heading(at) {
            blocks.push(heading);
            return end;
        }
        self.paragraphs(at, blocks)
    }

    /// Reads lines that are broken on purpose; those that were moved in stay so.
    fn verse(&self, start: usize, end: usize) -> Block {
        let lines = &self.lines[start..end];
        let moved_in = |line: &Line| {
            let blanks = verse::indent(line, lines);
            let at = line.span.start;
            (blanks > 0).then(|| Inline::Text(Leaf { text: "\u{2003}".repeat(blanks), span: at..at }))
        };
        let inlines = |(at, line): (usize, &Line)| {
            moved_in(line).into_iter().chain(self.inlines(start + at, start + at + 1)).collect()
        };
        Block::Lines(lines.iter().enumerate().map(inlines).collect())
    }

    /// Reads a run of lines as they stand, tabs widened so that the columns stay.
    fn code(&self, start: usize, end: usize) -> Block {
        let first = &self.lines[start].span;
        let line_start = self.text[..first.start].rfind('\n').map_or(0, |before| before + 1);
        let span = line_start..self.lines[end - 1].span.end;
        let source = &self.text[span.clone()];
        let mut text = String::with_capacity(source.len());
        let mut column = 0;
        for c in source.chars() {
            match c {
                '\t' => {
                    let blanks = 8 - column % 8;
                    text.extend(std::iter::repeat_n(' ', blanks));
                    column += blanks;
                }
                '\n' => {
                    text.push(c);
                    column = 0;
                }
                _ => {
                    text.push(c);
                    column += 1;
                }
            }
        }
        Block::Code { leaf: words::leaf(self.text, &text, span), language: None }
    }

    /// Reads a question with the lines that belong to it.
    fn question(&self, at: usize, blocks: &mut Vec<Block>) -> usize {
        let line = &self.lines[at];
        let content = self.content(at);
        let label = marker::question(content).unwrap_or(0);
        let mut content_inlines = words::inlines(self.text, line.span.start + label..line.span.end);
        let mut end = at + 1;
        let mut is_asked = content.contains(['?', '？', '؟']);
        let belongs =
            |line: usize| !self.is_blank(line) && !self.is_question(line) && !marker::is_answer(self.content(line));
        while belongs(end)
            && (content_inlines.is_empty() || self.layout.runs_on(self.text, &self.lines[end - 1], &self.lines[end]))
        {
            if !content_inlines.is_empty() {
                content_inlines.push(Inline::SoftBreak);
            }
            content_inlines.extend(words::inlines(self.text, self.lines[end].span.clone()));
            is_asked |= self.content(end).contains(['?', '？', '؟']);
            end += 1;
        }
        let next = self.after_blanks(end);
        if !is_asked && belongs(next) && self.content(next).ends_with(['?', '？', '؟']) {
            content_inlines.push(Inline::HardBreak);
            content_inlines.extend(words::inlines(self.text, self.lines[next].span.clone()));
            end = next + 1;
        }
        let span = line.span.start..line.span.start + content[..label].trim_end().len();
        let label = Leaf { text: squeeze(&content[..label]), span };
        blocks.push(Block::Question { label: Some(label), content: content_inlines });
        end
    }

    /// Reads a heading: lines of capitals, or a short line that stands alone and leads to text.
    fn heading(&self, at: usize) -> Option<(Block, usize)> {
        let content = self.content(at);
        let leads = self.leads.get(at).is_some_and(|leads| (1..=MOST_TITLES).contains(leads));
        let can_head = leads || self.starts_chunk(at) || self.follows_stamp(at);
        if shape::is_in_capitals(content) && !self.layout.is_in_capitals && can_head {
            let mut end = at + 1;
            while end < at + 3 && shape::is_in_capitals(self.content(end)) {
                end += 1;
            }
            let below = self.after_blanks(end);
            let is_text_below = leads || end == below || self.lines.get(below).is_some_and(|line| line.width >= 40);
            let is_apart =
                self.is_blank(end) || !self.layout.runs_on(self.text, &self.lines[end - 1], &self.lines[end]);
            if is_text_below && is_apart && !shape::is_in_capitals(self.content(end)) {
                return Some((Block::Heading { level: 1, content: self.inlines(at, end) }, end));
            }
        }
        let is_heading = leads
            && self.layout.has_long_paragraphs
            && self.is_alone(at)
            && (!self.layout.is_by_line || self.stands_out(at))
            && shape::is_title(content)
            && marker::item(content).is_none();
        is_heading.then(|| (Block::Heading { level: 2, content: self.inlines(at, at + 1) }, at + 1))
    }

    /// Whether a short line stands between long ones, in a text whose every line is a paragraph.
    fn stands_out(&self, line: usize) -> bool {
        let is_long = |line: usize| self.lines.get(line).is_some_and(|line| line.width > WIDEST_SHORT_LINE);
        is_long(self.after_blanks(line + 1)) && (self.starts_chunk(line) || is_long(line - 1))
    }

    /// Whether a line follows a stamp (a number, a date) that opens its chunk.
    fn follows_stamp(&self, line: usize) -> bool {
        line > 0
            && self.starts_chunk(line - 1)
            && self.lines[line - 1].width <= 40
            && self.content(line - 1).starts_with(char::is_numeric)
    }

    /// Whether a line is the first after a blank one.
    fn starts_chunk(&self, line: usize) -> bool {
        line == 0 || self.is_blank(line - 1)
    }

    /// Reads paragraphs up to a blank line or another kind of block; gives the line after them.
    fn paragraphs(&self, at: usize, blocks: &mut Vec<Block>) -> usize {
        let is_hanging = self.is_hanging(at);
        let mut starts = vec![at];
        let mut end = at + 1;
        while !self.is_blank(end) && !self.starts_other(end) {
            if self.starts_paragraph(end, starts[starts.len() - 1], is_hanging) {
                starts.push(end);
            }
            end += 1;
        }
        starts.push(end);
        self.settle(&starts, blocks);
        end
    }

    /// Whether a line inside a chunk starts another kind of block.
    fn starts_other(&self, line: usize) -> bool {
        self.columns.contains_key(&line)
            || self.is_question(line)
            || marker::is_rule(self.content(line))
            || ((self.layout.is_by_line || self.follows_stamp(line)) && self.heading(line).is_some())
            || (marker::item(self.content(line)).is_some() && self.can_start_list(line) && self.list(line).is_some())
    }

    /// Whether a list can start at a line although the line before it is not blank.
    fn can_start_list(&self, line: usize) -> bool {
        let (before, this) = (&self.lines[line - 1], &self.lines[line]);
        let content = self.content(line - 1);
        content.ends_with(':')
            || shape::ends_sentence(content)
            || this.indent > before.indent
            || !self.layout.runs_on(self.text, before, this)
    }

    /// Whether the lines from here to the next blank one hang: the first at the margin, most others indented.
    fn is_hanging(&self, start: usize) -> bool {
        let lines = || self.lines[start..].iter().take(LONGEST_LOOK).take_while(|line| !line.is_blank());
        let margin = self.lines[start].indent;
        let indented = lines().filter(|line| line.indent > margin + 1).count();
        self.layout.wrap.is_some() && indented > 0 && indented * 2 >= lines().count()
    }

    /// Whether a line starts a paragraph although the line before it is not blank.
    fn starts_paragraph(&self, line: usize, start: usize, is_hanging: bool) -> bool {
        let (before, this) = (&self.lines[line - 1], &self.lines[line]);
        if self.layout.has_questions && marker::is_answer(self.content(line)) {
            return true;
        }
        if !self.layout.runs_on(self.text, before, this) {
            return true;
        }
        if is_hanging {
            return this.indent <= 1 && before.indent > this.indent;
        }
        let is_deeper = this.indent > before.indent + 1;
        let is_back =
            this.indent + 1 < before.indent && line >= start + 2 && self.lines[line - 2].indent == before.indent;
        let is_clause = marker::is_clause(self.content(line)) && self.content(line - 1).ends_with(['.', ':', ';', ',']);
        is_deeper || is_back || is_clause
    }

    /// Makes blocks of paragraphs: short lines that follow one another stay lines.
    fn settle(&self, starts: &[usize], blocks: &mut Vec<Block>) {
        let mut at = 0;
        while at + 1 < starts.len() {
            let mut end = at;
            while end + 1 < starts.len() && self.is_short(starts[end], starts[end + 1]) {
                end += 1;
            }
            let group = &starts[at..end];
            if group.len() >= 2 && self.is_broken_on_purpose(group) {
                blocks.push(Block::Lines(group.iter().map(|line| self.inlines(*line, line + 1)).collect()));
            } else {
                end = end.max(at + 1);
                let ends = starts[at..=end].windows(2);
                blocks.extend(ends.map(|pair| Block::Paragraph(self.inlines(pair[0], pair[1]))));
            }
            at = end;
        }
    }

    /// Whether a paragraph is one short line.
    fn is_short(&self, start: usize, end: usize) -> bool {
        end == start + 1 && self.lines[start].width <= WIDEST_SHORT_LINE && !marker::is_clause(self.content(start))
    }

    /// Whether short lines are an address, a signature or a verse, and not short paragraphs.
    fn is_broken_on_purpose(&self, group: &[usize]) -> bool {
        let width: usize = group.iter().map(|line| self.lines[*line].width).sum();
        let sentences = group.iter().filter(|line| shape::ends_sentence(self.content(**line))).count();
        sentences * 2 <= group.len() || (width < group.len() * 45 && sentences < group.len())
    }

    /// Reads the inlines of some lines.
    fn inlines(&self, start: usize, end: usize) -> Vec<Inline> {
        let mut inlines = Vec::new();
        for line in self.lines[start..end].iter().filter(|line| !line.is_blank()) {
            if !inlines.is_empty() {
                inlines.push(Inline::SoftBreak);
            }
            inlines.extend(words::inlines(self.text, line.span.clone()));
        }
        inlines
    }
}

#[cfg(test)]
mod tests;
