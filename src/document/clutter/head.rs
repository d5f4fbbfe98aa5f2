//! Page furniture above a text.

use super::{Filled, Page, is_sentence, phrase};
use crate::document::Format;
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

/// How many lines directly above the text can be its title, byline and date.
const TITLE_LINES: usize = 8;

/// The fewest lines that make a list of links.
const SHORTEST_LINK_LIST: usize = 12;

/// Marks the furniture at the head.
pub(super) fn mark(page: &Page<'_>, rules: &mut [Option<(&'static str, Span)>]) {
    if page.lines.is_empty() {
        return;
    }
    let edge = page.lines.len().min(super::DEEPEST_EDGE);
    let first = (0..edge).find(|index| !is_editor_s_note(page.content(*index))).unwrap_or(edge);
    let is_body = |index: &usize| page.is_sentence(*index) && !page.is_navigation(*index);
    let body = (first..edge).find(is_body).unwrap_or(edge);
    mark_prefix(page, first, rules);
    // Without any text below there is no head either.
    if body == page.lines.len() {
        mark_lone_navigation(page, rules);
        return;
    }
    for (index, line) in page.lines.iter().enumerate().take(body).skip(first) {
        if let Some(rule) = rule_of(page, index, first, body) {
            rules[index] = Some((rule, line.span.clone()));
        }
    }
    mark_repeated_titles(page, body, rules);
    mark_link_list(page, body, rules);
    mark_recurring(page, body, rules);
    mark_sidebar_heading(page, first, body, rules);
    mark_caption(page, body, rules);
}

/// Whether a line is a note in square brackets, as editors set it above a text.
fn is_editor_s_note(content: &str) -> bool {
    content.starts_with('[') && content.ends_with(']') && !content[1..content.len() - 1].contains(['[', ']'])
}

/// Marks navigation in a capture that holds no sentence, from the first line on.
fn mark_lone_navigation(page: &Page<'_>, rules: &mut [Option<(&'static str, Span)>]) {
    for (index, rule) in rules.iter_mut().enumerate() {
        let Some(name) = rule_of(page, index, 0, page.lines.len()) else { break };
        *rule = Some((name, page.lines[index].span.clone()));
    }
}

/// Names the rule by which a line of the head is furniture on its own account.
fn rule_of(page: &Page<'_>, index: usize, first: usize, body: usize) -> Option<&'static str> {
    let content = page.content(index);
    let line = &page.lines[index];
    if page.is_navigation(index) && !is_heading(page, index) {
        Some("site-navigation")
    } else if phrase::is_stamp(content) {
        Some("print-stamp")
    } else if phrase::is_breadcrumb(content) || is_lone_bullet(page, index, body) {
        Some("breadcrumb")
    } else if index == first && line.is_last && !is_heading(page, index) && is_theme_name(page, index) {
        Some("theme-name")
    } else if phrase::is_picture(content) && line.is_first && line.is_last && index + 1 < body.max(2) {
        Some("image-alternative")
    } else {
        None
    }
}

/// Whether a Markdown line is a heading, which is never mere navigation directly above text.
fn is_heading(page: &Page<'_>, index: usize) -> bool {
    page.format.is_markdown() && page.text[page.lines[index].span.clone()].starts_with("# ")
}

/// Marks what a harvester wrote before the first line.
fn mark_prefix(page: &Page<'_>, first: usize, rules: &mut [Option<(&'static str, Span)>]) {
    static PREFIX: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:date|published|pubdate|publish_date|date_published|crawl_date|timestamp)\s*[:=]?\s*\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+\-]\d{2}:?\d{2})?)?(?:\s+|$)")
            .expect("the pattern is fixed")
    });
    let Some(line) = page.lines.get(first) else { return };
    if let Some(prefix) = PREFIX.find(&page.text[line.span.clone()])
        && prefix.end() < line.span.len()
    {
        let length = prefix.as_str().trim_end().len();
        rules[first] = Some(("harvest-prefix", line.span.start..line.span.start + length));
    }
}

/// Whether a line is a single bulleted line of names above the title, as sites print their categories.
fn is_lone_bullet(page: &Page<'_>, index: usize, body: usize) -> bool {
    let bulleted = |index: usize| {
        page.lines
            .get(index)
            .is_some_and(|line: &Filled| page.text[line.span.clone()].starts_with(['•', '·', '‣', '▪']))
    };
    let content = page.content(index);
    let words = content.split_whitespace().count();
    page.format == Format::Plain
        && bulleted(index)
        && !bulleted(index + 1)
        && (index == 0 || !bulleted(index - 1))
        && index + 1 < body
        && index < TITLE_LINES
        && (2..=24).contains(&words)
        && !content.ends_with(['.', ':', ';', '?', '!'])
        && page.lines[index].is_last
}

/// Whether the first line is the name and number of a program, which the text never mentions again.
fn is_theme_name(page: &Page<'_>, index: usize) -> bool {
    static THEME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(\p{Lu}\p{L}{2,})(?: \p{Lu}?\p{L}+)? v?\d{1,2}(?:\.\d+)*$").expect("the pattern is fixed")
    });
    const PARTS: &[&str] = &[
        "chapter",
        "part",
        "article",
        "section",
        "volume",
        "vol",
        "number",
        "issue",
        "annex",
        "appendix",
        "day",
        "week",
        "session",
        "lesson",
        "unit",
        "page",
        "document",
        "no",
        "item",
        "resolution",
        "decree",
        "act",
        "law",
        "book",
        "letter",
        "paragraph",
        "figure",
        "table",
        "exhibit",
        "schedule",
        "phase",
        "stage",
        "round",
        "group",
        "question",
        "meeting",
        "conference",
        "congress",
        "assembly",
        "bulletin",
        "newsletter",
        "circular",
        "communique",
        "communiqué",
        "statement",
        "notice",
        "report",
        "minutes",
        "appeal",
        "leaflet",
        "memorandum",
        "motion",
        "bill",
        "petition",
        "chapitre",
        "partie",
        "titre",
        "numéro",
        "annexe",
        "jour",
        "semaine",
        "réunion",
        "congrès",
        "circulaire",
        "lettre",
        "tract",
        "résolution",
        "loi",
        "kapitel",
        "teil",
        "artikel",
        "abschnitt",
        "band",
        "nummer",
        "ausgabe",
        "anlage",
        "anhang",
        "tag",
        "woche",
        "sitzung",
        "protokoll",
        "rundbrief",
        "flugblatt",
        "mitteilung",
        "capítulo",
        "parte",
        "artículo",
        "número",
        "anexo",
        "día",
        "semana",
        "reunión",
        "congreso",
        "boletín",
        "carta",
        "resolución",
        "artigo",
        "capitolo",
        "articolo",
        "numero",
        "allegato",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "januar",
        "februar",
        "märz",
        "mai",
        "juni",
        "juli",
        "oktober",
        "dezember",
        "глава",
        "часть",
        "статья",
        "номер",
        "bölüm",
        "madde",
        "bab",
        "chương",
        "rozdział",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let Some(name) = THEME.captures(page.content(index)).and_then(|found| found.get(1)) else { return false };
    let rest = &page.text[page.lines[index].span.end..];
    !PARTS.contains(&name.as_str().to_lowercase().as_str()) && !rest.contains(name.as_str())
}

/// Marks lines above the title that say the title with the site's name before or after it.
fn mark_repeated_titles(page: &Page<'_>, body: usize, rules: &mut [Option<(&'static str, Span)>]) {
    let from = body.saturating_sub(4 * TITLE_LINES);
    let folded: Vec<String> = (0..body).map(|index| phrase::folded(page.content(index))).collect();
    for index in (0..body.min(TITLE_LINES)).chain(from.max(TITLE_LINES.min(body))..body) {
        let line = &folded[index];
        let last = (index + 1 + TITLE_LINES).min(body);
        let title = (index + 1..last).find(|other| {
            let title = &folded[*other];
            let letters = title.chars().filter(|c| c.is_alphabetic()).count();
            let is_long_enough = title.split_whitespace().count() >= 3 && letters >= 12 && !title.contains(" masked");
            let holds = line == title || is_site_title(line, title);
            is_long_enough && holds && rules[*other].is_none()
        });
        if title.is_some() && rules[index].is_none() && !(is_heading(page, index) && line != &folded[index + 1]) {
            rules[index] = Some(("repeated-title", page.lines[index].span.clone()));
        }
    }
}

/// Whether a line is a title with a site's name set before or after it by a sign.
fn is_site_title(line: &str, title: &str) -> bool {
    let added = line.strip_suffix(title).or_else(|| line.strip_prefix(title));
    added.is_some_and(|added| {
        let added = added.trim();
        (2..=80).contains(&added.chars().count())
            && (added.ends_with([',', ':', '|', '-', '–', '—', '»', '>', '/', '·'])
                || added.starts_with(['|', '-', '–', '—', '»', '«', '<', '>', '/', ':', '·', ',', '(']))
    })
}

/// Marks a long run of short lines between which navigation stands; the lines directly above the text stay.
fn mark_link_list(page: &Page<'_>, body: usize, rules: &mut [Option<(&'static str, Span)>]) {
    if body < SHORTEST_LINK_LIST {
        return;
    }
    let is_navigation = |index: &usize| matches!(rules[*index], Some(("site-navigation", _)));
    let hits = (0..body).filter(is_navigation).count();
    let Some(last) = (0..body).rfind(is_navigation) else { return };
    if hits < 3 {
        return;
    }
    // In a very long head the lists go on below the last phrase that is known.
    let last = if body >= 2 * SHORTEST_LINK_LIST { body } else { last }.min(body.saturating_sub(TITLE_LINES));
    for (index, rule) in rules.iter_mut().enumerate().take(last) {
        let content = page.content(index);
        let is_link = content.split_whitespace().count() <= 6 && content.chars().count() <= 60;
        if rule.is_none() && is_link && !has_year(content) && !is_kind(content) && !content.contains(" masked]") {
            *rule = Some(("link-list", page.lines[index].span.clone()));
        }
    }
}

/// Whether a line holds a year of four figures, so that it may date the text.
fn has_year(content: &str) -> bool {
    content.split(|c: char| !c.is_numeric()).any(|digits| digits.chars().count() == 4)
}

/// Whether a line says what the document is.
fn is_kind(content: &str) -> bool {
    static KIND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)press|release|statement|communiqué|declaration|interview|letter|minutes|speech|report|notice|pressemitteilung|erklärung|comunicado|comunicato|déclaration|заявление|بيان|بیان|声明")
            .expect("the pattern is fixed")
    });
    content.chars().count() > 8 && KIND.is_match(content)
}

/// Marks recurring lines, where other furniture or several of them show that this is a site's head.
fn mark_recurring(page: &Page<'_>, body: usize, rules: &mut [Option<(&'static str, Span)>]) {
    let recurring: Vec<usize> = (0..body)
        .filter(|index| rules[*index].is_none() && page.recurs(*index) && !is_kind(page.content(*index)))
        .collect();
    let others = rules[..body].iter().filter(|rule| rule.is_some()).count();
    if others == 0 && recurring.len() < 3 {
        return;
    }
    for index in recurring {
        rules[index] = Some(("recurring-line", page.lines[index].span.clone()));
    }
}

/// Marks a sidebar's heading: the first line, short, ended by a colon, with a title of its own below it.
fn mark_sidebar_heading(page: &Page<'_>, first: usize, body: usize, rules: &mut [Option<(&'static str, Span)>]) {
    static OPENING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:dear|to|from|subject|re|cc|date|att|attn|attention|honou?rable|comrades?|friends?|sirs?|ladies|gentlemen|colleagues|brothers|sisters|mr|mrs|ms|dr|president|chers?|chères?|mesdames|messieurs|objet|liebe|sehr|werte|betreff|an|von|estimad[oa]s?|querid[oa]s?|compañer[oa]s?|asunto|car[ioae]|prezad[oa]s?|egregi[oa]?|oggetto|уважаем\p{L}*|дорог\p{L}*|товарищи|sayın|değerli|contacts?|press|media|for|issued|resolution|statement|summary|abstract|question|q)\b")
            .expect("the pattern is fixed")
    });
    let Some(first) = (first..body).find(|index| rules[*index].is_none()) else { return };
    let content = page.content(first);
    let words = content.split_whitespace().count();
    let is_capitals = !content.contains(char::is_lowercase);
    let next = first + 1;
    let is_title_below = next < body && page.lines[next].is_first && page.lines[next].is_last && {
        let title = page.content(next);
        !title.ends_with([':', ',']) && !title.starts_with(char::is_lowercase) && title.split_whitespace().count() >= 2
    };
    if content.ends_with(':')
        && (2..=8).contains(&words)
        && page.lines[first].is_last
        && !is_capitals
        && !is_kind(content)
        && !OPENING.is_match(content)
        && is_title_below
    {
        rules[first] = Some(("sidebar-heading", page.lines[first].span.clone()));
    }
}

/// Marks a picture's caption: a name alone on a line, the same as the text's first words.
fn mark_caption(page: &Page<'_>, body: usize, rules: &mut [Option<(&'static str, Span)>]) {
    let first = page.content(body);
    let last = (body + TITLE_LINES).min(page.lines.len().saturating_sub(2));
    for (index, rule) in rules.iter_mut().enumerate().take(last).skip(body + 1) {
        let line = &page.lines[index];
        let content = page.content(index);
        let words = content.split_whitespace().count();
        let is_name = (2..=5).contains(&words)
            && content
                .split_whitespace()
                .all(|word| word.starts_with(|c: char| c.is_uppercase() || !c.is_lowercase() && c.is_alphabetic()))
            && content.contains(char::is_lowercase);
        let goes_on = first.strip_prefix(content).is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphanumeric()));
        if line.is_first && line.is_last && is_name && goes_on && !is_sentence(content) && rule.is_none() {
            *rule = Some(("image-caption", line.span.clone()));
            return;
        }
    }
}
