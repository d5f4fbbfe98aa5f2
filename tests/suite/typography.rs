//! What a typographer sees first: lines alone on a page, headings at its foot, text outside its margins or on other text.
//!
//! The detectors read the laid-out pages. Each is shown to catch a fault that was planted; in no layout do they find one
//! in the trial prints of `tests/stress`.

use crate::collection::Collection;
use crate::pages::{Book, Kind, Line};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The layouts that the program carries.
pub const LAYOUTS: [&str; 4] = ["booklet", "edition", "large-print", "packet"];

/// How many words the longest document of the trial prints has: some sixty pages of the packet.
const LONG: usize = 26_000;

/// The trial prints, with a report of so many words among them.
pub fn trial_prints(words: usize) -> Collection {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stress");
    Collection::copy_of(&folder).file("long-report.md", &long_report(words))
}

/// A report of so many words, with headings, lists and paragraphs of every length.
fn long_report(words: usize) -> String {
    let stock = "the councils of the valley met again and nobody who had been asked would say what the owners had offered \
                 before the winter when the pits stood idle and the trains went by without stopping at any station";
    let stock: Vec<&str> = stock.split_whitespace().collect();
    let mut text = "---\ntitle: Report of the Commission\ndate: 2021-09-30\n---\n\n".to_owned();
    let (mut written, mut paragraph) = (0, 0);
    while written < words {
        let length = 6 + (paragraph * 37) % 113;
        if paragraph % 3 == 1 {
            text.push_str(&format!("## What the {paragraph}th witness said\n\n"));
        }
        let bullet = if paragraph % 11 == 5 { "- " } else { "" };
        let body: Vec<&str> = (0..length).map(|word| stock[(written + word * 5) % stock.len()]).collect();
        text.push_str(&format!("{bullet}It is said that {}.\n\n", body.join(" ")));
        written += length;
        paragraph += 1;
    }
    text
}

/// A table of so many rows, each with a cell of several lines.
fn long_table(rows: usize) -> String {
    let said =
        "that nobody had asked for it and that whoever had asked for it would be the first to go without ".repeat(8);
    let rows = (1..=rows).map(|row| format!("| {row} | {} |\n", &said[..330 + (row * 37) % 230]));
    format!("---\ntitle: Answers\n---\n\n| No | What was said |\n|---|---|\n{}", rows.collect::<String>())
}

/// Lines that stand alone on a page, cut off from the paragraph they begin or end.
fn stranded(lines: &[Line]) -> Vec<&Line> {
    let mut paragraphs: BTreeMap<(usize, usize), BTreeMap<usize, Vec<&Line>>> = BTreeMap::new();
    for line in lines.iter().filter(|line| matches!(line.kind, Kind::Running | Kind::Heading)) {
        let pages = paragraphs.entry((line.document, line.paragraph)).or_default();
        pages.entry(line.page).or_default().push(line);
    }
    let parted = paragraphs.into_values().filter(|pages| pages.len() > 1);
    parted.flat_map(BTreeMap::into_values).filter(|here| here.len() == 1).flatten().collect()
}

/// Headings whose text begins on the next page.
fn headings_at_foot(lines: &[Line]) -> Vec<&Line> {
    let begins: BTreeMap<(usize, usize), usize> = lines
        .iter()
        .rev()
        .filter(|line| line.kind != Kind::Heading)
        .map(|line| ((line.document, line.paragraph), line.page))
        .collect();
    let follows = |line: &Line| {
        let after = (line.document, line.paragraph + 1)..(line.document + 1, 0);
        begins.range(after).next().map(|(_, page)| *page)
    };
    lines
        .iter()
        .filter(|line| line.kind == Kind::Heading && follows(line).is_some_and(|page| page > line.page))
        .collect()
}

/// Pages with next to nothing on them, although the document goes on: fewer than five lines, no picture here or next.
fn thin(book: &Book, lines: &[Line]) -> Vec<usize> {
    const FEWEST: usize = 5;
    let mut heights: BTreeMap<usize, BTreeSet<i64>> = BTreeMap::new();
    let mut ends: BTreeMap<usize, usize> = BTreeMap::new();
    for line in lines {
        // Lines of one row of a table count once; whole points tell rows apart.
        heights.entry(line.page).or_default().insert(line.y.round() as i64);
        let end = ends.entry(line.document).or_default();
        *end = line.page.max(*end);
    }
    let illustrated: BTreeSet<usize> = book.pictures().iter().map(|(page, ..)| *page).collect();
    let goes_on = |page: usize| !ends.values().any(|end| *end == page);
    let has_room = |page: usize| !illustrated.contains(&page) && !illustrated.contains(&(page + 1));
    let pages =
        heights.into_iter().filter(|(page, heights)| heights.len() < FEWEST && goes_on(*page) && has_room(*page));
    pages.map(|(page, _)| page + 1).collect()
}

/// Cells of a few lines that a page's end cuts in two.
fn cut_rows(lines: &[Line]) -> Vec<&Line> {
    const WHOLE: usize = 8;
    let mut cells: BTreeMap<(usize, usize), Vec<&Line>> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.kind == Kind::Cell) {
        cells.entry((line.document, line.paragraph)).or_default().push(line);
    }
    let is_cut = |cell: &Vec<&Line>| cell.iter().any(|line| line.page != cell[0].page);
    cells.into_values().filter(|cell| cell.len() <= WHOLE && is_cut(cell)).flatten().collect()
}

/// Characters that stand nearer to an edge of the paper than any margin of the layouts.
fn outside(book: &Book) -> Vec<String> {
    const NEAREST: f64 = 28.0;
    let mut found = Vec::new();
    for (index, page) in book.pressed.document.pages().iter().enumerate() {
        let (width, height) = (page.frame.width().to_pt(), page.frame.height().to_pt());
        for ([left, top, right, bottom], text) in book.boxes(index) {
            if left < NEAREST || top < NEAREST || right > width - NEAREST || bottom > height - NEAREST {
                found.push(format!("page {}: {text}", index + 1));
            }
        }
    }
    found
}

/// Characters that stand on other characters.
fn overlaps(book: &Book) -> Vec<String> {
    const TOUCH: f64 = 1.0;
    let mut found = Vec::new();
    for index in 0..book.pressed.document.pages().len() {
        let boxes: Vec<([f64; 4], String)> =
            book.boxes(index).into_iter().filter(|(_, text)| !text.trim().is_empty()).collect();
        for (at, ([left, top, right, bottom], text)) in boxes.iter().enumerate() {
            for ([other_left, other_top, other_right, other_bottom], other) in &boxes[at + 1..] {
                let across = right.min(*other_right) - left.max(*other_left);
                let down = bottom.min(*other_bottom) - top.max(*other_top);
                if across > TOUCH && down > TOUCH {
                    found.push(format!("page {}: {text} / {other}", index + 1));
                }
            }
        }
    }
    found
}

#[test]
fn no_layout_strands_a_line_or_leaves_its_margins() {
    let collection = trial_prints(LONG);
    for layout in LAYOUTS {
        let book = Book::laid_out(&collection.folder(), layout);
        let lines = book.lines();
        assert!(lines.len() > 1_000, "{layout}");
        assert_eq!(stranded(&lines), Vec::<&Line>::new(), "{layout}");
        assert_eq!(headings_at_foot(&lines), Vec::<&Line>::new(), "{layout}");
        assert_eq!(cut_rows(&lines), Vec::<&Line>::new(), "{layout}");
        assert_eq!(thin(&book, &lines), Vec::<usize>::new(), "{layout}");
        assert_eq!(outside(&book), Vec::<String>::new(), "{layout}");
        assert_eq!(overlaps(&book), Vec::<String>::new(), "{layout}");
    }
}

/// Sets a long report with a shared file of the packet changed.
fn faulty(file: &str, from: &str, to: &str) -> Book {
    let collection = Collection::new().file("long-report.md", &long_report(9_000)).file("table.md", &long_table(60));
    collection.run(&["layout", "eject", "packet", "papers"]).ends(0);
    let path = collection.path(&format!("layouts/packet/{file}"));
    let text = fs::read_to_string(&path).expect("the file was written");
    assert!(text.contains(from), "{file} no longer has `{from}`");
    fs::write(&path, text.replace(from, to)).expect("the file can be written");
    Book::of(&collection.folder())
}

#[test]
fn the_detectors_catch_planted_faults() {
    let careless =
        faulty("page.typ", "costs: (widow: 300%, orphan: 300%, runt: 200%)", "costs: (widow: 0%, orphan: 0%)");
    assert!(!stranded(&careless.lines()).is_empty());
    let loose = faulty("text.typ", "sticky: true", "sticky: false");
    assert!(!headings_at_foot(&loose.lines()).is_empty());
    let cut = faulty("text.typ", "breakable: not whole", "breakable: true");
    assert!(!cut_rows(&cut.lines()).is_empty());
    let torn = faulty(
        "text.typ",
        "#let subhead(level, body) = {",
        "#let subhead(level, body) = {\n  colbreak(weak: true)\n  body\n  colbreak(weak: true)",
    );
    assert!(!thin(&torn, &torn.lines()).is_empty());
    let wide = faulty("design.typ", "outside: 38mm", "outside: 4mm");
    assert!(!outside(&wide).is_empty());
    let tight = faulty("style.typ", "#let leading = beat - text-size", "#let leading = -0.7 * text-size");
    assert!(!overlaps(&tight).is_empty());
}
