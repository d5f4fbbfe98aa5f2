//! A large edition as several books.

use crate::collection::Collection;
use crate::pdf::Read;
use std::fs;

/// Nine documents; one body is named in every third, another only in the last.
fn nine() -> Collection {
    let mut collection = Collection::new();
    for at in 1..=9 {
        let union = if at % 3 == 1 { "The Harbour Workers Union (HWU) met on the bridge. " } else { "" };
        let party = if at == 9 { "The Green Valley Party spoke. " } else { "" };
        let text = format!(
            "# Day {at} at the harbour\n\n{at} May 2019\n\n{union}{party}Sentence number {at} of the collection stands here.\n"
        );
        collection = collection.file(&format!("{at}.md"), &text);
    }
    collection
}

/// The pages of a written volume.
fn volume(collection: &Collection, name: &str) -> Vec<String> {
    let read = Read::new(&fs::read(collection.home().join(name)).expect("the volume was written"));
    (0..read.pages()).map(|page| read.text(page)).collect()
}

#[test]
fn volumes_hold_every_document_once_and_the_last_lists_all_of_them() {
    let collection = nine();
    let arguments = ["build", "papers", "--volumes", "3", "--audit", "account.json"];
    collection.run(&arguments).ends(0).tells(&["volume II", "nos. 4 to 6", "3 volumes"]);
    let volumes: Vec<Vec<String>> = (1..=3).map(|at| volume(&collection, &format!("papers-{at}.pdf"))).collect();
    for at in 1..=9 {
        let sentence = format!("Sentence number {at} of the collection");
        let holding = |volume: &Vec<String>| volume.iter().filter(|page| page.contains(&sentence)).count();
        let held: Vec<usize> = volumes.iter().map(holding).collect();
        let mut wanted = [0; 3];
        wanted[(at - 1) / 3] = 1;
        assert_eq!(held, wanted, "document {at}");
    }
    let whole: Vec<String> = volumes.iter().map(|pages| pages.join("\n")).collect();
    for (at, numeral) in ["I", "II", "III"].iter().enumerate() {
        assert!(whole[at].contains(&format!("Volume {numeral}")), "{}", whole[at]);
        let folio = format!("of {}", volumes[at].len());
        assert!(volumes[at][2].contains(&folio), "each volume counts its own pages: {}", volumes[at][2]);
        let account = fs::read_to_string(collection.home().join(format!("account-{}.json", at + 1)));
        assert!(account.expect("it was written").contains("\"lost\": 0"));
    }
    let listed = whole.iter().map(|text| (text.contains("Contents of all volumes"), text.contains("Glossary of")));
    assert_eq!(listed.collect::<Vec<_>>(), [(false, false), (false, false), (true, true)]);
}

#[test]
fn locators_name_the_volume_and_the_page_on_which_an_organization_stands() {
    let collection = nine();
    collection.run(&["build", "papers", "--volumes", "3"]).ends(0);
    let volumes: Vec<Vec<String>> = (1..=3).map(|at| volume(&collection, &format!("papers-{at}.pdf"))).collect();
    let last = volumes[2].join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    let glossary = &last[last.rfind("Glossary of organizations").expect("the last volume has the glossary")..];
    let entry = &glossary[glossary.find("Harbour Workers Union").expect("it has an entry")..];
    for (document, numeral, at) in [(1, "I", 0), (4, "II", 1), (7, "III", 2)] {
        let locator = format!("{document}: {numeral}, ");
        let found = entry.find(&locator).unwrap_or_else(|| panic!("{locator} in {entry}"));
        let digits: String = entry[found + locator.len()..].chars().take_while(char::is_ascii_digit).collect();
        let page: usize = digits.parse().expect("a page follows");
        assert!(volumes[at][page - 1].contains("Harbour Workers Union"), "{numeral}, {page}");
    }
}

#[test]
fn volumes_side_by_side_have_the_same_bytes_and_each_can_be_verified() {
    let collection = nine();
    let read = |folder: &str| -> Vec<Vec<u8>> {
        let file = |at: usize| fs::read(collection.home().join(format!("{folder}/set-{at}.pdf"))).expect("written");
        (1..=4).map(file).collect()
    };
    for (folder, jobs) in [("one", "1"), ("three", "3")] {
        fs::create_dir(collection.home().join(folder)).expect("made");
        let output = format!("{folder}/set.pdf");
        collection.run(&["build", "papers", "--volumes", "4", "--jobs", jobs, "-o", &output]).ends(0);
    }
    assert!(read("one") == read("three"));
    for at in 1..=4 {
        let file = format!("three/set-{at}.pdf");
        collection.run(&["verify", &file]).ends(0);
    }
}

#[test]
fn a_collection_that_fits_one_book_is_not_parted_unless_asked() {
    let collection = nine();
    collection.run(&["build", "papers", "--volumes", "auto"]).ends(0);
    assert!(collection.home().join("papers.pdf").exists() && !collection.home().join("papers-1.pdf").exists());
    collection.run(&["build", "papers", "--volumes", "pages=4"]).ends(0);
    assert!(collection.home().join("papers-2.pdf").exists());
    collection.run(&["build", "papers", "--volumes", "many"]).ends(2).tells(&["pages=500"]);
    collection.run(&["build", "papers", "--volumes", "2", "--jobs", "0"]).ends(2).tells(&["--jobs", "1 or more"]);
}

#[test]
fn the_editors_pages_stand_once_in_a_set_of_volumes() {
    let collection =
        nine().file("preface.md", "# Why\n\nThe reason is told.\n").file("afterword.md", "The end is told.\n");
    collection.run(&["build", "papers", "--volumes", "3"]).ends(0);
    let holding = |words: &str| -> Vec<bool> {
        let text = |at: usize| volume(&collection, &format!("papers-{at}.pdf")).join("\n");
        (1..=3).map(|at| text(at).contains(words)).collect()
    };
    assert_eq!(holding("The reason is told"), [true, false, false]);
    assert_eq!(holding("The end is told"), [false, false, true]);
}
