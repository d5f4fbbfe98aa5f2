//! The pictures that documents refer to.
//!
//! What enters: a collection, the list of the files that stand beside its documents, and a way to read one of them. What
//! leaves: [`Pictures`]: each picture that can be set, decoded once so that none stops the press, and for each reference
//! the picture that it means or why there is none. Only what documents refer to is read; nothing is fetched.

pub mod problems;
mod raster;
mod reference;
mod vector;

use crate::collection::{Collection, Document};
use crate::diagnostic::Diagnostic;
use crate::document::passage::{self, text};
use crate::document::{Inline, Tree};
use crate::settings::Spanned;
use crate::source;
use crate::text::Span;
use data_url::DataUrl;
use rayon::prelude::*;
use reference::{Files, Reference};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use typst::foundations::Bytes;
pub use vector::lettering;

/// The largest file of a picture that is set, in bytes.
pub const LARGEST_PICTURE: u64 = 32 * 1024 * 1024;
/// The most pixels that a picture may have: what a phone's finest camera makes, and 200 MB of memory.
pub const MOST_PIXELS: u64 = 64_000_000;
/// The density under which a picture is told to print coarsely, in dots per inch.
pub const COARSE: f64 = 150.0;

/// The endings of files that are pictures and can be set.
const SETTABLE: [&str; 8] = ["gif", "jpe", "jpeg", "jfif", "jpg", "png", "svg", "webp"];
/// The endings of files that are pictures and cannot.
const UNSETTABLE: [&str; 16] = [
    "avif", "bmp", "emf", "eps", "heic", "heif", "ico", "jp2", "jxl", "psd", "svgz", "tga", "tif", "tiff", "wmf", "xcf",
];

/// How a picture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
    /// SVG.
    Svg,
}

impl Kind {
    /// Tells the kind from the first bytes of a file, whatever it is called.
    fn of(bytes: &[u8]) -> Option<Self> {
        let head = &bytes[..bytes.len().min(4096)];
        match head {
            [0x89, b'P', b'N', b'G', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'G', b'I', b'F', b'8', ..] => Some(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            _ => String::from_utf8_lossy(head).contains("<svg").then_some(Self::Svg),
        }
    }

    /// The ending of a file's name.
    fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::WebP => "webp",
            Self::Svg => "svg",
        }
    }
}

/// Something that is printed otherwise than a screen shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Remark {
    /// The first of several pictures is printed.
    Moves,
    /// So many scripts do not run.
    Scripts(usize),
    /// So many stretches of HTML are not drawn.
    Foreign(usize),
    /// So many other files are not fetched.
    Fetched(usize),
}

/// Why a file cannot be set.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Broken {
    /// It cannot be read.
    Unreadable(String),
    /// It has more bytes than [`LARGEST_PICTURE`].
    TooManyBytes,
    /// It has more pixels than [`MOST_PIXELS`]; how many across and down, where that is known.
    TooManyPixels(Option<(u32, u32)>),
    /// It ends before the picture does.
    Cut,
    /// It cannot be decoded, for this reason.
    Damaged(String),
    /// It is of no kind that can be set.
    Unknown,
}

/// A picture that can be set.
#[derive(Debug)]
struct Sound {
    kind: Kind,
    width: f64,
    height: f64,
    density: Option<f64>,
    bytes: Bytes,
    remarks: Vec<Remark>,
}

/// Why a reference shows no picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It is on the network.
    Remote,
    /// No file is there.
    Absent,
    /// It is outside the collection.
    Outside,
    /// The file is damaged.
    Damaged,
    /// The file is too large.
    TooLarge,
    /// The file is of no kind that can be set.
    Unknown,
}

impl Reason {
    /// The word under which layouts know it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Remote => "remote",
            Self::Absent => "absent",
            Self::Outside => "outside",
            Self::Damaged => "damaged",
            Self::TooLarge => "too-large",
            Self::Unknown => "unknown",
        }
    }
}

/// What becomes of a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The picture of this name is set.
    Set(String),
    /// A note stands in its place.
    Unset(Reason),
}

/// A picture that is set.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The name of its file in the forme: `0001.png`.
    pub file: String,
    /// Its bytes as they are set: without what a camera or an editor wrote beside the picture.
    pub bytes: Bytes,
    /// How wide it is, in pixels, or in a drawing's own units.
    pub width: f64,
    /// How high it is, in the same.
    pub height: f64,
    /// How many of these make an inch, where the file says so credibly.
    pub density: Option<f64>,
    /// How it is written.
    pub kind: Kind,
    /// The document that refers to it first, as an index into the collection, and where; none where only the cover does.
    pub met: Option<(usize, Span)>,
}

/// The pictures of a collection.
#[derive(Debug, Clone, Default)]
pub struct Pictures {
    /// The pictures that are set, by path; one that a document itself holds has a name that is no path.
    pub set: BTreeMap<String, Picture>,
    /// The name of the picture on the cover, which is one of those that are set.
    pub logo: Option<String>,
    /// For each document's path, what becomes of the addresses in it.
    pub outcomes: BTreeMap<String, BTreeMap<String, Outcome>>,
}

impl Pictures {
    /// Tells what becomes of an address in a document.
    pub fn outcome(&self, document: &str, address: &str) -> Option<&Outcome> {
        self.outcomes.get(document)?.get(address)
    }

    /// Gives the picture on the cover.
    pub fn on_cover(&self) -> Option<&Picture> {
        self.set.get(self.logo.as_ref()?)
    }
}

impl Picture {
    /// Gives a problem the place from where the picture is first referred to: a document, or the settings.
    pub fn point(&self, collection: &Collection, problem: Diagnostic) -> Diagnostic {
        let met = self.met.as_ref().and_then(|(document, span)| Some((collection.documents.get(*document)?, span)));
        match met {
            Some((document, span)) => document.source.point(problem, span.clone()),
            None => problem.in_file(problems::SETTINGS),
        }
    }
}

/// A reference to a picture.
struct Met<'a> {
    address: &'a str,
    has_words: bool,
    span: Span,
}

/// Gathers the pictures that a collection refers to.
///
/// `files` are the paths of all files beside the documents, `logo` is that of the picture on the cover, `open` reads one of
/// them, at most a byte more than [`LARGEST_PICTURE`].
pub fn gather(
    collection: &Collection,
    files: &[String],
    logo: Option<&Spanned<String>>,
    open: &(dyn Fn(&str) -> io::Result<Vec<u8>> + Sync),
) -> (Pictures, Vec<Diagnostic>) {
    let known = Files::new(files.iter().map(String::as_str));
    let referred: Vec<Vec<(Met<'_>, Wanted)>> = collection
        .documents
        .par_iter()
        .map(|document| {
            let met = references(&document.tree).into_iter();
            met.map(|met| (Wanted::of(known.find(document.id(), met.address), met.address), met))
                .map(|(wanted, met)| (met, wanted))
                .collect()
        })
        .collect();
    let cover = logo.map(|logo| (logo, Wanted::of(known.find("", &logo.value), &logo.value)));
    let on_cover = cover.iter().map(|(_, wanted)| wanted);
    let wanted = referred.iter().flatten().map(|(_, wanted)| wanted).chain(on_cover);
    let wanted: BTreeMap<&str, Option<&[u8]>> = wanted.filter_map(Wanted::name_and_bytes).collect();
    let decoded: BTreeMap<&str, Result<Sound, Broken>> = wanted
        .into_par_iter()
        .map(|(name, written)| match written {
            Some(bytes) => (name, check(name, bytes)),
            None => match open(name) {
                Ok(bytes) => (name, check(name, &bytes)),
                Err(error) => (name, Err(Broken::Unreadable(error.to_string()))),
            },
        })
        .collect();
    let mut pictures = Pictures::default();
    let mut diagnostics = Vec::new();
    let mut told = BTreeSet::new();
    for (index, (document, references)) in collection.documents.iter().zip(&referred).enumerate() {
        diagnostics.extend(problems::remote(document, references));
        let mut outcomes = BTreeMap::new();
        for (met, wanted) in references {
            let is_new = !outcomes.contains_key(met.address);
            let outcome = match wanted {
                Wanted::Unset(reason, _) => Outcome::Unset(*reason),
                Wanted::File(name) | Wanted::Written(name, _) => match &decoded[name.as_str()] {
                    Ok(sound) => {
                        if told.insert(name) {
                            let remarks = sound.remarks.iter();
                            diagnostics.extend(remarks.map(|remark| problems::remark(document, met, name, *remark)));
                            pictures.set.insert(name.clone(), picture(sound, Some((index, met.span.clone()))));
                        }
                        Outcome::Set(name.clone())
                    }
                    Err(broken) => Outcome::Unset(reason(broken)),
                },
            };
            if !met.has_words && outcome != Outcome::Unset(Reason::Remote) {
                diagnostics.push(problems::without_words(document, met));
            }
            if is_new {
                diagnostics.extend(match wanted {
                    Wanted::Unset(Reason::Absent, path) => Some(problems::absent(document, met, path, files)),
                    Wanted::Unset(Reason::Outside, _) => Some(problems::outside(document, met)),
                    Wanted::Unset(..) => None,
                    Wanted::File(name) | Wanted::Written(name, _) => {
                        let broken = decoded[name.as_str()].as_ref().err();
                        broken.map(|broken| problems::broken(document, met, name, broken))
                    }
                });
                outcomes.insert(met.address.to_owned(), outcome);
            }
        }
        if !outcomes.is_empty() {
            pictures.outcomes.insert(document.id().to_owned(), outcomes);
        }
    }
    if let Some((logo, wanted)) = &cover {
        match for_cover(wanted, &decoded) {
            Ok((name, sound)) => {
                pictures.set.entry(name.to_owned()).or_insert_with(|| picture(sound, None));
                pictures.logo = Some(name.to_owned());
            }
            Err(why) => diagnostics.push(problems::logo(logo, &why)),
        }
    }
    for (number, picture) in pictures.set.values_mut().enumerate() {
        picture.file = format!("{:04}.{}", number + 1, picture.kind.ending());
    }
    (pictures, diagnostics)
}

/// Names the picture on the cover, or says why it cannot be set.
fn for_cover<'a>(
    wanted: &'a Wanted,
    decoded: &'a BTreeMap<&str, Result<Sound, Broken>>,
) -> Result<(&'a str, &'a Sound), String> {
    match wanted {
        Wanted::File(name) => match &decoded[name.as_str()] {
            Ok(sound) => Ok((name, sound)),
            Err(broken) => Err(problems::why(broken)),
        },
        Wanted::Unset(Reason::Absent, _) => Err("no such file is in the collection".to_owned()),
        Wanted::Written(..) | Wanted::Unset(..) => Err("it is not in the collection".to_owned()),
    }
}

/// Tells of the picture files that neither a document nor the cover refers to, so that none stays out of the book in
/// silence.
pub fn unreferred(collection: &Collection, pictures: &[String], logo: Option<&str>) -> Vec<Diagnostic> {
    let known = Files::new(pictures.iter().map(String::as_str));
    let mut left: BTreeSet<&str> = pictures.iter().map(String::as_str).collect();
    if let Some(Reference::File(path)) = logo.map(|logo| known.find("", logo)) {
        left.remove(path.as_str());
    }
    for document in &collection.documents {
        for met in references(&document.tree) {
            if let Reference::File(path) = known.find(document.id(), met.address) {
                left.remove(path.as_str());
            }
        }
    }
    left.into_iter().map(problems::unreferred).collect()
}

/// Whether a file's name says that it is a picture.
pub fn is_picture(path: &str) -> bool {
    has_ending(path, &SETTABLE) || has_ending(path, &UNSETTABLE)
}

fn has_ending(path: &str, endings: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending.to_ascii_lowercase().as_str()))
}

/// What is to be read for a reference.
#[derive(Debug)]
enum Wanted {
    /// A file.
    File(String),
    /// The bytes that the address itself holds, under a name of their own.
    Written(String, Vec<u8>),
    /// Nothing; with the path where nothing is.
    Unset(Reason, String),
}

impl Wanted {
    fn of(reference: Reference, address: &str) -> Self {
        match reference {
            Reference::File(path) => Self::File(path),
            Reference::Written => {
                let bytes = DataUrl::process(address.trim()).ok().and_then(|url| url.decode_to_vec().ok());
                let bytes = bytes.map(|(bytes, _)| bytes).unwrap_or_default();
                Self::Written(format!("data:{}", source::hash(&bytes)), bytes)
            }
            Reference::Remote => Self::Unset(Reason::Remote, String::new()),
            Reference::Outside => Self::Unset(Reason::Outside, String::new()),
            Reference::Absent(path) => Self::Unset(Reason::Absent, path),
        }
    }

    fn name_and_bytes(&self) -> Option<(&str, Option<&[u8]>)> {
        match self {
            Self::File(path) => Some((path, None)),
            Self::Written(name, bytes) => Some((name, Some(bytes))),
            Self::Unset(..) => None,
        }
    }
}

/// Decodes a picture.
fn check(name: &str, bytes: &[u8]) -> Result<Sound, Broken> {
    if bytes.len() as u64 > LARGEST_PICTURE {
        return Err(Broken::TooManyBytes);
    }
    match Kind::of(bytes) {
        _ if has_ending(name, &["svgz"]) => Err(Broken::Unknown),
        Some(Kind::Svg) => vector::read(bytes),
        Some(kind) => raster::read(kind, bytes),
        None if bytes.is_empty() => Err(Broken::Damaged("the file is empty".to_owned())),
        None if has_ending(name, &["svg"]) => vector::read(bytes),
        None if has_ending(name, &SETTABLE) || name.starts_with("data:") => {
            Err(Broken::Damaged("its first bytes are those of no PNG, JPEG, GIF, WebP or SVG file".to_owned()))
        }
        None => Err(Broken::Unknown),
    }
}

fn reason(broken: &Broken) -> Reason {
    match broken {
        Broken::TooManyBytes | Broken::TooManyPixels(_) => Reason::TooLarge,
        Broken::Unknown => Reason::Unknown,
        Broken::Unreadable(_) | Broken::Cut | Broken::Damaged(_) => Reason::Damaged,
    }
}

fn picture(sound: &Sound, met: Option<(usize, Span)>) -> Picture {
    Picture {
        file: String::new(),
        bytes: sound.bytes.clone(),
        width: sound.width,
        height: sound.height,
        density: sound.density,
        kind: sound.kind,
        met,
    }
}

/// Lists the pictures that a tree refers to, in the order of its passages.
fn references(tree: &Tree) -> Vec<Met<'_>> {
    let mut found = Vec::new();
    for blocks in [&tree.blocks].into_iter().chain(tree.footnotes.values()) {
        passage::visit(blocks, &mut |content, _| gather_references(content, &mut found));
    }
    found
}

fn gather_references<'t>(content: &'t [Inline], found: &mut Vec<Met<'t>>) {
    for inline in content {
        match inline {
            Inline::Image { url, alternative, span, .. } => {
                let has_words = !text(alternative).trim().is_empty();
                found.push(Met { address: url, has_words, span: span.clone() });
                gather_references(alternative, found);
            }
            other => gather_references(other.content(), found),
        }
    }
}

/// Gives the place of a reference's document.
fn at(document: &Document, problem: Diagnostic, met: &Met<'_>) -> Diagnostic {
    problem.at(document.id(), &document.source.text, met.span.clone())
}
