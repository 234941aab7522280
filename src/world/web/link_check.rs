//! One address on its way to an answer: which request comes next, and when it is enough.
//!
//! Nothing here waits or sends, so that all of it can be tested in no time.

use std::collections::BTreeMap;
use std::time::Duration;

use url::Url;

use super::client::{Failure, Head, Method, Reach, Reply};
use super::verdict::{Verdict, verdict};
use super::{LinkStatus, Manners, is_web, without_fragment};

/// The most redirects that are followed. Browsers follow 20, people who set up sites notice at 2.
const MOST_REDIRECTS: u32 = 10;

/// The longest pause that a site may ask for. A check that takes longer is not waited for.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// An address that has no answer yet.
#[derive(Debug, Clone)]
pub(super) struct LinkCheck {
    start: Url,
    target: Url,
    method: Method,
    redirects: u32,
    failures: u32,
    /// By host and name. Some sites redirect to the same address until a cookie comes back.
    cookies: BTreeMap<(String, String), String>,
}

/// What to do about an check.
#[derive(Debug)]
pub(super) enum Next {
    /// Send its next request after a pause.
    Again(LinkCheck, Duration),
    /// It is done: the address and its answer.
    Done(Url, LinkStatus),
    /// It is done, and whatever else is asked of the host that it ended at would fare the same.
    HostIsDown(Url, LinkStatus),
}

impl LinkCheck {
    /// An check that has not begun, to an address of `http` or `https` that has no fragment.
    pub(super) fn new(url: Url) -> Self {
        Self {
            target: url.clone(),
            start: url,
            method: Method::Head,
            redirects: 0,
            failures: 0,
            cookies: BTreeMap::new(),
        }
    }

    /// The address that was asked for first.
    pub(super) fn start(&self) -> &Url {
        &self.start
    }

    /// The address of the next request.
    pub(super) fn target(&self) -> &Url {
        &self.target
    }

    /// The method of the next request.
    pub(super) fn method(&self) -> Method {
        self.method
    }

    /// The host and port of the next request.
    pub(super) fn host(&self) -> String {
        let (host, port) = (self.target.host_str(), self.target.port_or_known_default());
        format!("{}:{}", host.unwrap_or_default(), port.unwrap_or_default())
    }

    /// What the next request sends back as cookies.
    pub(super) fn cookies(&self) -> Option<String> {
        let host = self.target.host_str().unwrap_or_default();
        let own = self.cookies.iter().filter(|((of, _), _)| of == host);
        let pairs: Vec<String> = own.map(|((_, name), value)| format!("{name}={value}")).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    /// What to do now that the request was answered.
    pub(super) fn after(self, reply: Reply, manners: &Manners) -> Next {
        let head = match reply {
            Reply::Failed(failure) => return self.after_failure(failure, manners),
            Reply::Answered(head) => head,
        };
        if let (301 | 302 | 303 | 307 | 308, Some(location)) = (head.status, &head.location) {
            return self.after_redirect(location, &head.cookies);
        }
        match (verdict(head.status), self.method) {
            (Verdict::There, _) => self.done(LinkStatus::Reachable),
            // To ask once more at once is what this status asks not to do.
            (Verdict::Guarded, _) if head.status == 429 => self.done(LinkStatus::Reachable),
            (_, Method::Head) => self.with_get(),
            (Verdict::Guarded, Method::Get) => self.done(LinkStatus::Reachable),
            (Verdict::Gone, Method::Get) => self.done(LinkStatus::Refused(head.status)),
            (Verdict::Trouble, Method::Get) => self.after_trouble(&head, manners),
        }
    }

    fn after_failure(self, Failure { reason, reach }: Failure, manners: &Manners) -> Next {
        let answer = LinkStatus::Unreachable(reason);
        match reach {
            Reach::HostForGood => Next::HostIsDown(self.start, answer),
            Reach::Host => self.retry(manners, None).unwrap_or_else(|done| Next::HostIsDown(done, answer)),
            Reach::Machine => {
                let LinkStatus::Unreachable(reason) = answer else { return Next::Done(self.start, answer) };
                self.retry(manners, None).unwrap_or_else(|done| Next::Done(done, LinkStatus::Unknown(reason)))
            }
            Reach::Request => self.retry(manners, None).unwrap_or_else(|done| Next::Done(done, answer)),
        }
    }

    fn after_trouble(self, head: &Head, manners: &Manners) -> Next {
        let answer = LinkStatus::Refused(head.status);
        self.retry(manners, head.retry_after).unwrap_or_else(|done| Next::Done(done, answer))
    }

    fn after_redirect(mut self, location: &str, cookies: &[String]) -> Next {
        for cookie in cookies {
            let pair = cookie.split(';').next().unwrap_or_default();
            if let (Some((name, value)), Some(host)) = (pair.split_once('='), self.target.host_str()) {
                self.cookies.insert((host.to_owned(), name.trim().to_owned()), value.trim().to_owned());
            }
        }
        match self.target.join(location) {
            Err(_) => self.dead_end("redirects to no valid address"),
            // An app, a mailbox: nothing that can be asked, but the site knows the address.
            Ok(target) if !is_web(&target) => self.done(LinkStatus::Reachable),
            Ok(_) if self.redirects == MOST_REDIRECTS => self.dead_end("too many redirects"),
            Ok(target) => {
                self.target = without_fragment(target);
                self.redirects += 1;
                Next::Again(self, Duration::ZERO)
            }
        }
    }

    /// Where redirects lead nowhere, with either method.
    fn dead_end(self, reason: &str) -> Next {
        match self.method {
            Method::Head => self.with_get(),
            Method::Get => self.done(LinkStatus::Unreachable(reason.to_owned())),
        }
    }

    fn done(self, answer: LinkStatus) -> Next {
        Next::Done(self.start, answer)
    }

    /// Asks from the start as a browser does: what a site redirects a HEAD to may be part of its mistake.
    fn with_get(self) -> Next {
        Next::Again(self.restarted(), Duration::ZERO)
    }

    fn restarted(self) -> Self {
        Self { method: Method::Get, failures: self.failures, ..Self::new(self.start) }
    }

    /// Asks again after a pause, or gives the address back if that was often enough, or if the site wants
    /// more time than there is.
    fn retry(mut self, manners: &Manners, wanted: Option<Duration>) -> Result<Next, Url> {
        self.failures += 1;
        let wanted = wanted.unwrap_or_default();
        if self.failures >= manners.attempts || wanted > LONGEST_PAUSE {
            return Err(self.start);
        }
        let doubled = 2_u32.saturating_pow(self.failures - 1);
        let pause = manners.backoff.saturating_mul(doubled).max(wanted);
        Ok(Next::Again(self.restarted(), pause))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check() -> LinkCheck {
        LinkCheck::new(Url::parse("http://a.example/b").unwrap())
    }

    fn answered(status: u16) -> Head {
        Head { status, ..Head::default() }
    }

    fn again(next: Next) -> (LinkCheck, Duration) {
        let Next::Again(check, pause) = next else { panic!("{next:?}") };
        (check, pause)
    }

    fn done(next: Next) -> LinkStatus {
        let Next::Done(_, answer) = next else { panic!("{next:?}") };
        answer
    }

    /// The check once its HEAD was refused.
    fn with_get() -> LinkCheck {
        again(check().after(Reply::Answered(answered(404)), &Manners::default())).0
    }

    #[test]
    fn pauses_double_and_end() {
        let mut check = with_get();
        assert_eq!(check.method(), Method::Get);
        let trouble = || Reply::Answered(answered(503));
        for expected in [500, 1000] {
            let (next, pause) = again(check.after(trouble(), &Manners::default()));
            assert_eq!(pause, Duration::from_millis(expected));
            check = next;
        }
        assert_eq!(done(check.after(trouble(), &Manners::default())), LinkStatus::Refused(503));
        let manners = Manners { attempts: u32::MAX, ..Manners::default() };
        let worn = LinkCheck { failures: u32::MAX - 2, ..with_get() };
        assert!(again(worn.after(trouble(), &manners)).1 > Duration::from_secs(1_000_000));
    }

    #[test]
    fn a_site_may_ask_for_time_but_not_for_all_of_it() {
        let after = |seconds| Head { retry_after: Some(Duration::from_secs(seconds)), ..answered(503) };
        for (seconds, pause) in [(0, 500), (7, 7_000), (30, 30_000)] {
            let next = with_get().after(Reply::Answered(after(seconds)), &Manners::default());
            assert_eq!(again(next).1, Duration::from_millis(pause));
        }
        let next = with_get().after(Reply::Answered(after(31)), &Manners::default());
        assert_eq!(done(next), LinkStatus::Refused(503));
    }

    #[test]
    fn what_ails_a_host_is_told_apart_from_what_ails_a_request() {
        let failed = |reach| Reply::Failed(Failure { reason: "x".to_owned(), reach });
        let once = Manners { attempts: 1, ..Manners::default() };
        let next = check().after(failed(Reach::HostForGood), &Manners::default());
        assert!(matches!(next, Next::HostIsDown(..)), "{next:?}");
        let next = check().after(failed(Reach::Host), &once);
        assert!(matches!(next, Next::HostIsDown(..)), "{next:?}");
        assert_eq!(
            done(check().after(failed(Reach::Request), &once)),
            LinkStatus::Unreachable("x".to_owned())
        );
        again(check().after(failed(Reach::Host), &Manners::default()));
    }

    #[test]
    fn redirects_lead_anywhere() {
        let to = |location: &str| {
            let head = Head { location: Some(location.to_owned()), ..answered(302) };
            check().after(Reply::Answered(head), &Manners::default())
        };
        for (location, target) in [
            ("c", "http://a.example/c"),
            ("//d.example:99/#e", "http://d.example:99/"),
            ("/K\u{e4}se b", "http://a.example/K%C3%A4se%20b"),
        ] {
            assert_eq!(again(to(location)).0.target().as_str(), target);
        }
        assert_eq!(again(to("//d.example:99/")).0.host(), "d.example:99");
        assert_eq!(done(to("mailto:a@b.example")), LinkStatus::Reachable);
        let (check, _) = again(to("http://["));
        assert_eq!((check.method(), check.target()), (Method::Get, check.start()));
        let head = Head { location: Some("http://[".to_owned()), ..answered(302) };
        let next = check.after(Reply::Answered(head), &Manners::default());
        assert_eq!(done(next), LinkStatus::Unreachable("redirects to no valid address".to_owned()));
    }

    #[test]
    fn cookies_go_back_to_their_host_alone() {
        let cookies = vec!["a=b; Path=/".to_owned(), "c=d=e".to_owned(), "nonsense".to_owned()];
        let redirect = |location: &str| {
            let location = Some(location.to_owned());
            let head = Head { location, cookies: cookies.clone(), ..answered(307) };
            again(check().after(Reply::Answered(head), &Manners::default())).0
        };
        assert_eq!(redirect("/f").cookies().as_deref(), Some("a=b; c=d=e"));
        assert_eq!(redirect("http://g.example/").cookies(), None);
    }
}
