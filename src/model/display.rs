//! How pages show documents and their fields, as kinds say it.

use serde::Serialize;

/// How pages show the values of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Display {
    /// As a word that stands out.
    Chip,
    /// In a row.
    Row,
}

/// What the choices of a status mean to readers and to the engine.
#[derive(Debug, Clone, Default)]
pub struct States {
    /// Something is going on.
    pub live: Vec<String>,
    /// All is as expected, so that pages need not say it.
    pub normal: Vec<String>,
    /// Not to be relied on yet.
    pub unfinished: Vec<String>,
    /// Not to be relied on any more.
    pub retired: Vec<String>,
}

/// What the status of a document means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentState {
    /// Something is going on.
    Live,
    /// All is as expected.
    Normal,
    /// Not to be relied on yet.
    Unfinished,
    /// Not to be relied on any more.
    Retired,
}

impl States {
    /// What a status means, if the kind says it.
    pub fn of(&self, status: &str) -> Option<DocumentState> {
        let lists = [
            (&self.live, DocumentState::Live),
            (&self.normal, DocumentState::Normal),
            (&self.unfinished, DocumentState::Unfinished),
            (&self.retired, DocumentState::Retired),
        ];
        lists.into_iter().find(|(known, _)| known.iter().any(|known| known == status)).map(|(_, state)| state)
    }
}

/// What the choices of an outcome mean: what a document did for those who followed it.
#[derive(Debug, Clone, Default)]
pub struct Outcomes {
    /// It helped.
    pub helped: Vec<String>,
    /// It was wrong, or made things worse.
    pub misled: Vec<String>,
    /// It was needed and not there.
    pub missing: Vec<String>,
}

/// What a document did for those who followed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It helped.
    Helped,
    /// It was wrong, or made things worse.
    Misled,
    /// It was needed and not there.
    Missing,
}

impl Outcomes {
    /// What a choice means, if the kind says it.
    pub fn of(&self, choice: &str) -> Option<Outcome> {
        let lists = [
            (&self.helped, Outcome::Helped),
            (&self.misled, Outcome::Misled),
            (&self.missing, Outcome::Missing),
        ];
        lists
            .into_iter()
            .find(|(known, _)| known.iter().any(|known| known == choice))
            .map(|(_, outcome)| outcome)
    }
}

/// How the home page shows the documents of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum HomePart {
    /// Under their owners, in the order of the field that ranks them.
    Owners,
    /// As a scale: the first two brief fields, then those with words before them.
    Levels,
    /// The latest, along a line.
    Latest,
}
