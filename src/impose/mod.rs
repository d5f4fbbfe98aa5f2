//! Imposition: two pages of a finished PDF on each side of a sheet.
//!
//! What enters: the bytes of a PDF and a [`Scheme`]. What leaves: the bytes of another, whose sheets hold the pages as
//! they are (vectors, fonts embedded once), with their links, their bookmarks and a label on each side that names its
//! pages. Tags do not survive: an imposed file is for a printer, the plain one for a reader.

mod pdf;
mod scheme;

pub use pdf::{Imposed, impose, with_first_sheet};
pub use scheme::{Binding, Scheme, Side};
