//! Documents in many forms whose dates are exchanged for others of the same form.
//!
//! A rule that knew a file would fail here: each form is written with days drawn by lot, and what is read must be what
//! was written. None may be read wrong; a few may be left undated.

use super::{Chance, PROSE};
use chrono::{Datelike, NaiveDate};
use dossier::date::{Clues, Dating, EvidenceKind, Field, Habits, decide, gather};

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const FRENCH: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const GERMAN: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const SPANISH: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
const PORTUGUESE: [&str; 12] = [
    "janeiro",
    "fevereiro",
    "março",
    "abril",
    "maio",
    "junho",
    "julho",
    "agosto",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
];
const ITALIAN: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];
const RUSSIAN: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
const TURKISH: [&str; 12] =
    ["Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"];
const INDONESIAN: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];
const URDU: [&str; 12] =
    ["جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون", "جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر"];
const ARABIC: [&str; 12] =
    ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];
const HINDI: [&str; 12] =
    ["जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर"];
const BENGALI: [&str; 12] =
    ["জানুয়ারি", "ফেব্রুয়ারি", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই", "আগস্ট", "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর"];
const THAI: [&str; 12] = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
];
const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/// A document as it is given to the program.
struct Paper {
    path: String,
    field: Option<(&'static str, String, EvidenceKind)>,
    text: String,
}

impl Paper {
    /// Makes a plain text without fields, of a head and prose below it.
    fn of(head: &str) -> Self {
        Self { path: "a.txt".to_owned(), field: None, text: format!("{head}{PROSE}\n\n{PROSE}\n\n{PROSE}\n") }
    }

    /// Makes a text with a title and a line under it.
    fn under_title(line: &str) -> Self {
        Self::of(&format!("A title of few words\n\n{line}\n\n"))
    }

    /// Makes a text without a date and with a field.
    fn with(key: &'static str, value: String, kind: EvidenceKind) -> Self {
        Self { field: Some((key, value, kind)), ..Self::of("A title\n\n") }
    }

    /// Dates it alone.
    fn dated(&self) -> Dating {
        let fields: Vec<Field<'_>> =
            self.field.iter().map(|(key, value, kind)| Field { key, value, line: Some(2), kind: *kind }).collect();
        let clues = Clues { path: &self.path, text: &self.text, body: 0..self.text.len(), fields: &fields };
        decide(gather(&clues), &Habits::default())
    }
}

/// Gives the name of a day's month.
fn month(names: [&'static str; 12], day: NaiveDate) -> &'static str {
    names[usize::try_from(day.month0()).expect("twelve months")]
}

/// Writes a number in the digits that begin with `zero`.
fn native(number: impl ToString, zero: u32) -> String {
    let digit = |c: char| c.to_digit(10).and_then(|digit| char::from_u32(zero + digit)).expect("a digit");
    number.to_string().chars().map(digit).collect()
}

/// Writes one day in every form; each has a name for the report.
fn papers(date: NaiveDate) -> Vec<(&'static str, Paper)> {
    use EvidenceKind::{Config, FrontMatter, Metadata, Sidecar};
    let (d, m, y) = (date.day(), date.month(), date.year());
    let weekday = date.format("%A").to_string();
    let name = |names| month(names, date);
    let english = format!("{d} {} {y}", name(ENGLISH));
    let american = format!("{} {d}, {y}", name(ENGLISH));
    let ordinal = match d {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    };
    vec![
        ("dateline", Paper::of(&format!("A TITLE\n\nQUETTA, {english}: "))),
        ("dateline with a bar", Paper::of(&format!("A title\n\nQuetta | {english}\n\n"))),
        ("agency dateline", Paper::of(&format!("A title\n\nLAHORE, {american} (AGENCY) - "))),
        ("weekday dateline", Paper::of(&format!("A title\n\nLahore, {weekday}, {english}: "))),
        ("ordinal dateline", Paper::of(&format!("A title\n\nLahore, {d}{ordinal} {}, {y}: ", name(ENGLISH)))),
        ("release", Paper::of(&format!("FOR IMMEDIATE RELEASE: {american}\n\nA title of few words\n\n"))),
        ("issued", Paper::under_title(&format!("Date of issue: {english}"))),
        ("date label", Paper::under_title(&format!("Date: {english}"))),
        ("ISO label", Paper::under_title(&format!("Date: {date}"))),
        ("minutes", Paper::of(&format!("Minutes of the meeting of {english}\n\nPresent: all\n\n"))),
        ("first published", Paper::under_title(&format!("Date first published: {english}"))),
        ("posted", Paper::under_title(&format!("Posted on {american}"))),
        ("first and again", Paper::under_title(&format!("9 September 2027, by A (Date first published: {english})."))),
        ("printed later", Paper::of(&format!("A title\n\n9/9/27, 2:58 PM\n\nQuetta | {english}\n\n"))),
        ("byline", Paper::under_title(&format!("by Ann Author, {english}"))),
        ("alone", Paper::under_title(&english)),
        ("alone, American", Paper::under_title(&american)),
        ("alone, with its weekday", Paper::under_title(&format!("{weekday}, {american}"))),
        ("alone, with dots", Paper::under_title(&format!("{d:02}.{m:02}.{y}"))),
        ("alone, in Roman figures", Paper::under_title(&format!("{d}/{}/{y}", name(ROMAN)))),
        ("alone, slashed, with its weekday", Paper::under_title(&format!("{weekday} {d:02}/{m:02}/{y}"))),
        ("wire", Paper::of(&format!("{english} 10:30\n\n"))),
        ("letter", Paper::of(&format!("{english}\n\nDear Sir,\n\n"))),
        (
            "end of a letter",
            Paper {
                text: format!(
                    "Dear friends,\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{english}\n"
                ),
                ..Paper::of("")
            },
        ),
        ("prefix", Paper::of(&format!(" date {date} "))),
        ("file name", Paper { path: format!("{date}-a-title.txt"), ..Paper::of("A title\n\n") }),
        ("compact file name", Paper { path: format!("report_{y}{m:02}{d:02}_final.txt"), ..Paper::of("A title\n\n") }),
        ("folders", Paper { path: format!("{y}/{m:02}/{d:02}/index.md"), ..Paper::of("A title\n\n") }),
        ("front matter", Paper::with("date", date.to_string(), FrontMatter)),
        ("front matter with a time", Paper::with("date", format!("{date}T10:00:00Z"), FrontMatter)),
        ("front matter in words", Paper::with("date", english.clone(), FrontMatter)),
        ("published field", Paper::with("published", american.clone(), FrontMatter)),
        ("configuration", Paper::with("date", date.to_string(), Config)),
        ("sidecar", Paper::with("date", date.to_string(), Sidecar)),
        ("metadata", Paper::with("article:published_time", format!("{date}T08:00:00+05:00"), Metadata)),
        ("address", Paper::with("url", format!("https://a.example/{y}/{m:02}/{d:02}/x"), FrontMatter)),
        ("French", Paper::under_title(&format!("Publié le {d} {} {y}", name(FRENCH)))),
        ("French dateline", Paper::of(&format!("Un titre\n\nParis, le {d} {} {y} – ", name(FRENCH)))),
        ("German", Paper::under_title(&format!("Veröffentlicht am {d}. {} {y}", name(GERMAN)))),
        ("German dateline", Paper::of(&format!("Ein Titel\n\nKöln, den {d}. {} {y} – ", name(GERMAN)))),
        ("Spanish", Paper::under_title(&format!("Publicado el {d} de {} de {y}", name(SPANISH)))),
        ("Portuguese", Paper::under_title(&format!("Publicado em {d} de {} de {y}", name(PORTUGUESE)))),
        ("Italian", Paper::under_title(&format!("Pubblicato il {d} {} {y}", name(ITALIAN)))),
        ("Russian", Paper::under_title(&format!("Опубликовано {d} {} {y} г.", name(RUSSIAN)))),
        ("Turkish", Paper::under_title(&format!("Yayınlanma tarihi: {d} {} {y}", name(TURKISH)))),
        ("Indonesian", Paper::under_title(&format!("Diterbitkan pada {d} {} {y}", name(INDONESIAN)))),
        ("Vietnamese", Paper::under_title(&format!("Đăng ngày {d} tháng {m} năm {y}"))),
        ("Urdu", Paper::under_title(&format!("تاریخ: {} {} {}", native(d, 0x6f0), name(URDU), native(y, 0x6f0)))),
        (
            "Arabic",
            Paper::under_title(&format!("تاريخ النشر: {} {} {}", native(d, 0x660), name(ARABIC), native(y, 0x660))),
        ),
        ("Hindi", Paper::under_title(&format!("प्रकाशित: {} {} {}", native(d, 0x966), name(HINDI), native(y, 0x966)))),
        (
            "Bengali",
            Paper::under_title(&format!("প্রকাশিত: {} {} {}", native(d, 0x9e6), name(BENGALI), native(y, 0x9e6))),
        ),
        ("Chinese", Paper::under_title(&format!("发布于 {y}年{m}月{d}日"))),
        ("Japanese", Paper::under_title(&format!("公開日: {y}年{m}月{d}日"))),
        ("Korean", Paper::under_title(&format!("입력 {y}년 {m}월 {d}일"))),
        ("Minguo", Paper::under_title(&format!("中華民國{}年{m}月{d}日", y - 1911))),
        ("Thai", Paper::under_title(&format!("{d} {} พ.ศ. {}", name(THAI), y + 543))),
    ]
}

#[test]
fn whatever_day_is_written_is_read() {
    let mut chance = Chance::new(9);
    let (mut all, mut exact, mut silent, mut wrong) = (0, 0, Vec::new(), Vec::new());
    for _ in 0..40 {
        let date = loop {
            let year = 1990 + i32::try_from(chance.below(36)).expect("a small number");
            let (month, day) = (chance.below(12) + 1, chance.below(31) + 1);
            let part = |number: usize| u32::try_from(number).expect("a small number");
            if let Some(date) = NaiveDate::from_ymd_opt(year, part(month), part(day)) {
                break date;
            }
        };
        for (form, paper) in papers(date) {
            all += 1;
            match paper.dated().filed.map(|filed| filed.edtf.to_string()) {
                None => silent.push(format!("{form}: {date}")),
                Some(read) if read == date.to_string() => exact += 1,
                // The weekday can fit both readings of a numeric date, which then stays undecided.
                Some(read) if read.starts_with('[') && read.contains(&date.to_string()) => {
                    silent.push(format!("{form}: {date}"));
                }
                Some(read) => wrong.push(format!("{form}: {date} read as {read}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {all} wrong: {:#?}", wrong.len(), &wrong[..wrong.len().min(20)]);
    assert!(exact * 100 >= all * 98, "{exact} of {all} exact; undated: {:#?}", &silent[..silent.len().min(20)]);
}
