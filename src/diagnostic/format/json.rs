//! sdkb's own format. `docs/check.md` describes it; a change that a reader could trip over raises its version.

use serde::Serialize;

use super::findings::{Findings, json_text};
use crate::diagnostic::{Fix, Help, Severity};
use crate::model::Location;

/// The version of the format.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    sdkb: &'static str,
    documents: usize,
    errors: usize,
    warnings: usize,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    fingerprint: String,
    #[serde(flatten)]
    place: Place<'a>,
    related: Vec<Related<'a>>,
    help: &'a [Help],
    fix: Option<Replacement<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
    byte: u32,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct Replacement<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
}

pub(super) fn text(findings: &Findings<'_>) -> String {
    let number = |severity| findings.diagnostics.iter().filter(|found| found.severity == severity).count();
    json_text(&Report {
        version: VERSION,
        sdkb: env!("CARGO_PKG_VERSION"),
        documents: findings.documents,
        errors: number(Severity::Error),
        warnings: number(Severity::Warning),
        findings: findings
            .identified()
            .map(|(finding, identity)| Finding {
                rule: finding.rule,
                severity: finding.severity.name(),
                message: &finding.message,
                fingerprint: identity.fingerprint(),
                place: place(&finding.location),
                related: finding
                    .related
                    .iter()
                    .map(|(location, message)| Related { place: place(location), message })
                    .collect(),
                help: &finding.help,
                fix: finding
                    .fix
                    .as_ref()
                    .map(|Fix { location, text }| Replacement { place: place(location), text }),
            })
            .collect(),
    })
}

fn place(location: &Location) -> Place<'_> {
    let position = |(line, column), byte| Position { line, column, byte };
    Place {
        path: &location.source.path,
        start: position(location.line_column(), location.span.start),
        end: position(location.end_line_column(), location.span.end),
    }
}
