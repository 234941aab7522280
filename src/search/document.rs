//! The terms of one document, with where and how they stand in it.

use std::sync::Arc;

use super::sections::sections;
use super::terms::{Form, segments, tails};
use super::vocabulary::{Learner, Vocabulary};
use crate::model::{Document, Entry, FieldValues, Role, Section, Value};

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
    /// What the numbers of terms stand for.
    pub(super) vocabulary: Arc<Vocabulary>,
    /// Each term and section once, section by section.
    pub(super) postings: Vec<Posting>,
    /// How many terms there are in it.
    pub length: usize,
}

/// Where in a document a term stands, and how.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posting {
    /// The number of the term.
    pub(super) term: u32,
    pub(super) section: u16,
    pub(super) matches: u16,
}

/// What search has taken from the document already, or has no use for.
const SAID: [Role; 9] = [
    Role::Title,
    Role::Id,
    Role::Kind,
    Role::Aliases,
    Role::Keywords,
    Role::Questions,
    Role::Suppressions,
    Role::Review,
    Role::Weight,
];

impl DocumentTerms {
    /// The terms of documents, which share a vocabulary.
    pub fn gather(documents: &[&Document]) -> Vec<Self> {
        let mut gatherer = Gatherer::default();
        let gathered: Vec<_> = documents.iter().map(|document| gatherer.document(document)).collect();
        let vocabulary = Arc::new(gatherer.learner.finish());
        let terms = gathered.into_iter().map(|(postings, length)| Self {
            vocabulary: Arc::clone(&vocabulary),
            postings,
            length,
        });
        terms.collect()
    }
}

#[derive(Default)]
struct Gatherer {
    learner: Learner,
    /// Where each term stands in the document, section by section.
    found: Vec<Found>,
    /// The place in `found` of the last section with a term, by its number. It may be from an earlier document.
    last: Vec<usize>,
    section: u16,
    length: usize,
}

/// What is known of a term in a section.
struct Found {
    term: u32,
    section: u16,
    fields: u16,
    times: usize,
    form: Form,
}

impl Gatherer {
    fn document(&mut self, document: &Document) -> (Vec<Posting>, usize) {
        self.section = 0;
        self.head(document);
        for (number, section) in sections(document).enumerate() {
            self.section = u16::try_from(number).unwrap_or(u16::MAX);
            if let Some(heading) = section.heading {
                self.add(&heading.text, HEADING);
            }
            for Section { text, code } in section.texts {
                let mut at = 0;
                for code in code {
                    self.add(&text[at..code.start], TEXT);
                    self.add(&text[code.clone()], CODE);
                    at = code.end;
                }
                self.add(&text[at..], TEXT);
            }
        }
        let postings = self.found.drain(..).map(Found::posting).collect();
        (postings, std::mem::take(&mut self.length))
    }

    fn head(&mut self, document: &Document) {
        self.name(&document.title, TITLE);
        self.name(&document.id, ID);
        for role in [Role::Aliases, Role::Keywords, Role::Questions] {
            for (text, _) in document.texts_of(role) {
                self.add(text, ALIAS);
            }
        }
        // Where an alert may lead to one document only, that is the one to find.
        let answers = document.kind.answers_alerts();
        for (alert, _) in &document.alerts {
            self.name(alert, if answers { ALERT } else { FIELD });
        }
        let said = SAID.map(|role| document.kind.path_of(role));
        for (name, entry) in &document.fields.0 {
            if !said.contains(&Some(name.as_str())) {
                self.field(document, entry);
            }
        }
    }

    fn field(&mut self, document: &Document, entry: &Entry) {
        match &entry.value {
            Value::Scalar(scalar) => {
                if let Some(text) = scalar.view().searched() {
                    self.add(text, FIELD);
                }
            }
            Value::Reference(number) => self.add(&document.references[*number].text, FIELD),
            Value::List(items) => items.iter().for_each(|item| self.field(document, item)),
            Value::Object(FieldValues(fields)) => {
                fields.iter().for_each(|(_, entry)| self.field(document, entry));
            }
        }
    }

    fn add(&mut self, text: &str, field: u16) {
        let Self { learner, found, last, section, length } = self;
        segments(text, &mut |segment| {
            for &(term, form) in learner.segment(segment) {
                *length += usize::from(form == Form::default());
                say(found, last, Found { term, section: *section, fields: field, times: 1, form });
            }
        });
    }

    /// A name, which people also type from the middle on.
    fn name(&mut self, text: &str, field: u16) {
        self.add(text, field);
        let Self { learner, found, last, section, .. } = self;
        let form = Form { is_part: true, is_stem: false };
        tails(text, &mut |tail| {
            let term = learner.number(tail);
            say(found, last, Found { term, section: *section, fields: field, times: 1, form });
        });
    }
}

/// Notes that a term stands somewhere, with what is known of it there.
fn say(found: &mut Vec<Found>, last: &mut Vec<usize>, new: Found) {
    let term = new.term as usize;
    if last.len() <= term {
        last.resize(term + 1, usize::MAX);
    }
    match found.get_mut(last[term]) {
        Some(known) if known.term == new.term && known.section == new.section => {
            known.fields |= new.fields;
            known.times += 1;
            known.form.is_stem &= new.form.is_stem;
            known.form.is_part &= new.form.is_part;
        }
        _ => {
            last[term] = found.len();
            found.push(new);
        }
    }
}

impl Found {
    fn posting(self) -> Posting {
        let often = match self.times {
            0 | 1 => 0,
            2 => 1,
            3 | 4 => 2,
            _ => 3,
        };
        let stem = if self.form.is_stem { ONLY_STEM } else { 0 };
        let part = if self.form.is_part { ONLY_PART } else { 0 };
        let matches = self.fields | stem | part | (often * TIMES);
        Posting { term: self.term, section: self.section, matches }
    }
}
