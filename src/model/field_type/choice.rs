//! `choice`: one of the words that the field lists. Once read, it is text.

use serde_json::{Value, json};

use super::definition::{Definition, Shape, Values, YamlForm};

pub(super) static TYPE: Definition = Definition {
    name: "choice",
    expected: "one of the choices",
    example: "",
    shape: Shape::Scalar { schema },
    values: Values::Choices,
    yaml: YamlForm::Text,
    now: None,
    is_telling: true,
};

pub(super) fn read(text: &str, choices: &[String]) -> Option<String> {
    choices.iter().find(|choice| *choice == text).cloned()
}

fn schema(choices: &[String]) -> Value {
    json!({ "enum": choices.iter().flat_map(|choice| typed(choice)).collect::<Vec<_>>() })
}

/// A word, and what readers of YAML may take it for.
pub fn typed(word: &str) -> Vec<Value> {
    let number = serde_json::from_str::<serde_json::Number>(word).ok().map(Value::from);
    let boolean = word.parse::<bool>().ok().map(Value::from);
    std::iter::once(Value::from(word)).chain(number).chain(boolean).collect()
}
