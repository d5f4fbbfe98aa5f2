//! Text is data: whatever a source or an editor writes is printed as it stands, and nothing of it is evaluated.

use crate::collection::Collection;
use crate::pages::{Book, bare};
use dossier::collection::Capture;
use dossier::document::Format;
use dossier::folder::Folder;
use dossier::forme::glyphs::{Coverage, Fitting};
use dossier::settings::Settings;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};

/// How many strings are set at once.
const TOGETHER: usize = 24;

/// Ordinary sentences, so that the book is one in Latin script whatever the strings are.
const SENTENCE: &str =
    "The clerk of the committee read out the minutes of the last sitting, which were found correct. ";

/// What Typst, Markdown or a template might take for its own.
const NASTY: [&str; 26] = [
    "#read(\"/etc/passwd\")",
    "$x^2$",
    "@name",
    "<label>",
    "// no comment",
    "/* nor this */",
    "`code`",
    "```raw```",
    "{{ 7*7 }}",
    "{% include 'x' %}",
    "\"quoted\"",
    "'single'",
    "\\",
    "\\u{41}",
    "\\\"",
    "];)",
    "#[content]",
    "#let x = 1;",
    "*bold* _it_",
    "= Heading",
    "~ -- --- ...",
    "&amp; &#65;",
    "<script>alert(1)</script>",
    "#import \"@preview/x:1.0.0\"",
    "\u{202e}override\u{202c}",
    "\u{2067}isolate\u{2069}",
];

/// Characters that need no glyph, and may or may not be told back by one.
fn is_silent(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// A text as the reader of a source sees it: control characters are shown as pictures.
fn visible(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\t' => ' ',
            '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).expect("control pictures are assigned"),
            '\u{7f}' => '\u{2421}',
            '\u{80}'..='\u{9f}' => '\u{fffd}',
            _ => character,
        })
        .collect()
}

/// The characters of a text that print as themselves.
pub fn printable(text: &str, coverage: &Coverage) -> String {
    let mut fitting = Fitting::new(coverage);
    text.chars().filter(|character| fitting.takes(*character) && !is_silent(*character)).collect()
}

/// Characters that do not end a line.
fn inline() -> impl Strategy<Value = char> {
    let ends =
        |character: &char| matches!(character, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    prop_oneof![
        6 => proptest::char::range(' ', '~'),
        3 => proptest::char::range('\u{a0}', '\u{52f}'),
        1 => proptest::char::range('\0', '\u{a0}'),
        1 => proptest::char::range('\u{590}', '\u{6ff}'),
        1 => proptest::char::range('\u{2000}', '\u{22ff}'),
        2 => any::<char>(),
    ]
    .prop_filter("a line end would end the paragraph", move |character| !ends(character))
}

/// One line of anything.
fn line() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        2 => vec(inline(), 1..20).prop_map(String::from_iter),
        1 => proptest::sample::select(NASTY.to_vec()).prop_map(str::to_owned),
    ];
    // A link's destination in plain text is printed in a note or not at all; that is tested elsewhere.
    vec(piece, 1..5).prop_map(|pieces| pieces.join(" ").replace("](", "] ("))
}

fn plain(text: String, settings: Settings) -> Book {
    let capture =
        Capture { path: "any.txt".to_owned(), bytes: text.into_bytes(), format: Format::Plain, withheld: None };
    Book::set(Folder { name: "papers".to_owned(), captures: vec![capture], settings, ..Folder::default() })
}

/// Sets lines as paragraphs of one document and compares what is printed with what was written.
fn survives(lines: &[String]) -> TestCaseResult {
    let opening = SENTENCE.repeat(8);
    let mut text = format!("{opening}\n\n{opening}\n\n");
    for (index, line) in lines.iter().enumerate() {
        text.push_str(&format!("Here begins line {index}: {line} and there it ends.\n\n"));
    }
    text.push_str(&format!("{opening}\n\n{opening}\n"));
    let book = plain(text, Settings { mask: false, faithful: true, ..Settings::default() });
    let coverage = &book.pressed.coverage;
    let boxes = book.pressed.diagnostics.iter().find(|problem| problem.message.contains("without a glyph"));
    prop_assert!(boxes.is_none(), "{boxes:?}");
    let body = book.body(0).into_values().collect::<String>();
    let printed: String = body.chars().filter(|character| !is_silent(*character)).collect();
    let all = book.text();
    let mut rest = printed.as_str();
    for (index, line) in lines.iter().enumerate() {
        let line = format!("Here begins line {index}: {} and there it ends.", visible(line));
        let wanted = printable(&line, coverage);
        let found = rest.find(&wanted);
        let near = rest.find(&format!("Herebeginsline{index}:")).unwrap_or_default();
        prop_assert!(
            found.is_some(),
            "{line:?}\nwanted  {wanted:?}\nprinted {:?}",
            &rest[near..].chars().take(wanted.len() + 40).collect::<String>()
        );
        rest = &rest[found.unwrap_or_default() + wanted.len()..];
        let mut fitting = Fitting::new(coverage);
        for character in line.chars().filter(|character| !fitting.takes(*character)) {
            // Between letters that run from right to left the words of the name may stand apart; its code never does.
            let code = format!("U+{:04X}", u32::from(character));
            prop_assert!(all.contains(&code), "{line:?} lacks {code}");
        }
    }
    Ok(())
}

#[test]
fn any_text_survives_into_the_pages() {
    let config = Config { cases: 40, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome = runner.run(&vec(line(), TOGETHER), |lines| survives(&lines));
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn each_nasty_string_survives_alone_and_all_together() {
    let mut lines: Vec<String> = NASTY.iter().map(|nasty| (*nasty).to_owned()).collect();
    lines.push(NASTY.concat().replace("](", "] ("));
    survives(&lines).unwrap_or_else(|failure| panic!("{failure}"));
}

/// A value that every layer could take for its own. It is free of what file names cannot have.
const HOSTILE: &str = r##"#read("x") $y$ @n <l> {{7*7}} {%a%} `c` *b* _i_ [t](u) \"q\" \u{41} #[z]; ] ) } "##;

/// Keeps the marks as they were typed.
const VERBATIM: &str = "smart_punctuation = false\n";

#[track_caller]
fn is_printed(book: &Book, place: &str) {
    let wanted = bare(&format!("{place}{HOSTILE}"));
    assert!(bare(&book.text()).contains(&wanted), "{place} is not printed as it was written:\n{}", book.text());
}

#[test]
fn settings_are_printed_as_they_were_written() {
    let keys = ["title", "subtitle", "series", "compiler", "edition", "rights"];
    let settings: String = keys.iter().map(|key| format!("{key} = '''KEY-{key} {HOSTILE}'''\n")).collect();
    let document = ["title", "kind", "issuer", "place", "summary", "note"];
    let table: String = document.iter().map(|key| format!("{key} = '''DOC-{key} {HOSTILE}'''\n")).collect();
    let collection = Collection::new()
        .settings(&format!("{settings}{VERBATIM}\n[documents.\"a.txt\"]\ndate = 2001-02-03\n{table}"))
        .file("a.txt", "One sentence stands here.\n");
    collection.build().ends(0);
    let book = Book::of(&collection.folder());
    for key in keys.iter().filter(|key| **key != "series") {
        is_printed(&book, &format!("KEY-{key}"));
    }
    for key in document.iter().filter(|key| **key != "kind") {
        is_printed(&book, &format!("DOC-{key}"));
    }
    let lower = bare(&book.text().to_lowercase());
    for place in ["key-series", "doc-kind"] {
        assert!(lower.contains(&bare(&format!("{place}{}", HOSTILE.to_lowercase()))), "{place}: {}", book.text());
    }
}

#[test]
fn front_matter_is_printed_as_it_was_written() {
    let keys = ["title", "kind", "issuer", "place", "summary"];
    let values: String = keys.iter().map(|key| format!("{key} = '''KEY-{key} {HOSTILE}'''\n")).collect();
    let collection =
        Collection::new().settings(VERBATIM).file("a.md", &format!("+++\n{values}+++\n\nOne sentence stands here.\n"));
    collection.build().ends(0);
    let book = Book::of(&collection.folder());
    let lower = bare(&book.text().to_lowercase());
    for key in keys {
        let wanted = bare(&format!("key-{key}{}", HOSTILE.to_lowercase()));
        assert!(lower.contains(&wanted), "{key}: {}", book.text());
    }
}

#[cfg(unix)]
#[test]
fn file_names_are_printed_as_they_are() {
    let name = format!("{}.txt", HOSTILE.trim());
    let collection = Collection::new().file(&name, "One sentence stands here.\n");
    collection.build().ends(0);
    let book = Book::of(&collection.folder());
    assert!(bare(&book.text()).contains(&bare(&name)), "{}", book.text());
}

#[test]
fn organizations_are_printed_as_they_were_written() {
    let authority = format!(
        "[[organization]]\nheading = '''Union {HOSTILE}'''\nacronym = \"UNHT\"\ndescription = '''SAID {HOSTILE}'''\n\
         variants = ['''Ring #x $y$ @n''']\n"
    );
    let collection = Collection::new()
        .settings(VERBATIM)
        .file("organizations.toml", &authority)
        .file("a.txt", "The delegates of UNHT met the envoys of the Ring #x $y$ @n on the bridge.\n");
    collection.build().ends(0);
    let book = Book::of(&collection.folder());
    is_printed(&book, "Union");
    is_printed(&book, "SAID");
}

#[test]
fn a_markdown_document_prints_typsts_marks_as_text() {
    let text = "# A #heading with $x$ and @name\n\nText with #read(\"/etc/passwd\"), <label> no more, // and `#code` too.\n\n\
                | #a | $b$ |\n|---|---|\n| @c | {{ d }} |\n\n```\n#raw(\"text\") $ @ <x>\n```\n";
    let collection = Collection::new().settings(VERBATIM).file("a.md", text);
    collection.build().ends(0);
    let printed = bare(&Book::of(&collection.folder()).text());
    for wanted in
        ["A #heading with $x$ and @name", "#read(\"/etc/passwd\"), ", "and #code too", "#raw(\"text\") $ @ <x>"]
    {
        assert!(printed.contains(&bare(wanted)), "{wanted}: {printed}");
    }
    for wanted in ["#a", "$b$", "@c", "{{d}}"] {
        assert!(printed.contains(wanted), "{wanted}: {printed}");
    }
}

#[test]
fn the_destination_of_a_link_in_plain_text_is_printed_in_a_note() {
    let text = "The committee wrote to [the ministry](https://ministry.example/letters/7) and waited for an answer.\n";
    let book = Book::of(&Collection::new().file("a.txt", text).folder());
    let printed = bare(&book.text());
    assert!(printed.contains("theministry"), "{printed}");
    assert!(printed.contains("https://ministry.example/letters/7"), "{printed}");
}

#[test]
fn contact_details_are_masked_in_every_layer() {
    let text =
        "Statement of the committee.\n\nWrite to the secretary at press@committee.example or call +92-22-5550100.\n";
    let collection = Collection::new().file("a.txt", text);
    let outcome = collection.build().ends(0);
    let row = collection.list(&[]).remove(0);
    assert_eq!(row["masked"].as_array().map(Vec::len), Some(2), "{row}");
    let read = crate::pdf::Read::new(outcome.pdf());
    let printed = Book::of(&collection.folder()).text();
    for detail in ["5550100", "press@committee"] {
        assert!(!row.to_string().contains(detail), "{detail} is in the list");
        assert!(!read.holds(detail), "{detail} is in the PDF");
        assert!(!printed.contains(detail), "{detail} is on a page");
    }
    let kept = collection.settings("keep = [\"+92-22-5550100\"]\n");
    assert!(Book::of(&kept.folder()).text().contains("5550100"), "the editor's `keep` is not heeded");
    let open = kept.settings("mask = false\n");
    assert!(Book::of(&open.folder()).text().contains("press@committee.example"), "`mask = false` is not heeded");
}

#[test]
fn typewritten_marks_are_set_as_the_language_has_them_unless_the_editor_keeps_them() {
    let said = "---\ntitle: Over\ndate: 2020-03-04\n---\n\nThe miners' delegate said \"it isn't over\" - and left. `a \"b\" -- c`\n";
    let gesagt = "---\ndate: 2020-03-05\nlanguage: de\n---\n\nDer Vertreter der Bergleute sagte \"es ist nicht vorbei\" und ging.\n";
    let collection = || Collection::new().file("a.md", said).file("b.md", gesagt);
    let text = Book::of(&collection().folder()).text();
    for words in
        ["The miners’ delegate said “it isn’t over” – and left. a \"b\" -- c", "sagte „es ist nicht vorbei“ und"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    for settings in ["smart_punctuation = false\n", "faithful = true\n"] {
        let text = Book::of(&collection().settings(settings).folder()).text();
        assert!(text.contains("The miners' delegate said \"it isn't over\" - and left."), "{text}");
    }
}
