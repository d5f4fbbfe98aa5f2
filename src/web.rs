//! Saved web pages as Markdown.
//!
//! What enters: the decoded text of an HTML file. What leaves: a [`Page`], that is its main text as Markdown, which then
//! goes the way of any Markdown, what the page says of itself, and everything of its text that is not set, with the rule
//! for each. Set and left out together are the words of the page, in their order. No script runs, nothing is fetched.
//!
//! The page is read once into a flat tree ([`dom`]); [`metadata`] are read first, `main_text` says what is set, and
//! [`write`](mod@write) turns that into Markdown in one walk without recursion, so that a page can nest as it likes.

mod address;
pub mod dom;
mod furniture;
mod inline;
mod main_text;
pub mod metadata;
mod table;
pub mod write;

pub use metadata::{Declared, Metadata};

use crate::document::clutter::Omission;
use address::Base;

/// A saved page, read.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The main text, in Markdown.
    pub text: String,
    /// For each line of the text, the line of the file on which it starts.
    pub lines: Vec<usize>,
    /// What the page says of itself.
    pub metadata: Metadata,
    /// What is not set, in the order of the page.
    pub dropped: Vec<Omission>,
}

/// Reads a saved page.
pub fn read(html: &str) -> Page {
    let (dom, document) = dom::parse(html);
    let metadata = metadata::read(&dom, html);
    let base = Base::of(&dom, metadata.url.as_deref());
    let main = main_text::find(&dom, document, metadata.title.as_ref().map(|title| title.value.as_str()));
    let rendition = write::write(&dom, &main, &base);
    Page { text: rendition.text, lines: rendition.lines, metadata, dropped: rendition.dropped }
}

/// Finds the encoding that a page declares of itself: in its XML declaration or in a `<meta>` near its head.
pub fn declared_encoding(bytes: &[u8]) -> Option<String> {
    /// So far into a page browsers look, and a little farther.
    const REACH: usize = 4096;
    let head: String =
        bytes[..bytes.len().min(REACH)].iter().map(|byte| char::from(*byte).to_ascii_lowercase()).collect();
    let value = |after: &str| {
        let after = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let end = after.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.+".contains(c)).unwrap_or(after.len());
        Some(after[..end].to_owned()).filter(|name| !name.is_empty())
    };
    let xml = head
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split("?>").next())
        .and_then(|rest| rest.split_once("encoding"));
    let xml = xml.and_then(|(_, after)| value(after));
    xml.or_else(|| {
        head.match_indices("<meta").find_map(|(at, _)| {
            let tag = head[at..].split('>').next()?;
            tag.match_indices("charset").find_map(|(at, word)| value(&tag[at + word.len()..]))
        })
    })
}

#[cfg(test)]
mod tests;
