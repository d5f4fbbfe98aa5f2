//! `dossier watch`: a PDF that follows its folder.

use super::args::Build;
use super::build;
use super::changes::Changes;
use super::console::{Console, Failure, Strictness};
use super::impose;
use super::keep;
use super::pipeline::Workshop;
use crate::lock;
use std::path::PathBuf;

/// Builds the book of a folder, and again after every change, until it is ended.
pub fn run(arguments: &Build, console: &mut Console) -> Result<(), Failure> {
    console.set_strictness(Strictness::of(arguments.strict));
    let making = &arguments.making;
    let mut changes = Changes::of(&making.selection.folder, &making.fonts.font_path, &written(arguments)?)?;
    let mut workshop = Workshop::staying_open();
    loop {
        if let Err(failure) = build::once(arguments, &mut workshop, console) {
            console.fail(&failure);
            console.say("nothing was written; the last PDF stays as it is");
        }
        workshop.clear_up();
        console.say(&format!("watching {}; Ctrl-C ends it", making.selection.folder.display()));
        let change = changes.next();
        console.begin_again();
        console.say(&format!("changed: {}", change.names()));
        if change.fonts {
            workshop.change_fonts();
        }
    }
}

/// Lists what a build writes.
fn written(arguments: &Build) -> Result<Vec<PathBuf>, Failure> {
    let output = build::output(arguments)?;
    let imposed = arguments.impose.map(|kind| impose::beside(&output, kind));
    let others = [&arguments.audit, &arguments.png, &arguments.emit].into_iter().flatten().cloned();
    let root = &arguments.making.selection.folder;
    let lasting = [keep::beside(&output), root.join(lock::FILE), root.join(lock::WORDINGS)];
    Ok(imposed.into_iter().chain(others).chain(lasting).chain([output]).collect())
}
