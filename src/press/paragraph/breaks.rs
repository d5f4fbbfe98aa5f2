//! Where a line may end: between words (UAX 14) and within them, at the syllables of their language.

use super::composition::{Composition, Piece, What};
use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use typst::text::Lang;
use unicode_segmentation::UnicodeSegmentation;

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    /// Where the text lets it.
    AtWord,
    /// At the end of the paragraph.
    AtEnd,
    /// With a hyphen, behind and before so many letters of a word.
    InWord(u8, u8),
}

impl Break {
    /// Whether a hyphen is set.
    pub(super) fn is_hyphen(self) -> bool {
        matches!(self, Self::InWord(..))
    }
}

/// Finds where the lines of a paragraph may end: the byte behind, in order.
pub(super) fn find(composition: &Composition) -> Vec<(usize, Break)> {
    let text = composition.text.as_str();
    let segmenter = LineSegmenter::new_lstm(LineBreakOptions::default());
    let mut found = Vec::with_capacity(text.len() / 3);
    let (mut last, mut piece) = (0, 0);
    let mut piece_at = |at: usize| {
        while composition.pieces.get(piece).is_some_and(|piece| piece.range.end <= at) {
            piece += 1;
        }
        composition.pieces.get(piece)
    };
    let type_of = |piece: &Piece| match piece.what {
        What::Word(kind, _) | What::Blank(kind) => Some(&composition.types[kind]),
        What::Gap(..) | What::Tag(_) => None,
    };
    for point in segmenter.segment_str(text).filter(|point| *point > 0) {
        let end = last + text[last..point].trim_end_matches(' ').len();
        let between = &text[last..end];
        if let Some(piece) = piece_at(last)
            && let Some(set_in) = type_of(piece)
        {
            let mut add = |syllable: &Syllable| {
                let at = last + usize::from(syllable.at);
                found.push((at, Break::InWord(syllable.before, syllable.behind)));
            };
            match &piece.what {
                What::Word(_, word) if piece.range == (last..end) => {
                    if set_in.hyphenates {
                        word.syllables(between, set_in.lang).iter().for_each(add);
                    }
                }
                _ => {
                    for syllable in syllables(between, set_in.lang) {
                        let of = piece_at(last + usize::from(syllable.at)).and_then(type_of);
                        if of.is_some_and(|set_in| set_in.hyphenates) {
                            add(&syllable);
                        }
                    }
                }
            }
        }
        found.push((point, if point == text.len() { Break::AtEnd } else { Break::AtWord }));
        last = point;
    }
    found
}

/// A place within a word where it may be hyphenated.
#[derive(Debug, Clone, Copy)]
pub(super) struct Syllable {
    /// Where it ends.
    pub(super) at: u16,
    /// How many letters of its word stand before that, and behind.
    pub(super) before: u8,
    pub(super) behind: u8,
}

/// Finds where the words between two places where lines may end can be hyphenated.
pub(super) fn syllables(between: &str, lang: Lang) -> Vec<Syllable> {
    let mut found = Vec::new();
    let code = lang.as_str().as_bytes().try_into().ok();
    let Some(lang) = code.and_then(hypher::Lang::from_iso) else { return found };
    let mut start = 0;
    for word in between.split_word_bounds() {
        if word.chars().all(char::is_alphabetic) {
            let letters = word.chars().count();
            let (mut at, mut before) = (0, 0);
            for syllable in hypher::hyphenate(word, lang) {
                at += syllable.len();
                before += syllable.chars().count();
                if let (true, Ok(place)) = (at < word.len(), u16::try_from(start + at)) {
                    let few = |letters: usize| u8::try_from(letters).unwrap_or(u8::MAX);
                    found.push(Syllable { at: place, before: few(before), behind: few(letters - before) });
                }
            }
        }
        start += word.len();
    }
    found
}
