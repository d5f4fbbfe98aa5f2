//! Page furniture below a text.

use super::{Page, phrase};
use crate::text::Span;

/// How many lines a footer can have.
const LONGEST_FOOTER: usize = 120;

/// The fewest navigation lines that make a footer of the short lines between them.
const FEWEST_HITS: usize = 4;

/// Marks the furniture at the tail.
pub(super) fn mark(page: &Page<'_>, rules: &mut [Option<(&'static str, Span)>]) {
    let Some(last) = page.lines.len().checked_sub(1) else { return };
    mark_picture(page, last, rules);
    let mut end = page.lines.len();
    end = mark_from_end(page, end, rules);
    if let Some(start) = event_list(page, end) {
        for (line, rule) in page.lines.iter().zip(rules.iter_mut()).take(end).skip(start) {
            *rule = Some(("event-list", line.span.clone()));
        }
        end = mark_from_end(page, start, rules);
    }
    mark_footer(page, end, rules);
    mark_recurring(page, rules);
}

/// Marks the very last line where it stands for a picture.
fn mark_picture(page: &Page<'_>, last: usize, rules: &mut [Option<(&'static str, Span)>]) {
    let line = &page.lines[last];
    if last > 0 && line.is_first && phrase::is_picture(page.content(last)) {
        rules[last].get_or_insert(("image-alternative", line.span.clone()));
    }
}

/// Marks furniture line by line from the end; gives where it begins.
fn mark_from_end(page: &Page<'_>, end: usize, rules: &mut [Option<(&'static str, Span)>]) -> usize {
    let mut start = end;
    while start > 0 {
        let index = start - 1;
        if !matches!(rules[index], None | Some(("image-alternative", _))) {
            break;
        }
        if rules[index].is_none() {
            let Some(rule) = rule_of(page, index) else { break };
            rules[index] = Some((rule, page.lines[index].span.clone()));
        }
        start = index;
    }
    start
}

/// Names the rule by which a line of the tail is furniture on its own account.
fn rule_of(page: &Page<'_>, index: usize) -> Option<&'static str> {
    let content = page.content(index);
    if page.is_navigation(index) {
        Some("site-navigation")
    } else if phrase::is_stamp(content) {
        Some("print-stamp")
    } else {
        None
    }
}

/// Finds the calendar that ends before `end`: a heading, then lines that open with dates.
fn event_list(page: &Page<'_>, end: usize) -> Option<usize> {
    let from = end.saturating_sub(LONGEST_FOOTER);
    let mut dated = 0;
    for index in (from..end).rev() {
        let content = page.content(index);
        if phrase::is_calendar(&phrase::folded(content)) && page.lines[index].is_first {
            return (dated > 0 && index > 0).then_some(index);
        }
        let is_dated = phrase::opens_with_date(content);
        let is_title = content.split_whitespace().count() <= 16 && !page.is_sentence(index);
        dated += usize::from(is_dated);
        let is_entry = is_dated && content.chars().count() <= 220 && !content.ends_with('.');
        if !is_entry && !is_title {
            return None;
        }
    }
    None
}

/// Marks a footer: short lines to the end, several of them navigation, from the first of those on.
fn mark_footer(page: &Page<'_>, end: usize, rules: &mut [Option<(&'static str, Span)>]) {
    let is_short = |index: &usize| {
        let content = page.content(*index);
        !page.is_sentence(*index) && content.split_whitespace().count() <= 8
    };
    let start = (end.saturating_sub(LONGEST_FOOTER)..end).rev().take_while(is_short).last().unwrap_or(end);
    let hits: Vec<usize> = (start..end).filter(|index| rule_of(page, *index).is_some()).collect();
    if hits.len() < FEWEST_HITS || hits.len() * 8 < end - start {
        return;
    }
    for (index, rule) in rules.iter_mut().enumerate().take(end).skip(hits[0]) {
        let content = page.content(index);
        let is_link = content.split_whitespace().count() <= 5 && !content.contains(|c: char| c.is_numeric());
        if rule.is_some() {
            continue;
        }
        if let Some(name) = rule_of(page, index) {
            *rule = Some((name, page.lines[index].span.clone()));
        } else if is_link {
            *rule = Some(("link-list", page.lines[index].span.clone()));
        }
    }
}

/// Marks recurring lines at the end, where other furniture stands with them.
fn mark_recurring(page: &Page<'_>, rules: &mut [Option<(&'static str, Span)>]) {
    let mut start = rules.len();
    while start > 0 && (rules[start - 1].is_some() || page.recurs(start - 1)) {
        start -= 1;
    }
    let Some(first) = (start..rules.len()).find(|index| rules[*index].is_some()) else { return };
    for (line, rule) in page.lines.iter().zip(rules.iter_mut()).skip(first) {
        rule.get_or_insert(("recurring-line", line.span.clone()));
    }
}
