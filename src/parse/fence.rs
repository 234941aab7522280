//! What the info string of a block of code says of it beside its language.

/// Names under which generators keep the title of a block: MkDocs and Docusaurus `title`, Hugo `name` and `filename`,
/// mdBook and Astro `file`, Pandoc and MyST `caption`.
const TITLES: [&str; 5] = ["title", "name", "filename", "file", "caption"];

/// The title that an info string gives: `yaml title="deploy.yml"`, `{.yaml name=deploy.yml}`, `yaml [deploy.yml]` of
/// VitePress, `yaml:deploy.yml`. What else it says is about the looks of the block, such as `hl_lines` and `linenums`.
pub fn title(info: &str) -> Option<&str> {
    let mut rest = info;
    while let Some(at) = rest.find('=') {
        let key = rest[..at].trim_end().rsplit([' ', '\t', ',', '{']).next().unwrap_or_default();
        let value = rest[at + 1..].trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find([' ', '\t', ',', '}']).unwrap_or(value.len())),
        };
        if TITLES.iter().any(|title| title.eq_ignore_ascii_case(key)) && !value.trim().is_empty() {
            return Some(value.trim());
        }
        rest = after;
    }
    let (language, more) = info.trim().split_once([' ', '\t']).unwrap_or((info.trim(), ""));
    let bracketed = more.trim().strip_prefix('[').and_then(|more| more.split_once(']')).map(|(name, _)| name);
    let behind_colon =
        language.split_once(':').map(|(_, name)| name).filter(|name| name.contains(['.', '/']));
    bracketed.or(behind_colon).map(str::trim).filter(|title| !title.is_empty())
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn titles_are_found_however_generators_write_them() {
        for (info, expected) in [
            ("yaml title=\"deploy.yml\"", Some("deploy.yml")),
            ("yaml hl_lines=\"2 3\" title='The = of it' linenums=\"1\"", Some("The = of it")),
            ("{.yaml title=deploy.yml}", Some("deploy.yml")),
            ("yaml {name=\"deploy.yml\", linenos=inline}", Some("deploy.yml")),
            ("js title=\"src/a b.js\" {1,3-4} showLineNumbers", Some("src/a b.js")),
            ("rust,file=src/main.rs", Some("src/main.rs")),
            ("{.python #id Caption = \"Sum\" }", Some("Sum")),
            ("ts [config.ts]", Some("config.ts")),
            ("ruby:lib/a.rb", Some("lib/a.rb")),
            ("title=\"No language\"", Some("No language")),
            ("yaml title=\"not closed", Some("not closed")),
            ("bash destructive", None),
            ("yaml hl_lines=\"2 title\" subtitle=\"x\"", None),
            ("yaml title=\"\"", None),
            ("ts:line-numbers {1}", None),
            ("é = =", None),
            ("", None),
        ] {
            assert_eq!(title(info), expected, "{info}");
        }
    }
}
