//! `dossier layout`: the layouts, and their files for changing.

use super::args::{Layout, LayoutCommand};
use super::console::{Console, Failure};
use super::publish;
use crate::forme::fields;
use crate::layout;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Lists the layouts or writes one out.
pub fn run(arguments: &Layout, console: &mut Console) -> Result<(), Failure> {
    match &arguments.command {
        LayoutCommand::List => list(console),
        LayoutCommand::Fields => fields(console),
        LayoutCommand::Eject { name, folder } => eject(name, folder, console),
    }
}

fn list(console: &mut Console) -> Result<(), Failure> {
    let mut text = String::new();
    for name in layout::names() {
        let (layout, problems) = layout::load(name, &BTreeMap::new());
        let Some(layout) = layout else { return Err(Failure::Found(problems)) };
        writeln!(text, "{layout}").map_err(|error| Failure::Use(error.to_string()))?;
    }
    console.write(text.as_bytes())
}

/// Writes the reference of layouts.
fn fields(console: &mut Console) -> Result<(), Failure> {
    let (layout, problems) = layout::load(layout::DEFAULT, &BTreeMap::new());
    let Some(layout) = layout else { return Err(Failure::Found(problems)) };
    console.write(fields::reference(&layout).as_bytes())
}

/// Writes the files of a layout beside the documents; a file that is there is never overwritten.
fn eject(name: &str, folder: &Path, console: &mut Console) -> Result<(), Failure> {
    let (layout, problems) = layout::load(name, &BTreeMap::new());
    let Some(layout) = layout else { return Err(Failure::Found(problems)) };
    let target = folder.join("layouts").join(name);
    publish::folder(&target)?;
    let mut written = 0;
    for (file, text) in &layout.files {
        let path = target.join(file);
        if path.exists() {
            console.say(&format!("{} is there already; it is not touched", path.display()));
        } else {
            fs::write(&path, text.as_bytes()).map_err(|error| publish::named(&path, &error))?;
            written += 1;
        }
    }
    console.say(&format!("wrote {written} files to {}; delete those that you do not change", target.display()));
    Ok(())
}
