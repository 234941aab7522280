//! Findings: what is wrong with the content, where, and what to do about it.

pub mod format;
mod identity;
mod message;

pub use format::human::{Colour, all, article, count, names, render, summary};
pub use identity::Identity;
pub use message::{IdInMessage, Message};

use std::fmt::{self, Display};

use rustc_hash::FxHashMap;
use serde::{Serialize, Serializer};

use crate::model::Location;
use crate::text::control::escaped;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site would be broken or wrong.
    Error,
    /// The site is whole, but the content could be better.
    Warning,
}

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// The id of the rule that found it.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong: one short lower-case phrase, the culprit in backticks.
    pub message: String,
    /// Where ids of documents stand in the message.
    pub ids: Vec<IdInMessage>,
    /// The culprit.
    pub location: Location,
    /// Which one it is of the findings in its file that say the same, from 0.
    pub number: usize,
    /// In how many rows of data it is found, of which this is the first.
    pub rows: usize,
    /// What to say beneath the culprit, possibly nothing.
    pub label: String,
    /// Other places that belong to it.
    pub related: Vec<(Location, String)>,
    /// Advice, a line each.
    pub help: Vec<Help>,
    /// The text that would fix it, where there is no doubt.
    pub fix: Option<Fix>,
}

/// A line of advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Help {
    /// The name that was probably meant.
    DidYouMean(String),
    /// Anything else.
    Text(String),
}

impl Display for Help {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Help::DidYouMean(name) => write!(f, "did you mean `{name}`?"),
            Help::Text(text) => f.write_str(text),
        }
    }
}

impl Serialize for Help {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A text to put in the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What to replace.
    pub location: Location,
    /// What with.
    pub text: String,
}

impl Diagnostic {
    /// A finding at `location`.
    pub fn new(
        rule: &'static str,
        severity: Severity,
        location: Location,
        message: impl Into<Message>,
    ) -> Self {
        let (message, ids) = message.into().shown(one_line);
        Self {
            rule,
            severity,
            message,
            ids,
            location,
            number: 0,
            rows: 1,
            label: String::new(),
            related: Vec::new(),
            help: Vec::new(),
            fix: None,
        }
    }

    /// Adds what to say beneath the culprit.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = escaped(&label.into()).into_owned();
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, location: Location, label: impl Into<String>) -> Self {
        self.related.push((location, escaped(&label.into()).into_owned()));
        self
    }

    /// Adds a line of advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.add_help(help);
        self
    }

    /// Adds a line of advice to a finding that is complete otherwise.
    pub fn add_help(&mut self, help: impl Into<String>) {
        self.help.push(Help::Text(one_line(help)));
    }

    /// Says in how many rows of data it is found. What fixes the first of several is left out: it would not fix the others.
    #[must_use]
    pub fn in_rows(mut self, rows: usize) -> Self {
        self.rows = rows;
        if rows > 1 {
            self.add_help(format!("the same is wrong in {}", count(rows - 1, "more row")));
            self.fix = None;
        }
        self
    }

    /// Adds the text that fixes it, if there is one.
    #[must_use]
    pub fn fix(mut self, location: Location, text: Option<String>) -> Self {
        self.fix = text.map(|text| Fix { location, text });
        self
    }

    /// Adds a value for the one in front matter at the same place, in the quotes of that.
    #[must_use]
    pub fn fix_value(self, value: Option<&str>) -> Self {
        let location = self.location.clone();
        let written = &location.source.text[location.span.range()];
        let quote = written.chars().next().filter(|first| matches!(first, '"' | '\'')).map(String::from);
        let quote = quote.unwrap_or_default();
        // A word needs no quotes; what might is left to its author.
        let is_word =
            |value: &&str| value.chars().all(|letter| letter.is_alphanumeric() || "-_/.".contains(letter));
        // The place of a text of several lines is larger than the text.
        let is_plain = !written.contains('\n') && !written.starts_with(['|', '>']);
        let text = value.filter(is_word).filter(|_| is_plain).map(|value| format!("{quote}{value}{quote}"));
        self.fix(location, text)
    }

    /// Adds "did you mean", if there is something to suggest.
    #[must_use]
    pub fn did_you_mean(mut self, suggestion: Option<String>) -> Self {
        self.help.extend(suggestion.map(|name| Help::DidYouMean(one_line(name))));
        self
    }
}

impl Severity {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// A text of one line that can be read, whatever it quotes.
fn one_line(text: impl Into<String>) -> String {
    escaped(&shortened(text.into())).into_owned()
}

fn shortened(text: String) -> String {
    const LONGEST: usize = 400;
    const KEPT: usize = 150;
    if text.len() <= LONGEST {
        return text;
    }
    let (start, end) = (text.floor_char_boundary(KEPT), text.ceil_char_boundary(text.len() - KEPT));
    format!("{}…{}", &text[..start], &text[end..])
}

/// Tells findings of one file apart that say the same. They are in their order and complete: numbering only a
/// part of them would give one the identity of another.
pub fn number(diagnostics: &mut [Diagnostic]) {
    let mut seen: FxHashMap<Identity, usize> = FxHashMap::default();
    for finding in diagnostics {
        let next = seen.entry(Identity::without_number(finding)).or_default();
        finding.number = *next;
        *next += 1;
    }
}

/// Puts findings in the one order in which they are shown: by file, place and rule. Drops repetitions.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    fn key(finding: &Diagnostic) -> (&str, u32, Severity, &str, &str) {
        let Location { source, span } = &finding.location;
        (&source.path, span.start, finding.severity, finding.rule, &finding.message)
    }
    diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
    diagnostics.dedup_by(|a, b| key(a) == key(b));
}
