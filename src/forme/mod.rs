//! The forme: an edition as the files that Typst sets, and the way back from them to the sources.
//!
//! What enters: an [`Edition`], what the fonts cover, and the pages once they are known. What leaves: a [`Forme`]: one
//! generated file for each document, some for the book, the layout's own files, and the marks that lead from every
//! literal back to a line of a source. Text is data here: it stands in string literals only.

mod book;
pub mod emit;
mod emoji;
pub mod fields;
mod glossary;
pub mod glyphs;
mod history;
pub mod literal;
mod needed;
mod problems;
mod punctuation;
mod setting;
mod take;
mod tongues;
pub mod vocabulary;
mod words;

use crate::document::Block;
use crate::edition::facts::{organization_key, separated};
use crate::edition::glossary::{Glossary, Pages};
use crate::edition::volume::Whole;
use crate::edition::{Edition, Item, Matter};
use crate::language;
use crate::layout::{Layout, Page};
use crate::picture::Picture;
use crate::settings::{Ink, Paper, Sheet};
use emit::{Emitter, Mark, Tag, Voice};
use glyphs::{Coverage, Missing};
pub use problems::{drawings, glyph_problems};
use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};
pub use setting::Setting;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
pub use take::{Take, takes};
use typst::foundations::Bytes;

/// The file that Typst starts from.
pub const MAIN: &str = "/main.typ";
/// The file that holds the glossary.
const GLOSSARY: &str = "/glossary.typ";
/// The file that holds what is said of the whole book.
const EDITION: &str = "/edition.typ";
/// The file that holds what is said of how the book was made.
const COLOPHON: &str = "/colophon.typ";
/// The file that holds what is said of the editions before.
const HISTORY: &str = "/history.typ";
/// The file that holds the names of parts and columns.
const WORDS: &str = "/words.typ";
/// The file that names the families of fonts that are at hand.
const FAMILIES: &str = "/families.typ";
/// The file that says how the edition stands on paper.
const SHEET: &str = "/sheet.typ";
/// The files of the editor's own pages.
const PREFACE: &str = "/preface.typ";
const AFTERWORD: &str = "/afterword.typ";
/// What the address of a link begins with that leads to a key of the book, as the layout writes it.
pub const LED_TO: &str = "dossier:";
/// What every generated file begins with.
const IMPORT: &str = "#import \"/layout/text.typ\": *\n";

/// The fields of a document's head and what each holds.
pub(crate) const HEAD: [(HeadPart, &str, &str); 5] = [
    (HeadPart::Title, "title", "The title, in square brackets where it is supplied."),
    (HeadPart::Kicker, "kicker", "What `kicker.md` says."),
    (HeadPart::Dateline, "dateline", "What `dateline.md` says."),
    (HeadPart::Headnote, "headnote", "What `headnote.md` says."),
    (HeadPart::SourceNote, "source-note", "What `source-note.md` says."),
];

/// What is asked of the sheet: each field, what it takes, what it means.
pub(crate) const ASKED: [(&str, &str, &str); 6] = [
    ("paper", "text", "`a4` or `us-letter`, as Typst names papers."),
    ("half", "true or false", "Whether a page takes half a side (`page = \"half\"` in `layout.toml`)."),
    ("font-size", "length or none", "The size of the text, where the editor asks for one."),
    ("duplex", "true or false", "Whether both sides of a sheet are printed."),
    ("gutter", "length", "Room for binding, added to the inner margin."),
    ("light", "true or false", "Whether little ink is wanted: no fills, thin rules."),
];

/// The virtual files of an edition.
#[derive(Debug, Clone, Default)]
pub struct Forme {
    /// The text of each file, by its virtual path.
    pub files: BTreeMap<String, Arc<str>>,
    /// For each document's file, the literals of its text in order.
    pub marks: BTreeMap<String, Vec<Mark>>,
    /// For each document's file, the literals of its head in order; they stand before those of the text.
    pub heads: BTreeMap<String, Vec<HeadMark>>,
    /// The bytes of each picture, by its virtual path.
    pub pictures: BTreeMap<String, Bytes>,
}

/// A literal of a document's head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadMark {
    /// The part of the head.
    pub part: HeadPart,
    /// The literal's range in the generated source, quotes included.
    pub generated: Range<usize>,
}

/// A part of a document's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeadPart {
    /// The title.
    Title,
    /// The line above the title: kind and issuer.
    Kicker,
    /// Place and date.
    Dateline,
    /// What a reader who opens the book here needs.
    Headnote,
    /// Where the text comes from.
    SourceNote,
}

/// A document as Typst code.
#[derive(Debug, Clone)]
pub struct SetDocument {
    /// The generated file.
    pub code: Arc<str>,
    /// The literals of its text in order.
    pub marks: Vec<Mark>,
    /// The literals of its head in order.
    pub head: Vec<HeadMark>,
    /// The characters that no font has.
    pub missing: Missing,
    /// A character of the script that most of its letters are in, where no font has that.
    pub unprintable: Option<char>,
}

/// Gives the virtual path of a document's file.
pub fn document_path(index: usize) -> String {
    format!("/documents/{:04}.typ", index + 1)
}

/// Gives the virtual path of a picture's file.
pub fn picture_path(picture: &Picture) -> String {
    format!("/pictures/{}", picture.file)
}

/// Writes the code of every document; it does not depend on pages.
pub fn set_documents(edition: &Edition, coverage: &Coverage) -> Vec<SetDocument> {
    (0..edition.items.len()).into_par_iter().map(|index| set_document(edition, index, coverage)).collect()
}

/// Writes the code of one document.
pub fn set_document(edition: &Edition, index: usize, coverage: &Coverage) -> SetDocument {
    let document = &edition.annotated.collection.documents[index];
    let item = &edition.items[index];
    let runs = &document.passages.runs;
    let unprintable = glyphs::is_unprintable(runs.iter().map(|run| run.text.as_str()), coverage);
    let beside = &edition.book.language;
    let mut head = emitting(edition, coverage, Voice::Edition).in_language(&title_language(item, beside), beside);
    head.out.push_str(IMPORT);
    head.out.push_str("#let head = (title: [");
    let title = if item.facts.title_supplied { format!("[{}]", item.facts.title) } else { item.facts.title.clone() };
    head.line(&title);
    let marks = head.marks.drain(..);
    let mut heads: Vec<HeadMark> =
        marks.map(|mark| HeadMark { part: HeadPart::Title, generated: mark.generated }).collect();
    // What the head quotes, it quotes from the document.
    head = head.in_language(beside, &item.facts.language);
    head.out.push(']');
    let [_, rest @ ..] = HEAD;
    for ((part, field, _), blocks) in
        rest.into_iter().zip([&item.kicker, &item.dateline, &item.context, &item.source_note])
    {
        head.out.push_str(&format!(", {field}: "));
        content(&mut head, blocks);
        heads.extend(head.marks.drain(..).map(|mark| HeadMark { part, generated: mark.generated }));
    }
    head.out.push_str(")\n#let body = [\n");
    let mut body = emitting(edition, coverage, Voice::Source)
        .in_language(&item.facts.language, beside)
        .with_tags(tags(item))
        .with_bars(&item.changed)
        .with_footnotes(&document.tree.footnotes, document.passages.footnotes.clone(), &item.facts.key)
        .with_pictures(&edition.annotated.pictures, document.id())
        .captured_on(item.captured.as_deref())
        .behind_notes(usize::from(!item.source_note.is_empty()));
    match (&document.source.withheld, unprintable) {
        (Some(withheld), _) => {
            let values = [("{bytes}", separated(withheld.bytes)), ("{largest}", withheld.largest.to_string())];
            stand_in(&mut body, beside, &filled(edition, "unset-large", &values));
        }
        (None, None) => {
            body.blocks(&document.tree.blocks);
            body.unmarked_footnotes();
        }
        (None, Some(character)) => {
            let font = needed::font_for(character, &item.facts.language);
            stand_in(&mut body, beside, &filled(edition, "unset-font", &[("{font}", font)]));
        }
    }
    let offset = head.out.len();
    let marks = body
        .marks
        .into_iter()
        .map(|mark| Mark { generated: mark.generated.start + offset..mark.generated.end + offset, ..mark })
        .collect();
    let code = head.out + &body.out + "]\n";
    SetDocument { code: code.into(), marks, head: heads, missing: body.missing, unprintable }
}

/// Gives the words of the layout under a name, with values in place of the names of these.
fn filled(edition: &Edition, name: &str, values: &[(&str, String)]) -> String {
    let words = edition.words.get(name).and_then(toml::Value::as_str).unwrap_or_default();
    values.iter().fold(words.to_owned(), |words, (name, value)| words.replace(name, value))
}

/// Sets words of the edition, which are in its language, in the place of a text.
fn stand_in(body: &mut Emitter<'_>, language: &str, words: &str) {
    body.in_tongue(language, |body| {
        let words = body.shown(words);
        body.out.push('#');
        literal::string(&words, &mut body.out);
        body.out.push(';');
    });
}

/// What writes an edition's code.
fn emitting<'a>(edition: &Edition, coverage: &'a Coverage, voice: Voice) -> Emitter<'a> {
    Emitter::new(coverage, voice).refining(edition.book.typographic)
}

/// The language that a document's title is in: the document's, but for its script.
fn title_language(item: &Item, beside: &str) -> String {
    let found = language::of_passage(&item.facts.title, &item.facts.language, beside);
    found.unwrap_or_else(|| item.facts.language.clone())
}

/// Sorts the mentions of a document by passage.
fn tags(item: &Item) -> BTreeMap<usize, Vec<Tag>> {
    let mut tags: BTreeMap<usize, Vec<Tag>> = BTreeMap::new();
    for (index, mention) in item.mentions.iter().enumerate() {
        tags.entry(mention.passage).or_default().push(Tag {
            range: mention.range.clone(),
            mention: index,
            link: mention.is_first.then(|| organization_key(mention.entry)),
        });
    }
    tags
}

/// Appends blocks as one content value, `none` where there is nothing.
fn content(emitter: &mut Emitter<'_>, blocks: &[Block]) {
    if blocks.is_empty() {
        emitter.out.push_str("none");
        return;
    }
    emitter.out.push('[');
    let last = blocks.len() - 1;
    for (index, block) in blocks.iter().enumerate() {
        emitter.blocks(std::slice::from_ref(block));
        emitter.out.truncate(emitter.out.trim_end().len());
        if index < last {
            emitter.out.push_str("\n\n");
        }
    }
    emitter.out.push(']');
}

/// Begins a forme with the files of a layout.
pub fn layout_files(layout: &Layout) -> Forme {
    let mut forme = Forme::default();
    for (name, text) in layout.names_ending(".typ") {
        let path = if name == "main.typ" { MAIN.to_owned() } else { format!("/layout/{name}") };
        forme.files.insert(path, Arc::from(text));
    }
    forme
}

/// Locks up the forme: the documents' files, the layout's, and the book's with the pages as far as they are known.
pub fn lock_up(
    edition: &Edition,
    documents: &[SetDocument],
    glossary: &Glossary,
    layout: &Layout,
    coverage: &Coverage,
    (pages, whole): (Option<&Pages>, Option<&Whole<'_>>),
) -> Forme {
    let mut forme = begun(edition, layout, coverage);
    for (index, document) in documents.iter().enumerate() {
        let path = document_path(index);
        forme.marks.insert(path.clone(), document.marks.clone());
        forme.heads.insert(path.clone(), document.head.clone());
        forme.files.insert(path, Arc::clone(&document.code));
    }
    forme.files.insert(HISTORY.to_owned(), history::write(edition, &edition.history, coverage).into());
    forme.files.insert(COLOPHON.to_owned(), book::write_colophon(edition, coverage).into());
    for (path, matter) in [(PREFACE, &edition.preface), (AFTERWORD, &edition.afterword)] {
        if let Some(matter) = matter {
            forme.files.insert(path.to_owned(), matter_file(edition, path, matter, coverage).into());
        }
    }
    forme.number(edition, glossary, coverage, pages, whole);
    forme
}

/// Locks up a forme of one document, in which that is the only one of its book; what Typst starts from is not in it.
pub fn lock_up_one(edition: &Edition, index: usize, layout: &Layout, coverage: &Coverage) -> Forme {
    let mut forme = begun(edition, layout, coverage);
    forme.files.insert(EDITION.to_owned(), book::write_take(edition, index..index + 1, coverage).into());
    forme.files.insert(document_path(index), set_document(edition, index, coverage).code);
    forme
}

/// Begins a forme with what every document of an edition is set from.
fn begun(edition: &Edition, layout: &Layout, coverage: &Coverage) -> Forme {
    let mut forme = layout_files(layout);
    let pictures = edition.annotated.pictures.set.values();
    forme.pictures = pictures.map(|picture| (picture_path(picture), picture.bytes.clone())).collect();
    forme.files.insert(WORDS.to_owned(), words(edition, coverage).into());
    forme.set_part(&Setting::Book);
    forme.files.insert(FAMILIES.to_owned(), families(coverage).into());
    forme.files.insert(SHEET.to_owned(), sheet(&edition.sheet, layout.page()).into());
    forme
}

impl Forme {
    /// What is said of the whole book.
    pub fn book(&self) -> Option<&Arc<str>> {
        self.files.get(EDITION)
    }

    /// Puts in what depends on the pages.
    pub fn number(
        &mut self,
        edition: &Edition,
        glossary: &Glossary,
        coverage: &Coverage,
        pages: Option<&Pages>,
        whole: Option<&Whole<'_>>,
    ) {
        self.files.insert(EDITION.to_owned(), book::write(edition, glossary, coverage, pages, whole).into());
        self.files.insert(GLOSSARY.to_owned(), glossary::write(edition, glossary, coverage).into());
    }
}

/// Writes how the edition stands on paper.
fn sheet(sheet: &Sheet, page: Page) -> String {
    let paper = match sheet.paper {
        Paper::A4 => "a4",
        Paper::Letter => "us-letter",
    };
    let size = sheet.font_size.map_or_else(|| "none".to_owned(), |size| format!("{size}pt"));
    let values = [
        format!("\"{paper}\""),
        (page == Page::Half).to_string(),
        size,
        sheet.duplex.to_string(),
        format!("{}mm", sheet.gutter),
        (sheet.ink == Ink::Light).to_string(),
    ];
    let fields = ASKED.iter().zip(values).map(|((name, ..), value)| format!("{name}: {value}"));
    format!("#let asked = ({})\n", fields.collect::<Vec<_>>().join(", "))
}

/// Writes a page of the editor's own.
fn matter_file(edition: &Edition, path: &str, matter: &Matter, coverage: &Coverage) -> String {
    let label = path.trim_matches(['/']).trim_end_matches(".typ");
    let mut emitter =
        emitting(edition, coverage, Voice::Source).with_footnotes(&matter.tree.footnotes, BTreeMap::new(), label);
    emitter.out.push_str(IMPORT);
    emitter.out.push_str("#let title = ");
    match &matter.title {
        Some(title) => {
            emitter.out.push('[');
            emitter.passage(title);
            emitter.out.push(']');
        }
        None => emitter.out.push_str("none"),
    }
    emitter.out.push_str("\n#let body = [\n");
    emitter.blocks(&matter.tree.blocks);
    emitter.unmarked_footnotes();
    emitter.out.push_str("]\n");
    emitter.out
}

/// Writes the names of parts and columns, by themselves: the vocabulary of texts needs some of them.
fn words(edition: &Edition, coverage: &Coverage) -> String {
    let mut value = serde_json::to_value(&edition.words).expect("a table of words is plain data");
    fit(&mut value, &emitting(edition, coverage, Voice::Edition));
    let mut code = String::from("#let words = ");
    literal::value(&value, &mut code);
    code.push('\n');
    code
}

/// Writes the names of the families at hand, from which the layout chooses faces by language.
fn families(coverage: &Coverage) -> String {
    let names: Vec<Value> = coverage.families().iter().map(|name| json!(name)).collect();
    let mut code = String::from("#let families = ");
    literal::value(&Value::Array(names), &mut code);
    code.push('\n');
    code
}

/// The fields that are not printed: names of files and labels, and what Typst is told of the text.
const UNPRINTED: [&str; 7] = ["id", "path", "logo", "lang", "language", "dir", "paper"];

/// Makes every string of a value that is printed what is set for it.
fn fit(value: &mut Value, emitter: &Emitter<'_>) {
    match value {
        Value::String(text) => *text = emitter.shown(text),
        Value::Array(items) => items.iter_mut().for_each(|item| fit(item, emitter)),
        Value::Object(fields) => {
            let printed = fields.iter_mut().filter(|(name, _)| !UNPRINTED.contains(&name.as_str()));
            printed.for_each(|(_, field)| fit(field, emitter));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Inline, Leaf};

    #[test]
    fn headings_of_one_level_stay_of_one_level_and_none_is_skipped() {
        let coverage = Coverage::of(&typst::text::FontBook::new());
        let mut emitter = Emitter::new(&coverage, Voice::Source);
        let heading =
            |level| Block::Heading { level, content: vec![Inline::Text(Leaf { text: " ".to_owned(), span: 0..1 })] };
        emitter.blocks(&[2, 2, 4, 3, 4, 1].map(heading));
        let levels: Vec<&str> = emitter.out.split("#subhead(").skip(1).filter_map(|rest| rest.get(..1)).collect();
        assert_eq!(levels, ["1", "1", "2", "2", "3", "1"]);
    }
}
