//! Contact details out of sight.
//!
//! What enters: a source's text and the literal strings that its editor keeps. What leaves: the same text, line for
//! line, with telephone numbers, e-mail addresses and street lines replaced, and a list of what was replaced where. It
//! would rather leave a doubtful number than take a date, a price, a law or a reference number for a telephone, and it
//! leaves streets in running prose alone.

mod street;
mod telephone;

use crate::text::{Span, is_of_word, squeeze, words};
use regex::{Match, Regex};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What kind of contact detail was masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MaskKind {
    /// A telephone, fax or mobile number.
    Telephone,
    /// An e-mail address.
    Email,
    /// A street address or a post-office box.
    Street,
}

impl MaskKind {
    /// Names the kind in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Telephone => "telephone",
            Self::Email => "e-mail",
            Self::Street => "street",
        }
    }

    /// The words that stand in its place.
    pub fn replacement(self) -> &'static str {
        match self {
            Self::Telephone => "[telephone number masked]",
            Self::Email => "[e-mail address masked]",
            Self::Street => "[street address masked]",
        }
    }
}

/// One masked contact detail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    /// What it was.
    pub kind: MaskKind,
    /// The line it stands in, counted from 1.
    pub line: usize,
    /// The place of what stands for it in the masked text.
    pub span: Span,
    /// How many words it takes out of the text; one that goes on behind it is counted there.
    pub words: usize,
}

/// A text whose contact details are masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    /// The masked rendition, with as many lines as the source.
    pub text: String,
    /// What was masked, in the order of the text.
    pub masks: Vec<Mask>,
}

/// What stands in the place of a contact detail inside a link's destination.
const BARE_REPLACEMENT: &str = "masked";

/// How many bytes are copied at most while a text is looked through again and again.
const MOST_WORK: usize = 1 << 30;

/// Masks the contact details of `text`, but for the literal strings in `keep`. What is masked can lay bare another detail
/// that was glued to it, so that its line is looked through again until nothing is found.
pub fn mask(text: &str, keep: &[String]) -> Masked {
    let (mut masked, _) = masked_once(text, keep, |_| true);
    let mut found: BTreeSet<usize> = masked.masks.iter().map(|mask| mask.line).collect();
    let mut is_whole = masked.masks.is_empty();
    let mut work = 0;
    while !(is_whole && found.is_empty()) && work < MOST_WORK {
        work += masked.text.len();
        // What is masked can also tell something of another line, so that all of them are looked through at the end.
        is_whole = found.is_empty();
        let (again, replaced) = masked_once(&masked.text, keep, |line| is_whole || found.contains(&line));
        found = again.masks.iter().map(|mask| mask.line).collect();
        masked.masks.retain_mut(|mask| moved(mask, &again.masks, &replaced));
        masked.masks.extend(again.masks);
        masked.masks.sort_by_key(|mask| mask.span.start);
        masked.text = again.text;
    }
    masked
}

/// Moves a mask to its place behind what was `replaced` by `later` masks; none is left of one that was replaced itself.
fn moved(mask: &mut Mask, later: &[Mask], replaced: &[Span]) -> bool {
    let before = replaced.partition_point(|span| span.start < mask.span.start);
    let Some(last) = before.checked_sub(1) else {
        return replaced.first().is_none_or(|next| mask.span.end <= next.start);
    };
    if replaced[last].end > mask.span.start {
        return false;
    }
    let start = mask.span.start - replaced[last].end + later[last].span.end;
    mask.span = start..start + mask.span.len();
    true
}

/// Looks through the lines of a text that are `wanted`, counted from 1, and masks what stands apart; gives also the
/// places in the text of what was replaced.
fn masked_once(text: &str, keep: &[String], wanted: impl Fn(usize) -> bool) -> (Masked, Vec<Span>) {
    let lines: Vec<&str> = text.split('\n').collect();
    let keep: Vec<Kept> = keep.iter().map(|literal| Kept::new(literal)).filter(|kept| !kept.words.is_empty()).collect();
    let mut found: Vec<Vec<Found>> = Vec::with_capacity(lines.len());
    let mut label_above = telephone::Label::None;
    for (index, line) in lines.iter().enumerate() {
        if !wanted(index + 1) {
            // The label may stand in the line above one that is wanted.
            label_above = if wanted(index + 2) {
                telephone::label_at_end(line, telephone::Label::None)
            } else {
                telephone::Label::None
            };
            found.push(Vec::new());
            continue;
        }
        let destinations = destinations(line);
        let mut details = emails(line, &destinations);
        details.extend(telephone::find(line, &destinations, label_above));
        label_above = telephone::label_at_end(line, label_above);
        found.push(details);
    }
    for (index, span) in street::find(&lines, &found) {
        if wanted(index + 1) {
            found[index].push(Found { span, kind: MaskKind::Street, form: Form::Words });
        }
    }
    let mut masked = String::with_capacity(text.len());
    let (mut masks, mut replaced) = (Vec::new(), Vec::new());
    let mut line_start = 0;
    for (index, (line, mut details)) in lines.iter().zip(found).enumerate() {
        if index > 0 {
            masked.push('\n');
        }
        details.sort_by_key(|detail| (detail.span.start, detail.span.end));
        let mut at = 0;
        for detail in details {
            let is_kept = keep.iter().any(|kept| kept.covers(&line[detail.span.clone()], detail.kind));
            if detail.span.start < at || is_kept {
                continue;
            }
            masked.push_str(&line[at..detail.span.start]);
            let start = masked.len();
            masked.push_str(match detail.form {
                Form::Words => detail.kind.replacement(),
                Form::Destination => BARE_REPLACEMENT,
            });
            at = detail.span.end;
            let words = words_within(line, &detail.span);
            masks.push(Mask { kind: detail.kind, line: index + 1, span: start..masked.len(), words });
            replaced.push(line_start + detail.span.start..line_start + detail.span.end);
        }
        masked.push_str(&line[at..]);
        line_start += line.len() + 1;
    }
    (Masked { text: masked, masks }, replaced)
}

/// Counts the words of a part of a line, without those that go on before or behind it.
fn words_within(line: &str, part: &Span) -> usize {
    let whole = words(&line[part.clone()]);
    let goes_on =
        |here: Option<char>, there: Option<char>| here.is_some_and(is_of_word) && there.is_some_and(is_of_word);
    let inside = &line[part.clone()];
    let before = goes_on(inside.chars().next(), line[..part.start].chars().next_back());
    let behind = goes_on(inside.chars().next_back(), line[part.end..].chars().next());
    whole.len().saturating_sub(usize::from(before) + usize::from(behind))
}

/// A contact detail found in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    span: Span,
    kind: MaskKind,
    form: Form,
}

/// How a contact detail is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// By words in brackets.
    Words,
    /// By one word, since it stands in a link's destination.
    Destination,
}

/// A string that the editor keeps.
struct Kept {
    words: String,
    digits: String,
}

impl Kept {
    fn new(literal: &str) -> Self {
        Self { words: squeeze(literal).to_lowercase(), digits: digits(literal) }
    }

    /// Whether a contact detail is kept with it.
    fn covers(&self, detail: &str, kind: MaskKind) -> bool {
        let same_digits = kind == MaskKind::Telephone && self.digits.len() >= 6 && digits(detail) == self.digits;
        same_digits || self.words.contains(&squeeze(detail).to_lowercase())
    }
}

/// The digits of a string.
fn digits(text: &str) -> String {
    text.chars().filter(|c| c.is_numeric()).collect()
}

/// Finds the web addresses and link destinations of a line, in order.
fn destinations(line: &str) -> Vec<Span> {
    static DESTINATION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i)(?:https?://|ftp://|www\.|mailto:|tel:|sms:|callto:|whatsapp:)[^\s<>()\[\]"'|]+"#)
            .expect("the pattern is fixed")
    });
    if !line.contains([':', '.']) {
        return Vec::new();
    }
    DESTINATION.find_iter(line).map(|found| found.range()).collect()
}

/// The destination that holds `at`, if one does.
fn destination_at(destinations: &[Span], at: usize) -> Option<&Span> {
    let next = destinations.partition_point(|span| span.start <= at);
    next.checked_sub(1).map(|index| &destinations[index]).filter(|span| at < span.end)
}

/// Finds the e-mail addresses of a line.
fn emails(line: &str, destinations: &[Span]) -> Vec<Found> {
    static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"[\p{L}\p{N}_][\p{L}\p{N}._%+\-]*(?:@|＠|%40|\s?[\[({]\s?(?i:at)\s?[\])}]\s?)[\p{L}\p{N}][\p{L}\p{N}\-]*(?:\s?(?:\.|[\[({]\s?(?i:dot)\s?[\])}])\s?[\p{L}\p{N}][\p{L}\p{N}\-]*)*?\.[\p{L}]{2,}(?:\.\p{L}{2,})*",
        )
        .expect("the pattern is fixed")
    });
    static SPELT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)[a-z0-9][a-z0-9._%+\-]*\s?[\[({]\s?at\s?[\])}]\s?[a-z0-9\-]+(?:\s?[\[({]\s?dot\s?[\])}]\s?[a-z0-9\-]+)+")
            .expect("the pattern is fixed")
    });
    let mut found: Vec<Found> = Vec::new();
    if line.contains(['@', '＠']) || line.contains("%40") || says_at(line) {
        for email in EMAIL.find_iter(line).chain(SPELT.find_iter(line)) {
            let is_inside = destination_at(destinations, email.start()).is_some();
            let mut span = email.range();
            // An automatic link in angle brackets would lead nowhere.
            if !is_inside && line[..span.start].ends_with('<') && line[span.end..].starts_with('>') {
                span = span.start - 1..span.end + 1;
            }
            let form = if is_inside { Form::Destination } else { Form::Words };
            found.push(Found { span, kind: MaskKind::Email, form });
        }
    }
    found
}

/// Whether a line has the word for the sign of an e-mail address in brackets.
fn says_at(line: &str) -> bool {
    line.match_indices(['[', '(', '{']).any(|(at, bracket)| {
        let inside = &line[at + bracket.len()..];
        let word = inside.strip_prefix(char::is_whitespace).unwrap_or(inside);
        word.get(..2).is_some_and(|word| word.eq_ignore_ascii_case("at"))
    })
}

/// Finds the first match of a pattern none of whose groups has more characters than it may. A pattern that counts them
/// itself takes ten times as long to compile.
fn find_within<'t>(pattern: &Regex, text: &'t str, longest: &[usize]) -> Option<Match<'t>> {
    let mut at = 0;
    loop {
        let found = pattern.captures_at(text, at)?;
        let mut groups = found.iter().skip(1).zip(longest);
        if groups.all(|(group, longest)| group.is_none_or(|group| group.as_str().chars().count() <= *longest)) {
            return found.get(0);
        }
        at = text.ceil_char_boundary(found.get_match().start() + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        mask(text, &[]).text
    }

    #[test]
    fn the_contact_block_of_a_signature_is_masked_and_its_labels_stay() {
        let text = "The People's Party\nCentral Secretariat: B-12, Green Nagar Phase-II, Sukkur, Sindh.\nPhone: +92-71-5550123, Fax: +92-71-5550124,\nMob/WhatsApp: +923005550199, +306900000000,\nE-Mail: party1950@example.com,\nYoutube: https://www.youtube.com/@PP1950";
        assert_eq!(
            masked(text),
            "The People's Party\nCentral Secretariat: [street address masked]\nPhone: [telephone number masked], Fax: [telephone number masked],\nMob/WhatsApp: [telephone number masked], [telephone number masked],\nE-Mail: [e-mail address masked],\nYoutube: https://www.youtube.com/@PP1950"
        );
    }

    #[test]
    fn details_glued_to_one_another_are_all_masked_and_know_their_places() {
        let text = format!("Call\n{}\nor ask jo@a.example.", "tel:+92715550123".repeat(200));
        let found = mask(&text, &[]);
        assert!(!found.text.contains(['5', '@']), "{}", found.text);
        for mask in &found.masks {
            assert!(found.text[mask.span.clone()].contains("masked"), "{mask:?}");
        }
        assert_eq!(found.text.matches("masked").count(), found.masks.len());
    }

    #[test]
    fn numbers_that_are_no_telephones_stay() {
        for text in [
            "Issued 2014-12-24, 24.12.2014 and 12/24/2014 at 10:30:15.",
            "ISBN 978-0-306-40615-7, DOI 10.1000/182, Law No. 123-456-789, version 1.2.3.4567",
            "It cost $1,234,567.00 and Rs 10 000 000, up 12.345.678 since 2004-2007.",
            "https://www.facebook.com/profile.php?id=100057030896965",
            "25.3960, 68.3578 and +25.3960, +68.3578",
            "Contact the office before 14 November 2020 about case 2019/45678901.",
            "He was to call 3,000,000 people to the polls in 2011-2012.",
        ] {
            assert_eq!(masked(text), text);
        }
    }

    #[test]
    fn telephones_are_known_by_form_or_label() {
        for (text, expected) in [
            ("Jo Roe 202.555.0127Thursday", "Jo Roe [telephone number masked]Thursday"),
            ("(202) 555-0127 or 202-555-0128", "[telephone number masked] or [telephone number masked]"),
            ("Tel. 020 7946 0958", "Tel. [telephone number masked]"),
            ("Téléphone : 01 23 45 67 89", "Téléphone : [telephone number masked]"),
            ("Contact: Jo Roe, 0300-5550199", "Contact: Jo Roe, [telephone number masked]"),
        ] {
            assert_eq!(masked(text), expected);
        }
    }

    #[test]
    fn a_label_belongs_to_what_stands_near() {
        let near = "Call the secretary of the office in Lahore at";
        let far = "Call the secretary and all of the members of the council of the office in Lahore at";
        for (text, is_masked) in [
            (format!("Contact: {}", "x".repeat(69)), true),
            (format!("Contact: {}", "x".repeat(70)), false),
            (format!("Contact: {}, phone:", "x".repeat(70)), true),
            (format!("Telephone (in {})", "x".repeat(17)), true),
            (format!("Telephone (in {})", "x".repeat(18)), false),
            (near.to_owned(), true),
            (far.to_owned(), false),
        ] {
            let line = format!("{text} 0300-5550199");
            assert_eq!(masked(&line).contains("masked"), is_masked, "{line}");
        }
    }

    #[test]
    fn links_still_parse_after_masking() {
        assert_eq!(masked("[a@b.example](mailto:a@b.example)"), "[[e-mail address masked]](mailto:masked)");
        assert_eq!(masked("[Call us](tel:+922255501234)"), "[Call us](tel:masked)");
        assert_eq!(masked("Write to <a@b.example>."), "Write to [e-mail address masked].");
    }

    #[test]
    fn what_the_editor_keeps_stays() {
        let keep = ["press@b.example".to_owned(), "+1 202 555 0127".to_owned()];
        let text = "press@b.example, x@b.example, +1-202-555-0127";
        assert_eq!(mask(text, &keep).text, "press@b.example, [e-mail address masked], +1-202-555-0127");
    }

    #[test]
    fn streets_are_masked_in_letterheads_only() {
        let prose = "\nThey marched down Fleet Street to 10 Downing Street, and on 5 May the police closed the road.\n";
        assert_eq!(masked(prose), prose);
        for title in [
            "12 House Republicans Vote Against the Bill",
            "Spring 2020",
            "500 Wall Street Protesters Arrested",
            "Via Zoom, 12 May 2020",
        ] {
            assert_eq!(masked(title), title);
        }
        let head = "The Party\n12 Green Street, Springfield\nPostfach 1234\n\nDear friends,";
        assert_eq!(masked(head), "The Party\n[street address masked]\n[street address masked]\n\nDear friends,");
        assert_eq!(masked("Anschrift: Lange Straße 12, 10115 Berlin"), "Anschrift: [street address masked]");
    }

    #[test]
    fn lines_stay_where_they_are() {
        let text = "a\r\nTel: +442079460958\r\n\r\nb@c.example";
        let found = mask(text, &[]);
        assert_eq!(found.text, "a\r\nTel: [telephone number masked]\r\n\r\n[e-mail address masked]");
        assert_eq!(found.masks.iter().map(|mask| mask.line).collect::<Vec<_>>(), [2, 4]);
    }
}
