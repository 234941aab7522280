//! SLOs of Sloth, which makes two alerts of each: one that pages, and one for a ticket.
//!
//! Fields: <https://sloth.dev/specs/default/>. The labels are those that Sloth gives to the alerts.

use rustc_hash::FxHashSet;

use super::file::{Format, SourceFile, Written};
use crate::model::{AlertRule, Node, Objective, Pair, WrittenText};

pub(super) struct Sloth;

/// The window of all objectives, unless Sloth is started with another one.
const WINDOW: &str = "30d";

impl Format for Sloth {
    fn name(&self) -> &'static str {
        "sloth"
    }

    fn recognises(&self, root: &Node) -> bool {
        let is = |key: &str, start: &str| {
            root.get(key).and_then(Node::text).is_some_and(|text| text.starts_with(start))
        };
        is("apiVersion", "sloth.slok.dev/") || is("version", "prometheus/") && root.get("slos").is_some()
    }

    fn read(&self, root: Written<'_>, found: &mut SourceFile) {
        let Some(spec) = (if root.get("slos").is_some() { Some(root) } else { root.get("spec") }) else {
            return;
        };
        let service = spec.get("service").and_then(Written::text);
        for slo in spec.get("slos").into_iter().flat_map(Written::items) {
            if let Some(objective) = objective(slo, service.as_ref()) {
                found.add_objective(objective);
            }
            let Some(alerting) = slo.get("alerting") else { continue };
            // The resource is written in other letters than the file.
            for (keys, severity) in
                [(["page_alert", "pageAlert"], "page"), (["ticket_alert", "ticketAlert"], "ticket")]
            {
                let own = keys.iter().find_map(|key| alerting.get(key));
                let is_disabled =
                    own.and_then(|own| own.get("disable")?.text()).is_some_and(|text| text.text == "true");
                if is_disabled {
                    continue;
                }
                let Some(name) = alerting.get("name").and_then(Written::text) else {
                    let help = "write `name:` with the name of the alert, or disable both of its alerts";
                    found.add_problem(&alerting.location(), "the alerting of the SLO has no name", help);
                    break;
                };
                let pairs = |key: &str| {
                    let places = [own, Some(alerting)];
                    let maps = places.into_iter().flatten().filter_map(|place| place.get(key));
                    maps.flat_map(Written::pairs).collect::<Vec<_>>()
                };
                let outer = [slo, spec].into_iter().filter_map(|place| place.get("labels"));
                let mut labels = pairs("labels");
                labels.extend(outer.flat_map(Written::pairs));
                let given = |name: &str, text: &str| Pair {
                    name: name.to_owned(),
                    value: WrittenText { text: text.to_owned(), location: slo.location() },
                };
                labels.push(given("severity", severity));
                labels.push(given("sloth_severity", severity));
                labels.extend(service.clone().map(|value| Pair { name: "service".to_owned(), value }));
                let mut annotations = pairs("annotations");
                annotations.extend(described(slo));
                found.add_rule(AlertRule {
                    name,
                    location: slo.location(),
                    group: slo.get("name").and_then(Written::text).map(|name| name.text).unwrap_or_default(),
                    expression: None,
                    pending: None,
                    labels: first_of_each(labels),
                    annotations: first_of_each(annotations),
                    is_generated: true,
                });
            }
        }
    }
}

/// The objective of an SLO.
fn objective(slo: Written<'_>, service: Option<&WrittenText>) -> Option<Objective> {
    let text = |key: &str| slo.get(key).and_then(Written::text);
    Some(Objective {
        service: service.cloned(),
        labels: slo.get("labels").map(Written::pairs).unwrap_or_default(),
        name: text("name")?,
        target: text("objective"),
        window: Some(WrittenText { text: WINDOW.to_owned(), location: slo.location() }),
        indicator: text("description"),
        location: slo.location(),
    })
}

/// What an SLO says of itself, as an annotation.
fn described(slo: Written<'_>) -> Option<Pair> {
    Some(Pair { name: "description".to_owned(), value: slo.get("description")?.text()? })
}

/// The first pair of each name.
fn first_of_each(pairs: Vec<Pair>) -> Vec<Pair> {
    let mut known = FxHashSet::default();
    pairs.into_iter().filter(|pair| known.insert(pair.name.clone())).collect()
}
