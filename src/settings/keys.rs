//! The keys of the settings, in one table.
//!
//! The reader, its suggestions, the commented file of `dossier init` and the reference all come from here, so that
//! they cannot drift apart.

use super::sheet::{FONT_SIZES, GUTTERS};
use std::fmt;

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// A string.
    Text,
    /// A BCP 47 language tag.
    Language,
    /// One day of the Gregorian calendar, as a TOML date or a string.
    Day,
    /// An EDTF date (ISO 8601-2) as a string, or a TOML date.
    Edtf,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// A list of strings.
    Texts,
    /// A list of paths relative to the collection.
    Paths,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Integer,
    /// A number between two bounds, in a unit.
    Number {
        /// The least and the greatest.
        bounds: (f64, f64),
        /// The unit, as people say it.
        unit: &'static str,
    },
    /// A whole number of megabytes, at least 1.
    Megabytes,
    /// `true`, `false` or a reason.
    Omission,
    /// The path of a document, or `false`.
    Duplicate,
    /// A table for each document, by its path.
    Documents,
    /// A table of reasons, by the path or the permanent id of a document.
    Reasons,
    /// A table for each organization, in a list.
    Organizations,
}

impl Kind {
    /// Says what was wanted, as the end of a sentence.
    pub fn wanted(self) -> String {
        match self {
            Self::Text => "a string".to_owned(),
            Self::Language => "a language tag such as `en` or `pt-BR`".to_owned(),
            Self::Day => "a day such as `2026-01-31`".to_owned(),
            Self::Edtf => "a date such as `\"1943-04\"` or `1943-04-03`".to_owned(),
            Self::Choice(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
                words.join(" or ")
            }
            Self::Texts => "a list of strings".to_owned(),
            Self::Paths => "a list of paths".to_owned(),
            Self::Flag => "`true` or `false`".to_owned(),
            Self::Integer => "a whole number".to_owned(),
            Self::Number { bounds: (least, most), unit } => format!("a number of {unit} from {least} to {most}"),
            Self::Megabytes => "a whole number from 1 up".to_owned(),
            Self::Omission => "`true`, `false` or a reason in quotes".to_owned(),
            Self::Duplicate => "the path of a document, or `false`".to_owned(),
            Self::Documents | Self::Reasons => "a table".to_owned(),
            Self::Organizations => "a list of tables".to_owned(),
        }
    }

    /// Gives an example of a value, as TOML.
    pub fn example(self) -> String {
        let example = match self {
            Self::Text => "\"some words\"",
            Self::Language => "\"en\"",
            Self::Day => "2026-01-31",
            Self::Edtf => "\"1943-04\"",
            Self::Choice(words) => return words.first().map_or_else(String::new, |word| format!("\"{word}\"")),
            Self::Texts => "[\"some words\"]",
            Self::Paths => "[\"letters/0042.md\"]",
            Self::Flag | Self::Omission => "true",
            Self::Integer | Self::Megabytes => "1",
            Self::Duplicate => "\"letters/0042.md\"",
            Self::Number { bounds: (least, most), .. } => return f64::midpoint(least, most).round().to_string(),
            Self::Documents | Self::Reasons => "{}",
            Self::Organizations => "[{ heading = \"its name\" }]",
        };
        example.to_owned()
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => formatter.write_str("string"),
            Self::Language => formatter.write_str("language tag"),
            Self::Day => formatter.write_str("day"),
            Self::Edtf => formatter.write_str("EDTF date"),
            Self::Choice(words) => {
                for (at, word) in words.iter().enumerate() {
                    write!(formatter, "{}\"{word}\"", if at == 0 { "" } else { " or " })?;
                }
                Ok(())
            }
            Self::Texts => formatter.write_str("list of strings"),
            Self::Paths => formatter.write_str("list of paths"),
            Self::Flag => formatter.write_str("true or false"),
            Self::Integer | Self::Megabytes => formatter.write_str("whole number"),
            Self::Duplicate => formatter.write_str("path or false"),
            Self::Number { unit, .. } => write!(formatter, "number of {unit}"),
            Self::Omission => formatter.write_str("true, false or a reason"),
            Self::Reasons => formatter.write_str("table of reasons"),
            Self::Documents | Self::Organizations => formatter.write_str("tables"),
        }
    }
}

/// One key and what it means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KeyDoc {
    /// The key.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What holds when it is not given, as TOML; empty where nothing does.
    pub default: &'static str,
    /// What it does, in one line.
    pub meaning: &'static str,
}

const fn key(name: &'static str, kind: Kind, default: &'static str, meaning: &'static str) -> KeyDoc {
    KeyDoc { name, kind, default, meaning }
}

const PAPERS: Kind = Kind::Choice(&["a4", "letter"]);
const INKS: Kind = Kind::Choice(&["full", "light"]);
const DIVIDERS: Kind = Kind::Choice(&["none", "year", "section"]);
const LOCALES: Kind = Kind::Choice(&["day-first", "month-first"]);
const UNDATED: Kind = Kind::Choice(&["end", "bounds"]);
const DUPLICATES: Kind = Kind::Choice(&["merge", "keep"]);
const IMPRECISE: Kind = Kind::Choice(&["after", "before"]);
const NUMBERINGS: Kind = Kind::Choice(&["renumber", "keep"]);

static KEYS: &[KeyDoc] = &[
    key("title", Kind::Text, "", "The title of the edition."),
    key("subtitle", Kind::Text, "", "The line under the title."),
    key("logo", Kind::Text, "", "The path of a picture in the collection that stands on the cover."),
    key("series", Kind::Text, "", "The line above the title."),
    key("compiler", Kind::Text, "", "Who compiled the edition."),
    key(
        "edition",
        Kind::Text,
        "",
        "The label of the edition, such as \"November 2026\"; a labelled edition is recorded in `dossier.lock`.",
    ),
    key(
        "date",
        Kind::Day,
        "",
        "The date of the edition; without one a label that is a day gives it, else the PDF carries none.",
    ),
    key(
        "numbering",
        NUMBERINGS,
        "",
        "Whether documents keep the numbers of the edition before, or are counted anew; the layout decides where nothing is given.",
    ),
    key(
        "change_bars",
        Kind::Flag,
        "false",
        "Whether a bar in the margin marks what has changed since the edition before.",
    ),
    key(
        "withdrawn",
        Kind::Reasons,
        "{}",
        "Documents that were withdrawn, by path or permanent id, each with the reason.",
    ),
    key("language", Kind::Language, "\"en\"", "The language of the edition's own words, and of its sorting."),
    key("paper", PAPERS, "\"a4\"", "The paper it is printed on."),
    key(
        "layout",
        Kind::Text,
        "\"packet\"",
        "The layout: one that `dossier layout list` names, or a folder under `layouts/`.",
    ),
    key(
        "font_size",
        Kind::Number { bounds: FONT_SIZES, unit: "points" },
        "",
        "The size of the text; everything else keeps its proportion to it. Each layout has its own.",
    ),
    key("duplex", Kind::Flag, "true", "Whether both sides of a sheet are printed, so that margins change sides."),
    key("gutter", Kind::Number { bounds: GUTTERS, unit: "millimetres" }, "0", "Room for binding, added inside."),
    key("ink", INKS, "\"full\"", "How much ink the pages take: `light` has no fills and thin rules only."),
    key(
        "dividers",
        DIVIDERS,
        "\"none\"",
        "What parts the documents: a heading for each year, or for each `section` that documents name.",
    ),
    key("summary_page", Kind::Flag, "false", "Whether a page of summaries leads, for a reader in a hurry."),
    key("include", Kind::Texts, "[]", "Globs of the files to take; none means every document in the folder."),
    key("exclude", Kind::Texts, "[]", "Globs of the files to leave out."),
    key("pin", Kind::Paths, "[]", "Documents that stay even when a selection leaves them out."),
    key("locale", LOCALES, "", "How a numeric date such as 04/05/2011 is read where nothing else decides."),
    key(
        "undated",
        UNDATED,
        "\"end\"",
        "Where undated documents stand: in a section at the end, or placed by the days that bound them.",
    ),
    key("imprecise", IMPRECISE, "\"after\"", "Where a month or year alone stands: after or before the days in it."),
    key("keep", Kind::Texts, "[]", "Strings that are never masked, such as an office's public telephone number."),
    key("mask", Kind::Flag, "true", "Whether telephone numbers, e-mail addresses and street lines are masked."),
    key("faithful", Kind::Flag, "false", "Whether page furniture of the captures is printed too."),
    key(
        "smart_punctuation",
        Kind::Flag,
        "true",
        "Whether typewritten quotation marks, apostrophes and dashes are set as the language of the text has them.",
    ),
    key(
        "attach",
        Kind::Flag,
        "",
        "Whether the sources and a manifest are attached to the PDF; they are by default where PDF/A-3 is kept.",
    ),
    key("system_fonts", Kind::Flag, "false", "Whether fonts of this computer are used beside the built-in ones."),
    key(
        "duplicates",
        DUPLICATES,
        "\"merge\"",
        "What becomes of the same text captured twice: one capture is printed and names the others, or all are.",
    ),
    key(
        "largest_document",
        Kind::Megabytes,
        "4",
        "The largest file that is set, in megabytes; a larger one gets a page that says so.",
    ),
    key("rights", Kind::Text, "", "The statement of rights in the colophon."),
    key("documents", Kind::Documents, "", "What the editor knows of single documents, by path."),
];

static DOCUMENT_KEYS: &[KeyDoc] = &[
    key("title", Kind::Text, "", "The title."),
    key(
        "date",
        Kind::Edtf,
        "",
        "The date that files it, such as \"1943-04-03\", \"1943-04\", \"1943~\" or \"1943/1945\".",
    ),
    key("kind", Kind::Text, "", "What it is, such as \"press release\"."),
    key("issuer", Kind::Text, "", "The body or person that issued it."),
    key("place", Kind::Text, "", "Where it was issued."),
    key("summary", Kind::Text, "", "What it says, in one line for the contents."),
    key("section", Kind::Text, "", "The section it belongs to, where `dividers` is \"section\"."),
    key("order", Kind::Integer, "", "Its rank among documents of the same date, lowest first."),
    key(
        "duplicate_of",
        Kind::Duplicate,
        "",
        "The document of which it is a further capture, which is printed in its stead; or that it is none.",
    ),
    key("omit", Kind::Omission, "false", "Whether it is left out, or why."),
    key("language", Kind::Language, "", "Its language."),
    key("rights", Kind::Text, "", "Who holds the rights in it, for its source note."),
    key("note", Kind::Text, "", "A sentence added to its source note."),
];

static AUTHORITY_KEYS: &[KeyDoc] = &[
    key("not", Kind::Texts, "[]", "Names and acronyms that are never an organization."),
    key("ignore", Kind::Texts, "[]", "Names and acronyms that get no entry at all."),
    key("organization", Kind::Organizations, "", "What the editor knows of single organizations."),
];

static ORGANIZATION_KEYS: &[KeyDoc] = &[
    key("heading", Kind::Text, "", "The authorized heading."),
    key("acronym", Kind::Text, "", "The acronym."),
    key("variants", Kind::Texts, "[]", "Other forms under which documents name it."),
    key("kind", Kind::Text, "", "The kind of body, such as \"party\"."),
    key("country", Kind::Text, "", "The country."),
    key("description", Kind::Text, "", "What it is, in the editor's words."),
    key("wikidata", Kind::Text, "", "Its item in Wikidata, such as \"Q7817\"."),
    key("viaf", Kind::Text, "", "Its number in the Virtual International Authority File."),
    key("lcnaf", Kind::Text, "", "Its number in the Library of Congress Name Authority File, such as \"n79063159\"."),
    key("earlier", Kind::Texts, "[]", "Headings of what it was before."),
    key("later", Kind::Texts, "[]", "Headings of what it became."),
    key("see_also", Kind::Texts, "[]", "Headings of organizations that a reader may want too."),
];

/// Lists the keys of `organizations.toml`.
pub fn authority_keys() -> &'static [KeyDoc] {
    AUTHORITY_KEYS
}

/// Lists the keys of an `[[organization]]` table.
pub fn organization_keys() -> &'static [KeyDoc] {
    ORGANIZATION_KEYS
}

/// Lists the keys of `dossier.toml`.
pub fn keys() -> &'static [KeyDoc] {
    KEYS
}

/// Lists the keys of a `[documents."…"]` table, which are those of a sidecar too.
pub fn document_keys() -> &'static [KeyDoc] {
    DOCUMENT_KEYS
}

/// Finds a key by its name.
pub fn find(table: &'static [KeyDoc], name: &str) -> Option<&'static KeyDoc> {
    table.iter().find(|key| key.name == name)
}

/// The longest unknown key that is compared with the known ones, in bytes; comparing takes quadratic time.
const LONGEST_COMPARED: usize = 40;

/// Finds the key that someone who wrote `name` most likely meant.
pub fn nearest(table: &'static [KeyDoc], name: &str) -> Option<&'static str> {
    if name.len() > LONGEST_COMPARED {
        return None;
    }
    let name = name.to_lowercase().replace(['-', ' '], "_");
    let near = table.iter().map(|key| (strsim::damerau_levenshtein(key.name, &name), key.name)).min()?;
    let allowed = (name.chars().count() / 3).max(1);
    if near.0 <= allowed {
        return Some(near.1);
    }
    let mut begun = table.iter().filter(|key| name.len() >= 3 && key.name.starts_with(&name));
    begun.next().filter(|_| begun.next().is_none()).map(|key| key.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_suggested_and_far_ones_are_not() {
        let near = |name| nearest(keys(), name);
        assert_eq!(near("subtitel"), Some("subtitle"));
        assert_eq!(near("Title"), Some("title"));
        assert_eq!(near("system-fonts"), Some("system_fonts"));
        assert_eq!(near("document"), Some("documents"));
        assert_eq!(near("lang"), Some("language"));
        assert_eq!(near("colour"), None);
        assert_eq!(near(""), None);
        assert_eq!(near(&"title".repeat(100_000)), None);
    }

    #[test]
    fn every_key_stands_once_and_has_a_meaning_of_one_line() {
        for table in [keys(), document_keys(), authority_keys(), organization_keys()] {
            for key in table {
                assert_eq!(table.iter().filter(|other| other.name == key.name).count(), 1, "{}", key.name);
                assert!(key.meaning.ends_with('.') && !key.meaning.contains('\n'), "{}", key.name);
            }
        }
    }
}
