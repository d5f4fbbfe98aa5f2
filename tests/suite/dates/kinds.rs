//! Captures of many kinds and languages, each with the day that it was issued, or with none.
//!
//! Each case is a kind of paper that collections hold. What tempts the program (hearings, deadlines, former meetings,
//! dates of other papers) stands in it too.

use super::PROSE;
use dossier::date::{Clues, Habits, decide, gather};

/// Says what files a text: `head`, paragraphs that name no day, `tail`.
fn filed(head: &str, tail: &str) -> String {
    let text = format!("{head}\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{tail}\n");
    let clues = Clues { path: "a.txt", text: &text, body: 0..text.len(), fields: &[] };
    let dating = decide(gather(&clues), &Habits::default());
    dating.filed.map_or_else(|| "undated".to_owned(), |filed| filed.edtf.to_string())
}

/// The beginning of a paper, its end, and the value that files it.
type Paper = (&'static str, &'static str, &'static str);

const ISSUED: &[Paper] = &[
    ("THE GAZETTE\nPUBLISHED BY AUTHORITY\nNo. 214]   THURSDAY, JULY 17, 1986", "", "1986-07-17"),
    ("IN THE HIGH COURT\n\nDate of hearing: 27.08.2013\nDate of order: 05.09.2013\n\nORDER", "", "2013-09-05"),
    ("SUPREME COURT\nArgued January 19, 1988\nDecided June 13, 1988", "", "1988-06-13"),
    ("FISHERIES ACT\nNo. 12 of 1996\n\n[Assented to 22 April 1996]\n[Commencement 1 July 1996]", "", "1996-04-22"),
    ("Gesetz über die Häfen\n\nVom 2. Juli 1976\n\n§ 1", "", "1976-07-02"),
    ("PORTARIA Nº 2.344, DE 27 DE NOVEMBRO DE 2009", "", "2009-11-27"),
    ("ПРИКАЗ\nот 15 октября 2007 г. № 312\nОб охране труда", "", "2007-10-15"),
    ("LEGGE 20 maggio 1970, n. 300", "", "1970-05-20"),
    ("Pressemitteilung\n\nURTEIL\nVerkündet am: 19. Juli 2005\n\nDie Verhandlung vom 14. Juni 2005", "", "2005-07-19"),
    (
        "Minutes of the Parish Council\nheld in the hall on Tuesday 11th March 2014 at 7.30 pm\n\n1. Minutes of the meeting of 14 January 2014 were approved.",
        "Date of next meeting: 13 May 2014",
        "2014-03-11",
    ),
    ("第３回 運営委員会 議事録\n日時：令和4年5月17日（火）18時30分～20時", "", "2022-05-17"),
    (
        "\"We never asked for charity\"\nInterview with Nora Quispe, 30.11.2006\n\nQ: How did it begin?",
        "",
        "2006-11-30",
    ),
    ("ON LAND\nSpeech delivered at the Third Congress on September 2, 1985", "", "1985-09-02"),
    ("EMBARGOED UNTIL 00:01 GMT, THURSDAY 27 JANUARY 2005\n\nHunger in the uplands", "", "2005-01-27"),
    ("Date of report (Date of earliest event reported): May 9, 2012", "", "2012-05-09"),
    ("NORTHERN PULP\nINTERIM RESULTS FOR THE SIX MONTHS ENDED 31 DECEMBER 2002\n\n6 February 2003", "", "2003-02-06"),
    ("Statement\nby the Bulletin\nWednesday 24th December", "Posted 26 December 2014", "2014-12-24"),
    ("Crop Alert No. 3 – 25 February 2010\n\nLocusts in the north", "", "2010-02-25"),
    ("Amtsblatt der Gemeinde\nJahrgang 8 · Nummer 12 · 15. Dezember 1999", "", "1999-12-15"),
    ("Газета \"Вестник\" №103 (3187) от 09.06.2005", "", "2005-06-09"),
    ("THE SEAMEN'S VOICE\nVol. 11 No. 4, October 1992", "", "1992-10"),
    (
        "May 13, 2007  Sunday  Rabi-us-Sani 25, 1428\n\nRally postponed\n\nKARACHI, May 12: The rally was put off.",
        "",
        "2007-05-12",
    ),
    ("ہفتہ 21 ذوالحجہ 1437ھ 24 ستمبر 2016ء\n\nگرفتاری", "", "2016-09-24"),
    ("بنام: تمام سیکرٹری\nمورخہ: ۳ جولائی ۲۰۱۰ء", "", "2010-07-03"),
    ("نوائے ساحل\n15 اگست 2012ء بروز بدھ", "", "2012-08-15"),
    ("د ښوونکو خبرپاڼه\nکابل، ۱ غويی ۱۳۹۷", "", "2018-04-21"),
    ("Thứ ba, 4/5/2021, 10:12 (GMT+7)", "", "2021-05-04"),
    ("2019年8月20日 19時05分", "", "2019-08-20"),
    ("津波の被害\n2011年3月12日05時00分", "", "2011-03-12"),
    ("01 Haziran 2013 Cumartesi 17:40\n\nParkta gece", "", "2013-06-01"),
    ("お知らせ　R6.6.5", "", "2024-06-05"),
    ("አዲስ አበባ፣ ጥር 12 ቀን 2010 ዓ.ም.", "", "2018-01-20"),
    ("R 121430Z SEP 73\nFM AMEMBASSY\nTO SECSTATE", "", "1973-09-12"),
    ("Protokół porozumienia\n\nGdańsk, dnia 31 sierpnia 1980 r.", "", "1980-08-31"),
    ("Chers camarades,", "Fait à Saint-Nazaire, le 21 juin 1936\n\nLe secrétaire", "1936-06-21"),
    ("Jerusalem, 14 Nisan 5764 (5 April 2004)", "", "2004-04-05"),
    ("ירושלים, י״ד בניסן תשס״ד, 5 באפריל 2004", "", "2004-04-05"),
    ("תל אביב, ה' באייר תש״ח", "", "1948-05-14"),
    ("Given at Quetta, the third of May, two thousand and four", "", "2004-05-03"),
    ("A Resolution", "Done at Geneva, this twenty-first day of June, nineteen hundred and ninety-eight.", "1998-06-21"),
    (
        "A Proclamation",
        "IN WITNESS WHEREOF, I have hereunto set my hand this fourth day of July, in the year of our Lord two thousand four, and of the Independence of the Republic the second.",
        "2004-07-04",
    ),
    ("Közlemény\n\nBudapest, 1998. III. 2.", "", "1998-03-02"),
    ("Harbour works: a guide\n\n2/III/1998", "", "1998-03-02"),
    ("AP 3 May 2011 1432 GMT", "", "2011-05-03"),
    ("Quarterly survey\n\n3rd quarter of 2011", "", "2011-35"),
    ("Weekly letter\n\nFirst week of July 2011", "", "[2011-07-01..2011-07-07]"),
    ("To the Board\n\nDear Sir,", "Yours faithfully,\n\nJ. Okafor\n\nQuetta, 3 May 2011", "2011-05-03"),
    ("昭和64年1月7日", "", "1989-01-07"),
    ("24 December 2014, 23:30 GMT+5", "", "2014-12-24"),
    ("Wed, 24 Dec 2014 23:30:00 -0500", "", "2014-12-24"),
    (
        "A guide to harbour works\n\nAugust 2013 edition",
        "Revision history\nv2.0 2013-08-07 New annex\nv1.0 2010-03-03 Initial release",
        "2010-03-03",
    ),
    ("Москва, 3 мая 2011 г. Союз грузчиков провёл собрание в порту.", "", "2011-05-03"),
    ("Roma, 3 ottobre 2019. La lega dei pescatori chiede un incontro.", "", "2019-10-03"),
    ("Thread: the nets we lost\n\nMay 2nd 2018, 12 tweets, 3 min read", "", "2018-05-02"),
];

const UNDATED: &[&str] = &[
    "You are warmly invited\n\nto the opening of the show\n\non Saturday, 14 September 2013 at 3 p.m.\nVenue: Weavers' Hall",
    "Réunion publique\n\nJeudi 12 mars 2015 à 20 h\nSalle des fêtes",
    "Einladung zum Sommerfest\n\nSamstag, 7. Juli 2018, ab 15 Uhr\nOrt: Vereinsgarten",
    "Vacancy: Organiser\n\nClosing date: Friday 6 June 2014\nInterviews: week of 16 June 2014",
    "The Long Net, a film\n\nRelease date: 14 October 2022 (Germany), 3 March 2023 (UK)",
    "Statement on the killings of 3 May 2011",
    "Decree No. 5 of 3 May 1994: why we oppose it",
    "Version 3.5.2011",
    "15 March 44 BC",
    "3 May 0000",
    "A report\n\nPublished: 3 May 2011\n\nPublished: 9 July 2012",
    "Workshop\n\nDay 1 – 3 March 2010\nDay 2 – 4 March 2010\nDay 3 – 5 March 2010\nDay 4 – 8 March 2010",
    "Today's hearing\n\nHearing date: 27 August 2013",
];

#[test]
fn papers_of_many_kinds_are_dated_by_their_own_day() {
    let misread: Vec<String> = ISSUED
        .iter()
        .map(|(head, tail, day)| (head, filed(head, tail), day))
        .filter(|(_, read, day)| read != *day)
        .map(|(head, read, day)| format!("{head}\n  read as {read}, not as {day}"))
        .collect();
    assert!(misread.is_empty(), "{}", misread.join("\n\n"));
}

#[test]
fn days_that_papers_only_speak_of_date_none() {
    for head in UNDATED {
        assert_eq!(filed(head, ""), "undated", "{head}");
    }
}
