//! What the settings say of files that define alerts, and of the labels in them.

use globset::{Glob, GlobBuilder, GlobMatcher};

use super::super::patterns::{no_pattern, normal};
use crate::model::{AlertSettings, FieldProblem, FieldValues, Problems, SourceFiles};

/// The files that define something.
pub(in super::super) fn source_files(values: &FieldValues, problems: &mut Problems) -> Vec<SourceFiles> {
    let mut found = Vec::new();
    for (fields, _) in values.objects("sources") {
        let Some((pattern, entry)) = fields.text("path").zip(fields.get("path")) else { continue };
        let pattern = pattern.trim_start_matches("./").trim_matches('/').to_owned();
        let path = match matcher(&pattern) {
            Ok(path) => path,
            Err(error) => {
                let reason = error.kind().to_string();
                problems.fields.push(no_pattern("sources.path", &entry.location, &reason));
                continue;
            }
        };
        // The last part may be a file.
        let parts: Vec<&str> = pattern.split('/').collect();
        let folder: Vec<&str> = parts[..parts.len() - 1].iter().copied().take_while(is_plain).collect();
        let folder = normal(&folder.join("/")).unwrap_or_default();
        let format = fields.text("format").map(str::to_owned);
        found.push(SourceFiles { path, pattern, folder, format, location: entry.location.clone() });
    }
    found
}

/// Endings of files in which something is defined, where a whole folder is named.
const ENDINGS: &str = "{yaml,yml,json,csv,rules,jsonnet,libsonnet}";

fn matcher(pattern: &str) -> Result<GlobMatcher, globset::Error> {
    let folder = match pattern {
        "" => format!("**/*.{ENDINGS}"),
        _ => format!("{{{pattern},{pattern}/**/*.{ENDINGS}}}"),
    };
    let pattern = if is_plain(&pattern) { &folder } else { pattern };
    let built: Glob = GlobBuilder::new(pattern).literal_separator(true).build()?;
    Ok(built.compile_matcher())
}

/// Whether a part of a pattern is a name.
fn is_plain(part: &&str) -> bool {
    !part.contains(['*', '?', '[', '{'])
}

/// What labels and annotations of alert rules mean.
pub(in super::super) fn alert_settings(values: &FieldValues, problems: &mut Problems) -> AlertSettings {
    let default = AlertSettings::default();
    let Some(fields) = values.get("alerts").and_then(|entry| entry.value.object()) else { return default };
    let list = |field: &str, default: Vec<String>| {
        if !fields.has(field) {
            return default;
        }
        fields.texts(field).map(|(text, _)| text.to_owned()).collect()
    };
    AlertSettings {
        severity_label: fields.text("severity_label").map_or(default.severity_label, str::to_owned),
        owner_labels: list("owner_labels", default.owner_labels),
        service_labels: list("service_labels", default.service_labels),
        runbook_annotations: list("runbook_annotations", default.runbook_annotations),
        paging_severities: list("paging_severities", default.paging_severities),
        exempt_severities: list("exempt_severities", default.exempt_severities),
        addresses: addresses(fields, problems),
    }
}

/// The pattern of the addresses of alerts' pages. Without the name of the alert, all would stand at one.
fn addresses(fields: &FieldValues, problems: &mut Problems) -> Option<String> {
    let (written, entry) = fields.text("addresses").zip(fields.get("addresses"))?;
    let names = ["{alert}", "{group}", "{folder}"];
    let rest = names.iter().fold(written.to_owned(), |rest, name| rest.replace(name, ""));
    let pattern = normal(written)
        .filter(|path| path.contains("{alert}") && !rest.contains(['{', '}', '?', '#', '\\', ':']));
    if pattern.is_none() {
        problems.fields.push(FieldProblem::Invalid {
            location: entry.location.clone(),
            path: "alerts.addresses".to_owned(),
            expected: "a path with `{alert}`, and perhaps `{group}` or `{folder}`".to_owned(),
            found: format!("`{written}`"),
            example: "runbooks/{folder}/{alert}".to_owned(),
            choices: Vec::new(),
        });
    }
    pattern
}
