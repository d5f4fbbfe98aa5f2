//! Text in several languages: what is in another language or script than the words around it is marked so.

use super::emit::run::{Blanks, source_of};
use super::emit::{Emitter, Form};
use super::{emoji, literal};
use crate::document::Leaf;
use crate::language;
use std::ops::Range;

impl Emitter<'_> {
    /// Sets something in a language of its own, and in the direction of that.
    pub(super) fn in_tongue(&mut self, language: &str, set: impl FnOnce(&mut Self)) {
        self.out.push_str("#tongue(");
        literal::string(language, &mut self.out);
        self.out.push_str(&format!(",{}", language::direction(language).as_str()));
        self.name_within();
        self.out.push_str(")[");
        let around = std::mem::replace(&mut self.language, language.to_owned());
        let within = self.within.replace(language.to_owned());
        set(self);
        (self.language, self.within) = (around, within);
        self.out.push_str("];");
    }

    /// Sets an emoji in the face that has all its parts.
    fn emoji(&mut self, leaf: &Leaf, part: Range<usize>, mention: Option<usize>) {
        self.out.push_str("#emoji[#");
        self.literal(&leaf.text[part.clone()], source_of(leaf, part), mention, Form::Characters);
        self.out.push_str(";];");
    }

    /// Sets a line of words that no source has a place for, such as a title, with its foreign runs.
    pub fn line(&mut self, text: &str) {
        let text = self.shown(text);
        for run in language::runs(&text, &self.language, &self.beside) {
            self.open_run(run.language.as_deref());
            self.out.push('#');
            self.literal(&text[run.range], 0..0, None, Form::Characters);
            self.out.push(';');
            self.close_run(run.language.as_deref());
        }
    }

    /// Opens a run in another script than the text around it; it keeps the order of that text.
    fn open_run(&mut self, language: Option<&str>) {
        if let Some(language) = language {
            self.out.push_str("#foreign(");
            literal::string(language, &mut self.out);
            self.name_within();
            self.out.push_str(")[");
        }
    }

    /// Names the language whose size of letters holds here, as an argument of what sets another one within it.
    fn name_within(&mut self) {
        if let Some(within) = &self.within {
            self.out.push_str(",within:");
            literal::string(within, &mut self.out);
        }
    }

    fn close_run(&mut self, language: Option<&str>) {
        if language.is_some() {
            self.out.push_str("];");
        }
    }

    /// Sets a part of a leaf, parted where its script changes.
    pub(super) fn piece(&mut self, leaf: &Leaf, part: Range<usize>, mention: Option<usize>) {
        let Some(text) = leaf.text.get(part.clone()) else { return };
        for run in language::runs(text, &self.language, &self.beside) {
            self.open_run(run.language.as_deref());
            let mut from = run.range.start;
            for picture in emoji::sequences(&text[run.range.clone()], self.coverage) {
                let picture = run.range.start + picture.start..run.range.start + picture.end;
                self.stretch(leaf, part.start + from..part.start + picture.start, mention, Blanks::Folded);
                self.emoji(leaf, part.start + picture.start..part.start + picture.end, mention);
                from = picture.end;
            }
            self.stretch(leaf, part.start + from..part.start + run.range.end, mention, Blanks::Folded);
            self.close_run(run.language.as_deref());
        }
    }
}
