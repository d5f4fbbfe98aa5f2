//! The account of an audit, as it is written: the names of the fields are a promise to those who read the JSON.

use super::expected::Rule;
use crate::forme::HeadPart;
use serde::Serialize;
use std::ops::AddAssign;

/// The version of the account's form.
pub const SCHEMA: &str = "dossier-audit/1";

/// The account of an edition.
#[derive(Debug, Clone, Serialize)]
pub struct Audit {
    /// The version of this form.
    pub schema: &'static str,
    /// The program and its version.
    pub program: &'static str,
    /// The words of all sources.
    pub totals: Counts,
    /// The account of each source, in printed order.
    pub sources: Vec<SourceAccount>,
}

/// Where words went. `words` is the sum of all but `repeated`, `named` and `disordered`, which count some of those set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All words of the decoded source, and those that a reader of it dropped beforehand.
    pub words: usize,
    /// Printed in the document's text.
    pub set: usize,
    /// Printed in the document's head or its source note instead.
    pub moved: usize,
    /// Left out, with a rule for each line.
    pub omitted: usize,
    /// Masked, counted as they were before.
    pub masked: usize,
    /// Marks: addresses, labels, tags, list numbers.
    pub syntax: usize,
    /// In the front matter.
    pub front_matter: usize,
    /// Neither printed nor accounted for.
    pub lost: usize,
    /// Printed once more, as heads of tables are on each page.
    pub repeated: usize,
    /// Printed with the name of a character that no font has.
    pub named: usize,
    /// Printed, but not in the order of the source.
    pub disordered: usize,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.words += other.words;
        self.set += other.set;
        self.moved += other.moved;
        self.omitted += other.omitted;
        self.masked += other.masked;
        self.syntax += other.syntax;
        self.front_matter += other.front_matter;
        self.lost += other.lost;
        self.repeated += other.repeated;
        self.named += other.named;
        self.disordered += other.disordered;
    }
}

/// The account of one source.
#[derive(Debug, Clone, Serialize)]
pub struct SourceAccount {
    /// The path of the source, relative to the collection.
    pub source: String,
    /// The printed number of the document; of a further capture of a text, that of the one that is printed.
    pub number: String,
    /// The SHA-256 of the source, or of its masked rendition.
    pub sha256: String,
    /// Where its words went.
    pub counts: Counts,
    /// Lines printed in the head or the source note.
    pub moved: Vec<MovedLine>,
    /// Lines left out.
    pub omitted: Vec<OmittedLine>,
    /// Contact details masked.
    pub masked: Vec<MaskedDetail>,
    /// Marks, by their rule.
    pub syntax: Vec<SyntaxMarks>,
    /// What stands in the front matter.
    pub front_matter: Vec<FrontMatterPart>,
    /// Words that are neither printed nor accounted for.
    pub lost: Vec<Words>,
    /// Words that are printed, but not in the order of the source.
    pub disordered: Vec<Words>,
}

/// Words on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words {
    /// The line, counted from 1.
    pub line: usize,
    /// The words, with what stands between them.
    pub text: String,
    /// How many they are.
    pub words: usize,
}

/// A line printed in the head or the source note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MovedLine {
    /// The rule that moved it.
    pub rule: &'static str,
    /// The parts of the head in which its words stand, in their order.
    pub printed_in: Vec<HeadPart>,
    /// Its words.
    #[serde(flatten)]
    pub words: Words,
}

/// A line left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OmittedLine {
    /// The rule that found it.
    pub rule: &'static str,
    /// Its words.
    #[serde(flatten)]
    pub words: Words,
}

/// A contact detail masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MaskedDetail {
    /// What it was.
    pub kind: &'static str,
    /// The line, counted from 1.
    pub line: usize,
    /// How many words it had.
    pub words: usize,
}

/// The marks that one rule explains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SyntaxMarks {
    /// The rule.
    pub rule: Rule,
    /// How many words they have.
    pub words: usize,
    /// The marks.
    pub places: Vec<Words>,
}

/// A part of the front matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FrontMatterPart {
    /// What it is.
    pub rule: FrontMatterRule,
    /// The key of a value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Where it is printed; nowhere but in this account where that is empty.
    pub printed_in: Vec<Place>,
    /// Its words.
    #[serde(flatten)]
    pub words: Words,
}

/// What stands in front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FrontMatterRule {
    /// A key.
    Key,
    /// A value.
    Value,
    /// A comment.
    Comment,
}

/// Where a value of the front matter is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case", untagged)]
pub enum Place {
    /// In a part of the document's head.
    Head(HeadPart),
    /// Elsewhere in the book.
    Elsewhere(Elsewhere),
}

/// A place outside the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Elsewhere {
    /// The table of contents.
    Contents,
}
