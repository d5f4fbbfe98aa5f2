//! Wrong inputs: each message names the place, what was found and what mends it.

use crate::collection::Collection;
use std::fs;
use std::process::Stdio;

fn one() -> Collection {
    Collection::new().file("a.txt", "3 May 2019\n\nThe Harbour Workers Union (HWU) met on the bridge.\n")
}

#[test]
fn a_folder_that_cannot_be_used_is_named_once_with_what_was_wanted() {
    let collection = one();
    for command in ["build", "check", "list", "glossary", "init", "watch", "preview"] {
        collection
            .run(&[command, "nowhere"])
            .ends(2)
            .tells(&["error[usage]: `nowhere` is not there; name the folder that holds the documents"]);
        collection.run(&[command, "papers/a.txt"]).ends(2).tells(&["error[usage]: `papers/a.txt` is no folder; name"]);
    }
    let empty = Collection::new();
    empty.build().ends(2).tells(&["error[usage]", "no document is in `papers`", "put some there, or name another"]);
}

#[cfg(unix)]
#[test]
fn a_file_of_the_editor_s_that_cannot_be_read_is_named() {
    let collection = one();
    fs::create_dir(collection.path("dossier.toml")).expect("the folder can be made");
    collection.build().ends(2).tells(&["error[usage]", "`papers/dossier.toml` cannot be read", "move it away"]);
}

#[test]
fn a_file_that_has_no_place_is_told_before_anything_is_set() {
    let collection = one();
    let missing = "cannot be written: there is no folder `nowhere`; make it, or name another place";
    for arguments in [
        &["build", "papers", "-o", "nowhere/x.pdf", "--verbose"][..],
        &["build", "papers", "--audit", "nowhere/x.json", "--verbose"],
        &["bag", "papers", "-o", "nowhere/bag", "--verbose"],
        &["watch", "papers", "-o", "nowhere/x.pdf"],
    ] {
        let outcome = collection.run(arguments).ends(2).tells(&["error[usage]: `nowhere/", missing]);
        outcome.keeps_silent_on("setting pages");
    }
    collection.build().ends(0);
    collection.run(&["impose", "papers.pdf", "-o", "nowhere/x.pdf"]).ends(2).tells(&["`nowhere/x.pdf`", missing]);
}

#[test]
fn a_folder_of_fonts_that_is_not_there_is_told() {
    for command in ["build", "check"] {
        let outcome = one().run(&[command, "papers", "--font-path", "nowhere"]).ends(2);
        outcome.tells(&["error[usage]: `--font-path nowhere`", "name a folder of fonts"]);
    }
}

#[test]
fn what_the_settings_name_wrongly_is_told_with_its_line() {
    let collection = one().settings("title = \"T\"\nlayout = \"paket\"\n");
    collection.build().ends(1).tells(&["error[unknown-layout]", "--> dossier.toml:2", "did you mean `packet`?"]);
    let outcome = collection.run(&["build", "papers", "--layout", "paket"]).ends(1);
    outcome.tells(&["error[unknown-layout]", "did you mean `packet`?"]).keeps_silent_on("dossier.toml:2");
    let collection = one()
        .settings("title = \"T\"\nlogo = \"seal.png\"\nexclude = [\"[\"]\n\n[documents.\"z.txt\"]\ntitle = \"Z\"\n");
    collection
        .build()
        .ends(1)
        .tells(&["error[unusable-logo]", "--> dossier.toml:2"])
        .tells(&["error[broken-glob]", "--> dossier.toml:3", "`exclude = [\"letters/*.txt\"]`"])
        .tells(&["warning[unmatched-document]", "--> dossier.toml:5", "help: "]);
}

#[test]
fn a_layout_that_cannot_be_read_is_told_with_file_and_line() {
    let manifest = "layouts/mine/layout.toml";
    let with = |files: &[(&str, &str)]| {
        let collection = one().settings("layout = \"mine\"\n").file(manifest, "description = \"Mine\"\n");
        let collection = files.iter().fold(collection, |collection, (file, text)| collection.file(file, text));
        collection.run(&["check", "papers"]).ends(1)
    };
    with(&[(manifest, "# Mine\ndescripton = \"Mine\"\n")]).tells(&[
        "error[broken-layout]",
        "--> layouts/mine/layout.toml:2",
        "`descripton`",
        "`description`",
    ]);
    with(&[(manifest, "description = \"Mine\"\nextends = \"pakcet\"\n")]).tells(&[
        "error[unknown-layout]",
        "--> layouts/mine/layout.toml",
        "`extends = \"packet\"`",
    ]);
    with(&[("layouts/mine/words.toml", "contents = \"C\"\npage = \n")])
        .tells(&["error[broken-layout]", "--> layouts/mine/words.toml:2"]);
    with(&[("layouts/mine/kicker.md", "Of\n{{ document.titel }}\n")]).tells(&[
        "error[broken-template]",
        "--> layouts/mine/kicker.md:2",
        "document.titel",
        "dossier layout fields",
    ]);
    with(&[("layouts/mine/kicker.md", "{% if %}\n")])
        .tells(&["error[broken-template]", "--> layouts/mine/kicker.md:1"]);
}

#[test]
fn a_folder_that_is_no_bag_is_told_with_what_can_be_verified() {
    one().run(&["verify", "papers"]).ends(1).tells(&["error[broken-bag]", "bagit.txt", "name a PDF, or a folder"]);
}

#[test]
fn a_selection_that_leaves_nothing_is_repeated() {
    let outcome = one().run(&["list", "papers", "--from", "2020", "--organization", "Nobody"]).ends(2);
    outcome.tells(&["no document meets `--from 2020` and `--organization Nobody`", "dossier glossary papers"]);
    one().run(&["list", "papers", "--only", "["]).ends(2).tells(&["`--only [`", "write `--only 'letters/*.txt'`"]);
}

#[test]
fn values_of_flags_are_told_with_what_was_wanted() {
    let outcome = one().run(&["preview", "papers", "--port", "http"]).ends(2);
    assert!(outcome.stderr.contains("a number from 0 to 65535 was wanted"), "{}", outcome.stderr);
}

#[test]
fn a_file_that_is_no_pdf_is_named() {
    let outcome = one().run(&["impose", "papers/a.txt"]).ends(1);
    outcome.tells(&["error[unreadable-pdf]", "--> papers/a.txt", "it is damaged, or no PDF"]);
}

#[test]
fn a_reader_who_has_left_does_not_stop_the_work() {
    let collection = one().settings("titel = \"T\"\n");
    let mut child =
        collection.command(&["build", "papers", "--timings"]).stderr(Stdio::piped()).spawn().expect("it starts");
    drop(child.stderr.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(1), "one error of the settings");
    assert!(collection.home().join("papers.pdf").is_file());
}
