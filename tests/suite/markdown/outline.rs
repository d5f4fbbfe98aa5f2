//! What a text says and how it is built, in one form for HTML and for the trees of documents, so that they compare.
//!
//! An outline is plain HTML without attributes that nobody sees in print: white space is folded, loose text in an item
//! is a paragraph, headings begin at the first level, a footnote stands behind the text under its label.

use dossier::document::{Alignment, Block, Inline, Tree, passage};
use std::collections::{BTreeMap, BTreeSet};

/// An element or a piece of text.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// Text.
    Text(String),
    /// An element with what is to be compared of its attributes.
    Element(String, String, Vec<Node>),
}

impl Node {
    /// Makes an element without attributes.
    pub fn plain(name: &str, children: Vec<Node>) -> Self {
        Self::Element(name.to_owned(), String::new(), children)
    }

    /// Whether it is part of a line.
    pub fn is_inline(&self) -> bool {
        match self {
            Self::Text(_) => true,
            Self::Element(name, ..) => matches!(
                name.as_str(),
                "em" | "strong" | "del" | "sup" | "sub" | "a" | "img" | "code" | "math" | "br" | "mark" | "checkbox"
            ),
        }
    }
}

/// An outline: the blocks of the text and the footnotes by label.
#[derive(Debug, Default)]
pub struct Outline {
    /// The blocks.
    pub blocks: Vec<Node>,
    /// The footnotes.
    pub footnotes: BTreeMap<String, Vec<Node>>,
}

impl Outline {
    /// Writes the outline.
    pub fn written(&self) -> String {
        let mut out = String::new();
        for block in folded(&self.blocks) {
            write(&block, &mut out);
        }
        for (label, blocks) in &self.footnotes {
            out.push_str(&format!("[{label}]:"));
            for block in folded(blocks) {
                write(&block, &mut out);
            }
        }
        fit_headings(&out)
    }

    /// All that is said, in the order of the text.
    pub fn said(&self) -> String {
        let notes = self.footnotes.values().map(|blocks| plain(blocks));
        std::iter::once(plain(&self.blocks)).chain(notes).collect()
    }

    /// The words of the text in the order in which they are set: a footnote's stand where its mark is, those that no
    /// mark asks for behind the text.
    pub fn words(&self) -> String {
        let mut words = String::new();
        let mut met = BTreeSet::new();
        self.say(&self.blocks, &mut words, &mut met);
        for (label, blocks) in &self.footnotes {
            if met.insert(label.clone()) {
                self.say(blocks, &mut words, &mut met);
            }
        }
        words
    }

    fn say(&self, nodes: &[Node], words: &mut String, met: &mut BTreeSet<String>) {
        for node in nodes {
            match node {
                Node::Text(text) => words.push_str(text),
                Node::Element(name, about, children) if name == "math" => {
                    let dollars = if about == "display" { "$$" } else { "$" };
                    words.push_str(&format!("{dollars}{}{dollars}", plain(children)));
                }
                Node::Element(name, _, children) if matches!(name.as_str(), "code" | "pre") => {
                    words.push_str(&plain(children));
                }
                Node::Element(name, label, _) if name == "mark" => {
                    if met.insert(label.clone())
                        && let Some(blocks) = self.footnotes.get(label)
                    {
                        self.say(blocks, words, met);
                    }
                }
                Node::Element(name, _, children) => {
                    self.say(children, words, met);
                    if name == "br" || !node.is_inline() {
                        words.push('\n');
                    }
                }
            }
        }
    }
}

/// The text in nodes.
fn plain(nodes: &[Node]) -> String {
    nodes
        .iter()
        .map(|node| match node {
            Node::Text(text) => text.clone(),
            Node::Element(.., children) => plain(children),
        })
        .collect()
}

/// Makes paragraphs of loose text among blocks, and drops blanks between them.
fn folded(nodes: &[Node]) -> Vec<Node> {
    let mut blocks = Vec::new();
    let mut loose: Vec<Node> = Vec::new();
    let settle = |loose: &mut Vec<Node>, blocks: &mut Vec<Node>| {
        let nodes = std::mem::take(loose);
        let is_blank = nodes.iter().all(|node| matches!(node, Node::Text(text) if text.trim().is_empty()));
        if !is_blank {
            blocks.push(Node::plain("p", nodes));
        }
    };
    for node in nodes {
        if node.is_inline() {
            loose.push(node.clone());
        } else {
            settle(&mut loose, &mut blocks);
            blocks.push(node.clone());
        }
    }
    settle(&mut loose, &mut blocks);
    blocks
}

/// Writes a block.
fn write(node: &Node, out: &mut String) {
    let Node::Element(name, about, children) = node else { return };
    let attributes = if about.is_empty() { String::new() } else { format!(" {about}") };
    match name.as_str() {
        "pre" => {
            let code = plain(children);
            let code = code.strip_suffix('\n').unwrap_or(&code);
            if !code.trim().is_empty() {
                out.push_str(&format!("<pre{attributes}>{code}</pre>"));
            }
        }
        "hr" => out.push_str("<hr>"),
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "td" | "dt" => {
            let mut line = Line::default();
            children.iter().for_each(|child| line.write(child));
            let line = line.out.trim_matches(|blank: char| blank.is_whitespace()).to_owned();
            if !(line.is_empty() && name == "p") {
                out.push_str(&format!("<{name}{attributes}>{line}</{name}>"));
            }
        }
        "table" | "tr" | "ul" | "ol" | "dl" => {
            out.push_str(&format!("<{name}{attributes}>"));
            children.iter().filter(|child| !child.is_inline()).for_each(|child| write(child, out));
            out.push_str(&format!("</{name}>"));
        }
        _ => {
            out.push_str(&format!("<{name}{attributes}>"));
            folded(children).iter().for_each(|child| write(child, out));
            out.push_str(&format!("</{name}>"));
        }
    }
}

/// A line whose blanks are folded.
#[derive(Default)]
struct Line {
    out: String,
    is_blank: bool,
}

impl Line {
    fn write(&mut self, node: &Node) {
        match node {
            Node::Text(text) => {
                for character in text.chars() {
                    let is_blank = matches!(character, ' ' | '\n' | '\t');
                    let is_lead = self.out.is_empty() || self.out.ends_with("</checkbox>");
                    if !(is_blank && (self.is_blank || is_lead)) {
                        self.out.push(if is_blank { ' ' } else { character });
                    }
                    self.is_blank = is_blank;
                }
            }
            Node::Element(name, ..) if name == "br" => {
                self.out.truncate(self.out.trim_end_matches(' ').len());
                self.out.push_str("<br>");
                self.is_blank = true;
            }
            Node::Element(name, about, children) => {
                let attributes = if about.is_empty() { String::new() } else { format!(" {about}") };
                self.out.push_str(&format!("<{name}{attributes}>"));
                children.iter().for_each(|child| self.write(child));
                self.out.push_str(&format!("</{name}>"));
            }
        }
    }
}

/// Renumbers headings: the highest that is met becomes the first.
fn fit_headings(text: &str) -> String {
    let met: Vec<u8> = (1..=6).filter(|level| text.contains(&format!("<h{level}>"))).collect();
    met.iter().zip(1..).fold(text.to_owned(), |text, (level, rank)| {
        text.replace(&format!("<h{level}>"), &format!("<h{rank}>"))
            .replace(&format!("</h{level}>"), &format!("</h{rank}>"))
    })
}

/// Says where a link leads, however it is escaped.
pub fn destination(url: &str) -> String {
    let bytes = url.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = url.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// A picture: what is said under it, where that is something else, and what stands for it.
pub fn picture(url: &str, alternative: &str, title: &str) -> Node {
    let title = if title == alternative { "" } else { title };
    let words = [title, alternative].map(|words| Node::Text(words.to_owned()));
    Node::Element("img".to_owned(), destination(url), words.to_vec())
}

/// Outlines a document's tree.
pub fn of_tree(tree: &Tree) -> Outline {
    Outline {
        blocks: blocks(&tree.blocks),
        footnotes: tree.footnotes.iter().map(|(label, content)| (label.clone(), blocks(content))).collect(),
    }
}

fn blocks(content: &[Block]) -> Vec<Node> {
    content.iter().map(block).collect()
}

fn block(block: &Block) -> Node {
    match block {
        Block::Paragraph(content) => Node::plain("p", inlines(content)),
        Block::Heading { level, content } => Node::plain(&format!("h{level}"), inlines(content)),
        Block::List { start, tight, items } => {
            let items = items.iter().map(|item| Node::plain("li", blocks(item))).collect();
            let (name, start) = match start {
                Some(start) => ("ol", format!("{start} ")),
                None => ("ul", String::new()),
            };
            Node::Element(name.to_owned(), start + if *tight { "tight" } else { "loose" }, items)
        }
        Block::Quote { label, blocks: content } => {
            let label = label.as_deref().unwrap_or_default().to_lowercase();
            Node::Element("blockquote".to_owned(), label, blocks(content))
        }
        Block::Code { leaf, language } => {
            let text = vec![Node::Text(format!("{}\n", leaf.text))];
            Node::Element("pre".to_owned(), language.clone().unwrap_or_default(), text)
        }
        Block::Lines(lines) => {
            let broken: Vec<Vec<Node>> = lines.iter().map(|line| inlines(line)).collect();
            Node::plain("p", broken.join(&Node::plain("br", Vec::new())))
        }
        Block::Question { label, content } => {
            let label = label.iter().map(|label| Node::Text(format!("{} ", label.text)));
            Node::plain("p", label.chain(inlines(content)).collect())
        }
        Block::Table { alignments, head, rows } => {
            let row = |cells: &Vec<Vec<Inline>>| {
                let cells = cells.iter().enumerate().map(|(column, cell)| {
                    let alignment = match alignments.get(column) {
                        None | Some(Alignment::Natural) => "",
                        Some(Alignment::Left) => "left",
                        Some(Alignment::Centre) => "center",
                        Some(Alignment::Right) => "right",
                    };
                    Node::Element("td".to_owned(), alignment.to_owned(), inlines(cell))
                });
                Node::plain("tr", cells.collect())
            };
            Node::plain("table", std::iter::once(head).chain(rows).map(row).collect())
        }
        Block::Definitions(definitions) => {
            let mut nodes = Vec::new();
            for definition in definitions {
                nodes.push(Node::plain("dt", inlines(&definition.term)));
                nodes.extend(definition.meanings.iter().map(|meaning| Node::plain("dd", blocks(meaning))));
            }
            Node::plain("dl", nodes)
        }
        Block::Rule => Node::plain("hr", Vec::new()),
    }
}

fn inlines(content: &[Inline]) -> Vec<Node> {
    content.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> Node {
    let wrapped = |name: &str, content: &[Inline]| Node::plain(name, inlines(content));
    match inline {
        Inline::Text(leaf) => Node::Text(leaf.text.clone()),
        Inline::Code(leaf) => Node::plain("code", vec![Node::Text(leaf.text.clone())]),
        Inline::Math { leaf, display } => {
            let about = if *display { "display" } else { "inline" };
            let dollars = if *display { "$$" } else { "$" };
            let formula = leaf.text.strip_prefix(dollars).and_then(|inside| inside.strip_suffix(dollars));
            let formula = formula.expect("a formula stands between its dollar signs").to_owned();
            Node::Element("math".to_owned(), about.to_owned(), vec![Node::Text(formula)])
        }
        Inline::SoftBreak => Node::Text("\n".to_owned()),
        Inline::HardBreak => Node::plain("br", Vec::new()),
        Inline::Emphasis(content) => wrapped("em", content),
        Inline::Strong(content) => wrapped("strong", content),
        Inline::Strikethrough(content) => wrapped("del", content),
        Inline::Superscript(content) => wrapped("sup", content),
        Inline::Subscript(content) => wrapped("sub", content),
        Inline::Link { url, content } => Node::Element("a".to_owned(), destination(url), inlines(content)),
        Inline::Image { url, alternative, caption, .. } => {
            picture(url, &passage::text(alternative), caption.as_ref().map_or("", |caption| &caption.text))
        }
        Inline::FootnoteMark { label, .. } => Node::Element("mark".to_owned(), label.clone(), Vec::new()),
        Inline::Checkbox(checked) => {
            Node::Element("checkbox".to_owned(), if *checked { "checked" } else { "" }.to_owned(), Vec::new())
        }
    }
}
