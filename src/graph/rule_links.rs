//! What labels and annotations of alert rules lead to.

use std::collections::BTreeMap;
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use rayon::prelude::*;

use super::Alerts;
use super::anchors::Anchors;
use super::ids::{Ids, Resolution};
use super::routes::Routes;
use crate::model::{
    AlertRule, Config, Definitions, Document, DocumentId, Kinds, OwnerRole, PerDocument, WrittenText,
};
use crate::parse::source::{UNKNOWN, expand};

/// What the labels and annotations of an alert rule lead to.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleLinks {
    /// The service that a label names.
    pub service: Option<Named>,
    /// The owner that a label names.
    pub owner: Option<Named>,
    /// Where the annotation with the address of the runbook leads.
    pub runbook: Option<RunbookLink>,
}

/// A value of a label, and the document that it names.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The value.
    pub value: WrittenText,
    /// The document.
    pub document: Option<DocumentId>,
}

/// Where the address of a runbook leads.
#[derive(Debug, Clone, PartialEq)]
pub struct RunbookLink {
    /// The address as it is written, and where.
    pub value: WrittenText,
    /// Where it leads.
    pub target: RunbookTarget,
}

/// Where the address of a runbook leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunbookTarget {
    /// A page of this site.
    Page {
        /// The address of the page.
        url: String,
        /// The document that it is or leads to, unless it is another page.
        document: Option<DocumentId>,
        /// Whether every host finds the page at this very address.
        is_exact: bool,
        /// The anchor that the page does not have.
        missing_anchor: Option<String>,
    },
    /// This site, which has nothing there.
    Nothing {
        /// The address from the site's root.
        path: String,
    },
    /// Another site.
    Elsewhere,
    /// Only a firing alert decides where it leads.
    Undecided,
}

/// How many addresses have to fit pages of the site before what stands before them is taken for its address.
const ENOUGH_FITTING: usize = 3;

/// What is needed to follow the labels and annotations of alert rules.
pub(super) struct RuleLinker<'a> {
    pub(super) config: &'a Config,
    pub(super) kinds: &'a Kinds,
    pub(super) documents: &'a PerDocument<Arc<Document>>,
    pub(super) ids: &'a Ids,
    pub(super) routes: &'a Routes,
    pub(super) alerts: &'a Alerts,
}

impl RuleLinker<'_> {
    /// What each of the alert rules leads to, in their order.
    pub(super) fn links(&self, definitions: &Definitions) -> Vec<RuleLinks> {
        let rules = &definitions.alert_rules;
        if rules.is_empty() {
            return Vec::new();
        }
        let owners = self.kinds.behind(OwnerRole::Direct);
        let services = self.kinds.behind(OwnerRole::Inherited);
        let sites = self.sites(rules);
        let settings = &self.config.alerts;
        let links = rules.par_iter().map(|rule| RuleLinks {
            service: rule.first_label(&settings.service_labels).map(|value| self.named(value, &services)),
            owner: rule.first_label(&settings.owner_labels).map(|value| self.named(value, &owners)),
            runbook: address(rule, self.config).map(|value| {
                let target = self.target(&expand(&value.text, rule), &sites);
                RunbookLink { value: value.clone(), target }
            }),
        });
        links.collect()
    }

    fn named(&self, value: &WrittenText, kinds: &[String]) -> Named {
        let found = match self.ids.find(&value.text, kinds, self.kinds) {
            Resolution::Found(document) => Some(document),
            _ => self.ids.find_loosely(&value.text),
        };
        let is_of = |document: &DocumentId| kinds.contains(&self.documents[*document].kind.id);
        Named { value: value.clone(), document: found.filter(is_of) }
    }

    /// The addresses of this site, each ending in `/`: the public one, and those that rules have for its pages already,
    /// from the generator that the repository was written for.
    fn sites(&self, rules: &[Arc<AlertRule>]) -> Vec<Site> {
        let own = self.config.base_url.iter().map(|url| Site { url: url.clone(), is_own: true });
        let mut fitting: BTreeMap<String, usize> = BTreeMap::new();
        for rule in rules {
            let Some(address) = address(rule, self.config) else { continue };
            let address = expand(&address.text, rule);
            // Only letters of ASCII keep their length.
            let path = path_of(&address).trim_end_matches('/').to_ascii_lowercase();
            let node = self.alerts.get(&rule.name.text);
            for (document, _) in node.iter().flat_map(|node| &node.claims) {
                let url = self.routes.documents[*document].to_ascii_lowercase();
                let url = url.trim_end_matches(".html").trim_end_matches("/index");
                if let Some(site) = path.strip_suffix(url)
                    && site.ends_with('/')
                {
                    *fitting.entry(address[..site.len()].to_owned()).or_default() += 1;
                }
            }
        }
        let others = fitting.into_iter().filter(|(_, count)| *count >= ENOUGH_FITTING);
        let others = others.map(|(url, _)| Site { url, is_own: false });
        let mut sites: Vec<Site> = own.collect();
        let known: Vec<String> = sites.iter().map(|site| site.url.clone()).collect();
        sites.extend(others.filter(|site| !known.contains(&site.url)));
        sites
    }

    /// Where the address of a runbook leads.
    fn target(&self, address: &str, sites: &[Site]) -> RunbookTarget {
        let path = path_of(address);
        if path.contains(UNKNOWN) {
            return RunbookTarget::Undecided;
        }
        let Some((site, path)) = sites.iter().find_map(|site| Some((site, site.within(path)?))) else {
            return RunbookTarget::Elsewhere;
        };
        let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
        let plain = path.trim_end_matches('/');
        let candidates = [path.clone(), format!("{plain}.html"), format!("{plain}/index.html")];
        let candidates = candidates.iter().map(|url| url.trim_start_matches('/'));
        let Some((wanted, (url, page))) =
            candidates.filter_map(|url| Some((url, self.routes.get(url)?))).next()
        else {
            return RunbookTarget::Nothing { path };
        };
        let document = page.leads_to().or(page.introduction());
        let anchor = address.split_once('#').map(|(_, anchor)| anchor);
        let has_anchor = |anchor: &&str| {
            document.is_none_or(|document| {
                Anchors::new(&self.documents[document], self.config.origins.first()).find(anchor).is_some()
            })
        };
        let missing_anchor = anchor.filter(|anchor| !anchor.is_empty() && !anchor.contains(UNKNOWN));
        let missing_anchor = missing_anchor.filter(|anchor| !has_anchor(anchor)).map(str::to_owned);
        // What another generator does with letters is not known.
        let is_exact = wanted == url || !site.is_own;
        RunbookTarget::Page { url: url.to_owned(), document, is_exact, missing_anchor }
    }
}

/// An address of this site.
struct Site {
    /// It, ending in `/`.
    url: String,
    /// Whether sdkb makes the site that stands there.
    is_own: bool,
}

impl Site {
    /// The path on the site of an address.
    fn within<'a>(&self, address: &'a str) -> Option<&'a str> {
        let plain = |url: &'a str| url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        let own = self.url.strip_prefix("https://").or_else(|| self.url.strip_prefix("http://"))?;
        let address = plain(address)?;
        if own.trim_end_matches('/') == address {
            return Some("");
        }
        let (start, rest) = address.split_at_checked(own.len())?;
        // Hosts are the same in any letters.
        start.eq_ignore_ascii_case(own).then_some(rest)
    }
}

/// The annotation with the address of the runbook.
fn address<'a>(rule: &'a AlertRule, config: &Config) -> Option<&'a WrittenText> {
    let mut names = config.alerts.runbook_annotations.iter();
    names.find_map(|name| rule.annotation(name)).filter(|value| !value.text.trim().is_empty())
}

/// An address without its query and its anchor.
fn path_of(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or(address)
}
