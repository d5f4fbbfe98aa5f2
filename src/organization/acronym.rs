//! What can be an acronym, by its shape.

use super::lexicon::is_opener;
use super::token::{Line, Shape, Token, fold};
use std::ops::Range;

/// The most tokens that an acronym is made of.
const LONGEST: usize = 13;

/// Tells whether a string has the shape of an acronym: capitals, digits or inner capitals, two to fourteen characters.
pub fn is_shaped(form: &str) -> bool {
    let count = form.chars().count();
    let upper = form.chars().filter(|character| character.is_uppercase()).count();
    let letters = form.chars().filter(|character| character.is_alphabetic()).count();
    let spaces = form.chars().filter(|character| character.is_whitespace()).count();
    (2..=14).contains(&count)
        && letters >= 2
        && spaces <= 1
        && upper * 3 >= letters
        && (upper >= 2 || (upper == 1 && form.chars().any(|character| character.is_ascii_digit())))
        && !is_roman(form)
        && !is_constituency(form)
        && form.chars().next().is_some_and(char::is_alphanumeric)
}

/// Tells whether a string is a Roman number.
pub fn is_roman(form: &str) -> bool {
    form.len() < 7 && !form.is_empty() && form.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) && !form.contains("VV")
}

/// Tells whether a string is a politician's party and state: `D-WA`, `R-Ga`.
pub fn is_constituency(form: &str) -> bool {
    let mut parts = form.split('-');
    let (Some(party), Some(state)) = (parts.next(), parts.next()) else { return false };
    let state = state.trim_end_matches('.');
    let most = if state.chars().all(char::is_uppercase) { 2 } else { 4 };
    matches!(party, "D" | "R" | "I" | "L") && state.chars().count() <= most
}

/// Finds the acronym that starts at a token: `KPC`, `L5I`, `MoU`, `NGOs`, `U.S.`, `MNF-I`, `UN-Women`.
///
/// Gives the run of its tokens; a plural's `s` is part of it, a possessive's is not.
pub fn starting_at(line: &Line<'_>, at: usize) -> Option<Range<usize>> {
    let token = line.tokens.get(at)?;
    if token.in_address || token.shouted {
        return None;
    }
    let glued = |at: usize| line.tokens.get(at).is_some_and(|token| !token.spaced);
    if is_symbol(line, at) {
        return None;
    }
    if let Some(end) = dotted_end(line, at) {
        return Some(at..end);
    }
    if token.shape == Shape::Upper && line.mark(at + 1) == Some('.') && glued(at + 1) && glued(at + 2) {
        // "WP.29": a numbered series.
        if line.shape(at + 2) == Some(Shape::Digit) {
            return Some(at..at + 3);
        }
    }
    // "G-NEXID", "I-TEQ"
    let lettered = matches!(token.shape, Shape::Capital | Shape::Lower)
        && token.end - token.start == 1
        && line.mark(at + 1) == Some('-')
        && glued(at + 1)
        && glued(at + 2)
        && matches!(line.shape(at + 2), Some(Shape::Upper | Shape::Mixed))
        && line.word(at + 2).starts_with(char::is_uppercase)
        && (at == 0 || token.spaced || line.mark(at - 1).is_some_and(|mark| mark != '-' && mark != '/' && mark != '.'));
    let surname = ["Mc", "Mac", "Fitz"]
        .iter()
        .any(|start| line.word(at).strip_prefix(start).is_some_and(|rest| rest.starts_with(char::is_uppercase)));
    let known_start = lettered
        || matches!(token.shape, Shape::Upper)
        || (token.shape == Shape::Mixed && !surname && {
            let form = line.word(at);
            form.chars().count() <= 10 && form.chars().filter(|character| character.is_uppercase()).count() >= 2
        });
    if !known_start {
        return None;
    }
    let mut end = wing_end(line, at + 1);
    while end < at + LONGEST && matches!(line.mark(end), Some('-' | '/' | '&')) && glued(end) && glued(end + 1) {
        let part = line.shape(end + 1);
        let joins = matches!(part, Some(Shape::Upper | Shape::Mixed))
            || (part == Some(Shape::Capital) && (line.mark(end) == Some('-') || line.word(end + 1).len() == 1))
            || (part == Some(Shape::Digit) && line.mark(end) == Some('-') && line.word(end + 1).len() <= 3);
        if !joins {
            break;
        }
        end += 2;
    }
    Some(at..end)
}

/// Tells whether a token is part of a document's symbol, strokes and figures joining its parts: `E/CN.3/2007/24`.
fn is_symbol(line: &Line<'_>, at: usize) -> bool {
    const MOST: usize = 12;
    let glued = |at: usize| line.tokens.get(at).is_some_and(|token| !token.spaced);
    let joins = |at: usize| matches!(line.mark(at), Some('/' | '.')) || line.tokens.get(at).is_some_and(Token::is_word);
    let mut start = at;
    while start > at.saturating_sub(MOST) && glued(start) && joins(start - 1) {
        start -= 1;
    }
    let end = (at + 1..at + MOST).find(|at| !glued(*at) || !joins(*at)).unwrap_or(at + MOST).min(line.tokens.len());
    let strokes = (start..end).filter(|at| line.mark(*at) == Some('/')).count();
    strokes > 0 && (start..end).any(|at| line.shape(at) == Some(Shape::Digit)) && line.word(start).len() <= 8
}

/// Takes a bracket that is part of an acronym: `CPI(M)`.
fn wing_end(line: &Line<'_>, end: usize) -> usize {
    let glued = |at: usize| line.tokens.get(at).is_some_and(|token| !token.spaced);
    let is_wing = line.mark(end) == Some('(')
        && (end..end + 3).all(glued)
        && matches!(line.shape(end + 1), Some(Shape::Upper | Shape::Capital))
        && (1..=3).contains(&line.word(end + 1).chars().count())
        && line.mark(end + 2) == Some(')');
    if is_wing { end + 3 } else { end }
}

/// Finds the end of a dotted acronym (`U.S.`, `P.E.A.C.E.`), its last dot included.
fn dotted_end(line: &Line<'_>, at: usize) -> Option<usize> {
    let mut end = at;
    while end < at + LONGEST
        && line.shape(end).is_some_and(|shape| matches!(shape, Shape::Capital | Shape::Upper))
        && line.word(end).chars().count() <= 2
        && line.mark(end + 1) == Some('.')
        && !line.tokens[end + 1].spaced
        && (end == at || !line.tokens[end].spaced)
    {
        end += 2;
    }
    (end >= at + 4).then_some(end)
}

/// Tells whether a token in the running text is a capitalised ordinary word ("IN", "THE").
pub fn is_ordinary(form: &str) -> bool {
    const HEADINGS: [&str; 24] = [
        "INTRODUCTION",
        "CONTENTS",
        "SUMMARY",
        "REVIEW",
        "REPORT",
        "ANNEX",
        "APPENDIX",
        "NOTE",
        "NOTES",
        "TABLE",
        "FIGURE",
        "TEST",
        "TESTS",
        "BACKGROUND",
        "CONCLUSION",
        "CONCLUSIONS",
        "CHAPTER",
        "SECTION",
        "REFERENCES",
        "AGENDA",
        "DRAFT",
        "FINAL",
        "URGENT",
        "ORIGINAL",
    ];
    if HEADINGS.contains(&form) {
        return true;
    }
    // "UN" and "WHO" in capitals are no article and no pronoun.
    is_opener(&fold(form)) && !matches!(form, "UN" | "WHO")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<String> {
        let line = Line::new(text);
        starting_at(&line, 0).map(|run| line.form(&run))
    }

    #[test]
    fn shapes_are_told() {
        for form in ["KPC", "L5I", "MoU", "NGOs", "U.S.", "UN-Women", "МВД"] {
            assert!(is_shaped(form), "{form}");
        }
        for form in ["Police", "XIV", "R-Ga", "2014", "a", "the group", ""] {
            assert!(!is_shaped(form), "{form}");
        }
    }

    #[test]
    fn runs_hold_what_belongs_together() {
        assert_eq!(first("UN-Women's work").as_deref(), Some("UN-Women"));
        assert_eq!(first("EU-funded work").as_deref(), Some("EU"));
        assert_eq!(first("U.S. policy").as_deref(), Some("U.S."));
        assert_eq!(first("Paris said").as_deref(), None);
    }
}
