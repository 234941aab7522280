//! The schemas of sdkb's own files, in the language that kinds are written in.

use std::sync::{Arc, LazyLock};

use indexmap::IndexMap;

use crate::model::Field;

/// What `sdkb.yml` may say.
pub static CONFIG: LazyLock<Vec<Arc<Field>>> =
    LazyLock::new(|| schema(include_str!("../model/schema/config.yml")));

/// What the head of a kind's file may say.
pub static KIND: LazyLock<Vec<Arc<Field>>> =
    LazyLock::new(|| schema(include_str!("../model/schema/kind.yml")));

/// What a kind's file may say about a field.
pub static FIELD: LazyLock<Vec<Arc<Field>>> =
    LazyLock::new(|| schema(include_str!("../model/schema/field.yml")));

fn schema(text: &str) -> Vec<Arc<Field>> {
    let fields: IndexMap<String, Field> =
        serde_yaml::from_str(text).expect("the built-in schemas are read by every test");
    Field::named(fields)
}
