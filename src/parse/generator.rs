//! What the settings of other generators say.

use super::{toml, yaml};
use crate::model::Node;
use crate::world::World;

/// Settings of other generators that hold the name of a site.
const TITLES: [(&str, &str); 6] = [
    ("mkdocs.yml", "site_name"),
    ("hugo.yaml", "title"),
    ("hugo.toml", "title"),
    ("config.yaml", "title"),
    ("config.toml", "title"),
    ("_config.yml", "title"),
];

/// Settings of generators that are programs.
const PROGRAMS: [&str; 4] =
    ["docusaurus.config.js", "docusaurus.config.ts", "astro.config.mjs", "eleventy.config.js"];

/// Whether a project has the settings of another generator.
pub(super) fn is_there(world: &dyn World) -> bool {
    TITLES.iter().map(|(file, _)| file).chain(&PROGRAMS).any(|file| world.has_file(file))
}

/// The name that a site has in the settings of another generator.
pub(super) fn title(world: &dyn World) -> Option<String> {
    TITLES.iter().find_map(|(file, field)| Some(setting(world, file, field)?.text()?.to_owned()))
}

/// A setting of another generator.
pub(super) fn setting(world: &dyn World, file: &str, field: &str) -> Option<Node> {
    let text = String::from_utf8(world.has_file(file).then(|| world.read(file).ok())??).ok()?;
    let range = 0..text.len();
    let tree = if file.ends_with(".toml") { toml::tree(&text, range) } else { yaml::tree(&text, range) };
    tree.ok()??.get(field).cloned()
}
