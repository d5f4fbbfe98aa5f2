//! One document by itself, set where it will stand in its book, for whoever waits to see it.
//!
//! What enters: an edition, the pages that its last setting had, one of its documents. What leaves: the pages of that
//! document with the numbers and on the sides that they had; what they lead to stands behind them, unseen. Nothing is
//! promised: where the document cannot be set by itself there is no draft, and the book's own setting will tell why.

use super::world::Shop;
use crate::edition::Edition;
use crate::edition::facts::{key, organization_key};
use crate::edition::glossary::Pages;
use crate::forme::{self, MAIN};
use crate::layout::Layout;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::Range;
use typst_layout::PagedDocument;

/// The pages of one document, in place of those that it had.
pub struct Draft {
    /// The set pages, among others that belong to no book.
    pub document: PagedDocument,
    /// Which of them are the document's.
    pub pages: Range<usize>,
    /// The pages of the last setting that they stand for, counted from 0.
    pub instead: Range<usize>,
}

/// Sets one document of an edition by itself. `before` are the set pages of the last book, `pages` what stands on them.
pub fn draft(
    edition: &Edition,
    layout: &Layout,
    shop: &mut Shop,
    (before, pages): (&[u64], &Pages),
    index: usize,
) -> Option<Draft> {
    let (first, last) = (*pages.documents.get(index)?, *pages.ends.get(index)?);
    let shares = |other: Option<&u64>| other.is_some_and(|page| *page == first || *page == last);
    let comes_over = index.checked_sub(1).and_then(|before| pages.ends.get(before));
    if shares(comes_over) || shares(pages.documents.get(index + 1)) {
        // Documents that run on have no page of their own.
        return None;
    }
    let start = before.iter().position(|number| *number == first)?;
    let end = before.iter().rposition(|number| *number == last)? + 1;
    let coverage = shop.coverage();
    let mut forme = forme::lock_up_one(edition, index, layout, &coverage);
    // The side that a page has follows from its place among all pages.
    let blank = start % 2;
    forme.files.insert(MAIN.to_owned(), main(edition, index, blank, first, before.last().copied()?).into());
    shop.lay(&forme);
    let document = typst::compile::<PagedDocument>(shop).output.ok()?;
    let behind = document.pages().len().checked_sub(1)?;
    let is_in_place = document.pages().get(blank).is_some_and(|page| page.number == first);
    (is_in_place && blank < behind).then(|| Draft {
        pages: blank..behind,
        document,
        instead: start..end.max(start + 1),
    })
}

/// Writes the file that Typst starts from.
fn main(edition: &Edition, index: usize, blank: usize, first: u64, last: u64) -> String {
    let mentions = edition.items[index].mentions.iter();
    let mut led_to: BTreeSet<String> = mentions.map(|mention| organization_key(mention.entry)).collect();
    led_to.extend((0..edition.items.len()).filter(|other| *other != index).map(key));
    let mut code = String::from(
        "#import \"/edition.typ\": edition\n#import \"/layout/page.typ\": sheet\n\
         #import \"/layout/document.typ\": whole-document\n#set text(lang: edition.lang)\n#show: sheet.with(edition)\n",
    );
    if blank > 0 {
        code.push_str("#pagebreak()\n");
    }
    let _ = write!(
        code,
        "#counter(page).update({first})\n#let entry = edition.documents.first()\n#import entry.path: body, head\n\
         #whole-document(entry, head, body)\n#pagebreak()\n#counter(page).update({last})\n"
    );
    for key in led_to {
        let _ = writeln!(code, "#metadata(none) #label(\"{key}\")");
    }
    code
}
