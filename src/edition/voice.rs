//! The words that the edition adds, said by the layout's templates.
//!
//! What enters: the name of a template and what it may speak of. What leaves: blocks of text. Templates yield Markdown;
//! every value they insert is escaped, so nothing that a source says can become markup, and a name that a template gets
//! wrong is an error.

use super::words::{Words, category};
use crate::diagnostic::Diagnostic;
use crate::document::{Block, Inline, bidi, markdown};
use crate::layout::Layout;
use crate::text::LineIndex;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value};
use serde::Serialize;
use std::error::Error as _;
use std::sync::Arc;

/// The templates of a layout, ready to speak.
pub struct Voice {
    environment: Environment<'static>,
    layout: String,
}

impl Voice {
    /// Reads the templates of a layout.
    pub fn new(layout: &Layout, words: &Words) -> Result<Self, Diagnostic> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.expect("the delimiters are the usual ones"));
        environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
        environment.set_formatter(write_escaped);
        environment.add_filter("org", organization);
        environment.add_filter("doc", document);
        environment.add_filter("sequence", sequence);
        let language = words.language.clone();
        environment.add_filter("plural", move |number: u64, one: Option<&str>, many: Option<&str>, forms: Kwargs| {
            plural(category(&language, number), one.zip(many), &forms)
        });
        environment.add_filter("spelt", spelt);
        environment.add_filter("sentence", sentence);
        environment.add_filter("full_stop", full_stop);
        environment.add_filter("verbatim", verbatim);
        for (name, text) in layout.names_ending(".md") {
            environment
                .add_template_owned(name.to_owned(), text.to_owned())
                .map_err(|error| broken(&layout.name, (name, text), &error))?;
        }
        Ok(Self { environment, layout: layout.name.clone() })
    }

    /// Says a template: gives its paragraphs.
    pub fn say(&self, template: &str, context: impl Serialize) -> Result<Vec<Block>, Diagnostic> {
        let text = self.text(template, context)?;
        let mut blocks = markdown::parse(&text, 0..text.len()).blocks;
        blocks.iter_mut().for_each(join_block);
        Ok(blocks)
    }

    /// Says a template that yields plain lines: gives them without markup.
    pub fn lines(&self, template: &str, context: impl Serialize) -> Result<Vec<String>, Diagnostic> {
        let blocks = self.say(template, context)?;
        let tree = crate::document::Tree { blocks, ..Default::default() };
        let runs = crate::document::passage::passages(&tree).runs;
        Ok(runs.iter().map(|run| crate::text::squeeze(&run.text)).filter(|line| !line.is_empty()).collect())
    }

    fn text(&self, template: &str, context: impl Serialize) -> Result<String, Diagnostic> {
        let rendered = self.environment.get_template(template);
        rendered.and_then(|template| template.render(Value::from(Serde(context)))).map_err(|error| {
            // One template may include another, in which the error is.
            let mut error = &error;
            while let Some(inner) = error.source().and_then(|inner| inner.downcast_ref::<Error>()) {
                error = inner;
            }
            let named = error.name().and_then(|name| self.environment.get_template(name).ok());
            let place = named.as_ref().map_or((template, ""), |named| (named.name(), named.source()));
            broken(&self.layout, place, error)
        })
    }
}

/// Joins the pieces into which escapes cut the text of a paragraph.
fn join_block(block: &mut Block) {
    if let Block::Paragraph(content) = block {
        join(content);
    }
}

fn join(content: &mut Vec<Inline>) {
    let mut joined: Vec<Inline> = Vec::with_capacity(content.len());
    for mut inline in content.drain(..) {
        match (&mut inline, joined.last_mut()) {
            (Inline::Text(leaf), Some(Inline::Text(last))) => {
                last.text.push_str(&leaf.text);
                last.span.end = leaf.span.end;
                continue;
            }
            (Inline::Emphasis(content) | Inline::Strong(content) | Inline::Link { content, .. }, _) => join(content),
            _ => {}
        }
        joined.push(inline);
    }
    *content = joined;
}

fn broken(layout: &str, (template, text): (&str, &str), error: &Error) -> Diagnostic {
    let detail =
        error.detail().map_or_else(|| error.kind().to_string(), |detail| format!("{}: {detail}", error.kind()));
    let problem = Diagnostic::error("broken-template", detail);
    let path = format!("layouts/{layout}/{template}");
    let line = || error.line().map(|line| LineIndex::new(text).span(line, text));
    let problem = match error.range().or_else(line).filter(|span| text.get(span.clone()).is_some()) {
        Some(span) => problem.at(path, &Arc::from(text), span),
        None => problem.in_file(path),
    };
    problem.help(format!("`dossier layout fields` tells what `{template}` may speak of"))
}

/// Writes a value with every ASCII mark escaped, so that Markdown reads it as text.
fn write_escaped(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_undefined() {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    out.write_str(&escaped(value)).map_err(|_| Error::from(ErrorKind::WriteFailure))
}

fn escaped(value: &Value) -> String {
    if value.is_safe() {
        return value.to_string();
    }
    if value.is_none() {
        return String::new();
    }
    let text = value.to_string();
    let mut out = String::with_capacity(text.len() + 8);
    for character in bidi::closed(&text).chars() {
        match character {
            '\n' | '\r' | '\t' => out.push(' '),
            _ if character.is_ascii_punctuation() => {
                out.push('\\');
                out.push(character);
            }
            _ => out.push(character),
        }
    }
    out
}

/// Names an organization with a link to its entry.
fn organization(entry: &Value) -> Result<Value, Error> {
    Ok(Value::from_safe_string(format!("[{}](org:{})", escaped(&entry.get_attr("name")?), entry.get_attr("key")?)))
}

/// Names a document by its number with a link to it; the text before the number is the argument.
fn document(document: &Value, word: &str) -> Result<Value, Error> {
    let number = escaped(&document.get_attr("number")?);
    let named = if word.is_empty() { number } else { format!("{word}\u{a0}{number}") };
    Ok(Value::from_safe_string(format!("[{named}](doc:{})", document.get_attr("key")?)))
}

/// Joins a list: `a, b and c`, or `a, b, c` where no last word is given.
fn sequence(items: &Value, last: Option<&str>) -> Result<Value, Error> {
    let items: Vec<String> = items.try_iter()?.map(|item| escaped(&item)).collect();
    Ok(Value::from_safe_string(match (items.split_last(), last) {
        (Some((end, rest)), Some(last)) if !rest.is_empty() => format!("{} {last} {end}", rest.join(", ")),
        _ => items.join(", "),
    }))
}

/// Writes a text as a code span, fenced with more backticks than it holds in a row.
fn verbatim(text: &str) -> Value {
    let text = bidi::closed(&crate::text::squeeze(text)).into_owned();
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    Value::from_safe_string(format!("{fence}{space}{text}{space}{fence}"))
}

/// Ends a text with a full stop, unless it ends a sentence already.
fn full_stop(text: &str) -> String {
    let stop = if text.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{text}{stop}")
}

/// Chooses a word by the category of a number: `plural("one", "many")`, or `plural(one=…, few=…, other=…)` with the
/// categories of CLDR; one that is not given falls back to `other`.
fn plural(category: &str, two: Option<(&str, &str)>, forms: &Kwargs) -> Result<String, Error> {
    let given = |name: &str| forms.get::<Option<String>>(name);
    let word = match two {
        Some((one, many)) => Some(if category == "one" { one } else { many }.to_owned()),
        None => given(category)?.or(given("other")?),
    };
    // All forms count as used, whichever the number asks for.
    for name in ["zero", "one", "two", "few", "many", "other"] {
        given(name)?;
    }
    forms.assert_all_used()?;
    word.ok_or_else(|| {
        Error::new(ErrorKind::MissingArgument, format!("no form for `{category}`, and none for `other`"))
    })
}

/// Spells a number out by a list of words for zero, one, two …; a number beyond the list stays in figures.
fn spelt(number: u64, words: &Value) -> Result<String, Error> {
    let index = usize::try_from(number).unwrap_or(usize::MAX);
    let word = words.get_item(&Value::from(index))?;
    Ok(if word.is_undefined() { number.to_string() } else { word.to_string() })
}

/// Writes the first letter as a capital.
fn sentence(text: &Value) -> Value {
    let written = text.to_string();
    let mut characters = written.chars();
    let capital = match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    };
    if text.is_safe() { Value::from_safe_string(capital) } else { Value::from(capital) }
}
