//! Which request may go out next: no host is asked much at once, and no worker waits for one host while
//! another has work.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use url::Url;

use super::LinkStatus;
use super::link_check::{LinkCheck, Next};

/// All checks that are not done.
#[derive(Debug)]
pub(super) struct Queue {
    state: Mutex<State>,
    changed: Condvar,
    per_host: usize,
}

#[derive(Debug, Default)]
struct State {
    hosts: BTreeMap<String, Host>,
    /// Errands that wait or are under way.
    open: usize,
}

#[derive(Debug, Default)]
struct Host {
    /// Requests under way.
    busy: usize,
    /// Errands with the time from which on they may go out.
    waiting: VecDeque<(Instant, LinkCheck)>,
    /// Whether it ever answered anything.
    is_alive: bool,
}

impl Queue {
    /// A queue of checks, at most `per_host` of which are handed out at once for one host and port.
    pub(super) fn new(checks: Vec<LinkCheck>, per_host: usize) -> Self {
        let mut state = State { open: checks.len(), ..State::default() };
        let now = Instant::now();
        for check in checks {
            state.add(check, now);
        }
        Self { state: Mutex::new(state), changed: Condvar::new(), per_host }
    }

    /// The next check whose request may go out, as soon as there is one. Nothing if all are done.
    pub(super) fn take(&self) -> Option<LinkCheck> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while state.open > 0 {
            let now = Instant::now();
            if let Some(check) = state.take(now, self.per_host) {
                return Some(check);
            }
            state = match state.next_time(self.per_host) {
                Some(time) => {
                    let pause = time.saturating_duration_since(now);
                    self.changed.wait_timeout(state, pause).unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
            };
        }
        None
    }

    /// Takes note that a request to `host` is over, whether the host answered it (`is_alive`), and what
    /// comes of its check. Returns the addresses that this answers.
    pub(super) fn put_back(&self, host: &str, is_alive: bool, next: Next) -> Vec<(Url, LinkStatus)> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Host { busy, is_alive: was_alive, .. } = state.host(host);
        *busy = busy.saturating_sub(1);
        *was_alive |= is_alive;
        let done = match next {
            Next::Again(check, pause) => {
                state.add(check, later(pause));
                Vec::new()
            }
            Next::Done(url, answer) => vec![(url, answer)],
            Next::HostIsDown(url, answer) => {
                let mut done = state.give_up(host, &answer);
                done.push((url, answer));
                done
            }
        };
        state.open = state.open.saturating_sub(done.len());
        drop(state);
        self.changed.notify_all();
        done
    }
}

impl State {
    fn host(&mut self, name: &str) -> &mut Host {
        self.hosts.entry(name.to_owned()).or_default()
    }

    fn add(&mut self, check: LinkCheck, time: Instant) {
        self.host(&check.host()).waiting.push_back((time, check));
    }

    fn take(&mut self, now: Instant, per_host: usize) -> Option<LinkCheck> {
        self.hosts.values_mut().filter(|host| host.busy < per_host).find_map(|host| {
            let index = host.waiting.iter().position(|(time, _)| *time <= now)?;
            let (_, check) = host.waiting.remove(index)?;
            host.busy += 1;
            Some(check)
        })
    }

    /// When the next pause ends, of those that are all that an check waits for.
    fn next_time(&self, per_host: usize) -> Option<Instant> {
        let free = self.hosts.values().filter(|host| host.busy < per_host);
        free.flat_map(|host| &host.waiting).map(|(time, _)| *time).min()
    }

    /// Answers all that waits for a host that is down: fifty links to it would else take fifty times as
    /// long to fail. Only a host that never answered counts as down as a whole.
    fn give_up(&mut self, host: &str, answer: &LinkStatus) -> Vec<(Url, LinkStatus)> {
        let host = self.host(host);
        if host.is_alive {
            return Vec::new();
        }
        host.waiting.drain(..).map(|(_, check)| (check.start().clone(), answer.clone())).collect()
    }
}

/// The time after a pause. A pause beyond what the clock can count is none.
fn later(pause: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(pause).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str) -> LinkCheck {
        LinkCheck::new(Url::parse(url).unwrap())
    }

    fn queue(urls: &[&str], per_host: usize) -> Queue {
        Queue::new(urls.iter().map(|url| check(url)).collect(), per_host)
    }

    fn taken(queue: &Queue) -> String {
        queue.take().map(|check| check.start().to_string()).unwrap_or_default()
    }

    fn is_down(url: &str) -> Next {
        Next::HostIsDown(Url::parse(url).unwrap(), LinkStatus::Reachable)
    }

    #[test]
    fn hosts_take_turns_when_they_are_busy() {
        let queue = queue(&["http://a/1", "http://a/2", "http://b/"], 1);
        assert_eq!(taken(&queue), "http://a/1");
        assert_eq!(taken(&queue), "http://b/");
        let again = Next::Again(check("http://a/1"), Duration::from_millis(20));
        assert_eq!(queue.put_back("a:80", true, again), []);
        assert_eq!(taken(&queue), "http://a/2");
        // The host is busy when the pause of the other ends.
        let url = Url::parse("http://a/2").unwrap();
        std::thread::scope(|scope| {
            let taken = scope.spawn(|| taken(&queue));
            std::thread::sleep(Duration::from_millis(40));
            assert!(!taken.is_finished());
            queue.put_back("a:80", true, Next::Done(url, LinkStatus::Reachable));
            assert_eq!(taken.join().unwrap(), "http://a/1");
        });
    }

    #[test]
    fn a_pause_is_kept() {
        let queue = queue(&["http://a/"], 2);
        let (start, pause) = (Instant::now(), Duration::from_millis(20));
        let check = queue.take().unwrap();
        assert_eq!(queue.put_back("a:80", true, Next::Again(check, pause)), []);
        assert_eq!(taken(&queue), "http://a/");
        assert!(start.elapsed() >= pause);
    }

    #[test]
    fn a_host_that_is_down_is_left_alone() {
        let urls = ["http://a/1", "http://a/2", "http://a/3", "http://b/"];
        let down = queue(&urls, 1);
        assert_eq!(taken(&down), "http://a/1");
        let done = down.put_back("a:80", false, is_down("http://a/1"));
        let mut done: Vec<&str> = done.iter().map(|(url, _)| url.as_str()).collect();
        done.sort_unstable();
        assert_eq!(done, ["http://a/1", "http://a/2", "http://a/3"]);
        assert_eq!(taken(&down), "http://b/");
        assert_eq!(down.put_back("b:80", false, is_down("http://b/")).len(), 1);
        assert!(down.take().is_none());
        // What answered before may answer again.
        let shaky = queue(&urls, 2);
        assert_eq!((taken(&shaky), taken(&shaky)), ("http://a/1".to_owned(), "http://a/2".to_owned()));
        let url = Url::parse("http://a/1").unwrap();
        shaky.put_back("a:80", true, Next::Done(url, LinkStatus::Reachable));
        assert_eq!(shaky.put_back("a:80", false, is_down("http://a/2")).len(), 1);
        assert_eq!(taken(&shaky), "http://a/3");
    }
}
