//! What was found in documents, kept between two runs in the user's cache folder.
//!
//! What enters: a collection's folder. What leaves: a [`Pack`], one file for each collection, whose entries stand under
//! the fingerprint of the masked passages that they were made of, of the authority and of this very program. An entry
//! that is torn or was written by anything else does not fit its checksum, and what it stood for is read anew. The file
//! is replaced whole, so that of two builds at once one wins; it holds what the last run needed and no more.

use super::args::{Cache, CacheCommand};
use super::console::{Console, Failure, counted};
use super::publish::write_whole;
use crate::collection::shelf::{self, Store};
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::UNIX_EPOCH;

/// How the files of the cache end.
const EXTENSION: &str = "finds";

/// What was found in the documents of one collection.
#[derive(Debug)]
pub struct Pack {
    file: PathBuf,
    head: String,
    entries: Mutex<Entries>,
}

#[derive(Debug, Default)]
struct Entries {
    /// What the last run left.
    before: HashMap<String, String>,
    /// What this one needed.
    needed: BTreeMap<String, String>,
    /// Whether the file lacks some of that.
    is_new: bool,
    /// Whether a first book was read, after which a workshop that stays open asks for changed documents only.
    is_open: bool,
}

impl Pack {
    /// Opens the pack of a collection; none where nobody has a cache folder here.
    pub fn of(root: &Path) -> Option<Self> {
        let root = fs::canonicalize(root).ok()?;
        let name = shelf::key(&[root.as_os_str().as_encoded_bytes()]);
        let file = folder()?.join(format!("{}.{EXTENSION}", name.get(..32)?));
        let head = head()?;
        let text = fs::read_to_string(&file).unwrap_or_default();
        let before = text.strip_prefix(&head).and_then(|rest| rest.strip_prefix('\n')).map(entries);
        let entries = Entries { before: before.unwrap_or_default(), ..Entries::default() };
        Some(Self { file, head, entries: Mutex::new(entries) })
    }

    /// Writes what was needed since the pack was opened, where the file lacks some of it or holds more.
    ///
    /// # Errors
    /// Where the disk refuses; a run needs no cache.
    pub fn save(&self) -> io::Result<()> {
        let mut entries = self.entries();
        if entries.is_open {
            let before = std::mem::take(&mut entries.before);
            for (key, entry) in before {
                entries.needed.entry(key).or_insert(entry);
            }
        }
        let is_whole = !entries.is_new && (entries.is_open || entries.needed.len() == entries.before.len());
        entries.is_open = true;
        if is_whole {
            entries.before = std::mem::take(&mut entries.needed).into_iter().collect();
            return Ok(());
        }
        let mut text = format!("{}\n", self.head);
        for (key, entry) in &entries.needed {
            text.push_str(&format!("{key} {} {entry}\n", checksum(key, entry)));
        }
        entries.before = std::mem::take(&mut entries.needed).into_iter().collect();
        entries.is_new = false;
        drop(entries);
        let folder = self.file.parent().unwrap_or(Path::new("."));
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
        write_whole(&self.file, text.as_bytes())
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for Pack {
    fn find(&self, key: &str) -> Option<String> {
        let mut entries = self.entries();
        let entry = entries.before.get(key)?.clone();
        entries.needed.insert(key.to_owned(), entry.clone());
        Some(entry)
    }

    fn keep(&self, key: &str, entry: String) {
        let mut entries = self.entries();
        entries.needed.insert(key.to_owned(), entry);
        entries.is_new = true;
    }
}

/// Reads the entries that fit their checksums.
fn entries(text: &str) -> HashMap<String, String> {
    let rows = text.lines().filter_map(|line| {
        let (key, rest) = line.split_once(' ')?;
        let (sum, entry) = rest.split_once(' ')?;
        (sum == checksum(key, entry)).then(|| (key.to_owned(), entry.to_owned()))
    });
    rows.collect()
}

fn checksum(key: &str, entry: &str) -> String {
    let mut sum = shelf::key(&[key.as_bytes(), entry.as_bytes()]);
    sum.truncate(16);
    sum
}

/// The folder of the cache. A run without a home has none.
fn folder() -> Option<PathBuf> {
    let is_at_home = cfg!(windows) || ["HOME", "XDG_CACHE_HOME"].iter().any(|name| std::env::var_os(name).is_some());
    is_at_home.then(dirs::cache_dir).flatten().map(|folder| folder.join("dossier"))
}

/// The line that a pack of this very program begins with: another program may find something else in the same text.
fn head() -> Option<String> {
    let program = fs::metadata(std::env::current_exe().ok()?).ok()?;
    let written = program.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("dossier {} {} {}", env!("CARGO_PKG_VERSION"), program.len(), written.as_nanos()))
}

/// Empties the cache.
pub fn run(arguments: &Cache, console: &mut Console) -> Result<(), Failure> {
    let CacheCommand::Clear = arguments.command;
    let mut removed = 0;
    let files = folder().and_then(|folder| fs::read_dir(folder).ok());
    for file in files.into_iter().flatten() {
        let path = file?.path();
        if path.extension().is_some_and(|extension| extension == EXTENSION) {
            fs::remove_file(path)?;
            removed += 1;
        }
    }
    console.say(&format!("removed what was kept of {}", counted(removed, "collection")));
    Ok(())
}
