//! A site as text, to be checked, edited and built in one chain.
//!
//! ```text
//! Site::new("-- runbooks/a.md --\n…").check().finds("a.md 3:5 broken-reference").edit(…).build().rendered(2)
//! ```
//!
//! What a check finds has to be asked for: the chain fails on a finding that nobody expected.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use sdkb::caches::{Caches, Work};
use sdkb::diagnostic::{Colour, Diagnostic, render};
use sdkb::pipeline::Analysis;
use sdkb::session::Session;
use sdkb::world::{MemoryWorld, World};

/// A site and what is known of it.
pub(crate) struct Site {
    session: Session<MemoryWorld>,
    files: BTreeMap<String, String>,
    expected: Vec<String>,
    findings: Vec<Diagnostic>,
    pages: BTreeMap<String, Vec<u8>>,
    work: Work,
}

/// The day on which sites are looked at.
pub(crate) const TODAY: Date = date(2026, 6, 1);

/// Settings with which documents are held to their kinds, but need not be complete: a site of three lines
/// always lacks something.
pub(crate) const SETTINGS: &str = "\
-- sdkb.yml --
title: Test
rules: { missing-section: off, no-owner: off, orphan-document: off, unreachable-owner: off }
";

impl Site {
    /// A site from files, each headed by `-- path --`. Paths are from the project's folder.
    pub(crate) fn new(text: &str) -> Self {
        let mut site = Self {
            session: Session::new(MemoryWorld::on(TODAY), "test", Caches::new()),
            files: BTreeMap::new(),
            expected: Vec::new(),
            findings: Vec::new(),
            pages: BTreeMap::new(),
            work: Work::default(),
        };
        for (path, text) in files(text) {
            site = site.write(&path, text);
        }
        site
    }

    /// A site with settings.
    pub(crate) fn adopted(text: &str) -> Self {
        Self::new(&format!("{SETTINGS}{}", text.trim_start()))
    }

    pub(crate) fn write(mut self, path: &str, text: impl Into<Vec<u8>>) -> Self {
        let bytes = text.into();
        self.files.insert(path.to_owned(), String::from_utf8_lossy(&bytes).into_owned());
        self.session.world.insert(path, bytes);
        self
    }

    pub(crate) fn edit(self, path: &str, from: &str, to: &str) -> Self {
        let old = self.files.get(path).unwrap_or_else(|| panic!("no file {path}"));
        assert!(old.contains(from), "{path} does not hold {from:?}");
        let new = old.replacen(from, to, 1);
        self.write(path, new)
    }

    pub(crate) fn remove(mut self, path: &str) -> Self {
        assert!(self.session.world.remove(path), "no file {path}");
        self.files.remove(path);
        self
    }

    pub(crate) fn analyze(&mut self) -> Analysis {
        self.session.analyze()
    }

    /// The findings of an analysis of the site.
    pub(crate) fn findings<'a>(&self, analysis: &'a Analysis) -> &'a [Diagnostic] {
        self.session.findings(analysis)
    }

    /// Checks the site. Every finding has to be asked for with [`Site::finds`].
    pub(crate) fn check(mut self) -> Self {
        self.expect_nothing_else();
        let analysis = self.session.analyze();
        self.expected = self.session.findings(&analysis).iter().map(place).collect();
        self.work = self.session.finish(&analysis);
        self.findings = self.session.findings(&analysis).to_vec();
        self
    }

    /// Expects a finding, as the end of `path line:column rule`.
    pub(crate) fn finds(mut self, wanted: &str) -> Self {
        let found = self.expected.iter().position(|place| place.ends_with(wanted));
        let found = found.unwrap_or_else(|| panic!("no finding `{wanted}` among {:#?}", self.expected));
        self.expected.remove(found);
        self
    }

    /// Expects that the last check left nothing to ask for.
    pub(crate) fn finds_nothing_else(self) -> Self {
        self.expect_nothing_else();
        self
    }

    fn expect_nothing_else(&self) {
        let messages = self.findings.iter().map(|finding| render(finding, Colour::Off)).collect::<Vec<_>>();
        assert!(self.expected.is_empty(), "not asked for: {:#?}\n{}", self.expected, messages.join("\n\n"));
    }

    /// All findings as people see them.
    pub(crate) fn messages(mut self) -> String {
        self.expected.clear();
        let messages = self.findings.iter().map(|finding| render(finding, Colour::Off));
        messages.collect::<Vec<_>>().join("\n\n")
    }

    /// Renders every page, whatever was found.
    pub(crate) fn build(mut self) -> Self {
        self.expect_nothing_else();
        let analysis = self.session.analyze();
        self.pages = pages(&self.session, &analysis);
        self.work = self.session.finish(&analysis);
        self
    }

    pub(crate) fn rendered(self, count: usize) -> Self {
        assert_eq!(self.work.rendered, count, "pages rendered");
        self
    }

    pub(crate) fn indexed(self, count: usize) -> Self {
        assert_eq!(self.work.indexed, count, "documents indexed");
        self
    }

    pub(crate) fn parsed(self, count: usize) -> Self {
        assert_eq!(self.work.parsed, count, "documents parsed");
        self
    }

    pub(crate) fn page(&self, url: &str) -> &str {
        let bytes = self.pages.get(url);
        let bytes = bytes.unwrap_or_else(|| panic!("no {url} among {:#?}", self.pages.keys()));
        std::str::from_utf8(bytes).expect("pages are UTF-8")
    }

    pub(crate) fn has(self, url: &str, text: &str) -> Self {
        assert!(self.page(url).contains(text), "{url} lacks {text:?}:\n{}", self.page(url));
        self
    }

    pub(crate) fn lacks(self, url: &str, text: &str) -> Self {
        assert!(!self.page(url).contains(text), "{url} holds {text:?}:\n{}", self.page(url));
        self
    }

    pub(crate) fn has_no_page(self, url: &str) -> Self {
        assert!(!self.pages.contains_key(url), "there is a page {url}");
        self
    }

    /// The bytes of every page, until the next build.
    pub(crate) fn take_pages(&mut self) -> BTreeMap<String, Vec<u8>> {
        std::mem::take(&mut self.pages)
    }

    /// The bytes of every page.
    pub(crate) fn into_pages(mut self) -> BTreeMap<String, Vec<u8>> {
        std::mem::take(&mut self.pages)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.expect_nothing_else();
        }
    }
}

/// Every file of the site.
pub(crate) fn pages<W: World>(session: &Session<W>, analysis: &Analysis) -> BTreeMap<String, Vec<u8>> {
    let site = session.site(analysis);
    let urls = session.urls(&site);
    let pages = urls.into_iter().map(|url| {
        let bytes = match session.get(&site, &url) {
            Ok(Some(artifact)) => artifact.bytes(&session.world).expect("files are there").to_vec(),
            Ok(None) => panic!("the site lists {url} and does not have it"),
            Err(finding) => panic!("{}", render(&finding, Colour::Off)),
        };
        (url, bytes)
    });
    pages.collect()
}

/// `path line:column rule`.
pub(crate) fn place(finding: &Diagnostic) -> String {
    let (line, column) = finding.location.line_column();
    format!("{} {line}:{column} {}", finding.location.source.path, finding.rule)
}

/// The files of a site as text.
pub(crate) fn files(text: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.trim_start_matches('\n').split_inclusive('\n') {
        let header = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
        match (header, files.last_mut()) {
            (Some(path), _) => files.push((path.to_owned(), String::new())),
            (None, Some((_, content))) => content.push_str(line),
            (None, None) => panic!("text before the first file: {line:?}"),
        }
    }
    files
}
