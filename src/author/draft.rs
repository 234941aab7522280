//! A document that is not written yet: what its fields hold, and the text that says so.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use jiff::Zoned;

use crate::diagnostic::{article, names};
use crate::graph::Resolution;
use crate::knowledge_base::KnowledgeBase;
use crate::model::field_type::YamlForm;
use crate::model::{Content, Field, FieldType, Kind, OwnerRole, Role};
use crate::parse::yaml;
use crate::text::suggest;

/// How many of the fields that a kind does not require a new document shows. Kinds name the important ones first.
const HINTS: usize = 5;

/// Hints up to this width stand in a column.
const WIDEST: usize = 36;

/// A list that is longer than this has a line for each item, as has one of groups.
const WIDTH: usize = 100;

/// A document that is not written yet.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its kind.
    pub kind: Arc<Kind>,
    /// Whether it has to say its kind, because its place does not.
    pub states_kind: bool,
    /// What fields hold, by their paths: `times.detected`. In a list of groups, the first value of each field
    /// belongs to the first group, and so on.
    values: BTreeMap<String, Vec<String>>,
}

impl Draft {
    /// An empty document of a kind.
    pub fn new(kind: Arc<Kind>) -> Self {
        Self { kind, states_kind: false, values: BTreeMap::new() }
    }

    /// The title; empty if it has none yet.
    pub fn title(&self) -> &str {
        self.values(self.title_path()).first().map_or("", String::as_str)
    }

    /// Sets the title.
    pub fn set_title(&mut self, title: String) {
        let path = self.title_path().to_owned();
        self.set(&path, vec![title]);
    }

    fn title_path(&self) -> &str {
        self.kind.path_of(Role::Title).unwrap_or_default()
    }

    /// What the field at `path` holds.
    pub fn values(&self, path: &str) -> &[String] {
        self.values.get(path).map_or(&[], Vec::as_slice)
    }

    /// Lets the field at `path` hold `values`.
    pub fn set(&mut self, path: &str, values: Vec<String>) {
        self.values.insert(path.to_owned(), values);
    }

    /// Takes an assignment such as `services=checkout,payments`. What it says twice of a list adds up.
    ///
    /// # Errors
    ///
    /// If it is none, or the kind has no such field.
    pub fn assign(&mut self, assignment: &str) -> Result<()> {
        let (path, value) = assignment
            .split_once('=')
            .with_context(|| format!("`{assignment}` is no assignment\nhelp: write `--set field=value`"))?;
        let path = path.trim();
        let Some(field) = Field::at(&self.kind.fields, path) else { return Err(self.unknown(path)) };
        if let Some(first) = field.fields.first().filter(|_| field.is_object()) {
            bail!(
                "`{path}` is a group of fields\nhelp: set one of them, as in `--set {path}.{}=…`",
                first.name
            );
        }
        if is_many(&self.kind, path) {
            let items = value.split(',').map(|item| item.trim().to_owned()).filter(|item| !item.is_empty());
            self.values.entry(path.to_owned()).or_default().extend(items);
        } else {
            self.set(path, vec![value.trim().to_owned()]);
        }
        Ok(())
    }

    fn unknown(&self, path: &str) -> anyhow::Error {
        let mut known = Vec::new();
        leaves(&self.kind.fields, "", &mut |path, _| known.push(path.to_owned()));
        let help = match suggest::closest(path, known.iter().map(String::as_str)) {
            Some(close) => format!("did you mean `{close}`?"),
            None => {
                let top = self.kind.fields.iter().map(|field| field.name.as_str());
                format!("its fields are {}", names(top))
            }
        };
        anyhow::anyhow!("{} has no field `{path}`\nhelp: {help}", article(&self.kind.id))
    }

    /// Fills in what the kind says that a new document begins with, at the moment `now`.
    pub fn fill(&mut self, now: &Zoned) {
        let kind = Arc::clone(&self.kind);
        let groups = self.values.keys().filter_map(|path| path.rsplit_once('.'));
        let given: BTreeSet<String> = groups.map(|(group, _)| group.to_owned()).collect();
        leaves(&kind.fields, "", &mut |path, field| {
            let Some(fill) = &field.fill else { return };
            let format = field.field_type.definition().now.filter(|_| fill == Field::NOW);
            let value = format.map_or_else(|| fill.clone(), |format| now.strftime(format).to_string());
            // Where the author gave times, a default of now could contradict them.
            let group = path.rsplit_once('.').map_or("", |(group, _)| group);
            let is_settled = !field.required && fill == Field::NOW && given.contains(group);
            if self.values(path).is_empty() && !is_settled {
                self.set(path, vec![value]);
            }
        });
    }

    /// Writes each reference as short as it can be. `own` is the id that the document will have.
    pub fn shorten(&mut self, base: &KnowledgeBase, own: &str) {
        let Self { kind, values, .. } = self;
        for (path, values) in values {
            let Some(field) = Field::at(&kind.fields, path) else { continue };
            if !field.is_reference() {
                continue;
            }
            for value in values {
                let ids = &base.graph.ids;
                if let Resolution::Found(document) = ids.find(value, &field.to, &base.kinds) {
                    // What is the new document's own name would lead to it.
                    let is_own =
                        |name: &String| name == own && (field.to.is_empty() || field.to.contains(&kind.id));
                    let mut names = ids.names(document, &field.to, &base.kinds);
                    *value = names.find(|name| !is_own(name)).unwrap_or_else(|| std::mem::take(value));
                }
            }
        }
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = "---\n".to_owned();
        let title = self.kind.field_of(Role::Title);
        if let Some(field) = title
            && let Some(value) = self.value(field, &field.name, 0..1)
        {
            line(&mut text, "", &field.name, &value);
        }
        if let Some(name) = self.kind.path_of(Role::Kind).filter(|_| self.states_kind) {
            line(&mut text, "", name, &self.kind.id);
        }
        for field in
            self.kind.fields.iter().filter(|field| title.is_none_or(|title| title.name != field.name))
        {
            self.field(&mut text, field);
        }
        self.hints(&mut text);
        text + "---\n\n" + &self.kind.template.replace("{{ title }}", self.title())
    }

    /// A field of the document, if it holds anything.
    fn field(&self, text: &mut String, field: &Field) {
        let path = field.name.as_str();
        if field.is_object() && !field.many {
            if self.groups(path) > 0 {
                let _ = writeln!(text, "{path}:");
            }
            for inner in &field.fields {
                let inner_path = format!("{path}.{}", inner.name);
                if let Some(value) = self.value(inner, &inner_path, 0..usize::MAX) {
                    line(text, "  ", &inner.name, &value);
                }
            }
            return;
        }
        let Some(value) = self.value(field, path, 0..usize::MAX) else { return };
        let is_short = path.len() + value.len() < WIDTH && !field.is_object();
        if is_short || !field.many {
            line(text, "", path, &value);
            return;
        }
        let _ = writeln!(text, "{path}:");
        for item in 0..self.groups(path) {
            let value = self.item(field, path, item..item + 1).unwrap_or_default();
            let _ = writeln!(text, "  - {value}");
        }
    }

    /// What a field holds, on one line. Of lists of groups, those in `range`.
    fn value(&self, field: &Field, path: &str, range: Range<usize>) -> Option<String> {
        if !field.many {
            return self.item(field, path, range);
        }
        let items = (range.start..range.end.min(self.groups(path)))
            .filter_map(|item| self.item(field, path, item..item + 1));
        let items: Vec<String> = items.collect();
        (!items.is_empty()).then(|| format!("[{}]", items.join(", ")))
    }

    fn item(&self, field: &Field, path: &str, range: Range<usize>) -> Option<String> {
        if field.is_object() {
            let inner = field.fields.iter().filter_map(|inner| {
                let value = self.value(inner, &format!("{path}.{}", inner.name), range.clone())?;
                Some(format!("{}: {value}", inner.name))
            });
            let inner: Vec<String> = inner.collect();
            return (!inner.is_empty()).then(|| format!("{{ {} }}", inner.join(", ")));
        }
        let value = self.values(path).get(range.start)?;
        Some(match field.field_type.definition().yaml {
            YamlForm::Yaml => value.clone(),
            YamlForm::Plain => plain(value, false),
            YamlForm::Text => scalar(value),
        })
    }

    /// How many values stand at `path`: for a group, in the longest field of it.
    fn groups(&self, path: &str) -> usize {
        let below = format!("{path}.");
        let inside = self.values.iter().filter(|(other, _)| *other == path || other.starts_with(&below));
        inside.map(|(_, values)| values.len()).max().unwrap_or_default()
    }

    /// Whether `field` would say who owns the document, and nothing else can. A squad is its own.
    pub(super) fn lacks_owner(&self, field: &Field) -> bool {
        let says_owner = |field: &Arc<Field>| field.owner.is_some() && field.required;
        field.owner == Some(OwnerRole::Direct)
            && !field.to.contains(&self.kind.id)
            && !self.kind.fields.iter().any(says_owner)
    }

    /// Lines that show what else the author should think of.
    fn hints(&self, text: &mut String) {
        let is_hint = |field: &&Arc<Field>| {
            let names_itself = matches!(field.role, Some(Role::Kind | Role::Id | Role::Title));
            !field.required && !names_itself && self.groups(&field.name) == 0
        };
        let mut fields: Vec<&Arc<Field>> = self.kind.fields.iter().filter(is_hint).collect();
        fields.sort_by_key(|field| !self.lacks_owner(field));
        fields.truncate(HINTS);
        let hints: Vec<String> = fields
            .iter()
            .map(|field| format!("{}: {}", field.name, hint(field)).trim_end().to_owned())
            .collect();
        let width = |hint: &String| hint.chars().count();
        let column = hints.iter().map(width).filter(|width| *width < WIDEST).max().unwrap_or_default();
        let _ = writeln!(text, "# Worth saying too. `sdkb schema {}` has every field.", self.kind.id);
        for (hint, field) in hints.iter().zip(fields) {
            let choices = match field.choices.as_slice() {
                [] => String::new(),
                choices => format!(" One of {}.", choices.join(", ")),
            };
            let _ = writeln!(text, "# {hint:column$}  # {}{choices}", field.help);
        }
    }
}

fn line(text: &mut String, indent: &str, name: &str, value: &str) {
    let _ = writeln!(text, "{indent}{name}: {value}");
}

/// What a field may look like: its example, or a place to write in.
fn hint(field: &Field) -> String {
    let one = if field.is_object() {
        let required: Vec<&Arc<Field>> = field.fields.iter().filter(|inner| inner.required).collect();
        let shown = if required.is_empty() { field.fields.iter().take(3).collect() } else { required };
        let inner =
            shown.iter().map(|inner| format!("{}: {}", inner.name, hint(inner)).trim_end().to_owned());
        format!("{{ {} }}", inner.collect::<Vec<_>>().join(", "))
    } else if field.is_reference() {
        // The example need not exist here.
        String::new()
    } else {
        field.example.clone()
    };
    if field.many && !one.starts_with('[') { format!("[{one}]") } else { one }
}

/// A text as YAML. Plain where it reads back as the same, here and where types are guessed; else quoted.
pub(crate) fn scalar(text: &str) -> String {
    plain(text, true)
}

/// A single value as YAML, plain if it can be. A text must not look like a value of another type.
fn plain(value: &str, is_text: bool) -> String {
    let words = ["true", "false", "yes", "no", "on", "off", "null"];
    let is_guessed = words.contains(&value.to_lowercase().as_str())
        || value.parse::<f64>().is_ok()
        || FieldType::Date.read(value, &[]).is_ok();
    // As in a list, where more signs have a meaning.
    let line = format!("[{value}, {value}]");
    let read = yaml::tree(&line, 0..line.len()).ok().flatten();
    let is_same = read.is_some_and(|node| match node.content {
        Content::List(items) => items.len() == 2 && items.iter().all(|item| item.text() == Some(value)),
        _ => false,
    });
    let is_quoted_already = value.starts_with(['"', '\'']);
    if is_same && !is_quoted_already && !(is_text && is_guessed) {
        return value.to_owned();
    }
    serde_json::Value::from(value).to_string()
}

/// Whether the field at `path` can hold several values: it is a list, or stands in one.
pub(super) fn is_many(kind: &Kind, path: &str) -> bool {
    let ends = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
    ends.into_iter().any(|end| Field::at(&kind.fields, &path[..end]).is_some_and(|field| field.many))
}

/// Calls `see` with every field that holds no others, and its path.
pub(super) fn leaves<'a>(fields: &'a [Arc<Field>], outer: &str, see: &mut dyn FnMut(&str, &'a Arc<Field>)) {
    for field in fields {
        let path = if outer.is_empty() { field.name.clone() } else { format!("{outer}.{}", field.name) };
        if field.is_object() {
            leaves(&field.fields, &path, see);
        } else {
            see(&path, field);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn texts_are_quoted_where_yaml_would_read_something_else() {
        for plain in ["Acme operations", "docs/kb", "https://git.example/kb/-/blob/main/"] {
            assert_eq!(scalar(plain), plain);
        }
        for (text, quoted) in [
            ("Ops: the book", "\"Ops: the book\""),
            ("# 1", "\"# 1\""),
            ("a \"b\", c", "\"a \\\"b\\\", c\""),
            ("- x", "\"- x\""),
            ("2024", "\"2024\""),
            ("on", "\"on\""),
            ("", "\"\""),
        ] {
            assert_eq!(scalar(text), quoted);
        }
    }
}
