//! What the fonts cannot print of an edition.
//!
//! What enters: an edition and its documents as code. What leaves: a diagnostic for each font that is needed, at the
//! first character that it would bring, and for the letters of drawings.

use super::glyphs::{self, Coverage};
use super::{SetDocument, needed};
use crate::diagnostic::Diagnostic;
use crate::edition::Edition;
use crate::picture::{self, Kind};
use crate::source::Source;
use std::collections::BTreeMap;

/// Tells what the fonts cannot print.
pub fn glyph_problems(edition: &Edition, documents: &[SetDocument], coverage: &Coverage) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (document, set) in edition.annotated.collection.documents.iter().zip(documents) {
        let (source, language) = (&document.source, &document.description.language);
        if let Some(character) = set.unprintable {
            problems.push(
                Diagnostic::error("no-font", "most letters of the document have no font; a page says so in its place")
                    .in_file(&source.path)
                    .help(format!("get {} and build with `--font-path FOLDER`", needed::font_for(character, language))),
            );
            continue;
        }
        let mut by_font: BTreeMap<String, Vec<(char, usize, usize)>> = BTreeMap::new();
        for (character, (count, offset)) in &set.missing.characters {
            if coverage.names_private() && glyphs::is_private(*character) {
                problems.push(private(source, *character, *offset));
                continue;
            }
            by_font.entry(needed::font_for(*character, language)).or_default().push((*character, *count, *offset));
        }
        for (font, characters) in by_font {
            problems.push(missing(source, &characters).help(format!("get {font} and build with `--font-path FOLDER`")));
        }
    }
    problems.extend(drawings(edition, coverage));
    problems
}

/// Tells of the letters of drawings that no font has; nothing can stand in for them there.
pub fn drawings(edition: &Edition, coverage: &Coverage) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (path, picture) in edition.annotated.pictures.set.iter().filter(|(_, picture)| picture.kind == Kind::Svg) {
        for character in picture::lettering(&picture.bytes).into_iter().filter(|letter| !coverage.has(*letter)) {
            let message = format!("the drawing `{path}` has {}, for which there is no font", glyphs::name(character));
            let problem = picture.point(&edition.annotated.collection, Diagnostic::warning("missing-glyph", message));
            problems.push(problem.help("save the drawing with its letters as outlines"));
        }
    }
    problems
}

/// Tells of a character that no standard for keeping takes.
fn private(source: &Source, character: char, offset: usize) -> Diagnostic {
    let name = glyphs::name(character);
    let message = format!("{name} is for private use, which PDF/A-2a and 3a do not take; its name stands in its place");
    source
        .point(Diagnostic::warning("private-character", message), offset..offset + 1)
        .help("write the public character that is meant")
        .help("or keep a standard that takes it, such as `--standard a-3u,ua-1`")
}

/// Tells of the characters of one document that one font would bring, at the place of the first.
fn missing(source: &Source, characters: &[(char, usize, usize)]) -> Diagnostic {
    let met: usize = characters.iter().map(|(_, count, _)| count).sum();
    let times = if met == 1 { "once".to_owned() } else { format!("{met} times") };
    let first = characters.iter().min_by_key(|(_, _, offset)| *offset).copied();
    let (character, _, offset) = first.expect("a font is named for at least one character");
    let others = match characters.len() - 1 {
        0 => String::new(),
        1 => " and one other character".to_owned(),
        others => format!(" and {others} other characters"),
    };
    let message = format!("no font has {}{others}, met {times}; names stand in their place", glyphs::name(character));
    source.point(Diagnostic::warning("missing-glyph", message), offset..offset + 1)
}
