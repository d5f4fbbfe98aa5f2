//! How soon a change is seen, and whether a long watch stays as it began.
//!
//! `cargo bench -- --watch 500` sets a collection of so many documents, changes one of them several times, and compares
//! what a watch and a preview need with what a build needs. `cargo bench -- --soak 500` lets a watch follow so many
//! changes of a small collection: every PDF is read back and must show its change, memory is noted, and ten times or
//! more the PDF is compared with what a build of its own makes of the folder, so that no change can be lost unseen.

use crate::floor::PROGRAM;
use crate::gauge::{Worked, figure, megabytes, told};
use crate::generator::{self, Dice, Generated};
use dossier::readback;
use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How often a book is set from the beginning.
const STARTS: usize = 3;

/// How often one document is changed.
const EDITS: usize = 5;
/// The documents of a soak's collection.
const SOAKED: usize = 24;
/// After how many changes a soak compares and tells, at the latest.
const STRIDE: usize = 50;
/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(600);

/// A run of the program that goes on.
struct Running {
    child: Child,
    output: BufReader<ChildStdout>,
    lines: Receiver<String>,
}

impl Running {
    fn start(home: &Path, arguments: &[&str]) -> Result<Self, Box<dyn Error>> {
        let mut child = Command::new(PROGRAM)
            .args(arguments)
            .current_dir(home)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let stderr = BufReader::new(child.stderr.take().ok_or("standard error is piped")?);
        let output = BufReader::new(child.stdout.take().ok_or("standard output is piped")?);
        let (sender, lines) = channel();
        thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Ok(Self { child, output, lines })
    }

    /// Waits for a line that begins so.
    fn says(&self, words: &str) -> Result<String, Box<dyn Error>> {
        loop {
            let line = self.lines.recv_timeout(PATIENCE).map_err(|_| format!("`{words}` was not said"))?;
            if line.starts_with(words) {
                return Ok(line);
            }
        }
    }

    /// A figure of its memory, in megabytes.
    fn memory(&self, key: &str) -> Option<f64> {
        megabytes(&self.child.id().to_string(), key)
    }

    /// The seconds that its threads have worked.
    fn processor(&self) -> Option<f64> {
        Worked::Own.seconds(&self.child.id().to_string())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Measures how soon a change of one document is in the PDF and in the preview.
pub fn watch(documents: usize) -> Result<(), Box<dyn Error>> {
    let home = tempfile::tempdir()?;
    let root = home.path().join("papers");
    crate::write(&root, documents)?;
    let one = middle(&root)?;

    let begin = || -> Result<_, Box<dyn Error>> {
        let started = Instant::now();
        let watch = Running::start(home.path(), &["watch", "papers", "--no-cache"])?;
        let wrote = watch.says("wrote")?;
        let taken = (started.elapsed().as_secs_f64(), watch.processor());
        watch.says("watching")?;
        Ok((watch, wrote, taken))
    };
    let mut first: Vec<_> = (1..STARTS).map(|_| begin().map(|(.., taken)| taken)).collect::<Result<_, _>>()?;
    let (watch, wrote, taken) = begin()?;
    first.push(taken);
    let full = median(&mut first);
    let mut again = Vec::new();
    for edit in 0..EDITS {
        let (since, worked) = (Instant::now(), watch.processor());
        change(&one, edit)?;
        watch.says("wrote")?;
        again.push((since.elapsed().as_secs_f64(), watch.processor().zip(worked).map(|(now, then)| now - then)));
        watch.says("watching")?;
    }
    let peak = watch.memory("VmHWM");
    drop(watch);

    let mut preview = Running::start(home.path(), &["preview", "papers"])?;
    let mut address = String::new();
    preview.output.read_line(&mut address)?;
    let host = address.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
    preview.says("set ")?;
    let mut seen = Vec::new();
    for edit in EDITS..2 * EDITS {
        let before = pages(&host)?;
        let since = Instant::now();
        change(&one, edit)?;
        let name = loop {
            let changed = pages(&host)?.into_iter().find(|name| !before.contains(name));
            match changed {
                Some(name) => break name,
                None => thread::sleep(Duration::from_millis(10)),
            }
        };
        get(&host, &format!("/page/{name}/2.png"))?;
        seen.push((since.elapsed().as_secs_f64(), None));
        preview.says("set ")?;
    }

    println!("\n{wrote}\n");
    println!("| {documents} documents | wall s | CPU s | wall ÷ the whole |\n|:---|---:|---:|---:|");
    let row = |name: &str, (wall, processor): (f64, Option<f64>)| {
        println!("| {name} | {wall:.3} | {} | {:.3} |", figure(processor, 2), wall / full.0);
    };
    row("the whole book, first (median)", full);
    row("one document changed: the PDF (median)", median(&mut again));
    row("one document changed: its page (median)", median(&mut seen));
    println!("\npeak memory of the watch: {} MB", figure(peak, 0));
    Ok(())
}

fn median(taken: &mut [(f64, Option<f64>)]) -> (f64, Option<f64>) {
    taken.sort_by(|a, b| a.0.total_cmp(&b.0));
    taken[taken.len() / 2]
}

/// The document in the middle of a collection.
fn middle(root: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let mut files: Vec<PathBuf> = fs::read_dir(root)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.sort();
    Ok(files.swap_remove(files.len() / 2))
}

/// Changes the last words of a document; gives the number that its page shows from then on, and no other page.
fn change(path: &Path, edit: usize) -> std::io::Result<String> {
    let text = fs::read_to_string(path)?;
    let kept = text.split("\n\nIt was filed as").next().unwrap_or_default();
    let number = 100_000 + edit;
    fs::write(path, format!("{}\n\nIt was filed as {number}.\n", kept.trim_end()))?;
    Ok(number.to_string())
}

fn get(host: &str, path: &str) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(host)?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |end| end + 4);
    Ok(bytes.split_off(end))
}

/// The names of the pages that a preview shows.
fn pages(host: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let state: serde_json::Value = serde_json::from_slice(&get(host, "/state")?)?;
    let pages = state["book"]["pages"].as_array().ok_or("the preview shows no pages")?;
    Ok(pages.iter().filter_map(|page| page["name"].as_str().map(str::to_owned)).collect())
}

/// Lets a watch follow so many changes of a small collection.
pub fn soak(changes: usize) -> Result<(), Box<dyn Error>> {
    let home = tempfile::tempdir()?;
    let root = home.path().join("papers");
    crate::write(&root, SOAKED)?;
    let mut dice = Dice::new(8);
    let watch = Running::start(home.path(), &["watch", "papers", "--no-mask"])?;
    watch.says("watching")?;
    let mut more = generator::collection(SOAKED + changes).into_iter().skip(SOAKED);
    let stride = (changes / 10).clamp(1, STRIDE);
    let mut memory = vec![watch.memory("VmRSS")];
    println!("| changes | documents | pages | memory MB |\n|---:|---:|---:|---:|");
    for count in 1..=changes {
        let expected = disturb(&root, count, &mut more, &mut dice)?;
        let wrote = watch.says("wrote")?;
        watch.says("watching")?;
        let pdf = fs::read(home.path().join("papers.pdf"))?;
        let documents = captures(&root)?.len();
        let pages = sound(&pdf, &wrote, documents, expected.as_deref())
            .map_err(|problem| format!("change {count}: {problem} ({wrote})"))?;
        if count % stride == 0 || count == changes {
            let status = Command::new(PROGRAM)
                .args(["build", "papers", "--no-mask", "--no-cache", "--quiet", "-o", "apart.pdf"])
                .current_dir(home.path())
                .stderr(Stdio::null())
                .status()?;
            if !status.success() || fs::read(home.path().join("apart.pdf"))? != pdf {
                return Err(format!("change {count}: the watch wrote another book than a build does").into());
            }
            memory.push(watch.memory("VmRSS"));
            println!("| {count} | {documents} | {pages} | {} |", figure(memory[memory.len() - 1], 0));
        }
    }
    let row: Vec<String> = memory.iter().map(|megabytes| figure(*megabytes, 0)).collect();
    println!("\nmemory at the beginning and after each of these, in MB: {}", row.join(" "));
    println!("peak memory: {} MB", figure(watch.memory("VmHWM"), 0));
    println!("every PDF could be read, had the pages that were told, and showed its change: {changes} of {changes}");
    Ok(())
}

/// The documents of a soak, by name.
fn captures(root: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(root)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.retain(|file| !file.ends_with("dossier.toml"));
    files.sort();
    Ok(files)
}

/// Changes something in a collection; gives what its pages must show then, without blanks.
fn disturb(
    root: &Path,
    count: usize,
    more: &mut impl Iterator<Item = Generated>,
    dice: &mut Dice,
) -> Result<Option<String>, Box<dyn Error>> {
    let mut files = captures(root)?;
    let (number, one) = (files.len(), files.swap_remove(dice.below(files.len())));
    Ok(match dice.below(10) {
        0 if number < SOAKED + 8 => {
            let added = more.next().ok_or("there are as many documents as changes")?;
            fs::write(root.join(&added.name), &added.text)?;
            Some(added.name)
        }
        1 if number > SOAKED - 8 => {
            fs::remove_file(one)?;
            None
        }
        2 => {
            fs::write(root.join("dossier.toml"), format!("title = \"Edition {count}\"\n"))?;
            Some(format!("Edition{count}"))
        }
        3 => {
            let name = format!("renamed-{count:04}.md");
            fs::rename(&one, one.with_file_name(&name))?;
            Some(name)
        }
        _ => Some(change(&one, count)?),
    })
}

/// Reads a PDF back: its pages must be as many as the watch told, its documents as many as there are, and what is
/// expected must stand on some page. Gives the number of pages.
fn sound(pdf: &[u8], wrote: &str, documents: usize, expected: Option<&str>) -> Result<usize, String> {
    let pages = lopdf::Document::load_mem(pdf).map_err(|error| error.to_string())?.get_pages().len();
    if told(wrote, "page") != Some(pages) {
        return Err(format!("the PDF has {pages} pages"));
    }
    if told(wrote, "document") != Some(documents) {
        return Err(format!("there are {documents} documents"));
    }
    let read = readback::pages(pdf).map_err(|problem| problem.message)?;
    let text: String = read.iter().flat_map(|page| page.text.split_whitespace()).collect();
    match expected {
        Some(expected) if !text.contains(expected) => Err(format!("no page shows `{expected}`")),
        _ => Ok(pages),
    }
}
