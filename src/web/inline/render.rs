//! The pieces of a block as lines.
//!
//! What enters: the pieces of one block, and where it stands. What leaves: lines of Markdown that say the same, in which
//! no character of the page is markup.

use super::{Item, Line, Mark, Place};

/// Writes pieces as lines.
pub(super) fn lines(items: &[Item], place: Place) -> Vec<Line> {
    Renderer { items, place, lines: Vec::new(), line: Line::default(), emphasis: 0, links: 0 }.lines()
}

impl Line {
    /// Puts a backslash before the character at a place; what was left out after that character stays after it.
    fn escape(&mut self, place: usize) {
        self.text.insert(place, '\\');
        for (_, at) in self.omitted.iter_mut().filter(|(_, at)| *at > place) {
            *at += 1;
        }
    }
}

/// The pieces of a block, and the lines so far.
struct Renderer<'i> {
    items: &'i [Item],
    place: Place,
    lines: Vec<Line>,
    line: Line,
    /// How many elements of emphasis are open.
    emphasis: usize,
    /// How many links are open.
    links: usize,
}

impl Renderer<'_> {
    fn lines(mut self) -> Vec<Line> {
        // How each open element is written, the innermost last.
        let mut closing: Vec<String> = Vec::new();
        for at in 0..self.items.len() {
            match &self.items[at] {
                Item::Word(word, line) => {
                    if self.line.line == 0 {
                        self.line.line = *line;
                    }
                    self.write(at, word);
                }
                Item::Space => {
                    if !self.line.text.is_empty() && !self.is_at_end(at) {
                        self.line.text.push(' ');
                    }
                }
                Item::Break => self.break_line(at, &closing),
                Item::Open(mark) => {
                    let (open, close) = self.signs(at, mark);
                    if open == "[" && self.line.text.ends_with('!') {
                        self.line.escape(self.line.text.len() - 1);
                    }
                    self.line.text.push_str(&open);
                    closing.push(close);
                    match mark {
                        Mark::Strong | Mark::Emphasis => self.emphasis += 1,
                        Mark::Link(_) => self.links += 1,
                        _ => {}
                    }
                }
                Item::Close(mark) => {
                    self.line.text.push_str(&closing.pop().unwrap_or_default());
                    match mark {
                        Mark::Strong | Mark::Emphasis => self.emphasis -= 1,
                        Mark::Link(_) => self.links -= 1,
                        _ => {}
                    }
                }
                Item::Picture(words, url, line) => {
                    if self.line.line == 0 {
                        self.line.line = *line;
                    }
                    let mut inside = String::new();
                    escape(words, None, None, Surroundings { is_link: true, place: self.place }, &mut inside);
                    self.line.text.push_str(&format!("![{inside}](<{url}>)"));
                }
                Item::Omitted(number) => self.line.omitted.push((*number, self.line.text.len())),
            }
        }
        self.end_line();
        if self.lines.is_empty() && !self.line.omitted.is_empty() {
            self.lines.push(std::mem::take(&mut self.line));
        }
        if let Some(last) = self.lines.last_mut() {
            last.ends_paragraph = true;
        }
        self.lines
    }

    /// Whether nothing that is printed follows in the line.
    fn is_at_end(&self, at: usize) -> bool {
        let next = self.items[at + 1..].iter().find(|item| !matches!(item, Item::Omitted(_) | Item::Close(_)));
        matches!(next, None | Some(Item::Break))
    }

    /// Breaks the line; two line ends in a row end a paragraph.
    fn break_line(&mut self, at: usize, closing: &[String]) {
        let is_printed = |item: &Item| matches!(item, Item::Word(..) | Item::Picture(..));
        if !self.items[at..].iter().any(is_printed) || self.line.text.is_empty() && self.lines.is_empty() {
            return;
        }
        match self.place {
            Place::Heading => {
                if !self.line.text.ends_with(' ') {
                    self.line.text.push(' ');
                }
            }
            Place::Cell => self.line.text.push_str("<br>"),
            Place::Paragraph if self.line.text.is_empty() => {
                if let Some(last) = self.lines.last_mut().filter(|_| closing.is_empty()) {
                    last.ends_paragraph = true;
                }
            }
            Place::Paragraph => self.end_line(),
        }
    }

    fn end_line(&mut self) {
        if self.line.text.trim().is_empty() {
            let omitted = std::mem::take(&mut self.line.omitted);
            match self.lines.last_mut() {
                Some(last) => {
                    let length = last.text.len();
                    last.omitted.extend(omitted.into_iter().map(|(number, _)| (number, length)));
                    self.line = Line::default();
                }
                // Nothing of the block is printed; what was left out of it is kept.
                None => self.line = Line { omitted, ..Line::default() },
            }
            return;
        }
        let mut line = std::mem::take(&mut self.line);
        // Markdown takes signs at the end of a heading for its end or its name, escaped or not.
        if self.place == Place::Heading && line.text.trim_end().ends_with(['}', '#']) {
            line.text.push_str("<!-- -->");
        }
        if self.place == Place::Paragraph
            && let Some(place) = markup(&line.text)
        {
            line.escape(place);
        }
        self.lines.push(line);
    }

    /// Tells how an element is written: its start and its end.
    fn signs(&self, at: usize, mark: &Mark) -> (String, String) {
        let name = mark.name();
        let html = || (format!("<{name}>"), format!("</{name}>"));
        match mark {
            Mark::Strong if self.place == Place::Heading => (String::new(), String::new()),
            Mark::Link(_) if self.links > 0 => (String::new(), String::new()),
            Mark::Link(url) => ("[".to_owned(), format!("](<{url}>)")),
            Mark::Strong | Mark::Emphasis if self.emphasis == 0 && self.is_plain(at) => {
                let sign = if *mark == Mark::Strong { "**" } else { "*" };
                (sign.to_owned(), sign.to_owned())
            }
            Mark::Superscript if self.is_ordinal(at) => (String::new(), String::new()),
            _ => html(),
        }
    }

    /// Whether what is raised is the ending of a number ("2nd"), which readers of dates take as part of it.
    fn is_ordinal(&self, at: usize) -> bool {
        let Some([Item::Word(word, _), Item::Close(Mark::Superscript)]) = self.items.get(at + 1..at + 3) else {
            return false;
        };
        let is_ending = ["st", "nd", "rd", "th", "er", "re", "e", "ème", "º", "ª", "o", "a"].contains(&word.as_str());
        is_ending && self.line.text.ends_with(|c: char| c.is_ascii_digit())
    }

    /// Whether asterisks round an element are read as emphasis: by what stands inside and outside of both ends.
    fn is_plain(&self, at: usize) -> bool {
        let mut depth = 0;
        let mut end = None;
        for (index, item) in self.items.iter().enumerate().skip(at) {
            match item {
                Item::Open(Mark::Strong | Mark::Emphasis) if index > at => return false,
                Item::Break if depth > 0 => return false,
                Item::Open(_) => depth += 1,
                Item::Close(_) => {
                    depth -= 1;
                    if depth == 0 {
                        end = Some(index);
                        break;
                    }
                }
                _ => {}
            }
        }
        let Some(end) = end else { return false };
        let seen = |items: &[Item]| items.iter().any(|item| !matches!(item, Item::Omitted(_)));
        let first = |items: &[Item]| items.iter().find_map(edge).map(|(first, _)| first);
        let before = self.line.text.chars().next_back();
        let inner = first(&self.items[at + 1..end]);
        let innermost = self.items[at + 1..end].iter().rev().find_map(edge).map(|(_, last)| last);
        let after =
            if seen(&self.items[end + 1..]) { first(&self.items[end + 1..end + 2]).or(Some('<')) } else { None };
        let is_open = |c: Option<char>| c.is_none_or(|c| c.is_whitespace());
        is_open(before)
            && is_open(after)
            && inner.is_some_and(char::is_alphanumeric)
            && innermost.is_some_and(|c| !c.is_whitespace())
    }

    /// Writes a word.
    fn write(&mut self, at: usize, word: &str) {
        let before = self.line.text.chars().next_back();
        let is_printed = |item: &&Item| !matches!(item, Item::Space | Item::Close(_) | Item::Omitted(_));
        let after = match self.items[at + 1..].iter().find(is_printed) {
            // A line end is written as markup, and a space before it is not written.
            Some(Item::Break) => None,
            _ => self.items.get(at + 1).and_then(edge).map(|(first, _)| first),
        };
        let surroundings = Surroundings { is_link: self.links > 0, place: self.place };
        escape(word, before, after, surroundings, &mut self.line.text);
    }
}

/// Gives the first and the last character of what is printed of a piece.
fn edge(item: &Item) -> Option<(char, char)> {
    match item {
        Item::Word(word, _) => Some((word.chars().next()?, word.chars().next_back()?)),
        Item::Space | Item::Break => Some((' ', ' ')),
        Item::Picture(..) => Some(('!', ')')),
        Item::Open(_) | Item::Close(_) | Item::Omitted(_) => None,
    }
}

/// What stands round a text.
#[derive(Clone, Copy)]
struct Surroundings {
    is_link: bool,
    place: Place,
}

/// Writes a text so that none of its characters is markup.
fn escape(text: &str, before: Option<char>, after: Option<char>, surroundings: Surroundings, out: &mut String) {
    let mut before = before;
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let next = rest.chars().next().or(after);
        let is_markup = match c {
            '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
            '`' | '*' | '~' | '^' | '$' => true,
            '_' => !(before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)),
            '<' => next.is_none_or(|next| next.is_alphanumeric() || matches!(next, '/' | '!' | '?')),
            '&' => rest
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '#')
                .is_some_and(|end| rest[end..].starts_with(';')),
            '[' => surroundings.is_link || matches!(next, Some('^' | '!')),
            ']' => surroundings.is_link || next.is_none_or(|next| matches!(next, '(' | '[' | ':')),
            '|' => surroundings.place == Place::Cell,
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
}

/// Finds what would be a list, a heading, a quotation, a rule or a definition at the start of a line.
fn markup(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let is_gap = |at: usize| bytes.get(at).is_none_or(|byte| *byte == b' ');
    let is_of = |signs: &str| !line.is_empty() && line.chars().all(|c| signs.contains(c));
    let hashes = bytes.iter().take_while(|byte| **byte == b'#').count();
    match bytes.first() {
        Some(b'#') if hashes <= 6 && is_gap(hashes) => Some(0),
        Some(b'>') => Some(0),
        Some(b'-' | b'+') if is_gap(1) || is_of("-|: ") || line.starts_with("---") || line.starts_with("+++") => {
            Some(0)
        }
        Some(b'=') if is_of("= ") => Some(0),
        Some(b':') => Some(0),
        Some(b'|') if is_of("-|: ") => Some(0),
        Some(b'[') if matches!(bytes.get(1..3), Some(b" ]" | b"x]" | b"X]")) && is_gap(3) => Some(0),
        Some(b'.' | b')') if digits > 0 => None,
        _ if (1..=9).contains(&digits) && matches!(bytes.get(digits), Some(b'.' | b')')) && is_gap(digits + 1) => {
            Some(digits)
        }
        _ => None,
    }
}
