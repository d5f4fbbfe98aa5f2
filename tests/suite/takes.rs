//! Documents are set a few at a time, and nobody notices.

use crate::collection::Collection;
use crate::pages::{Book, assert_same_pages};
use crate::pdf::Read;
use dossier::layout;
use dossier::press::Standard;
use std::collections::BTreeMap;

/// Papers of which several are in a take and several takes in a book: of many lengths, some without a date, with notes,
/// listings and tables that say the same in each.
fn papers(documents: usize) -> Collection {
    (0..documents).fold(Collection::new().settings("duplicates = \"keep\"\n"), |papers, number| {
        papers.file(&format!("{number:02}.md"), &paper(number, "It met at noon."))
    })
}

fn paper(number: usize, last: &str) -> String {
    let dated = if number % 9 == 8 { String::new() } else { format!("{} May 19{}\n\n", 1 + number % 28, 40 + number) };
    let text = format!("The Harbour Workers Union (HWU) came together as number {number}. Nobody was absent. ");
    format!(
        "# Meeting {number}\n\n{dated}{}\n\nSee the minutes.[^1]\n\n```\none line\nanother line\n```\n\n\
         | who | where |\n|---|---|\n| all | here |\n\n{last}\n\n[^1]: Kept by [the clerk](https://example.org/minutes).\n",
        text.repeat(1 + number * 7 % 60)
    )
}

/// The same design with documents on right-hand pages.
fn on_recto(papers: Collection) -> Collection {
    starting(papers, "\"recto\"")
}

/// The same design with documents that begin where this says.
fn starting(papers: Collection, starts: &str) -> Collection {
    let (layout, _) = layout::load("packet", &BTreeMap::new());
    let design = layout.expect("the layout is embedded").file("design.typ").to_owned();
    assert!(design.contains("starts: \"page\""), "the design says how documents begin");
    papers.file("layouts/packet/design.typ", &design.replace("starts: \"page\"", &format!("starts: {starts}")))
}

#[test]
fn takes_make_the_book_that_one_setting_makes() {
    let pages = papers(33);
    let recto = on_recto(papers(33));
    let books =
        [(&pages, "packet"), (&pages, "booklet"), (&pages, "large-print"), (&pages, "edition"), (&recto, "packet")];
    for (papers, layout) in books {
        let book = Book::laid_out(&papers.folder(), layout);
        let by_itself = Book::by_itself(&papers.folder(), layout);
        assert!(book.print() == by_itself.print(), "{layout}: takes are as large as a change is small");
        let made_up = book.places();
        assert_same_pages(&made_up, &book.in_one_go().places(), layout);
    }
}

#[test]
fn what_says_the_same_in_two_takes_is_told_apart() {
    let papers = (0..12).fold(Collection::new().settings("duplicates = \"keep\"\n"), |papers, number| {
        let text = "Nobody was absent.\n\n[The minutes](https://example.org/minutes)\n";
        papers.file(&format!("{number:02}.md"), &format!("# Meeting {number}\n\n{} May 1940\n\n{text}", number + 1))
    });
    // The same note stands in every document. What two of them could belong to is no PDF/UA, and is refused.
    let pdf = Book::of(&papers.folder()).print_as(&[Standard::Ua1]);
    let read = Read::new(&pdf);
    let noted = |page: &usize| read.text(*page).replace(char::is_whitespace, "").contains("example.org/minutes");
    assert_eq!((0..read.pages()).filter(noted).count(), 12);
}

#[test]
fn takes_that_are_kept_serve_for_what_has_not_changed_and_for_nothing_else() {
    for layout in ["packet", "edition"] {
        let before = papers(33);
        let book = Book::laid_out(&before.folder(), layout);
        let longer = before.file("15.md", &paper(15, &"It met again, and went on till midnight. ".repeat(300)));
        let book = book.followed_by(&longer.folder(), layout);
        let fresh = Book::laid_out(&longer.folder(), layout);
        assert_eq!(book.places(), fresh.places(), "{layout}: a document has grown by a page or more");
        let renamed = longer.file("02.md", &paper(2, "It met at dusk.").replace("# Meeting 2", "# Another meeting"));
        let book = book.followed_by(&renamed.folder(), layout);
        let fresh = Book::laid_out(&renamed.folder(), layout);
        assert!(fresh.texts().concat().contains("Another meeting"));
        assert_eq!(book.places(), fresh.places(), "{layout}: a title is another");
        let fewer = renamed.without("00.md");
        let book = book.followed_by(&fewer.folder(), layout);
        assert!(book.print() == Book::laid_out(&fewer.folder(), layout).print(), "{layout}: a document is gone");
        let larger = on_recto(fewer.settings("duplicates = \"keep\"\nfont_size = 12\n"));
        let book = book.followed_by(&larger.folder(), layout);
        let fresh = Book::laid_out(&larger.folder(), layout);
        assert_eq!(book.places(), fresh.places(), "{layout}: the sheet and the design are others");
    }
}

#[test]
fn a_design_that_reckons_where_documents_begin_makes_the_same_book() {
    let plain = papers(12);
    let book = Book::laid_out(&plain.folder(), "packet");
    let reckoned = starting(plain, "(\"recto\", \"page\").last()");
    assert_same_pages(&book.places(), &Book::laid_out(&reckoned.folder(), "packet").places(), "packet");
}
