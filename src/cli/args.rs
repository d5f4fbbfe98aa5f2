//! The words of the command line.

use super::on_paper::OnPaper;
use super::values::{PageRanges, Parting, day, jobs, page_ranges, parting, port};
use crate::press::Standard;
use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

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
    Build(Box<Build>),
    /// Build the PDF of a folder anew whenever something in it changes.
    Watch(Box<Build>),
    /// Show the pages of a folder in a browser of this computer, and follow every change.
    Preview(Box<Preview>),
    /// List the documents in order, with their dates and the evidence for them.
    List(List),
    /// List the organizations that the documents name.
    Glossary(Glossary),
    /// Tell every problem that a build would meet, without setting pages.
    Check(Check),
    /// Explain how a document was dated, and what would change that.
    Explain(Explain),
    /// Tell what has changed between two editions.
    Diff(Diff),
    /// Put two pages of a finished PDF on each side of a sheet.
    Impose(Impose),
    /// Write the chronology for reference managers, spreadsheets and catalogues.
    Export(Export),
    /// Prove that an edition or a bag is as it was made, against its manifest.
    Verify(Verify),
    /// Pack the edition of a folder with its sources as a BagIt bag (RFC 8493).
    Bag(Bag),
    /// Write a commented dossier.toml from what is found in a folder.
    Init(Init),
    /// List the layouts, or write one out for changing.
    Layout(Layout),
    /// Say what becomes of what is kept between two runs.
    Cache(Cache),
    /// Write completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Write the manual page.
    Man,
}

/// Which folder, and which of its documents.
#[derive(Debug, Default, Args)]
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
    /// How they are read.
    #[command(flatten)]
    pub reading: Reading,
}

impl Selection {
    /// Takes every document of a folder.
    pub fn all(folder: &Path, reading: Reading) -> Self {
        Self { folder: folder.to_owned(), from: None, to: None, only: Vec::new(), organization: None, reading }
    }

    /// Whether every document is taken.
    pub fn is_whole(&self) -> bool {
        self.from.is_none() && self.to.is_none() && self.only.is_empty() && self.organization.is_none()
    }
}

/// How captures are read, whatever dossier.toml says.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct Reading {
    /// Omit nothing: print the page furniture of the captures too.
    #[arg(long)]
    pub faithful: bool,
    /// Show telephone numbers, e-mail addresses and street lines as they were captured.
    #[arg(long)]
    pub no_mask: bool,
}

/// Which fonts there are beside those that the program carries.
#[derive(Debug, Clone, Default, Args)]
pub struct Fonts {
    /// Look for fonts in this folder too; may be given more than once.
    #[arg(long, value_name = "DIR")]
    pub font_path: Vec<PathBuf>,
    /// Use the fonts of this computer too; other computers may then set other pages.
    #[arg(long)]
    pub system_fonts: bool,
}

/// Which documents become a book, and how it looks.
#[derive(Debug, Default, Args)]
pub struct Making {
    /// Which documents.
    #[command(flatten)]
    pub selection: Selection,
    /// The layout.
    #[arg(long, value_name = "NAME")]
    pub layout: Option<String>,
    /// Which fonts.
    #[command(flatten)]
    pub fonts: Fonts,
    /// How it stands on paper.
    #[command(flatten)]
    pub sheet: OnPaper,
    /// The date of the edition [default: the label where it is a day, that of dossier.toml, that of `SOURCE_DATE_EPOCH`].
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub date: Option<NaiveDate>,
    /// Neither use nor keep what was found in documents that have not changed since the last run.
    #[arg(long)]
    pub no_cache: bool,
}

/// Arguments of `preview`.
#[derive(Debug, Args)]
pub struct Preview {
    /// Which book.
    #[command(flatten)]
    pub making: Making,
    /// The port of this computer under which it is shown [default: one that is free].
    #[arg(long, value_name = "NUMBER", value_parser = port)]
    pub port: Option<u16>,
}

/// Arguments of `build`.
#[derive(Debug, Default, Args)]
pub struct Build {
    /// Which book.
    #[command(flatten)]
    pub making: Making,
    /// Where to write the PDF [default: the folder's name with .pdf, in the current folder].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Keep a standard, several with commas between, such as `a-3a,ua-1`.
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = Standard::NAMES)]
    pub standard: Vec<String>,
    /// Attach the sources and a manifest to the PDF [default: where PDF/A-3 is kept].
    #[arg(long, conflicts_with = "no_attach")]
    pub attach: bool,
    /// Attach nothing to the PDF; its manifest stands beside it in any case.
    #[arg(long)]
    pub no_attach: bool,
    /// The label of the edition, which is recorded in dossier.lock [default: that of dossier.toml].
    #[arg(long, value_name = "LABEL")]
    pub edition: Option<String>,
    /// Fail if anything in dossier.lock would change, and write nothing.
    #[arg(long)]
    pub locked: bool,
    /// Mark what has changed since the edition before with a bar in the margin.
    #[arg(long)]
    pub change_bars: bool,
    /// Part a large collection into volumes, a PDF each: `auto`, a number of volumes, or `pages=500`.
    #[arg(long, value_name = "HOW", value_parser = parting)]
    pub volumes: Option<Parting>,
    /// Set so many volumes side by side [default: 1]; each takes memory of its own.
    #[arg(long, value_name = "NUMBER", requires = "volumes", value_parser = jobs)]
    pub jobs: Option<NonZeroUsize>,
    /// Write the pages two on a side of a sheet too, beside the plain PDF.
    #[arg(long, value_enum, value_name = "SCHEME")]
    pub impose: Option<ImposeAs>,
    /// Lay a sheet with instructions for the printer on the imposed ones.
    #[arg(long, requires = "impose")]
    pub first_sheet: bool,
    /// Write the pages as PNG files into this folder too.
    #[arg(long, value_name = "DIR")]
    pub png: Option<PathBuf>,
    /// Only these pages as PNG files, such as `3` or `1-4,9`.
    #[arg(long, value_name = "PAGES", requires = "png", value_parser = page_ranges)]
    pub pages: Option<PageRanges>,
    /// Write the Typst files that were set into this folder too.
    #[arg(long, value_name = "DIR")]
    pub emit: Option<PathBuf>,
    /// Account for every word, as the pages have it, and write the account into this file (JSON).
    #[arg(long, value_name = "FILE")]
    pub audit: Option<PathBuf>,
    /// Say where the time went, stage by stage.
    #[arg(long)]
    pub timings: bool,
    /// Take warnings for errors.
    #[arg(long)]
    pub strict: bool,
}

/// How pages are put on sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImposeAs {
    /// Sheets that are laid into one another, folded and stapled.
    Booklet,
    /// One page after another, two on a side.
    #[value(name = "2up")]
    TwoUp,
}

/// Arguments of `impose`.
#[derive(Debug, Args)]
pub struct Impose {
    /// The PDF.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Sheets that are laid into one another, folded and stapled (the default).
    #[arg(long, conflicts_with = "two_up")]
    pub booklet: bool,
    /// One page after another, two on a side.
    #[arg(long = "2up", id = "two_up")]
    pub two_up: bool,
    /// Where to write the imposed PDF [default: the file's name with -booklet or -2up].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Lay a sheet with instructions for the printer on them.
    #[arg(long)]
    pub first_sheet: bool,
}

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The PDF, whose manifest is looked for inside it and beside it; or a bag.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Hold this folder of documents against it too.
    #[arg(long, value_name = "DIR")]
    pub against: Option<PathBuf>,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
pub struct Export {
    /// Which documents.
    #[command(flatten)]
    pub selection: Selection,
    /// The format to write.
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// The date of the edition that is cited [default: that of dossier.toml, else that of `SOURCE_DATE_EPOCH`].
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub date: Option<NaiveDate>,
}

/// The formats of `export`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// CSL-JSON, for Zotero and pandoc.
    CslJson,
    /// BibTeX, as biblatex reads it.
    Bibtex,
    /// Comma-separated values, for spreadsheets.
    Csv,
    /// Dublin Core in XML, for catalogues.
    DublinCore,
}

/// Arguments of `bag`.
#[derive(Debug, Args)]
pub struct Bag {
    /// The folder of documents.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The folder to make; it must not be there yet.
    #[arg(short, long, value_name = "BAG")]
    pub output: PathBuf,
    /// The layout.
    #[arg(long, value_name = "NAME")]
    pub layout: Option<String>,
    /// Which fonts.
    #[command(flatten)]
    pub fonts: Fonts,
    /// Keep a standard, several with commas between, such as `a-3a,ua-1`.
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = Standard::NAMES)]
    pub standard: Vec<String>,
    /// The date of the edition [default: that of dossier.toml, else that of `SOURCE_DATE_EPOCH`].
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub date: Option<NaiveDate>,
    /// Take warnings for errors.
    #[arg(long)]
    pub strict: bool,
}

impl Build {
    /// The build of the edition that goes into a bag.
    pub fn for_bag(bag: &Bag) -> Self {
        Self {
            making: Making {
                selection: Selection::all(&bag.folder, Reading::default()),
                layout: bag.layout.clone(),
                fonts: bag.fonts.clone(),
                date: bag.date,
                ..Making::default()
            },
            standard: bag.standard.clone(),
            ..Self::default()
        }
    }
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
    /// Look for what this standard forbids, several with commas between [default: those of the layout].
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = Standard::NAMES)]
    pub standard: Vec<String>,
    /// Take warnings for errors.
    #[arg(long)]
    pub strict: bool,
}

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub struct Diff {
    /// The older edition: a folder, a lock file for its last edition, `dossier.lock@LABEL`, or a PDF.
    #[arg(value_name = "OLD")]
    pub old: String,
    /// The newer edition, likewise.
    #[arg(value_name = "NEW")]
    pub new: String,
    /// How to write the changes.
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
}

/// The formats of `diff`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// A list for reading.
    Text,
    /// An object.
    Json,
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
    /// How it is read.
    #[command(flatten)]
    pub reading: Reading,
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder of documents.
    #[arg(default_value = ".", value_name = "DIR")]
    pub folder: PathBuf,
}

/// Arguments of `cache`.
#[derive(Debug, Args)]
pub struct Cache {
    /// What to do with the cache.
    #[command(subcommand)]
    pub command: CacheCommand,
}

/// What can be done with the cache.
#[derive(Debug, Subcommand)]
pub enum CacheCommand {
    /// Remove all that is kept between two runs; the next ones find it anew.
    Clear,
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
    /// Tell, as Markdown, what a layout receives, field by field.
    Fields,
    /// Write the files of a layout into `layouts/NAME` of a folder, for changing them there.
    Eject {
        /// The layout.
        name: String,
        /// The folder of documents.
        #[arg(default_value = ".", value_name = "DIR")]
        folder: PathBuf,
    },
}
