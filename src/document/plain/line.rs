//! The lines of a plain text and how the text is laid out.

use crate::document::plain::marker;
use crate::text::Span;
use std::collections::BTreeMap;

/// A line without the blanks at its ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where its characters stand in the source; empty for a blank line.
    pub span: Span,
    /// The blank columns before it.
    pub indent: usize,
    /// Its characters, without the indent.
    pub width: usize,
    /// The characters of its first word.
    pub first_word: usize,
}

impl Line {
    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        self.span.is_empty()
    }
}

/// Takes `text[body]` apart into lines.
pub fn lines(text: &str, body: Span) -> Vec<Line> {
    let mut at = body.start;
    let mut lines = Vec::new();
    for whole in text[body].split_inclusive('\n') {
        let content = whole.trim_matches(is_blank);
        let before = whole.len() - whole.trim_start_matches(is_blank).len();
        let indent = whole[..before]
            .chars()
            .fold(0, |columns, c| if c == '\t' { columns + 8 - columns % 8 } else { columns + 1 });
        let start = at + if content.is_empty() { 0 } else { before };
        lines.push(Line {
            span: start..start + content.len(),
            indent: if content.is_empty() { 0 } else { indent },
            width: content.chars().count(),
            first_word: content.chars().take_while(|c| !c.is_whitespace()).count(),
        });
        at += whole.len();
    }
    lines
}

/// Whether a character shows nothing at the end of a line.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// How a text is laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The width at which lines were wrapped, in characters; `None` where each line ends on purpose.
    pub wrap: Option<usize>,
    /// Whether each line is a paragraph of its own, without blank lines between.
    pub is_by_line: bool,
    /// Whether there are paragraphs long enough for a short line to be a heading.
    pub has_long_paragraphs: bool,
    /// Whether the text is written in capitals, so that capitals say nothing.
    pub is_in_capitals: bool,
    /// Whether marked questions are answered.
    pub has_questions: bool,
}

/// The widest line that can have been wrapped by hand or by machine, in characters.
const WIDEST_WRAP: usize = 120;

impl Layout {
    /// Finds out how `lines` are laid out; those of the runs in `verses` say nothing of where others are broken.
    pub fn of(text: &str, lines: &[Line], verses: &BTreeMap<usize, usize>) -> Self {
        let filled = lines.iter().filter(|line| !line.is_blank()).count();
        let long = lines.iter().filter(|line| line.width > WIDEST_WRAP).count();
        let wrap = if long * 10 > filled { None } else { wrap_width(lines, verses) };
        let blank = lines.len() - filled;
        let is_by_line = wrap.is_none() && filled >= 5 && blank * 6 < filled && long * 10 > filled * 3;
        let mut paragraphs = 0;
        for chunk in lines.split(Line::is_blank) {
            let characters: usize = chunk.iter().map(|line| line.width).sum();
            paragraphs += usize::from(characters >= 160 && chunk.iter().any(|line| line.width >= 40));
        }
        let (mut capitals, mut small) = (0_usize, 0_usize);
        let (mut questions, mut answers) = (0_usize, 0_usize);
        for line in lines.iter().filter(|line| !line.is_blank()) {
            let content = &text[line.span.clone()];
            for c in content.chars() {
                capitals += usize::from(c.is_uppercase());
                small += usize::from(c.is_lowercase());
            }
            questions += usize::from(marker::question(content).is_some());
            answers += usize::from(marker::is_answer(content));
        }
        Self {
            wrap,
            is_by_line,
            has_long_paragraphs: paragraphs >= 2 || (paragraphs == 1 && is_by_line),
            is_in_capitals: capitals > small,
            has_questions: questions >= 2 || (questions == 1 && answers >= 1),
        }
    }

    /// Whether the text runs on from one line to the next, so that the line end between them means nothing.
    pub fn runs_on(&self, text: &str, line: &Line, next: &Line) -> bool {
        if line.is_blank() || next.is_blank() {
            return false;
        }
        let content = &text[line.span.clone()];
        if self.wrap.is_some_and(|wrap| line.indent + line.width + next.first_word + 3 > wrap) {
            return true;
        }
        let ends_open = content.ends_with(|last: char| last.is_alphanumeric() || ",-–—(\"'“‘".contains(last));
        ends_open && text[next.span.clone()].starts_with(char::is_lowercase)
    }
}

/// Estimates the width at which a text was wrapped from the lines that another line follows.
fn wrap_width(lines: &[Line], verses: &BTreeMap<usize, usize>) -> Option<usize> {
    let is_verse = |line: usize| verses.range(..=line).next_back().is_some_and(|(_, end)| line < *end);
    let pairs = || {
        let pairs = lines.windows(2).enumerate().filter(|(at, _)| !is_verse(*at));
        pairs.map(|(_, pair)| pair).filter(|pair| !pair[0].is_blank() && !pair[1].is_blank())
    };
    let mut widths: Vec<usize> = pairs().map(|pair| pair[0].indent + pair[0].width).collect();
    if widths.len() < 3 {
        return None;
    }
    widths.sort_unstable();
    let wrap = widths[(widths.len() - 1) * 9 / 10];
    let full = pairs().filter(|pair| pair[0].indent + pair[0].width + pair[1].first_word + 3 > wrap).count();
    ((30..=WIDEST_WRAP).contains(&wrap) && full * 2 >= widths.len()).then_some(wrap)
}
