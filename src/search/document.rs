//! The terms of one document, with where and how they stand in it.

use rustc_hash::FxHashMap;

use super::sections::{Section, sections};
use super::terms::{Form, tails, terms};
use crate::model::{Document, Entry, FieldValues, Value};

/// Where a term stands and how. The numbers are those of the index, as `docs/search.md` says.
pub(super) const TEXT: u16 = 1;
pub(super) const CODE: u16 = 2;
pub(super) const HEADING: u16 = 4;
pub(super) const FIELD: u16 = 8;
pub(super) const ONLY_STEM: u16 = 16;
pub(super) const TIMES: u16 = 32;
pub(super) const TITLE: u16 = 128;
pub(super) const ID: u16 = 256;
pub(super) const ALIAS: u16 = 512;
pub(super) const ALERT: u16 = 1024;
pub(super) const ONLY_PART: u16 = 2048;

/// What the index has to know of a document, made from it alone.
#[derive(Debug)]
pub struct DocumentTerms {
    /// All terms, one behind the other.
    text: String,
    /// Each term and section once.
    entries: Vec<Posting>,
    /// How many terms there are in it.
    pub length: usize,
    /// Its text.
    pub sections: Vec<Section>,
}

#[derive(Debug, Clone, Copy)]
struct Posting {
    start: u32,
    length: u16,
    section: u16,
    matches: u16,
}

impl DocumentTerms {
    /// The terms of a document.
    pub fn new(document: &Document) -> Self {
        let sections = sections(document);
        let mut gatherer = Gatherer::default();
        for (number, section) in sections.iter().enumerate() {
            gatherer.section = u16::try_from(number).unwrap_or(u16::MAX);
            gatherer.add(&section.heading, HEADING);
            let mut at = 0;
            for code in &section.code {
                gatherer.add(&section.text[at..code.start], TEXT);
                gatherer.add(&section.text[code.clone()], CODE);
                at = code.end;
            }
            gatherer.add(&section.text[at..], TEXT);
        }
        gatherer.section = 0;
        gatherer.head(document);
        gatherer.finish(sections)
    }

    /// Each term with its section and how it stands there, in no order.
    pub(super) fn postings(&self) -> impl Iterator<Item = (&str, u16, u16)> {
        self.entries.iter().map(|entry| {
            let start = entry.start as usize;
            (&self.text[start..start + usize::from(entry.length)], entry.section, entry.matches)
        })
    }
}

#[derive(Default)]
struct Gatherer {
    /// Where each term stands, by section. Sections come one after the other, the head at last.
    found: FxHashMap<String, Vec<Found>>,
    section: u16,
    length: usize,
}

/// What is known of a term in a section.
struct Found {
    section: u16,
    fields: u16,
    times: usize,
    form: Form,
}

impl Gatherer {
    fn head(&mut self, document: &Document) {
        self.name(&document.title, TITLE);
        self.name(&document.id, ID);
        for name in ["aliases", "keywords", "questions"] {
            for (text, _) in document.fields.texts(name) {
                self.add(text, ALIAS);
            }
        }
        // Where an alert may lead to one document only, that is the one to find.
        let answers = document.kind.answers_alerts();
        for (alert, _) in &document.alerts {
            self.name(alert, if answers { ALERT } else { FIELD });
        }
        let said = ["title", "id", "kind", "aliases", "keywords", "questions", "ignore", "review", "weight"];
        for (name, entry) in &document.fields.0 {
            if !said.contains(&name.as_str()) {
                self.field(document, entry);
            }
        }
    }

    fn field(&mut self, document: &Document, entry: &Entry) {
        match &entry.value {
            Value::Text(text) => self.add(text, FIELD),
            // Tickets and hosts are in addresses.
            Value::Url(address) => {
                self.add(address.split_once("://").map_or(address, |(_, rest)| rest), FIELD)
            }
            Value::Reference(number) => self.add(&document.references[*number].text, FIELD),
            Value::List(items) => items.iter().for_each(|item| self.field(document, item)),
            Value::Object(FieldValues(fields)) => {
                fields.iter().for_each(|(_, entry)| self.field(document, entry));
            }
            _ => {}
        }
    }

    fn add(&mut self, text: &str, field: u16) {
        terms(text, &mut |term, form| self.say(term, form, field));
    }

    /// A name, which people also type from the middle on.
    fn name(&mut self, text: &str, field: u16) {
        self.add(text, field);
        tails(text, &mut |tail| self.say(tail, Form { is_part: true, is_stem: false }, field));
    }

    fn say(&mut self, term: &str, form: Form, field: u16) {
        self.length += usize::from(form == Form::default());
        let section = self.section;
        // Most terms are known, and cost no new text.
        if !self.found.contains_key(term) {
            self.found.insert(term.to_owned(), Vec::new());
        }
        let Some(places) = self.found.get_mut(term) else { return };
        match places.iter_mut().find(|known| known.section == section) {
            Some(known) => {
                known.fields |= field;
                known.times += 1;
                known.form.is_stem &= form.is_stem;
                known.form.is_part &= form.is_part;
            }
            None => places.push(Found { section, fields: field, times: 1, form }),
        }
    }

    fn finish(self, sections: Vec<Section>) -> DocumentTerms {
        let mut text = String::new();
        let mut entries = Vec::with_capacity(self.found.len());
        let mut found: Vec<_> = self.found.into_iter().collect();
        found.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        for (term, mut places) in found {
            // Longer ones are nothing that anybody types.
            let Ok(length) = u16::try_from(term.len()) else { continue };
            places.sort_unstable_by_key(|known| known.section);
            let start = text.len() as u32;
            text.push_str(&term);
            for Found { section, fields, times, form } in places {
                let often = match times {
                    0 | 1 => 0,
                    2 => 1,
                    3 | 4 => 2,
                    _ => 3,
                };
                let stem = if form.is_stem { ONLY_STEM } else { 0 };
                let part = if form.is_part { ONLY_PART } else { 0 };
                entries.push(Posting {
                    start,
                    length,
                    section,
                    matches: fields | stem | part | (often * TIMES),
                });
            }
        }
        DocumentTerms { text, entries, length: self.length, sections }
    }
}
