//! VitePress and VuePress: <https://vitepress.dev/guide/routing>, <https://vuepress.vuejs.org/guide/page.html>.

use super::navigation::list_code;
use super::rules::Generator;
use super::settings::{Settings, join, literal_lists, literals, only};
use crate::model::{Navigation, Origin, OtherPages};

pub(super) struct VitePress;
pub(super) struct VuePress;

const ENDINGS: [&str; 5] = ["ts", "mts", "js", "mjs", "cjs"];

impl Generator for VitePress {
    fn name(&self) -> &'static str {
        "VitePress"
    }

    fn origin(&self, settings: &Settings<'_>, folder: &str) -> Option<Origin> {
        let code = code(settings, folder, ".vitepress/config")?;
        let source = literals(&code, "srcDir").first().map_or(".", |path| *path);
        let root = join(folder, source)?;
        let statics = join(&format!("{root}/"), "public").into_iter().collect();
        Some(origin(self.name(), &code, root, statics))
    }
}

impl Generator for VuePress {
    fn name(&self) -> &'static str {
        "VuePress"
    }

    fn origin(&self, settings: &Settings<'_>, folder: &str) -> Option<Origin> {
        let code = code(settings, folder, ".vuepress/config")?;
        let statics = join(folder, ".vuepress/public").into_iter().collect();
        Some(origin(self.name(), &code, join(folder, ".")?, statics))
    }
}

/// The program that holds the settings; it may be a folder of several.
fn code(settings: &Settings<'_>, folder: &str, path: &str) -> Option<String> {
    let names = ENDINGS.iter().flat_map(|ending| ["", "/index"].map(|name| format!("{path}{name}.{ending}")));
    names.into_iter().find_map(|name| settings.text(&format!("{folder}{name}")))
}

fn origin(name: &'static str, code: &str, root: String, statics: Vec<String>) -> Origin {
    let mut navigation = Navigation::default();
    if let Some(at) = code.find("sidebar") {
        list_code(&mut navigation, &root, &code[at..]);
    }
    // The one takes a list of what is left out, and the other patterns of what is a page, and with `!` of what is not.
    let patterns = literal_lists(code, "pagePatterns");
    let (out, wanted): (Vec<String>, Vec<String>) =
        patterns.into_iter().partition(|path| path.starts_with('!'));
    let mut lines = only(&wanted);
    lines.extend(literal_lists(code, "srcExclude").iter().map(|path| format!("/{path}")));
    lines.extend(out.iter().map(|path| format!("/{}", &path[1..])));
    Origin {
        generator: name,
        excludes: vec![(root.clone(), lines)],
        navigation,
        title: literals(code, "title").first().map(|title| (*title).to_owned()),
        roots: vec![(root, String::new())],
        statics,
        other_pages: OtherPages::Apart,
        ..Origin::default()
    }
}
