//! The marks that open a list item, a question or an answer.

use regex::Regex;
use std::sync::LazyLock;

/// The mark of a list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// A bullet, by its character.
    Bullet(char),
    /// A number and the character after it.
    Number(u64, char),
}

impl Marker {
    /// Whether `next` can mark the item after this one.
    pub fn precedes(self, next: Self) -> bool {
        match (self, next) {
            (Self::Bullet(one), Self::Bullet(other)) => one == other,
            (Self::Number(one, style), Self::Number(other, like)) => style == like && one + 1 == other,
            _ => false,
        }
    }

    /// Whether both are bullets or both numbers, of one style.
    pub fn is_like(self, other: Self) -> bool {
        match (self, other) {
            (Self::Bullet(one), Self::Bullet(other)) => one == other,
            (Self::Number(_, one), Self::Number(_, other)) => one == other,
            _ => false,
        }
    }
}

/// Reads the list mark at the start of a line: the mark, and its length with the blanks after it.
pub fn item(line: &str) -> Option<(Marker, usize)> {
    let first = line.chars().next()?;
    let after = &line[first.len_utf8()..];
    let blanks = after.len() - after.trim_start().len();
    let marked = |marker, length: usize| Some((marker, length));
    match first {
        '*' | '-' | '+' | '–' if blanks > 0 && blanks < after.len() => {
            marked(Marker::Bullet(first), first.len_utf8() + blanks)
        }
        'o' if blanks < after.len() && (blanks > 1 || after.starts_with('\t')) => {
            marked(Marker::Bullet(first), 1 + blanks)
        }
        '•' | '·' | '‣' | '▪' | '■' | '●' | '◦' | '○' | '⁃' | '➢' | '►' | '\u{f0b7}' if blanks < after.len() => {
            marked(Marker::Bullet(first), first.len_utf8() + blanks)
        }
        '(' | '0'..='9' => {
            let inside = line.strip_prefix('(').unwrap_or(line);
            let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
            let number = inside.get(..digits).filter(|_| (1..=3).contains(&digits))?.parse().ok()?;
            let close = inside[digits..].chars().next()?;
            let style = match (first, close) {
                ('(', ')') => '(',
                ('0'..='9', '.' | ')') => close,
                _ => return None,
            };
            let rest = &inside[digits + 1..];
            let blanks = rest.len() - rest.trim_start().len();
            (blanks > 0 && blanks < rest.len())
                .then(|| (Marker::Number(number, style), line.len() - rest.len() + blanks))
        }
        _ => None,
    }
}

/// Whether a line opens a clause marked with a letter or a Roman number.
pub fn is_clause(line: &str) -> bool {
    static CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:\((?:[a-zA-Z]|[ivx]{1,5}|\d{1,3})\)|(?:[a-z]|[ivx]{1,5})\)|\d{1,3}[.)])\s")
            .expect("the pattern is fixed")
    });
    CLAUSE.is_match(line)
}

/// Gives the length of a question's label, with the blanks after it.
pub fn question(line: &str) -> Option<usize> {
    static QUESTION: LazyLock<Regex> = LazyLock::new(|| {
        let word = "(?:Q|(?i:question|frage|pregunta|pergunta|domanda|întrebare|вопрос|запитання|soru|سوال|سؤال|پرسش|प्रश्न|প্রশ্ন|pertanyaan|câu hỏi|vraag|fråga|spørgsmål|pytanie|otázka|ερώτηση)|问|問|질문|質問)";
        let pattern = format!(
            r"^{word}(?:\s*[.:：]\s*(?:\d{{1,3}}\s*[.:)\-–]?)?(?:\s+|$)|\s*(?:[Nn][o°º]\.?\s*)?\d{{1,3}}\s*[.:)：\-–](?:\s+|$)|[：])\s*"
        );
        Regex::new(&pattern).expect("the pattern is fixed")
    });
    QUESTION.find(line).map(|label| label.len())
}

/// Whether a line opens an answer.
pub fn is_answer(line: &str) -> bool {
    static ANSWER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:A|R|(?i:answer|réponse|reponse|antwort|respuesta|resposta|risposta|ответ|відповідь|cevap|جواب|پاسخ|उत्तर|উত্তর|jawaban|trả lời|antwoord|svar|odpowiedź)|答|답)\s*(?:\d{1,3}\s*)?[.:：]\s").expect("the pattern is fixed")
    });
    ANSWER.is_match(line)
}

/// Whether a line is a row of rules or stars.
pub fn is_rule(line: &str) -> bool {
    let mut signs = line.chars().filter(|c| !c.is_whitespace());
    let Some(first) = signs.next() else { return false };
    "-_=*~—–─━#".contains(first) && first != '#' && signs.clone().count() >= 2 && signs.all(|sign| sign == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_questions_end_before_the_question() {
        let label = |line| question(line).map(|length| &line[..length]);
        assert_eq!(label("Question.\u{a0} 2. What?"), Some("Question.\u{a0} 2. "));
        assert_eq!(label("Q1: Why?"), Some("Q1: "));
        assert_eq!(label("QUESTION:"), Some("QUESTION:"));
        assert_eq!(label("Question time began"), None);
        assert_eq!(label("Q.E.D."), None);
    }

    #[test]
    fn a_number_of_four_figures_marks_no_item() {
        assert_eq!(item("12) twelve"), Some((Marker::Number(12, ')'), 4)));
        assert_eq!(item("2014. A year"), None);
        assert_eq!(item("3.5 million"), None);
        assert_eq!(item("-5 degrees"), None);
    }
}
