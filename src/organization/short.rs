//! Short forms of names.
//!
//! What enters: full names. What leaves: what they can be shortened to in the same document ("the Press Club" for the
//! Keswick Press Club, "Communist Party" for the Communist Party of Ruritania), and which longer forms are a branch of
//! one. A short form that fits two names means neither.

use super::form::{Keys, words};
use super::lexicon::{country, is_link, type_kind};
use super::token::{Shape, fold, shape};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The beginnings and ends of a document's full names.
#[derive(Debug, Default)]
pub(super) struct FullNames {
    parts: BTreeMap<Rc<str>, BTreeSet<Rc<str>>>,
}

impl FullNames {
    /// Adds a name.
    pub(super) fn add(&mut self, name: &str, keys: &Keys) {
        for short in short_forms(name) {
            self.parts.entry(keys.of(&short)).or_default().insert(keys.of(name));
        }
    }

    /// Tells whether a name is short for exactly one other.
    pub(super) fn shortens(&self, name: &str, keys: &Keys) -> bool {
        self.parts.get(&keys.of(name)).is_some_and(|fulls| fulls.len() == 1)
    }
}

/// Gives what a name can be shortened to: its end with the type ("Press Club"), its beginning ("Communist Party").
pub(super) fn short_forms(name: &str) -> Vec<String> {
    let all: Vec<&str> = name.split(' ').collect();
    if let Some((_, rest)) = all.split_last().filter(|(last, rest)| rest.len() > 1 && is_legal_form(last)) {
        let rest = rest.join(" ");
        return vec![rest.trim_end_matches(',').to_owned()];
    }
    let Some(type_at) = all.iter().position(|word| type_kind(&fold(word)).is_some()) else { return Vec::new() };
    let link = all.iter().position(|word| is_link(word)).unwrap_or(all.len());
    let mut shorts = Vec::new();
    if link == all.len() && type_at + 1 == all.len() {
        let starts = |at: &usize| all[*at].chars().next().is_some_and(char::is_uppercase);
        shorts.extend((1..type_at).filter(starts).map(|at| all[at..].join(" ")));
    }
    if link < all.len() && type_at + 1 == link && type_at > 0 {
        shorts.push(all[..link].join(" "));
    }
    shorts
}

/// Tells whether a word is the legal form of a company.
fn is_legal_form(word: &str) -> bool {
    const FORMS: &str =
        "inc llc ltd plc gmbh corp ag as asa ab oy oyj nv bv sa sas srl spa s.a s.p.a s.r.l s.a.s n.v a.s llp kg pty";
    let word = fold(word.trim_end_matches('.'));
    FORMS.split(' ').any(|form| form == word)
}

/// Tells whether capitalised words behind a name are a branch of it: a country, two places with a stroke between, or
/// one word behind the name of a body that has branches.
pub(super) fn is_branch(name: &str, longer: &str, kind: Option<&str>) -> bool {
    let rest = longer.strip_prefix(name).unwrap_or_default().trim();
    let places = words(rest);
    let has_branches =
        matches!(kind, Some("party" | "union" | "front" | "federation" | "movement" | "student body" | "youth body"));
    rest.contains('/')
        || (!places.is_empty() && places.iter().all(|word| country(word).is_some()))
        || (has_branches && places.len() == 1 && shape(rest) == Shape::Capital)
}
