//! Front matter of any bytes: it is read or told of, and its values stand where they say.

#![no_main]

use dossier::document::Format;
use dossier_fuzz::capture;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for format in [Format::Markdown, Format::Plain] {
        let source = capture("a.md", format, bytes);
        let front = &source.front;
        assert!(front.span.start <= front.span.end && front.span.end <= source.text.len());
        for field in &front.fields {
            assert!(front.span.start <= field.span.start && field.span.end <= front.span.end, "{field:?}");
            assert!(source.text.get(field.span.clone()).is_some(), "{field:?}");
        }
        for known in [&front.title, &front.kind, &front.issuer, &front.place, &front.summary, &front.language] {
            let line = known.as_ref().map(|known| known.line);
            assert!(line.is_none_or(|line| (1..=source.lines.count()).contains(&line)), "{known:?}");
        }
    }
});
