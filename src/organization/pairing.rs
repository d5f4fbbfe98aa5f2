//! Acronyms with their long forms, where a text gives both.
//!
//! What enters: a passage's tokens. What leaves: pairs of token runs. "Long Form (ABC)", "ABC (Long Form)", "Long Form,
//! or ABC", "hereinafter ABC", "known by its initials ABC", "Long Form – ABC", "ABC = Long Form"; quotation marks and
//! possessives may stand between. A pair needs letters that align or a body's name that ends at the bracket.

use super::acronym;
use super::align::align_all;
use super::form::acronym_letters;
use super::introduced::{introduced, introduces};
use super::lexicon::{is_connective, is_no_body, is_opener, type_kind};
use super::name::{caseless_start, cyrillic_named};
use super::phrase;
use super::reach::{before, is_quote, plural_stem, skip_back, words};
use super::token::{Line, Shape, fold};
use std::ops::Range;

/// How a pair was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// The letters align with the words.
    Letters,
    /// A body's name ends where the acronym stands in brackets; the letters do not align (another language's order).
    Position,
}

/// An acronym and its long form in one passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The acronym's tokens.
    pub short: Range<usize>,
    /// The long form's tokens.
    pub long: Range<usize>,
    /// How they were brought together.
    pub ground: Ground,
}

/// A short form that is no acronym, in brackets behind the name that it shortens: `John Doe & Sons ("Doe")`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The short form's tokens.
    pub short: Range<usize>,
    /// The token behind the name's last.
    pub name_end: usize,
}

/// Finds the pairs and aliases of a passage.
pub fn pairs(line: &Line<'_>) -> (Vec<Pair>, Vec<Alias>) {
    let (mut pairs, mut aliases) = (Vec::new(), Vec::new());
    let mut covered = 0;
    for at in 0..line.tokens.len() {
        let Shape::Mark(mark) = line.tokens[at].shape else {
            if at >= covered {
                pairs.extend(introduced(line, at));
            }
            continue;
        };
        if !matches!(mark, '(' | '[' | '（') {
            continue;
        }
        let Some(close) = closing(line, at) else { continue };
        covered = close;
        let before = pairs.len();
        // "(OASD(HA))": brackets that are part of the acronym.
        let whole = at + 1..close;
        if acronym::starting_at(line, at + 1) == Some(whole.clone()) {
            pairs.extend(bracketed_acronym(line, at, &whole));
        }
        let parts = if pairs.len() > before { Vec::new() } else { chunks(line, whole) };
        for chunk in parts {
            pairs.extend(bracketed_acronym(line, at, &chunk));
            if pairs.len() > before {
                break;
            }
        }
        if pairs.len() == before {
            pairs.extend(bracketed_long_form(line, at, close));
        }
        if pairs.len() == before {
            let equals = (at + 2..close).find(|at| line.mark(*at) == Some('='));
            pairs.extend(equals.and_then(|_| introduced(line, at + 1)));
        }
        if pairs.len() == before {
            aliases.extend(alias(line, at, close));
        }
    }
    (pairs, aliases)
}

/// The most tokens that a bracket may hold.
const LONGEST_BRACKET: usize = 40;

fn closing(line: &Line<'_>, open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for at in open..line.tokens.len().min(open + LONGEST_BRACKET) {
        match line.mark(at) {
            Some('(' | '[' | '（') => depth += 1,
            Some(')' | ']' | '）') => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// Cuts a bracket at commas, semicolons and the like, and takes quotation marks and leading words off each piece.
fn chunks(line: &Line<'_>, inner: Range<usize>) -> Vec<Range<usize>> {
    let mut chunks = Vec::new();
    let mut start = inner.start;
    for at in inner.clone() {
        if matches!(line.mark(at), Some(',' | ';' | ':' | '=' | '–' | '—' | '(' | ')')) {
            chunks.push(start..at);
            start = at + 1;
        } else if matches!(line.word(at), "or" | "oder" | "ou" | "o" | "and")
            && at > inner.start
            && line.mark(at - 1).is_some_and(is_quote)
        {
            chunks.push(start..at);
            start = at;
        }
    }
    // "the Commission's (NRC's) licence": the possessive of the name is repeated; "FAQ's" alone is a plural.
    let is_owner = |end: usize| end > 2 && line.word(end - 1) == "s" && matches!(line.mark(end - 2), Some('\'' | '’'));
    let owned = is_owner(inner.start - 1) && is_owner(inner.end) && inner.len() > 2;
    chunks.push(start..if owned { inner.end - 2 } else { inner.end });
    chunks.iter().map(|chunk| bare(line, chunk.clone())).filter(|chunk| !chunk.is_empty()).collect()
}

fn bare(line: &Line<'_>, mut chunk: Range<usize>) -> Range<usize> {
    loop {
        let first = line.word(chunk.start);
        let strips = match line.mark(chunk.start) {
            Some(mark) => is_quote(mark),
            None => line.shape(chunk.start) == Some(Shape::Lower) && introduces(&fold(first)),
        };
        if chunk.is_empty() || !strips {
            break;
        }
        chunk.start += 1;
    }
    while !chunk.is_empty() && line.mark(chunk.end - 1).is_some_and(|mark| is_quote(mark) || mark == ',') {
        chunk.end -= 1;
    }
    chunk
}

/// Tells whether a run of tokens is one acronym, and nothing besides.
fn is_acronym(line: &Line<'_>, run: &Range<usize>) -> bool {
    let joined = |at: usize| !line.tokens[at].spaced || line.shape(at) == Some(Shape::Digit);
    // "IG BCE", "LBH Jakarta"
    let double = run.len() == 2
        && line.shape(run.start) == Some(Shape::Upper)
        && matches!(line.shape(run.start + 1), Some(Shape::Upper | Shape::Capital))
        && line.tokens[run.start + 1].spaced
        && !line.tokens[run.start].shouted;
    if double && (2..=14).contains(&line.form(run).chars().count()) {
        return true;
    }
    run.len() <= 14
        && (run.start + 1..run.end).all(joined)
        && line.tokens[run.start].is_word()
        && !line.tokens[run.start].in_address
        && acronym::is_shaped(&line.form(run))
}

/// Tells whether a run is a short word that may stand for a phrase in small letters (`gtr`, `Polisario`).
fn is_short_word(line: &Line<'_>, run: &Range<usize>) -> bool {
    let count = line.word(run.start).chars().count();
    run.len() == 1 && matches!(line.shape(run.start), Some(Shape::Lower | Shape::Capital)) && (2..=10).contains(&count)
}

fn bracketed_acronym(line: &Line<'_>, open: usize, chunk: &Range<usize>) -> Option<Pair> {
    let form = line.form(chunk);
    if let Some(pair) = caseless(line, open, chunk) {
        return Some(pair);
    }
    if let Some(pair) = opened_by_its_name(line, open, chunk) {
        return Some(pair);
    }
    if is_acronym(line, chunk) {
        return before(line, open, &acronym_letters(&form), chunk.clone()).or_else(|| {
            let end = skip_back(line, open);
            let long = phrase::ending_at(line, end)
                .or_else(|| Some(caseless_start(line, end)?..end))
                .or_else(|| phrase::small_ending_at(line, end))?;
            let is_alone = chunk.start == open + 1 && line.mark(chunk.end) == Some(')');
            let is_body = || long.clone().any(|at| phrase::type_at(line, at).is_some());
            let is_compound = long.len() == 1 || phrase::type_at(line, long.start).is_some();
            if is_compound && is_alone && runs_through(line.word(long.start), &form) {
                return Some(Pair { short: chunk.clone(), long, ground: Ground::Letters });
            }
            let long = started_by(line, long.clone(), &form);
            let enough = long.len() >= 2
                && line.shape(chunk.start) == Some(Shape::Upper)
                && (overlaps(line, &long, &form) || is_alone && is_foreign(&form) && is_body());
            enough.then_some(Pair { short: chunk.clone(), long, ground: Ground::Position })
        });
    }
    if is_short_word(line, chunk)
        && !is_opener(&fold(&form))
        && open > 0
        && let Some(pair) = before(line, open, &acronym_letters(&form), chunk.clone())
    {
        let words = words(line, &pair.long);
        let letters: Vec<char> = acronym_letters(&form).chars().collect();
        let fit = align_all(&letters, &words)?;
        let short_enough = words.len() >= 2 && letters.len() <= 5;
        let lower = line.shape(chunk.start) == Some(Shape::Lower);
        let most = if lower { 0.1 } else { 0.45 };
        if fit.cost <= most && (short_enough || !lower && words.len() >= 3) {
            return Some(pair);
        }
    }
    // "Arbeiderpartiet (Ap)"
    let end = skip_back(line, open);
    let is_alone = chunk.start == open + 1 && line.mark(chunk.end) == Some(')') && chunk.len() == 1;
    if is_alone
        && line.shape(chunk.start) == Some(Shape::Capital)
        && (2..=4).contains(&form.chars().count())
        && end > 0
        && phrase::type_at(line, end - 1).is_some()
        && runs_through(line.word(end - 1), &form)
    {
        return Some(Pair { short: chunk.clone(), long: end - 1..end, ground: Ground::Letters });
    }
    syllabic(line, open, chunk)
}

/// "Africa Centres for Disease Control and Prevention (Africa CDC)": the name's first word, and the letters of the rest.
fn opened_by_its_name(line: &Line<'_>, open: usize, chunk: &Range<usize>) -> Option<Pair> {
    let is_double = chunk.len() == 2
        && line.tokens[chunk.start].is_name_like()
        && line.shape(chunk.start + 1) == Some(Shape::Upper)
        && line.tokens[chunk.start + 1].spaced;
    if !is_double {
        return None;
    }
    let letters = acronym_letters(line.word(chunk.start + 1));
    let rest = before(line, open, &letters, chunk.clone()).filter(|_| letters.chars().count() > 1)?;
    if fold(line.word(rest.long.start)) == fold(line.word(chunk.start)) {
        return Some(rest);
    }
    let first = rest.long.start.checked_sub(1).filter(|at| fold(line.word(*at)) == fold(line.word(chunk.start)))?;
    Some(Pair { long: first..rest.long.end, ..rest })
}

/// "Bundesgerichtshof (BGH)": a compound that the letters run through.
fn runs_through(word: &str, form: &str) -> bool {
    let (word, letters) = (fold(word), acronym_letters(form));
    let mut rest = word.chars();
    word.chars().count() >= 10
        && word.chars().next() == letters.chars().next()
        && letters.chars().all(|letter| rest.any(|other| other == letter))
}

/// Begins a name with the capitalised word that gives the acronym its first letter, where a longer name ends in one that was
/// found: "United Nations Online Network in | Public Administration and Finance (UNPAN)".
pub(super) fn started_by(line: &Line<'_>, long: Range<usize>, form: &str) -> Range<usize> {
    const MOST: usize = 12;
    let first = acronym_letters(form).chars().next();
    let initial = |at: usize| fold(line.word(at)).chars().next();
    if initial(long.start) == first {
        return long;
    }
    let mut at = long.start;
    let mut start = long.start;
    while at > 0 && long.start - at < MOST {
        at -= 1;
        let word = fold(line.word(at));
        if line.tokens[at].is_name_like() && !is_opener(&word) && !line.tokens[at].in_address {
            if initial(at) == first {
                start = at;
            }
        } else if matches!(line.mark(at), Some(',' | '\'' | '’')) {
            // "General, Municipal, Boilermakers' and Allied Trade Union": a list within the name has no articles.
            let is_listed = at > 0 && line.tokens[at - 1].is_name_like();
            if !is_listed || matches!(line.word(at + 1), "the" | "The") {
                break;
            }
        } else if !is_connective(&word) || line.shape(at) != Some(Shape::Lower) {
            break;
        }
    }
    start..long.end
}

/// Finds the Cyrillic name whose last token is before `end`.
fn cyrillic_ending(line: &Line<'_>, end: usize) -> Option<Range<usize>> {
    (end.saturating_sub(10)..end)
        .filter_map(|at| cyrillic_named(line, at))
        .find(|named| named.run.end == end)
        .map(|named| named.run)
}

/// "Fundação Nacional do Índio (Funai)", "Istituto nazionale di statistica (Istat)": a word of the name's first letters, alone
/// in a bracket behind a body's name whose words its letters run through.
fn syllabic(line: &Line<'_>, open: usize, chunk: &Range<usize>) -> Option<Pair> {
    // "Export-Import Bank of Ruritania (Exim Bank)": the type is said again.
    let retyped = chunk.len() == 2 && phrase::type_at(line, chunk.start + 1).is_some();
    let alone = chunk.start == open + 1 && line.mark(chunk.end) == Some(')') && (chunk.len() == 1 || retyped);
    let word = fold(line.word(chunk.start));
    let letters: Vec<char> = word.chars().collect();
    let most = if line.shape(chunk.start) == Some(Shape::Lower) { 5 } else { 10 };
    if !alone
        || !matches!(line.shape(chunk.start), Some(Shape::Capital | Shape::Lower))
        || !(4..=most).contains(&letters.len())
    {
        return None;
    }
    let end = skip_back(line, open);
    let long = phrase::ending_at(line, end)
        .or_else(|| phrase::phrases(line).into_iter().find(|phrase| phrase.run.end == end).map(|phrase| phrase.run))
        .or_else(|| cyrillic_ending(line, end))
        .filter(|long| long.len() >= 2)?;
    let has = |word: &str| long.clone().any(|at| fold(line.word(at)) == word);
    (!has(&word) && (!retyped || has(&fold(line.word(chunk.start + 1)))) && runs_through_name(line, &long, &letters))
        .then_some(Pair { short: chunk.clone(), long, ground: Ground::Letters })
}

/// Tells whether letters run through the words of a name, from its first letter on.
pub(super) fn runs_through_name(line: &Line<'_>, long: &Range<usize>, letters: &[char]) -> bool {
    let mut wanted = letters.iter().peekable();
    for at in long.clone().filter(|at| line.tokens[*at].is_word()) {
        for letter in fold(line.word(at)).chars() {
            if wanted.peek().is_some_and(|next| **next == letter) {
                wanted.next();
            }
        }
    }
    let opens = fold(line.word(long.start)).chars().next() == letters.first().copied();
    opens && wanted.next().is_none()
}

/// Tells whether an acronym may be one of a name in another language: three letters or more, and no place's or rank's.
fn is_foreign(form: &str) -> bool {
    let letters = acronym_letters(form);
    (3..=9).contains(&letters.chars().count()) && !is_no_body(&letters)
}

/// "حركة المقاومة الإسلامية (حماس)", "متحدہ قومی موومنٹ (ایم کیو ایم)": a short form in a script without case.
fn caseless(line: &Line<'_>, open: usize, chunk: &Range<usize>) -> Option<Pair> {
    let is_short = chunk.len() <= 5
        && chunk.start == open + 1
        && chunk.clone().all(|at| line.shape(at) == Some(Shape::Caseless))
        && line.form(chunk).chars().count() <= 14;
    if !is_short || line.mark(chunk.end).is_none_or(|mark| mark != ')') {
        return None;
    }
    let long = caseless_start(line, open)?..open;
    Some(Pair { short: chunk.clone(), long, ground: Ground::Position })
}

/// Tells whether a good part of an acronym's letters are initials of a name.
fn overlaps(line: &Line<'_>, long: &Range<usize>, form: &str) -> bool {
    let mut initials: Vec<char> =
        words(line, long).iter().filter_map(|word| fold(line.word(word.at)).chars().next()).collect();
    let letters: Vec<char> = acronym_letters(form).chars().collect();
    let mut met = 0;
    for letter in &letters {
        if let Some(at) = initials.iter().position(|initial| initial == letter) {
            initials.swap_remove(at);
            met += 1;
        }
    }
    letters.len() >= 3 && met * 2 >= letters.len()
}

/// "ABC (Long Form)".
fn bracketed_long_form(line: &Line<'_>, open: usize, close: usize) -> Option<Pair> {
    let short = acronym_ending(line, skip_back(line, open))?;
    let inner = bare(line, open + 1..close);
    let cut = inner.clone().find(|at| matches!(line.mark(*at), Some(';' | ':' | '='))).unwrap_or(inner.end);
    spelled_by(line, short.clone(), inner.start..cut).or_else(|| {
        let comma = (inner.start..cut).find(|at| line.mark(*at) == Some(','))?;
        spelled_by(line, short, inner.start..comma)
    })
}

/// Finds the acronym whose last token is before `end`.
fn acronym_ending(line: &Line<'_>, end: usize) -> Option<Range<usize>> {
    (end.saturating_sub(8)..end).find_map(|at| {
        let opens = at == 0 || line.tokens[at].spaced || line.mark(at - 1).is_some();
        acronym::starting_at(line, at).filter(|run| opens && run.end == end && acronym::is_shaped(&line.form(run)))
    })
}

/// Checks that a run spells an acronym out.
pub(super) fn spelled_by(line: &Line<'_>, short: Range<usize>, long: Range<usize>) -> Option<Pair> {
    let long = bare(line, long);
    let words = words(line, &long);
    let form = line.form(&short);
    let letters = acronym_letters(&form);
    let fits = |letters: &str| align_all(&letters.chars().collect::<Vec<_>>(), &words).is_some();
    if words.len() < 2 || words.len() > letters.len() * 2 + 5 {
        return None;
    }
    if fits(&letters) || plural_stem(line, &short, &letters).is_some_and(fits) {
        return Some(Pair { short, long, ground: Ground::Letters });
    }
    let is_name = long.clone().any(|at| type_kind(&fold(line.word(at))).is_some())
        && words.iter().all(|word| line.tokens[word.at].is_name_like() || is_connective(&fold(line.word(word.at))));
    (is_name && overlaps(line, &long, &form)).then_some(Pair { short, long, ground: Ground::Position })
}

fn alias(line: &Line<'_>, open: usize, close: usize) -> Option<Alias> {
    let short = bare(line, open + 1..close);
    let quoted = short.start > open + 1;
    let fine =
        quoted && (1..=3).contains(&short.len()) && short.clone().all(|at| line.tokens[at].is_name_like()) && open > 0;
    fine.then(|| Alias { short, name_end: skip_back(line, open) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        let line = Line::new(text);
        pairs(&line).0.iter().map(|pair| (line.form(&pair.short), line.form(&pair.long))).collect()
    }

    fn one(text: &str) -> (String, String) {
        found(text).into_iter().next().unwrap_or_default()
    }

    #[test]
    fn both_orders_and_what_stands_between() {
        for text in [
            "held at the Keswick Press Club (KPC) on Monday",
            "held by the KPC (Keswick Press Club) on Monday",
            "in the end it was held, as we have heard, at the Keswick Press\nClub (the “KPC”)",
            "the Keswick Press Club, or KPC, said",
            "the Keswick Press Club (hereinafter KPC)",
            "the Keswick Press Club, known by its initials KPC, said",
            "the Keswick Press Club's (KPC) hall",
            "KPC stands for Keswick Press Club.",
            "KPC = Keswick Press Club BBU = Best Butter Union",
        ] {
            let (short, long) = one(text);
            assert_eq!((short.as_str(), crate::text::squeeze(&long).as_str()), ("KPC", "Keswick Press Club"), "{text}");
        }
    }

    #[test]
    fn other_languages_keep_their_connectives() {
        assert_eq!(
            one("El Frente Amplio de Liberación Nacional (FALN) anunció"),
            ("FALN".into(), "Frente Amplio de Liberación Nacional".into())
        );
        assert_eq!(one("la Confédération générale du travail (CGT)").1, "Confédération générale du travail");
        assert_eq!(one("вступила Рабочая партия Сильдавии (РПС) в").1, "Рабочая партия Сильдавии");
    }

    #[test]
    fn brackets_that_hold_no_acronym_make_no_pair() {
        for text in ["Senator Jane Doe (R-Ga) said", "in chapter four (IV)", "He (Smith) came", "(a) first (b) second"]
        {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
