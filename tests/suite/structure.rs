//! How the code is built: imports run one way, the core touches nothing outside, the reference is complete.

use dossier::settings::{document_keys, keys};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules, each of which may use those before it and none after it.
const ORDER: [&str; 31] = [
    "text",
    "language",
    "diagnostic",
    "settings",
    "date",
    "document",
    "organization",
    "layout",
    "front_matter",
    "web",
    "source",
    "description",
    "collection",
    "picture",
    "annotation",
    "lock",
    "edition",
    "report",
    "export",
    "forme",
    "press",
    "impose",
    "audit",
    "enclosure",
    "readback",
    "manifest",
    "verify",
    "bag",
    "folder",
    "cli",
    "main",
];

/// What only the command line may use, and the one module beside it that reads the disk.
const OUTSIDE: [&str; 9] = [
    "println!",
    "print!(",
    "process::exit",
    "std::env",
    "env::var",
    "SystemTime",
    "Instant",
    "io::stdin",
    "Local::now",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every source file, with the module at the top that it belongs to.
fn sources() -> Vec<(String, PathBuf, String)> {
    let mut folders = vec![root().join("src")];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the sources are there") {
            let path = entry.expect("the sources can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let relative = path.strip_prefix(root().join("src")).expect("the file stands there").with_extension("");
                let module = relative.iter().next().expect("a path has a part").to_string_lossy().into_owned();
                let text = fs::read_to_string(&path).expect("sources are text");
                sources.push((module, path, text));
            }
        }
    }
    sources.sort();
    sources
}

/// The modules that a text names behind `crate::`, in whatever form.
fn imports(text: &str) -> BTreeSet<String> {
    let name = |text: &str| -> String {
        text.trim_start().chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
    };
    let mut found = BTreeSet::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for (at, marker) in line.match_indices("crate::") {
            let rest = &line[at + marker.len()..];
            match rest.strip_prefix('{') {
                Some(group) => found.extend(group.split(',').map(name)),
                None => drop(found.insert(name(rest))),
            }
        }
    }
    found.remove("");
    found
}

#[test]
fn imports_run_one_way() {
    let place = |module: &str| ORDER.iter().position(|known| *known == module);
    let mut wrong = Vec::new();
    for (module, path, text) in sources() {
        if module == "lib" {
            continue;
        }
        let own = place(&module).unwrap_or_else(|| panic!("`{module}` has no place in the order yet"));
        for used in imports(&text) {
            if used != module && place(&used).is_some_and(|used| used >= own) {
                wrong.push(format!("{}: `{module}` uses `{used}`, which stands after it", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_of_the_library_has_its_place() {
    let library = fs::read_to_string(root().join("src/lib.rs")).expect("the library is there");
    for line in library.lines() {
        let module =
            line.trim().trim_start_matches("pub ").strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';'));
        if let Some(module) = module {
            assert!(ORDER.contains(&module), "`{module}` has no place in the order yet");
        }
    }
}

#[test]
fn only_the_command_line_prints_and_looks_about() {
    for (module, path, text) in sources().into_iter().filter(|(module, ..)| module != "cli" && module != "main") {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for outside in OUTSIDE {
                assert!(!line.contains(outside), "{}: {line}", path.display());
            }
            assert!(module == "folder" || !line.contains("std::fs"), "{}: {line}", path.display());
        }
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    let is_tests = |path: &Path| path.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with("tests"));
    for (_, path, text) in sources().into_iter().filter(|(_, path, _)| !is_tests(path)) {
        assert!(text.starts_with("//! "), "{} does not open with what it is for", path.display());
        assert!(
            !text.replace("super::*;", "").replace("prelude::*;", "").contains("::*;"),
            "{} has a glob import",
            path.display()
        );
    }
}

#[test]
fn the_readme_names_every_key_of_the_settings() {
    let Ok(readme) = fs::read_to_string(root().join("README.md")) else {
        panic!("README.md is missing");
    };
    for key in keys().iter().chain(document_keys()) {
        assert!(readme.contains(&format!("`{}`", key.name)), "README.md does not name the key `{}`", key.name);
    }
}

#[test]
fn no_file_names_the_machine_that_it_was_written_on() {
    for (_, path, text) in sources() {
        for word in ["/home/", "/root/", "/Users/"] {
            assert!(!text.contains(word), "{} holds {word}", path.display());
        }
    }
}
