//! Bare Typst: a Typst file, or a folder of them, set as the plain `typst` program sets it, with nothing of this one.
//!
//! A file is set with the fonts that Typst carries; a folder, which `dossier build --emit` wrote, with those of this
//! program too, as `typst compile --font-path layouts/fonts` does.

use dossier::forme::{Forme, MAIN};
use dossier::press::Shop;
use std::error::Error;
use std::fs;
use std::path::Path;
use typst::foundations::Bytes;
use typst_kit::fonts::{self, FontStore};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

/// The fonts that this program carries.
const CARRIED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/layouts/fonts");

/// Sets a file or a folder, writes the PDF beside it, and prints the number of pages.
pub fn set(path: &Path) -> Result<(), Box<dyn Error>> {
    let mut store = FontStore::new();
    store.extend(fonts::embedded());
    let mut forme = Forme::default();
    if path.is_dir() {
        let mut carried: Vec<_> = fonts::scan(Path::new(CARRIED)).collect();
        carried.sort_by(|a, b| (&a.0.path, a.0.index).cmp(&(&b.0.path, b.0.index)));
        store.extend(carried);
        gather(path, "", &mut forme)?;
    } else {
        forme.files.insert(MAIN.to_owned(), fs::read_to_string(path)?.into());
    }
    let mut shop = Shop::new(store).plain();
    shop.lay(&forme);
    let pages: PagedDocument = typst::compile(&shop).output.map_err(|problems| problems[0].message.to_string())?;
    let pdf = typst_pdf::pdf(&pages, &PdfOptions::default()).map_err(|problems| problems[0].message.to_string())?;
    fs::write(path.with_extension("pdf"), pdf)?;
    println!("{} pages", pages.pages().len());
    Ok(())
}

/// Takes every file of a folder into a forme, under its path.
fn gather(folder: &Path, path: &str, forme: &mut Forme) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let inside = format!("{path}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            gather(&entry.path(), &inside, forme)?;
            continue;
        }
        match String::from_utf8(fs::read(entry.path())?) {
            Ok(text) => _ = forme.files.insert(inside, text.into()),
            Err(bytes) => _ = forme.pictures.insert(inside, Bytes::new(bytes.into_bytes())),
        }
    }
    Ok(())
}
