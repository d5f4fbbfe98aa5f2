//! `dossier build`: a folder becomes a PDF.

use super::args::Build;
use super::console::{Console, Failure, Strictness, counted};
use super::impose;
use super::keep::{self, Kept};
use super::list::json;
use super::pipeline::{self, Book, Manuscript, Purpose, Workshop};
use super::publish::{self, Step, write_whole};
use super::standards;
use super::values::PageRanges;
use super::volumes;
use crate::audit::{self, Audit, Counts};
use crate::edition::Edition;
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

/// Builds the book of a folder in a workshop, or its volumes.
pub fn once(arguments: &Build, workshop: &mut Workshop, console: &mut Console) -> Result<(), Failure> {
    let output = output(arguments)?;
    let purpose = Purpose { build: Some(arguments), waiting: None };
    let manuscript = workshop.ready(&arguments.making, &purpose, console)?;
    let volumes = match arguments.volumes {
        Some(parting) => volumes::parted(parting, &manuscript, workshop, console)?,
        None => Vec::new(),
    };
    if volumes.len() > 1 {
        return volumes::build(manuscript, &volumes, &output, arguments, workshop, console);
    }
    let book = workshop.press(manuscript, &purpose, console)?;
    let Finished { mut book, pdf, kept, audit } = finish(book, arguments, workshop, console)?;
    console.stage("writing");
    let steps = vec![Step::new(&output, kept.pdf), Step::new(keep::beside(&output), kept.manifest)];
    published(steps, &mut book.manuscript)?;
    let imposed = arguments.impose.map(|kind| (kind, impose::beside(&output, kind)));
    if let Some(folder) = &arguments.png {
        console.stage("drawing pages");
        draw(&book.pressed, folder, arguments.pages.as_ref())?;
    }
    console.end_stage();
    console.tell(std::mem::take(&mut book.pressed.diagnostics));
    let edition = &book.manuscript.edition;
    if let Some(audit) = audit {
        console.tell(audit.problems(edition));
        console.say(&summed_up(&audit));
    }
    let pages = book.pressed.document.pages().len();
    console.say(&format!(
        "wrote {}: {}, {}, {:.1} s, {}",
        output.display(),
        counted(pages, "page"),
        counted(edition.items.len(), "document"),
        console.seconds(),
        console.tally(),
    ));
    match imposed {
        Some((kind, beside)) => impose::write(&pdf, kind, arguments.first_sheet, &beside, console)?,
        None => console.say(&sheets(pages, &edition.sheet, book.manuscript.layout.page())),
    }
    if arguments.timings {
        console.say_timings();
    }
    workshop.let_go(book);
    Ok(())
}

/// Writes the files of an edition, and what records it.
pub fn published(mut steps: Vec<Step>, manuscript: &mut Manuscript) -> Result<(), Failure> {
    if !manuscript.record.is_empty() {
        publish::folder(&manuscript.folder.root.join(lock::WORDINGS))?;
    }
    // The lock file vouches for the others, so it is the last.
    steps.append(&mut manuscript.record);
    publish::publish(&steps)?;
    drop(manuscript.guard.take());
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
pub fn finished(arguments: &Build, workshop: &mut Workshop, console: &mut Console) -> Result<Finished, Failure> {
    let book = workshop.set(&arguments.making, &Purpose { build: Some(arguments), waiting: None }, console)?;
    finish(book, arguments, workshop, console)
}

/// Makes the bytes of a book's PDF.
fn finish(
    mut book: Book,
    arguments: &Build,
    workshop: &mut Workshop,
    console: &mut Console,
) -> Result<Finished, Failure> {
    let Manuscript { edition, folder, standards, firmness, enclosing, .. } = &book.manuscript;
    let audit = match &arguments.audit {
        Some(file) => {
            console.stage("accounting for every word");
            Some(audited(edition, &book.pressed, workshop.shop(), file)?)
        }
        None => None,
    };
    console.stage(pipeline::named(press::Step::Printing));
    let (pdf, standards) = standards::print(&mut book.pressed, edition, standards.clone(), *firmness)?;
    console.stage("taking stock");
    let kept = keep::keep(&pdf, workshop.last_pages(), (edition, &book.pressed), folder, &standards, *enclosing)?;
    Ok(Finished { book, pdf, kept, audit })
}

/// Says how many sheets of paper so many pages take, and how to print them.
pub fn sheets(pages: usize, sheet: &Sheet, page: Page) -> String {
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
pub fn audited(edition: &Edition, pressed: &Pressed, shop: &Shop, file: &Path) -> Result<Audit, Failure> {
    let audit = audit::audit(edition, pressed, shop);
    write_whole(file, json(&audit)?.as_bytes())?;
    Ok(audit)
}

/// Sums an account up in one line.
pub fn summed_up(audit: &Audit) -> String {
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
pub fn draw(pressed: &Pressed, folder: &Path, ranges: Option<&PageRanges>) -> io::Result<()> {
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
