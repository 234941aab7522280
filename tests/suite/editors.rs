//! `sdkb schema`: what editors are told about front matter is what a check says of it.

use std::path::Path;
use std::sync::Arc;

use jsonschema::Validator;
use sdkb::author::json_schema;
use sdkb::caches::Caches;
use sdkb::model::Field;
use sdkb::parse::schema;
use sdkb::pipeline::Analysis;
use sdkb::session::Session;
use sdkb::world::DiskWorld;
use serde_json::{Value, json};

use crate::project::{GOOD, Project, stderr, stdout};
use crate::site::Site;

/// A schema as those read it who know all of it, and as those do who know draft 7.
fn validators(schema: &Value) -> [Validator; 2] {
    assert!(jsonschema::meta::is_valid(schema), "{schema:#}");
    let mut older = schema.clone();
    older["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    assert!(jsonschema::meta::is_valid(&older), "{schema:#}");
    [schema, &older].map(|schema| {
        let options = jsonschema::options().should_validate_formats(true);
        options.build(schema).expect("a schema")
    })
}

fn takes(schema: &Value, document: &Value) -> bool {
    let [newer, older] = validators(schema).map(|validator| validator.is_valid(document));
    assert_eq!(newer, older, "drafts differ about {document}");
    newer
}

/// The front matter of a document as other readers of YAML see it.
fn front_matter(text: &str) -> Value {
    let yaml = text.strip_prefix("---\n").and_then(|rest| rest.split("\n---\n").next());
    yaml.map_or(json!({}), |yaml| serde_yaml::from_str(yaml).expect("it is YAML"))
}

/// The example, and what is known of it.
fn example() -> Analysis {
    let world = DiskWorld::open(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository is there");
    Session::new(world, "example", Caches::for_one_build()).analyze()
}

#[test]
fn every_document_of_the_example_fits() {
    let analysis = example();
    let whole = validators(&json_schema::document(&analysis.base));
    for kind in &analysis.base.kinds.all {
        let own = validators(&json_schema::kind(kind, &analysis.base));
        let documents = analysis.base.graph.documents.iter();
        let documents = documents.filter(|document| document.kind.id == kind.id && document.is_written());
        for document in documents {
            let mut fields = front_matter(&document.source.text);
            for validator in &own {
                let errors: Vec<String> =
                    validator.iter_errors(&fields).map(|error| error.to_string()).collect();
                assert!(errors.is_empty(), "{}: {errors:#?}", document.source.path);
            }
            assert!(whole.iter().all(|validator| validator.is_valid(&fields)));
            fields["kind"] = json!(kind.id);
            assert!(whole.iter().all(|validator| validator.is_valid(&fields)), "{}", document.source.path);
        }
    }
}

#[test]
fn mistakes_do_not_fit() {
    let analysis = example();
    let runbook = json_schema::kind(analysis.base.kinds.get("runbook").expect("built in"), &analysis.base);
    let incident = json_schema::kind(analysis.base.kinds.get("incident").expect("built in"), &analysis.base);
    let whole = json_schema::document(&analysis.base);
    let good =
        json!({ "title": "Slow", "services": ["checkout"], "priority": "p2", "time_to_recover": "1h 30m" });
    assert!(takes(&runbook, &good));
    let with = |name: &str, value: Value| {
        let mut changed = good.clone();
        changed[name] = value;
        changed
    };
    for (name, value) in [
        ("servces", json!(["checkout"])),
        ("services", json!(["chekout"])),
        ("services", json!(["payments"])),
        ("services", Value::Null),
        ("priority", json!(["p2", "p1"])),
        ("status", json!("actve")),
        ("last_exercised", json!("14 March")),
        ("last_exercised", json!("2026-02-30")),
        ("time_to_recover", json!("soon")),
        ("time_to_recover", json!(30)),
        ("rollback", json!("maybe")),
        ("weight", json!("heavy")),
        ("kind", json!("incident")),
        ("dashboards", json!([{ "name": "Overview" }])),
        ("dashboards", json!([{ "name": "Overview", "url": "grafana" }])),
        ("links", json!([{ "title": "A", "url": "https://a.example", "text": "B" }])),
    ] {
        let document = with(name, value);
        assert!(!takes(&runbook, &document), "{document}");
        let mut stated = document.clone();
        if stated.get("kind").is_none() {
            stated["kind"] = json!("runbook");
            assert!(!takes(&whole, &stated), "{stated}");
        }
    }
    let mut incomplete = good.clone();
    incomplete.as_object_mut().expect("a map").remove("services");
    assert!(!takes(&runbook, &incomplete));
    let times = |detected: &str| json!({ "priority": "p1", "services": "checkout", "times": { "detected": detected } });
    assert!(takes(&incident, &times("2026-03-14T02:11:00+01:00")));
    assert!(!takes(&incident, &times("2026-03-14T02:11:00")), "no zone");
}

#[test]
fn other_ways_to_write_a_value_fit() {
    let analysis = example();
    let runbook = json_schema::kind(analysis.base.kinds.get("runbook").expect("built in"), &analysis.base);
    for (name, value) in [
        ("services", json!("checkout")),
        ("services", json!(["service/checkout", "/checkout.md"])),
        (
            "failure_modes",
            json!(["checkout-bad-release", "buy/checkout-bad-release", "failure-mode/checkout-bad-release"]),
        ),
        ("title", json!(404)),
        ("tags", json!(["a", 1, true])),
        ("weight", json!(10)),
        ("weight", json!("10.5")),
        ("rollback", json!("true")),
        ("aliases", json!("old")),
    ] {
        let mut document = json!({ "services": ["checkout"] });
        document[name] = value;
        assert!(takes(&runbook, &document), "{document}");
    }
}

/// What a schema says of one value is what a check says of it.
#[test]
fn schema_and_check_agree_about_values() {
    let types = ["date", "datetime", "duration", "number", "boolean", "url", "email", "handle"];
    let kind: String = types.iter().map(|of| format!("  {of}: {{ type: {of}, help: x }}\n")).collect();
    let mut site = Site::new(&format!(
        "-- sdkb.yml --\ntitle: T\n-- kinds/thing.md --\n---\nkind: thing\nfields:\n{kind}---\n"
    ));
    let analysis = site.analyze();
    let kind = analysis.base.kinds.get("thing").expect("it is there");
    let [newer, _] = validators(&json_schema::kind(kind, &analysis.base));
    let texts = [
        "2026-03-14",
        "2026-3-14",
        "2026-03-14T02:11:00+01:00",
        "2026-03-14T02:11Z",
        "2026-03-14 02:11:00Z",
        "2026-03-14T02:11:00",
        "2026-03-14T02:11:00+01:00[Europe/Amsterdam]",
        "30m",
        "PT30M",
        "1h 30m",
        "1.5h",
        "28d",
        "2 weeks",
        "P1W",
        "soon",
        "10",
        "10.5",
        "-1",
        "1e3",
        ".5",
        "true",
        "False",
        "yes",
        "https://a.example/x",
        "a.example",
        "slack://channel",
        "mailto:a@b.example",
        "a@b.example",
        "a@b",
        "#payments",
        "@lead",
        "+44 117 496 0142",
        "12",
        "# spaced name",
    ];
    for text in texts {
        for of in types {
            let field = kind.field(of).expect("it is there");
            let is_right = field.field_type.read(text, &field.choices).is_ok();
            assert_eq!(newer.is_valid(&json!({ of: text })), is_right, "{of}: {text}");
        }
    }
}

#[test]
fn names_that_lead_to_several_documents_do_not_fit() {
    let mut site = Site::adopted(
        "\
-- services/a/api.md --
# A
-- services/b/api.md --
# B
-- runbooks/x.md --
---
services: [a/api]
---
# X
-- pages/404.md --
# Gone
",
    );
    let analysis = site.analyze();
    let schema = json_schema::kind(analysis.base.kinds.get("runbook").expect("built in"), &analysis.base);
    for (service, fits) in
        [("a/api", true), ("service/b/api", true), ("api", false), ("aapi", false), ("a.api", false)]
    {
        assert_eq!(takes(&schema, &json!({ "services": [service] })), fits, "{service}");
    }
    // There is no squad that could be named.
    assert!(!takes(&schema, &json!({ "services": "a/api", "owner": "payments" })));
    let readiness =
        json_schema::kind(analysis.base.kinds.get("readiness").expect("built in"), &analysis.base);
    let document = |page: Value| json!({ "service": "a/api", "level": "gold", "template": page });
    assert!(takes(&readiness, &document(json!(404))) && takes(&readiness, &document(json!("404"))));
}

#[test]
fn defaults_of_the_settings_need_not_be_written() {
    let mut site = Site::new(
        "-- sdkb.yml --\ntitle: T\ncollections: [{ path: 'a/**', defaults: { services: [s] } }]\n-- services/s.md --\n# S\n",
    );
    let analysis = site.analyze();
    let schema = json_schema::kind(analysis.base.kinds.get("runbook").expect("built in"), &analysis.base);
    assert!(takes(&schema, &json!({ "title": "A" })));
}

#[test]
fn settings_fit_theirs() {
    let analysis = example();
    let settings = json_schema::settings(&analysis.base);
    let source = analysis.base.config.source.as_ref().expect("the example has settings");
    assert!(takes(&settings, &serde_yaml::from_str(&source.text).expect("it is YAML")));
    let good = "{ rules: { stale-review: 'off' }, collections: [{ path: 'a/**', kind: runbook, rules: { broken-link: warning }, defaults: { tags: [a] } }] }";
    assert!(takes(&settings, &serde_yaml::from_str(good).expect("it is YAML")));
    for bad in [
        "{ titel: A }",
        "{ rules: { stale-review: no-way } }",
        "{ rules: { stale: off } }",
        "{ collections: [{ path: a, kind: runbok }] }",
    ] {
        assert!(!takes(&settings, &serde_yaml::from_str(bad).expect("it is YAML")), "{bad}");
    }
}

#[test]
fn every_field_is_explained() {
    let analysis = example();
    let helps = |fields: &[Arc<Field>], schema: &Value| {
        for field in fields {
            assert_eq!(
                schema["properties"][&field.name]["description"],
                field.help.as_str(),
                "{}",
                field.name
            );
        }
    };
    for kind in &analysis.base.kinds.all {
        helps(&kind.fields, &json_schema::kind(kind, &analysis.base));
    }
    helps(&schema::CONFIG, &json_schema::settings(&analysis.base));
}

#[test]
fn the_command_prints_them() {
    let project = Project::new(GOOD);
    for args in [&["schema"][..], &["schema", "runbook"], &["schema", "settings"]] {
        let output = project.sdkb(args);
        let schema: Value = serde_json::from_str(&stdout(&output)).expect("it is JSON");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(stdout(&output), stdout(&project.sdkb(args)));
    }
    let output = project.sdkb(&["schema", "runbok"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stderr(&output), "error: there is no kind `runbok`\nhelp: did you mean `runbook`?\n");
}
