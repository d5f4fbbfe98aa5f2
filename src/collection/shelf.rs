//! What was made of captures before.
//!
//! What enters: things to be read, each with the fingerprint of all that its reading depends on. What leaves: what was
//! made of each, in order; of a thing that stayed as it was, what was made of it last time. Nothing here knows what is
//! made, and nothing is kept longer than it is of use.

use crate::source;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::fmt::Debug;

/// The fingerprint of all that something is made of.
pub type Key = String;

/// Tells that one more thing is done; called from several threads.
pub type Tick<'a> = &'a (dyn Fn() + Sync);

/// Keeps texts between two runs of the program. What it gives is what was kept under that key, or nothing.
pub trait Store: Debug + Send + Sync {
    /// Finds what was kept.
    fn find(&self, key: &str) -> Option<String>;
    /// Keeps a text.
    fn keep(&self, key: &str, text: String);
}

/// Makes the fingerprint of several parts; where one ends and the next begins counts too.
pub fn key(parts: &[&[u8]]) -> Key {
    let lengths: Vec<[u8; 8]> = parts.iter().map(|part| (part.len() as u64).to_le_bytes()).collect();
    source::hash_of(lengths.iter().zip(parts).flat_map(|(length, part)| [length.as_slice(), part]))
}

/// What one stage made in the last round.
#[derive(Debug)]
pub struct Row<T> {
    kept: Option<HashMap<Key, T>>,
}

impl<T> Default for Row<T> {
    /// A row that keeps nothing.
    fn default() -> Self {
        Self { kept: None }
    }
}

impl<T: Clone + Send + Sync> Row<T> {
    /// A row that keeps what the last round made.
    pub fn keeping() -> Self {
        Self { kept: Some(HashMap::new()) }
    }

    /// Makes something of each thing, in parallel and in order, unless the last round made it of the same; what that
    /// one made and this one does not want is dropped. `fingerprint` gives what a thing is known by, and `make` is told
    /// it; a row that keeps nothing asks for none, and tells an empty one.
    pub fn make<I: Send>(
        &mut self,
        things: Vec<I>,
        tick: Tick<'_>,
        fingerprint: impl Fn(&I) -> Key + Sync,
        make: impl Fn(I, &Key) -> T + Sync,
    ) -> Vec<T> {
        let Some(kept) = &mut self.kept else {
            let made = things.into_par_iter().map(|thing| {
                let made = make(thing, &Key::new());
                tick();
                made
            });
            return made.collect();
        };
        let known = &*kept;
        let made: Vec<(Key, T)> = things
            .into_par_iter()
            .map(|thing| {
                let key = fingerprint(&thing);
                let made = known.get(&key).cloned().unwrap_or_else(|| make(thing, &key));
                tick();
                (key, made)
            })
            .collect();
        let wanted: HashSet<&Key> = made.iter().map(|(key, _)| key).collect();
        kept.retain(|key, _| wanted.contains(key));
        for (key, made) in &made {
            kept.entry(key.clone()).or_insert_with(|| made.clone());
        }
        made.into_iter().map(|(_, made)| made).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Row, key};
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn what_stays_is_made_once_and_what_goes_is_forgotten() {
        let mut row = Row::keeping();
        let made = AtomicUsize::new(0);
        let mut round = |words: &[&str]| {
            let fingerprint = |word: &&str| key(&[word.as_bytes()]);
            let lengths = row.make(words.to_vec(), &|| {}, fingerprint, |word, _| {
                made.fetch_add(1, Ordering::Relaxed);
                word.len()
            });
            (lengths, made.swap(0, Ordering::Relaxed))
        };
        assert_eq!(round(&["one", "three", "fifteen"]), (vec![3, 5, 7], 3));
        assert_eq!(round(&["fifteen", "one", "four"]), (vec![7, 3, 4], 1));
        assert_eq!(round(&["three", "one"]), (vec![5, 3], 1));
    }

    #[test]
    fn nothing_is_asked_for_a_fingerprint_where_nothing_is_kept() {
        let asked = |_: &usize| -> String { unreachable!("nothing is kept") };
        assert_eq!(Row::default().make(vec![1, 2], &|| {}, asked, |number, key| (number, key.clone())).len(), 2);
    }

    #[test]
    fn where_parts_end_counts_in_a_fingerprint() {
        assert_ne!(key(&[b"ab", b"c"]), key(&[b"a", b"bc"]));
    }
}
