//! The days between which a document came into being, and what an editor can make of them.
//!
//! What enters: a document's dating. What leaves: its bounds, its place by them where the editor allows that, and the
//! dates that an editor could write. Nothing here proves a date; what is proposed is named as what it is.

use super::{Bounds, Dated, Dating, Edtf, Evidence, EvidenceKind, Grade, Role, recognise};
use chrono::{Datelike, NaiveDate};

/// Bounds the document by what files it, else by what it speaks of as past and by its capture.
pub(super) fn bounds(dating: &Dating, not_before: Option<NaiveDate>) -> Bounds {
    let filed = dating.filed.as_ref().filter(|filed| filed.edtf.has_year());
    if let Some(filed) = filed {
        return Bounds { earliest: filed.edtf.earliest(), latest: filed.edtf.latest() };
    }
    let latest = dating.others.iter().filter(|other| is_end(other)).filter_map(|other| other.edtf.latest()).min();
    let earliest = not_before.filter(|earliest| latest.is_none_or(|latest| *earliest <= latest));
    Bounds { earliest, latest }
}

/// Tells whether a date says that the document is not later.
fn is_end(dated: &Dated) -> bool {
    matches!(dated.role, Role::Captured | Role::Modified | Role::Reposted)
}

/// A date that an editor could write, and what speaks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The value.
    pub edtf: Edtf,
    /// What speaks for it, as the end of "…, if".
    pub condition: String,
    /// The line of the words that it rests on, counted from 1.
    pub line: Option<usize>,
}

/// The most dates that are proposed.
const MOST: usize = 3;

impl Dating {
    /// Gives an undated document the span of its bounds for a date, so that they place it; a dated one stays as it is.
    pub fn placed_by_bounds(self) -> Self {
        if self.filed.as_ref().is_some_and(|filed| filed.edtf.has_year()) {
            return self;
        }
        let Some(edtf) = Edtf::bounded(self.bounds.earliest, self.bounds.latest) else { return self };
        let ends = self.others.iter().filter(|other| is_end(other)).flat_map(|other| other.evidence.iter().cloned());
        let told = self.clues.iter().filter(|clue| self.tells_earliest(clue)).map(|clue| Evidence {
            kind: EvidenceKind::Text,
            line: clue.line,
            span: None,
            text: clue.text.clone(),
            role: Role::Mentioned,
        });
        let filed = Dated {
            verbatim: String::new(),
            role: Role::Mentioned,
            grade: Grade::Inferred,
            evidence: told.chain(ends).collect(),
            clock: None,
            why: "no date is proved; the days that bound it place it".to_owned(),
            edtf,
        };
        Self { filed: Some(filed), ..self }
    }

    /// Tells whether a clue is the one that gives the first day that is possible.
    fn tells_earliest(&self, clue: &super::Clue) -> bool {
        let Some(earliest) = self.bounds.earliest else { return false };
        let Some((_, said)) = clue.suggests.split_once("not before ") else { return false };
        let is_year = (earliest.month(), earliest.day()) == (1, 1) && said == earliest.year().to_string();
        is_year
            || recognise(said)
                .iter()
                .any(|date| date.single().is_some_and(|date| Some(date) == first_of(date, earliest)))
    }

    /// Gives the clue that an editor can start from: the one that bounds the document, else the first.
    pub fn leading_clue(&self) -> Option<&super::Clue> {
        self.clues.iter().find(|clue| self.tells_earliest(clue)).or(self.clues.first())
    }

    /// Proposes dates for an undated document, the likeliest first: what its own words leave open to an editor.
    pub fn proposals(&self) -> Vec<Proposal> {
        let mut proposals = Vec::new();
        match &self.filed {
            Some(filed) if filed.edtf.has_year() => return proposals,
            Some(filed) => proposals.extend(self.years_of(filed)),
            None => {}
        }
        if self.conflict.is_some() {
            let rivals = self.others.iter().filter(|other| !is_end(other) && other.role != Role::Event);
            proposals.extend(rivals.take(2).map(|rival| Proposal {
                edtf: rival.edtf.clone(),
                condition: format!("`{}` is its date", rival.verbatim),
                line: rival.evidence.first().and_then(|evidence| evidence.line),
            }));
        }
        if proposals.is_empty()
            && let Some(edtf) = Edtf::bounded(self.bounds.earliest, self.bounds.latest)
        {
            let told = self.clues.iter().find(|clue| self.tells_earliest(clue)).and_then(|clue| clue.line);
            let end = self.others.iter().find(|other| is_end(other)).and_then(|other| other.evidence.first()?.line);
            let condition = format!("all you can say is {}", edtf.display());
            proposals.push(Proposal { edtf, condition, line: told.or(end) });
        }
        proposals.truncate(MOST);
        proposals
    }

    /// Completes a date without a year with the years that its weekday and the bounds allow.
    fn years_of(&self, filed: &Dated) -> Vec<Proposal> {
        let line = filed.evidence.first().and_then(|evidence| evidence.line);
        let written: Option<(u32, u32)> = recognise(&filed.verbatim)
            .iter()
            .find_map(super::Expression::single)
            .and_then(|date| date.month.zip(date.day));
        let Some((month, day)) = written else { return Vec::new() };
        let weekday = recognise(&filed.evidence.first().map(|evidence| evidence.text.clone()).unwrap_or_default())
            .iter()
            .find_map(|date| date.weekday);
        let (Some(earliest), latest) = (self.bounds.earliest.or(self.bounds.latest), self.bounds.latest) else {
            return Vec::new();
        };
        let fits = |date: &NaiveDate| {
            weekday.is_none_or(|weekday| date.weekday().number_from_monday() == u32::from(weekday))
                && *date >= earliest
                && latest.is_none_or(|latest| *date <= latest)
        };
        let first = if self.bounds.earliest.is_some() { earliest.year() } else { earliest.year() - 1 };
        (first..first.saturating_add(28))
            .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
            .filter(fits)
            .take(2)
            .filter_map(|date| {
                let condition = format!("its year is {}", date.year());
                Some(Proposal { edtf: Edtf::day(date)?, condition, line })
            })
            .collect()
    }
}

/// Gives a date itself, if its first day is the given one.
fn first_of(date: super::Partial, earliest: NaiveDate) -> Option<super::Partial> {
    let value = Edtf::partial(date.year, date.month, date.day)?;
    (value.earliest() == Some(earliest)).then_some(date)
}
