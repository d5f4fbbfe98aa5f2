//! Writing the book: it is there whole or not at all, and what stood there before is never harmed.

use crate::collection::Collection;
use std::fs;
use std::path::Path;

const OLD: &[u8] = b"an older book";

fn one() -> Collection {
    Collection::new().file("a.txt", "One sentence stands here, and it ends.\n")
}

/// Fails if a temporary file was left in a folder.
#[track_caller]
fn is_clean(folder: &Path) {
    let left: Vec<_> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("the folder can be read").file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains(".tmp") || name.starts_with(".dossier"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_new_book_replaces_the_old_one() {
    let collection = one();
    fs::write(collection.home().join("papers.pdf"), OLD).expect("the old book can be written");
    assert!(collection.build().ends(0).pdf().starts_with(b"%PDF"));
    is_clean(collection.home());
}

#[test]
fn a_folder_as_target_is_wrong_use() {
    let collection = one();
    fs::create_dir(collection.home().join("papers.pdf")).expect("a folder can be made");
    fs::write(collection.home().join("papers.pdf/old"), OLD).expect("a file can be written");
    collection.build().ends(2).tells(&["error[usage]", "papers.pdf"]);
    assert_eq!(fs::read(collection.home().join("papers.pdf/old")).expect("the file is there"), OLD);
    is_clean(collection.home());
}

#[test]
fn a_target_in_a_missing_folder_or_below_a_file_is_named() {
    let collection = one();
    fs::write(collection.home().join("file"), OLD).expect("a file can be written");
    for target in ["missing/book.pdf", "file/book.pdf"] {
        let outcome = collection.run(&["build", "papers", "-o", target]).ends(2);
        assert!(outcome.stderr.contains(target), "{}", outcome.stderr);
    }
    assert!(!collection.home().join("missing").exists());
    assert_eq!(fs::read(collection.home().join("file")).expect("the file is there"), OLD);
    is_clean(collection.home());
}

#[test]
fn a_book_that_cannot_be_set_leaves_the_old_one() {
    let collection = one().file("layouts/packet/style.typ", "#let broken = (\n");
    fs::write(collection.home().join("papers.pdf"), OLD).expect("the old book can be written");
    let outcome = collection.build().ends(1);
    assert_eq!(outcome.pdf(), OLD);
    is_clean(collection.home());
}

#[test]
fn nothing_to_set_leaves_the_old_book() {
    let collection = Collection::new();
    fs::write(collection.home().join("papers.pdf"), OLD).expect("the old book can be written");
    assert_eq!(collection.build().ends(2).pdf(), OLD);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_keeps_the_old_book() {
    use std::os::unix::fs::PermissionsExt;
    let collection = one();
    let shelf = collection.home().join("shelf");
    fs::create_dir(&shelf).expect("a folder can be made");
    fs::write(shelf.join("book.pdf"), OLD).expect("the old book can be written");
    fs::set_permissions(&shelf, fs::Permissions::from_mode(0o555)).expect("permissions can be set");
    if fs::write(shelf.join("probe"), OLD).is_ok() {
        eprintln!("skipped: permissions do not bind this user");
        return;
    }
    collection.run(&["build", "papers", "-o", "shelf/book.pdf"]).ends(2);
    assert_eq!(fs::read(shelf.join("book.pdf")).expect("the old book is there"), OLD);
    is_clean(&shelf);
    fs::set_permissions(&shelf, fs::Permissions::from_mode(0o755)).expect("permissions can be set");
}

#[cfg(unix)]
#[test]
fn the_book_may_be_read_by_whom_the_users_mask_lets() {
    use std::os::unix::fs::PermissionsExt;
    let collection = one();
    let probe = collection.home().join("probe");
    fs::write(&probe, OLD).expect("a file can be written");
    collection.build().ends(0);
    let mode = |path: &Path| fs::metadata(path).expect("the file is there").permissions().mode() & 0o777;
    assert_eq!(mode(&collection.home().join("papers.pdf")), mode(&probe));
}
