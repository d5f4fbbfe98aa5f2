//! `dossier impose`, and what `dossier build --impose` does: two pages on each side of a sheet.

use super::args::{Impose, ImposeAs};
use super::console::{Console, Failure, counted};
use super::publish::{self, write_whole};
use crate::diagnostic::Diagnostic;
use crate::forme::literal;
use crate::impose::{self, Imposed, Scheme};
use crate::layout;
use crate::press::{self, FontSources, Shop};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

impl ImposeAs {
    fn scheme(self) -> Scheme {
        match self {
            Self::Booklet => Scheme::Booklet,
            Self::TwoUp => Scheme::TwoUp,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Booklet => "booklet",
            Self::TwoUp => "2up",
        }
    }
}

/// Imposes a finished PDF.
pub fn run(arguments: &Impose, console: &mut Console) -> Result<(), Failure> {
    let file = &arguments.file;
    let pdf = fs::read(file).map_err(|error| Failure::Use(format!("`{}` cannot be read: {error}", file.display())))?;
    let kind = if arguments.two_up { ImposeAs::TwoUp } else { ImposeAs::Booklet };
    let output = arguments.output.clone().unwrap_or_else(|| beside(file, kind));
    if fs::canonicalize(&output).is_ok_and(|output| fs::canonicalize(file).is_ok_and(|file| file == output)) {
        return Err(Failure::Use(
            "the imposed file would take the place of the plain one; name another with `-o`".into(),
        ));
    }
    publish::has_place(&output).map_err(Failure::Use)?;
    write(&pdf, kind, arguments.first_sheet, &output, console).map_err(|failure| match failure {
        Failure::Found(problems) => {
            let named = |problem: Diagnostic| problem.in_file(file.display().to_string());
            Failure::Found(problems.into_iter().map(named).collect())
        }
        other => other,
    })
}

/// Gives the name of the imposed file beside the plain one.
pub fn beside(plain: &Path, kind: ImposeAs) -> PathBuf {
    let stem = plain.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    plain.with_file_name(format!("{stem}-{}.pdf", kind.name()))
}

/// Imposes a PDF, writes it and says how to print it.
pub fn write(
    pdf: &[u8],
    kind: ImposeAs,
    first_sheet: bool,
    output: &Path,
    console: &mut Console,
) -> Result<(), Failure> {
    let found = |problem| Failure::Found(vec![problem]);
    let imposed = impose::impose(pdf, kind.scheme()).map_err(found)?;
    let bytes = if first_sheet {
        let title = output.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let leaf = leaf(&imposed, kind, &title)?;
        impose::with_first_sheet(&imposed.bytes, &leaf).map_err(found)?
    } else {
        imposed.bytes.clone()
    };
    write_whole(output, &bytes)?;
    let blank = match imposed.blanks {
        0 => String::new(),
        1 => ", 1 page blank".to_owned(),
        blanks => format!(", {blanks} pages blank"),
    };
    let then = match kind {
        ImposeAs::Booklet => "; print both sides, flipped on the short edge, fold in the middle and staple the fold",
        ImposeAs::TwoUp => "; print both sides, flipped on the short edge",
    };
    console.say(&format!(
        "wrote {}: {} on {}{blank}{then}",
        output.display(),
        counted(imposed.pages, "page"),
        counted(imposed.sheets, "sheet")
    ));
    Ok(())
}

/// Sets the sheet that tells a printer what to do.
fn leaf(imposed: &Imposed, kind: ImposeAs, title: &str) -> Result<Vec<u8>, Failure> {
    let (layout, problems) = layout::load(layout::DEFAULT, &BTreeMap::new());
    let Some(layout) = layout else { return Err(Failure::Found(problems)) };
    let mut code = String::from("#import \"/layout/first-sheet.typ\": first-sheet\n#first-sheet(title: ");
    literal::string(title, &mut code);
    code.push_str(&format!(
        ", scheme: \"{}\", pages: {}, sheets: {}, blanks: {}, width: {}pt, height: {}pt)\n",
        kind.name(),
        imposed.pages,
        imposed.sheets,
        imposed.blanks,
        imposed.size.0,
        imposed.size.1
    ));
    let mut shop = Shop::new(press::gather_fonts(&FontSources::default()));
    press::leaf(&code, &layout, &mut shop).map_err(Failure::Found)
}
