//! Documents with the same words.
//!
//! What enters: the texts of a collection and whom they name. What leaves: for each document, the others that are the
//! same text captured again, hold it, share a passage with it, or may be it in another language. Texts are compared by
//! a sample of their five-word shingles (Broder 1997), so that the cost grows with the collection and not with its
//! square.

use crate::annotation::Annotated;
use crate::collection::Document;
use crate::collection::print::Print;
use crate::collection::shingles;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// One shingle of so many is kept, chosen by its hash, so that texts keep the same ones.
const SAMPLED: u64 = 4;
/// A shingle that more documents have is a formula, and tells nothing.
const COMMON: usize = 12;
/// The fewest shared shingles from which a shared passage is taken.
const PASSAGE: usize = 5;
/// The longest time between a text and its translation, in days.
const TRANSLATED_WITHIN: i64 = 14;

/// How a document is like another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Both are the same text.
    Copy,
    /// The other holds most of this one.
    HeldIn,
    /// This one holds most of the other.
    Holds,
    /// They share a passage.
    Passage,
    /// The other may be the same text in another language.
    Translation,
}

/// Finds, for each document, the others that are like it.
pub(super) fn compare(annotated: &Annotated, named: &[BTreeMap<usize, usize>]) -> Vec<BTreeMap<usize, Likeness>> {
    let documents = &annotated.collection.documents;
    let prints: Vec<&Print> = documents.iter().map(|document| &*document.print).collect();
    let samples: Vec<BTreeSet<u64>> = prints.par_iter().map(|print| sample(print)).collect();
    let mut found = vec![BTreeMap::new(); documents.len()];
    for ((one, other), shared) in shared_shingles(&samples) {
        let share = |document: usize| shared * 10 >= samples[document].len() * 7;
        let (here, there) = match (share(one), share(other)) {
            (true, true) => (Likeness::Copy, Likeness::Copy),
            (true, false) => (Likeness::HeldIn, Likeness::Holds),
            (false, true) => (Likeness::Holds, Likeness::HeldIn),
            (false, false) => (Likeness::Passage, Likeness::Passage),
        };
        found[one].insert(other, here);
        found[other].insert(one, there);
    }
    for (one, other) in translations(documents, &prints, named) {
        found[one].entry(other).or_insert(Likeness::Translation);
        found[other].entry(one).or_insert(Likeness::Translation);
    }
    found
}

/// The shingles of a text that are compared.
fn sample(print: &Print) -> BTreeSet<u64> {
    shingles::shingles(&print.words).filter(|shingle| shingle % SAMPLED == 0).collect()
}

/// Counts the sampled shingles that documents share; pairs with few are left out.
fn shared_shingles(samples: &[BTreeSet<u64>]) -> BTreeMap<(usize, usize), usize> {
    let samples = samples.iter().enumerate();
    let mut all: Vec<(u64, usize)> =
        samples.flat_map(|(document, sample)| sample.iter().map(move |shingle| (*shingle, document))).collect();
    all.par_sort_unstable();
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for holders in all.chunk_by(|one, other| one.0 == other.0).filter(|holders| (2..=COMMON).contains(&holders.len())) {
        for (at, (_, one)) in holders.iter().enumerate() {
            for (_, other) in &holders[at + 1..] {
                *shared.entry((*one, *other)).or_default() += 1;
            }
        }
    }
    shared.retain(|_, count| *count >= PASSAGE);
    shared
}

/// Finds pairs in two languages, of nearly one date and length, that share figures and organizations.
fn translations(documents: &[Document], prints: &[&Print], named: &[BTreeMap<usize, usize>]) -> Vec<(usize, usize)> {
    let language = |at: usize| documents[at].description.language.split(['-', '_']).next().unwrap_or_default();
    let mut dated: Vec<(chrono::NaiveDate, usize)> = documents
        .iter()
        .enumerate()
        .filter_map(|(at, document)| Some((document.dating.filed.as_ref()?.edtf.exact_day()?, at)))
        .collect();
    dated.sort_unstable();
    let mut pairs = Vec::new();
    for (place, (day, one)) in dated.iter().enumerate() {
        let near = dated[place + 1..].iter().take_while(|(other, _)| (*other - *day).num_days() <= TRANSLATED_WITHIN);
        for (_, other) in near {
            let differ =
                !language(*one).is_empty() && !language(*other).is_empty() && language(*one) != language(*other);
            if differ && says_the_same(prints[*one], prints[*other], &named[*one], &named[*other]) {
                pairs.push((*one, *other));
            }
        }
    }
    pairs
}

fn says_the_same(
    one: &Print,
    other: &Print,
    bodies: &BTreeMap<usize, usize>,
    other_bodies: &BTreeMap<usize, usize>,
) -> bool {
    let (short, long) = (one.words.len().min(other.words.len()), one.words.len().max(other.words.len()));
    let shared_bodies = bodies.keys().filter(|entry| other_bodies.contains_key(entry)).count();
    let all_bodies = bodies.len() + other_bodies.len() - shared_bodies;
    let shared_figures = one.numbers.intersection(&other.numbers).count();
    let all_figures = one.numbers.union(&other.numbers).count();
    let by_bodies = shared_bodies >= 2 && shared_bodies * 2 >= all_bodies;
    let by_figures = shared_figures >= 4 && shared_figures * 3 >= all_figures * 2;
    short >= 30 && short * 2 >= long && shared_bodies > 0 && (by_bodies || by_figures)
}
