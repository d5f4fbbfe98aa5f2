//! Make-up: the two parts in which a book is set are put together, page by page.
//!
//! What enters: the documents' pages without heads and folios, and all else, with a page of heads and folios for each of
//! those. What leaves: the book. The documents are set once, whatever their page numbers turn out to be, and nothing in
//! them waits for what stands elsewhere: links lead to keys until here, where the place of every key is known.

use crate::edition::glossary::Pages;
use crate::forme::LED_TO;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use typst::foundations::{Content, Label};
use typst::introspection::{Introspector, Location, Tag};
use typst::layout::{Frame, FrameItem};
use typst::model::{Destination, Document, HeadingElem, LinkMarker};
use typst::utils::PicoStr;
use typst_layout::{Page, PagedDocument};

/// The label on the first page that stands for one of the documents'.
const FIRST: &str = "documents";

/// Says which document the head of each page of the documents names: the one that comes over from the page before.
pub fn heads(text: &PagedDocument, pages: &Pages) -> Vec<Option<usize>> {
    let set = text.pages().get(pages.front..).unwrap_or_default();
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
        FrameItem::Group(group) => holds(&group.frame, wanted),
        item => wanted(item),
    })
}

/// Tells how many pages stand before those of the documents in the part that holds all else.
pub fn front(rest: &PagedDocument) -> Option<usize> {
    let introspector = rest.introspector();
    let location = introspector.query_label(label(FIRST)?).ok()?.location()?;
    Some(introspector.page(location)?.get() - 1)
}

/// Puts the book together; the pages of both parts agree, so many of them standing before the documents.
pub fn made_up(text: &PagedDocument, rest: &PagedDocument, front: usize) -> PagedDocument {
    let mut pages = rest.pages().to_vec();
    let leader = || Leader { parts: [rest, text], known: HashMap::new(), astray: HashSet::new() };
    pages.par_iter_mut().enumerate().for_each_init(leader, |leader, (index, page)| {
        if let Some(set) = text.pages().get(index).filter(|_| index >= front) {
            furnish(page, set);
        }
        leader.frame(&mut page.frame);
    });
    PagedDocument::new(pages.into(), rest.info().clone())
}

/// Puts a page of the documents in the place of one that has only its head and its folio, and these around it.
fn furnish(page: &mut Page, set: &Page) {
    let furniture = std::mem::replace(page, set.clone()).frame;
    let middle = furniture.height() / 2.0;
    let (heads, feet): (Vec<_>, Vec<_>) = furniture.items().cloned().partition(|(place, _)| place.y < middle);
    page.frame.prepend_multiple(heads);
    page.frame.push_multiple(feet);
}

/// Leads links to where their keys stand.
struct Leader<'a> {
    parts: [&'a PagedDocument; 2],
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
        if holds(frame, &leads) {
            frame.retain(|item| match item {
                FrameItem::Group(group) => {
                    self.frame(&mut group.frame);
                    true
                }
                FrameItem::Link(destination, _) => self.link(destination),
                FrameItem::Tag(Tag::Start(content, _)) => self.marker(content),
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

/// Whether an item is part of a link to a key.
fn leads(item: &FrameItem) -> bool {
    match item {
        FrameItem::Link(Destination::Url(address), _) => address.starts_with(LED_TO),
        FrameItem::Tag(Tag::Start(content, _)) => key_of(content).is_some(),
        _ => false,
    }
}

/// The key that a link leads to.
fn key_of(content: &Content) -> Option<&str> {
    content.to_packed::<LinkMarker>()?.alt.as_deref()?.strip_prefix(LED_TO)
}

fn label(name: &str) -> Option<Label> {
    Label::new(PicoStr::intern(name))
}
