//! Whole runs against sites on this machine.

mod server;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use super::{Cache, LinkStatus, Manners, ask};
use server::{Request, Script, Server};

const NOW: u64 = 1_700_000_000;
const DAY: Duration = Duration::from_secs(86_400);

/// Manners for sites that mind nothing.
fn brisk() -> Manners {
    Manners { backoff: Duration::from_millis(2), timeout: Duration::from_secs(5), ..Manners::default() }
}

fn ask_with<S: AsRef<str>>(
    addresses: &[S],
    manners: &Manners,
    cache: &mut Cache,
) -> BTreeMap<String, LinkStatus> {
    let addresses: BTreeSet<String> = addresses.iter().map(|address| address.as_ref().to_owned()).collect();
    let steps = Cell::new(0);
    let answers = ask(&addresses, manners, cache, &|| steps.set(steps.get() + 1));
    assert_eq!(steps.get(), answers.len());
    answers
}

fn ask_one(address: &str) -> LinkStatus {
    let mut answers = ask_with(&[address], &brisk(), &mut Cache::default());
    answers.remove(address).unwrap()
}

fn unreachable(reason: &str) -> LinkStatus {
    LinkStatus::Unreachable(reason.to_owned())
}

/// What a site that answers like this is taken for, and the methods that it was asked with.
fn judged(script: impl Fn(&Request) -> Script + Send + Sync + 'static) -> (LinkStatus, String) {
    let server = Server::start(script);
    let answer = ask_one(&server.at("/a"));
    let methods: Vec<String> = server.requests().into_iter().map(|request| request.method).collect();
    (answer, methods.join(" "))
}

#[test]
fn a_status_is_believed_once_a_get_agrees() {
    for (head, get, answer, methods) in [
        (200, 200, LinkStatus::Reachable, "HEAD"),
        (204, 200, LinkStatus::Reachable, "HEAD"),
        (304, 200, LinkStatus::Reachable, "HEAD"),
        (404, 404, LinkStatus::Refused(404), "HEAD GET"),
        (410, 410, LinkStatus::Refused(410), "HEAD GET"),
        (405, 200, LinkStatus::Reachable, "HEAD GET"),
        (404, 200, LinkStatus::Reachable, "HEAD GET"),
        (500, 200, LinkStatus::Reachable, "HEAD GET"),
        (403, 404, LinkStatus::Refused(404), "HEAD GET"),
        (401, 401, LinkStatus::Reachable, "HEAD GET"),
        (403, 403, LinkStatus::Reachable, "HEAD GET"),
        (999, 999, LinkStatus::Reachable, "HEAD GET"),
        (404, 429, LinkStatus::Reachable, "HEAD GET"),
        (429, 429, LinkStatus::Reachable, "HEAD"),
        (404, 300, LinkStatus::Reachable, "HEAD GET"),
    ] {
        let judged = judged(move |request| Script::status(if request.method == "HEAD" { head } else { get }));
        assert_eq!(judged, (answer, methods.to_owned()), "{head} {get}");
    }
}

#[test]
fn trouble_gets_time_to_pass() {
    let passing = judged(|request| Script::status(if request.before < 2 { 503 } else { 200 }));
    assert_eq!(passing, (LinkStatus::Reachable, "HEAD GET GET".to_owned()));
    let lasting = judged(|_| Script::status(503));
    assert_eq!(lasting, (LinkStatus::Refused(503), "HEAD GET GET GET".to_owned()));
    let busy = judged(|_| Script::status(503).header("Retry-After", "31"));
    assert_eq!(busy, (LinkStatus::Refused(503), "HEAD GET".to_owned()));
    let polite = judged(|_| Script::status(503).header("Retry-After", "0"));
    assert_eq!(polite, (LinkStatus::Refused(503), "HEAD GET GET GET".to_owned()));
}

#[test]
fn answers_that_are_none_are_asked_for_again() {
    let closed = judged(|request| match request.before {
        0 => Script::raw(""),
        _ => Script::status(200),
    });
    assert_eq!(closed, (LinkStatus::Reachable, "HEAD GET".to_owned()));
    let closed = judged(|_| Script::raw(""));
    assert_eq!(closed, (unreachable("closed without an answer"), "HEAD GET GET".to_owned()));
    let nonsense = judged(|_| Script::raw("SSH-2.0-OpenSSH_9.9\r\n\r\n"));
    assert_eq!(nonsense, (unreachable("its answer can't be read"), "HEAD GET GET".to_owned()));
    let hints = judged(|_| Script::raw("HTTP/1.1 103 x\r\nLink: <a>\r\n\r\nHTTP/1.1 200 x\r\n\r\n"));
    assert_eq!(hints, (LinkStatus::Reachable, "HEAD".to_owned()));
}

#[test]
fn redirects_are_followed_to_their_end() {
    let other = Server::start(|request| Script::status(if request.path == "/there" { 200 } else { 404 }));
    let (there, gone) = (other.at("/there"), other.at("/gone"));
    let server = Server::start(move |request| match request.path.as_str() {
        "/a" => Script::status(301).header("Location", "b"),
        "/b" => Script::status(302).header("Location", "/c?d#e"),
        "/c?d" => Script::status(307).header("Location", &there),
        "/gone" => Script::status(308).header("Location", &gone),
        "/nowhere" => Script::status(302),
        path => panic!("{path}"),
    });
    let addresses = ["/a", "/gone", "/nowhere"].map(|path| server.at(path));
    let answers = ask_with(&addresses, &brisk(), &mut Cache::default());
    let expected = [LinkStatus::Reachable, LinkStatus::Refused(404), LinkStatus::Reachable];
    assert_eq!(answers, addresses.into_iter().zip(expected).collect());
    let mut log = other.log();
    log.sort();
    assert_eq!(log, ["GET /gone", "HEAD /gone", "HEAD /there"]);
}

#[test]
fn ten_redirects_are_followed_and_no_more() {
    let chain = |length: usize| {
        judged(move |request| {
            let step: usize = request.path.trim_start_matches(['/', 'a']).parse().unwrap_or(0);
            let next = format!("/{}", step + 1);
            if step < length { Script::status(302).header("Location", &next) } else { Script::status(200) }
        })
    };
    assert_eq!(chain(10).0, LinkStatus::Reachable);
    let (answer, methods) = chain(11);
    assert_eq!(answer, unreachable("too many redirects"));
    assert_eq!(methods.split(' ').count(), 22, "{methods}");
    let (answer, _) = judged(|_| Script::status(302).header("Location", "/a"));
    assert_eq!(answer, unreachable("too many redirects"));
}

#[test]
fn a_redirect_that_waits_for_its_cookie_gets_it() {
    let (answer, methods) = judged(|request| {
        if request.headers.contains("seen=yes") {
            Script::status(200)
        } else {
            Script::status(302).header("Location", "/a").header("Set-Cookie", "seen=yes; Path=/; HttpOnly")
        }
    });
    assert_eq!((answer, methods.as_str()), (LinkStatus::Reachable, "HEAD HEAD"));
}

#[test]
fn a_host_that_refuses_connections_is_unreachable() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let addresses = ["a", "b", "c", "d", "e"].map(|path| format!("http://{address}/{path}"));
    let answers = ask_with(&addresses, &brisk(), &mut Cache::default());
    let refused = unreachable("connection refused");
    assert_eq!(answers, addresses.into_iter().map(|address| (address, refused.clone())).collect());
}

#[test]
fn a_slow_site_is_not_waited_for() {
    let server = Server::start(|_| Script::status(200).late(1_000));
    let manners = Manners { timeout: Duration::from_millis(60), attempts: 2, ..brisk() };
    let address = server.at("/a");
    let answers = ask_with(&[&address], &manners, &mut Cache::default());
    assert_eq!(answers[&address], unreachable("timed out"));
}

#[test]
fn a_host_is_not_asked_much_at_once() {
    let server = Server::start(|_| Script::status(200).late(10));
    let addresses: Vec<String> = (0..20).map(|number| server.at(&format!("/{number}"))).collect();
    let answers = ask_with(&addresses, &brisk(), &mut Cache::default());
    assert!(answers.values().all(|answer| *answer == LinkStatus::Reachable), "{answers:?}");
    assert_eq!((answers.len(), server.requests().len()), (20, 20));
    assert!(server.most_open() <= 2, "{}", server.most_open());
}

#[test]
fn redirects_do_not_get_around_the_limit_of_a_host() {
    let server = Server::start(|_| Script::status(200).late(10));
    let target = server.at("/");
    let addresses: Vec<(Server, String)> = (0..6)
        .map(|_| {
            let target = target.clone();
            let other = Server::start(move |_| Script::status(302).header("Location", &target));
            let address = other.at("/");
            (other, address)
        })
        .collect();
    let addresses: Vec<&String> = addresses.iter().map(|(_, address)| address).collect();
    let answers = ask_with(&addresses, &brisk(), &mut Cache::default());
    assert!(answers.values().all(|answer| *answer == LinkStatus::Reachable), "{answers:?}");
    assert!(server.most_open() <= 2, "{}", server.most_open());
}

#[test]
fn no_worker_waits_for_a_host_while_another_has_work() {
    // The first host answers only once the second was asked.
    let (sender, receiver) = mpsc::channel();
    let (receiver, is_late) = (Mutex::new(receiver), Arc::new(AtomicBool::new(false)));
    let late = Arc::clone(&is_late);
    let was_asked = AtomicBool::new(false);
    let blocked = Server::start(move |_| {
        let receiver = receiver.lock().unwrap();
        if !was_asked.load(Ordering::SeqCst) && receiver.recv_timeout(Duration::from_secs(2)).is_err() {
            late.store(true, Ordering::SeqCst);
        }
        was_asked.store(true, Ordering::SeqCst);
        Script::status(200)
    });
    let free = Server::start(move |_| {
        let _ = sender.send(());
        Script::status(200)
    });
    let mut addresses: Vec<String> = (0..6).map(|number| blocked.at(&format!("/{number}"))).collect();
    addresses.push(free.at("/"));
    ask_with(&addresses, &Manners { workers: 3, ..brisk() }, &mut Cache::default());
    assert!(!is_late.load(Ordering::SeqCst));
}

#[test]
fn no_worker_sleeps_through_a_pause() {
    let server = Server::start(|request| {
        Script::status(if request.path == "/a" && request.before < 2 { 503 } else { 200 })
    });
    let manners = Manners { workers: 1, backoff: Duration::from_millis(200), ..brisk() };
    ask_with(&[server.at("/a"), server.at("/b")], &manners, &mut Cache::default());
    assert_eq!(server.log().last().map(String::as_str), Some("GET /a"));
    assert_eq!(server.log().len(), 4);
}

#[test]
fn addresses_that_differ_by_their_fragment_are_one() {
    let server = Server::start(|_| Script::status(404));
    let addresses = [server.at("/a"), server.at("/a#b"), server.at("/a#c")];
    let answers = ask_with(&addresses, &brisk(), &mut Cache::default());
    assert_eq!(answers, addresses.into_iter().map(|address| (address, LinkStatus::Refused(404))).collect());
    assert_eq!(server.log(), ["HEAD /a", "GET /a"]);
}

#[test]
fn only_the_web_is_asked() {
    let addresses = ["mailto:a@b.example", "ftp://a.example/", "http://a b/", "http://{host}/"];
    let answers = ask_with(&addresses, &brisk(), &mut Cache::default());
    let invalid = |address: &str| (address.to_owned(), unreachable("not a valid address"));
    assert_eq!(answers, [invalid("http://a b/"), invalid("http://{host}/")].into());
    assert!(ask_with::<&str>(&[], &brisk(), &mut Cache::default()).is_empty());
}

#[test]
fn a_site_learns_who_asks() {
    let server = Server::start(|_| Script::status(200));
    ask_one(&server.at("/"));
    let headers = server.requests().remove(0).headers.to_lowercase();
    let expected = concat!("user-agent: sdkb/", env!("CARGO_PKG_VERSION"), " (link check)\r\n");
    assert!(headers.contains(expected), "{headers}");
}

#[test]
fn what_is_known_is_not_asked_for_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/b/links.json");
    let server = Server::start(|request| match request.path.as_str() {
        "/there" => Script::status(200),
        "/gone" => Script::status(404),
        "/ill" => Script::status(500),
        _ => Script::raw(""),
    });
    let addresses = ["/there", "/gone", "/ill", "/mute"].map(|path| server.at(path));
    let run = |now: u64| {
        let before = server.requests().len();
        let mut cache = Cache::load(&path, DAY, now);
        let answers = ask_with(&addresses, &brisk(), &mut cache);
        cache.save(&path).unwrap();
        let paths: BTreeSet<String> = server.requests().drain(before..).map(|request| request.path).collect();
        (answers, paths.into_iter().collect::<Vec<_>>().join(" "))
    };
    let (first, asked) = run(NOW);
    assert_eq!(asked, "/gone /ill /mute /there");
    let text = fs::read_to_string(&path).unwrap();
    // Trouble is asked for again, as it may have passed.
    assert_eq!(run(NOW + 86_399), (first.clone(), "/ill /mute".to_owned()));
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    assert_eq!(run(NOW + 86_400), (first.clone(), "/gone /ill /mute /there".to_owned()));
    // The clock was set back.
    assert_eq!(run(NOW), (first, "/gone /ill /mute /there".to_owned()));
    let files = fs::read_dir(path.parent().unwrap()).unwrap();
    assert_eq!(files.count(), 1);
}

#[test]
fn the_file_reads_well_and_a_broken_one_counts_as_empty() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("links.json");
    let good = r#"{
  "version": 1,
  "answers": {
    "http://127.0.0.1/a": {
      "asked": 1700000000
    },
    "http://127.0.0.1/b": {
      "asked": 1700000000,
      "refused": 404
    }
  }
}
"#;
    let addresses = ["http://127.0.0.1/a#c", "http://127.0.0.1/b"];
    let saved = |path: &Path| {
        let cache = Cache::load(path, DAY, NOW);
        cache.save(path).unwrap();
        fs::read_to_string(path).unwrap()
    };
    fs::write(&path, good).unwrap();
    assert_eq!(saved(&path), good);
    let answers = ask_with(&addresses, &brisk(), &mut Cache::load(&path, DAY, NOW));
    let expected = [LinkStatus::Reachable, LinkStatus::Refused(404)];
    assert_eq!(answers, addresses.into_iter().map(str::to_owned).zip(expected).collect());
    let empty = "{\n  \"version\": 1,\n  \"answers\": {}\n}\n";
    let newer = good.replace("\"version\": 1", "\"version\": 2");
    for broken in ["", "{", "[]", "\u{0}", r#"{"version": 1}"#, &newer, &good.replace("404", "\"x\"")] {
        fs::write(&path, broken).unwrap();
        assert_eq!(saved(&path), empty, "{broken}");
    }
    fs::remove_file(&path).unwrap();
    assert_eq!(saved(&path), empty);
    // A folder is in the way: the error is the caller's.
    assert!(Cache::default().save(folder.path()).is_err());
}
