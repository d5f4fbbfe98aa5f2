//! The documents of a collection, read, dated, described and in order.
//!
//! What enters: captured files and the editor's settings. What leaves: a [`Collection`] whose documents stand in the
//! order in which they are printed, each with the further captures of its text. The order is total and depends on nothing
//! but the documents and the settings.
//! Nothing here reads files.

pub mod duplicates;
mod order;
pub mod print;
pub mod shelf;
pub mod shingles;

use crate::date::explain::{self, Home};
use crate::date::{self, Candidates, Clues, Dating, Edtf, EvidenceKind, Field, Habits};
use crate::description::{self, Description};
use crate::diagnostic::Diagnostic;
use crate::document::clutter::{self, Omission};
use crate::document::passage::{self, Passages};
use crate::document::{Format, Leaf, Tree, bidi, limits, markdown, plain};
use crate::settings::{self, Dividers, Override, Settings, Undated};
use crate::source::{Masking, Source, Withheld};
use duplicates::Duplicate;
use order::{by_sections, order};
use print::Print;
use rayon::prelude::*;
use shelf::{Key, Row, Tick};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

/// A line that stands at the head or tail of this many captures is furniture of their site.
const RECURRING: usize = 3;

/// A file as it was found.
#[derive(Debug, Clone)]
pub struct Capture {
    /// The path relative to the collection, with `/` between its parts.
    pub path: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
    /// How it is written.
    pub format: Format,
    /// Why its text is withheld; `bytes` are then its first ones only.
    pub withheld: Option<Withheld>,
}

/// A document: a source with all that was read out of it.
#[derive(Debug, Clone)]
pub struct Document {
    /// The captured file.
    pub source: Source,
    /// What the document is.
    pub description: Description,
    /// Its dates.
    pub dating: Dating,
    /// Its text, without what stands in its head or was left out.
    pub tree: Tree,
    /// The runs of its text, as they are numbered for mentions.
    pub passages: Passages,
    /// Lines left out as page furniture.
    pub omissions: Vec<Omission>,
    /// What the editor says of it, in `dossier.toml` or a sidecar.
    pub editor: Override,
    /// The number of words in its text.
    pub words: usize,
    /// Further captures of the same text, which are not printed.
    pub duplicates: Vec<Duplicate>,
    /// What is compared of its text with others.
    pub print: Arc<Print>,
    /// The fingerprint of all that it was read from: its capture, the settings, what the collection taught; empty where
    /// nothing is kept for a further round.
    pub key: Key,
}

impl Document {
    /// The permanent name of the document: its path.
    pub fn id(&self) -> &str {
        &self.source.path
    }

    /// Whether its date places it in the chronology.
    pub fn is_dated(&self) -> bool {
        self.dating.filed.as_ref().is_some_and(|dated| dated.edtf.has_year())
    }

    /// Where an editor can write its date.
    pub fn home(&self) -> Home {
        home(&self.source)
    }

    /// The section of the edition that the editor or the front matter puts it into.
    pub fn section(&self) -> Option<String> {
        let given = self.editor.section.as_ref().map(|section| &section.value);
        let given = given.or(self.source.front.section.as_ref().map(|section| &section.value))?;
        Some(crate::text::squeeze(given)).filter(|section| !section.is_empty())
    }

    /// The one-line summary that the editor or the front matter gives.
    pub fn summary(&self) -> Option<String> {
        let given = self.editor.summary.as_ref().or(self.source.front.summary.as_ref())?;
        Some(crate::text::squeeze(&given.value)).filter(|summary| !summary.is_empty())
    }
}

/// The documents of an edition in printed order: the dated first, then the undated.
#[derive(Debug, Clone, Default)]
pub struct Collection {
    /// The documents.
    pub documents: Vec<Document>,
}

impl Collection {
    /// Counts the documents that a date places.
    pub fn dated(&self) -> usize {
        self.documents.iter().filter(|document| document.is_dated()).count()
    }

    /// Gives every capture: the documents, each with the further captures of its text behind it.
    pub fn captures(&self) -> impl Iterator<Item = &Document> {
        self.documents.iter().flat_map(|document| {
            std::iter::once(document).chain(document.duplicates.iter().map(|duplicate| &duplicate.document))
        })
    }
}

/// What was read of captures in the last round, for the next one.
#[derive(Debug, Default)]
pub struct Shelf {
    sources: Row<Read>,
    documents: Row<(Document, Vec<Diagnostic>)>,
}

impl Shelf {
    /// A shelf that keeps what the last round read; the default one keeps nothing.
    pub fn keeping() -> Self {
        Self { sources: Row::keeping(), documents: Row::keeping() }
    }
}

/// What is read of one capture by itself.
#[derive(Debug, Clone)]
struct Read {
    source: Source,
    diagnostics: Vec<Diagnostic>,
    candidates: Candidates,
    key: Key,
}

/// Reads, dates, describes and orders captured files.
pub fn collect(
    captures: Vec<Capture>,
    settings: &Settings,
    sidecars: &BTreeMap<String, Override>,
) -> (Collection, Vec<Diagnostic>) {
    collect_again(captures, settings, sidecars, &mut Shelf::default(), &|| {})
}

/// Does the same with what was read before; `tick` is called once for every capture that is read or taken from the shelf.
pub fn collect_again(
    captures: Vec<Capture>,
    settings: &Settings,
    sidecars: &BTreeMap<String, Override>,
    shelf: &mut Shelf,
    tick: Tick<'_>,
) -> (Collection, Vec<Diagnostic>) {
    let masking = masking(settings);
    let editors: Vec<Editor> = captures.iter().map(|capture| Editor::of(&capture.path, settings, sidecars)).collect();
    let things: Vec<(Capture, &Editor)> = captures.into_iter().zip(&editors).collect();
    let fingerprint = |(capture, editor): &(Capture, &Editor)| {
        let beside = format!("{:?}", (capture.format, &capture.withheld, &masking, &editor.says.date, editor.date_in));
        shelf::key(&[capture.path.as_bytes(), &capture.bytes, beside.as_bytes()])
    };
    let read = shelf.sources.make(things, tick, fingerprint, |(capture, editor), key| {
        let (source, diagnostics) = match &capture.withheld {
            None => Source::read(&capture.path, capture.format, &capture.bytes, &masking),
            Some(withheld) => Source::withhold(&capture.path, capture.format, &capture.bytes, withheld, &masking),
        };
        let candidates = gather(&source, editor);
        Read { source, diagnostics, candidates, key: key.clone() }
    });
    let mut diagnostics: Vec<Diagnostic> = read.iter().flat_map(|read| read.diagnostics.iter().cloned()).collect();
    let recurring = recurring_lines(&read);
    let habits = Habits::learn(&read.iter().map(|read| &read.candidates).collect::<Vec<_>>());
    let habits = habits.with_locale(locale(settings));
    let taught = LazyLock::new(|| shelf::key(&[format!("{:?}", (&habits, &recurring, settings)).as_bytes()]));
    let fingerprint = |(read, editor): &(Read, Editor)| {
        shelf::key(&[read.key.as_bytes(), taught.as_bytes(), format!("{:?}", editor.says).as_bytes()])
    };
    let things = read.into_iter().zip(editors).collect();
    let read = shelf.documents.make(things, &|| {}, fingerprint, |(read, editor), key| {
        let Read { source, candidates, .. } = read;
        let (made, found) = document(source, date::decide(candidates, &habits), editor.says, &recurring, settings);
        let print = Arc::new(Print::of(&made));
        (Document { key: key.clone(), print, ..made }, found)
    });
    let mut documents = Vec::with_capacity(read.len());
    for (document, found) in read {
        diagnostics.extend(found);
        documents.push(document);
    }
    let (mut documents, found) = duplicates::fold(documents, settings);
    documents.sort_by(|a, b| order(a, b, settings));
    if settings.dividers == Dividers::Section {
        by_sections(&mut documents);
    }
    for document in &mut documents {
        document.duplicates.sort_by(|a, b| order(&a.document, &b.document, settings));
    }
    // Nobody needs to date a capture that is not printed.
    let copies: BTreeSet<&str> =
        found.iter().filter(|note| note.slug == "duplicate").filter_map(Diagnostic::file).collect();
    diagnostics
        .retain(|problem| problem.slug != "undated" || !problem.file().is_some_and(|file| copies.contains(file)));
    diagnostics.extend(found);
    (Collection { documents }, diagnostics)
}

fn masking(settings: &Settings) -> Masking {
    if settings.mask { Masking::On { keep: settings.keep.clone() } } else { Masking::Off }
}

fn locale(settings: &Settings) -> Option<date::Locale> {
    settings.locale.as_ref().map(|locale| match locale.value {
        settings::Locale::DayFirst => date::Locale::DayFirst,
        settings::Locale::MonthFirst => date::Locale::MonthFirst,
    })
}

/// What the editor says of one document, and where its date is said.
struct Editor {
    says: Override,
    date_in: EvidenceKind,
}

impl Editor {
    /// Lays `dossier.toml` over the document's sidecar.
    fn of(path: &str, settings: &Settings, sidecars: &BTreeMap<String, Override>) -> Self {
        let is_here = settings.documents.get(path).is_some_and(|table| table.value.date.is_some());
        let date_in = if is_here { EvidenceKind::Config } else { EvidenceKind::Sidecar };
        Self { says: settings.says_of(path, sidecars), date_in }
    }
}

/// Finds the lines that stand at the head or the tail of several captures.
fn recurring_lines(read: &[Read]) -> BTreeSet<String> {
    let lines: Vec<BTreeSet<String>> = read
        .par_iter()
        .map(|Read { source, .. }| {
            clutter::lines_for_recurrence(&source.text[source.front.span.end..]).into_iter().collect()
        })
        .collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines.into_iter().flatten() {
        *counts.entry(line).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count >= RECURRING).map(|(line, _)| line).collect()
}

/// Lists what a source's front matter or a saved page's head declares, for dating it.
pub fn declared(source: &Source) -> Vec<Field<'_>> {
    let declared = source.front.fields.iter().map(|field| Field {
        key: &field.key,
        value: &field.value,
        line: Some(source.lines.line(field.span.start)),
        kind: EvidenceKind::FrontMatter,
    });
    let metadata = source.declared.iter().map(|declared| Field {
        key: &declared.key,
        value: &declared.value,
        line: declared.line,
        kind: EvidenceKind::Metadata,
    });
    declared.chain(metadata).collect()
}

/// Gathers what a source and its editor offer for dating it.
fn gather(source: &Source, editor: &Editor) -> Candidates {
    let mut fields = declared(source);
    if let Some(date) = &editor.says.date {
        fields.push(Field { key: "date", value: &date.value, line: None, kind: editor.date_in });
    }
    let body = source.front.span.end..source.text.len();
    let found = date::gather(&Clues { path: &source.path, text: &source.text, body, fields: &fields });
    let found = found.from_site(source.origin.domain());
    if source.format == Format::Html { found.on_lines(|row| source.lines.of_file(row)) } else { found }
}

/// Makes a document of a dated source.
fn document(
    mut source: Source,
    dating: Dating,
    editor: Override,
    recurring: &BTreeSet<String>,
    settings: &Settings,
) -> (Document, Vec<Diagnostic>) {
    let body = source.front.span.end..source.text.len();
    let omissions = if settings.faithful {
        Vec::new()
    } else {
        let offset = body.start;
        let before = source.text[..offset].matches('\n').count();
        clutter::furniture(&source.text[body.clone()], source.format, recurring)
            .into_iter()
            .map(|omission| Omission {
                line: source.lines.of_file(omission.line + before),
                span: omission.span.start + offset..omission.span.end + offset,
                ..omission
            })
            .collect()
    };
    let text = clutter::blank(&source.text, &omissions);
    let mut tree = match source.format {
        Format::Markdown | Format::Html => markdown::parse(&text, body),
        Format::Plain => plain::parse(&text, body),
    };
    drop(text);
    limits::fit(&mut tree);
    bidi::close(&mut tree);
    let programs: Vec<Omission> =
        std::mem::take(&mut tree.programs).iter().map(|leaf| program(&source, leaf)).collect();
    source.dropped.extend(programs);
    let mut diagnostics = problems(&source, &tree, &dating);
    diagnostics.extend(tree.limits.iter().map(|(limit, at)| {
        source.point(Diagnostic::warning(limit.slug(), limit.message()), *at..*at + 1).help(limit.help())
    }));
    diagnostics.extend(unusable_dates(&source, &editor, &dating));
    let dating = match settings.undated {
        Undated::End => dating,
        Undated::Bounds => dating.placed_by_bounds(),
    };
    let mut description = description::describe(&source, &mut tree, &dating, &editor, &settings.language);
    if source.withheld.is_some() && description.title_supplied {
        description.title = source.path.rsplit('/').next().unwrap_or_default().to_owned();
    }
    let passages = passage::passages(&tree);
    let words = passages.runs.iter().map(|run| run.text.split_whitespace().count()).sum();
    (
        Document {
            source,
            description,
            dating,
            tree,
            passages,
            omissions,
            editor,
            words,
            duplicates: Vec::new(),
            print: Arc::default(),
            key: Key::new(),
        },
        diagnostics,
    )
}

/// Records a program or a style in raw HTML, which is not set.
fn program(source: &Source, leaf: &Leaf) -> Omission {
    let before = source.text.get(..leaf.span.start).unwrap_or_default();
    let tag = before.rfind('<').and_then(|at| before.get(at + 1..at + 6)).unwrap_or_default();
    Omission {
        line: source.lines.line(leaf.span.start),
        text: crate::text::squeeze(&leaf.text),
        rule: if tag.eq_ignore_ascii_case("style") { "html-style" } else { "html-script" },
        span: leaf.span.clone(),
    }
}

/// Tells of dates that were given and mean nothing, so that none is passed over in silence.
fn unusable_dates(source: &Source, editor: &Override, dating: &Dating) -> Vec<Diagnostic> {
    let used = |kinds: &[EvidenceKind]| {
        let dates = dating.filed.iter().chain(&dating.others);
        dates.flat_map(|dated| &dated.evidence).any(|evidence| kinds.contains(&evidence.kind))
    };
    let message = |value: &str| {
        let said = crate::text::squeeze(value);
        match Edtf::parse(&said) {
            Err(error) if error.is_of_another_age() => {
                format!("`{said}` is not of the years 0001 to 9999, which are all that documents are filed under")
            }
            _ => format!("`{said}` is no date that can be read"),
        }
    };
    let mend = "write a day, a month, a year or another EDTF value, such as `2014-12-24`, `2014-12` or `2014~`";
    let mut problems = Vec::new();
    if let Some(date) = &editor.date
        && !used(&[EvidenceKind::Config, EvidenceKind::Sidecar])
    {
        let place = format!("{}:{}", date.path, date.line);
        problems.push(Diagnostic::error("unusable-date", message(&date.value)).in_file(place).help(mend));
    }
    let front = source.front.fields.iter().find(|field| field.key.eq_ignore_ascii_case("date"));
    if let Some(field) = front
        && !field.value.trim().is_empty()
        && editor.date.is_none()
        && !used(&[EvidenceKind::FrontMatter])
    {
        let problem = Diagnostic::warning("unusable-date", message(&field.value));
        problems.push(source.point(problem, field.span.clone()).help(mend));
    }
    problems
}

/// Tells what an editor should look at in a document that was read.
fn problems(source: &Source, tree: &Tree, dating: &Dating) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    if source.withheld.is_some() {
        return problems;
    }
    if tree.blocks.is_empty() {
        let problem = if source.format == Format::Html {
            Diagnostic::warning("empty-document", "the saved page shows no text before its scripts run")
                .in_file(&source.path)
                .help(
                    "open the page in a browser and save it once its text is there, or copy the text into a .txt file",
                )
        } else {
            Diagnostic::warning("empty-document", "the file holds no text; its page says so").in_file(&source.path)
        };
        problems.push(problem.help(format!("remove the file, or leave it out: `exclude = [\"{}\"]`", source.path)));
        return problems;
    }
    if let Some(conflict) = &dating.conflict {
        let line = dating
            .filed
            .iter()
            .chain(&dating.others)
            .flat_map(|dated| &dated.evidence)
            .find_map(|evidence| evidence.span.clone().filter(|_| evidence.kind == EvidenceKind::Text));
        let problem = Diagnostic::warning("conflicting-dates", conflict.clone());
        problems.push(match line {
            Some(span) => source.point(problem, span),
            None => problem.in_file(&source.path),
        });
    }
    if dating.filed.as_ref().is_none_or(|dated| !dated.edtf.has_year()) {
        problems.push(undated(source, dating));
    }
    problems
}

/// Tells that a document is undated, with the lines that would date it and the clue that an editor can start from.
fn undated(source: &Source, dating: &Dating) -> Diagnostic {
    let mut problem = Diagnostic::warning("undated", undated_message(dating)).in_file(&source.path);
    let (proposals, home) = (dating.proposals(), home(source));
    for proposal in &proposals {
        let seen = proposal.line.map(|line| format!(" (line {line})")).unwrap_or_default();
        let lines = explain::lines_to_write(&proposal.edtf, &source.path, home);
        problem = problem.help(format!(
            "if {}{seen}, write `{}` into {}",
            proposal.condition,
            lines.join("` with `"),
            explain::place_to_write(home)
        ));
    }
    if proposals.is_empty() {
        problem = problem.help(format!(
            "if you know the date, write `[documents.\"{}\"]` with `date = \"YYYY-MM-DD\"` into dossier.toml",
            source.path
        ));
    }
    match dating.leading_clue() {
        Some(clue) => {
            let line = clue.line.map(|line| format!(" (line {line})")).unwrap_or_default();
            problem.help(format!("a clue{line}: “{}” {}", clue.text, clue.suggests))
        }
        None => problem,
    }
}

/// Tells where an editor can write a document's date.
fn home(source: &Source) -> Home {
    match source.text[source.front.span.clone()].trim_start_matches('\u{feff}').get(..3) {
        Some("---") => Home::Yaml,
        Some("+++") => Home::Toml,
        _ => Home::Settings,
    }
}

fn undated_message(dating: &Dating) -> String {
    match &dating.filed {
        Some(dated) => format!("`{}` gives no year, so the document stands with the undated", dated.verbatim),
        None if dating.conflict.is_some() => "its dates disagree, so the document stands with the undated".to_owned(),
        None => "nothing in the text proves a date, so the document stands with the undated".to_owned(),
    }
}
