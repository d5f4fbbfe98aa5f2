//! The language of a text, by its script, its letters and its commonest words.

use super::{primary, script_of, script_of_language, takes, usual_language};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use unicode_script::Script;
use whatlang::{Detector, Lang};

/// How many letters a passage needs for a language of the same script to be told from the one around it.
const LETTERS: usize = 60;

/// How many of its commonest words a passage must have, besides one word in four.
const COMMON_FOUND: usize = 5;

/// No word of the lists of common words has more bytes than this, however it is capitalized.
const LONGEST_COMMON: usize = 12;

/// The language that a text is surely in.
pub fn of_text(text: &str) -> Option<String> {
    match dominant(text)? {
        // Triads of letters tell more languages, and take far longer.
        Script::Latin => commonest(text).or_else(|| by_triads(text)).map(str::to_owned),
        script => in_script(text, script),
    }
}

fn by_triads(text: &str) -> Option<&'static str> {
    whatlang::detect(text).filter(whatlang::Info::is_reliable).and_then(|info| tag(info.lang()))
}

/// The language of a passage, where it is another than the one around it. Words in another script are in the language
/// `beside`, where that is written so and they are too few to tell.
pub fn of_passage(text: &str, around: &str, beside: &str) -> Option<String> {
    let script = dominant(text)?;
    if takes(script_of_language(around), script) {
        return among_neighbours(text, around, script).map(str::to_owned);
    }
    if script != Script::Latin {
        let is_few = letters(text) < LETTERS / 2 && takes(script_of_language(beside), script);
        return if is_few { Some(beside.to_owned()) } else { in_script(text, script) };
    }
    let found = if letters(text) >= LETTERS { of_text(text) } else { None };
    // A text in no language that is known has the tag `und` (BCP 47, 4.1).
    let is_latin = || takes(script_of_language(beside), Script::Latin);
    Some(found.unwrap_or_else(|| if is_latin() { beside } else { "und" }.to_owned()))
}

fn letters(text: &str) -> usize {
    text.chars().filter(|character| character.is_alphabetic()).count()
}

/// Another language of the same script.
fn among_neighbours(text: &str, around: &str, script: Script) -> Option<&'static str> {
    let around = primary(around);
    match script {
        Script::Latin => by_common_words(text, around),
        Script::Han if around == "zh" && kana(text) * 5 > letters(text) => Some("ja"),
        // What an editor or a reader says of rarer languages is not doubted: their letters stand in these too.
        Script::Arabic if matches!(around, "ar" | "fa" | "ur") && letters(text) >= LETTERS / 2 => {
            Some(arabic(text)).filter(|found| *found != around)
        }
        _ => None,
    }
}

/// The language in Latin script whose commonest words outnumber by far those of the language around them.
fn by_common_words(text: &str, around: &str) -> Option<&'static str> {
    let ours = COMMON.iter().position(|(tag, _)| *tag == around)?;
    let (language, counts) = most_common(text)?;
    (counts[language] > 2 * counts[ours]).then_some(COMMON[language].0)
}

/// The language in Latin script whose commonest words outnumber by far those of every other.
fn commonest(text: &str) -> Option<&'static str> {
    let (language, counts) = most_common(text)?;
    let is_alone = counts.iter().enumerate().all(|(other, count)| other == language || counts[language] > 2 * count);
    is_alone.then_some(COMMON[language].0)
}

/// The language that most common words of a text are in, where these are many, and how many are common in each.
fn most_common(text: &str) -> Option<(usize, [usize; COMMON.len()])> {
    let mut counts = [0; COMMON.len()];
    let mut words = 0;
    for word in text.split(|character: char| !character.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        if word.len() > LONGEST_COMMON {
            continue;
        }
        let folded = if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            Cow::Borrowed(word)
        } else {
            Cow::Owned(word.to_lowercase())
        };
        if let Some(languages) = COMMON_WORDS.get(&*folded) {
            (0..COMMON.len()).filter(|language| languages & (1 << language) != 0).for_each(|found| counts[found] += 1);
        }
    }
    let most = counts.iter().copied().max().filter(|most| *most >= COMMON_FOUND && *most * 4 >= words)?;
    let mut found = (0..COMMON.len()).filter(|language| counts[*language] == most);
    match (found.next(), found.next()) {
        (Some(language), None) if letters(text) >= LETTERS => Some((language, counts)),
        _ => None,
    }
}

/// The lists of common words turned round: in which languages each word is common, one bit for each.
static COMMON_WORDS: LazyLock<FxHashMap<&str, u32>> = LazyLock::new(|| {
    let mut languages: FxHashMap<&str, u32> = FxHashMap::default();
    for (language, (_, words)) in COMMON.iter().enumerate() {
        words.split_whitespace().for_each(|word| *languages.entry(word).or_default() |= 1 << language);
    }
    languages
});

/// The commonest words of languages in Latin script.
const COMMON: [(&str, &str); 18] = [
    (
        "en",
        "the of and to in is was that for it with as his on be at by had not are but from or have an they which you were this",
    ),
    (
        "fr",
        "le la les de des du et un une est en que qui dans pour par sur au aux ce se ne pas avec il elle sont ont à d l",
    ),
    (
        "de",
        "der die das und in zu den mit von ist auf für nicht ein eine dem des sich auch es an werden aus er hat dass sie nach im",
    ),
    ("es", "el la los las de del y en que un una por con para no es se su al lo como más o pero sus le ha este"),
    ("pt", "o a os as de do da dos das e em no na nos nas que um uma por com para não é se ao à como mais mas foi"),
    ("it", "il lo la i gli le di del della dei e in che un una per con non è si al alla da nel sono come più ma"),
    (
        "nl",
        "de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij uit door naar worden die",
    ),
    ("sv", "och i att det som en på är av för med den till inte har de om ett var vi men från kan"),
    ("da", "og i at det som en på er af for med den til ikke har de om et var vi men fra kan der"),
    ("nb", "og i å det som en på er av for med den til ikke har de om et var vi men fra kan at"),
    ("pl", "i w na z do że się nie jest o to po od za przez dla a oraz jak są tym który które"),
    ("cs", "a v na se je že s z do o i to za pro po od ve jako ale by jsou"),
    ("hu", "a az és hogy nem is egy van ez meg de csak volt el mint ki"),
    ("ro", "de și în la a cu pe un o din că nu este pentru care mai se prin ale sau"),
    ("tr", "ve bir bu da de için ile olarak daha çok gibi ne ki en olan her kadar sonra"),
    ("vi", "và của các có là được cho không trong một người với những để này đã khi cả đến từ vào"),
    ("id", "dan yang di ke dari untuk pada dengan ini itu adalah dalam tidak akan oleh telah bahwa para sebagai"),
    ("fi", "ja on ei se että oli hän mutta joka ovat myös kun niin sen tai mukaan sekä"),
];

/// The script of most letters.
fn dominant(text: &str) -> Option<Script> {
    if text.is_ascii() {
        return text.bytes().any(|byte| byte.is_ascii_alphabetic()).then_some(Script::Latin);
    }
    let mut counts: BTreeMap<&str, (usize, Script)> = BTreeMap::new();
    for script in text.chars().filter_map(script_of) {
        counts.entry(script.full_name()).or_insert((0, script)).0 += 1;
    }
    counts.into_values().max_by_key(|(count, _)| *count).map(|(_, script)| script)
}

/// The language of a text in a script other than Latin.
fn in_script(text: &str, script: Script) -> Option<String> {
    let among = |languages: &[Lang]| {
        Detector::with_allowlist(languages.to_vec()).detect(text).filter(whatlang::Info::is_reliable)
    };
    let has = |letters: &str| text.contains(|character: char| letters.contains(character));
    let found = match script {
        Script::Arabic => arabic(text),
        Script::Han => return Some(han(text)),
        Script::Devanagari => {
            among(&[Lang::Hin, Lang::Mar, Lang::Nep]).and_then(|info| tag(info.lang())).unwrap_or("hi")
        }
        Script::Bengali if has("ৰৱ") => "as",
        Script::Hebrew if has("װױײ") => "yi",
        Script::Cyrillic => {
            cyrillic(text, &has, among(&[Lang::Rus, Lang::Ukr, Lang::Bul, Lang::Mkd, Lang::Srp, Lang::Bel]))
        }
        script => usual_language(script)?,
    };
    Some(found.to_owned())
}

/// Languages in Arabic script by the letters that only they have.
fn arabic(text: &str) -> &'static str {
    const OWN: [(&str, &str); 7] = [
        ("ks", "ٲٳۄۍؠ"),
        ("sd", "ٻڀٿڃڄڇڏڊڌڍڙڳڱڻڦ"),
        ("ps", "ټډړږښڼېځڅ"),
        ("ug", "ۇۈۋڭ"),
        ("ckb", "ڕڵێ"),
        ("ur", "ٹڈڑںےۓھہۂۃ"),
        ("fa", "پچژگکی"),
    ];
    let count = |letters: &str| text.chars().filter(|character| letters.contains(*character)).count();
    // Each of these languages has the letters of Persian too; Urdu's stand in some of the others as well.
    let (persian, plain) = (count("پچژگکی"), count("يكةىأإ"));
    let own = OWN[..6].iter().map(|(language, letters)| (count(letters), *language));
    match own.rev().max_by_key(|(count, _)| *count) {
        Some((found, language)) if found > 0 && found * 6 >= plain => language,
        _ if persian > plain => OWN[6].0,
        _ => "ar",
    }
}

fn cyrillic(text: &str, has: &dyn Fn(&str) -> bool, sure: Option<whatlang::Info>) -> &'static str {
    if let Some(found) = sure.and_then(|info| tag(info.lang())) {
        return found;
    }
    let russian = text.contains(['ы', 'э', 'ё']);
    match () {
        () if has("ў") => "be",
        () if !russian && has("їєґ") => "uk",
        () if has("ѓќѕ") => "mk",
        () if has("ђћјљњџ") => "sr",
        () => "ru",
    }
}

/// Japanese by its kana; Chinese by the characters that only one of its two ways of writing has.
fn han(text: &str) -> String {
    const SIMPLIFIED: &str = "们这为来国会时个说对过还没东书见长门问间开关学号现实体经业员机电车马鸟鱼龙语话读认识议论设计发历华单双变点进远运达选择区医药报团图广产务协动劳权阅览让边应当岁扬场";
    const TRADITIONAL: &str = "們這為來國會時個說對過還沒東書見長門問間開關學號現實體經業員機電車馬鳥魚龍語話讀認識議論設計發歷華單雙變點進遠運達選擇區醫藥報團圖廣產務協動勞權閱覽讓邊應當歲揚場";
    let all = text.chars().filter(|character| script_of(*character) == Some(Script::Han)).count();
    if kana(text) * 20 > all {
        return "ja".to_owned();
    }
    let count = |letters: &str| text.chars().filter(|character| letters.contains(*character)).count();
    match count(SIMPLIFIED).cmp(&count(TRADITIONAL)) {
        std::cmp::Ordering::Greater => "zh-Hans",
        std::cmp::Ordering::Less => "zh-Hant",
        std::cmp::Ordering::Equal => "zh",
    }
    .to_owned()
}

fn kana(text: &str) -> usize {
    let is_kana = |c: &char| matches!(c, '\u{3041}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}');
    text.chars().filter(is_kana).count()
}

/// The BCP 47 subtag of a detected language.
fn tag(language: Lang) -> Option<&'static str> {
    Some(match language {
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Pol => "pl",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Bel => "be",
        Lang::Bul => "bg",
        Lang::Mkd => "mk",
        Lang::Srp => "sr",
        Lang::Hin => "hi",
        Lang::Mar => "mr",
        Lang::Nep => "ne",
        Lang::Ind => "id",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "nb",
        Lang::Fin => "fi",
        Lang::Ces => "cs",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Hun => "hu",
        Lang::Ron => "ro",
        Lang::Cat => "ca",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_in_arabic_script_are_told_by_their_letters() {
        assert_eq!(of_text("ہر دارالمطالعہ اپنے اوقات شائع کرتا ہے").as_deref(), Some("ur"));
        assert_eq!(of_text("این تصمیم بر سه یافته استوار است که گفته شد").as_deref(), Some("fa"));
        assert_eq!(of_text("قرر اتحاد قاعات القراءة أن تبقى القاعات مفتوحة").as_deref(), Some("ar"));
        assert_eq!(of_text("دا پرېکړه په درېو موندنو ولاړه ده چې ښه ده").as_deref(), Some("ps"));
        assert_eq!(of_text("اسان جو ڪم ماڻهن جي ڀلائي لاءِ آهي ۽ ٻيو ڪجهه ناهي").as_deref(), Some("sd"));
    }

    #[test]
    fn chinese_is_told_by_its_way_of_writing_and_japanese_by_kana() {
        assert_eq!(of_text("这项决定有三个依据，大家都同意。").as_deref(), Some("zh-Hans"));
        assert_eq!(of_text("這項決定有三個依據，大家都同意。").as_deref(), Some("zh-Hant"));
        assert_eq!(of_text("この決定の根拠は三つある。").as_deref(), Some("ja"));
    }

    #[test]
    fn a_passage_changes_the_language_only_where_that_is_sure() {
        let french = "La décision a été prise par les membres de l’assemblée, qui se sont réunis dans la grande salle.";
        assert_eq!(of_passage(french, "en", "en").as_deref(), Some("fr"));
        assert_eq!(of_passage(french, "fr", "en"), None);
        assert_eq!(
            of_passage("Présents : Hélène Gœury, Anaïs Benoît, Étienne Lefèvre, Chloé Dubois.", "en", "en"),
            None
        );
        assert_eq!(
            of_passage("Juan Carlos Ibáñez, Begoña Gutiérrez, San Sebastián de los Reyes, Alcobendas.", "en", "en"),
            None
        );
        assert_eq!(of_passage("NRRU", "ur", "en").as_deref(), Some("en"));
        let arabic = "قرر اتحاد قاعات القراءة أن تبقى القاعات مفتوحة يوم الجمعة";
        assert_eq!(of_passage(arabic, "ur", "en").as_deref(), Some("ar"));
        assert_eq!(of_passage(arabic, "ks", "en"), None);
        assert_eq!(of_passage("वाचनालय", "en", "en").as_deref(), Some("hi"));
    }
}
