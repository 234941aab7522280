//! The addresses of the site, for search engines: <https://www.sitemaps.org/protocol.html>.

use crate::graph::Graph;
use crate::model::Config;
use crate::text::address::href;
use crate::text::xml;

/// The addresses of all pages for search engines; relative to the site's root without a public address.
pub(super) fn sitemap(config: &Config, graph: &Graph) -> Vec<u8> {
    let base = config.base_url.as_deref().unwrap_or("/");
    let document = xml::document(|writer| {
        let urls = writer.create_element("urlset");
        let urls = urls.with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"));
        urls.write_inner_content(|writer| {
            for (url, _) in graph.routes.pages.iter().filter(|(_, page)| page.is_indexed()) {
                let url = url.strip_suffix("index.html").unwrap_or(url);
                writer.create_element("url").write_inner_content(|writer| {
                    xml::element(writer, "loc", &format!("{base}{}", href(url)))
                })?;
            }
            Ok(())
        })?;
        Ok(())
    });
    document.into_bytes()
}
