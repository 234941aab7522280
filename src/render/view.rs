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
    /// The pages that collect what its documents say in one field.
    pub collected: Vec<Link>,
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
    /// The fields that its kind has shown in lists, where they have a value.
    pub brief: Vec<Fact>,
    /// How long what it tells of took.
    pub durations: Vec<DurationView>,
    /// What its kind expects of it.
    pub expected: Vec<Expected>,
    /// Its review, where it says how long one is good.
    pub review: Option<ReviewView>,
}

/// A length of time between two moments of a document.
#[derive(Debug, Clone, Serialize)]
pub struct DurationView {
    /// The field of the later moment.
    pub name: String,
    /// What the length of time is called.
    pub label: String,
    /// What the earlier moment is called.
    pub since: String,
    /// As people read it.
    pub text: String,
    /// In seconds.
    pub seconds: i64,
}

/// Something that a complete document has, or lacks.
#[derive(Debug, Clone, Serialize)]
pub struct Expected {
    /// The name of the relation or of the field.
    pub label: String,
    /// What its absence means.
    pub because: String,
    /// Whether it is there.
    pub is_met: bool,
    /// The documents that are in that relation to it, up to a few.
    pub items: Vec<Link>,
}

/// When a document has to be read with care again.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewView {
    /// The day, as machines read it.
    pub due: String,
    /// Whether that is over.
    pub is_overdue: bool,
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
    /// The fields of the index document that holds that text, where it is not the page's own document.
    pub facts: Vec<Fact>,
    /// The pages around it in its part of the site, itself among them.
    pub branch: Vec<Link>,
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
    /// What asks for work, on the home page.
    pub attention: Option<Attention>,
    /// Values of one field in many documents, on the page that collects them.
    pub collected: Vec<Collected>,
    /// Where a redirect leads.
    pub target: Option<Link>,
}

/// What asks for work anywhere on the site.
#[derive(Debug, Clone, Serialize)]
pub struct Attention {
    /// Days that have passed or are near, the earliest first.
    pub deadlines: Vec<Deadline>,
    /// How many more there are.
    pub more: usize,
    /// What documents lack, by what that means.
    pub gaps: Vec<Gap>,
}

/// A day by which something has to happen.
#[derive(Debug, Clone, Serialize)]
pub struct Deadline {
    /// The day.
    pub day: String,
    /// What: `Due`, `Expires`, `Review`.
    pub label: String,
    /// The thing; empty where it is the document as a whole.
    pub text: String,
    /// Whether the day has passed.
    pub is_overdue: bool,
    /// The document that says so.
    pub document: Link,
    /// What a document of its kind is called.
    pub kind_label: String,
}

/// Documents that lack the same.
#[derive(Debug, Clone, Serialize)]
pub struct Gap {
    /// What the absence means.
    pub because: String,
    /// What such documents are called.
    pub plural: String,
    /// Some of them.
    pub items: Vec<Link>,
    /// How many there are.
    pub count: usize,
}

/// The values of one field in several documents.
#[derive(Debug, Clone, Serialize)]
pub struct Collected {
    /// The field.
    pub name: String,
    /// What it is called, or what these values have in common.
    pub label: String,
    /// Where the label leads: to the page with all of them, or to what they have in common.
    pub url: Option<String>,
    /// The values: those that are not settled first, then by document.
    pub items: Vec<CollectedItem>,
    /// How many there are, shown or not.
    pub count: usize,
    /// How many are not settled.
    pub open: usize,
}

/// One value, and where it stands.
#[derive(Debug, Clone, Serialize)]
pub struct CollectedItem {
    /// The value.
    pub value: ValueView,
    /// The document that holds it.
    pub document: Link,
    /// The day that dates that document.
    pub date: Option<String>,
    /// Whether it is something to do that is not done yet.
    pub is_open: bool,
    /// Whether its day has passed all the same.
    pub is_overdue: bool,
    /// What it is grouped and filtered by.
    pub facets: Vec<FacetView>,
}

/// The file that a page was made from.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    /// Its path in the project.
    pub path: String,
    /// Where it can be read on the web.
    pub url: Option<String>,
    /// Where it can be edited.
    pub edit: Option<String>,
    /// Where a problem with it can be reported.
    pub report: Option<String>,
    /// The day of its last change, where its history is known.
    pub changed: Option<Moment>,
}

/// A day or moment, for people and for machines.
#[derive(Debug, Clone, Serialize)]
pub struct Moment {
    /// As people read it.
    pub text: String,
    /// As machines read it.
    pub iso: String,
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
    pub owners: Vec<OwnerView>,
    /// Its alerts.
    pub alerts: Vec<Link>,
    /// Its fields in the order of the schema, without those that the page shows elsewhere.
    pub facts: Vec<Fact>,
    /// All fields of the schema by name, absent ones as null. Only for templates of one kind.
    pub fields: Option<BTreeMap<String, FieldView>>,
    /// What other documents are to it.
    pub relations: Vec<Group>,
    /// What its kind expects of it.
    pub expected: Vec<Expected>,
    /// Its moments in the order of time.
    pub moments: Vec<MomentView>,
    /// The lengths of time between them that have a name.
    pub durations: Vec<DurationView>,
    /// What it needs and what needs it, as a drawing.
    pub neighbourhood: Option<Neighbourhood>,
    /// What documents about it say in fields that are collected.
    pub collected: Vec<Collected>,
    /// The document before it in its kind's list.
    pub previous: Option<Link>,
    /// The document after it.
    pub next: Option<Link>,
}

/// Who owns a document, and how they are reached.
#[derive(Debug, Clone, Serialize)]
pub struct OwnerView {
    /// The name.
    pub title: String,
    /// The page.
    pub url: String,
    /// The fields that say how to reach them.
    pub reach: Vec<Fact>,
}

/// A moment that a document tells of.
#[derive(Debug, Clone, Serialize)]
pub struct MomentView {
    /// The field.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// The time of day, with its zone.
    pub time: String,
    /// The day.
    pub day: String,
    /// As machines read it.
    pub iso: String,
    /// How long after the moment before it; empty for the first.
    pub after: String,
    /// Where it stands between the first moment and the last, from 0 to 1000.
    pub at: i64,
}

/// Documents of one kind around one of them: those that need it, itself, those that it needs.
#[derive(Debug, Clone, Serialize)]
pub struct Neighbourhood {
    /// What is said of the former: `Depended on by`.
    pub before: String,
    /// What is said of the latter: `Depends on`.
    pub after: String,
    /// From left to right, for a page with room.
    pub wide: Drawing,
    /// From top to bottom, for a phone.
    pub narrow: Drawing,
}

/// Boxes and lines, in pixels.
#[derive(Debug, Clone, Serialize)]
pub struct Drawing {
    /// Its width.
    pub width: usize,
    /// Its height.
    pub height: usize,
    /// The boxes, in the order of reading.
    pub nodes: Vec<Node>,
    /// The lines between them, as SVG paths.
    pub edges: Vec<String>,
}

/// A box.
#[derive(Debug, Clone, Serialize)]
pub struct Node {
    /// From the left.
    pub x: usize,
    /// From the top.
    pub y: usize,
    /// How wide it is.
    pub width: usize,
    /// How high it is.
    pub height: usize,
    /// The whole title.
    pub title: String,
    /// As much of it as fits.
    pub short: String,
    /// Where it leads; empty for the document itself.
    pub url: String,
    /// `before`, `this`, `after`, or `more` for what had no room.
    pub role: &'static str,
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
