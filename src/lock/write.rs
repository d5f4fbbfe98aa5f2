//! Writes the lock file.
//!
//! What enters: a [`Lock`]. What leaves: its text, the same for the same lock on any machine. Every value stands on a
//! line of its own and every document in a block of its own, in the order of the ids, so that Git merges what two people
//! did in two places.

use super::{Body, Entry, Fate, Lock, Record};
use crate::settings::quoted;

/// What the file opens with.
const HEAD: &str = "\
# The lock file of dossier: what each edition printed. Keep it, and the folder dossier.lock.d beside it, with the
# documents. An id belongs to one document for ever; a number is that of one edition. Written by `dossier build`.
version = 1
";

/// Writes the text of a lock file.
pub fn write(lock: &Lock) -> String {
    let mut out = String::from(HEAD);
    for entry in &lock.entries {
        edition(entry, &mut out);
    }
    out
}

fn edition(entry: &Entry, out: &mut String) {
    out.push_str("\n[[edition]]\n");
    line("label", &quoted(&entry.label), out);
    if let Some(date) = entry.date {
        line("date", &date.to_string(), out);
    }
    line("numbering", &quoted(entry.numbering.name()), out);
    line("highest", &quoted(&super::Id(entry.highest).to_string()), out);
    entry.records.iter().for_each(|record| document(record, out));
    entry.bodies.iter().for_each(|body| organization(body, out));
}

fn document(record: &Record, out: &mut String) {
    out.push_str("\n[[edition.document]]\n");
    line("id", &quoted(&record.id.to_string()), out);
    if let Some(number) = &record.number {
        line("number", &quoted(&number.to_string()), out);
    }
    if !record.formerly.is_empty() {
        let numbers: Vec<String> = record.formerly.iter().map(|number| quoted(&number.to_string())).collect();
        line("formerly", &format!("[{}]", numbers.join(", ")), out);
    }
    line("path", &quoted(&record.path), out);
    line("title", &quoted(&record.title), out);
    if let Some(date) = &record.date {
        line("date", &quoted(date), out);
    }
    line("source", &quoted(&record.source), out);
    line("text", &quoted(&record.text), out);
    match &record.fate {
        Fate::Printed => {}
        Fate::Withdrawn(reason) => line("withdrawn", &quoted(reason.as_deref().unwrap_or_default()), out),
        Fate::Merged(into) => line("merged", &quoted(&into.to_string()), out),
    }
}

fn organization(body: &Body, out: &mut String) {
    out.push_str("\n[[edition.organization]]\n");
    line("heading", &quoted(&body.heading), out);
    if let Some(acronym) = &body.acronym {
        line("acronym", &quoted(acronym), out);
    }
    if !body.variants.is_empty() {
        let variants: Vec<String> = body.variants.iter().map(|variant| quoted(variant)).collect();
        line("variants", &format!("[{}]", variants.join(", ")), out);
    }
}

fn line(key: &str, value: &str, out: &mut String) {
    out.push_str(key);
    out.push_str(" = ");
    out.push_str(value);
    out.push('\n');
}
