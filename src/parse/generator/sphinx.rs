//! Sphinx and MyST, of which markdown is read:
//! <https://myst-parser.readthedocs.io/en/latest/syntax/cross-referencing.html>.

use super::rules::Generator;
use super::settings::{Settings, join, literal_lists, literals, text, texts};
use crate::model::{Origin, OtherPages};

pub(super) struct Sphinx;

impl Generator for Sphinx {
    fn name(&self) -> &'static str {
        "Sphinx"
    }

    fn origin(&self, settings: &Settings<'_>, folder: &str) -> Option<Origin> {
        let root = join(folder, ".")?;
        let (title, excluded) = match settings.first(folder, &["myst.yml", "conf.py"])? {
            file if file.ends_with(".py") => {
                let code = settings.text(&file)?;
                // Others call their settings so too.
                code.contains("extensions").then_some(())?;
                let title = literals(&code, "project").first().map(|title| (*title).to_owned());
                (title, literal_lists(&code, "exclude_patterns"))
            }
            file => {
                let tree = settings.tree(&file);
                let project = tree.as_ref().and_then(|tree| tree.get("project"));
                let title = text(tree.as_ref().and_then(|tree| tree.get("site")), "title");
                (title, texts(project.and_then(|project| project.get("exclude"))))
            }
        };
        if !settings.has_documents(&root) {
            return None;
        }
        Some(Origin {
            generator: self.name(),
            title,
            excludes: vec![(root.clone(), excluded.iter().map(|path| format!("/{path}")).collect())],
            roots: vec![(root, String::new())],
            // What extensions make of code, and documents of other markup.
            other_pages: OtherPages::Apart,
            has_labels: true,
            ..Origin::default()
        })
    }
}
