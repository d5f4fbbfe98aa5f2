//! `dossier explain`: how one document was dated, in plain words.

use super::args::{Explain, Selection};
use super::console::{self, Console, Failure};
use crate::collection::Document;
use crate::date::explain::{Account, Change, Explanation, explain};
use crate::edition::Edition;

/// How wide the prose is set, in characters.
const MEASURE: usize = 88;

/// Explains how a document of a folder was dated.
pub fn run(arguments: &Explain, console: &mut Console) -> Result<(), Failure> {
    let mut folder = console::open(&arguments.folder, None, console)?;
    let selection = Selection::all(&arguments.folder);
    let annotated = console::annotated(&mut folder, &selection, console)?;
    let (edition, _) = console::edited(annotated, &folder, None, console)?;
    console.end_stage();
    let at = find(&edition, &arguments.document).map_err(Failure::Use)?;
    let document = &edition.annotated.collection.documents[at];
    let explanation = explain(&document.dating, document.id(), document.home());
    let number = &edition.items[at].facts.number;
    let heading = format!("{number}. {}\n   {}\n\n", document.description.title, document.id());
    console.write(format!("{heading}{}", prose(&explanation)).as_bytes())
}

/// Finds the document that a path, a number or a part of a path names; the error says what was found instead.
fn find(edition: &Edition, wanted: &str) -> Result<usize, String> {
    let documents = &edition.annotated.collection.documents;
    if let Some(at) = documents.iter().position(|document| document.id() == wanted) {
        return Ok(at);
    }
    if let Some(at) = edition.items.iter().position(|item| item.facts.number == wanted) {
        return Ok(at);
    }
    let holds = |document: &Document| document.duplicates.iter().any(|duplicate| duplicate.document.id() == wanted);
    if let Some(at) = documents.iter().position(holds) {
        return Ok(at);
    }
    let part = wanted.to_lowercase();
    let found: Vec<usize> =
        (0..documents.len()).filter(|at| documents[*at].id().to_lowercase().contains(&part)).collect();
    match found.as_slice() {
        [at] => Ok(*at),
        [] => Err(format!("no document has the path or the number `{wanted}`; `dossier list` names them all")),
        [first, second, rest @ ..] => {
            let (first, second) = (documents[*first].id(), documents[*second].id());
            let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
            Err(format!("`{wanted}` is part of `{first}`, `{second}`{more}; write more of the path"))
        }
    }
}

/// Writes an explanation as paragraphs.
fn prose(explanation: &Explanation) -> String {
    let mut text = String::new();
    text.push_str(&wrapped(&explanation.decision, ""));
    for ground in &explanation.grounds {
        text.push_str(&wrapped(ground, ""));
    }
    if !explanation.others.is_empty() {
        text.push_str("\nOther dates in it, and why they are not its own:\n");
        explanation.others.iter().for_each(|other| text.push_str(&account(other)));
    }
    if !explanation.clues.is_empty() {
        text.push_str("\nWords in the text that hint at a date and prove none:\n");
        explanation.clues.iter().for_each(|clue| text.push_str(&wrapped(clue, "  - ")));
    }
    text.push_str("\nWhat would change this:\n");
    explanation.changes.iter().for_each(|change| text.push_str(&written(change)));
    text
}

/// Writes what became of another date.
fn account(other: &Account) -> String {
    let mut text = wrapped(&format!("{}, {}. {}", other.date, other.role, other.why), "  - ");
    other.evidence.iter().for_each(|evidence| text.push_str(&wrapped(evidence, "      ")));
    text
}

/// Writes a change with its lines, which stand as they must be written.
fn written(change: &Change) -> String {
    let mut text = wrapped(&change.sentence, "  - ");
    change.lines.iter().for_each(|line| text.push_str(&format!("        {line}\n")));
    text
}

/// Breaks a sentence into lines; the first begins with `lead`, the others with as many spaces.
fn wrapped(sentence: &str, lead: &str) -> String {
    let indent = " ".repeat(lead.chars().count());
    let mut lines = String::from(lead);
    let mut width = lead.chars().count();
    let mut is_first = true;
    for word in sentence.split_whitespace() {
        let length = word.chars().count();
        if !is_first && width + 1 + length > MEASURE {
            lines.push('\n');
            lines.push_str(&indent);
            width = indent.len();
        } else if !is_first {
            lines.push(' ');
            width += 1;
        }
        lines.push_str(word);
        width += length;
        is_first = false;
    }
    lines.push('\n');
    lines
}
