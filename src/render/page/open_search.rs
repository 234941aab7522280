//! How to search the site, for browsers.

use crate::model::Config;
use crate::text::xml;

/// How browsers search the site from their address bar:
/// <https://developer.mozilla.org/docs/Web/XML/Guides/OpenSearch>. Without an address of the site they can't.
pub(super) fn open_search(config: &Config) -> Vec<u8> {
    // Browsers take at most 16 characters for the name, and 1024 for the rest.
    let name: String = config.title.chars().take(16).collect();
    let description = if config.description.is_empty() { &config.title } else { &config.description };
    let description: String = description.chars().take(1024).collect();
    let base = config.base_url.as_deref().unwrap_or("/");
    let template = format!("{base}search.html?q={{searchTerms}}");
    let document = xml::document(|writer| {
        let root = writer.create_element("OpenSearchDescription");
        let root = root.with_attribute(("xmlns", "http://a9.com/-/spec/opensearch/1.1/"));
        root.write_inner_content(|writer| {
            xml::element(writer, "ShortName", &name)?;
            xml::element(writer, "Description", &description)?;
            xml::element(writer, "InputEncoding", "UTF-8")?;
            let url = writer.create_element("Url");
            url.with_attributes([("type", "text/html"), ("template", &template)]).write_empty()?;
            Ok(())
        })?;
        Ok(())
    });
    document.into_bytes()
}
