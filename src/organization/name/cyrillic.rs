//! Names of bodies in Russian and its neighbours, whose type word is mostly written small.
//!
//! What enters: a passage's tokens. What leaves: "Коммунистическая партия Российской Федерации", "Союз писателей России",
//! "Верховный суд", "Партия «Яблоко»". A name begins with a capital and ends where no genitive follows.

use super::super::lexicon::{cyrillic_kind, is_adjective, is_general_adjective, is_genitive};
use super::super::token::{Line, Shape, fold};
use super::{Named, Sign};

/// The most words that a name takes on either side of its type.
const MOST_WORDS: usize = 5;

/// Finds the name that starts at a token.
pub(in super::super) fn named(line: &Line<'_>, at: usize) -> Option<Named> {
    let token = line.tokens.get(at)?;
    if token.in_address || line.word(at).is_ascii() {
        return None;
    }
    if token.shape == Shape::Lower {
        // движение «Заря»: the name is what stands in the marks.
        let kind = cyrillic_kind(&fold(line.word(at)))?;
        let end = quoted(line, at + 1)?;
        return Some(Named { run: at + 2..end - 1, suffix: None, sign: Sign::Type, kind: Some(kind) });
    }
    if !token.is_name_like() {
        return None;
    }
    let type_at = type_from(line, at)?;
    let kind = cyrillic_kind(&fold(line.word(type_at)))?;
    let end = quoted(line, type_at + 1).unwrap_or_else(|| genitives(line, type_at + 1));
    let adjective = fold(line.word(at));
    let tells = end > type_at + 1 || (type_at > at && !is_general_adjective(&adjective));
    tells.then_some(Named { run: at..end, suffix: None, sign: Sign::Type, kind: Some(kind) })
}

/// Finds the type of a name that begins with it, or with adjectives before it.
fn type_from(line: &Line<'_>, at: usize) -> Option<usize> {
    for place in at..at + MOST_WORDS {
        let word = fold(line.word(place));
        if place > at && line.tokens.get(place).is_none_or(|token| token.opens_line && token.after_short_line) {
            return None;
        }
        if cyrillic_kind(&word).is_some() {
            return Some(place);
        }
        let hyphen = line.mark(place) == Some('-') && !line.tokens[place].spaced;
        if !hyphen && !is_adjective(&word) && word != "и" {
            return None;
        }
    }
    None
}

/// Finds the end of a name in quotation marks behind a type.
fn quoted(line: &Line<'_>, from: usize) -> Option<usize> {
    if !matches!(line.mark(from), Some('«' | '“' | '„' | '"')) || !line.tokens.get(from + 1)?.is_name_like() {
        return None;
    }
    let close = (from + 2..from + 8).find(|at| matches!(line.mark(*at), Some('»' | '”' | '“' | '"')))?;
    Some(close + 1)
}

/// Follows the words in the genitive that tell which body it is.
fn genitives(line: &Line<'_>, from: usize) -> usize {
    let mut end = from;
    let mut at = from;
    while at < from + MOST_WORDS {
        let Some(token) = line.tokens.get(at) else { break };
        let word = fold(line.word(at));
        let broken = token.opens_line && token.after_short_line;
        match token.shape {
            _ if broken => break,
            Shape::Lower if matches!(word.as_str(), "и" | "по") => at += 1,
            Shape::Lower if is_genitive(&word) => {
                at += 1;
                end = at;
            }
            Shape::Capital | Shape::Upper | Shape::Mixed
                if at == end && (is_genitive(&word) || token.shape == Shape::Upper) =>
            {
                at += 1;
                end = at;
            }
            Shape::Mark('-') if !token.spaced && at > from => at += 1,
            _ => break,
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<String> {
        let line = Line::new(text);
        (0..line.tokens.len()).find_map(|at| named(&line, at)).map(|named| line.form(&named.run))
    }

    #[test]
    fn names_keep_their_genitives_and_leave_the_verb() {
        for name in [
            "Рабочая партия Сильдавии",
            "Министерство обороны Российской Федерации",
            "Союз писателей Сильдавии",
            "Верховный суд",
            "Московский государственный университет",
            "Партия «Заря»",
        ] {
            assert_eq!(found(&format!("{name} отказались от комментариев.")).as_deref(), Some(name));
        }
        assert_eq!(found("Новая партия отказалась."), None);
        assert_eq!(found("Правительство молчит."), None);
    }
}
