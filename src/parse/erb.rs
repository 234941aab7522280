//! Code of ERB in a template: `<%= name %>`, `<% if x %>`, `<%# a comment %>`. It is run before the markdown around it is
//! read (<https://docs.ruby-lang.org/en/3.4/ERB.html>).

use super::dialect::Change;

/// The most bytes of an address before its code.
const LONGEST_ADDRESS: usize = 500;

/// The code in `template`, which is left out. In the address of a link it stays, so that the address is known to have a
/// variable in it.
pub(super) fn changes(template: &str) -> Vec<Change> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = template[from..].find("<%").map(|at| from + at) {
        // `<%%` stands for `<%`.
        if template[start..].starts_with("<%%") {
            from = start + "<%%".len();
            continue;
        }
        let end = template[start..].find("%>").map_or(template.len(), |at| start + at + "%>".len());
        if !is_in_address(&template[..start]) {
            found.push(Change::Remove(start..end));
        }
        from = end;
    }
    found
}

/// Whether the address of a link or the value of an attribute is open at the end of `before`.
fn is_in_address(before: &str) -> bool {
    let before = &before[before.floor_char_boundary(before.len().saturating_sub(LONGEST_ADDRESS))..];
    let line = before.rsplit('\n').next().unwrap_or_default();
    let is_open =
        |sign: &str, close: char| line.rfind(sign).is_some_and(|at| !line[at + sign.len()..].contains(close));
    is_open("](", ')') || is_open("=\"", '"') || is_open("='", '\'')
}
