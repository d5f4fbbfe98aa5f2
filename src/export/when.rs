//! A date in EDTF, as far as formats of other programs can say it.

/// A date that other formats know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    /// What is known of it.
    pub shape: Shape,
    /// Whether it is approximate or uncertain.
    pub is_circa: bool,
}

/// What is known of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A day, a month or a year.
    Date(Day),
    /// From one date to another.
    Span(Day, Day),
    /// A season: the year, and 1 for spring up to 4 for winter.
    Season(u16, u8),
}

/// A year with what is known of month and day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    pub year: u16,
    pub month: Option<u8>,
    pub day: Option<u8>,
}

impl When {
    /// Reads a value in EDTF; nothing where only words can say it: sets, open intervals, digits that nobody knows.
    pub(super) fn of(edtf: &str) -> Option<Self> {
        let is_circa = edtf.contains(['~', '?', '%']);
        let sure: String = edtf.chars().filter(|character| !matches!(character, '~' | '?' | '%')).collect();
        let sure = sure.split('T').next().unwrap_or_default();
        let shape = match sure.split_once('/') {
            Some((from, to)) => Shape::Span(Day::of(from)?, Day::of(to)?),
            None => Day::of(sure).map(Shape::Date).or_else(|| season(sure))?,
        };
        Some(Self { shape, is_circa })
    }
}

impl Day {
    fn of(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = figures(parts.next()?, 4)?;
        let month = parts
            .next()
            .map(|month| figures(month, 2).filter(|month| (1..=12).contains(month)).ok_or(()))
            .transpose()
            .ok()?;
        let day =
            parts.next().map(|day| figures(day, 2).filter(|day| (1..=31).contains(day)).ok_or(())).transpose().ok()?;
        let small = |number: u16| u8::try_from(number).ok();
        parts.next().is_none().then_some(Self { year, month: month.and_then(small), day: day.and_then(small) })
    }

    /// Year, month and day as far as they are known.
    pub(super) fn parts(self) -> Vec<u16> {
        std::iter::once(self.year).chain(self.month.map(u16::from)).chain(self.day.map(u16::from)).collect()
    }
}

fn figures(text: &str, length: usize) -> Option<u16> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// Reads one of the four seasons that are not bound to a hemisphere (EDTF level 1).
fn season(text: &str) -> Option<Shape> {
    let (year, season) = text.split_once('-')?;
    let season = figures(season, 2)?.checked_sub(20).filter(|season| (1..=4).contains(season))?;
    Some(Shape::Season(figures(year, 4)?, u8::try_from(season).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_other_formats_know_are_read_and_others_are_not() {
        let date = |year, month, day| Day { year, month, day };
        let circa = |shape| Some(When { shape, is_circa: true });
        let sure = |shape| Some(When { shape, is_circa: false });
        assert_eq!(When::of("2014-12-24"), sure(Shape::Date(date(2014, Some(12), Some(24)))));
        assert_eq!(When::of("2014-12-24T10:00:00Z"), When::of("2014-12-24"));
        assert_eq!(When::of("2011-08~"), circa(Shape::Date(date(2011, Some(8), None))));
        assert_eq!(When::of("2013?/2014"), circa(Shape::Span(date(2013, None, None), date(2014, None, None))));
        assert_eq!(When::of("2014-22"), sure(Shape::Season(2014, 2)));
        for words in ["[2013,2014]", "199X", "2014-XX-XX", "../2014", "2014/", "XXXX-03-24", "2014-33", ""] {
            assert_eq!(When::of(words), None, "{words}");
        }
    }
}
