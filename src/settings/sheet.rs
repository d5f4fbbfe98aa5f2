//! How the edition stands on paper.

/// The paper that the edition is printed on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Paper {
    /// ISO A4.
    #[default]
    A4,
    /// US Letter.
    Letter,
}

impl Paper {
    /// Reads the name of a paper.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "a4" => Some(Self::A4),
            "letter" => Some(Self::Letter),
            _ => None,
        }
    }
}

/// How much ink the pages take.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Ink {
    /// As the layout has it.
    #[default]
    Full,
    /// No filled areas, and rules no heavier than hairlines.
    Light,
}

impl Ink {
    /// Reads a word for it.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "full" => Some(Self::Full),
            "light" => Some(Self::Light),
            _ => None,
        }
    }
}

/// The sizes of text that a layout can be set in, in points.
pub const FONT_SIZES: (f64, f64) = (7.0, 24.0);
/// The room that can be added for binding, in millimetres.
pub const GUTTERS: (f64, f64) = (0.0, 30.0);

/// How the edition stands on paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sheet {
    /// The paper.
    pub paper: Paper,
    /// The size of the text in points; none for the layout's own.
    pub font_size: Option<f64>,
    /// Whether both sides of a sheet are printed.
    pub duplex: bool,
    /// Room for binding added to the inner margin, in millimetres.
    pub gutter: f64,
    /// How much ink the pages take.
    pub ink: Ink,
}

impl Default for Sheet {
    fn default() -> Self {
        Self { paper: Paper::default(), font_size: None, duplex: true, gutter: 0.0, ink: Ink::default() }
    }
}
