//! The edition: every word that is printed, before it is known on which page.
//!
//! What enters: an annotated collection, the editor's settings, a layout. What leaves: an [`Edition`], whose documents
//! are numbered and carry their heads, with the timeline and the matter before and after them. Locators need pages and
//! are therefore made in [`glossary`] once the pages are set; nothing here knows about Typst.

pub mod facts;
pub mod fields;
pub mod glossary;
pub mod headnote;
pub mod history;
pub mod timeline;
pub mod voice;
pub mod volume;
pub mod words;

use crate::annotation::{Annotated, Position};
use crate::collection::Document;
use crate::diagnostic::Diagnostic;
use crate::document::clutter::Omission;
use crate::document::{Block, Inline, Tree, markdown, passage};
use crate::layout::Layout;
use crate::lock::Roll;
use crate::lock::changes::Changes;
use crate::organization::Class;
use crate::settings::{Settings, Sheet};
use crate::text::letters;
use chrono::NaiveDate;
use facts::{BookFacts, Cited, ColophonFacts, DocumentFacts, Quotation};
use history::History;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use timeline::Timeline;
use voice::Voice;
use volume::Volume;
use words::Words;

/// How long a running head's title may be, in characters.
const SHORT_TITLE: usize = 48;

/// The template of citations.
const CITATION: &str = "citation.md";

/// Everything that an edition prints.
pub struct Edition {
    /// The annotated documents, in printed order.
    pub annotated: Annotated,
    /// What each document prints besides its text, in the same order.
    pub items: Vec<Item>,
    /// The title page and the facts that hold for the whole book.
    pub book: BookFacts,
    /// The names of parts and columns, from the layout's `words.toml`.
    pub words: toml::Table,
    /// The lines at the foot of the cover.
    pub summary: Vec<String>,
    /// "How to read this": the rules in force.
    pub rules: Vec<Block>,
    /// The colophon.
    pub colophon: Vec<Block>,
    /// How the edition is cited.
    pub citation: String,
    /// How it stands on paper.
    pub sheet: Sheet,
    /// Whether a page of summaries leads.
    pub summary_page: bool,
    /// The editor's own pages before the documents.
    pub preface: Option<Matter>,
    /// The editor's own pages after them.
    pub afterword: Option<Matter>,
    /// The timeline; none where fewer than two documents are dated.
    pub timeline: Option<Timeline>,
    /// What has become of documents since earlier editions.
    pub history: History,
    /// The layout's templates.
    pub voice: Arc<Voice>,
    /// Which volume it is; none where the edition is one book, and for the edition as a whole.
    pub volume: Option<Volume>,
}

/// Pages of the editor's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Matter {
    /// The heading, where the text opens with one.
    pub title: Option<Vec<Inline>>,
    /// The text below it.
    pub tree: Tree,
}

impl Matter {
    /// Reads a page of the editor's, in Markdown; a heading of the first level that opens it is its title.
    pub fn read(text: &str) -> Self {
        let mut tree = markdown::parse(text, 0..text.len());
        let title = match tree.blocks.first() {
            Some(Block::Heading { level: 1, .. }) => match tree.blocks.remove(0) {
                Block::Heading { content, .. } => Some(content),
                _ => None,
            },
            _ => None,
        };
        Self { title, tree }
    }
}

/// What is printed of a document besides its text.
#[derive(Debug, Clone)]
pub struct Item {
    /// The facts that templates and contents speak of.
    pub facts: DocumentFacts,
    /// The title as running heads have it.
    pub short_title: String,
    /// The line above the title.
    pub kicker: Vec<Block>,
    /// Issuer and kind, as the contents have them.
    pub byline: String,
    /// The place and the date.
    pub dateline: Vec<Block>,
    /// What a reader who opens the book here needs.
    pub context: Vec<Block>,
    /// Where the text comes from and how it was dated.
    pub source_note: Vec<Block>,
    /// When the document was captured, in words; its links were seen on that day.
    pub captured: Option<String>,
    /// How it is cited.
    pub citation: String,
    /// The mentions in the text, sorted by passage and place.
    pub mentions: Vec<Named>,
    /// The passages that a bar marks, since their words have changed.
    pub changed: BTreeSet<usize>,
}

/// A mention of an organization in a document's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The entry, as an index into the register.
    pub entry: usize,
    /// The passage of the document.
    pub passage: usize,
    /// The bytes of the passage.
    pub range: Range<usize>,
    /// Whether it is the first mention of this entry in the document, which is linked.
    pub is_first: bool,
}

/// What is decided for one edition beyond the collection's settings.
#[derive(Debug, Clone, Default)]
pub struct Imprint {
    /// The label of the edition.
    pub label: Option<String>,
    /// Its date.
    pub date: Option<NaiveDate>,
    /// The ids and numbers of its documents; without one they are counted from 1.
    pub roll: Roll,
    /// What has changed since the edition before, where that is printed.
    pub changes: Option<Changes>,
    /// The name of the collection's folder, which is the title where the editor gives none.
    pub folder: String,
    /// The text of the editor's preface.
    pub preface: Option<Arc<str>>,
    /// The text of the editor's afterword.
    pub afterword: Option<Arc<str>>,
}

/// Makes an edition of an annotated collection.
pub fn edit(
    annotated: Annotated,
    settings: &Settings,
    imprint: &Imprint,
    layout: &Layout,
) -> Result<Edition, Diagnostic> {
    let words = Words::read(layout)?;
    let voice = Voice::new(layout, &words)?;
    let facts: Vec<DocumentFacts> = annotated
        .collection
        .documents
        .iter()
        .zip(facts::issuers(&annotated))
        .enumerate()
        .map(|(index, (document, issuer))| DocumentFacts::of(document, index, &imprint.roll, issuer).in_words(&words))
        .zip(facts::dividers(&annotated.collection.documents, settings.dividers))
        .map(|(facts, divider)| DocumentFacts { divider, ..facts })
        .collect();
    let book = BookFacts::of(&annotated, &facts, settings, imprint, layout).in_words(&words);
    let contexts = headnote::contexts(&annotated, &facts, &words);
    let named = mentions(&annotated);
    let history = history::tell(&annotated, &facts, imprint, &voice, &words)?;
    let items: Vec<Result<Item, Diagnostic>> = annotated
        .collection
        .documents
        .par_iter()
        .zip(facts)
        .zip(contexts)
        .zip(named)
        .map(|(((document, facts), context), mentions)| {
            item(document, facts, &context, mentions, &book, &voice, &words)
        })
        .collect();
    // Of several errors the first in order is told, whichever was met first.
    let mut items: Vec<Item> = items.into_iter().collect::<Result<_, _>>()?;
    if settings.change_bars {
        history::mark(&mut items, &annotated, imprint);
    }
    let cited = Cited { book: &book, document: None };
    let last = items.last().map(|item| &item.facts);
    let colophon = ColophonFacts { facts: &book, cited: cited.clone(), example: last };
    Ok(Edition {
        citation: voice.lines(CITATION, &cited)?.join(" "),
        colophon: voice.say("colophon.md", &colophon)?,
        summary: voice.lines("cover.md", &book)?,
        sheet: settings.sheet,
        summary_page: settings.summary_page && items.iter().any(|item| item.facts.summary.is_some()),
        preface: imprint.preface.as_deref().map(Matter::read),
        afterword: imprint.afterword.as_deref().map(Matter::read),
        rules: voice.say("how-to-read.md", &book)?,
        timeline: timeline::draw(
            &annotated.collection,
            &items.iter().map(|item| item.facts.clone()).collect::<Vec<_>>(),
        ),
        history,
        annotated,
        items,
        book,
        words: words.table,
        voice: Arc::new(voice),
        volume: None,
    })
}

fn item(
    document: &Document,
    facts: DocumentFacts,
    context: &headnote::Context,
    mentions: Vec<Named>,
    book: &BookFacts,
    voice: &Voice,
    words: &Words,
) -> Result<Item, Diagnostic> {
    let one = facts::About { book, document: &facts };
    let (kicker, dateline) = (voice.say("kicker.md", &one)?, voice.say("dateline.md", &one)?);
    let mut source = facts::SourceFacts::of(document).in_words(words);
    let mut source_note = voice.say("source-note.md", facts::Speaking { about: &one, rest: &source })?;
    let said = [letters(&facts.title), said(&kicker), said(&dateline), said(&source_note)];
    let is_unsaid = |moved: &&Omission| !said.iter().any(|said| said.contains(&letters(&moved.text)));
    source.lines = document.description.moved.iter().filter(is_unsaid).map(Quotation::of_line).collect();
    if !source.lines.is_empty() {
        source_note = voice.say("source-note.md", facts::Speaking { about: &one, rest: &source })?;
    }
    Ok(Item {
        captured: source.captured,
        short_title: shortened(&facts.title, SHORT_TITLE),
        kicker,
        byline: voice.lines("byline.md", &one)?.join(" "),
        dateline,
        context: voice.say("headnote.md", facts::Speaking { about: &one, rest: context })?,
        source_note,
        citation: voice.lines(CITATION, Cited { book, document: Some(&facts) })?.join(" "),
        mentions,
        changed: BTreeSet::new(),
        facts,
    })
}

/// The letters of what a template says.
fn said(blocks: &[Block]) -> String {
    let tree = Tree { blocks: blocks.to_vec(), ..Tree::default() };
    passage::passages(&tree).runs.iter().map(|run| letters(&run.text)).collect()
}

/// Sorts the mentions of organizations by the document whose text holds them.
fn mentions(annotated: &Annotated) -> Vec<Vec<Named>> {
    let mut named: Vec<Vec<Named>> = vec![Vec::new(); annotated.collection.documents.len()];
    for (index, entry) in annotated.register.entries.iter().enumerate() {
        if entry.class != Class::Organization {
            continue;
        }
        for mention in &entry.mentions {
            if let Position::Text(passage) = annotated.position(mention) {
                named[mention.document].push(Named {
                    entry: index,
                    passage,
                    range: mention.range.clone(),
                    is_first: false,
                });
            }
        }
    }
    for mentions in &mut named {
        mentions.sort_by_key(|mention| (mention.passage, mention.range.start));
        let mut met = BTreeSet::new();
        for mention in mentions {
            mention.is_first = met.insert(mention.entry);
        }
    }
    named
}

/// Cuts a title at a word's end so that it fits a running head.
fn shortened(title: &str, longest: usize) -> String {
    if title.chars().count() <= longest {
        return title.to_owned();
    }
    let mut short = String::new();
    for word in title.split(' ') {
        if short.chars().count() + word.chars().count() >= longest {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    if short.is_empty() {
        short = title.chars().take(longest - 1).collect();
    }
    let trimmed = short.trim_end_matches(|character: char| !character.is_alphanumeric()).to_owned();
    format!("{trimmed} …")
}
