//! The settings of a project: `sdkb.yml`.

use std::sync::Arc;

use globset::GlobMatcher;
use jiff::tz::TimeZone;

use super::field_type::Duration;
use super::{IgnorePattern, Location, Node, Origin, Source, within};

/// The settings of a project. `src/model/schema/config.yml` says what each is for.
#[derive(Debug)]
pub struct Config {
    /// Where the settings are written; nothing in a project without `sdkb.yml`.
    pub source: Option<Arc<Source>>,
    /// The name of the site.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// The public address, ending in `/`.
    pub base_url: Option<String>,
    /// The language of the content, as in `en`.
    pub language: String,
    /// Where the project's files can be read on the web, ending in `/`.
    pub repository: Option<String>,
    /// The address at which a document is edited, with `{path}` in it.
    pub edit_url: Option<String>,
    /// The address at which a problem with a page is reported, perhaps with `{path}`, `{title}` or `{url}` in it.
    pub report_url: Option<String>,
    /// The folder of the documents; empty for the project's own folder.
    pub content: String,
    /// The folder of files that are published as they are.
    pub static_files: String,
    /// The folder that the site is written to.
    pub out: String,
    /// The name of the theme.
    pub theme: String,
    /// The folder of data files; nothing if there are none.
    pub data: Option<String>,
    /// The file of known findings, from the project's folder.
    pub baseline: Option<String>,
    /// The sites that other generators make of the project.
    pub origins: Vec<Origin>,
    /// Files that define alerts.
    pub sources: Vec<SourceFiles>,
    /// What labels and annotations of alert rules mean.
    pub alerts: AlertSettings,
    /// Files that are no part of the knowledge base.
    pub ignore: Vec<IgnorePattern>,
    /// Kinds and defaults by path.
    pub collections: Vec<Collection>,
    /// The endings of files that are published as downloads, though a browser could run what they hold.
    pub downloads: Vec<String>,
    /// The zone in which reports tell days and nights.
    pub zone: Zone,
    /// Which reports there are, and what they are held to.
    pub reports: ReportSettings,
    /// How links to other sites are verified.
    pub external: External,
    /// How much findings matter: those of collections in their order, then those of the whole project.
    pub rules: Vec<RuleSetting>,
}

/// Files that define alerts, in one of the formats that are read.
#[derive(Debug)]
pub struct SourceFiles {
    /// Their paths, from the project's folder.
    pub path: GlobMatcher,
    /// As it is written.
    pub pattern: String,
    /// The folder that they are all in.
    pub folder: String,
    /// The name of their format, where they do not say it themselves.
    pub format: Option<String>,
    /// Where the pattern is written.
    pub location: Location,
}

/// What labels and annotations of alert rules mean.
#[derive(Debug)]
pub struct AlertSettings {
    /// The label that says how bad an alert is.
    pub severity_label: String,
    /// Labels that name the owner, the first of which counts.
    pub owner_labels: Vec<String>,
    /// Labels that name the service, the first of which counts.
    pub service_labels: Vec<String>,
    /// Annotations with the address of the runbook, the first of which counts.
    pub runbook_annotations: Vec<String>,
    /// Severities that page a person.
    pub paging_severities: Vec<String>,
    /// Severities of alerts that need no runbook.
    pub exempt_severities: Vec<String>,
    /// The pattern of the addresses of alerts' pages, with `{alert}` and perhaps `{group}` and `{folder}`; none for
    /// those that sdkb gives them.
    pub addresses: Option<String>,
}

impl Default for AlertSettings {
    fn default() -> Self {
        let list = |names: &str| names.split(' ').map(str::to_owned).collect();
        Self {
            severity_label: "severity".to_owned(),
            owner_labels: list("team squad owner"),
            service_labels: list("service app"),
            runbook_annotations: list("runbook_url runbook"),
            paging_severities: list("critical page"),
            exempt_severities: list("info none"),
            addresses: None,
        }
    }
}

/// A zone of the IANA database.
#[derive(Debug, Clone)]
pub struct Zone {
    /// Its name: `Europe/London`.
    pub name: String,
    /// Its rules.
    pub rules: TimeZone,
}

impl Default for Zone {
    fn default() -> Self {
        Self { name: "UTC".to_owned(), rules: TimeZone::UTC }
    }
}

/// Which reports there are, and what they are held to.
#[derive(Debug)]
pub struct ReportSettings {
    /// The names of the reports that are not switched off.
    pub names: Vec<String>,
    /// How far back they look; as far as there is something if it is not said.
    pub period: Option<Duration>,
    /// How long a rehearsal stays good.
    pub rehearsal: Duration,
}

/// Which links to other sites `check --external` verifies.
#[derive(Debug, Default)]
pub struct External {
    /// Addresses to verify; all if there are none.
    pub allow: Vec<GlobMatcher>,
    /// Addresses to leave alone.
    pub ignore: Vec<GlobMatcher>,
    /// How long an answer is good.
    pub max_age: Option<Duration>,
}

impl External {
    /// Whether an address is to be verified.
    pub fn wants(&self, address: &str) -> bool {
        let is_among = |patterns: &[GlobMatcher]| patterns.iter().any(|pattern| pattern.is_match(address));
        (self.allow.is_empty() || is_among(&self.allow)) && !is_among(&self.ignore)
    }
}

/// How much the findings of a rule matter in a project, or in a part of it.
#[derive(Debug)]
pub struct RuleSetting {
    /// The name of the rule.
    pub rule: String,
    /// Where the name stands.
    pub location: Location,
    /// How much they matter.
    pub level: Level,
    /// The documents that it is about, by their path from the content folder; nothing if all files are meant.
    pub path: Option<GlobMatcher>,
}

/// How much a finding matters to a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Not at all.
    Off,
    /// As a warning.
    Warning,
    /// As an error.
    Error,
}

impl Config {
    /// The path in the project of what stands at `path` in the content folder.
    pub fn in_content(&self, path: &str) -> String {
        if self.content.is_empty() { path.to_owned() } else { format!("{}/{path}", self.content) }
    }

    /// The path in the content folder of what stands at `path` in the project; none if it stands elsewhere.
    pub fn inside<'a>(&self, path: &'a str) -> Option<&'a str> {
        within(&self.content, path)
    }

    /// How much a finding of `rule` in the file at `path` matters, if the settings say so.
    pub fn level(&self, rule: &str, path: &str) -> Option<Level> {
        let is_meant = |setting: &&RuleSetting| match &setting.path {
            None => true,
            Some(pattern) => self.inside(path).is_some_and(|path| pattern.is_match(path)),
        };
        self.rules.iter().filter(|setting| setting.rule == rule).find(is_meant).map(|setting| setting.level)
    }
}

/// What holds for the documents whose path matches.
#[derive(Debug)]
pub struct Collection {
    /// Paths from the content folder.
    pub path: GlobMatcher,
    /// Where that is written.
    pub location: Location,
    /// The kind of these documents.
    pub kind: Option<(String, Location)>,
    /// Front matter that they have unless they say otherwise.
    pub defaults: Option<Node>,
    /// The names that their authors give to fields of the kind.
    pub fields: Vec<FieldName>,
}

/// A field of front matter under the name that its authors give it.
#[derive(Debug)]
pub struct FieldName {
    /// That name.
    pub name: String,
    /// The field of the kind, with those that it is nested in: `review.last_reviewed`.
    pub path: String,
    /// Where that is written.
    pub location: Location,
    /// The names that its authors give to values.
    pub values: Vec<ValueName>,
}

/// A value under the name that authors give it.
#[derive(Debug)]
pub struct ValueName {
    /// That name.
    pub name: String,
    /// The value as the kind has it.
    pub value: String,
    /// Where that is written.
    pub location: Location,
}
