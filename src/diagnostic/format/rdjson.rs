//! Reviewdog Diagnostic Format, which Reviewdog turns into comments on many forges.
//!
//! <https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>

use serde_json::{Value, json};

use super::findings::{Findings, json_text, whole_message};
use crate::model::Location;

pub(super) fn text(findings: &Findings<'_>) -> String {
    let diagnostics: Vec<Value> = findings
        .diagnostics
        .iter()
        .map(|finding| {
            let mut diagnostic = json!({
                "message": whole_message(finding),
                "severity": finding.severity.name().to_uppercase(),
                "code": { "value": finding.rule },
                "location": { "path": findings.path(&finding.location), "range": range(&finding.location) },
            });
            if let Some(fix) = &finding.fix {
                diagnostic["suggestions"] = json!([{ "range": range(&fix.location), "text": fix.text }]);
            }
            diagnostic
        })
        .collect();
    json_text(&json!({ "source": { "name": "sdkb" }, "diagnostics": diagnostics }))
}

/// Its columns count bytes of UTF-8, from 1.
fn range(location: &Location) -> Value {
    let position = |byte: u32, line: usize| {
        let start = location.source.line_at(byte as usize).start;
        json!({ "line": line, "column": byte as usize - start + 1 })
    };
    let span = location.span;
    json!({
        "start": position(span.start, location.line_column().0),
        "end": position(span.end, location.end_line_column().0),
    })
}
