//! Wikis of Azure DevOps: <https://learn.microsoft.com/azure/devops/project/wiki/wiki-file-structure>.

use super::navigation::list_folder;
use super::rules::{Generator, Page};
use super::settings::{Settings, join, join_file};
use crate::model::{Navigation, Origin};

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
        let mut navigation = Navigation::default();
        for inner in settings.folders(&root) {
            let order = settings.text(&join_file(&inner, ".order")).unwrap_or_default();
            let names = order.lines().map(|line| (line.trim().to_owned(), None));
            let names: Vec<_> = names.filter(|(name, _)| !name.is_empty()).collect();
            list_folder(&mut navigation, &root, &inner, &names);
        }
        Some(Origin {
            generator: self.name(),
            navigation,
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

    fn label(&self, name: &str) -> Option<String> {
        let name = name.replace('-', " ");
        Some(percent_encoding::percent_decode_str(&name).decode_utf8_lossy().into_owned())
    }

    fn is_titled_by_file(&self) -> bool {
        true
    }
}
