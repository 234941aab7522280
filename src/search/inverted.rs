//! From what stands in each document to where each term stands.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::DocumentTerms;
use super::document::{self, ALERT, ALIAS, CODE, FIELD, HEADING, ID, ONLY_PART, ONLY_STEM, TEXT, TITLE};

/// A term with more postings than this has one for each document.
const MOST_POSTINGS: usize = 4_000;

/// Longer terms, in bytes, are not typed by readers.
const LONGEST: usize = u16::MAX as usize;

/// What a posting is: document, section and how the term stands there.
type Posting = (u32, u16, u16);

/// A term, and its postings as the index writes them.
pub(super) struct Term<'a> {
    pub(super) text: &'a str,
    pub(super) postings: String,
}

/// All terms of the documents, in their order.
pub(super) fn invert(documents: &[Arc<DocumentTerms>]) -> Vec<Term<'_>> {
    let vocabularies = Vocabularies::new(documents);
    // The postings of each term stand together, in the order of documents and sections: first the room for them is
    // measured out, then they are put there.
    let mut ends = vec![0; vocabularies.terms.len()];
    for (term, _) in vocabularies.postings(documents).flatten() {
        ends[term] += 1;
    }
    let mut sum = 0;
    for end in &mut ends {
        let count = *end;
        *end = sum;
        sum += count;
    }
    let mut postings: Vec<Posting> = vec![(0, 0, 0); sum];
    for (document, found) in vocabularies.postings(documents).enumerate() {
        let document = u32::try_from(document).unwrap_or(u32::MAX);
        for (term, posting) in found {
            let end = &mut ends[term];
            postings[*end] = (document, posting.section, posting.matches);
            *end += 1;
        }
    }
    let term = |number: usize| {
        let text = vocabularies.terms[number];
        let start = number.checked_sub(1).map_or(0, |before| ends[before]);
        let postings = &postings[start..ends[number]];
        // What an earlier revision knew may stand nowhere now.
        let is_term = !postings.is_empty() && text.len() <= LONGEST;
        is_term.then(|| Term { text, postings: written(postings) })
    };
    (0..ends.len()).into_par_iter().filter_map(term).collect()
}

/// The vocabularies of documents as one.
struct Vocabularies<'a> {
    /// All terms in order, each once.
    terms: Vec<&'a str>,
    /// For each vocabulary, by its address, the place of each of its terms in `terms`.
    numbers: FxHashMap<usize, Vec<usize>>,
}

impl<'a> Vocabularies<'a> {
    fn new(documents: &'a [Arc<DocumentTerms>]) -> Self {
        let mut numbers = FxHashMap::default();
        let mut known: Vec<(&str, usize, usize)> = Vec::new();
        for document in documents {
            let address = Arc::as_ptr(&document.vocabulary).addr();
            numbers.entry(address).or_insert_with(|| {
                let terms = document.vocabulary.terms().enumerate();
                known.extend(terms.map(|(number, term)| (term, address, number)));
                vec![0; document.vocabulary.len()]
            });
        }
        known.par_sort_unstable_by(|(a, ..), (b, ..)| in_code_units(a, b));
        let mut terms: Vec<&str> = Vec::new();
        for (term, vocabulary, number) in known {
            if terms.last() != Some(&term) {
                terms.push(term);
            }
            if let Some(numbers) = numbers.get_mut(&vocabulary) {
                numbers[number] = terms.len() - 1;
            }
        }
        Self { terms, numbers }
    }

    /// The postings of each document, with the place of each term of its vocabulary.
    fn postings(
        &self,
        documents: &'a [Arc<DocumentTerms>],
    ) -> impl Iterator<Item = impl Iterator<Item = (usize, &'a document::Posting)>> {
        documents.iter().map(|document| {
            let numbers = &self.numbers[&Arc::as_ptr(&document.vocabulary).addr()];
            document.postings.iter().map(|posting| (numbers[posting.term as usize], posting))
        })
    }
}

/// Postings as the index has them.
fn written(postings: &[Posting]) -> String {
    if postings.len() > MOST_POSTINGS { encode(&best_of_each(postings)) } else { encode(postings) }
}

/// The best posting of each document. One that is the document's name comes first, since the reader looks for those.
fn best_of_each(postings: &[Posting]) -> Vec<Posting> {
    let is_name = |matches: u16| matches & (ALERT | ID) != 0 && matches & ONLY_PART == 0;
    let by_worth = |(_, section, a): &Posting, (_, other, b): &Posting| {
        let by_name = is_name(*a).cmp(&is_name(*b));
        by_name.then_with(|| weight(*a).total_cmp(&weight(*b))).then_with(|| other.cmp(section))
    };
    let of_documents = postings.chunk_by(|(a, ..), (b, ..)| a == b);
    of_documents.filter_map(|postings| postings.iter().copied().max_by(by_worth)).collect()
}

/// What a match is worth, by where the term stands: the first of these counts. The index has them for its reader.
pub(super) const WEIGHTS: [(u16, f64); 7] =
    [(TITLE, 9.0), (ALIAS, 7.5), (ALERT | ID, 7.0), (HEADING, 5.5), (FIELD, 4.0), (TEXT, 2.0), (CODE, 1.0)];

/// Matches that are not the word itself, and how much of its worth they have.
pub(super) const WEAK: (u16, f64) = (ONLY_STEM | ONLY_PART, 0.7);

fn weight(matches: u16) -> f64 {
    let weight = WEIGHTS.iter().find(|(fields, _)| matches & fields != 0).map_or(0.0, |(_, weight)| *weight);
    let (weak, factor) = WEAK;
    if matches & weak == 0 { weight } else { weight * factor }
}

/// The digits of numbers in the index, from 0 to 63.
pub(super) const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn encode(postings: &[Posting]) -> String {
    let mut text = String::with_capacity(postings.len() * 4);
    let mut before = 0;
    let mut number = |mut number: u32| loop {
        let low = number & 31;
        number >>= 5;
        let digit = if number > 0 { low | 32 } else { low };
        text.push(char::from(DIGITS[digit as usize]));
        if number == 0 {
            break;
        }
    };
    for &(document, section, matches) in postings {
        number(document - before);
        number(u32::from(section));
        number(u32::from(matches));
        before = document;
    }
    text
}

/// By UTF-16 code units, as JavaScript compares.
fn in_code_units(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

/// The same of texts that are spelt backwards.
pub(super) fn backwards_in_code_units(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() {
        return a.bytes().rev().cmp(b.bytes().rev());
    }
    let [a, b] = [a, b].map(|text| text.chars().rev().collect::<String>());
    in_code_units(&a, &b)
}
