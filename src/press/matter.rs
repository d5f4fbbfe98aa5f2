//! What needs the page numbers of the documents: back matter, heads and folios.
//!
//! What enters: a forme with its page numbers, the pages of the front matter and the documents. What leaves: the pages
//! behind them, and the heads and folios of all. Typst would set every page twice that counts pages or asks where something
//! stands, so each part is told that: the back matter how many pages are before it, and every folio its number.

use super::makeup::shifts;
use super::take::{Row, Taken, blanks_before, take_all};
use super::world::Shop;
use crate::forme::{Forme, Setting, Take};
use std::sync::Arc;
use typst::diag::SourceDiagnostic;
use typst::layout::Abs;

/// Back matter, heads and folios.
pub(super) struct Around {
    /// What stands behind the documents.
    pub(super) back: Arc<Taken>,
    /// How many empty pages stand before that.
    pub(super) blanks: usize,
    /// The heads and folios of all pages, on as many of their own.
    pub(super) folios: Arc<Taken>,
    /// How much further right than where the documents were set the lines of each of their pages begin.
    pub(super) shifts: Vec<Abs>,
}

impl Around {
    /// What Typst had to say.
    pub(super) fn warnings(&self) -> impl Iterator<Item = &SourceDiagnostic> {
        [&self.back, &self.folios].into_iter().flat_map(|taken| &taken.warnings)
    }
}

/// Sets them, from a forme and what these parts are told of the whole book, where that is not what
/// the forme has. `heads` says for each of the documents' pages which of them its head names.
pub(super) fn set(
    (forme, book): (&Forme, Option<&Arc<str>>),
    text: &Row,
    heads: Vec<Option<usize>>,
    shop: &mut Shop,
) -> Result<Around, Vec<SourceDiagnostic>> {
    let mut set = |part: &Setting| -> Result<Arc<Taken>, Vec<SourceDiagnostic>> {
        let part = Take::part(part);
        let part = if let Some(book) = book { part.told(book) } else { part };
        let taken = take_all(&[part], forme, shop, &mut |_| ())?;
        Ok(taken.into_iter().next().expect("every take is set"))
    };
    let before = text.pages.len();
    let blanks = blanks_before(before + 1);
    let back = set(&Setting::Back { blanks })?;
    let total = before + back.document.pages().len() - blanks;
    let of_documents = heads.len();
    let folios = set(&Setting::Folios { first: text.front + 1, heads, total })?;
    let shifts = shifts(&folios.document);
    if shifts.len() != of_documents {
        return Err(Vec::new());
    }
    Ok(Around { back, blanks, folios, shifts })
}
