//! Files that nobody would write and everybody gets: bytes, names, nesting, front matter. Each says its sentence in
//! print, and what is told of it stands in a snapshot.

use crate::collection::Collection;
use crate::pages::{Book, bare};

/// What is told of a collection, without the last line, which names the time that it took.
fn told(collection: &Collection) -> String {
    let outcome = collection.build();
    assert!(outcome.pdf.is_some(), "{}", outcome.stderr);
    let lines: Vec<&str> = outcome.stderr.lines().filter(|line| !line.starts_with("wrote ")).collect();
    lines.join("\n")
}

/// Fails unless the book prints all these words.
#[track_caller]
fn prints(collection: &Collection, words: &[&str]) {
    let text = bare(&Book::of(&collection.folder()).text());
    for words in words {
        assert!(text.contains(&bare(words)), "{words}: {}", text.chars().take(4000).collect::<String>());
    }
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

#[test]
fn bytes_of_every_kind_are_read() {
    let collection = Collection::new()
        .file("bom.txt", "\u{feff}Dated 1 May 2001. A mark stands before this sentence.\n")
        .file("cr.txt", "Dated 2 May 2001.\r\rThe lines of this end the old way.\r")
        .bytes("cp1252.txt", b"Dated 3 May 2001. The caf\xe9 \x96 so it is said \x96 was na\xefve.\n")
        .file("no-end.txt", "Dated 4 May 2001. No line end stands behind this sentence.")
        .bytes("nul.txt", b"Dated 5 May 2001. A nul\0stands in this sentence.\n")
        .bytes(
            "utf16-be.txt",
            &utf16("Dated 6 May 2001. The door is \u{f6}pen, says this sentence.\n", u16::to_be_bytes),
        )
        .bytes(
            "utf16-le.txt",
            &utf16("Dated 7 May 2001. The gate is \u{f6}pen, says this sentence.\n", u16::to_le_bytes),
        )
        .bytes(
            "utf16-mark.txt",
            &utf16("\u{feff}Dated 8 May 2001. The lock is \u{f6}pen, it says.\n", u16::to_le_bytes),
        )
        .bytes("invalid.txt", b"Dated 9 May 2001. One byte \xff of this sentence is no text.\n")
        .file("empty.txt", "")
        .file("blank.txt", " \n\t\n");
    insta::assert_snapshot!("hostile_bytes", told(&collection));
    prints(
        &collection,
        &[
            "A mark stands before",
            "The lines of this end the old way",
            "The café – so it is said – was naïve",
            "No line end stands",
            "stands in this sentence",
            "The door is öpen",
            "The gate is öpen",
            "The lock is öpen",
            "of this sentence is no text",
        ],
    );
}

#[test]
fn broken_front_matter_stays_in_print() {
    let bomb = "---\na: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\n\
                d: &d [*c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d]\ntitle: Bomb\n---\n";
    let heads = [
        "---\ntitle: never closed\n",
        "---\ntitle:\tA tab\n\tkind: letter\n---\n",
        "---\ntitle: One\ntitle: Two\n---\n",
        "---\ntitle: [a, list]\n---\n",
        "---\ntitle: {a: map}\n---\n",
        "---\ndate: not a date\n---\n",
        "---\ndate: 2001-13-45\n---\n",
        "---\ndate: [2001-02-03]\n---\n",
        "---\norder: first\n---\n",
        bomb,
        "---\n\nA thematic break stands above.\n\n---\n",
        "---\ntitle: \"open\n---\n",
        "---\n- a\n- b\n---\n",
        "---\njust words\n---\n",
        "---\n---\n",
        "---\n: : :\n---\n",
        "---\ntitle: *unknown\n---\n",
        "---\ntitle: !!python/object:os.system x\n---\n",
        "+++\ntitle = \n+++\n",
        "+++\ntitle = \"a\"\ntitle = \"b\"\n+++\n",
        "+++\ntitle = \"never closed\"\n",
        "---\ntitle: \u{202e}turned\nissuer: '#panic(1)'\nkind: '{{ 7*7 }}'\n---\n",
        "{\"title\": \"JSON\"}\n",
        "--- \ntitle: blanks behind the fence\n---  \n",
    ];
    let collection = heads.iter().enumerate().fold(Collection::new(), |collection, (index, head)| {
        let text = format!("{head}\nThe sentence of case {index} stands below its head, and it ends.\n");
        collection.file(&format!("{index:02}.md"), &text)
    });
    insta::assert_snapshot!("hostile_front_matter", told(&collection));
    let sentences: Vec<String> = (0..heads.len()).map(|index| format!("The sentence of case {index} stands")).collect();
    prints(&collection, &sentences.iter().map(String::as_str).collect::<Vec<_>>());
    prints(&collection, &["never closed", "A thematic break stands above", "just words"]);
}

#[test]
fn what_no_page_holds_is_told_and_printed() {
    let note = |at: usize| format!("Word {at}[^{at}] stands here.\n\n[^{at}]: The note of {at}.\n\n");
    let row = |at: usize| format!("|row {at}|some words|\n");
    let wide = |word: &str| format!("|{}|\n", (0..100).map(|at| format!("{word}{at}")).collect::<Vec<_>>().join("|"));
    let chain: String = (0..1000).map(|at| format!("[^{at}]: The link {at} of a chain[^{}]\n\n", at + 1)).collect();
    let sentence = "The clerk read out the minutes, and nobody spoke against them. ";
    let collection = Collection::new()
        .file("quotes.md", &format!("{}deep in quotes\n", "> ".repeat(10_000)))
        .file("lists.md", &format!("{}deep in lists\n", "- ".repeat(10_000)))
        .file("brackets.md", &format!("{}deep in brackets{}\n", "[".repeat(10_000), "](y)".repeat(10_000)))
        .file("emphasis.md", &format!("{}deep in stars{}\n", "*a **b ".repeat(5_000), "c** d*".repeat(5_000)))
        .file("columns.md", &format!("{}|{}\n{}", wide("head"), "-|".repeat(100), wide("cell")))
        .file("rows.md", &format!("|a|b|\n|-|-|\n{}", (0..1000).map(row).collect::<String>()))
        .file("notes.md", &(0..2000).map(note).collect::<String>())
        .file("chain.md", &format!("A chain hangs here.[^0]\n\n{chain}"))
        .file("line.txt", &sentence.repeat(1_000_000 / sentence.len()))
        .file("short-lines.txt", &"x\n".repeat(6_000))
        .file("address.md", &format!("See www.a.example/{} there.\n", "long/".repeat(4000)));
    insta::assert_snapshot!("hostile_limits", told(&collection));
    let set = Book::of(&collection.folder());
    let book = bare(&set.text());
    for words in [
        "deep in quotes",
        "deep in lists",
        "deep in brackets",
        "deep in stars",
        "cell99",
        "row 999",
        "The note of 1999",
        "The link 999 of",
    ] {
        assert!(book.contains(&bare(words)), "{words}");
    }
    let line = set.edition.items.iter().position(|item| item.facts.path == "line.txt").expect("the long line is set");
    let body: String = set.body(line).into_values().collect();
    assert_eq!(bare(&body).matches("nobodyspokeagainst").count(), 1_000_000 / sentence.len());
}

#[test]
fn a_file_of_fifty_megabytes_is_not_read_whole_and_its_neighbours_are_set() {
    let line = "The clerk read out the minutes, and nobody spoke against them.\n";
    let collection = Collection::new()
        .file("neighbour.txt", "The sentence of the good neighbour stands here, and it ends.\n")
        .file("huge.txt", &line.repeat(50 * 1024 * 1024 / line.len() + 1));
    insta::assert_snapshot!("hostile_size", told(&collection));
    prints(&collection, &["The sentence of the good neighbour", "huge.txt", "The text of this file is not set"]);
}

#[test]
fn characters_at_the_edge_of_unicode_are_printed_or_named() {
    let collection = Collection::new()
        .file("marks.txt", &format!("Z{}algo ends this storm.\n", "\u{301}\u{327}\u{489}".repeat(300)))
        .file(
            "emoji.txt",
            "A family \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} and a flag \u{1f1f5}\u{1f1f0} end here.\n",
        )
        .file("private.txt", "Private \u{e000}, unassigned \u{378}, no character \u{fdd0} end here.\n")
        .file(
            "bidi.md",
            "# A title \u{202e}turned\n\nAn open \u{2067}isolate \u{202e}override.\n\nThe next paragraph runs on.\n",
        );
    insta::assert_snapshot!("hostile_unicode", told(&collection));
    prints(&collection, &["algo ends this storm", "and a flag", "end here", "The next paragraph runs on"]);
    let outline = crate::pdf::Read::new(collection.build().pdf()).outline();
    let title = outline.iter().find(|title| title.contains("A title")).expect("the title is a bookmark");
    assert!(title.trim_end_matches(']').ends_with('\u{202c}'), "the override is left open: {title:?}");
}

#[cfg(unix)]
#[test]
fn names_of_every_kind_are_known_and_two_stay_two() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let collection = Collection::new();
    let names: [&[u8]; 9] = [
        b"with space.txt",
        b"with'quote\".txt",
        b"with\nline.txt",
        "\u{1f600}.txt".as_bytes(),
        b"bad\xff.txt",
        b"bad\xfe.txt",
        b"#panic(1).txt",
        b"{{ 7*7 }}.txt",
        b"-rf.txt",
    ];
    for (index, name) in names.iter().enumerate() {
        let path = collection.folder().join(OsStr::from_bytes(name));
        let text = format!("The sentence of file {index} stands here, and it ends.\n");
        if std::fs::write(path, text).is_err() {
            eprintln!("skipped: this disk takes no such names");
            return;
        }
    }
    insta::assert_snapshot!("hostile_names", told(&collection));
    let sentences: Vec<String> = (0..names.len()).map(|index| format!("The sentence of file {index} stands")).collect();
    prints(&collection, &sentences.iter().map(String::as_str).collect::<Vec<_>>());
    let sources = collection.order(&[]);
    assert!(
        sources.contains(&"bad\\xFF.txt".to_owned()) && sources.contains(&"bad\\xFE.txt".to_owned()),
        "{sources:?}"
    );
}
