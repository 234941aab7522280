//! What authors write to keep a finding from being reported: `sdkb-ignore` in a comment, or the field `ignore`.
//!
//! ```text
//! <!-- sdkb-ignore broken-link until 2027-01-31: the wiki moves in January -->
//! ```
//!
//! A comment beside other text is about its line. One that stands alone is about the block that follows, and
//! about the document as a whole: a missing section has no line.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::model::{FieldValues, Kind, Problems, Role, Source, Span, Suppression, SyntaxProblem};

/// What a comment begins with that suppresses findings.
pub const MARK: &str = "sdkb-ignore";

/// The suppressions in a document: those of its fields, of comments in its front matter, which ends at
/// `body_start`, and of the comments at `comments` in its body.
pub(super) fn suppressions(
    source: &Arc<Source>,
    kind: &Kind,
    fields: &FieldValues,
    body_start: usize,
    comments: &[Span],
    problems: &mut Problems,
) -> Vec<Suppression> {
    let mut found = in_fields(source, kind, fields, problems);
    if !source.text.contains(MARK) {
        return found;
    }
    let yaml = in_yaml(&source.text[..body_start]).into_iter();
    let html = comments.iter().flat_map(|span| in_html(&source.text, span.range()));
    for (inside, part, is_beside) in yaml.chain(html) {
        match read(source, inside, &part, is_beside) {
            Ok(read) => found.extend(read),
            Err(problem) => problems.suppressions.push((Arc::clone(source), problem)),
        }
    }
    found
}

fn in_fields(
    source: &Arc<Source>,
    kind: &Kind,
    fields: &FieldValues,
    problems: &mut Problems,
) -> Vec<Suppression> {
    let mut found = Vec::new();
    let Some(field) = kind.field_of(Role::Suppressions) else { return found };
    for (fields, _) in fields.objects(&field.name) {
        let of = |role: Role| fields.get(field.nested(role)?);
        let (Some(rule), Some(reason)) = (of(Role::Rule), of(Role::Reason)) else { continue };
        let Some(name) = rule.value.text() else { continue };
        let text = reason.value.text().unwrap_or_default();
        if text.trim().is_empty() {
            let message = "suppression without a reason".to_owned();
            let help = "say why, for readers next year".to_owned();
            let problem = SyntaxProblem { span: reason.location.span, message, help, fix: None };
            problems.suppressions.push((Arc::clone(source), problem));
            continue;
        }
        found.push(Suppression {
            rule: name.to_owned(),
            location: rule.location.clone(),
            reason: text.to_owned(),
            until: of(Role::Until).and_then(|entry| entry.value.date()),
            part: None,
            is_beside: false,
        });
    }
    found
}

/// What a suppression says behind its mark, the part of the file that it is about, and whether it stands beside
/// something.
type Mark = (Range<usize>, Range<usize>, bool);

/// The suppressions in comments of front matter.
fn in_yaml(text: &str) -> Vec<Mark> {
    let mut found = Vec::new();
    for (at, line) in lines(text, 0) {
        let Some(hash) = comment(line) else { continue };
        let words = line[hash + 1..].trim_start();
        let Some(rest) = words.strip_prefix(MARK).filter(|rest| is_word_end(rest)) else { continue };
        let end = at + line.len();
        let inside = end - rest.len()..at + line.trim_end().len();
        let inside = inside.start.min(inside.end)..inside.end;
        let is_beside = !line[..hash].trim().is_empty();
        let part = if is_beside { at..end } else { entry(text, end) };
        found.push((inside, part, is_beside));
    }
    found
}

/// Where the comment of a line of YAML begins.
fn comment(line: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = ' ';
    for (at, letter) in line.char_indices() {
        match (quote, letter) {
            (None, '#') if before.is_whitespace() => return Some(at),
            // An apostrophe within a word opens nothing.
            (None, '"' | '\'') if !before.is_alphanumeric() => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
        before = letter;
    }
    None
}

/// The entry that begins on the first line from a byte on that is no comment, with all that belongs to it.
fn entry(text: &str, from: usize) -> Range<usize> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut lines = lines(text, from).skip_while(|(_, line)| line.trim_start().starts_with('#'));
    let Some((start, first)) = lines.next() else { return from..from };
    let is_item = |line: &str| line.trim_start().starts_with("- ");
    let belongs = |line: &str| {
        line.trim().is_empty()
            || indent(line) > indent(first)
            || (indent(line) == indent(first) && is_item(line) && !is_item(first))
    };
    let rest = lines.take_while(|(_, line)| belongs(line)).last();
    start..rest.map_or(start + first.len(), |(at, line)| at + line.len())
}

/// The suppressions in comments of raw HTML.
fn in_html(text: &str, html: Range<usize>) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut at = html.start;
    while let Some(open) = text[at..html.end].find("<!--").map(|open| at + open) {
        let close = text[open..html.end].find("-->").map_or(html.end, |close| open + close);
        let content = &text[open + "<!--".len()..close];
        let end = (close + "-->".len()).min(text.len());
        if let Some(rest) = content.trim_start().strip_prefix(MARK).filter(|rest| is_word_end(rest)) {
            let (part, is_beside) = part(text, open..end);
            found.push((close - rest.len()..close, part, is_beside));
        }
        at = end.min(html.end);
    }
    found
}

fn is_word_end(rest: &str) -> bool {
    !rest.starts_with(|next: char| next.is_alphanumeric() || next == '-')
}

/// The part of the text that a comment is about, and whether it stands beside something.
fn part(text: &str, comment: Range<usize>) -> (Range<usize>, bool) {
    let line_start = text[..comment.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[comment.end..].find('\n').map_or(text.len(), |at| comment.end + at + 1);
    let is_margin = |text: &str| text.chars().all(|letter| letter.is_whitespace() || letter == '>');
    if !(is_margin(&text[line_start..comment.start]) && is_margin(&text[comment.end..line_end])) {
        return (line_start..line_end, true);
    }
    let mut block = lines(text, line_end).skip_while(|(_, line)| is_margin(line)).peekable();
    let Some((start, _)) = block.peek().copied() else { return (line_end..line_end, false) };
    // An empty line ends a block, but not within a fence.
    let mut fence = None;
    let end = block.find(|(_, line)| {
        let found = fence_of(line);
        match (fence, found) {
            (None, Some((sign, length, _))) => fence = Some((sign, length)),
            (Some((sign, length)), Some((closing, longer, true))) if sign == closing && longer >= length => {
                fence = None;
            }
            (None, None) => return is_margin(line),
            _ => {}
        }
        false
    });
    (start..end.map_or(text.len(), |(at, line)| at + line.len()), false)
}

/// The fence that a line is, if it is one: its sign, its length, and whether it can close another one.
fn fence_of(line: &str) -> Option<(char, usize, bool)> {
    let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
    let sign = line.chars().next().filter(|first| matches!(first, '`' | '~'))?;
    let length = line.chars().take_while(|letter| *letter == sign).count();
    (length >= 3).then_some((sign, length, length == line.len()))
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
    part: &Range<usize>,
    is_beside: bool,
) -> Result<Vec<Suppression>, SyntaxProblem> {
    let text = &source.text[inside.clone()];
    let indent = text.len() - text.trim_start().len();
    let problem = |message: &str| SyntaxProblem {
        span: Span::new(
            inside.start + indent..(inside.start + text.trim_end().len()).max(inside.start + indent),
        ),
        message: message.to_owned(),
        help: format!("write `{MARK} RULE: REASON` or `{MARK} RULE until 2027-01-31: REASON`"),
        fix: None,
    };
    let (head, reason) = text.split_once(':').ok_or_else(|| problem("suppression without a reason"))?;
    if reason.trim().is_empty() {
        return Err(problem("suppression without a reason"));
    }
    let (names, until) = match head.split_once(" until ") {
        Some((names, until)) => {
            let until: Date = until
                .trim()
                .parse()
                .map_err(|_| problem(&format!("suppression until `{}`, which is no date", until.trim())))?;
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
            is_beside,
        });
    }
    Ok(found)
}
