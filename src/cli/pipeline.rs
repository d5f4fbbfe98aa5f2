//! From a folder to set pages, as often as wanted.
//!
//! What enters: what `build`, `watch` or `preview` was asked. What leaves: a [`Book`]. A [`Workshop`] stays open between
//! two books: it keeps the fonts, what was read of captures that stay as they are, the page numbers of the last book, and
//! with its shop Typst's memory of what was set.

use super::args::{Build, Making};
use super::cache::Pack;
use super::console::{self, Console, Failure, counted};
use super::guard::Guard;
use super::issue::{self, Issue};
use super::keep::Enclosing;
use super::publish;
use super::standards::{self, Firmness};
use crate::annotation::Shelf;
use crate::collection::Document;
use crate::collection::shelf::{Key, Store};
use crate::edition::Edition;
use crate::edition::glossary::Pages;
use crate::folder::Folder;
use crate::forme::Forme;
use crate::layout::Layout;
use crate::press::{self, Draft, FontSources, Pressed, Shop, Standards, Step};
use crate::readback;
use std::collections::HashMap;
use std::fs;
use std::io;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use typst_kit::fonts::FontStore;

/// For how many books Typst keeps what was of no use in them: for one, to which an editor who takes a change back returns.
/// Every further one costs as much memory as the pages that changed.
const REMEMBERED: usize = 1;

/// A book that is set.
pub struct Book {
    /// What it was set from.
    pub manuscript: Manuscript,
    /// Its pages.
    pub pressed: Pressed,
}

/// An edition that is ready for the press.
pub struct Manuscript {
    /// What it says.
    pub edition: Edition,
    /// How it looks.
    pub layout: Layout,
    /// The folder that it was made from.
    pub folder: Folder,
    /// The standards that its PDF is to keep.
    pub standards: Standards,
    /// Whether these were asked for.
    pub firmness: Firmness,
    /// Whether its sources are attached to it.
    pub enclosing: Enclosing,
    /// The files that record the edition, the lock file last.
    pub record: Vec<publish::Step>,
    /// What keeps other builds from recording an edition meanwhile.
    pub guard: Option<Guard>,
}

/// What becomes of a book.
#[derive(Default)]
pub struct Purpose<'a> {
    /// The build that writes it; none where it is only looked at.
    pub build: Option<&'a Build>,
    /// Who wants to see changed documents before the book is set.
    pub waiting: Option<&'a dyn Fn(&Draft)>,
}

/// Of how many changed documents drafts are made; where more have changed, the book itself is set at once.
const DRAFTS: usize = 3;

/// Where books are set, one after another.
#[derive(Default)]
pub struct Workshop {
    stays_open: bool,
    shelf: Shelf,
    pack: Option<Arc<Pack>>,
    saving: Saving,
    press: Option<(FontSources, Shop)>,
    last: Option<Last>,
    read_back: readback::Memory,
}

/// What was read is written down for the next run while the book is set; whoever drops this waits for it. A run that cannot
/// keep anything for the next one has still done its own work.
#[derive(Default)]
struct Saving(Option<JoinHandle<io::Result<()>>>);

impl Drop for Saving {
    fn drop(&mut self) {
        let _ = self.0.take().map(JoinHandle::join);
    }
}

/// What is known of the last book.
struct Last {
    /// Its documents: the place and the fingerprint of each, by its name.
    documents: HashMap<String, (usize, Key)>,
    /// Where everything stood in it.
    pages: Pages,
    /// The printed numbers of its pages.
    numbers: Vec<u64>,
}

impl Last {
    fn of(edition: &Edition, pressed: &Pressed) -> Self {
        let documents = edition.annotated.collection.documents.iter().enumerate();
        Self {
            documents: documents.map(|(at, document)| (document.id().to_owned(), (at, document.key.clone()))).collect(),
            pages: pressed.pages.clone(),
            numbers: pressed.document.pages().iter().map(|page| page.number).collect(),
        }
    }

    /// The pages that a book will have if nothing moves; those of a new document are not known.
    fn expected(&self, edition: &Edition) -> Pages {
        let mut expected = Pages { front: self.pages.front, behind: self.pages.behind, ..Pages::default() };
        for document in &edition.annotated.collection.documents {
            let at = self.documents.get(document.id()).map_or(usize::MAX, |(at, _)| *at);
            let before = expected.ends.last().copied().unwrap_or_default();
            expected.documents.push(self.pages.documents.get(at).copied().unwrap_or(before + 1));
            expected.ends.push(self.pages.ends.get(at).copied().unwrap_or(before + 1));
            expected.mentions.push(self.pages.mentions.get(at).cloned().unwrap_or_default());
        }
        expected
    }

    /// The documents of an edition that were in the last book and have changed since.
    fn changed(&self, edition: &Edition) -> Vec<usize> {
        let documents = edition.annotated.collection.documents.iter().enumerate();
        let is_changed =
            |document: &Document| self.documents.get(document.id()).is_some_and(|(_, known)| *known != document.key);
        documents.filter(|(_, document)| is_changed(document)).map(|(at, _)| at).collect()
    }
}

impl Workshop {
    /// A workshop for several books of one folder; the default one is for a single book.
    pub fn staying_open() -> Self {
        Self { stays_open: true, shelf: Shelf::keeping(), ..Self::default() }
    }

    /// Reads a folder and sets its book.
    pub fn set(&mut self, arguments: &Making, purpose: &Purpose<'_>, console: &mut Console) -> Result<Book, Failure> {
        let manuscript = self.ready(arguments, purpose, console)?;
        self.press(manuscript, purpose, console)
    }

    /// Reads a folder up to where its pages can be set.
    pub fn ready(
        &mut self,
        arguments: &Making,
        purpose: &Purpose<'_>,
        console: &mut Console,
    ) -> Result<Manuscript, Failure> {
        let output = purpose.build.and_then(|build| build.output.as_deref());
        let mut folder = console::open(&arguments.selection.folder, output, console)?;
        let label = purpose.build.and_then(|build| build.edition.as_deref());
        issue::imprint(label, arguments.date, &mut folder)?;
        let asked = purpose.build.map(|build| build.standard.as_slice()).unwrap_or_default();
        let fonts = console::font_sources(Some(&arguments.fonts), &folder)?;
        let gathering = self.gather_ahead(&fonts);
        let layout = console::laid_out(&folder, arguments.layout.as_deref(), console)?;
        let (standards, firmness) = standards::standards(asked, &layout, &folder.settings, console)?;
        let enclosing = match purpose.build {
            Some(build) => standards::enclosing(build, &folder.settings, &standards)?,
            None => Enclosing::Beside,
        };
        let guard = match purpose.build {
            Some(build) => issue::guarded(build, &mut folder, console)?,
            None => None,
        };
        folder.settings.sheet = arguments.sheet.over(folder.settings.sheet);
        folder.settings.change_bars |= purpose.build.is_some_and(|build| build.change_bars);
        if !arguments.no_cache && self.pack.is_none() {
            self.pack = Pack::of(&arguments.selection.folder).map(Arc::new);
            self.shelf.store = self.pack.clone().map(|pack| -> Arc<dyn Store> { pack });
        }
        self.saving = Saving::default();
        let mut annotated = console::annotated_again(&mut folder, &arguments.selection, &mut self.shelf, console)?;
        self.saving = Saving(self.pack.clone().map(|pack| thread::spawn(move || pack.save())));
        console::illustrate(&mut annotated, &folder, console);
        let issue = Issue::of(&annotated, &folder, &arguments.selection, &layout, console)?;
        if purpose.build.is_some_and(|build| build.locked) {
            issue.hold_to(&folder)?;
        }
        let record = if purpose.build.is_some() { issue.record(&annotated, &folder) } else { Vec::new() };
        let edition = console::edited_as(annotated, &folder, &layout, issue, console)?;
        self.open_shop(fonts, gathering, console);
        let (_, shop) = self.press.as_mut().expect("it was opened above");
        shop.keep(&standards);
        if firmness == Firmness::Asked {
            let unfit = press::check_standards(&edition, shop);
            if !unfit.is_empty() {
                return Err(Failure::Found(unfit));
            }
        }
        Ok(Manuscript { edition, layout, folder, standards, firmness, enclosing, record, guard })
    }

    /// Sets a book.
    pub fn press(
        &mut self,
        manuscript: Manuscript,
        purpose: &Purpose<'_>,
        console: &mut Console,
    ) -> Result<Book, Failure> {
        let Manuscript { edition, layout, .. } = &manuscript;
        let (_, shop) = self.press.as_mut().expect("it was opened for the manuscript");
        if let (Some(waiting), Some(last)) = (purpose.waiting, &self.last) {
            let (expected, changed) = (last.expected(edition), last.changed(edition));
            console.stage("drafting");
            for index in changed.iter().filter(|_| changed.len() <= DRAFTS) {
                if let Some(draft) = press::draft(edition, layout, shop, (&last.numbers, &expected), *index) {
                    waiting(&draft);
                }
            }
        }
        let set = press::set(edition, layout, shop, &mut |step| match step {
            Step::Counted(pages) => console.tell_of(&counted(pages, "page")),
            step => console.stage(named(step)),
        });
        console.end_stage();
        if let Some(folder) = purpose.build.and_then(|build| build.emit.as_deref()) {
            emit(set.as_ref().map_or_else(|unset| &unset.forme, |pressed| &pressed.forme), folder)?;
        }
        let pressed = set.map_err(|unset| Failure::Found(unset.diagnostics))?;
        self.last = Some(Last::of(edition, &pressed));
        Ok(Book { manuscript, pressed })
    }

    /// The shop that the last manuscript is for.
    pub fn shop(&mut self) -> &mut Shop {
        let (_, shop) = self.press.as_mut().expect("it was opened for the manuscript");
        shop
    }

    /// The pages of the last PDF as they were read back, where another may follow.
    pub fn last_pages(&mut self) -> Option<&mut readback::Memory> {
        self.stays_open.then_some(&mut self.read_back)
    }

    /// Lets go of a book that is written. What the only book of a run was made from goes all at once, with the run: to free
    /// it page by page takes longer.
    pub fn let_go(&mut self, book: Book) {
        if self.stays_open {
            return;
        }
        std::mem::forget((book, self.press.take(), self.last.take(), std::mem::take(&mut self.shelf)));
    }

    /// Another shop for a manuscript, with the same fonts.
    pub fn further_shop(&self, manuscript: &Manuscript) -> Shop {
        let (sources, _) = self.press.as_ref().expect("it was opened for the manuscript");
        let mut shop = Shop::new(press::gather_fonts(sources));
        shop.keep(&manuscript.standards);
        shop
    }

    /// Clears away what was of use for an earlier book only: after every book, once it is where it is wanted.
    pub fn clear_up(&self) {
        press::forget(REMEMBERED);
    }

    /// Forgets the fonts, which have changed.
    pub fn change_fonts(&mut self) {
        self.press = None;
    }

    /// Begins to gather fonts, if others are needed than those at hand, while the folder is read.
    fn gather_ahead(&self, sources: &FontSources) -> Option<JoinHandle<FontStore>> {
        let is_open = self.press.as_ref().is_some_and(|(known, _)| known == sources);
        let sources = sources.clone();
        (!is_open).then(|| thread::spawn(move || press::gather_fonts(&sources)))
    }

    /// Opens a shop with the fonts that were gathered.
    fn open_shop(&mut self, sources: FontSources, gathering: Option<JoinHandle<FontStore>>, console: &mut Console) {
        if let Some(gathering) = gathering {
            console.stage("gathering fonts");
            let shop = Shop::new(gathering.join().unwrap_or_else(|panic| resume_unwind(panic)));
            self.press = Some((sources, if self.stays_open { shop.keeping() } else { shop }));
        }
    }
}

/// What a step of the press is called.
pub fn named(step: Step) -> &'static str {
    match step {
        Step::Composing => "composing",
        Step::Setting(1) => "setting pages",
        Step::Setting(_) | Step::Counted(_) => "setting page numbers",
        Step::Printing => "printing the PDF",
    }
}

/// Writes the files that Typst set, so that they can be set again by themselves.
pub fn emit(forme: &Forme, folder: &Path) -> io::Result<()> {
    let texts = forme.files.iter().map(|(path, text)| (path, text.as_bytes()));
    let pictures = forme.pictures.iter().map(|(path, bytes)| (path, bytes.as_slice()));
    for (path, bytes) in texts.chain(pictures) {
        let file: PathBuf = folder.join(path.trim_start_matches('/'));
        if let Some(parent) = file.parent() {
            publish::folder(parent)?;
        }
        fs::write(&file, bytes).map_err(|error| publish::named(&file, &error))?;
    }
    Ok(())
}
