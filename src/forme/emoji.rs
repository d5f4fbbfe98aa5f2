//! Emoji: which characters are drawn together as one picture (Unicode Technical Standard 51).

use super::glyphs::Coverage;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Flags, keycaps, and pictures with their colours of skin, joined or with tags (UTS 51, ED-16).
static SEQUENCE: LazyLock<Regex> = LazyLock::new(|| {
    const PICTURE: &str =
        r"\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\x{FE0F})?(?:[\x{E0020}-\x{E007E}]+\x{E007F})?";
    let pattern = format!(
        r"\p{{Regional_Indicator}}{{2}}|[0-9#*]\x{{FE0F}}?\x{{20E3}}|{PICTURE}(?:\x{{200D}}{PICTURE}|\x{{200D}}[♀♂]\x{{FE0F}}?)*"
    );
    Regex::new(&pattern).expect("the pattern is valid")
});

/// A character that is a picture even without a mark that says so.
static PICTURE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\p{Emoji_Presentation}|[\x{FE0F}\x{200D}\x{20E3}]").expect("the pattern is valid"));

/// Finds the emoji of a text that one font has with all their parts.
pub(super) fn sequences(text: &str, coverage: &Coverage) -> Vec<Range<usize>> {
    if text.is_ascii() {
        return Vec::new();
    }
    SEQUENCE
        .find_iter(text)
        .filter(|found| PICTURE.is_match(found.as_str()) && coverage.has_together(found.as_str()))
        .map(|found| found.range())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_as_one_picture_is_one_sequence() {
        let text = "5\u{fe0f}\u{20e3} 🇵🇰🇮🇳 👩\u{200d}🏫 👍🏽 ❤\u{fe0f} ☎ © 12 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}";
        let found: Vec<&str> =
            SEQUENCE.find_iter(text).map(|found| found.as_str()).filter(|found| PICTURE.is_match(found)).collect();
        assert_eq!(found.len(), 7, "{found:?}");
        assert_eq!(found[0].chars().count(), 3);
        assert_eq!(found[3], "👩\u{200d}🏫");
    }
}
