//! `dossier glossary`: its fields, and that every page it cites is right and none is forgotten.

use crate::collection::{Collection, word};
use crate::pages::Book;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Sentences in which nobody is named.
const FILLER: &str = "The clerk read out the minutes of the last sitting, which were found correct, and the members went on to \
                      the next item on the paper before them. Nobody spoke against it, and the rain went on falling on the \
                      roof of the hall. ";

/// Two documents of several pages, which name bodies here and there.
fn pages_of_names() -> Collection {
    let paragraph = |index: usize| match index % 11 {
        0 => format!("{FILLER}The Harbour Workers Union (HWU) sent two delegates to the hall. {FILLER}\n\n"),
        3 => format!("{FILLER}Then the delegates of the HWU answered at some length. {FILLER}\n\n"),
        7 => format!("{FILLER}A letter from the Bridge Builders Federation was read out too. {FILLER}\n\n"),
        _ => format!("{FILLER}{FILLER}\n\n"),
    };
    let first: String = (0..34).map(paragraph).collect();
    let second: String = (4..15).map(paragraph).collect();
    Collection::new().file("a.md", &format!("---\ndate: 2001-02-03\n---\n\n{first}")).file(
        "b.md",
        &format!("---\ndate: 2002-02-03\n---\n\n{second}The union keeps a General Purposes Fund (GPF) for this.\n"),
    )
}

fn entry<'a>(rows: &'a [Value], name: &str) -> &'a Value {
    rows.iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("{name} is no entry: {rows:?}"))
}

/// The pages that are cited, by document number.
fn cited(row: &Value) -> BTreeMap<String, BTreeSet<u64>> {
    let locators = row["locators"].as_array().expect("locators are a list");
    locators
        .iter()
        .map(|locator| {
            let pages = locator["pages"].as_array().expect("pages are a list").iter();
            (word(&locator["number"]).to_owned(), pages.map(|page| page.as_u64().expect("pages are numbers")).collect())
        })
        .collect()
}

/// The forms under which a document names an entry.
fn forms<'a>(row: &'a Value, source: &str) -> BTreeSet<&'a str> {
    let mentions = row["mentions"].as_array().expect("mentions are a list").iter();
    mentions.filter(|mention| mention["source"] == source).map(|mention| word(&mention["text"])).collect()
}

/// A text with single blanks, its marks as a typewriter has them.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(['‘', '’'], "'").replace(['“', '”'], "\"")
}

/// Whether a form stands in a text as words of its own.
fn stands_in(form: &str, text: &str) -> bool {
    let form = squeezed(form);
    let is_end = |character: Option<char>| character.is_none_or(|character| !character.is_alphanumeric());
    text.match_indices(&form)
        .any(|(at, _)| is_end(text[..at].chars().next_back()) && is_end(text[at + form.len()..].chars().next()))
}

#[test]
fn every_field_of_an_entry_is_there_and_of_its_type() {
    let rows = pages_of_names().glossary(&["--all"]);
    for row in &rows {
        for key in ["name", "class", "status"] {
            assert!(row[key].is_string(), "{key}: {row}");
        }
        for key in ["acronym", "description"] {
            assert!(row.get(key).is_some_and(|value| value.is_string() || value.is_null()), "{key}: {row}");
        }
        for key in ["variants", "documents", "locators", "see", "mentions"] {
            assert!(row[key].is_array(), "{key}: {row}");
        }
        for mention in row["mentions"].as_array().expect("mentions are a list") {
            assert!(
                mention["source"].is_string() && mention["line"].is_u64() && mention["text"].is_string(),
                "{mention}"
            );
        }
    }
    let union = entry(&rows, "Harbour Workers Union");
    assert_eq!(word(&union["acronym"]), "HWU");
    assert_eq!(word(&union["class"]), "organization");
    assert_eq!(union["documents"], serde_json::json!(["a.md", "b.md"]));
}

#[test]
fn mentions_give_the_lines_of_the_source() {
    let text =
        "The clerks met.\n\nThe Harbour Workers Union (HWU) sent delegates.\n\nOn the bridge,\nthe HWU spoke first.\n";
    let rows = Collection::new().file("a.txt", text).glossary(&[]);
    let mentions = entry(&rows, "Harbour Workers Union")["mentions"].as_array().expect("mentions are a list");
    let lines: Vec<(u64, &str)> =
        mentions.iter().map(|mention| (mention["line"].as_u64().expect("a line"), word(&mention["text"]))).collect();
    assert!(lines.contains(&(3, "Harbour Workers Union")), "{lines:?}");
    assert!(lines.contains(&(6, "HWU")), "{lines:?}");
}

#[test]
fn abbreviations_and_unexpanded_acronyms_are_listed_only_with_all() {
    let text = "The Harbour Workers Union (HWU) discussed the Gross Domestic Product (GDP) and the QXZ at length. The QXZ was new to \
                the members. Nobody at the meeting knew what the QXZ was for.\n";
    let collection = Collection::new().file("a.txt", text);
    let classes =
        |rows: &[Value]| -> BTreeSet<String> { rows.iter().map(|row| word(&row["class"]).to_owned()).collect() };
    assert_eq!(classes(&collection.glossary(&[])), BTreeSet::from(["organization".to_owned()]));
    let all = collection.glossary(&["--all"]);
    assert_eq!(word(&entry(&all, "Gross Domestic Product")["class"]), "abbreviation");
    assert_eq!(word(&entry(&all, "QXZ")["class"]), "unexpanded");
}

#[test]
fn pages_are_given_only_where_they_were_set() {
    let collection = pages_of_names();
    for row in collection.glossary(&["--all"]) {
        assert!(cited(&row).values().all(BTreeSet::is_empty), "{row}");
    }
    let set = collection.glossary(&["--pages"]);
    let union = cited(entry(&set, "Harbour Workers Union"));
    assert!(union["1"].len() > 2 && !union["2"].is_empty(), "{union:?}");
}

/// Compares the pages that a glossary cites with what stands on the pages.
fn pages_are_right(collection: &Collection) {
    let rows = collection.glossary(&["--pages"]);
    let book = Book::of(&collection.folder());
    let mut checked = 0;
    for (index, item) in book.edition.items.iter().enumerate() {
        let body = book.body(index);
        let first = book.pressed.pages.documents[index];
        for row in &rows {
            let forms = forms(row, &item.facts.path);
            let cited = cited(row).remove(&item.facts.number).unwrap_or_default();
            assert!(cited.is_empty() || !forms.is_empty(), "{} in no. {}", row["name"], item.facts.number);
            for page in &cited {
                // A mention can stand in the head, or run over from this page to the next.
                let around =
                    [*page, page + 1].iter().filter_map(|page| body.get(page)).cloned().collect::<Vec<_>>().join(" ");
                let is_there = *page == first
                    || forms.iter().any(|form| stands_in(form, &squeezed(&around)))
                    || forms.iter().any(|form| {
                        let before = body.get(&(page - 1)).cloned().unwrap_or_default();
                        stands_in(form, &squeezed(&format!("{before} {around}")))
                    });
                assert!(is_there, "{} is not on page {page}, as no. {} says", row["name"], item.facts.number);
                checked += 1;
            }
            for (page, text) in &body {
                let long = forms.iter().find(|form| form.contains(' ') && stands_in(form, &squeezed(text)));
                if let Some(form) = long {
                    assert!(cited.contains(page), "{form} stands on page {page}, which {} does not cite", row["name"]);
                }
            }
        }
    }
    assert!(checked > 0, "nothing was cited");
}

#[test]
fn every_page_cited_is_right_and_none_is_forgotten() {
    pages_are_right(&pages_of_names());
}

#[test]
fn so_are_those_of_headings_tables_lists_and_footnotes_and_of_variants() {
    let pad = format!("{FILLER}{FILLER}{FILLER}\n\n").repeat(5);
    let text = format!(
        "The Rope Makers Guild of Harbour Town (RMG) met.\n\n{pad}{pad}## The Rope Makers Guild of Harbour Town again\n\n{pad}{pad}\
         | Guest | Seats |\n| --- | --- |\n| Rope Makers Guild of Harbour Town | 4 |\n\n{pad}{pad}\
         - bread\n- a letter of the Rope Makers Guild\n\n{pad}{pad}The clerk read it.[^1]\n\n{pad}{pad}\
         [^1]: Printed for the Rope Makers Guild of Harbour Town.\n"
    );
    let collection = Collection::new().file("a.md", &format!("---\ndate: 2001-02-03\n---\n\n{text}"));
    pages_are_right(&collection);
    let pages = cited(entry(&collection.glossary(&["--pages"]), "Rope Makers Guild of Harbour Town")).remove("1");
    assert!(pages.as_ref().is_some_and(|pages| pages.len() >= 5), "{pages:?}");
}

#[test]
fn so_are_those_of_the_sample_collection() {
    pages_are_right(&Collection::copy_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")));
}

#[test]
fn the_printed_glossary_names_every_organization() {
    let collection = pages_of_names();
    let book = Book::of(&collection.folder());
    let from = book.pressed.pages.behind.expect("the book has a glossary");
    let pages = book.pressed.document.pages();
    let texts = book.texts();
    let glossary: String =
        texts.iter().zip(pages).filter(|(_, page)| page.number >= from).map(|(text, _)| text.as_str()).collect();
    let glossary = crate::pages::bare(&glossary);
    for row in collection.glossary(&[]) {
        assert!(
            glossary.contains(&crate::pages::bare(word(&row["name"]))),
            "{} is not printed: {glossary}",
            row["name"]
        );
    }
}

#[test]
fn the_draft_of_an_authority_file_can_be_used_as_one() {
    let collection = pages_of_names();
    let draft = collection.run(&["glossary", "papers", "--format", "toml"]).ends(0).stdout;
    assert!(draft.contains("heading = \"Harbour Workers Union\"") && draft.contains("acronym = \"HWU\""), "{draft}");
    let names = |collection: &Collection| -> Vec<String> {
        collection.glossary(&[]).iter().map(|row| word(&row["name"]).to_owned()).collect()
    };
    let before = names(&collection);
    let with = collection.file("organizations.toml", &draft);
    with.run(&["check", "papers"]).ends(0).keeps_silent_on("broken-authority");
    assert_eq!(names(&with), before);
}

#[test]
fn the_table_cites_documents_and_pages() {
    let outcome = pages_of_names().run(&["glossary", "papers", "--pages"]).ends(0);
    let line = outcome.stdout.lines().find(|line| line.contains("Harbour Workers Union")).unwrap_or_default();
    assert!(line.starts_with("HWU ") && line.contains("1: ") && line.contains("; 2: "), "{}", outcome.stdout);
}

#[test]
fn the_editors_authority_heads_the_entry_and_what_it_excludes_is_out() {
    let authority = "not = [\"Bridge Builders Federation\"]\n\n[[organization]]\nheading = \"Union of Harbour Workers\"\n\
                     acronym = \"HWU\"\nvariants = [\"Harbour Workers Union\"]\nkind = \"trade union\"\n\
                     description = \"A union of the harbour.\"\n";
    let rows = pages_of_names().file("organizations.toml", authority).glossary(&[]);
    let union = entry(&rows, "Union of Harbour Workers");
    assert_eq!(word(&union["description"]), "A union of the harbour.");
    assert_eq!(word(&union["kind"]), "trade union");
    assert!(!rows.iter().any(|row| row["name"] == "Bridge Builders Federation"));
}
