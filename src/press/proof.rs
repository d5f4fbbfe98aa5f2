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
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;
use typst::foundations::Label;
use typst::introspection::Introspector;
use typst::layout::{Abs, Frame, FrameItem, Transform};
use typst::syntax::{DiagSpan, FileId, LinkedNode, Span};
use typst::text::TextItem;
use typst::utils::PicoStr;
use typst::visualize::{Image, ImageKind};
use typst::{World, WorldExt};
use typst_layout::PagedDocument;

/// What the pages say.
#[derive(Debug, Default)]
pub struct Proof {
    /// Where everything stands.
    pub pages: Pages,
    /// The density at which each picture is laid out, in dots per inch, where it is coarsest.
    pub pictures: BTreeMap<String, f64>,
    /// Characters that were set without a glyph, with the file and the source offset.
    pub boxes: BTreeSet<(String, usize, String)>,
}

/// Reads the pages of an edition with so many documents and stubs.
pub fn read(set: &PagedDocument, shop: &Shop, forme: &Forme, edition: &Edition) -> Proof {
    let documents = edition.items.len();
    let pictures = &edition.annotated.pictures;
    let files: HashMap<FileId, usize> = (0..documents).map(|index| (file_id(&document_path(index)), index)).collect();
    let marks: Vec<&[Mark]> = (0..documents)
        .map(|index| forme.marks.get(&document_path(index)).map(Vec::as_slice).unwrap_or_default())
        .collect();
    let mut reader = Reader {
        shop,
        files,
        ends: vec![0; documents],
        found: marks.iter().map(|marks| vec![BTreeSet::new(); mentions(marks)]).collect(),
        marks,
        known: HashMap::new(),
        boxes: BTreeSet::new(),
        names: pictures.set.iter().map(|(name, picture)| (picture.bytes.as_slice(), name.as_str())).collect(),
        pictures: BTreeMap::new(),
        last: None,
    };
    for page in set.pages() {
        reader.frame(&page.frame, page.number, 1.0);
    }
    let behind = ["glossary", "abbreviations", "colophon"].into_iter().find_map(|name| labelled_page(set, name));
    let labelled = |name: String| labelled_page(set, &name).unwrap_or_default();
    let starts: Vec<u64> = edition.items.iter().map(|item| labelled(item.facts.key.clone())).collect();
    let stubs: Vec<u64> = (0..edition.history.stubs.len()).map(|index| labelled(facts::stub_key(index))).collect();
    let first = starts.iter().chain(&stubs).min().copied();
    Proof {
        pages: Pages {
            front: set.pages().iter().position(|page| Some(page.number) == first).unwrap_or_default(),
            documents: starts,
            ends: reader.ends,
            mentions: reader.found,
            stubs,
            volumes: Vec::new(),
            behind: behind.or_else(|| set.pages().last().map(|last| last.number + 1)),
        },
        pictures: reader.pictures,
        boxes: reader.boxes,
    }
}

/// Counts the mentions that marks belong to.
fn mentions(marks: &[Mark]) -> usize {
    marks.iter().filter_map(|mark| mark.mention).max().map_or(0, |last| last + 1)
}

/// Gives the printed page on which a labelled element stands.
fn labelled_page(set: &PagedDocument, name: &str) -> Option<u64> {
    let label = Label::new(PicoStr::intern(name))?;
    let introspector = set.introspector();
    let location = introspector.query_label(label).ok()?.location()?;
    let physical = introspector.page(location)?;
    set.pages().get(physical.get() - 1).map(|page| page.number)
}

/// A walk over frames.
struct Reader<'a> {
    shop: &'a Shop,
    files: HashMap<FileId, usize>,
    marks: Vec<&'a [Mark]>,
    ends: Vec<u64>,
    found: Vec<Vec<BTreeSet<u64>>>,
    /// For each document that was met, the mark that each span of Typst's stands for.
    known: HashMap<usize, HashMap<Span, usize>>,
    boxes: BTreeSet<(String, usize, String)>,
    names: BTreeMap<&'a [u8], &'a str>,
    pictures: BTreeMap<String, f64>,
    last: Option<(Span, u64)>,
}

impl Reader<'_> {
    /// Reads a frame that is scaled by so much.
    fn frame(&mut self, frame: &Frame, page: u64, scale: f64) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    let Transform { sx, sy, kx, ky, .. } = group.transform;
                    let area = sx.get() * sy.get() - kx.get() * ky.get();
                    self.frame(&group.frame, page, scale * area.abs().sqrt());
                }
                FrameItem::Text(text) => self.text(text, page),
                FrameItem::Image(image, size, _) => self.picture(image, (size.x / Abs::inches(1.0)) * scale),
                FrameItem::Shape(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    /// Notes how finely a picture of so many inches prints.
    fn picture(&mut self, image: &Image, inches: f64) {
        let ImageKind::Raster(raster) = image.kind() else { return };
        let Some(name) = self.names.get(raster.data().as_slice()) else { return };
        let density = f64::from(raster.width()) / inches;
        let coarsest = self.pictures.entry((*name).to_owned()).or_insert(density);
        *coarsest = coarsest.min(density);
    }

    fn text(&mut self, text: &TextItem, page: u64) {
        for glyph in &text.glyphs {
            let span = glyph.span.0;
            if glyph.id == 0 {
                self.missing(text, span, glyph.range());
            }
            if self.last == Some((span, page)) {
                continue;
            }
            self.last = Some((span, page));
            let Some((document, mark)) = self.mark(span) else { continue };
            self.ends[document] = self.ends[document].max(page);
            if let Some(mention) = self.marks[document][mark].mention {
                self.found[document][mention].insert(page);
            }
        }
    }

    /// Notes a character without a glyph, unless it needs none.
    fn missing(&mut self, text: &TextItem, span: Span, range: Range<usize>) {
        let characters = text.text.get(range).unwrap_or_default();
        let is_blank = |character: char| character.is_whitespace() || character.is_control();
        if characters.chars().all(is_blank) {
            return;
        }
        let (path, offset) = match self.mark(span) {
            Some((document, mark)) => (document_path(document), self.marks[document][mark].source.start),
            None => (span.id().map(|id| id.get().vpath().get_with_slash().to_owned()).unwrap_or_default(), 0),
        };
        self.boxes.insert((path, offset, characters.to_owned()));
    }

    /// Finds the literal that a span of Typst's stands for: the document, and the mark's place in its list.
    fn mark(&mut self, span: Span) -> Option<(usize, usize)> {
        let document = *self.files.get(&span.id()?)?;
        let (shop, marks) = (self.shop, self.marks[document]);
        let known = self.known.entry(document).or_insert_with(|| literals(document, shop, marks));
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
