//! Words of page furniture, in the languages of the web.

use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The longest line that can be nothing but navigation, in bytes.
const LONGEST_NAVIGATION: usize = 160;

/// Phrases that are navigation wherever they make up a whole short line.
const NAVIGATION: &str = "\
printer-friendly version | printer friendly version | printer-friendly | print-friendly version
print this page | print this article | print this | print | pdf version | download pdf | download as pdf
view pdf | send by email | send by e-mail | email this page | email this article | email this
e-mail this page | send to a friend | send to friend | email a friend | share | share this | share this page
share this article | share this post | share this story | share on facebook | share on twitter | share on x
share on linkedin | share on whatsapp | share via email | share with | tweet | tweet this | like this
facebook | twitter | linkedin | whatsapp | telegram | instagram | youtube | pinterest | reddit | tumblr | rss
rss feed | rss feeds | subscribe | subscribe now | sign up | sign in | sign out | log in | log out | login
logout | register | create account | create an account | my account | newsletter | newsletters
subscribe to our newsletter | sign up for our newsletter | skip to content | skip to main content
skip to navigation | skip navigation | jump to content | jump to navigation | main content | main menu
main navigation | menu | toggle navigation | open menu | close menu | close | search | search form
search for | search this site | home | homepage | home page | back | back to top | back to home | go back
top of page | previous | next | previous page | next page | previous article | next article | previous post
next post | read more | learn more | more | see more | see all | view all | load more | show more | show less
continue reading | click here | sitemap | site map | privacy | privacy policy | cookie policy | cookies
cookie settings | cookie preferences | manage cookies | accept | accept all | accept cookies
accept all cookies | reject all | i agree | terms of use | terms of service | terms and conditions
terms & conditions | legal notice | disclaimer | accessibility | about us | contact us | contact | advertise
advertise with us | advertisement | advertisements | careers | donate | donate now | follow us | follow us on
follow us on facebook | follow us on twitter | connect with us | related | related articles | related posts
related news | related stories | related content | related links | you may also like | recommended
most read | most popular | popular posts | recent posts | latest news | latest posts | recent comments
comments | no comments | leave a comment | leave a reply | post a comment | add comment | add new comment
add a comment | post comment | comments are closed | categories | archives | archive | tags | language
languages | select language | english | en | fr | es | de | ar | ru | zh | pt | it | copy link | link copied
copy url | save | bookmark | download | downloads | listen | listen to this article | watch | photos | videos
video | gallery | you are here | powered by wordpress | powered by drupal | powered by joomla
all rights reserved | faq | faqs | help | feedback | support | e-paper | epaper | skip | expand | collapse
imprimer ce document | imprimer cet article | imprimer cette page | imprimer | version imprimable
version pdf | envoyer par mail | envoyer par courriel | envoyer à un ami | envoyer par e-mail | partager
partager sur facebook | partager sur twitter | partager cet article | partagez | accueil | rechercher
recherche | aller au contenu | aller au contenu principal | aller au menu | aller à la navigation | retour
retour en haut | haut de page | retour à l'accueil | plan du site | mentions légales
politique de confidentialité | se connecter | connexion | déconnexion | s'inscrire | inscription | s'abonner
abonnez-vous | je m'abonne | je m’abonne | je me connecte | lire la suite | en savoir plus | voir plus
voir tout | article précédent | article suivant | précédent | suivant | commentaires | laisser un commentaire
suivez-nous | nous suivre | nous contacter | contactez-nous | qui sommes-nous | fil d'ariane | fermer
télécharger | gérer les cookies | tout accepter | tout refuser | français | dans la même rubrique
sur le même sujet | à lire aussi | les plus lus | écouter | infographies | vidéos | podcasts | horoscope
drucken | druckversion | seite drucken | artikel drucken | teilen | auf facebook teilen | auf twitter teilen
zum inhalt springen | zum inhalt | zum hauptinhalt springen | direkt zum inhalt | zur navigation springen
zur startseite | startseite | suche | suchen | menü | hauptmenü | hauptnavigation | navigation | impressum
datenschutz | datenschutzerklärung | kontakt | anmelden | abmelden | registrieren | abonnieren | zurück
weiter | nach oben | mehr | mehr lesen | weiterlesen | mehr erfahren | kommentare | kommentar schreiben
schließen | herunterladen | cookie-einstellungen | alle akzeptieren | ablehnen | agb | barrierefreiheit
sprachmenü | sprache | deutsch | hauptinhalt | seitenanfang | merken | als pdf herunterladen
per e-mail teilen | folgen sie uns | das könnte sie auch interessieren | mobile navigation
imprimir | imprimir página | versión para imprimir | versión imprimible | versión pdf | compartir
compartir en facebook | compartir en twitter | inicio | buscar | menú | menú principal | saltar al contenido
ir al contenido | ir al contenido principal | volver | volver arriba | siguiente | anterior | leer más
ver más | aviso legal | política de privacidad | política de cookies | iniciar sesión | regístrate
suscríbete | suscribirse | contacto | comentarios | deja un comentario | síguenos | enviar por correo
descargar pdf | cerrar | aceptar | español | mapa del sitio | quiénes somos | versão para impressão
versão pdf | compartilhar | partilhar | compartilhe | página inicial | pesquisar | pular para o conteúdo
ir para o conteúdo | voltar | voltar ao topo | próximo | leia mais | saiba mais | política de privacidade
entrar | assine | contato | comentários | deixe um comentário | português | stampa | versione stampabile
stampa questa pagina | condividi | condividi su facebook | cerca | vai al contenuto | salta al contenuto
indietro | avanti | torna su | torna in alto | leggi tutto | leggi di più | continua a leggere | accedi
registrati | iscriviti | contatti | chi siamo | commenti | lascia un commento | seguici
informativa sulla privacy | note legali | invia per email | italiano | mappa del sito
afdrukken | delen | zoeken | naar inhoud | ga naar de inhoud | lees meer | inloggen | skriv ut | dela | del
søg | sök | søk | hopp til innhold | hoppa till innehåll | läs mer | les mer | drukuj | wersja do druku
udostępnij | szukaj | przejdź do treści | czytaj więcej | zaloguj się | strona główna | tisk | sdílet
hledat | přejít k obsahu | imprimă | distribuie | caută | acasă | yazdır | paylaş | ara | ana sayfa
anasayfa | içeriğe geç | devamını oku | giriş yap | cetak | bagikan | cari | beranda | langsung ke konten
baca juga | masuk | in trang này | bản in | chia sẻ | tìm kiếm | trang chủ | đăng nhập
версия для печати | распечатать | печать | поделиться | поиск | главная | меню | войти | вход | регистрация
подписаться | перейти к содержанию | перейти к основному содержанию | наверх | назад | далее | читать далее
подробнее | комментарии | контакты | карта сайта | политика конфиденциальности | русский | версія для друку
поділитися | пошук | головна | увійти | українська | εκτύπωση | αναζήτηση | αρχική | κοινοποίηση | σύνδεση
طباعة | اطبع | نسخة للطباعة | شارك | مشاركة | بحث | الرئيسية | الصفحة الرئيسية | تسجيل الدخول | اتصل بنا
من نحن | اقرأ المزيد | المزيد | القائمة | العربية | انتقل إلى المحتوى | نسخه چاپی | چاپ | اشتراک گذاری
جستجو | خانه | صفحه اصلی | ورود | تماس با ما | درباره ما | ادامه مطلب | فارسی | پرنٹ کریں | شیئر کریں | تلاش
سرورق | صفحۂ اول | مزید پڑھیں | رابطہ کریں | اردو | प्रिंट | साझा करें | शेयर करें | खोजें | होम
मुख्य पृष्ठ | और पढ़ें | हिन्दी | প্রিন্ট | শেয়ার করুন | খুঁজুন | হোম | প্রচ্ছদ | আরও পড়ুন | বাংলা
打印 | 打印本页 | 打印本文 | 分享 | 分享到 | 搜索 | 首页 | 返回首页 | 返回顶部 | 登录 | 注册 | 联系我们 | 关于我们 | 网站地图 | 上一篇 | 下一篇 | 更多 | 关闭
关闭窗口 | 中文 | 简体中文 | 繁體中文 | 列印 | 首頁 | 搜尋 | 登入 | 印刷 | 印刷する | シェア | 検索 | ホーム | トップページ | ログイン | お問い合わせ | サイトマップ
続きを読む | メニュー | 日本語 | 本文へ | 인쇄 | 공유 | 공유하기 | 검색 | 홈 | 로그인 | 회원가입 | 한국어 | 목록";

/// Single words that are navigation by themselves.
const STRONG_WORDS: &str = "share | print | tweet | printer-friendly | sitemap | rss | imprimer | partager | drucken | druckversion | \
teilen | impressum | imprimir | compartir | compartilhar | partilhar | stampa | condividi | afdrukken | delen | drukuj | \
udostępnij | tisk | sdílet | yazdır | paylaş | cetak | bagikan | распечатать | поделиться | طباعة | شارك | 打印 | 分享 | 分享到 | \
列印 | 印刷 | シェア | 인쇄 | 공유 | 공유하기";

/// Headings that open a calendar beside the text.
const CALENDARS: &str = "\
events | upcoming events | event calendar | events calendar | calendar | calendar of events
forthcoming events | next events | agenda | événements | évènements | évènements à venir | événements à venir
calendrier | termine | veranstaltungen | kalender | veranstaltungskalender | eventos | próximos eventos
calendario | calendário | eventi | prossimi eventi | etkinlikler | takvim | события | мероприятия | календарь
события и мероприятия | wydarzenia | kalendarz | evenementen | evenemang | kommande evenemang | arrangementer
فعاليات | الفعاليات | رویدادها | تقریبات | acara | sự kiện | 活动 | イベント | 행사 | εκδηλώσεις";

/// Folds a line for comparison: squeezed, in small letters, without the signs around it.
pub(super) fn folded(line: &str) -> String {
    let line = line.to_lowercase().replace(['’', '‘', '`'], "'");
    let line = line.trim_matches(|c: char| !c.is_alphanumeric());
    crate::text::squeeze(line)
}

/// Words of one line that are navigation only where other navigation stands beside them.
fn is_weak(folded: &str) -> bool {
    !folded.contains(' ') && !STRONG_WORDS.split(" | ").any(|word| word == folded)
}

/// How surely a line is navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Navigation {
    /// By itself.
    Sure,
    /// Where other navigation stands beside it ("Contact", "English").
    InCompany,
}

/// Tells whether a folded line is nothing but navigation, perhaps several phrases run together.
pub(super) fn navigation(folded: &str) -> Option<Navigation> {
    static PHRASES: LazyLock<BTreeSet<&str>> =
        LazyLock::new(|| NAVIGATION.split(['|', '\n']).map(str::trim).filter(|phrase| !phrase.is_empty()).collect());
    if folded.is_empty() || folded.len() > LONGEST_NAVIGATION {
        return None;
    }
    if PHRASES.contains(folded) {
        return Some(if is_weak(folded) { Navigation::InCompany } else { Navigation::Sure });
    }
    // Reaches every place to which phrases lead, from the start of the line on.
    let mut reached = vec![0];
    let mut next = 0;
    while let Some(from) = reached.get(next).copied() {
        let rest = folded[from..].trim_start_matches(|c: char| !c.is_alphanumeric());
        let start = folded.len() - rest.len();
        if rest.is_empty() {
            return Some(Navigation::Sure);
        }
        for phrase in PHRASES.iter().filter(|phrase| phrase.len() >= 4 || phrase.len() == rest.len()) {
            let end = start + phrase.len();
            if rest.starts_with(phrase) && !reached.contains(&end) {
                reached.push(end);
            }
        }
        next += 1;
    }
    None
}

/// Whether a folded line heads a calendar.
pub(super) fn is_calendar(folded: &str) -> bool {
    !folded.is_empty() && CALENDARS.split(['|', '\n']).any(|heading| heading.trim() == folded)
}

/// Whether a line is the date and time that a browser or a site prints by itself.
pub(super) fn is_stamp(line: &str) -> bool {
    static STAMP: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}|\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}),?\s+(?:-\s+)?\d{1,2}[:.h]\d{2}(?:\s*[ap]\.?m\.?)?$")
            .expect("the pattern is fixed")
    });
    STAMP.is_match(line)
}

/// Whether a line is a trail of pages ("Home > News > …").
pub(super) fn is_breadcrumb(line: &str) -> bool {
    static HOME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:you are here\s*:?|vous êtes ici\s*:?|sie sind hier\s*:?|usted está aquí\s*:?|home(?:page)?|accueil|startseite|inicio|início|página inicial|главная|ana ?sayfa|beranda|首页|ホーム|الرئيسية|صفحه اصلی|خانه|strona główna|domů|acasă|αρχική)\s*(?:[>»›/|→\\:]|::)")
            .expect("the pattern is fixed")
    });
    let separators =
        line.matches([">", "»", "›", "→"].map(|sign| sign.chars().next().unwrap_or('>')).as_slice()).count();
    let is_short = line.chars().count() <= 200 && !line.ends_with(['.', '?', '!']);
    is_short
        && ((HOME.is_match(line) && line.chars().count() <= 160)
            || (separators >= 2 && !line.starts_with(['>', '»', '→', '<'])))
}

/// Whether a line stands for a picture that the capture lost.
pub(super) fn is_picture(line: &str) -> bool {
    static PICTURE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?i:logo|logotipo|logotype|image|imagen|immagine|imagem|photo|foto|picture|bild|banner|bandeau|icon|icône|avatar|thumbnail|illustration|логотип|изображение|фото|شعار|صورة|图片|图像|写真|画像|로고)(?:\s+[\p{Lu}\p{N}][\p{L}\p{N}.&'’\-]*|\s+(?:of|de|du|der|des|del|di|da|la|le|the))*$")
            .expect("the pattern is fixed")
    });
    line.chars().count() <= 60 && PICTURE.is_match(line)
}

/// The longest name of a day or a month, in letters.
const LONGEST_NAME: usize = 12;

/// Whether a line opens with a date or a span of dates.
pub(super) fn opens_with_date(line: &str) -> bool {
    // How long the words are is asked of what was found: in a pattern, each letter more is a table of all letters more.
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:(\p{L}{2,})[.,]?\s+)?(?:(\p{L}{3,})\.?\s+\d{1,2}(?:st|nd|rd|th)?\b|\d{1,2}(?:st|nd|rd|th|er|º|\.)?\s*(?:[-–]\s*\d{1,2}\.?\s*)?(?:de\s+|d’|d')?(\p{L}{3,})\b|\d{1,4}[./\-]\d{1,2}(?:[./\-]\d{1,4})?\b|\d{4}年)")
            .expect("the pattern is fixed")
    });
    DATE.captures(line)
        .is_some_and(|found| found.iter().skip(1).flatten().all(|name| name.as_str().chars().count() <= LONGEST_NAME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_run_together_are_still_navigation() {
        for line in [
            "Printer-friendly versionPDF version",
            "Imprimer ce document",
            "Share | Tweet | Print",
            "Zum Inhalt springen",
        ] {
            assert_eq!(navigation(&folded(line)), Some(Navigation::Sure), "{line}");
        }
        for line in ["Share the land", "Homeland", "Contact between the parties", "Print workers on strike"] {
            assert_eq!(navigation(&folded(line)), None, "{line}");
        }
    }
}
