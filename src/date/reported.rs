//! What running text says of time.
//!
//! What enters: a text's prose. What leaves: the weekdays that its first paragraph reports as past, which a dateline
//! resolves, and clues for an editor. Nothing here dates a document: a year in running text is at most a *not before*.

use super::context::Origin;
use super::layout::Layout;
use super::recognise::{Calendar, Expression, Form, Partial};
use super::tokens::{Kind, Token};
use super::{Clue, Edtf, Evidence, Role};
use chrono::NaiveDate;

/// A day that the text reports by a relative word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reported {
    /// How the day follows from that of the document.
    pub(super) when: Relative,
    /// The words.
    pub(super) evidence: Evidence,
    /// The word itself.
    pub(super) verbatim: String,
}

/// A day told by its distance from the document's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relative {
    /// The last such weekday, 1 Monday to 7 Sunday.
    Weekday(u8),
    /// The day before.
    Yesterday,
}

/// The most clues that are kept of one document.
const MOST_CLUES: usize = 12;

/// Finds the weekdays and "yesterday" of the first paragraph that speak of what has happened.
pub(super) fn weekdays(
    text: &str,
    layout: &Layout,
    dates: &[Expression],
    tokens: &[Token],
    origin: Origin,
) -> Vec<Reported> {
    let Some(first) = layout.lines.get(layout.prose) else { return Vec::new() };
    let mut last = layout.prose;
    while layout.lines.get(last + 1).is_some_and(|next| next.is_prose && layout.is_right_below(next.rank)) {
        last += 1;
    }
    let end = layout.lines[last].span.end.min(first.span.start + 1500);
    let from = tokens.partition_point(|token| token.start < first.span.start);
    let mut found: Vec<Reported> = Vec::new();
    for token in &tokens[from..] {
        if token.start >= end || found.len() >= 3 {
            break;
        }
        let Kind::Word(sense) = token.kind else { continue };
        let word = &text[token.span()];
        let next_date = dates.partition_point(|date| date.span.end <= token.start);
        if dates.get(next_date).is_some_and(|date| date.span.start <= token.start) {
            continue;
        }
        let when = match sense.weekday {
            Some(day) if word.chars().count() >= 4 && !is_of_the_future(text, token.start, token.end) => {
                Relative::Weekday(day)
            }
            None if matches!(
                word.to_lowercase().as_str(),
                "yesterday" | "gestern" | "hier" | "ayer" | "ontem" | "ieri" | "вчера"
            ) =>
            {
                Relative::Yesterday
            }
            _ => continue,
        };
        if found.iter().any(|other| other.when == when) {
            continue;
        }
        let number = layout.number(layout.rank_of(token.start));
        let evidence = origin.evidence(text, &token.span(), number, Role::Event);
        found.push(Reported { when, evidence, verbatim: word.to_owned() });
    }
    found
}

/// Tells whether the words before or after a weekday speak of a day to come, or of every such day.
fn is_of_the_future(text: &str, start: usize, end: usize) -> bool {
    let before = &text[text.ceil_char_boundary(start.saturating_sub(80))..start];
    let sentence = before.rsplit(['.', '!', '?', '\n']).next().unwrap_or_default().to_lowercase();
    let words = |text: &str| text.split(|c: char| !c.is_alphabetic()).map(str::to_owned).collect::<Vec<_>>();
    let ahead = [
        "will",
        "next",
        "upcoming",
        "coming",
        "until",
        "every",
        "each",
        "shall",
        "scheduled",
        "planned",
        "demain",
        "prochain",
        "nächsten",
        "kommenden",
        "wird",
        "werden",
        "próximo",
    ];
    let after = text[end..text.floor_char_boundary((end + 16).min(text.len()))].to_lowercase();
    words(&sentence).iter().any(|word| ahead.contains(&word.as_str())) || after.trim_start().starts_with("prochain")
}

/// Collects clues from running text, and the latest day of which it speaks as past.
pub(super) fn running(
    text: &str,
    layout: &Layout,
    dates: &[Expression],
    tokens: &[Token],
    origin: Origin,
) -> (Vec<Clue>, Option<NaiveDate>) {
    let mut clues: Vec<Clue> = Vec::new();
    let mut not_before: Option<NaiveDate> = None;
    for date in dates.iter().filter(|date| !matches!(date.form, Form::Address | Form::Compact)) {
        if clues.len() >= MOST_CLUES {
            break;
        }
        let rank = layout.rank_of(date.span.start);
        let evidence = origin.evidence(text, &date.span, layout.number(rank), Role::Mentioned);
        clues.push(Clue { line: evidence.line, text: evidence.text, suggests: hint(date) });
    }
    for (at, token) in tokens.iter().enumerate() {
        let Kind::Number(year @ 1500..=2100, 4) = token.kind else { continue };
        let near = dates.partition_point(|date| date.span.end <= token.start);
        if dates.get(near).is_some_and(|date| date.span.start <= token.start) || !is_past(text, tokens, at) {
            continue;
        }
        let Some(day) = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1)) else { continue };
        not_before = not_before.max(Some(day));
        if clues.len() < MOST_CLUES {
            let evidence =
                origin.evidence(text, &token.span(), layout.number(layout.rank_of(token.start)), Role::Mentioned);
            clues.push(Clue { line: evidence.line, text: evidence.text, suggests: format!("not before {year}") });
        }
    }
    clues.sort_by_key(|clue| clue.line);
    (clues, not_before)
}

/// Says what a date in running text hints at.
fn hint(date: &Expression) -> String {
    let name = match date.calendar {
        Calendar::Gregorian => return "a date in the text".to_owned(),
        Calendar::Era => "a date counted from an era's first year",
        Calendar::SolarHijri => "a Solar Hijri date",
        Calendar::Hijri => "a Hijri date",
        Calendar::Indian => "a date in an Indian calendar",
    };
    let value = |reading: &Partial| Edtf::partial(reading.year, reading.month, reading.day);
    match Edtf::one_of(&date.readings.iter().filter_map(value).collect::<Vec<_>>()) {
        Some(value) => format!("{name}, in ours {}", value.display()),
        None => name.to_owned(),
    }
}

/// Tells whether a bare year is spoken of as past: "since 1989", "was elected … in 2011".
fn is_past(text: &str, tokens: &[Token], at: usize) -> bool {
    let words: Vec<String> = tokens[at.saturating_sub(24)..at]
        .iter()
        .rev()
        .take_while(|token| !matches!(token.kind, Kind::Gap | Kind::Mark('.' | '!' | '?' | '/' | '-' | ':')))
        .filter(|token| matches!(token.kind, Kind::Word(_)))
        .map(|token| text[token.span()].to_lowercase())
        .take(10)
        .collect();
    let Some(first) = words.first() else { return false };
    if ["since", "seit", "depuis", "desde", "dal", "sejak"].contains(&first.as_str()) {
        return true;
    }
    let is_verb = |word: &String| {
        matches!(word.as_str(), "was" | "were" | "had" | "became" | "began" | "left" | "won" | "fell" | "came")
            || word.len() > 4 && word.ends_with("ed")
    };
    let is_ahead = |word: &String| {
        matches!(word.as_str(), "will" | "by" | "until" | "scheduled" | "planned" | "expected" | "shall")
    };
    first == "in" && words.iter().any(is_verb) && !words.iter().any(is_ahead)
}
