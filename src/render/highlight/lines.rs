//! Lines of code to pieces of one class each, and what is remembered of them.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use syntect::highlighting::{HighlightIterator, HighlightState};
use syntect::parsing::{ParseState, ScopeStack, SyntaxReference};

use super::output::Output;
use super::scopes::{SCOPES, highlighter, syntaxes};
use crate::cache_slot::fingerprint;

/// Lines that a thread remembers.
const MOST_LINES: usize = 50_000;

/// States between lines that a thread remembers. Most code has a handful, but a here-document makes one for each
/// line that begins one.
const MOST_STATES: usize = 256;

thread_local! {
    /// Lines that were highlighted before. Many lines of runbooks stand in others too, and looking one up takes a
    /// small part of the time that reading it takes. What the parser holds can't leave its thread.
    static KNOWN: RefCell<Known> = RefCell::default();
}

#[derive(Debug, Default)]
struct Known {
    states: Vec<Rc<State>>,
    /// By the number of the state before a line, and its text.
    lines: FxHashMap<u64, Line>,
}

/// What is open between two lines.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    parse: ParseState,
    style: HighlightState,
}

/// The pieces of a line, and the number of the state after it.
type Line = (Pieces, usize);

/// For each piece, its class from 1 in [`SCOPES`] or 0, and its length.
type Pieces = Rc<[(u8, u32)]>;

impl Known {
    /// The number of a state, which is `likely` the same as that of another one.
    fn number(&mut self, state: &Rc<State>, likely: Option<usize>) -> Option<usize> {
        let likely = likely.filter(|&likely| self.states[likely] == *state);
        let known = likely.or_else(|| self.states.iter().position(|known| known == state));
        if known.is_none() && self.states.len() < MOST_STATES {
            self.states.push(Rc::clone(state));
            return Some(self.states.len() - 1);
        }
        known
    }
}

/// Highlights the lines of one piece of code one after the other.
pub(super) struct Lines {
    state: Rc<State>,
    /// The number of the state, if it is remembered.
    number: Option<usize>,
}

impl Lines {
    pub(super) fn new(syntax: &SyntaxReference) -> Self {
        let style = HighlightState::new(highlighter(), ScopeStack::new());
        let state = Rc::new(State { parse: ParseState::new(syntax), style });
        let number = KNOWN.with_borrow_mut(|known| known.number(&state, None));
        Self { state, number }
    }

    pub(super) fn highlight(&mut self, code: &str, out: &mut Output<'_>) {
        for line in code.split_inclusive('\n') {
            let mut rest = line;
            for (class, length) in self.pieces(line).iter() {
                let (text, after) = rest.split_at(*length as usize);
                let class = usize::from(*class).checked_sub(1);
                out.push(class.and_then(|class| SCOPES.get(class)).map_or("", |(_, class)| class), text);
                rest = after;
            }
        }
    }

    /// The pieces of the next line.
    fn pieces(&mut self, line: &str) -> Pieces {
        let key = self.number.map(|number| fingerprint(&(number, line)));
        let known = KNOWN.with_borrow(|known| {
            let (pieces, after) = known.lines.get(&key?)?;
            Some((Rc::clone(pieces), Rc::clone(&known.states[*after]), *after))
        });
        if let Some((pieces, state, after)) = known {
            (self.state, self.number) = (state, Some(after));
            return pieces;
        }
        let state = Rc::make_mut(&mut self.state);
        let Ok(changes) = state.parse.parse_line(line, syntaxes()) else {
            // An error is a fault in a syntax definition: the line is shown plain.
            self.number = None;
            return Rc::new([(0, line.len() as u32)]);
        };
        let mut pieces: Vec<(u8, u32)> = Vec::new();
        for (style, text) in HighlightIterator::new(&mut state.style, &changes, line, highlighter()) {
            let (class, length) = (style.foreground.r, text.len() as u32);
            match pieces.last_mut() {
                Some(last) if last.0 == class => last.1 += length,
                _ => pieces.push((class, length)),
            }
        }
        let pieces: Pieces = pieces.into();
        KNOWN.with_borrow_mut(|known| {
            self.number = known.number(&self.state, self.number);
            if let (Some(key), Some(after)) = (key, self.number)
                && known.lines.len() < MOST_LINES
            {
                known.lines.insert(key, (Rc::clone(&pieces), after));
            }
        });
        pieces
    }
}
