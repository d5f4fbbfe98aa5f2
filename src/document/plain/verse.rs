//! Verse and other lines that are broken on purpose.
//!
//! Running text is broken where a line is full, so that hardly four lines in a row begin with a capital; in verse, and
//! in addresses and lists of names, every line does.

use crate::document::plain::line::Line;
use std::collections::BTreeMap;

/// The fewest lines that show by their capitals that they were broken on purpose.
const FEWEST: usize = 4;

/// The widest line of verse, in characters.
const WIDEST: usize = 60;

/// Finds the runs of lines, from blank line to blank line, that are verse: for the first line of each the line after
/// its last.
pub fn runs(text: &str, lines: &[Line]) -> BTreeMap<usize, usize> {
    let mut runs = BTreeMap::new();
    let mut start = 0;
    for chunk in lines.split(Line::is_blank) {
        let end = start + chunk.len();
        if chunk.len() >= FEWEST
            && chunk.iter().all(|line| line.width <= WIDEST && begins_anew(&text[line.span.clone()]))
        {
            runs.insert(start, end);
        }
        start = end + 1;
    }
    runs
}

/// Whether a line begins with a capital, behind quotation marks and the like; a figure or a mark of a list is none.
fn begins_anew(content: &str) -> bool {
    content.trim_start_matches(['"', '\'', '“', '‘', '«', '„', '(', '—', '–']).starts_with(char::is_uppercase)
}

/// How many blanks of an em a line of verse is moved in by, of those that it has more columns before it than the others.
pub fn indent(line: &Line, lines: &[Line]) -> usize {
    const COLUMNS: usize = 2;
    const MOST: usize = 8;
    let margin = lines.iter().map(|line| line.indent).min().unwrap_or(0);
    ((line.indent - margin) / COLUMNS).min(MOST)
}

#[cfg(test)]
mod tests {
    use crate::document::{Block, Inline, plain};

    /// The blocks of a text: how many lines each block of lines has, 0 for any other block.
    fn shape(text: &str) -> Vec<usize> {
        let tree = plain::parse(text, 0..text.len());
        tree.blocks.iter().map(|block| if let Block::Lines(lines) = block { lines.len() } else { 0 }).collect()
    }

    #[test]
    fn stanzas_keep_their_lines() {
        let stanza = "    Set it up and lock it in,\n    Ink it thick and print it thin,\n    What we set at dead of night\n      All the town shall read by light.\n";
        assert_eq!(
            shape(&format!("Song\n\n{stanza}\n{stanza}\nThe town sang it for a year and a day, and then forgot it.\n")),
            [0, 4, 4, 0]
        );
        let tree = plain::parse(stanza, 0..stanza.len());
        let Some(Block::Lines(lines)) = tree.blocks.first() else { panic!("{tree:?}") };
        assert!(matches!(&lines[3][0], Inline::Text(leaf) if leaf.text == "\u{2003}"), "{lines:?}");
    }

    #[test]
    fn wrapped_prose_is_joined_whatever_its_lines_begin_with() {
        let prose = "The Harbour Workers Union met on the bridge on\nMonday and asked the Minister what Strelsau and\nZenda had been promised, and nobody who was there\ncould say what the answer was.\n";
        assert_eq!(shape(prose), [0]);
    }
}
