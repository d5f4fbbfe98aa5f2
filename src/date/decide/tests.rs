use crate::date::{Candidates, Clues, Dating, Field, Habits, Locale, Role, decide, gather};

/// Dates a text that has no fields.
fn date(text: &str) -> Dating {
    decide(read("letter.txt", text, &[]), &Habits::default())
}

fn read(path: &str, text: &str, fields: &[Field<'_>]) -> Candidates {
    gather(&Clues { path, text, body: 0..text.len(), fields })
}

fn filed(dating: &Dating) -> String {
    dating.filed.as_ref().map_or("undated".to_owned(), |filed| filed.edtf.to_string())
}

fn other(dating: &Dating, role: Role) -> Vec<String> {
    dating.others.iter().filter(|other| other.role == role).map(|other| other.edtf.to_string()).collect()
}

const PROSE: &str = "The members met in the hall and agreed on Tuesday to begin the work, which had been put off more than once before.";

#[test]
fn a_dateline_without_a_year_takes_that_of_an_agreeing_date() {
    let text = format!(
        "PRESS RELEASE\n\nUnion meets\n\nFriday 26 December 2014, by [ABC](#) (Date first published: 24 December 2014).\n\nQuetta, Wednesday 24th December: {PROSE}\n"
    );
    let dating = date(&text);
    assert_eq!(filed(&dating), "2014-12-24");
    assert_eq!(other(&dating, Role::Reposted), ["2014-12-26"]);
    assert_eq!(other(&dating, Role::Event), ["2014-12-23"]);
    assert_eq!(dating.conflict, None);
}

#[test]
fn a_label_claims_the_date_after_it_and_not_the_one_before() {
    let text = format!(
        "Union meets\n\nFriday 26 December 2014, by [ABC](#) (Date first published: 24 December 2014).\n\n{PROSE}\n{PROSE}\n"
    );
    let dating = date(&text);
    assert_eq!(filed(&dating), "2014-12-24");
    assert_eq!(dating.instead.map(|instead| instead.edtf.to_string()).as_deref(), Some("2014-12-26"));
}

#[test]
fn a_season_at_the_head_files_and_a_day_outside_it_does_not_support_it() {
    let text = format!("A periodical\n\nSpring 2020\n\n{PROSE}\n{PROSE}\n");
    assert_eq!(filed(&date(&text)), "2020-21");
    let body = format!("{PROSE}\n\n").repeat(8);
    let later = date(&format!("Posted on Spring 2020\n\n{body}3 December 2020\n"));
    assert_eq!(filed(&later), "2020-21");
    assert_eq!(later.filed.expect("a date").evidence.len(), 1);
}

#[test]
fn a_dateline_alone_stays_without_a_year() {
    assert_eq!(filed(&date(&format!("GOODS EXCHANGE AGREED\n\n    QUETTA, March 18 - {PROSE}"))), "XXXX-03-18");
}

#[test]
fn a_stamp_in_the_margin_never_dates_beside_a_dateline() {
    let text = format!(
        "Title\n\n2/4/26, 2:58 PM\n\nQuetta | 3 February 2026\n\n{PROSE}\n\nEvents\n\nFebruary 12, 2026 - February 14, 2026 Congress"
    );
    let dating = date(&text);
    assert_eq!(filed(&dating), "2026-02-03");
    assert_eq!(other(&dating, Role::Reposted), ["2026-02-04"]);
}

#[test]
fn running_text_dates_nothing() {
    for text in [
        format!("On February 5, 2006, the paper wrote of it. {PROSE}"),
        format!("{PROSE} She was elected in 2011 and left on 27 June 2012."),
        "WHAT HIGH SUMMIT WHEN TUESDAY OCTOBER 17 2006 9 A M TO NOON WHERE COMMUNITY COLLEGE".to_owned(),
    ] {
        assert_eq!(filed(&date(&text)), "undated", "{text}");
    }
}

#[test]
fn a_year_of_the_past_only_bounds() {
    let dating = date(&format!("{PROSE} She was elected in 2011 and will stay until 2030."));
    assert_eq!(dating.bounds.earliest.map(|day| day.to_string()), Some("2011-01-01".to_owned()));
    assert_eq!(dating.bounds.latest, None);
}

#[test]
fn an_ambiguous_date_keeps_both_readings_until_something_decides() {
    let text = format!("03/04/1998\n\n{PROSE}");
    assert_eq!(filed(&date(&text)), "[1998-03-04,1998-04-03]");
    let configured = Habits::default().with_locale(Some(Locale::MonthFirst));
    assert_eq!(filed(&decide(read("a.txt", &text, &[]), &configured)), "1998-03-04");
    let others: Vec<Candidates> =
        (13..16).map(|day| read("b.txt", &format!("03/{day}/1998\n\n{PROSE}"), &[])).collect();
    let learned = Habits::learn(&others.iter().collect::<Vec<_>>());
    assert_eq!(filed(&decide(read("a.txt", &text, &[]), &learned)), "1998-03-04");
}

#[test]
fn two_letters_that_disagree_leave_it_undated_and_say_so() {
    let line = format!("{PROSE}\n").repeat(20);
    let text = format!("{line}\nMarch 9, 2005\n\nDear Sir,\n{line}\nApril 2, 2006\n\nDear Madam,\n{line}");
    let dating = date(&text);
    assert_eq!(filed(&dating), "undated");
    assert!(dating.conflict.expect("a conflict").contains("March 9, 2005"));
    assert_eq!(dating.others.len(), 2);
}

#[test]
fn a_weekday_that_does_not_fit_is_a_warning() {
    let dating = date(&format!("Quetta, Monday 24 December 2014: {PROSE}"));
    assert_eq!(filed(&dating), "2014-12-24");
    assert!(dating.conflict.expect("a clash").contains("Wednesday"));
}

#[test]
fn nothing_in_a_text_makes_it_panic() {
    for text in [
        "",
        "\0",
        "\u{feff}",
        "12",
        "1.",
        "Mai",
        "2014年",
        "(٣",
        "24 December 2014",
        "\n\n\n24/12/2014 é\n",
        "Posted on\n",
        "🦀 2/4/26, 2:58 PM",
        "12-",
        "1 - 2 May - 3 May 2014 -",
    ] {
        let _ = date(text);
        for (at, _) in text.char_indices() {
            let _ = gather(&Clues { path: text, text, body: at..text.len() + 9, fields: &[] });
        }
    }
}
