//! The runs of a text that are in a script of their own.

use super::evidence::of_passage;
use super::{script_of, script_of_language, takes};
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// A stretch of a text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its bytes.
    pub range: Range<usize>,
    /// Its language, where that is not the one around it.
    pub language: Option<String>,
}

/// Parts a text where its script changes. What several scripts share, such as blanks and digits, belongs to a run only
/// between letters of it; `beside` is the language that words of another script are likely in.
pub fn runs(text: &str, language: &str, beside: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let own_script = script_of_language(language);
    let own = |from: usize, to: usize| Run { range: from..to, language: None };
    // The foreign run that is open: its script, where it began and where its last letter ended.
    let mut open = None;
    let mut from = 0;
    for (at, character) in text.char_indices() {
        // A mark belongs to the letter that it stands on, whatever script it is usual in.
        let Some(script) = script_of(character).filter(|_| !is_combining_mark(character)) else { continue };
        let end = at + character.len_utf8();
        match &mut open {
            Some((known, _, last)) if *known == script => *last = end,
            _ => {
                if let Some((_, start, last)) = open.take() {
                    close(text, start..last, language, beside, &mut from, &mut runs);
                }
                open = (!takes(own_script, script)).then_some((script, at, end));
            }
        }
    }
    if let Some((_, start, last)) = open {
        close(text, start..last, language, beside, &mut from, &mut runs);
    }
    if from < text.len() {
        runs.push(own(from, text.len()));
    }
    runs
}

/// Ends a foreign run: what stands before it, then itself with the marks that belong to its last letter.
fn close(text: &str, part: Range<usize>, language: &str, beside: &str, from: &mut usize, runs: &mut Vec<Run>) {
    let belongs = |character: &char| is_combining_mark(*character) || matches!(character, '\u{200c}' | '\u{200d}');
    let marks: usize = text[part.end..].chars().take_while(belongs).map(char::len_utf8).sum();
    let part = part.start..part.end + marks;
    if *from < part.start {
        runs.push(Run { range: *from..part.start, language: None });
    }
    *from = part.end;
    runs.push(Run { language: of_passage(&text[part.clone()], language, beside), range: part });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted<'a>(text: &'a str, language: &str) -> Vec<(&'a str, Option<String>)> {
        runs(text, language, "en").into_iter().map(|run| (&text[run.range], run.language)).collect()
    }

    #[test]
    fn a_text_in_one_script_is_one_run() {
        assert_eq!(parted("Plain words, 12 of them.", "en"), [("Plain words, 12 of them.", None)]);
        assert_eq!(parted("لوگ 1240 آئے۔", "ur"), [("لوگ 1240 آئے۔", None)]);
        assert_eq!(parted("", "en"), []);
        assert_eq!(parted("o\u{6e7} and", "en"), [("o\u{6e7} and", None)]);
    }

    #[test]
    fn foreign_words_keep_their_blanks_and_lose_what_follows() {
        let text = "Its name, بڑا دارالمطالعہ, is long.";
        assert_eq!(
            parted(text, "en"),
            [("Its name, ", None), ("بڑا دارالمطالعہ", Some("ur".to_owned())), (", is long.", None)]
        );
        assert_eq!(
            parted("یہ Reading Room No. 12 ہے", "ur"),
            [("یہ ", None), ("Reading Room No", Some("en".to_owned())), (". 12 ہے", None)]
        );
    }

    #[test]
    fn korean_has_han_characters_of_its_own() {
        assert_eq!(parted("대한민국(大韓民國)", "ko"), [("대한민국(大韓民國)", None)]);
        assert_eq!(parted("東京で", "ja"), [("東京で", None)]);
    }
}
