//! `dossier build`: a folder becomes a PDF.

use super::args::{Build, PageRanges};
use super::console::{Console, Failure, Strictness, counted};
use super::impose;
use super::list::json;
use super::pipeline::{self, Book, Purpose, Workshop};
use super::whole::write_whole;
use crate::audit::{self, Audit, Counts};
use crate::edition::facts::separated;
use crate::folder;
use crate::layout::Page;
use crate::press::{self, Pressed, Shop, Standard, Standards, Step};
use crate::settings::{Paper, Sheet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The resolution of pages drawn as pictures, in dots per inch.
const DOTS_PER_INCH: f64 = 144.0;

/// Builds the book of a folder.
pub fn run(arguments: &Build, console: &mut Console) -> Result<(), Failure> {
    console.set_strictness(Strictness::of(arguments.strict));
    once(arguments, &mut Workshop::default(), console)
}

/// Gives the file that a build writes.
pub fn output(arguments: &Build) -> Result<PathBuf, Failure> {
    let output = match &arguments.output {
        Some(output) => output.clone(),
        None => {
            let name = folder::name(&arguments.making.selection.folder)
                .map_err(|error| Failure::Use(format!("`{}`: {error}", arguments.making.selection.folder.display())))?;
            PathBuf::from(format!("{name}.pdf"))
        }
    };
    if output.is_dir() {
        return Err(Failure::Use(format!("`{}` is a folder; name a file to write", output.display())));
    }
    Ok(output)
}

/// Builds the book of a folder in a workshop.
pub fn once(arguments: &Build, workshop: &mut Workshop, console: &mut Console) -> Result<(), Failure> {
    let output = output(arguments)?;
    let wanted: Vec<Standard> = arguments.standard.iter().filter_map(|name| Standard::named(name)).collect();
    let standards = Standards::of(&wanted).map_err(Failure::Use)?;
    let purpose =
        Purpose { standards, output: arguments.output.as_deref(), emit: arguments.emit.as_deref(), waiting: None };
    let mut book = workshop.set(&arguments.making, &purpose, console)?;
    let audit = match &arguments.audit {
        Some(file) => Some(audited(&book, workshop.shop_of(&book), file, console)?),
        None => None,
    };
    console.stage(pipeline::named(Step::Printing));
    let pdf = press::print(&book.pressed, &book.edition, &purpose.standards).map_err(Failure::Found)?;
    console.stage("writing");
    write_whole(&output, &pdf)?;
    let imposed = arguments.impose.map(|kind| (kind, impose::beside(&output, kind)));
    if let Some(folder) = &arguments.png {
        console.stage("drawing pages");
        draw(&book.pressed, folder, arguments.pages.as_ref())?;
    }
    console.end_stage();
    console.tell(std::mem::take(&mut book.pressed.diagnostics));
    if let Some(audit) = audit {
        console.tell(audit.problems(&book.edition));
        console.say(&summed_up(&audit));
    }
    let pages = book.pressed.document.pages().len();
    console.say(&format!(
        "wrote {}: {}, {}, {:.1} s, {}",
        output.display(),
        counted(pages, "page"),
        counted(book.edition.items.len(), "document"),
        console.seconds(),
        console.tally(),
    ));
    match imposed {
        Some((kind, beside)) => impose::write(&pdf, kind, arguments.first_sheet, &beside, console)?,
        None => console.say(&sheets(pages, &book.edition.sheet, book.layout.page())),
    }
    if arguments.timings {
        console.say_timings();
    }
    Ok(())
}

/// Says how many sheets of paper so many pages take, and how to print them.
fn sheets(pages: usize, sheet: &Sheet, page: Page) -> String {
    let paper = match sheet.paper {
        Paper::A4 => "A4",
        Paper::Letter => "Letter",
    };
    match (page, sheet.duplex) {
        (Page::Whole, true) => {
            let sheets = counted(pages.div_ceil(2), "sheet");
            format!("to print: {sheets} of {paper}, both sides, flipped on the long edge")
        }
        (Page::Whole, false) => format!("to print: {} of {paper}, one side", counted(pages, "sheet")),
        (Page::Half, _) => {
            let sheets = counted(pages.div_ceil(4), "sheet");
            format!("to print: {sheets} of {paper} as a booklet, which `--impose booklet` writes beside it")
        }
    }
}

/// Accounts for every word and writes the account.
fn audited(book: &Book, shop: &Shop, file: &Path, console: &mut Console) -> Result<Audit, Failure> {
    console.stage("accounting for every word");
    let audit = audit::audit(&book.edition, &book.pressed, shop);
    write_whole(file, json(&audit)?.as_bytes())?;
    Ok(audit)
}

/// Sums an account up in one line.
fn summed_up(audit: &Audit) -> String {
    let Counts { words, set, moved, omitted, masked, syntax, front_matter, lost, disordered, .. } = audit.totals;
    let parts = [
        (set, "set".to_owned()),
        (moved, "in heads and notes".to_owned()),
        (omitted, format!("omitted by {}", counted(audit.rules(), "rule"))),
        (masked, "masked".to_owned()),
        (syntax, "in marks".to_owned()),
        (front_matter, "in front matter".to_owned()),
        (disordered, "out of order".to_owned()),
    ];
    let said = parts.iter().filter(|(count, _)| *count > 0);
    let said: String = said.map(|(count, what)| format!("{} {what}, ", separated(*count))).collect();
    format!("audit: {} words: {said}{} lost", separated(words), separated(lost))
}

/// Draws pages as PNG files: all of them, or those of some ranges.
fn draw(pressed: &Pressed, folder: &Path, ranges: Option<&PageRanges>) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for page in 0..pressed.document.pages().len() {
        if ranges.is_some_and(|ranges| !ranges.contains(page + 1)) {
            continue;
        }
        if let Some(picture) = press::draw(pressed, page, DOTS_PER_INCH) {
            write_whole(&folder.join(format!("page-{:03}.png", page + 1)), &picture)?;
        }
    }
    Ok(())
}
