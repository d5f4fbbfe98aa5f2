//! Layouts: those that the program carries, and the files with which a project changes them.

use crate::collection::Collection;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn one() -> Collection {
    Collection::new().file("a.txt", "The Harbour Workers Union (HWU) met on the bridge, and nobody spoke against it.\n")
}

#[test]
fn the_layouts_are_listed_with_what_they_are_for() {
    let outcome = one().run(&["layout", "list"]).ends(0);
    assert!(outcome.stdout.lines().any(|line| line.starts_with("packet: ")), "{}", outcome.stdout);
}

#[test]
fn an_ejected_layout_sets_the_same_book() {
    let collection = one();
    let before = collection.build().ends(0);
    collection.run(&["layout", "eject", "packet", "papers"]).ends(0);
    let after = collection.build().ends(0);
    assert!(before.pdf() == after.pdf());
}

#[test]
fn an_ejected_file_is_never_overwritten() {
    let collection = one().file("layouts/packet/words.toml", "mine = true\n");
    collection.run(&["layout", "eject", "packet", "papers"]).ends(0);
    let text = fs::read_to_string(collection.path("layouts/packet/words.toml")).expect("the file is there");
    assert_eq!(text, "mine = true\n");
}

#[test]
fn every_file_of_the_layouts_is_in_the_program_and_nothing_else() {
    let layouts = Path::new(env!("CARGO_MANIFEST_DIR")).join("layouts");
    let files = |folder: &Path| -> BTreeMap<String, String> {
        fs::read_dir(folder)
            .expect("the folder is there")
            .map(|entry| entry.expect("the folder can be read").path())
            .map(|path| (path.file_name().expect("a file has a name").to_string_lossy().into_owned(), path))
            .map(|(name, path)| (name, fs::read_to_string(path).expect("layouts are text")))
            .collect()
    };
    let shared = files(&layouts.join("shared"));
    let listed = one().run(&["layout", "list"]).ends(0).stdout;
    let named: Vec<&str> = listed.lines().filter_map(|line| line.split(':').next()).collect();
    for entry in fs::read_dir(&layouts).expect("the layouts are there") {
        let name = entry.expect("the folder can be read").file_name().to_string_lossy().into_owned();
        assert!(
            ["fonts", "shared"].contains(&name.as_str()) || named.contains(&name.as_str()),
            "`{name}` is not in the program"
        );
    }
    for name in named {
        let own = files(&layouts.join(name));
        let collection = one();
        collection.run(&["layout", "eject", name, "papers"]).ends(0);
        let ejected = files(&collection.path(&format!("layouts/{name}")));
        for (file, text) in shared.iter().filter(|(file, _)| !own.contains_key(*file)).chain(&own) {
            assert_eq!(ejected.get(file), Some(text), "{name}/{file} is not what the program carries");
        }
        let extends = own.get("layout.toml").is_some_and(|manifest| manifest.contains("extends"));
        if !extends {
            for file in ejected.keys() {
                assert!(own.contains_key(file) || shared.contains_key(file), "{name}/{file} is in no folder");
            }
        }
    }
}

#[test]
fn an_override_changes_the_words() {
    let collection = one();
    collection.run(&["layout", "eject", "packet", "papers"]).ends(0);
    let words = fs::read_to_string(collection.path("layouts/packet/words.toml")).expect("the file was written");
    assert!(words.contains("\"Contents\""), "{words}");
    let collection = collection.file("layouts/packet/words.toml", &words.replace("\"Contents\"", "\"What is in it\""));
    collection.build().ends(0);
    assert!(crate::pages::Book::of(&collection.folder()).text().contains("What is in it"));
}

#[test]
fn a_misspelt_override_is_an_error_with_a_suggestion() {
    let collection = one().file("layouts/packet/styel.typ", "x");
    let outcome = collection.build().ends(1);
    assert!(outcome.pdf.is_some());
    outcome.tells(&["error[unknown-layout-file]", "styel.typ", "did you mean `style.typ`?"]);
}

#[test]
fn an_unknown_layout_is_an_error_with_a_suggestion() {
    let outcome = one().run(&["build", "papers", "--layout", "paket"]).ends(1);
    assert!(outcome.pdf.is_none());
    outcome.tells(&["error[unknown-layout]", "`paket`", "did you mean `packet`?"]);
    one().settings("layout = \"poster\"\n").build().ends(1).tells(&["error[unknown-layout]", "`poster`"]);
    one().run(&["layout", "eject", "paket", "papers"]).ends(1).tells(&["error[unknown-layout]", "`packet`"]);
}

#[test]
fn an_error_in_a_layouts_typst_names_its_file_and_line() {
    let collection = one();
    collection.run(&["layout", "eject", "packet", "papers"]).ends(0);
    let path = collection.path("layouts/packet/style.typ");
    let style = fs::read_to_string(&path).expect("the file was written");
    fs::write(&path, format!("{style}#let broken = nobody-defined-this\n")).expect("the file can be written");
    let line = style.lines().count() + 1;
    let outcome = collection.build().ends(1);
    assert!(outcome.pdf.is_none());
    outcome.tells(&["error[typst]", "nobody-defined-this", &format!("style.typ:{line}:")]);
}

#[test]
fn an_error_in_a_layouts_template_names_its_file_and_line() {
    let unknown = one().file("layouts/packet/headnote.md", "First line.\n{{ nobody.defined_this }}\n").build().ends(1);
    assert!(unknown.pdf.is_none());
    unknown.tells(&["layouts/packet/headnote.md", "line 2"]);
    let broken = one().file("layouts/packet/colophon.md", "{% if %}\n").build().ends(1);
    broken.tells(&["layouts/packet/colophon.md", "line 1"]);
}

#[test]
fn a_template_cannot_smuggle_typst_in() {
    let collection = one().file("layouts/packet/kicker.md", "Kicked by #panic(\"no\") and $x$ and @nobody\n");
    collection.build().ends(0);
    let text = crate::pages::bare(&crate::pages::Book::of(&collection.folder()).text());
    assert!(text.to_lowercase().contains("#panic("), "{text}");
}
