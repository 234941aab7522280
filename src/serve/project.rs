//! A project as its readers see it now, from one revision to the next.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use anyhow::Result;

use super::watcher::Change;
use crate::cache_slot::lock;
use crate::caches::{Caches, Work};
use crate::diagnostic::{Diagnostic, Identity};
use crate::knowledge_base::KnowledgeBase;
use crate::pipeline::Analysis;
use crate::session::Session;
use crate::site::{Artifact, Site};
use crate::world::WatchedWorld;

/// A project that is looked at while it changes.
pub struct Project {
    session: Session<WatchedWorld>,
    now: RwLock<Arc<Revision>>,
    /// Pages as they were while their documents could be read, by address.
    kept: Mutex<BTreeMap<String, Entry>>,
}

/// A project at one moment.
pub struct Revision {
    /// Counts up from 1.
    pub number: u64,
    /// What is known of it.
    pub analysis: Arc<Analysis>,
    site: Arc<Site>,
    /// Whether the project's folder is there.
    pub is_there: bool,
}

/// The page of a document that can't be read at the moment.
struct Entry {
    /// The path of the document.
    path: String,
    page: Arc<[u8]>,
}

/// What a change came to.
pub struct Update {
    /// The project now.
    pub revision: Arc<Revision>,
    /// The previous revision. Dropping it is slow, so drop it after browsers have been notified.
    pub before: Arc<Revision>,
    /// The files that changed; nothing if it is not known which.
    pub paths: Option<BTreeSet<String>>,
    /// The theme's files that changed.
    pub assets: Vec<String>,
    /// How long it took, from the change to this.
    pub took: Duration,
    /// How much of it was work.
    pub work: Work,
}

/// What a change did to the findings.
pub struct Outcome {
    /// Those that were not there before.
    pub new: Vec<Diagnostic>,
    /// Those that are not there any more.
    pub gone: Vec<Diagnostic>,
}

/// What stands at an address.
pub enum Reply {
    /// A page.
    Page(Arc<[u8]>),
    /// Another file.
    File(Arc<[u8]>),
    /// A drawing from the content, which is to run nothing even if it is opened by itself.
    Drawing(Arc<[u8]>),
    /// A file from the content that is to be downloaded and not opened.
    Download(Arc<[u8]>),
    /// A folder's page, which stands at this address.
    Folder(String),
    /// Nothing.
    Nothing,
    /// A page whose template fails.
    Failed(Box<Diagnostic>),
}

impl Project {
    /// Reads a project. `name` is the title of one that has none.
    ///
    /// # Errors
    ///
    /// If the system does not let it be read.
    pub fn open(world: WatchedWorld, name: impl Into<String>) -> Result<Self> {
        let session = Session::new(world, name, Caches::new());
        let analysis = Arc::new(session.read());
        session.world.ensure_read()?;
        session.finish(&analysis);
        let site = Arc::new(session.site(&analysis));
        let revision = Revision { number: 1, analysis, site, is_there: true };
        let now = RwLock::new(Arc::new(revision));
        Ok(Self { session, now, kept: Mutex::default() })
    }

    /// The project as it is now.
    pub fn now(&self) -> Arc<Revision> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The project's folder.
    pub fn root(&self) -> &Path {
        self.session.world.root()
    }

    /// Whether the page at `url` is an old one, since its document can't be read.
    pub fn is_kept(&self, url: &str) -> bool {
        lock(&self.kept).contains_key(url)
    }

    /// Looks at what changed; nothing if it comes to nothing. The findings can wait, pages can't.
    ///
    /// # Errors
    ///
    /// If the system does not let the project be read. It then stays as it was known, until another look.
    pub fn update(&self, change: Change) -> Result<Option<Update>> {
        let start = Instant::now();
        let before = self.now();
        let is_there = change != Change::Gone;
        // Browsers may have met with a failure in the meantime.
        let _ = self.session.world.ensure_read();
        let paths = match change {
            Change::Known { mut paths, history } => {
                paths.retain(|path| self.session.world.changed(path));
                let is_redated = history && self.session.world.changed_history();
                if paths.is_empty() && !is_redated {
                    return Ok(None);
                }
                Some(paths)
            }
            Change::Everything | Change::Gone => {
                self.session.world.changed_all();
                None
            }
        };
        // What was known of a folder that is gone is better than that there is nothing.
        let (analysis, site) = if is_there {
            let analysis = Arc::new(self.session.read());
            self.session.world.ensure_read().inspect_err(|_| self.session.world.changed_all())?;
            let site = Arc::new(self.session.site(&analysis));
            (analysis, site)
        } else {
            (Arc::clone(&before.analysis), Arc::clone(&before.site))
        };
        self.keep_pages(&before, &analysis.base);
        let assets = changed_assets(&before.analysis, &analysis);
        let work = self.session.finish(&analysis);
        let revision = Arc::new(Revision { number: before.number + 1, analysis, site, is_there });
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&revision);
        Ok(Some(Update { revision, before, paths, assets, took: start.elapsed(), work }))
    }

    /// The findings of a revision. The rules run on the first call.
    pub fn findings<'r>(&self, revision: &'r Revision) -> &'r [Diagnostic] {
        self.session.findings(&revision.analysis)
    }

    /// What a change did to the findings.
    pub fn outcome(&self, update: &Update) -> Outcome {
        let (before, after) = (self.findings(&update.before), self.findings(&update.revision));
        let (new, gone) = differences(before, after);
        Outcome { new, gone }
    }

    /// What stands at `url`, from the site's root and without encoding.
    pub fn get(&self, revision: &Revision, url: &str) -> Reply {
        if let Some(kept) = lock(&self.kept).get(url) {
            return Reply::Page(Arc::clone(&kept.page));
        }
        match self.session.get(&revision.site, url) {
            Ok(Some(Artifact::Bytes(bytes))) if url.ends_with(".html") => Reply::Page(bytes),
            Ok(Some(artifact)) => {
                let answer = match &artifact {
                    Artifact::Drawing(_) => Reply::Drawing,
                    Artifact::Download(_) => Reply::Download,
                    Artifact::Bytes(_) | Artifact::Copy(_) => Reply::File,
                };
                artifact.bytes(&self.session.world).map_or(Reply::Nothing, answer)
            }
            Ok(None) => {
                let folder = format!("{url}/index.html");
                let is_folder = revision.analysis.base.graph.routes.pages.contains_key(&folder);
                if is_folder { Reply::Folder(format!("{url}/")) } else { Reply::Nothing }
            }
            Err(finding) => Reply::Failed(finding),
        }
    }

    /// Keeps the pages of documents that could be read before and can't now: a reader is better served with
    /// what they were than with guesses.
    fn keep_pages(&self, revision: &Revision, now: &KnowledgeBase) {
        let mut kept = lock(&self.kept);
        let broken = now.graph.documents.iter().filter(|document| !document.is_readable);
        let broken: BTreeSet<&str> = broken.map(|document| document.source.path.as_ref()).collect();
        kept.retain(|_, kept| broken.contains(kept.path.as_str()));
        if broken.is_empty() {
            return;
        }
        let before = &revision.analysis.base;
        for (document, url) in before.graph.documents.iter().zip(&before.graph.routes.documents) {
            let path = document.source.path.as_ref();
            let is_page = before.graph.routes.pages.get(url).is_some_and(|page| page.document().is_some());
            if broken.contains(path)
                && document.is_readable
                && is_page
                && let Ok(Some(Artifact::Bytes(page))) = self.session.get(&revision.site, url)
            {
                kept.insert(url.clone(), Entry { path: path.to_owned(), page });
            }
        }
    }
}

impl Revision {
    /// The path of the file that the page at `url` is made from, if it is one.
    pub fn source(&self, url: &str) -> Option<&str> {
        let document = self.analysis.base.graph.routes.pages.get(url)?.text()?;
        Some(self.analysis.base.graph.documents[document].source.path.as_ref())
    }
}

/// The findings that are only in `after`, and those that are only in `before`.
fn differences(before: &[Diagnostic], after: &[Diagnostic]) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let identities = |findings: &[Diagnostic]| findings.iter().map(Identity::from).collect::<BTreeSet<_>>();
    let (old, new) = (identities(before), identities(after));
    let without = |findings: &[Diagnostic], known: &BTreeSet<Identity>| {
        findings.iter().filter(|finding| !known.contains(&Identity::from(*finding))).cloned().collect()
    };
    (without(after, &old), without(before, &new))
}

fn changed_assets(before: &Analysis, now: &Analysis) -> Vec<String> {
    if before.theme.assets_version() == now.theme.assets_version() {
        return Vec::new();
    }
    let (old, new) = (before.theme.assets(), now.theme.assets());
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    names.into_iter().filter(|name| old.get(*name) != new.get(*name)).cloned().collect()
}
