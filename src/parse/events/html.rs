//! Raw HTML: its links, the places that it names, and what of it is not published.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use super::{Merged, Reader};
use crate::model::event::{EventNode, EventRole, HtmlLink};
use crate::model::{DroppedForm, DroppedHtml, LinkForm, Span};
use crate::parse::{raw_html, suppression};
use crate::text::address::scheme;

impl<'a> Reader<'a, '_> {
    pub(super) fn inline_html(&mut self, html: CowStr<'a>, range: Range<usize>) {
        if raw_html::is_comment(&html) {
            return self.comment(&html, range);
        }
        self.flush();
        if raw_html::tag_name(&html).eq_ignore_ascii_case("a") {
            self.in_raw_anchor = !html.starts_with("</");
        }
        let mut merged = Merged::default();
        merged.push(html, range);
        self.html(merged);
    }

    fn comment(&mut self, html: &str, range: Range<usize>) {
        if html.contains(suppression::MARK) {
            let range = self.original(range);
            self.found.suppressions.push(range);
        }
    }

    pub(super) fn html(&mut self, html: Merged<'a>) {
        self.comment(html.as_str(), html.range(0..html.as_str().len()));
        if let Some(at) = raw_html::open_comment(html.as_str()) {
            let place = self.original(html.range(at..at + "<!--".len()));
            self.found.open_comments.push(place);
        }
        if raw_html::is_comment(html.as_str()) {
            return;
        }
        let mut links = Vec::new();
        let (mut in_anchor, mut after) = (false, 0);
        for tag in raw_html::tags(html.as_str()) {
            self.drop_code(&html, &tag);
            in_anchor &= !html.as_str()[after..tag.span.start].to_ascii_lowercase().contains("</a");
            after = tag.span.end;
            for found in &tag.attributes {
                let value = raw_html::unescape(&html.as_str()[found.value.clone()]);
                let form = match (found.name.as_str(), tag.name.as_str()) {
                    ("href", "a" | "area") => LinkForm::HtmlLink,
                    ("src", "img" | "video" | "audio" | "source" | "iframe" | "embed")
                    | ("data", "object") => LinkForm::HtmlImage,
                    ("id", _) | ("name", "a") if raw_html::is_anchor(&value) => {
                        self.found.anchors.push(value);
                        let place = self.original(html.range(found.span.clone()));
                        self.found.anchor_spans.push(place);
                        continue;
                    }
                    _ => continue,
                };
                if form == LinkForm::HtmlImage && is_elsewhere(&value) {
                    self.drop(DroppedForm::Elsewhere, &tag.name, html.range(tag.span.clone()));
                }
                let link = self.link(form, value, html.range(found.value.clone()));
                links.push(HtmlLink {
                    link,
                    attribute: found.span.clone(),
                    value: found.value.clone(),
                    tag: tag.span.clone(),
                    text: ["alt", "title"].iter().find_map(|name| tag.value(html.as_str(), name)),
                    in_link: self.links_open > 0 || self.in_raw_anchor || in_anchor,
                    is_frame: matches!(tag.name.as_str(), "iframe" | "embed" | "object"),
                });
            }
            in_anchor |= tag.name == "a";
        }
        let span = self.original(html.range(0..html.as_str().len()));
        self.found.nodes.push(EventNode {
            event: Event::Html(html.into_text()),
            span,
            role: EventRole::Html(links),
        });
    }

    /// Takes note of what a tag has that is not published: a script, a style, or what runs when something happens.
    fn drop_code(&mut self, html: &Merged<'a>, tag: &raw_html::Tag) {
        let is_code = matches!(tag.name.as_str(), "script" | "style");
        let element = is_code.then(|| (DroppedForm::Element, tag.name.as_str(), tag.span.clone()));
        let handlers = tag.attributes.iter().filter(|attribute| attribute.name.starts_with("on"));
        let handlers = handlers.map(|found| (DroppedForm::Handler, found.name.as_str(), found.span.clone()));
        for (form, name, place) in element.into_iter().chain(handlers) {
            self.drop(form, name, html.range(place));
        }
    }

    fn drop(&mut self, form: DroppedForm, name: &str, place: Range<usize>) {
        let span = Span::new(self.original(place));
        self.found.dropped.push(DroppedHtml { form, name: name.into(), span });
    }
}

/// Whether an address leads to another host.
fn is_elsewhere(address: &str) -> bool {
    let scheme = scheme(address);
    scheme.is_some_and(|scheme| scheme == "http" || scheme == "https") || address.starts_with("//")
}
