//! Armed groups and movements by the shape of their names in Urdu, Arabic and Persian, as they are transliterated.
//!
//! What enters: a passage's tokens. What leaves: "Jaish-e-X", "Hizb ul-X", "Laskare X", "Jama'at Nusrat al-X wal-Y". The first
//! word is one of a few, and a linking particle has to follow it.

use super::super::lexicon::{country, is_opener, word_lists};
use super::super::token::{Line, Shape, fold};
use super::{Named, Sign};

/// The first parts of such names.
const FIRST: &str = "jaish jaysh jaishe lashkar laskar lashkare laskare hizb hizbul tehreek tehrik tahrik tahreek harkat harakat sipah \
    sipahe jamaat jamiat jundul ansar katibat liwa hayat haiat asaib kataib faylaq ahrar saraya jund majlis tanzim tanzeem junud \
    firqat quwwat mahaz anjuman dukhtaran difa pasban khuddam";

word_lists! {
    /// Tells whether such a name begins with a word.
    is_first, FIRST_SET, FIRST;
}

/// "Soldiers, party, helpers of God" in one word, as the press writes them.
const OF_GOD: [&str; 8] =
    ["jundullah", "jundallah", "hizbullah", "hizballah", "hezbollah", "ansarullah", "ansarallah", "jaishullah"];

/// Particles that link the parts.
const PARTICLES: [&str; 18] =
    ["e", "i", "ul", "al", "ur", "us", "un", "ut", "uz", "ud", "as", "ash", "ar", "ad", "wal", "wa", "at", "az"];

/// Finds the name that starts at a token.
pub(in super::super) fn named(line: &Line<'_>, at: usize) -> Option<Named> {
    let token = line.tokens.get(at)?;
    if !token.is_name_like() || token.shouted || token.in_address {
        return None;
    }
    let (first, mut end) = first_word(line, at);
    if OF_GOD.contains(&first.as_str()) {
        return Some(Named { run: at..end, suffix: None, sign: Sign::Pattern, kind: Some("armed group") });
    }
    if !is_first(&first) {
        return None;
    }
    const MOST_PARTS: usize = 5;
    let mut linked = first.len() > 5 && first.ends_with(['e', 'l']);
    let mut parts = 0;
    while parts < MOST_PARTS {
        let (start, has_particle) = part(line, end);
        // Behind the first part, a word without a particle is another's.
        let is_place = !has_particle && parts > 0 && !named_by_two(line, end);
        if is_place || !starts_name(line, start) {
            break;
        }
        linked |= has_particle || OF_GOD.contains(&fold(line.word(start)).as_str());
        end = start + 1;
        parts += 1;
    }
    if !linked || parts == 0 {
        return None;
    }
    if line.shape(end) == Some(Shape::Capital) && country(&fold(line.word(end))).is_some() {
        end += 1;
    }
    Some(Named { run: at..end, suffix: None, sign: Sign::Pattern, kind: Some(kind(&first)) })
}

/// Gives the first word, an apostrophe in it taken out ("Hay'at"), and the token behind it.
fn first_word(line: &Line<'_>, at: usize) -> (String, usize) {
    let glued = |at: usize| line.tokens.get(at).is_some_and(|token| !token.spaced);
    let inner = matches!(line.mark(at + 1), Some('\'' | '’' | 'ʼ' | '‘'))
        && glued(at + 1)
        && glued(at + 2)
        && line.shape(at + 2) == Some(Shape::Lower)
        && line.word(at + 2).len() > 1;
    if inner {
        (format!("{}{}", fold(line.word(at)), fold(line.word(at + 2))), at + 3)
    } else {
        (fold(line.word(at)), at + 1)
    }
}

/// Steps over hyphens and particles; tells whether there was a particle.
fn part(line: &Line<'_>, from: usize) -> (usize, bool) {
    let (mut at, mut has_particle) = (from, false);
    for _ in 0..3 {
        let dash = usize::from(matches!(line.mark(at), Some('-' | '‑')));
        let particle = fold(line.word(at + dash));
        let broken = line.tokens.get(at + dash).is_some_and(|token| token.opens_line && token.after_short_line);
        let hyphened = dash == 1 || matches!(line.mark(at + 1), Some('-' | '‑'));
        let links = PARTICLES.contains(&particle.as_str()) && (hyphened || from == at);
        if broken || !links {
            at += usize::from(dash == 1 && !line.tokens[at].spaced);
            break;
        }
        at += dash + 1;
        has_particle = true;
    }
    (at + usize::from(matches!(line.mark(at), Some('-' | '‑'))), has_particle)
}

/// "Jama'at Nusrat al-Islam": a second word, a particle following it.
fn named_by_two(line: &Line<'_>, at: usize) -> bool {
    line.mark(at) == Some('-') && !line.tokens[at].spaced
}

fn starts_name(line: &Line<'_>, at: usize) -> bool {
    line.tokens.get(at).is_some_and(|token| {
        token.shape == Shape::Capital
            && !is_opener(&fold(line.word(at)))
            && !(token.opens_line && token.after_short_line)
    })
}

fn kind(first: &str) -> &'static str {
    match first {
        "tehreek" | "tehrik" | "tahrik" | "tahreek" | "harakat" | "harkat" => "movement",
        "jamaat" | "jamiat" | "anjuman" => "party",
        _ => "armed group",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<String> {
        let line = Line::new(text);
        (0..line.tokens.len()).find_map(|at| named(&line, at)).map(|named| line.form(&named.run))
    }

    #[test]
    fn parts_are_linked_by_particles() {
        for name in
            ["Jaish-ul-Haq", "Laskare Noor", "Hay'at Tahrir al-Wadi", "Jama'at Nusrat al-Wadi wal-Nahr", "Sipah-e-Noor"]
        {
            assert_eq!(found(&format!("against {name} in the hills")).as_deref(), Some(name));
        }
        assert_eq!(found("in Lashkar Gah they met"), None);
        assert_eq!(found("Ansar Doe wrote"), None);
    }
}
