//! Links that open a file in the author's editor.

use std::path::Path;
use std::str::FromStr;

use crate::text::address::href;

/// How an editor opens a file: an address with `{path}`, `{line}` and `{column}` in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor(String);

/// Editors that register an address scheme of their own, as their manuals give it.
const KNOWN: [(&str, &str); 7] = [
    ("vscode", "vscode://file{path}:{line}:{column}"),
    ("vscodium", "vscodium://file{path}:{line}:{column}"),
    ("cursor", "cursor://file{path}:{line}:{column}"),
    ("windsurf", "windsurf://file{path}:{line}:{column}"),
    ("zed", "zed://file{path}:{line}:{column}"),
    ("idea", "idea://open?file={path}&line={line}&column={column}"),
    ("textmate", "txmt://open?url=file://{path}&line={line}&column={column}"),
];

impl FromStr for Editor {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some((_, template)) = KNOWN.iter().find(|(name, _)| *name == text) {
            return Ok(Self((*template).to_owned()));
        }
        // A script in place of an address would run in the page.
        let has_scheme =
            text.split_once(':').is_some_and(|(scheme, _)| !scheme.eq_ignore_ascii_case("javascript"));
        if has_scheme && text.contains("{path}") {
            return Ok(Self(text.to_owned()));
        }
        let names: Vec<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
        let names = names.join(", ");
        Err(format!("give one of {names}, or an address such as `x://open?file={{path}}&line={{line}}`"))
    }
}

impl Editor {
    /// The address that opens a place in the file at `path`; line and column count from 1.
    pub fn link(&self, path: &Path, line: usize, column: usize) -> String {
        let path = path.to_string_lossy().replace('\\', "/");
        self.0
            .replace("{line}", &line.to_string())
            .replace("{column}", &column.to_string())
            .replace("{path}", &href(&path))
    }
}

#[cfg(test)]
mod tests {
    use super::Editor;

    #[test]
    fn links_lead_to_the_place() {
        let link = |editor: &str| {
            let editor: Editor = editor.parse().unwrap_or_else(|error| panic!("{editor}: {error}"));
            editor.link("/kb/a b&c.md".as_ref(), 3, 5)
        };
        assert_eq!(link("vscode"), "vscode://file/kb/a%20b%26c.md:3:5");
        assert_eq!(link("idea"), "idea://open?file=/kb/a%20b%26c.md&line=3&column=5");
        assert_eq!(link("x-vi:{path}#{line}"), "x-vi:/kb/a%20b%26c.md#3");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["emacs", "", "javascript:alert('{path}')", "vscode://file"] {
            assert!(text.parse::<Editor>().is_err(), "{text}");
        }
    }
}
