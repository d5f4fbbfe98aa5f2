//! The words of a layout that are no sentences: names of parts, dates, and the forms of plurals.
//!
//! What enters: a layout's `words.toml`. What leaves: [`Words`], which say a date in the layout's language and choose the
//! form of a word by a number (the categories of CLDR). A layout that gives no words for dates keeps the English ones.

use crate::diagnostic::Diagnostic;
use crate::layout::{self, Layout};
use std::collections::BTreeMap;

/// The words of a layout.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// The whole file, for the typography.
    pub table: toml::Table,
    /// The language of the words (BCP 47), by which the forms of plurals are chosen.
    pub language: String,
    /// Words and phrases of dates, by the English ones.
    dates: BTreeMap<String, String>,
}

/// The file of the words.
const WORDS: &str = "words.toml";
/// How a day and a month of a year are put together, as keys of the table of dates.
const DAY: &str = "day-month-year";
const MONTH: &str = "month-year";

impl Words {
    /// Reads the words of a layout; those that it does not name are the program's own.
    pub fn read(layout: &Layout) -> Result<Self, Diagnostic> {
        let words = |text: &str| -> Result<toml::Table, Diagnostic> {
            toml::from_str(text).map_err(|error| layout::broken(&layout.name, WORDS, text, &error))
        };
        let mut table = words(layout.file(WORDS))?;
        for (name, word) in words(crate::layout::shared(WORDS))? {
            table.entry(name).or_insert(word);
        }
        let text = |value: &toml::Value| value.as_str().map(str::to_owned);
        let dates = table.get("dates").and_then(toml::Value::as_table).into_iter().flatten();
        Ok(Self {
            language: table.get("language").and_then(text).unwrap_or_else(|| "en".to_owned()),
            dates: dates.filter_map(|(english, word)| Some((english.clone(), text(word)?))).collect(),
            table,
        })
    }

    /// Says a date, given in English words, in the words of the layout.
    pub fn date(&self, english: &str) -> String {
        if self.dates.is_empty() {
            return english.to_owned();
        }
        let pieces = pieces(english);
        let mut said = String::new();
        let mut at = 0;
        while at < pieces.len() {
            at += self
                .whole_date(&pieces[at..], &mut said)
                .or_else(|| self.phrase(&pieces[at..], &mut said))
                .unwrap_or_else(|| {
                    said.push_str(pieces[at]);
                    1
                });
        }
        said
    }

    /// Says "24 December 2014" or "December 2014" by the layout's pattern; gives the number of pieces used.
    fn whole_date(&self, pieces: &[&str], said: &mut String) -> Option<usize> {
        let is_figures =
            |piece: &str, most: usize| piece.len() <= most && piece.bytes().all(|byte| byte.is_ascii_digit());
        let month =
            |piece: &str| self.dates.get(piece).filter(|_| piece.starts_with(|first: char| first.is_ascii_uppercase()));
        let (day, rest) = match pieces {
            [day, " ", rest @ ..] if is_figures(day, 2) => (Some(*day), rest),
            _ => (None, pieces),
        };
        let [named, " ", year, ..] = rest else { return None };
        let month = month(named).filter(|_| year.len() == 4 && is_figures(year, 4))?;
        let pattern = self.dates.get(if day.is_some() { DAY } else { MONTH })?;
        said.push_str(
            &pattern.replace("{day}", day.unwrap_or_default()).replace("{month}", month).replace("{year}", year),
        );
        Some(if day.is_some() { 5 } else { 3 })
    }

    /// Says the longest known phrase that begins here; gives the number of pieces used.
    fn phrase(&self, pieces: &[&str], said: &mut String) -> Option<usize> {
        const LONGEST: usize = 5;
        (1..=LONGEST.min(pieces.len())).rev().find_map(|count| {
            let word = self.dates.get(&pieces[..count].concat())?;
            said.push_str(word);
            Some(count)
        })
    }

    /// Gives the CLDR category of a whole number in the language of the words.
    pub fn category(&self, number: u64) -> &'static str {
        category(&self.language, number)
    }
}

/// Cuts a text into words, numbers and what stands between.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut last: Option<bool> = None;
    for (at, character) in text.char_indices() {
        let is_word = character.is_alphanumeric();
        if last.is_some_and(|last| last != is_word || !is_word) {
            pieces.push(&text[start..at]);
            start = at;
        }
        last = Some(is_word);
    }
    pieces.push(&text[start..]);
    pieces
}

/// Gives the category of a whole number by the rules of CLDR 46 for cardinals.
pub fn category(language: &str, number: u64) -> &'static str {
    let (tens, hundreds) = (number % 10, number % 100);
    let few = (2..=4).contains(&tens) && !(12..=14).contains(&hundreds);
    match language.split(['-', '_']).next().unwrap_or_default() {
        "ja" | "ko" | "zh" | "vi" | "id" | "ms" | "th" => "other",
        "fr" | "pt" | "hi" | "bn" | "fa" | "am" if number < 2 => "one",
        "ru" | "uk" | "be" | "sr" | "hr" | "bs" => match () {
            () if tens == 1 && hundreds != 11 => "one",
            () if few => "few",
            () if matches!(language.split(['-', '_']).next(), Some("ru" | "uk" | "be")) => "many",
            () => "other",
        },
        "pl" if number != 1 => {
            if few {
                "few"
            } else {
                "many"
            }
        }
        "cs" | "sk" if (2..=4).contains(&number) => "few",
        "ar" => match number {
            0 => "zero",
            1 => "one",
            2 => "two",
            _ if (3..=10).contains(&hundreds) => "few",
            _ if hundreds >= 11 => "many",
            _ => "other",
        },
        "he" if number == 2 => "two",
        _ if number == 1 => "one",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        let dates = [
            ("December", "décembre"),
            ("not before", "pas avant"),
            ("between", "entre"),
            ("and", "et"),
            ("Wednesday", "mercredi"),
            (DAY, "{day} {month} {year}"),
            (MONTH, "{month} {year}"),
        ];
        let dates = dates.iter().map(|(english, word)| ((*english).to_owned(), (*word).to_owned())).collect();
        Words { dates, language: "fr".to_owned(), ..Words::default() }
    }

    #[test]
    fn a_date_is_said_in_the_words_of_the_layout() {
        assert_eq!(words().date("[24 December 2014]"), "[24 décembre 2014]");
        assert_eq!(words().date("Wednesday 24 December 2014"), "mercredi 24 décembre 2014");
        assert_eq!(words().date("not before December 2014"), "pas avant décembre 2014");
        assert_eq!(words().date("between 2 and 4 December 2014"), "entre 2 et 4 décembre 2014");
        assert_eq!(Words::default().date("24 December 2014"), "24 December 2014");
    }

    #[test]
    fn plurals_have_the_categories_of_their_language() {
        let all = |language| [0, 1, 2, 5, 11, 21, 22, 100, 103].map(|number| category(language, number));
        assert_eq!(all("en"), ["other", "one", "other", "other", "other", "other", "other", "other", "other"]);
        assert_eq!(all("ru"), ["many", "one", "few", "many", "many", "one", "few", "many", "few"]);
        assert_eq!(all("pl"), ["many", "one", "few", "many", "many", "many", "few", "many", "few"]);
        assert_eq!(all("ar"), ["zero", "one", "two", "few", "many", "many", "many", "other", "few"]);
        assert_eq!(all("fr")[..3], ["one", "one", "other"]);
    }
}
