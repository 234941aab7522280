//! A site of few documents, of which nothing but the documents ever changes: many times as fast as a whole project.

use std::sync::Arc;

use sdkb::caches::Caches;
use sdkb::graph::Graph;
use sdkb::knowledge_base::KnowledgeBase;
use sdkb::parse;
use sdkb::pipeline;
use sdkb::render::Theme;
use sdkb::world::MemoryWorld;

use crate::site;

/// A project with settings and nothing else, and what is known of it.
pub struct Alone {
    base: Arc<KnowledgeBase>,
    theme: Arc<Theme>,
    caches: Caches,
}

impl Default for Alone {
    fn default() -> Self {
        let caches = Caches::for_one_build();
        let analysis = pipeline::read(&Self::world(), "test", &caches);
        Self { base: analysis.base, theme: analysis.theme, caches }
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
    pub fn read(&mut self, world: &MemoryWorld) -> (&KnowledgeBase, &Theme, &Caches) {
        let Self { base, theme, caches } = self;
        let base = Arc::get_mut(base).expect("nothing else holds it");
        let documents = parse::documents(world, &base.config, &base.kinds, &caches.documents);
        base.graph =
            Graph::link(world, &base.config, &base.kinds, documents, &base.definitions, &caches.graph);
        (base, theme, caches)
    }
}
