//! The anchors of a document, as the common generators write them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Document, Heading, Origin};
use crate::text::slug;

/// The anchors of a document.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    exact: FxHashSet<String>,
    /// The first one of those that are the same but for what generators do differently.
    loose: FxHashMap<String, String>,
    /// Those that only the page on the other site has.
    elsewhere: FxHashSet<String>,
}

impl Anchors {
    /// The anchors of a document. One that was written for another generator has those that it makes too.
    pub(super) fn new(document: &Document, origin: Option<&Origin>) -> Self {
        let body = &document.body;
        let mut anchors = Self::default();
        for anchor in body.headings.iter().map(|heading| &heading.slug).chain(&body.anchors) {
            anchors.exact.insert(anchor.clone());
            anchors.add(anchor, anchor);
        }
        if origin.is_some_and(|origin| origin.has_anchors_of_summaries) {
            anchors.elsewhere.extend(summaries(&document.source.text));
        }
        if origin.is_some_and(|origin| origin.has_anchors_of_fields) {
            anchors.elsewhere.extend(lists(&document.source.text[..document.body_start]).map(slug::loose));
        }
        if let Some(origin) = origin {
            anchors.add_foreign(&body.headings);
            anchors.elsewhere.extend(origin.anchors.iter().map(|anchor| slug::loose(anchor)));
            // A template may write the title as a heading.
            if let Some(first) = body.headings.first() {
                anchors.add_variants(&document.title, &first.slug);
            }
        }
        anchors
    }

    fn add(&mut self, text: &str, anchor: &str) {
        self.loose.entry(slug::loose(text)).or_insert_with(|| anchor.to_owned());
    }

    /// What generators make of headings. One that is there twice begins with those above it.
    fn add_foreign(&mut self, headings: &[Heading]) {
        let mut outer: Vec<&Heading> = Vec::new();
        for heading in headings {
            outer.retain(|above| above.level < heading.level);
            self.add_variants(&heading.text, &heading.slug);
            let mut path = heading.text.clone();
            for above in outer.iter().rev() {
                path = format!("{} {path}", above.text);
                self.add(&path, &heading.slug);
            }
            outer.push(heading);
        }
    }

    /// What generators make of the text of a heading where GitHub leaves signs out: dashes, words or numbers of
    /// characters. Tags of components are no text.
    fn add_variants(&mut self, text: &str, slug: &str) {
        self.add(text, slug);
        if text.contains(['&', '\'', '"', '<', '>']) {
            self.add(&text.replace('&', " and "), slug);
            // Redcarpet makes its ids of escaped text.
            let escaped = [("&", " amp "), ("'", " 39 "), ("\"", " quot "), ("<", " lt "), (">", " gt ")];
            let escaped = escaped.iter().fold(text.to_owned(), |text, (sign, word)| text.replace(sign, word));
            self.add(&escaped, slug);
        }
        let plain = without_components(text);
        // A heading that is a component alone has no text.
        if plain.trim() != text.trim() && !plain.trim().is_empty() {
            self.add(&plain, slug);
        }
    }

    /// Whether only the page on the other site has `anchor`.
    pub(super) fn is_elsewhere(&self, anchor: &str) -> bool {
        self.elsewhere.contains(&slug::loose(anchor))
    }

    /// The anchor that is meant by `anchor`.
    pub(super) fn find(&self, anchor: &str) -> Option<&str> {
        let exact = self.exact.get(anchor);
        let loose = || self.loose.get(&slug::loose(anchor));
        // GitBook puts `id-` before what begins with a digit.
        let numbered = || self.loose.get(&slug::loose(anchor.strip_prefix("id-")?));
        exact.or_else(loose).or_else(numbered).map(String::as_str)
    }
}

/// A text without the tags of components: `<Badge type="tip" />`, `</Badge>`, `<my-note>`.
fn without_components(text: &str) -> String {
    let mut parts = text.split('<');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let name = part.trim_start_matches('/').split([' ', '/', '>']).next().unwrap_or_default();
        let is_component = name.starts_with(|letter: char| letter.is_ascii_uppercase())
            || name.starts_with(|letter: char| letter.is_ascii_lowercase()) && name.contains('-');
        match part.split_once('>').filter(|_| is_component) {
            Some((_, rest)) => plain.push_str(rest),
            None => plain.extend(["<", part]),
        }
    }
    plain
}

/// The fields of front matter that hold lists or groups.
fn lists(front_matter: &str) -> impl Iterator<Item = &str> {
    let lines = front_matter.lines().zip(front_matter.lines().skip(1));
    lines.filter_map(|(line, next)| {
        let name = line.strip_suffix(':').filter(|name| !name.starts_with([' ', '-', '#']))?;
        next.starts_with([' ', '-']).then_some(name).filter(|_| next.trim() != "---")
    })
}

/// The anchors of what stands in `<summary>`, without its tags.
fn summaries(text: &str) -> impl Iterator<Item = String> {
    let inner = text.split("<summary>").skip(1).filter_map(|rest| Some(rest.split_once("</summary>")?.0));
    inner.map(|inner| {
        let bare: String = inner
            .split('<')
            .enumerate()
            .map(|(at, part)| match part.split_once('>') {
                Some((_, text)) if at > 0 => text,
                _ => part,
            })
            .collect();
        slug::loose(&bare)
    })
}
