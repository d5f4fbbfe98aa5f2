//! A finished PDF, read back as another program would read it.
//!
//! What enters: the bytes of a PDF. What leaves: the characters on each page in the order in which they are drawn, by way
//! of the fonts' own tables, the hash of what draws each page, and the files that are attached. Nothing that made the
//! PDF is asked; a file that is damaged gives an error, whatever is wrong with it.

mod letters;

use crate::diagnostic::Diagnostic;
use crate::source::hash;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as Text};
use hayro_syntax::page::Page;
use letters::{Fonts, Said};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How deep the tree of attached files is followed.
const DEEPEST: usize = 16;

/// A page as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRead {
    /// Its characters in the order in which they are drawn; a line end where the next one stands on another line.
    pub text: String,
    /// The SHA-256 of the instructions that draw it, unpacked.
    pub content: String,
}

/// The pages of the last PDF, which serve for the next one as far as they are the same there.
#[derive(Default)]
pub struct Memory {
    known: HashMap<u128, Known>,
}

/// A page of the last PDF, and what its codes meant.
#[derive(Clone)]
struct Known {
    page: PageRead,
    said: Said,
}

/// Reads every page, in order.
pub fn pages(pdf: &[u8]) -> Result<Vec<PageRead>, Diagnostic> {
    guarded(|| {
        let pdf = open(pdf)?;
        // The fonts that a thread has met serve for its next page.
        let read = pdf.pages().par_iter().map_init(Fonts::default, |fonts, page| read(page, fonts, None));
        Ok(read.collect())
    })
}

/// Reads every page, in order, but those of which it is known what they say.
pub fn pages_again(pdf: &[u8], memory: &mut Memory) -> Result<Vec<PageRead>, Diagnostic> {
    guarded(|| {
        let pdf = open(pdf)?;
        let read = pdf.pages().par_iter().map_init(Fonts::default, |fonts, page| {
            let key = letters::key(page);
            let known = key.and_then(|key| memory.known.get(&key));
            let known = known.filter(|known| letters::means(page, &known.said, fonts)).cloned();
            let read = known.unwrap_or_else(|| {
                let mut said = Said::new();
                Known { page: read(page, fonts, Some(&mut said)), said }
            });
            (key, read)
        });
        let read: Vec<(Option<u128>, Known)> = read.collect();
        let pages = read.iter().map(|(_, read)| read.page.clone()).collect();
        memory.known = read.into_iter().filter_map(|(key, read)| Some((key?, read))).collect();
        Ok(pages)
    })
}

fn read(page: &Page<'_>, fonts: &mut Fonts, said: Option<&mut Said>) -> PageRead {
    PageRead { text: letters::letters(page, fonts, said), content: hash(page.page_stream().unwrap_or_default()) }
}

/// Reads the files that are attached, by their names.
pub fn attachments(pdf: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, Diagnostic> {
    guarded(|| {
        let pdf = open(pdf)?;
        let mut found = BTreeMap::new();
        let root: Option<Dict<'_>> = pdf.xref().get(pdf.xref().root_id());
        let names = root.and_then(|root| root.get::<Dict<'_>>("Names"));
        if let Some(tree) = names.and_then(|names| names.get::<Dict<'_>>("EmbeddedFiles")) {
            gather(&tree, &mut found, DEEPEST);
        }
        Ok(found)
    })
}

/// Runs what reads a file that may be damaged in any way; libraries that give up in the middle count as an error.
fn guarded<T>(read: impl FnOnce() -> Result<T, Diagnostic>) -> Result<T, Diagnostic> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(unreadable("it is damaged")))
}

fn open(pdf: &[u8]) -> Result<Pdf, Diagnostic> {
    Pdf::new(pdf.to_vec()).map_err(|error| {
        unreadable(match error {
            hayro_syntax::LoadPdfError::Decryption(_) => "it is encrypted",
            hayro_syntax::LoadPdfError::Invalid => "it is damaged, or no PDF",
        })
    })
}

fn unreadable(why: &str) -> Diagnostic {
    Diagnostic::error("unreadable-pdf", format!("the PDF cannot be read: {why}"))
}

/// Gathers the files of a name tree.
fn gather(node: &Dict<'_>, found: &mut BTreeMap<String, Vec<u8>>, depth: usize) {
    let Some(deeper) = depth.checked_sub(1) else { return };
    for kid in node.get::<Array<'_>>("Kids").iter().flat_map(|kids| kids.iter::<Dict<'_>>()) {
        gather(&kid, found, deeper);
    }
    let Some(names) = node.get::<Array<'_>>("Names") else { return };
    for object in names.iter::<Object<'_>>() {
        let Object::Dict(file) = object else { continue };
        let name = file.get::<Text<'_>>("UF").or_else(|| file.get::<Text<'_>>("F"));
        let stream = file.get::<Dict<'_>>("EF").and_then(|files| files.get::<Stream<'_>>("F"));
        let (Some(name), Some(stream)) = (name, stream) else { continue };
        let is_plain = stream.dict().get::<Name<'_>>("Filter").is_none();
        let bytes =
            if is_plain { Some(stream.raw_data().into_owned()) } else { stream.decoded().ok().map(|b| b.to_vec()) };
        found.insert(decoded(&name), bytes.unwrap_or_default());
    }
}

/// Decodes a text string of PDF: UTF-16 or UTF-8 behind its mark, else what ASCII and Latin 1 agree on.
pub fn decoded(bytes: &[u8]) -> String {
    if let Some(wide) = bytes.strip_prefix(b"\xfe\xff") {
        let units: Vec<u16> = wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        return String::from_utf16_lossy(&units);
    }
    if let Some(text) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return String::from_utf8_lossy(text).into_owned();
    }
    bytes.iter().map(|byte| char::from(*byte)).collect()
}
