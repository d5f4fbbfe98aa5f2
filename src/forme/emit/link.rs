//! Links as Typst code.
//!
//! What enters: an address and the inlines that lead there. What leaves: the calls that set them. A link goes around
//! words alone: where what it holds is a block inside other marks, Typst's tags lose the link and no PDF is written.

use super::picture::Standing;
use super::{Emitter, Voice, is_web};
use crate::document::Inline;
use crate::document::passage::text;
use crate::forme::literal;

impl Emitter<'_> {
    /// Sets what leads somewhere.
    pub(super) fn link(&mut self, url: &str, content: &[Inline]) {
        match (self.voice, url.split_once(':')) {
            (Voice::Edition, Some(("org", key))) => self.keyed("mention", key, content),
            (Voice::Edition, Some(("doc", id))) => self.keyed("document-link", id, content),
            _ if is_web(url) && self.standing == Standing::Alone => {
                self.leads_to = self.urls_noted.insert(url.to_owned()).then(|| url.to_owned());
                self.inlines(content);
            }
            _ if is_web(url) => {
                let words = text(content);
                let shown =
                    words.contains(url.trim_end_matches('/')) || url.contains(words.trim()) && words.contains('.');
                let noted = !shown && self.urls_noted.insert(url.to_owned());
                if content.iter().any(can_be_block) {
                    // The first picture says where it leads, as one by itself does.
                    self.leads_to = noted.then(|| url.to_owned());
                    self.words_leading(url, content);
                    if self.leads_to.take().is_some() {
                        self.note_address(url);
                    }
                } else {
                    self.keyed("web", url, content);
                    if noted {
                        self.note_address(url);
                    }
                }
            }
            _ => self.inlines(content),
        }
    }

    /// Notes an address, with the day on which it was seen.
    fn note_address(&mut self, url: &str) {
        self.out.push_str("#web-note(");
        literal::string(url, &mut self.out);
        if let Some(day) = self.captured {
            let day = self.shown(day);
            self.out.push_str(", captured: ");
            literal::string(&day, &mut self.out);
        }
        self.numbers_of_notes(1);
        self.out.push_str(");");
    }

    /// Gives numbers to so many notes of a call, as its argument; what stands in a note has none.
    pub(super) fn numbers_of_notes(&mut self, notes: usize) {
        if notes > 0 && self.note.is_none() {
            self.out.push_str(&format!(", note: {}", self.notes + 1));
            self.notes += notes;
        }
    }

    /// Sets inlines of which the words lead to an address, and the rest does not.
    fn words_leading(&mut self, url: &str, content: &[Inline]) {
        for run in content.chunk_by(|one, next| can_be_block(one) == can_be_block(next)) {
            if !run.iter().any(can_be_block) {
                self.keyed("web", url, run);
                continue;
            }
            for inline in run {
                match inline {
                    Inline::Emphasis(content) => self.marked("italic", |emitter| emitter.words_leading(url, content)),
                    Inline::Strong(content) => self.marked("bold", |emitter| emitter.words_leading(url, content)),
                    Inline::Strikethrough(content) => {
                        self.marked("struck", |emitter| emitter.words_leading(url, content));
                    }
                    Inline::Superscript(content) => {
                        self.marked("raised", |emitter| emitter.words_leading(url, content));
                    }
                    Inline::Subscript(content) => {
                        self.marked("lowered", |emitter| emitter.words_leading(url, content));
                    }
                    other => self.inline(other),
                }
            }
        }
    }

    /// Sets inlines in a function that takes a key.
    fn keyed(&mut self, function: &str, key: &str, content: &[Inline]) {
        self.out.push_str(&format!("#{function}("));
        literal::string(key, &mut self.out);
        self.out.push_str(")[");
        self.inlines(content);
        self.out.push_str("];");
    }
}

/// Whether an inline is set as a block, or holds one that is.
fn can_be_block(inline: &Inline) -> bool {
    matches!(inline, Inline::Image { .. } | Inline::Math { display: true, .. })
        || inline.content().iter().any(can_be_block)
}
