//! Vaults of Obsidian: <https://obsidian.md/help/links>, <https://obsidian.md/help/aliases>.

use super::rules::Generator;
use super::settings::{Settings, join};
use crate::model::Origin;

pub(super) struct Obsidian;

impl Generator for Obsidian {
    fn name(&self) -> &'static str {
        "Obsidian"
    }

    fn origin(&self, settings: &Settings<'_>, folder: &str) -> Option<Origin> {
        settings.first(
            folder,
            &[".obsidian/app.json", ".obsidian/appearance.json", ".obsidian/workspace.json"],
        )?;
        Some(Origin {
            generator: self.name(),
            roots: vec![(join(folder, ".")?, String::new())],
            has_names_for_aliases: true,
            ..Origin::default()
        })
    }

    fn label(&self, name: &str) -> Option<String> {
        Some(name.to_owned())
    }

    fn is_titled_by_file(&self) -> bool {
        true
    }
}
