//! A knowledge base of any size: what the benchmarks build.
//!
//! It is made of nothing but its size, so it is the same in every run and on every machine. Documents
//! are spread over the kinds as in a company: mostly runbooks, failure modes and incidents. Every link
//! and reference leads somewhere, so that `sdkb check` finds nothing.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

mod code;
pub(crate) mod hugo;
mod names;
mod people;
mod prose;
mod random;
mod trouble;

use std::fs;
use std::io;
use std::path::Path;

use names::{Counts, Names};
use prose::Writer;
use random::Random;

/// The settings of the project.
pub(crate) const SETTINGS: &str = "title: Operations\nbase_url: https://kb.example/\n";

/// A knowledge base.
pub(crate) struct Corpus {
    names: Names,
}

/// A file of it.
pub(crate) struct Document {
    /// Its path, from the content folder.
    pub(crate) path: String,
    /// What it says.
    pub(crate) text: String,
}

/// The kinds, in the order in which their documents are numbered.
#[derive(Debug, Clone, Copy)]
enum Sort {
    Introduction,
    Squad,
    Service,
    Runbook,
    FailureMode,
    Incident,
    CommsTemplate,
    Priority,
    Ceremony,
    Readiness,
    Page,
}

impl Corpus {
    /// A knowledge base of `size` documents; of [`names::SMALLEST`] at least.
    pub(crate) fn new(size: usize) -> Self {
        Self { names: Names { counts: Counts::new(size) } }
    }

    /// How many documents there are.
    pub(crate) fn len(&self) -> usize {
        self.names.counts.total()
    }

    /// All documents.
    pub(crate) fn documents(&self) -> impl Iterator<Item = Document> {
        (0..self.len()).map(|number| self.document(number))
    }

    /// Writes a project for sdkb into an empty folder. Says how many bytes of markdown there are.
    ///
    /// # Errors
    ///
    /// If the system can't.
    pub(crate) fn write(&self, folder: &Path) -> io::Result<u64> {
        let mut bytes = 0;
        fs::create_dir_all(folder)?;
        fs::write(folder.join("sdkb.yml"), SETTINGS)?;
        for document in self.documents() {
            let path = folder.join("content").join(&document.path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, &document.text)?;
            bytes += document.text.len() as u64;
        }
        Ok(bytes)
    }

    /// The document of a number.
    pub(crate) fn document(&self, number: usize) -> Document {
        let (sort, index) = self.place(number);
        let names = &self.names;
        let stem = match sort {
            Sort::Introduction => "_index".to_owned(),
            Sort::Squad => format!("squads/{}", names.squad(index)),
            Sort::Service => format!("services/{}", names.service(index)),
            Sort::Runbook => format!("runbooks/{}", names.runbook(index)),
            Sort::FailureMode => format!("failure-modes/{}", names.failure_mode(index)),
            Sort::Incident => format!("incidents/{}", names.incident(index)),
            Sort::CommsTemplate => format!("comms-templates/{}", names.comms_template(index)),
            Sort::Priority => format!("priorities/p{}", index + 1),
            Sort::Ceremony => format!("ceremonies/{}", names.ceremony(index)),
            Sort::Readiness => format!("readiness/{}-{}", names.service(index), index % 2 + 1),
            Sort::Page => names.page(index),
        };
        let service = match sort {
            Sort::Incident => names.service_of_incident(index),
            _ => names.service_of(index),
        };
        let mut writer = Writer {
            names,
            random: Random::new(&format!("{sort:?}"), index),
            service,
            folder: stem.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned(),
            out: String::with_capacity(4096),
            recent: Vec::new(),
        };
        match sort {
            Sort::Introduction => writer.introduction(),
            Sort::Squad => writer.squad(index),
            Sort::Service => writer.service(index),
            Sort::Runbook => writer.runbook(index),
            Sort::FailureMode => writer.failure_mode(index),
            Sort::Incident => writer.incident(index),
            Sort::CommsTemplate => writer.comms_template(index),
            Sort::Priority => writer.priority(index),
            Sort::Ceremony => writer.ceremony(index),
            Sort::Readiness => writer.readiness(index),
            Sort::Page => writer.page(index),
        }
        Document { path: format!("{stem}.md"), text: writer.out.trim_end().to_owned() + "\n" }
    }

    /// The kind of the document of a number, and its place among those.
    fn place(&self, number: usize) -> (Sort, usize) {
        let counts = self.names.counts;
        let mut index = number;
        for (sort, count) in [
            (Sort::Introduction, 1),
            (Sort::Squad, counts.squads),
            (Sort::Service, counts.services),
            (Sort::Runbook, counts.runbooks),
            (Sort::FailureMode, counts.failure_modes),
            (Sort::Incident, counts.incidents),
            (Sort::CommsTemplate, counts.comms_templates),
            (Sort::Priority, counts.priorities),
            (Sort::Ceremony, counts.ceremonies),
            (Sort::Readiness, counts.readiness),
        ] {
            if index < count {
                return (sort, index);
            }
            index -= count;
        }
        (Sort::Page, index)
    }
}
