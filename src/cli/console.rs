//! One run of the program: what it tells, and how it ends.

use super::args::{Arguments, Fonts, Selection};
use super::issue::Issue;
use super::timings;
use crate::annotation::{self, Annotated, Shelf};
use crate::collection::{self, Document};
use crate::date::Edtf;
use crate::diagnostic::{self, Colour, Diagnostic, Severity};
use crate::edition::{self, Edition, Imprint};
use crate::folder::{self, Folder};
use crate::layout::{self, Layout};
use crate::organization::{Authority, Entry};
use crate::picture;
use crate::press::FontSources;
use crate::settings;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How much the program says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Loudness {
    Quiet,
    Normal,
    Verbose,
}

/// Whether warnings count as errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// Warnings are told and no more.
    Lenient,
    /// A warning ends the run with status 1.
    Strict,
}

impl Strictness {
    /// Reads the flag `--strict`.
    pub fn of(flag: bool) -> Self {
        if flag { Self::Strict } else { Self::Lenient }
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// It was used wrongly, or there is nothing to do.
    Use(String),
    /// What was found prevents it.
    Found(Vec<Diagnostic>),
    /// The disk refused.
    Disk(io::Error),
}

impl Failure {
    /// Tells what prevented it.
    pub fn problems(&self) -> Vec<Diagnostic> {
        match self {
            Self::Use(message) => vec![Diagnostic::error("usage", message.clone())],
            Self::Disk(error) => vec![Diagnostic::error("disk", error.to_string())],
            Self::Found(diagnostics) => diagnostics.clone(),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

/// One run of the program.
pub struct Console {
    loudness: Loudness,
    colour: Colour,
    errors: usize,
    warnings: usize,
    strictness: Strictness,
    progress: ProgressBar,
    started: Instant,
    stage: Option<(String, Instant)>,
    timings: Vec<(String, Duration)>,
    told: Vec<Diagnostic>,
    /// What the last round told, which this one does not repeat.
    known: BTreeSet<String>,
}

impl Console {
    /// Begins a run.
    pub fn new(arguments: &Arguments) -> Self {
        let loudness = match (arguments.quiet, arguments.verbose) {
            (true, _) => Loudness::Quiet,
            (false, true) => Loudness::Verbose,
            (false, false) => Loudness::Normal,
        };
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let terminal = io::stderr().is_terminal();
        let progress =
            if loudness == Loudness::Quiet || !terminal { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
        Self {
            loudness,
            colour: if terminal && !no_colour { Colour::Terminal } else { Colour::Never },
            errors: 0,
            warnings: 0,
            strictness: Strictness::Lenient,
            progress,
            started: Instant::now(),
            stage: None,
            timings: Vec::new(),
            told: Vec::new(),
            known: BTreeSet::new(),
        }
    }

    /// Begins another round of the same work: what is told from here on counts anew, and what the last round told is
    /// not said again.
    pub fn begin_again(&mut self) {
        self.end_stage();
        self.known = self.told.drain(..).map(|problem| diagnostic::render(&problem, self.colour)).collect();
        (self.errors, self.warnings) = (0, 0);
        self.timings.clear();
        self.started = Instant::now();
    }

    /// Gives what was told in this round.
    pub fn told(&self) -> &[Diagnostic] {
        &self.told
    }

    /// Counts warnings as errors from here on, where asked.
    pub fn set_strictness(&mut self, strictness: Strictness) {
        self.strictness = strictness;
    }

    /// Names the stage that begins.
    pub fn stage(&mut self, name: &str) {
        self.end_stage();
        self.show(name, "{spinner} {msg}");
    }

    /// Names the stage that begins, with the number of documents that it takes; what is given counts one of them.
    pub fn counted_stage(&mut self, name: &str, documents: usize) -> impl Fn() + Sync + use<> {
        self.end_stage();
        self.progress.set_length(documents as u64);
        self.show(name, "{spinner} {msg} {wide_bar} {human_pos} of {human_len} documents");
        let progress = self.progress.clone();
        move || progress.inc(1)
    }

    /// Says on the line of progress how large the work of this stage is.
    pub fn tell_of(&self, size: &str) {
        if let Some((name, _)) = &self.stage {
            self.progress.set_message(format!("{name}, {size}"));
        }
    }

    fn show(&mut self, name: &str, template: &str) {
        self.stage = Some((name.to_owned(), Instant::now()));
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.progress.set_style(style);
        }
        self.progress.reset();
        self.progress.set_message(name.to_owned());
        self.progress.enable_steady_tick(Duration::from_millis(120));
    }

    /// Ends the last stage.
    pub fn end_stage(&mut self) {
        if let Some((name, since)) = self.stage.take() {
            let taken = since.elapsed();
            if self.loudness == Loudness::Verbose {
                self.progress.suspend(|| whisper(&format!("{:>8.3} s  {name}", taken.as_secs_f64())));
            }
            self.timings.push((name, taken));
        }
        self.progress.disable_steady_tick();
        self.progress.finish_and_clear();
    }

    /// Says where the time of this round went, stage by stage.
    pub fn say_timings(&mut self) {
        self.end_stage();
        whisper(timings::table(&self.timings, self.started.elapsed()).trim_end());
    }

    /// Tells diagnostics on standard error, in order of their files.
    pub fn tell(&mut self, mut diagnostics: Vec<Diagnostic>) {
        let path = |diagnostic: &Diagnostic| diagnostic.place.as_ref().map(|place| place.path.clone());
        diagnostics.sort_by_cached_key(|diagnostic| (path(diagnostic), diagnostic.severity));
        for diagnostic in &diagnostics {
            match diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Note => {}
            }
            let text = diagnostic::render(diagnostic, self.colour);
            if !self.known.contains(&text) {
                self.progress.suspend(|| whisper(&format!("{text}\n")));
            }
        }
        self.told.extend(diagnostics);
    }

    /// Says one line of what was done.
    pub fn say(&self, line: &str) {
        if self.loudness != Loudness::Quiet {
            whisper(line);
        }
    }

    /// Writes the product of a command to standard output; a reader who left is no error.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match io::stdout().write_all(bytes).and_then(|()| io::stdout().flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            result => Ok(result?),
        }
    }

    /// Gives the seconds since the run began.
    pub fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }

    /// Says how many problems there were.
    pub fn tally(&self) -> String {
        match (self.errors, self.warnings) {
            (0, 0) => "no problems".to_owned(),
            (errors, 0) => counted(errors, "error"),
            (0, warnings) => counted(warnings, "warning"),
            (errors, warnings) => format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
        }
    }

    /// How a run ends that did its work.
    pub fn exit_code(&self) -> ExitCode {
        let problems = self.errors + if self.strictness == Strictness::Strict { self.warnings } else { 0 };
        if problems > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS }
    }

    /// How a run ends that did not.
    pub fn fail(&mut self, failure: &Failure) -> ExitCode {
        self.end_stage();
        match failure {
            Failure::Use(_) | Failure::Disk(_) => {
                for problem in failure.problems() {
                    whisper(&diagnostic::render(&problem, self.colour));
                }
                ExitCode::from(2)
            }
            Failure::Found(diagnostics) => {
                self.tell(diagnostics.clone());
                ExitCode::from(1)
            }
        }
    }
}

/// Runs what may give up inside a library on a damaged file, without that library's own trace on the terminal.
pub fn without_traces<T>(run: impl FnOnce() -> T) -> T {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let outcome = run();
    std::panic::set_hook(usual);
    outcome
}

/// Counts things: `1 document`, `3 documents`.
pub fn counted(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

/// Opens a folder and tells what is wrong with it.
pub fn open(path: &Path, output: Option<&Path>, console: &mut Console) -> Result<Folder, Failure> {
    console.stage("reading");
    let mut folder = folder::read(path, output).map_err(|error| Failure::Use(error.to_string()))?;
    console.tell(std::mem::take(&mut folder.diagnostics));
    Ok(folder)
}

/// Reads and annotates the selected documents of a folder.
pub fn annotated(folder: &mut Folder, selection: &Selection, console: &mut Console) -> Result<Annotated, Failure> {
    annotated_again(folder, selection, &mut Shelf::default(), console)
}

/// Does the same with what was read before.
pub fn annotated_again(
    folder: &mut Folder,
    selection: &Selection,
    shelf: &mut Shelf,
    console: &mut Console,
) -> Result<Annotated, Failure> {
    let wanted = Wanted::of(selection, folder)?;
    folder.settings.faithful |= selection.reading.faithful;
    folder.settings.mask &= !selection.reading.no_mask;
    let authority = authority(folder, console);
    let captures = std::mem::take(&mut folder.captures);
    if captures.is_empty() {
        return Err(Failure::Use(format!(
            "no document is in `{}`: .md, .markdown, .txt, .html, .htm and .xhtml files are read; put some there, or name \
             another folder",
            selection.folder.display()
        )));
    }
    let tick = console.counted_stage("dating", captures.len());
    let (collection, found) =
        collection::collect_again(captures, &folder.settings, &folder.sidecars, &mut shelf.collected, &tick);
    console.tell(found);
    let logo = folder.settings.logo.as_ref().map(|logo| logo.value.as_str());
    console.tell(picture::unreferred(&collection, &folder.pictures, logo));
    let tick = console.counted_stage("annotating", collection.documents.len());
    let known = folder.authority.as_deref().unwrap_or_default();
    let keep = |document: &Document, entries: &[&Entry]| wanted.takes(document, entries);
    let annotated = annotation::annotate_again(collection, &authority, known, keep, shelf, &tick);
    if annotated.collection.documents.is_empty() {
        let folder = selection.folder.display();
        return Err(Failure::Use(format!(
            "no document meets {}; `dossier list {folder}` shows their paths and dates, `dossier glossary {folder}` whom \
             they name",
            asked(selection)
        )));
    }
    Ok(annotated)
}

/// Gathers the pictures that the documents refer to, and tells what is wrong with them.
pub fn illustrate(annotated: &mut Annotated, folder: &Folder, console: &mut Console) {
    console.stage("reading pictures");
    let (pictures, found) =
        picture::gather(&annotated.collection, &folder.files, folder.settings.logo.as_ref(), &|path| {
            folder.picture(path)
        });
    annotated.pictures = pictures;
    console.tell(found);
}

fn authority(folder: &Folder, console: &mut Console) -> Authority {
    let Some(text) = &folder.authority else { return Authority::embedded() };
    let (file, problems) = settings::read_authority(folder::AUTHORITY, text);
    console.tell(problems);
    Authority::embedded().with_file(&file)
}

/// Gives the layout that is asked for, else that of the settings, else the usual one, and tells what is wrong with it.
pub fn laid_out(folder: &Folder, asked: Option<&str>, console: &mut Console) -> Result<Layout, Failure> {
    let given = folder.settings.layout.as_ref().map(|layout| layout.value.as_str());
    let (layout, problems) = layout::load(asked.or(given).unwrap_or(layout::DEFAULT), &folder.layouts);
    let Some(layout) = layout else {
        // One that is not there is told where it is named.
        let named = |problem: Diagnostic| match folder.settings.layout.as_ref().filter(|_| asked.is_none()) {
            Some(given) if problem.place.is_none() => problem.in_file(given.place()),
            _ => problem,
        };
        return Err(Failure::Found(problems.into_iter().map(named).collect()));
    };
    console.tell(problems);
    Ok(layout)
}

/// Makes the edition of annotated documents, and gives the layout with it; numbers are those of the lock file.
pub fn edited(
    annotated: Annotated,
    folder: &Folder,
    layout: Option<&str>,
    console: &mut Console,
) -> Result<(Edition, Layout), Failure> {
    let layout = laid_out(folder, layout, console)?;
    let issue = Issue::draft(&annotated, folder, &layout);
    Ok((edited_as(annotated, folder, &layout, issue, console)?, layout))
}

/// Makes the edition of annotated documents under the numbers of an issue.
pub fn edited_as(
    annotated: Annotated,
    folder: &Folder,
    layout: &Layout,
    issue: Issue,
    console: &mut Console,
) -> Result<Edition, Failure> {
    console.stage("writing headnotes");
    let imprint = Imprint {
        label: folder.settings.edition.as_ref().map(|label| label.value.clone()),
        date: folder.settings.date.as_ref().map(|date| date.value),
        roll: issue.roll,
        changes: issue.changes,
        folder: folder.name.clone(),
        preface: folder.preface.clone(),
        afterword: folder.afterword.clone(),
    };
    edition::edit(annotated, &folder.settings, &imprint, layout).map_err(|problem| Failure::Found(vec![problem]))
}

/// Gathers where fonts come from; a folder that was named has to be there.
pub fn font_sources(fonts: Option<&Fonts>, folder: &Folder) -> Result<FontSources, Failure> {
    let mut folders: Vec<_> = folder.fonts.iter().cloned().collect();
    for path in fonts.into_iter().flat_map(|fonts| &fonts.font_path) {
        fs::read_dir(path).map_err(|error| {
            Failure::Use(format!("`--font-path {}`: {error}; name a folder of fonts", path.display()))
        })?;
        folders.push(path.clone());
    }
    let system = folder.settings.system_fonts || fonts.is_some_and(|fonts| fonts.system_fonts);
    Ok(FontSources { folders, system })
}

/// Names the flags of a selection.
fn asked(selection: &Selection) -> String {
    let flag = |name: &str, value: &str| format!("`{name} {value}`");
    let flags = [("--from", &selection.from), ("--to", &selection.to), ("--organization", &selection.organization)];
    let mut asked: Vec<String> =
        flags.into_iter().filter_map(|(name, value)| Some(flag(name, value.as_ref()?))).collect();
    asked.extend(selection.only.iter().map(|glob| flag("--only", glob)));
    asked.join(" and ")
}

/// Writes a line to standard error; where nobody reads that any more, the work goes on.
fn whisper(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Which documents a command takes.
struct Wanted {
    from: Option<Edtf>,
    to: Option<Edtf>,
    only: Option<GlobSet>,
    organization: Option<String>,
    pinned: Vec<String>,
}

impl Wanted {
    fn of(selection: &Selection, folder: &Folder) -> Result<Self, Failure> {
        let date = |text: &Option<String>, flag: &str| match text {
            None => Ok(None),
            Some(text) => Edtf::parse(text).map(Some).map_err(|error| {
                Failure::Use(format!("`{flag} {text}`: {error}, such as 2014-12-24, 2014-12 or 2014"))
            }),
        };
        let mut only = GlobSetBuilder::new();
        for pattern in &selection.only {
            let glob = GlobBuilder::new(pattern).literal_separator(true).build();
            only.add(glob.map_err(|error| {
                Failure::Use(format!(
                    "`--only {pattern}`: {}; write `--only 'letters/*.txt'`, for example",
                    error.kind()
                ))
            })?);
        }
        let only = only.build().map_err(|error| Failure::Use(error.to_string()))?;
        Ok(Self {
            from: date(&selection.from, "--from")?,
            to: date(&selection.to, "--to")?,
            only: (!selection.only.is_empty()).then_some(only),
            organization: selection.organization.as_deref().map(folded),
            pinned: folder.settings.pin.iter().map(|pin| pin.value.clone()).collect(),
        })
    }

    fn takes(&self, document: &Document, entries: &[&Entry]) -> bool {
        // A document answers to the names of all its captures, so that asking for one of them finds its text.
        let duplicates = document.duplicates.iter().map(|duplicate| duplicate.document.id());
        let names: Vec<&str> = duplicates.chain([document.id()]).collect();
        if self.pinned.iter().any(|pin| names.contains(&pin.as_str())) {
            return true;
        }
        let filed = document.dating.filed.as_ref().filter(|_| document.is_dated()).map(|dated| &dated.edtf);
        let late_enough = self.from.as_ref().is_none_or(|from| {
            filed.and_then(Edtf::latest).is_some_and(|latest| from.earliest().is_none_or(|from| latest >= from))
        });
        let early_enough = self.to.as_ref().is_none_or(|to| {
            filed.and_then(Edtf::earliest).is_some_and(|earliest| to.latest().is_none_or(|to| earliest <= to))
        });
        let named = self.organization.as_ref().is_none_or(|wanted| {
            entries.iter().any(|entry| {
                let forms = entry.acronym.iter().chain(&entry.variants).chain([&entry.name]);
                forms.into_iter().any(|form| folded(form) == *wanted)
            })
        });
        late_enough
            && early_enough
            && named
            && self.only.as_ref().is_none_or(|only| names.iter().any(|name| only.is_match(name)))
    }
}

fn folded(text: &str) -> String {
    crate::text::squeeze(text).to_lowercase()
}
