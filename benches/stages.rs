//! Single stages on single documents: `cargo bench --bench stages`.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the corpus can be written to disk, which these benchmarks do not do"
)]

mod corpus;

use std::sync::{Arc, LazyLock};

use corpus::Corpus;
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use sdkb::caches::Caches;
use sdkb::graph::{self, Graph};
use sdkb::model::{Body, Config, Definitions, Kinds};
use sdkb::parse::front_matter::front_matter;
use sdkb::parse::markdown;
use sdkb::parse::{self, Documents};
use sdkb::pipeline;
use sdkb::render::highlight::highlight;
use sdkb::render::html::{self, Target};
use sdkb::world::MemoryWorld;

/// The one of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// How many documents the graph is made of, and how many of them the other benchmarks read.
const SIZE: usize = 1_000;

/// Documents of every kind, as text.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let corpus = Corpus::new(SIZE);
    // Neighbours are of one kind.
    (0..corpus.len()).step_by(10).map(|number| corpus.document(number).text).collect()
});

/// All of their bytes.
fn bytes() -> BytesCount {
    BytesCount::new(TEXTS.iter().map(String::len).sum::<usize>())
}

#[divan::bench]
fn front_matter_of_100(bencher: Bencher<'_, '_>) {
    bencher.counter(bytes()).bench(|| {
        for text in TEXTS.iter() {
            black_box(front_matter(black_box(text)));
        }
    });
}

#[divan::bench]
fn scan_of_100(bencher: Bencher<'_, '_>) {
    let starts: Vec<usize> = TEXTS.iter().map(|text| front_matter(text).body_start).collect();
    bencher.counter(bytes()).bench(|| {
        for (text, start) in TEXTS.iter().zip(&starts) {
            black_box(markdown::scan(black_box(text), *start));
        }
    });
}

#[divan::bench]
fn html_of_100_without_highlighting(bencher: Bencher<'_, '_>) {
    let scanned: Vec<(usize, Body, Vec<Target>)> = TEXTS
        .iter()
        .map(|text| {
            let start = front_matter(text).body_start;
            let body = markdown::scan(text, start);
            let target = Target { href: Some("../services/checkout.html".to_owned()), ..Target::default() };
            let targets = vec![target; body.links.len()];
            (start, body, targets)
        })
        .collect();
    let plain = |_: &str, code: &str| code.to_owned();
    bencher.counter(bytes()).bench(|| {
        for (text, (start, body, targets)) in TEXTS.iter().zip(&scanned) {
            black_box(html::body(black_box(text), *start, body, true, targets, &plain));
        }
    });
}

/// A block of each language, as the corpus has it.
#[divan::bench(args = ["bash", "promql", "yaml", "json", "sql"])]
fn highlight_a_block(bencher: Bencher<'_, '_>, language: &str) {
    let fence = format!("\n```{language}\n");
    let block = TEXTS.iter().find_map(|text| {
        let code = &text[text.find(&fence)? + fence.len()..];
        Some(code[..code.find("\n```")? + 1].to_owned())
    });
    let block = block.unwrap_or_default();
    bencher.counter(BytesCount::of_str(&block)).bench(|| highlight(black_box(language), black_box(&block)));
}

/// A project in memory.
fn world() -> MemoryWorld {
    let mut world = MemoryWorld::default();
    world.insert("sdkb.yml", corpus::SETTINGS);
    for document in Corpus::new(SIZE).documents() {
        world.insert(format!("content/{}", document.path), document.text);
    }
    world
}

/// A project in memory, read.
fn project() -> (MemoryWorld, Config, Arc<Kinds>, Documents) {
    let world = world();
    let (config, _) = parse::config::config(&world, "bench");
    let kinds = Arc::new(parse::kinds::kinds(&world, &config).0);
    let documents = parse::documents(&world, &config, &kinds, &parse::Cache::default());
    (world, config, kinds, documents)
}

/// A page from its view to its bytes, its code being highlighted already.
#[divan::bench(args = ["failure-modes", "incidents", "runbooks", "services", "squads"])]
fn page_without_highlighting(bencher: Bencher<'_, '_>, kind: &str) {
    let world = world();
    let caches = Caches::for_one_build();
    let site = pipeline::site(&pipeline::analyze(&world, "bench", &caches));
    let page =
        site.urls(&caches).into_iter().find(|url| url.starts_with(kind) && !url.ends_with("index.html"));
    let page = page.unwrap_or_else(|| "index.html".to_owned());
    bencher.bench(|| site.get(black_box(&page), &world, &caches));
}

#[divan::bench]
fn read_and_parse_1000(bencher: Bencher<'_, '_>) {
    let (world, config, kinds, documents) = project();
    bencher
        .counter(ItemsCount::new(documents.documents.len()))
        .bench(|| parse::documents(&world, &config, &kinds, &parse::Cache::default()));
}

#[divan::bench]
fn link_1000(bencher: Bencher<'_, '_>) {
    let (world, config, kinds, documents) = project();
    bencher
        .counter(ItemsCount::new(documents.documents.len()))
        .with_inputs(|| documents.clone())
        .bench_values(|documents| {
            Graph::link(&world, &config, &kinds, documents, &Definitions::default(), &graph::Cache::default())
        });
}
