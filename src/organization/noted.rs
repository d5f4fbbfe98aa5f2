//! What was found in one document, as text for keeping.
//!
//! What enters: [`Finds`], or such a text with the document that it was made of. What leaves: the text, or the finds. The
//! document's own words are not in it but for the names that were found; they come from the document again.

use super::Reading;
use super::form::Head;
use super::name::Sign;
use super::pairing::Ground;
use super::reading::{Finds, FoundName, FoundPair, Weight};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex, PoisonError};

/// The kinds of bodies that texts have named; there are as many as the lexicon has.
static KINDS: LazyLock<Mutex<BTreeSet<&'static str>>> = LazyLock::new(Mutex::default);

/// Finds, as they are written.
#[derive(Serialize, Deserialize)]
struct Noted {
    pairs: Vec<NotedPair>,
    names: Vec<NotedName>,
    aliases: Vec<(String, String)>,
    bare: BTreeMap<String, (u32, u32, usize, usize)>,
    labels: BTreeSet<String>,
}

#[derive(Serialize, Deserialize)]
struct NotedPair {
    short: String,
    long: String,
    head: NotedHead,
    by_position: bool,
    body: u32,
    thing: u32,
}

#[derive(Serialize, Deserialize)]
enum NotedHead {
    Body(String),
    Thing,
    Unknown,
}

#[derive(Serialize, Deserialize)]
struct NotedName {
    form: String,
    longer: Option<String>,
    sign: usize,
    kind: Option<String>,
    is_furniture: bool,
    is_headline: bool,
}

/// The signs, by the numbers under which they are written.
const SIGNS: [Sign; 5] = [Sign::Type, Sign::Pattern, Sign::Apposition, Sign::Shortened, Sign::Thing];

/// Writes what was found.
pub(super) fn note(finds: &Finds) -> String {
    let head = |head: Head| match head {
        Head::Body(kind) => NotedHead::Body(kind.to_owned()),
        Head::Thing => NotedHead::Thing,
        Head::Unknown => NotedHead::Unknown,
    };
    let pairs = finds.pairs.iter().map(|pair| NotedPair {
        short: pair.short.clone(),
        long: pair.long.clone(),
        head: head(pair.head),
        by_position: pair.ground == Ground::Position,
        body: pair.body,
        thing: pair.thing,
    });
    let names = finds.names.iter().map(|name| NotedName {
        form: name.form.clone(),
        longer: name.longer.clone(),
        sign: SIGNS.iter().position(|sign| *sign == name.sign).expect("every sign is listed"),
        kind: name.kind.map(str::to_owned),
        is_furniture: name.is_furniture,
        is_headline: name.is_headline,
    });
    let bare = finds.bare.iter().map(|(acronym, weight)| {
        let Weight { body, thing, count, first } = *weight;
        (acronym.clone(), (body, thing, count, first))
    });
    let noted = Noted {
        pairs: pairs.collect(),
        names: names.collect(),
        aliases: finds.aliases.clone(),
        bare: bare.collect(),
        labels: finds.labels.clone(),
    };
    serde_json::to_string(&noted).expect("finds are plain data")
}

/// Reads what was found in a document; none where the text is no such text.
pub(super) fn recall(text: &str, document: &Reading<'_>) -> Option<Finds> {
    let noted: Noted = serde_json::from_str(text).ok()?;
    let head = |head: NotedHead| match head {
        NotedHead::Body(kind) => Head::Body(kind_named(&kind)),
        NotedHead::Thing => Head::Thing,
        NotedHead::Unknown => Head::Unknown,
    };
    let pairs = noted.pairs.into_iter().map(|pair| FoundPair {
        short: pair.short,
        long: pair.long,
        head: head(pair.head),
        ground: if pair.by_position { Ground::Position } else { Ground::Letters },
        body: pair.body,
        thing: pair.thing,
    });
    let names = noted.names.into_iter().map(|name| {
        Some(FoundName {
            form: name.form,
            longer: name.longer,
            sign: *SIGNS.get(name.sign)?,
            kind: name.kind.as_deref().map(kind_named),
            is_furniture: name.is_furniture,
            is_headline: name.is_headline,
        })
    });
    let bare = noted.bare.into_iter();
    Some(Finds {
        passages: document.passages.iter().map(|passage| (passage.part, passage.text.clone())).collect(),
        pairs: pairs.collect(),
        names: names.collect::<Option<_>>()?,
        aliases: noted.aliases,
        bare: bare
            .map(|(acronym, (body, thing, count, first))| (acronym, Weight { body, thing, count, first }))
            .collect(),
        labels: noted.labels,
    })
}

/// Gives the lasting form of a kind's name; of one name there is one only.
fn kind_named(kind: &str) -> &'static str {
    let mut kinds = KINDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kinds.get(kind) {
        return known;
    }
    let lasting: &'static str = Box::leak(kind.to_owned().into_boxed_str());
    kinds.insert(lasting);
    lasting
}

#[cfg(test)]
mod tests {
    use super::{note, recall};
    use crate::organization::{Authority, Part, Passage, Reading, read};

    #[test]
    fn what_is_recalled_is_what_was_noted() {
        let text = "The Workers' Union of Ruritania (WUR), the Keswick Press Club and the Housing Plan Act (HPA) were \
                    named. WUR spokesman J. B. Smith (JBS) met the Jaish-e-Sahar and the United Nations (UN).";
        let passages = [Passage { line: 1, text: text.to_owned(), part: Part::Body }];
        let document = Reading { passages: &passages, language: "en" };
        let finds = read(&document, &Authority::embedded());
        assert!(!finds.pairs.is_empty() && !finds.names.is_empty());
        assert_eq!(recall(&note(&finds), &document), Some(finds));
        assert_eq!(recall("{\"pairs\":[]}", &document), None);
    }
}
