//! `dossier export`: what other programs read, checked by their own readers or by the facts of their schema.

use crate::collection::{Collection, word};
use biblatex::{Bibliography, ChunksExt, DateValue, PermissiveType};
use roxmltree::Document;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A title with everything that means something to one of the formats.
const GIVEN: &str = "Bread & {Roses}: 50% of #1 at $2_000 <b>\"now\"</b> ~ ^ \\ end, Größe";

/// The same as it is printed: what the editor supplies stands in square brackets.
fn hard() -> String {
    format!("[{GIVEN}]")
}

/// Documents of each kind of date, by the names of their files.
const DATES: [(&str, &str); 9] = [
    ("approximate", "2011-08~"),
    ("choice", "[2013,2014]"),
    ("day", "2014-12-24"),
    ("decade", "199X"),
    ("month", "2015-06"),
    ("open", "2016/.."),
    ("season", "2017-22"),
    ("span", "2018-03/2018-11-13"),
    ("year", "2019?"),
];

fn chronology() -> Collection {
    let mut settings =
        "title = \"Papers & more\"\ncompiler = \"A. Editor\"\ndate = 2026-11-01\nrights = \"Free\"\n".to_owned();
    let mut collection = Collection::new();
    for (name, date) in DATES {
        collection =
            collection.file(&format!("{name}.txt"), &format!("One sentence stands here, of {name}, and it ends.\n"));
        settings.push_str(&format!("[documents.\"{name}.txt\"]\ndate = \"{date}\"\ntitle = \"About {name}\"\n"));
    }
    let hard = GIVEN.replace('\\', "\\\\").replace('"', "\\\"");
    settings.push_str(&format!("[documents.\"hard.txt\"]\ntitle = \"{hard}\"\nissuer = \"Bread and Roses & Co.\"\nkind = \"press release\"\nplace = \"Karachi\"\n"));
    collection.file("hard.txt", "Nobody knows when this was written.\n").settings(&settings)
}

fn exported(format: &str) -> String {
    chronology().run(&["export", "papers", "--format", format]).ends(0).stdout
}

/// The types of items and the names of fields that CSL 1.0.2 has (csl-data.json), as far as they are written here.
const TYPES: [&str; 9] =
    ["article", "document", "interview", "pamphlet", "personal_communication", "report", "speech", "treaty", "webpage"];
const TEXTS: [&str; 9] =
    ["URL", "container-title", "genre", "id", "language", "note", "number", "publisher-place", "title"];

/// Fails unless a value is a date as the schema has it: `date-parts` of one or two lists of one to three numbers, with
/// `season`, `circa` and `literal` beside, and nothing else.
fn is_date(value: &Value) {
    let fields = value.as_object().expect("a date is an object");
    assert!(fields.keys().all(|key| ["date-parts", "season", "circa", "literal"].contains(&key.as_str())), "{value}");
    if let Some(parts) = fields.get("date-parts") {
        let ends = parts.as_array().expect("the ends are a list");
        assert!((1..=2).contains(&ends.len()), "{value}");
        for end in ends {
            let numbers = end.as_array().expect("an end is a list");
            assert!((1..=3).contains(&numbers.len()) && numbers.iter().all(Value::is_u64), "{value}");
        }
    }
}

#[test]
fn csl_json_is_what_its_schema_allows() {
    let items: Vec<Value> = serde_json::from_str(&exported("csl-json")).expect("it is JSON");
    assert_eq!(items.len(), DATES.len() + 1);
    let mut ids = BTreeSet::new();
    for item in &items {
        assert!(ids.insert(word(&item["id"])), "{item}");
        assert!(TYPES.contains(&word(&item["type"])), "{item}");
        for (key, value) in item.as_object().expect("an item is an object") {
            match key.as_str() {
                "type" => {}
                "author" | "editor" => {
                    for name in value.as_array().expect("names are a list") {
                        assert_eq!(
                            name.as_object().expect("a name is an object").keys().collect::<Vec<_>>(),
                            ["literal"]
                        );
                    }
                }
                "issued" | "accessed" => is_date(value),
                "custom" => assert!(value.is_object()),
                text => assert!(TEXTS.contains(&text) && value.is_string(), "{key}: {value}"),
            }
        }
    }
}

#[test]
fn csl_json_says_how_sure_a_date_is() {
    let items: Vec<Value> = serde_json::from_str(&exported("csl-json")).expect("it is JSON");
    let issued: BTreeMap<&str, String> = items
        .iter()
        .map(|item| {
            (word(&item["id"]).trim_end_matches(".txt"), item.get("issued").map_or_else(String::new, Value::to_string))
        })
        .collect();
    let wanted = [
        ("approximate", r#"{"date-parts":[[2011,8]],"circa":true}"#),
        ("choice", r#"{"literal":"[2013 or 2014]"}"#),
        ("day", r#"{"date-parts":[[2014,12,24]]}"#),
        ("decade", r#"{"literal":"[1990s]"}"#),
        ("hard", ""),
        ("month", r#"{"date-parts":[[2015,6]]}"#),
        ("open", issued["open"].as_str()),
        ("season", r#"{"date-parts":[[2017]],"season":2}"#),
        ("span", r#"{"date-parts":[[2018,3],[2018,11,13]]}"#),
        ("year", r#"{"date-parts":[[2019]],"circa":true}"#),
    ];
    assert_eq!(issued.iter().map(|(name, date)| (*name, date.as_str())).collect::<Vec<_>>(), wanted);
    assert!(issued["open"].contains("literal"), "{}", issued["open"]);
    let hard_title = self::hard();
    let hard = items.iter().find(|item| item["id"] == "hard.txt").expect("it is there");
    assert_eq!(
        (word(&hard["title"]), word(&hard["genre"]), word(&hard["publisher-place"])),
        (hard_title.as_str(), "press release", "Karachi")
    );
    assert!(word(&hard["note"]).ends_with("; undated"), "{hard}");
}

#[test]
fn bibtex_is_read_back_by_a_parser_of_biblatex() {
    let text = exported("bibtex");
    let bibliography = Bibliography::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(bibliography.len(), DATES.len() + 1);
    let entry = |name: &str| {
        let end = format!("-{name}-txt");
        bibliography.iter().find(|entry| entry.key.ends_with(&end)).unwrap_or_else(|| panic!("{name}: {text}"))
    };
    let hard_title = self::hard();
    let hard = entry("hard");
    assert_eq!(hard.title().expect("it has a title").format_verbatim(), hard_title);
    let author = hard.author().expect("it has an author");
    assert_eq!(author.len(), 1, "a body is one name: {author:?}");
    assert_eq!(author[0].name, "Bread and Roses & Co.");
    for (name, date) in DATES.iter().filter(|(name, _)| !["choice"].contains(name)) {
        let read = match entry(name).date() {
            Ok(PermissiveType::Typed(read)) => read,
            // The parser knows no seasons; biblatex does (its manual, 2.3.8).
            Ok(PermissiveType::Chunks(chunks)) if *name == "season" => {
                assert_eq!(chunks.format_verbatim(), *date);
                continue;
            }
            other => panic!("{name}, {date}: {other:?}"),
        };
        assert_eq!(read.approximate, date.contains('~'), "{name}");
        assert_eq!(read.uncertain, date.contains('?'), "{name}");
        let is_span = matches!(read.value, DateValue::Between(..) | DateValue::After(_) | DateValue::Before(_));
        assert_eq!(is_span, date.contains('/') || date.contains('X'), "{name}: {read:?}");
    }
    assert!(text.contains("year = {[2013 or 2014]}"), "{text}");
}

#[test]
fn a_spreadsheet_reads_the_rows_and_sorts_them_by_day() {
    let text = exported("csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head: Vec<String> = reader.headers().expect("there is a head").iter().map(str::to_owned).collect();
    let rows: Vec<BTreeMap<String, String>> = reader
        .records()
        .map(|row| head.iter().cloned().zip(row.expect("every row is whole").iter().map(str::to_owned)).collect())
        .collect();
    assert_eq!(rows.len(), DATES.len() + 1);
    for (name, date) in DATES {
        let row = rows.iter().find(|row| row["path"] == format!("{name}.txt")).expect("it is there");
        assert_eq!(row["edtf"], date);
        assert!(!row["earliest"].is_empty(), "{name}");
    }
    let hard_title = self::hard();
    let hard = rows.iter().find(|row| row["path"] == "hard.txt").expect("it is there");
    assert_eq!((hard["title"].as_str(), hard["date"].as_str()), (hard_title.as_str(), "undated"));
    assert_eq!(
        hard["citation"],
        format!("Doc. {}, in Papers & more, edition of 1 November 2026, ed. A. Editor", hard["number"])
    );
}

#[test]
fn dublin_core_names_the_data_type_of_every_date() {
    let text = exported("dublin-core");
    let document = Document::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let records: Vec<_> = document.root_element().children().filter(roxmltree::Node::is_element).collect();
    assert_eq!(records.len(), DATES.len() + 2, "one for the edition, one for each document");
    let told = |record: &roxmltree::Node<'_, '_>, name: &str| {
        let found = record.children().find(|element| element.tag_name().name() == name);
        found.map(|element| {
            let kind = element.attribute(("http://www.w3.org/2001/XMLSchema-instance", "type")).unwrap_or_default();
            (kind.to_owned(), element.text().unwrap_or_default().to_owned())
        })
    };
    assert_eq!(told(&records[0], "issued"), Some(("dcterms:W3CDTF".to_owned(), "2026-11-01".to_owned())));
    let of = |name: &str| {
        let wanted = format!("{name}.txt");
        let is_it = |record: &&roxmltree::Node<'_, '_>| told(record, "identifier").is_some_and(|(_, id)| id == wanted);
        *records.iter().find(is_it).expect("it is there")
    };
    for (name, date) in DATES {
        let kind = if ["day", "month"].contains(&name) { "dcterms:W3CDTF" } else { "edtf:EDTF" };
        assert_eq!(told(&of(name), "created"), Some((kind.to_owned(), date.to_owned())), "{name}");
    }
    assert_eq!(told(&of("hard"), "title").map(|(_, title)| title), Some(hard()));
    assert_eq!(told(&of("hard"), "created"), None);
    let namespaces: BTreeSet<_> = document.descendants().filter_map(|node| node.tag_name().namespace()).collect();
    assert_eq!(namespaces, BTreeSet::from(["http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"]));
}

#[test]
fn what_was_masked_is_in_no_export() {
    let collection =
        Collection::new().file("a.txt", "Karachi, 3 April 2015\n\nCall +92 300 1234567 or ask a@example.org today.\n");
    for format in ["csl-json", "bibtex", "csv", "dublin-core"] {
        let text = collection.run(&["export", "papers", "--format", format]).ends(0).stdout;
        assert!(!text.contains("1234567") && !text.contains("a@example.org"), "{text}");
    }
}
