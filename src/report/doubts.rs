//! What `check` asks an editor to decide about organizations.
//!
//! What enters: an annotated collection. What leaves: warnings, each with the edit of `organizations.toml` that decides
//! it, the most named bodies first and not many.

use crate::annotation::Annotated;
use crate::diagnostic::Diagnostic;
use crate::organization::{self, Doubt, Mention, Reason};

/// How many doubts are told one by one.
const TOLD: usize = 12;

/// Tells which organizations an editor should decide about.
pub fn doubtful(annotated: &Annotated) -> Vec<Diagnostic> {
    let doubts = organization::doubts(&annotated.register);
    let mut told: Vec<Diagnostic> = doubts.iter().take(TOLD).map(|doubt| tell(annotated, doubt)).collect();
    if let Some(more) = doubts.len().checked_sub(TOLD).filter(|more| *more > 0) {
        let message = format!("{more} more organizations are in doubt and not listed here");
        told.push(
            Diagnostic::warning("doubtful-organization", message)
                .help("`dossier glossary --format toml` drafts an organizations.toml in which all can be decided"),
        );
    }
    told
}

fn tell(annotated: &Annotated, doubt: &Doubt) -> Diagnostic {
    let entries = &annotated.register.entries;
    let entry = &entries[doubt.entry];
    let other = doubt.other.map_or(entry, |other| &entries[other]);
    // The better known of the two heads the entry.
    let (head, form) = if entry.mentions.len() >= other.mentions.len() { (entry, other) } else { (other, entry) };
    let (name, second) = (&entry.name, &other.name);
    let joined = format!(
        "if they are one, write `[[organization]]` with `heading = \"{}\"` and `variants = [\"{}\"]` into organizations.toml",
        head.name, form.name
    );
    let apart = format!(
        "if they are two, write `[[organization]]` with `heading = \"{name}\"` and another with `heading = \"{second}\"`"
    );
    let denied = format!("if it is none, write `not = [\"{name}\"]` at the top of organizations.toml");
    let (message, helps) = match doubt.reason {
        Reason::NearNames => (format!("`{name}` and `{second}` may be one organization"), vec![joined, apart]),
        Reason::PartOfName => (format!("`{name}` may be short for `{second}`"), vec![joined, apart]),
        Reason::SharedAcronym => {
            let acronym = entry.acronym.as_deref().unwrap_or(name);
            (format!("`{acronym}` stands for `{name}` and for `{second}`"), vec![joined, apart])
        }
        Reason::Unexpanded => {
            let times = if doubt.mentions == 1 { "once".to_owned() } else { format!("{} times", doubt.mentions) };
            let expanded = format!(
                "write `[[organization]]` with `heading = \"its full name\"` and `acronym = \"{name}\"` into organizations.toml"
            );
            (format!("`{name}` is named {times} and no document expands it"), vec![expanded, denied])
        }
        Reason::Qualified => {
            let expanded = format!(
                "write `[[organization]]` with `heading = \"its full name\"` and `variants = [\"{name}\"]` into organizations.toml"
            );
            (format!("which `{name}` is meant cannot be told, so it has no entry"), vec![expanded, denied])
        }
    };
    let mut warning = Diagnostic::warning("doubtful-organization", message);
    warning.helps = helps;
    // The rarer of two is the one to look at.
    match form.mentions.first() {
        Some(mention) => place(annotated, mention, warning),
        None => warning,
    }
}

/// Leads a diagnostic to the line of a mention.
fn place(annotated: &Annotated, mention: &Mention, warning: Diagnostic) -> Diagnostic {
    let source = &annotated.collection.documents[mention.document].source;
    let line = source.lines.in_file(annotated.line(mention), &source.text);
    let within = source.text.get(line.clone()).unwrap_or_default();
    let span = match within.find(&mention.form) {
        Some(at) => line.start + at..line.start + at + mention.form.len(),
        None => line.start..line.start + within.trim_end().len(),
    };
    source.point(warning, span)
}
