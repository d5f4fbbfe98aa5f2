//! Make-up: the parts in which a book is set are put together, page by page.
//!
//! What enters: the documents' pages, those before and behind them, and the heads and folios of all, on pages of their own.
//! What leaves: the book. Every part is set once, whatever the page numbers turn out to be, and nothing in it waits for what
//! stands elsewhere: until here, where the place of every key is known, links lead to keys and contents keep places for
//! numbers. Two parts may have elements of one name, since neither knows of the other; here each has names of its own. The
//! documents are set as on right-hand pages, and moved where a left-hand page has its lines elsewhere.

use super::matter::Around;
use super::page_number;
use super::take::{Row, Taken};
use crate::edition::glossary::Pages;
use crate::forme::LED_TO;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::{PoisonError, RwLock};
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
    let set = text.pages.get(text.front..).unwrap_or_default();
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
pub(super) fn made_up(text: &Row, around: &Around) -> PagedDocument {
    let mut tally = HashSet::new();
    let mut part = |taken, skipped, start| Part::told_apart(taken, (skipped, start), &mut tally);
    let documents: Vec<Part> =
        text.takes.iter().map(|placed| part(&placed.taken, placed.blanks, placed.start)).collect();
    let front = part(&text.before, 0, 1);
    let back = part(&around.back, around.blanks, text.pages.len() + 1);
    let folios = part(&around.folios, 0, 1);
    let parts: Vec<&Part> = [&front].into_iter().chain(&documents).chain([&back]).collect();
    let known = RwLock::default();
    let leader = || Leader { parts: &parts, known: &known, astray: HashSet::new() };
    let all = in_order(text, around, [&front, &back], &documents);
    let made_up = all.into_par_iter().enumerate().map_init(leader, |leader, (index, set)| {
        let mut page = set.page.clone();
        page.number = index as u64 + 1;
        page.frame.translate(Point::with_x(set.shift));
        leader.frame(&mut page.frame, &set.part.renamed);
        if let Some(furniture) = folios.set.pages().get(index).filter(|_| set.has_folio) {
            let mut furniture = furniture.frame.clone();
            leader.frame(&mut furniture, &folios.renamed);
            furnish(&mut page, &furniture);
        }
        page
    });
    PagedDocument::new(made_up.collect::<Vec<Page>>().into(), front.set.info().clone())
}

/// The pages of the book in their order.
fn in_order<'a>(
    text: &'a Row,
    around: &Around,
    [front, back]: [&'a Part<'a>; 2],
    documents: &'a [Part<'a>],
) -> Vec<Set<'a>> {
    let own = |part: &'a Part<'a>| {
        let asking = asking(part.set);
        let pages = part.set.pages().iter().enumerate().skip(part.skipped);
        pages.map(move |(at, page)| Set { part, page, has_folio: asking.contains(&at), shift: Abs::zero() })
    };
    let set = text.pages.iter().enumerate().skip(text.front).zip(&around.shifts);
    let of_documents = set.map(|((at, page), shift)| {
        let take = text.takes.partition_point(|take| take.start <= at + 1).saturating_sub(1);
        Set { part: &documents[take], page, has_folio: true, shift: *shift }
    });
    own(front).chain(of_documents).chain(own(back)).collect()
}

/// A page of the book, as it was set.
struct Set<'a> {
    part: &'a Part<'a>,
    page: &'a Page,
    has_folio: bool,
    /// How much further right its lines begin than where they were set.
    shift: Abs,
}

/// New names for elements.
type Renamed = HashMap<Location, Location>;

/// A part of the book that was set apart from others.
struct Part<'a> {
    set: &'a PagedDocument,
    /// How many pages it begins with that stand nowhere in the book.
    skipped: usize,
    /// The number of the page on which it begins.
    start: usize,
    /// What its elements are called that have the name of one in another part, as two may that say the same.
    renamed: Renamed,
}

impl<'a> Part<'a> {
    /// Gives names of their own to the elements that have one of the tally, and puts all of them in that.
    fn told_apart(taken: &'a Taken, (skipped, start): (usize, usize), tally: &mut HashSet<Location>) -> Self {
        let shared: Vec<Location> = taken.elements.intersection(tally).copied().collect();
        tally.extend(&taken.elements);
        let mut renamed = HashMap::new();
        for location in shared {
            let mut variants = (1..).map(|number| location.variant(number));
            let own = variants.find(|variant| tally.insert(*variant)).expect("there are more variants than elements");
            renamed.insert(location, own);
        }
        Self { set: &taken.document, skipped, start, renamed }
    }

    /// Where what has a label stands, if it does.
    fn labelled(&self, label: Label) -> Option<Goal> {
        let introspector = self.set.introspector();
        let element = introspector.query_label(label).ok()?;
        let location = element.location()?;
        Some(Goal {
            location: self.renamed.get(&location).copied().unwrap_or(location),
            page: (self.start + introspector.page(location)?.get()).saturating_sub(self.skipped + 1),
            words: element.to_packed::<HeadingElem>().map(|heading| heading.body.plain_text().to_string()),
        })
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
fn furnish(page: &mut Page, furniture: &Frame) {
    let middle = furniture.height() / 2.0;
    let items = furniture.items().cloned();
    let (heads, feet): (Vec<_>, Vec<_>) = items.partition(|(place, _)| place.y < middle);
    page.frame.prepend_multiple(heads);
    page.frame.push_multiple(feet);
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

/// Leads links to where their keys stand, puts in the numbers of headings and of pages, and gives elements the names of
/// their own.
struct Leader<'a> {
    parts: &'a [&'a Part<'a>],
    known: &'a RwLock<HashMap<String, Option<Goal>>>,
    /// The links whose keys stand nowhere; their words stay.
    astray: HashSet<Location>,
}

/// What a key stands for.
#[derive(Clone)]
struct Goal {
    location: Location,
    /// The number of the page on which it stands.
    page: usize,
    /// Its words, where it is a heading; for readers who hear what a link leads to.
    words: Option<String>,
}

impl Leader<'_> {
    /// Does so in a frame, of which nothing is copied that stays as it is.
    fn frame(&mut self, frame: &mut Frame, renamed: &Renamed) {
        if !holds(frame, &|item| waits(item) || is_renamed(item, renamed)) {
            return;
        }
        let own = |location: &Location| renamed.get(location).copied().unwrap_or(*location);
        frame.retain(|item| match item {
            FrameItem::Group(group) => {
                if let Some(key) = page_number::key_of(group) {
                    let number = self.goal(&key).map(|goal| goal.page.to_string());
                    page_number::put_into(&mut group.frame, &number.unwrap_or_default());
                    group.label = None;
                }
                if let Some(parent) = &mut group.parent {
                    parent.location = own(&parent.location);
                }
                self.frame(&mut group.frame, renamed);
                true
            }
            FrameItem::Link(destination, _) => {
                if let Destination::Location(location) = destination {
                    *location = own(location);
                }
                self.link(destination)
            }
            FrameItem::Tag(Tag::Start(content, _)) => {
                let other = content.location().and_then(|location| renamed.get(&location));
                other.into_iter().for_each(|other| content.set_location(*other));
                number(content);
                self.marker(content)
            }
            FrameItem::Tag(Tag::End(location, ..)) => {
                *location = own(location);
                !self.astray.contains(location)
            }
            FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Image(..) => true,
        });
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

    fn goal(&self, key: &str) -> Option<Goal> {
        if let Some(known) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(key) {
            return known.clone();
        }
        let found = label(key).and_then(|label| self.parts.iter().find_map(|part| part.labelled(label)));
        self.known.write().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), found.clone());
        found
    }
}

/// Whether an item is part of a link to a key, a heading without its number, or a place for the number of a page.
fn waits(item: &FrameItem) -> bool {
    match item {
        FrameItem::Link(Destination::Url(address), _) => address.starts_with(LED_TO),
        FrameItem::Tag(Tag::Start(content, _)) => key_of(content).is_some() || number_of(content).is_some(),
        FrameItem::Group(group) => page_number::key_of(group).is_some(),
        _ => false,
    }
}

/// Whether an item is of an element with another name, or refers to one.
fn is_renamed(item: &FrameItem, renamed: &Renamed) -> bool {
    let location = || match item {
        FrameItem::Group(group) => group.parent.map(|parent| parent.location),
        FrameItem::Tag(tag) => Some(tag.location()),
        FrameItem::Link(Destination::Location(location), _) => Some(*location),
        _ => None,
    };
    !renamed.is_empty() && location().is_some_and(|location| renamed.contains_key(&location))
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
