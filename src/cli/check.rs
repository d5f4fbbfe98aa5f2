//! `dossier check`: every problem that a build would meet.

use super::args::Check;
use super::build;
use super::console::{self, Console, Failure, Strictness, counted};
use crate::press::{self, Shop};
use crate::report;

/// Checks the documents of a folder without setting pages.
pub fn run(arguments: &Check, console: &mut Console) -> Result<(), Failure> {
    console.set_strictness(Strictness::of(arguments.strict));
    let mut folder = console::open(&arguments.selection.folder, None, console)?;
    folder.settings.date = build::edition_date(None, folder.settings.date.take())?;
    let (standards, _) = build::standards(&arguments.standard, None, &folder, console)?;
    let mut annotated = console::annotated(&mut folder, &arguments.selection, console)?;
    console::illustrate(&mut annotated, &folder, console);
    let (edition, _) = console::edited(annotated, &folder, None, console)?;
    console.stage("looking for fonts");
    let mut shop = Shop::new(press::gather_fonts(&console::font_sources(Some(&arguments.fonts), &folder)));
    shop.keep(&standards);
    console.tell(press::check_glyphs(&edition, &shop));
    console.tell(report::doubtful(&edition.annotated));
    console.end_stage();
    console.say(&format!("checked {}: {}", counted(edition.items.len(), "document"), console.tally()));
    Ok(())
}
