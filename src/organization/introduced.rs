//! Acronyms in the running text that the words around them introduce.
//!
//! What enters: a passage's tokens and the place of an acronym. What leaves: the pair, where the text says that the one
//! stands for the other: "Long Form, known by its initials ABC", "ABC stands for Long Form", "ABC = Long Form".

use super::acronym;
use super::align::align_all;
use super::form::acronym_letters;
use super::lexicon::word_lists;
use super::pairing::{Ground, Pair, runs_through_name, spelled_by, started_by};
use super::phrase;
use super::reach::{before, is_quote, skip_back, words};
use super::token::{Line, Shape, fold};
use std::ops::Range;

/// Words that introduce an acronym inside a bracket.
const INTRODUCING: &str = "the or hereinafter hereafter henceforth known as called abbreviated acronym abbreviation initials short in for by \
    its formerly now also better widely commonly popularly generally usually simply then previously referred to sigla siglas por sus en espanol ingles frances francais anglais espagnol sigle d apres \
    kurz abgekurzt dit dite dicho dicha afgekort ou o oder conocido conocida conocidos conocidas connu connue connus conhecido conhecida noto nota \
    bekannt genannt denominado denominada llamado llamada acronimo acronyme";

/// Languages whose initials an acronym may be: "known by its French acronym".
const LANGUAGES: &str = "english french spanish portuguese arabic russian german italian turkish urdu hindi ingles frances \
    anglais espagnol";

word_lists! {
    /// Tells whether a word introduces an acronym.
    introduces, INTRODUCING_SET, INTRODUCING;
    /// Tells whether a word names a language.
    is_language, LANGUAGE_SET, LANGUAGES;
}

/// An acronym in the running text that the words around it introduce.
pub(super) fn introduced(line: &Line<'_>, at: usize) -> Option<Pair> {
    let Some(short) = acronym::starting_at(line, at) else { return said_otherwise(line, at) };
    if at > 0 && !line.tokens[at].spaced && matches!(line.mark(at - 1), Some('-' | '/')) {
        return None;
    }
    let form = line.form(&short);
    if !acronym::is_shaped(&form) {
        return None;
    }
    if let Some(pair) = introduced_behind(line, &short) {
        return Some(pair);
    }
    if let Some(pair) = apposed(line, &short, &acronym_letters(&form)) {
        return Some(pair);
    }
    let end = introduction_start(line, at, short.end)?;
    let Some(pair) = before(line, end, &acronym_letters(&form), short.clone()) else {
        let said = (end..at).any(|at| {
            matches!(
                fold(line.word(at)).as_str(),
                "initials" | "acronym" | "acronimo" | "acronyme" | "siglas" | "sigla" | "sigle"
            )
        });
        let long = phrase::ending_at(line, skip_back(line, end)).filter(|long| said && long.len() >= 2)?;
        let long = started_by(line, long, &form);
        return Some(Pair { short, long, ground: Ground::Position });
    };
    let words = words(line, &pair.long);
    (words.len() >= 2).then_some(pair)
}

/// "le Mouvement des entreprises de France, ou Medef, a protesté": a word of the name's first letters behind "or".
fn said_otherwise(line: &Line<'_>, at: usize) -> Option<Pair> {
    let is_or = at > 2 && matches!(line.word(at - 1), "or" | "ou" | "oder") && line.mark(at - 2) == Some(',');
    let closed = matches!(line.mark(at + 1), Some(',' | '.' | ';'));
    if !is_or || !closed || line.shape(at) != Some(Shape::Capital) {
        return None;
    }
    let letters: Vec<char> = fold(line.word(at)).chars().collect();
    let end = at - 2;
    let long = phrase::ending_at(line, end).or_else(|| phrase::small_ending_at(line, end))?;
    let fits = long.len() >= 2 && (4..=10).contains(&letters.len()) && runs_through_name(line, &long, &letters);
    let inside = long.clone().any(|within| fold(line.word(within)) == fold(line.word(at)));
    (fits && !inside).then_some(Pair { short: at..at + 1, long, ground: Ground::Letters })
}

/// "the Miners' and Smelters' Union, MSU, at": between commas behind a body's name that it spells letter for letter.
fn apposed(line: &Line<'_>, short: &Range<usize>, letters: &str) -> Option<Pair> {
    const MOST: f32 = 0.35;
    let comma = short.start.checked_sub(1).filter(|at| line.mark(*at) == Some(','))?;
    let closed = matches!(line.mark(short.end), Some(',' | '.' | ';'));
    if !closed || letters.chars().count() < 3 || short.len() != 1 {
        return None;
    }
    let spelled = before(line, comma, letters, short.clone()).filter(|pair| {
        let words = words(line, &pair.long);
        let fit = align_all(&letters.chars().collect::<Vec<_>>(), &words);
        let named = pair.long.clone().any(|at| phrase::type_at(line, at).is_some());
        let whole = pair.long.clone().all(|at| line.mark(at) != Some(','));
        named && whole && fit.is_some_and(|fit| fit.cost <= MOST)
    });
    spelled.or_else(|| {
        // "a Fundação Nacional do Índio, FUNAI, suspendeu"
        let letters: Vec<char> = letters.chars().collect();
        let long = phrase::ending_at(line, comma).filter(|long| long.len() >= 2 && letters.len() >= 4)?;
        let whole = long.clone().all(|at| line.mark(at) != Some(','));
        (whole && runs_through_name(line, &long, &letters)).then_some(Pair {
            short: short.clone(),
            long,
            ground: Ground::Letters,
        })
    })
}

/// Finds where the words "or", "known as", "hereinafter the" … before an acronym start.
fn introduction_start(line: &Line<'_>, at: usize, acronym_end: usize) -> Option<usize> {
    let mut start = at;
    let mut telling = false;
    while start > 0 && at - start < 8 {
        let word = fold(line.word(start - 1));
        let is_language = is_language(&word);
        match line.mark(start - 1) {
            Some('-' | '–' | '—') if start == at && line.tokens[start].spaced && line.tokens[start - 1].spaced => {
                return Some(start - 1);
            }
            // In a list "AB = Long, CD = Other" the sign belongs to what stands before it.
            Some('=')
                if line.mark(acronym_end) == Some('=') || start > 1 && line.shape(start - 2) == Some(Shape::Upper) =>
            {
                break;
            }
            Some(mark) if is_quote(mark) || mark == ',' || mark == '=' => telling |= mark == '=',
            Some(_) => break,
            None if is_language || line.shape(start - 1) == Some(Shape::Lower) && introduces(&word) => {
                telling |= matches!(
                    word.as_str(),
                    "or" | "hereinafter"
                        | "hereafter"
                        | "henceforth"
                        | "known"
                        | "abbreviated"
                        | "initials"
                        | "acronym"
                        | "acronimo"
                        | "acronyme"
                        | "siglas"
                        | "sigla"
                        | "sigle"
                        | "called"
                        | "kurz"
                        | "abgekurzt"
                        | "dit"
                        | "dite"
                        | "afgekort"
                );
            }
            None => break,
        }
        start -= 1;
    }
    telling.then_some(start)
}

/// "ABC stands for Long Form", "ABC = Long Form", "ABC, or the Long Form,".
fn introduced_behind(line: &Line<'_>, short: &Range<usize>) -> Option<Pair> {
    let mut at = short.end;
    let equals = line.mark(at) == Some('=');
    let stands = line.word(at) == "stands" && line.word(at + 1) == "for";
    let or = line.mark(at) == Some(',') && line.word(at + 1) == "or";
    let aside = is_aside(line, at);
    at += match (equals || aside, stands, or) {
        (_, true, _) | (_, _, true) => 2,
        (true, _, _) => 1,
        _ => return None,
    };
    while line.word(at) == "the"
        || aside && line.shape(at) == Some(Shape::Lower) && is_aside(line, at - 1)
        || line.mark(at).is_some_and(is_quote)
    {
        at += 1;
    }
    let letters = acronym_letters(&line.form(short));
    let most = line.tokens.len().min(at + letters.len() * 2 + 6);
    let stop_at = |with_commas: bool| {
        (at..most)
            .find(|at| {
                let inside = |mark: char| matches!(mark, '-' | '\'' | '’' | '&' | '/') || with_commas && mark == ',';
                line.mark(*at).is_some_and(|mark| !inside(mark))
                    || (line.tokens[*at].opens_line && line.tokens[*at].after_short_line)
                    || (equals && *at > 0 && line.mark(*at + 1) == Some('='))
            })
            .unwrap_or(most)
    };
    let spelled = |end: usize| {
        let single = equals && end == at + 1;
        let pair = if single { said_to_equal(line, short, at) } else { spelled_by(line, short.clone(), at..end) };
        pair.filter(|pair| pair.ground == Ground::Letters)
    };
    let found = |stop: usize| {
        let mut ends = (at + 1..=stop)
            .rev()
            .filter(|end| line.tokens[end - 1].is_word() && line.shape(end - 1) != Some(Shape::Digit));
        ends.find_map(spelled)
    };
    // Between commas or dashes nothing says that the one is the other but the letters, each an initial.
    let is_spelled_out = |pair: &Pair| {
        let letters: Vec<char> = letters.chars().collect();
        // Of a long acronym one word may give no letter.
        let most = if letters.len() < 6 { 0.35 } else { 1.2 };
        let fit = align_all(&letters, &words(line, &pair.long));
        let is_name = line.tokens[pair.long.start].is_name_like() && line.tokens[pair.long.end - 1].is_name_like();
        letters.len() >= 3 && is_name && fit.is_some_and(|fit| fit.cost <= most)
    };
    if aside {
        return found(stop_at(false)).filter(is_spelled_out).or_else(|| found(stop_at(true)).filter(is_spelled_out));
    }
    found(stop_at(false)).or_else(|| equals.then(|| found(stop_at(true))).flatten())
}

/// "ABC, the Long Form,", "ABC – the Long Form –": an article behind a comma or a dash.
fn is_aside(line: &Line<'_>, at: usize) -> bool {
    const ARTICLES: [&str; 8] = ["the", "la", "le", "el", "il", "der", "die", "o"];
    let dash = matches!(line.mark(at), Some('–' | '—' | '-')) && line.tokens[at].spaced;
    (line.mark(at) == Some(',') || dash) && ARTICLES.contains(&line.word(at + 1))
}

/// "BIOF = biofilter": one word that the acronym's letters run through.
fn said_to_equal(line: &Line<'_>, short: &Range<usize>, at: usize) -> Option<Pair> {
    let long = at..at + 1;
    let letters: Vec<char> = acronym_letters(&line.form(short)).chars().collect();
    align_all(&letters, &words(line, &long))?;
    Some(Pair { short: short.clone(), long, ground: Ground::Letters })
}
