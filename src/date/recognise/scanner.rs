//! Matches date expressions against a run of tokens.
//!
//! What enters: tokens and a place among them. What leaves: the expression that starts there, if one does, and where
//! it ends. Each match looks a bounded number of tokens ahead, so that a scan is linear.

use super::super::lexicon::{Month, Particle, Sense, Strength};
use super::super::tokens::{Kind, Sign, Token};
use super::{Calendar, Expression, Form, Partial};

/// A text and its tokens.
#[derive(Clone, Copy)]
pub(super) struct Scanner<'a> {
    /// The text.
    pub(super) text: &'a str,
    /// Its tokens.
    pub(super) tokens: &'a [Token],
    /// Whether its letters are those of Persian.
    pub(super) is_persian: bool,
    /// Whether some of its letters are kana.
    pub(super) is_japanese: bool,
}

/// A matched date and the token after it.
pub(super) struct Match {
    /// What it can mean.
    pub(super) readings: Vec<Partial>,
    /// The end of a range.
    pub(super) until: Option<Partial>,
    /// How it is written.
    pub(super) form: Form,
    /// Its calendar.
    pub(super) calendar: Calendar,
    /// The token after it.
    pub(super) next: usize,
}

impl Match {
    /// Makes a match with one Gregorian reading.
    pub(super) fn one(reading: Partial, form: Form, next: usize) -> Self {
        Self { readings: vec![reading], until: None, form, calendar: Calendar::Gregorian, next }
    }
}

impl<'a> Scanner<'a> {
    /// Matches an expression with its weekday and clock time.
    pub(super) fn expression(self, at: usize) -> Option<(Expression, usize)> {
        let (mut weekday, start) = match self.weekday_before(at) {
            Some((day, mut next)) => {
                next = self.past_mark(self.past_mark(next, "."), "،,、");
                next = self.past_gap(next);
                let article = self.past_joint(next);
                (Some(day), if article > next { self.past_gap(self.past_mark(article, ".'’")) } else { next })
            }
            _ => (None, at),
        };
        let found = match self.date(start) {
            Some(found) => found,
            // A word can be both: "mar 5 2014" is March, whatever "mar" is in Spanish.
            None if start != at => {
                weekday = None;
                self.date(at)?
            }
            None => return None,
        };
        let mut next = self.past_year_word(found.next);
        if weekday.is_none()
            && let Some((day, after)) = self.weekday_after(next)
        {
            weekday = Some(day);
            next = after;
        }
        let clock = self.clock(next);
        let mut readings = found.readings;
        let mut form = found.form;
        let mut time = None;
        if let Some((clock, noon, after)) = clock {
            time = Some(clock);
            next = after;
            let short = form == Form::Slash && self.last_number(found.next).is_some_and(|(_, digits)| digits == 2);
            if short && noon.is_some() {
                form = Form::Stamp;
                // A browser's stamp with AM or PM is American: month first wherever that is possible.
                if let [_, second] = readings.as_slice() {
                    readings = vec![*second];
                }
            }
        }
        let first = if weekday.is_some() && start != at { at } else { start.min(at) };
        let span = self.tokens[first].start..self.tokens[next - 1].end;
        let is_figures = matches!(form, Form::Slash | Form::Dash | Form::Dot | Form::Stamp);
        let is_month_first = match readings.as_slice() {
            [reading] if is_figures => self.number(start).map(|(first, _)| first) == reading.month,
            _ => false,
        };
        let (until, calendar) = (found.until, found.calendar);
        let expression =
            Expression { span, readings, period: None, until, weekday, clock: time, calendar, form, is_month_first };
        Some((expression, next))
    }

    /// Matches a date without weekday and clock time.
    fn date(self, at: usize) -> Option<Match> {
        match self.tokens.get(at)?.kind {
            Kind::Number(..) if self.is_free_before(at) => self
                .signs(at, None)
                .or_else(|| self.time_group(at))
                .or_else(|| self.numeric(at))
                .or_else(|| self.day_first(at))
                .or_else(|| self.year_first(at))
                .or_else(|| self.other_year_first(at)),
            Kind::Word(sense) => {
                if let Some(Particle::Era(offset)) = sense.particle {
                    let year = self.past_gap(at + 1);
                    return self.signs(year, Some(offset)).or_else(|| self.era_figures(year, offset));
                }
                if let Some(offset) = self.era_letter(at) {
                    return self.era_figures(at + 1, offset);
                }
                if sense.particle == Some(Particle::Thang) {
                    return None;
                }
                self.hebrew(at)
                    .or_else(|| self.month_first(at))
                    .or_else(|| self.other_month_first(at))
                    .or_else(|| self.spelled(at))
            }
            _ => None,
        }
    }

    /// Matches `28 March 2018`, `28th of March`, `12-14 May 2019`, `28 tháng 3 năm 2018`, `1-MAR-1987`, `22Jun2004`.
    fn day_first(self, at: usize) -> Option<Match> {
        let day = self.day(at).filter(|_| !self.is_counted(at))?;
        let (mut last, mut next) = (day, self.past_ordinal(at + 1));
        let mut is_range = false;
        for marks in ["-–—/&", "-–—"] {
            let dash = self.past_mark(self.past_gap(next), marks);
            let start = self.past_gap(dash);
            if dash > self.past_gap(next)
                && let Some(end) = self.day(start)
                && end > last
                && !is_range
            {
                (last, next, is_range) = (end, self.past_ordinal(start + 1), true);
            }
        }
        let tight = self.past_mark(next, "-/.");
        let joined = if self.word(tight).is_some_and(|word| word.month.is_some()) { tight } else { next };
        let mut word = self.past_gap(self.past_mark(joined, ",."));
        for _ in 0..3 {
            match self.word(word).and_then(|word| word.particle) {
                // A Hijri month follows the day at once.
                Some(Particle::Joint | Particle::Day) if self.word(word).is_some_and(|word| word.month.is_none()) => {
                    word = self.past_gap(self.past_mark(word + 1, "'’"));
                }
                _ => break,
            }
        }
        if let Some(found) = self.other_calendar(day, word).or_else(|| self.hebrew_after_day(day, word)) {
            return Some(found);
        }
        let (month, after) = self.month(word)?;
        if let Some((year, next)) = self.buddhist_year(word, after) {
            let reading = Partial::new(Some(year), Some(u32::from(month.number)), Some(day))?;
            return Some(Match { calendar: Calendar::Era, ..Match::one(reading, Form::Words, next) });
        }
        let whole = self.year_after(after).or_else(|| self.spelled_year(after));
        let hyphened = joined > next || word == next;
        let (year, next) = match whole {
            Some((year, next)) => (Some(year), next),
            None => match self.short_year_after(after) {
                Some((year, next)) if hyphened => (Some(year), next),
                _ => (None, after),
            },
        };
        if year.is_none() && (self.is_weak(word, month) || hyphened) {
            return None;
        }
        let number = Some(u32::from(month.number));
        let reading = Partial::new(year, number, Some(day))?;
        let form = if year.is_some() { Form::Words } else { Form::DayMonth };
        let until = if is_range { Partial::new(year, number, Some(last)) } else { None };
        Some(Match { until, ..Match::one(reading, form, next) })
    }

    /// Matches `March 28, 2018`, `March 28`, `March 2018`, `May 12-14, 2019`.
    fn month_first(self, at: usize) -> Option<Match> {
        if !self.is_free_before(at) {
            return None;
        }
        let (month, after) = self.month(at)?;
        let number = Some(u32::from(month.number));
        if let Some((year, next)) = self.buddhist_year(at, after) {
            let reading = Partial::new(Some(year), number, None)?;
            return Some(Match { calendar: Calendar::Era, ..Match::one(reading, Form::MonthYear, next) });
        }
        let after = self.past_mark(after, ".");
        let start = {
            let gap = self.past_gap(self.past_mark(after, ",-"));
            let the = self.past_joint(gap);
            if the > gap { self.past_gap(the) } else { gap }
        };
        if let Some((year, next)) = self.year(start) {
            // "30 February 2011" is no date, and not February 2011 either.
            let has_day = at.checked_sub(2).is_some_and(|day| self.day(day).is_some());
            if self.is_weak(at, month) || self.is_number_running_on(next) || has_day {
                return None;
            }
            return Some(Match::one(Partial::new(Some(year), number, None)?, Form::MonthYear, next));
        }
        let (day, mut next) = match self.day(start) {
            Some(day) => (day, self.past_ordinal(start + 1)),
            None => self.spelled_day(start)?,
        };
        let mut last = None;
        let dash = self.past_gap(self.past_mark(self.past_gap(next), "-–—&"));
        if dash > self.past_gap(next)
            && let Some(end) = self.day(dash)
            && end > day
        {
            last = Some(end);
            next = self.past_ordinal(dash + 1);
        }
        // "12. Mai 06 2018": the year after a day without a comma.
        let year = self.year_after(next).or_else(|| self.year(self.past_gap(next))).or_else(|| self.spelled_year(next));
        let (year, next) = match year {
            Some((year, next)) => (Some(year), next),
            None => (None, next),
        };
        if year.is_none() && (self.is_weak(at, month) || self.is_number_running_on(next)) {
            return None;
        }
        let reading = Partial::new(year, number, Some(day))?;
        let until = last.and_then(|last| Partial::new(year, number, Some(last)));
        let form = if year.is_some() { Form::Words } else { Form::DayMonth };
        Some(Match { until, ..Match::one(reading, form, next) })
    }

    /// Matches `2018 March 28`, `2020. március 5.`, `2018-Mar-05`.
    fn year_first(self, at: usize) -> Option<Match> {
        let (year, next) = self.year(at)?;
        let word = self.past_gap(self.past_mark(next, ".-/,"));
        let (month, after) = self.month(word)?;
        let start = self.past_gap(self.past_mark(after, ".-/,"));
        let day = self.day(start)?;
        let next = self.past_ordinal(start + 1);
        if self.year_after(next).is_some() || self.is_number_running_on(next) {
            return None;
        }
        let reading = Partial::new(Some(year), Some(u32::from(month.number)), Some(day))?;
        Some(Match::one(reading, Form::Words, next))
    }

    /// Matches `2018年3月28日`, `2018년 3월`, `3月28日`, and with an era `民國107年3月28日`.
    fn signs(self, at: usize, era: Option<i32>) -> Option<Match> {
        let signed = |at: usize, sign: Sign| match (self.number(at), self.tokens.get(at + 1)?.kind) {
            (Some(number), Kind::Sign(found)) if found == sign => Some((number, self.past_gap(at + 2))),
            _ => None,
        };
        let calendar = if era.is_some() { Calendar::Era } else { Calendar::Gregorian };
        let (year, next) = match (signed(at, Sign::Year), era) {
            (Some(((year, digits), next)), None) if digits == 4 && (1000..=2199).contains(&year) => {
                (i32::try_from(year).ok(), next)
            }
            (Some(((year, _), next)), Some(offset)) if year <= 2700 => (Some(i32::try_from(year).ok()? + offset), next),
            (None, None) => (None, at),
            _ => return None,
        };
        let ((month, _), after_month) = signed(next, Sign::Month)?;
        let form = if year.is_some() { Form::Signs } else { Form::DayMonth };
        let Some(((day, _), _)) = signed(after_month, Sign::Day) else {
            let reading = Partial::new(Some(year?), Some(month), None)?;
            return Some(Match { calendar, ..Match::one(reading, Form::MonthYear, next + 2) });
        };
        Some(Match { calendar, ..Match::one(Partial::new(year, Some(month), Some(day))?, form, after_month + 2) })
    }

    /// Reads a month's name, a Levantine one of two words, or Vietnamese `tháng 3`.
    pub(super) fn month(self, at: usize) -> Option<(Month, usize)> {
        let sense = self.word(at)?;
        if sense.particle == Some(Particle::Thang) {
            let number = self.past_gap(at + 1);
            let (month, _) = self.number(number).filter(|(month, _)| (1..=12).contains(month))?;
            let month = Month { number: u8::try_from(month).ok()?, strength: Strength::Full };
            let next = self.past_gap(self.past_mark(number + 1, ","));
            let is_nam = self.word(next).is_some_and(|word| word.particle == Some(Particle::Nam));
            return Some((month, if is_nam { next + 1 } else { number + 1 }));
        }
        let month = sense.month?;
        let second = |first: u8, second: u8| {
            let word = self.past_gap(at + 1);
            let number = match self.word(word)?.particle? {
                Particle::First => first,
                Particle::Second => second,
                _ => return None,
            };
            Some((Month { number, strength: Strength::Full }, word + 1))
        };
        match month.strength {
            Strength::Tishrin => second(10, 11),
            Strength::Kanun => second(12, 1),
            Strength::Full | Strength::Short | Strength::Weak => Some((month, at + 1)),
        }
    }

    /// Tells whether a month's name proves too little to stand without a whole date.
    pub(super) fn is_weak(self, at: usize, month: Month) -> bool {
        let slice = self.slice(at);
        month.strength == Strength::Weak && !slice.starts_with(char::is_uppercase)
    }

    /// Reads a year of four digits after a month or day: past a comma, "of", "de", an apostrophe.
    pub(super) fn year_after(self, at: usize) -> Option<(i32, usize)> {
        let mut next = self.past_gap(self.past_mark(at, ".,-/،"));
        let joint = self.past_joint(next);
        if joint > next {
            next = self.past_gap(joint);
        }
        self.year(next)
    }

    /// Reads a year of two digits that a hyphen, slash or nothing joins to the month.
    fn short_year_after(self, at: usize) -> Option<(i32, usize)> {
        let next = self.past_mark(at, "-/'’");
        let (year, digits) = self.number(next)?;
        (digits == 2 && next > at && !self.is_number_running_on(next + 1)).then(|| (century(year), next + 1))
    }

    /// Reads a year of four digits.
    pub(super) fn year(self, at: usize) -> Option<(i32, usize)> {
        let (year, digits) = self.number(at)?;
        let fits = digits == 4 && (1000..=2199).contains(&year) && !self.is_number_running_on(at + 1);
        let runs_on = self.is_mark(at + 1, ":") && self.number(at + 2).is_some();
        (fits && !runs_on).then_some((i32::try_from(year).ok()?, at + 1))
    }

    /// Reads a day of the month.
    pub(super) fn day(self, at: usize) -> Option<u32> {
        self.number(at).filter(|(day, digits)| *digits <= 2 && (1..=31).contains(day)).map(|(day, _)| day)
    }

    /// Tells whether a number goes on after a token: `5.3`, `18:30`, `12%`, `3/4`.
    pub(super) fn is_number_running_on(self, at: usize) -> bool {
        match self.tokens.get(at).map(|token| token.kind) {
            Some(Kind::Mark('%')) => true,
            Some(Kind::Mark('.' | ':' | '/' | '-' | ',')) => {
                let clock = self.number(at + 1).is_some_and(|(_, digits)| digits <= 4);
                clock && !self.is_mark(at, ",")
            }
            _ => false,
        }
    }

    /// Tells whether nothing before a token makes it part of a longer number, code or word.
    pub(super) fn is_free_before(self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|at| self.tokens.get(at)) else { return true };
        match before.kind {
            Kind::Space | Kind::Break | Kind::Gap => {
                let sign = at.checked_sub(2).map(|at| self.tokens[at].kind);
                !matches!(sign, Some(Kind::Mark('$' | '€' | '£' | '§' | '₹' | '¥')))
            }
            Kind::Number(..) => false,
            Kind::Word(_) => !self.slice(at - 1).is_ascii(),
            Kind::Sign(_) => true,
            Kind::Mark('.' | ':' | '-' | '/' | '+' | '–') => {
                !at.checked_sub(2).is_some_and(|at| matches!(self.tokens[at].kind, Kind::Number(..)))
                    && !matches!(before.kind, Kind::Mark('+'))
            }
            Kind::Mark(mark) => !matches!(mark, '$' | '€' | '£' | '#' | '§' | '₹' | '¥' | '&' | '='),
        }
    }

    /// Reads a number.
    pub(super) fn number(self, at: usize) -> Option<(u32, u8)> {
        match self.tokens.get(at)?.kind {
            Kind::Number(value, digits) => Some((value, digits)),
            _ => None,
        }
    }

    /// Reads the number before a token.
    fn last_number(self, next: usize) -> Option<(u32, u8)> {
        self.number(next.checked_sub(1)?)
    }

    /// Reads a word.
    pub(super) fn word(self, at: usize) -> Option<Sense> {
        match self.tokens.get(at)?.kind {
            Kind::Word(sense) => Some(sense),
            _ => None,
        }
    }

    /// Gives a token's letters; nothing past the end.
    pub(super) fn slice(self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| &self.text[token.span()])
    }

    /// Tells whether a token is one of the marks.
    pub(super) fn is_mark(self, at: usize, marks: &str) -> bool {
        matches!(self.tokens.get(at), Some(Token { kind: Kind::Mark(mark), .. }) if marks.contains(*mark))
    }

    /// Tells whether a line ends at a token.
    pub(super) fn is_line_end(self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| matches!(token.kind, Kind::Break | Kind::Gap))
    }

    /// Steps past one of the marks, if it stands there.
    pub(super) fn past_mark(self, at: usize, marks: &str) -> usize {
        if self.is_mark(at, marks) { at + 1 } else { at }
    }

    /// Steps past white space that has one line end at most.
    pub(super) fn past_gap(self, at: usize) -> usize {
        match self.tokens.get(at).map(|token| token.kind) {
            Some(Kind::Space | Kind::Break) => at + 1,
            _ => at,
        }
    }

    /// Steps past "of", "de", "the" and the like.
    pub(super) fn past_joint(self, at: usize) -> usize {
        let is_joint = self.word(at).is_some_and(|word| word.particle == Some(Particle::Joint));
        if is_joint { at + 1 } else { at }
    }

    /// Steps past a word for "year" or a mark of the era after a year: "г.", "года", "م", "ء".
    fn past_year_word(self, at: usize) -> usize {
        let word = self.past_gap(at);
        match self.word(word) {
            Some(Sense { particle: Some(Particle::YearWord), .. }) if self.number(at.wrapping_sub(1)).is_some() => {
                let is_short = self.slice(word).chars().count() == 1;
                if is_short { self.past_mark(word + 1, ".") } else { word + 1 }
            }
            _ => at,
        }
    }

    /// Steps past what makes a number an ordinal: "st", "er", "º", a full stop.
    fn past_ordinal(self, at: usize) -> usize {
        match self.word(at) {
            Some(Sense { particle: Some(Particle::Ordinal), .. }) => at + 1,
            _ => self.past_mark(at, ".º°"),
        }
    }
}

/// Gives the year that two digits mean: 00–49 are 2000–2049, 50–99 are 1950–1999.
///
/// Captures are of the web's time and typescripts of the century before it; a rival reading needs other evidence.
pub(super) fn century(year: u32) -> i32 {
    let year = i32::try_from(year % 100).unwrap_or_default();
    if year < 50 { 2000 + year } else { 1900 + year }
}
