//! Dates as a user meets them: explained, proposed, bounded, ordered.
//!
//! The laws of the EDTF type and the exchange of dates stand in modules of their own.

mod edtf;
mod exchange;
mod kinds;

use crate::collection::{Collection, word};
use crate::pages::Book;
use dossier::collection::{Capture, collect};
use dossier::document::Format;
use dossier::settings::{Imprecise, Settings, Undated};
use std::collections::BTreeMap;
use std::path::Path;

/// A paragraph that names no day.
const PROSE: &str = "The members met in the hall and agreed to begin the work, which had been put off more than once before, and nobody spoke against it when the chair asked.";

/// Numbers that look like chance and are the same in every run.
pub struct Chance(u64);

impl Chance {
    /// Begins a row of numbers.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(1))
    }

    /// Gives a number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % limit
    }

    /// Puts things into another order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            things.swap(at, self.below(at + 1));
        }
    }
}

#[test]
fn each_document_of_the_sample_is_explained_to_a_stranger() {
    let seeds = Collection::copy_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"));
    for (document, name) in [
        ("awp-alliance.txt", "explain_dateline"),
        ("countering-extremism.txt", "explain_prefix"),
        ("interview-qazi.md", "explain_editor_interval"),
        ("karachi-press-club.txt", "explain_stamp"),
        ("karachi-violence.md", "explain_editor_approximate"),
    ] {
        insta::assert_snapshot!(name, seeds.run(&["explain", "papers", document, "-q"]).ends(0).stdout);
    }
}

#[test]
fn an_undated_document_is_explained_with_the_lines_to_write() {
    let text = format!("{PROSE}\n\nHe was himself elected to the office on 5 May 2011 in Lahore. {PROSE}\n\n{PROSE}\n");
    let collection =
        Collection::new().file("letters/one.txt", &text).file("two.txt", &format!("Quetta, 3 May 2001: {PROSE}"));
    let outcome = collection.run(&["explain", "papers", "letters/one.txt", "-q"]).ends(0);
    insta::assert_snapshot!("explain_undated", outcome.stdout);
}

#[test]
fn a_document_is_found_by_path_number_or_part_of_its_path() {
    let collection = Collection::new()
        .file("spring/first.txt", &format!("Quetta, 3 May 2001: {PROSE}"))
        .file("spring/second.txt", &format!("Quetta, 3 May 2002: {PROSE}"));
    let explain = |document: &str| collection.run(&["explain", "papers", document, "-q"]);
    for document in ["spring/second.txt", "2", "second", "SECOND"] {
        let outcome = explain(document).ends(0);
        assert!(outcome.stdout.contains("3 May 2002"), "{document}: {}", outcome.stdout);
    }
    explain("spring").ends(2).tells(&["spring/first.txt", "spring/second.txt"]);
    explain("autumn").ends(2).tells(&["autumn", "dossier list"]);
}

#[test]
fn what_is_written_as_proposed_dates_the_document() {
    let text = format!("{PROSE}\n\nShe left the party on 27 June 2012, and her friends with her. {PROSE}\n\n{PROSE}\n");
    let collection = Collection::new()
        .settings("duplicates = \"keep\"\n")
        .file("a.txt", &text)
        .file("b.md", &format!("---\nnote: x\n---\n\n{text}"));
    let outcome = collection.run(&["check", "papers", "-q"]).ends(0);
    outcome
        .tells(&["undated", "a.txt", "(line 3)", "`[documents.\"a.txt\"]` with `date = \"2012-06-27/..\"`"])
        .tells(&["undated", "b.md", "(line 7)", "`date: \"2012-06-27/..\"` into the document's front matter"]);
    let dated = Collection::new()
        .file("a.txt", &text)
        .file("b.md", &format!("---\nnote: x\ndate: \"2012-06-27/..\"\n---\n\n{text}"))
        .settings("duplicates = \"keep\"\n[documents.\"a.txt\"]\ndate = \"2012-06-27/..\"\n");
    dated.run(&["check", "papers", "-q"]).ends(0).keeps_silent_on("undated");
    for row in dated.list(&[]) {
        assert_eq!(row["date"]["edtf"], "2012-06-27/..");
    }
}

#[test]
fn years_that_dates_cannot_have_are_refused_by_their_reason() {
    let mut collection = Collection::new().settings("duplicates = \"keep\"\n");
    let years = ["0000-05-01", "-0044-03-15", "Y12004", "12004-05-01"];
    for (number, year) in years.iter().enumerate() {
        collection = collection.file(&format!("{number}.md"), &format!("---\ndate: {year}\n---\n\n{PROSE}\n"));
    }
    let outcome = collection.run(&["check", "papers", "-q"]).ends(0);
    for year in years {
        let message = format!("`{year}` is not of the years 0001 to 9999");
        assert!(outcome.stderr.contains(&message), "{message}: {}", outcome.stderr);
    }
    assert!(collection.list(&[]).iter().all(|row| row["date"].is_null()));
}

#[test]
fn a_weekday_that_does_not_fit_is_told() {
    let collection = Collection::new().file("a.txt", &format!("Quetta, Monday 24 December 2014: {PROSE}\n\n{PROSE}\n"));
    assert_eq!(collection.list(&[])[0]["date"]["edtf"], "2014-12-24");
    collection.run(&["check", "papers", "-q"]).ends(0).tells(&["conflicting-dates", "a.txt:1:9", "was a Wednesday"]);
}

#[test]
fn rival_dates_leave_a_document_undated_and_are_both_shown() {
    let text = format!("A report\n\nPublished: 3 May 2011\n\nPublished: 9 July 2012\n\n{PROSE}\n\n{PROSE}\n");
    let collection = Collection::new().file("a.txt", &text);
    let row = &collection.list(&[])[0];
    assert!(row["date"].is_null());
    let others: Vec<&str> = row["dates"].as_array().expect("an array").iter().map(|date| word(&date["edtf"])).collect();
    assert_eq!(others, ["2011-05-03", "2012-07-09"]);
    collection
        .run(&["check", "papers", "-q"])
        .ends(0)
        .tells(&["conflicting-dates", "`3 May 2011` in line 3 and `9 July 2012` in line 5 disagree"])
        .tells(&["undated", "its dates disagree", "date = \"2011-05-03\"", "date = \"2012-07-09\""]);
}

#[test]
fn a_bound_of_a_year_is_proposed_as_a_year() {
    let text =
        format!("{PROSE}\n\nHe joined in 1985 and was himself elected to the office in 2011. {PROSE}\n\n{PROSE}\n");
    let outcome = Collection::new().file("a.txt", &text).run(&["check", "papers", "-q"]).ends(0);
    outcome.tells(&["undated", "not before 2011 (line 3)", "date = \"2011/..\"", "elected to the office in 2011"]);
}

#[test]
fn a_date_without_a_year_is_offered_the_years_of_its_weekday() {
    let text = format!(
        "QUETTA, Wednesday 24 December: {PROSE}\n\nThe union was founded on 3 May 2011 in the same hall. {PROSE}\n"
    );
    let outcome = Collection::new().file("a.txt", &text).run(&["check", "papers", "-q"]).ends(0);
    outcome.tells(&["undated", "date = \"2014-12-24\"", "date = \"2025-12-24\""]);
}

#[test]
fn bounds_place_an_undated_document_where_the_editor_allows_it() {
    let told = format!(
        "{PROSE}\n\nThe union was founded on 3 May 2011 in the same hall, and closed on 5 July 2013. {PROSE}\n\n{PROSE}\n"
    );
    let planned = format!("{PROSE}\n\nThe congress will be held on 3 May 2031 in the same hall. {PROSE}\n\n{PROSE}\n");
    let printed = format!("A title of few words\n\n2/4/26, 2:58 PM\n\n{PROSE}\n\n{PROSE}\n");
    let collection = Collection::new()
        .file("a-told.txt", &told)
        .file("b-planned.txt", &planned)
        .file("c-printed.txt", &printed)
        .file("early.txt", &format!("Quetta, 3 May 2012: {PROSE}"))
        .file("late.txt", &format!("Quetta, 3 May 2014: {PROSE}"));
    assert_eq!(collection.order(&[]), ["early.txt", "late.txt", "a-told.txt", "b-planned.txt", "c-printed.txt"]);
    let row = &collection.list(&[])[2];
    assert!(row["date"].is_null());
    assert_eq!(row["bounds"]["earliest"], "2013-07-05");
    let placed = collection.settings("undated = \"bounds\"\n");
    assert_eq!(placed.order(&[]), ["early.txt", "a-told.txt", "late.txt", "c-printed.txt", "b-planned.txt"]);
    let rows = placed.list(&[]);
    let shown = |at: usize| word(&rows[at]["date"]["display"]).to_owned();
    assert_eq!(shown(1), "[not before 5 July 2013]");
    assert_eq!(shown(3), "[not after 4 February 2026]");
    assert_eq!(rows[1]["date"]["grade"], "inferred");
    placed.run(&["check", "papers", "-q"]).ends(0).tells(&["undated", "a-told.txt"]);
}

#[test]
fn days_told_by_their_distance_are_resolved() {
    let cases = [
        (
            "Lahore, 24 December 2014: The union met yesterday and will meet again tomorrow",
            vec!["2014-12-23", "2014-12-25"],
        ),
        (
            "Lahore, 24 December 2014: The union met on Tuesday and spoke of last week",
            vec!["2014-12-23", "2014-12-15/2014-12-21"],
        ),
        ("Lahore, 24 December 2014: The union will strike next month, it said on Monday", vec!["2015-01"]),
        (
            "Paris, 24 décembre 2014 – Le syndicat, qui avait protesté la semaine dernière, marchera mardi prochain",
            vec!["2014-12-15/2014-12-21", "2014-12-30"],
        ),
        (
            "Köln, 24. Dezember 2014 – Gestern traf sich der Verband, der letzten Monat gegründet wurde",
            vec!["2014-12-23", "2014-11"],
        ),
        ("Москва, 24 декабря 2014 – Вчера профсоюз провел собрание в зале", vec!["2014-12-23"]),
    ];
    for (opening, wanted) in cases {
        let text = format!(
            "{opening}, and so it went on in the hall for a long while, without an end that anybody saw.\n\n{PROSE}\n"
        );
        let rows = Collection::new().file("a.txt", &text).list(&[]);
        assert_eq!(rows[0]["date"]["edtf"], "2014-12-24", "{opening}");
        let events: Vec<&str> = rows[0]["dates"]
            .as_array()
            .expect("an array")
            .iter()
            .filter(|date| date["role"] == "event")
            .map(|date| word(&date["edtf"]))
            .collect();
        assert_eq!(events, wanted, "{opening}");
    }
}

#[test]
fn events_stand_on_the_timeline_apart_from_the_documents() {
    let told =
        format!("Lahore, 24 December 2014: The union met yesterday and will meet again tomorrow. {PROSE}\n\n{PROSE}\n");
    let other = format!("Lahore, 3 March 2015\n\n{PROSE}\n\nNext meeting: 4 May 2099\n");
    let collection = Collection::new().file("a.txt", &told).file("b.txt", &other);
    let book = Book::of(&collection.folder());
    let timeline = book.edition.timeline.as_ref().expect("two documents are dated");
    let events: Vec<(&str, &str)> =
        timeline.events.iter().map(|event| (event.number.as_str(), event.label.as_str())).collect();
    // An event that lies beyond the line's reach is told in the headnote alone.
    assert_eq!(events, [("1", "23 December 2014"), ("1", "25 December 2014")]);
    assert_eq!((timeline.from, timeline.to, timeline.marks.len()), (2014, 2016, 2));
    assert!(book.texts()[1].contains("The day of an event that a document reports"), "{}", book.texts()[1]);
}

#[test]
fn another_calendars_words_stay_and_its_day_is_inferred() {
    let text = format!("صنعاء، 26 شوال 1436 هـ: {PROSE}\n\n{PROSE}\n");
    let thai = format!("กรุงเทพ 15 มกราคม พ.ศ. 2566\n\n{PROSE}\n\n{PROSE}\n");
    let rows = Collection::new().file("a.txt", &text).file("b.txt", &thai).list(&[]);
    assert_eq!(rows[0]["date"]["edtf"], "[2015-08-11..2015-08-13]");
    assert_eq!(rows[0]["date"]["display"], "[between 11 and 13 August 2015]");
    assert_eq!(rows[0]["date"]["grade"], "inferred");
    assert!(word(&rows[0]["date"]["evidence"][0]["text"]).contains("26 شوال 1436"));
    assert_eq!(rows[1]["date"]["edtf"], "2023-01-15");
    assert_eq!(rows[1]["date"]["grade"], "inferred");
}

#[test]
fn two_sites_of_opposite_habits_are_each_read_by_their_own() {
    let capture = |site: &str, date: &str| {
        format!(
            "---\nsource_url: https://{site}/news/x\n---\n\n# A title of few words\n\n{date}\n\n{PROSE}\n\n{PROSE}\n"
        )
    };
    let mut collection = Collection::new().settings("duplicates = \"keep\"\n");
    for day in [13, 17, 21] {
        collection = collection
            .file(&format!("day-{day}.md"), &capture("www.north.example", &format!("{day}/02/2011")))
            .file(&format!("month-{day}.md"), &capture("south.example", &format!("02/{day}/2011")));
    }
    let collection = collection
        .file("a.md", &capture("north.example", "04/05/2011"))
        .file("b.md", &capture("web.archive.org/web/20120101000000/http://south.example", "04/05/2011"))
        .file("c.md", &capture("west.example", "04/05/2011"))
        .file("d.txt", &format!("A title of few words\n\n04/05/2011\n\n{PROSE}\n\n{PROSE}\n"));
    let rows = collection.list(&[]);
    let dated = |name: &str| {
        let row = rows.iter().find(|row| row["source"] == name).expect("the document is listed");
        (word(&row["date"]["display"]).to_owned(), word(&row["date"]["grade"]).to_owned())
    };
    let inferred = |display: &str| (display.to_owned(), "inferred".to_owned());
    assert_eq!(dated("a.md"), inferred("[4 May 2011]"));
    assert_eq!(dated("b.md"), inferred("[5 April 2011]"));
    assert_eq!(dated("c.md"), inferred("[5 April 2011 or 4 May 2011]"));
    assert_eq!(dated("d.txt"), inferred("[5 April 2011 or 4 May 2011]"));
    let explained = collection.run(&["explain", "papers", "b.md", "-q"]).ends(0).stdout;
    assert!(explained.contains("the other dates captured from its site"), "{explained}");
}

/// Every kind of date that an editor can write, in the year that is given.
fn every_kind(year: usize, chance: &mut Chance) -> String {
    let (month, day) = (chance.below(12) + 1, chance.below(28) + 1);
    let next = year + 1;
    match chance.below(30) {
        0 => String::new(),
        1 => format!("{year}"),
        2 => format!("{year}~"),
        3 => format!("{year}?"),
        4 => format!("{year}-{month:02}"),
        5 => format!("{year}-{month:02}%"),
        6 => format!("{}X", year / 10),
        7 => format!("{}XX", year / 100),
        8 => format!("{year}-XX-{day:02}"),
        9 => format!("{year}-{month:02}-XX"),
        10 => format!("XXXX-{month:02}-{day:02}"),
        11 => format!("{year}-{}", 21 + chance.below(21)),
        12 => format!("{year}/{next}"),
        13 => format!("{year}-{month:02}-{day:02}/.."),
        14 => format!("../{year}-{month:02}"),
        15 => format!("{year}/"),
        16 => format!("[{year},{next}-{month:02}]"),
        17 => format!("[{year}-{month:02}-{day:02}..{next}]"),
        18 => format!("[..{year}-{month:02}]"),
        19 => format!("{{{year},{next}}}"),
        20 => format!("{year}-{month:02}~-{day:02}"),
        21 => format!("?{year}-{month:02}-~{day:02}"),
        22 => format!("{year}-{month:02}-{day:02}T10:{day:02}:00Z"),
        23 => format!("{year}-{month:02}-{}X", day / 10),
        24 => format!("[{year}-{month:02}-01..{year}-{month:02}-07]"),
        _ => format!("{year}-{month:02}-{day:02}"),
    }
}

/// The paths of captures in the order in which they are printed.
fn printed(captures: Vec<Capture>, settings: &Settings) -> Vec<String> {
    let (collection, _) = collect(captures, settings, &BTreeMap::new());
    collection.documents.iter().map(|document| document.id().to_owned()).collect()
}

#[test]
fn ten_thousand_documents_stand_in_one_order_however_they_come() {
    let mut chance = Chance::new(4);
    let mut captures: Vec<Capture> = (0..10_000)
        .map(|number| {
            let date = every_kind(1900 + chance.below(120), &mut chance);
            let head = if date.is_empty() {
                String::new()
            } else {
                format!("---\ndate: \"{date}\"\norder: {}\n---\n\n", chance.below(3))
            };
            let bytes = format!("{head}It was built in {} and stands.\n", 1900 + chance.below(100)).into_bytes();
            Capture { path: format!("{number:05}.md"), bytes, format: Format::Markdown, withheld: None }
        })
        .collect();
    let first = printed(captures.clone(), &Settings::default());
    assert_eq!(first.len(), 10_000);
    chance.shuffle(&mut captures);
    assert!(
        printed(captures.clone(), &Settings::default()) == first,
        "the order of the input shows in the order of print"
    );
    // The other rules are tried on fewer.
    captures.truncate(1500);
    let other = Settings { undated: Undated::Bounds, imprecise: Imprecise::Before, ..Settings::default() };
    let first = printed(captures.clone(), &other);
    chance.shuffle(&mut captures);
    assert!(printed(captures, &other) == first, "the order of the input shows in the order of print");
}

#[test]
fn an_imprecise_date_stands_after_its_period_or_before_it() {
    let dates = ["2011-08-31", "2011-08", "2011-09-01", "2011-12-31", "2011", "201X", "2020-01-01"];
    let captures: Vec<Capture> = dates
        .iter()
        .map(|date| Capture {
            path: format!("{date}.md"),
            bytes: format!("---\ndate: \"{date}\"\n---\n\nA sentence stands here.\n").into_bytes(),
            format: Format::Markdown,
            withheld: None,
        })
        .collect();
    let names = |dates: &[&str]| dates.iter().map(|date| format!("{date}.md")).collect::<Vec<_>>();
    assert_eq!(printed(captures.iter().rev().cloned().collect(), &Settings::default()), names(&dates));
    let before = ["201X", "2011", "2011-08", "2011-08-31", "2011-09-01", "2011-12-31", "2020-01-01"];
    let settings = Settings { imprecise: Imprecise::Before, ..Settings::default() };
    assert_eq!(printed(captures, &settings), names(&before));
}
