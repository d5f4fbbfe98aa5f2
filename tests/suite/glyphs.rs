//! Characters that no font has: a substitute that can be read and searched, and a diagnostic that names a font.

use crate::collection::Collection;
use crate::pages::{Book, bare};

const SENTENCES: &str = "The clerk read out the minutes, and nobody spoke against them. The meeting closed early.\n";

fn with_strangers() -> Collection {
    Collection::new()
        .file("a.txt", &format!("{SENTENCES}\nA face 𐎀 and the city 東京 stood in the minutes of the meeting.\n"))
}

fn in_chinese() -> Collection {
    with_strangers().file("zh.txt", "这是一个完整的中文文档。它没有英文。委员会今天开会，没有人反对。\n")
}

#[test]
fn a_missing_character_is_named_in_its_place() {
    let text = bare(&Book::of(&with_strangers().folder()).text());
    assert!(text.contains(&bare("A face [U+10380 ugaritic letter alpa] and the city")), "{text}");
    assert!(text.contains("[U+6771") && text.contains("[U+4EAC"), "{text}");
    assert!(!text.contains('𐎀') && !text.contains('東'), "{text}");
}

#[test]
fn it_is_told_with_document_and_line_and_a_font() {
    with_strangers()
        .build()
        .ends(0)
        .tells(&[
            "warning[missing-glyph]",
            "U+10380 ugaritic letter alpa",
            "a.txt:3:8",
            "Noto Sans Ugaritic (package fonts-noto-core)",
        ])
        .tells(&["warning[missing-glyph]", "U+6771", "a.txt:3:", "CJK"]);
}

#[test]
fn check_tells_the_same_without_setting_pages() {
    let outcome = with_strangers().run(&["check", "papers"]).ends(0);
    assert!(outcome.pdf.is_none());
    outcome.tells(&["warning[missing-glyph]", "U+10380 ugaritic letter alpa", "a.txt:3:8"]);
}

#[test]
fn strict_takes_it_for_an_error_and_still_writes_the_book() {
    let collection = with_strangers().settings("[documents.\"a.txt\"]\ndate = 2001-02-03\n");
    let outcome = collection.run(&["build", "papers", "--strict"]).ends(1);
    assert!(outcome.pdf.is_some());
    collection.run(&["check", "papers", "--strict"]).ends(1);
    collection.build().ends(0);
}

#[test]
fn a_document_without_a_font_gets_a_stub_page_that_says_which() {
    let collection = in_chinese();
    let outcome = collection.build().ends(1).tells(&["error[no-font]", "zh.txt", "Noto Serif CJK"]);
    assert!(outcome.pdf.is_some());
    let book = Book::of(&collection.folder());
    let text = bare(&book.text());
    assert!(text.contains(&bare("need a font that is not here: Noto Serif CJK")), "{text}");
    assert!(text.contains(&bare(SENTENCES)), "the neighbour is set: {text}");
    assert!(outcome.stderr.matches("zh.txt").count() < 6, "one error is enough: {}", outcome.stderr);
    collection.run(&["check", "papers"]).ends(1).tells(&["error[no-font]", "zh.txt"]);
}

#[test]
fn characters_without_a_font_in_settings_are_named_too() {
    let collection = Collection::new()
        .settings(
            "title = \"Minutes 東 of the town\"\n[documents.\"a.txt\"]\ntitle = \"A face 𐎀\"\nsummary = \"Of 京\"\n",
        )
        .file("a.txt", SENTENCES);
    collection.build().ends(0);
    let text = bare(&Book::of(&collection.folder()).text());
    for substitute in ["[U+6771", "[U+10380", "[U+4EAC"] {
        assert!(text.contains(substitute), "{substitute}: {text}");
    }
}

/// Typst shapes a mark with the letter that it stands on, and looks for one font that has both.
#[test]
fn a_mark_on_a_letter_of_another_font_is_named_and_the_letter_stays() {
    let collection = Collection::new()
        .file("a.txt", &format!("{SENTENCES}\nThe letter D\u{651} stood in the minutes of 京\u{651}.\n"));
    let text = bare(&Book::of(&collection.folder()).text());
    assert!(text.contains(&bare("The letter D[U+0651 arabic shadda] stood")), "{text}");
    assert!(text.contains(&bare("minutes of [U+4EAC][U+0651 arabic shadda].")), "{text}");
    collection.build().ends(0).tells(&["warning[missing-glyph]", "U+0651 arabic shadda", "a.txt:3:"]);
    let accents = Collection::new()
        .file("a.txt", "The cafe\u{301} of Tie\u{302}\u{301}n stood in \u{627}\u{644}\u{644}\u{651}\u{647}.\n");
    accents.build().ends(0).keeps_silent_on("missing-glyph");
}

#[test]
fn nothing_prints_as_an_empty_box() {
    for collection in [with_strangers(), in_chinese()] {
        has_no_boxes(&collection);
    }
}

/// The embedded text font lists U+2125 among its characters, and leads it to no glyph.
#[test]
fn a_character_that_a_font_only_claims_to_have_is_set_from_another() {
    let collection = Collection::new().file("a.txt", &format!("{SENTENCES}\nOne ℥ of salt was weighed.\n"));
    has_no_boxes(&collection);
    assert!(bare(&Book::of(&collection.folder()).text()).contains("One℥ofsalt"));
}

#[track_caller]
fn has_no_boxes(collection: &Collection) {
    let book = Book::of(&collection.folder());
    let messages = book.pressed.diagnostics.iter().map(|problem| problem.message.as_str());
    let boxes: Vec<&str> = messages.filter(|message| message.contains("without a glyph")).collect();
    assert!(boxes.is_empty(), "{boxes:?}");
}
