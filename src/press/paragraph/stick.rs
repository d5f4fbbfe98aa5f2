//! The composing stick: lines of words as frames.
//!
//! What enters: a composition and its division into lines. What leaves: for each line the frame that Typst would have made:
//! the glyphs of each type in one item, links around them, and the tags of elements where they belong.

use super::breaks::Break;
use super::case::{Sort, Word};
use super::composition::{Composition, Piece, What};
use super::copy::Type;
use super::justify::Line;
use std::ops::Range;
use std::sync::Arc;
use typst::introspection::Tag;
use typst::layout::{Abs, Em, Frame, FrameItem, Point, Size};
use typst::syntax::Span;
use typst::text::{Glyph, TextItem};

/// Something on a line.
enum Set<'a> {
    Word(usize, usize, Arc<Word>),
    /// A space, and whether there is room for it, or it only stands for one at the line's end.
    Blank(usize, usize, bool),
    Hyphen(usize, usize),
    Gap(Abs),
    Tag(&'a Tag),
}

impl Set<'_> {
    /// How many glyphs it has.
    fn glyphs(&self) -> usize {
        match self {
            Self::Word(_, _, word) => word.sorts.len(),
            Self::Blank(..) | Self::Hyphen(..) => 1,
            Self::Gap(_) | Self::Tag(_) => 0,
        }
    }

    /// The byte of the text where it begins.
    fn place(&self) -> usize {
        match self {
            Self::Word(_, place, _) | Self::Blank(_, place, _) | Self::Hyphen(_, place) => *place,
            Self::Gap(_) | Self::Tag(_) => 0,
        }
    }
}

/// How the spaces of a line are set.
#[derive(Clone, Copy)]
struct Justification {
    /// Which part they take or, below zero, give of what they may.
    ratio: f64,
    /// What each has beyond that.
    extra: Abs,
}

/// Makes the frames of lines that have so much room; several are as wide as that.
pub(super) fn frames(composition: &Composition, lines: &[Line], room: Abs) -> Vec<Frame> {
    let mut stick = Stick { composition, piece: 0, span: 0 };
    let frame = |line: &Line| {
        let room = if line.from == 0 { room - composition.indent } else { room };
        let mut frame = stick.line(*line, room);
        if lines.len() > 1 {
            frame.size_mut().x = room;
        }
        frame
    };
    lines.iter().map(frame).collect()
}

struct Stick<'a> {
    composition: &'a Composition,
    /// The piece at which the line at hand begins.
    piece: usize,
    /// The element of the glyph at hand.
    span: usize,
}

impl<'a> Stick<'a> {
    fn line(&mut self, line: Line, room: Abs) -> Frame {
        let composition = self.composition;
        let ends = composition.stops[line.to].ends;
        let set = self.set(line);
        let justification = justification(composition, &set, room, ends);
        let types = set.iter().filter_map(|set| match set {
            Set::Word(kind, ..) | Set::Blank(kind, _, true) | Set::Hyphen(kind, _) => Some(&composition.types[*kind]),
            Set::Blank(_, _, false) | Set::Gap(_) | Set::Tag(_) => None,
        });
        let (top, bottom) = types
            .fold((Abs::zero(), Abs::zero()), |(top, bottom), set_in| (top.max(set_in.top), bottom.max(set_in.bottom)));
        // Typst copies what is in a soft frame when it is put on a page, and remembers it as well.
        let mut frame = Frame::hard(Size::new(Abs::zero(), top + bottom));
        frame.set_baseline(top);
        let mut at = Abs::zero();
        let mut rest = set.as_slice();
        while let Some((next, behind)) = rest.split_first() {
            rest = behind;
            match next {
                Set::Gap(width) => at += *width,
                Set::Tag(tag) => frame.push(Point::new(at, top), FrameItem::Tag((*tag).clone())),
                Set::Hyphen(kind, place) => {
                    let set_in = &composition.types[*kind];
                    let mut run = Run::new(set_in, *place, at, 1);
                    let sort = set_in.case.hyphen_sort();
                    run.push(&sort, *place, sort.advance, self.span_at(*place));
                    at = run.end(sort.first.encode_utf8(&mut [0; 4]), top, &mut frame);
                }
                Set::Word(kind, ..) | Set::Blank(kind, ..) => {
                    let is_same = |next: &&Set| matches!(next, Set::Word(of, ..) | Set::Blank(of, ..) if of == kind);
                    let (same, others) = rest.split_at(rest.iter().take_while(is_same).count());
                    rest = others;
                    let words = std::iter::once(next).chain(same);
                    let glyphs = words.clone().map(Set::glyphs).sum();
                    let mut run = Run::new(&composition.types[*kind], next.place(), at, glyphs);
                    for word in words {
                        self.add(&mut run, word, justification, (top, &mut frame));
                    }
                    let text = &composition.text[run.from..run.to];
                    at = run.end(text, top, &mut frame);
                }
            }
        }
        frame.size_mut().x = at.min(room);
        frame
    }

    /// Adds a word or a space to a run of glyphs, which ends where the next stands at another height.
    fn add(&mut self, run: &mut Run<'a>, set: &Set<'a>, justification: Justification, (top, frame): (Abs, &mut Frame)) {
        let set_in = run.set_in;
        let blank;
        let (place, sorts, is_kept): (usize, &[Sort], bool) = match set {
            Set::Word(_, place, word) => (*place, &word.sorts, true),
            Set::Blank(_, place, is_kept) => {
                blank = [set_in.case.blank_sort()];
                (*place, &blank, *is_kept)
            }
            Set::Hyphen(..) | Set::Gap(_) | Set::Tag(_) => return,
        };
        for sort in sorts {
            let from = place + sort.range.start as usize;
            if run.glyphs.is_empty() {
                run.rise = sort.y_offset;
            } else if run.rise != sort.y_offset {
                let left = run.glyphs.capacity() - run.glyphs.len();
                let next = Run { rise: sort.y_offset, ..Run::new(set_in, from, run.at + run.length(), left) };
                let done = std::mem::replace(run, next);
                let text = &self.composition.text[done.from..done.to];
                done.end(text, top, frame);
            }
            let span = self.span_at(from);
            if is_kept {
                let given = if sort.is_blank() { given(set_in, justification) } else { Em::zero() };
                run.push(sort, place, sort.advance + given, span);
            } else {
                run.push(&Sort { x_offset: Em::zero(), ..sort.clone() }, place, Em::zero(), span);
            }
        }
    }

    /// What stands on a line, in order.
    fn set(&mut self, line: Line) -> Vec<Set<'a>> {
        let composition = self.composition;
        let (from, to) = (&composition.stops[line.from], &composition.stops[line.to]);
        let whole = &composition.text[from.at..to.at];
        let solid = if to.ends == Break::AtWord { from.at + whole.trim_end_matches(' ').len() } else { to.at };
        let mut set = Vec::with_capacity(64);
        while let Some(Piece { range, what }) = composition.pieces.get(self.piece) {
            if range.start >= to.at && !(range.is_empty() && range.start == to.at) {
                break;
            }
            let here = range.start.max(from.at)..range.end.min(to.at);
            match what {
                What::Tag(tag) => set.push(Set::Tag(tag)),
                What::Gap(_, true) if range.start <= from.at && from.at > 0 || range.end >= to.at => {}
                What::Gap(width, _) => set.push(Set::Gap(*width)),
                What::Blank(kind) => set.push(Set::Blank(*kind, range.start, range.start < solid)),
                What::Word(kind, word) if here == *range => set.push(Set::Word(*kind, range.start, Arc::clone(word))),
                What::Word(kind, word) => {
                    let part = composition.part(&composition.types[*kind], (word, range), here.clone());
                    set.push(Set::Word(*kind, here.start, part));
                }
            }
            if range.end > to.at {
                break;
            }
            self.piece += 1;
        }
        if to.ends.is_hyphen() {
            set.extend(composition.type_before(to.at).map(|kind| Set::Hyphen(kind, to.at)));
        }
        set
    }

    /// Where the character at a byte of the text comes from.
    fn span_at(&mut self, at: usize) -> (Span, u16) {
        let spans = &self.composition.spans;
        if spans.get(self.span).is_none_or(|(start, _)| *start > at) {
            self.span = 0;
        }
        while spans.get(self.span + 1).is_some_and(|(start, _)| *start <= at) {
            self.span += 1;
        }
        match spans.get(self.span) {
            Some((start, span)) => (*span, u16::try_from(at - start).unwrap_or(0)),
            None => (Span::detached(), 0),
        }
    }
}

/// What a space takes or gives.
fn given(set_in: &Type, justification: Justification) -> Em {
    let give = if justification.ratio < 0.0 { set_in.shrink } else { set_in.stretch };
    give * justification.ratio + Em::from_abs(justification.extra, set_in.case.size(set_in.size))
}

/// How the spaces of a line are set so that it fills its room.
fn justification(composition: &Composition, set: &[Set], room: Abs, ends: Break) -> Justification {
    let (mut width, mut stretch, mut shrink, mut blanks) = (Abs::zero(), Abs::zero(), Abs::zero(), 0);
    let mut add = |kind: usize, advance: Em, count: usize| {
        let set_in = &composition.types[kind];
        let size = set_in.case.size(set_in.size);
        width += advance.at(size);
        stretch += set_in.stretch.at(size) * count as f64;
        shrink += set_in.shrink.at(size) * count as f64;
        blanks += count;
    };
    let mut gaps = Abs::zero();
    for set in set {
        match set {
            Set::Word(kind, _, word) => add(*kind, word.width, word.blanks),
            Set::Blank(kind, _, true) => add(*kind, composition.types[*kind].case.blank, 1),
            Set::Hyphen(kind, _) => add(*kind, composition.types[*kind].case.hyphen.1, 0),
            Set::Gap(width) => gaps += *width,
            Set::Blank(_, _, false) | Set::Tag(_) => {}
        }
    }
    let mut missing = room - (width + gaps) + overhang(composition, set);
    let (mut ratio, mut extra) = (0.0, Abs::zero());
    if missing < Abs::zero() && shrink > Abs::zero() {
        ratio = (missing / shrink).max(-1.0);
    } else if ends != Break::AtEnd {
        if stretch > Abs::zero() {
            ratio = (missing / stretch).min(1.0);
            missing = (missing - stretch).max(Abs::zero());
        }
        if blanks > 0 && missing > Abs::zero() {
            extra = missing / blanks as f64;
        }
    }
    Justification { ratio, extra }
}

/// How far a mark at a line's end stands out into the margin.
fn overhang(composition: &Composition, set: &[Set]) -> Abs {
    let mut last = None;
    for set in set.iter().rev() {
        match (set, last) {
            (Set::Tag(_), None) => {}
            // With a space of its own type behind it a mark is in one item, with one of another it is not at the end.
            (Set::Blank(kind, _, false), None) => last = Some((*kind, None)),
            (Set::Blank(kind, _, false), Some((known, None))) if *kind == known => {}
            (Set::Hyphen(kind, _), None) => {
                last = Some((*kind, Some(('\u{ad}', composition.types[*kind].case.hyphen.1))))
            }
            (Set::Word(kind, _, word), known) if known.is_none_or(|(known, _)| known == *kind) => {
                last = word.sorts.last().map(|sort| (*kind, Some((sort.first, sort.advance))));
                break;
            }
            _ => break,
        }
        if matches!(last, Some((_, Some(_)))) {
            break;
        }
    }
    let Some((kind, Some((mark, advance)))) = last else { return Abs::zero() };
    let part = match mark {
        '–' | '—' => 0.2,
        '-' | '\u{ad}' => 0.55,
        '.' | ',' => 0.8,
        ':' | ';' => 0.3,
        _ => return Abs::zero(),
    };
    let set_in = &composition.types[kind];
    let glyphs = set.iter().map(|set| match set {
        Set::Word(_, _, word) => word.sorts.len(),
        Set::Blank(_, _, false) => 0,
        _ => 1,
    });
    if set_in.hangs && glyphs.sum::<usize>() > 1 {
        part * advance.at(set_in.case.size(set_in.size))
    } else {
        Abs::zero()
    }
}

/// Glyphs of one type at one height.
struct Run<'a> {
    set_in: &'a Type,
    /// The bytes of the text.
    from: usize,
    to: usize,
    /// Where it begins on its line.
    at: Abs,
    rise: Em,
    glyphs: Vec<Glyph>,
    width: Em,
}

impl<'a> Run<'a> {
    /// Begins a run of so many glyphs.
    fn new(set_in: &'a Type, from: usize, at: Abs, glyphs: usize) -> Self {
        Self { set_in, from, to: from, at, rise: Em::zero(), glyphs: Vec::with_capacity(glyphs), width: Em::zero() }
    }

    /// How long it is.
    fn length(&self) -> Abs {
        self.width.at(self.set_in.case.size(self.set_in.size))
    }

    /// Adds a glyph of a word that begins at a place.
    fn push(&mut self, sort: &Sort, place: usize, advance: Em, (span, offset): (Span, u16)) {
        let Range { start, end } = sort.range;
        let place_of = |at: u32| u16::try_from(place + at as usize - self.from).unwrap_or(u16::MAX);
        self.glyphs.push(Glyph {
            id: sort.glyph,
            x_advance: advance,
            x_offset: sort.x_offset,
            y_advance: Em::zero(),
            y_offset: Em::zero(),
            range: place_of(start)..place_of(end),
            span: (span, offset.saturating_add(self.set_in.span_offset)),
        });
        self.to = self.to.max(place + end as usize);
        self.width += advance;
    }

    /// Puts it on its line, and gives where it ends.
    fn end(self, text: &str, top: Abs, frame: &mut Frame) -> Abs {
        let set_in = self.set_in;
        let size = set_in.case.size(set_in.size);
        let width = self.length();
        let item = TextItem {
            font: set_in.case.font.clone(),
            size,
            fill: set_in.fill.clone(),
            stroke: set_in.stroke.clone(),
            lang: set_in.lang,
            region: set_in.region,
            text: text.into(),
            glyphs: self.glyphs,
        };
        let y = top + set_in.shift - self.rise.at(set_in.size);
        frame.push(Point::new(self.at, y), FrameItem::Text(item));
        if let Some(goal) = &set_in.leads_to {
            let height = set_in.top + set_in.bottom + 2.0 * set_in.half_leading;
            let corner = Point::new(self.at, top - set_in.top - set_in.half_leading);
            frame.push(corner, FrameItem::Link(goal.clone(), Size::new(width, height)));
        }
        self.at + width
    }
}
