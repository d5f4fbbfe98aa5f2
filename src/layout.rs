//! Layouts: the Typst files of the typography and the templates of the words.
//!
//! What enters: a layout's name and the files with which a project overrides it. What leaves: a [`Layout`], every file
//! of it by name. A file that a layout does not have of its own comes from `layouts/shared`. Nothing is read from disk
//! here: the layouts are embedded in the program, and overrides come as text.

use crate::diagnostic::Diagnostic;
use crate::settings::Numbering;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// The layout that is used when none is named.
pub const DEFAULT: &str = "packet";
/// The folder of what all layouts share.
const SHARED: &str = "shared";
/// The file that describes a layout.
const MANIFEST: &str = "layout.toml";

/// The sheet for the printer, the one Typst file that is in no book.
const FIRST_SHEET: &str = "first-sheet.typ";

macro_rules! embedded {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../layouts/", $path)))),*]
    };
}

/// Every file of every layout, by its path under `layouts/`.
const EMBEDDED: &[(&str, &str)] = embedded![
    "booklet/design.typ",
    "booklet/layout.toml",
    "edition/design.typ",
    "edition/layout.toml",
    "large-print/design.typ",
    "large-print/layout.toml",
    "packet/design.typ",
    "packet/layout.toml",
    "shared/abbreviation.md",
    "shared/byline.md",
    "shared/change.md",
    "shared/changes.typ",
    "shared/citation.md",
    "shared/colophon.md",
    "shared/contents.typ",
    "shared/cover.md",
    "shared/dateline.md",
    "shared/document.typ",
    "shared/entry.md",
    "shared/first-sheet.typ",
    "shared/fonts.typ",
    "shared/glossary.typ",
    "shared/headnote.md",
    "shared/how-to-read.md",
    "shared/kicker.md",
    "shared/locators.md",
    "shared/main.typ",
    "shared/naming.md",
    "shared/organization-changes.md",
    "shared/page.typ",
    "shared/see.md",
    "shared/source-note.md",
    "shared/stub.md",
    "shared/style.typ",
    "shared/text.typ",
    "shared/timeline.typ",
    "shared/words.toml",
];

/// What a layout's manifest says.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// One line on what the layout is for.
    pub description: String,
    /// How much of a sheet one page takes; as the layout that it extends has it, where it does not say.
    #[serde(default)]
    pub page: Option<Page>,
    /// The faces that it is set in, as the colophon names them; those of the layout that it extends, where it names none.
    #[serde(default)]
    pub faces: Option<String>,
    /// How its editions are numbered, where the editor does not say; as the layout that it extends has it.
    #[serde(default)]
    pub numbering: Option<Numbering>,
    /// The standards that its PDF keeps where none are asked for, such as `ua-1`; those of the layout that it extends,
    /// where it names none.
    #[serde(default)]
    pub standards: Option<Vec<String>>,
    /// The layout whose files stand in for those that this one lacks.
    #[serde(default)]
    pub extends: Option<String>,
}

/// How much of a sheet one page of a layout takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Page {
    /// A side of a sheet.
    #[default]
    Whole,
    /// Half a side: two pages are imposed on it.
    Half,
}

/// A layout, ready for use.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Its name.
    pub name: String,
    /// What it says of itself.
    pub manifest: Manifest,
    /// Its files, by name.
    pub files: BTreeMap<String, Cow<'static, str>>,
}

impl Layout {
    /// Gives a file that every layout has, since it ships with the program.
    pub fn file(&self, name: &str) -> &str {
        self.files.get(name).map(Cow::as_ref).unwrap_or_default()
    }

    /// Whether its book may be set in parts: whether the files that set it are the program's own, of which it is known
    /// that what they make of a part depends on nothing outside it but what the part is told.
    pub fn sets_in_parts(&self) -> bool {
        let mut setting_books = own(SHARED).filter(|(name, _)| name.ends_with(".typ") && *name != FIRST_SHEET);
        setting_books.all(|(name, text)| self.file(name) == text)
    }

    /// Gives the names of the files that end so.
    pub fn names_ending(&self, ending: &str) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .filter(move |(name, _)| name.ends_with(ending))
            .map(|(name, text)| (name.as_str(), text.as_ref()))
    }
}

impl Layout {
    /// Tells how much of a sheet one page takes.
    pub fn page(&self) -> Page {
        self.manifest.page.unwrap_or_default()
    }

    /// Tells how its editions are numbered, where the editor does not say.
    pub fn numbering(&self) -> Numbering {
        self.manifest.numbering.unwrap_or(Numbering::Renumber)
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.name, self.manifest.description)
    }
}

/// Names the layouts that ship with the program.
pub fn names() -> BTreeSet<&'static str> {
    EMBEDDED
        .iter()
        .filter_map(|(path, _)| path.split_once('/'))
        .map(|(name, _)| name)
        .filter(|name| *name != SHARED)
        .collect()
}

/// Gives a file that all layouts share, as the program carries it.
pub fn shared(name: &str) -> &'static str {
    own(SHARED).find(|(file, _)| *file == name).map(|(_, text)| text).unwrap_or_default()
}

/// Gives the files of an embedded layout's own, or of `shared`, by name.
fn own(layout: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    EMBEDDED.iter().filter_map(move |(path, text)| {
        path.split_once('/').filter(|(folder, _)| *folder == layout).map(|(_, name)| (name, *text))
    })
}

/// Loads a layout with the files of the project that override it.
///
/// `project` holds the text of every file under the project's `layouts/`, by its path there (`packet/style.typ`). An
/// override that no file of the layout answers to is an error with a suggestion.
pub fn load(name: &str, project: &BTreeMap<String, String>) -> (Option<Layout>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let folder: BTreeMap<&str, &String> = project
        .iter()
        .filter_map(|(path, text)| {
            path.split_once('/').filter(|(folder, _)| *folder == name).map(|(_, file)| (file, text))
        })
        .collect();
    let known = names();
    if !known.contains(name) && !folder.contains_key(MANIFEST) {
        diagnostics.push(unknown_layout(name, &known));
        return (None, diagnostics);
    }
    let manifest = folder.get(MANIFEST).map_or_else(
        || own(name).find(|(file, _)| *file == MANIFEST).map(|(_, text)| text).unwrap_or_default(),
        |text| text.as_str(),
    );
    let manifest: Manifest = match toml::from_str(manifest) {
        Ok(manifest) => manifest,
        Err(error) => {
            diagnostics.push(broken(name, MANIFEST, manifest, &error));
            return (None, diagnostics);
        }
    };
    let base = manifest.extends.clone().unwrap_or_else(|| if known.contains(name) { name } else { DEFAULT }.to_owned());
    if !known.contains(base.as_str()) {
        let path = format!("layouts/{name}/{MANIFEST}");
        let message = format!("`extends` is `{base}`; {} was wanted", listed(&known, " or "));
        let near = nearest(&base, known.iter().copied()).unwrap_or(DEFAULT);
        let problem = Diagnostic::error("unknown-layout", message).in_file(path);
        diagnostics.push(problem.help(format!("write `extends = \"{near}\"`")));
        return (None, diagnostics);
    }
    let mut manifest = manifest;
    if base != name {
        let under = own(&base).find(|(file, _)| *file == MANIFEST).and_then(|(_, text)| toml::from_str(text).ok());
        if let Some::<Manifest>(under) = under {
            manifest.faces = manifest.faces.or(under.faces);
            manifest.page = manifest.page.or(under.page);
            manifest.numbering = manifest.numbering.or(under.numbering);
            manifest.standards = manifest.standards.or(under.standards);
        }
    }
    let mut files: BTreeMap<String, Cow<'static, str>> = BTreeMap::new();
    for folder in [SHARED, base.as_str(), name] {
        files.extend(own(folder).map(|(file, text)| (file.to_owned(), Cow::Borrowed(text))));
    }
    for (file, text) in folder {
        if known.contains(name) && !files.contains_key(file) {
            diagnostics.push(unknown_override(name, file, &files));
        } else {
            files.insert(file.to_owned(), Cow::Owned(text.clone()));
        }
    }
    (Some(Layout { name: name.to_owned(), manifest, files }), diagnostics)
}

/// Tells of a file of a layout that is not TOML, or not the TOML that was wanted.
pub fn broken(layout: &str, file: &str, text: &str, error: &toml::de::Error) -> Diagnostic {
    let problem = Diagnostic::error("broken-layout", error.message().to_owned());
    let path = format!("layouts/{layout}/{file}");
    match error.span() {
        Some(span) => problem.at(path, &Arc::from(text), span),
        None => problem.in_file(path),
    }
}

fn listed(names: &BTreeSet<&str>, between: &str) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(between)
}

fn unknown_layout(name: &str, known: &BTreeSet<&str>) -> Diagnostic {
    let list = listed(known, ", ");
    let problem = Diagnostic::error("unknown-layout", format!("there is no layout `{name}`; the layouts are {list}"));
    match nearest(name, known.iter().copied()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help(format!(
            "or make your own: `layouts/{name}/{MANIFEST}` with `description = \"…\"` beside dossier.toml"
        )),
    }
}

fn unknown_override(layout: &str, file: &str, files: &BTreeMap<String, Cow<'static, str>>) -> Diagnostic {
    let problem =
        Diagnostic::error("unknown-layout-file", format!("the layout `{layout}` has no file `{file}` to override"))
            .in_file(format!("layouts/{layout}/{file}"));
    match nearest(file, files.keys().map(String::as_str)) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help(format!("`dossier layout eject {layout}` writes the files that can be changed")),
    }
}

/// Gives the known name that is nearest to a misspelt one, if one is near.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}
