//! Folders and files that a collection should not hold: each is told, none stops the rest, nothing panics.

use crate::collection::Collection;
use crate::pages::{Book, bare};
use crate::pdf::Read;
use std::fs;

const NEIGHBOUR: &str = "The sentence of the good neighbour stands here, and it ends.\n";

fn beside_a_neighbour() -> Collection {
    Collection::new().file("neighbour.txt", NEIGHBOUR)
}

/// Fails unless the neighbour is printed.
#[track_caller]
fn neighbour_is_set(collection: &Collection) {
    let text = bare(&Book::of(&collection.folder()).text());
    assert!(text.contains(&bare(NEIGHBOUR)), "{text}");
}

#[test]
fn an_empty_folder_is_nothing_to_set() {
    let outcome = Collection::new().build().ends(2);
    assert!(outcome.pdf.is_none());
    outcome.tells(&["error[usage]", "papers", ".md"]);
}

#[test]
fn a_folder_that_is_a_file_or_missing_is_wrong_use() {
    let collection = beside_a_neighbour();
    for folder in ["papers/neighbour.txt", "nowhere"] {
        for command in ["build", "list", "glossary", "check", "init"] {
            collection.run(&[command, folder]).ends(2).tells(&["error[usage]", folder]);
        }
    }
}

#[test]
fn empty_files_get_a_page_and_a_warning() {
    let collection = beside_a_neighbour().file("empty.txt", "").file("blank.md", " \n\t\n\n");
    let outcome = collection.build().ends(0);
    outcome.tells(&["warning[empty-document]", "empty.txt"]).tells(&["warning[empty-document]", "blank.md"]);
    assert_eq!(collection.list(&[]).len(), 3);
    neighbour_is_set(&collection);
}

#[test]
fn bytes_that_are_no_utf8_are_read_by_a_guess_that_is_told() {
    let collection =
        beside_a_neighbour().bytes("latin.txt", b"The caf\xe9 by the bridge was na\xefve and closed early.\n");
    collection.build().ends(0).tells(&["warning[guessed-encoding]", "latin.txt", "windows-1252"]);
    assert!(Book::of(&collection.folder()).text().contains("café"));
    neighbour_is_set(&collection);
}

#[test]
fn utf16_is_read_by_its_mark() {
    let words = "\u{feff}The café by the bridge closed early.\n";
    let little: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = words.replace("café", "tavern").encode_utf16().flat_map(u16::to_be_bytes).collect();
    let collection = beside_a_neighbour().bytes("little.txt", &little).bytes("big.txt", &big);
    collection.build().ends(0).keeps_silent_on("guessed-encoding");
    let text = Book::of(&collection.folder()).text();
    assert!(text.contains("The café by") && text.contains("The tavern by"), "{text}");
}

#[test]
fn random_bytes_are_set_somehow() {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let noise: Vec<u8> = (0..4000).map(|_| next()).collect();
    let collection = beside_a_neighbour().bytes("noise.txt", &noise).bytes("noise.md", &noise);
    let outcome = collection.build();
    assert!(matches!(outcome.status, Some(0 | 1)), "{}", outcome.stderr);
    assert!(outcome.pdf.is_some());
    neighbour_is_set(&collection);
}

#[test]
fn control_characters_are_shown_and_told() {
    let collection =
        beside_a_neighbour().file("bells.txt", "A bell \u{7} rang in the town and all the clerks went home.\n");
    collection.build().ends(0).tells(&["warning[control-characters]", "bells.txt"]);
    assert!(bare(&Book::of(&collection.folder()).text()).contains("[U+2407symbolforbell]rang"));
}

#[test]
fn broken_front_matter_is_an_error_and_stays_in_the_text() {
    let yaml = "---\ntitle: \"open\nkind: [1,\n---\n\nThe text below the broken head stands here, and it ends.\n";
    let toml = "+++\ntitle = \n+++\n\nThe other text below a broken head stands here, and it ends.\n";
    let collection = beside_a_neighbour().file("yaml.md", yaml).file("toml.md", toml);
    collection
        .build()
        .ends(1)
        .tells(&["error[broken-front-matter]", "yaml.md:"])
        .tells(&["error[broken-front-matter]", "toml.md:"]);
    let text = bare(&Book::of(&collection.folder()).text());
    for words in ["kind: [1,", "The text below the broken head", "title =", "The other text below a broken head"] {
        assert!(text.contains(&bare(words)), "{words}: {text}");
    }
    neighbour_is_set(&collection);
}

#[test]
fn a_folder_named_like_a_document_is_entered() {
    let collection =
        beside_a_neighbour().file("folder.txt/inside.txt", "The sentence inside stands here, and it ends.\n");
    collection.build().ends(0).tells(&["warning[folder-named-like-a-document]", "folder.txt"]);
    assert_eq!(collection.order(&[]), ["folder.txt/inside.txt", "neighbour.txt"]);
}

#[test]
fn files_of_other_kinds_are_named_with_a_way_to_convert_them() {
    let kinds =
        [("a.docx", "pandoc"), ("b.pdf", "pdftotext"), ("c.mhtml", "HTML"), ("d.eml", "message"), ("noext", "save it")];
    let collection = kinds.iter().fold(beside_a_neighbour(), |collection, (name, _)| collection.file(name, "x"));
    let outcome = collection.build().ends(0);
    let outcome =
        kinds.iter().fold(outcome, |outcome, (name, way)| outcome.tells(&["warning[not-a-document]", name, way]));
    assert_eq!(Read::new(outcome.pdf()).pages(), beside_a_neighbour_pages());
    let quiet =
        collection.file("picture.png", "x").file(".hidden.txt", "x").settings("exclude = [\"noext\", \"*.png\"]\n");
    quiet.build().ends(0).keeps_silent_on("picture.png").keeps_silent_on(".hidden").keeps_silent_on("noext");
}

/// How many pages the neighbour alone makes.
fn beside_a_neighbour_pages() -> usize {
    Read::new(beside_a_neighbour().build().ends(0).pdf()).pages()
}

#[test]
fn a_file_that_is_too_large_gets_a_page_that_says_so() {
    let line = "The clerk read out the minutes, and nobody spoke against them.\n";
    let head = "---\ntitle: The minutes of all years\ndate: 2001-02-03\n---\n\n";
    let large = format!("{head}{}", line.repeat(1_100_000 / line.len()));
    let collection = beside_a_neighbour().settings("largest_document = 1\n").file("large.md", &large);
    collection.build().ends(1).tells(&["error[too-large]", "large.md", "largest_document = 2"]);
    let rows = collection.list(&[]);
    assert_eq!((rows[0]["source"].as_str(), rows[0]["bytes"].as_u64()), (Some("large.md"), Some(large.len() as u64)));
    assert_eq!(rows[0]["sha256"].as_str(), Some(dossier::source::hash(large.as_bytes()).as_str()));
    let text = Book::of(&collection.folder()).text();
    for words in
        ["The minutes of all years", "3 February 2001", "The text of this file is not set", "more than 1 megabyte"]
    {
        assert!(bare(&text).contains(&bare(words)), "{words}: {text}");
    }
    assert!(!text.contains("nobody spoke"), "{text}");
    neighbour_is_set(&collection);
    // Where there is something to mask, the hash is not that of the bytes.
    let (one, other) = (format!("{large}Ask jo@a.example.\n"), format!("{large}Ask al@b.example.\n"));
    let hash = |text: &str| {
        let collection = beside_a_neighbour().settings("largest_document = 1\n").file("large.md", text);
        collection.list(&[])[0]["sha256"].as_str().expect("it has a hash").to_owned()
    };
    assert_ne!(hash(&one), dossier::source::hash(one.as_bytes()));
    assert_eq!(hash(&one), hash(&other));
    collection.settings("largest_document = 2\n").build().ends(0).keeps_silent_on("too-large");
}

#[test]
fn two_thousand_tiny_files_are_set() {
    let collection = (0..2000).fold(Collection::new(), |collection, index| {
        collection.file(&format!("{index}.txt"), &format!("The sentence of no. {index} stands here, and it ends.\n"))
    });
    let outcome = collection.run(&["build", "papers", "--quiet"]).ends(0);
    let read = Read::new(outcome.pdf());
    assert!(read.pages() >= 2000, "{} pages", read.pages());
    assert!(read.outline().len() >= 2000);
}

#[test]
fn a_paragraph_without_end_and_a_word_without_end_are_set() {
    let collection = beside_a_neighbour()
        .file("long.txt", &"The clerk read out the minutes, and nobody spoke against them. ".repeat(2000))
        .file("word.txt", &"a".repeat(20_000));
    collection.build().ends(0);
    let book = Book::of(&collection.folder());
    let body: String = (0..3).flat_map(|document| book.body(document).into_values()).collect();
    assert_eq!(body.matches("nobody spoke against them").count(), 2000);
    assert!(body.matches('a').count() >= 20_000);
}

#[test]
fn deep_nesting_is_opened_up() {
    let quotes = format!("{}deep down\n", "> ".repeat(3000));
    let brackets = format!("{}x{}\n", "[".repeat(3000), "](y)".repeat(3000));
    let stars = format!("{}x{}\n", "*a _b ".repeat(2000), "_ *".repeat(2000));
    let lists: String = (0..400).map(|depth| format!("{}- item\n", "  ".repeat(depth))).collect();
    let collection = beside_a_neighbour()
        .file("quotes.md", &quotes)
        .file("brackets.md", &brackets)
        .file("stars.md", &stars)
        .file("lists.md", &lists);
    assert!(collection.build().ends(0).pdf.is_some());
    assert!(bare(&Book::of(&collection.folder()).text()).contains("deepdown"));
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::path::Path;
    use std::process::Command;

    #[test]
    fn links_are_not_followed() {
        let collection = beside_a_neighbour();
        let outside = collection.home().join("secret.txt");
        fs::write(&outside, "A secret outside the collection.\n").expect("the file can be written");
        symlink(&outside, collection.path("link.txt")).expect("links can be made");
        symlink(collection.folder(), collection.path("loop")).expect("links can be made");
        collection.build().ends(0).tells(&["warning[link-not-followed]", "link.txt"]).tells(&["loop"]);
        assert_eq!(collection.order(&[]), ["neighbour.txt"]);
    }

    #[test]
    fn what_is_no_regular_file_is_never_opened() {
        let collection = beside_a_neighbour();
        let _socket = UnixListener::bind(collection.path("socket.txt")).expect("a socket can be made");
        let made = Command::new("mkfifo").arg(collection.path("pipe.txt")).status();
        let outcome = collection.build().ends(0).tells(&["warning[not-a-file]", "socket.txt"]);
        match made {
            Ok(status) if status.success() => drop(outcome.tells(&["warning[not-a-file]", "pipe.txt"])),
            _ => eprintln!("skipped: no mkfifo here"),
        }
    }

    #[test]
    fn a_file_that_may_not_be_read_is_an_error_and_the_rest_is_set() {
        use std::os::unix::fs::PermissionsExt;
        let collection = beside_a_neighbour().file("closed.txt", "x").file("shut/away.txt", "x");
        let path = collection.path("closed.txt");
        let give = |path: &Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions can be set");
        };
        give(&path, 0o000);
        if fs::read(&path).is_ok() {
            eprintln!("skipped: permissions do not bind this user");
            return;
        }
        give(&collection.path("shut"), 0o000);
        let outcome = collection.build();
        give(&collection.path("shut"), 0o755);
        let outcome = outcome
            .ends(1)
            .tells(&["error[unreadable]", "--> closed.txt", "`exclude = [\"closed.txt\"]`"])
            .tells(&["error[unreadable]", "--> shut", "move it out of the collection"]);
        assert!(outcome.pdf.is_some());
    }
}
