//! Astro with Starlight: <https://docs.astro.build/en/guides/routing/#excluding-pages>,
//! <https://starlight.astro.build/guides/pages/>, <https://starlight.astro.build/guides/i18n/>.

use super::navigation::list_code;
use super::rules::{Generator, Page};
use super::settings::{Settings, join, literals};
use crate::model::{Navigation, Origin, OtherPages};

pub(super) struct Astro;

const SETTINGS: [&str; 4] = ["astro.config.mjs", "astro.config.ts", "astro.config.js", "astro.config.mts"];

impl Generator for Astro {
    fn name(&self) -> &'static str {
        "Astro"
    }

    fn origin(&self, settings: &Settings<'_>, folder: &str) -> Option<Origin> {
        let code = settings.text(&settings.first(folder, &SETTINGS)?)?;
        let roots = ["src/content/docs", "src/content", "src/pages"];
        let roots = roots.iter().filter_map(|path| join(folder, path));
        let roots = roots.filter(|path| settings.has_documents(path)).map(|path| (path, String::new()));
        let roots: Vec<_> = roots.collect();
        let mut navigation = Navigation::default();
        if let (Some((root, _)), Some(at)) = (roots.first(), code.find("sidebar")) {
            list_code(&mut navigation, root, &code[at..]);
        }
        Some(Origin {
            generator: self.name(),
            navigation,
            title: literals(&code, "title").first().map(|title| (*title).to_owned()),
            // What begins with an underscore is no page.
            excludes: roots.iter().map(|(path, _)| (path.clone(), vec!["_*".to_owned()])).collect(),
            roots,
            statics: join(folder, "public").into_iter().collect(),
            other_pages: OtherPages::Apart,
            ..Origin::default()
        })
    }

    fn addresses(&self, _origin: &Origin, page: &Page<'_>) -> Vec<String> {
        page.values("slug").map(str::to_owned).chain([page.path.to_owned()]).collect()
    }

    fn place_fields(&self) -> &'static [&'static str] {
        &["sidebar.order"]
    }

    fn name_fields(&self) -> &'static [&'static str] {
        &["sidebar.label"]
    }

    fn untranslated(&self, address: &str) -> Option<String> {
        let (language, rest) = address.split_once('/')?;
        let mut parts = language.split('-');
        let is_code = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
            lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
        };
        let is_language =
            parts.next().is_some_and(|part| is_code(part, 2..=3)) && parts.all(|part| is_code(part, 2..=4));
        is_language.then(|| rest.to_owned())
    }
}
