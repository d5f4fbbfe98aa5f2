//! `dossier list`: what is known of each document, in JSON, as a table and as CSV; and the order.

use crate::collection::{Collection, word};
use serde_json::Value;

/// A sentence that no rule takes for anything else.
const SENTENCE: &str = "One sentence stands here, and it ends.\n";

/// A document of each way of being dated.
fn dated_each_way() -> Collection {
    Collection::new()
        .settings("[documents.\"config.txt\"]\ndate = \"2002~\"\n")
        .file("config.txt", SENTENCE)
        .file("front.md", "---\ntitle: Front\ndate: 2003-04-05\n---\n\nOne sentence stands here.\n")
        .file("sidecar.txt", SENTENCE)
        .file("sidecar.txt.toml", "date = \"2004-05\"\nkind = \"letter\"\n")
        .file("2005-06-07-minutes.txt", SENTENCE)
        .file(
            "text.txt",
            "PRESS RELEASE\n\nThe bridge will be mended\n\nLONDON, 8 July 2006 - The committee met today and agreed to mend \
             the bridge before the winter. Nobody spoke against it.\n",
        )
        .file("undated.txt", "The mayor, chosen in 1999, spoke of the bridge that nobody had mended.\n")
}

fn row<'a>(rows: &'a [Value], source: &str) -> &'a Value {
    rows.iter().find(|row| row["source"] == source).unwrap_or_else(|| panic!("{source} is not listed"))
}

#[test]
fn every_field_of_a_row_is_there_and_of_its_type() {
    let rows = dated_each_way().list(&[]);
    assert_eq!(rows.len(), 6);
    for row in &rows {
        for key in ["id", "number", "source", "title", "language", "sha256"] {
            assert!(row[key].is_string(), "{key}: {row}");
        }
        for key in ["kind", "issuer", "place"] {
            assert!(row.get(key).is_some_and(|value| value.is_string() || value.is_null()), "{key}: {row}");
        }
        for key in ["words", "bytes"] {
            assert!(row[key].is_u64(), "{key}: {row}");
        }
        for key in ["dates", "omitted", "masked", "organizations"] {
            assert!(row[key].is_array(), "{key}: {row}");
        }
        assert!(row["title_supplied"].is_boolean(), "{row}");
        let digits = word(&row["sha256"]);
        assert!(digits.len() == 64 && digits.chars().all(|digit| digit.is_ascii_hexdigit()), "{digits}");
        match &row["date"] {
            Value::Null => {
                assert!(row["clues"].is_array(), "{row}");
                for end in ["earliest", "latest"] {
                    let bound = row["bounds"].get(end).expect("an undated row has both bounds");
                    assert!(bound.is_null() || bound.is_string(), "{row}");
                }
            }
            date => {
                for key in ["edtf", "display", "earliest", "latest", "role", "grade"] {
                    assert!(date[key].is_string(), "{key}: {date}");
                }
                for evidence in date["evidence"].as_array().expect("a date has evidence") {
                    assert!(evidence["text"].is_string() && evidence["role"].is_string(), "{evidence}");
                    assert!(evidence["line"].is_u64() || evidence["line"].is_null(), "{evidence}");
                }
            }
        }
    }
    let numbers: Vec<&str> = rows.iter().map(|row| word(&row["number"])).collect();
    assert_eq!(numbers, ["1", "2", "3", "4", "5", "6"]);
}

#[test]
fn evidence_says_where_the_date_is_from() {
    let rows = dated_each_way().list(&[]);
    for (source, kind, line, edtf, grade) in [
        ("config.txt", "config", None, "2002~", "editor"),
        ("front.md", "front-matter", Some(3), "2003-04-05", "editor"),
        ("sidecar.txt", "sidecar", None, "2004-05", "editor"),
        ("2005-06-07-minutes.txt", "file-name", None, "2005-06-07", "inferred"),
        ("text.txt", "text", Some(5), "2006-07-08", "stated"),
    ] {
        let date = &row(&rows, source)["date"];
        assert_eq!(word(&date["edtf"]), edtf, "{source}");
        assert_eq!(word(&date["grade"]), grade, "{source}");
        assert_eq!(word(&date["evidence"][0]["kind"]), kind, "{source}");
        assert_eq!(date["evidence"][0]["line"].as_u64(), line, "{source}");
    }
    let imprecise = &row(&rows, "sidecar.txt")["date"];
    assert_eq!((word(&imprecise["earliest"]), word(&imprecise["latest"])), ("2004-05-01", "2004-05-31"));
    assert_eq!(word(&row(&rows, "config.txt")["date"]["display"]), "[ca. 2002]");
    assert_eq!(word(&row(&rows, "text.txt")["date"]["display"]), "8 July 2006");
    assert!(row(&rows, "undated.txt")["date"].is_null());
}

#[test]
fn a_document_is_described_by_its_own_head() {
    let rows = dated_each_way().list(&[]);
    let text = row(&rows, "text.txt");
    assert_eq!(word(&text["title"]), "The bridge will be mended");
    assert_eq!(text["title_supplied"], false);
    assert_eq!(word(&text["kind"]), "press release");
    assert_eq!(word(&text["place"]), "London");
    assert_eq!(word(&row(&rows, "sidecar.txt")["kind"]), "letter");
    assert_eq!(row(&rows, "undated.txt")["title_supplied"], true);
}

#[test]
fn a_dispatch_of_one_sentence_stays_in_the_text() {
    let text =
        "The bridge will be mended\n\nLONDON, 8 July 2006 - The committee met today and agreed to mend the bridge.\n";
    let collection = Collection::new().file("a.txt", text);
    let rows = collection.list(&[]);
    assert_eq!(word(&rows[0]["date"]["edtf"]), "2006-07-08");
    assert!(rows[0]["words"].as_u64() > Some(10), "{}", rows[0]);
    let body: String = crate::pages::Book::of(&collection.folder()).body(0).into_values().collect();
    assert!(body.contains("The committee met today and agreed"), "{body}");
}

#[test]
fn lines_left_out_are_listed_with_their_rule() {
    let text = "Printer-friendly version\n\nThe bridge will be mended\n\nThe committee met and agreed to mend the bridge before \
                the winter. Nobody spoke against it, and the meeting closed early.\n";
    let rows = Collection::new().file("a.txt", text).list(&[]);
    let omitted = rows[0]["omitted"].as_array().expect("omissions are a list");
    let furniture = omitted.iter().find(|line| line["text"] == "Printer-friendly version");
    let furniture = furniture.unwrap_or_else(|| panic!("the navigation is not listed: {omitted:?}"));
    assert_eq!(furniture["line"], 1);
    assert!(furniture["rule"].is_string());
}

#[test]
fn the_hash_and_size_are_those_of_the_file() {
    let rows = Collection::new().file("a.txt", "abc").list(&[]);
    assert_eq!(word(&rows[0]["sha256"]), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(rows[0]["bytes"], 3);
    assert_eq!(rows[0]["words"], 1);
}

#[test]
fn the_table_has_a_line_for_each_document() {
    let outcome = dated_each_way().run(&["list", "papers"]).ends(0);
    let lines: Vec<&str> = outcome.stdout.lines().collect();
    assert_eq!(lines.len(), 7, "{}", outcome.stdout);
    assert!(lines[0].starts_with("no."), "{}", lines[0]);
    assert!(lines[1].starts_with("1 ") && lines[1].contains("[ca. 2002]"), "{}", lines[1]);
    assert!(lines[6].contains("[undated]") && lines[6].contains("undated.txt"), "{}", lines[6]);
}

#[test]
fn csv_quotes_what_needs_quotes() {
    let text = "---\ntitle: 'A \"title\", with a comma'\ndate: 2003-04-05\n---\n\nOne sentence stands here.\n";
    let outcome = Collection::new().file("a.md", text).run(&["list", "papers", "--format", "csv"]).ends(0);
    let lines: Vec<&str> = outcome.stdout.lines().collect();
    assert!(lines[0].starts_with("number,date,edtf,"), "{}", lines[0]);
    assert!(
        lines[1].starts_with("1,5 April 2003,2003-04-05,editor,\"A \"\"title\"\", with a comma\","),
        "{}",
        lines[1]
    );
    assert_eq!(lines.len(), 2);
}

/// A document that its front matter dates.
fn dated(date: &str) -> String {
    format!("---\ndate: {date}\n---\n\n{SENTENCE}")
}

#[test]
fn imprecise_dates_stand_after_their_period_or_before_where_asked() {
    let collection = ["2001", "2001-05", "2001-05-31", "2001-06-01", "2001-12-31", "2002-01-01"]
        .iter()
        .fold(Collection::new(), |collection, date| {
            collection.file(&format!("d{date}.md"), &dated(&format!("\"{date}\"")))
        })
        .file("undated.md", SENTENCE);
    let order =
        ["2001-05-31", "2001-05", "2001-06-01", "2001-12-31", "2001", "2002-01-01"].map(|date| format!("d{date}.md"));
    assert_eq!(collection.order(&[]), [&order[..], &["undated.md".to_owned()]].concat());
    let before = collection.settings("imprecise = \"before\"\n");
    let order =
        ["2001", "2001-05", "2001-05-31", "2001-06-01", "2001-12-31", "2002-01-01"].map(|date| format!("d{date}.md"));
    assert_eq!(before.order(&[]), [&order[..], &["undated.md".to_owned()]].concat());
}

#[test]
fn ties_go_by_the_editors_order_and_then_by_path() {
    let collection = Collection::new()
        .file("c.md", &dated("2001-02-03"))
        .file("b.md", &dated("2001-02-03"))
        .file("a.md", &dated("2001-02-03"))
        .file("folder/a.md", &dated("2001-02-03"));
    assert_eq!(collection.order(&[]), ["a.md", "b.md", "c.md", "folder/a.md"]);
    let ranked = collection.settings("[documents.\"c.md\"]\norder = -1\n[documents.\"a.md\"]\norder = 2\n");
    assert_eq!(ranked.order(&[]), ["c.md", "b.md", "folder/a.md", "a.md"]);
}

#[test]
fn the_same_day_goes_by_clock_time() {
    let at = |time: &str| dated(&format!("2001-02-03T{time}:00"));
    let collection = Collection::new().file("a.md", &at("18:30")).file("b.md", &at("07:15"));
    assert_eq!(collection.order(&[]), ["b.md", "a.md"]);
}
