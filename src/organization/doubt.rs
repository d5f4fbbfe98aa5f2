//! What an editor should decide about the bodies of a register.
//!
//! What enters: a [`Register`]. What leaves: [`Doubt`]s, the most named first: names a letter apart, a name inside
//! another, one acronym for two bodies, acronyms that nobody expands, names of uncertain reach. Nothing is merged here;
//! what the editor has listed is decided.

use super::authority::skeleton;
use super::form::content_words;
use super::{Class, Entry, Register, Status};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Something that an editor should decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The entry in doubt, as an index into the register.
    pub entry: usize,
    /// The other entry that it may be, or may be mistaken for.
    pub other: Option<usize>,
    /// Why it is in doubt.
    pub reason: Reason,
    /// How often the entries are named.
    pub mentions: usize,
}

/// Why an entry is in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Two names differ in a letter or two, in the order of their words or in their vowels.
    NearNames,
    /// One name is the end of the other, in another document.
    PartOfName,
    /// Two bodies have one acronym.
    SharedAcronym,
    /// An acronym is treated as a body, and nobody expands it.
    Unexpanded,
    /// A place in brackets follows the name wherever it stands.
    Qualified,
}

/// The fewest consonants by which two transliterations are compared.
const FEWEST_CONSONANTS: usize = 6;

/// Finds what an editor should decide, the most named first.
pub fn doubts(register: &Register) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let entries = &register.entries;
    for (at, entry) in entries.iter().enumerate() {
        if entry.is_editors {
            continue;
        }
        let alone = |reason| Doubt { entry: at, other: None, reason, mentions: entry.mentions.len() };
        let stands_for_itself = entry.acronym.as_ref() == Some(&entry.name);
        match entry.class {
            Class::Organization if stands_for_itself => doubts.push(alone(Reason::Unexpanded)),
            Class::Unexpanded if entry.acronym.is_none() && entry.status == Status::Ambiguous => {
                doubts.push(alone(Reason::Qualified));
            }
            _ => {}
        }
    }
    let pairs = pairs(entries);
    doubts.extend(pairs.into_iter().map(|((one, other), reason)| Doubt {
        entry: one,
        other: Some(other),
        reason,
        mentions: entries[one].mentions.len() + entries[other].mentions.len(),
    }));
    doubts.sort_by_key(|doubt| (Reverse(doubt.mentions), doubt.entry, doubt.other, doubt.reason));
    doubts
}

/// Finds the pairs in doubt; of several reasons for one pair, the first.
fn pairs(entries: &[Entry]) -> BTreeMap<(usize, usize), Reason> {
    let bodies: Vec<(usize, Vec<String>)> = entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.class == Class::Organization && entry.acronym.as_ref() != Some(&entry.name))
        .map(|(at, entry)| (at, content_words(&entry.name)))
        .collect();
    let mut pairs: BTreeMap<(usize, usize), Reason> = BTreeMap::new();
    let mut note = |one: usize, other: usize, reason: Reason| {
        let is_decided = entries[one].is_editors && entries[other].is_editors;
        if one != other && !is_decided {
            let pair = (one.min(other), one.max(other));
            let noted = pairs.entry(pair).or_insert(reason);
            *noted = reason.min(*noted);
        }
    };
    for (one, other) in near_names(entries, &bodies) {
        note(one, other, Reason::NearNames);
    }
    let mut ends: BTreeMap<&[String], BTreeSet<usize>> = BTreeMap::new();
    for (at, words) in &bodies {
        for from in 1..words.len().saturating_sub(1) {
            ends.entry(&words[from..]).or_default().insert(*at);
        }
    }
    for (at, words) in &bodies {
        let longer = ends.get(words.as_slice()).filter(|longer| longer.len() == 1);
        if let Some(longer) = longer.and_then(BTreeSet::first) {
            note(*at, *longer, Reason::PartOfName);
        }
    }
    let mut acronyms: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, _) in &bodies {
        if let Some(acronym) = &entries[*at].acronym {
            acronyms.entry(acronym).or_default().push(*at);
        }
    }
    for holders in acronyms.values() {
        for pair in holders.windows(2) {
            note(pair[0], pair[1], Reason::SharedAcronym);
        }
    }
    pairs
}

/// Finds names that differ in a letter or two of one word, in the order of their words, or in their vowels.
fn near_names(entries: &[Entry], bodies: &[(usize, Vec<String>)]) -> Vec<(usize, usize)> {
    // Names that agree in all words but one stand under one key; so each is compared with few others.
    let mut blocks: BTreeMap<String, Vec<(usize, &str)>> = BTreeMap::new();
    let mut whole: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, words) in bodies {
        for (gap, word) in words.iter().enumerate().filter(|_| words.len() > 1) {
            let rest: Vec<&str> = words.iter().map(|other| if other == word { "" } else { other.as_str() }).collect();
            blocks.entry(format!("{gap} {}", rest.join(" "))).or_default().push((*at, word));
        }
        let mut sorted = words.clone();
        sorted.sort();
        whole.entry(sorted.join(" ")).or_default().push(*at);
        let consonants = skeleton(&entries[*at].name);
        if consonants.len() >= FEWEST_CONSONANTS {
            whole.entry(format!("- {consonants}")).or_default().push(*at);
        }
    }
    let mut near: Vec<(usize, usize)> =
        whole.values().flat_map(|block| block.windows(2).map(|pair| (pair[0], pair[1]))).collect();
    for block in blocks.values() {
        for (at, (one, word)) in block.iter().enumerate().take(MOST_COMPARED) {
            for (other, other_word) in block[at + 1..].iter().take(MOST_COMPARED) {
                if is_near(word, other_word) {
                    near.push((*one, *other));
                }
            }
        }
    }
    near
}

/// How many names that differ in one word are compared with each other.
const MOST_COMPARED: usize = 30;

/// Tells whether two words may be one: a plural, an adjective, a misprint.
fn is_near(one: &str, other: &str) -> bool {
    let letters = one.chars().count().min(other.chars().count());
    one != other
        && letters >= 5
        && !one.chars().chain(other.chars()).any(|character| character.is_ascii_digit())
        && one.chars().next() == other.chars().next()
        && strsim::osa_distance(one, other) <= if letters >= 8 { 2 } else { 1 }
}
