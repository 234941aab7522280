//! Goes through commands letter by letter, and knows what quotes and the like are open.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Blank, KNOWN, Quoting, Slot, heredoc, name_length, placeholder, up_to};

pub(super) struct Scanner<'a> {
    block: &'a str,
    /// The names in closing tags: what has one is markup.
    closing: BTreeSet<&'a str>,
    pub(super) found: Vec<Slot<'a>>,
    /// What is open, from the outside in.
    open: Vec<Open>,
    /// How many of those let only letters, digits and the like pass unchanged.
    nested: usize,
    /// The word that ends the text that is open, and whether variables in it stay as they are.
    heredoc: Option<(&'a str, bool)>,
}

/// What can be open in a command. Of quotes, also the quote that is open in them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Double(Option<char>),
    Single(Option<char>),
    /// `$'...'`.
    Escaped,
    /// `$(...)`, with how many parentheses in it.
    Substitution(usize),
    Backticks,
}

impl Open {
    fn is_nested(self) -> bool {
        matches!(self, Open::Backticks | Open::Escaped)
    }
}

impl<'a> Scanner<'a> {
    pub(super) fn new(block: &'a str) -> Self {
        let closing = block.match_indices("</").filter_map(|(at, _)| up_to(&block[at + 2..], '>')).collect();
        Self { block, closing, found: Vec::new(), open: Vec::new(), nested: 0, heredoc: None }
    }

    /// Goes through one line of commands.
    pub(super) fn line(&mut self, line: Range<usize>) {
        let block = self.block;
        if let Some((end, _)) = self.heredoc
            && block[line.clone()].trim() == end
        {
            self.heredoc = None;
            return;
        }
        let in_text = self.heredoc.is_some();
        let mut opened = None;
        let mut at = line.start;
        while let Some(letter) = block[at..line.end].chars().next() {
            let rest = &block[at..line.end];
            let next = at + letter.len_utf8();
            let in_quotes =
                matches!(self.open.last(), Some(Open::Double(_) | Open::Single(_) | Open::Escaped));
            let is_bare = !in_text && !in_quotes;
            match letter {
                '\\' if !matches!(self.open.last(), Some(Open::Single(_))) => {
                    if rest.starts_with("\\\"") {
                        self.inner_quote('"');
                    }
                    at = next + rest[1..].chars().next().map_or(0, char::len_utf8);
                    continue;
                }
                '<' if rest.starts_with("<<<") => {
                    at += "<<<".len();
                    continue;
                }
                '<' if is_bare && rest.starts_with("<<") => {
                    opened = heredoc(&rest["<<".len()..]).or(opened);
                    at += "<<".len();
                    continue;
                }
                '#' if is_bare && is_start(&block[line.start..at]) => break,
                '$' => self.variable(at, rest),
                '<' => self.angle(at, rest, &block[..at]),
                _ => {}
            }
            if !in_text || letter != '\'' && letter != '"' {
                self.nest(letter, rest, block[line.start..at].ends_with('$'));
            }
            at = next;
        }
        self.heredoc = opened.or(self.heredoc);
    }

    /// Follows what opens and closes at a letter. `is_escaped` if a dollar sign is before it.
    fn nest(&mut self, letter: char, rest: &str, is_escaped: bool) {
        match (self.open.last(), letter) {
            (Some(Open::Single(_)), '\'') | (Some(Open::Double(_)), '"') | (Some(Open::Escaped), '\'') => {
                self.close();
            }
            (Some(Open::Single(_)), '"') | (Some(Open::Double(_)), '\'') => self.inner_quote(letter),
            (Some(Open::Single(_) | Open::Escaped), _) => {}
            (Some(Open::Backticks), '`') => {
                self.close();
            }
            (_, '`') => self.begin(Open::Backticks),
            (_, '$') if rest.starts_with("$(") => self.begin(Open::Substitution(0)),
            (Some(Open::Double(_)), _) => {}
            (_, '\'') => self.begin(if is_escaped { Open::Escaped } else { Open::Single(None) }),
            (_, '"') => self.begin(Open::Double(None)),
            (Some(Open::Substitution(depth)), '(' | ')') => {
                // The first parenthesis is its own.
                let depth = if letter == '(' { depth + 1 } else { depth.saturating_sub(1) };
                self.close();
                if depth > 0 {
                    self.begin(Open::Substitution(depth));
                }
            }
            _ => {}
        }
    }

    fn begin(&mut self, open: Open) {
        self.nested += usize::from(open.is_nested());
        self.open.push(open);
    }

    fn close(&mut self) {
        let closed = self.open.pop();
        self.nested -= usize::from(closed.is_some_and(Open::is_nested));
    }

    /// Opens or closes a quote within the quotes that are open.
    fn inner_quote(&mut self, quote: char) {
        if let Some(Open::Double(inner) | Open::Single(inner)) = self.open.last_mut() {
            *inner = match *inner {
                None => Some(quote),
                Some(open) if open == quote => None,
                other => other,
            };
        }
    }

    fn quoting(&self) -> Quoting {
        if self.nested > 0 {
            return Quoting::Nested;
        }
        match (self.heredoc, self.open.last()) {
            (Some((_, true)), _) => Quoting::Literal,
            (Some(_), None) => Quoting::Heredoc,
            (Some(_), Some(_)) => Quoting::Nested,
            (None, Some(Open::Double(inner))) => Quoting::Double(*inner),
            (None, Some(Open::Single(inner))) => Quoting::Single(*inner),
            (None, _) => Quoting::Bare,
        }
    }

    fn variable(&mut self, at: usize, rest: &'a str) {
        let mut quoting = self.quoting();
        let mut has_default = false;
        let (name, length) = match rest[1..].strip_prefix('{') {
            Some(inner) => {
                let name = &inner[..name_length(inner)];
                let after = inner[name.len()..].chars().next().unwrap_or(' ');
                has_default = !"}#%/^,".contains(after);
                if after != '}' && !matches!(quoting, Quoting::Single(_) | Quoting::Literal) {
                    quoting = Quoting::Operation;
                }
                (if after.is_ascii() { name } else { "" }, name.len() + 3)
            }
            None => (&rest[1..][..name_length(&rest[1..])], name_length(&rest[1..]) + 1),
        };
        // Names that begin with a dash below belong to some program.
        let is_own = name.starts_with('_') || KNOWN.binary_search(&name).is_ok();
        if !name.is_empty() && !is_own {
            let place = at..(at + length).min(at + rest.len());
            self.found.push(Slot { place, blank: Blank::Variable(name), quoting, has_default });
        }
    }

    fn angle(&mut self, at: usize, rest: &'a str, before: &str) {
        let Some(name) = placeholder(&rest[1..]) else { return };
        // `a<b and c>d` compares.
        let is_apart = !before.ends_with(|last: char| last.is_alphanumeric() || last == '<');
        if is_apart && !self.closing.contains(name) {
            let place = at..at + name.len() + "<>".len();
            let (blank, quoting) = (Blank::Placeholder(name), self.quoting());
            self.found.push(Slot { place, blank, quoting, has_default: false });
        }
    }
}

/// Whether a comment can begin behind `before`.
fn is_start(before: &str) -> bool {
    before.is_empty() || before.ends_with(char::is_whitespace)
}
