//! Dated editions: what is recorded of them, their numbers, what each says of the one before.

mod faults;
mod laws;
mod life;

use crate::accessibility::faults;
use crate::collection::{Collection, NAME};
use crate::pdf::Read;
use page_validation::ValidationProfile;
use std::fs;

/// A document of so many words that nothing is taken for its copy.
fn letter(title: &str, date: &str, words: &str) -> String {
    format!("---\ntitle: {title}\ndate: {date}\nkind: letter\n---\n\n{words}\n")
}

/// Three letters of three years.
fn three() -> Collection {
    Collection::new()
        .file("a.md", &letter("On the bridge", "2001-02-03", "The bridge over the river must be mended before winter."))
        .file(
            "b.md",
            &letter("On the mill", "2002-03-04", "The mill behind the market stands still for want of water."),
        )
        .file(
            "c.md",
            &letter("On the road", "2003-04-05", "Nobody has looked after the road to the harbour for years."),
        )
}

/// The numbers in an edition that keeps them, by the path of the source.
fn numbers(collection: &Collection) -> Vec<(String, String)> {
    let lock = collection.text("dossier.lock");
    let last = lock.rsplit("[[edition]]").next().expect("an edition is recorded");
    let value = |block: &str, key: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(&format!("{key} = \"")));
        line.map(|value| value.trim_end_matches('"').to_owned())
    };
    let blocks = last.split("[[edition.document]]").skip(1);
    blocks.filter_map(|block| Some((value(block, "path")?, value(block, "number")?))).collect()
}

fn number_of(collection: &Collection, path: &str) -> Option<String> {
    numbers(collection).into_iter().find(|(known, _)| known == path).map(|(_, number)| number)
}

#[test]
fn a_label_that_is_a_day_dates_the_edition() {
    let collection = three();
    assert!(Read::new(collection.issue("2026-11-01", &[]).ends(0).pdf()).holds("D:20261101"));
    assert!(Read::new(collection.issue("2026-12-01", &["--date", "2026-12-24"]).ends(0).pdf()).holds("D:20261224"));
    let read = Read::new(collection.issue("2027-01", &[]).ends(0).pdf());
    assert!(!read.holds("CreationDate") && read.text(0).contains("2027-01"), "a month is a label and no day");
    let settings = three().settings("edition = \"2026-11-01\"\n");
    assert!(Read::new(settings.build().ends(0).pdf()).holds("D:20261101"));
    assert!(settings.path("dossier.lock").is_file(), "a label in the settings is recorded too");
}

#[test]
fn the_environment_gives_the_date_where_nobody_else_does() {
    let moment = three().with_variable("SOURCE_DATE_EPOCH", "1793491200");
    assert!(Read::new(moment.build().ends(0).pdf()).holds("D:20261101"));
    assert!(Read::new(moment.run(&["build", NAME, "--date", "2020-02-02"]).ends(0).pdf()).holds("D:20200202"));
    let moment = moment.settings("date = 2021-03-03\n");
    assert!(Read::new(moment.build().ends(0).pdf()).holds("D:20210303"));
    let broken = three().with_variable("SOURCE_DATE_EPOCH", "yesterday");
    broken.build().ends(2).tells(&["SOURCE_DATE_EPOCH", "yesterday", "seconds since 1970"]);
}

#[test]
fn an_archival_file_asks_for_the_date_of_its_edition() {
    let outcome = three().run(&["build", NAME, "--standard", "a-3a", "--edition", "First"]).ends(1);
    assert!(outcome.pdf.is_none());
    let outcome = outcome.tells(&["error[missing-edition-date]", "--date"]);
    assert!(!outcome.stderr.contains("wrote"), "{}", outcome.stderr);
    three().run(&["build", NAME, "--standard", "a-3a", "--edition", "2026-11-01"]).ends(0);
}

#[test]
fn the_same_inputs_give_the_same_bytes_whatever_surrounds_them() {
    let files = ["a.md", "b.md", "c.md"];
    let first = three();
    let mut other = Collection::new()
        .in_zone("Pacific/Kiritimati")
        .with_variable("LANG", "tr_TR.UTF-8")
        .with_variable("LC_ALL", "tr_TR.UTF-8")
        .with_variable("RAYON_NUM_THREADS", "1");
    // The entries of a folder are listed in another order where they were made in another.
    other = other.file("z.md", "x").file("0.md", "x").without("z.md");
    for file in files.iter().rev() {
        other = other.file(file, &first.text(file));
    }
    other = other.without("0.md");
    let first = first.with_variable("RAYON_NUM_THREADS", "3");
    let (one, two) = (first.issue("2026-11-01", &[]).ends(0), other.issue("2026-11-01", &[]).ends(0));
    assert!(one.pdf() == two.pdf(), "the two files differ");
    assert_eq!(first.text("dossier.lock"), other.text("dossier.lock"));
    let again = first.issue("2026-11-01", &[]).ends(0);
    assert!(one.pdf() == again.pdf(), "the lock file changes the edition that it records");
    again.keeps_silent_on("warning");
}

#[test]
fn a_build_without_a_label_records_nothing_and_takes_the_ids_that_are_recorded() {
    let collection = three();
    collection.build().ends(0);
    assert!(!collection.path("dossier.lock").exists());
    assert_eq!(collection.list(&[])[0]["id"], "a.md");
    collection.issue("First", &[]).ends(0);
    let lock = collection.text("dossier.lock");
    let collection =
        collection.file("d.md", &letter("On the well", "2001-12-31", "The well is dry and has been so since June."));
    let draft = collection.run(&["build", NAME, "--layout", "edition"]).ends(0);
    assert_eq!(collection.text("dossier.lock"), lock);
    assert!(
        Read::new(draft.pdf()).outline().iter().any(|line| line.starts_with("1a")),
        "the numbers are those to come"
    );
    let ids: Vec<_> = collection.list(&[]).iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, ["D0001", "d.md", "D0002", "D0003"], "what is new has no id for good");
}

#[test]
fn an_id_is_never_given_again() {
    let collection = three();
    collection.issue("First", &[]).ends(0);
    let collection = collection.without("c.md");
    collection.issue("Second", &[]).ends(0).tells(&[
        "warning[gone-without-reason]",
        "c.md",
        "D0003",
        "no. 3",
        "[withdrawn]",
    ]);
    let new = letter("On the well", "2004-12-31", "The well is dry and has been so since the month of June.");
    let collection = collection.file("d.md", &new);
    collection.issue("Third", &[]).ends(0);
    assert!(collection.text("dossier.lock").contains("id = \"D0004\"\nnumber = \"4\"\npath = \"d.md\""));
    // A block that was taken out by hand does not free its id.
    let lock = collection.text("dossier.lock");
    let (before, block) = lock.rsplit_once("\n[[edition.document]]\nid = \"D0004\"").expect("the block is there");
    let rest = block.find("\n[[edition.organization]]").map_or("", |at| &block[at..]);
    let collection = collection.file("dossier.lock", &format!("{before}{rest}"));
    collection.issue("Fourth", &[]).ends(0);
    assert!(collection.text("dossier.lock").contains("id = \"D0005\"\nnumber = \"4\"\npath = \"d.md\""));
}

#[test]
fn a_renamed_file_keeps_its_id_and_a_returning_one_finds_it() {
    let collection = three();
    collection.issue("First", &[]).ends(0);
    let text = collection.text("b.md");
    let collection = collection.without("b.md").file("mill/letter.md", &text);
    collection.issue("Second", &["--date", "2026-02-01"]).ends(0).keeps_silent_on("warning");
    assert!(collection.text("dossier.lock").contains("id = \"D0002\"\nnumber = \"2\"\npath = \"mill/letter.md\""));
    let collection = collection.without("mill/letter.md");
    collection.issue("Third", &[]).ends(0);
    let collection = collection.file("b2.md", &text);
    collection.issue("Fourth", &[]).ends(0);
    assert_eq!(number_of(&collection, "b2.md").as_deref(), Some("2"));
    let diff = collection.run(&["diff", "papers/dossier.lock@Third", "papers/dossier.lock"]).ends(0).stdout;
    assert!(diff.starts_with("restored\n  D0002 no. 2"), "{diff}");
}

#[test]
fn late_finds_stand_between_kept_numbers() {
    let collection = three();
    collection.issue("First", &[]).ends(0);
    let find = |day: &str| {
        letter(&format!("Found for {day}"), day, &format!("This letter of {day} was found behind a shelf."))
    };
    let collection = collection
        .file("x.md", &find("2000-01-01"))
        .file("y.md", &find("2001-06-01"))
        .file("z.md", &find("2001-07-01"));
    collection.issue("Second", &[]).ends(0);
    let collection = collection
        .file("w.md", &find("2001-05-01"))
        .file("v.md", &find("2001-06-15"))
        .file("u.md", &find("2009-01-01"));
    collection.issue("Third", &[]).ends(0);
    let mut all = numbers(&collection);
    all.sort();
    let wanted = [
        ("a.md", "1"),
        ("b.md", "2"),
        ("c.md", "3"),
        ("u.md", "4"),
        ("v.md", "1aa"),
        ("w.md", "1za"),
        ("x.md", "0a"),
        ("y.md", "1a"),
        ("z.md", "1b"),
    ];
    assert_eq!(all, wanted.map(|(path, number)| (path.to_owned(), number.to_owned())));
    let packet = collection.run(&["build", NAME, "--layout", "packet"]).ends(0);
    assert!(Read::new(packet.pdf()).outline().iter().any(|line| line.starts_with("9 ")), "a packet counts anew");
}

#[test]
fn what_is_new_at_the_end_gets_a_whole_number_though_undated_documents_follow() {
    let undated = |words: &str| format!("{words} and nobody wrote down when that was, nor who was there to see it.\n");
    let collection = three().file("u.txt", &undated("The lamps went out"));
    collection.issue("First", &[]).ends(0);
    let late = letter("On the well", "2004-12-31", "The well is dry and has been so since the month of June.");
    let collection = collection.file("d.md", &late).file("t.txt", &undated("A dog barked"));
    collection.issue("Second", &[]).ends(0);
    let all = ["a.md", "b.md", "c.md", "d.md", "t.txt", "u.txt"].map(|path| number_of(&collection, path));
    assert_eq!(all.map(Option::unwrap_or_default), ["1", "2", "3", "5", "3a", "4"]);
    // Once it is dated, it stands elsewhere under another number, and a stub leads there.
    let collection = collection.settings("[documents.\"u.txt\"]\ndate = \"2002-12\"\n").without("t.txt");
    let third = collection.issue("Third", &[]).ends(0);
    assert_eq!(number_of(&collection, "u.txt").as_deref(), Some("2a"));
    let read = Read::new(third.pdf());
    assert!((0..read.pages()).any(|page| read.text(page).contains("Now no. 2a")));
}

#[test]
fn an_edition_that_was_given_out_is_not_made_again_behind_the_next() {
    let collection = three();
    collection.issue("First", &[]).ends(0);
    collection.issue("Second", &[]).ends(0);
    let outcome = collection.issue("First", &[]).ends(1);
    outcome.tells(&["error[edition-recorded]", "`First`", "`Second` follows"]);
    let collection = collection.file("a.md", &letter("On the bridge", "2001-02-03", "The bridge was mended."));
    collection.issue("Second", &[]).ends(0).tells(&["warning[edition-replaced]", "`Second`", "--locked"]);
    collection.issue("Third", &["--only", "a.md"]).ends(2).tells(&["selection"]);
}

#[test]
fn locked_builds_only_what_is_recorded() {
    let collection = three();
    collection.issue("First", &["--locked"]).ends(1).tells(&["error[locked]", "`First` would be recorded"]);
    assert!(!collection.path("dossier.lock").exists());
    assert!(!collection.path("dossier.lock.d").exists());
    collection.issue("First", &[]).ends(0);
    collection.issue("First", &["--locked"]).ends(0);
    collection.run(&["build", NAME, "--layout", "edition", "--locked"]).ends(0);
    let lock = collection.text("dossier.lock");
    fs::remove_file(collection.home().join("papers.pdf")).expect("the book is there");
    let collection = collection
        .file("a.md", &letter("On the bridge", "2001-02-04", "The bridge over the river must be mended before winter."))
        .file(
            "b.md",
            &letter("On the mill", "2002-03-04", "The mill behind the market stands still for want of grain."),
        )
        .file("d.md", &letter("On the well", "2004-12-31", "The well is dry."))
        .without("c.md");
    let outcome = collection.issue("First", &["--locked"]).ends(1);
    assert!(outcome.pdf.is_none(), "nothing is written");
    assert_eq!(collection.text("dossier.lock"), lock);
    let told: Vec<&str> = outcome.stderr.lines().filter(|line| line.starts_with("error[locked]")).collect();
    assert_eq!(
        told,
        [
            "error[locked]: D0001: its date would change from 3 February 2001 to 4 February 2001",
            "error[locked]: D0002: its words have changed",
            "error[locked]: D0003: it would no longer be printed",
            "error[locked]: D0004: it would be added",
        ]
    );
}

#[test]
fn nothing_that_is_masked_is_recorded() {
    let words = "Write to nobody.knows@example.org or call 0300 1234567 before the winter comes over the bridge.";
    let collection =
        three().settings("mask = false\n").file("d.md", &letter("For help call 0300 7654321", "2005-06-07", words));
    collection.issue("First", &[]).ends(0);
    let kept = |collection: &Collection| {
        let files = fs::read_dir(collection.path("dossier.lock.d")).expect("wordings are kept");
        let texts = files.map(|file| fs::read_to_string(file.expect("it is listed").path()).expect("it is text"));
        texts.collect::<String>() + &collection.text("dossier.lock")
    };
    assert!(kept(&collection).contains("1234567"), "the editor has decided so");
    // Whoever masks later prints nothing of what was kept before.
    let collection = collection.settings("title = \"Masked\"\n");
    let second = collection.issue("Second", &[]).ends(0);
    for secret in ["1234567", "7654321", "nobody.knows"] {
        assert!(!Read::new(second.pdf()).holds(secret), "{secret} is printed");
        assert!(!collection.text("dossier.lock").contains(secret), "{secret} is in the lock file");
    }
    let fresh = three().file("d.md", &letter("For help call 0300 7654321", "2005-06-07", words));
    fresh.issue("First", &[]).ends(0);
    for secret in ["1234567", "7654321", "nobody.knows"] {
        assert!(!kept(&fresh).contains(secret), "{secret} is kept");
    }
}

#[test]
fn bars_mark_what_has_changed_and_nothing_else() {
    let collection = three();
    collection.issue("First", &[]).ends(0);
    let changed = "The bridge over the river must be mended before spring.\n\nNobody else spoke.";
    let collection = collection.file("a.md", &letter("On the bridge", "2001-02-03", changed));
    collection.issue("Second", &["--emit", "typst", "--change-bars"]).ends(0);
    let typst = |number: usize| {
        let path = collection.home().join(format!("typst/documents/{number:04}.typ"));
        fs::read_to_string(path).expect("the document is there")
    };
    assert_eq!(typst(1).matches("#changed[").count(), 2);
    assert_eq!(typst(2).matches("#changed[").count(), 0);
    collection.issue("Second", &["--emit", "typst"]).ends(0);
    assert_eq!(typst(1).matches("#changed[").count(), 0, "bars stand where they are asked for");
}

#[test]
fn bars_stubs_changes_and_concordance_are_for_every_reader_and_for_keeping() {
    let collection = three();
    collection.issue("First", &[]).ends(0);
    let words = "The bridge over the river must be mended before spring.";
    let collection = collection
        .file("a.md", &letter("On the bridge", "2009-02-03", words))
        .without("b.md")
        .settings("[withdrawn]\n\"b.md\" = \"a forgery\"\n");
    let outcome = collection.issue("2026-11-01", &["--change-bars", "--standard", "a-3a,ua-1"]).ends(0);
    let read = Read::new(outcome.pdf());
    let text: String = (0..read.pages()).map(|page| read.text(page)).collect();
    for words in ["A forgery.", "Now no. 4", "For “before winter.” read “before spring.”", "Concordance"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    for profile in [ValidationProfile::PdfA3a, ValidationProfile::PdfUa1] {
        assert_eq!(faults(outcome.pdf(), profile), [""; 0]);
    }
}

#[test]
fn changes_and_stubs_are_told_in_the_words_of_the_layout() {
    let words = "language = \"fr\"\nchanges = \"Changements depuis l’édition de {edition}\"\nchanges-added = \"Ajouts\"\n\
                 [dates]\nMay = \"mai\"\nday-month-year = \"{day} {month} {year}\"\n";
    let collection = three()
        .settings("layout = \"edition\"\nlanguage = \"fr\"\n")
        .file("layouts/edition/words.toml", words)
        .file("layouts/edition/change.md", "{% if was %}Datée auparavant du {{ was }}{% endif %}\n")
        .file("layouts/edition/stub.md", "Désormais {{ document | doc(\"n°\") }}\n");
    collection.issue("2026-05-01", &[]).ends(0);
    let collection = collection
        .file(
            "b.md",
            &letter("On the mill", "1999-05-06", "The mill behind the market stands still for want of water."),
        )
        .file("d.md", &letter("On the well", "2004-12-31", "The well is dry."));
    let outcome = collection.issue("2026-06-01", &[]).ends(0);
    let read = Read::new(outcome.pdf());
    let text: String = (0..read.pages()).map(|page| read.text(page)).collect();
    for words in ["Changements depuis l’édition de 1 mai 2026", "Datée auparavant du 4 March 2002", "Désormais n° 0a"]
    {
        assert!(text.replace('\u{a0}', " ").contains(words), "{words}: {text}");
    }
}

#[test]
fn one_edition_has_its_numbers_in_every_layout_and_a_packet_between_two_changes_none() {
    let collection = three();
    collection.issue("First", &["--date", "2026-01-01"]).ends(0);
    let found = letter("Found", "2001-06-01", "This letter was found behind a shelf in the mill.");
    let collection = collection.file("x.md", &found);
    collection.run(&["build", NAME, "--edition", "For Tuesday"]).ends(0);
    assert_eq!(number_of(&collection, "c.md").as_deref(), Some("4"), "a packet counts anew");
    collection.issue("Second", &["--date", "2026-02-02"]).ends(0);
    assert_eq!(number_of(&collection, "x.md").as_deref(), Some("1a"));
    assert_eq!(number_of(&collection, "c.md").as_deref(), Some("3"));
    let lock = collection.text("dossier.lock");
    let packet = collection.run(&["build", NAME, "--edition", "Second"]).ends(0).keeps_silent_on("warning");
    let read = Read::new(packet.pdf());
    assert!(read.outline().iter().any(|line| line.starts_with("1a")), "the packet is of that edition");
    assert!(read.holds("D:20260202"), "and of its date");
    let text: String = (0..read.pages()).map(|page| read.text(page)).collect();
    assert!(text.contains("Changes since the edition of First"), "{text}");
    assert_eq!(collection.text("dossier.lock"), lock);
}
