//! Reads a block of YAML 1.2 as a flat list of values.
//!
//! The parser's events are walked one by one, so that each value keeps its words and its place, and so that an alias is
//! never expanded: one that repeats a list or table is a problem.

mod mend;

use super::{Content, DEEPEST, Field, FieldValue, LONGEST_KEY, MOST_PROBLEMS, MOST_VALUES, Problem, Shape, Top};
use crate::text::{LineIndex, Span, short};
use serde_saphyr::granit_parser::{self, Event, Parser, ScalarStyle, ScanError, Tag};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How many aliases are read.
const MOST_ALIASES: usize = 32;

/// Reads the block `inside`, which begins at `offset` of its text.
pub(super) fn read(inside: &str, offset: usize) -> Result<Content, Vec<Problem>> {
    let mut walk = Walk::new(inside, offset);
    for step in Parser::new_from_str(inside) {
        if walk.problems.len() == MOST_PROBLEMS {
            break;
        }
        match step {
            Ok((event, span)) => {
                let span = walk.place(span);
                if let Err(problem) = walk.step(event, span) {
                    walk.problems.push(problem);
                    break;
                }
            }
            Err(error) => {
                let problem = walk.unreadable(&error);
                walk.problems.push(problem);
                break;
            }
        }
    }
    if walk.problems.is_empty() { Ok(walk.content) } else { Err(walk.problems) }
}

/// A list or table that is open.
enum Open {
    List { path: String },
    Table { path: String, keys: BTreeMap<String, usize>, key: Option<String> },
}

/// The state of a walk over the events.
struct Walk<'i> {
    inside: &'i str,
    offset: usize,
    lines: LineIndex,
    open: Vec<Open>,
    anchors: BTreeMap<usize, String>,
    aliases: usize,
    content: Content,
    problems: Vec<Problem>,
}

impl<'i> Walk<'i> {
    fn new(inside: &'i str, offset: usize) -> Self {
        Self {
            inside,
            offset,
            lines: LineIndex::new(inside),
            open: Vec::new(),
            anchors: BTreeMap::new(),
            aliases: 0,
            content: Content::default(),
            problems: Vec::new(),
        }
    }

    fn step(&mut self, event: Event<'_>, span: Span) -> Result<(), Problem> {
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                refuse_binary(tag.as_ref(), &span)?;
                if anchor != 0 {
                    self.anchors.insert(anchor, value.clone().into_owned());
                }
                let value = if span.is_empty() { Cow::Borrowed("") } else { value };
                let is_null = style == ScalarStyle::Plain && matches!(&*value, "" | "~" | "null" | "Null" | "NULL");
                self.scalar(value.into_owned(), is_null, span)
            }
            Event::SequenceStart(..) => self.begin(Shape::List, span),
            Event::MappingStart(..) => self.begin(Shape::Table, span),
            Event::SequenceEnd | Event::MappingEnd => {
                self.open.pop();
                self.end_value();
                Ok(())
            }
            Event::Alias(target) => {
                self.aliases += 1;
                let name = short(self.inside.get(span.start - self.offset..span.end - self.offset).unwrap_or("*"));
                let repeated = self.anchors.get(&target).filter(|_| self.aliases <= MOST_ALIASES).cloned();
                let value = repeated.ok_or_else(|| Problem {
                    span: span.clone(),
                    message: format!(
                        "the alias `{name}` repeats a list or table, or is one of too many; none is expanded"
                    ),
                    help: format!("write out what `{name}` stands for"),
                })?;
                self.scalar(value, false, span)
            }
            _ => Ok(()),
        }
    }

    /// Takes a scalar: a key where a table waits for one, else a value.
    fn scalar(&mut self, value: String, is_null: bool, span: Span) -> Result<(), Problem> {
        if let Some(Open::Table { path, keys, key: None }) = self.open.last_mut() {
            if value.len() > LONGEST_KEY {
                return Err(super::key_too_long(span));
            }
            let line = self.lines.line(span.start - self.offset) + 1;
            if let Some(first) = keys.insert(value.clone(), line) {
                self.problems.push(Problem {
                    span: span.clone(),
                    message: format!("`{}` stands a second time; it stands on line {first} already", short(&value)),
                    help: "keep one of the two".to_owned(),
                });
            }
            let joined = if path.is_empty() { value } else { format!("{path}.{value}") };
            let is_top = self.open.len() == 1;
            if is_top {
                self.content.tops.push(Top { key: joined.clone(), shape: Shape::Scalar, span });
            }
            if let Some(Open::Table { key, .. }) = self.open.last_mut() {
                *key = Some(joined);
            }
            return Ok(());
        }
        let key = match self.open.last() {
            Some(Open::List { path }) => path.clone(),
            Some(Open::Table { key, .. }) => key.clone().unwrap_or_default(),
            None => return Err(no_table("a text", span)),
        };
        if self.content.fields.len() >= MOST_VALUES {
            return Err(super::too_many(span));
        }
        let Some(top) = self.content.tops.len().checked_sub(1) else { return Err(no_table("a list", span)) };
        self.content.fields.push(Field { top, value: FieldValue { key, value, span }, is_null });
        self.end_value();
        Ok(())
    }

    fn begin(&mut self, shape: Shape, span: Span) -> Result<(), Problem> {
        let path = match self.open.last() {
            None if shape == Shape::List => return Err(no_table("a list", span)),
            None => String::new(),
            Some(Open::List { path }) => path.clone(),
            Some(Open::Table { key: Some(key), .. }) => key.clone(),
            Some(Open::Table { key: None, .. }) => {
                return Err(Problem {
                    span,
                    message: "a key is a list or table; a word was wanted".to_owned(),
                    help: "put the value in quotes where it begins with `[`, `{` or `?`".to_owned(),
                });
            }
        };
        if self.open.len() >= DEEPEST {
            return Err(super::too_deep(span));
        }
        if let [Open::Table { .. }] = self.open.as_slice()
            && let Some(top) = self.content.tops.last_mut()
        {
            top.shape = shape;
        }
        self.open.push(match shape {
            Shape::List => Open::List { path },
            Shape::Scalar | Shape::Table => Open::Table { path, keys: BTreeMap::new(), key: None },
        });
        Ok(())
    }

    /// Lets the table around a finished value wait for its next key.
    fn end_value(&mut self) {
        if let Some(Open::Table { key, .. }) = self.open.last_mut() {
            *key = None;
        }
    }

    /// Turns the parser's place into one of the whole text, without white space at its end.
    fn place(&self, span: granit_parser::Span) -> Span {
        let length = self.inside.len();
        let start = span.start.byte_offset().unwrap_or(length).min(length);
        let end = span.end.byte_offset().unwrap_or(start).clamp(start, length);
        let start = self.inside.floor_char_boundary(start);
        let end = self.inside.ceil_char_boundary(end);
        self.offset + start..self.offset + start + self.inside[start..end].trim_end().len()
    }

    /// Explains why the parser gave up, by the line that has to be edited.
    fn unreadable(&self, error: &ScanError) -> Problem {
        let failed = self.lines.line(offset_of(error, self.inside));
        let reason = crate::text::squeeze(&error.kind().to_string());
        let mend = mend::find(self.inside, &self.lines, failed);
        let span = self.lines.span(mend.line, self.inside);
        let line = self.inside[span.clone()].trim_end();
        let start = self.offset + span.start;
        Problem {
            span: start..start + line.len(),
            message: format!("`{}` cannot be read: {reason}", short(line.trim())),
            help: mend.help,
        }
    }
}

/// Gives the byte of the block at which the parser gave up.
fn offset_of(error: &ScanError, inside: &str) -> usize {
    inside.floor_char_boundary(error.marker().byte_offset().unwrap_or(inside.len()).min(inside.len()))
}

/// Gives the line at which a block cannot be read any further, counted from 1; `None` where all of it can be.
fn failing_line(inside: &str) -> Option<usize> {
    let error = Parser::new_from_str(inside).find_map(Result::err)?;
    Some(LineIndex::new(inside).line(offset_of(&error, inside)))
}

fn refuse_binary(tag: Option<&Cow<'_, Tag>>, span: &Span) -> Result<(), Problem> {
    if tag.is_some_and(|tag| tag.suffix() == "binary") {
        return Err(Problem {
            span: span.clone(),
            message: "a value is binary; a text was wanted".to_owned(),
            help: "take the value out, or write it as a text in quotes".to_owned(),
        });
    }
    Ok(())
}

fn no_table(found: &str, span: Span) -> Problem {
    Problem {
        span,
        message: format!("the front matter is {found}; keys with values were wanted"),
        help: "write `key: value` on each line".to_owned(),
    }
}
