//! Files inside a PDF.
//!
//! What enters: a finished PDF and files with what is to be said of them. What leaves: the same bytes with an incremental
//! update behind them (ISO 32000-1, 7.5.6) that attaches the files to the whole document, as PDF/A-3 (ISO 19005-3, 6.8)
//! and PDF/UA-1 (ISO 14289-1, 7.11) ask: names in Unicode, media type, description, relationship, day of change. What
//! stood there keeps its bytes, so that a manifest inside can hold the hash of everything before it.

mod notation;

use crate::diagnostic::Diagnostic;
use chrono::NaiveDate;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use std::collections::BTreeMap;

/// How an attached file stands to the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relationship {
    /// The document was made from it.
    Source,
    /// It tells of the document.
    Supplement,
}

impl Relationship {
    fn name(self) -> &'static str {
        match self {
            Self::Source => "Source",
            Self::Supplement => "Supplement",
        }
    }
}

/// Whether the bytes of an attached file are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// Packed, where that makes them fewer.
    Deflate,
    /// As they are, so that the same bytes come out of any program.
    Plain,
}

/// A file to attach.
#[derive(Debug, Clone)]
pub struct Attachment<'a> {
    /// Its name; no two files of one PDF may share it.
    pub name: String,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Its media type, such as `text/plain`.
    pub media_type: &'static str,
    /// What it is, for people.
    pub description: String,
    /// How it stands to the document.
    pub relationship: Relationship,
    /// Whether it is packed.
    pub packing: Packing,
}

/// Attaches files to a PDF, dated to the day of the edition.
pub fn attach(pdf: &[u8], files: &[Attachment<'_>], date: Option<NaiveDate>) -> Result<Vec<u8>, Diagnostic> {
    let mut update = Update::of(pdf)?;
    update.attach(files, date)?;
    Ok(update.finish())
}

/// Adds to the metadata of a PDF (XMP) what Typst has no words for: the statement of rights, and the date of the edition
/// as Dublin Core has it; and attaches files to it.
pub fn describe(
    pdf: &[u8],
    rights: Option<&str>,
    date: Option<NaiveDate>,
    files: &[Attachment<'_>],
) -> Result<Vec<u8>, Diagnostic> {
    if rights.is_none() && date.is_none() && files.is_empty() {
        return Ok(pdf.to_vec());
    }
    let mut update = Update::of(pdf)?;
    update.describe(rights, date)?;
    update.attach(files, date)?;
    Ok(update.finish())
}

/// What is written behind a PDF.
struct Update<'a> {
    pdf: &'a [u8],
    document: Document,
    /// The objects that are new or replace others.
    objects: BTreeMap<ObjectId, Object>,
}

impl<'a> Update<'a> {
    fn of(pdf: &'a [u8]) -> Result<Self, Diagnostic> {
        let document = Document::load_mem(pdf).map_err(|error| failed(&error))?;
        Ok(Self { pdf, document, objects: BTreeMap::new() })
    }

    /// Adds an object under a number of its own.
    fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        let id = self.document.new_object_id();
        self.objects.insert(id, object.into());
        id
    }

    fn attach(&mut self, files: &[Attachment<'_>], date: Option<NaiveDate>) -> Result<(), Diagnostic> {
        if files.is_empty() {
            return Ok(());
        }
        let root = self.document.trailer.get(b"Root").and_then(Object::as_reference).map_err(|error| failed(&error))?;
        let mut catalogue = self.document.get_dictionary(root).map_err(|error| failed(&error))?.clone();
        let mut names = resolved(&self.document, &catalogue, b"Names");
        let mut attached = known(&self.document, &names);
        let mut associated = match catalogue.get(b"AF") {
            Ok(Object::Array(files)) => files.clone(),
            _ => Vec::new(),
        };
        for file in files {
            let stream = self.add(embedded(file, date));
            let specification = self.add(dictionary! {
                "Type" => "Filespec",
                "F" => wide(&file.name),
                "UF" => wide(&file.name),
                "Desc" => wide(&file.description),
                "AFRelationship" => file.relationship.name(),
                "EF" => dictionary! { "F" => stream, "UF" => stream },
            });
            attached.insert(sorting(&file.name), (wide(&file.name), specification));
            associated.push(Object::Reference(specification));
        }
        let mut list = Vec::with_capacity(attached.len() * 2);
        for (name, specification) in attached.into_values() {
            list.extend([name, Object::Reference(specification)]);
        }
        names.set("EmbeddedFiles", dictionary! { "Names" => list });
        catalogue.set("Names", names);
        catalogue.set("AF", associated);
        self.objects.insert(root, catalogue.into());
        Ok(())
    }

    fn describe(&mut self, rights: Option<&str>, date: Option<NaiveDate>) -> Result<(), Diagnostic> {
        const END: &str = "</rdf:Description>";
        let date = date.map(|date| format!("<dc:date><rdf:Seq><rdf:li>{date}</rdf:li></rdf:Seq></dc:date>"));
        let rights = rights.map(|rights| {
            let rights: String = rights.chars().filter(|character| !character.is_control()).collect();
            let rights = rights.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            format!("<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">{rights}</rdf:li></rdf:Alt></dc:rights>")
        });
        let told: String = date.into_iter().chain(rights).collect();
        let catalogue = self.document.catalog().map_err(|error| failed(&error))?;
        let Ok(id) = catalogue.get(b"Metadata").and_then(Object::as_reference) else { return Ok(()) };
        if told.is_empty() {
            return Ok(());
        }
        let stream = self.document.get_object(id).and_then(Object::as_stream).map_err(|error| failed(&error))?;
        let mut stream = stream.clone();
        let text = stream.get_plain_content().map_err(|error| failed(&error))?;
        let mut text = String::from_utf8_lossy(&text).into_owned();
        if let Some(at) = text.rfind(END) {
            text.insert_str(at, &told);
            // Metadata is never packed, so that catalogues find it without reading the PDF (ISO 19005-2, 6.6.2.1).
            stream.set_plain_content(text.into_bytes());
            self.objects.insert(id, stream.into());
        }
        Ok(())
    }

    /// Writes the objects behind the file, with a table of them and a trailer that leads back to the table before.
    fn finish(self) -> Vec<u8> {
        let mut out = self.pdf.to_vec();
        if self.objects.is_empty() {
            return out;
        }
        if !out.ends_with(b"\n") {
            out.push(b'\n');
        }
        let mut places: Vec<(ObjectId, usize)> = Vec::new();
        for (id, object) in &self.objects {
            places.push((*id, out.len()));
            out.extend(format!("{} {} obj\n", id.0, id.1).bytes());
            notation::object(object, &mut out);
            out.extend(b"\nendobj\n");
        }
        let table = out.len();
        out.extend(b"xref\n");
        for run in places.chunk_by(|(one, _), (next, _)| one.0 + 1 == next.0) {
            out.extend(format!("{} {}\n", run[0].0.0, run.len()).bytes());
            for ((_, generation), place) in run {
                out.extend(format!("{place:010} {generation:05} n \n").bytes());
            }
        }
        let mut trailer = self.document.trailer.clone();
        trailer.set("Size", i64::from(self.document.max_id) + 1);
        trailer.set("Prev", i64::try_from(self.document.xref_start).unwrap_or(i64::MAX));
        out.extend(b"trailer\n");
        notation::object(&trailer.into(), &mut out);
        out.extend(format!("\nstartxref\n{table}\n%%EOF\n").bytes());
        out
    }
}

fn failed(error: &lopdf::Error) -> Diagnostic {
    Diagnostic::error("unreadable-pdf", format!("nothing can be attached to the PDF: {error}"))
}

/// Gives a dictionary that another holds, or refers to.
fn resolved(document: &Document, holder: &Dictionary, key: &[u8]) -> Dictionary {
    let found = holder.get(key).and_then(|object| document.dereference(object)).map(|(_, object)| object);
    found.and_then(Object::as_dict).cloned().unwrap_or_default()
}

/// Gives the files that are attached already, by the order of a name tree.
fn known(document: &Document, names: &Dictionary) -> BTreeMap<Vec<u8>, (Object, ObjectId)> {
    let tree = resolved(document, names, b"EmbeddedFiles");
    let Ok(list) = tree.get(b"Names").and_then(Object::as_array) else { return BTreeMap::new() };
    list.chunks(2)
        .filter_map(|pair| match pair {
            [name @ Object::String(bytes, _), Object::Reference(id)] => Some((bytes.clone(), (name.clone(), *id))),
            _ => None,
        })
        .collect()
}

fn embedded(file: &Attachment<'_>, date: Option<NaiveDate>) -> Stream {
    let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
    let mut parameters = dictionary! { "Size" => size };
    if let Some(date) = date {
        parameters.set("ModDate", Object::string_literal(date.format("D:%Y%m%d").to_string()));
    }
    let dictionary = dictionary! {
        "Type" => "EmbeddedFile",
        "Subtype" => file.media_type,
        "Params" => parameters,
    };
    let mut stream = Stream::new(dictionary, file.bytes.to_vec());
    if file.packing == Packing::Deflate {
        // What cannot be made smaller stays as it is.
        drop(stream.compress());
    }
    stream
}

/// The bytes by which a name tree sorts a name.
fn sorting(name: &str) -> Vec<u8> {
    std::iter::once(0xfe).chain([0xff]).chain(name.encode_utf16().flat_map(u16::to_be_bytes)).collect()
}

/// Writes a text string in UTF-16, which every reader takes.
fn wide(text: &str) -> Object {
    Object::String(sorting(text), StringFormat::Hexadecimal)
}
