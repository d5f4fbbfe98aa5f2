//! `dossier build`: a folder becomes a PDF.

use super::args::Build;
use super::console::{Console, Failure, Strictness, counted};
use super::impose;
use super::keep::{self, Kept};
use super::list::json;
use super::pipeline::{self, Book, Purpose, Workshop};
use super::publish::{self, Step, write_whole};
use super::standards;
use super::values::PageRanges;
use crate::audit::{self, Audit, Counts};
use crate::edition::facts::separated;
use crate::folder;
use crate::layout::Page;
use crate::lock;
use crate::press::{self, Pressed, Shop};
use crate::settings::{Paper, Sheet};
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
            let name =
                folder::name(&arguments.making.selection.folder).map_err(|error| Failure::Use(error.to_string()))?;
            PathBuf::from(format!("{name}.pdf"))
        }
    };
    if output.is_dir() {
        return Err(Failure::Use(format!("`{}` is a folder; name a file to write", output.display())));
    }
    for file in [Some(&output), arguments.audit.as_ref()].into_iter().flatten() {
        publish::has_place(file).map_err(Failure::Use)?;
    }
    Ok(output)
}

/// Builds the book of a folder in a workshop.
pub fn once(arguments: &Build, workshop: &mut Workshop, console: &mut Console) -> Result<(), Failure> {
    let output = output(arguments)?;
    let Finished { mut book, pdf, kept, audit } = finish(arguments, workshop, console)?;
    console.stage("writing");
    let mut steps = vec![Step::new(&output, kept.pdf), Step::new(keep::beside(&output), kept.manifest)];
    if !book.record.is_empty() {
        publish::folder(&book.folder.root.join(lock::WORDINGS))?;
    }
    // The lock file vouches for the others, so it is the last.
    steps.append(&mut book.record);
    publish::publish(&steps)?;
    drop(book.guard.take());
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

/// An edition that was made, and is not written yet.
pub struct Finished {
    /// Its pages, and what they were set from.
    pub book: Book,
    /// The PDF, with nothing attached.
    pub pdf: Vec<u8>,
    /// The PDF with what is attached to it, and its manifest.
    pub kept: Kept,
    /// Where every word went, where that was asked for.
    pub audit: Option<Audit>,
}

/// Makes the edition of a folder, up to the bytes of its PDF.
pub fn finish(arguments: &Build, workshop: &mut Workshop, console: &mut Console) -> Result<Finished, Failure> {
    let mut book = workshop.set(&arguments.making, &Purpose { build: Some(arguments), waiting: None }, console)?;
    let audit = match &arguments.audit {
        Some(file) => Some(audited(&book, workshop.shop_of(&book), file, console)?),
        None => None,
    };
    console.stage(pipeline::named(press::Step::Printing));
    let (pdf, standards) = standards::print(&mut book.pressed, &book.edition, book.standards.clone(), book.firmness)?;
    console.stage("taking stock");
    let kept = keep::keep(&pdf, (&book.edition, &book.pressed), &book.folder, &standards, book.enclosing)?;
    Ok(Finished { book, pdf, kept, audit })
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
    publish::folder(folder)?;
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
