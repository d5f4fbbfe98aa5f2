//! Web and mail addresses that stand bare in a text.
//!
//! What enters: inlines, or a string. What leaves: the same characters with bare addresses made links (the extended
//! autolinks of GitHub Flavored Markdown, a little more lenient, since captures glue addresses to words).

use crate::document::{Inline, Leaf};
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

/// What can be an address: a scheme or `www.`, up to the next character that no address holds.
static CANDIDATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)(?:https?://|ftp://|www\.)[^\s<>"“”„«»…{}|\\^`\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\u{3000}-\u{303f}\u{ff00}-\u{ffef}\u{200b}-\u{200f}]+"#)
        .expect("the pattern is fixed")
});

/// What can be a mail address, and the end of it that none has.
static MAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[A-Za-z0-9._+-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+").expect("the pattern is fixed")
});

/// A character reference at the end of a candidate, which is no part of it.
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"&[A-Za-z0-9]+;$").expect("the pattern is fixed"));

/// The start of an address of its own inside a candidate.
static SCHEME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)https?://").expect("the pattern is fixed"));

/// Finds the bare addresses in `text`, in order and apart from one another.
pub fn addresses(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for candidate in CANDIDATE.find_iter(text) {
        let mut cuts = vec![0];
        cuts.extend(SCHEME.find_iter(candidate.as_str()).map(|scheme| scheme.start()).filter(|at| {
            candidate.as_str()[..*at].ends_with(|before: char| before.is_alphanumeric() || ",;)".contains(before))
        }));
        cuts.push(candidate.len());
        for pair in cuts.windows(2) {
            let start = candidate.start() + pair[0];
            let end = start + trimmed(&text[start..candidate.start() + pair[1]]);
            if is_address(&text[start..end]) && stands_free(text, start, end) {
                found.push(start..end);
            }
        }
    }
    let is_apart = |mail: &Span| {
        let next = found.partition_point(|web| web.end <= mail.start);
        found.get(next).is_none_or(|web| mail.end <= web.start)
    };
    let mails: Vec<Span> = mails(text).filter(is_apart).collect();
    found.extend(mails);
    found.sort_by_key(|span| span.start);
    found
}

/// Finds the mail addresses in `text`; a full stop behind one is the sentence's.
fn mails(text: &str) -> impl Iterator<Item = Span> {
    MAIL.find_iter(text).filter(|found| !found.as_str().ends_with(['-', '_'])).map(|found| found.range())
}

/// Gives the address that a bare address leads to.
pub fn destination(address: &str) -> String {
    let is_web = address.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."));
    match address {
        _ if address.contains("://") => address.to_owned(),
        _ if is_web || !address.contains('@') => format!("http://{address}"),
        _ => format!("mailto:{address}"),
    }
}

/// Gives the length of a candidate without the punctuation of the sentence around it.
fn trimmed(candidate: &str) -> usize {
    let mut surplus = [('(', ')'), ('[', ']')].map(|(opening, closing)| {
        (closing, candidate.matches(closing).count().saturating_sub(candidate.matches(opening).count()))
    });
    let mut kept = candidate;
    while let Some(last) = kept.chars().next_back() {
        if let Some(reference) = REFERENCE.find(kept) {
            kept = &kept[..reference.start()];
            continue;
        }
        let closes = surplus.iter_mut().find(|(closing, count)| *closing == last && *count > 0);
        if let Some((_, count)) = closes {
            *count -= 1;
        } else if !"?!.,:;*_~'’‘".contains(last) {
            break;
        }
        kept = &kept[..kept.len() - last.len_utf8()];
    }
    kept.len()
}

/// Whether a trimmed candidate has a host.
fn is_address(candidate: &str) -> bool {
    match candidate.split_once("://") {
        Some((_, rest)) => rest.starts_with(|first: char| first.is_alphanumeric() || first == '['),
        None => {
            let host = candidate.get(4..).unwrap_or_default();
            host.starts_with(char::is_alphanumeric) && host.contains('.')
        }
    }
}

/// Whether a word starts here; a scheme shows the start of an address by itself.
fn stands_free(text: &str, start: usize, end: usize) -> bool {
    let glued = text[..start].ends_with(|before: char| before.is_ascii_alphanumeric() || "@-_./".contains(before));
    !glued || text[start..end].contains("://")
}

/// Joins neighbouring text and makes links of the bare addresses in it.
pub fn linked(inlines: Vec<Inline>) -> Vec<Inline> {
    runs(inlines, |run, out| {
        let text: String = run.iter().map(|leaf| leaf.text.as_str()).collect();
        let mut at = 0;
        for span in addresses(&text) {
            out.extend(cut(run, at..span.start));
            out.push(Inline::Link { url: destination(&text[span.clone()]), content: cut(run, span.clone()) });
            at = span.end;
        }
        out.extend(cut(run, at..text.len()));
    })
}

/// Joins neighbouring text.
pub fn joined(inlines: Vec<Inline>) -> Vec<Inline> {
    runs(inlines, |run, out| out.extend(run.iter().cloned().map(Inline::Text)))
}

/// Hands each run of neighbouring text to `settle`, its adjoining pieces of source joined; passes on the rest.
fn runs(inlines: Vec<Inline>, settle: impl Fn(&[Leaf], &mut Vec<Inline>)) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len());
    let mut run: Vec<Leaf> = Vec::new();
    for inline in inlines {
        let Inline::Text(leaf) = inline else {
            settle(&run, &mut out);
            run.clear();
            out.push(inline);
            continue;
        };
        match run.last_mut() {
            Some(last) if is_verbatim(last) && is_verbatim(&leaf) && last.span.end == leaf.span.start => {
                last.text.push_str(&leaf.text);
                last.span.end = leaf.span.end;
            }
            _ if leaf.text.is_empty() => {}
            _ => run.push(leaf),
        }
    }
    settle(&run, &mut out);
    out
}

/// Whether a leaf holds its source's characters.
fn is_verbatim(leaf: &Leaf) -> bool {
    leaf.text.len() == leaf.span.len()
}

/// Cuts the characters of `range`, counted over the whole run, out of it.
fn cut(run: &[Leaf], range: Span) -> Vec<Inline> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for leaf in run {
        let from = range.start.clamp(at, at + leaf.text.len()) - at;
        let to = range.end.clamp(at, at + leaf.text.len()) - at;
        if from < to {
            let span = if is_verbatim(leaf) { leaf.span.start + from..leaf.span.start + to } else { leaf.span.clone() };
            pieces.push(Inline::Text(Leaf { text: leaf.text[from..to].to_owned(), span }));
        }
        at += leaf.text.len();
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        addresses(text).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn addresses_leave_the_sentence_its_punctuation() {
        assert_eq!(
            found("See (http://a.example/b_(c)), or www.d.example."),
            ["http://a.example/b_(c)", "www.d.example"]
        );
        assert_eq!(found("《https://e.example/页》 http:// www. awww.x.y"), ["https://e.example/"]);
    }

    #[test]
    fn mail_addresses_are_found_outside_of_web_addresses() {
        assert_eq!(
            found("Ask a.b-c_d@a.b. Or me@a.b-, not@b, http://u@c.example/d@e.example"),
            ["a.b-c_d@a.b", "http://u@c.example/d@e.example"]
        );
        assert_eq!(destination("a@b.example"), "mailto:a@b.example");
    }

    #[test]
    fn addresses_run_together_are_told_apart() {
        assert_eq!(found("www.a.example.pkhttp://www.b.example"), ["www.a.example.pk", "http://www.b.example"]);
        assert_eq!(found("https://web.example/2014/http://b.example/"), ["https://web.example/2014/http://b.example/"]);
    }
}
