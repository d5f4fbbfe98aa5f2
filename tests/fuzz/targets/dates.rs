//! Dates in any text: what is written is read as the same value, and no last day lies before its first.

#![no_main]

use dossier::date::{Clues, Dated, Edtf, Habits, decide, gather};
use libfuzzer_sys::fuzz_target;

fn is_sound(edtf: &Edtf) {
    let written = edtf.to_string();
    assert_eq!(Edtf::parse(&written).as_ref(), Ok(edtf), "{written} is read as something else");
    assert!(!edtf.display().is_empty());
    if let (Some(first), Some(last)) = (edtf.earliest(), edtf.latest()) {
        assert!(first <= last, "{written} ends before it begins");
    }
    if let Some(day) = edtf.exact_day() {
        assert_eq!((edtf.earliest(), edtf.latest()), (Some(day), Some(day)), "{written}");
    }
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (path, body) = text.split_once('\n').unwrap_or(("a.txt", &text));
    for line in text.lines() {
        if let Ok(edtf) = Edtf::parse(line) {
            is_sound(&edtf);
        }
    }
    let candidates = gather(&Clues { path, text: body, body: 0..body.len(), fields: &[] });
    let habits = Habits::learn(&[&candidates]);
    let dating = decide(candidates.clone(), &habits);
    assert_eq!(dating, decide(candidates, &habits), "the same text is dated twice alike");
    for Dated { edtf, evidence, .. } in dating.filed.iter().chain(&dating.instead).chain(&dating.others) {
        is_sound(edtf);
        for span in evidence.iter().filter_map(|evidence| evidence.span.clone()) {
            assert!(body.get(span.clone()).is_some(), "{span:?} is no place in the text");
        }
    }
    if let (Some(first), Some(last)) = (dating.bounds.earliest, dating.bounds.latest) {
        assert!(first <= last, "{first} {last}");
    }
    let _ = dating.placed_by_bounds().proposals();
});
