//! What an HTTP status says about the address that answered it.

/// What a status says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Something is there.
    There,
    /// Something is there, but not for every visitor or not for this kind of request. Only a reader
    /// with the right account, browser or country can say more.
    Guarded,
    /// Nothing is there.
    Gone,
    /// The site has trouble. It may pass.
    Trouble,
}

/// The verdict on a status, as the end of all redirects.
pub(super) fn verdict(status: u16) -> Verdict {
    match status {
        // Login and payment. A 407 is from a proxy, so it says nothing about the address.
        401 | 402 | 403 | 407
        // Another method, format or protocol than a robot has.
        | 405 | 406 | 426
        // Robots are sent away with these, whatever they once meant: 999 by LinkedIn, 412 and 418 by
        // firewalls. A 429 after one or two requests means the same.
        | 412 | 418 | 429 | 999
        // Not for the country that the check runs in.
        | 451 => Verdict::Guarded,
        // "Too slow" and "too early" may pass, as may what the server admits to be its own fault.
        408 | 425 | 500..=599 => Verdict::Trouble,
        400..=499 => Verdict::Gone,
        _ => Verdict::There,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_no_is_a_no() {
        for (expected, statuses) in [
            (Verdict::There, &[200, 204, 206, 300, 304, 399, 600][..]),
            (Verdict::Guarded, &[401, 402, 403, 405, 406, 407, 412, 418, 426, 429, 451, 999]),
            (Verdict::Gone, &[400, 404, 410, 414, 422, 499]),
            (Verdict::Trouble, &[408, 425, 500, 502, 503, 504, 522, 599]),
        ] {
            for &status in statuses {
                assert_eq!(verdict(status), expected, "{status}");
            }
        }
    }
}
