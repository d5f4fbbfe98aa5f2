//! Finding every mention of every form in a collection.
//!
//! What enters: the documents' passages and the forms of the bodies. What leaves: mentions, the longest form first,
//! none overlapping another. Forms match token by token, so that line breaks and runs of spaces do not count.

use super::acronym::is_ordinary;
use super::lexicon::is_connective;
use super::reading::Finds;
use super::resolve::{Case, Form};
use super::token::{Line, Shape, fold, folded};
use super::{Mention, Part};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A mention with the body that it means.
#[derive(Debug)]
pub(super) struct Found {
    /// The body's place among the resolved bodies.
    pub body: usize,
    /// The mention.
    pub mention: Mention,
    /// The place of the passage in its document.
    pub part: Part,
}

/// Forms as a tree of tokens.
#[derive(Debug, Default)]
struct Tree<'a> {
    words: HashMap<String, u32>,
    steps: HashMap<(u32, u32), u32>,
    ends: BTreeMap<u32, Vec<&'a Form>>,
    nodes: u32,
}

impl<'a> Tree<'a> {
    fn new(forms: &'a BTreeSet<Form>) -> Self {
        let mut tree = Self { nodes: 1, ..Self::default() };
        for form in forms {
            let line = Line::new(&form.text);
            let mut node = 0;
            for at in 0..line.tokens.len() {
                let word = token_key(&line, at).into_owned();
                let next_word = tree.words.len() as u32;
                let word = *tree.words.entry(word).or_insert(next_word);
                node = *tree.steps.entry((node, word)).or_insert_with(|| {
                    tree.nodes += 1;
                    tree.nodes - 1
                });
            }
            if node > 0 {
                tree.ends.entry(node).or_default().push(form);
            }
        }
        tree
    }

    /// Finds the longest form that starts at a token.
    fn longest(&self, line: &Line<'_>, keys: &[Option<u32>], at: usize, document: usize) -> Option<(usize, usize)> {
        let (mut node, mut best) = (0, None);
        for (end, key) in keys.iter().enumerate().skip(at) {
            let Some(next) = key.and_then(|key| self.steps.get(&(node, key))) else { break };
            node = *next;
            let Some(forms) = self.ends.get(&node) else { continue };
            let fits =
                |form: &&&Form| form.document.is_none_or(|only| only == document) && case_fits(line, at..end + 1, form);
            // A form that a document has for itself goes before one that holds everywhere.
            let local = forms.iter().filter(|form| form.document.is_some()).find(fits);
            if let Some(form) = local.or_else(|| forms.iter().find(fits)) {
                best = Some((end + 1, form.body));
            }
        }
        best
    }
}

fn token_key<'a>(line: &Line<'a>, at: usize) -> Cow<'a, str> {
    match line.mark(at) {
        Some('’' | '‘' | 'ʼ') => "'".into(),
        Some('‑' | '‐') => "-".into(),
        Some(_) => line.word(at).into(),
        None => folded(line.word(at)),
    }
}

fn case_fits(line: &Line<'_>, run: std::ops::Range<usize>, form: &Form) -> bool {
    let shouted = line.tokens[run.start].shouted;
    match form.case {
        Case::Free => true,
        Case::Exact if shouted && run.len() > 1 => true,
        Case::Exact => {
            let stands = line.form(&run);
            let same = stands == form.text || stands.replace('’', "'") == form.text.replace('’', "'");
            same && !(shouted && is_ordinary(&stands))
        }
        Case::Loose => {
            let content: Vec<usize> =
                run.filter(|at| line.tokens[*at].is_word() && !is_connective(&fold(line.word(*at)))).collect();
            let capitals = content.iter().filter(|at| line.shape(**at) != Some(Shape::Lower)).count();
            capitals * 3 >= content.len() && capitals > 0 && (content.len() > 2 || capitals == content.len())
        }
    }
}

/// Finds the acronym that opens a longer name and means another body: UNESCO in "UNESCO Associated Schools Projects Network".
fn opening_acronym(
    tree: &Tree<'_>,
    line: &Line<'_>,
    keys: &[Option<u32>],
    run: std::ops::Range<usize>,
    (document, passage, part): (usize, usize, Part),
    whole: usize,
) -> Option<Found> {
    let is_acronym = line.shape(run.start) == Some(Shape::Upper)
        && !line.tokens[run.start].shouted
        && line.tokens.get(run.start + 1).is_some_and(|next| next.is_name_like() && next.spaced)
        && run.len() > 2;
    let keys = keys.get(..run.start + 1).filter(|_| is_acronym)?;
    let (end, body) = tree.longest(line, keys, run.start, document).filter(|(_, body)| *body != whole)?;
    let range = line.bytes(&(run.start..end));
    let form = line.form(&(run.start..end));
    Some(Found { body, mention: Mention { document, passage, range, form }, part })
}

/// Finds all mentions, sorted by document, passage and start.
pub(super) fn find(finds: &[Finds], forms: &BTreeSet<Form>) -> Vec<Found> {
    let tree = Tree::new(forms);
    finds.par_iter().enumerate().flat_map_iter(|(document, find)| in_document(document, find, &tree)).collect()
}

fn in_document(document: usize, find: &Finds, tree: &Tree<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (passage, (part, text)) in find.passages.iter().enumerate() {
        let line = Line::new(text);
        let keys: Vec<Option<u32>> = (0..line.tokens.len())
            .map(|at| {
                let in_address = line.tokens[at].in_address;
                if in_address { None } else { tree.words.get(token_key(&line, at).as_ref()).copied() }
            })
            .collect();
        let mut at = 0;
        while at < line.tokens.len() {
            let Some((end, body)) = tree.longest(&line, &keys, at, document) else {
                at += 1;
                continue;
            };
            let range = line.bytes(&(at..end));
            let form = crate::text::squeeze(&text[range.clone()]);
            found.push(Found { body, mention: Mention { document, passage, range, form }, part: *part });
            found.extend(opening_acronym(tree, &line, &keys, at..end, (document, passage, *part), body));
            at = end;
        }
    }
    found
}
