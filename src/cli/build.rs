//! `dossier build`: a folder becomes a PDF.

use super::args::{Build, PageRanges};
use super::console::{self, Console, Failure, Strictness, counted};
use super::guard::Guard;
use super::impose;
use super::issue::{self, Issue};
use super::keep::{self, Enclosing, Kept};
use super::list::json;
use super::publish::{self, Step};
use crate::audit::{self, Audit, Counts};
use crate::diagnostic::{Diagnostic, Severity};
use crate::edition::Edition;
use crate::edition::facts::separated;
use crate::folder::Folder;
use crate::forme::Forme;
use crate::layout::{self, Layout, Page};
use crate::lock;
use crate::press::{self, Pressed, Shop, Standard, Standards};
use crate::settings::{Paper, Settings, Sheet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The resolution of pages drawn as pictures, in dots per inch.
const DOTS_PER_INCH: f64 = 144.0;

/// Builds the book of a folder.
pub fn run(arguments: &Build, console: &mut Console) -> Result<(), Failure> {
    console.set_strictness(Strictness::of(arguments.strict));
    let folder = console::open(&arguments.selection.folder, arguments.output.as_deref(), console)?;
    let output = arguments.output.clone().unwrap_or_else(|| PathBuf::from(format!("{}.pdf", folder.name)));
    if output.is_dir() {
        return Err(Failure::Use(format!("`{}` is a folder; name a file to write", output.display())));
    }
    let mut finished = finish(arguments, folder, console)?;
    let mut steps = vec![
        Step::new(&output, finished.kept.pdf.as_slice()),
        Step::new(keep::beside(&output), finished.kept.manifest.as_bytes()),
    ];
    if !finished.record.is_empty() {
        publish::folder(&finished.folder.root.join(lock::WORDINGS))?;
    }
    // The lock file vouches for the others, so it is the last.
    steps.append(&mut finished.record);
    publish::publish(&steps)?;
    drop(finished.guard.take());
    let Finished { edition, layout, pressed, pdf, audit, .. } = &mut finished;
    let imposed = arguments.impose.map(|kind| (kind, impose::beside(&output, kind)));
    if let Some(folder) = &arguments.png {
        draw(pressed, folder, arguments.pages.as_ref())?;
    }
    console.end_stage();
    console.tell(std::mem::take(&mut pressed.diagnostics));
    if let Some(audit) = audit {
        console.tell(audit.problems(edition));
        console.say(&summed_up(audit));
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
        Some((kind, beside)) => impose::write(pdf, kind, arguments.first_sheet, &beside, console)?,
        None => console.say(&sheets(pressed.document.pages().len(), &edition.sheet, layout.page())),
    }
    Ok(())
}

/// An edition that was made, and is not written yet.
pub struct Finished {
    /// The folder that it was made from.
    pub folder: Folder,
    /// Its words.
    pub edition: Edition,
    /// Its layout.
    pub layout: Layout,
    /// Its pages.
    pub pressed: Pressed,
    /// The PDF, with nothing attached.
    pub pdf: Vec<u8>,
    /// The PDF with what is attached to it, and its manifest.
    pub kept: Kept,
    /// Where every word went, where that was asked for.
    pub audit: Option<Audit>,
    /// The files that record it, the lock file last.
    pub record: Vec<Step>,
    /// What keeps other builds from recording an edition meanwhile.
    pub guard: Option<Guard>,
}

/// Makes the edition of a folder, up to the bytes of its PDF.
pub fn finish(arguments: &Build, mut folder: Folder, console: &mut Console) -> Result<Finished, Failure> {
    issue::imprint(arguments.edition.as_deref(), arguments.date, &mut folder)?;
    let (standards, firmness) = standards(&arguments.standard, arguments.layout.as_deref(), &folder, console)?;
    let enclosing = enclosing(arguments, &folder.settings, &standards)?;
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
    shop.keep(&standards);
    if firmness == Firmness::Asked {
        let unfit = press::check_standards(&edition, &shop);
        if !unfit.is_empty() {
            return Err(Failure::Found(unfit));
        }
    }
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
    let (pdf, standards) = print(&mut pressed, &edition, standards, firmness)?;
    console.stage("taking stock");
    let kept = keep::keep(&pdf, (&edition, &pressed), &folder, &standards, enclosing)?;
    Ok(Finished { folder, edition, layout, pressed, pdf, kept, audit, record, guard })
}

/// Whether an edition without its standards is no edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Firmness {
    /// They were asked for.
    Asked,
    /// They are the layout's own.
    Usual,
}

/// Decides which standards are kept: those that were asked for, else those of the layout.
///
/// An edition without a date keeps no PDF/A, which records one; where nobody asked for PDF/A that is told and no more.
pub fn standards(
    asked: &[String],
    layout: Option<&str>,
    folder: &Folder,
    console: &mut Console,
) -> Result<(Standards, Firmness), Failure> {
    let is_dated = folder.settings.date.is_some();
    let named = |names: &[String]| -> Vec<Standard> { names.iter().filter_map(|name| Standard::named(name)).collect() };
    if !asked.is_empty() {
        let asked = Standards::of(&named(asked)).map_err(Failure::Use)?;
        return match asked.lacking(is_dated) {
            Some(lacking) => Err(Failure::Found(vec![lacking])),
            None => Ok((asked, Firmness::Asked)),
        };
    }
    let layout = console::layout(layout, folder);
    let names = layout::load(layout, &folder.layouts).0.and_then(|layout| layout.manifest.standards);
    let names = names.unwrap_or_default();
    if let Some(unknown) = names.iter().find(|name| Standard::named(name).is_none()) {
        let known = Standard::NAMES.map(|name| format!("`{name}`")).join(", ");
        let problem = Diagnostic::error("unknown-standard", format!("`{unknown}` is no standard; there are {known}"));
        return Err(Failure::Found(vec![problem.in_file(format!("layouts/{layout}/layout.toml"))]));
    }
    let mut usual = named(&names);
    let all = Standards::of(&usual).map_err(Failure::Use)?;
    let Some(lacking) = all.lacking(is_dated) else { return Ok((all, Firmness::Usual)) };
    usual.retain(|standard| !standard.is_archival());
    let message = format!("{}; so this edition is no PDF/A, as the layout `{layout}` would have it", lacking.message);
    console.tell(vec![Diagnostic { severity: Severity::Warning, message, ..lacking }]);
    Ok((Standards::of(&usual).map_err(Failure::Use)?, Firmness::Usual))
}

/// Writes the PDF; where the layout's own standards cannot be kept it keeps none, which is told.
fn print(
    pressed: &mut Pressed,
    edition: &Edition,
    standards: Standards,
    firmness: Firmness,
) -> Result<(Vec<u8>, Standards), Failure> {
    match press::print(pressed, edition, &standards) {
        Ok(pdf) => Ok((pdf, standards)),
        Err(problems) if firmness == Firmness::Usual => {
            let plain = Standards::default();
            let pdf = press::print(pressed, edition, &plain).map_err(Failure::Found)?;
            let kept = standards.names().collect::<Vec<_>>().join(" and ");
            pressed.diagnostics.extend(problems.into_iter().map(|problem| Diagnostic {
                severity: Severity::Warning,
                message: format!("the PDF does not keep {kept}: {}", problem.message),
                ..problem
            }));
            Ok((pdf, plain))
        }
        Err(problems) => {
            let told = std::mem::take(&mut pressed.diagnostics);
            Err(Failure::Found(told.into_iter().chain(problems).collect()))
        }
    }
}

/// Decides whether sources are attached: the flags say, else `dossier.toml`, else whether PDF/A-3 is kept.
fn enclosing(arguments: &Build, settings: &Settings, standards: &Standards) -> Result<Enclosing, Failure> {
    let asked = match (arguments.attach, arguments.no_attach) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => settings.attach,
    };
    if asked == Some(true) && !standards.takes_attachments() {
        return Err(Failure::Use(
            "PDF/A-2 takes no attached sources; keep `a-3a` in its place, or `--no-attach`".into(),
        ));
    }
    Ok(if asked.unwrap_or(standards.is_made_for_attachments()) { Enclosing::Attached } else { Enclosing::Beside })
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
