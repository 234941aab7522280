//! Entities of Backstage catalogs: `catalog-info.yaml`.
//!
//! Fields: <https://backstage.io/docs/features/software-catalog/descriptor-format/>.

use super::file::{Format, SourceFile, Written};
use crate::model::{Entity, Node, WrittenText, is_template};

pub(super) struct Backstage;

/// The namespace of entities that state none.
const DEFAULT_NAMESPACE: &str = "default";

impl Format for Backstage {
    fn name(&self) -> &'static str {
        "backstage"
    }

    fn recognises(&self, root: &Node) -> bool {
        root.get("apiVersion")
            .and_then(Node::text)
            .is_some_and(|version| version.starts_with("backstage.io/"))
    }

    fn read(&self, root: Written<'_>, found: &mut SourceFile) {
        let Some(kind) = root.get("kind").and_then(Written::text) else { return };
        let Some(name) = root.at(&["metadata", "name"]).and_then(Written::text) else {
            // An entity that only leads to files of others needs none.
            if kind.text != "Location" {
                let help = "write `name:` below `metadata:`";
                found.add_problem(&kind.location, format!("the {} has no name", kind.text), help);
            }
            return;
        };
        let namespace = root.at(&["metadata", "namespace"]).and_then(Written::text);
        let namespace = namespace.map(|namespace| namespace.text).filter(|name| name != DEFAULT_NAMESPACE);
        // Skeletons of new components.
        if is_template(&name.text) || namespace.as_deref().is_some_and(is_template) {
            return;
        }
        let text = match namespace {
            Some(namespace) => format!("{namespace}/{}", name.text),
            None => name.text,
        };
        found.add_entity(Entity {
            kind: kind.text,
            name: WrittenText { text, location: name.location },
            tree: root.node.clone(),
            location: root.location(),
        });
    }
}

/// The sort and the name of what a reference names, as [`Entity`] has them: `group:default/payments` is `group` and
/// `payments`. The sort is in lower case; empty if the reference does not say it.
pub(in super::super) fn reference(text: &str) -> (String, &str) {
    let (kind, name) = text.split_once(':').unwrap_or(("", text));
    let name = name.strip_prefix(DEFAULT_NAMESPACE).and_then(|name| name.strip_prefix('/')).unwrap_or(name);
    (kind.to_lowercase(), name)
}
