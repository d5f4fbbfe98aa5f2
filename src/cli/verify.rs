//! `dossier verify`: whether an edition is as it was made.

use super::args::{Reading, Selection, Verify};
use super::console::{self, Console, Failure, counted};
use super::keep;
use crate::diagnostic::{Diagnostic, Severity};
use crate::manifest::Manifest;
use crate::verify;
use std::fs;
use std::io;
use std::path::Path;

/// Holds a PDF against its manifest, and against the folder it was made from where one is given.
pub fn run(arguments: &Verify, console: &mut Console) -> Result<(), Failure> {
    let file = &arguments.file;
    if file.is_dir() {
        return bag(arguments, console);
    }
    console.stage("verifying");
    let pdf = fs::read(file).map_err(|error| Failure::Use(format!("`{}` cannot be read: {error}", file.display())))?;
    let beside = match fs::read(keep::beside(file)) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    let verdict = console::without_traces(|| verify::verify(&pdf, beside.as_deref()));
    let name = file.display().to_string();
    let mut problems: Vec<Diagnostic> =
        verdict.problems.into_iter().map(|problem| problem.in_file(name.clone())).collect();
    if let (Some(folder), Some(manifest)) = (&arguments.against, &verdict.manifest) {
        problems.extend(against(folder, manifest, console)?);
    }
    console.end_stage();
    let is_proved = problems.iter().all(|problem| problem.severity != Severity::Error);
    console.tell(problems);
    if let Some(manifest) = verdict.manifest.filter(|_| is_proved) {
        console.say(&proved(&name, &manifest, arguments.against.as_deref()));
    }
    Ok(())
}

fn bag(arguments: &Verify, console: &mut Console) -> Result<(), Failure> {
    if arguments.against.is_some() {
        return Err(Failure::Use("a bag holds its sources; `--against` takes a PDF".into()));
    }
    super::bag::verify(&arguments.file, console)
}

fn against(folder: &Path, manifest: &Manifest, console: &mut Console) -> Result<Vec<Diagnostic>, Failure> {
    let selection = Selection::all(folder, Reading::default());
    let mut folder = console::open(folder, None, console)?;
    let mut annotated = console::annotated(&mut folder, &selection, console)?;
    console::illustrate(&mut annotated, &folder, console);
    Ok(verify::against(manifest, &annotated))
}

fn proved(name: &str, manifest: &Manifest, folder: Option<&Path>) -> String {
    let attached = manifest.documents.iter().filter(|document| document.attached.is_some()).count();
    let mut proved = format!(
        "{name} is as it was made: {}, {}, {}",
        counted(manifest.pages.len(), "page"),
        counted(manifest.documents.len(), "source"),
        if attached > 0 { format!("{attached} of them inside") } else { "none of them inside".to_owned() },
    );
    if let Some(folder) = folder {
        proved.push_str(&format!("; so is `{}`", folder.display()));
    }
    proved
}
