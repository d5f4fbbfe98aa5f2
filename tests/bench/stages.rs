//! One build, stage by stage.
//!
//! The build comes first, cold, as `dossier build` does it. What the library does in one call is taken apart after it,
//! warm, in a table of its own.

use crate::gauge::{Table, Watch, separated};
use dossier::collection::{self, Capture};
use dossier::date::{self, Candidates, Clues, Habits};
use dossier::document::{Format, markdown, plain};
use dossier::edition::glossary;
use dossier::edition::{self, Edition, Imprint};
use dossier::organization::{Authority, Class};
use dossier::press::{self, FontSources, Pressed, Shop, Standards, Step};
use dossier::source::{Masking, Source};
use dossier::{annotation, folder, forme, layout};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::error::Error;

/// Measures a build of so many documents and prints what it took.
pub fn measure(documents: usize) -> Result<(), Box<dyn Error>> {
    let place = tempfile::tempdir()?;
    let root = place.path().join("collection");
    crate::write(&root, documents)?;

    let mut build = Table::default();
    let read = build.time("read the folder", || folder::read(&root, None))?;
    let captures = read.captures.clone();
    let settings = read.settings;
    let (collection, _) = build.time("collect: decode, mask, date, parse, order", || {
        collection::collect(read.captures, &settings, &BTreeMap::new())
    });
    let annotated = build
        .time("annotate: find organizations", || annotation::annotate(collection, &Authority::embedded(), |_, _| true));
    let layout = layout::load(layout::DEFAULT, &BTreeMap::new()).0.ok_or("the default layout cannot be loaded")?;
    let imprint = Imprint { folder: read.name, ..Imprint::default() };
    let edition = build
        .time("edit: headnotes, notes, timeline", || edition::edit(annotated, &settings, &imprint, &layout))
        .map_err(|problem| problem.message)?;
    let mut shop = build.time("gather fonts", || Shop::new(press::gather_fonts(&FontSources::default())));
    let pressed = set(&edition, &layout, &mut shop, &mut build)?;
    let pdf = build
        .time("print the PDF", || press::print(&pressed, &edition, &Standards::default()))
        .map_err(|problems| problems.into_iter().map(|problem| problem.message).collect::<Vec<_>>().join("; "))?;

    let mut parts = Table::default();
    take_apart(&captures, &edition, &layout, &shop, &pressed, &mut parts)?;

    println!("\n{}\n", summary(&edition, &pressed, pdf.len()));
    println!("{build}\nparts of the above, by themselves and warm\n{parts}");
    println!("{}", shares(&build, &parts));
    Ok(())
}

/// Says which share of the processors' work the dates and the glossary have.
fn shares(build: &Table, parts: &Table) -> String {
    let before = build.worked(&["read the folder", "collect", "annotate", "edit", "compose"]);
    let dates = parts.worked(&["collect: gather dates", "collect: learn habits"]);
    // The glossary is compiled before the first setting and after each.
    let glossary = build.worked(&["annotate"]) + 2.0 * parts.worked(&["compose: the glossary"]);
    format!(
        "reading dates: {:.1} % of the work before Typst; organizations and glossary: {:.1} % of the whole build",
        dates / before * 100.0,
        glossary / build.worked(&[""]) * 100.0
    )
}

/// Sets the pages, noting each step of the press.
fn set(
    edition: &Edition,
    layout: &layout::Layout,
    shop: &mut Shop,
    table: &mut Table,
) -> Result<Pressed, Box<dyn Error>> {
    let mut running: Option<(String, Watch)> = None;
    let pressed = press::set(edition, layout, shop, &mut |step| {
        if matches!(step, Step::Counted(_)) {
            return;
        }
        if let Some((name, watch)) = running.take() {
            table.note(&name, &watch);
        }
        running = Some((named(step), Watch::start()));
    });
    if let Some((name, watch)) = running.take() {
        table.note(&name, &watch);
    }
    pressed.map_err(|unset| {
        let problems: Vec<String> = unset.diagnostics.into_iter().map(|problem| problem.message).collect();
        problems.join("; ").into()
    })
}

/// What a step of the press is called.
fn named(step: Step) -> String {
    match step {
        Step::Composing => "compose: the forme, first glossary".to_owned(),
        Step::Setting(1) => "set pages 1: lay out, read pages, locators".to_owned(),
        Step::Setting(number) | Step::Counted(number) => format!("set pages {number}: lay out, read pages"),
        Step::Printing => "print the PDF".to_owned(),
    }
}

/// Measures what the library does inside one call of the build.
fn take_apart(
    captures: &[Capture],
    edition: &Edition,
    layout: &layout::Layout,
    shop: &Shop,
    pressed: &Pressed,
    table: &mut Table,
) -> Result<(), Box<dyn Error>> {
    let read = |masking: &Masking| -> Vec<Source> {
        let sources = captures.par_iter();
        sources.map(|capture| Source::read(&capture.path, capture.format, &capture.bytes, masking).0).collect()
    };
    table.time("collect: decode", || read(&Masking::Off));
    let sources = table.time("collect: decode and mask", || read(&Masking::On { keep: Vec::new() }));
    let candidates: Vec<Candidates> =
        table.time("collect: gather dates", || sources.par_iter().map(gathered).collect());
    table.time("collect: learn habits and decide dates", || {
        let habits = Habits::learn(&candidates.iter().collect::<Vec<_>>());
        candidates.clone().into_par_iter().map(|found| date::decide(found, &habits)).collect::<Vec<_>>()
    });
    table.time("collect: parse the text", || {
        let parsed = sources.par_iter().map(|source| match source.format {
            Format::Markdown | Format::Html => markdown::parse(&source.text, source.front.span.end..source.text.len()),
            Format::Plain => plain::parse(&source.text, source.front.span.end..source.text.len()),
        });
        parsed.collect::<Vec<_>>()
    });
    let coverage = table.time("compose: what the fonts cover", || shop.coverage());
    let documents = table.time("compose: the documents", || forme::set_documents(edition, &coverage));
    let glossary = table
        .time("compose: the glossary, with pages", || glossary::compile(edition, Some(&pressed.pages)))
        .map_err(|problem| problem.message)?;
    table.time("compose: lock up", || {
        forme::lock_up(edition, &documents, &glossary, layout, &coverage, (Some(&pressed.pages), None))
    });
    Ok(())
}

/// Gathers what a source offers for dating it, as collecting does.
fn gathered(source: &Source) -> Candidates {
    let fields = collection::declared(source);
    let body = source.front.span.end..source.text.len();
    date::gather(&Clues { path: &source.path, text: &source.text, body, fields: &fields })
}

/// Says what was built.
fn summary(edition: &Edition, pressed: &Pressed, bytes: usize) -> String {
    let documents = &edition.annotated.collection.documents;
    let entries = &edition.annotated.register.entries;
    let links = edition.items.iter().flat_map(|item| &item.mentions).filter(|mention| mention.is_first).count();
    format!(
        "{} documents ({} dated), {} words, {} pages, {} organizations, {} links to the glossary, {} kB",
        separated(documents.len()),
        separated(edition.annotated.collection.dated()),
        separated(documents.iter().map(|document| document.words).sum()),
        separated(pressed.document.pages().len()),
        separated(entries.iter().filter(|entry| entry.class == Class::Organization).count()),
        separated(links),
        separated(bytes / 1_000),
    )
}
