//! What the editor decides in `dossier.toml`, in sidecars and in `organizations.toml`, and what is told of mistakes there.

use crate::collection::{Collection, word};
use crate::pages::Book;

const SENTENCE: &str = "One sentence stands here, and it ends.\n";

fn one() -> Collection {
    Collection::new().file("a.txt", SENTENCE)
}

#[test]
fn a_sidecar_that_leaves_the_documents_extension_out_is_told() {
    let collection = Collection::new()
        .file("letters/one.md", "The members met in the hall and agreed.\n")
        .file("letters/one.toml", "date = \"2009-01-02\"\n");
    let outcome = collection.run(&["check", "papers", "-q"]).ends(0);
    outcome.tells(&["misnamed-sidecar", "letters/one.toml", "name it `letters/one.md.toml`"]);
    let named = Collection::new()
        .file("letters/one.md", "The members met in the hall and agreed.\n")
        .file("letters/one.md.toml", "date = \"2009-01-02\"\n");
    named.run(&["check", "papers", "-q"]).ends(0).keeps_silent_on("misnamed-sidecar");
    assert_eq!(named.list(&[])[0]["date"]["display"], "[2 January 2009]");
}

#[test]
fn an_unknown_key_is_an_error_with_a_suggestion_and_the_rest_is_built() {
    let outcome = one().settings("titel = \"A title\"\nsubtitle = \"Kept\"\n").build().ends(1);
    assert!(outcome.pdf().starts_with(b"%PDF"));
    outcome.tells(&["error[unknown-key]", "`titel`", "dossier.toml:1:1", "did you mean `title`?"]);
}

#[test]
fn an_unknown_key_of_a_document_or_sidecar_is_an_error_too() {
    let collection = one().settings("[documents.\"a.txt\"]\ndat = \"2001\"\n").file("a.txt.toml", "tittle = \"x\"\n");
    collection.build().ends(1).tells(&["error[unknown-key]", "dossier.toml:2:1", "did you mean `date`?"]).tells(&[
        "error[unknown-key]",
        "a.txt.toml:1:1",
        "did you mean `title`?",
    ]);
}

#[test]
fn a_value_of_the_wrong_type_is_an_error_and_good_keys_are_used() {
    let collection = one().settings("title = \"Used\"\nmask = \"yes\"\npaper = \"a5\"\npin = \"a.txt\"\n");
    let outcome = collection
        .build()
        .ends(1)
        .tells(&["error[wrong-type]", "dossier.toml:2:", "`true` or `false`"])
        .tells(&["error[wrong-value]", "dossier.toml:3:", "`\"letter\"`"])
        .tells(&["error[wrong-type]", "dossier.toml:4:"]);
    assert_eq!(crate::pdf::Read::new(outcome.pdf()).title().as_deref(), Some("Used"));
}

#[test]
fn broken_toml_is_told_with_its_line_and_the_rest_is_built() {
    let outcome = one().settings("title = \"open\nsubtitle = 'x'\n").build().ends(1);
    assert!(outcome.pdf.is_some());
    outcome.tells(&["error[broken-toml]", "dossier.toml:1:"]);
}

#[test]
fn settings_that_are_no_text_are_told() {
    let outcome = one().bytes("dossier.toml", b"title = \"\xff\xfe\"\n").build().ends(1);
    assert!(outcome.pdf.is_some());
    outcome.tells(&["dossier.toml"]);
}

#[test]
fn a_table_for_no_document_is_told_with_a_near_name() {
    one().settings("[documents.\"b.txt\"]\ntitle = \"x\"\n").build().ends(0).tells(&[
        "warning[unmatched-document]",
        "b.txt",
        "a.txt",
    ]);
}

#[test]
fn dossier_toml_wins_over_a_sidecar_key_by_key_and_both_over_the_front_matter() {
    let collection = Collection::new()
        .file(
            "a.md",
            "---\ntitle: Front\nkind: letter\nplace: Rome\ndate: 2001-01-01\n---\n\nOne sentence stands here.\n",
        )
        .file("a.md.toml", "title = \"Sidecar\"\nkind = \"speech\"\ndate = 2002-02-02\n")
        .settings("[documents.\"a.md\"]\ntitle = \"Config\"\n");
    let row = collection.list(&[]).remove(0);
    assert_eq!(word(&row["title"]), "Config");
    assert_eq!(word(&row["kind"]), "speech");
    assert_eq!(word(&row["place"]), "Rome");
    assert_eq!(word(&row["date"]["edtf"]), "2002-02-02");
    assert_eq!(word(&row["date"]["evidence"][0]["kind"]), "sidecar");
    let both = collection.settings("[documents.\"a.md\"]\ndate = \"2003\"\n");
    let row = both.list(&[]).remove(0);
    assert_eq!((word(&row["title"]), word(&row["date"]["edtf"])), ("Sidecar", "2003"));
}

#[test]
fn a_document_can_be_left_out_or_kept_against_its_sidecar() {
    let collection = one().file("b.txt", SENTENCE).file("c.txt", SENTENCE).file("c.txt.toml", "omit = \"a draft\"\n");
    assert_eq!(collection.order(&[]), ["a.txt", "b.txt"]);
    let settings = "[documents.\"a.txt\"]\nomit = true\n[documents.\"c.txt\"]\nomit = false\n";
    assert_eq!(collection.settings(settings).order(&[]), ["b.txt", "c.txt"]);
}

#[test]
fn the_language_of_a_document_is_the_editors() {
    let collection = one().settings("[documents.\"a.txt\"]\nlanguage = \"tr\"\n");
    assert_eq!(word(&collection.list(&[])[0]["language"]), "tr");
}

#[test]
fn paper_language_and_title_reach_the_pages() {
    let collection = one().settings("paper = \"letter\"\ntitle = \"A letter-sized book\"\n");
    let book = Book::of(&collection.folder());
    let size = book.pressed.document.pages()[0].frame.size();
    assert!((size.x.to_pt() - 612.0).abs() < 0.1 && (size.y.to_pt() - 792.0).abs() < 0.1, "{size:?}");
    assert!(book.texts()[0].contains("A letter-sized book"));
}

#[test]
fn a_faithful_edition_prints_the_furniture_too() {
    let text = "Printer-friendly version\n\nThe bridge will be mended\n\nThe committee met and agreed to mend the bridge before \
                the winter. Nobody spoke against it, and the meeting closed early.\n";
    let collection = Collection::new().file("a.txt", text);
    let words = "Printer-friendly version";
    let body = |collection: &Collection| Book::of(&collection.folder()).body(0).into_values().collect::<String>();
    assert!(!body(&collection).contains(words));
    let faithful = collection.settings("faithful = true\n");
    assert!(Book::of(&faithful.folder()).text().contains(words));
}

#[test]
fn numeric_dates_are_read_in_the_editors_way_only_where_asked() {
    let text = "PRESS RELEASE\n\nThe bridge will be mended\n\nDate: 04/05/2011\n\nThe committee met and agreed to mend the bridge \
                before the winter. Nobody spoke against it, and the meeting closed early.\n";
    let collection = Collection::new().file("a.txt", text);
    let both = &collection.list(&[])[0]["date"];
    let readings = [word(&both["earliest"]), word(&both["latest"])];
    assert_eq!(readings, ["2011-04-05", "2011-05-04"], "an ambiguous date keeps both readings: {both}");
    assert_eq!(word(&both["grade"]), "inferred");
    let day = collection.settings("locale = \"day-first\"\n");
    assert_eq!(word(&day.list(&[])[0]["date"]["edtf"]), "2011-05-04");
    let month = day.settings("locale = \"month-first\"\n");
    assert_eq!(word(&month.list(&[])[0]["date"]["edtf"]), "2011-04-05");
}

#[test]
fn a_broken_authority_file_is_told_and_the_rest_is_built() {
    let outcome = one().file("organizations.toml", "[[organization]]\nheadin = \"x\"\n").build().ends(1);
    assert!(outcome.pdf.is_some());
    outcome.tells(&["error[unknown-key]", "organizations.toml:2:", "did you mean `heading`?"]);
}
