//! Analyses and renders a project, and holds the result to what is true of every site.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::date;
use scraper::Html;
use sdkb::check::rules::RULES;
use sdkb::diagnostic::format::{Findings, Format};
use sdkb::diagnostic::{Colour, Diagnostic};
use sdkb::pipeline::Analysis;
use sdkb::session::Session;
use sdkb::site::Artifact;
use sdkb::world::{MemoryWorld, World};

use crate::{html, index, links, places};

/// What was made of a project: its findings as JSON, and its files.
#[derive(PartialEq, Eq)]
pub struct Built {
    /// The findings.
    pub findings: String,
    /// The files.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Which of them are copies of the project's own.
    pub copies: BTreeSet<String>,
}

/// A project without files, on a fixed day.
pub fn empty_world() -> MemoryWorld {
    MemoryWorld::on(date(2026, 6, 1))
}

/// Builds a project, whatever is wrong with it.
pub fn build(session: &Session<MemoryWorld>) -> Built {
    let analysis = session.analyze();
    analysis.base.graph.documents.iter().for_each(|document| places::judge_document(document));
    places::judge_problems(&analysis.base.problems);
    let findings = findings(&analysis, session.findings(&analysis));

    let site = session.site(&analysis);
    let (mut files, mut copies) = (BTreeMap::new(), BTreeSet::new());
    for url in session.urls(&site) {
        match session.get(&site, &url) {
            Ok(Some(Artifact::Bytes(bytes))) => files.insert(url, bytes.to_vec()),
            Ok(Some(copy)) => {
                copies.insert(url.clone());
                let bytes = copy.bytes(&session.world).expect("files that are published are there");
                files.insert(url, bytes.to_vec())
            }
            Ok(None) => panic!("the site lists {url} and does not have it"),
            Err(finding) => {
                places::judge_location(&finding.location);
                assert!(has_templates(session), "{}", sdkb::diagnostic::render(&finding, Colour::Off));
                assert_eq!(finding.rule, "template-error");
                None
            }
        };
    }
    session.finish(&analysis);
    Built { findings, files, copies }
}

/// Panics if a site that was built is no good.
pub fn judge(session: &Session<MemoryWorld>, built: &Built) {
    let pages: BTreeMap<&str, Html> = built
        .files
        .iter()
        .filter(|(url, _)| url.ends_with(".html") && !built.copies.contains(*url))
        .map(|(url, bytes)| {
            (url.as_str(), Html::parse_document(std::str::from_utf8(bytes).expect("pages are UTF-8")))
        })
        .collect();
    let search = built.files.iter().filter(|(url, _)| url.starts_with("search/") && url.ends_with(".js"));
    index::read(&search.map(|(url, bytes)| (url.clone(), Arc::from(bytes.as_slice()))).collect());
    // What a project's own templates say is its own business.
    if !has_templates(session) {
        pages.values().for_each(html::judge_page);
        links::judge(&built.files, &pages);
    }
}

/// The findings in every format, of which one is returned.
fn findings(analysis: &Analysis, found: &[Diagnostic]) -> String {
    for finding in found {
        places::judge_location(&finding.location);
        finding.related.iter().for_each(|(location, _)| places::judge_location(location));
        finding.fix.iter().for_each(|fix| places::judge_location(&fix.location));
    }
    let rules: Vec<_> = RULES.iter().map(|rule| rule.in_report()).collect();
    let findings = Findings {
        diagnostics: found,
        known: 0,
        documents: analysis.base.graph.documents.len(),
        prefix: "",
        rules: &rules,
    };
    for format in
        [Format::Human, Format::Github, Format::Gitlab, Format::Sarif, Format::Junit, Format::Rdjson]
    {
        assert!(!format.write(&findings, Colour::Off).is_empty() || found.is_empty());
    }
    Format::Json.write(&findings, Colour::Off)
}

fn has_templates(session: &Session<MemoryWorld>) -> bool {
    !session.world.list("themes").files.is_empty()
}
