//! The editor's authority file, `organizations.toml`.
//!
//! What enters: the text of the file. What leaves: an [`AuthorityFile`], and every problem of the text; a good table is
//! used whatever else is wrong. What the names mean in documents is not asked here.

use super::reader::{Reader, Scope};
use super::spanned::Spanned;
use crate::diagnostic::Diagnostic;
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::de::DeTable;

/// What the editor says of organizations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuthorityFile {
    /// The organizations, in the order of the file.
    pub organizations: Vec<Listed>,
    /// Names and acronyms that are never an organization.
    pub not: Vec<String>,
    /// Names and acronyms that get no entry at all.
    pub ignore: Vec<String>,
}

/// One organization of an authority file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// The authorized heading.
    pub heading: String,
    /// The acronym.
    pub acronym: Option<String>,
    /// Other surface forms.
    pub variants: Vec<String>,
    /// The kind of body.
    pub kind: Option<String>,
    /// The country.
    pub country: Option<String>,
    /// What the editor says of the body.
    pub description: Option<String>,
    /// Under which numbers other authority files know it.
    pub identifiers: Identifiers,
    /// Headings of what it was before.
    pub earlier: Vec<String>,
    /// Headings of what it became.
    pub later: Vec<String>,
    /// Headings of organizations that a reader may want too.
    pub see_also: Vec<String>,
}

/// The numbers under which other authority files know a body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identifiers {
    /// The item in Wikidata: `Q7817`.
    pub wikidata: Option<String>,
    /// The number in the Virtual International Authority File.
    pub viaf: Option<String>,
    /// The number in the Library of Congress Name Authority File: `n79063159`.
    pub lcnaf: Option<String>,
}

/// Reads the text of an `organizations.toml`.
///
/// Problems are errors named `broken-toml`, `unknown-key`, `wrong-type` and `wrong-value`.
pub fn read_authority(path: &str, text: &Arc<str>) -> (AuthorityFile, Vec<Diagnostic>) {
    let (mut reader, table) = Reader::open(path, text);
    let mut file = AuthorityFile::default();
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    let mut denied = Vec::new();
    for (key, value) in reader.entries(&table, Scope::Authority) {
        match key.name {
            "not" => denied = reader.texts(key, value),
            "ignore" => file.ignore = plain(reader.texts(key, value)),
            "organization" => {
                for (table, span) in reader.tables(key, value) {
                    let (listed, heading) = organization(&mut reader, table);
                    let Some(heading) = heading else {
                        let message = "an organization has no `heading`".to_owned();
                        reader.report("wrong-value", message, span, "write `heading = \"its name\"`".to_owned());
                        continue;
                    };
                    if let Some(first) = lines.get(&heading.value) {
                        let message = format!("`{}` has a table already, on line {first}", heading.value);
                        reader.report("wrong-value", message, heading.span, "put both into one table".to_owned());
                        continue;
                    }
                    lines.insert(heading.value, heading.line);
                    file.organizations.push(listed);
                }
            }
            name => unreachable!("`{name}` stands in the table of keys and is not read"),
        }
    }
    for form in &denied {
        if lines.contains_key(&form.value) {
            let message = format!("`{}` is the heading of an organization and stands in `not`", form.value);
            reader.report("wrong-value", message, form.span.clone(), "take it out of one of the two".to_owned());
        }
    }
    file.not = plain(denied);
    (file, reader.close())
}

/// Reads the table of one organization, and gives its heading with its place.
fn organization(reader: &mut Reader<'_>, table: &DeTable<'_>) -> (Listed, Option<Spanned<String>>) {
    let mut listed = Listed::default();
    let mut heading = None;
    let bare = |text: Option<Spanned<String>>| text.map(|text| text.value);
    for (key, value) in reader.entries(table, Scope::Organization) {
        match key.name {
            "heading" => heading = reader.text(key, value),
            "acronym" => listed.acronym = bare(reader.text(key, value)),
            "variants" => listed.variants = plain(reader.texts(key, value)),
            "kind" => listed.kind = bare(reader.text(key, value)),
            "country" => listed.country = bare(reader.text(key, value)),
            "description" => listed.description = bare(reader.text(key, value)),
            "wikidata" | "viaf" | "lcnaf" => {
                let Some(text) = reader.text(key, value) else { continue };
                let (is_right, example) = match key.name {
                    "wikidata" => (is_numbered(&text.value, &["Q"]), "Q7817"),
                    "viaf" => (is_numbered(&text.value, &[""]), "148423205"),
                    _ => (is_numbered(&text.value, &["n", "nr", "nb", "no", "ns"]), "n79063159"),
                };
                if !is_right {
                    let message = format!("`{}` is `{}`; an identifier was wanted", key.name, text.value);
                    let help = format!("write it as in `{} = \"{example}\"`", key.name);
                    reader.report("wrong-value", message, text.span, help);
                    continue;
                }
                let identifier = match key.name {
                    "wikidata" => &mut listed.identifiers.wikidata,
                    "viaf" => &mut listed.identifiers.viaf,
                    _ => &mut listed.identifiers.lcnaf,
                };
                *identifier = Some(text.value);
            }
            "earlier" => listed.earlier = plain(reader.texts(key, value)),
            "later" => listed.later = plain(reader.texts(key, value)),
            "see_also" => listed.see_also = plain(reader.texts(key, value)),
            name => unreachable!("`{name}` stands in the table of keys and is not read"),
        }
    }
    if let Some(heading) = &heading {
        listed.heading.clone_from(&heading.value);
    }
    (listed, heading)
}

/// Tells whether a text is one of some prefixes with a number behind it.
fn is_numbered(text: &str, prefixes: &[&str]) -> bool {
    prefixes
        .iter()
        .filter_map(|prefix| text.strip_prefix(prefix))
        .any(|number| !number.is_empty() && number.len() <= 22 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn plain(texts: Vec<Spanned<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<(&'static str, Vec<String>)> {
        let (_, problems) = read_authority("organizations.toml", &text.into());
        problems.into_iter().map(|problem| (problem.slug, problem.helps)).collect()
    }

    #[test]
    fn a_good_table_is_used_whatever_else_is_wrong() {
        let text =
            "not = ['NAP']\n[[organization]]\nheading = 'Front'\nwikidata = 'Q1'\ncolour = 1\n[[organization]]\n";
        let (file, problems) = read_authority("organizations.toml", &text.into());
        assert_eq!(file.not, ["NAP"]);
        assert_eq!(file.organizations.len(), 1);
        assert_eq!(file.organizations[0].identifiers.wikidata.as_deref(), Some("Q1"));
        let slugs: Vec<&str> = problems.iter().map(|problem| problem.slug).collect();
        assert_eq!(slugs, ["unknown-key", "wrong-value"]);
    }

    #[test]
    fn a_misspelt_or_misplaced_key_is_told_with_what_was_meant() {
        let help = |text: &str| problems(text).remove(0).1.remove(0);
        assert_eq!(help("[[organization]]\nheadin = 'x'\nheading = 'y'\n"), "did you mean `heading`?");
        assert!(help("heading = 'y'\n").contains("[[organization]]"));
        assert!(help("[[organization]]\nheading = 'y'\nnot = ['z']\n").contains("above the first"));
        assert!(help("[[organization]]\nheading = 'y'\nviaf = 'x1'\n").contains("148423205"));
        assert!(help("[[organization]]\nheading = 'y'\n[[organization]]\nheading = 'y'\n").contains("one table"));
    }
}
