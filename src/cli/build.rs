//! `dossier build`: a folder becomes a PDF.

use super::args::{Build, PageRanges};
use super::console::{self, Console, Failure, Strictness, counted};
use super::impose;
use super::issue::{self, Issue};
use super::list::json;
use super::publish::{self, Step};
use crate::audit::{self, Audit, Counts};
use crate::edition::Edition;
use crate::edition::facts::separated;
use crate::forme::Forme;
use crate::layout::Page;
use crate::lock;
use crate::press::{self, Pressed, Shop, Standard, Standards};
use crate::settings::{Paper, Sheet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The resolution of pages drawn as pictures, in dots per inch.
const DOTS_PER_INCH: f64 = 144.0;

/// Builds the book of a folder.
pub fn run(arguments: &Build, console: &mut Console) -> Result<(), Failure> {
    console.set_strictness(Strictness::of(arguments.strict));
    let mut folder = console::open(&arguments.selection.folder, arguments.output.as_deref(), console)?;
    let output = arguments.output.clone().unwrap_or_else(|| PathBuf::from(format!("{}.pdf", folder.name)));
    if output.is_dir() {
        return Err(Failure::Use(format!("`{}` is a folder; name a file to write", output.display())));
    }
    let wanted: Vec<Standard> = arguments.standard.iter().filter_map(|name| Standard::named(name)).collect();
    let standards = Standards::of(&wanted).map_err(Failure::Use)?;
    issue::imprint(arguments, &mut folder)?;
    if let Some(lacking) = standards.lacking(folder.settings.date.is_some()) {
        return Err(Failure::Found(vec![lacking]));
    }
    let guard = issue::guarded(arguments, &mut folder, console)?;
    folder.settings.sheet = arguments.sheet.over(folder.settings.sheet);
    folder.settings.change_bars |= arguments.change_bars;
    let mut annotated = console::annotated(&mut folder, &arguments.selection, console)?;
    console::illustrate(&mut annotated, &folder, console);
    let layout = console::laid_out(&folder, arguments.layout.as_deref(), console)?;
    let issue = Issue::of(&annotated, &folder, &arguments.selection, &layout, console)?;
    if arguments.locked {
        issue.hold_to(&folder)?;
    }
    let record = issue.record(&annotated, &folder);
    let edition = console::edited_as(annotated, &folder, &layout, issue, console)?;
    console.stage("gathering fonts");
    let mut shop = Shop::new(press::gather_fonts(&console::font_sources(Some(&arguments.fonts), &folder)));
    let set = press::set(&edition, &layout, &mut shop, &mut |step| console.stage(named(step)));
    if let Some(folder) = &arguments.emit {
        emit(set.as_ref().map_or_else(|unset| &unset.forme, |pressed| &pressed.forme), folder)?;
    }
    let mut pressed = set.map_err(|unset| Failure::Found(unset.diagnostics))?;
    let audit = match &arguments.audit {
        Some(file) => Some(audited(&edition, &pressed, &shop, file, console)?),
        None => None,
    };
    console.stage(named(press::Step::Printing));
    let pdf = press::print(&pressed, &edition, &standards).map_err(Failure::Found)?;
    let mut steps = vec![Step::new(&output, pdf.as_slice())];
    if !record.is_empty() {
        publish::folder(&folder.root.join(lock::WORDINGS))?;
    }
    // The lock file vouches for the others, so it is the last.
    steps.extend(record);
    publish::publish(&steps)?;
    drop(guard);
    let imposed = arguments.impose.map(|kind| (kind, impose::beside(&output, kind)));
    if let Some(folder) = &arguments.png {
        draw(&pressed, folder, arguments.pages.as_ref())?;
    }
    console.end_stage();
    console.tell(std::mem::take(&mut pressed.diagnostics));
    if let Some(audit) = audit {
        console.tell(audit.problems(&edition));
        console.say(&summed_up(&audit));
    }
    console.say(&format!(
        "wrote {}: {}, {}, {:.1} s, {}",
        output.display(),
        counted(pressed.document.pages().len(), "page"),
        counted(edition.items.len(), "document"),
        console.seconds(),
        console.tally(),
    ));
    match imposed {
        Some((kind, beside)) => impose::write(&pdf, kind, arguments.first_sheet, &beside, console)?,
        None => console.say(&sheets(pressed.document.pages().len(), &edition.sheet, layout.page())),
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
fn audited(
    edition: &Edition,
    pressed: &Pressed,
    shop: &Shop,
    file: &Path,
    console: &mut Console,
) -> Result<Audit, Failure> {
    console.stage("accounting for every word");
    let audit = audit::audit(edition, pressed, shop);
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

/// What a step of the press is called.
fn named(step: press::Step) -> &'static str {
    match step {
        press::Step::Composing => "composing",
        press::Step::Setting(1) => "setting pages",
        press::Step::Setting(_) => "setting page numbers",
        press::Step::Printing => "writing the PDF",
    }
}

/// Writes a file beside its place and moves it there, so that a torn file is never seen.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    publish::publish(&[Step::new(path, bytes)])
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

/// Writes the files that Typst set, so that they can be set again by themselves.
fn emit(forme: &Forme, folder: &Path) -> io::Result<()> {
    let texts = forme.files.iter().map(|(path, text)| (path, text.as_bytes()));
    let pictures = forme.pictures.iter().map(|(path, bytes)| (path, bytes.as_slice()));
    for (path, bytes) in texts.chain(pictures) {
        let file = folder.join(path.trim_start_matches('/'));
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(file, bytes)?;
    }
    Ok(())
}
