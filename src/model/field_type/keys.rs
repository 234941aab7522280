//! What a schema may say of fields of some types only.

use super::FieldType;

/// Days and moments.
pub const TIMES: &[FieldType] = &[FieldType::Date, FieldType::DateTime];

/// Moments.
pub const MOMENTS: &[FieldType] = &[FieldType::DateTime];

/// What leads to other documents.
pub const REFERENCES: &[FieldType] = &[FieldType::Reference];

/// Numbers.
pub const NUMBERS: &[FieldType] = &[FieldType::Number];

/// The keys of a field's schema that make sense for some types only, each with these.
pub const KEYS: &[(&str, &[FieldType])] = &[
    ("to", REFERENCES),
    ("inverse", REFERENCES),
    ("mirrors", REFERENCES),
    ("owner", REFERENCES),
    ("acyclic", REFERENCES),
    ("offer", REFERENCES),
    ("choices", &[FieldType::Choice]),
    ("outcomes", &[FieldType::Choice, FieldType::Text]),
    ("settled_by", &[FieldType::Date]),
    ("past", TIMES),
    ("after", TIMES),
    ("elapsed", MOMENTS),
    ("min", NUMBERS),
    ("max", NUMBERS),
    ("at_most", NUMBERS),
    ("row_of", &[FieldType::Text]),
    ("fields", &[FieldType::Object, FieldType::Map]),
];
