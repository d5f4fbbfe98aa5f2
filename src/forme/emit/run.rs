//! Runs of characters as literals.
//!
//! What enters: leaves. What leaves: marked literals, cut where mentions begin and end, where a character has no font and
//! where a literal would be too long for Typst's offsets.

use super::{Emitter, Form, Mark, Tag};
use crate::document::Leaf;
use crate::forme::glyphs::{self, Fitting};
use crate::forme::literal;
use crate::forme::punctuation::applied;
use crate::forme::words::single_spaced;
use crate::language::primary;
use crate::text::Span;
use hypher::{Lang, hyphenate};
use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// The longest literal, in bytes: Typst counts offsets within one in 16 bits.
const LONGEST_LITERAL: usize = 32 * 1024;

/// The longest word that a line is sure to hold, in characters; a longer one may break anywhere.
const LONGEST_WORD: usize = 48;

/// The longest word that a line of the largest letters is sure to hold, in characters; a longer one is hyphenated even
/// where other words are not.
const LONGEST_WHOLE: usize = 32;

/// The longest piece between two hyphens, in characters, of a word that is left to hyphenation.
const LONGEST_PIECE: usize = 16;

/// How many characters of a longer word stand between two places where it may break.
const BETWEEN_BREAKS: usize = 8;

/// How a long word is parted where no line can hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parting {
    /// By the hyphenation of its language.
    Hyphens,
    /// Anywhere, without hyphens.
    Seams,
}

/// What becomes of the blanks of a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::forme) enum Blanks {
    /// Several in a row are one.
    Folded,
    /// They stay, and a tab is as wide as four.
    Kept,
}

impl Emitter<'_> {
    /// Sets a leaf, cut where mentions begin and end.
    pub(super) fn leaf(&mut self, leaf: &Leaf) {
        let start = self.cursor;
        let end = start + leaf.text.len();
        self.cursor = end;
        self.leaf_start = start;
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
    pub(in crate::forme) fn stretch(
        &mut self,
        leaf: &Leaf,
        part: Range<usize>,
        mention: Option<usize>,
        blanks: Blanks,
    ) {
        let Some(text) = leaf.text.get(part.clone()) else { return };
        let source = |range: Range<usize>| source_of(leaf, part.start + range.start..part.start + range.end);
        let leaf_start = self.leaf_start;
        let place = |at: usize| leaf_start + part.start + at;
        let mut from = 0;
        let mut unbroken = 0;
        let mut fitting = Fitting::new(self.coverage);
        let mut long = long_words(text, &self.language, blanks).into_iter().peekable();
        for (at, character) in text.char_indices() {
            if long.next_if(|(word, _)| word.end == at).is_some_and(|(_, parting)| parting == Parting::Hyphens) {
                self.run(&text[from..at], place(from), source(from..at), mention, blanks);
                self.out.push_str("];");
                from = at;
            }
            let word = long.peek().filter(|(word, _)| word.start <= at);
            if word.is_some_and(|(word, parting)| word.start == at && *parting == Parting::Hyphens) {
                self.run(&text[from..at], place(from), source(from..at), mention, blanks);
                self.out.push_str("#hyphenated[");
                from = at;
            }
            let is_seamed = word.is_some_and(|(_, parting)| *parting == Parting::Seams);
            let missing = !fitting.takes(character);
            unbroken = if is_breakable(character) { 0 } else { unbroken + 1 };
            let breaks = unbroken > BETWEEN_BREAKS && !is_combining_mark(character) && is_seamed;
            if missing || breaks || at - from >= LONGEST_LITERAL {
                self.run(&text[from..at], place(from), source(from..at), mention, blanks);
                from = at;
            }
            if breaks {
                let is_inside_word = text[..at].ends_with(char::is_alphanumeric) && character.is_alphanumeric();
                self.out.push_str(if is_inside_word { "#seam;" } else { "#seam-at-mark;" });
                unbroken = 1;
            }
            if missing {
                let place = source(at..at + character.len_utf8());
                self.missing.note(character, place.start);
                self.out.push_str("#substitute[#");
                self.literal(&glyphs::name(character), place, mention, Form::Name);
                self.out.push_str(";];");
                from = at + character.len_utf8();
            }
        }
        self.run(&text[from..], place(from), source(from..text.len()), mention, blanks);
        if long.next().is_some_and(|(_, parting)| parting == Parting::Hyphens) {
            self.out.push_str("];");
        }
    }

    /// Sets characters as one literal; they start at `place` in their passage.
    fn run(&mut self, text: &str, place: usize, source: Span, mention: Option<usize>, blanks: Blanks) {
        if text.is_empty() {
            return;
        }
        if blanks == Blanks::Folded && text.chars().all(char::is_whitespace) {
            self.out.push(' ');
            return;
        }
        self.out.push('#');
        let refinements = if blanks == Blanks::Folded { self.refinements.as_slice() } else { &[] };
        let refined = applied(text, place, refinements);
        let shown = match blanks {
            Blanks::Folded => single_spaced(&refined),
            Blanks::Kept if text.contains('\t') => Cow::Owned(text.replace('\t', "    ")),
            Blanks::Kept => Cow::Borrowed(text),
        };
        self.literal(&shown, source, mention, Form::Characters);
        self.out.push(';');
    }

    /// Appends a marked literal.
    pub(in crate::forme) fn literal(&mut self, text: &str, source: Span, mention: Option<usize>, form: Form) {
        let start = self.out.len();
        literal::string(text, &mut self.out);
        self.marks.push(Mark {
            generated: start..self.out.len(),
            source,
            mention,
            passage: self.passage,
            note: self.note,
            form,
        });
    }

    /// Sets a leaf as content by itself, in brackets; its blanks stay as they are.
    pub(super) fn boxed(&mut self, leaf: &Leaf) {
        self.out.push('[');
        self.stretch(leaf, 0..leaf.text.len(), None, Blanks::Kept);
        self.out.push(']');
    }

    /// Sets the lines of a leaf as content each, blanks kept and tabs widened.
    pub(super) fn rows(&mut self, leaf: &Leaf) {
        let mut at = 0;
        for row in leaf.text.split('\n') {
            self.out.push('[');
            self.stretch(leaf, at..at + row.len(), None, Blanks::Kept);
            self.out.push_str("], ");
            at += row.len() + 1;
        }
    }
}

/// The place in the source of a part of a leaf; of the whole leaf, where its text is not as the source has it.
pub(in crate::forme) fn source_of(leaf: &Leaf, part: Range<usize>) -> Span {
    if leaf.text.len() == leaf.span.len() {
        leaf.span.start + part.start..leaf.span.start + part.end
    } else {
        leaf.span.clone()
    }
}

/// Whether a line may break at a character by itself: a blank, or one of a script without spaces.
fn is_breakable(character: char) -> bool {
    character.is_whitespace() || character >= '\u{e00}'
}

/// Finds the words of a text that some line cannot hold, in order, and how they are parted.
fn long_words(text: &str, language: &str, blanks: Blanks) -> Vec<(Range<usize>, Parting)> {
    if text.len() <= LONGEST_WHOLE {
        return Vec::new();
    }
    let ends = text.char_indices().filter(|(_, character)| is_breakable(*character));
    let mut from = 0;
    let mut found = Vec::new();
    for (at, end) in ends.map(|(at, character)| (at, at + character.len_utf8())).chain([(text.len(), text.len())]) {
        let word = &text[from..at];
        let length = if word.len() > LONGEST_WHOLE { word.chars().count() } else { 0 };
        if length > LONGEST_WHOLE && blanks == Blanks::Folded && is_hyphenated(word, language) {
            found.push((from..at, Parting::Hyphens));
        } else if length > LONGEST_WORD {
            found.push((from..at, Parting::Seams));
        }
        from = end;
    }
    found
}

/// Whether the hyphenation of a language parts a word into pieces that every line holds.
fn is_hyphenated(word: &str, language: &str) -> bool {
    let Ok(code) = <[u8; 2]>::try_from(primary(language).as_bytes()) else { return false };
    let Some(patterns) = Lang::from_iso(code) else { return false };
    let letters = word.trim_matches(|character: char| !character.is_alphabetic());
    word.len() - letters.len() <= LONGEST_PIECE
        && letters.chars().all(char::is_alphabetic)
        && hyphenate(letters, patterns).all(|piece| piece.chars().count() <= LONGEST_PIECE)
}
