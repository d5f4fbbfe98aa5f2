//! The lines of a text as a reader's eye takes them.
//!
//! What enters: a text and the dates in it. What leaves: its lines with their rank among those that are not empty,
//! which of them are prose, and which dates stand in them. It does not know what the dates mean.

use super::recognise::Expression;
use crate::text::Span;
use std::ops::Range;

/// A line.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its place without the white space round it.
    pub(super) span: Span,
    /// How many lines that are not empty stand before it.
    pub(super) rank: usize,
    /// Whether it reads as prose.
    pub(super) is_prose: bool,
}

/// The lines of a text.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// The lines that are not empty.
    pub(super) lines: Vec<Line>,
    /// The number of each line in the text, counted from 0 by `\n`.
    numbers: Vec<usize>,
    /// The row of each line, counted by any line end.
    rows: Vec<usize>,
    /// The rank of the first prose line; the count of lines where there is none.
    pub(super) prose: usize,
    /// For each line, the dates that start in it.
    dates: Vec<Range<usize>>,
}

/// From this many characters on, a line reads as prose if it also ends a sentence or goes on in the next.
const LONG: usize = 110;

/// So many bytes of a line are looked at; more would make a text of one line slow to read.
const LEGIBLE: usize = 480;

impl Layout {
    /// Reads the lines of a text whose date expressions stand in order.
    pub(super) fn new(text: &str, expressions: &[Expression]) -> Self {
        let (mut lines, mut numbers, mut rows) = (Vec::new(), Vec::new(), Vec::new());
        let (mut start, mut number, mut row) = (0, 0, 0);
        for whole in text.split_inclusive(['\n', '\r']) {
            let line = whole.trim();
            if !line.is_empty() {
                let from = start + (whole.len() - whole.trim_start().len());
                lines.push(Line { span: from..from + line.len(), rank: lines.len(), is_prose: false });
                numbers.push(number);
                rows.push(row);
            }
            start += whole.len();
            let is_newline = whole.ends_with('\n');
            number += usize::from(is_newline);
            // `\r\n` ends one line.
            row += usize::from(is_newline || !text[start..].starts_with('\n'));
        }
        let lengths: Vec<usize> = lines.iter().map(|line| weigh(&text[line.span.clone()])).collect();
        for at in 0..lines.len() {
            // A paragraph broken into lines goes on small; titles in a list begin with capitals.
            let wrapped = lengths[at] >= 45
                && (at + 1..lines.len().min(at + 3)).take_while(|next| rows[*next] == rows[at] + next - at).any(
                    |next| {
                        text[lines[next].span.clone()]
                            .starts_with(|c: char| c.is_lowercase() || c.is_alphabetic() && !c.is_uppercase())
                    },
                );
            let follows = at > 0
                && lines[at - 1].is_prose
                && rows[at] == rows[at - 1] + 1
                && (45..LONG).contains(&lengths[at - 1]);
            let is_long = lengths[at] >= LONG && reads_as_sentences(&text[lines[at].span.clone()]);
            lines[at].is_prose = is_long || wrapped || follows;
        }
        // A caption or a standfirst is prose alone; the text itself goes on.
        let goes_on = |at: usize| lines[at..lines.len().min(at + 6)].iter().filter(|line| line.is_prose).count() > 1;
        let mut starts = (0..lines.len()).filter(|at| lines[*at].is_prose);
        let first = starts.next();
        let prose =
            first.filter(|at| goes_on(*at)).or_else(|| starts.find(|at| goes_on(*at))).or(first).unwrap_or(lines.len());
        let mut dates = Vec::with_capacity(lines.len());
        let mut next = 0;
        for line in &lines {
            let first = next;
            while expressions.get(next).is_some_and(|date| date.span.start < line.span.end) {
                next += 1;
            }
            dates.push(first..next);
        }
        Self { lines, numbers, rows, prose, dates }
    }

    /// Gives the dates that start in a line, as indices.
    pub(super) fn dates(&self, rank: usize) -> Range<usize> {
        self.dates.get(rank).cloned().unwrap_or(0..0)
    }

    /// Gives a line's number in the text, counted from 0.
    pub(super) fn number(&self, rank: usize) -> usize {
        self.numbers.get(rank).copied().unwrap_or(0)
    }

    /// Tells whether a line follows right after the one before it.
    pub(super) fn is_right_below(&self, rank: usize) -> bool {
        let row = |rank: usize| self.rows.get(rank).copied();
        rank.checked_sub(1).and_then(row).is_some_and(|above| row(rank) == Some(above + 1))
    }

    /// Gives the line that holds a byte, or the last before it.
    pub(super) fn rank_of(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.span.start <= offset).saturating_sub(1)
    }

    /// Gives the start of a line, as much of it as a label, a title or an address can fill.
    pub(super) fn line<'a>(&self, rank: usize, text: &'a str) -> &'a str {
        let line = self.lines.get(rank).map_or("", |line| &text[line.span.clone()]);
        &line[..line.floor_char_boundary(LEGIBLE)]
    }
}

/// Tells whether a long line reads as sentences rather than as a headline: it ends or holds a full stop, or is very long.
fn reads_as_sentences(line: &str) -> bool {
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '。' | '！' | '？' | '।' | '۔' | '؟' | '…' | ':');
    let last = line.trim_end_matches(['"', '”', '»', '“', ')', '\'', '’', ']', '*', '_', '」']);
    line.len() >= 500 || last.ends_with(ends) || line.contains(". ") || line.contains("۔ ") || line.contains('。')
}

/// Counts a line's characters up to what makes it long; an East Asian character says as much as two.
fn weigh(line: &str) -> usize {
    let mut weight = 0;
    let mut is_blank = false;
    for c in line.chars() {
        // White space in a row is page layout and says nothing.
        weight += match (c.is_whitespace(), is_blank) {
            (true, true) => 0,
            _ if u32::from(c) >= 0x2e80 => 2,
            _ => 1,
        };
        is_blank = c.is_whitespace();
        if weight >= LONG {
            break;
        }
    }
    weight
}
