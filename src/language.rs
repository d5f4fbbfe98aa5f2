//! Which language and script a text is in, and which way it is written.
//!
//! What enters: text, and the language around it. What leaves: BCP 47 tags, where the text is surely in that language,
//! and the runs of a text that are in another script. Nothing is translated, and a guess is never made: what is not sure
//! stays in the language around it.

mod evidence;
mod runs;

pub use evidence::{of_passage, of_text};
pub use runs::{Run, runs};

use unicode_script::{Script, UnicodeScript};

/// Gives the primary subtag of a language: `zh` of `zh-Hant`; that of English where the tag is none.
pub fn primary(tag: &str) -> &str {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    if (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase()) {
        primary
    } else {
        "en"
    }
}

/// The direction in which a text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

impl Direction {
    /// Names the direction as Typst does.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// Gives the direction in which a language is written.
pub fn direction(tag: &str) -> Direction {
    match script_of_language(tag) {
        Script::Arabic | Script::Hebrew | Script::Syriac | Script::Thaana | Script::Nko => Direction::RightToLeft,
        _ => Direction::LeftToRight,
    }
}

/// Gives the script of a letter; `None` for what several scripts share. Kana count as Han, which Japanese mixes them with.
pub fn script_of(character: char) -> Option<Script> {
    if character.is_ascii() {
        return character.is_ascii_alphabetic().then_some(Script::Latin);
    }
    match character.script() {
        Script::Common | Script::Inherited | Script::Unknown => None,
        Script::Hiragana | Script::Katakana | Script::Bopomofo => Some(Script::Han),
        script => Some(script),
    }
}

/// Gives the script that a language is written in: the tag's own, else the usual one.
pub fn script_of_language(tag: &str) -> Script {
    let own = tag.split(['-', '_']).skip(1).find(|subtag| subtag.len() == 4);
    match own.map(str::to_ascii_lowercase).as_deref() {
        Some("latn") => return Script::Latin,
        Some("cyrl") => return Script::Cyrillic,
        Some("arab" | "aran") => return Script::Arabic,
        Some("deva") => return Script::Devanagari,
        Some("beng") => return Script::Bengali,
        Some("guru") => return Script::Gurmukhi,
        _ => {}
    }
    let primary = primary(tag);
    SCRIPTS
        .iter()
        .find(|(_, languages)| languages.split(' ').any(|language| language == primary))
        .map_or(Script::Latin, |(script, _)| *script)
}

/// The languages of each script but Latin (CLDR, likely subtags). The first is the one that a text is in where nothing
/// tells it from the others.
const SCRIPTS: [(Script, &str); 29] = [
    (Script::Arabic, "ar fa ur ps sd ug ckb ks pnb"),
    (Script::Hebrew, "he yi"),
    (Script::Syriac, "syr"),
    (Script::Thaana, "dv"),
    (Script::Nko, "nqo"),
    (Script::Cyrillic, "ru uk be bg mk sr kk ky mn tg tt ba os"),
    (Script::Greek, "el grc"),
    (Script::Armenian, "hy"),
    (Script::Georgian, "ka"),
    (Script::Devanagari, "hi mr ne sa mai bho"),
    (Script::Bengali, "bn as"),
    (Script::Gurmukhi, "pa"),
    (Script::Gujarati, "gu"),
    (Script::Oriya, "or"),
    (Script::Tamil, "ta"),
    (Script::Telugu, "te"),
    (Script::Kannada, "kn"),
    (Script::Malayalam, "ml"),
    (Script::Sinhala, "si"),
    (Script::Thai, "th"),
    (Script::Lao, "lo"),
    (Script::Myanmar, "my"),
    (Script::Khmer, "km"),
    (Script::Tibetan, "bo dz"),
    (Script::Ethiopic, "am ti"),
    (Script::Han, "zh ja"),
    (Script::Hangul, "ko"),
    (Script::Cherokee, "chr"),
    (Script::Ol_Chiki, "sat"),
];

/// The language that a script is in where nothing tells more; none for Latin, which too many share.
fn usual_language(script: Script) -> Option<&'static str> {
    SCRIPTS.iter().find(|(known, _)| *known == script).and_then(|(_, languages)| languages.split(' ').next())
}

/// Whether text whose language is written in one script may hold letters of another as its own: Japanese and Korean have
/// Han characters.
fn takes(own: Script, script: Script) -> bool {
    own == script || own == Script::Hangul && script == Script::Han
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_directions_follow_the_tag() {
        assert_eq!(script_of_language("ur"), Script::Arabic);
        assert_eq!(script_of_language("ks-Deva"), Script::Devanagari);
        assert_eq!(script_of_language("sr-Latn-RS"), Script::Latin);
        assert_eq!(script_of_language("zh-Hant"), Script::Han);
        assert_eq!(direction("fa"), Direction::RightToLeft);
        assert_eq!(direction("ku"), Direction::LeftToRight);
        assert_eq!(primary("pt_BR"), "pt");
        assert_eq!(primary("??"), "en");
    }
}
