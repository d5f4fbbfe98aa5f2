//! The head of an e-mail: its sender, recipient, subject and date, line by line.
//!
//! What enters: a text's lines. What leaves: which of them are the head of a message at the top of the text, and what
//! the dates in it and in the messages that it answers say. The fields are those of RFC 5322, and as mail programs print them in other languages. One of them
//! alone is no e-mail: a sender with a subject or a recipient makes a head.

use super::super::Role;
use super::super::labels;
use super::super::layout::Layout;
use super::super::recognise::Expression;
use super::{Ground, Reader};
use std::ops::Range;
use std::sync::LazyLock;

/// A header of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Header {
    /// Who sent it.
    Sender,
    /// When it was sent.
    Date,
    /// To whom.
    Recipient,
    /// What it is about.
    Subject,
    /// What a server or a program added.
    Other,
}

/// The names of the headers.
const NAMES: [(Header, &[&str]); 4] = [
    (
        Header::Sender,
        &[
            "from",
            "von",
            "de",
            "da",
            "van",
            "fra",
            "fran",
            "от",
            "от кого",
            "gonderen",
            "kimden",
            "dari",
            "发件人",
            "寄件者",
            "差出人",
            "보낸 사람",
            "من",
            "از",
        ],
    ),
    (
        Header::Date,
        &[
            "date",
            "sent",
            "gesendet",
            "datum",
            "envoye",
            "envoye le",
            "enviado",
            "enviado el",
            "enviado em",
            "fecha",
            "inviato",
            "data",
            "verzonden",
            "sendt",
            "skickat",
            "дата",
            "отправлено",
            "gonderilme",
            "tarih",
            "tanggal",
            "terkirim",
            "发送时间",
            "日期",
            "寄件日期",
            "送信日時",
            "日時",
            "보낸 날짜",
            "날짜",
            "تاريخ",
            "التاريخ",
        ],
    ),
    (
        Header::Recipient,
        &[
            "to",
            "cc",
            "bcc",
            "reply-to",
            "an",
            "kopie",
            "a",
            "para",
            "pour",
            "aan",
            "til",
            "till",
            "кому",
            "копия",
            "alici",
            "kime",
            "kepada",
            "收件人",
            "收件者",
            "宛先",
            "받는 사람",
            "إلى",
            "به",
        ],
    ),
    (
        Header::Subject,
        &[
            "subject",
            "betreff",
            "objet",
            "asunto",
            "assunto",
            "oggetto",
            "onderwerp",
            "emne",
            "amne",
            "тема",
            "konu",
            "perihal",
            "主题",
            "主旨",
            "件名",
            "제목",
            "الموضوع",
            "موضوع",
        ],
    ),
];

/// The same, made comparable.
static FOLDED: LazyLock<Vec<(String, Header)>> = LazyLock::new(|| {
    NAMES.iter().flat_map(|(header, names)| names.iter().map(|name| (labels::plain(name), *header))).collect()
});

/// Tells which header a line is.
pub(super) fn header(line: &str) -> Option<Header> {
    let end = line.find([':', '：']).filter(|end| *end <= 48)?;
    let name = labels::plain(&line[..end]);
    let known = FOLDED.iter().find(|(known, _)| *known == name).map(|(_, header)| *header);
    let is_servers = || {
        let raw = line[..end].trim();
        raw.contains('-') && raw.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let other =
        || matches!(name.as_str(), "received" | "sender" | "importance" | "attachments" | "anlagen") || is_servers();
    known.or_else(|| other().then_some(Header::Other))
}

/// So many lines may stand above the head of a message: a title, a list's name.
const ABOVE: usize = 2;
/// The most lines of a head.
const LONGEST: usize = 80;

/// Finds the head of a message at the top of a text, by the ranks of its lines.
pub(super) fn head(text: &str, layout: &Layout) -> Option<Range<usize>> {
    let lines = layout.lines.len();
    let start = (0..lines.min(ABOVE + 1)).find(|rank| header(layout.line(*rank, text)).is_some())?;
    let mut seen = Vec::new();
    let mut end = start;
    while end < lines.min(start + LONGEST) {
        let line = layout.line(end, text);
        // A long header goes on in the next line, indented.
        let is_folded = end > start
            && layout.is_right_below(end)
            && text[..layout.lines[end].span.start].ends_with([' ', '\t'])
            && seen.last() == Some(&Header::Other);
        match header(line) {
            Some(header) => seen.push(header),
            None if is_folded => {}
            None => break,
        }
        end += 1;
    }
    let has = |header| seen.contains(&header);
    (has(Header::Sender) && (has(Header::Subject) || has(Header::Recipient))).then_some(start..end)
}

impl Reader<'_> {
    /// Judges a date in the head of an e-mail, or in a message that it answers; the outer `Some` says that it is one.
    pub(super) fn mailed(&self, rank: usize, date: &Expression) -> Option<Option<(Ground, Role)>> {
        let head = self.mail.as_ref()?;
        let line = self.layout.line(rank, self.text);
        if head.contains(&rank) {
            let is_sent = header(line) == Some(Header::Date) && date.readings.iter().all(|date| date.day.is_some());
            return Some(is_sent.then_some((Ground::Mail, Role::Issued)));
        }
        let is_beside_header = |near: usize| {
            let found = header(self.layout.line(near, self.text));
            matches!(found, Some(Header::Sender | Header::Subject))
        };
        let is_header = header(line) == Some(Header::Date);
        let is_quoted = line.starts_with('>')
            || is_header && (rank.saturating_sub(3)..(rank + 4).min(self.layout.lines.len())).any(is_beside_header);
        (rank >= head.end && is_quoted).then_some(None)
    }
}
