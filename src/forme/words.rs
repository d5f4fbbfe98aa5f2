//! Small judgements on words that are to be set.

use std::borrow::Cow;

/// Folds runs of blanks inside a line into one space; a single no-break space stays what it is.
pub(super) fn single_spaced(text: &str) -> Cow<'_, str> {
    let is_blank = |character: char| matches!(character, ' ' | '\t' | '\u{a0}');
    let characters = || text.chars().zip(text.chars().skip(1));
    if !text.contains('\t') && !characters().any(|(one, next)| is_blank(one) && is_blank(next)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if !is_blank(character) {
            out.push(character);
            continue;
        }
        let mut is_run = character == '\t';
        while characters.next_if(|next| is_blank(*next)).is_some() {
            is_run = true;
        }
        out.push(if is_run { ' ' } else { character });
    }
    Cow::Owned(out)
}

/// Whether a link may lead out of the book: web and mail addresses only.
pub(super) fn is_web(url: &str) -> bool {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https" | "mailto" | "ftp")) && !url.contains(char::is_whitespace)
}

/// Writes a label of a source with characters that any label may have.
pub(super) fn hexadecimal(label: &str) -> String {
    label.bytes().map(|byte| format!("{byte:02x}")).collect()
}
