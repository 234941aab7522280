//! One project over time: the core that every command holds.

use std::collections::BTreeMap;

use crate::memo::{Memo, Work};
use crate::pipeline::{self, Analysis};
use crate::site::Site;
use crate::world::{Overlay, World};

/// A project and what is remembered of it.
pub struct Session<W> {
    /// The project.
    pub world: W,
    name: String,
    memo: Memo,
}

impl<W: World> Session<W> {
    /// A session on a project. `name` is the title of one that has none.
    pub fn new(world: W, name: impl Into<String>, memo: Memo) -> Self {
        Self { world, name: name.into(), memo }
    }

    /// Reads the project as it is now.
    pub fn analyze(&self) -> Analysis {
        pipeline::analyze(&self.world, &self.name, &self.memo)
    }

    /// Reads the project as it is now and leaves the findings for later.
    pub fn read(&self) -> Analysis {
        pipeline::read(&self.world, &self.name, &self.memo)
    }

    /// Reads the project as it was when some files held something else, or were not there.
    pub fn analyze_with(&self, files: BTreeMap<String, Option<Vec<u8>>>) -> Analysis {
        let before = Overlay { world: &self.world, files };
        pipeline::analyze(&before, &self.name, &self.memo)
    }

    /// The site of an analysis of this session.
    pub fn render<'a>(&'a self, analysis: &'a Analysis) -> Site<'a> {
        pipeline::render(analysis, &self.world, &self.memo)
    }

    /// How much work was done since the last call. Pages that `analysis` no longer has are forgotten.
    pub fn finish(&self, analysis: &Analysis) -> Work {
        self.memo.sweep(|url| analysis.graph.routes.pages.contains_key(url));
        self.memo.take_work()
    }
}
