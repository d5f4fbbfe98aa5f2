//! Reads EDTF strings.
//!
//! What enters: a string. What leaves: an [`Edtf`], or an error that says what was found, then what was wanted.

use super::{Choice, Clock, Digits, Edtf, EdtfError, Limit, Member, Part, Qualifier, Shape, Zone};

/// What a single date looks like, for errors.
const DATE: &str = "a date such as `2014-12-24`, `2014-12`, `2014`, `201X` or `XXXX-12-24`";

/// The years that dates can have, for errors.
const YEARS: &str = "a year from 0001 to 9999";

/// The most members that a set may have: beyond that it says nothing.
const MOST_MEMBERS: usize = 64;

impl Edtf {
    /// Reads an EDTF string; white space round it is allowed.
    pub fn parse(text: &str) -> Result<Self, EdtfError> {
        let text = text.trim();
        let inner = |open, close| text.strip_prefix(open).and_then(|rest: &str| rest.strip_suffix(close));
        if let Some(members) = inner('[', ']') {
            return set(Choice::One, members);
        }
        if let Some(members) = inner('{', '}') {
            return set(Choice::All, members);
        }
        match text.split_once('/') {
            Some((from, to)) => interval(text, from, to),
            None => match text.split_once('T') {
                Some((day, time)) => timed(text, day, time),
                None => part(text).map(|part| Self(Shape::Single(part))),
            },
        }
    }
}

impl EdtfError {
    /// Tells whether the string is well formed and its year is one that dates cannot have: 0, before Christ, of five digits.
    pub fn is_of_another_age(&self) -> bool {
        self.wanted == YEARS
    }
}

/// Makes an error.
fn error(found: &str, wanted: &'static str) -> EdtfError {
    EdtfError { found: found.chars().take(60).collect(), wanted }
}

/// Reads `A/B`.
fn interval(whole: &str, from: &str, to: &str) -> Result<Edtf, EdtfError> {
    let (from, to) = (limit(from)?, limit(to)?);
    match (&from, &to) {
        (Limit::At(first), Limit::At(last)) => {
            if let (Some(first), Some(last)) = (first.earliest(), last.latest())
                && first > last
            {
                return Err(error(whole, "an interval whose first date is not after its last"));
            }
        }
        (Limit::At(_), _) | (_, Limit::At(_)) => {}
        _ => return Err(error(whole, "an interval with a date at one end at least")),
    }
    Ok(Edtf(Shape::Interval(from, to)))
}

/// Reads an end of an interval.
fn limit(text: &str) -> Result<Limit, EdtfError> {
    match text {
        "" => Ok(Limit::Unknown),
        ".." => Ok(Limit::Open),
        _ => part(text).map(Limit::At),
    }
}

/// Reads what stands between the brackets of a set.
fn set(choice: Choice, text: &str) -> Result<Edtf, EdtfError> {
    let members =
        text.split(',').take(MOST_MEMBERS + 1).map(|text| member(text.trim())).collect::<Result<Vec<_>, _>>()?;
    if members.len() > MOST_MEMBERS {
        return Err(error(text, "a set of 64 dates at most"));
    }
    Ok(Edtf(Shape::Set(choice, members)))
}

/// Reads a member of a set.
fn member(text: &str) -> Result<Member, EdtfError> {
    let Some((from, to)) = text.split_once("..") else {
        return part(text).map(Member::Single);
    };
    let end = |text: &str| if text.is_empty() { Ok(None) } else { part(text).map(Some) };
    let (from, to) = (end(from)?, end(to)?);
    if from.is_none() && to.is_none() {
        return Err(error(text, "a date before or after `..`"));
    }
    if let (Some(first), Some(last)) = (from.as_ref().and_then(Part::earliest), to.as_ref().and_then(Part::latest))
        && first > last
    {
        return Err(error(text, "a run whose first date is not after its last"));
    }
    Ok(Member::Run(from, to))
}

/// What a time of day looks like, for errors.
const TIME: &str = "a time of day such as `23:20:30`, `23:20:30Z`, `23:20:30-04` or `23:20:30+04:30`";

/// Reads `2014-12-24T10:00:00Z`.
fn timed(whole: &str, day: &str, time: &str) -> Result<Edtf, EdtfError> {
    let date = part(day)?;
    let is_day = date.is_certain() && date.day.and_then(Digits::exact).is_some() && date.earliest() == date.latest();
    if !is_day || date.earliest().is_none() {
        return Err(error(whole, "a whole day before a time of day"));
    }
    let clock = clock(time).ok_or_else(|| error(time, TIME))?;
    Ok(Edtf(Shape::Timed(date, clock)))
}

/// Reads a time of day with its zone.
fn clock(text: &str) -> Option<Clock> {
    let number = |text: &str| masked::<2>(text)?.exact().and_then(|number| u8::try_from(number).ok());
    let (time, zone) = match (text.strip_suffix('Z'), text.rfind(['+', '-'])) {
        (Some(time), _) => (time, Zone::Utc),
        (None, Some(at)) => {
            let (hours, minutes) = match text[at + 1..].split_once(':') {
                Some((hours, minutes)) => (number(hours)?, Some(number(minutes)?)),
                None => (number(&text[at + 1..])?, None),
            };
            let is_sound = hours <= 14 && minutes.is_none_or(|minutes| minutes < 60);
            let zone = Zone::Shift { is_west: text.as_bytes().get(at) == Some(&b'-'), hours, minutes };
            (&text[..at], is_sound.then_some(zone)?)
        }
        (None, None) => (text, Zone::Local),
    };
    let mut fields = time.split(':');
    let time = [number(fields.next()?)?, number(fields.next()?)?, number(fields.next()?)?];
    let is_sound = time[0] < 24 && time[1] < 60 && time[2] < 60 || time == [24, 0, 0];
    (is_sound && fields.next().is_none()).then_some(Clock { time, zone })
}

/// Reads a mark of doubt.
fn qualifier(mark: Option<char>) -> Option<Qualifier> {
    match mark? {
        '?' => Some(Qualifier::Uncertain),
        '~' => Some(Qualifier::Approximate),
        '%' => Some(Qualifier::Both),
        _ => None,
    }
}

/// Reads one date.
fn part(text: &str) -> Result<Part, EdtfError> {
    if text.contains('T') {
        return Err(error(text, "a date without a time of day in an interval or a set"));
    }
    if text.starts_with(['-', 'Y']) {
        return Err(error(text, YEARS));
    }
    if text.contains('S') {
        return Err(error(text, "a year with `X` for the digits that nobody knows, such as `195X`"));
    }
    let mut sureness = [Qualifier::Certain; 3];
    let mut fields: [Option<&str>; 3] = [None; 3];
    for (at, field) in text.split('-').enumerate() {
        if at >= fields.len() {
            return Err(error(text, DATE));
        }
        let mut digits = field;
        // Before a part a mark holds for it alone; behind it for it and everything left of it.
        if let Some(own) = qualifier(digits.chars().next()) {
            sureness[at] = sureness[at].and(own);
            digits = &digits[1..];
        }
        if let Some(group) = qualifier(digits.chars().last()) {
            sureness[..=at].iter_mut().for_each(|part| *part = part.and(group));
            digits = &digits[..digits.len() - 1];
        }
        fields[at] = Some(digits);
    }
    let [year, month, day] = fields;
    if year.is_some_and(|year| year.len() > 4 && year.bytes().all(|byte| byte.is_ascii_digit())) && month.is_some() {
        return Err(error(text, YEARS));
    }
    let year = year.and_then(masked::<4>).ok_or_else(|| error(text, DATE))?;
    if year.range(1, 9999).is_none() {
        return Err(error(text, YEARS));
    }
    let two = |field: Option<&str>| match field {
        Some(field) => masked::<2>(field).map(Some).ok_or_else(|| error(text, DATE)),
        None => Ok(None),
    };
    let (month, day) = (two(month)?, two(day)?);
    let part = Part { year, month, day, sureness };
    if year.is_unknown() && month.is_none_or(Digits::is_unknown) {
        return Err(error(text, "a date of which more than nothing is known"));
    }
    if Part::months(month).is_none() {
        return Err(error(text, "a month from 01 to 12, or a season or quarter from 21 to 41"));
    }
    if let (Some(_), Some(month)) = (day, month.and_then(Digits::exact))
        && month > 12
    {
        return Err(error(text, "a season or quarter without a day"));
    }
    // A date without a year is tried against a leap year: 29 February may be meant.
    let anchored = if year.is_unknown() { Part { year: Digits::of(2000), ..part } } else { part };
    if anchored.earliest().is_none() {
        return Err(error(text, "a day that its month has"));
    }
    Ok(part)
}

/// Reads exactly `N` digits or `X`.
fn masked<const N: usize>(text: &str) -> Option<Digits<N>> {
    let mut digits = [None; N];
    if text.len() != N {
        return None;
    }
    for (slot, byte) in digits.iter_mut().zip(text.bytes()) {
        *slot = match byte {
            b'X' => None,
            b'0'..=b'9' => Some(byte - b'0'),
            _ => return None,
        };
    }
    Some(Digits(digits))
}

#[cfg(test)]
mod tests {
    use super::Edtf;

    #[test]
    fn every_partial_date_keeps_its_string_its_bounds_and_its_place() {
        let mut values = Vec::new();
        for year in ["0001", "1999", "2000", "9999", "201X", "19XX", "XXXX"] {
            for month in ["", "-01", "-02", "-12", "-1X", "-XX", "-21", "-24", "-33", "-36"] {
                for day in ["", "-01", "-29", "-3X", "-XX"] {
                    if month.is_empty() && !day.is_empty() {
                        continue;
                    }
                    for qualifier in ["", "?", "~", "%"] {
                        values.extend(Edtf::parse(&format!("{year}{month}{day}{qualifier}")).ok());
                    }
                }
            }
        }
        assert!(values.len() > 400, "{}", values.len());
        for value in &values {
            assert_eq!(Edtf::parse(&value.to_string()).as_ref(), Ok(value));
            assert!(!value.display().is_empty());
            assert!(value.earliest().is_none_or(|first| value.latest().is_some_and(|last| first <= last)), "{value}");
            assert_eq!(value.has_year(), !value.to_string().starts_with("XXXX"), "{value}");
        }
        let mut keys: Vec<_> = values.iter().map(Edtf::filing_key).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), values.len(), "no two values share a place");
    }

    #[test]
    fn an_imprecise_date_files_after_the_days_of_its_own_period() {
        let order = [
            "2011-07-31",
            "2011-08-01",
            "2011-08-31",
            "2011-08",
            "2011-09-01",
            "2011-12-31",
            "2011-12",
            "2011",
            "2012-01-01",
            "XXXX-03-18",
        ];
        let mut sorted: Vec<Edtf> = order.iter().rev().map(|text| Edtf::parse(text).expect(text)).collect();
        sorted.sort_by_key(Edtf::filing_key);
        assert_eq!(sorted.iter().map(ToString::to_string).collect::<Vec<_>>(), order);
    }

    #[test]
    fn what_is_read_is_written_again() {
        for text in [
            "2014-12-24",
            "2014-12",
            "2014",
            "0001",
            "9999-12-31",
            "201X",
            "20XX",
            "XXXX-03-24",
            "XXXX-03",
            "2004-XX",
            "2004-06-XX",
            "2004-XX-31",
            "1XXX-02-29",
            "2011-08~",
            "1984?",
            "2004-06-11%",
            "2020-03/2020-11",
            "2020-21",
            "2020-33",
            "2020/..",
            "../2020",
            "2020/",
            "/2020-02-29",
            "[1998-03-04,1998-04-03]",
            "[1667..1672]",
            "[..1672-12]",
            "[1672,1760-12..]",
            "{1667,1668-12}",
            "XXXX-02-29",
            "2004-1X",
            "1560-X2-31",
            "2004-06~-11",
            "?2004-06-~11",
            "2004-%06-11",
            "2004?-06-11",
            "156X-12-25",
            "15XX-12-XX",
            "1XXX-XX",
            "2001-41",
            "1985-04-12T23:20:30+04:30",
            "1985-04-12T24:00:00Z",
            "2004-06-~01/2004-06-~20",
        ] {
            let value = Edtf::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(value.to_string(), text);
            assert_eq!(Edtf::parse(&value.to_string()), Ok(value.clone()));
            if let (Some(first), Some(last)) = (value.earliest(), value.latest()) {
                assert!(first <= last, "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_date_is_refused_with_what_was_wanted() {
        for (text, wanted) in [
            ("", "a date such as"),
            ("14-12-24", "a date such as"),
            ("2014-13", "a month"),
            ("2014-02-30", "a day"),
            ("0000", "a year"),
            ("-0044", "a year"),
            ("Y170000", "a year"),
            ("2014-21-04", "without a day"),
            ("2020/2019", "not after"),
            ("../..", "one end"),
            ("[..]", "before or after"),
            ("XXXX", "more than"),
            ("2014-12T10:00:00", "a whole day"),
            ("2014-12-24T10:00", "time of day such"),
            ("2014-12-24T25:00:00Z", "time of day such"),
            ("2014-12-24T10:00:00/2015", "without a time"),
            ("1950S2", "`X`"),
            ("Y17E7", "a year"),
            ("2014-20", "a month"),
            ("2014-42", "a month"),
            ("1XX1-02-29", "a day that"),
            ("20??", "a date such as"),
            ("2014-12-24-1", "a date such"),
            ("٢٠١٤", "a date such"),
            ("2015-02-29", "a day that"),
        ] {
            let error = Edtf::parse(text).expect_err(text);
            assert!(error.wanted.contains(wanted), "{text}: {error}");
        }
    }
}
