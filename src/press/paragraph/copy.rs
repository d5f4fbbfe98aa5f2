//! What a paragraph says, and in which type.
//!
//! What enters: the elements of a paragraph. What leaves: its text in one piece, the parts of that which are in one type, and
//! what else stands between them. Refused: all that is not set here.

use super::case::{self, Case};
use std::ops::Range;
use std::sync::Arc;
use typst::engine::Engine;
use typst::foundations::{Smart, StyleChain};
use typst::introspection::{Tag, TagElem};
use typst::layout::{Abs, Dir, Em, HElem, HideElem, Length, Rel, Spacing};
use typst::model::{Destination, LinkElem, ParElem};
use typst::syntax::Span;
use typst::text::{
    BottomEdge, BottomEdgeMetric, Lang, Region, SpaceElem, TextEdgeBounds, TextElem, TopEdge, TopEdgeMetric,
};
use typst::visualize::{FixedStroke, Paint};
use typst_library::routines::Pair;
use unicode_script::Script;

/// The text of a paragraph and what stands in it.
#[derive(Debug)]
pub(super) struct Copy {
    /// The text; a gap is a space in it.
    pub(super) text: String,
    /// The types of its words.
    pub(super) types: Vec<Type>,
    /// What it is made of, in order.
    pub(super) parts: Vec<Part>,
    /// Where in the text each element begins, and where that comes from.
    pub(super) spans: Vec<(usize, Span)>,
}

/// A part of a paragraph.
#[derive(Debug)]
pub(super) enum Part {
    /// Words in the type of this number.
    Words(Range<usize>, usize),
    /// Room that no word fills, and whether it vanishes at a line's end.
    Gap(Abs, bool),
    /// Where an element begins or ends.
    Tag(Tag),
}

/// How words are set.
#[derive(Debug)]
pub(super) struct Type {
    /// Their letters.
    pub(super) case: Arc<Case>,
    /// The size that Typst knows the words by, of which raised ones are smaller.
    pub(super) size: Abs,
    /// What stands above and below the baseline.
    pub(super) top: Abs,
    pub(super) bottom: Abs,
    /// How far below the baseline the words stand.
    pub(super) shift: Abs,
    /// How far a space may give and take.
    pub(super) stretch: Em,
    pub(super) shrink: Em,
    /// Whether marks at a line's end stand out into the margin.
    pub(super) hangs: bool,
    pub(super) lang: Lang,
    pub(super) region: Option<Region>,
    /// Whether words may be hyphenated.
    pub(super) hyphenates: bool,
    pub(super) fill: Paint,
    pub(super) stroke: Option<FixedStroke>,
    /// Where the words lead, and half the space between lines, by which a link is higher than its words.
    pub(super) leads_to: Option<Destination>,
    pub(super) half_leading: Abs,
    pub(super) span_offset: u16,
}

/// Whether nothing is done to what stands in these styles once it is set.
pub(super) fn stands_plainly(styles: StyleChain) -> bool {
    styles.get_ref(LinkElem::current).is_none()
        && !styles.get(HideElem::hidden)
        && styles.get_ref(TextElem::shift_settings).is_none()
        && styles.resolve(TextElem::baseline) == Abs::zero()
}

/// Reads the elements of a paragraph.
pub(super) fn read(children: &[Pair], engine: &Engine) -> Option<Copy> {
    let mut copy = Copy { text: String::new(), types: Vec::new(), parts: Vec::new(), spans: Vec::new() };
    let mut runs: Vec<(usize, Range<usize>, StyleChain)> = Vec::new();
    for &(child, styles) in children {
        let from = copy.text.len();
        let is_words = if child.is::<SpaceElem>() {
            copy.text.push(' ');
            true
        } else if let Some(words) = child.to_packed::<TextElem>() {
            copy.text.push_str(&words.text);
            true
        } else if let Some(gap) = child.to_packed::<HElem>() {
            if gap.amount.is_zero() {
                continue;
            }
            let Spacing::Rel(Rel { rel, abs }) = gap.amount else { return None };
            if !rel.is_zero() {
                return None;
            }
            let width = abs.at(styles.resolve(TextElem::size));
            // Where room is taken away, a shorter part of a line may be longer than all of it.
            if width < Abs::zero() {
                return None;
            }
            copy.text.push(' ');
            copy.parts.push(Part::Gap(width, gap.weak.get(styles)));
            false
        } else if let Some(tag) = child.to_packed::<TagElem>() {
            copy.parts.push(Part::Tag(tag.tag.clone()));
            continue;
        } else {
            return None;
        };
        copy.spans.push((from, child.span()));
        if is_words {
            match runs.last_mut() {
                Some((after, range, known)) if *after == copy.parts.len() && *known == styles => {
                    range.end = copy.text.len();
                }
                _ => runs.push((copy.parts.len(), from..copy.text.len(), styles)),
            }
        }
    }
    if copy.text.is_empty() || !is_plain(&copy.text) {
        return None;
    }
    let between = std::mem::take(&mut copy.parts);
    let mut runs = runs.into_iter().peekable();
    let mut known: Vec<(StyleChain, Option<Script>)> = Vec::new();
    for (at, part) in between.into_iter().map(Some).chain([None]).enumerate() {
        while let Some((_, range, styles)) = runs.next_if(|(after, ..)| *after == at) {
            if range.is_empty() {
                continue;
            }
            let words = &copy.text[range.clone()];
            let seen = (styles, case::script_of(words));
            // Whether a font has raised forms is asked of each word.
            let again = known.iter().position(|known| *known == seen && styles.get(TextElem::shift_settings).is_none());
            let kind = match again {
                Some(kind) => kind,
                None => {
                    copy.types.push(type_of(words, styles, engine)?);
                    known.push(seen);
                    known.len() - 1
                }
            };
            copy.parts.push(Part::Words(range, kind));
        }
        copy.parts.extend(part);
    }
    Some(copy)
}

/// Whether a text is from left to right in letters that stand one after another, and breaks at spaces and in words alone.
fn is_plain(text: &str) -> bool {
    let mut script = None;
    let is_plain = |character: char| {
        let may_be = match character {
            ' ' | '\u{a0}' => true,
            // Not those that are nothing, or that Typst treats as Han punctuation.
            '\u{ad}' | '\u{b7}' | '\u{34f}' => false,
            '\u{21}'..'\u{7f}' | '\u{a1}'..'\u{58f}' | '\u{1e00}'..'\u{2000}' => true,
            '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{2070}'..'\u{2c00}' => true,
            _ => false,
        };
        let own = case::script(character);
        may_be
            && match own {
                Script::Common | Script::Inherited => true,
                Script::Latin | Script::Greek | Script::Cyrillic => *script.get_or_insert(own) == own,
                _ => false,
            }
    };
    text.chars().all(is_plain) && !text.contains("://") && !text.contains("www.")
}

/// How some words are set; none where they are not set here.
fn type_of(words: &str, styles: StyleChain, engine: &Engine) -> Option<Type> {
    let is_plain = styles.get_cloned(TextElem::deco).is_empty()
        && styles.get(TextElem::case).is_none()
        && styles.resolve(TextElem::dir) == Dir::LTR
        && styles.get(TextElem::script) == Smart::Auto
        && styles.resolve(TextElem::tracking) == Abs::zero()
        && styles.resolve(TextElem::spacing) == Rel::one()
        && !styles.get(HideElem::hidden);
    if !is_plain {
        return None;
    }
    let limits = styles.get(ParElem::justification_limits);
    let tracking = limits.tracking();
    if tracking.min != Length::zero() || tracking.max != Length::zero() {
        return None;
    }
    let case = case::open(words, styles, engine)?;
    let size = styles.resolve(TextElem::size);
    let (top_edge, bottom_edge) = (styles.get(TextElem::top_edge), styles.get(TextElem::bottom_edge));
    let is_by_letter = top_edge == TopEdge::Metric(TopEdgeMetric::Bounds)
        || bottom_edge == BottomEdge::Metric(BottomEdgeMetric::Bounds);
    if is_by_letter {
        return None;
    }
    let (top, bottom) = case.font.edges(top_edge, bottom_edge, size, TextEdgeBounds::Zero);
    let blank = case.blank;
    let spacing = limits.spacing();
    let in_em = |limit: Rel<Length>| limit.map(|length| Em::from_length(length, size)).relative_to(blank);
    Some(Type {
        size,
        top: top.max(Abs::zero()),
        bottom: bottom.max(Abs::zero()),
        shift: styles.resolve(TextElem::baseline),
        stretch: in_em(spacing.max - Rel::one()).max(Em::zero()),
        // Typst never takes away more than three quarters of a space.
        shrink: in_em(Rel::one() - spacing.min).min(blank * 0.75),
        hangs: styles.get(TextElem::overhang),
        lang: styles.get(TextElem::lang),
        region: styles.get(TextElem::region),
        hyphenates: styles.get(TextElem::hyphenate).unwrap_or(true),
        fill: styles.get_ref(TextElem::fill).clone(),
        stroke: styles.resolve(TextElem::stroke).map(|stroke| stroke.unwrap_or_default()),
        leads_to: styles.get_cloned(LinkElem::current),
        half_leading: 0.5 * styles.resolve(ParElem::leading),
        span_offset: styles.get(TextElem::span_offset).try_into().unwrap_or(u16::MAX),
        case,
    })
}
