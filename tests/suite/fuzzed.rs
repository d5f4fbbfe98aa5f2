//! What random input found (tests/fuzz): each case is the least that showed it.

use dossier::collection::{Capture, collect};
use dossier::document::mask::{Masked, mask};
use dossier::document::{Block, Format, Inline, markdown, plain};
use dossier::settings::Settings;
use std::collections::BTreeMap;

#[test]
fn hundreds_of_short_paragraphs_are_read() {
    let text = "A short line\n\n".repeat(300);
    assert_eq!(plain::parse(&text, 0..text.len()).blocks.len(), 300);
}

#[test]
fn what_was_glued_to_a_contact_detail_is_masked_too() {
    for text in [
        "Phone: +92-22-55501\u{ff}00esr@a.example!or",
        "Phone +92-Phozne: +press@a.exa22-5550100, write(to press@a.example or",
    ] {
        let masked = mask(text, &[]);
        assert_eq!(mask(&masked.text, &[]), Masked { text: masked.text.clone(), masks: Vec::new() });
        assert!(!masked.text.contains(['@', '5']), "{}", masked.text);
    }
}

#[test]
fn a_leaf_as_long_as_its_place_is_its_source_where_surplus_marks_were_taken_out() {
    let text = format!("<div>\n{}c\n</div>\n", ">".repeat(70));
    let tree = markdown::parse(&text, 0..text.len());
    let [Block::Paragraph(content)] = tree.blocks.as_slice() else { panic!("{tree:?}") };
    for inline in content {
        let Inline::Text(leaf) = inline else { continue };
        let said = &text[leaf.span.clone()];
        assert!(said == leaf.text || said.len() != leaf.text.len(), "{leaf:?} {said:?}");
    }
}

#[test]
fn a_leaf_never_ends_inside_a_character_where_surplus_marks_were_taken_out() {
    for surplus in 65..80 {
        let text = format!("<div>\n{}\u{ff}\u{ff}\u{2400}c\u{2400}\n</div>\n", ">".repeat(surplus));
        let tree = markdown::parse(&text, 0..text.len());
        let [Block::Paragraph(content)] = tree.blocks.as_slice() else { panic!("{tree:?}") };
        for inline in content {
            if let Inline::Text(leaf) = inline {
                assert!(text.get(leaf.span.clone()).is_some(), "{surplus}: {leaf:?}");
            }
        }
    }
}

#[test]
fn a_list_in_an_item_of_a_page_that_counts_from_three_stays_a_list() {
    let page = dossier::web::read("<ul><li>a<ol start=3><li>b<li>c</ol></ul>");
    assert_eq!(page.text, "- a\n\n  3. b\n  4. c\n");
    let tree = markdown::parse(&page.text, 0..page.text.len());
    let [Block::List { items, .. }] = tree.blocks.as_slice() else { panic!("{tree:?}") };
    assert!(matches!(items[0].as_slice(), [Block::Paragraph(_), Block::List { .. }]), "{tree:?}");
}

#[test]
fn what_is_left_out_of_kept_lines_stands_between_them_inside_of_an_open_element() {
    let page = dossier::web::read("<b><pre>a<div hidden>b</div>c</pre>d</b>");
    let place = page.dropped[0].span.start;
    let at = |text: &str| page.text.find(text).expect("it is set");
    assert!(at("a\n") < place && place < at("c\n"), "{place} {}", page.text);
}

#[test]
fn a_blank_behind_a_line_that_is_left_out_is_no_code() {
    let html = "<p><i>a</i> b<sup>2</sup>iframe src='ht**y** `z`$$q$ &lt;b&gt; 3 b. # - &nbsp;";
    let page = Capture { path: "a.html".to_owned(), bytes: html.into(), format: Format::Html, withheld: None };
    let (collection, _) = collect(vec![page], &Settings::default(), &BTreeMap::new());
    let document = &collection.documents[0];
    assert_eq!(document.omissions.len(), 1);
    assert!(document.tree.blocks.is_empty(), "{:?}", document.tree.blocks);
}

#[test]
fn a_script_in_an_item_that_was_left_since_takes_no_words_with_it() {
    let text = "- [ ] a\n- [xA g <script>h()\n\nQ <s\nup>p</sup[^1].  ] a\n- [xA g <h2>i</h2> <a Falt=m>\n<] b\n";
    let text = format!("{text}- x</script>y\n\n<b>\n</style> z\n");
    assert!(format!("{:?}", markdown::parse(&text, 0..text.len())).contains('z'));
}

#[test]
fn a_label_that_masking_lays_bare_counts_for_the_line_below() {
    let number = "-+92 71 5550123 ext 4 and again +92 71 5550124";
    let text = format!("Phone: {number} Phone:\n-555 0125 77 Phone: 5550126\n");
    let masked = mask(&text, &[]);
    assert_eq!(mask(&masked.text, &[]).masks, Vec::new(), "{}", masked.text);
}

#[test]
fn a_caption_in_the_middle_of_a_table_stays_there() {
    let page = dossier::web::read("<table><tr><td>a<td>b</tr><caption>c</caption><tr><td>d<td>e</tr></table>");
    let places: Vec<Option<usize>> = ["a", "b", "c", "d", "e"].iter().map(|word| page.text.find(word)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{}", page.text);
}

#[test]
fn a_link_of_one_letter_at_the_start_of_a_line_is_no_task() {
    let page = dossier::web::read("<div><a href='https://union.example/'>x</a></div><p>[x] y</p>");
    assert_eq!(page.text, "[x](<https://union.example/>)\n\n\\[x] y\n");
}

#[test]
fn what_is_said_of_a_heading_in_a_list_of_definitions_stands_under_it() {
    let page = dossier::web::read(
        "<dl><dt><h3>a</h3></dt><dd><dl><dt><h3>b</h3></dt><dd><a href='/c'>d</a></dd></dl></dd></dl>",
    );
    assert_eq!(page.text, "### a\n\n### b\n\n[d](</c>)\n");
    let tree = markdown::parse(&page.text, 0..page.text.len());
    assert!(matches!(tree.blocks.last(), Some(Block::Paragraph(_))), "{tree:?}");
}

#[test]
fn only_a_paragraph_of_a_page_right_before_what_is_said_of_it_is_a_term() {
    for (html, markdown) in [
        ("<dl><dt>a<dd>b<dl><dt>c<dd>d</dl><dd>e</dl>", "a\n: b\n\n  c\n  : d\n: e\n"),
        ("<dl><dt><p>a<p>b</dt><dd><h3>c</h3>d</dl>", "a\n\nb\n: ### c\n\n  d\n"),
        ("<dl><dt><ul><li>a</ul></dt><dd>b</dl>", "- a\n\nb\n"),
        ("<dl><dt><blockquote>a</blockquote></dt><dd>b</dl>", "> a\n\nb\n"),
        ("<dl><dt>a<hr></dt><dd>b</dl>", "a\n\n***\n\nb\n"),
        ("<dl><dt></dt><dd>a<dd>b</dl>", "a\n\nb\n"),
        ("<dl><dt>a<dd><section><dd>b</section></dl>", "a\n: b\n"),
        ("<ul><li><dl><dt>a</dl></li><li><dd>b</li></ul>", "- a\n- b\n"),
    ] {
        assert_eq!(dossier::web::read(html).text, markdown, "{html}");
    }
}

#[test]
fn what_is_left_out_beside_an_escaped_mark_of_a_page_keeps_its_side() {
    let page = dossier::web::read("<p><br><span hidden>a</span>1. b</p>");
    assert_eq!((page.text.as_str(), page.dropped[0].span.start), ("1\\. b\n", 0));
    let page = dossier::web::read("<p>!<script>a</script><a href='https://union.example/'>b</a></p>");
    assert_eq!((page.text.as_str(), page.dropped[0].span.start), ("\\![b](<https://union.example/>)\n", 2));
}

#[test]
fn a_backslash_of_a_page_before_a_line_end_leaves_it_a_line_end() {
    let page = dossier::web::read("<p>a\\<br>b</p>");
    assert_eq!(page.text, "a\\\\\\\nb\n");
    let page = dossier::web::read("<table><tr><td>a\\<br>b<td>c<tr><td>d<td>e</table>");
    assert_eq!(page.text, "|  |  |\n| --- | --- |\n| a\\\\<br>b | c |\n| d | e |\n");
}

#[test]
fn what_is_left_out_of_a_caption_of_a_table_stays_in_it() {
    let page =
        dossier::web::read("<table><caption>a <span hidden>b</span> c</caption><tr><td>d<td>e<tr><td>f<td>g</table>");
    assert!(page.text.starts_with("a c\n"), "{}", page.text);
    assert_eq!(page.dropped[0].span.start, 2);
}
