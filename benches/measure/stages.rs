//! The stages of a build, one by one, within this process.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, anyhow};
use rayon::prelude::*;
use sdkb::caches::Caches;
use sdkb::check;
use sdkb::graph::Graph;
use sdkb::graph::data::Data;
use sdkb::knowledge_base::KnowledgeBase;
use sdkb::model::Problems;
use sdkb::parse;
use sdkb::pipeline;
use sdkb::render::Theme;
use sdkb::search;
use sdkb::site::{Artifact, Site};
use sdkb::world::{DiskOutput, DiskWorld, Inputs, Output, World};

use super::Clock;

/// Times each stage of the build of `project` `runs` times, into folders in `out`.
///
/// # Errors
///
/// If something can't be read, rendered or written.
pub(crate) fn stages(project: &Path, out: &Path, runs: usize) -> Result<Clock> {
    let mut clock = Clock::default();
    for round in 0..runs {
        let mut world = DiskWorld::open(project)?;
        // Reviews get old.
        world.now =
            jiff::civil::date(2026, 6, 1).to_zoned(jiff::tz::TimeZone::UTC).expect("a day has a beginning");
        analysis(&world, &mut clock)?;
        site(&world, &out.join(round.to_string()), &mut clock)?;
    }
    Ok(clock)
}

/// The stages up to the findings.
fn analysis(world: &DiskWorld, clock: &mut Clock) -> Result<()> {
    let read = clock.time("read the files only", || {
        let files = world.list("content").files;
        files.par_iter().map(|path| world.read(path).map(|bytes| bytes.len())).sum::<Result<usize, String>>()
    });
    read.map_err(|reason| anyhow!("a document {reason}"))?;
    let caches = Caches::for_one_build();
    let (config, kinds) = clock.time("settings and kinds", || {
        let (config, _) = parse::config::config(world, "bench");
        let (kinds, _) = parse::kinds::kinds(world, &config);
        (config, Arc::new(kinds))
    });
    let documents = clock
        .time("read and parse documents", || parse::documents(world, &config, &kinds, &caches.documents));
    let (definitions, _) = parse::source::definitions(world, &config, &caches.sources);
    let link = || Graph::link(world, &config, &kinds, documents, &definitions, &caches.graph);
    let graph = clock.time("link the graph", link);
    let base = KnowledgeBase {
        data: Data::default(),
        definitions,
        config,
        kinds,
        graph,
        static_files: BTreeSet::new(),
        left_out: Vec::new(),
        unmatched: Vec::new(),
        unread: Vec::new(),
        problems: Problems::default(),
        today: world.today(),
        is_adopted: true,
    };
    let findings = clock.time("check", || check::project(&base, world, &[]));
    if let Some(finding) = findings.first() {
        return Err(anyhow!(
            "the corpus is not right: {}: {}",
            finding.location.source.path,
            finding.message
        ));
    }
    clock.time("theme", || Theme::load(world, &base.config, &caches.theme));
    clock.time("free the memory of that", || drop((base, findings)));
    Ok(())
}

/// The stages from the analysis to the site.
fn site(world: &DiskWorld, out: &Path, clock: &mut Clock) -> Result<()> {
    let caches = Caches::for_one_build();
    let analysis = clock.time("all of these: analyze", || pipeline::analyze(world, "bench", &caches));
    let site = clock.time("prepare the site", || pipeline::site(&analysis));
    let base = &analysis.base;
    clock.time("search index", || drop(search::index(base, &search::gather(base, &caches.terms))));
    let pages = clock.time("render all pages, and the index", || pages(&site, world, &caches))?;
    super::settle();
    clock.time("write the site", || -> Result<()> {
        let inputs = Inputs { root: world.root().to_owned(), folders: Vec::new() };
        let output = DiskOutput::begin(out, &inputs, |_| {})?;
        pages.par_iter().try_for_each(|(url, bytes)| output.write(url, bytes))?;
        output.publish().map(|_| ())
    })?;
    drop(pages);
    clock.time("free the memory of all", || drop((site, analysis, caches)));
    Ok(())
}

/// A page: its address and its bytes.
type Page = (String, Arc<[u8]>);

/// All pages, in memory.
fn pages(site: &Site, world: &DiskWorld, caches: &Caches) -> Result<Vec<Page>> {
    let urls = site.urls(caches);
    let pages = urls.par_iter().filter_map(|url| match site.get(url, world, caches) {
        Ok(Some(Artifact::Bytes(bytes))) => Some(Ok(((*url).to_owned(), bytes))),
        Ok(_) => None,
        Err(finding) => Some(Err(anyhow!("`{url}` does not render: {}", finding.message))),
    });
    pages.collect()
}
