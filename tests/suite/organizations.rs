//! The organizations as a reader and an editor meet them: locators, headnotes, the authority file and its draft, doubts,
//! and the words in other languages.

use crate::collection::{Collection, word};
use crate::pages::Book;
use dossier::document::passage::{passages, text};
use dossier::document::{Block, Inline, Tree};
use dossier::edition::glossary::{self, Item};
use dossier::edition::{self, Edition, Imprint};
use dossier::organization::Authority;
use dossier::{annotation, collection, folder, layout};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Sentences in which nobody is named.
const FILLER: &str = "The clerk read out the minutes of the last sitting, which were found correct, and the members went on to \
                      the next item on the paper before them. Nobody spoke against it, and the rain went on falling on the \
                      roof of the hall. ";

/// The edition of a collection, before any page is set.
fn edited(collection: &Collection) -> Edition {
    let folder = folder::read(&collection.folder(), None).expect("the folder can be read");
    let authority = match &folder.authority {
        Some(text) => Authority::embedded().with_editor(text).expect("the authority file is well-formed"),
        None => Authority::embedded(),
    };
    let (documents, _) = collection::collect(folder.captures, &folder.settings, &folder.sidecars);
    let annotated = annotation::annotate(documents, &authority, |_, _| true);
    let (layout, problems) = layout::load(layout::DEFAULT, &folder.layouts);
    assert!(problems.is_empty(), "{problems:?}");
    let imprint = Imprint { folder: folder.name, ..Imprint::default() };
    edition::edit(annotated, &folder.settings, &imprint, &layout.expect("the layout is embedded"))
        .unwrap_or_else(|problem| panic!("{}", problem.message))
}

/// The words of blocks, without their markup.
fn plain(blocks: &[Block]) -> String {
    let runs = passages(&Tree { blocks: blocks.to_vec(), ..Tree::default() }).runs;
    let words: Vec<String> = runs.iter().map(|run| run.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    words.join(" ")
}

fn headnotes(edition: &Edition) -> Vec<String> {
    edition.items.iter().map(|item| plain(&item.context)).collect()
}

fn entry<'a>(glossary: &'a glossary::Glossary, heading: &str) -> &'a Item {
    let items = glossary.groups.iter().flat_map(|group| &group.items);
    items.into_iter().find(|item| item.heading == heading && item.key.is_some()).expect("the entry is there")
}

/// What is printed in bold.
fn bold(blocks: &[Block]) -> Vec<String> {
    let mut found = Vec::new();
    for block in blocks {
        let Block::Paragraph(content) = block else { continue };
        found.extend(content.iter().filter_map(|inline| match inline {
            Inline::Strong(content) => Some(text(content)),
            _ => None,
        }));
    }
    found
}

/// A document of many pages: one body throughout, one on a few pages in a row and once far behind.
fn long() -> Collection {
    let body: String = (0..120)
        .map(|index| {
            let union = "The Harbour Workers Union (HWU) sent two delegates. ";
            let league = if index < 30 || index == 100 { "The Lamp Lighters League answered at length. " } else { "" };
            let guild =
                if index == 60 { "The Rope Makers Guild, a union of the harbour's rope walks, wrote. " } else { "" };
            let again = if index % 40 == 1 { "The Rope Makers Guild was thanked. " } else { "" };
            format!("{union}{league}{guild}{again}{FILLER}{FILLER}\n\n")
        })
        .collect();
    Collection::new().file("a.md", &format!("---\ndate: 2001-02-03\n---\n\n{body}"))
}

#[test]
fn locators_join_ranges_say_passim_and_print_the_principal_passage_in_bold() {
    let book = Book::of(&long().folder());
    let pages = &book.pressed.pages;
    let glossary =
        glossary::compile(&book.edition, Some(pages)).unwrap_or_else(|problem| panic!("{}", problem.message));
    let locators = |heading: &str| entry(&glossary, heading).locators.clone().expect("an entry has locators");
    let union = plain(&locators("Harbour Workers Union"));
    assert!(union.contains("passim") && !union.contains('–'), "{union}");
    let league = plain(&locators("Lamp Lighters League"));
    assert!(league.contains('–') && league.contains(", ") && !league.contains("passim"), "{league}");
    let guild = locators("Rope Makers Guild");
    let defined = book.body(0).into_iter().find(|(_, text)| text.contains("a union of the")).expect("it is printed").0;
    assert_eq!(bold(&guild), [defined.to_string()], "{}", plain(&guild));
}

#[test]
fn every_locator_is_right_and_no_page_is_forgotten() {
    let book = Book::of(&long().folder());
    let pages = &book.pressed.pages;
    let glossary =
        glossary::compile(&book.edition, Some(pages)).unwrap_or_else(|problem| panic!("{}", problem.message));
    let body = book.body(0);
    for (heading, forms) in [
        ("Harbour Workers Union", ["Harbour Workers Union", "HWU"]),
        ("Lamp Lighters League", ["Lamp Lighters League"; 2]),
        ("Rope Makers Guild", ["Rope Makers Guild"; 2]),
    ] {
        let printed = plain(entry(&glossary, heading).locators.as_ref().expect("an entry has locators"));
        let (number, list) = printed.split_once(": ").expect("the pages stand behind the number");
        assert_eq!(number, "1");
        let mut cited = BTreeSet::new();
        for range in list.split(", ").filter(|range| *range != "passim") {
            let (first, last) = range.split_once('–').unwrap_or((range, range));
            let page = |text: &str| text.parse::<u64>().unwrap_or_else(|_| panic!("{text} is no page: {printed}"));
            cited.extend(page(first)..=page(last));
        }
        let holds = |page: u64| {
            let text = body.get(&page).cloned().unwrap_or_default();
            let next = body.get(&(page + 1)).cloned().unwrap_or_default();
            let previous = body.get(&(page - 1)).cloned().unwrap_or_default();
            let around = [text.clone(), format!("{text} {next}"), format!("{previous} {text}")];
            forms.iter().any(|form| around.iter().any(|text| text.contains(form)))
        };
        for page in &cited {
            assert!(holds(*page), "{heading} is not on page {page}: {printed}");
        }
        for (page, text) in &body {
            let is_cited = cited.contains(page) || list.contains("passim");
            let names = forms.iter().any(|form| text.contains(form));
            assert!(!names || is_cited, "{heading} stands on page {page}, which {printed} does not cite");
        }
    }
}

/// Two bodies of which one became the other, with an editor's file.
fn guilds() -> Collection {
    let authority = "[[organization]]\nheading = \"Harbour Workers Union\"\nacronym = \"HWU\"\nearlier = [\"Rope Makers Guild\"]\n\
                     wikidata = \"Q42\"\nviaf = \"123456\"\nsee_also = [\"Lamp Lighters League\"]\n\
                     variants = [\"Union of the Harbour\"]\ndescription = \"The union of the \\\"old\\\" harbour.\"\n\n\
                     [[organization]]\nheading = \"Nobody's Fund\"\n";
    let text = "The Harbour Workers Union met the Rope Makers Guild and the Lamp Lighters League.\n\nThe QXZ has workers, and \
                the workers of the QXZ struck. The QXZ refused.\n";
    Collection::new().file("a.txt", text).file("organizations.toml", &format!("ignore = [\"Zero\"]\n{authority}"))
}

#[test]
fn the_authority_file_is_printed_and_its_entries_point_at_each_other() {
    let edition = edited(&guilds());
    let glossary = glossary::compile(&edition, None).unwrap_or_else(|problem| panic!("{}", problem.message));
    let union = plain(&entry(&glossary, "Harbour Workers Union").body);
    for words in ["The union of the \"old\" harbour.", "Earlier Rope Makers Guild.", "Wikidata Q42.", "VIAF 123456."] {
        assert!(union.replace(['“', '”'], "\"").contains(words), "{words}: {union}");
    }
    assert!(union.contains("See also Lamp Lighters League."), "{union}");
}

#[test]
fn the_draft_keeps_what_the_editor_wrote_and_drafting_it_again_changes_nothing() {
    let collection = guilds();
    let draft = collection.run(&["glossary", "papers", "--format", "toml"]).ends(0).stdout;
    for kept in [
        "ignore = [\"Zero\"]",
        "heading = \"Nobody's Fund\"",
        "earlier = [\"Rope Makers Guild\"]",
        "wikidata = \"Q42\"",
        "variants = [\"Union of the Harbour\"]",
        "description = \"The union of the \\\"old\\\" harbour.\"",
    ] {
        assert!(draft.contains(kept), "{kept} is lost: {draft}");
    }
    assert!(draft.contains("\nheading = \"Lamp Lighters League\""), "{draft}");
    let again = collection.file("organizations.toml", &draft);
    assert_eq!(again.run(&["glossary", "papers", "--format", "toml"]).ends(0).stdout, draft);
    again.run(&["check", "papers"]).ends(0).keeps_silent_on("error[");
}

#[test]
fn the_draft_of_the_sample_collection_is_stable() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let collection = Collection::copy_of(&seeds);
    fs::remove_file(collection.path("organizations.toml")).expect("the sample has an authority file");
    let draft = collection.run(&["glossary", "papers", "--format", "toml"]).ends(0).stdout;
    let again = collection.file("organizations.toml", &draft);
    assert_eq!(again.run(&["glossary", "papers", "--format", "toml"]).ends(0).stdout, draft);
}

#[test]
fn doubtful_pairs_are_asked_about_and_an_answer_ends_the_question() {
    let collection = Collection::new()
        .file("a.txt", "The National Students Federation met in the hall, and nobody spoke against it.\n")
        .file("b.txt", "The National Student Federation met in the yard, and nobody spoke against it.\n");
    let words = ["warning[doubtful-organization]", "National Student Federation", "National Students Federation"];
    collection.run(&["check", "papers"]).ends(0).tells(&words);
    assert_eq!(collection.glossary(&[]).len(), 2, "likeness alone joins nothing");
    let answer =
        "[[organization]]\nheading = \"National Students Federation\"\nvariants = [\"National Student Federation\"]\n";
    let answered = collection.file("organizations.toml", answer);
    answered.run(&["check", "papers"]).ends(0).keeps_silent_on("doubtful-organization");
    assert_eq!(answered.glossary(&[]).len(), 1);
}

#[test]
fn an_ignored_name_has_no_entry() {
    let collection =
        guilds().file("organizations.toml", "ignore = [\"Rope Makers Guild\"]\nnot = [\"Lamp Lighters League\"]\n");
    let rows = collection.glossary(&[]);
    let names: BTreeSet<&str> = rows.iter().map(|row| word(&row["name"])).collect();
    assert!(names.contains("Harbour Workers Union"), "{names:?}");
    assert!(!names.contains("Rope Makers Guild") && !names.contains("Lamp Lighters League"), "{names:?}");
}

#[test]
fn headnotes_tell_of_second_captures_excerpts_and_translations() {
    let said = "On 14 March the 312 delegates of the Harbour Workers Union and of the Rope Makers Guild resolved by 287 votes to \
                25 that work on the 9 quays stops until the board of the port has paid what it owes for the years 1998 and \
                1999. The chairman thanked those who had come from far away, and closed the sitting before noon.";
    let french = "Le 14 mars, les 312 délégués de la Harbour Workers Union et de la Rope Makers Guild ont décidé par 287 voix \
                  contre 25 que le travail sur les 9 quais cesse jusqu'à ce que la direction du port ait payé ce qu'elle doit \
                  pour les années 1998 et 1999. Le président a remercié ceux qui étaient venus de loin, et a levé la séance.";
    let dated = |day: &str, text: &str| format!("---\ndate: 2001-03-{day}\n---\n\n{text}\n");
    let collection = Collection::new()
        .settings("duplicates = \"keep\"\n")
        .file("a.md", &dated("15", said))
        .file(
            "b.md",
            &dated(
                "16",
                &format!(
                    "{FILLER}{said} {FILLER}\n\nWhat follows is another matter and long enough. {}",
                    "The river rose again over the lower fields while every boat was out, and so on it went. "
                        .repeat(6)
                ),
            ),
        )
        .file("c.md", &dated("17", said))
        .file("d.md", &dated("18", french));
    let notes = headnotes(&edited(&collection));
    assert!(notes[0].contains("the same text as no. 3") || notes[0].contains("no. 3, captured"), "{notes:?}");
    assert!(notes[0].contains("Most of its text stands in no. 2"), "{notes:?}");
    assert!(notes[3].contains("may be the same text in another language"), "{notes:?}");
}

#[test]
fn the_headnotes_and_the_glossary_of_the_sample_collection_read_like_an_editors() {
    let edition = edited(&Collection::copy_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")));
    insta::assert_snapshot!("headnotes", headnotes(&edition).join("\n\n"));
    let glossary = glossary::compile(&edition, None).unwrap_or_else(|problem| panic!("{}", problem.message));
    let items = glossary.groups.iter().flat_map(|group| &group.items);
    let lines: Vec<String> = items
        .map(|item| {
            let acronym = item.acronym.as_ref().map(|acronym| format!(" ({acronym})")).unwrap_or_default();
            let locators = item.locators.as_ref().map(|locators| format!(" {}", plain(locators))).unwrap_or_default();
            format!("{}{acronym}. {}{locators}", item.heading, plain(&item.body))
        })
        .collect();
    insta::assert_snapshot!("glossary", lines.join("\n"));
}

/// Two dated documents that share one body, under words of another language.
fn in_words(language: &str, words: &str, headnote: &str) -> Collection {
    Collection::new()
        .settings(&format!("language = \"{language}\"\n"))
        .file("layouts/packet/words.toml", words)
        .file("layouts/packet/headnote.md", headnote)
        .file("a.md", "---\ndate: 2001-02-03\n---\n\nThe Harbour Workers Union and the Rope Makers Guild met.\n")
        .file("b.md", "---\ndate: 2003-03-05\n---\n\nThe Harbour Workers Union met the Lamp Lighters League.\n")
}

#[test]
fn a_layouts_words_can_be_french() {
    let collection = in_words("fr", include_str!("words/fr/words.toml"), include_str!("words/fr/headnote.md"));
    let notes = headnotes(&edited(&collection));
    assert_eq!(
        notes[0],
        "Le recueil s’ouvre ici. Harbour Workers Union et Rope Makers Guild apparaissent ici pour la première fois."
    );
    assert_eq!(
        notes[1].replace('\u{a0}', " "),
        "Ce document suit le n° 1 de 2 ans et 1 mois. Lamp Lighters League apparaît ici pour la première fois. \
         Harbour Workers Union (n° 1) est déjà connu."
    );
    let text = Book::of(&collection.folder()).text();
    assert!(text.contains("Glossaire des organisations") && text.contains("Table des matières"), "{text}");
}

#[test]
fn a_layouts_words_can_be_spanish() {
    let collection = in_words("es", include_str!("words/es/words.toml"), include_str!("words/es/headnote.md"));
    let notes = headnotes(&edited(&collection));
    assert!(notes[0].contains("Aparecen aquí por primera vez Harbour Workers Union y Rope Makers Guild."), "{notes:?}");
    assert!(
        notes[1].contains("2 años y 1 mes después. Aparece aquí por primera vez Lamp Lighters League."),
        "{notes:?}"
    );
    let text = Book::of(&collection.folder()).text();
    assert!(text.contains("Glosario de organizaciones"), "{text}");
}

#[test]
fn a_layouts_words_can_be_urdu() {
    let collection = in_words("ur", include_str!("words/ur/words.toml"), include_str!("words/ur/headnote.md"));
    let edition = edited(&collection);
    let notes = headnotes(&edition);
    assert!(notes[0].contains("Harbour Workers Union اور Rope Makers Guild یہاں پہلی بار آتی ہیں۔"), "{notes:?}");
    assert!(notes[1].contains("2 سال اور 1 مہینہ بعد کی ہے۔ Lamp Lighters League یہاں پہلی بار آتی ہے۔"), "{notes:?}");
    assert_eq!(edition.words["glossary"].as_str(), Some("تنظیموں کی فرہنگ"));
}

#[test]
fn dates_are_said_in_the_words_of_the_layout() {
    for (language, words, headnote, date) in [
        ("fr", include_str!("words/fr/words.toml"), include_str!("words/fr/headnote.md"), "5 mars 2003"),
        ("es", include_str!("words/es/words.toml"), include_str!("words/es/headnote.md"), "5 de marzo de 2003"),
        ("ur", include_str!("words/ur/words.toml"), include_str!("words/ur/headnote.md"), "5 مارچ 2003ء"),
    ] {
        let edition = edited(&in_words(language, words, headnote));
        assert_eq!(edition.items[1].facts.date, date);
        assert_eq!(edition.items[1].facts.short_date, date);
        assert_eq!(edition.book.to.as_deref(), Some(date));
    }
}

#[test]
fn plurals_take_the_forms_of_the_languages_categories() {
    let russian = "{{ (new | length) | plural(one=\"организация\", few=\"организации\", many=\"организаций\") }}";
    let words = "language = \"ru\"\n";
    let notes = headnotes(&edited(&in_words("ru", words, russian)));
    assert_eq!(notes, ["организации", "организация"]);
}

#[test]
fn documents_that_quote_one_sentence_or_one_person_are_on_the_same_matter() {
    let about = |date: &str, text: &str| format!("---\ndate: {date}\n---\n\n{text}\n");
    let said = "“the gates of the old harbour will stay open to everybody”";
    let collection = Collection::new()
        .file("a.md", &about("2001-01-01", &format!("On the pier Jane Okafor said {said}.")))
        .file("b.md", &about("2001-02-01", "The rope walk was painted."))
        .file("c.md", &about("2001-03-01", &format!("Somebody wrote {said} on a wall.")))
        .file("d.md", &about("2001-04-01", "Later Jane Okafor told the clerk that she would go."))
        .file("e.md", &about("2001-05-01", "The lamps were lit."))
        .file("f.md", &about("2001-06-01", "The lamps were put out."));
    let notes: Vec<String> = headnotes(&edited(&collection)).iter().map(|note| note.replace('\u{a0}', " ")).collect();
    let open = "On the same matter see no. 3 (“the gates of the old harbour will stay open to everybody”)";
    assert!(notes[0].contains(open) && notes[0].contains("no. 4 (Jane Okafor)"), "{notes:?}");
    assert!(!notes[1].contains("same matter") && !notes[4].contains("same matter"), "{notes:?}");
}

#[test]
fn a_document_that_names_a_body_only_in_a_line_left_out_has_no_page_and_says_so() {
    let text = "National Sections of the QZX:\n\nThe bridge will be mended\n\nPrinter-friendly version\n\nThe committee met and \
                agreed to mend the bridge before the winter. Nobody spoke against it, and the meeting closed early.\n";
    let edition = edited(&Collection::new().file("a.txt", text));
    let glossary = glossary::compile(&edition, None).unwrap_or_else(|problem| panic!("{}", problem.message));
    let locators = plain(entry(&glossary, "QZX").locators.as_ref().expect("an entry has locators"));
    assert_eq!(locators, "1 (in a line left out)");
}

#[test]
fn names_are_known_in_many_languages_and_scripts() {
    for (text, names) in [
        (
            "A Central Única dos Trabalhadores (CUT) e a Câmara dos Deputados reuniram-se ontem na cidade e não disseram mais nada sobre o assunto.",
            ["Central Única dos Trabalhadores", "Câmara dos Deputados"],
        ),
        (
            "La Confédération paysanne et le Syndicat de la magistrature ont refusé hier soir de répondre aux questions des journalistes présents.",
            ["Confédération paysanne", "Syndicat de la magistrature"],
        ),
        (
            "İnsan Hakları Derneği ile Adalet ve Kalkınma Partisi (AKP) dün akşam yapılan toplantıda bir araya geldi ve konuştu.",
            ["İnsan Hakları Derneği", "Adalet ve Kalkınma Partisi"],
        ),
        (
            "Верховный суд и Союз писателей России отказались вчера от комментариев и ничего больше не сказали журналистам.",
            ["Верховный суд", "Союз писателей России"],
        ),
        (
            "وقال حزب العمال السلدافي إن وزارة الداخلية العراقية رفضت الطلب أمس ولم تقل شيئا آخر في هذا الموضوع",
            ["حزب العمال السلدافي", "وزارة الداخلية العراقية"],
        ),
        (
            "عوامی ورکرز پارٹی نے کہا کہ سندھ ہائی کورٹ نے درخواست منظور کر لی ہے اور کل سماعت ہو گی۔",
            ["عوامی ورکرز پارٹی", "سندھ ہائی کورٹ"],
        ),
    ] {
        let edition = edited(&Collection::new().file("a.txt", &format!("{text}\n")));
        let found: BTreeSet<&str> = edition.annotated.organizations().map(|(_, entry)| entry.name.as_str()).collect();
        assert_eq!(found, BTreeSet::from(names), "{text}");
    }
}

#[test]
fn operations_places_and_schemes_are_no_organizations() {
    let text = "Operation Olive Branch, the Belt and Road Initiative, the Court Theatre, Fort Council, the Dirksen Senate Office Building and \
                Labour Day are no bodies; the Sierra Valley Alliance is one, and so are the United Farm Workers of Syldavia.\n";
    let edition = edited(&Collection::new().file("a.txt", text));
    let found: Vec<&str> = edition.annotated.organizations().map(|(_, entry)| entry.name.as_str()).collect();
    assert_eq!(found, ["Sierra Valley Alliance", "United Farm Workers of Syldavia"]);
}
