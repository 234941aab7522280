//! What speaks for the kind of a document: its headings, its front matter, its name and its folders, held
//! against what the kinds' own files say.

use std::collections::BTreeSet;

use crate::model::{Content, Document, Field, Kind, KindId, Kinds, Node};
use crate::parse::front_matter::front_matter as read_front_matter;
use crate::parse::is_alert_name;

/// Something in a document that speaks for a kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    /// A heading that such documents have, as the kind's file writes it.
    Heading(String),
    /// Front matter in which a key and its value name the kind.
    Says(String, String),
    /// A key of front matter that only such documents have.
    Key(String),
    /// A title or file name that names the kind: "Post-mortem of 3 May".
    Title,
    /// A file called like an alert.
    AlertName,
    /// Commands to run, in a document that may be about an alert.
    Commands,
    /// A file name that begins with a day.
    Day,
    /// A folder that is called like the kind.
    Folder(String),
    /// A folder whose name ends in that of the kind.
    FolderEnd(String),
}

/// From here on, signs say what a document is.
pub(super) const ENOUGH: u32 = 4;

/// As much as a folder's name says, or a document that names its kind: enough where nothing confirms it.
pub(super) const CLEAR: u32 = 6;

impl Sign {
    /// How much it says.
    pub(super) fn points(&self) -> u32 {
        match self {
            Sign::Says(..) | Sign::Folder(_) => CLEAR,
            Sign::Title | Sign::AlertName | Sign::FolderEnd(_) => 3,
            Sign::Heading(_) | Sign::Key(_) => 2,
            Sign::Commands | Sign::Day => 1,
        }
    }

    /// Whether the text says it, and not the name or the folder of the file.
    pub(super) fn is_inside(&self) -> bool {
        matches!(self, Sign::Heading(_) | Sign::Says(..) | Sign::Key(_) | Sign::Title)
    }

    /// What it is, before the number of documents that show it: "section `Timeline` in 12 of 14".
    pub(super) fn phrase(&self, kind: &Kind) -> String {
        match self {
            Sign::Heading(name) => format!("section `{name}`"),
            Sign::Says(key, value) => format!("`{key}: {value}`"),
            Sign::Key(key) => format!("field `{key}`"),
            Sign::Title => format!("“{}” in the title or file name", kind.label.to_lowercase()),
            Sign::AlertName => "a name like that of an alert".to_owned(),
            Sign::Commands => "commands to run".to_owned(),
            Sign::Day => "a date in the file name".to_owned(),
            Sign::Folder(name) | Sign::FolderEnd(name) => format!("a folder `{name}`"),
        }
    }
}

/// What speaks for one kind.
#[derive(Debug, Clone)]
pub(super) struct Case {
    /// The position of the kind.
    pub(super) kind: KindId,
    /// What speaks for it.
    pub(super) signs: BTreeSet<Sign>,
    /// How much that says.
    pub(super) points: u32,
}

/// What speaks for each kind that a document may be of; nothing for kinds for which nothing does.
pub(super) fn cases(document: &Document, kinds: &Kinds) -> Vec<Case> {
    let mut cases = Vec::new();
    let tree = read_front_matter(&document.source.text).tree;
    for (index, kind) in kinds.all.iter_enumerated().filter(|(_, kind)| !kind.extra_fields) {
        let mut signs = BTreeSet::new();
        headings(document, kind, &mut signs);
        front_matter(tree.as_ref(), kind, kinds, &mut signs);
        names(document, kind, &mut signs);
        folders(document, kind, kinds, &mut signs);
        // Any guide has commands: they only confirm what something else says.
        if kind.answers_alerts() && !signs.is_empty() && !document.body.commands.is_empty() {
            signs.insert(Sign::Commands);
        }
        let points = signs.iter().map(Sign::points).sum();
        if points > 0 {
            cases.push(Case { kind: index, signs, points });
        }
    }
    cases
}

/// The kind that the signs agree on, if they say enough.
pub(super) fn verdict(cases: &[Case]) -> Option<&Case> {
    let best = cases.iter().max_by_key(|case| case.points)?;
    let is_alone = cases.iter().filter(|case| case.points == best.points).count() == 1;
    (is_alone && best.points >= ENOUGH).then_some(best)
}

fn headings(document: &Document, kind: &Kind, signs: &mut BTreeSet<Sign>) {
    for name in kind.sections.iter().chain(&kind.typical_sections) {
        let wanted = words(name);
        // A heading that is a sentence is about something else.
        let is_heading = |text: &str| {
            let found = words(text);
            found.len() <= wanted.len() + 2 && found.windows(wanted.len()).any(|part| part == wanted)
        };
        if document.body.headings.iter().any(|heading| is_heading(&heading.text)) {
            signs.insert(Sign::Heading(name.clone()));
        }
    }
}

/// The ends of keys that hold prose or a name, whatever the value.
const PROSE: [&str; 6] = ["title", "name", "summary", "description", "id", "slug"];

fn front_matter(tree: Option<&Node>, kind: &Kind, kinds: &Kinds, signs: &mut BTreeSet<Sign>) {
    for (key, value) in tree.iter().flat_map(|tree| tree.entries()) {
        let Some(name) = key.text() else { continue };
        if PROSE.iter().any(|prose| name.to_lowercase().ends_with(prose)) {
            continue;
        }
        let named = scalars(value).find(|text| kinds.by_folder(text).is_some_and(|of| of.id == kind.id));
        if let Some(text) = named {
            signs.insert(Sign::Says(name.to_owned(), text.to_owned()));
        }
        let owners = kinds.all.iter().filter(|kind| kind.field(name).is_some()).count();
        if owners == 1 && kind.field(name).is_some_and(|field| is_telling(field, value)) {
            signs.insert(Sign::Key(name.to_owned()));
        }
    }
}

/// Whether a key with this value says more than that an author uses the same word.
fn is_telling(field: &Field, value: &Node) -> bool {
    let choices = field.values();
    let is_choice = |text: &str| choices.iter().any(|choice| choice == text);
    field.field_type.definition().is_telling && (choices.is_empty() || scalars(value).any(is_choice))
}

/// The single value, or those of a list.
fn scalars(node: &Node) -> impl Iterator<Item = &str> {
    let items = match &node.content {
        Content::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    items.iter().filter_map(Node::text)
}

fn names(document: &Document, kind: &Kind, signs: &mut BTreeSet<Sign>) {
    let name = document.stem.rsplit('/').next().unwrap_or_default();
    if kind.answers_alerts() && is_alert_name(name) && names_trouble(name) {
        signs.insert(Sign::AlertName);
    }
    if kind.date_field.is_some() && begins_with_day(name) {
        signs.insert(Sign::Day);
    }
    let is_named = |text: &str| {
        kind_names(kind)
            .iter()
            .any(|known| begins_with(text, known) || ends_with(text, known) && is_singular(text))
    };
    if is_named(name) || is_named(&document.title) {
        signs.insert(Sign::Title);
    }
}

/// Words with which the names of alerts say what is wrong, in the singular. Names of code have humps too.
const TROUBLE: [&str; 48] = [
    "absent",
    "availability",
    "backlog",
    "behind",
    "broken",
    "burn",
    "crash",
    "crashing",
    "crashlooping",
    "critical",
    "degraded",
    "delayed",
    "down",
    "error",
    "exceeded",
    "expiration",
    "expiring",
    "failed",
    "failing",
    "failure",
    "full",
    "growing",
    "high",
    "inactive",
    "lag",
    "latency",
    "limit",
    "looping",
    "lost",
    "low",
    "mismatch",
    "missing",
    "no",
    "not",
    "outdated",
    "overcommit",
    "pressure",
    "restarting",
    "saturated",
    "skew",
    "slow",
    "stale",
    "stuck",
    "throttling",
    "unavailable",
    "unhealthy",
    "unreachable",
    "waiting",
];

/// Whether a name in camel case says what is wrong.
fn names_trouble(name: &str) -> bool {
    let mut spaced = String::new();
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        // `RAIDDegraded` is two words.
        let begins =
            !spaced.ends_with(char::is_uppercase) || letters.peek().is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && begins {
            spaced.push(' ');
        }
        spaced.push(letter);
    }
    words(&spaced).iter().any(|word| TROUBLE.contains(&word.as_str()))
}

/// Whether the last word of a title is about one thing: "Redis runbooks" are a list.
fn is_singular(text: &str) -> bool {
    !text.trim_end().ends_with(['s', 'S'])
}

/// Whether a title begins with the name of a kind as a heading would: "Runbook: disk full", "Postmortem 2024-03".
/// In "Incident response", it only begins with the same word.
fn begins_with(text: &str, name: &[String]) -> bool {
    let found = words(text);
    let Some(rest) = found.strip_prefix(name) else { return false };
    let Some(next) = rest.first() else { return false };
    let last = name.last().map_or("", String::as_str);
    let at = text.to_lowercase().find(last).map_or(0, |at| at + last.len());
    let after = text.get(at..).unwrap_or_default().trim_start_matches(['s', 'S']).trim_start();
    next.starts_with(|letter: char| letter.is_ascii_digit())
        || ["of", "for"].contains(&next.as_str())
        || after.starts_with([':', '#', '—', '–'])
        || after.starts_with("- ")
}

/// Whether a title ends with the name of a kind and says something before it: "Redis runbook".
fn ends_with(text: &str, name: &[String]) -> bool {
    let found = words(text);
    found.len() > name.len() && found.ends_with(name)
}

fn begins_with_day(name: &str) -> bool {
    let digits = name.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'-');
    let digits = digits.filter(u8::is_ascii_digit).count();
    (name.starts_with("19") || name.starts_with("20")) && digits >= 6
}

fn folders(document: &Document, kind: &Kind, kinds: &Kinds, signs: &mut BTreeSet<Sign>) {
    let folders: Vec<&str> = document.folder().split('/').filter(|folder| !folder.is_empty()).collect();
    let innermost = folders.iter().rev().find_map(|folder| Some((*folder, kinds.by_folder(folder)?)));
    if let Some((folder, of)) = innermost
        && of.id == kind.id
    {
        signs.insert(Sign::Folder(folder.to_owned()));
    }
    let ends = |folder: &&str| kind_names(kind).iter().any(|name| ends_with(folder, name));
    if let Some(folder) = folders.iter().rev().find(|folder| ends(folder)) {
        signs.insert(Sign::FolderEnd((*folder).to_owned()));
    }
}

/// The names of a kind, in words.
fn kind_names(kind: &Kind) -> Vec<Vec<String>> {
    let names = [&kind.id, &kind.plural, &kind.folder].into_iter().chain(&kind.folder_aliases);
    let mut names: Vec<Vec<String>> = names.map(|name| words(name)).collect();
    names.sort();
    names.dedup();
    names
}

/// The words of a text, in lower case and in the singular.
pub(super) fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.to_lowercase().trim_end_matches('s').to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{begins_with, begins_with_day, ends_with, names_trouble, words};

    #[test]
    fn titles_name_a_kind_at_their_begin_or_end() {
        let (runbook, incident) = (words("runbooks"), words("incidents"));
        for title in ["Runbook: disk full", "Runbook - disk full", "Runbooks for Redis"] {
            assert!(begins_with(title, &runbook), "{title}");
        }
        assert!(begins_with("Incident 2024-03-01", &incident) && begins_with("incident-12", &incident));
        for title in ["Incident response", "Incidents", "What an incident is"] {
            assert!(!begins_with(title, &incident), "{title}");
        }
        assert!(ends_with("redis-runbook", &runbook) && ends_with("Redis runbooks", &runbook));
        assert!(!ends_with("Runbook", &runbook) && !ends_with("Runbook index", &runbook));
        assert!(ends_with("Stripe post-mortem", &words("post-mortems")));
    }

    #[test]
    fn names_of_alerts_say_what_is_wrong() {
        for name in ["KubePodCrashLooping", "etcdNoLeader", "NodeRAIDDegraded", "KubeAPIDown", "TargetErrors"]
        {
            assert!(names_trouble(name), "{name}");
        }
        for name in ["DataTable", "useThing", "KubeNodes"] {
            assert!(!names_trouble(name), "{name}");
        }
    }

    #[test]
    fn days_stand_at_the_head_of_a_name() {
        for name in ["2024-03-01-checkout", "20240301", "2024-03-checkout"] {
            assert!(begins_with_day(name), "{name}");
        }
        for name in ["2024", "checkout-2024-03-01", "20-things"] {
            assert!(!begins_with_day(name), "{name}");
        }
    }
}
