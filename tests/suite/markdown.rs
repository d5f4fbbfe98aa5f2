//! The examples of CommonMark, of GitHub Flavored Markdown and of pulldown-cmark as a ratchet: what they say and how it is
//! built is in the tree, and their words are on the pages. What each document defines stays its own.

mod examples;
mod html;
mod outline;

use crate::collection::Collection;
use crate::pages::{Book, bare};
use crate::text_as_data::printable;
use dossier::collection::Capture;
use dossier::document::{Block, Format, markdown};
use dossier::folder::Folder;
use dossier::settings::Settings;
use examples::Example;
use outline::Outline;
use pulldown_cmark::{Event, Parser};
use std::collections::BTreeSet;

/// A sentence above each example, so that no line of it is taken for a title.
const OPENING: &str = "What stands below the asterisks is the example, and this sentence is here for the reason that no line \
    of the example should be taken for a title.";

/// What an example shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// How the text is built.
    Outline,
    /// What is printed.
    Pages,
}

/// The examples that are known to differ, by their side: those of the file that says why.
fn exceptions(side: Side) -> BTreeSet<&'static str> {
    let mark = if side == Side::Outline { " outline: " } else { " pages: " };
    let lines = include_str!("markdown/exceptions.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(mark)).map(|(name, _)| name).collect()
}

fn examples() -> Vec<Example> {
    [examples::commonmark(), examples::gfm(), examples::pulldown()].into_iter().flatten().collect()
}

/// Fails unless the examples that differ are those of the file.
fn are_known(side: Side, differing: &[(String, String)]) {
    let known = exceptions(side);
    let unknown: Vec<&str> =
        differing.iter().filter(|(name, _)| !known.contains(name.as_str())).map(|(_, why)| why.as_str()).collect();
    assert!(unknown.is_empty(), "{} examples differ now:\n{}", unknown.len(), unknown.join("\n"));
    let mended: Vec<&str> = known.into_iter().filter(|known| differing.iter().all(|(name, _)| name != known)).collect();
    assert!(mended.is_empty(), "these do not differ any more; take them off the list: {mended:?}");
}

/// Whether raw HTML stands in a text.
fn has_html(text: &str) -> bool {
    Parser::new(text).any(|event| matches!(event, Event::Html(_) | Event::InlineHtml(_)))
}

fn outline(text: &str) -> Outline {
    outline::of_tree(&markdown::parse(text, 0..text.len()))
}

#[test]
fn every_example_has_the_outline_of_its_specification() {
    let examples = examples();
    assert_eq!(examples.len(), 652 + 44 + 417);
    let mut differing = Vec::new();
    for Example { name, markdown, html } in examples {
        let has_html = has_html(&markdown);
        let said = |outline: &Outline| {
            if has_html { bare(&outline.said()) } else { outline.written() }
        };
        let (found, wanted) = (said(&outline(&markdown)), said(&html::outline(&html)));
        if found != wanted {
            differing.push((name.clone(), format!("{name}\n{markdown}\nwanted {wanted}\nfound  {found}\n")));
        }
    }
    are_known(Side::Outline, &differing);
}

#[test]
fn the_words_of_every_example_are_on_the_pages() {
    let examples = examples();
    let capture = |(index, example): (usize, &Example)| Capture {
        path: format!("{index:04}.md"),
        bytes: format!("{OPENING}\n\n***\n\n{}", example.markdown).into_bytes(),
        format: Format::Markdown,
        withheld: None,
    };
    let captures = examples.iter().enumerate().map(capture).collect();
    let settings = Settings { mask: false, faithful: true, ..Settings::default() };
    let book = Book::set(Folder { name: "papers".to_owned(), captures, settings, ..Folder::default() });
    let coverage = &book.pressed.coverage;
    let bodies = book.bodies();
    let built_otherwise = exceptions(Side::Outline);
    let mut differing = Vec::new();
    for (document, body) in book.edition.annotated.collection.documents.iter().zip(bodies) {
        let index: usize = document.source.path[..4].parse().expect("the files are numbered");
        let Example { name, markdown, html } = &examples[index];
        let words = if built_otherwise.contains(name.as_str()) || has_html(markdown) {
            outline(markdown).words()
        } else {
            html::outline(html).words()
        };
        let wanted = printable(&format!("{OPENING}{words}"), coverage);
        let found = printable(&body.into_values().collect::<String>(), coverage);
        if found != wanted {
            differing.push((name.clone(), format!("{name}\n{markdown}\nwanted {wanted}\nfound  {found}\n")));
        }
    }
    are_known(Side::Pages, &differing);
}

#[test]
fn notes_headings_and_addresses_of_two_documents_never_meet() {
    let text = |name: &str| {
        format!(
            "{OPENING}\n\n# The same heading\n\nThe {name} text has a note[^1] and leads [there][here].\n\n\
             [^1]: The note of the {name} text.\n\n[here]: https://{name}.example/\n"
        )
    };
    let undefined = format!("{OPENING}\n\nThe third text means no note[^1] and no [address][here].\n");
    let collection =
        Collection::new().file("a.md", &text("first")).file("b.md", &text("second")).file("c.md", &undefined);
    collection.build().ends(0);
    let book = Book::of(&collection.folder());
    let bodies: Vec<String> =
        book.bodies().into_iter().map(|body| bare(&body.into_values().collect::<String>())).collect();
    for (body, (own, other)) in bodies.iter().zip([("first", "second"), ("second", "first")]) {
        assert!(body.contains("Thesameheading"), "{body}");
        assert!(body.contains(&format!("anoteThenoteofthe{own}text.andleadsthere")), "{body}");
        assert!(!body.contains(other), "{body}");
    }
    assert!(bodies[2].ends_with("meansnonote[^1]andno[address][here]."), "{}", bodies[2]);
    let all = bare(&book.text());
    for name in ["first", "second"] {
        assert_eq!(all.matches(&format!("Thenoteofthe{name}text.")).count(), 1, "{all}");
        assert!(all.contains(&format!("https://{name}.example/")), "{all}");
    }
}

#[test]
fn a_note_that_only_itself_refers_to_is_printed_once() {
    let text =
        format!("{OPENING}\n\n[^a]: The first note, see[^b].\n\n[^b]: The second note, see[^a] and again[^b].\n");
    let collection = Collection::new().file("a.md", &text);
    collection.build().ends(0);
    let all = bare(&Book::of(&collection.folder()).text());
    for note in ["Thefirstnote,see", "Thesecondnote,see"] {
        assert_eq!(all.matches(note).count(), 1, "{all}");
    }
}

#[test]
fn lists_and_quotations_are_nested_as_deep_as_people_write() {
    let levels = 1..=10;
    let bullets: String = levels.clone().map(|level| format!("{}- bullet {level}\n", "  ".repeat(level))).collect();
    let numbers: String =
        levels.clone().map(|level| format!("{}1. number {level}\n", "   ".repeat(level - 1))).collect();
    let quotes: String = levels.clone().map(|level| format!("{} quote {level}\n\n", ">".repeat(level))).collect();
    let text = format!("{OPENING}\n\n- top\n{bullets}\n\n***\n\n{numbers}\n\n***\n\n{quotes}");
    let mut depth = 0;
    let mut blocks = markdown::parse(&text, 0..text.len()).blocks;
    while let Some(Block::List { mut items, .. }) = blocks.into_iter().find(|block| matches!(block, Block::List { .. }))
    {
        blocks = items.remove(0);
        depth += 1;
    }
    assert_eq!(depth, 11);
    let collection = Collection::new().file("a.md", &text);
    collection.build().ends(0);
    let body = bare(&Book::of(&collection.folder()).body(0).into_values().collect::<String>());
    for kind in ["bullet", "number", "quote"] {
        assert!(body.contains(&levels.clone().map(|level| format!("{kind}{level}")).collect::<String>()), "{body}");
    }
}
