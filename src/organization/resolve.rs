//! Settling which names and acronyms of a collection mean one body.
//!
//! What enters: the finds of all documents, and the authority. What leaves: [`Resolved`] bodies and the forms by which
//! each is known, everywhere or in one document only. An acronym is settled per document: what the document says comes
//! first, then its own names with these initials, then the one body of the collection that has it, then the authority.

use super::form::{Head, Keys, agree, content_words, key};
use super::lexicon::is_connective;
use super::name::Sign;
use super::pairing::Ground;
use super::reading::{Finds, FoundName, FoundPair};
use super::short::{FullNames, is_branch, short_forms};
use super::token::{Shape, fold, shape};
use super::{Authority, Status};
use std::collections::{BTreeMap, BTreeSet};

/// A body, a thing with an abbreviation, or an acronym that nobody expands.
#[derive(Debug, Clone, Default)]
pub(super) struct Body {
    /// The authority's entry for it.
    pub authority: Option<usize>,
    /// Its full names as documents write them, with how often they were found.
    pub names: BTreeMap<String, usize>,
    /// Its acronyms as documents write them, with how often they were found.
    pub acronyms: BTreeMap<String, usize>,
    /// The acronyms that a document itself gives for it, beside the name or by its initials.
    pub given: BTreeSet<String>,
    /// How often a document's words made it a body, and a thing.
    pub votes: Votes,
    /// The kind that its type word says.
    pub kind: Option<&'static str>,
    /// Misprints of its acronym.
    pub see: BTreeSet<String>,
    /// Why its identity is less than clear.
    pub doubt: Option<Status>,
    /// Whether a heading of a site, in the furniture above the text, is enough to keep it.
    pub may_be_furniture: bool,
}

/// What speaks for a body and for a thing.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Votes {
    /// Long forms and names whose head is a body's.
    pub named_body: usize,
    /// Long forms and names whose head is a thing's.
    pub named_thing: usize,
    /// The evidence around its acronym.
    pub body: u32,
    /// The evidence against.
    pub thing: u32,
}

/// A form and the body that it means.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Form {
    /// The words as documents write them.
    pub text: String,
    /// The only document in which it means that body; `None` for all of them.
    pub document: Option<usize>,
    /// The body's place in [`Resolved::bodies`].
    pub body: usize,
    /// Whether letter case has to agree throughout.
    pub case: Case,
}

/// How a form's letter case counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Case {
    /// It has to agree.
    Exact,
    /// Some capital is enough.
    Loose,
    /// It does not count.
    Free,
}

/// The bodies of a collection and their forms.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    pub bodies: Vec<Body>,
    pub forms: BTreeSet<Form>,
}

/// Settles the bodies of a collection.
pub(super) fn resolve(finds: &[Finds], authority: &Authority) -> Resolved {
    let mut settling = Settling::new(authority, finds.len());
    for (document, find) in finds.iter().enumerate() {
        for pair in &find.pairs {
            settling.add_pair(document, pair);
        }
    }
    for (document, find) in finds.iter().enumerate() {
        settling.add_names(document, find);
    }
    settling.index_shortened();
    for (document, find) in finds.iter().enumerate() {
        settling.add_short_forms(document, find);
    }
    for (document, find) in finds.iter().enumerate() {
        settling.add_acronyms(document, find);
    }
    settling.join_misprints(finds);
    Resolved { bodies: settling.bodies, forms: settling.forms }
}

/// The most expansions of one acronym among which a new one is looked for as a spelling.
const MOST_EXPANSIONS: usize = 12;

/// The most names in apposition whose repetition is looked for in one document.
const MOST_APPOSITIONS: usize = 40;

/// The weight of a name that begins with a listed body's.
const EXTENDS_LISTED: u32 = 4;

/// The bodies while they are being settled.
pub(super) struct Settling<'a> {
    /// The authority.
    pub(super) authority: &'a Authority,
    /// The bodies, the authority's first.
    pub(super) bodies: Vec<Body>,
    /// The forms by which they are known.
    pub(super) forms: BTreeSet<Form>,
    /// The bodies by the keys of their names.
    pub(super) by_key: BTreeMap<String, usize>,
    /// The bodies by the acronyms that documents expand.
    pub(super) by_acronym: BTreeMap<String, BTreeSet<usize>>,
    /// The acronyms that stand for themselves.
    pub(super) unexpanded: BTreeMap<String, usize>,
    /// What each document's acronyms mean.
    pub(super) local: Vec<BTreeMap<String, usize>>,
    /// The bodies that each document names in full, by the form used.
    pub(super) present: Vec<BTreeMap<String, usize>>,
    /// What each document names in full that is no body, by its key.
    pub(super) things: Vec<BTreeMap<String, String>>,
    /// What names can be shortened to, where it is one body's alone.
    shortened: BTreeMap<String, Option<usize>>,
    keys: Keys,
}

impl<'a> Settling<'a> {
    fn new(authority: &'a Authority, documents: usize) -> Self {
        let mut settling = Self {
            authority,
            bodies: Vec::new(),
            forms: BTreeSet::new(),
            by_key: BTreeMap::new(),
            by_acronym: BTreeMap::new(),
            unexpanded: BTreeMap::new(),
            local: vec![BTreeMap::new(); documents],
            present: vec![BTreeMap::new(); documents],
            things: vec![BTreeMap::new(); documents],
            shortened: BTreeMap::new(),
            keys: Keys::default(),
        };
        for (at, entry) in authority.bodies.iter().enumerate() {
            settling.bodies.push(Body { authority: Some(at), ..Body::default() });
            for text in std::iter::once(&entry.heading).chain(&entry.variants) {
                settling.by_key.entry(key(text)).or_insert(at);
                if shape(text) != Shape::Upper || text.contains(' ') {
                    settling.form(text, None, at, if text.contains(' ') { Case::Loose } else { Case::Exact });
                }
            }
        }
        settling
    }

    /// Notes a form of a body.
    pub(super) fn form(&mut self, text: &str, document: Option<usize>, body: usize, case: Case) {
        self.forms.insert(Form { text: text.to_owned(), document, body, case });
    }

    /// Finds or makes the body that a full name means.
    pub(super) fn body_named(&mut self, name: &str, acronym: Option<&str>) -> usize {
        let name_key = self.keys.of(name);
        if let Some(body) = self.by_key.get(&*name_key) {
            return *body;
        }
        let agreeing = acronym.and_then(|acronym| {
            let listed =
                self.authority.initialled(acronym).filter(|at| agree(&self.authority.bodies[*at].heading, name));
            listed.or_else(|| {
                let sharing = self.by_acronym.get(acronym)?;
                sharing
                    .iter()
                    .copied()
                    .take(MOST_EXPANSIONS)
                    .find(|body| self.bodies[*body].names.keys().any(|other| agree(other, name)))
            })
        });
        let body = agreeing.unwrap_or_else(|| {
            self.bodies.push(Body::default());
            self.bodies.len() - 1
        });
        self.by_key.insert(name_key.to_string(), body);
        body
    }

    fn add_pair(&mut self, document: usize, pair: &FoundPair) {
        let body = self.body_named(&pair.long, Some(&pair.short));
        let extends_listed = pair.head == Head::Unknown && self.extends_listed(&pair.long);
        let entry = &mut self.bodies[body];
        *entry.names.entry(pair.long.clone()).or_default() += 1;
        *entry.acronyms.entry(pair.short.clone()).or_default() += 1;
        entry.given.insert(pair.short.clone());
        match pair.head {
            Head::Body(kind) => {
                entry.votes.named_body += 1;
                entry.kind.get_or_insert(kind);
            }
            Head::Thing => entry.votes.named_thing += 1,
            Head::Unknown => {}
        }
        entry.votes.body += pair.body + if extends_listed { EXTENDS_LISTED } else { 0 };
        entry.votes.thing += pair.thing;
        if pair.ground == Ground::Position {
            entry.doubt.get_or_insert(Status::Probable);
        }
        self.by_acronym.entry(pair.short.clone()).or_default().insert(body);
        self.local[document].entry(pair.short.clone()).or_insert(body);
        self.present[document].insert(pair.long.clone(), body);
        let capital = pair.long.chars().next().is_some_and(char::is_uppercase);
        let (scope, case) = match pair.head {
            Head::Body(_) if capital => (None, case_of(&pair.long)),
            _ => (Some(document), Case::Free),
        };
        self.form(&pair.long, scope, body, case);
        self.form(&pair.short, Some(document), body, Case::Exact);
    }

    /// Tells whether a name begins with that of a listed body: "Islamic State in the Greater Sahara".
    fn extends_listed(&self, name: &str) -> bool {
        let words = content_words(name);
        (2..words.len()).any(|end| {
            let listed = self.by_key.get(&words[..end].join(" "));
            listed.is_some_and(|body| self.bodies[*body].authority.is_some())
        })
    }

    fn add_names(&mut self, document: usize, find: &Finds) {
        let full = self.full_names(document, find);
        let mut seen = BTreeSet::new();
        let mut checks = MOST_APPOSITIONS;
        for name in find.names.iter().filter(|name| !name.is_furniture && !self.authority.denies(&name.form)) {
            match name.sign {
                Sign::Thing => {
                    self.things[document]
                        .entry(self.keys.of(&name.form).to_string())
                        .or_insert_with(|| name.form.clone());
                    continue;
                }
                Sign::Shortened => continue,
                Sign::Apposition if name.names_a_person() || checks == 0 => continue,
                Sign::Apposition if !seen.contains(&name.form) => {
                    checks -= 1;
                    if !is_repeated(find, &name.form) {
                        continue;
                    }
                }
                Sign::Type if full.shortens(&name.form, &self.keys) && !self.is_known(&name.form) => continue,
                Sign::Type if name.is_headline && !self.is_good_headline(&name.form) => continue,
                _ => {}
            }
            seen.insert(name.form.clone());
            self.add_name(document, name);
        }
        for (short, name_key) in &find.aliases {
            if let Some(body) = self.by_key.get(name_key).copied() {
                self.form(short, Some(document), body, Case::Exact);
            }
        }
    }

    fn add_name(&mut self, document: usize, name: &FoundName) {
        let known = |text: &String| self.is_known(text);
        let form = name.longer.as_ref().filter(|longer| known(longer)).unwrap_or(&name.form);
        let like = (name.sign == Sign::Pattern && !known(form)).then(|| self.authority.transliterated(form)).flatten();
        let body = like.unwrap_or_else(|| self.body_named(form, None));
        let entry = &mut self.bodies[body];
        *entry.names.entry(form.clone()).or_default() += 1;
        entry.votes.named_body += 1;
        if entry.kind.is_none() {
            entry.kind = name.kind;
        }
        if like.is_some() {
            entry.doubt.get_or_insert(Status::Probable);
        }
        let case = if form.contains(' ') && name.sign == Sign::Type { case_of(form) } else { Case::Exact };
        self.form(form, None, body, case);
        let branch = name.longer.as_ref().filter(|longer| *longer != form && !name.is_headline);
        if let Some(longer) = branch.filter(|longer| is_branch(&name.form, longer, name.kind)) {
            self.form(longer, Some(document), body, Case::Exact);
        }
        self.present[document].insert(form.clone(), body);
    }

    /// Tells whether a name is one that a body has.
    fn is_known(&self, name: &str) -> bool {
        self.by_key.contains_key(&*self.keys.of(name))
    }

    /// In a line of capitalised words the start of a name cannot be told: it must be known, or short and new in its end.
    fn is_good_headline(&self, form: &str) -> bool {
        let content = content_words(form);
        self.by_key.contains_key(&content.join(" "))
            || (content.len() <= 4
                && (1..content.len().saturating_sub(1)).all(|at| !self.by_key.contains_key(&content[at..].join(" "))))
    }

    /// Collects the full names of a document, to know what is short for one of them.
    fn full_names(&self, document: usize, find: &Finds) -> FullNames {
        let mut full = FullNames::default();
        let typed = find.names.iter().filter(|name| name.sign == Sign::Type && !name.is_furniture && !name.is_headline);
        let names: BTreeSet<&str> =
            self.present[document].keys().map(String::as_str).chain(typed.map(|name| name.form.as_str())).collect();
        for name in names {
            full.add(name, &self.keys);
        }
        full
    }

    /// "the Press Club" for the Keswick Press Club; "CP of Ruritania" for the Communist Party of Ruritania.
    fn add_short_forms(&mut self, document: usize, find: &Finds) {
        let mut shorts: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (name, body) in &self.present[document] {
            if self.bodies[*body].votes.named_body > 0 {
                for short in short_forms(name) {
                    shorts.entry(short).or_default().insert(*body);
                }
            }
        }
        for (short, bodies) in shorts {
            if let (1, Some(body), None) = (bodies.len(), bodies.first(), self.by_key.get(&*self.keys.of(&short))) {
                self.form(&short, Some(document), *body, Case::Exact);
            }
        }
        for name in find.names.iter().filter(|name| name.sign == Sign::Shortened) {
            let body = self.shortened.get(&*self.keys.of(&name.form)).copied().flatten();
            if let Some(body) = body {
                self.form(&name.form, None, body, Case::Exact);
            }
        }
    }

    /// Indexes names by what they can be shortened to: the initials of their first words and the rest.
    fn index_shortened(&mut self) {
        for (name, body) in &self.by_key {
            let words: Vec<&str> = name.split(' ').collect();
            for spelled in 2..words.len().min(5) {
                let letters: String = words[..spelled].iter().filter_map(|word| word.chars().next()).collect();
                let short = format!("{letters} {}", words[spelled..].join(" "));
                self.shortened
                    .entry(short)
                    .and_modify(|other| *other = other.filter(|other| other == body))
                    .or_insert(Some(*body));
            }
        }
    }
}

/// Tells how the letter case of a name counts: one whose later words are small is known by them.
fn case_of(name: &str) -> Case {
    let small = content_words_as_written(name).any(|word| word.starts_with(char::is_lowercase));
    if small { Case::Exact } else { Case::Loose }
}

fn content_words_as_written(name: &str) -> impl Iterator<Item = &str> {
    name.split(' ').filter(|word| !is_connective(&fold(word)))
}

/// Tells whether a form stands more than once in a document.
fn is_repeated(find: &Finds, form: &str) -> bool {
    let mut count = 0;
    for (_, text) in &find.passages {
        count += text.matches(form).take(2).count();
        if count > 1 {
            return true;
        }
    }
    false
}
