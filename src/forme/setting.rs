//! Which part of a book Typst is asked for, as the layout's Typst files know it.
//!
//! What enters: a part. What leaves: the file `/setting.typ`.

use super::{Forme, literal};
use serde_json::{Value, json};

/// The file that says it.
const SETTING: &str = "/setting.typ";

/// Which part of the book is set: each value, what it takes, what it means.
pub(super) const PARTS: [(&str, &str, &str); 3] = [
    (
        "setting",
        "`text`, `rest` or `book`",
        "The documents without heads and folios; all else, with a page of head and folio for each of theirs; all at once.",
    ),
    (
        "front-pages",
        "number or none",
        "In `text`, how many empty pages stand for the front matter; none where it is set.",
    ),
    (
        "heads",
        "list of numbers or none",
        "In `rest`, for each page of the documents which of them its head names, from 0.",
    ),
];

/// Which part of a book is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// All of it at once.
    Book,
    /// The documents, without heads and folios.
    Text {
        /// How many pages stand before them; none where the front matter is set to find out.
        front: Option<usize>,
    },
    /// All else: what stands before and behind the documents, and the heads and folios of their pages.
    Rest {
        /// For each page of the documents, which of them its head names.
        heads: Vec<Option<usize>>,
    },
}

impl Setting {
    /// Writes it for the layout.
    fn code(&self) -> String {
        let (name, front, heads) = match self {
            Self::Book => ("book", None, Value::Null),
            Self::Text { front } => ("text", *front, Value::Null),
            Self::Rest { heads } => ("rest", None, json!(heads)),
        };
        let mut code = String::new();
        for ((field, ..), value) in PARTS.iter().zip([json!(name), json!(front), heads]) {
            code.push_str(&format!("#let {field} = "));
            literal::value(&value, &mut code);
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
