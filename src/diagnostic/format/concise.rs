//! A line a finding, in the form of compilers: `PATH:LINE:COLUMN: error: message [rule]`.

use crate::diagnostic::Diagnostic;
use crate::text::control::escaped;

pub(super) fn text(findings: &[Diagnostic]) -> String {
    findings.iter().map(|finding| line(finding) + "\n").collect()
}

fn line(finding: &Diagnostic) -> String {
    let Diagnostic { rule, severity, message, location, .. } = finding;
    let (line, column) = location.line_column();
    format!("{}:{line}:{column}: {}: {message} [{rule}]", escaped(&location.source.path), severity.name())
}
