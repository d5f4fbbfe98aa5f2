//! `dossier check`: every problem that a build would meet.

use super::args::Check;
use super::session::{self, Failure, Session, Strictness, counted};
use crate::press::{self, Shop};
use crate::report;

/// Checks the documents of a folder without setting pages.
pub fn run(arguments: &Check, session: &mut Session) -> Result<(), Failure> {
    session.set_strictness(Strictness::of(arguments.strict));
    let mut folder = session::open(&arguments.selection.folder, None, session)?;
    let annotated = session::annotated(&mut folder, &arguments.selection, session)?;
    let (edition, _) = session::edited(annotated, &folder, None, session)?;
    session.stage("looking for fonts");
    let shop = Shop::new(press::gather_fonts(&session::font_sources(Some(&arguments.fonts), &folder)));
    session.tell(press::check_glyphs(&edition, &shop));
    session.tell(report::doubtful(&edition.annotated));
    session.end_stage();
    session.say(&format!("checked {}: {}", counted(edition.items.len(), "document"), session.tally()));
    Ok(())
}
