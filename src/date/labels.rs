//! The words that stand beside a date and say what it is.
//!
//! What enters: what stands before and after a date in its line. What leaves: the [`Label`] that claims it. The lists
//! hold words of the trade in the collections' languages, never a site's or a body's name.

mod topics;

use super::lexicon::fold;
use std::sync::LazyLock;
pub(super) use topics::{
    Topic, attests, counts_issues, heads_list, heads_revisions, is_about, is_counted, is_first_version, is_instrument,
    is_issue_number, is_roman, is_statute, opens_subject, without_equivalence, without_hour, without_parenthesis,
};

/// What a label says of the date beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    /// The document was issued then.
    Issued,
    /// A bare "Date:".
    Date,
    /// A meeting's "When:".
    When,
    /// It was first published then.
    FirstPublished,
    /// It was published or posted then.
    Published,
    /// It was changed then.
    Modified,
    /// It was captured, printed or looked up then.
    Captured,
    /// Something takes place then.
    Event,
}

/// Labels before a date; each must be the end of what stands before it.
const BEFORE: &[(Label, &str)] = &[
    (
        Label::FirstPublished,
        "date first published|first published|originally published|original publication date|first posted|originally posted|\
originally appeared|first published on|first published at|originally published on|originally published at|originally posted on|originally appeared on|\
publication initiale|publication initiale le|publie a l'origine|publie a l'origine le|publie a l'origine a|publie initialement|publie initialement le|\
premiere publication|premiere publication le|publicado originalmente|publicado originalmente el|publicado originalmente en ingles el|publicado originalmente em|\
publicado originalmente en|publicado por primera vez|publicado por primera vez el|publicado pela primeira vez em|originalmente publicado em|\
erstveroffentlicht|erstveroffentlicht am|erstveroffentlichung|erstveroffentlichung am|zuerst veroffentlicht am|zuerst erschienen am|ursprunglich veroffentlicht am|\
erstmals veroffentlicht am|erstmals erschienen am|pubblicato originariamente il|pubblicato originalmente il|pubblicato per la prima volta il|prima pubblicazione|\
originariamente pubblicato il|оригинал опубликован|впервые опубликовано|первоначально опубликовано|опубликовано впервые|первая публикация|\
первоначально опубликован|оригинал был опубликован|публикувано за пръв път на|публикувано първоначално на|първоначално публикувано на|\
最初发布于|最早发布于|首次发布于|首发于|最初发表于|最早于|最初于|首次发表于|原文发布于|最初發佈於|首次發布於|最初發表於|初出|初版|公開日|初回公開|最初の公開|\
최초 공개|최초 게시|최초 발행|최초 공개일|ilk yayinlanma|ilk yayim|ilk olarak yayinlandi|ilk yayinlanma tarihi|ilk yayin tarihi|dang lan dau|xuat ban lan dau|\
cong bo lan dau|dipublikasikan pertama kali|pertama kali dipublikasikan|pertama kali diterbitkan|diterbitkan pertama kali|dipublikasikan pertama kali pada|\
diterbitkan pertama kali pada|pertama kali dipublikasikan pada|نشر اول مرة|نشرت لاول مرة|نشر لاول مرة في|oorspronkelijk gepubliceerd op|\
eerst gepubliceerd op|pierwotnie opublikowano|opublikowano po raz pierwszy",
    ),
    (
        Label::Issued,
        "date of order|order date|date of judgment|date of judgement|judgment date|date of decision|decision date|date of ruling|date of award|date of announcement|announcement date|statement date|bulletin date|recall date|date of recall|date of letter|date of report|report date|date of notification|notification date|gazette date|assented to|date of assent|royal assent|promulgated|promulgated on|embargoed until|embargo until|embargoed to|not for publication before|not for release before|pronounced on|judgment delivered|delivered on|delivered|decided|decided on|verkundet am|erlassen am|beschlossen am|bekanntgemacht am|entscheidungsdatum|urteil vom|prononce le|rendu le|date de la decision|date de decision|promulgue le|publie au journal officiel du|fecha de la resolucion|fecha de la sentencia|fecha de resolucion|promulgada el|data da decisao|data da publicacao|data della decisione|дата принятия|дата решения|kabul tarihi|karar tarihi|公告日期|发布日|公布日期|通过日期|公布日|告示日|決定日|선고일|공고일|시행일자|ngay ky|tanggal penetapan|ditetapkan tanggal|تاريخ القرار|تاريخ الحكم|for immediate release|for release|embargoed until|embargo|release date|date of release|date of report|date of this report|released|released on|date issued|issued|issued on|\
issue date|date of issue|notice date|date of notice|letter date|dated|dated this|this|date of statement|date of signature|signed on|done at|given at|da|dt|\
ausfertigungsdatum|ausgefertigt am|ausgabedatum|datum der ausfertigung|pour diffusion immediate|communique du|date de signature|fait a|fait le|\
para divulgacion inmediata|para publicacion inmediata|fecha de emision|fecha de expedicion|data de emissao|per diffusione immediata|data di emissione|\
дата выпуска|дата подписания|tanggal terbit|ngay ban hanh|发文日期|成文日期|印发日期|發文日期|発行日|発表日|발행일|배포일|보도일|تاريخ الاصدار|تاریخ اجرا|\
date of meeting|meeting date|sitzung am|sitzung vom|datum der sitzung|seance du|reunion du|sesion de|fecha de la reunion|data della riunione|data da reuniao|会议日期|会议时间|開催日|開催日時|회의 일시|toplanti tarihi",
    ),
    (
        Label::Date,
        "مورخہ|مورخه|بتاریخ|तिथि|मिति|date|dates|datum|fecha|data|дата|تاريخ|التاريخ|تاريخ|بتاريخ|日期|날짜|일자|tarih|tanggal|ngay|तारीख|दिनांक|তারিখ|dato|datum|data|data wydania|imerominia|日付",
    ),
    (Label::When, "when|quand|wann|cuando|quando|когда|时间|時間|日時|일시"),
    (
        Label::Published,
        "published|published on|published at|published date|date published|publication date|publish date|date of publication|pub date|pubdate|posted|\
posted on|posted at|posted by|post date|date posted|posted in|submitted|submitted on|submitted by|filed|filed on|uploaded|uploaded on|added|added on|online since|written on|written|created|created on|\
publie|publie le|publiee le|publie par|mis en ligne|mis en ligne le|date de publication|paru le|poste le|article publie le|\
publicado|publicado el|publicado em|publicada el|fecha de publicacion|data de publicacao|postado em|postado|publicado por|subido el|escrito el|escrito em|\
veroffentlicht|veroffentlicht am|veroffentlicht von|veroffentlichungsdatum|erschienen am|erschienen|erstellt|erstellt am|eingestellt am|gepostet am|verfasst am|geschrieben am|datum der veroffentlichung|publiziert am|\
pubblicato|pubblicato il|pubblicata il|data di pubblicazione|inserito il|scritto il|postato il|\
опубликовано|опубликован|опубликована|дата публикации|размещено|добавлено|создано|дата|\
geplaatst op|gepubliceerd op|gepubliceerd|geplaatst|opublikowano|data publikacji|dodano|publicerad|publicerad den|publisert|udgivet|julkaistu|publikovano|zverejneno|objavljeno|\
yayinlanma|yayinlanma tarihi|yayin tarihi|yayinlanma tarihi|giris|giris tarihi|eklenme tarihi|\
diterbitkan|diterbitkan pada|dipublikasikan|dipublikasikan pada|diposting|diposting pada|dang ngay|ngay dang|xuat ban|cap nhat luc dang|\
发布于|发布时间|发布日期|发表于|發布於|發佈日期|发表时间|发稿时间|来源时间|公開|公開日時|掲載|掲載日|投稿日|配信|更新日公開|入力|입력|게시|등록|게시일|작성일|등록일|\
نشر|نشر في|تاريخ النشر|نشرت في|نشر بتاريخ|تاریخ انتشار|منتشر شده در|تاریخ اشاعت|شائع|شائع شدہ|प्रकाशित|पब्लिश|প্রকাশিত|প্রকাশ|প্রকাশের সময়",
    ),
    (
        Label::Modified,
        "updated|updated on|updated at|last updated|last updated on|last update|last modified|last modified on|modified|modified on|revised|revised on|last revised|last edited|edited|last changed|\
mis a jour|mis a jour le|mise a jour|mise a jour le|derniere mise a jour|derniere modification|modifie le|modifie|actualizado|actualizado el|ultima actualizacion|ultima modificacion|atualizado|atualizado em|\
aktualisiert|aktualisiert am|zuletzt geandert|zuletzt geandert am|zuletzt geandert durch|letzte anderung|letzte aktualisierung|geandert am|zuletzt aktualisiert|zuletzt bearbeitet|stand|\
aggiornato|aggiornato il|ultimo aggiornamento|ultima modifica|обновлено|дата обновления|последнее обновление|изменено|guncelleme|son guncelleme|guncellenme tarihi|diperbarui|cap nhat|cap nhat lan cuoi|\
更新于|更新时间|最后更新|最終更新|最終更新日|更新日|更新|수정|최종수정|اخر تحديث|تم التحديث|بروزرسانی|laatst bijgewerkt|bijgewerkt|aktualizacja|uppdaterad|oppdatert|opdateret",
    ),
    (
        Label::Captured,
        "today|today is|accessed|accessed on|retrieved|retrieved on|printed|printed on|print date|downloaded|downloaded on|archived|archived on|captured|captured on|saved on|snapshot|as of|viewed on|last visited|last accessed|\
consulte le|imprime le|telecharge le|nous sommes le|aujourd'hui|abgerufen am|abgerufen|gedruckt am|heute|heute ist|druckdatum|consultado el|acesso em|impreso el|hoy es|hoy|hoje|oggi|consultato il|stampato il|сегодня|дата обращения|распечатано|\
bugun|diakses|diakses pada|hari ini|hom nay|访问时间|今天是|今日|اليوم|امروز|آج",
    ),
    (
        Label::Event,
        "argued|argued on|reargued|date of hearing|hearing date|hearing dates|dates of hearing|heard on|date heard|closing date|opening date|date of event|date of birth|date of death|date of incident|incident date|date of arrest|next hearing|period ended|period ending|year ended|months ended|quarter ended|year ending|kommende sitzung|mundliche verhandlung vom|audience du|event|event date|events|upcoming|upcoming events|begins|starts|start date|end date|ends|deadline|due|due date|expires|expiry date|valid until|effective|effective date|effective from|comes into force|entry into force|date of birth|born|died|\
termin|termine|beginn|ende|am|inkrafttreten|in kraft seit|geboren am|gestorben am|evenement|date limite|entree en vigueur|ne le|evento|inicio|vence|vigencia|nacido el|vencimento|nascido em|scadenza|nato il|\
membre depuis|member since|joined|joined on|registered|mitglied seit|registriert|copyright|founded|founded on|est|next meeting|prochaine reunion|nachste sitzung|dissolved|adopted on|received|received on",
    ),
];

/// Words that open a line about publication, with the date further on: "Published in The Daily, 14 May 2019".
const OPENING: &[(Label, &str)] = &[
    (
        Label::FirstPublished,
        "first published in|first published by|originally published in|originally published by|first appeared in|originally appeared in|zuerst erschienen in|publie pour la premiere fois dans|publicado originalmente en|publicado originalmente em",
    ),
    (
        Label::Published,
        "published in|published by|posted by|posted in|posted under|submitted by|written by|uploaded by|added by|publie dans|publie par|paru dans|poste par|publicado en|publicado por|publicado em|postado por|veroffentlicht in|veroffentlicht von|erschienen in|gepostet von|geschrieben von|pubblicato su|pubblicato da|pubblicato in|опубликовано в|опубликовал|опубликовано|diterbitkan oleh|dipublikasikan oleh|diposting oleh|geplaatst door|gepubliceerd door|dodane przez|yayinlayan",
    ),
    (
        Label::Issued,
        "issued by|released by|signed by|signed at|given under my hand|fait a|fait en|done at|done in|given at|hecho en|dado en|dada en|feito em|dado e passado|fatto a|geschehen zu|gegeben zu|совершено в|ditetapkan di",
    ),
];

/// Labels after a date, as in "am 19. Mai 2010 veröffentlicht".
const AFTER: &[(Label, &str)] = &[
    (Label::FirstPublished, "erstmals veroffentlicht|zuerst veroffentlicht|首次发布|初公開|最初の公開"),
    (
        Label::Published,
        "veroffentlicht|gepostet|publiziert|online gestellt|eingestellt|شائع ہوئ|شائع ہوا|شائع کیا|发布|發布|发表|發表|に公開|に投稿|게시|작성|입력|yayinlandi|yayimlandi|प्रकाशित|প্রকাশিত|منتشر شد|tarihinde yayin|tarihinde eklen",
    ),
    (Label::Modified, "aktualisiert|geandert|更新|tarihinde guncel|수정"),
];

/// Beginnings of words for "first" and "originally".
const FIRST: &str = "first|original|initial|premiere|primer|primeira|erst|zuerst|ursprunglich|inizial|originari|prima |впервые|первоначал|оригинал|изначально|първоначал|първо|за пръв|\
最初|最早|首次|初次|首发|首發|初版|초판|최초|처음|ilk |ilk olarak|semula|pertama|awalnya|lan dau|ban dau|لاول|اول |pierwotn|po raz pierwszy|eerst|oorspronkelijk|initieel|puvodne|ursprungligen|opprinnelig|oprindelig|αρχικ|πρωτη";

/// Beginnings of words for publication.
const PUBLISH: &str = "publi|posted|appeared|released|pubblic|veroffentlich|erschien|mis en ligne|paru|опублик|публик|выпущ|发布|發布|發佈|发表|發表|公開|公开|공개|게시|발행|배포|초판|初版|\
yayin|yayim|dipublikasi|diterbit|dirilis|terbit|xuat ban|cong bo|dang |نشر|منتشر|شائع|gepubliceerd|opublikowan|δημοσιε|zverejn|प्रकाशित|প্রকাশ";

/// Words by which a text speaks of itself, so that a sentence about publication is about it.
const SELF: &str = "article|post|story|statement|entry|interview|essay|text|piece|letter|release|report|beitrag|artikel|eintrag|meldung|text|interview|billet|entretien|tribune|communique|\
articulo|nota|entrevista|comunicado|artigo|materia|articolo|intervista|статья|материал|текст|интервью|خبر|مضمون|مقال|المقال|یہ|本文|文章|記事|新闻|글|기사|yazi|haber|makale|berita|tulisan|bai viet";

/// Words that mark minutes, agendas and notes of a meeting in a title.
const MEETING: &str = "minutes|meeting|agenda|video call|conference call|teleconference|session notes|protokoll|tagesordnung|sitzung|besprechung|proces-verbal|compte rendu|compte-rendu|ordre du jour|reunion|seance|\
acta|orden del dia|reunion|sesion|ata da|pauta|reuniao|verbale|ordine del giorno|riunione|протокол|повестка|заседани|会议|會議|纪要|紀要|议程|議程|議事録|会合|회의|notulen|vergadering|tutanak|toplanti|notulensi|rapat|bien ban|cuoc hop|محضر|اجتماع|اجلاس|روئیداد|बैठक|কার্যবিবরণী|zapis|spotkania";

/// Words that mark a title whose date is that of its issue.
const ISSUE: &str = "interview |gesprach|entretien|entrevista|intervista|интервью|انٹرویو|مصاحبه|roportaj|wawancara|letter|circular|memorandum|lettre|carta|письмо|rundschreiben|circulaire|press release|statement|communique|bulletin|newsletter|digest|remarks|speech|address|press briefing|briefing|media release|news release|pressemitteilung|erklarung|rede|communique de presse|declaration|discours|\
comunicado|declaracion|discurso|nota de prensa|nota a imprensa|comunicato|dichiarazione|пресс-релиз|заявление|речь|выступление|新闻稿|声明|聲明|公报|讲话|보도자료|성명|بيان|خطاب|پریس ریلیز|بیان|اعلامیہ|basin aciklamasi|siaran pers|thong cao";

/// Words beside a date that announce an appointment rather than a document.
const VENUE: &str = "time|times|venue|location|place|where|ort|uhrzeit|lieu|heure|horaires|lugar|hora|local|luogo|ora|место|время|地点|时间|장소|yer|saat|tempat|waktu|dia diem|المكان|الزمان|مقام|وقت|doors|tickets|eintritt|thema";

/// A folded list.
type Phrases = LazyLock<Vec<String>>;

static BEFORE_FOLDED: LazyLock<Vec<(Label, String)>> = LazyLock::new(|| labelled(BEFORE));
static OPENING_FOLDED: LazyLock<Vec<(Label, String)>> = LazyLock::new(|| labelled(OPENING));
static AFTER_FOLDED: LazyLock<Vec<(Label, String)>> = LazyLock::new(|| labelled(AFTER));
static FIRST_FOLDED: Phrases = LazyLock::new(|| phrases(FIRST));
static PUBLISH_FOLDED: Phrases = LazyLock::new(|| phrases(PUBLISH));
static SELF_FOLDED: Phrases = LazyLock::new(|| phrases(SELF));
static MEETING_FOLDED: Phrases = LazyLock::new(|| phrases(MEETING));
static ISSUE_FOLDED: Phrases = LazyLock::new(|| phrases(ISSUE));
static VENUE_FOLDED: Phrases = LazyLock::new(|| phrases(VENUE));
/// Folds a list of phrases.
fn phrases(list: &str) -> Vec<String> {
    list.split('|').map(fold).collect()
}

/// Folds the lists of labels, the longest phrase first, so that "last updated" is not read as "updated".
fn labelled(lists: &[(Label, &str)]) -> Vec<(Label, String)> {
    let mut all: Vec<(Label, String)> =
        lists.iter().flat_map(|(label, list)| phrases(list).into_iter().map(|phrase| (*label, phrase))).collect();
    all.sort_by_key(|(_, phrase)| std::cmp::Reverse(phrase.len()));
    all
}

/// Makes the words beside a date comparable: folded, without marks of layout at the ends, with single spaces.
pub(super) fn plain(text: &str) -> String {
    let is_layout = |c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’');
    let text: String =
        text.chars().map(|c| if matches!(c, '*' | '_' | '`' | '#' | '|' | '\t') { ' ' } else { c }).collect();
    let folded = fold(text.trim_matches(is_layout)).replace('’', "'");
    crate::text::squeeze(&folded)
}

/// A label and how it stands in its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim {
    /// The label.
    pub(super) label: Label,
    /// Whether it is all that stands before the date since the line's start or a mark that parts.
    pub(super) is_whole: bool,
}

/// Finds the label that ends what stands before a date; `before` is [`plain`].
pub(super) fn before(before: &str) -> Option<Claim> {
    let before = before.trim_end_matches([':', ' ', '：', ',', '.', '(']);
    BEFORE_FOLDED.iter().find_map(|(label, phrase)| {
        let rest = before.strip_suffix(phrase.as_str())?;
        let is_east_asian = phrase.chars().next().is_some_and(|c| u32::from(c) >= 0x3040);
        let is_apart = rest.is_empty() || is_east_asian || rest.ends_with(|c: char| !c.is_alphanumeric());
        let is_whole = rest.trim_end_matches([' ', ':']).is_empty()
            || rest.trim_end().ends_with(['(', '|', '•', '·', ';', '–', '—', '[', '/', '>']);
        is_apart.then_some(Claim { label: *label, is_whole })
    })
}

/// Finds a label that opens what stands before a date in a short line.
pub(super) fn opening(before: &str) -> Option<Label> {
    let opens = |phrase: &str| before.strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' '));
    OPENING_FOLDED.iter().find(|(_, phrase)| opens(phrase)).map(|(label, _)| *label)
}

/// Finds a label near the start of what stands after a date; `after` is [`plain`].
pub(super) fn after(after: &str) -> Option<Label> {
    let near = &after[..after.floor_char_boundary(60)];
    AFTER_FOLDED.iter().find(|(_, phrase)| near.contains(phrase.as_str())).map(|(label, _)| *label)
}

/// Tells whether the words round a date say that something was first published then, in whatever order.
pub(super) fn is_first_published(before: &str, after: &str) -> bool {
    let near = &after[..after.floor_char_boundary(60)];
    let round = format!("{before} {near} ");
    round.split_whitespace().count() <= 14 && holds(&round, &FIRST_FOLDED) && holds(&round, &PUBLISH_FOLDED)
}

/// Tells whether words speak of the text that they stand in.
pub(super) fn is_of_itself(plain: &str) -> bool {
    holds(plain, &SELF_FOLDED)
}

/// Tells whether a title is that of a meeting's record.
///
/// A call to a public meeting is an invitation, not a record.
pub(super) fn is_meeting(plain: &str) -> bool {
    holds(plain, &MEETING_FOLDED) && (!is_about(Topic::Invitation, plain) || is_about(Topic::Record, plain))
}

/// Tells whether a title is that of something issued on the day that it names.
pub(super) fn is_issue(plain: &str) -> bool {
    holds(plain, &ISSUE_FOLDED)
}

/// Tells whether a line gives an appointment's place or hour.
pub(super) fn is_venue(plain: &str) -> bool {
    let label = plain.split([':', '：']).next().unwrap_or_default().trim();
    plain.contains([':', '：']) && VENUE_FOLDED.iter().any(|phrase| phrase == label)
}

/// Tells whether one of the phrases stands in a text as words of its own.
fn holds(plain: &str, phrases: &[String]) -> bool {
    phrases.iter().any(|phrase| {
        plain.match_indices(phrase.as_str()).any(|(at, _)| {
            let is_east_asian = phrase.chars().next().is_some_and(|c| u32::from(c) >= 0x3040);
            let before = plain[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            is_east_asian || before
        })
    })
}

/// Tells whether words beside a date say nothing: a time zone, a count, "at", "o'clock".
pub(super) fn says_nothing(plain: &str) -> bool {
    plain.len() <= 40
        && plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
            let is_zone = matches!(
                word,
                "ist"
                    | "gmt"
                    | "utc"
                    | "est"
                    | "edt"
                    | "pst"
                    | "pdt"
                    | "cet"
                    | "cest"
                    | "bst"
                    | "pkt"
                    | "wib"
                    | "msk"
                    | "cst"
                    | "mst"
                    | "et"
                    | "pt"
                    | "uhr"
                    | "h"
                    | "hrs"
                    | "hours"
                    | "ad"
                    | "ce"
                    | "г"
                    | "года"
                    | "م"
                    | "ء"
                    | "in"
                    | "on"
                    | "at"
                    | "um"
                    | "a"
                    | "date"
                    | "m"
                    | "p"
                    | "le"
                    | "den"
                    | "the"
                    | "il"
                    | "el"
                    | "am"
                    | "pm"
                    | "o"
                    | "clock"
                    | "z"
                    | "comments"
                    | "replies"
                    | "min"
                    | "mins"
                    | "minute"
                    | "minutes"
                    | "read"
                    | "views"
                    | "tweets"
                    | "lecture"
                    | "lesezeit"
                    | "lectura"
                    | "leitura"
                    | "lettura"
                    | "чтения"
                    | "мин"
                    | "بروز"
                    | "comment"
                    | "0"
            );
            is_zone || word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit())
        })
}
