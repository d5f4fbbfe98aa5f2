//! Text as Typst code.
//!
//! What enters: blocks and inlines. What leaves: a generated Typst source in which every character of the text stands
//! inside a string literal, and a list of [`Mark`]s that leads from each literal back to the source. The functions that
//! the code calls are those of the layout's `text.typ`.

mod picture;
mod table;

use super::glyphs::{self, Coverage, Fitting, Missing};
use super::literal;
use super::words::{hexadecimal, is_web, single_spaced};
use crate::document::passage::text;
use crate::document::{Block, Inline, Leaf};
use crate::language;
use crate::picture::Pictures;
use crate::text::Span;
use picture::Standing;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The longest literal, in bytes: Typst counts offsets within one in 16 bits.
const LONGEST_LITERAL: usize = 32 * 1024;

/// Where a literal of the generated source comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The literal's range in the generated source, quotes included.
    pub generated: Range<usize>,
    /// Its place in the document's source.
    pub source: Span,
    /// The mention that it belongs to, as an index into the document's mentions.
    pub mention: Option<usize>,
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
    footnotes_set: BTreeSet<String>,
    footnotes_unmarked: BTreeSet<String>,
    urls_noted: BTreeSet<String>,
    /// The passages that a bar in the margin marks.
    bars: BTreeSet<usize>,
    /// Whether every passage is in the language around it, whatever it quotes.
    is_one_language: bool,
    passage: usize,
    cursor: usize,
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
            footnotes_set: BTreeSet::new(),
            footnotes_unmarked: BTreeSet::new(),
            urls_noted: BTreeSet::new(),
            bars: BTreeSet::new(),
            is_one_language: false,
            passage: 0,
            cursor: 0,
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
                    Some(label) => literal::string(&glyphs::fit(&label.text, self.coverage), &mut self.out),
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
            Block::Code { leaf, language } => {
                self.out.push_str("#listing(");
                self.string(&leaf.text, &leaf.span, None);
                self.out.push_str(", language: ");
                match language {
                    Some(language) => literal::string(language, &mut self.out),
                    None => self.out.push_str("none"),
                }
                self.out.push_str(");");
            }
            Block::Lines(lines) => {
                // Lines are one paragraph, so that a bar stands beside all of them.
                let passages = self.passage..self.passage + lines.len();
                let is_marked = self.bars.range(passages.clone()).next().is_some();
                self.bars.retain(|passage| !passages.contains(passage));
                self.marked(is_marked, |emitter| {
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
        let found = if self.is_one_language {
            None
        } else {
            language::of_passage(&text(content), &self.language, &self.beside)
        };
        self.marked(self.bars.contains(&self.passage), |emitter| match found {
            Some(found) => emitter.in_tongue(&found, |emitter| emitter.inlines(content)),
            None => emitter.inlines(content),
        });
        self.passage += 1;
    }

    /// Sets something, with a bar beside it where it is marked.
    fn marked(&mut self, is_marked: bool, set: impl FnOnce(&mut Self)) {
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
                self.string(&leaf.text, &leaf.span, None);
                self.out.push_str(");");
                self.cursor += leaf.text.len();
            }
            Inline::Math { leaf, display } => {
                self.out.push_str("#formula(");
                self.string(&leaf.text, &leaf.span, None);
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
        self.out.push_str(&format!("#{function}["));
        self.inlines(content);
        self.out.push_str("];");
    }

    fn link(&mut self, url: &str, content: &[Inline]) {
        let before = self.out.len();
        match (self.voice, url.split_once(':')) {
            (Voice::Edition, Some(("org", key))) => {
                self.out.push_str("#mention(");
                literal::string(key, &mut self.out);
            }
            (Voice::Edition, Some(("doc", id))) => {
                self.out.push_str("#document-link(");
                literal::string(id, &mut self.out);
            }
            _ if is_web(url) && self.standing == Standing::Alone => {
                self.leads_to = self.urls_noted.insert(url.to_owned()).then(|| url.to_owned());
            }
            _ if is_web(url) => {
                let words = text(content);
                let shown =
                    words.contains(url.trim_end_matches('/')) || url.contains(words.trim()) && words.contains('.');
                let noted = !shown && self.urls_noted.insert(url.to_owned());
                self.out.push_str("#web(");
                literal::string(url, &mut self.out);
                self.out.push_str(&format!(", noted: {noted}"));
            }
            _ => {}
        }
        let opened = self.out.len() > before;
        if opened {
            self.out.push_str(")[");
        }
        self.inlines(content);
        if opened {
            self.out.push_str("];");
        }
    }

    fn footnote(&mut self, label: &str) {
        let anchor = format!("{}-note-{}", self.label, hexadecimal(label));
        let footnotes = self.footnotes;
        let Some(blocks) = footnotes.get(label).filter(|_| !self.footnotes_unmarked.contains(label)) else { return };
        if !self.footnotes_set.insert(label.to_owned()) {
            self.out.push_str("#note-again(");
            literal::string(&anchor, &mut self.out);
            self.out.push_str(");");
            return;
        }
        let (passage, cursor) = (self.passage, self.cursor);
        self.passage = self.footnote_passages.get(label).copied().unwrap_or(usize::MAX / 2);
        self.out.push_str("#note(");
        literal::string(&anchor, &mut self.out);
        self.out.push_str(")[");
        // A note stands at the foot of the page, outside of the text whose language it shares.
        let (language, within) = (self.language.clone(), self.within.take());
        self.in_tongue(&language, |emitter| emitter.blocks(blocks));
        self.out.push_str("];");
        (self.passage, self.cursor, self.within) = (passage, cursor, within);
    }

    /// Sets the footnotes that no mark refers to, so that none is lost.
    pub fn unmarked_footnotes(&mut self) {
        let footnotes = self.footnotes;
        for (label, blocks) in footnotes {
            if self.footnotes_set.insert(label.to_owned()) {
                // One that only refers to itself has no number to refer to.
                self.footnotes_unmarked.insert(label.to_owned());
                self.passage = self.footnote_passages.get(label).copied().unwrap_or(usize::MAX / 2);
                self.blocks(blocks);
            }
        }
    }

    /// Sets a leaf, cut where mentions begin and end.
    fn leaf(&mut self, leaf: &Leaf) {
        let start = self.cursor;
        let end = start + leaf.text.len();
        self.cursor = end;
        let mut at = start;
        let tags: Vec<Tag> = match self.tags.get(&self.passage) {
            Some(tags) => {
                let first = tags.partition_point(|tag| tag.range.end <= start);
                tags[first..].iter().take_while(|tag| tag.range.start < end).cloned().collect()
            }
            None => Vec::new(),
        };
        for tag in tags {
            let from = tag.range.start.clamp(at, end);
            let to = tag.range.end.clamp(from, end);
            self.piece(leaf, at - start..from - start, None);
            if let Some(key) = &tag.link {
                self.out.push_str("#mention(");
                literal::string(key, &mut self.out);
                self.out.push_str(")[");
            }
            self.piece(leaf, from - start..to - start, Some(tag.mention));
            if tag.link.is_some() {
                self.out.push_str("];");
            }
            at = to;
        }
        self.piece(leaf, at - start..end - start, None);
    }

    /// Sets a part of a leaf, with stand-ins for the characters that no font has.
    pub(super) fn stretch(&mut self, leaf: &Leaf, part: Range<usize>, mention: Option<usize>) {
        let text = &leaf.text[part.clone()];
        let source = |range: Range<usize>| source_of(leaf, part.start + range.start..part.start + range.end);
        let mut from = 0;
        let mut fitting = Fitting::new(self.coverage);
        for (at, character) in text.char_indices() {
            let missing = !fitting.takes(character);
            if missing || at - from >= LONGEST_LITERAL {
                self.run(&text[from..at], source(from..at), mention);
                from = at;
            }
            if missing {
                self.missing.note(character, source(at..at + character.len_utf8()).start);
                self.out.push_str("#substitute(");
                literal::string(&glyphs::name(character), &mut self.out);
                self.out.push_str(");");
                from = at + character.len_utf8();
            }
        }
        self.run(&text[from..], source(from..text.len()), mention);
    }

    /// Sets characters as one literal; runs of spaces become one.
    fn run(&mut self, text: &str, source: Span, mention: Option<usize>) {
        if text.is_empty() {
            return;
        }
        if text.chars().all(char::is_whitespace) {
            self.out.push(' ');
            return;
        }
        self.out.push('#');
        self.string(&single_spaced(text), &source, mention);
        self.out.push(';');
    }

    /// Appends a part of a leaf as a literal whose characters are known to have glyphs.
    pub(super) fn literal(&mut self, leaf: &Leaf, part: Range<usize>, mention: Option<usize>) {
        self.out.push('#');
        let start = self.out.len();
        literal::string(&leaf.text[part.clone()], &mut self.out);
        self.marks.push(Mark { generated: start..self.out.len(), source: source_of(leaf, part), mention });
        self.out.push(';');
    }

    /// Appends a marked literal.
    fn string(&mut self, text: &str, source: &Span, mention: Option<usize>) {
        let start = self.out.len();
        let mut fitting = Fitting::new(self.coverage);
        let missing: Vec<char> = text.chars().filter(|character| !fitting.takes(*character)).collect();
        if missing.is_empty() {
            literal::string(text, &mut self.out);
        } else {
            missing.into_iter().for_each(|character| self.missing.note(character, source.start));
            literal::string(&glyphs::fit(text, self.coverage), &mut self.out);
        }
        self.marks.push(Mark { generated: start..self.out.len(), source: source.clone(), mention });
    }
}

/// The place in the source of a part of a leaf; of the whole leaf, where its text is not as the source has it.
fn source_of(leaf: &Leaf, part: Range<usize>) -> Span {
    if leaf.text.len() == leaf.span.len() {
        leaf.span.start + part.start..leaf.span.start + part.end
    } else {
        leaf.span.clone()
    }
}
