//! `dossier glossary`: the organizations.

use super::args::{Glossary, GlossaryFormat};
use super::console::{self, Console, Failure};
use super::list::json;
use crate::annotation::{self, Annotated};
use crate::folder;
use crate::organization::Authority;
use crate::press::{self, Shop};
use crate::report::{self, EntryRow, Scope};
use crate::settings;
use std::sync::Arc;

/// Lists the organizations that the documents of a folder name.
pub fn run(arguments: &Glossary, console: &mut Console) -> Result<(), Failure> {
    let mut folder = console::open(&arguments.selection.folder, None, console)?;
    let mut annotated = console::annotated(&mut folder, &arguments.selection, console)?;
    if arguments.format == GlossaryFormat::Toml {
        let text = draft(annotated, folder.authority.as_ref());
        console.end_stage();
        return console.write(text.as_bytes());
    }
    if arguments.pages {
        console::illustrate(&mut annotated, &folder, console);
    }
    let (edition, layout) = console::edited(annotated, &folder, None, console)?;
    let pages = if arguments.pages {
        let mut shop = Shop::new(press::gather_fonts(&console::font_sources(None, &folder)?));
        console.stage("setting pages");
        let pressed =
            press::set(&edition, &layout, &mut shop, &mut |_| {}).map_err(|unset| Failure::Found(unset.diagnostics))?;
        Some(pressed.pages)
    } else {
        None
    };
    let scope = if arguments.all { Scope::All } else { Scope::Organizations };
    let rows = report::glossary(&edition.annotated, &edition.items, pages.as_ref(), scope);
    console.end_stage();
    let text = match arguments.format {
        GlossaryFormat::Json => json(&rows)?,
        GlossaryFormat::Table | GlossaryFormat::Toml => table(&rows),
    };
    console.write(text.as_bytes())
}

/// How often a draft is read back at most.
const ROUNDS: usize = 8;

/// Drafts the authority file. A draft is read back until it stays as it is, since what is listed may bring further forms
/// to light: so a run on its own output gives the same bytes.
fn draft(annotated: Annotated, authority: Option<&Arc<str>>) -> String {
    let read = |text: &Arc<str>| settings::read_authority(folder::AUTHORITY, text).0;
    let mut text = report::draft(&annotated, &authority.map(read).unwrap_or_default());
    for _ in 0..ROUNDS {
        let file = read(&text.as_str().into());
        let known = Authority::embedded().with_file(&file);
        let again = annotation::annotate(annotated.collection.clone(), &known, |_, _| true);
        let next = report::draft(&again, &file);
        if next == text {
            break;
        }
        text = next;
    }
    text
}

fn table(rows: &[EntryRow]) -> String {
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let locators = row.locators.iter().map(|locator| {
                let pages = locator.pages.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
                if pages.is_empty() { locator.number.clone() } else { format!("{}: {pages}", locator.number) }
            });
            vec![
                row.acronym.clone().unwrap_or_default(),
                row.name.clone(),
                row.class.to_owned(),
                row.status.to_owned(),
                locators.collect::<Vec<_>>().join("; "),
            ]
        })
        .collect();
    report::table(&["acronym", "name", "class", "status", "documents"], &cells)
}
