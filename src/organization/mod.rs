//! Organizations: finding them in documents and compiling the register of them.
//!
//! What enters: documents as passages of plain text, and an [`Authority`] (the embedded list of bodies known
//! worldwide plus the editor's own file). What leaves: a [`Register`] of bodies, abbreviations and acronyms that
//! nobody expands, each with every place where it is named. Nothing is invented: an expansion comes from a document,
//! or from the authority and then says so. Likeness of spelling alone never makes two names one body.

mod acronym;
mod align;
mod authority;
mod bare;
mod complement;
mod describe;
mod doubt;
mod form;
mod initialism;
mod introduced;
mod lexicon;
mod mention;
mod modifiers;
mod name;
mod noted;
mod pairing;
mod phrase;
mod reach;
mod reading;
mod register;
#[cfg(test)]
mod register_tests;
mod resolve;
mod short;
mod small;
mod telling;
mod token;

pub use authority::Authority;
pub use doubt::{Doubt, Reason, doubts};
pub use reading::Finds;

use crate::settings::Identifiers;
use std::ops::Range;

/// The place of a passage in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The title or a heading.
    Title,
    /// The line that says who issued it, where and when.
    Byline,
    /// The running text.
    Body,
    /// The closing lines: names, offices, addresses.
    Signature,
    /// Navigation, event lists, captions: what belongs to the page and not to the document.
    Furniture,
}

/// One paragraph of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The line of the source on which it starts, counted from 1.
    pub line: usize,
    /// Its text, soft line breaks as `\n`.
    pub text: String,
    /// Its place in the document.
    pub part: Part,
}

/// One document as it is read for organizations.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// Its paragraphs in reading order.
    pub passages: &'a [Passage],
    /// Its language as a BCP 47 tag; empty where it is not known.
    pub language: &'a str,
}

/// Reads one document and notes what it offers on its own.
pub fn read(document: &Reading<'_>, authority: &Authority) -> Finds {
    reading::read(document, authority)
}

/// Writes what was found in a document as text, for [`recall`].
pub fn note(finds: &Finds) -> String {
    noted::note(finds)
}

/// Gives what [`note`] wrote of the same document; none where the text is no such text.
pub fn recall(text: &str, document: &Reading<'_>) -> Option<Finds> {
    noted::recall(text, document)
}

/// Compiles the register of a collection from the finds of its documents, given in document order.
///
/// [`Mention::document`] is the index into `finds`.
pub fn compile(finds: &[Finds], authority: &Authority) -> Register {
    register::compile(finds, authority)
}

/// Tells whether a word is one of bodies, such as "Party" or "Ministry", and so no part of a person's name.
pub fn is_word_of_bodies(word: &str) -> bool {
    let word = token::fold(word);
    lexicon::type_kind(&word).is_some() || lexicon::is_people(&word) || lexicon::country(&word).is_some()
}

/// The bodies, abbreviations and unexpanded acronyms of a collection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    /// The entries, sorted by folded name, then by acronym and class.
    pub entries: Vec<Entry>,
}

/// What an entry stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A body of people.
    Organization,
    /// An abbreviation that a document defines and that is no body: a plan, a law, a substance.
    Abbreviation,
    /// An acronym that nobody expands and that no text treats as a body.
    Unexpanded,
}

impl Class {
    /// Names the class as the glossary's JSON does.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Organization => "organization",
            Self::Abbreviation => "abbreviation",
            Self::Unexpanded => "unexpanded",
        }
    }
}

/// How sure it is that all mentions of an entry mean one body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The documents leave no doubt.
    Clear,
    /// Initials, a transliteration or a short form had to be resolved.
    Probable,
    /// Another reading is open: an acronym of several bodies, or one that nobody expands.
    Ambiguous,
}

impl Status {
    /// Names the status as the glossary's JSON does.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Probable => "probable",
            Self::Ambiguous => "ambiguous",
        }
    }
}

/// One entry of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The authorized heading; for an unexpanded acronym the acronym itself.
    pub name: String,
    /// Whether the heading comes from an authority and from no document; it is shown in square brackets then.
    pub name_supplied: bool,
    /// The acronym, where there is one.
    pub acronym: Option<String>,
    /// Other surface forms in the documents, sorted.
    pub variants: Vec<String>,
    /// What kind of body it is: "party", "student body", "state body" …
    pub kind: Option<String>,
    /// The country, where the name or an authority says it.
    pub country: Option<String>,
    /// What the entry stands for.
    pub class: Class,
    /// How sure the identity is.
    pub status: Status,
    /// What a document, or the editor, says the body is.
    pub description: Option<Description>,
    /// Misprints and other forms that get a *see* reference and nothing else, sorted.
    pub see: Vec<String>,
    /// Every mention, sorted by document, passage and start.
    pub mentions: Vec<Mention>,
    /// The mention at which a document says what the body is, as an index into `mentions`.
    pub defined_at: Option<usize>,
    /// Whether the editor's authority file has it.
    pub is_editors: bool,
    /// Under which numbers other authority files know it.
    pub identifiers: Identifiers,
    /// Headings of what it was before.
    pub earlier: Vec<String>,
    /// Headings of what it became.
    pub later: Vec<String>,
    /// Headings of bodies that a reader may want too.
    pub see_also: Vec<String>,
}

/// What is said of a body, in the words of its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// The clause, white space squeezed.
    pub text: String,
    /// The document that says it, as an index into the collection; `None` where the editor says it.
    pub document: Option<usize>,
}

/// One place where a body is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The document, as an index into the collection.
    pub document: usize,
    /// The passage, as an index into the document's passages.
    pub passage: usize,
    /// The bytes of the passage's text.
    pub range: Range<usize>,
    /// The words as they stand, white space squeezed.
    pub form: String,
}
