//! One project over time: the core that every command holds.

use std::collections::BTreeMap;

use crate::caches::{Caches, Work};
use crate::diagnostic::Diagnostic;
use crate::pipeline::{self, Analysis};
use crate::search;
use crate::site::{Artifact, Site};
use crate::world::{Overlay, World};

/// A project and what is remembered of it.
pub struct Session<W> {
    /// The project.
    pub world: W,
    name: String,
    caches: Caches,
}

impl<W: World> Session<W> {
    /// A session on a project. `name` is the title of one that has none.
    pub fn new(world: W, name: impl Into<String>, caches: Caches) -> Self {
        Self { world, name: name.into(), caches }
    }

    /// Reads the project as it is now, and looks for findings.
    pub fn analyze(&self) -> Analysis {
        pipeline::analyze(&self.world, &self.name, &self.caches)
    }

    /// Reads the project as it is now, and looks for findings, also on the pages that its own templates make.
    pub fn analyze_with_pages(&self) -> Analysis {
        pipeline::analyze_with_pages(&self.world, &self.name, &self.caches)
    }

    /// Reads the project as it is now and leaves the findings for later.
    pub fn read(&self) -> Analysis {
        pipeline::read(&self.world, &self.name, &self.caches)
    }

    /// Reads the project as it was when some files held something else, or were not there.
    pub fn analyze_overlaid(&self, files: BTreeMap<String, Option<Vec<u8>>>) -> Analysis {
        let before = Overlay { world: &self.world, files };
        pipeline::analyze(&before, &self.name, &self.caches)
    }

    /// [`Session::read`] for the project as it was when some files held something else, or were not there.
    pub fn read_overlaid(&self, files: BTreeMap<String, Option<Vec<u8>>>) -> Analysis {
        let before = Overlay { world: &self.world, files };
        pipeline::read(&before, &self.name, &self.caches)
    }

    /// [`Session::analyze_with_pages`] for the project as it was when some files held something else, or were not there.
    pub fn analyze_overlaid_with_pages(&self, files: BTreeMap<String, Option<Vec<u8>>>) -> Analysis {
        let before = Overlay { world: &self.world, files };
        pipeline::analyze_with_pages(&before, &self.name, &self.caches)
    }

    /// The findings of an analysis of this session.
    pub fn findings<'a>(&self, analysis: &'a Analysis) -> &'a [Diagnostic] {
        analysis.findings(&self.world)
    }

    /// The findings of an analysis of this session, whether or not the project's baseline knows them.
    pub fn all_findings<'a>(&self, analysis: &'a Analysis) -> &'a [Diagnostic] {
        analysis.all_findings(&self.world)
    }

    /// The site of an analysis of this session.
    pub fn site(&self, analysis: &Analysis) -> Site {
        pipeline::site(analysis)
    }

    /// What stands at `url` in a site of this session; see [`Site::get`].
    ///
    /// # Errors
    ///
    /// If a template fails.
    pub fn get(&self, site: &Site, url: &str) -> Result<Option<Artifact>, Box<Diagnostic>> {
        site.get(url, &self.world, &self.caches)
    }

    /// What the search index has to know of all documents of a site of this session.
    pub fn gather(&self, site: &Site) -> search::Terms {
        site.gather(&self.caches)
    }

    /// All addresses of a site of this session.
    pub fn urls(&self, site: &Site) -> Vec<String> {
        site.urls(&self.caches)
    }

    /// How much work was done since the last call. Pages that `analysis` no longer has are forgotten.
    pub fn finish(&self, analysis: &Analysis) -> Work {
        self.caches.sweep(|url| analysis.base.graph.routes.pages.contains_key(url));
        self.caches.take_work()
    }
}
