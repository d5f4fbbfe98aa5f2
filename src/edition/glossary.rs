//! The glossary: entries with locators, references from other forms, letter groups.
//!
//! What enters: an edition and, once the pages are set, where its mentions stand. What leaves: [`Glossary`], sorted as a
//! reader of the edition's language expects. The words are the layout's.

use super::Edition;
use super::facts::{DocumentFacts, OrganizationFacts, heading, organization_key};
use super::volume::numeral;
use crate::annotation::Position;
use crate::diagnostic::Diagnostic;
use crate::document::Block;
use crate::organization::{Class, Entry};
use icu_collator::options::{AlternateHandling, CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Where the mentions of an edition are printed, once its pages are set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pages {
    /// The printed page on which each document begins.
    pub documents: Vec<u64>,
    /// The last printed page on which text of each document stands.
    pub ends: Vec<u64>,
    /// For each document, the printed pages of each of its mentions, by the mention's index.
    pub mentions: Vec<Vec<BTreeSet<u64>>>,
    /// The printed page on which each stub stands that a number without a document has.
    pub stubs: Vec<u64>,
    /// The printed page behind those of the documents.
    pub behind: Option<u64>,
    /// How many pages stand before those of the documents.
    pub front: usize,
    /// The volume that each document is in, counted from 1; empty where the edition is one book.
    pub volumes: Vec<usize>,
}

impl Pages {
    /// Puts the pages of a further volume behind those of the volumes before it.
    pub fn join(&mut self, volume: usize, pages: &Self) {
        self.documents.extend(&pages.documents);
        self.ends.extend(&pages.ends);
        self.mentions.extend(pages.mentions.iter().cloned());
        self.stubs.extend(&pages.stubs);
        self.volumes.resize(self.documents.len(), volume);
        (self.behind, self.front) = (pages.behind, pages.front);
    }
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

/// The facts of an entry, for the templates `entry.md` and `abbreviation.md`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct EntryFacts {
    /// The heading.
    name: String,
    /// Whether an authority supplies it, so that it stands in square brackets.
    name_supplied: bool,
    /// The acronym, or the abbreviation.
    acronym: Option<String>,
    /// The kind of body.
    kind: Option<String>,
    /// The country.
    country: Option<String>,
    /// How sure it is: `clear`, `probable` or `ambiguous`.
    status: &'static str,
    /// Other forms under which documents name it.
    variants: Vec<String>,
    /// What the documents say of it, or the editor.
    description: Option<String>,
    /// The document that says so; none where the editor does.
    described_in: Option<DocumentFacts>,
    /// Its item in Wikidata.
    wikidata: Option<String>,
    /// Its number in the Virtual International Authority File.
    viaf: Option<String>,
    /// Its number in the Library of Congress Name Authority File.
    lcnaf: Option<String>,
    /// What it was before.
    earlier: Vec<Pointer>,
    /// What it became.
    later: Vec<Pointer>,
    /// What a reader may want too.
    see_also: Vec<Pointer>,
    /// Other organizations of the book with the same acronym.
    namesakes: Vec<OrganizationFacts>,
}

/// A heading to which an entry points.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct Pointer {
    /// The heading.
    name: String,
    /// The organization, where the book names it.
    organization: Option<OrganizationFacts>,
}

/// What the template `locators.md` speaks of.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Locators {
    /// Where the organization is named, document by document.
    locators: Vec<Locator>,
}

/// What the template `see.md` speaks of.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Targets {
    /// The organizations that the form may mean.
    targets: Vec<OrganizationFacts>,
}

/// Where the entries of a book are found by their headings and acronyms.
struct Headings<'a> {
    by_name: BTreeMap<String, (usize, &'a Entry)>,
    by_acronym: BTreeMap<&'a str, Vec<(usize, &'a Entry)>>,
}

impl<'a> Headings<'a> {
    fn of(edition: &'a Edition) -> Self {
        let mut headings = Self { by_name: BTreeMap::new(), by_acronym: BTreeMap::new() };
        for (index, entry) in edition.annotated.organizations() {
            headings.by_name.insert(entry.name.to_lowercase(), (index, entry));
            if let Some(acronym) = &entry.acronym {
                headings.by_acronym.entry(acronym).or_default().push((index, entry));
            }
        }
        headings
    }

    /// Leads headings that an editor gives to the entries of the book.
    fn point(&self, names: &[String]) -> Vec<Pointer> {
        let organization = |name: &String| {
            self.by_name.get(&name.to_lowercase()).map(|(index, entry)| OrganizationFacts::of(*index, entry))
        };
        names.iter().map(|name| Pointer { name: name.clone(), organization: organization(name) }).collect()
    }

    /// Gives the other organizations with an entry's acronym.
    fn namesakes(&self, entry: &Entry) -> Vec<OrganizationFacts> {
        let sharing = entry.acronym.as_deref().and_then(|acronym| self.by_acronym.get(acronym));
        let others = sharing.into_iter().flatten().filter(|(_, other)| other.name != entry.name);
        others.map(|(index, other)| OrganizationFacts::of(*index, other)).collect()
    }
}

/// Where an organization is named in one document.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Locator {
    /// The document.
    pub document: DocumentFacts,
    /// The volume that it is in, in Roman figures; none where the edition is one book.
    pub volume: Option<String>,
    /// The pages, neighbouring ones joined; empty while the pages are not set. Where it is named throughout, the
    /// principal page alone.
    pub pages: Vec<PageRange>,
    /// Whether it is named on most pages of a long document.
    pub passim: bool,
    /// Whether it is named in lines alone that are not printed, such as a site's heading.
    pub omitted: bool,
}

/// How many pages a document must have before an organization can be named throughout.
const LONG_DOCUMENT: u64 = 8;

/// Neighbouring printed pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
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
    let mut references: BTreeMap<String, BTreeMap<String, OrganizationFacts>> = BTreeMap::new();
    let in_text = mentions_in_text(edition);
    let headings = Headings::of(edition);
    for (index, entry) in edition.annotated.organizations() {
        let facts = OrganizationFacts::of(index, entry);
        for form in referring(entry) {
            references.entry(form).or_default().insert(facts.key.clone(), facts.clone());
        }
    }
    let organization = |(index, entry): (usize, &Entry)| -> Result<Item, Diagnostic> {
        let locators = locators(edition, entry, in_text.get(&index).map_or(&[], Vec::as_slice), pages);
        Ok(Item {
            heading: heading(entry),
            acronym: entry.acronym.clone().filter(|acronym| !entry.name_supplied && *acronym != entry.name),
            key: Some(organization_key(index)),
            body: edition.voice.say("entry.md", entry_facts(edition, &headings, entry))?,
            locators: Some(edition.voice.say("locators.md", Locators { locators })?),
        })
    };
    let reference = |(form, targets): (String, BTreeMap<String, OrganizationFacts>)| -> Result<Item, Diagnostic> {
        let targets: Vec<OrganizationFacts> = targets.into_values().collect();
        let body = edition.voice.say("see.md", Targets { targets })?;
        Ok(Item { body, heading: form, acronym: None, key: None, locators: None })
    };
    let organizations: Vec<(usize, &Entry)> = edition.annotated.organizations().collect();
    let entries = organizations.into_par_iter().map(organization);
    let items: Vec<Result<Item, Diagnostic>> = entries.chain(references.into_par_iter().map(reference)).collect();
    // Of several errors the first in order is told, whichever was met first.
    let mut items: Vec<Item> = items.into_iter().collect::<Result<_, _>>()?;
    items.sort_by(|a, b| {
        let by_reader = collator.compare(sorted_by(&a.heading), sorted_by(&b.heading));
        by_reader.then_with(|| a.heading.cmp(&b.heading)).then_with(|| a.key.cmp(&b.key))
    });
    Ok(Glossary { groups: grouped(items), abbreviations: abbreviations(edition, &headings, &collator)? })
}

fn entry_facts(edition: &Edition, headings: &Headings<'_>, entry: &Entry) -> EntryFacts {
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
        wikidata: entry.identifiers.wikidata.clone(),
        viaf: entry.identifiers.viaf.clone(),
        lcnaf: entry.identifiers.lcnaf.clone(),
        earlier: headings.point(&entry.earlier),
        later: headings.point(&entry.later),
        see_also: headings.point(&entry.see_also),
        namesakes: headings.namesakes(entry),
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
    let mut printed: BTreeSet<usize> = BTreeSet::new();
    for mention in &entry.mentions {
        let position = edition.annotated.position(mention);
        if position != Position::Unprinted {
            printed.insert(mention.document);
        }
        match position {
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
    let principal = principal(edition, entry, in_text, pages, &places);
    places
        .into_iter()
        .map(|(document, counts)| {
            let principal = principal.filter(|(at, _)| *at == document).map(|(_, page)| page);
            let passim = pages.is_some_and(|pages| {
                let length = length(pages, document);
                length >= LONG_DOCUMENT && counts.len() as u64 * 2 > length
            });
            let shown = |page: &u64| !passim || Some(*page) == principal;
            let cited: BTreeSet<u64> = counts.into_keys().filter(shown).collect();
            Locator {
                document: edition.items[document].facts.clone(),
                volume: pages.and_then(|pages| pages.volumes.get(document)).map(|volume| numeral(*volume)),
                pages: ranges(&cited, principal),
                passim,
                omitted: !printed.contains(&document),
            }
        })
        .collect()
}

/// Counts the pages of a document: up to the next one, or to what follows the last.
fn length(pages: &Pages, document: usize) -> u64 {
    let volume = pages.volumes.get(document);
    let next = match pages.documents.get(document + 1) {
        Some(_) if pages.volumes.get(document + 1) != volume => pages.ends.get(document).map(|end| end + 1),
        next => next.copied().or(pages.behind),
    };
    let first = pages.documents.get(document).copied().unwrap_or_default();
    next.map_or(0, |next| next.saturating_sub(first).max(1))
}

/// Finds the principal passage: where a document says what the body is, else the page that clearly names it most. An
/// entry with one page needs none.
fn principal(
    edition: &Edition,
    entry: &Entry,
    in_text: &[(usize, usize)],
    pages: Option<&Pages>,
    places: &BTreeMap<usize, BTreeMap<u64, usize>>,
) -> Option<(usize, u64)> {
    let pages = pages?;
    if places.values().map(BTreeMap::len).sum::<usize>() < 2 {
        return None;
    }
    let defined = entry.defined_at.and_then(|at| entry.mentions.get(at)).and_then(|mention| {
        let document = mention.document;
        match edition.annotated.position(mention) {
            Position::Unprinted => None,
            Position::Head => Some((document, *pages.documents.get(document)?)),
            Position::Text(passage) => {
                let is_it = |(at, index): &&(usize, usize)| {
                    let named = &edition.items[*at].mentions[*index];
                    *at == document && named.passage == passage && named.range == mention.range
                };
                let (_, index) = in_text.iter().find(is_it)?;
                Some((document, *pages.mentions.get(document)?.get(*index)?.first()?))
            }
        }
    });
    let most = || {
        let mut counts: Vec<(usize, (usize, u64))> = places
            .iter()
            .flat_map(|(document, counts)| counts.iter().map(|(page, count)| (*count, (*document, *page))))
            .collect();
        counts.sort_by_key(|(count, place)| (std::cmp::Reverse(*count), *place));
        let [(first, place), (second, _), ..] = counts.as_slice() else { return None };
        (*first > 2 && *first >= second * 2).then_some(*place)
    };
    defined.or_else(most)
}

/// Joins neighbouring pages; the principal one stands by itself.
fn ranges(cited: &BTreeSet<u64>, principal: Option<u64>) -> Vec<PageRange> {
    let mut ranges: Vec<PageRange> = Vec::new();
    for page in cited {
        let is_principal = Some(*page) == principal;
        match ranges.last_mut() {
            Some(last) if last.last + 1 == *page && !last.principal && !is_principal => last.last = *page,
            _ => ranges.push(PageRange { first: *page, last: *page, principal: is_principal }),
        }
    }
    ranges
}

fn abbreviations(
    edition: &Edition,
    headings: &Headings<'_>,
    collator: &CollatorBorrowed<'_>,
) -> Result<Vec<Abbreviation>, Diagnostic> {
    let mut list = Vec::new();
    for entry in edition.annotated.register.entries.iter().filter(|entry| entry.class == Class::Abbreviation) {
        let Some(short) = entry.acronym.clone() else { continue };
        let facts = entry_facts(edition, headings, entry);
        list.push(Abbreviation { short, body: edition.voice.say("abbreviation.md", facts)? });
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
