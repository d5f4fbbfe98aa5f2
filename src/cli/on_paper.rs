//! How an edition stands on paper, by flags.

use super::values::number;
use crate::settings::{FONT_SIZES, GUTTERS, Ink, Paper, Sheet};
use clap::Args;

/// How an edition stands on paper, over what dossier.toml says.
#[derive(Debug, Default, Args)]
pub struct OnPaper {
    /// The paper [default: a4].
    #[arg(long, value_parser = ["a4", "letter"])]
    pub paper: Option<String>,
    /// The size of the text in points [default: the layout's own].
    #[arg(long, value_name = "POINTS", value_parser = |text: &str| number(text, "pt", FONT_SIZES))]
    pub font_size: Option<f64>,
    /// Print on both sides of the sheet, with margins that change sides (the default).
    #[arg(long, conflicts_with = "simplex")]
    pub duplex: bool,
    /// Print on one side of the sheet.
    #[arg(long)]
    pub simplex: bool,
    /// Room for binding in millimetres, added to the inner margin [default: 0].
    #[arg(long, value_name = "MILLIMETRES", value_parser = |text: &str| number(text, "mm", GUTTERS))]
    pub gutter: Option<f64>,
    /// How much ink the pages take; `light` has no fills and thin rules only [default: full].
    #[arg(long, value_parser = ["full", "light"])]
    pub ink: Option<String>,
}

impl OnPaper {
    /// Lays the flags over what the settings say.
    pub fn over(&self, sheet: Sheet) -> Sheet {
        Sheet {
            paper: self.paper.as_deref().and_then(Paper::named).unwrap_or(sheet.paper),
            font_size: self.font_size.or(sheet.font_size),
            duplex: if self.duplex || self.simplex { self.duplex } else { sheet.duplex },
            gutter: self.gutter.unwrap_or(sheet.gutter),
            ink: self.ink.as_deref().and_then(Ink::named).unwrap_or(sheet.ink),
        }
    }
}
