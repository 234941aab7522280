//! Heading anchors, as the forges make them: a link `x.md#some-heading` that works on GitHub works
//! on the site.

use rustc_hash::FxHashMap;

/// Makes the anchors of one document's headings; remembers them to number repeats.
#[derive(Debug, Default)]
pub struct Slugger {
    /// How many times each slug was asked for after its first use.
    seen: FxHashMap<String, usize>,
}

impl Slugger {
    /// The anchor of the next heading, from its plain text.
    pub fn slug(&mut self, heading_text: &str) -> String {
        // The ids of the page around the text begin with `_`. A link with the forge's anchor is found loosely.
        let plain = github(heading_text).trim_start_matches('_').to_owned();
        // A heading of emoji or punctuation alone has an empty anchor on GitHub. No link can name
        // it there, so any name does, and an empty `id` is invalid HTML.
        let plain = if plain.is_empty() { "section".to_string() } else { plain };
        let mut slug = plain.clone();
        let mut repeat = self.seen.get(&plain).copied();
        while let Some(count) = repeat {
            let count = count + 1;
            self.seen.insert(plain.clone(), count);
            slug = format!("{plain}-{count}");
            repeat = self.seen.contains_key(&slug).then_some(count);
        }
        self.seen.insert(slug.clone(), 0);
        slug
    }

    /// Takes an anchor that the author wrote (`## Title {#id}`), so that no other heading gets it.
    pub fn reserve(&mut self, anchor: &str) {
        self.seen.entry(anchor.to_string()).or_insert(0);
    }
}

/// A form under which the anchors that GitHub, GitLab, MkDocs and Hugo make of one heading are
/// equal: they differ in case and in what becomes of runs of punctuation.
pub fn loose(anchor: &str) -> String {
    let mut out = String::with_capacity(anchor.len());
    let mut gap = false;
    for char in anchor.chars().flat_map(char::to_lowercase) {
        // Of an emoji, Hugo keeps no variation selector either.
        let is_selector = matches!(char, '\u{fe00}'..='\u{fe0f}');
        if is_kept(char) && char != '_' && !is_selector {
            if gap && !out.is_empty() {
                out.push('-');
            }
            gap = false;
            out.push(char);
        } else {
            gap = true;
        }
    }
    out
}

/// The name of a file for a text: its words in lower case, with dashes between them. Empty if it has none.
pub fn file_name(text: &str) -> String {
    loose(&text.replace(['\'', '’'], ""))
}

/// GitHub's anchor of one heading, without numbering.
fn github(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.trim().chars() {
        match char {
            'a'..='z' | '0'..='9' | '-' | '_' => out.push(char),
            'A'..='Z' => out.push(char.to_ascii_lowercase()),
            ' ' => out.push('-'),
            _ if is_kept(char) => out.extend(char.to_lowercase()),
            _ => {}
        }
    }
    out
}

fn is_kept(char: char) -> bool {
    if char.is_ascii() {
        return char.is_ascii_alphanumeric() || char == '_';
    }
    let inside = |&(first, last): &(u32, u32)| {
        if last < u32::from(char) {
            std::cmp::Ordering::Less
        } else if first > u32::from(char) {
            std::cmp::Ordering::Greater
        } else {
            std::cmp::Ordering::Equal
        }
    };
    char.is_alphabetic() || KEPT.binary_search_by(inside).is_ok()
}

/// Marks, decimal digits and connector punctuation that are not alphabetic: what GitHub keeps
/// beyond `char::is_alphabetic`. From Unicode 14; gaps of alphabetic or unassigned characters are
/// closed. The standard library knows no general categories.
#[rustfmt::skip]
const KEPT: &[(u32, u32)] = &[
    (0x300, 0x362), (0x483, 0x489), (0x591, 0x5af), (0x658, 0x669), (0x6df, 0x6e0), (0x6ea, 0x6f9),
    (0x740, 0x7f3), (0x7fd, 0x7fd), (0x818, 0x82d), (0x859, 0x85b), (0x898, 0x8e1), (0x8ea, 0x954),
    (0x966, 0x96f), (0x9bc, 0x9ef), (0x9fe, 0xa6f), (0xabc, 0xaef), (0xafd, 0xb6f), (0xbcd, 0xbef),
    (0xc3c, 0xc6f), (0xcbc, 0xd4d), (0xd66, 0xd6f), (0xdca, 0xdef), (0xe47, 0xe4e), (0xe50, 0xe59),
    (0xeba, 0xed9), (0xf18, 0xf19), (0xf20, 0xf29), (0xf35, 0xf35), (0xf37, 0xf37), (0xf39, 0xf39),
    (0xf3e, 0xf84), (0xf86, 0xf87), (0xfc6, 0xfc6), (0x1037, 0x1049), (0x1090, 0x1099),
    (0x135d, 0x135f), (0x1714, 0x1734), (0x17b4, 0x17d3), (0x17dd, 0x17e9), (0x180b, 0x180d),
    (0x180f, 0x193b), (0x1946, 0x19d9), (0x1a60, 0x1a99), (0x1ab0, 0x1b59), (0x1b6b, 0x1b73),
    (0x1baa, 0x1bf3), (0x1c37, 0x1c37), (0x1c40, 0x1c59), (0x1cd0, 0x1cd2), (0x1cd4, 0x1dff),
    (0x203f, 0x2040), (0x2054, 0x2054), (0x20d0, 0x20f0), (0x2cef, 0x2cf1), (0x2d7f, 0x2d7f),
    (0x302a, 0x302f), (0x3099, 0x309a), (0xa620, 0xa672), (0xa67c, 0xa67d), (0xa6f0, 0xa6f1),
    (0xa806, 0xa806), (0xa82c, 0xa82c), (0xa8c4, 0xa8c4), (0xa8d0, 0xa8f1), (0xa900, 0xa92d),
    (0xa953, 0xa953), (0xa9b3, 0xa9c0), (0xa9d0, 0xa9d9), (0xa9f0, 0xaa59), (0xaabf, 0xaac1),
    (0xaaf6, 0xaaf6), (0xabec, 0xabf9), (0xfe00, 0xfe0f), (0xfe20, 0xfe2f), (0xfe33, 0xfe34),
    (0xfe4d, 0xfe4f), (0xff10, 0xff19), (0xff3f, 0xff3f), (0x1d7ce, 0x1d7ff), (0xe0100, 0xe01ef),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_what_github_makes() {
        for (heading, expected) in [
            ("Diagnosis", "diagnosis"),
            ("What to do first?", "what-to-do-first"),
            ("Foo & Bar", "foo--bar"),
            ("`kubectl get pods` output", "kubectl-get-pods-output"),
            ("v1.2.3 (2024-01-02)", "v123-2024-01-02"),
            ("snake_case and kebab-case", "snake_case-and-kebab-case"),
            ("  padded  ", "padded"),
            ("Überblick über Größe", "überblick-über-größe"),
            ("日本語 の 見出し", "日本語-の-見出し"),
            ("हिन्दी", "हिन्दी"),
            ("e\u{301}te\u{301}", "e\u{301}te\u{301}"),
            // GitHub drops the sign and keeps its variation selector.
            ("⚠\u{fe0f} Warning", "\u{fe0f}-warning"),
            ("x² ½ ١٢", "x--١٢"),
            ("A\u{203f}B", "a\u{203f}b"),
            ("🚀", "section"),
        ] {
            assert_eq!(Slugger::default().slug(heading), expected, "{heading}");
        }
    }

    #[test]
    fn repeats_are_numbered_and_never_collide() {
        let mut slugger = Slugger::default();
        let slugs: Vec<_> =
            ["Foo", "Foo", "foo-1", "FOO", "foo 1"].map(|heading| slugger.slug(heading)).into();
        assert_eq!(slugs, ["foo", "foo-1", "foo-1-1", "foo-2", "foo-1-2"]);
        slugger.reserve("bar");
        assert_eq!(slugger.slug("Bar"), "bar-1");
    }

    #[test]
    fn a_file_name_holds_the_words_of_a_title() {
        for (title, expected) in [
            ("Checkout fails for some", "checkout-fails-for-some"),
            ("Can't log in: \"500\" & <b>", "cant-log-in-500-b"),
            ("snake_case/and v1.2", "snake-case-and-v1-2"),
            ("Größe – 日本語", "größe-日本語"),
            ("../../etc/passwd", "etc-passwd"),
            ("🚀 !?", ""),
        ] {
            assert_eq!(file_name(title), expected, "{title}");
        }
    }

    #[test]
    fn loose_forms_of_one_heading_agree() {
        for anchors in [
            // GitHub and Hugo, GitLab, MkDocs
            ["foo--bar", "foo-bar", "foo-bar"],
            ["step-1--run_it", "step-1-run_it", "step-1-run_it"],
            ["KubePod", "kubepod", "kubepod"],
            ["-trailing-", "trailing", "trailing"],
            ["foo-1", "foo-1", "foo_1"],
            ["breaking-\u{fe0f}", "breaking-", "breaking"],
        ] {
            let loose: Vec<_> = anchors.iter().map(|anchor| loose(anchor)).collect();
            assert!(loose.iter().all(|form| *form == loose[0]), "{loose:?}");
        }
        assert_eq!(loose("--"), "");
        assert_ne!(loose("a-b"), loose("ab"));
    }
}
