//! Words that make a name a body's in Russian and its neighbours, in all their cases.
//!
//! What enters: a folded word (small letters; `й` is folded to `и`). What leaves: the kind of body that it stands for,
//! and whether it can be part of a name by its ending.

/// The unchanging part of a type word, what may follow it, and the kind of body.
const TYPES: &[(&str, &str, &str)] = &[
    ("парти", "я и ю еи ями ях", "party"),
    ("союз", " а у ом е ы ов", "union"),
    ("профсоюз", " а у ом е ы ов", "union"),
    ("фронт", " а у ом е", "front"),
    ("движени", "е я ю ем и", "movement"),
    ("комитет", " а у ом е", "committee"),
    ("совет", " а у ом е", "council"),
    ("министерств", "о а у ом е", "state body"),
    ("агентств", "о а у ом е", "state body"),
    ("комисси", "я и ю еи", "state body"),
    ("служб", "а ы у е ои", "state body"),
    ("прокуратур", "а ы у е ои", "state body"),
    ("департамент", " а у ом е", "state body"),
    ("управлени", "е я ю ем и", "state body"),
    ("дум", "а ы у е ои", "legislature"),
    ("конгресс", " а у ом е", "association"),
    ("парламент", " а у ом е", "legislature"),
    ("собрани", "е я ю ем и", "legislature"),
    ("рад", "а ы у е ои", "legislature"),
    ("суд", " а у ом е", "court"),
    ("трибунал", " а у ом е", "court"),
    ("университет", " а у ом е", "university"),
    ("академи", "я и ю еи", "university"),
    ("школ", "а ы у е ои", "university"),
    ("институт", " а у ом е", "institute"),
    ("центр", " а у ом е", "institute"),
    ("банк", " а у ом е", "bank"),
    ("федераци", "я и ю еи", "federation"),
    ("конфедераци", "я и ю еи", "federation"),
    ("альянс", " а у ом е", "alliance"),
    ("коалици", "я и ю еи", "alliance"),
    ("организаци", "я и ю еи", "association"),
    ("ассоциаци", "я и ю еи", "association"),
    ("обществ", "о а у ом е", "association"),
    ("лиг", "а и у е ои", "association"),
    ("фонд", " а у ом е", "association"),
    ("палат", "а ы у е ои", "association"),
    ("объединени", "е я ю ем и", "association"),
    ("церк", "овь ви овью", "association"),
    ("арми", "я и ю еи", "armed force"),
    ("гварди", "я и ю еи", "armed force"),
    ("полици", "я и ю еи", "police"),
    ("корпораци", "я и ю еи", "company"),
    ("компани", "я и ю еи", "company"),
];

/// Gives the kind of body that a Cyrillic type word stands for.
pub fn type_kind(word: &str) -> Option<&'static str> {
    if !word.starts_with(|first: char| ('а'..='я').contains(&first)) {
        return None;
    }
    let ending = |stem: &str| word.strip_prefix(stem);
    let fits = |(stem, endings, _): &&(&str, &str, &str)| {
        ending(stem).is_some_and(|rest| endings.split(' ').any(|ending| ending == rest))
    };
    TYPES.iter().find(fits).map(|(_, _, kind)| *kind)
}

/// Tells whether a word ends as an adjective does that stands before a type: "Коммунистическая", "Верховного".
pub fn is_adjective(word: &str) -> bool {
    const ENDINGS: [&str; 13] = ["ая", "ои", "ую", "ое", "ого", "ому", "ыи", "ии", "ым", "им", "ом", "яя", "ее"];
    word.chars().count() > 4 && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Tells whether a word ends as a genitive does, which may follow a type: "обороны", "независимых профсоюзов".
pub fn is_genitive(word: &str) -> bool {
    const ENDINGS: [&str; 14] = ["ы", "и", "ов", "ев", "еи", "ых", "их", "ои", "ого", "его", "а", "я", "ии", "ью"];
    const OTHERS: [&str; 17] = [
        "яла", "ула", "ела", "ола", "лась", "ила", "ала", "ыла", "или", "али", "ыли", "ели", "кии", "ыи", "ная", "кая",
        "яя",
    ];
    // Plurals that end in no vowel.
    if matches!(
        word,
        "дел"
            | "наук"
            | "прав"
            | "сил"
            | "стран"
            | "граждан"
            | "воиск"
            | "искусств"
            | "лиц"
            | "школ"
    ) {
        return true;
    }
    word.chars().count() > 3
        && ENDINGS.iter().any(|ending| word.ends_with(ending))
        && !OTHERS.iter().any(|ending| word.ends_with(ending))
        && !matches!(word, "после" | "когда" | "тогда" | "всегда" | "если" | "также" | "чтобы" | "более" | "перед")
}

/// Tells whether an adjective says too little to make a type a name: "new", "ruling", "this".
pub fn is_general(word: &str) -> bool {
    const GENERAL: [&str; 22] = [
        "нов",
        "друг",
        "наш",
        "ваш",
        "сво",
        "эт",
        "кажд",
        "вс",
        "перв",
        "втор",
        "последн",
        "правящ",
        "как",
        "так",
        "люб",
        "сам",
        "больш",
        "местн",
        "районн",
        "городск",
        "соответствующ",
        "оппозиционн",
    ];
    GENERAL.iter().any(|stem| word.strip_prefix(stem).is_some_and(|rest| rest.chars().count() <= 4))
}
