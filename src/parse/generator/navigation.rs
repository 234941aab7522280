//! Reads the order and the names of pages from lists of them: one for a folder, one for a site, or one in a program.

use super::rules::normal;
use super::settings::join;
use crate::model::{Navigation, NavigationEntry, UNPLACED, within};
use crate::text::name::{is_markdown, stem};

/// What stands in the list of a folder for everything that the list does not name.
const REST: &str = "...";

/// Adds what `folder` lists of what is in it, in its order: names of files and folders, each perhaps with a title.
pub(super) fn list_folder(
    navigation: &mut Navigation,
    root: &str,
    folder: &str,
    names: &[(String, Option<String>)],
) {
    let mut place = 0;
    for (name, title) in names {
        if name == REST {
            place += UNPLACED;
            continue;
        }
        place += 1000;
        let Some(path) = join(&format!("{folder}/"), name).map(|path| stem(&path).to_owned()) else {
            continue;
        };
        let entry = NavigationEntry { position: Some(place), title: title.clone(), is_global: false };
        if let Some(address) = within(root, &path) {
            navigation.pages.insert(normal(address), entry.clone());
        }
        if !is_markdown(name) {
            navigation.folders.entry(path).or_default().position = entry.position;
        }
    }
}

/// Adds the links of a list in markdown, in their order.
pub(super) fn list_links(navigation: &mut Navigation, text: &str) {
    let body = crate::parse::markdown::scan(text, 0);
    for link in body.links {
        let target = link.target.split('#').next().unwrap_or_default();
        if !is_markdown(target) {
            continue;
        }
        let line = text[..link.span.range().start].rsplit('\n').next().unwrap_or_default();
        let title = line.split_once('[').and_then(|(_, rest)| rest.rsplit_once("]("));
        let title = title.map(|(title, _)| title.replace(['`', '*', '\\'], ""));
        let address = join("", &target.replace("%20", " ")).map(|path| normal(stem(&path)));
        if let Some(address) = address {
            navigation.list(address, title.filter(|title| !title.trim().is_empty()));
        }
    }
}

/// Names a folder as the group of pages is named that all stand in it. Groups come from the inside out.
pub(super) fn name_folder(navigation: &mut Navigation, root: &str, title: &str, addresses: &[String]) {
    let folder = |address: &String| address.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    // The address of the page of a folder is that of the folder.
    let first = addresses.iter().find_map(folder);
    let Some(first) = first else { return };
    let is_inside = |address: &String| *address == first || folder(address).as_ref() == Some(&first);
    if addresses.iter().all(is_inside) {
        let path = if root.is_empty() { first } else { format!("{root}/{first}") };
        navigation.folders.entry(path).or_default().title.get_or_insert_with(|| title.to_owned());
    }
}

/// Adds what a program lists of the pages of a site, from literals: `['intro', { label: 'Web', slug: 'web' }]`. The
/// program is not run, so what it puts together is not known.
pub(super) fn list_code(navigation: &mut Navigation, root: &str, code: &str) {
    let mut groups = vec![CodeGroup::default()];
    let mut key = "";
    for token in tokens(code) {
        match token {
            Token::Open => groups.push(CodeGroup { key, ..CodeGroup::default() }),
            Token::Close if groups.len() > 1 => {
                let group = groups.pop().unwrap_or_default();
                group.add_names(navigation, root);
                if let Some(outer) = groups.last_mut() {
                    outer.pages.extend(group.pages);
                    outer.folder = outer.folder.take().or(group.folder.filter(|_| group.title.is_none()));
                }
            }
            Token::Key(name) => {
                key = name;
                continue;
            }
            Token::Text(text) => {
                if let Some(group) = groups.last_mut() {
                    group.text(navigation, key, text);
                }
            }
            Token::Close | Token::Next => {}
        }
        key = "";
    }
}

/// An object or a list in a program.
#[derive(Default)]
struct CodeGroup<'a> {
    /// The key under which it stands.
    key: &'a str,
    title: Option<&'a str>,
    /// The page that it is, if it is one.
    own: Option<String>,
    /// The addresses of the pages in it.
    pages: Vec<String>,
    /// The folder whose pages it stands for.
    folder: Option<&'a str>,
}

impl<'a> CodeGroup<'a> {
    fn text(&mut self, navigation: &mut Navigation, key: &str, text: &'a str) {
        match key {
            "label" | "text" => self.title = self.title.or(Some(text)),
            "directory" | "dirName" if text != "." => self.folder = Some(text),
            // A list of pages, or the page of an object.
            "" | "id" | "slug" | "link" if self.key != "translations" => {
                let address = normal(stem(text.split('#').next().unwrap_or_default()));
                let is_address = !text.contains("://") && !text.contains(char::is_whitespace);
                // The root of a site is an address too.
                if is_address && (!address.is_empty() || text == "/") {
                    navigation.list(address.clone(), None);
                    self.own = (!key.is_empty()).then(|| address.clone());
                    self.pages.push(address);
                }
            }
            _ => {}
        }
    }

    /// Takes over what the group is called.
    fn add_names(&self, navigation: &mut Navigation, root: &str) {
        if let Some(folder) = self.folder {
            let position = Some(navigation.next());
            let path = join(&format!("{root}/"), folder).unwrap_or_default();
            let entry = navigation.folders.entry(path).or_default();
            entry.position = entry.position.or(position);
            if let Some(title) = self.title {
                entry.title.get_or_insert_with(|| title.to_owned());
            }
        }
        let Some(title) = self.title else { return };
        match (&self.own, self.pages.as_slice()) {
            (Some(own), [_]) => {
                if let Some(entry) = navigation.pages.get_mut(own) {
                    entry.title.get_or_insert_with(|| title.to_owned());
                }
            }
            (_, pages) => name_folder(navigation, root, title, pages),
        }
    }
}

/// What of a program says how its literals belong together.
enum Token<'a> {
    Open,
    Close,
    Next,
    Key(&'a str),
    Text(&'a str),
}

/// The literals of a program in JavaScript or JSON, and what is around them.
fn tokens(code: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(letter) = code[at..].chars().next() {
        let rest = &code[at..];
        let end = match letter {
            _ if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            _ if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '\'' | '"' | '`' => {
                let end = rest[1..].find(letter).map_or(rest.len(), |end| end + 1);
                let text = &rest[1..end];
                let is_key = rest[end..].trim_start_matches(letter).trim_start().starts_with(':');
                tokens.push(if is_key { Token::Key(text) } else { Token::Text(text) });
                (end + 1).min(rest.len())
            }
            '{' | '[' => {
                tokens.push(Token::Open);
                1
            }
            '}' | ']' => {
                tokens.push(Token::Close);
                1
            }
            ',' => {
                tokens.push(Token::Next);
                1
            }
            _ if letter.is_alphabetic() || letter == '_' => {
                let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
                let end = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
                if rest[end..].trim_start().starts_with(':') {
                    tokens.push(Token::Key(&rest[..end]));
                }
                end
            }
            _ => letter.len_utf8(),
        };
        at += end;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::{list_code, list_links};
    use crate::model::Navigation;

    fn pages(navigation: &Navigation) -> Vec<(&str, Option<&str>)> {
        let mut pages: Vec<_> = navigation.pages.iter().collect();
        pages.sort_by_key(|(_, entry)| entry.position);
        pages.into_iter().map(|(address, entry)| (address.as_str(), entry.title.as_deref())).collect()
    }

    #[test]
    fn programs_list_pages_in_literals() {
        let code = "
export default {
  // 'no/page',
  guide: [
    'intro',
    { type: 'doc', id: 'web/restart', label: 'Restart it' },
    { type: 'category', label: 'Network', items: ['net/dns', { type: 'doc', id: 'net/tls' }] },
    { label: 'Reference', translations: { de: 'Referenz' }, autogenerate: { directory: 'reference' } },
    { text: 'Home', link: '/' }, { text: 'Forge', link: 'https://example.com/x' },
  ],
}";
        let mut found = Navigation::default();
        list_code(&mut found, "docs", code);
        assert_eq!(
            pages(&found),
            [
                ("intro", None),
                ("web/restart", Some("Restart it")),
                ("net/dns", None),
                ("net/tls", None),
                ("", Some("Home"))
            ]
        );
        assert_eq!(found.folders["docs/net"].title.as_deref(), Some("Network"));
        assert_eq!(found.folders["docs/reference"].title.as_deref(), Some("Reference"));
    }

    #[test]
    fn what_is_no_program_lists_nothing() {
        for code in ["", "'", "{{{", "]]]", "a: 'b", "/* x", "`${a}`: {", "{ label: 'x' } é"] {
            list_code(&mut Navigation::default(), "", code);
        }
    }

    #[test]
    fn links_are_pages_in_their_order() {
        let text =
            "# Summary\n\n[Start `here`](./start.md)\n\n- [B](b/README.md)\n    - [A](b/a.md#x)\n- [C]()\n";
        let mut found = Navigation::default();
        list_links(&mut found, text);
        assert_eq!(
            pages(&found),
            [("start", Some("Start here")), ("b/README", Some("B")), ("b/a", Some("A"))]
        );
    }
}
