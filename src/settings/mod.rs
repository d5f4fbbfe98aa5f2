//! What the editor has decided: `dossier.toml`, the sidecars of single documents, and `organizations.toml`.
//!
//! What enters: the text of such a file. What leaves: [`Settings`] or an [`Override`] with the place of each value,
//! and every problem of the file; a good key is used whatever else is wrong. This module opens no file, matches no
//! glob and reads no date's meaning.

mod authority;
mod commented;
mod keys;
mod mend;
mod reader;
mod sheet;
mod spanned;

pub use authority::{AuthorityFile, Identifiers, Listed, read_authority};
pub(crate) use commented::quoted;
pub use commented::{Found, commented};
pub use keys::{KeyDoc, Kind, authority_keys, document_keys, keys, organization_keys};
pub(crate) use mend::mended;
pub use sheet::{FONT_SIZES, GUTTERS, Ink, Paper, Sheet};
pub use spanned::Spanned;

use crate::diagnostic::Diagnostic;
use chrono::NaiveDate;
use reader::{Reader, Scope, Value};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};

/// The largest file that is set where the settings name none, in megabytes of 1,048,576 bytes.
pub const LARGEST_DOCUMENT: u64 = 4;

/// How a numeric date is read where nothing else decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locale {
    /// 04/05 is 4 May.
    DayFirst,
    /// 04/05 is 5 April.
    MonthFirst,
}

/// Where undated documents stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Undated {
    /// In a section of their own that closes the edition.
    #[default]
    End,
    /// Among the dated, by the days that bound them; those that nothing bounds at the end.
    Bounds,
}

/// Where a document dated to a month or year alone stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Imprecise {
    /// After the documents dated within that period.
    #[default]
    After,
    /// Before them.
    Before,
}

/// What parts the documents from one another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Dividers {
    /// Nothing.
    #[default]
    None,
    /// A heading above the first document of each year.
    Year,
    /// A heading above each section: the documents are ordered by their sections, then by their dates.
    Section,
}

/// How the documents of an edition are numbered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Numbering {
    /// They are counted anew in each edition.
    #[default]
    Renumber,
    /// They keep the numbers that they had in the edition before.
    Keep,
}

impl Numbering {
    /// Reads the word for it.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Renumber, Self::Keep].into_iter().find(|numbering| numbering.name() == name)
    }

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Renumber => "renumber",
            Self::Keep => "keep",
        }
    }
}

/// What becomes of the same text captured twice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Duplicates {
    /// One capture is printed and names the others.
    #[default]
    Merge,
    /// Every capture is printed.
    Keep,
}

/// Whether a document is a further capture of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DuplicateOf {
    /// It is none, however like another it is.
    Nothing,
    /// Of the document at this path.
    Document(String),
}

/// Whether a document is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Omission {
    /// It stays, whatever a sidecar says.
    Kept,
    /// It is left out, without a reason.
    Omitted,
    /// It is left out for this reason.
    Because(String),
}

/// What `dossier.toml` says of the whole collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The title of the edition.
    pub title: Option<Spanned<String>>,
    /// The line under the title.
    pub subtitle: Option<Spanned<String>>,
    /// The path of the picture on the cover.
    pub logo: Option<Spanned<String>>,
    /// The line above the title.
    pub series: Option<Spanned<String>>,
    /// Who compiled the edition.
    pub compiler: Option<Spanned<String>>,
    /// The label of the edition.
    pub edition: Option<Spanned<String>>,
    /// The date of the edition.
    pub date: Option<Spanned<NaiveDate>>,
    /// How its documents are numbered, where the editor says so.
    pub numbering: Option<Numbering>,
    /// Whether the margin marks what has changed since the edition before.
    pub change_bars: bool,
    /// Why documents were withdrawn, by path or permanent id; the place is that of the path or id.
    pub withdrawn: BTreeMap<String, Spanned<String>>,
    /// The language of the edition's own words, as a BCP 47 tag.
    pub language: String,
    /// How it stands on paper.
    pub sheet: Sheet,
    /// The form it is printed in.
    pub layout: Option<Spanned<String>>,
    /// What parts the documents from one another.
    pub dividers: Dividers,
    /// Whether a page of summaries leads the edition.
    pub summary_page: bool,
    /// Globs of the files to take; where there is none, every document is taken.
    pub include: Vec<Spanned<String>>,
    /// Globs of the files to leave out.
    pub exclude: Vec<Spanned<String>>,
    /// The paths of documents that stay even when a selection leaves them out.
    pub pin: Vec<Spanned<String>>,
    /// How a numeric date is read where nothing else decides.
    pub locale: Option<Spanned<Locale>>,
    /// Where undated documents stand.
    pub undated: Undated,
    /// Where a document dated to a month or year alone stands.
    pub imprecise: Imprecise,
    /// Strings that are never masked.
    pub keep: Vec<String>,
    /// Whether contact details are masked.
    pub mask: bool,
    /// Whether page furniture of the captures is printed too.
    pub faithful: bool,
    /// Whether typewritten quotation marks, apostrophes and dashes are set as the language of the text has them.
    pub smart_punctuation: bool,
    /// Whether the sources and a manifest are attached to the PDF; none leaves it to the standard that is kept.
    pub attach: Option<bool>,
    /// Whether fonts of this computer are used beside the built-in ones.
    pub system_fonts: bool,
    /// What becomes of the same text captured twice.
    pub duplicates: Duplicates,
    /// The largest file that is set, in megabytes of 1,048,576 bytes.
    pub largest_document: u64,
    /// The statement of rights in the colophon.
    pub rights: Option<Spanned<String>>,
    /// What is said of single documents, by path; the place is that of the path.
    pub documents: BTreeMap<String, Spanned<Override>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            title: None,
            logo: None,
            subtitle: None,
            series: None,
            compiler: None,
            edition: None,
            date: None,
            numbering: None,
            change_bars: false,
            withdrawn: BTreeMap::new(),
            language: "en".to_owned(),
            sheet: Sheet::default(),
            layout: None,
            dividers: Dividers::default(),
            summary_page: false,
            include: Vec::new(),
            exclude: Vec::new(),
            pin: Vec::new(),
            locale: None,
            undated: Undated::default(),
            imprecise: Imprecise::default(),
            keep: Vec::new(),
            mask: true,
            faithful: false,
            smart_punctuation: true,
            attach: None,
            system_fonts: false,
            duplicates: Duplicates::default(),
            largest_document: LARGEST_DOCUMENT,
            rights: None,
            documents: BTreeMap::new(),
        }
    }
}

/// What the editor says of one document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Override {
    /// Its title.
    pub title: Option<Spanned<String>>,
    /// The date that files it: EDTF (ISO 8601-2), or a TOML date as it is written.
    pub date: Option<Spanned<String>>,
    /// What it is.
    pub kind: Option<Spanned<String>>,
    /// The body or person that issued it.
    pub issuer: Option<Spanned<String>>,
    /// Where it was issued.
    pub place: Option<Spanned<String>>,
    /// What it says, in one line for the contents.
    pub summary: Option<Spanned<String>>,
    /// The section of the edition that it belongs to.
    pub section: Option<Spanned<String>>,
    /// Its rank among documents of the same date, lowest first.
    pub order: Option<Spanned<i64>>,
    /// Whether it is a further capture of another document.
    pub duplicate_of: Option<Spanned<DuplicateOf>>,
    /// Whether it is left out.
    pub omit: Option<Spanned<Omission>>,
    /// Its language, as a BCP 47 tag.
    pub language: Option<Spanned<String>>,
    /// Who holds the rights in it.
    pub rights: Option<Spanned<String>>,
    /// A sentence added to its source note.
    pub note: Option<Spanned<String>>,
}

impl Settings {
    /// Gives what the editor says of a document: here, laid over its sidecar.
    pub fn says_of(&self, path: &str, sidecars: &BTreeMap<String, Override>) -> Override {
        let here = self.documents.get(path).map(|table| table.value.clone()).unwrap_or_default();
        here.over(sidecars.get(path).cloned().unwrap_or_default())
    }
}

impl Override {
    /// Whether the document is left out.
    pub fn is_omitted(&self) -> bool {
        self.omit.as_ref().is_some_and(|omit| omit.value != Omission::Kept)
    }

    /// Lays this over another: what is given here wins, key by key.
    pub fn over(self, under: Self) -> Self {
        Self {
            title: self.title.or(under.title),
            date: self.date.or(under.date),
            kind: self.kind.or(under.kind),
            issuer: self.issuer.or(under.issuer),
            place: self.place.or(under.place),
            summary: self.summary.or(under.summary),
            section: self.section.or(under.section),
            order: self.order.or(under.order),
            duplicate_of: self.duplicate_of.or(under.duplicate_of),
            omit: self.omit.or(under.omit),
            language: self.language.or(under.language),
            rights: self.rights.or(under.rights),
            note: self.note.or(under.note),
        }
    }
}

/// Reads the text of a `dossier.toml`.
///
/// Problems are errors named `broken-toml`, `unknown-key`, `wrong-type` and `wrong-value`.
pub fn read(path: &str, text: &Arc<str>) -> (Settings, Vec<Diagnostic>) {
    let (mut reader, table) = Reader::open(path, text);
    let mut settings = Settings::default();
    for (key, value) in reader.entries(&table, Scope::Collection) {
        read_key(&mut reader, &mut settings, key, value);
    }
    (settings, reader.close())
}

/// Reads the text of a sidecar, which takes the keys of a `[documents."…"]` table.
pub fn read_override(path: &str, text: &Arc<str>) -> (Override, Vec<Diagnostic>) {
    let (mut reader, table) = Reader::open(path, text);
    let found = document(&mut reader, &table, Scope::Sidecar);
    (found, reader.close())
}

fn read_key(reader: &mut Reader<'_>, settings: &mut Settings, key: &KeyDoc, value: &Value<'_>) {
    match key.name {
        "title" => settings.title = reader.text(key, value),
        "subtitle" => settings.subtitle = reader.text(key, value),
        "series" => settings.series = reader.text(key, value),
        "compiler" => settings.compiler = reader.text(key, value),
        "edition" => settings.edition = reader.text(key, value),
        "date" => settings.date = reader.day(key, value),
        "numbering" => {
            settings.numbering = reader.choice(key, value, Numbering::named).map(|numbering| numbering.value)
        }
        "change_bars" => set(&mut settings.change_bars, reader.flag(key, value)),
        "withdrawn" => settings.withdrawn = reasons(reader, key, value),
        "language" => set(&mut settings.language, reader.language(key, value)),
        "paper" => set(&mut settings.sheet.paper, reader.choice(key, value, Paper::named)),
        "font_size" => settings.sheet.font_size = reader.number(key, value, FONT_SIZES).map(|size| size.value),
        "duplex" => set(&mut settings.sheet.duplex, reader.flag(key, value)),
        "gutter" => set(&mut settings.sheet.gutter, reader.number(key, value, GUTTERS)),
        "ink" => set(&mut settings.sheet.ink, reader.choice(key, value, Ink::named)),
        "dividers" => set(&mut settings.dividers, reader.choice(key, value, dividers)),
        "summary_page" => set(&mut settings.summary_page, reader.flag(key, value)),
        "logo" => settings.logo = reader.text(key, value),
        "layout" => settings.layout = reader.text(key, value),
        "include" => settings.include = reader.texts(key, value),
        "exclude" => settings.exclude = reader.texts(key, value),
        "pin" => settings.pin = reader.paths(key, value),
        "locale" => settings.locale = reader.choice(key, value, locale),
        "undated" => set(&mut settings.undated, reader.choice(key, value, undated)),
        "imprecise" => set(&mut settings.imprecise, reader.choice(key, value, imprecise)),
        "keep" => settings.keep = reader.texts(key, value).into_iter().map(|text| text.value).collect(),
        "mask" => set(&mut settings.mask, reader.flag(key, value)),
        "faithful" => set(&mut settings.faithful, reader.flag(key, value)),
        "smart_punctuation" => set(&mut settings.smart_punctuation, reader.flag(key, value)),
        "attach" => settings.attach = reader.flag(key, value).map(|flag| flag.value),
        "system_fonts" => set(&mut settings.system_fonts, reader.flag(key, value)),
        "duplicates" => set(&mut settings.duplicates, reader.choice(key, value, duplicates)),
        "largest_document" => set(&mut settings.largest_document, reader.megabytes(key, value)),
        "rights" => settings.rights = reader.text(key, value),
        "documents" => settings.documents = documents(reader, key, value),
        name => unreachable!("`{name}` stands in the table of keys and is not read"),
    }
}

fn set<T>(target: &mut T, found: Option<Spanned<T>>) {
    if let Some(found) = found {
        *target = found.value;
    }
}

fn documents(reader: &mut Reader<'_>, key: &KeyDoc, value: &Value<'_>) -> BTreeMap<String, Spanned<Override>> {
    let mut documents = BTreeMap::new();
    let Some(table) = reader.table(key.name, value) else { return documents };
    for (name, value) in reader.sound(table) {
        let Some(table) = reader.table(&format!("{}.{}", key.name, name.get_ref()), value) else { continue };
        let found = document(reader, table, Scope::Document(name.get_ref()));
        let Some(path) = reader.relative(name.get_ref(), name.span()) else { continue };
        match documents.entry(path.value.clone()) {
            Entry::Vacant(place) => {
                place.insert(path.with(found));
            }
            Entry::Occupied(place) => {
                let first = place.get().line;
                let message = format!("`{}` has a table already, on line {first}", path.value);
                reader.report("wrong-value", message, path.span, "put both into one table".to_owned());
            }
        }
    }
    documents
}

/// Reads a table of reasons; an empty one is a reason that is not told.
fn reasons(reader: &mut Reader<'_>, key: &KeyDoc, value: &Value<'_>) -> BTreeMap<String, Spanned<String>> {
    let mut reasons = BTreeMap::new();
    let Some(table) = reader.table(key.name, value) else { return reasons };
    for (name, value) in reader.sound(table) {
        let DeValue::String(reason) = value.get_ref() else {
            reader.wrong_type::<()>(key, value, Some(format!("write `\"{}\" = \"the reason\"`", name.get_ref())));
            continue;
        };
        let Some(named) = reader.relative(name.get_ref(), name.span()) else { continue };
        reasons.insert(named.value.clone(), named.with(crate::text::squeeze(reason)));
    }
    reasons
}

fn document(reader: &mut Reader<'_>, table: &DeTable<'_>, scope: Scope<'_>) -> Override {
    let mut found = Override::default();
    for (key, value) in reader.entries(table, scope) {
        match key.name {
            "title" => found.title = reader.text(key, value),
            "date" => found.date = reader.edtf(key, value),
            "kind" => found.kind = reader.text(key, value),
            "issuer" => found.issuer = reader.text(key, value),
            "place" => found.place = reader.text(key, value),
            "summary" => found.summary = reader.text(key, value),
            "section" => found.section = reader.text(key, value),
            "order" => found.order = reader.integer(key, value),
            "duplicate_of" => found.duplicate_of = duplicate_of(reader, key, value),
            "omit" => found.omit = omission(reader, key, value),
            "language" => found.language = reader.language(key, value),
            "rights" => found.rights = reader.text(key, value),
            "note" => found.note = reader.text(key, value),
            name => unreachable!("`{name}` stands in the table of keys and is not read"),
        }
    }
    found
}

fn omission(reader: &mut Reader<'_>, key: &KeyDoc, value: &Value<'_>) -> Option<Spanned<Omission>> {
    match value.get_ref() {
        DeValue::Boolean(true) => Some(reader.spanned(Omission::Omitted, value.span())),
        DeValue::Boolean(false) => Some(reader.spanned(Omission::Kept, value.span())),
        DeValue::String(_) => reader.text(key, value).map(|text| text.with(Omission::Because(text.value.clone()))),
        _ => reader.wrong_type(key, value, None),
    }
}

fn duplicate_of(reader: &mut Reader<'_>, key: &KeyDoc, value: &Value<'_>) -> Option<Spanned<DuplicateOf>> {
    match value.get_ref() {
        DeValue::Boolean(false) => Some(reader.spanned(DuplicateOf::Nothing, value.span())),
        DeValue::String(_) => {
            let text = reader.text(key, value)?;
            let path = reader.relative(&text.value, value.span())?;
            Some(path.with(DuplicateOf::Document(path.value.clone())))
        }
        _ => reader.wrong_type(key, value, None),
    }
}

fn duplicates(name: &str) -> Option<Duplicates> {
    match name {
        "merge" => Some(Duplicates::Merge),
        "keep" => Some(Duplicates::Keep),
        _ => None,
    }
}

fn dividers(name: &str) -> Option<Dividers> {
    match name {
        "none" => Some(Dividers::None),
        "year" => Some(Dividers::Year),
        "section" => Some(Dividers::Section),
        _ => None,
    }
}

fn locale(name: &str) -> Option<Locale> {
    match name {
        "day-first" => Some(Locale::DayFirst),
        "month-first" => Some(Locale::MonthFirst),
        _ => None,
    }
}

fn undated(name: &str) -> Option<Undated> {
    match name {
        "end" => Some(Undated::End),
        "bounds" => Some(Undated::Bounds),
        _ => None,
    }
}

fn imprecise(name: &str) -> Option<Imprecise> {
    match name {
        "after" => Some(Imprecise::After),
        "before" => Some(Imprecise::Before),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
