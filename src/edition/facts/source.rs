//! Where a text comes from and how it was dated: the facts of its source note.

use super::{day_in_words, separated, shown};
use crate::collection::Document;
use crate::collection::duplicates::Duplicate;
use crate::date::{EvidenceKind, Role};
use crate::document::clutter::Omission;
use crate::edition::words::Words;
use schemars::JsonSchema;
use serde::Serialize;

/// The longest quotation of evidence, in characters.
const LONGEST_QUOTATION: usize = 120;

/// Where a text comes from.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SourceFacts {
    /// The size of the file in bytes, with separators.
    pub bytes: String,
    /// The SHA-256 of the file, or of its masked rendition, in hexadecimal.
    pub sha256: String,
    /// The first eight digits of it.
    pub short_hash: String,
    /// The line that names author and publication.
    pub byline: Option<Quotation>,
    /// Lines that stand in the head with other words, so that the note has to quote them.
    pub lines: Vec<Quotation>,
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
#[derive(Debug, Clone, Serialize, JsonSchema)]
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
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Quotation {
    /// The words.
    pub text: String,
    /// The line, counted from 1.
    pub line: Option<usize>,
    /// `text`, `front-matter`, `sidecar`, `config`, `file-name` or `metadata`.
    pub kind: &'static str,
}

impl Quotation {
    /// Quotes a line of the text.
    pub fn of_line(line: &Omission) -> Self {
        Self { text: line.text.clone(), line: Some(line.line), kind: EvidenceKind::Text.as_str() }
    }
}

/// A date that does not file its document.
#[derive(Debug, Clone, Serialize, JsonSchema)]
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
        self.captured = self.captured.map(|day| words.date(&day));
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
            lines: Vec::new(),
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
