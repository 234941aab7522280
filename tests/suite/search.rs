//! The search index, by what `docs/search.md` says of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use sdkb::model::FieldType;
use sdkb::search::terms::terms;
use serde_json::Value;

use crate::site::Site;

/// What the reader in the browser is tested with too.
fn shared(name: &str) -> Value {
    let path = format!("{}/tests/search/{name}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).expect("the examples")).expect("JSON")
}

/// A service, a runbook with an alert, and a page.
const SHOP: &str = "\
-- sdkb.yml --
title: Shop
base_url: https://kb.shop.example/
rules: { missing-section: off, no-owner: off, orphan-document: off, unreachable-owner: off, unmet-expectation: off }
-- squads/payments.md --
# Payments
-- services/checkout.md --
---
title: Checkout
owner: payments
---
Turns a basket into an order.
-- runbooks/latency.md --
---
title: Checkout is slow
services: [checkout]
alerts: [CheckoutLatencyHigh]
review: { last_reviewed: 2026-01-01, interval: 30d }
status: deprecated
---
Slow means more than 900 ms.
## Diagnosis
Look at `http_requests_total` and the pools.

```sh
kubectl get pods
```
-- handbook/café.md --
# The café
<b>Open</b> until six.
";

#[test]
fn terms_are_those_of_the_shared_examples() {
    let examples = shared("terms.json");
    let examples = examples.as_array().expect("a list");
    assert!(examples.len() >= 40);
    for example in examples {
        let text = example["text"].as_str().expect("a text");
        let mut found = BTreeSet::new();
        terms(text, &mut |term, _| {
            found.insert(term.to_owned());
        });
        let expected: BTreeSet<String> =
            serde_json::from_value(example["terms"].clone()).expect("a list of terms");
        assert_eq!(found, expected, "{text:?}");
    }
}

/// The data of each file of an index, by name.
fn index(site: &mut Site) -> BTreeMap<String, Value> {
    let pages = site.take_pages();
    let files = pages.iter().filter_map(|(url, bytes)| Some((url.strip_prefix("search/")?, bytes)));
    let files = files.map(|(file, bytes)| {
        let name = file.strip_suffix(".js").expect("a script");
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let call = format!("sdkbSearch(\"{name}\",");
        let data = text.strip_prefix(&call).and_then(|rest| rest.strip_suffix(");\n"));
        let data = data.unwrap_or_else(|| panic!("{file} is no statement"));
        (name.to_owned(), serde_json::from_str(data).expect("JSON"))
    });
    files.collect()
}

/// A file by its sort and number, found as the reader finds it.
fn file<'a>(index: &'a BTreeMap<String, Value>, sort: &str, number: usize) -> &'a Value {
    let prints = index["index"]["files"][sort].as_str().expect("fingerprints");
    &index[&format!("{sort}{number}-{}", &prints[number * 6..][..6])]
}

/// The postings of a term, as the index has them.
fn written<'a>(index: &'a BTreeMap<String, Value>, term: &str) -> &'a str {
    let lines = index.iter().filter(|(name, _)| name.starts_with('t'));
    let mut lines = lines.flat_map(|(_, text)| text.as_str().expect("text").lines());
    lines.find_map(|line| line.strip_prefix(term)?.strip_prefix(' ')).unwrap_or_default()
}

/// The postings of a term: document, section and how it stands there.
fn postings(index: &BTreeMap<String, Value>, term: &str) -> Vec<(u32, u32, u32)> {
    let line = written(index, term);
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut numbers, mut number, mut shift) = (Vec::new(), 0, 0);
    for digit in line.chars().map(|letter| digits.find(letter).expect("a digit") as u32) {
        number |= (digit & 31) << shift;
        shift += 5;
        if digit < 32 {
            numbers.push(number);
            (number, shift) = (0, 0);
        }
    }
    let mut document = 0;
    let mut found = Vec::new();
    for posting in numbers.chunks(3) {
        document += posting[0];
        found.push((document, posting[1], posting[2]));
    }
    found
}

#[test]
fn postings_and_weights_are_those_of_the_shared_examples() {
    let pages = (0..40).fold(SHOP.to_owned(), |mut text, number| {
        let keywords = if number == 35 { "---\nkeywords: [espresso]\n---\n" } else { "" };
        let _ = write!(text, "-- handbook/p{number:02}.md --\n{keywords}# Page {number}\nLattes.\n");
        text
    });
    let mut site = Site::new(&pages).build();
    let index = index(&mut site);
    let examples = shared("postings.json");
    for name in ["weights", "weak"] {
        assert_eq!(index["index"][name], examples[name], "{name}");
    }
    let terms = examples["terms"].as_array().expect("a list");
    assert!(terms.len() >= 8);
    for example in terms {
        let term = example["term"].as_str().expect("a term");
        assert_eq!(written(&index, term), example["written"], "{term}");
    }
}

#[test]
fn terms_lead_to_where_they_stand() {
    let mut site = Site::new(SHOP).build();
    let index = index(&mut site);
    let titles = file(&index, "j", 0);
    let titles: Vec<&str> = titles["titles"].as_str().expect("text").lines().collect();
    let of = |title: &str| titles.iter().position(|line| line.starts_with(title)).expect("a title") as u32;
    let (cafe, runbook, service, squad) =
        (of("The café"), of("Checkout is"), of("Checkout\t"), of("Payments"));
    assert_eq!(postings(&index, "checkoutlatencyhigh"), [(runbook, 0, 1024)]);
    assert_eq!(postings(&index, "cafe"), [(cafe, 0, 128 + 256 + 32)]);
    assert_eq!(postings(&index, "basket"), [(service, 0, 1)]);
    assert_eq!(postings(&index, "http_requests_total"), [(runbook, 1, 2)]);
    assert_eq!(postings(&index, "requests"), [(runbook, 1, 2 + 2048)]);
    assert_eq!(postings(&index, "request"), [(runbook, 1, 2 + 2048 + 16)]);
    assert_eq!(postings(&index, "diagnosis"), [(runbook, 1, 4)]);
    assert_eq!(postings(&index, "payments"), [(service, 0, 8), (squad, 0, 128 + 256 + 32)]);
    assert_eq!(postings(&index, "the"), []);

    let way = &index["index"];
    assert_eq!(way["count"], 4);
    assert_eq!(way["ask"], serde_json::json!(["Squads", "squads/index.html"]));
    let known = file(&index, "m", 0);
    let flags = known["flags"].as_str().expect("text");
    assert_eq!(&flags[runbook as usize..=runbook as usize], "D", "deprecated and stale");
    let texts = file(&index, "d", cafe as usize / 3);
    assert_eq!(texts[cafe.to_string()][2][0][2], "Open until six.");
    let texts = file(&index, "d", runbook as usize / 3);
    assert_eq!(
        texts[runbook.to_string()][3],
        serde_json::json!([["service", ["Checkout"]], ["squad", ["Payments"]]])
    );
}

#[test]
fn an_edit_gathers_the_terms_of_one_document_and_changes_few_files() {
    let mut site = Site::new(SHOP).build().indexed(4);
    let before = site.take_pages();
    let mut site =
        site.build().indexed(0).edit("runbooks/latency.md", "the pools", "the queues").build().indexed(1);
    let after = site.take_pages();
    let changed: Vec<&String> = after
        .iter()
        .filter(|(url, bytes)| url.starts_with("search/") && before.get(*url) != Some(bytes))
        .map(|(url, _)| url)
        .collect();
    // One of terms, one of endings, one of texts, and the way to them.
    assert_eq!(changed.len(), 4, "{changed:?}");
}

#[test]
fn what_settings_say_of_a_document_is_found_and_forgotten() {
    let settings =
        "title: Shop\ncollections: [{ path: 'handbook/**', defaults: { keywords: [espresso] } }]\n";
    let site = Site::new(SHOP).build().write("sdkb.yml", settings).build();
    let mut site = site.edit("sdkb.yml", "espresso", "ristretto").build();
    let index = index(&mut site);
    assert_eq!(postings(&index, "espresso"), []);
    assert_eq!(postings(&index, "ristretto").len(), 1);
}

/// For types that make facets, a value that is not the example of the type.
const OTHER: &[(&str, &str)] = &[
    ("text", "\"Other: text\""),
    ("reference", "payments"),
    ("number", "10.5"),
    ("boolean", "false"),
    ("email", "b@shop.example"),
    ("handle", "\"@b\""),
];

/// Two values of a type, or one of them twice.
fn values(of: FieldType) -> [&'static str; 2] {
    if of == FieldType::Choice {
        return ["low", "high"];
    }
    let definition = of.definition();
    let other = OTHER.iter().find(|(name, _)| *name == definition.name);
    [definition.example, other.map_or(definition.example, |(_, value)| value)]
}

/// A kind with a facet of every type, single and in a list, and documents that fill them in in all ways.
fn facets_of_every_type() -> String {
    let mut fields = String::new();
    let mut documents = vec![String::new(); 5];
    for of in FieldType::ALL {
        let name = of.definition().name;
        let [one, other] = values(of);
        for (field, many) in [(format!("a_{name}"), false), (format!("some_{name}"), true)] {
            let more = ", choices: [low, high], fields: { inner: { type: text, facet: true, help: x } }";
            writeln!(fields, "  {field}: {{ type: {name}, many: {many}, facet: true, help: x{more} }}")
                .expect("text grows");
            let list = |values: &str| if many { format!("[{values}]") } else { one.to_owned() };
            let written =
                [one.to_owned(), other.to_owned(), list(&format!("{one}, {other}, {one}")), list("")];
            for (document, value) in documents.iter_mut().zip(written) {
                writeln!(document, "{field}: {value}").expect("text grows");
            }
        }
    }
    let mut text = format!(
        "{SHOP}-- kinds/drill.md --\n---\nkind: drill\nplural: Drills\nfields:\n{fields}  \
         about: {{ type: reference, to: [service, squad, drill], many: true, facet: true, help: x }}\n  \
         service: {{ type: reference, to: service, owner: inherited, facet: true, help: x }}\n---\n\
         -- kinds/guide.md --\n---\nkind: guide\nplural: Guides\nfields:\n  owner: {{ type: reference, to: squad, \
         owner: direct, help: Whose it is. }}\n---\n-- guides/first.md --\n---\nowner: payments\n---\n# First guide\n"
    );
    for (number, fields) in documents.into_iter().enumerate() {
        let about = ["[checkout, drill/0]", "[payments]", "[]", "[nowhere, drill/0]", "[checkout]"][number];
        let service = if number % 2 == 0 { "service: checkout\n" } else { "" };
        write!(
            text,
            "-- drills/{number}.md --\n---\n{fields}about: {about}\n{service}---\n# Drill {number}\n"
        )
        .expect("text grows");
    }
    text
}

/// What lists filter a document by: fields and their values, by its title.
fn facets_of_lists(site: &Site, lists: &[&str]) -> BTreeMap<String, BTreeSet<(String, String)>> {
    let mut found = BTreeMap::new();
    for list in lists {
        for row in site.page(list).split("<li class=\"row\" data-facets=\"").skip(1) {
            let (facets, rest) = row.split_once('"').expect("an attribute");
            let title = rest.split_once("<a ").and_then(|(_, link)| link.split(['>', '<']).nth(1));
            let facets = facets.replace("&#10;", "\n");
            let values = facets.lines().filter_map(|facet| facet.split_once('='));
            let values = values.map(|(field, value)| (field.to_owned(), value.to_owned())).collect();
            found.insert(title.expect("a link").to_owned(), values);
        }
    }
    found
}

/// What search filters a document by: values, by its title.
fn facets_of_search(index: &BTreeMap<String, Value>) -> BTreeMap<String, BTreeSet<String>> {
    let titles = file(index, "j", 0)["titles"].as_str().expect("text").to_owned();
    let titles: Vec<&str> = titles.lines().map(|line| line.split('\t').next().unwrap_or(line)).collect();
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for number in 0..index["index"]["facets"].as_array().expect("a list").len() {
        let facet = file(index, "f", number);
        for (document, places) in facet["of"].as_array().expect("a list").iter().enumerate() {
            for place in places.as_array().expect("a list") {
                let value = &facet["values"][place.as_u64().expect("a place") as usize][1];
                let of = found.entry(titles[document].to_owned()).or_default();
                of.insert(value.as_str().expect("text").to_owned());
            }
        }
    }
    found
}

#[test]
fn facets_of_lists_are_facets_of_search() {
    let mut site = Site::new(&facets_of_every_type()).build();
    let lists = ["drills/index.html", "guides/index.html", "runbooks/index.html", "services/index.html"];
    let listed = facets_of_lists(&site, &lists);
    let searched = facets_of_search(&index(&mut site));
    assert_eq!(listed.len(), 8, "{:?}", listed.keys());
    let all: BTreeSet<&(String, String)> = listed.values().flatten().collect();
    // Neither asks readers to choose among one value.
    let is_choice = |field: &str| all.iter().filter(|(other, _)| other == field).count() > 1;
    let none = BTreeSet::new();
    for (title, listed) in &listed {
        let searched = searched.get(title).unwrap_or(&none);
        let chosen = listed.iter().filter(|(field, _)| is_choice(field)).map(|(_, value)| value);
        let lost: Vec<_> = chosen.filter(|value| !searched.contains(*value)).collect();
        assert!(lost.is_empty(), "search does not filter {title} by {lost:?}");
        // Search finds a service among what is about it.
        let listed: BTreeSet<&String> = listed.iter().map(|(_, value)| value).collect();
        let more = searched.iter().filter(|value| !listed.contains(value) && *value != title);
        let more: Vec<_> = more.collect();
        assert!(more.is_empty(), "lists do not filter {title} by {more:?}");
    }
    let first: BTreeSet<&str> = listed["Drill 0"].iter().map(|(_, value)| value.as_str()).collect();
    for value in
        ["some text", "10", "yes", "low", "oncall@shop.example", "#payments-oncall", "Checkout", "Payments"]
    {
        assert!(first.contains(value), "no {value} among {first:?}");
    }
}

#[test]
fn sections_of_the_index_are_those_of_the_page() {
    let mut site = Site::new(
        "-- own-title.md --\n---\ntitle: Short name\n---\nlead\n\n# Zebrafish quokka heading\n\nunder\n\n## A `code` \
         heading\n\ntext\n-- top.md --\n# The title\n\nunder\n\n# Another top\n\n## Last {#own}\n\
         -- alike.md --\n---\ntitle: Like It\n---\nbefore\n\n# Like  it!\n\nunder\n-- none.md --\n## Only\n",
    )
    .build();
    let headings = |site: &Site, url: &str| -> Vec<String> {
        let links = site.page(url).split("class=\"anchor\" href=\"#").skip(1);
        links.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    };
    let urls = ["alike.html", "none.html", "own-title.html", "top.html"];
    let shown: Vec<Vec<String>> = urls.iter().map(|url| headings(&site, url)).collect();
    assert_eq!(shown[2], ["zebrafish-quokka-heading", "a-code-heading"]);
    let index = index(&mut site);
    let texts = index.iter().filter(|(name, _)| name.starts_with('d'));
    let documents: Vec<&Value> =
        texts.flat_map(|(_, texts)| texts.as_object().expect("documents").values()).collect();
    let sections = |url: &str| {
        let document = documents.iter().find(|document| document[0] == url);
        document.unwrap_or_else(|| panic!("no {url} in {documents:?}"))[2].as_array().expect("sections")
    };
    let indexed = |url: &str| -> Vec<String> {
        sections(url)
            .iter()
            .map(|section| section[0].as_str().expect("an anchor").to_owned())
            .skip(1)
            .collect()
    };
    for (url, shown) in urls.iter().zip(shown) {
        assert_eq!(indexed(url), shown, "{url}");
    }
    // What stands under a heading that is the title belongs to the document.
    assert_eq!(sections(urls[0])[0][2], "before under");
}
