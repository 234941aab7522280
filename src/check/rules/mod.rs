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

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn rules_are_in_order_and_named_like_their_files() {
        let mut ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
        let listed = ids.clone();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids, listed);
        for id in ids {
            let file = format!("{}/src/check/rules/{}.rs", env!("CARGO_MANIFEST_DIR"), id.replace('-', "_"));
            assert!(std::path::Path::new(&file).is_file(), "{file}");
        }
    }
}
