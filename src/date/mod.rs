//! Dates with evidence.
//!
//! What enters: one document's text, path and declared fields ([`Clues`]). What leaves: a [`Dating`], that is the date
//! that files the document, the other dates that it bears, the words that say so, and the days that bound it.
//! The work has two steps: [`gather`] reads one document alone, [`decide`](fn@decide) ranks what it found in the light of the
//! collection's [`Habits`]. Nothing here looks at a clock or at a file's times, and nothing guesses: a date that
//! cannot be proved leaves the document undated with its clues listed.

mod bounds;
mod context;
mod decide;
pub mod edtf;
pub mod explain;
mod fields;
mod habits;
mod labels;
mod layout;
mod lexicon;
mod recognise;
mod reported;
mod roles;
mod tokens;
mod told;

pub use bounds::Proposal;
pub use decide::decide;
pub use edtf::Edtf;
pub use habits::{Habits, Locale};
pub use recognise::{Calendar, Expression, Form, Partial, recognise};

use crate::text::Span;
use chrono::{NaiveDate, NaiveTime};

/// Where a piece of evidence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceKind {
    /// In the document's own text.
    Text,
    /// In the front matter at the head of the file.
    FrontMatter,
    /// In a sidecar file beside the capture.
    Sidecar,
    /// In the collection's configuration.
    Config,
    /// In the file's name or the folders above it.
    FileName,
    /// In what a harvester or a web page's head recorded.
    Metadata,
}

impl EvidenceKind {
    /// Gives the name used in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::FrontMatter => "front-matter",
            Self::Sidecar => "sidecar",
            Self::Config => "config",
            Self::FileName => "file-name",
            Self::Metadata => "metadata",
        }
    }
}

/// What a date says of its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// An editor gave it.
    Editor,
    /// The document was issued then: a dateline, a letter's head, the day of a meeting whose minutes it is.
    Issued,
    /// It was first published then.
    Published,
    /// It was published again, or posted, after it was issued.
    Reposted,
    /// The capture was made or printed then; it only bounds the document.
    Captured,
    /// The document was last changed then.
    Modified,
    /// What the document reports happened then.
    Event,
    /// The date is mentioned in the text, and dates nothing.
    Mentioned,
}

impl Role {
    /// Gives the name used in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Editor => "editor",
            Self::Issued => "issued",
            Self::Published => "published",
            Self::Reposted => "reposted",
            Self::Captured => "captured",
            Self::Modified => "modified",
            Self::Event => "event",
            Self::Mentioned => "mentioned",
        }
    }
}

/// How a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// The source states it in full.
    Stated,
    /// It follows from the source: a year completed, a reading decided, another calendar converted.
    Inferred,
    /// An editor gave it, in front matter, a sidecar or the configuration.
    Editor,
}

impl Grade {
    /// Gives the name used in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Inferred => "inferred",
            Self::Editor => "editor",
        }
    }
}

/// Words in a source that say something of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Where the words stand.
    pub kind: EvidenceKind,
    /// Their line in the decoded text, counted from 1.
    pub line: Option<usize>,
    /// Their place in the decoded text.
    pub span: Option<Span>,
    /// The words and a little of what stands round them, with white space folded.
    pub text: String,
    /// What they say of the document.
    pub role: Role,
}

/// A date and everything that is known about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The value.
    pub edtf: Edtf,
    /// What it says of the document.
    pub role: Role,
    /// How it is known.
    pub grade: Grade,
    /// The words that say so, the weightiest first.
    pub evidence: Vec<Evidence>,
    /// The date as the source writes it.
    pub verbatim: String,
    /// The time of day that the source gives with it.
    pub clock: Option<NaiveTime>,
    /// Why it won or lost, in one short sentence.
    pub why: String,
}

/// The days between which a document came into being.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The first day that is possible.
    pub earliest: Option<NaiveDate>,
    /// The last day that is possible.
    pub latest: Option<NaiveDate>,
}

/// Something in the text that hints at a date without proving one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clue {
    /// Its line in the decoded text, counted from 1.
    pub line: Option<usize>,
    /// The words, with white space folded.
    pub text: String,
    /// What they suggest, in one short sentence.
    pub suggests: String,
}

/// What is known of a document's dates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dating {
    /// The date that files the document; none leaves it undated. A value without a year
    /// ([`Edtf::has_year`]) is kept here too, and orders nothing.
    pub filed: Option<Dated>,
    /// What would file the document if the date that does, and all that agree with it, were not there.
    pub instead: Option<Dated>,
    /// Other dates with a role: first published, reposted, captured, reported events, rivals that lost.
    pub others: Vec<Dated>,
    /// The days between which it came into being.
    pub bounds: Bounds,
    /// What an editor can start from where nothing is proved.
    pub clues: Vec<Clue>,
    /// A weekday that does not fit, or dates that disagree and cannot be ranked, in one sentence for a warning.
    pub conflict: Option<String>,
}

/// A declared value: of front matter, a sidecar, the configuration or a web page's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field<'a> {
    /// Its key, such as `date`, `published`, `path`, `lastmod`.
    pub key: &'a str,
    /// Its value as written.
    pub value: &'a str,
    /// Its line in the decoded text, counted from 1.
    pub line: Option<usize>,
    /// Where it stands.
    pub kind: EvidenceKind,
}

/// Everything in and round one document that can date it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clues<'a> {
    /// The file's path relative to the collection, with `/` between folders.
    pub path: &'a str,
    /// The whole decoded text, front matter included.
    pub text: &'a str,
    /// Where the text after the front matter stands.
    pub body: Span,
    /// What is declared about the document.
    pub fields: &'a [Field<'a>],
}

/// Everything that was recognised in one document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidates {
    /// The dates that say something of the document, in order of their place.
    found: Vec<roles::Candidate>,
    /// The days that the first paragraph tells by their distance, which the document's date resolves.
    reported: Vec<reported::Reported>,
    /// Dates and years in running text.
    clues: Vec<Clue>,
    /// The latest day that running text speaks of as past.
    not_before: Option<NaiveDate>,
    /// How the text's own language orders day and month, where it says so.
    language: Option<Locale>,
    /// How the text's unambiguous numeric dates order day and month.
    numeric: habits::Counts,
    /// The site that the document was captured from, where that is known.
    site: Option<String>,
}

impl Candidates {
    /// Says from which site the document was captured, whose captures share a habit of writing dates.
    pub fn from_site(self, site: Option<String>) -> Self {
        Self { site, ..self }
    }

    /// Gives every piece of evidence the line of the file that its line of the text stands for.
    pub fn on_lines(mut self, line: impl Fn(usize) -> usize) -> Self {
        let found = self.found.iter_mut().map(|candidate| &mut candidate.evidence);
        for evidence in found.chain(self.reported.iter_mut().map(|reported| &mut reported.evidence)) {
            if evidence.kind == EvidenceKind::Text || evidence.span.is_some() {
                evidence.line = evidence.line.map(&line);
            }
        }
        for clue in &mut self.clues {
            clue.line = clue.line.map(&line);
        }
        self
    }
}

/// Reads one document's text, path and fields, and keeps every date with what it says of the document.
pub fn gather(clues: &Clues<'_>) -> Candidates {
    let start = clues.text.floor_char_boundary(clues.body.start.min(clues.text.len()));
    let end = clues.text.floor_char_boundary(clues.body.end.clamp(start, clues.text.len()));
    let body = &clues.text[start..end];
    let tokens = tokens::tokenise(body);
    let expressions = recognise::in_tokens(body, &tokens);
    let layout = layout::Layout::new(body, &expressions);
    let mut found = fields::declared(clues.fields);
    found.extend(fields::in_path(clues.path));
    let first_line = clues.text[..start].bytes().filter(|byte| *byte == b'\n').count();
    let origin = context::Origin { offset: start, lines: first_line };
    found.extend(roles::assign(body, &layout, &expressions, origin));
    let (running, not_before) = told::running(body, &layout, &expressions, &tokens, origin);
    Candidates {
        found,
        reported: reported::relative(body, &layout, &expressions, &tokens, origin),
        clues: running,
        not_before,
        language: habits::language(body, &tokens),
        numeric: habits::Counts::of(&expressions),
        site: None,
    }
}
