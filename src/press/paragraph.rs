//! Justified paragraphs, set as Typst sets them, in a fraction of its time.
//!
//! What enters: Typst's library, and with it every paragraph that Typst is about to break into lines. What leaves: the same
//! paragraphs as lines, at the same places to the glyph. Typst shapes a paragraph as a whole, and parts of it anew for every
//! line that might be; here each word is shaped once for the book, lines are measured by sums, and the division that costs
//! least (Knuth and Plass, with Typst's costs) is looked for among all of them.
//!
//! Refused, and left to Typst: what is not justified, what has more in its lines than words, links, notes and spaces, and
//! whatever is not plainly from left to right in Latin, Greek or Cyrillic letters.

mod breaks;
mod case;
mod composition;
mod copy;
mod justify;
mod stick;

use composition::Composition;
use std::sync::{Arc, OnceLock};
use typst::Library;
use typst::diag::{SourceResult, bail};
use typst::engine::Engine;
use typst::foundations::{Args, Construct, Content, NativeElement, Packed, Resolve, Smart, StyleChain, elem};
use typst::introspection::{Locator, SplitLocator, TagElem};
use typst::layout::{
    Abs, AlignElem, BlockElem, ColbreakElem, Dir, FixedAlignment, InlineElem, InlineItem, Length, PagebreakElem, Size,
};
use typst::model::{Linebreaks, ParElem, ParLine};
use typst::text::TextElem;
use typst_library::routines::{Arenas, FragmentKind, Pair, RealizationKind, Routines};

/// Has the paragraphs of a library set here.
pub(super) fn add_to(library: &mut Library) {
    static ROUTINES: OnceLock<Routines> = OnceLock::new();
    let typst = library.routines;
    library.routines = ROUTINES.get_or_init(|| Routines { realize, ..*typst });
}

/// A paragraph whose words are shaped and measured.
#[elem(Construct)]
struct ComposedElem {
    /// How far the first line of a justified paragraph is indented; none where Typst sets it.
    #[internal]
    #[ghost]
    indent: Option<Length>,

    /// Its words.
    #[required]
    #[internal]
    words: Arc<Composition>,
}

impl Construct for ComposedElem {
    fn construct(_: &mut Engine, arguments: &mut Args) -> SourceResult<Content> {
        bail!(arguments.span, "paragraphs are composed by the press alone")
    }
}

/// Does what Typst does, and then takes paragraphs out of its hands.
fn realize<'a>(
    kind: RealizationKind,
    engine: &mut Engine,
    locator: &mut SplitLocator,
    arenas: &'a Arenas,
    content: &'a Content,
    styles: StyleChain<'a>,
) -> SourceResult<Vec<Pair<'a>>> {
    match kind {
        RealizationKind::Par => {
            let children = typst_realize::realize(kind, engine, locator, arenas, content, styles)?;
            Ok(match styles.get(ComposedElem::indent) {
                Some(indent) => set(children, indent.resolve(styles), engine, arenas, styles),
                None => children,
            })
        }
        RealizationKind::Fragment { kind } => {
            let found = RealizationKind::Fragment { kind: &mut *kind };
            let children = typst_realize::realize(found, engine, locator, arenas, content, styles)?;
            Ok(match kind {
                FragmentKind::Inline => set_inside(children, engine, arenas),
                FragmentKind::Block => told(children, arenas),
            })
        }
        RealizationKind::Document { .. } => {
            Ok(told(typst_realize::realize(kind, engine, locator, arenas, content, styles)?, arenas))
        }
        RealizationKind::Bundle | RealizationKind::Math => {
            typst_realize::realize(kind, engine, locator, arenas, content, styles)
        }
    }
}

/// What stands before a paragraph, which decides on its indent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Paragraph,
    Other,
}

/// Tells the paragraphs in a row how far each is indented.
fn told<'a>(mut children: Vec<Pair<'a>>, arenas: &'a Arenas) -> Vec<Pair<'a>> {
    let mut before = Before::Nothing;
    for (child, styles) in &mut children {
        if let Some(paragraph) = child.to_packed::<ParElem>() {
            let indent = indent(paragraph, *styles, before);
            if styles.get(ComposedElem::indent) != indent {
                let own = arenas.styles.alloc(ComposedElem::indent.set(indent).wrap().into());
                *styles = arenas.bump.alloc(*styles).chain(own);
            }
            before = Before::Paragraph;
        } else if child.is::<BlockElem>() {
            before = Before::Other;
        } else if child.is::<ColbreakElem>() || child.is::<PagebreakElem>() {
            before = Before::Nothing;
        }
    }
    children
}

/// How far a paragraph is indented; none where it is not for us.
fn indent(paragraph: &Packed<ParElem>, styles: StyleChain, before: Before) -> Option<Length> {
    let is_ours = is_justified(paragraph.justify.get(styles), paragraph.linebreaks.get(styles))
        && paragraph.hanging_indent.resolve(styles) == Abs::zero();
    if !is_ours {
        return None;
    }
    let indent = paragraph.first_line_indent.get(styles);
    // Typst has none in lists, where we need not know.
    let begins = match before {
        Before::Nothing if indent.all() && indent.amount() != Length::zero() => return None,
        Before::Nothing => false,
        Before::Paragraph => true,
        Before::Other => indent.all(),
    };
    Some(if begins { indent.amount() } else { Length::zero() })
}

fn is_justified(justify: bool, linebreaks: Smart<Linebreaks>) -> bool {
    justify && linebreaks != Smart::Custom(Linebreaks::Simple)
}

/// Sets a paragraph, or leaves it as it is.
fn set<'a>(
    children: Vec<Pair<'a>>,
    indent: Abs,
    engine: &Engine,
    arenas: &'a Arenas,
    styles: StyleChain<'a>,
) -> Vec<Pair<'a>> {
    match taken(&children, indent, engine, styles) {
        Some(content) => vec![(arenas.content.alloc(content), styles)],
        None => children,
    }
}

/// Sets words that stand in something by themselves, between the tags that are around them.
fn set_inside<'a>(mut children: Vec<Pair<'a>>, engine: &Engine, arenas: &'a Arenas) -> Vec<Pair<'a>> {
    let is_tag = |(child, _): &&Pair| child.is::<TagElem>();
    let start = children.iter().take_while(is_tag).count();
    let end = children.len() - children[start..].iter().rev().take_while(is_tag).count();
    let inner = &children[start..end];
    let Some(styles) = StyleChain::trunk_from_pairs(inner) else { return children };
    if !is_justified(styles.get(ParElem::justify), styles.get(ParElem::linebreaks)) {
        return children;
    }
    if let Some(content) = taken(inner, Abs::zero(), engine, styles) {
        children.splice(start..end, [(&*arenas.content.alloc(content), styles)]);
    }
    children
}

/// What stands for the words of a paragraph that is set here.
fn taken(children: &[Pair], indent: Abs, engine: &Engine, styles: StyleChain) -> Option<Content> {
    let is_plain = styles.get_ref(ParLine::numbering).is_none() && copy::stands_plainly(styles);
    let is_even = styles.resolve(AlignElem::alignment).x == FixedAlignment::Start;
    if !is_plain || !is_even || styles.resolve(TextElem::dir) != Dir::LTR {
        return None;
    }
    let copy = copy::read(children, engine)?;
    let composition = Composition::of(copy, indent, styles)?;
    let span = children.first()?.0.span();
    let element = Packed::new(ComposedElem::new(Arc::new(composition))).spanned(span);
    Some(InlineElem::layouter(element, lines).pack().spanned(span))
}

/// The lines of a paragraph, as wide as there is room.
fn lines(
    element: &Packed<ComposedElem>,
    _: &mut Engine,
    _: Locator,
    _: StyleChain,
    room: Size,
) -> SourceResult<Vec<InlineItem>> {
    let composition = &element.words;
    let lines = justify::lines(composition, room.x);
    Ok(stick::frames(composition, &lines, room.x).into_iter().map(InlineItem::Frame).collect())
}
