//! Comparing two wordings, word by word.
//!
//! What enters: the lines of a document as two editions have it. What leaves: [`Difference`]s in the order of the text, as
//! a list of errata has them: what was read, what is read now, the words before it. Lines are compared first (Myers 1986),
//! then the words of those that differ. Nothing here knows what a word means.

use super::wording::Wording;
use serde::Serialize;
use std::collections::BTreeSet;

/// How many words before a difference are shown, where nothing is read for what is new.
const BEFORE: usize = 4;
/// A replacement of fewer words than this is shown with a word on either side.
const SHORT: usize = 3;
/// How many edits apart two runs may be before they count as altogether different; the cost grows with its square.
const FARTHEST: usize = 1200;

/// Words that differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The words before, where they help to find the place: above all where words were added or taken away.
    pub after: String,
    /// The words of the older wording; empty where words were added.
    pub was: String,
    /// The words of the newer one; empty where words were taken away.
    pub now: String,
}

/// What differs between two wordings below their titles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The words that differ.
    pub differences: Vec<Difference>,
    /// The lines of the newer wording in which something differs.
    pub lines: BTreeSet<usize>,
}

/// A piece of an alignment: so many on the one side for so many on the other.
struct Piece {
    old: std::ops::Range<usize>,
    new: std::ops::Range<usize>,
}

/// The words before a difference.
struct Before<'a> {
    words: &'a [&'a str],
    /// How many words of its own line stand before it.
    on_line: usize,
}

/// Compares two wordings; their titles, the first lines, are left out.
pub fn compare(old: &Wording, new: &Wording) -> Comparison {
    let (old_lines, new_lines) = (old.lines.get(1..).unwrap_or_default(), new.lines.get(1..).unwrap_or_default());
    let mut comparison = Comparison::default();
    for piece in pieces(old_lines, new_lines) {
        let (old_words, _) = words(&old_lines[piece.old.clone()]);
        let (new_words, lines) = words(&new_lines[piece.new.clone()]);
        let first = piece.new.start + 1;
        let inner = pieces(&old_words, &new_words);
        if inner.is_empty() {
            // The words are the same, broken into other lines.
            continue;
        }
        let preceding: Vec<&str> =
            new_lines[..piece.new.start].last().into_iter().flat_map(|line| line.split(' ')).collect();
        let before = |at: usize| {
            let on_line = lines[..at].iter().rev().take_while(|line| lines.get(at) == Some(line)).count();
            // At the beginning of a line, those of the line before help to find it.
            let words = match (on_line, at) {
                (0, 0) => &preceding[..],
                (0, at) => &new_words[..at],
                (on_line, at) => &new_words[at - on_line..at],
            };
            Before { words, on_line }
        };
        for part in joined(inner) {
            let touched = if part.new.is_empty() {
                // Where words are gone, the line is marked in which they stood.
                let at = part.new.start.min(lines.len().saturating_sub(1));
                at..lines.len().min(at + 1)
            } else {
                part.new.clone()
            };
            comparison.lines.extend(lines[touched].iter().map(|line| first + line));
            comparison.differences.push(difference(&old_words, &new_words, &part, &before(part.new.start)));
        }
    }
    comparison
}

/// Gives the words of lines, and for each the line that it stands in.
fn words(lines: &[String]) -> (Vec<&str>, Vec<usize>) {
    lines.iter().enumerate().flat_map(|(at, line)| line.split(' ').map(move |word| (word, at))).unzip()
}

/// Joins pieces that a single word parts, since nobody reads them apart.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::new();
    for piece in pieces {
        match joined.last_mut() {
            Some(last) if piece.new.start - last.new.end <= 1 => {
                last.old.end = piece.old.end;
                last.new.end = piece.new.end;
            }
            _ => joined.push(piece),
        }
    }
    joined
}

fn difference(old: &[&str], new: &[&str], part: &Piece, before: &Before<'_>) -> Difference {
    let (mut was, mut now) = (part.old.clone(), part.new.clone());
    let mut is_replaced = !was.is_empty() && !now.is_empty();
    // A word or two do not lead to a place; their neighbours do.
    let is_lost = (1..SHORT).contains(&before.on_line) && was.len().max(now.len()) < SHORT;
    if is_lost || is_replaced && was.len().min(now.len()) < SHORT {
        let before = usize::from(was.start > 0 && now.start > 0);
        let behind = usize::from(was.end < old.len() && now.end < new.len());
        was = was.start - before..was.end + behind;
        now = now.start - before..now.end + behind;
        is_replaced = !was.is_empty() && !now.is_empty();
    }
    let words = before.words;
    let after = if is_replaced { String::new() } else { words[words.len().saturating_sub(BEFORE)..].join(" ") };
    Difference { after, was: old[was].join(" "), now: new[now].join(" ") }
}

/// Aligns two runs and gives the pieces in which they differ.
fn pieces<T: PartialEq>(old: &[T], new: &[T]) -> Vec<Piece> {
    let head = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(one, other)| one == other).count();
    let (inner_old, inner_new) = (&old_rest[..old_rest.len() - tail], &new_rest[..new_rest.len() - tail]);
    if inner_old.is_empty() && inner_new.is_empty() {
        return Vec::new();
    }
    let whole = || vec![Piece { old: 0..inner_old.len(), new: 0..inner_new.len() }];
    let found = if inner_old.is_empty() || inner_new.is_empty() {
        whole()
    } else {
        shortest(inner_old, inner_new).unwrap_or_else(whole)
    };
    let moved = |range: std::ops::Range<usize>| range.start + head..range.end + head;
    found.into_iter().map(|piece| Piece { old: moved(piece.old), new: moved(piece.new) }).collect()
}

/// Finds the shortest script of edits from one run to another; `None` where it is too long.
fn shortest<T: PartialEq>(old: &[T], new: &[T]) -> Option<Vec<Piece>> {
    let most = (old.len() + new.len()).min(FARTHEST);
    // For each number of edits, how far down the old run each diagonal reaches; diagonals are counted from `-edits`.
    let mut reached: Vec<Vec<usize>> = Vec::new();
    for edits in 0..=most {
        let mut row = Vec::with_capacity(edits + 1);
        for step in 0..=edits {
            // The diagonal is `2 * step - edits`: how many more were taken from the old run than from the new one.
            let from = |row: &Vec<usize>, step: usize| row[step];
            let down = (step > 0).then(|| reached.last().map(|last| from(last, step - 1) + 1)).flatten();
            let right = (step < edits).then(|| reached.last().map(|last| from(last, step))).flatten();
            let mut x = match (down, right) {
                (Some(down), Some(right)) => down.max(right),
                (one, other) => one.or(other).unwrap_or(0),
            };
            while x < old.len() && at(x, step, edits) < new.len() && old[x] == new[at(x, step, edits)] {
                x += 1;
            }
            row.push(x);
            if x >= old.len() && at(x, step, edits) >= new.len() {
                reached.push(row);
                return Some(trace(&reached, step, old.len(), new.len()));
            }
        }
        reached.push(row);
    }
    None
}

/// The place in the new run of a place in the old one, on a diagonal.
fn at(x: usize, step: usize, edits: usize) -> usize {
    (x + edits).saturating_sub(2 * step)
}

/// Follows a script of edits back and gives the pieces that it changes.
fn trace(reached: &[Vec<usize>], mut step: usize, old: usize, new: usize) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut x, mut y) = (old, new);
    for edits in (1..reached.len()).rev() {
        let last = &reached[edits - 1];
        let down = (step > 0).then(|| last[step - 1] + 1);
        let right = (step < edits).then(|| last[step]);
        let is_down = right.is_none_or(|right| down.is_some_and(|down| down >= right));
        let start = if is_down { down } else { right }.unwrap_or(0);
        let start_y = at(start, step, edits);
        // From there on both runs agree up to the place at hand; the edit stands before it.
        debug_assert!(x >= start && y >= start_y);
        let (before_x, before_y) = if is_down { (start - 1, start_y) } else { (start, start_y - 1) };
        match pieces.last_mut() {
            Some(next) if next.old.start == start && next.new.start == start_y => {
                next.old.start = before_x;
                next.new.start = before_y;
            }
            _ => pieces.push(Piece { old: before_x..start, new: before_y..start_y }),
        }
        (x, y) = (before_x, before_y);
        step = if is_down { step - 1 } else { step };
    }
    pieces.reverse();
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn compared(old: &str, new: &str) -> Vec<(String, String, String)> {
        let found = compare(&Wording::read(&format!("T\n{old}")), &Wording::read(&format!("T\n{new}")));
        found.differences.into_iter().map(|found| (found.after, found.was, found.now)).collect()
    }

    fn row(after: &str, was: &str, now: &str) -> (String, String, String) {
        (after.to_owned(), was.to_owned(), now.to_owned())
    }

    #[test]
    fn a_replaced_word_is_shown_with_its_neighbours() {
        let found = compared("It was signed by three parties in May.", "It was signed by four parties in May.");
        assert_eq!(found, [row("", "by three parties", "by four parties")]);
    }

    #[test]
    fn added_and_omitted_words_are_shown_behind_those_before_them() {
        let found = compared("The union met on the bridge.", "The union met again on the bridge.");
        assert_eq!(found, [row("The union met", "", "again")]);
        let found = compared("The union met again on the bridge.", "The union met on the bridge.");
        assert_eq!(found, [row("The union met", "again", "")]);
    }

    #[test]
    fn where_few_words_stand_before_it_a_word_is_shown_with_its_neighbours() {
        assert_eq!(compared("A note to it.", "A new note to it."), [row("", "A note", "A new note")]);
        assert_eq!(compared("A new note to it.", "A note to it."), [row("", "A new note", "A note")]);
        assert_eq!(compared("Note it.", "Note it. Twice."), [row("", "it.", "it. Twice.")]);
    }

    #[test]
    fn a_new_paragraph_is_one_difference() {
        let found = compared("One.\nThree stands here.", "One.\nTwo is new here.\nThree stands here.");
        assert_eq!(found, [row("One.", "", "Two is new here.")]);
    }

    #[test]
    fn other_line_breaks_are_no_difference() {
        assert_eq!(compared("One and\ntwo.", "One\nand two."), []);
    }

    #[test]
    fn the_lines_that_differ_are_known() {
        let found = compare(&Wording::read("T\na b c\nd\ne f"), &Wording::read("T\na b c\nd\ne g"));
        assert_eq!(found.lines.into_iter().collect::<Vec<_>>(), [3]);
    }

    proptest! {
        #[test]
        fn the_pieces_lead_from_one_run_to_the_other(old in "[abc]{0,12}", new in "[abc]{0,12}") {
            let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
            let mut made: Vec<char> = Vec::new();
            let mut x = 0;
            for piece in pieces(&old, &new) {
                made.extend(&old[x..piece.old.start]);
                prop_assert_eq!(made.len(), piece.new.start);
                made.extend(&new[piece.new.clone()]);
                x = piece.old.end;
            }
            made.extend(&old[x..]);
            prop_assert_eq!(made, new);
        }
    }
}
