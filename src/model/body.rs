//! The body of a document: its headings, links and commands.

use std::ops::Range;

use serde::Serialize;

use super::Span;
use super::event::EventNode;

/// What a body says. All spans are places in the file.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Body {
    /// Whether it was read as a template of ERB.
    #[serde(skip)]
    pub is_template: bool,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// The links, in order; rendering takes their targets in the same order.
    pub links: Vec<Link>,
    /// Names that directives of MyST give to what they make: `:name: x`.
    pub labels: Vec<String>,
    /// Further places that links can point to: `id`, and `name` of `a`, in raw HTML.
    pub anchors: Vec<String>,
    /// Where these stand, in the same order.
    pub anchor_spans: Vec<Span>,
    /// Raw HTML that is not published.
    pub dropped: Vec<DroppedHtml>,
    /// Shortcodes of other generators that are not understood.
    pub shortcodes: Vec<Shortcode>,
    /// Syntax of other tools that readers see as it is written.
    pub foreign: Vec<(ForeignSyntax, Span)>,
    /// Raw HTML with a comment that suppresses findings.
    pub suppressions: Vec<Span>,
    /// Text that is read otherwise than its author meant it, or that no reader sees.
    pub misread: Vec<(Misread, Span)>,
    /// Fenced blocks of commands.
    pub commands: Vec<CommandBlock>,
    /// The first block of commands with what is said right before it, as pages show it elsewhere.
    #[serde(skip)]
    pub first_command: Box<[EventNode<'static>]>,
    /// Its plain text: what precedes the first heading, and then what stands under each heading.
    pub sections: Vec<Section>,
    /// The text of the first heading, if it is of level 1.
    pub title: Option<String>,
    /// The start of the first paragraph that says something, as plain text.
    pub summary: Option<String>,
}

/// A fenced block of commands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CommandBlock {
    /// The whole block, fences included.
    pub span: Span,
    /// Its language, one of those of commands.
    pub language: Box<str>,
    /// What is between the fences, without what precedes its lines in a list or a quotation.
    pub code: Box<str>,
    /// Where that is in the file.
    pub code_span: Span,
}

impl CommandBlock {
    /// The place in the file of a part of the code: exact, or that of all code. `text` is the file.
    pub fn locate(&self, text: &str, part: Range<usize>) -> Span {
        let before = &self.code[..part.start];
        let number = before.matches('\n').count();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = self.code[start..].lines().next().unwrap_or_default();
        let mut at = self.code_span.start as usize;
        for (index, written) in text[self.code_span.range()].split_inclusive('\n').enumerate() {
            if index == number {
                // What is before a line of code is of the list or the quotation around the block.
                let content = written.trim_end_matches(['\r', '\n']);
                at += content.len().saturating_sub(line.len());
                break;
            }
            at += written.len();
        }
        let place = at + part.start - start..at + part.end - start;
        // Where a tab of the indentation is part of the code, the lines are not alike.
        let is_exact = text.get(place.clone()) == self.code.get(part);
        if is_exact { Span::new(place) } else { self.code_span }
    }
}

/// What stands under a heading, or before the first one, as plain text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Section {
    /// The text, code included, with single spaces between words.
    pub text: Box<str>,
    /// The parts of the text that are code, in bytes.
    pub code: Box<[Range<usize>]>,
}

impl Body {
    /// The first heading, if it does no more than repeat the title of the page that the body is shown on. Pages,
    /// outlines and the search index leave it out then.
    pub fn title_heading(&self, title: &str) -> Option<&Heading> {
        let plain = |text: &str| -> String {
            text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let heading = self.headings.first().filter(|heading| heading.level == 1)?;
        (plain(&heading.text) == plain(title)).then_some(heading)
    }
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its plain text.
    pub text: String,
    /// Its anchor.
    pub slug: String,
    /// The whole heading.
    pub span: Span,
}

/// A link, image, or reference to a file in raw HTML.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// How it is written.
    pub form: LinkForm,
    /// Where it points: escapes and character references are resolved, percent encoding is not.
    pub target: String,
    /// The destination, exactly.
    pub span: Span,
}

/// How a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkForm {
    /// `[text](target)`, `[text][reference]`, `<target>` or a bare address.
    Link,
    /// `![alt](target)` or `![[target]]`.
    Image,
    /// `[[target]]` or `[[target|text]]`.
    Wiki,
    /// `<a href="target">`.
    HtmlLink,
    /// `<img src="target">`, also of videos and the like.
    HtmlImage,
}

/// A part of raw HTML that is not published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DroppedHtml {
    /// What it is.
    pub form: DroppedForm,
    /// The name of the element or the attribute.
    pub name: Box<str>,
    /// The tag or the attribute.
    pub span: Span,
}

/// What is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DroppedForm {
    /// A script or a style.
    Element,
    /// An attribute with a script.
    Handler,
    /// A picture, frame or film of another site, in the place of which a link stands.
    Elsewhere,
}

/// A syntax of another tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForeignSyntax {
    /// `{% hint %}` of Jekyll, Eleventy and GitBook.
    Liquid,
    /// `{{#include file}}`.
    MdBook,
    /// `::: name`, of which sdkb reads the usual names.
    Container,
    /// `--8<-- "file"` of MkDocs.
    Snippet,
    /// An import, an export or a component of MDX.
    Mdx,
    /// `{/* a comment */}` of MDX.
    MdxComment,
    /// `%%a comment%%` of Obsidian.
    Comment,
    /// A fence of MyST with `{include}` for its language.
    Directive,
    /// `` {ref}`label` `` of MyST.
    Role,
    /// `{::comment}` of Kramdown.
    Extension,
    /// `{: .class }` of Kramdown and MkDocs.
    Attributes,
    /// `{code:bash}` and `h2. Steps` of Jira and Confluence.
    Jira,
    /// `[NOTE]` above a block of AsciiDoc.
    AsciiDoc,
    /// `.. note::` of reStructuredText.
    Rst,
}

/// How a text is read that its author meant otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Misread {
    /// The first line of the first fenced block of code that does not end.
    OpenCode,
    /// `<!--` that does not end, so that what follows is part of the comment.
    OpenComment,
    /// The definition of a footnote that has one already.
    SecondFootnote,
    /// The definition of a reference that has one with another address already.
    SecondDefinition {
        /// The line of the file on which that stands, from 1.
        first_line: usize,
    },
    /// The definition of a footnote that nothing refers to.
    UnusedFootnote,
    /// The cells of a row that the head of its table has no columns for.
    ExtraCells,
    /// A row of dashes that makes no table of the line above.
    NoTable,
    /// The address of a link that is none because of the spaces in it.
    SpaceInAddress,
    /// A link whose brackets do not end, or that has more in them than an address and a title.
    NoLink,
    /// The definition of a reference that is read as text.
    NoDefinition,
    /// `[text] (address)`.
    SpacedLink,
    /// `(text)[address]`.
    TurnedLink,
    /// The sign of a heading or an item with a blank behind it at which no line breaks, and which makes neither.
    NoBreakSpace,
}

/// A shortcode of another generator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shortcode {
    /// Its name: `figure` of `{{< figure src="x" >}}`.
    pub name: String,
    /// The whole shortcode.
    pub span: Span,
    /// Whether its name is known, and what closes it is missing.
    pub is_open: bool,
}
