//! What is said of the editions before, as the layout's Typst files know it.
//!
//! What enters: an edition, its history or a part of that. What leaves: the file `/history.typ` with the stubs, the changes and the concordance.

use super::emit::{Emitter, Voice};
use super::glyphs::Coverage;
use super::{IMPORT, content, emitting, fit, literal};
use crate::document::Block;
use crate::edition::Edition;
use crate::edition::history::History;

/// Writes what is said of the editions before.
pub(super) fn write(edition: &Edition, history: &History, coverage: &Coverage) -> String {
    let language = &edition.book.language;
    let mut emitter = emitting(edition, coverage, Voice::Edition).in_language(language, language).in_one_language();
    emitter.out.push_str(IMPORT);
    emitter.out.push_str("#let stubs = (");
    for stub in &history.stubs {
        said(&mut emitter, &stub.body);
    }
    emitter.out.push_str(")\n#let groups = (");
    for group in &history.groups {
        emitter.out.push_str("(kind: ");
        literal::string(group.kind, &mut emitter.out);
        emitter.out.push_str(", items: (");
        for item in &group.items {
            emitter.out.push_str("(key: ");
            match &item.key {
                Some(key) => literal::string(key, &mut emitter.out),
                None => emitter.out.push_str("none"),
            }
            for (field, text) in [("number", &item.number), ("date", &item.date), ("title", &item.title)] {
                emitter.out.push_str(&format!(", {field}: "));
                let shown = emitter.shown(text);
                literal::string(&shown, &mut emitter.out);
            }
            emitter.out.push_str(", body: ");
            content(&mut emitter, &item.body);
            emitter.out.push_str("),\n");
        }
        emitter.out.push_str(")),\n");
    }
    emitter.out.push_str(")\n#let organizations = ");
    content(&mut emitter, &history.organizations);
    emitter.out.push_str("\n#let concordance = ");
    let mut rows = serde_json::to_value(&history.concordance).expect("a concordance is plain data");
    fit(&mut rows, &emitter);
    literal::value(&rows, &mut emitter.out);
    emitter.out.push('\n');
    emitter.out
}

/// Appends blocks as an item of a list.
fn said(emitter: &mut Emitter<'_>, blocks: &[Block]) {
    content(emitter, blocks);
    emitter.out.push_str(",\n");
}
