//! Telephone numbers in a line.

use super::{BARE_REPLACEMENT, Form, Found, MaskKind, destination_at, find_within};
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

/// What the words before a number say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// Nothing.
    None,
    /// That it is a telephone number.
    Telephone,
}

/// Runs of digits and the signs that group them.
static CANDIDATE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:\+\s?|\b00)?\(?\d(?:[\s.\-‐‑–/()\u{a0}]{0,3}\d)+").expect("the pattern is fixed"));

/// Words that announce a telephone number, with what may stand between them and it.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    // The longer ones first, so that no letters of theirs are left for what follows.
    let strong = "telephones?|téléphones?|điện thoại|whats ?app|cellulare|helpline|landline|telefono|teléfono|telefone|telefoon|telefax|hotline|telefon|telefax|celular|телефон|telepon|phones?|موبائل|موبایل|मोबाइल|viber|móvil|movil|handy|mobil|تلفون|telp|tele?|tels?|факс|هاتف|تلفن|فیکس|फ़ोन|tél|fax|mob|gsm|sms|тел|моб|فون|फोन|ফোন|ph|电话|電話|传真|傳真|手机|手機|전화|팩스";
    let weak = "mobile|cell|contacts?|calls?|signal|telegram|portable|kontakt|contacto|contatto|контакт|رابطہ|联系";
    let number = r"(?:\s*(?:(?:no|nos|number|numbers|nr)\b|№|n°|#))?";
    let pattern = format!(
        r"(?i)\b(?:(?:{strong}){number}\s*(?:\(([^()\d]*)\))?[\s.:：;/&,|\-–\]*_]*(?:/\s*\p{{L}}+\s*[.:]?\s*)?|(?:{weak}){number}\s*[:：#]\s*([^\d:@!?]*)|(?:{weak})\s*#\s*|(?:{strong})([^\d.!?:：]*)：*[:：]\s*([^\d:@!?]*)|(?:call|dial|phone|text|ring)\s+(?:us\s+)?(?:at|on|in)?\s*|(?:call|contact|phone|reach|ring)\b([^\d.!?:;]+)\bat\s*)$"
    );
    Regex::new(&pattern).expect("the pattern is fixed")
});

/// How many characters each group of a label has at most.
const LONGEST_GROUPS: [usize; 5] = [20, 70, 12, 50, 50];

/// Numbers in North American form.
static NORTH_AMERICAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\+?1[\s.\-])?(?:\([2-9]\d\d\)[\s.\-]?|[2-9]\d\d[.\-/]\s?)[2-9]\d\d[.\-–]\d{4}$")
        .expect("the pattern is fixed")
});

/// The most bytes before a number in which its label is looked for.
const FARTHEST_LABEL: usize = 120;

/// Finds the telephone numbers of a line.
pub(super) fn find(line: &str, destinations: &[Span], label_above: Label) -> Vec<Found> {
    let mut found = Vec::new();
    let mut chained: Option<usize> = None;
    for candidate in CANDIDATE.find_iter(line) {
        let span = candidate.range();
        if let Some(destination) = destination_at(destinations, span.start) {
            if dials(&line[destination.start..span.start]) {
                let start = span.start;
                let end = destination.end.min(span.end);
                found.push(Found { span: start..end, kind: MaskKind::Telephone, form: Form::Destination });
            }
            continue;
        }
        for span in parts(line, span) {
            let is_chained = chained.is_some_and(|end| {
                line.get(end..span.start).is_some_and(|between| between.len() <= 12 && is_joint(between))
            });
            let is_first = || label_above == Label::Telephone && !line[..span.start].contains(char::is_alphanumeric);
            // The label is looked for last, since that costs most.
            let is_telephone = is_number(line, &span, Label::None)
                || (is_number(line, &span, Label::Telephone)
                    && (is_chained || is_first() || has_label(&line[..span.start])));
            if is_telephone {
                chained = Some(span.end);
                found.push(Found { span, kind: MaskKind::Telephone, form: Form::Words });
            }
        }
    }
    found
}

/// What a line that ends with a label says of the next line.
pub(super) fn label_at_end(line: &str, above: Label) -> Label {
    let line = line.trim_end();
    if line.is_empty() {
        return above;
    }
    if line.chars().count() <= 40 && line.ends_with([':', '：']) && has_label(line) {
        Label::Telephone
    } else {
        Label::None
    }
}

/// Whether a link's destination up to here is about to dial.
fn dials(destination: &str) -> bool {
    let from = destination.ceil_char_boundary(destination.len().saturating_sub(FARTHEST_LABEL));
    let near = destination[from..].to_ascii_lowercase();
    // Another number may have stood before the scheme, glued to it.
    let begins = |at: usize| !near[..at].ends_with(char::is_alphabetic) || near[..at].ends_with(BARE_REPLACEMENT);
    ["tel:", "sms:", "callto:", "whatsapp:"].iter().any(|scheme| near.match_indices(scheme).any(|(at, _)| begins(at)))
        || near.contains("wa.me/")
        || near.ends_with("phone=")
        || near.ends_with("phone=+")
}

/// Whether the words before a number announce a telephone number.
fn has_label(before: &str) -> bool {
    let from = before.ceil_char_boundary(before.len().saturating_sub(FARTHEST_LABEL));
    let before = &before[from..];
    LABEL.is_match(before) && find_within(&LABEL, before, &LONGEST_GROUPS).is_some()
}

/// Whether one number follows another of the same kind across these characters.
fn is_joint(between: &str) -> bool {
    let words = between.trim_matches(|c: char| c.is_whitespace() || ",;/|&-–".contains(c));
    matches!(
        words.to_lowercase().as_str(),
        "" | "and" | "or" | "et" | "ou" | "und" | "oder" | "y" | "o" | "e" | "и" | "اور" | "و"
    )
}

/// Splits a candidate where two numbers were run together by blanks.
fn parts(line: &str, span: Span) -> Vec<Span> {
    let text = &line[span.clone()];
    let mut cuts = vec![0];
    cuts.extend(text.match_indices('+').map(|(at, _)| at).filter(|at| *at > 0));
    for pattern in ["   ", " / ", " – ", " - "] {
        cuts.extend(text.match_indices(pattern).map(|(at, _)| at));
    }
    cuts.push(text.len());
    cuts.sort_unstable();
    cuts.dedup();
    let mut parts: Vec<Span> = Vec::new();
    for pair in cuts.windows(2) {
        let piece = &text[pair[0]..pair[1]];
        let start = piece.find(|c: char| c.is_numeric() || "+(".contains(c)).unwrap_or(piece.len());
        let end = piece
            .rfind(char::is_numeric)
            .map_or(piece.len(), |at| at + piece[at..].chars().next().map_or(1, char::len_utf8));
        if start < end {
            parts.push(span.start + pair[0] + start..span.start + pair[0] + end);
        }
    }
    // A short piece belongs to the number before it ("020 - 7946 0958").
    let digits = |part: &Span| line[part.clone()].chars().filter(|c| c.is_numeric()).count();
    if parts.iter().any(|part| digits(part) < 6)
        && let [first, .., last] = parts.as_mut_slice()
    {
        first.end = last.end;
        parts.truncate(1);
    }
    parts
}

/// Whether a run of digits is a telephone number.
fn is_number(line: &str, span: &Span, label: Label) -> bool {
    let text = &line[span.clone()];
    let before = line[..span.start].chars().next_back();
    let mut following = line[span.end..].chars();
    let (after, beyond) = (following.next(), following.next());
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    if digits < 5 {
        return false;
    }
    let touches = before.is_some_and(|c| c.is_alphanumeric() || "-_=#/$€£¥₹№@.,".contains(c) && label == Label::None)
        || before.is_some_and(|c| "$€£¥₹".contains(c));
    let runs_on = after.is_some_and(|c| {
        "%°_=".contains(c)
            || c.is_numeric()
            || (c.is_alphabetic() && !c.is_uppercase() && label == Label::None)
            || (",./-".contains(c) && beyond.is_some_and(char::is_numeric) && label == Label::None)
    });
    if touches || runs_on || is_date_or_time(text) || text.chars().filter(|c| *c == '(').count() > 2 {
        return false;
    }
    if NORTH_AMERICAN.is_match(text) {
        return true;
    }
    let is_international =
        text.starts_with('+') && (8..=15).contains(&digits) && !text.contains('/') && is_grouped(text);
    is_international || (label == Label::Telephone && (5..=16).contains(&digits) && !is_amount(text))
}

/// Whether the digits of an international number stand in groups that are dialled, not in a decimal fraction.
fn is_grouped(text: &str) -> bool {
    text.matches('.').count() != 1
}

/// Whether a run of digits is an amount with groups of three after points.
fn is_amount(text: &str) -> bool {
    static AMOUNT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^\d{1,3}(?:[.\u{a0} ]\d{3}){2,}$").expect("the pattern is fixed"));
    text.contains('.') && AMOUNT.is_match(text)
}

/// Whether a run of digits is a date, a span of years or a time.
fn is_date_or_time(text: &str) -> bool {
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:(?:1[5-9]|20)\d\d\s?[./\-–]\s?(?:\d{1,2}|(?:1[5-9]|20)\d\d)(?:\s?[./\-–]\s?\d{1,2})?|\d{1,2}\s?[./\-–]\s?\d{1,2}\s?[./\-–]\s?(?:(?:1[5-9]|20)\d\d|\d\d)|\d{1,2}\s(?:1[5-9]|20)\d\d)(?:\s+.*)?$")
            .expect("the pattern is fixed")
    });
    // Groups of two ("01 23 45 67 89", "01.23.45.67.89") are French numbers, not dates.
    let pairs = text.split(|c: char| !c.is_numeric()).filter(|group| group.chars().count() == 2).count();
    pairs < 4 && DATE.is_match(text)
}
