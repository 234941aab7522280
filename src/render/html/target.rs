//! Where links lead.

/// Where a link leads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Target {
    /// What to write into `href` or `src`; none if the link is broken.
    pub href: Option<String>,
    /// What a wiki link without a text of its own shows.
    pub text: Option<String>,
    /// Why the link is broken.
    pub note: Option<String>,
    /// Whether it leaves the site.
    pub external: bool,
    /// Whether it is to be downloaded and not opened.
    pub is_download: bool,
    /// Whether it is a page, which no image can show.
    pub is_page: bool,
}
