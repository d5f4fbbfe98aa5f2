//! What a preview shows: the pages that are set, the documents on them, what is to be told.
//!
//! What enters: a book, or why there is none. What leaves: the state as JSON, pages as pictures, links. Whoever waits is
//! told of every change. Of a book that cannot be set the last one stays.

use super::super::console::Failure;
use super::super::pipeline::Book;
use crate::diagnostic::{Diagnostic, Severity};
use crate::press::{self, Draft, Galley, Shop, Target};
use crate::report::{self, Row};
use serde::Serialize;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use typst_layout::PagedDocument;

/// How many bytes of drawn pages are kept.
const KEPT: usize = 96 * 1024 * 1024;
/// Of how many problems the exact page is looked for; the others lead to the page on which their document begins.
const LOOKED_FOR: usize = 200;

/// What is shown, to several browsers at once.
#[derive(Default)]
pub struct Show {
    scene: Mutex<Scene>,
    changed: Condvar,
    drawn: Mutex<Drawn>,
}

/// What is shown now.
#[derive(Default, Clone)]
struct Scene {
    /// How often it has changed.
    version: u64,
    book: Option<Arc<Pages>>,
    /// The one before, whose pages a browser may still ask for.
    before: Option<Arc<Pages>>,
    state: Arc<str>,
    is_busy: bool,
}

/// The pages of a book.
struct Pages {
    document: PagedDocument,
    galleys: Vec<Galley>,
    places: HashMap<String, usize>,
}

/// Pages that were drawn, the latest last.
#[derive(Default)]
struct Drawn {
    pictures: HashMap<String, Arc<[u8]>>,
    order: VecDeque<String>,
    bytes: usize,
}

/// What a browser is told of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct News {
    /// How often something has changed.
    pub version: u64,
    /// Whether pages are being set.
    pub busy: bool,
}

/// The state as browsers read it.
#[derive(Serialize)]
struct State<'a> {
    title: &'a str,
    pages: Vec<PageRow<'a>>,
    parts: Vec<Part<'a>>,
    documents: Vec<DocumentRow<'a>>,
    problems: Vec<Problem<'a>>,
    failed: bool,
}

#[derive(Serialize)]
struct PageRow<'a> {
    name: &'a str,
    width: f64,
    height: f64,
    number: u64,
}

impl<'a> PageRow<'a> {
    fn of(galley: &'a Galley) -> Self {
        Self { name: &galley.name, width: galley.width, height: galley.height, number: galley.number }
    }
}

/// A part of the book that is no document.
#[derive(Serialize)]
struct Part<'a> {
    name: &'a str,
    page: usize,
}

#[derive(Serialize)]
struct DocumentRow<'a> {
    id: &'a str,
    number: &'a str,
    title: &'a str,
    date: Option<&'a str>,
    grade: Option<&'a str>,
    evidence: Vec<String>,
    page: Option<usize>,
}

#[derive(Serialize)]
struct Problem<'a> {
    severity: &'static str,
    slug: &'a str,
    message: &'a str,
    path: Option<&'a str>,
    line: Option<usize>,
    help: &'a [String],
    page: Option<usize>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Show {
    /// Says that pages are being set.
    pub fn begin(&self) {
        self.change(|scene| scene.is_busy = true);
    }

    /// Shows a book.
    pub fn put(&self, book: &Book, shop: &Shop, told: &[Diagnostic]) {
        let pages = Pages::of(&book.pressed.document);
        let state = state(book, &pages, shop, told);
        self.change(|scene| {
            scene.before = scene.book.replace(Arc::new(pages));
            scene.state = state.into();
            scene.is_busy = false;
        });
    }

    /// Shows a document anew in the last book, until the new one is set.
    pub fn put_draft(&self, draft: &Draft) {
        let scene = locked(&self.scene).clone();
        let Some(book) = scene.book.filter(|book| draft.instead.end <= book.galleys.len()) else { return };
        let Ok(mut state) = serde_json::from_str::<serde_json::Value>(&scene.state) else { return };
        let mut fresh = press::galleys(&draft.document);
        let fresh: Vec<Galley> = fresh.drain(draft.pages.clone()).collect();
        let longer = fresh.len() as i64 - draft.instead.len() as i64;
        if let Some(pages) = state["pages"].as_array_mut() {
            pages.splice(draft.instead.clone(), fresh.iter().map(|galley| serde_json::json!(PageRow::of(galley))));
        }
        for rows in ["documents", "problems", "parts"] {
            for row in state[rows].as_array_mut().into_iter().flatten() {
                if let Some(page) = row["page"].as_i64().filter(|page| *page >= draft.instead.end as i64) {
                    row["page"] = (page + longer).into();
                }
            }
        }
        let mut galleys = book.galleys.clone();
        galleys.splice(draft.instead.clone(), fresh);
        let pages = Pages::new(book.document.clone(), galleys);
        self.change(|scene| {
            scene.before = scene.book.replace(Arc::new(pages));
            scene.state = state.to_string().into();
        });
    }

    /// Tells why there is no new book; the pages of the last one stay.
    pub fn fail(&self, told: &[Diagnostic], failure: &Failure) {
        let mut problems = failure.problems();
        problems.extend(told.iter().filter(|problem| !problems.contains(problem)).cloned().collect::<Vec<_>>());
        let mut state: serde_json::Value = serde_json::from_str(&locked(&self.scene).state).unwrap_or_default();
        if !state.is_object() {
            state = serde_json::json!({"title": "", "pages": [], "parts": [], "documents": []});
        }
        let page = |path: &str| {
            let documents = state["documents"].as_array();
            let found = documents.and_then(|rows| rows.iter().find(|row| row["id"] == path));
            found.and_then(|row| row["page"].as_u64()).map(|page| page as usize)
        };
        let rows: Vec<Problem<'_>> =
            problems.iter().map(|problem| row(problem, problem.file().and_then(&page))).collect();
        state["problems"] = serde_json::to_value(rows).unwrap_or_default();
        state["failed"] = true.into();
        self.change(|scene| {
            scene.state = state.to_string().into();
            scene.is_busy = false;
        });
    }

    fn change(&self, change: impl FnOnce(&mut Scene)) {
        let mut scene = locked(&self.scene);
        change(&mut scene);
        scene.version += 1;
        self.changed.notify_all();
    }

    /// Gives the latest news.
    pub fn news(&self) -> News {
        let scene = locked(&self.scene);
        News { version: scene.version, busy: scene.is_busy }
    }

    /// Waits for news after a version, for so long at most.
    pub fn wait(&self, known: u64, patience: Duration) -> Option<News> {
        let scene = locked(&self.scene);
        let unchanged = |scene: &mut Scene| scene.version == known;
        let waited = self.changed.wait_timeout_while(scene, patience, unchanged);
        let (scene, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
        (!timeout.timed_out()).then(|| News { version: scene.version, busy: scene.is_busy })
    }

    /// Gives the state as JSON, with its version.
    pub fn state(&self) -> String {
        let scene = locked(&self.scene).clone();
        let state = if scene.state.is_empty() { "null" } else { &scene.state };
        format!("{{\"version\":{},\"busy\":{},\"book\":{state}}}", scene.version, scene.is_busy)
    }

    /// Finds the page of a name.
    fn find(&self, name: &str) -> Option<(Arc<Pages>, usize)> {
        let scene = locked(&self.scene);
        [&scene.book, &scene.before]
            .into_iter()
            .flatten()
            .find_map(|book| Some((Arc::clone(book), *book.places.get(name)?)))
    }

    /// Draws the page of a name, with so many dots to a point; none where no such page is shown.
    pub fn draw(&self, name: &str, per_point: f64) -> Option<Arc<[u8]>> {
        let key = format!("{name}@{per_point}");
        if let Some(picture) = locked(&self.drawn).pictures.get(&key) {
            return Some(Arc::clone(picture));
        }
        let (book, at) = self.find(name)?;
        let galley = &book.galleys[at];
        let picture: Arc<[u8]> = galley.draw(per_point)?.into();
        locked(&self.drawn).keep(key, &picture);
        Some(picture)
    }

    /// Gives the links of the page of a name, as JSON.
    pub fn links(&self, name: &str) -> Option<String> {
        let (book, at) = self.find(name)?;
        let galley = &book.galleys[at];
        let links = galley.links(&book.document).into_iter().map(|link| {
            let (page, down, address) = match link.target {
                Target::Page(page, down) => (Some(page), Some(down), None),
                Target::Address(address) => (None, None, Some(address)),
            };
            serde_json::json!({
                "x": link.x, "y": link.y, "width": link.width, "height": link.height,
                "page": page, "down": down, "address": address,
            })
        });
        Some(serde_json::Value::Array(links.collect()).to_string())
    }
}

impl Pages {
    fn of(document: &PagedDocument) -> Self {
        Self::new(document.clone(), press::galleys(document))
    }

    fn new(document: PagedDocument, galleys: Vec<Galley>) -> Self {
        let places = galleys.iter().enumerate().map(|(at, galley)| (galley.name.clone(), at)).collect();
        Self { document, galleys, places }
    }
}

impl Drawn {
    fn keep(&mut self, key: String, picture: &Arc<[u8]>) {
        if self.pictures.insert(key.clone(), Arc::clone(picture)).is_some() {
            return;
        }
        self.bytes += picture.len();
        self.order.push_back(key);
        while self.bytes > KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.bytes -= self.pictures.remove(&oldest).map_or(0, |picture| picture.len());
        }
    }
}

/// Writes the state of a book.
fn state(book: &Book, pages: &Pages, shop: &Shop, told: &[Diagnostic]) -> String {
    let (edition, pressed) = (&book.manuscript.edition, &book.pressed);
    let physical = |number: u64| pages.galleys.iter().position(|galley| galley.number == number);
    let starts: Vec<Option<usize>> = pressed.pages.documents.iter().map(|number| physical(*number)).collect();
    let rows = report::chronology(&edition.annotated, &edition.items);
    let index: HashMap<&str, usize> =
        edition.annotated.collection.documents.iter().enumerate().map(|(at, document)| (document.id(), at)).collect();
    let documents = rows.iter().filter(|row| row.duplicate_of.is_none());
    let problems = told.iter().enumerate().map(|(at, problem)| {
        let document = problem.file().and_then(|path| index.get(path)).copied();
        let page = document.and_then(|document| {
            let excerpt = problem.place.as_ref().and_then(|place| place.excerpt.as_ref());
            let offset = excerpt.filter(|_| at < LOOKED_FOR).map(|(_, span)| span.start);
            let exact = offset.and_then(|offset| press::page_of(pressed, shop, document, offset));
            exact.or(starts.get(document).copied().flatten())
        });
        row(problem, page)
    });
    let state = State {
        title: &edition.book.title,
        pages: pages.galleys.iter().map(PageRow::of).collect(),
        parts: parts(book, &starts, &physical),
        documents: documents
            .map(|row| document_row(row, index.get(row.id.as_str()).and_then(|at| starts.get(*at).copied().flatten())))
            .collect(),
        problems: problems.collect(),
        failed: false,
    };
    serde_json::to_string(&state).expect("the state is plain data")
}

/// The parts before and behind the documents, where there are any.
fn parts<'a>(book: &Book, starts: &[Option<usize>], physical: &dyn Fn(u64) -> Option<usize>) -> Vec<Part<'a>> {
    let before = (starts.first().copied().flatten() > Some(0)).then_some(Part { name: "Front matter", page: 0 });
    let behind = book.pressed.pages.behind.and_then(physical);
    let behind = behind.map(|page| Part { name: "Glossary and colophon", page });
    before.into_iter().chain(behind).collect()
}

fn document_row(row: &Row, page: Option<usize>) -> DocumentRow<'_> {
    let evidence = row.date.iter().flat_map(|date| &date.evidence).map(|evidence| {
        let line = evidence.line.map(|line| format!(", line {line}")).unwrap_or_default();
        format!("{}{line}: “{}”", evidence.kind, evidence.text)
    });
    DocumentRow {
        id: &row.id,
        number: &row.number,
        title: &row.title,
        date: row.date.as_ref().map(|date| date.display.as_str()),
        grade: row.date.as_ref().map(|date| date.grade),
        evidence: evidence.collect(),
        page,
    }
}

fn row(problem: &Diagnostic, page: Option<usize>) -> Problem<'_> {
    let line = problem.place.as_ref().and_then(|place| {
        place.line.or_else(|| {
            let (text, span) = place.excerpt.as_ref()?;
            Some(text.get(..span.start)?.matches('\n').count() + 1)
        })
    });
    Problem {
        severity: match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        slug: problem.slug,
        message: &problem.message,
        path: problem.file(),
        line,
        help: &problem.helps,
        page,
    }
}
