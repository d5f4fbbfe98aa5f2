//! What is to be told of pictures.
//!
//! What enters: a reference or a file and what is wrong with it. What leaves: a diagnostic with an edit that mends it. A
//! picture that is not in the collection is a warning, since nothing of the collection is lost; one that is there and
//! cannot be set is an error.

use super::{
    Broken, COARSE, LARGEST_PICTURE, MOST_PIXELS, Met, Picture, Pictures, Reason, Remark, UNSETTABLE, Wanted, at,
    has_ending,
};
use crate::collection::{Collection, Document};
use crate::diagnostic::Diagnostic;
use crate::layout::nearest;
use crate::settings::Spanned;
use std::collections::BTreeMap;

/// The longest address that a diagnostic repeats, in characters.
const LONGEST_ADDRESS: usize = 100;
/// The file that names the picture on the cover.
pub(super) const SETTINGS: &str = "dossier.toml";

/// Cuts an address that is too long to be read.
pub(super) fn shortened(address: &str) -> String {
    if address.chars().count() <= LONGEST_ADDRESS {
        return address.to_owned();
    }
    format!("{}…", address.chars().take(LONGEST_ADDRESS).collect::<String>())
}

/// Tells of the pictures of one document that are on the network, together.
pub(super) fn remote(document: &Document, references: &[(Met<'_>, Wanted)]) -> Option<Diagnostic> {
    let is_remote = |wanted: &Wanted| matches!(wanted, Wanted::Unset(Reason::Remote, _));
    let mut remote = references.iter().filter(|(_, wanted)| is_remote(wanted)).map(|(met, _)| met);
    let first = remote.next()?;
    let message = match remote.count() {
        0 => "a picture is on the network, from where nothing is fetched; its words and address are printed".to_owned(),
        others => format!(
            "{} pictures are on the network, from where nothing is fetched; their words and addresses are printed",
            others + 1
        ),
    };
    let name = file_name(first.address);
    let help = format!("save it beside the document, and write `![what it shows]({name})`");
    Some(at(document, Diagnostic::warning("remote-picture", message), first).help(help))
}

/// Tells of a picture that is not there.
pub(super) fn absent(document: &Document, met: &Met<'_>, path: &str, files: &[String]) -> Diagnostic {
    if path.is_empty() {
        let problem = Diagnostic::warning("missing-picture", "a picture is meant to stand here, and no file is named");
        return at(document, problem, met).help("write its file: `![what it shows](picture.png)`, or remove the mark");
    }
    let message = format!("no file is at `{}`; the picture's words are printed", shortened(path));
    let problem = at(document, Diagnostic::warning("missing-picture", message), met);
    let folder = document.id().rsplit_once('/').map_or("", |(folder, _)| folder);
    match near(path, files) {
        Some(near) => problem.help(format!("did you mean `{}`?", relative(folder, near))),
        None => problem.help(format!("put the file there: `{}`", shortened(path))),
    }
}

/// Finds the file that is likeliest meant: one of the same name elsewhere, or of nearly the same.
fn near<'f>(path: &str, files: &'f [String]) -> Option<&'f str> {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let wanted = name(path);
    if wanted.chars().count() > LONGEST_ADDRESS {
        return None;
    }
    let named: BTreeMap<String, &str> =
        files.iter().filter(|file| super::is_picture(file)).map(|file| (name(file), file.as_str())).collect();
    let near = nearest(&wanted, named.keys().map(String::as_str))?;
    named.get(near).copied()
}

/// Writes a path as a document in a folder has to write it.
fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count().min(to.len() - 1);
    let path = "../".repeat(from.len() - shared) + &to[shared..].join("/");
    path.replace('%', "%25").replace(' ', "%20")
}

/// Tells of a picture outside the collection.
pub(super) fn outside(document: &Document, met: &Met<'_>) -> Diagnostic {
    let message = format!("`{}` leads out of the collection, where nothing is read", shortened(met.address));
    let help = format!("put a copy beside the document, and write `![what it shows]({})`", file_name(met.address));
    at(document, Diagnostic::warning("picture-outside", message), met).help(help)
}

/// Tells of a picture without words that stand for it.
pub(super) fn without_words(document: &Document, met: &Met<'_>) -> Diagnostic {
    let written = document.source.text.get(met.span.clone()).unwrap_or_default();
    let is_html = written.starts_with('<');
    let help = if is_html {
        "write `alt=\"what it shows\"` into its tag".to_owned()
    } else {
        let address = if met.address.starts_with("data:") { "…".to_owned() } else { shortened(met.address) };
        format!("write `![what it shows]({address})`")
    };
    let message = "a picture has no words for readers who cannot see it; the name of its file stands in";
    at(document, Diagnostic::warning("missing-alt-text", message), met).help(help)
}

/// Tells of a picture that cannot stand on the cover.
pub(super) fn logo(logo: &Spanned<String>, why: &str) -> Diagnostic {
    Diagnostic::error(
        "unusable-logo",
        format!("the cover has no logo, since `{}` cannot be set: {why}", shortened(&logo.value)),
    )
    .in_file(logo.place())
    .help("write the path of a PNG, JPEG, GIF, WebP or SVG file of the collection: `logo = \"seal.svg\"`")
}

/// Says in few words why a picture cannot be set.
pub(super) fn why(broken: &Broken) -> String {
    match broken {
        Broken::Unreadable(error) => error.clone(),
        Broken::TooManyBytes => format!("it has more than {LARGEST_PICTURE} bytes"),
        Broken::TooManyPixels(_) => format!("it has more than {MOST_PIXELS} pixels"),
        Broken::Cut => "it ends before the picture does".to_owned(),
        Broken::Damaged(reason) => crate::text::squeeze(reason),
        Broken::Unknown => "it is no PNG, JPEG, GIF, WebP or SVG picture".to_owned(),
    }
}

/// Tells of a picture that cannot be set.
pub(super) fn broken(document: &Document, met: &Met<'_>, name: &str, broken: &Broken) -> Diagnostic {
    let shown = shown(name);
    let png = || format!("`magick {name} {}.png`", name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    let (slug, message, help) = match broken {
        Broken::Unreadable(error) => (
            "unreadable",
            format!("{shown} cannot be read: {error}"),
            "let it be read, or put a copy in its place".into(),
        ),
        Broken::TooManyBytes => (
            "picture-too-large",
            format!("{shown} has more than {LARGEST_PICTURE} bytes, the most that a picture may have"),
            format!("make it smaller: `magick {name} -resize 4000x4000 {name}`"),
        ),
        Broken::TooManyPixels(size) => (
            "picture-too-large",
            match size {
                Some((width, height)) => format!(
                    "{shown} has {width} × {height} pixels, more than the {MOST_PIXELS} that a picture may have"
                ),
                None => format!("{shown} has more than the {MOST_PIXELS} pixels that a picture may have"),
            },
            format!("make it smaller: `magick {name} -resize 4000x4000 {name}`"),
        ),
        Broken::Cut => (
            "damaged-picture",
            format!("{shown} ends before the picture does"),
            "fetch the file again, or open it with an image program and save it anew".into(),
        ),
        Broken::Damaged(reason) => (
            "damaged-picture",
            format!("{shown} cannot be decoded: {}", crate::text::squeeze(reason)),
            "fetch the file again, or open it with an image program and save it anew".into(),
        ),
        Broken::Unknown => (
            "unknown-picture",
            format!("{shown} is no PNG, JPEG, GIF, WebP or SVG picture, the kinds that can be set"),
            if has_ending(name, &["svgz"]) {
                format!("unpack it: `gunzip --suffix .svgz --stdout {name}` into a file that ends in .svg")
            } else if has_ending(name, &["pdf"]) {
                format!("convert its pages: `pdftoppm -r 200 -png {name} page`")
            } else {
                format!("convert it: {}, and name that file here", png())
            },
        ),
    };
    at(document, Diagnostic::error(slug, message), met).help(help)
}

/// Tells of something that is printed otherwise than a screen shows it.
pub(super) fn remark(document: &Document, met: &Met<'_>, name: &str, remark: Remark) -> Diagnostic {
    let shown = shown(name);
    let times = |count: usize| if count == 1 { "once".to_owned() } else { format!("{count} times") };
    let (slug, message, help) = match remark {
        Remark::Moves => (
            "moving-picture",
            format!("{shown} moves; its first picture is printed"),
            "save the picture that should be printed as PNG, and name that file here",
        ),
        Remark::Scripts(count) => (
            "picture-script",
            format!("{shown} holds a script, {}; no script runs", times(count)),
            "export the drawing without scripts",
        ),
        Remark::Foreign(count) => (
            "picture-html",
            format!("{shown} holds HTML, {}; it is not drawn", times(count)),
            "export the drawing with its text as SVG text or as outlines, not as HTML",
        ),
        Remark::Fetched(count) => (
            "picture-fetches",
            format!("{shown} refers to other files, {}; a drawing fetches nothing", times(count)),
            "export the drawing with its pictures embedded",
        ),
    };
    at(document, Diagnostic::warning(slug, message), met).help(help)
}

/// Tells of a picture file that no document refers to.
pub(super) fn unreferred(path: &str) -> Diagnostic {
    let exclude = format!("or leave it out: `exclude = [\"{path}\"]`");
    if has_ending(path, &UNSETTABLE) {
        let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        return Diagnostic::warning("not-a-document", format!("a .{ending} file is not read"))
            .in_file(path)
            .help("read the scan with an OCR program such as `tesseract`, and check the text")
            .help("or convert it to PNG and refer to it from a document")
            .help(exclude);
    }
    Diagnostic::warning("not-referred-to", "no document refers to this picture, so it is not printed")
        .in_file(path)
        .help(format!("write `![what it shows]({})` where it belongs", relative("", path)))
        .help(exclude)
}

/// Tells of the pictures that print coarsely, from the density at which each was laid out.
pub fn coarse(collection: &Collection, pictures: &Pictures, laid_out: &BTreeMap<String, f64>) -> Vec<Diagnostic> {
    let mut coarse = Vec::new();
    for (name, picture) in &pictures.set {
        let Some(density) = laid_out.get(name).filter(|density| density.round() < COARSE) else { continue };
        let Picture { width, height, .. } = picture;
        let message = format!(
            "{} prints at {density:.0} dots per inch ({width} × {height} pixels), so it looks coarse",
            shown(name)
        );
        let enough = |pixels: f64| (pixels * COARSE / density).ceil();
        let help = format!("put a picture of at least {} × {} pixels in its place", enough(*width), enough(*height));
        coarse.push(picture.point(collection, Diagnostic::warning("low-resolution", message)).help(help));
    }
    coarse
}

/// Names a picture.
fn shown(name: &str) -> String {
    if name.starts_with("data:") { "the picture in the text".to_owned() } else { format!("`{name}`") }
}

/// Gives the last part of an address, for naming a file after it.
fn file_name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    if super::is_picture(name) && name.chars().count() <= LONGEST_ADDRESS {
        name.to_owned()
    } else {
        "picture.png".into()
    }
}
