//! The fingerprint of what is not held in memory.
//!
//! What enters: the bytes of a file, piece by piece. What leaves: the hash by which its source is known.

use super::hexadecimal;
use crate::document::mask;
use sha2::{Digest, Sha256};

/// How many bytes of a line are gathered at most before they are looked through.
const LONGEST_OPEN_LINE: usize = 1024 * 1024;

/// Hashes what is not held in memory, piece by piece: the bytes themselves, or where contact details are found in them,
/// their rendition without these.
#[derive(Debug, Clone)]
pub struct Fingerprint<'k> {
    captured: Sha256,
    rendition: Sha256,
    /// What is never masked; nothing, where nothing is.
    keep: Option<&'k [String]>,
    /// The start of a line whose end has not come yet.
    open: Vec<u8>,
    is_masked: bool,
}

impl<'k> Fingerprint<'k> {
    /// Begins; contact details but for those in `keep` are masked, or none, where that is nothing.
    pub fn of_rendition(keep: Option<&'k [String]>) -> Self {
        Self { captured: Sha256::new(), rendition: Sha256::new(), keep, open: Vec::new(), is_masked: false }
    }

    /// Takes the next bytes.
    pub fn take(&mut self, bytes: &[u8]) {
        self.captured.update(bytes);
        let Some(keep) = self.keep else { return };
        self.open.extend_from_slice(bytes);
        let end = self.open.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        // A line without end is taken as it comes.
        let end = if end == 0 && self.open.len() > LONGEST_OPEN_LINE { self.open.len() } else { end };
        let lines: Vec<u8> = self.open.drain(..end).collect();
        self.mask(&lines, keep);
    }

    /// Masks whole lines.
    fn mask(&mut self, lines: &[u8], keep: &[String]) {
        let found = mask::mask(&String::from_utf8_lossy(lines), keep);
        self.is_masked |= !found.masks.is_empty();
        self.rendition.update(found.text.as_bytes());
    }

    /// Gives the SHA-256 in hexadecimal.
    pub fn finish(mut self) -> String {
        if let Some(keep) = self.keep {
            let rest = std::mem::take(&mut self.open);
            self.mask(&rest, keep);
        }
        hexadecimal(&if self.is_masked { self.rendition } else { self.captured }.finalize())
    }
}
