//! The fonts that the program carries beside Typst's own.
//!
//! What leaves: the fonts of `layouts/fonts/`, whose README says where each comes from and under what licence. They are linked
//! into the program as they are, so that loading them copies and unpacks nothing.

use typst::foundations::Bytes;
use typst::text::Font;

macro_rules! carried {
    ($($file:literal),* $(,)?) => {
        &[$(include_bytes!(concat!("../../layouts/fonts/", $file))),*]
    };
}

/// Every font file of `layouts/fonts/`.
const CARRIED: &[&[u8]] = carried![
    "SourceSans3-Regular.otf",
    "SourceSans3-It.otf",
    "SourceSans3-Bold.otf",
    "SourceSans3-BoldIt.otf",
    "AtkinsonHyperlegibleNext-Regular.ttf",
    "AtkinsonHyperlegibleNext-Bold.ttf",
    "NotoSerif-Regular.ttf",
    "NotoSerif-Italic.ttf",
    "NotoSerif-Bold.ttf",
    "NotoSerif-BoldItalic.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoNaskhArabic-Bold.ttf",
    "NotoNastaliqUrdu-Regular.ttf",
    "NotoNastaliqUrdu-Bold.ttf",
    "NotoSerifDevanagari-Regular.ttf",
    "NotoSerifDevanagari-Bold.ttf",
    "NotoSerifBengali-Regular.ttf",
    "NotoSerifBengali-Bold.ttf",
    "NotoEmoji-Regular.ttf",
];

/// Opens the fonts, in the order in which Typst falls back to them.
pub(super) fn carried() -> impl Iterator<Item = Font> {
    CARRIED.iter().flat_map(|data| Font::iter(Bytes::new(*data)))
}
