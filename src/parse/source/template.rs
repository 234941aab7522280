//! Templates in the values of alert rules, as far as the rule alone decides them.
//!
//! See <https://prometheus.io/docs/prometheus/latest/configuration/template_reference/>.

use crate::model::{AlertRule, is_template};

/// What stands where only a firing alert decides what does.
pub const UNKNOWN: char = '\u{fffd}';

/// A value of a rule with its labels in it. What only a firing alert decides is [`UNKNOWN`].
pub fn expand(text: &str, rule: &AlertRule) -> String {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        expanded.push_str(before);
        let Some((action, after)) = after.split_once("}}") else {
            expanded.push(UNKNOWN);
            return expanded;
        };
        match value(action.trim_matches(['-', ' ', '\t']), rule) {
            Some(value) => expanded.push_str(&value),
            None => expanded.push(UNKNOWN),
        }
        rest = after;
    }
    expanded + rest
}

/// What an action writes: a label, perhaps in other letters, or a text.
fn value(action: &str, rule: &AlertRule) -> Option<String> {
    let mut steps = action.split('|').map(str::trim);
    let first = steps.next()?;
    let mut value = match first.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(text) => text.to_owned(),
        None => label(first, rule)?.to_owned(),
    };
    for step in steps {
        value = match step {
            "toLower" => value.to_lowercase(),
            "toUpper" => value.to_uppercase(),
            "title" => return None,
            "safeHtml" | "urlquery" | "pathEscape" => value,
            _ => return None,
        };
    }
    Some(value)
}

/// A part of a text with templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplatePart<'a> {
    /// What is written as it is.
    Text(&'a str),
    /// What a firing alert puts in: the name of a label, `value`, or the action itself.
    Value(&'a str),
}

/// The parts of a text, for people. What only decides whether a part is written is left out.
pub fn template_parts(text: &str) -> Vec<TemplatePart<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    // What `.` stands for.
    let mut context = "value";
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((action, after)) = after.split_once("}}") else { break };
        parts.push(TemplatePart::Text(before));
        rest = after;
        let action = action.trim_matches(['-', ' ', '\t']);
        let (word, argument) = action.split_once(' ').unwrap_or((action, ""));
        match word {
            "with" | "range" => context = label_name(argument.trim()).unwrap_or("value"),
            "if" | "else" | "end" => {}
            _ => parts.push(TemplatePart::Value(match action.split('|').next().unwrap_or(action).trim() {
                "." => context,
                "$value" | ".Value" => "value",
                value => label_name(value).unwrap_or(value),
            })),
        }
    }
    parts.push(TemplatePart::Text(rest));
    parts.retain(|part| *part != TemplatePart::Text(""));
    parts
}

/// The name of the label that a template means: `$labels.pod`.
fn label_name(text: &str) -> Option<&str> {
    text.strip_prefix("$labels.").or_else(|| text.strip_prefix(".Labels."))
}

/// The value of a label that the rule decides: `$labels.alertname`, `.Labels.severity`.
fn label<'a>(text: &str, rule: &'a AlertRule) -> Option<&'a str> {
    let name = label_name(text)?;
    if name == "alertname" {
        return Some(&rule.name.text);
    }
    let value = &rule.label(name)?.text;
    (!is_template(value)).then_some(value.as_str())
}

#[cfg(test)]
mod tests {
    use super::TemplatePart::{Text, Value};
    use super::{UNKNOWN, expand, template_parts};
    use crate::model::{AlertRule, Pair, Source, Span, WrittenText};

    #[test]
    fn labels_that_the_rule_sets_are_known() {
        let location = Source::new("a.yaml", "").at(Span::default());
        let written = |text: &str| WrittenText { text: text.to_owned(), location: location.clone() };
        let pair = |name: &str, value: &str| Pair { name: name.to_owned(), value: written(value) };
        let rule = AlertRule {
            name: written("CartSlow"),
            location: location.clone(),
            group: String::new(),
            expression: None,
            pending: None,
            labels: vec![pair("severity", "page"), pair("pod", "{{ $labels.instance }}")],
            annotations: Vec::new(),
            is_generated: false,
        };
        let unknown = UNKNOWN.to_string();
        for (text, expected) in [
            ("https://kb/alerts/{{ $labels.alertname }}.html", "https://kb/alerts/CartSlow.html"),
            ("{{- $labels.alertname | toLower -}}", "cartslow"),
            ("{{ .Labels.severity | toUpper }}", "PAGE"),
            ("{{ $labels.namespace }}", &unknown),
            ("{{ $labels.pod }}", &unknown),
            ("{{ $value | humanize }}", &unknown),
            ("{{ \"{{\" }}", "{{"),
            ("a{{ b", &format!("a{unknown}")),
            ("plain", "plain"),
        ] {
            assert_eq!(expand(text, &rule), expected, "{text}");
        }
    }

    #[test]
    fn people_see_the_names_of_labels() {
        for (text, parts) in [
            ("Pod {{ $labels.pod }} is down.", vec![Text("Pod "), Value("pod"), Text(" is down.")]),
            ("{{ $value | humanize }}%", vec![Value("value"), Text("%")]),
            ("{{ if $x }}a{{ end }}", vec![Text("a")]),
            ("{{ with $labels.cluster -}} on {{ . }}", vec![Text(" on "), Value("cluster")]),
            ("{{ printf \"%s\" $labels.job }}", vec![Value("printf \"%s\" $labels.job")]),
            ("a {{ b", vec![Text("a {{ b")]),
        ] {
            assert_eq!(template_parts(text), parts, "{text}");
        }
    }
}
