//! What changes in a collection's folder.
//!
//! What enters: the folder, folders of fonts, and what the program itself writes, which is passed over. What leaves: one
//! [`Change`] for each burst of changes, however many files and saves it had; none is lost while something else is done.

use super::console::Failure;
use super::publish::PREFIX;
use crate::folder;
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How long nothing must change before a burst is over.
const QUIET: Duration = Duration::from_millis(40);
/// How long a burst may last; what goes on changing is looked at all the same.
const LONGEST: Duration = Duration::from_secs(1);
/// How often it is looked whether a folder that went away is back.
const LOOK: Duration = Duration::from_millis(500);
/// How many files are named of a burst.
const NAMED: usize = 3;

/// One burst of changes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The files that changed, relative to the folder.
    pub files: BTreeSet<String>,
    /// Whether fonts are among them.
    pub fonts: bool,
}

impl Change {
    /// Names the first files that changed.
    pub fn names(&self) -> String {
        let named: Vec<&str> = self.files.iter().take(NAMED).map(String::as_str).collect();
        let more = self.files.len().saturating_sub(NAMED);
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{}{rest}", named.join(", "))
    }
}

/// The changes of a folder.
pub struct Changes {
    root: PathBuf,
    fonts: Vec<PathBuf>,
    own: Vec<PathBuf>,
    events: Receiver<notify::Result<Event>>,
    watcher: RecommendedWatcher,
    /// Whether the folder is there and watched.
    is_watched: bool,
}

impl Changes {
    /// Watches a folder and folders of fonts; `own` are the files and folders that the program writes itself.
    pub fn of(root: &Path, fonts: &[PathBuf], own: &[PathBuf]) -> Result<Self, Failure> {
        folder::name(root).map_err(|error| Failure::Use(error.to_string()))?;
        let unwatched = |error: notify::Error| Failure::Use(format!("`{}` cannot be watched: {error}", root.display()));
        let (sender, events) = channel();
        let watcher = notify::recommended_watcher(sender).map_err(unwatched)?;
        let root = fs::canonicalize(root).map_err(|error| unwatched(notify::Error::io(error)))?;
        let fonts: Vec<PathBuf> = fonts.iter().filter_map(|folder| fs::canonicalize(folder).ok()).collect();
        let own = own.iter().map(|path| settled(path)).collect();
        let mut changes = Self { root: root.clone(), fonts, own, events, watcher, is_watched: false };
        changes.watch().map_err(unwatched)?;
        for folder in &changes.fonts {
            changes.watcher.watch(folder, RecursiveMode::Recursive).map_err(unwatched)?;
        }
        Ok(changes)
    }

    fn watch(&mut self) -> notify::Result<()> {
        self.watcher.watch(&self.root, RecursiveMode::Recursive)?;
        self.is_watched = true;
        Ok(())
    }

    /// Waits for the next burst of changes and for its end.
    pub fn next(&mut self) -> Change {
        let mut change = Change::default();
        while change == Change::default() {
            match self.events.recv_timeout(LOOK) {
                Ok(event) => self.take(event, &mut change),
                Err(RecvTimeoutError::Timeout) => self.look(&mut change),
                Err(RecvTimeoutError::Disconnected) => std::thread::sleep(LOOK),
            }
        }
        let began = Instant::now();
        while began.elapsed() < LONGEST {
            match self.events.recv_timeout(QUIET) {
                Ok(event) => self.take(event, &mut change),
                Err(_) => break,
            }
        }
        change
    }

    /// Watches the folder again where it went away and is back, such as after a folder was replaced by another.
    fn look(&mut self, change: &mut Change) {
        if self.is_watched && !self.root.is_dir() {
            let _ = self.watcher.unwatch(&self.root);
            self.is_watched = false;
            change.files.insert(".".to_owned());
        } else if !self.is_watched && self.root.is_dir() && self.watch().is_ok() {
            change.files.insert(".".to_owned());
        }
    }

    fn take(&mut self, event: notify::Result<Event>, change: &mut Change) {
        let Ok(event) = event else {
            // What could not be told may have been anything.
            change.files.insert(".".to_owned());
            return;
        };
        if event.need_rescan() {
            change.files.insert(".".to_owned());
        }
        const WRITTEN: AccessKind = AccessKind::Close(AccessMode::Write);
        if matches!(event.kind, EventKind::Access(kind) if kind != WRITTEN) {
            return;
        }
        for path in &event.paths {
            self.note(path, change);
        }
    }

    fn note(&self, path: &Path, change: &mut Change) {
        let is_own = self.own.iter().any(|own| path.starts_with(own));
        let is_half_written = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PREFIX));
        if is_own || is_half_written {
            return;
        }
        if self.fonts.iter().any(|folder| path.starts_with(folder)) {
            change.fonts = true;
            change.files.insert(path.display().to_string());
            return;
        }
        let Ok(relative) = path.strip_prefix(&self.root) else { return };
        let is_hidden = relative.iter().any(|part| part.to_string_lossy().starts_with('.'));
        if is_hidden {
            return;
        }
        let name = if relative.as_os_str().is_empty() { Path::new(".") } else { relative };
        change.fonts |= relative.starts_with("fonts");
        change.files.insert(name.display().to_string());
    }
}

/// Gives the path under which changes of a file are told, whether or not it is there yet.
fn settled(path: &Path) -> PathBuf {
    if let Ok(path) = fs::canonicalize(path) {
        return path;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (fs::canonicalize(folder), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}
