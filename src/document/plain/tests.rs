//! Tests of the reader of plain text.

use super::*;

const LONG: &str = "More than two hundred workers met in the hall on Monday evening, and the police waited outside until late at night, when the meeting ended without incident and everybody went home.";

/// Says each block in a line: its kind, then its text.
fn outline(text: &str) -> Vec<String> {
    parse(text, 0..text.len()).blocks.iter().map(said).collect()
}

fn said(block: &Block) -> String {
    match block {
        Block::Paragraph(inlines) => format!("p {}", words(inlines)),
        Block::Heading { level, content } => format!("h{level} {}", words(content)),
        Block::List { start, tight, items } => {
            let items: Vec<String> = items.iter().flatten().map(said).collect();
            format!("list {start:?} {tight} {}", items.join(" / "))
        }
        Block::Lines(lines) => {
            format!("lines {}", lines.iter().map(|line| words(line)).collect::<Vec<_>>().join(" / "))
        }
        Block::Question { label, content } => {
            format!("q [{}] {}", label.as_ref().map_or("", |label| &label.text), words(content))
        }
        Block::Code { leaf, .. } => format!("code {}", leaf.text),
        other => format!("{other:?}"),
    }
}

fn words(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(leaf) => leaf.text.clone(),
            Inline::SoftBreak => "~".to_owned(),
            Inline::HardBreak => "|".to_owned(),
            Inline::Link { url, content } => format!("{}<{url}>", words(content)),
            other => format!("{other:?}"),
        })
        .collect()
}

#[test]
fn wrapped_lines_join_and_indents_start_paragraphs() {
    let text = "    The union has greeted with relief the defeat of a\nbill that would have cost its members about sixty\nthousand a year, it said.\n    \"We welcomed the defeat but there is a chance that\nit will be back before the year is over,\" a speaker\nsaid.\n";
    let found = outline(text);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].starts_with("p The union") && found[0].contains("defeat of a~bill"));
}

#[test]
fn lines_that_are_paragraphs_stay_apart() {
    let found = outline(&format!("{LONG}\n{LONG}\nWhy now?\n{LONG}\n{LONG}\n{LONG}\n"));
    assert_eq!(found.len(), 6);
    assert_eq!(found[2], "h2 Why now?");
}

#[test]
fn short_lines_alone_head_the_text_below_but_not_the_page() {
    let found = outline(&format!(
        "PRESS RELEASE\n\nWorkers meet in Strelsau\n\n3 February 2026\n\n{LONG}\n\nWhy did they meet?\n\n{LONG}\n\nThe Union\n"
    ));
    assert_eq!(found[0], "h1 PRESS RELEASE");
    assert_eq!(found[1], "h2 Workers meet in Strelsau");
    assert_eq!(found[2], "p 3 February 2026");
    assert_eq!(found[4], "h2 Why did they meet?");
    assert_eq!(found[6], "p The Union");
}

#[test]
fn lists_go_on_across_blank_lines_and_irregular_numbers_stay() {
    assert_eq!(outline("* one\u{a0}\n\n* two\n"), ["list None false p one / p two"]);
    assert_eq!(outline("Aims:\n\u{a0} 4. four\n\u{a0} 5. five\n"), ["p Aims:", "list Some(4) true p four / p five"]);
    assert_eq!(outline("1. one\n\n3. three\n"), ["p 1. one", "p 3. three"]);
}

#[test]
fn questions_carry_their_labels_and_their_second_lines() {
    let text =
        "Question.\u{a0} 1 The land is poor.\n\nWhy\u{a0}?\nIt was robbed.\n\nQuestion. 2. And now?\nA: We fight.\n";
    assert_eq!(
        outline(text),
        [
            "q [Question. 1] The land is poor.|Why\u{a0}?",
            "p It was robbed.",
            "q [Question. 2.] And now?",
            "p A: We fight."
        ]
    );
    assert_eq!(outline("Q. Smith spoke.\n"), ["p Q. Smith spoke."]);
}

#[test]
fn addresses_keep_their_lines_and_columns_their_alignment() {
    assert_eq!(
        outline("The Union\nZenda Castle\nWeb: www.a.example.pkhttp://b.example\n"),
        [
            "lines The Union / Zenda Castle / Web: www.a.example.pk<http://www.a.example.pk>http://b.example<http://b.example>"
        ]
    );
    let table = "  Party      Seats\n  Red          12\n  Green         7";
    assert_eq!(outline(table), [format!("code {table}")]);
}

#[test]
fn captured_links_keep_their_words() {
    assert_eq!(outline("26 December, by [AWP](#) and [x](y)."), ["p 26 December, by AWP<#> and [x](y)."]);
}
