//! Tells datelines and letter heads from other lines.
//!
//! What enters: a line and a date in it. What leaves: whether place and date stand there before the text, as a paper or
//! an agency sets them, or whether a line belongs to the head of a letter.

use super::super::labels::plain;
use super::super::layout::Layout;
use super::super::recognise::{Calendar, Expression};

/// The most characters that a place, with its agency, takes up before the date.
const PLACE: usize = 90;

/// So many dates in other calendars can stand before the Gregorian one of a dateline.
const MOST_EQUIVALENTS: usize = 3;

/// Words that open a sentence or a caption, and never a place.
const NO_PLACE: &[&str] = &[
    "on",
    "in",
    "since",
    "until",
    "by",
    "from",
    "before",
    "after",
    "between",
    "during",
    "as",
    "at",
    "the",
    "a",
    "this",
    "last",
    "next",
    "when",
    "while",
    "updated",
    "posted",
    "published",
    "modified",
    "copyright",
    "photo",
    "image",
    "figure",
    "source",
    "le",
    "am",
    "im",
    "seit",
    "bis",
    "vom",
    "depuis",
    "desde",
    "dal",
    "page",
    "vol",
    "volume",
    "no",
    "issue",
    "chapter",
    "section",
    "article",
    "act",
    "law",
    "resolution",
    "version",
    "release",
    "born",
    "died",
    "re",
    "tel",
    "phone",
    "fax",
    "deadline",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "and",
    "or",
    "to",
    "of",
    "for",
    "ended",
    "ending",
    "dated",
    "until",
    "effective",
    "expires",
    "due",
    "closes",
    "opens",
    "begins",
    "starts",
    "au",
    "zum",
    "al",
    "as of",
];

/// Tells whether a date belongs to a dateline.
pub(super) fn is_dateline(text: &str, layout: &Layout, dates: &[Expression], rank: usize, at: usize) -> bool {
    let line = &layout.lines[rank];
    let is_near = rank <= 14 || rank.abs_diff(layout.prose) <= 4 || rank > layout.prose && rank <= layout.prose + 3;
    if !is_near || dates[at].span.end > line.span.end && !line.is_prose {
        return false;
    }
    // A date of another calendar before it belongs to the same dateline.
    let mut first = at;
    while first > layout.dates(rank).start.max(at.saturating_sub(MOST_EQUIVALENTS))
        && dates[first - 1].calendar != Calendar::Gregorian
        && dates[first].span.start.saturating_sub(dates[first - 1].span.end) <= 60
    {
        first -= 1;
    }
    let Some(before) = text.get(line.span.start..dates[first].span.start) else { return false };
    let end = line.span.end.max(dates[at].span.end);
    // "Москва, 3 мая 2011 г. Профсоюзы …": one stop ends the abbreviation and the dateline.
    let stop = usize::from(text[..dates[at].span.end].ends_with('.'));
    let after = &text[dates[at].span.end - stop..text.floor_char_boundary((dates[at].span.end + 160).min(end))];
    let before = before.trim_start_matches(['*', '_', '#', '>', '-', ' ', '(', '[']);
    if before.is_empty() || before.len() > PLACE * 2 || before.chars().count() > PLACE {
        return false;
    }
    let (place, agency) = match before.split_once(['(', '[']) {
        // "Lahore (our correspondent) 14 May 2019"
        Some((place, rest)) if rest.trim_end().ends_with([')', ']', ',', '،']) && rest.contains([')', ']']) => {
            (place, None)
        }
        Some((place, rest)) => (place, Some(rest)),
        None => (before, None),
    };
    let place = without_article(place);
    // "CITY, COUNTRY - MARCH 3: …" is how picture agencies caption.
    let is_caption = place.trim_end().ends_with(['-', '–', '—']) && after.trim_start().starts_with(':');
    // "Hearing: 14 May 2019" is a label and its date, not a place.
    let is_label = place.trim_end().ends_with([':', '：']) && after.trim().is_empty();
    !is_caption && !is_label && is_place(place, agency.is_some()) && closes(after, agency.is_some(), place)
}

/// Takes "den", "le", "a" and the like off the end: they belong to the date.
fn without_article(place: &str) -> &str {
    let place = place.trim_end();
    let Some((rest, last)) = place.rsplit_once([' ', '\u{a0}']) else { return place };
    let is_article = [
        "den",
        "le",
        "a",
        "el",
        "al",
        "em",
        "ai",
        "li",
        "dne",
        "dnia",
        "den",
        "i",
        "في",
        "بتاريخ",
        "ngày",
        "the",
        "this",
        "on",
        "am",
        "on:",
        "مورخہ",
        "بتاریخ",
        "da",
        "il",
        "в",
    ]
    .contains(&last);
    if is_article { rest } else { place }
}

/// Tells whether words can name a place: few, each with a capital, without a sentence's marks.
fn is_place(place: &str, has_agency: bool) -> bool {
    let place = place.trim().trim_end_matches([',', '|', ':', '-', '–', '—', '،', '/', '*', '_', '.']).trim();
    if place.is_empty() || place.contains(['!', '?', ';', '"', '“', '=', '@']) {
        return false;
    }
    let words: Vec<&str> =
        place.split(|c: char| c.is_whitespace() || c == '/' || c == '|').filter(|word| !word.is_empty()).collect();
    let is_cased = place.chars().any(|c| c.is_uppercase());
    let is_uncased = !place.chars().any(|c| c.is_uppercase() || c.is_lowercase());
    if is_uncased {
        let is_lettered = place.chars().any(char::is_alphabetic);
        return is_lettered && words.len() <= if has_agency { 5 } else { 4 } && place.chars().count() <= 30;
    }
    let edge = |word: Option<&&str>| word.is_some_and(|word| NO_PLACE.contains(&plain(word).as_str()));
    if edge(words.first()) || edge(words.last()) {
        return false;
    }
    // "Argued January 19, 1988", "Revised 3 May 2011" say what happened, not where.
    if let [word] = words.as_slice()
        && word.len() > 4
        && word.ends_with("ed")
    {
        return false;
    }
    let is_shouted = !place.chars().any(char::is_lowercase);
    let most = if is_shouted { 12 } else { 7 };
    let is_capital = |word: &&str| {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let joins = [
            "de", "del", "la", "le", "el", "al", "of", "the", "and", "du", "des", "am", "an", "der", "di", "da", "do",
            "i", "y", "e", "sur", "upon", "in", "ul",
        ];
        word.is_empty()
            || word.starts_with(char::is_uppercase)
            || joins.contains(&word)
            || word.starts_with("al-")
            || word.starts_with("d'")
    };
    let digits = place.chars().filter(char::is_ascii_digit).count();
    is_cased && words.len() <= most && words.iter().all(is_capital) && digits == 0
}

/// Tells whether what follows the date closes a dateline.
fn closes(after: &str, has_agency: bool, place: &str) -> bool {
    let sentence =
        after.starts_with(". ") && place.trim_end().ends_with([',', '.', '،']) && place.split_whitespace().count() <= 4;
    let after = after.trim_start_matches([' ', '\u{a0}', '\t', '*', '_', '.', 'ء', 'م']);
    if sentence {
        return true;
    }
    if has_agency {
        return after.starts_with([')', ']']);
    }
    let after = after.strip_prefix(')').map_or(after, str::trim_start);
    if after.is_empty() {
        return true;
    }
    if after.starts_with(['-', '–', '—', '−', ':', '|', '/']) {
        return true;
    }
    if let Some(rest) = after.strip_prefix(['(', '[', ',']) {
        // "March 18 (Reuters) -", "March 18, Agency -"
        let near = &rest[..rest.floor_char_boundary(60)];
        return near
            .split_once([')', ']'])
            .is_some_and(|(_, rest)| rest.trim_start().starts_with(['-', '–', '—', ':']));
    }
    // "KYIV. 3 December. ABC.": the agency closes the line.
    let is_agency = after.chars().count() <= 12 && after.chars().all(|c| c.is_uppercase() || c == '.');
    let is_uncased = !place.chars().any(|c| c.is_uppercase() || c.is_lowercase());
    // 北京…日电, …日讯
    let is_wired = is_uncased && after.starts_with(['电', '電', '讯', '訊', '発']);
    is_agency || is_wired || is_uncased && after.chars().count() <= 24
}

/// Tells whether a line belongs to a letter's head: a salutation or an addressee.
pub(super) fn is_address(line: &str) -> bool {
    let near = &line[..line.floor_char_boundary(60)];
    let plain = plain(near);
    [
        "dear ",
        "the honorable ",
        "the honourable ",
        "hon ",
        "to whom it may concern",
        "to the ",
        "attn",
        "attention",
        "via ",
        "by email",
        "by e-mail",
        "by fax",
        "gentlemen",
        "sir",
        "madam",
        "his excellency",
        "her excellency",
        "your excellency",
        "sehr geehrte",
        "liebe ",
        "lieber ",
        "an die ",
        "an den ",
        "an das ",
        "madame",
        "monsieur",
        "mesdames",
        "cher ",
        "chere ",
        "a l'attention",
        "estimad",
        "querid",
        "senor",
        "excelentisim",
        "prezad",
        "caro ",
        "cara ",
        "exmo",
        "illustrissim",
        "gentile ",
        "egregio ",
        "spett",
        "уважаем",
        "дорог",
        "господин",
        "السيد",
        "محترم",
        "جناب",
        "بخدمت",
        "سیادة",
        "فضيلة",
        "sayin ",
        "kepada ",
        "yth",
        "kinh gui",
        "尊敬的",
        "敬啟者",
        "敬启者",
        "拝啓",
        "귀하",
        "존경하는",
        "माननीय",
        "सेवा में",
        "মাননীয়",
        "বরাবর",
        "open letter",
        "mr ",
        "mrs ",
        "ms ",
        "dr ",
        "mr. ",
        "mrs. ",
        "secretary ",
        "president ",
        "chairman ",
        "senator ",
        "prime minister",
    ]
    .iter()
    .any(|start| plain.starts_with(start) || start.strip_suffix(' ') == Some(plain.as_str()))
}
