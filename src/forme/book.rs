//! What is said of the whole book, as the layout's Typst files know it under the name `edition`.
//!
//! What enters: an edition, its glossary, the pages as far as they are known. What leaves: the file `/edition.typ`.

use super::emit::Voice;
use super::glyphs::Coverage;
use super::{AFTERWORD, IMPORT, PREFACE, content, document_path, emitting, fit, literal, picture_path, title_language};
use crate::document::Block;
use crate::edition::glossary::{Glossary, Pages};
use crate::edition::history::{Stub, StubFacts};
use crate::edition::timeline::Timeline;
use crate::edition::volume::{Volume, Whole, numeral};
use crate::edition::{Edition, Item};
use crate::language::{direction, primary};
use schemars::JsonSchema;
use serde::Serialize;
use std::ops::Range;

/// The book.
#[derive(Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) struct TheBook<'a> {
    /// The title.
    title: &'a str,
    /// The line under the title.
    subtitle: Option<&'a str>,
    /// The line above the title.
    series: Option<&'a str>,
    /// Who compiled it.
    compiler: Option<&'a str>,
    /// The label of the edition.
    label: Option<&'a str>,
    /// The date of the edition, in words.
    date: Option<&'a str>,
    /// The same as year, month and day.
    date_parts: Option<[u32; 3]>,
    /// The statement of rights.
    rights: Option<&'a str>,
    /// The language of the edition's own words (BCP 47).
    language: &'a str,
    /// The first part of that tag, as Typst takes it.
    lang: &'a str,
    /// Its direction: `ltr` or `rtl`.
    dir: &'static str,
    /// The file of the picture on the cover.
    logo: Option<String>,
    /// The lines at the foot of the cover.
    summary: &'a [String],
    /// Whether a page of summaries leads.
    summary_page: bool,
    /// The file of the editor's preface.
    preface: Option<&'static str>,
    /// The file of the editor's afterword.
    afterword: Option<&'static str>,
    /// The documents, in printed order; layouts call one of them `entry`.
    documents: Vec<OneDocument<'a>>,
    /// The timeline; none where fewer than two documents are dated.
    timeline: Option<&'a Timeline>,
    /// The edition that the list of changes is counted from; none where there is no such list.
    since: Option<&'a str>,
    /// Whether there is a concordance of numbers.
    has_concordance: bool,
    /// What stands under numbers that no document is printed under, in order; what it says is in `/history.typ`.
    stubs: Vec<OneStub<'a>>,
    /// Whether there is a glossary.
    has_glossary: bool,
    /// Whether there is a list of abbreviations.
    has_abbreviations: bool,
    // Apart from the documents: what a document's pages are set from must not change with its page number.
    /// The printed page on which each document begins; none while the pages are not known.
    pages: Option<&'a [u64]>,
    /// The last printed page on which text of each document stands.
    ends: Option<&'a [u64]>,
    /// The printed page on which each of the stubs stands.
    stub_pages: Option<&'a [u64]>,
    /// Which of several volumes it is; none where the edition is one book.
    volume: Option<OneVolume<'a>>,
}

/// One of several volumes.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct OneVolume<'a> {
    /// What it is called: `Volume II`.
    name: String,
    /// Which documents it has, in words.
    documents: String,
    /// In the last volume, what the contents of all volumes list.
    all: Option<EveryDocument<'a>>,
}

/// The documents of all volumes.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct EveryDocument<'a> {
    /// The documents, in printed order.
    documents: Vec<OneDocument<'a>>,
    /// The volume and the printed page on which each begins; none while the pages are not known.
    pages: Option<Vec<String>>,
}

/// What stands under a number whose document is elsewhere or gone.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct OneStub<'a> {
    /// The place of the document before which it stands, counted from 0; none where that one is set at another time.
    place: Option<usize>,
    /// Whether it stands among the dated documents; behind the last of them it stands before the undated.
    dated: bool,
    /// The number.
    number: &'a str,
    /// The title of the document that stood there.
    title: &'a str,
    /// Its date in words.
    date: &'a str,
}

impl<'a> OneStub<'a> {
    fn of(stub: &'a Stub) -> Self {
        let StubFacts { number, title, date, .. } = &stub.facts;
        Self { place: Some(stub.place), dated: stub.is_dated, number, title, date }
    }
}

/// A document of the book.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct OneDocument<'a> {
    /// Its label inside the book: `d1`, `d2` …
    id: &'a str,
    /// The printed number.
    number: &'a str,
    /// The file that holds its `head` and its `body`.
    path: String,
    /// The title.
    title: &'a str,
    /// The title as running heads have it.
    short_title: &'a str,
    /// Whether the title was supplied, and stands in square brackets.
    title_supplied: bool,
    /// The kind of document.
    kind: Option<&'a str>,
    /// Who issued it.
    issuer: Option<&'a str>,
    /// The place of issue.
    place: Option<&'a str>,
    /// Issuer and kind, as the contents have them.
    byline: &'a str,
    /// The date in words, in square brackets where it is not the document's own.
    date: &'a str,
    /// The same, shorter.
    short_date: &'a str,
    /// Whether its date places it in the chronology.
    dated: bool,
    /// Whether it is the first whose date does not.
    opens_undated: bool,
    /// The editor's one-line summary.
    summary: Option<&'a str>,
    /// The heading of the part of the edition that opens with it.
    divider: Option<&'a str>,
    /// The language of its text (BCP 47).
    language: &'a str,
    /// The first part of that tag, as Typst takes it.
    lang: &'a str,
    /// The direction of its text: `ltr` or `rtl`.
    dir: &'static str,
    /// The language of its title.
    title_language: String,
    /// The direction of its title.
    title_dir: &'static str,
}

impl<'a> OneDocument<'a> {
    /// Documents of an edition, by their places in print.
    fn listed(edition: &'a Edition, places: Range<usize>) -> Vec<Self> {
        let first_undated = edition.items.iter().position(|item| !item.facts.dated);
        let one = |place| Self {
            opens_undated: first_undated == Some(place),
            ..Self::of(place, &edition.items[place], &edition.book.language)
        };
        places.map(one).collect()
    }

    fn of(index: usize, item: &'a Item, beside: &str) -> Self {
        let facts = &item.facts;
        let title_language = title_language(item, beside);
        Self {
            id: &facts.key,
            number: &facts.number,
            path: document_path(index),
            title: &facts.title,
            short_title: &item.short_title,
            title_supplied: facts.title_supplied,
            kind: facts.kind.as_deref(),
            issuer: facts.issuer.as_deref(),
            place: facts.place.as_deref(),
            byline: &item.byline,
            date: &facts.date,
            short_date: &facts.short_date,
            dated: facts.dated,
            opens_undated: false,
            summary: facts.summary.as_deref(),
            divider: facts.divider.as_deref(),
            language: &facts.language,
            lang: primary(&facts.language),
            dir: direction(&facts.language).as_str(),
            title_dir: direction(&title_language).as_str(),
            title_language,
        }
    }
}

impl<'a> OneVolume<'a> {
    fn of(edition: &'a Edition, volume: &Volume, whole: Option<&'a Whole<'_>>) -> Self {
        let word = |name: &str| edition.words.get(name).and_then(toml::Value::as_str).unwrap_or_default();
        let number = |item: Option<&'a Item>| item.map_or("", |item| &item.facts.number);
        let (first, last) = (number(edition.items.first()), number(edition.items.last()));
        Self {
            name: word("volume").replace("{volume}", &numeral(volume.number)),
            documents: word("volume-documents").replace("{first}", first).replace("{last}", last),
            all: whole.map(EveryDocument::of),
        }
    }
}

impl<'a> EveryDocument<'a> {
    fn of(whole: &'a Whole<'_>) -> Self {
        let place = |(volume, page): (&usize, &u64)| format!("{}, {page}", numeral(*volume));
        Self {
            documents: OneDocument::listed(whole.edition, 0..whole.edition.items.len()),
            pages: whole.pages.as_ref().map(|all| all.volumes.iter().zip(&all.documents).map(place).collect()),
        }
    }
}

impl<'a> TheBook<'a> {
    fn of(edition: &'a Edition, glossary: &Glossary, pages: Option<&'a Pages>, whole: Option<&'a Whole<'_>>) -> Self {
        let facts = &edition.book;
        Self {
            title: &facts.title,
            subtitle: facts.subtitle.as_deref(),
            series: facts.series.as_deref(),
            compiler: facts.compiler.as_deref(),
            label: facts.label.as_deref(),
            date: facts.date.as_deref(),
            date_parts: facts.date_parts,
            rights: facts.rights.as_deref(),
            language: &facts.language,
            lang: primary(&facts.language),
            dir: direction(&facts.language).as_str(),
            logo: edition.annotated.pictures.on_cover().map(picture_path),
            summary: &edition.summary,
            summary_page: edition.summary_page,
            preface: edition.preface.as_ref().map(|_| PREFACE),
            afterword: edition.afterword.as_ref().map(|_| AFTERWORD),
            documents: OneDocument::listed(edition, 0..edition.items.len()),
            timeline: edition.timeline.as_ref(),
            since: edition.history.since.as_deref(),
            has_concordance: !edition.history.concordance.is_empty(),
            stubs: edition.history.stubs.iter().map(OneStub::of).collect(),
            has_glossary: !glossary.groups.is_empty(),
            has_abbreviations: !glossary.abbreviations.is_empty(),
            pages: pages.map(|pages| pages.documents.as_slice()),
            ends: pages.map(|pages| pages.ends.as_slice()),
            stub_pages: pages.map(|pages| pages.stubs.as_slice()),
            volume: edition.volume.as_ref().map(|volume| OneVolume::of(edition, volume, whole)),
        }
    }

    /// What some of its documents are set from. What is said of others is not in it, and may change while these stand.
    fn taken(edition: &'a Edition, places: Range<usize>) -> Self {
        let language = &edition.book.language;
        let is_last = places.end == edition.items.len();
        let place = |stub: &Stub| {
            let is_here = places.contains(&stub.place) || is_last && stub.place == places.end;
            is_here.then(|| stub.place - places.start)
        };
        let stubs = edition.history.stubs.iter().map(|stub| OneStub { place: place(stub), ..OneStub::of(stub) });
        Self {
            language,
            lang: primary(language),
            dir: direction(language).as_str(),
            stubs: stubs.collect(),
            documents: OneDocument::listed(edition, places.clone()),
            ..Self::default()
        }
    }
}

/// Writes what is said of the whole book.
pub(super) fn write(
    edition: &Edition,
    glossary: &Glossary,
    coverage: &Coverage,
    pages: Option<&Pages>,
    whole: Option<&Whole<'_>>,
) -> String {
    let book = TheBook::of(edition, glossary, pages, whole);
    written(&book, &edition.rules, edition, coverage)
}

/// Writes what is said of how the book was made. It changes with every source, and what is set without it need not.
pub(super) fn write_colophon(edition: &Edition, coverage: &Coverage) -> String {
    let language = &edition.book.language;
    let mut emitter = emitting(edition, coverage, Voice::Edition).in_language(language, language);
    emitter.out.push_str(IMPORT);
    emitter.out.push_str("#let body = ");
    content(&mut emitter, &edition.colophon);
    emitter.out.push('\n');
    emitter.out
}

/// Writes what is said of some documents, by their places in print.
pub(super) fn write_take(edition: &Edition, places: Range<usize>, coverage: &Coverage) -> String {
    written(&TheBook::taken(edition, places), &[], edition, coverage)
}

fn written(book: &TheBook<'_>, rules: &[Block], edition: &Edition, coverage: &Coverage) -> String {
    let language = &edition.book.language;
    let mut value = serde_json::to_value(book).expect("the facts of a book are plain data");
    let mut emitter = emitting(edition, coverage, Voice::Edition).in_language(language, language);
    fit(&mut value, &emitter);
    emitter.out.push_str(IMPORT);
    emitter.out.push_str("#let edition = (words: words, ..");
    literal::value(&value, &mut emitter.out);
    emitter.out.push_str(")\n#let matter = (how-to-read: ");
    content(&mut emitter, rules);
    emitter.out.push_str(")\n");
    emitter.out
}
