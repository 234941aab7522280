//! Syntax of other tools that readers would see as it is written.

use crate::model::ForeignSyntax;

/// The most bytes that a tag has on its line.
const LONGEST_TAG: usize = 500;

/// The syntax of another tool that a line of text has, and where. `is_first` says whether the line starts a paragraph.
pub(super) fn syntax(line: &str, is_first: bool) -> Option<(ForeignSyntax, std::ops::Range<usize>)> {
    let text = line.trim();
    // Nearly no text has any.
    if !text.contains(['{', '%', '<']) && !text.starts_with([':', '-', 'i', 'e']) {
        return None;
    }
    let start = line.len() - line.trim_start().len();
    let whole = start..start + text.len();
    if let Some(at) = line.find("{%") {
        let end = line[at..].find("%}").map_or(line.len(), |end| at + end + "%}".len());
        return Some((ForeignSyntax::Liquid, at..end));
    }
    if let Some(at) = line.find("{{#") {
        let end = line[at..].find("}}").map_or(line.len(), |end| at + end + "}}".len());
        return Some((ForeignSyntax::MdBook, at..end));
    }
    if let Some(place) = comment(line) {
        return Some((ForeignSyntax::Comment, place));
    }
    if let Some(place) = component(line) {
        return Some((ForeignSyntax::Mdx, place));
    }
    let found = if text.starts_with(":::") {
        ForeignSyntax::Container
    } else if text.starts_with("--8<--") {
        ForeignSyntax::Snippet
    } else if is_first && is_mdx(text) {
        ForeignSyntax::Mdx
    } else {
        return attributes(line).map(|place| (ForeignSyntax::Attributes, place));
    };
    Some((found, whole))
}

/// `%%a comment%%` of Obsidian, or one of the signs alone on a line, between which it stands.
fn comment(line: &str) -> Option<std::ops::Range<usize>> {
    let at = line.find("%%")?;
    let starts = line[..at].chars().next_back().is_none_or(char::is_whitespace);
    let rest = &line[at + 2..];
    if line.trim() == "%%" {
        return Some(at..at + 2);
    }
    let length = rest.find("%%").filter(|length| starts && *length > 0)?;
    let end = at + 2 + length + 2;
    let is_end = line[end..].chars().next().is_none_or(|next| !next.is_alphanumeric() && next != '%');
    is_end.then_some(at..end)
}

/// `<Card title="…">`, `</Card>` and `<Card />` of MDX. `<Hostname>` stands for a name.
fn component(line: &str) -> Option<std::ops::Range<usize>> {
    line.match_indices('<').find_map(|(at, _)| {
        let rest = &line[at + 1..];
        let (inner, _) = rest[..rest.floor_char_boundary(LONGEST_TAG)].split_once('>')?;
        let name = inner.trim_start_matches('/').split([' ', '/']).next()?;
        let is_name = name.starts_with(|letter: char| letter.is_ascii_uppercase())
            && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '.')
            && name.contains(|letter: char| letter.is_ascii_lowercase());
        let has_attribute =
            ["=\"", "='", "={"].iter().any(|sign| inner.contains(sign)) && inner.contains(' ');
        let is_tag = inner.starts_with('/') || inner.ends_with('/') || has_attribute;
        (is_name && is_tag).then_some(at..at + 1 + inner.len() + 1)
    })
}

/// Whether a paragraph that begins so is a module's import or export.
fn is_mdx(text: &str) -> bool {
    let is_import =
        text.starts_with("import ") && [" from '", " from \""].iter().any(|from| text.contains(from));
    let exports = ["export const ", "export default ", "export function "];
    is_import || exports.iter().any(|export| text.starts_with(export))
}

/// `{: #id .class }` and `{ .class }`, as Kramdown and MkDocs have it.
fn attributes(line: &str) -> Option<std::ops::Range<usize>> {
    let mut from = 0;
    for (end, _) in line.match_indices('}') {
        let Some(at) = line[from..end].rfind('{').map(|at| from + at) else { continue };
        from = end;
        let inner = line[at + 1..end].trim_start_matches(':').trim();
        let is_mark = |word: &str| {
            word.strip_prefix(['.', '#']).is_some_and(|name| {
                name.starts_with(|letter: char| letter.is_ascii_alphabetic())
                    && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter))
            })
        };
        let is_pair = |word: &str| {
            word.split_once('=').is_some_and(|(key, value)| !key.is_empty() && !value.is_empty())
        };
        let words = || inner.split_whitespace();
        if words().any(is_mark) && words().all(|word| is_mark(word) || is_pair(word)) {
            return Some(at..end + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syntax_of_other_tools_is_told_from_text() {
        for (line, expected) in [
            ("{% hint style=\"danger\" %}", Some((ForeignSyntax::Liquid, "{% hint style=\"danger\" %}"))),
            ("see {% link a.md %} here", Some((ForeignSyntax::Liquid, "{% link a.md %}"))),
            ("{{#include other.md}}", Some((ForeignSyntax::MdBook, "{{#include other.md}}"))),
            ("::: mermaid", Some((ForeignSyntax::Container, "::: mermaid"))),
            ("--8<-- \"note.md\"", Some((ForeignSyntax::Snippet, "--8<-- \"note.md\""))),
            (
                "import Tabs from '@theme/Tabs';",
                Some((ForeignSyntax::Mdx, "import Tabs from '@theme/Tabs';")),
            ),
            ("go { .md-button }", Some((ForeignSyntax::Attributes, "{ .md-button }"))),
            ("{: #para }", Some((ForeignSyntax::Attributes, "{: #para }"))),
            ("a %%not for readers%% b", Some((ForeignSyntax::Comment, "%%not for readers%%"))),
            ("%%", Some((ForeignSyntax::Comment, "%%"))),
            ("<Card title=\"a\">x", Some((ForeignSyntax::Mdx, "<Card title=\"a\">"))),
            ("x</Card.Item>", Some((ForeignSyntax::Mdx, "</Card.Item>"))),
            ("<Hostname> is <Not set>, 100%% of a%%b, a < b / c > d", None),
            ("import the dump from the replica", None),
            ("{{ $labels.instance }} is down", None),
            ("GET /users/{id} and {a,b} {}", None),
            ("50 % of {x} (y)= z", None),
            ("set {.items[0].name}", None),
        ] {
            let found = syntax(line, true);
            assert_eq!(found.map(|(syntax, place)| (syntax, &line[place])), expected, "{line}");
        }
    }
}
