//! Static Analysis Results Interchange Format 2.1.0, for code scanning.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use serde_json::{Value, json};

use super::findings::{Findings, json_text, whole_message};
use crate::diagnostic::Diagnostic;
use crate::model::Location;
use crate::text::address::href;

pub(super) fn text(findings: &Findings<'_>) -> String {
    let rules: Vec<Value> = findings
        .rules
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": { "text": rule.summary },
                "help": { "text": rule.text, "markdown": rule.text },
                "defaultConfiguration": { "level": rule.severity.name() },
            })
        })
        .collect();
    let results: Vec<Value> = findings
        .identified()
        .map(|(finding, identity)| {
            let mut result = json!({
                "ruleId": finding.rule,
                "level": finding.severity.name(),
                "message": { "text": whole_message(finding) },
                "locations": [location(findings, &finding.location, None)],
                "relatedLocations": related(findings, finding),
                "partialFingerprints": { "sdkb/v1": identity.fingerprint() },
            });
            if let Some(index) = findings.rules.iter().position(|rule| rule.id == finding.rule) {
                result["ruleIndex"] = index.into();
            }
            result
        })
        .collect();
    json_text(&json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "sdkb", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn related(findings: &Findings<'_>, finding: &Diagnostic) -> Vec<Value> {
    let places = finding.related.iter();
    places.map(|(place, message)| location(findings, place, Some(message))).collect()
}

fn location(findings: &Findings<'_>, place: &Location, message: Option<&str>) -> Value {
    let ((line, column), (end_line, end_column)) = (place.line_column(), place.end_line_column());
    let uri = href(&findings.path(place));
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri, "uriBaseId": "%SRCROOT%" },
            "region": {
                "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
            },
        },
    });
    if let Some(message) = message {
        location["message"] = json!({ "text": message });
    }
    location
}
