//! The same text captured twice.
//!
//! What enters: the documents of a collection, in any order. What leaves: those that are printed, each with the further
//! captures of its text. Two documents are one text where their words are the same but for a few; whatever the printed
//! one lacks is listed. The editor's word goes before any likeness.
//!
//! Texts are paired by sixteen keys made of their least shingles (Broder 1997), so that the cost grows with the
//! collection and not with its square; each pair is then compared word by word.

use super::Document;
use super::print::Print;
use super::shingles::{self, WORDS};
use crate::date::{Dated, EvidenceKind, Grade, Role};
use crate::diagnostic::Diagnostic;
use crate::document::passage;
use crate::settings::{DuplicateOf, Duplicates, Settings};
use chrono::NaiveDate;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

/// A shorter text is never taken for a copy: a note of thanks can be written twice.
const SHORTEST: usize = 20;
/// Up to so many words, texts are one only where every word, the title and the date agree.
const SHORT: usize = 50;
/// Of a longer text, one word in so many may differ inside, none of them a figure: a misprint, a house's spelling. A
/// report brought up to date differs in its figures or in whole sentences.
const DIFFERENT_INSIDE: usize = 50;
/// The most words in a row that may differ inside.
const LONGEST_DIFFERENCE: usize = 8;
/// One word in so many may differ at the head and the tail, where captures carry a byline or a stamp …
const DIFFERENT_AT_ENDS: usize = 20;
/// … and so many words in any text.
const ALWAYS_AT_ENDS: usize = 12;
/// Within how many days copies of a text are given out.
const SYNDICATED_WITHIN: i64 = 31;
/// With how many texts of one key a text is compared.
const COMPARED: usize = 8;

/// A further capture of a text that is printed once.
#[derive(Debug, Clone)]
pub struct Duplicate {
    /// The capture.
    pub document: Document,
    /// Its words that the printed text lacks.
    pub differences: Vec<Difference>,
    /// Whether the editor says that it is one.
    pub is_editors: bool,
}

/// Words of a duplicate that the printed text lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The line of the duplicate, counted from 1.
    pub line: usize,
    /// The words.
    pub text: String,
}

/// Folds the duplicates among documents into those that are printed.
pub(super) fn fold(documents: Vec<Document>, settings: &Settings) -> (Vec<Document>, Vec<Diagnostic>) {
    let (told, mut diagnostics) = told(&documents);
    let prints: Vec<Arc<Print>> = documents.iter().map(|document| Arc::clone(&document.print)).collect();
    let mut printed_as = told.clone();
    if settings.duplicates == Duplicates::Merge {
        find(&documents, &prints, &told, &mut printed_as);
    }
    let copies: Vec<(usize, usize)> =
        (0..documents.len()).filter_map(|copy| Some((copy, root(copy, &printed_as)?))).collect();
    let differences: Vec<Vec<Difference>> = copies
        .par_iter()
        .map(|(copy, printed)| differences(&documents[*copy], &prints[*copy], &prints[*printed]))
        .collect();
    let mut documents: Vec<Option<Document>> = documents.into_iter().map(Some).collect();
    for ((copy, printed), differences) in copies.into_iter().zip(differences) {
        let document = documents[copy].take().expect("each capture is folded once");
        let under = documents[printed].as_mut().expect("what is printed is no duplicate");
        let is_editors = told[copy].is_some();
        diagnostics.push(note(&document, under, is_editors));
        under.duplicates.push(Duplicate { document, differences, is_editors });
    }
    (documents.into_iter().flatten().collect(), diagnostics)
}

/// Says which file went into which.
fn note(copy: &Document, printed: &Document, is_editors: bool) -> Diagnostic {
    let (copy, printed) = (copy.id(), printed.id());
    if is_editors {
        return Diagnostic::note("duplicate", format!("the text is printed as `{printed}`, as the editor says"))
            .in_file(copy);
    }
    Diagnostic::note("duplicate", format!("this is the text of `{printed}`, which is printed and names it"))
        .in_file(copy)
        .help(format!("to print both, write `[documents.\"{copy}\"]` with `duplicate_of = false` into dossier.toml"))
}

/// Follows captures to the one that is printed; none for that one itself.
fn root(copy: usize, printed_as: &[Option<usize>]) -> Option<usize> {
    let mut at = printed_as[copy]?;
    while let Some(next) = printed_as[at] {
        at = next;
    }
    Some(at)
}

/// Reads what the editor says of duplicates.
fn told(documents: &[Document]) -> (Vec<Option<usize>>, Vec<Diagnostic>) {
    let by_path: BTreeMap<&str, usize> =
        documents.iter().enumerate().map(|(at, document)| (document.id(), at)).collect();
    let mut told: Vec<Option<usize>> = vec![None; documents.len()];
    let mut diagnostics = Vec::new();
    for (path, at) in &by_path {
        let Some(given) = &documents[*at].editor.duplicate_of else { continue };
        let DuplicateOf::Document(wanted) = &given.value else { continue };
        let place = given.place();
        match by_path.get(wanted.as_str()) {
            None => diagnostics.push(
                Diagnostic::warning(
                    "unmatched-document",
                    format!("no document is at `{wanted}`, so `{path}` is printed"),
                )
                .in_file(place)
                .help("name a document of the collection that is not left out"),
            ),
            Some(target) if target == at || root(*target, &told) == Some(*at) => diagnostics.push(
                Diagnostic::warning(
                    "circular-duplicate",
                    format!("`{path}` would be a duplicate of itself; it is printed"),
                )
                .in_file(place)
                .help("take `duplicate_of` away from one of these documents"),
            ),
            Some(target) => told[*at] = Some(*target),
        }
    }
    (told, diagnostics)
}

/// Finds duplicates: the foremost capture of each text is printed.
fn find(documents: &[Document], prints: &[Arc<Print>], told: &[Option<usize>], printed_as: &mut [Option<usize>]) {
    let named: BTreeSet<usize> = told.iter().flatten().copied().collect();
    let mut order: Vec<usize> = (0..documents.len()).filter(|at| told[*at].is_none()).collect();
    order.sort_by_cached_key(|at| (!named.contains(at), rank(&documents[*at], &prints[*at])));
    let mut met: BTreeMap<(usize, u64), Vec<usize>> = BTreeMap::new();
    for at in order {
        let keys = || prints[at].keys.iter().copied().enumerate();
        let is_apart = documents[at].editor.duplicate_of.is_some();
        let candidates: BTreeSet<usize> =
            keys().filter_map(|key| met.get(&key)).flatten().copied().filter(|_| !is_apart).collect();
        // A text that others are told to be a duplicate of stays.
        let found = candidates
            .into_iter()
            .filter(|_| !named.contains(&at))
            .find(|other| is_one_text((&documents[*other], &prints[*other]), (&documents[at], &prints[at])));
        if found.is_some() {
            printed_as[at] = found;
            continue;
        }
        for key in keys().filter(|_| !is_apart) {
            let alike = met.entry(key).or_default();
            if alike.len() < COMPARED {
                alike.push(at);
            }
        }
    }
}

/// The order in which captures of one text come forward to be printed: the reliably dated before others, the earliest,
/// the most complete, then the path.
fn rank<'d>(document: &'d Document, print: &Print) -> (u8, Option<NaiveDate>, Reverse<usize>, &'d str) {
    let filed = document.dating.filed.as_ref().filter(|_| document.is_dated());
    let reliability = match filed.map(|dated| dated.grade) {
        Some(Grade::Inferred) => 1,
        Some(_) => 0,
        None => 2,
    };
    (reliability, filed.and_then(|dated| dated.edtf.earliest()), Reverse(print.words.len()), document.id())
}

/// Whether two captures hold one text.
fn is_one_text((one, print): (&Document, &Print), (other, other_print): (&Document, &Print)) -> bool {
    let shortest = print.words.len().min(other_print.words.len());
    if shortest < SHORTEST || are_two_issues(one, other) || pictured(one) != pictured(other) {
        return false;
    }
    if shortest <= SHORT {
        let date = |document: &Document| document.dating.filed.as_ref().map(|dated| dated.edtf.to_string());
        let agree = match (date(one), date(other)) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        };
        return agree && print.words == other_print.words && one.description.title == other.description.title;
    }
    differs_little(print, other_print) && differs_little(other_print, print)
}

/// The names of the pictures that a document shows, whatever folder a capture has put them in.
fn pictured(document: &Document) -> BTreeSet<&str> {
    let names = passage::pictures(&document.tree).into_iter();
    names.map(|address| address.rsplit('/').next().unwrap_or_default()).collect()
}

/// Whether both texts carry a dateline of their own, of two days, or were given out more than a month apart: the same
/// notice, given twice.
fn are_two_issues(one: &Document, other: &Document) -> bool {
    let days = |document: &Document| {
        let filed = document.dating.filed.as_ref().filter(|dated| dated.role != Role::Reposted)?;
        Some((filed.edtf.exact_day()?, filed.role == Role::Issued && is_in_text(filed)))
    };
    match (days(one), days(other)) {
        (Some((one, is_dateline)), Some((other, is_other_dateline))) => {
            let apart = (one - other).num_days().abs();
            apart > SYNDICATED_WITHIN || apart > 0 && is_dateline && is_other_dateline
        }
        _ => false,
    }
}

fn is_in_text(dated: &Dated) -> bool {
    dated.evidence.iter().any(|evidence| evidence.kind == EvidenceKind::Text)
}

/// Whether a text has few words that another lacks, and inside no figures.
fn differs_little(print: &Print, other: &Print) -> bool {
    let all = print.words.len();
    let (mut inside, mut at_ends) = (0, 0);
    for run in lacking(&print.words, &other.words) {
        if run.start == 0 || run.end == all {
            at_ends += run.len();
            continue;
        }
        if run.len() > LONGEST_DIFFERENCE || print.figures[run.clone()].contains(&true) {
            return false;
        }
        inside += run.len();
    }
    inside * DIFFERENT_INSIDE <= all && at_ends <= (all / DIFFERENT_AT_ENDS).max(ALWAYS_AT_ENDS)
}

/// Finds the runs of words that stand in no shingle of another text.
fn lacking(words: &[u64], other: &[u64]) -> Vec<std::ops::Range<usize>> {
    let known: HashSet<u64> = shingles::shingles(other).collect();
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    let mut covered = 0;
    for (at, shingle) in shingles::shingles(words).enumerate() {
        if known.contains(&shingle) {
            if at > covered {
                runs.push(covered..at);
            }
            covered = (at + WORDS).min(words.len());
        }
    }
    if covered < words.len() {
        runs.push(covered..words.len());
    }
    runs
}

/// Lists the words of a copy that the printed text lacks, line by line.
fn differences(copy: &Document, print: &Print, printed: &Print) -> Vec<Difference> {
    let words = shingles::words(copy);
    let mut found: Vec<Difference> = Vec::new();
    for word in lacking(&print.words, &printed.words).into_iter().flat_map(|run| &words[run]) {
        let line = copy.source.lines.line(word.start) + word.lines;
        match found.last_mut().filter(|last| last.line == line) {
            Some(last) => {
                last.text.push(' ');
                last.text.push_str(word.text);
            }
            None => found.push(Difference { line, text: word.text.to_owned() }),
        }
    }
    found
}
