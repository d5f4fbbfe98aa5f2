//! Settling what the acronyms of a document mean that it does not expand.
//!
//! What enters: the bodies settled so far, and a document's finds. What leaves: each acronym joined to a body, or
//! standing for itself. A document's own names with these initials come first, then the one body of the collection that
//! has the acronym, then the authority. Misprints are joined last, within one document only.

use super::Status;
use super::form::{acronym_letters, initials};
use super::reading::{Finds, Weight};
use super::resolve::{Body, Case, Form, Settling};
use super::token::{Shape, shape};
use std::collections::{BTreeMap, BTreeSet};

/// The names of one document by their initials.
#[derive(Debug, Default)]
struct Initials {
    bodies: BTreeMap<String, BTreeSet<usize>>,
    things: BTreeMap<String, BTreeSet<String>>,
}

/// What the form of an acronym holds.
enum Parts<'a> {
    /// A speaker's initials or another label.
    Label,
    /// One acronym.
    One,
    /// Several, each known on its own.
    Several(Vec<&'a str>),
}

impl Settling<'_> {
    /// Settles the acronyms of a document.
    pub(super) fn add_acronyms(&mut self, document: usize, find: &Finds) {
        let index = self.initials_of(document);
        for (acronym, weight) in &find.bare {
            if self.local[document].contains_key(acronym) || self.authority.ignores(acronym) {
                continue;
            }
            match self.parts_of(acronym, document, find) {
                Parts::Label => {}
                Parts::One => self.add_acronym(document, acronym, *weight, &index),
                Parts::Several(parts) => {
                    for part in parts.into_iter().filter(|part| !find.bare.contains_key(*part)) {
                        self.add_acronym(document, part, *weight, &index);
                    }
                }
            }
        }
        let expanded: BTreeSet<&str> = find.pairs.iter().map(|pair| pair.short.as_str()).collect();
        for acronym in expanded {
            if let (Some(body), Some(weight)) = (self.local[document].get(acronym), find.bare.get(acronym)) {
                self.bodies[*body].votes.body += weight.body;
                self.bodies[*body].votes.thing += weight.thing;
            }
        }
    }

    fn add_acronym(&mut self, document: usize, acronym: &str, weight: Weight, index: &Initials) {
        if self.local[document].contains_key(acronym) {
            return;
        }
        let Some(body) = self.settle(document, acronym, weight, index) else {
            self.add_unexpanded(document, acronym, weight);
            return;
        };
        let entry = &mut self.bodies[body];
        *entry.acronyms.entry(acronym.to_owned()).or_default() += weight.count;
        entry.votes.body += weight.body;
        entry.votes.thing += weight.thing;
        entry.may_be_furniture |= weight.body >= 2;
        self.local[document].insert(acronym.to_owned(), body);
        self.form(acronym, Some(document), body, Case::Exact);
    }

    /// Tells whether an acronym is a label, or several acronyms with strokes or hyphens between, each known on its own.
    fn parts_of<'b>(&self, acronym: &'b str, document: usize, find: &Finds) -> Parts<'b> {
        let parts: Vec<&str> = acronym.split(['/', '+', '-']).collect();
        let is_label = |part: &&str| find.labels.contains(*part);
        if is_label(&acronym) || parts.iter().all(is_label) {
            return Parts::Label;
        }
        let is_known = |part: &&str| {
            let listed = self.authority.initialled(part).is_some();
            part.chars().count() > 2 && (listed || self.local[document].contains_key(*part))
        };
        if parts.len() > 1 && parts.iter().all(is_known) { Parts::Several(parts) } else { Parts::One }
    }

    /// Finds what an acronym means in a document that does not expand it next to the long form.
    fn settle(&mut self, document: usize, acronym: &str, weight: Weight, index: &Initials) -> Option<usize> {
        if let Some(stem) = acronym.strip_suffix('s')
            && let Some(body) = self.local[document].get(stem)
        {
            return Some(*body);
        }
        if let Some(body) = self.with_initials(document, acronym, index) {
            return Some(body);
        }
        let treated_as_body = weight.body >= 2 && weight.body > weight.thing;
        let sharing = self.by_acronym.get(acronym).cloned().unwrap_or_default();
        let here: Vec<usize> =
            sharing.iter().copied().filter(|body| self.present[document].values().any(|other| other == body)).collect();
        match (here.as_slice(), sharing.len()) {
            ([body], _) => return Some(*body),
            (_, 1) => {
                let body = *sharing.first()?;
                let is_body = self.bodies[body].votes.named_body > 0;
                return (is_body || !treated_as_body).then_some(body);
            }
            (_, 0) => {}
            _ => return None,
        }
        let listed = self.authority.initialled(acronym)?;
        let sure = self.authority.is_editors(listed) || acronym.chars().count() > 2 || matches!(acronym, "UN" | "EU");
        (weight.thing <= weight.body && (sure || treated_as_body)).then_some(listed)
    }

    /// Indexes the full names of a document by their initials.
    fn initials_of(&self, document: usize) -> Initials {
        let mut index = Initials::default();
        for (name, body) in &self.present[document] {
            for letters in initials(name) {
                index.bodies.entry(letters).or_default().insert(*body);
            }
        }
        for name in self.things[document].values().filter(|name| name.contains(' ')) {
            for letters in initials(name) {
                index.things.entry(letters).or_default().insert(name.clone());
            }
        }
        index
    }

    /// Finds the one name of a document whose initials are an acronym's letters.
    fn with_initials(&mut self, document: usize, acronym: &str, index: &Initials) -> Option<usize> {
        let letters = acronym_letters(acronym);
        let only = |body: &BTreeSet<usize>| body.first().copied().filter(|_| body.len() == 1);
        let named = index.bodies.get(&letters);
        let is_free = |body: &usize| {
            let acronyms = &self.bodies[*body].acronyms;
            acronyms.is_empty() || acronyms.contains_key(acronym)
        };
        if let Some(body) = named.and_then(only).filter(is_free) {
            self.by_acronym.entry(acronym.to_owned()).or_default().insert(body);
            self.bodies[body].given.insert(acronym.to_owned());
            return Some(body);
        }
        let things =
            index.things.get(&letters).filter(|things| named.is_none() && letters.len() > 2 && things.len() == 1)?;
        let thing = things.first()?;
        let body = self.body_named(thing, Some(acronym));
        let entry = &mut self.bodies[body];
        entry.votes.named_thing += 1;
        *entry.names.entry(thing.clone()).or_default() += 1;
        self.form(thing, Some(document), body, Case::Exact);
        Some(body)
    }

    fn add_unexpanded(&mut self, document: usize, acronym: &str, weight: Weight) {
        let shared = self.by_acronym.get(acronym).map_or(0, BTreeSet::len) > 1;
        let body = match self.unexpanded.get(acronym) {
            Some(body) => *body,
            None => {
                self.bodies.push(Body { doubt: Some(Status::Ambiguous), ..Body::default() });
                self.unexpanded.insert(acronym.to_owned(), self.bodies.len() - 1);
                self.bodies.len() - 1
            }
        };
        let entry = &mut self.bodies[body];
        *entry.acronyms.entry(acronym.to_owned()).or_default() += weight.count;
        entry.votes.body += weight.body + u32::from(shared);
        entry.votes.thing += weight.thing;
        entry.may_be_furniture |= weight.body >= 2;
        self.local[document].insert(acronym.to_owned(), body);
        self.form(acronym, Some(document), body, Case::Exact);
    }

    /// Joins acronyms that nobody expands with another of the same document that has the same letters in another order.
    pub(super) fn join_misprints(&mut self, finds: &[Finds]) {
        for (document, find) in finds.iter().enumerate() {
            let mut groups: BTreeMap<(char, String), Vec<&str>> = BTreeMap::new();
            for acronym in find.bare.keys().filter(|acronym| acronym.len() >= 4 && shape(acronym) == Shape::Upper) {
                let mut letters: Vec<char> = acronym.chars().collect();
                letters.sort_unstable();
                let Some(first) = acronym.chars().next() else { continue };
                groups.entry((first, letters.into_iter().collect())).or_default().push(acronym);
            }
            for group in groups.values().filter(|group| group.len() > 1) {
                self.join_misprint(document, find, group);
            }
        }
    }

    fn join_misprint(&mut self, document: usize, find: &Finds, group: &[&str]) {
        let rank = |acronym: &str| {
            let weight = find.bare.get(acronym).copied().unwrap_or_default();
            let expanded = !self.unexpanded.contains_key(acronym);
            (expanded, weight.count, usize::MAX - weight.first)
        };
        let Some(right) = group.iter().copied().max_by_key(|acronym| rank(acronym)) else { return };
        let Some(body) = self.local[document].get(right).copied() else { return };
        for wrong in group.iter().copied().filter(|acronym| *acronym != right) {
            let Some(misprint) = self.unexpanded.get(wrong).copied() else { continue };
            let elsewhere =
                self.local.iter().enumerate().any(|(at, local)| at != document && local.contains_key(wrong));
            if elsewhere {
                continue;
            }
            let votes = self.bodies[misprint].votes;
            self.bodies[body].votes.body += votes.body;
            self.bodies[body].see.insert(wrong.to_owned());
            let form = Form { text: wrong.to_owned(), document: Some(document), body: misprint, case: Case::Exact };
            self.forms.remove(&form);
            self.local[document].insert(wrong.to_owned(), body);
            self.form(wrong, Some(document), body, Case::Exact);
        }
    }
}
