//! What goes wrong while an edition is recorded: a process that is killed, a disk that is full, a folder that cannot be
//! written, a lock file that was edited by hand or merged by halves, two builds at once. No file is torn, no id is lost.

use super::{letter, three};
use crate::collection::{Collection, NAME};
use crate::pdf::Read;
use std::fs;
use std::io::{BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Three letters of which a first edition is recorded, and a fourth that came after it.
fn grown() -> Collection {
    let collection = three();
    collection.issue("First", &[]).ends(0);
    collection
        .file("d.md", &letter("On the well", "2004-12-31", "The well is dry and has been so since the month of June."))
}

/// Every file of the collection and its book, with what stands in it; what was being written is left out.
fn state(collection: &Collection) -> Vec<(PathBuf, Vec<u8>)> {
    let mut folders = vec![collection.home().to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("it is listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if !is_aside(&path) {
                let bytes = fs::read(&path).expect("it can be read");
                files.push((path.strip_prefix(collection.home()).expect("it stands there").to_owned(), bytes));
            }
        }
    }
    files.sort();
    files
}

fn is_aside(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(".dossier-"))
}

/// Whether a file that is being written stands in a folder.
fn holds_aside(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).any(|path| is_aside(&path))
}

const SECOND: [&str; 8] = ["build", NAME, "--layout", "edition", "--edition", "Second", "--date", "2026-02-01"];

fn started(collection: &Collection) -> Child {
    collection.command(&SECOND).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
}

/// Fails unless every file is either as it was or as it will be, and the lock file is not ahead of the others.
fn is_sound(collection: &Collection, old: &[(PathBuf, Vec<u8>)], new: &[(PathBuf, Vec<u8>)], when: &str) {
    let lock = Path::new(NAME).join("dossier.lock");
    let now = state(collection);
    for file in &now {
        assert!(old.contains(file) || new.contains(file), "{when}: {} is torn", file.0.display());
    }
    for (path, _) in old {
        assert!(now.iter().any(|(known, _)| known == path), "{when}: {} is lost", path.display());
    }
    if let Some(recorded) = now.iter().find(|(path, _)| *path == lock)
        && !old.contains(recorded)
    {
        assert_eq!(now.len(), new.len(), "{when}: the lock file is ahead of what it vouches for");
    }
}

#[test]
fn a_process_that_is_killed_tears_no_file_and_loses_no_id() {
    let reference = grown();
    let old = state(&reference);
    reference.issue("Second", &["--date", "2026-02-01"]).ends(0);
    let new = state(&reference);
    // The moments at which it is killed: as soon as one of these can be seen, then at some times from its start.
    type Moment = fn(&Collection) -> bool;
    let seen: [(&str, Moment); 5] = [
        ("the book is being written", |collection| holds_aside(collection.home())),
        ("the wordings are being written", |collection| holds_aside(&collection.path("dossier.lock.d"))),
        ("the lock file is being written", |collection| holds_aside(&collection.folder())),
        ("a wording is in its place", |collection| {
            fs::read_dir(collection.path("dossier.lock.d"))
                .is_ok_and(|files| files.flatten().filter(|file| !is_aside(&file.path())).count() > 3)
        }),
        ("the lock file is in its place", |collection| collection.text("dossier.lock").contains("Second")),
    ];
    for (when, is_now) in seen {
        let collection = grown();
        let mut child = started(&collection);
        let since = Instant::now();
        while !is_now(&collection) && child.try_wait().expect("it runs").is_none() && since.elapsed().as_secs() < 60 {}
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        is_sound(&collection, &old, &new, when);
    }
    let collection = grown();
    for step in 0..12 {
        let mut child = started(&collection);
        std::thread::sleep(Duration::from_millis(40 * step));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        is_sound(&collection, &old, &new, &format!("{} ms", 40 * step));
    }
    collection.issue("Second", &["--date", "2026-02-01"]).ends(0);
    assert!(state(&collection) == new, "what was left behind changes the edition");
}

/// The program under a limit on the size of the files that it writes, in blocks of 512 bytes.
#[cfg(unix)]
fn limited(collection: &Collection, blocks: usize, before: &str) -> Command {
    let program = collection.command(&SECOND);
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{before} ulimit -f {blocks}; exec \"$0\" \"$@\""));
    command.arg(program.get_program()).args(program.get_args());
    command.current_dir(collection.home()).env_clear();
    command
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_everything_as_it_was() {
    let collection = grown();
    let old = state(&collection);
    // The limit is met in the middle of the book, later in the middle of a wording or of the lock file.
    let outcome = collection.outcome(limited(&collection, 16, "trap '' XFSZ;")).ends(2);
    outcome.tells(&["error[disk]", "papers.pdf", "cannot be written"]);
    assert!(state(&collection) == old, "something was written");
    assert!(!holds_aside(collection.home()) && !holds_aside(&collection.folder()), "something was left behind");
    // A disk that is full kills a process that does not expect it.
    assert_eq!(collection.outcome(limited(&collection, 16, "")).status, None);
    assert!(state(&collection) == old, "a killed process has written something");
    collection.issue("Second", &[]).ends(0);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_named_and_nothing_else_is() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let collection = three();
    let set =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("modes can be set");
    set(collection.home(), 0o777);
    set(&collection.folder(), 0o555);
    let mut command = collection.command(&SECOND);
    if fs::write(collection.path("probe"), "").is_ok() {
        // Whoever may do everything becomes somebody who may not.
        fs::remove_file(collection.path("probe")).expect("the probe can be removed");
        let program = collection.home().join("dossier");
        fs::copy(env!("CARGO_BIN_EXE_dossier"), &program).expect("the program can be copied");
        command = Command::new(program);
        command.args(SECOND).current_dir(collection.home()).env_clear().uid(65534).gid(65534);
    }
    let outcome = collection.outcome(command).ends(2);
    assert!(outcome.pdf.is_none(), "no edition is written that cannot be recorded");
    outcome.tells(&["error[disk]", "dossier.lock.d", "cannot be written"]);
    set(&collection.folder(), 0o755);
}

/// What a build tells of a lock file, after checking that it changed nothing.
fn told_of(lock: &str) -> String {
    let collection = three().file("dossier.lock", lock);
    let outcome = collection.issue("Second", &[]).ends(1);
    assert!(outcome.pdf.is_none(), "no edition is made on what cannot be relied on");
    assert_eq!(collection.text("dossier.lock"), lock);
    collection.run(&["check", NAME, "-q"]).ends(1).tells(&["dossier.lock"]);
    outcome.stderr
}

#[test]
fn a_lock_file_in_conflict_or_edited_by_hand_is_told_by_its_line() {
    let collection = three();
    collection.issue("First", &[]).ends(0);
    let lock = collection.text("dossier.lock");
    let conflict =
        lock.replacen("number = \"2\"\n", "<<<<<<< HEAD\nnumber = \"2\"\n=======\nnumber = \"3\"\n>>>>>>> theirs\n", 1);
    insta::assert_snapshot!("faults_a_merge_left_open", told_of(&conflict));
    let twice = lock.replace("id = \"D0003\"", "id = \"D0002\"");
    insta::assert_snapshot!("faults_an_id_given_twice", told_of(&twice));
    let second = lock.split_once("\n[[edition]]").expect("an edition is there").1;
    let second = second.replace("First", "Other").replace("a.md", "z.md").replace("source = \"", "source = \"0000");
    let cut = regex::Regex::new("source = \"0000([0-9a-f]{60})[0-9a-f]{4}\"").expect("the pattern is sound");
    let second = cut.replace_all(&second, "source = \"0000$1\"").into_owned();
    insta::assert_snapshot!("faults_one_id_in_two_editions", told_of(&format!("{lock}\n[[edition]]{second}")));
    let garbled = lock
        .replacen("number = \"1\"", "number = \"one\"", 1)
        .replacen("path = \"b.md\"\n", "", 1)
        .replacen("title = ", "titel = ", 1)
        .replacen("date = \"2003-04-05\"", "date = 2003-04-05", 1);
    insta::assert_snapshot!("faults_values_and_keys", told_of(&garbled));
    insta::assert_snapshot!("faults_a_later_version", told_of(&lock.replace("version = 1", "version = 2")));
}

#[test]
fn blocks_of_two_branches_merge_once_one_id_is_changed_as_told() {
    let collection = three();
    collection.issue("First", &[]).ends(0);
    let lock = collection.text("dossier.lock");
    let (one, other) = (three(), three());
    for (branch, file) in [(&one, "d.md"), (&other, "e.md")] {
        fs::write(branch.path("dossier.lock"), &lock).expect("it can be written");
        fs::write(
            branch.path(file),
            letter(file, "2005-01-01", &format!("This is {file} and nothing else is like it.")),
        )
        .expect("it can be written");
        branch.issue(&format!("With {file}"), &[]).ends(0);
    }
    let behind = |branch: &Collection| branch.text("dossier.lock").strip_prefix(&lock).expect("it goes on").to_owned();
    let merged = three()
        .file("d.md", &one.text("d.md"))
        .file("e.md", &other.text("e.md"))
        .file("dossier.lock", &format!("{lock}{}{}", behind(&one), behind(&other)));
    merged
        .issue("Merged", &[])
        .ends(1)
        .tells(&["`D0004` is `e.md` here and `d.md` in the edition `With d.md`", "`id = \"D0005\"`"]);
    let (before, after) = merged
        .text("dossier.lock")
        .rsplit_once("id = \"D0004\"")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .expect("it is there");
    let merged = merged.file("dossier.lock", &format!("{before}id = \"D0005\"{after}"));
    merged.issue("Merged", &[]).ends(0);
    let ids: Vec<_> = merged.list(&[]).iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, ["D0001", "D0002", "D0003", "D0004", "D0005"]);
}

#[cfg(unix)]
#[test]
fn a_second_build_says_that_it_waits_for_the_first() {
    let collection = grown();
    let held = fs::File::open(collection.folder()).expect("the folder can be opened");
    held.lock().expect("the folder can be locked");
    let mut child = collection.command(&SECOND).stderr(Stdio::piped()).spawn().expect("the program starts");
    let mut lines = BufReader::new(child.stderr.take().expect("it has a standard error"));
    let mut line = String::new();
    lines.read_line(&mut line).expect("it speaks");
    assert!(line.contains("another build") && line.contains("waiting"), "{line}");
    // What the first records meanwhile counts for the second.
    let recorded = collection.text("dossier.lock").replace("\"First\"", "\"Zeroth\"");
    fs::write(collection.path("dossier.lock"), recorded).expect("it can be written");
    drop(held);
    lines.read_to_string(&mut line).expect("it speaks");
    assert!(child.wait().expect("it ends").success(), "{line}");
    let lock = collection.text("dossier.lock");
    assert!(lock.contains("\"Zeroth\"") && lock.contains("\"Second\"") && !lock.contains("\"First\""), "{lock}");
}

#[test]
fn two_builds_at_once_record_both_editions() {
    let collection = three();
    let build = |label: &str, output: &str| {
        let mut command = collection.command(&["build", NAME, "--edition", label, "-o", output]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
    };
    let (mut one, mut other) = (build("One", "one.pdf"), build("Other", "other.pdf"));
    assert!(one.wait().expect("it ends").success() && other.wait().expect("it ends").success());
    let lock = collection.text("dossier.lock");
    assert!(lock.contains("label = \"One\"") && lock.contains("label = \"Other\""), "{lock}");
    for book in ["one.pdf", "other.pdf"] {
        assert!(Read::new(&fs::read(collection.home().join(book)).expect("both are written")).pages() > 3);
    }
    for id in ["D0001", "D0002", "D0003"] {
        assert_eq!(lock.matches(&format!("id = \"{id}\"")).count(), 2);
    }
    assert!(!lock.contains("D0004"), "no id is given twice over");
}
