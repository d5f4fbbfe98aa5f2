//! The examples of the specifications, as the files beside this one hold them.

/// The fence around an example.
const FENCE: &str = "````````````````````````````````";

/// An example of a specification.
pub struct Example {
    /// Its specification and its number there: `commonmark 12`.
    pub name: String,
    /// The Markdown.
    pub markdown: String,
    /// What the specification makes of it.
    pub html: String,
}

/// The examples of CommonMark 0.31.2.
pub fn commonmark() -> Vec<Example> {
    read("commonmark", include_str!("commonmark.txt"))
}

/// The examples of GitHub Flavored Markdown 0.29 that are not CommonMark's.
pub fn gfm() -> Vec<Example> {
    read("gfm", include_str!("gfm.txt"))
}

/// The examples of pulldown-cmark's own specifications.
pub fn pulldown() -> Vec<Example> {
    read("pulldown", include_str!("pulldown.txt"))
}

fn read(specification: &str, text: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut lines = text.split('\n');
    while let Some(line) = lines.next() {
        let Some(head) = line.strip_prefix(FENCE) else { continue };
        let number = head.trim_start().strip_prefix("example ").expect("a fence opens an example");
        let number = number.split(' ').next().expect("an example has a number");
        let mut until = |end: &str| {
            let mut part = String::new();
            for line in lines.by_ref().take_while(|line| *line != end) {
                part.push_str(&line.replace('→', "\t"));
                part.push('\n');
            }
            part
        };
        let (markdown, html) = (until("."), until(FENCE));
        examples.push(Example { name: format!("{specification} {number}"), markdown, html });
    }
    examples
}
