//! Wikis of GitHub: <https://docs.github.com/en/communities/documenting-your-project-with-wikis/editing-wiki-content>,
//! <https://github.com/gollum/gollum/wiki#links>.

use super::rules::{Generator, Page};
use super::settings::{Settings, join};
use crate::model::Origin;

pub(super) struct GitHubWiki;

impl Generator for GitHubWiki {
    fn name(&self) -> &'static str {
        "GitHub wiki"
    }

    fn origin(&self, settings: &Settings<'_>, folder: &str) -> Option<Origin> {
        settings.first(folder, &["_Sidebar.md", "_Footer.md"])?;
        settings.first(folder, &["Home.md"])?;
        let root = join(folder, ".")?;
        Some(Origin {
            generator: self.name(),
            has_text_before_page: true,
            statics: vec![root.clone()],
            roots: vec![(root, String::new())],
            ..Origin::default()
        })
    }

    fn addresses(&self, _origin: &Origin, page: &Page<'_>) -> Vec<String> {
        // Pages have no folders on the site.
        let (_, name) = page.name();
        vec![name.to_owned(), name.replace('-', " "), page.path.to_owned()]
    }

    fn label(&self, name: &str) -> Option<String> {
        Some(name.replace('-', " "))
    }

    fn is_titled_by_file(&self) -> bool {
        true
    }
}
