//! `dossier export`: the chronology for reference managers, spreadsheets and catalogues.

use super::args::{Export, ExportFormat};
use super::console::{self, Console, Failure};
use super::issue;
use crate::export::{self, Format};
use crate::report;

/// Exports the documents of a folder.
pub fn run(arguments: &Export, console: &mut Console) -> Result<(), Failure> {
    let mut folder = console::open(&arguments.selection.folder, None, console)?;
    issue::imprint(None, arguments.date, &mut folder)?;
    let annotated = console::annotated(&mut folder, &arguments.selection, console)?;
    let (edition, _) = console::edited(annotated, &folder, None, console)?;
    let rows = report::chronology(&edition.annotated, &edition.items);
    console.end_stage();
    let format = match arguments.format {
        ExportFormat::CslJson => Format::CslJson,
        ExportFormat::Bibtex => Format::Bibtex,
        ExportFormat::Csv => Format::Csv,
        ExportFormat::DublinCore => Format::DublinCore,
    };
    console.write(export::write(&edition.book, &rows, format).as_bytes())
}
