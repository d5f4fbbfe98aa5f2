//! How long each stage of a build takes, on generated collections.
//!
//! `cargo bench` measures 100 and 1,000 documents, `cargo bench -- 10 500` other numbers; every number is measured in a
//! process of its own. `cargo bench -- --write FOLDER 100` writes the collection instead, for other programs to set.
//! `cargo bench -- --watch 500` and `cargo bench -- --soak 500` measure what follows changes ([`live`]).

mod gauge;
mod generator;
mod live;
mod stages;
mod words;

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
fn task(mut arguments: impl Iterator<Item = String>) -> Result<Task, Box<dyn Error>> {
    let (mut is_bench, mut is_here, mut folder, mut sizes) = (false, false, None, Vec::new());
    let mut live = None;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--bench" => is_bench = true,
            HERE => is_here = true,
            "--watch" => live = Some(Task::Watch(number(arguments.next())?)),
            "--soak" => live = Some(Task::Soak(number(arguments.next())?)),
            "--write" => folder = Some(PathBuf::from(arguments.next().ok_or("`--write` wants a folder")?)),
            size => sizes.push(number(Some(size.to_owned()))?),
        }
    }
    if let Some(task) = live {
        return Ok(task);
    }
    Ok(match (folder, is_here, is_bench, sizes.first()) {
        (Some(folder), _, _, size) => Task::Write(folder, size.copied().unwrap_or(SIZES[0])),
        (None, true, _, Some(size)) => Task::MeasureHere(*size),
        (None, _, true, Some(_)) => Task::Measure(sizes),
        (None, _, true, None) => Task::Measure(SIZES.to_vec()),
        (None, _, false, _) => Task::Nothing,
    })
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
