//! Files of a project's themes that nothing uses.

use std::collections::BTreeSet;

use super::Theme;
use crate::model::{Config, Kinds, MeantFile, UnusedFile};
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
        let has_own = has_files(&own, theme);
        let mut last_theme = "";
        for path in listed {
            let Some((folder, inside)) = path.split_once('/') else { continue };
            let meant = if folder == theme {
                self.meant(theme, inside, &own, kinds)
            } else if has_own {
                // Several themes may wait to be chosen.
                None
            } else if suggest::closest(folder, [theme]).is_some() {
                Some(MeantFile::Path(format!("{FOLDER}/{theme}/{inside}")))
            } else {
                // A generator may have themes in a folder of this name.
                let is_theme = config.source.is_some() && inside.starts_with("templates/");
                let is_first = is_theme && std::mem::replace(&mut last_theme, folder) != folder;
                is_first.then(|| MeantFile::Theme(folder.to_owned()))
            };
            found.extend(meant.map(|meant| UnusedFile { path: format!("{FOLDER}/{path}"), meant }));
        }
        found
    }

    /// What the file at `path` in the theme was probably meant to be, if nothing uses it.
    fn meant(&self, theme: &str, path: &str, own: &BTreeSet<&str>, kinds: &Kinds) -> Option<MeantFile> {
        let in_theme = |path: String| MeantFile::Path(format!("{FOLDER}/{theme}/{path}"));
        let Some((folder, name)) = path.split_once('/') else {
            return path.ends_with(".html").then(|| in_theme(format!("templates/{path}")));
        };
        let is_taken = |name: &str| own.contains(format!("{theme}/{name}").as_str());
        let close = |folder: &str, names: &[String]| {
            let free = names.iter().filter(|name| !is_taken(&format!("{folder}/{name}")));
            let close = suggest::closest(name, free.map(String::as_str))?;
            Some(in_theme(format!("{folder}/{close}")))
        };
        match folder {
            "templates" => {
                let by = name.split_once('/').map_or("", |(by, _)| by);
                let is_by_kind = BY_KIND.contains(&by);
                let names: Vec<String> = if is_by_kind {
                    kinds.all.iter().map(|kind| format!("{by}/{}.html", kind.id)).collect()
                } else {
                    Self::built_in_templates().map(str::to_owned).collect()
                };
                let is_used = names.iter().any(|known| known == name)
                    || self.mentions(&format!("\"{name}\""))
                    || self.mentions(&format!("'{name}'"));
                if is_used {
                    return None;
                }
                // Where one can't be read, none of the project's own is used.
                let is_read = self.has_own_templates();
                let otherwise = if is_by_kind { MeantFile::Kind } else { MeantFile::Part };
                close(folder, &names).or_else(|| (is_read && name.ends_with(".html")).then_some(otherwise))
            }
            "static" => {
                // Other sites may name what is there, so far names are left alone.
                let names: Vec<String> = Self::built_in_assets().map(str::to_owned).collect();
                let is_used = names.iter().any(|known| known == name) || self.mentions(name);
                close(folder, &names).filter(|_| !is_used)
            }
            _ => match suggest::closest(folder, FOLDERS) {
                Some(close) => Some(in_theme(format!("{close}/{name}"))),
                None => name.ends_with(".html").then(|| in_theme(format!("templates/{name}"))),
            },
        }
    }
}

fn has_files(own: &BTreeSet<&str>, theme: &str) -> bool {
    own.iter().any(|path| path.strip_prefix(theme).is_some_and(|rest| rest.starts_with('/')))
}
