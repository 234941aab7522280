//! Names of variables in a text, for every shell that may read it.

/// What makes one line of two.
pub(super) const JOINT: &str = "\\\n";

/// What zsh allows between the `$` and the name of a variable: `$=NAME`, `$~NAME`.
pub(super) const FLAGS: [char; 5] = ['=', '~', '^', '+', '#'];

/// Whether a text ends with what is a variable to a shell that reads it again: `$NAME`, `$@`, and `$=NAME:t` of zsh. It
/// may stand for nothing.
pub(super) fn ends_with_variable(text: &str) -> bool {
    let text = text.trim_end_matches(JOINT).trim_end_matches(['\'', '"']);
    let before = text.trim_end_matches(|letter| is_name(letter) || matches!(letter, ':' | '@'));
    before.len() < text.len() && before.trim_end_matches(FLAGS).ends_with('$')
}

/// Whether a name of a variable may hold this.
pub(super) fn is_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}
