//! Templates, stylesheets and scripts: the built-in ones, and the project's own in their place.

mod bounded;
mod errors;
mod filters;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Arc, Mutex};

use include_dir::{Dir, File, include_dir};
use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use self::bounded::Bounded;
use super::view::{CachedValue, PageView, SiteView};
use crate::cache_slot::{CacheSlot, fingerprint, lock};
use crate::model::{Config, Problems, ReadError, Source, TemplateProblem};
use crate::parse;
use crate::text::digest::digest;
use crate::world::World;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Everything that makes pages look as they do.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    sources: BTreeMap<String, Arc<Source>>,
    assets: BTreeMap<String, Cow<'static, [u8]>>,
    assets_version: String,
    fingerprint: u64,
    /// The templates that are the project's own, or are made of such.
    own: BTreeSet<String>,
}

/// The templates of a site that made a page larger than a page can be.
pub type OversizedTemplates = Mutex<BTreeSet<String>>;

/// An asset of the built-in theme as a site has it: comments in scripts are for those who read the theme.
fn published(name: &str, file: &'static File<'static>) -> Cow<'static, [u8]> {
    match file.contents_utf8() {
        Some(script) if name.ends_with(".js") => {
            let lines = script.split_inclusive('\n').filter(|line| !line.trim_start().starts_with("// "));
            Cow::Owned(lines.collect::<String>().into_bytes())
        }
        _ => Cow::Borrowed(file.contents()),
    }
}

/// The theme that was compiled last, and what is wrong with its templates.
pub type ThemeCache = CacheSlot<(Arc<Theme>, Vec<TemplateProblem>)>;

impl Theme {
    /// Reads the theme of a project. Where a template has an error, the built-in ones stand in for the whole.
    /// One that `cache` holds is not compiled again.
    pub fn load(world: &dyn World, config: &Config, cache: &ThemeCache) -> (Arc<Self>, Problems) {
        let folder = format!("themes/{}", config.theme);
        let mut sources = BTreeMap::new();
        let mut assets: BTreeMap<String, Cow<'static, [u8]>> = BTreeMap::new();
        for (path, file) in files(&BUILT_IN) {
            if let Some(name) = path.strip_prefix("templates/") {
                let text = file.contents_utf8().unwrap_or_default();
                sources.insert(name.to_owned(), Source::new(format!("themes/default/{path}"), text));
            } else if let Some(name) = path.strip_prefix("static/") {
                assets.insert(name.to_owned(), published(name, file));
            }
        }
        let (built_in, mut own) = (sources.clone(), BTreeSet::new());
        let mut problems = Problems::default();
        let listing = world.list(&folder);
        problems.read_errors.extend(listing.read_errors);
        for path in listing.files {
            let name = &path[folder.len() + 1..];
            if let Some(name) = name.strip_prefix("templates/") {
                if let Some(source) = parse::encoding::read(world, &path, &mut problems) {
                    own.insert(name.to_owned());
                    sources.insert(name.to_owned(), source);
                }
            } else if let Some(name) = name.strip_prefix("static/") {
                match world.read(&path) {
                    Ok(bytes) => drop(assets.insert(name.to_owned(), Cow::Owned(bytes))),
                    Err(reason) => problems.read_errors.push(ReadError::new(path, reason)),
                }
            }
        }
        let bytes =
            assets.iter().flat_map(|(name, content)| name.as_bytes().iter().chain(&[0]).chain(&**content));
        let assets_version = format!("{:08x}", digest(bytes) >> 32);
        let texts: Vec<(&String, &String)> =
            sources.iter().map(|(name, source)| (name, &source.text)).collect();
        let fingerprint = fingerprint(&(texts, &assets_version));
        let loaded = cache.get(fingerprint, || {
            let (tera, problems) = match compile(&sources) {
                Ok(tera) => (tera, Vec::new()),
                Err(error) => {
                    let problems = errors::problems(&error, &sources, "base.html");
                    (sources, own) = (built_in, BTreeSet::new());
                    (compile(&sources).expect("the built-in templates are compiled by every test"), problems)
                }
            };
            add_dependents(&sources, &mut own);
            (Arc::new(Self { tera, sources, assets, assets_version, fingerprint, own }), problems)
        });
        let (theme, found) = &*loaded;
        problems.templates = found.clone();
        (Arc::clone(theme), problems)
    }

    /// The files that are published below `assets/`.
    pub fn assets(&self) -> &BTreeMap<String, Cow<'static, [u8]>> {
        &self.assets
    }

    /// Changes when an asset does.
    pub fn assets_version(&self) -> &str {
        &self.assets_version
    }

    /// Changes when anything in the theme does.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// Whether any template is the project's own.
    pub fn has_own_templates(&self) -> bool {
        !self.own.is_empty()
    }

    /// Whether pages of a template depend on the project's own ones.
    pub fn is_own(&self, template: &str) -> bool {
        self.own.contains(template)
    }

    /// The templates that a theme may replace.
    pub(super) fn built_in_templates() -> impl Iterator<Item = &'static str> {
        files(&BUILT_IN).into_iter().filter_map(|(path, _)| path.strip_prefix("templates/"))
    }

    /// The stylesheets, scripts and pictures that a theme may replace.
    pub(super) fn built_in_assets() -> impl Iterator<Item = &'static str> {
        files(&BUILT_IN).into_iter().filter_map(|(path, _)| path.strip_prefix("static/"))
    }

    /// Whether a template holds this text.
    pub(super) fn mentions(&self, text: &str) -> bool {
        self.sources.values().any(|source| source.text.contains(text))
    }

    /// The template for documents of a kind.
    pub fn document_template(&self, kind: &str) -> String {
        let own = format!("kinds/{kind}.html");
        if self.sources.contains_key(&own) { own } else { "document.html".to_owned() }
    }

    /// Whether a template serves one kind of document.
    pub fn is_for_one_kind(&self, template: &str) -> bool {
        template.starts_with("kinds/")
    }

    /// The template for the index of a kind.
    pub fn index_template(&self, kind: &str) -> String {
        let own = format!("indexes/{kind}.html");
        if self.sources.contains_key(&own) { own } else { "kind.html".to_owned() }
    }

    /// The kinds of which a template wants all documents: it says `page.all.KIND` or `page.all["KIND"]`. Others
    /// do not pay for them.
    pub fn kinds_wanted(&self, template: &str) -> Vec<String> {
        let text = self.sources.get(template).map_or("", |source| source.text.as_str());
        let names = text.split("page.all").skip(1).filter_map(|rest| {
            let name = rest.strip_prefix('.').or_else(|| rest.strip_prefix("[\""))?;
            let is_end = |letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '-';
            Some(name[..name.find(is_end).unwrap_or(name.len())].to_owned())
        });
        let mut names: Vec<String> = names.collect();
        names.sort();
        names.dedup();
        names
    }

    /// Renders a page. A template that is among `oversized`, or comes to be, is not tried again.
    ///
    /// # Errors
    ///
    /// What is wrong with the template.
    pub fn render(
        &self,
        template: &str,
        site: &CachedValue<SiteView>,
        page: &PageView<impl Serialize>,
        oversized: &OversizedTemplates,
    ) -> Result<Vec<u8>, Box<TemplateProblem>> {
        let mut context = Context::new();
        context.insert("site", site);
        context.insert("page", page);
        let mut bytes = Bounded::with_capacity(page.frame.html.len() + 8192);
        // What takes long to fail fails once and not for every page.
        let is_oversized = lock(oversized).contains(template);
        let rendered = if is_oversized {
            Err(io::Error::from(io::ErrorKind::FileTooLarge).into())
        } else {
            self.tera.render_to(template, &context, &mut bytes)
        };
        match rendered {
            Ok(()) => Ok(bytes.into_bytes()),
            Err(error) => {
                if matches!(error.kind(), ErrorKind::Io(_)) {
                    lock(oversized).insert(template.to_owned());
                }
                let problem = errors::first_problem(&error, &self.sources, template);
                Err(Box::new(TemplateProblem { page: Some(page.frame.url.clone()), ..problem }))
            }
        }
    }
}

/// All files of a folder with their paths, at any depth, in the order of their paths.
fn files<'a>(folder: &'a Dir<'a>) -> Vec<(&'a str, &'a File<'a>)> {
    let mut found: Vec<_> = folder.files().filter_map(|file| Some((file.path().to_str()?, file))).collect();
    found.extend(folder.dirs().flat_map(files));
    found.sort_unstable_by_key(|(path, _)| *path);
    found
}

/// Adds the templates that name one of `own`, and those that name one of these.
fn add_dependents(sources: &BTreeMap<String, Arc<Source>>, own: &mut BTreeSet<String>) {
    loop {
        let names_own = |text: &str| {
            own.iter()
                .any(|name| text.contains(&format!("\"{name}\"")) || text.contains(&format!("'{name}'")))
        };
        let others = sources.iter().filter(|(name, _)| !own.contains(*name));
        let more = others.filter(|(_, source)| names_own(&source.text)).map(|(name, _)| name.clone());
        let more: Vec<String> = more.collect();
        if more.is_empty() {
            return;
        }
        own.extend(more);
    }
}

fn compile(sources: &BTreeMap<String, Arc<Source>>) -> Result<Tera, tera::Error> {
    let mut tera = Tera::default();
    filters::register(&mut tera);
    tera.add_raw_templates(sources.iter().map(|(name, source)| (name.as_str(), source.text.as_str())))?;
    Ok(tera)
}
