//! What an edition says of the editions before it: stubs, the list of changes, the concordance.
//!
//! What enters: the roll of the edition and what has changed since the one before. What leaves: a [`History`], whose
//! sentences are the layout's. Nothing here compares anything: that is the lock's work.

use super::facts::{DocumentFacts, OrganizationFacts, day_in_words};
use super::voice::Voice;
use super::words::Words;
use super::{Imprint, Item};
use crate::annotation::Annotated;
use crate::diagnostic::Diagnostic;
use crate::document::Block;
use crate::lock::changes::{BodyChange, Change, Changes, Kind};
use crate::lock::compare::Difference;
use crate::lock::wording::Wording;
use crate::lock::{self, Id, Number};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How many differences of one document are printed before the rest is counted.
const PRINTED: usize = 12;
/// How many words of a difference are printed before and behind the dots that stand for the rest.
const QUOTED: (usize, usize) = (14, 6);

/// What is said of the editions before.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// What stands under numbers that no document is printed under, in order.
    pub stubs: Vec<Stub>,
    /// The edition that the changes are counted from, as headings name it.
    pub since: Option<String>,
    /// The changes, kind by kind.
    pub groups: Vec<Group>,
    /// What has happened to organizations.
    pub organizations: Vec<Block>,
    /// The numbers that moved.
    pub concordance: Vec<Row>,
}

/// What stands under a number whose document is elsewhere or gone.
#[derive(Debug, Clone)]
pub struct Stub {
    /// The place in print of the document before which it stands.
    pub place: usize,
    /// Whether it stands among the dated documents.
    pub is_dated: bool,
    /// What templates know of it.
    pub facts: StubFacts,
    /// What it says.
    pub body: Vec<Block>,
}

/// Changes of one kind.
#[derive(Debug, Clone)]
pub struct Group {
    /// The name of the kind, as [`Kind::name`] gives it.
    pub kind: &'static str,
    /// The changes, in the order of their numbers.
    pub items: Vec<GroupItem>,
}

/// One change.
#[derive(Debug, Clone)]
pub struct GroupItem {
    /// The label of the document inside the book, where it is printed.
    pub key: Option<String>,
    /// Its number.
    pub number: String,
    /// Its date in words.
    pub date: String,
    /// Its title, in square brackets where it is supplied.
    pub title: String,
    /// What happened, beyond its kind.
    pub body: Vec<Block>,
}

/// A row of the concordance.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Row {
    /// The number in the edition before.
    pub was: String,
    /// The number in this one; none where the document was withdrawn.
    pub now: Option<String>,
    /// The label of the document inside the book.
    pub key: Option<String>,
}

/// What the template `stub.md` speaks of.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct StubFacts {
    /// The number.
    pub number: String,
    /// The title of the document that stood there.
    pub title: String,
    /// Its date in words.
    pub date: String,
    /// `withdrawn`, `merged` (its text is printed as `document`) or `moved` (it is `document` now).
    pub kind: &'static str,
    /// Why it was withdrawn, where that is told.
    pub reason: Option<String>,
    /// The document to look at instead.
    pub document: Option<DocumentFacts>,
}

/// What the template `change.md` speaks of.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ChangeFacts {
    /// `added`, `restored`, `corrected`, `redated`, `retitled`, `renamed`, `withdrawn` or `merged`.
    pub kind: &'static str,
    /// The title of the document.
    pub title: String,
    /// Its date in words.
    pub date: String,
    /// The date, the title or the path that it had.
    pub was: Option<String>,
    /// The path that it has, where its file has another name.
    pub now: Option<String>,
    /// The number that it had, where nothing stands under that any more.
    pub old_number: Option<String>,
    /// Why it was withdrawn, where that is told.
    pub reason: Option<String>,
    /// The document that its text is printed as.
    pub into: Option<DocumentFacts>,
    /// Whether the words that were corrected are known.
    pub is_compared: bool,
    /// The words that were corrected, as far as they are printed.
    pub differences: Vec<DifferenceFacts>,
    /// How many more places were corrected.
    pub more: u64,
}

/// Words that were corrected.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DifferenceFacts {
    /// The words before, where words were added or left out.
    pub after: String,
    /// What was read; empty where words were added.
    pub was: String,
    /// What is read now; empty where words were left out.
    pub now: String,
}

/// What the template `organization-changes.md` speaks of.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct OrganizationChanges {
    /// The organizations that are new in the glossary.
    pub new: Vec<OrganizationFacts>,
    /// Those with another heading or acronym.
    pub changed: Vec<RenamedOrganization>,
    /// The headings of those that are no longer in the glossary.
    pub gone: Vec<String>,
}

/// An organization with another heading or acronym.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RenamedOrganization {
    /// The organization.
    pub organization: OrganizationFacts,
    /// The heading that it had.
    pub was: String,
    /// The acronym that it had.
    pub was_acronym: Option<String>,
}

/// What there is to speak of documents.
struct Teller<'a> {
    facts: &'a [DocumentFacts],
    by_id: BTreeMap<Id, usize>,
    /// The numbers under which stubs stand.
    standing: BTreeSet<&'a Number>,
    voice: &'a Voice,
    words: &'a Words,
}

/// Says what an edition tells of those before it.
pub(super) fn tell(
    annotated: &Annotated,
    facts: &[DocumentFacts],
    imprint: &Imprint,
    voice: &Voice,
    words: &Words,
) -> Result<History, Diagnostic> {
    let documents = annotated.collection.documents.iter().enumerate();
    let by_id = documents.filter_map(|(at, document)| Some((imprint.roll.id(document)?, at))).collect();
    let standing = imprint.roll.stubs.iter().map(|stub| &stub.number).collect();
    let teller = Teller { facts, by_id, standing, voice, words };
    let stubs = imprint.roll.stubs.iter().map(|stub| teller.stub(stub)).collect::<Result<_, _>>()?;
    let mut history = History { stubs, ..History::default() };
    if let Some(changes) = &imprint.changes {
        history.groups = teller.groups(changes)?;
        history.concordance = changes.concordance.iter().map(|moved| teller.row(moved)).collect();
        let organizations = organizations(annotated, changes);
        let is_told =
            !(organizations.new.is_empty() && organizations.changed.is_empty() && organizations.gone.is_empty());
        if is_told {
            history.organizations = voice.say("organization-changes.md", organizations)?;
        }
        let is_told = is_told || !history.groups.is_empty() || !history.concordance.is_empty();
        history.since = is_told.then(|| since(changes, words));
    }
    Ok(history)
}

/// Marks the passages whose words have changed.
pub(super) fn mark(items: &mut [Item], annotated: &Annotated, imprint: &Imprint) {
    let Some(changes) = &imprint.changes else { return };
    let added: Vec<Id> =
        changes.documents.iter().filter(|change| change.kind == Kind::Added).map(|change| change.id).collect();
    for (item, document) in items.iter_mut().zip(&annotated.collection.documents) {
        let Some(id) = imprint.roll.id(document) else { continue };
        if added.contains(&id) {
            item.changed = (0..document.passages.runs.len()).collect();
        } else if let Some(lines) = changes.lines.get(&id) {
            let wording = Wording::of(document);
            item.changed = lines.iter().filter_map(|line| wording.passages.get(*line).copied().flatten()).collect();
        }
    }
}

/// Names the edition that changes are counted from.
fn since(changes: &Changes, words: &Words) -> String {
    match changes.date {
        Some(date) if date.to_string() == changes.since => words.date(&day_in_words(date)),
        _ => changes.since.clone(),
    }
}

impl Teller<'_> {
    fn stub(&self, stub: &lock::Stub) -> Result<Stub, Diagnostic> {
        let (kind, reason, document) = match &stub.moved {
            lock::Moved::Withdrawn(reason) => ("withdrawn", reason.clone(), None),
            lock::Moved::Merged(at) => ("merged", None, self.facts.get(*at)),
            lock::Moved::To(at) => ("moved", None, self.facts.get(*at)),
        };
        let facts = StubFacts {
            number: stub.number.to_string(),
            title: stub.title.clone(),
            date: self.words.date(&stub.date),
            kind,
            reason,
            document: document.cloned(),
        };
        Ok(Stub { place: stub.place, is_dated: stub.is_dated, body: self.voice.say("stub.md", &facts)?, facts })
    }

    fn document(&self, id: Id) -> Option<&DocumentFacts> {
        self.by_id.get(&id).map(|at| &self.facts[*at])
    }

    fn groups(&self, changes: &Changes) -> Result<Vec<Group>, Diagnostic> {
        let mut groups = Vec::new();
        for kind in Kind::NAMES.into_iter().filter(|kind| *kind != "resaved") {
            let of_kind = changes.documents.iter().filter(|change| change.kind.name() == kind);
            let items: Vec<GroupItem> = of_kind.map(|change| self.item(change)).collect::<Result<_, _>>()?;
            if !items.is_empty() {
                groups.push(Group { kind, items });
            }
        }
        Ok(groups)
    }

    fn item(&self, change: &Change) -> Result<GroupItem, Diagnostic> {
        let mut facts = ChangeFacts {
            kind: change.kind.name(),
            title: change.title.clone(),
            date: self.words.date(&change.date),
            was: None,
            now: None,
            old_number: None,
            reason: None,
            into: None,
            is_compared: false,
            differences: Vec::new(),
            more: 0,
        };
        match &change.kind {
            Kind::Added | Kind::Restored | Kind::Resaved | Kind::Corrected(None) => {}
            Kind::Corrected(Some(differences)) => {
                facts.is_compared = true;
                facts.differences = differences.iter().take(PRINTED).map(quoted).collect();
                facts.more = differences.len().saturating_sub(PRINTED) as u64;
            }
            Kind::Redated(was) => facts.was = Some(self.words.date(was)),
            Kind::Retitled(was) => facts.was = Some(was.clone()),
            Kind::Renamed(was, now) => (facts.was, facts.now) = (Some(was.clone()), Some(now.clone())),
            Kind::Withdrawn(reason) => facts.reason.clone_from(reason),
            Kind::Merged(into, _) => facts.into = self.document(*into).cloned(),
        }
        let printed = self.document(change.id);
        let number = change.number.as_ref().filter(|number| printed.is_some() || self.standing.contains(number));
        if number.is_none() {
            facts.old_number = change.number.as_ref().map(ToString::to_string);
        }
        Ok(GroupItem {
            key: printed.map(|document| document.key.clone()),
            number: number.map(ToString::to_string).unwrap_or_default(),
            date: printed.map_or_else(|| facts.date.clone(), |document| document.date.clone()),
            title: match printed {
                Some(document) if document.title_supplied => format!("[{}]", document.title),
                Some(document) => document.title.clone(),
                None => facts.title.clone(),
            },
            body: self.voice.say("change.md", &facts)?,
        })
    }

    fn row(&self, moved: &lock::changes::Moved) -> Row {
        let now = moved.now.as_ref().map(ToString::to_string);
        let key = self.facts.iter().find(|facts| Some(&facts.number) == now.as_ref()).map(|facts| facts.key.clone());
        Row { was: moved.was.to_string(), now, key }
    }
}

/// Shortens long differences to their beginnings and ends.
fn quoted(difference: &Difference) -> DifferenceFacts {
    let short = |text: &str| {
        let words: Vec<&str> = text.split(' ').collect();
        let (head, tail) = QUOTED;
        if words.len() <= head + tail {
            return text.to_owned();
        }
        format!("{} … {}", words[..head].join(" "), words[words.len() - tail..].join(" "))
    };
    DifferenceFacts { after: difference.after.clone(), was: short(&difference.was), now: short(&difference.now) }
}

fn organizations(annotated: &Annotated, changes: &Changes) -> OrganizationChanges {
    let by_name: BTreeMap<&str, OrganizationFacts> = annotated
        .organizations()
        .map(|(index, entry)| (entry.name.as_str(), OrganizationFacts::of(index, entry)))
        .collect();
    let mut told = OrganizationChanges::default();
    for change in &changes.organizations {
        match change {
            BodyChange::New { heading } => told.new.extend(by_name.get(heading.as_str()).cloned()),
            BodyChange::Changed { heading, was, was_acronym, .. } => {
                told.changed.extend(by_name.get(heading.as_str()).cloned().map(|organization| RenamedOrganization {
                    organization,
                    was: was.clone(),
                    was_acronym: was_acronym.clone(),
                }));
            }
            BodyChange::Gone { heading } => told.gone.push(heading.clone()),
        }
    }
    told
}
