//! Lists of attributes as Kramdown and MkDocs have them: `{: #id .class key="value" }`.

/// The words of a list of attributes. A value in quotes may have blanks.
pub(super) fn words(inner: &str) -> Vec<&str> {
    let mut quote = None;
    let is_end = |letter: char| {
        match quote {
            Some(open) if open == letter => quote = None,
            None if matches!(letter, '"' | '\'') => quote = Some(letter),
            _ => {}
        }
        quote.is_none() && letter.is_whitespace()
    };
    inner.split(is_end).filter(|word| !word.is_empty()).collect()
}

/// `.class` or `#id`.
pub(super) fn is_mark(word: &str) -> bool {
    word.strip_prefix(['.', '#']).is_some_and(|name| {
        name.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter))
    })
}

/// `key=value`.
pub(super) fn is_pair(word: &str) -> bool {
    word.split_once('=').is_some_and(|(key, value)| {
        key.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && key.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_:".contains(letter))
            && !value.is_empty()
            && !value.starts_with('=')
    })
}

/// The id that a list gives, without its braces; none if it gives none or is no list.
pub(super) fn id(inner: &str) -> Option<&str> {
    let words = words(inner.strip_prefix(':').unwrap_or(inner));
    if !words.iter().all(|word| is_mark(word) || is_pair(word)) {
        return None;
    }
    let mut ids = words.iter().rev().filter_map(|word| {
        let quoted = || Some(word.strip_prefix("id=")?.trim_matches(['"', '\'']));
        word.strip_prefix('#').or_else(quoted)
    });
    ids.next().filter(|id| is_mark(&format!("#{id}")))
}

#[cfg(test)]
mod tests {
    use super::id;

    #[test]
    fn a_list_may_give_an_id() {
        for (list, expected) in [
            (" #a .c ", Some("a")),
            (": .c #a k=\"x y\"", Some("a")),
            (" id=a7 ", Some("a7")),
            ("id=\"a8\" .c", Some("a8")),
            (" .c ", None),
            ("id", None),
            ("#include x.md", None),
            ("#if x", None),
            ("#{x}", None),
        ] {
            assert_eq!(id(list), expected, "{list}");
        }
    }
}
