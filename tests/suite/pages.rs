//! Setting pages through the library, and reading them as a person would: from the characters that stand on them.

use dossier::annotation;
use dossier::collection;
use dossier::edition::{self, Edition, Imprint};
use dossier::folder::{self, Folder};
use dossier::forme::document_path;
use dossier::layout::{self, DEFAULT};
use dossier::organization::Authority;
use dossier::picture;
use dossier::press::{self, FontSources, Pressed, Shop};
use std::collections::BTreeMap;
use std::path::Path;
use typst::WorldExt;
use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst::text::TextItem;

/// An edition that was set.
pub struct Book {
    /// The words of it.
    pub edition: Edition,
    /// The pages of it.
    pub pressed: Pressed,
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
    item: &'a TextItem,
}

impl Book {
    /// Sets the documents of a folder.
    pub fn of(folder: &Path) -> Self {
        Self::set(folder::read(folder, None).expect("the folder can be read"))
    }

    /// Sets the documents of a folder that was read, in the fonts that the program carries.
    pub fn set(folder: Folder) -> Self {
        Self::set_in(folder, &FontSources::default())
    }

    /// Sets the documents of a folder that was read, in further fonts too.
    pub fn set_in(mut folder: Folder, fonts: &FontSources) -> Self {
        let authority = match &folder.authority {
            Some(text) => Authority::embedded().with_editor(text).expect("the authority file is well-formed"),
            None => Authority::embedded(),
        };
        let (collection, _) =
            collection::collect(std::mem::take(&mut folder.captures), &folder.settings, &folder.sidecars);
        let mut annotated = annotation::annotate(collection, &authority, |_, _| true);
        annotated.pictures = picture::gather(&annotated.collection, &folder.files, &|path| folder.picture(path)).0;
        let (layout, _) = layout::load(DEFAULT, &folder.layouts);
        let layout = layout.expect("the layout is embedded");
        let imprint = Imprint {
            label: folder.settings.edition.as_ref().map(|label| label.value.clone()),
            date: folder.settings.date.as_ref().map(|date| date.value),
            folder: folder.name,
        };
        let edition = edition::edit(annotated, &folder.settings, &imprint, &layout)
            .unwrap_or_else(|problem| panic!("{}", problem.message));
        let mut shop = Shop::new(press::gather_fonts(fonts));
        let pressed = press::set(&edition, &layout, &mut shop, &mut |_| {}).unwrap_or_else(|unset| {
            panic!(
                "{}",
                unset.diagnostics.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("\n")
            )
        });
        Self { edition, pressed, shop }
    }

    /// The bytes of the PDF.
    pub fn print(&self) -> Vec<u8> {
        press::print(&self.pressed, &self.edition).unwrap_or_else(|_| panic!("the pages can be printed"))
    }

    /// All that stands on each page, in the order of setting, a space where a line ends.
    pub fn texts(&self) -> Vec<String> {
        (0..self.pressed.document.pages().len()).map(|page| joined(&self.runs(page))).collect()
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
        let path = document_path(document);
        let code = &self.pressed.forme.files[&path];
        let marks = &self.pressed.forme.marks[&path];
        let mut pages = BTreeMap::new();
        for (page, set) in self.pressed.document.pages().iter().enumerate() {
            let mut pieces: BTreeMap<(usize, usize), char> = BTreeMap::new();
            let mut ends: BTreeMap<usize, usize> = BTreeMap::new();
            for run in self.runs(page) {
                for glyph in &run.item.glyphs {
                    let (span, offset) = glyph.span;
                    if span.id().is_none_or(|id| id.get().vpath().get_with_slash() != path) {
                        continue;
                    }
                    let Some(range) = self.shop.range(span) else { continue };
                    let known = marks.binary_search_by_key(&range.start, |mark| mark.generated.start);
                    let piece = &run.item.text[glyph.range()];
                    if known.is_err() || piece.is_empty() {
                        continue;
                    }
                    ends.insert(range.start, range.end);
                    // The ranges of two glyphs can overlap, so each character is put in its own place.
                    pieces.extend(
                        piece
                            .char_indices()
                            .map(|(at, character)| ((range.start, usize::from(offset) + at), character)),
                    );
                }
            }
            let mut text = String::new();
            let mut last = None;
            for ((start, _), character) in pieces {
                if let Some(last) = last.filter(|last| *last != start)
                    && code.get(ends[&last]..start).is_none_or(|between| between.contains(char::is_whitespace))
                {
                    text.push(' ');
                }
                text.push(character);
                last = Some(start);
            }
            if !text.is_empty() {
                pages.insert(set.number, text);
            }
        }
        pages
    }

    fn runs(&self, page: usize) -> Vec<Run<'_>> {
        let mut runs = Vec::new();
        gather(&self.pressed.document.pages()[page].frame, Point::zero(), &mut runs);
        runs
    }
}

fn gather<'a>(frame: &'a Frame, at: Point, runs: &mut Vec<Run<'a>>) {
    for (place, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                gather(&group.frame, at + *place + Point::new(group.transform.tx, group.transform.ty), runs);
            }
            FrameItem::Text(text) => runs.push(Run { at: at + *place, item: text }),
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
