//! Addresses of a page and in it.
//!
//! What enters: what an attribute says. What leaves: an absolute address, or nothing where it leads nowhere in print.

use super::dom::Dom;
use url::Url;

/// The longest address that is kept, in bytes; a longer one carries data.
const LONGEST: usize = 2000;

/// Against what the addresses of a page are read.
#[derive(Debug, Clone, Default)]
pub struct Base {
    url: Option<Url>,
}

impl Base {
    /// Finds what a page's addresses are relative to: its `<base>`, read against its own address.
    pub fn of(dom: &Dom, page: Option<&str>) -> Self {
        let page = page.and_then(|page| Url::parse(page).ok());
        let declared = dom.named("base").find_map(|at| dom.element(at)?.value("href"));
        let declared = declared.and_then(|href| match &page {
            Some(page) => page.join(href).ok(),
            None => Url::parse(href).ok(),
        });
        Self { url: declared.or(page).filter(|url| matches!(url.scheme(), "http" | "https" | "ftp")) }
    }

    /// Gives the address of a link; nothing for one inside the page, for a program or for data.
    pub fn link(&self, href: &str) -> Option<String> {
        let href = href.trim();
        if href.is_empty() || href.starts_with('#') || href.len() > LONGEST {
            return None;
        }
        let absolute = self.resolve(href).unwrap_or_else(|| href.to_owned());
        let scheme = absolute.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        let is_wanted = match scheme.as_deref() {
            Some("http" | "https" | "mailto" | "tel" | "ftp") => true,
            Some(scheme) => scheme.contains(['/', '.', '?', '#']),
            None => true,
        };
        is_wanted.then(|| escaped(&absolute))
    }

    /// Gives the address of a picture; one that was saved beside the page stays relative to it.
    pub fn picture(&self, src: &str) -> String {
        let src = src.trim();
        if src.len() > LONGEST || src.starts_with("data:") {
            return String::new();
        }
        let folder = src.trim_start_matches("./").split('/').next().unwrap_or_default();
        let is_beside = src.starts_with("./") || folder.ends_with("_files") || folder.ends_with("-Dateien");
        if is_beside {
            return escaped(src);
        }
        escaped(&self.resolve(src).unwrap_or_else(|| src.to_owned()))
    }

    fn resolve(&self, address: &str) -> Option<String> {
        match &self.url {
            Some(base) => base.join(address).ok().map(String::from),
            None => None,
        }
    }
}

/// Gives an absolute address of the web, or nothing.
pub fn absolute(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.host_str().is_some() && address.len() <= LONGEST)
        .then(|| String::from(url))
}

/// Writes an address so that it can stand between `<` and `>` in Markdown.
fn escaped(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            '|' => out.push_str("%7C"),
            '&' => out.push_str("&amp;"),
            _ if c.is_whitespace() || c.is_control() => out.push_str("%20"),
            _ => out.push(c),
        }
    }
    out
}
