//! Masking of any text: what is masked once shows no detail that masking finds, and lines keep their numbers.

#![no_main]

use dossier::document::mask::mask;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let masked = mask(&text, &[]);
    assert_eq!(masked.text.matches('\n').count(), text.matches('\n').count(), "lines keep their numbers");
    let again = mask(&masked.text, &[]);
    assert!(again.masks.is_empty(), "masked once: {:?}\nmasked again: {:?}", masked.text, again.text);
});
