//! A draft of the editor's authority file.
//!
//! What enters: an annotated collection, and what the editor has written so far. What leaves: the text of an
//! `organizations.toml` that keeps every value of the editor's and adds what the documents say. What nobody can decide
//! from the documents stands in comments.

use crate::annotation::Annotated;
use crate::organization::{Class, Entry};
use crate::settings::{AuthorityFile, Listed};
use std::collections::{BTreeMap, BTreeSet};

/// Writes a draft of `organizations.toml`.
pub fn draft(annotated: &Annotated, editor: &AuthorityFile) -> String {
    let mut text = String::from(
        "# Organizations of this collection. What stands here wins over what the documents say.\n\
         # Comments are written anew with each draft.\n\n\
         # Names and acronyms that are never an organization.\n",
    );
    text.push_str(&format!("not = {}\n\n", list(&editor.not)));
    text.push_str("# Names and acronyms that get no entry at all.\n");
    text.push_str(&format!("ignore = {}\n", list(&editor.ignore)));
    let organizations: Vec<&Entry> = annotated.organizations().map(|(_, entry)| entry).collect();
    let found: BTreeMap<&str, &Entry> = organizations.iter().map(|entry| (entry.name.as_str(), *entry)).collect();
    let listed: BTreeSet<&str> = editor.organizations.iter().map(|listed| listed.heading.as_str()).collect();
    for listed in &editor.organizations {
        stanza(&mut text, listed, found.get(listed.heading.as_str()).copied(), annotated);
    }
    let new = organizations.iter().filter(|entry| !entry.is_editors && !listed.contains(entry.name.as_str()));
    let (undecided, decided): (Vec<&Entry>, Vec<&Entry>) =
        new.copied().partition(|entry| entry.acronym.as_ref() == Some(&entry.name));
    let mut written: BTreeSet<&str> = BTreeSet::new();
    for entry in decided {
        if !written.insert(entry.name.as_str()) {
            continue;
        }
        let drafted = Listed {
            heading: entry.name.clone(),
            acronym: entry.acronym.clone(),
            kind: entry.kind.clone(),
            country: entry.country.clone(),
            ..Listed::default()
        };
        stanza(&mut text, &drafted, Some(entry), annotated);
    }
    if !undecided.is_empty() {
        text.push_str("\n# Nobody expands these: give each a heading, or add it to `not`.\n");
    }
    for entry in undecided {
        let numbers = numbers(entry, annotated);
        text.push_str(&format!(
            "\n# [[organization]] # {numbers}\n# heading = \"\"\n# acronym = {}\n",
            quoted(&entry.name)
        ));
    }
    text
}

/// Writes the table of one organization: what the editor gives, and the further forms of the documents.
fn stanza(text: &mut String, listed: &Listed, entry: Option<&Entry>, annotated: &Annotated) {
    text.push_str("\n[[organization]]");
    if let Some(entry) = entry {
        text.push_str(&format!(" # {}", numbers(entry, annotated)));
    }
    text.push('\n');
    let mut line = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            text.push_str(&format!("{key} = {value}\n"));
        }
    };
    let word = |value: &Option<String>| value.as_deref().map(quoted);
    let words = |values: &[String]| (!values.is_empty()).then(|| list(values));
    line("heading", Some(quoted(&listed.heading)));
    line("acronym", word(&listed.acronym));
    let mut variants = listed.variants.clone();
    for form in entry.into_iter().flat_map(|entry| entry.variants.iter().chain(&entry.see)) {
        if is_telling(form, &listed.heading) && !variants.contains(form) && Some(form) != listed.acronym.as_ref() {
            variants.push(form.clone());
        }
    }
    line("variants", words(&variants));
    line("kind", word(&listed.kind));
    line("country", word(&listed.country));
    line("description", word(&listed.description));
    line("wikidata", word(&listed.identifiers.wikidata));
    line("viaf", word(&listed.identifiers.viaf));
    line("lcnaf", word(&listed.identifiers.lcnaf));
    line("earlier", words(&listed.earlier));
    line("later", words(&listed.later));
    line("see_also", words(&listed.see_also));
    let said = entry.filter(|entry| entry.class == Class::Organization && listed.description.is_none());
    let said = said.and_then(|entry| entry.description.as_ref());
    if let Some((said, document)) = said.and_then(|said| Some((said, said.document?))) {
        text.push_str(&format!("# No. {} says: {}\n", document + 1, quoted(&said.text)));
    }
}

/// Tells whether a form means the body wherever it stands. A part of the heading ("Press Club") may mean another body in
/// another document, and capitals alone make no other form.
fn is_telling(form: &str, heading: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (form, heading) = (words(form), words(heading));
    !form.is_empty() && !heading.windows(form.len()).any(|part| part == form)
}

/// Names the documents in which an entry stands.
fn numbers(entry: &Entry, annotated: &Annotated) -> String {
    let numbers: Vec<String> =
        annotated.documents_of(entry).iter().map(|document| (document + 1).to_string()).collect();
    format!("no. {}", numbers.join(", "))
}

/// Writes a list of strings.
fn list(values: &[String]) -> String {
    format!("[{}]", values.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(", "))
}

/// Writes a text as a basic string of TOML 1.0.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            _ if character.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(character))),
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}
