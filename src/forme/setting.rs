//! Which part of a book Typst is asked for, as the layout's Typst files know it.
//!
//! What enters: a part. What leaves: the file `/setting.typ`.

use super::{Forme, literal};
use serde_json::{Value, json};
use typst::layout::Abs;

/// The file that says it.
pub(super) const SETTING: &str = "/setting.typ";

/// Which part of the book is set: each value, what it takes, what it means.
pub(super) const PARTS: [(&str, &str, &str); 5] = [
    (
        "setting",
        "`front`, `openings`, `text`, `rest` or `book`",
        "What stands before the documents; the opening of each document between two marks, to learn how deep it is; \
         documents without heads and folios, as on right-hand pages; all but the documents, with a page of head and \
         folio for each of theirs; all at once.",
    ),
    ("blanks", "number", "In `text`, how many empty pages stand before the documents."),
    (
        "depths",
        "list of numbers",
        "In `text`, how deep the opening of each document is, in points; what is not said is measured.",
    ),
    ("first", "number", "In `rest`, the number of the first page of the documents."),
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
    /// What stands before the documents.
    Front,
    /// The openings of documents, to learn how deep they are.
    Openings,
    /// Documents, without heads and folios.
    Text {
        /// How many empty pages stand before them, for the side on which they begin.
        blanks: usize,
        /// How deep the opening of each is.
        depths: Vec<Abs>,
    },
    /// All else: what stands before and behind the documents, and the heads and folios of their pages.
    Rest {
        /// The number of the first of those.
        first: usize,
        /// For each page of the documents, which of them its head names.
        heads: Vec<Option<usize>>,
    },
}

impl Setting {
    /// Writes it for the layout.
    pub(super) fn code(&self) -> String {
        let name = match self {
            Self::Book => "book",
            Self::Front => "front",
            Self::Openings => "openings",
            Self::Text { .. } => "text",
            Self::Rest { .. } => "rest",
        };
        let (blanks, depths) = match self {
            Self::Text { blanks, depths } => (*blanks, depths.iter().map(|depth| depth.to_pt()).collect()),
            _ => (0, json!([])),
        };
        let (first, heads) = match self {
            Self::Rest { first, heads } => (*first, json!(heads)),
            _ => (0, Value::Null),
        };
        let mut code = String::new();
        for ((field, ..), value) in PARTS.iter().zip([json!(name), json!(blanks), depths, json!(first), heads]) {
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
