//! The front matter that opens a capture, in YAML (`---`) or TOML (`+++`).
//!
//! What enters: a capture's decoded text. What leaves: where its front matter stands, and every value in it as it is
//! written. Front matter that cannot be read is reported and stays part of the text, so that no word is lost; dashes
//! that are a mere break of thought are no front matter. Aliases are never expanded, and dates are not read here.

mod fence;
mod toml;
mod yaml;

use crate::diagnostic::Diagnostic;
use crate::document::Format;
use crate::settings::Spanned;
use crate::text::{LineIndex, Span, short};
use fence::{Fenced, Syntax};
use std::sync::Arc;

/// The longest block that is read, its fences included, in bytes.
pub const LONGEST_BLOCK: usize = 64 * 1024;

/// The deepest nesting of lists and tables that is read.
const DEEPEST: usize = 16;

/// How many values are read.
const MOST_VALUES: usize = 1000;

/// The longest key that is read, in bytes.
const LONGEST_KEY: usize = 256;

/// How many problems of one block are told.
const MOST_PROBLEMS: usize = 20;

/// What a capture says of itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FrontMatter {
    /// The whole block with its fences; empty where there is none.
    pub span: Span,
    /// The title.
    pub title: Option<Spanned<String>>,
    /// What it is, such as a press release.
    pub kind: Option<Spanned<String>>,
    /// The body or person that issued it.
    pub issuer: Option<Spanned<String>>,
    /// Where it was issued.
    pub place: Option<Spanned<String>>,
    /// What it says.
    pub summary: Option<Spanned<String>>,
    /// Its language.
    pub language: Option<Spanned<String>>,
    /// Who holds the rights in it.
    pub rights: Option<Spanned<String>>,
    /// Who wrote it; several names are joined with `; `.
    pub author: Option<Spanned<String>>,
    /// The section of the edition or site that it belongs to.
    pub section: Option<Spanned<String>>,
    /// Its rank among documents of the same date.
    pub order: Option<i64>,
    /// Every value, known or not, in the order of the file.
    pub fields: Vec<FieldValue>,
}

/// One value of the front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldValue {
    /// Its key; nested keys are joined with `.`, and each item of a list has the key of the list.
    pub key: String,
    /// The value as it is written, quotes and escapes resolved; `1943` stays `1943`.
    pub value: String,
    /// Its place in the text.
    pub span: Span,
}

/// A value found in a block, before its key is given a meaning.
#[derive(Debug, Clone)]
struct Field {
    /// The number of its outermost key, counted from 0.
    top: usize,
    value: FieldValue,
    /// Whether it says that there is no value (YAML's `null`).
    is_null: bool,
}

/// An outermost key.
#[derive(Debug, Clone)]
struct Top {
    key: String,
    shape: Shape,
    span: Span,
}

/// The shape of the value of an outermost key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Scalar,
    List,
    Table,
}

/// A block's content.
#[derive(Debug, Clone, Default)]
struct Content {
    tops: Vec<Top>,
    fields: Vec<Field>,
}

/// One thing that is wrong with a block.
#[derive(Debug, Clone)]
struct Problem {
    span: Span,
    message: String,
    help: String,
}

/// The keys that have a meaning here, each with the names that other programs give it.
const MEANINGS: &[(&str, &[&str])] = &[
    ("title", &[]),
    ("kind", &[]),
    ("issuer", &["publisher", "organization"]),
    ("place", &["location"]),
    ("summary", &["description", "excerpt"]),
    ("language", &["lang"]),
    ("rights", &[]),
    ("author", &["authors", "by"]),
    ("section", &[]),
    ("order", &[]),
];

/// Separates the front matter from the text of a capture.
///
/// Every problem is an error named `broken-front-matter`; the span is then empty and there are no fields.
pub fn split(path: &str, text: &Arc<str>, format: Format) -> (FrontMatter, Vec<Diagnostic>) {
    let (front, mut problems) = match fence::find(text) {
        None => (FrontMatter::default(), Vec::new()),
        Some(fenced) => match read(path, text, &fenced, format) {
            Ok(front) => (front, Vec::new()),
            Err(problems) => (FrontMatter::default(), problems),
        },
    };
    let report = |problem: Problem| {
        let diagnostic = Diagnostic::error("broken-front-matter", problem.message).at(path, text, problem.span);
        diagnostic.help(problem.help)
    };
    problems.sort_by_key(|problem| problem.span.start);
    (front, problems.into_iter().map(report).collect())
}

/// Reads a fenced block; where it is no front matter after all, there is neither a result nor a problem.
fn read(path: &str, text: &str, fenced: &Fenced, format: Format) -> Result<FrontMatter, Vec<Problem>> {
    let inside = &text[fenced.inside.clone()];
    let block = match &fenced.block {
        Some(block) if block.len() <= LONGEST_BLOCK => block,
        _ if !fence::begins_like_keys(inside) => return Ok(FrontMatter::default()),
        Some(_) => return Err(vec![too_long(fenced)]),
        None => return Err(vec![unclosed(fenced, inside)]),
    };
    let content = match fenced.syntax {
        Syntax::Yaml => yaml::read(inside, fenced.inside.start),
        Syntax::Toml => toml::read(inside, fenced.inside.start),
    };
    let content = match content {
        Ok(content) => content,
        Err(_) if !fence::is_meant_as_keys(inside) => return Ok(FrontMatter::default()),
        Err(problems) => return Err(problems),
    };
    let keys: Vec<&str> = content.tops.iter().map(|top| top.key.as_str()).collect();
    if fenced.syntax == Syntax::Yaml && !fence::are_keys_of_front_matter(&keys, format) {
        return Ok(FrontMatter::default());
    }
    let lines = LineIndex::new(&text[..block.end]);
    let path: Arc<str> = path.into();
    let place = |field: &Field, value: String| Spanned {
        value,
        span: field.value.span.clone(),
        path: Arc::clone(&path),
        line: lines.line(field.value.span.start),
    };
    let mut front = understood(&content, place)?;
    front.span = block.clone();
    front.fields = content.fields.into_iter().map(|field| field.value).collect();
    Ok(front)
}

/// Gives the known keys their meaning.
fn understood(
    content: &Content,
    place: impl Fn(&Field, String) -> Spanned<String>,
) -> Result<FrontMatter, Vec<Problem>> {
    let mut front = FrontMatter::default();
    let mut problems = Vec::new();
    for (name, others) in MEANINGS {
        for wanted in std::iter::once(name).chain(others.iter()) {
            let tops = content.tops.iter().enumerate().filter(|(_, top)| top.key.eq_ignore_ascii_case(wanted));
            for (at, top) in tops {
                match valued(content, at, top) {
                    Ok(None) => {}
                    Ok(Some((field, value))) => give(&mut front, &mut problems, name, place(field, value)),
                    Err(problem) if wanted == name => problems.push(problem),
                    Err(_) => {}
                }
            }
        }
    }
    if problems.is_empty() { Ok(front) } else { Err(problems) }
}

/// Gives the text that stands under an outermost key: a scalar, a list of them, or the `name` in a table.
fn valued<'c>(content: &'c Content, at: usize, top: &Top) -> Result<Option<(&'c Field, String)>, Problem> {
    let fields = content.fields.iter().filter(|field| field.top == at && !field.is_null);
    let name = format!("{}.name", top.key);
    let own: Vec<&Field> = fields.filter(|field| field.value.key == top.key || field.value.key == name).collect();
    let several = top.shape == Shape::List && !is_plural(&top.key);
    if (top.shape == Shape::Table && own.is_empty()) || (several && own.len() > 1) {
        let found = if several { "a list" } else { "a table" };
        return Err(Problem {
            span: top.span.clone(),
            message: format!("`{}` is {found}; one text was wanted", top.key),
            help: format!("write one text after `{}`, in quotes", top.key),
        });
    }
    let texts = own.iter().map(|field| crate::text::squeeze(&field.value.value)).filter(|text| !text.is_empty());
    let joined = texts.collect::<Vec<_>>().join("; ");
    Ok(own.first().filter(|_| !joined.is_empty()).map(|first| (*first, joined)))
}

/// Tells whether a key may hold several texts.
fn is_plural(key: &str) -> bool {
    ["author", "authors", "by", "issuer", "publisher", "organization"].iter().any(|name| key.eq_ignore_ascii_case(name))
}

/// Fills the part of the front matter that a key means, unless an earlier key has filled it.
fn give(front: &mut FrontMatter, problems: &mut Vec<Problem>, name: &str, value: Spanned<String>) {
    let part = match name {
        "title" => &mut front.title,
        "kind" => &mut front.kind,
        "issuer" => &mut front.issuer,
        "place" => &mut front.place,
        "summary" => &mut front.summary,
        "language" => &mut front.language,
        "rights" => &mut front.rights,
        "author" => &mut front.author,
        "section" => &mut front.section,
        _ => {
            match value.value.parse() {
                Ok(order) => front.order = Some(order),
                Err(_) => problems.push(Problem {
                    span: value.span,
                    message: format!("`order` is `{}`; a whole number was wanted", short(&value.value)),
                    help: "write a whole number, such as `order: 2`".to_owned(),
                }),
            }
            return;
        }
    };
    part.get_or_insert(value);
}

fn unclosed(fenced: &Fenced, inside: &str) -> Problem {
    let mark = fenced.syntax.mark();
    let last = fence::last_key_line(inside) + 1;
    Problem {
        span: fenced.fence.clone(),
        message: format!("the front matter opens with `{mark}` and is never closed"),
        help: format!("put `{mark}` on a line of its own after line {last}"),
    }
}

fn too_long(fenced: &Fenced) -> Problem {
    let mark = fenced.syntax.mark();
    Problem {
        span: fenced.fence.clone(),
        message: format!("the front matter is longer than {} KiB", LONGEST_BLOCK / 1024),
        help: format!("close it with `{mark}` on a line of its own where the text begins"),
    }
}

fn too_deep(span: Span) -> Problem {
    Problem {
        span,
        message: format!("lists and tables are nested more than {DEEPEST} deep"),
        help: "take out what describes no document".to_owned(),
    }
}

fn too_many(span: Span) -> Problem {
    Problem {
        span,
        message: format!("the front matter has more than {MOST_VALUES} values"),
        help: "close it before the text begins, or take out what describes no document".to_owned(),
    }
}

fn key_too_long(span: Span) -> Problem {
    Problem {
        span,
        message: format!("a key is longer than {LONGEST_KEY} bytes"),
        help: "close the front matter before the text begins, or shorten the key".to_owned(),
    }
}

#[cfg(test)]
mod tests;
