//! Names of bodies as phrases: a type word and the words that belong to it.
//!
//! What enters: a passage's tokens. What leaves: token runs. A phrase never crosses a sentence's end, a rank or a
//! title, or the end of a short line; it keeps a sub-body apart from the body it belongs to.

use super::complement::{capital_run, complements};
use super::lexicon::{
    country, cyrillic_kind, is_connective, is_leading_type, is_link, is_opener, is_other_head, is_people, is_title,
    paired_type, type_kind, word_lists,
};
use super::modifiers::{is_company_suffix, modifiers};
use super::small::{leads, small_words};
use super::telling::{is_place_head, is_telling};
use super::token::{Line, Manner, Shape, Token, fold};
use std::ops::Range;

/// A body's name in a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The name's tokens.
    pub run: Range<usize>,
    /// The token of its type word.
    pub type_at: usize,
    /// Capitalised words that follow the type without a link: a branch, or the rest of a loosely written name.
    pub suffix: Option<Range<usize>>,
}

/// Finds the names of bodies in a passage, none overlapping another.
pub fn phrases(line: &Line<'_>) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while at < line.tokens.len() {
        match phrase_of_type(line, at, from) {
            Some(phrase) => {
                at = phrase.suffix.as_ref().map_or(phrase.run.end, |suffix| suffix.end).max(at + 1);
                from = at;
                phrases.push(phrase);
            }
            None => at += 1,
        }
    }
    phrases
}

/// Tells whether a token is a type word as it stands in a name.
pub fn type_at(line: &Line<'_>, at: usize) -> Option<&'static str> {
    let token = line.tokens.get(at)?;
    if token.shouted || token.in_address {
        return None;
    }
    let word = fold(line.word(at));
    if !token.is_name_like() {
        return (word == "plc" && at > 0 && line.tokens[at - 1].is_name_like()).then_some("company");
    }
    if is_united(line, at, &word) {
        return Some("association");
    }
    let paired = || paired_type(&fold(line.word(at.checked_sub(1)?)), &word).filter(|_| token.spaced);
    type_kind(&word).filter(|kind| *kind != "company" || is_company_shaped(line, at, &word)).or_else(paired)
}

/// "United Farm Workers of America": people who are united, and say for what.
fn is_united(line: &Line<'_>, at: usize, word: &str) -> bool {
    const UNITED: [&str; 7] =
        ["united", "amalgamated", "associated", "progressive", "concerned", "allied", "international"];
    is_people(word)
        && matches!(line.word(at + 1), "of" | "for")
        && !matches!(word, "states" | "nations")
        && line.tokens.get(at + 2).is_some_and(Token::is_name_like)
        && (at.saturating_sub(3)..at)
            .any(|at| line.tokens[at].is_name_like() && UNITED.contains(&fold(line.word(at)).as_str()))
}

/// Tells whether the short form of a company's law stands as such ones do: `AS`, `SpA`, `Ltd`, but not `As`.
fn is_company_shaped(line: &Line<'_>, at: usize, word: &str) -> bool {
    word.len() > 4
        || matches!(word, "inc" | "ltd" | "corp" | "pvt" | "pty" | "gmbh")
        || (matches!(line.shape(at), Some(Shape::Upper | Shape::Mixed)) && at > 0 && line.tokens[at - 1].is_name_like())
}

fn phrase_of_type(line: &Line<'_>, at: usize, from: usize) -> Option<Phrase> {
    let kind = type_at(line, at)?;
    let word = fold(line.word(at));
    if cyrillic_kind(&word).is_some() {
        return None;
    }
    let next_is_type = type_at(line, at + 1).is_some() && !line.tokens[at + 1].after_short_line;
    if next_is_type && !is_leading_type(&word) {
        // The later of two types is the head: "Workers Party Committee".
        return None;
    }
    let start = modifiers(line, at, from);
    let mut end = at + 1;
    if line.mark(end) == Some('.')
        && !line.tokens[end].spaced
        && matches!(word.as_str(), "inc" | "ltd" | "corp" | "pvt" | "pty")
    {
        end += 1;
        if matches!(word.as_str(), "pvt" | "pty") && is_company_suffix(line, end) {
            end += 1 + usize::from(line.mark(end + 1) == Some('.') && !line.tokens[end + 1].spaced);
        }
    }
    let mut suffix = None;
    // "Haut-Commissariat des Nations unies pour les réfugiés"
    let is_high = start + 2 == at && line.word(start) == "Haut" && line.manner == Manner::SmallNouns;
    let is_leading = is_leading_type(&word) || is_high || start == at && leads(line, &word) || is_paired(line, at);
    if is_leading && start == at || is_followed_type(&word) {
        // "Movimento 5 Stelle"
        if line.mark(end) == Some('-')
            && line.tokens.get(end + 1).is_some_and(|next| !next.spaced && next.is_name_like())
        {
            end = capital_run(line, end + 1);
        }
        let numbered =
            line.shape(end) == Some(Shape::Digit) && line.tokens.get(end + 1).is_some_and(Token::is_name_like);
        let capitals = capital_run(line, end + usize::from(numbered));
        if capitals > end + usize::from(numbered) {
            end = capitals;
        }
        end = wing(line, &(start..small_words(line, end)), kind);
    } else if is_leading {
        end = small_words(line, capital_run(line, end));
    } else {
        let behind = capital_run(line, end);
        let words = (end..behind).filter(|at| line.tokens[*at].is_word()).count();
        if words > 0 && words <= 3 {
            if is_place_head(line, end, behind) {
                return None;
            }
            if !is_other_head(&fold(line.word(behind - 1)))
                && !is_opener(&fold(line.word(end)))
                && !is_title(&fold(line.word(end)))
            {
                suffix = Some(end..behind);
            }
        }
    }
    // "Larsvik Pharmaceuticals, Inc."
    if kind == "company" && line.mark(end) == Some(',') && is_company_suffix(line, end + 1) {
        end += 2 + usize::from(line.mark(end + 2) == Some('.'));
        suffix = None;
    }
    if suffix.is_none() && kind != "company" {
        let complemented = complements(line, end, at);
        if complemented > end && is_leading {
            end = small_words(line, complemented);
        }
        end = wing(line, &(start..complemented.max(end)), kind);
    }
    let phrase = Phrase { run: start..end, type_at: at, suffix };
    is_telling(line, &phrase, &word).then_some(phrase)
}

/// Takes the bracket of a party's wing into its name: "Communist Party of Ruritania (Marxist)".
fn wing(line: &Line<'_>, run: &Range<usize>, kind: &str) -> usize {
    let end = run.end;
    let initial = |at: usize| fold(line.word(at)).chars().next();
    let has_wings = matches!(kind, "party" | "front" | "movement")
        || run.clone().any(|at| matches!(fold(line.word(at)).as_str(), "league" | "jamiat" | "sabha"));
    // "Communist Party of Ruritania (Unified Marxist-Leninist)"
    let close = capital_run(line, end + 1);
    let is_long = line.mark(end) == Some('(')
        && (end + 3..end + 7).contains(&close)
        && line.mark(close) == Some(')')
        && (end + 1..close).all(|at| line.mark(at) == Some('-') || line.shape(at) == Some(Shape::Capital));
    if has_wings && is_long && !(end + 1..close).any(|at| country(&fold(line.word(at))).is_some()) {
        return close + 1;
    }
    // "Fundação Nacional do Índio (Funai)": a bracket that begins like the name shortens it.
    let is_wing = has_wings
        && initial(run.start) != initial(end + 1)
        && line.mark(end) == Some('(')
        && line.shape(end + 1) == Some(Shape::Capital)
        && line.word(end + 1).chars().count() > 3
        && line.mark(end + 2) == Some(')')
        && country(&fold(line.word(end + 1))).is_none();
    if is_wing { end + 3 } else { end }
}

fn is_paired(line: &Line<'_>, at: usize) -> bool {
    at > 0 && paired_type(&fold(line.word(at - 1)), &fold(line.word(at))).is_some()
}

/// Types that the words that tell the body may follow so.
const FOLLOWED: &str = "universitat hochschule akademie ministerium gewerkschaft verein izba izby partia zwiazek sad trybunal rada \
    uniwersytet universitas mahkamah dewan tribunal conseil consejo conselho consiglio";

word_lists! {
    /// Tells whether a word is one of these types.
    is_followed_word, FOLLOWED_SET, FOLLOWED;
}

/// Tells whether the words that tell the body may follow its type without a link though others stand before it: German,
/// Polish and Indonesian names, and courts and councils of the Romance languages.
fn is_followed_type(word: &str) -> bool {
    is_followed_word(word)
        || word.len() > 8
            && ["kammer", "gericht", "gewerkschaft", "hochschule"].iter().any(|ending| word.ends_with(ending))
}

/// Finds the name of a body whose last token is before `end`, for an acronym in brackets there.
pub fn ending_at(line: &Line<'_>, end: usize) -> Option<Range<usize>> {
    let from = end.saturating_sub(24);
    let mut at = end;
    let mut best = None;
    while at > from {
        at -= 1;
        if line.mark(at).is_some_and(|mark| matches!(mark, '.' | ';' | ')' | '(' | ':' | '!' | '?')) {
            break;
        }
        if type_at(line, at).is_some() || is_people_head(line, at) {
            let start = modifiers(line, at, from);
            let small = |at: usize| matches!(line.shape(at), Some(Shape::Lower)) && is_connective(line.word(at));
            let closes =
                (at + 1..end).all(|at| line.tokens[at].is_name_like() || small(at) || line.mark(at) == Some('-'));
            if closes {
                let start = to_article(line, start, from);
                best = Some(start..end);
                if start < at || at + 1 < end {
                    break;
                }
            }
        }
    }
    best
}

/// Finds the name that ends before `end` in a passage whose language writes names with small letters.
pub fn small_ending_at(line: &Line<'_>, end: usize) -> Option<Range<usize>> {
    const FAR: usize = 16;
    if line.manner == Manner::Capitals {
        return None;
    }
    (end.saturating_sub(FAR)..end)
        .filter_map(|at| phrase_of_type(line, at, end.saturating_sub(FAR)))
        .find(|phrase| phrase.run.end == end)
        .map(|phrase| phrase.run)
}

/// Takes in what "and" joins to the start of a name, back to an article: "the | Ruritanian News and | Publishing Corporation".
fn to_article(line: &Line<'_>, start: usize, from: usize) -> usize {
    if start < from + 2 || line.word(start - 1) != "and" {
        return start;
    }
    let mut at = start - 1;
    while at > from && line.tokens[at - 1].is_name_like() && !line.tokens[at - 1].in_address {
        at -= 1;
    }
    let is_whole = at < start - 1 && at > from && matches!(line.word(at - 1), "the" | "The");
    if is_whole && (at..start - 1).all(|at| type_at(line, at).is_none()) { at } else { start }
}

fn is_people_head(line: &Line<'_>, at: usize) -> bool {
    line.tokens[at].is_name_like() && is_people(&fold(line.word(at)))
}

/// Widens an aligned long form to the whole name, where its head stands before it: "U.S. Department of | Housing and
/// Urban Development (HUD)".
pub fn widened(line: &Line<'_>, run: Range<usize>) -> usize {
    let start = run.start;
    if start < 2 || line.shape(start) == Some(Shape::Lower) {
        return start;
    }
    // "Army | Medical Command (MEDCOM)": the letters of one word may run through the others.
    if let Some(type_at) = run.clone().find(|at| type_at(line, *at).is_some_and(|kind| kind != "body")) {
        let whole = modifiers(line, type_at, type_at.saturating_sub(8));
        let telling = |at: usize| line.tokens[at].is_word() && country(&fold(line.word(at))).is_none();
        let owned = (whole..start).any(|at| line.mark(at).is_some_and(|mark| mark != '-'));
        let dotted = (whole..start).any(|at| line.tokens[at].is_word() && line.word(at).chars().count() < 3);
        return if whole < start && telling(start - 1) && !owned && !dotted { whole } else { start };
    }
    let mut link = start - 1;
    if matches!(line.word(link), "the" | "la" | "el" | "los" | "las") && link > 0 {
        link -= 1;
    }
    if !(is_link(line.word(link)) || line.word(link) == "in") || link == 0 || type_at(line, link - 1).is_none() {
        return start;
    }
    modifiers(line, link - 1, link.saturating_sub(12))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let line = Line::new(text);
        phrases(&line).iter().map(|phrase| line.form(&phrase.run)).collect()
    }

    #[test]
    fn a_name_is_taken_whole_and_alone() {
        assert_eq!(
            names("Comrade John Doe Secretary General of the Labour Party of Ruritania spoke."),
            ["Labour Party of Ruritania"]
        );
        assert_eq!(
            names("The Keswick Press Club and the United Front of Syldavia met."),
            ["Keswick Press Club", "United Front of Syldavia"]
        );
        assert_eq!(names("on behalf of John Doe & Sons, Inc. (\"Doe\")"), ["John Doe & Sons, Inc."]);
        assert_eq!(
            names("el Grupo de Estudios de las Telecomunicaciones de la Guardia Nacional"),
            ["Grupo de Estudios de las Telecomunicaciones", "Guardia Nacional"]
        );
        assert_eq!(names("Members of the Energy and Commerce Committee."), ["Energy and Commerce Committee"]);
        assert_eq!(names("In the People’s Party and the Farmers' Union"), ["People’s Party", "Farmers' Union"]);
    }

    #[test]
    fn general_terms_and_places_are_no_names() {
        for text in
            ["the Central Committee met", "The Party", "in Union Square", "the 29th Congress of Labour", "A party"]
        {
            assert!(names(text).is_empty(), "{text}: {:?}", names(text));
        }
    }

    #[test]
    fn a_name_broken_over_full_lines_is_one() {
        let text = "they spoke for a long time and then went home to the Keswick\nPress Club of old\nWorkers\nParty";
        assert_eq!(names(text), ["Keswick Press Club"]);
    }
}
