//! Templates that would never come to an end.

use sdkb::caches::Caches;
use sdkb::session::Session;
use sdkb::site::Artifact;
use sdkb::world::MemoryWorld;

use super::Run;
use crate::project::{GOOD, Project};

/// What a build says about a theme of these templates. The site that stands stays.
fn built(templates: &[(&str, &str)]) -> Run {
    let project = Project::new(GOOD);
    project.builds(&[]);
    let before = super::files(&project.path("site"));
    for (name, text) in templates {
        project.write(&format!("themes/default/templates/{name}"), text);
    }
    let run = Run::sdkb(&project, &["build"]).ends_with(1).says("nothing was written");
    assert!(super::files(&project.path("site")) == before);
    assert_eq!(run.text.matches("error[").count(), 1, "{}", run.start());
    run
}

#[test]
fn templates_that_lead_to_themselves_are_one_finding() {
    built(&[("document.html", "a\n{% include \"document.html\" %}")])
        .says("a template that leads to itself: `document.html` to `document.html`")
        .says("themes/default/templates/document.html:2:13");
    built(&[
        ("document.html", "{% include \"x.html\" %}"),
        ("x.html", "{% include \"y.html\" %}"),
        ("y.html", "{% include \"x.html\" %}"),
    ])
    .says("`x.html` to `y.html` to `x.html`")
    .says("themes/default/templates/x.html:1:13");
    built(&[("document.html", "{% extends \"x.html\" %}"), ("x.html", "{% extends \"document.html\" %}")])
        .says("`document.html` to `x.html` to `document.html`")
        .says("themes/default/templates/document.html:1:13");
    built(&[("document.html", "{% extends \"nope.html\" %}")])
        .says("there is no template `nope.html`")
        .says("themes/default/templates/document.html:1:13");
    built(&[
        ("404.html", "{{ <c a={1} /> }}"),
        ("c.html", "{% component c(a: integer) %}{{ <c a={a + 1} /> }}{% endcomponent c %}"),
    ])
    .says("Maximum render recursion depth for components exceeded");
}

#[test]
fn loops_that_fill_the_memory_are_one_finding() {
    built(&[("404.html", "{% for i in range(end=1000000000) %}x{% endfor %}")])
        .says("which exceeds the limit of 100000")
        .says("themes/default/templates/404.html:1:13");
    let line = "x".repeat(4_000);
    let endless = format!(
        "{{% for i in range(end=100000) %}}{{% for j in range(end=100000) %}}{line}{{% endfor %}}{{% endfor %}}"
    );
    built(&[("404.html", &endless)])
        .says("the page is larger than 128 MB")
        .says("themes/default/templates/404.html:1:1");
}

#[test]
fn a_page_that_is_no_longer_too_large_is_made_again() {
    let line = "x".repeat(40_000);
    let template = format!(
        "{{% if site.alerts > 0 %}}{{% for i in range(end=100000) %}}{line}{{% endfor %}}{{% endif %}}lost"
    );
    let mut world = MemoryWorld::default();
    world.insert("themes/default/templates/404.html", template);
    world.insert("sdkb.yml", "title: Test\n");
    world.insert("content/runbooks/a.md", "---\ntitle: A\nalerts: [A]\n---\n");
    let mut session = Session::new(world, "test", Caches::new());
    let analysis = session.analyze();
    let finding = session.get(&session.site(&analysis), "404.html").expect_err("the page is too large");
    assert_eq!(finding.message, "the page is larger than 128 MB");
    session.world.insert("content/runbooks/a.md", "---\ntitle: A\n---\n");
    let analysis = session.analyze();
    let page = session.get(&session.site(&analysis), "404.html");
    assert!(matches!(page, Ok(Some(Artifact::Bytes(bytes))) if &*bytes == b"lost"));
}

#[test]
fn templates_that_are_nested_absurdly_are_one_finding() {
    let brackets = format!("{{{{ {}1{} }}}}", "(".repeat(50_000), ")".repeat(50_000));
    let conditions = "{% if 1 %}".repeat(20_000) + &"{% endif %}".repeat(20_000);
    let sum = format!("{{{{ {}1 }}}}", "1+".repeat(50_000));
    for (template, message) in
        [(brackets, "too complex"), (conditions, "nesting is too deep"), (sum, "too complex")]
    {
        built(&[("404.html", &template)]).says(message);
    }
}
