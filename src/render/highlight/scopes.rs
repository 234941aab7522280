//! The syntaxes, and a theme that gives their scopes classes.

use std::str::FromStr;
use std::sync::OnceLock;

use syntect::highlighting::{Color, Highlighter, ScopeSelectors, StyleModifier, Theme, ThemeItem};
use syntect::parsing::SyntaxSet;

/// Scopes and their classes; of several that fit, the most specific counts.
pub(super) const SCOPES: &[(&str, &str)] = &[
    ("comment", "tok-c"),
    ("string", "tok-s"),
    ("constant.character.escape", "tok-e"),
    ("constant.numeric", "tok-n"),
    ("constant.language", "tok-n"),
    ("constant", "tok-v"),
    ("keyword", "tok-k"),
    ("storage", "tok-k"),
    ("entity.name.function, support.function, variable.function", "tok-f"),
    ("entity.name.tag", "tok-t"),
    ("entity.name.type, entity.name.class, support.type, support.class", "tok-y"),
    ("entity.other.attribute-name", "tok-a"),
    ("variable.parameter", "tok-p"),
    ("variable.language", "tok-l"),
    ("punctuation.definition.variable, variable.other.readwrite.shell", "tok-l"),
    ("meta.mapping.key string, entity.name.tag.yaml", "tok-t"),
    ("markup.inserted", "tok-i"),
    ("markup.deleted", "tok-d"),
    ("markup.heading, meta.diff.header", "tok-h"),
    ("invalid", "tok-x"),
];

pub(super) fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(two_face::syntax::extra_newlines)
}

pub(super) fn highlighter() -> &'static Highlighter<'static> {
    static THEME: OnceLock<Theme> = OnceLock::new();
    static HIGHLIGHTER: OnceLock<Highlighter<'static>> = OnceLock::new();
    HIGHLIGHTER.get_or_init(|| Highlighter::new(THEME.get_or_init(theme)))
}

/// A theme whose colours are indexes into [`SCOPES`], from 1.
pub(super) fn theme() -> Theme {
    let color = |index: u8| Some(Color { r: index, g: 0, b: 0, a: 255 });
    let mut theme = Theme::default();
    theme.settings.foreground = color(0);
    for (index, (scopes, _)) in (1..).zip(SCOPES) {
        if let Ok(scope) = ScopeSelectors::from_str(scopes) {
            let style = StyleModifier { foreground: color(index), background: None, font_style: None };
            theme.scopes.push(ThemeItem { scope, style });
        }
    }
    theme
}
