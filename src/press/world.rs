//! The world that Typst sees: the forme's files and the fonts, and nothing else.
//!
//! What enters: virtual files and a font store. Packages, unknown paths, the clock and the disk are refused.

use super::standard::Standards;
use super::take::Kept;
use super::{lines, measured, notes, page_number, paragraph};
use crate::forme::glyphs::{self, Private, is_private};
use crate::forme::{Forme, MAIN, Take};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use ttf_parser::Face;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Coverage, Font, FontBook, FontInfo};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::fonts::{self, FontStore};

/// Where fonts come from beside those that the program carries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FontSources {
    /// Folders that are searched.
    pub folders: Vec<std::path::PathBuf>,
    /// Whether the fonts of this computer are used too.
    pub system: bool,
}

/// Gathers fonts: the embedded ones first, so that others fill in only what these lack.
pub fn gather_fonts(sources: &FontSources) -> FontStore {
    let mut store = FontStore::new();
    store.extend(fonts::embedded().map(honest));
    store.extend(super::fonts::carried().map(|font| honest((font.clone(), font.info().clone()))));
    for folder in &sources.folders {
        store.extend(sorted(fonts::scan(Path::new(folder))));
    }
    if sources.system {
        store.extend(sorted(fonts::system()));
    }
    store
}

/// Takes from what a font of the program's own says of itself the characters that it leads to no glyph, which would
/// print as boxes, and those for private use.
fn honest((font, mut info): (Font, FontInfo)) -> (Font, FontInfo) {
    let face = Face::parse(font.data(), font.index()).expect("Typst has read the font");
    let glyph = |code: u32| face.glyph_index(char::from_u32(code)?);
    let has_glyph = |code: &u32| glyph(*code).is_some_and(|glyph| glyph.0 != 0);
    // What these fonts keep for themselves among the characters for private use is not what a source means by them.
    let is_public = |code: &u32| char::from_u32(*code).is_some_and(|character| !is_private(character));
    info.coverage = Coverage::from_vec(info.coverage.iter().filter(has_glyph).filter(is_public).collect());
    (font, info)
}

/// Sorts found fonts by path, so that no directory's order decides which one is taken.
fn sorted<T>(found: impl Iterator<Item = (fonts::FontPath, T)>) -> Vec<(fonts::FontPath, T)> {
    let mut found: Vec<_> = found.collect();
    found.sort_by(|a, b| (&a.0.path, a.0.index).cmp(&(&b.0.path, b.0.index)));
    found
}

/// Files in memory. A text is parsed when it is first asked for, and again only when it is another.
#[derive(Default)]
struct Files {
    texts: BTreeMap<String, Arc<str>>,
    pictures: BTreeMap<String, Bytes>,
    parsed: Mutex<HashMap<FileId, Source>>,
}

impl Files {
    fn text(&self, id: FileId) -> FileResult<&Arc<str>> {
        let name = name(id)?;
        self.texts.get(name).ok_or_else(|| FileError::NotFound(name.into()))
    }

    fn bytes(&self, id: FileId) -> FileResult<Bytes> {
        match self.pictures.get(name(id)?) {
            Some(picture) => Ok(picture.clone()),
            None => Ok(Bytes::from_string(Arc::clone(self.text(id)?))),
        }
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let text = self.text(id)?;
        let parsed = || self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = parsed().get(&id).filter(|known| known.text() == &**text) {
            return Ok(known.clone());
        }
        // Others need not wait for it.
        let source = Source::new(id, text.to_string());
        parsed().insert(id, source.clone());
        Ok(source)
    }

    /// Forgets files that are no longer there.
    fn forget(&mut self) {
        let parsed = self.parsed.get_mut().unwrap_or_else(PoisonError::into_inner);
        parsed.retain(|id, _| name(*id).is_ok_and(|name| self.texts.contains_key(name)));
    }
}

/// The virtual path of a file, which is in no package.
fn name(id: FileId) -> FileResult<&'static str> {
    let path: &'static RootedPath = id.get();
    match path.root() {
        VirtualRoot::Project => Ok(path.vpath().get_with_slash()),
        VirtualRoot::Package(_) => Err(FileError::AccessDenied),
    }
}

/// The forme as Typst sees it.
pub struct Shop {
    library: LazyHash<Library>,
    fonts: FontStore,
    files: Files,
    private: Private,
    /// The takes of the last book.
    pub(super) kept: Kept,
}

impl Shop {
    /// Opens a shop with the given fonts and an empty forme.
    pub fn new(fonts: FontStore) -> Self {
        let mut library = Library::default();
        notes::add_to(&mut library);
        lines::add_to(&mut library);
        measured::add_to(&mut library);
        page_number::add_to(&mut library);
        paragraph::add_to(&mut library);
        let library = LazyHash::new(library);
        Self { library, fonts, files: Files::default(), private: Private::default(), kept: Kept::default() }
    }

    /// Keeps what is set for a book for the next one, which may be the same but for a document.
    pub fn keeping(mut self) -> Self {
        self.kept.lasts = true;
        self
    }

    /// Has everything set as the plain `typst` program does: with Typst's library as it is.
    pub fn plain(mut self) -> Self {
        self.library = LazyHash::new(Library::default());
        self
    }

    /// Puts a forme into the shop in place of the last one.
    pub fn lay(&mut self, forme: &Forme) {
        self.files.texts.clone_from(&forme.files);
        self.files.pictures.clone_from(&forme.pictures);
    }

    /// Ends a book: what was of no use in it is forgotten.
    pub(super) fn end(&mut self) {
        self.files.forget();
        self.kept.end();
    }

    /// Makes ready for editions that keep some standards.
    pub fn keep(&mut self, standards: &Standards) {
        self.private = standards.private();
    }

    /// Tells what can be printed here.
    pub fn coverage(&self) -> glyphs::Coverage {
        glyphs::Coverage::of(self.fonts.book()).with_private(self.private)
    }
}

/// Gives the id of a virtual file.
pub fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("the forme's paths are plain");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

impl World for Shop {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        file_id(MAIN)
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.files.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.bytes(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The shop as it is for one who sets a take: with the take's files in place of the book's.
pub(super) struct Compositor<'a> {
    shop: &'a Shop,
    own: HashMap<FileId, Source>,
    used: Mutex<BTreeSet<String>>,
}

impl<'a> Compositor<'a> {
    /// One who sets this take.
    pub(super) fn of(shop: &'a Shop, take: &Take) -> Self {
        let own = take.files.iter().map(|(path, text)| {
            let id = file_id(path);
            (id, Source::new(id, text.to_string()))
        });
        Self { shop, own: own.collect(), used: Mutex::default() }
    }

    /// The files of the book that were used, by their virtual paths.
    pub(super) fn used(self) -> BTreeSet<String> {
        self.used.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn uses(&self, id: FileId) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.insert(id.get().vpath().get_with_slash().to_owned());
    }
}

impl World for Compositor<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.shop.library()
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.shop.book()
    }

    fn main(&self) -> FileId {
        self.shop.main()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match self.own.get(&id) {
            Some(own) => Ok(own.clone()),
            None => {
                self.uses(id);
                self.shop.source(id)
            }
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.uses(id);
        self.shop.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shop.font(index)
    }

    fn today(&self, offset: Option<Duration>) -> Option<Datetime> {
        self.shop.today(offset)
    }
}
