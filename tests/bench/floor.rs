//! A build against its floor: what bare Typst needs to set the same text as headings and plain justified paragraphs.
//!
//! `cargo bench -- --floor 100 1000` measures collections of so many generated documents, `cargo bench -- --floor FOLDER`
//! real ones. In each of five rounds the program builds the book, cold and with `--no-cache`; bare Typst sets the floor;
//! and bare Typst sets the files that the program itself gives to Typst (`dossier build --emit`). Every run is a process
//! of its own, the figures are medians. Above 2,000 documents there is one round, without the last of the three.
//! `--rounds N` takes other rounds, and everything behind `--with` is given to `dossier build`.

use crate::gauge::{Taken, figure, run, separated, told};
use dossier::collection::{self, Capture};
use dossier::edition::{self, Imprint};
use dossier::organization::Authority;
use dossier::source::{Masking, Source};
use dossier::{annotation, folder, layout};
use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_dossier");
/// The argument that makes a process set one Typst file or folder and nothing else.
pub const BARE: &str = "--bare";
/// How many rounds there are unless the arguments say otherwise.
const ROUNDS: usize = 5;
/// Above how many documents one round is enough, and what volumes are made of is not set again as one book.
const MANY: usize = 2_000;

/// What is measured.
pub enum Subject {
    /// A generated collection of so many documents.
    Generated(usize),
    /// A folder of captures.
    Folder(PathBuf),
}

/// What the arguments ask for.
pub struct Plan {
    /// The collections, one after another.
    pub subjects: Vec<Subject>,
    /// How often each program is run, where the arguments say that.
    pub rounds: Option<usize>,
    /// What the program is told beside the folder.
    pub with: Vec<String>,
}

/// What the runs of a program took, in the middle, and the pages that it made.
#[derive(Clone, Copy)]
struct Runs {
    pages: usize,
    taken: Taken,
}

/// What setting a collection took.
struct Measured {
    documents: usize,
    /// The program.
    built: Runs,
    /// Its own source in bare Typst, where that is one book.
    source: Option<Runs>,
    floor: Runs,
}

/// Measures every collection and prints what was found.
pub fn measure(plan: &Plan) -> Result<(), Box<dyn Error>> {
    let (mut rows, mut by_size) = (String::new(), BTreeMap::new());
    for subject in &plan.subjects {
        let home = tempfile::tempdir()?;
        let root = match subject {
            Subject::Generated(documents) => {
                let root = home.path().join("collection");
                crate::write(&root, *documents)?;
                root
            }
            Subject::Folder(folder) => folder.canonicalize()?,
        };
        let measured = one(&root, home.path(), plan)?;
        rows.push_str(&table(&measured));
        if matches!(subject, Subject::Generated(_)) {
            by_size.insert(measured.documents, measured);
        }
    }
    println!("\n{HEAD}\n{rows}");
    let by_size: Vec<Measured> = by_size.into_values().collect();
    if by_size.len() > 1 {
        println!("{GROWTH}");
        by_size.windows(2).for_each(|pair| print!("{}", growth(&pair[0], &pair[1])));
    }
    Ok(())
}

/// Measures one collection.
fn one(root: &Path, home: &Path, plan: &Plan) -> Result<Measured, Box<dyn Error>> {
    let captures = folder::read(root, None)?.captures;
    let documents = captures.len();
    let floor = home.join("floor.typ");
    fs::write(&floor, floor_of(&captures))?;
    println!("{}", described(root)?);

    let build = || {
        let mut build = Command::new(PROGRAM);
        build.current_dir(home).arg("build").arg(root).args(["--no-cache", "-o", "book.pdf"]).args(&plan.with);
        build
    };
    let emitted = home.join("source");
    let has_source = documents <= MANY && {
        done("the program", build().arg("--emit").arg(&emitted))?;
        emitted.join("main.typ").is_file()
    };
    if !has_source {
        eprintln!("its own source is not measured: it is too large, or not one book");
    }
    let bare = |path: &Path| {
        let mut bare = Command::new(env::current_exe()?);
        bare.arg(BARE).arg(path);
        done("bare Typst", &mut bare)
    };

    let rounds = plan.rounds.unwrap_or(if documents > MANY { 1 } else { ROUNDS });
    let (mut built, mut sourced, mut floored) = (Vec::new(), Vec::new(), Vec::new());
    for round in 1..=rounds {
        eprintln!("{} documents, round {round} of {rounds}", separated(documents));
        built.push(done("the program", &mut build())?);
        floored.push(bare(&floor)?);
        if has_source {
            sourced.push(bare(&emitted)?);
        }
    }
    let (built, floor) = middle(&built).zip(middle(&floored)).ok_or("`--rounds` wants one round or more")?;
    Ok(Measured { documents, built, source: middle(&sourced), floor })
}

/// Writes the floor: each document as a heading, which is its file's name, and paragraphs, its characters as they are.
fn floor_of(captures: &[Capture]) -> String {
    let mut out = "#set page(paper: \"a4\", margin: 25mm)\n#set text(size: 11pt)\n#set par(justify: true)".to_owned();
    for capture in captures {
        let name = capture.path.rsplit('/').next().unwrap_or_default();
        let _ = write!(out, "\n#heading(\"{}\")", quoted(name));
        let source = Source::read(&capture.path, capture.format, &capture.bytes, &Masking::Off).0;
        let lines: Vec<&str> = source.text.lines().map(str::trim).collect();
        for paragraph in lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty()) {
            let words: Vec<&str> = paragraph.iter().flat_map(|line| line.split_whitespace()).collect();
            let _ = write!(out, "\n#\"{}\";\n", quoted(&words.join(" ")));
        }
    }
    out
}

/// Makes text fit for a string of Typst.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\0', "")
}

/// Says what a collection is, as the program reads it: its documents, its words, and its links to the glossary.
fn described(root: &Path) -> Result<String, Box<dyn Error>> {
    let read = folder::read(root, None)?;
    let collection = collection::collect(read.captures, &read.settings, &read.sidecars).0;
    let annotated = annotation::annotate(collection, &Authority::embedded(), |_, _| true);
    let layout = layout::load(layout::DEFAULT, &BTreeMap::new()).0.ok_or("the default layout cannot be loaded")?;
    let imprint = Imprint { folder: read.name, ..Imprint::default() };
    let edition = edition::edit(annotated, &read.settings, &imprint, &layout).map_err(|problem| problem.message)?;
    let links: Vec<usize> =
        edition.items.iter().map(|item| item.mentions.iter().filter(|mention| mention.is_first).count()).collect();
    let words: usize = edition.annotated.collection.documents.iter().map(|document| document.words).sum();
    let count = links.len().max(1) as f64;
    Ok(format!(
        "{} documents of {:.0} words each, with {} links to the glossary or more in each text, {:.1} on average",
        separated(links.len()),
        words as f64 / count,
        links.iter().min().copied().unwrap_or_default(),
        links.iter().sum::<usize>() as f64 / count,
    ))
}

/// Runs a program that must succeed; gives what it took and how many pages it says it made.
fn done(name: &str, command: &mut Command) -> Result<(Taken, usize), Box<dyn Error>> {
    let (taken, output) = run(command)?;
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    // Sources with problems end a build with 1, and the book is there.
    if !matches!(output.status.code(), Some(0 | 1)) || pages(&said) == 0 {
        return Err(format!("{name} failed:\n{said}").into());
    }
    Ok((taken, pages(&said)))
}

/// Adds up the pages that a program says it made, in one line for each PDF.
fn pages(said: &str) -> usize {
    let lines = said.lines().filter(|line| line.starts_with("wrote ") || line.ends_with(" pages"));
    lines.filter_map(|line| told(line, "page")).sum()
}

/// Gives the medians of some runs; nothing where there are none.
fn middle(runs: &[(Taken, usize)]) -> Option<Runs> {
    let median = |figure: fn(&Taken) -> Option<f64>| {
        let mut figures = runs.iter().map(|(taken, _)| figure(taken)).collect::<Option<Vec<f64>>>()?;
        figures.sort_by(f64::total_cmp);
        let (low, high) = (figures.get((figures.len().max(1) - 1) / 2)?, figures.get(figures.len() / 2)?);
        Some(f64::midpoint(*low, *high))
    };
    let [wall, processor, memory] = FIGURES.map(median);
    Some(Runs { pages: runs.last()?.1, taken: Taken { wall: wall?, processor, memory } })
}

/// The figures of a run.
const FIGURES: [fn(&Taken) -> Option<f64>; 3] =
    [|taken| Some(taken.wall), |taken| taken.processor, |taken| taken.memory];

/// The head of the table.
const HEAD: &str = "\
| documents | | pages | wall s | CPU s | peak MB | wall ÷ floor | CPU ÷ floor | peak ÷ floor | wall ÷ source | CPU ÷ source | peak ÷ source |
|---:|:---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|";

/// Writes the rows of a collection.
fn table(measured: &Measured) -> String {
    let Measured { documents, built, source, floor } = measured;
    let mut out = line(*documents, "`dossier build`", built, Some(floor), source.as_ref());
    if let Some(source) = source {
        out.push_str(&line(*documents, "its source", source, Some(floor), None));
    }
    out.push_str(&line(*documents, "floor", floor, None, None));
    out
}

fn line(documents: usize, name: &str, runs: &Runs, floor: Option<&Runs>, source: Option<&Runs>) -> String {
    let Runs { pages, taken } = runs;
    let [documents, pages] = [documents, *pages].map(separated);
    let [wall, processor, memory] =
        [(0, 2), (1, 2), (2, 0)].map(|(index, digits)| figure(FIGURES[index](taken), digits));
    let ratios = [floor, source].map(|other| {
        let ratio = |of: fn(&Taken) -> Option<f64>| of(taken).zip(of(&other?.taken)).map(|(one, other)| one / other);
        FIGURES.map(|of| figure(ratio(of), 2)).join(" | ")
    });
    format!("| {documents} | {name} | {pages} | {wall} | {processor} | {memory} | {} |\n", ratios.join(" | "))
}

/// The head of the table of growth.
const GROWTH: &str = "\
Growth from one size to the next, as the power of the number of documents (1 is linear):

| documents | | wall | CPU | peak memory |
|:---|:---|---:|---:|---:|";

/// Writes how the figures grow from one collection to a larger one.
fn growth(small: &Measured, large: &Measured) -> String {
    let step = format!("{} to {}", separated(small.documents), separated(large.documents));
    let scale = (large.documents as f64 / small.documents as f64).ln();
    let pairs = [
        ("`dossier build`", Some((small.built, large.built))),
        ("its source", small.source.zip(large.source)),
        ("floor", Some((small.floor, large.floor))),
    ];
    let row = |(name, pair): (&str, Option<(Runs, Runs)>)| {
        let (small, large) = pair?;
        let power = |of: fn(&Taken) -> Option<f64>| Some((of(&large.taken)? / of(&small.taken)?).ln() / scale);
        Some(format!("| {step} | {name} | {} |\n", FIGURES.map(|of| figure(power(of), 2)).join(" | ")))
    };
    pairs.into_iter().filter_map(row).collect()
}
