//! What holds in every life of a collection: no id is lost or given twice, no number leads to another document, whatever
//! is recorded can be read back.

use dossier::annotation;
use dossier::collection::{self, Capture};
use dossier::document::Format;
use dossier::lock::{self, Asked, Entry, Fate, Id, Lock, Moved, Number, Roll};
use dossier::organization::Authority;
use dossier::settings::{Numbering, Settings};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Something that happens to a collection between two editions.
#[derive(Debug, Clone)]
enum Event {
    Find { year: u32 },
    Date { at: usize, year: u32 },
    Undate { at: usize },
    Rename { at: usize },
    Lose { at: usize },
    Correct { at: usize },
}

fn events() -> impl Strategy<Value = Vec<Vec<Event>>> {
    let event = prop_oneof![
        3 => (1900u32..1920).prop_map(|year| Event::Find { year }),
        2 => (0usize..20, 1900u32..1920).prop_map(|(at, year)| Event::Date { at, year }),
        1 => (0usize..20).prop_map(|at| Event::Undate { at }),
        1 => (0usize..20).prop_map(|at| Event::Rename { at }),
        2 => (0usize..20).prop_map(|at| Event::Lose { at }),
        1 => (0usize..20).prop_map(|at| Event::Correct { at }),
    ];
    proptest::collection::vec(proptest::collection::vec(event, 1..6), 2..6)
}

/// A document of the model: what it is, whatever its file is called.
#[derive(Debug, Clone)]
struct Paper {
    path: String,
    year: Option<u32>,
    serial: usize,
    revision: usize,
}

#[derive(Debug, Default)]
struct Desk {
    papers: Vec<Paper>,
    serial: usize,
}

impl Desk {
    fn find(&mut self, year: Option<u32>) {
        self.serial += 1;
        self.papers.push(Paper { path: format!("{}.md", self.serial), year, serial: self.serial, revision: 0 });
    }

    fn suffer(&mut self, event: &Event) {
        let count = self.papers.len();
        match *event {
            Event::Find { year } => self.find(Some(year)),
            Event::Lose { at } if count > 1 => drop(self.papers.remove(at % count)),
            Event::Lose { .. } => {}
            Event::Date { at, year } => self.papers[at % count].year = Some(year),
            Event::Undate { at } => self.papers[at % count].year = None,
            Event::Correct { at } => self.papers[at % count].revision += 1,
            Event::Rename { at } => {
                self.serial += 1;
                self.papers[at % count].path = format!("{}.md", self.serial);
            }
        }
    }

    fn captures(&self) -> Vec<Capture> {
        let mut papers = self.papers.clone();
        papers.sort_by(|one, other| one.path.cmp(&other.path));
        let capture = |paper: Paper| {
            let head = paper.year.map(|year| format!("---\ndate: {year}-05-06\n---\n\n")).unwrap_or_default();
            let text =
                format!("{head}Paper {} speaks of the bridge, for the {}th time.\n", paper.serial, paper.revision);
            Capture { path: paper.path, bytes: text.into_bytes(), format: Format::Markdown, withheld: None }
        };
        papers.into_iter().map(capture).collect()
    }

    /// Makes an edition of what lies on the desk.
    fn issue(&self, label: &str, lock: &Lock) -> (Roll, Entry) {
        let (collection, _) = collection::collect(self.captures(), &Settings::default(), &BTreeMap::new());
        let annotated = annotation::annotate(collection, &Authority::embedded(), |_, _| true);
        let (withdrawn, omitted) = (BTreeMap::new(), BTreeMap::new());
        let asked = Asked {
            lock,
            label: Some(label),
            numbering: Numbering::Keep,
            withdrawn: &withdrawn,
            omitted: &omitted,
            is_whole: true,
        };
        let roll = lock::enrol(&annotated.collection, &asked).0;
        let entry = roll.entry(&annotated, label, None);
        let dated = annotated.collection.dated();
        for section in [&roll.numbers[..dated], &roll.numbers[dated..]] {
            assert!(section.is_sorted(), "numbers fall: {section:?}");
        }
        (roll, entry)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn ids_and_numbers_last(lives in events()) {
        let mut desk = Desk::default();
        (0..4).for_each(|at| desk.find((at > 0).then_some(1900 + 5 * at)));
        let mut lock = Lock::default();
        // Which document each id belongs to, and each number.
        let mut owners: BTreeMap<Id, usize> = BTreeMap::new();
        let mut printed: BTreeMap<Number, Id> = BTreeMap::new();
        for (edition, events) in std::iter::once(Vec::new()).chain(lives).enumerate() {
            for event in &events {
                desk.suffer(event);
            }
            let label = format!("Edition {edition}");
            let (roll, entry) = desk.issue(&label, &lock);
            lock = lock.with(entry.clone());
            let text: Arc<str> = lock::write(&lock).into();
            prop_assert_eq!(lock::read(&text), Ok(lock.clone()), "{}", text);
            prop_assert_eq!(desk.issue(&label, &lock).1, entry.clone(), "an edition is made again otherwise");
            let mut standing: BTreeMap<Number, Option<Id>> = roll.stubs.iter().map(|stub| (stub.number.clone(), None)).collect();
            prop_assert_eq!(standing.len(), roll.stubs.len(), "two stubs under one number");
            for record in entry.records.iter().filter(|record| record.fate == Fate::Printed) {
                let paper = desk.papers.iter().find(|paper| paper.path == record.path).expect("what is printed is on the desk");
                // Renamed and corrected at once, a file is another document; else it keeps its id.
                let owner = owners.entry(record.id).or_insert(paper.serial);
                prop_assert_eq!(*owner, paper.serial, "{} was given twice", record.id);
                let number = record.number.clone().expect("what is printed has a number");
                prop_assert!(standing.insert(number.clone(), Some(record.id)).is_none(), "{} stands twice", number);
                let known = printed.entry(number.clone()).or_insert(record.id);
                prop_assert_eq!(*known, record.id, "{} was another document", number);
            }
            for number in printed.keys() {
                prop_assert!(standing.contains_key(number), "{} leads nowhere", number);
            }
            for stub in &roll.stubs {
                if let Moved::To(at) = stub.moved {
                    prop_assert!(at < roll.numbers.len());
                }
            }
        }
    }
}
