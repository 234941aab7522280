//! The reports, a pair of files each: what it counts, and what it says of that. To add one, write the two, name it here,
//! and add its name to `reports.off` in `src/model/schema/config.yml`.

use super::figures::Figures;
use super::scope::Scope;
use crate::knowledge_base::KnowledgeBase;
use crate::model::label;
use crate::world::World;

/// A question about a project that its documents answer.
pub struct Report {
    /// Its name.
    pub id: &'static str,
    /// What it counts, from which fields, and what it does not say, as markdown. Its example is its test.
    pub text: &'static str,
    /// Counts it. The world says when a file was last changed.
    pub figures: fn(&KnowledgeBase, &dyn World, &Scope) -> Figures,
}

macro_rules! reports {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*

        /// All reports, by name.
        pub static REPORTS: &[&Report] = &[$(&Report {
            id: stringify!($name),
            text: include_str!(concat!(stringify!($name), ".md")),
            figures: $name::figures,
        }),*];
    };
}

reports! {
    actions,
    attention,
    comms,
    coverage,
    freshness,
    incidents,
    recurrence,
}

impl Report {
    /// What it is called.
    pub fn title(&self) -> String {
        label(self.id)
    }

    /// The question that it answers: the first paragraph of its text.
    pub fn summary(&self) -> &'static str {
        self.text.lines().skip(1).find(|line| !line.is_empty()).unwrap_or_default()
    }

    /// How it is counted, without its name, the question and the example.
    pub fn method(&self) -> &'static str {
        let start = self.text.find("\n## ").map_or(self.text.len(), |at| at + 1);
        let end = self.text.find("\n## Example").unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or_default()
    }
}

/// The reports that a project wants, by name.
pub fn wanted(base: &KnowledgeBase) -> impl Iterator<Item = &'static Report> {
    let names = &base.config.reports.names;
    REPORTS.iter().copied().filter(|report| names.iter().any(|name| name == report.id))
}

/// The report with this name.
pub fn find(id: &str) -> Option<&'static Report> {
    REPORTS.iter().find(|report| report.id == id).copied()
}
