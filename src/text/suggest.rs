//! "Did you mean": the closest of several names.

use strsim::damerau_levenshtein;

/// Letters of the longest name that is compared: the comparison takes as many steps as the product of two lengths.
const LONGEST: usize = 200;

/// The closest of `names` to `text`, if one is close.
pub fn closest<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    closest_of(text, names.into_iter().map(|name| (name, name)))
}

/// The second part of the pair whose first part is closest to `text`, if one is close. Case and the
/// signs between words do not count.
pub fn closest_of<'a>(text: &str, names: impl IntoIterator<Item = (&'a str, &'a str)>) -> Option<&'a str> {
    let wanted = plain(text);
    let length = wanted.chars().count();
    if length > LONGEST {
        return None;
    }
    // One slip in a short name, more in a long one. The shortest are one slip away from anything.
    let most = if length < 3 { 0 } else { 1 + length / 5 };
    let mut best: Option<(usize, &str)> = None;
    for (name, result) in names {
        let limit = best.map_or(most + 1, |(distance, _)| distance);
        if name.len().abs_diff(text.len()) > most + 4 {
            continue;
        }
        let name = plain(name);
        // `p3` is not a slip for `p1`, nor one year for another.
        if name.chars().count().abs_diff(length) >= limit || !digits(&name).eq(digits(&wanted)) {
            continue;
        }
        let distance = damerau_levenshtein(&wanted, &name);
        if distance < limit {
            best = Some((distance, result));
        }
    }
    best.map(|(_, result)| result)
}

/// The second part of the only pair whose first part is close to `text`, where no other result is, and where a
/// single slip lies between them: `eu` is no slip for `us`.
pub fn only<'a>(text: &str, names: impl IntoIterator<Item = (&'a str, &'a str)>) -> Option<&'a str> {
    let mut found = None;
    for (name, result) in names {
        if closest(text, [name]).is_none() || found.is_some_and(|(_, known)| known == result) {
            continue;
        }
        if found.replace((name, result)).is_some() {
            return None;
        }
    }
    let (name, result) = found?;
    let (text, name) = (plain(text), plain(name));
    (text.chars().count() > 4 && damerau_levenshtein(&text, &name) <= 1).then_some(result)
}

fn digits(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(char::is_ascii_digit)
}

fn plain(text: &str) -> String {
    text.chars().filter(|letter| !matches!(letter, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{closest, only};

    #[test]
    fn finds_slips_and_nothing_else() {
        let names = ["checkout", "payments", "search-index"];
        assert_eq!(closest("chekout", names), Some("checkout"));
        assert_eq!(closest("Search_Index", names), Some("search-index"));
        assert_eq!(closest("ledger", names), None);
        assert_eq!(closest("p3", ["p1", "p2"]), None);
        assert_eq!(closest("on-call-2025", ["on-call-2026"]), None);
    }

    #[test]
    fn is_sure_only_where_nothing_else_is_close() {
        let pairs = |names: [&'static str; 3]| names.map(|name| (name, name));
        assert_eq!(only("chekout", pairs(["checkout", "payments", "search"])), Some("checkout"));
        assert_eq!(only("chekout", pairs(["checkout", "checkouts", "search"])), None);
        assert_eq!(only("ledger", pairs(["checkout", "payments", "search"])), None);
        assert_eq!(only("orders-eu", pairs(["orders-us", "payments", "search"])), None);
        assert_eq!(only("gone", pairs(["one", "payments", "search"])), None);
    }
}
