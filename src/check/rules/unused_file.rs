//! A file of settings, of a kind or of a theme that nothing uses.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::model::{MeantFile, Source, Span};

pub(super) static RULE: Rule = Rule {
    id: "unused-file",
    severity: Severity::Warning,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("unused_file.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for file in &base.problems.unused_files {
        let place = Source::new(file.path.as_str(), "").at(Span::default());
        let finding = RULE.at(place, format!("nothing uses `{}`", file.path));
        report.add(match &file.meant {
            MeantFile::Path(meant) => finding.did_you_mean(Some(meant.clone())),
            MeantFile::Kind => finding.help("no kind has this name: rename the file, or remove it"),
            MeantFile::Part => finding.help("include or extend it in another template, or remove it"),
            MeantFile::Theme(name) => {
                finding.help(format!("write `theme: {name}` in sdkb.yml, or remove it"))
            }
        });
    }
}
