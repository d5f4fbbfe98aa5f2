//! The words of the command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Turns a folder of collected documents into one printed book.
#[derive(Debug, Parser)]
#[command(name = "dossier", version, about, propagate_version = true)]
#[command(
    after_help = "Exit status: 0 done; 1 a source has an error (the rest is still done); 2 wrong use, or nothing to set."
)]
pub struct Arguments {
    /// What is to be done.
    #[command(subcommand)]
    pub command: Command,
    /// Say nothing but errors and warnings.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say also how long each stage took.
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// What the program does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Set the documents of a folder as one PDF.
    Build(Build),
    /// List the documents in order, with their dates and the evidence for them.
    List(List),
    /// List the organizations that the documents name.
    Glossary(Glossary),
    /// Tell every problem that a build would meet, without setting pages.
    Check(Check),
    /// Explain how a document was dated, and what would change that.
    Explain(Explain),
    /// Write a commented dossier.toml from what is found in a folder.
    Init(Init),
    /// List the layouts, or write one out for changing.
    Layout(Layout),
    /// Write completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Write the manual page.
    Man,
}

/// Which folder, and which of its documents.
#[derive(Debug, Args)]
pub struct Selection {
    /// The folder of documents.
    #[arg(default_value = ".", value_name = "DIR")]
    pub folder: PathBuf,
    /// Only documents of this date or later (EDTF: a day, a month, a year).
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Only documents of this date or earlier.
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Only documents whose path matches this glob; may be given more than once.
    #[arg(long, value_name = "GLOB")]
    pub only: Vec<String>,
    /// Only documents that name this organization, by heading, acronym or variant.
    #[arg(long, value_name = "NAME")]
    pub organization: Option<String>,
}

/// Which fonts there are beside those that the program carries.
#[derive(Debug, Args)]
pub struct Fonts {
    /// Look for fonts in this folder too; may be given more than once.
    #[arg(long, value_name = "DIR")]
    pub font_path: Vec<PathBuf>,
    /// Use the fonts of this computer too; other computers may then set other pages.
    #[arg(long)]
    pub system_fonts: bool,
}

/// Arguments of `build`.
#[derive(Debug, Args)]
pub struct Build {
    /// Which documents.
    #[command(flatten)]
    pub selection: Selection,
    /// Where to write the PDF [default: the folder's name with .pdf, in the current folder].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The layout.
    #[arg(long, value_name = "NAME")]
    pub layout: Option<String>,
    /// Which fonts.
    #[command(flatten)]
    pub fonts: Fonts,
    /// Write the pages as PNG files into this folder too.
    #[arg(long, value_name = "DIR")]
    pub png: Option<PathBuf>,
    /// Write the Typst files that were set into this folder too.
    #[arg(long, value_name = "DIR")]
    pub emit: Option<PathBuf>,
    /// Take warnings for errors.
    #[arg(long)]
    pub strict: bool,
}

/// Arguments of `list`.
#[derive(Debug, Args)]
pub struct List {
    /// Which documents.
    #[command(flatten)]
    pub selection: Selection,
    /// How to write the list.
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    pub format: ListFormat,
}

/// The formats of `list`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Columns for reading.
    Table,
    /// An array of objects.
    Json,
    /// Comma-separated values.
    Csv,
}

/// Arguments of `glossary`.
#[derive(Debug, Args)]
pub struct Glossary {
    /// Which documents.
    #[command(flatten)]
    pub selection: Selection,
    /// How to write the list.
    #[arg(long, value_enum, default_value_t = GlossaryFormat::Table)]
    pub format: GlossaryFormat,
    /// List abbreviations and unexpanded acronyms too.
    #[arg(long)]
    pub all: bool,
    /// Set the pages first, and give them.
    #[arg(long)]
    pub pages: bool,
}

/// The formats of `glossary`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GlossaryFormat {
    /// Columns for reading.
    Table,
    /// An array of objects.
    Json,
    /// A draft of organizations.toml.
    Toml,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Which documents.
    #[command(flatten)]
    pub selection: Selection,
    /// Which fonts.
    #[command(flatten)]
    pub fonts: Fonts,
    /// Take warnings for errors.
    #[arg(long)]
    pub strict: bool,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// The folder of documents.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The document: its path, its number in the edition, or a part of its path that no other has.
    #[arg(value_name = "DOC")]
    pub document: String,
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder of documents.
    #[arg(default_value = ".", value_name = "DIR")]
    pub folder: PathBuf,
}

/// Arguments of `layout`.
#[derive(Debug, Args)]
pub struct Layout {
    /// What to do with layouts.
    #[command(subcommand)]
    pub command: LayoutCommand,
}

/// What can be done with layouts.
#[derive(Debug, Subcommand)]
pub enum LayoutCommand {
    /// List the layouts that the program carries.
    List,
    /// Write the files of a layout into `layouts/NAME` of a folder, for changing them there.
    Eject {
        /// The layout.
        name: String,
        /// The folder of documents.
        #[arg(default_value = ".", value_name = "DIR")]
        folder: PathBuf,
    },
}
