//! Numbers for terms. Most words of a document stand in many others too, so a word is taken apart and looked up once
//! for many documents.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::terms::{Form, segment_terms};

/// The terms of some documents, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// All of them, one behind the other.
    text: String,
    /// Where each one ends.
    ends: Vec<usize>,
}

impl Vocabulary {
    /// The terms, in the order of their numbers.
    pub(super) fn terms(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.text[start..end])
    }

    /// How many terms there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    fn push(&mut self, term: &str) -> u32 {
        self.text.push_str(term);
        self.ends.push(self.text.len());
        self.ends.len() as u32 - 1
    }
}

/// Learns the vocabulary of documents.
#[derive(Default)]
pub(super) struct Learner {
    vocabulary: Vocabulary,
    numbers: FxHashMap<Box<str>, u32>,
    /// Which of `said` is said by a segment.
    segments: FxHashMap<Box<str>, Range<usize>>,
    said: Vec<(u32, Form)>,
}

impl Learner {
    /// The number of a term.
    pub(super) fn number(&mut self, term: &str) -> u32 {
        if let Some(&number) = self.numbers.get(term) {
            return number;
        }
        let number = self.vocabulary.push(term);
        self.numbers.insert(term.into(), number);
        number
    }

    /// The terms of a segment, and how they stand in it.
    pub(super) fn segment(&mut self, segment: &str) -> &[(u32, Form)] {
        if let Some(known) = self.segments.get(segment) {
            return &self.said[known.clone()];
        }
        let start = self.said.len();
        segment_terms(segment, &mut |term, form| {
            let number = self.number(term);
            self.said.push((number, form));
        });
        self.segments.insert(segment.into(), start..self.said.len());
        &self.said[start..]
    }

    /// What was learnt.
    pub(super) fn finish(self) -> Vocabulary {
        self.vocabulary
    }
}
