//! What a source's text must show, read apart from the tree that is set.
//!
//! What enters: a source's text without what was left out. What leaves: every letter, mark and digit that a reader of it
//! would see, with its place, and for all else the rule by which it is a mark and no word. Markdown's marks are known
//! from the parser's own events; whatever none of them covers has no class, and is lost if it is a word.

use crate::document::markdown::{self, Shown};
use crate::document::plain;
use crate::document::{Format, Leaf};
use crate::text::{Span, encloses, is_of_word};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};
use serde::Serialize;

/// Why characters of a source are no words of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Where a link leads, and its title.
    LinkDestination,
    /// The label by which a link names its definition.
    LinkLabel,
    /// The definition of a link.
    LinkDefinition,
    /// Where a picture is, and its title.
    PictureAddress,
    /// The words of a picture that is shown, which the PDF holds as its alternative text.
    PictureWords,
    /// The label of a footnote, at its mark or before its text.
    FootnoteLabel,
    /// What a code block says of itself.
    InfoString,
    /// Attributes behind a heading.
    HeadingAttribute,
    /// The label of an alert, which is printed in its place.
    AlertLabel,
    /// The mark of a task.
    TaskMark,
    /// The mark or the number of a list item, which is printed in its place.
    ListMark,
    /// A tag, a comment or a declaration of HTML.
    HtmlTag,
    /// A script or style of HTML.
    HtmlScript,
    /// The name of a character that is no letter.
    CharacterReference,
}

/// What the characters of a source are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Nothing accounts for them.
    Open,
    /// Text.
    Text,
    /// Part of a mark.
    Mark(Rule),
}

/// What a text must show.
#[derive(Debug, Default)]
pub(super) struct Expected {
    /// The letters, marks and digits to be printed, with their places, in order.
    pub characters: Vec<(usize, char)>,
    /// What the bytes of the body are.
    classes: Vec<Class>,
    /// Where the body starts.
    start: usize,
    /// Parts of lines that are marks where they are not printed, in order.
    marks: Vec<(Span, Rule)>,
    /// Scripts and styles.
    scripts: Vec<Span>,
    /// Pictures, with their addresses.
    pictures: Vec<(Span, String)>,
}

/// How many marks of one line can begin before a word.
const MARKS_BEFORE: usize = 16;

/// The fewest bytes of container marks of which some are not kept.
const MARKS_TOO_DEEP: usize = 64;

impl Expected {
    /// Reads `text[body]`.
    pub fn of(text: &str, body: Span, format: Format) -> Self {
        let mut expected = Self { classes: vec![Class::Open; body.len()], start: body.start, ..Self::default() };
        match format {
            Format::Markdown | Format::Html => {
                Reader { text, expected, open: 0, cell_end: 0, html: None, hidden: None }.read(body)
            }
            Format::Plain => {
                expected.plain(text, body);
                expected
            }
        }
    }

    /// What a word is: text where any of it is, else a mark, unless nothing accounts for a part of it.
    pub fn class(&self, word: &Span) -> Class {
        let classes = self.classes.get(word.start - self.start..word.end - self.start).unwrap_or_default();
        match classes {
            _ if classes.contains(&Class::Open) => Class::Open,
            _ if classes.contains(&Class::Text) => Class::Text,
            [first, ..] => *first,
            [] => Class::Open,
        }
    }

    /// The rule by which a word that is not printed may be a mark all the same.
    pub fn mark(&self, word: &Span) -> Option<Rule> {
        let holds = |span: &Span| encloses(span, word);
        let before = &self.marks[..self.marks.partition_point(|(span, _)| span.start <= word.start)];
        let mark = before.iter().rev().take(MARKS_BEFORE).find(|(span, _)| holds(span)).map(|(_, rule)| *rule);
        mark.or_else(|| self.scripts.iter().any(holds).then_some(Rule::HtmlScript))
    }

    /// The address of the picture whose words a word belongs to.
    pub fn picture(&self, word: &Span) -> Option<&str> {
        let before = &self.pictures[..self.pictures.partition_point(|(span, _)| span.start <= word.start)];
        before
            .iter()
            .rev()
            .take(MARKS_BEFORE)
            .find(|(span, _)| encloses(span, word))
            .map(|(_, address)| address.as_str())
    }

    /// The places in `characters` of those that stand in a span.
    pub fn within(&self, span: &Span) -> std::ops::Range<usize> {
        let from = self.characters.partition_point(|(at, _)| *at < span.start);
        from..self.characters.partition_point(|(at, _)| *at < span.end).max(from)
    }

    fn paint(&mut self, span: Span, class: Class) {
        let end = span.end.saturating_sub(self.start).min(self.classes.len());
        let start = span.start.saturating_sub(self.start).min(end);
        self.classes[start..end].fill(class);
    }

    /// Reads plain text: all of it is text but for the marks that plain text has.
    fn plain(&mut self, text: &str, body: Span) {
        self.paint(body.clone(), Class::Text);
        let mut at = body.start;
        for line in text[body].split_inclusive('\n') {
            let characters = line.char_indices().filter(|(_, character)| is_of_word(*character));
            self.characters.extend(characters.map(|(offset, character)| (at + offset, character)));
            self.marks.extend(plain::marks(line).into_iter().map(|(span, mark)| {
                let rule = match mark {
                    plain::Mark::Item => Rule::ListMark,
                    plain::Mark::Destination => Rule::LinkDestination,
                };
                (at + span.start..at + span.end, rule)
            }));
            at += line.len();
        }
    }
}

/// A Markdown text that is being read.
struct Reader<'t> {
    text: &'t str,
    expected: Expected,
    /// How many elements are open.
    open: usize,
    /// Where the last cell of a table ended.
    cell_end: usize,
    /// The stretches of the HTML block that is open.
    html: Option<Vec<(String, usize)>>,
    /// Where a script began, and how many elements were open there.
    hidden: Option<(usize, usize)>,
}

impl Reader<'_> {
    fn read(mut self, body: Span) -> Expected {
        for span in markdown::reference_definitions(self.text, body.clone()) {
            self.mark(span, Rule::LinkDefinition);
        }
        markdown::walk(self.text, body.clone(), |event, span| self.event(event, span));
        self.repeated_definitions(body);
        self.expected.characters.sort_by_key(|(at, _)| *at);
        self.expected
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => {
                if !markdown::is_inline(&tag) {
                    self.hidden = None;
                }
                self.start(tag, span);
                self.open += 1;
            }
            Event::End(tag) => {
                self.open -= 1;
                match tag {
                    TagEnd::HtmlBlock => {
                        let chunks = self.html.take().unwrap_or_default();
                        self.html(&chunks);
                    }
                    TagEnd::TableCell => self.cell_end = span.end,
                    // Cells for which the head of the table has no column are no events; they are text all the same.
                    TagEnd::TableRow => {
                        let rest = self.cell_end.min(span.end)..span.end;
                        let surplus = self.text.get(rest.clone()).unwrap_or_default().to_owned();
                        self.text(&surplus, rest);
                    }
                    _ => {}
                }
            }
            Event::Text(text) | Event::Code(text) => self.text(&text, span),
            Event::InlineMath(_) | Event::DisplayMath(_) => {
                let formula = self.text.get(span.clone()).unwrap_or_default().to_owned();
                self.text(&formula, span);
            }
            Event::Html(html) if self.html.is_some() => {
                self.mark(span.clone(), Rule::HtmlTag);
                self.html.iter_mut().for_each(|chunks| chunks.push((html.to_string(), span.start)));
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.mark(span.clone(), Rule::HtmlTag);
                self.html(&[(html.into_string(), span.start)]);
            }
            Event::FootnoteReference(_) => self.mark(span, Rule::FootnoteLabel),
            Event::TaskListMarker(_) => self.mark(span, Rule::TaskMark),
            Event::SoftBreak | Event::HardBreak | Event::Rule => {}
        }
    }

    /// Notes the marks of an element; the text in it comes later and is laid over them.
    fn start(&mut self, tag: Tag<'_>, span: Span) {
        let source = self.text.get(span.clone()).unwrap_or_default();
        let part = |from: usize, to: usize| span.start + from..span.start + to;
        match tag {
            Tag::Link { link_type: LinkType::Inline | LinkType::Autolink | LinkType::Email, .. } => {
                self.mark(span, Rule::LinkDestination);
            }
            Tag::Link { .. } => self.mark(span, Rule::LinkLabel),
            Tag::Image { dest_url, .. } => {
                self.expected.pictures.push((span.clone(), dest_url.into_string()));
                self.mark(span, Rule::PictureAddress);
            }
            Tag::FootnoteDefinition(_) => {
                let end = source.find("]:").unwrap_or_default();
                self.mark(part(0, end), Rule::FootnoteLabel);
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => {
                self.mark(part(0, source.find('\n').unwrap_or(source.len())), Rule::InfoString);
            }
            Tag::Heading { id, classes, attrs, .. } if id.is_some() || !classes.is_empty() || !attrs.is_empty() => {
                let from = source.rfind('{').unwrap_or(source.len());
                self.mark(part(from, source.len()), Rule::HeadingAttribute);
            }
            Tag::BlockQuote(Some(_)) => {
                let from = source.find("[!").unwrap_or_default();
                let length = source[from..].find(']').unwrap_or_default();
                self.mark(part(from, from + length), Rule::AlertLabel);
            }
            Tag::Item => {
                let number = source.trim_start();
                let digits = number.bytes().take_while(u8::is_ascii_digit).count();
                let from = source.len() - number.len();
                self.mark(part(from, from + digits), Rule::ListMark);
            }
            Tag::HtmlBlock => self.html = Some(Vec::new()),
            _ => {}
        }
    }

    fn mark(&mut self, span: Span, rule: Rule) {
        self.expected.paint(span, Class::Mark(rule));
    }

    /// Expects the characters of a text that a place in the source stands for.
    fn text(&mut self, text: &str, span: Span) {
        let source = self.text.get(span.clone()).unwrap_or_default();
        let of_words = |text: &str| -> Vec<(usize, char)> {
            text.char_indices().filter(|(_, character)| is_of_word(*character)).collect()
        };
        let (written, meant) = (of_words(source), of_words(text));
        if meant.is_empty() && !written.is_empty() {
            self.mark(span, Rule::CharacterReference);
            return;
        }
        let is_verbatim =
            written.iter().map(|(_, character)| character).eq(meant.iter().map(|(_, character)| character));
        let at = |index: usize| span.start + written.get(if is_verbatim { index } else { 0 }).map_or(0, |(at, _)| *at);
        let characters = meant.iter().enumerate().map(|(index, (_, character))| (at(index), *character));
        self.expected.characters.extend(characters);
        self.expected.paint(span, Class::Text);
    }

    fn html(&mut self, chunks: &[(String, usize)]) {
        let chunks: Vec<(&str, usize)> = chunks.iter().map(|(text, at)| (text.as_str(), *at)).collect();
        let mut at = chunks.first().map_or(0, |(_, at)| *at);
        for shown in markdown::shown(&chunks) {
            match shown {
                Shown::Text(Leaf { text, span }) => {
                    at = span.end;
                    self.text(&text, span);
                }
                Shown::Hides => self.hidden = Some((at, self.open)),
                Shown::Shows => {
                    if let Some((from, open)) = self.hidden.take()
                        && open == self.open
                    {
                        self.expected.scripts.push(from..at.max(from));
                    }
                }
            }
        }
    }

    /// Marks what no event covers and what a parser takes for link definitions and nothing else: of several with one label
    /// only the first counts. Marks the numbers among containers too deep to be kept as well.
    fn repeated_definitions(&mut self, body: Span) {
        let mut at = body.start;
        let mut run: Option<Span> = None;
        let mut runs = Vec::new();
        for line in self.text[body].split_inclusive('\n') {
            let here = at..at + line.len();
            at = here.end;
            let lead = line.find(|c: char| !matches!(c, ' ' | '\t' | '>' | '-' | '+' | '*' | '.' | ')' | '0'..='9'));
            let lead = lead.unwrap_or(line.len());
            if lead >= MARKS_TOO_DEEP {
                self.expected.marks.push((here.start..here.start + lead, Rule::ListMark));
            }
            let is_open = crate::text::words(line)
                .iter()
                .any(|word| self.expected.class(&(here.start + word.start..here.start + word.end)) == Class::Open);
            match &mut run {
                Some(run) if is_open => run.end = here.end,
                Some(_) => runs.extend(run.take()),
                None if is_open => run = Some(here),
                None => {}
            }
        }
        runs.extend(run);
        for run in runs {
            let mut says_nothing = true;
            markdown::walk(self.text, run.clone(), |event, _| {
                says_nothing &=
                    matches!(event, Event::Start(Tag::BlockQuote(None)) | Event::End(TagEnd::BlockQuote(_)));
            });
            if says_nothing {
                self.mark(run, Rule::LinkDefinition);
            }
        }
    }
}
