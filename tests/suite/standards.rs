//! Editions for keeping: every standard on every collection, sources inside, and a file whose every object can be read.

use crate::accessibility::faults;
use crate::collection::Collection;
use crate::pages::Book;
use crate::typography::trial_prints;
use chrono::NaiveDate;
use dossier::press::Standard;
use hayro_syntax::Pdf;
use hayro_syntax::object::Object;
use lopdf::xref::XrefEntry;
use page_validation::ValidationProfile;
use std::path::Path;

/// How many words the longest document of the trial prints has here.
const LONG: usize = 600;

/// The combinations that editions are asked for, and what a checker holds them against.
const KEPT: [(&[Standard], &[ValidationProfile]); 7] = [
    (&[Standard::A2b], &[ValidationProfile::PdfA2b]),
    (&[Standard::A2u], &[ValidationProfile::PdfA2u]),
    (&[Standard::A2a], &[ValidationProfile::PdfA2a]),
    (&[Standard::A3b], &[ValidationProfile::PdfA3b]),
    (&[Standard::A3a], &[ValidationProfile::PdfA3a]),
    (&[Standard::Ua1], &[ValidationProfile::PdfUa1]),
    (&[Standard::A3a, Standard::Ua1], &[ValidationProfile::PdfA3a, ValidationProfile::PdfUa1]),
];

/// What a reader that trusts nothing holds against the build of a file, as `qpdf --check` does: every object stands where
/// the table of objects says and can be read, every stream can be unpacked, every reference leads to an object.
fn unsound(pdf: &[u8]) -> Vec<String> {
    let mut problems = Vec::new();
    let document = lopdf::Document::load_mem(pdf).expect("lopdf reads it");
    for (number, generation, at) in table(pdf) {
        let head = format!("{number} {generation} obj");
        if pdf.get(at..).is_none_or(|rest| !rest.starts_with(head.as_bytes())) {
            problems.push(format!("object {number} is not at byte {at}"));
        }
        if !document.objects.contains_key(&(number, generation)) {
            problems.push(format!("object {number} cannot be read"));
        }
    }
    for (id, object) in &document.objects {
        let mut open = vec![object];
        while let Some(object) = open.pop() {
            match object {
                lopdf::Object::Reference(to) if !document.objects.contains_key(to) => {
                    problems.push(format!("object {} refers to {}, which is not there", id.0, to.0));
                }
                lopdf::Object::Array(items) => open.extend(items),
                lopdf::Object::Dictionary(fields) => open.extend(fields.iter().map(|(_, value)| value)),
                lopdf::Object::Stream(stream) => open.extend(stream.dict.iter().map(|(_, value)| value)),
                _ => {}
            }
        }
    }
    problems.extend(wrong_lengths(pdf).iter().map(|number| format!("object {number} is not as long as it says")));
    let read = Pdf::new(pdf.to_vec()).expect("hayro reads it");
    let streams = read.objects().into_iter().filter_map(|object| match object {
        Object::Stream(stream) => Some(stream),
        _ => None,
    });
    problems
        .extend(streams.filter(|stream| stream.decoded().is_err()).map(|_| "a stream cannot be unpacked".to_owned()));
    if read.pages().len() != document.get_pages().len() {
        problems.push("two readers count different pages".to_owned());
    }
    problems
}

/// The tables of objects of a file, the newest first, read by nothing but the words of the standard (ISO 32000-1, 7.5.4):
/// number, generation and place of each object that is in use.
fn table(pdf: &[u8]) -> Vec<(u32, u16, usize)> {
    let tail = String::from_utf8_lossy(&pdf[pdf.len().saturating_sub(64)..]).into_owned();
    let number_after = |text: &str, word: &str| -> Option<usize> {
        let rest = &text[text.rfind(word)? + word.len()..];
        rest.split_whitespace().next()?.trim_end_matches('>').parse().ok()
    };
    let mut next = number_after(&tail, "startxref");
    assert!(next.is_some(), "the place of the table is named: {tail}");
    let mut found = Vec::new();
    while let Some(at) = next {
        let text = String::from_utf8_lossy(&pdf[at..]).into_owned();
        assert!(text.starts_with("xref"), "a table is where the file says");
        let end = text.find("trailer").expect("a trailer follows the table");
        let mut number = 0;
        for line in text[..end].lines().skip(1) {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words[..] {
                [first, _] => number = first.parse().expect("a section begins with a number"),
                [place, generation, state] => {
                    if state == "n" {
                        let generation = generation.parse().expect("a generation is a number");
                        found.push((number, generation, place.parse().expect("a place is a number")));
                    }
                    number += 1;
                }
                _ => panic!("no line of a table: {line}"),
            }
        }
        let trailer = &text[end..text[end..].find("startxref").map_or(text.len(), |length| end + length)];
        next = number_after(trailer, "/Prev");
    }
    found
}

/// The objects whose streams are of another length than they say.
pub fn wrong_lengths(pdf: &[u8]) -> Vec<u32> {
    let document = lopdf::Document::load_mem(pdf).expect("lopdf reads it");
    let is_wrong = |(number, entry): &(&u32, &XrefEntry)| {
        let XrefEntry::Normal { offset, generation } = entry else { return false };
        let stream = document.get_object((**number, *generation)).and_then(lopdf::Object::as_stream);
        let Ok(length) = stream.and_then(|stream| stream.dict.get(b"Length")).and_then(lopdf::Object::as_i64) else {
            return false;
        };
        let from = usize::try_from(*offset).expect("files are small");
        let begin = b"stream\n";
        let begins = pdf[from..].windows(begin.len()).position(|window| window == begin).expect("a stream begins");
        let end = from + begins + begin.len() + usize::try_from(length).expect("lengths are no less than nothing");
        !pdf.get(end..).is_some_and(|rest| rest.starts_with(b"\nendstream") || rest.starts_with(b"endstream"))
    };
    document.reference_table.entries.iter().filter(is_wrong).map(|(number, _)| *number).collect()
}

/// Fails unless a collection keeps every standard, plain and with its sources inside.
fn keeps_every_standard(folder: &Path) {
    let day = NaiveDate::from_ymd_opt(2026, 11, 1).expect("it is a day");
    let book = Book::of_day(folder, day);
    let name = folder.display();
    for (standards, profiles) in KEPT {
        let pdf = book.print_as(standards);
        for profile in profiles {
            assert_eq!(faults(&pdf, *profile), Vec::<String>::new(), "{name}, {standards:?} as {profile}");
        }
        assert_eq!(unsound(&pdf), Vec::<String>::new(), "{name}, {standards:?}");
    }
    let collection = Collection::copy_of(folder);
    let arguments = ["build", "papers", "--layout", "edition", "--date", "2026-11-01"];
    let outcome = collection.run(&arguments);
    for profile in [ValidationProfile::PdfA3a, ValidationProfile::PdfUa1] {
        assert_eq!(faults(outcome.pdf(), profile), Vec::<String>::new(), "{name}, sources inside, as {profile}");
    }
    assert_eq!(unsound(outcome.pdf()), Vec::<String>::new(), "{name}, sources inside");
    collection.run(&["verify", "papers.pdf", "--against", "papers"]).ends(0);
}

#[test]
fn the_sample_keeps_every_standard() {
    keeps_every_standard(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"));
}

#[test]
fn the_captures_keep_every_standard() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if !folder.is_dir() {
        eprintln!("skipped: the captures are not at hand");
        return;
    }
    keeps_every_standard(&folder);
}

#[test]
fn the_trial_prints_keep_every_standard() {
    keeps_every_standard(&trial_prints(LONG).folder());
}

#[test]
fn a_damaged_file_is_seen_to_be_unsound() {
    let book = Book::of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"));
    let sound = book.print();
    assert_eq!(unsound(&sound), Vec::<String>::new());
    let mut moved = sound.clone();
    let end = sound.windows(7).rposition(|window| window == b"trailer").expect("there is a trailer");
    // The last line of the table: ten digits, five digits, a mark and the end of the line.
    let digit = end - 20 + 9;
    moved[digit] = if moved[digit] == b'9' { b'8' } else { moved[digit] + 1 };
    assert!(!unsound(&moved).is_empty(), "an object that is not where the table says");
}

/// A page with what no standard takes: a character for private use.
fn private() -> Collection {
    Collection::new().file("a.md", "---\ntitle: The sign\ndate: 2014-12-24\n---\n\nThe sign \u{e000} stood there.\n")
}

#[test]
fn a_private_character_is_told_by_its_line_and_printed_by_its_name() {
    let arguments = ["build", "papers", "--standard", "a-3a,ua-1", "--date", "2026-11-01"];
    let collection = private();
    let outcome = collection.run(&arguments).ends(0).tells(&["warning[private-character]", "a.md:6:10", "a-3u"]);
    assert_eq!(faults(outcome.pdf(), ValidationProfile::PdfA3a), Vec::<String>::new());
    collection.run(&["check", "papers", "--standard", "a-3a", "--strict"]).ends(1).tells(&["[missing-edition-date]"]);
    let dated = private().settings("date = 2026-11-01\n");
    dated.run(&["check", "papers", "--standard", "a-3a"]).ends(0).tells(&["warning[private-character]", "a.md:6:10"]);
}

#[test]
fn a_drawing_with_letters_that_no_font_has_is_told_before_it_is_set() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"50\"><text x=\"5\" y=\"30\">Sign \u{e000}</text></svg>";
    let collection = private()
        .file("a.md", "---\ntitle: The sign\ndate: 2014-12-24\n---\n\n![The sign as it stood](sign.svg)\n")
        .file("sign.svg", drawing);
    collection.run(&["build", "papers", "--standard", "ua-1"]).ends(1).tells(&[
        "error[missing-glyph]",
        "a.md:6:1",
        "`sign.svg`",
        "as outlines",
    ]);
    // Where nobody asked for a standard, the book is made all the same.
    let plain = collection
        .build()
        .ends(0)
        .tells(&["warning[missing-glyph]", "a.md:6:1"])
        .tells(&["the PDF does not keep ua-1"]);
    assert!(!faults(plain.pdf(), ValidationProfile::PdfUa1).is_empty());
}

#[test]
fn each_layout_keeps_the_standards_that_it_names() {
    let collection = || Collection::new().file("a.md", "---\ntitle: The bridge\ndate: 2014-12-24\n---\n\nThey met.\n");
    let faultless = |pdf: &[u8], profile| assert_eq!(faults(pdf, profile), Vec::<String>::new(), "{profile}");
    faultless(collection().build().ends(0).pdf(), ValidationProfile::PdfUa1);
    let dated = collection().run(&["build", "papers", "--layout", "edition", "--date", "2026-11-01"]).ends(0);
    faultless(dated.pdf(), ValidationProfile::PdfA3a);
    faultless(dated.pdf(), ValidationProfile::PdfUa1);
    let undated = collection().run(&["build", "papers", "--layout", "edition"]).ends(0);
    faultless(undated.pdf(), ValidationProfile::PdfUa1);
    let undated = undated.tells(&["warning[missing-edition-date]", "--date 2026-01-31"]);
    assert!(!faults(undated.pdf(), ValidationProfile::PdfA3a).is_empty());
    let own = "description = \"ours\"\nextends = \"packet\"\nstandards = [\"a-2b\"]\n";
    let own = collection().file("layouts/ours/layout.toml", own);
    let outcome = own.run(&["build", "papers", "--layout", "ours", "--date", "2026-11-01"]).ends(0);
    faultless(outcome.pdf(), ValidationProfile::PdfA2b);
    let wrong = collection().file("layouts/ours/layout.toml", "description = \"ours\"\nstandards = [\"a-9\"]\n");
    wrong.run(&["build", "papers", "--layout", "ours"]).ends(1).tells(&[
        "error[unknown-standard]",
        "`a-9`",
        "layouts/ours/layout.toml",
    ]);
}
