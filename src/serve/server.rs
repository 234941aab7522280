//! The pages of a project, for browsers on this machine.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, HOST, LOCATION};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream::{self, Stream};
use percent_encoding::percent_decode_str;
use serde::Serialize;
use tokio::sync::broadcast::{self, error::RecvError};

use super::findings::Findings;
use super::{Editor, Project, Reply, Update, page, thread};
use crate::site::DOWNLOAD_HEADERS;

/// The port that is tried first.
const PORT: u16 = 4000;

/// How many ports are tried after it.
const OTHER_PORTS: u16 = 50;

/// More answers at once than this wait for each other.
const MOST_THREADS: usize = 32;

/// More updates than this between two looks of a browser, and it looks at everything anew.
const MOST_UPDATES: usize = 64;

/// Where browsers come in.
#[derive(Debug)]
pub struct Listener {
    listener: TcpListener,
    /// Names under which it may be called, beside those of this machine.
    host: Option<String>,
}

impl Listener {
    /// Listens at `port`, or at the first free one if none is asked for; on this machine, or at the
    /// address of `host`, where others can reach it.
    ///
    /// # Errors
    ///
    /// If the port is taken, or the host is not this machine.
    pub fn bind(host: Option<&str>, port: Option<u16>) -> io::Result<Self> {
        let bind = |port: u16| match host {
            Some(host) => TcpListener::bind((host, port)),
            None => TcpListener::bind((Ipv4Addr::LOCALHOST, port)),
        };
        let listener = match port {
            Some(port) => bind(port)?,
            None => {
                let mut others = (PORT + 1..=PORT + OTHER_PORTS).map(bind);
                let is_taken = |error: &io::Error| error.kind() == io::ErrorKind::AddrInUse;
                match bind(PORT) {
                    Err(error) if is_taken(&error) => others.find_map(Result::ok).ok_or(error)?,
                    first => first?,
                }
            }
        };
        Ok(Self { listener, host: host.map(str::to_owned) })
    }

    /// Its address.
    ///
    /// # Errors
    ///
    /// If the system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Whether a request to `host` may come in. A name that a stranger made up for this machine's address would
    /// let the stranger's pages read ours.
    ///
    /// The port may be any: a tunnel or a container has its own.
    fn takes(&self, host: &str) -> bool {
        let (name, port) = match host.strip_prefix('[') {
            Some(rest) => rest.split_once(']').unwrap_or_default(),
            None => host.find(':').map_or((host, ""), |colon| host.split_at(colon)),
        };
        let is_port = |port: &str| port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
        if !port.is_empty() && !is_port(port) {
            return false;
        }
        let is_known = self.host.as_deref().is_some_and(|known| known.eq_ignore_ascii_case(name));
        name.eq_ignore_ascii_case("localhost")
            || is_known
            || name.parse().is_ok_and(|ip| self.has_address(ip))
    }

    /// Whether a browser may reach this server at `ip`: on this machine, or where it is open to others.
    fn has_address(&self, ip: IpAddr) -> bool {
        let own = self.address().map(|address| address.ip());
        ip.is_loopback() || own.is_ok_and(|own| own.is_unspecified() || own == ip)
    }
}

/// What browsers learn of an update.
#[derive(Debug, Clone, Serialize)]
struct Notice {
    revision: u64,
    /// The theme's files that changed.
    assets: Vec<String>,
}

/// Shows a project.
pub struct Server {
    notices: broadcast::Sender<Notice>,
}

/// What every request is answered from.
struct Desk {
    project: Arc<Project>,
    editor: Editor,
    listener: Listener,
    notices: broadcast::Sender<Notice>,
}

impl Server {
    /// Serves `project` at the address of `listener`, in a thread of its own.
    ///
    /// # Errors
    ///
    /// If the system gives no thread or no events.
    pub fn start(project: Arc<Project>, listener: Listener, editor: Editor) -> io::Result<Self> {
        let (notices, _) = broadcast::channel(MOST_UPDATES);
        let socket = listener.listener.try_clone()?;
        socket.set_nonblocking(true)?;
        let desk = Arc::new(Desk { project, editor, listener, notices: notices.clone() });
        let router = Router::new()
            .route("/_sdkb/events", get(events))
            .route("/_sdkb/findings", get(findings))
            .route(
                "/_sdkb/live.js",
                get(|| async { typed("text/javascript", include_bytes!("live/live.js")) }),
            )
            .route("/_sdkb/live.css", get(|| async { typed("text/css", include_bytes!("live/live.css")) }))
            .fallback(any)
            .layer(from_fn_with_state(Arc::clone(&desk), guard))
            .with_state(desk);
        // A runtime that gets no thread for an answer panics, unless it has one already: the first one stays.
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(MOST_THREADS)
            .thread_keep_alive(Duration::MAX)
            .build()?;
        thread::ensure()?;
        runtime.spawn_blocking(|| ());
        std::thread::Builder::new().name("server".to_owned()).spawn(move || {
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(socket)?;
                axum::serve(listener, router).await
            })
        })?;
        Ok(Self { notices })
    }

    /// Tells all browsers to look at what changed.
    pub fn tell(&self, update: &Update) {
        let notice = Notice { revision: update.revision.number, assets: update.assets.clone() };
        // There may be no listener.
        let _ = self.notices.send(notice);
    }
}

/// Turns away requests that another site caused, and those that would change something.
async fn guard(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    if !host.is_some_and(|host| desk.listener.takes(host)) {
        let text = "this name is not known here\nhelp: use http://localhost, or start with `--host NAME`\n";
        return (StatusCode::FORBIDDEN, text).into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let mut response = next.run(request).await;
    for (name, value) in [
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-frame-options", "SAMEORIGIN"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Tells a browser of each update: first of the newest, and then of those to come.
async fn events(State(desk): State<Arc<Desk>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let receiver = desk.notices.subscribe();
    let newest = Notice { revision: desk.project.now().number, assets: Vec::new() };
    let stream = stream::unfold((Some(newest), receiver), |(newest, mut receiver)| async move {
        let notice = match newest {
            Some(newest) => newest,
            None => loop {
                match receiver.recv().await {
                    Ok(notice) => break notice,
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return None,
                }
            },
        };
        let event = Event::default().event("update").data(serde_json::to_string(&notice).unwrap_or_default());
        Some((Ok(event), (None, receiver)))
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

/// The findings for the page that the query names.
async fn findings(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let path = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "page");
    let url = address(&path.map(|(_, path)| path.into_owned()).unwrap_or_default());
    work(move || {
        let revision = desk.project.now();
        let failure = match desk.project.get(&revision, &url) {
            Reply::Failed(finding) => Some(finding),
            _ => None,
        };
        let findings = Findings::of(&desk.project, &revision, &url, failure.as_deref(), &desk.editor);
        typed("application/json", &serde_json::to_vec(&findings).unwrap_or_default())
    })
    .await
}

/// Whatever stands at an address of the site.
async fn any(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    work(move || {
        let url = address(&path);
        let answer = desk.project.get(&desk.project.now(), &url);
        answered(&url, &query, answer)
    })
    .await
}

/// Makes an answer aside: pages take their time to render, and the search index more of it.
async fn work(answer: impl FnOnce() -> Response + Send + 'static) -> Response {
    let answer = tokio::task::spawn_blocking(answer).await;
    answer.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn answered(url: &str, query: &str, answer: Reply) -> Response {
    let html = "text/html; charset=utf-8";
    match answer {
        Reply::Page(bytes) => typed(html, &page::live(&bytes)),
        Reply::File(bytes) => typed(mime(url), &bytes),
        Reply::Drawing(bytes) => (DRAWING_HEADERS, typed(mime(url), &bytes)).into_response(),
        Reply::Download(bytes) => (DOWNLOAD_HEADERS, typed(mime(url), &bytes)).into_response(),
        Reply::Folder(folder) => {
            let location = HeaderValue::try_from(format!("/{}{query}", crate::text::address::href(&folder)));
            let Ok(location) = location else { return StatusCode::NOT_FOUND.into_response() };
            (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, location)]).into_response()
        }
        Reply::Nothing => (StatusCode::NOT_FOUND, typed(html, &page::nothing(url))).into_response(),
        Reply::Failed(finding) => {
            (StatusCode::INTERNAL_SERVER_ERROR, typed(html, &page::failed(&finding))).into_response()
        }
    }
}

/// The headers of a drawing: it may look as it wants, and nothing else.
const DRAWING_HEADERS: [(&str, &str); 1] = [(
    "content-security-policy",
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:",
)];

/// The address in the site that a path of a request means.
fn address(path: &str) -> String {
    let path = percent_decode_str(path.trim_start_matches('/')).decode_utf8_lossy().into_owned();
    if path.is_empty() || path.ends_with('/') { path + "index.html" } else { path }
}

fn typed(mime: &str, bytes: &[u8]) -> Response {
    let mime = HeaderValue::from_str(mime).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    ([(CONTENT_TYPE, mime)], Body::from(bytes.to_vec())).into_response()
}

/// What sort of file stands at `url`. Text is UTF-8, as everything that sdkb reads.
fn mime(url: &str) -> &'static str {
    mime_guess::from_path(url).first_raw().map_or("application/octet-stream", |mime| match mime {
        "text/html" => "text/html; charset=utf-8",
        "text/plain" => "text/plain; charset=utf-8",
        "text/css" => "text/css; charset=utf-8",
        "text/javascript" => "text/javascript; charset=utf-8",
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::{Listener, address};

    #[test]
    fn only_this_machine_is_called() {
        let listener = Listener::bind(None, Some(0)).expect("a free port");
        for host in ["localhost", "LOCALHOST:4000", "127.0.0.1:4000", "[::1]:4000", "127.0.0.1", "[::1]"] {
            assert!(listener.takes(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example:4000",
            "127.0.0.1.evil.example",
            "[evil]:1",
            "10.0.0.7",
            "[2001:db8::1]:4000",
            "localhost:evil.example",
            "localhost:4000:80",
            "localhost:",
            "localhost:99999",
            "[::1]evil:1",
        ] {
            assert!(!listener.takes(host), "{host}");
        }
        let open = Listener::bind(Some("0.0.0.0"), Some(0)).expect("a free port");
        assert!(open.takes("10.0.0.7:4000") && open.takes("localhost:80") && !open.takes("evil.example"));
    }

    #[test]
    fn a_door_can_have_a_name() {
        let listener = Listener::bind(Some("localhost"), Some(0)).expect("a free port");
        let listener = Listener { host: Some("kb.test".to_owned()), ..listener };
        assert!(listener.takes("KB.test:80"));
        assert!(!listener.takes("other.test"));
    }

    #[test]
    fn paths_are_addresses() {
        assert_eq!(address("/"), "index.html");
        assert_eq!(address("/a%20b/"), "a b/index.html");
        assert_eq!(address("/a/b.html"), "a/b.html");
        assert_eq!(address("//%2e%2e/etc/passwd"), "../etc/passwd");
    }
}
