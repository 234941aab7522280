//! SLOs of Pyrra, which makes alerts of each: for a budget that burns too fast, and for a metric that is not there.
//!
//! Fields: <https://github.com/pyrra-dev/pyrra>; the names and severities are those of its `slo/rules.go`.

use super::file::{Format, SourceFile, Written};
use crate::model::{AlertRule, Node, Objective, Pair, WrittenText};

pub(super) struct Pyrra;

/// What Pyrra strips from the labels and annotations that it hands on to alerts.
const PREFIX: &str = "pyrra.dev/";

impl Format for Pyrra {
    fn name(&self) -> &'static str {
        "pyrra"
    }

    fn recognises(&self, root: &Node) -> bool {
        let text = |key: &str| root.get(key).and_then(Node::text).unwrap_or_default();
        text("apiVersion").starts_with(PREFIX) && text("kind") == "ServiceLevelObjective"
    }

    fn read(&self, root: Written<'_>, found: &mut SourceFile) {
        let Some(slo) = root.at(&["metadata", "name"]).and_then(Written::text) else { return };
        let own = |key: &str| {
            let pairs = root.at(&["metadata", key]).map(Written::pairs).unwrap_or_default().into_iter();
            let strip = |pair: Pair| Some(Pair { name: pair.name.strip_prefix(PREFIX)?.to_owned(), ..pair });
            pairs.filter_map(strip).collect::<Vec<_>>()
        };
        let spec = |key: &str| root.at(&["spec", key]).and_then(Written::text);
        found.add_objective(Objective {
            service: None,
            labels: own("labels"),
            name: slo.clone(),
            target: spec("target"),
            window: spec("window"),
            indicator: spec("description"),
            location: root.location(),
        });
        let alerting = |key: &str| root.at(&["spec", "alerting", key]).and_then(Written::text);
        let is = |key: &str, value: &str| alerting(key).is_some_and(|text| text.text == value);
        if is("disabled", "true") {
            return;
        }
        let mut alerts = Vec::new();
        if !is("burnrates", "false") {
            alerts.extend([("name", "ErrorBudgetBurn", "critical"), ("name", "ErrorBudgetBurn", "warning")]);
        }
        if !is("absent", "false") {
            alerts.push(("absentName", "SLOMetricAbsent", "critical"));
        }
        for (key, default, severity) in alerts {
            let given = |name: &str, text: &str| Pair {
                name: name.to_owned(),
                value: WrittenText { text: text.to_owned(), location: slo.location.clone() },
            };
            let mut labels = own("labels");
            labels.extend([given("severity", severity), given("slo", &slo.text)]);
            let mut annotations = own("annotations");
            annotations
                .extend(spec("description").map(|value| Pair { name: "description".to_owned(), value }));
            found.add_rule(AlertRule {
                name: alerting(key).unwrap_or_else(|| WrittenText {
                    text: default.to_owned(),
                    location: slo.location.clone(),
                }),
                location: root.location(),
                group: slo.text.clone(),
                expression: None,
                pending: None,
                labels,
                annotations,
                is_generated: true,
            });
        }
    }
}
