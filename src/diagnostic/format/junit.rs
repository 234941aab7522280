//! Test results as JUnit writes them, which most CI systems show. An error is a failure, a warning a test that
//! was skipped.

use super::{Findings, human};
use crate::diagnostic::{Colour, Severity};
use crate::text::escape;

pub(super) fn text(findings: &Findings<'_>) -> String {
    let number = |severity| findings.diagnostics.iter().filter(|found| found.severity == severity).count();
    let (failures, skipped) = (number(Severity::Error), number(Severity::Warning));
    let tests = findings.diagnostics.len().max(1);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"sdkb check\" \
         tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">\n"
    );
    if findings.diagnostics.is_empty() {
        xml += "<testcase classname=\"sdkb\" name=\"no findings\"/>\n";
    }
    for finding in findings.diagnostics {
        let (line, column) = finding.location.line_column();
        let path = attribute(&findings.path(&finding.location));
        let (rule, message) = (finding.rule, attribute(&finding.message));
        xml += &format!(
            "<testcase classname=\"{path}\" name=\"{rule} {line}:{column} {message}\" file=\"{path}\" line=\"{line}\">"
        );
        xml += &match finding.severity {
            Severity::Error => {
                let text = clean(&human::render(finding, Colour::Off));
                let mut body = String::new();
                escape::text(&text, &mut body);
                format!("<failure type=\"{rule}\" message=\"{message}\">{body}</failure>")
            }
            Severity::Warning => format!("<skipped message=\"{message}\"/>"),
        };
        xml += "</testcase>\n";
    }
    xml + "</testsuite>\n</testsuites>\n"
}

fn attribute(text: &str) -> String {
    let mut escaped = String::new();
    escape::attribute(&clean(text), &mut escaped);
    escaped
}

/// Text without the characters that XML does not have.
fn clean(text: &str) -> String {
    let is_allowed = |letter: &char| matches!(letter, '\t' | '\n' | '\r') || *letter >= ' ';
    text.chars().filter(is_allowed).filter(|letter| !matches!(letter, '\u{fffe}' | '\u{ffff}')).collect()
}
