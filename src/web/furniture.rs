//! What a page's markup itself says is no text of a document.
//!
//! What enters: a page. What leaves: for each of its elements that is a program, a style, a form, navigation or
//! otherwise not meant for print, the name of the rule that says so. A word in a class or an id counts only where it
//! is a word of its own, and only for elements that hold little or that lie outside the text.

use super::dom::{Dom, Element, Kind};

/// How sure a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// The element is never text: a script, a style.
    Never,
    /// The element is furniture wherever it does not hold the main text itself.
    Furniture,
}

/// A rule that an element falls under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its name in lists of what was left out.
    pub name: &'static str,
    /// How sure it is.
    pub certainty: Certainty,
}

/// Judges an element by its markup.
pub fn rule(dom: &Dom, at: usize) -> Option<Rule> {
    let Kind::Element(element) = &dom.nodes[at].kind else { return None };
    let never = |name| Some(Rule { name, certainty: Certainty::Never });
    let furniture = |name| Some(Rule { name, certainty: Certainty::Furniture });
    match element.name.as_str() {
        "script" => return never("html-script"),
        "style" => return never("html-style"),
        "title" if !in_drawing(dom, at) => return never("html-title"),
        "template" => return never("html-template"),
        "noscript" | "noframes" | "noembed" => return never("html-noscript"),
        "annotation" | "annotation-xml" => return never("html-hidden"),
        "svg" => return never("html-drawing"),
        "iframe" | "video" | "audio" | "object" | "canvas" => return never("html-embedded"),
        "input" | "select" | "textarea" | "option" | "datalist" | "button" | "progress" | "meter" => {
            return furniture("html-form");
        }
        "form" => return furniture("html-form"),
        "nav" | "menu" => return furniture("html-navigation"),
        "dialog" => return furniture("html-hidden"),
        _ => {}
    }
    if is_hidden(element) {
        return furniture("html-hidden");
    }
    match element.value("role") {
        Some("navigation" | "menu" | "menubar" | "search" | "toolbar" | "tablist") => {
            return furniture("html-navigation");
        }
        Some("dialog" | "alertdialog") => return furniture("html-hidden"),
        Some("doc-footnote" | "doc-endnotes" | "note") => return None,
        Some("complementary") => return furniture("html-aside"),
        _ => {}
    }
    if element.name == "aside" && !is_note(element) {
        return furniture("html-aside");
    }
    named(dom, at, element).map(|name| Rule { name, certainty: Certainty::Furniture })
}

/// Whether an element stands in a drawing.
fn in_drawing(dom: &Dom, at: usize) -> bool {
    dom.ancestors(at).take(8).any(|above| dom.name(above) == "svg")
}

/// Whether an aside is a note to the text or a quotation pulled out of it.
fn is_note(element: &Element) -> bool {
    let is_type = element.attribute("epub:type").is_some_and(|kind| kind.contains("note"));
    is_type || element.names().any(|name| name.contains("footnote") || name.contains("endnote"))
}

/// Whether a browser does not show an element.
fn is_hidden(element: &Element) -> bool {
    if element.attribute("hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found")) {
        return true;
    }
    if element.value("aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        return true;
    }
    element.attribute("style").is_some_and(|style| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).take(2000).collect();
        let style = style.to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    })
}

/// Words in a class or an id, each with the rule that it stands for.
const NAMES: [(&str, &str); 44] = [
    ("breadcrumb", "html-navigation"),
    ("breadcrumbs", "html-navigation"),
    ("pager", "html-navigation"),
    ("pagination", "html-navigation"),
    ("navbar", "html-navigation"),
    ("navbox", "html-navigation"),
    ("navigation", "html-navigation"),
    ("post-navigation", "html-navigation"),
    ("pagenav", "html-navigation"),
    ("skip-link", "html-navigation"),
    ("screen-reader-text", "html-hidden"),
    ("visually-hidden", "html-hidden"),
    ("sr-only", "html-hidden"),
    ("mw-editsection", "html-navigation"),
    ("mw-jump-link", "html-navigation"),
    ("catlinks", "html-navigation"),
    ("share", "html-share"),
    ("sharing", "html-share"),
    ("sharedaddy", "html-share"),
    ("addtoany", "html-share"),
    ("addthis_toolbox", "html-share"),
    ("social", "html-share"),
    ("social-share", "html-share"),
    ("social-links", "html-share"),
    ("share-buttons", "html-share"),
    ("sharebuttons", "html-share"),
    ("jp-relatedposts", "html-related"),
    ("related", "html-related"),
    ("related-posts", "html-related"),
    ("related-articles", "html-related"),
    ("recommended", "html-related"),
    ("sidebar", "html-aside"),
    ("widget", "html-aside"),
    ("widget-area", "html-aside"),
    ("newsletter", "html-form"),
    ("newsletter-signup", "html-form"),
    ("comments", "html-comments"),
    ("comment-list", "html-comments"),
    ("disqus_thread", "html-comments"),
    ("respond", "html-comments"),
    ("cookie-banner", "html-hidden"),
    ("cookie-notice", "html-hidden"),
    ("advertisement", "html-advertisement"),
    ("adsbygoogle", "html-advertisement"),
];

/// Judges an element by the words in its class or id.
fn named(dom: &Dom, at: usize, element: &Element) -> Option<&'static str> {
    if matches!(element.name.as_str(), "html" | "body" | "main" | "article" | "p" | "h1" | "blockquote") {
        return None;
    }
    // A page without text of its own under such a name is not judged by it: its parts are.
    let found = element.names().find_map(|name| NAMES.iter().find(|(known, _)| *known == name))?;
    let is_page = dom.ancestors(at).count() < 2;
    (!is_page).then_some(found.1)
}

/// Whether a stretch of a page is made of links for the most part.
pub fn is_made_of_links(dom: &Dom, at: usize) -> bool {
    let (mut words, mut linked) = (0_usize, 0_usize);
    let mut link_end = 0;
    for index in at..dom.nodes[at].end {
        match &dom.nodes[index].kind {
            Kind::Element(element) if element.name == "a" && element.attribute("href").is_some() => {
                link_end = link_end.max(dom.nodes[index].end);
            }
            Kind::Text(text) => {
                let count = text.chars().filter(|c| c.is_alphanumeric()).count();
                words += count;
                if index < link_end {
                    linked += count;
                }
            }
            Kind::Element(_) => {}
        }
    }
    words > 0 && linked * 2 > words
}
