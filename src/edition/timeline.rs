//! The timeline: where the dated documents, and the events that they report, stand on one line, to scale.
//!
//! What enters: the collection. What leaves: marks in decimal years. How the line is drawn is the layout's business.
//! Events never stand for documents: they are marks of their own, and the line reaches no farther for them than half
//! its own length.

use super::facts::DocumentFacts;
use crate::collection::Collection;
use crate::date::{Edtf, Role};
use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::Serialize;

/// A line of time with the documents on it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Timeline {
    /// The first year.
    pub from: i32,
    /// The year after the last.
    pub to: i32,
    /// The documents, in printed order.
    pub marks: Vec<Mark>,
    /// The days of events that documents report, in order of time.
    pub events: Vec<Event>,
}

/// An event on the line.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Event {
    /// The number of the document that reports it.
    pub number: String,
    /// The moment, in decimal years.
    pub at: f64,
    /// The day in words.
    pub label: String,
}

/// The most events that one line shows of one document.
const MOST_EVENTS: usize = 4;

/// A document on the line.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
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
    let reach = (to - from) / 2.0;
    let events: Vec<Event> =
        events(collection, facts).into_iter().filter(|event| (from - reach..to + reach).contains(&event.at)).collect();
    let from = events.iter().map(|event| event.at.floor()).fold(from, f64::min);
    let to = events.iter().map(|event| event.at.floor() + 1.0).fold(to, f64::max);
    // Both are years of calendar dates, far inside the range of `i32`.
    Some(Timeline { from: from as i32, to: to as i32, marks, events })
}

/// Gathers the days of events that the documents report, other than the documents' own days.
fn events(collection: &Collection, facts: &[DocumentFacts]) -> Vec<Event> {
    let mut events: Vec<(NaiveDate, usize, Event)> = Vec::new();
    for (at, (document, facts)) in collection.documents.iter().zip(facts).enumerate() {
        let own = document.dating.filed.as_ref().and_then(|filed| filed.edtf.exact_day());
        let reported = document.dating.others.iter().filter(|other| other.role == Role::Event);
        let mut days: Vec<NaiveDate> = reported.filter_map(|event| event.edtf.exact_day()).collect();
        days.retain(|day| Some(*day) != own);
        days.sort_unstable();
        days.dedup();
        events.extend(days.into_iter().take(MOST_EVENTS).filter_map(|day| {
            let label = Edtf::day(day)?.display();
            Some((day, at, Event { number: facts.number.clone(), at: decimal(day), label }))
        }));
    }
    events.sort_by_key(|(day, at, _)| (*day, *at));
    events.into_iter().map(|(_, _, event)| event).collect()
}

/// Gives the noon of a day in decimal years, rounded so that it prints alike everywhere.
fn decimal(date: NaiveDate) -> f64 {
    let days = if date.leap_year() { 366.0 } else { 365.0 };
    let exact = f64::from(date.year()) + (f64::from(date.ordinal0()) + 0.5) / days;
    (exact * 10_000.0).round() / 10_000.0
}
