//! Files of a project's theme that nothing uses, as far as they look like a slip.

use std::collections::BTreeSet;

use super::Theme;
use crate::model::{Config, Kinds, UnusedFile};
use crate::text::suggest;
use crate::world::World;

/// The folder of a project's themes.
const FOLDER: &str = "themes";

/// The folders of a theme.
const FOLDERS: [&str; 2] = ["templates", "static"];

/// Folders of templates that serve one kind each.
const BY_KIND: [&str; 2] = ["kinds", "indexes"];

impl Theme {
    /// The files in the project's folder of themes that nothing uses.
    pub fn unused_files(&self, world: &dyn World, config: &Config, kinds: &Kinds) -> Vec<UnusedFile> {
        let theme = config.theme.as_str();
        let files = world.list(FOLDER).files;
        let listed: Vec<&str> =
            files.iter().filter_map(|path| path.strip_prefix(FOLDER)?.strip_prefix('/')).collect();
        let own: BTreeSet<&str> = listed.iter().copied().collect();
        let mut found = Vec::new();
        for path in listed {
            let Some((folder, inside)) = path.split_once('/') else { continue };
            let meant = if folder == theme {
                self.meant(theme, inside, &own, kinds)
            } else {
                // Several themes may wait to be chosen; one that is called almost like the chosen one is a slip.
                let is_there =
                    own.iter().any(|path| path.strip_prefix(theme).is_some_and(|rest| rest.starts_with('/')));
                let meant = suggest::closest(folder, [theme]).filter(|_| !is_there);
                meant.map(|theme| Some(format!("{theme}/{inside}")))
            };
            if let Some(meant) = meant {
                let meant = meant.map(|path| format!("{FOLDER}/{path}"));
                found.push(UnusedFile { path: format!("{FOLDER}/{path}"), meant });
            }
        }
        found
    }

    /// Whether the file at `path` in the theme is used by nothing, and which one it was probably meant to be.
    fn meant(&self, theme: &str, path: &str, own: &BTreeSet<&str>, kinds: &Kinds) -> Option<Option<String>> {
        let (folder, name) = path.split_once('/')?;
        let is_taken = |name: &str| own.contains(format!("{theme}/{name}").as_str());
        let close = |folder: &str, names: &[String]| {
            let free = names.iter().filter(|name| !is_taken(&format!("{folder}/{name}")));
            let close = suggest::closest(name, free.map(String::as_str))?;
            Some(format!("{theme}/{folder}/{close}"))
        };
        match folder {
            "templates" => {
                let (by, stem) = name.split_once('/').unwrap_or(("", name));
                let names: Vec<String> = if BY_KIND.contains(&by) {
                    kinds.all.iter().map(|kind| format!("{by}/{}.html", kind.id)).collect()
                } else {
                    Self::built_in_templates().map(str::to_owned).collect()
                };
                let is_used = names.iter().any(|known| known == name)
                    || self.mentions(&format!("\"{name}\""))
                    || self.mentions(&format!("'{name}'"));
                let meant = close(folder, &names);
                let is_wrong = BY_KIND.contains(&by) && stem.ends_with(".html") || meant.is_some();
                (!is_used && is_wrong).then_some(meant)
            }
            "static" => {
                let names: Vec<String> = Self::built_in_assets().map(str::to_owned).collect();
                let is_used = names.iter().any(|known| known == name) || self.mentions(name);
                let meant = close(folder, &names).filter(|_| !is_used)?;
                Some(Some(meant))
            }
            _ => suggest::closest(folder, FOLDERS).map(|folder| Some(format!("{theme}/{folder}/{name}"))),
        }
    }
}
