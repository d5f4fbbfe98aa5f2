//! Which documents a command takes: globs in the settings, and the flags of the command line.

use crate::collection::Collection;

fn dated(date: &str, words: &str) -> String {
    format!("---\ndate: \"{date}\"\n---\n\n{words} met on the bridge and nobody spoke against it.\n")
}

fn years() -> Collection {
    Collection::new()
        .file("a.md", &dated("2001-05-06", "The Harbour Workers Union (HWU)"))
        .file("b.md", &dated("2002", "The HWU"))
        .file("letters/c.md", &dated("2003-04", "The Bridge Builders Federation (BBF)"))
        .file("letters/d.txt", "The clerks met on the bridge and nobody spoke against it.\n")
}

#[test]
fn globs_take_and_leave_out_documents() {
    assert_eq!(years().settings("include = [\"letters/*\"]\n").order(&[]), ["letters/c.md", "letters/d.txt"]);
    assert_eq!(years().settings("include = [\"*.md\"]\n").order(&[]), ["a.md", "b.md"]);
    assert_eq!(years().settings("exclude = [\"**/*.txt\", \"b.md\"]\n").order(&[]), ["a.md", "letters/c.md"]);
    years().settings("include = [\"[\", \"*.md\"]\n").build().ends(1).tells(&["error[broken-glob]", "dossier.toml"]);
}

#[test]
fn dates_select_what_can_lie_within_them() {
    assert_eq!(years().order(&["--from", "2002-06"]), ["b.md", "letters/c.md"]);
    assert_eq!(years().order(&["--to", "2002"]), ["a.md", "b.md"]);
    assert_eq!(years().order(&["--from", "2001-05-06", "--to", "2001-05-06"]), ["a.md"]);
    assert_eq!(years().order(&["--from", "2003-04-30"]), ["letters/c.md"]);
    assert!(years().run(&["list", "papers", "--from", "2003-05"]).ends(2).stderr.contains("no document"));
}

#[test]
fn a_date_that_is_none_is_wrong_use() {
    let outcome = years().run(&["list", "papers", "--from", "May"]).ends(2);
    assert!(outcome.stderr.contains("`May`") && outcome.stderr.contains("2014-12-24"), "{}", outcome.stderr);
}

#[test]
fn globs_on_the_command_line_select() {
    assert_eq!(years().order(&["--only", "letters/*"]), ["letters/c.md", "letters/d.txt"]);
    assert_eq!(years().order(&["--only", "a.md", "--only", "*/d.txt"]), ["a.md", "letters/d.txt"]);
    years().run(&["list", "papers", "--only", "["]).ends(2);
}

#[test]
fn an_organization_selects_by_name_acronym_and_case() {
    for name in ["HWU", "hwu", "Harbour Workers Union"] {
        assert_eq!(years().order(&["--organization", name]), ["a.md", "b.md"], "{name}");
    }
    years().run(&["list", "papers", "--organization", "Nobody's Union"]).ends(2);
}

#[test]
fn pinned_documents_stay_in_every_selection() {
    let collection = years().settings("pin = [\"letters/d.txt\"]\n");
    assert_eq!(collection.order(&["--from", "2003"]), ["letters/c.md", "letters/d.txt"]);
    assert_eq!(collection.order(&["--organization", "HWU"]), ["a.md", "b.md", "letters/d.txt"]);
}

#[test]
fn a_selection_is_numbered_and_indexed_by_itself() {
    let collection = years();
    let rows = collection.list(&["--from", "2002"]);
    assert_eq!(rows[0]["number"], "1");
    let names: Vec<String> = collection
        .glossary(&["--from", "2003"])
        .iter()
        .map(|row| row["name"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert!(names.iter().any(|name| name.contains("Bridge Builders")), "{names:?}");
    assert!(!names.iter().any(|name| name.contains("Harbour")), "{names:?}");
}

#[test]
fn build_takes_the_same_selection() {
    let collection = years();
    let outcome = collection.run(&["build", "papers", "--only", "a.md"]).ends(0);
    assert!(outcome.stderr.contains("1 document"), "{}", outcome.stderr);
}
