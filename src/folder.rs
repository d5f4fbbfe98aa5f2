//! A collection's folder: the one place where the program reads the disk.
//!
//! What enters: the path of a folder. What leaves: the captures in it, the editor's files beside them, and a diagnostic
//! for everything that is neither. Files are told from one another by name and kind only; nothing is opened that is not
//! a regular file, and no link is followed.

use crate::collection::Capture;
use crate::diagnostic::Diagnostic;
use crate::document::Format;
use crate::lock::wording::Wording;
use crate::lock::{self, Id, Lock, Record};
use crate::picture;
use crate::settings::{self, Omission, Override, Settings};
use crate::source::{Fingerprint, HEAD, Withheld};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use ignore::WalkBuilder;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The editor's settings for a collection.
pub const SETTINGS: &str = "dossier.toml";
/// The editor's authority file of organizations.
pub const AUTHORITY: &str = "organizations.toml";
/// The editor's own pages before the documents.
pub const PREFACE: &str = "preface.md";
/// The editor's own pages after them.
pub const AFTERWORD: &str = "afterword.md";
/// The folder of a project's own fonts.
const FONTS: &str = "fonts";
/// The folder of a project's own layouts.
const LAYOUTS: &str = "layouts";
/// The bytes of a megabyte, as `largest_document` counts them.
const MEGABYTE: u64 = 1024 * 1024;

/// What stands in a collection's folder.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// The folder's own name.
    pub name: String,
    /// The documents, sorted by path.
    pub captures: Vec<Capture>,
    /// The editor's settings.
    pub settings: Settings,
    /// What sidecar files say, by the path of the document.
    pub sidecars: BTreeMap<String, Override>,
    /// The text of `organizations.toml`.
    pub authority: Option<Arc<str>>,
    /// The text of `preface.md`.
    pub preface: Option<Arc<str>>,
    /// The text of `afterword.md`.
    pub afterword: Option<Arc<str>>,
    /// The project's own layout files, by their path under `layouts/`.
    pub layouts: BTreeMap<String, String>,
    /// The project's own fonts.
    pub fonts: Option<PathBuf>,
    /// The paths of all files in the folder but the project's own fonts and layouts, sorted: what documents may refer to.
    pub files: Vec<String>,
    /// Those of them that are pictures and meant to be in the book.
    pub pictures: Vec<String>,
    /// The editions before, as the lock file has them.
    pub lock: Lock,
    /// The text of the lock file.
    pub lock_text: Option<Arc<str>>,
    /// Whether there is a lock file that cannot be used.
    pub is_lock_broken: bool,
    /// The documents that the editor leaves out, each with the reason where one is told.
    pub omitted: BTreeMap<String, Option<String>>,
    /// Where each document's file is, by its path in the collection.
    pub places: BTreeMap<String, PathBuf>,
    /// Where the folder is.
    pub root: PathBuf,
    /// What is to be told about the folder.
    pub diagnostics: Vec<Diagnostic>,
}

/// Gives a folder's own name.
///
/// # Errors
/// Where the folder is not there, cannot be read, or is none; the message names it.
pub fn name(root: &Path) -> io::Result<String> {
    let shown = root.display();
    let unread = |error: io::Error| {
        let message = match error.kind() {
            io::ErrorKind::NotFound => format!("`{shown}` is not there; name the folder that holds the documents"),
            io::ErrorKind::NotADirectory => format!("`{shown}` is no folder; name the one that holds the documents"),
            _ => format!("`{shown}` cannot be read: {error}; let it be read, or name another folder"),
        };
        io::Error::new(error.kind(), message)
    };
    fs::read_dir(root).map_err(unread)?;
    let name = fs::canonicalize(root).map_err(unread)?;
    Ok(name.file_name().map_or_else(|| "dossier".into(), |name| name.to_string_lossy().into_owned()))
}

/// Reads a folder; `output` is a file of the program's own that is no document.
pub fn read(root: &Path, output: Option<&Path>) -> io::Result<Folder> {
    let name = name(root)?;
    let mut folder = Folder { name, root: root.to_owned(), ..Folder::default() };
    if let Some(text) = folder.text(root, SETTINGS)? {
        let (settings, found) = settings::read(SETTINGS, &text);
        folder.settings = settings;
        folder.diagnostics.extend(found);
    }
    folder.read_lock()?;
    let withdrawn = folder.withdrawn();
    folder.authority = folder.text(root, AUTHORITY)?;
    folder.preface = folder.text(root, PREFACE)?;
    folder.afterword = folder.text(root, AFTERWORD)?;
    let fonts = root.join(FONTS);
    folder.fonts = fonts.is_dir().then_some(fonts);
    let taken = folder.globs("include", &folder.settings.include.clone());
    let left_out = folder.globs("exclude", &folder.settings.exclude.clone());
    let found = walk(root, &mut folder.diagnostics);
    folder.layouts = found
        .iter()
        .filter_map(|file| file.path.strip_prefix("layouts/"))
        .filter_map(|path| Some((path.to_owned(), fs::read_to_string(root.join(LAYOUTS).join(path)).ok()?)))
        .collect();
    folder.sidecars(root, &found)?;
    let output = output.and_then(|output| fs::canonicalize(output).ok());
    let mut wanted = Vec::new();
    for file in &found {
        let is_editors = [PREFACE, AFTERWORD].contains(&file.path.as_str());
        if is_editors || file.is_in(FONTS) || file.is_in(LAYOUTS) || file.is_in(lock::WORDINGS) {
            continue;
        }
        folder.files.push(file.path.clone());
        if left_out.as_ref().is_some_and(|globs| globs.is_match(&file.path)) {
            continue;
        }
        let is_taken = taken.as_ref().is_none_or(|globs| globs.is_match(&file.path));
        if picture::is_picture(&file.path) {
            folder.pictures.extend(is_taken.then(|| file.path.clone()));
            continue;
        }
        let Some(format) = Format::of(&file.path) else {
            let is_default_output = file.path.strip_suffix(".pdf") == Some(folder.name.as_str());
            let is_output = is_default_output || output.is_some() && fs::canonicalize(&file.full).ok() == output;
            folder.diagnostics.extend(unread(&file.path, is_output));
            continue;
        };
        if !is_taken {
            continue;
        }
        if let Some(reason) = withdrawn.get(&file.path).cloned().or_else(|| folder.omission(&file.path)) {
            folder.omitted.insert(file.path.clone(), reason);
            continue;
        }
        folder.places.insert(file.path.clone(), file.full.clone());
        wanted.push((file, format));
    }
    let settings = &folder.settings;
    let read: Vec<Result<(Capture, Option<Diagnostic>), Diagnostic>> =
        wanted.into_par_iter().map(|(file, format)| capture(file, format, settings)).collect();
    for result in read {
        match result {
            Ok((capture, problem)) => {
                folder.captures.push(capture);
                folder.diagnostics.extend(problem);
            }
            Err(problem) => folder.diagnostics.push(problem),
        }
    }
    folder.unmatched_documents();
    Ok(folder)
}

impl Folder {
    /// Reads one of the listed files; of one that is larger than any picture may be, no more than tells so.
    pub fn picture(&self, path: &str) -> io::Result<Vec<u8>> {
        let full = self.root.join(path);
        if !fs::symlink_metadata(&full)?.is_file() {
            return Err(io::Error::other("this is no regular file"));
        }
        let mut bytes = Vec::new();
        fs::File::open(full)?.take(picture::LARGEST_PICTURE + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Reads a document's file again, as it stands there.
    pub fn original(&self, path: &str) -> io::Result<Vec<u8>> {
        let unknown = || io::Error::new(io::ErrorKind::NotFound, format!("no document is at `{path}`"));
        fs::read(self.places.get(path).ok_or_else(unknown)?)
            .map_err(|error| io::Error::new(error.kind(), format!("`{path}` cannot be read: {error}")))
    }

    /// Reads one of the editor's files, if it is there.
    fn text(&mut self, root: &Path, name: &str) -> io::Result<Option<Arc<str>>> {
        match fs::read(root.join(name)) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Ok(Some(text.trim_start_matches('\u{feff}').into())),
                Err(_) => {
                    let problem = Diagnostic::error("not-utf-8", "the file is not valid UTF-8, so it is not used");
                    self.diagnostics.push(problem.in_file(name).help("save it as UTF-8"));
                    Ok(None)
                }
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => {
                let path = root.join(name);
                let message = format!("`{}` cannot be read: {error}; let it be read, or move it away", path.display());
                Err(io::Error::new(error.kind(), message))
            }
        }
    }

    /// Builds the globs of a key of the settings; a broken one is told and left out.
    fn globs(&mut self, key: &str, patterns: &[settings::Spanned<String>]) -> Option<GlobSet> {
        let mut builder = GlobSetBuilder::new();
        let mut sound = 0;
        for pattern in patterns {
            match GlobBuilder::new(&pattern.value).literal_separator(true).build() {
                Ok(glob) => {
                    builder.add(glob);
                    sound += 1;
                }
                Err(error) => {
                    let message = format!("`{}` under `{key}` is no glob: {}", pattern.value, error.kind());
                    let problem = Diagnostic::error("broken-glob", message).in_file(pattern.place());
                    self.diagnostics.push(problem.help(format!("write `{key} = [\"letters/*.txt\"]`, for example")));
                }
            }
        }
        (sound > 0).then(|| builder.build().ok()).flatten()
    }

    /// Tells whether the editor leaves a document out, and why.
    fn omission(&self, path: &str) -> Option<Option<String>> {
        match self.settings.says_of(path, &self.sidecars).omit?.value {
            Omission::Kept => None,
            Omission::Omitted => Some(None),
            Omission::Because(reason) => Some(Some(reason)),
        }
    }

    /// Gives the paths of the documents that were withdrawn, each with the reason where one is told.
    fn withdrawn(&self) -> BTreeMap<String, Option<String>> {
        let latest = self.lock.latest();
        let named = self.settings.withdrawn.iter().map(|(name, reason)| {
            let record = Id::parse(name).and_then(|id| latest.get(&id));
            let path = record.map_or(name, |record| &record.path).clone();
            (path, Some(reason.value.clone()).filter(|reason| !reason.is_empty()))
        });
        named.collect()
    }

    /// Reads the lock file anew; a broken one is told and not used.
    pub fn read_lock(&mut self) -> io::Result<()> {
        self.lock_text = self.text(&self.root.clone(), lock::FILE)?;
        // What is there and no text is told already.
        self.is_lock_broken = self.lock_text.is_none() && self.root.join(lock::FILE).exists();
        match self.lock_text.as_ref().map(lock::read) {
            Some(Err(problems)) => {
                self.is_lock_broken = true;
                self.diagnostics.extend(problems);
            }
            Some(Ok(lock)) if self.settings.mask => self.lock = lock.masked(&self.settings.keep),
            Some(Ok(lock)) => self.lock = lock,
            None => self.lock = Lock::default(),
        }
        Ok(())
    }

    /// Reads the words of a document in an earlier edition, as far as they are kept and as they are compared.
    pub fn wording(&self, record: &Record) -> Option<Wording> {
        let text = fs::read_to_string(self.root.join(lock::WORDINGS).join(record.wording_file())).ok()?;
        if crate::source::hash(text.as_bytes()) != record.text {
            return None;
        }
        Some(self.compared(Wording::read(&text)))
    }

    /// Gives words as they are compared with those of other editions, both masked alike.
    pub fn compared(&self, wording: Wording) -> Wording {
        if self.settings.mask { wording.masked(&self.settings.keep) } else { wording }
    }

    /// Reads the sidecars: `NAME.toml` beside a document `NAME`.
    fn sidecars(&mut self, root: &Path, found: &[Found]) -> io::Result<()> {
        for file in found {
            let Some(document) = file.path.strip_suffix(".toml") else { continue };
            if Format::of(document).is_none()
                || found.binary_search_by(|other| other.path.as_str().cmp(document)).is_err()
            {
                self.diagnostics.extend(misnamed_sidecar(document, found));
                continue;
            }
            if let Some(text) = self.text(root, &file.path)? {
                let (sidecar, problems) = settings::read_override(&file.path, &text);
                self.sidecars.insert(document.to_owned(), sidecar);
                self.diagnostics.extend(problems);
            }
        }
        Ok(())
    }

    /// Tells of `[documents."…"]` tables that no document answers to.
    fn unmatched_documents(&mut self) {
        for (path, table) in &self.settings.documents {
            let known = self.captures.binary_search_by(|capture| capture.path.cmp(path)).is_ok();
            if known || table.value.is_omitted() || self.omitted.contains_key(path) {
                continue;
            }
            let paths = self.captures.iter().map(|capture| capture.path.as_str());
            let problem = Diagnostic::warning("unmatched-document", format!("no document is at `{path}`"));
            let help = match crate::layout::nearest(path, paths) {
                Some(near) => format!("did you mean `[documents.\"{near}\"]`?"),
                None => "write the path from the folder that holds the settings, or remove the table".to_owned(),
            };
            self.diagnostics.push(problem.in_file(table.place()).help(help));
        }
    }
}

/// Tells of a `NAME.toml` beside a document `NAME.md`, whose sidecar would be `NAME.md.toml`.
fn misnamed_sidecar(name: &str, found: &[Found]) -> Option<Diagnostic> {
    let is_of = |file: &&Found| {
        let stem = file.path.strip_prefix(name).and_then(|rest| rest.strip_prefix('.'));
        stem.is_some_and(|extension| !extension.contains(['.', '/'])) && Format::of(&file.path).is_some()
    };
    let document = &found.iter().find(is_of)?.path;
    Some(
        Diagnostic::warning("misnamed-sidecar", format!("`{name}.toml` is not read: no document has that name"))
            .in_file(format!("{name}.toml"))
            .help(format!("if it speaks of `{document}`, name it `{document}.toml`")),
    )
}

/// A file that was found.
struct Found {
    path: String,
    full: PathBuf,
}

impl Found {
    /// Whether the file stands in a folder at the top of the collection.
    fn is_in(&self, folder: &str) -> bool {
        self.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }
}

/// Lists the regular files of a folder, sorted by path; tells of everything else in it.
fn walk(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Vec<Found> {
    let mut found = Vec::new();
    let walk = WalkBuilder::new(root).standard_filters(false).hidden(true).follow_links(false).build();
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                diagnostics.push(unwalked(root, &error));
                continue;
            }
        };
        let Ok(relative) = entry.path().strip_prefix(root) else { continue };
        let parts: Vec<_> = relative.components().map(|part| name_of(part.as_os_str())).collect();
        let path = parts.join("/");
        if relative.to_str().is_none() {
            diagnostics.push(
                Diagnostic::warning("not-utf-8-name", "the file's name is not UTF-8; it is known by this name")
                    .in_file(&path)
                    .help("rename the file"),
            );
        }
        let Some(kind) = entry.file_type().filter(|_| !path.is_empty()) else { continue };
        if kind.is_dir() {
            if Format::of(&path).is_some() {
                diagnostics.push(
                    Diagnostic::warning(
                        "folder-named-like-a-document",
                        "this is a folder; the documents in it are read",
                    )
                    .in_file(path),
                );
            }
        } else if kind.is_symlink() {
            diagnostics.push(
                Diagnostic::warning("link-not-followed", "this is a link; links are not followed")
                    .in_file(path)
                    .help("put a copy of the file in its place"),
            );
        } else if kind.is_file() {
            found.push(Found { path, full: entry.path().to_owned() });
        } else {
            diagnostics
                .push(Diagnostic::warning("not-a-file", "this is no regular file; it is left alone").in_file(path));
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Tells of a folder in the collection that cannot be read.
fn unwalked(root: &Path, error: &ignore::Error) -> Diagnostic {
    let why = error.io_error().map_or_else(|| error.to_string(), |error| error.kind().to_string());
    let problem = Diagnostic::error("unreadable", format!("the folder cannot be read: {why}"))
        .help("let it be read, or move it out of the collection");
    let mut error = error;
    while let ignore::Error::WithDepth { err, .. } = error {
        error = err;
    }
    match error {
        ignore::Error::WithPath { path, .. } => {
            problem.in_file(path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned())
        }
        _ => problem,
    }
}

/// Writes a file's name; bytes that are no UTF-8 are written as `\xFF`, so that two names stay two.
fn name_of(name: &OsStr) -> String {
    let mut written = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        written.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| written.push_str(&format!("\\x{byte:02X}")));
    }
    written
}

/// Reads one document's bytes; of a file that is larger than the settings allow the first ones, with a diagnostic.
fn capture(file: &Found, format: Format, settings: &Settings) -> Result<(Capture, Option<Diagnostic>), Diagnostic> {
    let largest = settings.largest_document;
    let unreadable = |error: io::Error| {
        Diagnostic::error("unreadable", format!("the file cannot be read: {error}"))
            .in_file(file.path.clone())
            .help(format!("let it be read, or leave it out: `exclude = [{:?}]`", file.path))
    };
    let limit = largest.saturating_mul(MEGABYTE);
    let mut opened = File::open(&file.full).map_err(unreadable)?;
    let mut bytes = Vec::new();
    // What grows while it is read is not followed beyond the limit.
    opened.by_ref().take(limit + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if (bytes.len() as u64) <= limit {
        return Ok((Capture { path: file.path.clone(), bytes, format, withheld: None }, None));
    }
    let mut fingerprint = Fingerprint::of_rendition(settings.mask.then_some(settings.keep.as_slice()));
    let mut size = bytes.len();
    bytes.chunks(HEAD).for_each(|piece| fingerprint.take(piece));
    bytes.truncate(HEAD);
    bytes.shrink_to_fit();
    let mut piece = vec![0; HEAD];
    loop {
        match opened.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => {
                fingerprint.take(&piece[..read]);
                size += read;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(unreadable(error)),
        }
    }
    let message = format!(
        "the file has {size} bytes, more than the {largest} MB that are set; a page stands for it that names it"
    );
    let problem = Diagnostic::error("too-large", message)
        .in_file(file.path.clone())
        .help("split it into several files")
        .help(format!("or write `largest_document = {}` into {SETTINGS}", (size as u64).div_ceil(MEGABYTE)));
    let withheld = Withheld { bytes: size, sha256: fingerprint.finish(), largest };
    Ok((Capture { path: file.path.clone(), bytes, format, withheld: Some(withheld) }, Some(problem)))
}

/// Tells what becomes of a file that is neither a document nor a picture; nothing for the editor's and the program's own.
fn unread(path: &str, is_output: bool) -> Option<Diagnostic> {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    let convert = match extension.as_str() {
        "toml" | "lock" | "json" | "typ" => return None,
        "pdf" if is_output => return None,
        "mht" | "mhtml" => "save the page as HTML",
        "doc" | "docx" | "odt" | "rtf" => "convert it with `pandoc -t gfm`, or save it as text",
        "pdf" => "convert it with `pdftotext -layout`, and check the text",
        "eml" | "msg" | "mbox" => "save the message as text, with its date line",
        _ => "save it as .txt or .md",
    };
    let what = if extension.is_empty() { "the file".to_owned() } else { format!("a .{extension} file") };
    Some(
        Diagnostic::warning("not-a-document", format!("{what} is not read"))
            .in_file(path)
            .help(convert)
            .help(format!("or leave it out: `exclude = [\"{path}\"]`")),
    )
}
