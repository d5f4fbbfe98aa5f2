//! Street addresses in letterheads, signatures and behind labels.

use super::{Found, find_within};
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

/// How many filled lines at the head and at the tail can hold a letterhead or a signature.
const EDGE: usize = 15;

/// How near (in lines) a telephone number or an e-mail address makes a contact block.
const NEAR: usize = 4;

/// The longest address, in characters.
const LONGEST: usize = 160;

/// The longest word before a contact detail that says what it is, in characters.
const LONGEST_CONTACT_LABEL: usize = 15;

/// Words that make an address of the numbers and names around them, in every case they are written in.
const WORDS: &str = r"street|st\.?|road|rd\.?|avenue|aven?\.?|boulevard|blvd\.?|lane|ln\.?|drive|dr\.|court|ct\.|square|sq\.|highway|hwy\.?|parkway|pkwy\.?|terrace|crescent|close|nagar|colony|mohalla|block|sector|phase|town|chowk|bazaar|marg|gali|society|building|bldg\.?|house|floor|plaza|tower|suite|ste\.?|room|rm\.?|apartment|apt\.?|flat|plot|rue|quai|chemin|allée|impasse|cours|bd\.?|via|viale|piazza|corso|largo|vicolo|calle|c/|avenida|avda?\.?|av\.?|paseo|carrera|cra\.?|rua|travessa|praça|praca|alameda|jalan|jl\.?|đường|ulica|ul\.?|улица|ул\.?|проспект|пр\.?|просп\.?|переулок|шоссе|площадь|sokak|sk\.?|caddesi|cad\.?|mahallesi|mah\.?|straat|laan|gracht|gatan|vägen|gade|vej|katu|شارع|سڑک|روڈ|گلی|خیابان|کوچه|मार्ग|नगर";

/// A label that announces an address, at the start of a line or of a clause.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|[|;,•·]\s*)[\s*_>#\-]*(?P<strict>(?:(?:postal|mailing|street|office|our|full|contact|registered|head|correspondence)\s+)*address|anschrift|postanschrift|adresse(?:\s+postale)?|dirección|direccion|endereço|endereco|indirizzo|adres|адрес|العنوان|پتہ|آدرس|पता|ঠিকানা|地址|住所|주소|địa chỉ|alamat)[\s*_]*[:：][\s*_]*|(?:^|[|;•·]\s*)[\s*_>#\-]*(?P<loose>(?:\p{L}[\p{L}.'’]*\s+){0,3}(?:secretariat|secretariado|office|offices|headquarters?|h\.?q\.?|bureau|siège(?:\s+social)?|sede|sitz|büro|geschäftsstelle|zentrale|sekretariat|house|venue))[\s*_]*[:：][\s*_]*")
        .expect("the pattern is fixed")
});

/// A post-office box.
static BOX: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\bp\.?\s?o\.?\s?box|\bpost\s?box|\bpost office box|\bpostfach|\bpostbus|\bapartado(?:\s+(?:de correos|postal))?|\bcasilla|\bcaixa postal|\bcasella postale|\bboîte postale|\bb\.?p\.?|а/я|\bg\.?p\.?o\.?\s?box)\s*(?:no\.?|n°|nr\.?)?\s*[#]?\s*\d+")
        .expect("the pattern is fixed")
});

/// A street word that stands by itself.
static STREET_WORD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)(?:^|[\s,(\-])(?:{WORDS})(?:$|[\s,.;)\-–#\d])")).expect("the pattern is fixed")
});

/// A German, Dutch or Nordic street with its number: the word grows onto the name.
static COMPOUND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\p{L}+(?:[\s\-]?stra(?:ß|ss)e|str\.|weg|platz|gasse|allee|straat|laan|plein|gracht|gatan|vägen|vej|veien)\s+\d{1,3}\s?[a-z]?(?:\s*[-–/]\s*\d{1,3})?\b")
        .expect("the pattern is fixed")
});

/// A house, plot or suite with its number.
static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:house|plot|flat|suite|ste|apt|apartment|unit|shop|h\.?\s?no|door|block|sector|street)\s*(?:no\.?|number|#|-)?\s*[#:]?\s*(?:[a-z]{1,2}\s?[-/]?\s?)?\d+")
        .expect("the pattern is fixed")
});

/// A house number and a street, at the start of a clause; what follows the street is the group `rest`.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    let number =
        r"(?:#\s*)?(?:[A-Z]{1,2}\s?[-/]\s?)?\d{1,5}\s?(?:[A-Za-z]|bis|ter)?(?:\s?[-–/]\s?[A-Z]?\d{0,5}[A-Z]?)?,?\s+";
    let last = r"street|st|road|rd|avenue|ave|boulevard|blvd|lane|ln|drive|dr|highway|hwy|parkway|pkwy|terrace|crescent|nagar|colony|mohalla|marg|chowk|bazaar|sector|block";
    let first = r"rue|avenue|boulevard|bd|quai|chemin|allée|impasse|route|cours|calle|via|rua|jalan";
    let pattern = format!(
        r"^{number}(?:(?:[\p{{L}}\d.'’\-]+\s+){{1,4}}(?i:{last})\b\.?(?P<rest>.*)|(?i:sector|block)[\s\-]*\d.*|(?i:{first})\.?\s+\p{{L}}.*)$"
    );
    Regex::new(&pattern).expect("the pattern is fixed")
});

/// A house number at the end of a clause that opens with the street.
static NUMBER_LAST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|[\s#])(?:n[.º°]*|no\.?|д\.?|дом)?\s*\d{1,3}(?:[\-/]\d{1,3})?\s?[a-z]?$")
        .expect("the pattern is fixed")
});

/// Finds the street addresses: the line (counted from 0) and the span in it.
pub(super) fn find(lines: &[&str], contacts: &[Vec<Found>]) -> Vec<(usize, Span)> {
    let filled: Vec<usize> = (0..lines.len()).filter(|line| !lines[*line].trim().is_empty()).collect();
    let mut near = vec![0_i32; lines.len() + 1];
    for line in (0..lines.len()).filter(|line| !contacts[*line].is_empty()) {
        near[line.saturating_sub(NEAR)] += 1;
        near[(line + NEAR + 1).min(lines.len())] -= 1;
    }
    let mut is_near = 0;
    let mut near_contact = vec![false; lines.len()];
    for (line, change) in near.iter().take(lines.len()).enumerate() {
        is_near += change;
        near_contact[line] = is_near > 0;
    }
    let mut found = Vec::new();
    let mut under_label = 0_usize;
    for (place, index) in filled.iter().copied().enumerate() {
        let line = lines[index].trim_end_matches('\r');
        let is_edge = place < EDGE || place + EDGE >= filled.len();
        let end = end_before_contacts(line, &contacts[index]);
        if let Some(label) = LABEL.captures(line) {
            let start = label.get_match().end();
            let is_strict = label.name("strict").is_some();
            let rest = line.get(start..end.max(start)).unwrap_or_default();
            under_label = if rest.trim().is_empty() && is_strict { 3 } else { 0 };
            if is_address_text(rest) && (has_street(rest) || (is_strict && has_house_number(rest))) {
                found.push((index, trimmed(line, start..end.max(start))));
            }
            continue;
        }
        let is_below_blank = index > 0 && lines[index - 1].trim().is_empty();
        under_label = if is_below_blank { 0 } else { under_label };
        let is_under_label = under_label > 0;
        under_label = under_label.saturating_sub(1);
        if !(is_edge || near_contact[index] || is_under_label) {
            continue;
        }
        let follows = found.last().is_some_and(|(last, _)| last + 1 == index);
        let company = if near_contact[index] || follows { Company::Contacts } else { Company::None };
        if let Some(span) = address_line(line, end, company) {
            found.push((index, span));
        }
    }
    found
}

/// The end of the part of a line that can be an address: before the first contact detail and its label.
fn end_before_contacts(line: &str, contacts: &[Found]) -> usize {
    static CONTACT_LABEL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"[\s,;|•·(\-–]*(?:\b(\p{L}[\p{L}.\-/]*?)\s*[.:：]?\s*)?$").expect("the pattern is fixed")
    });
    let first = contacts.iter().map(|contact| contact.span.start).min().unwrap_or(line.len()).min(line.len());
    if first == line.len() {
        return first;
    }
    let before = &line[..first];
    let from = before.ceil_char_boundary(before.len().saturating_sub(40));
    from + find_within(&CONTACT_LABEL, &before[from..], &[LONGEST_CONTACT_LABEL])
        .map_or(first - from, |label| label.start())
}

/// What stands around a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Company {
    /// Nothing that tells.
    None,
    /// Other contact details.
    Contacts,
}

/// Finds the address in a line of a letterhead or signature that has the look of one.
fn address_line(line: &str, end: usize, company: Company) -> Option<Span> {
    let line = &line[..end];
    let start = line.find(|c: char| c.is_alphanumeric() || c == '#')?;
    let text = line[start..].trim_end();
    if text.chars().count() > LONGEST || !is_address_text(text) {
        return None;
    }
    // A name may stand before the address: "The Party, 12 Green Street, Springfield".
    let clauses = std::iter::once(0).chain(text.match_indices([',', '|', '•', '·']).map(|(at, sign)| at + sign.len()));
    for at in clauses {
        let clause = text[at..].trim_start();
        let offset = text.len() - clause.len();
        let mut parts = clause.split([',', '|', '•', '·']).map(str::trim);
        let (first, second) = (parts.next().unwrap_or_default(), parts.next());
        let is_numbered = NUMBERED.captures(clause).is_some_and(|found| {
            let rest = found.name("rest").map_or("", |rest| rest.as_str().trim());
            rest.is_empty() || rest.contains([',', '|', '(', ';']) || rest.contains(char::is_numeric) || rest.len() <= 4
        });
        let is_unit = UNIT.find(first).is_some_and(|unit| unit.start() == 0 && unit.end() + 3 >= first.len())
            && (second.is_some() || company == Company::Contacts);
        let opens = BOX.find(first).or_else(|| COMPOUND.find(first)).is_some_and(|found| found.start() < 30);
        let is_named = is_street_first(first)
            && (NUMBER_LAST.is_match(first)
                || second.is_some_and(|second| NUMBER_LAST.find(second).is_some_and(|number| number.start() == 0)));
        if (is_numbered && reads_as_names(clause)) || ((opens || is_unit) && reads_as_names(first)) || is_named {
            return Some(trimmed(line, start + offset..line.len()));
        }
    }
    None
}

/// Whether a clause opens with a street word, as Romance and Slavic addresses do ("rue Blanche 12").
fn is_street_first(clause: &str) -> bool {
    static FIRST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:rue|quai|chemin|allée|impasse|boulevard|bd\.?|avenue|via|viale|piazza|corso|largo|calle|c/|avenida|avda?\.?|av\.?|paseo|carrera|cra\.?|rua|travessa|praça|jalan|jl\.?|ulica|ul\.?|улица|ул\.?|проспект|пр\.?|переулок)\s")
            .expect("the pattern is fixed")
    });
    FIRST.is_match(clause) && clause.split_whitespace().count() <= 8
}

/// Whether nearly all words are names, numbers or the small words inside of names.
fn reads_as_names(text: &str) -> bool {
    let mut words = 0;
    let mut others = 0;
    for word in text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()) {
        words += 1;
        let is_small = matches!(
            word.to_lowercase().trim_matches('.'),
            "ул" | "д"
                | "дом"
                | "корп"
                | "кв"
                | "г"
                | "оф"
                | "ul"
                | "calle"
                | "rua"
                | "av"
                | "nr"
                | "de"
                | "du"
                | "des"
                | "la"
                | "le"
                | "les"
                | "der"
                | "den"
                | "am"
                | "an"
                | "im"
                | "del"
                | "do"
                | "da"
                | "dos"
                | "no"
                | "near"
                | "off"
                | "of"
                | "bis"
                | "ter"
                | "rue"
                | "place"
                | "quai"
                | "chemin"
                | "via"
                | "opposite"
                | "behind"
                | "floor"
        );
        let first = word.chars().find(|c| c.is_alphanumeric());
        others += usize::from(!is_small && first.is_some_and(char::is_lowercase));
    }
    words <= 22 && others * 6 <= words
}

/// Whether a text can be an address at all: no sentence, not too long.
fn is_address_text(text: &str) -> bool {
    let text = text.trim();
    let words = text.split_whitespace().count();
    (1..=28).contains(&words)
        && text.chars().count() <= LONGEST
        && !text.contains("://")
        && !text.ends_with(['?', '!', ':'])
        && reads_as_names(text)
}

/// Whether a text names a street, a unit or a box with a number.
fn has_street(text: &str) -> bool {
    BOX.is_match(text)
        || COMPOUND.is_match(text)
        || UNIT.is_match(text)
        || (STREET_WORD.is_match(text) && text.chars().any(char::is_numeric))
}

/// Whether a number that is no year and no day of a month stands in a text behind a strict label.
fn has_house_number(text: &str) -> bool {
    static YEAR: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\b(?:1[5-9]|20)\d\d\b").expect("the pattern is fixed"));
    text.chars().any(char::is_numeric) && !YEAR.is_match(text)
}

/// A span without the blanks at its ends and the marks of emphasis after it.
fn trimmed(line: &str, span: Span) -> Span {
    let text = &line[span.clone()];
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end_matches(|c: char| c.is_whitespace() || ",;|*_•·\\".contains(c)).len();
    span.start + start..span.start + end.max(start)
}
