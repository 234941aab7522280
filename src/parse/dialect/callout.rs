//! The openings of callouts in other dialects.

use std::ops::Range;

use super::shortcode::{Tag, place_in};

/// Docusaurus: the line that ends what `<TabItem label="…">` begins.
pub(super) const TAB_END: &str = "</TabItem>";

/// A callout that starts, as GitHub would say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Callout {
    /// `NOTE`, `TIP`, `IMPORTANT`, `WARNING` or `CAUTION`.
    pub(super) alert: &'static str,
    pub(super) title: Title,
}

/// What stands above a callout's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Title {
    /// The name of GitHub's alert.
    Alert,
    /// The name that the callout's type has in its own dialect.
    Type(String),
    /// The author's words, at this place in the line.
    Written(Range<usize>),
}

impl Callout {
    /// A callout of type `word`; a type that no dialect knows is a note of that name, as in MkDocs.
    fn new(word: &str, title: Option<Range<usize>>) -> Self {
        let alert = alert(word).unwrap_or("NOTE");
        let title = match title.filter(|title| !title.is_empty()) {
            Some(title) => Title::Written(title),
            None if word.eq_ignore_ascii_case(alert) => Title::Alert,
            None => Title::Type(capitalized(word)),
        };
        Self { alert, title }
    }
}

impl Callout {
    /// A callout of a style that has no name of its own.
    pub(super) fn plain(style: &str) -> Self {
        Self { alert: alert(style).unwrap_or("NOTE"), title: Title::Alert }
    }
}

/// GitHub's alert for a callout type of MkDocs, Docusaurus, MyST or a Hugo theme.
fn alert(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "note" | "info" | "abstract" | "summary" | "tldr" | "example" | "quote" | "cite" | "question"
        | "help" | "faq" | "seealso" | "todo" => "NOTE",
        "tip" | "hint" | "success" | "check" | "done" => "TIP",
        "important" => "IMPORTANT",
        "warning" | "attention" | "warn" => "WARNING",
        "caution" | "danger" | "error" | "failure" | "fail" | "missing" | "bug" => "CAUTION",
        _ => return None,
    })
}

/// Obsidian, and GitHub with more on the line than it takes: `[!abstract]- Title`. `rest` is behind the marks of the
/// quotation. GitHub's own alerts are none of these.
pub(super) fn quoted(rest: &str) -> Option<Callout> {
    let (word, after) = rest.strip_prefix("[!")?.split_once(']')?;
    let alert = alert(word)?;
    let after = after.strip_prefix(['+', '-']).unwrap_or(after);
    if word.eq_ignore_ascii_case(alert)
        && after.len() == rest.len() - "[!]".len() - word.len()
        && after.trim().is_empty()
    {
        return None;
    }
    let is_apart = after.is_empty() || after.starts_with([' ', '\t']);
    let title = after.trim();
    is_apart.then(|| Callout::new(word, (!title.is_empty()).then(|| place_in(rest, title))))
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn is_word(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '_' | '-')
}

/// MkDocs: `!!! note inline "Title"`, `??? note`, `???+ note`. Ranges are in `line`.
pub(super) fn admonition(line: &str) -> Option<Callout> {
    let rest = line.strip_prefix("!!!").or_else(|| {
        let rest = line.strip_prefix("???")?;
        Some(rest.strip_prefix('+').unwrap_or(rest))
    })?;
    let (words, title) = titled(line, line.len() - rest.len());
    let mut words = line[words].split_whitespace();
    let kind = words.next().filter(|kind| kind.chars().all(is_word))?;
    // More words than these, and no title, is someone shouting.
    let is_class = |word: &str| word.chars().all(is_word) && title.is_some();
    words
        .all(|word| matches!(word, "inline" | "end") || is_class(word))
        .then(|| Callout::new(kind, title.clone().flatten()))
}

/// MkDocs: `=== "Label"`, also `===!` and `===+`. The place of the label in `line`.
pub(super) fn tab(line: &str) -> Option<Range<usize>> {
    let rest = line.strip_prefix("===")?;
    let rest = rest.strip_prefix(['!', '+']).unwrap_or(rest);
    let (words, title) = titled(line, line.len() - rest.len());
    title?.filter(|_| line[words].trim().is_empty())
}

/// Splits `line[from..]` into its words and the title in double quotes that may end it.
/// The inner option is empty for an empty title.
fn titled(line: &str, from: usize) -> (Range<usize>, Option<Option<Range<usize>>>) {
    let end = line.trim_end().len().max(from);
    let quoted = line[from..end]
        .strip_suffix('"')
        .and_then(|rest| Some((rest.find('"')?, rest.len())))
        .map(|(open, close)| from + open..from + close);
    match quoted {
        Some(quoted) => {
            let title = quoted.start + 1..quoted.end;
            let blank = line[title.clone()].trim().is_empty();
            (from..quoted.start, Some((!blank).then_some(title)))
        }
        None => (from..end, None),
    }
}

/// A line of three or more colons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Colons {
    /// Opens a callout.
    Callout(Callout),
    /// Opens a diagram: `::: mermaid` of Azure DevOps.
    Diagram,
    /// Opens something else.
    Other,
    /// Closes what was opened last with as many colons.
    Close,
}

/// Docusaurus, MyST and VitePress: `:::note[Title]`, `:::{note} Title`, `::: tip Title`, `:::`.
/// Also the number of colons.
pub(super) fn colons(line: &str) -> Option<(usize, Colons)> {
    let count = line.bytes().take_while(|&byte| byte == b':').count();
    if count < 3 {
        return None;
    }
    let rest = line[count..].trim();
    if rest.is_empty() {
        return Some((count, Colons::Close));
    }
    let braced = rest.strip_prefix('{').map(|name| name.trim_start_matches(['.', ' ']));
    let name = braced.unwrap_or(rest);
    let word = &name[..name.find(|char| !is_word(char)).unwrap_or(name.len())];
    let mut after = &name[word.len()..];
    if braced.is_some() {
        after = after.trim_start_matches(|char| char != '}').strip_prefix('}').unwrap_or_default();
    }
    if word == "mermaid" && name.len() == word.len() {
        return Some((count, Colons::Diagram));
    }
    if !matches!(word, "admonition" | "dropdown" | "details") && alert(word).is_none() {
        return Some((count, Colons::Other));
    }
    let after = after.trim();
    let title = match after.strip_prefix('[') {
        Some(label) => label.split_once(']').map_or(label, |(label, _)| label),
        None if after.starts_with('{') => "",
        None => after.trim_matches('"'),
    };
    let title = (!title.is_empty()).then(|| place_in(line, title));
    Some((count, Colons::Callout(Callout::new(word, title))))
}

/// Hugo: `{{< hint warning >}}`, `{{% notice style="tip" title="Title" %}}`, `{{< note >}}`, ….
/// A written title is a place in `text`.
pub(super) fn shortcode(text: &str, tag: &Tag<'_>) -> Option<Callout> {
    let generic = matches!(tag.name, "hint" | "alert" | "notice" | "callout" | "admonition" | "admonitions");
    let folded = matches!(tag.name, "details" | "expand");
    if !generic && !folded && alert(tag.name).is_none() {
        return None;
    }
    let mut kind = if generic { "note" } else { tag.name };
    let mut title = None;
    for (key, value) in tag.arguments(text) {
        match key {
            Some("title") => title = Some(value),
            Some("summary") if folded => title = Some(value),
            Some("type" | "style" | "color" | "theme" | "level" | "kind" | "context") | None
                if generic && alert(&text[value.clone()]).is_some() =>
            {
                kind = &text[value];
            }
            None if title.is_none() => title = Some(value),
            _ => {}
        }
    }
    Some(Callout::new(kind, title))
}
