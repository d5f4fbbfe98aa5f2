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

    /// The same documents behind so many empty pages.
    pub fn behind(mut self, blanks: usize) -> Self {
        self.blanks = blanks;
        self.files.insert(SETTING, Setting::Text { blanks }.code().into());
        self
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
        Take { blanks: 0, files: shared.iter().cloned().chain([own]).collect() }.behind(blanks(at))
    };
    (0..all.max(1)).step_by(documents.max(1)).enumerate().map(take).collect()
}
