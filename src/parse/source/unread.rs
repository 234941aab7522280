//! Files that make definitions, and are none themselves.

use crate::model::{Source, UnreadReason};

/// What only templates of Helm have: values of a chart, and helpers. Alert rules have templates too, of labels and
/// values of the alert.
const HELM: [&str; 7] =
    [".Values", ".Release.", ".Chart.", ".Capabilities.", "include \"", "template \"", "toYaml"];

/// Why a file is not read, if it is a template or a program.
pub(super) fn reason(source: &Source) -> Option<UnreadReason> {
    let is_called = |ending: &str| source.path.ends_with(ending);
    if is_called(".jsonnet") || is_called(".libsonnet") {
        return Some(UnreadReason::Jsonnet);
    }
    let mut actions = source.text.split("{{").skip(1).map(|rest| rest.split("}}").next().unwrap_or(rest));
    let is_helm = actions.any(|action| HELM.iter().any(|mark| action.contains(mark)));
    is_helm.then_some(UnreadReason::Helm)
}
