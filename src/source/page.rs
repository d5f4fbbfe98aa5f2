//! A saved page as a source.
//!
//! What enters: the bytes of an HTML file. What leaves: a [`Source`] whose text is the Markdown rendition of the page's
//! main text. What the page declares and what of it is not set are masked like the text itself, and a page of which
//! anything was masked is known by the hash of its rendition.

use super::{Masking, Origin, Source, decode, hash, masked};
use crate::diagnostic::Diagnostic;
use crate::document::Format;
use crate::document::clutter::Omission;
use crate::document::mask::{self, Mask};
use crate::front_matter::FrontMatter;
use crate::settings::Spanned;
use crate::text::LineIndex;
use crate::web::{self, Declared, Metadata, Page};
use encoding_rs::Encoding;
use std::sync::Arc;

/// Reads a saved page.
pub(super) fn read(path: &str, bytes: &[u8], masking: &Masking) -> (Source, Vec<Diagnostic>) {
    let declared = web::declared_encoding(bytes).and_then(|name| Encoding::for_label(name.as_bytes()));
    let (decoded, diagnostics) = decode(path, bytes, declared);
    let Page { text, lines: shown, metadata, dropped } = web::read(&decoded);
    let rendition: Arc<str> = text.into();
    let mut masks = Vec::new();
    let (text, metadata, dropped) = match masking {
        Masking::Off => (rendition, metadata, dropped),
        Masking::On { keep } => {
            let (text, found) = masked(&rendition, &mut FrontMatter::default(), keep);
            let index = LineIndex::of_rendition(&rendition, shown.clone());
            masks.extend(found.into_iter().map(|mask| Mask { line: index.of_file(mask.line), ..mask }));
            let metadata = masked_metadata(metadata, keep, &mut masks);
            let dropped = masked_omissions(dropped, (&rendition, &text), keep, &mut masks);
            (text, metadata, dropped)
        }
    };
    masks.sort_by_key(|mask| mask.line);
    let lines = LineIndex::of_rendition(&text, shown);
    let sha256 = if masks.is_empty() { hash(bytes) } else { hash(text.as_bytes()) };
    let origin = Origin {
        url: metadata.url.clone(),
        site: metadata.site.as_ref().map(|site| site.value.clone()),
        captured: metadata.captured.as_ref().map(|captured| captured.value.clone()),
    };
    let source = Source {
        path: path.to_owned(),
        format: Format::Html,
        bytes: bytes.len(),
        sha256,
        front: front(path, &metadata),
        text,
        lines,
        origin,
        declared: metadata.dates,
        language: metadata.language,
        dropped,
        masks,
        alike: None,
        withheld: None,
    };
    (source, diagnostics)
}

/// Gives what a page says of the document the place of a front matter.
fn front(path: &str, metadata: &Metadata) -> FrontMatter {
    let path: Arc<str> = path.into();
    let value = |declared: &Declared| Spanned {
        value: declared.value.clone(),
        span: 0..0,
        path: Arc::clone(&path),
        line: declared.line.unwrap_or(1),
    };
    FrontMatter {
        title: metadata.title.as_ref().map(value),
        author: metadata.author.as_ref().map(value),
        ..FrontMatter::default()
    }
}

/// Masks one value, its key for a label.
fn masked_value(declared: &mut Declared, keep: &[String], masks: &mut Vec<Mask>) {
    let label = format!("{}: ", declared.key);
    let found = mask::mask(&format!("{label}{}", declared.value), keep);
    let line = declared.line.unwrap_or(1);
    masks.extend(found.masks.into_iter().map(|mask| Mask { line, ..mask }));
    declared.value = found.text.strip_prefix(&label).map_or(found.text.clone(), str::to_owned);
}

/// Masks what a page declares.
fn masked_metadata(mut metadata: Metadata, keep: &[String], masks: &mut Vec<Mask>) -> Metadata {
    for declared in [&mut metadata.title, &mut metadata.author, &mut metadata.site].into_iter().flatten() {
        // A title that stands in the text too is counted there.
        masked_value(declared, keep, &mut Vec::new());
    }
    for declared in &mut metadata.dates {
        masked_value(declared, keep, masks);
    }
    if let Some(url) = &mut metadata.url {
        *url = mask::mask(url, keep).text;
    }
    metadata
}

/// Masks what is not set, and leads its places into the masked rendition, line by line.
fn masked_omissions(
    dropped: Vec<Omission>,
    (open, masked): (&str, &str),
    keep: &[String],
    masks: &mut Vec<Mask>,
) -> Vec<Omission> {
    let (old, new) = (LineIndex::new(open), LineIndex::new(masked));
    let moved = |offset: usize| {
        let row = old.line(offset.min(open.len()));
        let column = offset - old.span(row, open).start;
        let target = new.span(row, masked);
        masked.floor_char_boundary((target.start + column).min(target.end))
    };
    let mask = |omission: Omission| {
        // Programs and styles hold many numbers, and no contact detail that a reader could see.
        let is_code = matches!(omission.rule, "html-script" | "html-style");
        let found = mask::mask(&omission.text, keep);
        if !is_code {
            masks.extend(found.masks.into_iter().map(|mask| Mask { line: omission.line, ..mask }));
        }
        Omission { text: found.text, span: moved(omission.span.start)..moved(omission.span.end), ..omission }
    };
    dropped.into_iter().map(mask).collect()
}
