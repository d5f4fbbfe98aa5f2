//! The words of a document as they are set.
//!
//! What enters: a document. What leaves: its title and its body as plain text, a line for each paragraph, heading, item
//! or cell, so that two wordings can be compared and a person can read them. What is not set (furniture, masked details)
//! is not in it.

use crate::collection::Document;
use crate::document::mask;
use crate::document::passage::beside;
use crate::text::squeeze;

/// The words of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording {
    /// The lines, the title first.
    pub lines: Vec<String>,
    /// For each line the passage that it is, where it is one.
    pub passages: Vec<Option<usize>>,
}

impl Wording {
    /// Gathers the words of a document: the title, the passages of the body and its footnotes, then lines of code and the
    /// labels of questions.
    pub fn of(document: &Document) -> Self {
        let mut wording = Self::default();
        wording.push(&document.description.title, None);
        for (at, run) in document.passages.runs.iter().enumerate() {
            wording.push(&run.text, Some(at));
        }
        let footnotes = document.tree.footnotes.values();
        for blocks in std::iter::once(&document.tree.blocks).chain(footnotes) {
            beside(blocks, &mut |_, leaf| leaf.text.lines().for_each(|line| wording.push(line, None)));
        }
        wording
    }

    /// Reads the words of a document back; which passages the lines are is not known then.
    pub fn read(text: &str) -> Self {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        Self { passages: vec![None; lines.len()], lines }
    }

    /// Masks contact details; lines stay lines.
    pub fn masked(self, keep: &[String]) -> Self {
        let masked = Self::read(&mask::mask(&self.text(), keep).text);
        if masked.lines.len() == self.lines.len() { Self { passages: self.passages, ..masked } } else { masked }
    }

    /// The words as one text, with a line end behind each line.
    pub fn text(&self) -> String {
        self.lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
    }

    /// The SHA-256 of that text.
    pub fn hash(&self) -> String {
        crate::source::hash(self.text().as_bytes())
    }

    fn push(&mut self, text: &str, passage: Option<usize>) {
        let line = squeeze(text);
        // The title keeps its line even where there is none.
        if !line.is_empty() || self.lines.is_empty() {
            self.lines.push(line);
            self.passages.push(passage);
        }
    }
}
