//! What files beside documents define: alert rules, entities of catalogs and objectives.

use std::sync::Arc;

use super::{AlertRule, Entity, Location, Objective, WrittenText};

/// What the files that `sources` names define.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Definitions {
    /// The alert rules, by file and place.
    pub alert_rules: Vec<Arc<AlertRule>>,
    /// Entities of catalogs, by file and place.
    pub entities: Vec<Arc<Entity>>,
    /// Service level objectives, by file and place.
    pub objectives: Vec<Arc<Objective>>,
    /// Entities of one name: the first, and one that stands elsewhere too.
    pub repeated: Vec<(Arc<Entity>, Arc<Entity>)>,
    /// Objectives of services that do not exist.
    pub unclaimed: Vec<Arc<Objective>>,
    /// Names of alerts that are made by templates, so that they are not known.
    pub templated: Vec<WrittenText>,
    /// Files that are not read as data, and why.
    pub unread: Vec<UnreadSource>,
    /// Whether there are files that should be read and can't.
    pub has_broken_files: bool,
    /// Patterns that match no file, with their places.
    pub unmatched: Vec<(String, Location)>,
}

/// A file that a pattern of `sources` names, and that is not read as data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadSource {
    /// Its path.
    pub path: String,
    /// What it is instead.
    pub reason: UnreadReason,
}

/// Why a file is not read as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnreadReason {
    /// It is a template of Helm.
    Helm,
    /// It is a program in Jsonnet.
    Jsonnet,
    /// It holds nothing that a known format has.
    Unknown,
}

impl Definitions {
    /// Whether no other file can define an alert: all of them could be read.
    pub fn is_complete(&self) -> bool {
        let is_other = |file: &UnreadSource| file.reason == UnreadReason::Unknown;
        !self.has_broken_files && self.templated.is_empty() && self.unread.iter().all(is_other)
    }
}
