//! Page furniture around a captured text.
//!
//! What enters: a capture's text. What leaves: the lines (or parts of lines) at its head and its tail that belong to
//! the page it was captured from and not to the document, each with the rule that found it. Nothing is taken from the
//! middle of a text, and a sentence is never taken.

mod head;
mod phrase;
mod tail;

use super::Format;
use crate::text::{Span, squeeze};
use phrase::Navigation;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A line, or a part of one, that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Omission {
    /// The line, counted from 1.
    pub line: usize,
    /// The words left out, squeezed.
    pub text: String,
    /// The name of the rule that found it.
    pub rule: &'static str,
    /// Its place in the text.
    pub span: Span,
}

/// How many filled lines from either end are looked at.
const DEEPEST_EDGE: usize = 500;

/// How many filled lines from either end count towards recurrence.
const RECURRING_EDGE: usize = 40;

/// The longest line that can recur as furniture, in characters.
const LONGEST_RECURRING: usize = 100;

/// Finds the page furniture at the head and the tail of `text`.
///
/// `recurring` holds the squeezed lines that stand on several captures of the collection.
pub fn furniture(text: &str, format: Format, recurring: &BTreeSet<String>) -> Vec<Omission> {
    let lines = filled_lines(text, format);
    let page = Page { text, lines: &lines, format, recurring };
    let mut rules: Vec<Option<(&'static str, Span)>> = vec![None; lines.len()];
    head::mark(&page, &mut rules);
    tail::mark(&page, &mut rules);
    lines
        .iter()
        .zip(rules)
        .filter_map(|(line, rule)| {
            let (rule, span) = rule?;
            Some(Omission { line: line.number, text: squeeze(&text[span.clone()]), rule, span })
        })
        .collect()
}

/// Replaces what is omitted, and the blanks around it, with spaces, byte for byte; line ends are kept.
pub fn blank<'t>(text: &'t str, omissions: &[Omission]) -> Cow<'t, str> {
    if omissions.is_empty() {
        return Cow::Borrowed(text);
    }
    let is_blank = |character: char| character.is_whitespace() && !matches!(character, '\n' | '\r');
    let mut bytes = text.as_bytes().to_vec();
    for omission in omissions {
        let start = text.floor_char_boundary(omission.span.start.min(text.len()));
        let end = text.ceil_char_boundary(omission.span.end.clamp(start, text.len()));
        // A blank of another kind would be text by itself.
        let start = text[..start].trim_end_matches(is_blank).len();
        let end = text.len() - text[end..].trim_start_matches(is_blank).len();
        for byte in &mut bytes[start..end] {
            if !matches!(*byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }
    Cow::Owned(String::from_utf8(bytes).expect("whole characters were replaced by spaces"))
}

/// Lists the squeezed short lines at head and tail, for counting over the collection.
pub fn lines_for_recurrence(text: &str) -> Vec<String> {
    let filled: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let tail = filled.len().saturating_sub(RECURRING_EDGE).max(RECURRING_EDGE.min(filled.len()));
    let edges = filled.iter().take(RECURRING_EDGE).chain(&filled[tail..]);
    let lines: BTreeSet<String> = edges
        .map(|line| squeeze(line))
        .filter(|line| line.chars().count() <= LONGEST_RECURRING && line.contains(char::is_alphanumeric))
        .collect();
    lines.into_iter().collect()
}

/// A line that is not blank.
#[derive(Debug, Clone)]
struct Filled {
    /// Its number, counted from 1.
    number: usize,
    /// Its characters' place in the text.
    span: Span,
    /// Whether the line before is blank, or there is none.
    is_first: bool,
    /// Whether the line after is blank, or there is none.
    is_last: bool,
}

/// A capture that is being looked at.
struct Page<'p> {
    text: &'p str,
    /// The lines that are not blank.
    lines: &'p [Filled],
    format: Format,
    recurring: &'p BTreeSet<String>,
}

impl<'p> Page<'p> {
    /// The characters of a filled line, without the marks of a Markdown heading, list or emphasis around it.
    fn content(&self, index: usize) -> &'p str {
        let line = self.lines.get(index).map_or("", |line| &self.text[line.span.clone()]);
        match self.format {
            Format::Plain => line,
            Format::Markdown | Format::Html => unmarked(line),
        }
    }

    /// Whether a line is a sentence, or part of running text.
    fn is_sentence(&self, index: usize) -> bool {
        is_sentence(self.content(index))
    }

    /// Whether a line is nothing but navigation; a doubtful word needs navigation beside it.
    fn is_navigation(&self, index: usize) -> bool {
        let navigation = |index: usize| {
            let content = self.content(index);
            // A label ("Contact:") belongs to what follows it.
            if content.ends_with([':', '：']) { None } else { phrase::navigation(&phrase::folded(content)) }
        };
        match navigation(index) {
            Some(Navigation::Sure) => true,
            Some(Navigation::InCompany) => {
                index.checked_sub(1).is_some_and(|before| navigation(before).is_some())
                    || navigation(index + 1).is_some()
            }
            None => false,
        }
    }

    /// Whether a line stands on several captures and can be furniture at all.
    fn recurs(&self, index: usize) -> bool {
        let line = self.content(index);
        line.chars().count() <= LONGEST_RECURRING && !is_sentence(line) && self.recurring.contains(&squeeze(line))
    }
}

/// Takes the marks of Markdown off both ends of a line; the words of a link stay without its destination.
fn unmarked(line: &str) -> &str {
    let line = line
        .trim_start_matches(['#', '*', '-', '+', '>', '_', ' ', '\t', '|'])
        .trim_end_matches(['*', '_', ' ', '|', '\\']);
    match line.strip_prefix('[').and_then(|inside| inside.split_once("](")) {
        Some((words, rest))
            if rest.ends_with(')') && !rest[..rest.len() - 1].contains(['(', ')', '[']) && !words.is_empty() =>
        {
            words
        }
        _ => line,
    }
}

/// Whether a line reads as a sentence: many words, or some that end as a sentence ends.
fn is_sentence(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let closed = line.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', '*', '_']);
    let ends = closed.ends_with(['.', '!', '?', '。', '！', '？', '।', '۔', '؟', ';', ',']);
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    (ends && words >= 5) || words >= 22 || (ends && words <= 4 && letters >= 30) || (words <= 6 && letters >= 70)
}

/// Takes a text apart into the lines that are not blank, without its front matter; only its edges matter.
fn filled_lines(text: &str, format: Format) -> Vec<Filled> {
    let mut lines = Vec::new();
    let mut at = 0;
    let mut was_blank = true;
    let mut fence = match (format, text.lines().next().map(str::trim_end)) {
        (Format::Markdown, Some(first @ ("---" | "+++"))) => Some(first),
        _ => None,
    };
    for (index, whole) in text.split_inclusive('\n').enumerate() {
        let content = whole.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let start = at + whole.find(content).unwrap_or(0);
        at += whole.len();
        if let Some(mark) = fence {
            if index > 0 && content == mark {
                fence = None;
            }
            continue;
        }
        if content.is_empty() {
            if let Some(last) = lines.last_mut() {
                let last: &mut Filled = last;
                last.is_last = true;
            }
            was_blank = true;
            continue;
        }
        lines.push(Filled {
            number: index + 1,
            span: start..start + content.len(),
            is_first: was_blank,
            is_last: false,
        });
        was_blank = false;
    }
    if let Some(last) = lines.last_mut() {
        last.is_last = true;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn omitted(text: &str) -> Vec<(usize, &'static str)> {
        furniture(text, Format::Plain, &BTreeSet::new()).into_iter().map(|found| (found.line, found.rule)).collect()
    }

    const BODY: &str = "More than two hundred workers met in the hall on Monday evening, and the police waited outside.\n\nThe meeting was called by four unions, and it ended without incident late at night.\n";

    #[test]
    fn the_head_of_a_site_is_recognized_above_the_title() {
        let text = format!(
            "Union of Ruritania, Workers Met in the Hall of Strelsau\n\n2/4/26, 2:58 PM\n  • Ruritania, Union of Ruritania En Europe Unions and parties\n\nWorkers Met in the Hall of Strelsau\n\n\u{a0}\n\nStrelsau | 3 February 2026\n\n{BODY}"
        );
        assert_eq!(omitted(&text), [(1, "repeated-title"), (3, "print-stamp"), (4, "breadcrumb")]);
    }

    #[test]
    fn sidebar_heads_and_print_links_are_recognized() {
        let text = format!(
            "National Sections of the X4Y:\n\nStrelsau: no to violence\n\nPrinter-friendly versionPDF version\n\n{BODY}"
        );
        assert_eq!(omitted(&text), [(1, "sidebar-heading"), (5, "site-navigation")]);
        let below_note = format!("[Shortened by the editor.]\n\nFalcon 5\n\n{BODY}");
        assert_eq!(omitted(&below_note), [(3, "theme-name")]);
    }

    #[test]
    fn a_title_that_says_what_it_is_and_counts_it_stays() {
        for title in ["Circular 7", "Meeting 12", "Boletín 3", "Sitzung 4"] {
            assert_eq!(omitted(&format!("{title}\n\n{BODY}")), [], "{title}");
        }
        let marked = format!("# Falcon 5\n\n{BODY}");
        assert_eq!(furniture(&marked, Format::Markdown, &BTreeSet::new()), [], "a heading that is marked as one");
    }

    #[test]
    fn the_tail_of_a_site_is_recognized_below_the_signature() {
        let text = format!(
            "{BODY}\nWith greetings,\n\nThe Union of Ruritania\nZenda\n\nEvents\n\nFebruary 12, 2026 - February 14, 202629th Congress of the Union\nFebruary 27, 2026 - March 1, 2026 - Hentzau 15th Congress\n"
        );
        assert_eq!(omitted(&text), [(10, "event-list"), (12, "event-list"), (13, "event-list")]);
        let text = format!("Falcon 5\n\n{BODY}\nImprimer ce document\n\nLogo UR");
        assert_eq!(omitted(&text), [(1, "theme-name"), (7, "site-navigation"), (9, "image-alternative")]);
    }

    #[test]
    fn a_caption_repeats_the_name_that_opens_the_text() {
        let text = format!(
            "Comrade Jo Roe Secretary of the Union was born in Zenda and joined early.\n\n\u{a0} Comrade Jo Roe\n\nQuestion. 1 Why?\n{BODY}"
        );
        assert_eq!(omitted(&text), [(3, "image-caption")]);
    }

    #[test]
    fn a_harvester_s_prefix_is_a_part_of_its_line() {
        let text = format!(" date 2024-06-26 {BODY}");
        let found = furniture(&text, Format::Plain, &BTreeSet::new());
        assert_eq!(
            found.iter().map(|found| (found.text.as_str(), found.rule)).collect::<Vec<_>>(),
            [("date 2024-06-26", "harvest-prefix")]
        );
        let blanked = blank(&text, &found);
        assert_eq!(blanked.len(), text.len());
        assert_eq!(blanked.trim(), BODY.trim());
    }

    #[test]
    fn what_belongs_to_the_document_stays() {
        for text in [
            format!("FOR IMMEDIATE RELEASE:\n\nWorkers Met\n\n{BODY}"),
            format!("Dear Comrades:\n\n{BODY}"),
            format!("Contact\nJo Roe\n\nWorkers Met\n\n{BODY}\nContact:\nJo Roe"),
            format!("Chapter 5\n\n{BODY}"),
            format!(
                "PRESS RELEASE\n\nShare of wages falls again\n\nAnnounce plans\n\nFriday 26 December 2014, by X.\n\n{BODY}\nThe Union\nCentral Committee"
            ),
            format!("{BODY}\nShare\n\n{BODY}"),
        ] {
            assert_eq!(omitted(&text), [], "{text}");
        }
    }

    #[test]
    fn recurring_lines_need_company() {
        let recurring = BTreeSet::from(["The Union".to_owned(), "Ruritania Online".to_owned()]);
        let rules = |text: &str| -> Vec<&str> {
            furniture(text, Format::Plain, &recurring).iter().map(|found| found.rule).collect()
        };
        assert_eq!(
            rules(&format!("Ruritania Online\nPrint\n\nTitle\n\n{BODY}")),
            ["recurring-line", "site-navigation"]
        );
        assert_eq!(rules(&format!("{BODY}\nThe Union")), [""; 0]);
    }
}
