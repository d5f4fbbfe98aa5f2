//! Descriptions of bodies in the documents' own words.
//!
//! What enters: a passage and where a body is named in it. What leaves: the clause that says what the body is, at most
//! 25 words, or nothing. Only "X is a …" and "X, a …," count, and only where the clause calls it a body of some kind.

use super::lexicon::is_body_noun;
use super::token::{Line, Shape, fold, is_visible};
use std::ops::Range;

const MOST_WORDS: usize = 25;

/// Verbs behind a name that say what it is.
const VERBS: [&str; 5] = ["is", "was", "are", "were", "remains"];

/// Tells, without looking at its words, whether what follows a mention could say what the body is.
pub(super) fn may_describe(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|character: char| !is_visible(character));
    rest.starts_with(['(', ',']) || VERBS.iter().any(|verb| rest.starts_with(verb))
}

/// Finds what a passage says of the body that is named at a byte range.
pub(super) fn describe(line: &Line<'_>, mention: &Range<usize>) -> Option<String> {
    let mut at = line.tokens.partition_point(|token| token.start < mention.end);
    // The acronym in brackets may stand between.
    if line.mark(at) == Some('(') {
        at = (at + 1..line.tokens.len().min(at + 8)).find(|at| line.mark(*at) == Some(')'))? + 1;
    }
    if VERBS.contains(&line.word(at)) && is_article(line, at + 1) {
        return clause(line, at + 1, Ending::Sentence);
    }
    if line.mark(at) == Some(',') && (is_article(line, at + 1) || line.word(at + 1) == "which") {
        let start =
            if line.word(at + 1) == "which" { (at + 3..at + 4).find(|at| is_article(line, *at))? } else { at + 1 };
        return clause(line, start, Ending::Comma);
    }
    None
}

fn is_article(line: &Line<'_>, at: usize) -> bool {
    matches!(line.word(at), "a" | "an" | "the" | "one")
}

#[derive(Clone, Copy, PartialEq)]
enum Ending {
    Sentence,
    Comma,
}

fn clause(line: &Line<'_>, start: usize, ending: Ending) -> Option<String> {
    let (mut end, mut words, mut last_break) = (start, 0, None);
    while let Some(token) = line.tokens.get(end) {
        match token.shape {
            Shape::Mark('.' | ';' | '!' | '?' | '(' | '—') if !is_inside(line, end) => break,
            Shape::Mark(',') if ending == Ending::Comma => break,
            Shape::Mark(',') => last_break = Some(end),
            Shape::Mark(_) => {}
            _ => words += 1,
        }
        if words > MOST_WORDS {
            end = last_break?;
            break;
        }
        end += 1;
    }
    // An apposition closes with a comma or the sentence.
    let closes = ending == Ending::Sentence || line.mark(end).is_some();
    let head =
        (start + 1..end).take(8).any(|at| line.shape(at) == Some(Shape::Lower) && is_body_noun(&fold(line.word(at))));
    (closes && head && words >= 3).then(|| line.form(&(start..end)))
}

/// Tells whether a full stop belongs to an abbreviation.
fn is_inside(line: &Line<'_>, at: usize) -> bool {
    line.mark(at) == Some('.')
        && line.tokens.get(at + 1).is_some_and(|next| !next.spaced && next.is_word() || next.shape == Shape::Lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, name: &str) -> Option<String> {
        let start = text.find(name)?;
        describe(&Line::new(text), &(start..start + name.len()))
    }

    #[test]
    fn only_a_defining_clause_describes() {
        let text = "The Hill Front (HF) is a coalition of left parties formed in 2022, with others. It met.";
        assert_eq!(
            said(text, "Hill Front").as_deref(),
            Some("a coalition of left parties formed in 2022, with others")
        );
        assert_eq!(said("The HF, the party that lost, met.", "HF").as_deref(), Some("the party that lost"));
        assert_eq!(said("The HF is a shame for all.", "HF"), None);
        assert_eq!(said("The HF met", "HF"), None);
    }
}
