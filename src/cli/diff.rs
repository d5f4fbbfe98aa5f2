//! `dossier diff`: what has changed between two editions.

use super::args::{Diff, DiffFormat, Reading, Selection};
use super::console::{self, Console, Failure};
use super::{issue, keep, list};
use crate::annotation::Annotated;
use crate::diagnostic::Diagnostic;
use crate::folder::Folder;
use crate::lock::changes::{Changes, between};
use crate::lock::wording::Wording;
use crate::lock::{self, Entry, Id, Lock, Record};
use crate::manifest::{self, Manifest};
use crate::report;
use crate::verify;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Compares two editions.
pub fn run(arguments: &Diff, console: &mut Console) -> Result<(), Failure> {
    let changes = match (Operand::of(&arguments.old)?, Operand::of(&arguments.new)?) {
        (Operand::Pdf(old), Operand::Pdf(new)) => {
            let (old, new) = manifest::entries(&manifest_of(&old)?, &manifest_of(&new)?);
            between(&old, &new, &|_| None, &|_| None)
        }
        (Operand::Pdf(pdf), _) | (_, Operand::Pdf(pdf)) => {
            let message =
                "is a PDF, which knows the hashes of its texts and not their words; compare it with another PDF";
            return Err(Failure::Use(format!("`{}` {message}", pdf.display())));
        }
        (old, new) => of_sides(Side::open(old, console)?, Side::open(new, console)?, console)?,
    };
    let row = report::changes(&arguments.old, &arguments.new, &changes);
    let text = match arguments.format {
        DiffFormat::Json => list::json(&row)?,
        DiffFormat::Text => report::changes_text(&row),
    };
    console.write(text.as_bytes())
}

/// Compares two sides whose words are at hand.
fn of_sides(old: Side, new: Side, console: &mut Console) -> Result<Changes, Failure> {
    console.end_stage();
    // A folder without a lock file takes its ids from the other side, so that the same files are the same documents.
    let old = old.recorded(&new.lock(), console)?;
    let known = Lock { entries: vec![old.entry.clone()] };
    let new = new.recorded(&known, console)?;
    Ok(between(&old.entry, &new.entry, &|record| old.wording(record), &|record| new.wording(record)))
}

/// Reads the manifest inside a PDF or beside it; a PDF that is not as it was made is not compared.
fn manifest_of(pdf: &Path) -> Result<Manifest, Failure> {
    let bytes = fs::read(pdf).map_err(|error| Failure::Use(format!("`{}`: {error}", pdf.display())))?;
    let beside = fs::read(keep::beside(pdf)).ok();
    let verdict = console::without_traces(|| verify::verify(&bytes, beside.as_deref()));
    match verdict.manifest {
        Some(manifest) if verdict.problems.is_empty() => Ok(manifest),
        _ => {
            let name = pdf.display().to_string();
            let named = |problem: Diagnostic| problem.in_file(name.clone());
            Err(Failure::Found(verdict.problems.into_iter().map(named).collect()))
        }
    }
}

/// What can be compared.
enum Operand {
    /// The documents of a folder as they are.
    Folder(PathBuf),
    /// An edition of the lock file in a folder: that of a label, else the last.
    Recorded(PathBuf, Option<String>),
    /// A PDF that was made here, by its manifest.
    Pdf(PathBuf),
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
        if Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf")) {
            return Ok(Self::Pdf(PathBuf::from(name)));
        }
        let wanted = "a folder, `dossier.lock`, `dossier.lock@LABEL` or a PDF was wanted";
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
            Operand::Pdf(path) => return Err(Failure::Use(format!("`{}` is a PDF", path.display()))),
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
