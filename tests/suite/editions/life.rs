//! The life of a collection over five editions: what is recorded, what changes, what each edition prints of it.

use super::letter;
use crate::collection::Collection;
use crate::pdf::Read;

/// The bodies that the letters name.
const AUTHORITY: &str = "\
[[organization]]\nheading = \"Harbour Workers Union\"\nacronym = \"HWU\"\n\
[[organization]]\nheading = \"Bridge Committee\"\n";

/// The part of an edition behind its glossary: changes and concordance; nothing where there are none.
fn closing(pdf: &[u8]) -> String {
    let read = Read::new(pdf);
    let text: Vec<String> = (0..read.pages()).map(|page| read.text(page)).collect();
    let all = text.join("\n");
    let from = all.rfind("Changes since the edition").unwrap_or(all.len());
    let to = all.rfind("Colophon").unwrap_or(all.len());
    all.get(from..to).unwrap_or_default().to_owned()
}

/// The stubs of an edition: what is printed under numbers that no document has.
fn stubs(pdf: &[u8]) -> Vec<String> {
    let read = Read::new(pdf);
    let pages = (0..read.pages()).map(|page| read.text(page));
    let is_stub = |text: &String| ["Withdrawn.", "Now no.", "Printed as no."].iter().any(|words| text.contains(words));
    pages.filter(is_stub).filter(|text| !text.contains("Changes since")).collect()
}

/// Builds an edition and writes what it records, how it differs, and what it prints of that.
fn account(collection: &Collection, label: &str, before: Option<&str>) -> String {
    let outcome = collection.issue(label, &[]);
    let told: Vec<&str> =
        outcome.stderr.lines().filter(|line| !line.starts_with("wrote ") && !line.starts_with("to print: ")).collect();
    let told = told.join("\n");
    let outcome = outcome.ends(0);
    std::fs::write(collection.home().join(format!("{label}.pdf")), outcome.pdf()).expect("a copy can be kept");
    let lock = collection.text("dossier.lock");
    let recorded = lock.rsplit("\n[[edition]]\n").next().expect("the edition is recorded");
    let diff = before.map_or_else(String::new, |before| {
        let (old, new) = (format!("papers/dossier.lock@{before}"), format!("papers/dossier.lock@{label}"));
        let lists = collection.run(&["diff", &old, &new]).ends(0).stdout;
        let live = collection.run(&["diff", &old, "papers"]).ends(0).stdout;
        assert_eq!(without_numbers(&lists), without_numbers(&live), "the folder and its record differ");
        lists
    });
    let parts = [
        ("told", told),
        ("recorded", recorded.to_owned()),
        ("diff", diff),
        ("stubs", stubs(outcome.pdf()).join("\n")),
        ("printed", closing(outcome.pdf())),
    ];
    parts.map(|(name, text)| format!("## {name}\n\n{}\n", text.trim())).join("\n")
}

/// Leaves out what a folder's own layout numbers otherwise than the edition.
fn without_numbers(diff: &str) -> String {
    let head = diff.split("\nnumbers\n").next().unwrap_or_default();
    head.lines()
        .map(|line| line.split_once(" no. ").map_or(line, |(id, rest)| rest.split_once(',').map_or(id, |_| id)))
        .collect()
}

#[test]
fn a_collection_lives_through_five_editions() {
    let bridge =
        "The Bridge Committee has met and agrees that the bridge over the river must be mended before winter comes.";
    let strike =
        "The Harbour Workers Union (HWU) calls on all hands to lay down their tools on Monday at the ninth bell.";
    let answer =
        "The Bridge Committee answers the Harbour Workers Union that nobody will be paid for days without work.";
    let peace = "Both sides have signed. The Harbour Workers Union goes back to work, and the tolls fall by a third.";
    let copy =
        "The Harbour Workers Union (HWU) calls on all hands to lay down their tools on Monday at the ninth bell!";
    let collection = Collection::new()
        .settings("title = \"The Strike at the Bridge\"\nlayout = \"edition\"\n")
        .file("organizations.toml", AUTHORITY)
        .file("bridge.md", &letter("The bridge must be mended", "1921-03-01", bridge))
        .file("strike.md", &letter("To all hands", "1921-05-02", strike))
        .file("answer.md", &letter("An answer", "1921-05-09", answer))
        .file("peace.md", &letter("Signed", "1921-06-30", peace))
        .file(
            "memory.md",
            &letter(
                "As I remember it",
                "'1921~'",
                "I was nine years old and remember the lamps on the bridge, and nothing else.",
            ),
        );
    insta::assert_snapshot!("life_1_the_first_edition", account(&collection, "2026-01-01", None));

    let collection = collection.file("copy.md", &letter("A leaflet", "1921-05-03", copy)).file(
        "rent.md",
        &letter(
            "The rents",
            "1921-05-04",
            "Rents on the quay are to be paid to the Quay Tenants League from now on, and to nobody else.",
        ),
    );
    insta::assert_snapshot!("life_2_two_late_finds", account(&collection, "2026-02-01", Some("2026-01-01")));

    let collection = collection.file("peace.md", &letter("Signed", "1921-05-03", peace)).file(
        "answer.md",
        &letter("An answer", "1921-05-09", &answer.replace("for days without work", "for the days of the strike")),
    );
    insta::assert_snapshot!("life_3_a_dating_and_a_correction", account(&collection, "2026-03-01", Some("2026-02-01")));

    let collection = collection.without("memory.md").settings(
        "title = \"The Strike at the Bridge\"\nlayout = \"edition\"\n\n\
         [withdrawn]\nD0005 = \"withdrawn at the wish of the family\"\n\n\
         [documents.\"copy.md\"]\nduplicate_of = \"strike.md\"\n",
    );
    insta::assert_snapshot!(
        "life_4_a_withdrawal_and_a_merging",
        account(&collection, "2026-04-01", Some("2026-03-01"))
    );

    let text = collection.text("bridge.md");
    let collection = collection
        .without("bridge.md")
        .file("1921/bridge.md", &text)
        .file("early.md", &letter("An early warning", "1919-11-11", "The bridge shook as the train went over it, and the warden wrote it down."))
        .file(
            "organizations.toml",
            "[[organization]]\nheading = \"Union of Harbour Workers\"\nacronym = \"HWU\"\nvariants = [\"Harbour Workers Union\"]\n\
             [[organization]]\nheading = \"Bridge Committee\"\n",
        );
    insta::assert_snapshot!("life_5_an_organization_renamed", account(&collection, "2026-05-01", Some("2026-04-01")));
    // What was given out is still proved by itself, whatever became of the collection.
    for label in ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"] {
        collection.run(&["verify", &format!("{label}.pdf")]).ends(0);
    }
    let pdfs = collection.run(&["diff", "2026-02-01.pdf", "2026-05-01.pdf"]).ends(0).stdout;
    let recorded =
        collection.run(&["diff", "papers/dossier.lock@2026-02-01", "papers/dossier.lock@2026-05-01"]).ends(0).stdout;
    let kinds = |diff: &str| -> Vec<String> {
        let known = ["added", "corrected", "redated", "retitled", "renamed", "merged"];
        diff.lines().filter(|line| known.contains(line)).map(str::to_owned).collect()
    };
    assert_eq!(kinds(&pdfs), kinds(&recorded), "{pdfs}\n{recorded}");
    assert!(kinds(&pdfs).len() > 2, "{pdfs}");
    collection.run(&["diff", "2026-02-01.pdf", "papers"]).ends(2).tells(&["compare it with another PDF"]);
}

#[test]
fn two_pdfs_tell_a_corrected_text_also_where_its_title_changed() {
    let collection = Collection::new().file("a.md", &letter("The bridge", "1919-11-11", "The bridge shook.\n"));
    let build = |collection: &Collection, file: &str| collection.run(&["build", "papers", "-o", file]).ends(0);
    build(&collection, "old.pdf");
    let collection = collection.file("a.md", &letter("The old bridge", "1919-11-11", "The bridge shook.\n"));
    build(&collection, "titled.pdf");
    let collection = collection.file("a.md", &letter("The old bridge", "1919-11-11", "The bridge fell.\n"));
    build(&collection, "new.pdf");
    let kinds = |old: &str, new: &str| -> Vec<String> {
        let told = collection.run(&["diff", old, new]).ends(0).stdout;
        told.lines().filter(|line| ["corrected", "retitled"].contains(line)).map(str::to_owned).collect()
    };
    assert_eq!(kinds("old.pdf", "titled.pdf"), ["retitled"]);
    assert_eq!(kinds("titled.pdf", "new.pdf"), ["corrected"]);
    assert_eq!(kinds("old.pdf", "new.pdf"), ["corrected", "retitled"]);
}

#[test]
fn where_documents_are_counted_anew_a_concordance_leads_from_the_old_numbers() {
    let collection = super::three();
    let issue = |collection: &Collection, label: &str| collection.run(&["build", "papers", "--edition", label]).ends(0);
    issue(&collection, "First");
    let first = collection.text("a.md").replace("2001-02-03", "2009-09-09");
    let collection = collection
        .file("a.md", &first)
        .file("z.md", &letter("Found", "2000-01-01", "It lay behind a shelf in the old mill."));
    let second = issue(&collection, "Second");
    let closing = closing(second.pdf());
    let rows = closing.rsplit("Concordance").next().expect("there is one");
    assert!(rows.contains("1 4") && !rows.contains("2 2"), "{closing}");
    let value: serde_json::Value = serde_json::from_str(
        &collection
            .run(&["diff", "papers/dossier.lock@First", "papers/dossier.lock", "--format", "json"])
            .ends(0)
            .stdout,
    )
    .expect("the changes are JSON");
    assert_eq!(value["concordance"], serde_json::json!([{ "id": "D0001", "was": "1", "now": "4" }]));
    assert_eq!(value["documents"][0]["kind"], "added");
    assert_eq!(value["documents"][1]["was"], "3 February 2001");
}

#[test]
fn two_folders_are_compared_without_any_lock_file() {
    let collection = super::three();
    for file in ["a.md", "b.md", "c.md"] {
        let text = collection.text(file).replace("want of water", "want of grain");
        let path = collection.home().join("later");
        std::fs::create_dir_all(&path).expect("a folder can be made");
        std::fs::write(path.join(file), text).expect("a file can be written");
    }
    let diff = collection.run(&["diff", "papers", "later"]).ends(0).stdout;
    assert_eq!(diff, "corrected\n  D0002 no. 2, 4 March 2002: On the mill\n      for “of water.” read “of grain.”\n");
    assert_eq!(collection.run(&["diff", "papers", "papers"]).ends(0).stdout, "nothing has changed\n");
    collection.run(&["diff", "papers", "nowhere"]).ends(2).tells(&["`nowhere`", "dossier.lock@LABEL"]);
    collection.run(&["diff", "papers/dossier.lock@First", "papers"]).ends(2).tells(&["no edition", "`First`"]);
}
