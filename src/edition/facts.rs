//! What the templates of a layout may speak of.
//!
//! What enters: documents, settings, the register. What leaves: plain serializable facts with the names under which
//! templates know them. Words are left to the templates; only dates, numbers and quotations come ready-made.

use super::Imprint;
use super::words::Words;
use crate::annotation::{Annotated, Position};
use crate::collection::Document;
use crate::collection::duplicates::Duplicate;
use crate::date::{Dated, EvidenceKind, Grade, Role};
use crate::document::passage::Setting;
use crate::layout::Layout;
use crate::organization::{Class, Entry};
use crate::settings::{Dividers, Imprecise, Settings, Undated};
use chrono::{Datelike, NaiveDate};
use serde::Serialize;

/// The longest quotation of evidence, in characters.
const LONGEST_QUOTATION: usize = 120;
/// How many lines at the end of a document may be its signature.
const SIGNATURE_LINES: usize = 12;

/// Facts of the whole book.
#[derive(Debug, Clone, Serialize)]
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
#[derive(Debug, Clone, Serialize)]
pub struct DocumentFacts {
    /// The label of the document inside the book: `d1`, `d2` …
    pub key: String,
    /// The printed number.
    pub number: String,
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
    pub fn of(document: &Document, index: usize, issuer: Option<String>) -> Self {
        let description = &document.description;
        Self {
            key: key(index),
            number: (index + 1).to_string(),
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

/// A document together with the book it stands in.
#[derive(Debug, Clone, Serialize)]
pub struct About<'a> {
    /// The book.
    pub book: &'a BookFacts,
    /// The document.
    pub document: &'a DocumentFacts,
}

/// A document, its book and further facts, all under names of their own.
#[derive(Debug, Clone, Serialize)]
pub struct Speaking<'a, T> {
    /// The book and the document.
    #[serde(flatten)]
    pub about: &'a About<'a>,
    /// The further facts.
    #[serde(flatten)]
    pub rest: &'a T,
}

/// An organization as templates name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

/// Where a text comes from.
#[derive(Debug, Clone, Serialize)]
pub struct SourceFacts {
    /// The size of the file in bytes, with separators.
    pub bytes: String,
    /// The SHA-256 of the file, or of its masked rendition, in hexadecimal.
    pub sha256: String,
    /// The first eight digits of it.
    pub short_hash: String,
    /// The line that names author and publication.
    pub byline: Option<Quotation>,
    /// The words that date the document, the weightiest first.
    pub evidence: Vec<Quotation>,
    /// How the date is known: `stated`, `inferred` or `editor`; none for an undated document.
    pub grade: Option<&'static str>,
    /// Its other dates.
    pub others: Vec<OtherDate>,
    /// What may hint at the date of an undated document.
    pub clues: Vec<Quotation>,
    /// The first and last day that are possible for an undated document.
    pub not_before: Option<String>,
    /// The last possible day of an undated document.
    pub not_after: Option<String>,
    /// How many lines of page furniture were left out.
    pub omitted: usize,
    /// How many words of a saved page stand outside its text and are not set.
    pub outside: usize,
    /// The address of the page that it was captured from.
    pub url: Option<String>,
    /// The name of that page's site.
    pub site: Option<String>,
    /// When it was captured.
    pub captured: Option<String>,
    /// How many contact details were masked.
    pub masked: usize,
    /// The megabytes that a document may have, where this one has more and its text is not set.
    pub withheld: Option<u64>,
    /// Further captures of the same text, which are not printed.
    pub captures: Vec<CaptureFacts>,
    /// The editor's note.
    pub note: Option<String>,
    /// Who holds the rights in the document.
    pub rights: Option<String>,
}

/// A further capture of a text.
#[derive(Debug, Clone, Serialize)]
pub struct CaptureFacts {
    /// The path of its source.
    pub path: String,
    /// Its title, where the printed document bears another.
    pub title: Option<String>,
    /// Its date in words; none where it has none.
    pub date: Option<String>,
    /// The size of the file in bytes, with separators.
    pub bytes: String,
    /// The first eight digits of its hash.
    pub short_hash: String,
    /// How many of its words the printed text lacks.
    pub different: usize,
    /// Whether the editor says that it is the same text.
    pub is_editors: bool,
}

impl CaptureFacts {
    fn of(duplicate: &Duplicate, printed: &Document) -> Self {
        let Document { source, description, dating, .. } = &duplicate.document;
        let is_another = !description.title_supplied && description.title != printed.description.title;
        Self {
            path: source.path.clone(),
            title: is_another.then(|| description.title.clone()),
            date: dating.filed.as_ref().map(shown),
            bytes: separated(source.bytes),
            short_hash: source.sha256.chars().take(8).collect(),
            different: duplicate.differences.iter().map(|found| found.text.split(' ').count()).sum(),
            is_editors: duplicate.is_editors,
        }
    }
}

/// Words of a source and where they stand.
#[derive(Debug, Clone, Serialize)]
pub struct Quotation {
    /// The words.
    pub text: String,
    /// The line, counted from 1.
    pub line: Option<usize>,
    /// `text`, `front-matter`, `sidecar`, `config`, `file-name` or `metadata`.
    pub kind: &'static str,
}

/// A date that does not file its document.
#[derive(Debug, Clone, Serialize)]
pub struct OtherDate {
    /// The date in words.
    pub date: String,
    /// Its role: `published`, `reposted`, `event` …
    pub role: &'static str,
    /// The words that say so.
    pub evidence: Option<Quotation>,
}

impl SourceFacts {
    /// Says its dates in the words of a layout.
    pub fn in_words(mut self, words: &Words) -> Self {
        for other in &mut self.others {
            other.date = words.date(&other.date);
        }
        self.not_before = self.not_before.map(|day| words.date(&day));
        self.not_after = self.not_after.map(|day| words.date(&day));
        self
    }

    /// Gathers what the source note of a document says.
    pub fn of(document: &Document) -> Self {
        let dating = &document.dating;
        let source = &document.source;
        let quotation = |evidence: &crate::date::Evidence| Quotation {
            text: cut(&evidence.text),
            line: evidence.line,
            kind: evidence.kind.as_str(),
        };
        let undated = !document.is_dated();
        Self {
            bytes: separated(source.bytes),
            short_hash: source.sha256.chars().take(8).collect(),
            sha256: source.sha256.clone(),
            byline: document.description.byline.as_ref().map(|moved| Quotation {
                text: moved.text.clone(),
                line: Some(moved.line),
                kind: EvidenceKind::Text.as_str(),
            }),
            evidence: dating.filed.iter().flat_map(|dated| &dated.evidence).map(quotation).collect(),
            grade: dating.filed.as_ref().map(|dated| dated.grade.as_str()),
            others: dating
                .others
                .iter()
                .map(|other| OtherDate {
                    date: shown(other),
                    role: other.role.as_str(),
                    evidence: other.evidence.first().map(quotation),
                })
                .collect(),
            clues: dating
                .clues
                .iter()
                .filter(|_| undated)
                .take(3)
                .map(|clue| Quotation { text: cut(&clue.text), line: clue.line, kind: EvidenceKind::Text.as_str() })
                .collect(),
            not_before: dating.bounds.earliest.filter(|_| undated).map(day_in_words),
            not_after: dating.bounds.latest.filter(|_| undated).map(day_in_words),
            omitted: document.omissions.len(),
            outside: document.source.words_outside(),
            url: source.origin.url.clone(),
            site: source.origin.site.clone(),
            captured: captured(document),
            masked: source.masks.len(),
            withheld: source.withheld.as_ref().map(|withheld| withheld.largest),
            captures: document.duplicates.iter().map(|duplicate| CaptureFacts::of(duplicate, document)).collect(),
            note: document.editor.note.as_ref().map(|note| note.value.clone()),
            rights: document.editor.rights.as_ref().or(source.front.rights.as_ref()).map(|rights| rights.value.clone()),
        }
    }
}

/// Gives the day of the capture in words, where it can be read, else as the source says it.
fn captured(document: &Document) -> Option<String> {
    let captured = document.source.origin.captured.as_ref()?;
    let read = document.dating.others.iter().find(|other| other.role == Role::Captured);
    Some(read.map_or_else(|| cut(captured), |read| read.edtf.display()))
}

/// Cuts a quotation at a word's end.
fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST_QUOTATION {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST_QUOTATION).collect();
    format!("{} …", cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head))
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
