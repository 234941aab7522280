//! One markdown file.

use std::sync::{Arc, OnceLock};

use super::{
    Body, DocumentState, Entry, Field, FieldValues, Kind, Location, NavigationEntry, Position, Problems,
    Record, Reference, Role, Source, Suppression, SyntaxProblem,
};

/// What front matter says of whether its document is published.
#[derive(Debug, Clone, Default)]
pub enum Publication {
    /// It is, as far as that goes.
    #[default]
    Published,
    /// It is left out.
    LeftOut,
    /// It is left out because what is said is neither yes nor no, and this is wrong with it.
    Unclear(Vec<(Arc<Source>, SyntaxProblem)>),
}

/// A markdown file that has been read by itself, before it is linked to others; or an entity of a catalog that no
/// markdown file describes.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file.
    pub source: Arc<Source>,
    /// The path from the content folder, without its extension.
    pub stem: String,
    /// Its kind.
    pub kind: Arc<Kind>,
    /// Whether the document says its kind itself.
    pub states_kind: bool,
    /// The kind that it says it is of, known or not.
    pub stated_kind: Option<(String, Location)>,
    /// Whether its front matter says that it is to be left out, such as with `draft: true`.
    pub publication: Publication,
    /// The moment from which other generators publish it, as it is written.
    pub published_on: Option<String>,
    /// The moment from which they leave it out, as it is written.
    pub expires_on: Option<String>,
    /// The documents that it leaves out, as lines of gitignore from the content folder.
    pub hides: Vec<String>,
    /// What its front matter says to another generator of its address and its place: fields and their values.
    pub addresses: Vec<(&'static str, String)>,
    /// Its place and its name in lists, as another generator has them.
    pub navigation: NavigationEntry,
    /// Whether its front matter could be read, if it has any.
    pub is_readable: bool,
    /// Whether it stands for the folder that it is in (`_index.md`, `index.md` or `README.md`).
    pub is_index: bool,
    /// The name that references use, unique within its kind.
    pub id: String,
    /// Where the id is written, if it is.
    pub id_location: Option<Location>,
    /// The title of the page.
    pub title: String,
    /// The title as lists are put in order by it, without upper case.
    pub sorted_as: String,
    /// One or two plain sentences, possibly empty.
    pub summary: String,
    /// Names of the alerts that the document claims, each with its place.
    pub alerts: Vec<(String, Location)>,
    /// The typed front matter.
    pub fields: FieldValues,
    /// The references in the front matter, in order.
    pub references: Vec<Reference>,
    /// The findings that its author suppressed.
    pub suppressions: Vec<Suppression>,
    /// What is wrong with the file by itself.
    pub problems: Problems,
    /// Where the body begins, in bytes.
    pub body_start: usize,
    /// What the body says.
    pub body: Body,
    /// What catalogs and files of objectives say of what it is about.
    pub record: Option<Record>,
    /// Fingerprints of what the graph derives from this document; computed on first use.
    pub fingerprints: OnceLock<DocumentFingerprints>,
}

/// Fingerprints of what the graph derives from a document.
#[derive(Debug, Clone, Copy)]
pub struct DocumentFingerprints {
    /// Of its kind and id.
    pub name: u64,
    /// Of what it goes by beside its id.
    pub title: u64,
    /// Of all that gives it addresses.
    pub address: u64,
    /// Of all that puts it in order.
    pub place: u64,
}

impl Document {
    /// The first character of the document, for findings about the whole of it.
    pub fn start(&self) -> Location {
        if let Some(record) = self.record.as_ref().filter(|record| record.is_all)
            && let Some(location) = record.locations().next()
        {
            return location.clone();
        }
        let end = self.source.text.find('\n').unwrap_or(self.source.text.len());
        self.source.at(super::Span::new(0..end))
    }

    /// Whether it has a markdown file of its own.
    pub fn is_written(&self) -> bool {
        self.record.as_ref().is_none_or(|record| !record.is_all)
    }

    /// Whether its file holds nothing.
    pub fn is_empty(&self) -> bool {
        let says_nothing = |line: &str| matches!(line.trim(), "" | "---" | "+++");
        self.source.text.lines().all(says_nothing) && self.problems.syntax.is_empty()
    }

    /// Whether it says what its author meant it to say, as far as can be told: its front matter and the file of its
    /// kind can be read, and it holds something.
    pub fn is_complete(&self) -> bool {
        self.is_readable && !self.kind.is_broken && !self.is_empty()
    }

    /// What lists call it.
    pub fn list_title(&self) -> &str {
        self.navigation.title.as_deref().unwrap_or(&self.title)
    }

    /// Its place in lists: its own weight, or that in the navigation of another generator.
    pub fn position(&self) -> Option<Position> {
        self.text_of(Role::Weight).and_then(super::position).or(self.navigation.position)
    }

    /// What its kind says that its status means.
    pub fn state(&self) -> Option<DocumentState> {
        self.kind.field_of(Role::Status)?.states.as_ref()?.of(self.text_of(Role::Status)?)
    }

    /// Whether it is meant to be relied on, by its own word.
    pub fn is_current(&self) -> bool {
        !matches!(self.state(), Some(DocumentState::Unfinished | DocumentState::Retired))
    }

    /// `kind/id`: the document's name among all kinds.
    pub fn full_id(&self) -> String {
        format!("{}/{}", self.kind.id, self.id)
    }

    /// The value of the field that has a role.
    pub fn entry_of(&self, role: Role) -> Option<&Entry> {
        self.fields.at(self.kind.path_of(role)?)
    }

    /// The text of the field that has a role.
    pub fn text_of(&self, role: Role) -> Option<&str> {
        self.entry_of(role)?.value.text()
    }

    /// The texts of the list field that has a role.
    pub fn texts_of(&self, role: Role) -> impl Iterator<Item = (&str, &Location)> {
        self.kind.path_of(role).into_iter().flat_map(|path| self.fields.texts(path))
    }

    /// The values that its commands or its text need, in groups of fields, and the schema of these.
    pub fn variables(&self) -> impl Iterator<Item = Variable<'_>> {
        let field = self.kind.field_of(Role::Variables);
        field.into_iter().flat_map(|field| {
            self.fields.objects(&field.name).map(move |(fields, _)| Variable { field, fields })
        })
    }

    /// The folder of the file, from the content folder; empty at the top.
    pub fn folder(&self) -> &str {
        self.stem.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// A value that commands or a text need.
#[derive(Debug, Clone, Copy)]
pub struct Variable<'a> {
    field: &'a Field,
    fields: &'a FieldValues,
}

impl<'a> Variable<'a> {
    /// A variable in the value of a `field` that has [`Role::Variables`].
    pub fn new(field: &'a Field, fields: &'a FieldValues) -> Self {
        Self { field, fields }
    }

    /// What it says in the field with a role.
    pub fn entry_of(&self, role: Role) -> Option<&'a Entry> {
        self.fields.get(self.field_of(role)?)
    }

    /// The name of the field with a role.
    pub fn field_of(&self, role: Role) -> Option<&'a str> {
        self.field.nested(role)
    }

    /// Its name.
    pub fn name(&self) -> Option<&'a str> {
        self.entry_of(Role::Name)?.value.text()
    }
}
