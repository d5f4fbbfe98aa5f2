//! Compiling the register.
//!
//! What enters: the finds of all documents in their order, and the authority. What leaves: the entries, each with its
//! heading, forms and mentions. A body that only stands in page furniture gets no entry.

use super::form::{content_words, key, words};
use super::lexicon::country;
use super::mention::{self, Found};
use super::reading::Finds;
use super::resolve::{Body, resolve};
use super::token::{Line, Shape, fold, shape};
use super::{Authority, Class, Description, Entry, Mention, Part, Register, Status, describe};
use crate::settings::Listed;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Compiles the register of a collection.
pub(super) fn compile(finds: &[Finds], authority: &Authority) -> Register {
    let resolved = resolve(finds, authority);
    let mut mentions: BTreeMap<usize, Vec<Found>> = BTreeMap::new();
    for found in mention::find(finds, &resolved.forms) {
        mentions.entry(found.body).or_default().push(found);
    }
    let mut entries: Vec<Entry> = mentions
        .into_par_iter()
        .filter(|(body, found)| {
            resolved.bodies[*body].may_be_furniture || found.iter().any(|found| found.part != Part::Furniture)
        })
        .map(|(body, found)| entry(&resolved.bodies[body], found, finds, authority))
        .filter(|entry| !authority.ignores(&entry.name))
        .collect();
    mark_shared_acronyms(&mut entries);
    entries.sort_by_cached_key(|entry| (fold(&entry.name), entry.name.clone(), entry.acronym.clone(), entry.class));
    Register { entries }
}

/// Marks bodies that have an acronym in common, unless the editor has told them apart.
fn mark_shared_acronyms(entries: &mut [Entry]) {
    let mut holders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        if let Some(acronym) = entry.acronym.clone().filter(|_| entry.class == Class::Organization) {
            holders.entry(acronym).or_default().push(at);
        }
    }
    for holders in holders.into_values().filter(|holders| holders.len() > 1) {
        for at in holders {
            if !entries[at].is_editors {
                entries[at].status = Status::Ambiguous;
            }
        }
    }
}

/// Words behind which a bracket after a name says of which place it is.
const PLACE_WORDS: &[&str] =
    &["province", "state", "district", "region", "city", "valley", "county", "territory", "island", "islands", "area"];

/// Tells whether a place in brackets follows a mention: "Relief Army (Northern province)" may be another body than the
/// one of that name.
fn is_qualified(mention: &Mention, finds: &[Finds]) -> bool {
    let passage = finds.get(mention.document).and_then(|finds| finds.passages.get(mention.passage));
    let rest = passage.and_then(|(_, text)| text.get(mention.range.end..)).unwrap_or_default();
    let Some((place, _)) = rest.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(')')) else {
        return false;
    };
    let last = place.rsplit(' ').next().map(fold);
    place.len() <= 60
        && place.starts_with(char::is_uppercase)
        && place.contains(' ')
        && last.is_some_and(|last| PLACE_WORDS.contains(&last.as_str()))
}

fn entry(body: &Body, found: Vec<Found>, finds: &[Finds], authority: &Authority) -> Entry {
    let mentions: Vec<Mention> = found.into_iter().map(|found| found.mention).collect();
    let listed = body.authority.map(|at| &authority.bodies[at]);
    let editors = body.authority.is_some_and(|at| authority.is_editors(at));
    let forms: BTreeSet<&str> = mentions.iter().map(|mention| mention.form.as_str()).collect();
    let given = body.authority.is_some_and(|at| authority.gives_acronym(at));
    let from_documents = best_name(&body.names, &forms);
    let names_itself = from_documents.is_some() || listed.is_some_and(|listed| forms.contains(listed.heading.as_str()));
    let acronym = acronym(body, listed, given, &forms).filter(|acronym| {
        // Where the documents have name and acronym and never bring them together, only a list does: then it is a form.
        listed.is_none() || given || !names_itself || body.given.contains(acronym)
    });
    let name = match (listed, &from_documents, &acronym) {
        (Some(listed), _, _) if editors => listed.heading.clone(),
        (Some(listed), None, _) => spelling_of(&listed.heading, &forms).unwrap_or(&listed.heading).to_owned(),
        (Some(listed), Some(name), _) if body.doubt.is_some() || is_shortened(name) => listed.heading.clone(),
        (_, Some(name), _) => name.clone(),
        (_, None, Some(acronym)) => acronym.clone(),
        (_, None, None) => {
            forms.iter().max_by_key(|form| form.len()).map_or_else(String::new, |form| (*form).to_owned())
        }
    };
    let name_key = key(&name);
    let unexpanded = listed.is_none() && from_documents.is_none();
    let is_doubtful = !editors && acronym.is_none() && mentions.iter().all(|mention| is_qualified(mention, finds));
    let class = if is_doubtful {
        Class::Unexpanded
    } else {
        class(body, unexpanded, editors, authority, &name, acronym.as_deref())
    };
    let name_supplied = listed.is_some() && !forms.iter().any(|form| key(form) == name_key);
    let variants = forms
        .iter()
        .filter(|form| **form != name && Some(**form) != acronym.as_deref() && !body.see.contains(**form))
        .map(|form| (*form).to_owned())
        .collect();
    let country = listed
        .and_then(|listed| listed.country.clone())
        .or_else(|| if listed.is_none() { country_of(&name) } else { None })
        .filter(|_| class == Class::Organization);
    let kind = listed.and_then(|listed| listed.kind.clone()).or_else(|| body.kind.map(str::to_owned));
    let status = match class {
        Class::Organization | Class::Abbreviation if !unexpanded => body.doubt.unwrap_or(Status::Clear),
        _ => Status::Ambiguous,
    };
    let (defined_at, said) = described(&mentions, finds).filter(|_| class == Class::Organization).unzip();
    let description = match listed.filter(|_| editors).and_then(|listed| listed.description.clone()) {
        Some(text) => Some(Description { text, document: None }),
        None => said,
    };
    let known = listed.cloned().unwrap_or_default();
    Entry {
        defined_at,
        is_editors: editors,
        identifiers: known.identifiers,
        earlier: known.earlier,
        later: known.later,
        see_also: known.see_also,
        name,
        name_supplied,
        acronym,
        variants,
        kind: kind.filter(|_| class == Class::Organization),
        country,
        class,
        status,
        description,
        see: body.see.iter().cloned().collect(),
        mentions,
    }
}

/// Chooses the acronym: the authority's where the documents use it or it is the editor's, else the most used.
fn acronym(body: &Body, listed: Option<&Listed>, is_given: bool, forms: &BTreeSet<&str>) -> Option<String> {
    let is_used = |acronym: &String| forms.contains(acronym.as_str());
    let used = body.acronyms.iter().filter(|(acronym, _)| is_used(acronym));
    let most = used.max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0))).map(|(acronym, _)| acronym.clone());
    let known = listed.and_then(|listed| listed.acronym.clone());
    match listed {
        Some(listed) => known
            .filter(|known| is_given || is_used(known))
            .or_else(|| most.filter(|most| most != &listed.heading && !listed.variants.contains(most))),
        None => most,
    }
}

/// Finds the documents' own spelling of a listed heading, a letter or two apart.
fn spelling_of<'a>(heading: &str, forms: &BTreeSet<&'a str>) -> Option<&'a str> {
    if forms.contains(heading) {
        return None;
    }
    forms.iter().copied().find(|form| form.len() > 5 && strsim::osa_distance(&key(form), &key(heading)) <= 2)
}

/// Tells whether a name is shortened by an acronym in it ("PM Office").
fn is_shortened(name: &str) -> bool {
    name.split(' ').any(|word| shape(word) == Shape::Upper)
}

/// Gives the country that a name names.
fn country_of(name: &str) -> Option<String> {
    let united = name.starts_with("U.S. ") || name.starts_with("US ") || name.contains("United States");
    let named = || words(name).iter().find_map(|word| country(word)).map(str::to_owned);
    if united { Some("United States".to_owned()) } else { named() }
}

/// Chooses the heading among the names that documents use: the most used, then the fullest.
fn best_name(names: &BTreeMap<String, usize>, forms: &BTreeSet<&str>) -> Option<String> {
    let capitals = |name: &str| {
        let content = content_words(name).len();
        let capital = name.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
        capital >= content
    };
    names
        .iter()
        .filter(|(name, _)| forms.contains(name.as_str()))
        .chain(names.iter().filter(|(name, _)| !forms.contains(name.as_str())))
        .max_by(|a, b| {
            let rank = |(name, count): &(&String, &usize)| {
                (forms.contains(name.as_str()), capitals(name), **count, name.len())
            };
            rank(a).cmp(&rank(b)).then_with(|| b.0.cmp(a.0))
        })
        .map(|(name, _)| name.clone())
}

fn class(
    body: &Body,
    unexpanded: bool,
    editors: bool,
    authority: &Authority,
    name: &str,
    acronym: Option<&str>,
) -> Class {
    let votes = body.votes;
    let denied = !editors && (authority.denies(name) || acronym.is_some_and(|acronym| authority.denies(acronym)));
    // Two letters mean much besides, and a body acts in a good part of its mentions.
    let count: usize = body.acronyms.values().sum();
    let two_letters = acronym.is_some_and(|acronym| acronym.chars().filter(|c| c.is_alphanumeric()).count() < 3);
    let enough = if two_letters { 4 } else { 2 };
    let treated = votes.body >= enough && votes.body > votes.thing && votes.body as usize * 3 >= count;
    match (unexpanded, denied) {
        (true, true) => Class::Unexpanded,
        (false, true) => Class::Abbreviation,
        (true, false) if treated => Class::Organization,
        (true, false) => Class::Unexpanded,
        (false, false) if body.authority.is_some() || votes.named_body > votes.named_thing => Class::Organization,
        (false, false) if votes.named_body + votes.named_thing == 0 && treated => Class::Organization,
        (false, false) => Class::Abbreviation,
    }
}

/// Finds the first clause in the collection that says what the body is, and the mention that it belongs to.
fn described(mentions: &[Mention], finds: &[Finds]) -> Option<(usize, Description)> {
    const MOST_MENTIONS: usize = 60;
    mentions.iter().take(MOST_MENTIONS).enumerate().find_map(|(at, mention)| {
        let (part, text) = finds.get(mention.document)?.passages.get(mention.passage)?;
        if *part == Part::Furniture {
            return None;
        }
        // A clause stands near; the passage may be huge.
        let start = mention.range.start;
        let end = text.ceil_char_boundary((mention.range.end + 400).min(text.len()));
        let near = &text[start..end];
        if !describe::may_describe(&near[mention.range.len()..]) {
            return None;
        }
        let text = describe::describe(&Line::new(near), &(0..mention.range.len()))?;
        Some((at, Description { text, document: Some(mention.document) }))
    })
}
