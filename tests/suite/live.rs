//! `dossier watch`, and runs that are cut short: what a signal, a broken file or a burst of saves leaves on the disk.
//! Signals are those of Unix.

#![cfg(unix)]

use crate::collection::{Collection, NAME};
use crate::pdf::Read;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How long a run may take to say what is waited for.
const PATIENCE: Duration = Duration::from_secs(120);

/// A run of the program that goes on.
pub struct Running {
    child: Child,
    output: BufReader<ChildStdout>,
    lines: Receiver<String>,
    said: Vec<String>,
}

impl Running {
    /// Starts the program in a collection's home.
    pub fn start(collection: &Collection, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.args(arguments).current_dir(collection.home()).env_clear().env("LC_ALL", "C");
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let stderr = BufReader::new(child.stderr.take().expect("its standard error is piped"));
        let output = BufReader::new(child.stdout.take().expect("its standard output is piped"));
        let (sender, lines) = channel();
        thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { child, output, lines, said: Vec::new() }
    }

    /// Waits for a line of its standard output.
    pub fn writes(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("its output is text");
        line
    }

    /// Waits for a line that holds some words, and gives it.
    #[track_caller]
    pub fn says(&mut self, words: &str) -> String {
        let until = Instant::now() + PATIENCE;
        while let Ok(line) = self.lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
            self.said.push(line.clone());
            if line.contains(words) {
                return line;
            }
        }
        panic!("`{words}` was not said:\n{}", self.said.join("\n"));
    }

    /// Sends a signal and gives how the program ended.
    pub fn ends_on(mut self, signal: &str) -> ExitStatus {
        let sent = Command::new("sh").args(["-c", &format!("kill -{signal} {}", self.child.id())]).status();
        assert!(sent.is_ok_and(|sent| sent.success()), "the signal can be sent");
        self.child.wait().expect("the program ends")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Two documents that name somebody.
fn papers() -> Collection {
    Collection::new()
        .file("first.md", "# The first\n\nLondon, 3 April 1943\n\nThe Workers' Union (WU) met in the town hall.\n")
        .file("second.md", "# The second\n\nLondon, 5 May 1944\n\nThe Workers' Union (WU) met again.\n")
}

/// The files that stand in a folder, sorted.
fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it can be read"));
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_watch_follows_documents_settings_and_layouts_and_ends_cleanly() {
    let collection = papers();
    let pdf = || fs::read(collection.home().join("papers.pdf")).expect("the PDF is there");
    let mut watch = Running::start(&collection, &["watch", NAME]);
    watch.says("2 documents");
    watch.says("watching papers");

    fs::write(collection.path("third.md"), "# The third\n\nParis, 6 June 1945\n\nIt met abroad.\n").expect("written");
    watch.says("changed: third.md");
    watch.says("3 documents");
    watch.says("watching");
    assert!(Read::new(&pdf()).outline().iter().any(|title| title.contains("The third")));

    fs::write(collection.path("dossier.toml"), "title = \"Another title\"\n").expect("written");
    watch.says("3 documents");
    watch.says("watching");
    assert_eq!(Read::new(&pdf()).title().as_deref(), Some("Another title"));

    let good = pdf();
    fs::create_dir_all(collection.path("layouts/packet")).expect("made");
    fs::write(collection.path("layouts/packet/design.typ"), "#let design = (\n").expect("written");
    watch.says("layouts/packet/design.typ");
    watch.says("the last PDF stays as it is");
    watch.says("watching");
    assert_eq!(pdf(), good);
    fs::remove_file(collection.path("layouts/packet/design.typ")).expect("removed");
    watch.says("3 documents");
    watch.says("watching");

    fs::remove_file(collection.path("first.md")).expect("removed");
    watch.says("2 documents");
    watch.says("watching");
    let watched = pdf();
    assert_eq!(watch.ends_on("INT").code(), Some(0));
    assert_eq!(files(collection.home()), ["papers", "papers.manifest.json", "papers.pdf"]);
    assert_eq!(collection.build().ends(0).pdf(), watched, "a watch writes what a build writes");
}

#[test]
fn a_burst_of_saves_is_one_build_and_the_own_output_none() {
    let collection = papers();
    let mut watch = Running::start(&collection, &["watch", NAME, "-o", "papers/book.pdf"]);
    watch.says("2 documents");
    watch.says("watching");
    for number in 0..20 {
        let text = format!("# Number {number}\n\nLondon, {} May 1944\n\nA text.\n", number + 1);
        fs::write(collection.path(&format!("more-{number:02}.md")), text).expect("written");
    }
    watch.says("changed: more-00.md, more-01.md, more-02.md and 17 more");
    watch.says("22 documents");
    watch.says("watching");
    thread::sleep(Duration::from_secs(2));
    assert!(watch.lines.try_recv().is_err(), "its own output is no change");
}

#[test]
fn a_build_tells_where_its_time_went() {
    let told = papers().run(&["build", NAME, "--timings"]).ends(0).stderr;
    let table: Vec<&str> = told.lines().skip_while(|line| !line.starts_with("reading ")).collect();
    let stages: Vec<&str> = table.iter().filter_map(|line| Some(line.split_once("  ")?.0.trim())).collect();
    let wanted = [
        "reading",
        "dating",
        "annotating",
        "reading pictures",
        "writing headnotes",
        "gathering fonts",
        "composing",
        "setting pages",
        "setting page numbers",
        "printing the PDF",
        "taking stock",
        "writing",
        "between the stages",
        "together",
    ];
    assert_eq!(stages, wanted, "{told}");
    let ends: Vec<usize> = table.iter().filter_map(|line| line.find(" s")).collect();
    assert!(ends.iter().all(|end| *end + 2 <= table[0].len()), "the columns stand below one another: {told}");
}

#[test]
fn a_build_that_is_interrupted_leaves_the_old_pdf_and_nothing_else() {
    let collection = papers();
    let old = collection.build().ends(0).pdf().to_vec();
    fs::write(collection.path("third.md"), "# The third\n\nParis, 6 June 1945\n\nIt met abroad.\n").expect("written");
    let started = Instant::now();
    let new = collection.build().ends(0).pdf().to_vec();
    let whole = started.elapsed();
    let moments = 24;
    let mut interrupted = 0;
    for moment in 0..moments {
        fs::write(collection.home().join("papers.pdf"), &old).expect("written");
        let build = Running::start(&collection, &["build", NAME, "--quiet"]);
        thread::sleep(whole * moment / moments);
        let status = build.ends_on(if moment % 2 == 0 { "INT" } else { "TERM" });
        let now = fs::read(collection.home().join("papers.pdf")).expect("the PDF is there");
        assert_eq!(files(collection.home()), ["papers", "papers.manifest.json", "papers.pdf"], "at moment {moment}");
        match status.code() {
            Some(0) => assert!(now == new, "a build that ended wrote its PDF"),
            // Before it heeds signals, the system ends it.
            code => {
                assert!(code == Some(130) || moment < 2 && status.signal().is_some(), "{status}");
                assert!(now == old || now == new, "the PDF is whole at moment {moment}");
                interrupted += 1;
            }
        }
    }
    assert!(interrupted > moments / 2, "only {interrupted} builds were interrupted");
}
