//! A proposal as the text of `sdkb.yml`, for its owner to edit.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Group;
use crate::author::scalar;
use crate::check::rules::RULES;
use crate::diagnostic::{Diagnostic, Severity};
use crate::knowledge_base::KnowledgeBase;

/// What the settings say apart from kinds.
#[derive(Debug, Default)]
pub(super) struct Basics {
    pub(super) title: String,
    pub(super) content: String,
    pub(super) repository: Option<String>,
    pub(super) ignore: Vec<String>,
}

/// How much the findings of a rule are to matter, and why.
pub(super) struct Level {
    pub(super) rule: &'static str,
    level: &'static str,
    because: String,
    /// Whether the findings are about what other tools read, and nothing to mend.
    pub(super) is_foreign: bool,
}

impl Level {
    /// Whether findings that are errors elsewhere are still shown.
    pub(super) fn is_lowered(&self) -> bool {
        self.level == "warning"
    }
}

const HEAD: &str = "\
# The settings of this knowledge base, as `sdkb init --from` proposes them. They are yours to edit: docs/reference.md
# of sdkb has them all.
";

const COLLECTIONS: &str = "
# What documents are, by their path in the content folder. The first entry that matches a path wins. A folder that
# is called like a kind, such as runbooks/ or services/, needs no entry. `defaults` are fields that all documents of
# an entry have, as in `defaults: { services: [checkout] }`.
";

const RULES_HEAD: &str = "
# What was written before anybody checked it does not keep the site from being published: what is a warning here is an
# error elsewhere. Delete a line as soon as its findings are mended, and no new one gets in.
rules:
";

/// The text of `sdkb.yml`.
pub(super) fn text(basics: &Basics, groups: &[Group], levels: &[Level]) -> String {
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
    if !basics.ignore.is_empty() {
        text += "\n# Drafts, by what they say themselves: no part of the site.\nignore:\n";
        basics.ignore.iter().for_each(|path| text += &format!("  - {}\n", scalar(path)));
    }
    let new: Vec<&Group> = groups.iter().filter(|group| group.is_new).collect();
    if !new.is_empty() {
        text += COLLECTIONS;
        text += "collections:\n";
        let mut told = "";
        for group in new {
            if group.because != told {
                let _ = writeln!(text, "  # {}", group.because);
            }
            told = &group.because;
            let _ = writeln!(text, "  - {{ path: {}, kind: {} }}", quoted(&group.pattern), group.kind.id);
        }
    }
    if !levels.is_empty() {
        text += RULES_HEAD;
        for Level { rule, level, because, .. } in levels {
            let _ = writeln!(text, "  {rule}: {level} # {because}");
        }
    }
    text
}

/// Rules about front matter that can't be read as sdkb's. What was not written for sdkb is somebody else's then, unless
/// it looks like a slip.
const FOREIGN: [&str; 3] = ["invalid-value", "unknown-field", "unknown-kind"];

/// Fewer documents than this are no habit.
const HABIT: usize = 3;

/// The levels with which nothing that is there already keeps the site from being published.
pub(super) fn levels(base: &KnowledgeBase, findings: &[Diagnostic]) -> Vec<Level> {
    let documents = base.graph.documents.len();
    let sectioned = base.graph.documents.iter().filter(|document| !document.kind.sections.is_empty()).count();
    let mut counts: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
    for finding in findings {
        let (count, is_slip) = counts.entry(finding.rule).or_default();
        *count += 1;
        *is_slip |= finding.help.iter().any(|help| help.starts_with("did you mean"));
    }
    let level = |(rule, (count, is_slip)): (&str, (usize, bool))| {
        let rule = RULES.iter().find(|known| known.id == rule)?;
        let is_foreign = FOREIGN.contains(&rule.id) && !is_slip;
        let (level, because) = match rule.id {
            _ if is_foreign => ("off", format!("{count}, of other tools")),
            // Where documents do not link to each other, that is a habit and no oversight.
            "orphan-document" if count >= HABIT && count * 3 > documents => {
                ("off", format!("{count}, to which only lists and search lead"))
            }
            // Where hardly any document has the sections, the house has another form.
            "missing-section" if sectioned >= HABIT && count > sectioned * 2 => {
                ("off", format!("{count}: they have a form of their own"))
            }
            _ if rule.severity == Severity::Error => ("warning", format!("{count} when this was written")),
            _ => return None,
        };
        Some(Level { rule: rule.id, level, because, is_foreign })
    };
    counts.into_iter().filter_map(level).collect()
}

fn quoted(value: &str) -> String {
    serde_json::Value::from(value).to_string()
}
