//! Tests of the reader of Markdown.

use super::*;

fn blocks(text: &str) -> Vec<Block> {
    parse(text, 0..text.len()).blocks
}

/// Gathers the text of inlines, links as `words<address>`.
fn text(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(leaf) | Inline::Code(leaf) | Inline::Math { leaf, .. } => leaf.text.clone(),
            Inline::SoftBreak | Inline::HardBreak => "\n".to_owned(),
            Inline::Emphasis(content) | Inline::Strong(content) | Inline::Subscript(content) => text(content),
            Inline::Link { url, content } => format!("{}<{url}>", text(content)),
            Inline::FootnoteMark { label, .. } => format!("[^{label}]"),
            _ => String::new(),
        })
        .collect()
}

fn paragraph(source: &str) -> String {
    match blocks(source).as_slice() {
        [Block::Paragraph(inlines)] => text(inlines),
        other => panic!("one paragraph was expected, not {other:?}"),
    }
}

#[test]
fn leaves_know_their_places_in_the_whole_text() {
    let source = "title: x\n\nAn *old* `b&c` &amp; caf\u{e9}\n";
    let tree = parse(source, 10..source.len());
    let [Block::Paragraph(inlines)] = tree.blocks.as_slice() else { panic!("{tree:?}") };
    let Inline::Code(code) = &inlines[3] else { panic!("{inlines:?}") };
    assert_eq!((&source[code.span.clone()], code.text.as_str()), ("b&c", "b&c"));
    let Inline::Text(entity) = &inlines[5] else { panic!("{inlines:?}") };
    assert_eq!((&source[entity.span.clone()], entity.text.as_str()), ("&amp;", "&"));
}

#[test]
fn bare_addresses_become_links_outside_of_links() {
    assert_eq!(paragraph("See https://a.example/x_y\\_z."), "See https://a.example/x_y_z<https://a.example/x_y_z>.");
    assert_eq!(paragraph("[www.a.example](http://b.example)"), "www.a.example<http://b.example>");
}

#[test]
fn the_source_s_characters_stay() {
    assert_eq!(paragraph("\"He\" -- it's $5 and $6-$7..."), "\"He\" -- it's $5 and $6-$7...");
    assert_eq!(paragraph("See[^9] and [x]"), "See[^9] and [x]");
}

#[test]
fn single_tildes_lower_behind_a_bracket_and_strike_out_elsewhere() {
    let kinds = |source: &str| match blocks(source).as_slice() {
        [Block::Paragraph(inlines)] => {
            let lowered = inlines.iter().filter(|inline| matches!(inline, Inline::Subscript(_))).count();
            let struck = inlines.iter().filter(|inline| matches!(inline, Inline::Strikethrough(_))).count();
            (lowered, struck)
        }
        other => panic!("one paragraph was expected, not {other:?}"),
    };
    assert_eq!(kinds("f(x)~1~ is not ~that~, \"~nor this~\"; H~2~O stays"), (1, 2));
}

#[test]
fn amounts_of_money_are_no_formulas() {
    let formulas = |source: &str| match blocks(source).as_slice() {
        [Block::Paragraph(inlines)] => inlines.iter().filter(|inline| matches!(inline, Inline::Math { .. })).count(),
        other => panic!("one paragraph was expected, not {other:?}"),
    };
    assert_eq!(formulas("It cost $5 or more like US$6, $1,200m to the state, US$7bn in all."), 0);
    assert_eq!(formulas("It is $5x + 2 = 17$, and $2$ is prime."), 2);
}

#[test]
fn raw_html_keeps_its_text_and_loses_scripts() {
    assert_eq!(paragraph("a <b>c</b> <span>d</span><!-- e --> <script>f()</script>g"), "a c d g");
    assert_eq!(
        paragraph("<div>One <a href='http://a.example'>two</a><br>three &eacute;</div>"),
        "One two<http://a.example>\nthree \u{e9}"
    );
    assert!(matches!(blocks("<h2 id=x>Head</h2>\n").as_slice(), [Block::Heading { level: 1, .. }]));
}

#[test]
fn headings_start_at_the_first_level() {
    let levels: Vec<u8> = blocks("## A\n\n#### B\n\n## C\n")
        .iter()
        .filter_map(|block| if let Block::Heading { level, .. } = block { Some(*level) } else { None })
        .collect();
    assert_eq!(levels, [1, 2, 1]);
}

#[test]
fn lists_tell_tight_from_loose() {
    assert!(matches!(blocks("1. a\n2. b\n").as_slice(), [Block::List { start: Some(1), tight: true, .. }]));
    assert!(matches!(blocks("- a\n\n- b\n").as_slice(), [Block::List { start: None, tight: false, .. }]));
}

#[test]
fn labelled_questions_are_questions() {
    let found = blocks("Question. 1 Why *now*?\nA: So.\n\n**Q2:** And then?\n\nWe go on.\n");
    let [
        Block::Question { label: Some(first), content },
        Block::Paragraph(answer),
        Block::Question { label: Some(second), .. },
        Block::Paragraph(_),
    ] = found.as_slice()
    else {
        panic!("{found:?}")
    };
    assert_eq!((first.text.as_str(), text(content).as_str()), ("Question. 1", "Why now?"));
    assert_eq!((second.text.as_str(), text(answer).as_str()), ("Q2:", "A: So."));
}

#[test]
fn footnotes_are_kept_by_label() {
    let source = "A[^n].\n\n[^n]: Note.\n";
    let tree = parse(source, 0..source.len());
    assert_eq!(tree.footnotes.keys().collect::<Vec<_>>(), ["n"]);
}

#[test]
fn nesting_beyond_reading_is_opened_up_and_its_text_stays() {
    for (mark, end) in [("> ", ""), ("- ", ""), ("*a **b ", "c** d*"), ("[", "]"), ("<b>", "</b>")] {
        let source = format!("{}word{}", mark.repeat(10_000), end.repeat(10_000));
        assert!(format!("{:?}", parse(&source, 0..source.len())).contains("word"), "{mark}");
    }
}

/// The cells of the only table of a text, its head first.
fn cells(source: &str) -> Vec<Vec<String>> {
    let found = blocks(source);
    let [Block::Table { head, rows, .. }] = found.as_slice() else { panic!("{found:?}") };
    let row = |cells: &Vec<Vec<Inline>>| cells.iter().map(|cell| text(cell)).collect();
    [head].into_iter().chain(rows).map(row).collect()
}

#[test]
fn tables_in_html_are_tables() {
    let source = "<table>\n<tr><th>Pit<th>Hands</tr>\n<tr>\n<td rowspan=2>Zenda <b>No. 1</b></td>\n<td>137</td></tr>\n\
                  <tr><td>174\n<tr><td colspan='2'>closed</td></tr></table>\n";
    assert_eq!(cells(source), [vec!["Pit", "Hands"], vec!["Zenda No. 1", "137"], vec!["", "174"], vec!["closed", ""]]);
    assert_eq!(cells("<table><tr><td>a</td><td>b</td></tr></table>\n"), [vec![], vec!["a", "b"]]);
}

#[test]
fn tables_in_html_that_hold_no_rows_of_data_become_lines() {
    for source in [
        "<table><tr><td>a</td><td><table><tr><td>b</td><td>c</td></tr></table></td></tr></table>\n",
        "<table><tr><td>a</td></tr><tr><td>b</td></tr><tr><td>c</td></tr></table>\n",
        "<table><tr><td>a</td>b<td>c</td></tr></table>\n",
        "<table><tr><td>a</td><td>b</td></tr>\n\nc\n",
    ] {
        let found = format!("{:?}", blocks(source));
        let places: Vec<usize> = ["a", "b", "c"].iter().filter_map(|word| found.find(&format!("\"{word}\""))).collect();
        assert!(places.len() == 3 && places.is_sorted(), "{source}: {found}");
    }
}
