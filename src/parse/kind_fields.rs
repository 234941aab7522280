//! What a kind's file says of one field, as far as the field's type decides whether it makes sense.

use std::sync::Arc;

use super::fields::is_misspelt;
use super::schema::{self, items, text, texts};
use super::yaml;
use crate::model::field_type::{KEYS, Shape, Values};
use crate::model::{Content, Field, FieldProblem, FieldType, Node, Source};

/// What the schema language can't say of the field `key`, which `node` describes.
pub(super) fn check(source: &Arc<Source>, key: &Node, node: &Node, problems: &mut Vec<FieldProblem>) {
    let name = key.text().unwrap_or_default();
    let mut report = |place: &Node, message: String, help: String| {
        problems.push(FieldProblem::Schema { location: source.at(place.span), message, help });
    };
    if !is_name(name) {
        let help = format!("write `{}`: letters, digits, `_` and `-`", plain(name, '_'));
        report(key, format!("`{name}` can't name a field"), help);
    }
    let is_misspelt = |key: &str| is_misspelt(node, &schema::FIELD, key);
    // Without its type, all that is said of it may be wrong.
    if is_misspelt("type") {
        return;
    }
    // A type that does not exist is found by the schema.
    let Some(of) = text(node, "type").map_or(Some(FieldType::default()), |of| FieldType::named(&of)) else {
        return;
    };
    for (known, types) in KEYS {
        let Some((written, _)) = node.entries().iter().find(|(written, _)| written.text() == Some(known))
        else {
            continue;
        };
        if !types.contains(&of) {
            let message = format!(
                "`{name}.{known}` is for fields of the type {}, and this one is `{}`",
                names(types),
                of.definition().name
            );
            let first = types[0].definition().name;
            report(written, message, format!("remove `{known}`, or write `type: {first}`"));
        }
    }
    let has_parts = node.get("fields").is_some_and(|fields| !fields.is_null());
    if matches!(of.definition().shape, Shape::Object | Shape::Map) && !has_parts && !is_misspelt("fields") {
        let help = "add `fields: { name: { type: text, help: What it means. } }`".to_owned();
        report(key, format!("`{name}` is a group without fields"), help);
    }
    let choices = texts(node, "choices");
    for (at, choice) in items(node, "choices").enumerate() {
        if choice.text().is_some_and(|text| choices.iter().take(at).any(|known| known == text)) {
            let message = format!("`{}` stands in `{name}.choices` twice", choice.text().unwrap_or_default());
            report(choice, message, "remove one".to_owned());
        }
    }
    let field = super::schema::field(name, node);
    for said in ["example", "fill"] {
        let Some(value) = node.get(said) else { continue };
        let is_now = said == "fill" && value.text() == Some(Field::NOW) && of.definition().now.is_some();
        if !is_now && let Some(wrong) = wrong_value(&field, value) {
            problems.push(FieldProblem::Invalid {
                location: source.at(value.span),
                path: format!("{name}.{said}"),
                expected: field.expected(),
                found: format!("`{wrong}`"),
                example: of.definition().example.to_owned(),
                choices: field.values(),
            });
        }
    }
}

/// The first of the values in `said` that is none of the field. Groups and references are not looked into.
fn wrong_value(field: &Field, said: &Node) -> Option<String> {
    let is_listed =
        !matches!(field.field_type.definition().values, Values::Choices) || !field.choices.is_empty();
    let text = said.text().filter(|_| is_listed && matches!(field.shape(), Shape::Scalar { .. }))?;
    let is_wrong = |text: &str| field.read(text).is_err();
    if !field.many {
        return is_wrong(text).then(|| text.to_owned());
    }
    let tree = yaml::tree(text, 0..text.len()).ok().flatten()?;
    let values: Vec<&str> = match &tree.content {
        Content::List(values) => values.iter().filter_map(Node::text).collect(),
        _ => tree.text().into_iter().collect(),
    };
    values.into_iter().find(|value| is_wrong(value)).map(str::to_owned)
}

/// Whether people and templates can write `name` as that of a field, and as a part of a path.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'))
}

/// A name that is close to `name`: lower case, with `joint` in place of what it can't hold.
pub(super) fn plain(name: &str, joint: char) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    if words.is_empty() { "name".to_owned() } else { words.join(&joint.to_string()) }
}

/// The names of some types, as a message lists them.
pub(super) fn names(types: &[FieldType]) -> String {
    let names: Vec<String> = types.iter().map(|of| format!("`{}`", of.definition().name)).collect();
    names.join(" or ")
}
