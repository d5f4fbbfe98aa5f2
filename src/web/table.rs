//! Tables of a page.
//!
//! What enters: a table of a page. What leaves: the rows of a Markdown table, if the table holds data; a table that
//! only lays a page out is none. Cells that span several columns or rows are followed by empty ones.

use super::dom::{Dom, Kind};
use super::inline::{Line, Place};
use super::write::{Writer, is_block};

/// The most columns that a table is set with.
const MOST_COLUMNS: usize = 64;
/// The longest cell of a table of data, in letters; longer ones hold text.
const LONGEST_CELL: usize = 600;

/// Whether a table holds data in rows and columns.
pub fn is_data(dom: &Dom, table: usize, left_out: &[Option<&'static str>]) -> bool {
    let end = dom.nodes[table].end;
    let role = dom.element(table).and_then(|element| element.value("role"));
    if matches!(role, Some("presentation" | "none")) {
        return false;
    }
    let (mut rows, mut columns, mut widest) = (0, 0, 0);
    let mut at = table + 1;
    while at < end {
        match dom.name(at) {
            "tr" => {
                rows += 1;
                columns = 0;
            }
            "td" | "th" => {
                columns += span(dom, at, "colspan");
                widest = widest.max(columns);
                let is_long = dom.text(at).chars().filter(|c| !c.is_whitespace()).count() > LONGEST_CELL;
                let is_boxed = (at + 1..dom.nodes[at].end).any(|inner| {
                    let name = dom.name(inner);
                    is_block(name) && !matches!(name, "p" | "div" | "center") || left_out[inner].is_some()
                });
                if is_long || is_boxed {
                    return false;
                }
                at = dom.nodes[at].end;
                continue;
            }
            // A caption in the middle would move.
            "caption" if rows > 0 => return false,
            "table" => return false,
            _ => {}
        }
        at += 1;
    }
    rows >= 2 && (2..=MOST_COLUMNS).contains(&widest)
}

/// Reads how many columns or rows a cell spans.
fn span(dom: &Dom, at: usize, name: &str) -> usize {
    let value = dom.element(at).and_then(|element| element.value(name)).and_then(|value| value.parse::<usize>().ok());
    value.unwrap_or(1).clamp(1, MOST_COLUMNS + 1)
}

/// The rows of a table.
#[derive(Debug, Default)]
pub struct Rows {
    /// Its captions.
    pub captions: Vec<Line>,
    rows: Vec<Vec<Line>>,
    /// Whether the first row is a head.
    has_head: bool,
}

/// Reads a table of data.
pub(super) fn read(writer: &mut Writer<'_>, table: usize) -> Rows {
    let dom = writer.dom;
    let mut rows = Rows::default();
    // For each column, how many more rows a cell above reaches down.
    let mut reaching: Vec<usize> = Vec::new();
    let mut at = table + 1;
    while at < dom.nodes[table].end {
        let end = dom.nodes[at].end;
        match dom.name(at) {
            "caption" => {
                let caption = cell(writer, at, Place::Paragraph);
                if !caption.text.is_empty() {
                    rows.captions.push(caption);
                }
                at = end;
            }
            "tr" => {
                rows.rows.push(Vec::new());
                at += 1;
            }
            name @ ("td" | "th") => {
                if rows.rows.is_empty() {
                    rows.rows.push(Vec::new());
                }
                let is_first = rows.rows.len() == 1;
                let row = rows.rows.last_mut().expect("a row was begun");
                fill(row, &mut reaching);
                if is_first {
                    rows.has_head = name == "th" && (row.is_empty() || rows.has_head);
                }
                let (columns, down) = (span(dom, at, "colspan"), span(dom, at, "rowspan"));
                let column = row.len();
                row.push(cell(writer, at, Place::Cell));
                row.extend((1..columns).map(|_| Line::default()));
                reaching.resize(reaching.len().max(column + columns), 0);
                reaching[column..column + columns].fill(down);
                at = end;
            }
            _ => {
                if let Kind::Text(text) = &dom.nodes[at].kind {
                    writer.leaf(at, text);
                }
                at += 1;
            }
        }
    }
    rows
}

/// Adds the empty cells that cells of rows above reach into.
fn fill(row: &mut Vec<Line>, reaching: &mut [usize]) {
    if row.is_empty() {
        for down in reaching.iter_mut() {
            *down = down.saturating_sub(1);
        }
    }
    while reaching.get(row.len()).is_some_and(|down| *down > 0) && row.len() < MOST_COLUMNS {
        row.push(Line::default());
    }
}

/// Reads a cell as one line.
fn cell(writer: &mut Writer<'_>, at: usize, place: Place) -> Line {
    let dom = writer.dom;
    writer.is_in_cell = true;
    for index in at + 1..dom.nodes[at].end {
        writer.close_inline(index);
        match &dom.nodes[index].kind {
            Kind::Text(text) => writer.leaf(index, text),
            Kind::Element(element) => {
                let is_parted = is_block(&element.name) && !writer.inline.is_blank();
                if is_parted {
                    writer.inline.line_end();
                }
                writer.inline_element(index, element);
            }
        }
    }
    writer.close_inline(dom.nodes[at].end);
    writer.settle_omitted();
    writer.is_in_cell = false;
    let lines = writer.inline.finish(place);
    lines.into_iter().reduce(joined).unwrap_or_default()
}

/// Joins two lines of a caption.
fn joined(mut first: Line, second: Line) -> Line {
    let length = first.text.len() + 1;
    first.text = format!("{} {}", first.text, second.text);
    first.omitted.extend(second.omitted.into_iter().map(|(number, at)| (number, at + length)));
    first
}

impl Rows {
    /// Writes the rows; Markdown's tables have a head, which stays empty where the page has none.
    pub fn lines(self) -> Vec<Line> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let mut lines = Vec::new();
        let ruled = Line { text: format!("|{}", " --- |".repeat(columns)), ..Line::default() };
        if !self.has_head {
            lines.push(Line { text: format!("|{}", "  |".repeat(columns)), ..Line::default() });
            lines.push(ruled.clone());
        }
        for (index, row) in self.rows.into_iter().enumerate() {
            let mut line = Line { text: "|".to_owned(), ..Line::default() };
            let cells = row.len();
            for cell in row {
                let start = line.text.len() + 1;
                line.omitted.extend(cell.omitted.into_iter().map(|(number, at)| (number, at + start)));
                if line.line == 0 {
                    line.line = cell.line;
                }
                line.text.push_str(&format!(" {} |", cell.text));
            }
            line.text.push_str(&"  |".repeat(columns - cells.min(columns)));
            lines.push(line);
            if index == 0 && self.has_head {
                lines.push(ruled.clone());
            }
        }
        lines
    }
}
