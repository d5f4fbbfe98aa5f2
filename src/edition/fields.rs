//! What each template of a layout may speak of, read from the types themselves.
//!
//! What enters: nothing. What leaves: for each template the JSON Schema of its facts, whose fields carry their docs, so
//! that the reference of layouts cannot differ from the program.

use super::facts::{About, BookFacts, Cited, ColophonFacts, SourceFacts, Speaking};
use super::glossary::{EntryFacts, Locators, Targets};
use super::headnote::Context;
use super::history::{ChangeFacts, OrganizationChanges, StubFacts};
use schemars::{Schema, schema_for};

/// A template and its facts.
#[derive(Debug)]
pub struct Spoken {
    /// The file of the template.
    pub template: &'static str,
    /// What it says.
    pub says: &'static str,
    /// The fields that it may speak of.
    pub fields: Schema,
}

/// Lists the templates of layouts in the order in which a reader meets them.
pub fn templates() -> Vec<Spoken> {
    let document = || schema_for!(About<'static>);
    [
        ("cover.md", "The lines at the foot of the cover.", schema_for!(BookFacts)),
        ("how-to-read.md", "The rules in force.", schema_for!(BookFacts)),
        ("kicker.md", "The line above a document's title.", document()),
        ("byline.md", "Issuer and kind, in the contents.", document()),
        ("dateline.md", "Place and date, below the title.", document()),
        ("headnote.md", "What a reader needs who opens the book here.", schema_for!(Speaking<'static, Context>)),
        ("source-note.md", "The first note of a document.", schema_for!(Speaking<'static, SourceFacts>)),
        ("stub.md", "What stands under a number whose document is elsewhere or gone.", schema_for!(StubFacts)),
        ("change.md", "What has happened to a document since the edition before.", schema_for!(ChangeFacts)),
        (
            "organization-changes.md",
            "What has happened to the organizations since the edition before.",
            schema_for!(OrganizationChanges),
        ),
        ("entry.md", "An entry of the glossary, after its heading.", schema_for!(EntryFacts)),
        ("locators.md", "Where an organization is named.", schema_for!(Locators)),
        ("see.md", "A reference from another form of a name.", schema_for!(Targets)),
        ("abbreviation.md", "What an abbreviation stands for.", schema_for!(EntryFacts)),
        ("colophon.md", "How the edition was made.", schema_for!(ColophonFacts<'static>)),
        ("citation.md", "How the edition or one of its documents is cited.", schema_for!(Cited<'static>)),
    ]
    .map(|(template, says, fields)| Spoken { template, says, fields })
    .into()
}
