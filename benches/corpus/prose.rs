//! Sentences as people write them in runbooks and reviews, no two documents with the same ones.

use super::names::{Names, title};
use super::random::Random;

/// Appends a line to a writer. What it says may ask the writer for words.
macro_rules! line {
    ($writer:expr, $($text:tt)*) => {{
        let text = format!($($text)*);
        $writer.line(&text);
    }};
}

/// Appends a block and an empty line.
macro_rules! block {
    ($writer:expr, $($text:tt)*) => {{
        let text = format!($($text)*);
        $writer.block(&text);
    }};
}

pub(crate) use {block, line};

/// A document in the making: what it is about, and where its numbers come from.
pub(crate) struct Writer<'a> {
    pub(crate) names: &'a Names,
    pub(crate) random: Random,
    /// The service that it is about.
    pub(crate) service: usize,
    /// The folder of the document, from the content folder.
    pub(crate) folder: String,
    pub(crate) out: String,
    /// The sentences of late, so that none stands beside its like.
    pub(crate) recent: Vec<&'static str>,
}

impl Writer<'_> {
    /// Appends a line.
    pub(crate) fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Appends a block and an empty line.
    pub(crate) fn block(&mut self, text: &str) {
        self.line(text);
        self.out.push('\n');
    }

    /// Appends a heading.
    pub(crate) fn heading(&mut self, text: &str) {
        block!(self, "## {text}");
    }

    /// The id of the service.
    pub(crate) fn service_id(&self) -> String {
        self.names.service(self.service)
    }

    /// The way from this document to a file, which is named from the content folder.
    pub(crate) fn link(&self, path: &str) -> String {
        let mut own: Vec<&str> = self.folder.split('/').filter(|part| !part.is_empty()).collect();
        let mut other: Vec<&str> = path.split('/').collect();
        while other.len() > 1 && own.first() == other.first() {
            own.remove(0);
            other.remove(0);
        }
        "../".repeat(own.len()) + &other.join("/")
    }

    /// One sentence of a sort.
    pub(crate) fn sentence(&mut self, sort: &[&'static str]) -> String {
        let mut template = self.random.pick(sort);
        while self.recent.contains(&template) {
            template = self.random.pick(sort);
        }
        self.recent.push(template);
        if self.recent.len() > 6 {
            self.recent.remove(0);
        }
        let mut out = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('<') {
            let Some((name, after)) = after.split_once('>') else { break };
            out.push_str(before);
            out.push_str(&self.word(name));
            rest = after;
        }
        out.push_str(rest);
        // A template may begin with a name.
        let first = out.chars().next().map_or(0, char::len_utf8);
        out[..first].make_ascii_uppercase();
        out
    }

    /// What stands for a name in a template.
    fn word(&mut self, name: &str) -> String {
        let random = &mut self.random;
        match name {
            "service" => title(&self.names.service(self.service)).to_lowercase(),
            "other" => {
                let other = random.below(self.names.counts.services);
                title(&self.names.service(other)).to_lowercase()
            }
            "metric" => {
                let metric = random.pick(METRICS);
                format!("`{}_{metric}`", self.names.service(self.service).replace('-', "_"))
            }
            "code" => format!("`{}_{}`", random.pick(CODES), random.between(100, 9999)),
            "n" => random.between(2, 19).to_string(),
            "many" => format!("{},{:03}", random.between(1, 240), random.below(1000)),
            "percent" => format!("{}.{}", random.between(0, 98), random.below(10)),
            "minutes" => random.between(3, 55).to_string(),
            "version" => format!("`v{}.{}.{}`", random.below(9), random.below(40), random.below(12)),
            "ticket" => format!("OPS-{}", random.between(100, 99_999)),
            "part" => random.pick(PARTS).to_owned(),
            "person" => random.pick(PEOPLE).to_owned(),
            "quality" => random.pick(QUALITIES).to_owned(),
            "tool" => random.pick(TOOLS).to_owned(),
            "place" => random.pick(PLACES).to_owned(),
            _ => name.to_owned(),
        }
    }

    /// Several sentences as one text.
    pub(crate) fn sentences(&mut self, sort: &[&'static str], count: usize) -> String {
        let sentences: Vec<String> = (0..count).map(|_| self.sentence(sort)).collect();
        sentences.join(" ")
    }

    /// A paragraph of `first` to `last` sentences, in lines as editors break them.
    pub(crate) fn paragraph(&mut self, sort: &[&'static str], first: usize, last: usize) {
        let count = self.random.between(first, last);
        let text = self.sentences(sort, count);
        self.wrapped(&text);
    }

    /// A paragraph with lines of at most 100 characters.
    pub(crate) fn wrapped(&mut self, text: &str) {
        let mut width = 0;
        for word in text.split(' ') {
            let length = word.chars().count();
            if width > 0 && width + 1 + length > 100 {
                self.out.push('\n');
                width = 0;
            } else if width > 0 {
                self.out.push(' ');
                width += 1;
            }
            self.out.push_str(word);
            width += length;
        }
        self.out.push_str("\n\n");
    }

    /// A list of `first` to `last` items.
    pub(crate) fn list(&mut self, sort: &[&'static str], first: usize, last: usize) {
        for _ in 0..self.random.between(first, last) {
            let item = self.sentence(sort);
            line!(self, "- {item}");
        }
        self.out.push('\n');
    }

    /// A table of limits, with `rows` rows.
    pub(crate) fn limits(&mut self, rows: usize) {
        self.line("| Signal | Normal | Act at | Where |");
        self.line("| --- | ---: | ---: | --- |");
        for _ in 0..rows {
            let (metric, place) = (self.word("metric"), self.word("place"));
            let (normal, limit) = (self.random.between(1, 400), self.random.between(401, 9000));
            line!(self, "| {metric} | {normal} | {limit} | {place} |");
        }
        self.out.push('\n');
    }

    /// A remark that stands out.
    pub(crate) fn callout(&mut self, sort: &[&'static str]) {
        let kind = self.random.pick(&["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"]);
        let text = self.sentences(sort, 2);
        line!(self, "> [!{kind}]");
        block!(self, "> {text}");
    }

    /// A few labels, as a YAML list.
    pub(crate) fn tags(&mut self) -> String {
        let (one, two) = (self.random.pick(TAGS), self.random.pick(TAGS));
        if one == two { format!("[{one}]") } else { format!("[{one}, {two}]") }
    }
}

const METRICS: &[&str] = &[
    "requests_total",
    "errors_total",
    "request_duration_seconds",
    "queue_depth",
    "pool_in_use",
    "lag_seconds",
    "restarts_total",
    "cache_hit_ratio",
    "disk_used_bytes",
    "retries_total",
    "inflight",
    "dropped_total",
];
const CODES: &[&str] = &["ERR_CONN_RESET", "ERR_TIMEOUT", "ERR_QUOTA", "ERR_SCHEMA", "ERR_AUTH", "E_STALE"];
const PARTS: &[&str] = &[
    "load balancer",
    "connection pool",
    "write path",
    "read replica",
    "message bus",
    "ingress",
    "scheduler",
    "primary database",
    "object store",
    "session cache",
    "feature flag",
    "sidecar",
    "rate limiter",
    "circuit breaker",
    "search index",
    "outbox table",
    "dead-letter queue",
    "token issuer",
    "cron job",
];
const PEOPLE: &[&str] = &[
    "the incident lead",
    "the on-call engineer",
    "the product owner",
    "customer support",
    "the platform squad",
    "the database keeper",
    "the partner's service desk",
    "the scribe",
    "finance operations",
];
const QUALITIES: &[&str] = &[
    "slow",
    "empty",
    "wrong",
    "late",
    "incomplete",
    "doubled",
    "out of order",
    "unreachable",
    "unusually large",
    "half finished",
    "rejected",
    "stuck",
    "noisy",
    "misleading",
    "surprisingly quiet",
    "harmless",
];
const TOOLS: &[&str] = &["Grafana", "the log search", "the admin console", "kubectl", "the pager", "Argo CD"];
const PLACES: &[&str] = &[
    "overview board",
    "database board",
    "Kafka board",
    "ingress logs",
    "status page",
    "cost report",
    "traces",
];
const TAGS: &[&str] = &["money", "kafka", "postgres", "kubernetes", "partner", "batch", "edge", "peak"];

/// What an alert or a failure means.
pub(crate) const MEANING: &[&str] = &[
    "The <part> of <service> was <quality> for more than <minutes> minutes.",
    "<metric> stood above <many> in <n> of the last <minutes> minutes.",
    "It fires when <percent> percent of the calls from <other> end with <code>.",
    "Below that limit the <part> still answers, and nobody outside the squad notices.",
    "The limit was set in <ticket>, after two false alarms at the weekly peak.",
    "One replica being <quality> is not enough to fire; half of them are.",
    "Since <version> the alert looks at each zone alone, because the sum hid a <quality> one.",
    "Nightly imports push <metric> to about <many> and do not count.",
    "A single <code> in the logs is normal, <n> a minute are not.",
    "The number comes from the <part>, so it is blind when that is <quality> itself.",
];

/// What it does to people and to other services.
pub(crate) const IMPACT: &[&str] = &[
    "About <many> customers an hour see a <quality> page and try again.",
    "<other> keeps working for <minutes> minutes from its own copy, then its answers are <quality>.",
    "Orders are not lost: the <part> keeps them until <service> is back.",
    "<person> gets the first calls after roughly <minutes> minutes.",
    "At the weekend the same fault hurts <percent> percent fewer people.",
    "Reports for <person> arrive <quality>, which matters on the last day of a month.",
    "Every <minutes> minutes without <service> cost about as much as a day of its error budget.",
    "Partners see <code> and stop sending after <n> attempts.",
    "Search results stay, but prices in them are <quality>.",
    "Nothing is lost if the <part> comes back within <minutes> minutes.",
    "It is worth a call at night only while <metric> keeps rising.",
];

/// What to look at.
pub(crate) const LOOK: &[&str] = &[
    "Open the <place> in <tool> and compare the last <minutes> minutes with the same hour of last week.",
    "If <metric> is flat, the <part> is <quality> and <service> only suffers from it.",
    "Look for <code> in the <place>; more than <n> a second points to <other>.",
    "Was anything released in the last hour? <version> changed how the <part> is opened.",
    "Ask <person> whether a campaign or an import is running.",
    "Answers of <other> that are <quality> explain <percent> percent of all cases so far.",
    "When only one zone is <quality>, drain it before you look any further.",
    "Count the rows that wait: fewer than <many> drain by themselves in <minutes> minutes.",
    "Compare <metric> between the oldest and the newest pod.",
    "If <tool> shows nothing at all, the <part> may be <quality> too; look from outside.",
    "Check that the clock of the <part> agrees with the others within <n> seconds.",
];

/// What to do.
pub(crate) const ACT: &[&str] = &[
    "Take the <quality> replica out of the <part> and wait <n> minutes.",
    "Restart <service> one pod at a time, never all of them: a cold start takes <minutes> minutes.",
    "Switch the <part> to read-only and tell <person> before you do.",
    "Raise the limit of the <part> to <many> and write down in <ticket> that you did.",
    "Roll back to <version>; it takes <n> minutes and loses nothing.",
    "Pause the import of <other> until <metric> is below <many>.",
    "Turn off recommendations, they make <percent> percent of the load on the <part>.",
    "Move traffic to the other zone if more than <n> pods stay <quality>.",
    "Clear the <part> of entries older than <minutes> minutes; they will be made again.",
    "Do not touch the <part> while <other> is <quality>: you would lose its backlog.",
    "When nothing helps within <minutes> minutes, call <person> and declare an incident.",
];

/// What happened in an incident.
pub(crate) const STORY: &[&str] = &[
    "<person> noticed that the <part> was <quality>, <minutes> minutes before the alert fired.",
    "The release of <version> doubled the work of the <part>, which nobody had measured.",
    "<other> answered with <code> and <service> tried again <n> times for each request.",
    "For <minutes> minutes we looked at the wrong thing, because <metric> was <quality> as well.",
    "<tool> showed <many> waiting requests and one <quality> pod that took most of them.",
    "The first attempt to restart the <part> failed with <code>.",
    "Once the <part> was drained, the rate of errors fell from <percent> percent to nothing.",
    "<person> had seen the same picture in <ticket> and remembered how it ended.",
    "The backlog of <many> messages was gone <minutes> minutes later.",
    "A limit from the time of <version> turned out to be <n> times too small.",
    "The dashboard was <quality>, since it averages over both zones.",
    "Nobody knew who owned the <part> between <service> and <other>.",
];

/// What was learned, or went well or badly.
pub(crate) const LESSON: &[&str] = &[
    "A <quality> signal is worse than none, and <metric> is one.",
    "The runbook sent us to the <part>, where there was nothing to see.",
    "Two people who know the <part> are not enough for a rota.",
    "Retries between <other> and <service> need a budget of <n> percent.",
    "We can see a <quality> zone only if the boards show zones.",
    "<person> should be told at once, not after <minutes> minutes.",
    "The rollback to <version> had been tried before, and it showed.",
    "An alert on <metric> would have told us <minutes> minutes earlier.",
    "Limits need an owner and a date, otherwise they stay for <n> years.",
    "Practising this once a quarter takes <minutes> minutes and would have saved twice that.",
];

/// What is true of services, squads and ways of working.
pub(crate) const GENERAL: &[&str] = &[
    "Every change goes through the <part> first and reaches all zones within <minutes> minutes.",
    "<person> decides when the error budget of <service> is spent.",
    "We keep <n> weeks of history in the <part>; older records are in the archive.",
    "<other> is the only caller that may write, all others read.",
    "A request passes the <part> and <n> further steps, normally in <minutes> milliseconds.",
    "Access is asked for in <ticket> and expires after <n> weeks.",
    "Peak load is <many> calls a minute, on the last Sunday before a holiday.",
    "The <part> was built before <service> existed and is <quality> by design.",
    "Who changes <metric> also changes the alert on it.",
    "Numbers are reviewed in the first week of a quarter, with <person>.",
    "Whatever is <quality> for longer than <minutes> minutes gets a failure mode of its own.",
    "The contract with <other> is tested on every release since <version>.",
];
