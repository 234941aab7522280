//! Other sites: whether what documents link to is still there.
//!
//! A check that raises false alarms is switched off. So a server that answers gets the benefit of the doubt, what
//! may be a passing trouble is asked again, and only an answer that says "there is nothing here" is
//! believed at once. A check that annoys other people's sites gets blocked. So no site is asked much at the
//! same time, and none twice for what it said a short while ago.
//!
//! An address is an `check`: requests until there is a `verdict`. The `queue` hands out the next request
//! that may go out, and the `client` sends it. The [`Cache`] remembers.

mod cache;
mod client;
mod link_check;
mod queue;
#[cfg(test)]
mod tests;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use url::Url;

pub use cache::Cache;
use client::{Client, Failure, Reply};
use link_check::LinkCheck;
use queue::Queue;

/// What an address answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkStatus {
    /// Something is there, if only for people who log in, or for no robots.
    Reachable,
    /// The HTTP status says that nothing is there, or that the site is broken: 400 to 599.
    Refused(u16),
    /// No answer, or one that can't be followed. Why, in a few words in lower case that can stand
    /// after a colon: "no such host", "timed out".
    Unreachable(String),
    /// It could not be asked from here: no network, no trusted certificates. Why, in a few words. Says nothing
    /// about the address.
    Unknown(String),
}

/// How to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manners {
    /// The most requests that are open at once to one host and port. At least one.
    pub per_host: usize,
    /// The most requests that are open at once to all hosts together. At least one.
    pub workers: usize,
    /// How often to ask before trouble that may pass is believed. At least once.
    pub attempts: u32,
    /// The pause before asking the second time. Each pause after it is twice as long.
    pub backoff: Duration,
    /// How long to wait for a connection, and then again for an answer.
    pub timeout: Duration,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            per_host: 2,
            workers: 8,
            attempts: 3,
            backoff: Duration::from_millis(500),
            timeout: Duration::from_secs(10),
        }
    }
}

/// Asks all addresses, except those whose answer `cache` holds, and leaves the answers there. Addresses
/// that differ by no more than their fragment are one.
///
/// The result has an answer for each of `addresses`, except those with another scheme than `http` and
/// `https`. `progress` is called once for each entry of the result, as soon as it is known, by the thread
/// that called this.
///
/// The proxy that the environment names (`ALL_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`) is used for
/// all but this machine.
pub fn ask(
    addresses: &BTreeSet<String>,
    manners: &Manners,
    cache: &mut Cache,
    progress: &dyn Fn(),
) -> BTreeMap<String, LinkStatus> {
    let mut answers = BTreeMap::new();
    let mut keep = |addresses: &[&String], answer: &LinkStatus| {
        for &address in addresses {
            answers.insert(address.clone(), answer.clone());
            progress();
        }
    };
    let mut wanted: BTreeMap<Url, Vec<&String>> = BTreeMap::new();
    for address in addresses {
        match Url::parse(address) {
            Ok(url) if is_web(&url) => wanted.entry(without_fragment(url)).or_default().push(address),
            Ok(_) => {}
            Err(_) => keep(&[address], &LinkStatus::Unreachable("not a valid address".to_owned())),
        }
    }
    wanted.retain(|url, addresses| {
        let known = cache.get(url);
        known.iter().for_each(|answer| keep(addresses, answer));
        known.is_none()
    });
    fetch(wanted.keys().cloned(), manners, |url, answer| {
        cache.keep(&url, &answer);
        keep(wanted.get(&url).map_or(&[], Vec::as_slice), &answer);
    });
    answers
}

/// Asks for each of `urls` and calls `keep` with each answer, in the order in which they come.
fn fetch(urls: impl Iterator<Item = Url>, manners: &Manners, mut keep: impl FnMut(Url, LinkStatus)) {
    let checks: Vec<LinkCheck> = urls.map(LinkCheck::new).collect();
    let workers = manners.workers.max(1).min(checks.len());
    let queue = Queue::new(checks, manners.per_host.max(1));
    let client = Client::new(manners.timeout);
    let (sender, receiver) = channel();
    std::thread::scope(|scope| {
        let (queue, client) = (&queue, &client);
        let start = |sender: Sender<(Url, LinkStatus)>| {
            let builder = std::thread::Builder::new();
            builder.spawn_scoped(scope, move || work(queue, client, manners, &sender)).is_ok()
        };
        // Where the system gives fewer threads, those do the work of all, or this one does.
        let started = (0..workers).take_while(|_| start(sender.clone())).count();
        if started == 0 {
            work(queue, client, manners, &sender);
        }
        drop(sender);
        // Ends when the last worker has dropped its end.
        receiver.iter().for_each(|(url, answer)| keep(url, answer));
    });
}

/// Runs checks as long as there are any.
fn work(queue: &Queue, client: &Client, manners: &Manners, answers: &Sender<(Url, LinkStatus)>) {
    while let Some(check) = queue.take() {
        let host = check.host();
        // A worker that dies would leave its check open, and all others waiting for it.
        let reply =
            catch_unwind(AssertUnwindSafe(|| client.send(check.method(), check.target(), check.cookies())))
                .unwrap_or_else(|_| Reply::Failed(Failure::passing("its answer can't be read")));
        let is_alive = matches!(reply, Reply::Answered(_));
        for answer in queue.put_back(&host, is_alive, check.after(reply, manners)) {
            // The receiver lives until all workers are done.
            let _ = answers.send(answer);
        }
    }
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

fn without_fragment(mut url: Url) -> Url {
    url.set_fragment(None);
    url
}
