//! The account of every word: it balances whatever a source holds, and it finds what a layout drops.

use crate::collection::{Collection, Outcome, word};
use crate::pages::Book;
use dossier::audit::{Counts, Rule};
use dossier::collection::Capture;
use dossier::document::Format;
use dossier::folder::Folder;
use dossier::settings::Settings;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const SENTENCE: &str =
    "The clerk of the committee read out the minutes of the last sitting, which were found correct.\n\n";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Builds a folder with an account of it.
fn audited(collection: &Collection, further: &[&str]) -> (Outcome, Value) {
    let outcome = collection.run(&[&["build", "papers", "--audit", "audit.json"], further].concat());
    let text = fs::read_to_string(collection.home().join("audit.json"))
        .unwrap_or_else(|error| panic!("{error}: {}", outcome.stderr));
    (outcome, serde_json::from_str(&text).expect("the account is JSON"))
}

fn count(value: &Value, key: &str) -> u64 {
    value[key].as_u64().unwrap_or_else(|| panic!("{key} is no number in {value}"))
}

/// Fails unless no word of a book is lost or out of order, and every count adds up.
#[track_caller]
fn balances(book: &Book) -> Counts {
    let audit = book.audit();
    for source in &audit.sources {
        let Counts { words, set, moved, omitted, masked, syntax, front_matter, .. } = source.counts;
        assert_eq!(
            words,
            set + moved + omitted + masked + syntax + front_matter,
            "{}: {:?}",
            source.source,
            source.lost
        );
        assert!(source.lost.is_empty(), "{}: {:?}", source.source, source.lost);
        assert!(source.disordered.is_empty(), "{}: {:?}", source.source, source.disordered);
    }
    audit.totals
}

/// Sets texts as documents.
fn set(texts: &[String], format: Format) -> Book {
    let extension = if format == Format::Markdown { "md" } else { "txt" };
    let capture = |(index, text): (usize, &String)| Capture {
        path: format!("{index:03}.{extension}"),
        bytes: text.clone().into_bytes(),
        format,
        withheld: None,
    };
    let captures = texts.iter().enumerate().map(capture).collect();
    let settings = Settings::default();
    Book::set(Folder { name: "papers".to_owned(), captures, settings, ..Folder::default() })
}

#[test]
fn the_sample_balances_and_says_so() {
    let collection = Collection::copy_of(&root().join("seeds"));
    let (outcome, audit) = audited(&collection, &[]);
    let said = outcome.ends(0).stderr;
    assert!(said.lines().any(|line| line.starts_with("audit: ") && line.ends_with(" 0 lost")), "{said}");
    assert_eq!(word(&audit["schema"]), "dossier-audit/1");
    let totals = &audit["totals"];
    let parts = ["set", "moved", "omitted", "masked", "syntax", "front_matter"].map(|part| count(totals, part));
    assert_eq!(count(totals, "words"), parts.iter().sum::<u64>());
    assert_eq!(count(totals, "lost"), 0);
    for source in audit["sources"].as_array().expect("sources are a list") {
        let listed = collection.list(&[]);
        let row = listed.iter().find(|row| row["source"] == source["source"]).expect("each source is listed");
        assert_eq!(row["sha256"], source["sha256"]);
        assert_eq!(row["omitted"].as_array().map(Vec::len), source["omitted"].as_array().map(Vec::len));
    }
}

#[test]
fn the_captures_at_hand_balance() {
    let shared = root().join("../shared");
    let folders = ["seeds", "dev/organizations/docs", "dev/acronyms/docs", "dev/dating/docs"];
    for folder in folders.map(|folder: &str| -> PathBuf { shared.join(folder) }) {
        if !folder.is_dir() {
            eprintln!("skipped: the captures are not at hand");
            return;
        }
        balances(&Book::of(&folder));
    }
}

#[test]
fn masked_and_omitted_words_are_counted_as_they_were() {
    let text = format!(
        "Printer-friendly version\n\nWorkers met in Strelsau\n\n{SENTENCE}Phone: +92-22-5550100 or jo@example.org\n"
    );
    let collection = Collection::new().file("a.txt", &text);
    let (_, masked) = audited(&collection, &[]);
    let (outcome, open) = audited(&collection, &["--no-mask", "--faithful"]);
    assert_eq!(count(&masked["totals"], "words"), count(&open["totals"], "words"));
    assert_eq!(count(&masked["totals"], "masked"), 6, "three runs of digits, three of letters");
    assert_eq!(count(&masked["totals"], "omitted"), 3);
    for part in ["masked", "omitted", "lost"] {
        assert_eq!(count(&open["totals"], part), 0);
    }
    let everything = outcome.ends(0).stderr + &masked.to_string();
    assert!(!everything.contains("5550100") && !everything.contains("jo@"), "{everything}");
}

#[test]
fn nothing_omitted_and_nothing_masked_is_said_in_the_book() {
    let text = format!("Printer-friendly version\n\nWorkers met\n\n{SENTENCE}Phone: +92-22-5550100\n");
    let collection = Collection::new().file("a.txt", &text);
    for command in [&["list", "papers"][..], &["glossary", "papers"], &["check", "papers"], &["explain", "papers", "1"]]
    {
        collection.run(&[command, &["--faithful", "--no-mask"]].concat()).ends(0);
    }
    assert!(collection.list(&["--faithful"])[0]["omitted"].as_array().is_some_and(Vec::is_empty));
    assert!(collection.list(&["--no-mask"])[0]["masked"].as_array().is_some_and(Vec::is_empty));
    let settings = Settings { faithful: true, mask: false, ..Settings::default() };
    let capture = Capture { path: "a.txt".to_owned(), bytes: text.into_bytes(), format: Format::Plain, withheld: None };
    let book = Book::set(Folder { name: "papers".to_owned(), captures: vec![capture], settings, ..Folder::default() });
    let printed = book.text();
    for words in ["Printer-friendly", "5550100", "Nothing was omitted", "not masked", "as they were captured"] {
        assert!(printed.contains(words), "{words}: {printed}");
    }
}

#[test]
fn whatever_markdown_has_is_accounted_for_by_its_rule() {
    let text = "---\ntitle: A title\nunknown: value # remark\n---\n\n# Another heading\n\n\
        Text with `code` and caf&eacute; &mdash; H~2~O[^n], <b title='x'>bold</b> <!-- aside -->, \
        [words](http://a.example/p \"Tip\") and [more][lab].\n\n\
        [lab]: http://b.example\n[lab]: http://again.example\n\n\
        ## Below {#anchor}\n\n> [!NOTE]\n> Alert.\n\n3. three\n4. four\n\n- [x] done\n\n\
        ```rust extra\nlet x = 1;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 | surplus cell | more |\n\n\
        Inline <script>evil()</script> end.\n\n[^n]: Note.\n[^n]: Once more.\n[^other]: Unused.\n";
    let book = set(&[format!("{text}\n{SENTENCE}")], Format::Markdown);
    balances(&book);
    let audit = book.audit();
    let source = &audit.sources[0];
    let rules: Vec<Rule> = source.syntax.iter().map(|marks| marks.rule).collect();
    assert_eq!(
        rules,
        [
            Rule::LinkDestination,
            Rule::LinkLabel,
            Rule::LinkDefinition,
            Rule::FootnoteLabel,
            Rule::InfoString,
            Rule::HeadingAttribute,
            Rule::AlertLabel,
            Rule::TaskMark,
            Rule::ListMark,
            Rule::HtmlTag,
            Rule::HtmlScript,
            Rule::CharacterReference,
        ]
    );
    let front = serde_json::to_value(&source.front_matter).expect("the account is plain data");
    let kinds: Vec<(&str, &str)> =
        front.as_array().expect("a list").iter().map(|part| (word(&part["rule"]), word(&part["text"]))).collect();
    assert_eq!(
        kinds,
        [("key", "title"), ("value", "A title"), ("key", "unknown"), ("value", "value"), ("comment", "remark")]
    );
    assert_eq!(front[1]["printed_in"], serde_json::json!(["title"]));
    let printed = book.text();
    for words in ["Another heading", "surplus cell", "café", "Once more", "Unused"] {
        assert!(printed.contains(words), "{words}: {printed}");
    }
}

#[test]
fn a_line_that_the_head_says_otherwise_is_quoted() {
    let text = format!(
        "FOR IMMEDIATE RELEASE\n\nWorkers met in Strelsau\n\nStrelsau, Wednesday 24th December 2014\n\n{SENTENCE}"
    );
    let book = set(&[text], Format::Plain);
    balances(&book);
    let printed = book.text();
    for line in ["“FOR IMMEDIATE RELEASE”", "“Strelsau, Wednesday 24th December 2014”"] {
        assert!(printed.contains(line), "{line}: {printed}");
    }
}

#[test]
fn words_without_end_stay_on_their_page() {
    let endless = "0a1b2c3d".repeat(40);
    let text = format!(
        "{SENTENCE}Before {endless} behind.\n\n    {endless}\n\n`{endless}` and <http://a.example/{endless}>.\n"
    );
    balances(&set(&[text], Format::Markdown));
    let brackets = format!("{}x{}", "[".repeat(300), "](y)".repeat(300));
    balances(&set(&[format!("{SENTENCE}Before {endless} behind.\n\n{brackets}\n")], Format::Plain));
}

#[test]
fn heads_of_tables_are_repeated_and_counted_so() {
    let rows = "| one | two |\n".repeat(120);
    let counts = balances(&set(&[format!("{SENTENCE}| First | Second |\n|---|---|\n{rows}")], Format::Markdown));
    assert!(counts.repeated >= 2, "{counts:?}");
}

#[test]
fn deep_and_damaged_sources_balance() {
    let lists: String = (0..400).map(|depth| format!("{}- item\n", "  ".repeat(depth))).collect();
    let counts = balances(&set(
        &[
            format!("{SENTENCE}{}deep down\n", "> ".repeat(3000)),
            format!("{SENTENCE}{}deep down\n", "1. ".repeat(300)),
            format!("{SENTENCE}{}x{}\n", "[".repeat(2000), "](y)".repeat(2000)),
            format!("{SENTENCE}{}x{}\n", "*a _b ".repeat(1000), "_ *".repeat(1000)),
            format!("{SENTENCE}{lists}"),
            format!("---\ntitle: \"open\nkind: [1,\n---\n\n{SENTENCE}"),
            format!("{SENTENCE}A bell \u{7} rang, a \u{1f389} was seen and \u{9ac}\u{9be}\u{982} was said.\n"),
            format!("{SENTENCE}[^a]: One[^b] and itself[^a].\n\n[^b]: Two[^a].\n"),
            format!("{SENTENCE}<script>one\n\ntwo</script> three <b>four</style> five\n"),
            format!(
                "{SENTENCE}\u{202e}turned\u{202c} \u{5e9}\u{5dc}\u{5d5}\u{5dd} 12 \u{645}\u{631}\u{62d}\u{628}\u{627} back\n"
            ),
            String::new(),
            " \n\t\n".to_owned(),
        ],
        Format::Markdown,
    ));
    assert_eq!(counts.repeated, 0, "no footnote is set twice");
}

/// Builds two paragraphs and a heading with a changed `document.typ`.
fn with_fault(from: &str, to: &str) -> (Outcome, Value) {
    let text = "# Title here\n\nThe first paragraph stands here.\n\n## Heading\n\nThe second paragraph is below it.\n";
    let collection = Collection::new().file("a.md", text);
    collection.run(&["layout", "eject", "packet", "papers"]).ends(0);
    let file = "layouts/packet/document.typ";
    let whole = fs::read_to_string(collection.path(file)).expect("the layout was written");
    let at = whole.rfind(from).unwrap_or_else(|| panic!("the layout sets no `{from}`"));
    let changed = format!("{}{to}{}", &whole[..at], &whole[at + from.len()..]);
    audited(&collection.file(file, &changed), &[])
}

#[test]
fn what_a_layout_drops_is_lost_and_told() {
    for fault in [
        ", body.children.slice(0, 4).join()))\n}",
        ", hide(body)))\n}",
        ", move(dx: 100cm, body)))\n}",
        ", { show \"second\": \"other\"; body }))\n}",
        ", text(size: 0pt, body)))\n}",
    ] {
        let (outcome, audit) = with_fault(", body))\n}", fault);
        assert!(count(&audit["totals"], "lost") > 0, "{fault}: {audit}");
        let outcome = outcome.ends(1).tells(&["error[lost-words]", "a.md:"]);
        assert!(outcome.pdf.is_some(), "{fault}");
    }
}

#[test]
fn what_a_layout_turns_about_is_out_of_order_and_told() {
    let (outcome, audit) = with_fault(", body))\n}", ", body.children.rev().join()))\n}");
    assert_eq!(count(&audit["totals"], "lost"), 0);
    assert!(count(&audit["totals"], "disordered") > 0, "{audit}");
    outcome.ends(1).tells(&["error[disordered-words]", "a.md:"]);
}

#[test]
fn a_title_that_no_head_prints_is_lost() {
    let (outcome, audit) = with_fault("head.title))#label", "[none]))#label");
    assert_eq!(count(&audit["totals"], "lost"), 2, "{audit}");
    outcome.ends(1).tells(&["error[lost-words]", "a.md:1"]);
}

/// Marks of Markdown and HTML, alone and in pairs.
const MARKS: [&str; 60] = [
    "*",
    "**",
    "_",
    "`",
    "``",
    "\n```\n",
    "\n> ",
    "\n- ",
    "\n1. ",
    "\n# ",
    "\n## ",
    "\n",
    "\n\n",
    "\n\n",
    "| a | b |\n|---|---|\n| c | d |\n",
    "|",
    "[x](y)",
    "[words](http://a.example/p)",
    "![alt](p.png \"tip\")",
    "[^1]",
    "\n\n[^1]: Note\n\n",
    "<b>",
    "</b>",
    "<i>",
    "<div>",
    "</div>\n",
    "<br>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<img src=a alt='alt'>",
    "<table><tr><td>",
    "</td></tr></table>",
    "&eacute;",
    "&amp;",
    "&#65;",
    "<!-- aside -->",
    "\\*",
    "\\",
    "~~",
    "~",
    "^",
    "$",
    "\n\n[lab]: http://x.example 'Title'\n\n",
    "[lab]",
    "[text][lab]",
    "[",
    "](",
    "    ",
    "\t",
    "\nTerm\n: meaning\n",
    "\n---\n",
    "{#id .class}",
    "- [x] ",
    "\n> [!NOTE]\n> ",
    "<http://b.example/z>",
    "www.c.example/d_e",
    "Q: ",
    "ffi",
];

/// A text of words, marks and odd characters.
fn any_text() -> impl Strategy<Value = String> {
    let words =
        vec!["harbour", "workers", "Wednesday", "2014", "Straße", "naïve", "e\u{301}", "\u{5d0}\u{5d1}", "union"];
    let piece = prop_oneof![
        5 => proptest::sample::select(words).prop_map(|word| format!("{word} ")),
        4 => proptest::sample::select(MARKS.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 3..60).prop_map(|pieces| format!("{SENTENCE}{}\n", pieces.concat()))
}

fn any_text_balances(format: Format) {
    let config = Config { cases: 12, failure_persistence: None, max_shrink_iters: 120, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome = runner.run(&vec(any_text(), 16), |texts| {
        let audit = set(&texts, format).audit();
        for (source, text) in
            audit.sources.iter().filter(|source| !source.lost.is_empty() || !source.disordered.is_empty()).map(
                |source| {
                    let index: usize = source.source[..3].parse().expect("files are numbered");
                    (source, &texts[index])
                },
            )
        {
            prop_assert!(false, "{text:?}\nlost {:?}\nout of order {:?}", source.lost, source.disordered);
        }
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn any_markdown_balances() {
    any_text_balances(Format::Markdown);
}

#[test]
fn any_plain_text_balances() {
    any_text_balances(Format::Plain);
}

#[test]
fn copies_and_files_too_large_have_a_row_that_says_so() {
    let text = format!("Workers met\n\n4 May 2019\n\n{}Write to clerk@a.example soon.\n", SENTENCE.repeat(6));
    let collection =
        Collection::new().file("a.txt", &text).file("b.txt", &text).file("large.txt", &SENTENCE.repeat(12_000));
    let (_, audit) = audited(&collection.settings("largest_document = 1\n"), &[]);
    let sources = audit["sources"].as_array().expect("a list");
    let rules: Vec<(&str, Vec<&str>)> = sources
        .iter()
        .map(|source| {
            let omitted = source["omitted"].as_array().expect("a list");
            let mut rules: Vec<&str> = omitted.iter().map(|line| word(&line["rule"])).collect();
            rules.dedup();
            (word(&source["source"]), rules)
        })
        .collect();
    assert_eq!(rules, [("a.txt", vec![]), ("b.txt", vec!["duplicate"]), ("large.txt", vec!["too-large"])]);
    let copy = &sources[1]["counts"];
    assert_eq!(count(copy, "words"), count(&sources[0]["counts"], "words"));
    assert_eq!(count(copy, "omitted") + count(copy, "masked"), count(copy, "words"));
    assert!(count(copy, "masked") > 0);
    assert_eq!((word(&sources[1]["number"]), count(&audit["totals"], "lost")), (word(&sources[0]["number"]), 0));
}

#[test]
fn a_footnote_is_found_whatever_the_case_of_its_label() {
    let text = format!("# Minutes\n\n{SENTENCE}He rose[^Straße] and sat[^B].\n\n[^STRASSE]: First.\n\n[^b]: Second.\n");
    let collection = Collection::new().file("a.md", &text);
    let (outcome, audit) = audited(&collection, &["--emit", "typst"]);
    outcome.ends(0);
    assert_eq!((count(&audit["totals"], "lost"), count(&audit["totals"], "disordered")), (0, 0));
    let code = fs::read_to_string(collection.home().join("typst/documents/0001.typ")).expect("the code is written");
    assert_eq!(code.matches("#note(").count(), 2, "{code}");
}

#[test]
fn a_link_that_holds_words_and_a_picture_in_marks_is_set() {
    let picture = image::DynamicImage::new_rgb8(600, 400);
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).expect("a picture is written");
    let text = format!(
        "# Minutes\n\n{SENTENCE}See [*the ![map](map.png) town* **now**](http://a.example/town) and [*a $$x+y$$ b*](http://a.example/sum).\n"
    );
    let collection = Collection::new().file("a.md", &text).bytes("map.png", &png.into_inner());
    let (outcome, audit) = audited(&collection, &[]);
    outcome.ends(0);
    assert_eq!((count(&audit["totals"], "lost"), count(&audit["totals"], "disordered")), (0, 0));
}

#[test]
fn lines_that_run_against_their_paragraph_are_read() {
    let text = format!("{SENTENCE}אב x\nTerm\n\n{SENTENCE}ab cd\nאב [^1] \u{7f}אב\n");
    balances(&set(&[text], Format::Plain));
}

#[test]
fn letters_that_rise_and_sink_stand_on_one_line() {
    let text = fs::read_to_string(root().join("tests/scripts/urdu.md")).expect("the page is there");
    balances(&set(&[text], Format::Markdown));
}

#[test]
fn what_stands_round_the_text_of_a_saved_page_is_listed() {
    let page = format!(
        "<title>Mills</title><script>var x = 1;</script><nav><a href=\"/\">Home</a></nav><article><h1>Mills of the town</h1>\
         <p>{}</p><p>The members went <b>home</b> to supper.</p></article><footer>Copyright the town</footer>",
        SENTENCE.trim().repeat(4)
    );
    let (outcome, audit) = audited(&Collection::new().file("a.html", &page), &[]);
    outcome.ends(0);
    let source = &audit["sources"][0];
    let omitted: Vec<&str> =
        source["omitted"].as_array().expect("a list").iter().map(|line| word(&line["text"])).collect();
    for words in ["Home", "Copyright the town", "var x = 1;"] {
        assert!(omitted.contains(&words), "{words}: {omitted:?}");
    }
    assert_eq!((count(&source["counts"], "lost"), count(&source["counts"], "disordered")), (0, 0));
}
