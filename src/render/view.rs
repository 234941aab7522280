//! What templates see. `themes/README.md` describes it for authors of themes.
//!
//! Addresses are written from the site's root; a template puts `page.root` before them.

use std::collections::BTreeMap;

use serde::Serialize;

/// The site, the same for every page.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    /// Its name.
    pub title: String,
    /// One sentence about it, possibly empty.
    pub description: String,
    /// The language of the content.
    pub language: String,
    /// The kinds that have documents.
    pub kinds: Vec<KindView>,
    /// How many alerts have a page.
    pub alerts: usize,
    /// Whether browsers can be told how to search it.
    pub opensearch: bool,
    /// Changes when a stylesheet or script does.
    pub assets_version: String,
    /// The version of sdkb.
    pub version: &'static str,
}

/// A kind of document.
#[derive(Debug, Clone, Serialize)]
pub struct KindView {
    /// Its name.
    pub id: String,
    /// What one document is called.
    pub label: String,
    /// What several are called.
    pub plural: String,
    /// What it is for.
    pub summary: String,
    /// The address of its index.
    pub url: String,
    /// How many documents it has.
    pub count: usize,
    /// The address of its feed.
    pub feed: Option<String>,
}

/// A link.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// What it is called.
    pub title: String,
    /// Where it leads.
    pub url: String,
}

/// A document in a list.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// The title.
    pub title: String,
    /// The address.
    pub url: String,
    /// One or two sentences, possibly empty.
    pub summary: String,
    /// Its kind.
    pub kind: String,
    /// What a document of its kind is called.
    pub kind_label: String,
    /// `draft` or `deprecated`, or whatever else the document says of its state.
    pub status: Option<String>,
    /// Its owners.
    pub owners: Vec<Link>,
    /// The day that dates it.
    pub date: Option<String>,
    /// The alerts that it claims.
    pub alerts: Vec<String>,
    /// The values of the fields that readers filter by.
    pub facets: Vec<FacetView>,
}

/// The values of one field that readers filter by.
#[derive(Debug, Clone, Serialize)]
pub struct FacetView {
    /// The field.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// Its values as text.
    pub values: Vec<String>,
}

/// A page. Of the parts that not every page has, the template knows which ones it needs.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PageView {
    /// What leads from the page to the site's root: empty, `../`, `../../`.
    pub root: String,
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// One or two sentences, possibly empty.
    pub description: String,
    /// The anchor of the title, as the forge would have it.
    pub anchor: String,
    /// The summary that somebody wrote, to be shown beneath the title. One that was taken from the text
    /// would stand there twice.
    pub lead: String,
    /// The absolute address, if the site has one.
    pub canonical: Option<String>,
    /// The pages above it, from the top.
    pub crumbs: Vec<Link>,
    /// The name of the kind that it belongs to.
    pub kind: Option<String>,
    /// The file that it was made from.
    pub source: Option<SourceView>,
    /// The text that it begins with, as HTML.
    pub html: String,
    /// The headings of that text.
    pub toc: Vec<TocEntry>,
    /// The document, on a document's page.
    pub document: Option<DocumentView>,
    /// Groups of documents, on pages that list them.
    pub groups: Vec<Group>,
    /// What readers can filter the groups by.
    pub facets: Vec<FacetChoice>,
    /// The folders in a folder.
    pub folders: Vec<Link>,
    /// Alerts, on the page that lists them.
    pub alerts: Vec<AlertView>,
    /// How each document that answers the alert begins, on the page of one.
    pub openings: Vec<Opening>,
    /// All documents of the kinds that the template names: `page.all.priority`.
    pub all: BTreeMap<String, Vec<Record>>,
    /// Where a redirect leads.
    pub target: Option<Link>,
}

/// The first command of a document, for those who have no time for the rest.
#[derive(Debug, Clone, Serialize)]
pub struct Opening {
    /// The document.
    pub document: Card,
    /// Its fields by name.
    pub fields: BTreeMap<String, FieldView>,
    /// The heading that the command stands under.
    pub section: Option<TocEntry>,
    /// The command with what is said before it, as HTML.
    pub html: String,
    /// What stands in angle brackets in that command, and is no declared variable.
    pub placeholders: Vec<String>,
}

/// A document with all that is known of it, beside others of its kind.
#[derive(Debug, Clone, Serialize)]
pub struct Record {
    /// As lists show it.
    pub card: Card,
    /// Its fields by name.
    pub fields: BTreeMap<String, FieldView>,
    /// What other documents are to it.
    pub relations: Vec<Group>,
}

/// The file that a page was made from.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    /// Its path in the project.
    pub path: String,
    /// Where it can be read on the web.
    pub url: Option<String>,
}

/// A heading in a table of contents.
#[derive(Debug, Clone, Serialize)]
pub struct TocEntry {
    /// 2 or 3.
    pub level: u8,
    /// Its text.
    pub title: String,
    /// Its anchor.
    pub anchor: String,
}

/// Documents under a heading.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// The heading, possibly empty.
    pub label: String,
    /// Where the heading leads.
    pub url: Option<String>,
    /// The documents.
    pub items: Vec<Card>,
}

/// A field that readers can filter by.
#[derive(Debug, Clone, Serialize)]
pub struct FacetChoice {
    /// The field.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// The values that occur, with how often they do.
    pub values: Vec<(String, usize)>,
}

/// An alert in the list of all.
#[derive(Debug, Clone, Serialize)]
pub struct AlertView {
    /// Its name.
    pub name: String,
    /// Its page.
    pub url: String,
    /// The documents that claim it.
    pub documents: Vec<Card>,
}

/// What a document's own page shows.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentView {
    /// Its id.
    pub id: String,
    /// The kind's name for one document.
    pub kind_label: String,
    /// The state that it says it is in.
    pub status: Option<String>,
    /// The day that dates it.
    pub date: Option<String>,
    /// Its owners.
    pub owners: Vec<Link>,
    /// Its alerts.
    pub alerts: Vec<Link>,
    /// Its fields in the order of the schema, without those that the page shows elsewhere.
    pub facts: Vec<Fact>,
    /// All fields of the schema by name, absent ones as null. Only for templates of one kind.
    pub fields: Option<BTreeMap<String, FieldView>>,
    /// What stands in angle brackets in its commands, and is no declared variable. Only for templates of one kind.
    pub placeholders: Vec<String>,
    /// What other documents are to it.
    pub relations: Vec<Group>,
    /// The document before it in its kind's list.
    pub previous: Option<Link>,
    /// The document after it.
    pub next: Option<Link>,
}

/// A field with its values.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// The field.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// Its values.
    pub values: Vec<ValueView>,
}

/// A field's value or values.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum FieldView {
    /// Several.
    Many(Vec<ValueView>),
    /// One, or null.
    One(Option<Box<ValueView>>),
}

/// A value. Templates ask for its `type`.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum ValueView {
    /// Text, a number, a choice, a date, a duration.
    Text {
        /// As people read it.
        text: String,
    },
    /// A moment.
    Time {
        /// As people read it.
        text: String,
        /// As machines read it.
        iso: String,
    },
    /// An address elsewhere.
    Url {
        /// As people read it.
        text: String,
        /// The address.
        url: String,
    },
    /// Another document.
    Reference {
        /// Its title.
        text: String,
        /// Its address.
        url: String,
        /// Its kind.
        kind: String,
    },
    /// A document that does not exist.
    Broken {
        /// The reference as written.
        text: String,
    },
    /// An alert.
    Alert {
        /// Its name.
        text: String,
        /// Its page.
        url: String,
    },
    /// Nested fields.
    Object {
        /// Those that have a value.
        facts: Vec<Fact>,
        /// All of them by name, absent ones as null.
        fields: BTreeMap<String, FieldView>,
    },
}
