//! A collection made up for a test, in a temporary folder, and runs of the program over it.
//!
//! The program gets an environment of its own: nothing of the person who runs the tests can reach it.

use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// The folder in which a collection's documents stand, under the folder in which the program runs.
pub const NAME: &str = "papers";

/// A collection in a temporary folder.
pub struct Collection {
    home: TempDir,
    zone: &'static str,
    variables: Vec<(&'static str, &'static str)>,
}

impl Collection {
    /// Makes an empty collection.
    pub fn new() -> Self {
        let home = TempDir::new().expect("a temporary folder can be made");
        fs::create_dir(home.path().join(NAME)).expect("a folder can be made in it");
        Self { home, zone: "UTC", variables: Vec::new() }
    }

    /// Makes a copy of a folder of documents.
    pub fn copy_of(folder: &Path) -> Self {
        fs::read_dir(folder).expect("the folder is there").fold(Self::new(), |collection, entry| {
            let path = entry.expect("the folder can be read").path();
            let name = path.file_name().and_then(OsStr::to_str).expect("the copied files have plain names");
            collection.bytes(name, &fs::read(&path).expect("the copied files can be read"))
        })
    }

    /// Adds a file, by its path in the collection.
    pub fn file(self, path: &str, text: &str) -> Self {
        self.bytes(path, text.as_bytes())
    }

    /// Adds a file that may hold anything.
    pub fn bytes(self, path: &str, bytes: &[u8]) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("folders can be made");
        fs::write(path, bytes).expect("the file can be written");
        self
    }

    /// Adds a `dossier.toml`.
    pub fn settings(self, text: &str) -> Self {
        self.file("dossier.toml", text)
    }

    /// Lets the program run in another time zone.
    pub fn in_zone(mut self, zone: &'static str) -> Self {
        self.zone = zone;
        self
    }

    /// Lets the program run with a variable in its environment.
    pub fn with_variable(mut self, name: &'static str, value: &'static str) -> Self {
        self.variables.push((name, value));
        self
    }

    /// Takes a file away.
    pub fn without(self, path: &str) -> Self {
        fs::remove_file(self.path(path)).expect("the file is there");
        self
    }

    /// Reads a file of the collection as text.
    #[track_caller]
    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The path of a file of the collection.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder().join(path)
    }

    /// The collection's folder.
    pub fn folder(&self) -> PathBuf {
        self.home().join(NAME)
    }

    /// The folder in which the program runs.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The program with the given arguments, ready to start.
    pub fn command<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.args(arguments).current_dir(self.home()).env_clear().env("LC_ALL", "C").env("TZ", self.zone);
        command.envs(self.variables.iter().copied());
        if let Some(root) = std::env::var_os("SystemRoot") {
            command.env("SystemRoot", root);
        }
        command
    }

    /// Runs the program with the given arguments.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Outcome {
        self.outcome(self.command(arguments))
    }

    /// Runs a program that was made ready.
    pub fn outcome(&self, mut command: Command) -> Outcome {
        let output = command.output().expect("the program starts");
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the program writes UTF-8");
        let outcome = Outcome {
            status: output.status.code(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
            pdf: fs::read(self.home().join(format!("{NAME}.pdf"))).ok(),
        };
        assert!(!outcome.stderr.contains("panicked at"), "{}", outcome.stderr);
        outcome
    }

    /// Builds the collection into `papers.pdf`.
    pub fn build(&self) -> Outcome {
        self.run(&["build", NAME])
    }

    /// Builds an edition of the collection into `papers.pdf`, in the layout that keeps numbers.
    pub fn issue(&self, label: &str, further: &[&str]) -> Outcome {
        self.run(&[&["build", NAME, "--layout", "edition", "--edition", label], further].concat())
    }

    /// Lists the collection as JSON, with further arguments.
    pub fn list(&self, further: &[&str]) -> Vec<Value> {
        self.json("list", further)
    }

    /// Lists the collection's organizations as JSON, with further arguments.
    pub fn glossary(&self, further: &[&str]) -> Vec<Value> {
        self.json("glossary", further)
    }

    fn json(&self, command: &str, further: &[&str]) -> Vec<Value> {
        let outcome = self.run(&[&[command, NAME, "--format", "json"], further].concat());
        serde_json::from_str(&outcome.stdout).unwrap_or_else(|error| panic!("{error}: {}", outcome.stderr))
    }

    /// The sources of the documents, in printed order.
    pub fn order(&self, further: &[&str]) -> Vec<String> {
        self.list(further).iter().map(|row| word(&row["source"]).to_owned()).collect()
    }
}

/// Gives the string that a JSON value is.
pub fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no string"))
}

/// What a run of the program left.
pub struct Outcome {
    /// How it ended; none where a signal ended it.
    pub status: Option<i32>,
    /// What it wrote to standard output.
    pub stdout: String,
    /// What it wrote to standard error.
    pub stderr: String,
    /// The bytes of `papers.pdf`, where there is one.
    pub pdf: Option<Vec<u8>>,
}

impl Outcome {
    /// Fails unless the program ended so.
    #[track_caller]
    pub fn ends(self, status: i32) -> Self {
        assert_eq!(self.status, Some(status), "{}", self.stderr);
        self
    }

    /// Fails unless a diagnostic says all this, such as its slug and the file that it is about.
    #[track_caller]
    pub fn tells(self, words: &[&str]) -> Self {
        let told = self.diagnostics().any(|diagnostic| words.iter().all(|word| diagnostic.contains(word)));
        assert!(told, "no diagnostic tells {words:?}:\n{}", self.stderr);
        self
    }

    /// Fails if standard error says this.
    #[track_caller]
    pub fn keeps_silent_on(self, word: &str) -> Self {
        assert!(!self.stderr.contains(word), "{}", self.stderr);
        self
    }

    /// The bytes of the PDF.
    #[track_caller]
    pub fn pdf(&self) -> &[u8] {
        self.pdf.as_deref().unwrap_or_else(|| panic!("no PDF was written: {}", self.stderr))
    }

    fn diagnostics(&self) -> impl Iterator<Item = &str> {
        self.stderr.split("\n\n")
    }
}
