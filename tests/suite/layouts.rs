//! Layouts: those that the program carries, and the files with which a project changes them.

use crate::collection::Collection;
use crate::pages::{Book, assert_same_pages, bare};
use crate::pdf::Read;
use crate::typography::trial_prints;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

fn one() -> Collection {
    Collection::new().file("a.txt", "The Harbour Workers Union (HWU) met on the bridge, and nobody spoke against it.\n")
}

#[test]
fn the_layouts_are_listed_with_what_they_are_for() {
    let outcome = one().run(&["layout", "list"]).ends(0);
    assert!(outcome.stdout.lines().any(|line| line.starts_with("packet: ")), "{}", outcome.stdout);
}

#[test]
fn an_ejected_layout_sets_the_same_book() {
    let collection = one();
    let before = collection.build().ends(0);
    collection.run(&["layout", "eject", "packet", "papers"]).ends(0);
    let after = collection.build().ends(0);
    assert!(before.pdf() == after.pdf());
}

#[test]
fn an_ejected_file_is_never_overwritten() {
    let collection = one().file("layouts/packet/words.toml", "mine = true\n");
    collection.run(&["layout", "eject", "packet", "papers"]).ends(0);
    let text = fs::read_to_string(collection.path("layouts/packet/words.toml")).expect("the file is there");
    assert_eq!(text, "mine = true\n");
}

#[test]
fn every_file_of_the_layouts_is_in_the_program_and_nothing_else() {
    let layouts = Path::new(env!("CARGO_MANIFEST_DIR")).join("layouts");
    let files = |folder: &Path| -> BTreeMap<String, String> {
        fs::read_dir(folder)
            .expect("the folder is there")
            .map(|entry| entry.expect("the folder can be read").path())
            .map(|path| (path.file_name().expect("a file has a name").to_string_lossy().into_owned(), path))
            .map(|(name, path)| (name, fs::read_to_string(path).expect("layouts are text")))
            .collect()
    };
    let shared = files(&layouts.join("shared"));
    let listed = one().run(&["layout", "list"]).ends(0).stdout;
    let named: Vec<&str> = listed.lines().filter_map(|line| line.split(':').next()).collect();
    for entry in fs::read_dir(&layouts).expect("the layouts are there") {
        let name = entry.expect("the folder can be read").file_name().to_string_lossy().into_owned();
        assert!(
            ["fonts", "shared"].contains(&name.as_str()) || named.contains(&name.as_str()),
            "`{name}` is not in the program"
        );
    }
    for name in named {
        let own = files(&layouts.join(name));
        let collection = one();
        collection.run(&["layout", "eject", name, "papers"]).ends(0);
        let ejected = files(&collection.path(&format!("layouts/{name}")));
        for (file, text) in shared.iter().filter(|(file, _)| !own.contains_key(*file)).chain(&own) {
            assert_eq!(ejected.get(file), Some(text), "{name}/{file} is not what the program carries");
        }
        let extends = own.get("layout.toml").is_some_and(|manifest| manifest.contains("extends"));
        if !extends {
            for file in ejected.keys() {
                assert!(own.contains_key(file) || shared.contains_key(file), "{name}/{file} is in no folder");
            }
        }
    }
}

#[test]
fn what_stands_for_a_text_that_is_not_set_is_in_the_words_of_the_layout() {
    let words = "unset-large = \"Trop grand : {bytes} octets, plus de {largest} Mo.\"\n\
                 unset-font = \"Il manque une police : {font}.\"\n";
    let collection = one()
        .settings("largest_document = 1\n")
        .file("large.txt", &"The minutes were read.\n".repeat(50_000))
        .file("zh.txt", "这是一个完整的中文文档。它没有英文。委员会今天开会，没有人反对。\n")
        .file("layouts/packet/words.toml", words);
    let text = bare(&Book::of(&collection.folder()).text());
    for said in ["Trop grand : 1,150,000 octets, plus de 1 Mo.", "Il manque une police : Noto Serif CJK SC"] {
        assert!(text.contains(&bare(said)), "{said}: {text}");
    }
    assert!(!text.contains(&bare("is not set. It has")) && !text.contains(&bare("Most letters")), "{text}");
}

#[test]
fn an_override_changes_the_words() {
    let collection = one();
    collection.run(&["layout", "eject", "packet", "papers"]).ends(0);
    let words = fs::read_to_string(collection.path("layouts/packet/words.toml")).expect("the file was written");
    assert!(words.contains("\"Contents\""), "{words}");
    let collection = collection.file("layouts/packet/words.toml", &words.replace("\"Contents\"", "\"What is in it\""));
    collection.build().ends(0);
    assert!(crate::pages::Book::of(&collection.folder()).text().contains("What is in it"));
}

#[test]
fn a_misspelt_override_is_an_error_with_a_suggestion() {
    let collection = one().file("layouts/packet/styel.typ", "x");
    let outcome = collection.build().ends(1);
    assert!(outcome.pdf.is_some());
    outcome.tells(&["error[unknown-layout-file]", "styel.typ", "did you mean `style.typ`?"]);
}

#[test]
fn an_unknown_layout_is_an_error_with_a_suggestion() {
    let outcome = one().run(&["build", "papers", "--layout", "paket"]).ends(1);
    assert!(outcome.pdf.is_none());
    outcome.tells(&["error[unknown-layout]", "`paket`", "did you mean `packet`?"]);
    one().settings("layout = \"poster\"\n").build().ends(1).tells(&["error[unknown-layout]", "`poster`"]);
    one().run(&["layout", "eject", "paket", "papers"]).ends(1).tells(&["error[unknown-layout]", "`packet`"]);
}

#[test]
fn an_error_in_a_layouts_typst_names_its_file_and_line() {
    let collection = one();
    collection.run(&["layout", "eject", "packet", "papers"]).ends(0);
    let path = collection.path("layouts/packet/style.typ");
    let style = fs::read_to_string(&path).expect("the file was written");
    fs::write(&path, format!("{style}#let broken = nobody-defined-this\n")).expect("the file can be written");
    let line = style.lines().count() + 1;
    let outcome = collection.build().ends(1);
    assert!(outcome.pdf.is_none());
    outcome.tells(&["error[typst]", "nobody-defined-this", &format!("style.typ:{line}:")]);
}

#[test]
fn an_error_in_a_layouts_template_names_its_file_and_line() {
    let unknown = one().file("layouts/packet/headnote.md", "First line.\n{{ nobody.defined_this }}\n").build().ends(1);
    assert!(unknown.pdf.is_none());
    unknown.tells(&["layouts/packet/headnote.md:2", "nobody.defined_this"]);
    let within = one()
        .file("layouts/packet/kicker.md", "{% include \"byline.md\" %}\n")
        .file("layouts/packet/byline.md", "One.\n\nAnother.\n\n{{ nobody.defined_this }}\n");
    within.build().ends(1).tells(&["layouts/packet/byline.md:5", "nobody.defined_this"]);
    let broken = one().file("layouts/packet/colophon.md", "{% if %}\n").build().ends(1);
    broken.tells(&["layouts/packet/colophon.md:1"]);
}

/// The files that the README shows: a name in backquotes that opens a line, and the next fenced block.
fn shown_in_the_readme() -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(path).expect("the README is there");
    let mut files = Vec::new();
    for (at, _) in readme.match_indices("\n`layouts/") {
        let rest = &readme[at + 2..];
        let (name, rest) = rest.split_once('`').expect("the name ends");
        let (_, rest) = rest.split_once("\n```").expect("a block follows");
        let (_, rest) = rest.split_once('\n').expect("the fence is a line");
        let (text, _) = rest.split_once("\n```").expect("the block ends");
        files.push((name.to_owned(), format!("{text}\n")));
    }
    files
}

#[test]
fn the_layout_that_the_readme_shows_sets_a_book() {
    let files = shown_in_the_readme();
    assert!(files.iter().any(|(name, _)| name.ends_with("layout.toml")), "{files:?}");
    assert!(files.iter().map(|(_, text)| text.lines().count()).sum::<usize>() < 60);
    let captured =
        "---\ndate: 2020-01-02\nkind: notice\n---\n\n# Notice\n\nThe Harbour Workers Union (HWU) met on the bridge.\n";
    let collection = files
        .iter()
        .fold(Collection::new().file("a.md", captured), |collection, (path, text)| collection.file(path, text));
    let outcome = collection.run(&["build", "papers", "--layout", "pocket", "--strict"]).ends(0);
    let (width, height) = Read::new(outcome.pdf()).size(0);
    assert!(width < 421.0 && height < 596.0, "{width} by {height}");
}

/// The names in backquotes that open the rows of the tables of one section of the reference.
fn fields_of(reference: &str, section: &str) -> Vec<String> {
    let heading = format!("### {section}\n");
    let (_, rest) = reference.split_once(&heading).unwrap_or_else(|| panic!("{section} is not described"));
    let rest = rest.split("\n#").next().unwrap_or_default();
    let names = rest.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    names.map(|(name, _)| name.to_owned()).collect()
}

#[test]
fn the_reference_describes_all_that_the_templates_speak_of() {
    let reference = one().run(&["layout", "fields"]).ends(0).stdout;
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("layouts/shared");
    for entry in fs::read_dir(&shared).expect("the layouts are there") {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        // Macros of other templates, which speak of nothing themselves.
        if !name.ends_with(".md") || name == "naming.md" {
            continue;
        }
        let text = fs::read_to_string(&path).expect("templates are text");
        let mut templates = minijinja::Environment::new();
        templates.add_template(&name, &text).expect("the template is well-formed");
        let template = templates.get_template(&name).expect("the template was added");
        let known = fields_of(&reference, &format!("`{name}`"));
        for spoken in template.undeclared_variables(false) {
            assert!(known.contains(&spoken), "{name} speaks of `{spoken}`, which the reference does not have");
        }
    }
    assert!(!reference.contains("|  |"), "a field is not explained:\n{reference}");
    assert!(!reference.contains("| anything |"), "a field takes nobody knows what:\n{reference}");
}

#[test]
fn the_reference_names_the_values_that_generated_files_hold() {
    let collection = trial_prints(500);
    let reference = collection.run(&["layout", "fields"]).ends(0).stdout;
    let outcome = collection.run(&["build", "papers", "--emit", "emitted"]);
    assert!(outcome.pdf.is_some(), "{}", outcome.stderr);
    let read = |path: &str| fs::read_to_string(collection.home().join("emitted").join(path)).expect("it was written");
    let (edition, document) = (read("edition.typ"), read("documents/0001.typ"));
    for (text, section, quote) in
        [(&edition, "`edition`", "\""), (&edition, "OneDocument", "\""), (&document, "`head`", "")]
    {
        for field in fields_of(&reference, section) {
            assert!(text.contains(&format!("{quote}{field}{quote}: ")), "`{field}` of {section} is not handed over");
        }
    }
    let sheet = read("sheet.typ");
    assert_eq!(sheet.matches(": ").count(), fields_of(&reference, "`asked`").len(), "{sheet}");
}

#[test]
fn the_reference_has_every_function_that_generated_files_call() {
    let collection = trial_prints(500);
    let reference = collection.run(&["layout", "fields"]).ends(0).stdout;
    collection.run(&["build", "papers", "--emit", "emitted"]);
    let (_, functions) = reference.split_once("## Functions").expect("functions are described");
    let folder = collection.home().join("emitted/documents");
    let mut called = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("the files were written") {
        let text = fs::read_to_string(entry.expect("the folder can be read").path()).expect("code is text");
        called.extend(calls(&text));
    }
    assert!(called.len() > 15, "{called:?}");
    for name in called.iter().filter(|name| *name != "linebreak") {
        assert!(functions.contains(&format!("- `{name}(")), "`{name}` is called and not described");
    }
}

/// The names of the functions that generated code calls, strings left aside.
fn calls(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let code = code.replace("\\\\", "").replace("\\\"", "");
    for (at, text) in code.split('"').enumerate() {
        // Every other piece stands between quotes.
        for piece in text.split('#').skip(1).filter(|_| at % 2 == 0) {
            let name: String =
                piece.chars().take_while(|letter| letter.is_ascii_lowercase() || *letter == '-').collect();
            if matches!(piece.as_bytes().get(name.len()), Some(b'(' | b'[')) {
                names.insert(name);
            }
        }
    }
    names
}

#[test]
fn a_template_cannot_smuggle_typst_in() {
    let collection = one().file("layouts/packet/kicker.md", "Kicked by #panic(\"no\") and $x$ and @nobody\n");
    collection.build().ends(0);
    let text = crate::pages::bare(&crate::pages::Book::of(&collection.folder()).text());
    assert!(text.to_lowercase().contains("#panic("), "{text}");
}

#[test]
fn a_book_takes_two_settings_and_what_is_emitted_sets_the_same_in_one_go() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["seeds", "tests/scripts", "tests/stress"] {
        for layout in ["packet", "booklet", "large-print", "edition"] {
            if (folder, layout) == ("tests/scripts", "large-print") {
                // Names of characters without a font fill whole titles there, and pages on which nothing else fits.
                continue;
            }
            let book = Book::laid_out(&root.join(folder), layout);
            // Characters that a font promised in vain are named, and then the book is begun again.
            assert!(book.settings == 2 || folder != "seeds", "{folder} in {layout}: {} settings", book.settings);
            let made_up = book.texts();
            assert_same_pages(&made_up, &book.in_plain_typst().texts(), &format!("{folder} in {layout}"));
        }
    }
}

#[test]
fn a_design_that_starts_documents_nowhere_is_told_where_they_may_start() {
    let (packet, _) = dossier::layout::load("packet", &BTreeMap::new());
    let design = packet.expect("the layout is embedded").file("design.typ").replace("\"page\"", "\"rekto\"");
    let outcome = one().file("layouts/packet/design.typ", &design).build().ends(1);
    outcome.tells(&["design.typ says that documents start at \"rekto\"; write \"page\", \"recto\""]);
}

#[test]
fn the_editors_own_pages_stand_where_the_contents_say() {
    let preface = "# Why these\n\nWe chose one.\n\n".to_owned() + &"Nobody else kept any of it. ".repeat(400);
    let collection = one().file("preface.md", &preface).file("afterword.md", "# What came of it\n\nNothing did.\n");
    for layout in ["packet", "booklet", "edition"] {
        let book = Book::laid_out(&collection.folder(), layout);
        let made_up = book.texts();
        let text = made_up.concat();
        assert!(text.contains("Why these") && text.contains("What came of it"), "{layout}: {text}");
        assert_same_pages(&made_up, &book.in_one_go().texts(), layout);
    }
}

#[test]
fn contents_of_somebodys_own_may_count_the_pages_of_the_whole_book() {
    let (packet, _) = dossier::layout::load("packet", &BTreeMap::new());
    let contents = packet.expect("the layout is embedded").file("contents.typ").to_owned();
    let counted = "  part-head(edition.words.contents, key: \"contents\")\n";
    assert!(contents.contains(counted), "the contents have their head");
    let contents = contents
        .replace(counted, &format!("{counted}  context [This book has #counter(std.page).final().first() pages.]\n"));
    let text = "# A meeting\n\n3 May 2019\n\nThe Harbour Workers Union (HWU) met, and nobody spoke against it.\n";
    let collection = Collection::new().file("a.md", text).file("layouts/packet/contents.typ", &contents);
    let book = Book::of(&collection.folder());
    let all = book.texts().len();
    let text = bare(&book.text());
    assert!(text.contains(&bare(&format!("This book has {all} pages."))), "{all}: {text}");
}

#[test]
fn a_main_file_that_knows_no_parts_is_set_as_a_whole() {
    let main = "#import \"/edition.typ\": edition\n#import \"/glossary.typ\": groups\n\
        #import \"/layout/page.typ\": sheet\n#import \"/layout/contents.typ\": contents\n\
        #import \"/layout/document.typ\": whole-document\n#import \"/layout/glossary.typ\": colophon, glossary\n\
        #set text(lang: edition.lang)\n#show: sheet.with(edition)\n#contents(edition)\n\
        #for entry in edition.documents {\n  import entry.path: body, head\n  \
        whole-document(entry, head, body)\n}\n\
        #import \"/colophon.typ\": body\n#glossary(edition, groups)\n#colophon(edition, body)\n";
    let text = "# A meeting\n\n3 May 2019\n\nThe Harbour Workers Union (HWU) met, and nobody spoke against it.\n";
    let collection = Collection::new().file("a.md", text).file("layouts/packet/main.typ", main);
    collection.build().ends(0);
    let book = Book::of(&collection.folder());
    let text = book.texts().join("\n");
    assert!(text.contains("nobody spoke against it") && text.contains("Glossary of organizations"), "{text}");
    let page = book.pressed.pages.documents[0];
    assert!(book.texts()[0].contains(&page.to_string()), "its contents name the page: {}", book.texts()[0]);
}
