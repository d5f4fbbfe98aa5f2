//! Matches what is written beside a date: its weekday, its clock time, and words that make a number no day.
//!
//! What enters: tokens and the place after a date. What leaves: the weekday or the time, and where it ends.

use super::super::lexicon::fold;
use super::super::tokens::Kind;
use super::scanner::Scanner;
use chrono::NaiveTime;

/// Words that count what they stand before: issues, versions, parts, days of a meeting.
const COUNTS: &[&str] = &[
    "no",
    "nos",
    "nr",
    "num",
    "núm",
    "nº",
    "n",
    "№",
    "issue",
    "number",
    "numéro",
    "número",
    "vol",
    "volume",
    "version",
    "versión",
    "versão",
    "versione",
    "версия",
    "v",
    "rev",
    "revision",
    "révision",
    "revisión",
    "part",
    "day",
    "item",
    "session",
    "round",
    "annex",
    "tag",
    "teil",
    "jour",
    "partie",
    "día",
    "parte",
    "dia",
];

/// A half of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noon {
    /// "AM"
    Before,
    /// "PM"
    After,
}

impl Scanner<'_> {
    /// Tells whether a number counts something, and its date follows: "No. 4, October 1992", "Version 1 – 3 March".
    pub(super) fn is_counted(self, at: usize) -> bool {
        let word = at.checked_sub(1).map(|gap| if matches!(self.tokens[gap].kind, Kind::Space) { gap } else { at });
        let before = word.and_then(|word| word.checked_sub(1)).unwrap_or(at);
        let name = if self.is_mark(before, ".°º") { before.saturating_sub(1) } else { before };
        name < at
            && self.is_mark(self.past_gap(at + 1), ",–—-")
            && (self.is_mark(name, "№") || COUNTS.contains(&self.slice(name).to_lowercase().as_str()))
    }

    /// Matches a weekday before a date and gives the token after it: `Wednesday`, `quarta-feira`, `Thứ ba`.
    pub(super) fn weekday_before(self, at: usize) -> Option<(u8, usize)> {
        let sense = self.word(at)?;
        if let Some(found) = self.vietnamese_weekday(at) {
            return Some(found);
        }
        let day = sense.weekday?;
        let is_whole = self.tokens.get(at).is_some_and(|token| token.span().len() > 1) && self.is_free_before(at);
        let has_tail = self.is_mark(at + 1, "-") && self.slice(at + 2).eq_ignore_ascii_case("feira");
        is_whole.then_some((day, if has_tail { at + 3 } else { at + 1 }))
    }

    /// Matches a Vietnamese weekday, which counts Monday as the second: `Thứ ba`, `Thứ 3`, `Chủ nhật`.
    fn vietnamese_weekday(self, at: usize) -> Option<(u8, usize)> {
        let (first, next) = (self.slice(at), self.past_gap(at + 1));
        let is = |word: &str, folded: &str| !word.is_ascii() && fold(word) == folded;
        if is(first, "chu") && is(self.slice(next), "nhat") {
            return Some((7, next + 1));
        }
        if !is(first, "thu") {
            return None;
        }
        let number = match self.number(next) {
            Some((number, 1)) => number.checked_sub(1)?,
            _ => {
                let names = ["hai", "ba", "tu", "nam", "sau", "bay"];
                let word = fold(self.slice(next));
                u32::try_from(names.iter().position(|name| *name == word)?).ok()? + 1
            }
        };
        (1..=6).contains(&number).then_some((u8::try_from(number).ok()?, next + 1))
    }

    /// Matches a weekday after a date: `, Wednesday`, `(Wednesday)`, `(水)`, ` 星期三`.
    pub(super) fn weekday_after(self, at: usize) -> Option<(u8, usize)> {
        let gap = self.past_gap(at);
        let open = self.past_mark(gap, "(（");
        let comma = self.past_mark(at, ",،");
        let start = if open > gap { open } else { self.past_gap(comma.max(at)) };
        // Urdu: "on the day of"
        let is_named = self.slice(start) == "بروز";
        let start = if is_named { self.past_gap(start + 1) } else { start };
        let day = self.word(start)?.weekday?;
        let hour = self.past_gap(start + 1);
        let is_before_hour = self.number(hour).is_some_and(|(_, digits)| digits <= 2) && self.is_mark(hour + 1, ":.");
        let is_east_asian = self.slice(start).chars().next().is_some_and(|c| u32::from(c) >= 0x3040);
        if open > gap {
            let close = self.past_mark(self.past_mark(start + 1, "."), ")）");
            return (close > start + 1).then_some((day, close));
        }
        let long = self.slice(start).chars().count() > if is_east_asian { 1 } else { 3 };
        (is_named || long && (comma > at || is_east_asian || is_before_hour || self.is_line_end(start + 1)))
            .then_some((day, start + 1))
    }

    /// Matches `19時05分`, `15시 30분`, `21点` where the hour stands at a token.
    fn signed_clock(self, at: usize, hour: u32) -> Option<(NaiveTime, usize)> {
        if !matches!(self.slice(at + 1), "時" | "时" | "點" | "点" | "시") {
            return None;
        }
        let minute = self.past_gap(at + 2);
        let (minute, end) = match self.number(minute).filter(|_| matches!(self.slice(minute + 1), "分" | "분")) {
            Some((minute, _)) if minute < 60 => (minute, self.past_gap(at + 2) + 2),
            _ => (0, at + 2),
        };
        Some((NaiveTime::from_hms_opt(hour, minute, 0)?, end))
    }

    /// Matches a clock time after a date and gives the token after it.
    pub(super) fn clock(self, at: usize) -> Option<(NaiveTime, Option<Noon>, usize)> {
        let mut next = at;
        let mut words = 0;
        for _ in 0..5 {
            match self.tokens.get(next)?.kind {
                Kind::Space | Kind::Break => next += 1,
                Kind::Mark(',' | '-' | '–' | '—' | '|' | '•' | '@' | '·' | '،' | '/' | '(') => next += 1,
                Kind::Word(_) if words == 0 && self.tokens[next].span().len() <= 6 => (words, next) = (1, next + 1),
                _ => break,
            }
        }
        let (hour, digits) = self.number(next)?;
        // "1432 GMT", as agencies and ships write it
        let zone = self.past_gap(next + 1);
        if digits == 4 && matches!(self.slice(zone), "GMT" | "UTC" | "UT" | "Z" | "hrs" | "hours" | "HRS") {
            return Some((NaiveTime::from_hms_opt(hour / 100, hour % 100, 0)?, None, zone + 1));
        }
        if digits > 2 || hour > 23 {
            return None;
        }
        let after = next + 1;
        if let Some((time, end)) = self.signed_clock(next, hour) {
            return Some((time, None, end));
        }
        let (minute, second, mut end) = match self.tokens.get(after).map(|token| token.kind) {
            Some(Kind::Mark(':' | '.')) => {
                let (minute, _) = self.number(after + 1).filter(|(minute, digits)| *digits == 2 && *minute < 60)?;
                let colon = self.is_mark(after, ":") && self.is_mark(after + 2, ":");
                match self.number(after + 3).filter(|(second, _)| colon && *second < 60) {
                    Some((second, _)) => (minute, second, after + 4),
                    None if self.is_mark(after, ".") && self.is_mark(after + 2, ".") => return None,
                    None => (minute, 0, after + 2),
                }
            }
            Some(Kind::Word(_)) if self.slice(after).eq_ignore_ascii_case("h") => {
                match self.number(after + 1).filter(|(minute, _)| *minute < 60) {
                    Some((minute, _)) => (minute, 0, after + 2),
                    None => (0, 0, after + 1),
                }
            }
            _ => return None,
        };
        if self.is_mark(end, ".") && self.number(end + 1).is_some() {
            end += 2;
        }
        let half = self.past_gap(end);
        let noon = match self.word(half) {
            Some(_) if self.slice(half).eq_ignore_ascii_case("am") => Some((Noon::Before, half + 1)),
            Some(_) if self.slice(half).eq_ignore_ascii_case("pm") => Some((Noon::After, half + 1)),
            Some(_) if self.is_mark(half + 1, ".") && self.slice(half + 2).eq_ignore_ascii_case("m") => {
                let noon = match self.slice(half) {
                    "a" | "A" => Some(Noon::Before),
                    "p" | "P" => Some(Noon::After),
                    _ => None,
                };
                noon.map(|noon| (noon, self.past_mark(half + 3, ".")))
            }
            _ => None,
        };
        let (noon, end) = noon.map_or((None, end), |(noon, end)| (Some(noon), end));
        let hour = match noon {
            Some(Noon::After) if hour < 12 => hour + 12,
            Some(Noon::Before) if hour == 12 => 0,
            _ => hour,
        };
        Some((NaiveTime::from_hms_opt(hour, minute, second)?, noon, end))
    }
}
