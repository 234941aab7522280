//! What documents tell of incidents. Kinds say with roles which of their fields hold what.

use jiff::Timestamp;

use super::alerts::{about, distinct};
use super::durations::groups;
use super::figures::{Figures, Length};
use super::scope::Scope;
use crate::knowledge_base::KnowledgeBase;
use crate::model::{Document, DocumentId, DocumentState, Field, Kind, Role};

/// What a document tells of an incident, as far as it had happened on the day of a report.
#[derive(Debug)]
pub struct Incident<'a> {
    /// Its document.
    pub id: DocumentId,
    /// The same.
    pub document: &'a Document,
    /// When it was noticed.
    pub detected: Timestamp,
    /// When harm began.
    pub started: Option<Timestamp>,
    /// When a person took it up.
    pub acknowledged: Option<Timestamp>,
    /// When the harm stopped.
    pub mitigated: Option<Timestamp>,
    /// When nothing was left to do.
    pub resolved: Option<Timestamp>,
    /// Whether it was over; none where the document does not say.
    pub is_over: Option<bool>,
    /// The last moment until which it is known to have lasted, if it was not over.
    pub known_until: Timestamp,
    /// What it hurt, each once.
    pub services: Vec<DocumentId>,
    /// Whose that is.
    pub owners: &'a [DocumentId],
    /// How bad it was.
    pub level: Option<DocumentId>,
    /// Moments after this one had not come.
    end: Timestamp,
}

/// A length of time that kinds give a name to, in one incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elapsed {
    /// It is known.
    Known(Length),
    /// It is not, and why.
    Unknown(&'static str),
}

/// Why a length of time is not known.
pub const NO_END: &str = "the time at its end is not written";
const NO_START: &str = "the time that it is counted from is not written";
const NO_STATE: &str = "neither an end nor a status is written";
const CONTRADICTORY: &str = "its times contradict each other";

/// The incidents that a report is asked for, by path. Those that are not counted go to `figures`.
pub fn incidents<'a>(base: &'a KnowledgeBase, scope: &Scope, figures: &mut Figures) -> Vec<Incident<'a>> {
    let told = base.documents().filter(|(id, document)| {
        document.kind.path_of(Role::Detected).is_some() && !base.graph.routes.is_introduction(*id)
    });
    let mut found = Vec::new();
    for (id, document) in told {
        let services = services(base, id);
        let owners = base.graph.owners[id].as_slice();
        if !scope.wants(owners, &services) {
            continue;
        }
        match incident(base, scope, id, document, services) {
            Ok(incident) if scope.holds(scope.day(incident.detected)) => found.push(incident),
            Ok(_) => {}
            Err(reason) => figures.leave_out(reason, id),
        }
    }
    found
}

/// What a document tells of an incident.
///
/// # Errors
///
/// Why it can't be counted.
fn incident<'a>(
    base: &'a KnowledgeBase,
    scope: &Scope,
    id: DocumentId,
    document: &'a Document,
    services: Vec<DocumentId>,
) -> Result<Incident<'a>, &'static str> {
    let end = scope.end();
    let moment = |role: Role| Some(document.entry_of(role)?.value.moment()?.at);
    let past = |role: Role| moment(role).filter(|at| *at < end);
    if !document.is_complete() {
        return Err("it can't be read");
    }
    if !document.is_current() {
        return Err("it is a draft or withdrawn");
    }
    let detected = moment(Role::Detected).ok_or("the time at which it was noticed is not written")?;
    if detected >= end {
        return Err("it was noticed after the day of the report");
    }
    let resolved = past(Role::Resolved);
    let is_over = match document.state() {
        _ if resolved.is_some() => Some(true),
        _ if moment(Role::Resolved).is_some() => Some(false),
        Some(DocumentState::Live) => Some(false),
        Some(_) => Some(true),
        None => None,
    };
    let known = groups(document).flat_map(|(schema, values)| {
        schema.iter().filter_map(|field| Some(values.get(&field.name)?.value.moment()?.at))
    });
    let last = known.filter(|at| *at < end).max().unwrap_or(detected);
    Ok(Incident {
        id,
        document,
        detected,
        started: past(Role::Started),
        acknowledged: past(Role::Acknowledged),
        mitigated: past(Role::Mitigated),
        resolved,
        is_over,
        known_until: last.max(scope.start_of(scope.as_of)),
        services,
        owners: &base.graph.owners[id],
        level: level(base, id),
        end,
    })
}

impl<'a> Incident<'a> {
    /// Whether it was not over.
    pub fn is_open(&self) -> bool {
        self.is_over == Some(false)
    }

    /// What the field with a role says, if it says one thing.
    pub fn text_of(&self, role: Role) -> Option<&'a str> {
        self.document.text_of(role)
    }

    /// The lengths of time to which its kind gives a name: the field at the end of each, and how long it was.
    pub fn elapsed(&self) -> impl Iterator<Item = (&'a Field, Elapsed)> {
        groups(self.document).flat_map(move |(schema, values)| {
            let moment =
                move |name: &str| Some(values.get(name)?.value.moment()?.at).filter(|at| *at < self.end);
            let measured = schema.iter().enumerate().filter(|(_, field)| field.elapsed.is_some());
            measured.map(move |(at, field)| {
                let since = field.elapsed.iter().flat_map(|elapsed| &elapsed.since);
                let start = since.clone().find_map(|name| moment(name));
                let has_later = schema[at + 1..].iter().any(|later| moment(&later.name).is_some());
                (field.as_ref(), self.length(start, moment(&field.name), has_later))
            })
        })
    }

    /// The time from `start` to `end`. It may go on where neither that nor a later moment is written.
    fn length(&self, start: Option<Timestamp>, end: Option<Timestamp>, has_later: bool) -> Elapsed {
        let Some(start) = start else { return Elapsed::Unknown(NO_START) };
        let is_at_least = end.is_none();
        let end = match (end, self.is_over) {
            (Some(end), _) => end,
            (None, Some(false)) if !has_later => self.known_until,
            (None, None) if !has_later => return Elapsed::Unknown(NO_STATE),
            (None, _) => return Elapsed::Unknown(NO_END),
        };
        match end.as_second() - start.as_second() {
            seconds if seconds < 0 => Elapsed::Unknown(CONTRADICTORY),
            seconds => Elapsed::Known(Length { seconds, is_at_least }),
        }
    }

    /// The first and the last second of harm, and whether it went on; none where that is not known.
    pub fn harm(&self) -> Option<(i64, i64, bool)> {
        let start = self.started.unwrap_or(self.detected);
        let (end, is_at_least) = match self.mitigated.or(self.resolved) {
            Some(end) => (end, false),
            None if self.is_open() => (self.known_until, true),
            None => return None,
        };
        (start <= end).then_some((start.as_second(), end.as_second(), is_at_least))
    }
}

/// What a document is about, each once.
pub fn services(base: &KnowledgeBase, document: DocumentId) -> Vec<DocumentId> {
    distinct(about(base, document))
}

/// How bad it was, as a document says.
pub fn level(base: &KnowledgeBase, document: DocumentId) -> Option<DocumentId> {
    let at = base.graph.documents[document].entry_of(Role::Level)?.value.reference()?;
    base.graph.references[document][at].found()
}

/// The kinds whose documents tell of incidents.
pub fn kinds(base: &KnowledgeBase) -> impl Iterator<Item = &Kind> {
    base.kinds.all.iter().map(AsRef::as_ref).filter(|kind| kind.path_of(Role::Detected).is_some())
}

/// The field with a role in the first kind that tells of incidents and has one.
pub fn field(base: &KnowledgeBase, role: Role) -> Option<&Field> {
    kinds(base).find_map(|kind| kind.field_of(role)).map(AsRef::as_ref)
}
