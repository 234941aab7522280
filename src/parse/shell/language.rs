//! Which code blocks hold commands.

/// How the lines of a block are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Every line is a command, unless the first one shows a prompt.
    Script,
    /// Lines with a prompt are commands, and the others are what those printed.
    Session,
}

/// The languages of blocks with commands. Colours, places for values, destructive commands and the script of the page
/// all follow from this list.
pub const LANGUAGES: [(&str, Dialect); 13] = [
    ("ash", Dialect::Script),
    ("bash", Dialect::Script),
    ("bash-session", Dialect::Session),
    ("console", Dialect::Session),
    ("dash", Dialect::Script),
    ("ksh", Dialect::Script),
    ("sh", Dialect::Script),
    ("sh-session", Dialect::Session),
    ("shell", Dialect::Script),
    ("shell-session", Dialect::Session),
    ("shellsession", Dialect::Session),
    ("terminal", Dialect::Session),
    ("zsh", Dialect::Script),
];

/// How a block in `language` is read; nothing, if it holds no commands.
pub fn dialect(language: &str) -> Option<Dialect> {
    let known = LANGUAGES.iter().find(|(known, _)| known.eq_ignore_ascii_case(language));
    known.map(|(_, dialect)| *dialect)
}

/// The language in the info string of a fence: `bash` of `bash title="x"`, `{.bash}`, `bash,ignore`.
pub fn language(info: &str) -> &str {
    let info = info.trim_start_matches(['{', '.', ' ']);
    if info[..info.find([' ', '\t', ',']).unwrap_or(info.len())].contains('=') {
        return "";
    }
    &info[..info.find([' ', '\t', ',', '{', '}', ':']).unwrap_or(info.len())]
}
