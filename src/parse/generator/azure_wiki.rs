//! Wikis of Azure DevOps: <https://learn.microsoft.com/azure/devops/project/wiki/wiki-file-structure>.

use super::rules::{Generator, Page};
use super::settings::{Settings, join};
use crate::model::Origin;

pub(super) struct AzureWiki;

/// Folders of pages in which the order of pages is looked for. A wiki may have none at its top.
const MOST_FOLDERS: usize = 40;

impl Generator for AzureWiki {
    fn name(&self) -> &'static str {
        "Azure DevOps wiki"
    }

    fn origin(&self, settings: &Settings<'_>, folder: &str) -> Option<Origin> {
        let root = join(folder, ".")?;
        let has_order = |folder: &str| settings.has(&format!("{folder}.order"));
        if !has_order(folder)
            && !settings.inner_folders(&root, MOST_FOLDERS).iter().any(|inner| has_order(inner))
        {
            return None;
        }
        Some(Origin {
            generator: self.name(),
            statics: vec![root.clone()],
            roots: vec![(root, String::new())],
            ..Origin::default()
        })
    }

    fn addresses(&self, _origin: &Origin, page: &Page<'_>) -> Vec<String> {
        // The names of files have dashes for blanks, and an encoded dash for a dash.
        let name = percent_encoding::percent_decode_str(page.path).decode_utf8_lossy().into_owned();
        vec![page.path.to_owned(), page.path.replace('-', " "), name.replace(' ', "-"), name]
    }
}
