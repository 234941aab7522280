//! What the documents of a corpus are called. Everything follows from a document's number, so that any
//! document can refer to any other without anybody having to keep a list.

/// How many documents there are of each kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counts {
    pub(crate) squads: usize,
    pub(crate) services: usize,
    pub(crate) runbooks: usize,
    pub(crate) failure_modes: usize,
    pub(crate) incidents: usize,
    pub(crate) comms_templates: usize,
    pub(crate) priorities: usize,
    pub(crate) ceremonies: usize,
    pub(crate) readiness: usize,
    /// Pages, without the one that introduces the site.
    pub(crate) pages: usize,
}

/// A corpus with fewer documents would lack some kind.
pub(crate) const SMALLEST: usize = 100;

impl Counts {
    /// `size` documents as a company has them: mostly runbooks, failure modes and incidents.
    pub(crate) fn new(size: usize) -> Self {
        let size = size.max(SMALLEST);
        let mut counts = Self {
            squads: (size / 100).max(2),
            services: size / 20,
            runbooks: 0,
            failure_modes: size * 27 / 100,
            incidents: size * 24 / 100,
            comms_templates: (size / 100).max(2),
            priorities: 5,
            ceremonies: (size / 100).max(2),
            readiness: size / 40,
            pages: size / 40,
        };
        counts.runbooks = size - counts.total();
        counts
    }

    /// All documents, with the introduction.
    pub(crate) fn total(&self) -> usize {
        let people = self.squads + self.services + self.ceremonies + self.readiness + self.pages;
        let trouble = self.runbooks + self.failure_modes + self.incidents;
        people + trouble + self.comms_templates + self.priorities + 1
    }
}

const SQUADS: [&str; 25] = [
    "payments",
    "basket",
    "search",
    "catalogue",
    "delivery",
    "returns",
    "identity",
    "pricing",
    "loyalty",
    "messaging",
    "fraud",
    "ledger",
    "shipping",
    "stock",
    "invoicing",
    "onboarding",
    "reporting",
    "mobile",
    "storefront",
    "support",
    "platform",
    "network",
    "storage",
    "observability",
    "security",
];

const REGIONS: [&str; 9] = ["", "north", "south", "east", "west", "nordics", "iberia", "alpine", "baltic"];

const DOMAINS: [&str; 40] = [
    "checkout",
    "basket",
    "voucher",
    "refund",
    "payout",
    "invoice",
    "ledger",
    "tax",
    "price",
    "catalogue",
    "listing",
    "search",
    "suggest",
    "ranking",
    "review",
    "rating",
    "profile",
    "session",
    "consent",
    "address",
    "parcel",
    "label",
    "route",
    "stock",
    "supplier",
    "warehouse",
    "returns",
    "gift",
    "loyalty",
    "campaign",
    "message",
    "push",
    "email",
    "chat",
    "ticket",
    "audit",
    "report",
    "export",
    "archive",
    "fraud",
];

const ROLES: [&str; 12] = [
    "api",
    "worker",
    "gateway",
    "store",
    "indexer",
    "scheduler",
    "relay",
    "cache",
    "importer",
    "console",
    "stream",
    "proxy",
];

/// Alerts: the end of the name, and what it says.
pub(crate) const SYMPTOMS: [(&str, &str); 16] = [
    ("ErrorRateHigh", "too many requests fail"),
    ("LatencyHigh", "answers come too late"),
    ("QueueGrowing", "the queue grows"),
    ("DiskFilling", "the disk fills up"),
    ("CertificateExpiring", "a certificate expires soon"),
    ("PodCrashLooping", "pods restart again and again"),
    ("ReplicaLagging", "a replica falls behind"),
    ("MemoryPressure", "memory runs short"),
    ("PoolExhausted", "no connection is free"),
    ("ConsumerStuck", "a consumer stands still"),
    ("TrafficDropped", "requests stay away"),
    ("BackupMissing", "the backup is missing"),
    ("DependencyTimeouts", "a dependency does not answer"),
    ("RateLimited", "a partner throttles us"),
    ("CacheMissesHigh", "the cache is cold"),
    ("JobOverdue", "the nightly job is late"),
];

/// Failure modes: the end of the id, and what happens.
pub(crate) const CAUSES: [(&str, &str); 16] = [
    ("connection-pool-exhausted", "all connections are in use"),
    ("disk-full", "the volume has no space left"),
    ("slow-dependency", "a dependency answers slowly"),
    ("poison-message", "one message stops a partition"),
    ("certificate-expired", "a certificate has expired"),
    ("stale-cache", "the cache serves old values"),
    ("bad-deploy", "a release breaks the contract"),
    ("clock-skew", "clocks drift apart"),
    ("leader-lost", "there is no leader"),
    ("quota-reached", "a quota is used up"),
    ("memory-leak", "memory grows until the kernel steps in"),
    ("dns-failure", "names do not resolve"),
    ("lock-contention", "transactions wait for each other"),
    ("schema-mismatch", "producer and consumer disagree"),
    ("retry-storm", "retries multiply the load"),
    ("region-outage", "a whole zone is gone"),
];

/// The names of all documents of a corpus.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names {
    pub(crate) counts: Counts,
}

impl Names {
    /// The id of a squad.
    pub(crate) fn squad(&self, squad: usize) -> String {
        let name = SQUADS[squad % SQUADS.len()];
        let round = squad / SQUADS.len();
        let region = REGIONS[round % REGIONS.len()];
        let region = if region.is_empty() { String::new() } else { format!("-{region}") };
        format!("{name}{region}{}", numbered(round / REGIONS.len()))
    }

    /// The squad that owns a service.
    pub(crate) fn owner(&self, service: usize) -> usize {
        service % self.counts.squads
    }

    /// The id of a service.
    pub(crate) fn service(&self, service: usize) -> String {
        let (domain, round) = (DOMAINS[service % DOMAINS.len()], service / DOMAINS.len());
        format!("{domain}-{}{}", ROLES[round % ROLES.len()], numbered(round / ROLES.len()))
    }

    /// The service that a runbook or a failure mode is about. Those of one number share it.
    pub(crate) fn service_of(&self, document: usize) -> usize {
        document % self.counts.services
    }

    /// The service that was hurt in an incident.
    pub(crate) fn service_of_incident(&self, incident: usize) -> usize {
        // A prime, so that incidents of one day are of different services.
        incident * 7919 % self.counts.services
    }

    /// The alert of a runbook, and what it says.
    pub(crate) fn alert(&self, runbook: usize) -> (String, &'static str) {
        let service = self.service_of(runbook);
        let round = runbook / self.counts.services;
        let (symptom, phrase) = SYMPTOMS[(round + service) % SYMPTOMS.len()];
        let number = round / SYMPTOMS.len();
        let number = if number > 0 { format!("{}", number + 1) } else { String::new() };
        (format!("{}{symptom}{number}", camel(&self.service(service))), phrase)
    }

    /// The id of a runbook.
    pub(crate) fn runbook(&self, runbook: usize) -> String {
        let squad = self.squad(self.owner(self.service_of(runbook)));
        format!("{squad}/{}", self.alert(runbook).0)
    }

    /// What a failure mode is, in a few words.
    pub(crate) fn cause(&self, failure_mode: usize) -> (&'static str, &'static str) {
        let round = failure_mode / self.counts.services;
        CAUSES[(round + self.service_of(failure_mode)) % CAUSES.len()]
    }

    /// The id of a failure mode.
    pub(crate) fn failure_mode(&self, failure_mode: usize) -> String {
        let service = self.service_of(failure_mode);
        let number = numbered(failure_mode / self.counts.services / CAUSES.len());
        let (squad, service) = (self.squad(self.owner(service)), self.service(service));
        format!("{squad}/{service}-{}{number}", self.cause(failure_mode).0)
    }

    /// The day of an incident. They spread over three years.
    pub(crate) fn day(&self, incident: usize) -> jiff::civil::Date {
        let days = incident * 1095 / self.counts.incidents.max(1);
        jiff::civil::date(2023, 11, 20) + jiff::Span::new().days(days as i64)
    }

    /// The id of an incident.
    pub(crate) fn incident(&self, incident: usize) -> String {
        let day = self.day(incident);
        let service = self.service(self.service_of_incident(incident));
        format!("{}/{day}-{service}", day.year())
    }

    /// The id of a template.
    pub(crate) fn comms_template(&self, template: usize) -> String {
        let (audience, stage) = (AUDIENCES[template % 4], STAGES[template / 4 % 6]);
        format!("{audience}-{stage}{}", numbered(template / 24))
    }

    /// The id of a page.
    pub(crate) fn page(&self, page: usize) -> String {
        format!("handbook/{}{}", TOPICS[page % TOPICS.len()], numbered(page / TOPICS.len()))
    }

    /// The id of a ceremony.
    pub(crate) fn ceremony(&self, ceremony: usize) -> String {
        let name = CEREMONIES[ceremony % CEREMONIES.len()];
        format!("{name}{}", numbered(ceremony / CEREMONIES.len()))
    }
}

/// Who reads a message.
pub(crate) const AUDIENCES: [&str; 4] = ["customer", "internal", "stakeholder", "exec"];

/// When it is sent.
pub(crate) const STAGES: [&str; 6] =
    ["investigating", "identified", "monitoring", "resolved", "postmortem", "maintenance"];

const TOPICS: [&str; 10] = [
    "on-call-guide",
    "error-budgets",
    "release-checklist",
    "access-requests",
    "glossary-of-terms",
    "incident-roles",
    "capacity-planning",
    "backup-policy",
    "writing-runbooks",
    "observability-standard",
];

const CEREMONIES: [&str; 5] =
    ["operations-review", "chaos-day", "incident-review", "alarm-triage", "readiness-board"];

/// What tells the second and later documents of one name apart.
fn numbered(round: usize) -> String {
    if round == 0 { String::new() } else { format!("-{}", round + 1) }
}

/// `checkout-api` as `CheckoutApi`.
fn camel(id: &str) -> String {
    let words = id.split('-').map(|word| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    });
    words.collect()
}

/// `checkout-api` as `Checkout api`.
pub(crate) fn title(id: &str) -> String {
    let text = id.rsplit('/').next().unwrap_or(id).replace('-', " ");
    let (first, rest) = text.split_at(1);
    first.to_uppercase() + rest
}
