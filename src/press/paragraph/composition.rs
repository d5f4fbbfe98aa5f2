//! The words of a paragraph, shaped and measured, before they are divided into lines.
//!
//! What enters: a paragraph's text and types. What leaves: its words and where lines may end, with sums from which the
//! measures of every line that might be are found by a subtraction.

use super::breaks::{self, Break};
use super::case::Word;
use super::copy::{Copy, Part, Type};
use std::fmt::{self, Debug, Formatter};
use std::hash::{Hash, Hasher};
use std::ops::{Add, Range, Sub};
use std::sync::Arc;
use typst::foundations::StyleChain;
use typst::introspection::Tag;
use typst::layout::{Abs, Em};
use typst::syntax::Span;
use typst::text::{Lang, TextElem};

/// What a hyphen and a last line of one word cost in Typst, beside its own costs in parts of these.
const HYPHEN: f64 = 135.0;
const RUNT: f64 = 100.0;

/// Languages that repeat a hyphen of the text at the beginning of the next line, which is left to Typst.
const REPEATING: [Lang; 7] =
    [Lang::LOWER_SORBIAN, Lang::CZECH, Lang::CROATIAN, Lang::POLISH, Lang::PORTUGUESE, Lang::SLOVAK, Lang::SPANISH];

/// A paragraph that is ready to be divided into lines.
pub(super) struct Composition {
    pub(super) text: String,
    /// Where in the text each element begins, and where that comes from.
    pub(super) spans: Vec<(usize, Span)>,
    /// The types of its words.
    pub(super) types: Vec<Type>,
    /// What it is made of, in order.
    pub(super) pieces: Vec<Piece>,
    /// Its beginning, and where lines may end, in order.
    pub(super) stops: Vec<Stop>,
    /// How far its first line is indented.
    pub(super) indent: Abs,
    /// Half the size of its type, the measure of spaces that are too wide, in points.
    pub(super) half_size: f64,
    /// What a hyphen costs.
    pub(super) hyphen: f64,
    /// What a word by itself on the last line costs.
    pub(super) runt: f64,
}

impl Debug for Composition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl PartialEq for Composition {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Hash for Composition {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
        self.spans.hash(state);
    }
}

/// A piece of a paragraph: the bytes of the text, and what stands there.
pub(super) struct Piece {
    pub(super) range: Range<usize>,
    pub(super) what: What,
}

pub(super) enum What {
    /// A word, in the type of this number.
    Word(usize, Arc<Word>),
    /// A space at which a line may end, in the type of this number.
    Blank(usize),
    /// Room that no word fills, and whether it vanishes at a line's end.
    Gap(Abs, bool),
    /// Where an element begins or ends.
    Tag(Tag),
}

/// A place where a line may end and another begin.
pub(super) struct Stop {
    /// The byte behind the line.
    pub(super) at: usize,
    pub(super) ends: Break,
    /// Whether a line that ends here ends in a dash.
    pub(super) is_dash: bool,
    /// The measures of all that stands before it, had no line ended there.
    pub(super) until: Extent,
    /// The same, but for what a line that begins here has: the part of a word is not as long as it was within.
    pub(super) from: Extent,
    /// The word that it parts: its number among the pieces.
    pub(super) parts: Option<usize>,
}

/// What a line measures, in points.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Extent {
    pub(super) width: f64,
    /// How far its spaces may give and take.
    pub(super) stretch: f64,
    pub(super) shrink: f64,
    /// How many spaces it has.
    pub(super) blanks: f64,
}

impl Extent {
    fn of_width(width: Abs) -> Self {
        Self { width: width.to_pt(), ..Self::default() }
    }

    /// Some spaces and so much beside them.
    fn of(set_in: &Type, blanks: usize, width: Em) -> Self {
        let size = set_in.case.size(set_in.size);
        let blanks = blanks as f64;
        Self {
            width: width.at(size).to_pt(),
            stretch: set_in.stretch.at(size).to_pt() * blanks,
            shrink: set_in.shrink.at(size).to_pt() * blanks,
            blanks,
        }
    }

    fn of_word(set_in: &Type, word: &Word) -> Self {
        Self::of(set_in, word.blanks, word.width)
    }
}

impl Add for Extent {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            width: self.width + other.width,
            stretch: self.stretch + other.stretch,
            shrink: self.shrink + other.shrink,
            blanks: self.blanks + other.blanks,
        }
    }
}

impl Sub for Extent {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self {
            width: self.width - other.width,
            stretch: self.stretch - other.stretch,
            shrink: self.shrink - other.shrink,
            blanks: self.blanks - other.blanks,
        }
    }
}

impl Composition {
    /// Shapes and measures a paragraph; none where its words cannot be set one by one.
    pub(super) fn of(copy: Copy, indent: Abs, styles: StyleChain) -> Option<Self> {
        let costs = styles.get(TextElem::costs);
        let mut composition = Self {
            text: copy.text,
            spans: copy.spans,
            types: copy.types,
            pieces: Vec::new(),
            stops: Vec::new(),
            indent,
            half_size: styles.resolve(TextElem::size).to_pt() / 2.0,
            hyphen: HYPHEN * costs.hyphenation().get(),
            runt: RUNT * costs.runt().get(),
        };
        let mut at = 0;
        for part in copy.parts {
            match part {
                Part::Words(range, kind) => {
                    at = range.end;
                    composition.add(range, kind)?;
                }
                Part::Gap(width, is_weak) => {
                    composition.pieces.push(Piece { range: at..at + 1, what: What::Gap(width, is_weak) });
                    at += 1;
                }
                Part::Tag(tag) => composition.pieces.push(Piece { range: at..at, what: What::Tag(tag) }),
            }
        }
        let repeats = |set_in: &Type| REPEATING.contains(&set_in.lang);
        if composition.text.contains('-') && composition.types.iter().any(repeats) {
            return None;
        }
        composition.measure()?;
        Some(composition)
    }

    /// Adds words in one type.
    fn add(&mut self, range: Range<usize>, kind: usize) -> Option<()> {
        let mut at = range.start;
        for (index, word) in self.text[range].split(' ').enumerate() {
            if index > 0 {
                self.pieces.push(Piece { range: at..at + 1, what: What::Blank(kind) });
                at += 1;
            }
            if !word.is_empty() {
                let what = What::Word(kind, self.types[kind].case.word(word)?);
                self.pieces.push(Piece { range: at..at + word.len(), what });
                at += word.len();
            }
        }
        Some(())
    }

    /// Finds where lines may end and what stands before that.
    fn measure(&mut self) -> Option<()> {
        let breaks = breaks::find(self);
        let start = Stop {
            at: 0,
            ends: Break::AtWord,
            is_dash: false,
            until: Extent::default(),
            from: Extent::default(),
            parts: None,
        };
        let mut stops = Vec::with_capacity(breaks.len() + 1);
        stops.push(start);
        let mut breaks = breaks.into_iter().peekable();
        // What stands so far, and without the spaces that end it.
        let (mut sum, mut solid) = (Extent::default(), Extent::default());
        for (index, Piece { range, what }) in self.pieces.iter().enumerate() {
            let before = sum;
            match what {
                What::Word(kind, word) => {
                    let set_in = &self.types[*kind];
                    sum = sum + Extent::of_word(set_in, word);
                    while let Some((at, ends)) = breaks.next_if(|(at, _)| *at < range.end) {
                        let (ahead, behind) = self.parted(set_in, word, range, at)?;
                        let (until, from) = (before + ahead, sum - behind);
                        stops.push(self.stop(at, ends, until, from, Some(index)));
                    }
                    solid = sum;
                }
                What::Blank(kind) => {
                    let set_in = &self.types[*kind];
                    sum = sum + Extent::of(set_in, 1, set_in.case.blank);
                }
                What::Gap(width, is_weak) => {
                    sum = sum + Extent::of_width(*width);
                    if !is_weak {
                        solid = solid + Extent::of_width(*width);
                    }
                }
                What::Tag(_) => {}
            }
            while let Some((at, ends)) = breaks.next_if(|(at, _)| *at <= range.end) {
                let until = if ends == Break::AtEnd { sum } else { solid };
                stops.push(self.stop(at, ends, until, sum, None));
            }
        }
        self.stops = stops;
        Some(())
    }

    /// What the parts of a word before and behind a place measure.
    fn parted(&self, set_in: &Type, word: &Word, range: &Range<usize>, at: usize) -> Option<(Extent, Extent)> {
        if let Some((ahead, behind)) = word.parted(at - range.start) {
            return Some((Extent::of(set_in, 0, ahead), Extent::of(set_in, 0, behind)));
        }
        let part = |range: Range<usize>| Some(Extent::of_word(set_in, &*set_in.case.word(&self.text[range])?));
        Some((part(range.start..at)?, part(at..range.end)?))
    }

    /// A part of a word: as it is within it, else as it is by itself; no letter is lost where it is neither.
    pub(super) fn part(&self, set_in: &Type, (word, range): (&Word, &Range<usize>), part: Range<usize>) -> Arc<Word> {
        let own = part.start - range.start..part.end - range.start;
        let within = word.part(own.clone()).map(Arc::new);
        within.or_else(|| set_in.case.word(&self.text[part])).unwrap_or_else(|| Arc::new(word.cut(own)))
    }

    fn stop(&self, at: usize, ends: Break, until: Extent, from: Extent, parts: Option<usize>) -> Stop {
        let is_dash = ends.is_hyphen() || self.text[..at].ends_with(['-', '–', '—']);
        let set_in = if ends.is_hyphen() { self.type_before(at) } else { None };
        let hyphen = set_in.map(|kind| &self.types[kind]).map(|set_in| Extent::of(set_in, 0, set_in.case.hyphen.1));
        Stop { at, ends, is_dash, until: until + hyphen.unwrap_or_default(), from, parts }
    }

    /// The type of the letter before a place.
    pub(super) fn type_before(&self, at: usize) -> Option<usize> {
        let index = self.pieces.partition_point(|piece| piece.range.end < at);
        self.pieces[index..].iter().find_map(|piece| match piece.what {
            What::Word(kind, _) | What::Blank(kind) => Some(kind),
            What::Gap(..) | What::Tag(_) => None,
        })
    }

    /// What stands on the line between two of the stops, without an indent.
    pub(super) fn extent(&self, from: &Stop, to: &Stop) -> Extent {
        match (from.parts, to.parts) {
            (Some(parted), Some(also)) if parted == also => {
                let Piece { range, what: What::Word(kind, word) } = &self.pieces[parted] else {
                    unreachable!("only words are parted")
                };
                let set_in = &self.types[*kind];
                let part = self.part(set_in, (word, range), from.at..to.at);
                let hyphen = if to.ends.is_hyphen() { set_in.case.hyphen.1 } else { Em::zero() };
                Extent::of_word(set_in, &part) + Extent::of(set_in, 0, hyphen)
            }
            _ => to.until - from.from,
        }
    }
}
