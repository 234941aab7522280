//! A section that holds nothing, or only what its kind's template says.

use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::missing_section::{is_named, words};
use crate::check::{AppliesTo, Check, Report, Rule};
use crate::diagnostic::Severity;
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Document, Heading, Kind, Span};
use crate::parse::markdown;

pub(super) static RULE: Rule = Rule {
    id: "unwritten-section",
    severity: Severity::Warning,
    applies_to: AppliesTo::AdoptedProjects,
    text: include_str!("unwritten_section.md"),
    check: Check::Project(check),
};

fn check(base: &KnowledgeBase, report: &mut Report) {
    let mut templates: FxHashMap<&str, Template> = FxHashMap::default();
    for (_, document) in base.current_documents() {
        let kind = &document.kind;
        let template = templates.entry(&kind.id).or_insert_with(|| Template::new(kind));
        let text = &document.source.text;
        let opening = document.body_start..document.body.headings.first().map_or(text.len(), start);
        // A title stands above the opening.
        let opening = match document.body.headings.as_slice() {
            [title, rest @ ..] if title.level == 1 && said(&text[opening.clone()]).next().is_none() => {
                title.span.end as usize..rest.first().map_or(text.len(), start)
            }
            _ => opening,
        };
        if let Some(first) = said(&text[opening.clone()]).next()
            && template.is_all(document, &template.opening, &text[opening.clone()])
        {
            let at = opening.start + text[opening].find(first).unwrap_or_default();
            let place = document.source.at(Span::new(at..at + first.len()));
            let finding = RULE.at(place, "the text before the first section is that of the template");
            report.add(finding.help(UNTIL_THEN));
        }
        for (index, heading) in document.body.headings.iter().enumerate() {
            if let Some((message, hint)) = template.unwritten(document, index) {
                let finding = RULE.at(document.source.at(heading.span), message);
                let finding = match hint {
                    Some(hint) => finding.help(format!("write here: {hint}")),
                    None => finding.help("write what there is to say; one honest line is enough"),
                };
                report.add(finding.help(UNTIL_THEN));
            }
        }
    }
}

const UNTIL_THEN: &str = "a document with `status: draft` may have unwritten sections";

/// What the template of a kind says, section by section.
struct Template {
    opening: BTreeSet<String>,
    /// The words of each heading, and the lines below it.
    sections: Vec<(Vec<String>, BTreeSet<String>)>,
}

impl Template {
    fn new(kind: &Kind) -> Self {
        let body = markdown::scan(&kind.template, 0);
        let lines = |range: Range<usize>| said(&kind.template[range]).map(str::to_owned).collect();
        let opening = lines(0..body.headings.first().map_or(kind.template.len(), start));
        let sections = body.headings.iter().enumerate();
        let sections = sections.map(|(index, heading)| {
            (words(&heading.text), lines(below(&kind.template, &body.headings, index)))
        });
        let mut sections: Vec<(Vec<String>, BTreeSet<String>)> = sections.collect();
        // Sections that the kind asks for and its template does not have.
        sections.extend(kind.sections.iter().map(|section| (words(section), BTreeSet::new())));
        Self { opening, sections }
    }

    /// What is wrong with a section that was not written, and what the template says of it.
    fn unwritten(&self, document: &Document, index: usize) -> Option<(String, Option<&str>)> {
        let (text, headings) = (&document.source.text, &document.body.headings);
        let heading = &headings[index];
        let (_, lines) = self.sections.iter().find(|(words, _)| is_named(&heading.text, words))?;
        let below = below(text, headings, index);
        let inner = headings.iter().filter(|inner| below.contains(&start(inner)));
        // Headings alone say nothing.
        let mut parts = Vec::new();
        let mut at = below.start;
        for inner in inner {
            parts.push(&text[at..start(inner)]);
            at = inner.span.end as usize;
        }
        parts.push(&text[at..below.end]);
        let own = parts.join("\n");
        let name = &heading.text;
        if said(&own).next().is_none() {
            return Some((
                format!("the section `{name}` is empty"),
                lines.iter().next().map(|line| unmarked(line)),
            ));
        }
        self.is_all(document, lines, &own)
            .then(|| (format!("the section `{name}` holds the text of its template"), None))
    }

    /// Whether a text says nothing but these lines.
    fn is_all(&self, document: &Document, lines: &BTreeSet<String>, text: &str) -> bool {
        !lines.is_empty()
            && said(text).all(|line| {
                lines
                    .iter()
                    .any(|known| known == line || known.replace("{{ title }}", &document.title) == line)
            })
    }
}

fn start(heading: &Heading) -> usize {
    heading.span.start as usize
}

/// The text from a heading to the next one of its level.
fn below(text: &str, headings: &[Heading], index: usize) -> Range<usize> {
    let level = headings[index].level;
    let next = headings[index + 1..].iter().find(|next| next.level <= level);
    headings[index].span.end as usize..next.map_or(text.len(), start)
}

/// The lines of a text that a reader sees something of: without comments.
fn said(text: &str) -> impl Iterator<Item = &str> {
    let mut is_comment = false;
    text.lines().map(str::trim).filter(move |line| {
        let starts = line.starts_with("<!--");
        let is_hidden = is_comment || starts;
        is_comment = is_hidden && !line.ends_with("-->");
        !is_hidden && !line.is_empty()
    })
}

/// A line without the mark of a list.
fn unmarked(line: &str) -> &str {
    line.trim_start_matches(|letter: char| letter.is_ascii_digit() || "-*+. ".contains(letter))
}
