//! The tree of a saved page, flat.
//!
//! What enters: the decoded text of an HTML file. What leaves: a [`Dom`], whose nodes stand in the order of the page,
//! each with the end of what it holds and the line of the file on which it was found. Elements nested deeper than
//! browsers nest them are opened up; their text stays.

use dom_query::{Document, NodeData, NodeId, NodeRef};
use std::collections::BTreeSet;

/// The deepest nesting of elements that is kept, as in browsers; it keeps the parser's work linear.
const DEEPEST: usize = 512;

/// A node of a page.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// The index of the node that holds it.
    pub parent: Option<usize>,
    /// The index after the last node that it holds.
    pub end: usize,
    /// The line of the file on which it starts, white space included; counted from 1.
    pub line: usize,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum Kind {
    /// An element.
    Element(Element),
    /// Text, its character references resolved.
    Text(String),
}

/// An element with its attributes.
#[derive(Debug, Clone, Default)]
pub struct Element {
    /// Its name in small letters.
    pub name: String,
    /// Its attributes, names in small letters.
    pub attributes: Vec<(String, String)>,
}

impl Element {
    /// Gives an attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Gives an attribute's value without white space at its ends; nothing where none is left.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.attribute(name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// Lists the words of its class, its id and its role, in small letters.
    pub fn names(&self) -> impl Iterator<Item = String> + '_ {
        let values = ["class", "id", "role"].into_iter().filter_map(|name| self.attribute(name));
        values.flat_map(|value| value.split_ascii_whitespace().take(24).map(str::to_ascii_lowercase))
    }
}

/// A page: its nodes in document order.
#[derive(Debug, Clone, Default)]
pub struct Dom {
    /// The nodes; what a node holds follows it up to its end.
    pub nodes: Vec<Node>,
    /// The comments, in order.
    pub comments: Vec<String>,
}

impl Dom {
    /// Gives the element at an index.
    pub fn element(&self, at: usize) -> Option<&Element> {
        match &self.nodes.get(at)?.kind {
            Kind::Element(element) => Some(element),
            Kind::Text(_) => None,
        }
    }

    /// Gives the name of the element at an index; empty for text.
    pub fn name(&self, at: usize) -> &str {
        self.element(at).map_or("", |element| &element.name)
    }

    /// Lists the indices of the elements with a name.
    pub fn named<'d>(&'d self, name: &'d str) -> impl Iterator<Item = usize> + 'd {
        (0..self.nodes.len()).filter(move |at| self.name(*at) == name)
    }

    /// Lists what holds a node, the innermost first.
    pub fn ancestors(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.nodes[at].parent, |above| self.nodes[*above].parent)
    }

    /// Whether a node stands in another one or is it.
    pub fn holds(&self, outer: usize, inner: usize) -> bool {
        outer <= inner && inner < self.nodes[outer].end
    }

    /// Gathers the text in a node.
    pub fn text(&self, at: usize) -> String {
        let mut text = String::new();
        for node in &self.nodes[at..self.nodes[at].end] {
            if let Kind::Text(content) = &node.kind {
                text.push_str(content);
            }
        }
        text
    }
}

/// The name of the attribute that carries a node's index through the search for the main text.
pub const MARK: &str = "data-dossier-node";

/// Reads a page; gives its tree, and the document with every element marked by its index.
pub fn parse(html: &str) -> (Dom, Document) {
    let flattened = flattened(html);
    let document = Document::from(flattened.as_deref().unwrap_or(html));
    let mut dom = Dom::default();
    {
        let root = document.root();
        let mut open: Vec<Step> = root.children().iter().rev().map(|child| Step::Enter(child.id, None)).collect();
        while let Some(step) = open.pop() {
            match step {
                Step::Leave(at) => dom.nodes[at].end = dom.nodes.len(),
                Step::Enter(id, parent) => {
                    if let Some(node) = root.tree.get(&id) {
                        enter(&mut dom, &node, parent, &mut open);
                    }
                }
            }
        }
    }
    find_lines(&mut dom, html);
    (dom, document)
}

/// What is left to be done of the walk over a document.
enum Step {
    Enter(NodeId, Option<usize>),
    Leave(usize),
}

/// Takes a node over, and plans what it holds.
fn enter(dom: &mut Dom, node: &NodeRef<'_>, parent: Option<usize>, open: &mut Vec<Step>) {
    let at = dom.nodes.len();
    let read = node.query(|node| match &node.data {
        NodeData::Element(element) => {
            let attributes = element.attrs.iter();
            let attributes = attributes
                .map(|attribute| (attribute.name.local.to_string().to_ascii_lowercase(), attribute.value.to_string()))
                .collect();
            let name = element.name.local.to_string().to_ascii_lowercase();
            Some((Kind::Element(Element { name, attributes }), element.template_contents))
        }
        NodeData::Text { contents } => Some((Kind::Text(contents.to_string()), None)),
        // What XHTML marks as text that needs no escapes is a comment to a reader of HTML.
        NodeData::Comment { contents } => contents
            .strip_prefix("[CDATA[")
            .map(|text| (Kind::Text(text.strip_suffix("]]").unwrap_or(text).to_owned()), None))
            .or_else(|| {
                dom.comments.push(contents.to_string());
                None
            }),
        _ => None,
    });
    let Some((kind, template)) = read.flatten() else { return };
    if matches!(kind, Kind::Element(_)) {
        node.set_attr(MARK, &at.to_string());
    }
    dom.nodes.push(Node { kind, parent, end: at + 1, line: 0 });
    open.push(Step::Leave(at));
    let content = template.and_then(|id| node.tree.get(&id)).map(|content| content.children()).unwrap_or_default();
    open.extend(node.children().iter().chain(&content).rev().map(|child| Step::Enter(child.id, Some(at))));
}

/// How much of a text is looked for in the file to find its line, in bytes.
const SOUGHT: usize = 40;
/// How far ahead it is looked for, in bytes.
const WINDOW: usize = 1 << 16;

/// Finds the line of each node: its words are looked for in the file, from where the text before it was found on.
fn find_lines(dom: &mut Dom, html: &str) {
    let (mut at, mut line, mut counted) = (0, 1, 0);
    let mut budget = html.len().saturating_mul(4) + WINDOW;
    for node in &mut dom.nodes {
        if let Kind::Text(text) = &node.kind
            && let Some(sought) = sought(text)
        {
            let end = html.floor_char_boundary((at + WINDOW.min(budget)).min(html.len()));
            match outside_tags(&html[at..end], sought) {
                Some(found) => {
                    let start = at + found;
                    line += html[counted..start].matches('\n').count();
                    counted = start;
                    let before = text[..text.find(sought).unwrap_or(0)].matches('\n').count();
                    node.line = line.saturating_sub(before).max(1);
                    line += html[start..start + sought.len()].matches('\n').count();
                    counted = counted.max(start + sought.len());
                    at = counted;
                }
                None => budget = budget.saturating_sub(end - at),
            }
        }
        if node.line == 0 {
            node.line = line;
        }
    }
    // An element stands where its first text stands.
    for at in (0..dom.nodes.len()).rev() {
        let end = dom.nodes[at].end;
        if at + 1 < end {
            dom.nodes[at].line = dom.nodes[at + 1].line;
        }
    }
}

/// Chooses the run of plain characters of a text that is looked for: its first, if that is long enough to be itself.
fn sought(text: &str) -> Option<&str> {
    let runs = text.split(['&', '<', '>', '\u{a0}', '\n', '"', '\'']);
    let runs = runs.map(str::trim).filter(|run| !run.is_empty()).take(8);
    let run = runs.reduce(|best, run| if best.len() < 8 && run.len() > best.len() { run } else { best })?;
    Some(&run[..run.floor_char_boundary(SOUGHT)])
}

/// Finds a text where it stands in no tag.
fn outside_tags(html: &str, sought: &str) -> Option<usize> {
    let mut from = 0;
    for _ in 0..8 {
        let found = from + html[from..].find(sought)?;
        let is_outside = html[..found].rfind(['<', '>']).is_none_or(|sign| html.as_bytes()[sign] == b'>');
        if is_outside {
            return Some(found);
        }
        from = html.ceil_char_boundary(found + 1);
    }
    None
}

/// Elements that hold nothing, or whose end tags pages leave out.
const UNCOUNTED: [&str; 31] = [
    "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "frame", "head", "hr", "html", "img",
    "input", "li", "link", "meta", "option", "p", "param", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead",
    "tr", "wbr",
];
/// Elements whose content is no markup.
const RAW: [&str; 7] = ["script", "style", "textarea", "title", "xmp", "iframe", "noscript"];

/// Takes the tags out that nest deeper than [`DEEPEST`]; nothing where there are none.
fn flattened(html: &str) -> Option<String> {
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let (mut depth, mut excess, mut at) = (0_usize, 0_usize, 0);
    let mut unclosed: BTreeSet<&str> = BTreeSet::new();
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let rest = &html[start + 1..];
        at = start + 1;
        if rest.starts_with("!--") {
            at = rest.find("-->").map_or(html.len(), |end| start + 1 + end + 3);
            continue;
        }
        let is_end = rest.starts_with('/');
        let inside = rest.strip_prefix('/').unwrap_or(rest);
        let length = inside.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if !inside.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) || length > 16 {
            continue;
        }
        let name = inside[..length].to_ascii_lowercase();
        if UNCOUNTED.contains(&name.as_str()) {
            continue;
        }
        let Some(end) = inside.find('>').map(|end| html.len() - inside.len() + end + 1) else { break };
        if let Some(raw) = RAW.into_iter().find(|raw| *raw == name) {
            if !is_end && !unclosed.contains(raw) {
                match end_of_raw(&html[end..], raw) {
                    Some(length) => at = end + length,
                    None => drop(unclosed.insert(raw)),
                }
            }
            continue;
        }
        let is_cut = match (is_end, excess > 0) {
            (true, true) => {
                excess -= 1;
                true
            }
            (true, false) => {
                depth = depth.saturating_sub(1);
                false
            }
            (false, _) if html[..end].ends_with("/>") => false,
            (false, _) if depth >= DEEPEST => {
                excess += 1;
                true
            }
            (false, _) => {
                depth += 1;
                false
            }
        };
        if is_cut {
            cuts.push((start, end));
        }
        at = end;
    }
    if cuts.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(html.len());
    let mut copied = 0;
    for (start, end) in cuts {
        out.push_str(&html[copied..start]);
        out.extend(html[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        copied = end;
    }
    out.push_str(&html[copied..]);
    Some(out)
}

/// Finds the end tag of an element whose content is no markup.
fn end_of_raw(rest: &str, name: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = rest[at..].find("</") {
        at += found + 2;
        if rest.get(at..at + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return Some(at + name.len());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_stand_in_order_with_their_ends_and_lines() {
        let (dom, _) = parse("<html><body>\n<h1>One</h1>\n<div title=\"Two words\"><p>Two\nwords</p></div></body>");
        let heading = dom.named("h1").next().expect("there is one");
        assert_eq!((dom.text(heading).as_str(), dom.nodes[heading].line), ("One", 2));
        let paragraph = dom.named("p").next().expect("there is one");
        assert_eq!(dom.nodes[paragraph].line, 3);
        let body = dom.named("body").next().expect("there is one");
        assert!(dom.holds(body, paragraph) && !dom.holds(paragraph, body));
        assert_eq!(dom.ancestors(paragraph).map(|at| dom.name(at)).collect::<Vec<_>>(), ["div", "body", "html"]);
    }

    #[test]
    fn nesting_beyond_reading_is_opened_up() {
        for tag in ["div", "b", "table", "font", "blockquote"] {
            let html = format!("{}word{}", format!("<{tag}>").repeat(20_000), format!("</{tag}>").repeat(20_000));
            let (dom, _) = parse(&html);
            assert_eq!(dom.text(0).trim(), "word", "{tag}");
        }
        assert_eq!(flattened("<div><p>One<p>Two</div>"), None);
    }

    #[test]
    fn text_in_cdata_stays() {
        let (dom, _) = parse("<body><p>a <![CDATA[b & c]]> d</p><!-- e --></body>");
        assert!(dom.text(0).contains("a b & c d"), "{}", dom.text(0));
        assert_eq!(dom.comments, [" e "]);
    }
}
