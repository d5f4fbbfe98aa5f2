//! Saved web pages: what is set of them, what dates them, what is left out, and what is said of it.

use crate::collection::{Collection, word};
use crate::pages::Book;
use serde_json::Value;

/// Two paragraphs that read as the text of a page.
const PROSE: &str = "<p>More than two hundred workers met in the hall on Monday evening, and the police waited outside, as \
    they had done every week since the summer. Nobody spoke against the plan of the committee.</p>\n<p>The meeting was called \
    by four unions, and it ended without incident, late at night, after a long debate about wages, hours, and the bridge, \
    which the town has promised to mend, and has not.</p>\n";

/// A page with this in its head and in its body.
fn page(head: &str, body: &str) -> String {
    format!("<!DOCTYPE html>\n<html><head>\n{head}\n</head>\n<body>\n{body}\n</body></html>\n")
}

fn row(html: &str) -> Value {
    Collection::new().file("a.html", html).list(&[]).remove(0)
}

fn dated(html: &str) -> (String, String) {
    let row = row(html);
    let date = row["date"]["edtf"].as_str().unwrap_or("undated").to_owned();
    let kind = row["date"]["evidence"][0]["kind"].as_str().unwrap_or_default().to_owned();
    (date, kind)
}

fn omitted(row: &Value) -> Vec<(String, String)> {
    let rows = row["omitted"].as_array().expect("omissions are a list");
    rows.iter().map(|omission| (word(&omission["rule"]).to_owned(), word(&omission["text"]).to_owned())).collect()
}

#[test]
fn a_newspaper_s_page_is_set_without_what_stands_round_it() {
    let html = page(
        "<title>Workers met | The Daily</title><meta property=\"og:site_name\" content=\"The Daily\">\n\
         <link rel=\"canonical\" href=\"https://daily.example/workers-met\">\n\
         <script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Workers met\",\
         \"datePublished\":\"2014-12-24T08:00:00+01:00\",\"dateModified\":\"2019-03-02\"}</script>",
        &format!(
            "<header><p>Sunday, 22 November 2026</p><nav><a href=\"/\">Home</a></nav></header>\n<main><article>\n<h1>Workers met</h1>\n\
             {PROSE}<aside>Read more</aside>{PROSE}</article></main>\n<footer>Copyright 2026 The Daily, +92-22-5550100</footer>"
        ),
    );
    let row = row(&html);
    assert_eq!((word(&row["title"]), &row["title_supplied"]), ("Workers met", &Value::Bool(false)));
    assert_eq!(word(&row["date"]["edtf"]), "2014-12-24");
    assert_eq!(row["date"]["evidence"][0]["line"], 5);
    assert_eq!((word(&row["url"]), word(&row["site"])), ("https://daily.example/workers-met", "The Daily"));
    let omitted = omitted(&row);
    for (rule, text) in [
        ("outside-main-text", "Sunday, 22 November 2026"),
        ("html-navigation", "Home"),
        ("html-aside", "Read more"),
        ("outside-main-text", "Copyright 2026 The Daily, [telephone number masked]"),
    ] {
        assert!(omitted.contains(&(rule.to_owned(), text.to_owned())), "{rule}: {omitted:?}");
    }
    // What is masked outside the text is masked all the same, and the raw file's hash is not told.
    assert_eq!(row["masked"].as_array().map(Vec::len), Some(1));
    assert_ne!(word(&row["sha256"]), dossier::source::hash(html.as_bytes()));
}

#[test]
fn the_source_note_says_where_a_page_was_captured() {
    let html = page(
        "<title>Workers met</title>",
        &format!(
            "<!--\n Page saved with SingleFile\n url: https://union.example/met\n saved date: Tue Feb 03 2026 10:00:00 GMT+0100\n-->\n\
             <div class=\"menu\"><a href=\"/\">Home page</a></div><div class=\"item-page\"><h2>Workers met</h2>{PROSE}</div>"
        ),
    );
    let collection = Collection::new().file("a.html", &html);
    let row = collection.list(&[]).remove(0);
    assert_eq!(row["date"], Value::Null, "a capture dates nothing");
    assert_eq!(word(&row["bounds"]["latest"]), "2026-02-03");
    let book = dossier::text::squeeze(&crate::pages::Book::of(&collection.folder()).text());
    assert!(book.contains("Captured on 3 February 2026 from https://union.example/met"), "{book}");
    assert!(book.contains("words of the page round the text omitted"), "{book}");
}

#[test]
fn dates_of_the_template_never_file_a_page() {
    for (head, body) in [
        ("<meta property='article:modified_time' content='2019-03-02'>", String::new()),
        ("<meta http-equiv='last-modified' content='2019-03-02'>", String::new()),
        ("", "<footer><p>Copyright 2019</p><p>2 March 2019</p></footer>".to_owned()),
        ("", "<div id='sidebar'><p>Events: 12 February 2026</p></div>".to_owned()),
        ("", "<ul><li><time class='published' datetime='2019-03-02'>x</time><li><time class='published' datetime='2018-03-02'>y</time></ul>".to_owned()),
        (
            "<script type='application/ld+json'>[{\"@type\":\"BlogPosting\",\"datePublished\":\"2001-01-01\"},{\"@type\":\"BlogPosting\",\"datePublished\":\"2002-02-02\"}]</script>",
            String::new(),
        ),
    ] {
        let html = page(head, &format!("<div class='content'><h1>Workers met</h1>{PROSE}</div>{body}"));
        assert_eq!(dated(&html).0, "undated", "{head} {body}");
    }
}

#[test]
fn metadata_date_a_page_where_its_text_does_not() {
    let text = |date: &str| format!("<div class='content'><h1>Workers met</h1>{date}{PROSE}</div>");
    let published = "<meta property='article:published_time' content='2014-12-24T08:00:00+01:00'>";
    for (head, body, wanted) in [
        (published, text(""), ("2014-12-24", "metadata")),
        ("<meta name='DC.date.issued' content='2014-12-24'>", text(""), ("2014-12-24", "metadata")),
        ("<meta name='date' content='2014-12-24'>", text(""), ("2014-12-24", "metadata")),
        ("", text("<p>Posted <time pubdate datetime='2014-12-24'>last week</time></p>"), ("2014-12-24", "metadata")),
        (
            "",
            text("<dd class='published'><time itemprop='datePublished' datetime='2014-12-24'>x</time></dd>"),
            ("2014-12-24", "metadata"),
        ),
        // The text's own dateline weighs more than when the page was published.
        (published, text("<p>Zenda, 3 November 2013</p>"), ("2013-11-03", "text")),
        // A general date in the head weighs less than one that says what it dates.
        (
            "<meta name='date' content='2020-01-01'><meta name='pubdate' content='2014-12-24'>",
            text(""),
            ("2014-12-24", "metadata"),
        ),
        ("<link rel='canonical' href='https://a.example/2014/12/24/met/'>", text(""), ("2014-12-24", "metadata")),
    ] {
        let (date, kind) = dated(&page(head, &body));
        assert_eq!((date.as_str(), kind.as_str()), wanted, "{head} {body}");
    }
}

#[test]
fn explain_names_the_line_of_the_file() {
    let html = page(
        "<meta name='pubdate' content='2014-12-24'>",
        &format!("<h1>Workers met</h1>\n\n{PROSE}\n<p>Elected in 1999.</p>"),
    );
    let outcome = Collection::new().file("a.html", &html).run(&["explain", "papers", "a.html"]).ends(0);
    assert!(outcome.stdout.contains("metadata, line 3: “pubdate: 2014-12-24”"), "{}", outcome.stdout);
}

#[test]
fn pages_of_many_sites_and_languages_keep_their_text() {
    // Joomla, Drupal, WordPress, a notice laid out by tables, an encyclopaedia: the last words of each text are set.
    let bodies = [
        "<div id='sp-left'><div class='module'><a href='/x'>Inicio</a></div></div><div class='item-page'><h2>TITLE</h2><div>TEXT<p>LAST</p></div><ul class='pager'><li><a href='/n'>Next</a></li></ul></div>",
        "<div class='region-header'><a href='/'>Accueil</a></div><div class='node'><h1>TITLE</h1><div class='submitted'>par jo</div><div class='field-item'>TEXT<p>LAST</p></div><div class='links'><a href='/p'>Imprimer</a></div></div>",
        "<header class='site-header'><h1><a href='/'>Site</a></h1></header><article class='post'><header><h2 class='entry-title'>TITLE</h2></header><div class='entry-content'>TEXT<p>LAST</p><div class='sharedaddy'>Share this</div></div></article><div id='comments'><p>A comment that says very little.</p></div>",
        "<table><tr><td width=150><a href='/'>Home</a><br><a href='/b'>Laws</a></td><td><font size=5>TITLE</font><br>TEXT<p>LAST</p></td></tr></table>",
        "<form action='/'><div id='mw-content-text'><h1>TITLE</h1>TEXT<table class='wikitable'><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table><p>LAST</p><div class='navbox' role='navigation'><a href='/z'>Other</a></div></div></form>",
    ];
    let texts = [
        PROSE.to_owned(),
        "<p>Más de doscientos trabajadores se reunieron en la sala el lunes por la noche, y la policía esperaba fuera, como todas las semanas desde el verano. Nadie habló contra el plan del comité, que fue aprobado.</p><p>La reunión fue convocada por cuatro sindicatos y terminó sin incidentes, tarde, después de un largo debate sobre los salarios, las horas y el puente, que la ciudad ha prometido reparar.</p>".to_owned(),
        "<p>Более двухсот рабочих собрались в зале в понедельник вечером, а полиция ждала снаружи, как и каждую неделю с лета. Никто не выступил против плана комитета, который был принят, и все разошлись по домам.</p><p>Собрание было созвано четырьмя профсоюзами и закончилось без происшествий, поздно ночью, после долгого спора о зарплатах, часах работы и мосте, который город обещал починить.</p>".to_owned(),
        "<p dir='rtl'>دو سو سے زیادہ مزدور پیر کی شام ہال میں جمع ہوئے، اور پولیس باہر انتظار کرتی رہی، جیسا کہ وہ گرمیوں سے ہر ہفتے کرتی آئی تھی۔ کمیٹی کے منصوبے کے خلاف کسی نے بات نہیں کی، اور سب نے اسے منظور کیا۔</p><p dir='rtl'>اجلاس چار یونینوں نے بلایا تھا، اور یہ رات گئے بغیر کسی واقعے کے ختم ہوا، اجرتوں، اوقات کار اور پل کے بارے میں طویل بحث کے بعد، جس کی مرمت کا شہر نے وعدہ کیا ہے۔</p>".to_owned(),
    ];
    for body in bodies {
        for text in &texts {
            let html = page(
                "<title>Heading words</title>",
                &body.replace("TITLE", "Heading words").replace("TEXT", text).replace("LAST", "Zenda"),
            );
            let collection = Collection::new().file("a.html", &html);
            let row = collection.list(&[]).remove(0);
            assert_eq!(word(&row["title"]), "Heading words", "{html}");
            let set: String = crate::pages::Book::of(&collection.folder()).body(0).into_values().collect();
            let lost: Vec<_> = omitted(&row).into_iter().filter(|(_, omitted)| omitted.contains("Zenda")).collect();
            assert!(set.contains("Zenda") && lost.is_empty(), "{html}\n{lost:?}");
            for (_, left_out) in omitted(&row) {
                assert!(!text.contains(&left_out), "{left_out}");
            }
        }
    }
}

#[test]
fn pages_are_read_in_the_encoding_that_they_declare() {
    let html = page("<meta charset='windows-1251'><title>x</title>", "<p>Заявление комитета принято.</p>");
    let bytes: Vec<u8> = html
        .chars()
        .map(|c| match u32::from(c) {
            code @ 0x410..=0x44f => u8::try_from(code - 0x410 + 0xc0).expect("it is a byte"),
            code => u8::try_from(code).expect("it is ASCII"),
        })
        .collect();
    let (source, problems) = dossier::source::Source::read(
        "a.html",
        dossier::document::Format::Html,
        &bytes,
        &dossier::source::Masking::Off,
    );
    assert_eq!((source.text.as_ref(), problems.len()), ("Заявление комитета принято.\n", 0));
}

#[test]
fn a_page_that_only_a_program_fills_is_told() {
    let html = page("<title>App</title>", "<div id='app'></div><script>run()</script>");
    let outcome = Collection::new().file("a.html", &html).run(&["check", "papers"]).ends(0);
    assert!(outcome.stderr.contains("warning[empty-document]"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("before its scripts run"), "{}", outcome.stderr);
}

#[test]
fn an_e_mail_is_dated_by_its_head() {
    let body = "\n\nDear friends,\n\nThe committee met and agreed to mend the bridge before the winter. Nobody spoke against it, and the \
                meeting closed early.\n\nOn Mon, 2 Feb 2026, Lin Wu wrote:\n> From: Lin\n> Date: 1 January 2020\n> What about it?\n";
    for (head, wanted) in [
        ("From: Jo Roe\nDate: Tue, 03 Feb 2026 14:58:00 +0100\nSubject: Notes of 1 May 2025\nTo: List", "2026-02-03"),
        ("Von: Jo Roe\nGesendet: Dienstag, 3. Februar 2026 14:58\nAn: Liste\nBetreff: Brücke", "2026-02-03"),
        ("De : Jo Roe\nEnvoyé : mardi 3 février 2026 14:58\nÀ : Liste\nObjet : Pont", "2026-02-03"),
        (
            "Received: from a.example; Wed, 4 Feb 2026 09:00:00 +0000\nFrom: Jo\nSent: Tuesday, February 3, 2026 2:58 PM\nTo: List",
            "2026-02-03",
        ),
    ] {
        let rows = Collection::new().file("a.txt", &format!("{head}{body}")).list(&[]);
        let date = rows[0]["date"]["edtf"].as_str().unwrap_or("undated");
        assert_eq!(date, wanted, "{head}: {}", rows[0]["date"]);
    }
}

#[test]
fn programs_and_styles_in_markdown_are_left_out_and_listed() {
    let text = "A <b>c</b> <script>f(1)</script>d.\n\n<style>\np { color: red }\n</style>\n\n<div>e<script>g()</script></div>\n";
    let collection = Collection::new().file("a.md", text);
    let row = collection.list(&[]).remove(0);
    let left_out = |rule: &str, text: &str| (rule.to_owned(), text.to_owned());
    assert_eq!(
        omitted(&row),
        [left_out("html-script", "f(1)"), left_out("html-style", "p { color: red }"), left_out("html-script", "g()")]
    );
}

#[test]
fn a_link_in_a_note_has_its_address_in_brackets_and_no_note_of_its_own() {
    let text = "# Minutes\n\n3 May 2019\n\nNobody was absent.[^1]\n\n[^1]: Kept by [the clerk](https://example.org/minutes).\n";
    let book = Book::of(&Collection::new().file("a.md", text).folder());
    let text = book.text();
    assert!(text.contains("Kept by the clerk (https://example.org/minutes)."), "{text}");
    assert_eq!(text.matches("example.org/minutes").count(), 1, "{text}");
}

#[test]
fn so_has_a_picture_in_a_note_that_is_not_there() {
    let text = "# Minutes\n\n3 May 2019\n\nNobody was absent.[^1]\n\n[^1]: Sealed [![the seal](seal.png)](https://example.org/seal) by all.\n";
    let text = Book::of(&Collection::new().file("a.md", text).folder()).text();
    assert!(text.contains("(https://example.org/seal)"), "{text}");
}

#[test]
fn notes_of_every_kind_are_numbered_in_their_order() {
    let text = "# Minutes\n\n3 May 2019\n\nAlpha.[^a] Bravo [here](https://b.example/minutes). Charlie \
        [![seal](s.png) sealed](https://c.example/seal) it. Delta ![flag](https://d.example/flag.png) it.\n\n\
        - Echo.[^e]\n\n| who | where |\n|---|---|\n| Foxtrot[^f] | again[^a] |\n\nGolf.[^g]\n\n\
        [^a]: Note alpha.\n\n[^e]: Note echo.\n\n[^f]: Note foxtrot.\n\n[^g]: Note golf.\n";
    let collection = Collection::new().file("a.md", text);
    let text = Book::of(&collection.folder()).text().replace(char::is_whitespace, "");
    let marks = [
        "May20191",
        "Alpha.2Bravo",
        "here3.Charlie",
        "seal]4sealed",
        "flag]5it.",
        "Echo.6",
        "Foxtrot7again2",
        "Golf.8",
    ];
    for mark in marks {
        assert!(text.contains(mark), "{mark}: {text}");
    }
    let notes =
        ["2Notealpha.", "3https://b.", "4https://c.", "5https://d.", "6Noteecho.", "7Notefoxtrot.", "8Notegolf."];
    for note in notes {
        assert!(text.contains(note), "{note}: {text}");
    }
}

#[test]
fn a_note_with_an_address_says_when_it_was_seen() {
    let text = "---\ncaptured: 2020-03-11\ndate: 2020-03-04\n---\n\nThe minutes are [here](https://a.example/minutes), as they say.\n";
    let book = Book::of(&Collection::new().file("a.md", text).folder());
    assert!(book.text().contains("https://a.example/minutes (as captured on 11 March 2020)"), "{}", book.text());
}
