//! The body of a document as GitHub's markdown, which is then read once for all.

use super::dialect::{self, Rewritten};
use super::{addresses, brackets, definition_lists, erb, formulas};

/// After so many readings a text is looked at less closely: to be read often, it has to be written for it.
const CLOSE_READINGS: usize = 12;

/// And after so many, no more.
const READINGS: usize = 16;

/// Writes `text` in GitHub's markdown: what other generators write in their own way, `<` and `>` around
/// addresses that would be taken apart, and `&lt;` for each `<` that is
/// text. Of drawings and formulas in HTML the text is left, and formulas between `$` become code.
pub fn gfm(text: &str) -> Rewritten<'_> {
    written(dialect::rewrite(text))
}

/// Writes a template of ERB in GitHub's markdown, without its code.
pub(super) fn template(text: &str) -> Rewritten<'_> {
    let mut rewritten = dialect::rewrite(text);
    let code = erb::changes(&rewritten.text);
    if !code.is_empty() {
        rewritten.change(&code);
    }
    written(rewritten)
}

/// What is the same for text in any dialect.
fn written(mut rewritten: Rewritten<'_>) -> Rewritten<'_> {
    let addresses = addresses::changes(&rewritten.text);
    if !addresses.is_empty() {
        rewritten.change(&addresses);
    }
    for _ in 0..READINGS {
        // Without its definition, a term is text, and what follows may be one.
        let colons = definition_lists::changes(&rewritten.text);
        if colons.is_empty() {
            break;
        }
        rewritten.change(&colons);
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
