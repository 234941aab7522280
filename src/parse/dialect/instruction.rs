//! Lines that tell another generator to do something.

/// Whether a line tells another generator to do something: to put a table of contents here, which every
/// page has, to style the block before it, or to load the element for tabs.
pub(super) fn is_instruction(line: &str) -> bool {
    let line = line.trim();
    if line.starts_with("import Tab") && line.contains("@theme/Tab") {
        return true;
    }
    let is_contents = ["[TOC]", "[[_TOC_]]", "[[_TOSP_]]", "[[toc]]", "${toc}"]
        .iter()
        .any(|mark| mark.eq_ignore_ascii_case(line));
    // `{::comment}` and its end stand around text that would be shown.
    let is_style = line.starts_with("{:") && !line.starts_with("{::") && !line.starts_with("{:/");
    is_contents || (is_style && line.ends_with('}'))
}

/// The anchor that a line gives to what stands around it: `(label)=` of MyST, `{: #id }` of Kramdown and MkDocs.
pub(super) fn anchor(line: &str) -> Option<&str> {
    let line = line.trim();
    let label = line.strip_prefix('(').and_then(|rest| rest.strip_suffix(")="));
    let attributes = || {
        line.strip_prefix("{:")?.strip_suffix('}')?.split_whitespace().find_map(|word| word.strip_prefix('#'))
    };
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_.:/".contains(letter);
    label.or_else(attributes).filter(|name| !name.is_empty() && name.chars().all(is_plain))
}
