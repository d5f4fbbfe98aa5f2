//! Looking for the long form in the words before an acronym.
//!
//! What enters: a passage's tokens, the place before which the long form ends, and the acronym's letters. What leaves: the
//! pair whose letters align best, reaching over quotation marks, possessives and commas but over no sentence's end.

use super::align::{Word, align};
use super::form::acronym_letters;
use super::name::armed_named;
use super::pairing::{Ground, Pair};
use super::phrase;
use super::token::{Line, Shape};
use std::ops::Range;

/// Looks for the long form of an acronym in the words before a place.
pub(super) fn before(line: &Line<'_>, place: usize, letters: &str, short: Range<usize>) -> Option<Pair> {
    let end = skip_back(line, place);
    let trimmed = plural_stem(line, &short, letters);
    let main = main_part(line, &short);
    for letters in [Some(letters), trimmed, main.as_deref()].into_iter().flatten() {
        let letters: Vec<char> = letters.chars().collect();
        let most = (letters.len() * 2 + 5).min(26);
        let run = reach_back(line, end, most);
        let words = words(line, &run);
        if let Some(fit) = align(&letters, &words) {
            let start = phrase::widened(line, words[fit.start].at..end);
            let start = armed_start(line, start, end).unwrap_or(start);
            return Some(Pair { short, long: start..end, ground: Ground::Letters });
        }
        if let Some(start) = before_tail(&letters, &words, line) {
            return Some(Pair { short, long: start..end, ground: Ground::Letters });
        }
    }
    None
}

/// Goes back over quotation marks and a possessive that stand before a bracket.
pub(super) fn skip_back(line: &Line<'_>, open: usize) -> usize {
    let mut end = open;
    while end > 0 && line.mark(end - 1).is_some_and(|mark| is_quote(mark) || mark == ',') {
        end -= 1;
    }
    if end >= 2 && line.word(end - 1) == "s" && matches!(line.mark(end - 2), Some('\'' | '’')) {
        end -= 2;
    }
    end
}

pub(super) fn words(line: &Line<'_>, run: &Range<usize>) -> Vec<Word> {
    run.clone().filter(|at| line.tokens[*at].is_word()).map(|at| Word::new(line, at)).collect()
}

/// Finds the start of an armed group's name that ends where a long form does: "Asa'ib | Ahl al-Haq (AAH)".
fn armed_start(line: &Line<'_>, start: usize, end: usize) -> Option<usize> {
    (start.saturating_sub(4)..start).find(|at| armed_named(line, *at).is_some_and(|named| named.run.end == end))
}

/// Gives the letters before a hyphen, where an acronym carries that of a larger body or a place: `FGTE-CFDT`.
fn main_part(line: &Line<'_>, short: &Range<usize>) -> Option<String> {
    let hyphen = short.clone().find(|at| line.mark(*at) == Some('-'))?;
    let letters = acronym_letters(&line.form(&(short.start..hyphen)));
    let all_upper = (short.start..hyphen).all(|at| line.shape(at) == Some(Shape::Upper));
    (all_upper && letters.chars().count() >= 3).then_some(letters)
}

/// Finds the start of a long form whose initials end before its last "of …", "in …": "mutual legal assistance in criminal
/// matters (MLA)".
fn before_tail(letters: &[char], words: &[Word], line: &Line<'_>) -> Option<usize> {
    const MOST_TAIL: usize = 4;
    const MOST_COST: f32 = 0.15;
    if letters.len() < 3 {
        return None;
    }
    let first = words.len().saturating_sub(MOST_TAIL);
    let links =
        (first..words.len()).rev().filter(|at| matches!(line.word(words[*at].at), "of" | "in" | "on" | "for" | "or"));
    links
        .filter_map(|link| align(letters, &words[..link]))
        .find(|fit| fit.cost <= MOST_COST)
        .map(|fit| words[fit.start].at)
}

/// Gives the letters without a plural's `s` (`NGOs`), where the acronym has one.
pub(super) fn plural_stem<'a>(line: &Line<'_>, short: &Range<usize>, letters: &'a str) -> Option<&'a str> {
    let last = line.word(short.end.checked_sub(1)?);
    (last.ends_with('s') && letters.len() > 2).then(|| letters.strip_suffix('s')).flatten()
}

/// Gives the tokens before a place, at most `most` words, without a sentence's end between.
fn reach_back(line: &Line<'_>, end: usize, most: usize) -> Range<usize> {
    let (mut start, mut count) = (end, 0);
    while start > 0 && count < most {
        let at = start - 1;
        match line.tokens[at].shape {
            Shape::Mark(mark) => {
                let inside = matches!(mark, '-' | '\'' | '’' | '/' | '&' | ',' | '‑')
                    || (matches!(mark, '–' | '—') && line.tokens[at].spaced)
                    || (is_quote(mark) && start < end)
                    || is_wing_mark(line, at)
                    || (mark == '.' && at > 0 && line.word(at - 1).chars().count() <= 2 && !line.tokens[at].spaced);
                if !inside || mark == '.' && ends_company(line, at) {
                    break;
                }
            }
            _ if line.tokens[at].in_address => break,
            _ => count += 1,
        }
        if line.tokens[at].after_short_line && line.tokens[at].opens_line {
            start = at;
            break;
        }
        start = at;
    }
    start..end
}

/// Tells whether a dot is the last of a company's "S.A." or "S.p.A.", behind which a new sentence may begin.
fn ends_company(line: &Line<'_>, dot: usize) -> bool {
    dot >= 3
        && line.word(dot - 1) == "A"
        && line.mark(dot - 2) == Some('.')
        && matches!(line.word(dot - 3), "S" | "p")
        && line.tokens.get(dot + 1).is_some_and(|next| next.spaced)
}

/// Tells whether a bracket mark belongs to a name's wing: "League (Nawaz)".
fn is_wing_mark(line: &Line<'_>, at: usize) -> bool {
    let open = match line.mark(at) {
        Some('(') => at,
        Some(')') if at >= 2 => at - 2,
        _ => return false,
    };
    open > 0
        && line.mark(open) == Some('(')
        && line.mark(open + 2) == Some(')')
        && line.shape(open + 1) == Some(Shape::Capital)
        && line.word(open + 1).chars().count() > 3
        && line.tokens[open - 1].is_name_like()
}

pub(super) fn is_quote(mark: char) -> bool {
    matches!(mark, '"' | '“' | '”' | '„' | '«' | '»' | '\'' | '‘' | '’' | '*' | '_' | '`')
}
