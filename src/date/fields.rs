//! Dates that are declared rather than written in a text: fields and file names.
//!
//! What enters: the declared fields of a document and its path. What leaves: candidates. A key that is not known
//! dates nothing, and figures in a path count only where they stand apart as a date.

use super::recognise::{Expression, Form, Partial, recognise};
use super::roles::{Candidate, Ground};
use super::{Edtf, Evidence, EvidenceKind, Field, Role};
use crate::text::squeeze;
use regex::Regex;
use std::sync::LazyLock;

/// What a key says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// The document's own date.
    Own,
    /// When it was issued.
    Issued,
    /// When it was first published.
    Published,
    /// When it was changed.
    Modified,
    /// When it was captured.
    Captured,
    /// What it is about.
    Event,
    /// An address that can hold a date.
    Address,
}

/// Gives what a key says, whatever its case, dashes and prefixes.
fn meaning(key: &str) -> Option<Meaning> {
    let key: String = key.chars().take(80).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let is = |names: &[&str]| names.contains(&key.as_str());
    if is(&["date", "dated", "dcdate", "dctermsdate", "edtf", "datum", "fecha", "data", "documentdate", "notdate"]) {
        Some(Meaning::Own)
    } else if is(&["issued", "dateissued", "dcdateissued", "dctermsissued", "dctermsdateissued"]) {
        Some(Meaning::Issued)
    } else if is(&[
        "published",
        "publishdate",
        "pubdate",
        "publicationdate",
        "publisheddate",
        "datepublished",
        "articlepublishedtime",
        "articlepublished",
        "ogarticlepublishedtime",
        "ogpublishedtime",
        "originalpublicationdate",
        "publishedtime",
        "dcdatepublished",
        "dctermsdatecreated",
        "citationonlinedate",
        "publishedat",
        "publishedon",
        "posted",
        "postdate",
        "dateposted",
        "created",
        "datecreated",
        "dctermscreated",
        "dcdatecreated",
        "citationpublicationdate",
        "citationdate",
        "firstpublished",
        "originaldate",
        "parselypubdate",
        "sailthrudate",
        "articleoriginalpublicationdate",
        "publish",
    ]) {
        Some(Meaning::Published)
    } else if is(&[
        "updated",
        "lastmod",
        "modified",
        "lastupdated",
        "lastmodified",
        "datemodified",
        "articlemodifiedtime",
        "modifiedtime",
        "ogupdatedtime",
        "updatedat",
        "dctermsmodified",
        "dcdatemodified",
        "revised",
        "changed",
    ]) {
        Some(Meaning::Modified)
    } else if is(&[
        "captured",
        "accessed",
        "retrieved",
        "archived",
        "fetched",
        "crawled",
        "capturedate",
        "accessdate",
        "downloaded",
        "scraped",
        "retrievedat",
    ]) {
        Some(Meaning::Captured)
    } else if is(&["eventdate", "event", "startdate", "enddate", "starttime"]) {
        Some(Meaning::Event)
    } else if is(&["path", "permalink", "url", "slug", "aliases", "canonical", "source", "link", "ogurl"]) {
        Some(Meaning::Address)
    } else {
        None
    }
}

/// Reads the declared fields.
pub(super) fn declared(fields: &[Field<'_>]) -> Vec<Candidate> {
    fields.iter().filter_map(candidate).collect()
}

/// Reads one field.
fn candidate(field: &Field<'_>) -> Option<Candidate> {
    let meaning = meaning(field.key)?;
    let own = match field.kind {
        EvidenceKind::Config => Ground::Config,
        EvidenceKind::Sidecar => Ground::Sidecar,
        EvidenceKind::FrontMatter => Ground::FrontMatter,
        EvidenceKind::Metadata => Ground::Metadata,
        EvidenceKind::Text => Ground::Harvester,
        EvidenceKind::FileName => Ground::FileName,
    };
    let is_editors = matches!(field.kind, EvidenceKind::Config | EvidenceKind::Sidecar);
    let (ground, role) = match meaning {
        Meaning::Own | Meaning::Issued if is_editors => (own, Role::Editor),
        Meaning::Own if field.kind == EvidenceKind::Metadata => (Ground::PageDate, Role::Published),
        Meaning::Own | Meaning::Issued => (own, Role::Issued),
        Meaning::Published if own == Ground::FrontMatter => (Ground::FrontMatterPublished, Role::Published),
        Meaning::Published => (own, Role::Published),
        Meaning::Modified => (Ground::None, Role::Modified),
        Meaning::Captured => (Ground::None, Role::Captured),
        Meaning::Event => (Ground::None, Role::Event),
        Meaning::Address => (Ground::Address, Role::Published),
    };
    let value = field.value.trim().trim_matches(['"', '\'']).trim();
    let (edtf, found) = if meaning == Meaning::Address {
        (None, one_of(in_address(value))?)
    } else {
        let edtf = Edtf::parse(value).ok().map(Edtf::without_time);
        match recognise(value).into_iter().find(|date| date.form != Form::Address) {
            Some(found) => (edtf, found),
            None => (Some(edtf?), bare(value)),
        }
    };
    let text = squeeze(&format!("{}: {}", field.key, value.chars().take(100).collect::<String>()));
    let evidence = Evidence { kind: field.kind, line: field.line, span: None, text, role };
    Some(Candidate::of(&found, ground, role, evidence, value.chars().take(100).collect()).with_edtf(edtf))
}

/// Stands for a value that is EDTF and no expression of running text.
fn bare(value: &str) -> Expression {
    Expression {
        span: 0..value.len(),
        readings: Vec::new(),
        period: None,
        until: None,
        weekday: None,
        clock: None,
        calendar: super::Calendar::Gregorian,
        form: Form::YearFirst,
        is_month_first: false,
    }
}

/// `2014-12-24` or `2014_12_24` at the edge of a name's part.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^0-9A-Za-z])((?:1[5-9]|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?:$|[^0-9])")
        .expect("the pattern is fixed")
});

/// `2014/12/24/` in an address or a folder.
static FOLDERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|/)((?:1[5-9]|20)\d\d)/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?:/|$)")
        .expect("the pattern is fixed")
});

/// Reads a path: a date at the edge of the file's name, else one in its folders.
pub(super) fn in_path(path: &str) -> Vec<Candidate> {
    let path = &path[path.ceil_char_boundary(path.len().saturating_sub(4096))..];
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut readings: Vec<Expression> = captured(&NAMED, stem);
    if readings.is_empty() {
        let spaced: String = stem.chars().map(|c| if c == '_' { ' ' } else { c }).collect();
        readings = recognise(&spaced)
            .into_iter()
            .filter(|date| !matches!(date.form, Form::MonthYear | Form::DayMonth | Form::Season))
            .collect();
    }
    if readings.is_empty() {
        readings = captured(&FOLDERS, path);
    }
    let Some(found) = one_of(readings) else { return Vec::new() };
    let evidence =
        Evidence { kind: EvidenceKind::FileName, line: None, span: None, text: path.to_owned(), role: Role::Issued };
    vec![Candidate::of(&found, Ground::FileName, Role::Issued, evidence, stem.to_owned())]
}

/// Reads the dates of an address.
fn in_address(address: &str) -> Vec<Expression> {
    let mut found = captured(&FOLDERS, address);
    if found.is_empty() {
        found = captured(&NAMED, address);
    }
    found
}

/// Reads the dates that a pattern captures as year, month and day.
fn captured(pattern: &Regex, text: &str) -> Vec<Expression> {
    pattern
        .captures_iter(text)
        .filter_map(|found| {
            let part = |at: usize| found.get(at).and_then(|part| part.as_str().parse::<u32>().ok());
            let year = part(1).and_then(|year| i32::try_from(year).ok());
            let reading = Partial::new(year, part(2), part(3))?;
            Some(Expression { readings: vec![reading], ..bare(text) })
        })
        .collect()
}

/// Takes the expressions' one date; several that differ prove nothing.
fn one_of(found: Vec<Expression>) -> Option<Expression> {
    let first = found.first()?.clone();
    found.iter().all(|other| other.readings == first.readings).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::in_path;

    #[test]
    fn file_names_date_only_where_a_date_stands_apart() {
        for (path, wanted) in [
            ("a/2022-07-29-some-title.md", Some((2022, 7, 29))),
            ("22Jun2004Smith12.txt", Some((2004, 6, 22))),
            ("20040622.txt", Some((2004, 6, 22))),
            ("report_20040622_final.txt", Some((2004, 6, 22))),
            ("2018/07/06/index.md", Some((2018, 7, 6))),
            ("letter 24.12.2014.txt", Some((2014, 12, 24))),
            ("000_0a1b20140305c6d7.txt", None),
            ("d0176.txt", None),
            ("v1.2.10-notes.md", None),
            ("2019-02-20 to 2019-03-01.txt", None),
            ("", None),
        ] {
            let found = in_path(path);
            let date =
                found.first().and_then(|found| found.readings.first()).map(|date| (date.year, date.month, date.day));
            assert_eq!(date, wanted.map(|(year, month, day)| (Some(year), Some(month), Some(day))), "{path}");
        }
    }
}
