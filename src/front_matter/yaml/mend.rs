//! Finds the edit that makes a block readable.
//!
//! Each edit that could help is tried on the block, and one is offered only if the parser then gets further.

use super::failing_line;
use crate::text::LineIndex;

/// An edit of one line.
pub(super) struct Mend {
    /// The line to edit, counted from 1 within the block.
    pub(super) line: usize,
    /// What to do.
    pub(super) help: String,
}

/// How many lines before the one that failed may be the cause.
const LINES_BACK: usize = 4;

/// The longest line that is edited, in bytes.
const LONGEST_LINE: usize = 400;

/// Finds an edit for a block that cannot be read beyond the line `failed`.
pub(super) fn find(inside: &str, lines: &LineIndex, failed: usize) -> Mend {
    let failed = failed.min(lines.count()).max(1);
    let before = failed.saturating_sub(LINES_BACK).max(1)..=failed;
    let after = Some(failed + 1).filter(|next| inside[lines.span(*next, inside)].starts_with('\t'));
    for line in after.into_iter().chain(before.rev()) {
        let span = lines.span(line, inside);
        let old = inside[span.clone()].trim_end();
        if old.len() > LONGEST_LINE {
            continue;
        }
        for (new, help) in edits(old) {
            let edited = format!("{}{new}{}", &inside[..span.start], &inside[span.start + old.len()..]);
            if failing_line(&edited).is_none_or(|line| line > failed + 1) {
                return Mend { line, help };
            }
        }
    }
    let span = lines.span(failed, inside);
    let help = if inside[span.clone()].trim().contains(char::is_control) {
        "take the control characters out of this line"
    } else if failed > 1 && failing_line(&inside[..span.start]).is_none() {
        "put `---` on a line of its own before this line, or write `key: value` here"
    } else {
        "write `key: value` on each line, and close the block with `---` before the text begins"
    };
    Mend { line: failed, help: help.to_owned() }
}

/// Gives what a line may have been meant to be, each with what to do.
fn edits(line: &str) -> Vec<(String, String)> {
    let bare = line.trim_start();
    let mut edits = Vec::new();
    if line.contains('\t') {
        let spaced = line.trim_start_matches([' ', '\t']).replace('\t', " ");
        edits.push((spaced, "write spaces for the tab, and none before the key".to_owned()));
    }
    if line.starts_with(' ') {
        let key = bare.split(':').next().unwrap_or_default();
        edits.push((bare.to_owned(), format!("take the spaces before `{key}` away")));
    }
    let Some((key, value)) = line.split_once(':') else { return edits };
    let value = value.trim();
    for (opens, closes) in [('"', '"'), ('\'', '\''), ('[', ']'), ('{', '}')] {
        if value.starts_with(opens) {
            edits.push((format!("{key}: {value}{closes}"), format!("close it: `{}: {value}{closes}`", key.trim())));
        }
    }
    let whole = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
    let quoted = format!("{key}: '{}'", whole.replace('\'', "''"));
    if !value.is_empty() && !value.contains(char::is_control) {
        edits.push((quoted.clone(), format!("put the value in quotes: `{}`", quoted.trim())));
    }
    edits
}
