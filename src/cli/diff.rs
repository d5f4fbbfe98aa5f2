//! `dossier diff`: what has changed between two editions.

use super::args::{Diff, DiffFormat, Reading, Selection};
use super::console::{self, Console, Failure};
use super::{issue, list};
use crate::annotation::Annotated;
use crate::folder::Folder;
use crate::lock::changes::between;
use crate::lock::wording::Wording;
use crate::lock::{self, Entry, Id, Lock, Record};
use crate::report;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Compares two editions.
pub fn run(arguments: &Diff, console: &mut Console) -> Result<(), Failure> {
    let old = Side::open(Operand::of(&arguments.old)?, console)?;
    let new = Side::open(Operand::of(&arguments.new)?, console)?;
    console.end_stage();
    // A folder without a lock file takes its ids from the other side, so that the same files are the same documents.
    let old = old.recorded(&new.lock(), console)?;
    let known = Lock { entries: vec![old.entry.clone()] };
    let new = new.recorded(&known, console)?;
    let changes = between(&old.entry, &new.entry, &|record| old.wording(record), &|record| new.wording(record));
    let row = report::changes(&arguments.old, &arguments.new, &changes);
    let text = match arguments.format {
        DiffFormat::Json => list::json(&row)?,
        DiffFormat::Text => report::changes_text(&row),
    };
    console.write(text.as_bytes())
}

/// What can be compared.
enum Operand {
    /// The documents of a folder as they are.
    Folder(PathBuf),
    /// An edition of the lock file in a folder: that of a label, else the last.
    Recorded(PathBuf, Option<String>),
}

impl Operand {
    /// Reads the name of an edition.
    fn of(name: &str) -> Result<Self, Failure> {
        let is_lock = |path: &str| Path::new(path).file_name().is_some_and(|file| file == lock::FILE);
        let beside = |path: &str| {
            let folder = Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty());
            folder.map_or_else(|| PathBuf::from("."), Path::to_owned)
        };
        if is_lock(name) {
            return Ok(Self::Recorded(beside(name), None));
        }
        if let Some((path, label)) = name.split_once(&format!("{}@", lock::FILE)) {
            return Ok(Self::Recorded(beside(&format!("{path}{}", lock::FILE)), Some(label.to_owned())));
        }
        if Path::new(name).is_dir() {
            return Ok(Self::Folder(PathBuf::from(name)));
        }
        let wanted = "a folder, `dossier.lock` or `dossier.lock@LABEL` was wanted";
        Err(Failure::Use(format!("`{name}` is no edition that can be compared; {wanted}")))
    }
}

/// One side of the comparison.
struct Side {
    folder: Folder,
    /// The documents, where they are read from the folder.
    annotated: Option<Annotated>,
    entry: Entry,
    words: BTreeMap<Id, Wording>,
}

impl Side {
    fn open(operand: Operand, console: &mut Console) -> Result<Self, Failure> {
        let (path, label) = match operand {
            Operand::Folder(path) => {
                let mut folder = console::open(&path, None, console)?;
                let annotated = console::annotated(&mut folder, &Selection::all(&path, Reading::default()), console)?;
                return Self::sound(folder, Some(annotated), Entry::default());
            }
            Operand::Recorded(path, label) => (path, label),
        };
        let folder = console::open(&path, None, console)?;
        let entry = match &label {
            Some(label) => folder.lock.entry(label),
            None => folder.lock.entries.last(),
        };
        let labels: Vec<String> = folder.lock.entries.iter().map(|entry| format!("`{}`", entry.label)).collect();
        let place = path.join(lock::FILE);
        let entry = entry.cloned().ok_or_else(|| {
            let known = if labels.is_empty() { "no edition".to_owned() } else { labels.join(", ") };
            Failure::Use(format!("`{}` has {known}; `{}` was wanted", place.display(), label.unwrap_or_default()))
        });
        let entry = if folder.is_lock_broken { Entry::default() } else { entry? };
        Self::sound(folder, None, entry)
    }

    /// Refuses a folder whose lock file cannot be relied on, which is told already.
    fn sound(folder: Folder, annotated: Option<Annotated>, entry: Entry) -> Result<Self, Failure> {
        if folder.is_lock_broken {
            return Err(Failure::Found(Vec::new()));
        }
        Ok(Self { folder, annotated, entry, words: BTreeMap::new() })
    }

    /// The ids that the side brings along.
    fn lock(&self) -> Lock {
        if self.annotated.is_some() { self.folder.lock.clone() } else { Lock { entries: vec![self.entry.clone()] } }
    }

    /// Gives every document of a folder its id: by its own lock file, else by the other side's.
    fn recorded(mut self, other: &Lock, console: &mut Console) -> Result<Self, Failure> {
        if let Some(annotated) = &self.annotated {
            let lock = if self.folder.lock.entries.is_empty() { other } else { &self.folder.lock };
            let layout = console::laid_out(&self.folder, None, console)?;
            (self.entry, self.words) = issue::entry_of(annotated, &self.folder, &layout, lock);
        }
        Ok(self)
    }

    fn wording(&self, record: &Record) -> Option<Wording> {
        let live = self.words.get(&record.id).map(|words| self.folder.compared(words.clone()));
        live.or_else(|| self.folder.wording(record))
    }
}
