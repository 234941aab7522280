//! Addresses as links write them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use strsim::damerau_levenshtein;

use super::name::stem;

/// The address of an alias: `/old/`, `old/page`, `old/page.md` or `old/page.html` from the site's root, or
/// `../old` from the document's folder. None if it leads out.
pub fn alias_url(folder: &str, alias: &str) -> Option<String> {
    let path = normalize(if alias.starts_with('.') { folder } else { "" }, alias)?;
    if path.is_empty() || path.contains(['\0', '\\', ':']) {
        return None;
    }
    Some(match path.strip_suffix('/') {
        Some(folder) => format!("{folder}/index.html"),
        None => format!("{}.html", stem(path.strip_suffix(".html").unwrap_or(&path))),
    })
}

/// What a URL's path can hold as it is.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// An address as a link from the site's root has it.
pub fn href(url: &str) -> String {
    utf8_percent_encode(url, ENCODED).to_string()
}

/// A name and its value as the query of an address has them.
pub fn query(name: &str, value: &str) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    format!("{}={}", encoded(name), encoded(value))
}

/// The link from the page at `from` to the page at `to`.
pub fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let deepest = from.len().min(to.len()) - 1;
    let shared = (0..deepest).take_while(|&depth| from[depth] == to[depth]).count();
    let mut link = "../".repeat(from.len() - 1 - shared);
    link.push_str(&href(&to[shared..].join("/")));
    link
}

/// `path` as seen from `folder`, without `.` and `..`; none if it leads out of the root. A slash at
/// the end stays.
pub fn normalize(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let slash = if path.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    Some(parts.join("/") + slash)
}

/// Schemes that a link may have. Others, such as `javascript`, could run something.
pub const SCHEMES: [&str; 24] = [
    "http", "https", "mailto", "tel", "sms", "sip", "sips", "xmpp", "matrix", "irc", "webcal", "ftp", "sftp",
    "ssh", "git", "vnc", "rdp", "s3", "gs", "slack", "msteams", "zoommtg", "obsidian", "vscode",
];

/// Whether a page may link to an address of this scheme.
pub fn is_safe_scheme(scheme: &str) -> bool {
    SCHEMES.contains(&scheme)
}

/// Whether an address of `scheme`, which is none of [`SCHEMES`], can only be a mistake: what it holds runs in the page
/// or is the page, it is a slip for another scheme, or the port of a host that has none. Others open programs.
pub fn is_mistaken_scheme(scheme: &str, address: &str) -> bool {
    let runs = matches!(scheme, "javascript" | "vbscript" | "data" | "blob" | "file");
    let slip = ["http", "https", "mailto"].iter().any(|known| damerau_levenshtein(scheme, known) == 1);
    let is_port = || {
        let rest = address.get(scheme.len() + 1..).unwrap_or_default();
        rest.starts_with(|first: char| first.is_ascii_digit())
            && rest.split(['/', '?', '#']).next().is_some_and(|port| port.parse::<u16>().is_ok())
    };
    runs || slip || is_port()
}

/// The scheme of an absolute address, in lower case.
pub fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let starts_well = scheme.starts_with(|first: char| first.is_ascii_alphabetic());
    let goes_on_well = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-".contains(&byte));
    // `C:\x` and `file.md:12` are no addresses.
    (starts_well && goes_on_well && scheme.len() > 1).then(|| scheme.to_ascii_lowercase())
}

/// Whether an address of another site, of a person or of a telephone says which.
pub fn names_site(target: &str) -> bool {
    let rest = match scheme(target).as_deref() {
        Some("http" | "https" | "ftp") => {
            target.split_once(':').map_or("", |(_, rest)| rest).trim_start_matches('/')
        }
        Some("mailto" | "tel") => target.split_once(':').map_or("", |(_, rest)| rest),
        None if target.starts_with("//") => target.trim_start_matches('/'),
        _ => return true,
    };
    !rest.is_empty() && !rest.starts_with(['?', '#'])
}

/// Whether an address that should name a host does: not `http:/example.com`, and not `//services/website.md`, which
/// browsers take for a host called `services`.
pub fn names_host(target: &str) -> bool {
    match scheme(target).as_deref() {
        Some("http" | "https") => target.split_once(':').is_some_and(|(_, rest)| rest.starts_with("//")),
        Some(_) => true,
        None => target.strip_prefix("//").is_none_or(|rest| {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            host.contains(['.', ':']) || host == "localhost"
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{alias_url, is_mistaken_scheme, is_safe_scheme, normalize, relative, scheme};

    #[test]
    fn links_are_relative_to_their_page() {
        assert_eq!(relative("index.html", "runbooks/a b.html"), "runbooks/a%20b.html");
        assert_eq!(relative("runbooks/x/y.html", "runbooks/z.html"), "../z.html");
        assert_eq!(relative("a/b/c.html", "index.html"), "../../index.html");
        assert_eq!(relative("a/b.html", "a/b.html"), "b.html");
    }

    #[test]
    fn aliases_stay_inside_the_site() {
        assert_eq!(alias_url("a", "/old/").as_deref(), Some("old/index.html"));
        assert_eq!(alias_url("a", "old/page.md").as_deref(), Some("old/page.html"));
        assert_eq!(alias_url("a/b", "../old/").as_deref(), Some("a/old/index.html"));
        assert_eq!(alias_url("a", "../../etc/passwd"), None);
    }

    #[test]
    fn paths_stay_in_the_project() {
        assert_eq!(normalize("a/b", "../c.md").as_deref(), Some("a/c.md"));
        assert_eq!(normalize("", "./x/./y/").as_deref(), Some("x/y/"));
        assert_eq!(normalize("a", "../../etc/passwd"), None);
    }

    #[test]
    fn schemes_that_run_something_are_unsafe() {
        assert_eq!(scheme("JavaScript:alert(1)").as_deref(), Some("javascript"));
        assert!(!is_safe_scheme("javascript") && !is_safe_scheme("data") && is_safe_scheme("https"));
        assert_eq!(scheme("runbooks/a.md"), None);
    }

    #[test]
    fn schemes_of_programs_are_no_mistakes() {
        for address in ["adguard:add?x=1", "sdns://x", "whatsapp://send", "tg://x", "wss://x", "steam:5x"] {
            assert!(!is_mistaken_scheme(&scheme(address).expect("a scheme"), address), "{address}");
        }
        for address in [
            "hhttps://x.org",
            "htts://x.org",
            "htpp://x.org",
            "ttps://x.org",
            "httsp://x.org",
            "mailt:a@x.org",
            "localhost:8080/x",
            "javascript:x",
            "data:image/png;base64,x",
            "file:///etc/hosts",
        ] {
            assert!(is_mistaken_scheme(&scheme(address).expect("a scheme"), address), "{address}");
        }
    }
}
