//! Kinds as JSON Schema, so that editors can complete and check front matter as it is written.
//!
//! Written in 2020-12 with nothing that readers of draft 7 do not know, because many editors are such. What a
//! check takes without complaint, a schema takes too: a value of a text field may look like a number, a list
//! of one may be written without brackets, and a reference may be any end of an id that only one document has.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::check::rules::RULES;
use crate::knowledge_base::KnowledgeBase;
use crate::model::field_type::{Shape, typed};
use crate::model::{Field, Kind};
use crate::parse::schema;

/// The schema of any document. Those that state their kind are held to it; the others fit some kind.
pub fn document(base: &KnowledgeBase) -> Value {
    let mut writer = Writer::new(base);
    let kinds = &base.kinds.all;
    for kind in kinds {
        let schema = writer.kind(kind);
        writer.definitions.insert(kind.id.clone(), schema);
    }
    let reference = |kind: &Arc<Kind>| json!({ "$ref": format!("#/$defs/{}", kind.id) });
    let stated = kinds.iter().map(|kind| {
        let is_stated = json!({ "required": ["kind"], "properties": { "kind": { "const": kind.id } } });
        json!({ "if": is_stated, "then": reference(kind) })
    });
    let mut cases: Vec<Value> = stated.collect();
    let any: Vec<Value> = kinds.iter().map(reference).collect();
    cases.push(json!({ "if": { "not": { "required": ["kind"] } }, "then": { "anyOf": any } }));
    let ids: Vec<&str> = kinds.iter().map(|kind| kind.id.as_str()).collect();
    let schema = json!({ "type": "object", "properties": { "kind": { "enum": ids } }, "allOf": cases });
    let about = format!("The front matter of a document of {}.", base.config.title);
    writer.finish("Document", &about, schema)
}

/// The schema of the documents of one kind.
pub fn kind(kind: &Kind, base: &KnowledgeBase) -> Value {
    let mut writer = Writer::new(base);
    let schema = writer.kind(kind);
    writer.finish(&kind.label, &kind.summary, schema)
}

/// The schema of `sdkb.yml`.
pub fn settings(base: &KnowledgeBase) -> Value {
    let mut writer = Writer::new(base);
    let levels = RULES.iter().map(|rule| {
        let level = json!({ "enum": ["off", "warning", "error"], "description": rule.summary() });
        (rule.id.to_owned(), level)
    });
    let levels: serde_json::Map<String, Value> = levels.collect();
    let rules = json!({ "type": "object", "properties": levels, "additionalProperties": false });
    let ids: Vec<&str> = base.kinds.all.iter().map(|kind| kind.id.as_str()).collect();
    // The language of kinds has no words for these.
    writer.known = BTreeMap::from([
        ("rules", rules.clone()),
        ("collections.rules", rules),
        ("collections.kind", json!({ "enum": ids })),
        ("collections.defaults", json!({ "type": "object" })),
    ]);
    let schema = writer.object(&schema::CONFIG, "", false);
    writer.finish("sdkb.yml", "The settings of a knowledge base.", schema)
}

struct Writer<'a> {
    base: &'a KnowledgeBase,
    /// What is known of the fields at some paths.
    known: BTreeMap<&'static str, Value>,
    /// Schemas that others name.
    definitions: BTreeMap<String, Value>,
}

impl<'a> Writer<'a> {
    fn new(base: &'a KnowledgeBase) -> Self {
        Self { base, known: BTreeMap::new(), definitions: BTreeMap::new() }
    }

    fn finish(self, title: &str, description: &str, mut schema: Value) -> Value {
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
        schema["title"] = title.into();
        schema["description"] = description.into();
        if !self.definitions.is_empty() {
            schema["$defs"] = json!(self.definitions);
        }
        schema
    }

    fn kind(&mut self, kind: &Kind) -> Value {
        self.known = BTreeMap::from([("kind", json!({ "const": kind.id }))]);
        let mut schema = self.object(&kind.fields, "", kind.extra_fields);
        // What the settings give to documents of some folder need not be written there.
        let defaults = self.base.config.collections.iter().filter_map(|of| of.defaults.as_ref());
        let defaults: Vec<&str> =
            defaults.flat_map(|node| node.entries()).filter_map(|(key, _)| key.text()).collect();
        if let Some(Value::Array(required)) = schema.get_mut("required") {
            required.retain(|name| !name.as_str().is_some_and(|name| defaults.contains(&name)));
        }
        schema["title"] = kind.label.as_str().into();
        schema["description"] = kind.summary.as_str().into();
        schema
    }

    /// A group of fields.
    fn object(&mut self, fields: &[Arc<Field>], outer: &str, is_open: bool) -> Value {
        let mut properties = serde_json::Map::new();
        for field in fields {
            let path = if outer.is_empty() { field.name.clone() } else { format!("{outer}.{}", field.name) };
            properties.insert(field.name.clone(), self.field(field, &path));
        }
        let required: Vec<&str> =
            fields.iter().filter(|field| field.required).map(|field| field.name.as_str()).collect();
        let mut object =
            json!({ "type": "object", "properties": properties, "additionalProperties": is_open });
        if !required.is_empty() {
            object["required"] = json!(required);
        }
        object
    }

    fn field(&mut self, field: &Field, path: &str) -> Value {
        let one = match self.known.get(path) {
            Some(known) => known.clone(),
            None => self.one(field, path),
        };
        let mut schema = match (field.many, one.get("$ref")) {
            (true, _) => json!({ "anyOf": [{ "type": "array", "items": one }, one] }),
            // Readers of draft 7 see nothing of what stands beside a reference.
            (false, Some(_)) => json!({ "allOf": [one] }),
            (false, None) => one,
        };
        schema["title"] = field.label.as_str().into();
        schema["description"] = field.help.as_str().into();
        schema
    }

    /// A single value of a field.
    fn one(&mut self, field: &Field, path: &str) -> Value {
        match field.shape() {
            Shape::Scalar { schema } => {
                let mut schema = schema(&field.choices);
                for (key, bound) in [("minimum", field.min), ("maximum", field.max)] {
                    if let Some(bound) = bound {
                        schema[key] = json!(bound);
                    }
                }
                schema
            }
            Shape::Reference => self.reference(&field.to),
            Shape::Object => self.object(&field.fields, path, false),
            Shape::Map => {
                let inner = self.object(&field.fields, path, false);
                json!({ "type": "object", "additionalProperties": inner })
            }
            Shape::Any => json!({}),
        }
    }

    /// A reference to a document of the kinds `to`: its id, or another name that leads to it.
    fn reference(&mut self, to: &[String]) -> Value {
        let name = format!("id-of-{}", if to.is_empty() { "any".to_owned() } else { to.join("-or-") });
        if !self.definitions.contains_key(&name) {
            let schema = self.names(to);
            self.definitions.insert(name.clone(), schema);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    fn names(&self, to: &[String]) -> Value {
        let (graph, kinds) = (&self.base.graph, &self.base.kinds);
        let (mut ids, mut others) = (Vec::new(), Vec::new());
        for (index, document) in graph.documents.iter_enumerated() {
            if !to.is_empty() && !to.contains(&document.kind.id) {
                continue;
            }
            let names: Vec<String> = graph.ids.names(index, to, kinds).collect();
            let id = names.iter().find(|name| **name == document.id).or(names.last());
            ids.extend(id.cloned());
            others.extend(names.iter().filter(|name| Some(*name) != id).cloned());
        }
        ids.sort_unstable();
        others.extend(ids.iter().cloned());
        others.sort_unstable();
        let what = if to.is_empty() { "document".to_owned() } else { to.join(" or ") };
        if ids.is_empty() {
            return json!({ "not": {}, "description": format!("There is no {what} yet.") });
        }
        let ids: Vec<Value> = ids.iter().flat_map(|id| typed(id)).collect();
        let others: Vec<String> = others.iter().map(|name| escaped(name)).collect();
        // Editors complete the ids, and accept the other names.
        let pattern = format!("^/*({})(\\.md)?/*$", others.join("|"));
        json!({ "anyOf": [{ "enum": ids }, { "type": "string", "pattern": pattern }] })
    }
}

/// A text as a regular expression for itself.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if "^$\\.*+?()[]{}|".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
