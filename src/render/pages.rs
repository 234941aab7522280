//! Each page of the site as its template sees it.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::Theme;
use super::context::Pages;
use super::html::{self, Target};
use super::view::{AlertView, Link, Moment, PageView, SourceView, TocEntry};
use crate::graph::{Attachment, LinkProblem, LinkTarget, Page};
use crate::model::field_type::day;
use crate::model::{Document, Role};
use crate::text::address::{href, relative};

impl Pages<'_> {
    /// The template and the view of the page at `url`; none for a page that needs no template.
    pub fn view(&self, url: &str, page: &Page, theme: &Theme) -> Option<(String, PageView)> {
        let (template, mut view) = self.view_alone(url, page, theme)?;
        let wanted = theme.kinds_wanted(&template).into_iter();
        view.all = wanted.map(|kind| (kind.clone(), self.records(&kind))).collect();
        Some((template, view))
    }

    fn view_alone(&self, url: &str, page: &Page, theme: &Theme) -> Option<(String, PageView)> {
        let base = PageView { canonical: self.absolute(url), ..PageView::default() };
        let base = PageView { root: "../".repeat(url.matches('/').count()), url: href(url), ..base };
        let config = &self.base.config;
        Some(match page {
            Page::Home { introduction } => {
                let view = self.introduced(base, *introduction, Some(&config.title));
                let (groups, attention) = (self.home(), Some(self.attention()));
                ("home.html".to_owned(), PageView { title: config.title.clone(), groups, attention, ..view })
            }
            Page::Collected { kind, field } => {
                ("collected.html".to_owned(), self.collection(*kind, *field, base))
            }
            Page::Document(document) => return Some(self.document(*document, base, theme)),
            Page::Kind { kind, introduction } => {
                let shown = &self.base.kinds.all[*kind];
                let view = self.introduced(base, *introduction, Some(&shown.plural));
                (theme.index_template(&shown.id), self.kind(*kind, view))
            }
            Page::Folder { path, introduction } => {
                let view = self.introduced(base, *introduction, None);
                ("folder.html".to_owned(), self.folder(path, view))
            }
            Page::Alerts { introduction } => {
                let view = self.introduced(base, *introduction, Some("Alerts"));
                let mut names: Vec<&String> = self.graph.alerts.keys().collect();
                names.sort_by_cached_key(|name| name.to_lowercase());
                let alerts = names.into_iter().map(|name| self.alert_view(name)).collect();
                ("alerts.html".to_owned(), PageView { title: "Alerts".to_owned(), alerts, ..view })
            }
            Page::Alert(name) => {
                let crumbs = vec![Link { title: "Alerts".to_owned(), url: "alerts/index.html".to_owned() }];
                let documents: Vec<usize> =
                    self.graph.alerts[name].iter().map(|(document, _)| *document).collect();
                let openings =
                    documents.iter().filter_map(|&document| self.first_command(document, url)).collect();
                let groups = self.by_kind_groups(documents);
                ("alert.html".to_owned(), PageView { title: name.clone(), crumbs, groups, openings, ..base })
            }
            Page::Redirect(document) => {
                let title = self.graph.documents[*document].title.clone();
                let target = Link {
                    url: relative(url, &self.graph.routes.documents[*document]),
                    title: title.clone(),
                };
                let canonical = self.absolute(&self.graph.routes.documents[*document]);
                ("redirect.html".to_owned(), PageView { title, canonical, target: Some(target), ..base })
            }
            Page::NotFound => {
                // The host shows this page at any address, so its links begin at the root of the host.
                let root = config.base_url.as_deref().and_then(|base| base.split_once("://"));
                let root = root.and_then(|(_, rest)| Some(rest[rest.find('/')?..].to_owned()));
                let root = root.unwrap_or_default();
                ("404.html".to_owned(), PageView { title: "Page not found".to_owned(), root, ..base })
            }
            Page::Search => ("search.html".to_owned(), PageView { title: "Search".to_owned(), ..base }),
            Page::Feed(_) | Page::Sitemap | Page::OpenSearch | Page::GraphData => return None,
        })
    }

    fn absolute(&self, url: &str) -> Option<String> {
        let url = url.strip_suffix("index.html").unwrap_or(url);
        self.base.config.base_url.as_ref().map(|base| format!("{base}{}", href(url)))
    }

    /// `view` with the text of the index document that introduces the page.
    fn introduced(&self, view: PageView, introduction: Option<usize>, title: Option<&str>) -> PageView {
        let Some(index) = introduction else { return view };
        let document = &self.graph.documents[index];
        // A page with a title of its own keeps the heading of the text, unless that says the same.
        let title = title.unwrap_or(&document.title);
        let (html, toc) = (self.html(index, title), toc(document, title));
        let source = Some(self.source(index));
        PageView {
            facts: self.values(index).facts(&document.fields, &document.kind.fields),
            title: document.title.clone(),
            description: document.summary.clone(),
            anchor: title_anchor(document, title),
            lead: document.text_of(Role::Summary).unwrap_or_default().to_owned(),
            html,
            toc,
            source,
            ..view
        }
    }

    /// Where a document comes from, and what can be done about it there.
    pub(super) fn source(&self, index: usize) -> SourceView {
        let (document, config) = (&self.graph.documents[index], &self.base.config);
        let path = document.source.path.to_string();
        let url = &self.graph.routes.documents[index];
        let filled = |pattern: &Option<String>| {
            let pattern = pattern.as_ref()?.replace("{path}", &href(&path));
            let title = utf8_percent_encode(&document.title, NON_ALPHANUMERIC).to_string();
            let url = self.absolute(url).unwrap_or_else(|| href(url));
            let url = utf8_percent_encode(&url, NON_ALPHANUMERIC).to_string();
            Some(pattern.replace("{title}", &title).replace("{url}", &url))
        };
        let changed = self.world.edited(&path);
        SourceView {
            url: config.repository.as_ref().map(|base| format!("{base}{}", href(&path))),
            edit: filled(&config.edit_url),
            report: filled(&config.report_url),
            changed: changed.map(|date| Moment { text: day(date), iso: date.to_string() }),
            path,
        }
    }

    pub(super) fn alert_link(&self, name: &str) -> Link {
        let url = self.graph.routes.alerts.get(name).map(|url| href(url)).unwrap_or_default();
        Link { title: name.to_owned(), url }
    }

    fn alert_view(&self, name: &str) -> AlertView {
        let Link { title: name, url } = self.alert_link(name);
        let documents = self.graph.alerts[&name].iter().map(|(document, _)| self.cards[*document].clone());
        AlertView { url, documents: documents.collect(), name }
    }

    /// The body of a document as it stands on a page with this title.
    pub(super) fn html(&self, index: usize, title: &str) -> String {
        let document = &self.graph.documents[index];
        let targets = self.targets(index, &self.graph.routes.documents[index]);
        html::body(
            &document.source.text,
            document.body_start,
            &document.body,
            document.body.title_heading(title).is_some(),
            &targets,
            &|language, code| self.code.highlight(language, code).to_string(),
        )
    }

    /// Where the links of a document lead from the page at `url`.
    pub(super) fn targets(&self, index: usize, url: &str) -> Vec<Target> {
        self.graph.links[index].iter().map(|target| self.target(url, target)).collect()
    }

    fn target(&self, url: &str, target: &LinkTarget) -> Target {
        let to = |path: &str| Target { href: Some(relative(url, path)), ..Target::default() };
        match target {
            LinkTarget::Document { document, anchor } => {
                let mut link = relative(url, &self.graph.routes.documents[*document]);
                if let Some(anchor) = anchor {
                    let own = self.graph.routes.documents[*document] == url;
                    link = format!("{}#{}", if own { "" } else { &link }, href(anchor));
                }
                let text = Some(self.graph.documents[*document].title.clone());
                Target { href: Some(link), text, is_page: true, ..Target::default() }
            }
            LinkTarget::Page { url: page } => to(page),
            LinkTarget::File { path, anchor } => {
                let attachment = self.graph.attachments.get(path);
                if let Some(Attachment::Withheld(_)) = attachment {
                    return Target {
                        note: Some("This file is not published".to_owned()),
                        ..Target::default()
                    };
                }
                let is_download = attachment == Some(&Attachment::Download);
                let anchor = anchor.as_ref().map(|anchor| format!("#{}", href(anchor))).unwrap_or_default();
                // No image shows what is to be downloaded.
                let href = Some(relative(url, path) + &anchor);
                Target { href, is_download, is_page: is_download, ..Target::default() }
            }
            LinkTarget::Static { path } => to(path),
            LinkTarget::External(address) => {
                Target { href: Some(address.clone()), external: true, ..Target::default() }
            }
            LinkTarget::Broken(problem) => {
                let note = match problem {
                    LinkProblem::NotPublished => "This file is no part of the site",
                    LinkProblem::NoAnchor { .. } => "This section does not exist",
                    LinkProblem::Unsafe => "This address is not safe",
                    LinkProblem::Ambiguous(_) => "Several documents have this name",
                    LinkProblem::NoFile | LinkProblem::NoDocument | LinkProblem::Empty => {
                        "This page does not exist"
                    }
                };
                Target { note: Some(note.to_owned()), ..Target::default() }
            }
        }
    }
}

/// The anchor of the first heading, where the title of the page stands for it.
pub(super) fn title_anchor(document: &Document, title: &str) -> String {
    document.body.title_heading(title).map(|heading| heading.slug.clone()).unwrap_or_default()
}

/// The headings of a document on a page with this title.
pub(super) fn toc(document: &Document, title: &str) -> Vec<TocEntry> {
    let skipped = usize::from(document.body.title_heading(title).is_some());
    let headings = document.body.headings.iter().skip(skipped);
    let entries = headings.filter(|heading| heading.level <= 3).map(|heading| TocEntry {
        level: heading.level.max(2),
        title: heading.text.clone(),
        anchor: heading.slug.clone(),
    });
    entries.collect()
}
