//! A finished PDF, read back as another program would read it.
//!
//! What enters: the bytes of a PDF. What leaves: the characters on each page in the order in which they are drawn, by way
//! of the fonts' own tables, the hash of what draws each page, and the files that are attached. Nothing that made the
//! PDF is asked; a file that is damaged gives an error, whatever is wrong with it.

use crate::diagnostic::Diagnostic;
use crate::source::hash;
use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, interpret_page,
};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as Text};
use hayro_syntax::page::Page;
use kurbo::{Affine, BezPath, Rect};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How deep the tree of attached files is followed.
const DEEPEST: usize = 16;

/// How many pages one thread reads in a row: reading a font takes longer than reading a page.
const PAGES_ALIKE: usize = 32;

/// A page as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRead {
    /// Its characters in the order in which they are drawn; a line end where the next one stands on another line.
    pub text: String,
    /// The SHA-256 of the instructions that draw it, unpacked.
    pub content: String,
}

/// Reads every page, in order.
pub fn pages(pdf: &[u8]) -> Result<Vec<PageRead>, Diagnostic> {
    guarded(|| {
        let pdf = open(pdf)?;
        // The fonts that a thread has read serve for its next page.
        let numbers = (0..pdf.pages().len()).into_par_iter().with_min_len(PAGES_ALIKE);
        let read = numbers.map_init(InterpreterCache::new, |fonts, index| {
            pdf.pages().get(index).map(|found| page(found, &pdf, fonts))
        });
        Ok(read.flatten().collect())
    })
}

/// Reads the files that are attached, by their names.
pub fn attachments(pdf: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, Diagnostic> {
    guarded(|| {
        let pdf = open(pdf)?;
        let mut found = BTreeMap::new();
        let root: Option<Dict<'_>> = pdf.xref().get(pdf.xref().root_id());
        let names = root.and_then(|root| root.get::<Dict<'_>>("Names"));
        if let Some(tree) = names.and_then(|names| names.get::<Dict<'_>>("EmbeddedFiles")) {
            gather(&tree, &mut found, DEEPEST);
        }
        Ok(found)
    })
}

/// Runs what reads a file that may be damaged in any way; libraries that give up in the middle count as an error.
fn guarded<T>(read: impl FnOnce() -> Result<T, Diagnostic>) -> Result<T, Diagnostic> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(unreadable("it is damaged")))
}

fn open(pdf: &[u8]) -> Result<Pdf, Diagnostic> {
    Pdf::new(pdf.to_vec()).map_err(|error| {
        unreadable(match error {
            hayro_syntax::LoadPdfError::Decryption(_) => "it is encrypted",
            hayro_syntax::LoadPdfError::Invalid => "it is damaged, or no PDF",
        })
    })
}

fn unreadable(why: &str) -> Diagnostic {
    Diagnostic::error("unreadable-pdf", format!("the PDF cannot be read: {why}"))
}

fn page<'p>(page: &'p Page<'p>, pdf: &'p Pdf, cache: &InterpreterCache<'p>) -> PageRead {
    let (width, height) = page.base_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context = Context::new(Affine::IDENTITY, bounds, cache, pdf.xref(), InterpreterSettings::default());
    let mut letters = Letters::default();
    interpret_page(page, &mut context, &mut letters);
    PageRead { text: letters.text, content: hash(page.page_stream().unwrap_or_default()) }
}

/// A device that reads letters instead of drawing them.
#[derive(Default)]
struct Letters {
    text: String,
    line: Option<f64>,
}

impl<'a> Device<'a> for Letters {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph(&mut self, glyph: &Glyph<'a>, at: Affine, own: Affine, _: &Paint<'a>, _: &GlyphDrawMode) {
        let height = (at * own).translation().y;
        if self.line.is_some_and(|line| (line - height).abs() > 1.0) {
            self.text.push('\n');
        }
        self.line = Some(height);
        match glyph.as_unicode() {
            Some(BfString::Char(letter)) => self.text.push(letter),
            Some(BfString::String(letters)) => self.text.push_str(&letters),
            None => self.text.push('\u{fffd}'),
        }
    }
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Gathers the files of a name tree.
fn gather(node: &Dict<'_>, found: &mut BTreeMap<String, Vec<u8>>, depth: usize) {
    let Some(deeper) = depth.checked_sub(1) else { return };
    for kid in node.get::<Array<'_>>("Kids").iter().flat_map(|kids| kids.iter::<Dict<'_>>()) {
        gather(&kid, found, deeper);
    }
    let Some(names) = node.get::<Array<'_>>("Names") else { return };
    for object in names.iter::<Object<'_>>() {
        let Object::Dict(file) = object else { continue };
        let name = file.get::<Text<'_>>("UF").or_else(|| file.get::<Text<'_>>("F"));
        let stream = file.get::<Dict<'_>>("EF").and_then(|files| files.get::<Stream<'_>>("F"));
        let (Some(name), Some(stream)) = (name, stream) else { continue };
        let is_plain = stream.dict().get::<Name<'_>>("Filter").is_none();
        let bytes =
            if is_plain { Some(stream.raw_data().into_owned()) } else { stream.decoded().ok().map(|b| b.to_vec()) };
        found.insert(decoded(&name), bytes.unwrap_or_default());
    }
}

/// Decodes a text string of PDF: UTF-16 or UTF-8 behind its mark, else what ASCII and Latin 1 agree on.
pub fn decoded(bytes: &[u8]) -> String {
    if let Some(wide) = bytes.strip_prefix(b"\xfe\xff") {
        let units: Vec<u16> = wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        return String::from_utf16_lossy(&units);
    }
    if let Some(text) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return String::from_utf8_lossy(text).into_owned();
    }
    bytes.iter().map(|byte| char::from(*byte)).collect()
}
