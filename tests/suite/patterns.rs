//! Patterns of values: what is one, what fits it, and that pages carry the same program.
//!
//! `UPDATE=1 cargo test patterns` writes the programs of the shared examples anew.

use std::fs;

use proptest::prelude::*;
use sdkb::caches::Caches;
use sdkb::model::pattern;
use sdkb::model::{Role, State};
use sdkb::session::Session;
use sdkb::world::DiskWorld;
use serde_json::{Value, json};

use crate::site::Site;

/// What the script of the theme is tested with too.
const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/theme/patterns.json");

#[test]
fn shared_examples_have_their_programs_and_take_what_they_say() {
    let text = fs::read_to_string(EXAMPLES).expect("the examples are there");
    let mut examples: Vec<Value> = serde_json::from_str(&text).expect("the examples are JSON");
    let words = |words: &Value| -> Vec<String> {
        words
            .as_array()
            .expect("a list")
            .iter()
            .map(|word| word.as_str().expect("a text").to_owned())
            .collect()
    };
    let is_update = std::env::var_os("UPDATE").is_some();
    for example in &mut examples {
        let text = example["pattern"].as_str().expect("a text").to_owned();
        let pattern = pattern(&text).unwrap_or_else(|problem| panic!("{text}: {problem:?}"));
        let made = json!({ "dash": pattern.takes_dash(), "digits": pattern.is_numeric(), "program": pattern.program });
        if is_update {
            for (name, value) in made.as_object().expect("an object") {
                example[name] = value.clone();
            }
        }
        for (name, value) in made.as_object().expect("an object") {
            assert_eq!(&example[name], value, "{name} of {text}");
        }
        for value in words(&example["takes"]) {
            assert!(pattern.fits(&value), "{text} takes {value:?}");
        }
        for value in words(&example["refuses"]) {
            assert!(!pattern.fits(&value), "{text} refuses {value:?}");
        }
    }
    if is_update {
        let lines: Vec<String> = examples.iter().map(Value::to_string).collect();
        fs::write(EXAMPLES, format!("[\n{}\n]\n", lines.join(",\n"))).expect("the file can be written");
    }
}

#[test]
fn what_is_not_of_the_dialect_is_refused_at_its_place() {
    // The culprit stands between the signs.
    let refused = [
        ("⟨(?i)⟩[a-z]+", "is not supported", "write both cases, such as `[A-Za-z]`"),
        ("⟨(?i:⟩[a-z]+)", "is not supported", "write both cases, such as `[A-Za-z]`"),
        ("⟨(?s)⟩.+", "is not supported", "leave the flags out"),
        ("⟨(?P<name>⟩a)", "is not supported", "write `(`: a group needs no name"),
        ("a⟨(?=⟩b)", "is not supported", "write what the value is, not what stands around it"),
        ("⟨(?<!⟩a)b", "is not supported", "write what the value is, not what stands around it"),
        ("(a)⟨\\1⟩", "is not supported", "write the group once more"),
        ("⟨\\b⟩a", "is not supported", "leave it out, and write the characters that may stand there"),
        ("⟨\\A⟩a", "is not supported", "leave it out, and write the characters that may stand there"),
        ("⟨\\pL⟩+", "is not supported", "write the characters, such as `[A-Za-z]`"),
        ("⟨\\p{Greek}⟩+", "is not supported", "write the characters, such as `[A-Za-z]`"),
        ("[⟨\\pL⟩]+", "is not supported", "write the characters, such as `A-Za-z`"),
        ("[⟨[:alpha:]⟩]+", "is not supported", "write the characters, such as `A-Za-z`"),
        ("⟨\\s⟩", "is not supported", "write a space"),
        ("⟨\\S⟩+", "is not supported", "write the characters, such as `[A-Za-z0-9._:/-]`"),
        ("⟨\\x41⟩", "is not supported", "write `A`"),
        ("⟨\\n⟩", "is not supported", "leave it out: a value is one line of text"),
        ("⟨\\K⟩a", "is not supported", "write the character itself"),
        ("a⟨*?⟩", "is not supported", "leave out the last `?`: it means nothing where all has to fit"),
        ("a⟨{1,2}?⟩", "is not supported", "leave out the last `?`: it means nothing where all has to fit"),
        ("a+⟨+⟩", "repeats a repetition", "put what it repeats into `(` and `)`"),
        ("a⟨{0}⟩", "lets nothing stand there", "leave out what it repeats"),
        ("a⟨{3,2}⟩", "has its numbers in the wrong order", "write the smaller one first"),
        ("⟨*⟩", "repeats nothing", "write a backslash before it for the sign itself"),
        ("⟨[⟩a-z", "is not closed", "write `]` at the end of the class, or `\\[` for the sign itself"),
        ("⟨(⟩a", "is not closed", "write `)` at the end of the group, or `\\(` for the sign itself"),
        ("a⟨)⟩", "closes nothing", "write `\\)` for the sign itself"),
        ("a⟨]⟩", "closes nothing", "write `\\]` for the sign itself"),
        ("a⟨}⟩", "closes nothing", "write `\\}` for the sign itself"),
        ("[⟨]⟩a]", "closes nothing", "write `\\]` for the sign itself"),
        ("[⟨[a]⟩]", "is a class in a class", "write `\\[` for the sign itself"),
        ("[⟨z-a⟩]", "is a range in the wrong order", "write the lower one first, as in `[a-z]`"),
        ("[⟨a&&b⟩]", "is not supported", "list the characters themselves, with `\\-` for a dash"),
        ("⟨\\%⟩", "needs no backslash", "write `%`"),
        ("⟨\\-⟩a", "needs no backslash", "write `-`"),
        (
            "a⟨^⟩b",
            "stands inside of the pattern",
            "leave it out: a pattern always has to fit the whole value",
        ),
        (
            "(a⟨$⟩|b)",
            "stands inside of the pattern",
            "leave it out: a pattern always has to fit the whole value",
        ),
        ("⟨a|⟩", "has an empty part", "write `(a|b)?` for a part that may be missing"),
        ("⟨()a⟩", "has an empty part", "write `(a|b)?` for a part that may be missing"),
        ("⟨^$⟩", "has an empty part", "write `(a|b)?` for a part that may be missing"),
        ("⟨⟩", "has an empty part", "write `(a|b)?` for a part that may be missing"),
        (
            "⟨(a{500}){500}⟩",
            "is too large to be checked on a page",
            "write `+` or `*` in place of large numbers",
        ),
        ("é(⟨[⟩", "is not closed", "write `]` at the end of the class, or `\\[` for the sign itself"),
    ];
    for (marked, message, help) in refused {
        let text = marked.replace(['⟨', '⟩'], "");
        let problem = pattern(&text).err().unwrap_or_else(|| panic!("{text} is taken"));
        let start = marked.find('⟨').expect("a mark");
        let end = marked.find('⟩').expect("a mark") - '⟨'.len_utf8();
        assert_eq!(problem.span.range(), start..end, "{text}: {}", problem.message);
        assert_eq!((problem.message.as_str(), problem.help.as_str()), (message, help), "{text}");
    }
    for deep in
        ["(".repeat(60) + "a" + &")".repeat(60), "((((a{9}){99}){99}){99}){99}".to_owned(), "a".repeat(5000)]
    {
        assert!(pattern(&deep).is_err(), "{deep}");
    }
}

/// A page whose variable has a pattern, with what is said of it.
fn findings(variable: &str) -> String {
    let text = format!(
        "-- runbooks/a.md --\n---\nalerts: [A]\nvariables: [{{ name: V, {variable} }}]\n---\n```sh\nls $V\n```\n"
    );
    let mut site = Site::adopted(&text);
    let analysis = site.analyze();
    let found = site.findings(&analysis).iter();
    let found = found.filter(|finding| ["invalid-value", "pattern-mismatch"].contains(&finding.rule));
    found
        .map(|finding| format!("{} {}", crate::site::place(finding), finding.message))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn a_pattern_is_pointed_at_where_it_is_wrong() {
    let found = findings("pattern: \"(?i)[a-z]+\"");
    assert_eq!(found, "runbooks/a.md 3:34 invalid-value `(?i)` in `variables.pattern` is not supported");
    assert!(findings("pattern: [a, b]").contains("3:33"), "{}", findings("pattern: [a, b]"));
    // Where escapes make the text another, the whole value is pointed at.
    assert!(findings(r#"pattern: "\\.(a""#).contains("3:33"));
    assert!(findings("pattern: '[a-z'").contains("3:34"));
    assert!(findings("pattern: ''").contains("`variables.pattern` is nothing, not a pattern"));
    assert_eq!(findings("pattern: \"-?[0-9]+\", default: -3, example: \"42\""), "");
    assert_eq!(
        findings("pattern: \"[a-z]+\", default: Web, example: \"7\""),
        "runbooks/a.md 3:52 pattern-mismatch default `Web` of `V` does not fit its pattern `[a-z]+`\n\
         runbooks/a.md 3:66 pattern-mismatch example `7` of `V` does not fit its pattern `[a-z]+`"
    );
}

#[test]
fn only_a_field_of_this_type_is_a_pattern_on_a_page() {
    let page = |kind: &str| {
        let text = "-- runbooks/a.md --\n---\nalerts: [A]\nvariables: [{ name: V, pattern: '(?i)x' }]\n---\n```sh\nls $V\n```\n";
        Site::new(&format!("{kind}{text}"))
    };
    let field = "-- kinds/runbook.md --\n---\nkind: runbook\nfields:\n  variables:\n    type: object\n    many: true\n    help: Values.\n    fields:\n      name: { type: text, required: true, help: The name. }\n      pattern: { type: text, help: A shape. }\n---\n";
    page(field).build().has("runbooks/a.html", "name=\"V\"").lacks("runbooks/a.html", "data-pattern");
    let right = page("").edit("runbooks/a.md", "'(?i)x'", "'-[0-9]'").build();
    right.has("runbooks/a.html", r#"data-pattern="[[3,3],[],[1,48,57],[2,45,45]]" data-dash autocomplete"#);
}

#[test]
fn the_patterns_of_the_example_take_only_plain_words() {
    let world = DiskWorld::open(env!("CARGO_MANIFEST_DIR").as_ref()).expect("the repository is there");
    let session = Session::new(world, "example", Caches::for_one_build());
    let analysis = session.analyze();
    let variables = analysis.base.graph.documents.iter().flat_map(|document| document.variables());
    let mut count = 0;
    for pattern in variables.filter_map(|variable| variable.entry_of(Role::Pattern)) {
        let Some(pattern) = pattern.value.pattern() else { panic!("{pattern:?}") };
        count += 1;
        for state in &pattern.program {
            let State::Take(_, ranges) = state else { continue };
            let mut letters = ranges.iter().flat_map(|(first, last)| *first..=*last);
            let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "._:/@%+,=-".contains(letter);
            assert!(letters.all(is_plain), "{} takes more", pattern.text);
        }
    }
    assert!(count > 25, "{count} patterns");
}

/// A pattern of the dialect, and the same for the `regex` crate, whose classes know all of Unicode.
fn patterns() -> impl Strategy<Value = (String, String)> {
    let same = |text: &'static str| Just((text.to_owned(), text.to_owned()));
    let leaf = prop_oneof![
        same("a"),
        same("b"),
        same("-"),
        same("é"),
        same("\\."),
        same("[a-c]"),
        same("[^a]"),
        same("[-b]"),
        Just((".".to_owned(), "[^\\n\\r\\x{2028}\\x{2029}]".to_owned())),
        Just(("\\d".to_owned(), "[0-9]".to_owned())),
        Just(("\\w".to_owned(), "[0-9A-Za-z_]".to_owned())),
        Just(("\\W".to_owned(), "[^0-9A-Za-z_]".to_owned())),
        Just(("[\\d-]".to_owned(), "[0-9-]".to_owned())),
    ];
    let joined = |parts: Vec<(String, String)>, sign: &str| {
        let (ours, theirs): (Vec<String>, Vec<String>) = parts.into_iter().unzip();
        (format!("({})", ours.join(sign)), format!("({})", theirs.join(sign)))
    };
    leaf.prop_recursive(4, 24, 4, move |inner| {
        let times = prop_oneof![
            Just("?"),
            Just("*"),
            Just("+"),
            Just("{2}"),
            Just("{1,3}"),
            Just("{0,2}"),
            Just("{2,}"),
            Just("{0,}"),
            Just("{1,}")
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(move |parts| joined(parts, "")),
            prop::collection::vec(inner.clone(), 1..4).prop_map(move |parts| joined(parts, "|")),
            (inner, times).prop_map(|((ours, theirs), times)| (
                format!("({ours}){times}"),
                format!("({theirs}){times}")
            )),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn patterns_mean_what_regular_expressions_mean(
        (ours, theirs) in patterns(),
        values in prop::collection::vec("[abc.é0_ -]{0,8}", 1..30),
    ) {
        let Ok(pattern) = pattern(&ours) else {
            // Repetitions of repetitions grow.
            prop_assert!(pattern(&ours).unwrap_err().message.contains("too large"), "{ours}");
            return Ok(());
        };
        let regex = regex::Regex::new(&format!("^(?:{theirs})$")).expect("a regular expression");
        for value in &values {
            let takes = pattern.fits(value);
            if value.starts_with('-') {
                prop_assert!(!takes || regex.is_match(value), "{ours} {value}");
                prop_assert!(!takes || pattern.takes_dash(), "{ours} {value}");
            } else {
                prop_assert_eq!(takes, regex.is_match(value), "{} {}", ours, value);
            }
            if takes && pattern.is_numeric() {
                prop_assert!(value.bytes().all(|byte| byte.is_ascii_digit()), "{ours} {value}");
            }
        }
    }

    #[test]
    fn any_text_is_a_pattern_or_has_a_culprit(text in "[a\\[\\](){}^$.*+?|\\\\0-9,:<=!&~é-]{0,16}") {
        match pattern(&text) {
            Ok(pattern) => {
                prop_assert!(regex::Regex::new(&text).is_ok());
                for value in ["", "a", "-a", "a0é"] {
                    pattern.fits(value);
                }
            }
            Err(problem) => prop_assert!(text.get(problem.span.range()).is_some(), "{problem:?}"),
        }
    }
}
