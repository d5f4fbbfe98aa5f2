//! BibTeX in the dialect of biblatex.
//!
//! `date` takes EDTF of the levels 0 and 1, so most dates are written as they are. What it does not take, a choice of
//! dates above all, stands in words in `year`, as printed; biblatex takes that for a label and does not sort by it.

use super::{bounds, captured, title};
use crate::edition::facts::BookFacts;
use crate::report::Row;

pub(super) fn write(book: &BookFacts, rows: &[&Row]) -> String {
    let mut out = String::new();
    for row in rows {
        entry(&mut out, book, row);
    }
    out
}

fn entry(out: &mut String, book: &BookFacts, row: &Row) {
    let kind = if row.url.is_some() { "online" } else { "misc" };
    let mut fields: Vec<(&str, String)> = vec![("title", format!("{{{}}}", escaped(&title(row))))];
    // Names of bodies stand in braces of their own, so that they are not taken for a family and a given name.
    fields.extend(row.issuer.as_deref().map(|issuer| ("author", format!("{{{}}}", escaped(issuer)))));
    if let Some(date) = &row.date {
        let is_taken = is_taken(&date.edtf);
        fields.push(if is_taken { ("date", date.edtf.clone()) } else { ("year", escaped(&date.display)) });
    }
    fields.extend(row.kind.as_deref().map(|kind| ("type", escaped(kind))));
    fields.extend(row.place.as_deref().map(|place| ("location", escaped(place))));
    fields.push(("langid", escaped(&row.language)));
    fields.push(("number", escaped(&row.number)));
    fields.push(("maintitle", escaped(&book.title)));
    fields.extend(book.compiler.as_deref().map(|compiler| ("editor", format!("{{{}}}", escaped(compiler)))));
    fields.extend(row.url.as_deref().map(|url| ("url", address(url))));
    fields.extend(captured(row).map(|day| ("urldate", day.to_owned())));
    fields.push(("note", escaped(&row.citation)));
    fields.extend(bounds(row).map(|bounds| ("annotation", escaped(&bounds))));
    out.push_str(&format!("@{kind}{{{},\n", key(row)));
    for (name, value) in &fields {
        out.push_str(&format!("  {name} = {{{value}}},\n"));
    }
    out.push_str("}\n\n");
}

/// The key of an entry: its number, and the letters and figures of its path.
fn key(row: &Row) -> String {
    let plain: String =
        row.id.chars().map(|character| if character.is_ascii_alphanumeric() { character } else { '-' }).collect();
    format!("doc{}-{}", row.number, plain.trim_matches('-'))
}

/// Whether biblatex takes a value as a date: levels 0 and 1 of EDTF with a known year at one end at least.
fn is_taken(edtf: &str) -> bool {
    let is_end = |end: &str| {
        let digits = end.trim_end_matches(['~', '?', '%']);
        let parts: Vec<&str> = digits.split('T').next().unwrap_or_default().split('-').collect();
        let is_part = |part: &&str, length: usize| {
            part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'X')
        };
        // Digits that nobody knows stand at the end alone, and never for the century.
        let is_filled = digits.find('X').is_none_or(|at| digits[at..].chars().all(|mark| matches!(mark, 'X' | '-')));
        let century = parts
            .first()
            .is_some_and(|year| is_part(year, 4) && !year.starts_with("XX") && !year[1..].starts_with('X'));
        century && is_filled && parts.len() <= 3 && parts[1..].iter().all(|part| is_part(part, 2))
    };
    match edtf.split_once('/') {
        Some((from, to)) => {
            let is_limit = |end: &str| matches!(end, "" | "..") || is_end(end);
            is_limit(from) && is_limit(to) && (is_end(from) || is_end(to))
        }
        None => is_end(edtf),
    }
}

/// Escapes what means something to TeX.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(character);
            }
            '{' => out.push_str("\\{"),
            '}' => out.push_str("\\}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\n' | '\r' | '\t' => out.push(' '),
            _ => out.push(character),
        }
    }
    out
}

/// Writes an address, whose braces and backslashes would end the field.
fn address(url: &str) -> String {
    url.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn biblatex_takes_what_it_can_read_as_a_date() {
        for date in [
            "2014",
            "2014-12",
            "2014-12-24",
            "2011-08~",
            "199X",
            "2014-XX",
            "2014-12-XX",
            "2013/2014~",
            "../2014",
            "2014/",
            "2014-22",
        ] {
            assert!(is_taken(date), "{date}");
        }
        for words in ["[2013,2014]", "XXXX-03-24", "{2013..2014}", "20XX-03-24", "../..", ""] {
            assert!(!is_taken(words), "{words}");
        }
    }
}
