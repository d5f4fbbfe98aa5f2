//! `dossier build` on the sample collection: the book, its bookmarks, labels and properties, and the same bytes again.

use crate::collection::Collection;
use crate::pages::{Book, bare};
use crate::pdf::Read;
use dossier::enclosure;
use dossier::press::Standard;
use std::fs;
use std::path::{Path, PathBuf};

/// The sample collection of the project.
fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

/// The marks of time that a PDF can carry in its properties or its XMP.
const TIMES: [&str; 5] = ["CreationDate", "ModDate", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"];

#[test]
fn the_sample_collection_becomes_a_book() {
    let outcome = Collection::copy_of(&samples()).build().ends(0);
    let read = Read::new(outcome.pdf());
    assert!(read.pages() > 8, "{} pages", read.pages());
    assert_eq!(read.title().as_deref(), Some("Alliance against Extremism"));
    assert_eq!(read.language().as_deref(), Some("en"));
    let pages = format!("{} pages, 5 documents", read.pages());
    let sheets = format!("to print: {} sheets of A4, both sides", read.pages().div_ceil(2));
    let mut last = outcome.stderr.lines().rev();
    assert!(last.next().is_some_and(|line| line.starts_with(&sheets)), "{}", outcome.stderr);
    let wrote = last.next().unwrap_or_default();
    assert!(wrote.starts_with("wrote papers.pdf: ") && wrote.contains(&pages), "{wrote}");
}

#[test]
fn the_outline_has_every_document_and_part() {
    let collection = Collection::copy_of(&samples());
    let outline = Read::new(collection.build().ends(0).pdf()).outline();
    let mut last = 0;
    for row in collection.list(&[]) {
        let title = bare(row["title"].as_str().expect("a title is a string"));
        let at = outline.iter().position(|bookmark| bare(bookmark).contains(&title));
        let at = at.unwrap_or_else(|| panic!("no bookmark leads to {title}: {outline:?}"));
        assert!(at >= last, "{title} is out of order: {outline:?}");
        last = at;
    }
    for part in ["Contents", "Glossary"] {
        assert!(outline.iter().any(|bookmark| bookmark.contains(part)), "{part}: {outline:?}");
    }
}

#[test]
fn printed_folios_are_the_pages_labels() {
    let book = Book::of(&samples());
    let labels = Read::new(&book.print()).page_labels();
    let feet = book.feet();
    let mut folios = 0;
    for (page, (label, foot)) in labels.iter().zip(&feet).enumerate() {
        let is_number = |text: &str| text.trim().bytes().all(|byte| byte.is_ascii_digit());
        if let Some((folio, total)) =
            foot.split_once(" of ").filter(|(folio, total)| is_number(folio) && is_number(total))
        {
            assert_eq!(
                (folio.trim(), total.trim()),
                (label.as_str(), labels[labels.len() - 1].as_str()),
                "page {page}"
            );
            folios += 1;
        }
    }
    assert!(folios + 2 >= labels.len(), "only {folios} folios on {} pages: {feet:?}", labels.len());
}

#[test]
fn the_contents_cite_the_page_on_which_each_document_begins() {
    let book = Book::of(&samples());
    let texts = book.texts();
    let contents = bare(&texts[1..3].join(" "));
    for (index, (item, page)) in book.edition.items.iter().zip(&book.pressed.pages.documents).enumerate() {
        let physical = book.pressed.document.pages().iter().position(|set| set.number == *page);
        let text = &texts[physical.expect("the page is there")];
        assert!(bare(text).contains(&bare(&item.facts.title)), "no. {} does not begin on page {page}", index + 1);
        assert!(contents.contains(&bare(&item.facts.title)), "no. {} is not in the contents", index + 1);
        assert!(contents.contains(&page.to_string()), "page {page} is not in the contents");
    }
}

#[test]
fn the_program_prints_what_the_library_sets() {
    let collection = Collection::copy_of(&samples());
    let book = Book::of(&collection.folder());
    let rights = book.edition.book.rights.as_deref();
    let set =
        enclosure::describe(&book.print_as(&[Standard::Ua1]), rights, None, &[]).expect("the PDF can be described");
    assert!(collection.build().ends(0).pdf() == set);
}

#[test]
fn without_an_edition_date_the_pdf_carries_no_time() {
    let read = Collection::copy_of(&samples()).build().ends(0);
    for time in TIMES {
        assert!(!Read::new(read.pdf()).holds(time), "{time}");
    }
}

#[test]
fn an_edition_date_is_in_the_properties_and_on_the_cover() {
    let settings = "title = \"Dated\"\ncompiler = \"A. Clerk\"\nlanguage = \"fr\"\ndate = 2019-05-06\n";
    let collection = Collection::new().settings(settings).file("a.txt", "One sentence stands here.\n");
    let read = Read::new(collection.build().ends(0).pdf());
    assert!(read.holds("D:20190506"), "the properties have no date");
    assert!(read.holds("2019-05-06"), "the XMP has no date");
    assert_eq!(read.author().as_deref(), Some("A. Clerk"));
    assert_eq!(read.language().as_deref(), Some("fr"));
    let cover = Book::of(&collection.folder()).texts().remove(0);
    assert!(cover.contains("6 May 2019") && cover.contains("A. Clerk"), "{cover}");
}

#[test]
fn the_same_inputs_give_the_same_bytes_anywhere() {
    let here = Collection::copy_of(&samples());
    let first = here.build().ends(0);
    let again = here.build().ends(0);
    assert!(first.pdf() == again.pdf(), "two builds of one folder differ");
    let there = Collection::copy_of(&samples()).in_zone("Pacific/Kiritimati").build().ends(0);
    assert!(first.pdf() == there.pdf(), "a build in another folder and time zone differs");
}

#[test]
fn the_book_is_named_after_the_folder_and_lies_in_the_current_one() {
    let collection = Collection::new().file("a.txt", "One sentence stands here.\n");
    let outcome = collection.build().ends(0);
    assert_eq!(Read::new(outcome.pdf()).title().as_deref(), Some("papers"));
    let inside: Vec<_> = fs::read_dir(collection.folder()).expect("the folder is there").collect();
    assert_eq!(inside.len(), 1, "a build leaves nothing among the documents");
}

#[test]
fn its_own_output_is_no_document_and_no_warning() {
    let collection = Collection::new().file("a.txt", "One sentence stands here.\n");
    let arguments = ["build", "papers", "-o", "papers/book.pdf"];
    collection.run(&arguments).ends(0);
    collection.run(&arguments).ends(0).keeps_silent_on("not-a-document");
}

#[test]
fn pictures_of_the_pages_and_the_typst_files_are_written_where_asked() {
    let collection = Collection::new().file("a.txt", "One sentence stands here.\n");
    let outcome = collection.run(&["build", "papers", "--png", "pictures", "--emit", "typst"]).ends(0);
    let pages = Read::new(outcome.pdf()).pages();
    let pictures = fs::read_dir(collection.home().join("pictures")).expect("the pictures are there").count();
    assert_eq!(pictures, pages);
    let first = fs::read(collection.home().join("pictures/page-001.png")).expect("the first page was drawn");
    assert!(first.starts_with(b"\x89PNG"));
    assert!(collection.home().join("typst/main.typ").is_file());
    let typst = fs::read_to_string(collection.home().join("typst/documents/0001.typ")).expect("the document is there");
    assert!(typst.contains("One sentence stands here."), "{typst}");
}
