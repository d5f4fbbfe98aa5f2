//! The issue of an edition: its label and date, its numbers, what it says of the edition before, what it records.
//!
//! What enters: the arguments of a build, a folder with its lock file, annotated documents. What leaves: an [`Issue`] for
//! the edition, and the files to be written once its pages are.

use super::args::{Build, Selection};
use super::console::{Console, Failure};
use super::guard::{self, Guard};
use super::publish::Step;
use crate::annotation::Annotated;
use crate::collection::Document;
use crate::diagnostic::Diagnostic;
use crate::folder::{Folder, SETTINGS};
use crate::layout::Layout;
use crate::lock::changes::{self, Change, Changes, Kind};
use crate::lock::wording::Wording;
use crate::lock::{self, Asked, Entry, Id, Record, Roll};
use crate::settings::Spanned;
use chrono::{DateTime, NaiveDate};
use std::collections::BTreeMap;

/// The variable that gives a date where nobody else does, in seconds since 1970.
const VARIABLE: &str = "SOURCE_DATE_EPOCH";

/// What is decided of an edition before it is edited.
pub struct Issue {
    /// The ids and numbers of its documents.
    pub roll: Roll,
    /// What has changed since the edition before, where that is printed.
    pub changes: Option<Changes>,
    /// What the lock file will say of it, where it has a label and all documents are in it.
    entry: Option<Entry>,
    /// The same for a build without a label, as the last edition would have it.
    again: Option<Entry>,
}

/// Decides label and date: the flags', else those of `dossier.toml`; a label that is a day gives the date where nobody
/// else does, then the lock file, where the edition is recorded already, then `SOURCE_DATE_EPOCH`.
pub fn imprint(label: Option<&str>, date: Option<NaiveDate>, folder: &mut Folder) -> Result<(), Failure> {
    let day = |label: &str| NaiveDate::parse_from_str(label, "%Y-%m-%d").ok().filter(|day| day.to_string() == label);
    let settings = &mut folder.settings;
    let by_flag = label.map(crate::text::squeeze);
    if by_flag.as_ref().is_some_and(String::is_empty) {
        return Err(Failure::Use("`--edition` gives an empty label; name the edition".to_owned()));
    }
    let flagged = by_flag.as_deref().and_then(day);
    if let Some(label) = by_flag {
        settings.edition = Some(given(label, "--edition"));
    }
    let labelled = settings.edition.as_ref().and_then(|label| Some(label.with(day(&label.value)?)));
    let date = date.map(|day| given(day, "--date"));
    let date = date.or_else(|| flagged.map(|day| given(day, "--edition"))).or(settings.date.take()).or(labelled);
    let recorded = settings.edition.as_ref().and_then(|label| folder.lock.entry(&label.value)?.date);
    settings.date = match date.or_else(|| recorded.map(|day| given(day, lock::FILE))) {
        Some(date) => Some(date),
        None => epoch()?,
    };
    Ok(())
}

fn given<T>(value: T, path: &str) -> Spanned<T> {
    Spanned { value, span: 0..0, path: path.into(), line: 0 }
}

/// Reads the day that the environment gives.
fn epoch() -> Result<Option<Spanned<NaiveDate>>, Failure> {
    let Some(epoch) = std::env::var_os(VARIABLE).filter(|epoch| !epoch.is_empty()) else { return Ok(None) };
    let seconds = epoch.to_str().and_then(|epoch| epoch.parse().ok());
    let day = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0)).map(|moment| moment.date_naive());
    let day =
        day.ok_or_else(|| Failure::Use(format!("`{VARIABLE}` holds {epoch:?}; seconds since 1970 were wanted")))?;
    Ok(Some(given(day, VARIABLE)))
}

/// Makes sure that the lock file can be relied on, and that no other build records an edition meanwhile.
pub fn guarded(arguments: &Build, folder: &mut Folder, console: &mut Console) -> Result<Option<Guard>, Failure> {
    if arguments.edition.is_some() && !arguments.making.selection.is_whole() {
        return Err(Failure::Use(
            "an edition with a label has all documents; leave `--edition` away to build a selection".to_owned(),
        ));
    }
    let is_recorded = folder.settings.edition.is_some() && arguments.making.selection.is_whole() && !arguments.locked;
    let mut held = None;
    if is_recorded {
        held = Some(guard::guard(&folder.root, console)?);
        // What another build has recorded since counts.
        let was_broken = folder.is_lock_broken;
        folder.read_lock()?;
        let problems = std::mem::take(&mut folder.diagnostics);
        if !was_broken {
            console.tell(problems);
        }
    }
    // What is wrong with it is told already.
    if folder.is_lock_broken { Err(Failure::Found(Vec::new())) } else { Ok(held) }
}

impl Issue {
    /// Decides the numbers of documents as far as the lock file gives them, and nothing else.
    pub fn draft(annotated: &Annotated, folder: &Folder, layout: &Layout) -> Self {
        let roll = lock::enrol(&annotated.collection, &asked(folder, layout, Whole::Part)).0;
        Self { roll, changes: None, entry: None, again: None }
    }

    /// Decides what an edition says of those before it and what is recorded of it; tells what is wrong with that.
    pub fn of(
        annotated: &Annotated,
        folder: &Folder,
        selection: &Selection,
        layout: &Layout,
        console: &mut Console,
    ) -> Result<Self, Failure> {
        let label = folder.settings.edition.as_ref().map(|label| label.value.as_str());
        if !selection.is_whole() {
            return Ok(Self::draft(annotated, folder, layout));
        }
        if let Some(label) = label
            && let Some(next) = folder.lock.behind(label)
        {
            return Err(Failure::Found(vec![overtaken(folder, label, &next.label)]));
        }
        let (roll, problems) = lock::enrol(&annotated.collection, &asked(folder, layout, Whole::All));
        console.tell(problems);
        let date = folder.settings.date.as_ref().map(|date| date.value);
        let entry = label.map(|label| roll.entry(annotated, label, date));
        let again = roll.before.as_ref().filter(|_| label.is_none());
        let again = again.map(|last| roll.entry(annotated, &last.label, last.date));
        let changes = entry.as_ref().zip(roll.before.as_ref()).map(|(entry, before)| {
            let wordings = wordings(annotated, &roll);
            changes::between(before, entry, &|record| folder.wording(record), &|record| {
                wordings.get(&record.id).map(|words| folder.compared(words.clone()))
            })
        });
        if let Some(known) = entry.as_ref().and_then(|entry| folder.lock.entry(&entry.label))
            && Some(known) != entry.as_ref()
        {
            console.tell(vec![replaced(&known.label)]);
        }
        Ok(Self { roll, changes, entry, again })
    }

    /// Fails unless the lock file would stay as it is, and says what would change.
    pub fn hold_to(&self, folder: &Folder) -> Result<(), Failure> {
        let Some(entry) = self.entry.as_ref().or(self.again.as_ref()) else {
            let problem = Diagnostic::error("locked", "there is no edition that could be held to").in_file(lock::FILE);
            return Err(Failure::Found(vec![problem.help("build one with `--edition LABEL` first")]));
        };
        let mut found = Vec::new();
        let known = folder.lock.entry(&entry.label);
        if known.is_none() {
            let message = format!("the edition `{}` would be recorded", entry.label);
            found.push(Diagnostic::error("locked", message).in_file(lock::FILE));
        }
        if let Some(known) = known.or(folder.lock.entries.last())
            && known != entry
        {
            let kept = |record: &Record| folder.wording(record);
            let changes = changes::between(known, entry, &kept, &|_| None);
            found.extend(changes.documents.iter().map(|change| would_change(change, entry)));
            if known.label == entry.label && found.is_empty() {
                let message = format!("what is recorded of the edition `{}` would change", entry.label);
                found.push(Diagnostic::error("locked", message).in_file(lock::FILE));
            }
        }
        let written = lock::write(&folder.lock.clone().with(entry.clone()));
        if found.is_empty() && folder.lock_text.as_deref() != Some(written.as_str()) {
            let message = "the file is not as dossier writes it, and would be written anew";
            found.push(Diagnostic::error("locked", message).in_file(lock::FILE));
        }
        if found.is_empty() { Ok(()) } else { Err(Failure::Found(found)) }
    }

    /// Gives the files that record the edition, the lock file last; none where nothing is recorded.
    pub fn record(&self, annotated: &Annotated, folder: &Folder) -> Vec<Step> {
        let Some(entry) = &self.entry else { return Vec::new() };
        let root = &folder.root;
        let wordings = wordings(annotated, &self.roll);
        let printed = entry.records.iter().filter(|record| record.is_printed());
        let mut steps: Vec<Step> = printed
            .filter(|record| folder.wording(record).is_none())
            .filter_map(|record| {
                let place = root.join(lock::WORDINGS).join(record.wording_file());
                Some(Step::new(place, wordings.get(&record.id)?.text()))
            })
            .collect();
        let text = lock::write(&folder.lock.clone().with(entry.clone()));
        if folder.lock_text.as_deref() != Some(text.as_str()) || !steps.is_empty() {
            steps.push(Step::new(root.join(lock::FILE), text));
        }
        steps
    }
}

/// Whether all documents of a folder are at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whole {
    All,
    Part,
}

fn asked<'a>(folder: &'a Folder, layout: &Layout, whole: Whole) -> Asked<'a> {
    let settings = &folder.settings;
    let label = settings.edition.as_ref().map(|label| label.value.as_str());
    // An edition that is recorded has its numbers, whatever layout it is printed in.
    let recorded = label.and_then(|label| folder.lock.entry(label)).map(|entry| entry.numbering);
    Asked {
        lock: &folder.lock,
        label,
        numbering: settings.numbering.or(recorded).unwrap_or_else(|| layout.numbering()),
        withdrawn: &settings.withdrawn,
        omitted: &folder.omitted,
        is_whole: whole == Whole::All,
    }
}

/// Gives the words of each document that is printed, by id.
pub fn wordings(annotated: &Annotated, roll: &Roll) -> BTreeMap<Id, Wording> {
    let of = |document: &Document| Some((roll.id(document)?, Wording::of(document)));
    annotated.collection.documents.iter().filter_map(of).collect()
}

/// Gives the record of a folder that is compared with another edition: its own lock file counts, else the other's.
pub fn entry_of(
    annotated: &Annotated,
    folder: &Folder,
    layout: &Layout,
    lock: &lock::Lock,
) -> (Entry, BTreeMap<Id, Wording>) {
    let asked = Asked { lock, label: None, ..asked(folder, layout, Whole::All) };
    let roll = lock::enrol(&annotated.collection, &asked).0;
    let date = folder.settings.date.as_ref().map(|date| date.value);
    (roll.entry(annotated, &folder.name, date), wordings(annotated, &roll))
}

fn overtaken(folder: &Folder, label: &str, last: &str) -> Diagnostic {
    let message = format!("the edition `{label}` is recorded already, and `{last}` follows it");
    let problem = Diagnostic::error("edition-recorded", message);
    let problem = match &folder.settings.edition {
        Some(given) if given.line > 0 => problem.in_file(format!("{}:{}", given.path, given.line)),
        _ => problem.in_file(lock::FILE),
    };
    problem.help("give this edition a label of its own").help(format!("or build `{last}` again"))
}

fn replaced(label: &str) -> Diagnostic {
    Diagnostic::warning(
        "edition-replaced",
        format!("the edition `{label}` was recorded with other contents; it is replaced"),
    )
    .in_file(lock::FILE)
    .help("where that edition was given out already, give this one another label")
    .help("`--locked` fails instead")
}

/// Tells of one change that the lock file would have to take.
fn would_change(change: &Change, entry: &Entry) -> Diagnostic {
    let what = match &change.kind {
        Kind::Added => "it would be added".to_owned(),
        Kind::Restored => "it would be printed again".to_owned(),
        Kind::Corrected(_) => "its words have changed".to_owned(),
        Kind::Redated(was) => format!("its date would change from {was} to {}", change.date),
        Kind::Retitled(was) => format!("its title would change from “{was}” to “{}”", change.title),
        Kind::Renamed(was, _) => format!("its file was `{was}`"),
        Kind::Resaved => "its file has changed, though no word of it".to_owned(),
        Kind::Withdrawn(_) => "it would no longer be printed".to_owned(),
        Kind::Merged(into, _) => format!("it would be printed as `{into}`"),
    };
    let path = entry.record(change.id).map_or_else(|| SETTINGS.to_owned(), |record| record.path.clone());
    Diagnostic::error("locked", format!("{}: {what}", change.id)).in_file(path)
}
