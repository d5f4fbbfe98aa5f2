//! The press: from an edition to a PDF.
//!
//! What enters: an [`Edition`], its layout, fonts. What leaves: laid-out pages and the bytes of a PDF. A book is set in
//! parts: first the documents, in takes of a few, which tell where they and their mentions stand, then all that prints it,
//! contents, glossary, heads and folios; make-up puts them together. What Typst complains of is led back to the sources.

mod draft;
mod fonts;
mod galley;
mod impression;
mod lines;
mod makeup;
mod matter;
mod measured;
mod notes;
mod page_number;
mod paragraph;
mod proof;
mod standard;
mod take;
mod world;

pub use draft::{Draft, draft};
pub use galley::{Galley, Link, Target, galleys, page_of};
pub use impression::{Impression, Printed, impressions};
pub use standard::{Standard, Standards};
pub use world::{FontSources, Shop, gather_fonts};

use crate::diagnostic::{Diagnostic, Severity};
use crate::edition::Edition;
use crate::edition::glossary::{self, Glossary, Pages};
use crate::edition::volume::Whole;
use crate::forme::glyphs::Coverage;
use crate::forme::{self, Forme, SetDocument, Setting};
use crate::layout::Layout;
use crate::picture::problems;
use crate::source::Source;
use matter::Around;
use proof::{Proof, Sheets};
use std::cell::LazyCell;
use std::collections::BTreeMap;
use take::{Row, Wanted};
use typst::diag::{SourceDiagnostic, Warned};
use typst::layout::Abs;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

/// How often a book is set at most that is set at once. Two settings are enough but where printing the page numbers moves
/// something.
const SETTINGS: usize = 3;

/// How often the book is set anew because fonts promised characters that they do not have.
const WITHHOLDINGS: usize = 3;

/// The stack of a thread in which Typst sets pages, in bytes: what the first thread of a program has.
pub const STACK: usize = 8 << 20;

/// A step of the press, for showing progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Text becomes Typst code.
    Composing,
    /// Pages are set, for the first or the second time.
    Setting(usize),
    /// So many pages are set by now, or are being set, as the setting before found.
    Counted(usize),
    /// The PDF is written.
    Printing,
}

/// The pages of an edition.
pub struct Pressed {
    /// The laid-out pages.
    pub document: PagedDocument,
    /// Where everything stands on them.
    pub pages: Pages,
    /// The files that they were set from.
    pub forme: Forme,
    /// What the fonts turned out to be able to print.
    pub coverage: Coverage,
    /// What Typst and the fonts had to say.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why an edition could not be set.
pub struct Unset {
    /// What Typst said.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that it was given; empty where it did not come to that.
    pub forme: Forme,
}

/// Tells, without setting pages, which characters of an edition no font has.
pub fn check_glyphs(edition: &Edition, shop: &Shop) -> Vec<Diagnostic> {
    let coverage = shop.coverage();
    forme::glyph_problems(edition, &forme::set_documents(edition, &coverage), &coverage)
}

/// Tells, without setting pages, what keeps an edition from any standard and cannot be helped in print.
pub fn check_standards(edition: &Edition, shop: &Shop) -> Vec<Diagnostic> {
    let unfit = forme::drawings(edition, &shop.coverage()).into_iter();
    unfit.map(|problem| Diagnostic { severity: Severity::Error, ..problem }).collect()
}

/// Sets the pages of an edition.
pub fn set(
    edition: &Edition,
    layout: &Layout,
    shop: &mut Shop,
    progress: &mut dyn FnMut(Step),
) -> Result<Pressed, Unset> {
    set_volume(edition, None, layout, shop, progress)
}

/// Sets the pages of a volume; the last one is given the whole edition, with the pages of the volumes before.
pub fn set_volume(
    edition: &Edition,
    whole: Option<(&Edition, &Pages)>,
    layout: &Layout,
    shop: &mut Shop,
    progress: &mut dyn FnMut(Step),
) -> Result<Pressed, Unset> {
    progress(Step::Composing);
    let mut coverage = shop.coverage();
    let mut withheld = 0;
    loop {
        let documents = forme::set_documents(edition, &coverage);
        let warnings = Vec::new();
        let mut job = Job { edition, layout, shop, progress, coverage: &coverage, whole, warnings };
        let set = job.set(&documents);
        let warnings = job.warnings;
        let Set { document, forme, proof, settled } = match set {
            Ok(set) => set,
            Err(Unset { diagnostics, forme }) => {
                let mut found = forme::glyph_problems(edition, &documents, &coverage);
                found.extend(diagnostics);
                return Err(Unset { diagnostics: found, forme });
            }
        };
        if withheld < WITHHOLDINGS && !proof.flaws.boxes.is_empty() {
            // A font promised what it does not have: name those characters too, and begin again.
            proof.flaws.boxes.iter().for_each(|(_, _, cluster)| coverage.withhold(cluster));
            withheld += 1;
            continue;
        }
        let mut diagnostics = forme::glyph_problems(edition, &documents, &coverage);
        diagnostics.extend(warnings);
        diagnostics.extend(boxes(&proof, edition, &documents));
        let annotated = &edition.annotated;
        diagnostics.extend(problems::coarse(&annotated.collection, &annotated.pictures, &proof.flaws.pictures));
        if !settled {
            diagnostics.push(Diagnostic::warning(
                "unsettled-pages",
                "page numbers moved while they were printed, so some references may be a page off",
            ));
        }
        shop.end();
        return Ok(Pressed { document, pages: proof.pages, forme, coverage, diagnostics });
    }
}

/// One edition on its way through the press.
struct Job<'a> {
    edition: &'a Edition,
    layout: &'a Layout,
    shop: &'a mut Shop,
    progress: &'a mut dyn FnMut(Step),
    coverage: &'a Coverage,
    whole: Option<(&'a Edition, &'a Pages)>,
    warnings: Vec<Diagnostic>,
}

/// Set pages and what they say.
struct Set {
    document: PagedDocument,
    forme: Forme,
    proof: Proof,
    settled: bool,
}

impl Job<'_> {
    fn set(&mut self, documents: &[SetDocument]) -> Result<Set, Unset> {
        if self.layout.sets_in_parts() {
            let forme = self.locked_up(documents)?;
            if let Ok(set) = self.in_parts(forme) {
                return Ok(set);
            }
        }
        let forme = self.locked_up(documents)?;
        self.at_once(forme)
    }

    /// Locks up the forme while no page is known.
    fn locked_up(&self, documents: &[SetDocument]) -> Result<Forme, Unset> {
        let whole = self.whole(None);
        let glossary = self.glossary(None, whole.as_ref())?;
        let known = (None, whole.as_ref());
        Ok(forme::lock_up(self.edition, documents, &glossary, self.layout, self.coverage, known))
    }

    /// Sets the front matter and the documents, and then what needs the numbers of their pages.
    fn in_parts(&mut self, mut forme: Forme) -> Result<Set, Unset> {
        let text = self.take_on(&forme)?;
        let mut proof = proof::read(&text.sheets(), self.shop, &forme, self.edition);
        if self.whole.is_some() {
            // What lists many volumes takes more memory than one of them, and is set when no other is.
            forget_all();
        }
        // No other part needs the numbers of pages that are in it; without them, what Typst has read of it serves again.
        let book = forme.book().filter(|_| self.whole.is_none()).cloned();
        self.number(&mut forme, &proof.pages)?;
        let heads = makeup::heads(&text, &proof.pages);
        (self.progress)(Step::Counted(text.pages.len()));
        self.shop.lay(&forme);
        (self.progress)(Step::Setting(2));
        let around = matter::set((&forme, book.as_ref()), &text, heads, self.shop);
        let warnings: Vec<_> = around.iter().flat_map(Around::warnings).cloned().collect();
        let around = self.told(around, &warnings, &forme)?;
        for part in [&text.before, &around.back, &around.folios] {
            proof.flaws.add(proof::flaws(&part.document, self.shop, &forme, self.edition));
        }
        let document = makeup::made_up(&text, &around);
        Ok(Set { document, forme, proof, settled: true })
    }

    /// Sets the front matter and the documents of a forme.
    fn take_on(&mut self, forme: &Forme) -> Result<Row, Unset> {
        self.shop.lay(forme);
        (self.progress)(Step::Setting(1));
        let wanted = Wanted { edition: self.edition, layout: self.layout, coverage: self.coverage, forme };
        let mut row = take::set(&wanted, self.shop, &mut |pages| (self.progress)(Step::Counted(pages)));
        let warnings = row.as_mut().map_or_else(|_| Vec::new(), |row| std::mem::take(&mut row.warnings));
        self.told(row, &warnings, forme)
    }

    /// Sets everything at once, as a layout of somebody's own may want it: once to learn the page numbers, once to print
    /// them, and once more where printing them moved something after all.
    fn at_once(&mut self, mut forme: Forme) -> Result<Set, Unset> {
        let mut pages = None;
        for setting in 1.. {
            self.warnings.clear();
            let document = self.lay_out(&forme, setting)?;
            let proof = proof::read(&Sheets::of(&document), self.shop, &forme, self.edition);
            let settled = pages.as_ref() == Some(&proof.pages);
            if settled || setting == SETTINGS {
                return Ok(Set { document, forme, proof, settled });
            }
            self.number(&mut forme, &proof.pages)?;
            pages = Some(proof.pages);
        }
        unreachable!("the last setting ends it")
    }

    /// Puts the pages into a forme, and what is found by them.
    fn number(&self, forme: &mut Forme, pages: &Pages) -> Result<(), Unset> {
        let whole = self.whole(Some(pages));
        let glossary = self.glossary(Some(pages), whole.as_ref())?;
        forme.number(self.edition, &glossary, self.coverage, Some(pages), whole.as_ref());
        Ok(())
    }

    /// Compiles the glossary: that of all volumes in the last of them, none in those before.
    fn glossary(&self, pages: Option<&Pages>, whole: Option<&Whole<'_>>) -> Result<Glossary, Unset> {
        let compiled = match (&self.edition.volume, whole) {
            (None, _) => glossary::compile(self.edition, pages),
            (Some(_), Some(whole)) => glossary::compile(whole.edition, whole.pages.as_ref()),
            (Some(_), None) => Ok(Glossary::default()),
        };
        compiled.map_err(|problem| Unset { diagnostics: vec![problem], forme: Forme::default() })
    }

    /// What the last of several volumes lists, once its own pages are known with those.
    fn whole(&self, pages: Option<&Pages>) -> Option<Whole<'_>> {
        let (edition, before) = self.whole?;
        let volume = self.edition.volume.as_ref()?;
        let joined = |pages: &Pages| {
            let mut all = before.clone();
            all.join(volume.number, pages);
            all
        };
        Some(Whole { edition, pages: pages.map(joined) })
    }

    /// Lays out what a forme has.
    fn lay_out(&mut self, forme: &Forme, setting: usize) -> Result<PagedDocument, Unset> {
        self.shop.lay(forme);
        (self.progress)(Step::Setting(setting));
        let Warned { output, warnings } = typst::compile::<PagedDocument>(self.shop);
        self.told(output.map_err(|errors| errors.to_vec()), &warnings, forme)
    }

    /// Leads what Typst said back to the sources.
    fn told<T>(
        &mut self,
        output: Result<T, Vec<SourceDiagnostic>>,
        warnings: &[SourceDiagnostic],
        forme: &Forme,
    ) -> Result<T, Unset> {
        let sources = LazyCell::new(|| by_virtual_file(self.edition));
        let told = |found: &SourceDiagnostic| brought_home(found, &sources, self.layout, self.shop, forme);
        self.warnings.extend(warnings.iter().map(told));
        output.map_err(|errors| {
            let mut forme = forme.clone();
            let diagnostics = errors.iter().map(told).collect();
            forme.set_part(&Setting::Book);
            Unset { diagnostics, forme }
        })
    }
}

/// Forgets what Typst remembers and had no use for in the last book and `kept` more before it, a book being what is set
/// between two calls: so a shop in which one is set again and again takes no more memory than after a few times.
pub fn forget(kept: usize) {
    typst::comemo::evict(kept + 1);
}

/// Forgets all that Typst remembers.
pub fn forget_all() {
    typst::comemo::evict(0);
}

/// Reports glyphs that were missing in print although a font seemed to cover them.
fn boxes(proof: &Proof, edition: &Edition, documents: &[SetDocument]) -> Vec<Diagnostic> {
    let by_path: BTreeMap<String, usize> =
        (0..documents.len()).map(|index| (forme::document_path(index), index)).collect();
    let mut problems = Vec::new();
    for (path, offset, characters) in &proof.flaws.boxes {
        let names = characters.chars().map(forme::glyphs::name).collect::<Vec<_>>().join(", ");
        let problem = Diagnostic::warning("missing-glyph", format!("{names} was set without a glyph"));
        problems.push(match by_path.get(path) {
            Some(index) => {
                let source = &edition.annotated.collection.documents[*index].source;
                source.point(problem, *offset..*offset + 1)
            }
            None => problem.in_file(path.trim_start_matches('/')),
        });
    }
    problems
}

/// Gives the source of every document by the document's virtual file.
fn by_virtual_file(edition: &Edition) -> BTreeMap<String, &Source> {
    let documents = edition.annotated.collection.documents.iter().enumerate();
    documents.map(|(index, document)| (forme::document_path(index), &document.source)).collect()
}

/// Leads a diagnostic of Typst's back to the line of a source, or to the layout's file and the line that met it there.
fn brought_home(
    found: &SourceDiagnostic,
    sources: &BTreeMap<String, &Source>,
    layout: &Layout,
    shop: &Shop,
    forme: &Forme,
) -> Diagnostic {
    let mut problem = match found.severity {
        typst::diag::Severity::Error => Diagnostic::error("typst", found.message.as_str()),
        typst::diag::Severity::Warning => Diagnostic::warning("typst", found.message.as_str()),
    };
    problem.helps.extend(found.hints.iter().map(|hint| hint.v.to_string()));
    let at_source = |place: Option<(String, usize)>| {
        place.and_then(|(path, offset)| sources.get(&path).map(|source| (*source, offset)))
    };
    if let Some((source, offset)) = at_source(proof::origin(found.span, shop, forme)) {
        return source.point(problem, offset..offset + 1);
    }
    let met = found.trace.iter().find_map(|point| at_source(proof::origin(point.span, shop, forme)));
    if let Some((source, offset)) = met {
        problem = problem.help(format!("met while setting {}, line {}", source.path, source.lines.line(offset)));
    }
    match proof::generated(found.span, shop) {
        Some((path, text, range)) => {
            let file = path.trim_start_matches("/layout").trim_start_matches('/');
            problem.at(format!("layouts/{}/{file}", layout.name), &text, range)
        }
        None => problem,
    }
}

/// Writes laid-out pages as a PDF that keeps some standards.
pub fn print(pressed: &Pressed, edition: &Edition, standards: &Standards) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let options = PdfOptions {
        standards: standards.typst.clone(),
        creator: typst::foundations::Smart::Custom(Some(edition.book.program.to_owned())),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&pressed.document, &options).map_err(|errors| {
        errors
            .iter()
            .map(|error| {
                let mut problem = Diagnostic::error("pdf", error.message.as_str());
                problem.helps.extend(error.hints.iter().map(|hint| hint.v.to_string()));
                problem
            })
            .collect()
    })
}

/// Sets Typst code by itself, with a layout's files beside it, and writes it as a PDF.
pub fn leaf(code: &str, layout: &Layout, shop: &mut Shop) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let mut forme = forme::layout_files(layout);
    forme.files.insert(forme::MAIN.to_owned(), code.into());
    shop.lay(&forme);
    let document = typst::compile::<PagedDocument>(shop).output.map_err(told)?;
    typst_pdf::pdf(&document, &PdfOptions::default()).map_err(told)
}

fn told(errors: impl IntoIterator<Item = SourceDiagnostic>) -> Vec<Diagnostic> {
    errors.into_iter().map(|error| Diagnostic::error("typst", error.message.as_str())).collect()
}

/// Draws one page as a PNG at so many dots per inch.
pub fn draw(pressed: &Pressed, page: usize, dots_per_inch: f64) -> Option<Vec<u8>> {
    let page = pressed.document.pages().get(page)?;
    let per_point = dots_per_inch / Abs::inches(1.0).to_pt();
    let options = typst_render::RenderOptions { pixel_per_pt: per_point.into(), ..Default::default() };
    typst_render::render(page, &options).encode_png().ok()
}
