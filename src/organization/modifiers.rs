//! What stands before the type word of a body's name.
//!
//! What enters: a passage's tokens and the place of a type. What leaves: the place where the name starts, behind the words
//! that open the sentence and behind a rank or a title.

use super::complement::{ends_in_s, is_group_possessive};
use super::lexicon::{country, is_field, is_generic, is_headline_verb, is_opener, is_title};
use super::phrase::type_at;
use super::token::{Line, Shape, fold};

/// The most words that a name takes before its type.
const MOST_MODIFIERS: usize = 8;

/// Goes back from a type word over the words that tell which body it is.
pub(super) fn modifiers(line: &Line<'_>, type_at: usize, from: usize) -> usize {
    let mut start = type_at;
    let mut count = 0;
    while start > from && count < MOST_MODIFIERS {
        let token = &line.tokens[start];
        if token.opens_line && token.after_short_line {
            break;
        }
        let previous = start - 1;
        let back = match line.tokens[previous].shape {
            Shape::Capital | Shape::Upper | Shape::Mixed if !line.tokens[previous].in_address => previous,
            Shape::Digit if !token.spaced => previous,
            Shape::Lower => match line.word(previous) {
                "s" if previous >= 2 && is_group_possessive(line, previous) => previous - 2,
                "and" if start < type_at && joins_fields(line, previous, from) => previous - 1,
                "ve" | "dan" if start <= type_at && joins_capitals(line, previous, from) => previous - 1,
                _ if ends_prefixed(line, previous, from) => previous - 2,
                "i" | "e" | "ul" | "ur" if glued_both_sides(line, previous) => previous - 2,
                _ => break,
            },
            Shape::Mark('-' | '‑') if !token.spaced && previous > from && line.tokens[previous - 1].is_name_like() => {
                previous - 1
            }
            Shape::Mark('\'' | '’') if previous > from && ends_in_s(line, previous - 1) => previous - 1,
            Shape::Mark('&') if previous > from && line.tokens[previous - 1].is_name_like() => previous - 1,
            Shape::Mark(')') if is_company_suffix(line, start) && is_private_bracket(line, previous, from) => {
                previous - 2
            }
            Shape::Mark(',')
                if is_company_suffix(line, start)
                    && previous > from + 2
                    && line.mark(previous - 1) == Some('.')
                    && line.word(previous - 2) == "Co" =>
            {
                previous - 2
            }
            Shape::Mark(',')
                if is_company_suffix(line, start) && previous > from && line.tokens[previous - 1].is_name_like() =>
            {
                previous - 1
            }
            Shape::Mark('.') if previous > from + 1 && !line.tokens[previous].spaced && is_dotted(line, previous) => {
                previous - 1
            }
            _ => break,
        };
        if back < from {
            break;
        }
        start = back;
        count += 1;
    }
    trimmed(line, start, type_at)
}

fn is_dotted(line: &Line<'_>, dot: usize) -> bool {
    line.word(dot - 1).chars().count() == 1 && line.tokens[dot - 1].is_name_like()
}

pub(super) fn is_company_suffix(line: &Line<'_>, at: usize) -> bool {
    matches!(fold(line.word(at)).as_str(), "inc" | "llc" | "ltd" | "plc" | "gmbh" | "corp")
}

/// "(Pty)" and "(Pvt)" before "Ltd".
fn is_private_bracket(line: &Line<'_>, close: usize, from: usize) -> bool {
    close >= from + 3
        && line.mark(close - 2) == Some('(')
        && matches!(fold(line.word(close - 1)).as_str(), "pty" | "pvt" | "private" | "sa")
}

/// Tells whether a word in small letters goes on from a prefix: "Co-operative", "Anti-corruption".
pub(super) fn ends_prefixed(line: &Line<'_>, at: usize, from: usize) -> bool {
    const PREFIXES: [&str; 10] = ["Co", "Anti", "Non", "Inter", "Pan", "Self", "Sub", "Pre", "Post", "Multi"];
    at >= from + 2
        && line.shape(at) == Some(Shape::Lower)
        && !line.tokens[at].spaced
        && matches!(line.mark(at - 1), Some('-' | '‑'))
        && !line.tokens[at - 1].spaced
        && PREFIXES.contains(&line.word(at - 2))
}

fn glued_both_sides(line: &Line<'_>, at: usize) -> bool {
    at >= 2 && line.mark(at - 1) == Some('-') && line.mark(at + 1) == Some('-') && line.tokens[at - 2].is_name_like()
}

/// Tells whether an "and" before a modifier joins two fields of work of one name.
fn joins_fields(line: &Line<'_>, and: usize, from: usize) -> bool {
    and > from
        && line.tokens[and - 1].is_name_like()
        && is_field(&fold(line.word(and - 1)))
        && type_at(line, and - 1).is_none()
}

/// Tells whether an "and" of Turkish or Indonesian joins two words of one name.
fn joins_capitals(line: &Line<'_>, and: usize, from: usize) -> bool {
    and > from && line.tokens[and - 1].shape == Shape::Capital && type_at(line, and - 1).is_none()
}

/// Takes words that open sentences, and everything up to the last rank or title, off the front of a name.
fn trimmed(line: &Line<'_>, mut start: usize, type_at: usize) -> usize {
    let owned = |at: usize| matches!(line.mark(at + 1), Some('\'' | '’')) && at + 1 < type_at;
    let prime = |at: usize| line.word(at) == "Prime" && owned(at + 1);
    if let Some(title) = (start..type_at).rev().find(|at| {
        let word = fold(line.word(*at));
        is_headline_verb(&word)
            || is_title(&word)
                && line.word(*at + 1) != "and"
                && !owned(*at)
                && !prime(*at)
                && !is_generic(&word)
                && line.word(*at) != "Minister"
    }) {
        start = title + 1;
    }
    while start < type_at {
        let word = fold(line.word(start));
        let whole_country =
            word == "all" && (line.mark(start + 1) == Some('-') || country(&fold(line.word(start + 1))).is_some());
        let opens = is_opener(&word) && !whole_country && (line.tokens[start].shape != Shape::Upper || word.len() == 1);
        if !opens && line.tokens[start].is_word() {
            break;
        }
        start += 1;
    }
    start
}
