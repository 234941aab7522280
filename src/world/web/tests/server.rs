//! A site on this machine that answers by a script and remembers what it was asked.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::Duration;

/// A request.
#[derive(Debug, Clone)]
pub(super) struct Request {
    /// `HEAD` or `GET`.
    pub(super) method: String,
    /// The path.
    pub(super) path: String,
    /// The header lines.
    pub(super) headers: String,
    /// How many requests there were for this path before, by any method.
    pub(super) before: usize,
}

/// What the site sends.
#[derive(Debug, Clone)]
pub(super) struct Script {
    head: String,
    body: &'static str,
    delay: Duration,
}

impl Script {
    /// An answer with this status and a small body.
    pub(super) fn status(status: u16) -> Self {
        Self { head: format!("HTTP/1.1 {status} x\r\n"), body: "body", delay: Duration::ZERO }
    }

    /// These bytes and then the end of the connection.
    pub(super) fn raw(text: &str) -> Self {
        Self { head: text.to_owned(), body: "", delay: Duration::ZERO }
    }

    /// The answer with one more header.
    pub(super) fn header(mut self, name: &str, value: &str) -> Self {
        self.head += &format!("{name}: {value}\r\n");
        self
    }

    /// The answer, but later.
    pub(super) fn late(mut self, milliseconds: u64) -> Self {
        self.delay = Duration::from_millis(milliseconds);
        self
    }
}

/// The site. It ends when it is dropped.
pub(super) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    requests: Mutex<Vec<Request>>,
    open: AtomicUsize,
    most_open: AtomicUsize,
    is_over: AtomicBool,
    script: Box<dyn Fn(&Request) -> Script + Send + Sync>,
}

impl Server {
    pub(super) fn start(script: impl Fn(&Request) -> Script + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            requests: Mutex::default(),
            open: AtomicUsize::new(0),
            most_open: AtomicUsize::new(0),
            is_over: AtomicBool::new(false),
            script: Box::new(script),
        });
        let server = Self { address, shared: Arc::clone(&shared) };
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if shared.is_over.load(Ordering::SeqCst) {
                    return;
                }
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || shared.serve(&stream));
            }
        });
        server
    }

    /// The address of a path.
    pub(super) fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// All requests until now, in their order.
    pub(super) fn requests(&self) -> Vec<Request> {
        self.shared.requests.lock().unwrap().clone()
    }

    /// All requests until now, as method and path.
    pub(super) fn log(&self) -> Vec<String> {
        self.requests().iter().map(|request| format!("{} {}", request.method, request.path)).collect()
    }

    /// The most requests that were open at once.
    pub(super) fn most_open(&self) -> usize {
        self.shared.most_open.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

impl Shared {
    /// Answers the requests of one connection.
    fn serve(&self, mut stream: &TcpStream) {
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let mut reader = BufReader::new(stream);
        while let Some(request) = self.receive(&mut reader) {
            let open = self.open.fetch_add(1, Ordering::SeqCst) + 1;
            self.most_open.fetch_max(open, Ordering::SeqCst);
            let Script { head, body, delay } = (self.script)(&request);
            sleep(delay);
            // Before the answer: a client that has it may ask again at once.
            self.open.fetch_sub(1, Ordering::SeqCst);
            let is_raw = body.is_empty();
            let length = format!("Content-Length: {}\r\n\r\n", body.len());
            let body = if request.method == "HEAD" { "" } else { body };
            let answer = if is_raw { head } else { head + &length + body };
            if stream.write_all(answer.as_bytes()).is_err() || is_raw {
                return;
            }
        }
    }

    fn receive(&self, reader: &mut impl BufRead) -> Option<Request> {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let mut words = line.split(' ').map(str::to_owned);
        let (method, path) = (words.next()?, words.next()?);
        let mut headers = String::new();
        while !headers.ends_with("\r\n\r\n") && headers != "\r\n" {
            (reader.read_line(&mut headers).ok()? > 0).then_some(())?;
        }
        let mut requests = self.requests.lock().unwrap();
        let before = requests.iter().filter(|request| request.path == path).count();
        let request = Request { method, path, headers, before };
        requests.push(request.clone());
        Some(request)
    }
}
