//! What stands on the pages, character by character.
//!
//! What enters: laid-out pages and the forme that they were set from. What leaves: for each document the parts of its
//! literals that are printed, in the order of the pages. A glyph counts where its font has it, its characters are those
//! of the literal, and it stands on its page.

use super::Pressed;
use super::world::{Shop, file_id};
use crate::forme::{document_path, literal};
use crate::language;
use crate::text::is_ignorable;
use std::collections::HashMap;
use std::ops::Range;
use typst::WorldExt;
use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst::syntax::{FileId, Span};
use typst::text::{Glyph, TextItem};
use unicode_script::Script;

/// How far from the line before another begins, in parts of the size of its type: raised type is nearer.
const NEXT_LINE: f64 = 0.6;

/// The same where the letters of a line rise and sink, as those of Nastaliq do, while the next item still stands farther
/// on along it.
const NEXT_CASCADE: f64 = 1.05;

/// How far such letters stand above the lowest of their line, in parts of the size of their type; what is higher is not
/// below it, but in the next column.
const HIGHEST_RISE: f64 = 2.5;

/// The bytes of the mark of a direction (U+202A, U+202B), which Typst sets before text that runs against its paragraph,
/// and counts with it.
const DIRECTION_MARK: usize = 3;

/// How far an item may stand back behind the one before it on such a line, in parts of the size of its type: the tail of
/// a letter runs below those that come after it.
const BACK: f64 = 2.0;

/// How far beyond its page's edge a glyph may begin, in points.
const TOLERANCE: f64 = 1.0;

/// What is printed of one document.
#[derive(Debug, Clone, Default)]
pub struct Impression {
    /// The literals of its head, as their values.
    pub head: Vec<String>,
    /// The literals of its text, as their values.
    pub body: Vec<String>,
    /// What is printed of those of the head.
    pub printed_head: Vec<Printed>,
    /// What is printed of those of the text.
    pub printed: Vec<Printed>,
}

/// A part of a literal that is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The literal.
    pub literal: usize,
    /// The bytes of its value.
    pub range: Range<usize>,
    /// The printed line, counted from 1 through the whole book.
    pub line: usize,
}

/// Reads the pages; gives what is printed of each document, and all that is printed and belongs to none, in order.
pub fn impressions(pressed: &Pressed, shop: &Shop) -> (Vec<Impression>, String) {
    let mut reader = Reader {
        shop,
        files: HashMap::new(),
        documents: Vec::new(),
        known: HashMap::new(),
        rest: String::new(),
        line: 0,
        last: None,
        page: Size::zero(),
    };
    for index in 0..pressed.forme.marks.len() {
        let path = document_path(index);
        let code = &pressed.forme.files[&path];
        let heads = pressed.forme.heads[&path].iter().map(|mark| mark.generated.clone());
        let marks = pressed.forme.marks[&path].iter().map(|mark| mark.generated.clone());
        let places: Vec<Range<usize>> = heads.chain(marks).collect();
        let value = |place: &Range<usize>| code.get(place.clone()).and_then(literal::read).unwrap_or_default();
        let values = places.iter().map(value).collect();
        reader.files.insert(file_id(&path), index);
        reader.documents.push(Document { places, values, printed: Vec::new() });
    }
    for page in pressed.document.pages() {
        reader.page = page.frame.size();
        reader.last = None;
        reader.frame(&page.frame, Transform::identity());
    }
    let impressions = reader.documents.into_iter().enumerate().map(|(index, document)| {
        let heads = pressed.forme.heads[&document_path(index)].len();
        let mut head = document.values;
        let body = head.split_off(heads);
        let (printed_head, printed): (Vec<Printed>, Vec<Printed>) =
            document.printed.into_iter().partition(|printed| printed.literal < heads);
        let printed = printed.into_iter().map(|printed| Printed { literal: printed.literal - heads, ..printed });
        Impression { head, body, printed_head, printed: printed.collect() }
    });
    (impressions.collect(), reader.rest)
}

/// The literals of a document's file.
struct Document {
    places: Vec<Range<usize>>,
    values: Vec<String>,
    printed: Vec<Printed>,
}

/// A line of print: where it stands on its page.
struct Line {
    /// The distance of its first item from the page's corner, across the direction of its type; where letters rise and
    /// sink, that of its lowest.
    across: f64,
    /// How far along that direction its latest item stands.
    along: f64,
    /// Whether its letters can rise and sink.
    cascades: bool,
}

impl Line {
    /// Whether something begins on this line, whose type is of a size.
    fn holds(&self, other: &Self, size: f64) -> bool {
        let below = other.across - self.across;
        if !(self.cascades || other.cascades) {
            return below.abs() <= NEXT_LINE * size;
        }
        let goes_on = other.along >= self.along - BACK * size;
        (-HIGHEST_RISE * size..=if goes_on { NEXT_CASCADE } else { NEXT_LINE } * size).contains(&below)
    }
}

/// A walk over frames.
struct Reader<'a> {
    shop: &'a Shop,
    files: HashMap<FileId, usize>,
    documents: Vec<Document>,
    known: HashMap<Span, Option<(usize, usize)>>,
    rest: String,
    line: usize,
    /// The line at hand.
    last: Option<Line>,
    page: Size,
}

impl Reader<'_> {
    fn frame(&mut self, frame: &Frame, transform: Transform) {
        for (place, item) in frame.items() {
            let here = transform.pre_concat(Transform::translate(place.x, place.y));
            match item {
                FrameItem::Group(group) => self.frame(&group.frame, here.pre_concat(group.transform)),
                FrameItem::Text(text) => self.text(text, here),
                FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    fn text(&mut self, item: &TextItem, transform: Transform) {
        self.begin_line(item, transform);
        let mut across = Abs::zero();
        let mut before: Option<(Span, usize)> = None;
        for glyph in &item.glyphs {
            let at = Point::new(across, Abs::zero()).transform(transform);
            across += glyph.x_advance.at(item.size);
            let (from, characters) = characters(item, glyph);
            if characters.is_empty() {
                continue;
            }
            let is_here = glyph.id != 0 && self.is_on_page(at) && item.size > Abs::zero();
            match self.literal(glyph.span.0) {
                Some((document, literal)) if is_here => {
                    let mark = match before {
                        Some((span, mark)) if span == glyph.span.0 => mark,
                        _ => mark_before(item, glyph.span.0, &self.documents[document].values[literal]),
                    };
                    before = Some((glyph.span.0, mark));
                    let at = (usize::from(glyph.span.1) + from).saturating_sub(mark);
                    self.print(document, literal, at, characters);
                }
                Some(_) => {}
                None if is_here => {
                    self.rest.push_str(characters);
                    // A mark that begins a literal stands on the blank before it, and on its glyph.
                    let marks = characters.trim_start();
                    let behind = (marks.len() < characters.len() && !marks.is_empty())
                        .then(|| self.literal_behind(glyph.span.0))
                        .flatten();
                    if let Some((document, literal)) = behind {
                        self.print(document, literal, 0, marks);
                    }
                }
                None => {}
            }
        }
    }

    /// Counts a line where the baseline is another than before.
    fn begin_line(&mut self, item: &TextItem, transform: Transform) {
        let (along, rise) = (transform.sx.get(), transform.ky.get());
        let length = along.hypot(rise).max(f64::MIN_POSITIVE);
        let (x, y) = (transform.tx.to_pt(), transform.ty.to_pt());
        let here = Line {
            across: (along * y - rise * x) / length,
            along: (along * x + rise * y) / length,
            cascades: item.text.chars().any(|character| language::script_of(character) == Some(Script::Arabic)),
        };
        let size = item.size.to_pt() * length;
        match &mut self.last {
            Some(line) if line.holds(&here, size) => {
                line.along = here.along;
                line.cascades |= here.cascades;
                if line.cascades {
                    // Letters rise far above their line, and sink little below it.
                    line.across = line.across.max(here.across);
                }
            }
            last => {
                self.line += 1;
                *last = Some(here);
            }
        }
    }

    fn is_on_page(&self, at: Point) -> bool {
        let within = |at: Abs, edge: Abs| (-TOLERANCE..=edge.to_pt() + TOLERANCE).contains(&at.to_pt());
        within(at.x, self.page.x) && within(at.y, self.page.y)
    }

    /// Notes characters at a byte of a literal; a ligature may go on into the next.
    fn print(&mut self, document: usize, literal: usize, at: usize, characters: &str) {
        let Document { values, printed, .. } = &mut self.documents[document];
        let (mut literal, mut at, mut characters) = (literal, at, characters);
        while let Some(value) = values.get(literal) {
            let length = characters.len().min(value.len().saturating_sub(at));
            if length == 0 || value.as_bytes().get(at..at + length) != characters.as_bytes().get(..length) {
                return;
            }
            match printed.last_mut() {
                Some(last) if last.literal == literal && last.range.end == at && last.line == self.line => {
                    last.range.end = at + length;
                }
                _ => printed.push(Printed { literal, range: at..at + length, line: self.line }),
            }
            match characters.get(length..) {
                Some(rest) if !rest.is_empty() => (literal, at, characters) = (literal + 1, 0, rest),
                _ => return,
            }
        }
    }

    /// Finds the literal that follows a span of Typst's.
    fn literal_behind(&self, span: Span) -> Option<(usize, usize)> {
        let document = *self.files.get(&span.id()?)?;
        let range = self.shop.range(span)?;
        let places = &self.documents[document].places;
        Some((document, places.partition_point(|place| place.start < range.end)))
    }

    /// Finds the literal that a span of Typst's stands for: the document, and its place among the literals.
    fn literal(&mut self, span: Span) -> Option<(usize, usize)> {
        let document = *self.files.get(&span.id()?)?;
        if let Some(known) = self.known.get(&span) {
            return *known;
        }
        let places = &self.documents[document].places;
        let found = self.shop.range(span).and_then(|range| {
            let next = places.partition_point(|place| place.start <= range.start);
            let at = next.checked_sub(1)?;
            (places[at].end >= range.end).then_some((document, at))
        });
        self.known.insert(span, found);
        found
    }
}

/// Gives the characters of a glyph without the marks of direction around them, and how many bytes of those stand before.
fn characters<'a>(item: &'a TextItem, glyph: &Glyph) -> (usize, &'a str) {
    let is_mark = |character: char| matches!(character, '\u{202a}'..='\u{202c}');
    let whole = item.text.get(glyph.range()).unwrap_or_default();
    let behind = whole.trim_start_matches(is_mark);
    (whole.len() - behind.len(), behind.trim_end_matches(is_mark))
}

/// How many bytes stand before a literal in what Typst counts with it: where its glyphs are not its own characters as
/// they are counted, they may be so behind the mark of a direction.
fn mark_before(item: &TextItem, span: Span, value: &str) -> usize {
    let fits = |mark: usize| {
        item.glyphs.iter().filter(|glyph| glyph.span.0 == span).all(|glyph| {
            let (from, characters) = characters(item, glyph);
            if characters.chars().all(is_ignorable) {
                return true;
            }
            let own = (usize::from(glyph.span.1) + from).checked_sub(mark).and_then(|at| value.get(at..));
            // A ligature may go on into the next literal.
            own.is_some_and(|own| !own.is_empty() && (own.starts_with(characters) || characters.starts_with(own)))
        })
    };
    if !fits(0) && fits(DIRECTION_MARK) { DIRECTION_MARK } else { 0 }
}
