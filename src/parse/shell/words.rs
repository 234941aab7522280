//! The words of commands: what is run, its options, and the words that the shell itself knows.

use super::lexer::{Case, Lexer, Open};
use super::placeholder::name_length;
use super::programs::{OPERAND_OPTIONS, WRAPPERS};
use super::quoted::recalls;
use super::token::{Expected, Role, TokenKind};

/// Words that are read as commands and say what is done with the commands behind them, which follow at once.
const KEYWORDS: [&str; 9] = ["!", "do", "elif", "else", "if", "then", "until", "while", "{"];

/// Words that end what others began.
const ENDS: [&str; 4] = ["done", "esac", "fi", "}"];

/// Words that begin what one of [`ENDS`] ends.
const BEGINNINGS: [&str; 7] = ["case", "for", "if", "select", "until", "while", "{"];

/// Words behind which a name stands.
const NAMING: [&str; 3] = ["case", "for", "select"];

/// What ends a word, if it is not quoted.
const SPECIAL: &[char] =
    &[' ', '\t', '\r', '\n', '\'', '"', '`', '$', '\\', ';', '&', '|', '(', ')', '<', '>'];

impl<'a> Lexer<'a> {
    /// AcceptedValues note that a word begins, unless one goes on, with something that is no name.
    pub(super) fn other_word(&mut self) {
        let level = self.level();
        if level.in_word {
            return;
        }
        let role = level.is_operand.take();
        if role.is_none() {
            level.expected = match level.expected {
                Expected::Name => Expected::In,
                _ => Expected::Argument,
            };
        }
        self.begin_word(role.unwrap_or_default());
    }

    /// A word, or the part of it up to what is special.
    pub(super) fn word(&mut self, rest: &'a str) {
        let length = rest.find(SPECIAL).unwrap_or(rest.len());
        let (word, after) = rest.split_at(length);
        if word.contains('!') {
            let at = word.find('!').unwrap_or_default();
            let is_apart = after.is_empty() || after.starts_with([' ', '\t', '\n', '(']);
            if word.len() > 1 && !word[at + 1..].starts_with('=')
                || word.len() == 1 && (self.level().in_word || !is_apart)
            {
                self.doubt();
            }
            let mut signs = word.match_indices('!');
            self.read.recalls |= signs.any(|(at, _)| recalls(&rest[at..]));
        }
        if word.starts_with('^') && self.at == self.line_start {
            // It repeats the command before with another text in it.
            self.doubt();
            self.read.recalls = true;
        }
        let level = self.level();
        if level.in_word {
            return self.push(TokenKind::Word, length);
        }
        // `2>` names what is redirected.
        if word.parse::<u8>().is_ok() && after.starts_with(['<', '>']) {
            return self.push(TokenKind::Syntax, length);
        }
        let open = level.open;
        if let Some(role) = level.is_operand.take() {
            self.begin_word(role);
            return self.push(TokenKind::Word, length);
        }
        if level.case == Case::Pattern && word != "esac" {
            self.begin_word(Role::Argument);
            return self.push(TokenKind::Word, length);
        }
        match level.expected {
            _ if open == Open::Array || level.case == Case::Pattern => self.command(word, open),
            Expected::Command | Expected::Wrapped => self.command(word, open),
            Expected::Name => {
                level.expected = Expected::In;
                self.begin_word(Role::Assignment);
                self.push(TokenKind::Name, length);
            }
            Expected::Function => {
                level.expected = Expected::Command;
                self.read.redefines = true;
                self.begin_word(Role::Keyword);
                self.push(TokenKind::Program, length);
            }
            Expected::In if word == "in" => {
                level.expected = Expected::Argument;
                if level.case == Case::Subject {
                    level.case = Case::Pattern;
                }
                self.begin_word(Role::Keyword);
                self.push(TokenKind::Syntax, length);
            }
            Expected::In | Expected::Argument => {
                level.in_test &= word != "]]";
                self.begin_word(Role::Argument);
                self.argument(word);
            }
        }
    }

    /// A word where a command is expected.
    fn command(&mut self, word: &str, open: Open) {
        if open == Open::Array {
            self.begin_word(Role::Argument);
            return self.push(TokenKind::Word, word.len());
        }
        let name = name_length(word);
        let is_setting = ["=", "+=", "["].iter().any(|sign| word[name..].starts_with(sign));
        if name > 0 && is_setting && word.contains('=') {
            self.begin_word(Role::Assignment);
            self.push(TokenKind::Name, name);
            return self.push(TokenKind::Word, word.len() - name);
        }
        let is_wrapped = self.level().expected == Expected::Wrapped;
        if is_wrapped && (word.starts_with('-') || word.starts_with(|first: char| first.is_ascii_digit())) {
            self.begin_word(Role::Argument);
            self.level().is_operand = OPERAND_OPTIONS.contains(&word).then_some(Role::Argument);
            return self.argument(word);
        }
        let is_wrapper = WRAPPERS.contains(&word);
        if is_wrapped && KEYWORDS.contains(&word) {
            self.begin_word(Role::Argument);
            return self.argument(word);
        }
        self.keyword(word);
        let level = self.level();
        level.in_test = word == "[[";
        let (kind, expected) = match word {
            _ if KEYWORDS.contains(&word) => (TokenKind::Syntax, Expected::Command),
            _ if NAMING.contains(&word) => (TokenKind::Syntax, Expected::Name),
            "function" => (TokenKind::Syntax, Expected::Function),
            _ if ENDS.contains(&word) || word == "[" || word == "[[" => {
                (TokenKind::Syntax, Expected::Argument)
            }
            _ if is_wrapper => (TokenKind::Program, Expected::Wrapped),
            _ => (TokenKind::Program, Expected::Argument),
        };
        level.expected = expected;
        let is_keyword = kind == TokenKind::Syntax && word != "[" && word != "[[";
        self.begin_word(if is_keyword { Role::Keyword } else { Role::Argument });
        if is_keyword && expected == Expected::Command {
            // What follows is a command of its own.
            let level = self.level();
            (level.command, level.has_word) = (None, false);
        }
        self.push(kind, word.len());
    }

    /// Follows the words that begin and end compound commands.
    fn keyword(&mut self, word: &str) {
        let is_keyword = KEYWORDS.contains(&word)
            || NAMING.contains(&word)
            || ENDS.contains(&word)
            || ["function", "coproc", "[[", "repeat", "foreach", "end", "noglob", "nocorrect", "time"]
                .contains(&word);
        if is_keyword || word.starts_with(['{', '}', '=']) {
            self.doubt();
        }
        if BEGINNINGS.contains(&word) {
            self.compounds += 1;
        } else if ENDS.contains(&word) {
            self.compounds = self.compounds.saturating_sub(1);
        }
        let redefines = [
            ".",
            "alias",
            "builtin",
            "command_not_found_handle",
            "emulate",
            "enable",
            "eval",
            "exec",
            "fc",
            "hash",
            "set",
            "setopt",
            "shopt",
            "source",
            "trap",
            "unsetopt",
            "zmodload",
        ];
        self.read.redefines |= redefines.contains(&word);
        let level = self.level();
        match word {
            "case" => {
                level.cases += 1;
                level.case = Case::Subject;
            }
            "esac" => {
                level.cases = level.cases.saturating_sub(1);
                level.case = Case::Commands;
            }
            _ => {}
        }
    }

    /// An argument that begins with `word`; of an option, the value is a word.
    fn argument(&mut self, word: &str) {
        if matches!(word, "]" | "]]") {
            return self.push(TokenKind::Syntax, word.len());
        }
        if word.len() > 1 && word.starts_with('-') {
            let length = word.find('=').unwrap_or(word.len());
            self.push(TokenKind::Option, length);
            if length < word.len() {
                self.push(TokenKind::Word, word.len() - length);
            }
            return;
        }
        self.push(TokenKind::Word, word.len());
    }
}
