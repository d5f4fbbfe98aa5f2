//! The glossary, as the layout's Typst files know it.
//!
//! What enters: an edition and its compiled glossary. What leaves: the file `/glossary.typ`.

use super::emit::Voice;
use super::glyphs::Coverage;
use super::{IMPORT, content, emitting, literal};
use crate::edition::Edition;
use crate::edition::glossary::Glossary;

/// Writes the glossary.
pub(super) fn write(edition: &Edition, glossary: &Glossary, coverage: &Coverage) -> String {
    let language = &edition.book.language;
    let mut emitter = emitting(edition, coverage, Voice::Edition).in_language(language, language);
    emitter.out.push_str(IMPORT);
    emitter.out.push_str("#let groups = (");
    for group in &glossary.groups {
        emitter.out.push_str("(letter: ");
        let shown = emitter.shown(&group.letter);
        literal::string(&shown, &mut emitter.out);
        emitter.out.push_str(", items: (");
        for item in &group.items {
            let kind = if item.key.is_some() { "entry" } else { "see" };
            emitter.out.push_str(&format!("(kind: \"{kind}\", key: "));
            match &item.key {
                Some(key) => literal::string(key, &mut emitter.out),
                None => emitter.out.push_str("none"),
            }
            emitter.out.push_str(", heading: ");
            let shown = emitter.shown(&item.heading);
            literal::string(&shown, &mut emitter.out);
            emitter.out.push_str(", shown: [");
            emitter.line(&item.heading);
            emitter.out.push_str("], acronym: ");
            match &item.acronym {
                Some(acronym) => {
                    let shown = emitter.shown(acronym);
                    literal::string(&shown, &mut emitter.out);
                }
                None => emitter.out.push_str("none"),
            }
            emitter.out.push_str(", body: ");
            content(&mut emitter, &item.body);
            emitter.out.push_str(", locators: ");
            content(&mut emitter, item.locators.as_deref().unwrap_or_default());
            emitter.out.push_str("),\n");
        }
        emitter.out.push_str(")),\n");
    }
    emitter.out.push_str(")\n#let abbreviations = (");
    for abbreviation in &glossary.abbreviations {
        emitter.out.push_str("(short: ");
        let shown = emitter.shown(&abbreviation.short);
        literal::string(&shown, &mut emitter.out);
        emitter.out.push_str(", body: ");
        content(&mut emitter, &abbreviation.body);
        emitter.out.push_str("),\n");
    }
    emitter.out.push_str(")\n");
    emitter.out
}
