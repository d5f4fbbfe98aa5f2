//! Quotation marks, apostrophes and dashes as a language has them, where a source has typewritten ones.
//!
//! What enters: the text of a passage and its language. What leaves: which of its characters are set as others. Nothing
//! that a source has in a typographic form changes, and no letter does. What may be a sign for feet, inches or minutes
//! stays as it is.
//!
//! The marks by language are those of the Unicode CLDR (delimiters), but for Spanish and Italian, whose newspapers and
//! books have both.

use crate::language::primary;
use std::borrow::Cow;
use std::ops::Range;

/// Characters of a text that are set as others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refinement {
    /// Their place in the text, in bytes.
    pub range: Range<usize>,
    /// What is set.
    pub set: &'static str,
}

/// The quotation marks of a language.
struct Marks {
    /// The outer ones; a space that belongs to them included.
    outer: (&'static str, &'static str),
    /// The inner ones.
    inner: (&'static str, &'static str),
}

const fn marks(outer: (&'static str, &'static str), inner: (&'static str, &'static str)) -> Option<Marks> {
    Some(Marks { outer, inner })
}

/// Gives the marks of a language; none, where its script has others or none of its own.
fn marks_of(language: &str) -> Option<Marks> {
    match primary(language) {
        "en" | "pt" | "tr" | "vi" | "id" | "ms" | "nl" | "ga" | "cy" | "tl" | "sw" | "so" | "ha" => {
            marks(("“", "”"), ("‘", "’"))
        }
        "de" | "cs" | "sk" | "sl" | "lt" | "is" | "et" | "bg" | "ka" => marks(("„", "“"), ("‚", "‘")),
        "pl" | "ro" | "hu" | "hr" | "bs" => marks(("„", "”"), ("‚", "’")),
        "fr" => marks(("«\u{a0}", "\u{a0}»"), ("“", "”")),
        "es" | "it" | "ca" | "gl" | "eu" | "el" => marks(("«", "»"), ("“", "”")),
        "ru" | "uk" | "be" | "kk" | "ky" => marks(("«", "»"), ("„", "“")),
        "nb" | "nn" | "no" => marks(("«", "»"), ("‘", "’")),
        "da" => marks(("»", "«"), ("›", "‹")),
        "sv" | "fi" => marks(("”", "”"), ("’", "’")),
        _ => None,
    }
}

/// Finds what a text is set with instead of typewritten marks.
pub fn refinements(text: &str, language: &str) -> Vec<Refinement> {
    if !text.contains(['"', '\'', '-']) {
        return Vec::new();
    }
    let Some(marks) = marks_of(language) else { return Vec::new() };
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let near = |index: Option<usize>| index.and_then(|index| characters.get(index)).map(|(_, character)| *character);
    let mut found = Vec::new();
    let (mut outer, mut inner) = (false, false);
    let mut index = 0;
    while index < characters.len() {
        let (at, character) = characters[index];
        let (before, after) = (near(index.checked_sub(1)), near(Some(index + 1)));
        let mut length = 1;
        let set = match character {
            '"' => quote(before, after, &mut outer).map(|opens| if opens { marks.outer.0 } else { marks.outer.1 }),
            '\'' if within(before, after) => Some("’"),
            '\'' if !inner && !closes_later(&text[at + 1..]) && !before.is_some_and(|c| c.is_numeric()) => {
                // An apostrophe at the start or end of a word.
                let is_at_word = before.is_some_and(char::is_alphabetic) || after.is_some_and(char::is_alphanumeric);
                is_at_word.then_some("’")
            }
            '\'' => quote(before, after, &mut inner).map(|opens| if opens { marks.inner.0 } else { marks.inner.1 }),
            '-' => {
                length = characters[index..].iter().take_while(|(_, character)| *character == '-').count();
                dash(before, length, near(Some(index + length)))
            }
            _ => None,
        };
        if let Some(set) = set {
            found.push(Refinement { range: at..at + length, set });
        }
        index += length;
    }
    found
}

/// Sets a text with what [`refinements`] finds in it.
pub fn refined<'t>(text: &'t str, language: &str) -> Cow<'t, str> {
    applied(text, 0, &refinements(text, language))
}

/// Sets a part of a text, which starts at `offset` in it, with the refinements that lie in that part.
pub fn applied<'t>(part: &'t str, offset: usize, refinements: &[Refinement]) -> Cow<'t, str> {
    let first = refinements.partition_point(|refinement| refinement.range.start < offset);
    let mut out = String::new();
    let mut at = 0;
    for Refinement { range, set } in &refinements[first..] {
        if range.end > offset + part.len() {
            break;
        }
        out.push_str(&part[at..range.start - offset]);
        out.push_str(set);
        at = range.end - offset;
    }
    if at == 0 {
        return Cow::Borrowed(part);
    }
    out.push_str(&part[at..]);
    Cow::Owned(out)
}

/// Whether a mark stands inside a word.
fn within(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphabetic)
}

/// Tells whether a quotation mark opens or closes; neither, where it may be a sign of measure. `open` says whether one is
/// open, and is told.
fn quote(before: Option<char>, after: Option<char>, open: &mut bool) -> Option<bool> {
    let is_blank_before = before.is_none_or(|c| c.is_whitespace() || "([{<«‹„“‘‚–—/-".contains(c));
    let is_blank_after = after.is_none_or(|c| c.is_whitespace() || ".,;:!?)]}>»›”’…–—/".contains(c));
    if before.is_some_and(char::is_numeric) && !*open {
        return None;
    }
    let opens = match (is_blank_before, is_blank_after) {
        (true, false) => true,
        (false, true) => false,
        // By itself, or glued to words on both sides, as damaged captures have it.
        (true, true) | (false, false) => !*open,
    };
    *open = opens;
    Some(opens)
}

/// Whether a single mark that closes comes later, before the next that opens.
fn closes_later(rest: &str) -> bool {
    let mut before = None;
    let mut characters = rest.chars().peekable();
    while let Some(character) = characters.next() {
        let after = characters.peek().copied();
        if character == '\n' && after == Some('\n') {
            return false;
        }
        if character == '\'' && !within(before, after) {
            return before.is_some_and(|c: char| !c.is_whitespace());
        }
        before = Some(character);
    }
    false
}

/// Gives the dash that hyphens stand for.
fn dash(before: Option<char>, length: usize, after: Option<char>) -> Option<&'static str> {
    let is_spaced = before == Some(' ') && after == Some(' ');
    let is_joined = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
    match length {
        1 | 2 if is_spaced => Some("–"),
        2 if is_joined && before.is_some_and(char::is_numeric) && after.is_some_and(char::is_numeric) => Some("–"),
        2 | 3 if is_joined => Some("—"),
        3 if is_spaced => Some("—"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_those_of_the_language() {
        for (language, text, expected) in [
            ("en", "\"He said 'no' and didn't go\", they wrote.", "“He said ‘no’ and didn’t go”, they wrote."),
            ("en-GB", "(\"Yes\")", "(“Yes”)"),
            ("de", "Er sagte: \"Nein, 'nie'.\"", "Er sagte: „Nein, ‚nie‘.“"),
            ("fr", "L'homme dit \"non\".", "L’homme dit «\u{a0}non\u{a0}»."),
            ("es", "Dijo \"no\".", "Dijo «no»."),
            ("pl", "\"Nie\"", "„Nie”"),
            ("ru", "\"Нет\"", "«Нет»"),
            ("da", "\"Nej\"", "»Nej«"),
            ("ur", "\"x\" 'y'", "\"x\" 'y'"),
        ] {
            assert_eq!(refined(text, language), expected, "{language}");
        }
    }

    #[test]
    fn apostrophes_are_no_quotation_marks() {
        for (text, expected) in [
            ("the workers' councils and the miners' lodge", "the workers’ councils and the miners’ lodge"),
            ("'Tis the '90s, rock 'n' roll", "’Tis the ’90s, rock ‘n’ roll"),
            ("PM's Office", "PM’s Office"),
            ("She called it a 'workers' council' again", "She called it a ‘workers’ council’ again"),
        ] {
            assert_eq!(refined(text, "en"), expected);
        }
    }

    #[test]
    fn measures_and_marks_that_are_typographic_already_stay() {
        for text in
            ["6'2\" tall, at 51° 30' 12\"", "“He” said ‘no’ — never", "co-operate, 2014-12-24, -5", "--- text --"]
        {
            assert_eq!(refined(text, "en"), text);
        }
    }

    #[test]
    fn hyphens_that_stand_for_dashes_are_dashes() {
        assert_eq!(
            refined("They came - late -- and left--never to return; 1914--18.", "en"),
            "They came – late – and left—never to return; 1914–18."
        );
    }

    #[test]
    fn parts_are_set_with_what_lies_in_them() {
        let text = "a \"b\" c \"d\"";
        let found = refinements(text, "en");
        assert_eq!(applied(&text[3..8], 3, &found), "b” c ");
        assert_eq!(applied(&text[8..], 8, &found), "“d”");
        assert_eq!(applied(&text[0..1], 0, &found), "a");
    }
}
