//! Where a document says that a picture is.
//!
//! What enters: a document's path, an address as the document has it, and the paths of the collection's files. What
//! leaves: the file that is meant, or why none can be. Nothing is opened here, and no address leads out of the
//! collection: a file is found by looking it up in the list of those that stand in it.

use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// What an address stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// A file of the collection, by its path.
    File(String),
    /// A picture that is written into the address itself (`data:`).
    Written,
    /// A place on the network, or one that only a mail program or browser knows.
    Remote,
    /// A place outside the collection.
    Outside,
    /// A path inside the collection at which no file stands; empty where the address names none.
    Absent(String),
}

/// The files of a collection, found by their paths in whatever normal form (Unicode NFC or NFD) they are written.
#[derive(Debug)]
pub struct Files<'a>(BTreeMap<String, &'a str>);

impl<'a> Files<'a> {
    /// Lists files by their paths relative to the collection.
    pub fn new(paths: impl IntoIterator<Item = &'a str>) -> Self {
        Self(paths.into_iter().map(|path| (path.nfc().collect(), path)).collect())
    }

    /// Finds what an address in a document stands for.
    pub fn find(&self, document: &str, address: &str) -> Reference {
        let address = address.trim();
        let scheme = scheme(address).map(str::to_ascii_lowercase);
        match scheme.as_deref() {
            Some("data") => return Reference::Written,
            // A drive's letter is no scheme of the network.
            Some("file") => return Reference::Outside,
            Some(scheme) if scheme.len() == 1 => return Reference::Outside,
            Some(_) => return Reference::Remote,
            None => {}
        }
        if address.starts_with("//") {
            return Reference::Remote;
        }
        // A file's name may hold any of the marks that end an address's path, and a percent sign that means itself.
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let decoded = percent_decoded(path);
        let slashed = decoded.replace('\\', "/");
        let readings = [&slashed, &decoded, path, &percent_decoded(address), address];
        let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
        let places: Vec<Option<String>> = readings.iter().map(|path| inside(folder, path)).collect();
        let found = places.iter().flatten().find_map(|place| self.0.get(&place.nfc().collect::<String>()));
        match (found, places.into_iter().next().flatten()) {
            (Some(found), _) => Reference::File((*found).to_owned()),
            (None, Some(place)) => Reference::Absent(if path.is_empty() { String::new() } else { place }),
            (None, None) => Reference::Outside,
        }
    }
}

/// The scheme that an address begins with (RFC 3986, section 3.1).
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    (scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.bytes().all(is_part)).then_some(scheme)
}

/// Follows a relative path from a folder; `None` where it leads out of the collection.
fn inside(folder: &str, path: &str) -> Option<String> {
    if path.starts_with(['/', '\\']) {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Resolves `%20` and the like; what is none stays (RFC 3986, section 2.1).
fn percent_decoded(path: &str) -> String {
    let bytes = path.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).expect("two hexadecimal digits are one byte"));
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [&str; 6] =
        ["a.png", "letters/scan 1.jpg", "letters/b.png", "50%.png", "letters/caf\u{e9}.png", "why?.png"];

    fn find(document: &str, address: &str) -> Reference {
        Files::new(FILES).find(document, address)
    }

    #[test]
    fn files_of_the_collection_are_found_however_they_are_written() {
        for (address, path) in [
            ("b.png", "letters/b.png"),
            ("./b.png", "letters/b.png"),
            ("../a.png", "a.png"),
            ("x/../b.png", "letters/b.png"),
            ("scan%201.jpg", "letters/scan 1.jpg"),
            ("scan 1.jpg?size=large#top", "letters/scan 1.jpg"),
            ("..\\a.png", "a.png"),
            ("../50%.png", "50%.png"),
            ("../why?.png", "why?.png"),
            ("cafe\u{301}.png", "letters/caf\u{e9}.png"),
        ] {
            assert_eq!(find("letters/1.md", address), Reference::File(path.to_owned()), "{address}");
        }
    }

    #[test]
    fn nothing_outside_the_collection_is_ever_meant() {
        for address in [
            "/etc/passwd",
            "../../etc/passwd",
            "%2e%2e/%2e%2e/etc/passwd",
            "..%2f..%2fetc%2fpasswd",
            "..\\..\\secret.png",
            "\\\\server\\share.png",
            "C:\\a.png",
            "c:/a.png",
            "file:///etc/passwd",
            "file:a.png",
            "x/../../../a.png",
        ] {
            assert_eq!(find("letters/1.md", address), Reference::Outside, "{address}");
        }
    }

    #[test]
    fn the_network_and_what_is_not_there_are_told_apart() {
        for address in ["http://a.example/x.png", "HTTPS://a.example", "//a.example/x.png", "cid:1", "blob:x"] {
            assert_eq!(find("1.md", address), Reference::Remote, "{address}");
        }
        assert_eq!(find("1.md", "data:image/png;base64,AAAA"), Reference::Written);
        assert_eq!(find("1.md", "c.png"), Reference::Absent("c.png".to_owned()));
        assert_eq!(find("letters/1.md", " "), Reference::Absent(String::new()));
        assert_eq!(find("1.md", "a\0.png"), Reference::Absent("a\0.png".to_owned()));
        let long = "x/".repeat(100_000);
        assert!(matches!(find("1.md", &long), Reference::Absent(_)));
    }
}
