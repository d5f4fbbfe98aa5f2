//! The timeline: where the dated documents stand on one line, to scale.
//!
//! What enters: the collection. What leaves: marks in decimal years. How the line is drawn is the layout's business.

use super::facts::DocumentFacts;
use crate::collection::Collection;
use chrono::{Datelike, NaiveDate};
use serde::Serialize;

/// A line of time with the documents on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timeline {
    /// The first year.
    pub from: i32,
    /// The year after the last.
    pub to: i32,
    /// The documents, in printed order.
    pub marks: Vec<Mark>,
}

/// A document on the line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// The label of the document inside the book.
    pub key: String,
    /// Its printed number.
    pub number: String,
    /// The earliest moment that its date can mean, in decimal years.
    pub start: f64,
    /// The latest moment, in decimal years.
    pub end: f64,
    /// Whether the date is one day.
    pub exact: bool,
    /// The date, short.
    pub label: String,
}

/// Draws the line; none where fewer than two documents stand on it.
pub fn draw(collection: &Collection, facts: &[DocumentFacts]) -> Option<Timeline> {
    let mut marks = Vec::new();
    for (document, facts) in collection.documents.iter().zip(facts).filter(|(document, _)| document.is_dated()) {
        let edtf = &document.dating.filed.as_ref()?.edtf;
        let earliest = edtf.earliest().or_else(|| edtf.latest())?;
        let latest = edtf.latest().unwrap_or(earliest);
        marks.push(Mark {
            key: facts.key.clone(),
            number: facts.number.clone(),
            start: decimal(earliest),
            end: decimal(latest),
            exact: earliest == latest,
            label: facts.short_date.clone(),
        });
    }
    if marks.len() < 2 {
        return None;
    }
    let from = marks.iter().map(|mark| mark.start).fold(f64::INFINITY, f64::min).floor();
    let to = marks.iter().map(|mark| mark.end).fold(f64::NEG_INFINITY, f64::max).floor() + 1.0;
    // Both are years of calendar dates, far inside the range of `i32`.
    Some(Timeline { from: from as i32, to: to as i32, marks })
}

/// Gives the noon of a day in decimal years, rounded so that it prints alike everywhere.
fn decimal(date: NaiveDate) -> f64 {
    let days = if date.leap_year() { 366.0 } else { 365.0 };
    let exact = f64::from(date.year()) + (f64::from(date.ordinal0()) + 0.5) / days;
    (exact * 10_000.0).round() / 10_000.0
}
