//! Where the main text of a page stands.
//!
//! What enters: a page. What leaves: the stretch of it that is set, and for everything in the page that is not, the
//! rule that says so. A readability search (Mozilla's) finds the text; from there the stretch is widened to the title
//! above it and to whatever stands beside it and is no furniture. Inside the stretch only what the markup itself calls
//! furniture is left out. Where nothing sensible is found, the whole body is the text.

use super::dom::{Dom, Kind, MARK};
use super::furniture::{self, Certainty};
use crate::text::squeeze;
use dom_query::Document;
use dom_smoothie::{Config, Readability};
use std::ops::Range;

/// The rule for what stands outside the main text.
const OUTSIDE: &str = "outside-main-text";
/// A page with more elements is not searched; its markup alone tells where the text is.
const MOST_ELEMENTS: usize = 60_000;
/// The least text that is a find, in letters.
const LEAST: usize = 140;
/// A find that holds less than one letter in so many of the page, where the page is short, is none.
const LEAST_SHARE: usize = 4;
/// A page with fewer letters is short.
const SHORT_PAGE: usize = 2500;
/// How far above the text its title is looked for, in letters.
const TITLE_ABOVE: usize = 1500;

/// What is set of a page.
#[derive(Debug, Clone)]
pub struct MainText {
    /// For each node, the rule under which it is left out.
    pub left_out: Vec<Option<&'static str>>,
    /// The stretch of nodes that is set.
    pub stretch: Range<usize>,
}

/// Finds the main text; `title` is what the page's metadata call it.
pub fn find(dom: &Dom, document: Document, title: Option<&str>) -> MainText {
    let letters = letters(dom);
    let body = dom.named("body").next().map_or(0..dom.nodes.len(), |body| body..dom.nodes[body].end);
    let kept = survivors(dom, document);
    let mut rules = structural(dom, &letters, &kept);
    let found = stretch(dom, &letters, &kept, &rules, title, &body);
    for (at, rule) in rules.iter_mut().enumerate() {
        if rule.is_none() && !found.contains(&at) && matches!(dom.nodes[at].kind, Kind::Text(_)) {
            *rule = Some(OUTSIDE);
        }
    }
    MainText { left_out: rules, stretch: found }
}

/// Counts the letters and figures before each node that a reader could see.
fn letters(dom: &Dom) -> Vec<usize> {
    let mut counts = Vec::with_capacity(dom.nodes.len() + 1);
    let (mut count, mut never) = (0, 0);
    for (at, node) in dom.nodes.iter().enumerate() {
        counts.push(count);
        match &node.kind {
            Kind::Text(text) if at >= never => count += text.chars().filter(|c| c.is_alphanumeric()).count(),
            Kind::Element(_)
                if at >= never && furniture::rule(dom, at).is_some_and(|rule| rule.certainty == Certainty::Never) =>
            {
                never = node.end;
            }
            _ => {}
        }
    }
    counts.push(count);
    counts
}

/// Lists the text nodes that the readability search keeps.
fn survivors(dom: &Dom, document: Document) -> Vec<usize> {
    let elements = dom.nodes.iter().filter(|node| matches!(node.kind, Kind::Element(_))).count();
    if elements > MOST_ELEMENTS {
        return Vec::new();
    }
    let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
    let Ok(mut search) = Readability::with_document(document, None, Some(config)) else { return Vec::new() };
    let Ok(article) = search.parse() else { return Vec::new() };
    let content = Document::fragment(article.content);
    let mut kept: Vec<bool> = vec![false; dom.nodes.len()];
    for node in content.root().descendants_it() {
        let index = node.attr(MARK).and_then(|mark| mark.parse::<usize>().ok());
        if let Some(index) = index.filter(|index| *index < kept.len()) {
            kept[index] = true;
        }
    }
    (0..dom.nodes.len())
        .filter(|at| {
            let node = &dom.nodes[*at];
            let is_text = matches!(&node.kind, Kind::Text(text) if !text.trim().is_empty());
            is_text && node.parent.is_some_and(|parent| kept[parent])
        })
        .collect()
}

/// Gives each node the rule under which the markup itself leaves it out.
fn structural(dom: &Dom, letters: &[usize], kept: &[usize]) -> Vec<Option<&'static str>> {
    let mut rules: Vec<Option<&'static str>> = vec![None; dom.nodes.len()];
    let whole = weight(letters, kept);
    let mut at = 0;
    while at < dom.nodes.len() {
        let end = dom.nodes[at].end;
        let Some(rule) = furniture::rule(dom, at) else {
            at += 1;
            continue;
        };
        let first = kept.partition_point(|node| *node < at);
        let last = kept.partition_point(|node| *node < end);
        // A page that stands in a form or under such a name as a whole is not furniture as a whole.
        let holds_text = whole > 0 && weight(letters, &kept[first..last]) * 4 > whole;
        let holds_page = whole == 0 && (letters[end] - letters[at]) * 2 > letters[dom.nodes.len()];
        if rule.certainty == Certainty::Furniture && (holds_text || holds_page) {
            at += 1;
            continue;
        }
        rules[at..end].fill(Some(rule.name));
        at = end;
    }
    rules
}

/// Counts the letters of some text nodes.
fn weight(letters: &[usize], nodes: &[usize]) -> usize {
    nodes.iter().map(|at| letters[at + 1] - letters[*at]).sum()
}

/// Finds the stretch of nodes that is set.
fn stretch(
    dom: &Dom,
    letters: &[usize],
    kept: &[usize],
    rules: &[Option<&'static str>],
    title: Option<&str>,
    body: &Range<usize>,
) -> Range<usize> {
    let (all, found) = (letters[body.end] - letters[body.start], weight(letters, kept));
    let is_poor = found < LEAST || all < SHORT_PAGE && found * LEAST_SHARE < all;
    let declared = declared(dom, letters, all);
    let (Some(first), Some(last)) = (kept.first().copied(), kept.last().copied()) else {
        return declared.unwrap_or(body.clone());
    };
    if is_poor {
        return declared.unwrap_or(body.clone());
    }
    let above = common(dom, first, last);
    let article = std::iter::once(above)
        .chain(dom.ancestors(above))
        .find(|at| dom.name(*at) == "article" && dom.element(*at).is_some_and(|element| !is_listed(dom, *at, element)));
    let mut found = match article {
        Some(article) => article..dom.nodes[article].end,
        None => first..last + 1,
    };
    found.start = title_above(dom, letters, &found, title, rules).unwrap_or(found.start);
    widened(dom, letters, found, rules, body)
}

/// Gives the one element that declares itself to be the main text.
fn declared(dom: &Dom, letters: &[usize], all: usize) -> Option<Range<usize>> {
    let is_main = |at: usize| {
        dom.element(at).is_some_and(|element| {
            matches!(element.name.as_str(), "main" | "article") || element.value("role") == Some("main")
        })
    };
    let mut outermost: Vec<usize> = Vec::new();
    for at in 0..dom.nodes.len() {
        if is_main(at) && outermost.last().is_none_or(|last| at >= dom.nodes[*last].end) {
            outermost.push(at);
        }
    }
    let [only] = outermost.as_slice() else { return None };
    let weight = letters[dom.nodes[*only].end] - letters[*only];
    (weight * 2 > all).then(|| *only..dom.nodes[*only].end)
}

/// Whether an article is one of several beside one another, as on a front page.
fn is_listed(dom: &Dom, at: usize, element: &super::dom::Element) -> bool {
    let Some(parent) = dom.nodes[at].parent else { return false };
    let mut child = parent + 1;
    let mut articles = 0;
    while child < dom.nodes[parent].end {
        articles += usize::from(dom.name(child) == element.name);
        child = dom.nodes[child].end;
    }
    articles > 2
}

/// Finds the innermost node that holds two others.
fn common(dom: &Dom, first: usize, last: usize) -> usize {
    std::iter::once(first).chain(dom.ancestors(first)).find(|at| dom.holds(*at, last)).unwrap_or(0)
}

/// Finds the title above the text: its heading, or the line that says what the metadata call the page.
fn title_above(
    dom: &Dom,
    letters: &[usize],
    found: &Range<usize>,
    title: Option<&str>,
    rules: &[Option<&'static str>],
) -> Option<usize> {
    let is_title = |text: &str| {
        let text = squeeze(text).to_lowercase();
        !text.is_empty() && title.is_some_and(|title| squeeze(title).to_lowercase() == text)
    };
    let has_title = |range: Range<usize>| {
        range.into_iter().any(|at| {
            dom.name(at) == "h1" && !dom.text(at).trim().is_empty()
                || matches!(&dom.nodes[at].kind, Kind::Text(text) if is_title(text))
        })
    };
    if has_title(found.start..found.end.min(found.start + 64)) {
        return None;
    }
    let reach = (0..found.start).rev().take_while(|at| letters[found.start] - letters[*at] <= TITLE_ABOVE);
    let mut nearest = None;
    for at in reach {
        if rules[at].is_some() {
            continue;
        }
        match &dom.nodes[at].kind {
            Kind::Element(element) if matches!(element.name.as_str(), "h1" | "h2" | "h3") => {
                let text = dom.text(at);
                if is_title(&text) {
                    return Some(at);
                }
                if element.name == "h1" && nearest.is_none() && !text.trim().is_empty() && !is_banner(dom, at) {
                    nearest = Some(at);
                }
            }
            Kind::Text(text) if is_title(text) => return Some(dom.nodes[at].parent.unwrap_or(at)),
            _ => {}
        }
    }
    nearest
}

/// Whether a heading stands in the banner of the whole site.
fn is_banner(dom: &Dom, at: usize) -> bool {
    dom.ancestors(at).any(|above| {
        let Some(element) = dom.element(above) else { return false };
        let is_header =
            element.name == "header" || element.names().any(|name| name == "banner" || name == "site-header");
        is_header && !dom.ancestors(above).any(|outer| matches!(dom.name(outer), "article" | "main"))
    })
}

/// Widens a stretch over what stands beside it and is no furniture, up to the first thing that is.
fn widened(
    dom: &Dom,
    letters: &[usize],
    found: Range<usize>,
    rules: &[Option<&'static str>],
    body: &Range<usize>,
) -> Range<usize> {
    let Range { mut start, mut end } = found;
    let last = end - 1;
    let above = common(dom, start, last);
    // The children of the common ancestor that hold the ends are taken whole, unless they are furniture for the most part.
    let is_text = |at: usize| {
        let size = letters[dom.nodes[at].end] - letters[at];
        let is_edge = matches!(dom.name(at), "footer" | "header");
        !is_edge && rules[at].is_none() && (size == 0 || !furniture::is_made_of_links(dom, at))
    };
    let mut step = |at: usize| {
        let mut children = Vec::new();
        let mut child = at + 1;
        while child < dom.nodes[at].end {
            children.push(child);
            child = dom.nodes[child].end;
        }
        let from = children.partition_point(|child| dom.nodes[*child].end <= start);
        let to = children.partition_point(|child| *child < end);
        let before = children[..from].iter().rev().take_while(|child| is_text(**child)).last();
        let after = children[to..].iter().take_while(|child| is_text(**child)).last();
        start = before.map_or(start, |child| start.min(*child));
        end = after.map_or(end, |child| end.max(dom.nodes[*child].end));
    };
    // From the inside out: the blocks beside the first and the last in their own boxes, up to the common ancestor.
    let boxes = |at: usize| dom.ancestors(at).take_while(|outer| *outer >= above && *outer >= body.start);
    let inner: Vec<usize> = boxes(found.start).chain(boxes(last)).collect();
    for at in inner {
        step(at);
    }
    start.max(body.start)..end.min(body.end).max(start + 1)
}
