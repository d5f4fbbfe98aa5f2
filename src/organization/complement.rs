//! What follows the type word of a body's name: "of …", "for …", "and …".
//!
//! What enters: a passage's tokens and the place behind a type. What leaves: the place where the name ends. A name does
//! not run on into a sub-body, a rank, a month, or a field that does not belong to it.

use super::lexicon::{country, is_field, is_leading_type, is_link, is_opener, is_title};
use super::modifiers::ends_prefixed;
use super::phrase::type_at;
use super::token::{Line, Shape, fold};

/// The most tokens in a run of capitalised words that is looked at.
const LONGEST_RUN: usize = 16;

pub(super) fn ends_in_s(line: &Line<'_>, at: usize) -> bool {
    line.tokens[at].is_name_like() && line.word(at).ends_with('s')
}

/// Tells whether a possessive names those whom a body is of ("People's Party"), not its owner ("Ruritania's Party").
pub(super) fn is_group_possessive(line: &Line<'_>, s: usize) -> bool {
    const GROUPS: [&str; 12] = [
        "people",
        "women",
        "men",
        "children",
        "minister",
        "president",
        "king",
        "queen",
        "peoples",
        "nation",
        "general",
        "governor",
    ];
    matches!(line.mark(s - 1), Some('\'' | '’'))
        && line.tokens[s - 2].is_name_like()
        && GROUPS.contains(&fold(line.word(s - 2)).as_str())
}

/// Gives the end of a run of capitalised words.
pub(super) fn capital_run(line: &Line<'_>, from: usize) -> usize {
    let mut end = from;
    while let Some(token) = line.tokens.get(end).filter(|_| end < from + LONGEST_RUN) {
        if (token.opens_line && token.after_short_line) || token.in_address {
            break;
        }
        match token.shape {
            Shape::Capital | Shape::Upper | Shape::Mixed => end += 1,
            Shape::Mark('-' | '/' | '‑') if !token.spaced && end > from && followed_by_glued_name(line, end) => {
                end += 1
            }
            Shape::Mark('-' | '‑')
                if end > from && line.tokens.len() > end + 1 && ends_prefixed(line, end + 1, from) =>
            {
                end += 2
            }
            Shape::Mark('-') if !token.spaced && end > from && glued_particle(line, end) => end += 3,
            Shape::Mark('&') if end > from && line.tokens.get(end + 1).is_some_and(|next| next.is_name_like()) => {
                end += 1
            }
            Shape::Mark('\'' | '’') if end > from && is_inner_apostrophe(line, end) => end += 1,
            Shape::Lower if line.word(end) == "s" && end > from && is_group_possessive(line, end) => end += 1,
            _ => break,
        }
    }
    end
}

fn is_inner_apostrophe(line: &Line<'_>, at: usize) -> bool {
    let owns = line.word(at + 1) == "s" && is_group_possessive(line, at + 1);
    let plural =
        ends_in_s(line, at - 1) && line.tokens.get(at + 1).is_some_and(|next| next.spaced && next.is_name_like());
    (owns && line.tokens.get(at + 2).is_some_and(|next| next.is_name_like())) || plural
}

/// Tells whether a hyphen, a small particle and a hyphen lead on to a name: "Ulema-e-Islam".
fn glued_particle(line: &Line<'_>, at: usize) -> bool {
    matches!(line.word(at + 1), "e" | "i" | "ul" | "al" | "ur" | "us" | "o")
        && line.mark(at + 2) == Some('-')
        && line.tokens.get(at + 3).is_some_and(|next| !next.spaced && next.is_name_like())
}

fn followed_by_glued_name(line: &Line<'_>, at: usize) -> bool {
    line.tokens.get(at + 1).is_some_and(|next| !next.spaced && next.is_name_like())
}

/// Follows a type over "of …", "for …", "and …" to the end of its name.
pub(super) fn complements(line: &Line<'_>, from: usize, kind_at: usize) -> usize {
    let mut end = from;
    for _ in 0..4 {
        let Some(start) = complement_start(line, end) else { break };
        let mut stop = capital_run(line, start);
        if stop == start {
            break;
        }
        if let Some(inner) = (start..stop).rev().find(|at| type_at(line, *at).is_some()) {
            let is_sub_body = !is_supranational(line, inner)
                && (inner > start
                    || is_leading_type(&fold(line.word(inner)))
                    || line.shape(inner + 1) == Some(Shape::Lower) && is_link(line.word(inner + 1)));
            if is_sub_body {
                break;
            }
        }
        let is_office = |at: usize| at > start && is_title(&fold(line.word(at))) && !is_title(&fold(line.word(at - 1)));
        let is_plain = |at: usize| {
            let word = fold(line.word(at));
            matches!(
                word.as_str(),
                "general" | "member" | "major" | "chief" | "judge" | "justice" | "officer" | "engineer"
            )
        };
        if let Some(stranger) = (start..stop)
            .find(|at| is_stranger(line, *at) || is_office(*at) && !is_plain(*at) || line.word(*at) == "Under")
        {
            if stranger == start {
                break;
            }
            stop = stranger;
        }
        // "Haut-Commissariat des Nations unies"
        let is_nations = matches!(fold(line.word(stop - 1)).as_str(), "nations" | "naciones" | "nacoes" | "nazioni")
            && matches!(line.word(stop), "unies" | "unidas" | "unite");
        end = stop + usize::from(is_nations);
    }
    if end > from { joined_fields(line, end, kind_at) } else { end }
}

/// Tells whether a union or an organization of nations belongs to the name that it ends: "Conseil de l'Union européenne".
fn is_supranational(line: &Line<'_>, at: usize) -> bool {
    let next = fold(line.word(at + 1));
    let union = matches!(fold(line.word(at)).as_str(), "union" | "unione" | "uniao");
    // "Defensoria Pública da União"
    let federal = union
        && matches!(line.word(at - 1), "da" | "la" | "della")
        && line.tokens.get(at + 1).is_none_or(|next| !next.is_name_like());
    federal
        || union && ["europ", "afric"].iter().any(|start| next.starts_with(start))
        || matches!(fold(line.word(at)).as_str(), "rouge" | "roja" | "rossa" | "vermelha")
}

/// Tells whether a capitalised word cannot be part of what a body is for.
fn is_stranger(line: &Line<'_>, at: usize) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = fold(line.word(at));
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    MONTHS.contains(&word.as_str())
        || DAYS.contains(&word.as_str())
        || matches!(word.as_str(), "mr" | "mrs" | "dr" | "comrade" | "senator" | "directors" | "trustees")
}

/// Gives the first capitalised word behind one or two links.
fn complement_start(line: &Line<'_>, end: usize) -> Option<usize> {
    let link = fold(line.word(end));
    let starts_line = |at: usize| line.tokens.get(at).is_some_and(|token| token.opens_line && token.after_short_line);
    let aims =
        link != "to" || end > 0 && matches!(fold(line.word(end - 1)).as_str(), "committee" | "campaign" | "commission");
    if !is_link(&link) || !aims || line.shape(end) == Some(Shape::Upper) || starts_line(end) {
        return None;
    }
    let mut at = end + 1;
    while matches!(
        line.word(at),
        "the" | "la" | "las" | "los" | "el" | "les" | "l" | "den" | "dem" | "die" | "das" | "het"
    ) || matches!(line.word(at), "as" | "os") && link == "para"
        || line.word(at) == "de" && matches!(link.as_str(), "van" | "voor")
        || matches!(line.mark(at), Some('’' | '\''))
    {
        at += 1;
    }
    let next = line.tokens.get(at)?;
    (at <= end + 4 && next.is_name_like() && !starts_line(at) && !is_opener(&fold(line.word(at)))).then_some(at)
}

/// Takes a closed list behind "on" into the name of a committee: "Committee on Plants, Animals, Food and Feed".
fn listed_subjects(line: &Line<'_>, end: usize, kind_at: usize) -> Option<usize> {
    const MOST: usize = 8;
    if line.word(kind_at + 1) != "on" || line.mark(end) != Some(',') {
        return None;
    }
    let mut at = end;
    for _ in 0..MOST {
        let comma = usize::from(line.mark(at) == Some(','));
        let and = usize::from(line.word(at + comma) == "and");
        let start = at + comma + and;
        let stop = capital_run(line, start);
        if comma + and == 0 || stop == start || stop > start + 2 || country(&fold(line.word(start))).is_some() {
            return None;
        }
        if (start..stop).any(|at| type_at(line, at).is_some()) {
            return None;
        }
        if and == 1 {
            return Some(stop);
        }
        at = stop;
    }
    None
}

/// Takes ", X and Y" into a name whose fields of work it lists.
fn joined_fields(line: &Line<'_>, mut end: usize, kind_at: usize) -> usize {
    if let Some(end) = listed_subjects(line, end, kind_at) {
        return end;
    }
    for _ in 0..3 {
        let mut at = end;
        let comma = line.mark(at) == Some(',');
        at += usize::from(comma);
        let and = matches!(line.word(at), "and" | "y" | "et" | "und" | "e" | "en" | "dan" | "&");
        at += usize::from(and);
        if !and && !comma {
            break;
        }
        let stop = capital_run(line, at);
        let words: Vec<String> =
            (at..stop).filter(|at| line.tokens[*at].is_word()).map(|at| fold(line.word(at))).collect();
        let fits = |word: &String| is_field(word) || country(word).is_some() && and && country_before(line, end);
        let named =
            (at..stop).any(|at| type_at(line, at).is_some() && !(at + 1 == stop && line.word(at) == "Services"));
        // "Ministerio de Hidrocarburos y Energía", "Bundesamt für Migration und Flüchtlinge"
        let office = and
            && !comma
            && line.word(at - 1) != "and"
            && type_at(line, kind_at) == Some("state body")
            && words.iter().all(|word| country(word).is_none() && !is_title(word))
            && (at..stop).all(|at| line.shape(at) == Some(Shape::Capital));
        let listed = comma && !and && !matches!(line.word(stop), "and") && line.mark(stop) != Some(',');
        if words.is_empty()
            || words.len() > 3
            || named
            || listed
            || !(office || fits(&words[0]) || fits(&words[words.len() - 1]))
        {
            break;
        }
        if comma && !(kind_at + 1..end).any(|at| is_field(&fold(line.word(at)))) {
            break;
        }
        end = stop;
        if let Some(start) = complement_start(line, end) {
            let stop = capital_run(line, start);
            if (start..stop).all(|at| type_at(line, at).is_none()) {
                end = stop;
            }
        }
    }
    end
}

fn country_before(line: &Line<'_>, end: usize) -> bool {
    end > 0 && country(&fold(line.word(end - 1))).is_some()
}
