//! What stands around the documents: front matter, back matter, heads and folios.
//!
//! What enters: a forme with its page numbers, the documents' pages. What leaves: the pages before and behind them, and
//! the heads and folios of all. Typst would set every page twice that counts pages or asks where something stands, so each
//! part is told that: the back matter how many pages are before it, then the front matter where that begins, and every
//! folio its number.

use super::makeup::shifts;
use super::take::{Row, Taken, blanks_before, take_all};
use super::world::Shop;
use crate::forme::{Forme, Setting, Take};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Content, NativeElement};
use typst::introspection::Introspector;
use typst::layout::Abs;
use typst::model::HeadingElem;

/// How often the front matter is set at most: it moves nothing but where the editor's own pages stand in it.
const SETTINGS: usize = 3;

/// Front matter, back matter, heads and folios.
pub(super) struct Around {
    /// What stands before the documents.
    pub(super) front: Arc<Taken>,
    /// What stands behind them.
    pub(super) back: Arc<Taken>,
    /// How many empty pages stand before that.
    pub(super) blanks: usize,
    /// The heads and folios of all pages, on as many of their own.
    pub(super) folios: Arc<Taken>,
    /// How much further right than where the documents were set the lines of each of their pages begin.
    pub(super) shifts: Vec<Abs>,
    /// Whether all stands where it was said to stand.
    pub(super) settled: bool,
}

impl Around {
    /// What Typst had to say.
    pub(super) fn warnings(&self) -> impl Iterator<Item = &SourceDiagnostic> {
        [&self.front, &self.back, &self.folios].into_iter().flat_map(|taken| &taken.warnings)
    }
}

/// Sets what stands around documents. `heads` says for each of their pages which of them its head names.
pub(super) fn set(
    forme: &Forme,
    text: &Row,
    heads: Vec<Option<usize>>,
    shop: &mut Shop,
) -> Result<Around, Vec<SourceDiagnostic>> {
    let mut set = |parts: &[Setting]| {
        let takes: Vec<Take> = parts.iter().map(Take::part).collect();
        take_all(&takes, forme, shop, &mut |_| ())
    };
    let before = text.pages.len();
    let blanks = blanks_before(before + 1);
    let [back] = some(set(&[Setting::Back { blanks }])?);
    let total = before + back.document.pages().len() - blanks;
    let of_documents = heads.len();
    let folios = Setting::Folios { first: text.front + 1, heads, total };
    let behind: BTreeMap<String, usize> =
        parts(&back).into_iter().map(|(key, page)| (key, before + page - blanks)).collect();
    let places =
        |front: &Taken| -> BTreeMap<String, usize> { parts(front).into_iter().chain(behind.clone()).collect() };
    let mut said = places(&text.before);
    for setting in 1.. {
        let [front, folios] = some(set(&[Setting::Front { parts: said.clone() }, folios.clone()])?);
        let found = places(&front);
        let fits = front.document.pages().len() == text.front;
        let settled = fits && found == said;
        if settled || !fits || setting == SETTINGS {
            let shifts = shifts(&folios.document);
            let has_all = shifts.len() == of_documents;
            return if has_all { Ok(Around { front, back, blanks, folios, shifts, settled }) } else { Err(Vec::new()) };
        }
        said = found;
    }
    unreachable!("the last setting ends it")
}

/// As many takes as were asked for.
fn some<const N: usize>(taken: Vec<Arc<Taken>>) -> [Arc<Taken>; N] {
    taken.try_into().unwrap_or_else(|_| unreachable!("every take is set"))
}

/// The page on which each part of the book begins, by its key.
fn parts(taken: &Taken) -> Vec<(String, usize)> {
    let introspector = taken.document.introspector();
    let headings = introspector.query(&HeadingElem::ELEM.select());
    let part = |heading: &Content| {
        let level = heading.to_packed::<HeadingElem>()?.level.as_option().as_ref()?.custom()?;
        let place = introspector.position(heading.location()?)?;
        let key = heading.label()?.resolve().as_str().to_owned();
        (level == NonZeroUsize::MIN).then(|| (key, place.page.get()))
    };
    headings.iter().filter_map(part).collect()
}
