//! Reading back what the pages of a PDF say.

use crate::collection::Collection;
use crate::pdf::Read;
use dossier::diagnostic::Diagnostic;
use dossier::readback::{self, PageRead};
use std::fs;
use std::path::Path;

#[test]
fn pages_are_read_back_as_another_reader_draws_them() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let path = |name: &str| tests.join(name).display().to_string();
    for folder in ["scripts", "stress"] {
        let collection = Collection::new();
        collection.run(&["build", &path(folder), "-o", "read.pdf", "--font-path", &path("fonts")]).ends(0);
        let pdf = fs::read(collection.home().join("read.pdf")).expect("the PDF was written");
        let drawn = Read::new(&pdf);
        for (number, page) in readback::pages(&pdf).expect("the PDF can be read").iter().enumerate() {
            let read: Vec<&str> = page.text.split_whitespace().collect();
            assert_eq!(read.concat(), drawn.text(number).replace(' ', ""), "page {}", number + 1);
        }
    }
}

#[test]
fn pages_of_the_last_pdf_serve_only_where_they_are_the_same() {
    let collection = Collection::new().file("a.md", "# One\n\n1 May 2020\n\nNobody was absent.\n");
    let bytes = |collection: &Collection| collection.build().ends(0).pdf().to_vec();
    let mut memory = readback::Memory::default();
    let first = bytes(&collection);
    assert_eq!(readback::pages_again(&first, &mut memory).ok(), readback::pages(&first).ok());
    // A letter that is new to the font gives others another code.
    let quick = "# One\n\n1 May 2020\n\nQuick jays vex kings. Nobody was absent.\n";
    let collection = collection.file("a.md", quick);
    let second = bytes(&collection);
    assert_eq!(readback::pages_again(&second, &mut memory).ok(), readback::pages(&second).ok());
    assert_ne!(first, second);
    for pdf in [&first, &second, &second] {
        assert_eq!(readback::pages_again(pdf, &mut memory).ok(), readback::pages(pdf).ok());
    }
}

#[test]
fn the_same_instructions_are_read_anew_where_they_mean_something_else() {
    let first = pdf("BT /F 9 Tf (ab) Tj ET", "").replace("/XObject<</X 8 0 R>>", &" ".repeat(20));
    let other = first.replace("0416", "0417");
    let wide = first.replace("/Subtype/Type1", "/Subtype/Type0");
    assert!(first != other && first != wide && first.len() == other.len());
    let mut memory = readback::Memory::default();
    for pdf in [&first, &other, &first, &wide, &first] {
        let again = texts(readback::pages_again(pdf.as_bytes(), &mut memory));
        assert_eq!(again, texts(readback::pages(pdf.as_bytes())));
    }
    assert_eq!(texts(readback::pages_again(other.as_bytes(), &mut memory)), ["Зfis"]);
}

#[test]
fn what_a_drawing_inside_a_page_says_is_read_too() {
    let pages = drawn(
        "BT /F 9 Tf 9 80 Td (ab) Tj 14 TL T* [(a)-90(b)] TJ 20 Ts (b) ' ET q 1 0 0 1 0 -40 cm /X Do Q BT /G 9 Tf 9 9 Td (a) Tj ET",
        "BT /F 9 Tf 9 60 Td (a) Tj ET",
    );
    assert_eq!(pages, ["Жfis\nЖfis\nfis\nЖ\n\u{fffd}"]);
}

#[test]
fn a_page_that_restores_what_it_never_saved_goes_on_as_before() {
    assert_eq!(drawn("BT /F 9 Tf Q (a) Tj ET", ""), ["Ж"]);
}

#[test]
fn a_drawing_that_draws_itself_many_times_is_read_to_an_end() {
    let itself = format!("BT /F 9 Tf (a) Tj ET {}", "/X Do ".repeat(100));
    let pages = drawn("/X Do BT /F 9 Tf 0 40 Td (b) Tj ET", &itself);
    assert!(pages[0].starts_with('Ж') && pages[0].ends_with("\nfis"), "{}", pages[0]);
}

/// What is read of a page with these instructions, beside a drawing `X` with those.
fn drawn(page: &str, drawing: &str) -> Vec<String> {
    texts(readback::pages(pdf(page, drawing).as_bytes()))
}

fn texts(pages: Result<Vec<PageRead>, Diagnostic>) -> Vec<String> {
    pages.expect("the PDF can be read").into_iter().map(|page| page.text).collect()
}

/// A PDF of one page with these instructions, beside a drawing `X` with those. Of its fonts, `F` has codes of one byte and
/// says what they mean, and `G` says nothing.
fn pdf(page: &str, drawing: &str) -> String {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R/G 7 0 R>>/XObject<</X 8 0 R>>>>>>",
        page,
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        "begincmap 1 begincodespacerange <00><ff> endcodespacerange 2 beginbfchar <61><0416> <62><006600690073> endbfchar endcmap",
        "<</Type/Font/Subtype/Type0/BaseFont/None/Encoding/Identity-H/DescendantFonts[]>>",
        drawing,
    ];
    let mut pdf = "%PDF-1.7\n".to_owned();
    for (number, object) in (1..).zip(objects) {
        let form = if number == 8 { "/Type/XObject/Subtype/Form/BBox[0 0 99 99]" } else { "" };
        let body = match object.starts_with("<<") {
            true => object.to_owned(),
            false => format!("<<{form}/Length {}>>stream\n{object}\nendstream", object.len()),
        };
        pdf.push_str(&format!("{number} 0 obj\n{body}\nendobj\n"));
    }
    pdf.push_str("trailer<</Root 1 0 R/Size 9>>\n%%EOF\n");
    pdf
}
