//! `dossier init`: a commented `dossier.toml` to start from.

use super::args::{Init, Reading, Selection};
use super::console::{self, Console, Failure};
use super::publish;
use crate::folder::SETTINGS;
use crate::settings::{self, Found};
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

/// Writes a `dossier.toml` from what a folder holds; an existing one is never touched.
pub fn run(arguments: &Init, console: &mut Console) -> Result<(), Failure> {
    let path = arguments.folder.join(SETTINGS);
    if path.exists() {
        return Err(Failure::Use(format!("`{}` is there already; it is not touched", path.display())));
    }
    let mut folder = console::open(&arguments.folder, None, console)?;
    let selection = Selection::all(&arguments.folder, Reading::default());
    let annotated = console::annotated(&mut folder, &selection, console)?;
    console.end_stage();
    let documents = &annotated.collection.documents;
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    for document in documents {
        *languages.entry(&document.description.language).or_default() += 1;
    }
    let language = languages.iter().max_by_key(|(_, count)| **count).map(|(language, _)| (*language).to_owned());
    let undated = documents.iter().filter(|document| !document.is_dated());
    let found = Found {
        title: folder.name.clone(),
        language: language.unwrap_or_default(),
        undated: undated.map(|document| (document.id().to_owned(), why(document))).collect(),
    };
    let mut file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::Use(format!("`{}` is there already", path.display())),
        _ => Failure::Disk(publish::named(&path, &error)),
    })?;
    file.write_all(settings::commented(&found).as_bytes()).map_err(|error| publish::named(&path, &error))?;
    console.say(&format!("wrote {}", path.display()));
    Ok(())
}

/// Why a document has no date, for the comment above its table.
fn why(document: &crate::collection::Document) -> String {
    match document.dating.clues.first() {
        Some(clue) => format!("nothing proves a date; a clue is “{}”", clue.text),
        None => "nothing in the text tells its date".to_owned(),
    }
}
