//! The calendar's words in the languages of the collections.
//!
//! What enters: a word. What leaves: the month, weekday or particle that it can be. Words are compared folded: lower
//! case, without accents, with the variant letters of Arabic script made one.

use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// What a word can mean in a date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sense {
    /// The month of the Gregorian year.
    pub(super) month: Option<Month>,
    /// The weekday: 1 Monday to 7 Sunday.
    pub(super) weekday: Option<u8>,
    /// A month in Roman capitals.
    pub(super) roman: Option<u8>,
    /// Another part that a date is joined with.
    pub(super) particle: Option<Particle>,
}

/// A month's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Month {
    /// 1 January to 12 December.
    pub(super) number: u8,
    /// How much the name proves.
    pub(super) strength: Strength,
}

/// How much a month's name proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strength {
    /// A full name that means little else.
    Full,
    /// An abbreviation that means little else.
    Short,
    /// A word that means other things too ("may", "out", "set"): only a whole date makes it a month.
    Weak,
    /// The first word of a Levantine name, which "first" or "second" completes.
    Tishrin,
    /// The first word of a Levantine name, which "first" or "second" completes.
    Kanun,
}

/// A small word or letters that join the parts of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Particle {
    /// "of", "de", "den", "the" …
    Joint,
    /// "st", "nd", "er", "º" … right after a number.
    Ordinal,
    /// Vietnamese "tháng", "năm", "ngày".
    Thang,
    /// Vietnamese "năm".
    Nam,
    /// "day", as in "this 5th day of March".
    Day,
    /// "year", as a word before or after a year: "г", "года", "yil".
    YearWord,
    /// A month of the Hijri calendar, counted from 1.
    HijriMonth(u8),
    /// The first word of a Hijri month's name of two, which the next completes: Rabi, Jumada, Dhu.
    HijriPair(Pair),
    /// A month of the Solar Hijri calendar, counted from 1.
    SolarMonth(u8),
    /// A month of the Vikram or another Indian calendar, counted from Chaitra.
    IndianMonth(u8),
    /// A month of the Ethiopian calendar, counted from Meskerem.
    EthiopianMonth(u8),
    /// A month of the Hebrew calendar, counted from Nisan.
    HebrewMonth(u8),
    /// The mark of a Hijri year.
    HijriYear,
    /// "first" in Arabic.
    First,
    /// "second" in Arabic.
    Second,
    /// An era counted in years from the one given: Minguo, Reiwa, the Buddhist era.
    Era(i32),
}

/// Two Hijri months that share the first word of their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pair {
    /// Rabi al-Awwal and Rabi al-Thani.
    Rabi,
    /// Jumada al-Ula and Jumada al-Akhira.
    Jumada,
    /// Dhu al-Qadah and Dhu al-Hijjah.
    Dhu,
}

/// The months' full names, January to December; `/` parts spellings, `_` stands for no name.
const MONTHS: &[&str] = &[
    "january february march april may june july august september october november december",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre",
    "januar/janner/jaenner februar/feber marz/maerz april mai juni/juno juli august september oktober november dezember",
    "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "январь/января/январе февраль/февраля/феврале март/марта/марте апрель/апреля/апреле май/мая/мае июнь/июня/июне июль/июля/июле август/августа/августе сентябрь/сентября/сентябре октябрь/октября/октябре ноябрь/ноября/ноябре декабрь/декабря/декабре",
    "січень/січня лютий/лютого березень/березня квітень/квітня травень/травня червень/червня липень/липня серпень/серпня вересень/вересня жовтень/жовтня листопад/листопада грудень/грудня",
    "януари февруари _ април _ юни юли _ септември октомври ноември декември",
    "ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "januari februari maret april mei juni juli agustus september oktober november desember",
    "januari februari mac april mei jun julai ogos september oktober november disember",
    "januar februar marts/mars april maj/mai juni juli august september oktober november desember",
    "styczen/stycznia luty/lutego marzec/marca kwiecien/kwietnia maj/maja czerwiec/czerwca lipiec/lipca sierpien/sierpnia wrzesien/wrzesnia pazdziernik/pazdziernika listopad/listopada grudzien/grudnia",
    "leden/ledna unor/unora brezen/brezna duben/dubna kveten/kvetna cerven/cervna cervenec/cervence srpen/srpna zari rijen/rijna listopadu prosinec/prosince",
    "januar/januara februar/februara marec/marca april/aprila maj/maja jun/juna/junija jul/jula/julija avgust/avgusta septembar/septembra oktobar/oktobra novembar/novembra decembar/decembra",
    "јануар/јануара фебруар/фебруара март/марта април/априла мај/маја јун/јуна јул/јула август/августа септембар/септембра октобар/октобра новембар/новембра децембар/децембра",
    "sijecanj/sijecnja veljaca/veljace ozujak/ozujka travanj/travnja svibanj/svibnja lipanj/lipnja srpanj/srpnja kolovoz/kolovoza rujan/rujna listopad/listopada studeni/studenoga prosinac/prosinca",
    "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december",
    "tammikuu/tammikuuta helmikuu/helmikuuta maaliskuu/maaliskuuta huhtikuu/huhtikuuta toukokuu/toukokuuta kesakuu/kesakuuta heinakuu/heinakuuta elokuu/elokuuta syyskuu/syyskuuta lokakuu/lokakuuta marraskuu/marraskuuta joulukuu/joulukuuta",
    "gener febrer marc abril maig juny juliol agost setembre octubre novembre desembre",
    "ιανουαριος/ιανουαριου φεβρουαριος/φεβρουαριου μαρτιος/μαρτιου απριλιος/απριλιου μαιος/μαιου ιουνιος/ιουνιου ιουλιος/ιουλιου αυγουστος/αυγουστου σεπτεμβριος/σεπτεμβριου οκτωβριος/οκτωβριου νοεμβριος/νοεμβριου δεκεμβριος/δεκεμβριου",
    "يناير فبراير مارس أبريل/إبريل مايو يونيو/يونية/يونيه يوليو/يولية/يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
    "_ شباط آذار نيسان أيار حزيران تموز _ أيلول _ _ _",
    "ژانویه فوریه مارس آوریل/اپریل مه/می ژوئن/جون ژوئیه/جولای اوت/آگوست/اگست سپتامبر/سپتمبر اکتبر/اکتوبر نوامبر/نومبر دسامبر/دسمبر",
    "جنوری فروری مارچ اپریل مئی/مئ جون جولائی/جولای اگست ستمبر اکتوبر نومبر دسمبر",
    "जनवरी फरवरी/फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर/अक्तूबर नवंबर/नवम्बर दिसंबर/दिसम्बर",
    "জানুয়ারি/জানুয়ারী/জানুয়ারি ফেব্রুয়ারি/ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট/অগাস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
    "ਜਨਵਰੀ ਫਰਵਰੀ ਮਾਰਚ ਅਪ੍ਰੈਲ ਮਈ ਜੂਨ ਜੁਲਾਈ ਅਗਸਤ ਸਤੰਬਰ ਅਕਤੂਬਰ ਨਵੰਬਰ ਦਸੰਬਰ",
    "ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்",
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
    "ינואר/בינואר פברואר/בפברואר מרץ/במרץ/מרס אפריל/באפריל מאי/במאי יוני/ביוני יולי/ביולי אוגוסט/באוגוסט ספטמבר/בספטמבר אוקטובר/באוקטובר נובמבר/בנובמבר דצמבר/בדצמבר",
    "yanvar fevral mart aprel may iyun iyul avqust/avgust sentyabr oktyabr noyabr dekabr",
];

/// The months' abbreviations, in the same order.
const SHORT_MONTHS: &[&str] = &[
    "jan feb mar apr _ jun jul aug sep/sept oct nov dec",
    "janv fevr/fev _ avr _ _ juil/juill _ sept oct nov dec",
    "ene _ _ abr may jun jul ago sept oct nov dic",
    "jan/jann febr mrz/maer apr _ _ _ aug sep/sept okt nov dez",
    "jan fev _ abr mai jun jul ago set out nov dez",
    "genn/gen febb mar apr magg/mag giu lug ago sett/set ott nov dic",
    "янв фев/февр мар апр _ июн июл авг сен/сент окт нояб/ноя дек",
    "oca sub _ nis _ haz tem agu eyl eki kas ara",
    "_ _ mrt/maa _ mei _ _ agu/agt/ags _ okt nop des",
    "jany feby _ _ _ _ _ augt septr/septbr octr/octbr novr/novbr decr/decbr",
    "sty _ _ kwi _ cze lip sie wrz paz lis gru",
    "ม.ค ก.พ _ _ _ _ _ _ _ _ _ _",
];

/// Names that mean other things as well, so that only a whole date makes them months.
const WEAK: &str = "may mar set out ago mag gen dec _ mai mei sub tem ara sep oca kas nis eki lip lis gru des nop ags agu maa \
mart marts sie paz sty jun jul _ me ماي مه می مس mac ogos lug ott giu haz ene dic dez nov oct abr avr fev jan maj luty mars \
march mayo mayis may маи мае май মে மே";

/// The weekdays, Monday to Sunday.
const WEEKDAYS: &[&str] = &[
    "monday/mon tuesday/tue/tues wednesday/wed/weds thursday/thu/thur/thurs friday/fri saturday/sat sunday/sun",
    "lundi/lun mardi mercredi/mer jeudi/jeu vendredi/ven samedi/sam dimanche/dim",
    "lunes/lun martes/mar miercoles/mie jueves/jue viernes/vie sabado/sab domingo/dom",
    "montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag",
    "segunda/seg terca/ter quarta/qua quinta/qui sexta sabado/sab domingo/dom",
    "lunedi/lun martedi/mar mercoledi/mer giovedi/gio venerdi/ven sabato/sab domenica/dom",
    "понедельник/понедельника/пн вторник/вторника/вт среда/среду/среды/ср четверг/четверга/чт пятница/пятницу/пятницы/пт суббота/субботу/субботы/сб воскресенье/воскресенья/вс",
    "понеділок вівторок середа/середу четвер пятниця субота/суботу неділя/неділю",
    "pazartesi sali carsamba persembe cuma cumartesi pazar",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "senin selasa rabu kamis jumat sabtu minggu",
    "isnin _ _ khamis jumaat _ ahad",
    "mandag tirsdag/tisdag onsdag torsdag fredag lordag sondag",
    "poniedzialek wtorek sroda/srode czwartek piatek sobota/sobote niedziela/niedziele",
    "pondeli utery streda ctvrtek patek sobota nedele",
    "luni marti miercuri joi vineri sambata duminica",
    "hetfo kedd szerda csutortok pentek szombat vasarnap",
    "δευτερα τριτη τεταρτη πεμπτη παρασκευη σαββατο κυριακη",
    "الإثنين/الاثنين/اثنين الثلاثاء/ثلاثاء الأربعاء/أربعاء الخميس/خميس الجمعة/جمعة السبت/سبت الأحد/أحد",
    "دوشنبه سه‌شنبه/سهشنبه چهارشنبه پنجشنبه/پنج‌شنبه جمعه شنبه یکشنبه/یک‌شنبه",
    "پیر/سوموار منگل بدھ جمعرات جمعہ ہفتہ اتوار",
    "सोमवार मंगलवार बुधवार गुरुवार/बृहस्पतिवार शुक्रवार शनिवार रविवार",
    "সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার রবিবার",
    "星期一/周一/週一/月曜 星期二/周二/週二/火曜 星期三/周三/週三/水曜 星期四/周四/週四/木曜 星期五/周五/週五/金曜 星期六/周六/週六/土曜 星期日/星期天/周日/週日/日曜",
    "월요일/월 화요일/화 수요일/수 목요일/목 금요일/금 토요일/토 일요일/일",
    "月 火 水 木 金 土 日",
];

/// Small words and endings.
const PARTICLES: &[(Particle, &str)] = &[
    (
        Particle::Joint,
        "of the de del dell della di d den der dem le el la los il lo am on do da das os a em от в во на af van ngay um dia",
    ),
    (Particle::Ordinal, "st nd rd th er re eme ere ro do º ª ste ter ten а го ого е"),
    (Particle::Thang, "thang"),
    (Particle::Nam, "nam"),
    (Particle::Day, "day"),
    (Particle::YearWord, "г года году р року م ء yili r roku rok"),
    (Particle::HijriMonth(1), "محرم المحرم muharram moharram"),
    (Particle::HijriMonth(2), "صفر safar"),
    (Particle::HijriPair(Pair::Rabi), "ربيع rabi rabiul"),
    (Particle::HijriPair(Pair::Jumada), "جمادى جمادي jumada jamadi jumadil"),
    (Particle::HijriMonth(7), "رجب rajab"),
    (Particle::HijriMonth(8), "شعبان shaban sha shaaban"),
    (Particle::HijriMonth(9), "رمضان ramadan ramadhan ramzan ramazan"),
    (Particle::HijriMonth(10), "شوال shawwal"),
    (Particle::HijriPair(Pair::Dhu), "ذو ذي ذى dhu dhul zul"),
    (Particle::HijriMonth(11), "ذوالقعدہ ذوالقعدة ذيالقعدة zulqada zulqadah zilqad"),
    (Particle::HijriMonth(12), "ذوالحجہ ذوالحجة ذيالحجة zilhaj zilhajj zulhijja zulhijjah zilhijjah"),
    (Particle::SolarMonth(1), "فروردین حمل وری"),
    (Particle::SolarMonth(2), "اردیبهشت ثور غويی"),
    (Particle::SolarMonth(3), "خرداد جوزا غبرګولی"),
    (Particle::SolarMonth(4), "تیر سرطان چنګاښ"),
    (Particle::SolarMonth(5), "مرداد امرداد اسد زمری"),
    (Particle::SolarMonth(6), "شهریور سنبله وږی"),
    (Particle::SolarMonth(7), "مهر میزان تله"),
    (Particle::SolarMonth(8), "آبان عقرب لړم"),
    (Particle::SolarMonth(9), "آذر قوس ليندۍ"),
    (Particle::SolarMonth(10), "دی جدی مرغومی"),
    (Particle::SolarMonth(11), "بهمن دلو سلواغه"),
    (Particle::SolarMonth(12), "اسفند حوت کب"),
    (Particle::IndianMonth(1), "चैत्र চৈত্র ચૈત્ર"),
    (Particle::IndianMonth(2), "वैशाख বৈশাখ बैशाख વૈશાખ"),
    (Particle::IndianMonth(3), "ज्येष्ठ জ্যৈষ্ঠ जेठ જેઠ"),
    (Particle::IndianMonth(4), "आषाढ़ आषाढ আষাঢ় असार અષાઢ"),
    (Particle::IndianMonth(5), "श्रावण শ্রাবণ साउन सावन શ્રાવણ"),
    (Particle::IndianMonth(6), "भाद्रपद ভাদ্র भाद्र भदौ ભાદરવો"),
    (Particle::IndianMonth(7), "आश्विन আশ্বিন असोज આસો"),
    (Particle::IndianMonth(8), "कार्तिक কার্তিক कात्तिक કારતક"),
    (Particle::IndianMonth(9), "मार्गशीर्ष অগ্রহায়ণ मंसिर માગશર"),
    (Particle::IndianMonth(10), "पौष পৌষ पुस પોષ"),
    (Particle::IndianMonth(11), "माघ মাঘ મહા"),
    (Particle::IndianMonth(12), "फाल्गुन ফাল্গুন फागुन ફાગણ"),
    (Particle::EthiopianMonth(1), "መስከረም"),
    (Particle::EthiopianMonth(2), "ጥቅምት"),
    (Particle::EthiopianMonth(3), "ኅዳር ህዳር"),
    (Particle::EthiopianMonth(4), "ታኅሣሥ ታህሳስ ታኅሳስ"),
    (Particle::EthiopianMonth(5), "ጥር"),
    (Particle::EthiopianMonth(6), "የካቲት"),
    (Particle::EthiopianMonth(7), "መጋቢት"),
    (Particle::EthiopianMonth(8), "ሚያዝያ ሚያዚያ"),
    (Particle::EthiopianMonth(9), "ግንቦት"),
    (Particle::EthiopianMonth(10), "ሰኔ"),
    (Particle::EthiopianMonth(11), "ሐምሌ ሀምሌ"),
    (Particle::EthiopianMonth(12), "ነሐሴ ነሀሴ"),
    (Particle::EthiopianMonth(13), "ጳጉሜን ጳጉሜ"),
    (Particle::HebrewMonth(1), "nisan nissan ניסן בניסן"),
    (Particle::HebrewMonth(2), "iyar iyyar אייר איר באייר באיר"),
    (Particle::HebrewMonth(3), "sivan siwan סיון סיוון בסיון בסיוון"),
    (Particle::HebrewMonth(4), "tammuz tamuz תמוז בתמוז"),
    (Particle::HebrewMonth(5), "av אב באב"),
    (Particle::HebrewMonth(6), "elul אלול באלול"),
    (Particle::HebrewMonth(7), "tishri tishrei תשרי בתשרי"),
    (
        Particle::HebrewMonth(8),
        "cheshvan heshvan marcheshvan marheshvan חשון חשוון מרחשון מרחשוון בחשון בחשוון במרחשון במרחשוון",
    ),
    (Particle::HebrewMonth(9), "kislev כסלו כסליו בכסלו בכסליו"),
    (Particle::HebrewMonth(10), "tevet teveth tebet טבת בטבת"),
    (Particle::HebrewMonth(11), "shevat shvat shebat שבט בשבט"),
    (Particle::HebrewMonth(12), "adar אדר באדר"),
    (Particle::HijriYear, "ه هـ ھ هجري هجرية ہجری ah hijri"),
    (Particle::First, "الأول الاول اول"),
    (Particle::Second, "الثاني الثانى ثاني"),
    (Particle::Era(1911), "民國 民国 中華民國 中华民国"),
    (Particle::Era(2018), "令和"),
    (Particle::Era(1988), "平成"),
    (Particle::Era(1925), "昭和"),
    (Particle::Era(1911), "大正"),
    (Particle::Era(-543), "พ ศ be"),
];

/// The words, folded, and what they mean. It is only looked up, never walked.
static WORDS: LazyLock<HashMap<String, Sense>> = LazyLock::new(|| {
    let mut words: HashMap<String, Sense> = HashMap::new();
    let weak: Vec<String> = WEAK.split_whitespace().map(fold).collect();
    let tables =
        MONTHS.iter().map(|line| (line, Strength::Full)).chain(SHORT_MONTHS.iter().map(|line| (line, Strength::Short)));
    for (line, strength) in tables {
        for (number, names) in (1..=12).zip(line.split_whitespace()) {
            for name in names.split('/').filter(|name| *name != "_").map(fold) {
                let strength = if weak.contains(&name) { Strength::Weak } else { strength };
                let month = Month { number, strength };
                words.entry(name).or_default().month.get_or_insert(month);
            }
        }
    }
    for (name, strength) in [("تشرين", Strength::Tishrin), ("كانون", Strength::Kanun)] {
        words.entry(fold(name)).or_default().month = Some(Month { number: 0, strength });
    }
    words.entry(fold("آب")).or_default().month = Some(Month { number: 8, strength: Strength::Weak });
    for line in WEEKDAYS {
        for (number, names) in (1..=7).zip(line.split_whitespace()) {
            for name in names.split('/').filter(|name| *name != "_").map(fold) {
                words.entry(name).or_default().weekday.get_or_insert(number);
            }
        }
    }
    for (number, name) in (1..=12).zip("i ii iii iv v vi vii viii ix x xi xii".split(' ')) {
        words.entry(name.to_owned()).or_default().roman = Some(number);
    }
    for (particle, names) in PARTICLES {
        for name in names.split_whitespace().map(fold) {
            words.entry(name).or_default().particle.get_or_insert(*particle);
        }
    }
    words
});

/// The longest word that the calendar knows, in bytes before folding.
const LONGEST: usize = 64;

/// Looks a word up; `folded` is room to work in.
pub(super) fn sense(word: &str, folded: &mut String) -> Sense {
    if word.len() > LONGEST {
        return Sense::default();
    }
    folded.clear();
    fold_into(word, folded);
    let sense = WORDS.get(folded.as_str()).copied().unwrap_or_default();
    let is_in_capitals = word.bytes().all(|byte| byte.is_ascii_uppercase());
    Sense { roman: sense.roman.filter(|_| is_in_capitals), ..sense }
}

/// Folds a word: lower case, no accents, one letter for the variants of Arabic script.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Folds a word onto the end of `folded`.
fn fold_into(text: &str, folded: &mut String) {
    if text.is_ascii() {
        folded.extend(text.chars().map(|c| c.to_ascii_lowercase()));
        return;
    }
    let kept = |c: &char| !matches!(c, '\u{300}'..='\u{36f}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}');
    for c in text.chars() {
        if matches!(c, '\u{ac00}'..='\u{d7a3}') || ('\u{3400}'..='\u{9fff}').contains(&c) {
            folded.push(c);
            continue;
        }
        for c in c.nfkd().filter(kept).flat_map(char::to_lowercase).filter(kept) {
            folded.push(match c {
                'ı' => 'i',
                'ł' => 'l',
                'đ' => 'd',
                'ø' => 'o',
                '\u{649}' | '\u{6cc}' | '\u{6d2}' => '\u{64a}',
                '\u{6a9}' => '\u{643}',
                '\u{629}' | '\u{6c1}' | '\u{6c0}' | '\u{6be}' | '\u{6d5}' => '\u{647}',
                'ς' => 'σ',
                c => c,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Strength, sense};

    #[test]
    fn months_are_known_in_the_languages_of_the_collections() {
        let mut room = String::new();
        for (word, number) in [
            ("March", 3),
            ("DÉCEMBRE", 12),
            ("août", 8),
            ("März", 3),
            ("março", 3),
            ("Kasım", 11),
            ("Şubat", 2),
            ("декабря", 12),
            ("أغسطس", 8),
            ("اغسطس", 8),
            ("نومبر", 11),
            ("دسمبر", 12),
            ("मार्च", 3),
            ("ডিসেম্বর", 12),
            ("Desember", 12),
            ("Juni", 6),
        ] {
            assert_eq!(sense(word, &mut room).month.map(|month| month.number), Some(number), "{word}");
        }
        assert_eq!(sense("may", &mut room).month.map(|month| month.strength), Some(Strength::Weak));
        assert_eq!(sense("Mittwoch", &mut room).weekday, Some(3));
        assert_eq!(sense("جمعرات", &mut room).weekday, Some(4));
    }
}
