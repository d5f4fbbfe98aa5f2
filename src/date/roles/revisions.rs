//! Reads the history of revisions that a guide, a standard or a notice carries.
//!
//! What enters: a text's lines and dates. What leaves: what the entries of such a history say: the first version, if its
//! entry says that it is the first, was published then, and every other entry is a change. Entries are short lines below a
//! heading that names the history; the first paragraph of prose ends it.

use super::super::Role;
use super::super::labels;
use super::super::layout::Layout;
use super::super::recognise::{Expression, Form};
use super::Ground;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The most words of a heading.
const HEADING: usize = 6;

/// So many lines of a history are read.
const MOST_LINES: usize = 200;

/// Gives the role of each date, by its index, that stands in a history of revisions.
pub(super) fn judge(text: &str, layout: &Layout, dates: &[Expression]) -> BTreeMap<usize, (Ground, Role)> {
    let mut judged = BTreeMap::new();
    let heads_history = |rank: usize| {
        let line = layout.line(rank, text);
        line.len() <= 80 && line.split_whitespace().count() <= HEADING && labels::heads_revisions(&labels::plain(line))
    };
    // Most texts have none, and no line of theirs is looked at twice.
    let Some(heading) = (0..layout.lines.len())
        .find(|rank| !layout.lines[*rank].is_prose && layout.dates(*rank).is_empty() && heads_history(*rank))
    else {
        return judged;
    };
    let entries: Vec<(usize, NaiveDate, String)> = (heading + 1..layout.lines.len())
        .take(MOST_LINES)
        .take_while(|rank| !layout.lines[*rank].is_prose)
        .filter_map(|rank| {
            let at = layout.dates(rank).next()?;
            let day = dates[at].single()?.date().filter(|_| dates[at].form != Form::Address)?;
            Some((at, day, labels::plain(layout.line(rank, text))))
        })
        .collect();
    let first = entries.iter().min_by_key(|(_, day, _)| *day);
    for (at, day, line) in &entries {
        let is_first = first.is_some_and(|(_, first, _)| first == day) && labels::is_first_version(line);
        let role = if is_first { (Ground::FirstPublished, Role::Published) } else { (Ground::None, Role::Modified) };
        judged.insert(*at, role);
    }
    judged
}

#[cfg(test)]
mod tests {
    use crate::date::{Clues, Habits, Role, decide, gather};

    const PROSE: &str = "The members met in the hall and agreed to begin the work, which had been put off more than once before, and nobody spoke against it.";

    /// Gives the value that files a text that ends with a history, and the last change.
    fn dated(history: &str) -> (Option<String>, Option<String>) {
        let text = format!("Guidance on harbour works\n\n{PROSE}\n\n{PROSE}\n\n{history}\n");
        let clues = Clues { path: "a.txt", text: &text, body: 0..text.len(), fields: &[] };
        let dating = decide(gather(&clues), &Habits::default());
        let changes = dating.others.iter().filter(|other| other.role == Role::Modified);
        let last = changes.filter_map(|other| other.edtf.exact_day()).max();
        (dating.filed.map(|filed| filed.edtf.to_string()), last.map(|day| day.to_string()))
    }

    #[test]
    fn a_history_gives_the_first_publication_and_the_last_change() {
        for history in [
            "Revision history\n\n| Version | Date | Change |\n|---|---|---|\n| 1.0 | 3 March 2010 | First published |\n| 1.1 | 5 June 2011 | Annex added |\n| 2.0 | 7 August 2013 | Revised |",
            "Version history\nv1.0 2010-03-03 Initial release\nv1.1 2011-06-05 Corrections\nv2.0 2013-08-07 New annex",
            "Document history\n\n7 August 2013: contact details changed.\n5 June 2011: annex added.\n3 March 2010: first published.",
            "Änderungshistorie\nVersion 1.0, 3. März 2010: Erste Fassung\nVersion 2.0, 7. August 2013: Überarbeitung",
            "Historique des versions\nVersion 1 – 3 mars 2010 – Première publication\nVersion 2 – 7 août 2013 – Mise à jour",
            "Control de cambios\n3 de marzo de 2010 – Versión inicial\n7 de agosto de 2013 – Se añade un anexo",
            "修订记录\n2010年3月3日 首次发布\n2013年8月7日 修订附件",
        ] {
            assert_eq!(dated(history), (Some("2010-03-03".to_owned()), Some("2013-08-07".to_owned())), "{history}");
        }
    }

    #[test]
    fn a_history_that_begins_with_a_change_dates_nothing() {
        let history = "Revision history\n5 June 2011: annex added\n7 August 2013: contact details changed";
        assert_eq!(dated(history), (None, Some("2013-08-07".to_owned())));
        let chronicle = "History of the harbour\n3 March 1910: first pier\n7 August 1913: second pier";
        assert_eq!(dated(chronicle), (None, None));
    }
}
