//! A drawing of which a part is not published.

use indexmap::IndexSet;

use crate::check::{Check, Holds, Report, Rule, Subject};
use crate::diagnostic::Severity;
use crate::graph::Attachment;
use crate::model::{Source, Span};

pub(super) static RULE: Rule = Rule {
    id: "unsafe-drawing",
    severity: Severity::Warning,
    holds: Holds::Everywhere,
    text: include_str!("unsafe_drawing.md"),
    check: Check::Project(check),
};

/// More parts than this are counted and not named.
const MOST_NAMES: usize = 3;

fn check(subject: &Subject<'_>, report: &mut Report) {
    for (path, attachment) in &subject.graph.attachments {
        let Attachment::Drawing(dropped) = attachment else { continue };
        let Some(first) = dropped.first() else { continue };
        let path = subject.config.in_content(path);
        let text = subject.world.read(&path).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let text = text.unwrap_or_default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        // The file may have changed since it was read.
        let span = if text.get(first.span.clone()).is_some() { first.span.clone() } else { 0..0 };
        let place = Source::new(path, text).at(Span::new(span));
        let names: IndexSet<&str> = dropped.iter().map(|dropped| dropped.name.as_str()).collect();
        let mut said: Vec<String> = names.iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect();
        if names.len() > MOST_NAMES {
            said.push(format!("{} more", names.len() - MOST_NAMES));
        }
        let message = format!("the drawing is published without {}", said.join(", "));
        report.add(
            RULE.at(place, message)
                .help("export it without scripts, HTML and links to other files, or as PNG"),
        );
    }
}
