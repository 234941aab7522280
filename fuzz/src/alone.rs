//! A site of few documents, of which nothing but the documents ever changes: many times as fast as a whole project.

use std::sync::Arc;

use sdkb::graph::Graph;
use sdkb::knowledge_base::KnowledgeBase;
use sdkb::memo::Memo;
use sdkb::parse;
use sdkb::pipeline;
use sdkb::render::Theme;
use sdkb::world::MemoryWorld;

use crate::site;

/// A project with settings and nothing else, and what is known of it.
pub struct Alone {
    base: Arc<KnowledgeBase>,
    theme: Arc<Theme>,
    memo: Memo,
}

impl Default for Alone {
    fn default() -> Self {
        let memo = Memo::for_one_build();
        let analysis = pipeline::read(&Self::world(), "test", &memo);
        Self { base: analysis.base, theme: analysis.theme, memo }
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
    pub fn read(&mut self, world: &MemoryWorld) -> (&KnowledgeBase, &Theme, &Memo) {
        let Self { base, theme, memo } = self;
        let base = Arc::get_mut(base).expect("nothing else holds it");
        let documents = parse::documents(world, &base.config, &base.kinds, &memo.documents);
        base.graph = Graph::link(world, &base.config, &base.kinds, documents, &memo.graph);
        (base, theme, memo)
    }
}
