//! What `diff` says of two editions.
//!
//! What enters: changes. What leaves: an object that serializes to JSON, whose field names are a promise to those who read
//! it, and a list for people.

use crate::lock::changes::{BodyChange, Change, Changes, Kind};
use crate::lock::compare::Difference;
use serde::Serialize;
use std::fmt::Write;

/// The changes between two editions.
#[derive(Debug, Clone, Serialize)]
pub struct ChangesRow {
    /// The older edition, as it was asked for.
    pub old: String,
    /// The newer one.
    pub new: String,
    /// What happened to documents.
    pub documents: Vec<ChangeRow>,
    /// What happened to organizations.
    pub organizations: Vec<BodyChange>,
    /// The numbers that moved.
    pub concordance: Vec<MovedRow>,
}

/// What happened to a document.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeRow {
    /// `added`, `restored`, `corrected`, `redated`, `retitled`, `renamed`, `resaved`, `withdrawn` or `merged`.
    pub kind: &'static str,
    /// Its permanent id.
    pub id: String,
    /// Its number; that of the older edition where it is no longer printed.
    pub number: Option<String>,
    /// Its title.
    pub title: String,
    /// Its date, in words.
    pub date: String,
    /// The date, the title or the path that it had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// The path that it has, where it was renamed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
    /// Why it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The id of the document that its text is printed as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub into: Option<String>,
    /// The words that were corrected; `null` where the older ones are not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub differences: Option<Option<Vec<Difference>>>,
}

/// A number that moved.
#[derive(Debug, Clone, Serialize)]
pub struct MovedRow {
    /// The id of the document that had it.
    pub id: String,
    /// The old number.
    pub was: String,
    /// The number under which its text is printed now.
    pub now: Option<String>,
}

/// Gathers what there is to tell of two editions.
pub fn changes(old: &str, new: &str, changes: &Changes) -> ChangesRow {
    let moved = changes.concordance.iter().map(|moved| MovedRow {
        id: moved.id.to_string(),
        was: moved.was.to_string(),
        now: moved.now.as_ref().map(ToString::to_string),
    });
    ChangesRow {
        old: old.to_owned(),
        new: new.to_owned(),
        documents: changes.documents.iter().map(row).collect(),
        organizations: changes.organizations.clone(),
        concordance: moved.collect(),
    }
}

fn row(change: &Change) -> ChangeRow {
    let mut row = ChangeRow {
        kind: change.kind.name(),
        id: change.id.to_string(),
        number: change.number.as_ref().map(ToString::to_string),
        title: change.title.clone(),
        date: change.date.clone(),
        was: None,
        now: None,
        reason: None,
        into: None,
        differences: None,
    };
    match &change.kind {
        Kind::Added | Kind::Restored | Kind::Resaved => {}
        Kind::Corrected(differences) => row.differences = Some(differences.clone()),
        Kind::Redated(was) | Kind::Retitled(was) => row.was = Some(was.clone()),
        Kind::Renamed(was, now) => (row.was, row.now) = (Some(was.clone()), Some(now.clone())),
        Kind::Withdrawn(reason) => row.reason.clone_from(reason),
        Kind::Merged(into, _) => row.into = Some(into.to_string()),
    }
    row
}

/// Writes changes as a list for reading.
pub fn changes_text(row: &ChangesRow) -> String {
    let mut out = String::new();
    let mut last = "";
    for change in &row.documents {
        if change.kind != last {
            heading(change.kind, &mut out);
            last = change.kind;
        }
        let number = change.number.as_ref().map(|number| format!(" no. {number},")).unwrap_or_default();
        line(&mut out, &format!("  {}{number} {}: {}", change.id, change.date, change.title));
        match (&change.was, &change.now) {
            (Some(was), Some(now)) => line(&mut out, &format!("      `{was}` is now `{now}`")),
            (Some(was), None) => line(&mut out, &format!("      was {was}")),
            (None, _) => {}
        }
        change.reason.iter().for_each(|reason| line(&mut out, &format!("      {reason}")));
        change.into.iter().for_each(|into| line(&mut out, &format!("      printed as {into}")));
        match &change.differences {
            Some(Some(differences)) => differences.iter().for_each(|found| line(&mut out, &erratum(found))),
            Some(None) => line(&mut out, "      the older words are not kept"),
            None => {}
        }
    }
    if !row.organizations.is_empty() {
        heading("organizations", &mut out);
    }
    for body in &row.organizations {
        line(
            &mut out,
            &match body {
                BodyChange::New { heading } => format!("  new: {heading}"),
                BodyChange::Gone { heading } => format!("  no longer named: {heading}"),
                BodyChange::Changed { heading, acronym, was, was_acronym } => {
                    format!("  {} is now {}", named(was, was_acronym.as_deref()), named(heading, acronym.as_deref()))
                }
            },
        );
    }
    if !row.concordance.is_empty() {
        heading("numbers", &mut out);
    }
    for moved in &row.concordance {
        line(&mut out, &format!("  {} → {}", moved.was, moved.now.as_deref().unwrap_or("–")));
    }
    if out.is_empty() { "nothing has changed\n".to_owned() } else { out }
}

fn named(heading: &str, acronym: Option<&str>) -> String {
    acronym.map_or_else(|| heading.to_owned(), |acronym| format!("{heading} ({acronym})"))
}

fn erratum(found: &Difference) -> String {
    let after = if found.after.is_empty() { String::new() } else { format!("after “{}” ", found.after) };
    match (found.was.as_str(), found.now.as_str()) {
        ("", now) => format!("      {after}added “{now}”"),
        (was, "") => format!("      {after}left out “{was}”"),
        (was, now) => format!("      for “{was}” read “{now}”"),
    }
}

fn heading(name: &str, out: &mut String) {
    if !out.is_empty() {
        out.push('\n');
    }
    line(out, name);
}

fn line(out: &mut String, text: &str) {
    writeln!(out, "{text}").expect("writing to a string does not fail");
}
