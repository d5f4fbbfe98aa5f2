//! What the templates of a layout may speak of.
//!
//! What enters: documents, settings, the register. What leaves: plain serializable facts with the names under which
//! templates know them. Words are left to the templates; only dates, numbers and quotations come ready-made.

mod source;

use super::Imprint;
use super::words::Words;
use crate::annotation::{Annotated, Position};
use crate::collection::Document;
use crate::date::{Dated, EvidenceKind, Grade};
use crate::document::passage::Setting;
use crate::layout::Layout;
use crate::lock::Roll;
use crate::organization::{Class, Entry};
use crate::settings::{Dividers, Imprecise, Settings, Undated};
use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::Serialize;
pub use source::{CaptureFacts, OtherDate, Quotation, SourceFacts};

/// How many lines at the end of a document may be its signature.
const SIGNATURE_LINES: usize = 12;

/// Facts of the whole book.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BookFacts {
    /// The title.
    pub title: String,
    /// The line under the title.
    pub subtitle: Option<String>,
    /// The line above the title.
    pub series: Option<String>,
    /// Who compiled it.
    pub compiler: Option<String>,
    /// The label of the edition.
    pub label: Option<String>,
    /// The date of the edition, in words.
    pub date: Option<String>,
    /// The same as year, month and day.
    pub date_parts: Option<[u32; 3]>,
    /// The statement of rights.
    pub rights: Option<String>,
    /// The language of the edition's own words (BCP 47).
    pub language: String,
    /// How many documents there are.
    pub documents: usize,
    /// How many of them are dated.
    pub dated: usize,
    /// How many of them are not.
    pub undated: usize,
    /// The first date of the chronology, in words.
    pub from: Option<String>,
    /// The last date of the chronology, in words.
    pub to: Option<String>,
    /// How many organizations the glossary has.
    pub organizations: usize,
    /// How many abbreviations are listed.
    pub abbreviations: usize,
    /// Whether an imprecise date stands after the dated items of its own period.
    pub imprecise_after: bool,
    /// Whether undated documents are placed by the days that bound them.
    pub places_by_bounds: bool,
    /// Whether page furniture is printed too.
    pub faithful: bool,
    /// Whether contact details are masked.
    pub masks: bool,
    /// Whether typewritten quotation marks, apostrophes and dashes are set as the language of the text has them.
    pub typographic: bool,
    /// The layout's name.
    pub layout: String,
    /// The faces that it is set in, as the layout names them.
    pub faces: Option<String>,
    /// The program and its version.
    pub program: &'static str,
    /// The version of Typst that set the pages.
    pub typst: &'static str,
    /// The SHA-256 over the paths and hashes of all sources and of the pictures they show.
    pub digest: String,
}

impl BookFacts {
    /// Gathers the facts of a book.
    pub fn of(
        annotated: &Annotated,
        facts: &[DocumentFacts],
        settings: &Settings,
        imprint: &Imprint,
        layout: &Layout,
    ) -> Self {
        let text = |value: &Option<crate::settings::Spanned<String>>| value.as_ref().map(|value| value.value.clone());
        let dated: Vec<&DocumentFacts> = facts.iter().filter(|document| document.dated).collect();
        let count = |class| annotated.register.entries.iter().filter(|entry| entry.class == class).count();
        Self {
            title: text(&settings.title).unwrap_or_else(|| imprint.folder.clone()),
            subtitle: text(&settings.subtitle),
            series: text(&settings.series),
            compiler: text(&settings.compiler),
            label: imprint.label.clone(),
            date: imprint.date.map(day_in_words),
            date_parts: imprint.date.map(|date| [date.year().unsigned_abs(), date.month(), date.day()]),
            rights: text(&settings.rights),
            language: settings.language.clone(),
            documents: facts.len(),
            dated: dated.len(),
            undated: facts.len() - dated.len(),
            from: dated.first().map(|document| document.date.clone()),
            to: dated.last().map(|document| document.date.clone()),
            organizations: count(Class::Organization),
            abbreviations: count(Class::Abbreviation),
            imprecise_after: settings.imprecise == Imprecise::After,
            places_by_bounds: settings.undated == Undated::Bounds,
            faithful: settings.faithful,
            masks: settings.mask,
            typographic: settings.smart_punctuation && !settings.faithful,
            layout: layout.name.clone(),
            faces: layout.manifest.faces.clone(),
            program: concat!("dossier ", env!("CARGO_PKG_VERSION")),
            typst: "0.15.1",
            digest: digest(annotated),
        }
    }
}

impl BookFacts {
    /// Says its dates in the words of a layout.
    pub fn in_words(mut self, words: &Words) -> Self {
        self.date = self.date.map(|date| words.date(&date));
        self
    }
}

/// Hashes the paths and hashes of all sources and pictures, in order of their paths.
fn digest(annotated: &Annotated) -> String {
    let sources = annotated.collection.captures().map(|document| &document.source);
    let sources = sources.map(|source| format!("{}  {}\n", source.sha256, source.path));
    let pictures = annotated.pictures.set.iter();
    let pictures = pictures.map(|(path, picture)| format!("{}  {path}\n", crate::source::hash(&picture.bytes)));
    let mut lines: Vec<String> = sources.chain(pictures).collect();
    lines.sort();
    crate::source::hash(lines.concat().as_bytes())
}

/// Facts of one document.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DocumentFacts {
    /// The label of the document inside the book: `d1`, `d2` …
    pub key: String,
    /// The printed number.
    pub number: String,
    /// The permanent id, such as `D0007`, where the lock file gives it one.
    pub id: Option<String>,
    /// The path of its source.
    pub path: String,
    /// The title.
    pub title: String,
    /// Whether the title was supplied, and stands in square brackets.
    pub title_supplied: bool,
    /// The kind of document.
    pub kind: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The place of issue.
    pub place: Option<String>,
    /// The date in words, in square brackets where it is not the document's own; `[undated]` where there is none.
    pub date: String,
    /// The same, shorter, for timelines.
    pub short_date: String,
    /// Whether its date places it in the chronology.
    pub dated: bool,
    /// The editor's one-line summary.
    pub summary: Option<String>,
    /// The heading of the part of the edition that opens with it.
    pub divider: Option<String>,
    /// The language of its text (BCP 47).
    pub language: String,
}

impl DocumentFacts {
    /// Gathers the facts of a document; `issuer` is who seems to have issued it, where nobody says.
    pub fn of(document: &Document, index: usize, roll: &Roll, issuer: Option<String>) -> Self {
        let description = &document.description;
        Self {
            key: key(index),
            number: roll.numbers.get(index).map_or_else(|| (index + 1).to_string(), ToString::to_string),
            id: roll.permanent_id(document).map(|id| id.to_string()),
            path: document.source.path.clone(),
            title: description.title.clone(),
            title_supplied: description.title_supplied,
            kind: description.kind.clone(),
            issuer: description.issuer.clone().or(issuer),
            place: description.place.clone(),
            date: document.dating.filed.as_ref().map_or_else(|| "[undated]".to_owned(), shown),
            short_date: document.dating.filed.as_ref().map_or_else(|| "[undated]".to_owned(), shown_short),
            dated: document.is_dated(),
            summary: document.summary(),
            divider: None,
            language: description.language.clone(),
        }
    }
}

impl DocumentFacts {
    /// Says its dates in the words of a layout.
    pub fn in_words(mut self, words: &Words) -> Self {
        self.date = words.date(&self.date);
        self.short_date = words.date(&self.short_date);
        self
    }
}

/// Names the part of the edition that opens with each document, where it is another than that of the document before.
pub fn dividers(documents: &[Document], dividers: Dividers) -> Vec<Option<String>> {
    let part = |document: &Document| match dividers {
        Dividers::None => None,
        _ if !document.is_dated() => None,
        Dividers::Year => document.dating.filed.as_ref().and_then(|dated| dated.edtf.earliest()).map(|day| year(&day)),
        Dividers::Section => document.section(),
    };
    let mut last = None;
    documents
        .iter()
        .map(|document| {
            let part = part(document);
            let opens = part.clone().filter(|_| part != last);
            last = part;
            opens
        })
        .collect()
}

fn year(day: &NaiveDate) -> String {
    day.year().to_string()
}

/// Gives the label of a document by its place in the book.
pub fn key(index: usize) -> String {
    format!("d{}", index + 1)
}

/// Gives the label of a stub by its place among the stubs.
pub fn stub_key(index: usize) -> String {
    format!("stub-{index}")
}

/// Finds who issued each document: the organization that its byline, else its signature, names first.
pub fn issuers(annotated: &Annotated) -> Vec<Option<String>> {
    let documents = &annotated.collection.documents;
    // The byline first, then the signature; in each, the first mention.
    type Place = (bool, usize, usize);
    let mut found: Vec<Option<(Place, &str)>> = vec![None; documents.len()];
    for (_, entry) in annotated.organizations() {
        for mention in &entry.mentions {
            let document = &documents[mention.document];
            let is_signature = match annotated.position(mention) {
                Position::Head if document.description.byline.is_some() => false,
                Position::Text(passage) => {
                    let runs = &document.passages.runs;
                    if runs[passage].setting != Setting::Line || passage + SIGNATURE_LINES < runs.len() {
                        continue;
                    }
                    true
                }
                Position::Head | Position::Unprinted => continue,
            };
            let place = (is_signature, mention.passage, mention.range.start);
            if found[mention.document].as_ref().is_none_or(|(best, _)| place < *best) {
                found[mention.document] = Some((place, &entry.name));
            }
        }
    }
    found.into_iter().map(|found| found.map(|(_, name)| name.to_owned())).collect()
}

/// Writes a date as the book shows it: in square brackets unless the source itself states it.
pub fn shown(dated: &Dated) -> String {
    bracketed(dated, dated.edtf.display())
}

fn shown_short(dated: &Dated) -> String {
    let words = match dated.edtf.exact_day() {
        Some(day) => day.format("%-d %b %Y").to_string(),
        None => dated.edtf.display(),
    };
    bracketed(dated, words)
}

fn bracketed(dated: &Dated, words: String) -> String {
    let first = dated.evidence.first().map(|evidence| evidence.kind);
    let is_editors = matches!(first, Some(EvidenceKind::Config | EvidenceKind::Sidecar));
    if is_editors || dated.grade == Grade::Inferred || !dated.edtf.has_year() { format!("[{words}]") } else { words }
}

/// Writes a day in words.
pub fn day_in_words(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// What is cited: a document of a book, or the book.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Cited<'a> {
    /// The book.
    pub book: &'a BookFacts,
    /// The document; none where the book itself is cited.
    pub document: Option<&'a DocumentFacts>,
}

/// What the colophon speaks of: the facts of the book by their own names, and how it is cited.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ColophonFacts<'a> {
    /// The facts of the book.
    #[serde(flatten)]
    pub facts: &'a BookFacts,
    /// The same, as `citation.md` takes them.
    #[serde(flatten)]
    pub cited: Cited<'a>,
    /// The last document, for showing how one is cited.
    pub example: Option<&'a DocumentFacts>,
}

/// A document together with the book it stands in.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct About<'a> {
    /// The book.
    pub book: &'a BookFacts,
    /// The document.
    pub document: &'a DocumentFacts,
}

/// A document, its book and further facts, all under names of their own.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Speaking<'a, T> {
    /// The book and the document.
    #[serde(flatten)]
    pub about: &'a About<'a>,
    /// The further facts.
    #[serde(flatten)]
    pub rest: &'a T,
}

/// An organization as templates name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OrganizationFacts {
    /// The label of its entry.
    pub key: String,
    /// The heading.
    pub name: String,
    /// The acronym.
    pub acronym: Option<String>,
}

impl OrganizationFacts {
    /// Gathers the facts of an entry by its place in the register.
    pub fn of(index: usize, entry: &Entry) -> Self {
        Self { key: organization_key(index), name: heading(entry), acronym: entry.acronym.clone() }
    }
}

/// Gives the label of an entry by its place in the register.
pub fn organization_key(index: usize) -> String {
    format!("org-{}", index + 1)
}

/// Writes the heading of an entry; what an authority supplies stands in square brackets.
pub fn heading(entry: &Entry) -> String {
    match (&entry.acronym, entry.name_supplied) {
        (Some(acronym), true) => format!("{acronym} [{}]", entry.name),
        (None, true) => format!("[{}]", entry.name),
        (_, false) => entry.name.clone(),
    }
}

/// Writes a number with separators: `10,748`.
pub fn separated(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
