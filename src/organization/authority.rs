//! The authority: bodies that are known before any document is read.
//!
//! What enters: the embedded list of bodies known worldwide, and the editor's `organizations.toml`. What leaves: an
//! [`Authority`] that knows a body by its surface forms. It reads no files.

use super::form::key;
use super::token::fold;
use crate::diagnostic::Diagnostic;
use crate::settings::{AuthorityFile, Listed, read_authority};
use std::collections::{BTreeMap, BTreeSet};

/// The embedded list.
const WORLDWIDE: &str = include_str!("worldwide.toml");

/// Bodies that are known before any document is read.
#[derive(Debug, Clone, Default)]
pub struct Authority {
    pub(super) bodies: Vec<Listed>,
    /// The first of `bodies` that is embedded; those before it are the editor's.
    pub(super) embedded_from: usize,
    by_key: BTreeMap<String, usize>,
    by_acronym: BTreeMap<String, usize>,
    by_skeleton: BTreeMap<String, usize>,
    not: BTreeSet<String>,
    ignore: BTreeSet<String>,
    /// The editor's entries whose acronym is not the editor's word but that of the embedded list.
    lent: BTreeSet<usize>,
}

impl Authority {
    /// Gives the embedded list of bodies known worldwide.
    pub fn embedded() -> Self {
        let (file, problems) = read_authority("worldwide.toml", &WORLDWIDE.into());
        assert!(problems.is_empty(), "the embedded list is well-formed: {problems:?}");
        let mut authority = Self { bodies: file.organizations, ..Self::default() };
        authority.index();
        authority
    }

    /// Adds the text of an `organizations.toml`, whose entries win over those already there.
    ///
    /// # Errors
    /// Every problem of the text; [`with_file`](Self::with_file) takes what is good of it.
    pub fn with_editor(self, toml: &str) -> Result<Self, Vec<Diagnostic>> {
        let (file, problems) = read_authority("organizations.toml", &toml.into());
        if problems.is_empty() { Ok(self.with_file(&file)) } else { Err(problems) }
    }

    /// Adds what the editor says, which wins over what is already there.
    ///
    /// An entry for a body that is embedded takes over its forms, so that no body has two entries.
    pub fn with_file(mut self, file: &AuthorityFile) -> Self {
        let mut bodies = file.organizations.clone();
        let mut editors: BTreeMap<String, usize> = BTreeMap::new();
        for (at, body) in bodies.iter().enumerate() {
            for form in std::iter::once(&body.heading).chain(&body.variants) {
                editors.entry(key(form)).or_insert(at);
            }
        }
        for known in self.bodies.drain(..) {
            let same = std::iter::once(&known.heading).chain(&known.variants).find_map(|form| editors.get(&key(form)));
            match same {
                Some(at) => {
                    if bodies[*at].acronym.is_none() && known.acronym.is_some() {
                        self.lent.insert(*at);
                    }
                    take_over(&mut bodies[*at], known, &editors, *at);
                }
                None => bodies.push(known),
            }
        }
        self.embedded_from += file.organizations.len();
        link(&mut bodies[..self.embedded_from]);
        self.bodies = bodies;
        self.not.extend(file.not.iter().map(|form| key(form)));
        self.ignore.extend(file.ignore.iter().map(|form| key(form)));
        self.index();
        self
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
        let undotted = || self.by_acronym.get(&acronym.replace('.', "")).copied().filter(|_| acronym.contains('.'));
        self.by_acronym.get(acronym).copied().or_else(undotted).or_else(|| {
            let at = self.named(&key(acronym))?;
            let body = &self.bodies[at];
            std::iter::once(&body.heading).chain(&body.variants).any(|form| form == acronym).then_some(at)
        })
    }

    /// Tells whether a body is one of the editor's own.
    pub(super) fn is_editors(&self, body: usize) -> bool {
        body < self.embedded_from
    }

    /// Tells whether the editor gives a body its acronym, so that it is shown where no document uses it too.
    pub(super) fn gives_acronym(&self, body: usize) -> bool {
        self.is_editors(body) && !self.lent.contains(&body)
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

/// Lets an editor's entry take over what is known of the same body; forms that another entry of the editor's has, and
/// words that the editor gives, stay as they are.
fn take_over(listed: &mut Listed, known: Listed, editors: &BTreeMap<String, usize>, at: usize) {
    let free = |form: &String| editors.get(&key(form)).is_none_or(|other| *other == at);
    for form in std::iter::once(known.heading).chain(known.variants).filter(free) {
        if form != listed.heading && !listed.variants.contains(&form) {
            listed.variants.push(form);
        }
    }
    listed.acronym = listed.acronym.take().or(known.acronym);
    listed.kind = listed.kind.take().or(known.kind);
    listed.country = listed.country.take().or(known.country);
}

/// Makes entries point at each other: the later name of one has that one for its earlier name.
fn link(bodies: &mut [Listed]) {
    let places: BTreeMap<String, usize> =
        bodies.iter().enumerate().rev().map(|(at, body)| (key(&body.heading), at)).collect();
    for at in 0..bodies.len() {
        let heading = bodies[at].heading.clone();
        let (earlier, later, see_also) =
            (bodies[at].earlier.clone(), bodies[at].later.clone(), bodies[at].see_also.clone());
        let mut answer = |named: &[String], list: fn(&mut Listed) -> &mut Vec<String>| {
            for other in named.iter().filter_map(|named| places.get(&key(named))).filter(|other| **other != at) {
                let list = list(&mut bodies[*other]);
                if !list.contains(&heading) {
                    list.push(heading.clone());
                }
            }
        };
        answer(&earlier, |body| &mut body.later);
        answer(&later, |body| &mut body.earlier);
        answer(&see_also, |body| &mut body.see_also);
    }
}

/// Reduces a transliterated name to its consonants: `Laskare Tayeba` and `Lashkar-e-Taiba` become one.
pub(super) fn skeleton(name: &str) -> String {
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
    fn an_editors_entry_takes_over_the_embedded_one() {
        let authority = Authority::embedded()
            .with_editor("[[organization]]\nheading = 'Naciones Unidas'\nkind = 'world body'\n")
            .expect("well-formed");
        assert_eq!(authority.named(&key("United Nations")), Some(0));
        assert_eq!(authority.initialled("UN"), Some(0));
        assert_eq!(authority.bodies[0].kind.as_deref(), Some("world body"));
    }

    #[test]
    fn entries_point_at_each_other() {
        let toml = "[[organization]]\nheading = 'Old Guild'\nlater = ['New Guild']\n\
                    [[organization]]\nheading = 'New Guild'\nsee_also = ['Old Guild']\n";
        let authority = Authority::embedded().with_editor(toml).expect("well-formed");
        assert_eq!(authority.bodies[1].earlier, ["Old Guild"]);
        assert_eq!(authority.bodies[0].see_also, ["New Guild"]);
    }

    #[test]
    fn a_transliteration_is_known_again() {
        let authority = Authority::embedded();
        let found = authority.transliterated("Lashkare Tayyeba").map(|at| authority.bodies[at].heading.as_str());
        assert_eq!(found, Some("Lashkar-e-Taiba"));
        assert_eq!(authority.transliterated("Lashkar-e-Islam"), None);
    }
}
