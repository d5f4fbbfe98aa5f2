//! The case: the letters of a font, from which words are taken that have been shaped once.
//!
//! What enters: words in some style. What leaves: their glyphs. Refused: a font that lacks a character, and words whose
//! form depends on what stands beside the spaces around them.

use super::breaks::{self, Syllable};
use rustc_hash::FxHashMap;
use rustybuzz::{BufferFlags, Direction, Feature, Language, ShapePlan, UnicodeBuffer};
use std::fmt::{self, Debug, Formatter};
use std::ops::Range;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use ttf_parser::Tag;
use ttf_parser::gsub::SubstitutionSubtable;
use typst::World;
use typst::engine::Engine;
use typst::foundations::StyleChain;
use typst::layout::{Abs, Em};
use typst::text::{FontInstance, Lang, ShiftSettings, TextElem, families, features, language, variant};
use unicode_script::{Script, UnicodeScript};

/// How many different words a case holds at most: more than a book of ten thousand documents has.
const WORDS: usize = 500_000;

/// What a hyphen is, as text, where it parts a word.
const SOFT_HYPHEN: char = '\u{ad}';

/// The letters of a font as they are wanted: in a language, with some features.
pub(super) struct Case {
    /// The font.
    pub(super) font: FontInstance,
    /// How large its letters are and where they stand, beside the size of the words around them.
    raised: Raised,
    /// How wide a space is.
    pub(super) blank: Em,
    space: u16,
    /// The glyph of a hyphen and its width.
    pub(super) hyphen: (u16, Em),
    plan: ShapePlan,
    script: rustybuzz::Script,
    language: Language,
    words: RwLock<FxHashMap<Box<str>, Option<Arc<Word>>>>,
}

impl Debug for Case {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "Case({:?})", self.font)
    }
}

/// How letters are raised or lowered.
#[derive(Debug, Clone, Copy, PartialEq, Hash)]
struct Raised {
    /// By how much.
    rise: Em,
    /// How far to the side.
    aside: Em,
    /// Their size beside that of the words around them.
    scale: Em,
}

impl Raised {
    const NOT: Self = Self { rise: Em::zero(), aside: Em::zero(), scale: Em::one() };
}

/// A shaped word.
#[derive(Debug)]
pub(super) struct Word {
    /// Its glyphs, from left to right.
    pub(super) sorts: Vec<Sort>,
    /// How wide it is.
    pub(super) width: Em,
    /// How many spaces that do not break it has.
    pub(super) blanks: usize,
    /// Where it can be hyphenated, once somebody has asked.
    syllables: OnceLock<Box<[Syllable]>>,
}

impl Word {
    fn of(sorts: Vec<Sort>) -> Self {
        let blanks = sorts.iter().filter(|sort| sort.is_blank()).count();
        let width = sorts.iter().map(|sort| sort.advance).sum();
        Self { width, blanks, sorts, syllables: OnceLock::new() }
    }

    /// Where it, which is written so, can be hyphenated in the language of its case.
    pub(super) fn syllables(&self, written: &str, lang: Lang) -> &[Syllable] {
        self.syllables.get_or_init(|| breaks::syllables(written, lang).into())
    }

    /// How wide its parts before and behind a byte are, where they are as they are within it.
    pub(super) fn parted(&self, at: usize) -> Option<(Em, Em)> {
        let (before, behind) = self.sorts.split_at(self.place(at)?);
        let width = |sorts: &[Sort]| sorts.iter().map(|sort| sort.advance).sum();
        (self.blanks == 0).then(|| (width(before), width(behind)))
    }

    /// A part of it, where that is as it is within it.
    pub(super) fn part(&self, bytes: Range<usize>) -> Option<Self> {
        self.place(bytes.start)?;
        self.place(bytes.end)?;
        Some(self.cut(bytes))
    }

    /// The glyphs of some of its bytes, whatever they would be by themselves.
    pub(super) fn cut(&self, bytes: Range<usize>) -> Self {
        let sorts = self.sorts.iter().filter(|sort| bytes.contains(&(sort.range.start as usize)));
        Self::of(sorts.map(|sort| sort.behind(bytes.start as u32)).collect())
    }

    /// The first glyph behind a place where it can be parted, or how many it has.
    fn place(&self, at: usize) -> Option<usize> {
        let is_end = self.sorts.last().is_none_or(|last| last.range.end as usize == at);
        let inside = || self.sorts.iter().position(|sort| sort.range.start as usize == at && sort.is_apart);
        if is_end { Some(self.sorts.len()) } else { inside() }
    }
}

/// A glyph of a word.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sort {
    pub(super) glyph: u16,
    pub(super) advance: Em,
    pub(super) x_offset: Em,
    pub(super) y_offset: Em,
    /// The bytes of the word that it stands for.
    pub(super) range: Range<u32>,
    /// Whether the word could be parted before it.
    pub(super) is_apart: bool,
    /// The first of their characters.
    pub(super) first: char,
}

impl Sort {
    /// A glyph that stands for one character, on the line.
    fn of(glyph: u16, advance: Em, first: char) -> Self {
        let range = 0..first.len_utf8() as u32;
        Self { glyph, advance, x_offset: Em::zero(), y_offset: Em::zero(), range, is_apart: true, first }
    }

    /// The same in what begins so many bytes later.
    fn behind(&self, bytes: u32) -> Self {
        Self { range: self.range.start - bytes..self.range.end - bytes, ..self.clone() }
    }

    /// Whether it is a space, which gives and takes.
    pub(super) fn is_blank(&self) -> bool {
        matches!(self.first, ' ' | '\u{a0}')
    }
}

/// Opens the case from which words in a style are taken.
pub(super) fn open(words: &str, styles: StyleChain, engine: &Engine) -> Option<Arc<Case>> {
    let variant = variant(styles);
    let book = engine.world.book();
    let found = families(styles).find_map(|family| Some((family, book.select(family.as_str(), variant)?)));
    let (family, id) = found?;
    if family.covers().is_some() {
        return None;
    }
    let size = styles.resolve(TextElem::size);
    let font = engine.world.font(id)?.instantiate(variant, size, &styles.get_cloned(TextElem::variations));
    let mut features = features(styles);
    let raised = match styles.get(TextElem::shift_settings) {
        Some(shift) if has_raised(words, &font, shift) => {
            features.push(Feature::new(shift.kind.feature(), 1, ..));
            Raised::NOT
        }
        Some(shift) => {
            let metrics = shift.kind.read_metrics(font.metrics());
            Raised {
                rise: shift.shift.unwrap_or(metrics.vertical_offset),
                aside: metrics.horizontal_offset,
                scale: shift.size.unwrap_or(metrics.height),
            }
        }
        None => Raised::NOT,
    };
    // As the shaper guesses it: by the first letter.
    filled(&font, &features, script_of(words), &language(styles), raised)
}

/// The script of the first letter.
pub(super) fn script_of(words: &str) -> Option<Script> {
    words.chars().map(script).find(|script| !matches!(script, Script::Common | Script::Inherited | Script::Unknown))
}

/// The script of a character.
pub(super) fn script(character: char) -> Script {
    match character {
        'a'..='z' | 'A'..='Z' => Script::Latin,
        '\0'..='\x7f' => Script::Common,
        _ => character.script(),
    }
}

/// Whether a font has raised or lowered forms of all characters.
fn has_raised(words: &str, font: &FontInstance, shift: ShiftSettings) -> bool {
    let has = || {
        let substitutions = font.rusty().tables().gsub?;
        let lookups = substitutions.features.find(shift.kind.feature())?.lookup_indices;
        Some(words.chars().all(|character| {
            let Some(glyph) = font.ttf().glyph_index(character) else { return false };
            let mut tables = lookups
                .into_iter()
                .filter_map(|index| substitutions.lookups.get(index))
                .flat_map(|lookup| lookup.subtables.into_iter::<SubstitutionSubtable>());
            tables.any(|table| table.coverage().contains(glyph))
        }))
    };
    shift.typographic && has().unwrap_or(false)
}

/// A case, which is kept as Typst keeps what it has set.
#[comemo::memoize]
fn filled(
    font: &FontInstance,
    features: &[Feature],
    script: Option<Script>,
    language: &Language,
    raised: Raised,
) -> Option<Arc<Case>> {
    let tag = script.and_then(|script| Some(Tag::from_bytes(script.short_name().as_bytes().try_into().ok()?)));
    let script = tag.and_then(rustybuzz::Script::from_iso15924_tag).unwrap_or(rustybuzz::script::UNKNOWN);
    let plan = ShapePlan::new(font.rusty(), Direction::LeftToRight, Some(script), Some(language), features);
    let ttf = font.ttf();
    let (space, hyphen) = (ttf.glyph_index(' ')?, ttf.glyph_index('-')?);
    let mut case = Case {
        font: font.clone(),
        raised,
        blank: Em::zero(),
        space: space.0,
        hyphen: (hyphen.0, font.to_em(ttf.glyph_hor_advance(hyphen)?)),
        plan,
        script,
        language: language.clone(),
        words: RwLock::default(),
    };
    let blank = case.shaped(" ")?;
    let [blank] = blank.as_slice() else { return None };
    (case.blank, case.space) = (blank.advance, blank.glyph);
    Some(Arc::new(case))
}

impl Case {
    /// The size of letters that stand among words of a size.
    pub(super) fn size(&self, around: Abs) -> Abs {
        self.raised.scale.at(around)
    }

    /// Takes a word, which is shaped unless it has been; none where it cannot be set by itself.
    pub(super) fn word(&self, word: &str) -> Option<Arc<Word>> {
        if let Some(known) = self.words.read().unwrap_or_else(PoisonError::into_inner).get(word) {
            return known.clone();
        }
        let made = self.made(word).map(Arc::new);
        let mut words = self.words.write().unwrap_or_else(PoisonError::into_inner);
        if words.len() >= WORDS {
            words.clear();
        }
        words.insert(word.into(), made.clone());
        made
    }

    /// A space at which a line may end.
    pub(super) fn blank_sort(&self) -> Sort {
        Sort { x_offset: self.raised.aside, y_offset: self.raised.rise, ..Sort::of(self.space, self.blank, ' ') }
    }

    /// The hyphen that is set where a word is parted.
    pub(super) fn hyphen_sort(&self) -> Sort {
        let (glyph, advance) = self.hyphen;
        Sort::of(glyph, advance, SOFT_HYPHEN)
    }

    /// Shapes a word, between spaces that must not change it, nor it them.
    fn made(&self, word: &str) -> Option<Word> {
        let shaped = self.shaped(&format!(" {word} "))?;
        let [before, inner @ .., after] = shaped.as_slice() else { return None };
        // A mark that joins what stands before it would join the space.
        let end = word.len() as u32 + 1;
        let is_blank =
            |sort: &Sort, range: Range<u32>| *sort == Sort { range, is_apart: sort.is_apart, ..self.blank_sort() };
        let is_apart = after.is_apart && inner.first().is_none_or(|first| first.is_apart);
        if !(is_apart && is_blank(before, 0..1) && is_blank(after, end..end + 1)) {
            return None;
        }
        Some(Word::of(inner.iter().map(|sort| sort.behind(1)).collect()))
    }

    /// Shapes a text; none where a glyph is missing.
    fn shaped(&self, text: &str) -> Option<Vec<Sort>> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_language(self.language.clone());
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(self.script);
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        let font = &self.font;
        let shaped = rustybuzz::shape_with_plan(font.rusty(), &self.plan, buffer);
        let (infos, places) = (shaped.glyph_infos(), shaped.glyph_positions());
        let mut sorts = Vec::with_capacity(infos.len());
        for (at, (info, place)) in infos.iter().zip(places).enumerate() {
            if info.glyph_id == 0 {
                return None;
            }
            let next = infos[at..].iter().find(|next| next.cluster != info.cluster);
            let end = next.map_or(text.len(), |next| next.cluster as usize);
            let first = text[info.cluster as usize..].chars().next()?;
            let mut advance = font.to_em(place.x_advance);
            if first == '\u{a0}' {
                // As wide as a space that breaks.
                let width = |character| font.x_advance(font.ttf().glyph_index(character)?.0);
                advance -= width('\u{a0}')? - width(' ')?;
            }
            // Marks as wide as Han characters are treated as theirs.
            if matches!(first, '“' | '”' | '‘' | '’') && advance == Em::one() {
                return None;
            }
            let sort = Sort {
                glyph: info.glyph_id as u16,
                advance,
                x_offset: font.to_em(place.x_offset) + self.raised.aside,
                y_offset: font.to_em(place.y_offset) + self.raised.rise,
                range: info.cluster..end as u32,
                is_apart: !info.unsafe_to_break(),
                first,
            };
            sorts.push(sort);
        }
        Some(sorts)
    }
}
