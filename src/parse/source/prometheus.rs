//! Rule files of Prometheus, which the rulers of Loki and Mimir read too, and the resources of operators that hold
//! such groups.
//!
//! Fields: <https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/>.

use super::file::{Format, SourceFile, Written};
use crate::model::{AlertRule, Content, Expression, Node};

pub(super) struct Prometheus;

/// Resources whose `spec` holds groups of rules, and the language of their expressions.
const RESOURCES: [(&str, &str, &str); 4] = [
    ("monitoring.coreos.com/", "PrometheusRule", "promql"),
    ("monitoring.googleapis.com/", "Rules", "promql"),
    ("operator.victoriametrics.com/", "VMRule", "promql"),
    ("loki.grafana.com/", "AlertingRule", "logql"),
];

impl Format for Prometheus {
    fn name(&self) -> &'static str {
        "prometheus"
    }

    fn recognises(&self, root: &Node) -> bool {
        if resource(root).is_some() {
            return true;
        }
        let Some(Content::List(groups)) = root.get("groups").map(|groups| &groups.content) else {
            return false;
        };
        let is_rule = |rule: &Node| rule.get("alert").or_else(|| rule.get("record")).is_some();
        let has_rules = |group: &Node| match group.get("rules").map(|rules| &rules.content) {
            Some(Content::List(rules)) => rules.is_empty() || rules.iter().any(is_rule),
            Some(Content::Null) => true,
            _ => false,
        };
        root.get("apiVersion").is_none() && (groups.is_empty() || groups.iter().any(has_rules))
    }

    fn read(&self, root: Written<'_>, found: &mut SourceFile) {
        let (groups, language) = match resource(root.node) {
            Some(language) => (root.at(&["spec", "groups"]), Some(language)),
            None => (root.get("groups"), None),
        };
        for group in groups.into_iter().flat_map(Written::items) {
            let name = group.get("name").and_then(Written::text).map(|name| name.text).unwrap_or_default();
            let rules = group.get("rules").into_iter().flat_map(Written::items);
            rules.for_each(|written| rule(written, &name, language, found));
        }
    }
}

/// The language of the expressions in a resource that holds groups of rules.
fn resource(root: &Node) -> Option<&'static str> {
    let (version, kind) = (root.get("apiVersion")?.text()?, root.get("kind")?.text()?);
    let mut known = RESOURCES.into_iter();
    known.find(|(api, name, _)| version.starts_with(api) && kind == *name).map(|(_, _, language)| language)
}

fn rule(written: Written<'_>, group: &str, resource: Option<&'static str>, found: &mut SourceFile) {
    if written.get("record").is_some() {
        return;
    }
    let Some(name) = written.get("alert").and_then(Written::text).filter(|name| !name.text.is_empty()) else {
        let help = "write `alert:` with a name, or `record:`";
        found.add_problem(&written.location(), "the rule names no alert", help);
        return;
    };
    let expression = written
        .get("expr")
        .and_then(Written::text)
        .map(|text| Expression { language: resource.unwrap_or_else(|| language(&text.text)), text });
    let pairs = |key: &str| written.get(key).map(Written::pairs).unwrap_or_default();
    found.add_rule(AlertRule {
        name,
        location: written.location(),
        group: group.to_owned(),
        expression,
        pending: written.get("for").and_then(Written::text),
        labels: pairs("labels"),
        annotations: pairs("annotations"),
        is_generated: false,
    });
}

/// The language of an expression: only those of Loki filter lines or parse them.
pub(super) fn language(text: &str) -> &'static str {
    let marks =
        ["|=", "|~", "| json", "| logfmt", "|json", "|logfmt", "| pattern", "| regexp", "count_over_time({"];
    if marks.iter().any(|mark| text.contains(mark)) { "logql" } else { "promql" }
}
