//! `dossier list`: the chronology.

use super::args::{List, ListFormat};
use super::console::{self, Console, Failure};
use crate::report::{self, Row};

/// Lists the documents of a folder.
pub fn run(arguments: &List, console: &mut Console) -> Result<(), Failure> {
    let mut folder = console::open(&arguments.selection.folder, None, console)?;
    let annotated = console::annotated(&mut folder, &arguments.selection, console)?;
    let (edition, _) = console::edited(annotated, &folder, None, console)?;
    let rows = report::chronology(&edition.annotated, &edition.items);
    console.end_stage();
    let text = match arguments.format {
        ListFormat::Json => json(&rows)?,
        ListFormat::Csv => csv(&rows)?,
        ListFormat::Table => table(&rows),
    };
    console.write(text.as_bytes())
}

/// Writes a value as JSON with a line end.
pub fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    let mut text = serde_json::to_string_pretty(value).map_err(|error| Failure::Use(error.to_string()))?;
    text.push('\n');
    Ok(text)
}

fn csv(rows: &[Row]) -> Result<String, Failure> {
    let fail = |error: csv::Error| Failure::Use(error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record([
            "number",
            "date",
            "edtf",
            "grade",
            "title",
            "kind",
            "issuer",
            "place",
            "language",
            "words",
            "source",
            "sha256",
            "duplicate_of",
        ])
        .map_err(fail)?;
    for row in rows {
        let date = row.date.as_ref();
        writer
            .write_record([
                row.number.as_str(),
                date.map_or("[undated]", |date| &date.display),
                date.map_or("", |date| &date.edtf),
                date.map_or("", |date| date.grade),
                &row.title,
                row.kind.as_deref().unwrap_or_default(),
                row.issuer.as_deref().unwrap_or_default(),
                row.place.as_deref().unwrap_or_default(),
                &row.language,
                &row.words.to_string(),
                &row.source,
                &row.sha256,
                row.duplicate_of.as_deref().unwrap_or_default(),
            ])
            .map_err(fail)?;
    }
    let bytes = writer.into_inner().map_err(|error| Failure::Use(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| Failure::Use(error.to_string()))
}

fn table(rows: &[Row]) -> String {
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let title = if row.title_supplied { format!("[{}]", row.title) } else { row.title.clone() };
            let title = match &row.duplicate_of {
                Some(printed) => format!("{title} (printed as {printed})"),
                None => title,
            };
            vec![
                if row.duplicate_of.is_some() { format!("= {}", row.number) } else { row.number.clone() },
                row.date.as_ref().map_or_else(|| "[undated]".to_owned(), |date| date.display.clone()),
                row.kind.clone().unwrap_or_default(),
                row.source.clone(),
                title,
            ]
        })
        .collect();
    report::table(&["no.", "date", "kind", "source", "title"], &cells)
}
