//! Sphinx and MyST, of which markdown is read:
//! <https://myst-parser.readthedocs.io/en/latest/syntax/cross-referencing.html>.

use super::rules::Generator;
use super::settings::{Settings, join, literals, text};
use crate::model::{Origin, OtherPages};

pub(super) struct Sphinx;

impl Generator for Sphinx {
    fn name(&self) -> &'static str {
        "Sphinx"
    }

    fn origin(&self, settings: &Settings<'_>, folder: &str) -> Option<Origin> {
        let root = join(folder, ".")?;
        let title = match settings.first(folder, &["myst.yml", "conf.py"])? {
            file if file.ends_with(".py") => {
                let code = settings.text(&file)?;
                // Others call their settings so too.
                code.contains("extensions").then_some(())?;
                literals(&code, "project").first().map(|title| (*title).to_owned())
            }
            file => {
                let tree = settings.tree(&file);
                text(tree.as_ref().and_then(|tree| tree.get("site")), "title")
            }
        };
        if !settings.has_documents(&root) {
            return None;
        }
        Some(Origin {
            generator: self.name(),
            title,
            roots: vec![(root, String::new())],
            // What extensions make of code, and documents of other markup.
            other_pages: OtherPages::Apart,
            has_labels: true,
            ..Origin::default()
        })
    }
}
