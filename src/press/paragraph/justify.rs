//! The division of a paragraph into even lines.
//!
//! What enters: a composition and the length of its lines. What leaves: where each begins and ends. Of all divisions the one
//! whose lines cost least together is taken (D. E. Knuth and M. F. Plass, Breaking Paragraphs into Lines, 1981), by the costs
//! that Typst 0.15 has.

use super::breaks::Break;
use super::composition::{Composition, Extent, Stop};
use typst::layout::Abs;

/// How far a line may be stretched or shrunk, in parts of what its spaces may give; beyond, it is not told how much.
const TIGHTEST: f64 = -1.0;
const LOOSEST: f64 = 10.0;
/// How bad a line is that is longer than there is room.
const OVERFULL: f64 = 1_000_000.0;
/// How many letters of a word stand before and behind a hyphen that costs no more than one must, and how much more it costs
/// for each that is missing.
const LETTERS: u8 = 5;
const PER_LETTER: f64 = 0.15;
/// What is as good as nothing, in points.
const NOTHING: f64 = 1e-4;

/// A line: the numbers of the stops where it begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The best way to a stop: the way that it goes on from, the stop, what its lines cost.
struct Way {
    before: usize,
    stop: usize,
    cost: f64,
}

/// Divides a paragraph into lines that have so much room.
pub(super) fn lines(composition: &Composition, room: Abs) -> Vec<Line> {
    let stops = &composition.stops;
    let mut ways = vec![Way { before: 0, stop: 0, cost: 0.0 }];
    // The first way from which a line can still reach.
    let mut first = 0;
    for (to, stop) in stops.iter().enumerate().skip(1) {
        let hyphen = hyphen(composition, stop.ends);
        let cheapest = ways[first..].iter().map(|way| way.cost).fold(f64::INFINITY, f64::min);
        let (mut best, mut reached): (Option<Way>, usize) = (None, first);
        for (at, way) in ways.iter().enumerate().skip(first) {
            let from = &stops[way.stop];
            let ratio = ratio(composition, from, stop, room);
            let badness = badness(ratio, stop.ends);
            let is_one_word = way.stop + 1 == to;
            let runt = if is_one_word && stop.ends == Break::AtEnd { composition.runt } else { 0.0 };
            let dashes = if from.is_dash && stop.is_dash { composition.hyphen } else { 0.0 };
            let cost = way.cost + squared(1.0 + badness + hyphen + runt + dashes);
            if ratio < TIGHTEST && at == reached {
                reached += 1;
            }
            if best.as_ref().is_none_or(|best| best.cost >= cost) {
                best = Some(Way { before: at, stop: to, cost });
            }
            // Shorter lines are worse.
            let least = cheapest + squared(1.0 + badness + hyphen);
            if ratio > 0.0 && best.as_ref().is_some_and(|best| least > best.cost) {
                break;
            }
        }
        first = reached;
        ways.extend(best);
    }
    let mut lines = Vec::new();
    let mut at = ways.len() - 1;
    while at > 0 {
        let before = ways[at].before;
        lines.push(Line { from: ways[before].stop, to: ways[at].stop });
        at = before;
    }
    lines.reverse();
    lines
}

/// By how much the spaces of a line are stretched or, below zero, shrunk, in parts of what they may give.
fn ratio(composition: &Composition, from: &Stop, to: &Stop, room: Abs) -> f64 {
    let Extent { width, stretch, shrink, blanks } = composition.extent(from, to);
    let indent = if from.at == 0 { composition.indent.to_pt() } else { 0.0 };
    let mut missing = room.to_pt() - (width + indent);
    if missing.abs() < NOTHING {
        missing = 0.0;
    }
    let give = if missing >= 0.0 { stretch } else { shrink };
    let mut ratio = missing / give.max(0.0);
    if ratio.is_nan() {
        ratio = 0.0;
    }
    if ratio > 1.0 {
        ratio = 1.0 + (missing - give) / blanks.max(1.0) / composition.half_size;
    }
    ratio.clamp(TIGHTEST - 1.0, LOOSEST)
}

/// How bad it is that a line is stretched or shrunk.
fn badness(ratio: f64, ends: Break) -> f64 {
    if ratio < TIGHTEST {
        OVERFULL
    } else if ends == Break::AtEnd && ratio >= 0.0 {
        0.0
    } else {
        100.0 * ratio.abs().powi(3)
    }
}

/// What it costs to end a line with a hyphen.
fn hyphen(composition: &Composition, ends: Break) -> f64 {
    let Break::InWord(before, behind) = ends else { return 0.0 };
    let missing = LETTERS.saturating_sub(before) + LETTERS.saturating_sub(behind);
    (1.0 + PER_LETTER * f64::from(missing)) * composition.hyphen
}

fn squared(cost: f64) -> f64 {
    cost * cost
}
