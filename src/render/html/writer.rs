//! The events of a body to HTML.

use pulldown_cmark::{Alignment, Event, LinkType, Tag, TagEnd};

use super::Target;
use super::state::{Notes, Quote, Table};
use crate::model::Body;
use crate::model::event::{EventNode, EventRole, end_of};
use crate::render::sanitize::{mark, sanitize};
use crate::text::control::escaped_code;
use crate::text::escape;

/// Writes the events of a body as HTML.
pub(super) struct Writer<'a> {
    pub(super) nodes: &'a [EventNode<'a>],
    /// The next event.
    pub(super) at: usize,
    pub(super) out: String,
    pub(super) body: &'a Body,
    pub(super) targets: &'a [Target],
    pub(super) code: &'a (dyn Fn(&str, &str) -> String + Sync),
    /// The number of the next heading.
    pub(super) heading: usize,
    /// What closes each open link.
    pub(super) link_ends: Vec<&'static str>,
    pub(super) table: Table,
    pub(super) notes: Notes,
    /// Whether there is raw HTML.
    pub(super) raw: bool,
    /// The blocks of code, where there is raw HTML: they are put in after that was sanitised.
    pub(super) blocks: Vec<String>,
    /// What ends each open quotation.
    pub(super) quotes: Vec<Quote>,
    /// What ends the title that is open.
    pub(super) title_end: Option<String>,
    /// Whether the next tab goes on with the group that is open.
    pub(super) tabs_go_on: bool,
    /// Whether the first heading is the title, which the page shows elsewhere.
    pub(super) drop_title: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        nodes: &'a [EventNode<'a>],
        body: &'a Body,
        targets: &'a [Target],
        code: &'a (dyn Fn(&str, &str) -> String + Sync),
    ) -> Self {
        Self {
            nodes,
            at: 0,
            out: String::new(),
            body,
            targets,
            code,
            heading: 0,
            link_ends: Vec::new(),
            table: Table::default(),
            notes: Notes::default(),
            raw: nodes.iter().any(|node| matches!(node.event, Event::Html(_))),
            blocks: Vec::new(),
            quotes: Vec::new(),
            title_end: None,
            tabs_go_on: false,
            drop_title: false,
        }
    }

    pub(super) fn write(mut self) -> String {
        while let Some(node) = self.nodes.get(self.at) {
            self.at += 1;
            match &node.event {
                Event::Start(Tag::Heading { .. }) if self.drop_title && self.heading == 0 => {
                    self.at = end_of(self.nodes, self.at - 1) + 1;
                    self.heading = 1;
                }
                Event::Start(tag) => self.start(tag, &node.role),
                Event::End(end) => self.end(*end),
                Event::Text(text) => escape::text(text, &mut self.out),
                Event::Code(code) if node.role == EventRole::Formula => {
                    self.own(r#"<code class="math">"#);
                    self.enclosed("", &escaped_code(code), "</code>");
                }
                Event::Code(code) => self.enclosed("<code>", &escaped_code(code), "</code>"),
                Event::SoftBreak => self.out.push('\n'),
                Event::HardBreak => self.out.push_str("<br>\n"),
                Event::Rule => self.block("<hr>\n"),
                Event::Html(html) => self.html(html, &node.role),
                Event::FootnoteReference(name) => self.note_reference(name),
                Event::TaskListMarker(done) => self.out.push_str(if *done {
                    r#"<input type="checkbox" disabled checked aria-label="Done"> "#
                } else {
                    r#"<input type="checkbox" disabled aria-label="Open"> "#
                }),
                // Inline HTML comes as `Html`, and formulas as `Code`.
                Event::InlineHtml(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
            }
        }
        self.notes();
        if self.raw { sanitize(&self.out, &self.blocks) } else { self.out }
    }

    /// Writes markup whose classes mean something to the theme.
    pub(super) fn own(&mut self, markup: &str) {
        if self.raw {
            self.out.push_str(&markup.replace("class=\"", &format!("class=\"{}", mark())));
        } else {
            self.out.push_str(markup);
        }
    }

    pub(super) fn start(&mut self, tag: &'a Tag<'a>, role: &EventRole) {
        match tag {
            Tag::Paragraph if *role == EventRole::Title => self.start_title(),
            Tag::Paragraph => self.block("<p>"),
            Tag::Heading { level, .. } => self.start_heading((*level as u8).max(2)),
            Tag::BlockQuote(kind) => self.start_quote(*kind),
            Tag::CodeBlock(kind) => self.code_block(kind),
            Tag::List(None) => self.block("<ul>\n"),
            Tag::List(Some(1)) => self.block("<ol>\n"),
            Tag::List(Some(first)) => self.block(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => self.start_item(),
            Tag::FootnoteDefinition(name) => self.start_note(name),
            Tag::Table(alignments) => {
                self.table.alignments.clone_from(alignments);
                let open = r#"<div class="table" tabindex="0" role="region" aria-label="Table"><table>"#;
                self.block(open);
            }
            Tag::TableHead => {
                self.table.in_head = true;
                self.table.cell = 0;
                self.out.push_str("\n<thead><tr>");
            }
            Tag::TableRow => {
                self.table.cell = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => self.link(*link_type, dest_url, title, role),
            Tag::Image { dest_url, title, .. } => self.image(dest_url, title, role),
            Tag::DefinitionList => self.block("<dl>\n"),
            Tag::DefinitionListTitle => self.block("<dt>"),
            Tag::DefinitionListDefinition => self.block("<dd>"),
            // The parser is not asked for these.
            Tag::HtmlBlock | Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => {}
        }
    }

    pub(super) fn end(&mut self, end: TagEnd) {
        let close = match end {
            TagEnd::Paragraph => match self.title_end.take() {
                Some(close) => return self.out.push_str(&close),
                None => "</p>\n",
            },
            TagEnd::Heading(level) => return self.end_heading((level as u8).max(2)),
            TagEnd::BlockQuote(_) => return self.end_quote(),
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::FootnoteDefinition => return self.end_note(),
            TagEnd::Table => "</tbody></table></div>\n",
            TagEnd::TableHead => {
                self.table.in_head = false;
                "</tr></thead>\n<tbody>"
            }
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => {
                self.table.cell += 1;
                if self.table.in_head { "</th>" } else { "</td>" }
            }
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>\n",
            TagEnd::DefinitionListDefinition => "</dd>\n",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Link => self.link_ends.pop().unwrap_or_default(),
            _ => return,
        };
        self.out.push_str(close);
    }

    /// Starts a block; on a line of its own, if it follows text.
    pub(super) fn block(&mut self, open: &str) {
        if !self.out.is_empty() && !self.out.ends_with(['\n', '>']) {
            self.out.push('\n');
        }
        self.own(open);
    }

    pub(super) fn enclosed(&mut self, open: &str, text: &str, close: &str) {
        self.out.push_str(open);
        escape::text(text, &mut self.out);
        self.out.push_str(close);
    }

    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape::attribute(value, &mut self.out);
        self.out.push('"');
    }

    /// Takes the events up to the end of what has just started, for their text alone.
    pub(super) fn take_text(&mut self) -> String {
        let end = end_of(self.nodes, self.at - 1);
        let mut out = String::new();
        for node in &self.nodes[self.at.min(end)..end] {
            match &node.event {
                Event::Text(text) | Event::Code(text) => out.push_str(text),
                Event::SoftBreak | Event::HardBreak => out.push(' '),
                _ => {}
            }
        }
        self.at = end + 1;
        out
    }

    pub(super) fn start_heading(&mut self, level: u8) {
        self.block(&format!("<h{level}"));
        if let Some(heading) = self.body.headings.get(self.heading) {
            self.attribute("id", &heading.slug);
        }
        self.out.push('>');
    }

    pub(super) fn end_heading(&mut self, level: u8) {
        if let Some(heading) = self.body.headings.get(self.heading) {
            self.own(r#" <a class="anchor""#);
            self.attribute("href", &format!("#{}", heading.slug));
            self.out.push_str(r#" aria-label="Link to this section">#</a>"#);
        }
        self.out.push_str(&format!("</h{level}>\n"));
        self.heading += 1;
    }

    pub(super) fn start_item(&mut self) {
        let event = |at: usize| self.nodes.get(at).map(|node| &node.event);
        // In a loose list a paragraph comes first.
        let first = self.at + usize::from(matches!(event(self.at), Some(Event::Start(Tag::Paragraph))));
        let task = matches!(event(first), Some(Event::TaskListMarker(_)));
        self.block(if task { r#"<li class="task">"# } else { "<li>" });
    }

    pub(super) fn start_cell(&mut self) {
        self.out.push_str(if self.table.in_head { "<th" } else { "<td" });
        self.own(match self.table.alignments.get(self.table.cell) {
            Some(Alignment::Left) => r#" class="left">"#,
            Some(Alignment::Center) => r#" class="center">"#,
            Some(Alignment::Right) => r#" class="right">"#,
            Some(Alignment::None) | None => ">",
        });
    }

    pub(super) fn target(&self, role: &EventRole) -> Option<&'a Target> {
        match role {
            EventRole::Link(number) => self.targets.get(*number),
            _ => None,
        }
    }

    pub(super) fn link(&mut self, kind: LinkType, written: &str, title: &str, role: &EventRole) {
        let target = self.target(role);
        match target.and_then(|target| target.href.as_deref()) {
            Some(href) => {
                self.out.push_str("<a");
                self.attribute("href", href);
                if !title.is_empty() {
                    self.attribute("title", title);
                }
                self.kind_of_link(target);
                self.link_ends.push("</a>");
            }
            None => {
                self.start_broken(target);
                self.link_ends.push("</span>");
            }
        }
        self.out.push('>');
        if kind == (LinkType::WikiLink { has_pothole: false }) {
            self.take_text();
            let text = target.and_then(|target| target.text.as_deref()).unwrap_or(written);
            escape::text(text, &mut self.out);
            self.end(TagEnd::Link);
        }
    }

    /// Says of a link that it leaves the site, or that it is a download.
    pub(super) fn kind_of_link(&mut self, target: Option<&Target>) {
        if target.is_some_and(|target| target.external) {
            self.attribute("rel", "noopener external");
        }
        if target.is_some_and(|target| target.is_download) {
            self.out.push_str(" download");
        }
    }

    pub(super) fn start_broken(&mut self, target: Option<&Target>) {
        self.own(r#"<span class="broken""#);
        if let Some(note) = target.and_then(|target| target.note.as_deref()) {
            self.attribute("title", note);
        }
    }

    pub(super) fn image(&mut self, written: &str, title: &str, role: &EventRole) {
        let alt = self.take_text();
        let target = self.target(role);
        // A page requests nothing from elsewhere: an image that is kept elsewhere is a link to it. So is a
        // document that is embedded like an image.
        let is_page = |target: &&Target| target.external || target.is_page;
        if let Some(href) = target.filter(is_page).and_then(|target| target.href.as_deref()) {
            let text = target.and_then(|target| target.text.as_deref()).unwrap_or(href);
            let name = if alt.is_empty() { text } else { &alt };
            if self.link_ends.is_empty() {
                self.out.push_str("<a");
                self.attribute("href", href);
                self.kind_of_link(target);
                self.enclosed(">", name, "</a>");
            } else {
                self.enclosed("<span>", name, "</span>");
            }
        } else if let Some(src) = target.and_then(|target| target.href.as_deref()) {
            self.out.push_str("<img");
            self.attribute("src", src);
            self.attribute("alt", &alt);
            if !title.is_empty() {
                self.attribute("title", title);
            }
            self.out.push_str(r#" loading="lazy">"#);
        } else {
            self.start_broken(target);
            self.enclosed(">", if alt.is_empty() { written } else { &alt }, "</span>");
        }
    }
}
