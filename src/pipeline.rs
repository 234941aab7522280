//! The story: a project to what is known of it, and that to a site.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::check::{self, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::graph::Graph;
use crate::memo::Memo;
use crate::model::{Config, Kinds, Problems};
use crate::parse;
use crate::render::{Runaways, Shared, Theme};
use crate::search;
use crate::site::{Files, Site};
use crate::world::World;

/// Everything that is known of a project.
#[derive(Debug)]
pub struct Analysis {
    /// The settings.
    pub config: Config,
    /// The kinds.
    pub kinds: Arc<Kinds>,
    /// The documents and everything between them.
    pub graph: Graph,
    /// Files that are published as they are, from the static folder.
    pub static_files: BTreeSet<String>,
    /// Files that look like documents of a sort that is not read.
    pub unread: Vec<String>,
    /// What pages look like.
    pub theme: Arc<Theme>,
    /// What is wrong with files that are no documents, or can't be read.
    pub problems: Problems,
    /// The day that it was.
    pub today: Date,
    /// Whether the project holds its documents to their kinds.
    pub is_adopted: bool,
    /// What was found, in the order in which it is shown.
    pub diagnostics: Vec<Diagnostic>,
    /// What pages are made of.
    pub made: Made,
}

/// What is made of an analysis for the site as a whole, each when somebody first asks.
#[derive(Debug, Default)]
pub struct Made {
    /// What many pages show.
    pub shared: OnceLock<Shared>,
    /// What is published as it is.
    pub files: OnceLock<Files>,
    /// The search index.
    pub search: OnceLock<search::Files>,
    /// Templates whose pages were too large.
    pub runaways: Runaways,
}

/// Reads the project and says everything that is known about it. Never fails on content: a broken
/// document is still a document, with findings. `name` is the title of a project without one.
pub fn analyze(world: &dyn World, name: &str, memo: &Memo) -> Analysis {
    let mut analysis = read(world, name, memo);
    analysis.diagnostics = check::project(analysis.subject(world));
    analysis
}

/// All of an analysis but the findings: enough to render, for whoever wants to see the pages first.
pub fn read(world: &dyn World, name: &str, memo: &Memo) -> Analysis {
    let mut problems = Problems::default();
    let (config, found) = parse::config::config(world, name);
    problems.extend(found);
    let (kinds, found) = parse::kinds::kinds(world, &config);
    problems.extend(found);
    let kinds = Arc::new(kinds);
    let mut documents = parse::documents(world, &config, &kinds, &memo.documents);
    problems.read_errors.append(&mut documents.read_errors);
    let static_files = documents.static_files.clone();
    let unread = std::mem::take(&mut documents.unread);
    let is_adopted = is_adopted(&config, &kinds, &documents);
    let graph = Graph::link(world, &config, &kinds, documents, &memo.graph);
    let (theme, found) = Theme::load(world, &config, &memo.theme);
    problems.extend(found);
    Analysis {
        config,
        kinds,
        graph,
        static_files,
        unread,
        theme,
        problems,
        today: world.today(),
        is_adopted,
        diagnostics: Vec::new(),
        made: Made::default(),
    }
}

/// Turns an analysis into a site. Writes nothing, and renders a page when it is asked for. `world` knows when files
/// were changed.
pub fn render<'a>(analysis: &'a Analysis, world: &'a dyn World, memo: &'a Memo) -> Site<'a> {
    Site::new(analysis, world, memo)
}

/// Whether a project uses sdkb's own front matter. A repository that nobody prepared has promised
/// nothing, so its documents owe nothing to their kinds.
fn is_adopted(config: &Config, kinds: &Kinds, documents: &parse::Documents) -> bool {
    config.source.is_some()
        || kinds.has_own
        || documents.documents.iter().any(|document| document.states_kind)
}

impl Analysis {
    /// What rules look at.
    pub fn subject<'a>(&'a self, world: &'a dyn World) -> Subject<'a> {
        let Self { config, kinds, graph, problems, is_adopted, .. } = self;
        Subject { config, kinds, graph, problems, is_adopted: *is_adopted, world }
    }

    /// How many findings are errors.
    pub fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|finding| finding.severity == Severity::Error).count()
    }
}
