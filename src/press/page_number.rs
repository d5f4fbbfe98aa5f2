//! Page numbers that the press puts in.
//!
//! What enters: Typst's library. What leaves: the same with a function more, `page-number`, which keeps a place for the
//! number of the page on which a key of the book stands. What lists pages is set before any of them is known, beside all
//! else, and once: make-up puts the figures into the places.

use typst::Library;
use typst::diag::SourceResult;
use typst::ecow::EcoString;
use typst::engine::Engine;
use typst::foundations::{Label, NativeElement, Packed, ShowFn, StyleChain, Target, elem};
use typst::introspection::Locator;
use typst::layout::{Abs, Axes, Frame, FrameItem, GroupItem, InlineElem, InlineItem, Point, Region, Size};
use typst::text::{Glyph, TextElem, TextItem};
use typst::utils::PicoStr;

/// All that a number is made of.
const FIGURES: &str = "0123456789";

/// How many figures there is room for; a longer number stands out at its beginning.
const USUAL: f64 = 3.0;

/// What the label of a place begins with; its key comes behind.
const PLACE: &str = "dossier-page-number:";

/// A place for the number of a page.
#[elem]
pub struct PageNumberElem {
    /// The key that stands on the page.
    #[required]
    pub key: EcoString,
}

/// Puts the function into the library.
pub(super) fn add_to(library: &mut Library) {
    library.global.scope_mut().define_elem::<PageNumberElem>();
    library.rules.register(Target::Paged, SHOWN);
}

const SHOWN: ShowFn<PageNumberElem> =
    |place, _, _| Ok(InlineElem::layouter(place.clone(), laid_out).pack().spanned(place.span()));

/// The key of such a place.
pub(super) fn key_of(group: &GroupItem) -> Option<String> {
    group.label?.resolve().as_str().strip_prefix(PLACE).map(str::to_owned)
}

/// A place in which all figures lie ready, one upon another.
fn laid_out(
    place: &Packed<PageNumberElem>,
    engine: &mut Engine,
    _: Locator,
    styles: StyleChain,
    _: Size,
) -> SourceResult<Vec<InlineItem>> {
    let figures = TextElem::packed(FIGURES).spanned(place.span());
    let region = Region::new(Size::splat(Abs::inf()), Axes::splat(false));
    let set = typst_layout::layout_frame(engine, &figures, Locator::root(), styles, region)?;
    let mut texts = Vec::new();
    gather(&set, Point::zero(), &mut texts);
    let first = texts.first();
    let width = first.and_then(|(_, text)| Some(text.glyphs.first()?.x_advance.at(text.size))).unwrap_or_default();
    let size = Size::new(width * USUAL, set.height());
    let baseline = Point::with_y(first.map_or(set.height(), |(at, _)| at.y));
    let mut inner = Frame::soft(size);
    inner.push_multiple(texts.into_iter().map(|(at, text)| (Point::with_y(at.y) - baseline, FrameItem::Text(text))));
    let mut group = GroupItem::new(inner);
    group.label = Label::new(PicoStr::intern(&format!("{PLACE}{}", place.key)));
    // It stands on the baseline, so that what is put in stands just where the words around it do.
    let mut frame = Frame::soft(size);
    frame.set_baseline(baseline.y);
    frame.push(baseline, FrameItem::Group(group));
    Ok(vec![InlineItem::Frame(frame)])
}

/// Gathers the texts of a frame and where they stand.
fn gather(frame: &Frame, around: Point, found: &mut Vec<(Point, TextItem)>) {
    for (at, item) in frame.items() {
        match item {
            FrameItem::Group(group) => gather(&group.frame, around + *at, found),
            FrameItem::Text(text) => found.push((around + *at, text.clone())),
            FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}

/// Sets a number in a place, at its end.
pub(super) fn put_into(place: &mut Frame, number: &str) {
    let mut ready = Vec::new();
    gather(place, Point::zero(), &mut ready);
    let mut set: Vec<(usize, TextItem)> = Vec::new();
    let sort_of = |figure: char| {
        ready.iter().enumerate().find_map(|(case, (_, text))| {
            let sort = text.glyphs.iter().find(|glyph| text.text[glyph.range()].starts_with(figure));
            Some((case, sort?))
        })
    };
    for figure in number.chars() {
        let Some((case, sort)) = sort_of(figure) else { continue };
        if set.last().is_none_or(|(last, _)| *last != case) {
            set.push((case, TextItem { text: EcoString::new(), glyphs: Vec::new(), ..ready[case].1.clone() }));
        }
        if let Some((_, text)) = set.last_mut() {
            let from = text.text.len() as u16;
            text.text.push(figure);
            text.glyphs.push(Glyph { range: from..from + 1, ..sort.clone() });
        }
    }
    let mut at = place.width() - set.iter().map(|(_, text)| text.width()).sum::<Abs>();
    place.clear();
    for (case, text) in set {
        let width = text.width();
        place.push(Point::new(at, ready[case].0.y), FrameItem::Text(text));
        at += width;
    }
}
