//! Entities of catalogs and service level objectives, as files of other tools define them.

use std::sync::Arc;

use super::{AlertSettings, FieldValues, Location, Node, Pair, Reference, WrittenText};

/// Something that a catalog describes.
#[derive(Debug, PartialEq)]
pub struct Entity {
    /// What the catalog calls its sort: `Component`.
    pub kind: String,
    /// The name by which others refer to it, with its namespace unless that is the default one: `shop/checkout`.
    pub name: WrittenText,
    /// All that is written of it.
    pub tree: Node,
    /// Where it stands.
    pub location: Location,
}

/// A service level objective.
#[derive(Debug, PartialEq)]
pub struct Objective {
    /// The service that promises it, where the file says it by itself.
    pub service: Option<WrittenText>,
    /// Labels, one of which may name the service.
    pub labels: Vec<Pair>,
    /// What is promised.
    pub name: WrittenText,
    /// The share of good events, in percent.
    pub target: Option<WrittenText>,
    /// The length of the window.
    pub window: Option<WrittenText>,
    /// What is counted, and what counts as good.
    pub indicator: Option<WrittenText>,
    /// Where it stands.
    pub location: Location,
}

impl Objective {
    /// The service that promises it.
    pub fn service(&self, settings: &AlertSettings) -> Option<&WrittenText> {
        let labels = || settings.service_labels.iter();
        let label = |name: &String| self.labels.iter().find(|pair| pair.name == *name);
        self.service.as_ref().or_else(|| labels().find_map(label).map(|pair| &pair.value))
    }
}

/// What files of other tools say of that which a document is about.
#[derive(Debug, Clone)]
pub struct Record {
    /// What a catalog says.
    pub entity: Option<Arc<Entity>>,
    /// The objectives of the service.
    pub objectives: Vec<Arc<Objective>>,
    /// The values of all of these, by the schema of the kind.
    pub fields: FieldValues,
    /// The references among them.
    pub references: Vec<Reference>,
    /// Whether no markdown file describes it, so that the document is made of this alone.
    pub is_all: bool,
}

impl Record {
    /// Where it is defined.
    pub fn locations(&self) -> impl Iterator<Item = &Location> {
        let entity = self.entity.iter().map(|entity| &entity.name.location);
        entity.chain(self.objectives.iter().map(|objective| &objective.name.location))
    }
}
