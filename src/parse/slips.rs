//! Text that can be read, and that its author meant otherwise.

use std::cell::RefCell;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag};

use crate::model::{Body, Span, SyntaxProblem};

/// How a reference is read where it matters whether it is defined: as a forge does.
const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES).union(Options::ENABLE_GFM);

/// What is probably meant otherwise in the text of a document whose body begins at byte `body_start`.
pub(super) fn slips(text: &str, body_start: usize, body: &Body) -> Vec<SyntaxProblem> {
    let mut found = Vec::new();
    match body_start {
        0 => found.extend(late_front_matter(text)),
        _ => cut_values(text, body_start, &mut found),
    }
    undefined_references(text, body_start, &mut found);
    found.extend(body.open_code.map(|span| SyntaxProblem {
        span,
        message: "a block of code that does not end".to_owned(),
        help: "close it with the same signs on a line of their own".to_owned(),
        fix: None,
    }));
    ids(body, &mut found);
    // In UTF-8, those beyond ASCII begin with this byte.
    let may_have = text.bytes().any(|byte| byte == 0xc2 || is_control(char::from(byte)) && byte.is_ascii());
    let control = may_have.then(|| text.char_indices().find(|(_, letter)| is_control(*letter))).flatten();
    if let Some((at, letter)) = control {
        let message = format!("control character U+{:04X}", u32::from(letter));
        let problem =
            SyntaxProblem::at(text, at, message, "remove it: readers and programs see it differently");
        found.push(problem.fix(""));
    }
    found
}

fn is_control(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\0' | '\n' | '\r' | '\t' | '\u{85}')
}

/// The marks of a merge that was not resolved, in text or code.
pub(super) fn merge_conflicts(text: &str, body_start: usize) -> Vec<SyntaxProblem> {
    let body = &text[body_start..];
    if !body.contains("\n=======") || !body.contains("\n>>>>>>> ") {
        return Vec::new();
    }
    let mut at = body_start;
    let mut found = Vec::new();
    for line in body.split_inclusive('\n') {
        if line.starts_with("<<<<<<< ") {
            found.push(SyntaxProblem {
                span: Span::new(at..at + line.trim_end().len()),
                message: "a merge conflict".to_owned(),
                help: "resolve the merge, up to the line that begins with `>>>>>>>`".to_owned(),
                fix: None,
            });
        }
        at += line.len();
    }
    found
}

/// Front matter that is none: below an empty line, or between lines of more dashes.
fn late_front_matter(text: &str) -> Option<SyntaxProblem> {
    let start = text.len() - text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).len();
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next()?;
    let is_fence =
        |line: &str| line.trim_end().len() >= 3 && line.trim_end().bytes().all(|byte| byte == b'-');
    let first_length = first.trim_end().len();
    if !is_fence(first) || (first_length == 3 && start == 0) {
        return None;
    }
    let mut at = start + first.len();
    let mut has_field = false;
    for line in lines {
        if is_fence(line) {
            let end = at + line.trim_end().len();
            return has_field.then(|| {
                let inner = &text[start + first.len()..at];
                SyntaxProblem {
                    span: Span::new(start..start + first_length),
                    message: "front matter that is read as text".to_owned(),
                    help: "begin the file with it, between lines of three dashes: `---`".to_owned(),
                    fix: Some((Span::new(0..end), format!("---\n{inner}---"))),
                }
            });
        }
        let is_field = key(line).is_some_and(|(_, value)| value.is_empty() || value.starts_with([' ', '\t']));
        if !is_field && !line.trim().is_empty() && !line.starts_with([' ', '\t', '-', '#']) {
            return None;
        }
        has_field |= is_field;
        at += line.len();
    }
    None
}

/// A line of a block map: the key, and what stands behind its colon.
fn key(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end();
    let (key, value) = line.split_once(':')?;
    let is_key = key.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && key.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter));
    is_key.then_some((key, value))
}

/// Values of front matter that a comment cuts short: `rota, #incident-lead`. A comment that is meant as one has a blank
/// behind its sign.
fn cut_values(text: &str, body_start: usize, found: &mut Vec<SyntaxProblem>) {
    if !text.starts_with("---") {
        return;
    }
    let mut at = 0;
    let mut block: Option<usize> = None;
    for line in text[..body_start].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim_end();
        let indent = content.len() - content.trim_start().len();
        // Within `|` and `>`, all is text.
        match block {
            Some(outer) if content.is_empty() || indent > outer => continue,
            _ => block = None,
        }
        let value = value_of(content);
        if content[value.clone()].starts_with(['|', '>']) {
            block = Some(indent);
            continue;
        }
        let own = &content[value.clone()];
        let is_plain = !own.is_empty() && !own.starts_with(['"', '\'', '[', '{', '#', '&', '!']);
        let Some(hash) = own.find(" #").filter(|_| is_plain) else { continue };
        if !own[hash + 2..].starts_with(|letter: char| letter.is_alphanumeric()) {
            continue;
        }
        let place = start + value.start + hash + 1..start + content.len();
        found.push(SyntaxProblem {
            span: Span::new(place),
            message: format!("`{}` is a comment", &own[hash + 1..]),
            help: "put the value in quotes, or a blank behind the `#` if it is meant as a comment".to_owned(),
            fix: quoted(own).map(|quoted| (Span::new(start + value.start..start + content.len()), quoted)),
        });
    }
}

/// Where the value stands in a line of YAML: behind the key, and the mark of a list.
pub(super) fn value_of(line: &str) -> Range<usize> {
    let mut start = line.len() - line.trim_start().len();
    while line[start..].starts_with("- ") {
        start += 2;
        start += line[start..].len() - line[start..].trim_start().len();
    }
    if let Some((key, value)) = key(&line[start..])
        && (value.is_empty() || value.starts_with(' '))
    {
        start += key.len() + 1;
        start += line[start..].len() - line[start..].trim_start().len();
    }
    start..line.trim_end().len()
}

/// A value in quotes, if those leave no doubt.
pub(super) fn quoted(value: &str) -> Option<String> {
    match (value.contains(['"', '\\']), value.contains('\'')) {
        (false, _) => Some(format!("\"{value}\"")),
        (true, false) => Some(format!("'{value}'")),
        (true, true) => None,
    }
}

/// References and footnotes that are not defined. Few documents have any, so few are read a second time, without what
/// stands for other markdown: a definition may be anywhere in the text.
fn undefined_references(text: &str, body_start: usize, found: &mut Vec<SyntaxProblem>) {
    let body = &text[body_start..];
    if !["][", "[^"].iter().any(|sign| body.contains(sign)) {
        return;
    }
    let undefined: RefCell<Vec<(Range<usize>, String)>> = RefCell::default();
    let note = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        let is_reference = matches!(link.link_type, LinkType::Reference | LinkType::Collapsed);
        if is_reference || link.reference.starts_with('^') {
            undefined.borrow_mut().push((link.span, link.reference.to_string()));
        }
        None
    };
    let mut footnotes = Vec::new();
    let mut code = 0;
    for (event, range) in Parser::new_with_broken_link_callback(body, OPTIONS, Some(note)).into_offset_iter()
    {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = range.end,
            Event::Text(_) if range.start < code => {}
            Event::Text(_) => footnotes.extend(footnotes_in(body, range)),
            _ => {}
        }
    }
    let mut undefined = undefined.into_inner();
    undefined.extend(footnotes);
    undefined.sort_by_key(|(range, _)| range.start);
    undefined.dedup_by_key(|(range, _)| range.start);
    for (range, label) in undefined {
        // An element of an array is no reference.
        let is_array = body[..range.start]
            .ends_with(|letter: char| letter.is_alphanumeric() || ")]_\\".contains(letter));
        let is_text = is_array && !label.starts_with('^');
        if is_text || label.trim().is_empty() {
            continue;
        }
        let message = match label.strip_prefix('^') {
            Some(_) => format!("no footnote `[{label}]`"),
            None => format!("no address for `[{label}]`"),
        };
        found.push(SyntaxProblem {
            span: Span::new(body_start + range.start..body_start + range.end),
            message,
            help: format!("add a line `[{label}]: …`, or put a backslash before the bracket if it is text"),
            fix: None,
        });
    }
}

/// Footnotes in a text, which may begin behind a bracket. Those that are defined are no text.
fn footnotes_in(body: &str, text: Range<usize>) -> Vec<(Range<usize>, String)> {
    let start = if body[..text.start].ends_with('[') { text.start - 1 } else { text.start };
    let found = body[start..text.end].match_indices("[^").filter_map(|(at, sign)| {
        let at = start + at;
        let label = body[at + sign.len()..].split(']').next()?;
        let is_label =
            !label.is_empty() && label.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
        let end = at + sign.len() + label.len() + 1;
        let is_escaped = body[..at].ends_with('\\');
        let goes_on = body.get(end..)?.starts_with([':', '(', '[', '+', '*', '?', '{']);
        (is_label && !is_escaped && !goes_on).then(|| (at..end, format!("^{label}")))
    });
    found.collect()
}

/// Headings that are given the same id. Those that are made from the text never are.
fn ids(body: &Body, found: &mut Vec<SyntaxProblem>) {
    let mut seen = rustc_hash::FxHashSet::default();
    for heading in &body.headings {
        if !seen.insert(&heading.slug) {
            found.push(SyntaxProblem {
                span: heading.span,
                message: format!("the id `{}` is given twice", heading.slug),
                help: "links lead to the first one: give this heading another id".to_owned(),
                fix: None,
            });
        }
    }
}
