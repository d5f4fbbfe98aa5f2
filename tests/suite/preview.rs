//! `dossier preview` over HTTP: what a browser of this computer gets, and what nobody else does.

#![cfg(unix)]

use crate::collection::{Collection, NAME, word};
use crate::live::Running;
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// How long something may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// A preview that runs, and its address.
struct Preview {
    running: Running,
    host: String,
}

/// An answer: its status, its head and its body.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Preview {
    fn of(collection: &Collection) -> Self {
        let mut running = Running::start(collection, &["preview", NAME]);
        let host = running.writes().trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        Self { running, host }
    }

    fn open(&self, path: &str, method: &str, host: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.host).expect("the preview listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time can be set");
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("it is sent");
        stream
    }

    fn ask(&self, path: &str, method: &str, host: &str) -> Answer {
        let mut bytes = Vec::new();
        self.open(path, method, host).read_to_end(&mut bytes).expect("an answer comes");
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer has a head");
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("it has a status");
        Answer { status, head, body: bytes[end + 4..].to_vec() }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask(path, "GET", &self.host)
    }

    /// Waits until the state is as it should be.
    #[track_caller]
    fn state(&self, is_wanted: impl Fn(&Value) -> bool) -> Value {
        let until = Instant::now() + PATIENCE;
        loop {
            let state: Value = serde_json::from_slice(&self.get("/state").body).expect("the state is JSON");
            if state["busy"] == false && !state["book"].is_null() && is_wanted(&state["book"]) {
                return state["book"].clone();
            }
            assert!(Instant::now() < until, "the state never came: {state}");
            thread::sleep(Duration::from_millis(50));
        }
    }
}

fn papers() -> Collection {
    Collection::new()
        .file("first.md", "# The first\n\nLondon, 3 April 1943\n\nThe Workers' Union (WU) met in the town hall.\n")
        .file("second.md", "# The second\n\nThe Workers' Union (WU) met again, and nobody wrote down when.\n")
}

/// The names of the pages of a state.
fn names(book: &Value) -> Vec<String> {
    let pages = book["pages"].as_array().expect("there are pages");
    pages.iter().map(|page| word(&page["name"]).to_owned()).collect()
}

#[test]
fn a_preview_shows_pages_documents_and_problems() {
    let collection = papers();
    let preview = Preview::of(&collection);
    let page = preview.get("/");
    assert_eq!(page.status, 200);
    assert!(page.head.contains("text/html") && page.head.contains("default-src 'none'"), "{}", page.head);
    let html = String::from_utf8(page.body).expect("the page is UTF-8");
    assert!(!html.contains("https://") && !html.contains("src=\"http"), "it loads nothing from elsewhere");

    let book = preview.state(|_| true);
    let documents = book["documents"].as_array().expect("documents are listed");
    assert_eq!(documents.len(), 2);
    assert_eq!((word(&documents[0]["date"]), word(&documents[0]["grade"])), ("3 April 1943", "stated"));
    assert!(word(&documents[0]["evidence"][0]).contains("3 April 1943"), "{}", documents[0]);
    assert!(documents[1]["date"].is_null());
    let undated = book["problems"].as_array().expect("problems are listed").iter();
    let undated = undated.filter(|problem| problem["slug"] == "undated").collect::<Vec<_>>();
    assert_eq!(undated[0]["path"], "second.md");
    assert_eq!(undated[0]["page"], documents[1]["page"], "a problem leads to its document");

    for name in names(&book) {
        let picture = preview.get(&format!("/page/{name}/1.png"));
        assert_eq!((picture.status, &picture.body[1..4]), (200, b"PNG".as_slice()));
        assert!(picture.head.contains("immutable"), "{}", picture.head);
    }
    let contents: Value =
        serde_json::from_slice(&preview.get(&format!("/links/{}", names(&book)[0])).body).expect("JSON");
    let second: Value =
        serde_json::from_slice(&preview.get(&format!("/links/{}", names(&book)[1])).body).expect("JSON");
    let targets = [&contents, &second].into_iter().flat_map(|links| links.as_array().cloned().unwrap_or_default());
    let targets: Vec<Value> = targets.map(|link| link["page"].clone()).collect();
    assert!(targets.contains(&documents[0]["page"]), "the contents lead to the first document: {targets:?}");
}

#[test]
fn a_preview_follows_changes_and_keeps_the_last_pages_of_what_cannot_be_set() {
    let collection = papers();
    let preview = Preview::of(&collection);
    let before = preview.state(|_| true);
    let streams: Vec<_> = (0..3).map(|_| preview.open("/events", "GET", &preview.host)).collect();

    let text = "# The first\n\nLondon, 3 April 1943\n\nThe Workers' Union (WU) met in the open air.\n";
    fs::write(collection.path("first.md"), text).expect("written");
    let after = preview.state(|book| names(book) != names(&before));
    let changed = names(&before).iter().zip(names(&after)).filter(|(before, after)| *before != after).count();
    assert!(changed < names(&after).len(), "pages that stay as they are keep their names");
    for stream in streams {
        let lines: Vec<String> = BufReader::new(stream)
            .lines()
            .map_while(Result::ok)
            .filter(|line| line.starts_with("data: "))
            .take(3)
            .collect();
        assert!(lines[0].contains("\"busy\":false") && lines[1].contains("\"busy\":true"), "{lines:?}");
    }

    fs::create_dir_all(collection.path("layouts/packet")).expect("made");
    fs::write(collection.path("layouts/packet/design.typ"), "#let design = (\n").expect("written");
    let failed = preview.state(|book| book["failed"] == true);
    assert_eq!(names(&failed), names(&after));
    let problems = failed["problems"].as_array().expect("problems are listed");
    assert!(problems.iter().any(|problem| problem["severity"] == "error"), "{problems:?}");
    fs::remove_file(collection.path("layouts/packet/design.typ")).expect("removed");
    preview.state(|book| book["failed"] == false);
    assert_eq!(preview.running.ends_on("INT").code(), Some(0));
}

#[test]
fn a_preview_answers_to_this_computer_alone_and_changes_nothing() {
    let preview = Preview::of(&papers());
    preview.state(|_| true);
    let port = preview.host.rsplit(':').next().expect("an address has a port").to_owned();
    assert!(preview.host.starts_with("127.0.0.1:"));
    assert_eq!(preview.ask("/state", "GET", &format!("localhost:{port}")).status, 200);
    for host in ["example.org", &format!("example.org:{port}"), "127.0.0.1", "127.0.0.1:1"] {
        for path in ["/", "/state", "/events", "/page/x/1.png"] {
            assert_eq!(preview.ask(path, "GET", host).status, 403, "{path} for {host}");
        }
    }
    assert_eq!(preview.ask("/state", "POST", &preview.host).status, 405);
    for path in ["/../dossier.toml", "/first.md", "/page/../1.png", "/page/0/1.png", "/page/0/9999.png", "/links/0"] {
        assert_eq!(preview.get(path).status, 404, "{path}");
    }
}

/// Whether two pictures look the same: no dot differs by more than rounding.
fn alike(one: &[u8], other: &[u8]) -> bool {
    let dots = |picture: &[u8]| image::load_from_memory(picture).expect("a picture").to_luma8();
    let (one, other) = (dots(one), dots(other));
    one.dimensions() == other.dimensions()
        && one.iter().zip(other.iter()).all(|(dot, beside)| dot.abs_diff(*beside) < 3)
}

#[test]
fn a_changed_document_is_shown_before_its_book_is_set_and_looks_the_same_then() {
    let collection = Collection::copy_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"));
    let preview = Preview::of(&collection);
    let first = preview.state(|_| true);
    let page = |row: usize| first["documents"][row]["page"].as_u64().expect("it has a page") as usize;
    let pages = page(2)..page(3);
    let pictures = |names: &[String]| -> Vec<Vec<u8>> {
        names.iter().map(|name| preview.get(&format!("/page/{name}/1.png")).body).collect()
    };
    let path = collection.path(word(&first["documents"][2]["id"]));
    let text = fs::read_to_string(&path).expect("it is there");
    let mut news = BufReader::new(preview.open("/events", "GET", &preview.host)).lines().map_while(Result::ok);
    // The draft stays for a fraction of a second, so it is waited for more than once.
    for round in 0..8 {
        let before = names(&preview.state(|_| true));
        fs::write(&path, format!("{}\n\nSentence {round} stands here.\n", text.trim_end())).expect("written");
        let draft = loop {
            let line = news.find(|line| line.starts_with("data: ")).expect("there is news");
            let state: Value = serde_json::from_slice(&preview.get("/state").body).expect("the state is JSON");
            if names(&state["book"]) != before {
                break (state["busy"] == true && line.contains("\"busy\":true")).then(|| names(&state["book"]));
            }
        };
        let Some(draft) = draft else { continue };
        let drawn = pictures(&draft[pages.clone()]);
        let whole = names(&preview.state(|book| names(book) != draft));
        assert_eq!(draft[..pages.start], before[..pages.start], "nothing else is new in a draft");
        let printed = pictures(&whole[pages.clone()]);
        assert!(drawn.len() == printed.len() && drawn.iter().zip(&printed).all(|(one, other)| alike(one, other)));
        return;
    }
    panic!("no draft was seen");
}
