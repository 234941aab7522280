//! A pattern that whole values have to fit, as a program that pages carry and `fill.js` runs the same way.

use serde::Serialize;

/// A pattern, read by [`pattern`](super::pattern).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// As it was written.
    pub text: String,
    /// A nondeterministic automaton that begins in its first state.
    pub program: Vec<State>,
}

/// A state of a [`Pattern`]. As JSON it is a list of numbers: two for a split, an odd number for a state that takes
/// a character (the next state, then pairs of the first and the last code point of a range), none for the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "Vec<u32>")]
pub enum State {
    /// A value that ends here fits.
    End,
    /// Goes on as both states, without taking a character.
    Split(u32, u32),
    /// Takes one character of the ranges, which are in order, and goes on.
    Take(u32, Vec<(char, char)>),
}

impl State {
    /// How many numbers it has as JSON.
    pub fn size(&self) -> usize {
        match self {
            State::End => 0,
            State::Split(..) => 2,
            State::Take(_, ranges) => 1 + 2 * ranges.len(),
        }
    }
}

impl From<State> for Vec<u32> {
    fn from(state: State) -> Self {
        match state {
            State::End => Vec::new(),
            State::Split(one, other) => vec![one, other],
            State::Take(next, ranges) => {
                let ends = ranges.into_iter().flat_map(|(first, last)| [first.into(), last.into()]);
                std::iter::once(next).chain(ends).collect()
            }
        }
    }
}

/// Only spelled out: a class that happens to hold a dash does not mean an option.
const DASH: &[(char, char)] = &[('-', '-')];

impl Pattern {
    /// Whether all of `value` fits. A value may begin with a dash only where the pattern has the dash itself there:
    /// `-?[0-9]+` does, `[a-z-]+` and `.+` do not, and the value would be read as an option.
    ///
    /// Takes as many steps as the value has characters times the pattern has states, at most.
    pub fn fits(&self, value: &str) -> bool {
        let mut states = States::new(self.program.len());
        states.add(&self.program, 0);
        for (position, letter) in value.chars().enumerate() {
            let mut next = States::new(self.program.len());
            for state in &states.list {
                let State::Take(to, ranges) = &self.program[*state as usize] else { continue };
                let takes = match (position, letter) {
                    (0, '-') => ranges == DASH,
                    _ => ranges.iter().any(|(first, last)| (*first..=*last).contains(&letter)),
                };
                if takes {
                    next.add(&self.program, *to);
                }
            }
            states = next;
        }
        states.list.iter().any(|state| self.program[*state as usize] == State::End)
    }

    /// Whether a value may begin with a dash.
    pub fn takes_dash(&self) -> bool {
        let mut states = States::new(self.program.len());
        states.add(&self.program, 0);
        let takes = |state: &State| matches!(state, State::Take(_, ranges) if ranges == DASH);
        states.list.iter().any(|state| takes(&self.program[*state as usize]))
    }

    /// Whether all values that fit are of digits alone.
    pub fn is_numeric(&self) -> bool {
        let digits = '0'..='9';
        self.program.iter().all(|state| match state {
            State::Take(_, ranges) => {
                ranges.iter().all(|(first, last)| digits.contains(first) && digits.contains(last))
            }
            State::End | State::Split(..) => true,
        })
    }
}

/// A set of states that keeps their order.
struct States {
    list: Vec<u32>,
    has: Vec<bool>,
}

impl States {
    fn new(count: usize) -> Self {
        Self { list: Vec::new(), has: vec![false; count] }
    }

    /// Adds a state and all that it splits into.
    fn add(&mut self, program: &[State], state: u32) {
        let mut open = vec![state];
        while let Some(state) = open.pop() {
            if std::mem::replace(&mut self.has[state as usize], true) {
                continue;
            }
            self.list.push(state);
            if let State::Split(one, other) = program[state as usize] {
                open.extend([one, other]);
            }
        }
    }
}
