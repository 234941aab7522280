//! What pages show of alert rules.

use serde::Serialize;

use super::Link;

/// How bad an alert is.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct SeverityView {
    /// As its rule says it.
    pub name: String,
    /// Whether that pages a person.
    pub is_paging: bool,
}

/// A rule that fires an alert.
#[derive(Debug, Clone, Hash, Serialize)]
pub struct AlertRuleView {
    /// The group that the rule is in, possibly empty.
    pub group: String,
    /// How bad it is, possibly empty.
    pub severity: String,
    /// Whether that pages a person.
    pub is_paging: bool,
    /// How long its expression has to hold; empty if it fires at once, or if that is not known.
    pub pending: String,
    /// Whether it is known how long its expression has to hold.
    pub is_timed: bool,
    /// The expression as HTML, highlighted; possibly empty.
    pub expression: String,
    /// The language of the expression, as code blocks name it.
    pub language: &'static str,
    /// What notifications say, in one line and at length, as HTML; possibly empty.
    pub summary: String,
    /// The longer text.
    pub description: String,
    /// The other labels that it sets: name and value.
    pub labels: Vec<(String, String)>,
    /// The address of a runbook on another site, or one that only a firing alert decides; possibly empty.
    pub elsewhere: String,
    /// Whether the address can be followed as it is.
    pub is_link: bool,
    /// Where it is defined: the file with its line, and where that can be read on the web.
    pub defined: Link,
    /// Whether it is made from an SLO, so that what is defined there is that.
    pub is_generated: bool,
}
