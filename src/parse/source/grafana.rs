//! Alert rules that Grafana manages, as its provisioning exports and reads them.
//!
//! Fields: <https://grafana.com/docs/grafana/latest/alerting/set-up/provision-alerting-resources/file-provisioning/>.

use super::file::{Format, SourceFile, Written, items};
use super::prometheus::language;
use crate::model::{AlertRule, Expression, Node};

pub(super) struct Grafana;

/// The data source of expressions that are calculated in Grafana itself.
const CALCULATED: [&str; 2] = ["__expr__", "-100"];

impl Format for Grafana {
    fn name(&self) -> &'static str {
        "grafana"
    }

    fn recognises(&self, root: &Node) -> bool {
        let is_rule = |rule: &Node| rule.get("title").is_some() && rule.get("data").is_some();
        items(root.get("groups")).iter().any(|group| items(group.get("rules")).iter().any(is_rule))
    }

    fn read(&self, root: Written<'_>, found: &mut SourceFile) {
        for group in root.get("groups").into_iter().flat_map(Written::items) {
            let name = group.get("name").and_then(Written::text).map(|name| name.text).unwrap_or_default();
            let rules = group.get("rules").into_iter().flat_map(Written::items);
            rules.for_each(|written| rule(written, &name, found));
        }
    }
}

fn rule(written: Written<'_>, group: &str, found: &mut SourceFile) {
    if written.get("record").is_some() {
        return;
    }
    let Some(name) = written.get("title").and_then(Written::text).filter(|name| !name.text.is_empty()) else {
        found.add_problem(
            &written.location(),
            "the rule has no title",
            "write `title:` with the name of the alert",
        );
        return;
    };
    let queries = written.get("data").into_iter().flat_map(Written::items);
    let is_query = |query: &Written<'_>| {
        let source = query.get("datasourceUid").and_then(Written::text);
        !source.is_some_and(|source| CALCULATED.contains(&source.text.as_str()))
    };
    let mut expressions = queries.filter(is_query).filter_map(|query| query.at(&["model", "expr"])?.text());
    let expression = expressions.next().map(|text| Expression { language: language(&text.text), text });
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
