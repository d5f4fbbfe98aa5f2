//! How soon a change is seen, and whether a long watch stays as it began.
//!
//! `cargo bench -- --watch 500` sets a collection of so many documents, changes one of them several times, and compares
//! what a watch and a preview need with what a build needs. `cargo bench -- --soak 500` lets a watch follow so many
//! changes of a small collection: every PDF is read back, memory is noted, and every fiftieth PDF is compared with what
//! a build of its own makes of the folder, so that no change can be lost unseen.

use crate::generator::{self, Dice};
use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// The program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_dossier");
/// How often one document is changed.
const EDITS: usize = 5;
/// The documents of a soak's collection.
const SOAKED: usize = 24;
/// After how many changes a soak compares and tells.
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

    /// A figure of its status, in megabytes.
    fn memory(&self, key: &str) -> Option<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))?;
        Some(line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok()? * 1_024.0 / 1e6)
    }

    /// The seconds that its threads have worked.
    fn processor(&self) -> Option<f64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        let ticks = stat.rsplit_once(')')?.1.split_whitespace().skip(11).take(2).map(|field| field.parse::<f64>().ok());
        Some(ticks.sum::<Option<f64>>()? / 100.0)
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

    let watch = Running::start(home.path(), &["watch", "papers"])?;
    let started = Instant::now();
    let wrote = watch.says("wrote")?;
    let full = (started.elapsed().as_secs_f64(), watch.processor());
    watch.says("watching")?;
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
    println!("{:<44} {:>9} {:>9} {:>9}", "", "wall s", "cpu s", "ratio");
    let row = |name: &str, (wall, processor): (f64, Option<f64>)| {
        let processor = processor.map_or_else(|| "–".to_owned(), |seconds| format!("{seconds:.2}"));
        println!("{name:<44} {wall:>9.3} {processor:>9} {:>9.3}", wall / full.0);
    };
    row("the whole book, first", full);
    row("one document changed: the PDF (median)", median(&mut again));
    row("one document changed: its page (median)", median(&mut seen));
    println!("peak memory of the watch: {} MB", peak.map_or_else(|| "–".to_owned(), |peak| format!("{peak:.0}")));
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

/// Changes the last words of a document.
fn change(path: &Path, edit: usize) -> std::io::Result<()> {
    let text = fs::read_to_string(path)?;
    let kept = text.split("\n\nIt was noted for").next().unwrap_or_default();
    fs::write(path, format!("{}\n\nIt was noted for the {}th time.\n", kept.trim_end(), edit + 4))
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
    let more = generator::collection(SOAKED + changes);
    let mut next = SOAKED;
    println!("{:>8} {:>10} {:>10} {:>10}", "changes", "documents", "memory MB", "pages");
    for count in 1..=changes {
        let mut files: Vec<PathBuf> =
            fs::read_dir(&root)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
        files.retain(|file| !file.ends_with("dossier.toml"));
        files.sort();
        let one = &files[dice.below(files.len())];
        match dice.below(10) {
            0 if files.len() < SOAKED + 8 => {
                fs::write(root.join(&more[next].name), &more[next].text)?;
                next += 1;
            }
            1 if files.len() > SOAKED - 8 => fs::remove_file(one)?,
            2 => fs::write(root.join("dossier.toml"), format!("title = \"Edition {count}\"\n"))?,
            3 => fs::rename(one, one.with_file_name(format!("renamed-{count:04}.md")))?,
            _ => change(one, count)?,
        }
        let wrote = watch.says("wrote")?;
        watch.says("watching")?;
        let pdf = fs::read(home.path().join("papers.pdf"))?;
        let read = lopdf::Document::load_mem(&pdf).map_err(|error| format!("change {count}: {error}"))?;
        if count % STRIDE == 0 || count == changes {
            let status = Command::new(PROGRAM)
                .args(["build", "papers", "--no-mask", "--quiet", "-o", "apart.pdf"])
                .current_dir(home.path())
                .stderr(Stdio::null())
                .status()?;
            let apart = fs::read(home.path().join("apart.pdf"))?;
            if !status.success() || apart != pdf {
                return Err(format!("change {count}: the watch wrote another book than a build does").into());
            }
            let documents = wrote.split(", ").nth(1).unwrap_or_default();
            let memory = watch.memory("VmRSS").unwrap_or_default();
            println!("{count:>8} {documents:>10} {memory:>10.0} {:>10}", read.get_pages().len());
        }
    }
    Ok(())
}
