//! Drawings (SVG).
//!
//! What enters: the bytes of a file. What leaves: the same drawing without scripts, without HTML and without what it
//! would fetch from elsewhere, with its measures, or why there is none. The drawing is read by the library that Typst
//! reads it with, and each picture inside it is decoded too, so that none stops a book later.

use super::{Broken, Kind, Remark, Sound, raster};
use roxmltree::{Document, ParsingOptions};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Mutex;
use typst::foundations::Bytes;
use usvg::{Group, ImageHrefResolver, ImageKind, Node, Options, Tree};

/// How many of a drawing's units make an inch (CSS Values and Units 3, section 6.2).
const DRAWN: f64 = 96.0;
/// The deepest nesting of groups that is looked into; usvg refuses far less.
const DEEPEST: usize = 2048;

/// Reads a drawing.
pub fn read(bytes: &[u8]) -> Result<Sound, Broken> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Err(Broken::Damaged("the drawing is packed (gzip)".to_owned()));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Broken::Damaged("the drawing is no UTF-8 text".to_owned()))?;
    let (text, remarks) = cleaned(text)?;
    let fetched = Mutex::new(Vec::new());
    let options = Options {
        resources_dir: None,
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|address, _| {
                fetched.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(address.to_owned());
                None
            }),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(&text, &options).map_err(|error| Broken::Damaged(error.to_string()))?;
    drop(options);
    let fetched = fetched.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(address) = fetched.first() {
        let shown = super::problems::shortened(address);
        return Err(Broken::Damaged(format!("the drawing would fetch `{shown}` by a way that cannot be taken out")));
    }
    inner_pictures(tree.root(), 0)?;
    let (width, height) = (tree.size().width().into(), tree.size().height().into());
    Ok(Sound { kind: Kind::Svg, width, height, density: Some(DRAWN), bytes: Bytes::from_string(text), remarks })
}

/// Gives the characters of a drawing's lettering.
pub fn lettering(bytes: &[u8]) -> BTreeSet<char> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let Ok(document) = Document::parse_with_options(text, options) else { return BTreeSet::new() };
    let is_lettering = |node: &roxmltree::Node<'_, '_>| {
        node.is_text() && node.ancestors().any(|above| above.is_element() && above.tag_name().name() == "text")
    };
    let letters = document.descendants().filter(is_lettering);
    letters.filter_map(|node| node.text()).flat_map(str::chars).filter(|letter| !letter.is_whitespace()).collect()
}

/// Takes out of a drawing, with blanks in their place: scripts, HTML, addresses of other files.
fn cleaned(text: &str) -> Result<(String, Vec<Remark>), Broken> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| Broken::Damaged(error.to_string()))?;
    let mut out: Vec<Range<usize>> = Vec::new();
    let (mut scripts, mut foreign, mut fetched) = (0, 0, 0);
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        match node.tag_name().name() {
            "script" => {
                scripts += 1;
                out.push(node.range());
            }
            "foreignObject" => {
                foreign += 1;
                out.push(node.range());
            }
            // Other elements refer to what is drawn in the same file, or are links that nothing follows.
            "image" | "feImage" | "use" | "tref" => {
                let is_elsewhere = |address: &str| {
                    let address = address.trim_start();
                    !address.starts_with('#') && !address.get(..5).is_some_and(|s| s.eq_ignore_ascii_case("data:"))
                };
                for attribute in node.attributes() {
                    if attribute.name() == "href" && is_elsewhere(attribute.value()) {
                        fetched += 1;
                        out.push(attribute.range());
                    }
                }
            }
            _ => {}
        }
    }
    let mut cleaned = text.as_bytes().to_vec();
    for range in out {
        // A place inside an entity's definition is shared by all who use it; blanks fit there too.
        cleaned.get_mut(range).into_iter().flatten().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    }
    let text = String::from_utf8(cleaned).map_err(|_| Broken::Damaged("its parts overlap".to_owned()))?;
    let remarks =
        [(scripts, Remark::Scripts as fn(usize) -> Remark), (foreign, Remark::Foreign), (fetched, Remark::Fetched)];
    Ok((text, remarks.into_iter().filter(|(count, _)| *count > 0).map(|(count, remark)| remark(count)).collect()))
}

/// Decodes the pictures inside a drawing.
fn inner_pictures(group: &Group, depth: usize) -> Result<(), Broken> {
    if depth > DEEPEST {
        return Err(Broken::Damaged("its groups are nested too deep".to_owned()));
    }
    for node in group.children() {
        let mut result = match node {
            Node::Image(image) => match image.kind() {
                ImageKind::PNG(bytes) => raster::read(Kind::Png, bytes).map(drop),
                ImageKind::JPEG(bytes) => raster::read(Kind::Jpeg, bytes).map(drop),
                ImageKind::GIF(bytes) => raster::read(Kind::Gif, bytes).map(drop),
                ImageKind::WEBP(bytes) => raster::read(Kind::WebP, bytes).map(drop),
                ImageKind::SVG(_) => Ok(()),
            },
            Node::Group(group) => inner_pictures(group, depth + 1),
            Node::Path(_) | Node::Text(_) => Ok(()),
        };
        node.subroots(|root| {
            if result.is_ok() {
                result = inner_pictures(root, depth + 1);
            }
        });
        result?;
    }
    Ok(())
}
