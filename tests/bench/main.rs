//! How long each stage of a build takes, on generated collections.
//!
//! `cargo bench` measures 100 and 1,000 documents, `cargo bench -- 10 500` other numbers; every number is measured in a
//! process of its own. `cargo bench -- --floor 100 1000` compares builds with what bare Typst needs for the same text
//! ([`floor`]). `cargo bench -- --watch 500` and `cargo bench -- --soak 500` measure what follows changes ([`live`]).
//! `cargo bench -- --write FOLDER 100` writes the collection instead, for other programs to set.

mod bare;
mod floor;
mod gauge;
mod generator;
mod live;
mod stages;
mod words;

use floor::{Plan, Subject};
use std::env;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// How many documents are measured unless the arguments say otherwise.
const SIZES: [usize; 2] = [100, 1_000];

/// The argument that makes a process measure its one number itself.
const HERE: &str = "--here";

/// What the arguments ask for.
enum Task {
    /// Nothing is measured: `cargo test` builds benchmarks and runs them without saying `--bench`.
    Nothing,
    /// Each number is measured in a process of its own.
    Measure(Vec<usize>),
    /// One number is measured in this process.
    MeasureHere(usize),
    /// Builds are compared with their floor.
    Floor(Plan),
    /// A Typst file or folder is set in this process, and nothing else is done.
    Bare(PathBuf),
    /// A watch and a preview of so many documents are measured.
    Watch(usize),
    /// A watch follows so many changes.
    Soak(usize),
    /// A collection is written.
    Write(PathBuf, usize),
}

fn main() -> ExitCode {
    let done = task(env::args().skip(1)).and_then(|task| match task {
        Task::Nothing => {
            eprintln!("nothing is measured; use `cargo bench`");
            Ok(())
        }
        Task::Measure(sizes) => sizes.into_iter().try_for_each(elsewhere),
        Task::MeasureHere(documents) => stages::measure(documents),
        Task::Floor(plan) => floor::measure(&plan),
        Task::Bare(path) => bare::set(&path),
        Task::Watch(documents) => live::watch(documents),
        Task::Soak(changes) => live::soak(changes),
        Task::Write(folder, documents) => write(&folder, documents),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Reads the arguments.
fn task(arguments: impl Iterator<Item = String>) -> Result<Task, Box<dyn Error>> {
    // Cargo says it last.
    let (said, arguments): (Vec<String>, Vec<String>) = arguments.partition(|argument| argument == "--bench");
    let mut arguments = arguments.into_iter();
    let (mut sizes, mut chosen) = (Vec::new(), None);
    while let Some(argument) = arguments.next() {
        let task = match argument.as_str() {
            HERE => Task::MeasureHere(number(arguments.next())?),
            floor::BARE => Task::Bare(PathBuf::from(arguments.next().ok_or("`--bare` wants a path")?)),
            "--floor" => Task::Floor(plan(&mut arguments)?),
            "--watch" => Task::Watch(number(arguments.next())?),
            "--soak" => Task::Soak(number(arguments.next())?),
            "--write" => {
                let folder = PathBuf::from(arguments.next().ok_or("`--write` wants a folder")?);
                Task::Write(folder, arguments.next().map_or(Ok(SIZES[0]), |size| number(Some(size)))?)
            }
            size => {
                sizes.push(number(Some(size.to_owned()))?);
                continue;
            }
        };
        chosen = Some(task);
    }
    Ok(chosen.unwrap_or(match (said.is_empty(), sizes.is_empty()) {
        (true, _) => Task::Nothing,
        (false, false) => Task::Measure(sizes),
        (false, true) => Task::Measure(SIZES.to_vec()),
    }))
}

/// Reads what is to be compared with its floor, and how.
fn plan(arguments: &mut impl Iterator<Item = String>) -> Result<Plan, Box<dyn Error>> {
    let mut plan = Plan { subjects: Vec::new(), rounds: None, with: Vec::new() };
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--rounds" => {
                plan.rounds = Some(number(Some(arguments.next().ok_or("`--rounds` wants a number")?))?);
            }
            "--with" => plan.with.extend(arguments.by_ref()),
            subject => plan.subjects.push(match subject.parse() {
                Ok(documents) => Subject::Generated(documents),
                Err(_) => Subject::Folder(PathBuf::from(subject)),
            }),
        }
    }
    if plan.subjects.is_empty() {
        plan.subjects.extend(SIZES.map(Subject::Generated));
    }
    Ok(plan)
}

/// Reads a number of documents or changes; 500 where none is given.
fn number(text: Option<String>) -> Result<usize, Box<dyn Error>> {
    let Some(text) = text else { return Ok(500) };
    Ok(text.parse().map_err(|_| format!("`{text}` is no number"))?)
}

/// Measures one number of documents in a process of its own, so that no memory and no cache is shared.
fn elsewhere(documents: usize) -> Result<(), Box<dyn Error>> {
    let status = Command::new(env::current_exe()?).args([HERE, &documents.to_string()]).status()?;
    if status.success() { Ok(()) } else { Err(format!("{documents} documents could not be measured").into()) }
}

/// Writes a generated collection into a folder.
fn write(folder: &Path, documents: usize) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    for file in generator::collection(documents) {
        std::fs::write(folder.join(&file.name), &file.text)?;
    }
    Ok(())
}
