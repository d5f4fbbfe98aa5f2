//! The fences of front matter, and what tells it from a break of thought.

use super::MEANINGS;
use crate::document::Format;
use crate::text::Span;

/// How a block is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// Between `---` and `---` or `...`.
    Yaml,
    /// Between `+++` and `+++`.
    Toml,
}

impl Syntax {
    /// Gives the fence.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Self::Yaml => "---",
            Self::Toml => "+++",
        }
    }

    fn closes(self, line: &str) -> bool {
        line == self.mark() || (self == Self::Yaml && line == "...")
    }
}

/// A fence at the head of a text, and what follows it.
#[derive(Debug, Clone)]
pub(super) struct Fenced {
    /// How the block is written.
    pub(super) syntax: Syntax,
    /// The opening fence.
    pub(super) fence: Span,
    /// What stands between the fences, or the rest of the text.
    pub(super) inside: Span,
    /// The whole block, its fences and their line ends included; `None` where no fence closes it.
    pub(super) block: Option<Span>,
}

/// Finds a block that opens a text.
pub(super) fn find(text: &str) -> Option<Fenced> {
    let first = text.split_inclusive('\n').next()?;
    let syntax = match first.trim_end() {
        "---" => Syntax::Yaml,
        "+++" => Syntax::Toml,
        _ => return None,
    };
    let fence = 0..syntax.mark().len();
    let mut at = first.len();
    for line in text[first.len()..].split_inclusive('\n') {
        let end = at + line.len();
        if syntax.closes(line.trim_end()) {
            return Some(Fenced { syntax, fence, inside: first.len()..at, block: Some(0..end) });
        }
        at = end;
    }
    Some(Fenced { syntax, fence, inside: first.len()..text.len(), block: None })
}

/// How many lines are looked at to tell front matter from text.
const LINES_LOOKED_AT: usize = 40;

/// The longest key, in bytes, that a line is taken to begin with.
const LONGEST_KEY: usize = 64;

/// Keys that other programs write into front matter, beside those that have a meaning here.
const FOREIGN: &[&str] = &[
    "accessed",
    "aliases",
    "archived",
    "captured",
    "categories",
    "category",
    "comments",
    "created",
    "date",
    "date_published",
    "datepublished",
    "draft",
    "first_published",
    "image",
    "issued",
    "keywords",
    "lastmod",
    "layout",
    "modified",
    "name",
    "permalink",
    "posted",
    "pubdate",
    "published",
    "published_at",
    "retrieved",
    "series",
    "slug",
    "source",
    "subject",
    "subtitle",
    "tags",
    "template",
    "toc",
    "type",
    "updated",
    "uri",
    "url",
    "weight",
];

/// Tells whether a key is one that front matter is known to have.
fn is_known(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    FOREIGN.contains(&key.as_str())
        || MEANINGS.iter().any(|(name, others)| *name == key || others.contains(&key.as_str()))
}

/// Tells whether a key is written as programs write them: one word that begins with a small letter.
fn is_programs(key: &str) -> bool {
    key.starts_with(|first: char| first.is_lowercase() || first == '_')
        && key.chars().all(|character| character.is_alphanumeric() || matches!(character, '_' | '-' | '.' | ':'))
}

/// Gives the key that a line begins with, whichever of the two languages it is written in.
fn key(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(['{', ' ', '\t']);
    let end = line.find([':', '=']).filter(|end| *end <= LONGEST_KEY)?;
    let (key, after) = (line[..end].trim(), &line[end..]);
    let ends = after.starts_with('=') || matches!(after.as_bytes(), [b':'] | [b':', b' ' | b'\t' | b'\r', ..]);
    let key = key.trim_matches(['"', '\'']);
    (ends && !key.is_empty()).then_some(key)
}

/// Gives the first lines that say something.
fn lines(inside: &str) -> impl Iterator<Item = &str> {
    let first = inside.lines().take(LINES_LOOKED_AT);
    first.filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
}

/// Tells whether a text begins with lines such as `key: value`; asked where no fence closes it.
pub(super) fn begins_like_keys(inside: &str) -> bool {
    let mut keys = lines(inside).map(key);
    let (first, second) = (keys.next().flatten(), keys.next().flatten());
    let is_likely = |key: &str| is_known(key) || is_programs(key);
    first.is_some_and(|first| is_known(first) || (is_programs(first) && second.is_some_and(is_likely)))
}

/// Tells whether a closed block that cannot be read was meant as front matter.
pub(super) fn is_meant_as_keys(inside: &str) -> bool {
    let mut keys = lines(inside).take(2).map(key);
    let is_first = keys.next().flatten().is_some_and(|key| is_known(key) || is_programs(key));
    is_first || keys.flatten().any(|key| is_known(key) && is_programs(key))
}

/// Tells whether the keys of a block are those of front matter, not the first words of paragraphs between two rules.
pub(super) fn are_keys_of_front_matter(keys: &[&str], format: Format) -> bool {
    let is_fitting = |key: &&str| match format {
        Format::Markdown => is_known(key) || is_programs(key),
        Format::Plain | Format::Html => is_known(key),
    };
    keys.is_empty() || keys.iter().any(is_fitting)
}

/// Gives the number of the last line that reads like front matter, counted from 1 within the block.
pub(super) fn last_key_line(inside: &str) -> usize {
    let is_inner = |line: &str| line.starts_with([' ', '\t', '#']) || line.starts_with("- ");
    let is_fitting = |line: &&str| !line.trim().is_empty() && (is_inner(line) || key(line).is_some());
    inside.lines().take(LINES_LOOKED_AT).take_while(is_fitting).count().max(1)
}
