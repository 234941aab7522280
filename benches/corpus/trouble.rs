//! Runbooks, failure modes and incidents: three of four documents.

use super::names::{AUDIENCES, title};
use super::prose::{ACT, GENERAL, IMPACT, LESSON, LOOK, MEANING, STORY, Writer, block, line};

impl Writer<'_> {
    /// Writes a runbook.
    pub(crate) fn runbook(&mut self, runbook: usize) {
        let names = self.names;
        let (alert, phrase) = names.alert(runbook);
        let service = self.service_id();
        let priority = self.random.between(1, 5);
        let summary = self.sentence(MEANING);
        self.line("---");
        line!(self, "title: \"{}: {phrase}\"", title(&service));
        line!(self, "summary: \"{summary}\"");
        let second = names.service(self.random.below(names.counts.services));
        let services = if second != service && self.random.chance(20) {
            format!("[{service}, {second}]")
        } else {
            format!("[{service}]")
        };
        line!(self, "services: {services}\nalerts: [{alert}]");
        line!(self, "failure_modes: [{}]", names.failure_mode(self.mitigated(runbook)));
        line!(self, "priority: p{priority}");
        let (customer, operational) = (self.sentence(IMPACT), self.sentence(IMPACT));
        line!(self, "impact:\n  customer: \"{customer}\"\n  operational: \"{operational}\"");
        line!(self, "time_to_recover: {}m", self.random.between(5, 90));
        let squad = names.squad(names.owner(self.service));
        line!(self, "access: [kubectl group {squad}-oncall]");
        line!(self, "escalation:\n  - {squad} on-call\n  - platform on-call");
        line!(self, "rollback: {}\nstatus: active", self.random.chance(70));
        let shard = self.random.below(64);
        line!(
            self,
            "variables:\n  - {{ name: SHARD, description: The shard that is behind., \
             pattern: \"[0-9]{{1,2}}\", example: \"{shard}\", label: shard }}"
        );
        line!(self, "dashboards:\n  - {{ name: Overview, url: \"https://grafana.example/d/{service}\" }}");
        let tags = self.tags();
        line!(self, "tags: {tags}");
        if self.random.chance(20) {
            line!(self, "questions:\n  - Why does {} page me at night?", title(&service).to_lowercase());
        }
        if self.random.chance(2) {
            line!(self, "aliases: [/wiki/{}]", alert.to_lowercase());
        }
        self.line("---\n");
        self.runbook_body(runbook, priority);
    }

    fn runbook_body(&mut self, runbook: usize, level: usize) {
        let names = self.names;
        self.heading("Meaning");
        self.paragraph(MEANING, 4, 6);
        if self.random.chance(50) {
            self.code();
        }
        self.heading("Impact");
        self.paragraph(IMPACT, 2, 3);
        let priority = self.link(&format!("priorities/p{level}.md"));
        let service = self.link(&format!("services/{}.md#operations", self.service_id()));
        block!(
            self,
            "Usually a [P{level} incident]({priority}). How the service is run: [operations]({service})."
        );
        self.heading("Diagnosis");
        self.list(LOOK, 4, 6);
        self.code();
        let failure_mode = names.failure_mode(self.mitigated(runbook));
        if self.random.chance(50) {
            block!(self, "What may be behind it is described in [[{failure_mode}]].");
        } else {
            block!(self, "Background: [[failure-mode/{failure_mode}|how it fails]].");
        }
        if self.random.chance(30) {
            let rows = self.random.between(2, 4);
            self.limits(rows);
        }
        self.heading("Mitigation");
        let first = self.sentence(ACT);
        if self.random.chance(50) {
            self.step(1, &first);
        } else {
            line!(self, "1. {first}");
        }
        for number in 2..=self.random.between(3, 5) {
            let text = self.sentence(ACT);
            line!(self, "{number}. {text}");
        }
        self.out.push('\n');
        if self.random.chance(40) {
            self.callout(ACT);
        }
        let neighbour = runbook + names.counts.services;
        if neighbour < names.counts.runbooks {
            let (alert, phrase) = names.alert(neighbour);
            let path = self.link(&format!("runbooks/{}.md#diagnosis", names.runbook(neighbour)));
            block!(self, "If {phrase} as well, go on with [{alert}]({path}).");
        }
        if self.random.chance(3) {
            let text = self.sentence(GENERAL);
            block!(self, "<details>\n<summary>History</summary>\n\n{text}\n\n</details>");
        }
    }

    /// The failure mode that a runbook mitigates: of the same service, and each one has some.
    fn mitigated(&self, runbook: usize) -> usize {
        let counts = self.names.counts;
        if runbook < counts.failure_modes { runbook } else { runbook % counts.services }
    }

    /// Writes a failure mode.
    pub(crate) fn failure_mode(&mut self, failure_mode: usize) {
        let names = self.names;
        let service = self.service_id();
        let (_, phrase) = names.cause(failure_mode);
        let summary = self.sentence(IMPACT);
        self.line("---");
        line!(self, "title: \"{}: {phrase}\"", title(&service));
        line!(self, "summary: \"{summary}\"\nservices: [{service}]");
        line!(self, "severity: {}", self.random.pick(&["low", "medium", "high", "critical"]));
        line!(self, "likelihood: {}", self.random.pick(&["rare", "unlikely", "possible", "likely"]));
        line!(self, "detectability: {}", self.random.pick(&["immediate", "minutes", "hours"]));
        self.line("causes:");
        for _ in 0..2 {
            let cause = self.sentence(STORY);
            line!(self, "  - \"{cause}\"");
        }
        let (alert, _) = names.alert(failure_mode);
        let symptom = self.sentence(IMPACT);
        line!(self, "detection:\n  alerts: [{alert}]\n  symptoms:\n    - \"{symptom}\"");
        let (expected, recovered) = (self.sentence(GENERAL), self.sentence(MEANING));
        line!(self, "expected_behaviour: \"{expected}\"\nrecovery_definition: \"{recovered}\"");
        let tags = self.tags();
        line!(self, "tags: {tags}\nstatus: active\n---\n");

        self.paragraph(STORY, 3, 5);
        let other = self.random.below(names.counts.services);
        let path = self.link(&format!("services/{}.md", names.service(other)));
        block!(self, "It spreads to [{}]({path}) within minutes.", title(&names.service(other)));
        self.heading("Impact");
        self.paragraph(IMPACT, 4, 5);
        self.heading("Observability");
        self.list(LOOK, 4, 6);
        self.code();
        if self.random.chance(60) {
            let rows = self.random.between(2, 5);
            self.limits(rows);
        }
        self.heading("Recovery");
        self.paragraph(ACT, 5, 7);
        block!(self, "The steps are in [[{alert}]].");
        if self.random.chance(30) {
            self.commands();
        }
        if self.random.chance(30) {
            self.callout(LESSON);
        }
    }

    /// Writes an incident.
    pub(crate) fn incident(&mut self, incident: usize) {
        let names = self.names;
        let service = self.service_id();
        let counts = names.counts;
        // Both of the same service.
        let runbook = self.service + counts.services * self.random.below(counts.runbooks / counts.services);
        let failure_mode =
            self.service + counts.services * self.random.below(counts.failure_modes / counts.services);
        let cause =
            self.random.pick(&["change", "capacity", "dependency", "configuration", "data", "unknown"]);
        let summary = self.sentence(STORY);
        let phrase = names.alert(incident).1;
        self.line("---");
        line!(self, "title: \"{}: {phrase}\"\nsummary: \"{summary}\"", title(&service));
        line!(self, "priority: p{}\nservices: [{service}]\nstatus: resolved", self.random.between(1, 5));
        self.times(incident);
        line!(self, "detected_by: {}", self.random.pick(&["alert", "alert", "user", "staff"]));
        line!(self, "alerts: [{}]", names.alert(runbook).0);
        line!(self, "failure_modes: [{}]", names.failure_mode(failure_mode));
        let impact = self.sentence(IMPACT);
        line!(self, "caused_by: {cause}\nimpact: \"{impact}\"");
        for (field, sort) in [("contributing_factors", STORY), ("learnings", LESSON)] {
            line!(self, "{field}:");
            for _ in 0..self.random.between(1, 3) {
                let text = self.sentence(sort);
                line!(self, "  - \"{text}\"");
            }
        }
        self.line("roles: { lead: \"@ines\", scribe: \"@joris\" }");
        let outcome = self.random.pick(&["helped", "helped", "misled", "not-needed"]);
        line!(self, "runbooks_used:\n  - {{ ref: {}, outcome: {outcome} }}", names.runbook(runbook));
        let (action, squad) = (self.sentence(ACT), names.squad(names.owner(self.service)));
        let (due, ticket) = (names.day(incident) + jiff::Span::new().days(30), self.random.below(99_999));
        line!(
            self,
            "actions:\n  - {{ title: \"{action}\", owner: {squad}, due: {due}, \
             ticket: \"https://tickets.example/OPS-{ticket}\", status: done, type: prevent }}"
        );
        let template = self.random.below(counts.comms_templates.min(AUDIENCES.len()));
        line!(self, "comms: [{}]", names.comms_template(template));
        if incident >= counts.services && self.random.chance(30) {
            line!(self, "related: [{}]", names.incident(incident - counts.services));
        }
        self.line("---\n");
        self.incident_body(runbook, failure_mode);
    }

    /// The moments of an incident, in their order.
    fn times(&mut self, incident: usize) {
        let day = self.names.day(incident);
        let (hour, minute) = (self.random.below(24) as i8, self.random.below(60) as i8);
        let mut moment = day.at(hour, minute, 0, 0);
        self.line("times:");
        for (name, longest) in [
            ("started", 0),
            ("detected", 30),
            ("acknowledged", 8),
            ("declared", 15),
            ("mitigated", 120),
            ("resolved", 300),
        ] {
            moment += jiff::Span::new().minutes(self.random.between(0, longest) as i64);
            line!(self, "  {name}: {}", moment.strftime("%Y-%m-%dT%H:%M:%SZ"));
        }
    }

    fn incident_body(&mut self, runbook: usize, failure_mode: usize) {
        let names = self.names;
        self.heading("Overview");
        self.paragraph(STORY, 2, 4);
        self.heading("Timeline");
        self.line("| UTC | |\n| --- | --- |");
        let mut minute = self.random.below(600);
        for _ in 0..self.random.between(5, 8) {
            let text = self.sentence(STORY);
            line!(self, "| {:02}:{:02} | {text} |", minute / 60, minute % 60);
            minute += self.random.between(1, 40);
        }
        self.out.push('\n');
        self.heading("What happened");
        self.paragraph(STORY, 3, 5);
        self.code();
        let service = self.link(&format!("services/{}.md", self.service_id()));
        let steps = self.link(&format!("runbooks/{}.md#mitigation", names.runbook(runbook)));
        block!(
            self,
            "The failure is [[{}]] of [the service]({service}); we followed [these steps]({steps}).",
            names.failure_mode(failure_mode)
        );
        self.heading("What went well");
        self.list(LESSON, 2, 4);
        self.heading("What did not go well");
        self.list(LESSON, 2, 4);
        if self.random.chance(50) {
            self.paragraph(LESSON, 2, 4);
        }
        if self.random.chance(30) {
            self.code();
        }
    }
}
