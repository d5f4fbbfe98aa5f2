//! `dossier build`: a folder becomes a PDF.

use super::args::{Build, PageRanges};
use super::console::{self, Console, Failure, Strictness, counted};
use super::impose;
use super::keep::{self, Enclosing, Kept};
use crate::diagnostic::{Diagnostic, Severity};
use crate::edition::Edition;
use crate::folder::Folder;
use crate::forme::Forme;
use crate::layout::{self, Layout, Page};
use crate::press::{self, Pressed, Shop, Standard, Standards, Step};
use crate::settings::{Paper, Settings, Sheet, Spanned};
use chrono::{DateTime, NaiveDate};
use std::fs;
use std::io::{self, Write};
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
    let Finished { edition, layout, pressed, pdf, kept, .. } = &mut finished;
    write_whole(&output, &kept.pdf)?;
    write_whole(&keep::beside(&output), kept.manifest.as_bytes())?;
    let imposed = arguments.impose.map(|kind| (kind, impose::beside(&output, kind)));
    if let Some(folder) = &arguments.png {
        draw(pressed, folder, arguments.pages.as_ref())?;
    }
    console.end_stage();
    console.tell(std::mem::take(&mut pressed.diagnostics));
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
}

/// Makes the edition of a folder, up to the bytes of its PDF.
pub fn finish(arguments: &Build, mut folder: Folder, console: &mut Console) -> Result<Finished, Failure> {
    folder.settings.date = edition_date(arguments.date, folder.settings.date.take())?;
    let (standards, firmness) = standards(&arguments.standard, arguments.layout.as_deref(), &folder, console)?;
    let enclosing = enclosing(arguments, &folder.settings, &standards)?;
    folder.settings.sheet = arguments.sheet.over(folder.settings.sheet);
    let mut annotated = console::annotated(&mut folder, &arguments.selection, console)?;
    console::illustrate(&mut annotated, &folder, console);
    let (edition, layout) = console::edited(annotated, &folder, arguments.layout.as_deref(), console)?;
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
    console.stage(named(Step::Printing));
    let (pdf, standards) = print(&mut pressed, &edition, standards, firmness)?;
    console.stage("taking stock");
    let kept = keep::keep(&pdf, (&edition, &pressed), &folder, &standards, enclosing)?;
    Ok(Finished { folder, edition, layout, pressed, pdf, kept })
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

/// Decides the date of the edition: the flag's, else that of `dossier.toml`, else that of `SOURCE_DATE_EPOCH`.
pub fn edition_date(
    flag: Option<NaiveDate>,
    set: Option<Spanned<NaiveDate>>,
) -> Result<Option<Spanned<NaiveDate>>, Failure> {
    const VARIABLE: &str = "SOURCE_DATE_EPOCH";
    let given = |value, path: &str| Spanned { value, span: 0..0, path: path.into(), line: 0 };
    if let Some(day) = flag {
        return Ok(Some(given(day, "--date")));
    }
    if set.is_some() {
        return Ok(set);
    }
    let Some(epoch) = std::env::var_os(VARIABLE).filter(|epoch| !epoch.is_empty()) else { return Ok(None) };
    let seconds = epoch.to_str().and_then(|epoch| epoch.parse().ok());
    let moment = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let day = moment.map(|moment| moment.date_naive());
    let day =
        day.ok_or_else(|| Failure::Use(format!("`{VARIABLE}` holds {epoch:?}; seconds since 1970 were wanted")))?;
    Ok(Some(given(day, VARIABLE)))
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

/// What a step of the press is called.
fn named(step: Step) -> &'static str {
    match step {
        Step::Composing => "composing",
        Step::Setting(1) => "setting pages",
        Step::Setting(_) => "setting page numbers",
        Step::Printing => "writing the PDF",
    }
}

/// Writes a file beside its place and moves it there, so that a torn file is never seen.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dossier-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let named =
        |error: io::Error| io::Error::new(error.kind(), format!("`{}` cannot be written: {error}", path.display()));
    let mut file = builder.tempfile_in(folder).map_err(named)?;
    file.write_all(bytes).map_err(named)?;
    file.as_file().sync_all().map_err(named)?;
    file.persist(path).map_err(|error| named(error.error))?;
    Ok(())
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
