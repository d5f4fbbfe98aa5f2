//! Objects as a PDF writes them (ISO 32000-1, 7.3).
//!
//! What enters: an object. What leaves: its bytes, which depend on nothing but the object: an edition is verified by writing
//! the end of its file anew, by whatever later version of this program.

use lopdf::{Dictionary, Object, StringFormat};

/// Writes an object.
pub(super) fn object(object: &Object, out: &mut Vec<u8>) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Boolean(truth) => out.extend(truth.to_string().bytes()),
        Object::Integer(number) => out.extend(number.to_string().bytes()),
        Object::Real(number) => out.extend(number.to_string().bytes()),
        Object::Name(written) => name(written, out),
        Object::String(bytes, StringFormat::Literal) => literal(bytes, out),
        Object::String(bytes, StringFormat::Hexadecimal) => {
            out.push(b'<');
            bytes.iter().for_each(|byte| out.extend(format!("{byte:02X}").bytes()));
            out.push(b'>');
        }
        Object::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                self::object(item, out);
            }
            out.push(b']');
        }
        Object::Dictionary(fields) => dictionary(fields, out),
        Object::Stream(stream) => {
            let mut fields = stream.dict.clone();
            fields.set("Length", i64::try_from(stream.content.len()).unwrap_or(i64::MAX));
            dictionary(&fields, out);
            out.extend(b"\nstream\n");
            out.extend(&stream.content);
            out.extend(b"\nendstream");
        }
        Object::Reference((number, generation)) => out.extend(format!("{number} {generation} R").bytes()),
    }
}

fn dictionary(fields: &Dictionary, out: &mut Vec<u8>) {
    out.extend(b"<<");
    for (index, (key, value)) in fields.iter().enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        name(key, out);
        out.push(b' ');
        object(value, out);
    }
    out.extend(b">>");
}

/// Writes a name; what is no regular character is written by its number.
fn name(name: &[u8], out: &mut Vec<u8>) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.extend(format!("#{byte:02X}").bytes());
        }
    }
}

/// Writes a string between brackets.
fn literal(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'(');
    for byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend([b'\\', *byte]),
            // A line end in a string is read as one byte whatever it was.
            b'\r' => out.extend(b"\\r"),
            b'\n' => out.extend(b"\\n"),
            _ => out.push(*byte),
        }
    }
    out.push(b')');
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::{Stream, dictionary};

    #[test]
    fn objects_are_written_as_the_standard_says() {
        let fields = dictionary! {
            "Subtype" => "text/plain",
            "Odd" => Object::string_literal(b"a(b)\\\r\nc".to_vec()),
            "Wide" => Object::String(vec![0xfe, 0xff], StringFormat::Hexadecimal),
            "List" => vec![1.into(), Object::Null, true.into(), Object::Reference((3, 0))],
        };
        let mut out = Vec::new();
        object(&Stream::new(fields, b"text".to_vec()).into(), &mut out);
        let wanted = "<</Subtype /text#2Fplain /Odd (a\\(b\\)\\\\\\r\\nc) /Wide <FEFF> /List [1 null true 3 0 R] /Length 4>>\n\
                      stream\ntext\nendstream";
        assert_eq!(String::from_utf8_lossy(&out), wanted);
    }
}
