//! Raw HTML, with its links replaced.

use super::writer::Writer;
use crate::model::LinkForm;
use crate::parse::events::{HtmlLink, Role};
use crate::text::escape;

impl Writer<'_> {
    /// Writes raw HTML. A link that is broken loses its address and gets a class instead.
    pub(super) fn html(&mut self, html: &str, role: &Role) {
        let links: &[HtmlLink] = if let Role::Html(links) = role { links } else { &[] };
        let mut written = 0;
        for link in links {
            let target = self.targets.get(link.link);
            let is_link = self.body.links.get(link.link).is_some_and(|link| link.form == LinkForm::HtmlLink);
            let is_no_picture = target.is_some_and(|target| target.external || target.is_download);
            if is_no_picture && !is_link {
                // A page requests nothing from elsewhere: the text that stands for the image is left.
                self.out.push_str(&html[written..link.attribute.start]);
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
}
