//! Dublin Core in XML: a record for the edition, then one for each document.
//!
//! `dc:date` has the date in words. In `dcterms:created` a day, month or year that is sure is a `dcterms:W3CDTF`, every
//! other date stands in EDTF with the data type of the Library of Congress.

use super::when::{Shape, When};
use super::{bounds, title};
use crate::edition::facts::BookFacts;
use crate::report::{DateRow, Row};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <records xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
    xmlns:edtf=\"http://id.loc.gov/datatypes/edtf/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n";

pub(super) fn write(book: &BookFacts, rows: &[&Row]) -> String {
    let mut out = HEAD.to_owned();
    record(&mut out, &edition(book, rows));
    for row in rows {
        record(&mut out, &document(book, row));
    }
    out.push_str("</records>\n");
    out
}

/// An element: its name, its data type, its text.
type Element = (&'static str, Option<&'static str>, String);

fn record(out: &mut String, elements: &[Element]) {
    out.push_str("  <record>\n");
    for (name, kind, text) in elements {
        let kind = kind.map(|kind| format!(" xsi:type=\"{kind}\"")).unwrap_or_default();
        out.push_str(&format!("    <{name}{kind}>{}</{name}>\n", escaped(text)));
    }
    out.push_str("  </record>\n");
}

fn plain(name: &'static str, text: impl Into<String>) -> Element {
    (name, None, text.into())
}

fn edition(book: &BookFacts, rows: &[&Row]) -> Vec<Element> {
    let mut elements = vec![plain("dc:title", &book.title)];
    elements.extend(book.subtitle.as_ref().map(|subtitle| plain("dcterms:alternative", subtitle)));
    elements.extend(book.compiler.as_ref().map(|compiler| plain("dc:contributor", compiler)));
    if let Some([year, month, day]) = book.date_parts {
        elements.push(("dcterms:issued", Some("dcterms:W3CDTF"), format!("{year:04}-{month:02}-{day:02}")));
    }
    elements.push(("dc:type", Some("dcterms:DCMIType"), "Collection".to_owned()));
    elements.push(plain("dc:language", &book.language));
    elements.extend(book.label.as_ref().map(|label| plain("dcterms:hasVersion", label)));
    elements.extend(book.rights.as_ref().map(|rights| plain("dc:rights", rights)));
    elements.extend(rows.iter().map(|row| plain("dcterms:hasPart", &row.id)));
    elements
}

fn document(book: &BookFacts, row: &Row) -> Vec<Element> {
    let mut elements = vec![plain("dc:identifier", &row.id), plain("dc:title", title(row))];
    elements.extend(row.issuer.as_ref().map(|issuer| plain("dc:creator", issuer)));
    match &row.date {
        Some(date) => elements.extend([plain("dc:date", &date.display), created(date)]),
        None => elements.extend(bounds(row).map(|bounds| plain("dc:date", bounds))),
    }
    elements.push(("dc:type", Some("dcterms:DCMIType"), "Text".to_owned()));
    elements.extend(row.kind.as_ref().map(|kind| plain("dc:type", kind)));
    elements.push(plain("dc:language", &row.language));
    elements.extend(row.place.as_ref().map(|place| plain("dcterms:spatial", place)));
    elements.extend(row.url.as_ref().map(|url| ("dc:source", Some("dcterms:URI"), url.clone())));
    elements.push(plain("dcterms:extent", format!("{} words", row.words)));
    elements.push(plain("dcterms:isPartOf", &book.title));
    elements.push(plain("dcterms:bibliographicCitation", &row.citation));
    elements
}

fn created(date: &DateRow) -> Element {
    match When::of(&date.edtf) {
        Some(When { shape: Shape::Date(day), is_circa: false }) => {
            let parts = day.parts();
            let rest = parts[1..].iter().map(|part| format!("-{part:02}"));
            let text = format!("{:04}{}", parts[0], rest.collect::<String>());
            ("dcterms:created", Some("dcterms:W3CDTF"), text)
        }
        _ => ("dcterms:created", Some("edtf:EDTF"), date.edtf.clone()),
    }
}

/// Escapes what means something to XML; what XML cannot hold at all is shown as U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(character),
        }
    }
    out
}
