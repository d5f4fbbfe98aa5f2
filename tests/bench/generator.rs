//! Generated collections.
//!
//! What enters: a number of documents. What leaves: files by name. The same number always gives the same files, and a
//! larger collection begins with the documents of a smaller one. Each document has about 500 words, names at least five
//! of about 300 organizations in its text, and is a press release, a statement, minutes, a letter or an article; some of
//! them bear no date or an imprecise one.

use crate::words;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;
use std::fmt::Write;

/// How many organizations a collection knows.
const ORGANIZATIONS: usize = 300;
/// How many organizations most documents choose from for some of their names.
const WELL_KNOWN: usize = 40;
/// The number of words at which a text ends.
const ENOUGH_WORDS: usize = 450;

/// A generated file.
pub struct Generated {
    /// Its name, relative to the collection.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Generates so many documents.
pub fn collection(documents: usize) -> Vec<Generated> {
    let bodies = bodies();
    (0..documents).map(|index| document(index, &bodies)).collect()
}

/// A number generator with a seed (SplitMix64).
pub struct Dice(u64);

impl Dice {
    /// Takes dice that fall alike for one seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Gives a number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// Chooses one of several.
    fn one<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len())]
    }

    /// Whether something happens that happens once in so many times.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

/// An organization.
struct Body {
    name: String,
    acronym: String,
}

/// Makes the organizations, no two of one name.
fn bodies() -> Vec<Body> {
    let mut dice = Dice(1);
    let mut names = BTreeSet::new();
    let mut bodies = Vec::with_capacity(ORGANIZATIONS);
    while bodies.len() < ORGANIZATIONS {
        let parts = [words::TOWNS, words::QUALITIES, words::FIELDS, words::TYPES].map(|list| dice.one(list));
        let name = parts.join(" ");
        if names.insert(name.clone()) {
            let acronym = parts.iter().filter_map(|part| part.chars().next()).collect();
            bodies.push(Body { name, acronym });
        }
    }
    bodies
}

/// How a document is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Plain,
    Markdown,
}

/// What a document is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    PressRelease,
    Statement,
    Minutes,
    Letter,
    Article,
}

/// A document while it is written.
struct Writer<'a> {
    dice: Dice,
    format: Format,
    named: Vec<&'a Body>,
    introduced: usize,
    footnotes: Vec<String>,
    out: String,
}

fn document(index: usize, bodies: &[Body]) -> Generated {
    let mut dice = Dice(1_000 + index as u64);
    let format = if dice.once_in(2) { Format::Markdown } else { Format::Plain };
    let kinds = [&Kind::PressRelease, &Kind::Statement, &Kind::Minutes, &Kind::Letter, &Kind::Article];
    let kind = *dice.one(&kinds);
    let mut chosen = BTreeSet::new();
    while chosen.len() < 2 {
        chosen.insert(dice.below(WELL_KNOWN));
    }
    // The title of minutes names one, and a title has no links; the list of who came may repeat a line of others.
    let fewest = if kind == Kind::Minutes { 7 } else { 5 };
    let names = fewest.max(5 + dice.below(4));
    while chosen.len() < names {
        chosen.insert(dice.below(bodies.len()));
    }
    let named = chosen.into_iter().map(|index| &bodies[index]).collect();
    let mut writer = Writer { dice, format, named, introduced: 0, footnotes: Vec::new(), out: String::new() };
    writer.write(kind);
    let extension = if format == Format::Markdown { "md" } else { "txt" };
    Generated { name: format!("capture-{:05}.{extension}", index + 1), text: writer.out }
}

impl Writer<'_> {
    fn write(&mut self, kind: Kind) {
        let day = self.day();
        let date = self.date(day);
        let town = self.dice.one(words::TOWNS);
        let title = format!("{} {}", self.dice.one(words::TITLES), self.dice.one(words::MATTERS));
        let in_front = self.format == Format::Markdown && self.dice.once_in(4);
        if in_front {
            let _ = write!(self.out, "---\ntitle: \"{title}\"\n");
            if date.is_some() {
                let _ = writeln!(self.out, "date: {}", day.format("%Y-%m-%d"));
            }
            self.out.push_str("---\n\n");
        } else if self.dice.once_in(5) {
            self.paragraph("Printer-friendly version");
        }
        let dateline = date.filter(|_| !in_front);
        let mark = if self.format == Format::Markdown { "# " } else { "" };
        match kind {
            Kind::PressRelease => {
                self.paragraph("PRESS RELEASE");
                self.paragraph(&format!("{mark}{title}"));
                let opening = self.sentence();
                match dateline {
                    Some(date) => self.paragraph(&format!("{}, {date} – {opening}", town.to_uppercase())),
                    None => self.paragraph(&opening),
                }
            }
            Kind::Statement => {
                self.paragraph(&format!("{mark}{title}"));
                if let Some(date) = &dateline {
                    self.paragraph(&format!("Statement issued in {town}, {date}"));
                }
            }
            Kind::Minutes => {
                let body = self.body();
                self.paragraph(&format!("{mark}Minutes of the {body}"));
                match dateline {
                    Some(date) => self.paragraph(&format!("Held in {town}, {date}.")),
                    None => self.paragraph(&format!("Held in {town}.")),
                }
                self.attendance();
            }
            Kind::Letter => {
                if let Some(date) = &dateline {
                    self.paragraph(&format!("{town}, {date}"));
                }
                let addressee = self.dice.one(words::PERSONS);
                self.paragraph(&format!("Dear {addressee},"));
            }
            Kind::Article => {
                self.paragraph(&format!("{mark}{title}"));
                let author = self.dice.one(words::PERSONS);
                match dateline {
                    Some(date) => self.paragraph(&format!("{author}, {date}")),
                    None => self.paragraph(author),
                }
            }
        }
        self.text();
        self.close(kind);
    }

    /// Writes the text proper, with what stands between paragraphs, until it is long enough.
    fn text(&mut self) {
        while self.introduced < self.named.len() || self.out.split_whitespace().count() < ENOUGH_WORDS {
            match self.dice.below(12) {
                0 => self.heading(),
                1 => self.list(),
                2 if self.format == Format::Markdown => self.table(),
                _ => {}
            }
            let sentences: Vec<String> = (0..3 + self.dice.below(4)).map(|_| self.sentence()).collect();
            self.paragraph(&sentences.join(" "));
        }
    }

    /// Writes what ends a document: signature, contact details, footnotes.
    fn close(&mut self, kind: Kind) {
        let person = self.dice.one(words::PERSONS);
        match kind {
            Kind::Letter => self.paragraph(&format!("Yours sincerely,\n{person}")),
            Kind::PressRelease => {
                let number = 5_550_000 + self.dice.below(9_999);
                self.paragraph(&format!("Contact: {person}, press@example.org, Phone: +44 20 {number}"));
            }
            Kind::Statement | Kind::Minutes | Kind::Article => {}
        }
        for (index, note) in std::mem::take(&mut self.footnotes).iter().enumerate() {
            self.paragraph(&format!("[^{}]: {note}", index + 1));
        }
    }

    fn paragraph(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push_str("\n\n");
    }

    fn heading(&mut self) {
        let heading = self.dice.one(words::HEADINGS);
        let mark = if self.format == Format::Markdown { "## " } else { "" };
        self.paragraph(&format!("{mark}{heading}"));
    }

    fn list(&mut self) {
        for _ in 0..3 + self.dice.below(3) {
            let matter = self.matter();
            let _ = writeln!(self.out, "- an end to the {matter}");
        }
        self.out.push('\n');
    }

    fn table(&mut self) {
        self.out.push_str("| Town | Delegates | Votes |\n|:---|---:|---:|\n");
        for _ in 0..3 + self.dice.below(4) {
            let town = self.dice.one(words::TOWNS);
            let (delegates, votes) = (self.dice.below(90), self.dice.below(4_000));
            let _ = writeln!(self.out, "| {town} | {delegates} | {votes} |");
        }
        self.out.push('\n');
    }

    fn attendance(&mut self) {
        for _ in 0..4 {
            let person = self.dice.one(words::PERSONS);
            let body = self.body();
            let _ = writeln!(self.out, "- {person}, {body}");
        }
        self.out.push('\n');
    }

    fn matter(&mut self) -> String {
        format!("{} {}", self.dice.one(words::ADJECTIVES), self.dice.one(words::MATTERS))
    }

    /// Names a body: in full with its acronym at first, by either later.
    fn body(&mut self) -> String {
        if let Some(body) = self.named.get(self.introduced) {
            self.introduced += 1;
            return format!("{} ({})", body.name, body.acronym);
        }
        let body = self.named[self.dice.below(self.named.len())];
        if self.dice.once_in(3) { body.name.clone() } else { body.acronym.clone() }
    }

    fn sentence(&mut self) -> String {
        if self.dice.once_in(3) {
            return self.dice.one(words::PLAIN).to_owned();
        }
        let (body, matter) = (self.body(), self.matter());
        let verb = self.dice.one(words::VERBS);
        let circumstance = self.dice.one(words::CIRCUMSTANCES);
        let mut sentence = format!("The {body} {verb} the {matter} {circumstance}");
        if self.dice.once_in(2) {
            let _ = write!(sentence, ", {}", self.dice.one(words::SEQUELS));
        }
        if self.dice.once_in(8) {
            let other = self.body();
            let _ = write!(sentence, "; the {other} did not");
        }
        sentence.push('.');
        if self.dice.once_in(14) {
            let page = self.dice.below(10_000);
            match self.format {
                Format::Plain => {
                    let _ = write!(sentence, " See https://example.org/archive/{page}.");
                }
                Format::Markdown if self.dice.once_in(2) => {
                    let _ = write!(sentence, " See [the record](https://example.org/archive/{page}).");
                }
                Format::Markdown => {
                    self.footnotes.push(format!("Recorded on page {page} of the register of the town."));
                    let _ = write!(sentence, "[^{}]", self.footnotes.len());
                }
            }
        }
        sentence
    }

    /// Chooses a day between 1990 and 2024.
    fn day(&mut self) -> NaiveDate {
        let first = NaiveDate::from_ymd_opt(1990, 1, 1).expect("a day of the calendar");
        first + chrono::Days::new(self.dice.below(35 * 365) as u64)
    }

    /// Writes a date in one of many forms; some are imprecise, some documents have none.
    fn date(&mut self, day: NaiveDate) -> Option<String> {
        let month = day.month0() as usize;
        Some(match self.dice.below(15) {
            0 => return None,
            1 => format!("{} {}", words::MONTHS[month], day.year()),
            2 => day.year().to_string(),
            3 => day.format("%-d/%-m/%Y").to_string(),
            4 => day.format("%Y-%m-%d").to_string(),
            5 => day.format("%A, %-d %B %Y").to_string(),
            6 => day.format("%A %B %-d, %Y").to_string(),
            7 => format!("{}{} {} {}", day.day(), ordinal(day.day()), words::MONTHS[month], day.year()),
            8 => day.format("%d.%m.%Y").to_string(),
            9 => format!("{} {} {}", day.day(), words::MONTHS_IN_FRENCH[month], day.year()),
            10 => day.format("%-d %b. %Y").to_string(),
            11 | 12 => day.format("%B %-d, %Y").to_string(),
            _ => day.format("%-d %B %Y").to_string(),
        })
    }
}

/// The ending of an English ordinal number.
fn ordinal(number: u32) -> &'static str {
    match (number / 10, number % 10) {
        (1, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}
