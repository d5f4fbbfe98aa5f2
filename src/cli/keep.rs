//! What makes an edition last: its sources inside the PDF, and its manifest inside and beside it.

use super::console::Failure;
use crate::edition::Edition;
use crate::enclosure::{self, Attachment, Packing, Relationship};
use crate::folder::Folder;
use crate::manifest::{Extent, Made, Manifest, Rendition, Shape, rendition};
use crate::press::{Pressed, Standards};
use crate::readback;
use crate::verify::manifest_file;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A finished edition.
pub struct Kept {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// The manifest that stands beside it.
    pub manifest: String,
}

/// Whether the sources and the manifest are attached to the PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enclosing {
    /// They are.
    Attached,
    /// They are not.
    Beside,
}

/// Gives the place of the manifest beside a PDF.
pub fn beside(pdf: &Path) -> PathBuf {
    pdf.with_extension("manifest.json")
}

/// Encloses what is to be enclosed in a PDF, and takes stock of it. `memory` has the pages of the last PDF, where there was
/// one.
pub fn keep(
    pdf: &[u8],
    memory: Option<&mut readback::Memory>,
    (edition, pressed): (&Edition, &Pressed),
    folder: &Folder,
    standards: &Standards,
    enclosing: Enclosing,
) -> Result<Kept, Failure> {
    let found = |problem| Failure::Found(vec![problem]);
    let date = folder.settings.date.as_ref().map(|date| date.value);
    let read = match memory {
        Some(memory) => readback::pages_again(pdf, memory),
        None => readback::pages(pdf),
    };
    let read = read.map_err(found)?;
    let attached = match enclosing {
        Enclosing::Attached => renditions(edition, folder)?,
        Enclosing::Beside => BTreeMap::new(),
    };
    let titles = titles(edition);
    let files: Vec<Attachment<'_>> = attached
        .iter()
        .map(|(path, rendition)| Attachment {
            name: rendition.name.clone(),
            bytes: &rendition.bytes,
            media_type: rendition.media_type,
            description: words_for(titles.get(path.as_str()).map(String::as_str), rendition.shape),
            relationship: Relationship::Source,
            packing: Packing::Deflate,
        })
        .collect();
    let rights = edition.book.rights.as_deref();
    let pdf = enclosure::describe(pdf, rights, date, &files).map_err(found)?;
    let made = Made {
        pages: &pressed.pages,
        read: &read,
        standards: standards.names().map(str::to_owned).collect(),
        attached: &attached,
        pdf: &pdf,
    };
    let manifest = Manifest::of(edition, &made);
    let (whole, file) = match enclosing {
        Enclosing::Attached => {
            let whole = enclosure::attach(&pdf, &[manifest_file(&manifest.write())], date).map_err(found)?;
            let file = Extent::of(&whole);
            (whole, file)
        }
        Enclosing::Beside => (pdf, manifest.pdf.clone()),
    };
    Ok(Kept { manifest: manifest.beside(file).write(), pdf: whole })
}

/// Makes what is kept of each source, by its path.
pub fn renditions(edition: &Edition, folder: &Folder) -> Result<BTreeMap<String, Rendition>, Failure> {
    let keep = folder.settings.mask.then_some(folder.settings.keep.as_slice());
    let mut renditions = BTreeMap::new();
    for document in edition.annotated.collection.captures() {
        let source = &document.source;
        let kept = rendition(source, keep, || folder.original(&source.path));
        if let Some(kept) = kept.map_err(|problem| Failure::Found(vec![problem]))? {
            renditions.insert(source.path.clone(), kept);
        }
    }
    Ok(renditions)
}

/// Names each source by the number and the title under which it is printed.
fn titles(edition: &Edition) -> BTreeMap<&str, String> {
    let printed = edition.annotated.collection.documents.iter().zip(&edition.items);
    printed
        .flat_map(|(document, item)| {
            let title = format!("no. {}, {}", item.facts.number, item.facts.title);
            let further = document.duplicates.iter().map(|duplicate| duplicate.document.source.path.as_str());
            std::iter::once(document.source.path.as_str()).chain(further).map(move |path| (path, title.clone()))
        })
        .collect()
}

fn words_for(title: Option<&str>, shape: Shape) -> String {
    let what = match shape {
        Shape::Original => "Source",
        Shape::Masked => "Source, contact details masked,",
        Shape::Text => "Text",
    };
    format!("{what} of {}", title.unwrap_or_default())
}
