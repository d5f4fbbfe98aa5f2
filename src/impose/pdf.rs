//! The objects of the imposed PDF.
//!
//! Each page becomes a form that its side of a sheet draws. Whatever pointed to a page (links, bookmarks, named places)
//! points to its side, at the same spot.

use super::scheme::{Binding, Scheme, Side};
use crate::diagnostic::Diagnostic;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use std::collections::BTreeMap;

/// The half of an A4 sheet or a Letter sheet is no wider than this, in points; wider pages are made smaller.
const WIDEST_HALF: f64 = 425.0;

/// An imposed PDF.
#[derive(Debug, Clone)]
pub struct Imposed {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it holds.
    pub pages: usize,
    /// How many sheets of paper it takes, both sides printed.
    pub sheets: usize,
    /// How many pages stay blank.
    pub blanks: usize,
    /// Width and height of a sheet, in points.
    pub size: (f64, f64),
}

/// Puts the pages of a PDF on sheets.
pub fn impose(pdf: &[u8], scheme: Scheme) -> Result<Imposed, Diagnostic> {
    let mut document = Document::load_mem(pdf).map_err(|error| unreadable(&error))?;
    if document.is_encrypted() {
        return Err(Diagnostic::error("unreadable-pdf", "the PDF is encrypted")
            .help("save a copy without a password, and impose that"));
    }
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    if pages.is_empty() {
        return Err(Diagnostic::error("unreadable-pdf", "the PDF has no pages"));
    }
    let boxes = pages.iter().map(|page| media_box(&document, *page)).collect::<Result<Vec<_>, _>>()?;
    let plan = Plan::new(&boxes);
    let sides = scheme.sides(pages.len(), binding(&document));
    let labels = labels(&document, pages.len());
    let tree = document.new_object_id();
    let mut placed: BTreeMap<ObjectId, Placed> = BTreeMap::new();
    let mut kids = Vec::new();
    for side in &sides {
        let id = document.new_object_id();
        kids.push(Object::Reference(id));
        for (half, page) in [side.left, side.right].into_iter().enumerate() {
            if let Some(page) = page {
                placed
                    .insert(pages[page], Placed { side: id, shift: plan.shift(half, boxes[page]), scale: plan.scale });
            }
        }
    }
    for (side, kid) in sides.iter().zip(&kids) {
        let id = kid.as_reference().map_err(|error| unreadable(&error))?;
        let object = side_object(&mut document, side, id, tree, &pages, &plan, &placed)?;
        document.objects.insert(id, object);
    }
    lead_places(&mut document, &placed);
    let count = i64::try_from(kids.len()).unwrap_or(i64::MAX);
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    catalogue(&mut document, tree, &sides, &labels)?;
    finish(document, pdf).map(|bytes| Imposed {
        bytes,
        pages: pages.len(),
        sheets: sides.len().div_ceil(2),
        blanks: scheme.blanks(pages.len()),
        size: (plan.width, plan.height),
    })
}

/// Puts the first page of another PDF before the sheets, followed by its blank back.
pub fn with_first_sheet(imposed: &[u8], leaf: &[u8]) -> Result<Vec<u8>, Diagnostic> {
    let mut document = Document::load_mem(imposed).map_err(|error| unreadable(&error))?;
    let mut other = Document::load_mem(leaf).map_err(|error| unreadable(&error))?;
    other.renumber_objects_with(document.max_id + 1);
    let Some(first) = other.get_pages().into_values().next() else {
        return Err(Diagnostic::error("unreadable-pdf", "the PDF has no pages"));
    };
    let size = media_box(&other, first)?;
    let tree = document.catalog().and_then(|catalogue| catalogue.get(b"Pages")).and_then(Object::as_reference);
    let tree = tree.map_err(|error| unreadable(&error))?;
    document.max_id = other.max_id;
    document.objects.extend(std::mem::take(&mut other.objects));
    let page = document.get_dictionary_mut(first).map_err(|error| unreadable(&error))?;
    page.set("Parent", tree);
    page.remove(b"StructParents");
    let blank = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => tree, "MediaBox" => size.map(Object::from).to_vec(),
        "Resources" => Dictionary::new(),
    });
    let pages = document.get_dictionary_mut(tree).map_err(|error| unreadable(&error))?;
    let mut kids = pages.get(b"Kids").and_then(Object::as_array).map_err(|error| unreadable(&error))?.clone();
    kids.splice(0..0, [Object::Reference(first), Object::Reference(blank)]);
    pages.set("Count", i64::try_from(kids.len()).unwrap_or(i64::MAX));
    pages.set("Kids", kids);
    let catalogue = document.catalog_mut().map_err(|error| unreadable(&error))?;
    catalogue.remove(b"PageLabels");
    document.prune_objects();
    finish(document, imposed)
}

fn unreadable(error: &lopdf::Error) -> Diagnostic {
    let message = format!("the PDF cannot be read: it is damaged, or no PDF ({error})");
    Diagnostic::error("unreadable-pdf", message).help("build it or fetch it again")
}

/// Where a page went.
#[derive(Debug, Clone, Copy)]
struct Placed {
    side: ObjectId,
    shift: (f64, f64),
    scale: f64,
}

impl Placed {
    fn x(&self, x: f64) -> f64 {
        self.shift.0 + self.scale * x
    }

    fn y(&self, y: f64) -> f64 {
        self.shift.1 + self.scale * y
    }
}

/// The sheet, and how pages stand on it.
struct Plan {
    width: f64,
    height: f64,
    scale: f64,
}

impl Plan {
    /// Chooses the sheet: twice the widest page, or a sheet of the size of the pages, turned, where they are no half
    /// sheets.
    fn new(boxes: &[[f64; 4]]) -> Self {
        let size = |[left, bottom, right, top]: &[f64; 4]| (right - left, top - bottom);
        let widest = boxes.iter().map(|page| size(page).0).fold(1.0, f64::max);
        let highest = boxes.iter().map(|page| size(page).1).fold(1.0, f64::max);
        if widest <= WIDEST_HALF {
            return Self { width: 2.0 * widest, height: highest, scale: 1.0 };
        }
        let (width, height) = (highest.max(widest), highest.min(widest));
        Self { width, height, scale: (width / 2.0 / widest).min(height / highest) }
    }

    /// How far a page on the left (0) or right (1) half is moved, so that it touches the fold and is centred upright.
    fn shift(&self, half: usize, [left, bottom, right, top]: [f64; 4]) -> (f64, f64) {
        let (width, height) = ((right - left) * self.scale, (top - bottom) * self.scale);
        let middle = self.width / 2.0;
        let x = if half == 0 { middle - width } else { middle };
        (x - left * self.scale, (self.height - height) / 2.0 - bottom * self.scale)
    }
}

/// The visible part of a page.
fn media_box(document: &Document, page: ObjectId) -> Result<[f64; 4], Diagnostic> {
    let found = inherited(document, page, b"CropBox").or_else(|| inherited(document, page, b"MediaBox"));
    let numbers: Vec<f64> = found
        .as_ref()
        .and_then(|object| object.as_array().ok())
        .map(|array| array.iter().filter_map(|number| number.as_float().ok().map(f64::from)).collect())
        .unwrap_or_default();
    match numbers[..] {
        [a, b, c, d] if a != c && b != d => Ok([a.min(c), b.min(d), a.max(c), b.max(d)]),
        _ => Err(Diagnostic::error("unreadable-pdf", "a page of the PDF has no size")),
    }
}

/// What a page says of itself, or one of the nodes above it says for it; references resolved.
fn inherited(document: &Document, page: ObjectId, key: &[u8]) -> Option<Object> {
    let mut at = page;
    // No tree of pages is as deep as this; a tree that leads back to itself is.
    for _ in 0..64 {
        let node = document.get_dictionary(at).ok()?;
        if let Ok(found) = node.get(key) {
            return document.dereference(found).ok().map(|(_, object)| object.clone());
        }
        at = node.get(b"Parent").and_then(Object::as_reference).ok()?;
    }
    None
}

/// At which edge the book is bound.
fn binding(document: &Document) -> Binding {
    let direction = document
        .catalog()
        .ok()
        .and_then(|catalogue| catalogue.get(b"ViewerPreferences").ok())
        .and_then(|preferences| document.dereference(preferences).ok())
        .and_then(|(_, preferences)| preferences.as_dict().ok())
        .and_then(|preferences| preferences.get(b"Direction").and_then(Object::as_name).ok());
    if direction == Some(b"R2L") { Binding::Right } else { Binding::Left }
}

/// What is printed on the pages as their numbers: decimal numbers from one, unless the file says otherwise.
fn labels(document: &Document, pages: usize) -> Vec<String> {
    let tree = document.catalog().ok().and_then(|catalogue| catalogue.get(b"PageLabels").ok());
    let ranges = tree
        .and_then(|tree| document.dereference(tree).ok())
        .and_then(|(_, tree)| tree.as_dict().ok())
        .and_then(|tree| tree.get(b"Nums").and_then(Object::as_array).ok());
    let mut labels: Vec<String> = (1..=pages).map(|page| page.to_string()).collect();
    for range in ranges.into_iter().flat_map(|ranges| ranges.chunks_exact(2)) {
        let Ok(from) = range[0].as_i64().map(|from| usize::try_from(from).unwrap_or(usize::MAX)) else { continue };
        let Some(label) = document.dereference(&range[1]).ok().and_then(|(_, label)| label.as_dict().ok()) else {
            continue;
        };
        let prefix = label.get(b"P").and_then(Object::as_str).map(|text| String::from_utf8_lossy(text).into_owned());
        let first = label.get(b"St").and_then(Object::as_i64).ok().and_then(|first| usize::try_from(first).ok());
        let is_decimal = label.get(b"S").and_then(Object::as_name).is_ok_and(|style| style == b"D");
        for (place, shown) in labels.iter_mut().enumerate().skip(from) {
            let number = if is_decimal { (first.unwrap_or(1) + place - from).to_string() } else { String::new() };
            *shown = format!("{}{number}", prefix.as_deref().unwrap_or_default());
        }
    }
    labels
}

/// Writes one side of a sheet.
fn side_object(
    document: &mut Document,
    side: &Side,
    id: ObjectId,
    tree: ObjectId,
    pages: &[ObjectId],
    plan: &Plan,
    placed: &BTreeMap<ObjectId, Placed>,
) -> Result<Object, Diagnostic> {
    let mut forms = Dictionary::new();
    let mut annotations = Vec::new();
    let mut content = String::new();
    for page in [side.left, side.right].into_iter().flatten() {
        let Some(place) = placed.get(&pages[page]) else { continue };
        let name = format!("P{}", page + 1);
        let form = form(document, pages[page])?;
        forms.set(name.as_str(), form);
        let (x, y) = place.shift;
        content.push_str(&format!("q {0:.5} 0 0 {0:.5} {x:.3} {y:.3} cm /{name} Do Q\n", place.scale));
        annotations.extend(moved_annotations(document, pages[page], id, place));
    }
    let content = document.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
    let sheet: Vec<Object> = [0.0, 0.0, plan.width, plan.height].map(Object::from).to_vec();
    let mut object = dictionary! {
        "Type" => "Page", "Parent" => tree, "MediaBox" => sheet.clone(), "TrimBox" => sheet, "Contents" => content,
        "Resources" => dictionary! { "XObject" => forms },
    };
    if !annotations.is_empty() {
        object.set("Annots", annotations);
    }
    Ok(object.into())
}

/// Makes a form of what a page draws.
fn form(document: &mut Document, page: ObjectId) -> Result<ObjectId, Diagnostic> {
    let resources = inherited(document, page, b"Resources").unwrap_or_else(|| Dictionary::new().into());
    let bounds: Vec<Object> = media_box(document, page)?.map(Object::from).to_vec();
    let mut stream = match document.get_page_contents(page)[..] {
        // One stream is taken as it is, packed as it is.
        [single] => {
            let stream = document.get_object(single).and_then(Object::as_stream);
            stream.map_err(|error| unreadable(&error))?.clone()
        }
        _ => {
            let content = document.get_page_content(page);
            let mut stream = Stream::new(Dictionary::new(), content);
            stream.compress().map_err(|error| unreadable(&error))?;
            stream
        }
    };
    stream.dict.set("Type", "XObject");
    stream.dict.set("Subtype", "Form");
    stream.dict.set("BBox", bounds);
    stream.dict.set("Resources", resources);
    Ok(document.add_object(stream))
}

/// Moves the annotations of a page, which are its links, to where its side shows them.
fn moved_annotations(document: &mut Document, page: ObjectId, side: ObjectId, place: &Placed) -> Vec<Object> {
    let Some(Object::Array(annotations)) = inherited(document, page, b"Annots") else { return Vec::new() };
    let mut moved = Vec::new();
    for annotation in annotations {
        let Ok((_, Object::Dictionary(annotation))) = document.dereference(&annotation) else { continue };
        let mut annotation = annotation.clone();
        for key in ["Rect", "QuadPoints"] {
            let Ok(numbers) = annotation.get(key.as_bytes()).and_then(Object::as_array) else { continue };
            let numbers: Vec<Object> = numbers
                .iter()
                .enumerate()
                .map(|(at, number)| {
                    let number = f64::from(number.as_float().unwrap_or_default());
                    Object::from(if at % 2 == 0 { place.x(number) } else { place.y(number) })
                })
                .collect();
            annotation.set(key, numbers);
        }
        annotation.set("P", side);
        annotation.remove(b"StructParent");
        moved.push(Object::Reference(document.add_object(annotation)));
    }
    moved
}

/// Leads every place on a page (`[page /XYZ left top zoom]`) to its side.
fn lead_places(document: &mut Document, placed: &BTreeMap<ObjectId, Placed>) {
    for object in document.objects.values_mut() {
        lead(object, placed, 0);
    }
}

/// How deeply objects stand inside one another at most.
const DEEPEST: usize = 64;

fn lead(object: &mut Object, placed: &BTreeMap<ObjectId, Placed>, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    match object {
        Object::Array(items) => {
            let page = items.first().and_then(|first| first.as_reference().ok()).and_then(|page| placed.get(&page));
            let kind = items.get(1).and_then(|kind| kind.as_name().ok());
            match (page, kind) {
                (Some(place), Some(b"XYZ")) => {
                    items[0] = place.side.into();
                    for (at, item) in items.iter_mut().enumerate().skip(2).take(2) {
                        if let Ok(number) = item.as_float().map(f64::from) {
                            *item = Object::from(if at == 2 { place.x(number) } else { place.y(number) });
                        }
                    }
                }
                (Some(place), Some(_)) => *items = vec![place.side.into(), "Fit".into()],
                _ => items.iter_mut().for_each(|item| lead(item, placed, depth + 1)),
            }
        }
        Object::Dictionary(dictionary) => {
            dictionary.iter_mut().for_each(|(_, value)| lead(value, placed, depth + 1));
        }
        Object::Stream(stream) => stream.dict.iter_mut().for_each(|(_, value)| lead(value, placed, depth + 1)),
        _ => {}
    }
}

/// Gives the catalogue the new pages, their labels and the printer's wishes; takes out what no longer holds.
fn catalogue(document: &mut Document, tree: ObjectId, sides: &[Side], labels: &[String]) -> Result<(), Diagnostic> {
    let mut numbers: Vec<Object> = Vec::new();
    for (at, side) in sides.iter().enumerate() {
        let shown = |page: Option<usize>| page.map_or_else(|| "–".to_owned(), |page| labels[page].clone());
        let label = format!("{} | {}", shown(side.left), shown(side.right));
        numbers.push(i64::try_from(at).unwrap_or(i64::MAX).into());
        numbers.push(dictionary! { "P" => lopdf::text_string(&label) }.into());
    }
    let catalogue = document.catalog_mut().map_err(|error| unreadable(&error))?;
    for gone in ["StructTreeRoot", "MarkInfo", "Metadata", "OutputIntents", "AF"] {
        catalogue.remove(gone.as_bytes());
    }
    // What is attached proves the plain file and no other.
    if let Ok(names) = catalogue.get_mut(b"Names").and_then(Object::as_dict_mut) {
        names.remove(b"EmbeddedFiles");
    }
    catalogue.set("Pages", tree);
    catalogue.set("PageLabels", dictionary! { "Nums" => numbers });
    catalogue.set("PageLayout", "SinglePage");
    catalogue.set("ViewerPreferences", dictionary! { "Duplex" => "DuplexFlipShortEdge", "PrintScaling" => "None" });
    document.prune_objects();
    Ok(())
}

/// Writes the file; its identifier is made from what it was made from.
fn finish(mut document: Document, from: &[u8]) -> Result<Vec<u8>, Diagnostic> {
    let hash = crate::source::hash(from);
    let identifier = Object::string_literal(hash.as_bytes()[..32].to_vec());
    document.trailer.set("ID", vec![identifier.clone(), identifier]);
    document.renumber_objects();
    let mut bytes = Vec::new();
    document
        .save_to(&mut bytes)
        .map_err(|error| Diagnostic::error("pdf", format!("the imposed PDF cannot be written: {error}")))?;
    Ok(bytes)
}
