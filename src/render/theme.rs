//! Templates, stylesheets and scripts: the built-in ones, and the project's own in their place.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use include_dir::{Dir, File, include_dir};
use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

use super::view::{CachedValue, PageView, SiteView};
use crate::cache_slot::{CacheSlot, fingerprint, lock};
use crate::model::{Config, Location, Problems, ReadError, Source, Span, TemplateProblem};
use crate::parse;
use crate::text::digest::digest;
use crate::text::escape;
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

/// The bytes of a page that a template may make: more than an index of 100,000 documents has.
const LARGEST_PAGE: usize = 128 << 20;

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
                    let problems = diagnose(&error, &sources, "base.html");
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
        let mut bytes = Bounded(Vec::with_capacity(page.frame.html.len() + 8192));
        // What takes long to fail fails once and not for every page.
        let is_oversized = lock(oversized).contains(template);
        let rendered = if is_oversized {
            Err(io::Error::from(io::ErrorKind::FileTooLarge).into())
        } else {
            self.tera.render_to(template, &context, &mut bytes)
        };
        match rendered {
            Ok(()) => Ok(bytes.0),
            Err(error) => {
                if matches!(error.kind(), ErrorKind::Io(_)) {
                    lock(oversized).insert(template.to_owned());
                }
                let problem = diagnose(&error, &self.sources, template).into_iter().next();
                let problem = problem.unwrap_or_else(|| problem_at(nowhere(template), error.to_string()));
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
    tera.register_filter("inline", inline);
    tera.register_filter("only", only);
    tera.register_filter("except", except);
    tera.add_raw_templates(sources.iter().map(|(name, source)| (name.as_str(), source.text.as_str())))?;
    Ok(tera)
}

/// Plain text whose words in backticks become code.
fn inline(text: &str, _: Kwargs, _: &State) -> Value {
    let mut html = String::with_capacity(text.len() + 16);
    // An odd backtick opens nothing.
    let pairs = text.matches('`').count() / 2;
    for (index, part) in text.split('`').enumerate() {
        let is_code = index % 2 == 1 && index < pairs * 2;
        if index > pairs * 2 {
            html.push('`');
        }
        html.push_str(if is_code { "<code>" } else { "" });
        escape::text(part, &mut html);
        html.push_str(if is_code { "</code>" } else { "" });
    }
    Value::safe_string(&html)
}

/// Those of some things with a `name` that have one of `names`, in the order of those.
fn only(things: &[Value], arguments: Kwargs, _: &State) -> Result<Vec<Value>, tera::Error> {
    let names: &[Value] = arguments.must_get("names")?;
    let named =
        names.iter().flat_map(|wanted| things.iter().filter(move |thing| name(thing) == Some(wanted)));
    Ok(named.cloned().collect())
}

/// Those of some things with a `name` that have none of `names`.
fn except(things: &[Value], arguments: Kwargs, _: &State) -> Result<Vec<Value>, tera::Error> {
    let names: &[Value] = arguments.must_get("names")?;
    let others = things.iter().filter(|thing| !name(thing).is_some_and(|name| names.contains(name)));
    Ok(others.cloned().collect())
}

fn name(thing: &Value) -> Option<&Value> {
    thing.as_map()?.get(&"name".into())
}

/// A template's errors, each with its place.
fn diagnose(
    error: &tera::Error,
    sources: &BTreeMap<String, Arc<Source>>,
    template: &str,
) -> Vec<TemplateProblem> {
    let at = |name: &str, range: std::ops::Range<usize>| match sources.get(name) {
        Some(source) => {
            let end = source.text.ceil_char_boundary(range.end);
            source.at(Span::new(source.text.floor_char_boundary(range.start).min(end)..end))
        }
        None => nowhere(name),
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let location = at(report.filename(), report.span().range.clone());
            vec![problem_at(location, report.message())]
        }
        // What is found across templates comes as reports that are already text: a message, then `--> a:1:2`.
        ErrorKind::Msg(reports) if reports.contains("\n") => {
            let mut problems = Vec::new();
            let mut message = "";
            for line in reports.lines().map(str::trim) {
                if let Some(text) = line.strip_prefix("error: ") {
                    message = text;
                } else if let Some(place) = line.strip_prefix("--> ") {
                    let mut parts = place.rsplitn(3, ':');
                    let mut number = || parts.next().and_then(|part| part.parse::<usize>().ok()).unwrap_or(1);
                    let (column, line) = (number(), number());
                    let name = parts.next().unwrap_or(template);
                    let text = sources.get(name).map_or("", |source| source.text.as_str());
                    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
                    let start = start + column.saturating_sub(1);
                    problems.push(problem_at(at(name, start..start + 1), message));
                }
            }
            problems
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain: chain } => {
            let names: Vec<&String> = std::iter::once(tpl).chain(chain).collect();
            vec![circle(tpl, &names, sources)]
        }
        ErrorKind::CircularInclude { tpl, include_chain: chain } => {
            vec![circle(tpl, &chain.iter().collect::<Vec<_>>(), sources)]
        }
        ErrorKind::MissingParent { current, parent } => {
            vec![problem_at(mention(current, parent, sources), format!("there is no template `{parent}`"))]
        }
        ErrorKind::Io(io::ErrorKind::FileTooLarge) => {
            let message = format!("the page is larger than {} MB", LARGEST_PAGE >> 20);
            vec![problem_at(at(template, 0..0), message)]
        }
        other => vec![problem_at(at(template, 0..0), other.to_string())],
    }
}

/// Templates of which each holds the next, and the last is `start` again.
fn circle(start: &str, names: &[&String], sources: &BTreeMap<String, Arc<Source>>) -> TemplateProblem {
    let next = names.iter().position(|name| *name == start).and_then(|at| names.get(at + 1));
    let chain: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let message = format!("a template that leads to itself: {}", chain.join(" to "));
    problem_at(mention(start, next.map_or(start, |next| next), sources), message)
}

fn problem_at(location: Location, message: impl Into<String>) -> TemplateProblem {
    TemplateProblem { location, message: message.into(), page: None }
}

/// Where a template names another.
fn mention(template: &str, name: &str, sources: &BTreeMap<String, Arc<Source>>) -> Location {
    let Some(source) = sources.get(template) else { return nowhere(template) };
    let place = source.text.find(name).map_or(0..0, |start| start..start + name.len());
    source.at(Span::new(place))
}

/// A page in the making. A template can hold a loop in a loop in a loop, and memory is finite.
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LARGEST_PAGE {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A template whose text is not at hand.
fn nowhere(template: &str) -> Location {
    Source::new(template, "").at(Span::default())
}

#[cfg(test)]
mod tests {
    use tera::{Context, Tera};

    #[test]
    fn backticks_make_code_and_nothing_else_is_markup() {
        let mut tera = Tera::default();
        tera.register_filter("inline", super::inline);
        tera.add_raw_template("a.html", "{{ text | inline }}").unwrap();
        for (text, html) in [
            ("run `kubectl <x>` now", "run <code>kubectl &lt;x&gt;</code> now"),
            ("one ` only", "one ` only"),
            ("`a` and ` b", "<code>a</code> and ` b"),
        ] {
            let mut context = Context::new();
            context.insert("text", text);
            assert_eq!(tera.render("a.html", &context).unwrap(), html);
        }
    }
}
