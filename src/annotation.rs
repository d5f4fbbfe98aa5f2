//! Who is named where.
//!
//! What enters: an ordered collection and what is known of bodies beforehand. What leaves: an [`Annotated`] collection
//! with the register of its organizations, each mention tied to a passage of a document. Nothing is merged or decided
//! here: that is the register's work.

use crate::collection::shelf::{self, Row, Store, Tick};
use crate::collection::{self, Collection, Document};
use crate::document::clutter::Omission;
use crate::document::passage::Setting;
use crate::organization::{self, Authority, Class, Entry, Finds, Mention, Part, Passage, Reading, Register};
use crate::picture::Pictures;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, LazyLock};

/// How many blocks of lines at the end of a document may be its signature.
const SIGNATURE_RUNS: usize = 16;

/// A collection with the register of those it names.
#[derive(Debug, Clone)]
pub struct Annotated {
    /// The documents, in printed order.
    pub collection: Collection,
    /// The bodies and abbreviations.
    pub register: Register,
    /// The pictures that they refer to, once those are gathered; until then a note stands in the place of each.
    pub pictures: Pictures,
    /// For each document, how its passages are divided.
    parts: Vec<Parts>,
}

/// How the passages of a document are divided: lines that are not printed, then the head, then the text, then lines that
/// are not printed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Parts {
    /// The first passage of the head.
    head: usize,
    /// The first passage of the text.
    text: usize,
}

/// Where a mention stands in print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Position {
    /// In the head of the document: its title or the line that says who issued it.
    Head,
    /// In its text, in the passage of this number.
    Text(usize),
    /// In lines that are not printed.
    Unprinted,
}

impl Annotated {
    /// Tells where a mention stands in print.
    pub fn position(&self, mention: &Mention) -> Position {
        let parts = self.parts[mention.document];
        let runs = self.collection.documents[mention.document].passages.runs.len();
        match mention.passage.checked_sub(parts.text) {
            None if mention.passage < parts.head => Position::Unprinted,
            None => Position::Head,
            Some(passage) if passage < runs => Position::Text(passage),
            Some(_) => Position::Unprinted,
        }
    }

    /// Gives the line of the source on which a mention begins, counted from 1.
    pub fn line(&self, mention: &Mention) -> usize {
        let document = &self.collection.documents[mention.document];
        let parts = self.parts[mention.document];
        let runs = &document.passages.runs;
        let omitted = |omission: usize| document.omissions.get(omission).map_or(1, |omission| omission.line);
        match mention.passage.checked_sub(parts.text) {
            None if mention.passage < parts.head => omitted(mention.passage),
            None => {
                let byline = document.description.byline.as_ref().filter(|_| mention.passage + 1 == parts.text);
                let title = document.description.moved.iter().find(|moved| moved.rule == "moved-to-title");
                byline.map(|byline| byline.line).or(title.map(|title| title.line)).unwrap_or(1)
            }
            Some(passage) if passage < runs.len() => {
                let breaks = runs[passage].text.get(..mention.range.start).map_or(0, |text| text.matches('\n').count());
                document.source.lines.line(runs[passage].start) + breaks
            }
            Some(passage) => omitted(parts.head + passage - runs.len()),
        }
    }

    /// Gives some of the documents by themselves, in that order. Entries keep their places in the register, and of their
    /// mentions those in these documents.
    pub fn part(&self, documents: &[usize]) -> Self {
        let places: HashMap<usize, usize> = documents.iter().enumerate().map(|(new, old)| (*old, new)).collect();
        let here = |mention: &Mention| Some(Mention { document: *places.get(&mention.document)?, ..mention.clone() });
        let entry = |entry: &Entry| Entry {
            mentions: entry.mentions.iter().filter_map(here).collect(),
            defined_at: None,
            ..entry.clone()
        };
        let mut pictures = self.pictures.clone();
        for picture in pictures.set.values_mut() {
            picture.met = picture.met.take().and_then(|(document, span)| Some((*places.get(&document)?, span)));
        }
        let all = &self.collection.documents;
        Self {
            collection: Collection { documents: documents.iter().map(|at| all[*at].clone()).collect() },
            register: Register { entries: self.register.entries.iter().map(entry).collect() },
            pictures,
            parts: documents.iter().map(|at| self.parts[*at]).collect(),
        }
    }

    /// Gives the organizations of the register, with their places in it.
    pub fn organizations(&self) -> impl Iterator<Item = (usize, &Entry)> {
        self.register.entries.iter().enumerate().filter(|(_, entry)| entry.class == Class::Organization)
    }

    /// Gives the documents that name an entry, in order.
    pub fn documents_of(&self, entry: &Entry) -> BTreeSet<usize> {
        entry.mentions.iter().map(|mention| mention.document).collect()
    }

    /// Gives, for each document, the organizations it names, with the number of mentions of each.
    pub fn named(&self) -> Vec<BTreeMap<usize, usize>> {
        let mut named = vec![BTreeMap::new(); self.collection.documents.len()];
        for (index, entry) in self.organizations() {
            for mention in &entry.mentions {
                *named[mention.document].entry(index).or_default() += 1;
            }
        }
        named
    }
}

/// What was read of documents in the last round, for the next one.
#[derive(Debug, Default)]
pub struct Shelf {
    /// What was read before organizations were looked for.
    pub collected: collection::Shelf,
    /// What is kept between two runs of the program.
    pub store: Option<Arc<dyn Store>>,
    finds: Row<(Parts, Finds)>,
}

impl Shelf {
    /// A shelf that keeps what the last round read; the default one keeps nothing.
    pub fn keeping() -> Self {
        Self { collected: collection::Shelf::keeping(), store: None, finds: Row::keeping() }
    }
}

/// Finds the organizations of a collection and keeps the documents that `keep` wants.
pub fn annotate(
    collection: Collection,
    authority: &Authority,
    keep: impl Fn(&Document, &[&Entry]) -> bool,
) -> Annotated {
    annotate_again(collection, authority, "", keep, &mut Shelf::default(), &|| {})
}

/// Does the same with what was found before; `known` is the text that the authority was made of beside the embedded list,
/// and `tick` is called once for every document.
pub fn annotate_again(
    collection: Collection,
    authority: &Authority,
    known: &str,
    keep: impl Fn(&Document, &[&Entry]) -> bool,
    shelf: &mut Shelf,
    tick: Tick<'_>,
) -> Annotated {
    let known = LazyLock::new(|| shelf::key(&[known.as_bytes()]));
    let store = shelf.store.clone();
    let documents = collection.documents.iter().collect();
    let fingerprint = |document: &&Document| shelf::key(&[document.key.as_bytes(), known.as_bytes()]);
    let read: Vec<(Parts, Finds)> = shelf.finds.make(documents, tick, fingerprint, |document, _| {
        read(document, authority, store.as_deref().map(|store| (store, known.as_str())))
    });
    let (parts, finds): (Vec<Parts>, Vec<Finds>) = read.into_iter().unzip();
    let register = organization::compile(&finds, authority);
    let whole = Annotated { collection, register, pictures: Pictures::default(), parts };
    let named = whole.named();
    let kept: Vec<bool> = whole
        .collection
        .documents
        .iter()
        .zip(&named)
        .map(|(document, named)| {
            let entries: Vec<&Entry> = named.keys().map(|index| &whole.register.entries[*index]).collect();
            keep(document, &entries)
        })
        .collect();
    if kept.iter().all(|kept| *kept) {
        return whole;
    }
    let retain = |index: usize| kept[index];
    let Annotated { collection, parts, .. } = whole;
    let documents = filtered(collection.documents, retain);
    let finds = filtered(finds, retain);
    Annotated {
        collection: Collection { documents },
        register: organization::compile(&finds, authority),
        pictures: Pictures::default(),
        parts: filtered(parts, retain),
    }
}

fn filtered<T>(items: Vec<T>, keep: impl Fn(usize) -> bool) -> Vec<T> {
    items.into_iter().enumerate().filter(|(index, _)| keep(*index)).map(|(_, item)| item).collect()
}

/// Reads one document for organizations; tells how its passages are divided. What is in the store of the same passages
/// and an authority with that fingerprint is not read again.
fn read(document: &Document, authority: &Authority, store: Option<(&dyn Store, &str)>) -> (Parts, Finds) {
    let description = &document.description;
    let runs = &document.passages.runs;
    let line_of = |start: usize| document.source.lines.line(start);
    let first = runs.first().map_or(0, |run| line_of(run.start));
    let leading = document.omissions.iter().take_while(|omission| omission.line < first).count();
    let (before, after) = document.omissions.split_at(leading);
    let furniture =
        |omission: &Omission| Passage { line: omission.line, text: omission.text.clone(), part: Part::Furniture };
    let mut passages: Vec<Passage> = before.iter().map(furniture).collect();
    if !description.title_supplied {
        passages.push(Passage { line: 1, text: description.title.clone(), part: Part::Title });
    }
    if let Some(byline) = &description.byline {
        passages.push(Passage { line: byline.line, text: byline.text.clone(), part: Part::Byline });
    }
    let parts = Parts { head: leading, text: passages.len() };
    for (index, run) in runs.iter().enumerate() {
        let part = match run.setting {
            Setting::Heading => Part::Title,
            Setting::Line if index + SIGNATURE_RUNS >= runs.len() => Part::Signature,
            Setting::Line | Setting::Running => Part::Body,
        };
        passages.push(Passage { line: line_of(run.start), text: run.text.clone(), part });
    }
    passages.extend(after.iter().map(furniture));
    let reading = Reading { passages: &passages, language: &description.language };
    let Some((store, known)) = store else { return (parts, organization::read(&reading, authority)) };
    let places: Vec<String> = passages.iter().map(|passage| format!("{:?}", passage.part)).collect();
    let texts = passages.iter().zip(&places).flat_map(|(passage, place)| [place.as_bytes(), passage.text.as_bytes()]);
    let key: Vec<&[u8]> = [known.as_bytes(), reading.language.as_bytes()].into_iter().chain(texts).collect();
    let key = shelf::key(&key);
    let kept = store.find(&key).and_then(|text| organization::recall(&text, &reading));
    let finds = kept.unwrap_or_else(|| {
        let finds = organization::read(&reading, authority);
        store.keep(&key, organization::note(&finds));
        finds
    });
    (parts, finds)
}
