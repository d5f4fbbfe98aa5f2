//! The preview over HTTP.
//!
//! What enters: requests from this computer. What leaves: the page with its script, the state, pages as pictures, and a
//! stream of news (Server-Sent Events). It listens on 127.0.0.1 alone and answers to that name and `localhost` alone, so
//! that no other computer, and no page of another site under a name that leads here, can read what is shown.

use super::super::console::Failure;
use super::show::{News, Show};
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tiny_http::{Header, Method, Request, Response};

/// The page that the browser shows.
const PAGE: &str = include_str!("page.html");
/// How often a browser that waits is told that the program is still there, and it is seen whether the browser is.
const PULSE: Duration = Duration::from_secs(10);
/// The numbers of dots to a point with which pages are drawn.
const SCALES: [f64; 5] = [0.5, 1.0, 1.5, 2.0, 3.0];
/// What every answer says beside its type: nothing is loaded from elsewhere, and nothing elsewhere loads it.
const HEADERS: [&str; 4] = [
    "Content-Security-Policy: default-src 'none'; img-src 'self' data:; connect-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy: same-origin",
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: no-referrer",
];

/// A server of one preview.
pub struct Server {
    http: Arc<tiny_http::Server>,
    address: SocketAddr,
    show: Arc<Show>,
}

/// What a request is answered with.
struct Answer {
    status: u16,
    kind: &'static str,
    body: Vec<u8>,
    /// Whether what stands under the address never changes.
    is_lasting: bool,
}

impl Answer {
    fn text(status: u16, body: &str) -> Self {
        Self { status, kind: "text/plain; charset=utf-8", body: body.as_bytes().to_vec(), is_lasting: false }
    }

    fn json(body: String) -> Self {
        Self { status: 200, kind: "application/json", body: body.into_bytes(), is_lasting: false }
    }
}

impl Server {
    /// Opens a port of this computer: the one that is asked for, else one that is free.
    pub fn open(port: Option<u16>, show: Arc<Show>) -> Result<Self, Failure> {
        let wanted = port.unwrap_or_default();
        let refused = |error: &dyn std::fmt::Display| {
            Failure::Use(format!("port {wanted} cannot be used: {error}; without `--port` a free one is taken"))
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, wanted)).map_err(|error| refused(&error))?;
        let address = listener.local_addr().map_err(|error| refused(&error))?;
        let http = tiny_http::Server::from_listener(listener, None).map_err(|error| refused(&error))?;
        Ok(Self { http: Arc::new(http), address, show })
    }

    /// The address under which it is reached.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers requests from here on, each on a thread of its own, so that none waits for another.
    pub fn serve(self) {
        thread::spawn(move || {
            for request in self.http.incoming_requests() {
                let (show, address) = (Arc::clone(&self.show), self.address);
                // A browser that left before its answer came is no error.
                thread::spawn(move || drop(answer(request, address, &show)));
            }
        });
    }
}

/// Answers one request.
fn answer(request: Request, address: SocketAddr, show: &Show) -> io::Result<()> {
    if !is_ours(&request, address) {
        let refusal = "this preview answers to 127.0.0.1 and localhost alone";
        return send(request, Answer::text(403, refusal));
    }
    if !matches!(request.method(), Method::Get | Method::Head) {
        return send(request, Answer::text(405, "nothing can be changed here"));
    }
    let path = request.url().split('?').next().unwrap_or_default().to_owned();
    if path == "/events" && *request.method() == Method::Get {
        return tell(request, show);
    }
    let answer = find(&path, show).unwrap_or_else(|| Answer::text(404, "nothing is here"));
    send(request, answer)
}

/// Whether a request names this server as its host.
fn is_ours(request: &Request, address: SocketAddr) -> bool {
    let hosts: Vec<&str> = request
        .headers()
        .iter()
        .filter(|header| header.field.equiv("Host"))
        .map(|header| header.value.as_str())
        .collect();
    let port = address.port();
    let own = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    matches!(hosts.as_slice(), [host] if own.iter().any(|own| own.eq_ignore_ascii_case(host)))
}

/// Finds what stands under a path.
fn find(path: &str, show: &Show) -> Option<Answer> {
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    match parts.as_slice() {
        [""] => Some(Answer {
            status: 200,
            kind: "text/html; charset=utf-8",
            body: PAGE.as_bytes().to_vec(),
            is_lasting: false,
        }),
        ["state"] => Some(Answer::json(show.state())),
        ["links", name] => show.links(name).map(Answer::json),
        ["page", name, scale] => {
            let scale: f64 = scale.strip_suffix(".png")?.parse().ok()?;
            let scale = SCALES.into_iter().find(|known| *known == scale)?;
            let body = show.draw(name, scale)?.to_vec();
            Some(Answer { status: 200, kind: "image/png", body, is_lasting: true })
        }
        _ => None,
    }
}

fn header(text: &str) -> Header {
    text.parse().expect("the headers are well-formed")
}

fn send(request: Request, answer: Answer) -> io::Result<()> {
    let keeping = if answer.is_lasting { "private, max-age=31536000, immutable" } else { "no-store" };
    let mut response = Response::from_data(answer.body)
        .with_status_code(answer.status)
        // The length is known, so that it is told and nothing is sent in pieces.
        .with_chunked_threshold(usize::MAX)
        .with_header(header(&format!("Content-Type: {}", answer.kind)))
        .with_header(header(&format!("Cache-Control: {keeping}")));
    for line in HEADERS {
        response.add_header(header(line));
    }
    request.respond(response)
}

/// Tells a browser the news until it leaves.
fn tell(request: Request, show: &Show) -> io::Result<()> {
    let mut out = request.into_writer();
    write!(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n")?;
    for line in HEADERS {
        write!(out, "{line}\r\n")?;
    }
    write!(out, "Connection: close\r\n\r\n")?;
    let mut known = show.news();
    event(&mut out, known)?;
    loop {
        match show.wait(known.version, PULSE) {
            Some(news) => {
                known = news;
                event(&mut out, news)?;
            }
            None => {
                out.write_all(b": still here\n\n")?;
                out.flush()?;
            }
        }
    }
}

fn event(out: &mut impl Write, news: News) -> io::Result<()> {
    let data = serde_json::to_string(&news).map_err(io::Error::other)?;
    write!(out, "data: {data}\n\n")?;
    out.flush()
}
