//! The rules, one file each. To add one, write its file and name it here.

use super::Rule;

macro_rules! rules {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*

        /// All rules, by name.
        pub static RULES: &[&Rule] = &[$(&$name::RULE),*];
    };
}

rules! {
    ambiguous_reference,
    broken_anchor,
    broken_link,
    broken_reference,
    contradictory_times,
    dead_alias,
    duplicate_field,
    duplicate_id,
    duplicate_url,
    duplicate_value,
    invalid_syntax,
    invalid_value,
    missing_field,
    missing_image,
    unknown_field,
    unknown_kind,
    unknown_shortcode,
    unmet_expectation,
    unpublished_file,
    unreadable_file,
    wrong_kind_reference,
}
