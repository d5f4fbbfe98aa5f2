//! What the titles, mastheads and notices round a date are about.
//!
//! What enters: words made comparable by [`super::plain`]. What leaves: whether they speak of another meeting, an
//! invitation, a law, an issue of a periodical and the like. The lists hold words of the trade, never a body's name.

use super::super::lexicon::fold;
use super::{Phrases, holds, phrases};
use std::sync::LazyLock;

/// Words that name the record of a meeting itself.
const RECORD: &str = "minutes|notes|record of|protokoll|niederschrift|proces-verbal|compte rendu|compte-rendu|acta|ata da|verbale|протокол|纪要|紀要|記錄|議事録|회의록|notulen|tutanak|notulensi|bien ban|محضر|روئیداد|कार्यवृत्त|কার্যবিবরণী";

/// Words of a meeting's record that speak of another meeting: one before it, whose minutes it approves, or the next.
const ANOTHER_MEETING: &str = "approved|approve|approval|confirmed|confirm|adopted|previous|last meeting|next|matters arising|prochaine|approuve|approbation|precedent|nachste|genehmig|vorherig|letzten sitzung|proxima|proximo|aprobad|aprobacion|aprovad|aprovacao|anterior|prossima|approvat|precedente|следующ|предыдущ|утвержд|次回|前回|下次|上次|다음|sonraki|onceki|berikutnya|اگل|القادم";

/// Words that say where or when a meeting was held.
const HELD: &str = "held|tenue|tenu le|qui s'est tenu|abgehalten|stattgefunden|celebrada|celebrado|realizada|svoltasi|tenutasi|состоявше|проведенн|منعقد|المنعقد|yapilan|duzenlenen|diadakan|召开|開催|개최";

/// Words by which a title says when a speech was made or a paper was handed over.
const DELIVERED: &str = "delivered|made|given|issued|released|adopted|broadcast|read|spoken|recorded|prononce|gehalten|pronunciado|pronunciada|proferido|pronunciato|tenuto|произнесен|выступлени|発表|发表";

/// Words of an invitation.
const INVITATION: &str = "you are invited|you are warmly|you are cordially|cordially invite|invites you|invite you|invitation to|join us|save the date|public meeting|mass rally|einladung zu|laden ein|laden sie|laden herzlich|nous invitons|vous invite|vous convie|reunion publique|les invita|te invita|le invitamos|convocatoria|convida a todos|convite|vi invita|приглашаем|приглашение|davetlisiniz|undangan|mengundang|kinh moi|thiep moi|دعوت نامہ|يدعوكم|دعوة لحضور|आमंत्रण|निमंत्रण|নিমন্ত্রণ|আমন্ত্রণ|邀请函|邀請函|ご案内|お招き|초대|venez nombreu";

/// Words that open the title of a law, a decree or an order.
const INSTRUMENTS: &str = "act|law|decree|ordinance|order|regulation|regulations|proclamation|resolution|notification|directive|decision|loi|decret|arrete|ordonnance|deliberation|instruction|circulaire|ley|decreto|resolucion|orden|acuerdo|portaria|lei|resolucao|instrucao|medida|legge|delibera|ordinanza|direttiva|gesetz|verordnung|satzung|richtlinie|beschluss|закон|указ|постановление|приказ|распоряжение|решение|kanun|karar|yonetmelik|undang|peraturan|keputusan|nghi|quyet|luat|wet|besluit|ustawa|rozporzadzenie|uchwala|lov|lag|forordning";

/// Parts of German compounds that name a statute.
const STATUTES: &str = "gesetz|verordnung|satzung|ordnung|erlass|bekanntmachung|richtlinie|vertrag";

/// Words by which the title of a law goes on to its subject.
const SUBJECTS: &str = "on|relating|respecting|concerning|amending|to|relatif|relative|portant|fixant|modifiant|sur|concernant|instituant|autorisant|d|sobre|por|que|reguladora|dispoe|altera|о|об|recante|uber|zur|zum|tentang|ve";

/// Words that count issues of a periodical.
const ISSUES: &str = "no|nos|nr|num|numero|number|nummer|n|issue|vol|volume|jahrgang|jg|ausgabe|heft|tome|tomo|annee|ano|anno|sayi|№|выпуск|том|номер|edisi|so|شماره|شمارہ|العدد|عدد|अंक|সংখ্যা|seite|page|pagina|pag|стр|sayfa|halaman|blz";

/// Headings of a history of revisions.
const REVISIONS: &str = "revision history|revisions history|history of revisions|version history|history of versions|document history|document control|change history|history of changes|change log|changelog|amendment history|amendment record|record of amendments|record of changes|revision record|publication history|anderungshistorie|anderungsverzeichnis|versionsgeschichte|versionshistorie|dokumenthistorie|revisionsgeschichte|historique des versions|historique des revisions|historique des modifications|suivi des modifications|historique du document|historial de versiones|historial de cambios|historial de revisiones|control de cambios|control de versiones|historico de versoes|historico de revisoes|controle de versoes|cronologia delle revisioni|storico delle revisioni|storia delle modifiche|versiegeschiedenis|история изменений|история версий|лист регистрации изменений|historia zmian|surum gecmisi|revizyon gecmisi|degisiklik gecmisi|riwayat perubahan|riwayat revisi|lich su sua doi|修订记录|修订历史|版本历史|版本記錄|修訂記錄|改訂履歴|更新履歴|改版履歴|개정 이력|개정이력|변경 이력|سجل التعديلات|سجل المراجعات|تاریخچه تغییرات|نظرثانی کی تاریخ";

/// Words of an entry that is the first of such a history.
const FIRST_VERSIONS: &str = "first|initial|original|1 0|v1|premiere|version initiale|erste|ursprung|erstausgabe|inicial|primera|primeira|prima |iniziale|первая|первонач|исходн|eerste|pierwsz|ilk |awal|pertama|lan dau|ban dau|首次|初次|首版|初版|初稿|新規作成|制定|최초|초판|제정|اول|الاول|پہلی|created|published|issued|adopted|established";

/// Words that join a date to its equivalent in another calendar.
const EQUIVALENCE: &[&str] =
    &["الموافق", "الموافق ل", "بمطابق", "مطابق", "برابر با", "corresponding to", "muwafiq", "i e"];

static TOPICS_FOLDED: LazyLock<[Vec<String>; 5]> =
    LazyLock::new(|| [ANOTHER_MEETING, HELD, DELIVERED, INVITATION, RECORD].map(phrases));
static INSTRUMENTS_FOLDED: Phrases = LazyLock::new(|| phrases(INSTRUMENTS));
static STATUTES_FOLDED: Phrases = LazyLock::new(|| phrases(STATUTES));
static SUBJECTS_FOLDED: Phrases = LazyLock::new(|| phrases(SUBJECTS));
static ISSUES_FOLDED: Phrases = LazyLock::new(|| phrases(ISSUES));

static REVISIONS_FOLDED: Phrases = LazyLock::new(|| phrases(REVISIONS));
static FIRST_VERSIONS_FOLDED: Phrases = LazyLock::new(|| phrases(FIRST_VERSIONS));

/// Tells whether a line is the heading of a history of revisions.
pub(in crate::date) fn heads_revisions(plain: &str) -> bool {
    let heading = plain.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | ')'));
    let heading = ["annex ", "appendix ", "anhang ", "annexe "]
        .iter()
        .find_map(|part| heading.strip_prefix(part).and_then(|rest| rest.split_once(' ')).map(|(_, rest)| rest))
        .unwrap_or(heading);
    REVISIONS_FOLDED.iter().any(|phrase| heading.starts_with(phrase.as_str()))
}

/// Tells whether an entry of such a history is that of the first version.
pub(in crate::date) fn is_first_version(plain: &str) -> bool {
    holds(&plain.replace('.', " "), &FIRST_VERSIONS_FOLDED)
}

/// Formulas by which those who sign an instrument attest the day that follows.
const ATTESTATION: &str = "set my hand|set our hands|set their hands|set his hand|set her hand|in witness whereof|in testimony whereof|in faith whereof|witness my hand|given under my hand|given under our hands|signed, sealed|en foi de quoi|en fe de lo cual|en testimonio de lo cual|em fe do que|em testemunho do que|in fede di che|zu urkund dessen|в удостоверение чего|وإشهادا على ذلك";

static ATTESTATION_FOLDED: Phrases = LazyLock::new(|| phrases(ATTESTATION));

/// Tells whether the words before a date are those by which an instrument is signed on it.
pub(in crate::date) fn attests(plain: &str) -> bool {
    holds(plain, &ATTESTATION_FOLDED)
}

/// Headings of what is to come, and of lists of other pages.
const LISTS: &[&str] = &[
    "events",
    "upcoming events",
    "upcoming",
    "calendar",
    "event calendar",
    "agenda",
    "termine",
    "veranstaltungen",
    "evenements",
    "eventos",
    "eventi",
    "события",
    "календарь",
    "etkinlikler",
    "acara",
    "活动",
    "イベント",
    "행사",
    "related articles",
    "related posts",
    "recent posts",
    "latest news",
    "more news",
    "recent comments",
    "archives",
    "archive",
    "neueste artikel",
    "articles similaires",
    "noticias relacionadas",
];

/// Tells whether a line heads a list of events to come, or of other pages.
pub(in crate::date) fn heads_list(plain: &str) -> bool {
    LISTS.contains(&plain)
}

/// What a line can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::date) enum Topic {
    /// A meeting other than the one whose record it stands in.
    AnotherMeeting,
    /// Where and when a meeting was held.
    Held,
    /// When a speech was made, or a paper handed over.
    Delivered,
    /// An invitation.
    Invitation,
    /// The record of a meeting itself.
    Record,
}

/// Tells whether a line is about something.
pub(in crate::date) fn is_about(topic: Topic, plain: &str) -> bool {
    let [another, held, delivered, invitation, record] = &*TOPICS_FOLDED;
    let phrases = match topic {
        Topic::AnotherMeeting => another,
        Topic::Held => held,
        Topic::Delivered => delivered,
        Topic::Invitation => invitation,
        Topic::Record => record,
    };
    holds(plain, phrases)
}

/// Tells whether a word opens the title of a law, a decree or an order.
pub(in crate::date) fn is_instrument(word: &str) -> bool {
    INSTRUMENTS_FOLDED.iter().any(|other| other == word)
}

/// Tells whether a German title is that of a statute.
pub(in crate::date) fn is_statute(plain: &str) -> bool {
    STATUTES_FOLDED.iter().any(|part| plain.contains(part.as_str()))
}

/// Tells whether what follows a law's date goes on to its subject.
pub(in crate::date) fn opens_subject(after: &str) -> bool {
    let first = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    SUBJECTS_FOLDED.iter().any(|other| other == first)
}

/// Tells whether a word counts issues of a periodical.
pub(in crate::date) fn counts_issues(word: &str) -> bool {
    ISSUES_FOLDED.iter().any(|other| other == word)
}

/// Tells whether a word holds its issue's number itself: `№103`, `no103`.
pub(in crate::date) fn is_issue_number(word: &str) -> bool {
    let mark = word.trim_end_matches(|c: char| c.is_ascii_digit());
    mark.len() < word.len() && counts_issues(mark)
}

/// Tells whether a word is counted by the number before it: "14. Wahlperiode", "12th year".
pub(in crate::date) fn is_counted(word: &str) -> bool {
    matches!(
        word,
        "wahlperiode"
            | "legislaturperiode"
            | "jahrgang"
            | "annee"
            | "ano"
            | "anno"
            | "year"
            | "session"
            | "sitzung"
            | "год"
    )
}

/// Tells whether a word is a number in Roman figures.
pub(in crate::date) fn is_roman(word: &str) -> bool {
    word.len() <= 8 && word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x' | b'l' | b'c' | b'd' | b'm'))
}

/// Takes the words off that join a date to its equivalent in another calendar.
pub(in crate::date) fn without_equivalence(plain: &str) -> String {
    let mut rest = plain.trim();
    for words in EQUIVALENCE {
        let words = fold(words);
        rest = rest.strip_suffix(&words).unwrap_or(rest).trim();
        rest = rest.strip_prefix(&words).unwrap_or(rest).trim();
    }
    rest.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// Takes what stands in parentheses off the end of words before a date; `None` where nothing does.
pub(in crate::date) fn without_parenthesis(before: &str) -> Option<&str> {
    let open = before.rfind('(')?;
    (before.len() - open <= 80).then(|| before[..open].trim_end())
}

/// Takes a clock time, with its zone, off the end of words before a date; `None` where there is none.
pub(in crate::date) fn without_hour(before: &str) -> Option<&str> {
    let mut rest = before.trim_end_matches([' ', ',', ':']);
    let mut has_hour = false;
    for _ in 0..5 {
        let (head, last) = rest.rsplit_once(' ')?;
        let is_hour = last.starts_with(|c: char| c.is_ascii_digit());
        let is_zone = matches!(
            last.trim_matches(['.', ',']),
            "am" | "pm"
                | "a.m"
                | "p.m"
                | "gmt"
                | "utc"
                | "bst"
                | "est"
                | "edt"
                | "et"
                | "pt"
                | "cet"
                | "uhr"
                | "h"
                | "hrs"
                | "hours"
                | "noon"
                | "on"
                | "midnight"
                | "du"
                | "am:"
                | "le"
        );
        if !is_hour && !is_zone {
            break;
        }
        has_hour |= is_hour || matches!(last, "noon" | "midnight");
        rest = head.trim_end_matches([' ', ',']);
    }
    has_hour.then_some(rest)
}
