//! What has changed between two editions.
//!
//! What enters: two editions as the lock file has them, and the words of their documents as far as they are kept. What
//! leaves: [`Changes`]: document by document and organization by organization. Documents are the same where their ids
//! are; an organization under a new heading is the same where one names the other among its forms, or the acronyms agree
//! and the headings nearly.

use super::compare::{self, Difference};
use super::wording::Wording;
use super::{Entry, Fate, Hashed, Id, Number, Record};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How alike two headings with one acronym must be to be one organization's (Jaro and Winkler's measure).
const ALIKE: f64 = 0.9;

/// The changes from one edition to another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The label of the older edition.
    pub since: String,
    /// Its date.
    pub date: Option<NaiveDate>,
    /// What happened to documents, kind by kind, in the order of their numbers.
    pub documents: Vec<Change>,
    /// What happened to organizations.
    pub organizations: Vec<BodyChange>,
    /// Old numbers and those that the documents have now, where any moved.
    pub concordance: Vec<Moved>,
    /// The lines in which the wording of a document differs, by id.
    pub lines: BTreeMap<Id, BTreeSet<usize>>,
}

/// A change of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The document.
    pub id: Id,
    /// Its number now; that of the older edition where it is no longer printed.
    pub number: Option<Number>,
    /// Its title now.
    pub title: String,
    /// Its date now, in words.
    pub date: String,
    /// What happened to it.
    pub kind: Kind,
}

/// What can happen to a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// It is new.
    Added,
    /// It was withdrawn or merged, and is printed again.
    Restored,
    /// Its words have changed: the words, or nothing where the older ones are not kept.
    Corrected(Option<Vec<Difference>>),
    /// Its date has changed: the date that it had, in words.
    Redated(String),
    /// Its title has changed: the title that it had.
    Retitled(String),
    /// Its file has another name: the path that it had, and the one that it has.
    Renamed(String, String),
    /// Its file has changed and nothing that is printed of it.
    Resaved,
    /// It is no longer printed: the reason, where one is told.
    Withdrawn(Option<String>),
    /// It is printed as another document: the id and the number of that.
    Merged(Id, Option<Number>),
}

impl Kind {
    /// Its name, a permanent one.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Restored => "restored",
            Self::Corrected(_) => "corrected",
            Self::Redated(_) => "redated",
            Self::Retitled(_) => "retitled",
            Self::Renamed(..) => "renamed",
            Self::Resaved => "resaved",
            Self::Withdrawn(_) => "withdrawn",
            Self::Merged(..) => "merged",
        }
    }

    /// The names of all kinds, in the order in which they are told.
    pub const NAMES: [&str; 9] =
        ["added", "restored", "corrected", "redated", "retitled", "renamed", "resaved", "withdrawn", "merged"];
}

/// A change of one organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum BodyChange {
    /// It is new in the glossary.
    New {
        /// The heading.
        heading: String,
    },
    /// It has another heading or acronym.
    Changed {
        /// The heading.
        heading: String,
        /// The acronym.
        acronym: Option<String>,
        /// The heading that it had.
        was: String,
        /// The acronym that it had.
        was_acronym: Option<String>,
    },
    /// It is no longer in the glossary.
    Gone {
        /// The heading.
        heading: String,
    },
}

/// A number that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The document that had it.
    pub id: Id,
    /// The old number.
    pub was: Number,
    /// The number under which its text is printed now; none where it was withdrawn.
    pub now: Option<Number>,
}

/// Gives the words of a document in an edition, as far as they are kept.
pub type Words<'a> = dyn Fn(&Record) -> Option<Wording> + 'a;

/// Compares two editions; `old_words` and `new_words` give the words of their documents.
pub fn between(old: &Entry, new: &Entry, old_words: &Words<'_>, new_words: &Words<'_>) -> Changes {
    let mut changes = Changes { since: old.label.clone(), date: old.date, ..Changes::default() };
    for record in &new.records {
        document(old, new, record, (old_words, new_words), &mut changes);
    }
    for record in old.records.iter().filter(|record| record.is_printed() && new.record(record.id).is_none()) {
        changes.documents.push(change(record, record.number.clone(), Kind::Withdrawn(None)));
    }
    let rank = |change: &Change| Kind::NAMES.iter().position(|name| *name == change.kind.name());
    changes.documents.sort_by_cached_key(|change| (rank(change), change.number.clone(), change.id));
    changes.organizations = organizations(old, new);
    changes.concordance = concordance(old, new);
    changes
}

fn change(record: &Record, number: Option<Number>, kind: Kind) -> Change {
    Change { id: record.id, number, title: record.title.clone(), date: record.date_in_words(), kind }
}

/// Finds what happened to one document.
fn document(
    old: &Entry,
    new: &Entry,
    record: &Record,
    (old_words, new_words): (&Words<'_>, &Words<'_>),
    changes: &mut Changes,
) {
    let was = old.record(record.id);
    let was_printed = was.is_some_and(Record::is_printed);
    let mut push = |number: Option<&Number>, kind| changes.documents.push(change(record, number.cloned(), kind));
    let number = record.number.as_ref();
    let was_number = was.and_then(|was| was.number.as_ref());
    match &record.fate {
        Fate::Printed if was.is_none() => push(number, Kind::Added),
        Fate::Printed if !was_printed => push(number, Kind::Restored),
        Fate::Printed => {}
        Fate::Withdrawn(reason) if was_printed => push(was_number, Kind::Withdrawn(reason.clone())),
        Fate::Merged(into) if was_printed => {
            let into_number = new.record(*into).and_then(|into| into.number.clone());
            push(was_number, Kind::Merged(*into, into_number));
        }
        Fate::Withdrawn(_) | Fate::Merged(_) => {}
    }
    let Some(was) = was.filter(|was| was.is_printed() && record.is_printed()) else { return };
    let mut is_seen = false;
    if was.text != record.text {
        match (old_words(was), new_words(record)) {
            (Some(old), Some(new)) => {
                let comparison = compare::compare(&old, &new);
                if !comparison.differences.is_empty() {
                    is_seen = true;
                    changes.lines.insert(record.id, comparison.lines);
                    push(number, Kind::Corrected(Some(comparison.differences)));
                }
            }
            // Where the title counts and has changed, nobody knows whether anything else has.
            _ if was.title == record.title || (old.hashed, new.hashed) == (Hashed::Alone, Hashed::Alone) => {
                is_seen = true;
                push(number, Kind::Corrected(None));
            }
            _ => {}
        }
    }
    if was.date != record.date {
        is_seen = true;
        push(number, Kind::Redated(was.date_in_words()));
    }
    if was.title != record.title {
        is_seen = true;
        push(number, Kind::Retitled(was.title.clone()));
    }
    if was.path != record.path {
        push(number, Kind::Renamed(was.path.clone(), record.path.clone()));
    }
    if was.source != record.source && !is_seen {
        push(number, Kind::Resaved);
    }
}

/// Maps the numbers of one edition to those of another; nothing where no document that both print has another number.
fn concordance(old: &Entry, new: &Entry) -> Vec<Moved> {
    let printed = || old.records.iter().filter(|record| record.is_printed());
    let both = || printed().filter_map(|was| Some((was, new.record(was.id).filter(|now| now.is_printed())?)));
    if both().all(|(was, now)| was.number == now.number) {
        return Vec::new();
    }
    let mut rows: Vec<Moved> = printed()
        .filter_map(|was| {
            let mut now = new.record(was.id);
            // Under the number of one that is no longer printed may stand a stub.
            if now.is_some_and(|now| now.number == was.number) {
                return None;
            }
            // Each merging leads on to a document that is printed, and no document twice.
            for _ in 0..new.records.len() {
                match now.map(|record| &record.fate) {
                    Some(Fate::Merged(into)) => now = new.record(*into),
                    _ => break,
                }
            }
            let now = now.filter(|record| record.is_printed()).and_then(|record| record.number.clone());
            let number = was.number.clone()?;
            (now.as_ref() != Some(&number)).then_some(Moved { id: was.id, was: number, now })
        })
        .collect();
    rows.sort_by(|one, other| one.was.cmp(&other.was));
    rows
}

fn organizations(old: &Entry, new: &Entry) -> Vec<BodyChange> {
    let headings =
        |entry: &Entry| -> BTreeSet<String> { entry.bodies.iter().map(|body| body.heading.clone()).collect() };
    let (before, now) = (headings(old), headings(new));
    let mut gone: Vec<&super::Body> = old.bodies.iter().filter(|body| !now.contains(&body.heading)).collect();
    let (mut added, mut changed) = (Vec::new(), Vec::new());
    let altered = |body: &super::Body, was: &super::Body| BodyChange::Changed {
        heading: body.heading.clone(),
        acronym: body.acronym.clone(),
        was: was.heading.clone(),
        was_acronym: was.acronym.clone(),
    };
    for body in &new.bodies {
        if before.contains(&body.heading) {
            let was = old.bodies.iter().find(|was| was.heading == body.heading);
            changed.extend(was.filter(|was| was.acronym != body.acronym).map(|was| altered(body, was)));
            continue;
        }
        let is_same = |was: &&super::Body| {
            // Acronyms are not unique, so that one alone proves nothing.
            let are_alike = strsim::jaro_winkler(&was.heading, &body.heading) > ALIKE;
            was.acronym.is_some() && was.acronym == body.acronym && are_alike
                || body.variants.contains(&was.heading)
                || was.variants.contains(&body.heading)
        };
        match gone.iter().position(is_same) {
            Some(at) => changed.push(altered(body, gone.remove(at))),
            None => added.push(BodyChange::New { heading: body.heading.clone() }),
        }
    }
    let gone = gone.into_iter().map(|body| BodyChange::Gone { heading: body.heading.clone() });
    added.into_iter().chain(changed).chain(gone).collect()
}
