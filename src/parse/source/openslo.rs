//! Objectives, services and alert policies of OpenSLO.
//!
//! Fields: <https://github.com/OpenSLO/OpenSLO#specification>.

use super::file::{Format, SourceFile, Written};
use crate::model::{AlertRule, Entity, Node, Objective, Pair, WrittenText};

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
                objectives(root, service.as_ref(), found);
                let policies = root.at(&["spec", "alertPolicies"]).into_iter().flat_map(Written::items);
                // The others are references to policies.
                for inline in policies.filter(|inline| inline.get("metadata").is_some()) {
                    policy(inline, service.clone(), found);
                }
            }
            Some("Service") => {
                let Some(name) = root.at(&["metadata", "name"]).and_then(Written::text) else { return };
                let (kind, tree) = ("Service".to_owned(), root.node.clone());
                found.add_entity(Entity { kind, name, tree, location: root.location() });
            }
            _ => {}
        }
    }
}

/// The objectives of an SLO: most have one.
fn objectives(slo: Written<'_>, service: Option<&WrittenText>, found: &mut SourceFile) {
    let text = |path: &[&str]| slo.at(path).and_then(Written::text);
    let title = |written: Written<'_>| written.get("displayName").and_then(Written::text);
    let metadata = slo.get("metadata");
    let Some(name) = metadata.and_then(|metadata| title(metadata).or_else(|| text(&["metadata", "name"])))
    else {
        return;
    };
    let windows = slo.at(&["spec", "timeWindow"]).into_iter().flat_map(Written::items);
    let window = windows.filter_map(|window| window.get("duration")?.text()).next();
    let all: Vec<Written<'_>> =
        slo.at(&["spec", "objectives"]).into_iter().flat_map(Written::items).collect();
    for objective in &all {
        let name = match title(*objective).filter(|_| all.len() > 1) {
            Some(own) => WrittenText { text: format!("{}: {}", name.text, own.text), location: own.location },
            None => name.clone(),
        };
        let percent = objective.get("targetPercent").and_then(Written::text);
        found.add_objective(Objective {
            service: service.cloned(),
            labels: metadata
                .and_then(|metadata| metadata.get("labels"))
                .map(Written::pairs)
                .unwrap_or_default(),
            name,
            target: percent.or_else(|| percent_of(objective.get("target")?.text()?)),
            window: window.clone(),
            indicator: text(&["spec", "description"]),
            location: slo.location(),
        });
    }
}

/// A share as percent.
fn percent_of(share: WrittenText) -> Option<WrittenText> {
    let number: f64 = share.text.trim().parse().ok()?;
    // Shares have few digits; what binary fractions add to them is far behind.
    let text = format!("{:.6}", number * 100.0);
    let text = text.trim_end_matches('0').trim_end_matches('.').to_owned();
    Some(WrittenText { text, ..share })
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
