//! The body of a document as GitHub's markdown, which is then read once for all.

use super::dialect::{self, Rewritten};
use super::{addresses, brackets, formulas};

/// After so many readings a text is looked at less closely: to be read often, it has to be written for it.
const CLOSE_READINGS: usize = 12;

/// And after so many, no more.
const READINGS: usize = 16;

/// Writes `text` in GitHub's markdown: what other generators write in their own way, `<` and `>` around
/// addresses that would be taken apart, and `&lt;` for each `<` that is
/// text. Of drawings and formulas in HTML the text is left, and formulas between `$` become code.
pub fn gfm(text: &str) -> Rewritten<'_> {
    let mut rewritten = dialect::rewrite(text);
    let addresses = addresses::changes(&rewritten.text);
    if !addresses.is_empty() {
        rewritten.change(&addresses);
    }
    for reading in 0..READINGS {
        let changes = brackets::changes(&rewritten.text, reading >= CLOSE_READINGS);
        if changes.is_empty() {
            break;
        }
        rewritten.change(&changes);
    }
    let formulas = formulas::changes(&rewritten.text);
    if !formulas.is_empty() {
        rewritten.change(&formulas);
    }
    rewritten
}
