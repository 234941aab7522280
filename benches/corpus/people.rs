//! Squads, services, and how they work: priorities, templates, ceremonies, readiness and pages.

use super::names::{AUDIENCES, STAGES, title};
use super::prose::{ACT, GENERAL, IMPACT, LESSON, LOOK, Writer, block, line};

impl Writer<'_> {
    /// Writes a squad.
    pub(crate) fn squad(&mut self, squad: usize) {
        let names = self.names;
        let id = names.squad(squad);
        let other = names.squad((squad + 1) % names.counts.squads);
        let meeting = names.ceremony(squad % names.counts.ceremonies);
        let focus = self.sentence(GENERAL);
        line!(self, "---\ntitle: {}\nsummary: \"{focus}\"", title(&id));
        line!(self, "type: {}", self.random.pick(&["stream-aligned", "platform", "enabling"]));
        line!(self, "value_stream: {}", self.random.pick(&["Sell", "Buy", "Pay", "Deliver"]));
        line!(self, "focus: \"{focus}\"\nchannels:");
        line!(self, "  - {{ type: slack, name: \"#{id}-oncall\", use: Anything that is on fire. }}");
        line!(self, "oncall_schedule: https://pager.example/schedules/{id}");
        line!(self, "escalation:\n  - {id} on-call\n  - {id} engineering lead");
        self.line("hours: Mon to Fri 09:00 to 17:30\ntimezone: Europe/London");
        line!(self, "roles:\n  - {{ role: Product owner, contact: \"@{id}-product\" }}");
        line!(
            self,
            "interactions:\n  - {{ squad: {other}, mode: collaboration, purpose: Shared on-call rota. }}"
        );
        line!(self, "meetings: [{meeting}]\n---\n");

        self.paragraph(GENERAL, 3, 5);
        let path = self.link(&format!("services/{}.md", names.service(squad)));
        block!(self, "Our largest service is [{}]({path}).", title(&names.service(squad)));
        self.heading("How we work");
        self.list(GENERAL, 3, 6);
        let page = self.link(&format!("{}.md", names.page(squad % names.counts.pages)));
        block!(self, "New here? Begin with [the guide]({page}), then ask for access:");
        self.block("- [ ] Pager\n- [ ] Cluster, group `oncall`\n- [x] Chat");
        self.heading("When to wake us");
        self.paragraph(IMPACT, 2, 4);
    }

    /// Writes a service.
    pub(crate) fn service(&mut self, service: usize) {
        let names = self.names;
        let id = names.service(service);
        let owner = names.squad(names.owner(service));
        let summary = self.sentence(GENERAL);
        line!(self, "---\ntitle: {}\nsummary: \"{summary}\"\nowner: {owner}", title(&id));
        line!(self, "tier: tier-{}\nlifecycle: production", self.random.between(1, 3));
        line!(self, "type: {}", self.random.pick(&["api", "worker", "job", "data-store"]));
        // Never in a circle.
        let one = service.saturating_sub(1);
        let needed: Vec<String> =
            [1, 7].iter().filter_map(|by| service.checked_sub(*by)).map(|one| names.service(one)).collect();
        line!(self, "depends_on: [{}]", needed.join(", "));
        line!(self, "public_name: {}\ndata_classification: internal", title(&id));
        line!(
            self,
            "repository: https://git.example/{owner}/{id}\noncall: https://pager.example/schedules/{owner}"
        );
        line!(self, "endpoints:\n  - {{ name: Production, url: \"https://api.example/{id}/v2\" }}");
        line!(self, "dashboards:\n  - {{ name: Overview, url: \"https://grafana.example/d/{id}\" }}");
        let sli = self.sentence(IMPACT);
        line!(self, "slos:\n  - {{ name: Availability, objective: 99.9, window: 28d, sli: \"{sli}\" }}");
        let tags = self.tags();
        line!(self, "tags: {tags}\nstatus: active\n---\n");

        self.paragraph(GENERAL, 3, 5);
        self.heading("Architecture");
        self.list(GENERAL, 4, 7);
        let path = self.link(&format!("services/{}.md#operations", names.service(one)));
        block!(self, "It cannot start without [{}]({path}).", title(&names.service(one)));
        self.code();
        self.heading("Operations");
        self.paragraph(ACT, 2, 4);
        self.commands();
        self.limits(3);
        block!(self, "The page that wakes us most often is [[{}]].", names.alert(service).0);
    }

    /// Writes a ceremony.
    pub(crate) fn ceremony(&mut self, ceremony: usize) {
        let names = self.names;
        let id = names.ceremony(ceremony);
        let squads = names.counts.squads;
        let (one, two) = (names.squad(ceremony % squads), names.squad((ceremony + 1) % squads));
        let purpose = self.sentence(GENERAL);
        line!(self, "---\ntitle: {}\nowner: {one}\ncadence: every second Tuesday\nduration: 45m", title(&id));
        line!(self, "participants: [{one}, {two}]\npurpose: \"{purpose}\"\nagenda:");
        for _ in 0..4 {
            let item = self.sentence(LOOK);
            line!(self, "  - \"{item}\"");
        }
        let runbook = ceremony % names.counts.runbooks;
        line!(
            self,
            "experiments:\n  - {{ title: Stop one replica, runbook: {}, rollback: Start it again. }}",
            names.runbook(runbook)
        );
        self.line("---\n");
        self.paragraph(GENERAL, 2, 4);
        self.heading("How to run it");
        for number in 1..=5 {
            let text = self.sentence(ACT);
            line!(self, "{number}. {text}");
        }
        self.out.push('\n');
        self.heading("Decisions");
        self.list(LESSON, 4, 8);
        self.limits(4);
    }

    /// Writes a comms template.
    pub(crate) fn comms_template(&mut self, template: usize) {
        let id = self.names.comms_template(template);
        let (audience, stage) = (AUDIENCES[template % 4], STAGES[template / 4 % 6]);
        let owner = self.names.squad(template % self.names.counts.squads);
        line!(self, "---\ntitle: {}\nstage: {stage}\naudience: {audience}", title(&id));
        line!(self, "channels: [status page, email]\nowner: {owner}\npriorities: [p1, p2]");
        self.line("subject: \"{{ service }}: news\"\nnotify: true\nvariables:");
        self.line("  - { name: service, description: The public name., example: Checkout }");
        self.line("  - { name: impact, description: What does not work., example: No card payments. }");
        self.line("  - { name: next_update, description: Clock time., example: \"20:10\" }\n---\n");
        self.block("We are looking into a problem with {{ service }}. {{ impact }}");
        self.paragraph(IMPACT, 1, 3);
        self.block("Next update by {{ next_update }}.");
    }

    /// Writes a priority.
    pub(crate) fn priority(&mut self, priority: usize) {
        let level = priority + 1;
        let name = ["Critical", "High", "Medium", "Low", "Planned"][priority % 5];
        line!(self, "---\ntitle: \"P{level}: {name}\"\nlevel: P{level}\nname: {name}\nmajor: {}", level < 3);
        line!(self, "owner: {}", self.names.squad(0));
        line!(self, "response_target: {}m\nresolution_target: {}h", level * 5, level * 4);
        line!(self, "update_every: {{ internal: {}m, external: {}m }}", level * 15, level * 30);
        let example = self.sentence(IMPACT);
        line!(self, "examples:\n  - \"{example}\"\nroles: [Incident lead, Scribe]\n---\n");
        self.paragraph(IMPACT, 3, 5);
        self.heading("What it sets in motion");
        self.list(ACT, 3, 6);
    }

    /// Writes a readiness review.
    pub(crate) fn readiness(&mut self, readiness: usize) {
        let names = self.names;
        let service = readiness % names.counts.services;
        let (id, squad) = (names.service(service), names.squad(names.owner(service)));
        let level = if readiness.is_multiple_of(2) { "silver" } else { "gold" };
        line!(self, "---\ntitle: \"{}, {level}\"\nservice: {id}\nlevel: {level}\nitems:", title(&id));
        for item in ["owner", "dashboard", "slo", "runbooks", "rollback"] {
            let evidence = self.sentence(LOOK);
            line!(self, "  - {{ id: {item}, status: met, evidence: \"{evidence}\", owner: {squad} }}");
        }
        let plan = self.sentence(ACT);
        line!(self, "rollback_plan: \"{plan}\"\nsigned_off_by: [Product owner]\n---\n");
        self.paragraph(GENERAL, 2, 3);
        self.heading("Rollback");
        let step = self.sentence(ACT);
        self.step(1, &step);
        self.heading("Hypercare");
        self.list(LOOK, 3, 6);
        let path = self.link(&format!("services/{id}.md"));
        block!(self, "More about [the service]({path})[^1].\n\n[^1]: Reviewed with its squad.");
    }

    /// Writes a page.
    pub(crate) fn page(&mut self, page: usize) {
        let names = self.names;
        let owner = names.squad(page % names.counts.squads);
        line!(self, "---\ntitle: {}\nowner: {owner}\n---\n", title(&names.page(page)));
        self.paragraph(GENERAL, 3, 5);
        for heading in ["Why", "How", "When it does not help"] {
            self.heading(heading);
            self.paragraph(GENERAL, 2, 4);
            self.list(LESSON, 2, 4);
        }
        self.code();
        let runbook = self.random.below(names.counts.runbooks);
        block!(self, "A good example: [[runbook/{}|this runbook]].", names.runbook(runbook));
    }

    /// Writes the text that introduces the site.
    pub(crate) fn introduction(&mut self) {
        self.block("---\ntitle: Operations\n---");
        self.paragraph(GENERAL, 3, 5);
        let page = self.link(&format!("{}.md", self.names.page(0)));
        block!(self, "Begin with [the guide]({page}), or look for your alert.");
    }
}
