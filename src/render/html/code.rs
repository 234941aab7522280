//! Blocks of code, with what a reader has to know before copying them.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::Writer;
use crate::parse::events::Node;
use crate::parse::shell;

/// What authors write behind the language to say what a block does, where its words do not tell.
const DESTRUCTIVE: &str = "destructive";
const HARMLESS: &str = "harmless";

impl Writer<'_> {
    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        let code = self.take_text();
        let info = match kind {
            CodeBlockKind::Fenced(info) => info,
            CodeBlockKind::Indented => "",
        };
        let language = shell::language(info);
        let says = |word: &str| words(info).any(|said| said == word);
        let destroys = match shell::destructive(language, &code) {
            _ if says(HARMLESS) => None,
            None if says(DESTRUCTIVE) => Some(String::new()),
            found => found,
        };
        self.block(r#"<figure class="code""#);
        if !language.is_empty() {
            self.attribute("data-lang", language);
        }
        if shell::dialect(language).is_some() {
            self.attribute("data-shell", "");
        }
        if let Some(what) = &destroys {
            self.attribute("data-destructive", what);
        }
        self.out.push('>');
        if !language.is_empty() || destroys.is_some() {
            self.enclosed("<figcaption>", language, "");
            if let Some(what) = &destroys {
                self.out.push_str(r#" <strong class="danger">Destructive"#);
                self.enclosed(if what.is_empty() { "" } else { ": " }, what, "</strong>");
            }
            self.out.push_str("</figcaption>");
        }
        self.out.push_str(r#"<pre tabindex="0"><code>"#);
        self.out.push_str(&(self.code)(language, &code));
        self.out.push_str("</code></pre></figure>\n");
    }
}

/// The index of the event that ends what starts at `start`.
pub(super) fn end_of(nodes: &[Node<'_>], start: usize) -> usize {
    let mut depth = 0_usize;
    for (index, node) in nodes.iter().enumerate().skip(start) {
        match node.event {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth <= 1 => return index,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    nodes.len()
}

/// Where what is said right before a block begins: in an item of a list, at its beginning; else, with the
/// paragraph before the block. `before` are the events up to the block.
pub(super) fn introduction(before: &[Node<'_>]) -> usize {
    let paragraph = || {
        let is_paragraph = matches!(before.last()?.event, Event::End(TagEnd::Paragraph));
        is_paragraph
            .then(|| before.iter().rposition(|node| matches!(node.event, Event::Start(Tag::Paragraph))))?
    };
    let start = item(before).or_else(paragraph).unwrap_or(before.len());
    // These mean something only where they stand.
    let is_bound = |node: &Node<'_>| {
        matches!(
            node.event,
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::Start(Tag::Heading { .. })
        )
    };
    if before[start..].iter().any(is_bound) { before.len() } else { start }
}

/// The first event in the item or quotation that is open behind `before`.
fn item(before: &[Node<'_>]) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, node) in before.iter().enumerate().rev() {
        match &node.event {
            Event::End(_) => depth += 1,
            Event::Start(Tag::Item | Tag::BlockQuote(_)) if depth == 0 => return Some(index + 1),
            Event::Start(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// The words of an info string behind the language: `destructive` of `bash destructive` and `{.bash .destructive}`.
fn words(info: &str) -> impl Iterator<Item = &str> {
    info.split([' ', '\t', ',', '{', '}']).skip(1).map(|word| word.trim_start_matches('.'))
}
