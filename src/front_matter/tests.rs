use super::{FrontMatter, split};
use crate::diagnostic::Diagnostic;
use crate::document::Format;
use std::sync::Arc;

fn read(text: &str) -> (FrontMatter, Vec<Diagnostic>) {
    split("a.md", &Arc::from(text), Format::Markdown)
}

fn good(text: &str) -> FrontMatter {
    let (front, diagnostics) = read(text);
    assert_eq!(diagnostics, [], "{text}");
    front
}

fn fields(text: &str) -> Vec<(String, String)> {
    good(text).fields.into_iter().map(|field| (field.key, field.value)).collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// The line, counted from 1, that a diagnostic points at.
fn line(diagnostic: &Diagnostic) -> usize {
    let (text, span) = diagnostic.place.as_ref().and_then(|place| place.excerpt.as_ref()).expect("it has a place");
    text[..span.start].matches('\n').count() + 1
}

#[test]
fn values_stay_as_they_are_written() {
    let text = "---\ndate: 2024-04-23 10:00:00 +0000\nyear: 1943\nhex: 0x1F\nis: yes\nnone: ~\nempty:\nquoted: \"a \\\"b\\\"\"\n\
                a: {b: {c: 1, d: [2, 3]}}\n---\nBody";
    let wanted = [
        ("date", "2024-04-23 10:00:00 +0000"),
        ("year", "1943"),
        ("hex", "0x1F"),
        ("is", "yes"),
        ("none", "~"),
        ("empty", ""),
        ("quoted", "a \"b\""),
        ("a.b.c", "1"),
        ("a.b.d", "2"),
        ("a.b.d", "3"),
    ];
    assert_eq!(fields(text), pairs(&wanted));
    let text =
        "+++\ntitle = 'A'\ndate = 2024-04-23 10:00:00Z\nn = 1_000\n[x]\ntags = ['a', 'b']\n[[y]]\nz = 1\n+++\nBody";
    let wanted = [
        ("title", "A"),
        ("date", "2024-04-23 10:00:00Z"),
        ("n", "1_000"),
        ("x.tags", "a"),
        ("x.tags", "b"),
        ("y.z", "1"),
    ];
    assert_eq!(fields(text), pairs(&wanted));
}

#[test]
fn known_keys_have_their_meaning_under_other_names() {
    let front = good(
        "---\nTitle: >\n  A folded\n  title\nkind: notice\npublisher: {name: The Union, url: x}\nlocation: Quito\n\
         excerpt: E\nlang: es\nrights: R\nby: [A, B]\nsection: S\norder: -2\npermalink: /x/\n---\n",
    );
    let text = |part: &Option<crate::settings::Spanned<String>>| part.as_ref().map(|part| part.value.clone());
    let parts = [front.title, front.kind, front.issuer, front.place, front.summary, front.language, front.rights];
    let wanted = ["A folded title", "notice", "The Union", "Quito", "E", "es", "R"];
    assert_eq!(parts.each_ref().map(text), wanted.map(|wanted| Some(wanted.to_owned())));
    assert_eq!(
        (text(&front.author), text(&front.section), front.order),
        (Some("A; B".into()), Some("S".into()), Some(-2))
    );
}

#[test]
fn an_own_name_wins_over_another_programs() {
    assert_eq!(good("---\nlang: fr\nlanguage: en\n---\n").language.map(|part| part.value), Some("en".to_owned()));
    assert_eq!(good("---\nlocation: {lat: 1}\ntitle: ''\n---\n").place, None);
    assert_eq!(good("---\ntitle: ''\nkind: null\n---\n").title, None);
    let named = good("---\nauthor:\n- name: A\n  id: 1\n- name: B\n---\n");
    assert_eq!(named.author.map(|part| part.value), Some("A; B".to_owned()));
}

#[test]
fn spans_are_bytes_of_the_whole_text() {
    let text = "---\ntitle: Één\nsummary: |\n  one\n  two\nby: \"Ö\"\n...  \nBody";
    let front = good(text);
    assert_eq!(&text[front.span.clone()], "---\ntitle: Één\nsummary: |\n  one\n  two\nby: \"Ö\"\n...  \n");
    let spans: Vec<&str> = front.fields.iter().map(|field| &text[field.span.clone()]).collect();
    assert_eq!((spans[0], spans[2]), ("Één", "\"Ö\""));
    let (title, author) = (front.title.expect("a title"), front.author.expect("an author"));
    assert_eq!((title.line, author.line, &*title.path), (2, 6, "a.md"));
    let text = "+++\r\ntitle = 'é'\r\n+++\r\nBody";
    assert_eq!(&text[good(text).fields[0].span.clone()], "'é'");
    assert_eq!(&text[good(text).span.end..], "Body");
}

#[test]
fn text_between_rules_is_no_front_matter() {
    let texts = [
        "",
        "---",
        "---\n",
        "----\ntitle: A\n---\n",
        "Body\n---\ntitle: A\n---\n",
        "\n---\ntitle: A\n---\n",
        "---\n\nA paragraph.\n\nAnother: with a colon.\n",
        "---\n\nA paragraph.\n\n---\n\nAnother.\n",
        "---\nPRESS RELEASE\nDate: 24 December 2014\n---\nBody",
        "---\nQuito: hundreds protest in the capital\n---\nBody",
        "---\nQuito: hundreds protest in the capital\n\nBody",
        "---\n- one\n- two\n---\nBody",
        "---\n\u{1}\u{2}\u{0}\n---\nBody",
        "--- title: A\n---\nBody",
        "---\nPRESS RELEASE\n\nFrom the office\n\nsource: the office\n---\nBody",
        "+++\nPRESS RELEASE\n+++\nBody",
    ];
    for text in texts {
        assert_eq!(good(text), FrontMatter::default(), "{text:?}");
    }
    let (front, _) = split("a.txt", &Arc::from("---\nwe: the people\n---\nBody"), Format::Plain);
    assert_eq!(front, FrontMatter::default());
}

#[test]
fn broken_front_matter_is_named_with_its_line_and_mended() {
    let deep = format!("---\ntitle: {}1{}\n---\n", "[".repeat(40), "]".repeat(40));
    let many = format!("---\ntags: [{}]\n---\n", "x,".repeat(1001));
    let long_key = format!("---\ntitle: A\n? {}\n: b\n---\n", "k".repeat(300));
    let long = format!("---\ntitle: A\n{}---\n", "# filler\n".repeat(8000));
    let cases: &[(&str, usize, &str)] = &[
        ("---\ntitle: A\nkind: b\n\nBody text\n", 1, "put `---` on a line of its own after line 3"),
        ("---\ntitle: A\nSome prose.\n---\nrest", 3, "put `---` on a line of its own before this line"),
        ("---\ntitle: Quito: all agree\n---\n", 2, "`title: 'Quito: all agree'`"),
        ("---\ntitle: A\n\tkind: b\n---\n", 3, "write spaces for the tab"),
        ("---\nkind: b\ntitle: A\ntitle: B\n---\n", 4, "keep one of the two"),
        ("---\ntitle: \"A\nkind: b\n---\n", 2, "close it: `title: \"A\"`"),
        ("---\ntitle: [A, B\nkind: b\n---\n", 2, "close it: `title: [A, B]`"),
        ("---\ntitle: {A: b}\n---\n", 2, "write one text after `title`"),
        ("---\ntitle: [A, b]\n---\n", 2, "write one text after `title`"),
        ("---\norder: first\n---\n", 2, "`order: 2`"),
        ("---\na: &a [x, x]\nb: &b [*a, *a]\ntitle: *b\n---\n", 3, "write out what `*a` stands for"),
        ("---\na: &a [*a]\ntitle: A\n---\n", 2, "write out what `*a` stands for"),
        ("---\ntitle: *missing\n---\n", 2, "`title: '*missing'`"),
        ("---\ntitle: @home\n---\n", 2, "`title: '@home'`"),
        ("---\ntitle: \"Yes\" they said\n---\n", 2, "`title: '\"Yes\" they said'`"),
        ("---\ntitle: [Draft] on rights\n---\n", 2, "`title: '[Draft] on rights'`"),
        ("---\ntitle: !!binary aGVsbG8=\n---\n", 2, "take the value out"),
        ("---\n title: A\nkind: b\n---\n", 2, "take the spaces before `title` away"),
        ("---\ntitle: a\u{0}b\n---\n", 2, "take the control characters out"),
        ("---\n[a, b]: c\ntitle: x\n---\n", 2, "put the value in quotes"),
        ("---\ntitle: \"a \\q b\"\n---\n", 2, "`title: 'a \\q b'`"),
        ("---\ntitle = \"A\"\n---\n", 2, "`key: value`"),
        ("---\ntitle A\nkind: b\n---\n", 2, "`key: value`"),
        (&deep, 2, "take out"),
        (&many, 2, "close it before the text begins"),
        (&long_key, 3, "shorten the key"),
        (&long, 1, "close it with `---`"),
        ("+++\ntitle = A\n+++\n", 2, "write `title = \"A\"`"),
        ("+++\ntitle: A\n+++\n", 2, "write `title = \"A\"`"),
        ("+++\ntitle = \"A\"\ntitle = \"B\"\n+++\n", 3, "write each key once"),
        ("+++\ntitle = \"A\"\nBody\n", 1, "put `+++` on a line of its own after line 2"),
        ("+++\norder = 1.5\n+++\n", 2, "whole number"),
    ];
    for (text, wanted, help) in cases {
        let (front, diagnostics) = read(text);
        let shown = &text[..text.floor_char_boundary(80)];
        assert_eq!(front, FrontMatter::default(), "{shown}");
        let first = diagnostics.first().unwrap_or_else(|| panic!("nothing is reported for {shown}"));
        assert_eq!((first.slug, line(first)), ("broken-front-matter", *wanted), "{shown}");
        assert!(first.helps[0].contains(help), "{shown}\nhelp: {}", first.helps[0]);
    }
}

#[test]
fn every_problem_is_reported() {
    let (_, diagnostics) = read("---\ntitle: [a, b]\norder: x\nplace: {a: b}\n---\n");
    assert_eq!(diagnostics.iter().map(line).collect::<Vec<_>>(), [2, 3, 4]);
}
