//! Reading one document for organizations.
//!
//! What enters: its passages. What leaves: [`Finds`], which keep the text (for finding mentions once the whole
//! collection is known) and what the document says of acronyms and names on its own. Nothing is settled here.

use super::acronym::is_ordinary;
use super::bare;
use super::form::{Head, content_words, head, key};
use super::lexicon::{country, cyrillic_kind, is_other_head, is_title, type_kind};
use super::name::{self, Sign};
use super::pairing::{self, Ground, Pair};
use super::small::leads;
use super::token::{Line, Shape, fold, is_word_character, shape};
use super::{Authority, Part, Reading};
use std::collections::{BTreeMap, BTreeSet};

/// What one document offers on its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Finds {
    /// Each passage's place and text.
    pub(super) passages: Vec<(Part, String)>,
    /// The acronyms that it expands, in reading order.
    pub(super) pairs: Vec<FoundPair>,
    /// The names that it gives, in reading order.
    pub(super) names: Vec<FoundName>,
    /// Short forms that it introduces in brackets, with the key of the name.
    pub(super) aliases: Vec<(String, String)>,
    /// The acronyms that stand in it, with the evidence summed.
    pub(super) bare: BTreeMap<String, Weight>,
    /// Initials of persons and other labels.
    pub(super) labels: BTreeSet<String>,
}

/// An acronym with its long form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundPair {
    pub short: String,
    pub long: String,
    pub head: Head,
    pub ground: Ground,
    /// How strongly the words around the two make them a body.
    pub body: u32,
    /// How strongly they make them a thing.
    pub thing: u32,
}

/// A name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundName {
    pub form: String,
    /// The form with the capitalised words behind its type.
    pub longer: Option<String>,
    pub sign: Sign,
    pub kind: Option<&'static str>,
    pub is_furniture: bool,
    /// Whether it stands in a line of capitalised words, where its start cannot be told.
    pub is_headline: bool,
}

/// The evidence on an acronym.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Weight {
    pub body: u32,
    pub thing: u32,
    pub count: usize,
    /// The order in which acronyms first stand in the document.
    pub first: usize,
}

/// Names with a type word that are places.
const NO_BODIES: [&str; 2] = ["soviet union", "west bank"];

/// Reads one document.
pub(super) fn read(document: &Reading<'_>, authority: &Authority) -> Finds {
    let mut finds = Finds::default();
    let mut body_begun = false;
    for passage in document.passages {
        let is_furniture = passage.part == Part::Furniture;
        body_begun |= passage.part == Part::Body;
        let line = Line::in_language(&passage.text, document.language);
        read_passage(&mut finds, &line, is_furniture, body_begun, authority);
        finds.passages.push((passage.part, passage.text.clone()));
    }
    settle_persons(&mut finds);
    drop_shouted_words(&mut finds, authority);
    finds
}

fn read_passage(finds: &mut Finds, line: &Line<'_>, is_furniture: bool, body_begun: bool, authority: &Authority) {
    let acronyms = bare::acronyms(line);
    if is_furniture {
        // A site's heading above the text may name its publisher; nothing else of the furniture counts.
        if !body_begun {
            for acronym in acronyms.into_iter().filter(|bare| bare.body >= 2) {
                note_bare(finds, line, &acronym);
            }
        }
        return;
    }
    let (pairs, aliases) = pairing::pairs(line);
    let persons = are_persons(line, &pairs);
    for pair in &pairs {
        let (short, long) = (line.form(&pair.short), line.form(&pair.long));
        if persons {
            finds.labels.insert(short);
        } else if !authority.ignores(&short) && !authority.ignores(&long) {
            let head = judged(line, pair, &long);
            let run = pair.long.start.min(pair.short.start)..pair.long.end.max(pair.short.end);
            let (mut body, thing) = bare::around(line, &run);
            let capital = line.tokens[pair.long.start].is_name_like();
            if head == Head::Unknown && capital && among_bodies(line, pair, &pairs) {
                body += LISTED_WITH_BODIES;
            }
            finds.pairs.push(FoundPair { short, long, head, ground: pair.ground, body, thing });
        }
    }
    let is_headline = is_headline(line);
    let names = name::names(line);
    let ends: BTreeMap<usize, &std::ops::Range<usize>> =
        names.iter().map(|named| (named.run.end, &named.run)).collect();
    for alias in aliases.iter().filter(|alias| alias.name_end > 0) {
        let short = line.form(&alias.short);
        let named = ends.get(&alias.name_end).or_else(|| ends.get(&(alias.name_end - 1)));
        if let Some(run) = named {
            let name = line.form(run);
            let words = content_words(&name);
            let telling = content_words(&short).iter().all(|word| words.contains(word) && type_kind(word).is_none());
            if telling {
                finds.aliases.push((short, key(&name)));
            }
        }
    }
    let defined: BTreeMap<usize, usize> = pairs.iter().map(|pair| (pair.long.end, pair.long.start)).collect();
    for named in names {
        // "US Centers for Disease Control (CDC)": the pair has the name without the country.
        let inner = defined.get(&named.run.end).filter(|start| named.run.start < **start);
        if inner.is_some_and(|start| is_country(line, named.run.start..*start)) {
            continue;
        }
        let form = line.form(&named.run);
        let longer = named.suffix.map(|suffix| line.form(&(named.run.start..suffix.end)));
        if !authority.ignores(&form) && !NO_BODIES.contains(&key(&form).as_str()) {
            let (sign, kind) = (named.sign, named.kind);
            finds.names.push(FoundName { form, longer, sign, kind, is_furniture, is_headline });
        }
    }
    for acronym in acronyms {
        note_bare(finds, line, &acronym);
    }
}

/// The weight of standing in a list with bodies.
const LISTED_WITH_BODIES: u32 = 4;

/// Tells whether a pair stands in a list with pairs that are bodies, and with none that is a thing.
fn among_bodies(line: &Line<'_>, pair: &Pair, pairs: &[Pair]) -> bool {
    let gap = |from: usize, to: usize| {
        const JOINTS: &str = "and y e et und the la el les le los las l die der das der a o os as i il gli ve dan";
        from <= to
            && to - from <= 8
            && (from..to).all(|at| match line.mark(at) {
                Some(mark) => matches!(mark, ')' | ']' | ',' | ';' | '"' | '”' | '’' | '\''),
                None => JOINTS.split(' ').any(|joint| joint == line.word(at)),
            })
    };
    let start = |pair: &Pair| pair.long.start.min(pair.short.start);
    let end = |pair: &Pair| pair.long.end.max(pair.short.end);
    let neighbours: Vec<Head> = pairs
        .iter()
        .filter(|other| gap(end(pair), start(other)) || gap(end(other), start(pair)))
        .map(|other| judged(line, other, &line.form(&other.long)))
        .collect();
    !neighbours.contains(&Head::Thing) && neighbours.iter().any(|head| matches!(head, Head::Body(_)))
}

/// Tells whether words before a name say of which country it is: "US", "the U.S.", "Ruritanian".
fn is_country(line: &Line<'_>, run: std::ops::Range<usize>) -> bool {
    run.filter(|at| line.tokens[*at].is_word()).all(|at| {
        let word = fold(line.word(at));
        country(&word).is_some() || matches!(word.as_str(), "u" | "s" | "us" | "uk" | "k" | "eu" | "un")
    })
}

fn note_bare(finds: &mut Finds, line: &Line<'_>, acronym: &bare::Bare) {
    let form = line.form(&acronym.run);
    if is_ordinary(&form) && form.chars().count() < 4 {
        return;
    }
    if acronym.is_label {
        for part in form.split(['/', '+']) {
            finds.labels.insert(part.to_owned());
        }
    }
    let first = finds.bare.len();
    let weight = finds.bare.entry(form).or_insert(Weight { first, ..Weight::default() });
    weight.body += acronym.body;
    weight.thing += acronym.thing;
    weight.count += 1;
}

/// Judges the long form of a pair; one in small letters names no body.
fn judged(line: &Line<'_>, pair: &Pair, long: &str) -> Head {
    let words: Vec<usize> = pair.long.clone().filter(|at| line.tokens[*at].is_word()).collect();
    let capitals = words.iter().filter(|at| line.tokens[**at].is_name_like()).count();
    let content = content_words(long).len();
    let caseless = words.iter().any(|at| line.shape(*at) == Some(Shape::Caseless));
    // Romance and Slavic names have one capital and small letters behind it.
    let foreign = capitals >= 1
        && line.tokens[pair.long.start].is_name_like()
        && words.first().is_some_and(|at| {
            let (word, folded) = (line.word(*at), fold(line.word(*at)));
            // An accent tells "Fédération syndicale" from "Federation", which stands behind its name.
            leads(line, &folded)
                || type_kind(&folded).is_some() && is_romance(line, &pair.long)
                || (!word.is_ascii() && type_kind(&folded).is_some())
        })
        || capitals >= 1 && words.iter().any(|at| cyrillic_kind(&fold(line.word(*at))).is_some());
    match head(long) {
        _ if capitals * 2 < content && !foreign && !caseless => Head::Thing,
        head => head,
    }
}

/// Tells whether the small words of a name are French, Italian, Spanish or Portuguese.
fn is_romance(line: &Line<'_>, run: &std::ops::Range<usize>) -> bool {
    const LINKS: &str = "de du des la le les del della di dei degli do da dos das";
    run.clone().any(|at| line.shape(at) == Some(Shape::Lower) && LINKS.split(' ').any(|link| link == line.word(at)))
}

/// Tells whether the pairs of a passage are persons with their initials: three or more, none with a word of the trade.
fn are_persons(line: &Line<'_>, pairs: &[Pair]) -> bool {
    let is_person = |pair: &Pair| {
        let long = line.form(&pair.long);
        let words = content_words(&long);
        (2..=4).contains(&words.len())
            && line.form(&pair.short).chars().count() <= 4
            && words.iter().all(|word| type_kind(word).is_none() && !is_other_head(word))
            && super::form::head(&long) == Head::Unknown
            && pair.long.clone().filter(|at| line.tokens[*at].is_word()).all(|at| line.tokens[at].is_name_like())
    };
    pairs.len() >= 3 && pairs.iter().filter(|pair| is_person(pair)).count() * 5 >= pairs.len() * 4
}

/// Drops pairs whose acronym turns out to be a speaker's initials.
fn settle_persons(finds: &mut Finds) {
    let labels = &finds.labels;
    finds.pairs.retain(|pair| {
        let speaker =
            labels.contains(&pair.short) && pair.head == Head::Unknown && content_words(&pair.long).len() <= 3;
        !speaker
    });
    let paired: BTreeSet<&str> = finds.pairs.iter().map(|pair| pair.short.as_str()).collect();
    finds.labels = labels.iter().filter(|label| !paired.contains(label.as_str())).cloned().collect();
}

/// Drops "acronyms" that the document also writes as an ordinary capitalised word: a surname in capitals.
fn drop_shouted_words(finds: &mut Finds, authority: &Authority) {
    let suspects: BTreeSet<String> = finds
        .bare
        .keys()
        .filter(|form| {
            form.chars().count() > 3 && form.contains(['A', 'E', 'I', 'O', 'U']) && authority.initialled(form).is_none()
        })
        .map(|form| fold(form))
        .collect();
    if suspects.is_empty() {
        return;
    }
    let mut words = BTreeSet::new();
    for (_, text) in &finds.passages {
        for word in text.split(|character| !is_word_character(character)) {
            if shape(word) == Shape::Capital {
                let word = fold(word);
                if suspects.contains(&word) {
                    words.insert(word);
                }
            }
        }
    }
    let expanded: BTreeSet<&str> = finds.pairs.iter().map(|pair| pair.short.as_str()).collect();
    finds.bare.retain(|form, _| expanded.contains(form.as_str()) || !words.contains(&fold(form)));
}

/// Tells whether a passage is a line of capitalised words, as titles are set.
fn is_headline(line: &Line<'_>) -> bool {
    let words: Vec<usize> = (0..line.tokens.len().min(40)).filter(|at| line.word(*at).chars().count() > 3).collect();
    let capitals = words.iter().filter(|at| line.tokens[**at].is_name_like()).count();
    let ends = line.tokens.len().checked_sub(1).and_then(|last| line.mark(last));
    line.tokens.len() < 40
        && words.len() >= 4
        && capitals * 10 >= words.len() * 7
        && !matches!(ends, Some('.' | ':' | ','))
}

impl FoundName {
    /// Tells whether a person's rank is part of the name, so that it is none.
    pub(super) fn names_a_person(&self) -> bool {
        self.sign == Sign::Apposition && content_words(&self.form).iter().any(|word| is_title(word))
    }
}
