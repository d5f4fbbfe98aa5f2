//! The standards that a PDF keeps, as a checker sees them that shares nothing with the program that wrote it.

use crate::collection::Collection;
use crate::pages::Book;
use crate::pdf::Read;
use crate::standards::wrong_lengths;
use crate::typography::{LAYOUTS, trial_prints};
use dossier::press::Standard;
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use std::path::{Path, PathBuf};

/// How many words the longest document of the trial prints has here: enough for tables, notes and heads of every kind.
const LONG: usize = 2_000;

/// What the checker holds against a PDF.
pub fn faults(pdf: &[u8], profile: ValidationProfile) -> Vec<String> {
    let report = validate_pdf_bytes(pdf, &ValidationOptions::default().profile(profile))
        .unwrap_or_else(|error| panic!("the checker cannot read the PDF: {error}"));
    assert!(report.rules.total > 50, "the checker applied {} rules only", report.rules.total);
    let failures = report.failures.iter().map(ToString::to_string);
    // Of a stream whose last byte happens to be a carriage return the checker thinks that the line end begins there.
    let is_misjudged = |failure: &String| failure.contains("/Length does not match") && wrong_lengths(pdf).is_empty();
    failures.filter(|failure| !is_misjudged(failure)).collect()
}

/// Fails unless a folder's book passes PDF/UA-1 in every layout.
fn is_accessible(folder: &Path) {
    for layout in LAYOUTS {
        let pdf = Book::laid_out(folder, layout).print_as(&[Standard::Ua1]);
        let name = folder.display();
        assert_eq!(faults(&pdf, ValidationProfile::PdfUa1), Vec::<String>::new(), "{name} as {layout}");
    }
}

fn beside_the_checkout(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn the_sample_is_accessible_in_every_layout() {
    is_accessible(&beside_the_checkout("seeds"));
}

#[test]
fn the_captures_are_accessible_in_every_layout() {
    let folder = beside_the_checkout("../shared/seeds");
    if !folder.is_dir() {
        eprintln!("skipped: the captures are not at hand");
        return;
    }
    is_accessible(&folder);
}

#[test]
fn the_trial_prints_are_accessible_in_every_layout() {
    is_accessible(&trial_prints(LONG).folder());
}

#[test]
fn the_checker_sees_what_is_wrong() {
    let plain = Book::of(&beside_the_checkout("seeds")).print();
    assert!(!faults(&plain, ValidationProfile::PdfUa1).is_empty(), "a PDF that does not say that it is PDF/UA");
}

/// A document with a picture and a table.
fn one() -> Collection {
    Collection::new()
        .file("a.md", "# The bridge\n\n![A seal](seal.png)\n\nThe Harbour Workers Union (HWU) met.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
        .bytes("seal.png", include_bytes!("../stress/seal.png"))
}

#[test]
fn several_standards_are_kept_at_once() {
    let collection = one();
    let arguments = ["build", "papers", "--standard", "a-3a,ua-1", "--date", "2026-11-01"];
    let outcome = collection.run(&arguments).ends(0);
    for profile in [ValidationProfile::PdfA3a, ValidationProfile::PdfUa1] {
        assert_eq!(faults(outcome.pdf(), profile), Vec::<String>::new(), "{profile}");
    }
}

#[test]
fn each_standard_is_kept() {
    let profiles = [
        ValidationProfile::PdfA2b,
        ValidationProfile::PdfA2u,
        ValidationProfile::PdfA2a,
        ValidationProfile::PdfA3b,
        ValidationProfile::PdfA3u,
        ValidationProfile::PdfA3a,
        ValidationProfile::PdfUa1,
    ];
    let collection = one().settings("date = 2026-11-01\n");
    for (name, profile) in Standard::NAMES.into_iter().zip(profiles) {
        let outcome = collection.run(&["build", "papers", "--standard", name]).ends(0);
        assert_eq!(faults(outcome.pdf(), profile), Vec::<String>::new(), "{profile}");
    }
}

#[test]
fn what_is_kept_for_ever_is_dated() {
    let collection = one();
    let undated = collection.run(&["build", "papers", "--standard", "a-3a"]).ends(1);
    assert!(undated.pdf.is_none());
    undated.tells(&["error[missing-edition-date]", "--date 2026-01-31"]);
    collection.run(&["build", "papers", "--standard", "ua-1"]).ends(0);
    collection.run(&["build", "papers", "--standard", "a-2b,a-3b", "--date", "2026-11-01"]).ends(2);
    collection.run(&["build", "papers", "--date", "1 November"]).ends(2);
}

#[test]
fn the_flag_outranks_the_settings_date() {
    let collection = one().settings("title = \"Papers\"\ndate = 2025-05-05\n");
    let flagged = collection.run(&["build", "papers", "--date", "2026-11-01"]).ends(0);
    assert!(Read::new(flagged.pdf()).holds("D:20261101"), "the PDF bears the date of the flag");
    let set = collection.build().ends(0);
    assert!(Read::new(set.pdf()).holds("D:20250505"), "the PDF bears the date of the settings");
}
