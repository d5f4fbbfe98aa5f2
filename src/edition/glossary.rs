//! The glossary: entries with locators, references from other forms, letter groups.
//!
//! What enters: an edition and, once the pages are set, where its mentions stand. What leaves: [`Glossary`], sorted as a
//! reader of the edition's language expects. The words are the layout's.

use super::Edition;
use super::facts::{DocumentFacts, OrganizationFacts, heading, organization_key};
use crate::annotation::Position;
use crate::diagnostic::Diagnostic;
use crate::document::Block;
use crate::organization::{Class, Entry};
use icu_collator::options::{AlternateHandling, CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Where the mentions of an edition are printed, once its pages are set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pages {
    /// The printed page on which each document begins.
    pub documents: Vec<u64>,
    /// For each document, the printed pages of each of its mentions, by the mention's index.
    pub mentions: Vec<Vec<BTreeSet<u64>>>,
    /// The printed page of the glossary.
    pub glossary: Option<u64>,
    /// The printed page of the abbreviations.
    pub abbreviations: Option<u64>,
    /// The printed page of the colophon.
    pub colophon: Option<u64>,
}

/// The glossary as it is printed.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    /// The groups, one for each letter.
    pub groups: Vec<Group>,
    /// Abbreviations that stand for no organization.
    pub abbreviations: Vec<Abbreviation>,
}

/// The items under one letter.
#[derive(Debug, Clone)]
pub struct Group {
    /// The letter.
    pub letter: String,
    /// The items.
    pub items: Vec<Item>,
}

/// A line of the glossary.
#[derive(Debug, Clone)]
pub struct Item {
    /// The words that it is sorted by and that begin it.
    pub heading: String,
    /// The acronym, where the documents give it beside the name.
    pub acronym: Option<String>,
    /// The label of the entry; none for a reference.
    pub key: Option<String>,
    /// What follows the heading.
    pub body: Vec<Block>,
    /// Where the organization is named; none for a reference.
    pub locators: Option<Vec<Block>>,
}

/// An abbreviation that stands for no organization.
#[derive(Debug, Clone)]
pub struct Abbreviation {
    /// The abbreviation.
    pub short: String,
    /// What it stands for.
    pub body: Vec<Block>,
}

/// The facts of an entry, for the template `entry.md`.
#[derive(Debug, Clone, Serialize)]
struct EntryFacts {
    name: String,
    name_supplied: bool,
    acronym: Option<String>,
    kind: Option<String>,
    country: Option<String>,
    status: &'static str,
    variants: Vec<String>,
    description: Option<String>,
    described_in: Option<DocumentFacts>,
}

/// Where an organization is named in one document.
#[derive(Debug, Clone, Serialize)]
pub struct Locator {
    /// The document.
    pub document: DocumentFacts,
    /// The pages, neighbouring ones joined; empty while the pages are not set.
    pub pages: Vec<PageRange>,
}

/// Neighbouring printed pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PageRange {
    /// The first.
    pub first: u64,
    /// The last.
    pub last: u64,
    /// Whether the principal passage stands there.
    pub principal: bool,
}

/// Compiles the glossary; locators name pages once they are known.
pub fn compile(edition: &Edition, pages: Option<&Pages>) -> Result<Glossary, Diagnostic> {
    let collator = collator(&edition.book.language);
    let mut items = Vec::new();
    let mut references: BTreeMap<String, BTreeMap<String, OrganizationFacts>> = BTreeMap::new();
    let in_text = mentions_in_text(edition);
    for (index, entry) in edition.annotated.organizations() {
        let facts = OrganizationFacts::of(index, entry);
        for form in referring(entry) {
            references.entry(form).or_default().insert(facts.key.clone(), facts.clone());
        }
        let locators = locators(edition, entry, in_text.get(&index).map_or(&[], Vec::as_slice), pages);
        items.push(Item {
            heading: heading(entry),
            acronym: entry.acronym.clone().filter(|acronym| !entry.name_supplied && *acronym != entry.name),
            key: Some(organization_key(index)),
            body: edition.voice.say("entry.md", entry_facts(edition, entry))?,
            locators: Some(edition.voice.say("locators.md", BTreeMap::from([("locators", locators)]))?),
        });
    }
    for (form, targets) in references {
        let targets: Vec<OrganizationFacts> = targets.into_values().collect();
        items.push(Item {
            body: edition.voice.say("see.md", BTreeMap::from([("targets", targets)]))?,
            heading: form,
            acronym: None,
            key: None,
            locators: None,
        });
    }
    items.sort_by(|a, b| {
        let by_reader = collator.compare(sorted_by(&a.heading), sorted_by(&b.heading));
        by_reader.then_with(|| a.heading.cmp(&b.heading)).then_with(|| a.key.cmp(&b.key))
    });
    Ok(Glossary { groups: grouped(items), abbreviations: abbreviations(edition, &collator)? })
}

fn entry_facts(edition: &Edition, entry: &Entry) -> EntryFacts {
    let described_in = entry.description.as_ref().and_then(|description| description.document);
    EntryFacts {
        name: entry.name.clone(),
        name_supplied: entry.name_supplied,
        acronym: entry.acronym.clone(),
        kind: entry.kind.clone(),
        country: entry.country.clone(),
        status: entry.status.as_str(),
        variants: entry.variants.iter().filter(|form| Some(*form) != entry.acronym.as_ref()).cloned().collect(),
        description: entry.description.as_ref().map(|description| description.text.clone()),
        described_in: described_in.map(|document| edition.items[document].facts.clone()),
    }
}

/// The forms that need a reference: those under which a reader would look elsewhere than at the heading.
fn referring(entry: &Entry) -> BTreeSet<String> {
    let heading = heading(entry);
    let first_word = |text: &str| text.split([' ', '-']).next().unwrap_or_default().to_lowercase();
    entry
        .acronym
        .iter()
        .chain(&entry.variants)
        .chain(&entry.see)
        .filter(|form| first_word(sorted_by(form)) != first_word(sorted_by(&heading)))
        .cloned()
        .collect()
}

/// For each entry, its mentions in texts: the document, and the mention's index there.
fn mentions_in_text(edition: &Edition) -> BTreeMap<usize, Vec<(usize, usize)>> {
    let mut mentions: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (document, item) in edition.items.iter().enumerate() {
        for (index, mention) in item.mentions.iter().enumerate() {
            mentions.entry(mention.entry).or_default().push((document, index));
        }
    }
    mentions
}

/// Lists where an entry is named, document by document.
fn locators(edition: &Edition, entry: &Entry, in_text: &[(usize, usize)], pages: Option<&Pages>) -> Vec<Locator> {
    let mut places: BTreeMap<usize, BTreeMap<u64, usize>> = BTreeMap::new();
    for mention in &entry.mentions {
        match edition.annotated.position(mention) {
            // Who only stands in lines that were left out has a document, and no page of it.
            Position::Unprinted | Position::Text(_) => {
                places.entry(mention.document).or_default();
            }
            Position::Head => {
                let counts = places.entry(mention.document).or_default();
                if let Some(page) = pages.and_then(|pages| pages.documents.get(mention.document)) {
                    *counts.entry(*page).or_default() += 1;
                }
            }
        }
    }
    for (document, mention) in in_text {
        let Some(printed) = pages.and_then(|pages| pages.mentions.get(*document)?.get(*mention)) else { continue };
        for page in printed {
            *places.entry(*document).or_default().entry(*page).or_default() += 1;
        }
    }
    let most = places.values().flat_map(BTreeMap::values).copied().max().unwrap_or(0);
    let spread = places.values().map(BTreeMap::len).sum::<usize>();
    places
        .into_iter()
        .map(|(document, counts)| Locator {
            document: edition.items[document].facts.clone(),
            pages: ranges(&counts, if spread > 1 && most > 2 { Some(most) } else { None }),
        })
        .collect()
}

/// Joins neighbouring pages; the page with the most mentions of all stands by itself as the principal one.
fn ranges(counts: &BTreeMap<u64, usize>, principal: Option<usize>) -> Vec<PageRange> {
    let mut ranges: Vec<PageRange> = Vec::new();
    for (page, count) in counts {
        let is_principal = Some(*count) == principal;
        match ranges.last_mut() {
            Some(last) if last.last + 1 == *page && last.principal == is_principal => last.last = *page,
            _ => ranges.push(PageRange { first: *page, last: *page, principal: is_principal }),
        }
    }
    ranges
}

fn abbreviations(edition: &Edition, collator: &CollatorBorrowed<'_>) -> Result<Vec<Abbreviation>, Diagnostic> {
    let mut list = Vec::new();
    for entry in edition.annotated.register.entries.iter().filter(|entry| entry.class == Class::Abbreviation) {
        let Some(short) = entry.acronym.clone() else { continue };
        list.push(Abbreviation { short, body: edition.voice.say("abbreviation.md", entry_facts(edition, entry))? });
    }
    list.sort_by(|a, b| collator.compare(&a.short, &b.short).then_with(|| a.short.cmp(&b.short)));
    Ok(list)
}

/// Groups sorted items by the letter that a reader looks under.
fn grouped(items: Vec<Item>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for item in items {
        let letter = letter(&item.heading);
        match groups.last_mut() {
            Some(group) if group.letter == letter => group.items.push(item),
            _ => groups.push(Group { letter, items: vec![item] }),
        }
    }
    groups
}

/// The base letter of a heading, or `#` where it begins with no letter.
fn letter(heading: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let first = sorted_by(heading).nfd().find(|character| character.is_alphanumeric());
    match first {
        Some(character) if character.is_alphabetic() => character.to_uppercase().collect(),
        _ => "#".to_owned(),
    }
}

/// The part of a heading that sorts it: without brackets and leading articles.
fn sorted_by(heading: &str) -> &str {
    let bare = heading.trim_start_matches(|character: char| !character.is_alphanumeric());
    for article in ["The ", "the ", "La ", "Le ", "Les ", "L’", "L'", "El ", "Los ", "Las ", "Der ", "Die ", "Das "] {
        if let Some(rest) = bare.strip_prefix(article).filter(|rest| !rest.is_empty()) {
            return rest;
        }
    }
    bare
}

/// The collation of a language; the root collation where the language has none of its own.
fn collator(language: &str) -> CollatorBorrowed<'static> {
    let locale: Locale = language.parse().unwrap_or(Locale::UNKNOWN);
    let mut options = CollatorOptions::default();
    options.strength = Some(Strength::Tertiary);
    options.alternate_handling = Some(AlternateHandling::NonIgnorable);
    Collator::try_new(locale.into(), options)
        .or_else(|_| Collator::try_new(Locale::UNKNOWN.into(), options))
        .expect("the root collation is compiled in")
}
