//! CSL-JSON 1.0.2.
//!
//! An approximate date has `circa`, a span two `date-parts`, a season its number. What these cannot say is a `literal`.
//! The value in EDTF, how it is known, and the source stand under `custom`.

use super::when::{Shape, When};
use super::{bounds, captured, title};
use crate::edition::facts::BookFacts;
use crate::report::{DateRow, Row};
use serde_json::{Map, Value, json};

/// Kinds of documents that CSL has a type for, by a word of theirs.
const TYPES: [(&str, &str); 9] = [
    ("interview", "interview"),
    ("letter", "personal_communication"),
    ("speech", "speech"),
    ("report", "report"),
    ("article", "article"),
    ("editorial", "article"),
    ("leaflet", "pamphlet"),
    ("pamphlet", "pamphlet"),
    ("treaty", "treaty"),
];

pub(super) fn write(book: &BookFacts, rows: &[&Row]) -> String {
    let items: Vec<Value> = rows.iter().map(|row| item(book, row)).collect();
    let mut text = serde_json::to_string_pretty(&items).expect("plain data can be written");
    text.push('\n');
    text
}

fn item(book: &BookFacts, row: &Row) -> Value {
    let mut item = Map::new();
    let mut put = |name: &str, value: Value| drop(item.insert(name.to_owned(), value));
    let kind = row.kind.as_deref().unwrap_or_default().to_lowercase();
    let known = TYPES.iter().find(|(word, _)| kind.contains(word)).map_or("document", |(_, known)| known);
    put("id", json!(row.id));
    put("type", json!(known));
    put("title", json!(title(row)));
    if let Some(issuer) = &row.issuer {
        put("author", json!([{ "literal": issuer }]));
    }
    if let Some(date) = &row.date {
        put("issued", issued(date));
    }
    if let Some(kind) = &row.kind {
        put("genre", json!(kind));
    }
    if let Some(place) = &row.place {
        put("publisher-place", json!(place));
    }
    put("language", json!(row.language));
    put("container-title", json!(book.title));
    if let Some(compiler) = &book.compiler {
        put("editor", json!([{ "literal": compiler }]));
    }
    put("number", json!(row.number));
    if let Some(url) = &row.url {
        put("URL", json!(url));
    }
    if let Some(When { shape: Shape::Date(day), .. }) = captured(row).and_then(When::of) {
        put("accessed", json!({ "date-parts": [day.parts()] }));
    }
    let note = match bounds(row) {
        Some(bounds) => format!("{}; {bounds}", row.citation),
        None => row.citation.clone(),
    };
    put("note", json!(note));
    let mut custom = json!({ "path": row.source, "sha256": row.sha256 });
    if let Some(date) = &row.date {
        custom["edtf"] = json!(date.edtf);
        custom["date-grade"] = json!(date.grade);
    }
    put("custom", custom);
    Value::Object(item)
}

fn issued(date: &DateRow) -> Value {
    let Some(when) = When::of(&date.edtf) else { return json!({ "literal": date.display }) };
    let mut value = match when.shape {
        Shape::Date(day) => json!({ "date-parts": [day.parts()] }),
        Shape::Span(from, to) => json!({ "date-parts": [from.parts(), to.parts()] }),
        Shape::Season(year, season) => json!({ "date-parts": [[year]], "season": season }),
    };
    if when.is_circa {
        value["circa"] = json!(true);
    }
    value
}
