//! The lock file: what each edition printed under which number, and the permanent id of every document.
//!
//! What enters: the text of `dossier.lock`, and an annotated collection. What leaves: a [`Roll`], the ids and numbers of
//! one edition, and the text of the lock file with that edition in it ([`write()`]); what has changed between two editions
//! ([`changes`]). An id is given once and never to another document: each edition records the highest, so that a block
//! taken out by hand does not free its id. Nothing here reads or writes files.
//!
//! The words of each document as they were set are kept beside the lock file, one plain text for each wording, named
//! after the id and the hash, so that editions can be compared word by word and merges never meet in one file.

pub mod changes;
pub mod compare;
pub mod number;
mod read;
mod roll;
pub mod wording;
mod write;

pub use number::Number;
pub use read::read;
pub use roll::{Asked, Moved, Roll, Stub, enrol};
pub use write::write;

use crate::date::Edtf;
use crate::document::mask;
use crate::settings::Numbering;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::fmt;

/// The lock file, in the collection's folder.
pub const FILE: &str = "dossier.lock";
/// The folder beside it that keeps the wordings.
pub const WORDINGS: &str = "dossier.lock.d";

/// The permanent id of a captured file: `D0001`, `D0002` …
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u32);

impl Id {
    /// Reads an id as it is written.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('D').filter(|digits| digits.len() >= 4)?;
        let number: u32 = digits.parse().ok().filter(|_| digits.bytes().all(|digit| digit.is_ascii_digit()))?;
        Some(Self(number)).filter(|id| number > 0 && id.to_string() == text)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "D{:04}", self.0)
    }
}

/// What the lock file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// The editions, the oldest first.
    pub entries: Vec<Entry>,
}

/// One edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its label.
    pub label: String,
    /// Its date.
    pub date: Option<NaiveDate>,
    /// How its documents were numbered.
    pub numbering: Numbering,
    /// The highest id that was given when it was made.
    pub highest: u32,
    /// Every document that ever had an id, by id.
    pub records: Vec<Record>,
    /// What the hashes of their texts cover.
    pub hashed: Hashed,
    /// The organizations of its glossary, by heading.
    pub bodies: Vec<Body>,
}

/// What the hash of a text covers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Hashed {
    /// The title and the text, as the lock file has it.
    #[default]
    WithTitle,
    /// The text by itself, as a manifest has it.
    Alone,
}

/// A document in one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its permanent id.
    pub id: Id,
    /// Its printed number; one that is not printed has none, unless a stub stands under it.
    pub number: Option<Number>,
    /// The path of the file, relative to the collection.
    pub path: String,
    /// The title.
    pub title: String,
    /// The date that files it, in EDTF; none where it is undated.
    pub date: Option<String>,
    /// The SHA-256 of the source, or of its masked rendition.
    pub source: String,
    /// The SHA-256 of its words as they were set ([`wording`]).
    pub text: String,
    /// What became of it.
    pub fate: Fate,
    /// The numbers of earlier editions under which stubs now lead to it.
    pub formerly: Vec<Number>,
}

/// What became of a document in an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is printed.
    Printed,
    /// It is no longer printed, with the reason where one is told.
    Withdrawn(Option<String>),
    /// Its text is printed under this document.
    Merged(Id),
}

/// An organization in the glossary of one edition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Body {
    /// The heading.
    pub heading: String,
    /// The acronym.
    pub acronym: Option<String>,
    /// Other forms under which documents name it.
    pub variants: Vec<String>,
}

/// Writes a date in words; `[undated]` where there is none.
fn in_words(date: Option<&Edtf>) -> String {
    date.map_or_else(|| "[undated]".to_owned(), Edtf::display)
}

impl Lock {
    /// The highest id that was ever given; 0 where none was.
    pub fn highest(&self) -> u32 {
        let of = |entry: &Entry| entry.records.iter().map(|record| record.id.0).max().unwrap_or(0).max(entry.highest);
        self.entries.iter().map(of).max().unwrap_or(0)
    }

    /// Gives the edition of a label.
    pub fn entry(&self, label: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.label == label)
    }

    /// Gives the edition that one of this label follows: the last before it that was numbered alike, else the last.
    ///
    /// So a packet for a meeting that was made between two archive editions does not come between their numbers.
    pub fn before(&self, label: Option<&str>, numbering: Numbering) -> Option<&Entry> {
        let at = label.and_then(|label| self.entries.iter().position(|entry| entry.label == label));
        let before = &self.entries[..at.unwrap_or(self.entries.len())];
        before.iter().rfind(|entry| entry.numbering == numbering).or(before.last())
    }

    /// Gives the edition that follows one of this label and was numbered alike.
    pub fn behind(&self, label: &str) -> Option<&Entry> {
        let at = self.entries.iter().position(|entry| entry.label == label)?;
        let numbering = self.entries[at].numbering;
        self.entries[at + 1..].iter().rfind(|entry| entry.numbering == numbering)
    }

    /// Gives what was last recorded of every id.
    pub fn latest(&self) -> BTreeMap<Id, &Record> {
        self.entries.iter().flat_map(|entry| &entry.records).map(|record| (record.id, record)).collect()
    }

    /// Puts an edition into its place: that of its label, else the end.
    pub fn with(mut self, entry: Entry) -> Self {
        match self.entries.iter_mut().find(|known| known.label == entry.label) {
            Some(known) => *known = entry,
            None => self.entries.push(entry),
        }
        self
    }

    /// Masks contact details that were recorded when nothing was masked.
    pub fn masked(mut self, keep: &[String]) -> Self {
        for record in self.entries.iter_mut().flat_map(|entry| &mut entry.records) {
            record.title = mask::mask(&record.title, keep).text;
        }
        self
    }
}

impl Entry {
    /// Gives the record of an id.
    pub fn record(&self, id: Id) -> Option<&Record> {
        self.records.binary_search_by_key(&id, |record| record.id).ok().map(|at| &self.records[at])
    }
}

impl Record {
    /// Whether it is printed.
    pub fn is_printed(&self) -> bool {
        self.fate == Fate::Printed
    }

    /// The date in words; `[undated]` where there is none.
    pub fn date_in_words(&self) -> String {
        in_words(self.date.as_deref().and_then(|date| Edtf::parse(date).ok()).as_ref())
    }

    /// The file in the folder of wordings that keeps its words.
    pub fn wording_file(&self) -> String {
        format!("{}-{}.txt", self.id, self.text.get(..16).unwrap_or(&self.text))
    }
}
