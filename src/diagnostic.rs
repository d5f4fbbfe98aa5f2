//! What a run has to tell the person who started it.
//!
//! A [`Diagnostic`] names what was found, where, and an edit that mends it. Rendering gives text; nothing here prints.

use crate::text::Span;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};
use std::borrow::Cow;
use std::sync::Arc;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was left out or could not be done.
    Error,
    /// Something an editor should look at; the edition is whole.
    Warning,
    /// Something that was decided, as an editor would expect; it may be decided otherwise.
    Note,
}

/// A place in a file, with the text that stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file's path, relative to the collection.
    pub path: String,
    /// The file's text and the span in it; `None` where the whole file is meant.
    pub excerpt: Option<(Arc<str>, Span)>,
    /// The line of the file that is shown, where the text is a rendition of the file and has lines of its own.
    pub line: Option<usize>,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Its permanent name, such as `unknown-key`.
    pub slug: &'static str,
    /// One sentence: what was found, then what was wanted.
    pub message: String,
    /// Where.
    pub place: Option<Box<Place>>,
    /// Edits that the reader can make.
    pub helps: Vec<String>,
}

impl Diagnostic {
    /// Makes an error.
    pub fn error(slug: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, slug, message: message.into(), place: None, helps: Vec::new() }
    }

    /// Makes a warning.
    pub fn warning(slug: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(slug, message) }
    }

    /// Makes a note.
    pub fn note(slug: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(slug, message) }
    }

    /// The file that it is about.
    pub fn file(&self) -> Option<&str> {
        self.place.as_ref().map(|place| place.path.as_str())
    }

    /// Says that the whole of a file is meant.
    pub fn in_file(mut self, path: impl Into<String>) -> Self {
        self.place = Some(Box::new(Place { path: path.into(), excerpt: None, line: None }));
        self
    }

    /// Says where in a file the thing stands.
    pub fn at(mut self, path: impl Into<String>, text: &Arc<str>, span: Span) -> Self {
        self.place = Some(Box::new(Place { path: path.into(), excerpt: Some((Arc::clone(text), span)), line: None }));
        self
    }

    /// Gives the place its line in the file, where the text is a rendition of the file.
    pub fn on_line(mut self, line: usize) -> Self {
        if let Some(place) = &mut self.place {
            place.line = Some(line);
        }
        self
    }

    /// Adds an edit that mends it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.helps.push(help.into());
        self
    }
}

/// Whether rendered diagnostics carry terminal colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Escape sequences for a terminal.
    Terminal,
    /// Plain text.
    Never,
}

/// Renders a diagnostic the way rustc does, without a line end at the end.
pub fn render(diagnostic: &Diagnostic, colour: Colour) -> String {
    let renderer = match colour {
        Colour::Terminal => Renderer::styled(),
        Colour::Never => Renderer::plain(),
    }
    .decor_style(DecorStyle::Ascii);
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = visible(&diagnostic.message);
    let path = visible(diagnostic.file().unwrap_or_default());
    let helps: Vec<Cow<'_, str>> = diagnostic.helps.iter().map(|help| visible(help)).collect();
    let title = level.primary_title(&*message).id(diagnostic.slug);
    let mut group = match diagnostic.place.as_deref() {
        Some(Place { excerpt: Some((text, span)), line, .. }) => {
            let window = Window::around(text, span);
            let snippet =
                Snippet::source(&text[window.shown.clone()]).line_start(line.unwrap_or(window.line)).path(&*path);
            title.element(snippet.annotation(AnnotationKind::Primary.span(window.marked)))
        }
        Some(Place { excerpt: None, .. }) => title.element(annotate_snippets::Origin::path(&*path)),
        None => Group::with_title(title),
    };
    for help in &helps {
        group = group.element(Level::HELP.message(&**help));
    }
    renderer.render(&[group])
}

/// Writes control characters and marks of direction as TOML escapes them, so that no name of a file steers a terminal
/// and a help that quotes it can be copied.
fn visible(text: &str) -> Cow<'_, str> {
    let steers = |character: char| {
        character.is_control()
            || matches!(character, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ if steers(character) => out.push_str(&format!("\\u{:04X}", u32::from(character))),
            _ => out.push(character),
        }
    }
    Cow::Owned(out)
}

/// How much of a very long line is shown before what is marked, in bytes.
const BEFORE: usize = 200;
/// How much of a very long text is shown in all, in bytes.
const SHOWN: usize = 600;

/// The part of a file that a diagnostic shows: whole lines, unless they are very long.
struct Window {
    shown: Span,
    line: usize,
    marked: Span,
}

impl Window {
    /// Finds the lines that a span touches; a span beyond the text is fitted into it.
    fn around(text: &str, span: &Span) -> Self {
        let start = text.floor_char_boundary(span.start.min(text.len()));
        let end = text.ceil_char_boundary(span.end.clamp(start, text.len()));
        let head = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let from = text.ceil_char_boundary(head.max(start.saturating_sub(BEFORE)));
        let tail = text[end..].find('\n').map_or(text.len(), |at| end + at);
        let to = text.floor_char_boundary(tail.min(from + SHOWN)).max(from);
        let line = text[..start].matches('\n').count() + 1;
        Self { shown: from..to, line, marked: start.min(to) - from..end.min(to) - from }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_shows_its_line_and_an_edit() {
        let text: Arc<str> = "title = \"a\"\nsubtitel = \"b\"\n".into();
        let problem = Diagnostic::error("unknown-key", "`subtitel` is no key of dossier.toml")
            .at("dossier.toml", &text, 12..20)
            .help("did you mean `subtitle`?");
        assert_eq!(
            render(&problem, Colour::Never),
            "error[unknown-key]: `subtitel` is no key of dossier.toml\n \
             --> dossier.toml:2:1\n  |\n\
             2 | subtitel = \"b\"\n  | ^^^^^^^^\n  |\n  \
             = help: did you mean `subtitle`?"
        );
    }

    #[test]
    fn no_name_of_a_file_steers_a_terminal() {
        let problem = Diagnostic::warning("x", "a \u{1b}[31m b").in_file("with\nline\u{202e}.txt").help("\u{7}");
        let shown = render(&problem, Colour::Never);
        assert_eq!(shown, "warning[x]: a \\u001B[31m b\n--> with\\nline\\u202E.txt\n = help: \\u0007");
    }

    #[test]
    fn spans_beyond_the_text_and_endless_lines_are_shown() {
        let text: Arc<str> = "é".repeat(100_000).into();
        for span in [0..1, 99_999..100_003, 400_000..500_000] {
            let shown = render(&Diagnostic::warning("x", "y").at("a.txt", &text, span), Colour::Never);
            assert!(shown.len() < 3000, "{}", shown.len());
        }
    }
}
