//! Paragraphs are set as Typst sets them, and nobody notices that somebody else does.

use crate::collection::Collection;
use crate::pages::{Book, assert_same_pages};
use dossier::forme::{Forme, MAIN};
use dossier::press::{self, FontSources, Shop};
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

/// A paper with all that may stand in a line: links, notes, stress, code, gaps, marks that hang, words of many parts. No
/// sentence is said twice: of divisions that cost the same any may be taken.
fn paper(number: usize) -> String {
    let sentence = |part: usize| {
        let (names, verbs) =
            (["harbour workers", "municipalities", "co-operatives", "treasurers’ clubs"], ["disagreed", "adjourned"]);
        let (name, verb) = (names[(part + number) % 4], verbs[(part * number) % 2]);
        format!(
            "After {} hours the representatives of *neighbouring* {name}, {} in all, {verb} vehemently: \
             “incomprehensible responsibilities”, said [clerk {part}](https://example.org/{number}/{part}), and \
             uncharacteristically well-attended meetings of the Ministry of Public Works, as `minute {}` has it, — {}. ",
            part * 7 + number,
            part * part + 3,
            part + 11,
            "so ".repeat(1 + part % 3)
        )
    };
    let paragraph = |from: usize, to: usize| (from..to).map(sentence).collect::<String>().trim_end().to_owned();
    format!(
        "# Meeting {number}\n\n{} May 1951\n\n{}[^1]\n\n{}\n\n> {}\n\n- {}\n\n[^1]: Kept by the authority, {}\n",
        1 + number % 28,
        paragraph(0, 2 + number % 3),
        paragraph(5, 8),
        paragraph(9, 11),
        paragraph(12, 14),
        paragraph(15, 16),
    )
}

#[test]
fn every_letter_of_a_paragraph_stands_where_typst_puts_it() {
    let papers = (0..12).fold(Collection::new().settings("duplicates = \"keep\"\n"), |papers, number| {
        papers.file(&format!("{number:02}.md"), &paper(number))
    });
    for layout in ["packet", "booklet", "edition"] {
        let book = Book::laid_out(&papers.folder(), layout);
        let set = book.glyphs();
        assert_same_pages(&set, &book.in_plain_typst().glyphs(), layout);
    }
}

#[test]
fn a_mark_that_begins_a_run_of_letters_is_set_with_what_it_joins() {
    let text = "# Marks\n\n3 May 2019\n\nA **word** \u{350}e\u{15f}, and *\u{350}another*\u{301} one, at the end of which a line ends.\n";
    let book = Book::of(&Collection::new().file("a.md", text).folder());
    let set = book.glyphs();
    assert_same_pages(&set, &book.in_plain_typst().glyphs(), "marks");
}

/// The letters of what Typst code sets, in the order of setting.
fn letters(code: &str, shop: &mut Shop) -> String {
    fn gather(frame: &Frame, letters: &mut String) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => gather(&group.frame, letters),
                FrameItem::Text(text) => letters.extend(text.text.chars().filter(|letter| letter.is_alphabetic())),
                _ => {}
            }
        }
    }
    let mut forme = Forme::default();
    forme.files.insert(MAIN.to_owned(), code.into());
    shop.lay(&forme);
    let set = typst::compile::<PagedDocument>(&*shop).output.expect("the code is right");
    let mut letters = String::new();
    set.pages().iter().for_each(|page| gather(&page.frame, &mut letters));
    letters
}

#[test]
fn a_part_of_a_word_that_could_not_stand_behind_a_space_is_set_all_the_same() {
    // In this face T draws nearer to the space before it, so words that begin with one are left to Typst; parts are not.
    let words = "SECTIONS FRACTIONS ELECTIONS INSPECTIONS DISTINCTIONS ".repeat(3);
    let mut shop = Shop::new(press::gather_fonts(&FontSources::default()));
    for width in 60..160 {
        let code = format!(
            "#set page(width: {width}pt, height: auto, margin: 4pt)\n#set par(justify: true)\n\
             #set text(font: \"Libertinus Serif\", weight: \"semibold\", lang: \"en\")\n{words}"
        );
        assert_eq!(letters(&code, &mut shop), words.replace(' ', ""), "on lines of {width} points");
    }
}
