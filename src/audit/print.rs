//! What is printed of what a text must show.
//!
//! What enters: the characters that a text must show, and the literals of its document with what the pages print of
//! them. What leaves: which of the characters are printed, which of them more than once or out of their order.

use super::expected::Expected;
use crate::forme::emit::{Form, Mark};
use crate::forme::{HeadMark, HeadPart, glyphs};
use crate::press::Impression;
use crate::text::{Span, is_of_word, letters};
use std::collections::{BTreeMap, BTreeSet};

/// What is printed of the characters that a text must show; each is named by its place among them.
#[derive(Debug, Default)]
pub(super) struct Print {
    /// Whether each is printed.
    pub is_printed: Vec<bool>,
    /// Those that a name stands for.
    pub named: BTreeSet<usize>,
    /// Those that are printed on more than one line.
    pub repeated: BTreeSet<usize>,
    /// Those that stand before what comes earlier in the source.
    pub disordered: BTreeSet<usize>,
}

/// A character of a literal: its byte, what it shows, and the line it is first printed on, 0 where it is on none.
struct Link {
    byte: usize,
    shows: usize,
    line: usize,
}

impl Print {
    /// Compares what a text must show with what is printed of its document.
    pub fn of(expected: &Expected, marks: &[Mark], impression: &Impression) -> Self {
        let mut print = Self { is_printed: vec![false; expected.characters.len()], ..Self::default() };
        let mut links = linked(expected, marks, impression);
        let mut order = Order::default();
        for printed in &impression.printed {
            let links = &mut links[printed.literal];
            let from = links.partition_point(|link| link.byte < printed.range.start);
            let Mark { note, passage, .. } = marks[printed.literal];
            for link in links[from..].iter_mut().take_while(|link| link.byte < printed.range.end) {
                if link.line == 0 {
                    link.line = printed.line;
                    if !order.takes(note, passage, printed.line, link.shows) {
                        print.disordered.insert(link.shows);
                    }
                } else if link.line != printed.line {
                    print.repeated.insert(link.shows);
                }
            }
        }
        for (mark, links) in marks.iter().zip(&links) {
            match mark.form {
                Form::Characters => {
                    links.iter().filter(|link| link.line > 0).for_each(|link| print.is_printed[link.shows] = true);
                }
                Form::Name => {
                    if let Some(first) = links.first().filter(|_| links.iter().all(|link| link.line > 0)) {
                        print.is_printed[first.shows] = true;
                        print.named.insert(first.shows);
                    }
                }
            }
        }
        print
    }
}

/// Links the letters of each literal to the characters that they show.
fn linked(expected: &Expected, marks: &[Mark], impression: &Impression) -> Vec<Vec<Link>> {
    // Several literals can share a place in the source that is shorter or longer than they are: they follow one another.
    let mut reached: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let link = |(mark, value): (&Mark, &String)| {
        let whole = expected.within(&mark.source);
        let place = (mark.source.start, mark.source.end);
        let mut next = reached.get(&place).copied().unwrap_or(whole.start);
        // The span of what is as long as its source and yet another text ends before its last character.
        let beyond = expected.characters.get(whole.end).is_some_and(|(at, _)| *at < mark.source.end + 4);
        let end = whole.end + usize::from(beyond);
        let mut links = Vec::new();
        match mark.form {
            Form::Name => {
                let shown = expected.characters.get(next).filter(|_| next < end);
                if shown.is_some_and(|(_, character)| glyphs::name(*character) == *value) {
                    let bytes = value.char_indices().filter(|(_, character)| is_of_word(*character));
                    links.extend(bytes.map(|(byte, _)| Link { byte, shows: next, line: 0 }));
                    next += 1;
                }
            }
            Form::Characters => {
                for (byte, character) in value.char_indices().filter(|(_, character)| is_of_word(*character)) {
                    let shown = expected.characters.get(next..end).unwrap_or_default();
                    if let Some(skipped) = shown.iter().position(|(_, shown)| *shown == character) {
                        links.push(Link { byte, shows: next + skipped, line: 0 });
                        next += skipped + 1;
                    }
                }
            }
        }
        reached.insert(place, next);
        links
    };
    marks.iter().zip(&impression.body).map(link).collect()
}

/// The order of print: the lines of a passage follow one another, and so do the passages of the text and of each
/// footnote. Within a line the direction of its script decides.
#[derive(Default)]
struct Order {
    /// For each passage of the text or a footnote how far it is printed.
    passages: BTreeMap<(Option<usize>, usize), Reached>,
    /// For each text that runs by itself (the body, a footnote) where its last passage begins.
    flows: BTreeMap<Option<usize>, usize>,
}

impl Order {
    /// Takes the next character; tells whether it stands where it belongs.
    fn takes(&mut self, note: Option<usize>, passage: usize, line: usize, shows: usize) -> bool {
        let Some(reached) = self.passages.get_mut(&(note, passage)) else {
            self.passages.insert((note, passage), Reached { line, last: shows, before: None });
            let begun = self.flows.insert(note, shows);
            return begun.is_none_or(|begun| begun < shows);
        };
        if reached.line != line {
            (reached.line, reached.before) = (line, Some(reached.last));
        }
        reached.last = reached.last.max(shows);
        // The name of a character can go on to the next line.
        reached.before.is_none_or(|before| before <= shows)
    }
}

/// How far a passage is printed.
struct Reached {
    /// The line at hand.
    line: usize,
    /// The last character so far.
    last: usize,
    /// The last character before the line at hand.
    before: Option<usize>,
}

/// The words of a document's head as they are printed: the letters of each part, capitals as small letters.
pub(super) struct Head {
    parts: BTreeMap<HeadPart, String>,
}

impl Head {
    /// Reads what is printed of a head.
    pub fn of(marks: &[HeadMark], impression: &Impression) -> Self {
        let mut printed: Vec<Vec<Span>> = vec![Vec::new(); impression.head.len()];
        for part in &impression.printed_head {
            printed[part.literal].push(part.range.clone());
        }
        let mut parts: BTreeMap<HeadPart, String> = BTreeMap::new();
        for ((mark, value), printed) in marks.iter().zip(&impression.head).zip(printed) {
            let is_printed = |at: usize| printed.iter().any(|range| range.contains(&at));
            let shown: String =
                value.char_indices().filter(|(at, _)| is_printed(*at)).map(|(_, shown)| shown).collect();
            parts.entry(mark.part).or_default().push_str(&letters(&shown));
        }
        Self { parts }
    }

    /// The parts in which the letters of a text stand, in their order.
    pub fn holds(&self, text: &str) -> Vec<HeadPart> {
        let wanted = letters(text);
        let found = self.parts.iter().filter(|(_, printed)| !wanted.is_empty() && printed.contains(&wanted));
        found.map(|(part, _)| *part).collect()
    }
}
