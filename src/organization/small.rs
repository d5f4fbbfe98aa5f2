//! The words in small letters of names in French, Italian, Spanish and Portuguese.
//!
//! What enters: a passage's tokens and the place behind a type or its capitals. What leaves: the place where the name ends:
//! behind adjectives ("Confédération paysanne"), and in French and Italian behind nouns too ("Syndicat de la magistrature").
//! Only the language of the document makes small letters part of a name.

use super::lexicon::{is_leading_type, is_opener, leads_in_romance, type_kind};
use super::token::{Line, Manner, Shape, fold};
use std::ops::Range;

/// Endings of adjectives.
const ADJECTIVES: [&str; 51] = [
    "ain", "aine", "ains", "aines", "al", "ale", "ales", "aux", "ali", "el", "elle", "els", "elles", "iste", "istes",
    "ista", "istas", "isti", "aire", "aires", "ario", "aria", "ique", "iques", "ico", "ica", "icos", "icas", "ien",
    "ienne", "iens", "een", "eenne", "eens", "ais", "aise", "iano", "iana", "ense", "ese", "if", "ive", "ivo", "iva",
    "anne", "iere", "uni", "unies", "eur", "or", "iore",
];

/// Verbs that end like adjectives.
const VERBS: &str = "critique indique explique applique implique revendique communique replique faire arrive signale critica publica \
    ubica radica senal declara arriva mejor mayor por favor";

fn is_adjective(line: &Line<'_>, at: usize) -> bool {
    let Some(token) = line.tokens.get(at) else { return false };
    if token.shape != Shape::Lower || (token.opens_line && token.after_short_line) {
        return false;
    }
    let (raw, word) = (line.word(at), fold(line.word(at)));
    // In Italian "-ano" ends verbs.
    let spanish = line.manner == Manner::SmallAdjectives
        && ["ano", "ana", "anos", "anas"].iter().any(|ending| word.ends_with(ending));
    const WORDS: &str =
        "arabe arabes kurde turque russe belge suisse libre libres rouge verts vertes juive noire basque corse unis";
    if WORDS.split(' ').any(|listed| listed == word) {
        return true;
    }
    word.chars().count() >= 4
        && (spanish || ADJECTIVES.iter().any(|ending| word.ends_with(ending)))
        && !["aría", "ería", "iría", "ifica", "plica", "dica"].iter().any(|ending| raw.ends_with(ending))
        && !VERBS.split_whitespace().any(|verb| verb == word)
        && !is_opener(&word)
}

/// Follows adjectives and nouns in small letters to the end of the name.
pub(super) fn small_words(line: &Line<'_>, from: usize) -> usize {
    const MOST_NOUNS: usize = 4;
    let mut end = adjectives(line, from);
    if line.manner == Manner::SmallNouns {
        for nouns in 0..MOST_NOUNS {
            let joined = nouns > 0 && matches!(line.word(end), "et" | "e");
            let Some(noun) = noun_behind_link(line, end, usize::from(joined)) else { break };
            end = adjectives(line, noun + 1);
        }
    }
    end
}

fn adjectives(line: &Line<'_>, from: usize) -> usize {
    const MOST: usize = 4;
    if line.manner == Manner::Capitals {
        return from;
    }
    let mut end = from;
    for _ in 0..MOST {
        let and = usize::from(end > from && matches!(line.word(end), "et" | "e" | "ed" | "y"));
        // "Union économique et monétaire ouest-africaine"
        let half = end + and;
        let is_joined = line.shape(half) == Some(Shape::Lower)
            && line.mark(half + 1) == Some('-')
            && line.tokens.get(half + 2).is_some_and(|next| !next.spaced);
        let last = if is_joined { half + 2 } else { half };
        if !is_adjective(line, last) {
            break;
        }
        end = last + 1;
    }
    end
}

/// Tells whether the words that tell the body stand behind a type of this passage.
pub(super) fn leads(line: &Line<'_>, word: &str) -> bool {
    is_leading_type(word) || line.manner != Manner::Capitals && leads_in_romance(word)
}

/// Finds the noun behind "de la", "des", "et des", "della" …
fn noun_behind_link(line: &Line<'_>, from: usize, and: usize) -> Option<usize> {
    let mut at = from + and;
    let link = line.word(at);
    let article = and > 0 && matches!(link, "l" | "la" | "le" | "les");
    if !article
        && !matches!(
            link,
            "de" | "du" | "des" | "d" | "di" | "del" | "della" | "dei" | "delle" | "degli" | "dell" | "dello" | "pour"
        )
    {
        return None;
    }
    at += 1;
    while matches!(line.word(at), "la" | "le" | "les" | "l" | "'" | "’") {
        at += 1;
    }
    let token = line.tokens.get(at).filter(|token| !(token.opens_line && token.after_short_line))?;
    let word = fold(line.word(at));
    let small = token.shape == Shape::Lower && word.chars().count() > 3 && !is_opener(&word);
    (at <= from + 4 && (small || token.is_name_like() && type_kind(&word).is_none())).then_some(at)
}

/// "le ministère du Travail": the one type that is written small before a capital.
pub(super) fn ministry(line: &Line<'_>, at: usize) -> Option<Range<usize>> {
    let is_type = matches!(line.word(at), "ministère" | "ministerio" | "ministero" | "ministério");
    if line.manner == Manner::Capitals || !is_type {
        return None;
    }
    let mut start = at + 1;
    while matches!(
        line.word(start),
        "de" | "du"
            | "des"
            | "d"
            | "del"
            | "della"
            | "dell"
            | "da"
            | "do"
            | "das"
            | "dos"
            | "la"
            | "l"
            | "los"
            | "’"
            | "'"
    ) {
        start += 1;
    }
    let mut end = start;
    while line.shape(end) == Some(Shape::Capital) && end < start + 3 {
        end += 1;
    }
    if matches!(line.word(end), "et" | "y" | "e" | "ed") {
        let mut next = end + 1;
        while matches!(line.word(next), "de" | "du" | "des" | "del" | "della" | "la" | "l" | "’" | "'" | "da" | "do")
        {
            next += 1;
        }
        if line.shape(next) == Some(Shape::Capital) && type_kind(&fold(line.word(next))).is_none() {
            end = next + 1;
        }
    }
    (start > at + 1 && end > start).then(|| at..adjectives(line, end))
}
