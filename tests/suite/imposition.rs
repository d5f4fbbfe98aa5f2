//! Booklets: what stands where on the sheets, read from the characters of the imposed PDF.

use crate::collection::Collection;
use crate::pdf::Read;
use dossier::impose::{self, Scheme};
use std::fs;

/// A PDF of so many pages, each of which says its number in words of its own.
fn book(pages: usize) -> Vec<u8> {
    let mut text = String::from("#set page(width: 148mm, height: 210mm, numbering: \"1\")\n");
    for page in 1..=pages {
        if page > 1 {
            text.push_str("#pagebreak()\n");
        }
        text.push_str(&format!("page-{page}-ends\n"));
    }
    crate::pdf::printed(&text)
}

#[test]
fn a_folded_booklet_reads_in_order_for_every_length() {
    for pages in 1..=40 {
        let imposed = impose::impose(&book(pages), Scheme::Booklet).unwrap_or_else(|problem| panic!("{problem:?}"));
        let read = Read::new(&imposed.bytes);
        assert_eq!(read.pages(), imposed.sheets * 2, "{pages}");
        // What stands left and right on each side, by the place of its characters.
        let sides: Vec<[Option<usize>; 2]> = (0..read.pages())
            .map(|side| {
                let middle = read.size(side).0 / 2.0;
                let mut halves = [None, None];
                for (x, word) in read.words(side) {
                    if let Some(number) = word.strip_prefix("page-").and_then(|rest| rest.strip_suffix("-ends")) {
                        halves[usize::from(x > middle)] = number.parse().ok();
                    }
                }
                halves
            })
            .collect();
        let fronts = sides.iter().step_by(2);
        let backs = sides.iter().skip(1).step_by(2);
        let sheets: Vec<_> = fronts.zip(backs).collect();
        let inwards = sheets.iter().flat_map(|(front, back)| [front[1], back[0]]);
        let outwards = sheets.iter().rev().flat_map(|(front, back)| [back[1], front[0]]);
        let leafed: Vec<usize> = inwards.chain(outwards).flatten().collect();
        assert_eq!(leafed, (1..=pages).collect::<Vec<_>>(), "{pages} pages");
        assert_eq!(imposed.sheets * 4 - pages, imposed.blanks);
    }
}

fn booklet() -> Collection {
    let one = "The Harbour Workers Union (HWU) met on the bridge.\n\n".repeat(40);
    Collection::new()
        .settings("layout = \"booklet\"\n")
        .file("a.txt", &format!("3 May 2019\n\n{one}"))
        .file("b.txt", &format!("4 May 2019\n\n{one}"))
}

#[test]
fn a_build_writes_the_booklet_beside_the_plain_pages() {
    let collection = booklet();
    let outcome = collection.run(&["build", "papers", "--impose", "booklet", "--first-sheet"]).ends(0);
    let plain = Read::new(outcome.pdf());
    outcome.tells(&["papers-booklet.pdf", "on ", "flipped on the short edge"]);
    let imposed = fs::read(collection.home().join("papers-booklet.pdf")).expect("the booklet was written");
    let read = Read::new(&imposed);
    assert_eq!(read.pages(), 2 + plain.pages().div_ceil(4) * 2);
    assert!(read.words(0).iter().any(|(_, word)| word.contains("staple") || word.contains("Fold")));
    assert_eq!(read.outline(), plain.outline());
    assert!(read.links() >= plain.links(), "links are lost");
    assert!(read.fonts() <= plain.fonts() + 2, "fonts are embedded more than once");
    let again = collection.run(&["impose", "papers.pdf", "-o", "again.pdf", "--first-sheet"]).ends(0);
    again.tells(&["again.pdf"]);
}

#[test]
fn large_pages_are_made_smaller_for_the_same_paper() {
    let collection = booklet();
    collection.run(&["build", "papers", "--layout", "packet"]).ends(0);
    collection.run(&["impose", "papers.pdf", "--2up"]).ends(0);
    let read = Read::new(&fs::read(collection.home().join("papers-2up.pdf")).expect("the file was written"));
    let (width, height) = read.size(0);
    assert!((width - 841.9).abs() < 1.0 && (height - 595.3).abs() < 1.0, "{width} × {height}");
}

#[test]
fn what_is_no_pdf_is_told_and_nothing_is_written() {
    let collection = Collection::new().file("a.txt", "no PDF\n");
    collection.run(&["impose", "papers/a.txt", "-o", "b.pdf"]).ends(1).tells(&["error[unreadable-pdf]"]);
    assert!(!collection.home().join("b.pdf").exists());
    collection.run(&["impose", "papers/none.pdf"]).ends(2);
    let book = booklet();
    book.build().ends(0);
    book.run(&["impose", "papers.pdf", "-o", "papers.pdf"]).ends(2).tells(&["another"]);
}
