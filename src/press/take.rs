//! Takes: the documents of a book, set a few at a time, side by side, and put in a row.
//!
//! What enters: a forme in the shop, an edition, how its design has documents begin. What leaves: the pages before the
//! documents and theirs, as one setting of all would give them, and what Typst had to say. What is set is kept in the shop
//! for the next book, and serves there as long as every file is the same that it was set from.

use super::STACK;
use super::makeup::elements;
use super::proof::{Part, Sheets};
use super::world::{Compositor, Shop};
use crate::edition::Edition;
use crate::forme::glyphs::Coverage;
use crate::forme::{self, Forme, Setting, Take};
use crate::layout::Layout;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::Bytes;
use typst::introspection::Location;
use typst::syntax::{SyntaxNode, ast};
use typst::utils::hash128;
use typst_layout::{Page, PagedDocument};

/// How many documents are in a take that is kept. What has changed is set anew with those beside it, but what Typst does
/// for every take alike adds up.
const DOCUMENTS_KEPT: usize = 5;

/// How many are in one that is not kept: it tells how far the setting is.
const DOCUMENTS: usize = 100;

/// How many empty pages stand before a take at first: behind two of them stands a right-hand page.
const BLANKS: usize = 2;

/// How often takes are set at most, where their pages turn out to stand on other sides than was thought.
const TURNS: usize = 4;

/// How a design has documents begin, and what that means for setting some of them by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Habits {
    /// Whether each begins a page; what runs on cannot be set by itself.
    on_pages: bool,
    /// Whether each begins a right-hand page.
    on_recto: bool,
    /// Whether something in them stands on the outer side of the page.
    is_sided: bool,
}

impl Habits {
    /// Reads them from a layout's design; none where it does not say them in plain words.
    fn of(layout: &Layout) -> Option<Self> {
        let design = typst::syntax::parse(layout.file("design.typ"));
        let ast::Expr::Str(starts) = said(&design, "starts")? else { return None };
        let ast::Expr::Bool(marginalia) = said(&design, "marginalia")? else { return None };
        let starts = starts.get();
        Some(Self { on_pages: starts != "run-on", on_recto: starts == "recto", is_sided: marginalia.get() })
    }

    /// How many of so many documents are in a take.
    fn at_a_time(self, documents: usize, lasts: bool) -> usize {
        match (self.on_pages, lasts, self.is_sided) {
            // Those of a sided design would be set twice where the side was another than was thought.
            (false, ..) | (true, false, true) => documents,
            (true, true, _) => DOCUMENTS_KEPT,
            (true, false, false) => DOCUMENTS,
        }
    }
}

/// What stands under a name in Typst code.
fn said<'a>(node: &'a SyntaxNode, name: &str) -> Option<ast::Expr<'a>> {
    match node.cast::<ast::Named<'_>>() {
        Some(named) if named.name().as_str() == name => Some(named.expr()),
        _ => node.children().find_map(|child| said(child, name)),
    }
}

/// What was set for the last book.
#[derive(Default)]
pub(super) struct Kept {
    /// Whether it is kept for the next one.
    pub(super) lasts: bool,
    /// Its takes, by their hashes.
    taken: HashMap<u128, Arc<Taken>>,
    /// The hashes of those that serve in this book.
    serving: HashSet<u128>,
    /// How many empty pages stood before each.
    blanks: Vec<usize>,
}

impl Kept {
    /// Ends a book: what did not serve in it is forgotten, and all of it where nothing is kept.
    pub(super) fn end(&mut self) {
        if self.lasts {
            let serving = std::mem::take(&mut self.serving);
            self.taken.retain(|key, _| serving.contains(key));
        } else {
            *self = Self::default();
        }
    }
}

/// A take that was set.
pub(super) struct Taken {
    /// Its pages, empty ones before them included.
    pub(super) document: PagedDocument,
    /// The elements on them.
    pub(super) elements: HashSet<Location>,
    /// What Typst had to say.
    pub(super) warnings: Vec<SourceDiagnostic>,
    /// The book's files that it was set from.
    used: BTreeMap<String, Material>,
}

/// What a file holds.
#[derive(Clone, PartialEq, Eq)]
enum Material {
    Text(Arc<str>),
    Picture(Bytes),
}

impl Material {
    fn of(forme: &Forme, path: &str) -> Option<Self> {
        let text = forme.files.get(path).map(|text| Self::Text(Arc::clone(text)));
        text.or_else(|| forme.pictures.get(path).map(|bytes| Self::Picture(bytes.clone())))
    }
}

impl Taken {
    fn is_as_in(&self, forme: &Forme) -> bool {
        self.used.iter().all(|(path, held)| Material::of(forme, path).as_ref() == Some(held))
    }
}

/// The pages of a book's documents, behind as many as stand before them.
pub(super) struct Row {
    /// The pages, as they were set; only their numbers are those of the book.
    pub(super) pages: Vec<Page>,
    /// How many stand before those of the documents, of which the first may be empty, so that the text begins on the right.
    pub(super) front: usize,
    /// What stands there.
    pub(super) before: Arc<Taken>,
    /// The takes that the pages are from.
    pub(super) takes: Vec<Placed>,
    /// What Typst had to say.
    pub(super) warnings: Vec<SourceDiagnostic>,
}

impl Row {
    /// The pages, to be read.
    pub(super) fn sheets(&self) -> Sheets<'_> {
        let takes = self.takes.iter();
        let parts = takes.map(|take| Part { set: &take.taken.document, skipped: take.blanks, start: take.start });
        Sheets { pages: &self.pages, parts: parts.collect() }
    }
}

/// A take in a row.
pub(super) struct Placed {
    /// Its pages.
    pub(super) taken: Arc<Taken>,
    /// How many of them, which are empty, stand before it.
    pub(super) blanks: usize,
    /// The number of the page on which it begins.
    pub(super) start: usize,
}

/// What is to be set: a forme that lies in the shop, and what it was made from.
pub(super) struct Wanted<'a> {
    pub(super) edition: &'a Edition,
    pub(super) layout: &'a Layout,
    pub(super) coverage: &'a Coverage,
    pub(super) forme: &'a Forme,
}

/// Sets the front matter and the documents of a book. `progress` is told now and then how many pages are set.
pub(super) fn set(
    wanted: &Wanted<'_>,
    shop: &mut Shop,
    progress: &mut dyn FnMut(usize),
) -> Result<Row, Vec<SourceDiagnostic>> {
    let habits = Habits::of(wanted.layout).ok_or_else(Vec::new)?;
    let mut takes = vec![Take::part(&Setting::Front)];
    let first = if habits.is_sided {
        let before = take_all(&takes, wanted.forme, shop, progress)?;
        blanks_before(before[0].document.pages().len() + 1)
    } else {
        BLANKS
    };
    let at_a_time = habits.at_a_time(wanted.edition.items.len(), shop.kept.lasts);
    let blanks = |at: usize| shop.kept.blanks.get(at).copied().unwrap_or(first);
    takes.extend(forme::takes(wanted.edition, at_a_time, &blanks, wanted.coverage));
    for _ in 0..TURNS {
        let taken = take_all(&takes, wanted.forme, shop, progress)?;
        let (before, documents) = taken.split_first().expect("the front is a take");
        let front = before.document.pages().len();
        let (pages, placed) = in_row(front, &takes[1..], documents, habits);
        if habits.is_sided && turned(&mut takes[1..], &placed) {
            continue;
        }
        shop.kept.blanks = takes[1..].iter().map(|take| take.blanks).collect();
        let mut warnings: Vec<SourceDiagnostic> = Vec::new();
        for warning in taken.iter().flat_map(|taken| &taken.warnings) {
            // Typst says once in a setting what is so throughout; here there are many.
            if !warnings.contains(warning) {
                warnings.push(warning.clone());
            }
        }
        return Ok(Row { pages, front, before: Arc::clone(before), takes: placed, warnings });
    }
    Err(Vec::new())
}

/// How many empty pages stand before a take that begins on a page of this number, so that it begins on its side.
pub(super) fn blanks_before(start: usize) -> usize {
    if start.is_multiple_of(2) { 1 } else { 2 }
}

/// Gives the takes other sides of the sheet where they turned out to stand there; says whether any was given one.
fn turned(takes: &mut [Take], placed: &[Placed]) -> bool {
    let mut any = false;
    for (take, placed) in takes.iter_mut().zip(placed) {
        let blanks = blanks_before(placed.start);
        if take.blanks != blanks {
            take.stand_behind(blanks);
            any = true;
        }
    }
    any
}

/// Sets what is not as it was in the last book.
pub(super) fn take_all(
    takes: &[Take],
    forme: &Forme,
    shop: &mut Shop,
    progress: &mut dyn FnMut(usize),
) -> Result<Vec<Arc<Taken>>, Vec<SourceDiagnostic>> {
    let keys: Vec<u128> = takes.iter().map(hash128).collect();
    shop.kept.serving.extend(&keys);
    let known = keys.iter().map(|key| shop.kept.taken.get(key).filter(|taken| taken.is_as_in(forme)).cloned());
    let known: Vec<Option<Arc<Taken>>> = known.collect();
    let wanted = takes.iter().enumerate().filter(|(at, _)| known[*at].is_none());
    let mut fresh = set_side_by_side(&wanted.collect::<Vec<_>>(), forme, shop, progress);
    let mut errors = Vec::new();
    let mut all = Vec::new();
    for (at, known) in known.into_iter().enumerate() {
        match known.map_or_else(|| fresh.remove(&at).expect("what is not known was set"), Ok) {
            Ok(taken) => all.push(taken),
            Err(found) => errors.extend(found),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    shop.kept.taken.extend(keys.into_iter().zip(all.iter().cloned()));
    Ok(all)
}

type Outcome = Result<Arc<Taken>, Vec<SourceDiagnostic>>;

/// Sets takes, each with its place in the book, on as many threads as the machine runs at once.
fn set_side_by_side(
    wanted: &[(usize, &Take)],
    forme: &Forme,
    shop: &Shop,
    progress: &mut dyn FnMut(usize),
) -> HashMap<usize, Outcome> {
    let (next, pages) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = |progress: &mut dyn FnMut(usize)| {
        let mut done = Vec::new();
        while let Some((at, take)) = wanted.get(next.fetch_add(1, Ordering::Relaxed)) {
            let outcome = set_one(take, forme, shop);
            let own = outcome.as_ref().map_or(0, |taken| taken.document.pages().len() - take.blanks);
            progress(pages.fetch_add(own, Ordering::Relaxed) + own);
            done.push((*at, outcome));
        }
        done
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(wanted.len());
    thread::scope(|scope| {
        let begin = || thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || work(&mut |_| ()));
        let begun: Vec<_> = (1..threads).map_while(|_| begin().ok()).collect();
        let mut done: HashMap<usize, Outcome> = work(progress).into_iter().collect();
        for thread in begun {
            done.extend(thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    })
}

fn set_one(take: &Take, forme: &Forme, shop: &Shop) -> Outcome {
    let compositor = Compositor::of(shop, take);
    let Warned { output, warnings } = typst::compile::<PagedDocument>(&compositor);
    let used = compositor.used().into_iter().filter_map(|path| Some((path.clone(), Material::of(forme, &path)?)));
    let used = used.collect();
    let document = output.map_err(|errors| errors.to_vec())?;
    let elements = elements(document.pages());
    Ok(Arc::new(Taken { document, elements, warnings: warnings.to_vec(), used }))
}

/// Puts the pages of takes in a row, numbered on from those before them.
fn in_row(front: usize, takes: &[Take], taken: &[Arc<Taken>], habits: Habits) -> (Vec<Page>, Vec<Placed>) {
    let blank = taken.iter().find_map(|taken| taken.document.pages().first());
    let (mut pages, mut placed) = (Vec::new(), Vec::new());
    pages.extend(blank.into_iter().cycle().take(front).cloned());
    for (take, taken) in takes.iter().zip(taken) {
        if habits.on_recto && pages.len() % 2 == 1 {
            pages.extend(blank.cloned());
        }
        placed.push(Placed { taken: Arc::clone(taken), blanks: take.blanks, start: pages.len() + 1 });
        pages.extend_from_slice(taken.document.pages().get(take.blanks..).unwrap_or_default());
    }
    for (page, number) in pages.iter_mut().zip(1..) {
        page.number = number;
    }
    (pages, placed)
}
