//! Takes: what a few documents of a book are set from, by themselves.
//!
//! What enters: an edition, and how many documents are in a take. What leaves: for each take the files that it has in
//! place of the book's. They say nothing of other documents, so that a take stays what it is while those change.

use super::glyphs::Coverage;
use super::setting::SETTING;
use super::{EDITION, GLOSSARY, HISTORY, Setting, book, glossary, history};
use crate::edition::Edition;
use crate::edition::glossary::Glossary;
use crate::edition::history::History;
use std::collections::BTreeMap;
use std::sync::Arc;
use typst::layout::Abs;

/// A part of a book that is set by itself.
#[derive(Debug, Clone, Hash)]
pub struct Take {
    /// How many empty pages stand before its own.
    pub blanks: usize,
    /// The files that it has in place of the book's, by their virtual paths.
    pub files: BTreeMap<&'static str, Arc<str>>,
}

impl Take {
    /// What stands before the documents.
    pub fn front() -> Self {
        Self { blanks: 0, files: BTreeMap::from([(SETTING, Setting::Front.code().into())]) }
    }

    /// The openings of its documents; none where it is no take of documents.
    pub fn openings(&self) -> Option<Self> {
        (!self.files.contains_key(SETTING)).then(|| self.set_as(&Setting::Openings))
    }

    /// Its documents, whose openings are so deep.
    pub fn text(&self, depths: Vec<Abs>) -> Self {
        self.set_as(&Setting::Text { blanks: self.blanks, depths })
    }

    fn set_as(&self, setting: &Setting) -> Self {
        let mut take = self.clone();
        take.files.insert(SETTING, setting.code().into());
        take
    }
}

/// Parts the documents of a book in takes of so many. `blanks` gives the empty pages before each, by its place in the book.
pub fn takes(edition: &Edition, documents: usize, blanks: &dyn Fn(usize) -> usize, coverage: &Coverage) -> Vec<Take> {
    let stubs = History { stubs: edition.history.stubs.clone(), ..History::default() };
    let shared: [(&str, Arc<str>); 2] = [
        (GLOSSARY, glossary::write(edition, &Glossary::default(), coverage).into()),
        (HISTORY, history::write(edition, &stubs, coverage).into()),
    ];
    let all = edition.items.len();
    let take = |(at, from): (usize, usize)| {
        let own = (EDITION, book::write_take(edition, from..all.min(from + documents), coverage).into());
        Take { blanks: blanks(at), files: shared.iter().cloned().chain([own]).collect() }
    };
    (0..all.max(1)).step_by(documents.max(1)).enumerate().map(take).collect()
}
