//! A site of few documents, of which nothing but the documents ever changes: many times as fast as a whole project.

use std::sync::Arc;

use sdkb::graph::Graph;
use sdkb::memo::Memo;
use sdkb::model::Config;
use sdkb::parse;
use sdkb::pipeline::{self, Analysis};
use sdkb::world::MemoryWorld;

use crate::site;

/// A project with settings and nothing else, and what is known of it.
pub struct Alone {
    analysis: Analysis,
    memo: Memo,
}

impl Default for Alone {
    fn default() -> Self {
        let memo = Memo::for_one_build();
        Self { analysis: pipeline::read(&Self::world(), "test", &memo), memo }
    }
}

impl Alone {
    /// The project's files.
    pub fn world() -> MemoryWorld {
        let mut world = site::empty_world();
        world.insert("sdkb.yml", "content: content\n");
        world
    }

    /// What is known of the project with these files, which have to be those of [`Alone::world`] and documents.
    pub fn analyze(&mut self, world: &MemoryWorld) -> (&Analysis, &Memo) {
        let Self { analysis, memo } = self;
        let config: &Config = &analysis.base.config;
        let kinds = Arc::clone(&analysis.base.kinds);
        let documents = parse::documents(world, config, &kinds, &memo.documents);
        analysis.base.graph = Graph::link(world, config, &kinds, documents, &memo.graph);
        (analysis, memo)
    }
}
