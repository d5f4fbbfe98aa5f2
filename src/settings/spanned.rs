//! A value and where an editor wrote it.

use crate::text::Span;
use std::sync::Arc;

/// A value with its place, so that whatever follows from it can name file and line as its evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Its bytes in the text of the file.
    pub span: Span,
    /// The file it stands in, as a path relative to the collection.
    pub path: Arc<str>,
    /// The line where it starts, counted from 1.
    pub line: usize,
}

impl<T> Spanned<T> {
    /// Names its place, with the line where there is one: `dossier.toml:2`.
    pub fn place(&self) -> String {
        if self.line == 0 { self.path.to_string() } else { format!("{}:{}", self.path, self.line) }
    }

    /// Replaces the value and keeps its place.
    pub fn with<U>(&self, value: U) -> Spanned<U> {
        Spanned { value, span: self.span.clone(), path: Arc::clone(&self.path), line: self.line }
    }
}
