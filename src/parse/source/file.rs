//! One file that defines something: what is in it, and what was found.

use std::sync::Arc;

use crate::model::{
    AlertRule, Content, Entity, Location, Node, Objective, Pair, Problems, Source, SyntaxProblem,
    UnreadReason, WrittenText, is_template,
};

/// A format of files that define alerts, objectives or entities.
pub(super) trait Format: Sync {
    /// Its name in the settings.
    fn name(&self) -> &'static str;

    /// Whether a document in YAML or JSON is of the format.
    fn recognises(&self, root: &Node) -> bool;

    /// Adds what the document defines.
    fn read(&self, root: Written<'_>, found: &mut SourceFile);
}

/// A part of a file that defines something.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) source: &'a Arc<Source>,
    pub(super) node: &'a Node,
}

/// What one file defines.
#[derive(Debug, Default)]
pub struct SourceFile {
    pub(super) alert_rules: Vec<Arc<AlertRule>>,
    pub(super) entities: Vec<Arc<Entity>>,
    pub(super) objectives: Vec<Arc<Objective>>,
    /// Names of alerts that are made by templates.
    pub(super) templated: Vec<WrittenText>,
    pub(super) problems: Problems,
    pub(super) unread: Option<UnreadReason>,
}

/// The items of a list; none of anything else.
pub(super) fn items(node: Option<&Node>) -> &[Node] {
    match node.map(|node| &node.content) {
        Some(Content::List(items)) => items,
        _ => &[],
    }
}

impl SourceFile {
    /// Adds a rule, unless its name is made by a template.
    pub(super) fn add_rule(&mut self, rule: AlertRule) {
        if is_template(&rule.name.text) {
            self.templated.push(rule.name);
        } else {
            self.alert_rules.push(Arc::new(rule));
        }
    }

    /// Adds an entity of a catalog.
    pub(super) fn add_entity(&mut self, entity: Entity) {
        self.entities.push(Arc::new(entity));
    }

    /// Adds an objective, unless its name is made by a template.
    pub(super) fn add_objective(&mut self, objective: Objective) {
        if !is_template(&objective.name.text) {
            self.objectives.push(Arc::new(objective));
        }
    }

    /// Adds a problem with what stands at a place.
    pub(super) fn add_problem(&mut self, at: &Location, message: impl Into<String>, help: impl Into<String>) {
        let problem = SyntaxProblem { span: at.span, message: message.into(), help: help.into(), fix: None };
        self.problems.add_syntax(&at.source, problem);
    }
}

impl<'a> Written<'a> {
    /// The value under `key`, unless there is none or nothing.
    pub(super) fn get(self, key: &str) -> Option<Self> {
        let node = self.node.get(key).filter(|node| !node.is_null())?;
        Some(Self { node, ..self })
    }

    /// The value at a path of keys.
    pub(super) fn at(self, path: &[&str]) -> Option<Self> {
        path.iter().try_fold(self, |written, key| written.get(key))
    }

    /// The items of a list; none of anything else.
    pub(super) fn items(self) -> impl Iterator<Item = Self> + use<'a> {
        items(Some(self.node)).iter().map(move |node| Self { node, ..self })
    }

    /// The scalar, with its place.
    pub(super) fn text(self) -> Option<WrittenText> {
        Some(WrittenText { text: self.node.text()?.to_owned(), location: self.location() })
    }

    /// The names and scalars of a map.
    pub(super) fn pairs(self) -> Vec<Pair> {
        let entries = self.node.entries().iter();
        let pairs = entries.filter_map(|(key, node)| {
            Some(Pair { name: key.text()?.to_owned(), value: Self { node, ..self }.text()? })
        });
        pairs.collect()
    }

    pub(super) fn location(self) -> Location {
        self.source.at(self.node.span)
    }
}
