//! What a document is: title, kind, place, language.
//!
//! What enters: a document's tree and its dating. What leaves: a [`Description`], and a tree without the lines that the
//! description took over (they are printed in the document's head instead). Every statement comes from the document's
//! words or from the editor; a title that the editor or this module supplies is marked as supplied.

use crate::date::{Dated, Dating, EvidenceKind, Role};
use crate::document::clutter::Omission;
use crate::document::{Block, Inline, Tree, passage};
use crate::language;
use crate::settings::Override;
use crate::source::Source;
use crate::text::{Span, encloses, letters, squeeze};
use regex::Regex;
use std::sync::LazyLock;

/// How many blocks at the head of a document may describe it.
const HEAD_BLOCKS: usize = 8;
/// The longest line, in words, that can be a title or a byline.
const LONGEST_TITLE: usize = 30;
/// How many words behind place, date and dash make a dispatch, which is text and no line of publication.
const SHORTEST_DISPATCH: usize = 4;
/// The longest sentence, in words, that can stand above a title: a note, a label, an address.
const SHORT_SENTENCE: usize = 14;
/// How many words of the text stand for a title that a document does not have.
const INCIPIT_WORDS: usize = 8;

/// What is known of a document besides its text and its dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// The title.
    pub title: String,
    /// Whether the title was supplied and is shown in square brackets.
    pub title_supplied: bool,
    /// The kind of document, in lower case: `press release`, `interview` …
    pub kind: Option<String>,
    /// Who issued it, where the editor or the front matter says so.
    pub issuer: Option<String>,
    /// The place of issue.
    pub place: Option<String>,
    /// The language of the text (BCP 47).
    pub language: String,
    /// The line that names the author or the publication, moved into the source note.
    pub byline: Option<Moved>,
    /// Lines that are printed in the document's head and not in its text.
    pub moved: Vec<Omission>,
}

/// A line that stands elsewhere in print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The line in the source, counted from 1.
    pub line: usize,
    /// Its words.
    pub text: String,
}

/// Lines that do nothing but name the kind of document, in the languages that collections come in.
const KIND_LABELS: &[(&str, &str)] = &[
    ("press release", "press release"),
    ("news release", "press release"),
    ("media release", "press release"),
    ("for immediate release", "press release"),
    ("communiqué de presse", "press release"),
    ("nota de prensa", "press release"),
    ("comunicado de prensa", "press release"),
    ("comunicado de imprensa", "press release"),
    ("comunicato stampa", "press release"),
    ("pressemitteilung", "press release"),
    ("пресс-релиз", "press release"),
    ("basın açıklaması", "press release"),
    ("statement", "statement"),
    ("press statement", "statement"),
    ("public statement", "statement"),
    ("declaration", "statement"),
    ("déclaration", "statement"),
    ("declaración", "statement"),
    ("erklärung", "statement"),
    ("заявление", "statement"),
    ("article", "article"),
    ("opinion", "article"),
    ("editorial", "editorial"),
    ("éditorial", "editorial"),
    ("interview", "interview"),
    ("entrevista", "interview"),
    ("entretien", "interview"),
    ("minutes", "minutes"),
    ("protokoll", "minutes"),
    ("open letter", "letter"),
    ("letter", "letter"),
    ("lettre ouverte", "letter"),
    ("offener brief", "letter"),
    ("carta abierta", "letter"),
    ("report", "report"),
    ("rapport", "report"),
    ("bericht", "report"),
    ("informe", "report"),
    ("notice", "notice"),
    ("speech", "speech"),
    ("resolution", "resolution"),
];

/// The longest name of a day of the week, in letters.
const LONGEST_DAY: usize = 12;

/// Words in a title that name the kind of document.
static KIND_IN_TITLE: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    [
        (r"(?i)\b(?:meeting notes|minutes of|meeting minutes|compte rendu|sitzungsprotokoll)\b|(?i)\bmeeting \d{4}-", "minutes"),
        (r"(?i)^(?:an? )?(?:interview with|entretien avec|entrevista (?:a|con)|interview mit|interview:)", "interview"),
        (r"(?i)^(?:joint |public |press )?(?:statement|declaration|déclaration|declaración|erklärung) (?:of|by|on|from|de|du|von|zu)\b", "statement"),
        (r"(?i)^(?:speech|remarks|address|discours|discurso|rede) (?:of|by|at|to|before|de|von|an)\b", "speech"),
        (r"(?i)^(?:an )?open letter\b|^lettre ouverte\b|^offener brief\b|^carta abierta\b", "letter"),
        (r"(?i)^resolution (?:of|on)\b|^résolution\b", "resolution"),
        (r"(?i)^(?:annual |interim |final )?report (?:of|by|on|to)\b", "report"),
    ]
    .into_iter()
    .map(|(pattern, kind)| (Regex::new(pattern).expect("the pattern is valid"), kind))
    .collect()
});

static SALUTATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:dear |to whom it may concern|sehr geehrte|liebe[rs]? |cher |chère |estimad[oa]s? |querid[oa]s? |уважаем)")
        .expect("the pattern is valid")
});

static GREETING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:fraternal(?:ly)?|comradely|in solidarity|with (?:our )?(?:fraternal |comradely |revolutionary )?greetings)\b")
        .expect("the pattern is valid")
});

/// Finds the place that stands before a date: "Islamabad, Wednesday" or "Karachi |".
fn place_before(before: &str) -> Option<&str> {
    static PLACE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[\s*_>(\[]*(\p{Lu}[\p{L}\p{M}.'’/-]*(?: (?:\p{Lu}|de |la |am |an |of )[\p{L}\p{M}.'’/-]*){0,3})\s*[,|(–—:-]+(?:\s*(\p{L}{2,}),?)?\s*(?:the\s)?$")
            .expect("the pattern is valid")
    });
    let found = PLACE.captures(before)?;
    let is_day = |name: &str| name.chars().count() <= LONGEST_DAY;
    found.get(2).is_none_or(|name| is_day(name.as_str())).then(|| found.get(1).map(|place| place.as_str()))?
}

/// Describes a document, taking the lines that its head will print out of its tree.
pub fn describe(
    source: &Source,
    tree: &mut Tree,
    dating: &Dating,
    editor: &Override,
    edition_language: &str,
) -> Description {
    let front = &source.front;
    let given_title = editor.title.as_ref().or(front.title.as_ref()).map(|title| title.value.as_str());
    let mut head = Head { given_title: given_title.map(letters), ..Head::default() };
    head.read(source, tree, dating);
    let given = |editor: &Option<crate::settings::Spanned<String>>,
                 front: &Option<crate::settings::Spanned<String>>| {
        editor.as_ref().or(front.as_ref()).map(|spanned| squeeze(&spanned.value)).filter(|value| !value.is_empty())
    };
    let opening = tree.blocks.iter().map(block_text).find(|text| !text.is_empty() && !SALUTATION.is_match(text));
    let captured = front.title.as_ref().map(|title| squeeze(&title.value)).or_else(|| head.title.take());
    let (title, title_supplied) = match (&editor.title, captured) {
        (Some(title), captured) => (squeeze(&title.value), captured.is_none_or(|captured| captured != title.value)),
        (None, Some(title)) if !title.is_empty() => (title, false),
        (None, _) => (incipit(opening.as_deref().unwrap_or_default()), true),
    };
    let kind = given(&editor.kind, &front.kind)
        .or_else(|| head.kind.map(str::to_owned))
        .or_else(|| kind_from_text(&title, title_supplied, tree).map(str::to_owned));
    Description {
        kind,
        issuer: given(&editor.issuer, &front.issuer),
        place: given(&editor.place, &front.place).or_else(|| place(source, dating)),
        language: given(&editor.language, &front.language)
            .unwrap_or_else(|| language_of(tree, source.language.as_deref().unwrap_or(edition_language))),
        byline: head.byline,
        moved: head.moved,
        title,
        title_supplied,
    }
}

/// What the first blocks of a document say of it.
#[derive(Default)]
struct Head {
    /// The letters of the title that the editor or the front matter gives.
    given_title: Option<String>,
    title: Option<String>,
    kind: Option<&'static str>,
    byline: Option<Moved>,
    moved: Vec<Omission>,
}

impl Head {
    /// Reads the blocks before the text proper and takes those out of the tree that the head prints.
    fn read(&mut self, source: &Source, tree: &mut Tree, dating: &Dating) {
        let mut at = 0;
        for _ in 0..HEAD_BLOCKS {
            let Some(block) = tree.blocks.get(at) else { break };
            let text = squeeze(&block_text(block));
            let Some(span) = block_span(block) else { break };
            if let Some(kind) = kind_label(&text) {
                self.kind.get_or_insert(kind);
                self.take(source, tree, at, span, "kind-label", text);
            } else if let Some(part) = date_line(source, dating, &span, &text) {
                match part {
                    DateLine::Dateline => self.take(source, tree, at, span, "moved-to-dateline", text),
                    // "Meeting notes of 21 May": a heading that carries the date is the title all the same.
                    DateLine::Byline if self.title.is_none() && is_marked_heading(source, block) => {
                        at += self.entitle(source, tree, at, span, text);
                    }
                    DateLine::Byline if self.byline.is_none() => {
                        self.byline = Some(Moved { line: source.lines.line(span.start), text: text.clone() });
                        self.take(source, tree, at, span, "moved-to-source-note", text);
                    }
                    DateLine::Byline => at += 1,
                }
            } else if self.title.is_none() && is_title(block, &text) {
                at += self.entitle(source, tree, at, span, text);
            } else if is_running_text(block, &text) {
                break;
            } else {
                at += 1;
            }
        }
    }

    /// Takes a block for the title. It stays in the text where another title is given that does not hold its words;
    /// gives how many blocks to pass over.
    fn entitle(&mut self, source: &Source, tree: &mut Tree, at: usize, span: Span, text: String) -> usize {
        let is_said = self.given_title.as_ref().is_none_or(|given| given.contains(&letters(&text)));
        self.title = Some(text.clone());
        if !is_said {
            return 1;
        }
        self.take(source, tree, at, span, "moved-to-title", text);
        0
    }

    fn take(&mut self, source: &Source, tree: &mut Tree, at: usize, span: Span, rule: &'static str, text: String) {
        let line = source.lines.line(span.start);
        self.moved.push(Omission { line, text, rule, span });
        tree.blocks.remove(at);
    }
}

/// Whether the source itself marks the block as a heading.
fn is_marked_heading(source: &Source, block: &Block) -> bool {
    source.format.is_markdown() && matches!(block, Block::Heading { .. })
}

fn kind_label(text: &str) -> Option<&'static str> {
    let folded = text.trim_matches(|character: char| !character.is_alphanumeric()).to_lowercase();
    KIND_LABELS.iter().find(|(label, _)| *label == folded).map(|(_, kind)| *kind)
}

/// A short line that carries the document's own date.
enum DateLine {
    /// Place and date and nothing else.
    Dateline,
    /// A line of publication: who, when, where first.
    Byline,
}

fn date_line(source: &Source, dating: &Dating, span: &Span, text: &str) -> Option<DateLine> {
    if text.split(' ').count() > LONGEST_TITLE || text.contains(". ") {
        return None;
    }
    let evidence = dating
        .filed
        .iter()
        .chain(&dating.others)
        .filter(|dated| matches!(dated.role, Role::Issued | Role::Published | Role::Reposted))
        .flat_map(|dated: &Dated| &dated.evidence)
        .filter(|evidence| evidence.kind == EvidenceKind::Text)
        .filter_map(|evidence| evidence.span.clone())
        .find(|at| encloses(span, at))?;
    let before = source.text.get(span.start..evidence.start)?;
    let after = source.text.get(evidence.end..span.end)?;
    let is_bare = |text: &str| !text.chars().any(char::is_alphanumeric);
    if is_bare(after) && (is_bare(before) || place_before(before).is_some()) {
        return Some(DateLine::Dateline);
    }
    let runs_on = after.trim_start_matches([' ', ')', ']']).starts_with([':', '-', '–', '—']);
    if runs_on && after.split_whitespace().count() > SHORTEST_DISPATCH && place_before(before).is_some() {
        return None;
    }
    Some(DateLine::Byline)
}

/// A sentence of some length, or a paragraph too long for a title: the text proper begins there.
fn is_running_text(block: &Block, text: &str) -> bool {
    let words = text.split(' ').count();
    matches!(block, Block::Paragraph(_)) && (words > LONGEST_TITLE || words > SHORT_SENTENCE && text.ends_with('.'))
}

/// A heading, or a short line without the marks of a sentence.
fn is_title(block: &Block, text: &str) -> bool {
    let is_sentence = text.trim_end_matches([']', ')', '”', '"', '»']).ends_with(['.', ',', ';', ':', '…', '۔', '。']);
    let is_editors_note = is_sentence && text.starts_with('[');
    match block {
        Block::Heading { .. } => !text.is_empty() && !is_editors_note,
        Block::Paragraph(content) => {
            let words = text.split(' ').count();
            !content.iter().any(|inline| matches!(inline, Inline::Image { .. } | Inline::SoftBreak))
                && (2..=LONGEST_TITLE / 2).contains(&words)
                && !is_sentence
                && !text.contains("://")
                && text.chars().any(char::is_alphabetic)
        }
        _ => false,
    }
}

/// The opening words of a text in quotation marks, as editors name a document without a title.
fn incipit(text: &str) -> String {
    let mut words = text.split_whitespace();
    let opening: Vec<&str> = words.by_ref().take(INCIPIT_WORDS).collect();
    match (opening.is_empty(), words.next()) {
        (true, _) => "no text".to_owned(),
        (false, None) => opening.join(" "),
        (false, Some(_)) => {
            let opening = opening.join(" ");
            format!("{} …", opening.trim_end_matches(|character: char| character.is_ascii_punctuation()))
        }
    }
}

fn kind_from_text(title: &str, title_supplied: bool, tree: &Tree) -> Option<&'static str> {
    if !title_supplied && let Some((_, kind)) = KIND_IN_TITLE.iter().find(|(pattern, _)| pattern.is_match(title)) {
        return Some(kind);
    }
    if tree.blocks.iter().filter(|block| matches!(block, Block::Question { .. })).count() >= 2 {
        return Some("interview");
    }
    let opening = tree.blocks.iter().take(HEAD_BLOCKS).map(block_text);
    if opening.into_iter().any(|text| SALUTATION.is_match(text.trim_start())) {
        return Some("letter");
    }
    let closing = tree.blocks.iter().rev().take(HEAD_BLOCKS).map(block_text);
    closing.into_iter().any(|text| text.len() < 120 && GREETING.is_match(&text)).then_some("statement")
}

/// Reads the place that stands before the document's own date on the same line.
fn place(source: &Source, dating: &Dating) -> Option<String> {
    dating
        .filed
        .iter()
        .chain(&dating.others)
        .filter(|dated| dated.role == Role::Issued)
        .flat_map(|dated| &dated.evidence)
        .filter(|evidence| evidence.kind == EvidenceKind::Text)
        .find_map(|evidence| {
            let span = evidence.span.clone()?;
            let line = source.lines.around(span.start, &source.text);
            let before = source.text.get(line.start..span.start)?;
            let place = place_before(before)?;
            let opens_text = source.text.get(span.end..line.end)?.split_whitespace().count() > 3;
            if !opens_text && !is_surely_a_place(place) {
                return None;
            }
            Some(if place.chars().any(char::is_lowercase) { place.to_owned() } else { capitalised(place) })
        })
}

/// Whether a name before a bare date is that of a place and not of a person ("Lin Okafor, 1 February 1990"): one word,
/// capitals throughout, two places joined, or a name that begins as only places' names do.
fn is_surely_a_place(name: &str) -> bool {
    const OPENINGS: [&str; 30] = [
        "new", "san", "santa", "santo", "saint", "st.", "são", "los", "las", "el", "la", "le", "al", "the", "port",
        "cape", "fort", "lake", "mount", "north", "south", "east", "west", "rio", "ciudad", "bad", "den", "tel",
        "kuala", "addis",
    ];
    let first = name.split(' ').next().unwrap_or_default().to_lowercase();
    !name.contains(' ')
        || !name.chars().any(char::is_lowercase)
        || name.contains('/')
        || OPENINGS.contains(&first.as_str())
}

/// Writes a name in capitals with capitals at the heads of its words only.
fn capitalised(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut inside = false;
    for character in name.chars() {
        if inside {
            out.extend(character.to_lowercase());
        } else {
            out.push(character);
        }
        inside = character.is_alphabetic();
    }
    out
}

/// The language that the text is surely in, else the edition's.
fn language_of(tree: &Tree, edition_language: &str) -> String {
    let mut sample = String::new();
    for block in &tree.blocks {
        sample.push_str(&block_text(block));
        sample.push('\n');
        if sample.len() > 1500 {
            break;
        }
    }
    language::of_text(&sample).unwrap_or_else(|| edition_language.to_owned())
}

/// Gives all the text of a block, nested blocks included.
fn block_text(block: &Block) -> String {
    let tree = Tree { blocks: vec![block.clone()], ..Tree::default() };
    passage::passages(&tree).runs.into_iter().map(|run| run.text).collect::<Vec<_>>().join("\n")
}

/// Gives the span from the first to the last character of a heading, paragraph or line block.
fn block_span(block: &Block) -> Option<Span> {
    let runs: Vec<&Vec<Inline>> = match block {
        Block::Paragraph(content) | Block::Heading { content, .. } => vec![content],
        Block::Lines(lines) => lines.iter().collect(),
        _ => return None,
    };
    let start = runs.iter().find_map(|run| passage::start(run))?;
    let end = runs.iter().rev().find_map(|run| passage::end(run))?;
    Some(start..end.max(start))
}
