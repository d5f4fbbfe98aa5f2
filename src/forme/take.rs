//! Takes: what parts of a book are set from, by themselves.
//!
//! What enters: an edition, and how many documents are in a take. What leaves: for each take the files that it has in
//! place of the book's. Those of documents say nothing of others, so that a take stays what it is while these change.

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
    /// A part of the book that is set from the book's own files.
    pub fn part(setting: &Setting) -> Self {
        let blanks = if let Setting::Back { blanks } = setting { *blanks } else { 0 };
        Self { blanks, files: BTreeMap::from([(SETTING, setting.code().into())]) }
    }

    /// Is told this of the whole book, instead of what the book's own file says.
    pub fn told(mut self, book: &Arc<str>) -> Self {
        self.files.insert(EDITION, Arc::clone(book));
        self
    }

    /// Puts its documents behind so many empty pages.
    pub fn stand_behind(&mut self, blanks: usize) {
        self.blanks = blanks;
        self.files.insert(SETTING, Setting::Text { blanks }.code().into());
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
        let mut take = Take { blanks: 0, files: shared.iter().cloned().chain([own]).collect() };
        take.stand_behind(blanks(at));
        take
    };
    (0..all.max(1)).step_by(documents.max(1)).enumerate().map(take).collect()
}
