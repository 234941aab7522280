//! Workflow commands of GitHub Actions, which the forge shows beside the lines of a pull request.
//!
//! <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>

use super::findings::{Findings, whole_message};
use crate::diagnostic::Diagnostic;
use crate::text::control::escaped;

pub(super) fn text(findings: &Findings<'_>) -> String {
    let commands = findings.diagnostics.iter().map(|finding| command(findings, finding));
    commands.collect::<String>() + &findings.summary()
}

fn command(findings: &Findings<'_>, finding: &Diagnostic) -> String {
    let (line, column) = finding.location.line_column();
    let (end_line, end_column) = finding.location.end_line_column();
    let path = property(&escaped(&findings.path(&finding.location)));
    // Columns are only taken where the culprit is on one line.
    let end = if end_line == line { format!(",endColumn={end_column}") } else { String::new() };
    let (severity, title) = (finding.severity.name(), property(finding.rule));
    let message = data(&whole_message(finding));
    format!(
        "::{severity} file={path},line={line},endLine={end_line},col={column}{end},title={title}::{message}\n"
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
