use super::{Found, Imprecise, Locale, Omission, Override, Paper, Settings, commented, read, read_override};
use super::{document_keys, keys};
use crate::diagnostic::Diagnostic;
use std::sync::Arc;

fn settings(text: &str) -> (Settings, Vec<Diagnostic>) {
    read("dossier.toml", &Arc::from(text))
}

fn good(text: &str) -> Settings {
    let (settings, diagnostics) = settings(text);
    assert_eq!(diagnostics, [], "{text}");
    settings
}

/// The slug and the line of each diagnostic, and its help.
fn told(diagnostics: &[Diagnostic]) -> Vec<(&'static str, usize, &str)> {
    let line = |diagnostic: &Diagnostic| {
        let (text, span) = diagnostic.place.as_ref().and_then(|place| place.excerpt.as_ref()).expect("it has a place");
        text[..span.start].matches('\n').count() + 1
    };
    diagnostics.iter().map(|found| (found.slug, line(found), found.helps[0].as_str())).collect()
}

#[test]
fn every_key_is_read() {
    let settings = good(
        "title = 'T'\nsubtitle = 'U'\nlogo = 'l.svg'\nseries = 'S'\ncompiler = 'C'\nedition = 'Second'\ndate = 2026-01-31\n\
         language = 'pt-BR'\npaper = 'letter'\nfont_size = 12.5\nduplex = false\ngutter = 8\nink = 'light'\n\
         dividers = 'year'\nsummary_page = true\nlayout = 'packet'\ninclude = ['*.md']\nexclude = ['x/**']\n\
         pin = ['./a.md']\nlocale = 'month-first'\nundated = 'end'\nimprecise = 'before'\nkeep = ['+1 555']\n\
         mask = false\nfaithful = true\nsmart_punctuation = false\nsystem_fonts = true\nrights = 'R'\n[documents.'a.md']\norder = -3\n",
    );
    assert_eq!(settings.title.as_ref().map(|title| (title.value.as_str(), title.line)), Some(("T", 1)));
    assert_eq!(settings.date.map(|date| date.value.to_string()), Some("2026-01-31".to_owned()));
    assert_eq!(
        (settings.language.as_str(), settings.sheet.paper, settings.imprecise),
        ("pt-BR", Paper::Letter, Imprecise::Before)
    );
    assert_eq!(settings.locale.map(|locale| locale.value), Some(Locale::MonthFirst));
    assert_eq!((settings.mask, settings.faithful, settings.system_fonts), (false, true, true));
    assert!(!settings.smart_punctuation);
    assert_eq!((settings.pin[0].value.as_str(), settings.keep), ("a.md", vec!["+1 555".to_owned()]));
    let document = &settings.documents["a.md"];
    assert_eq!(
        (document.line, document.value.order.as_ref().map(|order| (order.value, order.line))),
        (29, Some((-3, 30)))
    );
    assert_eq!(good(""), Settings::default());
    assert_eq!(good("date = '2026-01-31'\ntitle = ''").date.map(|date| date.line), Some(1));
}

#[test]
fn every_key_of_the_tables_is_known_to_the_reader() {
    for key in keys() {
        let (_, diagnostics) = settings(&format!("{} = {}\n", key.name, key.kind.example()));
        assert_eq!(diagnostics, [], "{}", key.name);
        let (_, diagnostics) = settings(&format!("{} = {}\n", key.name, key.default));
        assert!(key.default.is_empty() || diagnostics.is_empty(), "{}", key.name);
    }
    for key in document_keys() {
        let text = format!("{} = {}\n", key.name, key.kind.example());
        let (found, diagnostics) = read_override("a.md.toml", &Arc::from(text.as_str()));
        assert_eq!(diagnostics, [], "{}", key.name);
        assert_ne!(found, Override::default(), "{}", key.name);
    }
}

#[test]
fn all_problems_are_told_and_good_keys_are_used() {
    let (settings, diagnostics) = settings(
        "titel = 'x'\nsubtitle = 'kept'\npaper = 'A4'\nmask = 'no'\nkeep = 'x'\nedition = 2\nlanguage = 'en_GB'\n\
         kind = 'x'\ndate = 1943-04\nrights = No quotes\npin = ['/x', 'a\\b', 3]\ncolour = 1\n\
         [documents.'a.md']\npaper = 'a4'\ndate = 1943\norder = '3'\nomit = 3\nplace = 'kept'\n[documents.b.md]\ndate = 'x'\n\
         [documents.'../c']\n",
    );
    let wanted = [
        ("unknown-key", 1, "did you mean `title`?"),
        ("wrong-value", 3, "write `paper = \"a4\"`"),
        ("wrong-type", 4, "write `mask = false`"),
        ("wrong-type", 5, "write `keep = ['x']`"),
        ("wrong-type", 6, "write `edition = \"2\"`"),
        ("wrong-value", 7, "write `language = \"en-GB\"`"),
        ("unknown-key", 8, "`kind` belongs in the table of a document: `[documents.\"its/path\"]`"),
        ("broken-toml", 9, "write `date = \"1943-04\"`"),
        ("broken-toml", 10, "write `rights = \"No quotes\"`"),
        ("wrong-value", 11, "write the path from the folder that holds `dossier.toml`, with `/` between its parts"),
        ("wrong-value", 11, "write `a/b`"),
        ("wrong-type", 11, "put it in quotes: `\"3\"`"),
        ("unknown-key", 12, ""),
        ("unknown-key", 14, "`paper` belongs above the first `[documents.…]` table of the file"),
        ("wrong-type", 15, "write `date = \"1943\"`"),
        ("wrong-type", 16, "write `order = 3`"),
        ("wrong-type", 17, "write `omit = true`, for example"),
        ("unknown-key", 19, "where `b.md` is a path, put it in quotes: `[documents.\"b.md\"]`"),
        ("wrong-value", 21, "write the path from the folder that holds `dossier.toml`, with `/` between its parts"),
    ];
    let told = told(&diagnostics);
    for (at, (found, wanted)) in told.iter().zip(wanted).enumerate() {
        assert_eq!((found.0, found.1), (wanted.0, wanted.1), "{at}: {}", diagnostics[at].message);
        assert!(wanted.2.is_empty() || found.2 == wanted.2, "{at}: {}", found.2);
    }
    assert_eq!(told.len(), wanted.len());
    assert!(told[12].2.starts_with("the keys are `title`, `subtitle`"), "{}", told[12].2);
    assert_eq!(settings.subtitle.map(|subtitle| subtitle.value), Some("kept".to_owned()));
    assert_eq!(settings.documents["a.md"].value.place.as_ref().map(|place| place.line), Some(18));
    assert_eq!(settings.rights, None);
}

#[test]
fn keys_under_a_broken_head_are_nobodys() {
    let (settings, diagnostics) =
        settings("[documents.\"a.md\"\ntitle = 'of a'\n[documents.\"b.md\"]\ntitle = 'of b'\n");
    assert_eq!(told(&diagnostics), [("broken-toml", 1, "write `[documents.\"a.md\"]`")]);
    assert_eq!(settings.title, None);
    assert_eq!(settings.documents.keys().collect::<Vec<_>>(), ["b.md"]);
}

#[test]
fn a_broken_head_does_not_take_later_tables_along() {
    let text =
        "[documents.letters/one.md]\ntitle = 'of one'\n[documents.\"b.md\"]\ntitle = 'of b'\n[documents.\"b.md\"]\n";
    let (settings, diagnostics) = settings(text);
    let wanted = [
        ("broken-toml", 1, "write `[documents.\"letters/one.md\"]`"),
        ("broken-toml", 5, "write each key once, as `key = \"value\"`, each on a line of its own"),
    ];
    assert_eq!(told(&diagnostics), wanted);
    assert_eq!(settings.documents.keys().collect::<Vec<_>>(), ["b.md"]);
    assert_eq!(settings.documents["b.md"].value.title.as_ref().map(|title| title.line), Some(4));
}

#[test]
fn one_document_has_one_table() {
    let (settings, diagnostics) =
        settings("[documents.\"./a.md\"]\ntitle = 'first'\n[documents.\"a.md\"]\ntitle = 'again'\n");
    assert_eq!(told(&diagnostics), [("wrong-value", 3, "put both into one table")]);
    assert_eq!(settings.documents["a.md"].value.title.as_ref().map(|title| title.value.as_str()), Some("first"));
}

#[test]
fn settings_win_over_a_sidecar_key_by_key() {
    let settings = good("[documents.\"a.md\"]\ndate = 1943-04-03T10:00:00\nomit = false\n");
    let sidecar = "date = '1950'\nomit = 'twice'\nplace = 'Quito'\n";
    let (sidecar, diagnostics) = read_override("a.md.toml", &Arc::from(sidecar));
    assert_eq!(diagnostics, []);
    assert_eq!(sidecar.omit.as_ref().map(|omit| omit.value.clone()), Some(Omission::Because("twice".to_owned())));
    let both = settings.documents["a.md"].value.clone().over(sidecar);
    let date = both.date.expect("both give a date");
    assert_eq!((date.value.as_str(), &*date.path, date.line), ("1943-04-03T10:00:00", "dossier.toml", 2));
    assert_eq!(both.omit.map(|omit| omit.value), Some(Omission::Kept));
    assert_eq!(both.place.map(|place| place.path.to_string()), Some("a.md.toml".to_owned()));
}

#[test]
fn the_commented_file_is_read_back() {
    let odd = "a \"b\"\u{7}\n.txt";
    let found = Found {
        title: "The \"B\" papers \\ II".to_owned(),
        language: "ur".to_owned(),
        undated: vec![(odd.to_owned(), "no date\nwas found".to_owned())],
    };
    let text = commented(&found);
    let settings = good(&text);
    assert_eq!(settings.title.map(|title| title.value), Some(found.title));
    assert_eq!(settings.language, "ur");
    assert_eq!(settings.documents[odd].value, Override::default());
}

#[test]
fn every_line_of_the_commented_file_can_be_used() {
    let text = commented(&Found::default());
    let is_key = |line: &&str| line.contains(" = ") || line.starts_with("# [");
    let lines: Vec<&str> = text.lines().filter(is_key).map(|line| line.trim_start_matches("# ")).collect();
    assert_eq!(lines.len(), keys().len() + document_keys().len());
    assert_eq!(good(&lines.join("\n")).documents.len(), 1);
}

#[test]
fn a_file_that_is_no_toml_does_not_flood() {
    let (_, diagnostics) = settings(&"no toml here\n".repeat(1000));
    assert_eq!(diagnostics.len(), 201);
    assert_eq!(diagnostics[200].message, "800 more problems of this file are not listed");
}
