//! One request, and what came back, in words that mean something to people.

use std::error::Error;
use std::io;
use std::time::Duration;

use rustls::CertificateError;
use ureq::http::HeaderMap;
use ureq::http::header::{COOKIE, HeaderName, LOCATION, RETRY_AFTER, SET_COOKIE};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Timeout};
use url::{Host, Url};

/// What came back for a request.
#[derive(Debug)]
pub(super) enum Reply {
    /// A status.
    Answered(Head),
    /// None.
    Failed(Failure),
}

/// The beginning of an answer, as far as it matters.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Head {
    /// The HTTP status.
    pub(super) status: u16,
    /// Where the site says to look instead, as it says it.
    pub(super) location: Option<String>,
    /// How long the site wants to be left alone.
    pub(super) retry_after: Option<Duration>,
    /// The cookies that the site sets, as it sets them.
    pub(super) cookies: Vec<String>,
}

/// Why nothing came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    /// In a few words in lower case.
    pub(super) reason: String,
    /// What else it is true for.
    pub(super) reach: Reach,
}

/// What a failure is true for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// This request.
    Request,
    /// Each request to the host, at the moment.
    Host,
    /// Each request to the host, however often.
    HostForGood,
    /// Each request that this machine sends.
    Machine,
}

impl Failure {
    /// A failure that the next request need not share.
    pub(super) fn passing(reason: &str) -> Self {
        Self { reason: reason.to_owned(), reach: Reach::Request }
    }

    fn of_host(reason: &str) -> Self {
        Self { reason: reason.to_owned(), reach: Reach::Host }
    }

    fn of_machine(reason: &str) -> Self {
        Self { reason: reason.to_owned(), reach: Reach::Machine }
    }

    fn for_good(reason: &str) -> Self {
        Self { reason: reason.to_owned(), reach: Reach::HostForGood }
    }
}

/// The method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// Asks for the status alone, which costs the site least. Some sites answer it wrongly.
    Head,
    /// Asks as a browser does.
    Get,
}

/// Sends requests.
#[derive(Debug)]
pub(super) struct Client {
    agent: Agent,
}

impl Client {
    /// A client that waits for `timeout` for each step of a request. It trusts the certificates that the
    /// system trusts, as companies have their own.
    pub(super) fn new(timeout: Duration) -> Self {
        let provider = rustls::crypto::ring::default_provider();
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(provider.into());
        let config = Agent::config_builder()
            .tls_config(tls.build())
            .user_agent(concat!("sdkb/", env!("CARGO_PKG_VERSION"), " (link check)"))
            .http_status_as_error(false)
            // Errands follow them, as the next host has a limit of its own.
            .max_redirects(0)
            .timeout_resolve(Some(timeout))
            .timeout_connect(Some(timeout))
            .timeout_send_request(Some(timeout))
            .timeout_recv_response(Some(timeout));
        Self { agent: config.build().new_agent() }
    }

    /// Sends a request. Of the answer, only the head is read.
    pub(super) fn send(&self, method: Method, url: &Url, cookies: Option<String>) -> Reply {
        let mut request = match method {
            Method::Head => self.agent.head(url.as_str()),
            Method::Get => self.agent.get(url.as_str()),
        };
        if is_this_machine(url) {
            // No proxy could reach it.
            request = request.config().proxy(None).build();
        }
        if let Some(cookies) = cookies {
            request = request.header(COOKIE, cookies);
        }
        match request.call() {
            Ok(response) => Reply::Answered(head(response.status().as_u16(), response.headers())),
            Err(error) => Reply::Failed(failure(&error)),
        }
    }
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn head(status: u16, headers: &HeaderMap) -> Head {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    // Addresses stand here in plain UTF-8 more often than they should.
    let location = headers.get(LOCATION).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    // The other form, a date, is rare and needs two clocks that agree. It is passed over.
    let retry_after = text(RETRY_AFTER).and_then(|text| text.trim().parse().ok()).map(Duration::from_secs);
    let cookies = headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
    Head { status, location, retry_after, cookies: cookies.map(str::to_owned).collect() }
}

fn failure(error: &ureq::Error) -> Failure {
    match error {
        ureq::Error::Io(error) => io_failure(error),
        ureq::Error::HostNotFound => Failure::for_good("no such host"),
        ureq::Error::Timeout(Timeout::Resolve | Timeout::Connect) => Failure::of_host("timed out"),
        ureq::Error::Timeout(_) => Failure::passing("timed out"),
        // Hosts such as `{host}` pass for a URL but not for a request.
        ureq::Error::Http(_) | ureq::Error::BadUri(_) => Failure::for_good("not a valid address"),
        ureq::Error::Protocol(_) | ureq::Error::LargeResponseHeader(..) => {
            Failure::passing("its answer can't be read")
        }
        ureq::Error::ConnectProxyFailed(_) => Failure::of_machine("the proxy can't connect to it"),
        ureq::Error::Rustls(error) => tls_failure(error),
        ureq::Error::Tls(_) => Failure::for_good("no secure connection"),
        error => Failure::passing(&error.to_string()),
    }
}

fn io_failure(error: &io::Error) -> Failure {
    if let Some(failure) = lookup_failure(error) {
        return failure;
    }
    if let Some(error) = source::<rustls::Error>(error) {
        return tls_failure(error);
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Failure::of_host("connection refused"),
        io::ErrorKind::HostUnreachable => Failure::of_host("host unreachable"),
        io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown => {
            Failure::of_machine("network unreachable")
        }
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe => {
            Failure::passing("connection reset")
        }
        io::ErrorKind::UnexpectedEof => Failure::passing("closed without an answer"),
        io::ErrorKind::TimedOut => Failure::passing("timed out"),
        _ => Failure::passing(&error.to_string()),
    }
}

fn source<T: Error + 'static>(error: &io::Error) -> Option<&T> {
    error.get_ref().and_then(|inner| inner.downcast_ref())
}

/// A host's name that could not be looked up. The standard library has no kind for it, only this text, or
/// the numbers that Windows has.
fn lookup_failure(error: &io::Error) -> Option<Failure> {
    /// `WSAHOST_NOT_FOUND` and `WSANO_DATA`.
    const NOT_FOUND: [i32; 2] = [11_001, 11_004];
    /// `WSATRY_AGAIN` and `WSANO_RECOVERY`.
    const NO_ANSWER: [i32; 2] = [11_002, 11_003];
    let text = error.to_string();
    let reason = text.strip_prefix("failed to lookup address information: ").map(str::to_lowercase);
    // The words of glibc and macOS, of musl, and of the systems whose resolver gives up.
    let is_passing = |reason: &String| {
        ["temporary", "try again", "non-recoverable"].iter().any(|word| reason.contains(word))
    };
    match (reason, error.raw_os_error()) {
        (Some(reason), _) if is_passing(&reason) => {
            Some(Failure::of_machine("no answer from the name server"))
        }
        (_, Some(code)) if NO_ANSWER.contains(&code) => {
            Some(Failure::of_machine("no answer from the name server"))
        }
        (Some(_), _) => Some(Failure::for_good("no such host")),
        (_, Some(code)) if NOT_FOUND.contains(&code) => Some(Failure::for_good("no such host")),
        _ => None,
    }
}

fn tls_failure(error: &rustls::Error) -> Failure {
    match error {
        rustls::Error::InvalidCertificate(error) => Failure::for_good(match error {
            CertificateError::UnknownIssuer => "certificate is not trusted",
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => "certificate has expired",
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "certificate is for another host"
            }
            CertificateError::Revoked => "certificate was revoked",
            _ => "certificate is not valid",
        }),
        // What the verifier says if the system has no certificates, as in small containers.
        rustls::Error::General(_) => Failure::of_machine("this machine trusts no certificates"),
        _ => Failure::of_host("no secure connection"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(error: io::Error) -> (String, Reach) {
        let Failure { reason, reach } = failure(&error.into());
        (reason, reach)
    }

    #[test]
    fn hosts_that_do_not_exist_are_told_apart_from_name_servers_that_do_not_answer() {
        let lookup = |text: &str| io::Error::other(format!("failed to lookup address information: {text}"));
        for error in [
            lookup("Name or service not known"),
            lookup("No address associated with hostname"),
            lookup("nodename nor servname provided, or not known"),
            lookup("Name does not resolve"),
            io::Error::from_raw_os_error(11_001),
        ] {
            assert_eq!(of(error), ("no such host".to_owned(), Reach::HostForGood));
        }
        for error in [
            lookup("Temporary failure in name resolution"),
            lookup("Try again"),
            lookup("Non-recoverable failure in name resolution"),
            io::Error::from_raw_os_error(11_002),
        ] {
            assert_eq!(of(error), ("no answer from the name server".to_owned(), Reach::Machine));
        }
    }

    #[test]
    fn certificates_fail_for_good_and_handshakes_for_now() {
        let tls = |error: rustls::Error| of(io::Error::new(io::ErrorKind::InvalidData, error));
        let certificate = |error| tls(rustls::Error::InvalidCertificate(error));
        for (error, reason) in [
            (CertificateError::UnknownIssuer, "certificate is not trusted"),
            (CertificateError::Expired, "certificate has expired"),
            (CertificateError::NotValidForName, "certificate is for another host"),
            (CertificateError::Revoked, "certificate was revoked"),
            (CertificateError::BadSignature, "certificate is not valid"),
        ] {
            assert_eq!(certificate(error), (reason.to_owned(), Reach::HostForGood));
        }
        let handshake = rustls::Error::AlertReceived(rustls::AlertDescription::HandshakeFailure);
        assert_eq!(tls(handshake), ("no secure connection".to_owned(), Reach::Host));
    }

    #[test]
    fn this_machine_is_known_by_all_its_names() {
        for (url, expected) in [
            ("http://localhost:80/", true),
            ("http://a.localhost/", true),
            ("http://127.0.0.2/", true),
            ("http://[::1]/", true),
            ("http://localhost.example/", false),
            ("http://10.0.0.1/", false),
        ] {
            assert_eq!(is_this_machine(&Url::parse(url).unwrap()), expected, "{url}");
        }
    }
}
