//! The captures that the project was made for, where they are at hand: found beside the checkout, never needed.
//!
//! The same must hold when the files have other names, and when dates and acronyms are others throughout: a rule that
//! knows these files would be a defect.

use crate::collection::{Collection, word};
use crate::pages::Book;
use crate::pdf::Read;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The bodies that the glossary must have.
const BODIES: [&str; 15] =
    ["AWP", "NSF", "PSGB", "JKNAP", "CPP", "UKPNP", "PSF", "AAP", "BNSO", "PYF", "MQM", "ANP", "PLA", "KPC", "Taliban"];

/// What is no body.
const NO_BODIES: [&str; 6] = ["CPEC", "NAP", "PECA", "Gul Plaza", "WhatsApp", "CP of Israel"];

/// The captures in order of their names, with their texts.
fn captures() -> Option<Vec<(String, String)>> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!("skipped: the captures are not at hand");
        return None;
    };
    let mut captures: Vec<(String, String)> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .map(|path| (path.file_name().expect("a file has a name").to_string_lossy().into_owned(), path))
        .map(|(name, path)| (name, fs::read_to_string(path).expect("the captures are text")))
        .collect();
    captures.sort();
    Some(captures)
}

/// A collection of texts under names that say nothing.
fn renamed(texts: impl IntoIterator<Item = String>) -> Collection {
    let names = ["p", "m", "x", "a", "q"];
    texts
        .into_iter()
        .zip(names)
        .fold(Collection::new(), |collection, (text, name)| collection.file(&format!("{name}.txt"), &text))
}

/// The dates of the documents in the order in which the captures were given.
fn dates(rows: &[Value], sources: &[String]) -> Vec<Option<String>> {
    let of =
        |source: &String| rows.iter().find(|row| row["source"] == source.as_str()).expect("each document is listed");
    sources.iter().map(|source| of(source)["date"].get("edtf").map(|edtf| word(edtf).to_owned())).collect()
}

/// Every name and acronym under which the glossary knows a body.
fn known(rows: &[Value]) -> BTreeSet<String> {
    let list =
        |value: &Value| value.as_array().into_iter().flatten().map(|item| word(item).to_owned()).collect::<Vec<_>>();
    rows.iter()
        .flat_map(|row| {
            let acronym = row["acronym"].as_str().map(str::to_owned);
            acronym.into_iter().chain([word(&row["name"]).to_owned()]).chain(list(&row["variants"]))
        })
        .collect()
}

#[track_caller]
fn are_dated(collection: &Collection, sources: &[String], wanted: [Option<&str>; 5]) {
    let rows = collection.list(&[]);
    assert_eq!(dates(&rows, sources), wanted.map(|date| date.map(str::to_owned)));
    let order: Vec<&Value> = rows.iter().map(|row| &row["source"]).collect();
    assert_eq!(order[..3], [&sources[0], &sources[4], &sources[1]], "the dated ones in sequence");
}

const DATES: [Option<&str>; 5] = [Some("2014-12-24"), Some("2026-02-03"), None, None, Some("2024-06-26")];

#[test]
fn the_captures_are_dated_as_their_words_prove() {
    let Some(captures) = captures() else { return };
    let sources: Vec<String> = captures.iter().map(|(name, _)| name.clone()).collect();
    let collection = captures.iter().fold(Collection::new(), |collection, (name, text)| collection.file(name, text));
    are_dated(&collection, &sources, DATES);
}

#[test]
fn other_file_names_change_nothing() {
    let Some(captures) = captures() else { return };
    let sources = ["p.txt", "m.txt", "x.txt", "a.txt", "q.txt"].map(str::to_owned);
    are_dated(&renamed(captures.into_iter().map(|(_, text)| text)), &sources, DATES);
}

/// Moves every year of a text by 28, after which the weekdays are the same again.
fn a_generation_earlier(text: &str) -> String {
    let mut moved = text.to_owned();
    for year in (1940..=2029).map(|year: u32| year) {
        moved = moved.replace(&year.to_string(), &format!("\u{1}{}", year - 28));
    }
    moved.replace('\u{1}', "").replace("2/4/26", "2/4/98")
}

#[test]
fn other_years_are_read_as_well() {
    let Some(captures) = captures() else { return };
    let sources = ["p.txt", "m.txt", "x.txt", "a.txt", "q.txt"].map(str::to_owned);
    let collection = renamed(captures.into_iter().map(|(_, text)| a_generation_earlier(&text)));
    are_dated(&collection, &sources, [Some("1986-12-24"), Some("1998-02-03"), None, None, Some("1996-06-26")]);
}

#[test]
fn the_glossary_has_the_bodies_and_nothing_else() {
    let Some(captures) = captures() else { return };
    let known = known(&renamed(captures.into_iter().map(|(_, text)| text)).glossary(&[]));
    for body in BODIES {
        assert!(known.contains(body), "{body} is missing: {known:?}");
    }
    for other in NO_BODIES {
        assert!(!known.contains(other), "{other} is no body");
    }
}

#[test]
fn other_acronyms_are_found_as_well() {
    let Some(captures) = captures() else { return };
    let others = [
        ("Awami Workers Party", "Zarai Kisan Party"),
        ("AWP", "ZKP"),
        ("National Students Federation (NSF)", "Regional Teachers Federation (RTF)"),
        ("Progressive Youth Federation (PYF)", "Democratic Miners Federation (DMF)"),
        ("Popular Left Alliance", "United Peasants Alliance"),
        ("(PLA)", "(UPA)"),
        (" PLA ", " UPA "),
        ("Karachi Press Club (KPC)", "Sukkur Press Club (SPC)"),
        ("KPC", "SPC"),
    ];
    let changed = |text: String| others.iter().fold(text, |text, (from, to)| text.replace(from, to));
    let known = known(&renamed(captures.into_iter().map(|(_, text)| changed(text))).glossary(&[]));
    for body in ["ZKP", "RTF", "DMF", "UPA", "SPC", "Zarai Kisan Party", "Regional Teachers Federation"] {
        assert!(known.contains(body), "{body} is missing: {known:?}");
    }
    for body in ["AWP", "NSF", "PYF", "KPC"] {
        assert!(!known.contains(body), "{body} is in no document");
    }
}

/// The runs of digits, dashes and blanks that stand behind a word for a telephone, digits only.
fn numbers(text: &str) -> BTreeSet<String> {
    let is_number = |character: char| character.is_ascii_digit() || matches!(character, '+' | '-' | ' ');
    text.lines()
        .filter(|line| ["phone", "fax", "mob", "tel", "whatsapp"].iter().any(|word| line.to_lowercase().contains(word)))
        .flat_map(|line| line.split(|character| !is_number(character)))
        .map(|run| run.chars().filter(char::is_ascii_digit).collect::<String>())
        .filter(|digits| digits.len() >= 7)
        .collect()
}

#[test]
fn masked_numbers_are_nowhere() {
    let Some(captures) = captures() else { return };
    let numbers: BTreeSet<String> = captures.iter().flat_map(|(_, text)| numbers(text)).collect();
    let addresses: BTreeSet<&str> =
        captures.iter().flat_map(|(_, text)| text.split_whitespace()).filter(|word| word.contains("@gmail")).collect();
    assert!(numbers.len() >= 3 && !addresses.is_empty(), "{numbers:?} {addresses:?}");
    let collection = renamed(captures.iter().map(|(_, text)| text.clone()));
    let list = collection.run(&["list", "papers", "--format", "json"]).ends(0).stdout;
    let glossary = collection.run(&["glossary", "papers", "--format", "json", "--all"]).ends(0).stdout;
    let outcome = collection.build();
    let read = Read::new(outcome.pdf());
    let everything = String::from_utf8_lossy(&read.everything()).into_owned();
    let pages = Book::of(&collection.folder()).text();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    for number in &numbers {
        let tail = &number[number.len() - 7..];
        assert!(!list.contains(tail) && !glossary.contains(tail) && !outcome.stderr.contains(tail), "a number is told");
        assert!(!everything.contains(tail) && !read.holds(tail), "a number is in the PDF");
        assert!(!pages.contains(tail) && !digits(&pages).contains(number), "a number is on a page");
    }
    for address in addresses {
        let name = address.split('@').next().unwrap_or(address);
        let whole = address.trim_matches(|character: char| !character.is_alphanumeric());
        assert!(!list.contains(whole) && !pages.contains(whole) && !read.holds(whole), "{name} is told");
    }
}
