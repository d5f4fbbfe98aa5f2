//! The authority: bodies that are known before any document is read.
//!
//! What enters: the embedded list of bodies known worldwide, and the editor's `organizations.toml`. What leaves: an
//! [`Authority`] that knows a body by its surface forms. It reads no files.

use super::form::key;
use super::token::fold;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The embedded list.
const WORLDWIDE: &str = include_str!("worldwide.toml");

/// One body of the editor's file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditorEntry {
    /// The authorized heading.
    pub heading: String,
    /// The acronym.
    pub acronym: Option<String>,
    /// Other surface forms.
    #[serde(default)]
    pub variants: Vec<String>,
    /// The kind of body.
    pub kind: Option<String>,
    /// The country.
    pub country: Option<String>,
    /// What the editor says of the body.
    pub description: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    organization: Vec<EditorEntry>,
    #[serde(default)]
    not: Vec<String>,
    #[serde(default)]
    ignore: Vec<String>,
}

/// Bodies that are known before any document is read.
#[derive(Debug, Clone, Default)]
pub struct Authority {
    pub(super) bodies: Vec<EditorEntry>,
    /// The first of `bodies` that is embedded; those before it are the editor's.
    pub(super) embedded_from: usize,
    by_key: BTreeMap<String, usize>,
    by_acronym: BTreeMap<String, usize>,
    by_skeleton: BTreeMap<String, usize>,
    not: BTreeSet<String>,
    ignore: BTreeSet<String>,
}

impl Authority {
    /// Gives the embedded list of bodies known worldwide.
    pub fn embedded() -> Self {
        let file: File = toml::from_str(WORLDWIDE).expect("the embedded list is well-formed");
        let mut authority = Self { bodies: file.organization, ..Self::default() };
        authority.index();
        authority
    }

    /// Adds the editor's `organizations.toml`, whose entries win over those already there.
    ///
    /// `not` lists names and acronyms that are no organizations, `ignore` those that are not to be listed at all.
    ///
    /// # Errors
    /// The file is no TOML, or has a key that is not known.
    pub fn with_editor(mut self, toml: &str) -> Result<Self, toml::de::Error> {
        let File { organization, not, ignore } = toml::from_str(toml)?;
        self.embedded_from += organization.len();
        self.bodies.splice(0..0, organization);
        self.not.extend(not.iter().map(|form| key(form)));
        self.ignore.extend(ignore.iter().map(|form| key(form)));
        self.index();
        Ok(self)
    }

    fn index(&mut self) {
        self.by_key.clear();
        self.by_acronym.clear();
        self.by_skeleton.clear();
        for (at, body) in self.bodies.iter().enumerate() {
            for form in std::iter::once(&body.heading).chain(&body.variants) {
                self.by_key.entry(key(form)).or_insert(at);
            }
            if body.kind.as_deref() == Some("armed group") {
                self.by_skeleton.entry(skeleton(&body.heading)).or_insert(at);
            }
            if let Some(acronym) = &body.acronym {
                self.by_acronym.entry(acronym.clone()).or_insert(at);
            }
        }
    }

    /// Finds the body that a name means.
    pub(super) fn named(&self, name_key: &str) -> Option<usize> {
        self.by_key.get(name_key).copied()
    }

    /// Finds the body that an acronym means, letter case being exact.
    pub(super) fn initialled(&self, acronym: &str) -> Option<usize> {
        self.by_acronym.get(acronym).copied().or_else(|| {
            let at = self.named(&key(acronym))?;
            let body = &self.bodies[at];
            std::iter::once(&body.heading).chain(&body.variants).any(|form| form == acronym).then_some(at)
        })
    }

    /// Tells whether a body is one of the editor's own.
    pub(super) fn is_editors(&self, body: usize) -> bool {
        body < self.embedded_from
    }

    /// Tells whether the editor says that a form is no organization.
    pub(super) fn denies(&self, form: &str) -> bool {
        !self.not.is_empty() && self.not.contains(&key(form))
    }

    /// Tells whether the editor wants a form left out altogether.
    pub(super) fn ignores(&self, form: &str) -> bool {
        !self.ignore.is_empty() && self.ignore.contains(&key(form))
    }

    /// Finds the armed group whose name is another transliteration of `name`.
    pub(super) fn transliterated(&self, name: &str) -> Option<usize> {
        let skeleton = skeleton(name);
        if skeleton.len() < 5 { None } else { self.by_skeleton.get(&skeleton).copied() }
    }
}

/// Reduces a transliterated name to its consonants: `Laskare Tayeba` and `Lashkar-e-Taiba` become one.
fn skeleton(name: &str) -> String {
    let mut skeleton = String::new();
    for character in fold(name).chars().filter(|character| character.is_alphabetic()) {
        if !matches!(character, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h') && !skeleton.ends_with(character) {
            skeleton.push(character);
        }
    }
    skeleton
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_editor_wins_and_unknown_keys_are_refused() {
        let authority = Authority::embedded()
            .with_editor("not = ['NAP']\n[[organization]]\nheading = 'World Hobby Society'\nacronym = 'WHO'\n")
            .expect("well-formed");
        assert_eq!(authority.initialled("WHO"), Some(0));
        assert!(authority.is_editors(0) && authority.denies("NAP") && !authority.denies("WHO"));
        assert!(Authority::embedded().with_editor("[[organization]]\nheading = 'X'\ncolour = 1\n").is_err());
    }

    #[test]
    fn a_transliteration_is_known_again() {
        let authority = Authority::embedded();
        let found = authority.transliterated("Lashkare Tayyeba").map(|at| authority.bodies[at].heading.as_str());
        assert_eq!(found, Some("Lashkar-e-Taiba"));
        assert_eq!(authority.transliterated("Lashkar-e-Islam"), None);
    }
}
