//! The same text captured twice: one capture is printed, the others are named, and the editor decides otherwise.

use crate::collection::{Collection, word};
use crate::pages::{Book, bare};

/// A text of some length.
fn text() -> String {
    let years = ["first", "second", "third", "fourth", "fifth", "sixth"];
    let sentence = |year: &&str| {
        format!(
            "In the {year} year of the strike the Harbour Workers Union of Zenda met in the old hall by the river, and its \
             members resolved that no boat should leave before the {year} demand had been granted in full."
        )
    };
    years.iter().map(sentence).collect::<Vec<_>>().join("\n\n")
}

fn dated(day: &str, title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\ndate: {day}\n---\n\n{text}\n")
}

/// A release, and the same from a newspaper's page with a misprint.
fn twice() -> Collection {
    Collection::new()
        .file("paper.md", &dated("2001-03-17", "Strikers meet", &text().replace("second demand", "secund demand")))
        .file("release.md", &dated("2001-03-15", "Resolutions of the union", &text()))
}

fn printed(collection: &Collection) -> Vec<String> {
    let rows = collection.list(&[]).into_iter().filter(|row| row["duplicate_of"].is_null());
    rows.map(|row| word(&row["source"]).to_owned()).collect()
}

#[test]
fn one_capture_is_printed_and_names_the_other() {
    let collection = twice();
    let outcome =
        collection.build().ends(0).tells(&["note[duplicate]", "paper.md", "release.md", "duplicate_of = false"]);
    assert!(outcome.stderr.contains("1 document,"), "{}", outcome.stderr);
    let rows = collection.list(&[]);
    assert_eq!(rows.iter().map(|row| word(&row["source"])).collect::<Vec<_>>(), ["release.md", "paper.md"]);
    assert!(rows[0]["duplicate_of"].is_null());
    assert_eq!((word(&rows[1]["duplicate_of"]), word(&rows[1]["number"])), ("release.md", "1"));
    assert_eq!(rows[1]["differences"][0]["text"], "secund");
    assert_eq!(rows[1]["differences"][0]["line"], 8);
    let book = bare(&Book::of(&collection.folder()).text());
    for words in ["Also captured as paper.md, “Strikers meet” (17 March 2001;", "of which one word differs"] {
        assert!(book.contains(&bare(words)), "{words}: {book}");
    }
    assert_eq!(book.matches(&bare("In the fourth year of the strike")).count(), 1);
    let table = collection.run(&["list", "papers"]);
    assert!(table.stdout.contains("= 1") && table.stdout.contains("(printed as release.md)"), "{}", table.stdout);
    let csv = collection.run(&["list", "papers", "--format", "csv"]);
    assert!(
        csv.stdout.lines().any(|line| line.contains("paper.md") && line.ends_with(",release.md")),
        "{}",
        csv.stdout
    );
}

#[test]
fn the_editor_decides_what_is_a_duplicate() {
    assert_eq!(printed(&twice().settings("duplicates = \"keep\"\n")), ["release.md", "paper.md"]);
    let apart = "[documents.\"paper.md\"]\nduplicate_of = false\n";
    assert_eq!(printed(&twice().settings(apart)), ["release.md", "paper.md"]);
    let other = "[documents.\"release.md\"]\nduplicate_of = \"paper.md\"\n";
    assert_eq!(printed(&twice().settings(other)), ["paper.md"]);
    let unlike =
        twice().file("x.md", "Another text stands here.\n").file("x.md.toml", "duplicate_of = \"release.md\"\n");
    assert_eq!(printed(&unlike), ["release.md"]);
    assert_eq!(unlike.list(&[])[2]["differences"][0]["text"], "Another text stands here");
}

#[test]
fn what_the_editor_says_wrongly_of_duplicates_is_told() {
    let circle = "[documents.\"release.md\"]\nduplicate_of = \"paper.md\"\n\n[documents.\"paper.md\"]\nduplicate_of = \"release.md\"\n";
    let collection = twice().settings(circle);
    collection.build().ends(0).tells(&["warning[circular-duplicate]", "dossier.toml:2"]);
    assert_eq!(collection.list(&[]).len(), 2);
    let nowhere = twice().settings("[documents.\"paper.md\"]\nduplicate_of = \"nowhere.md\"\n");
    nowhere.build().ends(0).tells(&["warning[unmatched-document]", "nowhere.md", "dossier.toml:2"]);
}

#[test]
fn texts_that_say_something_else_are_all_printed() {
    let figure = text().replace("third demand", "3rd demand");
    let longer =
        format!("{}\n\nOn Friday the owners gave way, and the first boat left the harbour that very night.", text());
    let reordered =
        text().replace("no boat should leave", "every boat should leave at once and no crew should be paid");
    for other in [&figure, &longer, &reordered] {
        let collection = twice().file("other.md", &dated("2001-03-16", "Resolutions of the union", other));
        assert_eq!(printed(&collection), ["release.md", "other.md"], "{other}");
    }
    let again = twice().file("again.md", &dated("2001-06-16", "Resolutions of the union", &text()));
    assert_eq!(printed(&again), ["release.md", "again.md"], "a circular that is given out anew");
    let datelined = |day: &str| format!("{day} March 2001\n\n{}", text());
    let notices = Collection::new().file("a.txt", &datelined("12")).file("b.txt", &datelined("14"));
    assert_eq!(printed(&notices).len(), 2, "two datelines are two notices");
    let pictured = |name: &str| dated("2001-03-16", "Resolutions", &format!("{}\n\n![A boat]({name})", text()));
    let pictures = Collection::new().file("a.md", &pictured("one.png")).file("b.md", &pictured("two.png"));
    assert_eq!(printed(&pictures).len(), 2, "another picture is another document");
    let thanks = "Thank you for your letter, which the board has read.\n";
    let short = Collection::new().file("a.txt", thanks).file("b.txt", thanks);
    assert_eq!(printed(&short).len(), 2, "a short text says too little");
}

#[test]
fn many_captures_of_one_text_are_one_document_and_answer_to_their_names() {
    let collection = (0..40).fold(Collection::new(), |collection, index| {
        collection.file(&format!("{index:02}.md"), &dated("2001-03-15", "Resolutions", &text()))
    });
    assert_eq!(printed(&collection), ["00.md"]);
    assert_eq!(collection.list(&[]).len(), 40);
    assert_eq!(collection.list(&["--only", "27.md"]).len(), 40);
    assert!(collection.run(&["explain", "papers", "27.md"]).ends(0).stdout.contains("00.md"));
}
