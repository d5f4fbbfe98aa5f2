//! Which font a missing character needs, and where that font is had.

use crate::language::primary;
use unicode_script::{Script, UnicodeScript};

/// Names a free font that has a character, and the package of Debian or of npm that has the font. Of the forms of Han
/// characters, those of the document's language.
pub fn font_for(character: char, language: &str) -> String {
    let serif = |script: &str| format!("Noto Serif {script} (package fonts-noto-core)");
    let sans = |script: &str| format!("Noto Sans {script} (package fonts-noto-core)");
    let han = |form: &str| format!("Noto Serif CJK {form} (package fonts-noto-cjk)");
    match character.script() {
        Script::Arabic => "Noto Naskh Arabic, for Urdu Noto Nastaliq Urdu (package fonts-noto-core)".to_owned(),
        Script::Han | Script::Bopomofo => match (primary(language), language.contains("Hant")) {
            ("ja", _) => han("JP"),
            ("ko", _) => han("KR"),
            (_, true) => han("TC"),
            _ => han("SC"),
        },
        Script::Hiragana | Script::Katakana => han("JP"),
        Script::Hangul => han("KR"),
        Script::Latin | Script::Greek | Script::Cyrillic => "Noto Serif (package fonts-noto-core)".to_owned(),
        script @ (Script::Armenian
        | Script::Bengali
        | Script::Devanagari
        | Script::Ethiopic
        | Script::Georgian
        | Script::Gujarati
        | Script::Gurmukhi
        | Script::Hebrew
        | Script::Kannada
        | Script::Khmer
        | Script::Lao
        | Script::Malayalam
        | Script::Myanmar
        | Script::Sinhala
        | Script::Tamil
        | Script::Telugu
        | Script::Thai
        | Script::Tibetan) => serif(script.full_name()),
        Script::Common | Script::Inherited | Script::Unknown => common(character).to_owned(),
        script => sans(&script.full_name().replace('_', " ")),
    }
}

/// Names a font for what no one script has: marks, symbols, pictures.
fn common(character: char) -> &'static str {
    match u32::from(character) {
        0x1d000..=0x1d24f => "Noto Music (package fonts-noto-core)",
        0x1d400..=0x1d7ff | 0x2a00..=0x2aff => "Noto Sans Math (package fonts-noto-core)",
        0x1f000..=0x1f0ff | 0x1f700..=0x1f8ff => "Noto Sans Symbols 2 (package fonts-noto-core)",
        0x1f100..=0x1faff => "Noto Emoji (npm package @fontsource/noto-emoji)",
        0x3000..=0x33ff | 0xff00..=0xffef => "Noto Serif CJK SC (package fonts-noto-cjk)",
        0xe000..=0xf8ff | 0xf_0000..=0x10_ffff => "the font of whoever gave this private character its meaning",
        _ => "Noto Sans Symbols 2 (package fonts-noto-core)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_has_a_font_and_a_package() {
        assert_eq!(font_for('த', "en"), "Noto Serif Tamil (package fonts-noto-core)");
        assert_eq!(font_for('\u{10380}', "en"), "Noto Sans Ugaritic (package fonts-noto-core)");
        assert_eq!(font_for('東', "ja"), "Noto Serif CJK JP (package fonts-noto-cjk)");
        assert_eq!(font_for('東', "zh-Hant"), "Noto Serif CJK TC (package fonts-noto-cjk)");
        assert_eq!(font_for('。', "zh"), "Noto Serif CJK SC (package fonts-noto-cjk)");
        assert_eq!(font_for('\u{1c50}', "en"), "Noto Sans Ol Chiki (package fonts-noto-core)");
    }
}
