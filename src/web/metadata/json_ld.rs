//! Linked data in a page (JSON-LD, schema.org).
//!
//! What enters: a page. What leaves: headline, author, publisher and dates of the one article that the page is. Where
//! several articles are described and nothing tells which of them the page is, none is.

use super::super::dom::Dom;
use crate::text::squeeze;
use serde_json::Value;

/// The most data that are read, in bytes.
const LARGEST: usize = 512 * 1024;
/// How many objects are looked at.
const MOST: usize = 2000;

/// What linked data say of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The headline.
    pub headline: Option<String>,
    /// The authors' names.
    pub author: Option<String>,
    /// The publisher's name.
    pub publisher: Option<String>,
    /// Dates by their keys.
    pub dates: Vec<(&'static str, String)>,
}

/// Lists the objects that a page's data describe, outer ones first.
pub fn objects(dom: &Dom) -> Vec<Value> {
    let mut objects = Vec::new();
    for at in dom.named("script") {
        let kind = dom.element(at).and_then(|element| element.value("type")).unwrap_or_default();
        if !kind.to_ascii_lowercase().starts_with("application/ld+json") {
            continue;
        }
        let text = dom.text(at);
        let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->");
        let text = text.trim().trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
        let text = text.trim().trim_end_matches("//]]>").trim_end_matches("]]>");
        if text.len() > LARGEST {
            continue;
        }
        // Line ends in strings are common, and JSON does not allow them.
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let Ok(value) = serde_json::from_str::<Value>(&text) else { continue };
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            if objects.len() >= MOST {
                return objects;
            }
            match value {
                Value::Array(values) => open.extend(values.into_iter().rev()),
                Value::Object(mut object) => {
                    for key in ["mainEntity", "@graph"] {
                        if object.get(key).is_some_and(|inner| inner.is_array() || inner.is_object()) {
                            open.extend(object.remove(key));
                        }
                    }
                    objects.push(Value::Object(object));
                }
                _ => {}
            }
        }
    }
    objects
}

/// How a type of thing stands to a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Article,
    Page,
    Other,
}

fn sort(object: &Value) -> Sort {
    let kinds = match &object["@type"] {
        Value::String(kind) => vec![kind.as_str()],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is =
        |test: &dyn Fn(&str) -> bool| kinds.iter().any(|kind| test(kind.rsplit(['/', ':']).next().unwrap_or(kind)));
    if is(&|kind| {
        kind.ends_with("Article")
            || kind.ends_with("Posting")
            || matches!(
                kind,
                "Report"
                    | "Review"
                    | "Legislation"
                    | "PressRelease"
                    | "SpecialAnnouncement"
                    | "DigitalDocument"
                    | "Statement"
                    | "Message"
            )
    }) {
        Sort::Article
    } else if is(&|kind| matches!(kind, "WebPage" | "ItemPage" | "AboutPage" | "CreativeWork")) {
        Sort::Page
    } else {
        Sort::Other
    }
}

/// Finds what the data say of this page, by its address and its title.
pub fn of_page(objects: &[Value], url: Option<&str>, title: Option<&str>) -> About {
    let of_sort = |wanted: Sort| objects.iter().filter(move |object| sort(object) == wanted).collect::<Vec<_>>();
    let articles = of_sort(Sort::Article);
    let is_here = |object: &&Value| {
        let names = ["url", "@id", "mainEntityOfPage"].into_iter().filter_map(|key| identity(&object[key]));
        let same = |other: &str| url.is_some_and(|url| bare(other) == bare(url));
        let headline = object["headline"].as_str().or(object["name"].as_str());
        let is_titled = headline.zip(title).is_some_and(|(headline, title)| title.contains(squeeze(headline).as_str()));
        names.into_iter().any(|name| same(&name)) || is_titled
    };
    let article = match articles.as_slice() {
        [only] => Some(*only),
        several => {
            let here: Vec<&Value> = several.iter().copied().filter(is_here).collect();
            // One article is often described twice; its date is then the same.
            let is_one = here.windows(2).all(|pair| pair[0]["datePublished"] == pair[1]["datePublished"]);
            here.first().copied().filter(|_| is_one)
        }
    };
    let page = of_sort(Sort::Page).into_iter().find(is_here).or(of_sort(Sort::Page).first().copied());
    let mut about = About::default();
    if let Some(article) = article {
        about.headline = text(&article["headline"]).or_else(|| text(&article["name"]));
        about.author = names(&article["author"], objects);
        about.publisher = names(&article["publisher"], objects);
        dates(article, &["datePublished", "dateModified", "dateCreated"], &mut about);
    } else if let Some(page) = page.filter(|_| articles.is_empty()) {
        about.publisher = names(&page["publisher"], objects);
        dates(page, &["datePublished", "dateModified"], &mut about);
    }
    if article.is_none()
        && let [event] = objects
            .iter()
            .filter(|object| object["@type"].as_str().is_some_and(|kind| kind.ends_with("Event")))
            .collect::<Vec<_>>()
            .as_slice()
    {
        dates(event, &["startDate", "endDate"], &mut about);
    }
    about
}

/// Takes the dates of an object; when it was made counts only where nothing says when it was published.
fn dates(object: &Value, keys: &[&'static str], about: &mut About) {
    for key in keys {
        let is_needless = *key == "dateCreated" && about.dates.iter().any(|(known, _)| *known == "datePublished");
        if let Some(date) = text(&object[*key]).filter(|_| !is_needless) {
            about.dates.push((*key, date));
        }
    }
}

/// Gives the address that names a thing.
fn identity(value: &Value) -> Option<String> {
    value.as_str().or_else(|| value["@id"].as_str()).or_else(|| value["url"].as_str()).map(str::to_owned)
}

/// Strips an address of what does not name the page.
fn bare(address: &str) -> &str {
    let address = address.split('#').next().unwrap_or(address);
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    address.trim_start_matches("www.").trim_end_matches('/')
}

fn text(value: &Value) -> Option<String> {
    let value = match value {
        Value::Array(values) => values.first()?,
        value => value,
    };
    value.as_str().map(squeeze).filter(|text| !text.is_empty())
}

/// Gives the names of persons or bodies, joined with `; `; a reference is looked up.
fn names(value: &Value, objects: &[Value]) -> Option<String> {
    let values = match value {
        Value::Array(values) => values.iter().collect(),
        Value::Null => Vec::new(),
        value => vec![value],
    };
    let name = |value: &Value| match value {
        Value::String(name) => Some(squeeze(name)),
        value => text(&value["name"]).or_else(|| {
            let id = value["@id"].as_str()?;
            objects.iter().find(|object| object["@id"].as_str() == Some(id)).and_then(|object| text(&object["name"]))
        }),
    };
    let names: Vec<String> = values.into_iter().filter_map(name).filter(|name| !name.is_empty()).take(20).collect();
    (!names.is_empty()).then(|| names.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(data: &str, url: Option<&str>, title: Option<&str>) -> About {
        let (dom, _) = super::super::super::dom::parse(&format!("<script type='application/ld+json'>{data}</script>"));
        of_page(&objects(&dom), url, title)
    }

    #[test]
    fn a_graph_tells_of_the_article_and_not_of_the_site() {
        let data = r#"{"@context":"https://schema.org","@graph":[
            {"@type":"WebSite","name":"Site","datePublished":"2001-01-01"},
            {"@type":"Organization","@id":"https://a.example/#org","name":"The Union"},
            {"@type":["NewsArticle"],"headline":"Workers met","datePublished":"2014-12-24T08:00:00+05:00",
             "author":[{"@type":"Person","name":"Jo Roe"},{"name":"Lin Wu"}],"publisher":{"@id":"https://a.example/#org"}}]}"#;
        let found = about(data, None, None);
        assert_eq!(found.headline.as_deref(), Some("Workers met"));
        assert_eq!(found.author.as_deref(), Some("Jo Roe; Lin Wu"));
        assert_eq!(found.publisher.as_deref(), Some("The Union"));
        assert_eq!(found.dates, [("datePublished", "2014-12-24T08:00:00+05:00".to_owned())]);
    }

    #[test]
    fn of_several_articles_only_the_page_s_own_counts() {
        let data = r#"[{"@type":"BlogPosting","url":"https://a.example/one","datePublished":"2001-01-01"},
            {"@type":"BlogPosting","url":"https://a.example/two/","datePublished":"2002-02-02"}]"#;
        assert_eq!(about(data, None, None), About::default());
        let found = about(data, Some("https://www.a.example/two"), None);
        assert_eq!(found.dates, [("datePublished", "2002-02-02".to_owned())]);
        assert_eq!(about("{broken", None, None), About::default());
    }
}
