//! What a run has to tell the person who started it.
//!
//! A [`Diagnostic`] names what was found, where, and an edit that mends it. Rendering gives text; nothing here prints.

use crate::text::Span;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};
use std::sync::Arc;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was left out or could not be done.
    Error,
    /// Something an editor should look at; the edition is whole.
    Warning,
}

/// A place in a file, with the text that stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file's path, relative to the collection.
    pub path: String,
    /// The file's text and the span in it; `None` where the whole file is meant.
    pub excerpt: Option<(Arc<str>, Span)>,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Its permanent name, such as `unknown-key`.
    pub slug: &'static str,
    /// One sentence: what was found, then what was wanted.
    pub message: String,
    /// Where.
    pub place: Option<Place>,
    /// Edits that the reader can make.
    pub helps: Vec<String>,
}

impl Diagnostic {
    /// Makes an error.
    pub fn error(slug: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, slug, message: message.into(), place: None, helps: Vec::new() }
    }

    /// Makes a warning.
    pub fn warning(slug: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(slug, message) }
    }

    /// Says that the whole of a file is meant.
    pub fn in_file(mut self, path: impl Into<String>) -> Self {
        self.place = Some(Place { path: path.into(), excerpt: None });
        self
    }

    /// Says where in a file the thing stands.
    pub fn at(mut self, path: impl Into<String>, text: &Arc<str>, span: Span) -> Self {
        self.place = Some(Place { path: path.into(), excerpt: Some((Arc::clone(text), span)) });
        self
    }

    /// Adds an edit that mends it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.helps.push(help.into());
        self
    }
}

/// Whether rendered diagnostics carry terminal colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Escape sequences for a terminal.
    Terminal,
    /// Plain text.
    Never,
}

/// Renders a diagnostic the way rustc does, without a line end at the end.
pub fn render(diagnostic: &Diagnostic, colour: Colour) -> String {
    let renderer = match colour {
        Colour::Terminal => Renderer::styled(),
        Colour::Never => Renderer::plain(),
    }
    .decor_style(DecorStyle::Ascii);
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.slug);
    let mut group = match &diagnostic.place {
        Some(Place { path, excerpt: Some((text, span)) }) => title.element(
            Snippet::source(text.as_ref())
                .path(path.as_str())
                .annotation(AnnotationKind::Primary.span(within(text, span))),
        ),
        Some(Place { path, excerpt: None }) => title.element(annotate_snippets::Origin::path(path.as_str())),
        None => Group::with_title(title),
    };
    for help in &diagnostic.helps {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

/// Fits a span into a text and onto character boundaries, so that rendering cannot fail.
fn within(text: &str, span: &Span) -> Span {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let end = text.ceil_char_boundary(span.end.clamp(start, text.len()));
    start..end
}
