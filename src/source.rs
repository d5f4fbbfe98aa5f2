//! A captured file as text.
//!
//! What enters: a path and the bytes that stand there. What leaves: a [`Source`], whose text is decoded, has `\n` line
//! ends and shows no contact details unless the editor keeps them; every later stage sees this rendition only. Of a
//! saved page the text is the Markdown rendition of its main text, and its lines know those of the file. Nothing here
//! interprets the text.

mod fingerprint;
mod page;

use crate::diagnostic::Diagnostic;
use crate::document::Format;
use crate::document::clutter::Omission;
use crate::document::mask::{self, Mask};
use crate::front_matter::{self, FrontMatter};
use crate::text::{LineIndex, Span};
use crate::web::Declared;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::sync::Arc;

pub use fingerprint::Fingerprint;

/// How many of its first bytes are looked at in a file whose text is withheld, for its front matter.
pub const HEAD: usize = 64 * 1024;

/// Why the text of a file is not read, and what is known of the file without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// The size of the file, in bytes.
    pub bytes: usize,
    /// The SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// The largest file that is set, in megabytes of 1,048,576 bytes.
    pub largest: u64,
}

/// Whether contact details are masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Masking {
    /// Masked, but for the literal strings that the editor keeps.
    On {
        /// What is never masked.
        keep: Vec<String>,
    },
    /// Shown as captured: the editor's decision.
    Off,
}

/// A captured file, decoded.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path relative to the collection, with `/` between its parts.
    pub path: String,
    /// How it is written.
    pub format: Format,
    /// The size of the file, in bytes.
    pub bytes: usize,
    /// The SHA-256 of the file, in hexadecimal; of its masked rendition where anything is masked.
    pub sha256: String,
    /// The text, front matter included.
    pub text: Arc<str>,
    /// Where the lines of the text start.
    pub lines: LineIndex,
    /// What the file itself says of the document.
    pub front: FrontMatter,
    /// Where the document was captured, as far as the file says so.
    pub origin: Origin,
    /// What a saved page declares in its head, for dating it.
    pub declared: Vec<Declared>,
    /// The language that a saved page declares (BCP 47); pages often declare that of their template.
    pub language: Option<String>,
    /// What of a saved page's text is not set, in its order; lines are those of the file.
    pub dropped: Vec<Omission>,
    /// What was masked.
    pub masks: Vec<Mask>,
    /// Of a text of which anything is masked: the SHA-256 of what its rendition writes alike (line ends, control
    /// characters, byte order marks), so that a file is known by every byte that is not masked.
    pub alike: Option<String>,
    /// Why the text is not here, where it is not.
    pub withheld: Option<Withheld>,
}

/// Where a document was captured.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The address of the page.
    pub url: Option<String>,
    /// The name of the site.
    pub site: Option<String>,
    /// When it was captured, as the file says it.
    pub captured: Option<String>,
}

impl Origin {
    /// Reads the address that a front matter gives, and the day of the capture.
    fn of(front: &FrontMatter) -> Self {
        let value = |keys: &[&str], is_wanted: fn(&str) -> bool| {
            let fields = || front.fields.iter().filter(|field| is_wanted(field.value.trim()));
            keys.iter().find_map(|key| fields().find(|field| field.key.eq_ignore_ascii_case(key)))
        };
        let is_address = |value: &str| value.starts_with("http://") || value.starts_with("https://");
        let text = |field: &front_matter::FieldValue| field.value.trim().to_owned();
        Self {
            url: value(&["source_url", "url", "source", "original_url", "canonical", "link"], is_address).map(text),
            site: None,
            captured: value(&["captured", "accessed", "retrieved", "archived"], |value| !value.is_empty()).map(text),
        }
    }
}

impl Origin {
    /// Gives the domain of the page's address, without `www.`; of a page that a web archive kept, that of the page itself.
    pub fn domain(&self) -> Option<String> {
        let address = self.url.as_deref()?.to_ascii_lowercase();
        let (_, behind) = address.split(['?', '#']).next()?.rsplit_once("://")?;
        let authority = behind.split('/').next()?;
        let host = authority.rsplit('@').next()?.split(':').next()?.trim_end_matches('.');
        let host = host.strip_prefix("www.").unwrap_or(host);
        (!host.is_empty()).then(|| host.to_owned())
    }
}

impl Source {
    /// Reads a capture's bytes.
    pub fn read(path: &str, format: Format, bytes: &[u8], masking: &Masking) -> (Self, Vec<Diagnostic>) {
        if format == Format::Html {
            return page::read(path, bytes, masking);
        }
        let (decoded, mut diagnostics) = decode(path, bytes, None);
        let decoded: Arc<str> = decoded.into();
        let (mut front, found) = front_matter::split(path, &decoded, format);
        diagnostics.extend(found);
        let (text, masks) = match masking {
            Masking::Off => (Arc::clone(&decoded), Vec::new()),
            Masking::On { keep } => masked(&decoded, &mut front, keep),
        };
        let sha256 = if masks.is_empty() { hash(bytes) } else { hash(text.as_bytes()) };
        let alike = (!masks.is_empty()).then(|| hash(alike(&read_out(path, bytes, None).0).as_bytes()));
        let lines = LineIndex::new(&text);
        let origin = Origin::of(&front);
        let source = Self {
            path: path.to_owned(),
            format,
            bytes: bytes.len(),
            sha256,
            text,
            lines,
            front,
            origin,
            declared: Vec::new(),
            language: None,
            dropped: Vec::new(),
            masks,
            alike,
            withheld: None,
        };
        (source, diagnostics)
    }

    /// Counts the words of a saved page's text that are not set; its programs and styles have none.
    pub fn words_outside(&self) -> usize {
        let is_text = |omission: &&Omission| {
            !matches!(omission.rule, "html-script" | "html-style" | "html-template" | "html-noscript" | "html-title")
        };
        self.dropped.iter().filter(is_text).map(|omission| omission.text.split_whitespace().count()).sum()
    }

    /// Says where in the source the thing stands that a diagnostic tells of.
    pub fn point(&self, problem: Diagnostic, span: Span) -> Diagnostic {
        let line = self.lines.line(span.start);
        problem.at(&self.path, &self.text, span).on_line(line)
    }

    /// Reads the front matter of a file whose text is withheld, from the first bytes of it.
    pub fn withhold(
        path: &str,
        format: Format,
        head: &[u8],
        withheld: &Withheld,
        masking: &Masking,
    ) -> (Self, Vec<Diagnostic>) {
        let decoded: Arc<str> = decode(path, head, None).0.into();
        let end = front_matter::split(path, &decoded, format).0.span.end;
        let (source, diagnostics) = Self::read(path, format, decoded[..end].as_bytes(), masking);
        let Withheld { bytes, sha256, .. } = withheld.clone();
        (Self { bytes, sha256, withheld: Some(withheld.clone()), ..source }, diagnostics)
    }
}

/// Masks a text, its front matter apart; lines keep their numbers.
fn masked(text: &Arc<str>, front: &mut FrontMatter, keep: &[String]) -> (Arc<str>, Vec<Mask>) {
    let (head, body) = text.split_at(front.span.end);
    let found = mask::mask(body, keep);
    let block = mask::mask(head, keep);
    if found.masks.is_empty() && block.masks.is_empty() {
        return (Arc::clone(text), Vec::new());
    }
    if !block.masks.is_empty() {
        mask_values(front, head, &block.text, keep);
    }
    let before = head.matches('\n').count();
    let offset = block.text.len();
    let body = found.masks.into_iter().map(|mask| Mask {
        line: mask.line + before,
        span: mask.span.start + offset..mask.span.end + offset,
        ..mask
    });
    let masks = block.masks.into_iter().chain(body).collect();
    (format!("{}{}", block.text, found.text).into(), masks)
}

/// Masks the values that were read from a front matter, each with its key for a label, and leads their places into the
/// masked block, line by line.
fn mask_values(front: &mut FrontMatter, block: &str, masked: &str, keep: &[String]) {
    let (old, new) = (LineIndex::new(block), LineIndex::new(masked));
    let moved = |offset: usize| {
        let line = old.line(offset);
        let column = offset - old.span(line, block).start;
        let target = new.span(line, masked);
        masked.floor_char_boundary((target.start + column).min(target.end))
    };
    let value = |key: &str, value: &str| {
        let labelled = mask::mask(&format!("{key}: {value}"), keep).text;
        labelled.strip_prefix(&format!("{key}: ")).map_or(labelled.clone(), str::to_owned)
    };
    for field in &mut front.fields {
        field.value = value(&field.key, &field.value);
        field.span = moved(field.span.start)..moved(field.span.end);
    }
    let named = [
        ("title", &mut front.title),
        ("kind", &mut front.kind),
        ("issuer", &mut front.issuer),
        ("place", &mut front.place),
        ("summary", &mut front.summary),
        ("language", &mut front.language),
        ("rights", &mut front.rights),
        ("author", &mut front.author),
        ("section", &mut front.section),
    ];
    for (key, known) in named {
        if let Some(known) = known {
            known.value = value(key, &known.value);
            known.span = moved(known.span.start)..moved(known.span.end);
        }
    }
    front.span.end = masked.len();
}

/// Gives the SHA-256 of some bytes in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    hash_of([bytes])
}

/// Gives the SHA-256 of several pieces, as of one, in hexadecimal.
pub fn hash_of<'b>(pieces: impl IntoIterator<Item = &'b [u8]>) -> String {
    let mut hasher = Sha256::new();
    pieces.into_iter().for_each(|piece| hasher.update(piece));
    hexadecimal(&hasher.finalize())
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("writing to a string does not fail");
        hex
    })
}

/// Decodes bytes, and shows what cannot be seen.
fn decode(path: &str, bytes: &[u8], declared: Option<&'static Encoding>) -> (String, Vec<Diagnostic>) {
    let (text, mut diagnostics) = read_out(path, bytes, declared);
    let (text, shown) = visible(&text);
    if shown > 0 {
        diagnostics.push(
            Diagnostic::warning("control-characters", control_characters(shown))
                .in_file(path)
                .help("remove them from the capture, or convert the file to text first"),
        );
    }
    (text, diagnostics)
}

/// Decodes bytes: a byte order mark, then valid UTF-8, then what the file declares, then a guess that is told.
fn read_out(path: &str, bytes: &[u8], declared: Option<&'static Encoding>) -> (String, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| {
        if let Some(guess) = unmarked_utf16(bytes) {
            diagnostics.push(
                Diagnostic::warning(
                    "guessed-encoding",
                    format!("the file has no byte order mark; it was read as {}", guess.name()),
                )
                .in_file(path)
                .help("save it as UTF-8"),
            );
            return (guess, 0);
        }
        // ISO-2022-JP is written with the bytes of ASCII.
        if std::str::from_utf8(bytes).is_ok() && (declared != Some(ISO_2022_JP) || !bytes.contains(&0x1b)) {
            return (UTF_8, 0);
        }
        if let Some(declared) = declared.filter(|declared| *declared != UTF_8 && *declared != REPLACEMENT) {
            return (declared, 0);
        }
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        let guess = detector.guess(None, Utf8Detection::Deny);
        diagnostics.push(
            Diagnostic::warning(
                "guessed-encoding",
                format!("the file is not valid UTF-8 (byte {}); it was read as {}", invalid_at(bytes), guess.name()),
            )
            .in_file(path)
            .help("save it as UTF-8"),
        );
        (guess, 0)
    });
    let (text, damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
    if damaged {
        diagnostics.push(
            Diagnostic::warning(
                "undecodable-bytes",
                format!("some bytes mean nothing in {}; each is shown as `\u{fffd}`", encoding.name()),
            )
            .in_file(path)
            .help("save it as UTF-8"),
        );
    }
    (text.into_owned(), diagnostics)
}

/// How many of the first bytes tell UTF-16.
const LOOKED_AT: usize = 4096;

/// Tells UTF-16 without a byte order mark: spaces, line ends and figures have a zero for one of their two bytes, always
/// the same one, and no text has other zeros.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let units = || head.chunks_exact(2);
    let count = |wanted: fn(&[u8]) -> bool| units().filter(|unit| wanted(unit)).count();
    let is_common = |byte: u8| byte == b'\n' || (b' '..=b'~').contains(&byte);
    let little = units().filter(|unit| unit[1] == 0 && is_common(unit[0])).count();
    let big = units().filter(|unit| unit[0] == 0 && is_common(unit[1])).count();
    let (first, second) = (count(|unit| unit[0] == 0), count(|unit| unit[1] == 0));
    // One character in ten is a space in any language that has them.
    let is_enough = |common: usize| common >= 4 && common * 12 >= head.len() / 2;
    match (is_enough(little), is_enough(big)) {
        (true, false) if first * 20 <= second => Some(UTF_16LE),
        (false, true) if second * 20 <= first => Some(UTF_16BE),
        _ => None,
    }
}

/// Says how many control characters are shown as pictures.
fn control_characters(shown: usize) -> String {
    if shown == 1 {
        "1 control character is shown as a picture".to_owned()
    } else {
        format!("{shown} control characters are shown as pictures")
    }
}

/// Gives the place of the first byte that is not UTF-8, counted from 1.
fn invalid_at(bytes: &[u8]) -> usize {
    std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to() + 1, |_| 0)
}

/// Gives the characters that [`visible`] writes like others, in order.
fn alike(text: &str) -> String {
    let is_alike = |character: &char| matches!(character, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffd}');
    text.chars().filter(is_alike).collect()
}

/// Makes line ends `\n` and control characters visible (Unicode's control pictures), and counts the latter.
fn visible(text: &str) -> (String, usize) {
    let mut out = String::with_capacity(text.len());
    let mut shown = 0;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                characters.next_if_eq(&'\n');
                out.push('\n');
            }
            '\n' | '\t' => out.push(character),
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\u{0}'..='\u{1f}' | '\u{7f}' => {
                let code = if character == '\u{7f}' { 0x21 } else { u32::from(character) };
                out.push(char::from_u32(0x2400 + code).expect("control pictures are assigned"));
                shown += 1;
            }
            '\u{80}'..='\u{9f}' => {
                out.push('\u{fffd}');
                shown += 1;
            }
            '\u{feff}' => {}
            _ => out.push(character),
        }
    }
    (out, shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, Vec<&'static str>) {
        let (text, diagnostics) = decode("a.txt", bytes, None);
        (text, diagnostics.iter().map(|diagnostic| diagnostic.slug).collect())
    }

    #[test]
    fn byte_order_marks_line_ends_and_encodings_are_read() {
        assert_eq!(text("\u{feff}één\r\ntwee\rdrie".as_bytes()), ("één\ntwee\ndrie".into(), vec![]));
        assert_eq!(text(b"\xff\xfeh\0i\0"), ("hi".into(), vec![]));
        assert_eq!(text(b"caf\xe9 na\xefve"), ("café naïve".into(), vec!["guessed-encoding"]));
        assert_eq!(text(b"nul\0here"), ("nul\u{2400}here".into(), vec!["control-characters"]));
        assert_eq!(text(b""), (String::new(), vec![]));
        let words = "Die Tür ist zu, 24 Leute.\nاور یہ دوسری سطر ہے۔";
        let little: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(&little), (words.into(), vec!["guessed-encoding"]));
        assert_eq!(text(&big), (words.into(), vec!["guessed-encoding"]));
    }

    #[test]
    fn a_masked_source_is_known_by_the_hash_of_its_rendition() {
        let bytes = b"Statement.\n\nPhone: +92-22-5550100\n";
        let open = Source::read("a.txt", Format::Plain, bytes, &Masking::Off).0;
        let masked = Source::read("a.txt", Format::Plain, bytes, &Masking::On { keep: vec![] }).0;
        assert_eq!(open.sha256, hash(bytes));
        assert_eq!(masked.sha256, hash(masked.text.as_bytes()));
        assert!(!masked.text.contains("5550100"));
        assert_eq!(masked.masks[0].line, 3);
    }

    #[test]
    fn the_domain_is_that_of_the_page_itself() {
        let domain = |url: &str| Origin { url: Some(url.to_owned()), ..Origin::default() }.domain();
        for (url, wanted) in [
            ("https://www.Example.org/2014/05/x", Some("example.org")),
            ("http://news.example.org:8080?id=4", Some("news.example.org")),
            ("https://web.archive.org/web/20140512093000/http://example.org/x", Some("example.org")),
            ("https://example.org/share?u=https://elsewhere.example/x", Some("example.org")),
            ("https:///x", None),
        ] {
            assert_eq!(domain(url).as_deref(), wanted, "{url}");
        }
    }

    #[test]
    fn front_matter_is_masked_in_its_text_and_in_its_values() {
        let bytes =
            "---\ntitle: Ask press@example.org\nphone: 202 555 0147\ndate: 2014-12-24\n---\nCall +92-22-5550100.\n";
        let source = Source::read("a.md", Format::Markdown, bytes.as_bytes(), &Masking::On { keep: vec![] }).0;
        let title = source.front.title.as_ref().map(|title| title.value.as_str());
        assert_eq!(title, Some("Ask [e-mail address masked]"));
        assert_eq!(source.masks.iter().map(|mask| mask.line).collect::<Vec<_>>(), [2, 3, 6]);
        for hidden in ["example.org", "0147", "5550100"] {
            assert!(!source.text.contains(hidden) && !format!("{:?}", source.front).contains(hidden), "{hidden}");
        }
        let date = source.front.fields.iter().find(|field| field.key == "date").expect("the date is read");
        assert_eq!((source.lines.line(date.span.start), &source.text[date.span.clone()]), (4, "2014-12-24"));
    }
}
