//! `dossier` turns a folder of collected documents into one printed book.
#![warn(missing_docs)]

pub mod annotation;
pub mod cli;
pub mod collection;
pub mod date;
pub mod description;
pub mod diagnostic;
pub mod document;
pub mod edition;
pub mod folder;
pub mod forme;
pub mod front_matter;
pub mod layout;
pub mod organization;
pub mod press;
pub mod report;
pub mod settings;
pub mod source;
pub mod text;
