//! Judges dates by the title, the masthead or the invitation that they stand in.
//!
//! What enters: a date and the words of its line. What leaves: its ground and role where the line is a title of
//! something that bears the date of its own making, a periodical's masthead, or an appointment. A date that belongs to
//! what a title speaks about ("the attack of 3 May") is no date of the document, so that it has to be set off.

use super::super::labels::{self, Topic};
use super::super::recognise::{Calendar, Expression, Partial};
use super::super::{Role, tokens};
use super::{Around, Ground, Reader};
use chrono::Timelike;

/// The rank up to which a line can be a title.
const TITLES: usize = 4;

/// The rank up to which a heading can be a title, and a masthead can stand.
const HEADINGS: usize = 8;

/// The most words beside issue number and date in a masthead.
const MASTHEAD: usize = 5;

/// Words that join a law's date to its name.
const JOINTS: &[&str] = &["of", "de", "du", "del", "vom", "от", "den", "af", "av", "van", "z", "dnia"];

impl Reader<'_> {
    /// Judges a date in a title or a masthead.
    pub(super) fn titled(&self, around: &Around, date: &Expression) -> Option<(Ground, Role)> {
        let line = &self.layout.lines[around.rank];
        if around.rank >= HEADINGS || date.span.end > line.span.end {
            return None;
        }
        if let Some(judged) = self.instrument(around, date) {
            return Some(judged);
        }
        if line.is_prose {
            return None;
        }
        let rest = format!("{} {}", around.before, around.after);
        let words = rest.split_whitespace().count();
        let is_heading = self.text[line.span.clone()].starts_with('#');
        if self.is_meeting && labels::is_about(Topic::AnotherMeeting, &rest) {
            return Some((Ground::None, Role::Event));
        }
        if self.is_meeting && words <= 16 && labels::is_about(Topic::Held, &around.before) {
            return Some((Ground::Title, Role::Issued));
        }
        if is_heading || around.rank < TITLES {
            if labels::is_meeting(&rest) && words <= 16 {
                return Some((Ground::Title, Role::Issued));
            }
            let is_edge = around.before.is_empty() || around.after.is_empty();
            if labels::is_issue(&rest) && words <= 10 && is_edge && self.is_in_apposition(around, date) {
                return Some((Ground::Title, Role::Issued));
            }
        }
        let has_all = |part: fn(&Partial) -> bool| date.readings.iter().all(part);
        if !has_all(|reading| reading.year.is_some()) || !self.is_masthead(around) {
            return None;
        }
        let is_day = has_all(|reading| reading.day.is_some());
        Some((if is_day { Ground::Head } else { Ground::Month }, Role::Issued))
    }

    /// Tells whether a mark, or words of delivery, set a date off from the title that it stands in.
    fn is_in_apposition(&self, around: &Around, date: &Expression) -> bool {
        let line = &self.layout.lines[around.rank];
        let raw = self.text.get(line.span.start..date.span.start).unwrap_or_default();
        let raw = raw.trim_end_matches([' ', '\u{a0}', '\t', '*', '_', '#']);
        if raw.is_empty() || raw.ends_with([',', ':', '-', '–', '—', '(', '[', '|', '·', '•', '،', '，', '：', '/'])
        {
            return true;
        }
        let words: Vec<&str> = around.before.split_whitespace().collect();
        let last = words.last().copied().unwrap_or_default();
        if labels::is_about(Topic::Delivered, &around.before) && words.len() <= 9 {
            return true;
        }
        // "Press release of 3 May": nothing stands there that the date could belong to instead.
        let cites = ["dated", "since", "until", "after", "before", "act", "on", "about", "sur", "über", "sobre", "su"];
        words.len() <= 3 && !cites.contains(&last)
    }

    /// Judges the date in the title of a law, decree or the like, which is that of its making.
    ///
    /// The title has to designate it, by a number or by being nothing else, since texts about laws name them too.
    fn instrument(&self, around: &Around, date: &Expression) -> Option<(Ground, Role)> {
        if around.rank > 5 || date.form == super::Form::Stamp {
            return None;
        }
        let judged = Some((Ground::Title, Role::Issued));
        // "Vom 2. Juli 1976" below the title of a statute.
        if around.before == "vom" && around.after.is_empty() {
            let is_statute =
                (0..around.rank).any(|above| labels::is_statute(&labels::plain(self.layout.line(above, self.text))));
            return if is_statute { judged } else { None };
        }
        // "ПРИКАЗ", and "от 15 октября 2007 г. № 312" below it
        let above = around.rank.checked_sub(1).map(|above| labels::plain(self.layout.line(above, self.text)));
        let is_named = above.is_some_and(|above| {
            let mut words = above.split_whitespace();
            words.next().is_some_and(labels::is_instrument) && words.count() <= 2
        });
        if is_named && JOINTS.contains(&around.before.as_str()) && around.after.split_whitespace().count() <= 4 {
            return judged;
        }
        if around.rank > 3 {
            return None;
        }
        let (before, joint) = around.before.rsplit_once(' ').unwrap_or((&around.before, ""));
        let is_joined = JOINTS.contains(&joint);
        let has_number = before.chars().any(|c| c.is_ascii_digit());
        let first = around.before.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        if !labels::is_instrument(first) || around.before.split_whitespace().count() > 8 {
            return None;
        }
        let end = self.layout.lines[around.rank].span.end.max(date.span.end);
        let raw = self.text[date.span.end..end].trim_start_matches([' ', '*', '_', '\u{a0}']);
        // "Legge 20 maggio 1970, n. 300"
        let is_numbered_after = around.after.starts_with("n ") || around.after.starts_with("n. ");
        let goes_on = raw.is_empty() || raw.starts_with(',') || labels::opens_subject(&around.after);
        let is_title = is_joined && has_number && goes_on || is_numbered_after && around.before.split(' ').count() <= 2;
        if is_title { judged } else { None }
    }

    /// Tells whether a line is a periodical's masthead: a number of issue or volume, the date, and little else.
    fn is_masthead(&self, around: &Around) -> bool {
        if self.layout.dates(around.rank).filter(|at| self.dates[*at].calendar == Calendar::Gregorian).count() != 1 {
            return false;
        }
        let rest = format!("{} {}", around.before, around.after);
        let words: Vec<&str> =
            rest.split(|c: char| !c.is_alphanumeric() && c != '№').filter(|word| !word.is_empty()).collect();
        let is_number = |word: &&str| word.chars().all(|c| tokens::digit_value(c).is_some()) || labels::is_roman(word);
        let is_numbered = words.iter().any(|word| labels::is_issue_number(word))
            || words.windows(2).any(|pair| {
                labels::counts_issues(pair[0]) && is_number(&pair[1])
                    || is_ordinal(pair[0]) && labels::is_counted(pair[1])
            });
        let counts = |word: &&&str| is_number(word) || labels::counts_issues(word) || labels::is_counted(word);
        let others = words.iter().filter(|word| !counts(word)).count();
        let first = words.first().copied().unwrap_or_default();
        is_numbered && others <= MASTHEAD && !words.iter().any(|word| labels::is_instrument(word)) && first != "case"
    }

    /// Tells whether a date is that of an appointment: it has its hour, and an invitation or a place goes with it.
    pub(super) fn is_appointment(&self, around: &Around, date: &Expression) -> bool {
        if self.is_meeting {
            return false;
        }
        let written = &self.text[date.span.clone()];
        let has_hour = date.clock.is_some() || hour_follows(&around.after);
        let is_on = ["on", "am", "le", "el", "il", "on the"].contains(&around.before.as_str());
        let is_announced = has_hour || is_on || date.weekday.is_some();
        let above = around.rank.saturating_sub(6)..around.rank;
        let is_invited = above.into_iter().any(|rank| {
            !self.layout.lines[rank].is_prose
                && labels::is_about(Topic::Invitation, &labels::plain(self.layout.line(rank, self.text)))
        });
        // A site stamps its pages to the minute; only people say "at 3 p.m.".
        let is_to_the_minute = [":00", ".00", "h00", "時00", "时00", "点00", "00分", "00분"];
        let is_spoken = date.clock.is_some_and(|clock| (clock.minute(), clock.second()) == (0, 0))
            && !is_to_the_minute.iter().any(|minutes| written.contains(minutes))
            && date.readings.iter().all(|reading| reading.year.is_some());
        is_invited && is_announced
            || is_on && has_hour
            || is_spoken && around.rank < self.layout.prose.saturating_add(2)
            || (has_hour || is_on) && self.is_beside_venue(around.rank)
    }
}

/// Tells whether a word is a number, perhaps with an ordinal's ending.
fn is_ordinal(word: &str) -> bool {
    let number = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) && word.len() <= number.len() + 2
}

/// Tells whether words after a date begin with an hour: "at 7 pm", "à 20 h", "um 19 Uhr".
fn hour_follows(after: &str) -> bool {
    let words: Vec<&str> = after.split_whitespace().take(3).collect();
    let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    matches!(words.as_slice(), ["at" | "a" | "um" | "ore" | "alle" | "в" | "saat" | "pukul" | "from", hour, ..] if is_number(hour))
}
