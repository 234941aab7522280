//! What a browser, or the host of a site, makes of a file that a document links to.
//!
//! Content is text that any contributor may propose, and a file that a browser opens as a page runs its scripts with the
//! rights of the site. Files are told apart by their endings, as hosts tell them apart, and by their first bytes
//! where the ending says nothing.

/// What becomes of a file by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// It is shown or downloaded, and runs nothing.
    Inert,
    /// A drawing that may hold scripts.
    Svg,
    /// A browser opens it as a page, or the host runs it.
    Active,
    /// It says to the host how to serve the site.
    Host,
    /// The name does not tell.
    Unknown,
}

/// Files by which hosts are configured from within a site.
const OF_HOSTS: [&str; 8] = [
    "_headers",
    "_redirects",
    "_routes.json",
    "_worker.js",
    "cname",
    "netlify.toml",
    "staticwebapp.config.json",
    "web.config",
];

/// Endings of programs that hosts run, wherever they stand in a name: some hosts run `a.php.txt`.
const RUN_BY_HOSTS: [&str; 14] = [
    "asp", "aspx", "cgi", "fcgi", "jsp", "jspx", "phar", "php", "php3", "php4", "php5", "php7", "phtml",
    "shtml",
];

/// Endings of what browsers open as a page, or run, and that [`mime_guess`] does not know as such.
const ACTIVE: [&str; 12] =
    ["cjs", "hta", "htc", "mht", "mhtml", "mjs", "shtm", "svgz", "swf", "xbl", "xht", "xsl"];

/// What becomes of the file at `path`, by its name.
pub fn media(path: &str) -> Media {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    if OF_HOSTS.contains(&name.as_str()) {
        return Media::Host;
    }
    let mut endings = name.split('.').skip(1).peekable();
    if endings.peek().is_none() {
        return Media::Unknown;
    }
    let last = name.rsplit('.').next().unwrap_or_default();
    if last == "svg" {
        return Media::Svg;
    }
    if endings.any(|ending| RUN_BY_HOSTS.contains(&ending)) || ACTIVE.contains(&last) {
        return Media::Active;
    }
    let guesses: Vec<_> = mime_guess::from_ext(last).into_iter().collect();
    match guesses.as_slice() {
        [] => Media::Unknown,
        _ if guesses.iter().any(|mime| is_active(mime.essence_str())) => Media::Active,
        _ => Media::Inert,
    }
}

/// Whether browsers open what has this media type as a page, or take it for a program. An XML file names its own
/// stylesheet, and elements of HTML in it are what they are in HTML.
fn is_active(essence: &str) -> bool {
    let kind = essence.split('/').next_back().unwrap_or_default();
    matches!(kind, "html" | "pdf" | "xml" | "xsl" | "javascript" | "ecmascript" | "x-javascript")
        || kind.ends_with("+xml")
        || kind.ends_with("-xml")
}

/// Whether the file at `path` is a picture, a film or a sound, by its name.
pub fn is_visual(path: &str) -> bool {
    let guess = mime_guess::from_path(path).first_raw().unwrap_or_default();
    ["image/", "video/", "audio/"].iter().any(|kind| guess.starts_with(kind))
}

/// Whether `bytes` begin like a page, for browsers and hosts that look at them where the name does not tell
/// (<https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type>).
pub fn begins_like_a_page(bytes: &[u8]) -> bool {
    // In UTF-16, every other byte is zero.
    let text = bytes.iter().copied().filter(|byte| *byte != 0);
    let mut text =
        text.skip_while(|byte| byte.is_ascii_whitespace() || b"\xef\xbb\xbf\xfe\xff".contains(byte));
    let start: Vec<u8> = text.by_ref().take(5).collect();
    match start.as_slice() {
        [b'<', next, ..] => next.is_ascii_alphabetic() || b"!?/".contains(next),
        start => start == b"%PDF-",
    }
}

#[cfg(test)]
mod tests {
    use super::{Media, begins_like_a_page, is_visual, media};

    #[test]
    fn names_tell_what_runs() {
        for (expected, names) in [
            (
                Media::Inert,
                "a.png a.JPG b.txt c.csv d.json e.yaml f.sh g.zip h.docx i.mp4 j.woff2 k.log l.conf m.1.css",
            ),
            (Media::Svg, "a.svg x/B.SVG a.b.svg"),
            (
                Media::Active,
                "a.html a.HTM a.xhtml a.xht a.xml a.xsl a.xslt a.rss a.atom a.kml a.pdf a.js a.mjs a.svgz a.mht a.php \
                 a.php.txt a.shtml a.mathml a.swf a.hta a.rdf a.xsd",
            ),
            (Media::Host, "_headers x/_redirects CNAME web.config _worker.js"),
            (Media::Unknown, "README Makefile a.unknown-ending a.tfvars ."),
        ] {
            for name in names.split_ascii_whitespace() {
                assert_eq!(media(name), expected, "{name}");
            }
        }
        assert!(is_visual("a/.b/c.PNG") && is_visual("a.mp4") && !is_visual("config") && !is_visual("a.txt"));
    }

    #[test]
    fn pages_are_known_by_their_first_bytes() {
        for page in
            ["<html>", " \n<!doctype html>", "\u{feff}<?xml", "<script>", "%PDF-1.7", "<!-- x -->", "</a>"]
        {
            assert!(begins_like_a_page(page.as_bytes()), "{page}");
        }
        let utf16: Vec<u8> = "\u{feff}<svg>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(begins_like_a_page(&utf16));
        for text in ["", "a <b>", "<", "<<EOF", "< a", "#!/bin/sh\n<html>", "{}", "1 < 2"] {
            assert!(!begins_like_a_page(text.as_bytes()), "{text}");
        }
    }
}
