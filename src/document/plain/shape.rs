//! The shapes of plain lines: columns, headings, short lines.

use crate::document::plain::line::Line;
use crate::document::plain::marker;
use std::collections::BTreeMap;

/// The columns (counted in characters) between which the words behind a wide gap in a line stand.
struct Row {
    starts: Vec<usize>,
    ends: Vec<usize>,
}

impl Row {
    /// Reads the row in a line that is indented by some columns.
    fn of(content: &str, indent: usize) -> Self {
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        let (mut column, mut blanks, mut tabs) = (indent, 0, 0);
        for c in content.chars() {
            match c {
                ' ' => blanks += 1,
                '\t' => tabs += 1,
                _ => {
                    if blanks >= 3 || tabs >= 1 {
                        if !starts.is_empty() {
                            ends.push(column - blanks - tabs);
                        }
                        starts.push(column);
                    }
                    (blanks, tabs) = (0, 0);
                }
            }
            column += if c == '\t' { 8 - column % 8 } else { 1 };
        }
        ends.push(column);
        Self { starts, ends }
    }

    /// Whether a column of this row starts or ends where one of the other does.
    fn is_aligned_with(&self, other: &Self) -> bool {
        let shares = |ours: &[usize], theirs: &[usize]| ours.iter().any(|column| theirs.contains(column));
        shares(&self.starts, &other.starts) || shares(&self.ends, &other.ends)
    }
}

/// The widest line of a table set with blanks, in characters.
const WIDEST_ROW: usize = 200;

/// Finds the runs of lines that are set in columns: for the first line of each run the line after its last.
pub fn column_runs(text: &str, lines: &[Line]) -> BTreeMap<usize, usize> {
    let mut runs = BTreeMap::new();
    let mut start = 0;
    while start < lines.len() {
        let mut rows: Vec<Row> = Vec::new();
        let mut end = start;
        while let Some(line) = lines.get(end).filter(|line| !line.is_blank() && line.width <= WIDEST_ROW) {
            let content = &text[line.span.clone()];
            let row = Row::of(content, line.indent);
            let is_item = marker::item(content).is_some_and(|(_, length)| length > 3 && row.starts.len() == 1);
            if row.starts.is_empty() || is_item {
                break;
            }
            rows.push(row);
            end += 1;
        }
        let shared = rows.windows(2).filter(|pair| pair[0].is_aligned_with(&pair[1])).count();
        if rows.len() >= 3 && shared * 2 >= rows.len() - 1 {
            runs.insert(start, end);
        }
        start = end.max(start + 1);
    }
    runs
}

/// Whether a line is written in capitals and long enough for that to mean a heading.
pub fn is_in_capitals(content: &str) -> bool {
    let letters = content.chars().filter(|c| c.is_uppercase()).count();
    letters >= 4
        && content.chars().count() <= 140
        && !content.chars().any(char::is_lowercase)
        && !content.ends_with([',', ';'])
        && content.split_whitespace().any(|word| word.chars().filter(|c| c.is_uppercase()).count() >= 4)
        && !content.contains("://")
}

/// Whether a line has the look of a title: short, not a sentence, neither a date nor a signature's opening.
pub fn is_title(content: &str) -> bool {
    let words = content.split_whitespace().count();
    let first = content.chars().find(|c| c.is_alphanumeric());
    let first_word = content.split_whitespace().next().unwrap_or_default();
    content.chars().count() <= 90
        && (1..=13).contains(&words)
        && content.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && first.is_some_and(|first| !first.is_lowercase())
        && !content.ends_with(['.', ',', ';', ':', '!', '…', '-', '–', '—', '।', '。', '؛', '،'])
        && !content.trim_end_matches([']', ')', '"', '”', '»']).ends_with('.')
        && !matches!(first_word, "By" | "Par" | "Von" | "Por" | "Di" | "Door" | "Af" | "Av")
        && !content.contains("://")
        && !content.contains(" masked]")
        && !is_dated(content)
}

/// Whether a line is a dateline or a date: a year of four figures with a day, a bar or a comma.
fn is_dated(content: &str) -> bool {
    let mut numbers = 0;
    let mut years = 0;
    for word in content.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let digits = word.chars().take_while(|c| c.is_numeric()).count();
        if digits == 4 && word.chars().count() == 4 {
            years += 1;
        } else if (1..=2).contains(&digits) {
            numbers += 1;
        }
    }
    years > 0 && (numbers > 0 || content.contains(['|', ',']) || content.split_whitespace().count() <= 2)
        || numbers >= 3
}

/// Whether a line ends as a sentence ends.
pub fn ends_sentence(content: &str) -> bool {
    content
        .trim_end_matches(['"', '\'', '”', '’', '»', ')', ']'])
        .ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '۔', '؟'])
}
