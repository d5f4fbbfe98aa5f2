//! What is kept between two runs: it changes nothing, nothing masked is in it, and what is wrong in it does no harm.

use crate::collection::{Collection, NAME};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A user's cache folder.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(TempDir::new().expect("a temporary folder can be made"))
    }

    /// Runs the program as this user; gives the PDF.
    fn run(&self, collection: &Collection, arguments: &[&str]) -> Vec<u8> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.args(arguments).current_dir(collection.home()).env_clear().env("XDG_CACHE_HOME", self.0.path());
        let output = command.output().expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        fs::read(collection.home().join("papers.pdf")).unwrap_or_default()
    }

    /// The files that are kept.
    fn packs(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.0.path().join("dossier")).into_iter().flatten();
        entries.map(|entry| entry.expect("it can be read").path()).collect()
    }

    fn pack(&self) -> String {
        fs::read_to_string(&self.packs()[0]).expect("the pack is text")
    }
}

fn seeds() -> Collection {
    Collection::copy_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")).file(
        "call.md",
        "# A call\n\nLondon, 3 April 1943\n\nThe Workers' Union (WU), tel. 020 7946 0123, press@example.org.\n",
    )
}

#[test]
fn what_is_kept_is_used_and_changes_no_byte() {
    let (home, collection) = (Home::new(), seeds());
    let without = home.run(&collection, &["build", NAME, "--no-cache"]);
    assert!(home.packs().is_empty(), "`--no-cache` keeps nothing");
    let first = home.run(&collection, &["build", NAME]);
    let kept = home.pack();
    assert_eq!(kept.lines().count(), 1 + 6, "one entry for each document");
    assert!(first == without);
    assert!(home.run(&collection, &["build", NAME]) == without);
    assert_eq!(home.pack(), kept);
}

#[test]
fn nothing_that_is_masked_is_kept() {
    let (home, collection) = (Home::new(), seeds());
    home.run(&collection, &["build", NAME]);
    let kept = home.pack();
    assert!(kept.contains("Workers' Union"), "{kept}");
    for masked in ["7946", "0123", "press@example.org", "example.org"] {
        assert!(!kept.contains(masked), "{masked} is kept");
    }
}

#[test]
fn torn_and_wrong_entries_are_found_anew() {
    let (home, collection) = (Home::new(), seeds());
    let whole = home.run(&collection, &["build", NAME]);
    let (pack, kept) = (home.packs().remove(0), home.pack());
    let torn = &kept[..kept.len() / 2];
    let wrong = kept.replace("Workers' Union", "Shirkers' Union");
    let another = kept.replacen("dossier ", "dossier 9", 1);
    for text in [torn, &wrong, &another, "", "\u{0}\u{1}", "dossier\n"] {
        fs::write(&pack, text).expect("written");
        assert!(home.run(&collection, &["build", NAME]) == whole, "a wrong cache changed the book");
        assert_eq!(home.pack(), kept, "a wrong cache is mended");
    }
    fs::write(&pack, [0xff, 0xfe, 0x00]).expect("written");
    assert!(home.run(&collection, &["build", NAME]) == whole);
    home.run(&collection, &["cache", "clear"]);
    assert!(home.packs().is_empty());
}

#[test]
fn two_builds_at_once_leave_a_whole_cache() {
    let (home, collection) = (Home::new(), seeds());
    let whole = home.run(&collection, &["build", NAME]);
    let kept = home.pack();
    fs::remove_file(&home.packs()[0]).expect("removed");
    std::thread::scope(|scope| {
        for number in 0..4 {
            let (home, collection) = (&home, &collection);
            let output = format!("out-{number}.pdf");
            scope.spawn(move || home.run(collection, &["build", NAME, "-o", &output]));
        }
    });
    assert_eq!(home.packs().len(), 1, "nothing half written stays");
    assert_eq!(home.pack(), kept);
    assert!(home.run(&collection, &["build", NAME]) == whole);
}
