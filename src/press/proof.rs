//! Reading the laid-out pages back.
//!
//! What enters: Typst's pages and the forme's marks. What leaves: on which printed page each document begins and each
//! mention stands, found from the characters themselves, how finely each picture prints, and any glyph that a font did
//! not have after all.

use super::world::{Shop, file_id};
use crate::edition::glossary::Pages;
use crate::edition::{Edition, facts};
use crate::forme::emit::Mark;
use crate::forme::{Forme, document_path};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, OnceLock};
use typst::foundations::Label;
use typst::introspection::Introspector;
use typst::layout::{Abs, Frame, FrameItem, Transform};
use typst::syntax::{DiagSpan, FileId, LinkedNode, Span};
use typst::text::TextItem;
use typst::utils::PicoStr;
use typst::visualize::{Image, ImageKind};
use typst::{World, WorldExt};
use typst_layout::{Page, PagedDocument};

/// What the pages of an edition say.
#[derive(Debug, Default)]
pub struct Proof {
    /// Where everything stands.
    pub pages: Pages,
    /// What is wrong with them.
    pub flaws: Flaws,
}

/// What is wrong with pages, or may be.
#[derive(Debug, Default)]
pub struct Flaws {
    /// The density at which each picture is laid out, in dots per inch, where it is coarsest.
    pub pictures: BTreeMap<String, f64>,
    /// Characters that were set without a glyph, with the file and the source offset.
    pub boxes: BTreeSet<(String, usize, String)>,
}

impl Flaws {
    /// Adds those of further pages.
    pub fn add(&mut self, other: Self) {
        self.boxes.extend(other.boxes);
        for (name, density) in other.pictures {
            self.picture(name, density);
        }
    }

    fn picture(&mut self, name: String, density: f64) {
        let coarsest = self.pictures.entry(name).or_insert(density);
        *coarsest = coarsest.min(density);
    }
}

/// Pages that are read, and the parts in which they were set.
pub(super) struct Sheets<'a> {
    /// The pages in the order of the book.
    pub(super) pages: &'a [Page],
    /// Where what is labelled on them was set.
    pub(super) parts: Vec<Part<'a>>,
}

/// Some of the pages, as they were set.
pub(super) struct Part<'a> {
    /// They, and others that stand nowhere in the book.
    pub(super) set: &'a PagedDocument,
    /// How many of the others are before them.
    pub(super) skipped: usize,
    /// Which page of the book they begin with, counted from 1.
    pub(super) start: usize,
}

impl<'a> Sheets<'a> {
    /// Pages that were set at once.
    pub(super) fn of(set: &'a PagedDocument) -> Self {
        Self { pages: set.pages(), parts: vec![Part { set, skipped: 0, start: 1 }] }
    }

    /// The printed page on which a labelled element stands.
    fn page(&self, name: &str) -> Option<u64> {
        let label = Label::new(PicoStr::intern(name))?;
        let at = self.parts.iter().find_map(|part| {
            let introspector = part.set.introspector();
            let location = introspector.query_label(label).ok()?.location()?;
            let physical = introspector.page(location)?;
            (part.start + physical.get()).checked_sub(part.skipped + 2)
        })?;
        self.pages.get(at).map(|page| page.number)
    }
}

/// Reads the pages of an edition.
pub(super) fn read(sheets: &Sheets<'_>, shop: &Shop, forme: &Forme, edition: &Edition) -> Proof {
    let reader = Reader::of(shop, forme, edition);
    let mut ends = vec![0; reader.marks.len()];
    let mut mentions: Vec<_> = reader.marks.iter().map(|marks| vec![BTreeSet::new(); mentions(marks)]).collect();
    let mut flaws = Flaws::default();
    for (page, found) in sheets.pages.iter().zip(reader.pages(sheets.pages)) {
        for (document, mention) in found.places {
            ends[document] = ends[document].max(page.number);
            if let Some(mention) = mention {
                mentions[document][mention].insert(page.number);
            }
        }
        flaws.add(found.flaws);
    }
    let behind = ["glossary", "abbreviations", "colophon"].into_iter().find_map(|name| sheets.page(name));
    let labelled = |name: String| sheets.page(&name).unwrap_or_default();
    let starts: Vec<u64> = edition.items.iter().map(|item| labelled(item.facts.key.clone())).collect();
    let stubs: Vec<u64> = (0..edition.history.stubs.len()).map(|index| labelled(facts::stub_key(index))).collect();
    let first = starts.iter().chain(&stubs).min().copied();
    let pages = Pages {
        front: sheets.pages.iter().position(|page| Some(page.number) == first).unwrap_or_default(),
        documents: starts,
        ends,
        mentions,
        stubs,
        volumes: Vec::new(),
        behind: behind.or_else(|| sheets.pages.last().map(|last| last.number + 1)),
    };
    Proof { pages, flaws }
}

/// Reads what is wrong with pages on which no document stands.
pub(super) fn flaws(set: &PagedDocument, shop: &Shop, forme: &Forme, edition: &Edition) -> Flaws {
    let mut flaws = Flaws::default();
    Reader::of(shop, forme, edition).pages(set.pages()).into_iter().for_each(|found| flaws.add(found.flaws));
    flaws
}

/// Counts the mentions that marks belong to.
fn mentions(marks: &[Mark]) -> usize {
    marks.iter().filter_map(|mark| mark.mention).max().map_or(0, |last| last + 1)
}

/// What is needed to read pages.
struct Reader<'a> {
    shop: &'a Shop,
    files: HashMap<FileId, usize>,
    marks: Vec<&'a [Mark]>,
    /// For each document that was met, the mark that each span of Typst's stands for.
    known: Vec<OnceLock<HashMap<Span, usize>>>,
    /// The pictures, by what they hold.
    names: HashMap<&'a [u8], &'a str>,
}

/// What is read of a page.
#[derive(Default)]
struct Found {
    /// The documents that stand on it, and the mentions in them.
    places: BTreeSet<(usize, Option<usize>)>,
    flaws: Flaws,
    last: Option<Span>,
}

impl<'a> Reader<'a> {
    fn of(shop: &'a Shop, forme: &'a Forme, edition: &'a Edition) -> Self {
        let paths: Vec<String> = (0..edition.items.len()).map(document_path).collect();
        let pictures = edition.annotated.pictures.set.iter();
        Self {
            shop,
            files: paths.iter().enumerate().map(|(index, path)| (file_id(path), index)).collect(),
            marks: paths.iter().map(|path| forme.marks.get(path).map(Vec::as_slice).unwrap_or_default()).collect(),
            known: paths.iter().map(|_| OnceLock::new()).collect(),
            names: pictures.map(|(name, picture)| (picture.bytes.as_slice(), name.as_str())).collect(),
        }
    }

    fn pages(&self, pages: &[Page]) -> Vec<Found> {
        let read = |page: &Page| {
            let mut found = Found::default();
            self.frame(&page.frame, 1.0, &mut found);
            found
        };
        pages.par_iter().map(read).collect()
    }

    /// Reads a frame that is scaled by so much.
    fn frame(&self, frame: &Frame, scale: f64, found: &mut Found) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    let Transform { sx, sy, kx, ky, .. } = group.transform;
                    let area = sx.get() * sy.get() - kx.get() * ky.get();
                    self.frame(&group.frame, scale * area.abs().sqrt(), found);
                }
                FrameItem::Text(text) => self.text(text, found),
                FrameItem::Image(image, size, _) => self.picture(image, (size.x / Abs::inches(1.0)) * scale, found),
                FrameItem::Shape(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    /// Notes how finely a picture of so many inches prints.
    fn picture(&self, image: &Image, inches: f64, found: &mut Found) {
        let ImageKind::Raster(raster) = image.kind() else { return };
        let Some(name) = self.names.get(raster.data().as_slice()) else { return };
        found.flaws.picture((*name).to_owned(), f64::from(raster.width()) / inches);
    }

    fn text(&self, text: &TextItem, found: &mut Found) {
        for glyph in &text.glyphs {
            let span = glyph.span.0;
            if glyph.id == 0 {
                found.flaws.boxes.extend(self.missing(text, span, glyph.range()));
            }
            if found.last.replace(span) == Some(span) {
                continue;
            }
            if let Some((document, mark)) = self.mark(span) {
                found.places.insert((document, self.marks[document][mark].mention));
            }
        }
    }

    /// Gives a character without a glyph, unless it needs none.
    fn missing(&self, text: &TextItem, span: Span, range: Range<usize>) -> Option<(String, usize, String)> {
        let characters = text.text.get(range).unwrap_or_default();
        let is_blank = |character: char| character.is_whitespace() || character.is_control();
        if characters.chars().all(is_blank) {
            return None;
        }
        let (path, offset) = match self.mark(span) {
            Some((document, mark)) => (document_path(document), self.marks[document][mark].source.start),
            None => (span.id().map(|id| id.get().vpath().get_with_slash().to_owned()).unwrap_or_default(), 0),
        };
        Some((path, offset, characters.to_owned()))
    }

    /// Finds the literal that a span of Typst's stands for: the document, and the mark's place in its list.
    fn mark(&self, span: Span) -> Option<(usize, usize)> {
        let document = *self.files.get(&span.id()?)?;
        let known = self.known[document].get_or_init(|| literals(document, self.shop, self.marks[document]));
        known.get(&span).map(|mark| (document, *mark))
    }
}

/// Finds the mark of every span in a document's file. The file is walked once: Typst's own search looks through all
/// that stands beside a span, which takes quadratic time in a text of a hundred thousand short lines.
pub(super) fn literals(document: usize, shop: &Shop, marks: &[Mark]) -> HashMap<Span, usize> {
    let mut found = HashMap::new();
    let Ok(source) = shop.source(file_id(&document_path(document))) else { return found };
    let mut open = vec![LinkedNode::new(source.root())];
    while let Some(node) = open.pop() {
        let range = node.range();
        let next = marks.partition_point(|mark| mark.generated.start <= range.start);
        match next.checked_sub(1).filter(|at| marks[*at].generated.end >= range.end) {
            Some(mark) => drop(found.insert(node.span(), mark)),
            None => open.extend(node.children()),
        }
    }
    found
}

/// Leads a span of Typst's back to a document's virtual file and its source offset.
pub fn origin(span: impl Into<DiagSpan>, shop: &Shop, forme: &Forme) -> Option<(String, usize)> {
    let span = span.into();
    let path = span.id()?.get().vpath().get_with_slash().to_owned();
    let range = shop.range(span)?;
    let marks = forme.marks.get(&path)?;
    let next = marks.partition_point(|mark| mark.generated.start <= range.start);
    let mark = marks.get(next.saturating_sub(1))?;
    Some((path, mark.source.start))
}

/// Gives the virtual file that a span of Typst's is in, its text and the range there.
pub fn generated(span: DiagSpan, shop: &Shop) -> Option<(String, Arc<str>, Range<usize>)> {
    let id = span.id()?;
    let range = shop.range(span)?;
    let source = shop.source(id).ok()?;
    Some((id.get().vpath().get_with_slash().to_owned(), Arc::from(source.text()), range))
}
