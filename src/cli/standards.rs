//! Which standards an edition keeps.
//!
//! What enters: what was asked for, the layout's own standards, the date. What leaves: the standards that are kept, how
//! firmly, and a PDF that keeps them; and whether sources are attached.

use super::args::Build;
use super::console::{Console, Failure};
use super::keep::Enclosing;
use crate::diagnostic::{Diagnostic, Severity};
use crate::edition::Edition;
use crate::layout::Layout;
use crate::press::{self, Pressed, Standard, Standards};
use crate::settings::Settings;

/// Whether an edition without its standards is no edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Firmness {
    /// They were asked for.
    Asked,
    /// They are the layout's own.
    Usual,
}

/// Decides which standards are kept: those that were asked for, else those of the layout.
///
/// An edition without a date keeps no PDF/A, which records one; where nobody asked for PDF/A that is told and no more.
pub fn standards(
    asked: &[String],
    layout: &Layout,
    settings: &Settings,
    console: &mut Console,
) -> Result<(Standards, Firmness), Failure> {
    let is_dated = settings.date.is_some();
    let named = |names: &[String]| -> Vec<Standard> { names.iter().filter_map(|name| Standard::named(name)).collect() };
    if !asked.is_empty() {
        let asked = Standards::of(&named(asked)).map_err(Failure::Use)?;
        return match asked.lacking(is_dated) {
            Some(lacking) => Err(Failure::Found(vec![lacking])),
            None => Ok((asked, Firmness::Asked)),
        };
    }
    let names = layout.manifest.standards.as_deref().unwrap_or_default();
    let layout = &layout.name;
    if let Some(unknown) = names.iter().find(|name| Standard::named(name).is_none()) {
        let known = Standard::NAMES.map(|name| format!("`{name}`")).join(", ");
        let problem = Diagnostic::error("unknown-standard", format!("`{unknown}` is no standard; there are {known}"));
        return Err(Failure::Found(vec![problem.in_file(format!("layouts/{layout}/layout.toml"))]));
    }
    let mut usual = named(names);
    let all = Standards::of(&usual).map_err(Failure::Use)?;
    let Some(lacking) = all.lacking(is_dated) else { return Ok((all, Firmness::Usual)) };
    usual.retain(|standard| !standard.is_archival());
    let message = format!("{}; so this edition is no PDF/A, as the layout `{layout}` would have it", lacking.message);
    console.tell(vec![Diagnostic { severity: Severity::Warning, message, ..lacking }]);
    Ok((Standards::of(&usual).map_err(Failure::Use)?, Firmness::Usual))
}

/// Writes the PDF; where the layout's own standards cannot be kept it keeps none, which is told.
pub fn print(
    pressed: &mut Pressed,
    edition: &Edition,
    standards: Standards,
    firmness: Firmness,
) -> Result<(Vec<u8>, Standards), Failure> {
    match press::print(pressed, edition, &standards) {
        Ok(pdf) => Ok((pdf, standards)),
        Err(problems) if firmness == Firmness::Usual => {
            let plain = Standards::default();
            let pdf = press::print(pressed, edition, &plain).map_err(Failure::Found)?;
            let kept = standards.names().collect::<Vec<_>>().join(" and ");
            pressed.diagnostics.extend(problems.into_iter().map(|problem| Diagnostic {
                severity: Severity::Warning,
                message: format!("the PDF does not keep {kept}: {}", problem.message),
                ..problem
            }));
            Ok((pdf, plain))
        }
        Err(problems) => {
            let told = std::mem::take(&mut pressed.diagnostics);
            Err(Failure::Found(told.into_iter().chain(problems).collect()))
        }
    }
}

/// Decides whether sources are attached: the flags say, else `dossier.toml`, else whether PDF/A-3 is kept.
pub fn enclosing(arguments: &Build, settings: &Settings, standards: &Standards) -> Result<Enclosing, Failure> {
    let asked = match (arguments.attach, arguments.no_attach) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => settings.attach,
    };
    if asked == Some(true) && !standards.takes_attachments() {
        return Err(Failure::Use(
            "PDF/A-2 takes no attached sources; keep `a-3a` in its place, or `--no-attach`".into(),
        ));
    }
    Ok(if asked.unwrap_or(standards.is_made_for_attachments()) { Enclosing::Attached } else { Enclosing::Beside })
}
