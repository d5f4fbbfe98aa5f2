//! Raw HTML inside Markdown.
//!
//! What enters: stretches of HTML with their places. What leaves: their visible text and the few tags that mean
//! something in print. Comments, scripts and styles are dropped, other tags too, but their text is kept.

use crate::document::Leaf;
use crate::text::Span;
use std::collections::BTreeSet;

/// What an inline element means in print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tag {
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
    /// Raised.
    Superscript,
    /// Lowered.
    Subscript,
    /// Struck out.
    Strikethrough,
    /// A link and where it leads.
    Anchor(String),
}

/// A piece of an HTML stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Visible text.
    Text(Leaf),
    /// A line end in the source.
    LineEnd,
    /// A line end to be kept (`<br>`).
    Break,
    /// The start of an inline element.
    Open(Tag),
    /// The end of an inline element, by its meaning (an anchor's address is empty).
    Close(Tag),
    /// A picture.
    Image {
        /// Where the picture is.
        url: String,
        /// The words that stand for it.
        alternative: String,
        /// The words under it.
        caption: String,
        /// The tag's place.
        span: Span,
    },
    /// The start or end of a block-level element.
    Block,
    /// The start or end of a part of a table.
    Grid(GridTag),
    /// The start of a heading of this level.
    Heading(u8),
    /// A rule (`<hr>`).
    Rule,
    /// The content of such an element, where its end follows.
    Program(Leaf),
    /// The start of an element whose content is never shown (`script`, `style`).
    Hidden,
    /// The end of such an element.
    Shown,
}

/// A tag of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GridTag {
    /// `<table>`.
    Table,
    /// Its end.
    EndTable,
    /// `<tr>`.
    Row,
    /// Its end.
    EndRow,
    /// `<td>` or `<th>`.
    Cell {
        /// Whether it is the head of a column or row.
        is_head: bool,
        /// Over how many columns it reaches.
        columns: usize,
        /// Over how many rows it reaches.
        rows: usize,
    },
    /// Its end.
    EndCell,
}

/// A part of raw HTML that bears on what is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Visible text.
    Text(Leaf),
    /// The start of a script or style that another stretch ends.
    Hides,
    /// The end of one that another stretch starts.
    Shows,
}

/// Gives what raw HTML shows; `chunks` are consecutive stretches with the places where they start.
pub fn shown(chunks: &[(&str, usize)]) -> Vec<Shown> {
    let shown = |piece| match piece {
        Piece::Text(leaf) => Some(Shown::Text(leaf)),
        Piece::Hidden => Some(Shown::Hides),
        Piece::Shown => Some(Shown::Shows),
        _ => None,
    };
    pieces(chunks).into_iter().filter_map(shown).collect()
}

/// The most columns or rows that one cell reaches over.
const FARTHEST: usize = 64;

/// Elements that begin and end a block.
const BLOCKS: [&str; 33] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "html",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "tbody",
    "tfoot",
    "thead",
    "ul",
];

/// A tag as written.
struct Written<'t> {
    name: String,
    is_end: bool,
    attributes: &'t str,
    length: usize,
}

/// Takes HTML apart; `chunks` are consecutive stretches with the places where they start.
pub fn pieces(chunks: &[(&str, usize)]) -> Vec<Piece> {
    let whole: String = chunks.iter().map(|(text, _)| *text).collect();
    let mut starts = Vec::with_capacity(chunks.len());
    let mut at = 0;
    for (text, place) in chunks {
        starts.push((at, *place));
        at += text.len();
    }
    let place = |offset: usize| {
        let (at, place) = starts[starts.partition_point(|(at, _)| *at <= offset).saturating_sub(1)];
        place + offset - at
    };
    let mut pieces = Vec::new();
    let bounds = Bounds::new(&whole);
    let mut unclosed = BTreeSet::new();
    let mut at = 0;
    while at < whole.len() {
        let rest = &whole[at..];
        if rest.starts_with("<!--") && at + 4 <= bounds.comment_end {
            at += rest[4..].find("-->").map_or(rest.len(), |end| end + 7);
        } else if rest.starts_with("<![CDATA[") && at < bounds.section_end {
            at += rest.find("]]>").map_or(rest.len(), |end| end + 3);
        } else if rest.starts_with("<?") && at < bounds.instruction_end {
            at += rest.find("?>").map_or(rest.len(), |end| end + 2);
        } else if (rest.starts_with("<!") || rest.starts_with("<?")) && at < bounds.bracket {
            at += rest.find('>').map_or(rest.len(), |end| end + 1);
        } else if let Some(tag) = written(&whole, at, &bounds) {
            let span = place(at)..place(at + tag.length - 1) + 1;
            at += tag.length;
            let piece = meaning(&tag, span);
            if piece == Some(Piece::Hidden) && !unclosed.contains(&tag.name) {
                if let Some(end) = closing(&whole, at, &tag.name) {
                    let inside = &whole[at..at + whole[at..end].rfind("</").unwrap_or(0)];
                    if !inside.trim().is_empty() {
                        let span = place(at)..place(at + inside.len() - 1) + 1;
                        pieces.push(Piece::Program(Leaf { text: inside.to_owned(), span }));
                    }
                    at = end;
                    continue;
                }
                unclosed.insert(tag.name);
            }
            pieces.extend(piece);
        } else {
            let next = rest.char_indices().skip(1).find(|(_, c)| *c == '<').map_or(rest.len(), |(end, _)| end);
            text(&whole[at..at + next], at, &place, &mut pieces);
            at += next;
        }
    }
    pieces
}

/// The last places of the characters that end something, so that no search runs on in vain.
struct Bounds {
    bracket: usize,
    double: usize,
    single: usize,
    comment_end: usize,
    section_end: usize,
    instruction_end: usize,
}

impl Bounds {
    fn new(whole: &str) -> Self {
        let last = |sign: &str| whole.rfind(sign).unwrap_or(0);
        Self {
            bracket: last(">"),
            double: last("\""),
            single: last("'"),
            comment_end: last("-->"),
            section_end: last("]]>"),
            instruction_end: last("?>"),
        }
    }
}

/// Reads the tag that starts at `at`, if one does.
fn written<'t>(whole: &'t str, at: usize, bounds: &Bounds) -> Option<Written<'t>> {
    let inside = whole[at..].strip_prefix('<')?;
    let is_end = inside.starts_with('/');
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    if !inside.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let name_length = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inside.len());
    let start = whole.len() - inside.len();
    let mut quote = None;
    for (offset, byte) in inside.bytes().enumerate().skip(name_length) {
        let limit = match quote {
            Some(b'"') => bounds.double,
            Some(_) => bounds.single,
            None => bounds.bracket,
        };
        if start + offset > limit {
            return None;
        }
        match (quote, byte) {
            (None, b'>') => {
                let attributes = &inside[name_length..offset];
                let name = inside[..name_length].to_ascii_lowercase();
                return Some(Written { name, is_end, attributes, length: start + offset + 1 - at });
            }
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Finds where a hidden element ends, its end tag included.
fn closing(whole: &str, from: usize, name: &str) -> Option<usize> {
    let mut at = from;
    while let Some(found) = whole[at..].find("</") {
        let start = at + found + 2;
        let is_it = whole.get(start..start + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
        if is_it {
            return whole[start..].find('>').map(|end| start + end + 1);
        }
        at = start;
    }
    None
}

/// Tells what a tag means in print.
fn meaning(tag: &Written<'_>, span: Span) -> Option<Piece> {
    let name = tag.name.as_str();
    let inline = match name {
        "b" | "strong" => Some(Tag::Strong),
        "i" | "em" | "cite" | "dfn" | "var" => Some(Tag::Emphasis),
        "sup" => Some(Tag::Superscript),
        "sub" => Some(Tag::Subscript),
        "s" | "del" | "strike" => Some(Tag::Strikethrough),
        "a" => Some(Tag::Anchor(attribute(tag.attributes, "href").unwrap_or_default())),
        _ => None,
    };
    match (inline, tag.is_end) {
        (Some(Tag::Anchor(_)), true) => return Some(Piece::Close(Tag::Anchor(String::new()))),
        (Some(inline), true) => return Some(Piece::Close(inline)),
        (Some(Tag::Anchor(url)), false) if url.is_empty() => return None,
        (Some(inline), false) => return Some(Piece::Open(inline)),
        (None, _) => {}
    }
    match name {
        "br" => Some(Piece::Break),
        "hr" => Some(Piece::Rule),
        "table" if tag.is_end => Some(Piece::Grid(GridTag::EndTable)),
        "table" => Some(Piece::Grid(GridTag::Table)),
        "tr" if tag.is_end => Some(Piece::Grid(GridTag::EndRow)),
        "tr" => Some(Piece::Grid(GridTag::Row)),
        "td" | "th" if tag.is_end => Some(Piece::Grid(GridTag::EndCell)),
        "td" | "th" => Some(Piece::Grid(GridTag::Cell {
            is_head: name == "th",
            columns: reach(tag, "colspan"),
            rows: reach(tag, "rowspan"),
        })),
        "script" | "style" if tag.is_end => Some(Piece::Shown),
        "script" | "style" => Some(Piece::Hidden),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !tag.is_end => Some(Piece::Heading(name.as_bytes()[1] - b'0')),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(Piece::Block),
        "img" => Some(Piece::Image {
            url: attribute(tag.attributes, "src").unwrap_or_default(),
            alternative: attribute(tag.attributes, "alt").unwrap_or_default(),
            caption: attribute(tag.attributes, "title").unwrap_or_default(),
            span,
        }),
        _ => BLOCKS.binary_search(&name).is_ok().then_some(Piece::Block),
    }
}

/// Over how many columns or rows a cell reaches.
fn reach(tag: &Written<'_>, name: &str) -> usize {
    let number = attribute(tag.attributes, name).and_then(|value| value.trim().parse().ok());
    number.unwrap_or(1).clamp(1, FARTHEST)
}

/// Reads an attribute's value.
fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let is_it = rest[..end].eq_ignore_ascii_case(name);
        let after = rest[end..].trim_start();
        let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
            if end == 0 {
                return None;
            }
            rest = after;
            continue;
        };
        let (value, left) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        if is_it {
            return Some(decoded(value));
        }
        rest = left;
    }
}

/// Adds the text of a stretch without tags, line by line, its character references resolved.
fn text(stretch: &str, at: usize, place: &impl Fn(usize) -> usize, pieces: &mut Vec<Piece>) {
    let leaf = |from: usize, to: usize, text: &str| {
        Piece::Text(Leaf { text: text.to_owned(), span: place(at + from)..place(at + to - 1) + 1 })
    };
    let (mut start, mut offset) = (0, 0);
    while offset < stretch.len() {
        let (piece, length) = match stretch.as_bytes()[offset] {
            b'\n' => (Some(Piece::LineEnd), 1),
            b'&' => match reference(&stretch[offset..]) {
                Some((shown, length)) => (Some(leaf(offset, offset + length, &shown.to_string())), length),
                None => (None, 1),
            },
            _ => (None, 1),
        };
        if let Some(piece) = piece {
            if start < offset {
                pieces.push(leaf(start, offset, &stretch[start..offset]));
            }
            pieces.push(piece);
            start = offset + length;
        }
        offset += length;
    }
    if start < stretch.len() {
        pieces.push(leaf(start, stretch.len(), &stretch[start..]));
    }
}

/// Resolves the character references of an attribute's value.
fn decoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (shown, length) = reference(&rest[at..]).unwrap_or(('&', 1));
        out.push(shown);
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out
}

/// Reads the character reference at the start of `text`: the character and the length of its source.
fn reference(text: &str) -> Option<(char, usize)> {
    let window = &text.as_bytes()[..text.len().min(12)];
    let end = window.iter().position(|byte| *byte == b';')?;
    let name = text.get(1..end)?;
    let shown = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "hellip" => '…',
        "bull" => '•',
        "middot" => '·',
        "copy" => '©',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "szlig" => 'ß',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|shown| !shown.is_control())?
        }
    };
    Some((shown, end + 1))
}
