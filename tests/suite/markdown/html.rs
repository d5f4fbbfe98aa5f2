//! The HTML of a specification's example as an outline.

use super::outline::{Node, Outline, destination, picture};
use std::collections::BTreeMap;

/// An element that is open.
struct Open {
    name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Node>,
}

/// Reads HTML.
pub fn outline(html: &str) -> Outline {
    let mut footnotes = BTreeMap::new();
    let mut stack = vec![Open { name: String::new(), attributes: BTreeMap::new(), children: Vec::new() }];
    let mut rest = html;
    while !rest.is_empty() {
        if let Some(dropped) = dropped(rest) {
            rest = &rest[dropped..];
        } else if let Some((name, attributes, length)) = tag(rest) {
            rest = &rest[length..];
            if let Some(name) = name.strip_prefix('/') {
                if let Some(depth) = stack.iter().skip(1).rposition(|open| open.name == name) {
                    while stack.len() > depth + 1 {
                        close(&mut stack, &mut footnotes);
                    }
                }
            } else {
                if matches!(name.as_str(), "script" | "style") {
                    rest = rest.find(&format!("</{name}")).map_or("", |end| &rest[end..]);
                }
                let is_void = matches!(name.as_str(), "br" | "hr" | "img" | "input");
                stack.push(Open { name, attributes, children: Vec::new() });
                if is_void {
                    close(&mut stack, &mut footnotes);
                }
            }
        } else {
            let end = rest.char_indices().skip(1).find(|(_, sign)| *sign == '<').map_or(rest.len(), |(end, _)| end);
            let text = Node::Text(unescaped(&rest[..end]));
            stack.last_mut().expect("the root is never closed").children.push(text);
            rest = &rest[end..];
        }
    }
    while stack.len() > 1 {
        close(&mut stack, &mut footnotes);
    }
    Outline { blocks: stack.remove(0).children, footnotes }
}

/// The length of a comment, a declaration or an instruction.
fn dropped(text: &str) -> Option<usize> {
    let end = |mark: &str, from: usize| text[from..].find(mark).map(|end| from + end + mark.len());
    match text {
        _ if text.starts_with("<!-->") => Some(5),
        _ if text.starts_with("<!--->") => Some(6),
        _ if text.starts_with("<!--") => end("-->", 4),
        _ if text.starts_with("<![CDATA[") => end("]]>", 9),
        _ if text.starts_with("<?") => end("?>", 2),
        _ if text.starts_with("<!") => end(">", 2),
        _ => None,
    }
}

/// Reads a tag: its name (that of an end begins with a stroke), its attributes, its length.
fn tag(text: &str) -> Option<(String, BTreeMap<String, String>, usize)> {
    let inside = text.strip_prefix('<')?;
    let word = inside.strip_prefix('/').unwrap_or(inside);
    if !word.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let mut quote = None;
    let end = inside.char_indices().find(|(_, sign)| {
        match quote {
            Some(open) if open == *sign => quote = None,
            None if matches!(sign, '"' | '\'') => quote = Some(*sign),
            _ => {}
        }
        quote.is_none() && *sign == '>'
    });
    let end = end.map_or(inside.len() - 1, |(end, _)| end);
    let written = inside[..end].trim_end_matches('/');
    let name_end = written.find(|sign: char| sign.is_whitespace()).unwrap_or(written.len());
    let mut attributes = BTreeMap::new();
    let mut rest = written[name_end..].trim_start();
    while let Some((name, value)) = rest.split_once('=') {
        let value = value.trim_start();
        let quote = value.chars().next().filter(|sign| matches!(sign, '"' | '\''));
        let (value, left) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_once(char::is_whitespace).unwrap_or((value, "")),
        };
        let name = name.split_whitespace().last().unwrap_or_default();
        attributes.insert(name.to_lowercase(), unescaped(value));
        rest = left.trim_start();
    }
    Some((written[..name_end].to_lowercase(), attributes, end + 2))
}

/// Resolves the references that writers of HTML cannot do without.
fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

/// Closes the innermost element.
fn close(stack: &mut Vec<Open>, footnotes: &mut BTreeMap<String, Vec<Node>>) {
    let Some(Open { name, attributes, children }) = stack.pop() else { return };
    let value = |name: &str| attributes.get(name).cloned().unwrap_or_default();
    let class = value("class");
    let element = |name: &str, about: String, children| Node::Element(name.to_owned(), about, children);
    let has = |node: &Node, wanted: &str| matches!(node, Node::Element(name, ..) if name == wanted);
    let node = match name.as_str() {
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "dl" | "dt" | "dd" | "tr" | "table" | "em"
        | "strong" | "del" | "sub" | "code" | "br" | "hr" => match children.as_slice() {
            // The code of a block tells its language.
            [Node::Text(_)] | [] if name == "code" && class.starts_with("language-") => {
                element("code", class["language-".len()..].to_owned(), children)
            }
            _ => Node::plain(&name, children),
        },
        // The case of a label does not matter; in HTML it stays as it is written.
        "sup" if class == "footnote-reference" => {
            let label = children.iter().find_map(|child| match child {
                Node::Element(_, about, _) => about.strip_prefix('#').map(str::to_owned),
                Node::Text(_) => None,
            });
            element("mark", label.unwrap_or_default().to_lowercase(), Vec::new())
        }
        "sup" if class == "footnote-definition-label" => return,
        "div" if class == "footnote-definition" => {
            footnotes.insert(value("id").to_lowercase(), children);
            return;
        }
        "sup" => Node::plain("sup", children),
        "span" if class == "math math-inline" => element("math", "inline".to_owned(), children),
        "span" if class == "math math-display" => element("math", "display".to_owned(), children),
        "ul" | "ol" => {
            let is_loose =
                |item: &Node| matches!(item, Node::Element(.., parts) if parts.iter().any(|part| has(part, "p")));
            let spacing = if children.iter().any(is_loose) { "loose" } else { "tight" };
            let start = match (name.as_str(), attributes.get("start")) {
                ("ul", _) => String::new(),
                (_, Some(start)) => format!("{start} "),
                (_, None) => "1 ".to_owned(),
            };
            element(&name, start + spacing, children)
        }
        "blockquote" => element("blockquote", class.trim_start_matches("markdown-alert-").to_owned(), children),
        "pre" => {
            let language = match children.as_slice() {
                [Node::Element(code, about, _)] if code == "code" => about.clone(),
                _ => String::new(),
            };
            element("pre", language, children)
        }
        "td" | "th" => {
            let style = value("style");
            let style = style.trim_start_matches("text-align:").trim().trim_end_matches(';');
            element("td", if style.is_empty() { value("align") } else { style.to_owned() }, children)
        }
        "a" => element("a", destination(&value("href")), children),
        "img" => picture(&value("src"), &value("alt"), &value("title")),
        "input" => {
            let about = if attributes.contains_key("checked") { "checked" } else { "" };
            element("checkbox", about.to_owned(), Vec::new())
        }
        // What has no meaning in print is opened up.
        _ => {
            stack.last_mut().expect("the root is never closed").children.extend(children);
            return;
        }
    };
    stack.last_mut().expect("the root is never closed").children.push(node);
}
