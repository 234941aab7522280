//! What is not quoted: words, and what joins, groups and redirects commands.

use super::lexer::{Case, Lexer, Open};
use super::placeholder::placeholder;
use super::quoted::escape;
use super::token::{Expected, Role, TokenKind};

/// The operators that redirect, each before those that it begins with.
const REDIRECTIONS: [&str; 11] = ["&>>", "<<<", "&>", "<&", ">&", ">>", ">|", "<>", "<<", "<", ">"];

impl<'a> Lexer<'a> {
    /// What is not quoted.
    pub(super) fn bare(&mut self, rest: &'a str, first: char) {
        let level = self.level();
        let (in_word, in_test, open) = (level.in_word, level.in_test, level.open);
        match first {
            '\n' => self.end_line(),
            ' ' | '\t' | '\r' => {
                (level.in_word, level.has_word) = (false, false);
                let length = rest.find(|letter| !matches!(letter, ' ' | '\t' | '\r'));
                self.push(TokenKind::Whitespace, length.unwrap_or(rest.len()));
            }
            '#' if !in_word => self.comment(rest),
            '&' | '|' | '(' | ')' | '<' | '>' if in_test && self.placeholder_length(rest).is_none() => {
                self.push(if in_word { TokenKind::Word } else { TokenKind::Syntax }, 1);
            }
            // The command goes on in the next line.
            '\\' if rest[1..].trim_start_matches('\r') == "\n" => {
                if in_word {
                    self.join_lines(rest.len());
                }
                self.push(TokenKind::Escape, rest.len());
                self.goes_on = true;
            }
            '`' if open == Open::Backticks => self.close(1, TokenKind::Syntax),
            '\\' => {
                self.other_word();
                self.push(TokenKind::Escape, escape(rest));
            }
            '\'' | '"' => {
                self.other_word();
                let open = if first == '"' { Open::Double } else { Open::Single };
                self.begin(open, Expected::Argument, 1, TokenKind::String);
            }
            '$' if rest.starts_with("$'") => {
                self.other_word();
                self.begin(Open::Escaped, Expected::Argument, "$'".len(), TokenKind::String);
            }
            '`' | '$' => {
                self.other_word();
                self.expansion(rest, first);
            }
            '<' if let Some(length) = self.placeholder_length(rest) => {
                self.other_word();
                self.angle(rest);
                self.push(TokenKind::Word, length);
            }
            '<' if rest.starts_with("<<") && !rest.starts_with("<<<") => self.here_document(rest),
            '<' | '>' => self.redirection(rest),
            '&' if rest.starts_with("&>") => self.redirection(rest),
            ';' | '&' | '|' => self.join(rest, first),
            '(' => self.open_parenthesis(rest),
            ')' => self.close_parenthesis(),
            _ => self.word(rest),
        }
    }

    /// Lines become one behind a backslash, `length` bytes on. What stands around it becomes one word, or even one name.
    pub(super) fn join_lines(&mut self, length: usize) {
        if !self.code[self.at + length..].starts_with([' ', '\t']) {
            self.doubt();
        }
    }

    fn end_line(&mut self) {
        let level = self.level();
        match level.open {
            Open::Array => (level.in_word, level.has_word) = (false, false),
            _ if level.case == Case::Subject => level.in_word = false,
            _ => level.end_command(),
        }
        let is_top = self.levels.len() == 1;
        self.push(TokenKind::Whitespace, 1);
        if is_top && !self.goes_on {
            self.begin_statement();
        }
    }

    fn comment(&mut self, rest: &str) {
        let text = rest.trim_end_matches(['\r', '\n']);
        // Where zsh is typed into, `#` begins a word like any other.
        let is_plain = |letter: char| letter.is_alphanumeric() || " \t.,:+-_/%@=#".contains(letter);
        if !text.chars().all(is_plain) || self.levels.len() > 1 {
            self.doubt();
        }
        self.push(TokenKind::Comment, text.len());
    }

    fn join(&mut self, rest: &str, first: char) {
        let signs = rest.find(|letter| !matches!(letter, ';' | '&' | '|')).unwrap_or(rest.len()).min(2);
        let signs = if first != ';' && rest.starts_with("|;") { 1 } else { signs };
        let (text, is_top) = (&rest[..signs], self.levels.len() == 1);
        let level = self.level();
        if level.case == Case::Pattern {
            return self.push(TokenKind::Syntax, 1);
        }
        level.end_command();
        if text.starts_with(";;") || text == ";&" {
            if level.cases > 0 {
                level.case = Case::Pattern;
            }
            self.doubt();
        }
        self.push(TokenKind::Syntax, signs);
        self.goes_on = matches!(text, "|" | "|&" | "&&" | "||");
        if is_top && !matches!(text, "|" | "|&") {
            self.begin_statement();
        }
    }

    fn open_parenthesis(&mut self, rest: &str) {
        let last = self.code[..self.at].chars().next_back();
        let level = self.level();
        let in_word = level.in_word;
        self.doubt();
        if self.level().case == Case::Pattern {
            return self.push(TokenKind::Syntax, 1);
        }
        if !in_word && rest.starts_with("((") {
            self.level().expected = Expected::Argument;
            return self.begin(Open::Arithmetic(0, false), Expected::Argument, "((".len(), TokenKind::Syntax);
        }
        if rest.starts_with("()") {
            // What is defined follows.
            self.read.redefines = true;
            self.push(TokenKind::Syntax, "()".len());
            return self.level().end_command();
        }
        if last == Some('=') && in_word {
            return self.begin(Open::Array, Expected::Argument, 1, TokenKind::Syntax);
        }
        self.level().expected = Expected::Argument;
        self.begin(Open::Subshell, Expected::Command, 1, TokenKind::Syntax);
    }

    fn close_parenthesis(&mut self) {
        let level = self.level();
        if level.case == Case::Pattern {
            level.case = Case::Commands;
            level.end_command();
            return self.push(TokenKind::Syntax, 1);
        }
        match level.open {
            Open::Substitution | Open::Subshell | Open::Process | Open::Array => {
                self.close(1, TokenKind::Syntax);
            }
            _ => {
                level.end_command();
                self.doubt();
                self.push(TokenKind::Syntax, 1);
            }
        }
    }

    pub(super) fn redirection(&mut self, rest: &str) {
        let is_process = rest.starts_with("<(") || rest.starts_with(">(");
        if is_process {
            self.other_word();
            return self.begin(Open::Process, Expected::Command, 2, TokenKind::Syntax);
        }
        let operator = REDIRECTIONS.into_iter().find(|operator| rest.starts_with(operator));
        let signs = operator.map_or(1, str::len);
        let file = rest[signs..].trim_start_matches([' ', '\t']);
        let is_file =
            !file.is_empty() && !file.starts_with(['\n', '\r', ';', '&', '|', '(', ')', '<', '>', '#']);
        let is_placeholder = file.starts_with('<') && placeholder(&file[1..]).is_some();
        let is_process = file.starts_with("<(") || file.starts_with(">(");
        if operator.is_none() || !is_file && !is_process || is_placeholder {
            // A shell at a prompt goes on with the next line behind what it can't read: also a placeholder that is not
            // filled in.
            self.doubt();
        }
        let level = self.level();
        (level.is_operand, level.in_word, level.has_word) = (Some(Role::Redirection), false, false);
        self.push(TokenKind::Syntax, signs);
    }
}
