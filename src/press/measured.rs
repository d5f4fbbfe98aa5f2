//! Measuring what asks nothing of the pages.
//!
//! What enters: Typst's library. What leaves: the same with a function more, `measure-apart`. Typst's own looks among the
//! finished pages for the elements that it measures, so that what depends on their places is known, and sets all pages
//! twice for that.

use typst::Library;
use typst::comemo::Tracked;
use typst::diag::{At, SourceResult};
use typst::engine::Engine;
use typst::foundations::{Content, Context, Dict, Resolve, Smart, Target, TargetElem, dict, func};
use typst::introspection::Locator;
use typst::layout::{Abs, Axes, Length, Region, Size};
use typst::syntax::Span;

/// Puts the function into the library.
pub(super) fn add_to(library: &mut Library) {
    library.global.scope_mut().define_func::<measure_apart>();
}

/// The `width` and the `height` of something in whose elements no place or number of the pages is asked for.
#[func(contextual)]
fn measure_apart(
    engine: &mut Engine,
    context: Tracked<Context>,
    span: Span,
    /// How much room it has.
    #[named]
    #[default(Smart::Auto)]
    width: Smart<Length>,
    /// What is measured.
    content: Content,
) -> SourceResult<Dict> {
    let styles = context.styles().at(span)?;
    let room = Size::new(width.resolve(styles).unwrap_or(Abs::inf()), Abs::inf());
    let target = TargetElem::target.set(Target::Paged).wrap();
    let region = Region::new(room, Axes::splat(false));
    let frame = typst_layout::layout_frame(engine, &content, Locator::root(), styles.chain(&target), region)?;
    Ok(dict! { "width" => frame.width(), "height" => frame.height() })
}
