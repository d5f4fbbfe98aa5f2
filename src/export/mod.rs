//! The chronology for other programs: reference managers, spreadsheets, catalogues.
//!
//! What enters: the facts of the book and the rows of its chronology. What leaves: one text in a format that others read.
//! Documents that are printed are exported, each once. A date that is not sure stays so in every format: where a format
//! has a way to say it, that way is taken, and where it has none the date is given in words. The value in EDTF is always
//! given beside it.

mod bibtex;
mod csl;
mod dublin_core;
mod spreadsheet;
mod when;

use crate::edition::facts::BookFacts;
use crate::report::Row;

/// A format of other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CSL-JSON 1.0.2, which Zotero and pandoc read.
    CslJson,
    /// BibTeX in the dialect of biblatex, whose dates are in EDTF.
    Bibtex,
    /// Comma-separated values (RFC 4180).
    Csv,
    /// Dublin Core in XML: the elements, and the terms that refine them.
    DublinCore,
}

/// Writes the printed documents of a chronology.
pub fn write(book: &BookFacts, rows: &[Row], format: Format) -> String {
    let printed: Vec<&Row> = rows.iter().filter(|row| row.duplicate_of.is_none()).collect();
    match format {
        Format::CslJson => csl::write(book, &printed),
        Format::Bibtex => bibtex::write(book, &printed),
        Format::Csv => spreadsheet::write(&printed),
        Format::DublinCore => dublin_core::write(book, &printed),
    }
}

/// Writes a title as the edition prints it: in square brackets where it was supplied.
fn title(row: &Row) -> String {
    if row.title_supplied { format!("[{}]", row.title) } else { row.title.clone() }
}

/// Says of a document without a date what bounds it.
fn bounds(row: &Row) -> Option<String> {
    let bounds = row.bounds.as_ref()?;
    Some(match (&bounds.earliest, &bounds.latest) {
        (Some(earliest), Some(latest)) => format!("undated, between {earliest} and {latest}"),
        (Some(earliest), None) => format!("undated, not before {earliest}"),
        (None, Some(latest)) => format!("undated, not after {latest}"),
        (None, None) => "undated".to_owned(),
    })
}

/// Gives the day of the capture, where the source gives one in figures.
fn captured(row: &Row) -> Option<&str> {
    let day = row.captured.as_deref()?.get(..10)?;
    when::When::of(day).filter(|when| matches!(when.shape, when::Shape::Date(date) if date.day.is_some()))?;
    Some(day)
}
