//! Text to terms, as `docs/search.md` says and as the reader in the browser does it with queries.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How a term stands in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Form {
    /// Only as the stem of a word.
    pub is_stem: bool,
    /// Only as a part of a compound.
    pub is_part: bool,
}

/// The longest compound that is a term as a whole, in characters.
const LONGEST: usize = 64;

/// Words that say nothing, in order.
const STOP_WORDS: [&str; 51] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "how", "i", "if",
    "in", "into", "is", "it", "its", "my", "no", "not", "of", "on", "or", "our", "so", "such", "that", "the",
    "their", "then", "there", "these", "they", "this", "to", "was", "we", "what", "when", "where", "which",
    "who", "why", "will", "with", "you", "your",
];

/// Calls `found` with each term of a text, in order and each as often as it stands there.
pub fn terms(text: &str, found: &mut impl FnMut(&str, Form)) {
    segments(text, &mut |segment| segment_terms(segment, found));
}

/// Calls `found` with each segment of a text, of which each has terms of its own.
pub(super) fn segments(text: &str, found: &mut impl FnMut(&str)) {
    if text.is_ascii() && !text.contains('\'') {
        split(text).for_each(found);
    } else {
        split(&fold(text)).for_each(found);
    }
}

/// Calls `found` with each term of a segment.
pub(super) fn segment_terms(segment: &str, found: &mut impl FnMut(&str, Form)) {
    Splitter { term: String::new(), found }.segment(segment);
}

/// Text without marks on its letters, and with the letters that have no plain form in two plain ones.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    // Most of a text is as it should be.
    while let Some(at) = rest.find(|letter: char| !letter.is_ascii() || letter == '\'') {
        folded.push_str(&rest[..at]);
        let before = text[..text.len() - rest.len() + at].chars().next_back();
        let mut letters = rest[at..].chars();
        let letter = letters.next().unwrap_or_default();
        rest = letters.as_str();
        let is_apostrophe = matches!(letter, '\'' | '’')
            && before.is_some_and(char::is_alphabetic)
            && letters.next().is_some_and(char::is_alphabetic);
        if is_apostrophe {
            continue;
        }
        match plain(letter) {
            Some(plain) => folded.push_str(plain),
            None => folded.extend(letter.nfkd().filter(|letter| !is_combining_mark(*letter))),
        }
    }
    folded.push_str(rest);
    folded
}

fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'ẞ' => "Ss",
        'æ' => "ae",
        'Æ' => "Ae",
        'œ' => "oe",
        'Œ' => "Oe",
        'ø' => "o",
        'Ø' => "O",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'ł' => "l",
        'Ł' => "L",
        'ı' => "i",
        'þ' => "th",
        'Þ' => "Th",
        _ => return None,
    })
}

fn is_sign(letter: char) -> bool {
    matches!(letter, '_' | '-' | '.')
}

/// The segments of folded text: letters and digits, with single signs between them.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(char::is_alphanumeric)?;
        rest = &rest[start..];
        let mut end = 0;
        loop {
            let letters = rest[end..].find(|letter: char| !letter.is_alphanumeric());
            end = letters.map_or(rest.len(), |letters| end + letters);
            let mut after = rest[end..].chars();
            let goes_on =
                after.next().is_some_and(is_sign) && after.next().is_some_and(char::is_alphanumeric);
            if !goes_on {
                break;
            }
            // A sign is one byte.
            end += 1;
        }
        let (segment, after) = rest.split_at(end);
        rest = after;
        Some(segment)
    })
}

fn is_cjk(letter: char) -> bool {
    matches!(letter,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{2fdf}' | '\u{3005}' | '\u{3007}' | '\u{3041}'..='\u{30ff}'
        | '\u{3130}'..='\u{318f}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Calls `found` with what is left of each compound in a name from its second part on, its third and so on, without
/// signs: `replicalag` means `OrdersDbReplicaLagHigh`.
pub fn tails(name: &str, found: &mut impl FnMut(&str)) {
    let folded = fold(name);
    for segment in split(&folded) {
        let parts: Vec<String> = segment
            .split(is_sign)
            .filter(|word| !word.is_empty())
            .flat_map(subwords)
            .map(str::to_lowercase)
            .collect();
        let is_short = segment.chars().count() <= LONGEST && !segment.contains(is_cjk);
        for start in 1..parts.len().saturating_sub(1) {
            if is_short {
                found(&parts[start..].concat());
            }
        }
    }
}

struct Splitter<'a, F> {
    /// The term in small letters, to spare an allocation for each.
    term: String,
    found: &'a mut F,
}

impl<F: FnMut(&str, Form)> Splitter<'_, F> {
    fn segment(&mut self, segment: &str) {
        if segment.is_ascii() || !segment.contains(is_cjk) {
            return self.plain_segment(segment);
        }
        let mut rest = segment;
        while let Some(first) = rest.chars().next() {
            let is_first_cjk = is_cjk(first);
            let end = rest.find(|letter| is_cjk(letter) != is_first_cjk).unwrap_or(rest.len());
            let (stretch, after) = rest.split_at(end);
            rest = after;
            if is_first_cjk {
                self.pairs(stretch);
            } else {
                self.plain_segment(stretch.trim_matches(is_sign));
            }
        }
    }

    fn pairs(&mut self, stretch: &str) {
        let letters: Vec<char> = stretch.chars().collect();
        let pairs = letters.windows(2.min(letters.len()));
        for pair in pairs {
            self.term.clear();
            self.term.extend(pair);
            (self.found)(&self.term, Form::default());
        }
    }

    fn plain_segment(&mut self, segment: &str) {
        let words = || segment.split(is_sign).filter(|word| !word.is_empty());
        let count: usize = words().map(|word| subwords(word).count()).sum();
        if count <= 1 {
            return self.word(segment, false);
        }
        if segment.chars().count() <= LONGEST {
            self.say(segment, Form::default());
        }
        for word in words() {
            if word.len() < segment.len() && subwords(word).nth(1).is_some() {
                self.say(word, Form { is_part: true, is_stem: false });
            }
            for subword in subwords(word) {
                self.word(subword, true);
            }
        }
    }

    /// A term that is no compound, and its stem.
    fn word(&mut self, word: &str, is_part: bool) {
        if word.len() == 1 && word.as_bytes()[0].is_ascii_alphabetic() {
            return;
        }
        self.lower(word);
        if !is_part && STOP_WORDS.binary_search(&self.term.as_str()).is_ok() {
            return;
        }
        (self.found)(&self.term, Form { is_part, is_stem: false });
        if self.term.len() >= 4 && self.term.bytes().all(|letter| letter.is_ascii_lowercase()) {
            let length = self.term.len();
            stem(&mut self.term);
            if self.term.len() != length {
                (self.found)(&self.term, Form { is_part, is_stem: true });
            }
        }
    }

    fn say(&mut self, text: &str, form: Form) {
        self.lower(text);
        (self.found)(&self.term, form);
    }

    fn lower(&mut self, text: &str) {
        self.term.clear();
        if text.is_ascii() {
            self.term.push_str(text);
            self.term.make_ascii_lowercase();
        } else {
            self.term.push_str(&text.to_lowercase());
        }
    }
}

/// The parts of a word: where a small letter meets a capital, where the last of several capitals begins a word,
/// and where letters meet digits.
fn subwords(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let mut letters = rest.char_indices();
        let (_, first) = letters.next()?;
        let mut before = (first, 0);
        let mut earlier = None;
        for (at, letter) in letters {
            let (previous, previous_at) = before;
            let meets_digit = previous.is_numeric() != letter.is_numeric();
            let meets_capital = previous.is_lowercase() && letter.is_uppercase();
            if meets_digit || meets_capital {
                let (part, after) = rest.split_at(at);
                rest = after;
                return Some(part);
            }
            // `HTTPServer`: the last capital belongs to what follows.
            let begins_word = letter.is_lowercase() && previous.is_uppercase();
            if begins_word && earlier.is_some_and(char::is_uppercase) {
                let (part, after) = rest.split_at(previous_at);
                rest = after;
                return Some(part);
            }
            earlier = Some(previous);
            before = (letter, at);
        }
        Some(std::mem::take(&mut rest))
    })
}

/// Cuts a word of small letters down to its stem, which is shorter if it is another one.
fn stem(word: &mut String) {
    if word.ends_with("ies") && word.len() >= 5 {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if word.ends_with("sses") {
        word.truncate(word.len() - 2);
    } else if word.ends_with('s') && !["ss", "us", "is"].iter().any(|ending| word.ends_with(ending)) {
        word.pop();
    }
    for ending in ["ing", "ed"] {
        let Some(rest) = word.strip_suffix(ending) else { continue };
        if rest.len() >= 3 && rest.contains(['a', 'e', 'i', 'o', 'u', 'y']) {
            let length = rest.len();
            word.truncate(length);
            let letters = word.as_bytes();
            let last = letters[length - 1];
            if letters[length - 2] == last && !b"lsz".contains(&last) {
                word.pop();
            }
            break;
        }
    }
    if word.ends_with('e') && word.len() >= 4 {
        word.pop();
    }
}
