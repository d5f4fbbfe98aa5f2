//! Two manifests as the lock file would have their editions, so that they can be compared.
//!
//! What enters: the manifests of two editions. What leaves: an [`Entry`] for each, in which the same document has the same
//! id. A manifest knows the hash of each text and not its words, and no organizations.

use super::{DocumentRecord, Manifest};
use crate::lock::number::Number;
use crate::lock::{Entry, Fate, Hashed, Id, Record};
use std::collections::BTreeMap;

/// Gives the editions of two manifests as entries.
///
/// Where both have permanent ids these are the documents'; else the same path is the same document, then the same source
/// under another path.
pub fn entries(old: &Manifest, new: &Manifest) -> (Entry, Entry) {
    let all = || old.documents.iter().chain(&new.documents);
    if all().all(|document| Id::parse(&document.id).is_some()) {
        let id = |document: &DocumentRecord| Id::parse(&document.id).unwrap_or(Id(0));
        return (entry(old, id), entry(new, id));
    }
    let mut ids: BTreeMap<&str, Id> = BTreeMap::new();
    let mut next = 1..;
    for document in &old.documents {
        ids.insert(&document.path, Id(next.next().unwrap_or(u32::MAX)));
    }
    let known = ids.clone();
    let is_gone = |path: &str| !new.documents.iter().any(|document| document.path == path);
    for document in &new.documents {
        if known.contains_key(document.path.as_str()) {
            continue;
        }
        let renamed = old.documents.iter().find(|old| old.sha256 == document.sha256 && is_gone(&old.path));
        let id = renamed.and_then(|old| known.get(old.path.as_str()).copied());
        ids.insert(&document.path, id.unwrap_or_else(|| Id(next.next().unwrap_or(u32::MAX))));
    }
    let id = |document: &DocumentRecord| ids.get(document.path.as_str()).copied().unwrap_or(Id(0));
    (entry(old, id), entry(new, id))
}

/// Makes the entry of an edition.
fn entry(manifest: &Manifest, id: impl Fn(&DocumentRecord) -> Id) -> Entry {
    let by_path: BTreeMap<&str, Id> =
        manifest.documents.iter().map(|document| (document.path.as_str(), id(document))).collect();
    let record = |document: &DocumentRecord| {
        let printed = document.duplicate_of.as_deref().and_then(|path| by_path.get(path));
        Record {
            id: id(document),
            number: Number::parse(&document.number).filter(|_| printed.is_none()),
            path: document.path.clone(),
            title: document.title.clone(),
            date: document.date.as_ref().map(|date| date.edtf.clone()),
            source: document.sha256.clone(),
            text: document.text_sha256.clone(),
            fate: printed.map_or(Fate::Printed, |printed| Fate::Merged(*printed)),
            formerly: Vec::new(),
        }
    };
    let mut records: Vec<Record> = manifest.documents.iter().map(record).collect();
    records.sort_by_key(|record| record.id);
    Entry {
        label: manifest.edition.clone().unwrap_or_default(),
        date: manifest.date.as_ref().and_then(|date| date.parse().ok()),
        highest: records.iter().map(|record| record.id.0).max().unwrap_or_default(),
        records,
        hashed: Hashed::Alone,
        ..Entry::default()
    }
}
