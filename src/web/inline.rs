//! The text of one block as Markdown.
//!
//! What enters: words, spaces, line ends and the starts and ends of inline elements, as a page has them. What leaves:
//! lines of Markdown that say the same. White space is folded as browsers fold it, and no character of the page can
//! become markup. Emphasis is written with asterisks where Markdown reads them so everywhere, else as HTML.

mod render;

/// An inline element that means something in print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
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
    Link(String),
    /// A quotation in the line; its marks are a browser's.
    Quotation,
}

impl Mark {
    /// Gives the element's name in HTML.
    fn name(&self) -> &'static str {
        match self {
            Self::Strong => "b",
            Self::Emphasis => "i",
            Self::Superscript => "sup",
            Self::Subscript => "sub",
            Self::Strikethrough => "s",
            Self::Link(_) => "a",
            Self::Quotation => "q",
        }
    }
}

/// A piece of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    /// Characters without white space between them, and the line of the file they stand on.
    Word(String, usize),
    Space,
    Break,
    Open(Mark),
    Close(Mark),
    /// A picture: its words and where it is.
    Picture(String, String, usize),
    /// Something left out here, by its number.
    Omitted(usize),
}

/// Makes a control character visible (Unicode's control pictures); tabs and line ends stay.
pub fn shown(c: char) -> char {
    match c {
        '\t' | '\n' => c,
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).expect("control pictures are assigned"),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' => '\u{fffd}',
        _ => c,
    }
}

/// Where a block of text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a paragraph.
    Paragraph,
    /// In a heading, which is one line.
    Heading,
    /// In a cell of a table, which is one line.
    Cell,
}

/// A line of Markdown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// The Markdown.
    pub text: String,
    /// The line of the file on which its first word stands; 0 where it has none.
    pub line: usize,
    /// What was left out in it: the number, and the bytes of the line before it.
    pub omitted: Vec<(usize, usize)>,
    /// Whether a paragraph ends with it.
    pub ends_paragraph: bool,
}

/// The pieces of the block that is being read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inline {
    items: Vec<Item>,
    open: Vec<Mark>,
}

impl Inline {
    /// Whether nothing but white space was read.
    pub fn is_blank(&self) -> bool {
        !self.items.iter().any(|item| matches!(item, Item::Word(..) | Item::Picture(..)))
    }

    /// Adds a text that starts on a line of the file.
    pub fn text(&mut self, text: &str, mut line: usize) {
        let mut word = String::new();
        for c in text.chars() {
            let c = match c {
                ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                    self.word(&mut word, line);
                    self.space();
                    line += usize::from(c == '\n');
                    continue;
                }
                '\u{feff}' => continue,
                _ => shown(c),
            };
            word.push(c);
        }
        self.word(&mut word, line);
    }

    fn word(&mut self, word: &mut String, line: usize) {
        if word.is_empty() {
            return;
        }
        match self.items.last_mut() {
            Some(Item::Word(before, _)) => before.push_str(word),
            _ => self.items.push(Item::Word(std::mem::take(word), line)),
        }
        word.clear();
    }

    /// Adds white space: once, before the elements that open there, and never at the start of a line.
    fn space(&mut self) {
        let at = self.items.iter().rposition(|item| !matches!(item, Item::Open(_) | Item::Omitted(_)));
        match at.map(|at| (at, &self.items[at])) {
            None | Some((_, Item::Space | Item::Break)) => {}
            Some((at, _)) => {
                let opens = self.items[at + 1..].iter().position(|item| matches!(item, Item::Open(_)));
                let place = opens.map_or(self.items.len(), |opens| at + 1 + opens);
                self.items.insert(place, Item::Space);
            }
        }
    }

    /// Adds a line end that is kept.
    pub fn line_end(&mut self) {
        while self.items.last() == Some(&Item::Space) {
            self.items.pop();
        }
        let place = self.items.iter().rposition(|item| !matches!(item, Item::Open(_))).map_or(0, |at| at + 1);
        self.items.insert(place, Item::Break);
    }

    /// Starts an element.
    pub fn open(&mut self, mark: Mark) {
        if mark == Mark::Quotation {
            self.items.push(Item::Word("“".to_owned(), 0));
        } else {
            self.items.push(Item::Open(mark.clone()));
        }
        self.open.push(mark);
    }

    /// Ends the innermost element.
    pub fn close(&mut self) {
        if let Some(mark) = self.open.pop() {
            self.close_mark(mark);
        }
    }

    fn close_mark(&mut self, mark: Mark) {
        if mark == Mark::Quotation {
            let spaced = self.items.pop_if(|item| *item == Item::Space).is_some();
            self.word(&mut "”".to_owned(), 0);
            if spaced {
                self.space();
            }
            return;
        }
        let mut after = Vec::new();
        while let Some(item) = self.items.pop_if(|item| matches!(item, Item::Space | Item::Break | Item::Omitted(_))) {
            after.push(item);
        }
        if matches!(self.items.last(), Some(Item::Open(_))) {
            self.items.pop();
        } else {
            self.items.push(Item::Close(mark));
        }
        self.items.extend(after.into_iter().rev());
    }

    /// Adds a picture.
    pub fn picture(&mut self, words: &str, url: String, line: usize) {
        self.items.push(Item::Picture(crate::text::squeeze(words), url, line));
    }

    /// Notes that something was left out here.
    pub fn omitted(&mut self, number: usize) {
        self.items.push(Item::Omitted(number));
    }

    /// Ends the block: gives its lines, and opens the elements anew that go on in the next block.
    pub fn finish(&mut self, place: Place) -> Vec<Line> {
        for mark in self.open.clone().into_iter().rev() {
            self.close_mark(mark);
        }
        let items = std::mem::take(&mut self.items);
        let marks = self.open.iter().filter(|mark| **mark != Mark::Quotation);
        self.items.extend(marks.cloned().map(Item::Open));
        render::lines(&items, place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> String {
        let mut inline = Inline::default();
        inline.text(text, 1);
        inline.finish(Place::Paragraph).into_iter().map(|line| line.text).collect::<Vec<_>>().join("\\\n")
    }

    #[test]
    fn no_character_of_a_page_becomes_markup() {
        for (page, markdown) in [
            ("# 1", "\\# 1"),
            ("#1", "#1"),
            ("3. Mai 2010", "3\\. Mai 2010"),
            ("- a * b", "\\- a \\* b"),
            ("snake_case and _this_", "snake_case and \\_this\\_"),
            ("a <b> & &amp; x < y", "a \\<b> & \\&amp; x < y"),
            ("[x](y) [^1] [a]: b", "[x\\](y) \\[\\^1] [a\\]: b"),
            (":word", "\\:word"),
            ("---", "\\---"),
            ("  white \n space ", "white space"),
        ] {
            assert_eq!(paragraph(page), markdown, "{page}");
        }
    }

    #[test]
    fn emphasis_is_written_so_that_it_is_read() {
        let mut inline = Inline::default();
        inline.text("He said ", 1);
        inline.open(Mark::Strong);
        inline.text("no ", 1);
        inline.close();
        inline.text("and un", 1);
        inline.open(Mark::Emphasis);
        inline.text("think", 1);
        inline.close();
        inline.text("able 2", 1);
        inline.open(Mark::Superscript);
        inline.text("nd", 1);
        inline.close();
        let lines = inline.finish(Place::Paragraph);
        assert_eq!(lines[0].text, "He said **no** and un<i>think</i>able 2nd");
    }

    #[test]
    fn line_ends_are_kept_and_two_end_a_paragraph() {
        let mut inline = Inline::default();
        inline.text("One ", 1);
        inline.line_end();
        inline.text("\n two", 1);
        inline.line_end();
        inline.line_end();
        inline.text("three", 3);
        inline.line_end();
        let lines = inline.finish(Place::Paragraph);
        let told: Vec<(&str, bool)> = lines.iter().map(|line| (line.text.as_str(), line.ends_paragraph)).collect();
        assert_eq!(told, [("One", false), ("two", true), ("three", true)]);
    }
}
