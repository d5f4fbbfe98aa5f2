//! Tests of whole pages: what is set of them and what is left out are their words, in their order.

use super::dom::{self, Kind};
use super::{Page, declared_encoding, read};
use crate::document::{Block, Inline, Leaf, markdown};
use proptest::prelude::{ProptestConfig, Strategy, any, prop, proptest};

/// Gathers the leaves of blocks with their places.
fn leaves(blocks: &[Block], found: &mut Vec<(usize, String)>) {
    let placed = |leaf: &Leaf| (leaf.span.start, leaf.text.clone());
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => inlines(content, found),
            Block::Question { label, content } => {
                found.extend(label.iter().map(placed));
                inlines(content, found);
            }
            Block::List { items, .. } => items.iter().for_each(|item| leaves(item, found)),
            Block::Quote { blocks, .. } => leaves(blocks, found),
            Block::Code { leaf, .. } => found.push(placed(leaf)),
            Block::Lines(lines) => lines.iter().for_each(|line| inlines(line, found)),
            Block::Table { head, rows, .. } => {
                head.iter().chain(rows.iter().flatten()).for_each(|cell| inlines(cell, found));
            }
            Block::Definitions(definitions) => {
                for definition in definitions {
                    inlines(&definition.term, found);
                    definition.meanings.iter().for_each(|meaning| leaves(meaning, found));
                }
            }
            Block::Rule => {}
        }
    }
}

fn inlines(content: &[Inline], found: &mut Vec<(usize, String)>) {
    for inline in content {
        match inline {
            Inline::Text(leaf) | Inline::Code(leaf) | Inline::Math { leaf, .. } => {
                found.push((leaf.span.start, leaf.text.clone()));
            }
            Inline::Image { .. } => {}
            other => inlines(other.content(), found),
        }
    }
}

/// Takes the white space out, and the quotation marks that a browser adds.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '“' | '”')).collect()
}

/// Gives the characters that are set and left out, in order; and those of the page.
fn accounts(html: &str) -> (String, String) {
    let page = read(html);
    let tree = markdown::parse(&page.text, 0..page.text.len());
    let mut pieces = Vec::new();
    leaves(&tree.blocks, &mut pieces);
    // What is left out can stand in the middle of a leaf.
    let mut pieces: Vec<(usize, usize, String)> = pieces
        .into_iter()
        .flat_map(|(start, text)| {
            let signs: Vec<(usize, char)> = text.char_indices().collect();
            signs.into_iter().map(move |(at, sign)| (start + at, 1, sign.to_string()))
        })
        .collect();
    pieces.extend(page.dropped.iter().map(|omission| (omission.span.start, 0, omission.text.clone())));
    pieces.sort_by_key(|(at, rank, _)| (*at, *rank));
    let kept: String = pieces.iter().map(|(_, _, text)| bare(text)).collect();
    let (dom, _) = dom::parse(html);
    let texts = dom.nodes.iter().filter_map(|node| match &node.kind {
        Kind::Text(text) => Some(bare(text)),
        Kind::Element(_) => None,
    });
    (kept, texts.collect())
}

fn conserves(html: &str) {
    let (kept, page) = accounts(html);
    let text = read(html).text;
    assert_eq!(kept, page, "{html}\n{text}");
    let tree = markdown::parse(&text, 0..text.len());
    assert!(
        html.contains("<pre") || !has_code(&tree.blocks),
        "only what a page keeps as it stands is code: {html}\n{text}"
    );
}

/// Whether lines that are kept as they stand are among blocks.
fn has_code(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Code { .. } => true,
        Block::List { items, .. } => items.iter().any(|item| has_code(item)),
        Block::Quote { blocks, .. } => has_code(blocks),
        Block::Definitions(definitions) => {
            definitions.iter().flat_map(|definition| &definition.meanings).any(|meaning| has_code(meaning))
        }
        _ => false,
    })
}

fn rules(page: &Page) -> Vec<&'static str> {
    page.dropped.iter().map(|omission| omission.rule).collect()
}

/// A paragraph that reads as one.
const PROSE: &str = "<p>More than two hundred workers met in the hall on Monday evening, and the police waited outside, \
    as they had done every week since the summer. Nobody spoke against the plan of the committee.</p>\n<p>The meeting was \
    called by four unions, and it ended without incident, late at night, after a long debate about wages, hours, and the \
    bridge, which the town has promised to mend, and has not.</p>\n";

#[test]
fn a_newspaper_s_page_becomes_its_article() {
    let html = format!(
        "<html><head><title>Workers met | The Daily</title><meta property='og:site_name' content='The Daily'><style>p {{}}</style></head>\
         <body><header><a href='/'>The Daily</a> Sunday, 22 November 2026</header><nav><a href='/a'>Home</a></nav>\
         <article><h1>Workers met</h1><div class='byline'>By Jo Roe</div>{PROSE}<aside>Read more</aside>{PROSE}<p>Zenda</p></article>\
         <div class='related'><a href='/b'>Cats</a></div><footer>© 2026</footer><script>f()</script></body></html>"
    );
    let page = read(&html);
    assert!(page.text.starts_with("# Workers met\n\nBy Jo Roe\n\nMore than"), "{}", page.text);
    assert!(page.text.ends_with("Zenda\n"), "{}", page.text);
    assert_eq!(
        rules(&page),
        [
            "html-title",
            "html-style",
            "outside-main-text",
            "html-navigation",
            "html-aside",
            "html-related",
            "outside-main-text",
            "html-script"
        ]
    );
    assert_eq!(page.metadata.title.as_ref().map(|title| title.value.as_str()), Some("Workers met"));
    conserves(&html);
}

#[test]
fn markup_becomes_markdown_that_says_the_same() {
    for (html, markdown) in [
        ("<h2>A <b>b</b></h2><p>c</p>", "## A b\n\nc\n"),
        ("<h1>a {#b}</h1>", "# a {#b}<!-- -->\n"),
        ("<p>a<p>b", "a\n\nb\n"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ul><li>d</ul>", "- a\n  - b\n- c\n\n+ d\n"),
        ("<ol start=3><li>a<li><p>b</p><p>c</p></ol>", "3. a\n4. b\n\n   c\n"),
        ("<blockquote><p>a</p><p>b</p></blockquote><blockquote>c</blockquote>", "> a\n>\n> b\n\n> c\n"),
        ("<dl><dt>a</dt><dd>b</dd><dd>c</dd><dt>d</dt></dl>", "a\n: b\n: c\n\nd\n"),
        ("<p>a<br>b<br><br>c</p>", "a\\\nb\n\nc\n"),
        ("<pre>a\n  *b*</pre>", "```\na\n  *b*\n```\n"),
        ("<p><i>a</i> b<sup>2</sup> H<sub>2</sub>O 2<sup>nd</sup></p>", "*a* b<sup>2</sup> H<sub>2</sub>O 2nd\n"),
        ("<p><a href='http://a.example/?b=1&amp;c=2'>d [1]</a></p>", "[d \\[1\\]](<http://a.example/?b=1&amp;c=2>)\n"),
        ("<p><a href='#n'>1</a> <a href='javascript:f()'>g</a></p>", "1 g\n"),
        ("<p>a<img src='x_files/b.png' alt='The hall'></p>", "a![The hall](<x_files/b.png>)\n"),
        ("<table><tr><th>a<th>b<tr><td>c|d<td>e<br>f</table>", "| a | b |\n| --- | --- |\n| c\\|d | e<br>f |\n"),
        ("<table><tr><td rowspan=2>a<td>b<tr><td>c</table>", "|  |  |\n| --- | --- |\n| a | b |\n|  | c |\n"),
        ("<table><tr><td><p>a</p><h2>b</h2></td><td>c</td></tr></table>", "a\n\n## b\n\nc\n"),
        ("a<hr>b", "a\n\n***\n\nb\n"),
        (
            "<p>a <iframe src='https://v.example/x' title='A film'></iframe></p>",
            "a [embedded page: A film, https://v.example/x ]\n",
        ),
        ("<div>a<span hidden> b</span> c</div>", "a c\n"),
    ] {
        assert_eq!(read(html).text, markdown, "{html}");
    }
}

#[test]
fn pages_without_a_text_to_be_found_are_taken_whole() {
    let page = read("<body><div>Notice</div><p>The office is closed.</p><script>f()</script></body>");
    assert_eq!(page.text, "Notice\n\nThe office is closed.\n");
    assert_eq!(rules(&page), ["html-script"]);
    assert_eq!(read("<html><body><div id=app></div><script>run()</script></body></html>").text, "");
    assert_eq!(read("").text, "");
    assert_eq!(read("No markup at all").text, "No markup at all\n");
}

#[test]
fn lines_are_those_of_the_file() {
    let html = "<html>\n<body>\n<nav>x</nav>\n\n<h1>A</h1>\n<p>b\nb</p><p>c &amp; c</p>\n<ul>\n<li>d</li>\n</ul>";
    let page = read(html);
    assert_eq!(page.text, "# A\n\nb b\n\nc & c\n\n- d\n");
    assert_eq!(page.lines, [5, 5, 6, 6, 7, 7, 9]);
}

#[test]
fn pages_say_who_when_and_where() {
    let html = "<!-- saved from url=(0031)https://a.example/2014/12/met.html --><html lang='ur-PK'><head>\n\
        <title>Workers met - The Daily</title><meta property='og:site_name' content='The Daily'>\n\
        <meta name='author' content='Jo Roe'><meta property='article:published_time' content='2014-12-24T23:30:00+00:00'>\n\
        <script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Workers met\",\"datePublished\":\"2014-12-25T04:30:00+05:00\"}</script>\n\
        </head><body><p>x</p><time class='updated' datetime='2020-01-01'>1 January</time></body></html>";
    let found = read(html).metadata;
    let value = |declared: &Option<super::Declared>| declared.as_ref().map(|declared| declared.value.clone());
    assert_eq!(value(&found.title).as_deref(), Some("Workers met"));
    assert_eq!(value(&found.author).as_deref(), Some("Jo Roe"));
    assert_eq!(value(&found.site).as_deref(), Some("The Daily"));
    assert_eq!(found.language.as_deref(), Some("ur"));
    assert_eq!(found.url.as_deref(), Some("https://a.example/2014/12/met.html"));
    let dates: Vec<(&str, &str, Option<usize>)> =
        found.dates.iter().map(|date| (date.key.as_str(), date.value.as_str(), date.line)).collect();
    // The same instant in the page's own time zone wins over its writing in universal time.
    assert_eq!(
        dates,
        [
            ("datePublished", "2014-12-25T04:30:00+05:00", Some(4)),
            ("dateModified", "2020-01-01", Some(5)),
            ("canonical", "https://a.example/2014/12/met.html", Some(1))
        ]
    );
}

#[test]
fn encodings_are_declared_in_several_ways() {
    for (html, name) in [
        ("<meta charset=windows-1251>", Some("windows-1251")),
        ("<META http-equiv='Content-Type' content='text/html; charset=ISO-8859-1'>", Some("iso-8859-1")),
        ("<?xml version='1.0' encoding='utf-8'?><html>", Some("utf-8")),
        ("<p>charset=x</p>", None),
    ] {
        assert_eq!(declared_encoding(html.as_bytes()).as_deref(), name, "{html}");
    }
}

#[test]
fn hostile_pages_keep_their_words() {
    let deep = |tag: &str| format!("{}word{}", format!("<{tag}>").repeat(10_000), format!("</{tag}>").repeat(10_000));
    for html in [
        deep("div"),
        deep("ul><li"),
        deep("blockquote"),
        deep("b"),
        "<p>".repeat(10_000) + "word",
        "<table>".repeat(3000) + "word",
        "<a href=x>".repeat(3000) + "word",
        format!("<p>{}</p>", "word ".repeat(200_000)),
        "<frameset><frame src=a><noframes>word</noframes></frameset>".to_owned(),
        "<body><p>a<!-- b <p>c --> d <![CDATA[e]]><svg><title>f</title></svg><math><mi>g</mi></math></body>".to_owned(),
        "<template><p>a</p></template><noscript><p>b</p></noscript><p>word".to_owned(),
        "</p></div><li>a<td>b<tr>c<dd>d<dt>e<option>f<h1>g<h2>h".to_owned(),
    ] {
        let (kept, page) = accounts(&html);
        assert!(kept == page, "{}", crate::text::short(&html));
    }
}

/// Random pages: elements of all kinds round words that look like markup.
fn page() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "word",
        "*",
        "_a_",
        "**b",
        "`c",
        "# d",
        "1.",
        "2)",
        "-",
        "+",
        ">",
        "|",
        "[x]",
        "(y)",
        "[^1]",
        "]:",
        "&lt;b&gt;",
        "&amp;lt;",
        "\\",
        "~~",
        "$x$",
        "^",
        "http://a.example/b_c",
        "joe@a.example",
        "---",
        "===",
        ":",
        "!",
        "é",
        "اردو",
        "中文",
        "a_b*c",
        "<br>",
        "&nbsp;",
        "{#i}",
        "www.b.example",
        "Q:",
        "```",
    ]);
    let text = prop::collection::vec(word, 1..6).prop_map(|words| words.join(" "));
    let name = prop::sample::select(vec![
        "p",
        "div",
        "h1",
        "h3",
        "ul",
        "ol",
        "li",
        "blockquote",
        "b",
        "i",
        "em",
        "a href='http://a.example/'",
        "sup",
        "sub",
        "s",
        "span",
        "pre",
        "table",
        "tr",
        "td",
        "th",
        "dl",
        "dt",
        "dd",
        "nav",
        "aside",
        "section",
        "article",
        "span hidden",
        "q",
        "figure",
        "form",
    ]);
    text.prop_recursive(5, 40, 6, move |inner| {
        (name.clone(), prop::collection::vec(inner, 1..6), any::<bool>()).prop_map(|(name, content, spaced)| {
            let end = name.split(' ').next().unwrap_or(name);
            format!("<{name}>{}</{end}>", content.join(if spaced { "\n" } else { "" }))
        })
    })
}

/// Random tags in any order round words.
fn soup() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec![
        "<dl>",
        "</dl>",
        "<dt>",
        "</dt>",
        "<dd>",
        "</dd>",
        "<ul>",
        "</ul>",
        "<ol start=3>",
        "</ol>",
        "<li>",
        "</li>",
        "<h3>",
        "</h3>",
        "<blockquote>",
        "</blockquote>",
        "<p>",
        "</p>",
        "<section>",
        "</section>",
        "<div>",
        "<br>",
        "<hr>",
        "<i>",
        "</i>",
        "<b>",
        "</b>",
        "<sup>",
        "</sup>",
        "<table>",
        "<tr>",
        "<td>",
        "<td colspan=2>",
        "</table>",
        "<caption>",
        "<nav>",
        "<a href='http://a.example/b'>",
        "</a>",
        "<span hidden>",
        "</span>",
        "<pre>",
        "</pre>",
    ]);
    let word = prop::sample::select(vec![
        "",
        "a",
        "b c",
        "1.",
        "-",
        ": d",
        "[x] y",
        "#",
        "\n",
        "| e |",
        "!",
        "\\",
        "&nbsp;",
        "&#8203;",
        "*",
        "&lt;p&gt;",
        "Q: f",
    ]);
    prop::collection::vec((tag, word), 1..25)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(tag, word)| [tag, word]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_page_is_set_or_left_out_word_by_word(html in page()) {
        conserves(&html);
    }

    #[test]
    fn any_tags_in_any_order_keep_their_words(html in soup()) {
        conserves(&html);
    }
}
