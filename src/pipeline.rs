//! The story: reads a project, links its documents, looks for findings, and makes a site of it.

use std::sync::{Arc, OnceLock};

use crate::caches::Caches;
use crate::check::{self, Baseline};
use crate::diagnostic::{Diagnostic, Severity};
use crate::graph::Graph;
use crate::graph::data::Data;
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Config, Kinds, Problems};
use crate::parse;
use crate::render::Theme;
use crate::site::Site;
use crate::world::World;

/// What is known of a project, what its pages look like, and what is wrong with it.
#[derive(Debug)]
pub struct Analysis {
    /// What is known of the project.
    pub base: Arc<KnowledgeBase>,
    /// What pages look like.
    pub theme: Arc<Theme>,
    /// The known findings, if the settings name a file of them that is one.
    pub baseline: Option<Baseline>,
    /// What templates did wrong, if pages were rendered before the rules ran.
    template_errors: OnceLock<Vec<Diagnostic>>,
    all_findings: OnceLock<Vec<Diagnostic>>,
    findings: OnceLock<Vec<Diagnostic>>,
}

/// Reads the project. Never fails on content: a broken document is still a document, with findings. `name` is the
/// title of a project without one.
pub fn read(world: &dyn World, name: &str, caches: &Caches) -> Analysis {
    let mut problems = Problems::default();
    let (config, found) = parse::config::config(world, name);
    problems.extend(found);
    let (kinds, found) = parse::kinds::kinds(world, &config);
    problems.extend(found);
    problems.fields.extend(parse::field_names::problems(&config, &kinds));
    let kinds = Arc::new(kinds);
    let mut documents = parse::documents(world, &config, &kinds, &caches.documents);
    problems.read_errors.append(&mut documents.read_errors);
    problems.extend(std::mem::take(&mut documents.problems));
    let static_files = documents.static_files.clone();
    let unread = std::mem::take(&mut documents.unread);
    let left_out = std::mem::take(&mut documents.left_out);
    let mut unmatched = std::mem::take(&mut documents.unmatched);
    let is_adopted = is_adopted(&config, &kinds, &documents);
    let (mut definitions, found) = parse::source::definitions(world, &config, &caches.sources);
    problems.extend(found);
    unmatched.extend(
        std::mem::take(&mut definitions.unmatched)
            .into_iter()
            .map(|(text, location)| parse::UnmatchedPattern { text, location, overruled_by: None }),
    );
    parse::entities::complete(&mut documents, &mut definitions, &config, &kinds, &caches.entities);
    let graph = Graph::link(world, &config, &kinds, documents, &definitions, &caches.graph);
    let (sets, found) = parse::data::sets(world, &config, &kinds);
    problems.extend(found);
    let (files, found) = parse::data::files(world, &config, &sets, &caches.data);
    problems.extend(found);
    let data = Data::link(Arc::new(sets), files, &graph.ids, &kinds, &caches.duplicates);
    let (theme, found) = Theme::load(world, &config, &caches.theme);
    problems.extend(found);
    problems.unused_files.extend(theme.unused_files(world, &config, &kinds));
    let today = world.today();
    let base = KnowledgeBase {
        config,
        kinds,
        graph,
        definitions,
        data,
        static_files,
        left_out,
        unmatched,
        unread,
        problems,
        today,
        is_adopted,
    };
    let baseline = baseline(world, &base.config);
    Analysis {
        base: Arc::new(base),
        theme,
        baseline,
        template_errors: OnceLock::new(),
        all_findings: OnceLock::new(),
        findings: OnceLock::new(),
    }
}

/// Reads the project, and looks for findings at once.
pub fn analyze(world: &dyn World, name: &str, caches: &Caches) -> Analysis {
    let analysis = read(world, name, caches);
    analysis.findings(world);
    analysis
}

/// Reads the project, renders the pages that templates of its own make, and looks for findings.
pub fn analyze_with_pages(world: &dyn World, name: &str, caches: &Caches) -> Analysis {
    let analysis = read(world, name, caches);
    if analysis.theme.has_own_templates() {
        analysis.template_errors.get_or_init(|| site(&analysis).template_errors(world, caches));
    }
    analysis.findings(world);
    analysis
}

/// Turns an analysis into a site. A page is rendered when it is asked for.
pub fn site(analysis: &Analysis) -> Site {
    Site::new(Arc::clone(&analysis.base), Arc::clone(&analysis.theme))
}

/// The known findings that the settings name. A file that is not there, or is something else, knows none.
fn baseline(world: &dyn World, config: &Config) -> Option<Baseline> {
    let path = config.baseline.as_deref().filter(|path| world.has_file(path))?;
    Baseline::read(&String::from_utf8(world.read(path).ok()?).ok()?)
}

/// Whether a project uses sdkb's own front matter. A repository without any has promised nothing, so its documents
/// owe nothing to their kinds.
fn is_adopted(config: &Config, kinds: &Kinds, documents: &parse::Documents) -> bool {
    config.source.is_some()
        || kinds.has_own
        || documents.documents.iter().any(|document| document.states_kind)
}

impl Analysis {
    /// What is wrong with the project beyond what its baseline knows, in the order in which it is shown. The rules run
    /// on the first call; `world` tells them when a file was last changed.
    pub fn findings(&self, world: &dyn World) -> &[Diagnostic] {
        let Some(baseline) = &self.baseline else { return self.all_findings(world) };
        self.findings.get_or_init(|| {
            let mut findings = self.all_findings(world).to_vec();
            baseline.remove_known(&mut findings);
            findings
        })
    }

    /// What is wrong with the project, known or not.
    pub fn all_findings(&self, world: &dyn World) -> &[Diagnostic] {
        self.all_findings.get_or_init(|| {
            check::project(&self.base, world, self.template_errors.get().map_or(&[][..], Vec::as_slice))
        })
    }

    /// How many findings are errors.
    pub fn errors(&self, world: &dyn World) -> usize {
        self.findings(world).iter().filter(|finding| finding.severity == Severity::Error).count()
    }
}
