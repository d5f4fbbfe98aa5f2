//! What is kept of a source: its own bytes, or what of it may be shown.
//!
//! What enters: a [`Source`], a way to read its file, whether contact details are masked. What leaves: the bytes that are
//! attached or handed over. A source of which anything is masked is kept as its masked rendition. A saved page whose
//! programs hold what looks like a contact detail is kept as its text, since nothing is rewritten inside a page.

use crate::diagnostic::Diagnostic;
use crate::document::{Format, mask};
use crate::source::{Source, hash};
use std::io;

/// What the kept bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The file as it was found.
    Original,
    /// Its text with contact details masked.
    Masked,
    /// The text of a saved page.
    Text,
}

impl Shape {
    /// Names it in the manifest.
    pub fn name(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Masked => "masked",
            Self::Text => "text",
        }
    }
}

/// A source as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// The name of the file: the path of the source, with `.md` behind it where a saved page became text.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub media_type: &'static str,
    /// What it is.
    pub shape: Shape,
}

/// Makes what is kept of a source; nothing where its text was never read and may hold what is to be masked.
///
/// `keep` holds the strings that are never masked; it is missing where nothing is. `open` reads the file, which is done
/// only where its own bytes may be kept: they must be those that the source was read from, and a file that changed
/// meanwhile is an error.
pub fn rendition(
    source: &Source,
    keep: Option<&[String]>,
    open: impl FnOnce() -> io::Result<Vec<u8>>,
) -> Result<Option<Rendition>, Diagnostic> {
    if keep.is_some() && source.withheld.is_some() {
        return Ok(None);
    }
    if !source.masks.is_empty() {
        return Ok(Some(text_of(source, Shape::Masked)));
    }
    let told = |problem: Diagnostic| problem.in_file(source.path.clone()).help("build again");
    let raw = open().map_err(|error| told(Diagnostic::error("unreadable", error.to_string())))?;
    if hash(&raw) != source.sha256 {
        return Err(told(Diagnostic::error("changed-meanwhile", "the file changed while the edition was made")));
    }
    let holds_details = |keep: &[String]| !mask::mask(&String::from_utf8_lossy(&raw), keep).masks.is_empty();
    if source.format == Format::Html && keep.is_some_and(holds_details) {
        return Ok(Some(text_of(source, Shape::Text)));
    }
    Ok(Some(Rendition {
        name: source.path.clone(),
        media_type: media_type(source.format),
        bytes: raw,
        shape: Shape::Original,
    }))
}

fn text_of(source: &Source, shape: Shape) -> Rendition {
    let is_page = source.format == Format::Html;
    Rendition {
        name: if is_page { format!("{}.md", source.path) } else { source.path.clone() },
        bytes: source.text.as_bytes().to_vec(),
        media_type: media_type(if is_page { Format::Markdown } else { source.format }),
        shape,
    }
}

fn media_type(format: Format) -> &'static str {
    match format {
        Format::Html => "text/html",
        Format::Markdown => "text/markdown",
        Format::Plain => "text/plain",
    }
}
