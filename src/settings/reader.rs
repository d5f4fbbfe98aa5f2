//! Reads single values of a TOML text and says what is wrong with them.
//!
//! What enters: a text and the table of its keys. What leaves: typed values with their places, and every problem of
//! the text. A value of the wrong type is reported and left out; nothing is guessed from it.

use super::keys::{self, KeyDoc};
use super::mend::mended;
use super::spanned::Spanned;
use crate::diagnostic::Diagnostic;
use crate::text::{LineIndex, Span, short};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};

/// A value of the TOML text, as its parser gives it.
pub(super) type Value<'i> = toml::Spanned<DeValue<'i>>;

/// A key of the TOML text, as its parser gives it.
pub(super) type Name<'i> = toml::Spanned<Cow<'i, str>>;

/// How many problems of one file are listed; a file with more of them is hardly one of settings.
const MOST_PROBLEMS: usize = 200;

/// Where a table of keys stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope<'a> {
    /// At the top of `dossier.toml`.
    Collection,
    /// In the table of one document.
    Document(&'a str),
    /// At the top of a file beside its document.
    Sidecar,
    /// At the top of `organizations.toml`.
    Authority,
    /// In the table of one organization.
    Organization,
}

impl Scope<'_> {
    /// Gives the keys that may stand here.
    fn keys(self) -> &'static [KeyDoc] {
        match self {
            Self::Collection => keys::keys(),
            Self::Document(_) | Self::Sidecar => keys::document_keys(),
            Self::Authority => keys::authority_keys(),
            Self::Organization => keys::organization_keys(),
        }
    }

    /// Says whose keys they are.
    fn owner(self) -> &'static str {
        match self {
            Self::Collection => "the settings",
            Self::Document(_) | Self::Sidecar => "a document",
            Self::Authority => "the authority file",
            Self::Organization => "an organization",
        }
    }
}

/// Reads one file and gathers its problems.
pub(super) struct Reader<'a> {
    path: Arc<str>,
    text: &'a Arc<str>,
    lines: LineIndex,
    broken: BTreeSet<usize>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    /// Starts to read a text: gives the table that could be made out, and the reader that holds its problems.
    pub(super) fn open(path: &str, text: &'a Arc<str>) -> (Self, DeTable<'a>) {
        let mut reader = Self {
            path: path.into(),
            text,
            lines: LineIndex::new(text),
            broken: BTreeSet::new(),
            diagnostics: Vec::new(),
        };
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let line = reader.lines.line(span.start);
            if reader.broken.insert(line) {
                let words = &text[reader.lines.span(line, text)];
                let help = mended(words).unwrap_or_else(|| {
                    "write each key once, as `key = \"value\"`, each on a line of its own".to_owned()
                });
                let message = crate::text::squeeze(error.message());
                reader.report("broken-toml", format!("this is not TOML: {message}"), span, help);
            }
        }
        reader.break_headless();
        (reader, table.into_inner())
    }

    /// Counts the lines under a table's broken head as broken: whose keys they are is not known.
    fn break_headless(&mut self) {
        let is_head = |line: usize| self.text[self.lines.span(line, self.text)].trim_start().starts_with('[');
        let mut headless = Vec::new();
        for head in self.broken.iter().copied().filter(|line| is_head(*line)) {
            headless.extend((head + 1..=self.lines.count()).take_while(|line| !is_head(*line)));
        }
        self.broken.extend(headless);
    }

    /// Gives every problem found, in the order of the text.
    pub(super) fn close(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by_key(|diagnostic| {
            let excerpt = diagnostic.place.as_ref().and_then(|place| place.excerpt.as_ref());
            excerpt.map_or(0, |(_, span)| span.start)
        });
        if let Some(next) = self.diagnostics.get(MOST_PROBLEMS) {
            let count = self.diagnostics.len() - MOST_PROBLEMS;
            let rest = Diagnostic::error(next.slug, format!("{count} more problems of this file are not listed"));
            self.diagnostics.truncate(MOST_PROBLEMS);
            self.diagnostics.push(rest.in_file(self.path.as_ref()).help("mend those above first"));
        }
        self.diagnostics
    }

    /// Gives the known keys of a table in the order of the text, and reports the others.
    pub(super) fn entries<'t, 'i>(
        &mut self,
        table: &'t DeTable<'i>,
        scope: Scope<'_>,
    ) -> Vec<(&'static KeyDoc, &'t Value<'i>)> {
        let mut entries = Vec::new();
        for (name, value) in self.sound(table) {
            match keys::find(scope.keys(), name.get_ref()) {
                Some(key) => entries.push((key, value)),
                None => self.unknown(name.get_ref(), name.span(), value, scope),
            }
        }
        entries
    }

    /// Gives the entries of a table that can be relied on, in the order of the text.
    pub(super) fn sound<'t, 'i>(&self, table: &'t DeTable<'i>) -> Vec<(&'t Name<'i>, &'t Value<'i>)> {
        let mut entries: Vec<_> = table.iter().filter(|(name, value)| self.is_sound(name, value)).collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        entries
    }

    /// Tells whether an entry can be relied on: its own line is not broken, or something in its table is sound.
    fn is_sound(&self, name: &Name<'_>, value: &Value<'_>) -> bool {
        let is_inner_sound = |table: &DeTable<'_>| table.iter().any(|(name, value)| self.is_sound(name, value));
        !self.broken.contains(&self.lines.line(name.span().start))
            || value.get_ref().as_table().is_some_and(is_inner_sound)
    }

    fn unknown(&mut self, name: &str, span: Span, value: &Value<'_>, scope: Scope<'_>) {
        let list = || scope.keys().iter().map(|key| format!("`{}`", key.name)).collect::<Vec<_>>().join(", ");
        let is_elsewhere = |table| keys::find(table, name).is_some();
        let help = match scope {
            Scope::Document(path) if value.get_ref().is_table() => {
                let whole = short(&format!("{path}.{name}"));
                format!("where `{whole}` is a path, put it in quotes: `[documents.\"{whole}\"]`")
            }
            Scope::Collection if is_elsewhere(keys::document_keys()) => {
                format!("`{name}` belongs in the table of a document: `[documents.\"its/path\"]`")
            }
            Scope::Document(_) if is_elsewhere(keys::keys()) => {
                format!("`{name}` belongs above the first `[documents.…]` table of the file")
            }
            Scope::Sidecar if is_elsewhere(keys::keys()) => format!("`{name}` belongs in `dossier.toml`"),
            Scope::Authority if is_elsewhere(keys::organization_keys()) => {
                format!("`{name}` belongs in the table of an organization, below `[[organization]]`")
            }
            Scope::Organization if is_elsewhere(keys::authority_keys()) => {
                format!("`{name}` belongs above the first `[[organization]]` of the file")
            }
            _ => keys::nearest(scope.keys(), name)
                .map_or_else(|| format!("the keys are {}", list()), |near| format!("did you mean `{near}`?")),
        };
        let message = format!("`{}` is no key of {}", short(name), scope.owner());
        self.report("unknown-key", message, span, help);
    }

    /// Reads a string; an empty one counts as not given.
    pub(super) fn text(&mut self, key: &KeyDoc, value: &Value<'_>) -> Option<Spanned<String>> {
        match value.get_ref() {
            DeValue::String(text) => filled(self.spanned(text.as_ref().to_owned(), value.span())),
            found => {
                let help = match found {
                    DeValue::Array(_) | DeValue::Table(_) => None,
                    _ => Some(format!("write `{} = \"{}\"`", key.name, self.source(value))),
                };
                self.wrong_type(key, value, help)
            }
        }
    }

    /// Reads a language tag (BCP 47); its form is checked, not its registration.
    pub(super) fn language(&mut self, key: &KeyDoc, value: &Value<'_>) -> Option<Spanned<String>> {
        let text = self.text(key, value)?;
        if is_language_tag(&text.value) {
            return Some(text);
        }
        let mended = text.value.replace('_', "-");
        let help = is_language_tag(&mended).then(|| format!("write `{} = \"{mended}\"`", key.name));
        self.wrong_value(key, value, help)
    }

    /// Reads one of a few words and gives what it stands for.
    pub(super) fn choice<T>(
        &mut self,
        key: &KeyDoc,
        value: &Value<'_>,
        named: impl Fn(&str) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let text = self.text(key, value)?;
        if let Some(choice) = named(&text.value) {
            return Some(text.with(choice));
        }
        let lower = text.value.to_lowercase();
        let help = named(&lower).map(|_| format!("write `{} = \"{lower}\"`", key.name));
        self.wrong_value(key, value, help)
    }

    /// Reads a truth value.
    pub(super) fn flag(&mut self, key: &KeyDoc, value: &Value<'_>) -> Option<Spanned<bool>> {
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(self.spanned(*flag, value.span())),
            found => {
                let help = found.as_str().and_then(truth).map(|flag| format!("write `{} = {flag}`", key.name));
                self.wrong_type(key, value, help)
            }
        }
    }

    /// Reads a whole number.
    pub(super) fn integer(&mut self, key: &KeyDoc, value: &Value<'_>) -> Option<Spanned<i64>> {
        match value.get_ref() {
            DeValue::Integer(digits) => match i64::from_str_radix(digits.as_str(), digits.radix()) {
                Ok(integer) => Some(self.spanned(integer, value.span())),
                Err(_) => self.wrong_value(key, value, None),
            },
            found => {
                let number = found.as_str().and_then(|text| text.trim().parse::<i64>().ok());
                self.wrong_type(key, value, number.map(|number| format!("write `{} = {number}`", key.name)))
            }
        }
    }

    /// Reads a number between two bounds, both of them allowed.
    pub(super) fn number(&mut self, key: &KeyDoc, value: &Value<'_>, bounds: (f64, f64)) -> Option<Spanned<f64>> {
        let digits = match value.get_ref() {
            DeValue::Integer(digits) => digits.as_str(),
            DeValue::Float(digits) => digits.as_str(),
            found => {
                let number = found.as_str().and_then(|text| text.trim().parse::<f64>().ok());
                let help = number.map(|number| format!("write `{} = {number}`", key.name));
                return self.wrong_type(key, value, help);
            }
        };
        match digits.replace('_', "").parse::<f64>() {
            Ok(number) if (bounds.0..=bounds.1).contains(&number) => Some(self.spanned(number, value.span())),
            _ => self.wrong_value(key, value, None),
        }
    }

    /// Reads a number of megabytes.
    pub(super) fn megabytes(&mut self, key: &KeyDoc, value: &Value<'_>) -> Option<Spanned<u64>> {
        let number = self.integer(key, value)?;
        match u64::try_from(number.value) {
            Ok(megabytes) if (1..=u64::from(u32::MAX)).contains(&megabytes) => Some(number.with(megabytes)),
            _ => self.wrong_value(key, value, None),
        }
    }

    /// Reads a list of strings; each item that is none is reported.
    pub(super) fn texts(&mut self, key: &KeyDoc, value: &Value<'_>) -> Vec<Spanned<String>> {
        let DeValue::Array(items) = value.get_ref() else {
            let help = value.get_ref().is_str().then(|| format!("write `{} = [{}]`", key.name, self.source(value)));
            return self.wrong_type(key, value, help).unwrap_or_default();
        };
        items.iter().filter_map(|item| self.item(key, item)).collect()
    }

    fn item(&mut self, key: &KeyDoc, item: &Value<'_>) -> Option<Spanned<String>> {
        if let DeValue::String(text) = item.get_ref() {
            return filled(self.spanned(text.as_ref().to_owned(), item.span()));
        }
        let message = format!("an item of `{}` is {}; a string was wanted", key.name, found(item.get_ref()));
        self.report("wrong-type", message, item.span(), format!("put it in quotes: `\"{}\"`", self.source(item)));
        None
    }

    /// Reads a list of paths relative to the collection.
    pub(super) fn paths(&mut self, key: &KeyDoc, value: &Value<'_>) -> Vec<Spanned<String>> {
        let texts = self.texts(key, value);
        texts.into_iter().filter_map(|text| self.relative(&text.value, text.span)).collect()
    }

    /// Checks a path: relative to the collection, with `/` between its parts. Gives it without a leading `./`.
    pub(super) fn relative(&mut self, path: &str, span: Span) -> Option<Spanned<String>> {
        let plain = path.strip_prefix("./").unwrap_or(path);
        let is_drive = matches!(plain.as_bytes(), [_, b':', b'/' | b'\\', ..]);
        if !plain.is_empty() && !plain.starts_with('/') && !is_drive && !plain.contains('\\') {
            let is_inside = plain.split('/').all(|part| part != ".." && part != ".");
            if is_inside {
                return Some(self.spanned(plain.to_owned(), span));
            }
        }
        let message = format!("`{}` is no path inside the collection", short(path));
        let help = if plain.contains('\\') && !is_drive {
            format!("write `{}`", short(&plain.replace('\\', "/")))
        } else {
            "write the path from the folder that holds `dossier.toml`, with `/` between its parts".to_owned()
        };
        self.report("wrong-value", message, span, help);
        None
    }

    /// Reads one day.
    pub(super) fn day(&mut self, key: &KeyDoc, value: &Value<'_>) -> Option<Spanned<NaiveDate>> {
        let text = match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => return None,
            DeValue::String(text) => text.as_ref().to_owned(),
            DeValue::Datetime(date) if date.date.is_some() && date.time.is_none() => date.to_string(),
            _ => return self.wrong_type(key, value, None),
        };
        match NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d") {
            Ok(day) if text.trim().len() == "YYYY-MM-DD".len() => Some(self.spanned(day, value.span())),
            _ => {
                self.wrong_value(key, value, Some(format!("write `{} = 2026-01-31`, with the day you mean", key.name)))
            }
        }
    }

    /// Reads a date, whose meaning is read elsewhere; a TOML date is given in the form of ISO 8601.
    pub(super) fn edtf(&mut self, key: &KeyDoc, value: &Value<'_>) -> Option<Spanned<String>> {
        match value.get_ref() {
            DeValue::Datetime(date) if date.date.is_some() => Some(self.spanned(date.to_string(), value.span())),
            DeValue::String(_) | DeValue::Integer(_) => {
                self.text(key, value).map(|text| text.with(text.value.trim().to_owned()))
            }
            _ => self.wrong_type(key, value, None),
        }
    }

    /// Reads a table of documents, or the table of one.
    pub(super) fn table<'t, 'i>(&mut self, name: &str, value: &'t Value<'i>) -> Option<&'t DeTable<'i>> {
        if let DeValue::Table(table) = value.get_ref() {
            return Some(table);
        }
        let message = format!("`{}` is {}; a table was wanted", short(name), found(value.get_ref()));
        let help = if name.starts_with("documents") {
            "write `[documents.\"its/path\"]` on a line of its own, and the keys below it".to_owned()
        } else {
            format!("write `[{}]` on a line of its own, and `\"its/path\" = \"the reason\"` below it", short(name))
        };
        self.report("wrong-type", message, value.span(), help);
        None
    }

    /// Reads a list of tables; what is none is reported.
    pub(super) fn tables<'t, 'i>(&mut self, key: &KeyDoc, value: &'t Value<'i>) -> Vec<(&'t DeTable<'i>, Span)> {
        let items = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            DeValue::Table(_) => vec![value],
            _ => return self.wrong_type(key, value, None).unwrap_or_default(),
        };
        let mut tables = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => tables.push((table, item.span())),
                found => {
                    let message = format!("an item of `{}` is {}; a table was wanted", key.name, self::found(found));
                    let help = format!("write `[[{}]]` on a line of its own, and the keys below it", key.name);
                    self.report("wrong-type", message, item.span(), help);
                }
            }
        }
        tables
    }

    /// Reports a value of the wrong type.
    pub(super) fn wrong_type<T>(&mut self, key: &KeyDoc, value: &Value<'_>, help: Option<String>) -> Option<T> {
        let message = format!("`{}` is {}; {} was wanted", key.name, found(value.get_ref()), key.kind.wanted());
        self.report("wrong-type", message, value.span(), help.unwrap_or_else(|| example(key)));
        None
    }

    fn wrong_value<T>(&mut self, key: &KeyDoc, value: &Value<'_>, help: Option<String>) -> Option<T> {
        let source = self.source(value);
        let message = format!("`{}` is `{source}`; {} was wanted", key.name, key.kind.wanted());
        self.report("wrong-value", message, value.span(), help.unwrap_or_else(|| example(key)));
        None
    }

    /// Reports a problem.
    pub(super) fn report(&mut self, slug: &'static str, message: String, span: Span, help: String) {
        self.diagnostics.push(Diagnostic::error(slug, message).at(self.path.as_ref(), self.text, span).help(help));
    }

    /// Gives a value its place.
    pub(super) fn spanned<T>(&self, value: T, span: Span) -> Spanned<T> {
        let line = self.lines.line(span.start);
        Spanned { value, span, path: Arc::clone(&self.path), line }
    }

    /// Gives the start of a value as it is written.
    fn source(&self, value: &Value<'_>) -> String {
        short(self.text.get(value.span()).unwrap_or_default())
    }
}

/// Leaves out a string that says nothing.
fn filled(text: Spanned<String>) -> Option<Spanned<String>> {
    (!text.value.trim().is_empty()).then_some(text)
}

/// Gives an example of what a key takes.
fn example(key: &KeyDoc) -> String {
    format!("write `{} = {}`, for example", key.name, key.kind.example())
}

/// Names the type of a value.
fn found(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a decimal number",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Reads the words that people write for truth values.
fn truth(word: &str) -> Option<bool> {
    match word.trim().to_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// Tells whether a text has the form of a language tag (RFC 5646).
fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_primary = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_further =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    parts.next().is_some_and(|part| is_primary(part) || (part == "x" && tag.len() > 2)) && parts.all(is_further)
}
