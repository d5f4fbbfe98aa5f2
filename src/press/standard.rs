//! The standards that a PDF can keep.
//!
//! What enters: names as they are given on the command line. What leaves: [`Standards`], which are known to go together.
//! What a standard asks for is checked by Typst as it writes; what it wrote, by an independent checker in the tests.

use crate::diagnostic::Diagnostic;
use crate::forme::glyphs::Private;
use typst_pdf::{PdfStandard, PdfStandards};

/// A standard that a PDF can keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    /// PDF/A-2b (ISO 19005-2): looks the same for ever.
    A2b,
    /// PDF/A-2u: and its text can be copied.
    A2u,
    /// PDF/A-2a: and it is tagged.
    A2a,
    /// PDF/A-3b (ISO 19005-3): as 2b, with files attached.
    A3b,
    /// PDF/A-3u: as 2u, with files attached.
    A3u,
    /// PDF/A-3a: as 2a, with files attached.
    A3a,
    /// PDF/UA-1 (ISO 14289-1): everyone can read it.
    Ua1,
}

impl Standard {
    /// The names of the standards.
    pub const NAMES: [&str; 7] = ["a-2b", "a-2u", "a-2a", "a-3b", "a-3u", "a-3a", "ua-1"];
    /// The standards, in the order of their names.
    const ALL: [Self; 7] = [Self::A2b, Self::A2u, Self::A2a, Self::A3b, Self::A3u, Self::A3a, Self::Ua1];

    /// Reads the name of a standard.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().zip(Self::ALL).find(|(known, _)| **known == name).map(|(_, standard)| standard)
    }

    /// Gives its name.
    pub fn name(self) -> &'static str {
        let known = Self::NAMES.iter().zip(Self::ALL).find(|(_, standard)| *standard == self);
        known.map(|(name, _)| *name).expect("every standard has a name")
    }

    /// Whether it is one for keeping, which asks for the date of the edition.
    pub fn is_archival(self) -> bool {
        self != Self::Ua1
    }

    fn of_typst(self) -> PdfStandard {
        match self {
            Self::A2b => PdfStandard::A_2b,
            Self::A2u => PdfStandard::A_2u,
            Self::A2a => PdfStandard::A_2a,
            Self::A3b => PdfStandard::A_3b,
            Self::A3u => PdfStandard::A_3u,
            Self::A3a => PdfStandard::A_3a,
            Self::Ua1 => PdfStandard::Ua_1,
        }
    }
}

/// Standards that one PDF can keep at the same time.
#[derive(Debug, Clone, Default)]
pub struct Standards {
    /// As Typst takes them.
    pub(super) typst: PdfStandards,
    kept: Vec<Standard>,
}

impl Standards {
    /// Puts standards together; says why where they contradict one another.
    pub fn of(standards: &[Standard]) -> Result<Self, String> {
        let list: Vec<PdfStandard> = standards.iter().map(|standard| standard.of_typst()).collect();
        let typst = PdfStandards::new(&list).map_err(|error| error.message().to_string())?;
        Ok(Self { typst, kept: standards.to_vec() })
    }

    /// Gives their names.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.kept.iter().map(|standard| standard.name())
    }

    /// Whether files may be attached; PDF/A-2 takes none but PDFs of its own kind (ISO 19005-2, 6.8).
    pub fn takes_attachments(&self) -> bool {
        !self.kept.iter().any(|standard| matches!(standard, Standard::A2b | Standard::A2u | Standard::A2a))
    }

    /// Whether one of them was made so that files can be attached: PDF/A-3.
    pub fn is_made_for_attachments(&self) -> bool {
        self.kept.iter().any(|standard| matches!(standard, Standard::A3b | Standard::A3u | Standard::A3a))
    }

    /// Says what is done with characters for private use.
    pub(super) fn private(&self) -> Private {
        let forbids = self.kept.iter().any(|standard| matches!(standard, Standard::A2a | Standard::A3a));
        if forbids { Private::Named } else { Private::Printed }
    }

    /// Tells what an edition lacks for them: PDF/A records when it was made, and no clock is asked.
    pub fn lacking(&self, is_dated: bool) -> Option<Diagnostic> {
        (self.kept.iter().any(|standard| standard.is_archival()) && !is_dated).then(|| {
            Diagnostic::error("missing-edition-date", "a PDF/A records the date of its edition, and none is given")
                .help("write `date = 2026-01-31` in dossier.toml, or build with `--date 2026-01-31`")
        })
    }
}
