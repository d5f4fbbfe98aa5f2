//! Pictures as Typst code.
//!
//! What enters: a reference to a picture and the words that stand for it. What leaves: the call that sets the picture,
//! or a note in its place that says why it is not shown, its words and its address.

use super::{Emitter, is_web};
use crate::document::passage::text;
use crate::document::{Inline, Leaf};
use crate::forme::{glyphs, literal, picture_path};
use crate::picture::{Outcome, Picture, Reason};

/// The width and the height, in pixels, of the largest picture that stays in a line of text.
const SMALL: (f64, f64) = (144.0, 72.0);

/// How a picture stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// By itself, in a paragraph of nothing but pictures.
    Alone,
    /// Among words.
    InLine,
}

impl Emitter<'_> {
    /// Sets a paragraph; one of nothing but pictures is no line of text.
    pub(super) fn paragraph(&mut self, content: &[Inline]) {
        if holds_only_pictures(content) {
            self.standing = Standing::Alone;
        }
        self.passage(content);
        self.standing = Standing::InLine;
    }

    /// Sets a picture, or the note that stands for it.
    pub(super) fn picture(&mut self, url: &str, alternative: &[Inline], caption: Option<&Leaf>) {
        let standing = std::mem::replace(&mut self.standing, Standing::InLine);
        let leads_to = self.leads_to.take();
        let pictures = self.pictures;
        let outcome = pictures.and_then(|(pictures, document)| pictures.outcome(document, url));
        let (shown, reason): (Option<&Picture>, Reason) = match (pictures, outcome) {
            (Some((pictures, _)), Some(Outcome::Set(name))) => (pictures.set.get(name), Reason::Absent),
            (_, Some(Outcome::Unset(reason))) => (None, *reason),
            _ => (None, Reason::Absent),
        };
        let words = text(alternative);
        self.out.push_str("#picture(");
        match shown {
            Some(picture) => {
                literal::string(&picture_path(picture), &mut self.out);
                let density = picture.density.map_or_else(|| "none".to_owned(), |density| density.to_string());
                self.out.push_str(&format!(
                    ", measures: (width: {}, height: {}, density: {density})",
                    picture.width, picture.height
                ));
            }
            None => self.out.push_str(&format!("none, reason: \"{}\"", reason.as_str())),
        }
        self.out.push_str(&format!(", alone: {}, alt: ", standing == Standing::Alone));
        let name = file_name(url);
        literal::string(if words.trim().is_empty() { name } else { words.trim() }, &mut self.out);
        let mut notes = 0;
        if shown.is_none() && !url.trim_start().starts_with("data:") && !url.trim().is_empty() {
            // In a line the address stands in a note, once.
            let is_new = standing == Standing::Alone || reason == Reason::Remote && self.urls_noted.insert(url.into());
            if is_new {
                self.out.push_str(", source: ");
                literal::string(&glyphs::fit(url, self.coverage), &mut self.out);
                self.out.push_str(&format!(", is-web: {}", is_web(url)));
                notes += 1;
            }
        }
        if let Some(url) = leads_to {
            self.out.push_str(", leads-to: ");
            literal::string(&url, &mut self.out);
            notes += 1;
        }
        let is_small = shown.is_some_and(|picture| picture.width <= SMALL.0 && picture.height <= SMALL.1);
        if is_small && standing == Standing::InLine {
            self.out.push_str(", small: true");
        } else if shown.is_some() || standing == Standing::Alone {
            // Its addresses stand below it.
            notes = 0;
        }
        // A note has nowhere to stand but in print; so words with a note are printed although the picture is shown.
        let has_notes = shown.is_some() && holds_notes(alternative);
        self.out.push_str(&format!(", print-words: {has_notes}"));
        if let Some(caption) = caption.filter(|caption| shown.is_some() || caption.text.trim() != words.trim()) {
            self.out.push_str(", caption: ");
            self.boxed(caption);
        }
        self.out.push_str(", [");
        let before = self.notes;
        self.inlines(alternative);
        if shown.is_some() && !has_notes {
            // These words are not printed.
            self.notes = before;
        }
        self.out.push(']');
        self.numbers_of_notes(notes);
        self.out.push_str(");");
        self.standing = standing;
    }
}

/// Whether inlines are pictures, with nothing but blanks and links around them.
fn holds_only_pictures(content: &[Inline]) -> bool {
    let is_blank = |inline: &Inline| match inline {
        Inline::SoftBreak | Inline::HardBreak => true,
        Inline::Text(leaf) => leaf.text.trim().is_empty(),
        _ => false,
    };
    let mut pieces = content.iter().filter(|inline| !is_blank(inline)).peekable();
    pieces.peek().is_some()
        && pieces.all(|inline| match inline {
            Inline::Image { .. } => true,
            Inline::Link { content, .. } | Inline::Emphasis(content) | Inline::Strong(content) => {
                holds_only_pictures(content)
            }
            _ => false,
        })
}

/// Whether the mark of a footnote stands among inlines.
fn holds_notes(content: &[Inline]) -> bool {
    content.iter().any(|inline| match inline {
        Inline::FootnoteMark { .. } => true,
        other => holds_notes(other.content()),
    })
}

/// Gives the last part of an address, which stands in for words that are missing.
fn file_name(url: &str) -> &str {
    if url.trim_start().starts_with("data:") {
        return "picture";
    }
    let path = url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    if name.is_empty() { "picture" } else { name }
}
