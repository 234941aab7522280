//! Kinds of documents: data from `kinds/*.md`, never code.

use std::sync::Arc;

use indexmap::IndexMap;

use super::field_type::{FieldType, Number, Refusal, Scalar, Shape, Values};
use super::{Display, FieldValues, HomePart, KindId, Outcomes, PerKind, Role, Source, States};

/// A kind of document: its schema and what it is special for.
#[derive(Debug)]
pub struct Kind {
    /// The kind's name, such as `failure-mode`.
    pub id: String,
    /// The name of one document: `Failure mode`.
    pub label: String,
    /// The name of several: `Failure modes`.
    pub plural: String,
    /// The folder that makes a document one of this kind, and the address of the kind's index.
    pub folder: String,
    /// Other folder names under which repositories keep such documents.
    pub folder_aliases: Vec<String>,
    /// The place among the kinds; lower comes first.
    pub weight: i64,
    /// What the kind is for.
    pub summary: String,
    /// The second-level headings that such a document should have.
    pub sections: Vec<String>,
    /// Other headings by which to recognize such a document.
    pub typical_sections: Vec<String>,
    /// What catalogs call what its documents are about: `Component`.
    pub entities: Vec<String>,
    /// Whether there is an Atom feed of these documents.
    pub feed: bool,
    /// How the home page shows its documents, beside the list of all kinds.
    pub home: Option<HomePart>,
    /// The path of the field that dates a document: newest first in lists.
    pub date_field: Option<String>,
    /// Whether fields that are not in the schema are allowed.
    pub extra_fields: bool,
    /// Whether its file can't be read, so that little is known of it.
    pub is_broken: bool,
    /// The paths of the fields with a role, such as `review.last_reviewed`. Those in lists of groups have none.
    pub roles: Vec<(Role, String)>,
    /// The schema: own fields first, then those that all kinds have.
    pub fields: Vec<Arc<Field>>,
    /// What the kind expects of a complete document.
    pub expect: Vec<Expectation>,
    /// The text of a new document.
    pub template: String,
    /// The file that defines it.
    pub source: Arc<Source>,
}

impl Kind {
    /// The address of the page that lists its documents.
    pub fn index_url(&self) -> String {
        format!("{}/index.html", self.folder)
    }

    /// The address that its feed has, if it is to have one.
    pub fn feed_url(&self) -> String {
        format!("{}/feed.xml", self.folder)
    }

    /// Whether its documents answer alerts: each alert leads to one of them.
    pub fn answers_alerts(&self) -> bool {
        self.fields.iter().any(|field| field.unique && field.names_alerts())
    }

    /// Whether reports count its documents.
    pub fn is_reported(&self) -> bool {
        self.roles.iter().any(|(role, _)| role.is_reported())
    }

    /// The path of the field that has a role.
    pub fn path_of(&self, role: Role) -> Option<&str> {
        self.roles.iter().find(|(known, _)| *known == role).map(|(_, path)| path.as_str())
    }

    /// The field that has a role.
    pub fn field_of(&self, role: Role) -> Option<&Arc<Field>> {
        Field::at(&self.fields, self.path_of(role)?)
    }

    /// The field that names the owner.
    pub fn owner(&self) -> Option<&Arc<Field>> {
        self.fields.iter().find(|field| field.owner == Some(OwnerRole::Direct))
    }

    /// The field `name`.
    pub fn field(&self, name: &str) -> Option<&Arc<Field>> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// All kinds, in their order.
#[derive(Debug, Default)]
pub struct Kinds {
    /// The kinds.
    pub all: PerKind<Arc<Kind>>,
    /// Whether the project has kinds of its own.
    pub has_own: bool,
    /// Changes when any file of a kind does.
    pub fingerprint: u64,
}

impl Kinds {
    /// The kind `id`.
    pub fn get(&self, id: &str) -> Option<&Arc<Kind>> {
        self.all.iter().find(|kind| kind.id == id)
    }

    /// The position of the kind `id` among all.
    pub fn position(&self, id: &str) -> Option<KindId> {
        self.all.position(|kind| kind.id == id)
    }

    /// The names of the kinds that fields with this role lead to: those that own, or those that others are about.
    pub fn behind(&self, role: OwnerRole) -> Vec<String> {
        let fields = self.all.iter().flat_map(|kind| &kind.fields);
        let mut kinds: Vec<String> =
            fields.filter(|field| field.owner == Some(role)).flat_map(|field| field.to.clone()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// The kind of documents that no folder claims: the first one that allows extra fields.
    pub fn fallback(&self) -> Arc<Kind> {
        let kind =
            self.all.iter().find(|kind| kind.extra_fields && !kind.is_broken).or_else(|| self.all.last());
        Arc::clone(
            kind.expect("one of the built-in kinds allows extra fields, and a project can only add kinds"),
        )
    }

    /// The kind of the documents in a folder called `name`. Case, dashes and the plural do not count.
    pub fn by_folder(&self, name: &str) -> Option<&Arc<Kind>> {
        let plain = |name: &str| name.to_lowercase().replace('_', "-").trim_end_matches('s').to_owned();
        let name = plain(name);
        let canonical = self.all.iter().find(|kind| plain(&kind.folder) == name);
        canonical.or_else(|| {
            self.all.iter().find(|kind| kind.folder_aliases.iter().any(|alias| plain(alias) == name))
        })
    }
}

/// One field of a schema.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// The name in the front matter.
    pub name: String,
    /// The name on a page; made from the name if absent.
    pub label: String,
    /// The type.
    pub field_type: FieldType,
    /// What the engine takes its value for.
    pub role: Option<Role>,
    /// Whether it holds a list. A single value is taken as a list of one.
    pub many: bool,
    /// Whether every document must have it.
    pub required: bool,
    /// What it means.
    pub help: String,
    /// A value that would be right.
    pub example: String,
    /// The allowed values of a choice.
    pub choices: Vec<String>,
    /// The kinds that a reference may lead to; empty for any.
    pub to: Vec<String>,
    /// What the other end of a reference calls the relation.
    pub inverse: Option<String>,
    /// The field at the other end that says the same relation from there.
    pub mirrors: Option<String>,
    /// Whether it names the owner, or leads to the document that does.
    pub owner: Option<OwnerRole>,
    /// Whether readers filter by it.
    pub facet: bool,
    /// Whether no two documents of the kind may share a value.
    pub unique: bool,
    /// Whether what it leads to must not lead back: services that need each other.
    pub acyclic: bool,
    /// Whether it is the time of something that has happened.
    pub past: bool,
    /// Whether its value is a way to contact those whom the document is about.
    pub contact: bool,
    /// For a day by which something has to happen: the fields beside it, and their values that say it has.
    pub settled_by: Option<IndexMap<String, Vec<String>>>,
    /// Fields beside it that hold earlier times.
    pub after: Vec<String>,
    /// For a number: the least that it can be.
    pub min: Option<f64>,
    /// For a number: the most that it can be.
    pub max: Option<f64>,
    /// For a number: a field beside it whose value it does not exceed.
    pub at_most: Option<String>,
    /// The set of data whose rows its values name.
    pub row_of: Option<String>,
    /// For a moment: what the time that has passed until then is called, and since when it is counted.
    pub elapsed: Option<Elapsed>,
    /// For what is worth reading together: the fields that the values of all documents are grouped and filtered
    /// by, on a page of their own.
    pub collect: Vec<String>,
    /// Whether lists that show more than a title show it.
    pub brief: bool,
    /// The words before its value in a line of text: `answer within`.
    pub lead_in: String,
    /// How pages show its values, where their type does not decide it.
    pub display: Option<Display>,
    /// Whether lists do not show it beside a title, though readers filter by it.
    pub hide_in_lists: bool,
    /// Whether its choices put documents in order, the most important first.
    pub ranks: bool,
    /// For the field with the status: what its choices mean.
    pub states: Option<States>,
    /// For the field with the outcome: what its choices mean.
    pub outcomes: Option<Outcomes>,
    /// Where the value comes from when it is not written.
    pub infer: Option<Infer>,
    /// The value that a new document begins with. [`Field::NOW`] stands for the moment at which that is.
    pub fill: Option<String>,
    /// The field of the document whose documents have to do with those that an author is offered here.
    pub offer: Option<String>,
    /// What others call it.
    pub also: Vec<String>,
    /// The paths at which the entity of a catalog says it: `spec.owner`.
    pub from_entity: Vec<String>,
    /// What values of the entity are called here.
    pub entity_values: IndexMap<String, String>,
    /// The fields of an object.
    pub fields: Vec<Arc<Field>>,
}

/// What a reference says about who owns a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnerRole {
    /// It names the owner.
    Direct,
    /// The owner is the owner of what it names.
    Inherited,
}

/// A length of time that two moments make.
#[derive(Debug, Clone)]
pub struct Elapsed {
    /// What it is called: `To detect`.
    pub label: String,
    /// The fields beside it that hold the moment from which it is counted: the first that has a value.
    pub since: Vec<String>,
}

/// Where a value comes from when it is not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Infer {
    /// The name of the file, where it looks like a value of the field.
    FileName,
}

/// Something that a complete document has.
#[derive(Debug, Clone)]
pub struct Expectation {
    /// The inverse name of a relation that should have a document at its other end.
    pub relation: Option<String>,
    /// The path of a field that should have a value.
    pub field: Option<String>,
    /// The values of fields under which it is expected.
    pub when: IndexMap<String, String>,
    /// What its absence means.
    pub because: String,
}

impl Expectation {
    /// Whether a document with these values is expected to meet it.
    pub fn is_due(&self, values: &FieldValues) -> bool {
        self.when.iter().all(|(field, value)| values.text(field) == Some(value))
    }
}

impl Field {
    /// Whether the fields beside it say that what had to happen by its day has happened.
    pub fn is_settled(&self, beside: &FieldValues) -> bool {
        let Some(settled_by) = &self.settled_by else { return true };
        settled_by.iter().any(|(name, values)| {
            beside.text(name).is_some_and(|value| values.iter().any(|settled| settled == value))
        })
    }

    /// What [`Field::fill`] says of a day or a moment.
    pub const NOW: &str = "now";

    /// The paths of those among `fields` that have a role, then of those in groups of them that are no lists.
    pub fn roles(fields: &[Arc<Field>]) -> Vec<(Role, String)> {
        let own = fields.iter().filter_map(|field| Some((field.role?, field.name.clone())));
        let nested = fields.iter().filter(|field| !field.many).flat_map(|field| {
            let inside = Field::roles(&field.fields).into_iter();
            inside.map(|(role, path)| (role, format!("{}.{path}", field.name)))
        });
        own.chain(nested).collect()
    }

    /// The name of the nested field that has a role.
    pub fn nested(&self, role: Role) -> Option<&str> {
        self.fields.iter().find(|field| field.role == Some(role)).map(|field| field.name.as_str())
    }

    /// This field in the place of `other`, whose role, states and outcomes it takes over unless it states some. So do nested
    /// fields.
    pub fn instead_of(self: &Arc<Self>, other: &Field) -> Arc<Self> {
        let nested = self.fields.iter().map(|field| {
            let other = other.fields.iter().find(|other| other.name == field.name);
            other.map_or_else(|| Arc::clone(field), |other| field.instead_of(other))
        });
        let fields = nested.collect();
        let states = self.states.clone().or_else(|| other.states.clone());
        let outcomes = self.outcomes.clone().or_else(|| other.outcomes.clone());
        Arc::new(Field { role: self.role.or(other.role), states, outcomes, fields, ..Field::clone(self) })
    }

    /// Whether its values are the names of alerts.
    pub fn names_alerts(&self) -> bool {
        self.field_type == FieldType::Alert
    }

    /// Whether its values are texts that an author words.
    pub fn is_text(&self) -> bool {
        self.field_type == FieldType::Text
    }

    /// Whether its values are days without a time.
    pub fn is_day(&self) -> bool {
        self.field_type == FieldType::Date
    }

    /// Whether its values name other documents.
    pub fn is_reference(&self) -> bool {
        matches!(self.shape(), Shape::Reference)
    }

    /// Whether it holds nested fields.
    pub fn is_object(&self) -> bool {
        matches!(self.shape(), Shape::Object)
    }

    /// What stands in front matter.
    pub fn shape(&self) -> Shape {
        self.field_type.definition().shape
    }

    /// All values that it can have, where they are few; else none.
    pub fn values(&self) -> Vec<String> {
        match self.field_type.definition().values {
            Values::Unlimited => Vec::new(),
            Values::Fixed(values) => values.iter().map(|value| (*value).to_owned()).collect(),
            Values::Choices => self.choices.clone(),
        }
    }

    /// What a message says that it expects: `a date`, `a number from 1 to 5`.
    pub fn expected(&self) -> String {
        let expected = self.field_type.definition().expected;
        match (self.min, self.max) {
            (None, None) => expected.to_owned(),
            (Some(min), None) => format!("{expected} from {min} up"),
            (None, Some(max)) => format!("{expected} up to {max}"),
            (Some(min), Some(max)) => format!("{expected} from {min} to {max}"),
        }
    }

    /// The single value that `text` is for this field.
    ///
    /// # Errors
    ///
    /// If it is none of the type, or out of bounds.
    pub fn read(&self, text: &str) -> Result<Scalar, Refusal> {
        let value = self.field_type.read(text, &self.choices)?;
        let number = value.number().map(Number::value);
        let is_outside = |number: f64| {
            self.min.is_some_and(|min| number < min) || self.max.is_some_and(|max| number > max)
        };
        if number.is_some_and(is_outside) { Err(Refusal::Mismatch) } else { Ok(value) }
    }

    /// A value that would be right, as YAML: its own example, else one with its required fields, else that of its type.
    pub fn example(&self) -> String {
        if !self.example.is_empty() {
            return self.example.clone();
        }
        let Some(first) = self.fields.first() else {
            let general = self.field_type.definition().example;
            return if general.is_empty() {
                self.values().into_iter().next().unwrap_or_default()
            } else {
                general.to_owned()
            };
        };
        let required = self.fields.iter().filter(|nested| nested.required);
        let mut nested: Vec<&Arc<Field>> = required.collect();
        if nested.is_empty() {
            nested.push(first);
        }
        let nested = nested.iter().map(|nested| format!("{}: {}", nested.name, nested.example()));
        format!("{{ {} }}", nested.collect::<Vec<_>>().join(", "))
    }

    /// The field at a path of nested fields, such as `times.detected`.
    pub fn at<'a>(fields: &'a [Arc<Field>], path: &str) -> Option<&'a Arc<Field>> {
        let (first, rest) = match path.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (path, None),
        };
        let field = fields.iter().find(|field| field.name == first)?;
        rest.map_or(Some(field), |rest| Field::at(&field.fields, rest))
    }
}

/// A name as people write it: `failure_modes` is `Failure modes`.
pub fn label(name: &str) -> String {
    if matches!(name, "url" | "id" | "slo") {
        return name.to_uppercase();
    }
    let spaced = name.replace(['_', '-'], " ");
    let mut letters = spaced.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
