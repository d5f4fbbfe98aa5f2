//! Setting pages through the library, and reading them as a person would: from the characters that stand on them.

use chrono::NaiveDate;
use dossier::annotation;
use dossier::audit::{self, Audit};
use dossier::collection;
use dossier::edition::{self, Edition, Imprint};
use dossier::folder::{self, Folder};
use dossier::forme::document_path;
use dossier::forme::emit::Form;
use dossier::layout::{self, DEFAULT};
use dossier::organization::Authority;
use dossier::picture;
use dossier::press::{self, FontSources, Pressed, Shop, Standard, Standards, Step};
use dossier::settings::Spanned;
use regex::Regex;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::Path;
use typst::WorldExt;
use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst::text::TextItem;
use typst_layout::PagedDocument;

/// An edition that was set.
pub struct Book {
    /// The words of it.
    pub edition: Edition,
    /// The pages of it.
    pub pressed: Pressed,
    /// How often Typst was asked for some of them.
    pub settings: usize,
    shop: Shop,
}

/// Characters that were shaped together.
#[derive(Debug)]
pub struct SetRun {
    /// The family of their font.
    pub family: String,
    /// The characters.
    pub text: String,
    /// Their glyphs.
    pub glyphs: Vec<u16>,
    /// Where the run ends, in points.
    pub right: f64,
    /// How far down the page its line is.
    pub line: f64,
}

/// A run of characters and where it stands on its page.
struct Run<'a> {
    at: Point,
    transform: Transform,
    item: &'a TextItem,
}

impl Book {
    /// Sets the documents of a folder.
    pub fn of(folder: &Path) -> Self {
        Self::set(folder::read(folder, None).expect("the folder can be read"))
    }

    /// Sets the documents of a folder in a layout.
    pub fn laid_out(folder: &Path, layout: &str) -> Self {
        let folder = folder::read(folder, None).expect("the folder can be read");
        Self::made(folder, &FontSources::default(), layout)
    }

    /// Sets the documents of a folder in the layout for keeping, as an edition of a day.
    pub fn of_day(folder: &Path, day: NaiveDate) -> Self {
        let mut folder = folder::read(folder, None).expect("the folder can be read");
        folder.settings.date = Some(Spanned { value: day, span: 0..0, path: "test".into(), line: 0 });
        Self::made(folder, &FontSources::default(), "edition")
    }

    /// Sets the documents of a folder that was read, in the fonts that the program carries.
    pub fn set(folder: Folder) -> Self {
        Self::made(folder, &FontSources::default(), DEFAULT)
    }

    /// Sets the documents of a folder that was read, in further fonts too.
    pub fn set_in(folder: Folder, fonts: &FontSources) -> Self {
        Self::made(folder, fonts, DEFAULT)
    }

    fn made(folder: Folder, fonts: &FontSources, layout: &str) -> Self {
        Self::in_shop(Shop::new(press::gather_fonts(fonts)).keeping(), folder, layout)
    }

    /// Sets the documents of a folder where no other book is set, in a layout.
    pub fn by_itself(folder: &Path, layout: &str) -> Self {
        let shop = Shop::new(press::gather_fonts(&FontSources::default()));
        Self::in_shop(shop, folder::read(folder, None).expect("the folder can be read"), layout)
    }

    /// Sets the documents of a folder where this book was set.
    pub fn followed_by(self, folder: &Path, layout: &str) -> Self {
        Self::in_shop(self.shop, folder::read(folder, None).expect("the folder can be read"), layout)
    }

    fn in_shop(mut shop: Shop, mut folder: Folder, layout: &str) -> Self {
        let authority = match &folder.authority {
            Some(text) => Authority::embedded().with_editor(text).expect("the authority file is well-formed"),
            None => Authority::embedded(),
        };
        let (collection, _) =
            collection::collect(std::mem::take(&mut folder.captures), &folder.settings, &folder.sidecars);
        let mut annotated = annotation::annotate(collection, &authority, |_, _| true);
        let logo = folder.settings.logo.as_ref();
        annotated.pictures =
            picture::gather(&annotated.collection, &folder.files, logo, &|path| folder.picture(path)).0;
        let (layout, _) = layout::load(layout, &folder.layouts);
        let layout = layout.expect("the layout is embedded");
        let imprint = Imprint {
            label: folder.settings.edition.as_ref().map(|label| label.value.clone()),
            date: folder.settings.date.as_ref().map(|date| date.value),
            folder: folder.name,
            preface: folder.preface,
            afterword: folder.afterword,
            ..Imprint::default()
        };
        let edition = edition::edit(annotated, &folder.settings, &imprint, &layout)
            .unwrap_or_else(|problem| panic!("{}", problem.message));
        let mut settings = 0;
        let mut count = |step| settings += usize::from(matches!(step, Step::Setting(_)));
        let pressed = press::set(&edition, &layout, &mut shop, &mut count).unwrap_or_else(|unset| {
            panic!(
                "{}",
                unset.diagnostics.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("\n")
            )
        });
        Self { edition, pressed, settings, shop }
    }

    /// Where every word of the sources went.
    pub fn audit(&self) -> Audit {
        audit::audit(&self.edition, &self.pressed, &self.shop)
    }

    /// The bytes of the PDF.
    pub fn print(&self) -> Vec<u8> {
        self.print_as(&[])
    }

    /// The bytes of the PDF that keeps some standards.
    pub fn print_as(&self, standards: &[Standard]) -> Vec<u8> {
        let standards = Standards::of(standards).expect("the standards go together");
        press::print(&self.pressed, &self.edition, &standards).unwrap_or_else(|problems| panic!("{problems:?}"))
    }

    /// The same edition as the plain `typst` program sets what is emitted of it.
    pub fn in_plain_typst(mut self) -> Self {
        self.shop = self.shop.plain();
        self.in_one_go()
    }

    /// The same edition, set all in one go.
    pub fn in_one_go(mut self) -> Self {
        self.shop.lay(&self.pressed.forme);
        let set = typst::compile::<PagedDocument>(&self.shop);
        self.pressed.document = set.output.unwrap_or_else(|problems| panic!("{problems:?}"));
        self
    }

    /// All that stands on each page, in the order of setting, a space where a line ends.
    pub fn texts(&self) -> Vec<String> {
        (0..self.pressed.document.pages().len()).map(|page| joined(&self.runs(page))).collect()
    }

    /// Where each run of letters stands on each page: how far right and down, in hundredths of a point, and what it says.
    pub fn places(&self) -> Vec<Vec<(i64, i64, String)>> {
        let hundredths = |length: Abs| (length.to_pt() * 100.0).round() as i64;
        let place = |run: Run<'_>| (hundredths(run.at.x), hundredths(run.at.y), run.item.text.to_string());
        let page = |index| {
            let mut places: Vec<_> = self.runs(index).into_iter().map(place).collect();
            places.sort();
            places
        };
        (0..self.pressed.document.pages().len()).map(page).collect()
    }

    /// Where each glyph stands on each page, in hundredths of a point, which it is, and what it stands for.
    pub fn glyphs(&self) -> Vec<Vec<(i64, i64, u16, String)>> {
        let hundredths = |length: Abs| (length.to_pt() * 100.0).round() as i64;
        let page = |index| {
            let mut glyphs = Vec::new();
            for run in self.runs(index) {
                let mut along = Abs::zero();
                for glyph in &run.item.glyphs {
                    let at = run.at.x + along + glyph.x_offset.at(run.item.size);
                    let text = run.item.text[glyph.range()].to_owned();
                    glyphs.push((hundredths(at), hundredths(run.at.y), glyph.id, text));
                    along += glyph.x_advance.at(run.item.size);
                }
            }
            glyphs.sort();
            glyphs
        };
        (0..self.pressed.document.pages().len()).map(page).collect()
    }

    /// The pictures of the book: the page, counted from 0, the place of the upper left corner there and the size.
    pub fn pictures(&self) -> Vec<(usize, Point, Size)> {
        let mut pictures = Vec::new();
        for (page, set) in self.pressed.document.pages().iter().enumerate() {
            gather_pictures(&set.frame, page, Transform::identity(), &mut pictures);
        }
        pictures
    }

    /// The runs of a page: the family of each, its characters, their glyphs, where the run ends.
    pub fn set_runs(&self, page: usize) -> Vec<SetRun> {
        let run = |run: Run<'_>| SetRun {
            family: run.item.font.info().family.clone(),
            text: run.item.text.to_string(),
            glyphs: run.item.glyphs.iter().map(|glyph| glyph.id).collect(),
            right: (run.at.x + run.item.width()).to_pt(),
            line: run.at.y.to_pt(),
        };
        self.runs(page).into_iter().map(run).collect()
    }

    /// All that stands in the book.
    pub fn text(&self) -> String {
        self.texts().join(" ")
    }

    /// The lowest line of each page, where folios stand.
    pub fn feet(&self) -> Vec<String> {
        let foot = |page| {
            let runs: Vec<Run<'_>> = self.runs(page);
            let lowest = runs.iter().map(|run| run.at.y).max_by(|a, b| a.to_pt().total_cmp(&b.to_pt()));
            joined(&runs.into_iter().filter(|run| Some(run.at.y) == lowest).collect::<Vec<_>>())
        };
        (0..self.pressed.document.pages().len()).map(foot).collect()
    }

    /// The text of one document itself, page by page, in the order in which it was written whatever its direction.
    /// Titles, notes and substitutes are not part of it.
    pub fn body(&self, document: usize) -> BTreeMap<u64, String> {
        self.bodies().swap_remove(document)
    }

    /// The text of every document, as [`Book::body`] gives that of one.
    pub fn bodies(&self) -> Vec<BTreeMap<u64, String>> {
        let paths: Vec<String> = (0..self.edition.items.len()).map(document_path).collect();
        let numbers: BTreeMap<&str, usize> = paths.iter().map(String::as_str).zip(0..).collect();
        let mut bodies = vec![BTreeMap::new(); paths.len()];
        for (page, set) in self.pressed.document.pages().iter().enumerate() {
            let mut pieces: BTreeMap<(usize, usize, usize), char> = BTreeMap::new();
            let mut ends: BTreeMap<(usize, usize), usize> = BTreeMap::new();
            for run in self.runs(page) {
                for glyph in &run.item.glyphs {
                    let (span, offset) = glyph.span;
                    let path = span.id().map(|id| id.get().vpath().get_with_slash().to_owned()).unwrap_or_default();
                    let Some(&document) = numbers.get(path.as_str()) else { continue };
                    let Some(range) = self.shop.range(span) else { continue };
                    let marks = &self.pressed.forme.marks[&path];
                    let known = marks.binary_search_by_key(&range.start, |mark| mark.generated.start);
                    let piece = &run.item.text[glyph.range()];
                    if known.is_ok_and(|mark| marks[mark].form == Form::Name) || known.is_err() || piece.is_empty() {
                        continue;
                    }
                    ends.insert((document, range.start), range.end);
                    // The ranges of two glyphs can overlap, so each character is put in its own place.
                    pieces.extend(
                        piece
                            .char_indices()
                            .map(|(at, character)| ((document, range.start, usize::from(offset) + at), character)),
                    );
                }
            }
            let mut last = None;
            for ((document, start, _), character) in pieces {
                let text: &mut String = bodies[document].entry(set.number).or_default();
                let code = &self.pressed.forme.files[&paths[document]];
                if let Some(last) = last.filter(|last: &(usize, usize)| last.0 == document && last.1 != start)
                    && code.get(ends[&last]..start).is_none_or(|between| between.contains(char::is_whitespace))
                {
                    text.push(' ');
                }
                text.push(character);
                last = Some((document, start));
            }
        }
        bodies
    }

    /// The lines of running text, document by document, in the order in which they were written; notes are none.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for document in 0..self.edition.items.len() {
            lines.extend(self.document_lines(document));
        }
        lines
    }

    fn document_lines(&self, document: usize) -> Vec<Line> {
        let path = document_path(document);
        let code = &self.pressed.forme.files[&path];
        let marks = &self.pressed.forme.marks[&path];
        let (mut paragraph, mut read) = (0, 0);
        // What opens within a line is no new paragraph.
        let inline = Regex::new(r#"#(?:web|mention|document-link|foreign)\((?:[^()"]|"(?:[^"\\]|\\.)*")*\)\["#)
            .expect("the pattern is fixed");
        // Where each literal stands: its paragraph, and what that is.
        let places: BTreeMap<usize, (usize, Kind)> = marks
            .iter()
            .map(|mark| {
                let start = mark.generated.start;
                let between = inline.replace_all(&code[read..start], "");
                paragraph += ["\n\n", "], [", "([", ")["].iter().map(|end| between.matches(end).count()).sum::<usize>();
                read = start;
                let block = code[..start].rfind("\n\n").map_or(0, |at| at);
                let block = &code[block..start];
                // The head of a table stands on each of its pages.
                let row = if block.contains(", rows: (") { Kind::Cell } else { Kind::Apart };
                let apart = [
                    ("#data-table(", row),
                    ("#note(", Kind::Apart),
                    ("#listing(", Kind::Apart),
                    ("#definitions(", Kind::Apart),
                    ("#subhead(", Kind::Heading),
                ];
                let kind = apart.iter().find(|(function, _)| block.contains(function));
                (start, (paragraph, kind.map_or(Kind::Running, |(_, kind)| *kind)))
            })
            .collect();
        let mut lines: BTreeMap<(usize, usize, i64), Line> = BTreeMap::new();
        for page in 0..self.pressed.document.pages().len() {
            for run in self.runs(page) {
                for glyph in &run.item.glyphs {
                    let (span, _) = glyph.span;
                    if span.id().is_none_or(|id| id.get().vpath().get_with_slash() != path) {
                        continue;
                    }
                    let Some(range) = self.shop.range(span) else { continue };
                    let Some(&(paragraph, kind)) = places.get(&range.start) else { continue };
                    // A line's letters stand within a few points of one another, whatever is raised or lowered.
                    let height = (run.at.y.to_pt() / 4.0).round() as i64;
                    let line = lines.entry((page, paragraph, height)).or_insert_with(|| Line {
                        document,
                        page,
                        paragraph,
                        y: run.at.y.to_pt(),
                        kind,
                    });
                    line.y = line.y.max(run.at.y.to_pt());
                }
            }
        }
        lines.into_values().collect()
    }

    /// The boxes of all runs of characters on a page: left, top, right and bottom, in points.
    pub fn boxes(&self, page: usize) -> Vec<([f64; 4], String)> {
        let edges = |run: &Run<'_>| {
            let (size, width) = (run.item.size, run.item.width());
            let corner = |x: Abs, y: Abs| Point::new(x, y).transform(run.transform);
            let corners = [(Abs::zero(), size * -0.6), (width, size * 0.1)].map(|(x, y)| corner(x, y));
            let ([a, b], [c, d]) = (corners.map(|corner| corner.x.to_pt()), corners.map(|corner| corner.y.to_pt()));
            [a.min(b), c.min(d), a.max(b), c.max(d)]
        };
        self.runs(page).iter().map(|run| (edges(run), run.item.text.to_string())).collect()
    }

    fn runs(&self, page: usize) -> Vec<Run<'_>> {
        let mut runs = Vec::new();
        gather(&self.pressed.document.pages()[page].frame, Transform::identity(), &mut runs);
        runs
    }
}

/// Fails unless two settings of a book have the same on each page, naming the first that differs.
#[track_caller]
pub fn assert_same_pages<T: Debug + PartialEq>(one: &[T], other: &[T], book: &str) {
    assert_eq!(one.len(), other.len(), "{book}");
    for (page, (one, other)) in one.iter().zip(other).enumerate() {
        assert_eq!(one, other, "{book}, page {}", page + 1);
    }
}

/// A line of a document's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The document, counted from 0.
    pub document: usize,
    /// The page, counted from 0.
    pub page: usize,
    /// What sets the lines of one paragraph apart from those of the others, in the order of the text.
    pub paragraph: usize,
    /// The height of its baseline, in points from the top.
    pub y: f64,
    /// What it is a line of.
    pub kind: Kind,
}

/// What a line is a line of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Running text, where widows and orphans count.
    Running,
    /// A heading.
    Heading,
    /// The cell of a table.
    Cell,
    /// A note, code, a list of terms.
    Apart,
}

fn gather<'a>(frame: &'a Frame, transform: Transform, runs: &mut Vec<Run<'a>>) {
    for (place, item) in frame.items() {
        let transform = transform.pre_concat(Transform::translate(place.x, place.y));
        match item {
            FrameItem::Group(group) => gather(&group.frame, transform.pre_concat(group.transform), runs),
            FrameItem::Text(text) => runs.push(Run { at: Point::zero().transform(transform), transform, item: text }),
            FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}

fn gather_pictures(frame: &Frame, page: usize, outer: Transform, pictures: &mut Vec<(usize, Point, Size)>) {
    for (place, item) in frame.items() {
        let here = outer.pre_concat(Transform::translate(place.x, place.y));
        match item {
            FrameItem::Group(group) => {
                gather_pictures(&group.frame, page, here.pre_concat(group.transform), pictures);
            }
            FrameItem::Image(_, size, _) => {
                let corner = Point::zero().transform(here);
                pictures.push((page, corner, (size.to_point().transform(here) - corner).to_size()));
            }
            _ => {}
        }
    }
}

fn joined(runs: &[Run<'_>]) -> String {
    let mut text = String::new();
    let mut line: Option<Abs> = None;
    for run in runs {
        if line.is_some_and(|line| line != run.at.y) {
            text.push(' ');
        }
        text.push_str(&run.item.text);
        line = Some(run.at.y);
    }
    text
}

/// A text without its blanks and places to break, for comparing whatever lines it was broken into.
pub fn bare(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace() && *character != '\u{200b}').collect()
}
