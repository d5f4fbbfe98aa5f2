//! Judges dates by the labels beside them.
//!
//! What enters: a date and the words round it. What leaves: its ground and role, where a label claims it.

use super::super::Role;
use super::super::labels::{self, Label};
use super::super::recognise::Expression;
use super::{Around, Ground, HEAD, Reader};

/// So many lines from the end an instrument is signed.
const ATTESTED: usize = 12;

impl Reader<'_> {
    /// Judges a date by a label; the outer `Some` says that a label claims it.
    pub(super) fn labelled(&self, around: &Around, date: &Expression) -> Option<Option<(Ground, Role)>> {
        let line = &self.layout.lines[around.rank];
        let label = if around.before.is_empty() { self.label_above(around.rank) } else { self.label_before(around) };
        let label = label.or_else(|| self.label_after(around, date));
        let is_first = !line.is_prose
            && !matches!(label, Some(Label::Modified | Label::Captured | Label::Event))
            && labels::is_first_published(&around.before, self.own_words_after(around, date));
        let label = if is_first { Label::FirstPublished } else { label? };
        if date.until.is_some() && !self.is_meeting {
            return Some(Some((Ground::None, Role::Event)));
        }
        if label == Label::Issued && self.is_one_of_several(around, date) {
            return Some(Some((Ground::None, Role::Event)));
        }
        Some(match label {
            Label::Issued => Some((Ground::IssueLabel, Role::Issued)),
            Label::Date if line.is_prose && !around.before.is_empty() && around.rank > 2 => None,
            Label::Date if self.is_meeting => Some((Ground::IssueLabel, Role::Issued)),
            Label::Date if self.is_beside_venue(around.rank) => Some((Ground::None, Role::Event)),
            Label::Date => Some((Ground::IssueLabel, Role::Issued)),
            Label::When if self.is_meeting => Some((Ground::Title, Role::Issued)),
            Label::When => Some((Ground::None, Role::Event)),
            Label::FirstPublished => Some((Ground::FirstPublished, Role::Published)),
            Label::Published => Some((Ground::PublishedLabel, Role::Published)),
            Label::Modified => Some((Ground::None, Role::Modified)),
            Label::Captured => Some((Ground::None, Role::Captured)),
            Label::Event => Some((Ground::None, Role::Event)),
        })
    }

    /// Tells whether another day without a label follows in the line: "Release date: 14 October (Germany), 3 March (UK)".
    fn is_one_of_several(&self, around: &Around, date: &Expression) -> bool {
        let next =
            self.layout.dates(around.rank).map(|at| &self.dates[at]).find(|next| {
                next.span.start >= date.span.end && next.readings.iter().any(|reading| reading.day.is_some())
            });
        next.is_some_and(|next| {
            let between = labels::plain(&self.text[date.span.end..next.span.start]);
            let agrees = date.readings.iter().any(|one| next.readings.iter().any(|other| one.agrees(*other)));
            !agrees && !self.layout.lines[around.rank].is_prose && labels::before(&between).is_none()
        })
    }

    /// Gives what stands after a date, unless it labels the next date of the line.
    fn own_words_after<'b>(&self, around: &'b Around, date: &Expression) -> &'b str {
        let next =
            self.layout.dates(around.rank).map(|at| &self.dates[at]).find(|next| next.span.start >= date.span.end);
        let between = next.and_then(|next| self.text.get(date.span.end..next.span.start));
        let is_label = between.is_some_and(|between| labels::before(&labels::plain(between)).is_some());
        if is_label { "" } else { &around.after }
    }

    /// Finds a label in what stands before a date in its line.
    fn label_before(&self, around: &Around) -> Option<Label> {
        let is_prose = self.layout.lines[around.rank].is_prose;
        let is_short = around.before.split(' ').count() <= 9 && !is_prose;
        if is_short && let Some(label) = labels::opening(&around.before) {
            return Some(label);
        }
        if around.rank + ATTESTED >= self.layout.lines.len() && labels::attests(&around.before) {
            return Some(Label::Issued);
        }
        // "Embargoed until 00:01 GMT, Thursday 27 January": the hour stands between the label and its date.
        let claim = labels::before(&around.before)
            .or_else(|| labels::before(labels::without_hour(&around.before)?))
            .or_else(|| labels::before(labels::without_parenthesis(&around.before)?))?;
        let fits = match claim.label {
            Label::Date | Label::When | Label::Event | Label::Issued => claim.is_whole,
            Label::FirstPublished => claim.is_whole || is_short || labels::is_of_itself(&around.before),
            Label::Published => claim.is_whole && (!is_prose || around.rank <= HEAD) || is_short,
            Label::Modified | Label::Captured => claim.is_whole || is_short,
        };
        fits.then_some(claim.label)
    }

    /// Finds a label in the line above a date that opens its line.
    fn label_above(&self, rank: usize) -> Option<Label> {
        for back in 1..=3 {
            let above = rank.checked_sub(back)?;
            // A line with a date of its own labels that one.
            let is_taken = !self.layout.dates(above).is_empty();
            if self.layout.lines[above].is_prose || is_taken || self.layout.line(above, self.text).len() > 400 {
                return None;
            }
            let plain = labels::plain(self.layout.line(above, self.text));
            if let Some(claim) = labels::before(&plain) {
                let is_fit = claim.is_whole
                    || claim.label == Label::Issued && plain.ends_with("for immediate release")
                    || matches!(claim.label, Label::Published | Label::FirstPublished) && plain.split(' ').count() <= 4;
                let is_near = self.layout.number(rank) - self.layout.number(above) <= 3;
                let is_bare = claim.label == Label::Event || claim.label == Label::When;
                return (back == 1 && is_near && is_fit && !is_bare).then_some(claim.label);
            }
            if plain.starts_with("for immediate release") || plain.contains("pour diffusion immediate") {
                return Some(Label::Issued);
            }
        }
        None
    }

    /// Finds a label after a date: "… wurde am 19. Mai 2010 um 23:03 Uhr veröffentlicht".
    fn label_after(&self, around: &Around, date: &Expression) -> Option<Label> {
        let mut after = around.after.clone();
        let line = &self.layout.lines[around.rank];
        if after.len() < 40 && !line.is_prose {
            for next in around.rank + 1..around.rank + 3 {
                if self.layout.is_right_below(next) {
                    after.push(' ');
                    after.push_str(&labels::plain(self.layout.line(next, self.text)));
                }
            }
        }
        let label = labels::after(&after)?;
        let is_alone = labels::says_nothing(&around.before);
        let fits = date.clock.is_some() || labels::is_of_itself(&around.before) || is_alone && !line.is_prose;
        fits.then_some(label)
    }

    /// Tells whether an appointment's place or hour stands near a line.
    pub(super) fn is_beside_venue(&self, rank: usize) -> bool {
        (rank.saturating_sub(3)..rank + 4)
            .filter(|near| *near != rank)
            .any(|near| labels::is_venue(&labels::plain(self.layout.line(near, self.text))))
    }
}
