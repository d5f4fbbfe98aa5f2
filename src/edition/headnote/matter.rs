//! Persons, places and quotations by which documents are on the same matter.
//!
//! What enters: the texts of a collection. What leaves: for each document, the threads that lead to others: persons with a
//! title or a verb of saying, places of datelines, sentences quoted in the same words. Only what few documents have is a
//! thread; a name that is not sure is none.

use crate::annotation::Annotated;
use crate::collection::Document;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;

/// Something that documents share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(tag = "kind", content = "text", rename_all = "lowercase")]
pub enum Thread {
    /// Words in quotation marks.
    Quotation(String),
    /// A person.
    Person(String),
    /// A place of issue.
    Place(String),
}

/// A table of words, read once.
type Table = LazyLock<HashSet<&'static str>>;

/// Words that stand before a person's name.
static TITLES: Table = LazyLock::new(|| {
    table(
        "Mr Mrs Ms Dr Prof Professor Comrade President Minister Senator Chairman Chairwoman Chairperson General Colonel Secretary \
        Ambassador Judge Justice Commissioner Spokesman Spokesperson Spokeswoman Director Chief Sheikh Maulana Sardar Imam Captain \
        Major Brigadier Leader Convenor Governor Mayor Sir Lady",
    )
});

/// Verbs that stand behind a person's name.
static SAYING: Table =
    LazyLock::new(|| table("said says told added stated declared argued warned insisted replied explained"));

/// Words that begin a sentence with a capital, and days and months; none is part of a person's name.
static OPENING: Table = LazyLock::new(|| {
    table(
        "Later Then Now Here There Also However Meanwhile Still Yet Earlier The A An In On At By He She It They We But And Or As If \
        When While This That These Those His Her Their Our After Before For From With Yesterday Today Monday Tuesday Wednesday \
        Thursday Friday Saturday Sunday January February March April May June July August September October November December",
    )
});

fn table(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

/// The fewest words of a quotation that is looked for elsewhere.
const QUOTED_WORDS: usize = 6;
/// The longest quotation that is shown, in characters.
const SHOWN: usize = 90;

/// Finds, for each document, the other documents and what each shares with it; `common` documents or more are too many.
pub(super) fn threads(annotated: &Annotated, common: usize) -> Vec<BTreeMap<usize, BTreeSet<Thread>>> {
    let documents = &annotated.collection.documents;
    let found: Vec<BTreeMap<String, Thread>> = documents.par_iter().map(threads_of).collect();
    let mut holders: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (document, threads) in found.iter().enumerate() {
        for key in threads.keys() {
            holders.entry(key).or_default().insert(document);
        }
    }
    let mut shared = vec![BTreeMap::new(); documents.len()];
    for (key, holders) in holders.iter().filter(|(_, holders)| (2..=common).contains(&holders.len())) {
        for one in holders {
            for other in holders.iter().filter(|other| *other != one) {
                let thread = found[*one][*key].clone();
                shared[*one].entry(*other).or_insert_with(BTreeSet::new).insert(thread);
            }
        }
    }
    shared
}

/// Gathers the threads of one document by a folded key.
fn threads_of(document: &Document) -> BTreeMap<String, Thread> {
    let mut threads = BTreeMap::new();
    if let Some(place) = &document.description.place {
        threads.insert(format!("place {}", place.to_lowercase()), Thread::Place(place.clone()));
    }
    for run in &document.passages.runs {
        for quotation in quotations(&run.text) {
            threads.insert(format!("quotation {}", folded(quotation)), Thread::Quotation(shown(quotation)));
        }
        for person in persons(&run.text) {
            threads.insert(format!("person {}", person.to_lowercase()), Thread::Person(person));
        }
    }
    threads
}

fn folded(text: &str) -> String {
    let words = text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn shown(quotation: &str) -> String {
    let text = crate::text::squeeze(quotation);
    if text.chars().count() <= SHOWN {
        return text;
    }
    let cut: String = text.chars().take(SHOWN).collect();
    format!("{} …", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole))
}

/// Finds what stands in quotation marks and is long enough.
fn quotations(text: &str) -> impl Iterator<Item = &str> {
    const MARKS: [(char, char); 4] = [('“', '”'), ('«', '»'), ('„', '“'), ('"', '"')];
    const LONGEST: usize = 600;
    MARKS.into_iter().flat_map(move |(open, close)| {
        let mut rest = text;
        std::iter::from_fn(move || {
            let (_, behind) = rest.split_once(open)?;
            let (inner, behind_close) = behind.split_once(close)?;
            rest = behind_close;
            Some(inner)
        })
        .filter(|inner| inner.len() <= LONGEST && inner.split_whitespace().nth(QUOTED_WORDS - 1).is_some())
    })
}

/// Finds names of two to four words behind a title or before a verb of saying.
fn persons(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut persons = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let name: Vec<&str> = words[at..].iter().copied().take(4).take_while(|word| is_name(word)).collect();
        // A name ends at the first mark behind a word.
        let length = name.iter().position(|word| ends(word)).map_or(name.len(), |last| last + 1);
        let name = &name[..length];
        let untitled = trim_titles(name);
        let titled = untitled.len() < name.len() || at > 0 && TITLES.contains(words[at - 1].trim_end_matches('.'));
        let name = untitled;
        let says = words.get(at + length).is_some_and(|word| SAYING.contains(bare(word)))
            && !name.last().is_some_and(|word| ends(word));
        if (2..=3).contains(&name.len()) && (titled || says) {
            persons.push(name.iter().map(|word| bare(word)).collect::<Vec<_>>().join(" "));
        }
        at += length.max(1);
    }
    persons
}

fn trim_titles<'a, 'b>(name: &'b [&'a str]) -> &'b [&'a str] {
    let titles = name.iter().take_while(|word| TITLES.contains(word.trim_end_matches('.'))).count();
    &name[titles..]
}

fn bare(word: &str) -> &str {
    word.trim_matches(|character: char| !character.is_alphanumeric())
}

fn ends(word: &str) -> bool {
    word.ends_with([',', ';', ':', '!', '?', ')', '”']) || word.ends_with('.') && word.chars().count() > 2
}

/// Tells whether a word can be part of a person's name: a capital and small letters, and no word of bodies.
fn is_name(word: &str) -> bool {
    let word = bare(word);
    let mut characters = word.chars();
    let capital = characters.next().is_some_and(char::is_uppercase);
    let rest = characters.as_str();
    let small = !rest.is_empty() && rest.chars().all(|character| character.is_lowercase() || character == '-');
    capital && small && !OPENING.contains(word) && !crate::organization::is_word_of_bodies(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_stand_behind_titles_and_before_verbs_of_saying() {
        assert_eq!(
            persons("Yesterday Jane Okafor said that Comrade Imdad Doe, of the Party, left."),
            ["Jane Okafor", "Imdad Doe"]
        );
        assert_eq!(persons("The Labour Party said nothing in New York."), Vec::<String>::new());
        assert_eq!(persons("President of the Republic"), Vec::<String>::new());
    }

    #[test]
    fn quotations_are_long_enough() {
        let text = "He said “we will not leave the harbour tonight” and “no”.";
        assert_eq!(quotations(text).collect::<Vec<_>>(), ["we will not leave the harbour tonight"]);
    }
}
