//! How an edition stands on paper, and the editor's own pages in it.

use crate::collection::Collection;
use crate::pages::Book;
use crate::pdf::Read;
use dossier::manifest::Manifest;
use std::fs;

fn three() -> Collection {
    Collection::new()
        .file(
            "a.txt",
            "3 May 2019\n\nThe Harbour Workers Union (HWU) met on the bridge, and nobody spoke against it.\n",
        )
        .file("b.txt", "4 June 2019\n\nThe union met again, and somebody spoke against it.\n")
        .file("c.txt", "5 July 2021\n\nNobody met.\n")
}

#[test]
fn paper_is_chosen_by_the_settings_and_by_flags_over_them() {
    let collection = three().settings("paper = \"letter\"\n");
    let size = |arguments: &[&str]| {
        let arguments = [&["build", "papers"], arguments].concat();
        Read::new(collection.run(&arguments).ends(0).pdf()).size(0)
    };
    assert_eq!(size(&[]), (612.0, 792.0));
    let (width, height) = size(&["--paper", "a4"]);
    assert!((width - 595.28).abs() < 0.1 && (height - 841.89).abs() < 0.1);
    assert_eq!(size(&["--layout", "booklet"]), (396.0, 612.0));
}

#[test]
fn larger_letters_take_more_room_and_a_gutter_moves_the_text_inwards() {
    let left = |settings: &str| {
        let book = Book::of(&three().settings(settings).folder());
        let lines = book.lines();
        let first = lines.iter().find(|line| line.document == 0).expect("the document has text");
        let boxes = book.boxes(first.page);
        let found = boxes.iter().filter(|(edges, _)| (edges[3] - first.y).abs() < 3.0);
        found.map(|(edges, _)| edges[0]).fold(f64::INFINITY, f64::min)
    };
    let (plain, bound) = (left("duplex = false\n"), left("duplex = false\ngutter = 10\n"));
    assert!((bound - plain - 28.35).abs() < 0.2, "{plain} and {bound}");
    let height = |settings: &str| {
        let book = Book::of(&three().settings(settings).folder());
        let sizes = book.boxes(3).into_iter().map(|(edges, _)| edges[3] - edges[1]);
        sizes.fold(0.0, f64::max)
    };
    assert!(height("font_size = 14\n") > 1.2 * height(""));
}

#[test]
fn a_gutter_takes_from_the_margin_and_its_notes_stay_on_the_paper() {
    let book = Book::laid_out(&three().settings("gutter = 30\n").folder(), "edition");
    let margin = |index: &usize| {
        let width = book.pressed.document.pages()[*index].frame.width().to_pt();
        book.boxes(*index).iter().all(|(edges, _)| edges[0] > 28.0 && edges[2] < width - 28.0)
    };
    let pages: Vec<usize> = (0..book.pressed.document.pages().len()).collect();
    assert_eq!(pages.iter().filter(|index| !margin(index)).collect::<Vec<_>>(), Vec::<&usize>::new());
}

#[test]
fn a_wrong_measure_is_told_with_its_bounds() {
    let outcome = three().settings("font_size = 90\ngutter = \"8\"\n").build().ends(1);
    outcome.tells(&["error[wrong-value]", "from 7 to 24"]).tells(&["error[wrong-type]", "write `gutter = 8`"]);
    three().run(&["build", "papers", "--font-size", "2"]).ends(2);
    three().run(&["build", "papers", "--duplex", "--simplex"]).ends(2);
}

#[test]
fn the_last_line_says_how_many_sheets_and_how_to_print_them() {
    three().build().ends(0).tells(&["sheets of A4, both sides, flipped on the long edge"]);
    three().run(&["build", "papers", "--simplex"]).ends(0).tells(&["sheets of A4, one side"]);
    three().run(&["build", "papers", "--layout", "booklet"]).ends(0).tells(&["as a booklet", "--impose booklet"]);
}

#[test]
fn single_pages_are_drawn() {
    let collection = three();
    collection.run(&["build", "papers", "--png", "drawn", "--pages", "2-3,5"]).ends(0);
    let mut names: Vec<String> = std::fs::read_dir(collection.home().join("drawn"))
        .expect("the folder was made")
        .map(|entry| entry.expect("the folder can be read").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["page-002.png", "page-003.png", "page-005.png"]);
    collection.run(&["build", "papers", "--png", "drawn", "--pages", "4-2"]).ends(2);
}

#[test]
fn years_and_sections_part_the_documents() {
    let text = |settings: &str| Book::of(&three().settings(settings).folder()).texts();
    let years = text("dividers = \"year\"\n");
    let contents = &years[1];
    let (first, second) = (contents.find("2019"), contents.rfind("2021"));
    assert!(first.is_some() && first < second, "{contents}");
    let opening = years.iter().skip(2).filter(|page| page.trim_start().starts_with("20")).count();
    assert_eq!(opening, 2, "{years:?}");
    let collection = three().settings(
        "dividers = \"section\"\n[documents.\"a.txt\"]\nsection = \"On the bridge\"\n\
         [documents.\"b.txt\"]\nsection = \"After\"\n[documents.\"c.txt\"]\nsection = \"On the bridge\"\n",
    );
    assert_eq!(collection.order(&[]), ["a.txt", "c.txt", "b.txt"]);
    let sections = Book::of(&collection.folder()).texts().join(" ");
    assert!(sections.contains("On the bridge") && sections.contains("After"));
}

#[test]
fn the_editors_own_pages_stand_before_and_after_the_documents() {
    let collection = three()
        .file("preface.md", "# To the reader\n\nThese are *three* papers.[^1]\n\n[^1]: And no more.\n")
        .file("afterword.md", "Nothing follows.\n");
    assert_eq!(collection.order(&[]).len(), 3);
    let pages = Book::of(&collection.folder()).texts();
    let page = |words: &str| pages.iter().position(|page| page.contains(words));
    let (preface, text, afterword) = (page("three papers"), page("met on the bridge"), page("Nothing follows"));
    assert!(preface.is_some() && preface < text && text < afterword, "{preface:?} {text:?} {afterword:?}");
    assert!(pages.iter().any(|page| page.contains("And no more")), "the note of the preface is lost");
    assert!(pages[1].contains("Preface") && pages[1].contains("Afterword"), "{}", pages[1]);
}

#[test]
fn a_logo_stands_on_the_cover_and_one_that_cannot_is_told() {
    let seal = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><rect width='40' height='20'/></svg>";
    let collection = three().file("marks/seal.svg", seal);
    let plain = Book::of(&collection.folder()).pressed.forme.pictures.len();
    let with = collection.settings("logo = \"marks/seal.svg\"\n");
    assert_eq!((plain, Book::of(&with.folder()).pressed.forme.pictures.len()), (0, 1));
    with.build().ends(0).keeps_silent_on("unreferred-picture");
    three().settings("logo = \"seal.svg\"\n").build().ends(1).tells(&["error[unusable-logo]", "no such file"]);
    three().settings("logo = \"a.txt\"\n").build().ends(1).tells(&["error[unusable-logo]", "is no PNG"]);
}

#[test]
fn the_picture_on_the_cover_is_proved_and_handed_over_like_any_other() {
    let seal = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><rect width='40' height='20'/></svg>";
    let collection = three().file("marks/seal.svg", seal).settings("logo = \"marks/seal.svg\"\n");
    let made = collection.build().ends(0).pdf().to_vec();
    let manifest = fs::read(collection.home().join("papers.manifest.json")).expect("a manifest stands beside the PDF");
    let manifest = Manifest::read(&manifest).unwrap_or_else(|problem| panic!("{}", problem.message));
    let pictures: Vec<&str> = manifest.pictures.iter().map(|picture| picture.path.as_str()).collect();
    assert_eq!(pictures, ["marks/seal.svg"]);
    collection.run(&["bag", "papers", "-o", "bag"]).ends(0);
    assert!(collection.home().join("bag/data/sources/marks/seal.svg").is_file());
    collection.run(&["verify", "papers.pdf", "--against", "papers"]).ends(0);
    let collection = collection.file("marks/seal.svg", &seal.replace("'40'", "'30'"));
    let outcome = collection.run(&["verify", "papers.pdf", "--against", "papers"]).ends(1);
    outcome.tells(&["error[changed-source]", "marks/seal.svg"]);
    assert!(collection.build().ends(0).pdf() != made);
    // One that a document shows too is one file, and one record.
    let shown = collection.file("d.md", "They met. ![The seal](marks/seal.svg)\n");
    assert_eq!(Book::of(&shown.folder()).pressed.forme.pictures.len(), 1);
}

#[test]
fn what_is_wrong_with_the_picture_on_the_cover_is_told_of_the_settings() {
    let lettered = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><text y='9'>\u{10380}</text></svg>";
    let collection = three().file("seal.svg", lettered).settings("date = 2026-11-01\nlogo = \"seal.svg\"\n");
    collection.build().ends(0).tells(&["warning[missing-glyph]", "seal.svg", "--> dossier.toml"]);
    for command in ["build", "check"] {
        let outcome = collection.run(&[command, "papers", "--standard", "a-3a,ua-1"]).ends(1);
        outcome
            .tells(&["error[missing-glyph]", "seal.svg", "--> dossier.toml"])
            .keeps_silent_on("warning[missing-glyph]");
    }
}

#[test]
fn a_page_of_summaries_leads_where_asked() {
    let collection = three()
        .settings("summary_page = true\n[documents.\"b.txt\"]\nsummary = \"Somebody spoke against it at last.\"\n");
    let pages = Book::of(&collection.folder()).texts();
    assert!(pages[1].contains("In brief") && pages[1].contains("Somebody spoke against it at last."), "{}", pages[1]);
    assert_eq!(pages.iter().filter(|page| page.contains("at last.")).count(), 1);
}
