//! Names of bodies in scripts without letter case: Arabic, Persian, Urdu, Hindi.
//!
//! What enters: a passage's tokens. What leaves: "حزب العمال الكردستاني", "عوامی ورکرز پارٹی", "चुनाव आयोग". No capital shows
//! where a name begins or ends: Arabic shows it by its article, Persian, Urdu and Hindi by the small words around it. So a
//! name is short, and a general word makes none.

use super::super::lexicon::word_lists;
use super::super::token::{Line, Shape};
use super::{Named, Sign};

/// Types before the words that tell the body, in Arabic and Persian, with the kind of body.
const LEADING: &[(&str, &str)] = &[
    ("حزب", "party"),
    ("الحزب", "party"),
    ("جبهة", "front"),
    ("الجبهة", "front"),
    ("جبهه", "front"),
    ("اتحاد", "union"),
    ("الاتحاد", "union"),
    ("اتحادیه", "union"),
    ("نقابة", "union"),
    ("سندیکای", "union"),
    ("حركة", "movement"),
    ("الحركة", "movement"),
    ("جنبش", "movement"),
    ("تحریک", "movement"),
    ("لجنة", "committee"),
    ("اللجنة", "committee"),
    ("کمیته", "committee"),
    ("مجلس", "council"),
    ("المجلس", "council"),
    ("شورای", "council"),
    ("وزارة", "state body"),
    ("وزارت", "state body"),
    ("هيئة", "state body"),
    ("الهيئة", "state body"),
    ("محكمة", "court"),
    ("المحكمة", "court"),
    ("دادگاه", "court"),
    ("دیوان", "court"),
    ("جامعة", "university"),
    ("الجامعة", "university"),
    ("دانشگاه", "university"),
    ("معهد", "institute"),
    ("بنك", "bank"),
    ("البنك", "bank"),
    ("الشبكة", "association"),
    ("مصرف", "bank"),
    ("بانک", "bank"),
    ("منظمة", "association"),
    ("المنظمة", "association"),
    ("سازمان", "association"),
    ("جمعية", "association"),
    ("الجمعية", "association"),
    ("انجمن", "association"),
    ("جماعة", "association"),
    ("جماعت", "party"),
    ("جمعیت", "party"),
    ("رابطة", "association"),
    ("كتائب", "armed group"),
    ("لواء", "armed group"),
    ("سپاه", "armed force"),
    ("لشکر", "armed group"),
    ("جیش", "armed group"),
    ("سپاہ", "armed group"),
    ("حزبِ", "party"),
];

/// Types behind the words that tell the body, in Urdu and Hindi, with the kind of body.
const CLOSING: &[(&str, &str)] = &[
    ("پارٹی", "party"),
    ("لیگ", "association"),
    ("یونین", "union"),
    ("فیڈریشن", "federation"),
    ("موومنٹ", "movement"),
    ("محاذ", "front"),
    ("فرنٹ", "front"),
    ("کونسل", "council"),
    ("کمیٹی", "committee"),
    ("کمیشن", "state body"),
    ("اسمبلی", "legislature"),
    ("کورٹ", "court"),
    ("یونیورسٹی", "university"),
    ("الائنس", "alliance"),
    ("اتحاد", "alliance"),
    ("آرگنائزیشن", "association"),
    ("ایسوسی", "association"),
    ("بینک", "bank"),
    ("رینجرز", "armed force"),
    ("पार्टी", "party"),
    ("कांग्रेस", "party"),
    ("दल", "party"),
    ("संघ", "union"),
    ("यूनियन", "union"),
    ("मोर्चा", "front"),
    ("आयोग", "state body"),
    ("मंत्रालय", "state body"),
    ("न्यायालय", "court"),
    ("विश्वविद्यालय", "university"),
    ("परिषद", "council"),
    ("समिति", "committee"),
    ("बैंक", "bank"),
    ("सभा", "association"),
    ("महासंघ", "federation"),
    ("संगठन", "association"),
];

/// Small words, verbs and words of bodies in general, which no name holds.
const OUTSIDE: &str = "نے کا کی کے میں سے کو پر اور ہے ہیں تھا تھی تھے یہ وہ اس ان کہ جو تک بھی ہی نہیں کر کیا ہوا گیا لیے ساتھ بعد ایک \
    تمام کئی دو تین نئی نئے بڑی ہر کسی اپنی اپنے حکمران سیاسی مخالف دیگر \
    از در به با که را و است بود شد برای این آن تا یا هم نیز می هر یک خود دارد کرد کردند گفت داد \
    في من على إلى الى عن مع أن إن ان هذا هذه ذلك التي الذي قال وقال كما بعد قبل بين حول ضد بيان \
    का की के में से को पर और है हैं था थी थे ने यह वह इस उस कि जो तक भी ही नहीं एक सभी कई कर किया हुआ गया लिए साथ बाद अपनी अपने नई नए \
    बड़ी हर किसी सत्तारूढ़ विपक्षी राजनीतिक अन्य कहा";

/// Definite adjectives that make a type no name: the ruling party, the new council.
const GENERAL: &str = "الحاكم الحاكمة الجديد الجديدة الأول الأولى المذكور المذكورة الآخر الأخرى المعارض المعارضة المحلية المحلي نفسه \
    الإدارة السياسي السياسية";

word_lists! {
    /// Tells whether no name holds a word.
    is_outside, OUTSIDE_SET, OUTSIDE;
    /// Tells whether an adjective makes a type no name.
    is_general, GENERAL_SET, GENERAL;
}

/// Finds the name that starts at a token.
pub(super) fn named(line: &Line<'_>, at: usize) -> Option<Named> {
    if line.shape(at) != Some(Shape::Caseless) {
        return None;
    }
    let (end, kind) = led(line, at).or_else(|| closed(line, at))?;
    Some(Named { run: at..end, suffix: None, sign: Sign::Type, kind: Some(kind) })
}

/// Tells whether a name goes on into a token: a word without case that nothing parts from the one before.
fn goes_on(line: &Line<'_>, at: usize) -> bool {
    line.tokens
        .get(at)
        .is_some_and(|token| token.shape == Shape::Caseless && !(token.opens_line && token.after_short_line))
        && !is_outside(line.word(at))
}

fn starts_definite(word: &str) -> bool {
    ["ال", "لل", "وال"].iter().any(|article| word.strip_prefix(article).is_some_and(|rest| rest.chars().count() > 1))
}

/// "حزب العمال الكردستاني", "سازمان فدائیان خلق".
fn led(line: &Line<'_>, at: usize) -> Option<(usize, &'static str)> {
    const MOST: usize = 5;
    /// Persian and Urdu show no end but a small word; more than three words are a sentence.
    const MOST_BARE: usize = 3;
    let kind = LEADING.iter().find(|(word, _)| *word == line.word(at))?.1;
    let mut end = at + 1;
    let definite = (at + 1..at + 1 + MOST)
        .take_while(|at| goes_on(line, *at) && starts_definite(line.word(*at)) && !is_general(line.word(*at)));
    end += definite.count();
    // "الجبهة الشعبية لتحرير فلسطين": for what, and whose.
    if end > at + 1 && goes_on(line, end) && is_purpose(line.word(end)) {
        end += 1 + usize::from(goes_on(line, end + 1));
    }
    if end == at + 1 {
        // "جماعت اسلامی", "حزب الله": no article, or the name is one word.
        if starts_definite(line.word(at)) || is_general(line.word(end)) {
            return None;
        }
        let is_arabic = line.word(at).contains(['ة', 'ي', 'ك']) || line.word(at).ends_with("ئب");
        let of_place = matches!(kind, "university" | "bank" | "court");
        let most = if is_arabic || of_place || is_urdu(line) { 1 } else { MOST_BARE };
        end += (end..end + most).take_while(|at| goes_on(line, *at)).count();
    }
    (end > at + 1).then_some((end, kind))
}

/// Tells whether an Arabic word says for what: "for the liberation", "for the rights".
fn is_purpose(word: &str) -> bool {
    let rest = word.strip_prefix('ل').unwrap_or_default();
    rest.chars().count() >= 4 && !rest.starts_with('ل') && !rest.starts_with('ك')
}

/// Tells whether a passage has letters that Urdu has and Persian has not.
fn is_urdu(line: &Line<'_>) -> bool {
    line.text.contains(['ٹ', 'ڈ', 'ڑ', 'ے', 'ں', 'ہ'])
}

/// "پاکستان پیپلز پارٹی", "चुनाव आयोग".
fn closed(line: &Line<'_>, at: usize) -> Option<(usize, &'static str)> {
    const MOST: usize = 4;
    if !goes_on(line, at) || (at > 0 && goes_on(line, at - 1) && reaches(line, at - 1)) {
        return None;
    }
    let last = (at..at + MOST + 1)
        .take_while(|place| *place == at || goes_on(line, *place) && line.tokens[*place].spaced)
        .filter(|place| *place > at)
        .find(|place| closing(line, *place).is_some())?;
    let more =
        (last + 1..last + 3).take_while(|place| goes_on(line, *place) && closing(line, *place).is_some()).count();
    let last = last + more;
    Some((last + 1, closing(line, last)?))
}

fn closing(line: &Line<'_>, at: usize) -> Option<&'static str> {
    CLOSING.iter().find(|(word, _)| *word == line.word(at)).map(|(_, kind)| *kind)
}

/// Tells whether a name could begin at a token, a type following soon.
fn reaches(line: &Line<'_>, at: usize) -> bool {
    const MOST: usize = 4;
    (at + 1..at + MOST + 1).take_while(|place| goes_on(line, *place)).any(|place| closing(line, place).is_some())
}

/// Finds the start of the name that ends before a token, for an acronym in brackets there.
pub(in super::super) fn start_before(line: &Line<'_>, end: usize) -> Option<usize> {
    const MOST: usize = 6;
    (end.saturating_sub(MOST)..end).find(|at| named(line, *at).is_some_and(|named| named.run.end == end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let line = Line::new(text);
        let mut names = Vec::new();
        let mut at = 0;
        while at < line.tokens.len() {
            match named(&line, at) {
                Some(named) => {
                    names.push(line.form(&named.run));
                    at = named.run.end;
                }
                None => at += 1,
            }
        }
        names
    }

    #[test]
    fn small_words_and_articles_bound_a_name() {
        assert_eq!(found("وقال حزب العمال السلدافي إن الحزب الحاكم رفض"), ["حزب العمال السلدافي"]);
        assert_eq!(found("کل عوامی ورکرز پارٹی نے اسلام آباد میں جلسہ کیا"), ["کل عوامی ورکرز پارٹی"]);
        assert_eq!(found("विपक्षी दल ने चुनाव आयोग से शिकायत की"), ["चुनाव आयोग"]);
        assert_eq!(found("کارگران سازمان فدائیان خلق در تهران"), ["سازمان فدائیان خلق"]);
    }
}
