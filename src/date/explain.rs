//! Says in plain words how a document was dated.
//!
//! What enters: a [`Dating`] and where its document stands. What leaves: an [`Explanation`] for somebody who never saw
//! the program: the decision and its grounds, every other date and why it lost, the clues, and what would change the
//! decision, with the exact line to write. Nothing is decided here.

use super::{Dated, Dating, Edtf, Evidence, EvidenceKind, Grade, Proposal, Role, recognise};
use chrono::{Datelike, NaiveDate};

/// Where an editor can write a document's date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// In `dossier.toml`: the document has no front matter.
    Settings,
    /// In its YAML front matter too.
    Yaml,
    /// In its TOML front matter too.
    Toml,
}

/// A date beside the one that files the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The date in words.
    pub date: String,
    /// What it says of the document, as a noun.
    pub role: &'static str,
    /// Where it stands and in which words, each as one phrase.
    pub evidence: Vec<String>,
    /// Why it does not file the document, as a sentence.
    pub why: String,
}

/// Something that would change the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What, as a sentence.
    pub sentence: String,
    /// The lines to write for it, exactly.
    pub lines: Vec<String>,
}

/// How a document was dated, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The decision, as a sentence.
    pub decision: String,
    /// Its grounds, each as a sentence.
    pub grounds: Vec<String>,
    /// The other dates and why they do not file the document.
    pub others: Vec<Account>,
    /// Words that hint at a date, each with what it hints at.
    pub clues: Vec<String>,
    /// What would change the decision.
    pub changes: Vec<Change>,
}

/// Explains how a document was dated; `path` names it in `dossier.toml`.
pub fn explain(dating: &Dating, path: &str, home: Home) -> Explanation {
    Explanation {
        decision: decision(dating),
        grounds: grounds(dating),
        others: dating.others.iter().map(|other| account(other, dating)).collect(),
        clues: dating.clues.iter().map(clue).collect(),
        changes: changes(dating, path, home),
    }
}

/// Gives the lines that file a document under a date, for `dossier.toml` or, where there is some, its front matter.
pub fn lines_to_write(edtf: &Edtf, path: &str, home: Home) -> Vec<String> {
    match home {
        Home::Yaml => vec![format!("date: {}", yaml(edtf))],
        Home::Toml => vec![format!("date = \"{edtf}\"")],
        Home::Settings => settings_lines(&edtf.to_string(), path),
    }
}

/// Gives the lines of `dossier.toml` that give a document a date.
fn settings_lines(value: &str, path: &str) -> Vec<String> {
    let path = path.replace('\\', "\\\\").replace('"', "\\\"");
    vec![format!("[documents.\"{path}\"]"), format!("date = \"{value}\"")]
}

/// Names the file that the lines belong into.
pub fn place_to_write(home: Home) -> &'static str {
    match home {
        Home::Yaml | Home::Toml => "the document's front matter",
        Home::Settings => "dossier.toml",
    }
}

/// Writes a value for YAML, where marks other than figures and hyphens need quotes.
fn yaml(edtf: &Edtf) -> String {
    let text = edtf.to_string();
    let is_plain = text.chars().all(|c| c.is_ascii_digit() || c == '-');
    if is_plain { text } else { format!("\"{text}\"") }
}

/// Says the decision.
fn decision(dating: &Dating) -> String {
    let Some(filed) = &dating.filed else {
        return match &dating.conflict {
            Some(conflict) => format!("It is undated: {conflict}."),
            None => "It is undated: no line of it, nor its file name, proves when it was issued.".to_owned(),
        };
    };
    let date = filed.edtf.display();
    if !filed.edtf.has_year() {
        return format!(
            "It stands with the undated documents: the words “{}” name the day, and nothing tells the year.",
            filed.verbatim
        );
    }
    match (filed.grade, filed.role) {
        (Grade::Editor, _) => {
            let is_front_matter = filed.evidence.first().is_some_and(|first| first.kind == EvidenceKind::FrontMatter);
            let who = if is_front_matter { "its front matter" } else { "an editor" };
            format!("Its date is {date}, because {who} says so.")
        }
        (Grade::Stated, _) => format!("Its date is {date}. The document states it itself."),
        (Grade::Inferred, Role::Mentioned) => {
            format!("No date is proved. It is placed by what bounds it: [{date}], in square brackets.")
        }
        (Grade::Inferred, _) => format!(
            "Its date is [{date}], in square brackets, because it follows from the document, which does not state it in full."
        ),
    }
}

/// Says where words stand and what they are.
fn quote(evidence: &Evidence) -> String {
    let place = match (evidence.kind, evidence.line) {
        (EvidenceKind::Config, _) => "dossier.toml".to_owned(),
        (EvidenceKind::Sidecar, _) => "the sidecar file".to_owned(),
        (EvidenceKind::FileName, _) => "the file's name".to_owned(),
        (EvidenceKind::FrontMatter, Some(line)) => format!("front matter, line {line}"),
        (EvidenceKind::FrontMatter, None) => "front matter".to_owned(),
        (EvidenceKind::Metadata, Some(line)) if evidence.span.is_none() => format!("metadata, line {line}"),
        (EvidenceKind::Metadata, None) => "the page's metadata".to_owned(),
        (_, Some(line)) => format!("line {line}"),
        (EvidenceKind::Text, None) => "the text".to_owned(),
    };
    format!("{place}: “{}”", evidence.text)
}

/// Says on what the decision rests.
fn grounds(dating: &Dating) -> Vec<String> {
    let mut grounds = Vec::new();
    if let Some(filed) = &dating.filed {
        let mut evidence = filed.evidence.iter();
        let why = capital(&filed.why);
        grounds.push(match evidence.next() {
            Some(first) => format!("{why} ({}).", quote(first)),
            None => format!("{why}."),
        });
        let agreeing: Vec<String> = evidence.map(quote).collect();
        if !agreeing.is_empty() && filed.role != Role::Mentioned {
            grounds.push(format!("The same date stands elsewhere too ({}).", agreeing.join("; ")));
        }
        grounds.extend(weekday(filed));
        if let Some(conflict) = &dating.conflict {
            grounds.push(format!("But look at this: {conflict}."));
        }
    }
    if dating.filed.as_ref().is_none_or(|filed| !filed.edtf.has_year()) {
        grounds.extend(bounds(dating));
    }
    grounds
}

/// Says that the weekday written with the date is the one that it fell on.
fn weekday(filed: &Dated) -> Option<String> {
    let day = filed.edtf.exact_day()?;
    let written = filed.evidence.iter().find_map(|evidence| {
        recognise(&evidence.text).into_iter().find(|date| {
            let agrees = date.single().is_some_and(|reading| reading.day == Some(day.day()));
            date.weekday.is_some() && agrees
        })
    })?;
    let is_right = written.weekday.map(u32::from) == Some(day.weekday().number_from_monday());
    is_right.then(|| format!("The weekday confirms it: {} was a {}.", filed.edtf.display(), day.format("%A")))
}

/// Says between which days an undated document was made.
fn bounds(dating: &Dating) -> Option<String> {
    let words = |day: NaiveDate| Edtf::day(day).map(|day| day.display());
    match (dating.bounds.earliest.and_then(words), dating.bounds.latest.and_then(words)) {
        (Some(first), Some(last)) => Some(format!("It was made between {first} and {last}.")),
        (Some(first), None) => Some(format!("It was not made before {first}: the text speaks of that time as past.")),
        (None, Some(last)) => Some(format!("It was not made after {last}, when the page was there already.")),
        (None, None) => None,
    }
}

/// Says why another date does not file the document.
fn account(other: &Dated, dating: &Dating) -> Account {
    let role = match other.role {
        Role::Editor => "an editor's date",
        Role::Issued => "a date of issue",
        Role::Published => "a date of publication",
        Role::Reposted => "a later posting",
        Role::Captured => "the day of a capture or a print",
        Role::Modified => "a later change",
        Role::Event => "the day of an event",
        Role::Mentioned => "a date in the text",
    };
    let why = match (other.role, dating.filed.is_some()) {
        (Role::Event, _) if other.grade == Grade::Inferred => {
            format!("An event does not date a document; “{}” is counted from the document's own date.", other.verbatim)
        }
        _ => format!("{}.", capital(&other.why)),
    };
    Account { date: other.edtf.display(), role, evidence: other.evidence.iter().map(quote).collect(), why }
}

/// Says what a clue hints at.
fn clue(clue: &super::Clue) -> String {
    let place = clue.line.map_or_else(|| "the text".to_owned(), |line| format!("line {line}"));
    format!("{place}: “{}” ({})", clue.text, clue.suggests)
}

/// Says what would change the decision.
fn changes(dating: &Dating, path: &str, home: Home) -> Vec<Change> {
    let mut changes = Vec::new();
    if let Some(instead) = &dating.instead {
        let from = instead.evidence.first().map(quote).unwrap_or_default();
        changes.push(Change {
            sentence: format!("Without these words, its date would be {} ({from}).", instead.edtf.display()),
            lines: Vec::new(),
        });
    } else if let Some(filed) =
        dating.filed.as_ref().filter(|filed| filed.edtf.has_year() && filed.role != Role::Mentioned)
    {
        let what = if filed.grade == Grade::Editor { "the editor's date" } else { "these words" };
        changes.push(Change { sentence: format!("Without {what}, it would be undated."), lines: Vec::new() });
    }
    let place = place_to_write(home);
    let proposals = dating.proposals();
    for Proposal { edtf, condition, line } in &proposals {
        let seen = line.map_or_else(String::new, |line| format!(" (see line {line})"));
        changes.push(Change {
            sentence: format!("If {condition}{seen}, write into {place}:"),
            lines: lines_to_write(edtf, path, home),
        });
    }
    changes.push(last_word(dating, path, home));
    changes
}

/// Says where an editor's own date goes, which wins over everything else.
fn last_word(dating: &Dating, path: &str, home: Home) -> Change {
    let Some(filed) = dating.filed.as_ref().filter(|filed| filed.edtf.has_year() && filed.role != Role::Mentioned)
    else {
        return Change {
            sentence: "If you know more, write the date that you know into dossier.toml, in place of YYYY-MM-DD:"
                .to_owned(),
            lines: settings_lines("YYYY-MM-DD", path),
        };
    };
    let given = filed.evidence.first().map(|evidence| evidence.kind).filter(|_| filed.grade == Grade::Editor);
    let (sentence, lines) = match given {
        Some(EvidenceKind::Config) => {
            ("To change it, change these lines of dossier.toml:", settings_lines(&filed.edtf.to_string(), path))
        }
        Some(EvidenceKind::Sidecar) => {
            ("To change it, change this line of the sidecar file:", vec![format!("date = \"{}\"", filed.edtf)])
        }
        Some(EvidenceKind::FrontMatter) if home != Home::Settings => (
            "To change it, change this line of its front matter, or give another date in dossier.toml, which wins:",
            lines_to_write(&filed.edtf, path, home),
        ),
        _ => {
            let value = dating.instead.as_ref().map_or(&filed.edtf, |instead| &instead.edtf).to_string();
            (
                "If you know better, your word wins over all of this. Write the date that you know into dossier.toml, as here:",
                settings_lines(&value, path),
            )
        }
    };
    Change { sentence: sentence.to_owned(), lines }
}

/// Writes the first letter large.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
