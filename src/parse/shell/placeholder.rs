//! What a reader has to fill in before a command can be run: placeholders and variables.

use crate::parse::raw_html::elements;

/// Something in a command that is not its text yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Placeholder<'a> {
    /// `<pod>`.
    Angle(&'a str),
    /// `$POD` or `${POD}`.
    Variable(&'a str),
}

impl<'a> Placeholder<'a> {
    /// Its name: `pod` or `POD`.
    pub fn name(self) -> &'a str {
        let (Placeholder::Angle(name) | Placeholder::Variable(name)) = self;
        name
    }

    /// Whether a value that a document declares as `name` is meant. A variable is called exactly so; a placeholder is
    /// prose, in which case, dashes and spaces do not count.
    pub fn is_called(self, name: &str) -> bool {
        match self {
            Placeholder::Variable(own) => own == name,
            Placeholder::Angle(own) => folded(own) == folded(name),
        }
    }
}

/// A name without what does not tell placeholders apart: `pod_name` of `Pod name`.
pub fn folded(name: &str) -> String {
    name.to_lowercase().replace(['-', ' '], "_")
}

/// Variables that a shell, or the account that it runs in, sets by itself.
const KNOWN: [&str; 44] = [
    "AWS_DEFAULT_REGION",
    "AWS_PROFILE",
    "AWS_REGION",
    "BASH",
    "BASH_SOURCE",
    "CI",
    "COLUMNS",
    "DISPLAY",
    "EDITOR",
    "EUID",
    "FUNCNAME",
    "HOME",
    "HOSTNAME",
    "IFS",
    "KUBECONFIG",
    "LANG",
    "LINENO",
    "LINES",
    "LOGNAME",
    "OLDPWD",
    "OPTARG",
    "OPTIND",
    "OSTYPE",
    "PATH",
    "PIPESTATUS",
    "PPID",
    "PS1",
    "PWD",
    "RANDOM",
    "REPLY",
    "SECONDS",
    "SHELL",
    "SHLVL",
    "SSH_AUTH_SOCK",
    "SUDO_USER",
    "TERM",
    "TMPDIR",
    "TZ",
    "UID",
    "USER",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
];

/// What programs print in angle brackets.
const PRINTED: [&str; 8] = ["none", "pending", "unknown", "nil", "null", "invalid", "unset", "no value"];

/// Whether a shell or a program gives this variable its value, and not a reader.
pub(super) fn is_own(name: &str) -> bool {
    name.starts_with('_') || KNOWN.binary_search(&name).is_ok()
}

/// What has to be filled in, if `rest` is what stands behind its `<`: `pod` of `pod> -n x`.
pub(super) fn placeholder(rest: &str) -> Option<&str> {
    let name = up_to(rest, '>')?;
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.ends_with(|last: char| last.is_alphanumeric())
        && name.chars().all(|letter| letter.is_alphanumeric() || " _-./|".contains(letter))
        && !PRINTED.contains(&name.to_lowercase().as_str())
        && !elements::is_element(name);
    // `<dump.sql 2>log` reads one file and writes another.
    let is_name = is_name && name.rsplit_once(' ').is_none_or(|(_, last)| last.parse::<u8>().is_err());
    is_name.then_some(name)
}

/// Longer than the name of anything that has to be filled in.
const LONGEST_NAME: usize = 200;

/// What is before the first `end` in `text`, if that is near: all places together are looked at in the time that
/// the text takes.
pub(super) fn up_to(text: &str, end: char) -> Option<&str> {
    let near = &text[..text.floor_char_boundary(LONGEST_NAME)];
    near.find(end).map(|at| &near[..at])
}

/// The length of the name that `text` begins with.
pub(super) fn name_length(text: &str) -> usize {
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        return 0;
    }
    text.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).unwrap_or(text.len())
}
