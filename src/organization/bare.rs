//! Acronyms that stand alone, and how the text treats them.
//!
//! What enters: a passage's tokens. What leaves: each acronym with the evidence that it is a body (it claims, it has
//! workers, it can be abolished) or a thing (a project, a law). It decides nothing.

use super::acronym;
use super::lexicon::{
    is_act, is_body_noun, is_connective, is_fate, is_follower, is_leader, is_no_body, is_opener, is_thing_follower,
};
use super::token::{Line, Shape, fold};
use std::ops::Range;

/// One acronym in a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bare {
    /// Its tokens.
    pub run: Range<usize>,
    /// How strongly the words around it make it a body.
    pub body: u32,
    /// How strongly they make it a thing.
    pub thing: u32,
    /// Whether it opens a line and a colon follows, as a speaker's initials or a label do.
    pub is_label: bool,
}

/// Finds the acronyms of a passage.
pub fn acronyms(line: &Line<'_>) -> Vec<Bare> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.tokens.len() {
        let Some(run) = acronym::starting_at(line, at) else {
            at += 1;
            continue;
        };
        at = run.end;
        let form = line.form(&run);
        if acronym::is_shaped(&form) && !acronym::is_ordinary(&form) {
            found.push(weigh(line, run, &form));
        }
    }
    found
}

fn weigh(line: &Line<'_>, run: Range<usize>, form: &str) -> Bare {
    let letters = fold(form).replace(['.', ' '], "");
    let is_label = labels(line, &run);
    let mut bare = Bare { run: run.clone(), body: 0, thing: 0, is_label };
    if is_no_body(&letters) {
        bare.thing = 9;
        return bare;
    }
    if is_number_or_place(line, &run) {
        bare.thing = 9;
        return bare;
    }
    behind(line, &run, &mut bare);
    ahead(line, &run, &mut bare);
    bare
}

/// Weighs the words around a name and its acronym: how far they make a body of the two, and a thing.
pub fn around(line: &Line<'_>, run: &Range<usize>) -> (u32, u32) {
    let mut bare = Bare { run: run.clone(), body: 0, thing: 0, is_label: false };
    behind(line, run, &mut bare);
    ahead(line, run, &mut bare);
    if acts_with_another(line, run.end) {
        bare.body += 2;
    }
    (bare.body, bare.thing)
}

/// "Long Form (ABC) and the Other Name (OTN) condemned": what acts together with another acts.
fn acts_with_another(line: &Line<'_>, end: usize) -> bool {
    const MOST: usize = 16;
    let mut at = end;
    while matches!(line.mark(at), Some(')' | ']' | '"' | '”' | ',')) {
        at += 1;
    }
    if !matches!(line.word(at), "and" | "y" | "et" | "und" | "e" | "ve" | "dan") {
        return false;
    }
    let names = (at + 1..at + MOST).take_while(|at| {
        let small = line.shape(*at) == Some(Shape::Lower) && is_connective(&fold(line.word(*at)));
        small
            || line.tokens.get(*at).is_some_and(|token| token.is_name_like())
            || matches!(line.mark(*at), Some('(' | ')' | '-' | '\'' | '’'))
    });
    let verb = at + 1 + names.count();
    verb > at + 2 && is_act(&fold(line.word(verb))) && line.shape(verb) == Some(Shape::Lower)
}

/// Tells whether an acronym is the number of a standard (`ECMA-414`), a plural (`APIs`), or a place behind a comma or a
/// politician's party (`Seattle, WA`, `D-WA`).
fn is_number_or_place(line: &Line<'_>, run: &Range<usize>) -> bool {
    let last = run.end - 1;
    let numbered = run.len() > 1 && line.shape(last) == Some(Shape::Digit);
    let plural = line.shape(last) == Some(Shape::Mixed) && line.word(last).ends_with('s');
    let before = run.start.checked_sub(1).and_then(|at| line.mark(at));
    let short = line.form(run).chars().filter(|character| character.is_alphabetic()).count() == 2;
    let behind_place = before == Some(',') && run.start > 1 && line.tokens[run.start - 2].shape == Shape::Capital;
    numbered || plural || (short && (behind_place || before == Some('-')))
}

/// Tells whether an acronym labels its line: "AB:", "AB/CD:", "AB+CD".
fn labels(line: &Line<'_>, run: &Range<usize>) -> bool {
    let opens = line.tokens[run.start].opens_line || run.start == 0;
    opens && line.mark(run.end) == Some(':') && !line.tokens[run.end].spaced
}

fn behind(line: &Line<'_>, run: &Range<usize>, bare: &mut Bare) {
    let mut at = run.end;
    let possessive = matches!(line.mark(at), Some('\'' | '’')) && !line.tokens[at].spaced;
    if possessive {
        at += if line.word(at + 1) == "s" { 2 } else { 1 };
    }
    while line.mark(at).is_some_and(|mark| matches!(mark, '"' | '”' | ')' | ']')) {
        at += 1;
    }
    if line.mark(at).is_some() && !matches!(line.mark(at), Some('-')) {
        return;
    }
    if line.mark(at) == Some('-') && matches!(line.word(at + 1), "led" | "backed" | "run" | "affiliated") {
        bare.body += 2;
    }
    let next = fold(line.word(at));
    let after = fold(line.word(at + 1));
    if is_thing_follower(&next) {
        bare.thing += 2;
    } else if (is_act(&next) && !possessive) || is_follower(&next) {
        bare.body += 2;
    } else if line.shape(at) == Some(Shape::Lower) && !is_opener(&next) {
        // "the ABC power station workers", "the ABC also claims"
        let near: Vec<String> = (at + 1..at + 4)
            .map_while(|at| line.tokens.get(at).filter(|t| t.shape == Shape::Lower).map(|_| fold(line.word(at))))
            .collect();
        if near.first().is_some_and(|word| is_act(word))
            || near
                .iter()
                .take(2)
                .any(|word| matches!(word.as_str(), "workers" | "employees" | "members" | "leaders" | "activists"))
        {
            bare.body += 2;
        } else if near.first().is_some_and(|word| is_thing_follower(word)) {
            bare.thing += 1;
        }
    } else if matches!(next.as_str(), "has" | "had" | "have" | "will" | "also") && is_act(&after) {
        bare.body += 2;
    }
    let fated = (at..at + 4).any(|at| is_fate(&fold(line.word(at))));
    if fated && matches!(next.as_str(), "must" | "should" | "was" | "were" | "is" | "be" | "has" | "will" | "to") {
        bare.body += 2;
    }
    // "ABC and all institutions"
    if next == "and"
        && (at + 1..at + 4).any(|at| is_body_noun(&fold(line.word(at))) && line.shape(at) == Some(Shape::Lower))
    {
        bare.body += 2;
    }
}

fn ahead(line: &Line<'_>, run: &Range<usize>, bare: &mut Bare) {
    let mut at = run.start;
    let mut has_article = false;
    while at > 0
        && (line.mark(at - 1).is_some_and(|mark| matches!(mark, '"' | '“' | '('))
            || matches!(line.word(at - 1), "the" | "The"))
    {
        has_article |= line.tokens[at - 1].is_word();
        at -= 1;
    }
    let word = |back: usize| at.checked_sub(back).map_or_else(String::new, |at| fold(line.word(at)));
    let (one, two, three) = (word(1), word(2), word(3));
    if (matches!(one.as_str(), "of" | "for" | "by") && is_leader(&two))
        || matches!(one.as_str(), "joined" | "quit" | "accused" | "founded" | "formed")
        || (one == "to" && two == "according")
        || (one == "by" && is_fated_by(&two) && has_article)
        || (one == "in" && has_article && matches!(two.as_str(), "members" | "elected" | "organized" | "organize"))
        || (one == "with" && matches!(two.as_str(), "alliance" | "coalition" | "affiliated"))
        || (is_body_noun(&one) && three != "no" && has_comma_free_apposition(line, at))
    {
        bare.body += 2;
    }
    if matches!(one.as_str(), "amended" | "revised") {
        bare.thing += 1;
    }
}

fn has_comma_free_apposition(line: &Line<'_>, at: usize) -> bool {
    at >= 1 && line.shape(at - 1) == Some(Shape::Lower)
}

fn is_fated_by(word: &str) -> bool {
    is_fate(word)
        || matches!(
            word,
            "attacked"
                | "attack"
                | "attacks"
                | "run"
                | "led"
                | "organized"
                | "organised"
                | "issued"
                | "controlled"
                | "killed"
                | "hosted"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights(text: &str) -> Vec<(String, bool)> {
        let line = Line::new(text);
        acronyms(&line).iter().map(|bare| (line.form(&bare.run), bare.body > bare.thing)).collect()
    }

    #[test]
    fn what_acts_or_has_people_is_a_body() {
        for text in [
            "the QZX claims that",
            "the striking QZX workers",
            "The camps and the QZX must be abolished.",
            "National Sections of the QZX",
            "QZX and all institutions under it",
            "the QZX power station workers",
        ] {
            assert_eq!(weights(text), [("QZX".to_owned(), true)], "{text}");
        }
        for text in ["the QZX project", "like QZX as", "the QZX laws", "a new QZX operation", "included in QZX, and"] {
            assert_eq!(weights(text), [("QZX".to_owned(), false)], "{text}");
        }
    }

    #[test]
    fn a_speaker_is_a_label() {
        let line = Line::new("QZ: we agree\nand QZ left");
        assert_eq!(acronyms(&line).iter().map(|bare| bare.is_label).collect::<Vec<_>>(), [true, false]);
    }
}
