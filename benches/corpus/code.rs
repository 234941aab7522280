//! Blocks of code. Most are unlike any other in the corpus, some are in many documents, as in real life.

use super::prose::{Writer, block};
use super::random::Random;

impl Writer<'_> {
    /// A block of commands, queries or data.
    pub(crate) fn code(&mut self) {
        let service = self.service_id();
        let random = &mut self.random;
        let block = match random.below(100) {
            0..12 => random.pick(SHARED).to_owned(),
            12..46 => bash(&service, random),
            46..60 => promql(&service, random),
            60..76 => yaml(&service, random),
            76..88 => json(&service, random),
            _ => sql(&service, random),
        };
        self.block(&block);
    }

    /// A block of commands.
    pub(crate) fn commands(&mut self) {
        let block = bash(&self.service_id(), &mut self.random);
        self.block(&block);
    }

    /// A numbered step with a block of commands below it.
    pub(crate) fn step(&mut self, number: usize, text: &str) {
        block!(self, "{number}. {text}");
        let block = bash(&self.service_id(), &mut self.random);
        let indented: Vec<String> = block.lines().map(|line| format!("   {line}")).collect();
        self.block(&indented.join("\n"));
    }
}

/// Blocks that stand in many documents.
const SHARED: &[&str] = &[
    "```bash\nkubectl get events --sort-by=.lastTimestamp | tail -n 20\n```",
    "```bash\nexport KUBECONFIG=~/.kube/production\nkubectl config use-context production-eu\n```",
    "```bash\nsdctl incident declare --priority p1 --service production --lead \"$USER\"\n```",
    "```promql\nsum by (pod) (rate(container_cpu_usage_seconds_total{namespace=\"production\"}[5m]))\n```",
    r"```sql
select pid, state, wait_event_type, now() - query_start as age, query
from pg_stat_activity
where state <> 'idle'
order by age desc
limit 20;
```",
    r"```yaml
maintenance:
  enabled: true
  message: We will be back in a few minutes.
  retry_after: 300
```",
];

/// Two to four commands of several lines.
fn bash(service: &str, random: &mut Random) -> String {
    let (minutes, shard, limit) = (random.between(2, 90), random.below(64), random.between(10, 9000));
    let release = format!("{:07x}", random.below(0x0fff_ffff));
    let commands = [
        format!("kubectl -n {service} get pods -l app={service},shard={shard} -o wide"),
        format!("kubectl -n {service} logs deploy/{service} --since={minutes}m | grep -c 'ERR_{limit}'"),
        format!("kubectl -n {service} rollout undo deploy/{service} --to-revision={shard}"),
        format!(
            "curl -fsS \"https://{service}.internal.example/health?shard={shard}\" \
             | jq '.checks[] | select(.age > {limit})'"
        ),
        format!(
            r#"for pod in $(kubectl -n {service} get pods -o name | head -n {minutes}); do
  kubectl -n {service} exec "$pod" -- drain --timeout {limit}s || echo "failed: $pod" >&2
done"#
        ),
        format!(
            r#"# Only if more than {limit} are waiting.
sdctl queue pause {service} --partition {shard} --reason "incident {release}""#
        ),
        format!(
            r#"RELEASE={release}
helm -n {service} history {service} --max {minutes} | grep "$RELEASE""#
        ),
        format!(
            "psql service=outbox -c \"select count(*) from outbox \
             where shard = {shard} and age > {limit}\""
        ),
    ];
    let (first, count) = (random.below(commands.len()), random.between(2, 4));
    let chosen: Vec<&str> = commands.iter().cycle().skip(first).take(count).map(String::as_str).collect();
    format!("```bash\n{}\n```", chosen.join("\n"))
}

fn promql(service: &str, random: &mut Random) -> String {
    let metric = service.replace('-', "_");
    let (window, limit, zone) = (random.between(2, 45), random.between(10, 60), random.below(24));
    let quantile = random.pick(&["0.9", "0.95", "0.99"]);
    match random.below(3) {
        0 => format!(
            r#"```promql
sum by (zone, route) (rate({metric}_errors_total{{zone=~"eu-{zone}.*", code!="499"}}[{window}m]))
  /
sum by (zone, route) (rate({metric}_requests_total{{zone=~"eu-{zone}.*"}}[{window}m]))
  > 0.{limit}
```"#
        ),
        1 => format!(
            r#"```promql
histogram_quantile({quantile},
  sum by (le, pod) (rate({metric}_duration_seconds_bucket{{job="{service}", shard="{zone}"}}[{window}m]))
) > {limit}
```"#
        ),
        _ => format!(
            r#"```promql
max by (partition) ({metric}_lag_seconds{{group="{service}-{zone}"}}) > {limit}00
  and on (partition)
deriv({metric}_queue_depth{{group="{service}-{zone}"}}[{window}m]) > 0 # still growing
```"#
        ),
    }
}

fn yaml(service: &str, random: &mut Random) -> String {
    let (count, memory, port) =
        (random.between(2, 40), random.between(2, 64) * 128, random.between(3000, 9999));
    let (limit, release) = (random.between(100, 9000), random.below(0x0fff_ffff));
    match random.below(3) {
        0 => format!(
            r#"```yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {service}
  labels: {{ app: {service}, tier: "{count}" }}
spec:
  replicas: {count}
  template:
    spec:
      containers:
        - name: {service}
          image: registry.example/{service}:{release:07x}
          ports:
            - containerPort: {port}
          resources:
            limits: {{ memory: {memory}Mi, cpu: {limit}m }}
```"#
        ),
        1 => format!(
            r"```yaml
# Overrides for {service}, until the limit is raised for good.
pool:
  size: {count}
  max_idle: {limit}
  timeout_ms: {limit}
retry:
  attempts: 3
  backoff: exponential
  jitter: true
features:
  - name: shadow-writes-{release:07x}
    enabled: false
```"
        ),
        _ => format!(
            r#"```yaml
groups:
  - name: {service}
    rules:
      - alert: {service}-{release:07x}
        expr: rate({}_errors_total[{count}m]) > {limit}
        for: {count}m
        labels:
          severity: page
        annotations:
          summary: "{service} on port {port} fails"
```"#,
            service.replace('-', "_")
        ),
    }
}

fn json(service: &str, random: &mut Random) -> String {
    let (id, code, age) = (random.below(0x0fff_ffff), random.between(400, 599), random.between(1, 90_000));
    let (zone, is_retryable) = (random.below(24), random.chance(50));
    format!(
        r#"```json
{{
  "service": "{service}",
  "request": "{id:07x}-{age:x}",
  "status": {code},
  "retryable": {is_retryable},
  "error": {{ "code": "ERR_{age}", "message": "upstream eu-{zone} did not answer" }},
  "timings": [{age}, {code}, {zone}.5, null]
}}
```"#
    )
}

fn sql(service: &str, random: &mut Random) -> String {
    let table = service.replace('-', "_");
    let (limit, hours, shard) = (random.between(10, 5000), random.between(1, 72), random.below(64));
    match random.below(2) {
        0 => format!(
            r"```sql
select status, count(*) as waiting, min(created_at) as oldest
from {table}.outbox
where shard = {shard}
  and created_at > now() - interval '{hours} hours' -- the backlog
group by status
having count(*) > {limit}
order by waiting desc;
```"
        ),
        _ => format!(
            r"```sql
update {table}.jobs
set state = 'queued', attempts = 0, picked_by = null
where state = 'running'
  and heartbeat < now() - interval '{hours} minutes'
  and shard in ({shard}, {})
returning id, kind, attempts; -- at most {limit}
```",
            shard + 1
        ),
    }
}
