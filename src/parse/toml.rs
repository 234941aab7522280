//! Front matter between `+++` lines, as Hugo's documents have it: TOML to the same tree as YAML.

use std::ops::Range;

use toml_edit::{Document, Item, TableLike, Value};

use crate::model::{Content, Node, Span, SyntaxProblem};

/// The TOML in `range` of `text` as a tree; nothing if there are no fields.
///
/// # Errors
///
/// If it is no TOML.
pub(super) fn tree(text: &str, range: Range<usize>) -> Result<Option<Node>, SyntaxProblem> {
    let base = range.start;
    let document = Document::parse(&text[range.clone()]).map_err(|error| {
        let at = base + error.span().map_or(0, |span| span.start);
        if error.message().contains("recurs") {
            return SyntaxProblem::too_deep(text, at, SyntaxProblem::MAX_DEPTH);
        }
        let message = format!("invalid TOML: {}", error.message().lines().next().unwrap_or_default());
        SyntaxProblem::at(
            text,
            at,
            message,
            "sdkb writes front matter in YAML, between `---` lines".to_owned(),
        )
    })?;
    let root = table(document.as_table(), Span::new(range), base);
    Ok((!root.entries().is_empty()).then_some(root))
}

fn table(table: &dyn TableLike, span: Span, base: usize) -> Node {
    let entries = table.iter().filter_map(|(name, item)| {
        let value = node(item, base)?;
        let key_span =
            table.key(name).and_then(|key| key.span()).map_or(value.span, |range| moved(range, base));
        Some((Node { span: key_span, content: Content::Scalar(name.to_owned()) }, value))
    });
    Node { span, content: Content::Map(entries.collect()) }
}

fn node(item: &Item, base: usize) -> Option<Node> {
    let span = item.span().map(|range| moved(range, base)).unwrap_or_default();
    Some(match item {
        Item::None => return None,
        Item::Value(value) => self::value(value, base),
        Item::Table(inner) => table(inner, span, base),
        Item::ArrayOfTables(tables) => {
            let items = tables.iter().map(|inner| {
                let span = inner.span().map(|range| moved(range, base)).unwrap_or_default();
                table(inner, span, base)
            });
            Node { span, content: Content::List(items.collect()) }
        }
    })
}

fn value(value: &Value, base: usize) -> Node {
    let span = value.span().map(|range| moved(range, base)).unwrap_or_default();
    let content = match value {
        Value::String(text) => Content::Scalar(text.value().clone()),
        Value::Integer(number) => Content::Scalar(number.value().to_string()),
        Value::Float(number) => Content::Scalar(number.value().to_string()),
        Value::Boolean(yes) => Content::Scalar(yes.value().to_string()),
        Value::Datetime(time) => Content::Scalar(time.value().to_string()),
        Value::Array(items) => Content::List(items.iter().map(|item| self::value(item, base)).collect()),
        Value::InlineTable(inner) => return table(inner, span, base),
    };
    Node { span, content }
}

fn moved(range: Range<usize>, base: usize) -> Span {
    Span::new(base + range.start..base + range.end)
}
