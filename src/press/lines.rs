//! Whole lines: what stands between lines of text takes the place of so many of them.
//!
//! What enters: Typst's library. What leaves: the same with a function more, `whole-lines`. Typst code by itself could only
//! measure what it sets, and sets it twice for that.

use typst::Library;
use typst::diag::SourceResult;
use typst::engine::Engine;
use typst::foundations::{Content, NativeElement, Packed, Resolve, ShowFn, Smart, StyleChain, Target, elem};
use typst::introspection::Locator;
use typst::layout::{Abs, Axes, BlockElem, Frame, Length, Region, Rel, Size, Spacing};

/// How much deeper than whole lines something may be and still be taken for as deep.
const SLACK: Abs = Abs::raw(0.01);

/// A block that is as deep as it needs to be for what follows to stand on the grid of lines.
#[elem]
pub struct WholeLinesElem {
    /// The distance from line to line.
    #[required]
    pub beat: Length,

    /// The space between two lines.
    #[required]
    pub leading: Length,

    /// How much deeper it is than that. Where it is, so much space as between two lines is above and below it; else as
    /// about every block.
    pub room: Length,

    /// What stands in it.
    #[required]
    pub body: Content,
}

/// Puts the function into the library.
pub(super) fn add_to(library: &mut Library) {
    library.global.scope_mut().define_elem::<WholeLinesElem>();
    library.rules.register(Target::Paged, SHOWN);
}

const SHOWN: ShowFn<WholeLinesElem> = |lines, _, styles| {
    let block = BlockElem::single_layouter(lines.clone(), laid_out).with_width(Smart::Custom(Rel::one()));
    if lines.room.get(styles) == Length::zero() {
        return Ok(block.pack());
    }
    let apart = Smart::Custom(Spacing::Rel(lines.leading.into()));
    Ok(block.with_above(apart).with_below(apart).pack())
};

fn laid_out(
    lines: &Packed<WholeLinesElem>,
    engine: &mut Engine,
    locator: Locator,
    styles: StyleChain,
    region: Region,
) -> SourceResult<Frame> {
    // What is deeper than a page has its depth too.
    let room = Region::new(Size::new(region.size.x, Abs::inf()), Axes::new(true, false));
    let mut frame = typst_layout::layout_frame(engine, &lines.body, locator, styles, room)?;
    let (beat, leading) = (lines.beat.resolve(styles), lines.leading.resolve(styles));
    let whole = ((frame.height() + leading - SLACK) / beat).ceil();
    frame.size_mut().y = whole * beat - leading + lines.room.resolve(styles);
    Ok(frame)
}
