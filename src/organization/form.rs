//! Comparing names.
//!
//! What enters: a name as it stands. What leaves: the key under which the spellings of one name meet, and its
//! initials. Keys ignore case, diacritics, articles, small words and the two ways of writing -ise and -our; they do
//! not ignore word order, and never guess.

use super::lexicon::{is_connective, is_other_head, is_people, paired_type, type_kind};
use super::token::{Line, fold};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// Gives the words of a name, folded, a possessive's `s` being part of its word.
pub fn words(name: &str) -> Vec<String> {
    let line = Line::new(name);
    let mut words: Vec<String> = Vec::new();
    for (at, token) in line.tokens.iter().enumerate() {
        if !token.is_word() {
            continue;
        }
        let word = fold(line.word(at));
        let possessive = at >= 2 && !token.spaced && word == "s" && matches!(line.mark(at - 1), Some('\'' | '’'));
        match words.last_mut() {
            Some(last) if possessive => last.push('s'),
            _ => words.push(word),
        }
    }
    words
}

/// Gives the words of a name that carry meaning, in one spelling.
pub fn content_words(name: &str) -> Vec<String> {
    let all = words(name);
    let content: Vec<String> = all.iter().filter(|word| !is_connective(word)).map(|word| one_spelling(word)).collect();
    if content.is_empty() { all } else { content }
}

/// Gives the key under which the spellings of one name meet.
pub fn key(name: &str) -> String {
    content_words(name).join(" ")
}

/// Keys that were made, each once: a name is met again and again.
#[derive(Debug, Default)]
pub struct Keys {
    made: RefCell<HashMap<String, Rc<str>>>,
}

impl Keys {
    /// Gives the key of a name.
    pub fn of(&self, name: &str) -> Rc<str> {
        if let Some(known) = self.made.borrow().get(name) {
            return Rc::clone(known);
        }
        let made: Rc<str> = key(name).into();
        self.made.borrow_mut().insert(name.to_owned(), Rc::clone(&made));
        made
    }
}

fn one_spelling(word: &str) -> String {
    match word {
        "programme" => "program".to_owned(),
        "labour" => "labor".to_owned(),
        "centre" => "center".to_owned(),
        "defence" => "defense".to_owned(),
        _ if word.contains("isation") => word.replace("isation", "ization"),
        _ => word.to_owned(),
    }
}

/// Gives the initials of a name: without its small words, then with them.
pub fn initials(name: &str) -> [String; 2] {
    let all = words(name);
    let first = |word: &String| word.chars().next();
    [all.iter().filter(|word| !is_connective(word)).filter_map(first).collect(), all.iter().filter_map(first).collect()]
}

/// Folds an acronym to its letters and digits.
pub fn acronym_letters(acronym: &str) -> String {
    fold(acronym).chars().filter(|character| character.is_alphanumeric()).collect()
}

/// What the head of a name says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// The name of a body of this kind.
    Body(&'static str),
    /// The name of a thing.
    Thing,
    /// Neither can be told.
    Unknown,
}

/// Judges a name by its head noun: the last word before the first small word, else a leading type.
pub fn head(name: &str) -> Head {
    let all = words(name);
    let split = all.iter().skip(1).position(|word| is_connective(word) && word != "and").map_or(all.len(), |at| at + 1);
    let (front, rest) = all.split_at(split);
    let Some(last) = front.last() else { return Head::Unknown };
    let kind = |kind: &'static str| Head::Body(refined(kind, &all));
    let pair = || front.windows(2).find_map(|pair| paired_type(&pair[0], &pair[1]));
    // "Trans-European Transport Network": what is laid, not those who are in it.
    if matches!(last.as_str(), "network" | "networks") && front.iter().rev().nth(1).is_some_and(|word| is_laid(word)) {
        return Head::Thing;
    }
    if let Some(found) = type_kind(last).or_else(pair) {
        return kind(found);
    }
    if last == "campaign" && rest.first().is_some_and(|word| matches!(word.as_str(), "for" | "against" | "to")) {
        return kind("association");
    }
    if is_other_head(last) || is_compound_thing(last) {
        // "National Assembly Act": the head is the thing.
        return Head::Thing;
    }
    if all.iter().any(|word| matches!(word.as_str(), "community" | "communaute" | "comunidad" | "comunidade"))
        && all
            .iter()
            .any(|word| matches!(word.as_str(), "states" | "nations" | "etats" | "naciones" | "estados" | "economique"))
    {
        return Head::Body("international organization");
    }
    if is_people(last) {
        return kind("association");
    }
    if let Some(found) = front.iter().take(2).chain(front.iter().rev().take(3)).find_map(|word| type_kind(word)) {
        return kind(found);
    }
    match rest.last() {
        _ if front.iter().any(|word| is_other_head(word)) => Head::Thing,
        Some(last) if type_kind(last).is_some() && !rest.contains(&"of".to_owned()) => {
            type_kind(last).map_or(Head::Unknown, kind)
        }
        _ => Head::Unknown,
    }
}

/// Tells whether a word says what a network of lines carries.
fn is_laid(word: &str) -> bool {
    const LAID: &str = "transport transportation road roads rail railway railways highway highways motorway tramway metro bus \
        cycle electricity power energy gas water sewer sewage telephone telecommunication telecommunications broadband fibre \
        cable pipeline canal irrigation distribution transmission sensor computer neural wireless mobile";
    LAID.split_whitespace().any(|listed| listed == word)
}

/// Tells whether a German compound is a law's or a plan's name: Betriebsverfassungsgesetz.
fn is_compound_thing(word: &str) -> bool {
    const ENDINGS: [&str; 9] =
        ["gesetz", "gesetzes", "gesetzbuch", "verordnung", "vertrag", "abkommen", "programm", "projekt", "richtlinie"];
    ENDINGS.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending))
}

/// Makes a kind more telling by the name's other words.
pub fn refined(kind: &'static str, words: &[String]) -> &'static str {
    let has = |any: &[&str]| words.iter().any(|word| any.contains(&word.as_str()));
    let people = matches!(kind, "federation" | "union" | "association" | "council" | "front" | "movement" | "alliance");
    match kind {
        _ if people && has(&["student", "students", "estudiantes", "etudiants"]) => "student body",
        _ if people && has(&["youth", "jugend", "jeunesse", "juventud"]) => "youth body",
        "press club" if !has(&["press"]) => "club",
        "armed force" if has(&["police", "policia", "polizei", "polizia", "constabulary", "guardia"]) => "police",
        "association"
            if has(&["international", "nations", "world"]) && has(&["organization", "organisation", "fund"]) =>
        {
            "international organization"
        }
        "state body" if has(&["high"]) && has(&["court"]) => "court",
        _ => kind,
    }
}

/// Tells whether two names that share an acronym are spellings of one: the same words but for a letter or two,
/// or the one inside the other.
pub fn agree(one: &str, other: &str) -> bool {
    let (one, other) = (content_words(one), content_words(other));
    if one.len() == other.len() {
        let mut sorted = [one.clone(), other.clone()];
        sorted.iter_mut().for_each(|words| words.sort());
        return sorted[0] == sorted[1] || one.iter().zip(&other).all(|(a, b)| is_close(a, b));
    }
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    short.len() >= 2 && long.windows(short.len()).any(|window| window.iter().zip(&short).all(|(a, b)| is_close(a, b)))
}

/// Tells whether two words are one but for a letter or two: a plural, an adjective, a misprint.
fn is_close(one: &str, other: &str) -> bool {
    one == other
        || (one.chars().next() == other.chars().next()
            && one.len().min(other.len()) > 3
            && strsim::osa_distance(one, other) <= 2.max(one.len() / 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_share_a_key() {
        assert_eq!(key("the Organisation for Labour"), key("Organization for Labor"));
        assert_eq!(key("Workers Party Ruritania"), key("workers’ party Of Ruritania"));
        assert_ne!(key("Workers Party of Ruritania"), key("Workers Party of Syldavia"));
    }

    #[test]
    fn the_head_tells_a_body_from_a_thing() {
        assert_eq!(head("National Action Plan"), Head::Thing);
        assert_eq!(head("Progressive Students of Hill Valley"), Head::Body("student body"));
        assert_eq!(head("National Students Federation"), Head::Body("student body"));
        assert_eq!(head("Partido de los Trabajadores"), Head::Body("party"));
        assert_eq!(head("Office of Community Planning"), Head::Body("state body"));
    }

    #[test]
    fn names_agree_only_in_their_words() {
        assert!(agree("Food and Agricultural Organization", "Food and Agriculture Organization of the United Nations"));
        assert!(!agree("Popular Left Alliance", "People's Liberation Army"));
    }
}
