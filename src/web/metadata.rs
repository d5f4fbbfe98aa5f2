//! What a page says of itself.
//!
//! What enters: a page. What leaves: its title, author, site, address, language, and every date in its head, each under
//! the key that the page gives it and with its line. Data that describe other things than this page are passed over,
//! and so is nothing else: whether a date files the document is decided where dates are ranked.

mod json_ld;

use super::address;
use super::dom::{Dom, Element, Kind};
use crate::text::squeeze;
use chrono::DateTime;
use std::collections::BTreeSet;

/// The longest value that is kept, in characters.
const LONGEST: usize = 400;
/// How many values are kept.
const MOST: usize = 200;

/// A value that a page declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// Its key, such as `article:published_time`.
    pub key: String,
    /// The value as written, with white space folded.
    pub value: String,
    /// Its line in the file, counted from 1.
    pub line: Option<usize>,
}

/// What a page says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title, without the site's name.
    pub title: Option<Declared>,
    /// Who wrote it; several names are joined with `; `.
    pub author: Option<Declared>,
    /// The name of the site.
    pub site: Option<Declared>,
    /// The language (BCP 47).
    pub language: Option<String>,
    /// The page's own address.
    pub url: Option<String>,
    /// When the page was saved, as the program that saved it says.
    pub captured: Option<Declared>,
    /// Dates, and addresses that can hold one.
    pub dates: Vec<Declared>,
}

/// Reads what a page says of itself.
pub fn read(dom: &Dom, html: &str) -> Metadata {
    let line = |value: &str| line_of(html, value);
    let declared = |key: &str, value: &str| Declared {
        key: key.to_owned(),
        value: squeeze(value).chars().take(LONGEST).collect(),
        line: line(value),
    };
    let metas = metas(dom);
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| metas.iter().find(|(key, _)| key == name)).map(|(key, value)| declared(key, value))
    };
    let mut found = Metadata { language: language(dom, &metas), ..Metadata::default() };
    saved(dom, &mut found, &declared);
    let canonical = link(dom, "canonical").and_then(|href| address::absolute(&href));
    let stated =
        metas.iter().find(|(key, _)| matches!(key.as_str(), "og:url" | "citation_public_url" | "dc.identifier"));
    let stated = stated.and_then(|(_, value)| address::absolute(value));
    found.url = canonical.or(stated).or(found.url);
    let title_element = dom.named("title").find(|at| dom.ancestors(*at).all(|above| dom.name(above) != "svg"));
    let title_element = title_element.map(|at| squeeze(&dom.text(at))).filter(|title| !title.is_empty());
    let objects = json_ld::objects(dom);
    let about = json_ld::of_page(&objects, found.url.as_deref(), title_element.as_deref());
    let linked = |key: &str, value: Option<String>| value.map(|value| declared(key, &value));
    found.site = meta(&["og:site_name", "application-name", "citation_publisher", "dc.publisher", "dcterms.publisher"])
        .or_else(|| linked("publisher", about.publisher.clone()));
    found.author = linked("author", about.author.clone())
        .or_else(|| {
            meta(&["author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author"])
        })
        .or_else(|| citation_authors(&metas).map(|authors| declared("citation_author", &authors)))
        .filter(|author| !author.value.contains("://"));
    found.title = title(dom, &metas, &about, title_element.as_deref(), found.site.as_ref(), &declared);
    for (key, value) in &about.dates {
        found.dates.push(declared(key, value));
    }
    found.dates.extend(metas.iter().filter(|(key, _)| is_date_key(key)).map(|(key, value)| declared(key, value)));
    found.dates.extend(
        marked_times(dom).into_iter().map(|(key, value, line)| Declared { line: Some(line), ..declared(&key, &value) }),
    );
    if let Some(url) = &found.url {
        found.dates.push(declared("canonical", url));
    }
    if let Some(captured) = &found.captured {
        found.dates.push(captured.clone());
    }
    found.dates.truncate(MOST);
    found.dates = settled(std::mem::take(&mut found.dates));
    found
}

/// Finds the line on which a value stands in the file.
fn line_of(html: &str, value: &str) -> Option<usize> {
    let sought = value.split(['&', '<', '>', '"', '\n', '\\']).map(str::trim).max_by_key(|run| run.len())?;
    let at = html.find(sought).filter(|_| !sought.is_empty())?;
    Some(html[..at].matches('\n').count() + 1)
}

/// Lists the `<meta>` elements: their keys in small letters, and their values.
fn metas(dom: &Dom) -> Vec<(String, String)> {
    let metas = dom.named("meta").filter_map(|at| {
        let element = dom.element(at)?;
        // A part of a page that describes another thing (microdata of a comment, a person) describes not the page.
        let key = ["property", "name", "http-equiv"].into_iter().find_map(|name| element.value(name))?;
        let value = element.value("content")?;
        Some((key.to_lowercase(), value.to_owned()))
    });
    metas.take(MOST * 4).collect()
}

/// Gives the address that a `<link>` has.
fn link(dom: &Dom, relation: &str) -> Option<String> {
    dom.named("link").filter_map(|at| dom.element(at)).find_map(|element| {
        let is_it = element.value("rel")?.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case(relation));
        element.value("href").filter(|_| is_it).map(str::to_owned)
    })
}

/// Reads the language of a page.
fn language(dom: &Dom, metas: &[(String, String)]) -> Option<String> {
    let html = dom.named("html").next().and_then(|at| dom.element(at));
    let attribute = html.and_then(|html| html.value("lang").or(html.value("xml:lang")));
    let keys = ["content-language", "dc.language", "dcterms.language", "language"];
    let stated =
        || keys.iter().find_map(|key| metas.iter().find(|(known, _)| known == key)).map(|(_, value)| value.as_str());
    let tag = attribute.or_else(stated)?.split([',', ';']).next()?.trim().replace('_', "-");
    let is_tag =
        tag.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
            && tag
                .split('-')
                .next()
                .is_some_and(|first| (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic()));
    is_tag.then(|| {
        let mut parts = tag.split('-');
        parts.next().unwrap_or_default().to_ascii_lowercase()
    })
}

/// Joins the authors that a page names for citations.
fn citation_authors(metas: &[(String, String)]) -> Option<String> {
    let authors: Vec<&str> =
        metas.iter().filter(|(key, _)| key == "citation_author").map(|(_, value)| value.as_str()).take(20).collect();
    (!authors.is_empty()).then(|| authors.join("; "))
}

/// Chooses the title, and takes the site's name off it where it is exactly that.
fn title(
    dom: &Dom,
    metas: &[(String, String)],
    about: &json_ld::About,
    title_element: Option<&str>,
    site: Option<&Declared>,
    declared: &impl Fn(&str, &str) -> Declared,
) -> Option<Declared> {
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| metas.iter().find(|(key, _)| key == name)).map(|(_, value)| value.clone())
    };
    let headings: Vec<String> =
        dom.named("h1").map(|at| squeeze(&dom.text(at))).filter(|text| !text.is_empty()).take(2).collect();
    let bare = |title: &str| squeeze(&without_site(title, site.map(|site| site.value.as_str())));
    let candidates = [
        about.headline.clone().map(|value| ("headline", value)),
        meta(&["citation_title", "dc.title", "dcterms.title"]).map(|value| ("DC.title", value)),
        meta(&["og:title", "twitter:title"]).map(|value| ("og:title", value)),
        title_element.map(|value| ("title", value.to_owned())),
    ];
    let candidates: Vec<(&str, String)> = candidates.into_iter().flatten().collect();
    // A heading that the head repeats is the title as the page prints it.
    if let [heading] = headings.as_slice()
        && candidates.iter().any(|(_, value)| bare(value).to_lowercase().starts_with(&heading.to_lowercase()))
    {
        return Some(declared("h1", heading));
    }
    let is_site = |value: &str| site.is_some_and(|site| site.value.eq_ignore_ascii_case(value));
    let chosen = candidates
        .iter()
        .map(|(key, value)| (*key, bare(value)))
        .find(|(_, value)| !value.is_empty() && !is_site(value));
    match (chosen, headings.as_slice()) {
        (Some(("title", value)), [heading]) if value.contains(heading.as_str()) => Some(declared("h1", heading)),
        (Some((key, value)), _) => Some(declared(key, &value)),
        (None, [heading]) => Some(declared("h1", heading)),
        (None, _) => None,
    }
}

/// Takes the name of the site off the end or the start of a title, with the sign that parts them.
fn without_site(title: &str, site: Option<&str>) -> String {
    const SIGNS: [char; 8] = ['|', '-', '–', '—', '·', '»', '«', ':'];
    let Some(site) = site.filter(|site| !site.is_empty()) else { return title.to_owned() };
    let title = title.trim();
    let rest = |rest: &str| rest.trim_end().strip_suffix(SIGNS).map(|rest| rest.trim_end().to_owned());
    if let Some(before) = title.strip_suffix(site)
        && let Some(before) = rest(before).filter(|before| !before.is_empty())
    {
        return before;
    }
    if let Some(after) = title.strip_prefix(site)
        && let Some(after) = after.trim_start().strip_prefix(SIGNS)
        && !after.trim().is_empty()
    {
        return after.trim().to_owned();
    }
    title.to_owned()
}

/// Whether a `<meta>` key names a date.
fn is_date_key(key: &str) -> bool {
    let bare: String = key.chars().filter(|c| c.is_alphanumeric()).collect();
    const KEYS: [&str; 34] = [
        "articlepublishedtime",
        "ogarticlepublishedtime",
        "ogpublishedtime",
        "publishedtime",
        "date",
        "dcdate",
        "dctermsdate",
        "dcdateissued",
        "dctermsissued",
        "dateissued",
        "dcdatecreated",
        "dctermscreated",
        "dctermsdatecreated",
        "dcdatepublished",
        "pubdate",
        "publishdate",
        "publicationdate",
        "datepublished",
        "citationpublicationdate",
        "citationdate",
        "citationonlinedate",
        "parselypubdate",
        "sailthrudate",
        "articlepublished",
        "originalpublicationdate",
        "articleoriginalpublicationdate",
        "articlemodifiedtime",
        "ogupdatedtime",
        "lastmodified",
        "dcdatemodified",
        "dctermsmodified",
        "revised",
        "datemodified",
        "dctermsdateissued",
    ];
    KEYS.contains(&bare.as_str())
}

/// Lists the times that the page's markup calls those of publication or change.
fn marked_times(dom: &Dom) -> Vec<(String, String, usize)> {
    let mut found: Vec<(String, String, usize)> = Vec::new();
    for (at, node) in dom.nodes.iter().enumerate() {
        let Kind::Element(element) = &node.kind else { continue };
        let Some(key) = time_key(element) else { continue };
        if is_of_another(dom, at) {
            continue;
        }
        let value = element.value("datetime").or(element.value("content")).map(str::to_owned);
        let value = value.unwrap_or_else(|| squeeze(&dom.text(at)));
        if !value.is_empty() && value.len() <= 80 && value.contains(|c: char| c.is_numeric()) {
            found.push((key.to_owned(), value, node.line));
        }
    }
    // Several different times of publication are those of a list.
    let published: BTreeSet<&str> = found
        .iter()
        .filter(|(key, ..)| key != "dateModified")
        .map(|(_, value, _)| value.get(..10).unwrap_or(value))
        .collect();
    if published.len() > 1 {
        found.retain(|(key, ..)| key == "dateModified");
    }
    found
}

/// Tells what an element's markup calls its time.
fn time_key(element: &Element) -> Option<&'static str> {
    let is = |known: &str| {
        element.value("itemprop").is_some_and(|names| names.split_ascii_whitespace().any(|name| name == known))
    };
    if is("datePublished") {
        return Some("datePublished");
    }
    if is("dateModified") {
        return Some("dateModified");
    }
    if element.name != "time" {
        return None;
    }
    if element.attribute("pubdate").is_some() {
        return Some("pubdate");
    }
    let named = |known: &[&str]| element.names().any(|name| known.contains(&name.as_str()));
    if named(&["updated", "modified", "dt-updated", "date-modified"]) && !named(&["published"]) {
        return Some("dateModified");
    }
    named(&["published", "entry-date", "post-date", "dt-published", "date-published", "article-date"])
        .then_some("published")
}

/// Whether an element belongs to a comment or to a pointer to another page.
fn is_of_another(dom: &Dom, at: usize) -> bool {
    dom.ancestors(at).take(24).any(|above| {
        dom.element(above).is_some_and(|element| {
            let is_named = element.names().any(|name| {
                ["comment", "related", "recent", "sidebar", "widget", "teaser", "card", "footer"]
                    .iter()
                    .any(|part| name.contains(part))
            });
            (is_named || matches!(element.name.as_str(), "aside" | "nav"))
                && !matches!(element.name.as_str(), "body" | "html" | "article")
        })
    })
}

/// Reads what programs that save pages write into them.
fn saved(dom: &Dom, found: &mut Metadata, declared: &impl Fn(&str, &str) -> Declared) {
    for comment in dom.comments.iter().take(400) {
        let text = squeeze(&comment.chars().take(2000).collect::<String>());
        let lower = text.to_ascii_lowercase();
        if let Some(rest) = lower.find("saved from url=(").map(|at| &text[at + 16..]) {
            let url = rest.split_once(')').map(|(_, url)| url.split(' ').next().unwrap_or_default());
            found.url = found.url.take().or_else(|| url.and_then(address::absolute));
        } else if lower.contains("saved with singlefile") || lower.contains("saved by singlefile") {
            let after = |label: &str| lower.find(label).map(|at| text[at + label.len()..].trim_start());
            let url = after("url:").and_then(|rest| rest.split(' ').next()).and_then(address::absolute);
            found.url = found.url.take().or(url);
            if let Some(date) = after("saved date:") {
                let date = date.split(" (").next().unwrap_or(date);
                found.captured.get_or_insert_with(|| declared("captured", date));
            }
        } else if let Some(rest) = lower.find("mirrored from ").map(|at| &text[at + 14..]) {
            let url = rest.split(' ').next().unwrap_or_default();
            found.url = found.url.take().or_else(|| address::absolute(&format!("http://{url}")));
            if let Some((_, date)) = rest.rsplit_once("], ") {
                found.captured.get_or_insert_with(|| declared("captured", date));
            }
        } else if let Some(at) = lower.find("file archived on ") {
            let rest = &text[at + 17..];
            let date = rest.split(" AND ").next().unwrap_or(rest);
            found.captured.get_or_insert_with(|| declared("captured", date));
        }
    }
}

/// Keeps of two writings of one instant the one in the page's own time zone, and drops dates of no weight.
fn settled(dates: Vec<Declared>) -> Vec<Declared> {
    let instant = |date: &Declared| DateTime::parse_from_rfc3339(&date.value).ok();
    let local: Vec<_> = dates.iter().filter_map(instant).filter(|time| time.offset().local_minus_utc() != 0).collect();
    let is_shadow = |date: &Declared| {
        instant(date).is_some_and(|time| time.offset().local_minus_utc() == 0 && local.contains(&time))
    };
    let mut seen = BTreeSet::new();
    dates
        .into_iter()
        .filter(|date| !is_shadow(date))
        .filter(|date| seen.insert((date.key.to_lowercase(), date.value.clone())))
        .collect()
}
