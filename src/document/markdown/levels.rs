//! The levels of headings.
//!
//! What enters: a tree with the levels that its source uses. What leaves: the same tree, its levels without gaps.

use crate::document::{Block, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// Renumbers the levels of the headings: the highest that is used becomes 1, the next 2.
pub(super) fn fit_headings(tree: &mut Tree) {
    let mut used = BTreeSet::new();
    for_headings(tree, &mut |level| {
        used.insert(*level);
    });
    let rank: BTreeMap<u8, u8> = used.into_iter().zip(1..).collect();
    for_headings(tree, &mut |level| *level = rank.get(level).copied().unwrap_or(*level));
}

/// Calls `with` on the level of every heading.
fn for_headings(tree: &mut Tree, with: &mut impl FnMut(&mut u8)) {
    let mut open: Vec<&mut Block> = tree.blocks.iter_mut().chain(tree.footnotes.values_mut().flatten()).collect();
    while let Some(block) = open.pop() {
        match block {
            Block::Heading { level, .. } => with(level),
            Block::Quote { blocks, .. } => open.extend(blocks),
            Block::List { items, .. } => open.extend(items.iter_mut().flatten()),
            Block::Definitions(definitions) => {
                open.extend(definitions.iter_mut().flat_map(|definition| definition.meanings.iter_mut().flatten()));
            }
            _ => {}
        }
    }
}
