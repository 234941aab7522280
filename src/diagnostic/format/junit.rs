//! Test results as JUnit writes them, which most CI systems show. An error is a failure, a warning a test that
//! was skipped.

use std::io;

use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::{Findings, human};
use crate::diagnostic::{Colour, Diagnostic, Severity};
use crate::text::control::escaped;
use crate::text::xml;

pub(super) fn text(findings: &Findings<'_>) -> String {
    xml::document(|writer| report(writer, findings))
}

fn report(writer: &mut Writer<Vec<u8>>, findings: &Findings<'_>) -> io::Result<()> {
    let number = |severity| findings.diagnostics.iter().filter(|found| found.severity == severity).count();
    let (failures, skipped) = (number(Severity::Error).to_string(), number(Severity::Warning).to_string());
    let tests = findings.diagnostics.len().max(1).to_string();
    writer.create_element("testsuites").write_inner_content(|writer| {
        let suite = writer.create_element("testsuite").with_attributes([
            ("name", "sdkb check"),
            ("tests", &tests),
            ("failures", &failures),
            ("errors", "0"),
            ("skipped", &skipped),
        ]);
        suite.write_inner_content(|writer| {
            if findings.diagnostics.is_empty() {
                let test = writer.create_element("testcase");
                test.with_attributes([("classname", "sdkb"), ("name", "no findings")]).write_empty()?;
            }
            findings.diagnostics.iter().try_for_each(|finding| test(writer, findings, finding))
        })?;
        Ok(())
    })?;
    Ok(())
}

fn test(writer: &mut Writer<Vec<u8>>, findings: &Findings<'_>, finding: &Diagnostic) -> io::Result<()> {
    let (line, column) = finding.location.line_column();
    let path = escaped(&findings.path(&finding.location)).into_owned();
    let message = finding.message.as_str();
    let name = format!("{} {line}:{column} {message}", finding.rule);
    let line = line.to_string();
    let test = writer.create_element("testcase").with_attributes([
        ("classname", path.as_str()),
        ("name", &name),
        ("file", &path),
        ("line", &line),
    ]);
    test.write_inner_content(|writer| {
        match finding.severity {
            Severity::Error => {
                let text = human::render(finding, Colour::Off);
                let failure = writer.create_element("failure");
                let failure = failure.with_attributes([("type", finding.rule), ("message", message)]);
                failure.write_text_content(BytesText::new(&text))?;
            }
            Severity::Warning => {
                let skipped = writer.create_element("skipped").with_attribute(("message", message));
                skipped.write_empty()?;
            }
        }
        Ok(())
    })?;
    Ok(())
}
