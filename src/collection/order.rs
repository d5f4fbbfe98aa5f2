//! The order of print.
//!
//! What enters: documents with their dates. What leaves: which of two stands first; the order is total, and depends on
//! nothing but the documents and the settings.

use super::Document;
use crate::settings::{Imprecise, Settings};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The order of print: dated before undated; by date; then the editor's order; then the path.
pub(super) fn order(a: &Document, b: &Document, settings: &Settings) -> Ordering {
    let rank = |document: &Document| {
        let given = document.editor.order.as_ref().map(|order| order.value).or(document.source.front.order);
        given.unwrap_or(0)
    };
    let clock = |document: &Document| document.dating.filed.as_ref().and_then(|dated| dated.clock);
    let chronological = match (a.is_dated(), b.is_dated()) {
        (true, true) => by_date(a, b, settings.imprecise).then_with(|| clock(a).cmp(&clock(b))),
        (dated, other) => other.cmp(&dated),
    };
    chronological.then_with(|| rank(a).cmp(&rank(b))).then_with(|| a.id().cmp(b.id()))
}

/// Puts the dated documents of one section together: the sections in the order of their first documents, those without
/// a section before them.
pub(super) fn by_sections(documents: &mut [Document]) {
    let dated = documents.iter().take_while(|document| document.is_dated()).count();
    let mut ranks: BTreeMap<String, usize> = BTreeMap::new();
    for section in documents[..dated].iter().filter_map(Document::section) {
        let next = ranks.len() + 1;
        ranks.entry(section).or_insert(next);
    }
    documents[..dated].sort_by_cached_key(|document| document.section().and_then(|section| ranks.get(&section)));
}

/// Compares two dates; an imprecise one stands after the dated items of its own period, or before them where asked.
fn by_date(a: &Document, b: &Document, imprecise: Imprecise) -> Ordering {
    let (Some(a), Some(b)) = (&a.dating.filed, &b.dating.filed) else { return Ordering::Equal };
    let placed = match imprecise {
        Imprecise::After => Ordering::Equal,
        Imprecise::Before => a.edtf.earliest().cmp(&b.edtf.earliest()).then(b.edtf.latest().cmp(&a.edtf.latest())),
    };
    placed.then_with(|| a.edtf.filing_key().cmp(&b.edtf.filing_key()))
}
