//! Editions that last: the manifest, the sources inside, and proving that nothing changed.

use crate::collection::Collection;
use crate::pdf::Read;
use dossier::enclosure::{self, Attachment, Packing, Relationship};
use dossier::manifest::Manifest;
use dossier::{readback, verify};
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};
use std::fs;
use std::path::Path;

/// How many bytes are changed in each part of an edition.
const FLIPS: usize = 1_000;

/// A telephone number that is masked, and a statement round it.
const SECRET: &str = "+92 300 1234567";

fn papers() -> Collection {
    Collection::new()
        .file(
            "a.md",
            "---\ntitle: The bridge\ndate: 2014-12-24\n---\n\nThe Harbour Workers Union (HWU) met at the bridge.\n",
        )
        .file(
            "b.txt",
            &format!("Karachi, 3 April 2015\n\nThe councils met again. Telephone: {SECRET}. Nobody spoke.\n"),
        )
        .settings("title = \"Papers\"\ncompiler = \"A. Editor\"\n")
}

const ARCHIVAL: [&str; 6] = ["build", "papers", "--standard", "a-3a,ua-1", "--date", "2026-11-01"];

/// An edition that was built: its PDF and the manifest beside it.
struct Edition {
    collection: Collection,
    pdf: Vec<u8>,
    manifest: Vec<u8>,
}

fn built(collection: Collection, arguments: &[&str]) -> Edition {
    let pdf = collection.run(arguments).ends(0).pdf().to_vec();
    let manifest = fs::read(collection.home().join("papers.manifest.json")).expect("a manifest stands beside the PDF");
    Edition { collection, pdf, manifest }
}

impl Edition {
    fn record(&self) -> Manifest {
        Manifest::read(&self.manifest).unwrap_or_else(|problem| panic!("{}", problem.message))
    }
}

/// What is told of a PDF by itself.
fn told(pdf: &[u8], beside: Option<&[u8]>) -> Vec<String> {
    verify::verify(pdf, beside).problems.iter().map(|problem| problem.slug.to_owned()).collect()
}

#[test]
fn a_plain_build_has_a_manifest_beside_it() {
    let edition = built(papers(), &["build", "papers"]);
    assert!(readback::attachments(&edition.pdf).expect("the PDF can be read").is_empty());
    assert_eq!(edition.record().file.map(|file| file.bytes), Some(edition.pdf.len()));
    let outcome = edition.collection.run(&["verify", "papers.pdf", "--against", "papers"]).ends(0);
    assert!(outcome.stderr.contains("is as it was made"), "{}", outcome.stderr);
    assert_eq!(told(&edition.pdf, None), ["no-manifest"]);
}

#[test]
fn an_archival_build_holds_its_sources_and_its_manifest() {
    let edition = built(papers(), &ARCHIVAL);
    let attached = readback::attachments(&edition.pdf).expect("the PDF can be read");
    assert_eq!(attached.keys().collect::<Vec<_>>(), ["a.md", "b.txt", "manifest.json"]);
    assert_eq!(attached["a.md"], fs::read(edition.collection.path("a.md")).expect("the source is there"));
    let everything = String::from_utf8_lossy(&edition.pdf).into_owned();
    for told in
        ["/AFRelationship /Source", "/Subtype /text#2Fmarkdown", "/Subtype /text#2Fplain", "/ModDate (D:20261101)"]
    {
        assert!(everything.contains(told), "{told}");
    }
    let masked = String::from_utf8_lossy(&attached["b.txt"]);
    assert!(masked.contains("Telephone: [telephone number masked]. Nobody spoke."), "{masked}");
    let inside = Manifest::read(&attached["manifest.json"]).expect("the manifest is sound");
    assert!(inside.agrees_with(&edition.record()));
    assert_eq!(inside.file, None);
    let outcome = edition.collection.run(&["verify", "papers.pdf", "--against", "papers"]).ends(0);
    assert!(outcome.stderr.contains("2 of them inside"), "{}", outcome.stderr);
    assert_eq!(told(&edition.pdf, None), [""; 0]);
}

#[test]
fn the_editor_decides_whether_sources_are_attached() {
    let arguments = |further: &[&'static str]| [&["build", "papers", "--date", "2026-11-01"], further].concat();
    let holds = |edition: Edition| !readback::attachments(&edition.pdf).expect("the PDF can be read").is_empty();
    assert!(holds(built(papers(), &arguments(&["--attach"]))));
    assert!(!holds(built(papers(), &arguments(&["--standard", "a-3b", "--no-attach"]))));
    assert!(!holds(built(papers(), &arguments(&["--standard", "a-2b"]))));
    assert!(holds(built(papers().settings("attach = true\n"), &arguments(&[]))));
    assert!(!holds(built(papers().settings("attach = true\n"), &arguments(&["--no-attach"]))));
    let refused = papers().run(&[&arguments(&["--standard", "a-2b", "--attach"])[..], &["--verbose"]].concat());
    refused.ends(2).tells(&["PDF/A-2 takes no attached"]).keeps_silent_on("setting pages");
}

#[test]
fn the_manifest_tells_documents_dates_and_pages() {
    let record = built(papers(), &ARCHIVAL).record();
    let told: Vec<_> = record
        .documents
        .iter()
        .map(|document| {
            let date = document.date.as_ref().map(|date| format!("{} {}", date.edtf, date.grade));
            (document.number.as_str(), document.path.as_str(), document.title.as_str(), date, document.masked)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("1", "a.md", "The bridge", Some("2014-12-24 editor".to_owned()), false),
            ("2", "b.txt", told[1].2, Some("2015-04-03 stated".to_owned()), true),
        ]
    );
    assert!(
        record.documents.iter().all(|document| document.pages.is_some_and(|(first, last)| 1 <= first && first <= last))
    );
    assert_eq!(
        record.pages.iter().map(|page| page.page).collect::<Vec<_>>(),
        (1..=record.pages.len()).collect::<Vec<_>>()
    );
    assert_eq!(record.citation, "Papers, edition of 1 November 2026, ed. A. Editor");
    assert_eq!(record.documents[1].citation, "Doc. 2, in Papers, edition of 1 November 2026, ed. A. Editor");
}

#[test]
fn what_was_masked_is_in_no_file_that_is_written() {
    let edition = built(papers(), &ARCHIVAL);
    let read = Read::new(&edition.pdf);
    let raw = fs::read(edition.collection.path("b.txt")).expect("the source is there");
    for secret in [SECRET, "923001234567", "300 1234567", &dossier::source::hash(&raw)] {
        assert!(!read.holds(secret), "the PDF holds {secret}");
        assert!(!String::from_utf8_lossy(&edition.manifest).contains(secret), "the manifest holds {secret}");
    }
}

#[test]
fn a_changed_folder_is_told_file_by_file() {
    let edition = built(papers(), &ARCHIVAL);
    let collection = edition.collection;
    fs::write(
        collection.path("a.md"),
        "---\ntitle: The bridge\ndate: 2014-12-24\n---\n\nThe Harbour Workers Union (HWU) met at a bridge.\n",
    )
    .expect("the source can be written");
    fs::rename(collection.path("b.txt"), collection.path("c.txt")).expect("the source can be renamed");
    collection
        .run(&["verify", "papers.pdf", "--against", "papers"])
        .ends(1)
        .tells(&["error[changed-source]", "a.md", "no. 1", "another text would be set"])
        .tells(&["error[missing-source]", "b.txt", "no. 2"])
        .tells(&["warning[new-source]", "c.txt"]);
}

#[test]
fn a_manifest_of_another_edition_is_told() {
    let one = built(papers(), &ARCHIVAL);
    let other = built(papers().file("c.txt", "Lahore, 4 May 2016\n\nThey met.\n"), &ARCHIVAL);
    let slugs = told(&one.pdf, Some(&other.manifest));
    assert!(slugs.contains(&"other-manifest".to_owned()) && slugs.contains(&"changed-file".to_owned()), "{slugs:?}");
    assert_eq!(told(b"no PDF at all", None), ["unreadable-pdf"]);
}

#[test]
fn a_file_that_nobody_listed_is_told() {
    let edition = built(papers(), &ARCHIVAL);
    let further = Attachment {
        name: "forged.txt".to_owned(),
        bytes: b"It was all quite otherwise.",
        media_type: "text/plain",
        description: "A source".to_owned(),
        relationship: Relationship::Source,
        packing: Packing::Plain,
    };
    let forged = enclosure::attach(&edition.pdf, &[further], None).expect("files can be attached");
    let slugs = told(&forged, None);
    assert_eq!(slugs, ["changed-file", "unknown-attachment"]);
}

/// A number below a bound.
fn below(chance: &mut TestRng, bound: usize) -> usize {
    usize::try_from(chance.next_u64() % u64::try_from(bound).expect("a size is no larger")).expect("it is smaller")
}

fn chance() -> TestRng {
    TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32])
}

/// Changes one bit of one byte in a range a thousand times, and fails unless each change is found.
fn every_flip_is_found(bytes: &[u8], range: std::ops::Range<usize>, is_found: impl Fn(&[u8]) -> bool) {
    let mut chance = chance();
    let mut changed = bytes.to_vec();
    for _ in 0..FLIPS {
        let at = range.start + below(&mut chance, range.len());
        let bit = 1_u8 << below(&mut chance, 8);
        changed[at] ^= bit;
        assert!(is_found(&changed), "bit {bit} of byte {at} was changed, and nothing was told");
        changed[at] ^= bit;
    }
}

/// Finds where some bytes stand.
fn place(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).position(|window| window == wanted).expect("the bytes are there")
}

#[test]
fn a_changed_bit_anywhere_in_the_pdf_is_found_by_the_manifest_inside() {
    let edition = built(papers(), &ARCHIVAL);
    every_flip_is_found(&edition.pdf, 0..edition.pdf.len(), |pdf| !told(pdf, None).is_empty());
}

#[test]
fn a_changed_bit_in_an_attached_source_is_found() {
    let edition = built(papers(), &ARCHIVAL);
    let from = place(&edition.pdf, b"EmbeddedFile");
    every_flip_is_found(&edition.pdf, from..edition.record().pdf.bytes, |pdf| !told(pdf, None).is_empty());
}

#[test]
fn a_changed_bit_in_either_manifest_is_found() {
    let edition = built(papers(), &ARCHIVAL);
    let from = edition.record().pdf.bytes;
    every_flip_is_found(&edition.pdf, from..edition.pdf.len(), |pdf| !told(pdf, None).is_empty());
    every_flip_is_found(&edition.manifest, 0..edition.manifest.len(), |manifest| {
        !told(&edition.pdf, Some(manifest)).is_empty()
    });
}

#[test]
fn a_changed_bit_in_an_unpacked_text_layer_is_led_to_its_page() {
    let edition = built(papers(), &ARCHIVAL);
    let mut document = lopdf::Document::load_mem(&edition.pdf).expect("the PDF can be read");
    document.decompress();
    let pages: Vec<Vec<u8>> = document.get_pages().into_values().map(|page| document.get_page_content(page)).collect();
    let mut unpacked = Vec::new();
    document.save_to(&mut unpacked).expect("the PDF can be written");
    // It was saved anew, which is told; its pages and its sources are the same, which is not.
    assert_eq!(told(&unpacked, None), ["changed-file"]);
    let mut chance = chance();
    for _ in 0..FLIPS {
        let page = below(&mut chance, pages.len());
        let content = pages[page].trim_ascii_end();
        let from = place(&unpacked, content);
        let at = from + below(&mut chance, content.len());
        let bit = 1_u8 << below(&mut chance, 8);
        unpacked[at] ^= bit;
        let problems = verify::verify(&unpacked, None).problems;
        let named = format!("page {}", page + 1);
        let is_led = problems.iter().any(|problem| {
            problem.slug == "changed-page"
                && (problem.message.starts_with(&format!("{named}:"))
                    || problem.message.starts_with(&format!("{named},")))
        });
        assert!(is_led, "bit {bit} of byte {} of {named} was changed: {problems:?}", at - from);
        unpacked[at] ^= bit;
    }
}

#[test]
fn a_changed_letter_in_a_font_s_table_of_characters_is_led_to_its_pages() {
    let edition = built(papers(), &ARCHIVAL);
    let mut document = lopdf::Document::load_mem(&edition.pdf).expect("the PDF can be read");
    document.decompress();
    let mut unpacked = Vec::new();
    document.save_to(&mut unpacked).expect("the PDF can be written");
    let table = place(&unpacked, b"beginbfchar\n") + b"beginbfchar\n".len();
    let target = table + place(&unpacked[table..], b"> <") + 3;
    unpacked[target + 3] = if unpacked[target + 3] == b'1' { b'2' } else { b'1' };
    let slugs = told(&unpacked, None);
    assert!(slugs.iter().any(|slug| slug == "changed-page"), "{slugs:?}");
}

#[test]
fn a_changed_bit_in_a_source_is_found_but_for_what_is_masked() {
    let edition = built(papers(), &ARCHIVAL);
    let record = edition.record();
    for path in ["a.md", "b.txt"] {
        let bytes = fs::read(edition.collection.path(path)).expect("the source is there");
        let text = String::from_utf8(bytes.clone()).expect("the source is text");
        let masked = text.find(SECRET).map(|at| at..at + SECRET.len());
        let known = record.documents.iter().find(|document| document.path == path).expect("it is listed");
        let mut chance = chance();
        for _ in 0..FLIPS {
            let at = below(&mut chance, bytes.len());
            let bit = 1_u8 << below(&mut chance, 8);
            let mut changed = bytes.clone();
            changed[at] ^= bit;
            let is_masked = masked.as_ref().is_some_and(|masked| masked.contains(&at));
            if is_masked {
                continue;
            }
            let is_known = hashes_of(path, &changed) == (known.sha256.clone(), known.alike_sha256.clone());
            assert!(!is_known, "bit {bit} of byte {at} of {path}");
        }
    }
}

/// The hashes by which a source with such bytes is known.
fn hashes_of(path: &str, bytes: &[u8]) -> (String, Option<String>) {
    let format = dossier::document::Format::of(path).expect("it is a document");
    let masking = dossier::source::Masking::On { keep: Vec::new() };
    let source = dossier::source::Source::read(path, format, bytes, &masking).0;
    (source.sha256, source.alike)
}

#[test]
fn building_twice_gives_the_same_bytes() {
    let (one, other) = (built(papers(), &ARCHIVAL), built(papers(), &ARCHIVAL));
    assert!(one.pdf == other.pdf && one.manifest == other.manifest);
}

#[test]
fn the_manifest_stands_beside_the_pdf_under_its_name() {
    let collection = papers();
    collection.run(&["build", "papers", "-o", "november.pdf"]).ends(0);
    assert!(Path::is_file(&collection.home().join("november.manifest.json")));
    collection.run(&["verify", "november.pdf"]).ends(0);
    collection.run(&["verify", "december.pdf"]).ends(2);
}

#[test]
fn catalogues_find_title_maker_date_language_and_rights_in_the_metadata() {
    let settings = "title = \"Papers & more\"\nsubtitle = \"From <both> sides\"\ncompiler = \"A. Editor\"\nrights = \"Free for & to all\"\n";
    let edition = built(papers().settings(settings), &ARCHIVAL);
    let document = lopdf::Document::load_mem(&edition.pdf).expect("the PDF can be read");
    let metadata =
        document.catalog().and_then(|catalogue| catalogue.get(b"Metadata")).and_then(lopdf::Object::as_reference);
    let stream = document.get_object(metadata.expect("there is metadata")).and_then(lopdf::Object::as_stream);
    let stream = stream.expect("metadata is a stream");
    assert!(stream.dict.get(b"Filter").is_err(), "metadata is never packed");
    let text = std::str::from_utf8(&stream.content).expect("metadata is text");
    let xml = text.trim_start_matches(|character| character != '<');
    let tree = roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
    let told = |name: &str| -> String {
        let found =
            tree.descendants().find(|node| node.tag_name().name() == name).unwrap_or_else(|| panic!("{name}: {xml}"));
        found.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect()
    };
    let names = [
        "title",
        "creator",
        "description",
        "date",
        "language",
        "rights",
        "CreateDate",
        "CreatorTool",
        "part",
        "conformance",
    ];
    assert_eq!(
        names.map(told),
        [
            "Papers & more",
            "A. Editor",
            "From <both> sides",
            "2026-11-01",
            "en",
            "Free for & to all",
            "2026-11-01T00:00:00Z",
            concat!("dossier ", env!("CARGO_PKG_VERSION")),
            "3",
            "A"
        ]
    );
}

/// Papers that hold a contact detail wherever a capture can.
fn full_of_secrets() -> Collection {
    let page = "<html><head><title>Report of the harbour</title>\
        <script type=\"application/ld+json\">{\"@type\":\"Organization\",\"telephone\":\"+92 300 9990001\"}</script></head><body><article>\
        <h1>Report of the harbour</h1><p>Karachi, 5 May 2016. The councils of the harbour met again today, and nobody who had been asked would say \
        what the owners had offered before the winter when the cranes stood idle.</p><p>They will meet again, it was said, when the \
        ships come in, and not before that; the union has called on all who work there to come and to bring others.</p></article></body></html>\n";
    papers()
        .file(
            "hidden.md",
            "---\ntitle: Ask press@hidden.example today\ndate: 2014-12-25\nsummary: Call +92 300 9990002\n---\n\n\
             # Or write to desk@hidden.example\n\n![Seal of seal@hidden.example](seal.png)\n\n[Write](mailto:link@hidden.example) \
             or call [us](tel:+923009990003).\n\n| who | where |\n|---|---|\n| office | +92 300 9990004 |\n\n\
             A note.[^1]\n\n[^1]: From note@hidden.example by telephone +92 300 9990005.\n",
        )
        .bytes("seal.png", include_bytes!("../stress/seal.png"))
        .file("page.html", page)
}

#[test]
fn no_layer_holds_what_was_masked() {
    let edition = built(full_of_secrets(), &ARCHIVAL);
    let collection = &edition.collection;
    collection.run(&["bag", "papers", "-o", "bag", "--standard", "a-3a,ua-1", "--date", "2026-11-01"]).ends(0);
    let mut written = vec![("the PDF".to_owned(), Read::new(&edition.pdf).everything())];
    written.push(("the manifest".to_owned(), edition.manifest.clone()));
    written.extend(readback::attachments(&edition.pdf).expect("the PDF can be read"));
    let pages = readback::pages(&edition.pdf).expect("the PDF can be read");
    written
        .push(("the pages".to_owned(), pages.iter().map(|page| page.text.as_str()).collect::<String>().into_bytes()));
    for arguments in [
        &["list", "papers", "--format", "json"][..],
        &["glossary", "papers", "--format", "json"],
        &["export", "papers", "--format", "bibtex"],
    ] {
        written.push((arguments.join(" "), collection.run(arguments).ends(0).stdout.into_bytes()));
    }
    let mut open = vec![collection.home().join("bag")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_none_or(|extension| extension != "pdf") {
                written.push((path.display().to_string(), fs::read(&path).expect("the file can be read")));
            }
        }
    }
    for (name, bytes) in written {
        for secret in ["hidden.example", "999000", "1234567"] {
            let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let digits: String = wide.iter().map(|byte| format!("{byte:02X}")).collect();
            for form in [secret.as_bytes(), &wide, digits.as_bytes(), digits.to_lowercase().as_bytes()] {
                assert!(!bytes.windows(form.len()).any(|window| window == form), "{name} holds {secret}");
            }
        }
    }
    let names: Vec<String> = readback::attachments(&edition.pdf).expect("the PDF can be read").into_keys().collect();
    assert_eq!(names, ["a.md", "b.txt", "hidden.md", "manifest.json", "page.html.md"]);
}

#[test]
fn citations_stand_in_the_colophon_and_in_the_list() {
    let settings = "title = \"Papers\"\ncompiler = \"A. Editor\"\nedition = \"November 2026\"\ndate = 2026-11-01\n";
    let edition = built(papers().settings(settings), &["build", "papers"]);
    let text: String =
        readback::pages(&edition.pdf).expect("the PDF can be read").into_iter().map(|page| page.text).collect();
    let bare = crate::pages::bare(&text);
    let cited = "Papers, edition of November 2026, ed. A. Editor";
    let printed = format!("To cite: {cited}; one document: Doc. 2, in {cited}.");
    assert!(bare.contains(&crate::pages::bare(&printed)), "{text}");
    let rows = edition.collection.list(&[]);
    assert_eq!(rows[0]["citation"], format!("Doc. 1, in {cited}"));
}

#[test]
fn imposed_sheets_hold_no_sources_and_no_manifest() {
    let edition = built(papers(), &ARCHIVAL);
    edition.collection.run(&["impose", "papers.pdf", "-o", "sheets.pdf"]).ends(0);
    let sheets = fs::read(edition.collection.home().join("sheets.pdf")).expect("the sheets were written");
    assert!(readback::attachments(&sheets).expect("the PDF can be read").is_empty());
    let raw = edition.collection.path("a.md");
    let source = fs::read_to_string(raw).expect("the source is there");
    assert!(!Read::new(&sheets).holds(source.trim()), "the source is still in the file");
}
