//! What running text tells of the time before it.
//!
//! What enters: a text's prose and the dates in it. What leaves: clues for an editor, and the latest day that the text
//! speaks of as past, which the document cannot be older than. Nothing here dates a document: a day that is announced,
//! planned or merely named bounds nothing.

use super::context::Origin;
use super::layout::Layout;
use super::recognise::{Calendar, Expression, Form, Partial};
use super::tokens::{Kind, Token};
use super::{Clue, Edtf, Role};
use crate::text::Span;
use chrono::NaiveDate;

/// The most clues that are kept of one document.
const MOST_CLUES: usize = 12;

/// The most dates whose sentences are read; a text with more is a list.
const MOST_TOLD: usize = 400;

/// Collects clues from running text, and the latest day of which it speaks as past.
pub(super) fn running(
    text: &str,
    layout: &Layout,
    dates: &[Expression],
    tokens: &[Token],
    origin: Origin,
) -> (Vec<Clue>, Option<NaiveDate>) {
    let mut clues: Vec<(usize, Clue)> = Vec::new();
    let mut not_before: Option<NaiveDate> = None;
    let mentioned = |date: &&Expression| !matches!(date.form, Form::Address | Form::Compact);
    for date in dates.iter().filter(mentioned).take(MOST_TOLD) {
        let rank = layout.rank_of(date.span.start);
        let is_prose = layout.lines.get(rank).is_some_and(|line| line.is_prose);
        let past = if is_prose { told_as_past(text, date) } else { None };
        if let Some(value) = &past {
            not_before = not_before.max(value.earliest());
        }
        if clues.len() < MOST_CLUES {
            let evidence = origin.evidence(text, &date.span, layout.number(rank), Role::Mentioned);
            let suggests = match &past {
                Some(value) => format!("told as past, so not before {}", value.display()),
                None => hint(date),
            };
            clues.push((date.span.start, Clue { line: evidence.line, text: evidence.text, suggests }));
        }
    }
    for (at, token) in tokens.iter().enumerate() {
        let Kind::Number(year @ 1500..=2100, 4) = token.kind else { continue };
        let near = dates.partition_point(|date| date.span.end <= token.start);
        if dates.get(near).is_some_and(|date| date.span.start <= token.start) || !is_past(text, tokens, at) {
            continue;
        }
        let Some(day) = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1)) else { continue };
        not_before = not_before.max(Some(day));
        if clues.len() < MOST_CLUES {
            let evidence =
                origin.evidence(text, &token.span(), layout.number(layout.rank_of(token.start)), Role::Mentioned);
            let suggests = format!("told as past, so not before {year}");
            clues.push((token.start, Clue { line: evidence.line, text: evidence.text, suggests }));
        }
    }
    clues.sort_by_key(|(place, _)| *place);
    (clues.into_iter().map(|(_, clue)| clue).collect(), not_before)
}

/// Says what a date in running text hints at.
fn hint(date: &Expression) -> String {
    let name = match date.calendar {
        Calendar::Gregorian => return "a date in the text".to_owned(),
        Calendar::Era => "a date counted from an era's first year",
        Calendar::SolarHijri => "a Solar Hijri date",
        Calendar::Hijri => "a Hijri date",
        Calendar::Indian => "a date in an Indian calendar",
        Calendar::Ethiopian => "an Ethiopian date",
        Calendar::Hebrew => "a Hebrew date",
    };
    match value(&date.readings) {
        Some(value) => format!("{name}, in ours {}", value.display()),
        None => name.to_owned(),
    }
}

/// Gives the value of readings.
fn value(readings: &[Partial]) -> Option<Edtf> {
    let value = |reading: &Partial| Edtf::partial(reading.year, reading.month, reading.day);
    Edtf::one_of(&readings.iter().filter_map(value).collect::<Vec<_>>())
}

/// So many bytes on either side of a date belong to its sentence at most.
const NEAR: usize = 220;

/// Gives the sentence round a span, without what stands further off.
fn sentence(text: &str, span: &Span) -> (String, String) {
    let far = text.ceil_char_boundary(span.start.saturating_sub(NEAR));
    let before = &text[far..span.start];
    let near = text.floor_char_boundary((span.end + NEAR).min(text.len()));
    let after = &text[span.end..near];
    let ends = |c: char| matches!(c, '!' | '?' | '।' | '۔' | '。' | '؟' | '\u{2029}');
    // A full stop after a short word or a number is more often an abbreviation than an end.
    let is_stop = |text: &str, at: usize| {
        let word = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        text[at..].starts_with('.')
            && text[at + 1..].starts_with(char::is_whitespace)
            && word.chars().count() > 3
            && !word.ends_with(|c: char| c.is_ascii_digit())
    };
    let is_end =
        |text: &str, at: usize, c: char| ends(c) || c == '.' && is_stop(text, at) || text[at..].starts_with("\n\n");
    let start =
        before.char_indices().rev().find(|(at, c)| is_end(before, *at, *c)).map_or(0, |(at, c)| at + c.len_utf8());
    let end = after.char_indices().find(|(at, c)| is_end(after, *at, *c)).map_or(after.len(), |(at, _)| at);
    (before[start..].to_lowercase(), after[..end].to_lowercase())
}

/// Words that tell of what has happened.
const PAST: &[&str] = &[
    // English
    "was",
    "were",
    "had",
    "became",
    "began",
    "left",
    "won",
    "fell",
    "came",
    "wrote",
    "said",
    "told",
    "met",
    "held",
    "took",
    "gave",
    "made",
    "went",
    "saw",
    "led",
    "broke",
    "spoke",
    "sent",
    "brought",
    "heard",
    "lost",
    "shot",
    "fought",
    "struck",
    "stood",
    "grew",
    "did",
    "rose",
    "drew",
    // German
    "war",
    "waren",
    "wurde",
    "wurden",
    "hatte",
    "hatten",
    "fand",
    "fanden",
    "starb",
    "begann",
    "kam",
    "kamen",
    // French
    "était",
    "étaient",
    "avait",
    "avaient",
    "fut",
    "furent",
    "eut",
    "été",
    // Spanish
    "fue",
    "fueron",
    "era",
    "eran",
    "había",
    "habían",
    "tuvo",
    "murió",
    "dijo",
    "hizo",
    // Portuguese
    "foi",
    "foram",
    "tinha",
    "disse",
    "morreu",
    "houve",
    // Italian
    "fu",
    "furono",
    "stato",
    "stata",
    "stati",
    "aveva",
    "avevano",
    // Russian
    "был",
    "была",
    "было",
    "были",
    "прошел",
    "прошёл",
    "прошла",
    "прошли",
    "стал",
    "стала",
    "умер",
    "погиб",
    "погибли",
    "произошел",
    "произошёл",
    "произошла",
    // Turkish
    "oldu",
    "edildi",
    "yapıldı",
    "düzenlendi",
    "gerçekleşti",
    "başladı",
    "öldü",
    "katıldı",
    "açıklandı",
    // Urdu and Hindi
    "تھا",
    "تھی",
    "تھے",
    "گیا",
    "گئی",
    "گئے",
    "ہوا",
    "ہوئی",
    "ہوئے",
    "था",
    "थी",
    "थे",
    "गया",
    "गई",
    "गए",
    "हुआ",
    "हुई",
    "हुए",
    // Persian and Arabic
    "شد",
    "شدند",
    "بود",
    "بودند",
    "کرد",
    "کردند",
    "كان",
    "كانت",
    "كانوا",
    "قال",
    "قتل",
    "وقعت",
    // Bengali, Indonesian, Vietnamese
    "ছিল",
    "হয়েছিল",
    "হয়েছে",
    "telah",
    "đã",
];

/// Words that tell of what is still to come, or of what somebody only plans.
const AHEAD: &[&str] = &[
    "will",
    "shall",
    "would",
    "scheduled",
    "planned",
    "expected",
    "upcoming",
    "until",
    "take",
    "takes",
    "due",
    "deadline",
    "wird",
    "werden",
    "soll",
    "sollen",
    "geplant",
    "bis",
    "sera",
    "seront",
    "aura",
    "auront",
    "prévu",
    "prévue",
    "jusqu",
    "será",
    "serán",
    "tendrá",
    "previsto",
    "prevista",
    "hasta",
    "serão",
    "terá",
    "até",
    "sarà",
    "terrà",
    "saranno",
    "fino",
    "будет",
    "будут",
    "состоится",
    "состоятся",
    "планируется",
    "olacak",
    "yapılacak",
    "ہوگا",
    "ہوگی",
    "گا",
    "گی",
    "گے",
    "होगा",
    "होगी",
    "होंगे",
    "خواهد",
    "سوف",
    "سيتم",
    "হবে",
    "akan",
    "sẽ",
];

/// Words right before a date that make it an aim or an end.
const AIMS: &[&str] = &[
    "for", "until", "till", "by", "before", "für", "bis", "vor", "pour", "avant", "para", "hasta", "antes", "per",
    "на", "до",
];

/// Gives the value of a date that its sentence tells as past.
fn told_as_past(text: &str, date: &Expression) -> Option<Edtf> {
    let single = date.single().filter(|reading| reading.year.is_some())?;
    let (before, after) = sentence(text, &date.span);
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !(c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c)))
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (before, after) = (words(&before), words(&after));
    let nearest = before.iter().rev().find(|word| !matches!(word.as_str(), "the" | "le" | "el" | "den" | "dem" | "il"));
    if nearest.is_some_and(|word| AIMS.contains(&word.as_str())) {
        return None;
    }
    let all = || before.iter().chain(&after);
    let tells = |word: &String| PAST.contains(&word.as_str()) || is_inflected(word);
    (all().any(tells) && !all().any(|word| AHEAD.contains(&word.as_str())))
        .then(|| date.period.clone().or_else(|| Edtf::partial(single.year, single.month, single.day)))
        .flatten()
}

/// Tells whether a word's ending is that of a past tense and of little else.
fn is_inflected(word: &str) -> bool {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    word.is_ascii() && word.len() > 4 && ends(&["ed"]) && !ends(&["eed", "need"])
        || word.len() > 6 && ends(&["aron", "ieron", "лся", "лась", "лись", "лось"])
        || word.len() > 4 && ends(&["ó"])
}

/// Tells whether a bare year is spoken of as past: "since 1989", "was elected … in 2011".
fn is_past(text: &str, tokens: &[Token], at: usize) -> bool {
    let words: Vec<String> = tokens[at.saturating_sub(24)..at]
        .iter()
        .rev()
        .take_while(|token| !matches!(token.kind, Kind::Gap | Kind::Mark('.' | '!' | '?' | '/' | '-' | ':')))
        .filter(|token| matches!(token.kind, Kind::Word(_)))
        .map(|token| text[token.span()].to_lowercase())
        .take(10)
        .collect();
    let Some(first) = words.first() else { return false };
    if ["since", "seit", "depuis", "desde", "dal", "sejak"].contains(&first.as_str()) {
        return true;
    }
    let is_verb = |word: &String| {
        matches!(word.as_str(), "was" | "were" | "had" | "became" | "began" | "left" | "won" | "fell" | "came")
            || word.len() > 4 && word.ends_with("ed")
    };
    let is_ahead = |word: &String| {
        matches!(word.as_str(), "will" | "by" | "until" | "scheduled" | "planned" | "expected" | "shall")
    };
    first == "in" && words.iter().any(is_verb) && !words.iter().any(is_ahead)
}

#[cfg(test)]
mod tests {
    use super::super::{Clues, Habits, decide, gather};

    /// Gives the first day that a document with this sentence can be of.
    fn not_before(sentence: &str) -> Option<String> {
        let filler = "Nothing in these lines names a day, and they only make the paragraph long enough to be prose. ";
        let text = format!("{filler}{sentence} {filler}\n\n{filler}{filler}\n");
        let dating =
            decide(gather(&Clues { path: "a.txt", text: &text, body: 0..text.len(), fields: &[] }), &Habits::default());
        assert!(dating.filed.is_none(), "{sentence}");
        dating.bounds.earliest.map(|day| day.to_string())
    }

    #[test]
    fn a_day_told_as_past_is_the_earliest() {
        for (sentence, day) in [
            ("On February 5, 2006, the paper wrote of it.", "2006-02-05"),
            ("The union was founded on 3 May 2011 in Lahore.", "2011-05-03"),
            ("Il a été arrêté le 4 mars 2019 à Tunis.", "2019-03-04"),
            ("Die Versammlung fand am 7. Juni 2018 in Köln statt.", "2018-06-07"),
            ("La marcha fue el 12 de agosto de 2017 en Lima.", "2017-08-12"),
            ("Митинг состоялся 5 марта 2016 года в Москве.", "2016-03-05"),
            ("یہ جلسہ 5 مارچ 2016 کو لاہور میں ہوا۔", "2016-03-05"),
            ("सभा 5 मार्च 2016 को हुई थी।", "2016-03-05"),
            ("It met in May 2010 and was closed on 2 June 2012.", "2012-06-02"),
        ] {
            assert_eq!(not_before(sentence).as_deref(), Some(day), "{sentence}");
        }
    }

    #[test]
    fn a_day_to_come_or_merely_named_bounds_nothing() {
        for sentence in [
            "The congress will be held on 3 May 2031 in Lahore.",
            "They called a rally for 3 May 2031 in Lahore.",
            "La marche aura lieu le 4 mars 2031 à Tunis.",
            "Die Wahl wurde verschoben und wird am 7. Juni 2031 nachgeholt.",
            "Compare the Act of 5 May 2010 on this.",
            "Eleições previstas: será em 4 de março de 2031.",
        ] {
            assert_eq!(not_before(sentence), None, "{sentence}");
        }
    }
}
