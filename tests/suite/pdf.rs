//! Reading a PDF back, as another program would.

use dossier::layout;
use dossier::press::{self, FontSources, Shop};
use dossier::readback::decoded;
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
use std::collections::BTreeMap;

/// A PDF that was read.
pub struct Read(Pdf);

impl Read {
    /// Reads the bytes of a PDF.
    pub fn new(bytes: &[u8]) -> Self {
        assert!(bytes.starts_with(b"%PDF-"), "a PDF begins with %PDF-");
        Self(Pdf::new(bytes.to_vec()).unwrap_or_else(|error| panic!("the PDF cannot be read: {error:?}")))
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.0.pages().len()
    }

    fn catalogue(&self) -> Dict<'_> {
        self.0.xref().get(self.0.xref().root_id()).expect("a PDF has a catalogue")
    }

    /// The language of the whole.
    pub fn language(&self) -> Option<String> {
        self.catalogue().get::<Text<'_>>("Lang").map(|text| decoded(&text))
    }

    /// The title of its properties.
    pub fn title(&self) -> Option<String> {
        self.0.metadata().title.as_deref().map(decoded)
    }

    /// The author of its properties.
    pub fn author(&self) -> Option<String> {
        self.0.metadata().author.as_deref().map(decoded)
    }

    /// The titles of the outline, in order.
    pub fn outline(&self) -> Vec<String> {
        let mut titles = Vec::new();
        if let Some(root) = self.catalogue().get::<Dict<'_>>("Outlines") {
            gather_outline(&root, &mut titles);
        }
        titles
    }

    /// The label of each page, as a reader's page field shows it.
    pub fn page_labels(&self) -> Vec<String> {
        let tree: Dict<'_> = self.catalogue().get("PageLabels").expect("the pages have labels");
        let mut ranges = Vec::new();
        gather_labels(&tree, &mut ranges);
        (0..self.pages())
            .map(|page| {
                let (start, style, first, prefix) =
                    ranges.iter().rev().find(|range| range.0 <= page).expect("labels begin on the first page");
                let number = first + page - start;
                match style.as_deref() {
                    Some("D") => format!("{prefix}{number}"),
                    Some("r") => format!("{prefix}{}", roman(number)),
                    None => prefix.clone(),
                    Some(style) => panic!("labels in style {style} are not expected"),
                }
            })
            .collect()
    }

    /// The width and height of a page, in points.
    pub fn size(&self, page: usize) -> (f32, f32) {
        self.0.pages()[page].base_dimensions()
    }

    /// The words on a page in the order of drawing, each with the place of its first letter from the left.
    pub fn words(&self, page: usize) -> Vec<(f32, String)> {
        let page = &self.0.pages()[page];
        let cache = InterpreterCache::new();
        let (width, height) = page.base_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context = Context::new(Affine::IDENTITY, bounds, &cache, self.0.xref(), InterpreterSettings::default());
        let mut letters = Letters::default();
        interpret_page(page, &mut context, &mut letters);
        letters.words
    }

    /// The words on a page in the order of drawing, as one text.
    pub fn text(&self, page: usize) -> String {
        self.words(page).into_iter().map(|(_, word)| word).collect::<Vec<_>>().join(" ")
    }

    /// How many links the pages have.
    pub fn links(&self) -> usize {
        let links =
            |page: &Page<'_>| page.raw().get::<Array<'_>>("Annots").map_or(0, |list| list.iter::<Dict<'_>>().count());
        self.0.pages().iter().map(links).sum()
    }

    /// How many font programs the file holds.
    pub fn fonts(&self) -> usize {
        let is_font = |object: &Object<'_>| matches!(object, Object::Dict(dict) if dict.contains_key("FontFile3") || dict.contains_key("FontFile2"));
        self.0.objects().into_iter().filter(is_font).count()
    }

    /// Everything that the file says, streams unpacked: for looking whether some words are anywhere in it.
    pub fn everything(&self) -> Vec<u8> {
        let mut all = self.0.data().as_ref().to_vec();
        for object in self.0.objects() {
            gather(&object, &mut all);
        }
        all
    }

    /// Whether some words are anywhere in the file.
    pub fn holds(&self, words: &str) -> bool {
        let wide: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let everything = self.everything();
        [words.as_bytes(), &wide].iter().any(|words| everything.windows(words.len()).any(|window| window == *words))
    }
}

/// Sets some Typst code and prints it.
pub fn printed(code: &str) -> Vec<u8> {
    let (layout, _) = layout::load(layout::DEFAULT, &BTreeMap::new());
    let mut shop = Shop::new(press::gather_fonts(&FontSources::default()));
    let leaf = press::leaf(code, &layout.expect("the layout is embedded"), &mut shop);
    leaf.unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// A device that reads letters instead of drawing them.
#[derive(Default)]
struct Letters {
    words: Vec<(f32, String)>,
    end: Option<(f64, f64)>,
}

impl<'a> Device<'a> for Letters {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph(&mut self, glyph: &Glyph<'a>, at: Affine, own: Affine, _: &Paint<'a>, _: &GlyphDrawMode) {
        let place = (at * own).translation();
        let text = match glyph.as_unicode() {
            Some(BfString::Char(letter)) => letter.to_string(),
            Some(BfString::String(letters)) => letters,
            None => "\u{fffd}".to_owned(),
        };
        // A new word begins after a blank, on another line, or far from the last letter.
        let continues =
            self.end.is_some_and(|(x, y)| (y - place.y).abs() < 1.0 && (-1.0..25.0).contains(&(place.x - x)));
        self.end = Some((place.x, place.y));
        if text.trim().is_empty() {
            self.end = None;
        } else if let (true, Some((_, word))) = (continues, self.words.last_mut()) {
            word.push_str(&text);
        } else {
            // Places on a page are far below the precision of an `f32`.
            self.words.push((place.x as f32, text));
        }
    }
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

fn gather(object: &Object<'_>, all: &mut Vec<u8>) {
    match object {
        Object::Stream(stream) => gather_stream(stream, all),
        Object::Dict(dict) => all.extend(dict.data()),
        Object::Array(array) => all.extend(array.data()),
        Object::String(text) => all.extend(text.as_bytes()),
        Object::Null(_) | Object::Boolean(_) | Object::Number(_) | Object::Name(_) => {}
    }
    all.push(b'\n');
}

fn gather_stream(stream: &Stream<'_>, all: &mut Vec<u8>) {
    all.extend(stream.dict().data());
    if let Ok(bytes) = stream.decoded() {
        all.extend(bytes.iter());
    }
}

fn gather_outline(parent: &Dict<'_>, titles: &mut Vec<String>) {
    let mut next = parent.get::<Dict<'_>>("First");
    while let Some(item) = next {
        titles.extend(item.get::<Text<'_>>("Title").map(|title| decoded(&title)));
        gather_outline(&item, titles);
        next = item.get("Next");
    }
}

/// The first page, the style, the first number and the prefix of the ranges of a number tree.
fn gather_labels(node: &Dict<'_>, ranges: &mut Vec<(usize, Option<String>, usize, String)>) {
    for kid in node.get::<Array<'_>>("Kids").iter().flat_map(|kids| kids.iter::<Dict<'_>>()) {
        gather_labels(&kid, ranges);
    }
    let Some(numbers) = node.get::<Array<'_>>("Nums") else { return };
    let objects: Vec<Object<'_>> = numbers.iter::<Object<'_>>().collect();
    for pair in objects.chunks(2) {
        let [Object::Number(page), Object::Dict(label)] = pair else { panic!("a number tree holds pairs: {pair:?}") };
        let style = label.get::<Name<'_>>("S").map(|style| style.as_str().to_owned());
        let prefix = label.get::<Text<'_>>("P").map_or_else(String::new, |prefix| decoded(&prefix));
        let first = label.get::<u16>("St").map_or(1, usize::from);
        ranges.push((usize::try_from(page.as_i64()).expect("pages count from 0"), style, first, prefix));
    }
}

fn roman(number: usize) -> String {
    let signs = [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in signs {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}
