//! What becomes of front matter: which of its values are printed, and where.

use super::account::{Elsewhere, FrontMatterPart, FrontMatterRule, Place, Words};
use super::print::Head;
use crate::forme::HeadPart;
use crate::source::Source;
use crate::text::{Span, encloses, letters};

/// Accounts for the words of a front matter; `rest` is what the book prints outside the documents.
pub(super) fn parts(source: &Source, words: &[Span], head: &Head, rest: &str) -> Vec<FrontMatterPart> {
    let front = &source.front;
    let field_of = |word: &Span| front.fields.iter().position(|field| encloses(&field.span, word));
    let mut parts: Vec<(FrontMatterRule, Option<usize>, Vec<Span>)> = Vec::new();
    for word in words {
        let field = field_of(word);
        let line = source.lines.span(source.lines.line(word.start), &source.text);
        let is_comment = source.text[line.start..word.start].contains('#');
        let rule = match field {
            Some(_) => FrontMatterRule::Value,
            None if is_comment => FrontMatterRule::Comment,
            None => FrontMatterRule::Key,
        };
        match parts.last_mut() {
            Some((last, known, found))
                if *last == rule && *known == field && (field.is_some() || found_on(found, &line)) =>
            {
                found.push(word.clone());
            }
            _ => parts.push((rule, field, vec![word.clone()])),
        }
    }
    let part = |(rule, field, words): (FrontMatterRule, Option<usize>, Vec<Span>)| {
        let (first, last) = (words.first().map_or(0, |word| word.start), words.last().map_or(0, |word| word.end));
        let text = crate::text::squeeze(&source.text[first..last]);
        let field = field.map(|field| &front.fields[field]);
        let printed_in =
            field.map(|field| printed(source, field.span.start, &field.value, head, rest)).unwrap_or_default();
        FrontMatterPart {
            rule,
            key: field.map(|field| field.key.clone()),
            printed_in,
            words: Words { line: source.lines.line(first), text, words: words.len() },
        }
    };
    parts.into_iter().map(part).collect()
}

/// Whether the last of some words stands on a line.
fn found_on(words: &[Span], line: &Span) -> bool {
    words.last().is_some_and(|last| encloses(line, last))
}

/// Finds where the value at a place is printed, by what it means.
fn printed(source: &Source, at: usize, value: &str, head: &Head, rest: &str) -> Vec<Place> {
    let front = &source.front;
    let is =
        |known: &Option<crate::settings::Spanned<String>>| known.as_ref().is_some_and(|known| known.span.start == at);
    if is(&front.summary) {
        let is_there = !letters(value).is_empty() && rest.contains(&letters(value));
        return is_there.then_some(Place::Elsewhere(Elsewhere::Contents)).into_iter().collect();
    }
    let meant: &[HeadPart] = match () {
        () if is(&front.title) => &[HeadPart::Title],
        () if is(&front.kind) || is(&front.issuer) => &[HeadPart::Kicker],
        () if is(&front.place) => &[HeadPart::Dateline],
        () if is(&front.language) => &[],
        () => &[HeadPart::Dateline, HeadPart::SourceNote],
    };
    head.holds(value).into_iter().filter(|part| meant.contains(part)).map(Place::Head).collect()
}
