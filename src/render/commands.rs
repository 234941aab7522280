//! What the commands of a document ask of a reader, and the first of them.

use std::collections::BTreeSet;

use super::context::Pages;
use super::html;
use super::view::{CachedValue, FirstCommand, TocEntry, ValueView};
use crate::model::{CommandBlock, Document, DocumentId, Entry, FieldValues, Role, Variable};
use crate::parse::shell::{self, Placeholder};

impl Pages<'_> {
    /// The first command of a document, as it stands on the page at `url`. Nothing, if it has none.
    pub(super) fn first_command(&self, index: DocumentId, url: &str) -> Option<FirstCommand> {
        let document = &self.graph.documents[index];
        let first = document.body.commands.first()?;
        let code = |language: &str, code: &str| self.code.highlight(language, code).to_string();
        let html = html::first_command(&document.body, &self.targets(index, url), &code);
        let heading =
            document.body.headings.iter().rev().find(|heading| heading.span.end <= first.span.start);
        let section = heading.filter(|heading| heading.level > 1).map(|heading| TocEntry {
            level: heading.level,
            title: heading.text.clone(),
            anchor: heading.slug.clone(),
        });
        Some(FirstCommand {
            document: self.cards[index].clone(),
            asked: self.declared_variables(index, first),
            section,
            html,
            placeholders: placeholders(document, std::slice::from_ref(first)),
        })
    }

    /// The variables that a document declares, as far as a block of its commands has a place for them.
    fn declared_variables(&self, index: DocumentId, block: &CommandBlock) -> Vec<CachedValue<ValueView>> {
        let document = &self.graph.documents[index];
        let slots =
            shell::read(&block.language, &block.code).map(|script| script.slots()).unwrap_or_default();
        let Some(field) = document.kind.field_of(Role::Variables) else { return Vec::new() };
        let is_asked = |fields: &FieldValues| {
            let name = Variable::new(field, fields).name();
            name.is_some_and(|name| slots.iter().any(|slot| slot.placeholder.is_called(name)))
        };
        let entries = document.fields.get(&field.name).into_iter().flat_map(Entry::each);
        let asked = entries.filter(|entry| entry.value.object().is_some_and(is_asked));
        asked.map(|entry| CachedValue::new(self.values(index).value(entry, field))).collect()
    }
}

/// What stands in angle brackets in commands of a document, each once, and is no variable that it declares.
pub(super) fn placeholders(document: &Document, commands: &[CommandBlock]) -> Vec<String> {
    let mut known: BTreeSet<String> =
        document.variables().filter_map(|variable| variable.name()).map(shell::folded).collect();
    let mut found = Vec::new();
    let scripts = commands.iter().filter_map(|block| shell::read(&block.language, &block.code));
    for (_, placeholder) in scripts.flat_map(|script| script.unfilled()) {
        if let Placeholder::Angle(name) = placeholder
            && known.insert(shell::folded(name))
        {
            found.push(name.to_owned());
        }
    }
    found
}
