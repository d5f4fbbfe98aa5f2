//! Comma-separated values (RFC 4180), in UTF-8, one document on a row.
//!
//! The date stands in words, in EDTF, and as the first and the last day that it can mean, by which a spreadsheet sorts.

use super::{bounds, captured, title};
use crate::report::Row;

/// The columns.
const COLUMNS: [&str; 19] = [
    "number", "id", "title", "date", "edtf", "earliest", "latest", "grade", "kind", "issuer", "place", "language",
    "url", "captured", "path", "words", "bytes", "sha256", "citation",
];

pub(super) fn write(rows: &[&Row]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).expect("writing to memory does not fail");
    for row in rows {
        writer.write_record(cells(row)).expect("every row has every column");
    }
    let bytes = writer.into_inner().expect("writing to memory does not fail");
    String::from_utf8(bytes).expect("the cells are text")
}

fn cells(row: &Row) -> [String; 19] {
    let date = row.date.as_ref();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let edge =
        |of_date: Option<&String>, of_bounds: Option<&String>| of_date.or(of_bounds).cloned().unwrap_or_default();
    let limits = row.bounds.as_ref();
    [
        row.number.clone(),
        row.id.clone(),
        title(row),
        date.map_or_else(|| bounds(row).unwrap_or_default(), |date| date.display.clone()),
        date.map(|date| date.edtf.clone()).unwrap_or_default(),
        edge(date.and_then(|date| date.earliest.as_ref()), limits.and_then(|limits| limits.earliest.as_ref())),
        edge(date.and_then(|date| date.latest.as_ref()), limits.and_then(|limits| limits.latest.as_ref())),
        date.map(|date| date.grade.to_owned()).unwrap_or_default(),
        text(&row.kind),
        text(&row.issuer),
        text(&row.place),
        row.language.clone(),
        text(&row.url),
        captured(row).unwrap_or_default().to_owned(),
        row.source.clone(),
        row.words.to_string(),
        row.bytes.to_string(),
        row.sha256.clone(),
        row.citation.clone(),
    ]
}
