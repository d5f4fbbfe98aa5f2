//! Context for a reader who opens the book at one document.
//!
//! What enters: the annotated collection in printed order. What leaves: a [`Context`] for each document: how far it
//! stands from the one before, whom it names for the first time, whom the reader has met, which documents treat the
//! same matter or hold the same text. The sentences are the layout's.

mod likeness;
mod matter;

use super::facts::{DocumentFacts, OrganizationFacts, day_in_words};
use super::words::Words;
use crate::annotation::Annotated;
use crate::date::Role;
use chrono::{Datelike, NaiveDate};
use likeness::Likeness;
use matter::Thread;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How many organizations a headnote names before it counts the rest.
const NAMED: usize = 4;
/// How many documents a headnote refers to on the same matter.
const RELATED: usize = 3;

/// What the headnote of a document says.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Context {
    /// Whether the book's documents begin here.
    pub opens: bool,
    /// The document before, and how long before, where both dates tell.
    pub previous: Option<Previous>,
    /// The days of events that the document reports, in words.
    pub events: Vec<String>,
    /// The organizations first met here, the most often named first.
    pub new: Vec<OrganizationFacts>,
    /// How many more are first met here.
    pub more_new: u64,
    /// The organizations met before, the most often named first.
    pub met: Vec<Met>,
    /// How many more were met before.
    pub more_met: u64,
    /// Other documents that share organizations, persons or quotations which few documents have.
    pub related: Vec<Related>,
    /// Other captures of the same text.
    pub copies: Vec<DocumentFacts>,
    /// Documents that hold most of this one's text among other words.
    pub held_in: Vec<DocumentFacts>,
    /// Documents most of whose text stands in this one.
    pub holds: Vec<DocumentFacts>,
    /// Documents with which a passage is shared.
    pub quotes: Vec<DocumentFacts>,
    /// Documents in another language that may be the same text.
    pub translations: Vec<DocumentFacts>,
}

/// The document before.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Previous {
    /// Which it is.
    pub document: DocumentFacts,
    /// Whole years between the two.
    pub years: u64,
    /// Whole months beyond the years.
    pub months: u64,
    /// Days beyond the months.
    pub days: u64,
    /// How well that is known: `exact`, `about`, or `over` where it is at least so long.
    pub measure: &'static str,
}

/// An organization that earlier documents name.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Met {
    /// The organization.
    pub organization: OrganizationFacts,
    /// The last document before this one that names it.
    pub document: DocumentFacts,
}

/// A document on the same matter.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Related {
    /// Which it is.
    pub document: DocumentFacts,
    /// The organizations that the two share and few others name.
    pub organizations: Vec<OrganizationFacts>,
    /// The quotations, persons and places that the two share and few others have.
    pub threads: Vec<Thread>,
}

/// Gathers the context of every document.
pub fn contexts(annotated: &Annotated, facts: &[DocumentFacts], words: &Words) -> Vec<Context> {
    let named = annotated.named();
    let mut last_met: BTreeMap<usize, usize> = BTreeMap::new();
    let mut holders: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (document, entries) in named.iter().enumerate() {
        for entry in entries.keys() {
            holders.entry(*entry).or_default().insert(document);
        }
    }
    let threads = matter::threads(annotated, common(facts.len()));
    let likenesses = likeness::compare(annotated, &named);
    let mut contexts = Vec::with_capacity(named.len());
    for (index, entries) in named.iter().enumerate() {
        let mut by_weight: Vec<(usize, usize)> = entries.iter().map(|(entry, count)| (*entry, *count)).collect();
        by_weight.sort_by_key(|(entry, count)| (std::cmp::Reverse(*count), *entry));
        let (met, new): (Vec<usize>, Vec<usize>) =
            by_weight.iter().map(|(entry, _)| *entry).partition(|entry| last_met.contains_key(entry));
        let organization = |entry: usize| OrganizationFacts::of(entry, &annotated.register.entries[entry]);
        contexts.push(Context {
            opens: index == 0,
            previous: previous(annotated, facts, index),
            events: events(annotated, index, words),
            more_new: rest(&new),
            new: shown(&new).iter().map(|entry| organization(*entry)).collect(),
            more_met: rest(&met),
            met: shown(&met)
                .iter()
                .map(|entry| Met { organization: organization(*entry), document: facts[last_met[entry]].clone() })
                .collect(),
            related: related(index, &named, &holders, &threads[index], facts, organization)
                .into_iter()
                .filter(|(other, _)| !likenesses[index].contains_key(other))
                .take(RELATED)
                .map(|(_, related)| related)
                .collect(),
            copies: alike(&likenesses[index], Likeness::Copy, facts),
            held_in: alike(&likenesses[index], Likeness::HeldIn, facts),
            holds: alike(&likenesses[index], Likeness::Holds, facts),
            quotes: alike(&likenesses[index], Likeness::Passage, facts),
            translations: alike(&likenesses[index], Likeness::Translation, facts),
        });
        last_met.extend(entries.keys().map(|entry| (*entry, index)));
    }
    contexts
}

/// The entries that are named; one more than the limit is named too, rather than counted.
fn shown(entries: &[usize]) -> &[usize] {
    if entries.len() <= NAMED + 1 { entries } else { &entries[..NAMED] }
}

fn rest(entries: &[usize]) -> u64 {
    (entries.len() - shown(entries).len()) as u64
}

/// Measures how long after the document before this one was written: to the day where both days are known, else as far
/// as the bounds of the two dates tell.
fn previous(annotated: &Annotated, facts: &[DocumentFacts], index: usize) -> Option<Previous> {
    let bounds = |index: usize| {
        let document = annotated.collection.documents.get(index)?;
        let edtf = &document.dating.filed.as_ref().filter(|_| document.is_dated())?.edtf;
        Some((edtf.earliest()?, edtf.latest()?, edtf.exact_day().is_some()))
    };
    let before = index.checked_sub(1)?;
    let ((from, until, is_day), (first, last, is_later_day)) = (bounds(before)?, bounds(index)?);
    let document = facts[before].clone();
    if is_day && is_later_day {
        let (years, months, days) = interval(from, first)?;
        return Some(Previous { document, years, months, days, measure: "exact" });
    }
    let (least, most) = (interval(until, first)?, interval(from, last)?);
    let in_months = |(years, months, _): (u64, u64, u64)| years * 12 + months;
    match in_months(most).saturating_sub(in_months(least)) {
        0 | 1 if in_months(most) > 0 => {
            Some(Previous { document, years: most.0, months: most.1, days: 0, measure: "about" })
        }
        _ if least.0 > 0 => Some(Previous { document, years: least.0, months: 0, days: 0, measure: "over" }),
        _ if least.1 > 0 => Some(Previous { document, years: 0, months: least.1, days: 0, measure: "over" }),
        _ => None,
    }
}

/// Counts whole years, then whole months, then days from one day to a later one.
fn interval(from: NaiveDate, to: NaiveDate) -> Option<(u64, u64, u64)> {
    let months_of = |date: NaiveDate| i64::from(date.year()) * 12 + i64::from(date.month0());
    let mut months = months_of(to) - months_of(from);
    if to.day() < from.day() {
        months -= 1;
    }
    let months = u64::try_from(months).ok()?;
    let anchor = from.checked_add_months(chrono::Months::new(u32::try_from(months).ok()?))?;
    let days = u64::try_from((to - anchor).num_days()).ok()?;
    Some((months / 12, months % 12, days))
}

/// The days of events that the document reports, other than its own.
fn events(annotated: &Annotated, index: usize, words: &Words) -> Vec<String> {
    let dating = &annotated.collection.documents[index].dating;
    let mut days: Vec<String> = Vec::new();
    for event in dating.others.iter().filter(|other| other.role == Role::Event) {
        let english = match event.edtf.exact_day() {
            Some(day) => format!("{} {}", day.format("%A"), day_in_words(day)),
            None => event.edtf.display(),
        };
        let said = words.date(&english);
        if !days.contains(&said) {
            days.push(said);
        }
    }
    days.truncate(NAMED);
    days
}

/// Gives the documents that are like this one in a certain way.
fn alike(likenesses: &BTreeMap<usize, Likeness>, wanted: Likeness, facts: &[DocumentFacts]) -> Vec<DocumentFacts> {
    let alike = likenesses.iter().filter(|(_, likeness)| **likeness == wanted);
    alike.take(NAMED).map(|(other, _)| facts[*other].clone()).collect()
}

/// How often both documents must name the one organization that they share, to be on the same matter by it alone.
const DWELT_ON: usize = 3;

/// From how many documents on something is too common to tell what a document treats: a third of the book; beyond twelve
/// the comparison would also grow with the square of the collection.
fn common(documents: usize) -> usize {
    (documents / 3).clamp(2, 12)
}

/// Finds documents on the same matter: those that share organizations which few documents name, a quotation or a person.
/// One organization in common is enough only where both dwell on it, or a place is shared besides.
fn related(
    index: usize,
    named: &[BTreeMap<usize, usize>],
    holders: &BTreeMap<usize, BTreeSet<usize>>,
    threads: &BTreeMap<usize, BTreeSet<Thread>>,
    facts: &[DocumentFacts],
    organization: impl Fn(usize) -> OrganizationFacts,
) -> Vec<(usize, Related)> {
    let common = common(facts.len());
    let mut shared: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for entry in named[index].keys() {
        let Some(documents) = holders.get(entry).filter(|documents| documents.len() <= common) else { continue };
        for other in documents.iter().filter(|other| **other != index) {
            shared.entry(*other).or_default().push(*entry);
        }
    }
    let dwells = |document: usize, entry: usize| named[document].get(&entry).is_some_and(|count| *count >= DWELT_ON);
    // A place is little: it needs something besides. A quotation or a person is enough.
    let tells = |thread: &Thread| !matches!(thread, Thread::Place(_));
    let tied = |other: usize| threads.get(&other).is_some_and(|threads| threads.iter().any(tells));
    for other in threads.keys() {
        shared.entry(*other).or_default();
    }
    shared.retain(|other, entries| {
        tied(*other)
            || entries.len() > 1
            || !entries.is_empty() && threads.contains_key(other)
            || entries.iter().any(|entry| dwells(index, *entry) && dwells(*other, *entry))
    });
    let mut ranked: Vec<(usize, Vec<usize>)> = shared.into_iter().collect();
    let ties = |document: usize| threads.get(&document).map_or(0, BTreeSet::len);
    ranked.sort_by_key(|(document, entries)| (std::cmp::Reverse(entries.len() + ties(*document)), *document));
    ranked
        .into_iter()
        .take(RELATED * 2)
        .map(|(document, entries)| {
            let organizations = entries.into_iter().take(NAMED).map(&organization).collect();
            let threads = threads.get(&document).into_iter().flatten().take(NAMED).cloned().collect();
            (document, Related { document: facts[document].clone(), organizations, threads })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::interval;
    use chrono::NaiveDate;

    fn between(from: &str, to: &str) -> Option<(u64, u64, u64)> {
        let day = |text: &str| text.parse::<NaiveDate>().expect("the test gives a day");
        interval(day(from), day(to))
    }

    #[test]
    fn intervals_count_calendar_months() {
        assert_eq!(between("2014-12-24", "2024-06-26"), Some((9, 6, 2)));
        assert_eq!(between("2024-01-31", "2024-02-29"), Some((0, 0, 29)));
        assert_eq!(between("2024-01-31", "2024-03-01"), Some((0, 1, 1)));
        assert_eq!(between("2024-02-29", "2024-02-29"), Some((0, 0, 0)));
        assert_eq!(between("2024-03-01", "2024-02-01"), None);
    }
}
