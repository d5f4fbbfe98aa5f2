//! Reads the lock file.
//!
//! What enters: the text of `dossier.lock`. What leaves: a [`Lock`], or every problem of the file with its line and an
//! edit that mends it. A file that was merged by halves or edited into contradictions is not used at all: whoever guessed
//! its ids could give one of them twice.

use super::{Body, Entry, FILE, Fate, Id, Lock, Number, Record};
use crate::diagnostic::Diagnostic;
use crate::layout::nearest;
use crate::settings::Numbering;
use crate::text::{LineIndex, Span, short};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};

type Value<'i> = toml::Spanned<DeValue<'i>>;

/// The version of the file that this program writes.
const VERSION: &str = "1";
/// The marks that an unfinished merge leaves, at the beginnings of lines.
const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// Reads the text of a lock file; an empty one holds no edition.
///
/// Problems are errors named `lock-conflict` and `broken-lock`.
pub fn read(text: &Arc<str>) -> Result<Lock, Vec<Diagnostic>> {
    let mut reader = Reader { text, problems: Vec::new() };
    reader.conflicts();
    if reader.problems.is_empty() {
        let lock = reader.lock();
        if reader.problems.is_empty() {
            reader.contradictions(&lock);
        }
        if reader.problems.is_empty() {
            return Ok(Lock { entries: lock.into_iter().map(Located::bare).collect() });
        }
    }
    Err(reader.problems)
}

/// An edition with the places of its blocks.
struct Located {
    entry: Entry,
    label: Span,
    /// The place of each document's id, in the order of the file.
    ids: Vec<Span>,
    records: Vec<Record>,
}

impl Located {
    fn bare(self) -> Entry {
        let mut entry = self.entry;
        entry.records = self.records;
        entry.records.sort_by_key(|record| record.id);
        entry.bodies.sort();
        entry
    }
}

struct Reader<'a> {
    text: &'a Arc<str>,
    problems: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn report(&mut self, slug: &'static str, message: impl Into<String>, span: Span, help: impl Into<String>) {
        self.problems.push(Diagnostic::error(slug, message).at(FILE, self.text, span).help(help));
    }

    fn broken(&mut self, message: impl Into<String>, span: Span, help: impl Into<String>) {
        self.report("broken-lock", message, span, help);
    }

    /// Finds the marks of merges that were not finished.
    fn conflicts(&mut self) {
        let mut at = 0;
        let mut is_open = false;
        for line in self.text.clone().split_inclusive('\n') {
            let words = line.trim_end();
            let is_mark = MARKS
                .iter()
                .any(|mark| words.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')));
            if is_mark && !is_open {
                self.report(
                    "lock-conflict",
                    "here begins what a merge of two versions has left open",
                    at..at + words.len(),
                    "take the file of one side whole, for example with `git checkout --ours dossier.lock`, and build again: \
                     what only the other side has is recorded with that build",
                );
            }
            if is_mark {
                is_open = !words.starts_with(">>>>>>>");
            }
            at += line.len();
        }
    }

    fn lock(&mut self) -> Vec<Located> {
        let text = self.text.clone();
        let (table, errors) = DeTable::parse_recoverable(&text);
        let lines = LineIndex::new(&text);
        let mut last = 0;
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let line = lines.line(span.start);
            if line != last {
                let message = format!("this is not TOML: {}", crate::text::squeeze(error.message()));
                self.broken(
                    message,
                    span,
                    "write one `key = \"value\"` on the line, or restore the file from its history",
                );
            }
            last = line;
        }
        let table = table.get_ref();
        if !self.problems.is_empty() || table.is_empty() {
            return Vec::new();
        }
        self.known(table, &["version", "edition"]);
        match table.get("version").map(|value| (value.get_ref(), value.span())) {
            Some((DeValue::Integer(version), _)) if version.as_str() == VERSION => {}
            Some((_, span)) => {
                self.broken(
                    "this is not version 1 of the lock file",
                    span,
                    "build with the program that wrote the file",
                );
            }
            None => self.broken("the file does not say its version", 0..0, "write `version = 1` on its first line"),
        }
        let editions = self.tables(table, "edition");
        editions.into_iter().filter_map(|(table, span)| self.edition(table, span)).collect()
    }

    /// Reports the keys that nobody knows.
    fn known(&mut self, table: &DeTable<'_>, keys: &[&str]) {
        for (name, _) in table.iter().filter(|(name, _)| !keys.contains(&name.get_ref().as_ref())) {
            let message = format!("`{}` is no key that stands here", short(name.get_ref()));
            let list = || keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
            let help = nearest(name.get_ref(), keys.iter().copied()).map_or_else(
                || format!("take the line away; the keys are {}", list()),
                |near| format!("did you mean `{near}`?"),
            );
            self.broken(message, name.span(), help);
        }
    }

    fn tables<'t, 'i>(&mut self, table: &'t DeTable<'i>, key: &str) -> Vec<(&'t DeTable<'i>, Span)> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let mut found = Vec::new();
        for item in value.get_ref().as_array().into_iter().flat_map(|items| items.iter()) {
            if let DeValue::Table(table) = item.get_ref() {
                found.push((table, item.span()));
            }
        }
        if found.is_empty() {
            self.broken(format!("`{key}` is no list of tables"), value.span(), format!("write `[[{key}]]` above each"));
        }
        found
    }

    fn edition(&mut self, table: &DeTable<'_>, span: Span) -> Option<Located> {
        self.known(table, &["label", "date", "numbering", "highest", "document", "organization"]);
        let label = self.needed(table, "label", "the label of the edition", span.clone());
        let highest = self.needed(table, "highest", "the highest id ever given, such as `\"D0012\"`", span.clone());
        let numbering = self.needed(table, "numbering", "`\"keep\"` or `\"renumber\"`", span.clone());
        let numbering = numbering.and_then(|numbering| self.numbering(numbering));
        let date = self.date(table);
        let (mut records, mut ids) = (Vec::new(), Vec::new());
        for (table, span) in self.tables(table, "document") {
            if let Some((record, id)) = self.document(table, span) {
                records.push(record);
                ids.push(id);
            }
        }
        let mut bodies = Vec::new();
        for (table, span) in self.tables(table, "organization") {
            self.known(table, &["heading", "acronym", "variants"]);
            let Some((heading, _)) = self.needed(table, "heading", "the heading of the organization", span) else {
                continue;
            };
            let acronym = self.text(table, "acronym").map(|(acronym, _)| acronym);
            let variants = self.texts(table, "variants").into_iter().map(|(variant, _)| variant).collect();
            bodies.push(Body { heading, acronym, variants });
        }
        let (label, at) = label?;
        let highest = self.id(highest?)?.0;
        let (numbering, highest) = (numbering?, highest.0);
        let entry = Entry { label, date, numbering, highest, bodies, ..Entry::default() };
        Some(Located { entry, label: at, ids, records })
    }

    fn document(&mut self, table: &DeTable<'_>, span: Span) -> Option<(Record, Span)> {
        self.known(
            table,
            &["id", "number", "formerly", "path", "title", "date", "source", "text", "withdrawn", "merged"],
        );
        let id = self.needed(table, "id", "the id of the document, such as `\"D0007\"`", span.clone());
        let id = id.and_then(|id| self.id(id));
        let number = self.text(table, "number").and_then(|number| self.number(number));
        let formerly = self.texts(table, "formerly");
        let formerly = formerly.into_iter().filter_map(|number| self.number(number)).collect();
        let path = self.needed(table, "path", "the path of the file", span.clone());
        let title = self.needed(table, "title", "the title of the document", span.clone());
        let source = self.hash(table, "source", span.clone());
        let text = self.hash(table, "text", span);
        let date = self.text(table, "date").map(|(date, _)| date);
        let withdrawn = self.text(table, "withdrawn");
        let merged = self.text(table, "merged");
        let fate = match (withdrawn, merged) {
            (Some(_), Some((_, span))) => {
                self.broken("a document is either withdrawn or merged", span, "take one of the two lines away");
                return None;
            }
            (Some((reason, _)), None) => Fate::Withdrawn(Some(reason).filter(|reason| !reason.is_empty())),
            (None, Some(into)) => Fate::Merged(self.id(into)?.0),
            (None, None) => Fate::Printed,
        };
        let (id, at) = id?;
        let record =
            Record { id, number, path: path?.0, title: title?.0, date, source: source?, text: text?, fate, formerly };
        Some((record, at))
    }

    fn text(&mut self, table: &DeTable<'_>, key: &str) -> Option<(String, Span)> {
        let value = table.get(key)?;
        self.string(value, key)
    }

    fn string(&mut self, value: &Value<'_>, key: &str) -> Option<(String, Span)> {
        match value.get_ref() {
            DeValue::String(text) => Some((text.as_ref().to_owned(), value.span())),
            _ => {
                self.broken(format!("`{key}` is no text"), value.span(), "put what stands there in quotes");
                None
            }
        }
    }

    fn texts(&mut self, table: &DeTable<'_>, key: &str) -> Vec<(String, Span)> {
        let Some(value) = table.get(key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(|item| self.string(item, key)).collect(),
            _ => {
                self.broken(format!("`{key}` is no list"), value.span(), format!("write `{key} = [\"…\"]`"));
                Vec::new()
            }
        }
    }

    fn needed(&mut self, table: &DeTable<'_>, key: &str, what: &str, block: Span) -> Option<(String, Span)> {
        if table.get(key).is_none() {
            let head = block.start..block.start + self.text[block.start..].find('\n').unwrap_or(0);
            self.broken(format!("the block has no `{key}`"), head, format!("write `{key} = \"…\"` below it: {what}"));
        }
        self.text(table, key)
    }

    fn id(&mut self, (text, span): (String, Span)) -> Option<(Id, Span)> {
        let id = Id::parse(&text);
        if id.is_none() {
            let message = format!("`{}` is no id", short(&text));
            self.broken(message, span.clone(), "write a `D` and at least four figures, such as `\"D0007\"`");
        }
        id.map(|id| (id, span))
    }

    fn number(&mut self, (text, span): (String, Span)) -> Option<Number> {
        let number = Number::parse(&text);
        if number.is_none() {
            let message = format!("`{}` is no number of a document", short(&text));
            self.broken(message, span, "write a number such as `\"12\"` or `\"12a\"`");
        }
        number
    }

    fn numbering(&mut self, (text, span): (String, Span)) -> Option<Numbering> {
        let numbering = Numbering::named(&text);
        if numbering.is_none() {
            let message = format!("`{}` is no way to number documents", short(&text));
            self.broken(message, span, "write `\"keep\"` or `\"renumber\"`");
        }
        numbering
    }

    fn hash(&mut self, table: &DeTable<'_>, key: &str, block: Span) -> Option<String> {
        let (text, span) = self.needed(table, key, "a SHA-256 in hexadecimal", block)?;
        let is_hash =
            text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        if !is_hash {
            self.broken(
                format!("`{}` is no SHA-256", short(&text)),
                span,
                "restore the line from the file's history: 64 figures and letters from a to f",
            );
        }
        is_hash.then_some(text)
    }

    fn date(&mut self, table: &DeTable<'_>) -> Option<NaiveDate> {
        let value = table.get("date")?;
        let written = &self.text[value.span()];
        let day = NaiveDate::parse_from_str(written.trim_matches('"'), "%Y-%m-%d").ok();
        if day.is_none() {
            self.broken(
                format!("`{}` is no day", short(written)),
                value.span(),
                "write a day, such as `date = 2026-01-31`",
            );
        }
        day
    }

    /// Finds what two blocks say against one another.
    fn contradictions(&mut self, editions: &[Located]) {
        let all = || editions.iter().flat_map(|edition| &edition.records).map(|record| record.id.0);
        let given = editions.iter().map(|edition| edition.entry.highest);
        let next = Id(all().chain(given).max().unwrap_or(0) + 1);
        let mut labels: BTreeMap<&str, ()> = BTreeMap::new();
        let mut owners: BTreeMap<Id, (&Record, &str)> = BTreeMap::new();
        for edition in editions {
            let label = edition.entry.label.as_str();
            if labels.insert(label, ()).is_some() {
                let message = format!("there is an edition `{}` already", short(label));
                self.broken(message, edition.label.clone(), "give one of the two another label");
            }
            let mut here: BTreeMap<Id, &Record> = BTreeMap::new();
            let mut numbers: BTreeMap<&Number, Id> = BTreeMap::new();
            for (record, span) in edition.records.iter().zip(&edition.ids) {
                let (id, path) = (record.id, &record.path);
                if let Some(other) = here.insert(id, record) {
                    let message =
                        format!("`{id}` is `{path}` here and `{}` above; an id belongs to one document", other.path);
                    self.broken(
                        message,
                        span.clone(),
                        format!("write `id = \"{next}\"`, which nobody has, or take the block away"),
                    );
                    continue;
                }
                let known = owners.insert(id, (record, label));
                if let Some((other, before)) = known
                    && other.path != *path
                    && other.source != record.source
                {
                    let message = format!(
                        "`{id}` is `{path}` here and `{}` in the edition `{before}`; an id belongs to one document",
                        other.path
                    );
                    self.broken(message, span.clone(), format!("write `id = \"{next}\"`, which nobody has"));
                }
                for number in record.number.iter().chain(&record.formerly) {
                    if let Some(other) = numbers.insert(number, id) {
                        let message = format!("`{id}` and `{other}` have the number {number} in one edition");
                        self.broken(message, span.clone(), "restore the numbers from the file's history");
                    }
                }
            }
            for (record, span) in edition.records.iter().zip(&edition.ids) {
                if let Fate::Merged(into) = record.fate
                    && !here.contains_key(&into)
                {
                    let message = format!("`{}` is merged into `{into}`, which the edition does not have", record.id);
                    self.broken(message, span.clone(), "restore the block of that document from the file's history");
                }
            }
        }
    }
}
