//! Masking of any text: what is masked once shows no detail that masking finds, and lines keep their numbers.

#![no_main]

use dossier::document::mask::mask;
use libfuzzer_sys::fuzz_target;

/// How often masking looks a text through.
const ROUNDS: usize = 16;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let masked = mask(&text, &[]);
    assert_eq!(masked.text.matches('\n').count(), text.matches('\n').count(), "lines keep their numbers");
    // Each round masks what the one before laid bare; a line of very many glued details can outlast them.
    let most = masked.masks.chunk_by(|one, next| one.line == next.line).map(<[_]>::len).max();
    if most.is_some_and(|most| most >= ROUNDS) {
        return;
    }
    let again = mask(&masked.text, &[]);
    assert!(again.masks.is_empty(), "masked once: {:?}\nmasked again: {:?}", masked.text, again.text);
});
