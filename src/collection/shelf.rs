//! What was made of captures before.
//!
//! What enters: things to be read, each with the fingerprint of all that its reading depends on. What leaves: what was
//! made of each, in order; of a thing that stayed as it was, what was made of it last time. Nothing here knows what is
//! made, and nothing is kept longer than it is of use.

use crate::source::Fingerprint;
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
    let mut fingerprint = Fingerprint::of_rendition(None);
    for part in parts {
        fingerprint.take(&part.len().to_le_bytes());
        fingerprint.take(part);
    }
    fingerprint.finish()
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
    /// one made and this one does not want is dropped.
    pub fn make<I: Send>(&mut self, things: Vec<(Key, I)>, tick: Tick<'_>, make: impl Fn(I) -> T + Sync) -> Vec<T> {
        let Some(kept) = &mut self.kept else {
            let made = things.into_par_iter().map(|(_, thing)| {
                let made = make(thing);
                tick();
                made
            });
            return made.collect();
        };
        let known = &*kept;
        let made: Vec<(Key, T)> = things
            .into_par_iter()
            .map(|(key, thing)| {
                let made = known.get(&key).cloned().unwrap_or_else(|| make(thing));
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
            let things = words.iter().map(|word| (key(&[word.as_bytes()]), word.to_string())).collect();
            let lengths = row.make(things, &|| {}, |word| {
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
    fn where_parts_end_counts_in_a_fingerprint() {
        assert_ne!(key(&[b"ab", b"c"]), key(&[b"a", b"bc"]));
    }
}
