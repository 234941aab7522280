//! Pages as a server shows them: with the script that keeps them right, or in place of one that can't be had.

use crate::cache_slot::fingerprint;
use crate::diagnostic::{Colour, Diagnostic, render};
use crate::text::escape;

/// `page` with the script that looks after it, which has to run before all others. Everything else of it stays as a
/// build writes it.
pub(super) fn live(page: &[u8]) -> Vec<u8> {
    let script = script(page);
    let find = |text: &[u8]| page.windows(text.len()).position(|window| window == text);
    let at = [find(b"<script"), find(b"</head>")].into_iter().flatten().min().unwrap_or(0);
    [&page[..at], script.as_bytes(), &page[at..]].concat()
}

/// The script, which compares fingerprints to see whether a page is another one.
fn script(page: &[u8]) -> String {
    let print = fingerprint(&page);
    format!("<script src=\"/_sdkb/live.js\" data-print=\"{print:016x}\" defer></script>")
}

/// A page that says that there is none.
pub(super) fn nothing(url: &str) -> Vec<u8> {
    let mut text = "<p>There is no page at <code>".to_owned();
    escape::text(url, &mut text);
    text.push_str(
        "</code>. It shows up here when a document makes it.</p><p><a href=\"/\">To the home page</a></p>",
    );
    notice("No such page", &text)
}

/// A page that says why another one can't be shown.
pub(super) fn failed(finding: &Diagnostic) -> Vec<u8> {
    let mut text =
        "<p>A template of this page fails. The page comes back when it is fixed.</p><pre>".to_owned();
    escape::text(&render(finding, Colour::Off), &mut text);
    text.push_str("</pre>");
    notice("This page can't be shown", &text)
}

fn notice(title: &str, text: &str) -> Vec<u8> {
    let page = format!(
        "<!doctype html>\n<html lang=\"en\" class=\"sdkb-notice\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; \
         script-src 'self'; connect-src 'self'; base-uri 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"/_sdkb/live.css\">\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{text}\n\
         </main>\n</body>\n</html>\n"
    );
    live(page.as_bytes())
}
