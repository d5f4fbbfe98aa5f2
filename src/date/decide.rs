//! Ranks what one document says of its date.
//!
//! What enters: the candidates of one document and the habits of its collection. What leaves: a [`Dating`]. Grounds are
//! ranked, never added up; candidates on one ground that disagree leave the document undated with both shown.

mod ranking;

use super::bounds::bounds;
use super::habits::{Habits, Locale};
use super::recognise::{Calendar, Form, Partial};
use super::reported::Reported;
use super::roles::{Candidate, Ground};
use super::{Candidates, Dated, Dating, Edtf, Evidence, EvidenceKind, Grade, Role};
use chrono::{Datelike, NaiveDate};
use ranking::Verdict;

/// The most other dates that are kept.
const MOST_OTHERS: usize = 16;

/// So many days after its issue a document can be posted; a later stamp is that of a capture.
const POSTING: i64 = 62;

/// So many days may lie between a dateline without a year and the fuller date that completes it.
const COMPLETING: i64 = 45;

/// A candidate whose readings have been narrowed as far as the evidence goes.
struct Weighed {
    candidate: Candidate,
    /// What narrowed them.
    narrowed: Option<&'static str>,
}

impl Weighed {
    /// Gives the value that the candidate states.
    fn value(&self) -> Option<Edtf> {
        if let Some(edtf) = &self.candidate.edtf {
            return Some(edtf.clone());
        }
        let value = |reading: &Partial| Edtf::partial(reading.year, reading.month, reading.day);
        Edtf::one_of(&self.candidate.readings.iter().filter_map(value).collect::<Vec<_>>())
    }

    /// Gives the one reading that is left.
    fn single(&self) -> Option<Partial> {
        match self.candidate.readings.as_slice() {
            [reading] => Some(*reading),
            _ => None,
        }
    }

    /// Tells whether another candidate's day, if it states one, lies within the value that a field or a season gives.
    fn holds(&self, other: &Self) -> bool {
        let (Some(value), Some(day)) = (&self.candidate.edtf, other.single().and_then(Partial::date)) else {
            return true;
        };
        value.earliest().is_none_or(|first| first <= day) && value.latest().is_none_or(|last| day <= last)
    }

    /// Tells whether two candidates can mean the same day.
    fn agrees(&self, other: &Self) -> bool {
        match (self.candidate.readings.is_empty(), other.candidate.readings.is_empty()) {
            (false, false) => {
                let others = &other.candidate.readings;
                self.candidate.readings.iter().any(|reading| others.iter().any(|other| reading.agrees(*other)))
                    && self.holds(other)
                    && other.holds(self)
            }
            _ => self.value() == other.value(),
        }
    }
}

/// Decides which date files a document, and keeps the others with their roles.
pub fn decide(candidates: Candidates, habits: &Habits) -> Dating {
    let Candidates { found, reported, clues, not_before, language, numeric, site } = candidates;
    let learned = habits.learned(site.as_deref());
    let hints = Hints { own: numeric.proved(), language, locale: habits.locale, learned };
    let weighed = narrow(found, hints);
    let weighed: Vec<&Weighed> = weighed.iter().collect();
    let mut dating = Dating { clues, ..Dating::default() };
    let (mut chosen, conflict) = match ranking::rank(&weighed) {
        Verdict::Chosen(chosen) => (Some(chosen), None),
        Verdict::Disagreement(message) => (None, Some(message)),
        Verdict::Nothing => (None, None),
    };
    dating.conflict = conflict;
    chosen = chosen.map(|chosen| issued_before(&weighed, chosen).unwrap_or(chosen));
    let mut filed_on = None;
    if let Some(chosen) = chosen {
        let filed = file(&weighed, chosen);
        dating.conflict = dating.conflict.or_else(|| clash(weighed[chosen], &filed));
        filed_on = filed.edtf.exact_day();
        dating.filed = Some(filed);
    }
    let standing = match chosen {
        Some(chosen) => Standing::Lost(weighed[chosen].candidate.ground),
        None if dating.conflict.is_some() => Standing::Disputed,
        None => Standing::Alone,
    };
    dating.instead = chosen.and_then(|chosen| instead(&weighed, chosen));
    dating.others = others(&weighed, dating.filed.as_ref(), standing);
    dating.others.extend(reported.iter().filter_map(|reported| resolve(reported, filed_on?)));
    dating.others.truncate(MOST_OTHERS);
    dating.bounds = bounds(&dating, not_before);
    let known: Vec<Option<usize>> = dating
        .filed
        .iter()
        .chain(&dating.others)
        .flat_map(|dated| &dated.evidence)
        .map(|evidence| evidence.line)
        .collect();
    dating.clues.retain(|clue| clue.line.is_none() || !known.contains(&clue.line));
    dating
}

/// What a date that does not file the document lost to.
#[derive(Clone, Copy)]
enum Standing {
    /// To a date on this ground.
    Lost(Ground),
    /// To nothing: dates of one weight disagree.
    Disputed,
    /// To nothing: no date has any weight.
    Alone,
}

/// Finds what would file the document if the chosen date and all that agree with it were not there.
fn instead(weighed: &[&Weighed], chosen: usize) -> Option<Dated> {
    let winner = weighed[chosen];
    let value = winner.value();
    let rest: Vec<&Weighed> = weighed
        .iter()
        .copied()
        .filter(|other| !other.agrees(winner) && other.value() != value && other.candidate.role != Role::Event)
        .collect();
    match ranking::rank(&rest) {
        Verdict::Chosen(second) => Some(file(&rest, second)),
        Verdict::Disagreement(_) | Verdict::Nothing => None,
    }
}

/// What tells the order of day and month in figures.
#[derive(Clone, Copy)]
struct Hints {
    own: Option<Locale>,
    language: Option<Locale>,
    locale: Option<Locale>,
    learned: Option<(Locale, &'static str)>,
}

/// Narrows numeric dates to one reading wherever something decides.
fn narrow(found: Vec<Candidate>, hints: Hints) -> Vec<Weighed> {
    let settled: Vec<(Partial, Ground)> = found
        .iter()
        .filter(|candidate| candidate.role != Role::Event)
        .filter_map(|candidate| match candidate.readings.as_slice() {
            [reading] if reading.date().is_some() => Some((*reading, candidate.ground)),
            _ => None,
        })
        .collect();
    found
        .into_iter()
        .map(|mut candidate| {
            let mut narrowed = None;
            if candidate.readings.len() > 1 {
                let agreeing: Vec<Partial> = candidate
                    .readings
                    .iter()
                    .copied()
                    .filter(|reading| settled.iter().any(|(other, _)| other == reading))
                    .collect();
                if let [reading] = agreeing.as_slice() {
                    candidate.readings = vec![*reading];
                    narrowed = Some("another date in the document agrees with this reading");
                } else if candidate.calendar == Calendar::Gregorian
                    && let Some((locale, why)) = hints.order(candidate.form)
                {
                    let reading = match locale {
                        Locale::DayFirst => candidate.readings.first().copied(),
                        Locale::MonthFirst => candidate.readings.last().copied(),
                    };
                    candidate.readings = reading.into_iter().collect();
                    narrowed = Some(why);
                }
            }
            Weighed { candidate, narrowed }
        })
        .collect()
}

impl Hints {
    /// Gives the order of day and month for a form, and what says so, the nearest first.
    fn order(self, form: Form) -> Option<(Locale, &'static str)> {
        let own = self.own.map(|locale| (locale, "the other numeric dates of the text are written so"));
        let configured = self.locale.map(|locale| (locale, "the configured locale orders day and month so"));
        let dots = (form == Form::Dot).then_some((Locale::DayFirst, "with full stops the day stands first"));
        let language = self.language.map(|locale| (locale, "the text's language puts the day first"));
        own.or(configured).or(dots).or(language).or(self.learned)
    }
}

/// Makes the date that files the document from the chosen candidate and all that agree with it.
fn file(weighed: &[&Weighed], chosen: usize) -> Dated {
    let winner = weighed[chosen];
    let mut best = winner;
    let mut why = String::new();
    let supports = |other: &&Weighed| {
        let counts = !matches!(other.candidate.role, Role::Captured | Role::Modified | Role::Event);
        counts && other.candidate.ground > Ground::FrontMatterPublished && other.agrees(winner)
    };
    let mut value = winner.value();
    let mut completed = false;
    if let Some(partial) = winner.single()
        && winner.candidate.edtf.is_none()
        && (partial.year.is_none() || partial.day.is_none())
        && winner.candidate.ground > Ground::FrontMatterPublished
    {
        let is_full = |other: &&Weighed| other.single().is_some_and(|other| other.date().is_some());
        let fuller = weighed.iter().copied().filter(supports).find(is_full);
        if let Some(fuller) = fuller {
            best = fuller;
            value = fuller.value();
            // What the document itself writes out in full elsewhere is stated, not inferred.
            completed = partial.year.is_none() && fuller.candidate.evidence.kind != EvidenceKind::Text;
            why = "; a fuller date nearby agrees".to_owned();
        } else if let Some((date, from)) = nearby_year(weighed, winner, partial) {
            value = Edtf::day(date).or(value);
            completed = true;
            why = format!("; the year is that of {from}");
        }
    }
    let same =
        |other: &Weighed| match (value.as_ref().and_then(Edtf::exact_day), other.single().and_then(Partial::date)) {
            (Some(day), Some(other)) => day == other,
            _ => other.agrees(winner),
        };
    let mut evidence: Vec<Evidence> = vec![winner.candidate.evidence.clone()];
    let agreeing =
        weighed.iter().copied().filter(supports).filter(|other| same(other) && !std::ptr::eq(*other, winner));
    evidence.extend(agreeing.clone().take(8).map(|other| other.candidate.evidence.clone()));
    let clock = agreeing.clone().map(|other| other.candidate.clock).fold(winner.candidate.clock, Option::or);
    if let Some(narrowed) = winner.narrowed {
        why.push_str("; ");
        why.push_str(narrowed);
    }
    let is_editors = matches!(
        winner.candidate.evidence.kind,
        EvidenceKind::Config | EvidenceKind::Sidecar | EvidenceKind::FrontMatter
    );
    let is_inferred = completed
        || winner.narrowed.is_some()
        || winner.candidate.readings.len() > 1
        || best.candidate.calendar != Calendar::Gregorian
        || matches!(winner.candidate.ground, Ground::FileName | Ground::PageDate | Ground::Address);
    let grade = match (is_editors && winner.candidate.ground != Ground::Address, is_inferred) {
        (true, _) => Grade::Editor,
        (false, true) => Grade::Inferred,
        (false, false) => Grade::Stated,
    };
    Dated {
        edtf: value.expect("a candidate without a value is never chosen"),
        role: winner.candidate.role,
        grade,
        evidence,
        verbatim: winner.candidate.verbatim.clone(),
        clock,
        why: format!("{}{why}", winner.candidate.ground.phrase()),
    }
}

/// So many days after the day at its head a document can be posted, if that day shall get the posting's year.
const SOON: i64 = 14;

/// Finds a weekday and day alone at the head, without a year, that a date of publication soon after completes.
fn issued_before(weighed: &[&Weighed], chosen: usize) -> Option<usize> {
    let posted = weighed[chosen];
    if !matches!(posted.candidate.ground, Ground::PublishedLabel | Ground::Byline | Ground::FileName | Ground::Metadata)
    {
        return None;
    }
    weighed.iter().position(|other| {
        let is_bare = other.candidate.ground == Ground::None && other.candidate.role == Role::Issued;
        let partial = other.single().filter(|reading| is_bare && reading.year.is_none());
        partial
            .and_then(|partial| nearby_year(&[posted], other, partial))
            .is_some_and(|(day, posted)| (posted - day).num_days() <= SOON)
    })
}

/// Completes day and month with the year of the nearest fuller date after it, if the weekday allows.
fn nearby_year(weighed: &[&Weighed], winner: &Weighed, partial: Partial) -> Option<(NaiveDate, NaiveDate)> {
    let mut found: Vec<(i64, NaiveDate, NaiveDate)> = Vec::new();
    for other in weighed.iter().filter(|other| other.candidate.ground < Ground::Margin) {
        let Some(fuller) = other.single().and_then(Partial::date) else { continue };
        for year in [fuller.year() - 1, fuller.year()] {
            let Some(day) = NaiveDate::from_ymd_opt(year, partial.month?, partial.day?) else { continue };
            let weekday = winner.candidate.weekday;
            let fits = weekday.is_none_or(|weekday| day.weekday().number_from_monday() == u32::from(weekday));
            let apart = (fuller - day).num_days();
            if fits && (0..=COMPLETING).contains(&apart) {
                found.push((apart, day, fuller));
            }
        }
    }
    found.sort_unstable();
    found.first().map(|(_, day, fuller)| (*day, *fuller))
}

/// Says that the weekday written with the date is not the one that it fell on.
fn clash(winner: &Weighed, filed: &Dated) -> Option<String> {
    let day = filed.edtf.exact_day()?;
    let written = winner.candidate.weekday?;
    let real = day.weekday().number_from_monday();
    (real != u32::from(written)).then(|| {
        let name = |number: u32| {
            let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
            usize::try_from(number)
                .ok()
                .and_then(|number| names.get(number.wrapping_sub(1)))
                .copied()
                .unwrap_or("another day")
        };
        let words = filed.edtf.display();
        format!("`{}` names a {}, but {words} was a {}", winner.candidate.verbatim, name(written.into()), name(real))
    })
}

/// Keeps the dates that do not file the document, each value and role once.
fn others(weighed: &[&Weighed], filed: Option<&Dated>, standing: Standing) -> Vec<Dated> {
    let filed_on = filed.and_then(|filed| filed.edtf.exact_day());
    let mut others: Vec<Dated> = Vec::new();
    for other in weighed {
        let Some(value) = other.value() else { continue };
        let is_used = filed.is_some_and(|filed| filed.evidence.contains(&other.candidate.evidence));
        if is_used || filed.is_some_and(|filed| filed.edtf == value && other.candidate.ground != Ground::None) {
            continue;
        }
        let (role, why) = role_beside(other, filed_on, standing);
        if let Some(known) = others.iter_mut().find(|known| known.edtf == value && known.role == role) {
            if known.evidence.len() < 8 {
                known.evidence.push(other.candidate.evidence.clone());
            }
            continue;
        }
        let is_inferred = other.narrowed.is_some()
            || other.candidate.readings.len() > 1
            || other.candidate.calendar != Calendar::Gregorian;
        others.push(Dated {
            edtf: value,
            role,
            grade: if is_inferred { Grade::Inferred } else { Grade::Stated },
            evidence: vec![Evidence { role, ..other.candidate.evidence.clone() }],
            verbatim: other.candidate.verbatim.clone(),
            clock: other.candidate.clock,
            why,
        });
    }
    others
}

/// Gives the role of a date beside the one that files the document, and why it lost.
fn role_beside(other: &Weighed, filed_on: Option<NaiveDate>, standing: Standing) -> (Role, String) {
    let day = other.single().and_then(Partial::date);
    let later = day.zip(filed_on).map(|(day, filed)| (day - filed).num_days());
    let (own, ground) = (other.candidate.role, other.candidate.ground);
    if ground == Ground::Margin {
        return match later {
            Some(0..=POSTING) => {
                (Role::Reposted, "a stamp in the margin, soon after the document's own date".to_owned())
            }
            _ => (Role::Captured, "a stamp in the margin only says when the page was there".to_owned()),
        };
    }
    let fixed = match (own, standing) {
        (Role::Captured, _) => "a capture only says that the document is not later",
        (Role::Modified, _) => "a later change does not date a document",
        (Role::Event, _) => "an event does not date a document",
        (_, Standing::Disputed) => "another date of the same weight disagrees with it",
        (_, Standing::Alone) => "it has no weight by itself",
        (_, Standing::Lost(_)) => "",
    };
    let role = match (own, later) {
        (Role::Published | Role::Issued, Some(1..)) => Role::Reposted,
        _ => own,
    };
    match standing {
        Standing::Lost(winner) if fixed.is_empty() && winner == ground => (
            role,
            format!(
                "{}, as the date that files the document does, but is farther from the text or says less",
                ground.phrase()
            ),
        ),
        Standing::Lost(winner) if fixed.is_empty() => {
            (role, format!("{}; {} weighs more", ground.phrase(), winner.noun()))
        }
        _ => (role, fixed.to_owned()),
    }
}

/// Resolves a relative day against the day that files the document.
fn resolve(reported: &Reported, filed_on: NaiveDate) -> Option<Dated> {
    Some(Dated {
        edtf: reported.when.from(filed_on)?,
        role: Role::Event,
        grade: Grade::Inferred,
        evidence: vec![reported.evidence.clone()],
        verbatim: reported.verbatim.clone(),
        clock: None,
        why: "the first paragraph tells of it; counted from the document's own date".to_owned(),
    })
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod cases;
