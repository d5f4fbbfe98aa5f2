//! `dossier glossary`: the organizations.

use super::args::{Glossary, GlossaryFormat};
use super::list::json;
use super::session::{self, Failure, Session};
use crate::press::{self, Shop};
use crate::report::{self, EntryRow, Scope};

/// Lists the organizations that the documents of a folder name.
pub fn run(arguments: &Glossary, session: &mut Session) -> Result<(), Failure> {
    let mut folder = session::open(&arguments.selection.folder, None, session)?;
    let annotated = session::annotated(&mut folder, &arguments.selection, session)?;
    let (edition, layout) = session::edited(annotated, &folder, None, session)?;
    let pages = if arguments.pages {
        let mut shop = Shop::new(press::gather_fonts(&session::font_sources(None, &folder)));
        session.stage("setting pages");
        let pressed =
            press::set(&edition, &layout, &mut shop, &mut |_| {}).map_err(|unset| Failure::Found(unset.diagnostics))?;
        Some(pressed.pages)
    } else {
        None
    };
    let scope = if arguments.all { Scope::All } else { Scope::Organizations };
    let rows = report::glossary(&edition.annotated, &edition.items, pages.as_ref(), scope);
    session.end_stage();
    let text = match arguments.format {
        GlossaryFormat::Json => json(&rows)?,
        GlossaryFormat::Toml => report::authority_draft(&rows),
        GlossaryFormat::Table => table(&rows),
    };
    session.write(text.as_bytes())
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
