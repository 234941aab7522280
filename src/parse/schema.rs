//! The language that kinds are written in: the schemas of sdkb's own files, and a tree to the fields that it describes.

use std::sync::{Arc, LazyLock};

use indexmap::IndexMap;

use super::yaml;
use crate::model::{
    Content, Display, Elapsed, Field, FieldType, Infer, Node, Outcomes, OwnerRole, Role, States, label,
};

/// What `sdkb.yml` may say.
pub static CONFIG: LazyLock<Vec<Arc<Field>>> =
    LazyLock::new(|| schema(include_str!("../model/schema/config.yml")));

/// What the head of a kind's file may say.
pub static KIND: LazyLock<Vec<Arc<Field>>> =
    LazyLock::new(|| schema(include_str!("../model/schema/kind.yml")));

/// What the head of a set's file may say.
pub static DATASET: LazyLock<Vec<Arc<Field>>> =
    LazyLock::new(|| schema(include_str!("../model/schema/dataset.yml")));

/// What a kind's file may say about a field.
pub static FIELD: LazyLock<Vec<Arc<Field>>> = LazyLock::new(|| {
    let mut fields = schema(include_str!("../model/schema/field.yml"));
    for field in &mut fields {
        let choices: Vec<&str> = match field.name.as_str() {
            TYPE => FieldType::ALL.into_iter().map(|of| of.definition().name).collect(),
            ROLE => Role::ALL.into_iter().map(|(_, name)| name).collect(),
            _ => continue,
        };
        let choices = choices.into_iter().map(str::to_owned).collect();
        *field = Arc::new(Field { choices, ..Field::clone(field) });
    }
    fields
});

/// The key that says the type of a field.
const TYPE: &str = "type";

/// The key that says its role.
const ROLE: &str = "role";

fn schema(text: &str) -> Vec<Arc<Field>> {
    let tree = yaml::tree(text, 0..text.len()).ok().flatten();
    fields(&tree.expect("the built-in schemas are read by every test")).into_values().collect()
}

/// The fields that `fields:` of a schema describes. What [`FIELD`] finds wrong is as if it were not written.
pub(super) fn fields(node: &Node) -> IndexMap<String, Arc<Field>> {
    let mut fields = IndexMap::new();
    for (key, node) in node.entries() {
        let Some(name) = key.text() else { continue };
        fields.entry(name.to_owned()).or_insert_with(|| Arc::new(field(name, node)));
    }
    fields
}

/// The field `name` that `node` describes.
pub(super) fn field(name: &str, node: &Node) -> Field {
    let said = |key: &str| text(node, key).unwrap_or_default();
    Field {
        name: name.to_owned(),
        label: text(node, "label").filter(|said| !said.is_empty()).unwrap_or_else(|| label(name)),
        field_type: text(node, TYPE).and_then(|name| FieldType::named(&name)).unwrap_or_default(),
        role: text(node, ROLE).and_then(|name| Role::named(&name)),
        many: is_set(node, "many"),
        required: is_set(node, "required"),
        help: said("help"),
        example: said("example"),
        choices: texts(node, "choices"),
        to: texts(node, "to"),
        inverse: text(node, "inverse"),
        mirrors: text(node, "mirrors"),
        owner: match said("owner").as_str() {
            "direct" => Some(OwnerRole::Direct),
            "inherited" => Some(OwnerRole::Inherited),
            _ => None,
        },
        facet: is_set(node, "facet"),
        unique: is_set(node, "unique"),
        acyclic: is_set(node, "acyclic"),
        past: is_set(node, "past"),
        contact: is_set(node, "contact"),
        settled_by: node.get("settled_by").filter(|node| node.is_map()).map(|node| {
            let names = node.entries().iter().filter_map(|(key, _)| key.text());
            names.map(|name| (name.to_owned(), texts(node, name))).collect()
        }),
        after: texts(node, "after"),
        min: number(node, "min"),
        max: number(node, "max"),
        at_most: text(node, "at_most"),
        row_of: text(node, "row_of"),
        elapsed: node
            .get("elapsed")
            .and_then(|node| Some(Elapsed { label: text(node, "label")?, since: texts(node, "since") })),
        collect: texts(node, "collect"),
        brief: is_set(node, "brief"),
        lead_in: said("lead_in"),
        display: match said("display").as_str() {
            "chip" => Some(Display::Chip),
            "row" => Some(Display::Row),
            _ => None,
        },
        hide_in_lists: is_set(node, "hide_in_lists"),
        ranks: is_set(node, "ranks"),
        states: node.get("states").map(|node| States {
            live: texts(node, "live"),
            normal: texts(node, "normal"),
            unfinished: texts(node, "unfinished"),
            retired: texts(node, "retired"),
        }),
        outcomes: node.get("outcomes").map(|node| Outcomes {
            helped: texts(node, "helped"),
            misled: texts(node, "misled"),
            missing: texts(node, "missing"),
        }),
        infer: (said("infer") == "file-name").then_some(Infer::FileName),
        fill: text(node, "fill"),
        offer: text(node, "offer"),
        also: texts(node, "also"),
        from_entity: texts(node, "from_entity"),
        entity_values: node
            .get("entity_values")
            .map(Node::entries)
            .unwrap_or_default()
            .iter()
            .filter_map(|(name, value)| Some((name.text()?.to_owned(), value.text()?.to_owned())))
            .collect(),
        fields: node.get("fields").map(|node| fields(node).into_values().collect()).unwrap_or_default(),
    }
}

/// The text under `key`.
pub(super) fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key)?.text().map(str::to_owned)
}

/// The texts under `key`: one, or a list of them.
pub(super) fn texts(node: &Node, key: &str) -> Vec<String> {
    items(node, key).filter_map(|item| item.text().map(str::to_owned)).collect()
}

/// The values under `key`: one, or those of a list.
pub(super) fn items<'a>(node: &'a Node, key: &str) -> impl Iterator<Item = &'a Node> {
    let items = node.get(key).map(|node| match &node.content {
        Content::List(items) => items.as_slice(),
        Content::Null | Content::Scalar(_) | Content::Map(_) => std::slice::from_ref(node),
    });
    items.unwrap_or_default().iter()
}

/// What `key` says, if it is a boolean.
pub(super) fn boolean(node: &Node, key: &str) -> Option<bool> {
    FieldType::Boolean.read(node.get(key)?.text()?, &[]).ok()?.boolean()
}

fn number(node: &Node, key: &str) -> Option<f64> {
    Some(FieldType::Number.read(node.get(key)?.text()?, &[]).ok()?.number()?.value())
}

fn is_set(node: &Node, key: &str) -> bool {
    boolean(node, key).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_schema_may_say_of_a_field_is_read() {
        let read = |text: &str| {
            let tree = yaml::tree(text, 0..text.len()).expect("it is YAML").expect("it is not empty");
            format!("{:?}", field("probe", &tree))
        };
        let nothing = read("{ x: x }");
        for known in FIELD.iter() {
            let mut values = known.values();
            if known.name == "fields" {
                values.push("{ a: { type: text } }".to_owned());
            } else if values.is_empty() {
                values.push(known.example());
            }
            let is_read = |value: &String| read(&format!("{{ {}: {value} }}", known.name)) != nothing;
            assert!(values.iter().any(is_read), "{}", known.name);
        }
    }
}
