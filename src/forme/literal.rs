//! Typst literals: the only way in which text enters a Typst source.
//!
//! What enters: any text or value. What leaves: code whose value is that text, and nothing that Typst would evaluate.

use serde_json::Value;

/// Appends a string literal, quotes included.
pub fn string(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ => out.push(character),
        }
    }
    out.push('"');
}

/// Reads a string literal, quotes included, back; `None` where the code is none that this module wrote.
pub fn read(code: &str) -> Option<String> {
    let mut characters = code.strip_prefix('"')?.strip_suffix('"')?.chars();
    let mut text = String::with_capacity(code.len());
    while let Some(character) = characters.next() {
        text.push(match character {
            '\\' => match characters.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                other => other,
            },
            _ => character,
        });
    }
    Some(text)
}

/// Appends a value as a literal; objects become dictionaries, `null` becomes `none`.
pub fn value(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("none"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(value) => out.push_str(&value.to_string()),
        Value::String(text) => string(text, out),
        Value::Array(items) => {
            out.push('(');
            for item in items {
                self::value(item, out);
                out.push_str(", ");
            }
            out.push(')');
        }
        Value::Object(fields) if fields.is_empty() => out.push_str("(:)"),
        Value::Object(fields) => {
            out.push('(');
            for (key, field) in fields {
                string(key, out);
                out.push_str(": ");
                value_of_field(field, out);
            }
            out.push(')');
        }
    }
}

fn value_of_field(field: &Value, out: &mut String) {
    value(field, out);
    out.push_str(", ");
}

#[cfg(test)]
mod tests {
    use super::*;
    use typst::syntax::{SyntaxKind, ast, parse_code};

    /// Parses a literal with Typst's own parser and gives the string that it stands for.
    fn parsed(code: &str) -> String {
        let root = parse_code(code);
        assert!(root.errors_and_warnings().0.is_empty(), "{code}");
        let node = root.children().find(|node| node.kind() == SyntaxKind::Str).expect("the code is one string");
        node.cast::<ast::Str>().expect("a string node").get().to_string()
    }

    #[test]
    fn nasty_strings_survive_typsts_parser() {
        for text in
            ["", "\"", "\\", "\\u{41}", "#read(\"/etc/passwd\")", "a\nb\r\tc", "\\\\\"", "{{ 7*7 }}", "\u{200f}עברית"]
        {
            let mut code = String::new();
            string(text, &mut code);
            assert_eq!(parsed(&code), text);
            assert_eq!(read(&code).as_deref(), Some(text));
        }
    }

    #[test]
    fn values_become_dictionaries() {
        let mut code = String::new();
        value(&serde_json::json!({"a": [1, null, true], "b c": {}}), &mut code);
        assert_eq!(code, r#"("a": (1, none, true, ), "b c": (:), )"#);
    }
}
