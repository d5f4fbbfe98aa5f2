//! The proof that no word is lost.
//!
//! What enters: an edition and its laid-out pages. What leaves: an [`Audit`], which says of every word of every source
//! where it went: printed in the text, printed in the head, left out by a rule, masked, a mark of its markup, front
//! matter, or lost. What is printed is read from the pages, and what must be printed from the source, apart from the tree
//! that is set; the two are compared letter by letter and in order. A word is a run of letters, marks and digits.

mod account;
mod expected;
mod front;
mod print;

pub use account::{
    Audit, Counts, Elsewhere, FrontMatterPart, FrontMatterRule, MaskedDetail, MovedLine, OmittedLine, Place, SCHEMA,
    SourceAccount, SyntaxMarks, Words,
};
pub use expected::Rule;

use crate::collection::Document;
use crate::diagnostic::Diagnostic;
use crate::document::Format;
use crate::document::clutter::{self, Omission};
use crate::edition::Edition;
use crate::forme::glyphs::{self, Coverage};
use crate::forme::{HeadPart, document_path};
use crate::picture::{Outcome, Pictures};
use crate::press::{self, Impression, Pressed, Shop};
use crate::source::Source;
use crate::text::{Span, encloses, letters, words};
use expected::{Class, Expected};
use print::{Head, Print};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The rule for a document whose letters no font has: a page says so in its place.
const NO_FONT: &str = "no-font";
/// The rule for a further capture of a text that is printed once, and names it.
const DUPLICATE: &str = "duplicate";
/// The rule for a file that is too large to be read: a page says so in its place.
const TOO_LARGE: &str = "too-large";

/// Accounts for every word of an edition; `shop` still holds what the pages were set from.
pub fn audit(edition: &Edition, pressed: &Pressed, shop: &Shop) -> Audit {
    let (impressions, rest) = press::impressions(pressed, shop);
    let rest = letters(&rest);
    let sources: Vec<SourceAccount> = impressions
        .par_iter()
        .enumerate()
        .map(|(index, impression)| {
            let document = &edition.annotated.collection.documents[index];
            let number = &edition.items[index].facts.number;
            let printed =
                Auditor::new(document, &document_path(index), pressed, impression, &edition.annotated.pictures)
                    .account(number, &rest);
            let duplicates =
                document.duplicates.iter().map(|duplicate| duplicate_of(&duplicate.document.source, number));
            std::iter::once(printed).chain(duplicates).collect::<Vec<_>>()
        })
        .collect::<Vec<_>>()
        .concat();
    let mut totals = Counts::default();
    sources.iter().for_each(|source| totals += source.counts);
    Audit { schema: SCHEMA, program: edition.book.program, totals, sources }
}

impl Audit {
    /// Tells of each source whose words are lost, or stand out of their order.
    pub fn problems(&self, edition: &Edition) -> Vec<Diagnostic> {
        let documents = edition.annotated.collection.documents.iter();
        let sources: BTreeMap<&str, &Source> = documents.map(|document| (document.id(), &document.source)).collect();
        let mut problems = Vec::new();
        for account in &self.sources {
            let Some(source) = sources.get(account.source.as_str()) else { continue };
            let found = [
                ("lost-words", &account.lost, "neither printed nor accounted for"),
                ("disordered-words", &account.disordered, "printed out of the order of the source"),
            ];
            for (slug, lines, what) in found {
                let count: usize = lines.iter().map(|line| line.words).sum();
                let Some(first) = lines.first() else { continue };
                let are = if count == 1 { "word is" } else { "words are" };
                let problem = Diagnostic::error(slug, format!("{count} {are} {what}"));
                // The lines of a saved page are those of its file, which its text is not.
                let problem = if source.format == Format::Html {
                    problem.in_file(&source.path)
                } else {
                    problem.at(&source.path, &source.text, source.lines.span(first.line, &source.text))
                };
                problems.push(
                    problem.help(
                        "build with a layout that the program carries; if that changes nothing, report this file",
                    ),
                );
            }
        }
        problems
    }

    /// How many rules left something out.
    pub fn rules(&self) -> usize {
        let omitted = self.sources.iter().flat_map(|source| &source.omitted);
        omitted.map(|line| line.rule).collect::<std::collections::BTreeSet<_>>().len()
    }
}

/// One document while it is accounted for.
struct Auditor<'a> {
    document: &'a Document,
    expected: Expected,
    print: Print,
    head: Head,
    coverage: &'a Coverage,
    pictures: &'a Pictures,
    is_set: bool,
}

/// What becomes of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Set,
    Moved(usize),
    Omitted,
    Masked,
    FrontMatter,
    Mark(Rule),
    NoFont,
    Lost,
}

impl<'a> Auditor<'a> {
    fn new(
        document: &'a Document,
        path: &str,
        pressed: &'a Pressed,
        impression: &Impression,
        pictures: &'a Pictures,
    ) -> Self {
        let Source { text, front, format, .. } = &document.source;
        let blanked = clutter::blank(text, &document.omissions);
        let expected = Expected::of(&blanked, front.span.end..text.len(), *format);
        let print = Print::of(&expected, &pressed.forme.marks[path], impression);
        let head = Head::of(&pressed.forme.heads[path], impression);
        let runs = document.passages.runs.iter().map(|run| run.text.as_str());
        let coverage = &pressed.coverage;
        let is_set = glyphs::is_unprintable(runs, coverage).is_none();
        Self { document, expected, print, head, coverage, pictures, is_set }
    }

    fn account(&self, number: &str, rest: &str) -> SourceAccount {
        let Document { source, description, omissions, .. } = self.document;
        let moved: Vec<Vec<HeadPart>> = description.moved.iter().map(|moved| self.printed_in(moved)).collect();
        let all = words(&source.text);
        let fates: Vec<Fate> = all.iter().map(|word| self.fate(word, &moved)).collect();
        let with = |wanted: &dyn Fn(Fate) -> bool| -> Vec<Span> {
            all.iter().zip(&fates).filter(|(_, fate)| wanted(**fate)).map(|(word, _)| word.clone()).collect()
        };
        let mut account = SourceAccount {
            source: source.path.clone(),
            number: number.to_owned(),
            sha256: source.sha256.clone(),
            counts: Counts::default(),
            moved: Vec::new(),
            omitted: omissions.iter().chain(dropped_by_reader(source)).map(omitted_line).collect(),
            masked: source.masks.iter().map(masked_detail).collect(),
            syntax: self.marks(&all, &fates),
            front_matter: front::parts(source, &with(&|fate| fate == Fate::FrontMatter), &self.head, rest),
            lost: self.lines(&with(&|fate| fate == Fate::Lost)),
            disordered: self.lines(&self.holding(&all, |character| self.print.disordered.contains(&character))),
        };
        for (index, (moved, printed_in)) in description.moved.iter().zip(moved).enumerate() {
            let words = with(&|fate| fate == Fate::Moved(index)).len();
            if words == 0 {
                continue;
            }
            let words = Words { line: moved.line, text: moved.text.clone(), words };
            account.moved.push(MovedLine { rule: moved.rule, printed_in, words });
        }
        account.omitted.extend(source.withheld.as_ref().map(|withheld| {
            let text = format!("{} bytes, which are not read", withheld.bytes);
            OmittedLine { rule: TOO_LARGE, words: Words { line: source.lines.line(source.text.len()), text, words: 0 } }
        }));
        account.omitted.extend(
            self.lines(&with(&|fate| fate == Fate::NoFont))
                .into_iter()
                .map(|words| OmittedLine { rule: NO_FONT, words }),
        );
        let lines = |lines: &[Words]| lines.iter().map(|line| line.words).sum::<usize>();
        let mut counts = Counts {
            words: 0,
            set: with(&|fate| fate == Fate::Set).len(),
            moved: account.moved.iter().map(|line| line.words.words).sum(),
            omitted: account.omitted.iter().map(|line| line.words.words).sum(),
            masked: account.masked.iter().map(|mask| mask.words).sum(),
            syntax: account.syntax.iter().map(|marks| marks.words).sum(),
            front_matter: account.front_matter.iter().map(|part| part.words.words).sum(),
            lost: lines(&account.lost),
            repeated: self.beginning(&all, |character| self.print.repeated.contains(&character)),
            named: self.holding(&all, |character| self.print.named.contains(&character)).len(),
            disordered: lines(&account.disordered),
        };
        let Counts { set, moved, omitted, masked, syntax, front_matter, lost, .. } = counts;
        counts.words = set + moved + omitted + masked + syntax + front_matter + lost;
        account.counts = counts;
        account
    }

    /// Finds what became of a word.
    fn fate(&self, word: &Span, moved: &[Vec<HeadPart>]) -> Fate {
        let Document { source, description, omissions, .. } = self.document;
        let holds = |span: &Span| encloses(span, word);
        let mask = source.masks.partition_point(|mask| mask.span.start <= word.start);
        if mask.checked_sub(1).is_some_and(|mask| holds(&source.masks[mask].span)) {
            return Fate::Masked;
        }
        if holds(&source.front.span) {
            return Fate::FrontMatter;
        }
        if omissions.iter().any(|omission| holds(&omission.span)) {
            return Fate::Omitted;
        }
        let mut characters = self.expected.within(word);
        match self.expected.class(word) {
            Class::Mark(rule) => Fate::Mark(rule),
            Class::Text if characters.all(|character| self.print.is_printed[character]) => Fate::Set,
            Class::Text if !self.is_set => Fate::NoFont,
            _ => {
                let taken = description.moved.iter().position(|moved| holds(&moved.span));
                let printed = taken.filter(|index| !moved[*index].is_empty()).map(Fate::Moved);
                let mark = self.expected.mark(word).or_else(|| self.is_shown(word).then_some(Rule::PictureWords));
                printed.or(mark.map(Fate::Mark)).unwrap_or(Fate::Lost)
            }
        }
    }

    /// Whether a word belongs to a picture that is shown.
    fn is_shown(&self, word: &Span) -> bool {
        let outcome = self.expected.picture(word).and_then(|url| self.pictures.outcome(self.document.id(), url));
        matches!(outcome, Some(Outcome::Set(_)))
    }

    /// Finds where the head prints a line that was moved; names stand for characters that no font has. The words of the
    /// source must be in what was moved, and all of that on the pages, each in its order.
    fn printed_in(&self, moved: &Omission) -> Vec<HeadPart> {
        let source = &self.document.source.text[moved.span.clone()];
        let mut rest = letters(&moved.text);
        for word in words(source) {
            let place = moved.span.start + word.start..moved.span.start + word.end;
            if self.expected.class(&place) != Class::Text || self.expected.mark(&place).is_some() {
                continue;
            }
            let shown: String =
                self.expected.characters[self.expected.within(&place)].iter().map(|(_, letter)| *letter).collect();
            let shown = letters(&shown);
            match rest.find(&shown) {
                Some(at) => rest.replace_range(..at + shown.len(), ""),
                None => return Vec::new(),
            }
        }
        let parts = self.head.holds(&glyphs::fit(&moved.text, self.coverage)).into_iter();
        parts.filter(|part| *part != HeadPart::Headnote).collect()
    }

    /// Gathers the marks by their rules.
    fn marks(&self, words: &[Span], fates: &[Fate]) -> Vec<SyntaxMarks> {
        let mut found: BTreeMap<Rule, Vec<Span>> = BTreeMap::new();
        for (word, fate) in words.iter().zip(fates) {
            if let Fate::Mark(rule) = fate {
                found.entry(*rule).or_default().push(word.clone());
            }
        }
        let marks = found.into_iter();
        marks.map(|(rule, words)| SyntaxMarks { rule, words: words.len(), places: self.lines(&words) }).collect()
    }

    /// The words that hold a character.
    fn holding(&self, words: &[Span], is_wanted: impl Fn(usize) -> bool) -> Vec<Span> {
        words.iter().filter(|word| self.expected.within(word).any(&is_wanted)).cloned().collect()
    }

    /// Counts the words that begin with a character.
    fn beginning(&self, words: &[Span], is_wanted: impl Fn(usize) -> bool) -> usize {
        words.iter().filter(|word| self.expected.within(word).next().is_some_and(&is_wanted)).count()
    }

    /// Gathers words that follow one another on one line.
    fn lines(&self, words: &[Span]) -> Vec<Words> {
        lines(&self.document.source, words)
    }
}

/// Accounts for a further capture of a text: all of it is left out, but for what is masked.
fn duplicate_of(source: &Source, number: &str) -> SourceAccount {
    let mut shown = words(&source.text);
    let is_masked = |word: &Span| source.masks.iter().any(|mask| encloses(&mask.span, word));
    shown.retain(|word| !is_masked(word));
    let mut omitted: Vec<OmittedLine> =
        lines(source, &shown).into_iter().map(|words| OmittedLine { rule: DUPLICATE, words }).collect();
    omitted.extend(dropped_by_reader(source).map(omitted_line));
    let masked: Vec<MaskedDetail> = source.masks.iter().map(masked_detail).collect();
    let mut counts = Counts {
        omitted: omitted.iter().map(|line| line.words.words).sum(),
        masked: masked.iter().map(|mask| mask.words).sum(),
        ..Counts::default()
    };
    counts.words = counts.omitted + counts.masked;
    SourceAccount {
        source: source.path.clone(),
        number: number.to_owned(),
        sha256: source.sha256.clone(),
        counts,
        moved: Vec::new(),
        omitted,
        masked,
        syntax: Vec::new(),
        front_matter: Vec::new(),
        lost: Vec::new(),
        disordered: Vec::new(),
    }
}

/// Gathers words with no other word between them on one line.
fn lines(source: &Source, found: &[Span]) -> Vec<Words> {
    let mut lines: Vec<(Span, usize)> = Vec::new();
    for word in found {
        let joins = |last: &Span| {
            let between = &source.text[last.end..word.start];
            !between.contains('\n') && words(between).is_empty()
        };
        match lines.last_mut() {
            Some((span, count)) if joins(span) => {
                span.end = word.end;
                *count += 1;
            }
            _ => lines.push((word.clone(), 1)),
        }
    }
    let shown = |(span, words): (Span, usize)| {
        let (line, text) = (source.lines.line(span.start), source.text[span].to_owned());
        Words { line, text, words }
    };
    lines.into_iter().map(shown).collect()
}

/// What the reader of a saved page left out; the scripts in the text of another format are marks of its text.
fn dropped_by_reader(source: &Source) -> impl Iterator<Item = &Omission> {
    source.dropped.iter().filter(|_| source.format == Format::Html)
}

fn omitted_line(omission: &Omission) -> OmittedLine {
    let words = words(&omission.text).len();
    OmittedLine { rule: omission.rule, words: Words { line: omission.line, text: omission.text.clone(), words } }
}

fn masked_detail(mask: &crate::document::mask::Mask) -> MaskedDetail {
    MaskedDetail { kind: mask.kind.name(), line: mask.line, words: mask.words }
}
