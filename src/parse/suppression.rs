//! What authors write to keep a finding from being reported: `sdkb-ignore` in a comment, or the field `ignore`.
//!
//! ```text
//! <!-- sdkb-ignore broken-link until 2027-01-31: the wiki moves in January -->
//! ```
//!
//! A comment beside other text is about its line; one that stands alone is about the block that follows.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::model::{FieldValues, Problems, Source, Span, Suppression, SyntaxProblem, Value};

/// What a comment begins with that suppresses findings.
pub const MARK: &str = "sdkb-ignore";

/// The field that holds suppressions for the whole document.
const FIELD: &str = "ignore";

/// The suppressions in a document: those of its fields, of comments in its front matter, which ends at
/// `body_start`, and of the comments at `comments` in its body.
pub(super) fn suppressions(
    source: &Arc<Source>,
    fields: &FieldValues,
    body_start: usize,
    comments: &[Span],
    problems: &mut Problems,
) -> Vec<Suppression> {
    let mut found = in_fields(fields);
    if !source.text.contains(MARK) {
        return found;
    }
    let yaml = in_yaml(&source.text[..body_start]).into_iter();
    let html = comments.iter().flat_map(|span| in_html(&source.text, span.range()));
    for (inside, part) in yaml.chain(html) {
        match read(source, inside, part) {
            Ok(read) => found.extend(read),
            Err(problem) => problems.suppressions.push((Arc::clone(source), problem)),
        }
    }
    found
}

fn in_fields(fields: &FieldValues) -> Vec<Suppression> {
    let Some(Value::List(entries)) = fields.get(FIELD).map(|entry| &entry.value) else { return Vec::new() };
    let entries = entries.iter().filter_map(|entry| match &entry.value {
        Value::Object(fields) => Some(fields),
        _ => None,
    });
    let suppression = |fields: &FieldValues| {
        Some(Suppression {
            rule: fields.text("rule")?.to_owned(),
            location: fields.get("rule")?.location.clone(),
            reason: fields.text("reason")?.to_owned(),
            until: match fields.get("until").map(|entry| &entry.value) {
                Some(Value::Date(until)) => Some(*until),
                _ => None,
            },
            part: None,
        })
    };
    entries.filter_map(suppression).collect()
}

/// What a suppression says, after its mark, and the part of the file that it is about.
type Written = (Range<usize>, Range<usize>);

/// The suppressions in comments of front matter.
fn in_yaml(text: &str) -> Vec<Written> {
    let mut found = Vec::new();
    for (at, line) in lines(text, 0) {
        let Some(hash) = line.find(&format!("# {MARK} ")) else { continue };
        let before = &line[..hash];
        let is_quoted = ['"', '\''].iter().any(|quote| before.matches(*quote).count() % 2 == 1);
        if is_quoted || before.ends_with(|last: char| !last.is_whitespace()) {
            continue;
        }
        let inside = at + hash + "# ".len() + MARK.len()..at + line.trim_end().len();
        let end = at + line.len();
        let is_alone = before.trim().is_empty();
        let next = lines(text, end).find(|(_, next)| !next.trim_start().starts_with('#'));
        let part = if is_alone { next.map_or(end..end, |(at, next)| at..at + next.len()) } else { at..end };
        found.push((inside, part));
    }
    found
}

/// The suppressions in comments of raw HTML.
fn in_html(text: &str, html: Range<usize>) -> Vec<Written> {
    let mut found = Vec::new();
    let mut at = html.start;
    while let Some(open) = text[at..html.end].find("<!--").map(|open| at + open) {
        let close = text[open..html.end].find("-->").map_or(html.end, |close| open + close);
        let content = &text[open + "<!--".len()..close];
        let end = (close + "-->".len()).min(text.len());
        if let Some(rest) = content.trim_start().strip_prefix(MARK).filter(|rest| is_word_end(rest)) {
            found.push((close - rest.len()..close, part(text, open..end)));
        }
        at = end.min(html.end);
    }
    found
}

fn is_word_end(rest: &str) -> bool {
    !rest.starts_with(|next: char| next.is_alphanumeric() || next == '-')
}

/// The part of the text that a comment is about.
fn part(text: &str, comment: Range<usize>) -> Range<usize> {
    let line_start = text[..comment.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[comment.end..].find('\n').map_or(text.len(), |at| comment.end + at + 1);
    let is_margin = |text: &str| text.chars().all(|letter| letter.is_whitespace() || letter == '>');
    if !(is_margin(&text[line_start..comment.start]) && is_margin(&text[comment.end..line_end])) {
        return line_start..line_end;
    }
    let mut block = lines(text, line_end).skip_while(|(_, line)| is_margin(line)).peekable();
    let Some((start, first)) = block.peek().copied() else { return line_end..line_end };
    let fence = ["```", "~~~"].into_iter().find(|fence| first.trim_start().starts_with(fence));
    let ends = |(at, line): &(usize, &str)| match fence {
        Some(fence) => *at > start && line.trim_start().starts_with(fence),
        None => is_margin(line),
    };
    let end = block.find(ends).map_or(text.len(), |(at, line)| at + line.len());
    start..end
}

/// The lines of `text` from a byte on, with their places and ends.
fn lines(text: &str, from: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut at = from;
    text[from..].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}

/// Reads `RULE, RULE until DATE: REASON`.
fn read(
    source: &Arc<Source>,
    inside: Range<usize>,
    part: Range<usize>,
) -> Result<Vec<Suppression>, SyntaxProblem> {
    let text = &source.text[inside.clone()];
    let indent = text.len() - text.trim_start().len();
    let problem = |message: &str| SyntaxProblem {
        span: Span::new(
            inside.start + indent..(inside.start + text.trim_end().len()).max(inside.start + indent),
        ),
        message: message.to_owned(),
        help: format!("write `{MARK} RULE: REASON` or `{MARK} RULE until 2027-01-31: REASON`"),
    };
    let (head, reason) = text.split_once(':').ok_or_else(|| problem("suppression without a reason"))?;
    if reason.trim().is_empty() {
        return Err(problem("suppression without a reason"));
    }
    let (names, until) = match head.split_once(" until ") {
        Some((names, until)) => {
            let until: Date = until.trim().parse().map_err(|_| problem("suppression until no date"))?;
            (names, Some(until))
        }
        None => (head, None),
    };
    let mut found = Vec::new();
    let mut at = inside.start;
    for name in names.split(',') {
        let start = at + name.len() - name.trim_start().len();
        at += name.len() + 1;
        if name.trim().is_empty() || name.trim().contains(char::is_whitespace) {
            return Err(problem("suppression that does not name a rule"));
        }
        found.push(Suppression {
            rule: name.trim().to_owned(),
            location: source.at(Span::new(start..start + name.trim().len())),
            reason: reason.trim().to_owned(),
            until,
            part: Some(Span::new(part.clone())),
        });
    }
    Ok(found)
}
