//! Notes whose numbers are known before they are set.
//!
//! What enters: Typst's library. What leaves: the same, but that the number of a note is taken from the note itself where
//! it says one. Typst counts notes once it has set them all, and then sets all that has one again.

use typst::diag::SourceResult;
use typst::engine::Engine;
use typst::foundations::{Content, Context, NativeElement, ShowFn, StyleChain, Target};
use typst::layout::{Em, HElem};
use typst::model::{DirectLinkElem, FootnoteElem, FootnoteEntry, Numbering};
use typst::pdf::PdfMarkerTag;
use typst::text::SuperElem;
use typst::{Library, comemo::Track};

/// Gives a note whose `numbering` is a function the number that this says of whatever is counted. All else of it is as
/// Typst has it.
pub(super) fn add_to(library: &mut Library) {
    library.rules.replace(Target::Paged, MARK);
    library.rules.replace(Target::Paged, ENTRY);
}

const MARK: ShowFn<FootnoteElem> = |note, engine, styles| {
    let number = if note.is_ref() { None } else { said(note.numbering.get_ref(styles), engine, styles)? };
    let link = match number.zip(note.location()) {
        Some((number, location)) => {
            let words = FootnoteElem::alt_text(styles, &number.plain_text());
            DirectLinkElem::new(location.variant(1), number, Some(words)).pack().spanned(note.span())
        }
        None => note.realize(engine, styles)?,
    };
    let mark = SuperElem::new(link).pack().spanned(note.span());
    Ok(HElem::hole().clone() + PdfMarkerTag::Label(mark))
};

const ENTRY: ShowFn<FootnoteEntry> = |entry, engine, styles| {
    let number = said(entry.note.numbering.get_ref(StyleChain::default()), engine, styles)?;
    let (mark, body) = match number.zip(entry.note.location()).zip(entry.note.body_content()) {
        Some(((number, location), body)) => {
            let words = number.plain_text();
            let link = DirectLinkElem::new(location, number, Some(words)).pack().spanned(entry.span());
            (SuperElem::new(link).pack().spanned(entry.span()), body.clone())
        }
        None => entry.realize(engine, styles)?,
    };
    let gap = HElem::new(Em::new(0.05).into()).with_weak(true).pack();
    Ok(Content::sequence([HElem::new(entry.indent.get(styles).into()).pack(), PdfMarkerTag::Label(mark), gap, body]))
};

/// The number that a note says of itself.
fn said(numbering: &Numbering, engine: &mut Engine, styles: StyleChain) -> SourceResult<Option<Content>> {
    let Numbering::Func(number) = numbering else { return Ok(None) };
    let context = Context::new(None, Some(styles));
    Ok(Some(number.call(engine, context.track(), [0_usize])?.display()))
}
