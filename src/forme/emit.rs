//! Text as Typst code.
//!
//! What enters: blocks and inlines. What leaves: a generated Typst source in which every character of the text stands
//! inside a string literal, and a list of [`Mark`]s that leads from each literal back to the source. The functions that
//! the code calls are those of the layout's `text.typ`.

mod link;
mod picture;
pub(super) mod run;
mod table;

use super::glyphs::{self, Coverage, Missing};
use super::literal;
use super::punctuation::{self, Refinement};
use super::words::{hexadecimal, is_web};
use crate::document::passage::text;
use crate::document::{Block, Inline};
use crate::language;
use crate::picture::Pictures;
use crate::text::Span;
use picture::Standing;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Where a literal of the generated source comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The literal's range in the generated source, quotes included.
    pub generated: Range<usize>,
    /// Its place in the document's source.
    pub source: Span,
    /// The mention that it belongs to, as an index into the document's mentions.
    pub mention: Option<usize>,
    /// The passage that it stands in; what no passage holds counts with the next one.
    pub passage: usize,
    /// The first passage of the footnote that it stands in.
    pub note: Option<usize>,
    /// How it shows its source.
    pub form: Form,
}

/// How a literal shows its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// By the same characters, but for blanks and what markup means.
    Characters,
    /// By the name of one character that no font has.
    Name,
}

/// A mention of an organization in a passage, as the emitter needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The bytes of the passage that name the organization.
    pub range: Range<usize>,
    /// The index of the mention in the document.
    pub mention: usize,
    /// The label of the glossary entry to link to; `None` where the mention carries no link.
    pub link: Option<String>,
}

/// Whose words are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// A source's: its links lead to the web only.
    Source,
    /// The layout's templates: links may lead to documents (`doc:`) and organizations (`org:`).
    Edition,
}

/// Writes one generated source.
pub struct Emitter<'a> {
    /// The code so far.
    pub out: String,
    /// The literals so far, in order.
    pub marks: Vec<Mark>,
    /// The characters met that no font has.
    pub missing: Missing,
    pub(super) coverage: &'a Coverage,
    voice: Voice,
    /// The language around what is set next.
    pub(super) language: String,
    /// The language that words of another script are likely in.
    pub(super) beside: String,
    /// The language for whose letters the layout has set the size; none for the edition's own words.
    pub(super) within: Option<String>,
    tags: BTreeMap<usize, Vec<Tag>>,
    footnotes: &'a BTreeMap<String, Vec<Block>>,
    footnote_passages: BTreeMap<String, usize>,
    /// The footnotes that are set, and their numbers.
    footnotes_set: BTreeMap<String, usize>,
    /// The number of the last note.
    notes: usize,
    /// The footnotes that are set behind the text, where no mark can lead to them.
    footnotes_unmarked: BTreeSet<String>,
    urls_noted: BTreeSet<String>,
    /// The day on which the text and its links were captured.
    captured: Option<&'a str>,
    /// The passages that a bar in the margin marks.
    bars: BTreeSet<usize>,
    /// Whether every passage is in the language around it, whatever it quotes.
    is_one_language: bool,
    passage: usize,
    note: Option<usize>,
    cursor: usize,
    /// Whether typewritten marks are set as the language has them.
    refines: bool,
    /// What the passage at hand is set with instead of typewritten marks.
    pub(super) refinements: Vec<Refinement>,
    /// Where the leaf at hand begins in its passage.
    pub(super) leaf_start: usize,
    label: String,
    /// The levels of the headings that the text at hand stands under.
    levels: Vec<u8>,
    /// The pictures, and the path of the document that refers to them.
    pictures: Option<(&'a Pictures, &'a str)>,
    standing: Standing,
    /// Where the picture at hand leads, where a link is around it.
    leads_to: Option<String>,
}

impl<'a> Emitter<'a> {
    /// Starts a source in the given voice.
    pub fn new(coverage: &'a Coverage, voice: Voice) -> Self {
        static NONE: BTreeMap<String, Vec<Block>> = BTreeMap::new();
        Self {
            out: String::new(),
            marks: Vec::new(),
            missing: Missing::default(),
            coverage,
            voice,
            language: "en".to_owned(),
            beside: "en".to_owned(),
            within: None,
            tags: BTreeMap::new(),
            footnotes: &NONE,
            footnote_passages: BTreeMap::new(),
            footnotes_set: BTreeMap::new(),
            notes: 0,
            footnotes_unmarked: BTreeSet::new(),
            urls_noted: BTreeSet::new(),
            captured: None,
            bars: BTreeSet::new(),
            is_one_language: false,
            passage: 0,
            note: None,
            cursor: 0,
            refines: false,
            refinements: Vec::new(),
            leaf_start: 0,
            label: String::new(),
            levels: Vec::new(),
            pictures: None,
            standing: Standing::InLine,
            leads_to: None,
        }
    }

    /// Gives the language of the text, and the one that words of another script are likely in.
    pub fn in_language(mut self, language: &str, beside: &str) -> Self {
        language.clone_into(&mut self.language);
        beside.clone_into(&mut self.beside);
        self.within = (self.voice == Voice::Source).then(|| language.to_owned());
        self
    }

    /// Says whether typewritten quotation marks, apostrophes and dashes are set as the language has them.
    pub fn refining(mut self, refines: bool) -> Self {
        self.refines = refines;
        self
    }

    /// Gives the words that are set for a text that no source has a place for, as one string.
    pub fn shown(&self, text: &str) -> String {
        let refined = if self.refines { punctuation::refined(text, &self.language) } else { Cow::Borrowed(text) };
        glyphs::fit(&refined, self.coverage)
    }

    /// Gives the mentions of each passage, sorted by their place in it.
    pub fn with_tags(mut self, tags: BTreeMap<usize, Vec<Tag>>) -> Self {
        self.tags = tags;
        self
    }

    /// Says that every passage is in the language around it, whatever it quotes.
    pub fn in_one_language(mut self) -> Self {
        self.is_one_language = true;
        self
    }

    /// Gives the passages that a bar in the margin marks.
    pub fn with_bars(mut self, passages: &BTreeSet<usize>) -> Self {
        self.bars.clone_from(passages);
        self
    }

    /// Gives the pictures that the document of this path may refer to.
    pub fn with_pictures(mut self, pictures: &'a Pictures, document: &'a str) -> Self {
        self.pictures = Some((pictures, document));
        self
    }

    /// Gives the footnotes that marks refer to, the number of the first passage of each, and what sets the labels of
    /// one document apart from those of the others.
    pub fn with_footnotes(
        mut self,
        footnotes: &'a BTreeMap<String, Vec<Block>>,
        passages: BTreeMap<String, usize>,
        label: &str,
    ) -> Self {
        self.footnotes = footnotes;
        self.footnote_passages = passages;
        label.clone_into(&mut self.label);
        self
    }

    /// Says how many notes stand before the text.
    pub fn behind_notes(mut self, notes: usize) -> Self {
        self.notes = notes;
        self
    }

    /// Gives the day on which the text was captured, for the notes that hold its addresses.
    pub fn captured_on(mut self, day: Option<&'a str>) -> Self {
        self.captured = day;
        self
    }

    /// Sets blocks, one after another.
    pub fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
            self.out.push_str("\n\n");
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(content) => self.paragraph(content),
            Block::Heading { level, content } => {
                // No level is skipped on the way down (PDF/UA-1, ISO 14289-1, 7.4.2).
                self.levels.retain(|above| above < level);
                self.levels.push(*level);
                self.out.push_str(&format!("#subhead({})[", self.levels.len()));
                self.passage(content);
                self.out.push_str("];");
            }
            Block::Question { label, content } => {
                self.out.push_str("#question(label: ");
                match label {
                    Some(label) => self.boxed(label),
                    None => self.out.push_str("none"),
                }
                self.out.push_str(")[");
                self.passage(content);
                self.out.push_str("];");
            }
            Block::List { start, tight, items } => {
                match start {
                    Some(start) => self.out.push_str(&format!("#numbers(start: {start}, tight: {tight}")),
                    None => self.out.push_str(&format!("#bullets(tight: {tight}")),
                }
                for item in items {
                    self.out.push_str(", [");
                    self.blocks(item);
                    self.out.push(']');
                }
                self.out.push_str(");");
            }
            Block::Quote { label, blocks } => {
                self.out.push_str("#quotation(label: ");
                match label {
                    Some(label) => literal::string(label, &mut self.out),
                    None => self.out.push_str("none"),
                }
                self.out.push_str(")[");
                self.blocks(blocks);
                self.out.push_str("];");
            }
            Block::Code { leaf, .. } => {
                self.out.push_str("#listing(");
                self.rows(leaf);
                self.out.push_str(");");
            }
            Block::Lines(lines) => {
                // Lines are one paragraph, so that a bar stands beside all of them.
                let passages = self.passage..self.passage + lines.len();
                let is_marked = self.bars.range(passages.clone()).next().is_some();
                self.bars.retain(|passage| !passages.contains(passage));
                self.barred(is_marked, |emitter| {
                    emitter.out.push_str("#lines(");
                    for line in lines {
                        emitter.out.push('[');
                        emitter.passage(line);
                        emitter.out.push_str("], ");
                    }
                    emitter.out.push_str(");");
                });
            }
            Block::Table { alignments, head, rows } => self.table(alignments, head, rows),
            Block::Definitions(definitions) => self.definitions(definitions),
            Block::Rule => self.out.push_str("#thought-break();"),
        }
    }

    /// Sets one run of inlines and moves on to the next passage.
    pub fn passage(&mut self, content: &[Inline]) {
        self.cursor = 0;
        let text = text(content);
        let tongue =
            if self.is_one_language { None } else { language::of_passage(&text, &self.language, &self.beside) };
        let refinements = if self.refines {
            punctuation::refinements(&text, tongue.as_deref().unwrap_or(&self.language))
        } else {
            Vec::new()
        };
        let around = std::mem::replace(&mut self.refinements, refinements);
        self.barred(self.bars.contains(&self.passage), |emitter| match tongue {
            Some(found) => emitter.in_tongue(&found, |emitter| emitter.inlines(content)),
            None => emitter.inlines(content),
        });
        self.refinements = around;
        self.passage += 1;
    }

    /// Sets something, with a bar beside it where it is marked.
    fn barred(&mut self, is_marked: bool, set: impl FnOnce(&mut Self)) {
        if is_marked {
            self.out.push_str("#changed[");
        }
        set(self);
        if is_marked {
            self.out.push_str("];");
        }
    }

    fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(leaf) => self.leaf(leaf),
            Inline::Code(leaf) => {
                self.out.push_str("#code(");
                self.boxed(leaf);
                self.out.push_str(");");
                self.cursor += leaf.text.len();
            }
            Inline::Math { leaf, display } => {
                self.out.push_str("#formula(");
                self.boxed(leaf);
                self.out.push_str(&format!(", display: {display});"));
                self.cursor += leaf.text.len();
            }
            Inline::SoftBreak => {
                self.out.push('\n');
                self.cursor += 1;
            }
            Inline::HardBreak => {
                self.out.push_str("#linebreak();");
                self.cursor += 1;
            }
            Inline::Emphasis(content) => self.wrapped("italic", content),
            Inline::Strong(content) => self.wrapped("bold", content),
            Inline::Strikethrough(content) => self.wrapped("struck", content),
            Inline::Superscript(content) => self.wrapped("raised", content),
            Inline::Subscript(content) => self.wrapped("lowered", content),
            Inline::Link { url, content } => self.link(url, content),
            Inline::Image { url, alternative, caption, .. } => self.picture(url, alternative, caption.as_ref()),
            Inline::FootnoteMark { label, .. } => self.footnote(label),
            Inline::Checkbox(checked) => self.out.push_str(&format!("#checkbox({checked});")),
        }
    }

    fn wrapped(&mut self, function: &str, content: &[Inline]) {
        self.marked(function, |emitter| emitter.inlines(content));
    }

    /// Sets something in a function.
    fn marked(&mut self, function: &str, set: impl FnOnce(&mut Self)) {
        self.out.push_str(&format!("#{function}["));
        set(self);
        self.out.push_str("];");
    }

    fn footnote(&mut self, label: &str) {
        let anchor = format!("{}-note-{}", self.label, hexadecimal(label));
        let footnotes = self.footnotes;
        let Some(blocks) = footnotes.get(label).filter(|_| !self.footnotes_unmarked.contains(label)) else { return };
        if let Some(number) = self.footnotes_set.get(label) {
            self.out.push_str("#note-again(");
            literal::string(&anchor, &mut self.out);
            self.out.push_str(&format!(", {number});"));
            return;
        }
        self.notes += 1;
        self.footnotes_set.insert(label.to_owned(), self.notes);
        let (passage, note, cursor) = (self.passage, self.note, self.cursor);
        self.begin_note(label);
        self.out.push_str("#note(");
        literal::string(&anchor, &mut self.out);
        self.out.push_str(&format!(", {})[", self.notes));
        // A note stands at the foot of the page, outside of the text whose language it shares.
        let (language, within) = (self.language.clone(), self.within.take());
        self.in_tongue(&language, |emitter| emitter.blocks(blocks));
        self.out.push_str("];");
        (self.passage, self.note, self.cursor, self.within) = (passage, note, cursor, within);
    }

    /// Sets the footnotes that no mark refers to, so that none is lost.
    pub fn unmarked_footnotes(&mut self) {
        let footnotes = self.footnotes;
        for (label, blocks) in footnotes {
            if !self.footnotes_set.contains_key(label) {
                // One that only refers to itself has no number to refer to.
                self.footnotes_unmarked.insert(label.to_owned());
                self.begin_note(label);
                self.blocks(blocks);
            }
        }
        self.note = None;
    }

    /// Counts passages from the first of a footnote on.
    fn begin_note(&mut self, label: &str) {
        self.passage = self.footnote_passages.get(label).copied().unwrap_or(usize::MAX / 2);
        self.note = Some(self.passage);
    }
}
