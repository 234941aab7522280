//! Short codes of emoji, `:rocket:`, as GitHub knows them: <https://github.com/github/gemoji>.

use std::ops::Range;

/// The longest short code has 36 letters.
const LONGEST: usize = 40;

/// Whether there may be a short code in `text`: two colons.
pub(super) fn may_have(text: &str) -> bool {
    let mut colons = text.bytes().filter(|byte| *byte == b':');
    colons.next().is_some() && colons.next().is_some()
}

/// The short codes in `text`, with their colons, and the emoji of each. A code that touches a word or a path is part of
/// it: `/users/:key:/edit`, `10:100:00`.
pub(super) fn codes(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let mut found = Vec::new();
    if !may_have(text) {
        return found;
    }
    let touches = |letter: char| letter.is_alphanumeric() || "/:_-.@".contains(letter);
    let mut from = 0;
    while let Some(start) = text[from..].find(':').map(|at| from + at) {
        from = start + 1;
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_+-".contains(byte);
        let length = text.as_bytes()[from..].iter().take(LONGEST).take_while(|byte| is_name(byte)).count();
        let end = from + length + 1;
        if length == 0 || text.as_bytes().get(end - 1) != Some(&b':') {
            continue;
        }
        let follows_word = text[..start].ends_with(touches);
        // The sentence may end behind it.
        let goes_on = text[end..].starts_with(|letter| touches(letter) && letter != '.');
        let emoji = emojis::get_by_shortcode(&text[from..end - 1]);
        if let Some(emoji) = emoji.filter(|_| !follows_word && !goes_on) {
            found.push((start..end, emoji.as_str()));
            from = end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::codes;

    #[test]
    fn codes_are_those_that_stand_alone() {
        for (text, expected) in [
            ("Launch :rocket: now", vec![":rocket:"]),
            (":warning: **Stop** :+1:.", vec![":warning:", ":+1:"]),
            ("(:white_check_mark:)", vec![":white_check_mark:"]),
            ("at 10:100:00, /users/:key:/edit, a:key:b", vec![]),
            ("arn:aws:iam::123:role, :no_such_code:, ::key::", vec![]),
            (": :rocket: :", vec![":rocket:"]),
            ("é:key: :é:", vec![]),
        ] {
            let found: Vec<&str> = codes(text).into_iter().map(|(place, _)| &text[place]).collect();
            assert_eq!(found, expected, "{text}");
        }
        assert_eq!(codes(":rocket:")[0].1, "🚀");
    }
}
