//! `dossier check`: every problem that a build would meet.

use super::args::Check;
use super::console::{self, Console, Failure, Strictness, counted};
use super::issue::{self, Issue};
use super::standards::{self, Firmness};
use crate::press::{self, Shop};
use crate::report;

/// Checks the documents of a folder without setting pages.
pub fn run(arguments: &Check, console: &mut Console) -> Result<(), Failure> {
    console.set_strictness(Strictness::of(arguments.strict));
    let mut folder = console::open(&arguments.selection.folder, None, console)?;
    issue::imprint(None, None, &mut folder)?;
    let fonts = console::font_sources(Some(&arguments.fonts), &folder)?;
    let layout = console::laid_out(&folder, None, console)?;
    let (standards, firmness) = standards::standards(&arguments.standard, &layout, &folder.settings, console)?;
    let mut annotated = console::annotated(&mut folder, &arguments.selection, console)?;
    console::illustrate(&mut annotated, &folder, console);
    let issue = Issue::of(&annotated, &folder, &arguments.selection, &layout, console)?;
    let edition = console::edited_as(annotated, &folder, &layout, issue, console)?;
    console.stage("looking for fonts");
    let mut shop = Shop::new(press::gather_fonts(&fonts));
    shop.keep(&standards);
    let mut found = press::check_glyphs(&edition, &shop);
    if firmness == Firmness::Asked {
        // What keeps an edition from standards that were asked for is an error, as in a build.
        let unfit = press::check_standards(&edition, &shop);
        found.retain(|problem| {
            unfit.iter().all(|unfit| (&unfit.message, &unfit.place) != (&problem.message, &problem.place))
        });
        found.extend(unfit);
    }
    console.tell(found);
    console.tell(report::doubtful(&edition.annotated));
    console.end_stage();
    console.say(&format!("checked {}: {}", counted(edition.items.len(), "document"), console.tally()));
    Ok(())
}
