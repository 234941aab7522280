//! Middleman, as GOV.UK's tech docs template uses it: <https://tdt-documentation.london.cloudapps.digital/>,
//! <https://middlemanapp.com/basics/directory-structure/>.

use super::rules::{Generator, normal};
use super::settings::{Settings, join, pairs, text};
use crate::model::{Origin, OtherPages};

pub(super) struct Middleman;

impl Generator for Middleman {
    fn name(&self) -> &'static str {
        "Middleman"
    }

    fn origin(&self, settings: &Settings<'_>, folder: &str) -> Option<Origin> {
        let file = settings.first(folder, &["config.rb", "config/tech-docs.yml"])?;
        let code = settings.text(&format!("{folder}config.rb")).unwrap_or_default();
        let root = join(folder, "source")?;
        // Others call their settings so too.
        if file.ends_with("config.rb") && !settings.has_documents(&root) {
            return None;
        }
        let tree = settings.tree(&format!("{folder}config/tech-docs.yml"));
        let redirects = pairs(tree.as_ref().and_then(|tree| tree.get("redirects")));
        Some(Origin {
            generator: self.name(),
            title: text(tree.as_ref(), "service_name"),
            statics: vec![root.clone(), format!("{root}/images")],
            redirects: redirects.iter().map(|(from, to)| (normal(from), to.clone())).collect(),
            excludes: vec![(root.clone(), vec!["_*".to_owned()])],
            anchors: anchors(settings, &root, tree.is_some()),
            other_pages: other_pages(&code),
            roots: vec![(root, String::new())],
            ..Origin::default()
        })
    }

    /// <https://middlemanapp.com/basics/frontmatter/#ignore>
    fn hiding_fields(&self) -> &'static [&'static str] {
        &["ignored"]
    }

    fn place_fields(&self) -> &'static [&'static str] {
        &["weight"]
    }
}

/// The anchors that layouts give every page: those of the project, and of `core.erb` in the gem of tech docs.
fn anchors(settings: &Settings<'_>, root: &str, is_tech_docs: bool) -> Vec<String> {
    let own = settings.ids_in(&format!("{root}/layouts"));
    let of_gem = ["content", "toc", "toc-heading", "search"].into_iter().filter(|_| is_tech_docs);
    own.into_iter().chain(of_gem.map(str::to_owned)).collect()
}

/// Where `proxy "path", …` makes pages of a template. What is no text can be any path.
fn other_pages(code: &str) -> OtherPages {
    let paths = code.lines().filter_map(|line| line.trim_start().strip_prefix("proxy"));
    let paths = paths.map(|rest| rest.trim_start_matches(['(', ' ']));
    let is_text = |path: &str| path.starts_with(['"', '\'']) && !path[1..].starts_with("#{");
    paths.fold(OtherPages::None, |found, path| match found {
        OtherPages::Anywhere => found,
        _ if is_text(path) => OtherPages::Apart,
        _ => OtherPages::Anywhere,
    })
}
