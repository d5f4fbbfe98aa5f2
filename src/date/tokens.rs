//! Cuts a text into the tokens that dates are made of.
//!
//! What enters: a text. What leaves: numbers in any script's digits, words that the calendar knows, and everything
//! else as marks. It refuses nothing and judges nothing.

use super::lexicon::{self, Sense};
use crate::text::Span;

/// A piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: Kind,
    /// Where it starts.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
}

impl Token {
    /// Gives its place in the text.
    pub(super) fn span(&self) -> Span {
        self.start..self.end
    }
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number and how many digits it has; 255 stands for more.
    Number(u32, u8),
    /// A letter word and what the calendar makes of it.
    Word(Sense),
    /// A sign of East Asian dates: 年, 월 …
    Sign(Sign),
    /// White space without a line end.
    Space,
    /// White space with one line end.
    Break,
    /// White space with more than one line end.
    Gap,
    /// Any other character.
    Mark(char),
}

/// A sign that follows a number in East Asian dates, or stands before an era's year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// 年, 년
    Year,
    /// 月, 월
    Month,
    /// 日, 號, 号, 일
    Day,
}

/// The names of eras that years are counted in.
const ERAS: [&str; 8] = ["中華民國", "中华民国", "民國", "民国", "令和", "平成", "昭和", "大正"];

/// Cuts a text into tokens, without leaving anything out.
pub(super) fn tokenise(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 3);
    let mut rest = text.char_indices().peekable();
    let mut folded = String::new();
    while let Some((start, first)) = rest.next() {
        let mut end = start + first.len_utf8();
        let mut extend = |keep: &mut dyn FnMut(char) -> bool| {
            while let Some((at, next)) = rest.peek().copied() {
                if !keep(next) {
                    break;
                }
                end = at + next.len_utf8();
                rest.next();
            }
        };
        let kind = if let Some(digit) = digit_value(first) {
            let (mut value, mut length) = (digit, 1_u8);
            extend(&mut |next| match digit_value(next) {
                Some(digit) => {
                    value = value.saturating_mul(10).saturating_add(digit);
                    length = length.saturating_add(1);
                    true
                }
                None => false,
            });
            Kind::Number(value, length)
        } else if first.is_whitespace() || is_invisible(first) {
            let mut breaks = u32::from(first == '\n');
            extend(&mut |next| {
                breaks = breaks.saturating_add(u32::from(next == '\n'));
                next.is_whitespace() || is_invisible(next)
            });
            match breaks {
                0 => Kind::Space,
                1 => Kind::Break,
                _ => Kind::Gap,
            }
        } else if let Some(sign) = sign(first, tokens.last()) {
            Kind::Sign(sign)
        } else if is_ideograph(first) {
            // A numeral such as 二〇一八 counts only where a sign follows; the run is a number or a word, or an era's name.
            let era = ERAS.iter().find(|era| text[start..].starts_with(**era)).map(|era| era.chars().count() - 1);
            let mut left = era.unwrap_or(usize::MAX);
            extend(&mut |next| {
                let goes_on = left > 0 && is_ideograph(next) && !matches!(next, '年' | '月' | '日' | '号' | '號');
                left = left.saturating_sub(1);
                goes_on
            });
            match chinese_numeral(&text[start..end]) {
                Some((value, digits)) => Kind::Number(value, digits),
                None => Kind::Word(lexicon::sense(&text[start..end], &mut folded)),
            }
        } else if first.is_alphabetic() {
            extend(&mut |next| {
                (next.is_alphabetic() && !is_ideograph(next)) || is_joined_mark(next) || next == '\u{200c}'
            });
            Kind::Word(lexicon::sense(&text[start..end], &mut folded))
        } else if let Some((_, escaped)) = rest.next_if(|(_, next)| first == '\\' && next.is_ascii_punctuation()) {
            // Markdown writes `3\. Mai` so that a date at the start of a line is no list.
            end += 1;
            Kind::Mark(escaped)
        } else {
            Kind::Mark(first)
        };
        tokens.push(Token { kind, start, end });
    }
    tokens
}

/// Gives the value of a decimal digit of any script that the collections use.
pub(super) fn digit_value(c: char) -> Option<u32> {
    const ZEROS: [u32; 11] = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0be6, 0x0c66, 0x0e50, 0x1040, 0xff10];
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let code = u32::from(c);
    ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)).map(|zero| code - zero)
}

/// Tells whether a character is seen by nobody and parts nothing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// Tells whether a character is a vowel sign or accent that belongs to the word before it.
fn is_joined_mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

/// Tells whether a character is a Han character.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Reads a sign of East Asian dates; the Korean ones are signs only right after a number.
fn sign(c: char, before: Option<&Token>) -> Option<Sign> {
    let after_number = matches!(before, Some(Token { kind: Kind::Number(..), .. }));
    match c {
        '年' => Some(Sign::Year),
        '月' => Some(Sign::Month),
        '日' | '号' | '號' => Some(Sign::Day),
        '년' if after_number => Some(Sign::Year),
        '월' if after_number => Some(Sign::Month),
        '일' if after_number => Some(Sign::Day),
        _ => None,
    }
}

/// Reads a Chinese numeral: `二〇一八` by place, `二十八` by tens; 元 is the first year of an era.
fn chinese_numeral(text: &str) -> Option<(u32, u8)> {
    if text == "元" {
        return Some((1, 1));
    }
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|other| other == c || (c == '零' && other == '〇'));
    let mut tens: Option<u32> = None;
    let (mut value, mut length) = (0_u32, 0_u8);
    for c in text.chars().take(8) {
        match (c, digit(c)) {
            ('十', _) if tens.is_none() && length <= 1 => {
                tens = Some(if length == 0 { 10 } else { value * 10 });
                (value, length) = (0, 0);
            }
            (_, Some(digit)) => {
                value = value.saturating_mul(10).saturating_add(u32::try_from(digit).ok()?);
                length = length.saturating_add(1);
            }
            _ => return None,
        }
    }
    match tens {
        Some(tens) if length <= 1 => Some((tens + value, 2)),
        None if length > 0 && text.chars().count() <= 4 => Some((value, length)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, tokenise};

    #[test]
    fn an_escaped_sign_is_one_sign() {
        let kinds: Vec<Kind> = tokenise("3\\. \\a").into_iter().map(|token| token.kind).take(4).collect();
        assert_eq!(kinds, [Kind::Number(3, 1), Kind::Mark('.'), Kind::Space, Kind::Mark('\\')]);
    }

    #[test]
    fn digits_of_every_script_are_numbers() {
        for (text, value) in [
            ("2014", 2014),
            ("٢٠١٤", 2014),
            ("۱۴۰۰", 1400),
            ("२०२३", 2023),
            ("২০২৩", 2023),
            ("２０１８", 2018),
            ("二〇一八", 2018),
            ("二十八", 28),
            ("十", 10),
        ] {
            assert!(matches!(tokenise(text)[0].kind, Kind::Number(found, _) if found == value), "{text}");
        }
    }

    #[test]
    fn tokens_cover_the_text() {
        let text = "Am 3. März 2014,\n\nविक्रम २०७१ 2018년 3월 28일 \u{0}🦀 \u{301}";
        let joined: String = tokenise(text).iter().map(|token| &text[token.span()]).collect();
        assert_eq!(joined, text);
    }
}
