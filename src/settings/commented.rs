//! Writes the commented `dossier.toml` that a new collection starts with.

use super::keys::{KeyDoc, Kind, document_keys, keys};
use std::fmt::Write;

/// What is known of a collection before anybody has edited it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// A title for the edition.
    pub title: String,
    /// Its language, as a BCP 47 tag; empty where it is not known.
    pub language: String,
    /// The documents without a date: the path of each, and why it has none.
    pub undated: Vec<(String, String)>,
}

/// Writes a `dossier.toml` in which every key stands with a comment, and each undated document waits for its date.
pub fn commented(found: &Found) -> String {
    let mut file =
        String::from("# Settings of this collection. Every key is optional; take the `#` off to use it.\n\n");
    for key in keys().iter().filter(|key| key.kind != Kind::Documents) {
        let known = match key.name {
            "title" => &found.title,
            "language" => &found.language,
            _ => "",
        };
        let line = if known.is_empty() {
            format!("# {} = {}", key.name, sample(key))
        } else {
            format!("{} = {}", key.name, quoted(known))
        };
        file.push_str(&format!("# {}\n{line}\n\n", key.meaning));
    }
    file.push_str("# What you know of single documents, by path; it wins over what a document says of itself.\n");
    file.push_str("# [documents.\"path/of/a-document.md\"]\n");
    for key in document_keys() {
        file.push_str(&format!("# {} = {} # {}\n", key.name, sample(key), key.meaning));
    }
    for (path, why) in &found.undated {
        let why = crate::text::squeeze(&why.replace(|character: char| character.is_control(), " "));
        file.push_str(&format!("\n# Undated: {why}\n[documents.{}]\n# date = \"\"\n", quoted(path)));
    }
    file
}

/// Gives a value to start from: the default, or an empty one.
fn sample(key: &KeyDoc) -> String {
    match key.kind {
        _ if !key.default.is_empty() => key.default.to_owned(),
        Kind::Choice(_) | Kind::Integer | Kind::Number { .. } | Kind::Megabytes => key.kind.example(),
        Kind::Flag | Kind::Omission | Kind::Duplicate => "false".to_owned(),
        Kind::Texts | Kind::Paths => "[]".to_owned(),
        Kind::Text
        | Kind::Language
        | Kind::Day
        | Kind::Edtf
        | Kind::Documents
        | Kind::Reasons
        | Kind::Organizations => "\"\"".to_owned(),
    }
}

/// Writes a text as a basic string of TOML 1.0.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            character if character.is_control() => {
                write!(quoted, "\\u{:04X}", u32::from(character)).expect("writing to a string does not fail");
            }
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}
