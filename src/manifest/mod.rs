//! The manifest of an edition: by what it can be proved that nothing in it changed.
//!
//! What enters: an edition, where its documents stand, its pages as they are read back from the PDF. What leaves: a
//! [`Manifest`], written as JSON that ends with a seal: the SHA-256 of all that stands above it. One copy is attached to
//! the PDF and covers every byte before itself; the other stands beside the PDF as `NAME.manifest.json` and covers the
//! whole file. Where contact details are masked the manifest knows the masked rendition only.

mod entries;
mod rendition;

pub use entries::entries;
pub use rendition::{Rendition, Shape, rendition};

use crate::collection::Document;
use crate::diagnostic::Diagnostic;
use crate::document::Tree;
use crate::document::passage::{self, Beside};
use crate::edition::Edition;
use crate::edition::glossary::Pages;
use crate::readback::PageRead;
use crate::source::hash;
use crate::text::squeeze;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the format, which changes when a field changes its meaning.
pub const FORMAT: &str = "dossier-manifest/1";
/// The name under which the manifest is attached to the PDF.
pub const ATTACHED_AS: &str = "manifest.json";
/// What stands before the seal.
const SEAL: &str = ",\n  \"seal\": \"";

/// What an edition consists of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the format: `dossier-manifest/1`.
    pub format: String,
    /// The title of the edition.
    pub title: String,
    /// The label of the edition.
    pub edition: Option<String>,
    /// The date of the edition (ISO 8601).
    pub date: Option<String>,
    /// How the edition is cited.
    pub citation: String,
    /// The language of the edition's own words (BCP 47).
    pub language: String,
    /// The layout.
    pub layout: String,
    /// The standards that the PDF keeps, such as `a-3a`.
    pub standards: Vec<String>,
    /// The program and its version.
    pub program: String,
    /// The version of Typst that set the pages.
    pub typst: String,
    /// The SHA-256 over the paths and hashes of all sources and pictures, as the colophon prints it.
    pub input_digest: String,
    /// Every capture, in printed order; further captures of a text stand behind the one that is printed.
    pub documents: Vec<DocumentRecord>,
    /// The pictures that are shown, by path.
    pub pictures: Vec<PictureRecord>,
    /// The pages, in order.
    pub pages: Vec<PageRecord>,
    /// The PDF, up to the place where the manifest itself is attached to it.
    pub pdf: Extent,
    /// The whole PDF; only the manifest beside it can know that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Extent>,
}

/// A capture in an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// The permanent name of the document.
    pub id: String,
    /// The printed number.
    pub number: String,
    /// The path of the source, relative to the collection.
    pub path: String,
    /// Of a further capture that is not printed: the path of the document that is printed in its stead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<String>,
    /// The title.
    pub title: String,
    /// The date that files it; `null` where nothing proves one.
    pub date: Option<DateRecord>,
    /// The first and the last page on which it stands, counted from 1; `null` for a further capture.
    pub pages: Option<(u64, u64)>,
    /// How the document is cited.
    pub citation: String,
    /// The size of the source in bytes.
    pub bytes: usize,
    /// Whether contact details in it are masked; the hashes are then those of the masked rendition.
    pub masked: bool,
    /// The SHA-256 of the source.
    pub sha256: String,
    /// Of a text of which anything is masked: the SHA-256 of its line ends and other characters that the masked rendition
    /// writes alike.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alike_sha256: Option<String>,
    /// The SHA-256 of its text as it is set: its paragraphs, blanks folded, one on a line.
    pub text_sha256: String,
    /// The file that is attached for it, where one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attached: Option<AttachedRecord>,
}

/// The date of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateRecord {
    /// The date in EDTF (ISO 8601-2).
    pub edtf: String,
    /// How it is known: `stated`, `inferred` or `editor`.
    pub grade: String,
}

/// A file attached to the PDF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachedRecord {
    /// Its name.
    pub name: String,
    /// What it is: the `original`, the `masked` rendition, or the `text` of a saved page.
    pub rendition: String,
    /// Its size in bytes.
    pub bytes: usize,
    /// Its SHA-256.
    pub sha256: String,
}

/// A picture in an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureRecord {
    /// Its path, relative to the collection.
    pub path: String,
    /// The size of it as it is set, in bytes.
    pub bytes: usize,
    /// The SHA-256 of it as it is set: without what a camera noted.
    pub sha256: String,
}

/// A page of the PDF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRecord {
    /// Its number, counted from 1, which is the printed one.
    pub page: usize,
    /// The SHA-256 of its characters in the order in which they are drawn, a line end between lines.
    pub text_sha256: String,
    /// The SHA-256 of the instructions that draw it, unpacked.
    pub content_sha256: String,
}

/// Bytes from the beginning of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extent {
    /// How many there are.
    pub bytes: usize,
    /// Their SHA-256.
    pub sha256: String,
}

impl Extent {
    /// Measures some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { bytes: bytes.len(), sha256: hash(bytes) }
    }

    /// Whether a file begins with these bytes.
    pub fn begins(&self, file: &[u8]) -> bool {
        file.get(..self.bytes).is_some_and(|bytes| hash(bytes) == self.sha256)
    }
}

/// What a manifest tells of an edition beyond the edition itself.
#[derive(Debug, Clone)]
pub struct Made<'a> {
    /// Where everything stands.
    pub pages: &'a Pages,
    /// The pages as they were read back.
    pub read: &'a [PageRead],
    /// The standards that are kept.
    pub standards: Vec<String>,
    /// What is attached, by the path of the source.
    pub attached: &'a BTreeMap<String, Rendition>,
    /// The PDF, before the manifest is attached.
    pub pdf: &'a [u8],
}

impl Manifest {
    /// Takes stock of an edition.
    pub fn of(edition: &Edition, made: &Made<'_>) -> Self {
        let book = &edition.book;
        let pictures = edition.annotated.pictures.set.iter();
        let pages = made.read.iter().enumerate();
        Self {
            format: FORMAT.to_owned(),
            title: book.title.clone(),
            edition: book.label.clone(),
            date: book.date_parts.map(|[year, month, day]| format!("{year:04}-{month:02}-{day:02}")),
            citation: edition.citation.clone(),
            language: book.language.clone(),
            layout: book.layout.clone(),
            standards: made.standards.clone(),
            program: book.program.to_owned(),
            typst: book.typst.to_owned(),
            input_digest: book.digest.clone(),
            documents: documents(edition, made),
            pictures: pictures
                .map(|(path, picture)| PictureRecord {
                    path: path.clone(),
                    bytes: picture.bytes.len(),
                    sha256: hash(&picture.bytes),
                })
                .collect(),
            pages: pages
                .map(|(index, read)| PageRecord {
                    page: index + 1,
                    text_sha256: hash(read.text.as_bytes()),
                    content_sha256: read.content.clone(),
                })
                .collect(),
            pdf: Extent::of(made.pdf),
            file: None,
        }
    }

    /// Makes it the copy that stands beside a PDF, which is `file`.
    pub fn beside(self, file: Extent) -> Self {
        Self { file: Some(file), ..self }
    }

    /// Whether another copy says the same, but for what only the one beside the PDF knows.
    pub fn agrees_with(&self, other: &Self) -> bool {
        Self { file: None, ..self.clone() } == Self { file: None, ..other.clone() }
    }

    /// Writes it as JSON, sealed.
    pub fn write(&self) -> String {
        let text = serde_json::to_string_pretty(self).expect("a manifest is plain data");
        let open = text.trim_end_matches("\n}");
        format!("{open}{SEAL}{}\"\n}}\n", hash(text.as_bytes()))
    }

    /// Reads one, and checks its seal.
    pub fn read(bytes: &[u8]) -> Result<Self, Diagnostic> {
        let broken = |why: &str| Diagnostic::error("broken-manifest", format!("the manifest {why}"));
        let text = std::str::from_utf8(bytes).map_err(|_| broken("is not text"))?;
        let Some((open, seal)) = text.rsplit_once(SEAL) else { return Err(broken("has no seal")) };
        let sealed = format!("{open}\n}}");
        if seal.strip_suffix("\"\n}\n") != Some(&hash(sealed.as_bytes())) {
            return Err(broken("was changed: it is not what its seal was made for"));
        }
        let manifest: Self =
            serde_json::from_str(&sealed).map_err(|error| broken(&format!("cannot be read: {error}")))?;
        if manifest.format != FORMAT {
            let message = format!("is of the format `{}`; this program reads `{FORMAT}`", manifest.format);
            return Err(broken(&message));
        }
        Ok(manifest)
    }

    /// Names the document of a page, if one stands there.
    pub fn document_on(&self, page: usize) -> Option<&DocumentRecord> {
        let page = u64::try_from(page).unwrap_or(u64::MAX);
        self.documents
            .iter()
            .find(|document| document.pages.is_some_and(|(first, last)| (first..=last.max(first)).contains(&page)))
    }
}

fn documents(edition: &Edition, made: &Made<'_>) -> Vec<DocumentRecord> {
    let printed = edition.annotated.collection.documents.par_iter().zip(&edition.items).enumerate();
    let records = printed.flat_map_iter(|(index, (document, item))| {
        let first = made.pages.documents.get(index).copied().unwrap_or_default();
        let last = made.pages.ends.get(index).copied().unwrap_or_default().max(first);
        let own = DocumentRecord {
            id: document.id().to_owned(),
            number: item.facts.number.clone(),
            citation: item.citation.clone(),
            pages: Some((first, last)),
            ..record(document, made)
        };
        let further = document.duplicates.iter().map(|duplicate| DocumentRecord {
            id: duplicate.document.id().to_owned(),
            number: item.facts.number.clone(),
            citation: item.citation.clone(),
            duplicate_of: Some(document.source.path.clone()),
            ..record(&duplicate.document, made)
        });
        std::iter::once(own).chain(further).collect::<Vec<_>>()
    });
    records.collect()
}

/// Takes stock of a capture by itself.
fn record(document: &Document, made: &Made<'_>) -> DocumentRecord {
    let source = &document.source;
    DocumentRecord {
        id: String::new(),
        number: String::new(),
        path: source.path.clone(),
        duplicate_of: None,
        title: document.description.title.clone(),
        date: document
            .dating
            .filed
            .as_ref()
            .map(|dated| DateRecord { edtf: dated.edtf.to_string(), grade: dated.grade.as_str().to_owned() }),
        pages: None,
        citation: String::new(),
        bytes: source.bytes,
        masked: !source.masks.is_empty(),
        sha256: source.sha256.clone(),
        alike_sha256: source.alike.clone(),
        text_sha256: text_hash(&document.tree),
        attached: made.attached.get(&source.path).map(|rendition| AttachedRecord {
            name: rendition.name.clone(),
            rendition: rendition.shape.name().to_owned(),
            bytes: rendition.bytes.len(),
            sha256: hash(&rendition.bytes),
        }),
    }
}

/// Hashes the text of a document: its paragraphs, then those of its notes, then its code, each on a line of its own.
pub fn text_hash(tree: &Tree) -> String {
    let runs = passage::passages(tree).runs;
    let mut lines: Vec<String> = runs.iter().map(|run| squeeze(&run.text)).collect();
    for blocks in std::iter::once(&tree.blocks).chain(tree.footnotes.values()) {
        passage::beside(blocks, &mut |what, leaf| lines.extend((what == Beside::Code).then(|| leaf.text.clone())));
    }
    hash(lines.join("\n").as_bytes())
}
