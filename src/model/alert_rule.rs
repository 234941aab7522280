//! Alert rules, as the files of a monitoring system define them.

use super::Location;

/// A rule that fires an alert.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertRule {
    /// The name of the alert.
    pub name: WrittenText,
    /// Where the whole rule stands. What an anchor elsewhere in the file brings is not in it.
    pub location: Location,
    /// The group that the rule is in, possibly empty.
    pub group: String,
    /// What is evaluated; none where the file does not say.
    pub expression: Option<Expression>,
    /// How long the expression has to hold before the alert fires, as it is written.
    pub pending: Option<WrittenText>,
    /// Labels with values that the rule sets.
    pub labels: Vec<Pair>,
    /// What notifications say.
    pub annotations: Vec<Pair>,
    /// Whether the alert is made from an SLO by its generator, so that no file holds the rule itself.
    pub is_generated: bool,
}

/// A text and where it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenText {
    /// The text.
    pub text: String,
    /// Where it stands, quotes included.
    pub location: Location,
}

impl WrittenText {
    /// Whether its place holds this text and nothing else, perhaps in quotes: not a block, and not all of a line.
    pub fn is_alone(&self) -> bool {
        let written = &self.location.source.text[self.location.span.range()];
        let inner = |quote: char| written.strip_prefix(quote)?.strip_suffix(quote);
        inner('"').or_else(|| inner('\'')).unwrap_or(written) == self.text
    }
}

/// What an alert rule evaluates.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// The language, as code blocks name it: `promql`, `logql`; empty if it is not known.
    pub language: &'static str,
    /// The expression.
    pub text: WrittenText,
}

/// A label or an annotation.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: WrittenText,
}

impl AlertRule {
    /// The value of a label that the rule sets.
    pub fn label(&self, name: &str) -> Option<&WrittenText> {
        find(&self.labels, name)
    }

    /// The value of an annotation.
    pub fn annotation(&self, name: &str) -> Option<&WrittenText> {
        find(&self.annotations, name)
    }

    /// What its notifications say in one line.
    pub fn summary(&self) -> Option<&WrittenText> {
        self.annotation("summary").or_else(|| self.annotation("message"))
    }

    /// What its notifications say at length.
    pub fn description(&self) -> Option<&WrittenText> {
        self.annotation("description")
    }

    /// The first of `labels` that the rule sets to something that is no template.
    pub fn first_label(&self, labels: &[String]) -> Option<&WrittenText> {
        labels.iter().find_map(|name| self.label(name)).filter(|value| !is_template(&value.text))
    }
}

fn find<'a>(pairs: &'a [Pair], name: &str) -> Option<&'a WrittenText> {
    pairs.iter().find(|pair| pair.name == name).map(|pair| &pair.value)
}

/// Whether a value is made when the alert fires.
pub fn is_template(text: &str) -> bool {
    text.contains("{{")
}
