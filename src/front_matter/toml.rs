//! Reads a block of TOML as a flat list of values.

use super::{Content, DEEPEST, Field, FieldValue, LONGEST_KEY, MOST_PROBLEMS, MOST_VALUES, Problem, Shape, Top};
use crate::text::LineIndex;
use std::borrow::Cow;
use std::collections::BTreeSet;
use toml::de::{DeTable, DeValue};

type Value<'i> = toml::Spanned<DeValue<'i>>;

/// Reads the block `inside`, which begins at `offset` of its text.
pub(super) fn read(inside: &str, offset: usize) -> Result<Content, Vec<Problem>> {
    let (table, errors) = DeTable::parse_recoverable(inside);
    if !errors.is_empty() {
        let lines = LineIndex::new(inside);
        let mut broken = BTreeSet::new();
        let firsts = errors.iter().filter(|error| broken.insert(lines.line(error.span().map_or(0, |span| span.start))));
        return Err(firsts.take(MOST_PROBLEMS).map(|error| unreadable(error, inside, offset)).collect());
    }
    let mut content = Content::default();
    for (key, value) in in_order(table.get_ref()) {
        let shape = match value.get_ref() {
            DeValue::Array(_) => Shape::List,
            DeValue::Table(_) => Shape::Table,
            _ => Shape::Scalar,
        };
        let span = key.span();
        let span = offset + span.start..offset + span.end;
        content.tops.push(Top { key: key.get_ref().to_string(), shape, span });
        Values { inside, offset, top: content.tops.len() - 1, fields: &mut content.fields }.take(
            key.get_ref(),
            value,
            1,
        )?;
    }
    content.fields.sort_by_key(|field| field.value.span.start);
    Ok(content)
}

/// Gives the entries of a table in the order of the text.
fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<(&'t toml::Spanned<Cow<'i, str>>, &'t Value<'i>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// Gathers the values under one outermost key.
struct Values<'a> {
    inside: &'a str,
    offset: usize,
    top: usize,
    fields: &'a mut Vec<Field>,
}

impl Values<'_> {
    fn take(&mut self, key: &str, value: &Value<'_>, depth: usize) -> Result<(), Vec<Problem>> {
        let span = self.offset + value.span().start..self.offset + value.span().end;
        if depth > DEEPEST {
            return Err(vec![super::too_deep(span)]);
        }
        if key.len() > depth * LONGEST_KEY {
            return Err(vec![super::key_too_long(span)]);
        }
        let written = match value.get_ref() {
            DeValue::Table(table) => {
                let mut entries = in_order(table).into_iter();
                return entries
                    .try_for_each(|(inner, value)| self.take(&format!("{key}.{}", inner.get_ref()), value, depth + 1));
            }
            DeValue::Array(items) => return items.iter().try_for_each(|item| self.take(key, item, depth + 1)),
            DeValue::String(string) => string.to_string(),
            _ => self.inside.get(value.span()).unwrap_or_default().to_owned(),
        };
        if self.fields.len() >= MOST_VALUES {
            return Err(vec![super::too_many(span)]);
        }
        let value = FieldValue { key: key.to_owned(), value: written, span };
        self.fields.push(Field { top: self.top, value, is_null: false });
        Ok(())
    }
}

fn unreadable(error: &toml::de::Error, inside: &str, offset: usize) -> Problem {
    let span = error.span().unwrap_or(0..inside.len());
    let at = inside.floor_char_boundary(span.start.min(inside.len()));
    let start = inside[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = inside[start..].lines().next().unwrap_or_default();
    Problem {
        span: offset + span.start..offset + span.end,
        message: format!("the front matter is not TOML: {}", crate::text::squeeze(error.message())),
        help: crate::settings::mended(line).unwrap_or_else(|| {
            "write each key once, as `key = \"value\"`, and close the block with `+++` before the text begins"
                .to_owned()
        }),
    }
}
