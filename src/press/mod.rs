//! The press: from an edition to a PDF.
//!
//! What enters: an [`Edition`], its layout, fonts. What leaves: laid-out pages and the bytes of a PDF. The pages are set
//! twice: the first setting tells where the documents, their mentions and the glossary stand, the second prints that.
//! Typst's memory of the first makes the second cheap. What Typst complains of is led back to the sources.

mod draft;
mod fonts;
mod galley;
mod impression;
mod proof;
mod standard;
mod world;

pub use draft::{Draft, draft};
pub use galley::{Galley, Link, Target, galleys, page_of};
pub use impression::{Impression, Printed, impressions};
pub use standard::{Standard, Standards};
pub use world::{FontSources, Shop, gather_fonts};

use crate::diagnostic::{Diagnostic, Severity};
use crate::edition::Edition;
use crate::edition::glossary::{self, Pages};
use crate::forme::glyphs::Coverage;
use crate::forme::{self, Forme, SetDocument};
use crate::layout::Layout;
use crate::picture::problems;
use crate::source::Source;
use std::collections::BTreeMap;
use typst::diag::{SourceDiagnostic, Warned};
use typst::layout::Abs;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

/// How many settings the page numbers may need: one to learn them, one to print them, and one more where printing them
/// moved something after all.
const SETTINGS: usize = 3;

/// How often the book is set anew because fonts promised characters that they do not have.
const WITHHOLDINGS: usize = 3;

/// A step of the press, for showing progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Text becomes Typst code.
    Composing,
    /// Pages are set, for the first or the second time.
    Setting(usize),
    /// So many pages are being set, as the setting before found.
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
    set_again(edition, layout, shop, None, progress)
}

/// Sets the pages of an edition that was set before in the same shop, with the page numbers that are expected of it:
/// where they hold, one setting is enough; where they do not, they are learnt as by [`set`].
pub fn set_again(
    edition: &Edition,
    layout: &Layout,
    shop: &mut Shop,
    expected: Option<Pages>,
    progress: &mut dyn FnMut(Step),
) -> Result<Pressed, Unset> {
    progress(Step::Composing);
    let mut coverage = shop.coverage();
    let mut documents = forme::set_documents(edition, &coverage);
    let sources = by_virtual_file(edition);
    let mut pages = expected;
    let mut setting = 1;
    let mut withheld = 0;
    let mut counted = None;
    loop {
        let glossary = glossary::compile(edition, pages.as_ref())
            .map_err(|problem| Unset { diagnostics: vec![problem], forme: Forme::default() })?;
        let forme = forme::lock_up(edition, &documents, &glossary, layout, &coverage, pages.as_ref());
        shop.lay(&forme);
        progress(Step::Setting(setting));
        counted.into_iter().for_each(|pages| progress(Step::Counted(pages)));
        let Warned { output, warnings } = typst::compile::<PagedDocument>(shop);
        let document = match output {
            Ok(document) => document,
            Err(errors) => {
                let mut diagnostics = forme::glyph_problems(edition, &documents, &coverage);
                diagnostics.extend(errors.iter().map(|error| brought_home(error, &sources, layout, shop, &forme)));
                return Err(Unset { diagnostics, forme });
            }
        };
        counted = Some(document.pages().len());
        let pictures = &edition.annotated.pictures;
        let proof = proof::read(&document, shop, &forme, documents.len(), pictures);
        if setting == 1 && withheld < WITHHOLDINGS && !proof.boxes.is_empty() {
            // A font promised what it does not have: name those characters too, and begin again.
            proof.boxes.iter().for_each(|(_, _, cluster)| coverage.withhold(cluster));
            documents = forme::set_documents(edition, &coverage);
            withheld += 1;
            continue;
        }
        let settled = pages.as_ref() == Some(&proof.pages);
        if settled || setting == SETTINGS {
            let mut diagnostics = forme::glyph_problems(edition, &documents, &coverage);
            diagnostics.extend(warnings.iter().map(|warning| brought_home(warning, &sources, layout, shop, &forme)));
            diagnostics.extend(boxes(&proof, edition, &documents));
            diagnostics.extend(problems::coarse(&edition.annotated.collection, pictures, &proof.pictures));
            if !settled {
                diagnostics.push(Diagnostic::warning(
                    "unsettled-pages",
                    "page numbers moved while they were printed, so some references may be a page off",
                ));
            }
            return Ok(Pressed { document, pages: proof.pages, forme, coverage, diagnostics });
        }
        pages = Some(proof.pages);
        setting += 1;
    }
}

/// Forgets what Typst remembers and had no use for in the last book and `kept` more before it, a book being what is set
/// between two calls: so a shop in which one is set again and again takes no more memory than after a few times.
pub fn forget(kept: usize) {
    typst::comemo::evict(kept + 1);
}

/// Reports glyphs that were missing in print although a font seemed to cover them.
fn boxes(proof: &proof::Proof, edition: &Edition, documents: &[SetDocument]) -> Vec<Diagnostic> {
    let by_path: BTreeMap<String, usize> =
        (0..documents.len()).map(|index| (forme::document_path(index), index)).collect();
    let mut problems = Vec::new();
    for (path, offset, characters) in &proof.boxes {
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
