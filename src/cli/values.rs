//! Values of the command line.
//!
//! What enters: what was typed. What leaves: a value, or what was wanted in its place.

use chrono::NaiveDate;
use std::num::NonZeroUsize;

/// Reads a number between two bounds, with or without its unit.
pub fn number(text: &str, unit: &str, (least, most): (f64, f64)) -> Result<f64, String> {
    let digits = text.strip_suffix(unit).unwrap_or(text).trim();
    let number = digits.parse::<f64>().ok().filter(|number| (least..=most).contains(number));
    number.ok_or_else(|| format!("a number from {least} to {most} was wanted"))
}

/// Reads a day.
pub fn day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| "a day such as `2026-01-31` was wanted".to_owned())
}

/// Reads the number of a port.
pub fn port(text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| format!("a number from 0 to {} was wanted", u16::MAX))
}

/// How an edition is parted into volumes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parting {
    /// Into volumes of a handy size, where one book would be larger than that.
    Handy,
    /// Into so many volumes.
    Volumes(usize),
    /// Into volumes of about so many pages.
    Pages(usize),
}

/// Reads how many volumes are set side by side.
pub fn jobs(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "a number of volumes, 1 or more, was wanted".to_owned())
}

/// Reads `auto`, a number of volumes, or `pages=` and how many one may have.
pub fn parting(text: &str) -> Result<Parting, String> {
    let number = |digits: &str| digits.parse().ok().filter(|number| *number > 0);
    let read = match text.strip_prefix("pages=") {
        Some(pages) => number(pages).map(Parting::Pages),
        None if text == "auto" => Some(Parting::Handy),
        None => number(text).map(Parting::Volumes),
    };
    read.ok_or_else(|| "`auto`, a number of volumes such as `3`, or `pages=500` was wanted".to_owned())
}

/// Ranges of pages, both ends in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRanges(Vec<(usize, usize)>);

impl PageRanges {
    /// Whether a page is in one of the ranges.
    pub fn contains(&self, page: usize) -> bool {
        self.0.iter().any(|(first, last)| (*first..=*last).contains(&page))
    }
}

/// Reads `3`, `1-4` or several of them between commas.
pub fn page_ranges(text: &str) -> Result<PageRanges, String> {
    let range = |part: &str| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        (1 <= first && first <= last).then_some((first, last))
    };
    let ranges: Option<Vec<_>> = text.split(',').map(range).collect();
    ranges.map(PageRanges).ok_or_else(|| "pages such as `3` or `1-4,9` were wanted".to_owned())
}
