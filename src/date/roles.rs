//! What each date of a text says of the document.
//!
//! What enters: a text's lines and the dates in them. What leaves: candidates with a role and the ground on which they
//! stand. A date in running text becomes no candidate; it can only hint.

mod dateline;
mod labelled;
mod mail;
mod revisions;
mod titled;

use super::context::{self, Origin};
use super::labels;
use super::layout::Layout;
use super::recognise::{Calendar, Expression, Form, Partial};
use super::{Edtf, Evidence, EvidenceKind, Role};
use crate::text::Span;
use chrono::NaiveTime;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The ground on which a candidate stands, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Ground {
    /// The collection's configuration.
    Config,
    /// A sidecar.
    Sidecar,
    /// The front matter's own date.
    FrontMatter,
    /// The front matter's date of publication.
    FrontMatterPublished,
    /// A newswire's time stamp above everything else.
    Wire,
    /// A dateline: place and date before the text.
    Dateline,
    /// A label of issue: "For immediate release", "Notice date".
    IssueLabel,
    /// The title of a meeting's record or of a release.
    Title,
    /// The head of an e-mail, which says when it was sent.
    Mail,
    /// "First published".
    FirstPublished,
    /// "Published", "posted on".
    PublishedLabel,
    /// A date beside the author's name.
    Byline,
    /// A date alone in its line at the head.
    Head,
    /// A date that opens the first paragraph, set off by a dash.
    Opening,
    /// A date alone in its line above an address or a salutation.
    Letter,
    /// A date alone in its line at the end.
    Tail,
    /// A month alone in its line at the head, as on a periodical.
    Month,
    /// A harvester's prefix.
    Harvester,
    /// A web page's head.
    Metadata,
    /// The file's name.
    FileName,
    /// A date in a web page's head that does not say of what: of the text, or of the making of the page.
    PageDate,
    /// An address of the document itself.
    Address,
    /// A stamp in the margin, which a browser prints or a site puts above a post.
    Margin,
    /// Nothing that files a document.
    None,
}

impl Ground {
    /// Says it in words, as in "it stands in …".
    pub(super) fn phrase(self) -> &'static str {
        match self {
            Self::Config => "the editor's configuration gives it",
            Self::Sidecar => "the editor's sidecar gives it",
            Self::FrontMatter | Self::FrontMatterPublished => "the front matter gives it",
            Self::Wire => "the wire's time stamp gives it",
            Self::Dateline => "the dateline, place and date before the text, gives it",
            Self::IssueLabel => "a label of issue stands beside it",
            Self::Title => "the title gives it",
            Self::Mail => "the head of the e-mail says that it was sent then",
            Self::FirstPublished => "the text says that it was first published then",
            Self::PublishedLabel => "the text says that it was published then",
            Self::Byline => "it stands beside the author's name",
            Self::Head => "it stands alone in a line at the head",
            Self::Opening => "it opens the first paragraph",
            Self::Letter => "it heads a letter in the text",
            Self::Tail => "it stands alone in a line at the end",
            Self::Month => "a month stands alone in a line at the head",
            Self::Harvester => "the words that a harvester set before the text give it",
            Self::Metadata => "the page's metadata give it",
            Self::FileName => "the file's name gives it",
            Self::PageDate => "the page's head names it, without saying whether it is the text's or the page's",
            Self::Address => "the document's own address gives it",
            Self::Margin => "a stamp in the margin gives it",
            Self::None => "it does not date the document",
        }
    }

    /// Names it, as the subject of a sentence.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Config | Self::Sidecar => "the editor's word",
            Self::FrontMatter | Self::FrontMatterPublished => "the front matter",
            Self::Wire => "a wire's time stamp",
            Self::Dateline => "a dateline",
            Self::IssueLabel => "a label of issue",
            Self::Title => "a date in the title",
            Self::Mail => "the head of an e-mail",
            Self::FirstPublished => "a date of first publication",
            Self::PublishedLabel => "a date of publication",
            Self::Byline => "a date beside the author's name",
            Self::Head => "a date alone in a line at the head",
            Self::Opening => "a date that opens the text",
            Self::Letter => "a date that heads a letter",
            Self::Tail => "a date alone in a line at the end",
            Self::Month => "a month at the head",
            Self::Harvester => "a date that a harvester set before the text",
            Self::Metadata => "a page's metadata",
            Self::FileName => "the file's name",
            Self::PageDate => "a date in the page's head",
            Self::Address => "the document's address",
            Self::Margin | Self::None => "another date",
        }
    }
}

/// A date that says something of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    /// What it can mean.
    pub(super) readings: Vec<Partial>,
    /// A value that a field gives in EDTF, and that is more than a calendar date.
    pub(super) edtf: Option<Edtf>,
    /// The weekday written with it.
    pub(super) weekday: Option<u8>,
    /// The clock time written with it.
    pub(super) clock: Option<NaiveTime>,
    /// How it is written.
    pub(super) form: Form,
    /// Its calendar.
    pub(super) calendar: Calendar,
    /// Its role.
    pub(super) role: Role,
    /// Its ground.
    pub(super) ground: Ground,
    /// How many lines it stands before the first paragraph; less than 0 after it.
    pub(super) lead: isize,
    /// The words that say so.
    pub(super) evidence: Evidence,
    /// The date as written.
    pub(super) verbatim: String,
}

impl Candidate {
    /// Makes a candidate of an expression.
    pub(super) fn of(found: &Expression, ground: Ground, role: Role, evidence: Evidence, verbatim: String) -> Self {
        Self {
            readings: found.readings.clone(),
            edtf: found.period.clone(),
            weekday: found.weekday,
            clock: found.clock,
            form: found.form,
            calendar: found.calendar,
            role,
            ground,
            lead: 0,
            evidence,
            verbatim,
        }
    }

    /// Keeps the EDTF value that a field gives.
    pub(super) fn with_edtf(self, edtf: Option<Edtf>) -> Self {
        let edtf = edtf.or(self.edtf);
        Self { edtf, ..self }
    }
}

/// How far into the lines that are not empty the head reaches where no navigation stands before the text.
const HEAD: usize = 12;

/// So many different dates alone in their lines after the head can still be those of letters.
const MOST_ALONE: usize = 3;

/// The most candidates of one text; a text with more is a list of dates.
const MOST_CANDIDATES: usize = 512;

/// So many dates alone in their lines are tried as heads of letters; a text with more is a list.
const MOST_LETTERS: usize = 64;

/// So many lines before the text lies navigation, where a page shows the day of the visit.
const FAR: usize = 40;

/// How many lines the tail has.
const TAIL: usize = 4;

/// Gives every date of a text that says something of the document its role.
pub(super) fn assign(text: &str, layout: &Layout, dates: &[Expression], origin: Origin) -> Vec<Candidate> {
    let is_meeting = is_meeting(text, layout);
    let (mail, revisions) = (mail::head(text, layout), revisions::judge(text, layout, dates));
    let mut reader = Reader { text, layout, dates, is_meeting, letters: MOST_LETTERS, mail, revisions };
    let mut found = Vec::new();
    let mut alone: BTreeSet<&[Partial]> = BTreeSet::new();
    let mut is_listing_events = false;
    for rank in 0..layout.lines.len() {
        if reader.heads_events(rank) {
            is_listing_events = true;
        }
        for at in layout.dates(rank) {
            if found.len() >= MOST_CANDIDATES {
                break;
            }
            let date = &dates[at];
            let Some((ground, role)) = reader.judge(rank, at) else { continue };
            let (ground, role) =
                if is_listing_events && ground > Ground::Title { (Ground::None, Role::Event) } else { (ground, role) };
            let mut evidence = origin.evidence(text, &date.span, layout.number(rank), role);
            if ground == Ground::Harvester {
                evidence.kind = EvidenceKind::Metadata;
            }
            if matches!(ground, Ground::Tail | Ground::Letter) || role == Role::Mentioned {
                alone.insert(&date.readings);
                reader.letters = reader.letters.saturating_sub(1);
            }
            let verbatim = context::unescaped(&crate::text::squeeze(&text[date.span.clone()]));
            let mut candidate = Candidate::of(date, ground, role, evidence, verbatim);
            candidate.lead = layout.prose.cast_signed() - rank.cast_signed();
            found.push(candidate);
        }
    }
    // Many dates alone in their lines are a table, a chronicle or a list of other pages.
    let are_many = alone.len() > MOST_ALONE;
    found.retain(|candidate| {
        candidate.role != Role::Mentioned && !(are_many && matches!(candidate.ground, Ground::Tail | Ground::Letter))
    });
    found
}

/// Tells whether the text is the record of a meeting.
fn is_meeting(text: &str, layout: &Layout) -> bool {
    (0..layout.lines.len().min(6))
        .any(|rank| !layout.lines[rank].is_prose && labels::is_meeting(&labels::plain(layout.line(rank, text))))
}

/// A text with its lines and dates.
struct Reader<'a> {
    text: &'a str,
    layout: &'a Layout,
    dates: &'a [Expression],
    is_meeting: bool,
    /// How many more dates alone in their lines are tried as heads of letters.
    letters: usize,
    /// The head of an e-mail, by the ranks of its lines.
    mail: Option<Range<usize>>,
    /// What the dates in a history of revisions say, by their indices.
    revisions: BTreeMap<usize, (Ground, Role)>,
}

/// What stands round a date.
struct Around {
    /// What stands before it in its line.
    before: String,
    /// What stands after it in its line.
    after: String,
    /// Its line's rank.
    rank: usize,
}

impl Reader<'_> {
    /// Judges one date: its ground and role, or nothing where it merely stands in running text.
    fn judge(&self, rank: usize, at: usize) -> Option<(Ground, Role)> {
        let date = &self.dates[at];
        if date.form == Form::Address || date.readings.is_empty() {
            return None;
        }
        if let Some(judged) = self.mailed(rank, date) {
            return judged;
        }
        if let Some(judged) = self.revisions.get(&at) {
            return Some(*judged);
        }
        let around = self.around(rank, date);
        if date.form == Form::Stamp && around.before.is_empty() {
            return Some((Ground::Margin, Role::Reposted));
        }
        if rank == 0 && around.before == "date" && date.form == Form::YearFirst && !around.after.is_empty() {
            return Some((Ground::Harvester, Role::Published));
        }
        // A cable is dated by the group in its first lines; those further down are references to other cables.
        if date.form == Form::TimeGroup {
            let is_head = rank < 6 && around.before.split_whitespace().count() <= 1;
            return is_head.then_some((Ground::Wire, Role::Issued));
        }
        if let Some(judged) = self.labelled(&around, date) {
            return judged;
        }
        if date.form == Form::Compact || date.until.is_some() && !self.is_meeting {
            return None;
        }
        let is_week = ["week of", "semaine du", "woche vom", "semana del"].iter().any(|of| around.before.ends_with(of));
        if is_week || self.is_range_end(at) {
            return None;
        }
        let is_alone = labels::says_nothing(&around.before) && labels::says_nothing(&around.after);
        let is_agency = rank == 0 && !is_alone && self.is_agency_stamp(&around, date);
        if rank == 0
            && (is_alone || is_agency)
            && date.clock.is_some()
            && date.readings.iter().all(|date| date.year.is_some())
        {
            return Some((Ground::Wire, Role::Issued));
        }
        if let Some(judged) = self.titled(&around, date) {
            return Some(judged);
        }
        if dateline::is_dateline(self.text, self.layout, self.dates, rank, at) {
            return Some((Ground::Dateline, Role::Issued));
        }
        let lacks = |part: fn(&Partial) -> bool| date.readings.iter().any(part);
        if lacks(|reading| reading.year.is_none()) {
            // A site shows the day of the visit so too: it needs a date of publication that completes it.
            let is_head = rank <= HEAD && rank < self.layout.prose;
            return (is_alone && is_head && date.weekday.is_some()).then_some((Ground::None, Role::Issued));
        }
        if lacks(|reading| reading.day.is_none()) {
            let is_head = rank <= 4 && rank < self.layout.prose && self.layout.prose - rank <= 3;
            return (is_alone && is_head).then_some((Ground::Month, Role::Issued));
        }
        if is_alone {
            if self.is_appointment(&around, date) {
                return Some((Ground::None, Role::Event));
            }
            return self.alone(rank);
        }
        self.beside(&around)
    }

    /// Tells whether an agency's letters alone stand before a date, and nothing behind it: "AP 3 May 2011 1432 GMT".
    fn is_agency_stamp(&self, around: &Around, date: &Expression) -> bool {
        let before = self.text[self.layout.lines[around.rank].span.start..date.span.start].trim();
        let is_agency = (2..=8).contains(&before.len()) && before.bytes().all(|byte| byte.is_ascii_uppercase());
        is_agency && labels::says_nothing(&around.after)
    }

    /// Takes what stands before and after a date in its line, made comparable.
    fn around(&self, rank: usize, date: &Expression) -> Around {
        let line = &self.layout.lines[rank];
        let far = self.text.ceil_char_boundary(date.span.start.saturating_sub(240).max(line.span.start));
        let last = &self.layout.lines[self.layout.rank_of(date.span.end.saturating_sub(1))];
        let near = self.text.floor_char_boundary((date.span.end + 240).min(last.span.end.max(date.span.end)));
        let before = self.without_equivalents(rank, far.min(date.span.start)..date.span.start);
        Around { before, after: self.without_equivalents(rank, date.span.end..near), rank }
    }

    /// Takes the words of a span, made comparable, without dates of other calendars and what joins them to this one.
    fn without_equivalents(&self, rank: usize, span: Span) -> String {
        let mut words = String::new();
        let mut from = span.start;
        for at in self.layout.dates(rank) {
            let other = &self.dates[at];
            if other.calendar == Calendar::Gregorian || other.span.start < from || other.span.end > span.end {
                continue;
            }
            words.push_str(&self.text[from..other.span.start]);
            words.push(' ');
            from = other.span.end;
        }
        if from == span.start {
            return labels::plain(&self.text[span]);
        }
        words.push_str(&self.text[from..span.end]);
        labels::without_equivalence(&labels::plain(&words))
    }

    /// Judges a date that is alone in its line.
    fn alone(&self, rank: usize) -> Option<(Ground, Role)> {
        let prose = self.layout.prose;
        let lines = self.layout.lines.len();
        let is_head = if rank < prose {
            rank <= HEAD && prose - rank <= FAR || prose - rank <= HEAD + 4
        } else {
            rank - prose <= 5
        };
        let is_short_text = prose == lines && rank <= HEAD;
        if (is_head && prose < lines || is_short_text) && rank < 600 {
            return Some((Ground::Head, Role::Issued));
        }
        if self.letters > 0
            && (rank + 1..(rank + 11).min(lines)).any(|next| dateline::is_address(self.layout.line(next, self.text)))
        {
            return Some((Ground::Letter, Role::Issued));
        }
        let is_tail = rank + TAIL >= lines;
        Some(if is_tail { (Ground::Tail, Role::Issued) } else { (Ground::None, Role::Mentioned) })
    }

    /// Judges a date that shares its line with something short: an author, a paper, the first words of the text.
    fn beside(&self, around: &Around) -> Option<(Ground, Role)> {
        let line = &self.layout.lines[around.rank];
        let prose = self.layout.prose;
        let is_near = around.rank <= HEAD || prose.saturating_sub(around.rank) <= HEAD && around.rank <= prose + 5;
        if !is_near {
            return None;
        }
        let words = |text: &str| text.split_whitespace().count();
        let starts = |text: &str| {
            [
                "by ",
                "par ",
                "von ",
                "por ",
                "di ",
                "door ",
                "от ",
                "автор",
                "oleh ",
                "da ",
                "av ",
                "af ",
                "בידי ",
                "文/",
                "作者",
                "来源",
                "來源",
                "출처",
                "source",
                "fuente:",
                "fonte:",
                "quelle:",
                "источник",
                "記者",
                "记者",
                "기자",
            ]
            .iter()
            .any(|word| text.starts_with(word))
        };
        let is_byline = !line.is_prose
            && (starts(&around.before) && words(&around.before) <= 8 && words(&around.after) <= 8
                || labels::says_nothing(&around.before) && starts(&around.after) && words(&around.after) <= 24);
        let is_long_byline = around.before.is_empty() && starts(&around.after) && around.rank <= HEAD;
        if is_byline || is_long_byline {
            return Some((Ground::Byline, Role::Published));
        }
        let raw = self.text[line.span.clone()].trim_start_matches(['*', '_']);
        let opens = around.before.is_empty() && raw.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '(');
        if opens && around.rank.abs_diff(prose) <= 5 && self.is_set_off(around.rank) {
            return Some((Ground::Opening, Role::Issued));
        }
        let is_apart = words(&around.before) <= 4 && words(&around.after) <= 4 && !line.is_prose;
        let is_parted = |line: &str| line.contains(['|', '•', '·', '—', '–', '\t']) || line.contains(" - ");
        let is_head = is_apart && around.rank <= prose && is_parted(self.layout.line(around.rank, self.text));
        is_head.then_some((Ground::Head, Role::Issued))
    }

    /// Tells whether a dash sets off the date that opens a line.
    fn is_set_off(&self, rank: usize) -> bool {
        let Some(first) = self.layout.dates(rank).next() else { return false };
        let rest =
            &self.text[self.dates[first].span.end..self.layout.lines[rank].span.end.max(self.dates[first].span.end)];
        let rest = rest.trim_start_matches([' ', ')', '*', '_', '.']);
        rest.starts_with(['–', '—']) || rest.starts_with("- ") || rest.starts_with("-- ") || rest.starts_with("| ")
    }

    /// Tells whether a date ends a range, as the second of "12 February 2026 – 14 February 2026", or begins one.
    fn is_range_end(&self, at: usize) -> bool {
        let joined = |a: usize, b: usize| {
            let (Some(first), Some(second)) = (self.dates.get(a), self.dates.get(b)) else { return false };
            let between = self.text.get(first.span.end..second.span.start).unwrap_or("…").trim();
            matches!(
                between,
                "-" | "–" | "—" | "to" | "bis" | "au" | "al" | "a" | "до" | "～" | "~" | "until" | "through"
            )
        };
        joined(at, at + 1) || at > 0 && joined(at - 1, at)
    }

    /// Tells whether a line heads a list of events to come.
    fn heads_events(&self, rank: usize) -> bool {
        let line = self.layout.line(rank, self.text);
        if line.len() > 60 || rank < self.layout.prose {
            return false;
        }
        labels::heads_list(&labels::plain(line))
    }
}
