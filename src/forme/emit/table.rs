//! Tables and lists of terms as Typst code.
//!
//! What enters: the cells of a table, terms and their definitions. What leaves: the calls that set them.

use super::Emitter;
use crate::document::passage::text;
use crate::document::{Alignment, Definition, Inline};
use crate::forme::{glyphs, literal};

/// The most characters that are told of a cell; a picture counts as so many.
const LONG_CELL: usize = 9_999;

/// Whether a picture stands in a cell.
fn holds_picture(cell: &[Inline]) -> bool {
    cell.iter().any(|inline| match inline {
        Inline::Image { .. } => true,
        Inline::Link { content, .. } | Inline::Emphasis(content) | Inline::Strong(content) => holds_picture(content),
        _ => false,
    })
}

impl Emitter<'_> {
    pub(super) fn table(&mut self, alignments: &[Alignment], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        self.out.push_str("#data-table(alignments: (");
        for alignment in alignments {
            self.out.push_str(match alignment {
                Alignment::Natural => "\"natural\", ",
                Alignment::Left => "\"left\", ",
                Alignment::Centre => "\"centre\", ",
                Alignment::Right => "\"right\", ",
            });
        }
        self.out.push_str("), columns: (");
        let count = rows.iter().chain([&head.to_vec()]).map(Vec::len).max().unwrap_or(0);
        for column in 0..count {
            let texts: Vec<String> = rows
                .iter()
                .map(Vec::as_slice)
                .chain([head])
                .filter_map(|row| row.get(column))
                .map(|cell| text(cell))
                .collect();
            let words = texts.iter().flat_map(|text| text.split_whitespace());
            let longest = words.max_by_key(|word| word.chars().count()).unwrap_or_default();
            let length: usize = texts.iter().map(|text| text.chars().count()).sum();
            self.out.push_str("(longest: ");
            literal::string(&glyphs::fit(longest, self.coverage), &mut self.out);
            self.out.push_str(&format!(", length: {length}), "));
        }
        self.out.push_str("), lengths: (");
        for row in rows {
            let length = |cell: &Vec<Inline>| if holds_picture(cell) { usize::MAX } else { text(cell).chars().count() };
            let longest = row.iter().map(length).max().unwrap_or(0).min(LONG_CELL);
            self.out.push_str(&format!("{longest}, "));
        }
        self.out.push_str("), head: ");
        self.cells(head);
        self.out.push_str(", rows: (");
        for row in rows {
            self.cells(row);
            self.out.push_str(", ");
        }
        self.out.push_str("));");
    }

    fn cells(&mut self, cells: &[Vec<Inline>]) {
        self.out.push('(');
        for cell in cells {
            self.out.push('[');
            self.paragraph(cell);
            self.out.push_str("], ");
        }
        self.out.push(')');
    }

    pub(super) fn definitions(&mut self, definitions: &[Definition]) {
        self.out.push_str("#definitions(");
        for Definition { term, meanings } in definitions {
            self.out.push_str("([");
            self.passage(term);
            self.out.push_str("], (");
            for meaning in meanings {
                self.out.push('[');
                self.blocks(meaning);
                self.out.push_str("], ");
            }
            self.out.push_str(")), ");
        }
        self.out.push_str(");");
    }
}
