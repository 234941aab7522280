//! The rules, a pair of files each: what it does, and what it says. To add one, write the two and name it here.

use crate::check::Rule;

macro_rules! rules {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*

        /// All rules, by name.
        pub static RULES: &[&Rule] = &[$(&$name::RULE),*];
    };
}

rules! {
    active_file,
    alert_claimed_twice,
    alert_without_runbook,
    ambiguous_reference,
    broken_anchor,
    broken_link,
    broken_reference,
    contradictory_times,
    dead_alias,
    dependency_cycle,
    dropped_html,
    duplicate_field,
    duplicate_id,
    duplicate_row,
    duplicate_url,
    duplicate_value,
    duplicate_variable,
    empty_document,
    entity_mismatch,
    expression_changed,
    foreign_syntax,
    future_date,
    invalid_suppression,
    invalid_syntax,
    invalid_value,
    misread_text,
    missing_field,
    missing_image,
    missing_section,
    no_owner,
    orphan_document,
    overdue_action,
    owner_mismatch,
    pattern_mismatch,
    placeholder_command,
    removed_url,
    severity_mismatch,
    stale_review,
    template_error,
    unanswered_alert,
    unknown_alert,
    unknown_field,
    unknown_kind,
    unknown_row,
    unknown_rule,
    unknown_service,
    unknown_shortcode,
    unmatched_pattern,
    unmet_expectation,
    unpublished_file,
    unreachable_link,
    unreachable_owner,
    unreadable_file,
    unsafe_drawing,
    unused_file,
    unused_suppression,
    unwritten_section,
    wrong_kind_reference,
    wrong_runbook_url,
}

pub use template_error::finding as template_error;

/// The rule with this name.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id).copied()
}
