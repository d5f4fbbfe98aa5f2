//! Volumes: an edition that is too large for one book, parted between documents.
//!
//! What enters: an edition, and how long its documents are. What leaves: the ranges of documents that make a volume each,
//! and the [`Edition`] of a volume, which is a book of its own: its documents keep their numbers. What is common to all
//! volumes, the contents of all of them and the glossary, stands in the last.

use super::glossary::Pages;
use super::history::{History, Stub};
use super::{Edition, Item, timeline};
use std::ops::Range;

/// One of several volumes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    /// Which it is, counted from 1.
    pub number: usize,
    /// The documents that it has, by their places in the edition.
    pub documents: Range<usize>,
    /// Whether it is the last.
    pub is_last: bool,
}

/// What the last of several volumes lists.
pub struct Whole<'a> {
    /// The edition with the documents of all volumes.
    pub edition: &'a Edition,
    /// Where they stand; none while the pages are not known.
    pub pages: Option<Pages>,
}

impl Edition {
    /// Makes the edition of one volume.
    pub fn volume(&self, volume: Volume) -> Self {
        let documents: Vec<usize> = volume.documents.clone().collect();
        let (is_first, is_last) = (volume.number == 1, volume.is_last);
        let part = self.part(&documents);
        Self {
            preface: self.preface.clone().filter(|_| is_first),
            afterword: self.afterword.clone().filter(|_| is_last),
            history: self.history_of(&volume),
            volume: Some(volume),
            ..part
        }
    }

    /// Makes an edition of some of the documents alone, with nothing before them.
    pub fn part(&self, documents: &[usize]) -> Self {
        let annotated = self.annotated.part(documents);
        let items: Vec<Item> = documents.iter().map(|at| self.items[*at].clone()).collect();
        let facts: Vec<_> = items.iter().map(|item| item.facts.clone()).collect();
        Self {
            timeline: timeline::draw(&annotated.collection, &facts),
            annotated,
            items,
            book: self.book.clone(),
            words: self.words.clone(),
            summary: self.summary.clone(),
            rules: self.rules.clone(),
            colophon: self.colophon.clone(),
            citation: self.citation.clone(),
            sheet: self.sheet,
            summary_page: self.summary_page && facts.iter().any(|facts| facts.summary.is_some()),
            preface: None,
            afterword: None,
            history: History::default(),
            voice: self.voice.clone(),
            volume: None,
        }
    }

    /// What a volume says of earlier editions: the stubs between its documents; the last one the rest.
    fn history_of(&self, volume: &Volume) -> History {
        let Range { start, end } = volume.documents;
        let is_here = |stub: &&Stub| (start..end).contains(&stub.place) || volume.is_last && stub.place == end;
        let stubs = self.history.stubs.iter().filter(is_here);
        let stubs = stubs.map(|stub| Stub { place: stub.place - start, ..stub.clone() }).collect();
        if volume.is_last { History { stubs, ..self.history.clone() } } else { History { stubs, ..History::default() } }
    }
}

/// Writes a number in Roman figures.
pub fn numeral(number: usize) -> String {
    const FIGURES: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = number;
    let mut numeral = String::new();
    for (value, figure) in FIGURES {
        while rest >= value {
            numeral.push_str(figure);
            rest -= value;
        }
    }
    numeral
}

/// Parts documents of such lengths into so many volumes that are as even as can be, where `behind` stands in the last
/// behind its documents; no volume is empty.
pub fn even(lengths: &[f64], behind: f64, volumes: usize) -> Vec<Range<usize>> {
    let volumes = volumes.clamp(1, lengths.len().max(1));
    let all = lengths.iter().sum::<f64>() + behind;
    let mut ranges = Vec::with_capacity(volumes);
    let (mut start, mut used) = (0, 0.0);
    for volume in 1..=volumes {
        let left = volumes - volume;
        let goal = all * volume as f64 / volumes as f64;
        let mut end = start;
        while end < lengths.len() - left && (end == start || left == 0 || used + lengths[end] / 2.0 <= goal) {
            used += lengths[end];
            end += 1;
        }
        ranges.push(start..end);
        start = end;
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_roman_figures() {
        let written = [1, 4, 9, 14, 40, 1994].map(numeral);
        assert_eq!(written, ["I", "IV", "IX", "XIV", "XL", "MCMXCIV"]);
    }

    #[test]
    fn volumes_are_even_and_hold_every_document_once() {
        assert_eq!(even(&[1.0; 10], 0.0, 3), [0..3, 3..7, 7..10]);
        assert_eq!(even(&[9.0, 1.0, 1.0, 1.0], 0.0, 2), [0..1, 1..4]);
        assert_eq!(even(&[1.0, 1.0, 9.0], 0.0, 3), [0..1, 1..2, 2..3]);
        assert_eq!(even(&[1.0, 2.0], 0.0, 5), [0..1, 1..2]);
        assert_eq!(even(&[1.0; 10], 2.0, 2), [0..6, 6..10]);
        assert_eq!(even(&[1.0; 4], 100.0, 2), [0..3, 3..4]);
    }
}
