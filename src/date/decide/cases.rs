//! The ranking, ground by ground: of two neighbours the weightier files the document, whatever the order of the text.

use crate::date::{Clues, EvidenceKind, Field, Habits, decide, gather};

/// What a case is made of: a path, fields and a text.
struct Case {
    path: &'static str,
    fields: Vec<Field<'static>>,
    text: String,
}

const PROSE: &str = "The members met in the hall and agreed to begin the work, which had been put off more than once before, and nobody spoke against it.";

/// A day that only the weightier evidence names, and one that only the lighter names.
const HEAVY: &str = "3 March 2011";
const LIGHT: &str = "9 May 2012";

fn field(key: &'static str, value: &'static str, kind: EvidenceKind) -> Field<'static> {
    Field { key, value, line: None, kind }
}

/// Makes a case of lines above the prose and lines below it.
fn text(above: &[&str], below: &[&str]) -> Case {
    let lines = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n\n")).collect::<String>();
    let body = format!("{PROSE}\n\n").repeat(3);
    Case {
        path: "a.txt",
        fields: Vec::new(),
        text: format!("A title of few words\n\n{}{body}{}", lines(above), lines(below)),
    }
}

impl Case {
    fn field(mut self, key: &'static str, value: &'static str, kind: EvidenceKind) -> Self {
        self.fields.push(field(key, value, kind));
        self
    }

    fn path(self, path: &'static str) -> Self {
        Self { path, ..self }
    }

    /// Replaces everything by a text as it stands.
    fn of(text: String) -> Self {
        Self { path: "a.txt", fields: Vec::new(), text }
    }

    /// Gives the value and the ground in words.
    fn filed(&self) -> (String, String) {
        let clues = Clues { path: self.path, text: &self.text, body: 0..self.text.len(), fields: &self.fields };
        let filed = decide(gather(&clues), &Habits::default()).filed;
        filed.map_or_else(|| ("undated".to_owned(), String::new()), |filed| (filed.edtf.to_string(), filed.why))
    }
}

#[test]
fn of_two_neighbouring_grounds_the_weightier_files() {
    use EvidenceKind::{Config, FrontMatter, Metadata, Sidecar};
    let body = format!("{PROSE}\n\n").repeat(3);
    let cases: Vec<(&str, Case)> = vec![
        ("configuration", text(&[], &[]).field("date", HEAVY, Config).field("date", LIGHT, Sidecar)),
        ("sidecar", text(&[], &[]).field("date", HEAVY, Sidecar).field("date", LIGHT, FrontMatter)),
        ("front matter", text(&[], &[]).field("date", HEAVY, FrontMatter).field("published", LIGHT, FrontMatter)),
        ("front matter", Case::of(format!("9 May 2012 10:30\n\n{body}")).field("published", HEAVY, FrontMatter)),
        ("time stamp", Case::of(format!("3 March 2011 10:30\n\nQuetta, {LIGHT}: {body}"))),
        ("dateline", Case::of(format!("FOR IMMEDIATE RELEASE: {LIGHT}\n\nQuetta, {HEAVY}: {body}"))),
        (
            "label of issue",
            text(&[&format!("Date of issue: {HEAVY}"), &format!("Minutes of the meeting of {LIGHT}")], &[]),
        ),
        ("title", text(&[&format!("Press release, {HEAVY}"), &format!("First published: {LIGHT}")], &[])),
        ("first published", text(&[&format!("Posted on {LIGHT}"), &format!("First published: {HEAVY}")], &[])),
        ("published then", text(&[&format!("by Ann Author, {LIGHT}"), &format!("Posted on {HEAVY}")], &[])),
        ("author", text(&[LIGHT, &format!("by Ann Author, {HEAVY}")], &[])),
        ("head", Case::of(format!("A title\n\n{HEAVY}\n\n{LIGHT} – {body}"))),
        ("opens", Case::of(format!("A title\n\n{HEAVY} – {body}{body}{LIGHT}\n\nDear Sir,\n\n{body}"))),
        ("letter", Case::of(format!("A title\n\n{body}{body}{HEAVY}\n\nDear Sir,\n\n{body}{}\n\n{LIGHT}\n", PROSE))),
        ("end", Case::of(format!("A periodical\n\nMay 2012\n\n{body}{body}{body}{HEAVY}\n"))),
        ("month", Case::of(format!(" date 2012-05-09 A periodical\n\nMarch 2011\n\n{body}"))),
        ("harvester", Case::of(format!(" date 2011-03-03 {body}")).field("pubdate", LIGHT, Metadata)),
        ("metadata", text(&[], &[]).field("pubdate", HEAVY, Metadata).path("2012-05-09-a-title.txt")),
        (
            "name",
            text(&[], &[]).path("2011-03-03-a-title.txt").field("url", "https://a.example/2012/05/09/x", FrontMatter),
        ),
        ("address", text(&["5/9/12, 2:58 PM"], &[]).field("url", "https://a.example/2011/03/03/x", FrontMatter)),
    ];
    for (ground, case) in cases {
        let (value, why) = case.filed();
        let is_heavy = value == "2011-03-03" || ground == "month" && value == "2011-03";
        assert!(
            is_heavy && why.contains(ground),
            "{ground}: {value} since {why}\n{}",
            &case.text[..200.min(case.text.len())]
        );
    }
}

#[test]
fn a_margin_alone_only_bounds() {
    let case = text(&["5/9/12, 2:58 PM"], &[]);
    assert_eq!(case.filed().0, "undated");
    let clues = Clues { path: "a.txt", text: &case.text, body: 0..case.text.len(), fields: &[] };
    let bounds = decide(gather(&clues), &Habits::default()).bounds;
    assert_eq!(bounds.latest.map(|day| day.to_string()).as_deref(), Some("2012-05-09"));
}

#[test]
fn impossible_months_and_days_leave_one_reading_or_none() {
    for (written, value) in [
        ("14/03/2011", "2011-03-14"),
        ("03/14/2011", "2011-03-14"),
        ("03/03/2011", "2011-03-03"),
        ("Thursday 03/03/2011", "2011-03-03"),
        ("Friday 04/03/2011", "2011-03-04"),
        ("04/03/2011", "[2011-03-04,2011-04-03]"),
        ("31/06/2011", "undated"),
        ("14/14/2011", "undated"),
        ("30 February 2011", "undated"),
        ("29 February 2011", "undated"),
        ("29 February 2012", "2012-02-29"),
    ] {
        assert_eq!(text(&[written], &[]).filed().0, value, "{written}");
    }
}

#[test]
fn a_collection_that_writes_both_orders_proves_none() {
    let read = |text: &str| gather(&Clues { path: "a.txt", text, body: 0..text.len(), fields: &[] });
    let day: Vec<_> = (13..17).map(|day| read(&format!("{day}/03/1998\n\n{PROSE}"))).collect();
    let month = read(&format!("03/25/1998\n\n{PROSE}"));
    let decided = |habits: &Habits| {
        let text = format!("03/04/1998\n\n{PROSE}");
        decide(read(&text), habits).filed.map(|filed| (filed.edtf.to_string(), filed.grade.as_str()))
    };
    let one = Habits::learn(&day.iter().collect::<Vec<_>>());
    assert_eq!(decided(&one), Some(("1998-04-03".to_owned(), "inferred")));
    let both = Habits::learn(&day.iter().chain([&month]).collect::<Vec<_>>());
    assert_eq!(decided(&both), Some(("[1998-03-04,1998-04-03]".to_owned(), "inferred")));
    let few = Habits::learn(&day[..2].iter().collect::<Vec<_>>());
    assert_eq!(decided(&few), Some(("[1998-03-04,1998-04-03]".to_owned(), "inferred")));
}

#[test]
fn each_site_keeps_its_own_order_of_day_and_month() {
    let read = |text: &str, site: Option<&str>| {
        gather(&Clues { path: "a.txt", text, body: 0..text.len(), fields: &[] }).from_site(site.map(str::to_owned))
    };
    let mut all = Vec::new();
    for day in 13..17 {
        all.push(read(&format!("{day}/03/1998\n\n{PROSE}"), Some("day.example")));
        all.push(read(&format!("03/{day}/1998\n\n{PROSE}"), Some("month.example")));
        all.push(read(&format!("{day}/03/1998\n\n{PROSE}"), (day < 15).then_some("few.example")));
    }
    let decided = |all: &[crate::date::Candidates], site: Option<&str>| {
        let habits = Habits::learn(&all.iter().collect::<Vec<_>>());
        decide(read(&format!("03/04/1998\n\n{PROSE}"), site), &habits).filed.map(|filed| filed.edtf.to_string())
    };
    let both = Some("[1998-03-04,1998-04-03]".to_owned());
    assert_eq!(decided(&all, Some("day.example")).as_deref(), Some("1998-04-03"));
    assert_eq!(decided(&all, Some("month.example")).as_deref(), Some("1998-03-04"));
    assert_eq!(decided(&all, Some("few.example")), both);
    assert_eq!(decided(&all, Some("other.example")), both);
    assert_eq!(decided(&all, None), both);
    // Where all captures agree, one that does not say where it comes from follows them; one from another site does not.
    let agreeing: Vec<_> = all.into_iter().step_by(3).collect();
    assert_eq!(decided(&agreeing, None).as_deref(), Some("1998-04-03"));
    assert_eq!(decided(&agreeing, Some("other.example")), both);
}
