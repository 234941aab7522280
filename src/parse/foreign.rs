//! Syntax of other tools that readers would see as it is written.

use std::ops::Range;

use super::attributes::{is_mark, is_pair, words};
use crate::model::ForeignSyntax;

/// The most bytes that a tag has on its line.
const LONGEST_TAG: usize = 500;

/// How far the end of an element or a comment is looked for.
const LONGEST_ELEMENT: usize = 1_000;

/// Where a line of text stands.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    /// Whether it starts a paragraph.
    pub(super) is_first: bool,
    /// Whether it stands right behind a link, a picture or code.
    pub(super) is_behind: bool,
    /// Whether it is of a heading.
    pub(super) is_heading: bool,
}

/// The syntax of another tool that a line of text has, and where. `source` is the line and what follows it in the file.
pub(super) fn syntax(line: &str, source: &str, place: Place) -> Option<(ForeignSyntax, Range<usize>)> {
    let text = line.trim();
    // Nearly no text has any.
    if !text.contains(['{', '%', '<']) && !text.starts_with([':', '-', 'i', 'e', 'h', '.', '[']) {
        return None;
    }
    let start = line.len() - line.trim_start().len();
    let whole = start..start + text.len();
    // A shortcode of Hugo has two braces.
    if let Some((at, _)) = line.match_indices("{%").find(|(at, _)| !line[..*at].ends_with('{')) {
        let end = line[at..].find("%}").map_or(line.len(), |end| at + end + "%}".len());
        return Some((ForeignSyntax::Liquid, at..end));
    }
    if let Some(at) = line.find("{{#") {
        let end = line[at..].find("}}").map_or(line.len(), |end| at + end + "}}".len());
        return Some((ForeignSyntax::MdBook, at..end));
    }
    if let Some(place) = mdx_comment(line, source) {
        return Some((ForeignSyntax::MdxComment, place));
    }
    if let Some(place) = extension(line) {
        return Some((ForeignSyntax::Extension, place));
    }
    if let Some(place) = comment(line) {
        return Some((ForeignSyntax::Comment, place));
    }
    if let Some(place) = component(line, source).or_else(|| component_of_lines(line, source)) {
        return Some((ForeignSyntax::Mdx, place));
    }
    let found = if text.starts_with(":::") {
        ForeignSyntax::Container
    } else if text.starts_with("--8<--") {
        ForeignSyntax::Snippet
    } else if place.is_first && is_mdx(text) {
        ForeignSyntax::Mdx
    } else if is_jira(text, &source[line.len().min(source.len())..], place) {
        ForeignSyntax::Jira
    } else if is_ascii_doc(text, &source[line.len().min(source.len())..]) {
        ForeignSyntax::AsciiDoc
    } else if place.is_first && is_rst(text) {
        ForeignSyntax::Rst
    } else {
        return attributes(line, source, place).map(|place| (ForeignSyntax::Attributes, place));
    };
    Some((found, whole))
}

/// The length of `{name}` where a fence is a directive of MyST: ```` ```{include} file ````.
pub(super) fn directive(info: &str) -> Option<usize> {
    let (name, _) = info.trim_start().strip_prefix('{')?.split_once('}')?;
    is_name(name).then_some(name.len() + 2)
}

/// The length of `{name}` at the end of a text, behind which a role of MyST has code.
pub(super) fn role_name(text: &str) -> Option<usize> {
    let open = text.strip_suffix('}')?.rfind('{')?;
    let is_free =
        text[..open].chars().next_back().is_none_or(|last| last.is_whitespace() || "([\"'".contains(last));
    (is_free && is_name(&text[open + 1..text.len() - 1])).then_some(text.len() - open)
}

/// Whether `name` can be that of a directive or a role.
fn is_name(name: &str) -> bool {
    name.len() > 1
        && name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_:+".contains(letter))
}

/// `{/* a comment */}` of MDX. What is in it may be read as markdown, so that the text ends before it.
fn mdx_comment(line: &str, source: &str) -> Option<Range<usize>> {
    let at = line.match_indices("{/").map(|(at, _)| at).find(|at| source[*at..].starts_with("{/*"))?;
    let near = &source[at..source.floor_char_boundary(at + LONGEST_ELEMENT)];
    let first = near.lines().next().unwrap_or_default();
    let end = first.find("*/}").map_or(first.trim_end().len(), |end| end + "*/}".len());
    Some(at..at + end)
}

/// `{::comment}` and the like of Kramdown.
fn extension(line: &str) -> Option<Range<usize>> {
    line.match_indices("{::").find_map(|(at, sign)| {
        let rest = &line[at + sign.len()..];
        let end = rest.find('}')?;
        let name = rest[..end].split([' ', '/']).next()?;
        is_name(name).then_some(at..at + sign.len() + end + 1)
    })
}

/// `%%a comment%%` of Obsidian, or one of the signs alone on a line, between which it stands.
fn comment(line: &str) -> Option<Range<usize>> {
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

/// `<Card title="…">`, `</Card>` and `<Card />` of MDX, and `<Card>` with an end. `<Hostname>` stands for a name.
fn component(line: &str, source: &str) -> Option<Range<usize>> {
    line.match_indices('<').find_map(|(at, _)| {
        let rest = &line[at + 1..];
        let (inner, _) = rest[..rest.floor_char_boundary(LONGEST_TAG)].split_once('>')?;
        let name = inner.trim_start_matches('/').split([' ', '/']).next()?;
        let is_name = name.starts_with(|letter: char| letter.is_ascii_uppercase())
            && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '.')
            && name.contains(|letter: char| letter.is_ascii_lowercase());
        let has_attribute =
            ["=\"", "='", "={"].iter().any(|sign| inner.contains(sign)) && inner.contains(' ');
        let near = &source[..source.floor_char_boundary(LONGEST_ELEMENT)];
        let has_end = || inner == name && near.contains(&format!("</{name}>"));
        let is_tag = inner.starts_with('/') || inner.ends_with('/') || has_attribute;
        let is_tag = is_tag || (is_name && has_end());
        (is_name && is_tag).then_some(at..at + 1 + inner.len() + 1)
    })
}

/// A component whose tag goes over several lines.
fn component_of_lines(line: &str, source: &str) -> Option<Range<usize>> {
    let at = line.rfind('<')?;
    let end = line.trim_end().len();
    if line[at..].contains('>') || source.len() <= line.len() {
        return None;
    }
    let rest = &source[at..];
    let tag = rest[..rest.floor_char_boundary(LONGEST_TAG)].split_inclusive('>').next()?;
    // No tag goes on in the next paragraph.
    let is_whole = tag.ends_with('>') && tag.lines().all(|line| !line.trim().is_empty());
    let flat = tag.split_whitespace().collect::<Vec<_>>().join(" ");
    (is_whole && component(&flat, &flat)?.start == 0).then_some(at..end)
}

/// Whether a paragraph that begins so is a module's import or export.
fn is_mdx(text: &str) -> bool {
    let is_import =
        text.starts_with("import ") && [" from '", " from \""].iter().any(|from| text.contains(from));
    let exports = ["export const ", "export default ", "export function "];
    is_import || exports.iter().any(|export| text.starts_with(export))
}

/// `h2. Steps`, `{code:bash}`, or `{warning}` that another one ends:
/// <https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all>.
fn is_jira(text: &str, rest: &str, place: Place) -> bool {
    const MACROS: [&str; 9] =
        ["code", "noformat", "warning", "info", "note", "tip", "panel", "quote", "expand"];
    if let [b'h', b'1'..=b'6', b'.', b' ', ..] = text.as_bytes() {
        return place.is_first;
    }
    let Some((inner, after)) = text.strip_prefix('{').and_then(|inner| inner.split_once('}')) else {
        return false;
    };
    let (name, has_options) = inner.split_once(':').map_or((inner, false), |(name, _)| (name, true));
    let is_ended = || [after, rest].iter().any(|text| text.contains(&format!("{{{name}}}")));
    MACROS.contains(&name) && (has_options || is_ended())
}

/// `[NOTE]` or `[source,sh]` above the line that begins a block: <https://docs.asciidoctor.org/asciidoc/latest/blocks/>.
fn is_ascii_doc(text: &str, rest: &str) -> bool {
    let Some(name) = text.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) else { return false };
    let name = name.split(',').next().unwrap_or_default();
    let is_block =
        matches!(name, "NOTE" | "TIP" | "IMPORTANT" | "CAUTION" | "WARNING" | "source" | "listing");
    let fence = rest.lines().find(|line| !line.is_empty()).unwrap_or_default().trim_end();
    let is_fence =
        fence.len() >= 4 && ["=", "-", "*", "."].iter().any(|sign| fence.replace(*sign, "").is_empty());
    is_block && is_fence
}

/// `.. note::`: <https://docutils.sourceforge.io/docs/ref/rst/directives.html>.
fn is_rst(text: &str) -> bool {
    let name = text.strip_prefix(".. ").and_then(|rest| rest.split_once("::")).map(|(name, _)| name);
    name.is_some_and(is_name)
}

/// `{: #id .class }` and `{ .class }`, as Kramdown and MkDocs have it. Without a class or an id, `{ a=1 }` is one only
/// where a list of attributes may stand.
fn attributes(line: &str, source: &str, place: Place) -> Option<Range<usize>> {
    let mut from = 0;
    for (end, _) in line.match_indices('}') {
        let found = line[from..end].rfind('{').map(|at| from + at);
        from = end;
        let Some(at) = found else { continue };
        let inner = &line[at + 1..end];
        let words = words(inner.trim_start_matches(':'));
        let (before, after) = (line[..at].trim(), line[end + 1..].trim());
        let is_alone = before.is_empty() && after.is_empty() && {
            let rest = source[line.len()..].lines().next().unwrap_or_default();
            place.is_first && rest.trim().is_empty()
        };
        let may_stand = inner.starts_with(':')
            || place.is_behind && before.is_empty()
            || place.is_heading && after.is_empty() && !before.is_empty()
            || is_alone;
        let is_list = words.iter().any(|word| is_mark(word)) || (may_stand && !words.is_empty());
        if is_list && words.iter().all(|word| is_mark(word) || is_pair(word)) {
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
            ("{/* hidden */} x", Some((ForeignSyntax::MdxComment, "{/* hidden */}"))),
            ("{::comment}x{:/comment}", Some((ForeignSyntax::Extension, "{::comment}"))),
            ("{ width=200 }", Some((ForeignSyntax::Attributes, "{ width=200 }"))),
            (
                "x {: target=\"_blank\" title=\"a b\" }",
                Some((ForeignSyntax::Attributes, "{: target=\"_blank\" title=\"a b\" }")),
            ),
            ("where {a=1} holds, {{% x %}}", None),
            ("<Hostname> is <Not set>, 100%% of a%%b, a < b / c > d", None),
            ("import the dump from the replica", None),
            ("{{ $labels.instance }} is down", None),
            ("GET /users/{id} and {a,b} {}", None),
            ("50 % of {x} (y)= z", None),
            ("set {.items[0].name}", None),
            ("{code:bash}", Some((ForeignSyntax::Jira, "{code:bash}"))),
            ("{warning}Stop.{warning}", Some((ForeignSyntax::Jira, "{warning}Stop.{warning}"))),
            ("h2. Steps", Some((ForeignSyntax::Jira, "h2. Steps"))),
            (".. code-block:: sh", Some((ForeignSyntax::Rst, ".. code-block:: sh"))),
            ("{note}", None),
            ("h2.5 is out, ... see", None),
            ("[NOTE]", None),
        ] {
            let found = syntax(line, line, Place { is_first: true, ..Place::default() });
            assert_eq!(found.map(|(syntax, place)| (syntax, &line[place])), expected, "{line}");
        }
    }

    #[test]
    fn blocks_of_other_markup_are_told_by_the_lines_behind() {
        for (source, expected) in [
            ("[NOTE]\n====\nStop.\n====\n", Some(ForeignSyntax::AsciiDoc)),
            ("[source,sh]\n----\nls\n----\n", Some(ForeignSyntax::AsciiDoc)),
            ("{note}\nStop.\n{note}\n", Some(ForeignSyntax::Jira)),
            ("[NOTE]\n\nStop.\n", None),
            ("[Title]\n====\n", None),
        ] {
            let line = source.lines().next().unwrap_or_default();
            let found = syntax(line, source, Place { is_first: true, ..Place::default() });
            assert_eq!(found.map(|(syntax, _)| syntax), expected, "{source}");
        }
    }
}
