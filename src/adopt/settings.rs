//! A proposal as the text of `sdkb.yml`, for its owner to edit.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::field_names::NamedFields;
use super::{Group, NamedField};
use crate::author::scalar;
use crate::diagnostic::{Diagnostic, Help};

/// What the settings say apart from kinds.
#[derive(Debug, Default)]
pub(super) struct Basics {
    pub(super) title: String,
    pub(super) content: String,
    pub(super) repository: Option<String>,
}

const HEAD: &str = "\
# The settings of this knowledge base, as `sdkb init --from` proposes them. They are yours to edit: docs/reference.md
# of sdkb has them all.
";

const COLLECTIONS: &str = "
# What documents are, by their path in the content folder. The first entry that matches a path wins. A folder that
# is called like a kind, such as runbooks/ or services/, needs no entry. `defaults` are fields that all documents of
# an entry have, as in `defaults: { services: [checkout] }`, and `fields` are names that they have for other fields.
";

/// The file of the findings that were there before the first check.
pub(super) const BASELINE: &str = "known-findings.txt";

const BASELINE_HEAD: &str = "
# What was there before anybody checked does not keep the site from being published. Anything new does. When something
# is fixed, `sdkb check --prune-baseline` takes it out of the file.
";

/// The text of `sdkb.yml`.
pub(super) fn text(basics: &Basics, groups: &[Group], fields: &NamedFields, has_findings: bool) -> String {
    let mut text = format!("{HEAD}title: {}\n", scalar(&basics.title));
    text += "\n# The address at which readers find the site. The sitemap and feeds need it, links do not.\n";
    text += "# base_url: https://kb.example.com/\n";
    text += "\n# Where these files can be read on the web. Each page then links to its source.\n";
    text += &match &basics.repository {
        Some(repository) => format!("repository: {}\n", scalar(repository)),
        None => "# repository: https://github.com/acme/kb/blob/main/\n".to_owned(),
    };
    if !basics.content.is_empty() {
        let _ = write!(text, "\n# The folder of the documents.\ncontent: {}\n", scalar(&basics.content));
    }
    let new: Vec<&Group> = groups.iter().filter(|group| group.is_new).collect();
    if !new.is_empty() || !fields.rest.is_empty() {
        text += COLLECTIONS;
        text += "collections:\n";
        let mut told = "";
        let mut named = fields.collections.iter();
        for group in new {
            if group.because != told {
                let _ = writeln!(text, "  # {}", group.because);
            }
            told = &group.because;
            let path = quoted(&group.pattern);
            match named.next().filter(|fields| !fields.is_empty()) {
                None => {
                    let _ = writeln!(text, "  - {{ path: {path}, kind: {} }}", group.kind.id);
                }
                Some(fields) => {
                    let _ = writeln!(text, "  - path: {path}\n    kind: {}", group.kind.id);
                    text += &mapping(fields);
                }
            }
        }
        if !fields.rest.is_empty() {
            let _ = writeln!(text, "  - path: \"**\"");
            text += &mapping(&fields.rest);
        }
    }
    if has_findings {
        let _ = writeln!(text, "{BASELINE_HEAD}baseline: {BASELINE}");
    }
    text
}

/// Fields that documents have under other names.
fn mapping(fields: &[NamedField]) -> String {
    let mut text = "    fields:\n".to_owned();
    for NamedField { name, path, values, because } in fields {
        let name = scalar(name);
        let _ = match values.as_slice() {
            [] => writeln!(text, "      {name}: {path} # in {because}"),
            values => {
                let values =
                    values.iter().map(|(name, value)| format!("{}: {}", scalar(name), scalar(value)));
                let values = values.collect::<Vec<_>>().join(", ");
                writeln!(text, "      {name}: {{ field: {path}, values: {{ {values} }} }} # in {because}")
            }
        };
    }
    text
}

/// Rules about front matter that can't be read as sdkb's. What was not written for sdkb is for another tool then, unless
/// it looks like a slip.
const FOREIGN: [&str; 3] = ["invalid-value", "unknown-field", "unknown-kind"];

/// The rules among `findings` whose findings are all about what other tools read, and nothing to fix.
pub(super) fn foreign(findings: &[Diagnostic]) -> BTreeSet<&'static str> {
    let is_slip = |finding: &&Diagnostic| finding.help.iter().any(|help| matches!(help, Help::DidYouMean(_)));
    let slips: BTreeSet<&str> = findings.iter().filter(is_slip).map(|finding| finding.rule).collect();
    FOREIGN.into_iter().filter(|rule| !slips.contains(rule)).collect()
}

fn quoted(value: &str) -> String {
    serde_json::Value::from(value).to_string()
}
