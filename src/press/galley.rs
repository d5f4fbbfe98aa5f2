//! Set pages for looking at: each can be drawn by itself, and knows where its links lead.
//!
//! What enters: laid-out pages. What leaves: [`Galley`]s, named by what stands on them, so that a page that stays as it is
//! keeps its name; and on which page the text of a line stands.

use super::world::{Shop, file_id};
use super::{Pressed, proof};
use crate::forme::document_path;
use rayon::prelude::*;
use typst::introspection::PagedPosition;
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::model::Destination;
use typst::syntax::FileId;
use typst::utils::hash128;
use typst_layout::{Page, PagedDocument};

/// A set page.
#[derive(Debug, Clone)]
pub struct Galley {
    page: Page,
    /// A fingerprint of what stands on it, in hexadecimal.
    pub name: String,
    /// Its width in points.
    pub width: f64,
    /// Its height in points.
    pub height: f64,
    /// Its printed number.
    pub number: u64,
}

/// A link on a page: its corner and its size in points, and where it leads.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// From the left edge.
    pub x: f64,
    /// From the upper edge.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// Where it leads.
    pub target: Target,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// To a page of the book, counted from 0, so many points below its upper edge.
    Page(usize, f64),
    /// To an address.
    Address(String),
}

/// Gives the pages of a book.
pub fn galleys(document: &PagedDocument) -> Vec<Galley> {
    document.pages().par_iter().map(Galley::of).collect()
}

impl Galley {
    fn of(page: &Page) -> Self {
        Self {
            name: format!("{:032x}", hash128(&page.frame)),
            width: page.frame.width().to_pt(),
            height: page.frame.height().to_pt(),
            number: page.number,
            page: page.clone(),
        }
    }

    /// Draws the page as a PNG, with so many dots to a point.
    pub fn draw(&self, per_point: f64) -> Option<Vec<u8>> {
        let options = typst_render::RenderOptions { pixel_per_pt: per_point.into(), ..Default::default() };
        typst_render::render(&self.page, &options).encode_png().ok()
    }

    /// Lists the links on the page, which belongs to a book.
    pub fn links(&self, book: &PagedDocument) -> Vec<Link> {
        let mut links = Vec::new();
        gather(&self.page.frame, Transform::identity(), book, &mut links);
        links
    }
}

fn gather(frame: &Frame, transform: Transform, book: &PagedDocument, links: &mut Vec<Link>) {
    for (place, item) in frame.items() {
        let here = transform.pre_concat(Transform::translate(place.x, place.y));
        match item {
            FrameItem::Group(group) => gather(&group.frame, here.pre_concat(group.transform), book, links),
            FrameItem::Link(destination, size) => {
                let Some(target) = target(destination, book) else { continue };
                let (from, to) = (Point::zero().transform(here), size.to_point().transform(here));
                links.push(Link {
                    x: from.x.min(to.x).to_pt(),
                    y: from.y.min(to.y).to_pt(),
                    width: (to.x - from.x).abs().to_pt(),
                    height: (to.y - from.y).abs().to_pt(),
                    target,
                });
            }
            FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Tag(_) => {}
        }
    }
}

fn target(destination: &Destination, book: &PagedDocument) -> Option<Target> {
    let at = |position: PagedPosition| Target::Page(position.page.get() - 1, position.point.y.to_pt());
    match destination {
        Destination::Url(address) => Some(Target::Address(address.as_str().to_owned())),
        Destination::Position(position) => Some(at(*position)),
        Destination::Location(location) => book.introspector().position(*location).map(at),
    }
}

/// Finds the page, counted from 0, on which the text stands that begins at an offset of a document's source: the last
/// page that holds text from before it. The head of a document is on its first page.
pub fn page_of(pressed: &Pressed, shop: &Shop, document: usize, offset: usize) -> Option<usize> {
    let (first, last) = (*pressed.pages.documents.get(document)?, *pressed.pages.ends.get(document)?);
    let pages = pressed.document.pages();
    let start = pages.iter().position(|page| page.number == first)?;
    let path = document_path(document);
    let marks = pressed.forme.marks.get(&path)?;
    let known = proof::literals(document, shop, marks);
    let mut search = Search { file: file_id(&path), offset, page: start, best: 0, found: start };
    for (at, page) in pages.iter().enumerate().skip(start).take_while(|(_, page)| page.number <= last.max(first)) {
        search.page = at;
        search.frame(&page.frame, &|span| known.get(&span).map(|mark| marks[*mark].source.start));
    }
    Some(search.found)
}

/// A walk over the pages of one document.
struct Search {
    file: FileId,
    offset: usize,
    page: usize,
    best: usize,
    found: usize,
}

impl Search {
    fn frame(&mut self, frame: &Frame, source: &dyn Fn(typst::syntax::Span) -> Option<usize>) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => self.frame(&group.frame, source),
                FrameItem::Text(text) => {
                    let Some(glyph) = text.glyphs.first().filter(|glyph| glyph.span.0.id() == Some(self.file)) else {
                        continue;
                    };
                    if let Some(start) = source(glyph.span.0)
                        && (self.best..=self.offset).contains(&start)
                    {
                        (self.best, self.found) = (start, self.page);
                    }
                }
                FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }
}
