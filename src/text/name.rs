//! Names of files.

/// The endings of markdown, each before those that end it. Templates are read as the markdown around their code.
const MARKDOWN: [&str; 8] =
    [".html.md.erb", ".html.md", ".md.erb", ".mdx", ".html.markdown", ".markdown", ".mdown", ".md"];

/// A path without the ending of a markdown file.
pub fn stem(path: &str) -> &str {
    let ending = MARKDOWN.iter().find(|ending| {
        let at = path.len().checked_sub(ending.len()).and_then(|at| path.get(at..));
        at.is_some_and(|end| end.eq_ignore_ascii_case(ending))
    });
    ending.map_or(path, |ending| &path[..path.len() - ending.len()])
}

/// Whether `path` is the name of a markdown file.
pub fn is_markdown(path: &str) -> bool {
    stem(path) != path
}

/// A name without the number that puts it in order, and the number: `01-intro`. A date is no such number.
pub fn numbered(name: &str) -> Option<(u32, &str)> {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let rest = name[digits..].trim_start_matches([' ', '-', '_', '.']);
    let is_parted = rest.len() < name.len() - digits;
    let is_date = rest.starts_with(|letter: char| letter.is_ascii_digit());
    let number = name[..digits].parse().ok()?;
    (is_parted && !is_date && !rest.is_empty()).then_some((number, rest))
}
