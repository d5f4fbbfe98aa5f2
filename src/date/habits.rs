//! How day and month are ordered in figures.
//!
//! What enters: the numeric dates of one text, of the captures of one site, or of a whole collection. What leaves: which
//! order they prove. It learns from dates that have one reading only, and where those disagree it claims nothing. A
//! site's editors keep to one order, so what a capture's own site proves counts for it, and no other site's custom does;
//! captures that do not say where they come from take what the whole collection proves.

use super::Candidates;
use super::lexicon::fold;
use super::recognise::{Expression, Form};
use super::tokens::{Kind, Token};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The order of day and month in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locale {
    /// `24/12/2014`
    DayFirst,
    /// `12/24/2014`
    MonthFirst,
}

/// The day and month habits of a collection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Habits {
    /// The order that the editor configured; it decides every numeric date that nothing nearer decides.
    pub locale: Option<Locale>,
    /// The order that the dates of all captures prove.
    collection: Option<Locale>,
    /// The order that the captures of one site prove, by the site's name.
    sites: BTreeMap<String, Locale>,
}

/// How many unambiguous numeric dates stand in each order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    day_first: usize,
    month_first: usize,
}

/// So many documents must agree before a habit counts.
const ENOUGH: usize = 3;

/// How many documents prove each order.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    day_first: usize,
    month_first: usize,
}

impl Tally {
    fn add(&mut self, counts: Counts) {
        self.day_first += usize::from(counts.day_first > 0);
        self.month_first += usize::from(counts.month_first > 0);
    }

    /// Gives the order that enough documents prove and none contradicts.
    fn proved(self) -> Option<Locale> {
        match (self.day_first, self.month_first) {
            (ENOUGH.., 0) => Some(Locale::DayFirst),
            (0, ENOUGH..) => Some(Locale::MonthFirst),
            _ => None,
        }
    }
}

impl Habits {
    /// Learns the habits of a collection and of each site in it: three documents at least must prove one order, and none
    /// the other.
    pub fn learn(collection: &[&Candidates]) -> Self {
        let mut all = Tally::default();
        let mut sites: BTreeMap<&str, Tally> = BTreeMap::new();
        for document in collection {
            all.add(document.numeric);
            if let Some(site) = &document.site {
                sites.entry(site).or_default().add(document.numeric);
            }
        }
        let proved = |(site, tally): (&str, Tally)| Some((site.to_owned(), tally.proved()?));
        Self { locale: None, collection: all.proved(), sites: sites.into_iter().filter_map(proved).collect() }
    }

    /// Sets the order that the editor configured.
    pub fn with_locale(self, locale: Option<Locale>) -> Self {
        Self { locale, ..self }
    }

    /// Gives the order that was learned for the captures of a site, or for one whose site is not known, and what says so.
    pub(super) fn learned(&self, site: Option<&str>) -> Option<(Locale, &'static str)> {
        match site {
            Some(site) => {
                self.sites.get(site).map(|locale| (*locale, "the other dates captured from its site are written so"))
            }
            None => self.collection.map(|locale| (locale, "the collection's other dates are written so")),
        }
    }
}

impl Counts {
    /// Counts the dates of one text; dates with full stops are left out, since those are day first almost everywhere.
    pub(super) fn of(expressions: &[Expression]) -> Self {
        let mut counts = Self::default();
        for date in expressions.iter().filter(|date| matches!(date.form, Form::Slash | Form::Dash)) {
            let (Some(reading), true) = (date.single(), date.weekday.is_none()) else { continue };
            match (reading.day, reading.month) {
                // A single reading with both figures under 13 is `05/05`, which proves nothing.
                (Some(13..), Some(_)) if date.is_month_first => counts.month_first += 1,
                (Some(13..), Some(_)) => counts.day_first += 1,
                _ => {}
            }
        }
        counts
    }

    /// Gives the order that one text proves, where it proves one.
    pub(super) fn proved(self) -> Option<Locale> {
        match (self.day_first, self.month_first) {
            (1.., 0) => Some(Locale::DayFirst),
            (0, 1..) => Some(Locale::MonthFirst),
            _ => None,
        }
    }
}

/// Words that stand in almost every paragraph of a language whose writers put the day first.
const DAY_FIRST: &[&str] = &[
    "der",
    "die",
    "und",
    "das",
    "ist",
    "les",
    "des",
    "et",
    "est",
    "dans",
    "los",
    "las",
    "el",
    "que",
    "para",
    "uma",
    "não",
    "com",
    "il",
    "che",
    "della",
    "het",
    "een",
    "van",
    "и",
    "в",
    "на",
    "не",
    "ve",
    "bir",
    "için",
    "yang",
    "dan",
    "untuk",
    "w",
    "się",
    "och",
    "är",
    "og",
    "của",
    "και",
    "من",
    "في",
    "على",
    "کی",
    "کے",
    "میں",
    "از",
    "که",
    "है",
    "के",
    "में",
    "এবং",
];

/// Words that stand in almost every paragraph of English, whose writers differ.
const ENGLISH: &[&str] = &["the", "of", "and", "to", "that", "is"];

/// The languages whose writers order them alike, by the same words.
static OTHER: LazyLock<FxHashSet<&str>> = LazyLock::new(|| DAY_FIRST.iter().copied().collect());

/// So many tokens tell a language.
const SAMPLE: usize = 4000;

/// Tells how a text's language orders day and month, where all its writers order them alike.
///
/// English is written in both orders and proves nothing; so do texts too short to tell.
pub(super) fn language(text: &str, tokens: &[Token]) -> Option<Locale> {
    let (mut words, mut english, mut other) = (0_usize, 0_usize, 0_usize);
    for token in tokens.iter().take(SAMPLE).filter(|token| matches!(token.kind, Kind::Word(_))) {
        let slice = &text[token.span()];
        words += 1;
        if slice.len() > 12 {
            continue;
        }
        let word = if slice.is_ascii() { slice.to_ascii_lowercase() } else { slice.to_lowercase() };
        english += usize::from(ENGLISH.contains(&word.as_str()));
        let is_other = OTHER.contains(word.as_str()) || (!slice.is_ascii() && OTHER.contains(fold(slice).as_str()));
        other += usize::from(is_other);
    }
    (words >= 40 && other * 100 >= words * 4 && english * 3 < other).then_some(Locale::DayFirst)
}
