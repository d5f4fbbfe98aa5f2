//! Plain text of any bytes: its leaves stand where they say, and every letter is in the tree, once and in order.

#![no_main]

use dossier::document::{Format, plain};
use dossier_fuzz::{capture, leaves_know_their_places, letters};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let source = capture("a.txt", Format::Plain, bytes);
    let body = source.front.span.end..source.text.len();
    let tree = plain::parse(&source.text, body.clone());
    leaves_know_their_places(&source.text, &tree);
    // The destinations of links and a bullet that is a letter are no text.
    let text = &source.text[body];
    let is_bullet =
        |line: &str| line.trim_start().strip_prefix('o').is_some_and(|rest| rest.starts_with(char::is_whitespace));
    if !text.contains("](") && !text.lines().any(is_bullet) {
        let wanted: String = text.chars().filter(|character| character.is_alphabetic()).collect();
        assert_eq!(letters(&tree), wanted);
    }
});
