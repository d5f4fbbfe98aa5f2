//! Days that a text tells by their distance from its own.
//!
//! What enters: the first paragraph of a text. What leaves: its weekdays, "yesterday", "last week", "next month" and
//! the like, which the document's date resolves. A weekday of a sentence about the future is kept only where the text
//! says that it is the coming one; "next Tuesday", which English uses for two days, keeps both.

use super::context::Origin;
use super::layout::Layout;
use super::recognise::{Expression, Partial};
use super::tokens::{Kind, Token};
use super::{Edtf, Evidence, Role};
use aho_corasick::{AhoCorasick, MatchKind};
use chrono::{Datelike, Days, Months, NaiveDate};
use std::sync::LazyLock;

/// A day that the text reports by a relative word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reported {
    /// How the day follows from that of the document.
    pub(super) when: Relative,
    /// The words.
    pub(super) evidence: Evidence,
    /// The word itself.
    pub(super) verbatim: String,
}

/// A day, week or month told by its distance from the document's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relative {
    /// The last such weekday, 1 Monday to 7 Sunday.
    Weekday(u8),
    /// The first such weekday after the document's day.
    Coming(u8),
    /// The coming weekday or that of the week after: writers differ.
    Next(u8),
    /// So many days later.
    Days(i64),
    /// The week, Monday to Sunday, so many weeks later.
    Weeks(i64),
    /// The month so many months later.
    Months(i32),
}

impl Relative {
    /// Resolves it against the document's day.
    pub(super) fn from(self, day: NaiveDate) -> Option<Edtf> {
        let after = |days: i64| day.checked_add_signed(chrono::TimeDelta::days(days));
        let own = i64::from(day.weekday().number_from_monday());
        let coming = |weekday: u8| (i64::from(weekday) - own - 1).rem_euclid(7) + 1;
        match self {
            Self::Weekday(weekday) => Edtf::day(after(-(own - i64::from(weekday)).rem_euclid(7))?),
            Self::Coming(weekday) => Edtf::day(after(coming(weekday))?),
            Self::Next(weekday) => {
                let first = coming(weekday);
                Edtf::one_of(&[Edtf::day(after(first)?)?, Edtf::day(after(first + 7)?)?])
            }
            Self::Days(days) => Edtf::day(after(days)?),
            Self::Weeks(weeks) => {
                let monday = after(weeks * 7 + 1 - own)?;
                Edtf::between(Some(monday), monday.checked_add_days(Days::new(6)))
            }
            Self::Months(months) => {
                let distance = Months::new(months.unsigned_abs());
                let first = day.with_day(1)?;
                let month =
                    if months < 0 { first.checked_sub_months(distance) } else { first.checked_add_months(distance) }?;
                let reading = Partial::new(Some(month.year()), Some(month.month()), None)?;
                Edtf::partial(reading.year, reading.month, None)
            }
        }
    }
}

/// Words for days, weeks and months by their distance, `|` between them.
const PHRASES: &[(Relative, &str)] = &[
    (
        Relative::Days(-1),
        "yesterday|gestern|hier|ayer|ontem|ieri|вчера|dün|kemarin|hôm qua|گزشتہ روز|دیروز|أمس|امس|कल शाम|গতকাল|昨天|昨日|어제",
    ),
    (
        Relative::Days(1),
        "tomorrow|demain|mañana|amanhã|domani|завтра|yarın|besok|ngày mai|فردا|غداً|غدا|আগামীকাল|明天|明日|내일",
    ),
    (
        Relative::Weeks(-1),
        "last week|letzte woche|letzten woche|vergangene woche|vergangenen woche|vorige woche|la semaine dernière|semaine passée|la semana pasada|a semana passada|na semana passada|la settimana scorsa|settimana scorsa|на прошлой неделе|geçen hafta|minggu lalu|tuần trước|گزشتہ ہفتے|پچھلے ہفتے|هفته گذشته|الأسبوع الماضي|पिछले हफ्ते|पिछले सप्ताह|গত সপ্তাহে|上周|上週|先週|지난주",
    ),
    (
        Relative::Weeks(1),
        "next week|nächste woche|nächsten woche|kommende woche|kommenden woche|la semaine prochaine|la próxima semana|a próxima semana|na próxima semana|la prossima settimana|на следующей неделе|gelecek hafta|minggu depan|tuần tới|اگلے ہفتے|هفته آینده|الأسبوع المقبل|अगले हफ्ते|अगले सप्ताह|আগামী সপ্তাহে|下周|下週|来週|다음 주",
    ),
    (
        Relative::Months(-1),
        "last month|letzten monat|vergangenen monat|le mois dernier|el mes pasado|no mês passado|o mês passado|il mese scorso|lo scorso mese|в прошлом месяце|geçen ay|bulan lalu|tháng trước|گزشتہ ماہ|پچھلے مہینے|ماه گذشته|الشهر الماضي|पिछले महीने|গত মাসে|上个月|上個月|先月|지난달",
    ),
    (
        Relative::Months(1),
        "next month|nächsten monat|kommenden monat|le mois prochain|el próximo mes|no próximo mês|il prossimo mese|il mese prossimo|в следующем месяце|gelecek ay|bulan depan|tháng tới|اگلے ماہ|اگلے مہینے|ماه آینده|الشهر المقبل|अगले महीने|আগামী মাসে|下个月|下個月|来月|다음 달",
    ),
];

/// The phrases as one machine, with what each means.
static MACHINE: LazyLock<(AhoCorasick, Vec<Relative>)> = LazyLock::new(|| {
    let (mut phrases, mut meanings) = (Vec::new(), Vec::new());
    for (relative, words) in PHRASES {
        for phrase in words.split('|') {
            phrases.push(phrase.to_owned());
            meanings.push(*relative);
            // Only ASCII letters are compared without their case.
            let mut letters = phrase.chars();
            if let Some(first) = letters.next().filter(|first| !first.is_ascii() && first.is_lowercase()) {
                phrases.push(first.to_uppercase().chain(letters).collect());
                meanings.push(*relative);
            }
        }
    }
    let machine =
        AhoCorasick::builder().ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).build(phrases);
    (machine.expect("the phrases are fixed and few"), meanings)
});

/// The most days of this kind that are kept of one document.
const MOST: usize = 4;

/// Finds the days, weeks and months that the first paragraph tells by their distance.
pub(super) fn relative(
    text: &str,
    layout: &Layout,
    dates: &[Expression],
    tokens: &[Token],
    origin: Origin,
) -> Vec<Reported> {
    let Some(first) = layout.lines.get(layout.prose) else { return Vec::new() };
    let mut last = layout.prose;
    while layout.lines.get(last + 1).is_some_and(|next| next.is_prose && layout.is_right_below(next.rank)) {
        last += 1;
    }
    let start = first.span.start;
    let end = text.floor_char_boundary(layout.lines[last].span.end.min(start + 1500));
    let mut found: Vec<(usize, usize, Relative)> = phrases(text, start, end);
    let from = tokens.partition_point(|token| token.start < start);
    for token in tokens[from..].iter().take_while(|token| token.start < end) {
        let Kind::Word(sense) = token.kind else { continue };
        let next_date = dates.partition_point(|date| date.span.end <= token.start);
        if dates.get(next_date).is_some_and(|date| date.span.start <= token.start) {
            continue;
        }
        let Some(weekday) = sense.weekday.filter(|_| text[token.span()].chars().count() >= 4) else { continue };
        found.extend(side(text, token, weekday).map(|when| (token.start, token.end, when)));
    }
    found.sort_by_key(|(start, ..)| *start);
    let mut reported: Vec<Reported> = Vec::new();
    for (start, end, when) in found {
        if reported.len() >= MOST || reported.iter().any(|other| other.when == when) {
            continue;
        }
        let number = layout.number(layout.rank_of(start));
        let evidence = origin.evidence(text, &(start..end), number, Role::Event);
        reported.push(Reported { when, evidence, verbatim: text[start..end].to_owned() });
    }
    reported
}

/// Finds the phrases that stand between two places as words of their own.
fn phrases(text: &str, start: usize, end: usize) -> Vec<(usize, usize, Relative)> {
    let (machine, meanings) = &*MACHINE;
    let is_spaced = |c: char| c.is_alphabetic() && u32::from(c) < 0x2e80;
    machine
        .find_iter(&text[start..end])
        .filter_map(|found| {
            let (from, to) = (start + found.start(), start + found.end());
            let before = text[..from].chars().next_back().is_some_and(is_spaced);
            let after = text[to..].chars().next().is_some_and(is_spaced);
            // "Hier" is yesterday in French and "here" in German; "mañana" is also the morning.
            let word = text[from..to].to_lowercase();
            let is_doubtful =
                word == "hier" && !is_french(text) || word == "mañana" && text[..from].trim_end().ends_with(" la");
            (!before && !after && !is_doubtful).then(|| (from, to, meanings[found.pattern().as_usize()]))
        })
        .collect()
}

/// Tells whether a text's small words are those of French rather than of German.
fn is_french(text: &str) -> bool {
    let near = &text[..text.floor_char_boundary(4000)];
    let count = |words: &[&str]| near.split_whitespace().filter(|word| words.contains(word)).count();
    count(&["le", "la", "les", "des", "et", "du"]) > count(&["der", "die", "das", "und", "den", "ist"])
}

/// Tells on which side of the document's day a weekday lies; `None` where the text leaves it open.
fn side(text: &str, token: &Token, weekday: u8) -> Option<Relative> {
    let before = &text[text.ceil_char_boundary(token.start.saturating_sub(80))..token.start];
    let sentence = before.rsplit(['.', '!', '?', '\n']).next().unwrap_or_default().to_lowercase();
    let words: Vec<&str> = sentence.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let after = text[token.end..text.floor_char_boundary((token.end + 24).min(text.len()))].to_lowercase();
    let after = after.trim_start();
    let last = words.last().copied().unwrap_or_default();
    if ["every", "each", "jeden", "chaque", "cada", "ogni", "каждый", "каждую"].contains(&last) {
        return None;
    }
    if last == "next" {
        return Some(Relative::Next(weekday));
    }
    let comes =
        ["coming", "kommenden", "kommender", "nächsten", "próximo", "próxima", "prossimo", "prossima", "ближайший"];
    if comes.contains(&last) || after.starts_with("prochain") || after.starts_with("que viene") {
        return Some(Relative::Coming(weekday));
    }
    let ahead = [
        "will",
        "next",
        "upcoming",
        "coming",
        "until",
        "every",
        "each",
        "shall",
        "scheduled",
        "planned",
        "demain",
        "prochain",
        "nächsten",
        "kommenden",
        "wird",
        "werden",
        "próximo",
        "sera",
        "aura",
        "será",
        "sarà",
        "будет",
        "состоится",
        "akan",
    ];
    (!words.iter().any(|word| ahead.contains(word))).then_some(Relative::Weekday(weekday))
}

#[cfg(test)]
mod tests {
    use super::Relative;
    use chrono::NaiveDate;

    #[test]
    fn distances_are_counted_from_the_documents_day() {
        // A Wednesday.
        let day: NaiveDate = "2014-12-24".parse().expect("a day");
        for (relative, value) in [
            (Relative::Weekday(2), "2014-12-23"),
            (Relative::Weekday(3), "2014-12-24"),
            (Relative::Weekday(4), "2014-12-18"),
            (Relative::Coming(2), "2014-12-30"),
            (Relative::Coming(3), "2014-12-31"),
            (Relative::Next(5), "[2014-12-26,2015-01-02]"),
            (Relative::Days(-1), "2014-12-23"),
            (Relative::Days(1), "2014-12-25"),
            (Relative::Weeks(-1), "2014-12-15/2014-12-21"),
            (Relative::Weeks(1), "2014-12-29/2015-01-04"),
            (Relative::Months(-1), "2014-11"),
            (Relative::Months(1), "2015-01"),
        ] {
            assert_eq!(relative.from(day).map(|value| value.to_string()).as_deref(), Some(value), "{relative:?}");
        }
    }
}
