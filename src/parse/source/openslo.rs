//! Alert policies of OpenSLO: of their own, and in SLOs.
//!
//! Fields: <https://github.com/OpenSLO/OpenSLO#specification>.

use super::file::{Format, SourceFile, Written};
use crate::model::{AlertRule, Node, Pair, WrittenText};

pub(super) struct OpenSlo;

impl Format for OpenSlo {
    fn name(&self) -> &'static str {
        "openslo"
    }

    fn recognises(&self, root: &Node) -> bool {
        root.get("apiVersion").and_then(Node::text).is_some_and(|version| version.starts_with("openslo/"))
    }

    fn read(&self, root: Written<'_>, found: &mut SourceFile) {
        let kind = root.get("kind").and_then(Written::text).map(|kind| kind.text);
        match kind.as_deref() {
            Some("AlertPolicy") => policy(root, None, found),
            Some("SLO") => {
                let service = root.at(&["spec", "service"]).and_then(Written::text);
                let policies = root.at(&["spec", "alertPolicies"]).into_iter().flat_map(Written::items);
                // The others are references to policies.
                for inline in policies.filter(|inline| inline.get("metadata").is_some()) {
                    policy(inline, service.clone(), found);
                }
            }
            _ => {}
        }
    }
}

fn policy(written: Written<'_>, service: Option<WrittenText>, found: &mut SourceFile) {
    let Some(name) = written.at(&["metadata", "name"]).and_then(Written::text) else { return };
    let pairs = |key: &str| written.at(&["metadata", key]).map(Written::pairs).unwrap_or_default();
    let conditions = written.at(&["spec", "conditions"]).into_iter().flat_map(Written::items);
    let condition: Vec<Written<'_>> = conditions.filter_map(|condition| condition.get("spec")).collect();
    let first = |path: &[&str]| condition.iter().find_map(|spec| spec.at(path)?.text());
    let mut labels = pairs("labels");
    let given = [("severity", first(&["severity"])), ("service", service)];
    for (name, value) in given {
        if !labels.iter().any(|pair| pair.name == name) {
            labels.extend(value.map(|value| Pair { name: name.to_owned(), value }));
        }
    }
    let mut annotations = pairs("annotations");
    let description = written.at(&["spec", "description"]).and_then(Written::text);
    annotations.extend(description.map(|value| Pair { name: "description".to_owned(), value }));
    found.add_rule(AlertRule {
        name,
        location: written.location(),
        group: String::new(),
        expression: None,
        pending: first(&["condition", "alertAfter"]),
        labels,
        annotations,
        is_generated: true,
    });
}
