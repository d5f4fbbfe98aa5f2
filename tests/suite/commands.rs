//! The other commands, and how the program speaks.

use crate::collection::Collection;
use dossier::settings;
use std::fs;
use std::sync::Arc;

fn undated() -> Collection {
    Collection::new().file("a.txt", "One sentence stands here, and it ends.\n")
}

#[test]
fn check_sets_no_pages_and_counts_the_problems() {
    let outcome = undated().run(&["check", "papers"]).ends(0);
    assert!(outcome.pdf.is_none());
    assert!(outcome.stderr.ends_with("checked 1 document: 1 warning\n"), "{}", outcome.stderr);
    undated().run(&["check", "papers", "--strict"]).ends(1);
    let dated = undated().settings("[documents.\"a.txt\"]\ndate = 2001-02-03\n");
    let outcome = dated.run(&["check", "papers", "--strict"]).ends(0);
    assert_eq!(outcome.stderr, "checked 1 document: no problems\n");
}

#[test]
fn check_tells_what_a_build_would_meet() {
    let collection = undated()
        .settings("titel = \"x\"\n")
        .file("b.md", "---\nx: [\n---\n\nThe text below the broken head stands here.\n")
        .file("layouts/packet/styel.typ", "x");
    let slugs = |text: &str| -> Vec<String> {
        let slug = |line: &str| {
            line.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(slug, _)| slug.to_owned())
        };
        text.lines()
            .filter(|line| line.starts_with("error[") || line.starts_with("warning["))
            .filter_map(slug)
            .collect()
    };
    let check = collection.run(&["check", "papers"]).ends(1);
    let build = collection.build().ends(1);
    assert!(!slugs(&check.stderr).is_empty());
    assert_eq!(slugs(&check.stderr), slugs(&build.stderr));
}

#[test]
fn init_writes_settings_that_can_be_read_and_never_twice() {
    let collection = undated().file("b \"quoted\".md", "---\ndate: 2001-02-03\n---\n\nOne sentence stands here.\n");
    collection.run(&["init", "papers"]).ends(0);
    let path = collection.path("dossier.toml");
    let text = fs::read_to_string(&path).expect("the settings were written");
    let (read, problems) = settings::read("dossier.toml", &Arc::from(text.as_str()));
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(read.title.map(|title| title.value).as_deref(), Some("papers"));
    assert!(read.documents.contains_key("a.txt"), "an undated document waits for its date: {text}");
    assert!(!read.documents.contains_key("b \"quoted\".md"), "a dated one does not: {text}");
    collection.build().ends(0);
    collection.run(&["init", "papers"]).ends(2).tells(&["dossier.toml", "not touched"]);
    assert_eq!(fs::read_to_string(&path).expect("the settings are there"), text);
}

#[test]
fn every_line_that_init_offers_can_be_used() {
    let collection = undated();
    collection.run(&["init", "papers"]).ends(0);
    let text = fs::read_to_string(collection.path("dossier.toml")).expect("the settings were written");
    for key in settings::keys().iter().filter(|key| key.name != "documents") {
        let is_offered =
            text.lines().any(|line| line.trim_start_matches("# ").starts_with(&format!("{} = ", key.name)));
        assert!(is_offered, "`{}` is not offered: {text}", key.name);
    }
}

#[test]
fn quiet_keeps_to_problems() {
    let collection = undated().settings("[documents.\"a.txt\"]\ndate = 2001-02-03\n");
    let outcome = collection.run(&["build", "papers", "--quiet"]).ends(0);
    assert_eq!(outcome.stderr, "");
    assert_eq!(outcome.stdout, "");
    undated().run(&["build", "papers", "-q"]).ends(0).tells(&["warning[undated]", "a.txt"]).keeps_silent_on("wrote");
}

#[test]
fn nothing_but_the_product_goes_to_standard_output() {
    let collection = undated();
    assert_eq!(collection.build().ends(0).stdout, "");
    assert_eq!(collection.run(&["check", "papers"]).ends(0).stdout, "");
    let list = collection.run(&["list", "papers", "--format", "json"]).ends(0);
    assert!(serde_json::from_str::<serde_json::Value>(&list.stdout).is_ok());
}

#[test]
fn no_colours_reach_a_pipe() {
    let outcome = undated().settings("titel = \"x\"\n").build().ends(1);
    assert!(!outcome.stderr.contains('\u{1b}'), "{:?}", outcome.stderr);
}

#[test]
fn verbose_names_the_stages() {
    let outcome = undated().run(&["build", "papers", "-v"]).ends(0);
    for stage in ["reading", "dating", "setting pages", "printing the PDF"] {
        assert!(outcome.stderr.contains(stage), "{stage}: {}", outcome.stderr);
    }
}

#[test]
fn completions_and_the_manual_name_every_command() {
    let collection = Collection::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = collection.run(&["completions", shell]).ends(0).stdout;
        assert!(script.contains("dossier") && script.contains("glossary"), "{shell}");
    }
    let manual = collection.run(&["man"]).ends(0).stdout;
    for command in ["build", "list", "glossary", "check", "init", "layout"] {
        assert!(manual.contains(command), "{command}");
    }
    assert!(manual.contains(".TH"), "{manual}");
}

#[test]
fn wrong_use_ends_with_two_and_help_with_none() {
    let collection = undated();
    for arguments in [&["bild"][..], &["build", "papers", "--nonsense"], &[], &["list", "papers", "--format", "xml"]] {
        assert_eq!(collection.run(arguments).status, Some(2), "{arguments:?}");
    }
    let help = collection.run(&["--help"]).ends(0).stdout;
    assert!(help.contains("Exit status"), "{help}");
    assert!(collection.run(&["--version"]).ends(0).stdout.starts_with("dossier "));
}

#[test]
fn every_problem_of_a_run_is_told() {
    let collection = Collection::new()
        .file("b.md", "---\nx: [\n---\n\nOne sentence stands here, and it ends.\n")
        .file("a.txt", "One sentence with 𐎀 stands here, and it ends.\n")
        .file("c.docx", "x")
        .settings("titel = \"x\"\n");
    let outcome = collection.run(&["check", "papers"]).ends(1);
    insta::assert_snapshot!("every_problem", outcome.stderr);
}

#[test]
fn diagnostics_show_the_line_and_an_edit() {
    let settings = "title = 'A book'\npaper = \"a5\"\nmask = \"no\"\n\n[documents.\"a.txt\"]\ndate = \"3 May\"\norder = \"first\"\n";
    insta::assert_snapshot!("settings", undated().settings(settings).run(&["check", "papers", "-q"]).ends(1).stderr);
}

#[test]
fn a_broken_head_and_a_broken_authority_are_shown() {
    let collection = Collection::new()
        .settings("[documents.\"a.md\"]\ndate = 2001-02-03\n")
        .file("a.md", "---\ntitle: [one, two\n---\n\nOne sentence stands here, and it ends.\n")
        .file("organizations.toml", "[[organization]]\nheading = \"A\"\nacronim = \"B\"\n");
    insta::assert_snapshot!("editors_files", collection.run(&["check", "papers", "-q"]).ends(1).stderr);
}

#[test]
fn a_plain_list_reads_like_one() {
    let collection = Collection::new()
        .file(
            "a.md",
            "---\ntitle: The bridge is mended\nkind: letter\ndate: 2001-02-03\n---\n\nOne sentence stands here.\n",
        )
        .file("b.md", "---\ntitle: 'After the winter'\ndate: '2001-02'\n---\n\nOne sentence stands here.\n")
        .file("c.txt", "One sentence stands here, and it ends.\n");
    insta::assert_snapshot!("list", collection.run(&["list", "papers", "-q"]).ends(0).stdout);
}

#[test]
fn the_draft_of_an_authority_file_is_stable() {
    let text = "The Harbour Workers Union (HWU) and the Bridge Builders Federation (BBF) met. The HWU spoke first.\n";
    let collection = Collection::new().file("a.txt", text);
    insta::assert_snapshot!(
        "authority",
        collection.run(&["glossary", "papers", "--format", "toml", "-q"]).ends(0).stdout
    );
}
