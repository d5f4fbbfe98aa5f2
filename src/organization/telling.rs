//! Telling the name of one body from a general term.
//!
//! What enters: a phrase with a type word. What leaves: whether its words tell which body it is.

use super::lexicon::{is_generic, is_leading_type, is_sole_compound, is_sovereign, is_weak_type, type_kind};
use super::phrase::Phrase;
use super::small::leads;
use super::token::{Line, Shape, fold};

/// Tells whether a phrase names one body, and is no general term.
pub(super) fn is_telling(line: &Line<'_>, phrase: &Phrase, type_word: &str) -> bool {
    let front = phrase.run.start..phrase.type_at;
    let fronts: Vec<String> = front
        .filter(|at| line.tokens[*at].is_word())
        .map(|at| fold(line.word(at)))
        .filter(|word| word != "s")
        .collect();
    let ordinal = |word: &String| word.starts_with(|c: char| c.is_ascii_digit());
    let content = (phrase.type_at + 1..phrase.run.end).filter(|at| line.tokens[*at].is_name_like()).count();
    let of_members = content > 1 || fold(line.word(phrase.run.end - 1)).ends_with("diputados");
    let congress = matches!(type_word, "congress" | "congreso" | "congres" | "congresso");
    let after_ordinal = phrase.run.start > 0 && line.shape(phrase.run.start - 1) == Some(Shape::Digit);
    if congress && (fronts.iter().any(ordinal) || after_ordinal || fronts.len() < 2 && !of_members) {
        return false;
    }
    let dotted_country = fronts.windows(2).any(|pair| pair.iter().all(|word| word.chars().count() == 1));
    let tells = dotted_country
        || fronts.iter().any(|word| !is_generic(word) && type_kind(word).is_none() && word.chars().count() > 1);
    let sovereign = fronts.iter().any(|word| is_sovereign(word))
        && matches!(type_word, "court" | "assembly" | "commission" | "council" | "bank" | "parliament" | "tribunal");
    let complement = phrase.type_at + 1 < phrase.run.end
        && (phrase.type_at + 1..phrase.run.end).any(|at| line.tokens[at].is_name_like());
    let for_two = content > 1
        && matches!(
            type_word,
            "school"
                | "centre"
                | "center"
                | "centers"
                | "centres"
                | "chamber"
                | "museum"
                | "library"
                | "forum"
                | "network"
                | "forces"
        );
    let plural_only = !tells && fronts.is_empty() && is_weak_type(type_word) && !for_two;
    // "The Party of Ruritania" alone tells too little for types that name parts of bodies.
    let enough = if complement && !plural_only {
        !(fronts.is_empty()
            && matches!(type_word, "party" | "union" | "group" | "member" | "army" | "forces" | "police" | "front")
            && (content < 2 || type_word == "member"))
            || is_leading_type(type_word)
    } else {
        tells
    };
    // A cell or a team needs two telling words; a sub-body of a body named by its acronym is no body of its own.
    let is_part = matches!(
        type_word,
        "cell"
            | "wing"
            | "panel"
            | "branch"
            | "squad"
            | "team"
            | "service"
            | "services"
            | "mission"
            | "unit"
            | "force"
            | "board"
            | "administration"
            | "supervisor"
            | "regulator"
    );
    let is_inner =
        matches!(type_word, "committee" | "secretariat" | "board" | "wing" | "branch" | "unit" | "cell" | "bureau");
    let opens_with_acronym =
        line.shape(phrase.run.start) == Some(Shape::Upper) && line.word(phrase.run.start).len() > 1;
    let of_acronym = complement
        && (phrase.type_at + 1..phrase.run.end)
            .filter(|at| line.tokens[*at].is_name_like())
            .all(|at| line.shape(at) == Some(Shape::Upper) && !line.tokens[at].shouted);
    if is_inner && of_acronym && fronts.iter().all(|word| is_generic(word)) {
        return false;
    }
    if (is_part && fronts.len() < 2 && !complement) || (is_inner && opens_with_acronym) {
        return false;
    }
    let two_general = fronts.len() >= 2
        && fronts.iter().all(|word| is_generic(word) || type_kind(word).is_some())
        && !is_weak_type(type_word);
    let leading = (is_leading_type(type_word) || phrase.run.start == phrase.type_at && leads(line, type_word))
        && phrase.type_at + 1 < phrase.run.end;
    enough
        || sovereign
        || leading
        || is_sole_compound(type_word)
        || (two_general && phrase.suffix.is_none() && !congress)
}

/// Tells whether capitalised words behind a type make a place of it ("Union Square").
pub(super) fn is_place_head(line: &Line<'_>, from: usize, end: usize) -> bool {
    const PLACES: [&str; 26] = [
        "square", "street", "road", "avenue", "plaza", "hill", "park", "station", "lane", "bridge", "tower", "cup",
        "island", "building", "hotel", "theatre", "theater", "mosque", "hall", "market", "gate", "house", "day",
        "airport", "crossing", "gardens",
    ];
    (from..end).any(|at| PLACES.contains(&fold(line.word(at)).as_str()))
}
