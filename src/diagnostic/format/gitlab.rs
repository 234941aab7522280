//! The code quality report of GitLab, which merge requests show.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use serde_json::{Value, json};

use super::findings::{Findings, json_text, whole_message};
use crate::diagnostic::Severity;

pub(super) fn text(findings: &Findings<'_>) -> String {
    let issues: Vec<Value> = findings
        .identified()
        .map(|(finding, identity)| {
            json!({
                "description": whole_message(finding),
                "check_name": finding.rule,
                "fingerprint": identity.fingerprint(),
                "severity": match finding.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                },
                "location": {
                    "path": findings.path(&finding.location),
                    "lines": {
                        "begin": finding.location.line_column().0,
                        "end": finding.location.end_line_column().0,
                    },
                },
            })
        })
        .collect();
    json_text(&issues)
}
