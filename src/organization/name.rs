//! Names of bodies that stand without an acronym.
//!
//! What enters: a passage's tokens. What leaves: [`Named`] runs: phrases with a type word, armed groups by the shape of
//! their names, names in apposition ("the movement X"), forms such as "CP of X", and, apart from these, names of things,
//! by which a bare acronym can be told from a body's.

mod armed;
mod caseless;
mod cyrillic;

pub(super) use armed::named as armed_named;
pub(super) use caseless::start_before as caseless_start;
pub(super) use cyrillic::named as cyrillic_named;

use super::form::{Head, head};
use super::lexicon::{country, is_apposed, is_opener, is_other_head, is_title, type_kind};
use super::phrase::{self, Phrase};
use super::small;
use super::token::{Line, Shape, fold};
use std::ops::Range;

/// By what a name was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// A type word: "Keswick Press Club".
    Type,
    /// The first part of an armed group's or movement's name: "Jaish-e-".
    Pattern,
    /// A noun before it: "the movement X". Needs a second mention.
    Apposition,
    /// Initials and the rest of a name: "CP of Ruritania". Needs a body that it shortens.
    Shortened,
    /// The head noun of a plan, law or the like.
    Thing,
}

/// A name in a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name's tokens.
    pub run: Range<usize>,
    /// Capitalised words behind the type, which may be a branch or the rest of the name.
    pub suffix: Option<Range<usize>>,
    /// By what it was found.
    pub sign: Sign,
    /// The kind of body.
    pub kind: Option<&'static str>,
}

/// Finds the names in a passage.
pub fn names(line: &Line<'_>) -> Vec<Named> {
    let mut found: Vec<Named> = phrase::phrases(line).into_iter().filter_map(|phrase| typed(line, phrase)).collect();
    let taken: Vec<Range<usize>> = found.iter().map(|named| named.run.clone()).collect();
    let mut next_taken = 0;
    let mut at = 0;
    while at < line.tokens.len() {
        while taken.get(next_taken).is_some_and(|run| run.end <= at) {
            next_taken += 1;
        }
        if let Some(run) = taken.get(next_taken)
            && run.contains(&at)
        {
            at = run.end;
            continue;
        }
        let named = caseless::named(line, at)
            .or_else(|| cyrillic::named(line, at))
            .or_else(|| armed::named(line, at))
            .or_else(|| ministry(line, at))
            .or_else(|| company(line, at))
            .or_else(|| apposed(line, at))
            .or_else(|| shortened(line, at))
            .or_else(|| thing(line, at))
            .filter(|named| taken.get(next_taken).is_none_or(|run| named.run.end <= run.start));
        at = named.as_ref().map_or(at, |named| named.run.end - 1) + 1;
        found.extend(named);
    }
    found
}

fn typed(line: &Line<'_>, phrase: Phrase) -> Option<Named> {
    let name = line.form(&phrase.run);
    let before = phrase.run.start.checked_sub(1);
    // "Conference of Democratic Forces": the head stands before the phrase and is a thing.
    let of = before.is_some_and(|at| matches!(line.word(at), "of" | "for" | "on" | "de" | "des" | "del"));
    if of
        && before
            .and_then(|at| at.checked_sub(1))
            .is_some_and(|at| line.tokens[at].is_name_like() && is_other_head(&fold(line.word(at))))
    {
        return None;
    }
    if opens_as_thing(line, phrase.run.start, phrase.type_at) {
        return None;
    }
    let Head::Body(kind) = head(&name) else { return None };
    if kind == "press club" && is_venue(line, &phrase.run) {
        return None;
    }
    let suffix = phrase.suffix.filter(|suffix| {
        suffix.clone().all(|at| type_kind(&fold(line.word(at))).is_none() && !is_title(&fold(line.word(at))))
    });
    Some(Named { run: phrase.run, suffix, sign: Sign::Type, kind: Some(kind) })
}

/// Tells whether a club is named as the house where something takes place: "outside the Keswick Press Club".
fn is_venue(line: &Line<'_>, run: &Range<usize>) -> bool {
    const BEFORE: [&str; 10] = ["at", "outside", "inside", "near", "opposite", "before", "behind", "to", "from", "of"];
    let article = run.start.checked_sub(1).filter(|at| line.word(*at) == "the").unwrap_or(run.start);
    let Some(place) = article.checked_sub(1) else { return false };
    let word = fold(line.word(place));
    let is_front = |at: usize| matches!(line.word(at), "front" | "premises" | "hall" | "lawn" | "gates" | "gate");
    let stands = match word.as_str() {
        "of" => place > 0 && is_front(place - 1),
        // "from the camp to the Press Club": a way leads there.
        "to" | "from" => {
            let words = place.saturating_sub(8)..place;
            words.clone().any(|at| matches!(line.word(at), "march" | "marched" | "walked" | "rally" | "procession"))
        }
        word => BEFORE.contains(&word),
    };
    stands && line.mark(run.end) != Some('(')
}

/// Tells whether a name's first word makes it a thing's or a place's: "Operation Olive Branch", "Fort Council".
fn opens_as_thing(line: &Line<'_>, start: usize, type_at: usize) -> bool {
    const FIRST: &str = "operation project plan exercise treaty battle siege hurricane cyclone typhoon camp fort mount lake \
        article section chapter annex schedule appendix table figure";
    start < type_at && FIRST.split_whitespace().any(|word| word == fold(line.word(start)))
}

/// "Acciaierie del Tirreno S.p.A.", "Norvell Agrochem SA": capitalised words before the short form of a company's law.
fn company(line: &Line<'_>, at: usize) -> Option<Named> {
    const MOST: usize = 7;
    const DOTTED: [&str; 6] = ["S.A.", "S.p.A.", "S.r.l.", "S.A.S.", "N.V.", "A.S."];
    const PLAIN: [&str; 6] = ["SA", "SAS", "SpA", "Srl", "SE", "OJSC"];
    let starts = line.shape(at) == Some(Shape::Capital) && !is_opener(&fold(line.word(at)));
    if !starts || line.tokens[at].shouted || at > 0 && line.tokens[at - 1].is_name_like() {
        return None;
    }
    let mut end = at + 1;
    let is_link =
        |at: usize| matches!(line.word(at), "de" | "del" | "della" | "di" | "do" | "da" | "du" | "des" | "dos");
    while end < at + MOST
        && line.tokens.get(end).is_some_and(|token| token.shape == Shape::Capital || token.spaced && is_link(end))
        && !line.tokens[end].after_short_line
        && line.mark(end + 1) != Some('.')
    {
        end += 1;
    }
    let dotted = DOTTED.iter().find_map(|form| {
        let stop = end + form.chars().count();
        let stands = line.tokens.len() >= stop && line.tokens[end].spaced && line.form(&(end..stop)) == *form;
        stands.then_some(stop)
    });
    let plain = || (PLAIN.contains(&line.word(end)) && end > at).then_some(end + 1);
    let named = line.tokens.get(end - 1).is_some_and(|token| token.is_name_like());
    let stop = dotted.or_else(plain).filter(|_| named)?;
    Some(Named { run: at..stop, suffix: None, sign: Sign::Type, kind: Some("company") })
}

/// "le ministère du Travail".
fn ministry(line: &Line<'_>, at: usize) -> Option<Named> {
    let run = small::ministry(line, at)?;
    Some(Named { run, suffix: None, sign: Sign::Type, kind: Some("state body") })
}

/// "the movement X", "el partido X".
fn apposed(line: &Line<'_>, at: usize) -> Option<Named> {
    const DETERMINERS: [&str; 16] =
        ["the", "The", "a", "el", "El", "la", "La", "un", "una", "le", "Le", "der", "Der", "die", "Die", "o"];
    if !DETERMINERS.contains(&line.word(at)) {
        return None;
    }
    let noun = (at + 1..at + 4)
        .take_while(|at| line.shape(*at) == Some(Shape::Lower))
        .find(|at| is_apposed(&fold(line.word(*at))))?;
    let start = (noun + 1..noun + 3).find(|at| line.tokens.get(*at).is_some_and(|token| token.is_word()))?;
    if line.mark(start - 1).is_some_and(|mark| !matches!(mark, '"' | '“' | '«' | '„' | ',')) {
        return None;
    }
    let mut end = start;
    while end < start + 5
        && line.tokens.get(end).is_some_and(|token| token.is_name_like() && !token.in_address && !token.shouted)
        && !(line.tokens[end].opens_line && line.tokens[end].after_short_line)
    {
        end += 1;
    }
    let words = start..end;
    let fine = (1..=4).contains(&words.len())
        && words.clone().all(|at| {
            let word = fold(line.word(at));
            !is_title(&word) && country(&word).is_none() && !is_opener(&word)
        })
        && (words.len() > 1 || line.shape(start) == Some(Shape::Mixed));
    let kind = type_kind(&fold(line.word(noun))).filter(|kind| *kind != "body");
    fine.then_some(Named { run: words, suffix: None, sign: Sign::Apposition, kind })
}

/// "CP of Ruritania": capitals, a link and capitalised words.
fn shortened(line: &Line<'_>, at: usize) -> Option<Named> {
    let letters = line.word(at).chars().count();
    if line.shape(at) != Some(Shape::Upper) || !(2..=4).contains(&letters) || line.tokens[at].shouted {
        return None;
    }
    let mut start = at + 1;
    while matches!(line.word(start), "of" | "the" | "de" | "del" | "du" | "la") {
        start += 1;
    }
    let mut end = start;
    while end < start + 4 && line.shape(end) == Some(Shape::Capital) {
        end += 1;
    }
    (start > at + 1 && end > start).then_some(Named { run: at..end, suffix: None, sign: Sign::Shortened, kind: None })
}

/// "National Action Plan": capitalised words that end in the head of a thing's name.
fn thing(line: &Line<'_>, at: usize) -> Option<Named> {
    let opens = at == 0 || !line.tokens[at - 1].is_name_like();
    if !opens || !line.tokens[at].is_name_like() || line.tokens[at].shouted {
        return None;
    }
    let mut end = at;
    let mut last_head = None;
    while let Some(token) =
        line.tokens.get(end).filter(|token| token.is_name_like() && end < at + 9 && !token.in_address)
    {
        if end > at && (token.opens_line && token.after_short_line) {
            break;
        }
        if is_other_head(&fold(line.word(end))) {
            last_head = Some(end);
        }
        end += 1;
    }
    let head = last_head?;
    let start = (at..head).find(|at| !is_opener(&fold(line.word(*at))))?;
    (head > start).then_some(Named { run: start..head + 1, suffix: None, sign: Sign::Thing, kind: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(text: &str) -> Vec<(String, Sign)> {
        let line = Line::new(text);
        names(&line).iter().map(|named| (line.form(&named.run), named.sign)).collect()
    }

    #[test]
    fn names_are_found_by_their_signs() {
        assert_eq!(
            signs("against Jaish-ul-Haq and Laskare Noor there"),
            [("Jaish-ul-Haq".to_owned(), Sign::Pattern), ("Laskare Noor".to_owned(), Sign::Pattern)]
        );
        assert_eq!(signs("where the movement River Tide has been"), [("River Tide".to_owned(), Sign::Apposition)]);
        assert_eq!(signs("by the CP of Ruritania."), [("CP of Ruritania".to_owned(), Sign::Shortened)]);
        assert_eq!(
            signs("the amended National Action Plan, which"),
            [("National Action Plan".to_owned(), Sign::Thing)]
        );
    }

    #[test]
    fn an_event_of_a_body_is_no_body() {
        assert!(signs("the Conference of Democratic Forces met").iter().all(|(_, sign)| *sign == Sign::Thing));
        assert!(signs("the party Chairman Imran Doe").is_empty());
    }
}
