//! The pictures that documents refer to: each is set whole, or a note with its words stands in its place and a
//! diagnostic says why.

use crate::collection::{Collection, Outcome};
use crate::pages::{Book, bare};
use crate::pdf::Read;
use image::codecs::gif::GifEncoder;
use image::{DynamicImage, Frame, ImageBuffer, ImageFormat, Luma, Rgb, RgbImage};
use std::fs;
use std::io::Cursor;
use typst::layout::Abs;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// What a bare letter says before and after its picture.
const BEFORE: &str = "The clerk drew the bridge and sent the drawing to the committee.";

/// Pixels that are not all alike.
fn pixels(width: u32, height: u32) -> RgbImage {
    ImageBuffer::from_fn(width, height, |x, y| Rgb([(x % 256) as u8, (y % 256) as u8, ((x + y) % 256) as u8]))
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("the picture can be written");
    bytes.into_inner()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(&pixels(width, height).into(), ImageFormat::Png)
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(&pixels(width, height).into(), ImageFormat::Jpeg)
}

/// A document that shows one picture by itself.
fn letter(address: &str) -> String {
    format!("{BEFORE}\n\n![The bridge after the flood](<{address}>)\n\nThe committee was not pleased with it.\n")
}

/// A collection of one letter that shows one picture.
fn showing(name: &str, bytes: &[u8]) -> Collection {
    Collection::new().bytes(name, bytes).file("letter.md", &letter(name))
}

fn pictures(collection: &Collection) -> Vec<(usize, typst::layout::Point, typst::layout::Size)> {
    Book::of(&collection.folder()).pictures()
}

/// Fails unless a note stands in the place of the letter's picture, and says why.
#[track_caller]
fn note_stands_in(collection: &Collection, why: &str) {
    let book = Book::of(&collection.folder());
    assert!(book.pictures().is_empty());
    let text = book.text();
    for words in [BEFORE, "picture not shown", why, "The bridge after the flood", "The committee was not pleased"] {
        assert!(bare(&text).contains(&bare(words)), "{words}: {text}");
    }
}

#[test]
fn every_kind_of_picture_is_set() {
    let grey: ImageBuffer<Luma<u16>, Vec<u16>> = ImageBuffer::from_pixel(40, 30, Luma([30_000]));
    let picture: DynamicImage = pixels(400, 300).into();
    let clear = picture.to_rgba8().into();
    for (name, bytes) in [
        ("a.png", encoded(&picture, ImageFormat::Png)),
        ("clear.png", encoded(&clear, ImageFormat::Png)),
        ("deep.png", encoded(&grey.into(), ImageFormat::Png)),
        ("b.jpg", encoded(&picture, ImageFormat::Jpeg)),
        ("grey.jpeg", encoded(&picture.to_luma8().into(), ImageFormat::Jpeg)),
        ("inks.jpg", from_hexadecimal(INKS)),
        ("c.gif", encoded(&picture.to_rgba8().into(), ImageFormat::Gif)),
        ("d.webp", encoded(&picture, ImageFormat::WebP)),
        (
            "e.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg' width='90' height='60'><text y='9'>a</text></svg>".to_vec(),
        ),
        ("named otherwise.png", encoded(&picture, ImageFormat::Jpeg)),
    ] {
        let collection = showing(name, &bytes);
        let outcome = collection.build().ends(0).keeps_silent_on("error").keeps_silent_on("not-referred-to");
        assert!(Read::new(outcome.pdf()).holds("The bridge after the flood"), "{name} has no words in the PDF");
        assert_eq!(pictures(&collection).len(), 1, "{name}");
    }
}

/// A JPEG of 8 by 8 pixels in four inks.
const INKS: &str = "ffd8ffee000e41646f626500640000000000ffdb00430050373c463c32504641465a55505f78c882786e6e78f5afb991c8\
    ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc000140800080008044311004d11005911004b\
    1100ffc4001500010100000000000000000000000000000403ffc40014100100000000000000000000000000000000ffda000e0443004d005900\
    4b00003f006a0118ffd9";

fn from_hexadecimal(digits: &str) -> Vec<u8> {
    let digits: String = digits.split_whitespace().collect();
    let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).expect("two digits make a byte");
    (0..digits.len()).step_by(2).map(byte).collect()
}

#[test]
fn pictures_print_whole_inside_the_text_and_never_larger_than_they_are() {
    let cases = [(4000, 300), (300, 4000), (2000, 2000), (600, 400), (200, 100), (90, 90), (1, 1500), (1500, 1)];
    let mut body = String::new();
    let mut collection = Collection::new();
    for (width, height) in cases {
        let name = format!("{width}x{height}.png");
        collection = collection.bytes(&name, &png(width, height));
        body.push_str(&format!("{BEFORE}\n\n![A drawing]({name} \"Drawn by the clerk, no. {width}\")\n\n"));
        body.push_str(&format!("- an item\n\n  ![A drawing]({name})\n\n> ![A drawing]({name})\n\n"));
        body.push_str(&format!("| a | b |\n|---|---|\n| ![A drawing]({name}) | {BEFORE} |\n\n"));
    }
    let collection = collection.file("letter.md", &body);
    let book = Book::of(&collection.folder());
    let pictures = book.pictures();
    assert_eq!(pictures.len(), 4 * cases.len());
    let texts = book.texts();
    for ((page, corner, size), (width, height)) in pictures.iter().zip(cases.iter().flat_map(|case| [case; 4])) {
        let paper = book.pressed.document.pages()[*page].frame.size();
        let margin = Abs::mm(30.0) - Abs::pt(0.5);
        assert!(
            corner.x >= margin && corner.x + size.x <= paper.x - margin,
            "{width}x{height} on {page}: {corner:?} {size:?}"
        );
        assert!(
            corner.y >= margin && corner.y + size.y <= paper.y - margin,
            "{width}x{height} on {page}: {corner:?} {size:?}"
        );
        let (across, down) = (f64::from(*width) / size.x.to_pt() * 72.0, f64::from(*height) / size.y.to_pt() * 72.0);
        assert!((across / down - 1.0).abs() < 0.01, "{width}x{height} is bent: {across} and {down}");
        assert!(across > 95.9, "{width}x{height} is blown up to {across} dots per inch");
    }
    for (index, (width, _)) in cases.iter().enumerate() {
        let page = pictures[4 * index].0;
        assert!(texts[page].contains(&format!("Drawn by the clerk, no. {width}")), "the words left no. {width}");
    }
}

#[test]
fn small_pictures_stay_in_their_line() {
    let collection = Collection::new()
        .bytes("icon.png", &png(40, 40))
        .file("letter.md", "The clerk set a mark ![seal](icon.png) behind his name, and went home to his supper.\n");
    let book = Book::of(&collection.folder());
    let [(_, _, size)] = book.pictures()[..] else { panic!("one picture was expected") };
    assert!(size.y <= Abs::pt(28.0), "{size:?}");
    assert!(bare(&book.text()).contains("setamarkbehindhisname"), "{}", book.text());
}

#[test]
fn a_linked_picture_prints_where_it_leads() {
    let collection = Collection::new()
        .bytes("small.png", &png(300, 200))
        .file("letter.md", &format!("{BEFORE}\n\n[![thumb](small.png)](https://a.example/large.html)\n"));
    let book = Book::of(&collection.folder());
    assert_eq!(book.pictures().len(), 1);
    assert!(bare(&book.text()).contains("https://a.example/large.html"));
}

#[test]
fn pictures_on_the_network_are_told_once_and_their_addresses_printed() {
    let remote: String = (1..=40).map(|n| format!("![Picture {n}](https://a.example/{n}.png)\n\n")).collect();
    let collection = Collection::new().file("letter.md", &format!("{BEFORE}\n\n{remote}")).file(
        "other.md",
        &format!("{BEFORE}\n\nIn a line ![smile](//a.example/smile.png), and on.\n\n![](https://a.example/x?y#z)\n"),
    );
    let outcome = collection.build().ends(0);
    assert_eq!(outcome.stderr.matches("[remote-picture]").count(), 2, "{}", outcome.stderr);
    outcome
        .tells(&["warning[remote-picture]", "40 pictures", "letter.md:3:1", "![what it shows](1.png)"])
        .tells(&["2 pictures", "other.md:3:11"])
        .keeps_silent_on("missing-alt-text");
    let text = bare(&Book::of(&collection.folder()).text());
    for words in ["Picture 40", "https://a.example/40.png", "smile", "//a.example/smile.png", "it is on the network"] {
        assert!(text.contains(&bare(words)), "{words}: {text}");
    }
}

#[test]
fn a_picture_that_is_not_there_is_told_with_the_file_that_may_be_meant() {
    let collection = showing("img/bridge.png", &png(400, 300)).file("letter.md", &letter("pictures/Bridge.png"));
    collection.build().ends(0).tells(&["warning[missing-picture]", "letter.md:3:1", "did you mean `img/bridge.png`?"]);
    note_stands_in(&collection, "no file is there");
    let lost = Collection::new().file("letter.md", &letter("lost.png"));
    lost.build().ends(0).tells(&["warning[missing-picture]", "letter.md:3:1", "put the file there: `lost.png`"]);
}

#[test]
fn nothing_outside_the_collection_is_read() {
    for address in [
        "../secret.png",
        "../../etc/passwd",
        "%2e%2e/secret.png",
        "..%2fsecret.png",
        "x/../../secret.png",
        "..\\secret.png",
        "/etc/passwd",
        "C:\\secret.png",
        "file:///etc/passwd",
    ] {
        let collection = Collection::new().file("letter.md", &letter(address));
        fs::write(collection.home().join("secret.png"), png(40, 40)).expect("the file can be written");
        collection.build().ends(0).tells(&["warning[picture-outside]", "letter.md:3:1", "put a copy"]);
        note_stands_in(&collection, "it is outside the collection");
    }
    for address in ["a%00.png", "a%0a.png", "\u{202e}gnp.a", &"long/".repeat(20_000)] {
        Collection::new()
            .file("letter.md", &letter(address))
            .build()
            .ends(0)
            .tells(&["missing-picture", "letter.md:3"]);
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_a_picture_is_not_followed() {
    let collection = Collection::new().file("letter.md", &letter("link.png"));
    fs::write(collection.home().join("secret.png"), png(40, 40)).expect("the file can be written");
    std::os::unix::fs::symlink(collection.home().join("secret.png"), collection.path("link.png")).expect("links work");
    collection.build().ends(0).tells(&["link-not-followed"]).tells(&["missing-picture", "letter.md:3:1"]);
    note_stands_in(&collection, "no file is there");
}

#[test]
fn damaged_pictures_are_errors_and_the_book_is_set() {
    let half = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    let mut flipped = png(200, 200);
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0x55;
    for (name, bytes) in [
        ("half.png", half(png(400, 300))),
        ("half.jpg", half(jpeg(400, 300))),
        ("half.webp", half(encoded(&pixels(400, 300).into(), ImageFormat::WebP))),
        ("head.jpg", jpeg(400, 300)[..40].to_vec()),
        ("flipped.png", flipped),
        ("page.jpg", b"<!DOCTYPE html><html>404".to_vec()),
        ("empty.png", Vec::new()),
        ("open.svg", b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><g>".to_vec()),
        ("packed.svg", vec![0x1f, 0x8b, 8, 0, 0, 0]),
    ] {
        let collection = showing(name, &bytes);
        collection.build().ends(1).tells(&["error[damaged-picture]", name, "letter.md:3:1", "fetch the file again"]);
        note_stands_in(&collection, "its file is damaged");
    }
}

#[test]
fn pictures_beyond_the_limits_are_named_with_the_number() {
    let mut vast = png(1, 1);
    // The head says 60,000 by 60,000 pixels; its checksum is right (PNG, section 11.2.2).
    let mut head = b"IHDR".to_vec();
    head.extend([0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 2, 0, 0, 0]);
    let sum = checksum(&head).to_be_bytes();
    vast[12..29].copy_from_slice(&head);
    vast[29..33].copy_from_slice(&sum);
    let collection = showing("vast.png", &vast);
    collection.build().ends(1).tells(&[
        "error[picture-too-large]",
        "60000 × 60000",
        "64000000",
        "letter.md:3:1",
        "-resize",
    ]);
    note_stands_in(&collection, "its file is too large");
    let heavy = showing("heavy.png", &vec![0; 33 * 1024 * 1024]);
    heavy.build().ends(1).tells(&["error[picture-too-large]", "33554432 bytes", "letter.md:3:1"]);
}

/// The checksum of a chunk (PNG, annex D).
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 })
    })
}

#[test]
fn pictures_of_other_kinds_are_named_with_a_way_to_convert_them() {
    for name in ["scan.tif", "photo.heic", "photo.avif", "old.bmp", "drawing.svgz", "scan.pdf"] {
        let collection = showing(name, b"II*\0 and so on");
        let outcome = collection.build().ends(1).tells(&["error[unknown-picture]", name, "letter.md:3:1"]);
        assert!(["magick", "pdftoppm", "gunzip"].iter().any(|way| outcome.stderr.contains(way)), "{}", outcome.stderr);
        note_stands_in(&collection, "its file is of a kind that cannot be set");
    }
}

#[test]
fn pictures_that_nobody_refers_to_are_told() {
    let collection =
        showing("img/bridge.png", &png(600, 400)).bytes("img/other.png", &png(40, 40)).file("scan.tif", "x");
    let told = |outcome: Outcome| {
        outcome
            .tells(&["warning[not-referred-to]", "img/other.png", "exclude = [\"img/other.png\"]"])
            .tells(&["warning[not-a-document]", "scan.tif", "tesseract"])
            .keeps_silent_on("img/bridge.png")
    };
    told(collection.build().ends(0));
    told(collection.run(&["check", "papers"]).ends(0));
    let quiet = collection.settings("exclude = [\"img/other.png\", \"scan.tif\"]\n");
    quiet.build().ends(0).keeps_silent_on("not-referred-to").keeps_silent_on("scan.tif");
}

#[test]
fn missing_words_are_told_and_the_file_s_name_stands_in() {
    let text = format!("{BEFORE}\n\n![](bridge.png)\n\n<img src=\"bridge.png\" alt=\"\">\n");
    let collection = Collection::new().bytes("bridge.png", &png(400, 300)).file("letter.md", &text);
    let outcome = collection.build().ends(0);
    assert!(Read::new(outcome.pdf()).holds("bridge.png"), "the name is not in the PDF");
    outcome.tells(&["warning[missing-alt-text]", "letter.md:3:1", "write `![what it shows](bridge.png)`"]).tells(&[
        "warning[missing-alt-text]",
        "letter.md:5:1",
        "alt=\"what it shows\"",
    ]);
}

#[test]
fn coarse_pictures_are_told_with_the_pixels_they_need() {
    let outcome = showing("small.png", &png(200, 100)).build().ends(0);
    outcome.tells(&["warning[low-resolution]", "`small.png` prints at 96 dots per inch", "letter.md:3:1", "313 × 157"]);
    showing("fine.png", &png(1200, 800)).build().ends(0).keeps_silent_on("low-resolution");
}

#[test]
fn a_picture_that_moves_is_told() {
    let frame = |width| Frame::new(DynamicImage::from(pixels(width, 80)).to_rgba8());
    let mut bytes = Vec::new();
    GifEncoder::new(&mut bytes).encode_frames([frame(80), frame(79)]).expect("the picture can be written");
    showing("moves.gif", &bytes).build().ends(0).tells(&["warning[moving-picture]", "`moves.gif`", "letter.md:3:1"]);
}

#[test]
fn a_turned_photograph_stands_upright_and_its_maker_s_notes_stay_out() {
    let mut photograph = jpeg(400, 200);
    let mut notes =
        b"\xff\xe1\x00\x50Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    notes.resize(82, b' ');
    notes[60..70].copy_from_slice(b"GPS 24.8 N");
    photograph.splice(2..2, notes);
    photograph.extend(b"a film behind its end");
    let collection = showing("photo.jpg", &photograph);
    let [(_, _, size)] = pictures(&collection)[..] else { panic!("one picture was expected") };
    assert!(size.y > size.x * 1.9, "{size:?}");
    let outcome = collection.build().ends(0);
    let read = Read::new(outcome.pdf());
    assert!(!read.holds("GPS 24.8 N") && !read.holds("a film behind"), "what is no picture is in the PDF");
}

#[test]
fn a_picture_finer_than_print_is_reduced_and_keeps_its_size_on_paper() {
    // A stamp scanned at 2,400 dots per inch: an inch and a quarter (JFIF 1.02, the density in the first segment).
    let mut stamp = jpeg(3000, 2400);
    stamp[13..18].copy_from_slice(&[1, 0x09, 0x60, 0x09, 0x60]);
    let collection = showing("stamp.jpg", &stamp).bytes("vast.png", &png(5000, 4000));
    let collection = collection.file("other.md", &letter("vast.png"));
    collection.build().ends(0).keeps_silent_on("low-resolution");
    let book = Book::of(&collection.folder());
    let sizes: Vec<_> = book.pictures().into_iter().map(|(_, _, size)| size).collect();
    assert!((sizes[0].x.to_pt() - 90.0).abs() < 0.1, "{sizes:?}");
    assert!(sizes[1].x > Abs::mm(139.0), "{sizes:?}");
    for picture in book.edition.annotated.pictures.set.values() {
        assert!(picture.width <= 2008.0 && picture.height <= 2953.0, "{picture:?}");
    }
}

#[test]
fn drawings_run_nothing_and_fetch_nothing() {
    let drawing = "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY far 'http://a.example/far.png'>]>\
        <svg xmlns='http://www.w3.org/2000/svg' xmlns:x='http://www.w3.org/1999/xlink' width='300' height='200'>\
        <script>alert(1)</script><script href='evil.js'/><image x:href='http://a.example/a.png' width='9' height='9'/>\
        <image href='secret.png' width='9' height='9'/><image href='/etc/passwd' width='9' height='9'/>\
        <image href='&far;' width='9' height='9'/><use href='other.svg#a'/>\
        <foreignObject width='9' height='9'><p xmlns='http://www.w3.org/1999/xhtml'>hidden</p></foreignObject>\
        <rect width='300' height='200'/></svg>";
    let collection = showing("drawing.svg", drawing.as_bytes()).bytes("secret.png", &png(40, 40));
    let outcome = collection.run(&["build", "papers", "--emit", "typst"]).ends(0);
    outcome
        .tells(&["warning[picture-script]", "2 times", "letter.md:3:1"])
        .tells(&["warning[picture-fetches]", "5 times", "letter.md:3:1"])
        .tells(&["warning[picture-html]", "letter.md:3:1"])
        .tells(&["not-referred-to", "secret.png"]);
    assert_eq!(pictures(&collection).len(), 1);
    let emitted = fs::read_to_string(collection.home().join("typst/pictures/0001.svg")).expect("the drawing is there");
    assert!(!emitted.contains("alert") && !emitted.contains("passwd") && emitted.contains("<rect"), "{emitted}");
}

#[test]
fn drawings_that_are_too_much_end_in_a_note() {
    let start = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>";
    let deep = format!("{start}{}{}</svg>", "<g>".repeat(100_000), "</g>".repeat(100_000));
    let laughs: String = (1..12).map(|n| format!("<!ENTITY l{n} '{}'>", format!("&l{};", n - 1).repeat(10))).collect();
    let laughs = format!("<!DOCTYPE svg [<!ENTITY l0 '<g/>'>{laughs}]>{start}&l11;</svg>");
    let broken = format!(
        "{start}<image width='9' height='9' href='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA6mAAAOpg'/></svg>"
    );
    for (name, drawing) in [("deep.svg", deep), ("laughs.svg", laughs), ("broken.svg", broken)] {
        let collection = showing(name, drawing.as_bytes());
        let outcome = collection.build();
        assert!(outcome.pdf.is_some(), "{name}: {}", outcome.stderr);
        outcome.ends(1).tells(&["error[damaged-picture]", name, "letter.md:3:1"]);
    }
}

#[test]
fn a_picture_in_an_address_is_set() {
    let dot = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==";
    assert_eq!(pictures(&Collection::new().file("letter.md", &letter(dot))).len(), 1);
    let collection = Collection::new().file("letter.md", &letter("data:image/png;base64,AAAA"));
    collection.build().ends(1).tells(&["error[damaged-picture]", "the picture in the text"]);
}

#[test]
fn pictures_belong_to_the_inputs_of_an_edition() {
    let digest = |bytes: &[u8]| Book::of(&showing("bridge.png", bytes).folder()).edition.book.digest;
    assert_eq!(digest(&png(40, 40)), digest(&png(40, 40)));
    assert_ne!(digest(&png(40, 40)), digest(&png(40, 41)));
}

#[test]
fn a_book_with_pictures_is_one_that_everyone_can_read() {
    let text = "# Heading\n\n![The bridge](bridge.png \"The bridge\")\n\nA mark ![seal](icon.png) in a line.\n\n\
        | a | b |\n|---|---|\n| ![cell](bridge.png) | words |\n\n![far](https://a.example/b.png)\n\n![plan](plan.svg)\n";
    let collection = Collection::new()
        .bytes("bridge.png", &png(400, 300))
        .bytes("icon.png", &png(30, 30))
        .file("plan.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='60'><text y='9'>a</text></svg>")
        .file("letter.md", &format!("{BEFORE}\n\n{text}"));
    let book = Book::of(&collection.folder());
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).expect("PDF/UA-1 stands alone");
    let pdf = typst_pdf::pdf(&book.pressed.document, &PdfOptions { standards, ..PdfOptions::default() });
    if let Err(errors) = pdf {
        panic!("{}", errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("\n"));
    }
}
