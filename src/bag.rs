//! BagIt bags (RFC 8493): how an edition and its sources are handed over.
//!
//! What enters: the files of the payload, a few words about them, the date of the edition. What leaves: every file of
//! the bag by its path, with SHA-256 and SHA-512 manifests of the payload and of the tag files. Read back, the same
//! files give a diagnostic for each that is missing, changed or unknown. No file is opened here.

use crate::diagnostic::Diagnostic;
use crate::source::hash;
use crate::text::squeeze;
use sha2::{Digest, Sha512};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The folder of the payload.
pub const PAYLOAD: &str = "data/";
/// The file that makes a folder a bag.
pub const DECLARATION: &str = "bagit.txt";
/// The file that describes the bag.
const DESCRIPTION: &str = "bag-info.txt";
/// The algorithms of the manifests.
const ALGORITHMS: [&str; 2] = ["sha256", "sha512"];

/// The files of a bag, by their paths in it.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What is said of a bag.
#[derive(Debug, Clone)]
pub struct Label {
    /// The program that makes it, and its version.
    pub agent: String,
    /// How the edition is cited.
    pub description: String,
    /// The date of the edition (ISO 8601).
    pub date: Option<String>,
}

/// Packs a payload, given by paths below its folder.
pub fn pack(payload: Files, label: &Label) -> Files {
    let bytes: usize = payload.values().map(Vec::len).sum();
    let oxum = format!("{bytes}.{}", payload.len());
    let mut files: Files = payload.into_iter().map(|(path, bytes)| (format!("{PAYLOAD}{path}"), bytes)).collect();
    let manifests = ALGORITHMS.map(|algorithm| (format!("manifest-{algorithm}.txt"), lines(&files, algorithm)));
    let mut tags = Files::from(manifests);
    tags.insert(DECLARATION.to_owned(), b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_vec());
    let mut description = format!("Bag-Software-Agent: {}\n", squeeze(&label.agent));
    if let Some(date) = &label.date {
        // The day of the edition, since no clock is asked.
        description.push_str(&format!("Bagging-Date: {date}\n"));
    }
    description.push_str(&format!("External-Description: {}\n", squeeze(&label.description)));
    description.push_str(&format!("Payload-Oxum: {oxum}\n"));
    tags.insert(DESCRIPTION.to_owned(), description.into_bytes());
    for algorithm in ALGORITHMS {
        let manifest = lines(&tags, algorithm);
        files.insert(format!("tagmanifest-{algorithm}.txt"), manifest);
    }
    files.extend(tags);
    files
}

/// Holds the files of a bag against its manifests.
pub fn check(files: &Files) -> Vec<Diagnostic> {
    let mut problems = declaration(files).into_iter().collect::<Vec<_>>();
    let payload: BTreeSet<&str> = files.keys().map(String::as_str).filter(|path| path.starts_with(PAYLOAD)).collect();
    let mut is_listed = false;
    for algorithm in ALGORITHMS {
        let name = format!("manifest-{algorithm}.txt");
        if let Some(text) = files.get(&name) {
            is_listed = true;
            let listed = listed(files, &name, text, algorithm, &mut problems);
            for path in payload.iter().filter(|path| !listed.contains(**path)) {
                let message = format!("the file is in the bag, and `{name}` does not list it");
                problems.push(Diagnostic::error("unknown-file", message).in_file(*path));
            }
        }
        let name = format!("tagmanifest-{algorithm}.txt");
        if let Some(text) = files.get(&name) {
            let listed = listed(files, &name, text, algorithm, &mut problems);
            let tags = files.keys().filter(|path| !path.starts_with(PAYLOAD) && !path.starts_with("tagmanifest-"));
            for path in tags.filter(|path| !listed.contains(path.as_str())) {
                let message = format!("the file is in the bag, and `{name}` does not list it");
                problems.push(Diagnostic::error("unknown-file", message).in_file(path.as_str()));
            }
        }
    }
    if !is_listed {
        problems.push(Diagnostic::error("broken-bag", "the bag has no manifest of its payload in SHA-256 or SHA-512"));
    }
    problems.extend(oxum(files, &payload));
    problems
}

/// Checks what makes a folder a bag.
fn declaration(files: &Files) -> Option<Diagnostic> {
    let Some(text) = files.get(DECLARATION) else {
        let problem = Diagnostic::error("broken-bag", format!("there is no `{DECLARATION}`, so this is no bag"));
        return Some(problem.help("name a PDF, or a folder that `dossier bag` wrote"));
    };
    let text = String::from_utf8_lossy(text);
    let mut lines = text.lines();
    let is_sound = lines.next().is_some_and(|line| line.starts_with("BagIt-Version: "))
        && lines.next() == Some("Tag-File-Character-Encoding: UTF-8");
    (!is_sound).then(|| {
        let message = "a version of BagIt and the encoding UTF-8 were wanted here";
        Diagnostic::error("broken-bag", message).in_file(DECLARATION)
    })
}

/// Checks the number of files and bytes that the bag says it holds.
fn oxum(files: &Files, payload: &BTreeSet<&str>) -> Option<Diagnostic> {
    let text = String::from_utf8_lossy(files.get(DESCRIPTION)?);
    let told = text.lines().find_map(|line| line.strip_prefix("Payload-Oxum: "))?.trim().to_owned();
    let bytes: usize = payload.iter().filter_map(|path| files.get(*path)).map(Vec::len).sum();
    let found = format!("{bytes}.{}", payload.len());
    (told != found).then(|| {
        let message = format!("the payload has {found} bytes and files; `{told}` is told here");
        Diagnostic::error("changed-file", message).in_file(DESCRIPTION)
    })
}

/// Holds files against one manifest, and gives the paths that it lists.
fn listed(
    files: &Files,
    name: &str,
    manifest: &[u8],
    algorithm: &str,
    problems: &mut Vec<Diagnostic>,
) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    let text = String::from_utf8_lossy(manifest);
    for (index, line) in text.lines().enumerate() {
        let parts =
            line.split_once([' ', '\t']).map(|(sum, path)| (sum, decoded(path.trim_start_matches([' ', '\t', '*']))));
        let Some((sum, path)) = parts.filter(|(_, path)| is_inside(path)) else {
            let message = format!("line {} is not a checksum with a path inside the bag: `{line}`", index + 1);
            problems.push(Diagnostic::error("broken-bag", message).in_file(name));
            continue;
        };
        match files.get(&path) {
            None => problems.push(
                Diagnostic::error("missing-file", format!("`{name}` lists this file, which is not there"))
                    .in_file(path.clone()),
            ),
            Some(bytes) if !sum.eq_ignore_ascii_case(&digest(bytes, algorithm)) => {
                let message = format!("the file is not the one that `{name}` lists");
                problems.push(Diagnostic::error("changed-file", message).in_file(path.clone()));
            }
            Some(_) => {}
        }
        paths.insert(path);
    }
    paths
}

/// Whether a path stays inside the bag.
fn is_inside(path: &str) -> bool {
    !path.is_empty() && !path.starts_with(['/', '~']) && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// Writes a manifest: a checksum, two blanks, a path (RFC 8493, 2.1.3).
fn lines(files: &Files, algorithm: &str) -> Vec<u8> {
    let lines = files.iter().map(|(path, bytes)| format!("{}  {}\n", digest(bytes, algorithm), encoded(path)));
    lines.collect::<String>().into_bytes()
}

fn digest(bytes: &[u8], algorithm: &str) -> String {
    if algorithm == "sha256" {
        return hash(bytes);
    }
    Sha512::digest(bytes).iter().fold(String::with_capacity(128), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("writing to a string does not fail");
        hex
    })
}

/// Encodes what would end a line, and the mark of encoding itself (RFC 8493, 2.1.3).
fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D")
}

fn decoded(path: &str) -> String {
    let parts = path
        .split("%25")
        .map(|part| part.replace("%0A", "\n").replace("%0a", "\n").replace("%0D", "\r").replace("%0d", "\r"));
    parts.collect::<Vec<_>>().join("%")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bag() -> Files {
        let payload = [("sources/a.md", "One."), ("sources/odd\nname 100%0A.txt", "Two."), ("edition/a.pdf", "%PDF")];
        let payload = payload.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
        let label = Label {
            agent: "dossier".to_owned(),
            description: "Papers,\nedition of 2026".to_owned(),
            date: Some("2026-11-01".to_owned()),
        };
        pack(payload.into(), &label)
    }

    #[test]
    fn a_bag_holds_what_the_standard_asks_for() {
        let bag = bag();
        let text = |path: &str| String::from_utf8_lossy(&bag[path]).into_owned();
        assert_eq!(
            text("bag-info.txt"),
            "Bag-Software-Agent: dossier\nBagging-Date: 2026-11-01\nExternal-Description: Papers, edition of 2026\n\
             Payload-Oxum: 12.3\n"
        );
        assert!(text("manifest-sha256.txt").contains("  data/sources/odd%0Aname 100%250A.txt\n"));
        assert_eq!(
            text("manifest-sha512.txt").lines().next().map(str::len),
            Some(128 + 2 + "data/edition/a.pdf".len())
        );
        assert_eq!(text("tagmanifest-sha256.txt").lines().count(), 4);
        assert!(check(&bag).is_empty(), "{:?}", check(&bag));
    }

    #[test]
    fn every_kind_of_damage_is_told() {
        let slugs = |change: &dyn Fn(&mut Files)| {
            let mut bag = bag();
            change(&mut bag);
            check(&bag).into_iter().map(|problem| problem.slug).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
        };
        let a = "data/sources/a.md";
        assert_eq!(slugs(&|bag| bag.get_mut(a).expect("it is there")[0] ^= 1), ["changed-file"]);
        assert_eq!(slugs(&|bag| drop(bag.remove(a))), ["changed-file", "missing-file"]);
        assert_eq!(slugs(&|bag| drop(bag.insert("data/b.md".into(), vec![]))), ["changed-file", "unknown-file"]);
        assert_eq!(slugs(&|bag| drop(bag.insert("bag-info.txt".into(), vec![]))), ["changed-file"]);
        assert_eq!(slugs(&|bag| drop(bag.remove("bagit.txt"))), ["broken-bag", "missing-file"]);
        let outside = b"00  ../outside\n".to_vec();
        let found = slugs(&|bag| drop(bag.insert("manifest-sha256.txt".into(), outside.clone())));
        assert_eq!(found, ["broken-bag", "changed-file", "unknown-file"]);
    }
}
