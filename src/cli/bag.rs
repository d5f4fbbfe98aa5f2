//! `dossier bag`: an edition and its sources as a BagIt bag, and `dossier verify` of one.

use super::args::{Bag, Build};
use super::build::{self, Finished};
use super::console::{self, Console, Failure, Strictness, counted};
use super::keep::{self, Kept};
use super::pipeline::{Book, Manuscript, Workshop};
use super::publish;
use crate::bag::{self, Files, Label};
use crate::diagnostic::Diagnostic;
use crate::document::mask;
use crate::folder::{AFTERWORD, AUTHORITY, Folder, PREFACE, SETTINGS};
use crate::manifest::Manifest;
use crate::source::hash;
use crate::verify;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// The folders of the payload.
const SOURCES: &str = "sources/";
const EDITION: &str = "edition/";
/// The file of permanent names, where the collection has one.
const LOCK: &str = "dossier.lock";

/// Builds the edition of a folder and packs it with its sources.
pub fn run(arguments: &Bag, console: &mut Console) -> Result<(), Failure> {
    let place = &arguments.output;
    if fs::symlink_metadata(place).is_ok() {
        let message = format!("`{}` is there already, and a bag is never written over; name another", place.display());
        return Err(Failure::Use(message));
    }
    let build = Build::for_bag(arguments);
    publish::has_place(place).map_err(Failure::Use)?;
    console.set_strictness(Strictness::of(arguments.strict));
    let Finished { book, kept, .. } = build::finished(&build, &mut Workshop::default(), console)?;
    console.stage("packing");
    let payload = payload(&book, kept)?;
    let label = Label {
        agent: book.manuscript.edition.book.program.to_owned(),
        description: book.manuscript.edition.citation.clone(),
        date: book.manuscript.folder.settings.date.as_ref().map(|date| date.value.to_string()),
    };
    let files = bag::pack(payload, &label);
    write(&files, place)?;
    console.end_stage();
    console.tell(book.pressed.diagnostics);
    let count = counted(files.len(), "file");
    console.say(&format!("wrote {}: {count}, {:.1} s, {}", place.display(), console.seconds(), console.tally()));
    Ok(())
}

/// Gathers what is handed over: the edition, its sources, what the editor wrote.
fn payload(book: &Book, kept: Kept) -> Result<Files, Failure> {
    let Manuscript { folder, edition, .. } = &book.manuscript;
    let mut payload = Files::new();
    payload.insert(format!("{EDITION}{}.pdf", folder.name), kept.pdf);
    payload.insert(format!("{EDITION}{}.manifest.json", folder.name), kept.manifest.into_bytes());
    for rendition in keep::renditions(edition, folder)?.into_values() {
        payload.insert(format!("{SOURCES}{}", rendition.name), rendition.bytes);
    }
    for path in edition.annotated.pictures.set.keys().filter(|path| folder.files.contains(path)) {
        // A camera's notes are masked like any other detail.
        let bytes = match folder.settings.mask {
            true => edition.annotated.pictures.set[path].bytes.to_vec(),
            false => folder.picture(path)?,
        };
        payload.insert(format!("{SOURCES}{path}"), bytes);
    }
    let editors = [SETTINGS, AUTHORITY, PREFACE, AFTERWORD].map(str::to_owned).into_iter();
    let sidecars = folder.sidecars.keys().map(|path| format!("{path}.toml"));
    let layouts = folder.layouts.keys().map(|path| format!("layouts/{path}"));
    for name in editors.chain(sidecars).chain(layouts) {
        if let Some(bytes) = there(folder, &name)? {
            payload.insert(format!("{SOURCES}{name}"), shown(folder, bytes));
        }
    }
    if let Some(lock) = there(folder, LOCK)? {
        payload.insert(format!("{EDITION}{LOCK}"), lock);
    }
    Ok(payload)
}

/// Reads a file of the folder, if it is there.
fn there(folder: &Folder, name: &str) -> io::Result<Option<Vec<u8>>> {
    match fs::read(folder.root.join(name)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Masks what the editor wrote, like what was captured.
fn shown(folder: &Folder, bytes: Vec<u8>) -> Vec<u8> {
    if !folder.settings.mask {
        return bytes;
    }
    let masked = mask::mask(&String::from_utf8_lossy(&bytes), &folder.settings.keep);
    if masked.masks.is_empty() { bytes } else { masked.text.into_bytes() }
}

/// Writes the files of a bag into a folder beside its place, and moves that there whole.
fn write(files: &Files, place: &Path) -> io::Result<()> {
    let named = |error: io::Error| publish::named(place, &error);
    let workshop = tempfile::Builder::new().prefix(publish::PREFIX).suffix(".tmp").tempdir_in(publish::parent(place));
    let workshop = workshop.map_err(|error| named(error.kind().into()))?;
    let bag = workshop.path().join("bag");
    for (path, bytes) in files {
        let file = bag.join(path);
        fs::create_dir_all(file.parent().unwrap_or(&bag)).map_err(named)?;
        let mut file = fs::File::create(file).map_err(named)?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(named)?;
    }
    fs::rename(&bag, place).map_err(named)
}

/// Holds a bag against its manifests, and the edition in it against its own.
pub fn verify(place: &Path, console: &mut Console) -> Result<(), Failure> {
    console.stage("verifying");
    let mut files = Files::new();
    let mut problems = Vec::new();
    read(place, "", &mut files, &mut problems)?;
    problems.extend(bag::check(&files));
    for (path, pdf) in files.iter().filter(|(path, _)| path.ends_with(".pdf") && path.starts_with("data/edition/")) {
        let beside = files.get(&format!("{}.manifest.json", path.trim_end_matches(".pdf")));
        let verdict = console::without_traces(|| verify::verify(pdf, beside.map(Vec::as_slice)));
        problems.extend(verdict.problems.into_iter().map(|problem| problem.in_file(path.clone())));
        problems.extend(verdict.manifest.iter().flat_map(|manifest| sources(manifest, &files)));
    }
    console.end_stage();
    let is_proved = problems.is_empty();
    console.tell(problems);
    if is_proved {
        console.say(&format!("{} is as it was packed: {}", place.display(), counted(files.len(), "file")));
    }
    Ok(())
}

/// Holds the sources in a bag against the manifest of the edition.
fn sources(manifest: &Manifest, files: &Files) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for document in &manifest.documents {
        let place = format!("{}{SOURCES}{}", bag::PAYLOAD, document.path);
        // Of a saved page the text alone may be there, under another name.
        let Some(bytes) = files.get(&place) else { continue };
        if hash(bytes) != document.sha256 {
            let message = format!("the file is not the one that no. {} was made from", document.number);
            problems.push(Diagnostic::error("changed-source", message).in_file(place));
        }
    }
    problems
}

/// Reads every file of a folder, by its path there.
fn read(folder: &Path, under: &str, files: &mut Files, problems: &mut Vec<Diagnostic>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{under}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            read(&entry.path(), &format!("{path}/"), files, problems)?;
        } else if kind.is_file() {
            files.insert(path, fs::read(entry.path())?);
        } else {
            let problem = Diagnostic::error("broken-bag", "this is no regular file, and a bag holds no other");
            problems.push(problem.in_file(path));
        }
    }
    Ok(())
}
