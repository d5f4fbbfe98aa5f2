//! A page of each script: the right faces, the right order, no box, and a name for every font that is not there.

use crate::collection::{Collection, word};
use crate::pages::{Book, SetRun, bare};
use dossier::folder;
use dossier::press::FontSources;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The documents for which the program carries no font.
const NOT_CARRIED: [(&str, &str, &str); 5] = [
    ("tamil.md", "ta", "Noto Serif Tamil (package fonts-noto-core)"),
    ("chinese.md", "zh-Hans", "Noto Serif CJK SC (package fonts-noto-cjk)"),
    ("chinese-traditional.md", "zh-Hant", "Noto Serif CJK TC (package fonts-noto-cjk)"),
    ("japanese.md", "ja", "Noto Serif CJK JP (package fonts-noto-cjk)"),
    ("korean.md", "ko", "Noto Serif CJK KR (package fonts-noto-cjk)"),
];

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path)
}

/// The collection with a document in each language, set once in all the fonts.
static BOOK: LazyLock<Book> = LazyLock::new(|| {
    let fonts = FontSources { folders: vec![here("fonts")], system: false };
    Book::set_in(folder::read(&here("scripts"), None).expect("the folder can be read"), &fonts)
});

/// The place of a document in the book.
fn document(name: &str) -> usize {
    let named = |item: &dossier::edition::Item| item.facts.path == name;
    BOOK.edition.items.iter().position(named).expect("the document is in the book")
}

/// The runs of the first page of a document.
fn runs(name: &str) -> Vec<SetRun> {
    let page = *BOOK.body(document(name)).keys().next().expect("the document has a text");
    let physical = BOOK.pressed.document.pages().iter().position(|set| set.number == page);
    BOOK.set_runs(physical.expect("the page is there"))
}

/// The families that have the characters of a Unicode block on the first page of a document.
fn families(name: &str, block: std::ops::RangeInclusive<char>) -> Vec<String> {
    let mut families: Vec<String> = runs(name)
        .into_iter()
        .filter(|run| run.text.chars().any(|character| block.contains(&character)))
        .map(|run| run.family)
        .collect();
    families.sort();
    families.dedup();
    families
}

#[test]
fn every_paragraph_stands_on_its_page_in_the_order_in_which_it_was_written() {
    for (index, item) in BOOK.edition.items.iter().enumerate() {
        let body = bare(&BOOK.body(index).into_values().collect::<String>());
        let text = fs::read_to_string(here("scripts").join(&item.facts.path)).expect("the document is there");
        let paragraphs = text.split("\n\n").filter(|part| !part.starts_with(['#', '-', '|', '1']));
        // The first of them is the dateline, which the head of the document has.
        for paragraph in paragraphs.skip(1) {
            assert!(body.contains(&bare(paragraph)), "{}: {paragraph}\n{body}", item.facts.path);
        }
    }
}

#[test]
fn no_character_is_a_box_or_named() {
    assert!(BOOK.pressed.diagnostics.is_empty(), "{:?}", BOOK.pressed.diagnostics);
    assert!(!BOOK.text().contains("[U+"));
    for page in 0..BOOK.pressed.document.pages().len() {
        for run in BOOK.set_runs(page) {
            assert!(!run.glyphs.contains(&0), "{run:?}");
        }
    }
}

#[test]
fn each_language_has_its_face() {
    let arabic = '\u{0620}'..='\u{06d3}';
    let han = '\u{4e00}'..='\u{9fff}';
    assert_eq!(families("arabic.md", arabic.clone()), ["Noto Naskh Arabic"]);
    assert_eq!(families("persian.md", arabic.clone()), ["Noto Naskh Arabic"]);
    assert_eq!(families("urdu.md", arabic.clone()), ["Noto Nastaliq Urdu"]);
    assert_eq!(families("hindi.md", '\u{0904}'..='\u{0939}'), ["Noto Serif Devanagari"]);
    assert_eq!(families("bengali.md", '\u{0985}'..='\u{09b9}'), ["Noto Serif Bengali"]);
    assert_eq!(families("tamil.md", '\u{0b85}'..='\u{0bb9}'), ["Noto Serif Tamil"]);
    assert_eq!(families("chinese.md", han.clone()), ["Noto Serif CJK SC"]);
    assert_eq!(families("chinese-traditional.md", han.clone()), ["Noto Serif CJK TC"]);
    assert_eq!(families("japanese.md", han), ["Noto Serif CJK JP"]);
    assert_eq!(families("korean.md", '\u{ac00}'..='\u{d7a3}'), ["Noto Serif CJK KR"]);
    assert_eq!(families("vietnamese.md", '\u{1ea0}'..='\u{1ef9}'), ["Libertinus Serif"]);
    // A passage in another language than its document, and single words among others.
    assert_eq!(families("mixed.md", arabic), ["Noto Naskh Arabic", "Noto Nastaliq Urdu"]);
}

#[test]
fn right_to_left_paragraphs_begin_at_the_right() {
    for name in ["arabic.md", "persian.md", "urdu.md"] {
        let runs = runs(name);
        let is_own = |run: &&SetRun| run.family.contains("Arabic") || run.family.contains("Urdu");
        let edge = runs.iter().map(|run| run.right).fold(0.0, f64::max);
        // The last line of the last paragraph is short, and the foot's note is small print.
        let quoted = runs.iter().filter(is_own).map(|run| run.line).fold(0.0, f64::max);
        let last =
            runs.iter().filter(is_own).map(|run| run.line).filter(|line| *line < quoted - 100.0).fold(0.0, f64::max);
        // The letters of Nastaliq hang at several heights.
        let ends =
            runs.iter().filter(|run| (last - 14.0..=last).contains(&run.line)).map(|run| run.right).fold(0.0, f64::max);
        // The line may be the only one of its paragraph, and indented.
        assert!(edge - ends < 40.0, "{name}: the last line ends at {ends}, the column at {edge}");
    }
}

#[test]
fn an_emoji_of_several_characters_is_one_picture() {
    let runs = runs("mixed.md");
    let pictures: Vec<&SetRun> = runs.iter().filter(|run| run.family == "Noto Emoji").collect();
    let text: String = pictures.iter().map(|run| run.text.as_str()).collect();
    for sequence in ["👩\u{200d}🏫", "🇵🇰", "5\u{fe0f}\u{20e3}", "👍🏽", "🏳\u{fe0f}\u{200d}🌈"] {
        assert!(text.contains(sequence), "{sequence}: {text}");
    }
    let glyphs: usize = pictures.iter().map(|run| run.glyphs.len()).sum();
    let blanks = text.matches(' ').count();
    assert_eq!(glyphs - blanks, 13, "{pictures:?}");
}

#[test]
fn the_language_of_each_document_is_found() {
    let languages: Vec<(&str, &str)> = BOOK
        .edition
        .items
        .iter()
        .map(|item| (item.facts.path.as_str(), item.facts.language.as_str()))
        .filter(|(path, _)| !NOT_CARRIED.iter().any(|(name, ..)| name == path))
        .collect();
    let mut found = languages.clone();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            ("arabic.md", "ar"),
            ("bengali.md", "bn"),
            ("english.md", "en"),
            ("french.md", "fr"),
            ("german.md", "de"),
            ("greek.md", "el"),
            ("hindi.md", "hi"),
            ("mixed.md", "en"),
            ("persian.md", "fa"),
            ("polish.md", "pl"),
            ("portuguese.md", "pt"),
            ("russian.md", "ru"),
            ("spanish.md", "es"),
            ("turkish.md", "tr"),
            ("urdu.md", "ur"),
            ("vietnamese.md", "vi"),
        ]
    );
}

#[test]
fn without_fonts_the_rest_is_named_with_font_and_package() {
    let collection = Collection::copy_of(&here("scripts"));
    let outcome = collection.build().ends(1);
    for (name, _, font) in NOT_CARRIED {
        assert!(outcome.stderr.contains(name) && outcome.stderr.contains(font), "{name}: {}", outcome.stderr);
    }
    assert_eq!(outcome.stderr.matches("[no-font]").count(), NOT_CARRIED.len(), "{}", outcome.stderr);
    assert!(!outcome.stderr.contains("[missing-glyph]"), "{}", outcome.stderr);
    for row in collection.list(&[]) {
        let known = NOT_CARRIED.iter().find(|(name, ..)| *name == word(&row["source"]));
        assert!(known.is_none_or(|(_, language, _)| *language == word(&row["language"])), "{row}");
    }
}

#[test]
fn a_font_is_found_on_the_path_and_in_the_folder_of_the_collection() {
    let tamil = fs::read_to_string(here("scripts/tamil.md")).expect("the document is there");
    let font = fs::read(here("fonts/NotoSerifTamil-Regular.ttf")).expect("the font is there");
    let collection = Collection::new().file("tamil.md", &tamil);
    collection.build().ends(1);
    let path = here("fonts").to_string_lossy().into_owned();
    collection.run(&["build", "papers", "--font-path", &path]).ends(0).keeps_silent_on("no-font");
    collection.bytes("fonts/tamil.ttf", &font).build().ends(0).keeps_silent_on("no-font");
}
