//! A command that can't be run as it stands: it holds a placeholder, or a variable that no document declares.

use std::collections::BTreeSet;

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::model::Role;
use crate::parse::shell::{self, Placeholder};

pub(super) static RULE: Rule = Rule {
    id: "placeholder-command",
    severity: Severity::Warning,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("placeholder_command.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    // Where nothing can be declared, commands are examples.
    for (_, document) in base.current_documents() {
        let Some(variables) = document.kind.path_of(Role::Variables) else { continue };
        let declared: Vec<&str> = document.variables().filter_map(|variable| variable.name()).collect();
        let text = &document.source.text;
        let blocks = document.body.commands.iter();
        let scripts: Vec<_> =
            blocks.filter_map(|block| Some((block, shell::read(&block.language, &block.code)?))).collect();
        let may_set_any = scripts.iter().any(|(_, script)| script.sources());
        let assigned: BTreeSet<&str> = scripts.iter().flat_map(|(_, script)| script.assigned()).collect();
        // The same placeholder in the next command is the same question.
        let mut told = BTreeSet::new();
        for (block, script) in &scripts {
            for (place, placeholder) in script.unfilled() {
                let span = block.locate(text, place);
                let (message, help) = match placeholder {
                    Placeholder::Angle(name) => {
                        let variable =
                            name.to_uppercase().replace(|letter: char| !letter.is_alphanumeric(), "_");
                        let help = match declared.iter().find(|known| known.eq_ignore_ascii_case(&variable)) {
                            Some(known) => format!("write `${known}`"),
                            None => {
                                format!("declare `{variable}` under `{variables}`, and write `${variable}`")
                            }
                        };
                        (format!("placeholder `<{name}>` in a command"), help)
                    }
                    Placeholder::Variable(name)
                        if !may_set_any && !declared.contains(&name) && !assigned.contains(name) =>
                    {
                        (
                            format!("undeclared variable `${name}` in a command"),
                            format!("declare `{name}` under `{variables}`"),
                        )
                    }
                    Placeholder::Variable(_) => continue,
                };
                if told.insert(message.clone()) {
                    report.add(RULE.at(document.source.at(span), message).help(help));
                }
            }
        }
    }
}
