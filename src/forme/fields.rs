//! The reference of layouts: what a layout receives, field by field, as Markdown.
//!
//! What enters: the schemas of the facts, the tables from which generated files are written, a layout. What leaves: a
//! page for people who make layouts. Nothing in it is written twice: a field that is not here does not reach a layout.

use super::book::TheBook;
use super::setting::PARTS;
use super::vocabulary::VOCABULARY;
use super::{ASKED, HEAD};
use crate::edition::fields::templates;
use crate::layout::Layout;
use schemars::{Schema, schema_for};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Writes the reference; the functions are shown as a layout has them.
pub fn reference(layout: &Layout) -> String {
    let mut out =
        String::from("# What a layout receives\n\n## Templates\n\nThey yield Markdown; what they insert is escaped.\n");
    let mut types = BTreeMap::new();
    for spoken in templates() {
        section(&mut out, 3, &format!("`{}`", spoken.template), spoken.says);
        fields(&mut out, spoken.fields.as_value());
        gather(&spoken.fields, &mut types);
    }
    out.push_str("\n## Values of Typst\n");
    let book = schema_for!(TheBook<'static>);
    section(&mut out, 3, "`edition`", "In `/edition.typ`, with `words`, the table of `words.toml`.");
    fields(&mut out, book.as_value());
    gather(&book, &mut types);
    section(&mut out, 3, "`head`", "In the file of each document, beside its `body`; each is content or `none`.");
    table(&mut out, HEAD.map(|(_, name, meaning)| (name.to_owned(), "content".to_owned(), meaning.to_owned())));
    section(&mut out, 3, "`asked`", "In `/sheet.typ`: how the edition stands on paper.");
    table(&mut out, ASKED.map(|(name, takes, meaning)| (name.to_owned(), takes.to_owned(), meaning.to_owned())));
    section(&mut out, 3, "`setting`", "In `/setting.typ`: which part of the book the press asks the main file for.");
    table(&mut out, PARTS.map(|(name, takes, meaning)| (name.to_owned(), takes.to_owned(), meaning.to_owned())));
    out.push_str("\n## What the fields are made of\n");
    for (name, schema) in &types {
        section(&mut out, 3, name, &meaning(schema));
        fields(&mut out, schema);
    }
    section(&mut out, 2, "Functions", "`text.typ` must have these; the files of documents call them.");
    for (name, meaning) in VOCABULARY {
        let call = signature(layout, name).unwrap_or_else(|| name.to_owned());
        out.push_str(&format!("- `{call}`: {meaning}\n"));
    }
    out
}

fn section(out: &mut String, level: usize, title: &str, meaning: &str) {
    out.push_str(&format!("\n{} {title}\n\n{meaning}\n\n", "#".repeat(level)));
}

/// Writes the fields of an object, or the kinds of what is one of several.
fn fields(out: &mut String, schema: &Value) {
    let objects: Vec<&Value> = match schema.get("oneOf").and_then(Value::as_array) {
        Some(kinds) => kinds.iter().collect(),
        None => vec![schema],
    };
    let rows = objects.iter().flat_map(|object| {
        let properties = object.get("properties").and_then(Value::as_object).into_iter().flatten();
        properties.map(|(name, field)| {
            let said = meaning(field);
            (name.clone(), takes(field), if said.is_empty() { meaning(object) } else { said })
        })
    });
    table(out, rows);
}

fn table(out: &mut String, rows: impl IntoIterator<Item = (String, String, String)>) {
    out.push_str("| field | takes | meaning |\n|---|---|---|\n");
    for (name, takes, meaning) in rows {
        out.push_str(&format!("| `{name}` | {takes} | {meaning} |\n"));
    }
}

/// Gathers the types that a schema refers to.
fn gather(schema: &Schema, types: &mut BTreeMap<String, Value>) {
    let defined = schema.get("$defs").and_then(Value::as_object);
    types.extend(defined.into_iter().flat_map(Map::iter).map(|(name, schema)| (name.clone(), schema.clone())));
}

/// Gives the docs of a field, on one line.
fn meaning(field: &Value) -> String {
    let docs = field.get("description").and_then(Value::as_str).unwrap_or_default();
    crate::text::squeeze(docs)
}

/// Says what a field takes.
fn takes(field: &Value) -> String {
    if let Some(name) = field.get("$ref").and_then(Value::as_str) {
        return name.rsplit('/').next().unwrap_or(name).to_owned();
    }
    if let Some(word) = field.get("const").and_then(Value::as_str) {
        return format!("`{word}`");
    }
    if let Some(any) = field.get("anyOf").and_then(Value::as_array) {
        return any.iter().map(takes).collect::<Vec<_>>().join(" or ");
    }
    let named = |name: &str| match name {
        "array" => match field.get("items").map(takes).unwrap_or_default().as_str() {
            "number" => "list of numbers".to_owned(),
            "text" => "list of texts".to_owned(),
            other => format!("list of {other}"),
        },
        "boolean" => "true or false".to_owned(),
        "integer" | "number" => "number".to_owned(),
        "null" => "none".to_owned(),
        "string" => "text".to_owned(),
        other => other.to_owned(),
    };
    match field.get("type") {
        Some(Value::String(name)) => named(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(named).collect::<Vec<_>>().join(" or "),
        _ => "anything".to_owned(),
    }
}

/// Finds a function in a layout's Typst files, and gives its name with its parameters.
fn signature(layout: &Layout, name: &str) -> Option<String> {
    let opening = format!("#let {name}(");
    let text =
        ["text.typ", "fonts.typ"].into_iter().map(|file| layout.file(file)).find(|text| text.contains(&opening))?;
    let from = text.find(&opening)? + "#let ".len();
    let mut depth = 0;
    let end = text[from..].char_indices().find_map(|(at, character)| {
        depth += match character {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        (character == ')' && depth == 0).then_some(from + at + 1)
    })?;
    let call = crate::text::squeeze(&text[from..end]);
    Some(call.replace("( ", "(").replace(", )", ")"))
}
