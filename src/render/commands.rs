//! What the commands of a document ask of a reader, and the first of them.

use std::collections::BTreeSet;

use super::context::Pages;
use super::html;
use super::view::{CachedValue, Opening, TocEntry, ValueView};
use crate::model::{Document, Entry, FieldValues, Span, VARIABLES, Value};
use crate::parse::shell::{self, Blank};

impl Pages<'_> {
    /// The first command of a document, as it stands on the page at `url`. Nothing, if it has none.
    pub(super) fn opening(&self, index: usize, url: &str) -> Option<Opening> {
        let document = &self.graph.documents[index];
        let first = document.body.commands.first()?;
        let html = html::command(
            &document.source.text,
            document.body_start,
            &document.body,
            *first,
            &self.targets(index, url),
            &|language, code| self.code.highlight(language, code).to_string(),
        )?;
        let heading = document.body.headings.iter().rev().find(|heading| heading.span.end <= first.start);
        let section = heading.filter(|heading| heading.level > 1).map(|heading| TocEntry {
            level: heading.level,
            title: heading.text.clone(),
            anchor: heading.slug.clone(),
        });
        Some(Opening {
            document: self.cards[index].clone(),
            asked: self.asked(index, *first),
            section,
            html,
            placeholders: placeholders(document, std::slice::from_ref(first)),
        })
    }

    /// The variables that a document declares, as far as a block of its commands has a place for them.
    fn asked(&self, index: usize, block: Span) -> Vec<CachedValue<ValueView>> {
        let document = &self.graph.documents[index];
        let slots = shell::asked(&document.source.text[block.range()]);
        let is_asked = |fields: &FieldValues| {
            let name = fields.text("name");
            slots.iter().any(|slot| {
                let (Blank::Placeholder(asked) | Blank::Variable(asked)) = slot.blank;
                name == Some(asked)
            })
        };
        let Some(field) = document.kind.field(VARIABLES) else { return Vec::new() };
        let entries = document.fields.get(VARIABLES).into_iter().flat_map(Entry::each);
        let asked = entries.filter(|entry| matches!(&entry.value, Value::Object(fields) if is_asked(fields)));
        asked.map(|entry| CachedValue::new(self.values(index).value(entry, field))).collect()
    }
}

/// What stands in angle brackets in commands of a document, each once, and is no variable that it declares.
pub(super) fn placeholders(document: &Document, commands: &[Span]) -> Vec<String> {
    let plain = |name: &str| name.to_lowercase().replace(['-', ' '], "_");
    let mut known: BTreeSet<String> = document.variables().map(plain).collect();
    let mut found = Vec::new();
    for (_, blank) in commands.iter().flat_map(|span| shell::blanks(&document.source.text[span.range()])) {
        if let Blank::Placeholder(name) = blank
            && known.insert(plain(name))
        {
            found.push(name.to_owned());
        }
    }
    found
}
