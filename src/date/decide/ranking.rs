//! Chooses among candidates.
//!
//! What enters: the weighed candidates of a document. What leaves: the one that files it, a disagreement, or nothing.

use super::super::recognise::Partial;
use super::super::roles::{Candidate, Ground};
use super::Weighed;

/// What the ranking comes to.
pub(super) enum Verdict {
    /// The candidate with this index files the document.
    Chosen(usize),
    /// Candidates of one rank disagree; in one sentence.
    Disagreement(String),
    /// Nothing dates the document.
    Nothing,
}

/// Ranks the candidates by their ground.
pub(super) fn rank(weighed: &[&Weighed]) -> Verdict {
    let files = |weighed: &Weighed| weighed.candidate.ground < Ground::Margin && weighed.value().is_some();
    let Some(ground) = weighed.iter().filter(|weighed| files(weighed)).map(|weighed| weighed.candidate.ground).min()
    else {
        return Verdict::Nothing;
    };
    let group: Vec<usize> =
        (0..weighed.len()).filter(|at| files(weighed[*at]) && weighed[*at].candidate.ground == ground).collect();
    let fullest =
        |group: &[usize]| group.iter().copied().max_by_key(|at| (precision(weighed[*at]), std::cmp::Reverse(*at)));
    let Some(best) = fullest(&group) else { return Verdict::Nothing };
    let rivals: Vec<usize> = group.iter().copied().filter(|at| !weighed[*at].agrees(weighed[best])).collect();
    if rivals.is_empty() {
        return Verdict::Chosen(best);
    }
    // Another ground that agrees with one of them alone decides.
    let supported: Vec<usize> = group
        .iter()
        .copied()
        .filter(|at| {
            let value = weighed[*at];
            weighed.iter().any(|other| {
                files(other)
                    && other.candidate.ground != ground
                    && other.single().and_then(Partial::date).is_some()
                    && other.agrees(value)
            })
        })
        .collect();
    if let Some(first) = fullest(&supported)
        && supported.iter().all(|at| weighed[*at].agrees(weighed[first]))
    {
        return Verdict::Chosen(first);
    }
    if let Some(near) = nearest(weighed, &group, ground) {
        return Verdict::Chosen(near);
    }
    let quote = |candidate: &Candidate| match candidate.evidence.line {
        Some(line) => format!("`{}` in line {line}", candidate.verbatim),
        None => format!("`{}`", candidate.verbatim),
    };
    let rival = rivals.first().map_or(best, |rival| *rival);
    let (first, second) = (best.min(rival), best.max(rival));
    Verdict::Disagreement(format!(
        "{} and {} disagree, and nothing ranks them",
        quote(&weighed[first].candidate),
        quote(&weighed[second].candidate)
    ))
}

/// Says how much of a date a candidate states.
fn precision(weighed: &Weighed) -> usize {
    match weighed.single() {
        Some(reading) => {
            4 + usize::from(reading.year.is_some())
                + usize::from(reading.month.is_some())
                + usize::from(reading.day.is_some())
        }
        None => weighed.candidate.readings.len().min(3),
    }
}

/// So many lines above the text a date belongs to it.
const CLOSE: isize = 6;

/// Takes the candidate next to the first paragraph, where the others stand well away from it, in navigation or lists.
fn nearest(weighed: &[&Weighed], group: &[usize], ground: Ground) -> Option<usize> {
    if !matches!(ground, Ground::PublishedLabel | Ground::Byline | Ground::Head | Ground::Dateline | Ground::Title) {
        return None;
    }
    let lead = |at: usize| weighed[at].candidate.lead;
    let above: Vec<usize> = group.iter().copied().filter(|at| (0..=CLOSE).contains(&lead(*at))).collect();
    let near = above
        .iter()
        .chain(group)
        .copied()
        .min_by_key(|at| (lead(*at) < 0 && !above.is_empty(), lead(*at).unsigned_abs(), *at))?;
    let distance = lead(near).unsigned_abs();
    // Comments and lists of other pages stand below the text, and their dates do not rival one right above it.
    let is_below = |at: usize| !above.is_empty() && lead(at) < 0;
    let is_clear = group
        .iter()
        .filter(|at| !weighed[**at].agrees(weighed[near]))
        .all(|at| is_below(*at) || lead(*at).unsigned_abs() >= distance * 2 + 4);
    is_clear.then_some(near)
}
