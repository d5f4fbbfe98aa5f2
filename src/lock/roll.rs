//! The roll of an edition: which id and which number each document has.
//!
//! What enters: the documents in printed order, the lock file, and what the editor decided. What leaves: a [`Roll`]. A
//! file is known by its path, else by the hash of its source (it was renamed), else it is new. Where numbers are kept, as
//! many documents as can be keep theirs in the order of print; one that had to move to another place, a late find, and
//! one whose number stands for another text now, get numbers between their neighbours, and stubs stand under the old ones.

use super::wording::Wording;
use super::{Body, Entry, Fate, Hashed, Id, Lock, Number, Record, in_words};
use crate::annotation::Annotated;
use crate::collection::{Collection, Document};
use crate::date::Edtf;
use crate::diagnostic::Diagnostic;
use crate::settings::{Numbering, Spanned};
use crate::text::composed;
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What is asked of a roll.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The editions before, and the ids that were given.
    pub lock: &'a Lock,
    /// The label of the edition, where it has one.
    pub label: Option<&'a str>,
    /// How its documents are numbered.
    pub numbering: Numbering,
    /// Why documents were withdrawn, by path or id.
    pub withdrawn: &'a BTreeMap<String, Spanned<String>>,
    /// The documents that are in the folder and left out, each with the reason where one is told.
    pub omitted: &'a BTreeMap<String, Option<String>>,
    /// Whether all documents are there, so that one that is not is gone.
    pub is_whole: bool,
}

/// The ids and numbers of one edition.
#[derive(Debug, Clone, Default)]
pub struct Roll {
    /// How its documents are numbered.
    pub numbering: Numbering,
    /// The number of each document, in printed order.
    pub numbers: Vec<Number>,
    /// The permanent ids of captures, by path.
    pub ids: BTreeMap<String, Id>,
    /// What stands under numbers that no document is printed under, in order.
    pub stubs: Vec<Stub>,
    /// The highest id ever given.
    pub highest: u32,
    /// The highest id that is recorded, or will be with this edition; a higher one is given for the time being.
    permanent: u32,
    /// The edition that it follows.
    pub before: Option<Entry>,
    /// What becomes of documents that are not printed, and of numbers that documents had.
    rest: Vec<Record>,
    formerly: BTreeMap<Id, Vec<Number>>,
    merged: BTreeMap<Id, Number>,
}

/// What stands in the place of a document under its old number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stub {
    /// The document before which it stands, by its place in print; the number of documents where it stands behind all.
    pub place: usize,
    /// Whether it stands among the dated documents; at their end it stands behind them and before the undated.
    pub is_dated: bool,
    /// The number.
    pub number: Number,
    /// The title of the document that stood there.
    pub title: String,
    /// Its date in words.
    pub date: String,
    /// Why it does not stand there.
    pub moved: Moved,
}

/// Why a document does not stand under its old number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moved {
    /// It was withdrawn, with the reason where one is told.
    Withdrawn(Option<String>),
    /// Its text is printed as this document, by its place in print.
    Merged(usize),
    /// It stands elsewhere now, by its place in print.
    To(usize),
}

/// Gives every document of a collection its id and its number.
///
/// Tells, as warnings, of documents that are gone without a reason and of reasons for documents that nobody knows.
pub fn enrol(collection: &Collection, asked: &Asked<'_>) -> (Roll, Vec<Diagnostic>) {
    let before = asked.lock.before(asked.label, asked.numbering).cloned();
    let none = Entry::default();
    let known = before.as_ref().unwrap_or(&none);
    let mut roll = Roll { numbering: asked.numbering, ..Roll::default() };
    roll.identify(collection, asked);
    roll.number(collection, asked.numbering, known);
    let mut problems = Vec::new();
    if asked.is_whole {
        problems = roll.miss(asked, known);
        if asked.numbering == Numbering::Keep {
            roll.stand_in(collection);
        }
    }
    let is_recorded = asked.is_whole && asked.label.is_some();
    roll.permanent = if is_recorded { roll.highest } else { asked.lock.highest() };
    roll.before = before;
    (roll, problems)
}

impl Roll {
    /// Gives every capture its id.
    fn identify(&mut self, collection: &Collection, asked: &Asked<'_>) {
        let latest = asked.lock.latest();
        self.highest = asked.lock.highest();
        let captures: Vec<&Document> = collection.captures().collect();
        // A path that two ids have had is that of the later one.
        let by_path: BTreeMap<String, Id> = latest.iter().map(|(id, record)| (composed(&record.path), *id)).collect();
        for document in &captures {
            if let Some(id) = by_path.get(&composed(document.id())) {
                self.ids.insert(document.id().to_owned(), *id);
            }
        }
        for path in asked.omitted.keys() {
            if let Some(id) = by_path.get(&composed(path)) {
                self.ids.insert(path.clone(), *id);
            }
        }
        let found: BTreeSet<Id> = self.ids.values().copied().collect();
        let mut by_source: BTreeMap<&str, Vec<Id>> = BTreeMap::new();
        for (id, record) in latest.iter().rev().filter(|(id, _)| !found.contains(id)) {
            by_source.entry(&record.source).or_default().push(*id);
        }
        for document in captures {
            if self.ids.contains_key(document.id()) {
                continue;
            }
            let renamed = by_source.get_mut(document.source.sha256.as_str()).and_then(Vec::pop);
            let id = renamed.unwrap_or_else(|| {
                self.highest += 1;
                Id(self.highest)
            });
            self.ids.insert(document.id().to_owned(), id);
        }
    }

    /// Gives the id of a document.
    pub fn id(&self, document: &Document) -> Option<Id> {
        self.ids.get(document.id()).copied()
    }

    /// Gives the id of a document, where it will not be given to another.
    pub fn permanent_id(&self, document: &Document) -> Option<Id> {
        self.id(document).filter(|id| id.0 <= self.permanent)
    }

    /// Gives every document its number.
    fn number(&mut self, collection: &Collection, numbering: Numbering, known: &Entry) {
        let documents = &collection.documents;
        if numbering == Numbering::Renumber {
            self.numbers = (1..).map(Number::whole).take(documents.len()).collect();
            return;
        }
        let own = |document: &Document| {
            let record = self.id(document).and_then(|id| known.record(id));
            record.and_then(|record| Some((record.number.clone()?, record)))
        };
        let mut heirs: BTreeSet<Id> = BTreeSet::new();
        let mut merged: BTreeMap<Id, Number> = BTreeMap::new();
        let mut old: Vec<Option<(Number, bool)>> = Vec::with_capacity(documents.len());
        for document in documents {
            let date = filed(document);
            let inherited = || {
                let copies = document.duplicates.iter().filter_map(|duplicate| own(&duplicate.document));
                copies.filter(|(_, record)| record.is_printed()).min_by(|(one, _), (other, _)| one.cmp(other))
            };
            let number = own(document).or_else(|| {
                let (number, record) = inherited()?;
                heirs.insert(record.id);
                Some((number, record))
            });
            old.push(number.map(|(number, record)| (number, record.date == date)));
        }
        for duplicate in documents.iter().flat_map(|document| &document.duplicates) {
            if let Some((number, record)) = own(&duplicate.document)
                && !heirs.contains(&record.id)
            {
                merged.insert(record.id, number);
            }
        }
        self.merged = merged;
        let mut taken: BTreeSet<Number> = BTreeSet::new();
        for record in &known.records {
            taken.extend(record.number.iter().chain(&record.formerly).cloned());
            if !record.formerly.is_empty() {
                self.formerly.insert(record.id, record.formerly.clone());
            }
        }
        // The undated stand in a section of their own, so that what is new at the end of the dated gets a whole number.
        let (dated, undated) = old.split_at(collection.dated());
        let mut numbers: Vec<Number> = Vec::with_capacity(documents.len());
        for section in [dated, undated] {
            numbers.extend(in_section(section, &mut taken));
        }
        for ((document, old), number) in documents.iter().zip(&old).zip(&numbers) {
            if let (Some((before, _)), Some(id)) = (old, self.ids.get(document.id()))
                && before != number
            {
                self.formerly.entry(*id).or_default().push(before.clone());
            }
        }
        // A document that came back to a number of its own needs no stub there.
        for (id, formerly) in &mut self.formerly {
            formerly.retain(|number| !numbers.contains(number));
            formerly.sort();
            formerly.dedup();
            if let Some(number) = self.merged.get(id) {
                formerly.retain(|former| former != number);
            }
        }
        self.numbers = numbers;
    }

    /// Finds the documents that are no longer there.
    fn miss(&mut self, asked: &Asked<'_>, known: &Entry) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        let named: BTreeMap<Id, Option<&String>> =
            asked.omitted.iter().filter_map(|(path, reason)| Some((*self.ids.get(path)?, reason.as_ref()))).collect();
        let present: BTreeSet<Id> = self.ids.values().copied().filter(|id| !named.contains_key(id)).collect();
        let latest = asked.lock.latest();
        let reasons: BTreeMap<String, &Spanned<String>> =
            asked.withdrawn.iter().map(|(name, reason)| (composed(name), reason)).collect();
        for (id, record) in latest.iter().filter(|(id, _)| !present.contains(id)) {
            let told = reasons.get(&id.to_string()).or_else(|| reasons.get(&composed(&record.path)));
            let told = told.map(|reason| &reason.value).or(named.get(id).copied().flatten());
            let told = told.filter(|reason| !reason.is_empty()).cloned();
            let was = known.record(*id);
            let number = was.and_then(|was| was.number.clone()).filter(|_| asked.numbering == Numbering::Keep);
            let fate = match (&was.map_or(&record.fate, |was| &was.fate), told) {
                (Fate::Merged(into), None) if present.contains(into) => Fate::Merged(*into),
                (Fate::Withdrawn(reason), told) => Fate::Withdrawn(told.or_else(|| reason.clone())),
                (_, Some(reason)) => Fate::Withdrawn(Some(reason)),
                (_, None) => {
                    if was.is_some_and(Record::is_printed) {
                        problems.push(gone(record, was.and_then(|was| was.number.as_ref()), named.contains_key(id)));
                    }
                    Fate::Withdrawn(None)
                }
            };
            self.rest.push(Record { number, fate, formerly: Vec::new(), ..(*record).clone() });
        }
        for (name, reason) in asked.withdrawn {
            let is_named = |id: &Id, path: &str| id.to_string() == *name || composed(path) == composed(name);
            let is_known =
                latest.iter().any(|(id, record)| is_named(id, &record.path)) || asked.omitted.contains_key(name);
            if !is_known {
                problems.push(
                    Diagnostic::warning("unmatched-document", format!("no edition has printed a document `{name}`"))
                        .in_file(format!("{}:{}", reason.path, reason.line))
                        .help("write the path or the id of a document as dossier.lock has it, or take the line away"),
                );
            }
        }
        problems
    }

    /// Puts stubs under the numbers of documents that do not stand there.
    fn stand_in(&mut self, collection: &Collection) {
        let mut places: BTreeMap<Id, usize> = BTreeMap::new();
        for (at, document) in collection.documents.iter().enumerate() {
            let copies = document.duplicates.iter().map(|duplicate| &duplicate.document);
            places.extend(std::iter::once(document).chain(copies).filter_map(|capture| Some((self.id(capture)?, at))));
        }
        let (dated, undated) = self.numbers.split_at(collection.dated());
        let mut stubs = Vec::new();
        let mut stand = |number: &Number, title: &str, date: Option<&str>, moved: Moved| {
            let date = date.and_then(|date| Edtf::parse(date).ok());
            let is_dated = date.as_ref().is_some_and(Edtf::has_year);
            let before = |section: &[Number]| section.partition_point(|printed| printed < number);
            stubs.push(Stub {
                place: if is_dated { before(dated) } else { dated.len() + before(undated) },
                is_dated,
                number: number.clone(),
                title: title.to_owned(),
                date: in_words(date.as_ref()),
                moved,
            });
        };
        let none = Vec::new();
        for (at, document) in collection.documents.iter().enumerate() {
            let copies = document.duplicates.iter().map(|duplicate| (&duplicate.document, true));
            for (capture, is_copy) in std::iter::once((document, false)).chain(copies) {
                let Some(id) = self.id(capture) else { continue };
                for number in self.formerly.get(&id).unwrap_or(&none).iter().chain(self.merged.get(&id)) {
                    let moved = if is_copy { Moved::Merged(at) } else { Moved::To(at) };
                    stand(number, &capture.description.title, filed(capture).as_deref(), moved);
                }
            }
        }
        for record in &self.rest {
            let moved = match &record.fate {
                Fate::Merged(into) => places.get(into).map_or(Moved::Withdrawn(None), |at| Moved::Merged(*at)),
                Fate::Withdrawn(reason) => Moved::Withdrawn(reason.clone()),
                Fate::Printed => continue,
            };
            for number in record.number.iter().chain(self.formerly.get(&record.id).unwrap_or(&none)) {
                stand(number, &record.title, record.date.as_deref(), moved.clone());
            }
        }
        stubs.sort_by(|one, other| (one.place, &one.number).cmp(&(other.place, &other.number)));
        self.stubs = stubs;
    }

    /// Records the edition for the lock file.
    pub fn entry(&self, annotated: &Annotated, label: &str, date: Option<NaiveDate>) -> Entry {
        let documents = &annotated.collection.documents;
        let mut records: Vec<Record> = documents
            .par_iter()
            .enumerate()
            .flat_map_iter(|(at, document)| {
                let copies = document.duplicates.iter().map(|duplicate| &duplicate.document);
                std::iter::once(document).chain(copies).filter_map(move |capture| {
                    let id = self.id(capture)?;
                    let is_printed = capture.id() == document.id();
                    Some(Record {
                        id,
                        number: if is_printed { self.numbers.get(at).cloned() } else { self.merged.get(&id).cloned() },
                        path: composed(capture.id()),
                        title: capture.description.title.clone(),
                        date: filed(capture),
                        source: capture.source.sha256.clone(),
                        text: Wording::of(capture).hash(),
                        fate: if is_printed { Fate::Printed } else { Fate::Merged(self.id(document)?) },
                        formerly: Vec::new(),
                    })
                })
            })
            .chain(self.rest.par_iter().cloned())
            .collect();
        for record in &mut records {
            record.formerly = self.formerly.get(&record.id).cloned().unwrap_or_default();
        }
        records.sort_by_key(|record| record.id);
        let bodies = annotated.organizations().map(|(_, entry)| Body {
            heading: entry.name.clone(),
            acronym: entry.acronym.clone(),
            variants: entry.variants.clone(),
        });
        let mut bodies: Vec<Body> = bodies.collect();
        bodies.sort();
        let (numbering, highest, hashed) = (self.numbering, self.highest, Hashed::WithTitle);
        Entry { label: label.to_owned(), date, numbering, highest, records, hashed, bodies }
    }
}

/// The date that files a document, in EDTF.
fn filed(document: &Document) -> Option<String> {
    document.dating.filed.as_ref().map(|dated| dated.edtf.to_string())
}

/// Gives a number behind one and before another that no document has had.
fn free(last: &Number, next: Option<&Number>, taken: &BTreeSet<Number>) -> Number {
    let Some(next) = next else {
        return taken.iter().max().map_or_else(|| last.following(), Number::following);
    };
    let mut number = last.before(next);
    while taken.contains(&number) {
        number = number.before(next);
    }
    number
}

/// Numbers the documents of a section by the numbers that they had.
fn in_section(old: &[Option<(Number, bool)>], taken: &mut BTreeSet<Number>) -> Vec<Number> {
    let kept = in_order(old);
    let stays = |at: usize| old[at].as_ref().filter(|_| kept.contains(&at)).map(|(number, _)| number);
    let mut last = kept.first().and_then(|at| stays(*at)).map_or(Number::ZERO, Number::floor);
    let mut numbers = Vec::with_capacity(old.len());
    for at in 0..old.len() {
        let next = || kept.range(at + 1..).next().and_then(|at| stays(*at));
        last = stays(at).cloned().unwrap_or_else(|| free(&last, next(), taken));
        taken.insert(last.clone());
        numbers.push(last.clone());
    }
    numbers
}

/// Chooses, among documents in printed order with their old numbers, those that keep them: as many as can be with numbers
/// that rise, and rather those whose date has not changed.
fn in_order(old: &[Option<(Number, bool)>]) -> BTreeSet<usize> {
    // One that was dated anew gives way to one that was not.
    let weight = |is_settled: bool| if is_settled { 2u32 } else { 1 };
    // For each number the heaviest row that ends in it; heavier than every row that ends in a lower number.
    let mut rows: BTreeMap<&Number, (u32, usize)> = BTreeMap::new();
    let mut before: Vec<Option<usize>> = vec![None; old.len()];
    for (at, number) in old.iter().enumerate() {
        let Some((number, is_settled)) = number else { continue };
        let lower = rows.range::<Number, _>(..number).next_back().map(|(_, row)| *row);
        let total = lower.map_or(0, |(total, _)| total) + weight(*is_settled);
        if rows.get(number).is_some_and(|(known, _)| *known >= total) {
            continue;
        }
        before[at] = lower.map(|(_, at)| at);
        rows.insert(number, (total, at));
        let beaten: Vec<&Number> = rows
            .range::<Number, _>((std::ops::Bound::Excluded(number), std::ops::Bound::Unbounded))
            .take_while(|(_, (known, _))| *known <= total)
            .map(|(number, _)| *number)
            .collect();
        for number in beaten {
            rows.remove(number);
        }
    }
    let mut kept = BTreeSet::new();
    let mut at = rows.values().next_back().map(|(_, at)| *at);
    while let Some(document) = at {
        kept.insert(document);
        at = before[document];
    }
    kept
}

/// Tells of a document that is gone.
fn gone(record: &Record, number: Option<&Number>, is_omitted: bool) -> Diagnostic {
    let number = number.map(|number| format!(", no. {number} of the last edition,")).unwrap_or_default();
    let message =
        format!("`{}` ({}){number} is no longer among the documents, and nothing says why", record.path, record.id);
    Diagnostic::warning("gone-without-reason", message)
        .in_file(&record.path)
        .help(format!("write `[withdrawn]` and below it `\"{}\" = \"the reason\"` into dossier.toml", record.id))
        .help(if is_omitted { "or take `omit` away" } else { "or bring the file back; one that was renamed and edited keeps its id if you write its new path into dossier.lock" })
}
