//! Which part of a book Typst is asked for, as the layout's Typst files know it.
//!
//! What enters: a part. What leaves: the file `/setting.typ`.

use super::{Forme, literal};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The file that says it.
pub(super) const SETTING: &str = "/setting.typ";

/// Which part of the book is set: each value, what it takes, what it means.
pub(super) const PARTS: [(&str, &str, &str); 5] = [
    (
        "setting",
        "`front`, `text`, `back`, `folios` or `book`",
        "What stands before the documents; documents without heads and folios, as on right-hand pages; what stands \
         behind them; the heads and folios of all pages, on pages of their own; all at once.",
    ),
    ("blanks", "number", "In `text` and `back`, how many empty pages stand before all else."),
    ("first", "number", "In `folios`, the number of the first page of the documents."),
    (
        "heads",
        "list of numbers or none",
        "In `folios`, for each page of the documents which of them its head names, from 0.",
    ),
    ("total", "number", "In `folios`, how many pages the book has."),
];

/// Which part of a book is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// All of it at once.
    Book,
    /// What stands before the documents.
    Front,
    /// Documents, without heads and folios.
    Text {
        /// How many empty pages stand before them, for the side on which they begin.
        blanks: usize,
    },
    /// What stands behind the documents.
    Back {
        /// How many empty pages stand before it, for the side on which it begins.
        blanks: usize,
    },
    /// The heads and folios of all pages.
    Folios {
        /// The number of the first page of the documents.
        first: usize,
        /// For each of their pages, which of them its head names.
        heads: Vec<Option<usize>>,
        /// How many pages the book has.
        total: usize,
    },
}

impl Setting {
    /// Writes it for the layout.
    pub(super) fn code(&self) -> String {
        let mut says: BTreeMap<&str, Value> = [("blanks", json!(0))].into();
        let (name, own): (_, Vec<(&str, Value)>) = match self {
            Self::Book => ("book", Vec::new()),
            Self::Front => ("front", Vec::new()),
            Self::Text { blanks } => ("text", vec![("blanks", json!(blanks))]),
            Self::Back { blanks } => ("back", vec![("blanks", json!(blanks))]),
            Self::Folios { first, heads, total } => {
                ("folios", vec![("first", json!(first)), ("heads", json!(heads)), ("total", json!(total))])
            }
        };
        says.extend(own);
        says.insert("setting", json!(name));
        let mut code = String::new();
        for (field, ..) in PARTS {
            code.push_str(&format!("#let {field} = "));
            literal::value(says.get(field).unwrap_or(&Value::Null), &mut code);
            code.push('\n');
        }
        code
    }
}

impl Forme {
    /// Says which part of the book is set.
    pub fn set_part(&mut self, setting: &Setting) {
        self.files.insert(SETTING.to_owned(), setting.code().into());
    }
}
