//! Commands, coloured by what their words are for.

use super::output::Output;
use crate::parse::shell::{Script, TokenKind};

pub(super) fn highlight<'a>(code: &'a str, script: &Script<'a>) -> String {
    let mut out = Output::new(code, script.slots());
    for token in script.tokens() {
        if token.kind == TokenKind::Prompt {
            out.close();
        }
        out.push(class(token.kind), &code[token.span.clone()]);
        if token.kind == TokenKind::Prompt {
            // The next text is no part of the prompt, even if it is blank.
            out.close();
        }
    }
    out.finish()
}

fn class(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Prompt => "prompt",
        TokenKind::Output => "tok-out",
        TokenKind::Comment => "tok-c",
        TokenKind::Syntax => "tok-k",
        TokenKind::Program => "tok-f",
        TokenKind::Option => "tok-p",
        TokenKind::Name | TokenKind::Variable => "tok-l",
        TokenKind::Number => "tok-n",
        TokenKind::String => "tok-s",
        TokenKind::Escape => "tok-e",
        TokenKind::Whitespace | TokenKind::Word => "",
    }
}

#[cfg(test)]
mod tests;
