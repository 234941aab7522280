//! `sdkb check --external`: what other sites say of the links to them.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use indicatif::{ProgressBar, ProgressStyle};

use super::terminal;
use crate::check::LinkStatuses;
use crate::diagnostic;
use crate::knowledge_base::KnowledgeBase;
use crate::world::DiskWorld;
use crate::world::web::{self, Cache, LinkStatus, Manners};

/// Where answers are kept, from the project's folder. Hidden, so that it is no document.
const CACHE: &str = ".sdkb/links.json";

/// How long an answer is good where the settings do not say.
const MAX_AGE: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What other sites answer to the links in some states of a project.
pub(super) fn statuses(world: &DiskWorld, states: &[&KnowledgeBase]) -> LinkStatuses {
    let mut addresses = BTreeSet::new();
    let mut max_age = MAX_AGE;
    for base in states.iter().rev() {
        let settings = &base.config.external;
        let links = base.external_links();
        let wanted = links.iter().map(|(address, _)| *address).filter(|address| settings.wants(address));
        addresses.extend(wanted.map(str::to_owned));
        max_age = settings.max_age.map_or(MAX_AGE, |age| Duration::from_secs(age.seconds.unsigned_abs()));
    }
    let path = world.root().join(CACHE);
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let mut cache = Cache::load(&path, max_age, now);
    let bar = ProgressBar::new(addresses.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} addresses") {
        bar.set_style(style);
    }
    let statuses = web::ask(&addresses, &Manners::default(), &mut cache, &|| bar.inc(1));
    bar.finish_and_clear();
    if cache.save(&path).is_err() {
        terminal::note(format_args!("cannot write `{}`, so the next run asks again", path.display()));
    }
    note_unknown(&statuses);
    statuses
}

/// Says how many links could not be checked: the network here may be at fault, so it is no finding.
fn note_unknown(statuses: &LinkStatuses) {
    let reasons = statuses.values().filter_map(|status| match status {
        LinkStatus::Unknown(reason) => Some(reason.as_str()),
        _ => None,
    });
    let reasons: Vec<&str> = reasons.collect();
    if let Some(first) = reasons.first() {
        let links = diagnostic::count(reasons.len(), "link");
        terminal::note(format_args!("{links} could not be checked from here: {first}"));
    }
}
