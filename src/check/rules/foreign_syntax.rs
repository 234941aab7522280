//! Syntax of another tool that readers see as it is written.

use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::model::ForeignSyntax;

pub(super) static RULE: Rule = Rule {
    id: "foreign-syntax",
    severity: Severity::Warning,
    applies_to: AppliesTo::AllProjects,
    text: include_str!("foreign_syntax.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    for (_, document) in base.documents() {
        let mut known = Vec::new();
        for (syntax, span) in &document.body.foreign {
            // One of a sort shows what to do with all.
            if known.contains(syntax) {
                continue;
            }
            known.push(*syntax);
            let written = &document.source.text[span.range()];
            let (tool, help) = advice(*syntax);
            let message = match syntax {
                ForeignSyntax::Directive => format!("readers see the directive `{}` as code", written.trim()),
                _ => format!("readers see `{}` as it is written", written.trim()),
            };
            report.add(RULE.at(document.source.at(*span), message).help(format!("{tool}; {help}")));
        }
    }
}

/// What the syntax is, and what to write instead.
fn advice(syntax: ForeignSyntax) -> (&'static str, &'static str) {
    match syntax {
        ForeignSyntax::Liquid => {
            ("it is a tag of Jekyll, Eleventy or GitBook", "write markdown, such as `> [!WARNING]` for a box")
        }
        ForeignSyntax::MdBook => ("it is a tag of mdBook", "link to the file, or write here what it says"),
        ForeignSyntax::Container => {
            ("it is a container of another tool", "write `> [!NOTE]` for a box, and a fence for a diagram")
        }
        ForeignSyntax::Snippet => {
            ("it is a snippet of MkDocs", "link to the file, or write here what it says")
        }
        ForeignSyntax::Mdx => ("it is code of MDX", "leave it out, and write markdown for what it imports"),
        ForeignSyntax::MdxComment => {
            ("it is a comment of MDX", "write `<!-- … -->` for what readers are not to see")
        }
        ForeignSyntax::Comment => {
            ("it is a comment of Obsidian", "write `<!-- … -->` for what readers are not to see")
        }
        ForeignSyntax::Directive => (
            "it is a directive of MyST",
            "write markdown, such as a link, a picture or `> [!NOTE]` for a box",
        ),
        ForeignSyntax::Role => ("it is a role of MyST", "write a link, or the text alone"),
        ForeignSyntax::Extension => {
            ("it is an extension of Kramdown", "write `<!-- … -->` for a comment, and leave others out")
        }
        ForeignSyntax::Jira => (
            "it is markup of Jira or Confluence",
            "write markdown, such as `## Steps`, a fence for code, or `> [!WARNING]` for a box",
        ),
        ForeignSyntax::AsciiDoc => (
            "it is a block of AsciiDoc",
            "write markdown, such as `> [!NOTE]` for a box, and a fence for code",
        ),
        ForeignSyntax::Rst => (
            "it is a directive of reStructuredText",
            "write markdown, such as `> [!NOTE]` for a box, and a fence for code",
        ),
        ForeignSyntax::Attributes => ("these are attributes of Kramdown or MkDocs", "leave them out"),
    }
}
