//! Raw HTML, with its links replaced.

use super::target::Target;
use super::writer::Writer;
use crate::model::LinkForm;
use crate::model::event::{EventRole, HtmlLink};
use crate::text::escape;

impl Writer<'_> {
    /// Writes raw HTML. A link that is broken loses its address and gets a class instead.
    pub(super) fn html(&mut self, html: &str, role: &EventRole) {
        let links: &[HtmlLink] = if let EventRole::Html(links) = role { links } else { &[] };
        let mut written = 0;
        for link in links {
            let target = self.targets.get(link.link);
            let is_link = self.body.links.get(link.link).is_some_and(|link| link.form == LinkForm::HtmlLink);
            let is_elsewhere =
                target.is_some_and(|target| target.external || target.is_download || link.is_frame);
            if link.attribute.start < written {
                // Its tag is a link already.
                continue;
            }
            if is_elsewhere && !is_link {
                self.out.push_str(&html[written..link.tag.start]);
                self.elsewhere(link, target);
                written = link.tag.end;
                continue;
            } else if let Some(href) = target.and_then(|target| target.href.as_deref()) {
                let quoted = link.attribute.end > link.value.end;
                self.out.push_str(&html[written..link.value.start]);
                self.out.push_str(if quoted { "" } else { "\"" });
                escape::attribute(href, &mut self.out);
                self.out.push_str(if quoted { "" } else { "\"" });
                self.out.push_str(&html[link.value.end..link.attribute.end]);
                self.kind_of_link(target);
            } else {
                self.out.push_str(&html[written..link.attribute.start]);
                self.own(r#"class="broken""#);
                if let Some(note) = target.and_then(|target| target.note.as_deref()) {
                    self.attribute("title", note);
                }
            }
            written = link.attribute.end;
        }
        self.out.push_str(&html[written..]);
    }

    /// Writes what stands for a picture, a frame or a film that the page does not show: it requests nothing from other
    /// hosts.
    fn elsewhere(&mut self, link: &HtmlLink, target: Option<&Target>) {
        let Some(href) = target.and_then(|target| target.href.as_deref()) else { return };
        let text = link.text.as_deref().unwrap_or(href);
        if link.in_link {
            return self.enclosed("<span>", text, "</span>");
        }
        self.out.push_str("<a");
        self.attribute("href", href);
        self.kind_of_link(target);
        self.enclosed(">", text, "</a>");
    }
}
