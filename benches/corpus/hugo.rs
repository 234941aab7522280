//! The same documents as a site of Hugo: a minimal theme with the same highlighting, and no search, no
//! checks, no page for each alert.

use std::fs;
use std::io;
use std::path::Path;

const LAYOUT: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} · {{ site.Title }}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<nav><ul>{{ range site.Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></nav>
<main>
<h1>{{ .Title }}</h1>
{{ block "main" . }}{{ end }}
</main>
</body>
</html>
"#;

const SINGLE: &str = r#"{{ define "main" }}
{{ with .Params.summary }}<p>{{ . }}</p>{{ end }}
{{ .TableOfContents }}
{{ .Content }}
{{ end }}
"#;

const LIST: &str = r#"{{ define "main" }}
{{ .Content }}
<ul>{{ range .RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
{{ end }}
"#;

/// Writes a site of Hugo into an empty folder. It reads its documents from `content`.
///
/// # Errors
///
/// If the system can't.
pub(crate) fn write(folder: &Path, content: &Path) -> io::Result<()> {
    let layouts = folder.join("layouts/_default");
    fs::create_dir_all(&layouts)?;
    let settings = format!(
        "title = 'Operations'\nbaseURL = 'https://kb.example/'\ncontentDir = '{}'\nuglyURLs = true\n\
         disableKinds = ['taxonomy', 'term', 'rss']\n\
         [markup.highlight]\nnoClasses = false\n",
        content.display()
    );
    fs::write(folder.join("hugo.toml"), settings)?;
    fs::write(layouts.join("baseof.html"), LAYOUT)?;
    fs::write(layouts.join("single.html"), SINGLE)?;
    fs::write(layouts.join("list.html"), LIST)
}

/// The file that Hugo makes of a document.
pub(crate) fn rendered(path: &str) -> String {
    match path.strip_suffix(".md") {
        Some("_index") | None => "index.html".to_owned(),
        Some(stem) => stem.to_lowercase() + ".html",
    }
}
