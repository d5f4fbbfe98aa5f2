//! What `list` and `glossary` say of a collection, for people and for programs.
//!
//! What enters: an edition, with pages where they were set. What leaves: rows that serialize to JSON, and tables. The
//! names of the fields are a promise to those who read the JSON.

mod changes;
mod doubts;
mod draft;

pub use changes::{changes, changes_text};
pub use doubts::doubtful;
pub use draft::draft;

use crate::annotation::{Annotated, Position};
use crate::collection::Document;
use crate::collection::duplicates::Duplicate;
use crate::date::{Bounds, Dated, Evidence};
use crate::document::clutter::Omission;
use crate::edition::Item;
use crate::edition::glossary::Pages;
use crate::organization::{Class, Entry, Mention};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A document in the chronology.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The permanent id of the document, where the lock file gives it one; else, and for duplicates, its path.
    pub id: String,
    /// The printed number; of a duplicate, the number under which its text is printed.
    pub number: String,
    /// The path of the source, relative to the collection.
    pub source: String,
    /// Of a further capture that is not printed: the path of the document that is printed in its stead.
    pub duplicate_of: Option<String>,
    /// Its words that the printed text lacks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub differences: Option<Vec<DifferenceRow>>,
    /// The title.
    pub title: String,
    /// Whether the title was supplied.
    pub title_supplied: bool,
    /// The kind of document.
    pub kind: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Where it was issued.
    pub place: Option<String>,
    /// The language of its text (BCP 47).
    pub language: String,
    /// The words of its text.
    pub words: usize,
    /// How it is cited.
    pub citation: String,
    /// The size of the source, in bytes.
    pub bytes: usize,
    /// The SHA-256 of the source, or of its masked rendition.
    pub sha256: String,
    /// The date that files it.
    pub date: Option<DateRow>,
    /// Its other dates.
    pub dates: Vec<DateRow>,
    /// The address of the page that it was captured from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The name of that page's site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// When it was captured, as the source says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captured: Option<String>,
    /// What was left out: page furniture, and what of a saved page stands outside its text.
    pub omitted: Vec<OmittedRow>,
    /// Lines that are printed in the document's head or its source note and not in its text.
    pub moved: Vec<OmittedRow>,
    /// The contact details that were masked.
    pub masked: Vec<MaskedRow>,
    /// The organizations that it names.
    pub organizations: Vec<String>,
    /// Between which days an undated document was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<BoundsRow>,
    /// What may hint at the date of an undated document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clues: Option<Vec<ClueRow>>,
}

/// A date with its evidence.
#[derive(Debug, Clone, Serialize)]
pub struct DateRow {
    /// The date in EDTF (ISO 8601-2).
    pub edtf: String,
    /// The date in words.
    pub display: String,
    /// The first day that it can mean.
    pub earliest: Option<String>,
    /// The last day that it can mean.
    pub latest: Option<String>,
    /// What it says of the document.
    pub role: &'static str,
    /// How it is known.
    pub grade: &'static str,
    /// The words that say so.
    pub evidence: Vec<EvidenceRow>,
}

/// A piece of evidence.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceRow {
    /// Where it stands: `text`, `front-matter`, `sidecar`, `config`, `file-name` or `metadata`.
    pub kind: &'static str,
    /// The line, counted from 1; `null` where there is none.
    pub line: Option<usize>,
    /// The words.
    pub text: String,
    /// What they say of the document.
    pub role: &'static str,
}

/// A line left out.
#[derive(Debug, Clone, Serialize)]
pub struct OmittedRow {
    /// The line, counted from 1.
    pub line: usize,
    /// Its words.
    pub text: String,
    /// The rule that found it.
    pub rule: &'static str,
}

/// Words of a duplicate that the printed text lacks.
#[derive(Debug, Clone, Serialize)]
pub struct DifferenceRow {
    /// The line of the duplicate, counted from 1.
    pub line: usize,
    /// The words.
    pub text: String,
}

/// A contact detail masked.
#[derive(Debug, Clone, Serialize)]
pub struct MaskedRow {
    /// The line, counted from 1.
    pub line: usize,
    /// What it was.
    pub kind: &'static str,
}

/// The days between which a document was written.
#[derive(Debug, Clone, Serialize)]
pub struct BoundsRow {
    /// The first possible day.
    pub earliest: Option<String>,
    /// The last possible day.
    pub latest: Option<String>,
}

/// A hint at a date.
#[derive(Debug, Clone, Serialize)]
pub struct ClueRow {
    /// The line, counted from 1.
    pub line: Option<usize>,
    /// The words.
    pub text: String,
    /// What they suggest.
    pub suggests: String,
}

/// Lists the documents of a collection in printed order, each with the captures that are not printed behind it.
pub fn chronology(annotated: &Annotated, items: &[Item]) -> Vec<Row> {
    let named = annotated.named();
    annotated
        .collection
        .documents
        .iter()
        .zip(items)
        .zip(named)
        .flat_map(|((document, item), named)| {
            let organizations: Vec<String> =
                named.keys().map(|entry| annotated.register.entries[*entry].name.clone()).collect();
            let printed = row(document, item, organizations);
            let duplicates: Vec<Row> = document
                .duplicates
                .iter()
                .map(|duplicate| duplicate_row(duplicate, document, item, &printed))
                .collect();
            std::iter::once(printed).chain(duplicates)
        })
        .collect()
}

/// Lists a capture that is not printed: what it says itself, and whom the printed text names.
fn duplicate_row(duplicate: &Duplicate, printed: &Document, item: &Item, row_of_printed: &Row) -> Row {
    let row = row(&duplicate.document, item, row_of_printed.organizations.clone());
    let differences = duplicate.differences.iter();
    Row {
        id: duplicate.document.id().to_owned(),
        duplicate_of: Some(printed.id().to_owned()),
        differences: Some(
            differences.map(|found| DifferenceRow { line: found.line, text: found.text.clone() }).collect(),
        ),
        issuer: duplicate.document.description.issuer.clone().or(row.issuer),
        ..row
    }
}

fn row(document: &Document, item: &Item, organizations: Vec<String>) -> Row {
    let Document { source, description, dating, .. } = document;
    let is_dated = document.is_dated();
    let Bounds { earliest, latest } = dating.bounds;
    Row {
        id: item.facts.id.clone().unwrap_or_else(|| document.id().to_owned()),
        number: item.facts.number.clone(),
        source: source.path.clone(),
        duplicate_of: None,
        differences: None,
        title: description.title.clone(),
        title_supplied: description.title_supplied,
        kind: description.kind.clone(),
        issuer: item.facts.issuer.clone(),
        place: description.place.clone(),
        language: description.language.clone(),
        words: document.words,
        citation: item.citation.clone(),
        bytes: source.bytes,
        sha256: source.sha256.clone(),
        date: dating.filed.as_ref().map(date_row),
        dates: dating.others.iter().map(date_row).collect(),
        url: source.origin.url.clone(),
        site: source.origin.site.clone(),
        captured: source.origin.captured.clone(),
        omitted: omitted(document),
        moved: description.moved.iter().map(omitted_row).collect(),
        masked: source.masks.iter().map(|mask| MaskedRow { line: mask.line, kind: mask.kind.name() }).collect(),
        organizations,
        bounds: (!is_dated).then(|| BoundsRow {
            earliest: earliest.map(|day| day.to_string()),
            latest: latest.map(|day| day.to_string()),
        }),
        clues: (!is_dated).then(|| {
            dating
                .clues
                .iter()
                .map(|clue| ClueRow { line: clue.line, text: clue.text.clone(), suggests: clue.suggests.clone() })
                .collect()
        }),
    }
}

/// Lists what was left out of a document, in the order of its source; programs and styles are cut short.
fn omitted(document: &Document) -> Vec<OmittedRow> {
    let dropped = document.source.dropped.iter().map(|omission| match omission.rule {
        "html-script" | "html-style" => {
            OmittedRow { text: crate::text::short(&omission.text), ..omitted_row(omission) }
        }
        _ => omitted_row(omission),
    });
    let mut rows: Vec<OmittedRow> = document.omissions.iter().map(omitted_row).chain(dropped).collect();
    rows.sort_by_key(|row| row.line);
    rows
}

fn omitted_row(omission: &Omission) -> OmittedRow {
    OmittedRow { line: omission.line, text: omission.text.clone(), rule: omission.rule }
}

fn date_row(dated: &Dated) -> DateRow {
    DateRow {
        edtf: dated.edtf.to_string(),
        display: crate::edition::facts::shown(dated),
        earliest: dated.edtf.earliest().map(|day| day.to_string()),
        latest: dated.edtf.latest().map(|day| day.to_string()),
        role: dated.role.as_str(),
        grade: dated.grade.as_str(),
        evidence: dated.evidence.iter().map(evidence_row).collect(),
    }
}

fn evidence_row(evidence: &Evidence) -> EvidenceRow {
    EvidenceRow {
        kind: evidence.kind.as_str(),
        line: evidence.line,
        text: evidence.text.clone(),
        role: evidence.role.as_str(),
    }
}

/// An entry of the register.
#[derive(Debug, Clone, Serialize)]
pub struct EntryRow {
    /// The heading; for an unexpanded acronym the acronym.
    pub name: String,
    /// The acronym.
    pub acronym: Option<String>,
    /// The other forms in the documents.
    pub variants: Vec<String>,
    /// What kind of body it is.
    pub kind: Option<String>,
    /// `organization`, `abbreviation` or `unexpanded`.
    pub class: &'static str,
    /// `clear`, `probable` or `ambiguous`.
    pub status: &'static str,
    /// What is said of it.
    pub description: Option<String>,
    /// The sources that name it, relative to the collection.
    pub documents: Vec<String>,
    /// The numbers of those documents, with the pages where they were set.
    pub locators: Vec<LocatorRow>,
    /// Forms that get a reference only.
    pub see: Vec<String>,
    /// Every place where it is named.
    pub mentions: Vec<MentionRow>,
}

/// Where an entry is named.
#[derive(Debug, Clone, Serialize)]
pub struct LocatorRow {
    /// The printed number of the document.
    pub number: String,
    /// The printed pages; empty where they were not set.
    pub pages: Vec<u64>,
}

/// A mention.
#[derive(Debug, Clone, Serialize)]
pub struct MentionRow {
    /// The path of the source.
    pub source: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The words as they stand.
    pub text: String,
}

/// Which entries are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Organizations only.
    Organizations,
    /// Abbreviations and unexpanded acronyms too.
    All,
}

/// Lists the entries of the register.
pub fn glossary(annotated: &Annotated, items: &[Item], pages: Option<&Pages>, scope: Scope) -> Vec<EntryRow> {
    let mut printed: BTreeMap<usize, BTreeMap<usize, Vec<u64>>> = BTreeMap::new();
    if let Some(pages) = pages {
        for (document, item) in items.iter().enumerate() {
            for (mention, named) in item.mentions.iter().enumerate() {
                let found = pages.mentions.get(document).and_then(|mentions| mentions.get(mention));
                let places = printed.entry(named.entry).or_default().entry(document).or_default();
                places.extend(found.into_iter().flatten());
            }
        }
    }
    annotated
        .register
        .entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| scope == Scope::All || entry.class == Class::Organization)
        .map(|(index, entry)| entry_row(annotated, items, entry, printed.get(&index), pages))
        .collect()
}

fn entry_row(
    annotated: &Annotated,
    items: &[Item],
    entry: &Entry,
    printed: Option<&BTreeMap<usize, Vec<u64>>>,
    pages: Option<&Pages>,
) -> EntryRow {
    let documents = annotated.documents_of(entry);
    let source = |document: usize| annotated.collection.documents[document].source.path.clone();
    let in_head = |document: usize| {
        entry
            .mentions
            .iter()
            .any(|mention| mention.document == document && annotated.position(mention) == Position::Head)
    };
    let locators = documents
        .iter()
        .map(|document| {
            let mut on = printed.and_then(|printed| printed.get(document)).cloned().unwrap_or_default();
            if in_head(*document) {
                on.extend(pages.and_then(|pages| pages.documents.get(*document)));
            }
            on.sort_unstable();
            on.dedup();
            LocatorRow { number: items[*document].facts.number.clone(), pages: on }
        })
        .collect();
    EntryRow {
        name: entry.name.clone(),
        acronym: entry.acronym.clone(),
        variants: entry.variants.clone(),
        kind: entry.kind.clone(),
        class: entry.class.as_str(),
        status: entry.status.as_str(),
        description: entry.description.as_ref().map(|description| description.text.clone()),
        documents: documents.iter().map(|document| source(*document)).collect(),
        locators,
        see: entry.see.clone(),
        mentions: entry
            .mentions
            .iter()
            .map(|mention: &Mention| MentionRow {
                source: source(mention.document),
                line: annotated.line(mention),
                text: mention.form.clone(),
            })
            .collect(),
    }
}

/// Sets rows in columns; the last column is as wide as it needs.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = head.iter().map(|cell| cell.chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    for row in std::iter::once(&head).chain(rows) {
        let mut line = String::new();
        for (index, cell) in row.iter().enumerate() {
            let pad = if index + 1 == row.len() { 0 } else { widths[index] + 2 - cell.chars().count() };
            write!(line, "{cell}{:pad$}", "").expect("writing to a string does not fail");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
