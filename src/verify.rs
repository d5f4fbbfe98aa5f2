//! Proving an edition against its manifest.
//!
//! What enters: the bytes of a PDF, the manifest that stands beside it, the collection as it is now. What leaves: a
//! diagnostic for everything that is not as it was when the edition was made, down to the document and the page.
//!
//! The seal covers the manifest. The manifest attached to a PDF covers every byte before itself, and what follows it is
//! written anew and compared; the one beside a PDF covers the whole file. Pages and attached files have hashes of their
//! own, so that in a file that was merely saved anew it is still told which of them are the same.

use crate::annotation::Annotated;
use crate::diagnostic::Diagnostic;
use crate::enclosure::{self, Attachment, Packing, Relationship};
use crate::manifest::{ATTACHED_AS, Manifest, text_hash};
use crate::readback;
use crate::source::hash;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What was found of a PDF.
#[derive(Debug, Default)]
pub struct Verdict {
    /// What is not as it was.
    pub problems: Vec<Diagnostic>,
    /// The manifest that it was held against, where one could be read.
    pub manifest: Option<Manifest>,
}

/// Describes the manifest as an attached file.
pub fn manifest_file(text: &str) -> Attachment<'_> {
    Attachment {
        name: ATTACHED_AS.to_owned(),
        bytes: text.as_bytes(),
        media_type: "application/json",
        description: "Manifest of the edition: hashes of its sources and pages".to_owned(),
        relationship: Relationship::Supplement,
        // The same bytes whatever packs them, since verifying writes this part of the file anew.
        packing: Packing::Plain,
    }
}

/// Holds a PDF against the manifest inside it and the one beside it.
pub fn verify(pdf: &[u8], beside: Option<&[u8]>) -> Verdict {
    let mut verdict = Verdict::default();
    let mut attached = match readback::attachments(pdf) {
        Ok(attached) => attached,
        Err(problem) => {
            verdict.problems.push(problem);
            BTreeMap::new()
        }
    };
    let text = attached.remove(ATTACHED_AS);
    let mut read = |bytes: &[u8], which: &str| {
        Manifest::read(bytes)
            .map_err(|problem| {
                let message = format!("{}; it is the one {which}", problem.message);
                verdict.problems.push(Diagnostic { message, ..problem });
            })
            .ok()
    };
    let inside = text.as_deref().and_then(|text| read(text, "inside the PDF"));
    let outside = beside.and_then(|text| read(text, "beside the PDF"));
    if let (Some(inside), Some(outside)) = (&inside, &outside)
        && !inside.agrees_with(outside)
    {
        verdict.problems.push(
            Diagnostic::error(
                "other-manifest",
                "the manifest inside the PDF and the one beside it are of two editions",
            )
            .help("bring the PDF and its manifest together again, or move the one beside it away"),
        );
    }
    if let Some(extent) = outside.as_ref().and_then(|manifest| manifest.file.as_ref())
        && (extent.bytes != pdf.len() || !extent.begins(pdf))
    {
        let message = format!(
            "the file is not the one that was made: {} bytes were wanted with the SHA-256 {}",
            extent.bytes, extent.sha256
        );
        verdict.problems.push(Diagnostic::error("changed-file", message));
    }
    if let (Some(manifest), Some(text)) = (&inside, &text) {
        verdict.problems.extend(covered(pdf, manifest, text));
    }
    let Some(manifest) = inside.or(outside) else {
        if verdict.problems.is_empty() {
            verdict.problems.push(
                Diagnostic::error("no-manifest", "no manifest is inside the PDF, and none stands beside it")
                    .help("put its `.manifest.json` beside it, or build with `--attach`"),
            );
        }
        return verdict;
    };
    let mut parts = attachments(&manifest, attached);
    parts.extend(pages(pdf, &manifest));
    if parts.is_empty() {
        let changed = verdict.problems.iter_mut().filter(|problem| problem.slug == "changed-file");
        let same = "its pages and the sources inside it are the same";
        changed.for_each(|problem| problem.helps.push(same.to_owned()));
    }
    verdict.problems.extend(parts);
    verdict.manifest = Some(manifest);
    verdict
}

/// Holds the bytes of a PDF against the manifest inside it.
fn covered(pdf: &[u8], manifest: &Manifest, text: &[u8]) -> Option<Diagnostic> {
    let changed = |message: &str| Some(Diagnostic::error("changed-file", message));
    if !manifest.pdf.begins(pdf) {
        return changed("the file is not the one that was made: it was changed, or saved anew by another program");
    }
    let text = std::str::from_utf8(text).ok()?;
    let date = manifest.date.as_deref().and_then(|date| date.parse::<NaiveDate>().ok());
    match enclosure::attach(&pdf[..manifest.pdf.bytes], &[manifest_file(text)], date) {
        Ok(whole) if whole == pdf => None,
        _ => changed("the end of the file, behind its pages and sources, was changed"),
    }
}

fn attachments(manifest: &Manifest, mut attached: BTreeMap<String, Vec<u8>>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for document in &manifest.documents {
        let Some(record) = &document.attached else { continue };
        let named = format!("`{}`, the source of no. {}", record.name, document.number);
        match attached.remove(&record.name) {
            None => problems.push(Diagnostic::error("missing-attachment", format!("{named}, is not in the PDF"))),
            Some(bytes) if hash(&bytes) != record.sha256 => {
                problems.push(Diagnostic::error("changed-attachment", format!("{named}, was changed inside the PDF")));
            }
            Some(_) => {}
        }
    }
    for name in attached.into_keys() {
        let message = format!("`{name}` is attached to the PDF, and the manifest does not know it");
        problems.push(Diagnostic::error("unknown-attachment", message));
    }
    problems
}

fn pages(pdf: &[u8], manifest: &Manifest) -> Vec<Diagnostic> {
    let read = match readback::pages(pdf) {
        Ok(read) => read,
        Err(problem) => return vec![problem],
    };
    let mut problems = Vec::new();
    if read.len() != manifest.pages.len() {
        let message = format!("the PDF has {} pages; {} were made", read.len(), manifest.pages.len());
        problems.push(Diagnostic::error("changed-page", message));
    }
    for (record, read) in manifest.pages.iter().zip(&read) {
        let named = match manifest.document_on(record.page) {
            Some(document) => format!("page {}, of no. {} (`{}`)", record.page, document.number, document.path),
            None => format!("page {}", record.page),
        };
        let is_same_text = hash(read.text.as_bytes()) == record.text_sha256;
        let is_same_content = read.content == record.content_sha256;
        let message = match (is_same_text, is_same_content) {
            (true, true) => continue,
            (false, _) => format!("{named}: its text is not the text that was printed"),
            (true, false) => format!("{named}: its letters are the same, and it is drawn otherwise"),
        };
        problems.push(Diagnostic::error("changed-page", message));
    }
    problems
}

/// Holds the manifest of an edition against its collection as it is now.
pub fn against(manifest: &Manifest, now: &Annotated) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut met = BTreeSet::new();
    let captures: BTreeMap<&str, _> =
        now.collection.captures().map(|document| (document.source.path.as_str(), document)).collect();
    for record in &manifest.documents {
        met.insert(record.path.as_str());
        let Some(document) = captures.get(record.path.as_str()) else {
            let message = format!("no. {} was made from this file, which is not there", record.number);
            problems.push(Diagnostic::error("missing-source", message).in_file(record.path.clone()));
            continue;
        };
        if document.source.sha256 != record.sha256 || document.source.alike != record.alike_sha256 {
            let text = if text_hash(&document.tree) == record.text_sha256 {
                "though the same text would be set from it"
            } else {
                "and another text would be set from it"
            };
            let message = format!("the file is not the one that no. {} was made from, {text}", record.number);
            problems.push(Diagnostic::error("changed-source", message).in_file(record.path.clone()));
        } else if text_hash(&document.tree) != record.text_sha256 {
            let message = format!("the file is the same, and another text than that of no. {} is set", record.number);
            problems.push(
                Diagnostic::error("changed-source", message)
                    .in_file(record.path.clone())
                    .help("compare `dossier.toml` and the version of the program with those of the edition"),
            );
        }
    }
    for record in &manifest.pictures {
        if let Some(picture) = now.pictures.set.get(&record.path)
            && hash(&picture.bytes) == record.sha256
        {
            continue;
        }
        let message = "the picture is not the one that was printed";
        problems.push(Diagnostic::error("changed-source", message).in_file(record.path.clone()));
    }
    for path in captures.keys().filter(|path| !met.contains(**path)) {
        problems.push(Diagnostic::warning("new-source", "the edition has no such document").in_file(*path));
    }
    problems
}
