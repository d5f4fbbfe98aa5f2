//! Make-up: the parts in which a book is set are put together, page by page.
//!
//! What enters: the documents' pages, those before and behind them, and the heads and folios of all, on pages of their own.
//! What leaves: the book. The documents are set once, whatever their page numbers turn out to be, and nothing in
//! them waits for what stands elsewhere: links lead to keys until here, where the place of every key is known. All of them
//! are set as on right-hand pages, and moved where a left-hand page has its lines elsewhere.

use super::matter::Around;
use super::take::{Row, Taken};
use crate::edition::glossary::Pages;
use crate::forme::LED_TO;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use typst::foundations::{Content, Label, Selector, Smart};
use typst::introspection::{Introspector, Location, MetadataElem, PagedPosition, Tag};
use typst::layout::{Abs, Frame, FrameItem, Length, Point};
use typst::model::{Destination, Document, HeadingElem, LinkMarker, Supplement};
use typst::utils::PicoStr;
use typst_layout::{Page, PagedDocument};

/// The label on every page with the head and the folio of one of the documents'.
const PLACE: &str = "documents";

/// The label at the foot of every other page that is to have a folio.
const FOLIO: &str = "folio";

/// Says which document the head of each page of the documents names: the one that comes over from the page before.
pub(super) fn heads(text: &Row, pages: &Pages) -> Vec<Option<usize>> {
    let set = text.document.pages().get(text.front..).unwrap_or_default();
    set.iter().map(|page| head(page, pages)).collect()
}

fn head(page: &Page, pages: &Pages) -> Option<usize> {
    let number = page.number;
    let next = pages.documents.partition_point(|start| *start < number);
    let before = next.checked_sub(1)?;
    let begins = pages.documents.get(next) == Some(&number);
    let is_stubs = pages.stubs.iter().any(|stub| (pages.documents[before] + 1..=number).contains(stub));
    let goes_on = !begins && !is_stubs && holds(&page.frame, &is_printed);
    (pages.ends[before] >= number || goes_on).then_some(before)
}

/// Whether an item can be seen.
fn is_printed(item: &FrameItem) -> bool {
    matches!(item, FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Image(..))
}

/// Whether a frame holds such an item, in itself or in a group.
fn holds(frame: &Frame, wanted: &dyn Fn(&FrameItem) -> bool) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => wanted(item) || holds(&group.frame, wanted),
        item => wanted(item),
    })
}

/// The marks of this name and where they stand, in their order.
fn marks(document: &PagedDocument, name: &str) -> Vec<(Content, PagedPosition)> {
    let introspector = document.introspector();
    let found = label(name).map(|label| introspector.query(&Selector::Label(label))).unwrap_or_default();
    let placed = |mark: Content| Some((introspector.position(mark.location()?)?, mark));
    found.into_iter().filter_map(placed).map(|(place, mark)| (mark, place)).collect()
}

/// Puts the book together.
pub(super) fn made_up(text: Row, around: &Around) -> PagedDocument {
    let mut tally = text.tally;
    let [front, back, folios] =
        [&around.front, &around.back, &around.folios].map(|taken| told_apart(taken, &mut tally));
    let (front, back): (&PagedDocument, &PagedDocument) = (&front, &back);
    let (before, behind) = (asking(front), asking(back));
    let front_pages = front.pages().iter().enumerate().map(|(at, page)| (page, before.contains(&at), Abs::zero()));
    let document_pages = text.document.pages()[text.front..].iter().zip(&around.shifts);
    let document_pages = document_pages.map(|(page, shift)| (page, true, *shift));
    let back_pages = back.pages().iter().enumerate().skip(around.blanks);
    let back_pages = back_pages.map(|(at, page)| (page, behind.contains(&at), Abs::zero()));
    let all: Vec<(&Page, bool, Abs)> = front_pages.chain(document_pages).chain(back_pages).collect();
    let leader = || Leader { parts: [front, &text.document, back], known: HashMap::new(), astray: HashSet::new() };
    let made_up = all.into_par_iter().enumerate().map_init(leader, |leader, (index, (set, has_folio, shift))| {
        let mut page = set.clone();
        page.number = index as u64 + 1;
        page.frame.translate(Point::with_x(shift));
        let furniture = folios.pages().get(index).filter(|_| has_folio);
        furniture.into_iter().for_each(|furniture| furnish(&mut page, furniture));
        leader.frame(&mut page.frame);
        page
    });
    PagedDocument::new(made_up.collect::<Vec<Page>>().into(), front.info().clone())
}

/// A part of the book, none of whose elements is taken for one that is in the tally.
fn told_apart<'a>(taken: &'a Taken, tally: &mut Tally) -> Cow<'a, PagedDocument> {
    let mut pages = taken.document.pages().to_vec();
    if apart(&mut pages, &taken.elements, tally) {
        Cow::Owned(PagedDocument::new(pages.into(), taken.document.info().clone()))
    } else {
        Cow::Borrowed(&taken.document)
    }
}

/// The pages that ask for a folio, counted from 0.
fn asking(part: &PagedDocument) -> HashSet<usize> {
    marks(part, FOLIO).into_iter().map(|(_, place)| place.page.get() - 1).collect()
}

/// How much further right than where the documents were set the lines of each of their pages begin.
pub(super) fn shifts(folios: &PagedDocument) -> Vec<Abs> {
    let shift = |(mark, place): (Content, PagedPosition)| {
        let set_at = mark.to_packed::<MetadataElem>()?.value.clone().cast::<Length>().ok()?;
        Some(place.point.x - set_at.abs)
    };
    marks(folios, PLACE).into_iter().filter_map(shift).collect()
}

/// Puts around the lines of a page the head and the folio that stand on another.
fn furnish(page: &mut Page, furniture: &Page) {
    let middle = furniture.frame.height() / 2.0;
    let items = furniture.frame.items().cloned();
    let (heads, feet): (Vec<_>, Vec<_>) = items.partition(|(place, _)| place.y < middle);
    page.frame.prepend_multiple(heads);
    page.frame.push_multiple(feet);
}

/// The elements that stand on pages which were set apart from others, by what Typst knows them by.
#[derive(Clone, Default)]
pub(super) struct Tally(HashSet<Location>);

/// Makes sure that no element of these pages is taken for one that is in the tally, as two may be that say the same; and
/// puts them in it. Says whether there were any.
pub(super) fn apart(pages: &mut [Page], own: &HashSet<Location>, tally: &mut Tally) -> bool {
    let shared: HashSet<Location> = own.intersection(&tally.0).copied().collect();
    tally.0.extend(own);
    if shared.is_empty() {
        return false;
    }
    let renamed: HashMap<Location, Location> =
        shared.into_iter().map(|location| (location, unlike(location, tally))).collect();
    tally.0.extend(renamed.values());
    pages.par_iter_mut().for_each(|page| rename(&mut page.frame, &renamed));
    true
}

/// A location like another, but one that the tally does not have.
fn unlike(location: Location, tally: &Tally) -> Location {
    let mut variants = (1..).map(|number| location.variant(number));
    variants.find(|variant| !tally.0.contains(variant)).expect("there are more variants than elements")
}

/// Gathers the elements of pages.
pub(super) fn elements(pages: &[Page]) -> HashSet<Location> {
    let mut found = HashSet::new();
    pages.iter().for_each(|page| gather(&page.frame, &mut found));
    found
}

fn gather(frame: &Frame, found: &mut HashSet<Location>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => gather(&group.frame, found),
            FrameItem::Tag(Tag::Start(content, _)) => found.extend(content.location()),
            _ => {}
        }
    }
}

/// Renames elements in a frame, and what refers to them.
fn rename(frame: &mut Frame, renamed: &HashMap<Location, Location>) {
    let to = |location: &mut Location| {
        if let Some(other) = renamed.get(location) {
            *location = *other;
        }
    };
    let is_known = |location: Option<Location>| location.is_some_and(|location| renamed.contains_key(&location));
    let concerns = |item: &FrameItem| match item {
        FrameItem::Group(group) => is_known(group.parent.map(|parent| parent.location)),
        FrameItem::Tag(tag) => is_known(Some(tag.location())),
        FrameItem::Link(Destination::Location(location), _) => is_known(Some(*location)),
        _ => false,
    };
    if !holds(frame, &concerns) {
        return;
    }
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => {
                if let Some(parent) = &mut group.parent {
                    to(&mut parent.location);
                }
                rename(&mut group.frame, renamed);
            }
            FrameItem::Tag(Tag::Start(content, _)) => {
                let other = content.location().and_then(|location| renamed.get(&location));
                other.into_iter().for_each(|other| content.set_location(*other));
            }
            FrameItem::Tag(Tag::End(location, ..)) | FrameItem::Link(Destination::Location(location), _) => {
                to(location)
            }
            _ => {}
        }
        true
    });
}

/// Leads links to where their keys stand, and gives headings their numbers.
struct Leader<'a> {
    parts: [&'a PagedDocument; 3],
    known: HashMap<String, Option<Goal>>,
    /// The links whose keys stand nowhere; their words stay.
    astray: HashSet<Location>,
}

/// What a key stands for.
#[derive(Clone)]
struct Goal {
    location: Location,
    /// Its words, where it is a heading; for readers who hear what a link leads to.
    words: Option<String>,
}

impl Leader<'_> {
    fn frame(&mut self, frame: &mut Frame) {
        if holds(frame, &waits) {
            frame.retain(|item| match item {
                FrameItem::Group(group) => {
                    self.frame(&mut group.frame);
                    true
                }
                FrameItem::Link(destination, _) => self.link(destination),
                FrameItem::Tag(Tag::Start(content, _)) => {
                    number(content);
                    self.marker(content)
                }
                FrameItem::Tag(Tag::End(location, ..)) => !self.astray.contains(location),
                FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Image(..) => true,
            });
        }
    }

    /// Leads one link; says whether it leads anywhere.
    fn link(&mut self, destination: &mut Destination) -> bool {
        let key = match destination {
            Destination::Url(address) => address.strip_prefix(LED_TO).map(str::to_owned),
            Destination::Position(_) | Destination::Location(_) => None,
        };
        let Some(key) = key else { return true };
        let goal = self.goal(&key);
        if let Some(goal) = &goal {
            *destination = Destination::Location(goal.location);
        }
        goal.is_some()
    }

    /// Puts into words what one link leads to; says whether it leads anywhere.
    fn marker(&mut self, content: &mut Content) -> bool {
        let Some(key) = key_of(content).map(str::to_owned) else { return true };
        let goal = self.goal(&key);
        if let (None, Some(location)) = (&goal, content.location()) {
            self.astray.insert(location);
        }
        if let (Some(goal), Some(marker)) = (&goal, content.to_packed_mut::<LinkMarker>()) {
            let words = goal.words.as_deref().map_or_else(|| marker.body.plain_text(), Into::into);
            marker.alt = Some(words);
        }
        goal.is_some()
    }

    fn goal(&mut self, key: &str) -> Option<Goal> {
        if let Some(known) = self.known.get(key) {
            return known.clone();
        }
        let found = label(key).and_then(|label| {
            let element = self.parts.iter().find_map(|part| part.introspector().query_label(label).ok().cloned())?;
            let words = element.to_packed::<HeadingElem>().map(|heading| heading.body.plain_text().to_string());
            Some(Goal { location: element.location()?, words })
        });
        self.known.insert(key.to_owned(), found.clone());
        found
    }
}

/// Whether an item is part of a link to a key, or a heading without its number.
fn waits(item: &FrameItem) -> bool {
    match item {
        FrameItem::Link(Destination::Url(address), _) => address.starts_with(LED_TO),
        FrameItem::Tag(Tag::Start(content, _)) => key_of(content).is_some() || number_of(content).is_some(),
        _ => false,
    }
}

/// Puts in the number of a heading that was set without it; bookmarks have it.
fn number(content: &mut Content) {
    let number = number_of(content);
    if let (Some(number), Some(heading)) = (number, content.to_packed_mut::<HeadingElem>()) {
        heading.numbers = Some(number.into());
    }
}

/// The number of such a heading.
fn number_of(content: &Content) -> Option<String> {
    let heading = content.to_packed::<HeadingElem>()?;
    match heading.supplement.as_option().as_ref()? {
        Smart::Custom(Some(Supplement::Content(number))) => number.plain_text().strip_prefix(LED_TO).map(str::to_owned),
        _ => None,
    }
}

/// The key that a link leads to.
fn key_of(content: &Content) -> Option<&str> {
    content.to_packed::<LinkMarker>()?.alt.as_deref()?.strip_prefix(LED_TO)
}

fn label(name: &str) -> Option<Label> {
    Label::new(PicoStr::intern(name))
}
