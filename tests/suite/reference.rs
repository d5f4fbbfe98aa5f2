//! Small pictures of pages, against which the layouts are held: a block that moved is seen, a hair's breadth is not.
//!
//! After a change that is meant, `DOSSIER_REFERENCE=renew cargo test --release reference` draws them anew; look at them
//! before they are kept.

use crate::pages::Book;
use crate::typography::{LAYOUTS, trial_prints};
use dossier::press;
use image::GrayImage;
use std::fs;
use std::path::{Path, PathBuf};

/// The resolution of the pictures, in dots per inch.
const DOTS_PER_INCH: f64 = 40.0;

/// The side of the squares whose mean darkness is compared, in pixels.
const SQUARE: u32 = 6;

/// How far the means of two squares may lie apart, of 255.
const TOLERANCE: f64 = 16.0;

/// How many squares of a hundred may lie farther apart.
const PERCENT: usize = 1;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference")
}

/// Draws a page of a book.
fn drawn(book: &Book, page: usize) -> GrayImage {
    let png = press::draw(&book.pressed, page, DOTS_PER_INCH).expect("the page is there");
    image::load_from_memory(&png).expect("the page is a picture").to_luma8()
}

/// The mean darkness of each square of a picture.
fn squares(picture: &GrayImage) -> Vec<f64> {
    let mean = |left: u32, top: u32| {
        let (right, foot) = ((left + SQUARE).min(picture.width()), (top + SQUARE).min(picture.height()));
        let pixels = (top..foot).flat_map(|y| (left..right).map(move |x| (x, y)));
        let all: Vec<f64> = pixels.map(|(x, y)| f64::from(picture.get_pixel(x, y).0[0])).collect();
        all.iter().sum::<f64>() / all.len() as f64
    };
    let steps = |length: u32| (0..length).step_by(SQUARE as usize);
    steps(picture.height())
        .flat_map(|top| steps(picture.width()).map(move |left| (left, top)))
        .map(|(x, y)| mean(x, y))
        .collect()
}

/// Whether two pictures show the same page.
fn agree(one: &GrayImage, other: &GrayImage) -> bool {
    if one.dimensions() != other.dimensions() {
        return false;
    }
    let (one, other) = (squares(one), squares(other));
    let apart = one.iter().zip(&other).filter(|(one, other)| (*one - *other).abs() > TOLERANCE).count();
    apart * 100 <= one.len() * PERCENT
}

/// Holds a page against its picture, or draws that anew where asked.
fn hold(name: &str, page: &GrayImage) {
    let path = folder().join(format!("{name}.png"));
    if std::env::var_os("DOSSIER_REFERENCE").is_some_and(|wish| wish == "renew") {
        fs::create_dir_all(folder()).expect("the folder can be made");
        page.save(&path).expect("the picture can be written");
        return;
    }
    let kept = image::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).to_luma8();
    if !agree(&kept, page) {
        let seen = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
        page.save(&seen).expect("the picture can be written");
        panic!("{} no longer looks like the page; see {}", path.display(), seen.display());
    }
}

/// The place, counted from 0, of the page on which a document of this path begins.
fn opening(book: &Book, path: &str) -> usize {
    let documents = &book.edition.annotated.collection.documents;
    let index = documents.iter().position(|document| document.id() == path).expect("the document is in the book");
    usize::try_from(book.pressed.pages.documents[index]).expect("a page number is small") - 1
}

#[test]
fn heads_tables_and_contents_look_as_they_did() {
    let collection = trial_prints(500);
    for layout in LAYOUTS {
        let book = Book::laid_out(&collection.folder(), layout);
        hold(&format!("{layout}-head"), &drawn(&book, opening(&book, "long-title.md")));
        if layout == "packet" {
            hold("contents", &drawn(&book, 1));
            hold("table", &drawn(&book, opening(&book, "tables.md")));
            hold("pictures", &drawn(&book, opening(&book, "pictures.md")));
        }
    }
}

#[test]
fn the_glossary_looks_as_it_did() {
    let book = Book::of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"));
    let page = book.pressed.pages.behind.expect("the sample has a glossary");
    hold("glossary", &drawn(&book, usize::try_from(page).expect("a page number is small") - 1));
}

#[test]
fn a_block_that_moved_is_seen_and_a_shade_is_not() {
    let book = Book::of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"));
    let page = drawn(&book, usize::try_from(book.pressed.pages.documents[0]).expect("a page number is small") - 1);
    let mut moved = page.clone();
    // The lower half of the page, a line of text lower.
    for y in (page.height() / 2 + 8..page.height()).rev() {
        for x in 0..page.width() {
            moved.put_pixel(x, y, *page.get_pixel(x, y - 8));
        }
    }
    assert!(!agree(&page, &moved));
    let mut shaded = page.clone();
    shaded.pixels_mut().for_each(|pixel| pixel.0[0] = pixel.0[0].saturating_sub(6));
    assert!(agree(&page, &shaded));
}
