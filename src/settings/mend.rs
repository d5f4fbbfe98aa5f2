//! Finds the edit that makes a line of TOML readable.

use toml::de::DeTable;

/// The longest line for which an edit is sought, in bytes.
const LONGEST_LINE: usize = 400;

/// Suggests an edit of a line of TOML that cannot be read on its own; it is offered only if it makes the line readable.
pub(crate) fn mended(line: &str) -> Option<String> {
    let line = line.trim();
    if line.len() > LONGEST_LINE || DeTable::parse(line).is_ok() {
        return None;
    }
    let edits = if line.starts_with('[') { headers(line) } else { values(line)? };
    let edit = edits.into_iter().find(|edited| DeTable::parse(edited).is_ok())?;
    Some(format!("write `{edit}`"))
}

/// Gives what a line with a key may have been meant to be.
fn values(line: &str) -> Option<Vec<String>> {
    let (key, value) = line.split_once(['=', ':']).map(|(key, value)| (key.trim(), value.trim()))?;
    let mut edits = Vec::new();
    let (quote, bare) = match value.as_bytes().first() {
        Some(b'"') => ('"', value.trim_matches('"')),
        Some(b'\'') => ('\'', value.trim_matches('\'')),
        Some(b'[') => {
            edits.push(format!("{key} = {value}]"));
            ('"', value)
        }
        _ => ('"', value),
    };
    if !is_day(bare) && !bare.contains('#') {
        edits.extend([quote, '\'', '"'].map(|quote| format!("{key} = {quote}{bare}{quote}")));
        edits.push(format!("\"{key}\" = \"{bare}\""));
    }
    Some(edits)
}

/// Gives what a line with the head of a table may have been meant to be.
fn headers(line: &str) -> Vec<String> {
    let bare = line.trim_matches(['[', ']']);
    let mut edits = vec![format!("[{bare}]")];
    if let Some((table, path)) = bare.split_once('.') {
        let path = path.trim_matches(['"', '\'', ' ']);
        edits.extend(['"', '\''].map(|quote| format!("[{table}.{quote}{path}{quote}]")));
    }
    edits
}

/// Tells whether a value is written as a day; one that cannot be read does not exist, and quotes do not mend it.
fn is_day(value: &str) -> bool {
    let is_digit_or_dash =
        |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    value.len() == "YYYY-MM-DD".len() && value.bytes().enumerate().all(is_digit_or_dash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_is_offered_only_where_it_makes_the_line_readable() {
        let cases = [
            ("title = A title", Some("write `title = \"A title\"`")),
            ("date = 1943-04", Some("write `date = \"1943-04\"`")),
            ("title: A", Some("write `title = \"A\"`")),
            ("title = \"A", Some("write `title = \"A\"`")),
            ("title = \"A \"b\" c\"", Some("write `title = 'A \"b\" c'`")),
            ("keep = ['a'", Some("write `keep = ['a']`")),
            ("[documents.letters/one.md]", Some("write `[documents.\"letters/one.md\"]`")),
            ("[documents.\"one.md\"", Some("write `[documents.\"one.md\"]`")),
            ("date = 2026-02-30", None),
            ("title = 'A'", None),
            ("}{", None),
            ("", None),
        ];
        for (line, wanted) in cases {
            assert_eq!(mended(line).as_deref(), wanted, "{line}");
        }
    }
}
