//! What each service has of what those on call need, and what fills the gaps.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;

use crate::knowledge_base::KnowledgeBase;
use crate::model::{Document, DocumentId, Kind, OwnerRole, Role};
use crate::report::alerts::{self, Coverage};
use crate::report::figures::{Cell, Column, Datum, Figures, Row, Table};
use crate::report::guide::rehearsals;
use crate::report::incident;
use crate::report::scope::Scope;
use crate::world::World;

pub(super) fn figures(base: &KnowledgeBase, _: &dyn World, scope: &Scope) -> Figures {
    let mut figures = Figures::default();
    let kinds = base.kinds.behind(OwnerRole::Inherited);
    let mut services: Vec<DocumentId> = Vec::new();
    for (id, document) in base.documents().filter(|(_, document)| kinds.contains(&document.kind.id)) {
        if base.graph.routes.is_introduction(id) || !scope.wants(&base.graph.owners[id], &[id]) {
            continue;
        }
        match document.is_current() && document.is_complete() {
            true => services.push(id),
            false => figures.leave_out("it is a draft, withdrawn, or can't be read", id),
        }
    }
    base.graph.sort(&mut services);
    if services.is_empty() {
        return figures;
    }
    let known = Known::of(base, scope);
    let rows: Vec<Vec<Part>> = services.iter().map(|&service| known.parts(service)).collect();
    figures.tables = vec![
        totals(&services, &rows),
        by_service(base, &services, &rows),
        gaps(&services, &rows),
        messages(base),
    ];
    figures.notes =
        vec![format!("A rehearsal counts for {} days.", base.config.reports.rehearsal.seconds / 86_400)];
    figures
}

/// Something that a service should have: what it is called, what there is, and what fills the gap.
struct Part {
    name: &'static str,
    label: String,
    cell: Cell,
    /// How a gap is filled; none where there is no gap.
    gap: Option<Cell>,
}

/// What has to be known of the whole project once.
struct Known<'a> {
    base: &'a KnowledgeBase,
    scope: &'a Scope,
    /// For each service, its alerts that need something to follow, and how many of these have it.
    alerts: BTreeMap<DocumentId, (usize, usize)>,
    /// For each service, its documents by kind.
    about: BTreeMap<(DocumentId, &'a str), Vec<DocumentId>>,
    /// The kind whose documents are ways of failing.
    failing: Option<&'a Kind>,
    /// The kind whose documents answer alerts.
    answering: Option<&'a Kind>,
}

impl<'a> Known<'a> {
    fn of(base: &'a KnowledgeBase, scope: &'a Scope) -> Self {
        let mut alerts: BTreeMap<DocumentId, (usize, usize)> = BTreeMap::new();
        for alert in alerts::alerts(base).filter(|alert| alert.coverage != Coverage::Exempt) {
            for service in alert.services {
                let counts = alerts.entry(service).or_default();
                counts.0 += 1;
                counts.1 += usize::from(alert.coverage != Coverage::Missing);
            }
        }
        let mut about: BTreeMap<(DocumentId, &str), Vec<DocumentId>> = BTreeMap::new();
        for (id, document) in base.current_documents() {
            for service in incident::services(base, id) {
                about.entry((service, document.kind.id.as_str())).or_default().push(id);
            }
        }
        let failing = incident::field(base, Role::FailureModes);
        let failing = failing.and_then(|field| base.kinds.get(field.to.first()?)).map(AsRef::as_ref);
        let answering = base.kinds.all.iter().map(AsRef::as_ref).find(|kind| kind.answers_alerts());
        Self { base, scope, alerts, about, failing, answering }
    }

    fn parts(&self, service: DocumentId) -> Vec<Part> {
        let document = &*self.base.graph.documents[service];
        let mut parts = vec![self.owner(service, document), self.on_call(service, document)];
        parts.push(self.alerts(service, document));
        parts.extend(self.documents("guides", service, self.answering));
        parts.extend(self.documents("failing", service, self.failing));
        parts.extend(self.mitigated(service));
        parts.push(self.rehearsed(service));
        parts.extend(
            [("objectives", Role::Objectives), ("boards", Role::Dashboards)].into_iter().filter_map(
                |(name, role)| {
                    let field = document.kind.field_of(role)?;
                    let count = document.entry_of(role).map_or(0, |entry| entry.each().len());
                    Some(self.written(name, &field.label, &field.name, document, count))
                },
            ),
        );
        parts
    }

    fn owner(&self, service: DocumentId, document: &Document) -> Part {
        let owners = self.base.graph.owners[service].clone();
        let field = document.kind.owner();
        let (label, name) = field.map_or(("Owner", "owner of it"), |field| (&field.label, &field.name));
        let gap = owners.is_empty().then(|| in_file(name, document));
        Part { name: "whose", label: label.to_owned(), cell: Cell::documents(owners, "none"), gap }
    }

    /// Who is on call: for the service, or for its owner.
    fn on_call(&self, service: DocumentId, document: &Document) -> Part {
        let is_said = |document: &Document| document.entry_of(Role::OnCall).is_some();
        let owners = &self.base.graph.owners[service];
        let by_owner: Vec<DocumentId> =
            owners.iter().copied().filter(|owner| is_said(&self.base.graph.documents[*owner])).collect();
        let field = document.kind.field_of(Role::OnCall);
        let (label, name) = field.map_or(("On-call", "schedule"), |field| (&field.label, &field.name));
        let (cell, gap) = match (is_said(document), by_owner.is_empty()) {
            (true, _) => (Cell::text("its own"), None),
            (false, false) => (Cell::documents(by_owner, ""), None),
            (false, true) => (Cell::missing("no"), Some(in_file(name, document))),
        };
        Part { name: "on_call", label: label.to_owned(), cell, gap }
    }

    fn alerts(&self, service: DocumentId, document: &Document) -> Part {
        let (needing, answered) = self.alerts.get(&service).copied().unwrap_or_default();
        let cell = match needing {
            0 => Cell::missing("none known"),
            of => Cell::plain(Datum::Share { part: answered, of }),
        };
        let gap = (answered < needing).then(|| self.new_document(self.answering, document));
        Part { name: "answered", label: "Alerts answered".to_owned(), cell, gap }
    }

    /// The documents of a kind that are about a service.
    fn documents(&self, name: &'static str, service: DocumentId, kind: Option<&'a Kind>) -> Option<Part> {
        let kind = kind?;
        let found = self.about(service, kind).to_vec();
        let document = &self.base.graph.documents[service];
        let gap = found.is_empty().then(|| self.new_document(Some(kind), document));
        let cell = if found.is_empty() { Cell::missing("none") } else { Cell::count(found) };
        Some(Part { name, label: kind.plural.clone(), cell, gap })
    }

    fn about(&self, service: DocumentId, kind: &'a Kind) -> &[DocumentId] {
        self.about.get(&(service, kind.id.as_str())).map_or(&[], Vec::as_slice)
    }

    /// The ways in which a service fails that a document says how to mitigate.
    fn mitigated(&self, service: DocumentId) -> Option<Part> {
        let (failing, answering) = (self.failing?, self.answering?);
        let field = answering.fields.iter().find(|field| field.to.contains(&failing.id))?;
        let relation = field.inverse.as_deref()?;
        let modes = self.about(service, failing);
        let is_mitigated = |mode: &DocumentId| !self.base.graph.related(*mode, relation).is_empty();
        let mitigated: Vec<DocumentId> = modes.iter().copied().filter(is_mitigated).collect();
        let open = modes.iter().find(|mode| !is_mitigated(mode));
        let gap = open.map(|&mode| {
            let id = &self.base.graph.documents[mode].id;
            Cell::plain(Datum::Command(format!("sdkb new {} --set {}={id} TITLE", answering.id, field.name)))
        });
        let cell = match modes.len() {
            0 => Cell::missing("nothing to mitigate is known"),
            of => Cell::share(mitigated, of),
        };
        Some(Part { name: "covered", label: relation.to_owned(), cell, gap })
    }

    /// The latest rehearsal of a way in which the service fails, or of a document that answers its alerts.
    fn rehearsed(&self, service: DocumentId) -> Part {
        let kinds = [self.failing, self.answering].into_iter().flatten();
        let documents = kinds.flat_map(|kind| self.about(service, kind));
        let days = documents.flat_map(|&document| rehearsals(&self.base.graph.documents[document]));
        let last = days.filter(|day| *day <= self.scope.as_of).max();
        let good = (self.base.config.reports.rehearsal.seconds / 86_400).days();
        let is_good = last.is_some_and(|day| day.saturating_add(good) >= self.scope.as_of);
        let cell = last.map_or_else(|| Cell::missing("never"), |day| Cell::plain(Datum::Day(day)));
        let words = if last.is_some() { "rehearse it again" } else { "rehearse one of its ways of failing" };
        Part {
            name: "rehearsed",
            label: "Rehearsed".to_owned(),
            cell,
            gap: (!is_good).then(|| Cell::text(words)),
        }
    }

    fn written(
        &self,
        name: &'static str,
        label: &str,
        field: &str,
        document: &Document,
        count: usize,
    ) -> Part {
        let cell = if count == 0 { Cell::missing("none") } else { Cell::plain(Datum::Count(count)) };
        Part { name, label: label.to_owned(), cell, gap: (count == 0).then(|| in_file(field, document)) }
    }

    /// The command that starts a document about a service.
    fn new_document(&self, kind: Option<&Kind>, service: &Document) -> Cell {
        let Some(kind) = kind else { return Cell::text("write what to follow") };
        let field = kind.fields.iter().find(|field| field.owner == Some(OwnerRole::Inherited));
        let about = field.map(|field| format!(" --set {}={}", field.name, service.id)).unwrap_or_default();
        Cell::plain(Datum::Command(format!("sdkb new {}{about} TITLE", kind.id)))
    }
}

/// What to write where.
fn in_file(field: &str, document: &Document) -> Cell {
    Cell::text(format!("add `{field}` to `{}`", document.source.path))
}

/// The services with and without one of the things that they should have.
struct Total<'a> {
    label: &'a str,
    with: Vec<DocumentId>,
    without: Vec<DocumentId>,
}

/// How many services have each of what they should have.
fn totals(services: &[DocumentId], rows: &[Vec<Part>]) -> Table {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut all: Vec<Total<'_>> = Vec::new();
    for (&service, row) in services.iter().zip(rows) {
        for part in row {
            let place = *places.entry(part.name).or_insert(all.len());
            if place == all.len() {
                all.push(Total { label: &part.label, with: Vec::new(), without: Vec::new() });
            }
            // What does not apply is neither there nor missing.
            if part.gap.is_none() && matches!(part.cell.datum, Datum::Missing(_)) {
                continue;
            }
            let total = &mut all[place];
            if part.gap.is_none() { &mut total.with } else { &mut total.without }.push(service);
        }
    }
    all.retain(|total| !total.with.is_empty() || !total.without.is_empty());
    let rows = all.into_iter().map(|Total { label, with, without }| {
        let of = with.len() + without.len();
        Row::new(vec![Cell::text(label), Cell::share(with, of), Cell::count(without)])
    });
    Table {
        name: "totals".to_owned(),
        title: "In all".to_owned(),
        columns: vec![
            Column::new("what", "What"),
            Column::new("with", "Without a gap"),
            Column::new("without", "With a gap"),
        ],
        rows: rows.collect(),
        notes: Vec::new(),
        chart: None,
    }
}

fn by_service(base: &KnowledgeBase, services: &[DocumentId], rows: &[Vec<Part>]) -> Table {
    let kind = &base.graph.documents[services[0]].kind;
    let longest = rows.iter().max_by_key(|row| row.len());
    let columns = longest.into_iter().flatten().map(|part| Column::new(part.name, &part.label));
    let columns: Vec<Column> = std::iter::once(Column::new("about", &kind.label)).chain(columns).collect();
    let rows = services.iter().zip(rows).map(|(&service, row)| {
        let cells = columns[1..].iter().map(|column| {
            let part = row.iter().find(|part| part.name == column.name);
            part.map_or_else(|| Cell::text(""), |part| part.cell.clone())
        });
        Row::about(service, std::iter::once(Cell::document(service)).chain(cells).collect())
    });
    let rows = rows.collect();
    Table {
        name: "each".to_owned(),
        title: format!("By {}", kind.label.to_lowercase()),
        columns,
        rows,
        notes: Vec::new(),
        chart: None,
    }
}

fn gaps(services: &[DocumentId], rows: &[Vec<Part>]) -> Table {
    let mut gaps = Vec::new();
    for (&service, row) in services.iter().zip(rows) {
        for part in row {
            let Some(gap) = &part.gap else { continue };
            gaps.push(Row::about(
                service,
                vec![Cell::document(service), Cell::text(&part.label), gap.clone()],
            ));
        }
    }
    Table {
        name: "gaps".to_owned(),
        title: "Gaps, and what fills them".to_owned(),
        columns: vec![
            Column::new("about", "Where"),
            Column::new("what", "What"),
            Column::new("fill", "What fills it"),
        ],
        rows: gaps,
        notes: Vec::new(),
        chart: None,
    }
}

/// The messages that are ready for each level.
fn messages(base: &KnowledgeBase) -> Table {
    let to = |role: Role| incident::field(base, role).and_then(|field| base.kinds.get(field.to.first()?));
    let (level, message) = (to(Role::Level), to(Role::Messages));
    let levels = level.map(|kind| base.graph.of_kind(&kind.id)).unwrap_or_default();
    let known: BTreeSet<DocumentId> = levels.iter().copied().collect();
    let is_message = |document: &Document| message.is_some_and(|kind| kind.id == document.kind.id);
    let mut named: BTreeMap<DocumentId, Vec<DocumentId>> = BTreeMap::new();
    let mut for_all = Vec::new();
    for (id, _) in base.current_documents().filter(|(_, document)| is_message(document)) {
        let references = base.graph.references_of(id).filter_map(|(_, resolution)| resolution.found());
        let of: Vec<DocumentId> = references.filter(|found| known.contains(found)).collect();
        if of.is_empty() {
            for_all.push(id);
        }
        of.into_iter().for_each(|level| named.entry(level).or_default().push(id));
    }
    let rows = levels.iter().map(|&level| {
        let found: Vec<DocumentId> =
            named.get(&level).into_iter().flatten().chain(&for_all).copied().collect();
        let fill = match (&message, found.is_empty()) {
            (Some(kind), true) => Cell::plain(Datum::Command(format!("sdkb new {} TITLE", kind.id))),
            _ => Cell::text(""),
        };
        let count = if found.is_empty() { Cell::missing("none") } else { Cell::count(found) };
        Row::about(level, vec![Cell::document(level), count, fill])
    });
    Table {
        name: "messages".to_owned(),
        title: message.map_or("Messages", |kind| &kind.plural).to_owned(),
        columns: vec![
            Column::new("for", level.map_or("Level", |kind| &kind.label)),
            Column::new("count", "Ready to send"),
            Column::new("fill", "What fills the gap"),
        ],
        rows: rows.collect(),
        notes: Vec::new(),
        chart: None,
    }
}
